// The tree that genisoimage reads: directories, files, links and devices, with what is to be left out or hidden.

import { type Blocking, S, type Stat, type Sys, SysError } from "../../kernel/sys.ts";
import type { IsoDirectory, IsoEntry, IsoFacts } from "../kit/iso9660/entry.ts";

export interface ScanRules {
  readonly rockRidge: boolean;
  /** owners, modes as a CD's readers need them (-r) */
  readonly rationalized: boolean;
  readonly uid: number | undefined;
  readonly gid: number | undefined;
  readonly fileMode: number | undefined;
  readonly directoryMode: number | undefined;
  readonly newDirectoryMode: number;
  readonly followsLinks: boolean;
  readonly cachesInodes: boolean;
  readonly keepsBackups: boolean;
  readonly deep: boolean;
  readonly verbosity: number;
  readonly excluded: (name: string, path: string) => boolean;
  readonly hiddenFromIso: (name: string, path: string) => boolean;
  readonly hiddenFromJoliet: (name: string, path: string) => boolean;
  readonly attributeHidden: (name: string, path: string) => boolean;
  /** messages on standard error; `named` begins with the program's name */
  readonly tell: (text: string) => Blocking<void>;
  readonly named: (text: string) => Blocking<void>;
}

/** The levels that ISO 9660 allows below the root. */
const MOST_DEPTH = 6;

export type Folder = IsoDirectory<string>;

export class Scanner {
  readonly #sys: Sys;
  readonly #rules: ScanRules;
  readonly #nowSeconds: number;
  #hinted = false;

  constructor(sys: Sys, rules: ScanRules, nowSeconds: number) {
    this.#sys = sys;
    this.#rules = rules;
    this.#nowSeconds = nowSeconds;
  }

  /** of a directory that the image has and no disk */
  artificial(): Folder {
    const facts = this.#made(S.IFDIR | this.#rules.newDirectoryMode);
    return { dot: facts, dotDot: facts, artificial: true, entries: [] };
  }

  #made(mode: number): IsoFacts {
    const now = this.#nowSeconds;
    return { mode, nlink: 2, uid: this.#rules.uid ?? 0, gid: this.#rules.gid ?? 0, rdev: 0, mtimeSeconds: now, atimeSeconds: now, ctimeSeconds: now };
  }

  /** of a file that only the image has */
  memoryFile(name: string, sizeBytes: number): IsoEntry<string> {
    return { name, path: name, facts: { ...this.#made(S.IFREG | 0o444), nlink: 1 }, sizeBytes };
  }

  facts(stat: Stat): IsoFacts {
    const { rationalized, uid, gid, fileMode, directoryMode } = this.#rules;
    const isDirectory = (stat.mode & S.IFMT) === S.IFDIR;
    let { mode } = stat;
    const wanted = isDirectory ? directoryMode : fileMode;
    if (wanted !== undefined && (mode & S.IFMT) !== S.IFLNK) mode = (mode & S.IFMT) | wanted;
    else if (rationalized) {
      mode |= 0o444;
      if ((mode & 0o111) !== 0) mode |= 0o111;
      mode &= ~0o7222;
    } else if ((mode & S.IFMT) === S.IFLNK && fileMode !== undefined) mode = S.IFLNK | 0o555;
    return {
      mode, nlink: stat.nlink, uid: uid ?? (rationalized ? 0 : stat.uid), gid: gid ?? (rationalized ? 0 : stat.gid), rdev: stat.rdev,
      mtimeSeconds: Math.floor(stat.mtimeUs / 1e6), atimeSeconds: Math.floor(stat.atimeUs / 1e6), ctimeSeconds: Math.floor(stat.ctimeUs / 1e6),
    };
  }

  /** What a directory holds goes into `folder`, which takes its own facts from the first one read. */
  *scan(folder: Folder, path: string, depth: number, isRoot: boolean): Blocking<void> {
    const { verbosity, deep, rockRidge, keepsBackups, excluded, tell, named } = this.#rules;
    if (verbosity > 1) yield* tell(`Scanning ${path}\n`);
    let names: readonly string[];
    try {
      names = this.#sys.readdir(path).map(({ name }) => name);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* named(`${error.message}. Unable to open directory ${path}`);
      return;
    }
    if (depth > MOST_DEPTH && !rockRidge && !deep) {
      yield* named(`Directories too deep for '${path}' (${depth}) max is ${MOST_DEPTH}; ignored - continuing.`);
      if (!this.#hinted) for (const line of ["To include the complete directory tree,", "use Rock Ridge extensions via -R or -r,", "or allow deep ISO9660 directory nesting via -D."]) yield* named(line);
      this.#hinted = true;
      return;
    }
    if (folder.artificial) {
      folder.dot = this.facts(this.#sys.stat(path));
      folder.dotDot = isRoot ? folder.dot : this.facts(this.#sys.stat(`${path}/..`));
      folder.artificial = false;
    }
    for (const name of names) {
      if (!keepsBackups && (name.includes("~") || name.includes("#") || name.endsWith(".bak"))) {
        if (verbosity > 0) yield* tell(`Ignoring file ${name}\n`);
        continue;
      }
      const whole = path.endsWith("/") ? path + name : `${path}/${name}`;
      if (excluded(name, whole)) {
        if (verbosity > 1) yield* tell(`Excluded by match: ${whole}\n`);
        continue;
      }
      yield* this.insert(folder, whole, name, depth);
    }
  }

  *insert(folder: Folder, path: string, name: string, depth: number): Blocking<void> {
    const { rockRidge, followsLinks, cachesInodes, verbosity, tell, named, hiddenFromIso, hiddenFromJoliet, attributeHidden } = this.#rules;
    let link: Stat;
    let stat: Stat | undefined;
    try {
      link = this.#sys.lstat(path);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* named(`${error.message}. Non-existent or inaccessible: ${path}`);
      return;
    }
    try {
      stat = this.#sys.stat(path);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    const isLink = (link.mode & S.IFMT) === S.IFLNK;
    let seen: Stat = link;
    if (isLink && (stat === undefined || !followsLinks)) {
      if (!rockRidge) {
        yield* named(followsLinks ? `No such file or directory. Unable to stat file ${path} - ignoring and continuing.` : `Symlink ${path} ignored - continuing.`);
        return;
      }
    } else if (isLink && stat !== undefined) seen = stat;
    const type = seen.mode & S.IFMT;
    if (type === S.IFREG) {
      try {
        this.#sys.access(path, 4);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* named(`${error.message}. File ${path} is not readable - ignoring`);
        return;
      }
      if (seen.sizeBytes >= 0xffffffff) throw new TooLarge(path);
    }
    const hides = [["ISO9660 tree", hiddenFromIso(name, path)], ["Joliet tree", hiddenFromJoliet(name, path)]] as const;
    if (verbosity > 1) for (const [tree, hidden] of hides) if (hidden) yield* tell(`Hidden from ${tree}: ${path}\n`);
    if (type === S.IFDIR) {
      const known = folder.entries.find((entry) => entry.name === name);
      if (known?.directory !== undefined) return yield* this.scan(known.directory, path, depth + 1, false);
      const directory = this.artificial();
      folder.entries.unshift({ name, path, facts: this.facts(seen), sizeBytes: 0, hiddenFromIso: hides[0][1], hiddenFromJoliet: hides[1][1], directory });
      return yield* this.scan(directory, path, depth + 1, false);
    }
    const isFile = type === S.IFREG;
    folder.entries.unshift({
      name, path, facts: this.facts(seen), sizeBytes: isFile ? seen.sizeBytes : 0, hiddenFromIso: hides[0][1], hiddenFromJoliet: hides[1][1], attributeHidden: attributeHidden(name, path),
      ...(type === S.IFLNK && { target: this.#sys.readlink(path) }), ...(isFile && { source: path }), ...(isFile && cachesInodes && { inode: `${seen.dev}:${seen.ino}` }),
    });
  }
}

/** A file of 4 GiB or more has no size that a directory record could hold. */
export class TooLarge extends Error {}
