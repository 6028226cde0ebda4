// Opens an image with what it is backed by, whatever the format; words of the errors are QEMU's.
import { type Blocking, O, S, type Sys, SysError } from "../../../kernel/sys.ts";
import { openBlockMap } from "./block-map-image.ts";
import { type DiskImage, ImageError, type ImageFormat } from "./disk-image.ts";
import { descriptorFile } from "./image-file.ts";
import { Qcow2Image } from "./qcow2.ts";
import { openRaw } from "./raw.ts";

export const knownFormats: readonly string[] = ["raw", "qcow2", "vmdk", "vdi", "vpc", "qed", "qcow", "vhdx", "luks", "dmg", "parallels", "cloop", "bochs"];
const deepestChain = 200;

/** A name beside the image that mentions it. */
export function backingPath(image: string, name: string): string {
  if (name.startsWith("/") || name.includes(":")) return name;
  const slash = image.lastIndexOf("/");
  return slash < 0 ? name : image.slice(0, slash + 1) + name;
}

export interface OpenOptions {
  readonly format?: string | undefined;
  readonly writable?: boolean;
  /** do not look at locks of running machines (-U) */
  readonly forceShare?: boolean;
  /** false: the image alone */
  readonly chain?: boolean;
}

export interface OpenedImage {
  readonly image: DiskImage;
  /** the format was guessed */
  readonly probed: boolean;
  close(): void;
}

/** Where QEMU keeps its locks: a running machine holds the image (block/file-posix.c uses byte ranges, here flock). */
function* lock(sys: Sys, fd: number, path: string, writable: boolean): Blocking<void> {
  try {
    yield* sys.flock(fd, writable ? "exclusive" : "shared", true);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    throw new ImageError(`Failed to get ${writable ? '"write"' : 'shared "write"'} lock\nIs another process using the image [${path}]?`);
  }
}

export function* openImage(sys: Sys, path: string, options: OpenOptions = {}, depth = 0): Blocking<OpenedImage> {
  const { format, writable = false } = options;
  if (format !== undefined && !knownFormats.includes(format)) throw new ImageError(`Unknown driver '${format}'`);
  let fd: number;
  try {
    const { mode } = sys.stat(path);
    if ((mode & S.IFMT) !== S.IFREG && (mode & S.IFMT) !== S.IFBLK) throw new ImageError(`'file' driver requires '${path}' to be a regular file`);
    fd = yield* sys.open(path, (writable ? O.RDWR : O.RDONLY) | O.CLOEXEC);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    throw new ImageError(`Could not open '${path}': ${error.message}`);
  }
  const closers: (() => void)[] = [() => sys.close(fd)];
  const close = (): void => {
    for (const one of closers) one();
  };
  try {
    if (options.forceShare !== true) yield* lock(sys, fd, path, writable);
    const file = descriptorFile(sys, fd, path);
    const head = yield* file.read(0, 128);
    const isQcow2 = head[0] === 0x51 && head[1] === 0x46 && head[2] === 0x49 && head[3] === 0xfb;
    let image: DiskImage | undefined;
    if (format === "qcow2" || (format === undefined && isQcow2)) image = yield* Qcow2Image.open(file);
    else if (format === "vdi" || format === "vmdk" || format === undefined) {
      const found = yield* openBlockMap(file);
      if (format !== undefined && found?.format !== format) throw new ImageError(format === "vdi" ? "Image not in VDI format" : "Could not find required header");
      image = found;
    } else if (format !== "raw") throw new ImageError(`Image not in ${format} format`);
    const opened = image ?? openRaw(file);
    if (options.chain !== false && opened.backingFile !== undefined) {
      if (depth > deepestChain) throw new ImageError("Backing file chain is too long");
      let behind: OpenedImage;
      try {
        behind = yield* openImage(sys, backingPath(path, opened.backingFile), { format: opened.backingFormat, forceShare: true }, depth + 1);
      } catch (error) {
        if (!(error instanceof ImageError)) throw error;
        throw new ImageError(`Could not open backing file: ${error.message}`);
      }
      opened.backing = behind.image;
      closers.push(behind.close);
    }
    return { image: opened, probed: format === undefined, close };
  } catch (error) {
    close();
    throw error;
  }
}

export function formatOf(name: string): ImageFormat | undefined {
  return name === "raw" || name === "qcow2" || name === "vmdk" || name === "vdi" || name === "vpc" || name === "qed" ? name : undefined;
}
