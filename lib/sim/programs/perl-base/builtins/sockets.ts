// Sockets (perlfunc(1), Socket(3perl)): addresses are packed as sockaddr_in and sockaddr_un.

import { type SocketAddress, SysError } from "../../../kernel/sys.ts";
import { bytesOfLatin1, latin1, latin1OfText } from "../../kit/latin1.ts";
import { int, text } from "../values/convert.ts";
import { PerlError, type Run, Scalar, type Value } from "../values/value.ts";
import { Handle } from "../vm/handle.ts";
import type { Vm } from "../vm/vm.ts";
import { lookUpHost, ResolveError } from "../../../daemons/resolver/api.ts";
import { ioOf, targetGlob } from "./files.ts";
import { define } from "./registry.ts";

const AF_UNIX = 1;
const AF_INET = 2;

export function packAddress(address: SocketAddress): string {
  if (address.family === "unix") return `\x01\0${address.path}`.padEnd(110, "\0");
  return `\x02\0${String.fromCharCode(address.port >> 8, address.port & 255)}${address.address.split(".").map((part) => String.fromCharCode(Number(part) & 255)).join("")}\0\0\0\0\0\0\0\0`;
}

export function unpackAddress(packed: string): SocketAddress {
  const family = packed.charCodeAt(0);
  if (family === AF_UNIX) return { family: "unix", path: packed.slice(2).replace(/\0+$/, "") };
  if (family !== AF_INET || packed.length < 8) throw new PerlError("Bad arg length for Socket::unpack_sockaddr_in, length is " + String(packed.length) + ", should be 16");
  return { family: "inet", port: packed.charCodeAt(2) * 256 + packed.charCodeAt(3), address: Array.from(packed.slice(4, 8), (c) => c.charCodeAt(0)).join(".") };
}

function socketHandle(vm: Vm, fd: number, name: string): Handle {
  const io = new Handle(fd, name, true, true);
  io.isSocket = true;
  vm.sys.setCloexec(fd, true);
  vm.handles.add(io);
  return io;
}

/** True, or false with $! set. */
function* attempt(vm: Vm, call: () => Run<Value>): Run<Value> {
  try {
    return yield* call();
  } catch (error) {
    vm.setErrno(error);
    return "";
  }
}

function descriptor(vm: Vm, value: Value): number {
  const io = ioOf(vm, value);
  if (!io?.isOpen) throw new SysError("EBADF");
  return io.fd;
}

define("socket", "FSSS", (vm, [target, family, type]) => attempt(vm, function* (): Run<Value> {
  const glob = targetGlob(vm, target);
  glob.io = socketHandle(vm, vm.sys.socket(int(family) === AF_UNIX ? "unix" : int(family) === 10 ? "inet6" : "inet", int(type) === 2 ? "dgram" : "stream"), glob.name);
  return 1;
}));
define("connect", "FS", (vm, [target, address]) => attempt(vm, function* (): Run<Value> {
  yield* vm.sys.connect(descriptor(vm, target), unpackAddress(text(address)));
  return 1;
}));
define("bind", "FS", (vm, [target, address]) => attempt(vm, function* (): Run<Value> {
  vm.sys.bind(descriptor(vm, target), unpackAddress(text(address)));
  return 1;
}));
define("listen", "FS", (vm, [target, backlog]) => attempt(vm, function* (): Run<Value> {
  vm.sys.listen(descriptor(vm, target), int(backlog));
  return 1;
}));
define("accept", "FF", (vm, [target, listener]) => attempt(vm, function* (): Run<Value> {
  yield* vm.flushAll();
  const made = yield* vm.sys.accept(descriptor(vm, listener));
  const glob = targetGlob(vm, target);
  glob.io = socketHandle(vm, made.fd, glob.name);
  return packAddress(made.peer);
}));
define("shutdown", "FS", (vm, [target, how]) => attempt(vm, function* (): Run<Value> {
  yield* vm.flushAll();
  vm.sys.shutdown(descriptor(vm, target), int(how) === 0 ? "read" : int(how) === 1 ? "write" : "both");
  return 1;
}));
define("send", "FSS?S", (vm, [target, data, , address]) => attempt(vm, function* (): Run<Value> {
  return yield* vm.sys.sendto(descriptor(vm, target), bytesOfLatin1(text(data)), address === undefined ? undefined : unpackAddress(text(address)));
}));
define("recv", "FVSS", (vm, [target, buffer, most]) => attempt(vm, function* (): Run<Value> {
  const { bytes, from } = yield* vm.sys.recvfrom(descriptor(vm, target), int(most));
  if (buffer instanceof Scalar) buffer.v = latin1(bytes);
  return from ? packAddress(from) : "";
}));
define("setsockopt", "FSSS", () => 1);
define("getsockopt", "FSS", () => "\0\0\0\0");
define("getsockname", "F", (vm, [target]) => attempt(vm, function* (): Run<Value> {
  return packAddress(vm.sys.getsockname(descriptor(vm, target)));
}));
define("getpeername", "F", (vm, [target]) => attempt(vm, function* (): Run<Value> {
  return packAddress(vm.sys.getpeername(descriptor(vm, target)));
}));

/** The four bytes of a host's address; undefined for a name that nobody knows. */
export function* hostAddress(vm: Vm, name: string): Run<string | undefined> {
  if (/^\d+\.\d+\.\d+\.\d+$/.test(name)) return name.split(".").map((part) => String.fromCharCode(Number(part) & 255)).join("");
  let found: readonly string[];
  try {
    found = name === "localhost" ? ["127.0.0.1"] : yield* lookUpHost(vm.sys, vm.path(name));
  } catch (error) {
    if (error instanceof ResolveError) return undefined;
    throw error;
  }
  const address = found.find((one) => /^\d+\.\d+\.\d+\.\d+$/.test(one));
  return address?.split(".").map((part) => String.fromCharCode(Number(part))).join("");
}
define("gethostbyname", "S", function* (vm, [name], want): Run<Value | Value[]> {
  const address = yield* hostAddress(vm, text(name));
  if (address === undefined) return want === "list" ? [] : undefined;
  return want === "list" ? [latin1OfText(text(name)), "", AF_INET, 4, address] : address;
});
