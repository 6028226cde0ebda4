// Mail of daemons (cron, at): handed to /usr/sbin/sendmail, when the machine has one.

import { type Blocking, encode, type Sys, SysError } from "../../kernel/sys.ts";

export interface LocalMail {
  readonly from: string;
  readonly to: string;
  readonly headers: readonly string[];
  readonly body: readonly Uint8Array[];
}

const SENDMAIL = "/usr/sbin/sendmail";

/** False: there is no mail system. */
export function* sendMail(sys: Sys, mail: LocalMail): Blocking<boolean> {
  try {
    sys.access(SENDMAIL, 1);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    return false;
  }
  const [readEnd, writeEnd] = sys.pipe();
  const pid = sys.fork(function* (child) {
    child.dup2(readEnd, 0);
    child.close(readEnd);
    child.close(writeEnd);
    try {
      return yield* child.exec(SENDMAIL, ["sendmail", "-i", "-FCronDaemon", "-oem", "-f", mail.from, mail.to], new Map([["PATH", "/usr/sbin:/usr/bin:/sbin:/bin"]]));
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return 127;
    }
  });
  sys.close(readEnd);
  try {
    yield* sys.write(writeEnd, encode(`${mail.headers.map((line) => `${line}\n`).join("")}\n`));
    for (const bytes of mail.body) yield* sys.write(writeEnd, bytes);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  sys.close(writeEnd);
  yield* sys.waitpid(pid);
  return true;
}
