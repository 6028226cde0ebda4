// The undo file of tune2fs -z and e2undo: the head of the real format (magic E2UNDO02, the file system's UUID), then what was overwritten: for each
// piece its place and length, and its bytes.

import { type Blocking, O, type Sys, decode, encode } from "../../kernel/sys.ts";

const MAGIC = "E2UNDO02";
const HEAD_BYTES = 512;

export interface Piece {
  readonly at: number;
  readonly bytes: Uint8Array;
}

export interface UndoFile {
  /** the super block that the change left: another one is not undone */
  readonly after: Uint8Array;
  readonly pieces: readonly Piece[];
}

export function* writeUndo(sys: Sys, path: string, { after, pieces }: UndoFile): Blocking<void> {
  const fd = yield* sys.open(path, O.WRONLY | O.CREAT | O.TRUNC, 0o600);
  const head = new Uint8Array(HEAD_BYTES);
  head.set(encode(MAGIC));
  const view = new DataView(head.buffer);
  view.setUint32(8, pieces.length, true);
  yield* sys.pwrite(fd, head, 0);
  yield* sys.pwrite(fd, after, HEAD_BYTES);
  let at = HEAD_BYTES + after.length;
  for (const piece of pieces) {
    const place = new Uint8Array(16);
    const numbers = new DataView(place.buffer);
    numbers.setUint32(0, piece.at % 2 ** 32, true);
    numbers.setUint32(4, Math.floor(piece.at / 2 ** 32), true);
    numbers.setUint32(8, piece.bytes.length, true);
    yield* sys.pwrite(fd, place, at);
    yield* sys.pwrite(fd, piece.bytes, at + 16);
    at += 16 + piece.bytes.length;
  }
  sys.close(fd);
}

/** Undefined: it is no undo file. Throws SysError. */
export function* readUndo(sys: Sys, path: string): Blocking<UndoFile | undefined> {
  const fd = yield* sys.open(path, O.RDONLY);
  try {
    const head = yield* sys.pread(fd, HEAD_BYTES, 0);
    if (head.length < HEAD_BYTES || decode(head.subarray(0, 8)) !== MAGIC) return undefined;
    const count = new DataView(head.buffer, head.byteOffset).getUint32(8, true);
    const after = (yield* sys.pread(fd, 1024, HEAD_BYTES)).slice();
    const pieces: Piece[] = [];
    let at = HEAD_BYTES + 1024;
    for (let index = 0; index < count; index++) {
      const place = (yield* sys.pread(fd, 16, at)).slice();
      if (place.length < 16) return undefined;
      const numbers = new DataView(place.buffer);
      const length = numbers.getUint32(8, true);
      pieces.push({ at: numbers.getUint32(0, true) + numbers.getUint32(4, true) * 2 ** 32, bytes: (yield* sys.pread(fd, length, at + 16)).slice() });
      at += 16 + length;
    }
    return { after, pieces };
  } finally {
    sys.close(fd);
  }
}
