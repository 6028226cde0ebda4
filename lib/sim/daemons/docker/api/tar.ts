// The archives that docker sends and keeps (POSIX ustar, with GNU's base-256 sizes for large sparse files): build contexts, docker cp, save.
// A sparse file travels as GNU sparse format 0 would tell it: its data up to the last byte that is there, its real size beside.

import { type Blocking, decode, encode, O, S, type Stat, type Sys } from "../../../kernel/sys.ts";

export interface TarEntry {
  /** without leading slash; directories without trailing one */
  readonly name: string;
  readonly kind: "file" | "directory" | "symlink" | "hardlink" | "fifo" | "character" | "block";
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly mtimeUs: number;
  readonly target: string;
  readonly rdev: number;
  readonly bytes: Uint8Array;
  /** beyond `bytes` the file is a hole */
  readonly sizeBytes: number;
}

const BLOCK = 512;
const kinds = new Map<TarEntry["kind"], string>([["file", "0"], ["hardlink", "1"], ["symlink", "2"], ["character", "3"], ["block", "4"], ["directory", "5"], ["fifo", "6"]]);

function octal(value: number, width: number): string {
  return `${Math.trunc(value).toString(8).padStart(width - 1, "0")}\0`;
}

function header(entry: TarEntry, name: string, type: string, length: number): Uint8Array {
  const block = new Uint8Array(BLOCK);
  const put = (at: number, text: string) => block.set(encode(text), at);
  put(0, name);
  put(100, octal(entry.mode & 0o7777, 8));
  put(108, octal(entry.uid, 8));
  put(116, octal(entry.gid, 8));
  put(124, octal(length, 12));
  put(136, octal(Math.max(0, Math.floor(entry.mtimeUs / 1_000_000)), 12));
  put(148, "        ");
  put(156, type);
  put(157, entry.target.slice(0, 100));
  put(257, "ustar\x0000");
  if (entry.kind === "character" || entry.kind === "block") {
    put(329, octal(entry.rdev >> 8, 8));
    put(337, octal(entry.rdev & 255, 8));
  }
  put(148, `${block.reduce((sum, byte) => sum + byte, 0).toString(8).padStart(6, "0")}\0 `);
  return block;
}

function padded(bytes: Uint8Array): Uint8Array {
  const whole = new Uint8Array(Math.ceil(bytes.length / BLOCK) * BLOCK);
  whole.set(bytes);
  return whole;
}

/** A pax record: its length counts itself. */
function paxRecord(key: string, value: string): string {
  const body = ` ${key}=${value}\n`;
  let length = encode(body).length;
  length += String(length + String(length).length).length;
  return `${length}${body}`;
}

export function writeTar(entries: Iterable<TarEntry>): Uint8Array {
  const parts: Uint8Array[] = [];
  for (const entry of entries) {
    const name = entry.kind === "directory" ? `${entry.name}/` : entry.name;
    const records: string[] = [];
    if (encode(name).length > 100) records.push(paxRecord("path", name));
    if (encode(entry.target).length > 100) records.push(paxRecord("linkpath", entry.target));
    if (entry.kind === "file" && entry.sizeBytes > entry.bytes.length) records.push(paxRecord("GNU.sparse.realsize", String(entry.sizeBytes)));
    if (records.length > 0) {
      const body = encode(records.join(""));
      parts.push(header({ ...entry, target: "" }, "././@PaxHeader", "x", body.length), padded(body));
    }
    parts.push(header(entry, name.slice(0, 100), kinds.get(entry.kind) ?? "0", entry.bytes.length));
    if (entry.bytes.length > 0) parts.push(padded(entry.bytes));
  }
  parts.push(new Uint8Array(2 * BLOCK));
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function field(block: Uint8Array, at: number, length: number): string {
  const text = block.subarray(at, at + length);
  const end = text.indexOf(0);
  return decode(end < 0 ? text : text.subarray(0, end));
}

/** Errors: TarDamaged. */
export class TarDamaged extends Error {}

export function readTar(archive: Uint8Array): TarEntry[] {
  const entries: TarEntry[] = [];
  let at = 0;
  let pax = new Map<string, string>();
  while (at + BLOCK <= archive.length) {
    const block = archive.subarray(at, at + BLOCK);
    at += BLOCK;
    if (block.every((byte) => byte === 0)) break;
    if (field(block, 257, 5) !== "ustar") throw new TarDamaged("archive/tar: invalid tar header");
    const length = Number.parseInt(field(block, 124, 12), 8) || 0;
    const bytes = archive.slice(at, at + length);
    if (bytes.length < length) throw new TarDamaged("unexpected EOF");
    at += Math.ceil(length / BLOCK) * BLOCK;
    const type = field(block, 156, 1) || "0";
    if (type === "x") {
      pax = new Map([...decode(bytes).matchAll(/\d+ ([^=]+)=([^\n]*)\n/g)].map((match) => [match[1] ?? "", match[2] ?? ""]));
      continue;
    }
    const kind = [...kinds].find(([, letter]) => letter === type)?.[0] ?? "file";
    const prefix = field(block, 345, 155);
    const name = pax.get("path") ?? (prefix === "" ? field(block, 0, 100) : `${prefix}/${field(block, 0, 100)}`);
    entries.push({
      name: name.replace(/^\.?\//, "").replace(/\/$/, ""),
      kind,
      mode: Number.parseInt(field(block, 100, 8), 8) || 0,
      uid: Number.parseInt(field(block, 108, 8), 8) || 0,
      gid: Number.parseInt(field(block, 116, 8), 8) || 0,
      mtimeUs: (Number.parseInt(field(block, 136, 12), 8) || 0) * 1_000_000,
      target: pax.get("linkpath") ?? field(block, 157, 100),
      rdev: (Number.parseInt(field(block, 329, 8), 8) || 0) * 256 + (Number.parseInt(field(block, 337, 8), 8) || 0),
      bytes,
      sizeBytes: Number(pax.get("GNU.sparse.realsize") ?? length),
    });
    pax = new Map();
  }
  return entries;
}

/** All bytes of a file up to its last hole. */
export function* readDataBytes(sys: Sys, path: string): Blocking<Uint8Array> {
  const fd = yield* sys.open(path, O.RDONLY);
  try {
    const stat = sys.fstat(fd);
    let end = stat.sizeBytes;
    if (stat.blocks * 512 < stat.sizeBytes) {
      // walk the data extents; what follows the last one is a hole
      end = 0;
      for (let at = 0; at < stat.sizeBytes; ) {
        let data: number;
        try {
          data = sys.lseek(fd, at, "data");
        } catch {
          break;
        }
        end = sys.lseek(fd, data, "hole");
        at = end;
      }
      sys.lseek(fd, 0, "set");
    }
    const parts: Uint8Array[] = [];
    let read = 0;
    while (read < end) {
      const bytes = yield* sys.read(fd, Math.min(65_536, end - read));
      if (bytes.length === 0) break;
      parts.push(bytes);
      read += bytes.length;
    }
    const whole = new Uint8Array(read);
    let at = 0;
    for (const part of parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  } finally {
    sys.close(fd);
  }
}

function kindOf(stat: Stat): TarEntry["kind"] | undefined {
  switch (stat.mode & S.IFMT) {
    case S.IFREG:
      return "file";
    case S.IFDIR:
      return "directory";
    case S.IFLNK:
      return "symlink";
    case S.IFIFO:
      return "fifo";
    case S.IFCHR:
      return "character";
    case S.IFBLK:
      return "block";
    default:
      return undefined;
  }
}

/** One file of the disk as an entry; undefined for a socket. */
export function* entryOf(sys: Sys, path: string, name: string): Blocking<TarEntry | undefined> {
  const stat = sys.lstat(path);
  const kind = kindOf(stat);
  if (kind === undefined) return undefined;
  const bytes = kind === "file" ? yield* readDataBytes(sys, path) : new Uint8Array(0);
  return { name, kind, mode: stat.mode & 0o7777, uid: stat.uid, gid: stat.gid, mtimeUs: stat.mtimeUs, target: kind === "symlink" ? sys.readlink(path) : "", rdev: stat.rdev, bytes, sizeBytes: kind === "file" ? stat.sizeBytes : 0 };
}

/** A directory's tree, parents first, names sorted; `skip` leaves out an entry (and what is below it). */
export function* packTree(sys: Sys, directory: string, skip: (name: string, isDirectory: boolean) => boolean, prefix = ""): Blocking<TarEntry[]> {
  const entries: TarEntry[] = [];
  const names = sys.readdir(prefix === "" ? directory : `${directory}/${prefix}`).map((entry) => entry.name).sort((a, b) => (a < b ? -1 : 1));
  for (const one of names) {
    if (sys.charge(10)) yield* sys.preempt();
    const name = prefix === "" ? one : `${prefix}/${one}`;
    const path = `${directory}/${name}`;
    const isDirectory = (sys.lstat(path).mode & S.IFMT) === S.IFDIR;
    if (skip(name, isDirectory)) continue;
    const entry = yield* entryOf(sys, path, name);
    if (entry) entries.push(entry);
    if (isDirectory) entries.push(...(yield* packTree(sys, directory, skip, name)));
  }
  return entries;
}

/** Puts an entry on disk below `root` (its parents are made). `own` false leaves the caller's ids. */
export function* unpackEntry(sys: Sys, root: string, entry: TarEntry, own = true): Blocking<void> {
  const path = `${root}/${entry.name}`;
  makeParents(sys, root, entry.name);
  if (entry.kind === "directory") {
    if (!isDirectory(sys, path)) {
      removeIfThere(sys, path);
      sys.mkdir(path, 0o755);
    }
  } else {
    removeIfThere(sys, path);
    if (entry.kind === "symlink") sys.symlink(entry.target, path);
    else if (entry.kind === "hardlink") sys.link(`${root}/${entry.target.replace(/^\.?\//, "")}`, path);
    else if (entry.kind === "file") yield* writeFile(sys, path, entry.bytes, entry.sizeBytes);
    else sys.mknod(path, (entry.kind === "fifo" ? S.IFIFO : entry.kind === "character" ? S.IFCHR : S.IFBLK) | entry.mode, entry.rdev);
  }
  if (own && entry.kind !== "hardlink") sys.chown(path, entry.uid, entry.gid, false);
  if (entry.kind !== "symlink" && entry.kind !== "hardlink") sys.chmod(path, entry.mode);
  if (entry.kind !== "hardlink") sys.utimes(path, entry.mtimeUs, entry.mtimeUs, false);
}

function* writeFile(sys: Sys, path: string, bytes: Uint8Array, sizeBytes: number): Blocking<void> {
  const fd = yield* sys.open(path, O.WRONLY | O.CREAT | O.TRUNC, 0o644);
  try {
    if (bytes.length > 0) yield* sys.write(fd, bytes);
    if (sizeBytes > bytes.length) sys.ftruncate(fd, sizeBytes);
  } finally {
    sys.close(fd);
  }
}

export function isDirectory(sys: Sys, path: string): boolean {
  try {
    return (sys.lstat(path).mode & S.IFMT) === S.IFDIR;
  } catch {
    return false;
  }
}

function removeIfThere(sys: Sys, path: string): void {
  try {
    sys.unlink(path);
  } catch {
    // nothing there, or a directory, which mkdir or open then reports
  }
}

function makeParents(sys: Sys, root: string, name: string): void {
  const parts = name.split("/").slice(0, -1);
  let path = root;
  for (const part of parts) {
    path += `/${part}`;
    try {
      sys.stat(path);
    } catch {
      sys.mkdir(path, 0o755);
    }
  }
}
