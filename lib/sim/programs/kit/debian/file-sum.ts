// The sums that dpkg keeps of files (.md5sums, Conffiles). A simulated binary is a few bytes and a hole: its sum is that of the bytes and of its length, so that
// dpkg --verify need not read megabytes of nothing. It is md5(1)'s for everything else.
import { encode } from "../../../kernel/sys.ts";
import { toHex } from "../digest/hasher.ts";
import { Md5 } from "../digest/md5.ts";

const isBinary = (bytes: Uint8Array): boolean => bytes[0] === 0x7f && bytes[1] === 0x45 && bytes[2] === 0x4c && bytes[3] === 0x46;

/** `bytes` may leave out the hole at the end of `sizeBytes`. */
export function fileSum(bytes: Uint8Array, sizeBytes = bytes.length): string {
  const sum = new Md5();
  if (isBinary(bytes)) {
    let end = bytes.length;
    while (end > 0 && bytes[end - 1] === 0) end--;
    sum.update(bytes.subarray(0, end));
    sum.update(encode(`\0${sizeBytes}`));
  } else {
    sum.update(bytes);
    for (let left = sizeBytes - bytes.length; left > 0; left -= PIECE.length) sum.update(PIECE.subarray(0, Math.min(left, PIECE.length)));
  }
  return toHex(sum.digest());
}

const PIECE = new Uint8Array(65_536);
