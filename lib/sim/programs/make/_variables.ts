// Variables and functions of GNU make (its manual, "How to Use Variables", "Functions for Transforming Text").
import { type Blocking, decode, type Sys, SysError } from "../../kernel/sys.ts";
import { canonicalPath } from "../kit/canonical-path.ts";
import { globMatch } from "../kit/glob.ts";
import { shellOutput } from "../kit/shell-command.ts";
import type { Io } from "../kit/io.ts";

export type Origin = "undefined" | "default" | "environment" | "file" | "command line" | "override" | "automatic";

export interface Variable {
  readonly value: string;
  readonly isRecursive: boolean;
  readonly origin: Origin;
  readonly isExported: boolean | undefined;
  /** where it was given its value */
  readonly place?: string | undefined;
}

/** Ends make: "*** …  Stop." behind the place. */
export class MakeError extends Error {
  /** "Makefile:3" or nothing for make itself */
  readonly place: string | undefined;
  constructor(message: string, place?: string) {
    super(message);
    this.place = place;
  }
}

export const words = (text: string): string[] => text.split(/\s+/).filter((one) => one !== "");

/** % in a pattern: what stands for it, or undefined. */
export function stemOf(pattern: string, text: string): string | undefined {
  const at = pattern.indexOf("%");
  if (at < 0) return pattern === text ? "" : undefined;
  const [before, after] = [pattern.slice(0, at), pattern.slice(at + 1)];
  if (text.length < before.length + after.length || !text.startsWith(before) || !text.endsWith(after)) return undefined;
  return text.slice(before.length, text.length - after.length);
}

export function patsubst(pattern: string, replacement: string, text: string): string {
  return words(text).map((word) => {
    const stem = stemOf(pattern, word);
    if (stem === undefined) return word;
    return pattern.includes("%") ? replacement.replace("%", () => stem) : replacement;
  }).join(" ");
}

const dirOf = (word: string): string => (word.includes("/") ? word.slice(0, word.lastIndexOf("/") + 1) : "./");
const notdir = (word: string): string => word.slice(word.lastIndexOf("/") + 1);
const suffixOf = (word: string): string => (/\.[^./]*$/.exec(word)?.[0] ?? "");

/** Splits at commas that are not inside of parentheses or braces. */
function argumentsOf(text: string, most: number): string[] {
  const out: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length && out.length < most - 1; at++) {
    const letter = text.charAt(at);
    if (letter === "(" || letter === "{") depth++;
    else if (letter === ")" || letter === "}") depth--;
    else if (letter === "," && depth === 0) {
      out.push(text.slice(from, at));
      from = at + 1;
    }
  }
  out.push(text.slice(from));
  return out;
}

const FUNCTIONS: ReadonlyMap<string, number> = new Map([
  ["subst", 3], ["patsubst", 3], ["strip", 1], ["findstring", 2], ["filter", 2], ["filter-out", 2], ["sort", 1], ["word", 2], ["words", 1], ["wordlist", 3], ["firstword", 1], ["lastword", 1], ["dir", 1], ["notdir", 1], ["suffix", 1], ["basename", 1], ["addsuffix", 2], ["addprefix", 2], ["join", 2], ["wildcard", 1], ["realpath", 1], ["abspath", 1], ["if", 3], ["or", 99], ["and", 99], ["foreach", 3], ["call", 99], ["eval", 1], ["value", 1], ["origin", 1], ["flavor", 1], ["shell", 1], ["error", 1], ["warning", 1], ["info", 1],
]);

export class Variables {
  readonly #sys: Sys;
  readonly #io: Io;
  readonly #all = new Map<string, Variable>();
  /** of a target, the nearest first */
  scopes: Map<string, Variable>[] = [];
  readonly #expanding = new Set<string>();
  /** what `eval` gives its text to */
  evaluate: ((text: string) => Blocking<void>) | undefined;
  /** where the line stands that is being read */
  place: string | undefined;
  #depth = 0;

  constructor(io: Io) {
    this.#io = io;
    this.#sys = io.sys;
  }

  get(name: string): Variable | undefined {
    for (const scope of this.scopes) {
      const found = scope.get(name);
      if (found) return found;
    }
    return this.#all.get(name);
  }

  set(name: string, variable: Variable, scope?: Map<string, Variable>): void {
    const former = (scope ?? this.#all).get(name) ?? this.#all.get(name);
    if ((former?.origin === "command line" && variable.origin !== "override" && variable.origin !== "command line" && variable.origin !== "automatic") || (former?.origin === "override" && variable.origin === "file")) return;
    (scope ?? this.#all).set(name, { ...variable, isExported: variable.isExported ?? former?.isExported });
  }

  unset(name: string): void {
    this.#all.delete(name);
  }

  names(): IterableIterator<string> {
    return this.#all.keys();
  }

  *valueOf(name: string): Blocking<string> {
    const found = this.get(name);
    if (!found) return "";
    if (!found.isRecursive) return found.value;
    if (this.#expanding.has(name)) throw new MakeError(`Recursive variable '${name}' references itself (eventually)`, found.place ?? this.place);
    this.#expanding.add(name);
    try {
      return yield* this.expand(found.value);
    } finally {
      this.#expanding.delete(name);
    }
  }

  *expand(text: string): Blocking<string> {
    if (!text.includes("$")) return text;
    if (this.#sys.charge(1 + (text.length >> 6))) yield* this.#sys.preempt();
    if (++this.#depth > 200) throw new MakeError("Recursive variable references itself (eventually)", this.place);
    let out = "";
    for (let at = 0; at < text.length; at++) {
      const letter = text.charAt(at);
      if (letter !== "$") {
        out += letter;
        continue;
      }
      const next = text.charAt(++at);
      if (next === "$") out += "$";
      else if (next === "(" || next === "{") {
        const close = next === "(" ? ")" : "}";
        let depth = 1;
        let end = at + 1;
        for (; end < text.length; end++) {
          const one = text.charAt(end);
          if (one === next) depth++;
          else if (one === close && --depth === 0) break;
        }
        if (end >= text.length) throw new MakeError("unterminated variable reference", this.place);
        out += yield* this.#reference(text.slice(at + 1, end));
        at = end;
      } else if (next !== "") out += yield* this.valueOf(next);
    }
    this.#depth--;
    return out;
  }

  *#reference(inside: string): Blocking<string> {
    const call = /^([a-z-]+)(?:[ \t]+([\s\S]*))?$/.exec(inside);
    const most = FUNCTIONS.get(call?.[1] ?? "");
    if (call && most !== undefined && (call[2] !== undefined || inside.endsWith(" "))) return yield* this.#function(call[1] ?? "", argumentsOf((call[2] ?? "").trimStart(), most));
    const whole = inside.includes("$") ? yield* this.expand(inside) : inside;
    const colon = whole.indexOf(":");
    const equals = whole.indexOf("=", colon);
    if (colon > 0 && equals > 0) {
      const [name, from, to] = [whole.slice(0, colon), whole.slice(colon + 1, equals), whole.slice(equals + 1)];
      const value = yield* this.valueOf(name);
      return from.includes("%") ? patsubst(from, to, value) : patsubst(`%${from}`, `%${to}`, value);
    }
    return yield* this.valueOf(whole.trim());
  }

  *#function(name: string, given: readonly string[]): Blocking<string> {
    if (name === "if") {
      const condition = (yield* this.expand((given[0] ?? "").trim())).trim();
      return yield* this.expand((condition !== "" ? given[1] : given[2]) ?? "");
    }
    if (name === "or" || name === "and") {
      let value = "";
      for (const one of given) {
        value = (yield* this.expand(one.trim())).trim();
        if ((value !== "") === (name === "or")) return value;
      }
      return name === "and" ? value : "";
    }
    if (name === "foreach") {
      const variable = (yield* this.expand(given[0] ?? "")).trim();
      const out: string[] = [];
      const scope = new Map<string, Variable>();
      this.scopes.unshift(scope);
      for (const word of words(yield* this.expand(given[1] ?? ""))) {
        scope.set(variable, { value: word, isRecursive: false, origin: "automatic", isExported: false });
        out.push(yield* this.expand(given[2] ?? ""));
      }
      this.scopes.splice(this.scopes.indexOf(scope), 1);
      return out.join(" ");
    }
    const values: string[] = [];
    for (const one of given) values.push(yield* this.expand(one));
    const [first = "", second = "", third = ""] = values;
    const last = values.at(-1) ?? "";
    switch (name) {
      case "subst": return first === "" ? third + second : third.split(first).join(second);
      case "patsubst": return patsubst(first.trim(), second.trim(), third);
      case "strip": return words(first).join(" ");
      case "findstring": return second.includes(first) ? first : "";
      case "filter":
      case "filter-out": {
        const patterns = words(first);
        return words(second).filter((word) => patterns.some((pattern) => stemOf(pattern, word) !== undefined) === (name === "filter")).join(" ");
      }
      case "sort": return [...new Set(words(first))].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)).join(" ");
      case "word": {
        const number = first.trim();
        if (!/^\d+$/.test(number)) throw new MakeError("non-numeric first argument to 'word' function", this.place);
        if (Number(number) === 0) throw new MakeError("first argument to 'word' function must be greater than 0", this.place);
        return words(second)[Number(number) - 1] ?? "";
      }
      case "words": return String(words(first).length);
      case "wordlist": return words(third).slice(Math.max(0, Number(first) - 1), Number(second)).join(" ");
      case "firstword": return words(first)[0] ?? "";
      case "lastword": return words(first).at(-1) ?? "";
      case "dir": return words(first).map(dirOf).join(" ");
      case "notdir": return words(first).map(notdir).join(" ");
      case "suffix": return words(first).map(suffixOf).filter((one) => one !== "").join(" ");
      case "basename": return words(first).map((word) => word.slice(0, word.length - suffixOf(word).length)).join(" ");
      case "addsuffix": return words(second).map((word) => word + first).join(" ");
      case "addprefix": return words(second).map((word) => first + word).join(" ");
      case "join": {
        const [a, b] = [words(first), words(second)];
        return Array.from({ length: Math.max(a.length, b.length) }, (_, at) => (a[at] ?? "") + (b[at] ?? "")).join(" ");
      }
      case "wildcard": return (yield* this.wildcard(first)).join(" ");
      case "abspath": return words(first).map((word) => absolute(this.#sys.getcwd(), word)).join(" ");
      case "realpath": {
        const out: string[] = [];
        for (const word of words(first)) {
          try {
            out.push(canonicalPath(this.#sys, word, "existing"));
          } catch (error) {
            if (!(error instanceof SysError)) throw error;
          }
        }
        return out.join(" ");
      }
      case "call": {
        const scope = new Map<string, Variable>();
        values.forEach((value, at) => scope.set(String(at), { value: at === 0 ? value.trim() : value, isRecursive: false, origin: "automatic", isExported: false }));
        const body = this.get(first.trim());
        if (!body) return FUNCTIONS.has(first.trim()) ? yield* this.#function(first.trim(), values.slice(1)) : "";
        this.scopes.unshift(scope);
        // a function may call itself
        const text = yield* this.expand(body.value);
        this.scopes.splice(this.scopes.indexOf(scope), 1);
        return text;
      }
      case "eval":
        if (this.evaluate) yield* this.evaluate(first);
        return "";
      case "value": return this.get(first.trim())?.value ?? "";
      case "origin": return this.get(first.trim())?.origin ?? "undefined";
      case "flavor": {
        const found = this.get(first.trim());
        return found === undefined ? "undefined" : found.isRecursive ? "recursive" : "simple";
      }
      case "shell": {
        yield* this.#io.out.flush();
        const { bytes, status } = yield* shellOutput(this.#sys, first);
        this.set(".SHELLSTATUS", { value: String(status.kind === "exited" ? status.status : 1), isRecursive: false, origin: "override", isExported: false });
        return decode(bytes).replace(/\n+$/, "").replace(/\n/g, " ");
      }
      case "error": throw new MakeError(last, this.place);
      case "warning":
        yield* this.#io.stderr(`${this.place === undefined ? "" : `${this.place}: `}${last}\n`);
        return "";
      default:
        this.#io.out.put(`${last}\n`);
        return "";
    }
  }

  *wildcard(patterns: string): Blocking<readonly string[]> {
    const out: string[] = [];
    for (const pattern of words(patterns)) {
      if (!/[*?[]/.test(pattern)) {
        if (exists(this.#sys, pattern)) out.push(pattern);
      } else out.push(...(yield* this.#matching(pattern)));
    }
    return out;
  }

  *#matching(pattern: string): Blocking<readonly string[]> {
    let found = [pattern.startsWith("/") ? "/" : ""];
    for (const part of pattern.split("/").filter((one) => one !== "")) {
      const next: string[] = [];
      for (const base of found) {
        const join = (name: string): string => (base === "" || base === "/" ? base + name : `${base}/${name}`);
        if (!/[*?[]/.test(part)) {
          if (exists(this.#sys, join(part))) next.push(join(part));
          continue;
        }
        try {
          for (const { name } of this.#sys.readdir(base === "" ? "." : base)) if (globMatch(part, name, { period: true })) next.push(join(name));
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
        }
        if (this.#sys.charge(4)) yield* this.#sys.preempt();
      }
      found = next;
    }
    return found.sort((a, b) => (a < b ? -1 : 1));
  }
}

export function exists(sys: Sys, path: string): boolean {
  try {
    sys.stat(path);
    return true;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}

function absolute(directory: string, word: string): string {
  const parts: string[] = [];
  for (const part of (word.startsWith("/") ? word : `${directory}/${word}`).split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}
