// -c, -r, -u, -A: files into the archive.

import { type Blocking, O, S, type Stat, SysError } from "../../kernel/sys.ts";
import { bytesOfLatin1, latin1OfText } from "../kit/latin1.ts";
import type { Io } from "../kit/io.ts";
import { applyMode } from "../kit/file-mode.ts";
import type { ArchiveWriter } from "./_archive.ts";
import { type Member, type MemberType, writeHeader } from "./_header.ts";
import { confirmed } from "./_confirm.ts";
import type { DumpedDirectory, Incremental } from "./_incremental.ts";
import { Lister, quotedName } from "./_listing.ts";
import { type Ignored, ignoredBy, type Tag, tagIn } from "./_omitted.ts";
import type { Settings } from "./_settings.ts";
import { transformName } from "./_transform.ts";

const TYPES = new Map<number, MemberType>([
  [S.IFREG, "file"], [S.IFLNK, "symlink"], [S.IFCHR, "character"], [S.IFBLK, "block"], [S.IFDIR, "directory"], [S.IFIFO, "fifo"],
]);

const NONE_IGNORED: { readonly here: readonly Ignored[]; readonly below: readonly Ignored[] } = { here: [], below: [] };

export class Creator {
  readonly #io: Io;
  readonly #settings: Settings;
  readonly #writer: ArchiveWriter;
  readonly #lister: Lister;
  readonly #links = new Map<string, string>();
  readonly #saidPrefixes = new Set<string>();
  readonly #incremental: Incremental | undefined;

  constructor(io: Io, settings: Settings, writer: ArchiveWriter, incremental?: Incremental) {
    this.#incremental = incremental;
    this.#io = io;
    this.#settings = settings;
    this.#writer = writer;
    this.#lister = new Lister(settings);
  }

  #excluded: (name: string) => boolean = () => false;
  /** by ignore files of the directories above */
  #ignored: readonly Ignored[] = [];

  /** `excluded`: by the patterns that were given before the name. Not `isNamed`: found in a directory of an incremental backup. */
  *operand(name: string, excluded: (name: string) => boolean, isNamed = true): Blocking<void> {
    this.#excluded = excluded;
    if (excluded(name)) return;
    yield* this.#add(name, undefined, isNamed);
  }

  /** A directory as an incremental archive has it: its names, not what is in it. */
  *dumped(directory: DumpedDirectory): Blocking<void> {
    yield* this.#add(directory.name, undefined, false, `${directory.entries}\0`);
  }

  /** A warning that --warning may silence. */
  *#warn(keyword: string, text: string): Blocking<void> {
    if (this.#settings.warns(keyword)) yield* this.#io.warn(text);
  }

  *#fail(name: string, what: string, error: SysError): Blocking<void> {
    yield* this.#io.fail(`${quotedName(latin1OfText(name))}: Cannot ${what}: ${error.message}`);
  }

  /** Without what would make the name absolute or climb out; says so once. */
  *#stripped(name: string, link: boolean): Blocking<string> {
    if (this.#settings.has("-P")) return name;
    const dots = /^(?:.*\/)?\.\.(?:\/|$)/s.exec(name)?.[0] ?? "";
    let prefix = dots !== "" ? dots : (/^\/+/.exec(name)?.[0] ?? "");
    while (name[prefix.length] === "/") prefix += "/";
    if (prefix === "") return name;
    const shown = `${link ? "hard link targets" : "member names"}\0${prefix}`;
    if (!this.#saidPrefixes.has(shown)) {
      this.#saidPrefixes.add(shown);
      yield* this.#io.warn(`Removing leading \`${prefix}' from ${link ? "hard link targets" : "member names"}`);
    }
    const rest = name.slice(prefix.length);
    return rest === "" ? "./" : rest;
  }

  *#add(path: string, device: number | undefined, top: boolean, entries?: string): Blocking<void> {
    const { sys } = this.#io;
    const settings = this.#settings;
    if (sys.charge(4)) yield* sys.preempt();
    let facts: Stat;
    try {
      facts = settings.has("-h") ? sys.stat(path) : sys.lstat(path);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      if (settings.has("--ignore-failed-read")) yield* this.#warn("failed-read", `${path}: Warning: Cannot stat: ${error.message}`);
      else yield* this.#fail(path, "stat", error);
      return;
    }
    const { identity } = this.#writer;
    if (identity && facts.dev === identity.dev && facts.ino === identity.ino) {
      yield* this.#io.warn(`${quotedName(latin1OfText(path))}: file is the archive; not dumped`);
      return;
    }
    const type = TYPES.get(facts.mode & S.IFMT);
    if (settings.format === "v7" && (type === "fifo" || type === "character" || type === "block")) {
      yield* this.#io.fail(`${path}: Unknown file type; file ignored`);
      return;
    }
    if (type === undefined) {
      yield* this.#warn("file-ignored", `${path}: socket ignored`);
      return;
    }
    if (type !== "directory" && settings.newerThanUs !== undefined && facts.mtimeUs < settings.newerThanUs && (!settings.has("-N") || facts.ctimeUs < settings.newerThanUs)) {
      if (!this.#incremental && settings.verbose > 0) yield* this.#warn("file-unchanged", `${path}: file is unchanged; not dumped`);
      return;
    }
    if (settings.has("-w") && !(yield* confirmed(this.#io, "add", path))) return;
    const isDirectory = type === "directory";
    const tag = isDirectory && settings.tags.length > 0 ? yield* tagIn(sys, path.endsWith("/") ? path : `${path}/`, settings.tags) : undefined;
    if (tag && settings.verbose > 0) yield* this.#warn("cachedir", `${quotedName(latin1OfText(path.replace(/\/*$/, "/")))}: contains a cache directory tag ${tag.name}; ${tag.scope === "all" ? "directory" : "contents"} not dumped`);
    if (tag?.scope === "all") return;
    const plain = isDirectory ? `${path.replace(/(.)\/+$/, "$1")}/`.replace(/^\/\/$/, "/") : path;
    const transformed = transformName(plain, settings.transforms, "names");
    const name = yield* this.#stripped(transformed === "" ? plain : transformed, false);
    if (top && !isDirectory && this.#incremental?.isNewer(facts) === false) return;
    const key = `${facts.dev}:${facts.ino}`;
    let linkName = "";
    let memberType: MemberType = type;
    const first = this.#links.get(key);
    if (type === "symlink") linkName = transformName(sys.readlink(path), settings.transforms, "symlinks");
    else if (!isDirectory && facts.nlink > 1 && first !== undefined && !settings.has("--hard-dereference")) {
      memberType = "hardlink";
      linkName = yield* this.#stripped(transformName(first, settings.transforms, "hardlinks"), true);
    }
    const numeric = settings.has("--numeric-owner");
    const { owner, group, accounts } = settings;
    let content: number | undefined;
    if (memberType === "file") {
      try {
        content = yield* sys.open(path, O.RDONLY | O.CLOEXEC);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        if (settings.has("--ignore-failed-read")) yield* this.#warn("failed-read", `${path}: Warning: Cannot open: ${error.message}`);
        else yield* this.#fail(path, "open", error);
        return;
      }
    }
    const member: Member = {
      name: latin1OfText(name), linkName: latin1OfText(linkName), type: memberType,
      mode: settings.mode ? applyMode(settings.mode, facts.mode & 0o7777, isDirectory, 0) : facts.mode & 0o7777,
      uid: owner?.id ?? facts.uid, gid: group?.id ?? facts.gid,
      userName: numeric ? "" : (owner?.name ?? accounts.userById(facts.uid)?.name ?? ""), groupName: numeric ? "" : (group?.name ?? accounts.groupById(facts.gid)?.name ?? ""),
      sizeBytes: memberType === "file" ? facts.sizeBytes : (entries?.length ?? 0), mtimeUs: settings.mtimeUs === undefined || (settings.has("--clamp-mtime") && facts.mtimeUs < settings.mtimeUs) ? facts.mtimeUs : settings.mtimeUs, deviceMajor: facts.rdev >> 8, deviceMinor: facts.rdev & 0xff,
      ...(this.#incremental && { times: facts }), ...(entries !== undefined && { isDumped: true }),
    };
    const header = writeHeader(member, settings.format);
    if (!header) {
      yield* this.#io.fail(`${quotedName(member.name)}: file name is too long (${settings.format === "v7" ? "max 99" : member.name.length > 256 ? "max 256" : "cannot be split"}); not dumped`);
      if (content !== undefined) sys.close(content);
      return;
    }
    if (facts.nlink > 1 && !isDirectory && first === undefined) this.#links.set(key, path);
    this.#announce({ ...member, mtimeUs: facts.mtimeUs, ...(settings.has("--show-transformed-names") ? {} : { name: latin1OfText(plain) }) });
    for (const block of header) yield* this.#writer.write(block);
    if (content !== undefined) yield* this.#content(path, content, member.sizeBytes);
    if (entries !== undefined) {
      yield* this.#writer.write(bytesOfLatin1(entries));
      yield* this.#writer.pad();
      return;
    }
    if (isDirectory && !settings.has("--no-recursion")) yield* this.#directory(path, facts, device, tag);
    if (settings.has("--remove-files")) {
      try {
        if (isDirectory) sys.rmdir(path);
        else sys.unlink(path);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* this.#fail(path, isDirectory ? "rmdir" : "unlink", error);
      }
    }
  }

  #announce(member: Member): void {
    if (this.#settings.verbose > 0) this.#said.push(this.#lister.line(member, 2, this.#writer.written));
  }

  readonly #said: string[] = [];

  /** Verbose lines go to standard output, or to standard error when that is the archive. */
  *tell(): Blocking<void> {
    if (this.#said.length === 0) return;
    const text = this.#said.join("");
    this.#said.length = 0;
    if (this.#settings.archive === "-") yield* this.#io.stderr(text);
    else yield* this.#io.out.print(text);
  }

  *#content(path: string, fd: number, sizeBytes: number): Blocking<void> {
    const { sys } = this.#io;
    let left = sizeBytes;
    try {
      while (left > 0) {
        const bytes = yield* sys.read(fd, Math.min(left, 65536));
        if (sys.charge(1 + (bytes.length >> 8))) yield* sys.preempt();
        if (bytes.length === 0) {
          yield* this.#io.fail(`${path}: File shrank by ${left} bytes; padding with zeros`);
          for (; left > 0; left -= Math.min(left, 65536)) yield* this.#writer.write(new Uint8Array(Math.min(left, 65536)));
          break;
        }
        yield* this.#writer.write(bytes);
        left -= bytes.length;
      }
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* this.#fail(path, "read", error);
      for (; left > 0; left -= Math.min(left, 65536)) yield* this.#writer.write(new Uint8Array(Math.min(left, 65536)));
    }
    sys.close(fd);
    yield* this.#writer.pad();
  }

  *#directory(path: string, facts: Stat, device: number | undefined, tag: Tag | undefined): Blocking<void> {
    const { sys } = this.#io;
    yield* this.tell();
    const settings = this.#settings;
    if (settings.has("--one-file-system") && device !== undefined && device !== facts.dev) return;
    let names: string[];
    try {
      names = sys.readdir(path).map((entry) => entry.name);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* this.#fail(path, "open", error);
      return;
    }
    if (settings.value("--sort") === "name") names.sort();
    const prefix = path.endsWith("/") ? path : `${path}/`;
    if (tag) names = tag.scope === "contents" ? [tag.name] : [];
    const ignored = settings.ignoreFiles.length > 0 ? yield* ignoredBy(sys, prefix, settings.ignoreFiles) : NONE_IGNORED;
    const outer = this.#ignored;
    for (const name of names) {
      if (this.#excluded(prefix + name) || [...outer, ...ignored.here].some((matches) => matches(prefix + name))) continue;
      this.#ignored = [...outer, ...ignored.below];
      yield* this.#add(prefix + name, device ?? facts.dev, false);
      yield* this.tell();
    }
    this.#ignored = outer;
  }
}
