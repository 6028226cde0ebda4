// .git/objects: loose objects, packs, alternates (gitrepository-layout(5)).
import { type Blocking, type Sys, SysError, concatBytes, decode } from "../../../kernel/sys.ts";
import { CorruptData, UnexpectedEnd } from "../../kit/compression/byte-source.ts";
import { toHex } from "../../kit/digest/hasher.ts";
import { nameExists } from "../../kit/presence.ts";
import { Die } from "../base/die.ts";
import { makeDirectories, namesIn, readBytes, readBytesIfAny, readText, writeFile } from "./file-bytes.ts";
import { EMPTY_BLOB, EMPTY_TREE, type ObjectId, hashObject, headerOf, isFullId, isObjectType } from "./object-id.ts";
import { BadPack, PackIndex, type RawObject, packIndexOf, packedObject, unpackAll } from "./pack.ts";
import { deflateZlib, inflateZlib } from "./zlib.ts";

const CACHE_BYTES = 16 * 1024 * 1024;

interface Pack {
  readonly name: string;
  readonly index: PackIndex;
  readonly path: string;
  bytes: Uint8Array | undefined;
}

export class ObjectStore {
  readonly #sys: Sys;
  readonly directory: string;
  readonly #cache = new Map<ObjectId, RawObject>();
  #cachedBytes = 0;
  #packs: readonly Pack[] | undefined;
  #alternates: readonly ObjectStore[] | undefined;
  #temporary = 0;

  constructor(sys: Sys, directory: string) {
    this.#sys = sys;
    this.directory = directory;
  }

  #loosePath(id: ObjectId): string {
    return `${this.directory}/${id.slice(0, 2)}/${id.slice(2)}`;
  }

  *packs(): Blocking<readonly Pack[]> {
    if (this.#packs) return this.#packs;
    const packs: Pack[] = [];
    for (const name of namesIn(this.#sys, `${this.directory}/pack`)) {
      if (!name.endsWith(".idx")) continue;
      const bytes = yield* readBytesIfAny(this.#sys, `${this.directory}/pack/${name}`);
      if (!bytes) continue;
      try {
        packs.push({ name: name.slice(0, -4), index: new PackIndex(bytes), path: `${this.directory}/pack/${name.slice(0, -4)}.pack`, bytes: undefined });
      } catch (error) {
        if (!(error instanceof BadPack)) throw error;
      }
    }
    this.#packs = packs;
    return packs;
  }

  *alternates(): Blocking<readonly ObjectStore[]> {
    if (this.#alternates) return this.#alternates;
    const text = (yield* readText(this.#sys, `${this.directory}/info/alternates`)) ?? "";
    this.#alternates = text.split("\n").filter((line) => line !== "" && !line.startsWith("#")).map((line) => new ObjectStore(this.#sys, line.startsWith("/") ? line : `${this.directory}/${line}`));
    return this.#alternates;
  }

  /** Packs are looked up anew. */
  forgetPacks(): void {
    this.#packs = undefined;
  }

  *has(id: ObjectId): Blocking<boolean> {
    if (this.#cache.has(id) || nameExists(this.#sys, this.#loosePath(id))) return true;
    for (const pack of yield* this.packs()) if (pack.index.offsetOf(id) !== undefined) return true;
    for (const store of yield* this.alternates()) if (yield* store.has(id)) return true;
    return id === EMPTY_TREE || id === EMPTY_BLOB;
  }

  /** Undefined where there is none. Throws Die for a damaged one. */
  *tryRead(id: ObjectId): Blocking<RawObject | undefined> {
    const known = this.#cache.get(id);
    if (known) return known;
    const found = (yield* this.#readLoose(id)) ?? (yield* this.#readPacked(id)) ?? (yield* this.#readAlternate(id));
    if (!found) return id === EMPTY_TREE ? { type: "tree", body: new Uint8Array(0) } : id === EMPTY_BLOB ? { type: "blob", body: new Uint8Array(0) } : undefined;
    this.#cachedBytes += found.body.length;
    if (this.#cachedBytes > CACHE_BYTES) {
      this.#cache.clear();
      this.#cachedBytes = found.body.length;
    }
    this.#cache.set(id, found);
    return found;
  }

  *read(id: ObjectId): Blocking<RawObject> {
    const found = yield* this.tryRead(id);
    if (!found) throw new Die(`unable to read ${id}`);
    return found;
  }

  *#readLoose(id: ObjectId): Blocking<RawObject | undefined> {
    const path = this.#loosePath(id);
    const bytes = yield* readBytesIfAny(this.#sys, path);
    if (!bytes) return undefined;
    const shown = path.startsWith(`${this.#sys.getcwd()}/`) ? path.slice(this.#sys.getcwd().length + 1) : path;
    const damaged = (first: string): never => { throw new Die(`loose object ${id} (stored in ${shown}) is corrupt`, 128, [first]); };
    if (bytes.length === 0) return damaged(`error: object file ${shown} is empty`);
    if (this.#sys.charge(20)) yield* this.#sys.preempt();
    let whole: Uint8Array;
    try {
      whole = (yield* inflateZlib(this.#sys, bytes)).body;
    } catch (error) {
      if (!(error instanceof CorruptData || error instanceof UnexpectedEnd)) throw error;
      return damaged(`error: inflate: data stream error (incorrect header check)\nerror: unable to unpack ${id} header`);
    }
    const end = whole.indexOf(0);
    const [type = "", size] = decode(whole.subarray(0, Math.max(end, 0))).split(" ");
    if (!isObjectType(type) || Number(size) !== whole.length - end - 1) return damaged(`error: unable to parse ${id} header`);
    return { type, body: whole.subarray(end + 1) };
  }

  *#readPacked(id: ObjectId): Blocking<RawObject | undefined> {
    for (const pack of yield* this.packs()) {
      const offset = pack.index.offsetOf(id);
      if (offset === undefined) continue;
      pack.bytes ??= yield* readBytes(this.#sys, pack.path);
      try {
        const { type, body } = yield* packedObject(this.#sys, pack.bytes, offset, (base) => this.tryRead(base));
        return { type, body };
      } catch (error) {
        if (!(error instanceof CorruptData || error instanceof UnexpectedEnd || error instanceof BadPack)) throw error;
        throw new Die(`packed object ${id} (stored in ${pack.path}) is corrupt`);
      }
    }
    return undefined;
  }

  *#readAlternate(id: ObjectId): Blocking<RawObject | undefined> {
    for (const store of yield* this.alternates()) {
      const found = yield* store.tryRead(id);
      if (found) return found;
    }
    return undefined;
  }

  /** Throws SysError. */
  *write(type: RawObject["type"], body: Uint8Array): Blocking<ObjectId> {
    const id = hashObject(type, body);
    if (this.#sys.charge(10 + (body.length >> 5))) yield* this.#sys.preempt();
    if (nameExists(this.#sys, this.#loosePath(id)) || (yield* this.#packedHas(id))) return id;
    yield* this.#writeLoose(id, concatBytes([headerOf(type, body.length), body]));
    this.#cache.set(id, { type, body });
    this.#cachedBytes += body.length;
    return id;
  }

  *#packedHas(id: ObjectId): Blocking<boolean> {
    for (const pack of yield* this.packs()) if (pack.index.offsetOf(id) !== undefined) return true;
    for (const store of yield* this.alternates()) if (yield* store.has(id)) return true;
    return false;
  }

  *#writeLoose(id: ObjectId, whole: Uint8Array): Blocking<void> {
    const bytes = yield* deflateZlib(this.#sys, whole, 1);
    const folder = `${this.directory}/${id.slice(0, 2)}`;
    const temporary = `${folder}/tmp_obj_${toHex(this.#sys.random(3))}${this.#temporary++}`;
    try {
      yield* writeFile(this.#sys, temporary, bytes, 0o444);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      if (error.errno === "EACCES" || error.errno === "EPERM") throw new InsufficientPermission(this.directory);
      if (error.errno !== "ENOENT") throw error;
      try {
        makeDirectories(this.#sys, folder);
      } catch (second) {
        if (second instanceof SysError && (second.errno === "EACCES" || second.errno === "EPERM")) throw new InsufficientPermission(this.directory);
        throw second;
      }
      yield* writeFile(this.#sys, temporary, bytes, 0o444);
    }
    this.#sys.rename(temporary, this.#loosePath(id));
  }

  /** Takes a pack in: as loose objects, or as it is. Returns how many objects it had. Throws BadPack. */
  *takePack(bytes: Uint8Array, keepFrom: number): Blocking<number> {
    const entries = yield* unpackAll(this.#sys, bytes, (id) => this.tryRead(id));
    if (entries.length < keepFrom) {
      for (const { type, body } of entries) yield* this.write(type, body);
    } else {
      makeDirectories(this.#sys, `${this.directory}/pack`);
      const path = `${this.directory}/pack/pack-${toHex(bytes.subarray(-20))}`;
      yield* writeFile(this.#sys, `${path}.pack`, bytes, 0o444);
      yield* writeFile(this.#sys, `${path}.idx`, packIndexOf(bytes, entries), 0o444);
      this.forgetPacks();
    }
    return entries.length;
  }

  /** Ids of the loose objects. */
  looseIds(): ObjectId[] {
    const ids: ObjectId[] = [];
    for (const folder of namesIn(this.#sys, this.directory)) {
      if (!/^[0-9a-f]{2}$/.test(folder)) continue;
      for (const name of namesIn(this.#sys, `${this.directory}/${folder}`)) if (/^[0-9a-f]{38}$/.test(name)) ids.push(folder + name);
    }
    return ids;
  }

  *allIds(): Blocking<ObjectId[]> {
    const ids = new Set(this.looseIds());
    for (const pack of yield* this.packs()) for (const id of pack.index.ids) ids.add(id);
    for (const store of yield* this.alternates()) for (const id of yield* store.allIds()) ids.add(id);
    return [...ids].sort();
  }

  /** Ids that begin so (at least 2 digits). */
  *matching(prefix: string): Blocking<ObjectId[]> {
    const found = new Set<ObjectId>();
    const folder = prefix.slice(0, 2);
    for (const name of namesIn(this.#sys, `${this.directory}/${folder}`)) if (isFullId(folder + name) && (folder + name).startsWith(prefix)) found.add(folder + name);
    for (const pack of yield* this.packs()) for (const id of pack.index.ids) if (id.startsWith(prefix)) found.add(id);
    for (const store of yield* this.alternates()) for (const id of yield* store.matching(prefix)) found.add(id);
    return [...found].sort();
  }

  /** The shortest beginning, of at least `least` digits, that no other object shares. */
  *abbreviate(id: ObjectId, least = 7): Blocking<string> {
    if (least >= 40) return id;
    let length = Math.max(least, 4);
    const others = (yield* this.matching(id.slice(0, length))).filter((other) => other !== id);
    while (length < 40 && others.some((other) => other.startsWith(id.slice(0, length)))) length++;
    return id.slice(0, length);
  }
}

export class InsufficientPermission extends Error {
  readonly directory: string;
  constructor(directory: string) {
    super("insufficient permission");
    this.directory = directory;
  }
}
