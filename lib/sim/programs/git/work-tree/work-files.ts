// Files of the work tree: whether they are as the index has them, their contents as blobs, and writing them.
import { type Blocking, O, S, type Stat, SysError, decode, encode } from "../../../kernel/sys.ts";
import { directoryOf } from "../../kit/paths.ts";
import type { Git } from "../base/git.ts";
import { makeDirectories, readBytes, writeFile } from "../store/file-bytes.ts";
import { type Index, type IndexEntry, plainEntry, statData } from "../store/index-file.ts";
import { type ObjectId, hashObject } from "../store/object-id.ts";
import { LINK_MODE, SUBMODULE_MODE } from "../store/tree-object.ts";
import type { FileEntry } from "../store/tree-files.ts";
import { Attributes } from "./attributes.ts";

export type WorkState = "same" | "modified" | "deleted" | "type";

const kindOf = (mode: number): number => mode & S.IFMT;

export class WorkFiles {
  readonly #git: Git;
  readonly attributes: Attributes;
  readonly #fileMode: boolean;

  constructor(git: Git) {
    this.#git = git;
    this.attributes = new Attributes(git);
    this.#fileMode = git.config.boolean("core.filemode", true);
  }

  /** Undefined where there is nothing, or where a directory above is a file or a symbolic link. */
  stat(path: string): Stat | undefined {
    try {
      const stat = this.#git.sys.lstat(path);
      return this.#behindLink(path) ? undefined : stat;
    } catch (error) {
      if (error instanceof SysError && (error.errno === "ENOENT" || error.errno === "ENOTDIR")) return undefined;
      throw error;
    }
  }

  readonly #plainFolders = new Map<string, boolean>();

  #behindLink(path: string): boolean {
    const folder = directoryOf(path);
    if (folder === "." || folder === "/") return false;
    const known = this.#plainFolders.get(folder);
    if (known !== undefined) return known;
    const behind = this.#behindLink(folder) || kindOf(this.#git.sys.lstat(folder).mode) === S.IFLNK;
    this.#plainFolders.set(folder, behind);
    return behind;
  }

  /** The mode that the index gives such a file. */
  modeOf(stat: Stat, known?: IndexEntry): number {
    if (kindOf(stat.mode) === S.IFLNK) return LINK_MODE;
    if (kindOf(stat.mode) === S.IFDIR) return SUBMODULE_MODE;
    if (!this.#fileMode && known) return known.mode;
    return stat.mode & 0o100 ? 0o100755 : 0o100644;
  }

  /** Contents as a blob holds them. Throws SysError. */
  *blobOf(path: string, stat: Stat): Blocking<Uint8Array> {
    if (kindOf(stat.mode) === S.IFLNK) return encode(this.#git.sys.readlink(path));
    return yield* this.attributes.toGit(path, yield* readBytes(this.#git.sys, path));
  }

  *idOf(path: string, stat: Stat): Blocking<ObjectId> {
    const bytes = yield* this.blobOf(path, stat);
    if (this.#git.sys.charge(5 + (bytes.length >> 6))) yield* this.#git.sys.preempt();
    return hashObject("blob", bytes);
  }

  /** Against an entry of stage 0. */
  *compare(index: Index, entry: IndexEntry): Blocking<{ readonly state: WorkState; readonly stat: Stat | undefined; readonly mode: number }> {
    if (entry.assumeValid || entry.skipWorktree) return { state: "same", stat: undefined, mode: entry.mode };
    const stat = this.stat(entry.path);
    if (!stat) return { state: "deleted", stat, mode: 0 };
    const kind = kindOf(stat.mode);
    if (entry.mode === SUBMODULE_MODE) return kind === S.IFDIR ? { state: "same", stat, mode: entry.mode } : { state: "type", stat, mode: this.modeOf(stat) };
    if (kind === S.IFDIR) return { state: "deleted", stat: undefined, mode: 0 };
    const mode = this.modeOf(stat, entry);
    if ((mode === LINK_MODE) !== (entry.mode === LINK_MODE)) return { state: "type", stat, mode };
    if (mode !== entry.mode) return { state: "modified", stat, mode };
    if (entry.intentToAdd) return { state: "modified", stat, mode };
    if (this.#git.sys.charge(1)) yield* this.#git.sys.preempt();
    const unchanged = stat.mtimeUs === entry.mtimeUs && stat.ctimeUs === entry.ctimeUs && stat.ino === entry.ino && stat.sizeBytes === entry.sizeBytes && stat.uid === entry.uid && stat.gid === entry.gid;
    // Written in the same moment as the index: the times say nothing (racy git).
    if (unchanged && stat.mtimeUs < index.mtimeUs) return { state: "same", stat, mode };
    return { state: (yield* this.idOf(entry.path, stat)) === entry.id ? "same" : "modified", stat, mode };
  }

  *isClean(index: Index, entry: IndexEntry): Blocking<boolean> {
    return (yield* this.compare(index, entry)).state === "same";
  }

  /** Renews the times of entries whose files are unchanged; true when one was stale. */
  *refresh(index: Index): Blocking<boolean> {
    let renewed = false;
    for (const entry of index.entries) {
      if (entry.stage !== 0 || entry.mode === SUBMODULE_MODE) continue;
      const { state, stat } = yield* this.compare(index, entry);
      if (state !== "same" || !stat) continue;
      if (stat.mtimeUs !== entry.mtimeUs || stat.ctimeUs !== entry.ctimeUs || stat.ino !== entry.ino || stat.sizeBytes !== entry.sizeBytes) {
        index.set({ ...entry, ...statData(stat) });
        renewed = true;
      }
    }
    return renewed;
  }

  /** The entry of a file that was just written or looked at. */
  entryFor(path: string, mode: number, id: ObjectId): IndexEntry {
    const stat = this.stat(path);
    return stat ? { ...plainEntry(path, mode, id), ...statData(stat) } : plainEntry(path, mode, id);
  }

  /** Puts a blob where it belongs; what is there is replaced. Throws SysError. */
  *write(path: string, file: FileEntry): Blocking<void> {
    const { sys, objects } = this.#git;
    if (file.mode === SUBMODULE_MODE) {
      makeDirectories(sys, path);
      return;
    }
    const { body } = yield* objects.read(file.id);
    yield* this.writeContent(path, file.mode, body);
  }

  *writeContent(path: string, mode: number, body: Uint8Array): Blocking<void> {
    const { sys } = this.#git;
    const folder = directoryOf(path);
    if (folder !== ".") this.#makeFolders(folder);
    this.remove(path, true);
    if (mode === LINK_MODE) {
      sys.symlink(decode(body), path);
      return;
    }
    yield* writeFile(sys, path, yield* this.attributes.toWorkTree(path, body), mode & 0o100 ? 0o777 : 0o666, O.CREAT | O.EXCL);
    if (sys.charge(5 + (body.length >> 8))) yield* sys.preempt();
  }

  /** A file in the way of a directory is removed. */
  #makeFolders(folder: string): void {
    const { sys } = this.#git;
    for (let slash = folder.indexOf("/"); ; slash = folder.indexOf("/", slash + 1)) {
      const part = slash < 0 ? folder : folder.slice(0, slash);
      const stat = this.stat(part);
      if (stat && kindOf(stat.mode) !== S.IFDIR) sys.unlink(part);
      if (slash < 0) break;
    }
    makeDirectories(sys, folder);
  }

  /** Also the directories above that it leaves empty, unless `keepFolders`. */
  remove(path: string, keepFolders = false): void {
    const { sys } = this.#git;
    const stat = this.stat(path);
    if (stat && kindOf(stat.mode) === S.IFDIR) this.#removeTree(path);
    else if (stat) sys.unlink(path);
    if (keepFolders) return;
    this.pruneFolders(path);
  }

  pruneFolders(path: string): void {
    const { sys } = this.#git;
    for (let folder = directoryOf(path); folder !== "." && folder !== "/"; folder = directoryOf(folder)) {
      // The directory where the user stands stays (since 2.35).
      if (`${folder}/` === this.#git.prefix) return;
      try {
        sys.rmdir(folder);
      } catch (error) {
        if (error instanceof SysError) return;
        throw error;
      }
    }
  }

  #removeTree(path: string): void {
    const { sys } = this.#git;
    for (const entry of sys.readdir(path)) {
      if (entry.type === S.IFDIR) this.#removeTree(`${path}/${entry.name}`);
      else sys.unlink(`${path}/${entry.name}`);
    }
    sys.rmdir(path);
  }
}
