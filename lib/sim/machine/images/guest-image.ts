// Image files that a host has from the start: qcow2 with a disk that a guest boots, made by the same code as qemu-img's.
import type { Blocking } from "../../kernel/sys.ts";
import { Contents } from "../../kernel/vfs/contents.ts";
import type { ImageFile } from "../../programs/kit/disk-image/image-file.ts";
import { Qcow2Image, qcow2Defaults } from "../../programs/kit/disk-image/qcow2.ts";
import { guestDisk } from "./guest-disk.ts";

function memoryFile(contents: Contents): ImageFile {
  return {
    path: "",
    sizeBytes: () => contents.sizeBytes,
    allocatedBytes: () => contents.allocatedBytes,
    *read(at, length) {
      const whole = new Uint8Array(length);
      whole.set(contents.read(at, length));
      return whole;
    },
    *write(at, bytes) {
      contents.write(at, bytes);
    },
    truncate: (sizeBytes) => contents.truncate(sizeBytes),
    allocate: (at, length) => contents.allocate(at, length, "allocate"),
    discard: (at, length) => contents.allocate(at, length, "punch-hole"),
    nextData: (at) => contents.seek(at, "data"),
    nextHole: (at) => contents.seek(at, "hole") ?? contents.sizeBytes,
  };
}

function finish<T>(work: Blocking<T>): T {
  for (;;) {
    const turn = work.next();
    if (turn.done === true) return turn.value;
  }
}

/** Of a file this share is a hole: conversions leave some. */
const holeBytes = 280 * 1024;

/** `fileBytes`: how large the file is, beyond what is really in it. */
export function guestImage(rootName: string, diskBytes: number, fileBytes: number): Contents {
  const contents = new Contents();
  const disk = guestDisk(rootName, diskBytes);
  finish((function* make(): Blocking<void> {
    const image = yield* Qcow2Image.create(memoryFile(contents), diskBytes, qcow2Defaults);
    for (const piece of disk.pieces()) if (piece.data instanceof Uint8Array) yield* image.write(piece.start, piece.data);
  })());
  const used = contents.sizeBytes;
  if (fileBytes > used) {
    contents.allocate(used, fileBytes - used - holeBytes, "allocate");
    contents.truncate(fileBytes);
  }
  return contents;
}
