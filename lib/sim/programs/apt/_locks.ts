// The lock files of dpkg's database, of the lists and of the archives.

import { type Blocking, encode, type Sys, SysError } from "../../kernel/sys.ts";
import { DPKG, readFile, takeLock } from "../kit/debian/dpkg-database.ts";
import type { AptOptions } from "./_options.ts";
import { isTerminal, problem } from "./_say.ts";
import { translated } from "../kit/messages/translate.ts";

/** Who has the file open: apt asks the kernel for the owner of the lock, which is the one that opened it. */
function* holderOf(sys: Sys, path: string): Blocking<{ readonly pid: number; readonly name: string } | undefined> {
  for (const { name } of sys.readdir("/proc")) {
    if (!/^\d+$/.test(name) || Number(name) === sys.getpid()) continue;
    try {
      if (sys.readdir(`/proc/${name}/fd`).some((fd) => /^\d+$/.test(fd.name) && sys.readlink(`/proc/${name}/fd/${fd.name}`) === path)) return { pid: Number(name), name: (yield* readFile(sys, `/proc/${name}/comm`)).trim() };
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }
  return undefined;
}

/** Waits for the lock as long as DPkg::Lock::Timeout says, then says why not. */
export function* lockOrSay(sys: Sys, options: AptOptions, path: string, last: string): Blocking<boolean> {
  const seconds = path.startsWith(DPKG) ? options.configuration.number("DPkg::Lock::Timeout", 0) : 0;
  try {
    for (let waited = 0; ; waited++) {
      if (yield* takeLock(sys, path)) {
        if (waited > 0 && isTerminal(sys, 1)) yield* sys.write(1, encode("\n"));
        return true;
      }
      const holder = yield* holderOf(sys, path);
      const reason = `Could not get lock ${path}.${holder === undefined ? "" : ` It is held by process ${holder.pid} (${holder.name})`}`;
      if (waited < seconds || seconds < 0) {
        const text = translated(sys, "apt", `Waiting for cache lock: ${reason}`);
        if (isTerminal(sys, 1)) yield* sys.write(1, encode(`\r${text}... ${waited}s`));
        else if (waited === 0) yield* sys.write(1, encode(`${text}...\n`));
        yield* sys.sleep(1_000_000);
        continue;
      }
      if (seconds > 0 && isTerminal(sys, 1)) yield* sys.write(1, encode("\n"));
      yield* problem(sys, options.friendly, reason);
      yield* problem(sys, options.friendly, "Be aware that removing the lock file is not a solution and may break your system.", "N");
      yield* problem(sys, options.friendly, last.replace("are you root?", "is another process using it?"));
      return false;
    }
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* problem(sys, options.friendly, `Could not open lock file ${path} - open (13: Permission denied)`);
  }
  yield* problem(sys, options.friendly, last);
  return false;
}

/** dpkg's frontend lock, and no transaction of dpkg's that was cut off. */
export function* lockDatabase(sys: Sys, options: AptOptions): Blocking<boolean> {
  if (!(yield* lockOrSay(sys, options, `${DPKG}/lock-frontend`, `Unable to acquire the dpkg frontend lock (${DPKG}/lock-frontend), are you root?`))) return false;
  let cut = false;
  try {
    cut = sys.readdir(`${DPKG}/updates`).some(({ name }) => /^\d+$/.test(name));
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  if (!cut) return true;
  yield* problem(sys, options.friendly, `dpkg was interrupted, you must manually run '${sys.environment.has("SUDO_USER") ? "sudo " : ""}dpkg --configure -a' to correct the problem. `);
  return false;
}
