// crypt(3) with MD5 ($1$, and Apache's $apr1$) and with SHA-256 and SHA-512 ($5$, $6$), as U. Drepper's specification has them.
import { type Blocking, concatBytes, encode } from "../../../kernel/sys.ts";
import type { Pace } from "../pace.ts";
import { digestOf } from "./named-digest.ts";

const ALPHABET = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

function packed(bytes: Uint8Array, order: readonly (readonly number[])[]): string {
  let text = "";
  for (const group of order) {
    let value = group.reduce((sum, index) => (sum << 8) | (index < 0 ? 0 : (bytes[index] ?? 0)), 0);
    const used = group.filter((index) => index >= 0).length;
    for (let i = 0; i <= used; i++) {
      text += ALPHABET.charAt(value & 63);
      value >>= 6;
    }
  }
  return text;
}

const repeated = (bytes: Uint8Array, length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => bytes[i % bytes.length] ?? 0);

const MD5_ORDER = [[0, 6, 12], [1, 7, 13], [2, 8, 14], [3, 9, 15], [4, 10, 5], [-1, -1, 11]];

export function* md5Crypt(sys: Pace, password: string, salt: string, magic: "1" | "apr1"): Blocking<string> {
  const key = encode(password);
  const used = salt.slice(0, 8);
  const saltBytes = encode(used);
  const inner = digestOf("md5", key, saltBytes, key);
  const parts: Uint8Array[] = [key, encode(`$${magic}$`), saltBytes, repeated(inner, key.length)];
  for (let length = key.length; length > 0; length >>= 1) parts.push((length & 1) === 1 ? Uint8Array.of(0) : key.subarray(0, 1));
  let digest = digestOf("md5", ...parts);
  for (let i = 0; i < 1000; i++) {
    digest = digestOf("md5", (i & 1) === 1 ? key : digest, i % 3 === 0 ? new Uint8Array(0) : saltBytes, i % 7 === 0 ? new Uint8Array(0) : key, (i & 1) === 1 ? digest : key);
    if (sys.charge(1)) yield* sys.preempt();
  }
  return `$${magic}$${used}$${packed(digest, MD5_ORDER)}`;
}

const rotations = (count: number, steps: readonly number[], last: readonly number[]): number[][] => {
  const [first = 0, second = 0] = steps;
  const groups: number[][] = [];
  let [a, b, c] = [0, first, second];
  for (let i = 0; i < count; i++) {
    groups.push([a, b, c]);
    [a, b, c] = count === 10 ? [c + 1, a + 1, b + 1] : [b + 1, c + 1, a + 1];
  }
  return [...groups, [...last]];
};

const SHA256_ORDER = rotations(10, [10, 20], [-1, 31, 30]);
const SHA512_ORDER = rotations(21, [21, 42], [-1, -1, 63]);

export function* shaCrypt(sys: Pace, password: string, salt: string, kind: "5" | "6"): Blocking<string> {
  const name = kind === "5" ? "sha256" : "sha512";
  const [, given, rest] = /^rounds=(\d+)\$(.*)$/s.exec(salt) ?? [];
  const rounds = given === undefined ? 5000 : Math.min(999_999_999, Math.max(1000, Number(given)));
  const used = (rest ?? salt).split("$")[0]?.slice(0, 16) ?? "";
  const key = encode(password);
  const saltBytes = encode(used);
  const inner = digestOf(name, key, saltBytes, key);
  const parts: Uint8Array[] = [key, saltBytes, repeated(inner, key.length)];
  for (let length = key.length; length > 0; length >>= 1) parts.push((length & 1) === 1 ? inner : key);
  let digest = digestOf(name, ...parts);
  const p = repeated(digestOf(name, ...Array.from({ length: key.length }, () => key)), key.length);
  const s = repeated(digestOf(name, ...Array.from({ length: 16 + (digest[0] ?? 0) }, () => saltBytes)), saltBytes.length);
  const nothing = new Uint8Array(0);
  for (let i = 0; i < rounds; i++) {
    digest = digestOf(name, concatBytes([(i & 1) === 1 ? p : digest, i % 3 === 0 ? nothing : s, i % 7 === 0 ? nothing : p, (i & 1) === 1 ? digest : p]));
    if (sys.charge(2)) yield* sys.preempt();
  }
  return `$${kind}$${given === undefined ? "" : `rounds=${rounds}$`}${used}$${packed(digest, kind === "5" ? SHA256_ORDER : SHA512_ORDER)}`;
}
