// ASCII armor (RFC 4880, section 6), and the text of a clear signature (section 7).
import { decode, encode } from "../../../kernel/sys.ts";
import { base64Of, bytesOfBase64 } from "../base64.ts";

type ArmorKind = "MESSAGE" | "SIGNATURE" | "PUBLIC KEY BLOCK" | "PRIVATE KEY BLOCK" | "ARMORED FILE";

function crc24(bytes: Uint8Array): number {
  let crc = 0xb704ce;
  for (const byte of bytes) {
    crc ^= byte << 16;
    for (let i = 0; i < 8; i++) {
      crc <<= 1;
      if ((crc & 0x1000000) !== 0) crc ^= 0x1864cfb;
    }
  }
  return crc & 0xffffff;
}

export function armored(kind: ArmorKind, bytes: Uint8Array, headers: readonly string[] = []): string {
  const crc = crc24(bytes);
  const lines = base64Of(bytes).match(/.{1,64}/g) ?? [];
  return [`-----BEGIN PGP ${kind}-----`, ...headers, "", ...lines, `=${base64Of(Uint8Array.of(crc >> 16, (crc >> 8) & 255, crc & 255))}`, `-----END PGP ${kind}-----`, ""].join("\n");
}

type Armor =
  | { readonly kind: "binary"; readonly bytes: Uint8Array }
  | { readonly kind: "armor"; readonly title: string; readonly bytes: Uint8Array; readonly crcError: boolean }
  /** `signed` as it is hashed, `shown` as it is given out */
  | { readonly kind: "clear"; readonly hashes: readonly string[]; readonly signed: Uint8Array; readonly shown: Uint8Array; readonly bytes: Uint8Array }
  | { readonly kind: "nothing" };

function body(lines: readonly string[], from: number): { readonly bytes: Uint8Array; readonly crcError: boolean; readonly end: number } | undefined {
  let at = from + 1;
  while (at < lines.length && (lines[at] ?? "").trim() !== "") at++;
  let text = "";
  let sum: string | undefined;
  for (at++; at < lines.length; at++) {
    const line = (lines[at] ?? "").trimEnd();
    if (line.startsWith("-----END")) break;
    if (line.startsWith("=") && line.length === 5) sum = line.slice(1);
    else text += line.trim();
  }
  const bytes = bytesOfBase64(text);
  if (bytes === undefined) return undefined;
  const given = sum === undefined ? undefined : bytesOfBase64(sum);
  const crc = crc24(bytes);
  const crcError = given !== undefined && (((given[0] ?? 0) << 16) | ((given[1] ?? 0) << 8) | (given[2] ?? 0)) !== crc;
  return { bytes, crcError, end: at };
}

const looksBinary = (bytes: Uint8Array): boolean => ((bytes[0] ?? 0) & 0x80) !== 0;

/** All blocks of a file that holds packets as they are, or armored; the last one of several wins for a clear text. */
export function dearmor(bytes: Uint8Array): Armor {
  if (looksBinary(bytes)) return { kind: "binary", bytes };
  const text = decode(bytes);
  const lines = text.split("\n");
  const blocks: Uint8Array[] = [];
  let title = "";
  let crcError = false;
  for (let at = 0; at < lines.length; at++) {
    const line = (lines[at] ?? "").trimEnd();
    const begun = /^-----BEGIN PGP (.+)-----$/.exec(line)?.[1];
    if (begun === undefined) continue;
    if (begun === "SIGNED MESSAGE") return clearText(lines, at);
    const found = body(lines, at);
    if (found === undefined) break;
    title ||= begun;
    crcError ||= found.crcError;
    blocks.push(found.bytes);
    at = found.end;
  }
  if (blocks.length === 0) return { kind: "nothing" };
  const total = new Uint8Array(blocks.reduce((sum, block) => sum + block.length, 0));
  let filled = 0;
  for (const block of blocks) {
    total.set(block, filled);
    filled += block.length;
  }
  return { kind: "armor", title, bytes: total, crcError };
}

function clearText(lines: readonly string[], from: number): Armor {
  const hashes: string[] = [];
  let at = from + 1;
  for (; at < lines.length && (lines[at] ?? "").trim() !== ""; at++) hashes.push(...(/^Hash:\s*(.*)$/.exec(lines[at] ?? "")?.[1] ?? "").split(/[\s,]+/).filter((one) => one !== ""));
  const text: string[] = [];
  for (at++; at < lines.length; at++) {
    const line = lines[at] ?? "";
    if (line.startsWith("-----BEGIN PGP SIGNATURE-----")) break;
    text.push(line.startsWith("- ") ? line.slice(2) : line);
  }
  const found = body(lines, at);
  if (found === undefined) return { kind: "nothing" };
  return { kind: "clear", hashes, signed: encode(signedText(text)), shown: encode(text.map((line) => `${line}\n`).join("")), bytes: found.bytes };
}

/** Lines without their trailing blanks, joined by CR LF. */
function signedText(lines: readonly string[]): string {
  return lines.map((line) => line.replace(/[ \t\r]+$/, "")).join("\r\n");
}

/** The text in front of a signature, and the bytes that are signed. */
export function clearSigned(text: string, hash: string): { readonly head: string; readonly signed: Uint8Array } {
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  const escaped = lines.map((line) => `${line.startsWith("-") ? "- " : ""}${line}\n`).join("");
  return { head: `-----BEGIN PGP SIGNED MESSAGE-----\nHash: ${hash}\n\n${escaped}`, signed: encode(signedText(lines)) };
}
