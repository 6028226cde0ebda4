// ~/.gnupg/trustdb.gpg: records of forty bytes (g10/tdbio.h of GnuPG): the version, a hash table by the first byte of the fingerprint, what the
// owner trusts (12) and the validity of user IDs (13).
import { concatBytes, encode } from "../../kernel/sys.ts";
import { toHex } from "../kit/digest/hasher.ts";
import { readUint32, uint32 } from "../kit/openpgp/packet.ts";

const RECORD_BYTES = 40;
const ITEMS = 9;
const TABLE_RECORDS = Math.ceil(256 / ITEMS);

export const TRUST = { UNKNOWN: 0, EXPIRED: 1, UNDEFINED: 2, NEVER: 3, MARGINAL: 4, FULL: 5, ULTIMATE: 6 } as const;

export interface TrustDatabase {
  createdSeconds: number;
  /** when the validities are to be made anew; 1: at once, 0: never */
  nextCheckSeconds: number;
  /** fingerprint in hexadecimal -> value of TRUST */
  readonly owner: Map<string, number>;
}

export function newTrustDatabase(seconds: number): TrustDatabase {
  return { createdSeconds: seconds, nextCheckSeconds: 0, owner: new Map() };
}

/** Undefined when it is none. */
export function parseTrustDatabase(bytes: Uint8Array): TrustDatabase | undefined {
  if (bytes[0] !== 1 || String.fromCharCode(...bytes.subarray(1, 4)) !== "gpg") return undefined;
  const owner = new Map<string, number>();
  for (let at = RECORD_BYTES; at + RECORD_BYTES <= bytes.length; at += RECORD_BYTES) {
    if (bytes[at] === 12) owner.set(toHex(bytes.subarray(at + 2, at + 22)).toUpperCase(), bytes[at + 22] ?? 0);
  }
  return { createdSeconds: readUint32(bytes, 12), nextCheckSeconds: readUint32(bytes, 16), owner };
}

interface UserValidity {
  /** RIPEMD-160 of the user ID */
  readonly nameHash: Uint8Array;
  readonly validity: number;
}

export function trustDatabaseBytes(database: TrustDatabase, validities: ReadonlyMap<string, readonly UserValidity[]>): Uint8Array {
  const record = (...parts: readonly Uint8Array[]): Uint8Array => {
    const whole = new Uint8Array(RECORD_BYTES);
    whole.set(concatBytes(parts));
    return whole;
  };
  const fingerprints = [...database.owner.keys()];
  const body: Uint8Array[] = [];
  const heads: number[] = [];
  let next = 1 + TABLE_RECORDS;
  const trustAt = new Map<string, number>();
  for (const fingerprint of fingerprints) {
    const bytes = Uint8Array.from(fingerprint.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
    const users = validities.get(fingerprint) ?? [];
    trustAt.set(fingerprint, next);
    body.push(record(Uint8Array.of(12, 0), bytes, Uint8Array.of(database.owner.get(fingerprint) ?? 0, 0, 0, 0), uint32(users.length > 0 ? next + 1 : 0)));
    next++;
    for (const [index, user] of users.entries()) {
      body.push(record(Uint8Array.of(13, 0), user.nameHash, Uint8Array.of(user.validity), uint32(index + 1 < users.length ? next + 1 : 0)));
      next++;
    }
  }
  // fingerprints that begin alike hang on a list (11) of up to five; a sixth one in a further list
  for (let first = 0; first < 256; first++) {
    const alike = fingerprints.filter((fingerprint) => Number.parseInt(fingerprint.slice(0, 2), 16) === first);
    const numbers = alike.map((fingerprint) => trustAt.get(fingerprint) ?? 0);
    if (numbers.length <= 1) {
      heads.push(numbers[0] ?? 0);
      continue;
    }
    heads.push(next);
    for (let at = 0; at < numbers.length; at += 6) {
      const more = at + 6 < numbers.length;
      const items = numbers.slice(at, at + 6);
      body.push(record(Uint8Array.of(11, 0), uint32(more ? next + 1 : 0), ...items.flatMap((number) => [uint32(number), Uint8Array.of(0)])));
      next++;
    }
  }
  const table: Uint8Array[] = [];
  for (let i = 0; i < TABLE_RECORDS; i++) table.push(record(Uint8Array.of(10, 0), ...heads.slice(i * ITEMS, (i + 1) * ITEMS).map(uint32)));
  const version = record(Uint8Array.of(1), encode("gpg"), Uint8Array.of(3, 3, 1, 5, 1, 2, 0, 0), uint32(database.createdSeconds), uint32(database.nextCheckSeconds), new Uint8Array(16), uint32(1));
  return concatBytes([version, ...table, ...body]);
}
