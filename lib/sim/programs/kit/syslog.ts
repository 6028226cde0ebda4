// syslog(3): a line for the journal.
import { JOURNAL_SOCKET } from "../../daemons/systemd/api/journal.ts";
import { type Blocking, encode, type Sys, SysError } from "../../kernel/sys.ts";

/** Numbers of syslog(3). */
export const FACILITY = { user: 1, daemon: 3, auth: 4, cron: 9, authpriv: 10 } as const;
export const PRIORITY = { err: 3, warning: 4, notice: 5, info: 6 } as const;

export interface LogLine {
  readonly identifier: string;
  readonly facility: number;
  readonly priority: number;
  readonly message: string;
  /** comm of the process, when it is not the identifier */
  readonly comm?: string;
  /** LOG_PID: "name[pid]:" */
  readonly withPid?: boolean;
}

/** Does nothing when no journal listens. */
export function* syslog(sys: Sys, line: LogLine): Blocking<void> {
  const pid = String(sys.getpid());
  const fields = {
    PRIORITY: String(line.priority), SYSLOG_FACILITY: String(line.facility), SYSLOG_IDENTIFIER: line.identifier, MESSAGE: line.message, _TRANSPORT: "syslog", _PID: pid, _UID: String(sys.getcred().ruid), _COMM: line.comm ?? line.identifier,
  };
  const fd = sys.socket("unix", "dgram");
  try {
    yield* sys.sendto(fd, encode(JSON.stringify(line.withPid ? { ...fields, SYSLOG_PID: pid } : fields)), { family: "unix", path: JOURNAL_SOCKET });
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  sys.close(fd);
}
