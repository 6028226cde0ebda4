// What a request carries: -d and its family, -F, -T.

import { type Blocking, O, type Sys, SysError, encode } from "../../kernel/sys.ts";
import { readWhole } from "../kit/read-whole.ts";
import { CurlFailure } from "./_failure.ts";
import type { DataPart, FormPart } from "./_options.ts";

export interface RequestBody {
  readonly bytes: Uint8Array;
  readonly contentType: string | undefined;
  /** sent as it is read, after the head */
  readonly streamed: boolean;
  readonly chunked: boolean;
}

export function* fileBytes(sys: Sys, path: string): Blocking<Uint8Array | undefined> {
  let fd: number | undefined;
  try {
    fd = yield* sys.open(path, O.RDONLY);
    return yield* readWhole(sys, fd);
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  } finally {
    if (fd !== undefined) sys.close(fd);
  }
}

const HEX = "0123456789ABCDEF";
const escaped = (bytes: Uint8Array): string => Array.from(bytes, (byte) => (/[A-Za-z0-9._~-]/.test(String.fromCharCode(byte)) ? String.fromCharCode(byte) : byte === 32 ? "+" : `%${HEX[byte >> 4] ?? ""}${HEX[byte & 15] ?? ""}`)).join("");

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** All -d of a command, with & between them (JSON without). */
export function* dataBytes(sys: Sys, parts: readonly DataPart[], readInput: () => Blocking<Uint8Array>, warn: (text: string) => void): Blocking<Uint8Array> {
  const pieces: Uint8Array[] = [];
  const content = function* (name: string): Blocking<Uint8Array> {
    if (name === "-") return yield* readInput();
    const bytes = yield* fileBytes(sys, name);
    if (bytes === undefined) warn(`Couldn't read data from file "${name}", this makes an empty POST.`);
    return bytes ?? new Uint8Array(0);
  };
  for (const [index, { text, kind }] of parts.entries()) {
    let bytes: Uint8Array;
    if (kind === "urlencode") {
      const mark = /[=@]/.exec(text);
      const name = mark === null ? "" : text.slice(0, mark.index);
      const value = mark === null ? encode(text) : mark[0] === "=" ? encode(text.slice(mark.index + 1)) : yield* content(text.slice(mark.index + 1));
      bytes = encode(`${name === "" ? "" : `${name}=`}${escaped(value)}`);
    } else if (text.startsWith("@") && kind !== "raw") {
      bytes = yield* content(text.slice(1));
      if (kind === "data") bytes = bytes.filter((byte) => byte !== 10 && byte !== 13 && byte !== 0);
    } else bytes = encode(text);
    if (index > 0 && kind !== "json") pieces.push(encode("&"));
    pieces.push(bytes);
  }
  return joined(pieces);
}

const TYPES: Readonly<Record<string, string>> = { gif: "image/gif", jpg: "image/jpeg", jpeg: "image/jpeg", png: "image/png", svg: "image/svg+xml", txt: "text/plain", htm: "text/html", html: "text/html", pdf: "application/pdf", xml: "application/xml" };

export function* formBody(sys: Sys, parts: readonly FormPart[], readInput: () => Blocking<Uint8Array>, boundary: string): Blocking<RequestBody> {
  const pieces: Uint8Array[] = [];
  const quote = (text: string): string => text.replace(/\\/g, "\\\\").replace(/"/g, '\\"');
  for (const part of parts) {
    let bytes = encode(part.text);
    let head = `Content-Disposition: form-data; name="${quote(part.name)}"`;
    let type = part.type;
    if (part.from !== "text") {
      const read = part.text === "-" ? yield* readInput() : yield* fileBytes(sys, part.text);
      if (read === undefined) throw new CurlFailure(26, "Failed to open/read local data from file/application");
      bytes = read;
    }
    const filename = part.filename ?? (part.from === "file" ? (part.text.split("/").at(-1) ?? "") : undefined);
    if (filename !== undefined) {
      head += `; filename="${quote(filename)}"`;
      type ??= TYPES[filename.split(".").at(-1)?.toLowerCase() ?? ""] ?? "application/octet-stream";
    }
    pieces.push(encode(`--${boundary}\r\n${head}\r\n${type === undefined ? "" : `Content-Type: ${type}\r\n`}\r\n`), bytes, encode("\r\n"));
  }
  pieces.push(encode(`--${boundary}--\r\n`));
  return { bytes: joined(pieces), contentType: `multipart/form-data; boundary=${boundary}`, streamed: true, chunked: false };
}
