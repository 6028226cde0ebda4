// Everything is held against node's crypto, both ways.
import * as reference from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { aesDecrypt, aesEncrypt, aesOcb, aesUnwrap, aesWrap } from "./aes.ts";
import { bcryptPbkdf } from "./bcrypt-pbkdf.ts";
import { bytesOfNumber, numberOf, power } from "./big-number.ts";
import { ed25519PublicKey, ed25519Sign, ed25519Verify, x25519 } from "./curve25519.ts";
import { hmac, pbkdf2 } from "./hmac.ts";
import { ecdsaSign, ecdsaVerify, NIST_CURVES, nistPublicKey, nistShared } from "./nist-curve.ts";
import { digestOf } from "./named-digest.ts";
import { isPrime } from "./prime.ts";
import { stockPrime } from "./prime-stock.ts";
import { generateRsa, rsaDecrypt, rsaEncrypt, rsaSign, rsaVerify } from "./rsa.ts";

const random = (length: number): Uint8Array => new Uint8Array(reference.randomBytes(length));
const sys = { charge: () => false, *preempt() {}, random };

function finished<T>(body: Generator<unknown, T, void>): T {
  for (;;) {
    const step = body.next();
    if (step.done === true) return step.value;
  }
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const b64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64url");

test("powers", () => {
  fc.assert(fc.property(fc.bigInt(0n, 1n << 200n), fc.bigInt(0n, 1n << 40n), fc.bigInt(1n, 1n << 90n), (base, exponent, modulus) => {
    let slow = 1n % modulus;
    for (const bit of exponent.toString(2)) slow = (slow * slow * (bit === "1" ? base : 1n)) % modulus;
    expect(power(base, exponent, modulus)).toBe(slow);
    expect(numberOf(bytesOfNumber(base))).toBe(base);
  }), { numRuns: 50 });
});

test.each(["ecb", "cbc", "ctr", "cfb"] as const)("aes %s", (mode) => {
  fc.assert(fc.property(fc.constantFrom(16, 24, 32), fc.uint8Array({ maxLength: 100 }), fc.uint8Array({ minLength: 48, maxLength: 48 }), (size, input, material) => {
    const text = mode === "ecb" || mode === "cbc" ? input.subarray(0, input.length & ~15) : input;
    const key = material.subarray(0, size);
    const initial = material.subarray(32);
    const cipher = reference.createCipheriv(`aes-${size * 8}-${mode}`, key, mode === "ecb" ? null : initial).setAutoPadding(false);
    const ours = aesEncrypt(mode, key, initial, text);
    expect(hex(ours)).toBe(Buffer.concat([cipher.update(text), cipher.final()]).toString("hex"));
    expect(hex(aesDecrypt(mode, key, initial, ours))).toBe(hex(text));
  }), { numRuns: 60 });
});

test("key wrapping", () => {
  const [key, plain] = [random(16), random(40)];
  const cipher = reference.createCipheriv("id-aes128-wrap", key, Buffer.alloc(8, 0xa6));
  expect(hex(aesWrap(key, plain))).toBe(Buffer.concat([cipher.update(plain), cipher.final()]).toString("hex"));
  expect(hex(aesUnwrap(key, aesWrap(key, plain)) ?? new Uint8Array(0))).toBe(hex(plain));
  expect(aesUnwrap(random(16), aesWrap(key, plain))).toBe(undefined);
});

test("ocb", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 70 }), fc.uint8Array({ maxLength: 70 }), fc.uint8Array({ minLength: 28, maxLength: 28 }), (text, associated, material) => {
    const [key, nonce] = [material.subarray(0, 16), material.subarray(16)];
    const cipher = reference.createCipheriv("aes-128-ocb", key, nonce, { authTagLength: 16 }).setAAD(associated, { plaintextLength: text.length });
    const ours = aesOcb(key, nonce, associated, text, true);
    expect(hex(ours.output)).toBe(Buffer.concat([cipher.update(text), cipher.final()]).toString("hex"));
    expect(hex(ours.tag)).toBe(cipher.getAuthTag().toString("hex"));
    const back = aesOcb(key, nonce, associated, ours.output, false);
    expect([hex(back.output), hex(back.tag)]).toEqual([hex(text), hex(ours.tag)]);
  }), { numRuns: 60 });
});

test("hmac and pbkdf2", () => {
  for (const name of ["md5", "sha1", "sha256", "sha512"]) {
    const [key, text] = [random(150), random(70)];
    expect(hex(hmac(name, key, text))).toBe(reference.createHmac(name, key).update(text).digest("hex"));
    expect(hex(finished(pbkdf2(sys, name, key, text, 20, 50)))).toBe(reference.pbkdf2Sync(key, text, 20, 50, name).toString("hex"));
  }
});

test("ed25519 and x25519", () => {
  for (let i = 0; i < 3; i++) {
    const [seed, other, text] = [random(32), random(32), random(50)];
    const x = ed25519PublicKey(seed);
    const key = reference.createPrivateKey({ format: "jwk", key: { kty: "OKP", crv: "Ed25519", d: b64(seed), x: b64(x) } });
    const signature = ed25519Sign(seed, text);
    expect(hex(signature)).toBe(reference.sign(null, text, key).toString("hex"));
    expect(ed25519Verify(x, text, signature)).toBe(true);
    expect(ed25519Verify(x, random(50), signature)).toBe(false);
    expect(hex(x25519(seed, x25519(other)))).toBe(hex(x25519(other, x25519(seed))));
    const theirs = reference.createPrivateKey({ format: "jwk", key: { kty: "OKP", crv: "X25519", d: b64(seed), x: b64(x25519(seed)) } });
    expect(reference.createPublicKey(theirs).export({ format: "jwk" }).x).toBe(b64(x25519(seed)));
  }
});

test.each(NIST_CURVES.map((curve) => [curve.nistName, curve] as const))("%s", (name, curve) => {
  const secret = numberOf(random(curve.bytes - 1));
  const point = nistPublicKey(curve, secret);
  const [x, y] = [b64(point.subarray(1, 1 + curve.bytes)), b64(point.subarray(1 + curve.bytes))];
  const key = reference.createPublicKey({ format: "jwk", key: { kty: "EC", crv: name, x, y } });
  const text = random(40);
  const signature = ecdsaSign(curve, secret, digestOf("sha256", text));
  const bytes = Buffer.concat([bytesOfNumber(signature.r, curve.bytes), bytesOfNumber(signature.s, curve.bytes)]);
  expect(reference.verify("sha256", text, { key, dsaEncoding: "ieee-p1363" }, bytes)).toBe(true);
  expect(ecdsaVerify(curve, point, digestOf("sha256", text), signature)).toBe(true);
  expect(ecdsaVerify(curve, point, digestOf("sha256", random(40)), signature)).toBe(false);
  const other = numberOf(random(curve.bytes - 1));
  expect(nistShared(curve, secret, nistPublicKey(curve, other))).toEqual(nistShared(curve, other, point));
});

test("rsa", () => {
  const key = finished(generateRsa(sys, 1024));
  const part = (value: bigint): string => b64(bytesOfNumber(value));
  const theirs = reference.createPrivateKey({
    format: "jwk",
    key: { kty: "RSA", n: part(key.n), e: part(key.e), d: part(key.d), p: part(key.p), q: part(key.q), dp: part(key.d % (key.p - 1n)), dq: part(key.d % (key.q - 1n)), qi: part(key.coefficient) },
  });
  const text = random(33);
  for (const name of ["sha1", "sha256", "sha512"]) {
    const signature = rsaSign(key, name, digestOf(name, text)) ?? new Uint8Array(0);
    expect(hex(signature)).toBe(reference.sign(name, text, theirs).toString("hex"));
    expect(rsaVerify(key, name, digestOf(name, text), signature)).toBe(true);
    expect(rsaVerify(key, name, digestOf(name, random(3)), signature)).toBe(false);
  }
  const encrypted = reference.publicEncrypt({ key: reference.createPublicKey(theirs), padding: reference.constants.RSA_PKCS1_PADDING }, text);
  expect(hex(rsaDecrypt(key, encrypted) ?? new Uint8Array(0))).toBe(hex(text));
  expect(hex(rsaDecrypt(key, rsaEncrypt(key, text, random)) ?? new Uint8Array(0))).toBe(hex(text));
});

test.each([[1536, 4096], [2048, 512]] as const)("the stock of primes of %d bits", (bits, count) => {
  for (const index of [0, 1, 99, count - 1]) {
    const prime = stockPrime(bits, index);
    expect(prime !== undefined && isPrime(prime) && prime.toString(2).length === bits && prime % 4n === 3n).toBe(true);
  }
  expect(stockPrime(bits, count)).toBeUndefined();
});

test("bcrypt_pbkdf", () => {
  // the key that ssh-keygen 9.2 and OpenBSD's bcrypt_pbkdf give for these
  const key = finished(bcryptPbkdf(sys, Uint8Array.from(Buffer.from("password")), Uint8Array.from(Buffer.from("salt")), 4, 32));
  expect(hex(key)).toBe("5bbf0cc293587f1c3635555c27796598d47e579071bf427e9d8fbe842aba34d9");
});
