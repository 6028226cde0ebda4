// sshd_config(5): the first value of a keyword counts, but what a Match block says goes before what stands outside.
import { type Blocking, encode, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { compileFnmatch } from "../kit/fnmatch.ts";
import { DEPRECATED, IGNORED, KEYWORD_BY_NAME } from "./_keywords.ts";
import { FatalValue, keywordValue } from "./_keyword-value.ts";

/** Messages of sshd as its standard error shows them. */
export class SshdConfigurationError extends Error {
  readonly status: number;
  constructor(message: string, status = 255) {
    super(message);
    this.status = status;
  }
}

interface Line {
  readonly keyword: string;
  readonly parts: readonly string[];
  /** of the Match block it stands in */
  readonly match: Match | undefined;
}

interface Match {
  /** criteria with their lists */
  readonly criteria: readonly (readonly [name: string, list: string])[];
}

/** Who and whence; undefined: nobody knows (sshd -T without -C). */
export interface Person {
  readonly user: string | undefined;
  readonly groups: readonly string[];
  readonly address: string | undefined;
  readonly host?: string | undefined;
  readonly localAddress?: string | undefined;
  readonly localPort?: number | undefined;
  readonly routingDomain?: string | undefined;
}

/** Keywords whose lines add up. */
const ADDING = new Set(["port", "listenaddress", "hostkey", "hostcertificate", "allowusers", "denyusers", "allowgroups", "denygroups", "acceptenv", "subsystem"]);

export class ServerConfiguration {
  readonly #lines: readonly Line[];

  constructor(lines: readonly Line[]) {
    this.#lines = lines;
  }

  /** What counts, or the default; undefined where there is none or it says "none". */
  get(keyword: string, person?: Person): string | undefined {
    const value = this.all(keyword, person)[0];
    return value === "none" || value === "" ? undefined : value;
  }

  /** Each part of a list by itself. */
  all(keyword: string, person?: Person): readonly string[] {
    const given = this.given(keyword, person);
    if (given.length > 0) return given;
    const known = KEYWORD_BY_NAME.get(keyword);
    if (known?.otherwise === undefined || known.otherwise === "") return [];
    return known.kind.kind === "lines" ? known.otherwise.split(" ") : [known.otherwise];
  }

  /** As `all`, without defaults. */
  given(keyword: string, person?: Person): readonly string[] {
    const own = this.#lines.filter((line) => line.keyword === keyword);
    const matched = own.filter((line) => line.match !== undefined && person !== undefined && applies(line.match, person));
    const outside = own.filter((line) => line.match === undefined);
    const chosen = matched.length > 0 ? matched : outside;
    return (ADDING.has(keyword) ? chosen : chosen.slice(0, 1)).flatMap((line) => line.parts);
  }

  flag(keyword: string, person?: Person): boolean {
    return this.get(keyword, person) === "yes";
  }

  /** The criteria of all Match blocks. */
  get criteria(): ReadonlySet<string> {
    return new Set(this.#lines.flatMap((line) => line.match?.criteria.map(([name]) => name) ?? []));
  }
}

/** A list of patterns, as DenyUsers and Match have them: "!" takes out. */
export function inPatterns(list: string, name: string, separator: RegExp): boolean {
  const patterns = list.split(separator).filter((pattern) => pattern !== "");
  if (patterns.some((pattern) => pattern.startsWith("!") && compileFnmatch(pattern.slice(1))(name))) return false;
  return patterns.some((pattern) => !pattern.startsWith("!") && compileFnmatch(pattern)(name));
}

const addressNumber = (address: string): number => address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);

/** Patterns of addresses, or networks as ADDRESS/BITS. */
export function inAddresses(list: string, address: string): boolean {
  let found = false;
  for (const word of list.split(",")) {
    const pattern = word.replace(/^!/, "");
    const network = /^(\d+\.\d+\.\d+\.\d+)\/(\d+)$/.exec(pattern);
    const size = 2 ** (32 - Number(network?.[2] ?? 32));
    const hit = network && /^[\d.]+$/.test(address) ? Math.floor(addressNumber(network[1] ?? "") / size) === Math.floor(addressNumber(address) / size) : compileFnmatch(pattern)(address);
    if (hit && word.startsWith("!")) return false;
    found ||= hit;
  }
  return found;
}

function applies(match: Match, person: Person): boolean {
  return match.criteria.every(([criterion, list]) => {
    switch (criterion) {
      case "all": return true;
      case "user": return person.user !== undefined && inPatterns(list, person.user, /,/);
      case "group": return person.groups.some((group) => inPatterns(list, group, /,/));
      case "address": return person.address !== undefined && inAddresses(list, person.address);
      case "host": return inPatterns(list, (person.host ?? person.address ?? "").toLowerCase(), /,/);
      case "localaddress": return person.localAddress !== undefined && inAddresses(list, person.localAddress);
      case "localport": return person.localPort !== undefined && list.split(",").includes(String(person.localPort));
      case "rdomain": return person.routingDomain !== undefined && inPatterns(list, person.routingDomain, /,/);
      default: return false;
    }
  });
}

/** Words, with quotes and comments as argv_split has them; undefined: a quote that is not closed. */
function splitWords(line: string): readonly string[] | undefined {
  const words: string[] = [];
  let at = 0;
  while (at < line.length) {
    const character = line.charAt(at);
    if (/\s/.test(character)) {
      at++;
      continue;
    }
    if (character === "#") break;
    let word = "";
    let quote = "";
    for (; at < line.length && (quote !== "" || !/\s/.test(line.charAt(at))); at++) {
      const next = line.charAt(at);
      if (quote === "" && (next === '"' || next === "'")) quote = next;
      else if (next === quote) quote = "";
      else if (next === "\\" && /["'\\ ]/.test(line.charAt(at + 1))) word += line.charAt(++at);
      else word += next;
    }
    if (quote !== "") return undefined;
    words.push(word);
  }
  return words;
}

class Reader {
  readonly lines: Line[] = [];
  readonly errors: string[] = [];
  readonly #sys: Sys;
  #match: Match | undefined;
  #depth = 0;

  constructor(sys: Sys) {
    this.#sys = sys;
  }

  *file(path: string): Blocking<boolean> {
    const text = yield* readTextFile(this.#sys, path);
    if (text === undefined) return false;
    for (const [index, raw] of text.split("\n").entries()) yield* this.line(raw, path, index + 1);
    return true;
  }

  *line(raw: string, path: string, number: number): Blocking<void> {
    const line = raw.trim();
    if (line === "" || line.startsWith("#")) return;
    const [, quoted = "", typed = quoted, rest = ""] = /^(?:"([^"]*)"|([^\s="]+))(?:\s*=\s*|\s+|$)?(.*)$/.exec(line) ?? [];
    const name = typed.toLowerCase();
    const where = `${path} line ${number}: `;
    const keyword = KEYWORD_BY_NAME.get(name);
    if (keyword === undefined && name !== "match" && name !== "include") {
      if (DEPRECATED.has(name)) yield* this.#sys.write(2, encode(`${where}Deprecated option ${typed}\r\n`));
      else if (!IGNORED.has(name)) this.errors.push(`${path}: line ${number}: Bad configuration option: ${typed === "" ? line : typed}`);
      return;
    }
    const words = splitWords(rest);
    if (words === undefined) {
      this.errors.push(`${where}invalid quotes`);
      return;
    }
    if (words.length === 0 || (words.length === 1 && words[0] === "")) {
      this.errors.push(`${where}no argument after keyword "${typed}"`);
      return;
    }
    if (name === "include") {
      yield* this.#include(words);
      return;
    }
    if (keyword === undefined) {
      this.#match = parseMatch(words, path, number);
      return;
    }
    if (this.#match !== undefined && !keyword.inMatch) throw new SshdConfigurationError(`${where}Directive '${typed}' is not allowed within a Match block`);
    try {
      const value = keywordValue(keyword, words, typed, rest.replace(/\s+#.*$/, "").trim().replace(/^"([^"]*)"$/, "$1"));
      if ("bad" in value) this.errors.push(`${where}${value.bad}`);
      else if (value.taken < words.length) this.errors.push(`${where}keyword ${typed} extra arguments at end of line`);
      else this.#keep(keyword.name, value.parts, where);
    } catch (error) {
      if (!(error instanceof FatalValue)) throw error;
      // "\0" stands where a line of its own begins, without the place
      throw new SshdConfigurationError(error.message.startsWith("\0") ? error.message.slice(1).replace("\0", where) : `${where}${error.message}`);
    }
  }

  #keep(keyword: string, parts: readonly string[], where: string): void {
    if (keyword === "subsystem") {
      const subsystem = parts[0]?.split(" ")[0] ?? "";
      if (this.lines.some((line) => line.keyword === keyword && line.parts[0]?.split(" ")[0] === subsystem)) throw new SshdConfigurationError(`${where}Subsystem '${subsystem}' already defined.`);
    }
    this.lines.push({ keyword, parts, match: this.#match });
  }

  *#include(words: readonly string[]): Blocking<void> {
    if (this.#depth > 15) return;
    const outer = this.#match;
    this.#depth++;
    for (const word of words) {
      const path = word.startsWith("/") ? word : `/etc/ssh/${word}`;
      const cut = path.lastIndexOf("/");
      let names: readonly string[];
      try {
        names = this.#sys.readdir(path.slice(0, cut)).map((entry) => entry.name).filter(compileFnmatch(path.slice(cut + 1), { period: true }));
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        continue;
      }
      for (const name of [...names].sort()) {
        yield* this.file(`${path.slice(0, cut)}/${name}`);
        this.#match = outer;
      }
    }
    this.#depth--;
  }
}

const CRITERIA = new Set(["user", "group", "host", "localaddress", "localport", "rdomain", "address"]);

function parseMatch(words: readonly string[], path: string, number: number): Match {
  const bad = (message: string): never => {
    throw new SshdConfigurationError(`${message}\r\n${path} line ${number}: Bad Match condition`);
  };
  const criteria: (readonly [string, string])[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    const name = word.toLowerCase();
    if (name === "all") {
      if (words.length > 1) bad("'all' cannot be combined with other Match attributes");
      criteria.push(["all", ""]);
      continue;
    }
    const list = words[++at];
    if (list === undefined || list === "") return bad(`Missing Match criteria for ${word}`);
    if (!CRITERIA.has(name)) return bad(`Unsupported Match attribute ${word}`);
    if (name === "address" || name === "localaddress") for (const one of list.split(",")) if (Number(/^\d+\.\d+\.\d+\.\d+\/(\d+)$/.exec(one.replace(/^!/, ""))?.[1] ?? 0) > 32) throw new SshdConfigurationError(`Invalid Match address argument '${one}' at line ${number}`);
    criteria.push([name, list]);
  }
  return { criteria };
}

/** `extra`: lines of -o, which come first. Errors: SshdConfigurationError. */
export function* readServerConfiguration(sys: Sys, path: string, extra: readonly string[] = []): Blocking<ServerConfiguration> {
  const reader = new Reader(sys);
  for (const line of extra) {
    yield* reader.line(line.replace(/^([^\s=]+)=/, "$1 "), "command-line", 0);
    if (reader.errors.length > 0) throw new SshdConfigurationError(reader.errors.join("\r\n"), 1);
  }
  if (!(yield* reader.file(path))) throw new SshdConfigurationError(`${path}: No such file or directory`, 1);
  if (reader.errors.length > 0) throw new SshdConfigurationError([...reader.errors, `${path}: terminating, ${reader.errors.length} bad configuration options`].join("\r\n"));
  const configuration = new ServerConfiguration(reader.lines);
  for (const command of ["AuthorizedKeysCommand", "AuthorizedPrincipalsCommand"]) {
    if (configuration.get(command.toLowerCase()) !== undefined && configuration.get(`${command}User`.toLowerCase()) === undefined) throw new SshdConfigurationError(`${command} set without ${command}User`);
  }
  return configuration;
}

/** "address", "address:port", "[address]:port" */
export function splitPlace(place: string): { readonly address: string; readonly port: string | undefined } {
  const withPort = /^(?:\[(.*)\]|([^:]+)):(\d+)$/.exec(place);
  return withPort ? { address: withPort[1] ?? withPort[2] ?? "", port: withPort[3] } : { address: place.replace(/^\[(.*)\]$/, "$1"), port: undefined };
}
