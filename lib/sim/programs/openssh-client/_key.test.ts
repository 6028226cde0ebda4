// Keys, their files, certificates and signatures: what is written is read again, and what the real ssh-keygen wrote too.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { encode } from "../../kernel/sys.ts";
import { bubblebabble } from "./_bubblebabble.ts";
import { certificateOf, certificateProblem, certify, FOREVER } from "./_certificate.ts";
import { bitsOf, fingerprint, parsePublicLine, plainKey, publicLine, randomart, sameKey } from "./_key.ts";
import { keyFile, parsePrivateFile, unlockPrivateFile } from "./_private-file.ts";
import { makeKey, signWithKey, verifyWithKey } from "./_private-key.ts";
import { REAL_CERTIFICATE, REAL_FILES, REAL_SIGNATURES } from "./_recorded-keys.ts";
import { parseSignature, signedBytes } from "./_signature-file.ts";

/** A process that draws the bytes that follow from a seed. */
function processFrom(seed: number) {
  let state = seed >>> 0;
  return {
    charge: () => false,
    *preempt() {},
    random: (length: number) => Uint8Array.from({ length }, () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state >>> 24;
    }),
    clockUs: () => 1_790_000_000_000_000,
  };
}

function finished<T>(body: Generator<unknown, T, void>): T {
  for (;;) {
    const step = body.next();
    if (step.done === true) return step.value;
  }
}

const kinds = [["rsa", 1024], ["dsa", 1024], ["ecdsa", 256], ["ecdsa", 384], ["ecdsa", 521], ["ed25519", 256]] as const;

describe("key files", () => {
  test("what is written is read again; a wrong passphrase opens nothing", () => {
    fc.assert(fc.property(fc.constantFrom(...kinds), fc.constantFrom("openssh", "pem", "pkcs8"), fc.string({ maxLength: 20 }), fc.string({ maxLength: 12 }), fc.integer(), ([kind, bits], format, comment, passphrase, seed) => {
      const sys = processFrom(seed);
      const key = finished(makeKey(sys, kind, bits, comment));
      const text = finished(keyFile(sys, key, { passphrase, format, rounds: 1 }));
      // the older forms have no room for a comment
      const expected = { ...key, comment: format === "openssh" || kind === "ed25519" ? comment : "" };
      expect(finished(unlockPrivateFile(sys, text, passphrase))).toEqual({ kind: "key", key: expected, encrypted: passphrase !== "" });
      if (passphrase === "") return;
      expect(finished(unlockPrivateFile(sys, text, `${passphrase}x`)).kind).toBe("wrong-passphrase");
      expect(parsePrivateFile(text).kind).toBe("locked");
    }), { numRuns: 25 });
  });

  test.each([
    ["ed25519", ""], ["rsa", ""], ["dsa", ""], ["protectedEd25519", "pass word"], ["protectedPem", "secret"], ["protectedPkcs8", "secret"],
  ] as const)("a real one: %s", (name, passphrase) => {
    const { secret, open } = REAL_FILES[name];
    const file = finished(unlockPrivateFile(processFrom(1), secret, passphrase));
    const known = parsePublicLine(open);
    expect(file.kind === "key" && known !== undefined && sameKey(file.key, known)).toBe(true);
    const data = encode("to be signed");
    const signature = file.kind === "key" ? finished(signWithKey(processFrom(1), file.key, data)) : new Uint8Array(0);
    expect(known !== undefined && finished(verifyWithKey(processFrom(1), known, data, signature))).toBe(true);
    expect(known !== undefined && finished(verifyWithKey(processFrom(1), known, encode("another"), signature))).toBe(false);
  });

  test.each(kinds)("%s has %d bits", (kind, bits) => {
    expect(bitsOf(finished(makeKey(processFrom(7), kind, bits, "")))).toBe(bits);
  });

  test.each(["", "garbage", "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n"])("%j is no key", (text) => {
    expect(parsePrivateFile(text)).toEqual({ kind: "invalid" });
  });
});

test("keys of the stock sign as found ones do", () => {
  const sys = processFrom(3);
  for (const bits of [3072, 4096]) {
    const key = finished(makeKey(sys, "rsa", bits, ""));
    expect(bitsOf(key)).toBe(bits);
    expect(finished(verifyWithKey(sys, key, encode("x"), finished(signWithKey(sys, key, encode("x")))))).toBe(true);
  }
});

test("real signatures over a file hold, over another they do not", () => {
  for (const text of REAL_SIGNATURES) {
    const found = parseSignature(text);
    if (found === undefined) throw new Error("no signature");
    const holds = (message: string): boolean => finished(verifyWithKey(processFrom(1), found.key, signedBytes(found.namespace, found.hash, encode(message)), found.signature));
    expect([found.namespace, found.hash, holds("hello\n"), holds("hello")]).toEqual(["file", "sha512", true, false]);
  }
});

describe("certificates", () => {
  test("a real one", () => {
    const key = parsePublicLine(REAL_CERTIFICATE);
    const certificate = key && certificateOf(key);
    if (key === undefined || certificate === undefined) throw new Error("no certificate");
    expect({ keyId: certificate.keyId, serial: certificate.serial, role: certificate.role, principals: certificate.principals, after: certificate.validAfter, before: certificate.validBefore, extensions: certificate.extensions.map(({ name }) => name) }).toEqual({
      keyId: "idn", serial: 9n, role: "user", principals: ["ann", "bob"], after: 1_767_225_600n, before: 1_798_761_600n, extensions: ["permit-X11-forwarding", "permit-agent-forwarding", "permit-port-forwarding", "permit-pty", "permit-user-rc"],
    });
    expect(publicLine({ ...plainKey(key), comment: "one@real" })).toBe(REAL_FILES.ed25519.open);
    const problem = (role: "user" | "host", name: string, seconds: number) => finished(certificateProblem({ ...processFrom(1), clockUs: () => seconds * 1e6 }, certificate, role, name, true));
    expect([problem("user", "ann", 1_790_000_000), problem("user", "eve", 1_790_000_000), problem("host", "ann", 1_790_000_000), problem("user", "ann", 1_700_000_000), problem("user", "ann", 1_800_000_000)]).toEqual([
      undefined, "Certificate invalid: name is not a listed principal", "Certificate invalid: not a host certificate", "Certificate invalid: not yet valid", "Certificate invalid: expired",
    ]);
  });

  test("what is certified is read again", () => {
    const sys = processFrom(11);
    const [subject, authority] = [finished(makeKey(sys, "ecdsa", 256, "me")), finished(makeKey(sys, "ed25519", 256, "ca"))];
    const content = { serial: 3n, role: "user", keyId: "k", principals: ["a"], validAfter: 0n, validBefore: FOREVER, criticalOptions: [{ name: "force-command", value: "id" }], extensions: [{ name: "permit-pty", value: undefined }] } as const;
    const certificate = certificateOf(finished(certify(sys, subject, authority, content)));
    expect(certificate).toMatchObject(content);
    expect(certificate && finished(certificateProblem(sys, certificate, "user", "a", true))).toBeUndefined();
    expect(certificate && finished(certificateProblem(sys, { ...certificate, signed: encode("x") }, "user", "a", true))).toBe("Certificate invalid: bad signature");
  });
});

test("a public line, also behind options", () => {
  const key = finished(makeKey(processFrom(1), "ed25519", 256, "me@here"));
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
  expect(bubblebabble(blob)).toBe("xotac-gorak-nuced-bicak-zytik-cozep-hyzyz-hidit-fuzig-litos-texux");
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
