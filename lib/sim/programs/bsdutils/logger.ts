// logger: lines for the system log, through /dev/log (or the journal's own socket).
import { encode, type Sys, SysError } from "../../kernel/sys.ts";
import { FACILITIES, JOURNAL_SOCKET, priorityNumber } from "../../daemons/systemd/api/journal.ts";
import { flag, optionalText, text, utilLinux } from "../kit/util-linux.ts";
import { Accounts } from "../kit/accounts.ts";

/** "user.err": facility and priority as one number; undefined for words that are none. */
function parsePriority(word: string): number | undefined {
  const dot = word.indexOf(".");
  if (dot < 0) {
    const level = priorityNumber(word);
    return level === undefined ? undefined : 8 + level;
  }
  const facility = FACILITIES.findIndex((name) => name === word.slice(0, dot));
  const level = priorityNumber(word.slice(dot + 1));
  return facility < 0 || level === undefined ? undefined : facility * 8 + level;
}

export default utilLinux({
  name: "logger",
  summary: "hand messages to the system log",
  synopsis: ["[options] [<message>]"],
  options: {
    id: optionalText(["-i", "--id"], "id", "log a process id"),
    file: text(["-f", "--file"], "file", "log the lines of this file"),
    skipEmpty: flag(["-e", "--skip-empty"], "no entries for empty lines"),
    noAct: flag(["--no-act"], "all but the writing"),
    priority: text(["-p", "--priority"], "prio", "facility and level"),
    octetCount: flag(["--octet-count"], "RFC 6587 framing"),
    prioPrefix: flag(["--prio-prefix"], "<N> at a line's start is its priority"),
    stderr: flag(["-s", "--stderr"], "standard error gets a copy"),
    size: text(["-S", "--size"], "size", "longest message"),
    tag: text(["-t", "--tag"], "tag", "the tag of each line"),
    server: text(["-n", "--server"], "name", "a log server elsewhere"),
    port: text(["-P", "--port"], "port", "its port"),
    tcp: flag(["-T", "--tcp"], "over TCP"),
    udp: flag(["-d", "--udp"], "over UDP"),
    rfc3164: flag(["--rfc3164"], "the old format"),
    rfc5424: optionalText(["--rfc5424"], "snip", "the new format"),
    socket: text(["-u", "--socket"], "socket", "another socket"),
    journald: optionalText(["--journald"], "file", "an entry with fields"),
  },
  *run({ options, operands, sys }, io) {
    const word = options.priority ?? "user.notice";
    const priority = parsePriority(word);
    if (priority === undefined) {
      const dot = word.indexOf(".");
      return io.die(dot >= 0 && FACILITIES.findIndex((name) => name === word.slice(0, dot)) < 0 ? `unknown facility name: ${word.slice(0, dot)}` : `unknown priority name: ${word.slice(dot + 1)}`);
    }
    const tag = options.tag ?? (yield* Accounts.read(sys)).userName(sys.getcred().ruid);
    const pid = options.id === undefined ? undefined : options.id === true ? String(sys.getpid()) : options.id;
    const fd = sys.socket("unix", "dgram");
    const sent = function* (line: string, own: number) {
      if (options.stderr) yield* io.stderr(`<${own}>${tag}${pid === undefined ? "" : `[${pid}]`}: ${line}\n`);
      if (options.noAct) return;
      try {
        if (options.socket !== undefined) yield* sys.sendto(fd, encode(`<${own}>${tag}${pid === undefined ? "" : `[${pid}]`}: ${line}`), { family: "unix", path: options.socket });
        else yield* sendLine(sys, fd, { line, own, tag, pid });
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        io.die(`socket ${options.socket ?? "/dev/log"}: ${error.message}`);
      }
    };
    if (options.journald !== undefined) {
      const input = options.journald === true ? io.stdin : yield* io.open(options.journald);
      const fields = new Map<string, string>();
      for (;;) {
        const lines = yield* input.lines();
        if (lines.length === 0) break;
        for (const line of lines) {
          const equals = line.indexOf("=");
          if (equals > 0) fields.set(line.slice(0, equals), line.slice(equals + 1));
        }
      }
      fields.set("_PID", String(sys.getpid())).set("_UID", String(sys.getcred().ruid)).set("_COMM", "logger");
      if (!fields.has("PRIORITY")) fields.set("PRIORITY", "6");
      yield* sys.sendto(fd, encode(JSON.stringify(Object.fromEntries(fields))), { family: "unix", path: JOURNAL_SOCKET });
      return 0;
    }
    if (operands.length > 0 && options.file === undefined) {
      yield* sent(operands.join(" "), priority);
      return 0;
    }
    const input = options.file === undefined ? io.stdin : yield* io.open(options.file);
    for (;;) {
      const lines = yield* input.lines();
      if (lines.length === 0) return 0;
      for (const line of lines) {
        if (line === "" && options.skipEmpty) continue;
        const prefix = options.prioPrefix ? /^<(\d{1,3})>/.exec(line) : null;
        yield* sent(prefix === null ? line : line.slice(prefix[0].length), prefix === null ? priority : Number(prefix[1]));
      }
    }
  },
});

/** To journald with what it would read of the sender from the socket. */
function* sendLine(sys: Sys, fd: number, message: { readonly line: string; readonly own: number; readonly tag: string; readonly pid: string | undefined }) {
  const fields: Record<string, string> = {
    PRIORITY: String(message.own & 7), SYSLOG_FACILITY: String(message.own >> 3), SYSLOG_IDENTIFIER: message.tag, MESSAGE: message.line, _TRANSPORT: "syslog", _PID: String(sys.getpid()), _UID: String(sys.getcred().ruid), _COMM: "logger",
  };
  if (message.pid !== undefined) fields["SYSLOG_PID"] = message.pid;
  yield* sys.sendto(fd, encode(JSON.stringify(fields)), { family: "unix", path: JOURNAL_SOCKET });
}
