// .git/index (gitformat-index(5)): version 2, or 3 where an entry has extended flags. Extensions are dropped when it is written.
import { type Stat, concatBytes, decode, encode } from "../../../kernel/sys.ts";
import { type ObjectId, idAt, idBytes, withChecksum } from "./object-id.ts";
import { byName } from "./tree-object.ts";

export interface StatData {
  readonly ctimeUs: number;
  readonly mtimeUs: number;
  readonly dev: number;
  readonly ino: number;
  readonly uid: number;
  readonly gid: number;
  readonly sizeBytes: number;
}

export interface IndexEntry extends StatData {
  readonly path: string;
  readonly mode: number;
  readonly id: ObjectId;
  /** 0, or 1 base, 2 ours, 3 theirs in a conflict */
  readonly stage: number;
  readonly assumeValid?: boolean;
  readonly intentToAdd?: boolean;
  readonly skipWorktree?: boolean;
}

export class BadIndex extends Error {}

const NO_STAT: StatData = { ctimeUs: 0, mtimeUs: 0, dev: 0, ino: 0, uid: 0, gid: 0, sizeBytes: 0 };

export function statData(stat: Stat): StatData {
  return { ctimeUs: stat.ctimeUs, mtimeUs: stat.mtimeUs, dev: stat.dev >>> 0, ino: stat.ino >>> 0, uid: stat.uid, gid: stat.gid, sizeBytes: stat.sizeBytes >>> 0 };
}

export function plainEntry(path: string, mode: number, id: ObjectId, stage = 0): IndexEntry {
  return { ...NO_STAT, path, mode, id, stage };
}

export class Index {
  /** path → the entry of stage 0, or the stages of a conflict in order */
  readonly #entries = new Map<string, readonly IndexEntry[]>();
  #sorted: readonly IndexEntry[] | undefined;
  /** of the file it was read from; 0: there was none */
  mtimeUs = 0;

  get entries(): readonly IndexEntry[] {
    this.#sorted ??= [...this.#entries.keys()].sort(byName).flatMap((path) => this.#entries.get(path) ?? []);
    return this.#sorted;
  }

  get paths(): readonly string[] {
    return [...new Set(this.entries.map((entry) => entry.path))];
  }

  get(path: string, stage = 0): IndexEntry | undefined {
    return this.#entries.get(path)?.find((entry) => entry.stage === stage);
  }

  stages(path: string): readonly IndexEntry[] {
    return this.#entries.get(path) ?? [];
  }

  has(path: string): boolean {
    return this.#entries.has(path);
  }

  /** An entry of stage 0 takes the place of a conflict; a file that of what was below it. */
  set(entry: IndexEntry): void {
    const known = this.#entries.get(entry.path);
    if (entry.stage === 0 || !known) this.#entries.set(entry.path, [entry]);
    else this.#entries.set(entry.path, [...known.filter((one) => one.stage !== entry.stage && one.stage !== 0), entry].sort((a, b) => a.stage - b.stage));
    this.#sorted = undefined;
  }

  /** As `set`, after what stands in its way is gone: entries below it as a directory, or a file where it needs a directory. */
  replace(entry: IndexEntry): void {
    for (let slash = entry.path.indexOf("/"); slash > 0; slash = entry.path.indexOf("/", slash + 1)) this.remove(entry.path.slice(0, slash));
    if (!this.#entries.has(entry.path)) for (const path of this.below(entry.path)) this.remove(path);
    this.set(entry);
  }

  remove(path: string): void {
    if (this.#entries.delete(path)) this.#sorted = undefined;
  }

  clear(): void {
    this.#entries.clear();
    this.#sorted = undefined;
  }

  below(directory: string): string[] {
    const prefix = `${directory}/`;
    return [...this.#entries.keys()].filter((path) => path.startsWith(prefix));
  }

  get unmerged(): readonly string[] {
    return this.paths.filter((path) => (this.#entries.get(path)?.[0]?.stage ?? 0) > 0);
  }
}

const pad = (length: number): number => 8 - (length % 8);

/** Throws BadIndex. */
export function parseIndex(bytes: Uint8Array): Index {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 32) throw new BadIndex("index file smaller than expected");
  if (view.getUint32(0) !== 0x44495243) throw new BadIndex(`bad signature 0x${view.getUint32(0).toString(16).padStart(8, "0")}`);
  const version = view.getUint32(4);
  if (version < 2 || version > 4) throw new BadIndex(`bad index version ${version}`);
  const index = new Index();
  let at = 12;
  let previous = "";
  for (let n = view.getUint32(8); n > 0; n--) {
    if (at + 62 > bytes.length) throw new BadIndex("index file corrupt");
    const time = (offset: number) => view.getUint32(at + offset) * 1e6 + Math.floor(view.getUint32(at + offset + 4) / 1000);
    const flags = view.getUint16(at + 60);
    const extended = version >= 3 && (flags & 0x4000) !== 0;
    const more = extended ? view.getUint16(at + 62) : 0;
    let nameAt = at + (extended ? 64 : 62);
    let keep = 0;
    if (version === 4) {
      let byte = bytes[nameAt++] ?? 0;
      keep = byte & 0x7f;
      while (byte & 0x80) {
        byte = bytes[nameAt++] ?? 0;
        keep = (keep + 1) * 128 + (byte & 0x7f);
      }
    }
    const end = bytes.indexOf(0, nameAt);
    const path = (version === 4 ? previous.slice(0, previous.length - keep) : "") + decode(bytes.subarray(nameAt, end));
    previous = path;
    index.set({
      ctimeUs: time(0), mtimeUs: time(8), dev: view.getUint32(at + 16), ino: view.getUint32(at + 20), mode: view.getUint32(at + 24), uid: view.getUint32(at + 28), gid: view.getUint32(at + 32), sizeBytes: view.getUint32(at + 36),
      id: idAt(bytes, at + 40), stage: (flags >> 12) & 3, path, ...(flags & 0x8000 && { assumeValid: true }), ...(more & 0x2000 && { intentToAdd: true }), ...(more & 0x4000 && { skipWorktree: true }),
    });
    at = version === 4 ? end + 1 : at + (end - at) + pad(end - at);
  }
  return index;
}

export function serialiseIndex(index: Index): Uint8Array {
  const entries = index.entries;
  const version = entries.some((entry) => entry.intentToAdd || entry.skipWorktree) ? 3 : 2;
  const head = new Uint8Array(12);
  const headView = new DataView(head.buffer);
  headView.setUint32(0, 0x44495243);
  headView.setUint32(4, version);
  headView.setUint32(8, entries.length);
  const parts: Uint8Array[] = [head];
  for (const entry of entries) {
    const name = encode(entry.path);
    const extended = entry.intentToAdd === true || entry.skipWorktree === true;
    const length = (extended ? 64 : 62) + name.length;
    const bytes = new Uint8Array(length + pad(length));
    const view = new DataView(bytes.buffer);
    for (const [offset, us] of [[0, entry.ctimeUs], [8, entry.mtimeUs]] as const) {
      view.setUint32(offset, Math.floor(us / 1e6));
      view.setUint32(offset + 4, (us % 1e6) * 1000);
    }
    for (const [offset, value] of [[16, entry.dev], [20, entry.ino], [24, entry.mode], [28, entry.uid], [32, entry.gid], [36, entry.sizeBytes]] as const) view.setUint32(offset, value);
    bytes.set(idBytes(entry.id), 40);
    view.setUint16(60, (entry.assumeValid ? 0x8000 : 0) | (extended ? 0x4000 : 0) | (entry.stage << 12) | Math.min(name.length, 0xfff));
    if (extended) view.setUint16(62, (entry.intentToAdd ? 0x2000 : 0) | (entry.skipWorktree ? 0x4000 : 0));
    bytes.set(name, extended ? 64 : 62);
    parts.push(bytes);
  }
  return withChecksum(concatBytes(parts));
}
