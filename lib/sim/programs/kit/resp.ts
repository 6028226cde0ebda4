// RESP, the protocol of Redis (version 2): requests are arrays of strings, replies have a type in their first byte.

import { type Blocking, type Sys, decode, encode } from "../../kernel/sys.ts";

export type RespValue = { readonly kind: "simple" | "error" | "bulk"; readonly text: string } | { readonly kind: "integer"; readonly value: number } | { readonly kind: "nil" } | { readonly kind: "array"; readonly items: readonly RespValue[] };

export function encodeResp(value: RespValue): string {
  switch (value.kind) {
    case "simple": return `+${value.text}\r\n`;
    case "error": return `-${value.text}\r\n`;
    case "integer": return `:${value.value}\r\n`;
    case "nil": return "$-1\r\n";
    case "bulk": return `$${encode(value.text).length}\r\n${value.text}\r\n`;
    case "array": return `*${value.items.length}\r\n${value.items.map(encodeResp).join("")}`;
  }
}

export const request = (words: readonly string[]): string => encodeResp({ kind: "array", items: words.map((text) => ({ kind: "bulk", text })) });

/** Reads values off one connection; undefined when it ends. */
export class RespReader {
  readonly #sys: Sys;
  readonly #fd: number;
  #pending = new Uint8Array(0);

  constructor(sys: Sys, fd: number) {
    this.#sys = sys;
    this.#fd = fd;
  }

  *#more(): Blocking<boolean> {
    const bytes = yield* this.#sys.read(this.#fd, 65536);
    if (bytes.length === 0) return false;
    const joined = new Uint8Array(this.#pending.length + bytes.length);
    joined.set(this.#pending);
    joined.set(bytes, this.#pending.length);
    this.#pending = joined;
    if (this.#sys.charge(5)) yield* this.#sys.preempt();
    return true;
  }

  *#line(): Blocking<string | undefined> {
    for (;;) {
      const at = this.#pending.indexOf(10);
      if (at >= 0) {
        const text = decode(this.#pending.subarray(0, at)).replace(/\r$/, "");
        this.#pending = this.#pending.slice(at + 1);
        return text;
      }
      if (this.#pending.length > 65536 || !(yield* this.#more())) return undefined;
    }
  }

  *read(depth = 0): Blocking<RespValue | undefined> {
    const line = yield* this.#line();
    if (line === undefined || depth > 8) return undefined;
    const rest = line.slice(1);
    switch (line.charAt(0)) {
      case "+": return { kind: "simple", text: rest };
      case "-": return { kind: "error", text: rest };
      case ":": return { kind: "integer", value: Number(rest) };
      case "$": {
        const length = Number(rest);
        if (!(length >= 0)) return { kind: "nil" };
        while (this.#pending.length < length + 2) if (!(yield* this.#more())) return undefined;
        const text = decode(this.#pending.subarray(0, length));
        this.#pending = this.#pending.slice(length + 2);
        return { kind: "bulk", text };
      }
      case "*": {
        const items: RespValue[] = [];
        for (let left = Number(rest); left > 0; left--) {
          const item = yield* this.read(depth + 1);
          if (item === undefined) return undefined;
          items.push(item);
        }
        return { kind: "array", items };
      }
      // an inline command, as typed with nc
      default: return { kind: "array", items: line.trim().split(/\s+/).filter((word) => word !== "").map((text) => ({ kind: "bulk", text })) };
    }
  }
}
