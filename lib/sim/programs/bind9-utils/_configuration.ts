// named.conf (and rndc.conf) as BIND's parser reads it: statements by the grammar of _clauses.ts, complaints with file and line, and the text of named-checkconf -p.
// (More than 400 lines: one grammar, read and written.)
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { readFileOrThrow } from "../kit/dns/read-file.ts";
import { ipv4Bytes, ipv6Bytes, sameName, dotted } from "../kit/dns/names.ts";
import { secondsOf } from "../kit/dns/records.ts";
import { CLAUSES, type ClauseName, GONE, type Kind } from "./_clauses.ts";

interface Token {
  readonly text: string;
  readonly quoted: boolean;
  readonly line: number;
}

/** An address or a name in a list: "!10.0.0.0/8", key "k", { … }. */
export interface ListElement {
  readonly negated: boolean;
  readonly text: string;
  readonly key: boolean;
  readonly port: number | undefined;
  readonly withKey: string | undefined;
  readonly nested: readonly ListElement[] | undefined;
}

export interface Value {
  readonly text: string;
  readonly port?: number;
  readonly elements?: readonly ListElement[];
  /** as -p writes it behind the option's name */
  readonly shown: string;
  readonly line: number;
  readonly file: string;
  /** of controls */
  readonly keys?: readonly string[];
}

export interface Clause {
  readonly kind: string;
  readonly name: string;
  readonly class: string | undefined;
  readonly file: string;
  readonly line: number;
  readonly options: ReadonlyMap<string, readonly Value[]>;
  readonly inner: readonly Clause[];
  /** of acl, primaries and category */
  readonly elements: readonly ListElement[];
}

export interface Configuration {
  readonly clauses: readonly Clause[];
  readonly problems: readonly string[];
}

class ParseError extends Error {}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let line = 1;
  for (let at = 0; at < text.length; at++) {
    const letter = text[at] ?? "";
    if (letter === "\n") line++;
    else if (letter === "#" || text.startsWith("//", at)) {
      while (at + 1 < text.length && text[at + 1] !== "\n") at++;
    } else if (text.startsWith("/*", at)) {
      const end = text.indexOf("*/", at + 2);
      const stop = end < 0 ? text.length : end + 2;
      line += text.slice(at, stop).split("\n").length - 1;
      at = stop - 1;
    } else if (letter === '"') {
      const end = text.indexOf('"', at + 1);
      if (end < 0) {
        tokens.push({ text: '"', quoted: false, line });
        return tokens;
      }
      tokens.push({ text: text.slice(at + 1, end), quoted: true, line });
      line += text.slice(at, end).split("\n").length - 1;
      at = end;
    } else if (/[{};!]/.test(letter)) tokens.push({ text: letter, quoted: false, line });
    else if (!/\s/.test(letter)) {
      const start = at;
      while (at + 1 < text.length && !/[\s{};"!]/.test(text[at + 1] ?? "")) at++;
      tokens.push({ text: text.slice(start, at + 1), quoted: false, line });
    }
  }
  return tokens;
}

const sizeOf = (text: string): number | undefined => {
  const [, digits, unit = ""] = /^(\d+)([kmg]?)$/i.exec(text) ?? [];
  return digits === undefined ? undefined : Number(digits) * (new Map([["k", 1024], ["m", 1024 ** 2], ["g", 1024 ** 3]]).get(unit.toLowerCase()) ?? 1);
};
const isAddress = (text: string): boolean => ipv4Bytes(text) !== undefined || ipv6Bytes(text) !== undefined;
const indented = (text: string): string => text.replace(/^(?=.)/gm, "\t");

class Parser {
  readonly problems: string[] = [];
  readonly #sys: Sys;
  readonly #forRndc: boolean;
  #file = "";
  #tokens: Token[] = [];
  #at = 0;
  #lastLine = 1;

  constructor(sys: Sys, forRndc: boolean) {
    this.#sys = sys;
    this.#forRndc = forRndc;
  }

  *file(path: string): Blocking<Clause[]> {
    const text = yield* readFileOrThrow(this.#sys, path);
    const saved = { file: this.#file, tokens: this.#tokens, at: this.#at, lastLine: this.#lastLine };
    this.#file = path;
    this.#tokens = tokensOf(text);
    this.#at = 0;
    this.#lastLine = text.split("\n").length;
    const clauses: Clause[] = [];
    while (this.#peek() !== undefined) {
      if (this.#sys.charge(20)) yield* this.#sys.preempt();
      clauses.push(...(yield* this.#clause(undefined)));
    }
    this.#file = saved.file;
    this.#tokens = saved.tokens;
    this.#at = saved.at;
    this.#lastLine = saved.lastLine;
    return clauses;
  }

  #peek(): Token | undefined {
    return this.#tokens[this.#at];
  }

  #is(text: string): boolean {
    const token = this.#peek();
    return token !== undefined && !token.quoted && token.text === text;
  }

  #place(line: number): string {
    return `${this.#file}:${line}`;
  }

  #near(token: Token | undefined): string {
    return token === undefined ? "near end of file" : `near '${token.text}'`;
  }

  #expect(text: string): void {
    if (this.#is(text)) {
      this.#at++;
      return;
    }
    const token = this.#peek();
    throw new ParseError(`${this.#place(token?.line ?? this.#lastLine)}: '${text}' expected ${this.#near(token)}`);
  }

  #semicolon(): void {
    if (this.#is(";")) {
      this.#at++;
      return;
    }
    const token = this.#peek();
    throw new ParseError(token === undefined ? `${this.#place(this.#lastLine)}: missing ';' before end of file` : `${this.#place(token.line)}: missing ';' before '${token.text}'`);
  }

  /** A word; punctuation and the end are not one. */
  #word(what: string): Token {
    const token = this.#peek();
    if (token === undefined || (!token.quoted && /^[{};]$/.test(token.text))) throw new ParseError(`${this.#place(token?.line ?? this.#lastLine)}: expected ${what} ${this.#near(token)}`);
    this.#at++;
    return token;
  }

  /** Behind what is not understood: to its semicolon. */
  #skip(): void {
    let depth = 0;
    for (let token = this.#peek(); token !== undefined; token = this.#peek()) {
      if (depth === 0 && this.#is("}")) return;
      this.#at++;
      if (token.quoted) continue;
      if (token.text === "{") depth++;
      else if (token.text === "}") depth--;
      else if (token.text === ";" && depth === 0) return;
    }
  }

  /** One statement at the top or in a view or in logging: a clause, or those of a file that is included. */
  *#clause(inside: "view" | "logging" | undefined): Blocking<Clause[]> {
    const word = this.#peek();
    if (word === undefined) return [];
    if (!word.quoted && /^[{};]$/.test(word.text)) throw new ParseError(`${this.#place(word.line)}: syntax error near '${word.text}'`);
    this.#at++;
    const base = { kind: word.text, file: this.#file, line: word.line, class: undefined, options: new Map<string, readonly Value[]>(), inner: [], elements: [], name: "" };
    if (word.text === "include") {
      const path = this.#word("quoted string");
      this.#semicolon();
      try {
        return yield* this.file(path.text);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        throw new ParseError(`${this.#place(path.line)}: parsing failed: ${error.errno === "ENOENT" ? "file not found" : error.message.toLowerCase()}`);
      }
    }
    const named = inside === "logging" ? ["channel"] : ["zone", "key", "server", "view"];
    if (named.includes(word.text)) {
      const name = this.#word("string").text;
      let class_: string | undefined;
      if ((word.text === "zone" || word.text === "view") && !this.#is("{")) class_ = this.#word("'{'").text;
      const body = yield* this.#body(word.text === "zone" || word.text === "key" || word.text === "server" || word.text === "channel" || word.text === "view" ? word.text : "zone");
      this.#semicolon();
      return [{ ...base, name, class: class_, ...body }];
    }
    if (inside === undefined && (word.text === "options" || word.text === "controls")) {
      const body = yield* this.#body(word.text === "options" && this.#forRndc ? "rndcOptions" : word.text);
      this.#semicolon();
      return [{ ...base, ...body }];
    }
    if (inside === undefined && word.text === "logging") {
      this.#expect("{");
      const inner: Clause[] = [];
      while (!this.#is("}") && this.#peek() !== undefined) inner.push(...(yield* this.#clause("logging")));
      this.#expect("}");
      this.#semicolon();
      return [{ ...base, inner }];
    }
    if (word.text === "category" && inside === "logging") {
      const name = this.#word("string").text;
      const elements = this.#elements("acl");
      this.#semicolon();
      return [{ ...base, name, elements }];
    }
    if (inside === undefined && /^(?:acl|masters|primaries)$/.test(word.text)) {
      const name = this.#word("string").text;
      const elements = this.#elements(word.text === "acl" ? "acl" : "list");
      this.#semicolon();
      return [{ ...base, name, elements }];
    }
    if (/^(?:trust-anchors|managed-keys|trusted-keys|statistics-channels|dnssec-policy|tls|http|dlz|dyndb|plugin)$/.test(word.text)) {
      this.#skip();
      return [];
    }
    this.problems.push(`${this.#place(word.line)}: ${GONE.has(word.text) ? `option '${word.text}' no longer exists` : `unknown option '${word.text}'`}`);
    this.#skip();
    return [];
  }

  *#body(clause: ClauseName): Blocking<Pick<Clause, "options" | "inner">> {
    this.#expect("{");
    const options = new Map<string, Value[]>();
    const inner: Clause[] = [];
    const groups: readonly ReadonlyMap<string, Kind>[] = CLAUSES[clause];
    for (;;) {
      if (this.#is("}")) break;
      const word = this.#peek();
      if (word === undefined) throw new ParseError(`${this.#place(this.#lastLine)}: '}' expected near end of file`);
      if (this.#is(";") || this.#is("{")) throw new ParseError(`${this.#place(word.line)}: syntax error near '${word.text}'`);
      const kind = groups.map((group) => group.get(word.text)).find((one) => one !== undefined);
      if (kind === undefined && clause === "view" && (word.text === "zone" || word.text === "key" || word.text === "server" || word.text === "include")) {
        inner.push(...(yield* this.#clause("view")));
        continue;
      }
      this.#at++;
      if (kind === undefined) {
        this.problems.push(`${this.#place(word.line)}: ${GONE.has(word.text) ? `option '${word.text}' no longer exists` : `unknown option '${word.text}'`}`);
        this.#skip();
        continue;
      }
      const value = this.#value(kind, word);
      this.#semicolon();
      const before = options.get(word.text);
      if (before !== undefined && kind !== "inet" && word.text !== "check-names" && word.text !== "listen-on" && word.text !== "listen-on-v6") throw new ParseError(`${this.#place(word.line)}: '${word.text}' redefined near '${word.text}'`);
      options.set(word.text, [...(before ?? []), value]);
    }
    this.#at++;
    return { options, inner };
  }

  #value(kind: Kind, option: Token): Value {
    const place = { file: this.#file, line: option.line };
    const wrong = (token: Token, text: string): never => {
      throw new ParseError(`${this.#place(token.line)}: ${text}`);
    };
    if (typeof kind === "object") {
      const word = this.#word(kind.what);
      if (!kind.words.includes(word.text.toLowerCase())) wrong(word, kind.what === "boolean" ? `boolean expected near '${word.text}'` : `'${word.text}' unexpected`);
      const shown = kind.what !== "boolean" ? word.text : /^(?:yes|true|1)$/i.test(word.text) ? "yes" : /^(?:no|false|0)$/i.test(word.text) ? "no" : word.text;
      return { ...place, text: shown, shown };
    }
    switch (kind) {
      case "bool": {
        const word = this.#word("boolean");
        const on = /^(?:yes|true|1)$/i.test(word.text);
        if (!on && !/^(?:no|false|0)$/i.test(word.text)) wrong(word, `boolean expected near '${word.text}'`);
        return { ...place, text: on ? "yes" : "no", shown: on ? "yes" : "no" };
      }
      case "number": {
        const word = this.#word("number");
        if (!/^\d+$/.test(word.text)) wrong(word, `expected number near '${word.text}'`);
        return { ...place, text: word.text, shown: word.text };
      }
      case "size": {
        const word = this.#word("integer and optional unit or percent");
        if (!/^(?:default|unlimited|\d+%)$/.test(word.text) && sizeOf(word.text) === undefined) wrong(word, `expected integer and optional unit or percent near '${word.text}'`);
        const shown = String(sizeOf(word.text) ?? word.text);
        return { ...place, text: shown, shown };
      }
      case "duration": {
        const word = this.#word("duration");
        if (!/^P/i.test(word.text) && word.text !== "unlimited" && secondsOf(word.text) === undefined) wrong(word, `expected ISO 8601 duration or TTL value near '${word.text}'`);
        return { ...place, text: String(secondsOf(word.text) ?? word.text), shown: String(secondsOf(word.text) ?? word.text) };
      }
      case "string": {
        const word = this.#word(option.text === "algorithm" || option.text === "secret" ? "string" : "quoted string");
        return { ...place, text: word.text, shown: `"${word.text}"` };
      }
      case "stringOrNone": {
        const word = this.#word("quoted string");
        return { ...place, text: word.text, shown: !word.quoted && /^(?:none|hostname)$/.test(word.text) ? word.text : `"${word.text}"` };
      }
      case "word": {
        const words: string[] = [];
        while (!this.#is(";") && !this.#is("}") && this.#peek() !== undefined) words.push(this.#word("string").text);
        return { ...place, text: words.join(" "), shown: words.join(" ") };
      }
      case "none": return { ...place, text: "", shown: "" };
      case "severity": {
        const word = this.#word("severity");
        if (!/^(?:critical|error|warning|notice|info|debug|dynamic)$/.test(word.text)) wrong(word, `unknown severity '${word.text}'`);
        const level = word.text === "debug" && !this.#is(";") ? ` ${this.#word("number").text}` : "";
        return { ...place, text: word.text + level, shown: word.text + level };
      }
      case "syslog": {
        const facility = this.#is(";") ? "" : this.#word("facility").text;
        return { ...place, text: facility, shown: facility };
      }
      case "channelFile": {
        const path = this.#word("quoted string").text;
        let shown = `"${path}"`;
        while (!this.#is(";") && this.#peek() !== undefined && !this.#is("}")) {
          const word = this.#word("';'");
          if (!/^(?:versions|size|suffix)$/.test(word.text)) {
            this.#at--;
            break;
          }
          const given = this.#word("value").text;
          shown += ` ${word.text} ${word.text === "size" ? (sizeOf(given) ?? given) : given}`;
        }
        return { ...place, text: path, shown };
      }
      case "sourceAddress": {
        const words: string[] = [];
        while (!this.#is(";") && this.#peek() !== undefined && !this.#is("}")) words.push(this.#word("IP address").text);
        return { ...place, text: words.join(" "), shown: words.join(" ") };
      }
      case "policy": {
        if (!this.#is("{")) return { ...place, text: this.#word("'{'").text, shown: "local" };
        const from = this.#at;
        this.#skip();
        this.#at--;
        const text = this.#tokens.slice(from + 1, this.#at - 1).map((token) => token.text).join(" ").replaceAll(" ;", ";");
        return { ...place, text, shown: `{\n${indented(text.replaceAll("; ", ";\n"))}\n}` };
      }
      case "inet": {
        const address = this.#word("IP address").text;
        let port: number | undefined;
        let shown = address;
        let elements: readonly ListElement[] = [];
        let keys: string[] | undefined;
        while (!this.#is(";") && this.#peek() !== undefined) {
          const word = this.#word("';'").text;
          if (word === "port") {
            port = Number(this.#word("number").text);
            shown += ` port ${port}`;
          } else if (word === "allow") {
            elements = this.#elements("acl");
            shown += ` allow ${listText(elements, "acl")}`;
          } else if (word === "keys") {
            const list = this.#elements("acl");
            keys = list.map((one) => one.text);
            shown += ` keys {\n${keys.map((key) => `\t"${key}";\n`).join("")}}`;
          } else if (word === "read-only") shown += ` read-only ${this.#word("boolean").text}`;
          else {
            this.#at--;
            break;
          }
        }
        return { ...place, text: address, ...(port !== undefined && { port }), elements, shown, ...(keys && { keys }) };
      }
      default: {
        let port: number | undefined;
        let before = "";
        if (kind !== "acl" && this.#is("port")) {
          this.#at++;
          const word = this.#word("number");
          if (!/^\d+$/.test(word.text) || Number(word.text) > 65_535) wrong(word, /^\d+$/.test(word.text) ? `port '${word.text}' out of range` : `expected number near '${word.text}'`);
          port = Number(word.text);
          before = `port ${port} `;
        } else if (kind === "portAclOptional" || (kind === "portAcl" && option.text === "listen-on-v6") || kind === "portAcl") before = " ";
        const elements = this.#elements(kind === "list" ? "list" : "acl");
        return { ...place, text: "", elements, ...(port !== undefined && { port }), shown: `${before}${listText(elements, kind === "list" ? "list" : "acl")}` };
      }
    }
  }

  #elements(kind: "acl" | "list"): readonly ListElement[] {
    this.#expect("{");
    const elements: ListElement[] = [];
    while (!this.#is("}")) {
      if (this.#peek() === undefined) throw new ParseError(`${this.#place(this.#lastLine)}: '}' expected near end of file`);
      const negated = this.#is("!");
      if (negated) this.#at++;
      if (this.#is("{")) elements.push({ negated, text: "", key: false, port: undefined, withKey: undefined, nested: this.#elements(kind) });
      else {
        const word = this.#word("IP address");
        if (word.text === "key" && !word.quoted && kind === "acl") elements.push({ negated, text: this.#word("string").text, key: true, port: undefined, withKey: undefined, nested: undefined });
        else {
          const numeric = /^[\d.]+$/.test(word.text);
          if ((kind === "list" ? numeric : /^\d+\.\d+\.\d+\.\d+$/.test(word.text)) && !isAddress(word.text)) throw new ParseError(`${this.#place(word.line)}: expected IP address near '${word.text}'`);
          let port: number | undefined;
          let withKey: string | undefined;
          while (kind === "list" && (this.#is("port") || this.#is("key"))) {
            if (this.#word("word").text === "port") port = Number(this.#word("number").text);
            else withKey = this.#word("string").text;
          }
          elements.push({ negated, text: word.text, key: false, port, withKey, nested: undefined });
        }
      }
      this.#semicolon();
    }
    this.#at++;
    return elements;
  }
}

function listText(elements: readonly ListElement[], kind: "acl" | "list"): string {
  const one = (element: ListElement): string => {
    const mark = element.negated ? "!" : "";
    if (element.nested !== undefined) return `${mark}${listText(element.nested, kind)}`;
    if (element.key) return `${mark}key "${element.text}"`;
    if (kind === "list") return `${isAddress(element.text) ? element.text : `"${element.text}"`}${element.port === undefined ? "" : ` port ${element.port}`}${element.withKey === undefined ? "" : ` key "${element.withKey}"`}`;
    const [address = ""] = element.text.split("/");
    if (/^[\d.]+\/\d+$/.test(element.text) || (element.text.includes("/") && ipv6Bytes(address) !== undefined)) return `${mark}${element.text}`;
    return isAddress(element.text) ? `${mark}${element.text}/${ipv4Bytes(element.text) === undefined ? 128 : 32}` : `${mark}"${element.text}"`;
  };
  return `{\n${elements.map((element) => `${indented(one(element))};\n`).join("")}}`;
}

/** Errors: SysError (the file cannot be read). */
export function* readConfiguration(sys: Sys, path: string, forRndc = false): Blocking<Configuration> {
  const parser = new Parser(sys, forRndc);
  try {
    const clauses = yield* parser.file(path);
    const seen = new Set<string>();
    for (const clause of clauses) {
      if (/^(?:options|logging)$/.test(clause.kind) && seen.has(clause.kind)) return { clauses, problems: [...parser.problems, `${clause.file}:${clause.line}: '${clause.kind}' redefined near '${clause.kind}'`] };
      seen.add(clause.kind);
    }
    return { clauses, problems: parser.problems };
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    return { clauses: [], problems: [...parser.problems, error.message] };
  }
}

export const optionText = (clause: Clause | undefined, name: string): string | undefined => clause?.options.get(name)?.[0]?.text;
export const zonesOf = (configuration: Configuration): readonly Clause[] => configuration.clauses.flatMap((clause) => (clause.kind === "zone" ? [clause] : clause.kind === "view" ? clause.inner.filter((one) => one.kind === "zone") : []));
export const isPrimary = (zone: Clause): boolean => /^(?:master|primary)$/.test(optionText(zone, "type") ?? "");
export const isSecondary = (zone: Clause): boolean => /^(?:slave|secondary|mirror|stub)$/.test(optionText(zone, "type") ?? "");

const BUILT_IN = new Set(["any", "none", "localhost", "localnets"]);

/** What fits together and what does not (bind9_check_namedconf). */
export function meaningProblems({ clauses }: Configuration): readonly string[] {
  const problems: string[] = [];
  const acls = new Set(clauses.filter((clause) => clause.kind === "acl").map((clause) => clause.name));
  const checkElements = (elements: readonly ListElement[], file: string, line: number): void => {
    for (const element of elements) {
      if (element.nested !== undefined) checkElements(element.nested, file, line);
      else if (!element.key && !BUILT_IN.has(element.text) && !acls.has(element.text) && !/^[\d.]+(?:\/\d+)?$/.test(element.text) && !element.text.includes(":")) problems.push(`${file}:${line}: undefined ACL '${element.text}'`);
    }
  };
  const checkOptions = (clause: Clause): void => {
    for (const [name, values] of clause.options) if (/^(?:allow-|match-|listen-on|blackhole)/.test(name)) for (const value of values) checkElements(value.elements ?? [], value.file, value.line);
  };
  for (const clause of clauses) if (clause.kind === "options" || clause.kind === "view") checkOptions(clause);
  const views = clauses.filter((clause) => clause.kind === "view");
  const known = new Map<string, Clause>();
  for (const zone of zonesOf({ clauses, problems: [] })) {
    const say = (text: string): void => {
      problems.push(`${zone.file}:${zone.line}: ${text}`);
    };
    if (views.length > 0 && clauses.includes(zone)) {
      say("when using 'view' statements, all zones must be in views");
      continue;
    }
    const name = zone.name === "." ? "." : zone.name.replace(/\.$/, "");
    const view = views.find((one) => one.inner.includes(zone))?.name ?? "";
    const earlier = known.get(`${view}/${name.toLowerCase()}`);
    if (earlier !== undefined) say(`zone '${name}': already exists previous definition: ${earlier.file}:${earlier.line}`);
    known.set(`${view}/${name.toLowerCase()}`, zone);
    if (optionText(zone, "type") === undefined && optionText(zone, "in-view") === undefined) say(`zone '${zone.name}': type not present`);
    else if (isPrimary(zone) && optionText(zone, "file") === undefined) say(`zone '${zone.name}': missing 'file' entry`);
    else if (isSecondary(zone) && !zone.options.has("masters") && !zone.options.has("primaries")) say(`zone '${zone.name}': missing 'primaries' entry`);
    checkOptions(zone);
  }
  const keys = new Set(clauses.filter((clause) => clause.kind === "key").map((clause) => dotted(clause.name).toLowerCase()));
  for (const clause of clauses.filter((one) => one.kind === "key")) {
    if (optionText(clause, "secret") === undefined || optionText(clause, "algorithm") === undefined) problems.push(`${clause.file}:${clause.line}: key '${clause.name}' must have both 'secret' and 'algorithm' defined`);
    else if (!/^(?:hmac-)?(?:md5|sha1|sha224|sha256|sha384|sha512)(?:-\d+)?(?:\.sig-alg\.reg\.int)?$/i.test(optionText(clause, "algorithm") ?? "")) problems.push(`${clause.file}:${clause.line}: unknown algorithm '${optionText(clause, "algorithm") ?? ""}'`);
  }
  for (const controls of clauses.filter((one) => one.kind === "controls")) {
    for (const inet of controls.options.get("inet") ?? []) for (const key of inet.keys ?? []) if (![...keys].some((one) => sameName(one, dotted(key)))) problems.push(`${inet.file}:${inet.line}: unknown key '${key}'`);
  }
  return problems;
}

const FIRST = ["acl", "controls", "logging", "masters", "primaries", "options", "view"];
const SECOND = ["key", "server", "zone"];

/** The text of named-checkconf -p. */
export function configurationText({ clauses }: Configuration, hideSecrets: boolean): string {
  const bodyOf = (clause: Clause): string => {
    const groups: readonly ReadonlyMap<string, Kind>[] = clause.kind === "options" ? CLAUSES.options : clause.kind === "view" ? CLAUSES.view : clause.kind === "zone" ? CLAUSES.zone : clause.kind === "channel" ? CLAUSES.channel : clause.kind === "controls" ? CLAUSES.controls : clause.kind === "server" ? CLAUSES.server : CLAUSES.key;
    return groups.map((group) => [...group.keys()].flatMap((name) => (clause.options.get(name) ?? []).map((value) => `${name}${value.shown === "" ? "" : ` ${hideSecrets && name === "secret" ? '"????????????????"' : value.shown}`};\n`)).join("")).join("");
  };
  const text = (clause: Clause): string => {
    if (/^(?:acl|category)$/.test(clause.kind)) return `${clause.kind} "${clause.name}" ${listText(clause.elements, "acl")};\n`;
    if (/^(?:masters|primaries)$/.test(clause.kind)) return `${clause.kind} "${clause.name}" ${listText(clause.elements, "list")};\n`;
    const head = `${clause.kind}${clause.name === "" ? "" : clause.kind === "server" ? ` ${clause.name}` : ` "${clause.name}"`}${clause.class === undefined ? "" : ` ${clause.class}`}`;
    const inner = clause.kind === "logging" ? [...clause.inner.filter((one) => one.kind === "channel"), ...clause.inner.filter((one) => one.kind !== "channel")] : clause.inner;
    return `${head} {\n${indented(bodyOf(clause) + inner.map(text).join(""))}};\n`;
  };
  return [...FIRST, ...SECOND].flatMap((kind) => clauses.filter((clause) => clause.kind === kind)).map(text).join("");
}
