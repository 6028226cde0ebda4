// VDI (VirtualBox) and VMDK (VMware, monolithicSparse): a header, a map from blocks of the disk to blocks of the file, and the blocks. The signatures stand where file(1) and
// other programs look for them; the map's place is our own simplification of VMDK's two levels of grain tables.
import { type Blocking, decode, encode } from "../../../kernel/sys.ts";
import { type DiskImage, ImageError, readBacking, type Stretch } from "./disk-image.ts";
import type { ImageFile } from "./image-file.ts";

interface Layout {
  readonly format: "vdi" | "vmdk";
  readonly blockBytes: number;
  readonly mapAt: number;
  /** where the disk's size stands */
  readonly sizeAt: number;
  readonly head: (virtualBytes: number, subformat: string) => Uint8Array;
}

const vdiText = "<<< QEMU VM Virtual Disk Image >>>\n";
const vdiMark = [0x7f, 0x10, 0xda, 0xbe];

const layouts: readonly Layout[] = [
  {
    format: "vdi", blockBytes: 1 << 20, mapAt: 512, sizeAt: 0x170,
    head: () => {
      const bytes = new Uint8Array(512);
      bytes.set(encode(vdiText));
      bytes.set(vdiMark, 0x40);
      bytes.set([1, 0, 1, 0], 0x44);
      return bytes;
    },
  },
  {
    format: "vmdk", blockBytes: 65_536, mapAt: 21 * 512, sizeAt: 12,
    head: (virtualBytes, subformat) => {
      const bytes = new Uint8Array(21 * 512);
      bytes.set(encode("KDMV"));
      bytes.set([1, 0, 0, 0, 3, 0, 0, 0], 4);
      const descriptor = `# Disk DescriptorFile\nversion=1\nCID=5a1f2c3d\nparentCID=ffffffff\ncreateType="${subformat}"\n\n# Extent description\nRW ${virtualBytes / 512} SPARSE "disk.vmdk"\n\n# The Disk Data Base\n#DDB\n\nddb.virtualHWVersion = "4"\nddb.geometry.heads = "16"\nddb.geometry.sectors = "63"\nddb.adapterType = "ide"\n`;
      bytes.set(encode(descriptor).subarray(0, 20 * 512), 512);
      return bytes;
    },
  },
];

const read64 = (bytes: Uint8Array): number => bytes.reduceRight((sum, byte) => sum * 256 + byte, 0);
const little = (value: number, width: number): Uint8Array => Uint8Array.from({ length: width }, (_, index) => Math.floor(value / 256 ** index) % 256);

class BlockMapImage implements DiskImage {
  readonly format: "vdi" | "vmdk";
  readonly file: ImageFile;
  readonly backingFile = undefined;
  readonly backingFormat = undefined;
  backing: DiskImage | undefined = undefined;
  virtualBytes: number;
  readonly subformat: string;
  readonly #layout: Layout;
  #map: Uint8Array;

  constructor(layout: Layout, file: ImageFile, virtualBytes: number, map: Uint8Array, subformat: string) {
    this.#layout = layout;
    this.format = layout.format;
    this.file = file;
    this.virtualBytes = virtualBytes;
    this.#map = map;
    this.subformat = subformat;
  }

  get clusterBytes(): number {
    return this.#layout.blockBytes;
  }

  #blockAt(index: number): number {
    return read64(this.#map.subarray(index * 4, index * 4 + 4)) * 512;
  }

  *stretches(): Blocking<readonly Stretch[]> {
    const { blockBytes } = this.#layout;
    const found: Stretch[] = [];
    for (let index = 0; index * blockBytes < this.virtualBytes; index++) {
      const at = this.#blockAt(index);
      const start = index * blockBytes;
      const length = Math.min(blockBytes, this.virtualBytes - start);
      const kind = at === 0 ? "absent" : "data";
      const last = found.at(-1);
      if (last?.kind === kind && (kind === "absent" || (last.offset ?? 0) + last.length === at)) found[found.length - 1] = { ...last, length: last.length + length };
      else found.push({ start, length, kind, offset: at === 0 ? undefined : at });
    }
    return found;
  }

  *read(at: number, length: number): Blocking<Uint8Array> {
    const { blockBytes } = this.#layout;
    const result = new Uint8Array(length);
    for (let done = 0; done < length;) {
      const index = Math.floor((at + done) / blockBytes);
      const inside = (at + done) % blockBytes;
      const count = Math.min(length - done, blockBytes - inside);
      const place = this.#blockAt(index);
      result.set(place === 0 ? yield* readBacking(this, at + done, count) : yield* this.file.read(place + inside, count), done);
      done += count;
    }
    return result;
  }

  *write(at: number, bytes: Uint8Array): Blocking<void> {
    const { blockBytes, mapAt } = this.#layout;
    for (let done = 0; done < bytes.length;) {
      const index = Math.floor((at + done) / blockBytes);
      const inside = (at + done) % blockBytes;
      const count = Math.min(bytes.length - done, blockBytes - inside);
      let place = this.#blockAt(index);
      if (place === 0) {
        place = Math.max(Math.ceil(this.file.sizeBytes() / blockBytes) * blockBytes, Math.ceil((mapAt + this.#map.length) / blockBytes) * blockBytes);
        this.#map.set(little(place / 512, 4), index * 4);
        yield* this.file.write(mapAt + index * 4, this.#map.subarray(index * 4, index * 4 + 4));
        this.file.truncate(place + blockBytes);
      }
      yield* this.file.write(place + inside, bytes.subarray(done, done + count));
      done += count;
    }
  }

  *resize(virtualBytes: number): Blocking<void> {
    const needed = Math.ceil(virtualBytes / this.#layout.blockBytes) * 4;
    if (needed > this.#map.length) throw new ImageError("Image format driver does not support resize");
    this.virtualBytes = virtualBytes;
    yield* this.file.write(this.#layout.sizeAt, little(virtualBytes, 8));
  }
}

export type { BlockMapImage };

export function* openBlockMap(file: ImageFile): Blocking<BlockMapImage | undefined> {
  const head = yield* file.read(0, 1024);
  const isVdi = vdiMark.every((byte, index) => head[0x40 + index] === byte);
  const layout = layouts.find((one) => one.format === (isVdi ? "vdi" : "vmdk"));
  if (layout === undefined || (!isVdi && decode(head.subarray(0, 4)) !== "KDMV")) return undefined;
  const virtualBytes = read64(head.subarray(layout.sizeAt, layout.sizeAt + 8));
  const map = (yield* file.read(layout.mapAt, Math.ceil(virtualBytes / layout.blockBytes) * 4)).slice();
  const subformat = /createType="(\w+)"/.exec(decode(head.subarray(512)))?.[1] ?? "";
  return new BlockMapImage(layout, file, virtualBytes, map, subformat);
}

export function* createBlockMap(file: ImageFile, format: "vdi" | "vmdk", virtualBytes: number, subformat: string): Blocking<BlockMapImage> {
  const layout = layouts.find((one) => one.format === format) ?? layouts[0];
  if (layout === undefined) throw new ImageError(`Unknown file format '${format}'`);
  const head = layout.head(virtualBytes, subformat);
  head.set(little(virtualBytes, 8), layout.sizeAt);
  const map = new Uint8Array(Math.ceil(virtualBytes / layout.blockBytes) * 4);
  file.truncate(0);
  yield* file.write(0, head);
  yield* file.write(layout.mapAt, map);
  return new BlockMapImage(layout, file, virtualBytes, map, subformat);
}
