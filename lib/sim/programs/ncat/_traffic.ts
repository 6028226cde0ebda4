// What ncat does with bytes on their way: line ends, copies in files (-o, -x), counting.

import { type Blocking, encode, O, type Sys } from "../../kernel/sys.ts";

const BYTES_A_LINE = 16;

/** -C: a carriage return before a line feed that has none. */
export function withCarriageReturns(bytes: Uint8Array): Uint8Array {
  const made: number[] = [];
  bytes.forEach((byte, i) => {
    if (byte === 10 && bytes[i - 1] !== 13) made.push(13);
    made.push(byte);
  });
  return Uint8Array.from(made);
}

/** "0000   68 65 6c 6c 6f 0d 0a 77  6f 72 6c 64 20 31 32 33  hello..world.123" */
export function hexDump(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += BYTES_A_LINE) {
    const line = bytes.subarray(at, at + BYTES_A_LINE);
    let numbers = "";
    let characters = "";
    for (let i = 0; i < BYTES_A_LINE; i++) {
      const byte = line[i];
      numbers += `${i === 8 ? " " : ""}${byte === undefined ? "   " : `${byte.toString(16).padStart(2, "0")} `}`;
      characters += byte === undefined ? " " : byte > 32 && byte < 127 ? String.fromCharCode(byte) : ".";
    }
    text += `${at.toString(16).padStart(4, "0")}   ${numbers} ${characters}\n`;
  }
  return text;
}

const IAC = 255;
const [WILL, WONT, DO, DONT] = [251, 252, 253, 254] as const;

/** -t: every option that TELNET offers or asks for is refused (RFC 854). */
export function telnetAnswer(bytes: Uint8Array): Uint8Array {
  const answer: number[] = [];
  bytes.forEach((byte, i) => {
    const verb = bytes[i + 1];
    const option = bytes[i + 2];
    if (byte !== IAC || option === undefined) return;
    if (verb === WILL || verb === WONT) answer.push(IAC, DONT, option);
    else if (verb === DO || verb === DONT) answer.push(IAC, WONT, option);
  });
  return Uint8Array.from(answer);
}

/** Where copies of all that passes go. */
export class Copies {
  readonly #sys: Sys;
  readonly #plain: number | undefined;
  readonly #hex: number | undefined;

  private constructor(sys: Sys, plain: number | undefined, hex: number | undefined) {
    this.#sys = sys;
    this.#plain = plain;
    this.#hex = hex;
  }

  /** Throws SysError. */
  static *open(sys: Sys, plain: string | undefined, hex: string | undefined, append: boolean): Blocking<Copies> {
    const flags = O.WRONLY | O.CREAT | O.CLOEXEC | (append ? O.APPEND : O.TRUNC);
    const plainFd = plain === undefined ? undefined : yield* sys.open(plain, flags, 0o664);
    const hexFd = hex === undefined ? undefined : yield* sys.open(hex, flags, 0o664);
    return new Copies(sys, plainFd, hexFd);
  }

  *note(bytes: Uint8Array): Blocking<void> {
    if (this.#plain !== undefined) yield* this.#sys.write(this.#plain, bytes);
    if (this.#hex !== undefined) yield* this.#sys.write(this.#hex, encode(hexDump(bytes)));
  }
}
