// Pathname expansion against the file system, one directory level at a time (bash(1), "Pathname Expansion").
import { S, type Sys } from "../../kernel/sys.ts";
import type { Shell } from "../interp/shell.ts";
import { asBytes, countsBytes } from "./locale.ts";
import { compilePattern, hasGlobCharacters, matchesText } from "./pattern.ts";

interface GlobOptions {
  readonly dotglob: boolean;
  readonly extglob: boolean;
  readonly ignoreCase: boolean;
  readonly globstar: boolean;
  readonly skipDots: boolean;
  /** The locale matches this text by bytes. */
  readonly bytes: (text: string) => boolean;
}

/** Directories that one pattern may open. */
const DIRECTORY_LIMIT = 20_000;

/** Sorted matches; undefined when the text is no pattern. */
export function globPattern(shell: Shell, pattern: string): readonly string[] | undefined {
  if (!hasGlobCharacters(pattern, shell.shopts.extglob)) return undefined;
  const ignore = shell.getVariable("GLOBIGNORE");
  const ignoring = ignore !== undefined && ignore !== "";
  const options: GlobOptions = {
    dotglob: shell.shopts.dotglob, extglob: shell.shopts.extglob, ignoreCase: shell.shopts.nocaseglob, globstar: shell.shopts.globstar,
    skipDots: shell.shopts.globskipdots, bytes: (text) => countsBytes(shell, text),
  };
  let matches = new Globber(shell.sys, options).run(pattern);
  if (ignoring) {
    const patterns = splitIgnore(ignore).map((text) => components(text).map((part) => compilePattern(part, { extglob: shell.shopts.extglob, ignoreCase: options.ignoreCase })));
    matches = matches.filter((path) => {
      const last = path.slice(path.lastIndexOf("/") + 1);
      if (last === "." || last === "..") return false;
      return !patterns.some((item) => matchPath(item, path));
    });
  }
  shell.sys.charge(matches.length);
  return [...new Set(matches)].sort(shell.collation ?? comparePaths);
}

/** C.UTF-8 collates by code point; UTF-16 order differs only beyond the BMP. */
function comparePaths(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** As a path: no wildcard reaches over a slash. */
function matchPath(patterns: readonly { matches(text: string): boolean }[], path: string): boolean {
  const parts = path.split("/");
  return parts.length === patterns.length && patterns.every((pattern, index) => pattern.matches(parts[index] ?? ""));
}

/** GLOBIGNORE is a list with colons; a bracket expression may hold one. */
function splitIgnore(text: string): string[] {
  const out: string[] = [];
  let current = "";
  let bracket = false;
  for (let i = 0; i < text.length; i++) {
    const c = text.charAt(i);
    if (c === "\\") {
      current += c + text.charAt(++i);
      continue;
    }
    if (c === "[" && text.indexOf("]", i + 2) > 0) bracket = true;
    else if (c === "]") bracket = false;
    if (c === ":" && !bracket) {
      if (current !== "") out.push(current);
      current = "";
    } else current += c;
  }
  if (current !== "") out.push(current);
  return out;
}

/** Splits at slashes outside brackets and groups. */
function components(pattern: string): string[] {
  const out: string[] = [];
  let current = "";
  let depth = 0;
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern.charAt(i);
    if (c === "\\" && i + 1 < pattern.length) {
      const next = pattern.charAt(i + 1);
      if (next === "/") continue;
      current += c + next;
      i++;
      continue;
    }
    if (c === "(" && /[?*+@!]$/.test(current)) depth++;
    else if (c === ")" && depth > 0) depth--;
    if (c === "/" && depth === 0) {
      out.push(current);
      current = "";
    } else current += c;
  }
  out.push(current);
  return out;
}

function unescapePattern(text: string): string {
  return text.replace(/\\([\s\S])/g, "$1");
}

class Globber {
  readonly #sys: Sys;
  readonly #options: GlobOptions;
  #directories = 0;

  constructor(sys: Sys, options: GlobOptions) {
    this.#sys = sys;
    this.#options = options;
  }

  run(pattern: string): string[] {
    const parts = components(pattern);
    let bases = [""];
    let at = 0;
    if (pattern.startsWith("/")) {
      bases = ["/"];
      at = 1;
    }
    while (at < parts.length) {
      const part = parts[at] ?? "";
      const last = at === parts.length - 1;
      const next: string[] = [];
      for (const base of bases) {
        if (part === "") {
          // "dir/": directories only; "a//b" keeps its slashes
          if (last) {
            if (base !== "" && this.#isDirectory(base)) next.push(base.endsWith("/") ? base : `${base}/`);
          } else next.push(base.endsWith("/") ? `${base}/` : `${base}//`);
        } else if (this.#options.globstar && part === "**") {
          for (const path of this.#tree(base, last)) next.push(path);
        } else if (hasGlobCharacters(part, this.#options.extglob)) {
          for (const name of this.#names(base, part, !last)) next.push(join(base, name));
        } else {
          const path = join(base, unescapePattern(part));
          if (last ? this.#exists(path) : this.#isDirectory(path)) next.push(path);
        }
      }
      bases = next;
      at++;
    }
    return bases.filter((path) => path !== "");
  }

  #exists(path: string): boolean {
    try {
      this.#sys.lstat(path);
      return true;
    } catch {
      return false;
    }
  }

  #isDirectory(path: string): boolean {
    try {
      return (this.#sys.stat(path).mode & S.IFMT) === S.IFDIR;
    } catch {
      return false;
    }
  }

  #entries(base: string): readonly { readonly name: string; readonly type: number }[] {
    if (++this.#directories > DIRECTORY_LIMIT) return [];
    try {
      const list = this.#sys.readdir(base === "" ? "." : base);
      this.#sys.charge(list.length);
      return list;
    } catch {
      return [];
    }
  }

  #names(base: string, part: string, directories: boolean): string[] {
    const pattern = compilePattern(part, { extglob: this.#options.extglob, ignoreCase: this.#options.ignoreCase });
    const explicitDot = part.startsWith(".") || part.startsWith("\\.") || (this.#options.extglob && /^[?*+@]\((?:[^)]*\|)?\\?\./.test(part));
    const out: string[] = [];
    if (!this.#options.skipDots && explicitDot) {
      for (const name of [".", ".."]) if (pattern.matches(name)) out.push(name);
    }
    for (const entry of this.#entries(base)) {
      if (entry.name.startsWith(".") && !this.#options.dotglob && !explicitDot) continue;
      if (!(this.#options.bytes(entry.name) ? matchesText(part, entry.name, { extglob: this.#options.extglob, ignoreCase: this.#options.ignoreCase }, asBytes) : pattern.matches(entry.name))) continue;
      if (directories && entry.type !== S.IFDIR && !(entry.type === S.IFLNK && this.#isDirectory(join(base, entry.name)))) continue;
      out.push(entry.name);
    }
    return out;
  }

  /** `**`: the directory itself (not as the last part of a relative pattern) and everything below; links are not followed. */
  #tree(base: string, last: boolean): string[] {
    const out: string[] = [base];
    const walk = (path: string) => {
      for (const entry of this.#entries(path)) {
        if (entry.name.startsWith(".") && !this.#options.dotglob) continue;
        const child = join(path, entry.name);
        if (entry.type === S.IFDIR) {
          out.push(child);
          walk(child);
        } else if (last) out.push(child);
        else if (entry.type === S.IFLNK && this.#isDirectory(child)) out.push(child);
      }
    };
    walk(base);
    if (last && base !== "") out[0] = base.endsWith("/") ? base : `${base}/`;
    return out;
  }
}

function join(base: string, name: string): string {
  if (base === "") return name;
  return base.endsWith("/") ? base + name : `${base}/${name}`;
}
