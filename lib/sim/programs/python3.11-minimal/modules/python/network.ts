// socket, socketserver, http, http.server, urllib.parse and urllib.request (http only), in Python.

import { registerModule } from "../registry.ts";

registerModule("socket", { source: String.raw`
import _socket, os as _os, io as _io, enum as _enum, sys as _sys

class AddressFamily(_enum.IntEnum):
    AF_UNSPEC = 0
    AF_UNIX = 1
    AF_INET = 2
    AF_INET6 = 10
class SocketKind(_enum.IntEnum):
    SOCK_STREAM = 1
    SOCK_DGRAM = 2
AF_UNSPEC, AF_UNIX, AF_INET, AF_INET6 = AddressFamily
SOCK_STREAM, SOCK_DGRAM = SocketKind
SOL_SOCKET = 1
SO_REUSEADDR = 2
SO_BROADCAST = 6
SO_KEEPALIVE = 9
SO_REUSEPORT = 15
IPPROTO_TCP = 6
IPPROTO_UDP = 17
TCP_NODELAY = 1
SHUT_RD, SHUT_WR, SHUT_RDWR = 0, 1, 2
SOMAXCONN = 4096
INADDR_ANY = 0
has_ipv6 = True
error = OSError
timeout = TimeoutError
class herror(OSError): pass
class gaierror(OSError): pass

def _resolve(host):
    if host in ('', None):
        return ''
    if all(p.isdigit() for p in host.split('.')) and host.count('.') == 3 or ':' in host:
        return host
    if host == '<broadcast>':
        return '255.255.255.255'
    import subprocess
    found = subprocess.run(['getent', 'ahostsv4', host], capture_output=True, text=True).stdout.split()
    if not found:
        raise gaierror(-2, 'Name or service not known')
    return found[0]

class socket:
    def __init__(self, family=-1, type=-1, proto=-1, fileno=None):
        self.family = AF_INET if family == -1 else AddressFamily(family)
        self.type = SOCK_STREAM if type == -1 else SocketKind(type & 15)
        self.proto = max(proto, 0)
        self._fd = _socket.socket(int(self.family), int(self.type)) if fileno is None else fileno
        self._timeout = None
    def __enter__(self): return self
    def __exit__(self, *args): self.close()
    def __repr__(self):
        return '<socket.socket%s fd=%d, family=%d, type=%d, proto=%d>' % (' [closed]' if self._fd < 0 else '', self._fd, self.family, self.type, self.proto)
    def fileno(self): return self._fd
    def _to(self, address):
        if self.family == AF_UNIX:
            return address
        return (_resolve(address[0]), address[1])
    def bind(self, address): _socket.bind(self._fd, int(self.family), self._to(address))
    def listen(self, backlog=128): _socket.listen(self._fd, backlog)
    def accept(self):
        fd, peer = _socket.accept(self._fd)
        return socket(self.family, self.type, self.proto, fd), peer
    def connect(self, address): _socket.connect(self._fd, int(self.family), self._to(address))
    def connect_ex(self, address):
        try:
            self.connect(address)
            return 0
        except OSError as e:
            return e.errno
    def send(self, data, flags=0): return _socket.sendto(self._fd, bytes(data), int(self.family), None)
    def sendall(self, data, flags=0): _socket.sendto(self._fd, bytes(data), int(self.family), None)
    def sendto(self, data, *args): return _socket.sendto(self._fd, bytes(data), int(self.family), self._to(args[-1]))
    def recv(self, bufsize, flags=0): return _socket.recvfrom(self._fd, bufsize)[0]
    def recvfrom(self, bufsize, flags=0): return _socket.recvfrom(self._fd, bufsize)
    def shutdown(self, how): _socket.shutdown(self._fd, how)
    def close(self):
        if self._fd >= 0:
            fd, self._fd = self._fd, -1
            _os.close(fd)
    def detach(self):
        fd, self._fd = self._fd, -1
        return fd
    def getsockname(self): return _socket.getsockname(self._fd)
    def getpeername(self): return _socket.getpeername(self._fd)
    def setsockopt(self, level, option, value=None):
        if level == SOL_SOCKET and option == SO_REUSEADDR and value:
            _socket.reuse(self._fd)
    def getsockopt(self, level, option, size=None): return 0
    def settimeout(self, value): self._timeout = value
    def gettimeout(self): return self._timeout
    def setblocking(self, flag): pass
    def makefile(self, mode='r', buffering=None, *, encoding=None, errors=None, newline=None):
        return open(_os.dup(self._fd), mode if 'b' in mode else mode, encoding=encoding, errors=errors, newline=newline)

def create_connection(address, timeout=None, source_address=None, *, all_errors=False):
    s = socket(AF_INET, SOCK_STREAM)
    try:
        s.connect(address)
    except BaseException:
        s.close()
        raise
    return s

def create_server(address, *, family=AF_INET, backlog=None, reuse_port=False, dualstack_ipv6=False):
    s = socket(family, SOCK_STREAM)
    s.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
    s.bind(address)
    s.listen(backlog or 128)
    return s

def gethostname(): return _os.uname()[1]
def getfqdn(name=''): return name or gethostname()
def gethostbyname(name):
    return _resolve(name) or '0.0.0.0'
def getaddrinfo(host, port, family=0, type=0, proto=0, flags=0):
    return [(AF_INET, SOCK_STREAM, 6, '', (_resolve(host) or '0.0.0.0', int(port or 0)))]
def getservbyname(name, proto=None):
    with open('/etc/services') as f:
        for line in f:
            words = line.split('#')[0].split()
            if len(words) > 1 and name in [words[0]] + words[2:] and (proto is None or words[1].endswith('/' + proto)):
                return int(words[1].split('/')[0])
    raise OSError('service/proto not found')
def inet_aton(text): return bytes(int(p) for p in text.split('.'))
def inet_ntoa(packed): return '.'.join(map(str, packed))
def htons(x): return (x & 255) << 8 | x >> 8
ntohs = htons
def htonl(x): return int.from_bytes(x.to_bytes(4, 'little'), 'big')
ntohl = htonl
def setdefaulttimeout(value): pass
def getdefaulttimeout(): return None
` });

registerModule("socketserver", { source: String.raw`
import socket, sys

class BaseServer:
    def __init__(self, server_address, RequestHandlerClass):
        self.server_address = server_address
        self.RequestHandlerClass = RequestHandlerClass
        self._stop = False
    def serve_forever(self, poll_interval=0.5):
        self._stop = False
        while not self._stop:
            self.handle_request()
    def shutdown(self): self._stop = True
    def handle_request(self):
        try:
            request, client_address = self.get_request()
        except OSError:
            return
        try:
            self.process_request(request, client_address)
        except Exception:
            self.handle_error(request, client_address)
            self.shutdown_request(request)
    def process_request(self, request, client_address):
        self.finish_request(request, client_address)
        self.shutdown_request(request)
    def finish_request(self, request, client_address): self.RequestHandlerClass(request, client_address, self)
    def shutdown_request(self, request): self.close_request(request)
    def close_request(self, request): pass
    def server_close(self): pass
    def server_activate(self): pass
    def handle_error(self, request, client_address):
        print('-' * 40, file=sys.stderr)
        print('Exception occurred during processing of request from', client_address, file=sys.stderr)
        import traceback
        traceback.print_exc()
        print('-' * 40, file=sys.stderr)
    def __enter__(self): return self
    def __exit__(self, *args): self.server_close()

class TCPServer(BaseServer):
    address_family = socket.AF_INET
    socket_type = socket.SOCK_STREAM
    request_queue_size = 5
    allow_reuse_address = False
    def __init__(self, server_address, RequestHandlerClass, bind_and_activate=True):
        BaseServer.__init__(self, server_address, RequestHandlerClass)
        self.socket = socket.socket(self.address_family, self.socket_type)
        if bind_and_activate:
            try:
                self.server_bind()
                self.server_activate()
            except BaseException:
                self.server_close()
                raise
    def server_bind(self):
        if self.allow_reuse_address:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
    def server_activate(self): self.socket.listen(self.request_queue_size)
    def server_close(self): self.socket.close()
    def fileno(self): return self.socket.fileno()
    def get_request(self): return self.socket.accept()
    def shutdown_request(self, request):
        try:
            request.shutdown(socket.SHUT_WR)
        except OSError:
            pass
        self.close_request(request)
    def close_request(self, request): request.close()

class UDPServer(TCPServer):
    socket_type = socket.SOCK_DGRAM
    def get_request(self):
        data, client = self.socket.recvfrom(8192)
        return (data, self.socket), client
    def server_activate(self): pass
    def shutdown_request(self, request): pass

class ThreadingMixIn:
    daemon_threads = False
class ForkingMixIn: pass
class ThreadingTCPServer(ThreadingMixIn, TCPServer): pass

class BaseRequestHandler:
    def __init__(self, request, client_address, server):
        self.request = request
        self.client_address = client_address
        self.server = server
        self.setup()
        try:
            self.handle()
        finally:
            self.finish()
    def setup(self): pass
    def handle(self): pass
    def finish(self): pass

class StreamRequestHandler(BaseRequestHandler):
    def setup(self):
        self.connection = self.request
        self.rfile = self.connection.makefile('rb')
        self.wfile = _Writer(self.connection)
    def finish(self):
        self.rfile.close()

class _Writer:
    closed = False
    def __init__(self, connection): self._connection = connection
    def write(self, data):
        self._connection.sendall(data)
        return len(data)
    def flush(self): pass
    def close(self): pass
` });

registerModule("http", { isPackage: true, source: String.raw`
import enum as _enum
_WORDS = [(100, 'Continue'), (101, 'Switching Protocols'), (200, 'OK'), (201, 'Created'), (202, 'Accepted'), (204, 'No Content'), (206, 'Partial Content'), (301, 'Moved Permanently'), (302, 'Found'), (303, 'See Other'), (304, 'Not Modified'), (307, 'Temporary Redirect'), (308, 'Permanent Redirect'), (400, 'Bad Request'), (401, 'Unauthorized'), (403, 'Forbidden'), (404, 'Not Found'), (405, 'Method Not Allowed'), (406, 'Not Acceptable'), (408, 'Request Timeout'), (409, 'Conflict'), (410, 'Gone'), (411, 'Length Required'), (413, 'Request Entity Too Large'), (414, 'Request-URI Too Long'), (415, 'Unsupported Media Type'), (418, "I'm a Teapot"), (422, 'Unprocessable Entity'), (429, 'Too Many Requests'), (431, 'Request Header Fields Too Large'), (500, 'Internal Server Error'), (501, 'Not Implemented'), (502, 'Bad Gateway'), (503, 'Service Unavailable'), (504, 'Gateway Timeout'), (505, 'HTTP Version Not Supported')]
HTTPStatus = _enum.IntEnum('HTTPStatus', [(w.upper().replace(' ', '_').replace('-', '_').replace("'", ''), n) for n, w in _WORDS])
HTTPStatus.__module__ = 'http'
_PHRASES = dict(_WORDS)
HTTPStatus.phrase = property(lambda self: _PHRASES[int(self)])
HTTPStatus.description = property(lambda self: {404: 'Nothing matches the given URI', 501: 'Server does not support this operation', 400: 'Bad request syntax or unsupported method', 403: 'Request forbidden -- authorization will not help', 500: 'Server got itself in trouble'}.get(int(self), ''))
` });

registerModule("http.server", { source: String.raw`
import os, sys, time, socket, socketserver, html, urllib.parse, posixpath
from http import HTTPStatus

__version__ = '0.6'

_ERROR = '''<!DOCTYPE HTML>
<html lang="en">
    <head>
        <meta charset="utf-8">
        <title>Error response</title>
    </head>
    <body>
        <h1>Error response</h1>
        <p>Error code: %(code)d</p>
        <p>Message: %(message)s.</p>
        <p>Error code explanation: %(code)s - %(explain)s.</p>
    </body>
</html>
'''

class HTTPServer(socketserver.TCPServer):
    allow_reuse_address = 1
    def server_bind(self):
        socketserver.TCPServer.server_bind(self)
        host, port = self.server_address[:2]
        self.server_name = socket.getfqdn(host)
        self.server_port = port

class ThreadingHTTPServer(socketserver.ThreadingMixIn, HTTPServer):
    daemon_threads = True

class _Headers:
    def __init__(self): self._items = []
    def add(self, name, value): self._items.append((name, value))
    def get(self, name, default=None):
        for key, value in self._items:
            if key.lower() == name.lower():
                return value
        return default
    def __getitem__(self, name): return self.get(name)
    def __contains__(self, name): return self.get(name) is not None
    def items(self): return list(self._items)
    def keys(self): return [k for k, _ in self._items]
    def values(self): return [v for _, v in self._items]
    def __iter__(self): return iter(self.keys())
    def __len__(self): return len(self._items)
    def __str__(self): return ''.join('%s: %s\n' % item for item in self._items) + '\n'

_DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
_MONTHS = [None, 'Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

def _http_date(timestamp):
    t = time.gmtime(timestamp)
    return '%s, %02d %s %04d %02d:%02d:%02d GMT' % (_DAYS[t[6]], t[2], _MONTHS[t[1]], t[0], t[3], t[4], t[5])

class BaseHTTPRequestHandler(socketserver.StreamRequestHandler):
    sys_version = 'Python/' + sys.version.split()[0]
    server_version = 'BaseHTTP/' + __version__
    error_message_format = _ERROR
    error_content_type = 'text/html;charset=utf-8'
    protocol_version = 'HTTP/1.0'
    default_request_version = 'HTTP/0.9'
    weekdayname = _DAYS
    monthname = _MONTHS
    def parse_request(self):
        self.command = None
        self.request_version = self.default_request_version
        self.close_connection = True
        self.requestline = str(self.raw_requestline, 'iso-8859-1').rstrip('\r\n')
        words = self.requestline.split()
        if not words:
            return False
        if len(words) >= 3:
            version = words[-1]
            if not version.startswith('HTTP/'):
                self.send_error(HTTPStatus.BAD_REQUEST, 'Bad request version (%r)' % version)
                return False
            self.request_version = version
            if version >= 'HTTP/1.1' and self.protocol_version >= 'HTTP/1.1':
                self.close_connection = False
        if not 2 <= len(words) <= 3:
            self.send_error(HTTPStatus.BAD_REQUEST, 'Bad request syntax (%r)' % self.requestline)
            return False
        self.command, self.path = words[:2]
        if self.path.startswith('//'):
            self.path = '/' + self.path.lstrip('/')
        self.headers = _Headers()
        while True:
            line = self.rfile.readline(65537)
            if line in (b'\r\n', b'\n', b''):
                break
            name, _, value = line.decode('iso-8859-1').partition(':')
            self.headers.add(name.strip(), value.strip())
        connection = self.headers.get('Connection', '').lower()
        if connection == 'close':
            self.close_connection = True
        elif connection == 'keep-alive' and self.protocol_version >= 'HTTP/1.1':
            self.close_connection = False
        return True
    def handle_one_request(self):
        self.raw_requestline = self.rfile.readline(65537)
        if not self.raw_requestline:
            self.close_connection = True
            return
        if not self.parse_request():
            return
        method = getattr(self, 'do_' + self.command, None)
        if method is None:
            self.send_error(HTTPStatus.NOT_IMPLEMENTED, 'Unsupported method (%r)' % self.command)
            return
        method()
        self.wfile.flush()
    def handle(self):
        self.close_connection = True
        self.handle_one_request()
        while not self.close_connection:
            self.handle_one_request()
    def send_error(self, code, message=None, explain=None):
        try:
            status = HTTPStatus(code)
            short, long = status.phrase, status.description
        except ValueError:
            short = long = '???'
        message = short if message is None else message
        explain = long if explain is None else explain
        self.log_error('code %d, message %s', code, message)
        self.send_response(code, message)
        self.send_header('Connection', 'close')
        body = None
        if code >= 200 and code not in (204, 205, 304):
            body = (self.error_message_format % {'code': code, 'message': html.escape(message, quote=False), 'explain': html.escape(explain, quote=False)}).encode('UTF-8', 'replace')
            self.send_header('Content-Type', self.error_content_type)
            self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        if getattr(self, 'command', None) != 'HEAD' and body:
            self.wfile.write(body)
    def send_response(self, code, message=None):
        self.log_request(code)
        self.send_response_only(code, message)
        self.send_header('Server', self.version_string())
        self.send_header('Date', self.date_time_string())
    def send_response_only(self, code, message=None):
        if self.request_version != 'HTTP/0.9':
            if message is None:
                try:
                    message = HTTPStatus(code).phrase
                except ValueError:
                    message = ''
            self._buffer = ['%s %d %s\r\n' % (self.protocol_version, code, message)]
    def send_header(self, keyword, value):
        if self.request_version != 'HTTP/0.9':
            if not hasattr(self, '_buffer'):
                self._buffer = []
            self._buffer.append('%s: %s\r\n' % (keyword, value))
        if keyword.lower() == 'connection':
            self.close_connection = value.lower() == 'close'
    def end_headers(self):
        if self.request_version != 'HTTP/0.9':
            self._buffer.append('\r\n')
            self.wfile.write(''.join(self._buffer).encode('latin-1', 'replace'))
            self._buffer = []
    flush_headers = end_headers
    def log_request(self, code='-', size='-'):
        self.log_message('"%s" %s %s', self.requestline, str(int(code)) if isinstance(code, int) else code, str(size))
    def log_error(self, format, *args): self.log_message(format, *args)
    def log_message(self, format, *args):
        sys.stderr.write('%s - - [%s] %s\n' % (self.address_string(), self.log_date_time_string(), format % args))
    def version_string(self): return self.server_version + ' ' + self.sys_version
    def date_time_string(self, timestamp=None): return _http_date(time.time() if timestamp is None else timestamp)
    def log_date_time_string(self):
        t = time.localtime()
        return '%02d/%3s/%04d %02d:%02d:%02d' % (t[2], _MONTHS[t[1]], t[0], t[3], t[4], t[5])
    def address_string(self): return self.client_address[0]

class SimpleHTTPRequestHandler(BaseHTTPRequestHandler):
    server_version = 'SimpleHTTP/' + __version__
    extensions_map = {'.gz': 'application/gzip', '.Z': 'application/octet-stream', '.bz2': 'application/x-bzip2', '.xz': 'application/x-xz'}
    _types = {'.html': 'text/html', '.htm': 'text/html', '.txt': 'text/plain', '.py': 'text/x-python', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.png': 'image/png', '.jpg': 'image/jpeg', '.jpeg': 'image/jpeg', '.gif': 'image/gif', '.svg': 'image/svg+xml', '.ico': 'image/vnd.microsoft.icon', '.xml': 'text/xml', '.csv': 'text/csv', '.pdf': 'application/pdf', '.zip': 'application/zip', '.tar': 'application/x-tar', '.sh': 'application/x-sh', '.md': 'text/markdown', '.mp4': 'video/mp4', '.c': 'text/plain', '.h': 'text/plain'}
    def __init__(self, *args, directory=None, **kwargs):
        self.directory = os.fspath(directory if directory is not None else os.getcwd())
        super().__init__(*args, **kwargs)
    def do_GET(self):
        f = self.send_head()
        if f:
            try:
                while True:
                    data = f.read(65536)
                    if not data:
                        break
                    self.wfile.write(data)
            finally:
                f.close()
    def do_HEAD(self):
        f = self.send_head()
        if f:
            f.close()
    def send_head(self):
        path = self.translate_path(self.path)
        if os.path.isdir(path):
            parts = urllib.parse.urlsplit(self.path)
            if not parts.path.endswith('/'):
                self.send_response(HTTPStatus.MOVED_PERMANENTLY)
                self.send_header('Location', parts.path + '/' + ('?' + parts.query if parts.query else ''))
                self.send_header('Content-Length', '0')
                self.end_headers()
                return None
            for index in ('index.html', 'index.htm'):
                full = os.path.join(path, index)
                if os.path.isfile(full):
                    path = full
                    break
            else:
                return self.list_directory(path)
        if path.endswith('/'):
            self.send_error(HTTPStatus.NOT_FOUND, 'File not found')
            return None
        try:
            f = open(path, 'rb')
        except OSError:
            self.send_error(HTTPStatus.NOT_FOUND, 'File not found')
            return None
        info = os.fstat(f.fileno())
        self.send_response(HTTPStatus.OK)
        self.send_header('Content-type', self.guess_type(path))
        self.send_header('Content-Length', str(info.st_size))
        self.send_header('Last-Modified', self.date_time_string(info.st_mtime))
        self.end_headers()
        return f
    def list_directory(self, path):
        import io
        try:
            names = os.listdir(path)
        except OSError:
            self.send_error(HTTPStatus.NOT_FOUND, 'No permission to list directory')
            return None
        names.sort(key=lambda a: a.lower())
        shown = html.escape(urllib.parse.unquote(self.path.split('?')[0].split('#')[0]), quote=False)
        title = 'Directory listing for ' + shown
        r = ['<!DOCTYPE HTML>', '<html lang="en">', '<head>', '<meta charset="utf-8">', '<title>%s</title>\n</head>' % title, '<body>\n<h1>%s</h1>' % title, '<hr>\n<ul>']
        for name in names:
            full = os.path.join(path, name)
            display = link = name
            if os.path.isdir(full):
                display = name + '/'
                link = name + '/'
            if os.path.islink(full):
                display = name + '@'
            r.append('<li><a href="%s">%s</a></li>' % (urllib.parse.quote(link), html.escape(display, quote=False)))
        r.append('</ul>\n<hr>\n</body>\n</html>\n')
        encoded = '\n'.join(r).encode('utf-8', 'surrogateescape')
        self.send_response(HTTPStatus.OK)
        self.send_header('Content-type', 'text/html; charset=utf-8')
        self.send_header('Content-Length', str(len(encoded)))
        self.end_headers()
        return io.BytesIO(encoded)
    def translate_path(self, path):
        path = path.split('?', 1)[0].split('#', 1)[0]
        slash = path.rstrip().endswith('/')
        words = [w for w in posixpath.normpath(urllib.parse.unquote(path)).split('/') if w]
        full = self.directory
        for w in words:
            if w in (os.curdir, os.pardir):
                continue
            full = os.path.join(full, w)
        return full + '/' if slash and not full.endswith('/') else full
    def guess_type(self, path):
        ext = posixpath.splitext(path)[1]
        for table in (self.extensions_map, self._types):
            for e in (ext, ext.lower()):
                if e in table:
                    return table[e]
        return 'application/octet-stream'

def __main_function__():
    import argparse
    parser = argparse.ArgumentParser(prog='server.py')
    parser.add_argument('--cgi', action='store_true', help='run as CGI server')
    parser.add_argument('-b', '--bind', metavar='ADDRESS', help='bind to this address (default: all interfaces)')
    parser.add_argument('-d', '--directory', default=os.getcwd(), help='serve this directory (default: current directory)')
    parser.add_argument('-p', '--protocol', metavar='VERSION', default='HTTP/1.0', help='conform to this HTTP version (default: %(default)s)')
    parser.add_argument('port', default=8000, type=int, nargs='?', help='bind to this port (default: %(default)s)')
    args = parser.parse_args()
    class Handler(SimpleHTTPRequestHandler):
        protocol_version = args.protocol
        def __init__(self, *a, **kw): super().__init__(*a, directory=args.directory, **kw)
    with ThreadingHTTPServer((args.bind or '0.0.0.0', args.port), Handler) as httpd:
        host, port = httpd.socket.getsockname()[:2]
        print(f'Serving HTTP on {host} port {port} (http://{host}:{port}/) ...')
        try:
            httpd.serve_forever()
        except KeyboardInterrupt:
            print('\nKeyboard interrupt received, exiting.')
            sys.exit(0)
` });

registerModule("html", { isPackage: true, source: String.raw`
def escape(s, quote=True):
    s = s.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;')
    if quote:
        s = s.replace('"', '&quot;').replace("'", '&#x27;')
    return s
def unescape(s):
    import re
    names = {'amp': '&', 'lt': '<', 'gt': '>', 'quot': '"', 'apos': "'", 'nbsp': '\xa0', 'copy': '\xa9', 'eacute': '\xe9', 'euro': '\u20ac'}
    def one(m):
        body = m.group(1)
        if body.startswith('#'):
            return chr(int(body[2:], 16) if body[1:2] in 'xX' else int(body[1:]))
        return names.get(body, m.group())
    return re.sub(r'&(#[0-9]+|#[xX][0-9a-fA-F]+|\w+);', one, s)
` });

registerModule("urllib", { isPackage: true, source: "" });

registerModule("urllib.parse", { source: String.raw`
import collections as _c

_SAFE = frozenset(b'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~')

def quote(string, safe='/', encoding=None, errors=None):
    data = string if isinstance(string, bytes) else string.encode(encoding or 'utf-8', errors or 'strict')
    keep = _SAFE | frozenset(safe.encode() if isinstance(safe, str) else safe)
    return ''.join(chr(b) if b in keep else '%%%02X' % b for b in data)
def quote_plus(string, safe='', encoding=None, errors=None):
    return quote(string, (safe if isinstance(safe, str) else safe.decode()) + ' ').replace(' ', '+')
def quote_from_bytes(bs, safe='/'): return quote(bs, safe)
def unquote_to_bytes(string):
    data = string.encode() if isinstance(string, str) else string
    parts = data.split(b'%')
    out = [parts[0]]
    for part in parts[1:]:
        try:
            out.append(bytes([int(part[:2], 16)]) + part[2:] if len(part) >= 2 else b'%' + part)
        except ValueError:
            out.append(b'%' + part)
    return b''.join(out)
def unquote(string, encoding='utf-8', errors='replace'):
    if isinstance(string, bytes):
        return unquote_to_bytes(string).decode(encoding, errors)
    return unquote_to_bytes(string).decode(encoding, errors) if '%' in string else string
def unquote_plus(string, encoding='utf-8', errors='replace'): return unquote(string.replace('+', ' '), encoding, errors)

def urlencode(query, doseq=False, safe='', encoding=None, errors=None, quote_via=quote_plus):
    items = query.items() if hasattr(query, 'items') else query
    out = []
    for k, v in items:
        values = v if doseq and isinstance(v, (list, tuple)) else [v]
        for one in values:
            out.append(quote_via(k if isinstance(k, bytes) else str(k), safe) + '=' + quote_via(one if isinstance(one, bytes) else str(one), safe))
    return '&'.join(out)

def parse_qsl(qs, keep_blank_values=False, strict_parsing=False, encoding='utf-8', errors='replace', max_num_fields=None, separator='&'):
    out = []
    for pair in qs.split(separator):
        if not pair and not strict_parsing:
            continue
        name, sign, value = pair.partition('=')
        if not sign and strict_parsing:
            raise ValueError('bad query field: %r' % (pair,))
        if value or keep_blank_values:
            out.append((unquote_plus(name), unquote_plus(value)))
    return out
def parse_qs(qs, keep_blank_values=False, strict_parsing=False, encoding='utf-8', errors='replace', max_num_fields=None, separator='&'):
    out = {}
    for name, value in parse_qsl(qs, keep_blank_values, strict_parsing, separator=separator):
        out.setdefault(name, []).append(value)
    return out

class _Net:
    @property
    def _split(self):
        user, at, host = self.netloc.rpartition('@')
        return (user if at else None), host
    @property
    def username(self):
        user = self._split[0]
        return None if user is None else user.partition(':')[0]
    @property
    def password(self):
        user = self._split[0]
        return None if user is None or ':' not in user else user.partition(':')[2]
    @property
    def hostname(self):
        host = self._split[1]
        if host.startswith('['):
            return host[1:].partition(']')[0].lower()
        return host.partition(':')[0].lower() or None
    @property
    def port(self):
        host = self._split[1].rpartition(']')[2]
        text = host.partition(':')[2]
        if not text:
            return None
        if not text.isdigit():
            raise ValueError('Port could not be cast to integer value as %r' % text)
        if int(text) > 65535:
            raise ValueError('Port out of range 0-65535')
        return int(text)

class SplitResult(_Net, _c.namedtuple('SplitResult', 'scheme netloc path query fragment')):
    def geturl(self): return urlunsplit(self)
class ParseResult(_Net, _c.namedtuple('ParseResult', 'scheme netloc path params query fragment')):
    def geturl(self): return urlunparse(self)

def urlsplit(url, scheme='', allow_fragments=True):
    head, colon, rest = url.partition(':')
    if colon and head and head[0].isalpha() and all(c.isalnum() or c in '+-.' for c in head):
        scheme, url = head.lower(), rest
    netloc = query = fragment = ''
    if url.startswith('//'):
        end = len(url)
        for c in '/?#':
            at = url.find(c, 2)
            if at >= 0:
                end = min(end, at)
        netloc, url = url[2:end], url[end:]
    if allow_fragments and '#' in url:
        url, _, fragment = url.partition('#')
    if '?' in url:
        url, _, query = url.partition('?')
    return SplitResult(scheme, netloc, url, query, fragment)

def urlparse(url, scheme='', allow_fragments=True):
    s = urlsplit(url, scheme, allow_fragments)
    path, params = s.path, ''
    if ';' in path.rpartition('/')[2]:
        at = path.find(';', path.rfind('/') + 1)
        path, params = path[:at], path[at + 1:]
    return ParseResult(s.scheme, s.netloc, path, params, s.query, s.fragment)

def urlunsplit(parts):
    scheme, netloc, path, query, fragment = parts
    if netloc or path.startswith('//'):
        if path and path[0] != '/':
            path = '/' + path
        path = '//' + netloc + path
    if scheme:
        path = scheme + ':' + path
    return path + ('?' + query if query else '') + ('#' + fragment if fragment else '')

def urlunparse(parts):
    scheme, netloc, path, params, query, fragment = parts
    return urlunsplit((scheme, netloc, path + ';' + params if params else path, query, fragment))

def urljoin(base, url, allow_fragments=True):
    if not base:
        return url
    if not url:
        return base
    b, u = urlsplit(base), urlsplit(url, urlsplit(base).scheme)
    if u.scheme != b.scheme:
        return url
    if u.netloc:
        return urlunsplit(u)
    if not u.path:
        return urlunsplit((b.scheme, b.netloc, b.path, u.query or b.query, u.fragment))
    parts = u.path.split('/') if u.path.startswith('/') else b.path.split('/')[:-1] + u.path.split('/')
    out = []
    for p in parts:
        if p == '..':
            if len(out) > 1:
                out.pop()
        elif p != '.':
            out.append(p)
    if parts[-1] in ('.', '..'):
        out.append('')
    path = '/'.join(out)
    if b.netloc and not path.startswith('/'):
        path = '/' + path
    return urlunsplit((b.scheme, b.netloc, path, u.query, u.fragment))
def urldefrag(url):
    s = urlsplit(url)
    return urlunsplit((s.scheme, s.netloc, s.path, s.query, '')), s.fragment
` });

registerModule("urllib.error", { source: String.raw`
class URLError(OSError):
    def __init__(self, reason, filename=None):
        self.args = (reason,)
        self.reason = reason
    def __str__(self): return '<urlopen error %s>' % self.reason
class HTTPError(URLError):
    def __init__(self, url, code, msg, hdrs, fp):
        self.args = ()
        self.url, self.code, self.msg, self.headers, self.fp = url, code, msg, hdrs, fp
        self.status, self.reason = code, msg
    def __str__(self): return 'HTTP Error %s: %s' % (self.code, self.msg)
    def read(self, *a): return self.fp.read(*a)
` });

registerModule("urllib.request", { source: String.raw`
import socket as _socket, io as _io, urllib.parse as _parse
from urllib.error import URLError, HTTPError

class Request:
    def __init__(self, url, data=None, headers={}, origin_req_host=None, unverifiable=False, method=None):
        self.full_url = url
        self.data = data
        self.headers = dict(headers)
        self.method = method
    def get_method(self): return self.method or ('POST' if self.data is not None else 'GET')
    def add_header(self, key, value): self.headers[key] = value

class _Response(_io.BytesIO):
    def __init__(self, body, status, reason, headers, url):
        super().__init__(body)
        self.status = self.code = status
        self.reason = self.msg = reason
        self.headers = headers
        self.url = url
    def getcode(self): return self.status
    def geturl(self): return self.url
    def info(self): return self.headers
    def getheader(self, name, default=None): return self.headers.get(name, default)

def urlopen(url, data=None, timeout=None, **kw):
    from http.server import _Headers
    request = url if isinstance(url, Request) else Request(url, data)
    for _ in range(10):
        parts = _parse.urlsplit(request.full_url)
        if parts.scheme != 'http':
            raise URLError('unknown url type: %s' % parts.scheme if parts.scheme else 'unknown url type: %r' % request.full_url)
        try:
            s = _socket.create_connection((parts.hostname, parts.port or 80))
        except OSError as e:
            raise URLError(e) from None
        headers = {'Host': parts.netloc, 'User-Agent': 'Python-urllib/3.11', 'Connection': 'close', 'Accept-Encoding': 'identity', **request.headers}
        if request.data is not None:
            headers.setdefault('Content-Length', str(len(request.data)))
            headers.setdefault('Content-Type', 'application/x-www-form-urlencoded')
        path = (parts.path or '/') + ('?' + parts.query if parts.query else '')
        head = '%s %s HTTP/1.1\r\n' % (request.get_method(), path) + ''.join('%s: %s\r\n' % kv for kv in headers.items()) + '\r\n'
        s.sendall(head.encode() + (request.data or b''))
        raw = b''
        while True:
            part = s.recv(65536)
            if not part:
                break
            raw += part
        s.close()
        top, _, body = raw.partition(b'\r\n\r\n')
        lines = top.decode('iso-8859-1').split('\r\n')
        words = lines[0].split(' ', 2)
        status, reason = int(words[1]), words[2] if len(words) > 2 else ''
        found = _Headers()
        for line in lines[1:]:
            name, _, value = line.partition(':')
            found.add(name, value.strip())
        if found.get('Transfer-Encoding', '').lower() == 'chunked':
            whole = b''
            while body:
                size, _, body = body.partition(b'\r\n')
                n = int(size.split(b';')[0], 16)
                if n == 0:
                    break
                whole += body[:n]
                body = body[n + 2:]
            body = whole
        response = _Response(body, status, reason, found, request.full_url)
        if status in (301, 302, 303, 307, 308) and found.get('Location'):
            request = Request(_parse.urljoin(request.full_url, found.get('Location')))
            continue
        if status >= 400:
            raise HTTPError(request.full_url, status, reason, found, response)
        return response
    raise URLError('too many redirects')

def urlretrieve(url, filename=None, reporthook=None, data=None):
    r = urlopen(url, data)
    name = filename or _parse.urlsplit(url).path.rpartition('/')[2]
    with open(name, 'wb') as f:
        f.write(r.read())
    return name, r.headers
` });
