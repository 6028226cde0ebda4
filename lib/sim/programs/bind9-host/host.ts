import type { Blocking } from "../../kernel/sys.ts";
import { undotted } from "../kit/dns/names.ts";
import { type ResourceRecord, TYPE, dataText } from "../kit/dns/records.ts";
import { digLine } from "../kit/dns/zone-text.ts";
import { type Io, flag, gnu, text } from "../kit/gnu.ts";
import { ORDINARY, type Reply, flagsLine, isAddress, query, questionLine, resolvers, reverseName, serverAddresses, typeNumber } from "./_query.ts";

const PHRASES: ReadonlyMap<number, string> = new Map([[TYPE.A, "has address"], [TYPE.AAAA, "has IPv6 address"], [TYPE.CNAME, "is an alias for"], [TYPE.PTR, "domain name pointer"], [TYPE.MX, "mail is handled by"], [TYPE.NS, "name server"], [TYPE.SOA, "has SOA record"], [TYPE.TXT, "descriptive text"], [TYPE.SRV, "has SRV record"], [13, "host information"]]);
const RCODE_NUMBERS = new Map([["FORMERR", 1], ["SERVFAIL", 2], ["NXDOMAIN", 3], ["NOTIMP", 4], ["REFUSED", 5]]);

const recordLine = (record: ResourceRecord): string => `${undotted(record.name)} ${PHRASES.get(record.type) ?? `has record type ${record.type}`} ${dataText(record)}\n`;

export default gnu({
  name: "host", versionText: "host 9.18.49-1~deb12u3-Debian\n", tryLine: () => "", summary: "DNS lookup utility", synopsis: ["[-aCdilrTvVw] [-c class] [-N ndots] [-t type] [-W time] [-R number] [-m flag] [-p port] {name} [server]"],
  options: { all: flag(["-a"], "as -v -t ANY"), type: text(["-t"], "type", "the query type"), verbose: flag(["-v"], "verbose output"), wait: flag(["-w"], "wait for the answer without a limit"), ipv4: flag(["-4"], "IPv4 only"), ipv6: flag(["-6"], "IPv6 only"), timeout: text(["-W"], "time", "seconds until an answer counts as lost"), retries: text(["-R"], "number", "number of retries"), tcp: flag(["-T"], "over TCP"), here: flag(["-r"], "only what the server knows itself"), port: text(["-p"], "port", "the port of the server"), version: flag(["-V"], "show the number of the version") },
  operands: "hosts",
  *run({ options, operands, sys }, io: Io) {
    if (options.version) {
      yield* io.stderr("host 9.18.49-1~deb12u3-Debian\n");
      return 0;
    }
    const [name, server] = operands;
    if (name === undefined) {
      yield* io.stderr("Usage: host [-aCdilrTvVw] [-c class] [-N ndots] [-t type] [-W time]\n            [-R number] [-m flag] [-p port] hostname [server]\n");
      return 1;
    }
    const { servers, search } = yield* resolvers(sys);
    const asked = server === undefined ? servers : yield* serverAddresses(sys, server);
    if (asked === undefined) {
      yield* io.stderr(`host: couldn't get address for '${server ?? ""}': not found\n`);
      return 1;
    }
    const wanted = options.type === undefined ? undefined : typeNumber(options.type);
    if (options.type !== undefined && wanted === undefined) {
      yield* io.stderr(`host: invalid type: ${options.type}\n`);
      return 2;
    }
    const port = Number(options.port ?? 53);
    const verbose = options.verbose || options.all;
    const how = { ...ORDINARY, port, tcp: options.tcp, recurse: !options.here, attempts: /^\d+$/.test(options.retries ?? "") ? Math.max(1, Number(options.retries)) : 2, timeoutUs: /^\d+$/.test(options.timeout ?? "") ? Math.max(1, Number(options.timeout)) * 1e6 : 5_000_000 };
    let headShown = false;
    const head = (): void => {
      if (server === undefined || headShown) return;
      headShown = true;
      io.out.put(`Using domain server:\nName: ${server}\nAddress: ${asked[0] ?? ""}#${port}\nAliases: \n\n`);
    };
    const askFor = function* (candidate: string, type: number): Blocking<Reply | undefined> {
      if (verbose) io.out.put(`Trying "${candidate}"\n`);
      const reply = yield* query(sys, asked, candidate, type, how);
      if (!("failures" in reply)) return reply;
      const refused = reply.failures.filter(({ failure }) => failure !== "timed out");
      for (const { server: silent, failure } of refused) io.out.put(`;; communications error to ${silent}#${port}: ${failure}\n`);
      io.out.put(refused.length > 0 ? ";; no servers could be reached\n" : ";; connection timed out; no servers could be reached\n\n");
      return undefined;
    };
    const full = ({ message, sizeBytes, server: from, tookUs }: Reply): void => {
      io.out.put(`;; ->>HEADER<<- opcode: QUERY, status: ${message.rcode}, id: ${message.id}\n${flagsLine(message)}\n\n;; QUESTION SECTION:\n${message.question.map((question) => questionLine(question.name, question.type, question.class)).join("")}\n`);
      for (const [heading, records] of [["ANSWER", message.answer], ["AUTHORITY", message.authority], ["ADDITIONAL", message.additional]] as const) {
        if (records.length > 0) io.out.put(`;; ${heading} SECTION:\n${records.map((record) => digLine(record, { ttl: true, class: true, multiline: false })).join("")}\n`);
      }
      io.out.put(`Received ${sizeBytes} bytes from ${from}#${port} in ${Math.floor(tookUs / 1000)} ms\n`);
    };
    const reverse = isAddress(name) ? reverseName(name) : undefined;
    const types = options.all ? [TYPE.ANY] : wanted !== undefined ? [wanted] : reverse !== undefined ? [TYPE.PTR] : [TYPE.A, TYPE.AAAA, TYPE.MX];
    const candidates = reverse !== undefined ? [reverse] : name.endsWith(".") ? [undotted(name)] : name.includes(".") ? [name, ...search.map((domain) => `${name}.${domain}`)] : [...search.map((domain) => `${name}.${domain}`), name];
    let problem = "NXDOMAIN";
    for (const candidate of candidates) {
      let known = false;
      let shown = 0;
      let aliased = candidate;
      for (const type of types) {
        const reply = yield* askFor(aliased, type);
        if (reply === undefined) return 1;
        head();
        const { rcode, answer } = reply.message;
        if (rcode !== "NOERROR") {
          problem = rcode;
          break;
        }
        known = true;
        if (verbose) full(reply);
        else for (const record of answer) io.out.put(recordLine(record));
        shown += answer.length;
        aliased = answer.findLast((record) => record.type === TYPE.CNAME)?.data[0]?.replace(/\.$/, "") ?? aliased;
      }
      if (!known) continue;
      if (shown === 0 && wanted !== undefined && !verbose) io.out.put(`${candidate} has no ${options.type?.toUpperCase() ?? ""} record\n`);
      return shown === 0 && wanted === undefined && !verbose ? 1 : 0;
    }
    io.out.put(`Host ${reverse === undefined ? undotted(name) : `${reverse}.`} not found: ${RCODE_NUMBERS.get(problem) ?? 0}(${problem})\n`);
    return 1;
  },
});
