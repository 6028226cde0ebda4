// A simulated executable: an ELF header (so `file`, `head -c4` and binfmt checks see what they expect), then the identifier of the program that the
// registry holds. Copying the file copies the program; damaging it makes it "Exec format error".
import { decode, encode } from "../../kernel/sys.ts";

const marker = "\0hote:";

/** ELF64, little endian, System V, ET_DYN, x86-64 (elf(5)), with the entry point and table offsets of an ordinary small program. */
const header = Uint8Array.from([
  0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 62, 0, 1, 0, 0, 0, 0x40, 0x1b, 0, 0, 0, 0, 0, 0, 64, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 64, 0, 56, 0, 13, 0,
  64, 0, 31, 0, 30, 0,
]);

const interpreter = "/lib64/ld-linux-x86-64.so.2\0";

export function elfImage(programId: string): Uint8Array {
  const tail = encode(`${interpreter}${marker}${programId}\0`);
  const bytes = new Uint8Array(header.length + tail.length);
  bytes.set(header);
  bytes.set(tail, header.length);
  return bytes;
}

/** The identifier that the file names, or undefined when it is no simulated executable. */
export function programIdOf(bytes: Uint8Array): string | undefined {
  if (bytes[0] !== 0x7f || bytes[1] !== 0x45 || bytes[2] !== 0x4c || bytes[3] !== 0x46) return undefined;
  const text = decode(bytes.subarray(0, 512));
  const start = text.indexOf(marker);
  if (start < 0) return undefined;
  const end = text.indexOf("\0", start + marker.length);
  return end < 0 ? undefined : text.slice(start + marker.length, end);
}
