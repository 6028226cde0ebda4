// A file that find looks at.

import { S, type Stat, type Sys, SysError } from "../../kernel/sys.ts";

export class Entry {
  readonly path: string;
  /** the operand that it lies below */
  readonly start: string;
  readonly depth: number;
  readonly #sys: Sys;
  readonly #follow: boolean;
  #facts: Stat | undefined;

  /** `follow`: symbolic links stand for what they point to. */
  constructor(sys: Sys, path: string, start: string, depth: number, follow: boolean) {
    this.#sys = sys;
    this.path = path;
    this.start = start;
    this.depth = depth;
    this.#follow = follow;
  }

  /** Throws SysError. A link that points nowhere stands for itself. */
  get facts(): Stat {
    if (!this.#facts) {
      if (this.#follow) {
        try {
          this.#facts = this.#sys.stat(this.path);
        } catch (error) {
          if (!(error instanceof SysError) || (error.errno !== "ENOENT" && error.errno !== "ELOOP")) throw error;
        }
      }
      this.#facts ??= this.#sys.lstat(this.path);
    }
    return this.#facts;
  }

  get type(): number {
    return this.facts.mode & S.IFMT;
  }

  /** The type with the other way of taking links (-xtype). */
  get otherType(): number {
    if (this.#follow) return this.#sys.lstat(this.path).mode & S.IFMT;
    try {
      return this.#sys.stat(this.path).mode & S.IFMT;
    } catch (error) {
      if (error instanceof SysError) return this.type;
      throw error;
    }
  }

  /** The last component, as -name sees it. */
  get name(): string {
    const trimmed = this.path.replace(/(.)\/+$/, "$1");
    return /^\/+$/.test(trimmed) ? "/" : trimmed.slice(trimmed.lastIndexOf("/") + 1);
  }

  /** The directory that holds it: what -execdir changes to. */
  get directory(): string {
    const trimmed = this.path.replace(/(.)\/+$/, "$1");
    const slash = trimmed.lastIndexOf("/");
    return slash < 0 ? "." : slash === 0 ? "/" : trimmed.slice(0, slash);
  }
}

const TYPE_LETTERS = new Map<number, string>([
  [S.IFREG, "f"], [S.IFDIR, "d"], [S.IFLNK, "l"], [S.IFBLK, "b"], [S.IFCHR, "c"], [S.IFIFO, "p"], [S.IFSOCK, "s"],
]);

export function typeLetter(type: number): string {
  return TYPE_LETTERS.get(type) ?? "U";
}

/** As ls -l: "drwxr-xr-x". */
export function modeText(mode: number): string {
  const letter = typeLetter(mode & S.IFMT);
  const bits = (shift: number, special: number, lower: string) => {
    const execute = (mode >> shift) & 1;
    const set = (mode & special) !== 0;
    return ((mode >> (shift + 2)) & 1 ? "r" : "-") + ((mode >> (shift + 1)) & 1 ? "w" : "-") + (set ? (execute ? lower : lower.toUpperCase()) : execute ? "x" : "-");
  };
  return (letter === "f" ? "-" : letter) + bits(6, S.ISUID, "s") + bits(3, S.ISGID, "s") + bits(0, S.ISVTX, "t");
}
