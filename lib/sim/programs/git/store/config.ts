// The configuration that holds for a command: system, global, local, command line, later ones first (git-config(1), "FILES").
import { type Blocking, type Sys, SysError } from "../../../kernel/sys.ts";
import { compileFnmatch } from "../../kit/fnmatch.ts";
import { directoryOf, joinPath } from "../../kit/paths.ts";
import { Die } from "../base/die.ts";
import { BadConfig, type ConfigEntry, parseConfig, splitKey } from "./config-file.ts";
import { readText } from "./file-bytes.ts";

export type ConfigScope = "system" | "global" | "local" | "worktree" | "command";

export interface ScopedEntry extends ConfigEntry {
  readonly scope: ConfigScope;
  /** path, or undefined for the command line */
  readonly file: string | undefined;
  /** as --show-origin names it */
  readonly shownFile: string | undefined;
}

const MOST_INCLUDES = 10;

export function parseBoolean(value: string | undefined): boolean | undefined {
  if (value === undefined) return true;
  const word = value.toLowerCase();
  if (word === "" || word === "false" || word === "no" || word === "off" || word === "0") return false;
  if (word === "true" || word === "yes" || word === "on") return true;
  const number = parseInteger(value);
  return number === undefined ? undefined : number !== 0;
}

export function parseInteger(value: string): number | undefined {
  const match = /^\s*([-+]?\d+|0x[0-9a-f]+)([kmg]?)$/i.exec(value);
  if (!match) return undefined;
  return Number(match[1]) * 1024 ** ["", "k", "m", "g"].indexOf((match[2] ?? "").toLowerCase());
}

/** "~/x" and "~user/x" by the environment's home. */
export function expandUserPath(sys: Sys, path: string): string {
  return path === "~" || path.startsWith("~/") ? (sys.environment.get("HOME") ?? "") + path.slice(1) : path;
}

export function globalConfigFiles(sys: Sys): readonly string[] {
  const chosen = sys.environment.get("GIT_CONFIG_GLOBAL");
  if (chosen !== undefined) return [chosen];
  const home = sys.environment.get("HOME");
  const xdg = sys.environment.get("XDG_CONFIG_HOME") || (home === undefined ? undefined : `${home}/.config`);
  return [...(xdg === undefined ? [] : [`${xdg}/git/config`]), ...(home === undefined ? [] : [`${home}/.gitconfig`])];
}

export class Config {
  readonly #sys: Sys;
  readonly entries: ScopedEntry[] = [];
  readonly #byKey = new Map<string, ScopedEntry[]>();
  #gitDir: string | undefined;

  constructor(sys: Sys) {
    this.#sys = sys;
  }

  /** Throws Die. */
  *load(gitDir: string | undefined, shownGitDir = ".git"): Blocking<void> {
    this.entries.length = 0;
    this.#byKey.clear();
    this.#gitDir = gitDir;
    const nosystem = parseBoolean(this.#sys.environment.get("GIT_CONFIG_NOSYSTEM") ?? "0");
    if (!nosystem) yield* this.#file(this.#sys.environment.get("GIT_CONFIG_SYSTEM") ?? "/etc/gitconfig", "system");
    for (const file of globalConfigFiles(this.#sys)) yield* this.#file(file, "global");
    if (gitDir !== undefined) yield* this.#file(`${gitDir}/config`, "local", `${shownGitDir}/config`);
    for (const [key, value] of commandLineConfig(this.#sys.environment)) this.#take({ key, value, line: 0, from: 0, to: 0, scope: "command", file: undefined, shownFile: undefined });
  }

  *#file(file: string, scope: ConfigScope, shown = file, depth = 0): Blocking<void> {
    let text: string | undefined;
    try {
      text = yield* readText(this.#sys, file);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      if (error.errno === "EACCES" && scope === "global") return;
      throw new Die(`unable to access '${file}': ${error.message}`);
    }
    if (text === undefined) return;
    if (depth > MOST_INCLUDES) throw new Die(`exceeded maximum include depth (${MOST_INCLUDES}) while including\n\t${file}\nfrom\n\t${file}\nThis might be due to circular includes.`);
    for (const entry of parsedOrDie(text, shown)) {
      this.#take({ ...entry, scope, file, shownFile: shown });
      const included = entry.key === "include.path" || (entry.key.startsWith("includeif.") && entry.key.endsWith(".path") && this.#condition(entry.key.slice(10, -5)));
      if (included && entry.value !== undefined) {
        const path = expandUserPath(this.#sys, entry.value);
        const target = path.startsWith("/") ? path : joinPath(directoryOf(file), path);
        yield* this.#file(target, scope, target, depth + 1);
      }
    }
  }

  #condition(text: string): boolean {
    const match = /^(gitdir(?:\/i)?):(.*)$/.exec(text);
    if (!match || this.#gitDir === undefined) return false;
    let pattern = expandUserPath(this.#sys, match[2] ?? "");
    if (!pattern.startsWith("/")) pattern = `**/${pattern}`;
    if (pattern.endsWith("/")) pattern += "**";
    const matches = compileFnmatch(pattern.replaceAll("**", "*"), { ignoreCase: match[1] === "gitdir/i" });
    return matches(this.#gitDir) || matches(`${this.#gitDir}/`);
  }

  #take(entry: ScopedEntry): void {
    this.entries.push(entry);
    const known = this.#byKey.get(entry.key);
    if (known) known.push(entry);
    else this.#byKey.set(entry.key, [entry]);
  }

  all(key: string): readonly ScopedEntry[] {
    return this.#byKey.get(key) ?? [];
  }

  has(key: string): boolean {
    return this.#byKey.has(key);
  }

  get(key: string): string | undefined {
    const last = this.all(key).at(-1);
    return last && (last.value ?? "");
  }

  /** Throws Die for a value that is no boolean. */
  boolean(key: string, otherwise: boolean): boolean {
    const last = this.all(key).at(-1);
    if (!last) return otherwise;
    const value = parseBoolean(last.value);
    if (value === undefined) throw new Die(`bad boolean config value '${last.value}' for '${key}'`);
    return value;
  }

  integer(key: string, otherwise: number): number {
    const last = this.all(key).at(-1);
    if (!last) return otherwise;
    const value = parseInteger(last.value ?? "");
    if (value === undefined) throw new Die(`bad numeric config value '${last.value ?? ""}' for '${key}'${last.shownFile === undefined ? "" : ` in file ${last.shownFile}`}: invalid unit`);
    return value;
  }

  path(key: string): string | undefined {
    const value = this.get(key);
    return value === undefined ? undefined : expandUserPath(this.#sys, value);
  }

  /** "remote.*.url" → the subsections that have it, in order. */
  subsections(section: string): string[] {
    const found = new Set<string>();
    for (const entry of this.entries) {
      const last = entry.key.lastIndexOf(".");
      if (entry.key.startsWith(`${section}.`) && last > section.length) found.add(entry.key.slice(section.length + 1, last));
    }
    return [...found];
  }
}

export function parsedOrDie(text: string, shown: string): readonly ConfigEntry[] {
  try {
    return parseConfig(text).entries;
  } catch (error) {
    if (error instanceof BadConfig) throw new Die(`bad config line ${error.line} in file ${shown}`);
    throw error;
  }
}

/** GIT_CONFIG_PARAMETERS is what `git -c` hands down: 'key'='value' words. */
function* commandLineConfig(environment: ReadonlyMap<string, string>): Generator<readonly [string, string | undefined]> {
  const count = Number(environment.get("GIT_CONFIG_COUNT") ?? 0);
  for (let i = 0; i < count; i++) {
    const key = splitKey(environment.get(`GIT_CONFIG_KEY_${i}`) ?? "")?.canonical;
    if (key !== undefined) yield [key, environment.get(`GIT_CONFIG_VALUE_${i}`) ?? ""];
  }
  for (const match of (environment.get("GIT_CONFIG_PARAMETERS") ?? "").matchAll(/'((?:[^']|'\\'')*)'(?:=('(?:[^']|'\\'')*')?)?/g)) {
    const key = splitKey((match[1] ?? "").replaceAll("'\\''", "'"))?.canonical;
    if (key !== undefined) yield [key, match[0].includes("'=") ? (match[2] ?? "''").slice(1, -1).replaceAll("'\\''", "'") : undefined];
  }
}

export function withParameter(before: string | undefined, key: string, value: string | undefined): string {
  const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
  return `${before ? `${before} ` : ""}${quoted(key)}${value === undefined ? "" : `=${quoted(value)}`}`;
}
