import type { Blocking } from "../../kernel/sys.ts";
import { dotted, undotted } from "../kit/dns/names.ts";
import { CLASS, type ResourceRecord, TYPE, classNumber, dataText } from "../kit/dns/records.ts";
import { type Io, flag, program } from "../kit/program.ts";
import { type Asking, ORDINARY, isAddress, query, resolvers, reverseName, serverAddresses, silenceLines, typeNumber } from "../bind9-host/_query.ts";

function recordLines(record: ResourceRecord): string {
  const name = undotted(record.name);
  const [first = "", second = ""] = record.data;
  switch (record.type) {
    case TYPE.A:
    case TYPE.AAAA: return `Name:\t${name}\nAddress: ${first}\n`;
    case TYPE.SOA: return `${name}\n\torigin = ${undotted(first)}\n\tmail addr = ${undotted(second)}\n${["serial", "refresh", "retry", "expire", "minimum"].map((field, at) => `\t${field} = ${record.data[at + 2] ?? ""}\n`).join("")}`;
    case TYPE.CNAME: return `${name}\tcanonical name = ${first}\n`;
    case TYPE.PTR: return `${name}\tname = ${first}\n`;
    case TYPE.NS: return `${name}\tnameserver = ${first}\n`;
    case TYPE.MX: return `${name}\tmail exchanger = ${dataText(record)}\n`;
    case TYPE.TXT: return `${name}\ttext = ${dataText(record)}\n`;
    case TYPE.SRV: return `${name}\tservice = ${dataText(record)}\n`;
    default: return `${name}\trdata_${record.type} = ${dataText(record)}\n`;
  }
}

const USAGE = "Usage:\n   nslookup [-opt ...]             # interactive mode using default server\n   nslookup [-opt ...] - server    # interactive mode using 'server'\n   nslookup [-opt ...] host        # just look up 'host' using default server\n   nslookup [-opt ...] host server # just look up 'host' using 'server'\n";

/** What `set` changes, with the words that `set all` shows. */
interface Settings {
  type: string | undefined;
  class: string | undefined;
  port: number;
  timeoutSeconds: number;
  retries: number;
  dots: number;
  domain: string | undefined;
  search: boolean;
  recurse: boolean;
  tcp: boolean;
  debug: boolean;
  moreDebug: boolean;
}

/** bin/dig/nslookup.c setoption(): each word may be cut to what is needed to tell it from others. What is printed. */
function setOption(settings: Settings, word: string): string {
  const [, name = "", value = ""] = /^([^=]*)=?(.*)$/.exec(word) ?? [];
  const isNumber = (kind: string, most: number): string | undefined => (!/^\d+$/.test(value) ? `invalid ${kind} '${value}': not a valid number\n` : Number(value) > most ? `invalid ${kind} '${value}': out of range\n` : undefined);
  const begins = (whole: string, least: number): boolean => name.length >= least && whole.startsWith(name.toLowerCase());
  if (word.includes("=")) {
    if (begins("class", 2)) {
      if (classNumber(value) === undefined) return `unknown query class: ${value}\n`;
      settings.class = value;
    } else if (name === "q" || begins("type", 2) || name === "querytype" || name === "query") {
      if (typeNumber(value) === undefined) return `unknown query type: ${value}\n`;
      settings.type = value;
    } else if (begins("domain", 2)) {
      settings.domain = value;
    } else if (begins("port", 2)) {
      const bad = isNumber("port", 65_535);
      if (bad !== undefined) return bad;
      settings.port = Number(value);
    } else if (name === "timeout" || name === "t") {
      const bad = isNumber("timeout", 0xffffffff);
      if (bad !== undefined) return bad;
      settings.timeoutSeconds = Number(value);
    } else if (begins("retry", 3)) {
      const bad = isNumber("retries", 0xffffffff);
      if (bad !== undefined) return bad;
      settings.retries = Number(value);
    } else if (name === "ndots") {
      const bad = isNumber("ndots", 128);
      if (bad !== undefined) return bad;
      settings.dots = Number(value);
    } else return `*** Invalid option: ${word}\n`;
    return "";
  }
  if (begins("recurse", 3)) settings.recurse = true;
  else if (begins("norecurse", 5)) settings.recurse = false;
  else if (begins("search", 3)) settings.search = true;
  else if (begins("nosearch", 5)) settings.search = false;
  else if (begins("defname", 3) || begins("nodefname", 5)) settings.search = !name.startsWith("no");
  else if (begins("vc", 2)) settings.tcp = true;
  else if (begins("novc", 4)) settings.tcp = false;
  else if (begins("debug", 3)) settings.debug = true;
  else if (begins("nodebug", 5)) settings.debug = false;
  else if (begins("d2", 2)) settings.moreDebug = true;
  else if (begins("nod2", 4)) settings.moreDebug = false;
  else if (!["sil", "fail", "nofail"].includes(name)) return `*** Invalid option: ${word}\n`;
  return "";
}

const settingsText = (settings: Settings, search: readonly string[]): string =>
  `Set options:\n  ${settings.tcp ? "vc" : "novc"}\t\t\t${settings.debug ? "debug" : "nodebug"}\t\t${settings.moreDebug ? "d2" : "nod2"}\n  ${settings.search ? "search" : "nosearch"}\t\t${settings.recurse ? "recurse" : "norecurse"}\n  timeout = ${settings.timeoutSeconds}\t\tretry = ${settings.retries}\tport = ${settings.port}\tndots = ${settings.dots}\n  querytype = ${(settings.type ?? "A").padEnd(8)}\tclass = ${settings.class ?? "IN"}\n  srchlist = ${(settings.domain === undefined ? search : [settings.domain]).join("/")}\n`;

export default program({ name: "nslookup", summary: "ask name servers of the Internet, one question after another", synopsis: ["[-option] [name | -] [server]"], options: [flag(["-type=TYPE"], "the query type"), flag(["-port=PORT"], "the port of the server"), flag(["-timeout=SECONDS"], "how long an answer over UDP may take"), flag(["-retry=NUMBER"], "how often to ask again over UDP"), flag(["-vc"], "over TCP"), flag(["-version"], "version")], operands: "hosts" }, function* (sys, argv, io: Io) {
  const settings: Settings = { type: undefined, class: undefined, port: 53, timeoutSeconds: 0, retries: 3, dots: 1, domain: undefined, search: true, recurse: true, tcp: false, debug: false, moreDebug: false };
  const operands: string[] = [];
  for (const word of argv.slice(1)) {
    if (word === "-version") {
      io.out.put("nslookup 9.18.49-1~deb12u3-Debian\n");
      return 0;
    }
    if (word.startsWith("-") && word !== "-") io.out.put(setOption(settings, word.slice(1)));
    else operands.push(word);
  }
  if (operands.length > 2) {
    yield* io.stderr(USAGE);
    return 1;
  }
  const { servers, search } = yield* resolvers(sys);
  let asked: readonly string[] = servers;
  let named = servers[0] ?? "127.0.0.1";
  if (operands[1] !== undefined) {
    const found = yield* serverAddresses(sys, operands[1]);
    if (typeof found === "string") {
      yield* io.stderr(`nslookup: couldn't get address for '${operands[1]}': ${found}\n`);
      return 1;
    }
    asked = found;
    named = operands[1];
  }
  const lookUp = function* (name: string, alone: boolean): Blocking<number> {
    const reverse = isAddress(name);
    const types = reverse ? [TYPE.PTR] : settings.type === undefined ? [TYPE.A, TYPE.AAAA] : [typeNumber(settings.type) ?? TYPE.A];
    const domains = settings.search ? (settings.domain === undefined ? search : [settings.domain]) : [];
    const asIs = (name.match(/\./g)?.length ?? 0) >= settings.dots;
    const candidates = reverse ? [reverseName(name)] : name.endsWith(".") ? [name] : asIs ? [name, ...domains.map((domain) => `${name}.${domain}`)] : [...domains.map((domain) => `${name}.${domain}`), name];
    const { port, tcp, recurse } = settings;
    const how: Asking = { ...ORDINARY, port, tcp, recurse, class: settings.class === undefined ? CLASS.IN : (classNumber(settings.class) ?? CLASS.IN), attempts: Math.max(1, settings.retries), timeoutUs: settings.timeoutSeconds === 0 ? ORDINARY.timeoutUs : settings.timeoutSeconds * 1e6 };
    for (const candidate of candidates) {
      let shown = false;
      let followed = candidate;
      for (const number of types) {
        const reply = yield* query(sys, asked, followed, number, how);
        if ("failures" in reply) {
          const { text, told } = silenceLines(reply, undotted(dotted(candidate)), port);
          io.out.put(`${text}${told ? "" : ";; no servers could be reached\n"}${alone ? "\n" : ""}`);
          return 1;
        }
        const { rcode, answer } = reply.message;
        if (rcode === "NXDOMAIN" && candidate !== candidates.at(-1)) break;
        if (rcode === "SERVFAIL") io.out.put(`;; Got SERVFAIL reply from ${reply.server}\n`);
        if (!reverse && !shown) io.out.put(`Server:\t\t${reply.server}\nAddress:\t${reply.server}#${port}\n\n`);
        if (rcode !== "NOERROR") {
          io.out.put(`** server can't find ${undotted(dotted(candidate))}: ${rcode}\n\n`);
          return 1;
        }
        if (answer.length === 0 && !shown && number === types.at(-1)) {
          io.out.put(`*** Can't find ${name}: No answer\n\n`);
          return 0;
        }
        if (answer.length > 0 && !reverse && !shown && !reply.message.flags.has("aa")) io.out.put("Non-authoritative answer:\n");
        for (const record of answer) io.out.put(recordLines(record));
        // the second question goes to where an alias led
        followed = answer.at(-1)?.name ?? followed;
        shown = answer.length > 0 || shown;
        if (number !== types.at(-1)) continue;
        io.out.put(reverse && !reply.message.flags.has("aa") ? "\nAuthoritative answers can be found from:\n\n" : "\n");
        return 0;
      }
    }
    return 1;
  };
  const [name] = operands;
  if (name !== undefined && name !== "-") return yield* lookUp(name, true);
  let status = 0;
  const pending: string[] = [];
  for (;;) {
    if (sys.isatty(0)) io.out.put("> ");
    yield* io.out.flush();
    if (pending.length === 0) pending.push(...(yield* io.stdin.lines()));
    const line = pending.shift();
    if (line === undefined || /^\s*exit\s*$/.test(line)) {
      if (line === undefined) io.out.put("\n");
      return status;
    }
    const [word, ...rest] = line.trim().split(/\s+/);
    if (word === undefined || word === "") continue;
    if (["server", "lserver"].includes(word.toLowerCase())) {
      const found = yield* serverAddresses(sys, rest[0] ?? named);
      if (typeof found === "string") io.out.put(`nslookup: couldn't get address for '${rest[0] ?? ""}': ${found}\n`);
      else {
        asked = found;
        named = rest[0] ?? named;
        io.out.put(`Default server: ${named}\nAddress: ${asked[0] ?? ""}#${settings.port}\n`);
      }
    } else if (word.toLowerCase() === "set" && rest[0] !== undefined) {
      if (rest[0].toLowerCase() === "all") io.out.put(`Default server: ${named}\nAddress: ${asked[0] ?? ""}#${settings.port}\n\n${settingsText(settings, search)}`);
      else io.out.put(setOption(settings, rest[0]));
    } else if (["help", "?"].includes(word.toLowerCase())) {
      io.out.put(`The '${word}' command is not yet implemented.\n`);
    } else if (["finger", "root", "ls", "view"].includes(word.toLowerCase())) {
      io.out.put(`The '${word}' command is not implemented.\n`);
    } else status = yield* lookUp(word, false);
  }
});
