// The header of LUKS2 (the on-disk format specification, version 1.1): 4 KiB of binary head, JSON behind it, both twice; the areas of the key slots from 32 KiB, data from
// 16 MiB. cryptsetup's luksDump reads what is written here. In a key slot the volume key is kept under SHA-256 of passphrase and salt, not under argon2id and an
// anti-forensic splitter: nothing real is protected, and a simulated passphrase is tried at once.
import { type Blocking, decode, encode, type Sys } from "../../kernel/sys.ts";
import { base64Of, bytesOfBase64 } from "./base64.ts";
import { Sha256 } from "./digest/sha256.ts";

const HEADER_BYTES = 16_384;
export const KEYSLOTS_BYTES = 16_744_448;
export const DATA_OFFSET = 16_777_216;
const SLOT_BYTES = 258_048;
const KEY_BYTES = 64;
export const MOST_SLOTS = 32;

export interface KeySlot {
  readonly number: number;
  readonly salt: Uint8Array;
  readonly offset: number;
  readonly timeCost: number;
  readonly memoryKib: number;
  readonly threads: number;
}

export interface LuksHeader {
  epoch: number;
  uuid: string;
  label: string;
  readonly slots: KeySlot[];
  readonly digestSalt: Uint8Array;
  readonly digest: Uint8Array;
}

const sha256 = (...parts: readonly Uint8Array[]): Uint8Array => {
  const hasher = new Sha256();
  for (const part of parts) hasher.update(part);
  return hasher.digest();
};

/** 64 bytes from a passphrase and a salt. */
function stretched(passphrase: Uint8Array, salt: Uint8Array): Uint8Array {
  const first = sha256(salt, passphrase, Uint8Array.of(0));
  const bytes = new Uint8Array(KEY_BYTES);
  bytes.set(first);
  bytes.set(sha256(salt, passphrase, Uint8Array.of(1), first), 32);
  return bytes;
}

const xor = (a: Uint8Array, b: Uint8Array): Uint8Array => a.map((byte, at) => byte ^ (b[at] ?? 0));
const same = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, at) => byte === b[at]);

export const digestOf = (key: Uint8Array, salt: Uint8Array): Uint8Array => sha256(salt, key);

export function* readHeader(sys: Sys, fd: number): Blocking<LuksHeader | undefined> {
  const head = yield* sys.pread(fd, HEADER_BYTES, 0);
  if (head.length < HEADER_BYTES || decode(head.subarray(0, 4)) !== "LUKS" || head[4] !== 0xba || head[5] !== 0xbe || head[7] !== 2) return undefined;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const word = (from: number, length: number): string => decode(head.subarray(from, from + length)).replace(/\0.*$/s, "");
  let json: { readonly keyslots: Readonly<Record<string, { readonly area: { readonly offset: string }; readonly kdf: { readonly salt: string; readonly time: number; readonly memory: number; readonly cpus: number } }>>; readonly digests: Readonly<Record<string, { readonly salt: string; readonly digest: string }>> };
  try {
    json = JSON.parse(word(4096, HEADER_BYTES - 4096));
  } catch {
    return undefined;
  }
  const empty = new Uint8Array(0);
  const digest = json.digests["0"];
  return {
    epoch: Number(view.getBigUint64(16)), uuid: word(168, 40), label: word(24, 48),
    slots: Object.entries(json.keyslots).map(([number, slot]) => ({ number: Number(number), salt: bytesOfBase64(slot.kdf.salt) ?? empty, offset: Number(slot.area.offset), timeCost: slot.kdf.time, memoryKib: slot.kdf.memory, threads: slot.kdf.cpus })).sort((a, b) => a.number - b.number),
    digestSalt: bytesOfBase64(digest?.salt ?? "") ?? empty, digest: bytesOfBase64(digest?.digest ?? "") ?? empty,
  };
}

export function* writeHeader(sys: Sys, fd: number, header: LuksHeader): Blocking<void> {
  header.epoch++;
  const json = encode(JSON.stringify({
    keyslots: Object.fromEntries(header.slots.map((slot) => [slot.number, {
      type: "luks2", key_size: KEY_BYTES, af: { type: "luks1", stripes: 4000, hash: "sha256" }, area: { type: "raw", offset: String(slot.offset), size: String(SLOT_BYTES), encryption: "aes-xts-plain64", key_size: KEY_BYTES },
      kdf: { type: "argon2id", time: slot.timeCost, memory: slot.memoryKib, cpus: slot.threads, salt: base64Of(slot.salt) },
    }])),
    tokens: {}, segments: { 0: { type: "crypt", offset: String(DATA_OFFSET), size: "dynamic", iv_tweak: "0", encryption: "aes-xts-plain64", sector_size: 512 } },
    digests: { 0: { type: "pbkdf2", keyslots: header.slots.map((slot) => String(slot.number)), segments: ["0"], hash: "sha256", iterations: 158_875, salt: base64Of(header.digestSalt), digest: base64Of(header.digest) } },
    config: { json_size: String(HEADER_BYTES - 4096), keyslots_size: String(KEYSLOTS_BYTES) },
  }));
  for (const copy of [0, 1]) {
    const bytes = new Uint8Array(HEADER_BYTES);
    const view = new DataView(bytes.buffer);
    bytes.set(copy === 0 ? [0x4c, 0x55, 0x4b, 0x53, 0xba, 0xbe] : [0x53, 0x4b, 0x55, 0x4c, 0xba, 0xbe]);
    view.setUint16(6, 2);
    view.setBigUint64(8, BigInt(HEADER_BYTES));
    view.setBigUint64(16, BigInt(header.epoch));
    bytes.set(encode(header.label).subarray(0, 47), 24);
    bytes.set(encode("sha256"), 72);
    bytes.set(sys.random(64), 104);
    bytes.set(encode(header.uuid), 168);
    view.setBigUint64(256, BigInt(copy * HEADER_BYTES));
    bytes.set(json, 4096);
    bytes.set(sha256(bytes), 448);
    yield* sys.pwrite(fd, bytes, copy * HEADER_BYTES);
  }
}

/** The volume key under a passphrase in the first free slot, or in the one that is named. Undefined: no slot is free. */
export function* addSlot(sys: Sys, fd: number, header: LuksHeader, key: Uint8Array, passphrase: Uint8Array, wanted?: number): Blocking<number | undefined> {
  let number = wanted ?? 0;
  while (wanted === undefined && header.slots.some((slot) => slot.number === number)) number++;
  if (number >= MOST_SLOTS || header.slots.some((slot) => slot.number === number)) return undefined;
  const salt = sys.random(32).slice();
  const offset = 2 * HEADER_BYTES + number * SLOT_BYTES;
  yield* sys.pwrite(fd, xor(key, stretched(passphrase, salt)), offset);
  header.slots.push({ number, salt, offset, timeCost: 4, memoryKib: 1_048_576, threads: 2 });
  header.slots.sort((a, b) => a.number - b.number);
  return number;
}

/** The slot that a passphrase opens, with the volume key. */
export function* openSlot(sys: Sys, fd: number, header: LuksHeader, passphrase: Uint8Array, only?: number): Blocking<{ readonly number: number; readonly key: Uint8Array } | undefined> {
  for (const slot of header.slots) {
    if (only !== undefined && slot.number !== only) continue;
    const kept = yield* sys.pread(fd, KEY_BYTES, slot.offset);
    const key = xor(kept, stretched(passphrase, slot.salt));
    if (same(digestOf(key, header.digestSalt), header.digest)) return { number: slot.number, key };
  }
  return undefined;
}

export function* removeSlot(sys: Sys, fd: number, header: LuksHeader, number: number): Blocking<void> {
  const at = header.slots.findIndex((slot) => slot.number === number);
  const slot = header.slots[at];
  if (!slot) return;
  yield* sys.pwrite(fd, sys.random(KEY_BYTES), slot.offset);
  header.slots.splice(at, 1);
}
