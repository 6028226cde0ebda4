// Goes through one input: selects lines, keeps context, counts.

import { type Blocking, encode, StreamDecoder } from "../../kernel/sys.ts";
import { HeldMemory } from "../kit/held-memory.ts";
import type { Io } from "../kit/io.ts";
import type { Input } from "../kit/input.ts";
import type { LineMatcher } from "./_line-matcher.ts";
import type { Printer } from "./_printer.ts";

export interface SearchOptions {
  readonly inverted: boolean;
  /** -A, -B or -C was given, if only with 0: groups are told apart */
  readonly context: boolean;
  readonly before: number;
  readonly after: number;
  readonly maxCount: number;
  /** Lines are printed; otherwise they are only counted. */
  readonly prints: boolean;
  /** The first selected line ends the search (-q, -l, -L). */
  readonly stopAtFirst: boolean;
  readonly binary: "binary" | "text" | "without-match";
  readonly delimiter: string;
  readonly lineBuffered: boolean;
  readonly groupSeparator: string | undefined;
  readonly needsOffsets: boolean;
}

export interface SearchResult {
  readonly selected: number;
  /** A binary file's match was not printed. */
  readonly binaryMatch: boolean;
}

/** How much text is looked at between two chances for others. */
const SMALLEST_PIECE = 256;
const LARGEST_PIECE = 65_536;
/** A line is looked at in one go. */
const MOST_LINE_LENGTH = 1 << 22;
const INVALID_BYTE = /[\udc80-\udcff]/;

export class Search {
  readonly #io: Io;
  readonly #matcher: LineMatcher;
  readonly #printer: Printer;
  readonly #options: SearchOptions;
  /** Something was printed before in this run: the next group gets a separator. */
  #printedGroup = false;

  constructor(io: Io, matcher: LineMatcher, printer: Printer, options: SearchOptions) {
    this.#io = io;
    this.#matcher = matcher;
    this.#printer = printer;
    this.#options = options;
  }

  /** Throws SysError, RegexLimitError, WriteError. */
  *run(input: Input): Blocking<SearchResult> {
    const { inverted, before, after, maxCount, stopAtFirst, binary, delimiter } = this.#options;
    const io = this.#io;
    // what a chunk ends in, as text: it waits for its line's end
    let rest: string[] = [];
    let restLength = 0;
    const decoder = new StreamDecoder();
    const memory = new HeldMemory(io.sys);
    let selected = 0;
    let quiet = !this.#options.prints;
    let binaryMatch = false;
    let piece = SMALLEST_PIECE;
    let zapNulls = false;
    let lineNumber = 0;
    let byteOffset = 0;
    let afterLeft = 0;
    /** Lines just seen that may become leading context: text, number, offset. */
    let held: [string, number, number][] = [];
    /** Lines were left out since the last one shown. */
    let skipped = true;
    let ended = false;
    const delimiterByte = delimiter.charCodeAt(0);

    const show = (text: string, number: number, offset: number, context: boolean): void => {
      if (binary !== "text" && INVALID_BYTE.test(text)) {
        // without-match: the line counts, but is not shown
        if (binary === "binary") binaryMatch = true;
        return;
      }
      this.#printer.line(text, number, offset, context);
    };
    const byteLength = (text: string) => (this.#options.needsOffsets ? encode(text).length : 0);

    while (!ended) {
      let bytes = yield* input.chunk();
      if (io.sys.charge(bytes.length >> 9)) yield* io.sys.preempt();
      // zap_nuls: in a binary file a NUL ends a line, too
      if (delimiter === "\n" && binary !== "text" && (zapNulls || bytes.includes(0))) {
        if (binary === "without-match") return { selected: 0, binaryMatch: false };
        zapNulls = true;
        quiet = true;
        bytes = bytes.map((byte) => (byte === 0 ? delimiterByte : byte));
      }
      ended = bytes.length === 0;
      const chunk = ended ? decoder.end() : decoder.push(bytes);
      const last = ended ? chunk.length : chunk.lastIndexOf(delimiter);
      if (last < 0) {
        rest.push(chunk);
        restLength += chunk.length;
        if (restLength > MOST_LINE_LENGTH) io.die("memory exhausted");
        memory.hold(chunk.length);
        continue;
      }
      const text = rest.join("") + chunk.slice(0, last);
      rest = last + 1 < chunk.length ? [chunk.slice(last + 1)] : [];
      restLength = 0;
      memory.release();
      if (ended && text === "") break;
      const end = text.length;
      let at = 0;
      while (at <= end) {
        let found: readonly [number, number] | undefined;
        // Many patterns cost much at first, until the matcher knows their states: it looks at small pieces then.
        for (let from = at; ; ) {
          let pieceEnd = text.indexOf(delimiter, from + piece);
          if (pieceEnd < 0 || pieceEnd > end) pieceEnd = end;
          found = this.#matcher.nextLine(text, from, pieceEnd);
          const work = this.#matcher.takeWork();
          if (io.sys.charge(1 + (work >> 8))) yield* io.sys.preempt();
          piece = work > (pieceEnd - from) * 8 ? Math.max(SMALLEST_PIECE, piece >> 1) : Math.min(LARGEST_PIECE, piece * 2);
          if (found || pieceEnd >= end) break;
          from = pieceEnd + 1;
        }
        // Lines before the found one do not match; with -v those are selected and the found one is not.
        const gapEnd = found ? found[0] : end + 1;
        const simple = quiet && before === 0 && after === 0;
        if (simple && !inverted) {
          if (!found) break;
          selected++;
          if (zapNulls && this.#options.prints) return { selected, binaryMatch: true };
          if (stopAtFirst || selected >= maxCount) return { selected, binaryMatch };
          at = found[1] + 1;
          continue;
        }
        while (at < gapEnd || (found && at === found[0])) {
          const isMatch = found !== undefined && at === found[0];
          let stop = text.indexOf(delimiter, at);
          if (stop < 0 || stop > end) stop = end;
          if (!inverted && !isMatch && afterLeft === 0 && before === 0) {
            // Nothing to show until the next match.
            skipped = true;
            if (!this.#options.needsOffsets) {
              at = gapEnd;
              continue;
            }
            const gap = text.slice(at, Math.min(gapEnd, end));
            lineNumber += count(gap, delimiter) + (gapEnd > end ? 1 : 0);
            byteOffset += byteLength(gap) + (gapEnd > end ? 1 : 0);
            at = gapEnd;
            continue;
          }
          const line = text.slice(at, stop);
          lineNumber++;
          const offset = byteOffset;
          byteOffset += byteLength(line) + 1;
          if (isMatch !== inverted) {
            selected++;
            if (zapNulls && this.#options.prints) return { selected, binaryMatch: true };
            if (!quiet) {
              if (this.#options.context && this.#printedGroup && skipped) this.#separate();
              for (const [heldText, number, heldOffset] of held) show(heldText, number, heldOffset, true);
              held = [];
              show(line, lineNumber, offset, false);
              skipped = false;
              this.#printedGroup = true;
              if (this.#options.lineBuffered || io.out.full) yield* io.out.flush();
            }
            if (stopAtFirst) return { selected, binaryMatch };
            afterLeft = after;
            if (selected >= maxCount) {
              if (quiet || after === 0) return { selected, binaryMatch };
              yield* this.#trailing(input, text.slice(stop + 1), stop < end, rest.join(""), decoder, lineNumber, byteOffset, afterLeft, show);
              return { selected, binaryMatch };
            }
          } else if (!quiet && afterLeft > 0) {
            afterLeft--;
            show(line, lineNumber, offset, true);
            if (io.out.full) yield* io.out.flush();
          } else if (!quiet && before > 0) {
            held.push([line, lineNumber, offset]);
            if (held.length > before) {
              held.shift();
              skipped = true;
            }
          } else skipped = true;
          at = stop + 1;
          if (isMatch) break;
          if (io.sys.charge(1)) yield* io.sys.preempt();
        }
        if (!found) break;
      }
    }
    return { selected, binaryMatch };
  }

  /** After the last selected line that -m allows: only its trailing context is still shown. */
  *#trailing(
    input: Input, restOfText: string, more: boolean, restOfChunk: string, decoder: StreamDecoder, lineNumber: number, byteOffset: number, left: number,
    show: (text: string, number: number, offset: number, context: boolean) => void,
  ): Blocking<void> {
    const { delimiter } = this.#options;
    let text = more ? restOfText + delimiter : "";
    text += restOfChunk;
    let number = lineNumber;
    let offset = byteOffset;
    let remaining = left;
    for (;;) {
      const stop = text.indexOf(delimiter);
      if (stop < 0) {
        const bytes = yield* input.chunk();
        if (bytes.length > 0) {
          text += decoder.push(bytes);
          continue;
        }
        text += decoder.end();
        if (text !== "" && remaining > 0) show(text, number + 1, offset, true);
        return;
      }
      if (remaining-- <= 0) return;
      const line = text.slice(0, stop);
      show(line, ++number, offset, true);
      offset += encode(line).length + 1;
      text = text.slice(stop + 1);
      if (this.#io.sys.charge(1)) yield* this.#io.sys.preempt();
    }
  }

  #separate(): void {
    const { groupSeparator } = this.#options;
    if (groupSeparator !== undefined) this.#io.out.put(`${this.#printer.separator(groupSeparator)}\n`);
  }
}

function count(text: string, delimiter: string): number {
  let found = 0;
  for (let at = text.indexOf(delimiter); at >= 0; at = text.indexOf(delimiter, at + 1)) found++;
  return found;
}
