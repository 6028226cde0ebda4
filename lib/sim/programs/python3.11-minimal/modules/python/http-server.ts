// http and http.server, in Python.

import { registerModule } from "../registry.ts";

registerModule("http", { isPackage: true, source: String.raw`
import enum as _enum
_ROWS = '''100 Continue|101 Switching Protocols|200 OK|201 Created|202 Accepted|204 No Content|206 Partial Content|301 Moved Permanently|302 Found|303 See Other|304 Not Modified|307 Temporary Redirect|308 Permanent Redirect
400 Bad Request|401 Unauthorized|403 Forbidden|404 Not Found|405 Method Not Allowed|406 Not Acceptable|408 Request Timeout|409 Conflict|410 Gone|411 Length Required|413 Request Entity Too Large|414 Request-URI Too Long|415 Unsupported Media Type|418 I'm a Teapot|422 Unprocessable Entity|429 Too Many Requests|431 Request Header Fields Too Large
500 Internal Server Error|501 Not Implemented|502 Bad Gateway|503 Service Unavailable|504 Gateway Timeout|505 HTTP Version Not Supported'''
_PHRASES = {int(row[:3]): row[4:] for row in _ROWS.replace('\n', '|').split('|')}
HTTPStatus = _enum.IntEnum('HTTPStatus', [(phrase.upper().translate({32: '_', 45: '_', 39: None}), number) for number, phrase in _PHRASES.items()])
HTTPStatus.__module__ = 'http'
HTTPStatus.phrase = property(lambda self: _PHRASES[int(self)])
# What error pages say below the phrase.
_REASONS = {400: 'Bad request syntax or unsupported method', 403: 'Request forbidden -- authorization will not help', 404: 'Nothing matches the given URI', 500: 'Server got itself in trouble', 501: 'Server does not support this operation'}
HTTPStatus.description = property(lambda self: _REASONS.get(int(self), ''))
` });

registerModule("http.server", { source: String.raw`
import html as _html, io as _io, os as _os, socket as _socket, socketserver as _socketserver, sys as _sys, time as _time, urllib.parse as _urls
from http import HTTPStatus

__version__ = '0.6'

# Header lines in their order; names are compared without regard to case.
class _Headers:
    def __init__(self): self._lines = []
    def add(self, name, value): self._lines.append((name, value))
    def get_all(self, name, default=None): return [value for key, value in self._lines if key.lower() == name.lower()] or default
    def get(self, name, default=None): return (self.get_all(name) or [default])[0]
    __getitem__ = get
    def __contains__(self, name): return bool(self.get_all(name))
    def __len__(self): return len(self._lines)
    def __iter__(self): return (key for key, _ in self._lines)
    def items(self): return [*self._lines]
    def keys(self): return [*self]
    def values(self): return [value for _, value in self._lines]
    def __str__(self): return '\n'.join([*map('%s: %s'.__mod__, self._lines), '', ''])
    def get_content_type(self): return self.get('Content-Type', 'text/plain').partition(';')[0].strip().lower()
    def read(self, file):
        for line in iter(lambda: file.readline(65537).rstrip(b'\r\n'), b''):
            name, _, value = line.decode('iso-8859-1').partition(':')
            self.add(name.strip(), value.strip())
        return self

class HTTPServer(_socketserver.TCPServer):
    allow_reuse_address = 1
    def server_bind(self):
        super().server_bind()
        self.server_name, self.server_port = _socket.getfqdn(self.server_address[0]), self.server_address[1]

class ThreadingHTTPServer(_socketserver.ThreadingMixIn, HTTPServer): daemon_threads = True

_DAYS, _MONTHS = 'Mon Tue Wed Thu Fri Sat Sun'.split(), [None, *'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split()]

_PAGE = '\n'.join([
    '<!DOCTYPE HTML>', '<html lang="en">', '    <head>', '        <meta charset="utf-8">', '        <title>Error response</title>', '    </head>', '    <body>', '        <h1>Error response</h1>',
    '        <p>Error code: %(code)d</p>', '        <p>Message: %(message)s.</p>', '        <p>Error code explanation: %(code)s - %(explain)s.</p>', '    </body>', '</html>', '',
])

class BaseHTTPRequestHandler(_socketserver.StreamRequestHandler):
    protocol_version, default_request_version = 'HTTP/1.0', 'HTTP/0.9'
    server_version, sys_version = f'BaseHTTP/{__version__}', 'Python/' + _sys.version.split()[0]
    error_message_format, error_content_type = _PAGE, 'text/html;charset=utf-8'
    weekdayname, monthname = _DAYS, _MONTHS
    responses = {status: (status.phrase, status.description) for status in HTTPStatus}
    def handle(self):
        while True:
            self.close_connection = 1
            self.handle_one_request()
            if self.close_connection:
                return
    def handle_one_request(self):
        self.raw_requestline = line = self.rfile.readline(65537)
        if len(line) == 65537:
            self.requestline = self.request_version = self.command = ''
            self.send_error(414)
        elif line and self.parse_request():
            serve = getattr(self, f'do_{self.command}', None)
            if serve is None:
                self.send_error(HTTPStatus.NOT_IMPLEMENTED, f'Unsupported method ({self.command!r})')
            else:
                serve()
                self.wfile.flush()
    def _refuse(self, message):
        self.send_error(HTTPStatus.BAD_REQUEST, message)
        return False
    def parse_request(self):
        self.requestline = self.raw_requestline.decode('iso-8859-1').rstrip('\r\n')
        self.command, self.request_version, self.close_connection = None, self.default_request_version, True
        words = self.requestline.split()
        if not words:
            return False
        may_stay = False
        if len(words) > 2:
            name, slash, number = words[-1].partition('/')
            if name != 'HTTP' or number.count('.') != 1 or not number.replace('.', '').isdigit():
                return self._refuse(f'Bad request version ({words[-1]!r})')
            self.request_version = words[-1]
            may_stay = min(words[-1], self.protocol_version) >= 'HTTP/1.1'
        if len(words) not in (2, 3):
            return self._refuse(f'Bad request syntax ({self.requestline!r})')
        if len(words) == 2 and words[0] != 'GET':
            return self._refuse(f'Bad HTTP/0.9 request type ({words[0]!r})')
        self.command, path = words[:2]
        self.path = '/' + path.lstrip('/') if path[:2] == '//' else path
        self.headers = _Headers().read(self.rfile)
        wish = self.headers.get('Connection', '').lower()
        self.close_connection = wish == 'close' or not may_stay and not (wish == 'keep-alive' and self.protocol_version >= 'HTTP/1.1')
        if may_stay and self.headers.get('Expect', '').lower() == '100-continue':
            self.send_response_only(100)
            self.end_headers()
        return True
    def send_error(self, code, message=None, explain=None):
        phrase, reason = self.responses.get(code, ('???', '???'))
        message, explain = phrase if message is None else message, reason if explain is None else explain
        self.log_error('code %d, message %s', code, message)
        self.send_response(code, message)
        self.send_header(*('Connection', 'close'))
        page = b''
        if code >= 200 and code not in (204, 205, 304):
            words = {'code': code, 'message': _html.escape(message, False), 'explain': _html.escape(explain, False)}
            page = (self.error_message_format % words).encode('utf-8', 'replace')
            for name, value in (('Content-Type', self.error_content_type), ('Content-Length', len(page))):
                self.send_header(name, str(value))
        self.end_headers()
        if self.command != 'HEAD':
            self.wfile.write(page)
    def send_response(self, code, message=None):
        self.log_request(code)
        self.send_response_only(code, message=message)
        for name, value in (('Server', self.version_string()), ('Date', self.date_time_string())):
            self.send_header(name, value)
    # HTTP/0.9 knows no headers.
    def _head(self, line):
        if self.request_version != 'HTTP/0.9':
            self._unsent = [*getattr(self, '_unsent', ()), (line + '\r\n').encode('latin-1', 'replace')]
    def send_response_only(self, code, message=None):
        self._head(f'{self.protocol_version} {int(code)} {self.responses.get(code, [""])[0] if message is None else message}')
    def send_header(self, name, value):
        self._head(f'{name}: {value}')
        if name.lower() == 'connection' and value.lower() in ('close', 'keep-alive'):
            self.close_connection = value.lower() == 'close'
    def end_headers(self):
        self._head('')
        self.flush_headers()
    def flush_headers(self):
        lines, self._unsent = getattr(self, '_unsent', []), []
        if lines:
            self.wfile.write(b''.join(lines))
    def log_request(self, code='-', size='-'): self.log_message('"%s" %s %s', self.requestline, str(code.value if isinstance(code, HTTPStatus) else code), str(size))
    def log_error(self, format, *args): self.log_message(format, *args)
    def log_message(self, format, *args):
        print(f'{self.address_string()} - - [{self.log_date_time_string()}] {format % args}', file=_sys.stderr, flush=True)
    def address_string(self): return self.client_address[0]
    def version_string(self): return f'{self.server_version} {self.sys_version}'
    def date_time_string(self, timestamp=None):
        year, month, day, hour, minute, second, weekday = _time.gmtime(timestamp)[:7]
        return f'{_DAYS[weekday]}, {day:02} {_MONTHS[month]} {year:04} {hour:02}:{minute:02}:{second:02} GMT'
    def log_date_time_string(self):
        now = _time.localtime()
        return f'{now[2]:02}/{_MONTHS[now[1]]}/{now[0]:04} ' + ':'.join([f'{part:02}' for part in now[3:6]])

_KINDS = dict(pair.split('=') for pair in '''.html=text/html .htm=text/html .txt=text/plain .c=text/plain .h=text/plain .py=text/x-python .js=text/javascript .css=text/css .csv=text/csv .md=text/markdown .xml=text/xml
.json=application/json .pdf=application/pdf .zip=application/zip .tar=application/x-tar .sh=application/x-sh .png=image/png .jpg=image/jpeg .jpeg=image/jpeg .gif=image/gif .svg=image/svg+xml .ico=image/vnd.microsoft.icon .mp4=video/mp4'''.split())

class SimpleHTTPRequestHandler(BaseHTTPRequestHandler):
    server_version, index_pages = f'SimpleHTTP/{__version__}', ('index.html', 'index.htm')
    extensions_map = {'.Z': 'application/octet-stream', '.gz': 'application/gzip', '.bz2': 'application/x-bzip2', '.xz': 'application/x-xz'}
    def __init__(self, *args, directory=None, **kwargs):
        self.directory = _os.getcwd() if directory is None else _os.fspath(directory)
        BaseHTTPRequestHandler.__init__(self, *args, **kwargs)
    def do_HEAD(self): self._serve(lambda file: None)
    def do_GET(self): self._serve(lambda file: self.copyfile(file, self.wfile))
    def _serve(self, send):
        file = self.send_head()
        if file is not None:
            with file:
                send(file)
    def copyfile(self, source, target):
        for block in iter(lambda: source.read(65536), b''):
            target.write(block)
    def _answer(self, status, **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace('_', '-'), str(value))
        self.end_headers()
    def send_head(self):
        place = self.translate_path(self.path)
        if _os.path.isdir(place):
            path, question, query = self.path.partition('#')[0].partition('?')
            if path[-1:] != '/':
                return self._answer(HTTPStatus.MOVED_PERMANENTLY, Location=path + '/' + question + query, Content_Length=0)
            pages = [page for page in (_os.path.join(place, name) for name in self.index_pages) if _os.path.isfile(page)]
            if not pages:
                return self.list_directory(place)
            place = pages[0]
        try:
            # A file has nothing below it, even where the system would not mind the slash.
            file = None if place[-1:] == '/' else open(place, 'rb')
        except OSError:
            file = None
        if file is None:
            return self.send_error(HTTPStatus.NOT_FOUND, 'File not found')
        facts = _os.fstat(file.fileno())
        self._answer(HTTPStatus.OK, Content_type=self.guess_type(place), Content_Length=facts.st_size, Last_Modified=self.date_time_string(facts.st_mtime))
        return file
    def list_directory(self, place):
        try:
            names = sorted(_os.listdir(place), key=str.lower)
        except OSError:
            return self.send_error(HTTPStatus.NOT_FOUND, 'No permission to list directory')
        title = 'Directory listing for ' + _html.escape(_urls.unquote(self.path), False)
        lines = ['<!DOCTYPE HTML>', '<html lang="en">', '<head>', '<meta charset="utf-8">', f'<title>{title}</title>', '</head>', '<body>', f'<h1>{title}</h1>', '<hr>', '<ul>']
        for name in names:
            full = _os.path.join(place, name)
            folder = '/' if _os.path.isdir(full) else ''
            shown = name + ('@' if _os.path.islink(full) else folder)
            lines.append(f'<li><a href="{_urls.quote(name + folder, errors="surrogatepass")}">{_html.escape(shown, False)}</a></li>')
        page = '\n'.join([*lines, '</ul>', '<hr>', '</body>', '</html>', '']).encode('utf-8', 'surrogateescape')
        self._answer(HTTPStatus.OK, Content_type='text/html; charset=utf-8', Content_Length=len(page))
        return _io.BytesIO(page)
    # Below the served directory, whatever the dots say.
    def translate_path(self, path):
        path = path.partition('?')[0].partition('#')[0]
        steps = []
        for step in _urls.unquote(path).split('/'):
            if step == '..':
                steps = steps[:-1]
            elif step not in ('', '.'):
                steps.append(step)
        return _os.path.join(self.directory, *steps) + '/' * (path.rstrip()[-1:] == '/' and bool(steps))
    def guess_type(self, path):
        ending = _os.path.splitext(path)[1]
        found = [kinds[form] for kinds in (self.extensions_map, _KINDS) for form in (ending, ending.lower()) if form in kinds]
        return (found or ['application/octet-stream'])[0]

def test(HandlerClass=BaseHTTPRequestHandler, ServerClass=ThreadingHTTPServer, protocol='HTTP/1.0', port=8000, bind=None):
    HandlerClass.protocol_version = protocol
    with ServerClass((bind or '0.0.0.0', port), HandlerClass) as server:
        host, port = server.server_address[:2]
        print(f'Serving HTTP on {host} port {port} (http://{host}:{port}/) ...')
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print('\nKeyboard interrupt received, exiting.')
            _sys.exit(0)

def __main_function__():
    import argparse, functools
    command = argparse.ArgumentParser(prog='server.py')
    command.add_argument('--cgi', action='store_true', help='run as CGI server')
    command.add_argument('-b', '--bind', metavar='ADDRESS', help='bind to this address (default: all interfaces)')
    command.add_argument('-d', '--directory', default=_os.getcwd(), help='serve this directory (default: current directory)')
    command.add_argument('-p', '--protocol', metavar='VERSION', default='HTTP/1.0', help='conform to this HTTP version (default: %(default)s)')
    command.add_argument('port', type=int, nargs='?', default=8000, help='bind to this port (default: %(default)s)')
    wish = command.parse_args()
    class Served(SimpleHTTPRequestHandler):
        def __init__(self, *args): super().__init__(*args, directory=wish.directory)
    test(Served, protocol=wish.protocol, port=wish.port, bind=wish.bind)
` });
