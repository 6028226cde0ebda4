// -e and -c: a program whose standard input and output are the connection.

import { type Blocking, encode, type SocketAddress, type Sys, SysError } from "../../kernel/sys.ts";
import { waitFor } from "../kit/shell-command.ts";
import type { Setting } from "./_setting.ts";

/** The program's pid. It knows who is there by NCAT_REMOTE_ADDR and its relatives. */
export function startOn(sys: Sys, fd: number, setting: Setting, peer: SocketAddress): number {
  const command = setting.command ?? [];
  const environment = new Map(sys.environment);
  environment.set("NCAT_PROTO", setting.udp ? "UDP" : "TCP");
  const own = sys.getsockname(fd);
  if (peer.family !== "unix" && own.family !== "unix") {
    environment.set("NCAT_REMOTE_ADDR", peer.address.replace(/^::ffff:/, ""));
    environment.set("NCAT_REMOTE_PORT", String(peer.port));
    environment.set("NCAT_LOCAL_ADDR", own.address.replace(/^::ffff:/, ""));
    environment.set("NCAT_LOCAL_PORT", String(own.port));
  }
  return sys.fork(function* (child) {
    child.dup2(fd, 0);
    child.dup2(fd, 1);
    if (fd > 2) child.close(fd);
    try {
      return yield* child.exec(command[0] ?? "", command, environment);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* child.write(2, encode(`Ncat: exec: ${error.message} QUITTING.\n`));
      return 2;
    }
  });
}

export function* runOn(sys: Sys, fd: number, setting: Setting, peer: SocketAddress): Blocking<number> {
  yield* waitFor(sys, startOn(sys, fd, setting, peer));
  return 0;
}
