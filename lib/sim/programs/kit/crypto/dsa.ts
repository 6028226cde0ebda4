// DSA (FIPS 186-4, section 4). All keys made here share one group of 1024 and 160 bits, which FIPS 186-4 allows (section 4.3); keys of files
// bring their own.
import { bitLength, bytesOfNumber, inverse, mod, numberOf, power } from "./big-number.ts";
import { hmac } from "./hmac.ts";

export interface DsaPublicKey {
  readonly p: bigint;
  readonly q: bigint;
  readonly g: bigint;
  readonly y: bigint;
}

export interface DsaPrivateKey extends DsaPublicKey {
  readonly x: bigint;
}

const P = 0x8798491f4371efe2a5e2a9944dc8494b7d6d81aee684e2ddbb2bebbd8f4feef286b9b5220d7a1c52a524033766cf70673d7fd3cbb21cc3227d012aa365f6296b90957bf1a7325471ef76c7973e954dbecd6a932885f76609be152ea5ef0ef61642b221cad1938ae704291758a6211367343a3a3f848252f66e787c0ff2eb349bn;
const Q = 0xd5a4783f9f1097a24f0db09cc140307b5e414707n;
const G = 0x554d98b39438b7777589ebe1217c598d385b971bfc8657111e7ed66b6d86583d0ed41e180a4783706b2f90d76ab3ac5a6dde2ec870d88787178d901264c71cd925af7245ec88a6f103550fbff6874296ae2f16bc2c6b1a1892b2d49eb793e5d712e87d09539402612287f4db0ae08bcfecce97cf597aba849c585331b62c5f39n;

export function makeDsa(random: (length: number) => Uint8Array): DsaPrivateKey {
  const x = (numberOf(random(28)) % (Q - 1n)) + 1n;
  return { p: P, q: Q, g: G, x, y: power(G, x, P) };
}

function truncated({ q }: DsaPublicKey, digest: Uint8Array): bigint {
  const excess = digest.length * 8 - bitLength(q);
  return excess > 0 ? numberOf(digest) >> BigInt(excess) : numberOf(digest);
}

/** The nonce follows from key and message, as in RFC 6979 (by a plainer derivation). */
export function dsaSign(key: DsaPrivateKey, digest: Uint8Array): { readonly r: bigint; readonly s: bigint } {
  const { p, q, g, x } = key;
  for (let turn = 0; ; turn++) {
    const nonce = (numberOf(hmac("sha512", bytesOfNumber(x, 64), digest, Uint8Array.of(turn))) % (q - 1n)) + 1n;
    const r = power(g, nonce, p) % q;
    const s = mod((inverse(nonce, q) ?? 0n) * (truncated(key, digest) + x * r), q);
    if (r !== 0n && s !== 0n) return { r, s };
  }
}

export function dsaVerify(key: DsaPublicKey, digest: Uint8Array, { r, s }: { readonly r: bigint; readonly s: bigint }): boolean {
  const { p, q, g, y } = key;
  const w = inverse(s, q);
  if (w === undefined || r <= 0n || s <= 0n || r >= q || s >= q) return false;
  return ((power(g, mod(truncated(key, digest) * w, q), p) * power(y, mod(r * w, q), p)) % p) % q === r;
}
