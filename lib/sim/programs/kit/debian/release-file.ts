// Signed Release files (apt-secure(8)) and the key rings that they are held against. The simulation signs with sums instead of RSA: a signature names its key and
// the SHA-256 of key and text, so that a changed text, a foreign key and a missing one are told apart as gpgv(1) does.
import { civilFromSeconds, daysFromCivil, decode, encode } from "../../../kernel/sys.ts";
import { toHex } from "../digest/hasher.ts";
import { Sha256 } from "../digest/sha256.ts";

const BEGIN = "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n";
const SIGNATURE = "-----BEGIN PGP SIGNATURE-----\n\n";
const SIGNATURE_END = "-----END PGP SIGNATURE-----\n";
const KEY = "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n";
const KEY_END = "-----END PGP PUBLIC KEY BLOCK-----\n";
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

function toBase64(text: string): string {
  const bytes = encode(text);
  let out = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(at, at + 3);
    const word = (a << 16) | (b << 8) | c;
    const left = bytes.length - at;
    out += `${ALPHABET.charAt(word >> 18)}${ALPHABET.charAt((word >> 12) & 63)}${left > 1 ? ALPHABET.charAt((word >> 6) & 63) : "="}${left > 2 ? ALPHABET.charAt(word & 63) : "="}`;
  }
  return out.replace(/.{64}/g, "$&\n");
}

function fromBase64(text: string): string {
  const bytes: number[] = [];
  let word = 0;
  let bits = 0;
  for (const letter of text) {
    const value = ALPHABET.indexOf(letter);
    if (value < 0) continue;
    word = (word << 6) | value;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((word >> bits) & 255);
    }
  }
  return decode(Uint8Array.from(bytes));
}

function proof(key: string, text: string): string {
  const sum = new Sha256();
  sum.update(encode(`${key}\n${text}`));
  return toHex(sum.digest());
}

/** A clear-signed text, as InRelease is; `keys` are long key ids. */
export function signedText(text: string, keys: readonly string[]): string {
  return `${BEGIN}${text}${SIGNATURE}${toBase64(keys.map((key) => `${key} ${proof(key, text)}`).join("\n"))}\n${SIGNATURE_END}`;
}

export interface PublicKey {
  /** long ids of the key and of its subkeys that sign */
  readonly ids: readonly string[];
  readonly fingerprint: string;
  /** "rsa4096 2023-01-21 [SC] [expires: 2031-01-19]" */
  readonly made: string;
  readonly user: string;
}

/** A file of public keys, as .asc (and, in the simulation, .gpg) holds them. */
export function keyRing(keys: readonly PublicKey[]): string {
  return `${KEY}${toBase64(keys.map((key) => [key.fingerprint, key.ids.join(" "), key.made, key.user].join("\t")).join("\n"))}\n${KEY_END}`;
}

/** The keys of such a file; none when it is something else. */
export function keysOf(text: string): PublicKey[] {
  const start = text.indexOf(KEY);
  const end = text.indexOf(KEY_END);
  if (start < 0 || end < 0) return [];
  return fromBase64(text.slice(start + KEY.length, end)).split("\n").flatMap((line) => {
    const [fingerprint = "", ids, made = "", user = ""] = line.split("\t");
    return ids === undefined ? [] : [{ fingerprint, ids: ids.split(" "), made, user }];
  });
}

export interface SignedRelease {
  /** what was signed; the text itself when there is no signature */
  readonly text: string;
  /** undefined: not signed at all */
  readonly signatures: readonly { readonly key: string; readonly good: boolean }[] | undefined;
}

export function openSigned(file: string): SignedRelease {
  const at = file.indexOf(SIGNATURE);
  if (!file.startsWith(BEGIN) || at < 0) return { text: file, signatures: undefined };
  const text = file.slice(BEGIN.length, at);
  const signatures = fromBase64(file.slice(at + SIGNATURE.length, file.indexOf(SIGNATURE_END))).split("\n").flatMap((line) => {
    const [key, sum] = line.split(" ");
    return key === undefined || key === "" ? [] : [{ key, good: sum === proof(key, text) }];
  });
  return { text, signatures };
}

const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"] as const;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;

/** "Sat, 11 Jul 2026 10:16:37 UTC" */
export function mailDate(us: number): string {
  const { year, month, day, hour, minute, second, weekday } = civilFromSeconds(us / 1_000_000);
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${DAYS[weekday]}, ${two(day)} ${MONTHS[month - 1]} ${year} ${two(hour)}:${two(minute)}:${two(second)} UTC`;
}

/** The time of such a date in microseconds; undefined when it is none. */
export function parseMailDate(text: string): number | undefined {
  const [, day, name, year, hour, minute, second] = /^(?:\w{3}, )?(\d{1,2}) (\w{3}) (\d{4}) (\d{2}):(\d{2}):(\d{2})/.exec(text) ?? [];
  const month = MONTHS.findIndex((one) => one === name);
  if (month < 0) return undefined;
  return (daysFromCivil(Number(year), month + 1, Number(day)) * 86_400 + Number(hour) * 3600 + Number(minute) * 60 + Number(second)) * 1_000_000;
}
