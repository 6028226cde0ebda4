// What a service tells its manager (sd_notify(3)).
import { type Blocking, encode, type Sys, SysError } from "../../../kernel/sys.ts";

/** One datagram to the socket that the environment names. */
export function* notify(sys: Sys, message: string): Blocking<void> {
  const path = sys.environment.get("NOTIFY_SOCKET");
  if (path === undefined) return;
  const fd = sys.socket("unix", "dgram");
  try {
    yield* sys.sendto(fd, encode(`${message}\nHOTE_PID=${sys.getpid()}\n`), { family: "unix", path });
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  sys.close(fd);
}
