// The database of updatedb and locate: a head, then every path ended by a NUL, in the order of the walk. (plocate's own keeps trigrams in zstd;
// what can be asked of it is the same.)
import { decode, encode } from "../../kernel/sys.ts";

export const DATABASE = "/var/lib/plocate/plocate.db";

interface PathDatabase {
  readonly checkVisibility: boolean;
  readonly paths: readonly string[];
}

const MAGIC = "\0plocate";

export function databaseBytes({ checkVisibility, paths }: PathDatabase): Uint8Array {
  return encode(`${MAGIC}${checkVisibility ? "1" : "0"}${paths.map((path) => `${path}\0`).join("")}`);
}

/** Undefined when the bytes are no database. */
export function parseDatabase(bytes: Uint8Array): PathDatabase | undefined {
  const text = decode(bytes);
  if (!text.startsWith(MAGIC)) return undefined;
  return { checkVisibility: text.charAt(MAGIC.length) === "1", paths: text.slice(MAGIC.length + 1).split("\0").slice(0, -1) };
}
