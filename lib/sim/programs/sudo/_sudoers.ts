// sudoers(5): parsing with the position of the first mistake, and the question who may run what.
import type { User } from "../kit/accounts.ts";
import { compileFnmatch } from "../kit/fnmatch.ts";

export interface SyntaxMistake {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** the line, and how many characters are underlined */
  readonly text: string;
  readonly length: number;
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
  readonly defaults: ReadonlyMap<string, string>;
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
  constructor(token: Token) {
    super("syntax error");
    this.token = token;
  }
}

/** Reads one file; aliases of files read before may be used. */
export class SudoersParser {
  readonly specs: UserSpec[] = [];
  readonly defaults = new Map<string, string>();
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
      try {
        this.#line(text);
      } catch (error) {
        if (!(error instanceof Mistake)) throw error;
        this.mistakes.push({ file, line: first, column: error.token.column + 1, text: line, length: Math.max(1, error.token.text.length) });
      }
    }
    return includes;
  }

  #line(line: string): void {
    const defaults = /^\s*Defaults(?:[@:!>]\S+)?\s+(.*)$/.exec(line);
    if (defaults !== null) {
      for (const part of splitList(defaults[1] ?? "")) {
        const match = /^(!?)(\w+)\s*(?:(\+?-?=)\s*(.*))?$/.exec(part.trim());
        if (match === null) throw new Mistake({ text: part, column: line.indexOf(part) });
        this.defaults.set(match[2] ?? "", match[4] === undefined ? (match[1] === "!" ? "no" : "yes") : match[4].trim().replace(/^"(.*)"$/, "$1"));
      }
      return;
    }
    const alias = /^\s*(User_Alias|Runas_Alias|Host_Alias|Cmnd_Alias|Cmd_Alias)\s+(.*)$/.exec(line);
    if (alias !== null) {
      for (const definition of (alias[2] ?? "").split(/\s*:\s*(?=[A-Z][A-Z0-9_]*\s*=)/)) {
        const match = /^([A-Z][A-Z0-9_]*)\s*=\s*(.+)$/.exec(definition.trim());
        if (match === null) throw new Mistake({ text: definition, column: line.indexOf(definition) });
        this.#aliases.set(`${alias[1]?.replace("Cmd_", "Cmnd_")}:${match[1]}`, splitList(match[2] ?? ""));
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

  #expand(kind: string, words: readonly string[]): readonly string[] {
    return words.flatMap((raw) => {
      const negated = raw.startsWith("!");
      const members = this.#aliases.get(`${kind}:${negated ? raw.slice(1) : raw}`);
      if (members === undefined) return [raw];
      return this.#expand(kind, members).map((member) => (negated ? `!${member}`.replace(/^!!/, "") : member));
    });
  }

  get policy(): Pick<Policy, "specs" | "defaults"> {
    return { specs: this.specs, defaults: this.defaults };
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

/** Lines of `sudo -l`: "    (ALL : ALL) ALL". */
export function describe(spec: UserSpec): readonly string[] {
  const lines: string[] = [];
  let last: { readonly key: string; commands: string[] } | undefined;
  for (const command of spec.commands) {
    const users = (command.runAsUsers === undefined || command.runAsUsers.length === 0 ? ["root"] : command.runAsUsers).join(", ");
    const runAs = command.runAsGroups === undefined ? `(${users})` : `(${users} : ${command.runAsGroups.join(", ")})`;
    const tags = [...(command.setEnvironment && command.command !== "ALL" ? ["SETENV:"] : []), ...(command.password ? [] : ["NOPASSWD:"]), ...command.tags.map((tag) => `${tag}:`)];
    const key = [runAs, ...tags].join(" ");
    if (last !== undefined && last.key === key) {
      last.commands.push(command.command);
      lines[lines.length - 1] = `    ${key} ${last.commands.join(", ")}`;
    } else {
      last = { key, commands: [command.command] };
      lines.push(`    ${key} ${command.command}`);
    }
  }
  return lines;
}
