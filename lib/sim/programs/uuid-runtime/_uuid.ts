// UUIDs as libuuid makes and reads them (RFC 4122).
import { encode, type Sys } from "../../kernel/sys.ts";
import { Md5 } from "../kit/digest/md5.ts";
import { Sha1 } from "../kit/digest/sha1.ts";

/** 100 ns units between 1582-10-15 and 1970. */
const GREGORIAN = 0x01b21dd213814000n;
export const UUID_PATTERN = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function marked(bytes: Uint8Array, version: number): Uint8Array {
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | (version << 4);
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes;
}

export const randomUuid = (sys: Sys): Uint8Array => marked(sys.random(16).slice(), 4);

/** `later`: units beyond the clock, so that several in a row differ. */
export function timeUuid(sys: Sys, later = 0): Uint8Array {
  const bytes = sys.random(16).slice();
  const stamp = BigInt(Math.floor(sys.clockUs("realtime"))) * 10n + BigInt(later) + GREGORIAN;
  for (let index = 0; index < 4; index++) bytes[index] = Number((stamp >> BigInt(8 * (3 - index))) & 255n);
  for (let index = 0; index < 2; index++) bytes[4 + index] = Number((stamp >> BigInt(32 + 8 * (1 - index))) & 255n);
  for (let index = 0; index < 2; index++) bytes[6 + index] = Number((stamp >> BigInt(48 + 8 * (1 - index))) & 255n);
  return marked(bytes, 1);
}

export function nameUuid(kind: "md5" | "sha1", space: string, name: Uint8Array | string): Uint8Array {
  const digits = space.replaceAll("-", "");
  const hasher = kind === "md5" ? new Md5() : new Sha1();
  hasher.update(Uint8Array.from({ length: 16 }, (_, index) => Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16)));
  hasher.update(typeof name === "string" ? encode(name) : name);
  return marked(hasher.digest().slice(0, 16), kind === "md5" ? 3 : 5);
}

interface UuidFacts {
  readonly variant: string;
  readonly type: string;
  /** of a time-based one, microseconds since 1970 */
  readonly timeUs: number | undefined;
}

/** What uuidparse tells. */
export function uuidFacts(text: string): UuidFacts {
  if (!UUID_PATTERN.test(text)) return { variant: "invalid", type: "invalid", timeUs: undefined };
  const digits = text.replaceAll("-", "");
  const high = Number.parseInt(digits.charAt(16), 16);
  const variant = high < 8 ? "NCS" : high < 12 ? "DCE" : high < 14 ? "Microsoft" : "other";
  const version = Number.parseInt(digits.charAt(12), 16);
  if (/^0+$/.test(digits)) return { variant: "NCS", type: "nil", timeUs: undefined };
  if (variant !== "DCE") return { variant, type: "", timeUs: undefined };
  const type = ["nil", "time-based", "DCE", "name-based", "random", "sha1-based"][version] ?? "unknown";
  if (version !== 1) return { variant, type, timeUs: undefined };
  const stamp = BigInt(`0x${digits.slice(13, 16)}${digits.slice(8, 12)}${digits.slice(0, 8)}`);
  return { variant, type, timeUs: Number((stamp - GREGORIAN) / 10n) };
}
