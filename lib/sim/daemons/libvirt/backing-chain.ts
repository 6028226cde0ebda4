// The images that a qcow2 image is based on, nearest first: its header names the next one (docs/interop/qcow2.txt of QEMU).
import { type Blocking, decode, O, type Sys, SysError } from "../../kernel/sys.ts";

const longestChain = 20;

function* backingOf(sys: Sys, path: string): Blocking<string | undefined> {
  let fd: number;
  try {
    fd = yield* sys.open(path, O.RDONLY | O.CLOEXEC);
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
  try {
    const head = yield* sys.pread(fd, 4096, 0);
    if (head.length < 20 || decode(head.subarray(0, 3)) !== "QFI") return undefined;
    const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
    const at = Number(view.getBigUint64(8));
    const length = view.getUint32(16);
    if (at === 0 || length === 0 || at + length > head.length) return undefined;
    const name = decode(head.subarray(at, at + length));
    return name.startsWith("/") ? name : path.slice(0, path.lastIndexOf("/") + 1) + name;
  } finally {
    sys.close(fd);
  }
}

export function* backingChain(sys: Sys, path: string): Blocking<readonly string[]> {
  const chain: string[] = [];
  for (let next = yield* backingOf(sys, path); next !== undefined && chain.length < longestChain; next = yield* backingOf(sys, next)) chain.push(next);
  return chain;
}
