// How a selected line is shown: prefixes, separators, colours.

import { encode } from "../../kernel/sys.ts";
import type { Io } from "../kit/io.ts";
import type { LineMatcher } from "./_line-matcher.ts";

/** SGR codes of GREP_COLORS with grep's defaults. */
export interface Colours {
  readonly selectedMatch: string;
  readonly contextMatch: string;
  readonly fileName: string;
  readonly lineNumber: string;
  readonly byteOffset: string;
  readonly separator: string;
  readonly selectedLine: string;
  readonly contextLine: string;
}

export function coloursFrom(environment: ReadonlyMap<string, string>, inverted: boolean): Colours {
  // the older variable, of which grep warns
  const old = environment.get("GREP_COLOR") ?? "";
  const match = /^[0-9;]+$/.test(old) ? old : "01;31";
  const codes = new Map([["ms", match], ["mc", match], ["sl", ""], ["cx", ""], ["fn", "35"], ["ln", "32"], ["bn", "32"], ["se", "36"]]);
  let reverse = false;
  for (const item of (environment.get("GREP_COLORS") ?? "").split(":")) {
    const [name = "", value] = item.split("=", 2);
    if (value === undefined) {
      if (name === "rv") reverse = true;
      continue;
    }
    if (!/^[0-9;]*$/.test(value)) break;
    if (name === "mt") {
      codes.set("ms", value);
      codes.set("mc", value);
    } else codes.set(name, value);
  }
  const code = (name: string) => codes.get(name) ?? "";
  const swap = reverse && inverted;
  return {
    selectedMatch: code("ms"), contextMatch: code("mc"), fileName: code("fn"), lineNumber: code("ln"), byteOffset: code("bn"), separator: code("se"),
    selectedLine: code(swap ? "cx" : "sl"), contextLine: code(swap ? "sl" : "cx"),
  };
}

export interface PrinterOptions {
  readonly fileNames: boolean;
  readonly nullAfterName: boolean;
  readonly lineNumbers: boolean;
  readonly byteOffsets: boolean;
  readonly initialTab: boolean;
  readonly onlyMatching: boolean;
  readonly inverted: boolean;
  readonly colours: Colours | undefined;
  readonly delimiter: string;
}

const start = (code: string) => (code === "" ? "" : `\u001b[${code}m\u001b[K`);
const END = "\u001b[m\u001b[K";

export class Printer {
  readonly #io: Io;
  readonly #options: PrinterOptions;
  readonly #matcher: LineMatcher;
  fileName = "";
  numberWidth = 0;

  constructor(io: Io, options: PrinterOptions, matcher: LineMatcher) {
    this.#io = io;
    this.#options = options;
    this.#matcher = matcher;
  }

  coloured(code: string, text: string): string {
    return this.#options.colours && code !== "" ? start(code) + text + END : text;
  }

  name(): string {
    return this.coloured(this.#options.colours?.fileName ?? "", this.fileName);
  }

  separator(text: string): string {
    return this.coloured(this.#options.colours?.separator ?? "", text);
  }

  #head(line: number, byteOffset: number, separator: string, empty: boolean): string {
    const { fileNames, nullAfterName, lineNumbers, byteOffsets, initialTab, colours } = this.#options;
    let head = "";
    const between = this.separator(separator);
    if (fileNames) head += this.name() + (nullAfterName ? "\0" : between);
    const width = initialTab ? this.numberWidth : 0;
    if (lineNumbers) head += this.coloured(colours?.lineNumber ?? "", String(line).padStart(width)) + between;
    if (byteOffsets) head += this.coloured(colours?.byteOffset ?? "", String(byteOffset).padStart(width)) + between;
    if (initialTab && head !== "" && !empty) head += "\t";
    return head;
  }

  /** `context`: a line beside a selected one. */
  line(text: string, lineNumber: number, byteOffset: number, context: boolean): void {
    const { onlyMatching, inverted, colours, delimiter } = this.#options;
    const separator = context ? "-" : ":";
    // With -v the lines that match are the context.
    const wantsMatches = context === inverted;
    if (onlyMatching) {
      if (context || inverted) return;
      for (const [from, to] of this.#matches(text)) {
        const offset = byteOffset + (this.#options.byteOffsets ? encode(text.slice(0, from)).length : 0);
        this.#io.out.put(this.#head(lineNumber, offset, separator, false) + this.coloured(colours?.selectedMatch ?? "", text.slice(from, to)) + delimiter);
      }
      return;
    }
    const head = this.#head(lineNumber, byteOffset, separator, text === "");
    if (!colours) {
      this.#io.out.put(head + text + delimiter);
      return;
    }
    const lineColour = context ? colours.contextLine : colours.selectedLine;
    const matchColour = context ? colours.contextMatch : colours.selectedMatch;
    let shown = head;
    let at = 0;
    if (wantsMatches && (matchColour !== "" || lineColour !== "")) {
      for (const [from, to] of this.#matches(text)) {
        shown += this.#piece(lineColour, text.slice(at, from));
        shown += (at === 0 && from === 0 && lineColour !== "" ? start(lineColour) : "") + this.coloured(matchColour, text.slice(from, to));
        at = to;
      }
    }
    shown += this.#piece(lineColour, text.slice(at));
    this.#io.out.put(shown + delimiter);
  }

  #piece(code: string, text: string): string {
    if (text === "") return "";
    if (code === "") return text;
    return start(code) + text + END;
  }

  *#matches(text: string): Generator<readonly [number, number]> {
    for (let at = 0; at <= text.length; ) {
      const found = this.#matcher.matchIn(text, at);
      if (!found) return;
      const from = found[0] ?? 0;
      const to = found[1] ?? 0;
      if (to > from) {
        yield [from, to];
        at = to;
      } else at = from + 1;
    }
  }
}
