// dig: a question to a name server, and its answer in full (dig(1), BIND 9.18).
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { type Io, flag, partly, program, text, unsimulated } from "../kit/program.ts";
import { readMessage, withLength } from "../kit/dns/exchange.ts";
import { decodeMessage, encodeMessage } from "../kit/dns/message.ts";
import { dotted } from "../kit/dns/names.ts";
import { CLASS, type ResourceRecord, TYPE, classNumber, dataText } from "../kit/dns/records.ts";
import { digLine } from "../kit/dns/zone-text.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { readZone } from "../kit/zones.ts";
import { type Asking, ORDINARY, type Reply, flagsLine, query, questionLine, resolvers, reverseName, serverAddresses, typeNumber } from "../bind9-host/_query.ts";

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
}

const SECTIONS = ["comments", "question", "answer", "authority", "additional", "stats"];
/** Words of +option that only say yes or no. */
const SWITCHES = ["short", "multiline", "tcp", "recurse", "edns", "cookie", "ttlid", "class", "identify", "search", "defname", "dnssec", "adflag", "cdflag", "aaflag", "ignore", "fail", "besteffort", "onesoa", "showsearch", "header-only", "keepopen", "idnin", "idnout", "badcookie", "qr", "rrcomments", "crypto", "expandaaaa", "unknownformat", "ttlunits", "yaml", "trace", "nssearch"];
const SYNONYMS = new Map([["vc", "tcp"], ["rec", "recurse"], ["rdflag", "recurse"], ["cl", "class"]]);

const fresh = (like?: Lookup): Lookup => ({ name: undefined, type: like?.type, class: like?.class ?? CLASS.IN, server: like?.server, port: like?.port ?? 53, shown: new Set(like?.shown ?? ["cmd", ...SECTIONS]), on: new Set(like?.on ?? ["recurse", "edns", "cookie", "ttlid", "class"]), attempts: like?.attempts ?? 3, timeoutUs: like?.timeoutUs ?? 5_000_000 });

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
    options: [text(["-t"], "type", "the query type"), text(["-x"], "addr", "simplified reverse lookups"), text(["-q"], "name", "the query name"), text(["-c"], "class", "the query class"), text(["-p"], "port", "the port of the server"), text(["-b"], "address", "from this address of ours"), unsimulated(["-f"], "a file of questions", "one question after another can be typed", "file"), unsimulated(["-k"], "sign with the key in that file", "messages are not signed", "file"), unsimulated(["-y"], "sign with that key", "messages are not signed", "key"), flag(["-4"], "IPv4 only"), flag(["-6"], "IPv6 only"), flag(["-v"], "version"), flag(["+short"], "a terse answer"), flag(["+noall"], "nothing but what is asked for"), flag(["+answer"], "the answer section"), flag(["+multiline"], "long records on several lines"), flag(["+norecurse"], "only what the server knows itself"), flag(["+tcp"], "over TCP"), partly(flag(["+trace"], "from the root downwards"), "as without it")],
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
    for (let at = 1; at < argv.length; at++) {
      const word = argv[at] ?? "";
      if (word.startsWith("@")) lookup.server = word.slice(1);
      else if (word === "-v" || word === "-V") {
        yield* io.stderr(`DiG ${VERSION}\n`);
        return 0;
      } else if (word === "-h") {
        io.out.put(USAGE);
        return 0;
      } else if (/^-t./.test(word)) yield* setType(word.slice(2));
      else if (word === "-t") yield* setType(argv[++at] ?? "A");
      else if (word === "-c") lookup.class = classNumber(argv[++at] ?? "") ?? lookup.class;
      else if (word === "-q") named(argv[++at] ?? ".");
      else if (word === "-x") {
        named(reverseName(argv[++at] ?? ""));
        lookup.type ??= TYPE.PTR;
      } else if (word === "-p") {
        const port = argv[++at] ?? "";
        if (!/^\d+$/.test(port) || Number(port) > 65_535) {
          yield* io.stderr("dig: Couldn't parse port number: out of range\n");
          return 1;
        }
        lookup.port = Number(port);
      } else if (/^-[kyf]$/.test(word)) {
        yield* io.stderr(`dig: ${word}: messages are not signed, and questions do not come from a file: this is not simulated\n`);
        return 1;
      } else if (word === "-b") at++;
      else if (/^-[46umir]$/.test(word)) continue;
      else if (word.startsWith("+")) {
        if (!plusOption(word, lookup)) return yield* wrong(word);
      } else if (word.startsWith("-")) return yield* wrong(word);
      else if ((typeNumber(word) !== undefined || /^ixfr=\d+$/i.test(word)) && (lookup.type === undefined || lookup === global) && argv.length > 2) yield* setType(word);
      else if (classNumber(word) !== undefined && argv.length > 2) lookup.class = classNumber(word) ?? CLASS.IN;
      else named(word);
    }
    if (lookups.length === 0) {
      const root = fresh(global);
      root.name = ".";
      root.type ??= TYPE.NS;
      lookups.push(root);
    }
    let headShown = false;
    let status = 0;
    for (const one of lookups) {
      const head = (): void => {
        if (headShown || [global, ...lookups].some((any) => !any.shown.has("cmd"))) return;
        headShown = true;
        io.out.put(`\n; <<>> DiG ${VERSION} <<>> ${argv.slice(1).join(" ")}\n${one.server === undefined ? "" : "; (1 server found)\n"};; global options: +cmd\n`);
      };
      status = yield* lookUp(sys, io, one, head);
      if (status === 10 || status === 1) return 1;
    }
    return status;
  },
);

function* lookUp(sys: Sys, io: Io, lookup: Lookup, head: () => void): Blocking<number> {
  const addresses = lookup.server === undefined ? (yield* resolvers(sys)).servers : yield* serverAddresses(sys, lookup.server);
  if (addresses === undefined) {
    yield* io.stderr(`dig: couldn't get address for '${lookup.server ?? ""}': not found\n`);
    return 10;
  }
  const name = dotted(lookup.name ?? ".");
  const type = lookup.type ?? TYPE.A;
  const { on, shown } = lookup;
  const short = on.has("short");
  const asking: Asking = { ...ORDINARY, port: lookup.port, tcp: on.has("tcp"), recurse: on.has("recurse"), class: lookup.class, edns: on.has("edns"), cookie: on.has("edns") && on.has("cookie"), attempts: lookup.attempts, timeoutUs: lookup.timeoutUs };
  const columns = { ttl: on.has("ttlid"), class: on.has("class"), multiline: on.has("multiline") };
  const [server = ""] = addresses;
  if (type === TYPE.AXFR || type === TYPE.IXFR) {
    if (!short) head();
    return yield* transfer(sys, io, { server, port: lookup.port, name, shown, columns, short });
  }
  const reply = yield* query(sys, addresses, name, type, asking, () => {
    if (!short) io.out.put(";; Truncated, retrying in TCP mode.\n");
  });
  if ("failures" in reply) {
    for (const { server: silent, failure } of reply.failures) io.out.put(`;; communications error to ${silent}#${lookup.port}: ${failure}\n`);
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
}

/** All records of a zone, from its first SOA to its second. */
function* transfer(sys: Sys, io: Io, { server, port, name, shown, columns, short }: Transfer): Blocking<number> {
  const started = sys.clockUs("monotonic");
  const [high = 0, low = 0] = sys.random(2);
  const fd = sys.socket(server.includes(":") ? "inet6" : "inet", "stream");
  let [count, messages, bytes, ends] = [0, 0, 0, 0];
  try {
    yield* sys.connect(fd, { family: server.includes(":") ? "inet6" : "inet", address: server, port });
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
    io.out.put(`;; Connection to ${server}#${port}(${server}) for ${name.slice(0, -1)} failed: ${error.errno === "ECONNREFUSED" ? "connection refused" : error.message.toLowerCase()}.\n`);
    return 9;
  } finally {
    sys.close(fd);
  }
  if (!short && shown.has("stats")) io.out.put(yield* statistics(sys, { server, tcp: true, tookUs: sys.clockUs("monotonic") - started }, port, `XFR size: ${count} records (messages ${messages}, bytes ${bytes})`));
  return 0;
}
