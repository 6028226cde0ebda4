// Sockets and network configuration: a first version without protocols.

import { SysError } from "../errno.ts";
import type { Process } from "../process.ts";
import type { Blocking, NetfilterReply, NetfilterRequest, RtnetlinkReply, RtnetlinkRequest, SocketAddress, SocketFamily, SocketType } from "../sys.ts";

function unsupported(): never {
  throw new SysError("EAFNOSUPPORT");
}
export function socket(_process: Process, _family: SocketFamily, _type: SocketType, _protocol: string | undefined): number { return unsupported(); }
export function bind(_process: Process, _fd: number, _address: SocketAddress): void { unsupported(); }
export function listen(_process: Process, _fd: number, _backlog: number): void { unsupported(); }
export function* accept(_process: Process, _fd: number): Blocking<{ readonly fd: number; readonly peer: SocketAddress }> { return unsupported(); }
export function* connect(_process: Process, _fd: number, _address: SocketAddress): Blocking<void> { return unsupported(); }
export function* sendto(_process: Process, _fd: number, _bytes: Uint8Array, _address: SocketAddress | undefined): Blocking<number> { return unsupported(); }
export function* recvfrom(_process: Process, _fd: number, _maxBytes: number): Blocking<{ readonly bytes: Uint8Array; readonly from: SocketAddress | undefined }> { return unsupported(); }
export function socketpair(_process: Process, _type: SocketType): readonly [number, number] { return unsupported(); }
export function shutdown(_process: Process, _fd: number, _how: "read" | "write" | "both"): void { unsupported(); }
export function getsockname(_process: Process, _fd: number): SocketAddress { return unsupported(); }
export function getpeername(_process: Process, _fd: number): SocketAddress { return unsupported(); }
export function getPeerCredentials(_process: Process, _fd: number): { readonly pid: number; readonly uid: number; readonly gid: number } { return unsupported(); }
export function setsockopt(_process: Process, _fd: number, _option: string, _value: number): void { unsupported(); }
export function rtnetlink<R extends RtnetlinkRequest>(_process: Process, _request: R): RtnetlinkReply<R> { return unsupported(); }
export function netfilter<R extends NetfilterRequest>(_process: Process, _request: R): NetfilterReply<R> { return unsupported(); }
