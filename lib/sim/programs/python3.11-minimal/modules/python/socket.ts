// socket, in Python on _socket (modules/socket.ts).

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
_default_timeout = None
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
        self._timeout = _default_timeout
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
        self._wait()
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
    def _wait(self, writing=False):
        if self._timeout is not None and not _socket.wait(self._fd, writing, float(self._timeout)):
            raise BlockingIOError(11, 'Resource temporarily unavailable') if self._timeout == 0 else TimeoutError('timed out')
    def recv(self, bufsize, flags=0): return self.recvfrom(bufsize)[0]
    def recvfrom(self, bufsize, flags=0):
        self._wait()
        return _socket.recvfrom(self._fd, bufsize)
    def recv_into(self, buffer, nbytes=0, flags=0):
        data = self.recv(nbytes or len(buffer))
        buffer[:len(data)] = data
        return len(data)
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
    def setblocking(self, flag): self._timeout = None if flag else 0
    def getblocking(self): return self._timeout != 0
    def makefile(self, mode='r', buffering=None, *, encoding=None, errors=None, newline=None):
        return open(_os.dup(self._fd), mode if 'b' in mode else mode, encoding=encoding, errors=errors, newline=newline)

def create_connection(address, timeout=None, source_address=None, *, all_errors=False):
    s = socket(AF_INET, SOCK_STREAM)
    if timeout is not None:
        s.settimeout(timeout)
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
def setdefaulttimeout(timeout):
    global _default_timeout
    _default_timeout = timeout
def getdefaulttimeout(): return _default_timeout
` });
