// Zone files (RFC 1035 5, $TTL of RFC 2308, BIND's $GENERATE) with the complaints of named and named-checkzone of BIND 9.18, in their order.
import { type Blocking, type Sys, SysError } from "../../../kernel/sys.ts";
import { readFileOrThrow } from "./read-file.ts";
import { absolute, ipv4Bytes, isBelow, labelsOf, sameName, undotted } from "./names.ts";
import { BadData, CLASS, END_OF_INPUT, type ResourceRecord, TYPE, classNumber, classText, dataOf, secondsOf, typeNumber } from "./records.ts";

interface Token {
  readonly text: string;
  readonly quoted: boolean;
  readonly line: number;
}

interface Entry {
  readonly tokens: readonly Token[];
  /** begins with a blank: the owner of the one before it */
  readonly blank: boolean;
  readonly line: number;
  readonly wrong?: "unbalanced quotes" | "unbalanced parentheses";
}

/** The lines of a file, joined where parentheses are open. */
function* entriesOf(text: string): Generator<Entry> {
  let line = 1;
  let at = 0;
  while (at < text.length) {
    const first = line;
    const blank = /[ \t]/.test(text[at] ?? "");
    const tokens: Token[] = [];
    let depth = 0;
    let wrong: Entry["wrong"];
    for (; at < text.length; at++) {
      const letter = text[at] ?? "";
      if (letter === "\n") {
        line++;
        if (depth === 0) break;
      } else if (letter === ";") {
        while (at + 1 < text.length && text[at + 1] !== "\n") at++;
      } else if (letter === "(") depth++;
      else if (letter === ")") {
        if (depth === 0) wrong ??= "unbalanced parentheses";
        else depth--;
      } else if (letter === '"') {
        let word = "";
        for (at++; at < text.length && text[at] !== '"' && text[at] !== "\n"; at++) {
          if (text[at] === "\\") at++;
          word += text[at] ?? "";
        }
        if (text[at] !== '"') {
          wrong ??= "unbalanced quotes";
          at--;
        } else tokens.push({ text: word, quoted: true, line });
      } else if (!/\s/.test(letter)) {
        const start = at;
        while (at < text.length && !/[\s;()"]/.test(text[at] ?? "")) at += text[at] === "\\" ? 2 : 1;
        tokens.push({ text: text.slice(start, at), quoted: false, line });
        at--;
      }
    }
    at++;
    if (depth > 0) wrong ??= "unbalanced parentheses";
    if (tokens.length > 0 || wrong !== undefined) yield { tokens, blank, line: first, ...(wrong && { wrong }) };
  }
}

export type CheckNames = "ignore" | "warn" | "fail";

export interface LoadedRecords {
  readonly records: readonly ResourceRecord[];
  /** as named logs them, with what comes before the file's name */
  readonly problems: readonly string[];
  /** why the whole is refused, in one phrase */
  readonly failure: string | undefined;
}

/** Hosts of RFC 952 and 1123, with a wildcard in front. */
export const isHostName = (name: string): boolean => labelsOf(name).every((label, at) => (label === "*" && at === 0) || /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/i.test(label));

const HOST_OWNERS: ReadonlySet<number> = new Set([TYPE.A, TYPE.AAAA, TYPE.MX]);
const HOST_TARGETS: ReadonlyMap<number, number> = new Map([[TYPE.NS, 0], [TYPE.MX, 1], [TYPE.SRV, 3], [TYPE.SOA, 0]]);
const SINGLETONS: ReadonlySet<number> = new Set([TYPE.CNAME, TYPE.SOA, 39]);

class Loader {
  readonly records: ResourceRecord[] = [];
  readonly problems: string[] = [];
  failure: string | undefined;
  readonly #sys: Sys;
  readonly #zone: string;
  readonly #class: number;
  readonly #checkNames: CheckNames;
  readonly #sets = new Map<string, ResourceRecord[]>();
  #defaultTtl: number | undefined;
  #lastTtl: number | undefined;
  #owner: string | undefined;

  constructor(sys: Sys, zone: string, class_: number, checkNames: CheckNames) {
    this.#sys = sys;
    this.#zone = zone;
    this.#class = class_;
    this.#checkNames = checkNames;
  }

  #fail(problem: string | undefined, failure: string): void {
    if (problem !== undefined) this.problems.push(problem);
    this.failure ??= failure;
  }

  /** False: nothing behind it is read. */
  *file(path: string, text: string, first: string): Blocking<boolean> {
    let origin = first;
    for (const entry of entriesOf(text)) {
      if (this.#sys.charge(20)) yield* this.#sys.preempt();
      const [word] = entry.tokens;
      if (word === undefined) {
        if (entry.wrong !== undefined) this.#fail(`dns_master_load: ${path}:${entry.line}: ${entry.wrong}`, entry.wrong);
        continue;
      }
      if (!entry.blank && word.text.startsWith("$") && !word.quoted) {
        const [, argument, second] = entry.tokens;
        const directive = word.text.toUpperCase();
        if (argument === undefined && /^\$(?:TTL|ORIGIN|INCLUDE|GENERATE)$/.test(directive)) {
          this.#fail(`dns_master_load: ${path}:${word.line}: ${END_OF_INPUT}`, END_OF_INPUT);
          return false;
        }
        if (directive === "$TTL") {
          const seconds = secondsOf(argument?.text ?? "");
          if (seconds === undefined) {
            this.#fail(undefined, "bad ttl");
            return false;
          }
          this.#defaultTtl = seconds;
        } else if (directive === "$ORIGIN") origin = absolute(argument?.text ?? "", origin);
        else if (directive === "$INCLUDE") {
          const name = argument?.text ?? "";
          try {
            const owner = this.#owner;
            if (!(yield* this.file(name, yield* readFileOrThrow(this.#sys, name), second === undefined ? origin : absolute(second.text, origin)))) return false;
            this.#owner = owner;
          } catch (error) {
            if (!(error instanceof SysError)) throw error;
            const why = error.errno === "ENOENT" ? "file not found" : error.message.toLowerCase();
            this.#fail(`dns_master_load: ${path}:${word.line}: ${name}: ${why}`, why);
          }
        } else if (directive === "$GENERATE") this.#generate(entry, origin, path);
        else {
          this.#fail(`dns_master_load: ${path}:${word.line}: unknown $ directive '${word.text}'`, "syntax error");
          const type = entry.tokens[1];
          if (type !== undefined && typeNumber(type.text) === undefined) this.problems.push(`${path}:${type.line}: unknown RR type '${type.text}'`);
        }
        continue;
      }
      this.#entry(entry, origin, path);
    }
    if (text !== "" && !text.endsWith("\n")) this.problems.push(`${path}: file does not end with newline`);
    return true;
  }

  /** $GENERATE 1-20/2 host$ A 192.168.0.${0,3,d} */
  #generate(entry: Entry, origin: string, path: string): void {
    const [, range, left, ...rest] = entry.tokens;
    const [, from, to, step] = /^(\d+)-(\d+)(?:\/(\d+))?$/.exec(range?.text ?? "") ?? [];
    if (from === undefined || to === undefined || left === undefined || rest.length < 2) {
      this.#fail(`$GENERATE: ${path}:${entry.line}: invalid range '${range?.text ?? ""}'`, "syntax error");
      return;
    }
    for (let count = Number(from); count <= Number(to); count += Math.max(1, Number(step ?? 1))) {
      const filled = (text: string): string => text.replace(/\\\$|\$\$|\$(?:\{(-?\d+)(?:,(\d+)(?:,([doxX]))?)?\})?/g, (match, offset?: string, width?: string, base?: string) => {
        if (match === "\\$" || match === "$$") return "$";
        const digits = (count + Number(offset ?? 0)).toString(base === "x" || base === "X" ? 16 : base === "o" ? 8 : 10);
        return (base === "X" ? digits.toUpperCase() : digits).padStart(Number(width ?? 0), "0");
      });
      this.#entry({ blank: false, line: entry.line, tokens: [left, ...rest].map((token) => ({ ...token, text: filled(token.text) })) }, origin, path);
    }
  }

  #entry(entry: Entry, origin: string, path: string): void {
    const tokens = [...entry.tokens];
    if (!entry.blank) {
      const owner = tokens.shift();
      const name = absolute(owner?.text ?? "@", origin);
      const wrong = /^\.|\.\./.test(name) && name !== "." ? "empty label" : labelsOf(name).some((label) => label.length > 63) ? "label too long" : undefined;
      if (wrong !== undefined) {
        this.#fail(`dns_master_load: ${path}:${entry.line}: ${wrong}`, wrong);
        return;
      }
      this.#owner = name;
      if (!isBelow(name, this.#zone)) {
        this.problems.push(`${path}:${entry.line}: ignoring out-of-zone data (${undotted(name)})`);
        return;
      }
      if (tokens.length === 0) {
        this.#fail(`dns_master_load: ${path}:${entry.line}: unexpected end of line`, "unexpected end of line");
        return;
      }
    }
    const name = this.#owner;
    if (name === undefined) {
      this.#fail(`${path}:${entry.line}: no current owner name`, "no owner");
      return;
    }
    if (!isBelow(name, this.#zone)) return;
    let ttl: number | undefined;
    for (;;) {
      const [word] = tokens;
      if (word === undefined) break;
      const class_ = classNumber(word.text);
      if (class_ !== undefined && class_ !== CLASS.ANY && class_ !== CLASS.NONE) {
        if (class_ !== this.#class) {
          this.#fail(`${path}:${word.line}: class '${classText(class_)}' != zone class '${classText(this.#class)}'`, "bad class");
          return;
        }
      } else if (ttl === undefined && typeNumber(word.text) === undefined && secondsOf(word.text) !== undefined) ttl = secondsOf(word.text);
      else break;
      tokens.shift();
    }
    const kind = tokens.shift();
    if (kind === undefined) {
      this.#fail(`dns_master_load: ${path}:${entry.line}: unexpected end of line`, "unexpected end of line");
      return;
    }
    const type = typeNumber(kind.text);
    if (type === undefined || type === TYPE.ANY || type === TYPE.AXFR) {
      this.#fail(`${path}:${kind.line}: unknown RR type '${kind.text}'`, "unknown class/type");
      return;
    }
    // a word is complained of at the line where the one before it ended: the lexer has taken it back
    const lineOf = (at: number): number => (at === 0 ? kind : (tokens[at - 1] ?? kind)).line;
    const unbalanced = (): void => this.#fail(`dns_rdata_fromtext: ${path}:${lineOf(tokens.length)}: ${entry.wrong ?? ""}`, entry.wrong ?? "");
    if (entry.wrong === "unbalanced quotes") {
      unbalanced();
      return;
    }
    let data: readonly string[];
    try {
      data = dataOf(type, tokens.map((token) => token.text), origin);
    } catch (error) {
      if (!(error instanceof BadData)) throw error;
      const near = tokens[error.at];
      this.#fail(`dns_rdata_fromtext: ${path}:${lineOf(error.at)}: near ${near === undefined ? "eol" : `'${near.text}'`}: ${error.message}`, error.message);
      return;
    }
    if (entry.wrong !== undefined) {
      unbalanced();
      return;
    }
    const line = tokens.at(-1)?.line ?? kind.line;
    if (ttl === undefined) {
      if (this.#defaultTtl !== undefined) ttl = this.#defaultTtl;
      else if (type === TYPE.SOA) {
        this.problems.push(`${path}:${line}: no TTL specified; using SOA MINTTL instead`);
        ttl = Number(data[6]);
        this.#defaultTtl = ttl;
      } else if (this.#lastTtl !== undefined) {
        this.problems.push(`${path}:${line}: using RFC1035 TTL semantics`);
        ttl = this.#lastTtl;
      } else {
        this.#fail(`${path}:${line}: no TTL specified; zone rejected`, "no TTL");
        return;
      }
    }
    this.#lastTtl = ttl;
    this.#checkRecord(name, type, data, tokens, path, line);
    this.#add({ name, type, class: this.#class, ttlSeconds: ttl, data }, path, line);
  }

  #checkRecord(name: string, type: number, data: readonly string[], tokens: readonly Token[], path: string, line: number): void {
    if (this.#checkNames !== "ignore") {
      const complain = (bad: string, why: string): void => {
        this.problems.push(`${path}:${line}: ${undotted(bad)}: ${why}`);
        if (this.#checkNames === "fail") this.failure ??= why;
      };
      if (HOST_OWNERS.has(type) && !isHostName(name)) complain(name, "bad owner name (check-names)");
      const target = data[HOST_TARGETS.get(type) ?? -1];
      if (target !== undefined && !isHostName(target)) complain(target, "bad name (check-names)");
    }
    const exchanger = tokens[1]?.text ?? "";
    if (type === TYPE.MX && ipv4Bytes(exchanger.replace(/\.$/, "")) !== undefined) this.problems.push(`${path}:${line}: warning: '${exchanger}': MX is an address`);
  }

  #add(record: ResourceRecord, path: string, line: number): void {
    const key = record.name.toLowerCase();
    const here = this.#sets.get(key) ?? [];
    const set = here.filter((one) => one.type === record.type);
    if (set.some((one) => one.data.every((word, at) => sameName(word, record.data[at] ?? "")))) return;
    const clash = set.length > 0 && SINGLETONS.has(record.type) ? "multiple RRs of singleton type" : here.some((one) => (one.type === TYPE.CNAME) !== (record.type === TYPE.CNAME)) ? "CNAME and other data" : undefined;
    if (clash !== undefined) {
      this.#fail(`dns_master_load: ${path}:${line}: ${undotted(record.name)}: ${clash}`, clash);
      return;
    }
    const [prior] = set;
    if (prior !== undefined && prior.ttlSeconds !== record.ttlSeconds) this.problems.push(`${path}:${line}: TTL set to prior TTL (${prior.ttlSeconds})`);
    const kept = prior === undefined ? record : { ...record, ttlSeconds: prior.ttlSeconds };
    this.#sets.set(key, [...here, kept]);
    this.records.push(kept);
  }
}

/** Errors: SysError (the file cannot be read). */
export function* loadZoneFile(sys: Sys, path: string, zone: string, options: { readonly class?: number; readonly checkNames?: CheckNames } = {}): Blocking<LoadedRecords> {
  const loader = new Loader(sys, zone, options.class ?? CLASS.IN, options.checkNames ?? "warn");
  yield* loader.file(path, yield* readFileOrThrow(sys, path), zone);
  return { records: loader.records, problems: loader.problems, failure: loader.failure };
}
