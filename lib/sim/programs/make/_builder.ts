// Making targets: which are out of date, which rule makes them, and running recipes (GNU make's manual, "How make Works", "Using Implicit Rules", "Writing Recipes").
import { type Blocking, O, SIGNALS, type Sys, SysError, type WaitStatus } from "../../kernel/sys.ts";
import { execSearching } from "../kit/exec-path.ts";
import type { Io } from "../kit/io.ts";
import { waitFor } from "../kit/shell-command.ts";
import type { Makefile, PatternRule, Recipe, Target } from "./_makefile.ts";
import { MakeError, stemOf, type Variable, words } from "./_variables.ts";

export interface BuildOptions {
  readonly dryRun: boolean;
  readonly silent: boolean;
  readonly keepGoing: boolean;
  readonly ignoreErrors: boolean;
  readonly touch: boolean;
  readonly question: boolean;
  readonly always: boolean;
  readonly old: ReadonlySet<string>;
  readonly whatIf: ReadonlySet<string>;
  readonly traces: boolean;
}

interface Result {
  /** undefined: no such file */
  readonly mtimeUs: number | undefined;
  /** a recipe was run for it, or for something it needs that makes it new */
  readonly isRemade: boolean;
  readonly isFailed: boolean;
  /** what it needs could not be made */
  readonly isBlocked?: boolean;
}

/** What the shell has to do: else make starts the program itself. */
const NEEDS_SHELL = /[#;"*?[\]&|<>(){}$`^~!=\\'\n]/;
const SHELL_WORDS = new Set([".", ":", "alias", "bg", "break", "case", "cd", "command", "continue", "eval", "exec", "exit", "export", "fc", "fg", "for", "getopts", "hash", "if", "jobs", "login", "logout", "read", "readonly", "return", "set", "shift", "test", "times", "trap", "type", "ulimit", "umask", "unalias", "unset", "wait", "while"]);

interface Choice {
  readonly prerequisites: readonly string[];
  readonly orderOnly: readonly string[];
  readonly recipe: Recipe | undefined;
  readonly stem: string;
}

export class Builder {
  readonly #sys: Sys;
  readonly #io: Io;
  readonly #makefile: Makefile;
  readonly #options: BuildOptions;
  readonly #name: string;
  readonly #done = new Map<string, Result>();
  readonly #active = new Set<string>();
  /** commands were run, or would have been */
  ran = false;
  wouldRun = false;

  constructor(io: Io, makefile: Makefile, options: BuildOptions, name: string) {
    this.#sys = io.sys;
    this.#io = io;
    this.#makefile = makefile;
    this.#options = options;
    this.#name = name;
  }

  #mtime(path: string): number | undefined {
    if (this.#options.whatIf.has(path)) return Number.MAX_SAFE_INTEGER;
    try {
      return this.#sys.stat(path).mtimeUs;
    } catch (error) {
      if (error instanceof SysError) return undefined;
      throw error;
    }
  }

  /** False: it failed. Throws MakeError when nothing more is to be done. */
  *goal(name: string): Blocking<boolean> {
    this.ran = false;
    const result = yield* this.update(name, undefined);
    if (result.isFailed) {
      if (this.#options.keepGoing && result.isBlocked === true) yield* this.#io.stderr(`${this.#name}: Target '${name}' not remade because of errors.\n`);
      return false;
    }
    if (!this.ran && !this.#options.silent && !this.#options.question) {
      const target = this.#makefile.targets.get(name);
      const hasRecipe = target?.recipe !== undefined || (target?.doubles.length ?? 0) > 0 || (this.#choices.get(name)?.recipe !== undefined);
      this.#io.say(hasRecipe && !this.#makefile.phony.has(name) ? `${this.#name}: '${name}' is up to date.\n` : `${this.#name}: Nothing to be done for '${name}'.\n`);
    }
    return true;
  }

  readonly #choices = new Map<string, Choice>();

  *update(name: string, parent: string | undefined): Blocking<Result> {
    const known = this.#done.get(name);
    if (known) return known;
    if (this.#sys.charge(10)) yield* this.#sys.preempt();
    if (this.#active.size > 300) throw new MakeError("too many levels of prerequisites");
    this.#active.add(name);
    const result = yield* this.#make(name, parent);
    this.#active.delete(name);
    this.#done.set(name, result);
    return result;
  }

  *#make(name: string, parent: string | undefined): Blocking<Result> {
    const { targets, phony } = this.#makefile;
    const target = targets.get(name);
    const isPhony = phony.has(name);
    const path = target?.recipe === undefined ? yield* this.#makefile.located(name) : name;
    const scope = yield* this.#ownVariables(target);
    try {
      if (target !== undefined && target.doubles.length > 0) return yield* this.#double(target);
      let choice: Choice = { prerequisites: target?.prerequisites ?? [], orderOnly: target?.orderOnly ?? [], recipe: target?.recipe, stem: target?.stem ?? "" };
      if (choice.recipe === undefined && !isPhony) {
        const implicit = yield* this.#implicit(name, 0);
        if (implicit) choice = { prerequisites: [...implicit.prerequisites, ...choice.prerequisites], orderOnly: [...choice.orderOnly, ...implicit.orderOnly], recipe: implicit.recipe, stem: implicit.stem };
      }
      const byDefault = targets.get(".DEFAULT")?.recipe;
      if (choice.recipe === undefined && target === undefined && this.#mtime(path) === undefined) {
        if (byDefault === undefined) {
          const needed = parent === undefined ? "" : `, needed by '${parent}'`;
          if (!this.#options.keepGoing) throw new MakeError(`No rule to make target '${name}'${needed}.`);
          yield* this.#io.stderr(`${this.#name}: *** No rule to make target '${name}'${needed}.\n`);
          return { mtimeUs: undefined, isRemade: false, isFailed: true };
        }
        choice = { ...choice, recipe: byDefault };
      }
      this.#choices.set(name, choice);
      return yield* this.#remake(name, path, choice, isPhony);
    } finally {
      if (scope) this.#makefile.variables.scopes.splice(this.#makefile.variables.scopes.indexOf(scope), 1);
    }
  }

  *#ownVariables(target: Target | undefined): Blocking<Map<string, Variable> | undefined> {
    if (target === undefined || target.assignments.length === 0) return undefined;
    const { variables } = this.#makefile;
    variables.scopes.unshift(target.variables);
    for (const { name, operator, value } of target.assignments) yield* this.#makefile.assign(name, operator, value, "file", target.variables);
    return target.variables;
  }

  *#double(target: Target): Blocking<Result> {
    let isRemade = false;
    let isFailed = false;
    for (const { prerequisites, recipe } of target.doubles) {
      const result = yield* this.#remake(target.name, target.name, { prerequisites, orderOnly: target.orderOnly, recipe, stem: "" }, this.#makefile.phony.has(target.name) || prerequisites.length === 0);
      isRemade ||= result.isRemade;
      isFailed ||= result.isFailed;
    }
    return { mtimeUs: this.#mtime(target.name), isRemade, isFailed };
  }

  *#remake(name: string, path: string, choice: Choice, isPhony: boolean): Blocking<Result> {
    const before = this.#mtime(path);
    const newer: string[] = [];
    let isStale = before === undefined || isPhony || this.#options.always;
    let isFailed = false;
    const kept: string[] = [];
    for (const [word, counts] of [...choice.prerequisites.map((one) => [one, true] as const), ...choice.orderOnly.map((one) => [one, false] as const)]) {
      if (this.#active.has(word)) {
        yield* this.#io.stderr(`${this.#name}: Circular ${name} <- ${word} dependency dropped.\n`);
        continue;
      }
      const result = yield* this.update(word, name);
      if (counts) kept.push(yield* this.#makefile.located(word));
      if (result.isFailed) {
        isFailed = true;
        if (!this.#options.keepGoing) break;
        continue;
      }
      if (!counts || this.#options.old.has(word)) continue;
      if (before === undefined || result.isRemade || (result.mtimeUs ?? Number.MAX_SAFE_INTEGER) > before) {
        newer.push(yield* this.#makefile.located(word));
        isStale = true;
      }
    }
    if (isFailed) return { mtimeUs: before, isRemade: false, isFailed: true, isBlocked: true };
    if (!isStale || this.#options.old.has(name)) return { mtimeUs: before, isRemade: false, isFailed: false };
    const { recipe } = choice;
    if (recipe === undefined) return { mtimeUs: before, isRemade: before === undefined || newer.length > 0 || isPhony, isFailed: false };
    const isGood = yield* this.#run(before === undefined ? name : path, recipe, { ...choice, prerequisites: kept }, before === undefined ? kept : newer);
    return { mtimeUs: this.#options.dryRun ? Number.MAX_SAFE_INTEGER : this.#mtime(name), isRemade: true, isFailed: !isGood };
  }

  /** The first pattern rule whose prerequisites are there or can be made. */
  *#implicit(name: string, depth: number): Blocking<Choice | undefined> {
    const found: { readonly rule: PatternRule; readonly stem: string; readonly directory: string }[] = [];
    const slash = name.lastIndexOf("/") + 1;
    for (const rule of this.#makefile.patterns) {
      for (const pattern of rule.targets) {
        const whole = stemOf(pattern, name);
        const inside = whole === undefined && !pattern.includes("/") && slash > 0 ? stemOf(pattern, name.slice(slash)) : undefined;
        if (whole !== undefined && whole !== "") found.push({ rule, stem: whole, directory: "" });
        else if (inside !== undefined && inside !== "") found.push({ rule, stem: inside, directory: name.slice(0, slash) });
      }
    }
    // the shortest stem is the best
    found.sort((a, b) => Number(a.rule.isBuiltIn) - Number(b.rule.isBuiltIn) || a.stem.length - b.stem.length);
    for (const isDeep of depth < 3 ? [false, true] : [false]) {
      for (const { rule, stem, directory } of found) {
        if (rule.recipe.lines.length === 0 || (isDeep && rule.targets.includes("%"))) continue;
        if (this.#sys.charge(5)) yield* this.#sys.preempt();
        const prerequisites = rule.prerequisites.map((word) => (word.includes("%") ? directory + word.replace("%", () => stem) : word));
        let isPossible = true;
        for (const word of prerequisites) {
          if (this.#makefile.targets.has(word) || this.#mtime(yield* this.#makefile.located(word)) !== undefined) continue;
          if (isDeep && word !== name && !this.#active.has(word) && (yield* this.#implicit(word, depth + 1))) continue;
          isPossible = false;
          break;
        }
        if (isPossible) return { prerequisites, orderOnly: rule.orderOnly.map((word) => word.replace("%", () => stem)), recipe: rule.recipe, stem: directory + stem };
      }
    }
    return undefined;
  }

  // ---- recipes

  #automatic(name: string, choice: Choice, newer: readonly string[]): Map<string, Variable> {
    const scope = new Map<string, Variable>();
    const unique = [...new Set(choice.prerequisites)];
    const values: readonly (readonly [string, string])[] = [["@", name], ["<", choice.prerequisites[0] ?? ""], ["^", unique.join(" ")], ["+", choice.prerequisites.join(" ")], ["?", [...new Set(newer)].join(" ")], ["*", choice.stem], ["|", choice.orderOnly.join(" ")]];
    for (const [letter, value] of values) {
      const put = (key: string, text: string) => scope.set(key, { value: text, isRecursive: false, origin: "automatic", isExported: false });
      put(letter, value);
      put(`${letter}D`, words(value).map((word) => (word.includes("/") ? word.slice(0, word.lastIndexOf("/")) || "/" : ".")).join(" "));
      put(`${letter}F`, words(value).map((word) => word.slice(word.lastIndexOf("/") + 1)).join(" "));
    }
    return scope;
  }

  *#environment(): Blocking<ReadonlyMap<string, string>> {
    const { variables, exported, exportsAll } = this.#makefile;
    const environment = new Map(this.#sys.environment);
    const scoped = variables.scopes.flatMap((scope) => [...scope.keys()]);
    for (const name of new Set([...variables.names(), ...scoped])) {
      const found = variables.get(name);
      if (!found || !/^[A-Za-z_]\w*$/.test(name) || ["MAKELEVEL", "MAKEFLAGS", "SHELL", "MAKEFILE_LIST", "CURDIR", "MAKE"].includes(name)) continue;
      if (found.origin === "default" || found.origin === "automatic") continue;
      if (exported.has(name) || exportsAll || found.origin === "command line" || environment.has(name)) environment.set(name, yield* variables.valueOf(name));
    }
    environment.set("MAKELEVEL", String(Number(this.#sys.environment.get("MAKELEVEL") ?? "0") + 1));
    environment.set("MAKEFLAGS", yield* variables.valueOf("MAKEFLAGS"));
    return environment;
  }

  /** False: it failed. */
  *#run(name: string, recipe: Recipe, choice: Choice, newer: readonly string[]): Blocking<boolean> {
    const { variables, special } = this.#makefile;
    const scope = this.#automatic(name, choice, newer);
    variables.scopes.unshift(scope);
    const of = (key: string): boolean => {
      const listed = special.get(key);
      return listed !== undefined && (listed.length === 0 || listed.includes(name));
    };
    try {
      if (this.#options.traces) this.#io.out.put(`${recipe.file}:${recipe.lines[0]?.line ?? recipe.line}: ${newer.length === 0 || this.#mtime(name) === undefined ? `target '${name}' does not exist` : `update target '${name}' due to: ${newer.join(" ")}`}\n`);
      if (this.#options.touch && !this.#makefile.phony.has(name)) {
        this.#io.out.put(`touch ${name}\n`);
        this.ran = true;
        this.#sys.close(yield* this.#sys.open(name, O.WRONLY | O.CREAT, 0o666));
        this.#sys.utimes(name, "now", "now");
        return true;
      }
      const isOne = special.has(".ONESHELL");
      const lines = isOne ? [{ text: recipe.lines.map(({ text }) => text).join("\n"), line: recipe.lines[0]?.line ?? recipe.line }] : recipe.lines;
      const begin = recipe.lines[0]?.line ?? recipe.line;
      for (const [index, { text }] of lines.entries()) {
        // make counts the lines of recipes, not those of the file
        const line = begin === 0 ? 0 : begin + index;
        variables.place = `${recipe.file}:${line}`;
        const isRecursive = /\$[({]MAKE[)}]/.test(text);
        // what a variable of several lines gives is several lines
        const whole = yield* variables.expand(text);
        for (const command of isOne ? [whole] : whole.split(/(?<!\\)\n/)) {
          if (command.trim() === "") continue;
          const prefix = /^[@+\-\s]*/.exec(command)?.[0] ?? "";
          const body = command.slice(prefix.length);
          if (body === "") continue;
          const isSilent = this.#options.silent || prefix.includes("@") || of(".SILENT");
          const runsAnyway = prefix.includes("+") || isRecursive;
          this.ran = true;
          if (this.#options.question && !runsAnyway) {
            this.wouldRun = true;
            return false;
          }
          if (!isSilent || this.#options.dryRun) this.#io.out.put(`${body}\n`);
          if (this.#options.dryRun && !runsAnyway) continue;
          const status = yield* this.#shell(body, yield* this.#environment());
          if (status.kind === "exited" && status.status === 0) continue;
          if (!(yield* this.#failed(name, line === 0 ? recipe.file : `${recipe.file}:${line}`, status, prefix.includes("-") || this.#options.ignoreErrors || of(".IGNORE")))) return false;
        }
      }
      return true;
    } finally {
      variables.scopes.splice(variables.scopes.indexOf(scope), 1);
      variables.place = undefined;
    }
  }

  /** True: it does not matter. */
  *#failed(name: string, place: string, status: WaitStatus, isIgnored: boolean): Blocking<boolean> {
    const what = status.kind === "exited" ? `Error ${status.status}` : status.kind === "signaled" ? (status.signal === 2 ? "Interrupt" : status.signal === 15 ? "Terminated" : `Error ${status.signal}`) : "Error 1";
    if (isIgnored && status.kind === "exited") {
      yield* this.#io.stderr(`${this.#name}: [${place}: ${name}] ${what} (ignored)\n`);
      return true;
    }
    yield* this.#io.stderr(`${this.#name}: *** [${place}: ${name}] ${what}\n`);
    if ((status.kind === "signaled" || this.#makefile.special.has(".DELETE_ON_ERROR")) && !this.#makefile.phony.has(name) && this.#mtime(name) !== undefined) {
      yield* this.#io.stderr(`${this.#name}: *** Deleting file '${name}'\n`);
      this.#sys.unlink(name);
    }
    return false;
  }

  *#shell(command: string, environment: ReadonlyMap<string, string>): Blocking<WaitStatus> {
    yield* this.#io.out.flush();
    const { variables } = this.#makefile;
    const shell = (yield* variables.valueOf("SHELL")) || "/bin/sh";
    const flags = words((yield* variables.valueOf(".SHELLFLAGS")) || "-c");
    const list = words(command);
    const isDirect = shell === "/bin/sh" && !NEEDS_SHELL.test(command) && !SHELL_WORDS.has(list[0] ?? "");
    const name = this.#name;
    const pid = this.#sys.fork(function* (child): Blocking<number> {
      const file = isDirect ? (list[0] ?? "") : shell;
      const error = yield* execSearching(child, file, isDirect ? list : [shell, ...flags, command], environment, environment.get("PATH"));
      yield* child.write(2, new Uint8Array([...`${name}: ${file}: ${error.message}\n`].map((letter) => letter.charCodeAt(0))));
      return 127;
    });
    // Ctrl-C ends the recipe, and make tells of it
    const former = this.#sys.sigaction(SIGNALS.INT, "catch");
    const status = yield* waitFor(this.#sys, pid);
    this.#sys.takeSignals();
    this.#sys.sigaction(SIGNALS.INT, former);
    return status;
  }
}
