import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { Blake2b } from "./blake2b.ts";
import { PosixCrc } from "./checksum.ts";
import { toHex } from "./hasher.ts";
import { Md5 } from "./md5.ts";
import { Rmd160 } from "./rmd160.ts";
import { Sha1 } from "./sha1.ts";
import { Sha256 } from "./sha256.ts";
import { Sha512 } from "./sha512.ts";
import { Sm3 } from "./sm3.ts";

test.each([
  ["md5", () => new Md5()], ["sha1", () => new Sha1()], ["sha224", () => new Sha256(224)], ["sha256", () => new Sha256()],
  ["sha384", () => new Sha512(384)], ["sha512", () => new Sha512()], ["blake2b512", () => new Blake2b()], ["sm3", () => new Sm3()], ["rmd160", () => new Rmd160()],
] as const)("%s equals the reference, whatever the cuts", (name, make) => {
  fc.assert(fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 4 }), (parts) => {
    const ours = make();
    const reference = createHash(name);
    for (const part of parts) {
      ours.update(part);
      reference.update(part);
    }
    expect(toHex(ours.digest())).toBe(reference.digest("hex"));
  }), { numRuns: 40 });
});

test("cksum of POSIX", () => {
  const crc = new PosixCrc();
  crc.update(new Uint8Array([97, 10]));
  expect(crc.value()).toBe(2418082923);
});
