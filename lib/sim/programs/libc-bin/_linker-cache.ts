// /etc/ld.so.cache of glibc 2.36 (cache.h: "glibc-ld.so.cache1.1"): 48 bytes of header, 24 for each library, then the strings, whose
// places are counted from the head of the file.
import { decode, encode } from "../../kernel/sys.ts";

export interface CachedLibrary {
  readonly name: string;
  readonly path: string;
}

const MAGIC = "glibc-ld.so.cache1.1";
const HEAD_BYTES = 48;
const ENTRY_BYTES = 24;
const LITTLE_ENDIAN = 2;
/** FLAG_ELF_LIBC6 and FLAG_X8664_LIB64 */
const FLAGS = 0x0303;

/** As _dl_cache_libcmp: letters byte by byte, runs of digits by their value. */
export function compareLibraries(a: string, b: string): number {
  let i = 0;
  let j = 0;
  const digit = (c: string): boolean => c >= "0" && c <= "9";
  while (i < a.length) {
    const [x, y] = [a.charAt(i), b.charAt(j)];
    if (digit(x)) {
      if (!digit(y)) return 1;
      let left = 0;
      let right = 0;
      while (digit(a.charAt(i))) left = left * 10 + Number(a.charAt(i++));
      while (digit(b.charAt(j))) right = right * 10 + Number(b.charAt(j++));
      if (left !== right) return left - right;
    } else if (digit(y)) return -1;
    else if (x !== y) return x < y ? -1 : 1;
    else {
      i++;
      j++;
    }
  }
  return j < b.length ? -1 : 0;
}

/** `libraries` in the order in which they are listed. */
export function writeLinkerCache(libraries: readonly CachedLibrary[], generator: string): Uint8Array {
  let strings = "";
  const places = libraries.map(({ name, path }) => {
    const path0 = strings.length;
    strings += `${path}\0`;
    // the name is the end of the path where it can be
    const name0 = path.endsWith(`/${name}`) ? path0 + path.length - name.length : strings.length;
    if (!path.endsWith(`/${name}`)) strings += `${name}\0`;
    return [name0, path0] as const;
  });
  const text = encode(strings);
  const base = HEAD_BYTES + libraries.length * ENTRY_BYTES;
  const generatorAt = (base + text.length + 3 + 24) & ~3;
  const generatorBytes = encode(generator);
  const bytes = new Uint8Array(generatorAt + generatorBytes.length);
  const view = new DataView(bytes.buffer);
  bytes.set(encode(MAGIC));
  view.setUint32(20, libraries.length, true);
  view.setUint32(24, text.length, true);
  bytes[28] = LITTLE_ENDIAN;
  // the extension: its magic, one section, which is the generator's name (tag 0)
  const extensionAt = generatorAt - 24;
  view.setUint32(32, extensionAt, true);
  view.setUint32(extensionAt, 0xeaa42174, true);
  view.setUint32(extensionAt + 4, 1, true);
  view.setUint32(extensionAt + 16, generatorAt, true);
  view.setUint32(extensionAt + 20, generatorBytes.length, true);
  places.forEach(([name, path], index) => {
    const at = HEAD_BYTES + index * ENTRY_BYTES;
    view.setUint32(at, FLAGS, true);
    view.setUint32(at + 4, base + name, true);
    view.setUint32(at + 8, base + path, true);
  });
  bytes.set(text, base);
  bytes.set(generatorBytes, generatorAt);
  return bytes;
}

/** Undefined when the bytes are no cache. */
export function readLinkerCache(bytes: Uint8Array): { readonly libraries: readonly CachedLibrary[]; readonly generator: string | undefined } | undefined {
  if (bytes.length < HEAD_BYTES || decode(bytes.subarray(0, MAGIC.length)) !== MAGIC) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const count = view.getUint32(20, true);
  if (HEAD_BYTES + count * ENTRY_BYTES > bytes.length) return undefined;
  const textAt = (at: number): string => {
    const end = bytes.indexOf(0, at);
    return decode(bytes.subarray(at, end < 0 ? bytes.length : end));
  };
  const libraries: CachedLibrary[] = [];
  for (let index = 0; index < count; index++) {
    const at = HEAD_BYTES + index * ENTRY_BYTES;
    libraries.push({ name: textAt(view.getUint32(at + 4, true)), path: textAt(view.getUint32(at + 8, true)) });
  }
  const extension = view.getUint32(32, true);
  let generator: string | undefined;
  if (extension > 0 && extension + 24 <= bytes.length && view.getUint32(extension, true) === 0xeaa42174) {
    const from = view.getUint32(extension + 16, true);
    generator = decode(bytes.subarray(from, from + view.getUint32(extension + 20, true)));
  }
  return { libraries, generator };
}
