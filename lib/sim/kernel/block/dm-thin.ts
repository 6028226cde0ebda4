// Thin provisioning of the device mapper (Documentation/admin-guide/device-mapper/thin-provisioning.rst): a pool gives blocks of its data device to thin
// devices when they are first written; a snapshot shares the blocks of its origin until one of the two writes. Messages to the pool: create_thin ID,
// create_snap ID ORIGIN, delete ID, set_transaction_id OLD NEW. What is mapped stands on the metadata device: the kernel's magic number where it
// belongs, behind it a text of ours instead of the kernel's B-trees.
import { decode, encode } from "../bytes.ts";
import { SysError } from "../errno.ts";
import { type BlockDevice, fillDevice, SECTOR_BYTES } from "./block-device.ts";
import { deviceOfWord, numberOfWord, type TargetMaker } from "./dm-target.ts";

const MAGIC = 27022010n;
const METADATA_BLOCK_BYTES = 4096;
/** Blocks that an empty pool's metadata take beside one for each 256 of them: super block, space maps, roots. */
const FIRST_METADATA_BLOCKS = 106;
const MAPPINGS_OF_A_BLOCK = 126;

interface ThinDevice {
  readonly mappings: Map<number, number>;
}

/** device, then runs of [virtual block, data block, count] */
type DeviceRecord = readonly [id: number, runs: readonly (readonly [number, number, number])[]];

class ThinPool {
  readonly metadata: BlockDevice;
  data: BlockDevice;
  readonly blockBytes: number;
  readonly #log: (text: string) => void;
  readonly devices = new Map<number, ThinDevice>();
  /** how many devices have each block */
  readonly #owners = new Map<number, number>();
  #next = 0;
  #dirty = false;
  #full = false;
  transaction = 0;
  /** tables that name it */
  users = 0;

  /** Errors: EINVAL. */
  constructor(metadata: BlockDevice, data: BlockDevice, blockBytes: number, log: (text: string) => void) {
    this.metadata = metadata;
    this.data = data;
    this.blockBytes = blockBytes;
    this.#log = log;
    this.#load();
  }

  get dataBlocks(): number {
    return Math.floor(this.data.sizeBytes / this.blockBytes);
  }

  get usedBlocks(): number {
    return this.#owners.size;
  }

  get metadataBlocks(): number {
    return Math.floor(this.metadata.sizeBytes / METADATA_BLOCK_BYTES);
  }

  get usedMetadataBlocks(): number {
    let blocks = FIRST_METADATA_BLOCKS + Math.ceil(this.metadataBlocks / 256);
    for (const device of this.devices.values()) blocks += 1 + Math.floor(device.mappings.size / MAPPINGS_OF_A_BLOCK);
    return Math.min(this.metadataBlocks, blocks + 1);
  }

  #load(): void {
    const head = this.metadata.read(0, METADATA_BLOCK_BYTES);
    const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
    if (head.length < METADATA_BLOCK_BYTES) throw new SysError("EINVAL");
    if (view.getBigUint64(32, true) !== MAGIC) {
      this.#dirty = true;
      return;
    }
    this.transaction = Number(view.getBigUint64(48, true));
    const length = view.getUint32(512, true);
    if (length > this.metadata.sizeBytes - METADATA_BLOCK_BYTES) throw new SysError("EINVAL");
    let records: unknown;
    try {
      records = JSON.parse(decode(this.metadata.read(METADATA_BLOCK_BYTES, length)));
    } catch {
      throw new SysError("EINVAL");
    }
    if (!Array.isArray(records)) throw new SysError("EINVAL");
    for (const [id, runs] of records as readonly DeviceRecord[]) {
      const mappings = new Map<number, number>();
      for (const [block, at, count] of runs) for (let index = 0; index < Math.min(count, this.dataBlocks); index++) this.#map(mappings, block + index, at + index);
      this.devices.set(id, { mappings });
    }
  }

  /** Writes the metadata when they have changed. */
  commit(): void {
    if (!this.#dirty) return;
    this.#dirty = false;
    const records: DeviceRecord[] = [...this.devices].map(([id, { mappings }]) => {
      const runs: [number, number, number][] = [];
      for (const [block, at] of [...mappings].sort((a, b) => a[0] - b[0])) {
        const last = runs.at(-1);
        if (last && last[0] + last[2] === block && last[1] + last[2] === at) last[2]++;
        else runs.push([block, at, 1]);
      }
      return [id, runs];
    });
    const text = encode(JSON.stringify(records));
    if (METADATA_BLOCK_BYTES + text.length > this.metadata.sizeBytes) {
      this.#log("device-mapper: thin: metadata device is out of space");
      return;
    }
    const head = new Uint8Array(METADATA_BLOCK_BYTES);
    const view = new DataView(head.buffer);
    view.setBigUint64(32, MAGIC, true);
    view.setUint32(40, 2, true);
    view.setBigUint64(48, BigInt(this.transaction), true);
    view.setUint32(512, text.length, true);
    this.metadata.write(0, head);
    this.metadata.write(METADATA_BLOCK_BYTES, text);
    this.metadata.flush?.();
    this.data.flush?.();
  }

  #map(mappings: Map<number, number>, block: number, at: number): void {
    mappings.set(block, at);
    this.#owners.set(at, (this.#owners.get(at) ?? 0) + 1);
    this.#dirty = true;
  }

  #unmap(mappings: Map<number, number>, block: number): void {
    const at = mappings.get(block);
    if (at === undefined) return;
    mappings.delete(block);
    const owners = (this.#owners.get(at) ?? 1) - 1;
    if (owners > 0) this.#owners.set(at, owners);
    else {
      this.#owners.delete(at);
      fillDevice(this.data, at * this.blockBytes, this.blockBytes, "discard");
      this.#next = Math.min(this.#next, at);
      this.#full = false;
    }
    this.#dirty = true;
  }

  /** Errors: ENOSPC. */
  #free(): number {
    while (this.#next < this.dataBlocks && this.#owners.has(this.#next)) this.#next++;
    if (this.#next >= this.dataBlocks) {
      if (!this.#full) this.#log("device-mapper: thin: switching pool to out-of-data-space (queue IO) mode");
      this.#full = true;
      throw new SysError("ENOSPC");
    }
    return this.#next;
  }

  get mode(): string {
    return this.usedBlocks >= this.dataBlocks ? "out_of_data_space" : "rw";
  }

  read({ mappings }: ThinDevice, position: number, length: number): Uint8Array {
    const bytes = new Uint8Array(length);
    this.#visit(position, length, (block, inside, from, count) => {
      const at = mappings.get(block);
      if (at !== undefined) bytes.set(this.data.read(at * this.blockBytes + inside, count), from);
    });
    return bytes;
  }

  /** Errors: ENOSPC. */
  write({ mappings }: ThinDevice, position: number, bytes: Uint8Array): void {
    this.#visit(position, bytes.length, (block, inside, from, count) => this.data.write(this.#ownBlock(mappings, block, count < this.blockBytes) * this.blockBytes + inside, bytes.subarray(from, from + count)));
  }

  /** A block that no other device has; `keeps`: with what it held. */
  #ownBlock(mappings: Map<number, number>, block: number, keeps: boolean): number {
    const old = mappings.get(block);
    if (old !== undefined && this.#owners.get(old) === 1) return old;
    const at = this.#free();
    if (old === undefined) fillDevice(this.data, at * this.blockBytes, this.blockBytes, "zero");
    else {
      if (keeps) this.data.write(at * this.blockBytes, this.data.read(old * this.blockBytes, this.blockBytes));
      this.#unmap(mappings, block);
    }
    this.#map(mappings, block, at);
    return at;
  }

  fill(device: ThinDevice, position: number, length: number, how: "zero" | "discard"): void {
    this.#visit(position, length, (block, inside, _from, count) => {
      if (how === "discard") {
        if (count === this.blockBytes) this.#unmap(device.mappings, block);
      } else fillDevice(this.data, this.#ownBlock(device.mappings, block, count < this.blockBytes) * this.blockBytes + inside, count, "zero");
    });
  }

  #visit(position: number, length: number, visit: (block: number, inside: number, from: number, count: number) => void): void {
    for (let done = 0; done < length; ) {
      const inside = (position + done) % this.blockBytes;
      const count = Math.min(length - done, this.blockBytes - inside);
      visit(Math.floor((position + done) / this.blockBytes), inside, done, count);
      done += count;
    }
  }

  /** Errors: EINVAL, EEXIST, ENODATA. */
  message(text: string): void {
    const [verb, first, second] = text.split(" ");
    const id = numberOfWord(first);
    if (verb === "create_thin" || verb === "create_snap") {
      if (this.devices.has(id)) throw new SysError("EEXIST");
      const mappings = new Map<number, number>();
      if (verb === "create_snap") {
        const origin = this.devices.get(numberOfWord(second));
        if (!origin) throw new SysError("ENODATA");
        for (const [block, at] of origin.mappings) this.#map(mappings, block, at);
      }
      this.devices.set(id, { mappings });
    } else if (verb === "delete") {
      const device = this.devices.get(id);
      if (!device) throw new SysError("ENODATA");
      for (const block of [...device.mappings.keys()]) this.#unmap(device.mappings, block);
      this.devices.delete(id);
    } else if (verb === "set_transaction_id") {
      if (id !== this.transaction) throw new SysError("EINVAL");
      this.transaction = numberOfWord(second);
    } else throw new SysError("EINVAL");
    this.#dirty = true;
    this.commit();
  }
}

export function thinTargets(poolOf: (device: BlockDevice) => unknown): ReadonlyMap<string, TargetMaker> {
  const pools = new Map<BlockDevice, ThinPool>();

  const thinPool: TargetMaker = (context, [metadataWord, dataWord, blockWord, lowWater]) => {
    const metadata = deviceOfWord(context.devices, metadataWord), data = deviceOfWord(context.devices, dataWord);
    const blockSectors = numberOfWord(blockWord);
    numberOfWord(lowWater);
    if (blockSectors < 128 || blockSectors % 128 !== 0) throw new SysError("EINVAL");
    const pool = pools.get(metadata) ?? new ThinPool(metadata, data, blockSectors * SECTOR_BYTES, context.log);
    pool.data = data;
    pools.set(metadata, pool);
    pool.users++;
    return Object.assign(new PoolTarget(pool, [metadata, data]), { detach: () => {
      pool.commit();
      if (--pool.users === 0) pools.delete(metadata);
    } });
  };

  const thin: TargetMaker = ({ devices }, [poolWord, idWord]) => {
    const below = deviceOfWord(devices, poolWord);
    const target = poolOf(below);
    if (!(target instanceof PoolTarget)) throw new SysError("EINVAL");
    const id = numberOfWord(idWord);
    // the pool may get a new table while this one is live
    const pool = (): ThinPool => {
      const now = poolOf(below);
      return now instanceof PoolTarget ? now.pool : target.pool;
    };
    const device = (): ThinDevice => {
      const found = pool().devices.get(id);
      if (!found) throw new SysError("ENODATA");
      return found;
    };
    device();
    return {
      below: [below],
      read: (position, length) => pool().read(device(), position, length),
      write: (position, bytes) => pool().write(device(), position, bytes),
      fill: (position, length, how) => pool().fill(device(), position, length, how),
      status() {
        const { mappings } = device();
        const blockSectors = pool().blockBytes / SECTOR_BYTES;
        let highest = -1;
        for (const block of mappings.keys()) highest = Math.max(highest, block);
        return `${mappings.size * blockSectors} ${highest < 0 ? "-" : (highest + 1) * blockSectors - 1}`;
      },
      flush: () => pool().commit(),
    };
  };
  return new Map([["thin-pool", thinPool], ["thin", thin]]);
}

class PoolTarget {
  readonly pool: ThinPool;
  readonly below: readonly BlockDevice[];

  constructor(pool: ThinPool, below: readonly BlockDevice[]) {
    this.pool = pool;
    this.below = below;
  }

  read(_position: number, length: number): Uint8Array {
    return new Uint8Array(length);
  }

  write(): void {
    throw new SysError("EIO");
  }

  fill(): void {
    throw new SysError("EIO");
  }

  message(text: string): void {
    this.pool.message(text);
  }

  flush(): void {
    this.pool.commit();
  }

  status(): string {
    const { pool } = this;
    pool.commit();
    return `${pool.transaction} ${pool.usedMetadataBlocks}/${pool.metadataBlocks} ${pool.usedBlocks}/${pool.dataBlocks} - ${pool.mode} discard_passdown queue_if_no_space - 1024 `;
  }
}
