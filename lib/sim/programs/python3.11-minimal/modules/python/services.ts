// hashlib, base64, binascii, zlib.crc32, hmac, secrets, uuid, traceback, logging, atexit, warnings, statistics and others, in Python.

import type { Value } from "../../objects/value.ts";
import { declareFunctions } from "../../objects/declare.ts";
import { typeError } from "../../objects/exception.ts";
import { begin, type Run, settle } from "../../objects/value.ts";
import { PyException } from "../../objects/exception.ts";
import { call } from "../../vm/call.ts";
import { exceptionOnly, exceptionReport } from "../../vm/traceback.ts";
import { registerModule } from "../registry.ts";

const reports = declareFunctions({
  "report(exception, /)": (vm, exception: Value) => begin((function* (): Run<Value> {
    if (!(exception instanceof PyException)) throw typeError("an exception is wanted");
    return yield* exceptionReport(vm, exception);
  })()),
  "only(exception, /)": (vm, exception: Value) => begin((function* (): Run<Value> {
    if (!(exception instanceof PyException)) throw typeError("an exception is wanted");
    return yield* exceptionOnly(vm, exception);
  })()),
  "at_exit(function, /)": (vm, target: Value) => {
    vm.exitHooks.push(function* () {
      yield* settle(call(vm, target, [], undefined));
    });
    return null;
  },
});
registerModule("_reports", { names: () => new Map<string, Value>(reports) });

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

registerModule("traceback", { source: String.raw`
import sys as _sys, _reports
def _exception(exc, value=None):
    if value is not None:
        return value
    return exc if isinstance(exc, BaseException) else _sys.exc_info()[1]
def format_exception(exc, /, value=None, tb=None, limit=None, chain=True):
    return _reports.report(_exception(exc, value)).splitlines(True)
def format_exception_only(exc, /, value=None):
    return _reports.only(_exception(exc, value)).splitlines(True)
def format_exc(limit=None, chain=True):
    e = _sys.exc_info()[1]
    return 'NoneType: None\n' if e is None else _reports.report(e)
def print_exc(limit=None, file=None, chain=True):
    (file or _sys.stderr).write(format_exc())
def print_exception(exc, /, value=None, tb=None, limit=None, file=None, chain=True):
    (file or _sys.stderr).write(_reports.report(_exception(exc, value)))
def format_tb(tb, limit=None):
    e = _sys.exc_info()[1]
    text = _reports.report(e) if e is not None else ''
    return [line for line in text.splitlines(True) if line.startswith('  ')]
def print_tb(tb, limit=None, file=None):
    (file or _sys.stderr).write(''.join(format_tb(tb)))
def print_stack(f=None, limit=None, file=None): pass
def format_stack(f=None, limit=None): return []
def extract_tb(tb, limit=None): return []
` });

registerModule("atexit", { source: String.raw`
import _reports
_dropped = []
def register(func, /, *args, **kwargs):
    def run():
        if func not in _dropped:
            func(*args, **kwargs)
    _reports.at_exit(run)
    return func
def unregister(func, /): _dropped.append(func)
` });

registerModule("logging", { isPackage: true, source: String.raw`
import sys as _sys, time as _time, os as _os
CRITICAL = FATAL = 50
ERROR = 40
WARNING = WARN = 30
INFO = 20
DEBUG = 10
NOTSET = 0
_names = {50: 'CRITICAL', 40: 'ERROR', 30: 'WARNING', 20: 'INFO', 10: 'DEBUG', 0: 'NOTSET'}
def getLevelName(level):
    if isinstance(level, str):
        return {v: k for k, v in _names.items()}.get(level, 'Level %s' % level)
    return _names.get(level, 'Level %s' % level)
def addLevelName(level, name): _names[level] = name
def _level(level):
    if isinstance(level, str):
        found = {v: k for k, v in _names.items()}
        if level not in found:
            raise ValueError('Unknown level: %r' % level)
        return found[level]
    return level
class LogRecord:
    def __init__(self, name, level, msg, args, exc_info):
        self.name, self.levelno, self.levelname, self.msg, self.args, self.exc_info = name, level, getLevelName(level), msg, args, exc_info
        if args and len(args) == 1 and isinstance(args[0], dict) and args[0]:
            self.args = args[0]
        self.created = _time.time()
        self.msecs = int(self.created % 1 * 1000)
        self.process = _os.getpid()
        self.processName = 'MainProcess'
        self.threadName = 'MainThread'
        self.pathname = self.filename = _os.path.basename(_sys.argv[0] or '<string>')
        self.module = self.filename.removesuffix('.py')
        self.funcName = '<module>'
        self.lineno = 1
    def getMessage(self):
        text = str(self.msg)
        return text % self.args if self.args else text
class Formatter:
    def __init__(self, fmt=None, datefmt=None, style='%', validate=True, *, defaults=None):
        self._fmt = fmt or {'%': '%(message)s', '{': '{message}', '$': '$message'}[style]
        self.datefmt = datefmt
        self._style = style
    def formatTime(self, record, datefmt=None):
        t = _time.localtime(record.created)
        return _time.strftime(datefmt, t) if datefmt else '%s,%03d' % (_time.strftime('%Y-%m-%d %H:%M:%S', t), record.msecs)
    def formatException(self, ei):
        import traceback
        return ''.join(traceback.format_exception(ei[1])).rstrip('\n')
    def format(self, record):
        record.message = record.getMessage()
        record.asctime = self.formatTime(record, self.datefmt) if 'asctime' in self._fmt else ''
        if self._style == '{':
            text = self._fmt.format(**vars(record))
        elif self._style == '$':
            import string
            text = string.Template(self._fmt).substitute(vars(record))
        else:
            text = self._fmt % vars(record)
        if record.exc_info:
            text += '\n' + self.formatException(record.exc_info)
        return text
class Handler:
    terminator = '\n'
    def __init__(self, level=NOTSET):
        self.level = _level(level)
        self.formatter = None
        self.filters = []
    def setLevel(self, level): self.level = _level(level)
    def setFormatter(self, fmt): self.formatter = fmt
    def addFilter(self, f): self.filters.append(f)
    def format(self, record): return (self.formatter or _default).format(record)
    def handle(self, record):
        for f in self.filters:
            if not (f(record) if callable(f) else f.filter(record)):
                return
        self.emit(record)
    def emit(self, record): raise NotImplementedError('emit must be implemented by Handler subclasses')
    def flush(self): pass
    def close(self): pass
_default = Formatter()
class StreamHandler(Handler):
    def __init__(self, stream=None):
        super().__init__()
        self.stream = stream
    def emit(self, record):
        stream = self.stream or _sys.stderr
        stream.write(self.format(record) + self.terminator)
        stream.flush()
class FileHandler(StreamHandler):
    def __init__(self, filename, mode='a', encoding=None, delay=False, errors=None):
        super().__init__(open(filename, mode, encoding=encoding))
    def close(self): self.stream.close()
class NullHandler(Handler):
    def handle(self, record): pass
    def emit(self, record): pass
class _LastResort(StreamHandler):
    pass
lastResort = _LastResort()
lastResort.setLevel(WARNING)
class Filter:
    def __init__(self, name=''): self.name = name
    def filter(self, record): return not self.name or record.name == self.name or record.name.startswith(self.name + '.')
class Logger:
    def __init__(self, name, level=NOTSET, parent=None):
        self.name = name
        self.level = _level(level)
        self.parent = parent
        self.handlers = []
        self.filters = []
        self.propagate = True
        self.disabled = False
    def setLevel(self, level): self.level = _level(level)
    def getEffectiveLevel(self):
        at = self
        while at:
            if at.level:
                return at.level
            at = at.parent
        return NOTSET
    def isEnabledFor(self, level): return not self.disabled and level > _disabled and level >= self.getEffectiveLevel()
    def addHandler(self, h):
        if h not in self.handlers:
            self.handlers.append(h)
    def removeHandler(self, h):
        if h in self.handlers:
            self.handlers.remove(h)
    def hasHandlers(self): return bool(self.handlers) or bool(self.parent and self.propagate and self.parent.hasHandlers())
    def addFilter(self, f): self.filters.append(f)
    def log(self, level, msg, *args, exc_info=None, extra=None, stack_info=False, stacklevel=1):
        if not self.isEnabledFor(level):
            return
        if exc_info:
            exc_info = (type(exc_info), exc_info, None) if isinstance(exc_info, BaseException) else _sys.exc_info()
        record = LogRecord(self.name, level, msg, args, exc_info)
        for key, value in (extra or {}).items():
            setattr(record, key, value)
        for f in self.filters:
            if not (f(record) if callable(f) else f.filter(record)):
                return
        at = self
        found = False
        while at:
            for h in at.handlers:
                found = True
                if level >= h.level:
                    h.handle(record)
            if not at.propagate:
                break
            at = at.parent
        if not found and level >= lastResort.level:
            lastResort.handle(record)
    def debug(self, msg, *args, **kw): self.log(DEBUG, msg, *args, **kw)
    def info(self, msg, *args, **kw): self.log(INFO, msg, *args, **kw)
    def warning(self, msg, *args, **kw): self.log(WARNING, msg, *args, **kw)
    warn = warning
    def error(self, msg, *args, **kw): self.log(ERROR, msg, *args, **kw)
    def critical(self, msg, *args, **kw): self.log(CRITICAL, msg, *args, **kw)
    fatal = critical
    def exception(self, msg, *args, exc_info=True, **kw): self.log(ERROR, msg, *args, exc_info=exc_info, **kw)
    def __repr__(self): return '<%s %s (%s)>' % ('RootLogger' if self.name == 'root' else 'Logger', self.name, getLevelName(self.getEffectiveLevel()))
root = Logger('root', WARNING)
_loggers = {}
_disabled = -1
def disable(level=CRITICAL):
    global _disabled
    _disabled = _level(level)
def getLogger(name=None):
    if not name or name == 'root':
        return root
    if name not in _loggers:
        head = name.rpartition('.')[0]
        _loggers[name] = Logger(name, NOTSET, getLogger(head) if head else root)
    return _loggers[name]
def basicConfig(*, filename=None, filemode='a', format=None, datefmt=None, style='%', level=None, stream=None, handlers=None, force=False, encoding=None, errors=None):
    if force:
        root.handlers.clear()
    if root.handlers:
        return
    if handlers is None:
        handlers = [FileHandler(filename, filemode) if filename else StreamHandler(stream)]
    formatter = Formatter(format or {'%': '%(levelname)s:%(name)s:%(message)s', '{': '{levelname}:{name}:{message}', '$': '$levelname:$name:$message'}[style], datefmt, style)
    for h in handlers:
        if h.formatter is None:
            h.setFormatter(formatter)
        root.addHandler(h)
    if level is not None:
        root.setLevel(level)
def _forward(name):
    def run(msg, *args, **kw):
        if not root.handlers:
            basicConfig()
        getattr(root, name)(msg, *args, **kw)
    return run
debug, info, warning, error, critical, exception = map(_forward, ('debug', 'info', 'warning', 'error', 'critical', 'exception'))
def log(level, msg, *args, **kw):
    if not root.handlers:
        basicConfig()
    root.log(level, msg, *args, **kw)
def shutdown(): pass
` });

registerModule("statistics", { source: String.raw`
import math as _math
class StatisticsError(ValueError): pass
def _data(data, least, message):
    data = list(data)
    if len(data) < least:
        raise StatisticsError(message)
    return data
def _plain(x):
    return int(x) if isinstance(x, float) and x.is_integer() else x
def mean(data):
    data = _data(data, 1, 'mean requires at least one data point')
    total = sum(data) if all(isinstance(x, int) for x in data) else _math.fsum(data)
    result = total / len(data)
    return int(result) if all(isinstance(x, int) for x in data) and total % len(data) == 0 else result
def fmean(data, weights=None):
    data = _data(data, 1, 'fmean requires at least one data point')
    return _math.fsum(data) / len(data)
def median(data):
    data = sorted(_data(data, 1, 'no median for empty data'))
    n = len(data)
    return data[n // 2] if n % 2 else (data[n // 2 - 1] + data[n // 2]) / 2
def median_low(data):
    data = sorted(_data(data, 1, 'no median for empty data'))
    return data[(len(data) - 1) // 2]
def median_high(data):
    data = sorted(_data(data, 1, 'no median for empty data'))
    return data[len(data) // 2]
def multimode(data):
    counts = {}
    for x in data:
        counts[x] = counts.get(x, 0) + 1
    most = max(counts.values(), default=0)
    return [x for x, n in counts.items() if n == most]
def mode(data):
    found = multimode(list(data))
    if not found:
        raise StatisticsError('no mode for empty data')
    return found[0]
def _squares(data, center=None):
    m = sum(data) / len(data) if center is None else center
    return _math.fsum((x - m) ** 2 for x in data)
def variance(data, xbar=None):
    data = _data(data, 2, 'variance requires at least two data points')
    v = _squares(data, xbar) / (len(data) - 1)
    return _plain(v) if all(isinstance(x, int) for x in data) else v
def pvariance(data, mu=None):
    data = _data(data, 1, 'pvariance requires at least one data point')
    v = _squares(data, mu) / len(data)
    return _plain(v) if all(isinstance(x, int) for x in data) else v
def stdev(data, xbar=None):
    data = _data(data, 2, 'stdev requires at least two data points')
    return _math.sqrt(_squares(data, xbar) / (len(data) - 1))
def pstdev(data, mu=None):
    data = _data(data, 1, 'pstdev requires at least one data point')
    return _math.sqrt(_squares(data, mu) / len(data))
def harmonic_mean(data, weights=None):
    data = _data(data, 1, 'harmonic_mean requires at least one data point')
    return len(data) / sum(1 / x for x in data)
def geometric_mean(data): return _math.exp(fmean(map(_math.log, data)))
def quantiles(data, *, n=4, method='exclusive'):
    data = sorted(data)
    m = len(data) + 1 if method == 'exclusive' else len(data) - 1
    out = []
    for i in range(1, n):
        if method == 'exclusive':
            j = max(1, min(len(data) - 1, i * m // n))
            delta = i * m - j * n
            out.append((data[j - 1] * (n - delta) + data[j] * delta) / n)
        else:
            j, delta = divmod(i * m, n)
            out.append((data[j] * (n - delta) + data[j + 1] * delta) / n)
    return out
` });

registerModule("timeit", { source: String.raw`
import time as _time
default_timer = _time.perf_counter
def timeit(stmt='pass', setup='pass', timer=default_timer, number=1000000, globals=None):
    space = {} if globals is None else globals
    if isinstance(setup, str):
        exec(setup, space)
    else:
        setup()
    code = compile(stmt, '<timeit-src>', 'exec') if isinstance(stmt, str) else None
    start = timer()
    for _ in range(number):
        if code is None:
            stmt()
        else:
            exec(code, space)
    return timer() - start
def repeat(stmt='pass', setup='pass', timer=default_timer, repeat=5, number=1000000, globals=None):
    return [timeit(stmt, setup, timer, number, globals) for _ in range(repeat)]
` });

registerModule("locale", { source: String.raw`
LC_CTYPE, LC_NUMERIC, LC_TIME, LC_COLLATE, LC_MONETARY, LC_MESSAGES, LC_ALL = range(7)
class Error(Exception): pass
def setlocale(category, locale=None):
    if locale not in (None, '', 'C', 'POSIX', 'C.UTF-8', 'C.utf8'):
        raise Error('unsupported locale setting')
    return 'C.UTF-8' if locale in (None, '') else locale
def getlocale(category=LC_CTYPE): return ('en_US', 'UTF-8')
def getpreferredencoding(do_setlocale=True): return 'UTF-8'
def getencoding(): return 'UTF-8'
` });

registerModule("gc", { source: "def collect(generation=2): return 0\ndef enable(): pass\ndef disable(): pass\ndef isenabled(): return True\n" });
registerModule("reprlib", { source: "def recursive_repr(fillvalue='...'): return lambda f: f\ndef repr(x): return __builtins__.repr(x)\n" });
registerModule("importlib", { isPackage: true, source: "import sys as _sys\ndef import_module(name, package=None):\n    __import__(name)\n    return _sys.modules[name]\ndef reload(module): return module\n" });
registerModule("getopt", { source: String.raw`
class GetoptError(Exception):
    opt = ''
    msg = ''
    def __init__(self, msg, opt=''):
        self.msg = msg
        self.opt = opt
        Exception.__init__(self, msg, opt)
    def __str__(self): return self.msg
error = GetoptError
def _long(word, longopts, args):
    name, sign, value = word.partition('=')
    found = [o for o in longopts if o.startswith(name)]
    if not found:
        raise GetoptError('option --%s not recognized' % name, name)
    if name in found:
        chosen = name
    elif name + '=' in found:
        chosen = name + '='
    elif len(found) > 1:
        raise GetoptError('option --%s not a unique prefix' % name, name)
    else:
        chosen = found[0]
    if chosen.endswith('='):
        if not sign:
            if not args:
                raise GetoptError('option --%s requires argument' % chosen[:-1], chosen[:-1])
            value = args.pop(0)
    elif sign:
        raise GetoptError('option --%s must not have an argument' % chosen, chosen)
    return '--' + chosen.rstrip('='), value if chosen.endswith('=') else ''
def _parse(args, shortopts, longopts, mixed):
    opts, rest = [], []
    args = list(args)
    longopts = [longopts] if isinstance(longopts, str) else list(longopts)
    while args:
        word = args[0]
        if word == '--':
            rest += args[1:]
            args = []
            break
        if not word.startswith('-') or word == '-':
            if not mixed:
                break
            rest.append(args.pop(0))
            continue
        args.pop(0)
        if word.startswith('--'):
            opts.append(_long(word[2:], longopts, args))
            continue
        letters = word[1:]
        while letters:
            c, letters = letters[0], letters[1:]
            at = shortopts.find(c)
            if at < 0 or c == ':':
                raise GetoptError('option -%s not recognized' % c, c)
            if shortopts[at + 1:at + 2] == ':':
                if not letters:
                    if not args:
                        raise GetoptError('option -%s requires argument' % c, c)
                    letters = args.pop(0)
                opts.append(('-' + c, letters))
                letters = ''
            else:
                opts.append(('-' + c, ''))
    return opts, rest + args
def getopt(args, shortopts, longopts=[]): return _parse(args, shortopts, longopts, False)
def gnu_getopt(args, shortopts, longopts=[]): return _parse(args, shortopts.lstrip('+'), longopts, not shortopts.startswith('+'))
` });
