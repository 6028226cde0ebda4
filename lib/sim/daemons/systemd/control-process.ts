// The process of a unit that is not a service: mount, umount, swapon, swapoff. Its words go to the journal under the unit's name.
import { type Blocking, O, SysError, type WaitStatus } from "../../kernel/sys.ts";
import { CAUGHT_SIGNALS, connectJournal } from "./execute.ts";
import { describeStatus } from "./exit-status.ts";
import type { Unit } from "./unit.ts";

const FAILED_EXEC = 203;
const NONE: ReadonlySet<number> = new Set();

/** The pid, which the supervisor watches for the unit; undefined, after a message, when there can be no process. */
export function* forkControl(unit: Unit, cgroup: string | undefined, argv: readonly string[]): Blocking<number | undefined> {
  const { supervisor } = unit;
  const path = argv[0] ?? "";
  const identifier = path.slice(path.lastIndexOf("/") + 1);
  const environment = new Map([["LANG", "C.UTF-8"], ["PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"], ...supervisor.environment, ["INVOCATION_ID", unit.invocationId]]);
  // as in forkCommand: a signal for the child waits until it has dispositions of its own
  const mask = supervisor.sys.sigprocmask(new Set(CAUGHT_SIGNALS));
  try {
    const pid = supervisor.sys.fork(function* control(sys) {
      for (const signal of CAUGHT_SIGNALS) sys.sigaction(signal, "default");
      sys.sigprocmask(NONE);
      sys.setsid();
      sys.umask(0o022);
      sys.setTitle(`(${identifier})`);
      for (const fd of sys.descriptors()) sys.close(fd);
      try {
        yield* sys.open("/dev/null", O.RDWR);
        for (const at of [1, 2]) {
          try {
            yield* connectJournal(sys, unit.name, identifier, at);
          } catch (error) {
            if (!(error instanceof SysError)) throw error;
            yield* sys.open("/dev/null", O.WRONLY);
          }
        }
        return yield* sys.exec(path, argv, environment);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        return FAILED_EXEC;
      }
    }, cgroup === undefined ? {} : { cgroup });
    supervisor.watch(pid, unit);
    return pid;
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* supervisor.log(unit.name, 4, `${unit.name}: Failed to fork: ${error.message}`);
    return undefined;
  } finally {
    supervisor.sys.sigprocmask(mask);
  }
}

/** "code=exited, status=32/n/a" */
export function describeEnd(status: WaitStatus): string {
  if (status.kind === "exited") return `code=exited, status=${describeStatus("exited", status.status)}`;
  return status.kind === "signaled" ? `code=killed, status=${describeStatus("killed", status.signal)}` : "";
}
