// References as files: HEAD, refs/**, packed-refs, and their logs (gitrepository-layout(5)).
import { type Blocking, O, S, type Sys, SysError } from "../../../kernel/sys.ts";
import { directoryOf } from "../../kit/paths.ts";
import { exists, nameExists } from "../../kit/presence.ts";
import { Die } from "../base/die.ts";
import { type Signature, parseSignature, signatureText } from "./commit-object.ts";
import { makeDirectories, readText, writeFile } from "./file-bytes.ts";
import { NULL_ID, type ObjectId, isFullId } from "./object-id.ts";
import { byName } from "./tree-object.ts";

export interface Ref {
  readonly name: string;
  readonly id: ObjectId;
}

export interface LogEntry {
  readonly old: ObjectId;
  readonly id: ObjectId;
  readonly who: Signature;
  readonly message: string;
}

export interface RefChange {
  /** Undefined: the reference is deleted. */
  readonly id: ObjectId | undefined;
  /** What it must be now: NULL_ID for none. */
  readonly old?: ObjectId;
  readonly message: string;
  /** Makes a log even where none is usual. */
  readonly forceLog?: boolean;
}

export class Refs {
  readonly #sys: Sys;
  readonly #directory: string;
  readonly #who: () => Blocking<Signature>;
  readonly #logs: () => boolean;
  #packed: ReadonlyMap<string, { readonly id: ObjectId; readonly peeled: ObjectId | undefined }> | undefined;

  /** `logs`: whether new references get a log (core.logAllRefUpdates). */
  constructor(sys: Sys, directory: string, who: () => Blocking<Signature>, logs: () => boolean) {
    this.#sys = sys;
    this.#directory = directory;
    this.#who = who;
    this.#logs = logs;
  }

  *#packedRefs(): Blocking<ReadonlyMap<string, { readonly id: ObjectId; readonly peeled: ObjectId | undefined }>> {
    if (this.#packed) return this.#packed;
    const refs = new Map<string, { id: ObjectId; peeled: ObjectId | undefined }>();
    let last: { id: ObjectId; peeled: ObjectId | undefined } | undefined;
    for (const line of ((yield* readText(this.#sys, `${this.#directory}/packed-refs`)) ?? "").split("\n")) {
      if (line.startsWith("^") && last) last.peeled = line.slice(1);
      const match = /^([0-9a-f]{40}) (.+)$/.exec(line);
      if (match?.[1] === undefined || match[2] === undefined) continue;
      last = { id: match[1], peeled: undefined };
      refs.set(match[2], last);
    }
    this.#packed = refs;
    return refs;
  }

  /** What stands in the file: an id, "ref: NAME", or undefined. */
  *raw(name: string): Blocking<string | undefined> {
    const text = yield* readText(this.#sys, `${this.#directory}/${name}`);
    if (text !== undefined) return text.replace(/\s+$/, "");
    return (yield* this.#packedRefs()).get(name)?.id;
  }

  /** Where a symbolic reference leads in the end; `name` itself for any other. */
  *target(name: string): Blocking<string> {
    for (let depth = 0; depth < 6; depth++) {
      const text = yield* this.raw(name);
      if (!text?.startsWith("ref:")) return name;
      name = text.slice(4).trim();
    }
    return name;
  }

  *symbolicTarget(name: string): Blocking<string | undefined> {
    const text = yield* this.raw(name);
    return text?.startsWith("ref:") ? text.slice(4).trim() : undefined;
  }

  *read(name: string): Blocking<ObjectId | undefined> {
    const text = yield* this.raw(yield* this.target(name));
    return text !== undefined && isFullId(text.slice(0, 40)) ? text.slice(0, 40) : undefined;
  }

  /** All below `prefix`, sorted, that lead to an id. */
  *list(prefix = "refs/"): Blocking<Ref[]> {
    const names = new Set<string>();
    for (const name of (yield* this.#packedRefs()).keys()) if (name.startsWith(prefix)) names.add(name);
    const walk = (folder: string): void => {
      let entries: ReturnType<Sys["readdir"]>;
      try {
        entries = this.#sys.readdir(`${this.#directory}/${folder}`);
      } catch (error) {
        if (error instanceof SysError) return;
        throw error;
      }
      for (const entry of entries) {
        const name = `${folder}/${entry.name}`;
        if (entry.type === S.IFDIR) walk(name);
        else if (name.startsWith(prefix) && !name.endsWith(".lock")) names.add(name);
      }
    };
    walk("refs");
    const refs: Ref[] = [];
    for (const name of [...names].sort(byName)) {
      const id = yield* this.read(name);
      if (id !== undefined) refs.push({ name, id });
      if (this.#sys.charge(5)) yield* this.#sys.preempt();
    }
    return refs;
  }

  /** A reference that `name` cannot stand beside: "a" and "a/b". */
  *conflictWith(name: string, except?: string): Blocking<string | undefined> {
    for (const { name: other } of yield* this.list()) if (other !== except && (other.startsWith(`${name}/`) || name.startsWith(`${other}/`))) return other;
    return undefined;
  }

  /** Changes what `name` leads to; HEAD's log follows its branch. Throws Die. */
  *update(name: string, change: RefChange): Blocking<void> {
    const target = yield* this.target(name);
    const old = (yield* this.read(target)) ?? NULL_ID;
    if (change.old !== undefined && change.old !== old) {
      if (change.old === NULL_ID) throw new Die(`cannot lock ref '${name}': reference already exists`);
      throw new Die(old === NULL_ID ? `cannot lock ref '${name}': unable to resolve reference '${target}'` : `cannot lock ref '${name}': is at ${old} but expected ${change.old}`);
    }
    if (change.id === undefined) {
      yield* this.#delete(target);
    } else {
      const clash = old === NULL_ID && target.startsWith("refs/") ? yield* this.conflictWith(target) : undefined;
      if (clash !== undefined) throw new Die(`cannot lock ref '${name}': '${clash}' exists; cannot create '${target}'`);
      if (change.id !== old || !exists(this.#sys, `${this.#directory}/${target}`)) yield* this.#write(target, `${change.id}\n`);
      if (change.id !== old || change.message !== "") {
        yield* this.log(target, old, change.id, change.message, change.forceLog);
        const head = target === "HEAD" ? undefined : yield* this.symbolicTarget("HEAD");
        if (head === target) yield* this.log("HEAD", old, change.id, change.message);
      }
    }
  }

  *#write(name: string, text: string): Blocking<void> {
    const path = `${this.#directory}/${name}`;
    const lock = `${path}.lock`;
    try {
      if (name.includes("/")) makeDirectories(this.#sys, directoryOf(path));
      try {
        if ((this.#sys.lstat(path).mode & S.IFMT) === S.IFDIR) this.#removeEmpty(path);
      } catch (error) {
        if (!(error instanceof SysError) || error.errno !== "ENOENT") throw error;
      }
      yield* writeFile(this.#sys, lock, text, 0o666, O.CREAT | O.EXCL);
      this.#sys.rename(lock, path);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      throw new Die(`cannot lock ref '${name}': Unable to create '${lock}': ${error.message}.${error.errno === "EEXIST" ? LOCK_ADVICE : ""}`);
    }
  }

  #removeEmpty(path: string): void {
    for (const entry of this.#sys.readdir(path)) if (entry.type === S.IFDIR) this.#removeEmpty(`${path}/${entry.name}`);
    this.#sys.rmdir(path);
  }

  /** The reference itself, also a symbolic one. */
  *remove(name: string): Blocking<void> {
    yield* this.#delete(name);
  }

  *#delete(name: string): Blocking<void> {
    const packed = yield* this.#packedRefs();
    if (packed.has(name)) yield* this.writePacked([...packed].filter(([other]) => other !== name).map(([other, { id, peeled }]) => ({ name: other, id, peeled })));
    if (nameExists(this.#sys, `${this.#directory}/${name}`)) this.#sys.unlink(`${this.#directory}/${name}`);
    const log = `${this.#directory}/logs/${name}`;
    if (nameExists(this.#sys, log)) this.#sys.unlink(log);
    for (const base of [`${this.#directory}/`, `${this.#directory}/logs/`]) {
      for (let folder = directoryOf(name); folder.split("/").length > 2; folder = directoryOf(folder)) {
        try {
          this.#sys.rmdir(base + folder);
        } catch (error) {
          if (error instanceof SysError) break;
          throw error;
        }
      }
    }
  }

  /** packed-refs anew; `peeled` is what an annotated tag leads to. */
  *writePacked(refs: readonly { readonly name: string; readonly id: ObjectId; readonly peeled: ObjectId | undefined }[]): Blocking<void> {
    const sorted = [...refs].sort((a, b) => byName(a.name, b.name));
    const lines = sorted.map(({ name, id, peeled }) => `${id} ${name}\n${peeled === undefined ? "" : `^${peeled}\n`}`);
    yield* writeFile(this.#sys, `${this.#directory}/packed-refs.lock`, `# pack-refs with: peeled fully-peeled sorted \n${lines.join("")}`);
    this.#sys.rename(`${this.#directory}/packed-refs.lock`, `${this.#directory}/packed-refs`);
    this.#packed = undefined;
  }

  /** After pack-refs: the loose file goes, its log stays. */
  dropLoose(name: string): void {
    if (nameExists(this.#sys, `${this.#directory}/${name}`)) this.#sys.unlink(`${this.#directory}/${name}`);
    for (let folder = directoryOf(name); folder.split("/").length > 2; folder = directoryOf(folder)) {
      try {
        this.#sys.rmdir(`${this.#directory}/${folder}`);
      } catch (error) {
        if (error instanceof SysError) return;
        throw error;
      }
    }
  }

  /** `to`: the reference that `name` shall follow. A message goes to its log. */
  *setSymbolic(name: string, to: string, message?: { readonly old: ObjectId; readonly id: ObjectId; readonly text: string }): Blocking<void> {
    yield* this.#write(name, `ref: ${to}\n`);
    if (message) yield* this.log(name, message.old, message.id, message.text);
  }

  /** HEAD itself, not what it follows. */
  *detach(id: ObjectId, old: ObjectId, message: string): Blocking<void> {
    yield* this.#write("HEAD", `${id}\n`);
    yield* this.log("HEAD", old, id, message);
  }

  *log(name: string, old: ObjectId, id: ObjectId, message: string, force = false): Blocking<void> {
    const path = `${this.#directory}/logs/${name}`;
    const usual = this.#logs() && (name === "HEAD" || /^refs\/(heads|remotes|notes)\//.test(name));
    if (!usual && !force && !exists(this.#sys, path)) return;
    makeDirectories(this.#sys, directoryOf(path));
    const text = message.replace(/\s+/g, " ").trim();
    yield* writeFile(this.#sys, path, `${old} ${id} ${signatureText(yield* this.#who())}${text === "" ? "" : `\t${text}`}\n`, 0o666, O.CREAT | O.APPEND);
  }

  hasLog(name: string): boolean {
    return exists(this.#sys, `${this.#directory}/logs/${name}`);
  }

  /** Oldest first. */
  *readLog(name: string): Blocking<LogEntry[]> {
    const text = (yield* readText(this.#sys, `${this.#directory}/logs/${name}`)) ?? "";
    const entries: LogEntry[] = [];
    for (const line of text.split("\n")) {
      if (line === "") continue;
      const tab = line.indexOf("\t");
      const head = tab < 0 ? line : line.slice(0, tab);
      entries.push({ old: head.slice(0, 40), id: head.slice(41, 81), who: parseSignature(head.slice(82)), message: tab < 0 ? "" : line.slice(tab + 1) });
    }
    return entries;
  }

  *writeLog(name: string, entries: readonly LogEntry[]): Blocking<void> {
    yield* writeFile(this.#sys, `${this.#directory}/logs/${name}`, entries.map((entry) => `${entry.old} ${entry.id} ${signatureText(entry.who)}\t${entry.message}\n`).join(""));
  }

  /** A branch's file and log under a new name, as `branch -m` and `branch -c` move and copy them. */
  *copy(from: string, to: string, message: string, move: boolean): Blocking<void> {
    const id = yield* this.read(from);
    const log = this.hasLog(from) ? yield* this.readLog(from) : undefined;
    if (move) yield* this.#delete(from);
    if (id !== undefined) yield* this.#write(to, `${id}\n`);
    if (log && id !== undefined) {
      makeDirectories(this.#sys, directoryOf(`${this.#directory}/logs/${to}`));
      yield* this.writeLog(to, log);
      yield* this.log(to, id, id, message);
    }
  }
}

/** What follows "File exists." of a lock. */
export const LOCK_ADVICE = `

Another git process seems to be running in this repository, e.g.
an editor opened by 'git commit'. Please make sure all processes
are terminated then try again. If it still fails, a git process
may have crashed in this repository earlier:
remove the file manually to continue.`;
