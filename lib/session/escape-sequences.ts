// Splits a terminal's input into text, control characters and escape sequences (ECMA-48; the states are those of xterm's VT500
// parser). Knows nothing of a screen.

export interface EscapeHandler {
  /** One printable character. */
  print(codePoint: number): void;
  /** Printable ASCII: the bytes from `start` to before `end`. */
  printAscii(bytes: Uint8Array, start: number, end: number): void;
  /** A C0 control character, also in the middle of a sequence. */
  control(code: number): void;
  /** `ESC`, intermediates, final: intermediates is "(" in `ESC ( B`. */
  escape(intermediates: string, final: string): void;
  /** `prefix` is one of < = > ? or empty; a missing parameter is -1; subparameters after a colon are dropped. */
  csi(prefix: string, parameters: readonly number[], intermediates: string, final: string): void;
  /** Operating system command, without `ESC ]` and terminator. */
  osc(text: string): void;
}

type State = "ground" | "escape" | "csi" | "csi-ignore" | "osc" | "string";

const MAX_STRING_LENGTH = 4096;
const MAX_PARAMETERS = 32;
const REPLACEMENT = 0xfffd;
const MAX_PLAIN_VALUE = 9999;
const MOST_PLAIN = 1000;
const NONE: readonly number[] = [];

const plain = new Map<number, readonly number[]>();

export class EscapeParser {
  readonly #handler: EscapeHandler;
  #state: State = "ground";
  #prefix = "";
  #parameters = "";
  #intermediates = "";
  #text = "";
  /** An ESC inside a string: a backslash ends it. */
  #escapeInString = false;
  #utf8Left = 0;
  #utf8Value = 0;

  constructor(handler: EscapeHandler) {
    this.#handler = handler;
  }

  feed(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; at += 1) {
      const byte = bytes[at] ?? 0;
      if (byte >= 0x20 && byte < 0x7f && this.#state === "ground" && this.#utf8Left === 0) {
        let end = at + 1;
        while (end < bytes.length && isPrintable(bytes[end] ?? 0)) end += 1;
        this.#handler.printAscii(bytes, at, end);
        at = end - 1;
        continue;
      }
      if (byte === 0x1b && bytes[at + 1] === 0x5b && this.#state === "ground" && this.#utf8Left === 0) {
        const end = this.#plainCsi(bytes, at + 2);
        if (end > 0) {
          at = end;
          continue;
        }
      }
      if (this.#utf8Left > 0) {
        if ((byte & 0xc0) === 0x80) {
          this.#utf8Value = (this.#utf8Value << 6) | (byte & 0x3f);
          this.#utf8Left -= 1;
          if (this.#utf8Left === 0) this.#take(this.#utf8Value);
          continue;
        }
        this.#utf8Left = 0;
        this.#take(REPLACEMENT);
      }
      if (byte < 0x80) this.#take(byte);
      else if (byte >= 0xc2 && byte < 0xe0) this.#begin(1, byte & 0x1f);
      else if (byte >= 0xe0 && byte < 0xf0) this.#begin(2, byte & 0x0f);
      else if (byte >= 0xf0 && byte < 0xf5) this.#begin(3, byte & 0x07);
      else this.#take(REPLACEMENT);
    }
  }

  /** `ESC [`, at most three numbers and a final letter, all of it here: what programs send most. The place of the letter; 0 when it is something else. */
  #plainCsi(bytes: Uint8Array, from: number): number {
    let key = 0;
    let count = 1;
    let value = -1;
    for (let at = from; at < bytes.length; at += 1) {
      const byte = bytes[at] ?? 0;
      if (byte >= 0x30 && byte < 0x3a) {
        value = (value < 0 ? 0 : value * 10) + byte - 0x30;
        if (value > MAX_PLAIN_VALUE) return 0;
      } else if (byte === 0x3b) {
        if (++count > 3) return 0;
        key = (key + value + 1) * (MAX_PLAIN_VALUE + 2);
        value = -1;
      } else if (byte >= 0x40 && byte < 0x7f) {
        const parameters = at === from ? NONE : plainParameters(bytes, from, at, (key + value + 1) * 4 + count);
        this.#handler.csi("", parameters, "", String.fromCharCode(byte));
        return at;
      } else return 0;
    }
    return 0;
  }

  #begin(left: number, value: number): void {
    this.#utf8Left = left;
    this.#utf8Value = value;
  }

  #take(code: number): void {
    if (this.#state === "osc" || this.#state === "string") {
      this.#inString(code);
      return;
    }
    if (code === 0x18 || code === 0x1a) {
      this.#state = "ground";
      return;
    }
    if (code === 0x1b) {
      this.#state = "escape";
      this.#intermediates = "";
      return;
    }
    if (code < 0x20) {
      // A control character after a bare ESC (text that a program printed) ends the sequence: so do the terminals of the recordings.
      if (this.#state === "escape" && this.#intermediates === "") this.#state = "ground";
      this.#handler.control(code);
      return;
    }
    switch (this.#state) {
      case "ground":
        if (code !== 0x7f) this.#handler.print(code);
        return;
      case "escape":
        this.#inEscape(code);
        return;
      default:
        this.#inCsi(code);
    }
  }

  #inEscape(code: number): void {
    if (code >= 0x20 && code < 0x30) {
      this.#intermediates += String.fromCharCode(code);
      return;
    }
    const final = String.fromCodePoint(code);
    if (this.#intermediates === "") {
      if (final === "[") {
        this.#state = "csi";
        this.#prefix = "";
        this.#parameters = "";
        return;
      }
      if (final === "]" || final === "P" || final === "X" || final === "^" || final === "_") {
        this.#state = final === "]" ? "osc" : "string";
        this.#text = "";
        this.#escapeInString = false;
        return;
      }
    }
    this.#state = "ground";
    this.#handler.escape(this.#intermediates, final);
  }

  #inCsi(code: number): void {
    if (code >= 0x30 && code < 0x3c) {
      if (this.#intermediates !== "") this.#state = "csi-ignore";
      else if (this.#parameters.length < MAX_STRING_LENGTH) this.#parameters += String.fromCharCode(code);
    } else if (code >= 0x3c && code < 0x40) {
      if (this.#parameters === "" && this.#prefix === "") this.#prefix = String.fromCharCode(code);
      else this.#state = "csi-ignore";
    } else if (code >= 0x20 && code < 0x30) {
      this.#intermediates += String.fromCharCode(code);
    } else if (code >= 0x40 && code < 0x7f) {
      const ignored = this.#state === "csi-ignore";
      this.#state = "ground";
      if (!ignored) this.#handler.csi(this.#prefix, parseParameters(this.#parameters), this.#intermediates, String.fromCharCode(code));
    }
  }

  #inString(code: number): void {
    if (this.#escapeInString) {
      this.#escapeInString = false;
      this.#endString();
      if (code !== 0x5c) {
        this.#state = "escape";
        this.#intermediates = "";
        this.#take(code);
      }
      return;
    }
    if (code === 0x1b) this.#escapeInString = true;
    else if (code === 0x07 && this.#state === "osc") this.#endString();
    else if (code === 0x18 || code === 0x1a) this.#state = "ground";
    else if (this.#state === "osc" && code >= 0x20 && this.#text.length < MAX_STRING_LENGTH) this.#text += String.fromCodePoint(code);
  }

  #endString(): void {
    const text = this.#text;
    const wasOsc = this.#state === "osc";
    this.#state = "ground";
    this.#text = "";
    if (wasOsc) this.#handler.osc(text);
  }
}

function isPrintable(byte: number): boolean {
  return byte >= 0x20 && byte < 0x7f;
}

/** One array for the same numbers, so that what they do can be kept by it. */
function plainParameters(bytes: Uint8Array, from: number, to: number, key: number): readonly number[] {
  let known = plain.get(key);
  if (known === undefined) {
    known = parseParameters(String.fromCharCode(...bytes.subarray(from, to)));
    if (plain.size >= MOST_PLAIN) plain.clear();
    plain.set(key, known);
  }
  return known;
}

function parseParameters(text: string): readonly number[] {
  if (text === "") return [];
  const result: number[] = [];
  for (const item of text.split(";").slice(0, MAX_PARAMETERS)) {
    const digits = item.split(":")[0] ?? "";
    result.push(digits === "" ? -1 : Math.min(Number.parseInt(digits, 10), 65535));
  }
  return result;
}
