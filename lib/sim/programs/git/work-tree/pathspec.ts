// Which paths a command means (gitglossary(7), "pathspec").
import type { Git } from "../base/git.ts";
import { Die } from "../base/die.ts";
import { hasWildcard, wildmatch } from "./wildmatch.ts";

interface Item {
  readonly original: string;
  /** from the top, without a slash at its end; "" is everything */
  readonly path: string;
  readonly directoryOnly: boolean;
  readonly excludes: boolean;
  readonly wild: boolean;
  readonly glob: boolean;
  readonly ignoreCase: boolean;
}

export class Pathspec {
  readonly items: readonly Item[];

  constructor(items: readonly Item[]) {
    this.items = items;
  }

  get empty(): boolean {
    return this.items.length === 0;
  }

  matches(path: string): boolean {
    if (this.items.length === 0) return true;
    const includes = this.items.filter((item) => !item.excludes);
    if (includes.length > 0 && !includes.some((item) => itemMatches(item, path))) return false;
    return !this.items.some((item) => item.excludes && itemMatches(item, path));
  }

  /** Whether something below the directory may match. */
  mayMatchBelow(directory: string): boolean {
    if (this.items.length === 0) return true;
    const includes = this.items.filter((item) => !item.excludes);
    return includes.length === 0 || includes.some((item) => {
      if (item.path === "" || itemMatches(item, directory)) return true;
      const literal = item.wild ? item.path.slice(0, item.path.search(/[*?[\\]/)) : item.path;
      return literal.startsWith(`${directory}/`) || (item.wild && `${directory}/`.startsWith(literal));
    });
  }

  /** Those that match none of the paths. */
  unmatched(paths: Iterable<string>): readonly string[] {
    const left = new Set(this.items.filter((item) => !item.excludes));
    for (const path of paths) for (const item of left) if (itemMatches(item, path)) left.delete(item);
    return [...left].map((item) => item.original);
  }
}

function itemMatches(item: Item, path: string): boolean {
  if (item.path === "") return true;
  const [wanted, given] = item.ignoreCase ? [item.path.toLowerCase(), path.toLowerCase()] : [item.path, path];
  if (given === wanted) return !item.directoryOnly || path.endsWith("/");
  if (given === `${wanted}/` || given.startsWith(`${wanted}/`)) return true;
  return item.wild && wildmatch(item.path, path, { pathname: item.glob, ignoreCase: item.ignoreCase });
}

/** The path from the top of the work tree, without "." and "..". Throws Die. */
export function normalPath(git: Git, word: string, prefix = git.prefix): string {
  const top = git.repository.place.workTree ?? git.sys.getcwd();
  let path = word;
  if (word.startsWith("/")) {
    const base = top === "/" ? "/" : `${top}/`;
    if (word !== top && word !== `${top}/` && !word.startsWith(base)) throw new Die(`${word}: '${word}' is outside repository at '${top}'`);
    path = word.slice(base.length);
    prefix = "";
  }
  const parts = prefix.split("/").filter((part) => part !== "");
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) throw new Die(`${word}: '${word}' is outside repository at '${top}'`);
  }
  return parts.join("/");
}

export function pathspec(git: Git, words: readonly string[], literal = false): Pathspec {
  const items = words.map((word): Item => {
    let rest = word;
    let top = false;
    let excludes = false;
    let glob = false;
    let ignoreCase = false;
    let plain = literal || git.sys.environment.get("GIT_LITERAL_PATHSPECS") === "1";
    if (!plain && rest.startsWith(":(")) {
      const close = rest.indexOf(")");
      if (close < 0) throw new Die(`Missing ')' at the end of pathspec magic in '${word}'`);
      for (const magic of rest.slice(2, close).split(",")) {
        if (magic === "top") top = true;
        else if (magic === "exclude") excludes = true;
        else if (magic === "glob") glob = true;
        else if (magic === "icase") ignoreCase = true;
        else if (magic === "literal") plain = true;
        else if (magic !== "") throw new Die(`Invalid pathspec magic '${magic}' in '${word}'`);
      }
      rest = rest.slice(close + 1);
    } else if (!plain && rest.startsWith(":")) {
      let at = 1;
      for (; at < rest.length; at++) {
        if (rest[at] === "/") top = true;
        else if (rest[at] === "!" || rest[at] === "^") excludes = true;
        else break;
      }
      if (rest[at] === ":") at++;
      rest = rest.slice(at);
    }
    if (word === "") throw new Die("empty string is not a valid pathspec. please use . instead if you meant to match all paths");
    const path = normalPath(git, rest, top ? "" : git.prefix);
    return { original: word, path, directoryOnly: rest.endsWith("/") && path !== "", excludes, wild: !plain && hasWildcard(path), glob, ignoreCase };
  });
  return new Pathspec(items);
}
