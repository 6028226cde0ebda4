// find's expression: words to a tree of tests and actions.
// (More than 400 lines: a table of tests and actions, a few lines each.)

import { type Blocking, O, S, type Stat, type Sys, SysError } from "../../kernel/sys.ts";
import type { Accounts } from "../kit/accounts.ts";
import { parseDate } from "../kit/date-parse.ts";
import { compileFnmatch } from "../kit/fnmatch.ts";
import type { Io } from "../kit/io.ts";
import { Output } from "../kit/output.ts";
import { compileRegex, RegexSyntaxError, type RegexSyntax } from "../kit/regex/compile-regex.ts";
import { civilAtUs } from "../kit/time-format.ts";
import type { Zone } from "../kit/zones.ts";
import { applyMode, parseMode } from "../kit/file-mode.ts";
import type { Entry } from "./_entry.ts";
import { ExecAction } from "./_exec.ts";
import { fileSystemType, FormatError, formatEntry, lsLine, parsePrintf, type PrintfContext } from "./_printf.ts";

/** A message that ends find with status 1. */
export class ExpressionError extends Error {
  /** A second line. */
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}

export type Test = (entry: Entry) => boolean;
export type Action = (entry: Entry) => Blocking<boolean>;

export type ExpressionNode =
  | { readonly kind: "test"; readonly test: Test }
  | { readonly kind: "action"; readonly action: Action }
  | { readonly kind: "not"; readonly operand: ExpressionNode }
  | { readonly kind: "and" | "or" | "comma"; readonly left: ExpressionNode; readonly right: ExpressionNode };

/** What options and actions change in the walk. */
export interface WalkState {
  depthFirst: boolean;
  maxDepth: number;
  minDepth: number;
  oneFileSystem: boolean;
  /** set by -prune for the entry at hand */
  pruned: boolean;
  quit: boolean;
  failed: boolean;
  /** an action that replaces the default -print */
  acted: boolean;
  readonly finishers: (() => Blocking<void>)[];
}

export interface ParseContext {
  readonly sys: Sys;
  readonly io: Io;
  readonly accounts: Accounts;
  readonly zone: Zone;
  readonly nowUs: number;
  readonly followLinks: boolean;
  readonly state: WalkState;
}

const REGEX_TYPES = new Map<string, RegexSyntax>([
  ["findutils-default", "find-emacs"], ["ed", "find-posix-basic"], ["emacs", "find-emacs"], ["gnu-awk", "find-gnu-awk"], ["grep", "grep"], ["posix-awk", "find-posix-awk"],
  ["awk", "find-posix-awk"], ["posix-basic", "find-posix-basic"], ["posix-egrep", "find-posix-egrep"], ["egrep", "find-posix-egrep"],
  ["posix-extended", "find-posix-extended"], ["posix-minimal-basic", "find-posix-basic"], ["sed", "find-posix-basic"],
]);

const TYPES = new Map<string, number>([["f", S.IFREG], ["d", S.IFDIR], ["l", S.IFLNK], ["b", S.IFBLK], ["c", S.IFCHR], ["p", S.IFIFO], ["s", S.IFSOCK]]);
const SIZE_UNITS = new Map<string, number>([["b", 512], ["c", 1], ["w", 2], ["k", 1024], ["M", 1024 ** 2], ["G", 1024 ** 3]]);
const GLOBAL_OPTIONS = new Set(["-depth", "-d", "-maxdepth", "-mindepth", "-xdev", "-mount", "-noleaf", "-ignore_readdir_race", "-noignore_readdir_race"]);
const POSITIONAL_OPTIONS = new Set(["-daystart", "-follow", "-regextype", "-warn", "-nowarn", "-files0-from"]);
const OPERATORS = new Set(["!", "-not", "(", ")", "-a", "-and", "-o", "-or", ","]);

export class ExpressionParser {
  readonly #words: readonly string[];
  readonly #context: ParseContext;
  #at = 0;
  #parentheses = 0;
  #regexType: RegexSyntax = "find-emacs";
  #dayStart = false;
  #last = "";
  /** told about by default only to somebody who types at it */
  #warns: boolean;
  #firstArgument: string | undefined;
  readonly #files = new Map<string, Output>();

  constructor(words: readonly string[], context: ParseContext) {
    this.#words = words;
    this.#context = context;
    this.#warns = context.sys.isatty(0);
  }

  *#warn(text: string): Blocking<void> {
    if (this.#warns) yield* this.#context.io.warn(`warning: ${text}`);
  }

  /** Options for the whole of the run belong before the tests: those behind one, or behind a bracket or a "!", are warned of. */
  *#warnOfPlace(name: string): Blocking<void> {
    if (GLOBAL_OPTIONS.has(name)) {
      if (this.#firstArgument !== undefined) {
        yield* this.#warn(`you have specified the global option ${name} after the argument ${this.#firstArgument}, but global options are not positional, i.e., ${name} affects tests specified before it as well as those specified after it.  Please specify global options before other arguments.`);
      }
      if (name === "-d") yield* this.#warn("the -d option is deprecated; please use -depth instead, because the latter is a POSIX-compliant feature.");
    } else if (!POSITIONAL_OPTIONS.has(name)) this.#firstArgument ??= name;
  }

  *parse(): Blocking<ExpressionNode> {
    const { state } = this.#context;
    let root: ExpressionNode = { kind: "test", test: () => true };
    if (this.#words.length > 0) {
      root = yield* this.#comma();
      const extra = this.#words[this.#at];
      if (extra === ")") throw new ExpressionError("you have too many ')'");
      if (extra !== undefined) throw this.#misplaced(extra);
    }
    if (state.acted) return root;
    return { kind: "and", left: root, right: { kind: "action", action: this.#printer("\n") } };
  }

  /** A path after the expression began; where it exists, the shell has probably expanded a pattern. */
  #misplaced(word: string): ExpressionError {
    const message = `paths must precede expression: \`${word}'`;
    if (this.#last === "") return new ExpressionError(message);
    try {
      this.#context.sys.stat(word);
    } catch (error) {
      if (error instanceof SysError) return new ExpressionError(message);
      throw error;
    }
    return new ExpressionError(message, `possible unquoted pattern after predicate \`${this.#last}'?`);
  }

  #peek(): string | undefined {
    return this.#words[this.#at];
  }

  *#comma(): Blocking<ExpressionNode> {
    let left = yield* this.#or();
    while (this.#peek() === ",") {
      this.#at++;
      this.#needOperand(",");
      left = { kind: "comma", left, right: yield* this.#or() };
    }
    return left;
  }

  *#or(): Blocking<ExpressionNode> {
    let left = yield* this.#and();
    for (let word = this.#peek(); word === "-o" || word === "-or"; word = this.#peek()) {
      this.#at++;
      this.#needOperand(word);
      left = { kind: "or", left, right: yield* this.#and() };
    }
    return left;
  }

  *#and(): Blocking<ExpressionNode> {
    let left = yield* this.#not();
    for (;;) {
      const word = this.#peek();
      if (word === undefined || word === ")" || word === "," || word === "-o" || word === "-or") return left;
      if (word === "-a" || word === "-and") {
        this.#at++;
        this.#needOperand(word);
      }
      left = { kind: "and", left, right: yield* this.#not() };
    }
  }

  #needOperand(operator: string): void {
    const word = this.#peek();
    if (word === undefined) throw new ExpressionError(`expected an expression after '${operator}'`);
    if (word === ")") throw new ExpressionError(`expected an expression between '${operator}' and ')'`);
  }

  *#not(): Blocking<ExpressionNode> {
    const word = this.#peek();
    if (word !== undefined && OPERATORS.has(word)) this.#firstArgument ??= word;
    if (word === "!" || word === "-not") {
      this.#at++;
      this.#needOperand(word);
      return { kind: "not", operand: yield* this.#not() };
    }
    if (word === "(") {
      this.#at++;
      if (this.#peek() === undefined) throw new ExpressionError("invalid expression; expected to find a ')' but didn't see one. Perhaps you need an extra predicate after '('");
      if (this.#peek() === ")") throw new ExpressionError("invalid expression; empty parentheses are not allowed.");
      this.#parentheses++;
      const inner = yield* this.#comma();
      if (this.#peek() !== ")") {
        const extra = this.#peek();
        if (extra !== undefined) throw this.#misplaced(extra);
        throw new ExpressionError("invalid expression; I was expecting to find a ')' somewhere but did not see one.");
      }
      this.#at++;
      this.#parentheses--;
      return inner;
    }
    if (word === ")") throw new ExpressionError(this.#parentheses > 0 ? "invalid expression; empty parentheses are not allowed." : "invalid expression; you have too many ')'");
    if (word !== undefined && OPERATORS.has(word)) throw new ExpressionError(`invalid expression; you have used a binary operator '${word}' with nothing before it.`);
    return yield* this.#primary();
  }

  #argument(name: string): string {
    const word = this.#words[this.#at++];
    if (word === undefined) throw new ExpressionError(`missing argument to \`${name}'`);
    return word;
  }

  *#primary(): Blocking<ExpressionNode> {
    const name = this.#words[this.#at++] ?? "";
    if (!name.startsWith("-") || name === "-") throw this.#misplaced(name);
    this.#last = name;
    yield* this.#warnOfPlace(name);
    const { state } = this.#context;
    const test = (one: Test): ExpressionNode => ({ kind: "test", test: one });
    const action = (one: Action, acts = true): ExpressionNode => {
      if (acts) state.acted = true;
      return { kind: "action", action: one };
    };
    const always = test(() => true);
    const { sys, io } = this.#context;
    switch (name) {
      // ---- options
      case "-depth":
      case "-d":
        state.depthFirst = true;
        return always;
      case "-maxdepth":
      case "-mindepth": {
        const value = this.#argument(name);
        if (!/^\d+$/.test(value)) throw new ExpressionError(`Expected a positive decimal integer argument to ${name}, but got ${io.quote(value)}`);
        if (name === "-maxdepth") state.maxDepth = Number(value);
        else state.minDepth = Number(value);
        return always;
      }
      case "-xdev":
      case "-mount":
        state.oneFileSystem = true;
        return always;
      case "-daystart":
        this.#dayStart = true;
        return always;
      case "-regextype": {
        const value = this.#argument(name);
        const type = REGEX_TYPES.get(value);
        if (!type) throw new ExpressionError(`Unknown regular expression type ${io.quote(value)}; valid types are ${[...REGEX_TYPES.keys()].map((one) => io.quote(one)).join(", ")}.`);
        this.#regexType = type;
        return always;
      }
      case "-follow":
      case "-noleaf":
      case "-ignore_readdir_race":
      case "-noignore_readdir_race":
        return always;
      case "-warn":
      case "-nowarn":
        this.#warns = name === "-warn";
        return always;
      // ---- tests
      case "-true":
        return always;
      case "-false":
        return test(() => false);
      case "-name":
      case "-iname": {
        const pattern = this.#argument(name);
        if (pattern.includes("/")) yield* this.#warn(`${io.quote(name)} matches against basenames only, but the given pattern contains a directory separator (${io.quote("/")}), thus the expression will evaluate to false all the time.  Did you mean ${io.quote(name === "-name" ? "-wholename" : "-iwholename")}?`);
        const matches = compileFnmatch(pattern, { ignoreCase: name === "-iname" });
        return test((entry) => matches(entry.name));
      }
      case "-path":
      case "-wholename":
      case "-ipath":
      case "-iwholename": {
        const pattern = this.#argument(name);
        if (pattern.endsWith("/")) yield* this.#warn(`${name} ${pattern} will not match anything because it ends with /.`);
        const matches = compileFnmatch(pattern, { ignoreCase: name.startsWith("-i") });
        return test((entry) => matches(entry.path));
      }
      case "-lname":
      case "-ilname": {
        const matches = compileFnmatch(this.#argument(name), { ignoreCase: name === "-ilname" });
        return test((entry) => entry.type === S.IFLNK && matches(sys.readlink(entry.path)));
      }
      case "-regex":
      case "-iregex": {
        const source = this.#argument(name);
        try {
          const regex = compileRegex(source, { syntax: this.#regexType, ignoreCase: name === "-iregex" });
          return test((entry) => {
            const found = regex.exec(entry.path, 0, false, entry.path.length, false);
            return found?.[0] === 0 && found[1] === entry.path.length;
          });
        } catch (error) {
          if (error instanceof RegexSyntaxError) throw new ExpressionError(`failed to compile regular expression '${source}': ${error.message}`);
          throw error;
        }
      }
      case "-type":
      case "-xtype": {
        const wanted = this.#types(name, this.#argument(name));
        return test((entry) => wanted.has(name === "-type" ? entry.type : entry.otherType));
      }
      case "-size":
        return test(this.#size(this.#argument(name)));
      case "-empty":
        return test((entry) => {
          const { type } = entry;
          if (type === S.IFREG) return entry.facts.sizeBytes === 0;
          return type === S.IFDIR && sys.readdir(entry.path).length === 0;
        });
      case "-files0-from":
        this.#argument(name);
        return test(() => true);
      case "-perm":
        return test(this.#permissions(this.#argument(name)));
      case "-user":
      case "-uid": {
        const value = this.#argument(name);
        const user = name === "-user" ? this.#context.accounts.userByName(value) : undefined;
        if (user) return test((entry) => entry.facts.uid === user.uid);
        if (name === "-user" && !/^\d+$/.test(value)) throw new ExpressionError(value === "" ? "The argument to -user should not be empty" : `${io.quote(value)} is not the name of a known user`);
        const compare = this.#number(name, value);
        return test((entry) => compare(entry.facts.uid));
      }
      case "-group":
      case "-gid": {
        const value = this.#argument(name);
        const group = name === "-group" ? this.#context.accounts.groupByName(value) : undefined;
        if (group) return test((entry) => entry.facts.gid === group.gid);
        if (name === "-group" && !/^\d+$/.test(value)) {
          throw new ExpressionError(value === "" ? "argument to -group is empty, but should be a group name" : `${io.quote(value)} is not the name of an existing group`);
        }
        const compare = this.#number(name, value);
        return test((entry) => compare(entry.facts.gid));
      }
      case "-nouser":
        return test((entry) => this.#context.accounts.userById(entry.facts.uid) === undefined);
      case "-nogroup":
        return test((entry) => this.#context.accounts.groupById(entry.facts.gid) === undefined);
      case "-links": {
        const compare = this.#number(name, this.#argument(name));
        return test((entry) => compare(entry.facts.nlink));
      }
      case "-inum": {
        const compare = this.#number(name, this.#argument(name));
        return test((entry) => compare(entry.facts.ino));
      }
      case "-samefile": {
        const reference = this.#statReference(this.#argument(name));
        return test((entry) => entry.facts.ino === reference.ino && entry.facts.dev === reference.dev);
      }
      case "-newer":
      case "-anewer":
      case "-cnewer": {
        const { mtimeUs } = this.#statReference(this.#argument(name));
        return test((entry) => timeOf(entry.facts, name === "-newer" ? "m" : name[1] ?? "m") > mtimeUs);
      }
      case "-mtime":
      case "-atime":
      case "-ctime":
        return test(this.#age(name, 86400e6));
      case "-mmin":
      case "-amin":
      case "-cmin":
        return test(this.#age(name, 60e6));
      case "-used": {
        const compare = this.#number(name, this.#argument(name));
        return test((entry) => compare(Math.floor((entry.facts.atimeUs - entry.facts.ctimeUs) / 86400e6)));
      }
      case "-readable":
      case "-writable":
      case "-executable": {
        const bit = name === "-readable" ? 4 : name === "-writable" ? 2 : 1;
        return test((entry) => {
          try {
            sys.access(entry.path, bit);
            return true;
          } catch (error) {
            if (error instanceof SysError) return false;
            throw error;
          }
        });
      }
      case "-fstype": {
        const wanted = this.#argument(name);
        return test((entry) => fileSystemType(sys, entry) === wanted);
      }
      // ---- actions
      case "-print":
        return action(this.#printer("\n"));
      case "-print0":
        return action(this.#printer("\0"));
      case "-fprint":
        return action(this.#printer("\n", yield* this.#file(this.#argument(name))));
      case "-fprint0":
        return action(this.#printer("\0", yield* this.#file(this.#argument(name))));
      case "-printf":
        return action(yield* this.#printf(this.#argument(name), io.out));
      case "-fprintf": {
        const file = yield* this.#file(this.#argument(name));
        return action(yield* this.#printf(this.#argument(name), file));
      }
      case "-ls":
      case "-fls": {
        const out = name === "-fls" ? yield* this.#file(this.#argument(name)) : io.out;
        const { nowUs } = this.#context;
        const context = this.#printfContext();
        return action(function* (entry) {
          yield* out.print(lsLine(entry, context, nowUs));
          return true;
        });
      }
      case "-prune":
        return action(function* () {
          state.pruned = true;
          return true;
        }, false);
      case "-quit":
        return action(function* () {
          state.quit = true;
          return true;
        });
      case "-delete":
        state.depthFirst = true;
        return action(function* (entry) {
          if (entry.path === ".") return true;
          try {
            if (entry.type === S.IFDIR) sys.rmdir(entry.path);
            else sys.unlink(entry.path);
            return true;
          } catch (error) {
            if (!(error instanceof SysError)) throw error;
            state.failed = true;
            yield* io.warn(`cannot delete ${io.quote(entry.path)}: ${error.message}`);
            return false;
          }
        });
      case "-exec":
      case "-execdir":
      case "-ok":
      case "-okdir":
        return action(this.#exec(name));
    }
    if (name === "-context") throw new ExpressionError("invalid predicate -context: SELinux is not enabled.");
    const newer = /^-newer([aBcm])([aBcmt])$/.exec(name);
    if (newer) return test(this.#newerXY(newer[1] ?? "m", newer[2] ?? "m", this.#argument(name)));
    if (name.startsWith("-newer") && name.length === 8) throw new ExpressionError(`invalid predicate \`${name}'`);
    throw new ExpressionError(`unknown predicate \`${name}'`);
  }

  #types(name: string, words: string): Set<number> {
    const wanted = new Set<number>();
    if (words === "") throw new ExpressionError(`Arguments to ${name} should contain at least one letter`);
    for (const word of words.split(",")) {
      const type = TYPES.get(word);
      if (type === undefined) {
        if (word === "") throw new ExpressionError(`Last file type in list argument to ${name} is missing, i.e., list is ending on: ','`);
        if (word.length > 1) throw new ExpressionError(`Must separate multiple arguments to ${name} using: ','`);
        throw new ExpressionError(`Unknown argument to ${name}: ${word}`);
      }
      wanted.add(type);
    }
    return wanted;
  }

  /** +N, -N or N. */
  #number(name: string, word: string): (value: number) => boolean {
    const found = /^([-+]?)(\d+)$/.exec(word);
    if (!found) throw new ExpressionError(name === "-used" ? `Invalid argument ${word} to -used` : `invalid argument \`${word}' to \`${name}'`);
    const number = Number(found[2]);
    return found[1] === "+" ? (value) => value > number : found[1] === "-" ? (value) => value < number : (value) => value === number;
  }

  #size(word: string): Test {
    const found = /^([-+]?)(\d+)(.*)$/.exec(word);
    if (!found) throw new ExpressionError(/[0-9bcwkMG]$/.test(word) || word === "" ? `Invalid argument \`${word}' to -size` : `invalid -size type \`${word.slice(-1)}'`);
    const suffix = found[3] ?? "";
    const unit = SIZE_UNITS.get(suffix === "" ? "b" : suffix);
    if (unit === undefined) throw new ExpressionError(`invalid -size type \`${suffix.slice(-1)}'`);
    const compare = this.#number("-size", `${found[1]}${found[2]}`);
    return (entry) => compare(Math.ceil(entry.facts.sizeBytes / unit));
  }

  #permissions(word: string): Test {
    const kind = word.startsWith("-") ? "all" : word.startsWith("/") ? "any" : "exact";
    const text = kind === "exact" ? word : word.slice(1);
    const changes = parseMode(text);
    if (!changes || text === "" || /^\+\d/.test(word)) throw new ExpressionError(`invalid mode ${this.#context.io.quote(word)}`);
    const bits = applyMode(changes, 0, false, 0);
    const forDirectory = applyMode(changes, 0, true, 0) || bits;
    return (entry) => {
      const mode = entry.facts.mode & 0o7777;
      const wanted = entry.type === S.IFDIR ? forDirectory : bits;
      if (kind === "exact") return mode === wanted;
      if (kind === "all") return (mode & wanted) === wanted;
      return wanted === 0 || (mode & wanted) !== 0;
    };
  }

  #statReference(path: string): Stat {
    const { sys, io } = this.#context;
    try {
      return sys.stat(path);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      throw new ExpressionError(`${io.quote(path)}: ${error.message}`);
    }
  }

  /** -mtime and its like. */
  #age(name: string, unitUs: number): Test {
    const word = this.#argument(name);
    const found = /^([-+]?)(\d+(?:\.\d*)?|\.\d+)$/.exec(word);
    if (!found) throw new ExpressionError(`invalid argument \`${word}' to \`${name}'`);
    const count = Number(found[2]);
    const which = name[1] ?? "m";
    let origin = this.#context.nowUs;
    if (this.#dayStart) {
      const civil = civilAtUs(this.#context.zone, origin);
      const sinceMidnight = (((civil.epochSeconds + civil.offsetSeconds) % 86400) + 86400) % 86400;
      origin = (civil.epochSeconds - sinceMidnight + 86400) * 1e6;
    }
    const minutes = unitUs < 1e9;
    return (entry) => {
      const ageUs = origin - timeOf(entry.facts, which);
      if (minutes) {
        if (found[1] === "+") return ageUs > count * unitUs;
        if (found[1] === "-") return ageUs < count * unitUs;
        return ageUs > (count - 1) * unitUs && ageUs <= count * unitUs;
      }
      if (found[1] === "+") return ageUs >= (count + 1) * unitUs;
      if (found[1] === "-") return ageUs < count * unitUs;
      return ageUs >= count * unitUs && ageUs < (count + 1) * unitUs;
    };
  }

  #newerXY(x: string, y: string, word: string): Test {
    const { zone, nowUs, io } = this.#context;
    let reference: number;
    if (y === "t") {
      const parsed = parseDate(word, zone, { epochSeconds: Math.floor(nowUs / 1e6), nanoseconds: (nowUs % 1e6) * 1000 });
      if (parsed === undefined) throw new ExpressionError(`I cannot figure out how to interpret ${io.quote(word)} as a date or time`);
      reference = parsed.epochSeconds * 1e6 + parsed.nanoseconds / 1000;
    } else reference = timeOf(this.#statReference(word), y);
    return (entry) => timeOf(entry.facts, x) > reference;
  }

  #printer(end: string, out = this.#context.io.out): Action {
    return function* (entry) {
      yield* out.print(entry.path + end);
      return true;
    };
  }

  #printfContext(): PrintfContext {
    const { sys, accounts, zone } = this.#context;
    return { sys, accounts, zone };
  }

  *#printf(source: string, out: Output): Blocking<Action> {
    const context = this.#printfContext();
    try {
      const format = parsePrintf(source);
      for (const warning of format.warnings) yield* this.#context.io.warn(warning);
      return function* (entry) {
        const { text, stop } = formatEntry(format, entry, context);
        yield* out.print(text);
        if (stop) yield* out.flush();
        return true;
      };
    } catch (error) {
      if (error instanceof FormatError) throw new ExpressionError(error.message);
      throw error;
    }
  }

  *#file(name: string): Blocking<Output> {
    const known = this.#files.get(name);
    if (known) return known;
    const { sys, io, state } = this.#context;
    if (name === "/dev/stdout") return io.out;
    try {
      const fd = yield* sys.open(name, O.WRONLY | O.CREAT | O.TRUNC | O.CLOEXEC);
      const out = new Output(sys, fd);
      this.#files.set(name, out);
      state.finishers.push(() => out.flush());
      return out;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      throw new ExpressionError(`${io.quote(name)}: ${error.message}`);
    }
  }

  #exec(name: string): Action {
    const words: string[] = [];
    let many = false;
    const asks = name.startsWith("-ok");
    for (;;) {
      const word = this.#words[this.#at++];
      if (word === undefined) throw new ExpressionError(`missing argument to \`${name}'`);
      if (word === ";") break;
      if (word === "+" && words.at(-1) === "{}" && !asks) {
        many = true;
        break;
      }
      words.push(word);
    }
    if (words.length === 0 || (many && words.length === 1)) throw new ExpressionError(`missing argument to \`${name}'`);
    if (many && words.slice(0, -1).some((word) => word.includes("{}"))) throw new ExpressionError(`Only one instance of {} is supported with ${name} ... +`);
    const exec = new ExecAction(this.#context.sys, this.#context.io, this.#context.state, words, { many, asks, inDirectory: name.endsWith("dir") });
    if (many) this.#context.state.finishers.push(() => exec.finish());
    return (entry) => exec.run(entry);
  }
}

function timeOf(facts: Stat, which: string): number {
  switch (which) {
    case "a":
      return facts.atimeUs;
    case "c":
      return facts.ctimeUs;
    case "B":
      return facts.btimeUs;
    default:
      return facts.mtimeUs;
  }
}
