// hashlib, hmac, binascii, base64, secrets and uuid, in Python on _digests (modules/digests.ts).

import { registerModule } from "../registry.ts";

registerModule("hashlib", { source: String.raw`
import _digests

algorithms_guaranteed = {'md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'}
algorithms_available = set(algorithms_guaranteed)

class HASH:
    def __init__(self, name, data=b''):
        self.name = name
        self.digest_size = {'md5': 16, 'sha1': 20, 'sha224': 28, 'sha256': 32, 'sha384': 48, 'sha512': 64}[name]
        self.block_size = 128 if name in ('sha384', 'sha512') else 64
        self._data = b''
        self.update(data)
    def update(self, data):
        if isinstance(data, str):
            raise TypeError('Strings must be encoded before hashing')
        self._data += bytes(data)
    def digest(self): return _digests.digest(self.name, self._data)
    def hexdigest(self): return self.digest().hex()
    def copy(self): return HASH(self.name, self._data)
    def __repr__(self): return '<%s _hashlib.HASH object @ 0x7f0000000000>' % self.name

def new(name, data=b'', **kw):
    name = name.lower().replace('-', '')
    if name not in algorithms_guaranteed:
        raise ValueError('unsupported hash type ' + name)
    return HASH(name, data)
def md5(data=b'', *, usedforsecurity=True): return HASH('md5', data)
def sha1(data=b'', *, usedforsecurity=True): return HASH('sha1', data)
def sha224(data=b'', *, usedforsecurity=True): return HASH('sha224', data)
def sha256(data=b'', *, usedforsecurity=True): return HASH('sha256', data)
def sha384(data=b'', *, usedforsecurity=True): return HASH('sha384', data)
def sha512(data=b'', *, usedforsecurity=True): return HASH('sha512', data)
def file_digest(fileobj, digest, /): return new(digest if isinstance(digest, str) else digest().name, fileobj.read())
def pbkdf2_hmac(hash_name, password, salt, iterations, dklen=None):
    import hmac
    size = new(hash_name).digest_size
    dklen = dklen or size
    out = b''
    block = 1
    while len(out) < dklen:
        u = hmac.new(password, salt + block.to_bytes(4, 'big'), hash_name).digest()
        total = int.from_bytes(u, 'big')
        for _ in range(iterations - 1):
            u = hmac.new(password, u, hash_name).digest()
            total ^= int.from_bytes(u, 'big')
        out += total.to_bytes(size, 'big')
        block += 1
    return out[:dklen]
` });

registerModule("hmac", { source: String.raw`
import hashlib as _hashlib
class HMAC:
    def __init__(self, key, msg=None, digestmod=''):
        if not digestmod:
            raise TypeError("Missing required argument 'digestmod'.")
        self._make = (lambda d=b'': _hashlib.new(digestmod, d)) if isinstance(digestmod, str) else digestmod
        block = self._make().block_size
        if len(key) > block:
            key = self._make(key).digest()
        key = key.ljust(block, b'\0')
        self._outer = bytes(b ^ 0x5c for b in key)
        self._inner = self._make(bytes(b ^ 0x36 for b in key))
        if msg is not None:
            self.update(msg)
    def update(self, msg): self._inner.update(msg)
    def digest(self): return self._make(self._outer + self._inner.digest()).digest()
    def hexdigest(self): return self.digest().hex()
def new(key, msg=None, digestmod=''): return HMAC(key, msg, digestmod)
def compare_digest(a, b): return a == b
def digest(key, msg, digest): return new(key, msg, digest).digest()
` });

registerModule("binascii", { source: String.raw`
class Error(ValueError): pass
class Incomplete(Exception): pass
_B64 = b'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
_BACK = {c: i for i, c in enumerate(_B64)}
def hexlify(data, sep=None, bytes_per_sep=1): return bytes(data).hex(*([sep, bytes_per_sep] if sep else [])).encode()
b2a_hex = hexlify
def unhexlify(text):
    if isinstance(text, (bytes, bytearray)):
        text = text.decode()
    if len(text) % 2:
        raise Error('Odd-length string')
    try:
        return bytes.fromhex(text)
    except ValueError:
        raise Error('Non-hexadecimal digit found') from None
a2b_hex = unhexlify
def b2a_base64(data, *, newline=True):
    out = bytearray()
    data = bytes(data)
    for i in range(0, len(data), 3):
        group = data[i:i + 3]
        n = int.from_bytes(group + b'\0' * (3 - len(group)), 'big')
        four = bytes([_B64[n >> 18], _B64[n >> 12 & 63], _B64[n >> 6 & 63], _B64[n & 63]])
        out += four[:len(group) + 1] + b'=' * (3 - len(group))
    return bytes(out) + (b'\n' if newline else b'')
def a2b_base64(text, *, strict_mode=False):
    if isinstance(text, str):
        text = text.encode('ascii')
    out = bytearray()
    bits = count = chars = pads = 0
    for c in text:
        if c == 61:
            pads += 1
            continue
        v = _BACK.get(c)
        if v is None:
            continue
        bits = (bits << 6 | v) & 0xffffff
        count += 6
        chars += 1
        if count >= 8:
            count -= 8
            out.append(bits >> count & 255)
    if chars % 4 == 1:
        raise Error('Invalid base64-encoded string: number of data characters (%d) cannot be 1 more than a multiple of 4' % chars)
    if chars % 4 and (chars + pads) % 4:
        raise Error('Incorrect padding')
    return bytes(out)
_table = []
for _n in range(256):
    _c = _n
    for _ in range(8):
        _c = _c >> 1 ^ 0xedb88320 if _c & 1 else _c >> 1
    _table.append(_c)
def crc32(data, value=0):
    c = value ^ 0xffffffff
    for b in data:
        c = _table[(c ^ b) & 255] ^ c >> 8
    return c ^ 0xffffffff
` });

registerModule("base64", { source: String.raw`
import binascii, re as _re
def _bytes(s): return s.encode('ascii') if isinstance(s, str) else bytes(s)
def b64encode(s, altchars=None):
    if isinstance(s, str):
        raise TypeError("a bytes-like object is required, not 'str'")
    out = binascii.b2a_base64(s, newline=False)
    return out.replace(b'+', altchars[:1]).replace(b'/', altchars[1:]) if altchars else out
def b64decode(s, altchars=None, validate=False):
    s = _bytes(s)
    if altchars:
        altchars = _bytes(altchars)
        s = s.replace(altchars[:1], b'+').replace(altchars[1:], b'/')
    if validate and not _re.fullmatch(b'[A-Za-z0-9+/]*={0,2}', s):
        raise binascii.Error('Only base64 data is allowed')
    return binascii.a2b_base64(s)
standard_b64encode = b64encode
standard_b64decode = b64decode
def urlsafe_b64encode(s): return b64encode(s, b'-_')
def urlsafe_b64decode(s): return b64decode(s, b'-_')
def b16encode(s): return binascii.hexlify(s).upper()
def b16decode(s, casefold=False): return binascii.unhexlify(_bytes(s))
_B32 = b'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
def b32encode(s):
    out = b''
    for i in range(0, len(s), 5):
        group = bytes(s[i:i + 5])
        n = int.from_bytes(group.ljust(5, b'\0'), 'big')
        part = bytes(_B32[n >> 35 - 5 * k & 31] for k in range(8))
        keep = {1: 2, 2: 4, 3: 5, 4: 7, 5: 8}[len(group)]
        out += part[:keep] + b'=' * (8 - keep)
    return out
def b32decode(s, casefold=False, map01=None):
    s = _bytes(s)
    if casefold:
        s = s.upper()
    bits = count = 0
    out = bytearray()
    for c in s.rstrip(b'='):
        at = _B32.find(bytes([c]))
        if at < 0:
            raise binascii.Error('Non-base32 digit found')
        bits = (bits << 5 | at) & 0xfffff
        count += 5
        if count >= 8:
            count -= 8
            out.append(bits >> count & 255)
    return bytes(out)
def encodebytes(s):
    return b''.join(binascii.b2a_base64(s[i:i + 57]) for i in range(0, len(s), 57))
def decodebytes(s): return binascii.a2b_base64(s)
` });

registerModule("secrets", { source: String.raw`
import os as _os, random as _random
class SystemRandom(_random.Random): pass
def token_bytes(nbytes=None): return _os.urandom(32 if nbytes is None else nbytes)
def token_hex(nbytes=None): return token_bytes(nbytes).hex()
def token_urlsafe(nbytes=None):
    import base64
    return base64.urlsafe_b64encode(token_bytes(nbytes)).rstrip(b'=').decode('ascii')
def randbelow(n):
    if n <= 0:
        raise ValueError('Upper bound must be positive.')
    return int.from_bytes(_os.urandom(n.bit_length() // 8 + 9), 'big') % n
def choice(seq): return seq[randbelow(len(seq))]
def randbits(k): return int.from_bytes(_os.urandom((k + 7) // 8), 'big') >> (-k % 8)
def compare_digest(a, b): return a == b
` });

registerModule("uuid", { source: String.raw`
import os as _os
class UUID:
    def __init__(self, hex=None, bytes=None, int=None, version=None):
        if hex is not None:
            hex = hex.replace('urn:', '').replace('uuid:', '').strip('{}').replace('-', '')
            if len(hex) != 32:
                raise ValueError('badly formed hexadecimal UUID string')
            int = __builtins__.int(hex, 16)
        elif bytes is not None:
            int = __builtins__.int.from_bytes(bytes, 'big')
        if version is not None:
            int = int & ~(0xc000 << 48) | 0x8000 << 48
            int = int & ~(0xf000 << 64) | version << 76
        self.int = int
    @property
    def hex(self): return '%032x' % self.int
    @property
    def bytes(self): return self.int.to_bytes(16, 'big')
    @property
    def version(self): return self.int >> 76 & 15
    @property
    def urn(self): return 'urn:uuid:' + str(self)
    def __str__(self):
        h = self.hex
        return '%s-%s-%s-%s-%s' % (h[:8], h[8:12], h[12:16], h[16:20], h[20:])
    def __repr__(self): return 'UUID(%r)' % str(self)
    def __eq__(self, other): return self.int == other.int if isinstance(other, UUID) else NotImplemented
    def __lt__(self, other): return self.int < other.int if isinstance(other, UUID) else NotImplemented
    def __hash__(self): return hash(self.int)
    def __int__(self): return self.int
def uuid4(): return UUID(bytes=_os.urandom(16), version=4)
def uuid1(node=None, clock_seq=None): return UUID(bytes=_os.urandom(16), version=1)
def uuid3(namespace, name):
    import hashlib
    return UUID(bytes=hashlib.md5(namespace.bytes + name.encode()).digest(), version=3)
def uuid5(namespace, name):
    import hashlib
    return UUID(bytes=hashlib.sha1(namespace.bytes + name.encode()).digest()[:16], version=5)
NAMESPACE_DNS, NAMESPACE_URL, NAMESPACE_OID, NAMESPACE_X500 = [UUID(f'6ba7b81{digit}-9dad-11d1-80b4-00c04fd430c8') for digit in (0, 1, 2, 4)]
` });
