// sudo's time stamps: for fifteen minutes after a password none is asked for on that terminal (or for that parent process when there is none).
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";

const directory = "/run/sudo/ts";
const defaultMinutes = 15;

function scope(sys: Sys, terminal: string | undefined): string {
  return terminal === undefined ? `ppid ${sys.getppid()}` : `tty ${terminal} ${sys.getsid()}`;
}

export function writeTicket(sys: Sys, user: string, terminal: string | undefined): void {
  for (const path of ["/run/sudo", directory]) {
    try {
      sys.mkdir(path, 0o700);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }
  // one file a scope: nothing to merge
  const path = `${directory}/${user}:${scope(sys, terminal).replace(/[ /]/g, "_")}`;
  try {
    sys.unlink(path);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  try {
    sys.symlink(String(sys.clockUs("boottime")), path);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
}

export function* hasTicket(sys: Sys, user: string, terminal: string | undefined, timeout: string | undefined): Blocking<boolean> {
  const minutes = timeout === undefined ? defaultMinutes : Number(timeout);
  if (minutes === 0) return false;
  try {
    const writtenUs = Number(sys.readlink(`${directory}/${user}:${scope(sys, terminal).replace(/[ /]/g, "_")}`));
    yield* sys.preempt();
    return minutes < 0 || sys.clockUs("boottime") - writtenUs < minutes * 60_000_000;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}

export function removeTickets(sys: Sys, user: string): void {
  try {
    for (const entry of sys.readdir(directory)) if (entry.name.startsWith(`${user}:`)) sys.unlink(`${directory}/${entry.name}`);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
}

