import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bitsOf, fingerprint, makeKey, parsePrivateFile, parsePublicLine, privateFile, publicLine, randomart } from "./_key.ts";

/** Bytes that follow from a seed, as the world's random numbers do. */
function bytesFrom(seed: number): (length: number) => Uint8Array {
  let state = seed >>> 0;
  return (length) => Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 24;
  });
}

describe("key files", () => {
  test("what is written is read again; a wrong passphrase opens nothing", () => {
    fc.assert(fc.property(fc.constantFrom("rsa", "dsa", "ecdsa", "ed25519"), fc.string({ maxLength: 20 }), fc.string({ maxLength: 12 }), fc.integer(), (kind, comment, passphrase, seed) => {
      const random = bytesFrom(seed);
      const key = makeKey(kind, kind === "rsa" ? 1024 : 256, comment, random);
      const text = privateFile(key, passphrase, random);
      expect(parsePrivateFile(text, passphrase)).toEqual({ kind: "key", key, encrypted: passphrase !== "" });
      if (passphrase !== "") {
        expect(parsePrivateFile(text, `${passphrase}x`).kind).toBe("wrong-passphrase");
        expect(parsePrivateFile(text, undefined)).toEqual({ kind: "locked", key: { kind, blob: key.blob, comment: "" } });
      }
    }), { numRuns: 30 });
  });

  test.each([["rsa", 1024], ["rsa", 3072], ["dsa", 1024], ["ed25519", 256], ["ecdsa", 256]] as const)("%s has %d bits", (kind, bits) => {
    expect(bitsOf(makeKey(kind, bits, "", bytesFrom(7)))).toBe(bits);
  });

  test.each(["", "garbage", "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n"])("%j is no key", (text) => {
    expect(parsePrivateFile(text, undefined)).toEqual({ kind: "invalid" });
  });
});

test("a public line, also behind options", () => {
  const key = makeKey("ed25519", 256, "me@here", bytesFrom(1));
  expect(parsePublicLine(publicLine(key))).toEqual({ kind: key.kind, blob: key.blob, comment: "me@here" });
  expect(parsePublicLine(`command="ls -l",no-pty ${publicLine(key)}`)).toEqual({ kind: key.kind, blob: key.blob, comment: "me@here" });
  expect(parsePublicLine("ssh-ed25519 AAAA x")).toBeUndefined();
});

test("fingerprints and the picture of a known key", () => {
  // the fields of an ed25519 key of 32 zero bytes; the prints are those that ssh-keygen 9.2 shows for it
  const blob = Uint8Array.from([0, 0, 0, 11, ...[..."ssh-ed25519"].map((c) => c.charCodeAt(0)), 0, 0, 0, 32, ...new Uint8Array(32)]);
  const key = { kind: "ed25519", blob, comment: "" } as const;
  expect(fingerprint(blob)).toBe("SHA256:kmYcvdi2GkPeWxB6XLjrZB8JHsy2Hm8luHMFp9GMvqk");
  expect(fingerprint(blob, "md5")).toBe("MD5:3d:52:38:ce:ff:94:f5:d7:81:a4:a4:f9:2b:4f:fe:a0");
  expect(randomart(key)).toBe(`+--[ED25519 256]--+
|                 |
|       . .       |
|      . + .+     |
|     . X =+ +    |
|      X So =     |
|     = B.B+.o    |
|      + X.+*     |
|       Oo*=.     |
|      . E=o      |
+----[SHA256]-----+`);
});
