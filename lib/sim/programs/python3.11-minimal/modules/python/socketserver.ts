// socketserver, in Python. One request after the other: what serves in threads or processes there is served in turn here.

import { registerModule } from "../registry.ts";

registerModule("socketserver", { source: String.raw`
import socket, sys

class BaseServer:
    timeout = None
    def __init__(self, server_address, handler):
        self.server_address, self.RequestHandlerClass, self._stopping = server_address, handler, False
    def __enter__(self): return self
    def __exit__(self, *failure): self.server_close()
    def serve_forever(self, poll_interval=0.5):
        self._stopping = False
        while not self._stopping:
            self._one_request()
            self.service_actions()
    def shutdown(self): self._stopping = True
    def handle_request(self):
        if self.timeout is not None and not socket._socket.wait(self.fileno(), False, float(self.timeout)):
            self.handle_timeout()
            return None
        self._one_request()
    def _one_request(self):
        try:
            accepted = self.get_request()
        except OSError:
            return
        if not self.verify_request(*accepted):
            return self.shutdown_request(accepted[0])
        try:
            self.process_request(*accepted)
        except Exception:
            self.handle_error(*accepted)
            self.shutdown_request(accepted[0])
    def process_request(self, request, client):
        self.finish_request(request, client)
        return self.shutdown_request(request)
    def finish_request(self, request, client): self.RequestHandlerClass(request, client, self)
    def verify_request(self, request, client): return True
    def shutdown_request(self, request): self.close_request(request)
    def close_request(self, request): return None
    def server_activate(self): return None
    def server_close(self): return None
    def service_actions(self): return None
    def handle_timeout(self): return None
    def handle_error(self, request, client):
        import traceback
        line = 40 * '-'
        print(line, f'Exception occurred during processing of request from {client}', sep='\n', file=sys.stderr)
        traceback.print_exc()
        print(line, file=sys.stderr)

class TCPServer(BaseServer):
    address_family, socket_type, request_queue_size, allow_reuse_address, allow_reuse_port = socket.AF_INET, socket.SOCK_STREAM, 5, False, False
    def __init__(self, server_address, handler, bind_and_activate=True):
        super().__init__(server_address, handler)
        self.socket = socket.socket(self.address_family, self.socket_type)
        for step in (self.server_bind, self.server_activate) if bind_and_activate else ():
            try:
                step()
            except BaseException:
                self.server_close()
                raise
    def server_bind(self):
        listening = self.socket
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1 if self.allow_reuse_address else 0)
        listening.bind(self.server_address)
        self.server_address = listening.getsockname()
    def server_activate(self): self.socket.listen(self.request_queue_size)
    def server_close(self): self.socket.close()
    def fileno(self): return self.socket.fileno()
    def get_request(self): return self.socket.accept()
    def shutdown_request(self, request):
        try:
            request.shutdown(1)
        except OSError:
            pass    # the other side was faster
        self.close_request(request)
    def close_request(self, request): request.close()

class UDPServer(TCPServer):
    socket_type, max_packet_size = socket.SOCK_DGRAM, 8192
    def server_activate(self): return None
    def get_request(self):
        packet, client = self.socket.recvfrom(self.max_packet_size)
        return (packet, self.socket), client
    def shutdown_request(self, request): return None
    close_request = shutdown_request

UnixStreamServer = type('UnixStreamServer', (TCPServer,), {'address_family': socket.AF_UNIX, '__module__': __name__})

class ThreadingMixIn:
    daemon_threads, block_on_close = False, True
class ForkingMixIn:
    max_children = 40
for _kind in (TCPServer, UDPServer):
    for _mixin in (ThreadingMixIn, ForkingMixIn):
        _name = _mixin.__name__.replace('MixIn', '') + _kind.__name__
        globals()[_name] = type(_name, (_mixin, _kind), {'__module__': __name__})

class BaseRequestHandler:
    def __init__(self, request, client_address, server):
        self.request, self.client_address, self.server = request, client_address, server
        self.setup()
        try:
            self.handle()
        finally:
            self.finish()
    def setup(self): return None
    def handle(self): return None
    def finish(self): return None

# Goes out at once: nothing is kept back.
class _Outgoing:
    closed = False
    def __init__(self, connection): self._connection = connection
    def writable(self): return True
    def write(self, data):
        self._connection.sendall(data)
        return len(data)
    def flush(self): return None
    def close(self): self.closed = True

class StreamRequestHandler(BaseRequestHandler):
    timeout = None
    def setup(self):
        self.connection = connection = self.request
        connection.settimeout(self.timeout)
        self.rfile, self.wfile = connection.makefile('rb'), _Outgoing(connection)
    def finish(self):
        self.wfile.close()
        self.rfile.close()

class DatagramRequestHandler(BaseRequestHandler):
    def setup(self):
        import io
        (self.packet, self.socket), self.wfile = self.request, io.BytesIO()
        self.rfile = io.BytesIO(self.packet)
    def finish(self): self.socket.sendto(self.wfile.getvalue(), self.client_address)
` });
