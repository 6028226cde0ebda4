// whois: asks a registry's server (RFC 3912; whois(1), 5.5.17). The servers by kind of object are the real one's; the simulated network has none of them.
import { ResolveError, lookUpHost } from "../../daemons/resolver/api.ts";
import { type Blocking, type Sys, SysError, encode } from "../../kernel/sys.ts";
import { connectStream } from "../kit/http-message.ts";
import { type Io, flag, gnu, text } from "../kit/gnu.ts";
import { optionLines } from "../kit/help-text.ts";

const VERSION = "5.5.17";
/** by the end of a domain's name */
const SERVERS = new Map([
  ["com", "whois.verisign-grs.com"], ["net", "whois.verisign-grs.com"], ["org", "whois.pir.org"], ["info", "whois.afilias.net"], ["biz", "whois.nic.biz"], ["dev", "whois.nic.dev"], ["app", "whois.nic.app"], ["eu", "whois.eu"], ["fr", "whois.nic.fr"], ["re", "whois.nic.re"], ["de", "whois.denic.de"],
  ["be", "whois.dns.be"], ["nl", "whois.domain-registry.nl"], ["ch", "whois.nic.ch"], ["li", "whois.nic.li"], ["it", "whois.nic.it"], ["uk", "whois.nic.uk"], ["us", "whois.nic.us"], ["ca", "whois.cira.ca"], ["io", "whois.nic.io"], ["at", "whois.nic.at"], ["se", "whois.iis.se"], ["pl", "whois.dns.pl"],
  ["cz", "whois.nic.cz"], ["lu", "whois.dns.lu"], ["ie", "whois.weare.ie"], ["cloud", "whois.nic.cloud"], ["paris", "whois.nic.paris"], ["bzh", "whois.nic.bzh"],
]);
const WEB = new Map([["es", "https://www.nic.es/"]]);
/** first bytes of IPv4 that RIPE hands out; what is not listed is ARIN's */
const RIPE = new Set([2, 5, 25, 31, 37, 46, 51, 53, 57, 62, 77, 78, 79, 80, 81, 82, 83, 84, 85, 86, 87, 88, 89, 90, 91, 92, 93, 94, 95, 109, 141, 145, 151, 176, 178, 185, 188, 193, 194, 195, 212, 213, 217]);
const APNIC = new Set([1, 14, 27, 36, 39, 42, 43, 49, 58, 59, 60, 61, 101, 103, 106, 110, 111, 112, 113, 114, 115, 116, 117, 118, 119, 120, 121, 122, 123, 124, 125, 126, 133, 150, 153, 163, 171, 175, 180, 182, 183, 202, 203, 210, 211, 218, 219, 220, 221, 222, 223]);

interface Question {
  readonly server: string;
  readonly text: string;
}

const ripe = (text: string): string => `-V Md${VERSION} ${text}`;

function questionOf(object: string): Question | string {
  const name = object.toLowerCase().replace(/\.$/, "");
  if (/^\d{1,3}(?:\.\d{1,3}){3}(?:\/\d+)?$/.test(name)) {
    const first = Number(name.split(".")[0]);
    return RIPE.has(first) ? { server: "whois.ripe.net", text: ripe(name) } : APNIC.has(first) ? { server: "whois.apnic.net", text: ripe(name) } : { server: "whois.arin.net", text: `n + ${name}` };
  }
  if (/^as\d+$/.test(name)) {
    const number = Number(name.slice(2));
    return (number >= 1877 && number <= 1901) || (number >= 3154 && number <= 3353) || (number >= 196_608 && number <= 213_403) ? { server: "whois.ripe.net", text: ripe(name) } : { server: "whois.arin.net", text: `a + ${name.slice(2)}` };
  }
  if (/^[0-9a-f:]+$/.test(name) && name.includes(":")) return name.startsWith("2001:db8") || /^24/.test(name) ? { server: "whois.apnic.net", text: ripe(name) } : /^2a/.test(name) ? { server: "whois.ripe.net", text: ripe(name) } : { server: "whois.arin.net", text: `n + ${name}` };
  const end = name.includes(".") ? name.slice(name.lastIndexOf(".") + 1) : "";
  const web = WEB.get(end);
  if (web !== undefined) return `This TLD has no whois server, but you can access the whois database at\n${web}\n`;
  const server = SERVERS.get(end);
  if (server === undefined) return "No whois server is known for this kind of object.\n";
  return { server, text: end === "de" ? `-T dn,ace ${name}` : server === "whois.verisign-grs.com" ? `domain ${name}` : name };
}

function* ask(sys: Sys, io: Io, question: Question, port: string): Blocking<number> {
  let addresses: readonly string[];
  try {
    addresses = /^[\d.]+$|:/.test(question.server) ? [question.server] : yield* lookUpHost(sys, question.server);
  } catch (error) {
    if (!(error instanceof ResolveError)) throw error;
    yield* io.stderr(`getaddrinfo(${question.server}): ${error.message}\n`);
    return 2;
  }
  try {
    const fd = yield* connectStream(sys, addresses[0] ?? "", Number(port), 60_000_000);
    yield* sys.write(fd, encode(`${question.text}\r\n`));
    for (;;) {
      const bytes = yield* sys.read(fd, 65_536);
      if (bytes.length === 0) break;
      yield* io.out.printBytes(bytes.filter((byte) => byte !== 13));
    }
    sys.close(fd);
    return 0;
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* io.stderr(error.errno === "ETIMEDOUT" ? "Timeout.\n" : `connect: ${error.message}\n`);
    return 2;
  }
}

const OPTIONS = {
  host: text(["-h", "--host"], "HOST", "ask that server"), port: text(["-p", "--port"], "PORT", "at that port"), iana: flag(["-I"], "ask whois.iana.org first"), hide: flag(["-H"], "leave legal notices out"), verbose: flag(["--verbose"], "say what is done"), direct: flag(["--no-recursion"], "do not go on to registrars"),
} as const;

const usage = (): string => `Usage: whois [OPTION]... OBJECT...\n\n${Object.values(OPTIONS).map((option) => optionLines(option)).join("")}`;

export default gnu({
  name: "whois", project: "whois", versionText: `Version ${VERSION}.\n\nReport bugs to <md+whois@linux.it>.\n`, tryLine: usage, usageStatus: 1, summary: "ask whois servers who owns a domain or an address", synopsis: ["[-h HOST] [-p PORT] [-IH] OBJECT"], options: OPTIONS, operands: "hosts",
  *run({ options, operands, sys }, io: Io) {
    if (operands.length === 0) {
      yield* io.stderr(usage());
      return 1;
    }
    const object = operands.join(" ");
    const question = options.host !== undefined ? { server: options.host, text: object } : options.iana ? { server: "whois.iana.org", text: object } : questionOf(object);
    if (typeof question === "string") {
      io.out.put(question);
      return 1;
    }
    if (options.verbose) io.say(`Using server ${question.server}.\n${question.server === SERVERS.get("com") ? "" : `Query string: "${question.text}"\n\n`}`);
    yield* io.out.flush();
    return yield* ask(sys, io, question, options.port ?? "43");
  },
});
