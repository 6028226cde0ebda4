// What rndc and named say to each other over TCP: a frame is four bytes of length and a text; a request carries the name of a key and an HMAC of the command under its secret.
// (The real protocol signs other bytes; who may command, and what answers a wrong key, is the same.)
import { type Blocking, type Sys, concatBytes, decode, encode } from "../../kernel/sys.ts";
import { bytesOfBase64 } from "../kit/base64.ts";
import { hmac } from "../kit/crypto/hmac.ts";
import { toHex } from "../kit/digest/hasher.ts";
import { type Configuration, optionText } from "./_configuration.ts";

export interface ControlKey {
  readonly name: string;
  readonly algorithm: string;
  readonly secret: string;
}

export interface ControlRequest {
  readonly key: string;
  readonly seconds: number;
  readonly command: string;
  readonly mac: string;
}

export interface ControlReply {
  /** the name of a result when it failed: "not found" */
  readonly failure?: string;
  readonly text: string;
}

export const CONTROL_PORT = 953;

export function keysOf(configuration: Configuration): readonly ControlKey[] {
  return configuration.clauses.filter((clause) => clause.kind === "key").map((clause) => ({ name: clause.name, algorithm: optionText(clause, "algorithm") ?? "", secret: optionText(clause, "secret") ?? "" }));
}

const digestName = (algorithm: string): string => algorithm.toLowerCase().replace(/^hmac-/, "").replace(/-\d+$/, "");

export function macOf(key: ControlKey, seconds: number, command: string): string {
  return toHex(hmac(digestName(key.algorithm), bytesOfBase64(key.secret) ?? new Uint8Array(), encode(`${seconds} ${command}`)));
}

export function* sendFrame(sys: Sys, fd: number, value: ControlRequest | ControlReply): Blocking<void> {
  const bytes = encode(JSON.stringify(value));
  yield* sys.write(fd, concatBytes([Uint8Array.of(bytes.length >> 24, (bytes.length >> 16) & 255, (bytes.length >> 8) & 255, bytes.length & 255), bytes]));
}

/** The text of a frame; undefined when the other side has closed. */
export function* receiveFrame(sys: Sys, fd: number): Blocking<string | undefined> {
  let bytes: Uint8Array = new Uint8Array();
  for (;;) {
    const length = bytes.length < 4 ? Number.POSITIVE_INFINITY : ((bytes[0] ?? 0) << 24) | ((bytes[1] ?? 0) << 16) | ((bytes[2] ?? 0) << 8) | (bytes[3] ?? 0);
    if (bytes.length >= 4 + length) return decode(bytes.subarray(4, 4 + length));
    const more = yield* sys.read(fd, 65_536);
    if (more.length === 0) return undefined;
    bytes = concatBytes([bytes, more]);
  }
}
