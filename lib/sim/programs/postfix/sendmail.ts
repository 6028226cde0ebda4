// sendmail: the old interface to the mail system; called mailq it lists the queue, called newaliases it makes the table of aliases (sendmail(1) of Postfix).

import { type Blocking, decode, encode, O, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { flag, text } from "../kit/option.ts";
import { type Io, program } from "../kit/program.ts";
import { parseAliases } from "./_configuration.ts";
import { listQueue } from "./_list-queue.ts";
import { submit, wakeMaster } from "./_submit.ts";

/** hash:/etc/aliases becomes /etc/aliases.db. */
export function* makeAliases(sys: Sys, io: Io, path: string): Blocking<number> {
  const source = yield* readTextFile(sys, path);
  if (source === undefined) {
    yield* io.stderr(`${io.argv0.replace(/^.*\//, "")}: fatal: open ${path}: No such file or directory\n`);
    return 1;
  }
  try {
    const fd = yield* sys.open(`${path}.db`, O.WRONLY | O.CREAT | O.TRUNC, 0o644);
    yield* sys.write(fd, encode([...parseAliases(source)].map(([name, targets]) => `${name}: ${targets.map((target) => (/[\s,]/.test(target) ? `"${target}"` : target)).join(", ")}\n`).join("")));
    sys.close(fd);
    return 0;
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* io.stderr(`postalias: fatal: open database ${path}.db: ${error.message}\n`);
    return 1;
  }
}

/** Until the end of the input, or a line with a dot alone. */
function* readMessage(io: Io, ignoresDots: boolean): Blocking<string> {
  const parts: string[] = [];
  for (;;) {
    const lines = yield* io.stdin.lines();
    if (lines.length === 0) break;
    for (const line of lines) {
      if (!ignoresDots && line === ".") return parts.join("");
      parts.push(`${decode(Uint8Array.from(line, (letter) => letter.charCodeAt(0)))}\n`);
    }
  }
  return parts.join("");
}

export default program(
  {
    name: "sendmail", path: "/usr/sbin/sendmail", links: ["/usr/bin/mailq", "/usr/bin/newaliases", "/usr/lib/sendmail"], mode: 0o4755, summary: "what programs call to send mail: sendmail, mailq, newaliases", synopsis: ["[option ...] [recipient ...]"], operands: "users", seeAlso: ["postfix(1)", "aliases(5)", "postqueue(1)"],
    options: [
      flag(["-bd"], "start the mail system"), flag(["-bi"], "make the table of aliases (newaliases)"), flag(["-bm"], "the message comes from standard input"), flag(["-bp"], "list the queue (mailq)"), flag(["-bv"], "do not deliver, report by mail"), text(["-f", "-r"], "sender", "address of the sender"), text(["-F"], "full_name", "name of the sender"), flag(["-i", "-oi"], "a line with a dot does not end the message"),
      flag(["-q"], "try the whole queue again"), flag(["-t"], "recipients are in the message's head"), flag(["-v"], "report by mail"),
    ],
  },
  function* (sys, argv, io: Io) {
    const called = (argv[0] ?? "").replace(/^.*\//, "");
    const recipients: string[] = [];
    let mode = called === "mailq" ? "p" : called === "newaliases" ? "i" : "m";
    let sender: string | undefined;
    let fullName: string | undefined;
    let ignoresDots = false;
    let fromHeader = false;
    for (let at = 1; at < argv.length; at++) {
      const word = argv[at] ?? "";
      if (!word.startsWith("-") || word === "-") recipients.push(word);
      else if (word === "--") {
        recipients.push(...argv.slice(at + 1));
        break;
      } else if (word.startsWith("-b")) mode = word.slice(2) || (argv[++at] ?? "m");
      else if (/^-[fr]/.test(word)) sender = word.slice(2) || (argv[++at] ?? "");
      else if (word.startsWith("-F")) fullName = word.slice(2) || (argv[++at] ?? "");
      else if (word === "-q" || /^-q\d/.test(word)) mode = "q";
      else if (/^-o?i/.test(word)) ignoresDots = true;
      else if (/^-[BLNORUVXp]$/.test(word)) at++;
      else if (word.includes("t") && /^-[a-zA-Z]*t/.test(word) && !word.startsWith("-o")) fromHeader = true;
    }
    switch (mode) {
      case "p": return yield* listQueue(io);
      case "i": return yield* makeAliases(sys, io, "/etc/aliases");
      case "q": return (yield* wakeMaster(sys, "flush")) ? 0 : 1;
      case "d":
        return yield* sys.exec("/usr/sbin/postfix", ["postfix", "start"], sys.environment);
      default: {
        if (recipients.length === 0 && !fromHeader) {
          yield* io.stderr("sendmail: fatal: Recipient addresses must be specified on the command line or via the -t option\n");
          return 75;
        }
        const problem = yield* submit(sys, { recipients, fromHeader, sender, fullName: fullName === "CronDaemon" ? "(Cron Daemon)" : fullName, text: yield* readMessage(io, ignoresDots) });
        if (problem === undefined) return 0;
        yield* io.stderr(`sendmail: fatal: ${problem}\n`);
        return 75;
      }
    }
  },
);
