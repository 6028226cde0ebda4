// base64, base32 and basenc: encodings as alphabets of so many bits, with padding or without; and base16, base2, z85.

import type { Blocking } from "../../kernel/sys.ts";
import type { Command } from "../kit/command.ts";
import { flag, gnu, type Io, reason, text } from "../kit/gnu.ts";
import type { Input } from "../kit/input.ts";

export interface Encoding {
  /** Bytes that are encoded together. */
  readonly groupBytes: number;
  readonly encode: (bytes: Uint8Array) => string;
  /** Of a text that belongs to the alphabet; undefined when it is malformed. `usable` is what could be decoded. */
  readonly decode: (text: string) => { readonly bytes: Uint8Array; readonly valid: boolean };
  readonly alphabet: RegExp;
}

export function bitEncoding(alphabet: string, bits: number, groupChars: number, padding: boolean, ignoreCase = false): Encoding {
  const values = new Map([...alphabet].map((char, value) => [char, value]));
  const escaped = alphabet.replace(/[-\\\]^]/g, "\\$&");
  return {
    groupBytes: (groupChars * bits) / 8,
    alphabet: new RegExp(`[^${escaped}${padding ? "=" : ""}]`, ignoreCase ? "gi" : "g"),
    encode(bytes) {
      let out = "";
      let buffer = 0;
      let held = 0;
      for (const byte of bytes) {
        buffer = (buffer << 8) | byte;
        held += 8;
        while (held >= bits) {
          held -= bits;
          out += alphabet.charAt((buffer >> held) & ((1 << bits) - 1));
        }
        buffer &= (1 << held) - 1;
      }
      if (held > 0) out += alphabet.charAt((buffer << (bits - held)) & ((1 << bits) - 1));
      while (padding && out.length % groupChars !== 0) out += "=";
      return out;
    },
    decode(text) {
      const out: number[] = [];
      let valid = true;
      for (let at = 0; at < text.length && valid; at += groupChars) {
        const group = text.slice(at, at + groupChars);
        const body = group.replace(/=+$/, "");
        let buffer = 0;
        let held = 0;
        const before = out.length;
        for (const char of ignoreCase ? body.toUpperCase() : body) {
          const value = values.get(char);
          if (value === undefined) {
            valid = false;
            break;
          }
          buffer = (buffer << bits) | value;
          held += bits;
          if (held >= 8) {
            held -= 8;
            out.push((buffer >> held) & 255);
          }
          buffer &= (1 << held) - 1;
        }
        // The bits left over must be zero, the padding whole, and the length one that an encoder makes.
        if (group.length < groupChars || held >= bits || buffer !== 0 || (body.length < group.length && !padding)) valid = false;
        if (body.length < group.length && at + groupChars < text.length && group.includes("=") && body.length === 0) valid = false;
        // base32 decodes whole groups only, base64 as much as there is
        if (!valid && groupChars === 8) out.length = before;
      }
      return { bytes: Uint8Array.from(out), valid };
    },
  };
}

const Z85 = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#";

export const z85: Encoding = {
  groupBytes: 4,
  alphabet: /[^0-9a-zA-Z.\-:+=^!/*?&<>()[\]{}@%$#]/g,
  encode(bytes) {
    let out = "";
    for (let at = 0; at + 4 <= bytes.length; at += 4) {
      let value = new DataView(bytes.buffer, bytes.byteOffset + at, 4).getUint32(0);
      let group = "";
      for (let i = 0; i < 5; i++) {
        group = Z85.charAt(value % 85) + group;
        value = Math.floor(value / 85);
      }
      out += group;
    }
    return out;
  },
  decode(text) {
    const out: number[] = [];
    for (let at = 0; at < text.length; at += 5) {
      const group = text.slice(at, at + 5);
      const value = [...group].reduce((sum, char) => sum * 85 + Z85.indexOf(char), 0);
      if (group.length < 5 || value > 0xffffffff) return { bytes: Uint8Array.from(out), valid: false };
      out.push(Math.floor(value / 0x1000000), (value >> 16) & 255, (value >> 8) & 255, value & 255);
    }
    return { bytes: Uint8Array.from(out), valid: true };
  },
};

/** Most significant bit first, or last. */
export function base2(leastFirst: boolean): Encoding {
  const order = (text: string): string => (leastFirst ? [...text].reverse().join("") : text);
  return {
    groupBytes: 1,
    alphabet: /[^01]/g,
    encode: (bytes) => Array.from(bytes, (byte) => order(byte.toString(2).padStart(8, "0"))).join(""),
    decode(text) {
      const out: number[] = [];
      for (let at = 0; at + 8 <= text.length; at += 8) out.push(Number.parseInt(order(text.slice(at, at + 8)), 2));
      return { bytes: Uint8Array.from(out), valid: text.length % 8 === 0 && /^[01]*$/.test(text) };
    },
  };
}

export function* encodeStream(input: Input, encoding: Encoding, wrap: number, io: Io): Blocking<void> {
  let held = new Uint8Array(0);
  let line = "";
  let any = false;
  const put = function* (text: string): Blocking<void> {
    if (text === "") return;
    any = true;
    if (wrap === 0) {
      yield* io.out.print(text);
      return;
    }
    line += text;
    let at = 0;
    for (; line.length - at >= wrap; at += wrap) io.out.put(line.slice(at, at + wrap) + "\n");
    line = line.slice(at);
    if (io.out.full) yield* io.out.flush();
  };
  for (;;) {
    const bytes = yield* input.chunk(30720);
    if (bytes.length === 0) break;
    const joined = new Uint8Array(held.length + bytes.length);
    joined.set(held);
    joined.set(bytes, held.length);
    const whole = joined.length - (joined.length % encoding.groupBytes);
    yield* put(encoding.encode(joined.slice(0, whole)));
    held = joined.slice(whole);
    if (io.sys.charge(bytes.length >> 5)) yield* io.sys.preempt();
  }
  if (held.length > 0 && encoding === z85) io.die("invalid input (length must be multiple of 4 characters)");
  yield* put(encoding.encode(held));
  if (wrap > 0 && any && line !== "") io.out.put(line + "\n");
}

export function* decodeStream(input: Input, encoding: Encoding, ignoreGarbage: boolean, io: Io): Blocking<void> {
  const raw = yield* input.all();
  const text = ignoreGarbage ? raw.replace(encoding.alphabet, "") : raw.replaceAll("\n", "");
  const { bytes, valid } = encoding.decode(text);
  yield* io.out.printBytes(bytes);
  if (io.sys.charge(text.length >> 5)) yield* io.sys.preempt();
  if (!valid) io.die("invalid input");
}

export function wrapColumns(value: string | undefined, fallback: number, io: Io): number {
  if (value === undefined) return fallback;
  if (!/^\d+$/.test(value)) io.die(`invalid wrap size: ${io.quote(value)}`);
  return Number(value);
}

export const BASE64_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
export const BASE32_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
export const base64 = bitEncoding(BASE64_ALPHABET, 6, 4, true);
export const base32 = bitEncoding(BASE32_ALPHABET, 5, 8, true);

/** The command for one encoding: base32, base64. */
export function encodingCommand(name: string, encoding: Encoding): Command {
  return gnu({
    name,
    summary: `encode data as ${name} text, or decode such text`,
    synopsis: ["[OPTION]... [FILE]"],
    options: {
      decode: flag(["-d", "--decode"], "decode data"),
      ignoreGarbage: flag(["-i", "--ignore-garbage"], "with -d, skip characters outside the alphabet"),
      wrap: text(["-w", "--wrap"], "COLS", "break encoded lines after COLS characters (76); 0 makes one long line"),
    },
    operands: "files",
    seeAlso: ["basenc(1)"],
    *run({ options, operands }, io: Io) {
      const wrap = wrapColumns(options.wrap, 76, io);
      if (operands[1] !== undefined) io.usage(`extra operand ${io.quote(operands[1])}`);
      const file = operands[0] ?? "-";
      let input: Input;
      try {
        input = yield* io.open(file);
      } catch (error) {
        io.die(`${io.quoteFile(file)}: ${reason(error)}`);
      }
      try {
        if (options.decode) yield* decodeStream(input, encoding, options.ignoreGarbage, io);
        else yield* encodeStream(input, encoding, wrap, io);
      } catch (error) {
        if (error instanceof Error && error.message === "Is a directory") io.die("read error: Is a directory");
        throw error;
      }
    },
  });
}
