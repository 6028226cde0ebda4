// Digests by the names that OpenSSL and GnuPG use in lower case.
import { Blake2b } from "../digest/blake2b.ts";
import type { Hasher } from "../digest/hasher.ts";
import { Md5 } from "../digest/md5.ts";
import { Rmd160 } from "../digest/rmd160.ts";
import { Sha1 } from "../digest/sha1.ts";
import { Sha256 } from "../digest/sha256.ts";
import { Sha512 } from "../digest/sha512.ts";
import { Sm3 } from "../digest/sm3.ts";

const DIGESTS = new Map<string, () => Hasher>([
  ["md5", () => new Md5()],
  ["rmd160", () => new Rmd160()],
  ["sha1", () => new Sha1()],
  ["sha224", () => new Sha256(224)],
  ["sha256", () => new Sha256()],
  ["sha384", () => new Sha512(384)],
  ["sha512", () => new Sha512()],
  ["blake2b512", () => new Blake2b(64)],
  ["sm3", () => new Sm3()],
]);

export const DIGEST_NAMES: readonly string[] = [...DIGESTS.keys()];

export function hasherNamed(name: string): Hasher | undefined {
  return DIGESTS.get(name)?.();
}

/** Of an existing name; of any other it is SHA-256. */
export function digestOf(name: string, ...parts: readonly Uint8Array[]): Uint8Array {
  const hasher = hasherNamed(name) ?? new Sha256();
  for (const part of parts) hasher.update(part);
  return hasher.digest();
}
