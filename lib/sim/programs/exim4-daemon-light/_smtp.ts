// SMTP (RFC 5321): the sending side.

import { type Blocking, decode, encode, type Sys, SysError } from "../../kernel/sys.ts";

/** What the other side said no to, or why it could not be spoken to. */
export class SmtpError extends Error {
  /** may be tried again */
  readonly temporary: boolean;
  /** errno of the connection, where that failed */
  readonly errno: number | undefined;
  constructor(message: string, temporary: boolean, errno?: number) {
    super(message);
    this.temporary = temporary;
    this.errno = errno;
  }
}

const ERRNO: ReadonlyMap<string, number> = new Map([["ECONNREFUSED", 111], ["ETIMEDOUT", 110], ["EHOSTUNREACH", 113], ["ENETUNREACH", 101]]);

/** Hands a message over; the last answer. Errors: SmtpError. */
export function* sendSmtp(sys: Sys, address: string, helo: string, sender: string, recipients: readonly string[], text: string): Blocking<string> {
  const fd = sys.socket("inet", "stream");
  try {
    yield* sys.connect(fd, { family: "inet", address, port: 25 });
    let rest = "";
    const answer = function* (): Blocking<string> {
      for (;;) {
        const whole = /^(?:\d{3}-[^\n]*\n)*\d{3}(?: [^\n]*)?\n/.exec(rest)?.[0];
        if (whole !== undefined) {
          rest = rest.slice(whole.length);
          return whole.trimEnd().split("\n").at(-1)?.trimEnd() ?? "";
        }
        const bytes = yield* sys.read(fd, 4096);
        if (bytes.length === 0) throw new SmtpError("Remote host closed connection", true);
        rest += decode(bytes);
      }
    };
    const say = function* (line: string, good: string): Blocking<string> {
      if (line !== "") yield* sys.write(fd, encode(`${line}\r\n`));
      const said = yield* answer();
      if (!said.startsWith(good)) throw new SmtpError(`SMTP error from remote mail server after ${line.replace(/ .*/, "") || "initial connection"}: ${said}`, said.startsWith("4"));
      return said;
    };
    yield* say("", "2");
    yield* say(`EHLO ${helo}`, "2");
    yield* say(`MAIL FROM:<${sender}>`, "2");
    for (const one of recipients) yield* say(`RCPT TO:<${one}>`, "2");
    yield* say("DATA", "3");
    yield* sys.write(fd, encode(`${text.replace(/\n$/, "").replace(/^\./gm, "..").replaceAll("\n", "\r\n")}\r\n`));
    const last = yield* say(".", "2");
    yield* sys.write(fd, encode("QUIT\r\n"));
    return last;
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    throw new SmtpError(error.message, true, ERRNO.get(error.errno));
  } finally {
    sys.close(fd);
  }
}
