// What -v, --trace and --trace-ascii tell of a transfer (tool_cb_dbg.c).

import { encode } from "../../kernel/sys.ts";

export type Direction = "in" | "out";

export class Account {
  readonly #put: (text: string) => void;
  readonly #mode: "none" | "verbose" | "trace" | "ascii";
  /** the data itself goes to the same terminal */
  readonly #dataShown: boolean;
  readonly #stamp: () => string;
  #dataTold = false;

  constructor(put: (text: string) => void, mode: "none" | "verbose" | "trace" | "ascii", dataShown: boolean, stamp: () => string) {
    this.#put = put;
    this.#mode = mode;
    this.#dataShown = dataShown;
    this.#stamp = stamp;
  }

  info(text: string): void {
    if (this.#mode === "verbose") this.#put(`${this.#stamp()}* ${text}\n`);
    else if (this.#mode !== "none") this.#put(`${this.#stamp()}== Info: ${text}\n`);
    this.#dataTold = false;
  }

  /** One line of an answer, or the whole head of a request, as on the wire. */
  header(direction: Direction, text: string): void {
    if (this.#mode === "verbose") {
      for (const line of text.split("\n").slice(0, -1)) this.#put(`${this.#stamp()}${direction === "in" ? "<" : ">"} ${line}\n`);
      this.#dataTold = false;
    } else if (this.#mode !== "none") this.#dump(direction === "in" ? "<= Recv header" : "=> Send header", encode(text));
  }

  data(direction: Direction, bytes: Uint8Array): void {
    if (this.#mode === "verbose") {
      if (!this.#dataShown && !this.#dataTold) this.#put(`${this.#stamp()}${direction === "in" ? "{" : "}"} [${bytes.length} bytes data]\n`);
      this.#dataTold = true;
    } else if (this.#mode !== "none") this.#dump(direction === "in" ? "<= Recv data" : "=> Send data", bytes);
  }

  #dump(title: string, bytes: Uint8Array): void {
    let text = `${this.#stamp()}${title}, ${bytes.length} bytes (0x${bytes.length.toString(16)})\n`;
    const ascii = this.#mode === "ascii";
    const width = ascii ? 0x40 : 0x10;
    const endsAt = (at: number): boolean => ascii && bytes[at] === 13 && bytes[at + 1] === 10;
    for (let at = 0; at < bytes.length; ) {
      text += `${at.toString(16).padStart(4, "0")}: `;
      if (!ascii) for (let i = 0; i < width; i++) text += at + i < bytes.length ? `${(bytes[at + i] ?? 0).toString(16).padStart(2, "0")} ` : "   ";
      let next = at + width;
      for (let i = 0; i < width && at + i < bytes.length; i++) {
        if (endsAt(at + i)) {
          next = at + i + 2;
          break;
        }
        const byte = bytes[at + i] ?? 0;
        text += byte >= 0x20 && byte < 0x80 ? String.fromCharCode(byte) : ".";
        if (i === width - 1 && endsAt(at + width)) next = at + width + 2;
      }
      text += "\n";
      at = next;
    }
    this.#put(text);
  }
}
