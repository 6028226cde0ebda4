// Filling and adjusting lines as groff 1.22.4 does: where a line is broken, which words are divided, where the extra space goes.

import { textWidth } from "../width.ts";
import { type HyphenationRules, hyphenPlaces } from "./hyphenation.ts";
import { EN, type Font, LINE, type Page } from "./page.ts";

export type Piece =
  /** `letter`: its lower case, where words may be divided at it; `\z` makes a glyph of no width. */
  | { readonly kind: "glyph"; readonly char: string; readonly font: Font; readonly width: number; readonly letter: string; readonly ends: "sentence" | "transparent" | ""; readonly breaks: "" | "hyphen" }
  | { readonly kind: "space"; width: number }
  | { readonly kind: "motion"; width: number; readonly stretches: boolean }
  /** \& ends no sentence, \% forbids or allows a division, \: allows a break. */
  | { readonly kind: "dummy" | "percent" | "colon" }
  | { readonly kind: "tab"; readonly width: number };

export type Adjustment = "left" | "right" | "center" | "both";

const widthOf = (piece: Piece): number => ("width" in piece ? piece.width : 0);
const stretches = (piece: Piece): boolean => piece.kind === "space" || (piece.kind === "motion" && piece.stretches);

interface Breakpoint {
  /** Pieces before it stay on the line. */
  readonly at: number;
  readonly width: number;
  readonly spaces: number;
  readonly hyphenated: boolean;
  /** A hyphen is added. */
  readonly hyphen: boolean;
}

export class Paragraph {
  page: Page;
  fill = true;
  adjustment: Adjustment = "both";
  indent = 0;
  lineLength: number;
  temporaryIndent: number | undefined;
  hyphenation: HyphenationRules = { mode: 4, own: new Map() };
  /** What follows the end of a sentence besides the space of a word (.ss). */
  sentenceSpace = EN;
  centered = 0;
  rightAligned = 0;
  tabs: { readonly every: number; readonly stops: readonly { readonly at: number; readonly align: "L" | "R" | "C" }[] } = { every: 5 * EN, stops: [] };
  readonly hyphen: string;
  #line: Piece[] = [];
  #width = 0;
  #interrupted = false;
  #inputStart = 0;
  readonly #side: { right: boolean };
  #indentOfLine = 0;

  /** `side`: where the last broken line got more of its extra space; one for a whole document. */
  constructor(page: Page, lineLength: number, hyphen: string, side: { right: boolean }) {
    this.page = page;
    this.lineLength = lineLength;
    this.hyphen = hyphen;
    this.#side = side;
  }

  get isEmpty(): boolean {
    return this.#line.length === 0;
  }

  /** How far the text of this input line has come. */
  get position(): number {
    return this.#width - this.#inputStart;
  }

  get #target(): number {
    return this.lineLength - (this.temporaryIndent ?? this.indent);
  }

  add(piece: Piece): void {
    if (this.#line.length === 0) this.#indentOfLine = this.temporaryIndent ?? this.indent;
    this.#line.push(piece);
    this.#width += widthOf(piece);
  }

  /** A space of the source. */
  space(): void {
    if (this.#interrupted) this.#interrupted = false;
    const last = this.#line.at(-1);
    if (last?.kind === "space") {
      const more = last.width === EN && this.#endsSentence() ? this.sentenceSpace : EN;
      last.width += more;
      this.#width += more;
      return;
    }
    this.add({ kind: "space", width: EN });
    this.#breakWhenFull(false);
  }

  interrupt(): void {
    this.#interrupted = true;
    // keeps spaces before it
    this.add({ kind: "motion", width: 0, stretches: false });
  }

  /** The end of an input line; false: the line goes on (\c). */
  newline(): boolean {
    while (this.#line.at(-1)?.kind === "space") this.#drop();
    if (this.#interrupted) {
      this.#interrupted = false;
      this.#inputStart = this.#line.length === 0 ? 0 : this.#width;
      return false;
    }
    if (this.centered > 0) {
      this.centered--;
      const line = this.#take();
      this.#put(line.pieces, Math.max(0, Math.floor((this.#target - line.width) / 2 / EN) * EN));
    } else if (this.rightAligned > 0) {
      this.rightAligned--;
      const line = this.#take();
      this.#put(line.pieces, Math.max(0, this.#target - line.width));
    } else if (this.fill) {
      if (this.#line.length > 0) {
        this.add({ kind: "space", width: this.#endsSentence() ? EN + this.sentenceSpace : EN });
        this.#breakWhenFull(false);
      }
    } else {
      const line = this.#take();
      this.#put(line.pieces, 0);
    }
    this.#inputStart = this.#line.length === 0 ? 0 : this.#width;
    return true;
  }

  /** What waits becomes a line of its own; `spread`: up to the right margin. */
  break(spread = false): void {
    if (this.#line.length > 0) {
      if (!this.#line.some(stretches)) this.add({ kind: "space", width: 0 });
      this.#breakWhenFull(spread);
    }
    while (this.#line.at(-1)?.kind === "space") this.#drop();
    if (this.#line.length > 0) {
      const line = this.#take();
      const rest = this.#target - line.width;
      this.#put(line.pieces, !this.fill || rest <= 0 ? 0 : this.adjustment === "center" ? Math.floor(rest / 2 / EN) * EN : this.adjustment === "right" ? rest : 0);
    }
    this.#interrupted = false;
    this.#inputStart = 0;
    this.page.release();
  }

  /** A word that a break does not end: the two spaces of "end.  Next" become one space and the sentence's. */
  #endsSentence(): boolean {
    for (let at = this.#line.length - (this.#line.at(-1)?.kind === "space" ? 2 : 1); at >= 0; at--) {
      const piece = this.#line[at];
      if (piece === undefined || piece.kind !== "glyph") {
        if (piece?.kind === "motion" && piece.width === 0) continue;
        return false;
      }
      if (piece.ends === "sentence") return true;
      if (piece.ends !== "transparent") return false;
    }
    return false;
  }

  #drop(): void {
    const piece = this.#line.pop();
    if (piece !== undefined) this.#width -= widthOf(piece);
  }

  #take(): { readonly pieces: Piece[]; readonly width: number } {
    const taken = { pieces: this.#line, width: this.#width };
    if (this.#line.length === 0) this.#indentOfLine = this.temporaryIndent ?? this.indent;
    this.#line = [];
    this.#width = 0;
    return taken;
  }

  #breakWhenFull(forced: boolean): void {
    if (!this.fill || this.centered > 0) return;
    let force = forced;
    while (this.#line.length > 0) {
      const last = this.#line.at(-1);
      if (!force && this.#width - (last === undefined ? 0 : widthOf(last)) <= this.#target) return;
      const chosen = this.#choose();
      if (chosen === undefined) return;
      force = false;
      const before = this.#line.slice(0, chosen.at);
      const rest = this.#line.slice(chosen.at);
      if (chosen.hyphen) before.push({ kind: "glyph", char: this.hyphen, font: fontAt(before), width: EN, letter: "", ends: "", breaks: "" });
      let width = chosen.width;
      if (this.adjustment === "both" && chosen.spaces > 0) {
        distribute(before, chosen.spaces, Math.floor((this.#target - chosen.width) / EN), this.#side.right);
        width = this.#target;
      }
      this.#side.right = !this.#side.right;
      const shift = this.adjustment === "center" ? Math.floor((this.#target - width) / 2 / EN) * EN : this.adjustment === "right" ? this.#target - width : 0;
      this.#inputStart -= width;
      while (rest[0]?.kind === "space") {
        this.#inputStart -= widthOf(rest[0]);
        rest.shift();
      }
      this.#put(before, Math.max(0, shift));
      this.#line = rest;
      this.#width = rest.reduce((sum, piece) => sum + widthOf(piece), 0);
      this.#indentOfLine = this.temporaryIndent ?? this.indent;
    }
  }

  /** groff's choice: the last break that fits, a hyphen before a space that lies further left. */
  #choose(): Breakpoint | undefined {
    let nearestTooFar: Breakpoint | undefined;
    for (const point of this.#breakpoints()) {
      if (point.width <= this.#target) return point;
      nearestTooFar = point;
    }
    return nearestTooFar;
  }

  /** From the end of the line on. Only the last word is divided. */
  *#breakpoints(): Generator<Breakpoint> {
    let width = this.#width;
    let spaces = this.#line.filter(stretches).length;
    const word = this.#lastWord();
    for (let at = this.#line.length - 1; at >= 0; at--) {
      const piece = this.#line[at];
      if (piece === undefined) return;
      const after = width;
      width -= widthOf(piece);
      if (stretches(piece)) spaces--;
      if (piece.kind === "space") {
        if (at > 0 && this.#line[at - 1]?.kind === "space") continue;
        yield { at, width, spaces, hyphenated: false, hyphen: false };
      } else if (piece.kind === "colon") yield { at: at + 1, width, spaces, hyphenated: false, hyphen: false };
      else if (word.breaks.has(at)) yield { at: at + 1, width: after, spaces, hyphenated: true, hyphen: false };
      else if (word.hyphens.has(at)) yield { at: at + 1, width: after + EN, spaces, hyphenated: true, hyphen: true };
    }
  }

  /** The pieces of the last word after which a line may end. */
  #lastWord(): { readonly breaks: ReadonlySet<number>; readonly hyphens: ReadonlySet<number> } {
    const breaks = new Set<number>();
    const hyphens = new Set<number>();
    let end = this.#line.length;
    while (end > 0 && this.#line[end - 1]?.kind === "space") end--;
    let start = end;
    while (start > 0 && this.#line[start - 1]?.kind !== "space") start--;
    const first = this.#line.slice(start, end).find((piece) => widthOf(piece) > 0 || piece.kind === "percent");
    if (first?.kind === "percent") return { breaks, hyphens };
    const glyphs: { readonly at: number; readonly letter: string; readonly breaks: string }[] = [];
    let allowed = false;
    for (let at = start; at < end; at++) {
      const piece = this.#line[at];
      if (piece?.kind === "glyph") glyphs.push({ at, letter: piece.letter, breaks: piece.breaks });
      else if (piece?.kind === "percent") {
        allowed = true;
        const last = glyphs.at(-1);
        if (last !== undefined) hyphens.add(last.at);
      } else if (piece?.kind === "dummy" || (piece?.kind === "motion" && piece.width > 0)) glyphs.push({ at, letter: "", breaks: "" });
    }
    glyphs.forEach((glyph, index) => {
      if (glyph.breaks === "hyphen" && glyphs[index - 1]?.letter && glyphs[index + 1]?.letter) breaks.add(glyph.at);
    });
    if (allowed || this.hyphenation.mode === 0 || glyphs.length < 4) return { breaks, hyphens };
    for (let from = 0; from < glyphs.length; ) {
      if (!glyphs[from]?.letter) {
        from++;
        continue;
      }
      let to = from;
      let letters = "";
      while (glyphs[to]?.letter) letters += glyphs[to++]?.letter ?? "";
      if (letters.length >= 2) {
        for (const place of hyphenPlaces(letters, this.hyphenation)) {
          const at = glyphs[from + place - 1]?.at;
          if (at !== undefined) hyphens.add(at);
        }
      }
      from = to;
    }
    return { breaks, hyphens };
  }

  #put(pieces: readonly Piece[], shift: number): void {
    const row = Math.floor(this.page.v / LINE);
    let x = (pieces.length === 0 ? 0 : this.#indentOfLine) + shift;
    for (const piece of pieces) {
      if (piece.kind === "glyph") {
        // groff rounds a half down
        let column = Math.floor((x + EN / 2 - 1) / EN);
        for (const char of piece.char) {
          this.page.set(row, column, char, piece.font);
          column += textWidth(char);
        }
      }
      x += widthOf(piece);
    }
    this.page.widest = Math.max(this.page.widest, x);
    this.page.advance();
    this.temporaryIndent = undefined;
  }
}

const fontAt = (pieces: readonly Piece[]): Font => pieces.findLast((piece) => piece.kind === "glyph")?.font ?? "R";

/** `extra` characters of space over the gaps of a line, more of them at one side, which alternates. */
function distribute(pieces: Piece[], gaps: number, extra: number, mostRight: boolean): void {
  let left = extra;
  let open = gaps;
  const indexes = [...pieces.keys()];
  // the gap that is done last gets what is left over
  for (const at of mostRight ? indexes : indexes.toReversed()) {
    const piece = pieces[at];
    if (piece === undefined || !stretches(piece) || open === 0) continue;
    const share = open === 1 ? left : Math.floor(left / open);
    pieces[at] = piece.kind === "space" ? { kind: "space", width: piece.width + share * EN } : { kind: "motion", width: widthOf(piece) + share * EN, stretches: true };
    left -= share;
    open--;
  }
}
