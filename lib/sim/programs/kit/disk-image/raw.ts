// Raw images: the disk's bytes as they are.
import type { DiskImage, Stretch } from "./disk-image.ts";
import type { ImageFile } from "./image-file.ts";

const sectorBytes = 512;

export function openRaw(file: ImageFile): DiskImage {
  const sectors = (bytes: number): number => Math.ceil(bytes / sectorBytes) * sectorBytes;
  return {
    format: "raw", file, backingFile: undefined, backingFormat: undefined, backing: undefined,
    get virtualBytes() {
      return sectors(file.sizeBytes());
    },
    *stretches() {
      const size = file.sizeBytes();
      const found: Stretch[] = [];
      let at = 0;
      while (at < size) {
        const data = Math.min(file.nextData(at) ?? size, size);
        if (data > at) found.push({ start: at, length: data - at, kind: "zero", offset: at });
        if (data >= size) break;
        const end = Math.min(Math.max(file.nextHole(data), data + 1), size);
        found.push({ start: data, length: (end === size ? sectors(end) : end) - data, kind: "data", offset: data });
        at = end;
      }
      return found;
    },
    *read(at, length) {
      return yield* file.read(at, length);
    },
    *write(at, bytes) {
      yield* file.write(at, bytes);
    },
    *resize(virtualBytes) {
      file.truncate(virtualBytes);
    },
  };
}
