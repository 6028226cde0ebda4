// urllib.parse, urllib.error and urllib.request (http only), in Python.

import { registerModule } from "../registry.ts";

registerModule("urllib", { isPackage: true, source: "" });

registerModule("urllib.parse", { source: String.raw`
import collections as _collections, re as _re, string as _string

_ALWAYS = frozenset((_string.ascii_letters + _string.digits + '_.-~').encode())

def _octets(value, encoding=None, errors=None): return value if isinstance(value, bytes) else value.encode(encoding or 'utf-8', errors or 'strict')

def quote(string, safe='/', encoding=None, errors=None):
    if isinstance(string, bytes) and (encoding or errors):
        raise TypeError("quote() doesn't support 'encoding' for bytes" if encoding else "quote() doesn't support 'errors' for bytes")
    if not isinstance(string, (str, bytes)):
        raise TypeError('quote_from_bytes() expected bytes')
    kept = _ALWAYS.union(_octets(safe, 'ascii', 'ignore'))
    return ''.join([chr(octet) if octet in kept else f'%{octet:02X}' for octet in _octets(string, encoding, errors)])

def quote_from_bytes(bs, safe='/'): return quote(bytes(bs), safe)

def quote_plus(string, safe='', *how, **named):
    return '+'.join([quote(word, safe, *how, **named) for word in string.split(' ' if isinstance(string, str) else b' ')])

_ESCAPE = _re.compile(r'((?:%[0-9a-fA-F]{2})+)')

def unquote_to_bytes(string):
    pieces = _octets(string).split(b'%')
    for at in range(1, len(pieces)):
        digits = pieces[at][:2]
        good = len(digits) == 2 and all(digit in b'0123456789abcdefABCDEF' for digit in digits)
        pieces[at] = bytes.fromhex(digits.decode()) + pieces[at][2:] if good else b'%' + pieces[at]
    return b''.join(pieces)

def unquote(string, encoding='utf-8', errors='replace'):
    if isinstance(string, bytes):
        return unquote_to_bytes(string).decode(encoding, errors)
    # Only runs of escapes are octets: what stands between them is text already.
    return ''.join([unquote_to_bytes(piece).decode(encoding, errors) if piece[:1] == '%' else piece for piece in _ESCAPE.split(string)])

def unquote_plus(string, encoding='utf-8', errors='replace'): return unquote(string.replace('+', ' '), encoding, errors)

def urlencode(query, doseq=False, safe='', encoding=None, errors=None, quote_via=quote_plus):
    def shown(value):
        if isinstance(value, bytes):
            return quote_via(value, safe)
        return quote_via(str(value), safe, encoding, errors)
    pairs = query.items() if hasattr(query, 'items') else query
    if isinstance(pairs, str):
        raise TypeError('not a valid non-string sequence or mapping object')
    words = []
    for name, value in pairs:
        several = doseq and not isinstance(value, (str, bytes)) and hasattr(value, '__len__')
        words += [f'{shown(name)}={shown(one)}' for one in (value if several else [value])]
    return '&'.join(words)

def parse_qsl(qs, keep_blank_values=False, strict_parsing=False, encoding='utf-8', errors='replace', max_num_fields=None, separator='&'):
    fields = qs.split(separator) if qs else []
    if max_num_fields is not None and len(fields) > max_num_fields:
        raise ValueError('Max number of fields exceeded')
    pairs = []
    for field in fields:
        name, equals, value = field.partition('=')
        if strict_parsing and not equals:
            raise ValueError(f'bad query field: {field!r}')
        if value or keep_blank_values and field:
            pairs.append(tuple([unquote_plus(part, encoding, errors) for part in (name, value)]))
    return pairs

def parse_qs(qs, *how, **named):
    found = _collections.defaultdict(list)
    for name, value in parse_qsl(qs, *how, **named):
        found[name].append(value)
    return dict(found)

# user:password@host:port, taken apart when asked for.
_NETLOC = _re.compile(r'(?:(?P<username>[^:@]*)(?::(?P<password>[^@]*))?@)?(?:\[(?P<literal>[^\]]*)\]|(?P<name>[^:]*))(?::(?P<port>.*))?$')

class _Net:
    def _of_netloc(self, part):
        before, at, host = self.netloc.rpartition('@')
        found = _NETLOC.match(before.replace('@', '%40') + at + host)
        value = found and found.group(part)
        return value.replace('%40', '@') if value else value
    username = property(lambda self: self._of_netloc('username'))
    password = property(lambda self: self._of_netloc('password'))
    @property
    def hostname(self): return (self._of_netloc('literal') or self._of_netloc('name') or '').lower() or None
    @property
    def port(self):
        given = self._of_netloc('port')
        if not given:
            return None
        if not given.isdigit():
            raise ValueError(f'Port could not be cast to integer value as {given!r}')
        if not 0 <= int(given) < 65536:
            raise ValueError('Port out of range 0-65535')
        return int(given)
    def geturl(self): return urlunsplit(self) if len(self) == 5 else urlunparse(self)

class SplitResult(_Net, _collections.namedtuple('SplitResult', 'scheme netloc path query fragment')): pass
class ParseResult(_Net, _collections.namedtuple('ParseResult', 'scheme netloc path params query fragment')): pass
class DefragResult(_collections.namedtuple('DefragResult', 'url fragment')):
    def geturl(self): return self.url + ('#' + self.fragment if self.fragment else '')

# RFC 3986, appendix B.
_PARTS = _re.compile(r'(?:([a-zA-Z][a-zA-Z0-9+.-]*):)?(?://([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$', _re.S)

def urlsplit(url, scheme='', allow_fragments=True):
    text = url.lstrip(''.join(map(chr, range(33)))).translate({9: None, 10: None, 13: None})
    whole, hash, rest = (text, '', '') if allow_fragments else text.partition('#')
    own, netloc, path, query, fragment = [part or '' for part in _PARTS.match(whole).groups()]
    if '[' in netloc and ']' not in netloc or ']' in netloc and '[' not in netloc:
        raise ValueError('Invalid IPv6 URL')
    if hash and query:
        query += hash + rest
    elif hash:
        path += hash + rest
    return SplitResult(own.lower() or scheme, netloc, path, query, fragment)

def urlparse(url, scheme='', allow_fragments=True):
    parts = urlsplit(url, scheme, allow_fragments)
    folder, slash, last = parts.path.rpartition('/')
    last, semicolon, params = last.partition(';')
    return ParseResult(*parts[:2], folder + slash + last, params, *parts[3:])

_WITH_HOST = frozenset('ftp http gopher nntp telnet imap wais file mms https shttp snews prospero rtsp rtspu rsync svn svn+ssh sftp nfs git git+ssh ws wss'.split())

def urlunsplit(components):
    scheme, netloc, path, query, fragment = components
    if netloc or path[:2] == '//' or scheme in _WITH_HOST:
        path = f"//{netloc}{'/' if path[:1] not in ('', '/') else ''}{path}"
    return (scheme and scheme + ':') + path + (query and '?' + query) + (fragment and '#' + fragment)

def urlunparse(components):
    scheme, netloc, path, params, *rest = components
    return urlunsplit([scheme, netloc, path + (params and ';' + params), *rest])

# RFC 3986, 5.2.4.
def _without_dots(path):
    kept = []
    steps = path.split('/')
    for step in steps:
        if step == '..':
            del kept[1:][-1:], kept[max(1, len(kept) - 1):]
        elif step != '.':
            kept.append(step)
    return '/'.join(kept + [''] * (steps[-1] in ('.', '..')))

def urljoin(base, url, allow_fragments=True):
    if not base or not url:
        return base or url
    origin = urlsplit(base, '', allow_fragments)
    target = urlsplit(url, origin.scheme, allow_fragments)
    if target.scheme != origin.scheme or origin.scheme not in ('', 'http', 'https', 'ftp', 'file', 'sftp', 'ws', 'wss', 'svn', 'git', 'rsync', 'imap', 'rtsp', 'gopher', 'nntp', 'mms', 'shttp', 'prospero', 'wais'):
        return url
    if target.netloc:
        return target.geturl()
    path, query = target.path, target.query
    if not path:
        path, query = origin.path, query or origin.query
    elif path[0] != '/':
        path = _without_dots(origin.path.rpartition('/')[0] + '/' + path if '/' in origin.path or origin.netloc else path)
    else:
        path = _without_dots(path)
    return urlunsplit((origin.scheme, origin.netloc, path, query, target.fragment))

def urldefrag(url):
    parts = urlsplit(url)
    return DefragResult(parts._replace(fragment='').geturl(), parts.fragment)
` });

registerModule("urllib.error", { source: String.raw`
class URLError(OSError):
    def __init__(self, reason, filename=None):
        super().__init__(reason)
        self.reason, self.filename = reason, filename
    def __str__(self): return f'<urlopen error {self.reason}>'

# Is an answer, too: it can be read.
class HTTPError(URLError):
    def __init__(self, url, code, msg, hdrs, fp):
        super().__init__(msg)
        self.args = ()
        self.url = self.filename = url
        self.code = self.status = code
        self.headers = self.hdrs = hdrs
        self.msg, self.fp = msg, fp
    def __str__(self): return f'HTTP Error {self.code}: {self.msg}'
    def __repr__(self): return f'<HTTPError {self.code}: {self.msg!r}>'
    def read(self, *size): return self.fp.read(*size)
    def geturl(self): return self.url
    def info(self): return self.headers
    def getcode(self): return self.code
    def close(self): return None
` });

registerModule("urllib.request", { source: String.raw`
import io as _io, socket as _socket, urllib.parse as _urls
from urllib.error import HTTPError, URLError
from http.server import _Headers

class Request:
    def __init__(self, url, data=None, headers={}, origin_req_host=None, unverifiable=False, method=None):
        self.full_url, self.data, self.method, self.headers = url, data, method, {}
        for name, value in headers.items():
            self.add_header(name, value)
        parts = _urls.urlsplit(url)
        if not parts.scheme:
            raise ValueError(f'unknown url type: {url!r}')
        self.type, self.host, self.selector = parts.scheme, parts.netloc, parts._replace(scheme='', netloc='', fragment='').geturl() or '/'
    def get_method(self): return self.method or ('GET' if self.data is None else 'POST')
    def get_full_url(self): return self.full_url
    def add_header(self, key, val): self.headers[key.capitalize()] = val
    def has_header(self, name): return name in self.headers
    def get_header(self, name, default=None): return self.headers.get(name, default)

class _Answer(_io.BytesIO):
    def __init__(self, body, code, phrase, headers, url):
        super().__init__(body)
        self.code = self.status = code
        self.msg = self.reason = phrase
        self.headers, self.url = headers, url
    def getcode(self): return self.code
    def geturl(self): return self.url
    def info(self): return self.headers
    def getheader(self, name, default=None): return self.headers.get(name, default)
    def getheaders(self): return self.headers.items()

# One exchange: a connection of its own, the whole answer.
def _exchange(request, timeout):
    if request.type != 'http':
        raise URLError(f'unknown url type: {request.type}')
    parts = _urls.urlsplit(request.full_url)
    headers = {'Accept-Encoding': 'identity', 'Host': request.host, 'User-Agent': 'Python-urllib/3.11', **{name.title(): value for name, value in request.headers.items()}, 'Connection': 'close'}
    if request.data is not None:
        headers = {'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': len(request.data), **headers}
    lines = [f'{request.get_method()} {request.selector} HTTP/1.1', *map('%s: %s'.__mod__, headers.items()), '', '']
    try:
        with _socket.create_connection((parts.hostname, parts.port or 80), timeout) as connection:
            connection.sendall('\r\n'.join(lines).encode() + (request.data or b''))
            received = b''.join(iter(lambda: connection.recv(65536), b''))
    except OSError as failure:
        raise URLError(failure) from None
    head = _io.BytesIO(received)
    version, code, *phrase = head.readline().decode('iso-8859-1').split(None, 2)
    found = _Headers().read(head)
    body = head.read()
    if found.get('Transfer-Encoding', '').lower() == 'chunked':
        body = b''.join(_chunks(_io.BytesIO(body)))
    return _Answer(body, int(code), ''.join(phrase).strip(), found, request.full_url)

def _chunks(coded):
    while size := int(coded.readline().partition(b';')[0] or b'0', 16):
        yield coded.read(size)
        coded.readline()

def urlopen(url, data=None, timeout=None, **options):
    request = Request(url, data) if isinstance(url, str) else url
    for _ in range(11):
        answer = _exchange(request, timeout)
        target = answer.headers.get('Location')
        if answer.code in (301, 302, 303, 307, 308) and target:
            request = Request(_urls.urljoin(request.full_url, target), None, request.headers)
        elif answer.code >= 300:
            raise HTTPError(answer.url, answer.code, answer.reason, answer.headers, answer)
        else:
            return answer
    raise HTTPError(request.full_url, answer.code, 'The HTTP server returned a redirect error that would lead to an infinite loop.\nThe last 30x error message was:\n' + answer.reason, answer.headers, answer)

def urlretrieve(url, filename=None, *more):
    answer = urlopen(url)
    if filename is None:
        import tempfile
        handle, filename = tempfile.mkstemp()
    with open(filename, 'wb') as file:
        file.write(answer.read())
    return filename, answer.headers
` });
