// What a directory's own contents leave out of an archive: cache tags (--exclude-tag, --exclude-caches) and ignore files (--exclude-ignore, --exclude-vcs-ignores).

import { type Blocking, decode, O, type Sys, SysError } from "../../kernel/sys.ts";
import { compileFnmatch } from "../kit/fnmatch.ts";

export type TagScope = "contents" | "under" | "all";

export interface Tag {
  readonly name: string;
  readonly scope: TagScope;
  /** the Cache Directory Tagging Specification: what the tag must begin with */
  readonly signature?: string;
}

const CACHE_SIGNATURE = "Signature: 8a477f597d28d172789f06886806bc55";

export const cacheTag = (scope: TagScope): Tag => ({ name: "CACHEDIR.TAG", scope, signature: CACHE_SIGNATURE });

export interface IgnoreFile {
  readonly name: string;
  readonly recursive: boolean;
  /** `git`, `hg`, `bzr` and `cvs` have marks of their own */
  readonly dialect: "plain" | "git" | "hg" | "bzr" | "cvs";
}

export const VCS_IGNORES: readonly IgnoreFile[] = [
  { name: ".cvsignore", recursive: false, dialect: "cvs" }, { name: ".gitignore", recursive: true, dialect: "git" },
  { name: ".bzrignore", recursive: true, dialect: "bzr" }, { name: ".hgignore", recursive: true, dialect: "hg" },
];

function* beginning(sys: Sys, path: string, length: number): Blocking<string | undefined> {
  try {
    const fd = yield* sys.open(path, O.RDONLY | O.CLOEXEC);
    const bytes = yield* sys.read(fd, length);
    sys.close(fd);
    return decode(bytes);
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
}

/** The first tag that stands in a directory (its name ends in a slash). */
export function* tagIn(sys: Sys, directory: string, tags: readonly Tag[]): Blocking<Tag | undefined> {
  for (const tag of tags) {
    try {
      sys.stat(directory + tag.name);
    } catch (error) {
      if (error instanceof SysError) continue;
      throw error;
    }
    if (tag.signature === undefined || (yield* beginning(sys, directory + tag.name, tag.signature.length)) === tag.signature) return tag;
  }
  return undefined;
}

export type Ignored = (path: string) => boolean;

const LONGEST_IGNORE_FILE = 65_536;

/** `here` and below: what the ignore files of a directory (its name ends in a slash) say of it. */
export function* ignoredBy(sys: Sys, directory: string, files: readonly IgnoreFile[]): Blocking<{ readonly here: readonly Ignored[]; readonly below: readonly Ignored[] }> {
  const here: Ignored[] = [];
  const below: Ignored[] = [];
  for (const file of files) {
    const text = yield* beginning(sys, directory + file.name, LONGEST_IGNORE_FILE);
    if (text === undefined) continue;
    for (const pattern of patternsOf(text, file)) {
      const matches = compileFnmatch(pattern, { leadingDirectory: true, ignoreCase: false, pathname: false });
      const ignored: Ignored = (path) => {
        const inside = path.slice(directory.length);
        return matches(inside) || matches(inside.slice(inside.lastIndexOf("/") + 1));
      };
      here.push(ignored);
      if (file.recursive) below.push(ignored);
    }
  }
  return { here, below };
}

function patternsOf(text: string, { dialect }: IgnoreFile): string[] {
  if (dialect === "cvs") return text.split(/\s+/).filter((word) => word !== "");
  const lines = text.split("\n").filter((line) => line !== "");
  if (dialect === "plain") return lines;
  // a negated pattern is none that leaves out (exclist.c)
  return lines.filter((line) => !line.startsWith("#") && !line.startsWith("!") && !/^syntax:/.test(line)).map((line) => line.replace(/^(?:RE:|glob:|regexp:)/, "").replace(/^\//, "").replace(/\/$/, ""));
}
