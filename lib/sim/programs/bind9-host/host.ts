import type { Blocking } from "../../kernel/sys.ts";
import { undotted } from "../kit/dns/names.ts";
import { CLASS, type ResourceRecord, TYPE, classNumber, dataText } from "../kit/dns/records.ts";
import { digLine } from "../kit/dns/zone-text.ts";
import type { OptionDeclaration } from "../kit/command.ts";
import { GetoptError, type Occurrence, getopt } from "../kit/getopt.ts";
import { type Io, flag, partly, program, text } from "../kit/program.ts";
import { ORDINARY, type Reply, flagsLine, isAddress, query, questionLine, resolvers, reverseName, serverAddresses, silenceLines, typeNumber } from "./_query.ts";

const PHRASES: ReadonlyMap<number, string> = new Map([[TYPE.A, "has address"], [TYPE.AAAA, "has IPv6 address"], [TYPE.CNAME, "is an alias for"], [TYPE.PTR, "domain name pointer"], [TYPE.MX, "mail is handled by"], [TYPE.NS, "name server"], [TYPE.SOA, "has SOA record"], [TYPE.TXT, "descriptive text"], [TYPE.SRV, "has SRV record"], [13, "host information"]]);
const RCODE_NUMBERS = new Map([["FORMERR", 1], ["SERVFAIL", 2], ["NXDOMAIN", 3], ["NOTIMP", 4], ["REFUSED", 5]]);

const recordLine = (record: ResourceRecord): string => `${undotted(record.name)} ${PHRASES.get(record.type) ?? `has record type ${record.type}`} ${dataText(record)}\n`;

const USAGE = `Usage: host [-aCdilrTvVw] [-c class] [-N ndots] [-t type] [-W time]
            [-R number] [-m flag] [-p port] hostname [server]
       -a is short for -v -t ANY
       -A is -a without RRSIG, NSEC and NSEC3
       -c asks in another class than IN
       -C asks every server of the zone for its SOA
       -d is another word for -v
       -l lists a whole domain, by AXFR
       -m is for those who look for leaks of memory (trace|record|usage)
       -N says how many dots make a name that is asked for as it is
       -p names the port of the server
       -r asks the server not to ask others
       -R says how often to ask again over UDP
       -s ends at an answer of SERVFAIL
       -t names the type of the question
       -T asks over TCP
       -U asks over UDP
       -v shows the answer in full
       -V shows the version and ends
       -w waits without a limit
       -W says how many seconds to wait
       -4 asks over IPv4 alone
       -6 asks over IPv6 alone
`;

const OPTIONS = {
  all: flag(["-a"], "as -v -t ANY"), allButSigned: flag(["-A"], "as -a, without records of DNSSEC"), class: text(["-c"], "class", "the query class"), debug: flag(["-d"], "another word for -v"), list: flag(["-l"], "all records of a domain (AXFR)"), type: text(["-t"], "type", "the query type"), verbose: flag(["-v"], "verbose output"), wait: flag(["-w"], "wait for the answer without a limit"),
  ipv4: flag(["-4"], "IPv4 only"), ipv6: flag(["-6"], "IPv6 only"), timeout: text(["-W"], "time", "seconds until an answer counts as lost"), retries: text(["-R"], "number", "number of retries"), tcp: flag(["-T"], "over TCP"), udp: flag(["-U"], "over UDP"), here: flag(["-r"], "only what the server knows itself"), port: text(["-p"], "port", "the port of the server"), version: flag(["-V"], "show the number of the version"),
  dots: partly(text(["-N"], "ndots", "dots of a name that is asked for as it is"), "one dot is enough"), memory: partly(text(["-m"], "flag", "follow the use of memory"), "nothing is followed"), stop: partly(flag(["-s"], "end at SERVFAIL"), "as without it"), soas: partly(flag(["-C"], "the SOA of every server of the zone"), "as without it"), nibbles: partly(flag(["-i"], "the old names for IPv6 addresses (IP6.INT)"), "as without it"),
};
const TABLE: ReadonlyMap<string, OptionDeclaration> = new Map(Object.entries(OPTIONS));

export default program(
  { name: "host", summary: "DNS lookup utility", synopsis: ["[-aCdilrTvVw] [-c class] [-N ndots] [-t type] [-W time] [-R number] [-m flag] [-p port] {name} [server]"], options: Object.values(OPTIONS), operands: "hosts" },
  function* (sys, argv, io: Io) {
    let words: { readonly given: readonly Occurrence[]; readonly operands: readonly string[] };
    try {
      // getopt(3), not getopt_long(3)
      if (argv.some((word) => /^--./.test(word))) throw new GetoptError("invalid option -- '-'");
      words = getopt(TABLE, argv.slice(1));
    } catch (error) {
      if (!(error instanceof GetoptError)) throw error;
      yield* io.stderr(`host: ${error.message.replace("invalid option", "illegal option").replace(/'(.)'$/, "$1")}\n${USAGE}`);
      return 1;
    }
    const has = (option: keyof typeof OPTIONS): boolean => words.given.some((one) => one.option === option);
    const last = (option: keyof typeof OPTIONS): string | undefined => words.given.findLast((one) => one.option === option)?.argument;
    const options = { all: has("all") || has("allButSigned"), type: has("list") ? "AXFR" : last("type"), class: last("class"), verbose: has("verbose") || has("debug"), timeout: last("timeout"), retries: last("retries"), tcp: has("tcp"), here: has("here"), port: last("port"), version: has("version") };
    const { operands } = words;
    if (options.version) {
      yield* io.stderr("host 9.18.49-1~deb12u3-Debian\n");
      return 0;
    }
    const [name, server] = operands;
    if (name === undefined) {
      yield* io.stderr(USAGE);
      return 1;
    }
    const { servers, search } = yield* resolvers(sys);
    const asked = server === undefined ? servers : yield* serverAddresses(sys, server);
    if (typeof asked === "string") {
      yield* io.stderr(`host: couldn't get address for '${server ?? ""}': ${asked}\n`);
      return 1;
    }
    const wanted = options.type === undefined ? undefined : /^ixfr=\d+$/i.test(options.type) ? TYPE.IXFR : typeNumber(options.type);
    if (options.type !== undefined && wanted === undefined) {
      yield* io.stderr(`host: invalid type: ${options.type}\n\n`);
      return 2;
    }
    if (options.class !== undefined && classNumber(options.class) === undefined) {
      yield* io.stderr(`host: invalid class: ${options.class}\n\n`);
      return 2;
    }
    const port = /^\d+$/.test(options.port ?? "53") ? Number(options.port ?? 53) : 0;
    const verbose = options.verbose || options.all;
    const how = { ...ORDINARY, port, tcp: options.tcp || wanted === TYPE.AXFR, anyByUdp: options.all, recurse: !options.here, class: options.class === undefined ? CLASS.IN : (classNumber(options.class) ?? CLASS.IN), attempts: /^\d+$/.test(options.retries ?? "") ? Math.max(1, Number(options.retries)) + 1 : 2, timeoutUs: /^\d+$/.test(options.timeout ?? "") ? Math.max(1, Number(options.timeout)) * 1e6 : 5_000_000 };
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
      const { text: lines, told } = silenceLines(reply, candidate === reverse ? `${candidate}.` : candidate, port);
      io.out.put(told ? lines : `${lines};; no servers could be reached\n`);
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
);
