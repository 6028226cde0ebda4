// Reading makefiles: rules, variables, conditionals, includes (GNU make's manual, "How make Reads a Makefile").
// (More than 400 lines: one pass over the lines, whose conditionals, rules and variables share what is open.)
import { type Blocking, decode, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import type { Io } from "../kit/io.ts";
import { shellOutput } from "../kit/shell-command.ts";
import { exists, MakeError, type Origin, stemOf, type Variable, type Variables, words } from "./_variables.ts";

export interface Recipe {
  readonly lines: { readonly text: string; readonly line: number }[];
  readonly file: string;
  readonly line: number;
}

export interface Target {
  readonly name: string;
  prerequisites: string[];
  orderOnly: string[];
  recipe: Recipe | undefined;
  /** what % stood for, of a static pattern rule */
  stem: string | undefined;
  /** of target:: rules, each by itself */
  doubles: { readonly prerequisites: readonly string[]; readonly recipe: Recipe | undefined }[];
  readonly variables: Map<string, Variable>;
  /** variables of the target as they are written: they are set when it is made */
  readonly assignments: { readonly name: string; readonly operator: string; readonly value: string }[];
}

export interface PatternRule {
  readonly targets: readonly string[];
  readonly prerequisites: readonly string[];
  readonly orderOnly: readonly string[];
  readonly recipe: Recipe;
  readonly isBuiltIn: boolean;
}

interface Logical {
  readonly text: string;
  readonly line: number;
}

/** Lines with those that a backslash joins; recipe lines keep them. */
function logicalLines(text: string): Logical[] {
  const out: Logical[] = [];
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  for (let at = 0; at < lines.length; at++) {
    const line = at + 1;
    let whole = lines[at] ?? "";
    while (/(?:^|[^\\])(?:\\\\)*\\$/.test(whole) && at + 1 < lines.length) {
      at++;
      whole = `${whole}\n${lines[at] ?? ""}`;
    }
    out.push({ text: whole, line });
  }
  return out;
}

function withoutComment(text: string): string {
  const joined = text.replace(/[ \t]*\\\n[ \t]*/g, " ");
  for (let at = 0; at < joined.length; at++) {
    if (joined.charAt(at) !== "#") continue;
    if (joined.charAt(at - 1) !== "\\") return joined.slice(0, at).replaceAll("\\#", "#");
  }
  return joined.replaceAll("\\#", "#");
}

/** The first of the letters that is not in a reference. */
function indexOutside(text: string, letters: string, from = 0): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const letter = text.charAt(at);
    if (letter === "$" && "({".includes(text.charAt(at + 1)) && text.charAt(at + 1) !== "") {
      depth++;
      at++;
    } else if (depth > 0 && (letter === "(" || letter === "{")) depth++;
    else if (depth > 0 && (letter === ")" || letter === "}")) depth--;
    else if (depth === 0 && letters.includes(letter)) return at;
  }
  return -1;
}

/** name, operator, value; undefined for what is no assignment. */
function assignment(text: string): { readonly name: string; readonly operator: string; readonly value: string } | undefined {
  const at = indexOutside(text, "=:");
  if (at < 0) return undefined;
  let begin = at;
  let end = at;
  if (text.charAt(at) === ":") {
    if (text.startsWith("::=", at)) end = at + 3;
    else if (text.startsWith(":=", at)) end = at + 2;
    else return undefined;
  } else {
    if ("+?!".includes(text.charAt(at - 1)) && at > 0) begin--;
    end = at + 1;
  }
  const name = text.slice(0, begin).trim();
  if (name === "" || /\s/.test(name.replace(/\$[({][^)}]*[)}]/g, ""))) return undefined;
  return { name, operator: text.slice(begin, end), value: text.slice(end).replace(/^[ \t]+/, "") };
}

export class Makefile {
  readonly #io: Io;
  readonly variables: Variables;
  readonly targets = new Map<string, Target>();
  readonly patterns: PatternRule[] = [];
  readonly phony = new Set<string>();
  readonly special = new Map<string, readonly string[]>();
  readonly searched: { readonly pattern: string; readonly directories: readonly string[] }[] = [];
  readonly exported = new Set<string>();
  exportsAll = false;
  #open: { readonly targets: readonly Target[]; readonly pattern: PatternRule | undefined; recipe: Recipe } | undefined;
  #isIgnored = false;
  #depth = 0;

  constructor(io: Io, variables: Variables) {
    this.#io = io;
    this.variables = variables;
    variables.evaluate = (text) => this.read(text, variables.place?.split(":")[0] ?? "", false);
  }

  target(name: string): Target {
    const known = this.targets.get(name);
    if (known) return known;
    const made: Target = { name, prerequisites: [], orderOnly: [], recipe: undefined, stem: undefined, doubles: [], variables: new Map(), assignments: [] };
    this.targets.set(name, made);
    return made;
  }

  /** False: there is no such file. */
  *readFile(path: string): Blocking<boolean> {
    let text: string | undefined;
    if (path === "-") {
      const input = yield* this.#io.stdin.all();
      text = decode(Uint8Array.from(input, (letter) => letter.charCodeAt(0)));
    } else {
      try {
        text = yield* readTextFile(this.#io.sys, path);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
    }
    if (text === undefined) return false;
    const list = this.variables.get("MAKEFILE_LIST")?.value ?? "";
    this.variables.set("MAKEFILE_LIST", { value: `${list} ${path}`, isRecursive: false, origin: "file", isExported: false });
    if (++this.#depth > 50) throw new MakeError("too many nested includes");
    yield* this.read(text, path, true);
    this.#depth--;
    return true;
  }

  *read(text: string, file: string, isFile: boolean): Blocking<void> {
    const conditions: { isTrue: boolean; wasTrue: boolean }[] = [];
    const lines = logicalLines(text);
    const formerPlace = this.variables.place;
    for (let at = 0; at < lines.length; at++) {
      const { text: raw, line } = lines[at] ?? { text: "", line: 0 };
      const place = isFile ? `${file}:${line}` : formerPlace;
      this.variables.place = place;
      if (this.#io.sys.charge(2)) yield* this.#io.sys.preempt();
      const isActive = conditions.every((one) => one.isTrue);
      if (raw.startsWith("\t") && (this.#open || this.#isIgnored)) {
        if (isActive) this.#open?.recipe.lines.push({ text: raw.slice(1).replace(/\\\n\t/g, "\\\n"), line });
        continue;
      }
      const plain = withoutComment(raw).trim();
      if (plain === "") continue;
      const keyword = /^(ifeq|ifneq|ifdef|ifndef|else|endif)\b\s*(.*)$/.exec(plain);
      if (keyword) {
        yield* this.#condition(keyword[1] ?? "", keyword[2] ?? "", conditions, isActive, place);
        continue;
      }
      if (!isActive) continue;
      const define = /^(override\s+|export\s+)*define\s+(\S+)\s*(=|:=|\+=|\?=)?$/.exec(plain);
      if (define) {
        const body: string[] = [];
        let depth = 1;
        for (at++; at < lines.length; at++) {
          const one = lines[at]?.text ?? "";
          if (/^\s*define\b/.test(one)) depth++;
          if (/^\s*endef\b/.test(one) && --depth === 0) break;
          body.push(one);
        }
        if (depth > 0) throw new MakeError("missing 'endef', unterminated 'define'", place);
        yield* this.assign(yield* this.variables.expand(define[2] ?? ""), define[3] ?? "=", body.join("\n"), plain.startsWith("override") ? "override" : "file");
        continue;
      }
      yield* this.#line(raw, plain, file, line, place);
    }
    if (conditions.length > 0) throw new MakeError("missing 'endif'", `${file}:${text.split("\n").length}`);
    if (isFile) {
      this.#open = undefined;
      this.#isIgnored = false;
    }
    this.variables.place = formerPlace;
  }

  *#condition(word: string, rest: string, conditions: { isTrue: boolean; wasTrue: boolean }[], isActive: boolean, place: string | undefined): Blocking<void> {
    if (word === "endif") {
      if (conditions.pop() === undefined) throw new MakeError("extraneous 'endif'", place);
      return;
    }
    if (word === "else") {
      const last = conditions.at(-1);
      if (last === undefined) throw new MakeError("extraneous 'else'", place);
      const next = /^(ifeq|ifneq|ifdef|ifndef)\b\s*(.*)$/.exec(rest);
      const outer = conditions.slice(0, -1).every((one) => one.isTrue);
      if (next && !last.wasTrue && outer) {
        last.isTrue = yield* this.#holds(next[1] ?? "", next[2] ?? "", place);
        last.wasTrue = last.isTrue;
      } else last.isTrue = next ? false : !last.wasTrue;
      return;
    }
    const isTrue = isActive && (yield* this.#holds(word, rest, place));
    conditions.push({ isTrue, wasTrue: isTrue });
  }

  *#holds(word: string, rest: string, place: string | undefined): Blocking<boolean> {
    if (word === "ifdef" || word === "ifndef") {
      const found = this.variables.get((yield* this.variables.expand(rest)).trim());
      return (found !== undefined && found.value !== "") === (word === "ifdef");
    }
    let pair: readonly string[] | undefined;
    if (rest.startsWith("(")) {
      const comma = indexOutside(rest, ",");
      if (comma > 0 && rest.endsWith(")")) pair = [rest.slice(1, comma), rest.slice(comma + 1, -1)];
    } else {
      const match = /^(["'])(.*?)\1\s*(["'])(.*?)\3$/.exec(rest);
      if (match) pair = [match[2] ?? "", match[4] ?? ""];
    }
    if (!pair) throw new MakeError("invalid syntax in conditional", place);
    const [a, b] = [(yield* this.variables.expand(pair[0] ?? "")).trim(), (yield* this.variables.expand(pair[1] ?? "")).trim()];
    return (a === b) === (word === "ifeq");
  }

  *assign(name: string, operator: string, value: string, origin: Origin, scope?: Map<string, Variable>): Blocking<void> {
    const { variables } = this;
    const former = variables.get(name);
    const common = { origin, isExported: undefined, place: variables.place };
    if (operator === "?=") {
      if (former === undefined) variables.set(name, { value, isRecursive: true, ...common }, scope);
    } else if (operator === "+=") {
      const text = former === undefined || former.isRecursive ? value : yield* variables.expand(value);
      variables.set(name, { value: former === undefined || former.value === "" ? text : `${former.value} ${text}`, isRecursive: former?.isRecursive ?? true, ...common }, scope);
    } else if (operator === "!=") {
      yield* this.#io.out.flush();
      const { bytes } = yield* shellOutput(this.#io.sys, yield* variables.expand(value));
      variables.set(name, { value: decode(bytes).replace(/\n+$/, "").replace(/\n/g, " "), isRecursive: true, ...common }, scope);
    } else variables.set(name, operator === "=" ? { value, isRecursive: true, ...common } : { value: yield* variables.expand(value), isRecursive: false, ...common }, scope);
  }

  *#line(raw: string, plain: string, file: string, line: number, place: string | undefined): Blocking<void> {
    const { variables } = this;
    let text = withoutComment(raw).trimStart();
    let origin: Origin = "file";
    let exports: boolean | undefined;
    for (let match = /^(override|export|unexport)\b(?!\s*(?:[:+?]?=|:))\s*/.exec(text); match; match = /^(override|export|unexport)\b\s*/.exec(text)) {
      if (match[1] === "override") origin = "override";
      else exports = match[1] === "export";
      text = text.slice(match[0].length);
    }
    const given = assignment(text);
    if (given) {
      this.#open = undefined;
      this.#isIgnored = false;
      const name = (yield* variables.expand(given.name)).trim();
      if (name === "") throw new MakeError("empty variable name", place);
      yield* this.assign(name, given.operator, given.value, origin);
      if (exports === true) this.exported.add(name);
      return;
    }
    if (exports !== undefined) {
      const names = words(yield* variables.expand(text));
      if (names.length === 0) this.exportsAll = exports;
      for (const name of names) {
        if (exports) this.exported.add(name);
        else this.exported.delete(name);
      }
      return;
    }
    const include = /^(-include|sinclude|include)\s+(.*)$/.exec(plain);
    if (include) {
      for (const path of words(yield* variables.expand(include[2] ?? ""))) {
        const paths = /[*?[]/.test(path) ? yield* variables.wildcard(path) : [path];
        for (const one of paths) {
          if ((yield* this.readFile(one)) || include[1] !== "include") continue;
          yield* this.#io.stderr(`${place}: ${one}: No such file or directory\n`);
          throw new MakeError(`No rule to make target '${one}'.`);
        }
      }
      variables.place = place;
      return;
    }
    const undefine = /^undefine\s+(.*)$/.exec(plain);
    if (undefine) {
      variables.unset((yield* variables.expand(undefine[1] ?? "")).trim());
      return;
    }
    const vpath = /^vpath\s+(\S+)\s+(.*)$/.exec(plain);
    if (vpath) {
      this.searched.push({ pattern: vpath[1] ?? "%", directories: (yield* variables.expand(vpath[2] ?? "")).split(/[\s:]+/).filter((one) => one !== "") });
      return;
    }
    yield* this.#rule(raw, text, file, line, place);
  }

  *#rule(raw: string, text: string, file: string, line: number, place: string | undefined): Blocking<void> {
    const { variables } = this;
    let whole = text;
    let colon = indexOutside(whole, ":");
    if (colon < 0) {
      whole = (yield* variables.expand(text)).trim();
      if (whole === "") return;
      if (whole.includes("\n")) {
        yield* this.read(whole, file, false);
        return;
      }
      colon = whole.indexOf(":");
      if (colon < 0) {
        if (raw.startsWith("\t")) throw new MakeError("recipe commences before first target.", place);
        throw new MakeError(raw.startsWith("        ") ? "missing separator (did you mean TAB instead of 8 spaces?)." : "missing separator.", place);
      }
    }
    const names = words(yield* variables.expand(whole.slice(0, colon)));
    const isDouble = whole.charAt(colon + 1) === ":" && whole.charAt(colon + 2) !== "=";
    let rest = whole.slice(colon + (isDouble ? 2 : 1));
    if (names.length === 0) throw new MakeError("missing target.", place);
    this.#isIgnored = false;
    const modifiers = /^\s*((?:(?:private|override|export)\s+)*)/.exec(rest)?.[1] ?? "";
    const own = assignment(rest.trimStart().slice(modifiers.length));
    if (own) {
      if (modifiers.includes("export")) this.exported.add(own.name);
      for (const name of names) this.target(name).assignments.push(own);
      this.#open = undefined;
      return;
    }
    const semicolon = indexOutside(rest, ";");
    const recipe: Recipe = { lines: [], file, line };
    if (semicolon >= 0) {
      recipe.lines.push({ text: rest.slice(semicolon + 1).trimStart(), line });
      rest = rest.slice(0, semicolon);
    }
    let staticPattern: string | undefined;
    const second = indexOutside(rest, ":");
    if (second >= 0) {
      staticPattern = (yield* variables.expand(rest.slice(0, second))).trim();
      rest = rest.slice(second + 1);
    }
    const expanded = yield* variables.expand(rest);
    const bar = expanded.indexOf("|");
    const listed: string[] = [];
    for (const word of words(bar < 0 ? expanded : expanded.slice(0, bar))) listed.push(...(/[*?[]/.test(word) ? yield* this.#globbed(word) : [word]));
    const orderOnly = bar < 0 ? [] : words(expanded.slice(bar + 1));
    if (names.some((name) => name.includes("%")) && staticPattern === undefined) {
      const pattern: PatternRule = { targets: names, prerequisites: listed, orderOnly, recipe, isBuiltIn: false };
      this.patterns.unshift(pattern);
      this.patterns.sort((a, b) => Number(a.isBuiltIn) - Number(b.isBuiltIn));
      // rules are tried in the order of the file
      const mine = this.patterns.filter((one) => !one.isBuiltIn);
      this.patterns.splice(0, mine.length, ...mine.slice(1), pattern);
      this.#open = { targets: [], pattern, recipe };
      return;
    }
    const opened: Target[] = [];
    for (const name of names) {
      if (name === ".PHONY") for (const one of listed) this.phony.add(one);
      if (/^\.[A-Z_]+$/.test(name) && !name.includes("/")) {
        this.special.set(name, [...(this.special.get(name) ?? []), ...listed]);
        if (name === ".EXPORT_ALL_VARIABLES") this.exportsAll = true;
        if (name !== ".DEFAULT") continue;
      }
      const target = this.target(name);
      let mine: readonly string[] = listed;
      if (staticPattern !== undefined) {
        const stem = stemOf(staticPattern, name);
        if (stem === undefined) {
          yield* this.#io.stderr(`${place}: target '${name}' doesn't match the target pattern\n`);
          continue;
        }
        target.stem = stem;
        mine = listed.map((word) => word.replace("%", () => stem));
      }
      if (isDouble) target.doubles.push({ prerequisites: mine, recipe });
      else target.prerequisites.push(...mine);
      target.orderOnly.push(...orderOnly);
      if (!isDouble) opened.push(target);
      if (!this.variables.get(".DEFAULT_GOAL")?.value && (!name.startsWith(".") || name.includes("/"))) this.variables.set(".DEFAULT_GOAL", { value: name, isRecursive: false, origin: "file", isExported: false });
    }
    this.#open = { targets: opened, pattern: undefined, recipe };
    this.#pending.push({ targets: opened, recipe });
  }

  readonly #pending: { readonly targets: readonly Target[]; readonly recipe: Recipe }[] = [];

  /** Recipes belong to their targets once all lines are known. */
  *finish(): Blocking<void> {
    for (const { targets, recipe } of this.#pending.splice(0)) {
      if (recipe.lines.length === 0) continue;
      for (const target of targets) {
        const former = target.recipe;
        if (former !== undefined) {
          const first = recipe.lines[0]?.line ?? recipe.line;
          const before = former.lines[0]?.line ?? former.line;
          yield* this.#io.stderr(`${recipe.file}:${first}: warning: overriding recipe for target '${target.name}'\n${former.file}:${before}: warning: ignoring old recipe for target '${target.name}'\n`);
        }
        target.recipe = recipe;
      }
    }
  }

  *#globbed(word: string): Blocking<readonly string[]> {
    const found = yield* this.variables.wildcard(word);
    return found.length === 0 ? [word] : found;
  }

  /** Where VPATH and vpath find a file. */
  *located(name: string): Blocking<string> {
    const { sys } = this.#io;
    if (name.startsWith("/") || exists(sys, name)) return name;
    const general = (yield* this.variables.valueOf("VPATH")).split(/[\s:]+/).filter((one) => one !== "");
    for (const directory of [...this.searched.filter(({ pattern }) => stemOf(pattern, name) !== undefined).flatMap(({ directories }) => directories), ...general]) {
      if (exists(sys, `${directory}/${name}`)) return `${directory}/${name}`;
    }
    return name;
  }
}
