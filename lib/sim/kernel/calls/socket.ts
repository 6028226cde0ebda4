// socket(2) and its kin. The protocols are in net/.

import { attend, sleepOn } from "../blocking.ts";
import { SysError } from "../errno.ts";
import { InetSocket } from "../net/inet-socket.ts";
import { rtnetlink as configure, type Reply } from "../net/rtnetlink.ts";
import { PacketSocket } from "../net/packet-socket.ts";
import { type PeerCredentials, UnixSocket } from "../net/unix-socket.ts";
import { type OpenFileDescription, WOULD_BLOCK } from "../open-file-description.ts";
import type { Process } from "../process.ts";
import { SIGNALS } from "../signal-names.ts";
import { postSignal } from "../signals.ts";
import { type Blocking, type NetfilterReply, type NetfilterRequest, O, type RtnetlinkReply, type RtnetlinkRequest, S, type SocketAddress, type SocketFamily, type SocketType } from "../sys.ts";
import { CAP } from "../vfs/caller.ts";
import { mknod } from "../vfs/names.ts";
import { nodeKey } from "../vfs/path.ts";
import { checkAccess, MAY } from "../vfs/permission.ts";
import { resolve } from "../vfs/resolve.ts";
import { install } from "./descriptor.ts";

/** Errors: EAFNOSUPPORT, EPROTONOSUPPORT, EPERM (raw without CAP_NET_RAW), EMFILE. */
export function socket(process: Process, family: SocketFamily, type: SocketType, protocol: string | undefined): number {
  const { net } = process.namespaces;
  if (family === "unix") {
    if (type === "raw") throw new SysError("ESOCKTNOSUPPORT");
    return install(process, new UnixSocket(net, type, credentialsOf(process)), false);
  }
  if (family === "packet") {
    if (!process.capableIn(net.owner, CAP.NET_RAW)) throw new SysError("EPERM");
    if (type !== "raw" && type !== "dgram") throw new SysError("ESOCKTNOSUPPORT");
    return install(process, new PacketSocket(net), false);
  }
  if (family !== "inet" && family !== "inet6") throw new SysError(process.capableIn(net.owner, CAP.NET_RAW) ? "EAFNOSUPPORT" : "EPERM");
  switch (type) {
    case "stream": return install(process, owned(process, new InetSocket(net, family, type, "tcp")), false);
    case "dgram": {
      if (protocol !== "icmp") return install(process, owned(process, new InetSocket(net, family, type, "udp")), false);
      // ping sockets are for the groups of ping_group_range (icmp(7)), which Debian leaves empty
      const [low = 1, high = 0] = (net.sysctl.get("ipv4.ping_group_range") ?? "1 0").split(/\s+/).map(Number);
      if (![process.credentials.egid, ...process.credentials.groups].some((gid) => gid >= low && gid <= high)) throw new SysError("EACCES");
      return install(process, owned(process, new InetSocket(net, family, type, "icmp")), false);
    }
    case "raw":
      if (!process.capableIn(net.owner, CAP.NET_RAW)) throw new SysError("EPERM");
      if (protocol !== undefined && protocol !== "icmp" && protocol !== "icmpv6") throw new SysError("EPROTONOSUPPORT");
      return install(process, owned(process, new InetSocket(net, family, type, "icmp")), false);
    default: throw new SysError("ESOCKTNOSUPPORT");
  }
}

function owned(process: Process, made: InetSocket): InetSocket {
  made.ownerUid = process.credentials.euid;
  return made;
}

function credentialsOf(process: Process): PeerCredentials {
  return { pid: process.pid, uid: process.credentials.euid, gid: process.credentials.egid };
}

function socketOf(process: Process, fd: number): InetSocket | UnixSocket {
  const file: OpenFileDescription = process.descriptors.get(fd);
  if (file instanceof InetSocket || file instanceof UnixSocket) return file;
  throw new SysError("ENOTSOCK");
}

/** Errors: EADDRINUSE, EACCES (port below ip_unprivileged_port_start), EINVAL, and those of mknod. */
export function bind(process: Process, fd: number, address: SocketAddress): void {
  const made = socketOf(process, fd);
  if (made instanceof InetSocket) {
    if (address.family === "unix") throw new SysError("EAFNOSUPPORT");
    const firstFree = Number(made.namespace.sysctl.get("ipv4.ip_unprivileged_port_start") ?? 1024);
    if (address.port > 0 && address.port < firstFree && !process.capableIn(made.namespace.owner, CAP.NET_BIND_SERVICE)) throw new SysError("EACCES");
    made.bind(address);
    return;
  }
  if (address.family !== "unix") throw new SysError("EINVAL");
  if (made.name !== "") throw new SysError("EINVAL");
  const { kernel } = process;
  if (address.path.startsWith("\0")) {
    const { abstractNames } = made.namespace.sockets;
    if (abstractNames.has(address.path)) throw new SysError("EADDRINUSE");
    abstractNames.set(address.path, made);
    made.boundAs = address.path;
  } else {
    let key: string;
    try {
      key = nodeKey(mknod(process, address.path, S.IFSOCK | 0o777));
    } catch (error) {
      throw error instanceof SysError && error.errno === "EEXIST" ? new SysError("EADDRINUSE") : error;
    }
    kernel.unixSockets.set(key, made);
    made.boundAs = key;
  }
  made.name = address.path;
}

export function listen(process: Process, fd: number, backlog: number): void {
  const made = socketOf(process, fd);
  if (made instanceof InetSocket) made.listen(backlog);
  else made.listen(backlog, credentialsOf(process));
}

function blocks(process: Process, file: OpenFileDescription): boolean {
  return (file.statusFlags & O.NONBLOCK) === 0 || process.attention;
}

export function* accept(process: Process, fd: number): Blocking<{ readonly fd: number; readonly peer: SocketAddress }> {
  if (process.attention) yield* attend(process);
  const listener = socketOf(process, fd);
  for (;;) {
    const accepted = listener.accept();
    if (accepted) return { fd: install(process, accepted.socket, false), peer: accepted.peer };
    if (!blocks(process, listener)) throw new SysError("EAGAIN");
    yield* sleepOn(process, listener.waiters, undefined, "inet_csk_accept");
  }
}

/** Who listens at that name. Errors: ENOENT, EACCES, ECONNREFUSED. */
function unixTarget(process: Process, path: string): UnixSocket {
  if (path.startsWith("\0")) {
    const found = process.namespaces.net.sockets.abstractNames.get(path);
    if (!found) throw new SysError("ECONNREFUSED");
    return found;
  }
  const place = resolve(process, path);
  checkAccess(process, place, MAY.WRITE);
  const found = process.kernel.unixSockets.get(nodeKey(place));
  if (!found) throw new SysError("ECONNREFUSED");
  return found;
}

export function* connect(process: Process, fd: number, address: SocketAddress): Blocking<void> {
  if (process.attention) yield* attend(process);
  const made = socketOf(process, fd);
  if (made instanceof UnixSocket) {
    if (address.family !== "unix") throw new SysError("EINVAL");
    made.credentials = credentialsOf(process);
    for (;;) {
      const target = unixTarget(process, address.path);
      if (made.connect(target)) return;
      if (!blocks(process, made)) throw new SysError("EAGAIN");
      yield* sleepOn(process, target.waiters, undefined, "unix_stream_connect");
    }
  }
  if (made.connection?.state !== "SYN-SENT") made.connect(address);
  const deadlineUs = made.sendTimeoutUs > 0 ? process.kernel.nowUs + made.sendTimeoutUs : undefined;
  for (;;) {
    if (made.connected()) return;
    if (!blocks(process, made) || (deadlineUs !== undefined && process.kernel.nowUs >= deadlineUs)) throw new SysError("EINPROGRESS");
    yield* sleepOn(process, made.waiters, deadlineUs, "inet_stream_connect");
  }
}

export function* sendto(process: Process, fd: number, bytes: Uint8Array, address: SocketAddress | undefined): Blocking<number> {
  if (process.attention) yield* attend(process);
  const made = socketOf(process, fd);
  let done = 0;
  for (;;) {
    let count: number | typeof WOULD_BLOCK;
    try {
      const rest = done === 0 ? bytes : bytes.subarray(done);
      count = made instanceof InetSocket ? made.send(rest, address) : made.send(rest, address?.family === "unix" ? unixTarget(process, address.path) : undefined);
    } catch (error) {
      if (error instanceof SysError && error.errno === "EPIPE") {
        postSignal(process, SIGNALS.PIPE);
        if (process.attention) yield* attend(process);
      }
      throw error;
    }
    if (count !== WOULD_BLOCK) {
      done += count;
      if (done >= bytes.length || made.type !== "stream") return done;
      continue;
    }
    if (!blocks(process, made)) {
      if (done > 0) return done;
      throw new SysError("EAGAIN");
    }
    yield* sleepOn(process, made.waiters, undefined, "sock_alloc_send_pskb");
  }
}

export function* recvfrom(process: Process, fd: number, maxBytes: number): Blocking<{ readonly bytes: Uint8Array; readonly from: SocketAddress | undefined }> {
  if (process.attention) yield* attend(process);
  const made = socketOf(process, fd);
  const deadlineUs = made.receiveTimeoutUs > 0 ? process.kernel.nowUs + made.receiveTimeoutUs : undefined;
  for (;;) {
    const received = made.receive(maxBytes);
    if (received !== WOULD_BLOCK) return received;
    if (!blocks(process, made) || (deadlineUs !== undefined && process.kernel.nowUs >= deadlineUs)) throw new SysError("EAGAIN");
    yield* sleepOn(process, made.waiters, deadlineUs, "wait_woken");
  }
}

export function socketpair(process: Process, type: SocketType): readonly [number, number] {
  const { net } = process.namespaces;
  const one = new UnixSocket(net, type, credentialsOf(process));
  const other = new UnixSocket(net, type, credentialsOf(process));
  one.pairWith(other);
  const first = install(process, one, false);
  try {
    return [first, install(process, other, false)];
  } catch (error) {
    process.descriptors.close(first);
    throw error;
  }
}

export function shutdown(process: Process, fd: number, how: "read" | "write" | "both"): void {
  socketOf(process, fd).shutdown(how);
}

export function getsockname(process: Process, fd: number): SocketAddress {
  const made = socketOf(process, fd);
  return made instanceof InetSocket ? made.getsockname() : { family: "unix", path: made.name };
}

export function getpeername(process: Process, fd: number): SocketAddress {
  const made = socketOf(process, fd);
  if (made instanceof InetSocket) return made.getpeername();
  if (!made.peer) throw new SysError("ENOTCONN");
  return { family: "unix", path: made.peer.name };
}

export function getPeerCredentials(process: Process, fd: number): PeerCredentials {
  const made = socketOf(process, fd);
  if (!(made instanceof UnixSocket)) throw new SysError("ENOPROTOOPT");
  const peer = made.peerCredentials;
  if (!peer) throw new SysError("ENOTCONN");
  const owner = process.kernel.processes.get(peer.pid);
  return { pid: owner?.pidIn(process.namespaces.pid) ?? 0, uid: process.shownUid(peer.uid), gid: process.shownGid(peer.gid) };
}

/** reuseaddr, reuseport, v6only, broadcast, ttl, bindtodevice (a link's index), rcvtimeo, sndtimeo (microseconds; the latter for connect alone); others change nothing. */
export function setsockopt(process: Process, fd: number, option: string, value: number): void {
  const file: OpenFileDescription = process.descriptors.get(fd);
  if (file instanceof PacketSocket) {
    if (option !== "bindtodevice") return;
    if (value !== 0 && !file.namespace.links.has(value)) throw new SysError("ENODEV");
    file.boundLink = value;
    return;
  }
  const made = socketOf(process, fd);
  if (option === "rcvtimeo") {
    made.receiveTimeoutUs = value;
    return;
  }
  if (!(made instanceof InetSocket)) return;
  switch (option) {
    case "reuseaddr": made.reuseAddress = value !== 0; break;
    case "reuseport": made.reusePort = value !== 0; break;
    case "v6only": made.v6only = value !== 0; break;
    case "broadcast": made.broadcast = value !== 0; break;
    case "ttl": made.ttl = value; break;
    case "sndtimeo": made.sendTimeoutUs = value; break;
    case "bindtodevice":
      if (!made.namespace.links.has(value)) throw new SysError("ENODEV");
      made.boundLink = value;
  }
}

export function rtnetlink<R extends RtnetlinkRequest>(process: Process, request: R): RtnetlinkReply<R>;
export function rtnetlink(process: Process, request: RtnetlinkRequest): Reply {
  return configure(process, request);
}

export function netfilter<R extends NetfilterRequest>(process: Process, request: R): NetfilterReply<R>;
/** Errors: EPERM, EINVAL. */
export function netfilter(process: Process, request: NetfilterRequest): unknown {
  const { net } = process.namespaces;
  if (!process.capableIn(net.owner, CAP.NET_ADMIN)) throw new SysError("EPERM");
  if (request.op === "list") return net.netfilter.list(request.family ?? "inet", request.table);
  if (request.op === "nft-list") return net.netfilter.listAll();
  if (request.op === "nft-replace") return net.netfilter.replaceAll(request.tables);
  net.netfilter.replace(request.family ?? "inet", request.table, request.chains);
  return undefined;
}
