// sudoers(5): parsing with the position of the first mistake, and the question who may run what.
// (More than 400 lines: one grammar; the reader of a line and what is decided from it share its types.)
import type { User } from "../kit/accounts.ts";
import { compileFnmatch } from "../kit/fnmatch.ts";
import { defaultProblem } from "./_default-names.ts";

export interface SyntaxMistake {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** the line, and how many characters are underlined */
  readonly text: string;
  readonly length: number;
  /** "syntax error" unless said otherwise */
  readonly message?: string;
}

/** A line that is read all the same: a name behind Defaults that nobody knows, an alias that is not there. */
export interface Remark {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** A Defaults line: for whom it is, and what it sets. */
interface Setting {
  readonly scope: "" | ":" | "@" | ">" | "!";
  readonly words: readonly string[];
  readonly name: string;
  readonly operator: string;
  readonly value: string;
}

interface AliasPlace {
  readonly kind: string;
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface CommandSpec {
  readonly runAsUsers: readonly string[] | undefined;
  readonly runAsGroups: readonly string[] | undefined;
  readonly password: boolean;
  readonly setEnvironment: boolean;
  readonly tags: readonly string[];
  /** "ALL", "/usr/bin/id", "!/bin/sh", "/bin/ls /home/*" */
  readonly command: string;
}

export interface UserSpec {
  readonly users: readonly string[];
  readonly hosts: readonly string[];
  readonly commands: readonly CommandSpec[];
}

export interface Policy {
  readonly specs: readonly UserSpec[];
  readonly includes: readonly { readonly path: string; readonly directory: boolean }[];
}

interface Token {
  readonly text: string;
  readonly column: number;
}

const keywords = new Set(["NOPASSWD", "PASSWD", "NOEXEC", "EXEC", "SETENV", "NOSETENV", "LOG_INPUT", "NOLOG_INPUT", "LOG_OUTPUT", "NOLOG_OUTPUT", "MAIL", "NOMAIL", "FOLLOW", "NOFOLLOW"]);

function tokenize(line: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < line.length; ) {
    const character = line.charAt(at);
    if (/\s/.test(character)) {
      at++;
      continue;
    }
    if ("(),:=".includes(character)) {
      tokens.push({ text: character, column: at });
      at++;
      continue;
    }
    let end = at;
    while (end < line.length && !/[\s(),:=]/.test(line.charAt(end))) end += line.charAt(end) === "\\" ? 2 : 1;
    tokens.push({ text: line.slice(at, end), column: at });
    at = end;
  }
  return tokens;
}

class Mistake extends Error {
  readonly token: Token;
  constructor(token: Token, message = "syntax error") {
    super(message);
    this.token = token;
  }
}

/** Reads one file; aliases of files read before may be used. */
export class SudoersParser {
  readonly specs: UserSpec[] = [];
  readonly defaultsRemarks: Remark[] = [];
  readonly #settings: Setting[] = [];
  readonly #defined: AliasPlace[] = [];
  readonly #used: AliasPlace[] = [];
  #file = "";
  #lineNumber = 0;
  #lineLength = 0;
  readonly #aliases = new Map<string, readonly string[]>();
  readonly mistakes: SyntaxMistake[] = [];

  parse(file: string, body: string): readonly { readonly path: string; readonly directory: boolean }[] {
    const includes: { path: string; directory: boolean }[] = [];
    const lines = body.split("\n");
    for (let number = 0; number < lines.length; number++) {
      let line = lines[number] ?? "";
      const first = number + 1;
      while (line.endsWith("\\") && number + 1 < lines.length) line = line.slice(0, -1) + (lines[++number] ?? "");
      const include = /^\s*[#@](include|includedir)\s+(.*\S)\s*$/.exec(line);
      if (include !== null) {
        includes.push({ path: (include[2] ?? "").replace(/^"(.*)"$/, "$1"), directory: include[1] === "includedir" });
        continue;
      }
      const comment = /(^|\s)#(?!\d)/.exec(line);
      const text = comment === null ? line : line.slice(0, comment.index);
      if (text.trim() === "") continue;
      this.#file = file;
      this.#lineNumber = first;
      this.#lineLength = line.length;
      try {
        this.#line(text);
      } catch (error) {
        if (!(error instanceof Mistake)) throw error;
        this.mistakes.push({ file, line: first, column: error.token.column + 1, text: line, length: Math.max(1, error.token.text.length), message: error.message });
      }
    }
    return includes;
  }

  #line(line: string): void {
    const defaults = /^(\s*Defaults)([@:!>]\S+)?(\s+)(.*)$/.exec(line);
    if (defaults !== null) {
      const scope = defaults[2] ?? "";
      const kind = scope.charAt(0);
      const words = scope.slice(1).split(",");
      let column = (defaults[1] ?? "").length + scope.length + (defaults[3] ?? "").length;
      for (const part of splitList(defaults[4] ?? "")) {
        column = line.indexOf(part, column);
        const match = /^(!?)(\w+)(\s*([+-]?=)\s*)?(.*)$/.exec(part);
        const [, negation = "", name = "", gap, operator = "", rest = ""] = match ?? [];
        if (match === null || (gap === undefined && rest !== "")) throw new Mistake({ text: part, column });
        const value = rest.trim().replace(/^"(.*)"$/, "$1");
        const problem = defaultProblem(name, gap === undefined ? undefined : value, negation !== "");
        // the place of the word that ends the entry
        const place = gap !== undefined ? column + negation.length + name.length + gap.length : negation !== "" ? column + 1 : column + name.length;
        if (problem !== undefined) this.defaultsRemarks.push({ file: this.#file, line: this.#lineNumber, column: place + 1, message: problem });
        else if (kind === "" || kind === ":" || kind === "@" || kind === ">" || kind === "!") this.#settings.push({ scope: kind, words, name, operator, value: gap === undefined ? (negation === "!" ? "no" : "yes") : value });
      }
      return;
    }
    const alias = /^\s*(User_Alias|Runas_Alias|Host_Alias|Cmnd_Alias|Cmd_Alias)\s+(.*)$/.exec(line);
    if (alias !== null) {
      for (const definition of (alias[2] ?? "").split(/\s*:\s*(?=[A-Z][A-Z0-9_]*\s*=)/)) {
        const match = /^([A-Z][A-Z0-9_]*)\s*=\s*(.+)$/.exec(definition.trim());
        if (match === null) throw new Mistake({ text: definition, column: line.indexOf(definition) });
        const kind = alias[1]?.replace("Cmd_", "Cmnd_") ?? "";
        const name = match[1] ?? "";
        if (this.#aliases.has(`${kind}:${name}`)) throw new Mistake({ text: "", column: line.length }, `Alias "${name}" already defined`);
        this.#defined.push({ kind, name, file: this.#file, line: this.#lineNumber, column: line.indexOf(name, line.indexOf(definition.trim())) + 1 });
        this.#aliases.set(`${kind}:${name}`, splitList(match[2] ?? ""));
        for (const word of splitList(match[2] ?? "")) this.#refer(kind, word);
      }
      return;
    }
    this.#userSpec(line);
  }

  #userSpec(line: string): void {
    const tokens = tokenize(line);
    let at = 0;
    const end: Token = { text: "\n", column: line.length };
    const peek = (): Token => tokens[at] ?? end;
    const next = (): Token => tokens[at++] ?? end;
    const word = (): Token => {
      const token = next();
      if (token === end || "(),:=".includes(token.text)) throw new Mistake(token);
      return token;
    };
    const list = (): Token[] => {
      const words = [word()];
      while (peek().text === ",") {
        next();
        words.push(word());
      }
      return words;
    };
    const users = this.#expand("User_Alias", list().map((token) => token.text));
    for (;;) {
      const hosts = this.#expand("Host_Alias", list().map((token) => token.text));
      const equals = next();
      if (equals.text !== "=") throw new Mistake(equals);
      const commands: CommandSpec[] = [];
      let runAsUsers: readonly string[] | undefined;
      let runAsGroups: readonly string[] | undefined;
      let password = true;
      let setEnvironment = false;
      let tags: string[] = [];
      do {
        if (peek().text === "(") {
          next();
          const names: string[] = [];
          const groups: string[] = [];
          let into = names;
          let any = false;
          while (peek().text !== ")") {
            const token = next();
            if (token === end) throw new Mistake(token);
            if (token.text === ":") {
              if (into === groups) throw new Mistake(token);
              into = groups;
            } else if (token.text === ",") continue;
            else if ("(=".includes(token.text)) throw new Mistake(token);
            else {
              // words of the list are separated by commas
              if (any && tokens[at - 2]?.text !== "," && tokens[at - 2]?.text !== ":" && tokens[at - 2]?.text !== "(") throw new Mistake(token);
              into.push(token.text);
              any = true;
            }
          }
          next();
          runAsUsers = this.#expand("Runas_Alias", names);
          runAsGroups = groups.length > 0 ? this.#expand("Runas_Alias", groups) : undefined;
        }
        while (keywords.has(peek().text) && tokens[at + 1]?.text === ":") {
          const tag = next().text;
          next();
          if (tag === "NOPASSWD") password = false;
          else if (tag === "PASSWD") password = true;
          else if (tag === "SETENV") setEnvironment = true;
          else if (tag === "NOSETENV") setEnvironment = false;
          else tags = [...tags, tag];
        }
        const first = word();
        if (!/^!*(?:ALL|\/|sudoedit|[A-Z][A-Z0-9_]*$|list$)/.test(first.text)) throw new Mistake(first);
        let command = first.text;
        while (peek() !== end && peek().text !== "," && peek().text !== ":") command += ` ${next().text}`;
        for (const one of this.#expand("Cmnd_Alias", [command])) commands.push({ runAsUsers, runAsGroups, password, setEnvironment, tags, command: one });
      } while (peek().text === "," && next() !== end);
      this.specs.push({ users, hosts, commands });
      if (peek().text !== ":") break;
      next();
    }
    if (peek() !== end) throw new Mistake(peek());
  }

  #refer(kind: string, raw: string): void {
    const word = raw.replace(/^!+/, "");
    if (/^[A-Z][A-Z0-9_]*$/.test(word) && word !== "ALL") this.#used.push({ kind, name: word, file: this.#file, line: this.#lineNumber, column: this.#lineLength + 1 });
  }

  #expand(kind: string, words: readonly string[]): readonly string[] {
    return words.flatMap((raw) => {
      this.#refer(kind, raw);
      const negated = raw.startsWith("!");
      const members = this.#aliases.get(`${kind}:${negated ? raw.slice(1) : raw}`);
      if (members === undefined) return [raw];
      return this.#expand(kind, members).map((member) => (negated ? `!${member}`.replace(/^!!/, "") : member));
    });
  }

  /** Aliases that are named but not there. */
  get undefinedAliases(): readonly Remark[] {
    const told = new Set<string>();
    return this.#used.filter(({ kind, name }) => !this.#aliases.has(`${kind}:${name}`) && !told.has(`${kind}:${name}`) && told.add(`${kind}:${name}`)).map(({ kind, name, file, line, column }) => ({ file, line, column, message: `${kind} "${name}" referenced but not defined` }));
  }

  get unusedAliases(): readonly Remark[] {
    return this.#defined.filter((one) => !this.#used.some((use) => use.kind === one.kind && use.name === one.name)).map(({ kind, name, file, line, column }) => ({ file, line, column, message: `unused ${kind} "${name}"` }));
  }

  /** What Defaults lines set for everybody, for this host, this user and the user whose rights are taken; a later line wins over an earlier one. */
  defaultsFor({ user, groups, gids, host, target }: { readonly user: User; readonly groups: readonly string[]; readonly gids: readonly number[]; readonly host: string; readonly target: User | undefined }): ReadonlyMap<string, string> {
    const found = new Map<string, string>();
    for (const scope of ["", "@", ":", ">"] as const) {
      for (const one of this.#settings) {
        if (one.scope !== scope) continue;
        const words = this.#expand(scope === "@" ? "Host_Alias" : scope === ":" ? "User_Alias" : "Runas_Alias", one.words);
        const applies = scope === "" || listMatches(words, (word) => (scope === "@" ? word === host || word === host.split(".")[0] : scope === ":" ? userMatches(word, user, groups, gids) : target !== undefined && userMatches(word, target, [], []))) === true;
        if (!applies) continue;
        const before = found.get(one.name) ?? "";
        if (one.operator === "+=") found.set(one.name, `${before}${before === "" ? "" : " "}${one.value}`);
        else if (one.operator === "-=") found.set(one.name, before.split(/\s+/).filter((word) => !one.value.split(/\s+/).includes(word)).join(" "));
        else found.set(one.name, one.value);
      }
    }
    return found;
  }

  get policy(): Pick<Policy, "specs"> {
    return { specs: this.specs };
  }
}

function splitList(text: string): string[] {
  const parts: string[] = [];
  let part = "";
  let quoted = false;
  for (const character of text) {
    if (character === '"') quoted = !quoted;
    if (character === "," && !quoted) {
      parts.push(part.trim());
      part = "";
    } else part += character;
  }
  if (part.trim() !== "") parts.push(part.trim());
  return parts;
}

// ---- decisions ---------------------------------------------------------------------------------------------------------------------------

/** Undefined: no word of the list speaks of it. */
function listMatches(words: readonly string[], matches: (word: string) => boolean): boolean | undefined {
  let result: boolean | undefined;
  for (const word of words) {
    const negated = word.startsWith("!");
    const plain = negated ? word.slice(1) : word;
    if (plain === "ALL" || matches(plain)) result = !negated;
  }
  return result;
}

function userMatches(word: string, user: User, groups: readonly string[], gids: readonly number[]): boolean {
  if (word.startsWith("%#")) return gids.includes(Number(word.slice(2)));
  if (word.startsWith("%")) return groups.includes(word.slice(1));
  if (word.startsWith("#")) return user.uid === Number(word.slice(1));
  return word === user.name;
}

export interface Wish {
  readonly user: User;
  readonly groups: readonly string[];
  readonly gids: readonly number[];
  readonly host: string;
  readonly target: User;
  readonly targetGroup: string | undefined;
  /** resolved path of the command */
  readonly path: string;
  readonly args: readonly string[];
}

export interface Decision {
  readonly allowed: boolean;
  readonly password: boolean;
  readonly setEnvironment: boolean;
  /** some line speaks of this user on this host */
  readonly known: boolean;
}

/** Specs of this user, in order. */
export function specsOf(policy: Pick<Policy, "specs">, user: User, groups: readonly string[], gids: readonly number[], host: string): readonly UserSpec[] {
  return policy.specs.filter((spec) => listMatches(spec.users, (word) => userMatches(word, user, groups, gids)) === true && listMatches(spec.hosts, (word) => word === host || word === host.split(".")[0]) === true);
}

function commandMatches(spec: string, path: string, args: readonly string[]): boolean {
  if (spec === "ALL") return true;
  const [pattern = "", ...wanted] = spec.split(" ");
  const pathMatches = pattern.endsWith("/") ? path.startsWith(pattern) && !path.slice(pattern.length).includes("/") : /[*?[]/.test(pattern) ? compileFnmatch(pattern, { pathname: true })(path) : sameProgram(pattern, path);
  if (!pathMatches) return false;
  if (wanted.length === 0) return true;
  if (wanted.length === 1 && wanted[0] === '""') return args.length === 0;
  return compileFnmatch(wanted.join(" ").replace(/\\([,:=\\])/g, "$1"))(args.join(" "));
}

/** /bin and /usr/bin are one directory. */
function sameProgram(pattern: string, path: string): boolean {
  const plain = (text: string): string => text.replace(/^\/usr(?=\/s?bin\/)/, "");
  return plain(pattern) === plain(path);
}

export function decide(policy: Pick<Policy, "specs">, wish: Wish): Decision {
  const specs = specsOf(policy, wish.user, wish.groups, wish.gids, wish.host);
  let result: Decision = { allowed: false, password: true, setEnvironment: false, known: specs.length > 0 };
  for (const spec of specs) {
    for (const command of spec.commands) {
      const runAs = command.runAsUsers === undefined || command.runAsUsers.length === 0
        ? command.runAsGroups !== undefined ? wish.target.name === wish.user.name : wish.target.uid === 0
        : listMatches(command.runAsUsers, (word) => userMatches(word, wish.target, [], [])) === true;
      if (!runAs) continue;
      if (wish.targetGroup !== undefined && (command.runAsGroups === undefined || listMatches(command.runAsGroups, (word) => word === wish.targetGroup) !== true)) continue;
      const negated = command.command.startsWith("!");
      if (!commandMatches(negated ? command.command.slice(1) : command.command, wish.path, wish.args)) continue;
      result = { allowed: !negated, password: command.password, setEnvironment: command.setEnvironment || command.command === "ALL", known: true };
    }
  }
  return result;
}

/** Entries of `sudo -ll`. */
export function describeLong(spec: UserSpec): readonly string[] {
  const entries: { readonly head: string; readonly commands: string[] }[] = [];
  for (const command of spec.commands) {
    const users = (command.runAsUsers === undefined || command.runAsUsers.length === 0 ? ["root"] : command.runAsUsers).join(", ");
    const options = [...(command.setEnvironment && command.command !== "ALL" ? ["setenv"] : []), ...(command.password ? [] : ["!authenticate"]), ...command.tags.map((tag) => tag.toLowerCase())];
    const head = `    RunAsUsers: ${users}\n${command.runAsGroups === undefined ? "" : `    RunAsGroups: ${command.runAsGroups.join(", ")}\n`}${options.length === 0 ? "" : `    Options: ${options.join(", ")}\n`}`;
    const last = entries.at(-1);
    if (last?.head === head) last.commands.push(command.command);
    else entries.push({ head, commands: [command.command] });
  }
  return entries.map(({ head, commands }) => `\nSudoers entry:\n${head}    Commands:\n${commands.map((command) => `\t${command}\n`).join("")}`);
}

/** Lines of `sudo -l`: "    (ALL : ALL) NOPASSWD: /usr/bin/id, PASSWD: /bin/ls". */
export function describe(spec: UserSpec): readonly string[] {
  const lines: { readonly runAs: string; text: string; password: boolean; tags: string }[] = [];
  for (const command of spec.commands) {
    const users = (command.runAsUsers === undefined || command.runAsUsers.length === 0 ? ["root"] : command.runAsUsers).join(", ");
    const runAs = command.runAsGroups === undefined ? `(${users})` : `(${users} : ${command.runAsGroups.join(", ")})`;
    const tags = [...(command.setEnvironment && command.command !== "ALL" ? ["SETENV:"] : []), ...command.tags.map((tag) => `${tag}:`)].join(" ");
    const last = lines.at(-1);
    if (last?.runAs === runAs && last.tags === tags) {
      last.text += `, ${command.password === last.password ? "" : command.password ? "PASSWD: " : "NOPASSWD: "}${command.command}`;
      last.password = command.password;
    } else lines.push({ runAs, tags, password: command.password, text: `    ${runAs} ${tags === "" ? "" : `${tags} `}${command.password ? "" : "NOPASSWD: "}${command.command}` });
  }
  return lines.map(({ text }) => text);
}
