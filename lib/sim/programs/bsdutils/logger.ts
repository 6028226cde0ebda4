// logger: lines for the system log, through /dev/log (or the journal's own socket).
import { lookUpHost, ResolveError } from "../../daemons/resolver/api.ts";
import { type Blocking, encode, type Sys, SysError } from "../../kernel/sys.ts";
import { FACILITIES, JOURNAL_SOCKET, priorityNumber } from "../../daemons/systemd/api/journal.ts";
import type { Input } from "../kit/input.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { flag, type Io, longArgument, optionalText, text, texts, utilLinux } from "../kit/util-linux.ts";
import { Accounts } from "../kit/accounts.ts";
import { readZone } from "../kit/zones.ts";

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
    id: longArgument(optionalText(["-i", "--id"], "id", "log a process id")),
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
    structuredId: text(["--sd-id"], "id", "the name of an element of structured data (RFC 5424)"),
    structuredParameter: texts(["--sd-param"], "data", "a name and a quoted value of that element"),
    messageId: text(["--msgid"], "msgid", "the kind of message (RFC 5424)"),
    socketErrors: optionalText(["--socket-errors"], "mode", "whether errors of the socket are told: on, off or auto"),
    socket: text(["-u", "--socket"], "socket", "another socket"),
    journald: optionalText(["--journald"], "file", "an entry with fields"),
  },
  *run({ options, operands, given, sys }, io) {
    const word = options.priority ?? "user.notice";
    const priority = parsePriority(word);
    if (priority === undefined) {
      const dot = word.indexOf(".");
      return io.die(dot >= 0 && FACILITIES.findIndex((name) => name === word.slice(0, dot)) < 0 ? `unknown facility name: ${word.slice(0, dot)}` : `unknown priority name: ${word.slice(dot + 1)}`);
    }
    if (typeof options.id === "string" && !/^\d+$/.test(options.id)) io.die(`failed to parse id: '${options.id}'`);
    const size = options.size === undefined ? 1024 : Number(options.size);
    if (!Number.isInteger(size) || options.size === "") io.die(`failed to parse message size: '${options.size ?? ""}': Invalid argument`);
    if (options.messageId?.includes(" ")) io.die("--msgid cannot contain space");
    if (options.structuredId !== undefined && /[\s="\]]/.test(options.structuredId)) io.die(`invalid structured data ID: '${options.structuredId}'`);
    for (const data of options.structuredParameter) if (!/^[^\s="\]]+="(?:[^"\\]|\\.)*"$/.test(data)) io.die(`invalid structured data parameter: '${data}'`);
    if (options.journald !== undefined) return yield* toJournal(sys, io, options.journald);
    if (options.file !== undefined && operands.length > 0) yield* io.warn("--file <file> and <message> are mutually exclusive, message is ignored");
    let input: Input | undefined;
    if (operands.length === 0 || options.file !== undefined) {
      try {
        input = options.file === undefined ? io.stdin : yield* io.open(options.file);
      } catch (error) {
        if (error instanceof SysError) io.die(`file ${options.file ?? ""}: ${error.message}`);
        throw error;
      }
    }
    const remote = options.server === undefined ? undefined : yield* connectTo(sys, io, options.server, options);
    const tag = options.tag ?? (yield* Accounts.read(sys)).userName(sys.getcred().ruid);
    const pid = options.id === undefined ? undefined : options.id === true ? String(sys.getpid()) : options.id;
    const form = given.findLast(({ option }) => option === "rfc3164" || option === "rfc5424")?.option ?? (remote === undefined ? "local" : "rfc5424");
    const without = typeof options.rfc5424 === "string" ? options.rfc5424.split(",") : [];
    for (const one of without) if (!["notime", "notq", "nohost"].includes(one)) yield* io.warn(`ignoring unknown option argument: ${one}`);
    const zone = yield* readZone(sys);
    const element = options.structuredId === undefined ? "" : `[${[options.structuredId, ...options.structuredParameter].join(" ")}]`;
    const headOf = (own: number): string => {
      const us = sys.clockUs("realtime");
      const civil = civilAtUs(zone, us);
      const host = sys.uname().nodename;
      if (form !== "rfc5424") return `<${own}>${strftime("%b %e %H:%M:%S", civil)} ${form === "rfc3164" ? `${host.split(".")[0] ?? host} ` : ""}${tag}${pid === undefined ? "" : `[${pid}]`}: `;
      const stamp = without.includes("notime") ? "-" : `${strftime("%Y-%m-%dT%H:%M:%S", civil)}.${String(us % 1e6).padStart(6, "0")}${strftime("%:z", civil)}`;
      const quality = without.includes("notq") || without.includes("notime") ? "" : `[timeQuality tzKnown="1" isSynced="${sys.adjtimex().synchronized ? 1 : 0}"]`;
      return `<${own}>1 ${stamp} ${without.includes("nohost") ? "-" : host} ${tag} ${pid ?? "-"} ${options.messageId ?? "-"} ${`${quality}${element}` || "-"} `;
    };
    const fd = sys.socket("unix", "dgram");
    const sent = function* (text: string, own: number) {
      const line = text.slice(0, size);
      const whole = `${headOf(own)}${line}`;
      const framed = options.octetCount ? `${encode(whole).length} ${whole}` : whole;
      if (options.stderr) yield* io.stderr(`${framed}\n`);
      if (options.noAct) return;
      try {
        if (remote !== undefined) yield* sys.write(remote.fd, encode(remote.tcp && !options.octetCount ? `${framed}\n` : framed));
        else if (options.socket !== undefined) yield* sys.sendto(fd, encode(framed), { family: "unix", path: options.socket });
        else yield* sendLine(sys, fd, { line, own, tag, pid });
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        if (options.socketErrors === "on" || (options.socket === undefined && remote === undefined && options.socketErrors !== "off")) io.die(`socket ${options.socket ?? "/dev/log"}: ${error.message}`);
      }
    };
    // nobody but the kernel speaks for the kernel
    const own = priority >> 3 === 0 ? priority | 8 : priority;
    if (operands.length > 0) {
      const text = operands.join(" ");
      if (text !== "") yield* sent(text, own);
      return 0;
    }
    let current = own;
    for (;;) {
      const lines = (yield* input?.lines() ?? io.stdin.lines());
      if (lines.length === 0) return 0;
      for (const line of lines) {
        if (line === "" && options.skipEmpty) continue;
        const prefix = options.prioPrefix ? /^<(\d{1,3})>/.exec(line) : null;
        // a prefix without a facility keeps the one that was given, and holds for the lines behind it
        if (prefix !== null) current = Number(prefix[1]) >> 3 === 0 ? (own & ~7) | (Number(prefix[1]) & 7) : Number(prefix[1]) & 0xbf;
        yield* sent(prefix === null ? line : line.slice(prefix[0].length), current);
      }
    }
  },
});

function* toJournal(sys: Sys, io: Io, file: string | true): Blocking<number> {
  let input: Input;
  try {
    input = file === true ? io.stdin : yield* io.open(file);
  } catch (error) {
    if (error instanceof SysError) io.die(`cannot open ${String(file)}: ${error.message}`);
    throw error;
  }
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
  yield* sys.sendto(sys.socket("unix", "dgram"), encode(JSON.stringify(Object.fromEntries(fields))), { family: "unix", path: JOURNAL_SOCKET });
  return 0;
}

/** Debian's /etc/services knows no syslog-conn, the port that -T takes by itself. */
const PORTS: ReadonlyMap<string, number> = new Map([["syslog", 514], ["syslog-tls", 6514]]);

/** UDP first, where neither protocol is asked for. */
function* connectTo(sys: Sys, io: Io, server: string, { port, tcp, udp }: { readonly port: string | undefined; readonly tcp: boolean; readonly udp: boolean }): Blocking<{ readonly fd: number; readonly tcp: boolean }> {
  const name = port ?? (tcp && !udp ? "syslog-conn" : "syslog");
  const number = /^\d+$/.test(name) ? Number(name) : PORTS.get(name);
  if (number === undefined) io.die(`failed to resolve name ${server} port ${name}: Servname not supported for ai_socktype`);
  let address: string | undefined;
  try {
    [address] = yield* lookUpHost(sys, server);
  } catch (error) {
    if (!(error instanceof ResolveError)) throw error;
  }
  if (address === undefined) io.die(`failed to resolve name ${server} port ${name}: Name or service not known`);
  const stream = tcp && !udp;
  const fd = sys.socket("inet", stream ? "stream" : "dgram");
  try {
    yield* sys.connect(fd, { family: "inet", address, port: number });
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    io.die(`failed to connect to ${server} port ${name}`);
  }
  return { fd, tcp: stream };
}

/** To journald with what it would read of the sender from the socket. */
function* sendLine(sys: Sys, fd: number, message: { readonly line: string; readonly own: number; readonly tag: string; readonly pid: string | undefined }) {
  const fields: Record<string, string> = {
    PRIORITY: String(message.own & 7), SYSLOG_FACILITY: String(message.own >> 3), SYSLOG_IDENTIFIER: message.tag, MESSAGE: message.line, _TRANSPORT: "syslog", _PID: String(sys.getpid()), _UID: String(sys.getcred().ruid), _COMM: "logger",
  };
  if (message.pid !== undefined) fields["SYSLOG_PID"] = message.pid;
  yield* sys.sendto(fd, encode(JSON.stringify(fields)), { family: "unix", path: JOURNAL_SOCKET });
}
