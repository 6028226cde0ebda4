// dig: a question to a name server, and its answer in full (dig(1), BIND 9.18).
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { type Io, flag, partly, program, text, unsimulated } from "../kit/program.ts";
import { readTextFile } from "../kit/accounts.ts";
import { failureOf, readMessage, withLength } from "../kit/dns/exchange.ts";
import { decodeMessage, encodeMessage } from "../kit/dns/message.ts";
import { dotted } from "../kit/dns/names.ts";
import { CLASS, type ResourceRecord, TYPE, classNumber, dataText } from "../kit/dns/records.ts";
import { digLine } from "../kit/dns/zone-text.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { readZone } from "../kit/zones.ts";
import { type Asking, ORDINARY, type Reply, type Silence, flagsLine, isAddress, query, questionLine, resolvers, reverseName, serverAddresses, silenceLines, typeNumber } from "../bind9-host/_query.ts";

const VERSION = "9.18.49-1~deb12u3-Debian";
const USAGE = "Usage:  dig [@global-server] [domain] [q-type] [q-class] {q-opt}\n            {global-d-opt} host [@local-server] {local-d-opt}\n            [ host [@local-server] {local-d-opt} [...]]\n";

interface Lookup {
  name: string | undefined;
  type: number | undefined;
  class: number;
  server: string | undefined;
  port: number;
  readonly shown: Set<string>;
  readonly on: Set<string>;
  attempts: number;
  timeoutUs: number;
  from: string | undefined;
}

/** dig.c's parse_uint: what fatal() says of a word that is no number, or too large. */
class NotNumber extends Error {
  readonly what: string;
  constructor(text: string, what: string) {
    super(text);
    this.what = what;
  }
}

const NUMBERS: ReadonlyMap<string, readonly [word: string, most: number]> = new Map([
  ["tries", ["tries", 0xffffffff]], ["retry", ["retries", 0xfffffffe]], ["time", ["timeout", 0xffff]], ["timeout", ["timeout", 0xffff]], ["bufsize", ["buffer size", 65_535]], ["ndots", ["ndots", 128]], ["edns", ["edns", 255]], ["split", ["split", 1024]], ["qid", ["qid", 65_535]], ["opcode", ["opcode", 15]], ["padding", ["padding", 512]], ["ednsflags", ["ednsflags", 0xffff]],
]);

const SECTIONS = ["comments", "question", "answer", "authority", "additional", "stats"];
/** Words of +option that only say yes or no. */
const SWITCHES = ["short", "multiline", "tcp", "recurse", "edns", "cookie", "ttlid", "class", "identify", "search", "defname", "dnssec", "adflag", "cdflag", "aaflag", "ignore", "fail", "besteffort", "onesoa", "showsearch", "header-only", "keepopen", "idnin", "idnout", "badcookie", "qr", "rrcomments", "crypto", "expandaaaa", "unknownformat", "ttlunits", "yaml", "trace", "nssearch"];
const SYNONYMS = new Map([["vc", "tcp"], ["rec", "recurse"], ["rdflag", "recurse"], ["cl", "class"]]);

const fresh = (like?: Lookup): Lookup => ({ name: undefined, type: like?.type, class: like?.class ?? CLASS.IN, server: like?.server, port: like?.port ?? 53, shown: new Set(like?.shown ?? ["cmd", ...SECTIONS]), on: new Set(like?.on ?? ["recurse", "edns", "cookie", "ttlid", "class"]), attempts: like?.attempts ?? 3, timeoutUs: like?.timeoutUs ?? 5_000_000, from: like?.from });

/** False: there is no such word. */
function plusOption(word: string, lookup: Lookup): boolean {
  const [whole = "", value] = word.slice(1).split("=");
  const off = whole.startsWith("no") && whole !== "notcp";
  const named = off ? whole.slice(2) : whole === "notcp" ? "tcp" : whole;
  const name = SYNONYMS.get(named) ?? named;
  const yes = !off && whole !== "notcp";
  const toggle = (set: Set<string>, one: string): void => {
    if (yes) set.add(one);
    else set.delete(one);
  };
  const number = yes && value !== undefined && value !== "" ? NUMBERS.get(name) : undefined;
  if (number !== undefined && (!/^\d+$/.test(value ?? "") || Number(value) > number[1])) throw new NotNumber(`invalid ${number[0]} '${value}': ${/^\d+$/.test(value ?? "") ? "out of range" : "not a valid number"}\n`, number[0]);
  if (name === "all") for (const section of ["cmd", ...SECTIONS]) toggle(lookup.shown, section);
  else if (name === "cmd" || SECTIONS.includes(name)) toggle(lookup.shown, name);
  else if (SWITCHES.includes(name)) toggle(lookup.on, name);
  else if ((name === "tries" || name === "retry") && /^\d+$/.test(value ?? "")) lookup.attempts = Math.max(1, Number(value) + (name === "retry" ? 1 : 0));
  else if ((name === "time" || name === "timeout") && /^\d+$/.test(value ?? "")) lookup.timeoutUs = Math.max(1, Number(value)) * 1e6;
  else if (!/^(?:bufsize|ndots|edns|split|domain|subnet|nsid|padding|ednsflags|ednsopt|ednsnegotiation|expire|opcode|qid|keepalive|mapped|zflag|raflag|tcflag|coflag|https|tls)$/.test(name)) return false;
  return true;
}

export default program(
  {
    name: "dig", summary: "DNS lookup utility", synopsis: ["[@server] [-t type] [-x addr] [-p port] [-4 | -6] [name] [type] [class] [queryopt...]"],
    options: [text(["-t"], "type", "the query type"), text(["-x"], "addr", "simplified reverse lookups"), text(["-q"], "name", "the query name"), text(["-c"], "class", "the query class"), text(["-p"], "port", "the port of the server"), text(["-b"], "address", "from this address of ours"), text(["-f"], "file", "a file of questions"), unsimulated(["-k"], "sign with the key in that file", "messages are not signed", "file"), unsimulated(["-y"], "sign with that key", "messages are not signed", "key"), flag(["-4"], "IPv4 only"), flag(["-6"], "IPv6 only"), flag(["-v"], "version"), flag(["+short"], "a terse answer"), flag(["+noall"], "nothing but what is asked for"), flag(["+answer"], "the answer section"), flag(["+multiline"], "long records on several lines"), flag(["+norecurse"], "only what the server knows itself"), flag(["+tcp"], "over TCP"), partly(flag(["+trace"], "from the root downwards"), "as without it")],
    operands: "hosts", exitStatuses: [["0", "a response was received"], ["1", "usage error"], ["9", "no reply from a server"]],
  },
  function* (sys, argv, io: Io) {
    const global = fresh();
    const lookups: Lookup[] = [];
    let lookup = global;
    const wrong = function* (word: string): Blocking<number> {
      yield* io.stderr(`Invalid option: ${word}\n${USAGE}\nUse "dig -h" (or "dig -h | more") for complete list of options\n`);
      return 1;
    };
    const named = (name: string): void => {
      lookup = fresh(global);
      lookup.name = name;
      lookups.push(lookup);
    };
    const setType = function* (word: string): Blocking<void> {
      const type = /^ixfr=\d+$/i.test(word) ? TYPE.IXFR : typeNumber(word);
      if (type === undefined) yield* io.stderr(`;; Warning, ignoring invalid type ${word}\n`);
      else lookup.type = type;
    };
    const read = function* (words: readonly string[]): Blocking<number | undefined> {
      for (let at = 0; at < words.length; at++) {
        const word = words[at] ?? "";
        const [, letter = "", attached = ""] = /^-([tcqxpbkyf])(.*)$/.exec(word) ?? [];
        const value = letter === "" ? "" : attached !== "" ? attached : words[++at];
        if (value === undefined) return yield* wrong(word);
        if (word.startsWith("@")) lookup.server = word.slice(1);
        else if (word === "-v" || word === "-V") {
          yield* io.stderr(`DiG ${VERSION}\n`);
          return 0;
        } else if (word === "-h") {
          io.out.put(USAGE);
          return 0;
        } else if (letter === "t") {
          if (typed.has(lookup)) yield* io.stderr(";; Warning, extra type option\n");
          typed.add(lookup);
          yield* setType(value);
        } else if (letter === "c") {
          if (classNumber(value) === undefined) yield* io.stderr(`;; Warning, ignoring invalid class ${value}\n`);
          else lookup.class = classNumber(value) ?? lookup.class;
        } else if (letter === "q") named(value);
        else if (letter === "x") {
          named(`${reverseName(value)}.`);
          lookup.type ??= TYPE.PTR;
        } else if (letter === "p") {
          if (!/^\d+$/.test(value) || Number(value) > 65_535) {
            io.out.put(`invalid port number '${value}': ${/^\d+$/.test(value) ? "out of range" : "not a valid number"}\n`);
            yield* io.out.flush();
            yield* io.stderr("dig: Couldn't parse port number\n");
            return 1;
          }
          lookup.port = Number(value);
        } else if (letter === "k" || letter === "y") {
          yield* io.stderr(`dig: -${letter}: messages are not signed: this is not simulated\n`);
          return 1;
        } else if (letter === "f") {
          batch = value;
        } else if (letter === "b") {
          const [address = ""] = value.split("#");
          if (!isAddress(address)) {
            yield* io.stderr(`dig: invalid address ${value}\n`);
            return 1;
          }
          global.from = address;
          lookup.from = address;
        } else if (/^-[46umir]$/.test(word)) {
          protocols.add(word);
          if (protocols.has("-4") && protocols.has("-6")) {
            yield* io.stderr("dig: only one of -4 and -6 allowed\n");
            return 1;
          }
        } else if (word.startsWith("+")) {
          if (!plusOption(word, lookup)) return yield* wrong(word.replace(/=.*/, ""));
        } else if (word.startsWith("-")) return yield* wrong(word);
        else if ((typeNumber(word) !== undefined || /^ixfr=\d+$/i.test(word)) && (lookup.type === undefined || lookup === global) && words.length > 1) yield* setType(word);
        else if (classNumber(word) !== undefined && words.length > 1) lookup.class = classNumber(word) ?? CLASS.IN;
        else named(word);
      }
      return undefined;
    };
    const typed = new Set<Lookup>();
    const protocols = new Set<string>();
    let batch: string | undefined;
    // of a file: only the first line's questions get the whole heading
    let first = true;
    let commandLine = argv.slice(1).join(" ");
    try {
      const ended = yield* read(argv.slice(1));
      if (ended !== undefined) return ended;
    } catch (error) {
      if (!(error instanceof NotNumber)) throw error;
      io.out.put(error.message);
      yield* io.out.flush();
      yield* io.stderr(`dig: Couldn't parse ${error.what}\n`);
      return 10;
    }
    if (batch !== undefined) {
      const lines = batch === "-" ? yield* allLines(io) : (yield* readTextFile(sys, batch))?.replace(/\n$/, "").split("\n");
      if (lines === undefined) {
        yield* io.stderr(`${batch}: No such file or directory\ndig: couldn't open specified batch file\n`);
        return 8;
      }
      let status = 0;
      for (const line of lines) {
        if (line.startsWith(";")) continue;
        lookups.length = 0;
        lookup = fresh(global);
        const ended = line.trim() === "" ? undefined : yield* read(line.trim().split(/\s+/));
        if (ended !== undefined) return ended;
        commandLine = line.trim();
        status = yield* askAll();
        first = false;
        if (status === 10 || status === 1) return 1;
      }
      return status;
    }
    return yield* askAll();

    function* askAll(): Blocking<number> {
      if (lookups.length === 0) {
        const root = fresh(global);
        root.name = ".";
        root.type ??= TYPE.NS;
        lookups.push(root);
      }
      const illegal = lookups.map((one) => illegalName(one.name ?? ".")).find((text) => text !== undefined);
      if (illegal !== undefined) {
        yield* io.stderr(illegal);
        return 10;
      }
      let headShown = false;
      let status = 0;
      for (const one of lookups) {
        const head = (): void => {
          if (headShown || [global, ...lookups].some((any) => !any.shown.has("cmd"))) return;
          headShown = true;
          io.out.put(!first ? `; <<>> DiG ${VERSION} <<>>${commandLine === "" ? "" : ` ${commandLine}`}\n` : `\n; <<>> DiG ${VERSION} <<>> ${commandLine}\n${one.server === undefined ? "" : "; (1 server found)\n"};; global options:${global.on.has("short") ? " +short" : ""} +cmd\n`);
        };
        status = yield* lookUp(sys, io, one, head);
        if (status === 10 || status === 1) return status;
      }
      return status;
    }
  },
);

function* allLines(io: Io): Blocking<readonly string[]> {
  const all: string[] = [];
  for (;;) {
    const lines = yield* io.stdin.lines();
    if (lines.length === 0) return all;
    all.push(...lines);
  }
}

/** What dighost.c says of a name that breaks RFC 1035. */
function illegalName(name: string): string | undefined {
  const labels = name === "." ? [] : name.replace(/\.$/, "").split(".");
  const why = name === "" ? "unexpected end of input" : labels.some((label) => label === "") ? "empty label" : labels.some((label) => label.length > 63) ? "label too long" : name.length > 254 ? "ran out of space" : undefined;
  return why === undefined ? undefined : `dig: '${name}' is not a legal name (${why})\n`;
}

function* lookUp(sys: Sys, io: Io, lookup: Lookup, head: () => void): Blocking<number> {
  const addresses = lookup.server === undefined ? (yield* resolvers(sys)).servers : yield* serverAddresses(sys, lookup.server);
  if (typeof addresses === "string") {
    yield* io.stderr(`dig: couldn't get address for '${lookup.server ?? ""}': ${addresses}\n`);
    return 10;
  }
  const name = dotted(lookup.name ?? ".");
  const type = lookup.type ?? TYPE.A;
  const { on, shown } = lookup;
  const short = on.has("short");
  const asking: Asking = { ...ORDINARY, port: lookup.port, tcp: on.has("tcp"), recurse: on.has("recurse"), class: lookup.class, edns: on.has("edns"), cookie: on.has("edns") && on.has("cookie"), attempts: lookup.attempts, timeoutUs: lookup.timeoutUs, ...(lookup.from !== undefined && { from: lookup.from }) };
  const columns = { ttl: on.has("ttlid"), class: on.has("class"), multiline: on.has("multiline") };
  const [server = ""] = addresses;
  if (type === TYPE.AXFR || type === TYPE.IXFR) {
    if (short) return yield* transfer(sys, io, { server, port: lookup.port, name, shown, columns, short, attempts: lookup.attempts }, () => undefined);
    return yield* transfer(sys, io, { server, port: lookup.port, name, shown, columns, short, attempts: lookup.attempts }, head);
  }
  const reply = yield* query(sys, addresses, name, type, asking, () => {
    if (!short) io.out.put(";; Truncated, retrying in TCP mode.\n");
  });
  if ("failures" in reply) {
    const { text: lines, told } = silenceLines(reply, lookup.name ?? ".", lookup.port);
    io.out.put(lines);
    if (told) return 9;
    head();
    io.out.put(";; no servers could be reached\n");
    return 9;
  }
  const { message } = reply;
  if (short) {
    for (const record of message.answer) io.out.put(`${dataText(record)}\n`);
    return 0;
  }
  head();
  if (shown.has("comments")) {
    io.out.put(`;; Got answer:\n;; ->>HEADER<<- opcode: QUERY, status: ${message.rcode}, id: ${message.id}\n${flagsLine(message)}\n`);
    if (on.has("recurse") && !message.flags.has("ra")) io.out.put(";; WARNING: recursion requested but not available\n");
    io.out.put("\n");
    if (message.edns !== undefined) {
      const { cookie } = message.edns;
      io.out.put(`;; OPT PSEUDOSECTION:\n; EDNS: version: 0, flags:; udp: ${message.edns.udpSize}\n${cookie === undefined ? "" : `; COOKIE: ${cookie} ${cookie.startsWith(reply.sentCookie ?? "-") ? "(good)" : "(bad)"}\n`}`);
    }
  }
  if (shown.has("question")) for (const question of message.question) io.out.put(`${shown.has("comments") ? ";; QUESTION SECTION:\n" : ""}${questionLine(question.name, question.type, question.class, columns.multiline)}${shown.has("comments") ? "\n" : ""}`);
  const section = (heading: string, records: readonly ResourceRecord[]): void => {
    if (records.length === 0 || !shown.has(heading.toLowerCase())) return;
    if (shown.has("comments")) io.out.put(`;; ${heading} SECTION:\n`);
    for (const record of records) io.out.put(digLine(record, columns));
    if (shown.has("comments")) io.out.put("\n");
  };
  section("ANSWER", message.answer);
  section("AUTHORITY", message.authority);
  section("ADDITIONAL", message.additional);
  if (shown.has("stats")) io.out.put(yield* statistics(sys, reply, lookup.port, `MSG SIZE  rcvd: ${reply.sizeBytes}`));
  return 0;
}

function* statistics(sys: Sys, reply: Pick<Reply, "server" | "tcp" | "tookUs">, port: number, last: string): Blocking<string> {
  const when = strftime("%a %b %d %H:%M:%S %Z %Y", civilAtUs(yield* readZone(sys), sys.clockUs("realtime")));
  return `;; Query time: ${Math.floor(reply.tookUs / 1000)} msec\n;; SERVER: ${reply.server}#${port}(${reply.server}) (${reply.tcp ? "TCP" : "UDP"})\n;; WHEN: ${when}\n;; ${last}\n\n`;
}

interface Transfer {
  readonly server: string;
  readonly port: number;
  readonly name: string;
  readonly shown: ReadonlySet<string>;
  readonly columns: { readonly ttl: boolean; readonly class: boolean; readonly multiline: boolean };
  readonly short: boolean;
  readonly attempts: number;
}

/** All records of a zone, from its first SOA to its second. */
function* transfer(sys: Sys, io: Io, { server, port, name, shown, columns, short, attempts }: Transfer, head: () => void): Blocking<number> {
  const started = sys.clockUs("monotonic");
  const [high = 0, low = 0] = sys.random(2);
  const fd = sys.socket(server.includes(":") ? "inet6" : "inet", "stream");
  let [count, messages, bytes, ends] = [0, 0, 0, 0];
  try {
    yield* sys.connect(fd, { family: server.includes(":") ? "inet6" : "inet", address: server, port });
    head();
    yield* sys.write(fd, withLength(encodeMessage({ id: (high << 8) | low, opcode: 0, rcode: "NOERROR", flags: new Set(), question: [{ name, type: TYPE.AXFR, class: CLASS.IN }], answer: [], authority: [], additional: [] })));
    const rest = { bytes: new Uint8Array() };
    while (ends < 2) {
      const packet = yield* readMessage(sys, fd, rest);
      const message = packet && decodeMessage(packet);
      if (packet === undefined || message === undefined || message.rcode !== "NOERROR") {
        io.out.put("; Transfer failed.\n");
        return 0;
      }
      messages++;
      bytes += packet.length;
      for (const record of message.answer) {
        count++;
        if (record.type === TYPE.SOA) ends++;
        if (short) io.out.put(`${dataText(record)}\n`);
        else if (shown.has("answer")) io.out.put(digLine(record, columns));
      }
    }
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    io.out.put(silenceLines({ failures: Array<Silence["failures"][number]>(attempts).fill({ server, failure: failureOf(error) }), tcp: true }, name.slice(0, -1), port).text);
    return 9;
  } finally {
    sys.close(fd);
  }
  if (!short && shown.has("stats")) io.out.put(yield* statistics(sys, { server, tcp: true, tookUs: sys.clockUs("monotonic") - started }, port, `XFR size: ${count} records (messages ${messages}, bytes ${bytes})`));
  return 0;
}
