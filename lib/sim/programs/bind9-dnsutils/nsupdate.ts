// nsupdate: changes to a zone by dynamic updates (RFC 2136), typed line by line (BIND 9.18).
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { VERSION, bindProgram } from "../bind9-utils/_bind-program.ts";
import { query, questionLine, resolvers, serverAddresses } from "../bind9-host/_query.ts";
import { exchange } from "../kit/dns/exchange.ts";
import { type DnsMessage, OPCODE } from "../kit/dns/message.ts";
import { dotted, undotted } from "../kit/dns/names.ts";
import { BadData, CLASS, type ResourceRecord, TYPE, classNumber, dataOf, secondsOf, typeNumber } from "../kit/dns/records.ts";
import { digLine } from "../kit/dns/zone-text.ts";
import type { Io } from "../kit/io.ts";
import { flag, text, unsimulated } from "../kit/program.ts";

const usage = (name: string): string => `usage: ${name} [-CdDi] [-L level] [-l] [-g | -o | -y keyname:secret | -k keyfile] [-p port] [-v] [-V] [-P] [-T] [-4 | -6] [filename]\n`;
const help: readonly (readonly [string, string])[] = [["server address [port]", "where updates go"], ["zone name", "the zone that is changed"], ["class name", "the class of all that follows"], ["ttl seconds", "the time to live of what is added without one"], ["prereq nxdomain name", "only if the name does not exist"], ["prereq yxdomain name", "only if the name exists"], ["prereq nxrrset name type", "only if it has no such record"], ["prereq yxrrset name type [data]", "only if it has such a record"], ["[update] add name [ttl] type data", "add a record"], ["[update] delete name [type [data]]", "delete records"], ["show", "show what would be sent"], ["send", "send it"], ["answer", "show the answer"], ["quit", "end"]];

class Session {
  server: { readonly address: string; readonly port: number } | undefined;
  zone: string | undefined;
  class: number = CLASS.IN;
  ttlSeconds: number | undefined;
  prerequisites: ResourceRecord[] = [];
  updates: ResourceRecord[] = [];
  answer: DnsMessage | undefined;
  failed = false;
  readonly #sys: Sys;
  readonly #io: Io;
  readonly #debug: boolean;
  readonly #tcp: boolean;

  constructor(sys: Sys, io: Io, debug: boolean, tcp: boolean) {
    this.#sys = sys;
    this.#io = io;
    this.#debug = debug;
    this.#tcp = tcp;
  }

  #show(message: Pick<DnsMessage, "id" | "rcode" | "flags" | "question" | "answer" | "authority">, counted: boolean): string {
    const line = (record: ResourceRecord): string => (record.data.length > 0 ? digLine(record, { ttl: true, class: true, multiline: false }) : digLine({ ...record, type: record.type }, { ttl: true, class: true, multiline: false }).replace(/[ \t]*\n$/, "\t\n"));
    const section = (heading: string, records: readonly ResourceRecord[]): string => (records.length === 0 ? "" : `;; ${heading} SECTION:\n${records.map(line).join("")}\n`);
    const counts = counted ? [message.question.length, message.answer.length, message.authority.length] : [0, 0, 0];
    return `;; ->>HEADER<<- opcode: UPDATE, status: ${message.rcode}, id: ${String(message.id).padStart(6)}\n;; flags:${message.flags.has("qr") ? " qr" : ""}; ZONE: ${counts[0]}, PREREQ: ${counts[1]}, UPDATE: ${counts[2]}, ADDITIONAL: 0\n${message.question.length === 0 ? "" : `;; ZONE SECTION:\n${message.question.map((one) => questionLine(one.name, one.type, one.class)).join("")}\n`}${section("PREREQUISITE", message.answer)}${section("UPDATE", message.authority)}`;
  }

  show(): void {
    this.#io.out.put(`Outgoing update query:\n${this.#show({ id: 0, rcode: "NOERROR", flags: new Set(), question: this.zone === undefined ? [] : [{ name: this.zone, type: TYPE.SOA, class: this.class }], answer: this.prerequisites, authority: this.updates }, false)}`);
  }

  showAnswer(): void {
    if (this.answer !== undefined) this.#io.out.put(`Answer:\n${this.#show(this.answer, true)}`);
  }

  /** False: the words make no sense. */
  *command(words: readonly string[]): Blocking<boolean> {
    const say = function* (io: Io, message: string): Blocking<false> {
      yield* io.stderr(`${message}\n`);
      return false;
    };
    const io = this.#io;
    const [word = "", ...rest] = words;
    switch (word.toLowerCase()) {
      case "server": {
        const [name, port] = rest;
        if (name === undefined) return yield* say(io, "could not read server name");
        if (port !== undefined && !/^\d+$/.test(port)) return yield* say(io, `port '${port}' is not numeric`);
        const found = yield* serverAddresses(this.#sys, name);
        if (found?.[0] === undefined) return yield* say(io, `couldn't get address for '${name}': not found`);
        this.server = { address: found[0], port: Number(port ?? 53) };
        return true;
      }
      case "local": return rest.length > 0 || (yield* say(io, "could not read server name"));
      case "zone":
        if (rest[0] === undefined) return yield* say(io, "could not read zone name");
        this.zone = dotted(rest[0]);
        return true;
      case "class":
        if (rest[0] === undefined) return yield* say(io, "could not read class name");
        this.class = classNumber(rest[0]) ?? CLASS.IN;
        return true;
      case "ttl": {
        const seconds = secondsOf(rest[0] ?? "");
        if (seconds === undefined) return false;
        this.ttlSeconds = seconds;
        return true;
      }
      case "key":
      case "gsstsig":
      case "oldgsstsig":
        if (word === "key" && rest[1] === undefined) return yield* say(io, "could not read key secret");
        return yield* say(io, "messages are not signed: this is not simulated");
      case "prereq": return yield* this.#prerequisite(rest);
      case "nxdomain":
      case "yxdomain":
      case "nxrrset":
      case "yxrrset": return yield* this.#prerequisite(words);
      case "update": {
        const [operation, ...more] = rest;
        if (operation === undefined) return yield* say(io, "could not read operation code");
        if (operation === "add") return yield* this.#add(more);
        if (operation === "del" || operation === "delete") return yield* this.#delete(more);
        return yield* say(io, `incorrect operation code: ${operation}`);
      }
      case "add": return yield* this.#add(rest);
      case "del":
      case "delete": return yield* this.#delete(rest);
      case "show":
        this.show();
        return true;
      case "answer":
        this.showAnswer();
        return true;
      case "version":
        io.out.put(`nsupdate ${VERSION}\n`);
        return true;
      case "debug":
      case "realm": return true;
      case "help":
        io.out.put(`nsupdate ${VERSION}:\n${help.map(([form, meaning]) => `${form.padEnd(36)}${meaning}\n`).join("")}`);
        return true;
      case "send":
        yield* this.send();
        return true;
      default: return yield* say(io, `incorrect section name: ${word}`);
    }
  }

  *#prerequisite(words: readonly string[]): Blocking<boolean> {
    const [kind, name, type, ...data] = words;
    const say = (message: string) => this.#io.stderr(`${message}\n`);
    if (kind === undefined) yield* say("could not read operation code");
    else if (!/^[ny]x(?:domain|rrset)$/i.test(kind)) yield* say(`incorrect operation code: ${kind}`);
    else if (name === undefined) yield* say("could not read owner name");
    else if (/domain$/i.test(kind)) {
      this.prerequisites.push({ name: dotted(name), type: TYPE.ANY, class: /^n/i.test(kind) ? CLASS.NONE : CLASS.ANY, ttlSeconds: 0, data: [] });
      return true;
    } else {
      const number = typeNumber(type ?? "");
      if (type === undefined) yield* say("could not read class or type");
      else if (number === undefined) yield* say(`'${type}' is not a valid type: unknown class/type`);
      else {
        const parsed = /^n/i.test(kind) || data.length === 0 ? [] : yield* this.#data(number, data);
        if (parsed === undefined) return false;
        this.prerequisites.push({ name: dotted(name), type: number, class: /^n/i.test(kind) ? CLASS.NONE : data.length === 0 ? CLASS.ANY : this.class, ttlSeconds: 0, data: parsed });
        return true;
      }
    }
    return false;
  }

  *#data(type: number, words: readonly string[]): Blocking<readonly string[] | undefined> {
    try {
      // a line may quote its strings as a zone file does
      return dataOf(type, words.map((word) => word.replace(/^"(.*)"$/, "$1")), ".");
    } catch (error) {
      if (!(error instanceof BadData)) throw error;
      yield* this.#io.stderr(`invalid rdata format: ${error.message}\n`);
      return undefined;
    }
  }

  *#add(words: readonly string[]): Blocking<boolean> {
    const [name, ...rest] = words;
    const say = (message: string) => this.#io.stderr(`${message}\n`);
    if (name === undefined) {
      yield* say("could not read owner name");
      return false;
    }
    let ttlSeconds = this.ttlSeconds;
    if (rest[0] === undefined) {
      yield* say("could not read owner ttl");
      return false;
    }
    const given = secondsOf(rest[0]);
    if (given !== undefined) {
      ttlSeconds = given;
      rest.shift();
    } else if (ttlSeconds === undefined) {
      yield* say(`ttl '${rest[0]}': not a valid number`);
      return false;
    }
    if (rest[0] !== undefined && classNumber(rest[0]) !== undefined) rest.shift();
    const [kind, ...data] = rest;
    const type = typeNumber(kind ?? "");
    if (kind === undefined) yield* say("could not read class or type");
    else if (type === undefined) yield* say(`'${kind}' is not a valid class or type: unknown class/type`);
    else if (data.length === 0) yield* say("could not read rdata");
    else {
      const parsed = yield* this.#data(type, data);
      if (parsed === undefined) return false;
      this.updates.push({ name: dotted(name), type, class: this.class, ttlSeconds: ttlSeconds ?? 0, data: parsed });
      return true;
    }
    return false;
  }

  *#delete(words: readonly string[]): Blocking<boolean> {
    const [name, ...rest] = words;
    if (name === undefined) {
      yield* this.#io.stderr("could not read owner name\n");
      return false;
    }
    if (rest[0] !== undefined && secondsOf(rest[0]) !== undefined) rest.shift();
    if (rest[0] !== undefined && classNumber(rest[0]) !== undefined) rest.shift();
    const [kind, ...data] = rest;
    const type = kind === undefined ? TYPE.ANY : typeNumber(kind);
    if (type === undefined) {
      yield* this.#io.stderr(`'${kind ?? ""}' is not a valid class or type: unknown class/type\n`);
      return false;
    }
    const parsed = data.length === 0 ? [] : yield* this.#data(type, data);
    if (parsed === undefined) return false;
    this.updates.push({ name: dotted(name), type, class: data.length === 0 ? CLASS.ANY : CLASS.NONE, ttlSeconds: 0, data: parsed });
    return true;
  }

  *send(): Blocking<void> {
    const { prerequisites, updates } = this;
    this.prerequisites = [];
    this.updates = [];
    if (prerequisites.length === 0 && updates.length === 0) return;
    let { zone, server } = this;
    const [first] = [...updates, ...prerequisites];
    if (zone === undefined || server === undefined) {
      const servers = server === undefined ? (yield* resolvers(this.#sys)).servers : [server.address];
      const reply = yield* query(this.#sys, servers, zone ?? first?.name ?? ".", TYPE.SOA, { port: server?.port ?? 53, tcp: false, recurse: server === undefined, class: this.class, edns: false, cookie: false, attempts: 3, timeoutUs: 5_000_000 });
      if ("failures" in reply) {
        yield* this.#io.stderr(`; Communication with ${servers[0] ?? ""}#${server?.port ?? 53} failed: ${reply.failures.at(-1)?.failure ?? "timed out"}\n`);
        this.failed = true;
        return;
      }
      const soa = [...reply.message.answer, ...reply.message.authority].find((record) => record.type === TYPE.SOA);
      if (soa === undefined) {
        yield* this.#io.stderr("response to SOA query didn't contain an SOA\n");
        this.failed = true;
        return;
      }
      zone ??= soa.name;
      if (this.#debug) this.#io.out.put(`Found zone name: ${undotted(zone)}\nThe primary is: ${undotted(soa.data[0] ?? "")}\n`);
      const address = server === undefined ? (yield* serverAddresses(this.#sys, undotted(soa.data[0] ?? "")))?.[0] : server.address;
      if (address === undefined) {
        yield* this.#io.stderr(`couldn't get address for '${undotted(soa.data[0] ?? "")}': not found\n`);
        this.failed = true;
        return;
      }
      server ??= { address, port: 53 };
    }
    const [high = 0, low = 0] = this.#sys.random(2);
    const message: DnsMessage = { id: (high << 8) | low, opcode: OPCODE.update, rcode: "NOERROR", flags: new Set(), question: [{ name: zone, type: TYPE.SOA, class: this.class }], answer: prerequisites, authority: updates, additional: [] };
    if (this.#debug) this.#io.out.put(`Sending update to ${server.address}#${server.port}\nOutgoing update query:\n${this.#show(message, true)}\n`);
    const received = yield* exchange(this.#sys, message, { ...server, tcp: this.#tcp, timeoutUs: 3_000_000, attempts: 3 });
    if (!("message" in received)) {
      yield* this.#io.stderr(`; Communication with ${server.address}#${server.port} failed: ${received.failures.at(-1) ?? "timed out"}\n`);
      this.failed = true;
      return;
    }
    this.answer = received.message;
    if (this.#debug) this.#io.out.put(`\nReply from update query:\n${this.#show(received.message, true)}`);
    if (received.message.rcode === "NOERROR") return;
    if (!this.#debug) yield* this.#io.stderr(`update failed: ${received.message.rcode}\n`);
    this.failed = true;
  }
}

export default bindProgram(
  {
    name: "nsupdate", summary: "change zones of name servers by dynamic updates", synopsis: ["[OPTION]... [FILE]"], usage, operands: "files", exitStatuses: [["0", "all updates were taken"], ["1", "a line makes no sense"], ["2", "a server refused an update, or did not answer"]],
    description: ["An empty line sends as well."],
    lists: [{ heading: "Lines", words: help, width: 36 }],
    options: [flag(["-4"], "IPv4 only"), flag(["-6"], "IPv6 only"), flag(["-C"], "leave /etc/resolv.conf aside"), flag(["-d"], "show what is sent and what comes back"), flag(["-D"], "the same, with more"), unsimulated(["-g"], "sign by Kerberos", "messages are not signed"), flag(["-i"], "prompt even where input is no terminal"), unsimulated(["-k"], "sign with the key in that file", "messages are not signed", "FILE"), unsimulated(["-l"], "to the server of this machine, with its session key", "messages are not signed"), text(["-L"], "LEVEL", "how much the log tells for the search of errors"), unsimulated(["-o"], "as -g, in an older form", "messages are not signed"), text(["-p"], "PORT", "the port of the server"), flag(["-P"], "list the private types of records"), text(["-r"], "COUNT", "how often to ask again over UDP"), text(["-t"], "SECONDS", "how long an update may take"), flag(["-T"], "list the types of records"), text(["-u"], "SECONDS", "how long an answer over UDP may take"), flag(["-v"], "over TCP"), flag(["-V"], "show the version"), unsimulated(["-y"], "sign with that key", "messages are not signed", "KEY")],
  },
  function* (sys, given, io) {
    if (given.has("V")) {
      yield* io.stderr(`nsupdate ${VERSION}\n`);
      return 0;
    }
    for (const letter of ["k", "y", "g", "o", "l"]) {
      if (!given.has(letter)) continue;
      yield* io.stderr(`nsupdate: -${letter}: messages are not signed: this is not simulated\n`);
      return 1;
    }
    const session = new Session(sys, io, given.has("d") || given.has("D"), given.has("v"));
    const [path] = given.operands;
    let input = io.stdin;
    try {
      if (path !== undefined && path !== "-") input = yield* io.open(path);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.stderr(`could not open '${path ?? ""}': ${error.errno === "ENOENT" ? "file not found" : error.message.toLowerCase()}\n`);
      return 1;
    }
    const interactive = input.fd === 0 && (sys.isatty(0) || given.has("i"));
    const pending: string[] = [];
    for (;;) {
      if (interactive) io.out.put("> ");
      yield* io.out.flush();
      if (pending.length === 0) pending.push(...(yield* input.lines()));
      const line = pending.shift();
      if (line === undefined) break;
      const words = line.trim().match(/"[^"]*"|\S+/g) ?? [];
      if (words[0] === "quit") break;
      if (line.startsWith(";")) continue;
      if (words.length === 0) {
        yield* session.send();
        continue;
      }
      if (yield* session.command(words)) continue;
      yield* io.stderr("syntax error\n");
      if (!interactive) return 1;
    }
    return session.failed ? 2 : 0;
  },
);
