// _socket: the calls that socket (python/socket.ts) is made of.

import { errnoNumber, POLL, type SocketAddress, SysError } from "../../../kernel/sys.ts";
import { declareFunctions } from "../objects/declare.ts";
import { osError, typeError } from "../objects/exception.ts";
import { begin, PyBytes, PyFloat, PyTuple, type Run, type Value } from "../objects/value.ts";
import { registerModule } from "./registry.ts";

function addressOf(family: Value, value: Value): SocketAddress {
  if (family === 1) {
    if (typeof value !== "string") throw typeError("a unix socket's address is a str");
    return { family: "unix", path: value };
  }
  const items = value instanceof PyTuple ? value.items : [];
  const [host, port] = items;
  if (typeof host !== "string" || typeof port !== "number") throw typeError("AF_INET address must be tuple, not " + (value instanceof PyTuple ? "tuple" : "str"));
  return family === 10 ? { family: "inet6", address: host === "" ? "::" : host, port } : { family: "inet", address: host === "" ? "0.0.0.0" : host, port };
}

function tupleOf(address: SocketAddress | undefined): Value {
  if (!address) return null;
  if (address.family === "unix") return address.path;
  return address.family === "inet6" ? new PyTuple([address.address, address.port, 0, 0]) : new PyTuple([address.address, address.port]);
}

/** Calls on descriptors throw OSError without a file name. */
function plainly<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof SysError) throw osError(errnoNumber(error.errno), error.message);
    throw error;
  }
}

function* waiting<T>(run: () => Run<T>): Run<T> {
  try {
    return yield* run();
  } catch (error) {
    if (error instanceof SysError) throw osError(errnoNumber(error.errno), error.message);
    throw error;
  }
}

const functions = declareFunctions({
  "socket(family, kind, /)": (vm, family: Value, kind: Value) => {
    const fd = plainly(() => vm.sys.socket(family === 1 ? "unix" : family === 10 ? "inet6" : "inet", kind === 2 ? "dgram" : "stream"));
    vm.sys.setCloexec(fd, true);
    return fd;
  },
  "bind(fd, family, address, /)": (vm, fd: number, family: Value, address: Value) => {
    plainly(() => vm.sys.bind(fd, addressOf(family, address)));
    return null;
  },
  "listen(fd, backlog, /)": (vm, fd: number, backlog: number) => {
    plainly(() => vm.sys.listen(fd, backlog));
    return null;
  },
  "accept(fd, /)": (vm, fd: number) => begin((function* (): Run<Value> {
    yield* vm.threads.ready(fd, POLL.IN);
    const made = yield* waiting(() => vm.retry(() => vm.sys.accept(fd)));
    vm.sys.setCloexec(made.fd, true);
    return new PyTuple([made.fd, tupleOf(made.peer)]);
  })()),
  "connect(fd, family, address, /)": (vm, fd: number, family: Value, address: Value) => begin((function* (): Run<Value> {
    const to = addressOf(family, address);
    yield* waiting(() => vm.sys.connect(fd, to));
    return null;
  })()),
  "sendto(fd, data, family, address, /)": (vm, fd: number, data: Value, family: Value, address: Value) => begin((function* (): Run<Value> {
    if (!(data instanceof PyBytes)) throw typeError("a bytes-like object is required, not 'str'");
    const to = address === null ? undefined : addressOf(family, address);
    return yield* waiting(() => vm.retry(() => vm.sys.sendto(fd, data.bytes, to)));
  })()),
  "recvfrom(fd, most, /)": (vm, fd: number, most: number) => begin((function* (): Run<Value> {
    yield* vm.threads.ready(fd, POLL.IN);
    const { bytes, from } = yield* waiting(() => vm.retry(() => vm.sys.recvfrom(fd, most)));
    return new PyTuple([new PyBytes(bytes), tupleOf(from)]);
  })()),
  "wait(fd, writing, seconds, /)": (vm, fd: number, writing: Value, seconds: Value) => begin((function* (): Run<Value> {
    const timeoutUs = seconds instanceof PyFloat ? Math.round(seconds.value * 1e6) : 0;
    const wanted = [{ fd, events: writing === true ? POLL.OUT : POLL.IN }];
    if (vm.threads.several && timeoutUs > 0) yield* vm.threads.park({ descriptors: wanted, untilUs: vm.sys.clockUs("monotonic") + timeoutUs });
    return (yield* vm.retry(() => vm.sys.poll(wanted, vm.threads.several ? 0 : timeoutUs))).length > 0;
  })()),
  "shutdown(fd, how, /)": (vm, fd: number, how: Value) => {
    plainly(() => vm.sys.shutdown(fd, how === 0 ? "read" : how === 1 ? "write" : "both"));
    return null;
  },
  "getsockname(fd, /)": (vm, fd: number) => tupleOf(plainly(() => vm.sys.getsockname(fd))),
  "getpeername(fd, /)": (vm, fd: number) => tupleOf(plainly(() => vm.sys.getpeername(fd))),
  "reuse(fd, /)": (vm, fd: number) => {
    plainly(() => vm.sys.setsockopt(fd, "SO_REUSEADDR", 1));
    return null;
  },
});

registerModule("_socket", { names: () => new Map<string, Value>(functions) });
