// The files of keymaps and fonts: by their path, or by name below a package's directories, whole or packed with gzip.

import { type Blocking, concatBytes, O, type Sys, SysError } from "../../kernel/sys.ts";
import { ByteSource, CorruptData, UnexpectedEnd } from "../kit/compression/byte-source.ts";
import { gunzipMember, NotGzip, readGzipHeader } from "../kit/compression/gzip-format.ts";
import { readWhole } from "../kit/read-whole.ts";

export function* unpacked(bytes: Uint8Array): Blocking<Uint8Array> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  let given = false;
  const source = new ByteSource(function* (): Blocking<Uint8Array> {
    if (given) return new Uint8Array(0);
    given = true;
    return bytes;
  });
  const parts: Uint8Array[] = [];
  try {
    yield* readGzipHeader(source);
    yield* gunzipMember(source, function* (part): Blocking<void> {
      parts.push(part);
    });
  } catch (error) {
    if (error instanceof NotGzip || error instanceof CorruptData || error instanceof UnexpectedEnd) return bytes;
    throw error;
  }
  return concatBytes(parts);
}

export function* readDataFile(sys: Sys, path: string): Blocking<Uint8Array> {
  const fd = yield* sys.open(path, O.RDONLY);
  try {
    return yield* unpacked(yield* readWhole(sys, fd));
  } finally {
    sys.close(fd);
  }
}

function isFile(sys: Sys, path: string): boolean {
  try {
    return (sys.stat(path).mode & 0o170000) === 0o100000;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}

/** The first of NAME, NAME+suffix, each also with .gz, in a directory and those below it. */
export function* findDataFile(sys: Sys, directories: readonly string[], name: string, suffixes: readonly string[], depth = 4): Blocking<string | undefined> {
  const wanted = ["", ...suffixes].flatMap((suffix) => [`${name}${suffix}`, `${name}${suffix}.gz`]);
  if (name.includes("/")) return wanted.find((path) => isFile(sys, path));
  for (const directory of directories) {
    const found = wanted.map((file) => `${directory}/${file}`).find((path) => isFile(sys, path));
    if (found !== undefined) return found;
    if (depth === 0) continue;
    let below: readonly string[];
    try {
      below = sys.readdir(directory).filter(({ type }) => type === 0o040000).map((entry) => `${directory}/${entry.name}`).sort();
    } catch (error) {
      if (error instanceof SysError) continue;
      throw error;
    }
    if (sys.charge(10)) yield* sys.preempt();
    const deeper = yield* findDataFile(sys, below, name, suffixes, depth - 1);
    if (deeper !== undefined) return deeper;
  }
  return undefined;
}
