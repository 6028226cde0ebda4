// sshd_config(5): the first value of a keyword counts; Match blocks for User, Group, Address and All.
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { compileFnmatch } from "../kit/fnmatch.ts";

const keywords = new Set([
  "acceptenv", "addressfamily", "allowagentforwarding", "allowgroups", "allowstreamlocalforwarding", "allowtcpforwarding", "allowusers", "authenticationmethods", "authorizedkeyscommand",
  "authorizedkeyscommanduser", "authorizedkeysfile", "authorizedprincipalsfile", "banner", "casignaturealgorithms", "chrootdirectory", "ciphers", "clientalivecountmax", "clientaliveinterval",
  "compression", "debianbanner", "denygroups", "denyusers", "disableforwarding", "exposeauthinfo", "fingerprinthash", "forcecommand", "gatewayports", "gssapiauthentication",
  "gssapicleanupcredentials", "hostbasedauthentication", "hostcertificate", "hostkey", "hostkeyagent", "hostkeyalgorithms", "ignorerhosts", "ignoreuserknownhosts", "include", "ipqos",
  "kbdinteractiveauthentication", "challengeresponseauthentication", "kerberosauthentication", "kexalgorithms", "listenaddress", "logingracetime", "loglevel", "macs", "match", "maxauthtries", "maxsessions", "maxstartups",
  "passwordauthentication", "permitemptypasswords", "permitlisten", "permitopen", "permitrootlogin", "permittty", "permittunnel", "permituserenvironment", "permituserrc", "pidfile", "port",
  "printlastlog", "printmotd", "pubkeyacceptedalgorithms", "pubkeyauthentication", "rekeylimit", "requiredrsasize", "revokedkeys", "setenv", "streamlocalbindmask", "streamlocalbindunlink", "strictmodes",
  "subsystem", "syslogfacility", "tcpkeepalive", "trustedusercakeys", "unusedconnectiontimeout", "usedns", "usepam", "usedns", "versionaddendum", "x11displayoffset", "x11forwarding", "x11uselocalhost", "xauthlocation",
]);

const yesNo = new Set(["passwordauthentication", "pubkeyauthentication", "permitemptypasswords", "kbdinteractiveauthentication", "usepam", "x11forwarding", "printmotd", "printlastlog", "strictmodes", "permittty", "usedns", "tcpkeepalive"]);
const rootWords = new Set(["yes", "no", "prohibit-password", "without-password", "forced-commands-only"]);

/** Messages of sshd as its standard error shows them. */
export class SshdConfigurationError extends Error {}

interface Line {
  readonly keyword: string;
  readonly value: string;
  /** of the Match block it stands in */
  readonly match: string | undefined;
}

export interface Person {
  readonly user: string;
  readonly groups: readonly string[];
  readonly address: string;
}

export class ServerConfiguration {
  readonly #lines: readonly Line[];

  constructor(lines: readonly Line[]) {
    this.#lines = lines;
  }

  get(keyword: string, person?: Person): string | undefined {
    return this.all(keyword, person)[0];
  }

  all(keyword: string, person?: Person): readonly string[] {
    return this.#lines.filter((line) => line.keyword === keyword && (line.match === undefined || (person !== undefined && applies(line.match, person)))).map((line) => line.value);
  }

  flag(keyword: string, otherwise: boolean, person?: Person): boolean {
    const value = this.get(keyword, person);
    return value === undefined ? otherwise : value === "yes";
  }
}

/** A list of patterns, as DenyUsers and Match have them: "!" takes out. */
export function inPatterns(list: string, name: string, separator: RegExp): boolean {
  const patterns = list.split(separator).filter((pattern) => pattern !== "");
  if (patterns.some((pattern) => pattern.startsWith("!") && compileFnmatch(pattern.slice(1))(name))) return false;
  return patterns.some((pattern) => !pattern.startsWith("!") && compileFnmatch(pattern)(name));
}

function applies(match: string, person: Person): boolean {
  const words = match.split(/\s+/);
  for (let at = 0; at < words.length; at += 2) {
    const [criterion, list = ""] = [words[at]?.toLowerCase(), words[at + 1]];
    if (criterion === "all") return true;
    if (criterion === "user" && !inPatterns(list, person.user, /,/)) return false;
    if (criterion === "group" && !person.groups.some((group) => inPatterns(list, group, /,/))) return false;
    if (criterion === "address" && !inPatterns(list, person.address, /,/)) return false;
  }
  return true;
}

function* readLines(sys: Sys, path: string, into: Line[], errors: string[]): Blocking<boolean> {
  const text = yield* readTextFile(sys, path);
  if (text === undefined) return false;
  let match: string | undefined;
  for (const [index, raw] of text.split("\n").entries()) {
    const line = raw.trim();
    if (line === "" || line.startsWith("#")) continue;
    const [, word = "", rest = ""] = /^([A-Za-z0-9]+)(?:\s*=\s*|\s+|$)(.*)$/.exec(line) ?? [];
    const keyword = word.toLowerCase();
    const where = `${path} line ${index + 1}`;
    const value = rest.replace(/\s+#.*$/, "").replace(/^"(.*)"$/, "$1").trim();
    if (!keywords.has(keyword)) errors.push(`${path}: line ${index + 1}: Bad configuration option: ${word === "" ? line.split(/\s/)[0] : word}`);
    else if (value === "") errors.push(`${where}: no argument after keyword "${word}"`);
    else if ((yesNo.has(keyword) && value !== "yes" && value !== "no") || (keyword === "permitrootlogin" && !rootWords.has(value))) throw new SshdConfigurationError(`${where}: unsupported option "${value}".`);
    else if (keyword === "port" && !/^\d+$/.test(value)) throw new SshdConfigurationError(`${where}: Badly formatted port number.`);
    else if (keyword === "match") match = value;
    else if (keyword === "include") yield* readIncluded(sys, value, into, errors);
    else into.push({ keyword, value, match });
  }
  return true;
}

function* readIncluded(sys: Sys, value: string, into: Line[], errors: string[]): Blocking<void> {
  for (const word of value.split(/\s+/)) {
    const path = word.startsWith("/") ? word : `/etc/ssh/${word}`;
    const cut = path.lastIndexOf("/");
    let names: readonly string[];
    try {
      names = sys.readdir(path.slice(0, cut)).map((entry) => entry.name).filter(compileFnmatch(path.slice(cut + 1), { period: true }));
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      continue;
    }
    for (const name of [...names].sort()) yield* readLines(sys, `${path.slice(0, cut)}/${name}`, into, errors);
  }
}

/** Errors: SshdConfigurationError. */
export function* readServerConfiguration(sys: Sys, path: string): Blocking<ServerConfiguration> {
  const lines: Line[] = [];
  const errors: string[] = [];
  if (!(yield* readLines(sys, path, lines, errors))) throw new SshdConfigurationError(`${path}: No such file or directory`);
  if (errors.length > 0) throw new SshdConfigurationError([...errors, `${path}: terminating, ${errors.length} bad configuration options`].join("\r\n"));
  return new ServerConfiguration(lines);
}
