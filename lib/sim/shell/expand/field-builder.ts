// Collects what the parts of a word expand to: either fields (split at IFS, each with the pattern that pathname expansion needs) or one string.
// A long text or list is put off, with all that comes behind it, until `drain` works it off in pieces that other processes run between.
import { ExpansionError } from "../interp/expansion-error.ts";
import { escapePattern } from "./pattern.ts";

export interface Field {
  readonly text: string;
  /** The text with its quoted characters escaped, where something may be a pattern. */
  readonly pattern: string;
  /** Something unquoted may be a pattern. */
  readonly globbing: boolean;
}

/** More words than any machine's memory here would hold. */
const MOST_FIELDS = 2_000_000;

const GLOB_HINT = /[*?[(\\]/;

/** Characters and elements that are done without giving others a turn. */
const PIECE_LENGTH = 4096;
const PIECE_ELEMENTS = 512;
/** Going through a piece costs about so much beside the fields that it makes. */
export const PIECE_STEPS = 64;

/** Put off: it waits for its turn. */
type Part =
  | { readonly kind: "quoted" | "literal" | "split"; readonly text: string }
  | { readonly kind: "break" }
  | { readonly kind: "list"; readonly values: readonly string[]; readonly quoted: boolean; readonly separator: string };

export class FieldBuilder {
  readonly single: boolean;
  readonly #ifs: string;
  readonly #escape: ((text: string) => string) | undefined;
  readonly #separator: string;
  #text = "";
  /** What is quoted of the text, as starts and ends: who asks for the pattern pays for it. */
  #quotedRanges: number[] | undefined;
  #globbing = false;
  #open = false;
  #later: Part[] | undefined;
  #fields: Field[] = [];
  #total = 0;
  /** After a field: ended by white space (another delimiter may still belong to it) or by a visible one. */
  #after: "nothing" | "blank" | "delimiter" = "nothing";

  /** `single`: one string, nothing is split; $@ is joined by `separator`. "no pattern": nobody asks for it. */
  constructor(ifs: string, single: boolean, escape: ((text: string) => string) | "no pattern" = escapePattern, separator = " ") {
    this.#ifs = ifs;
    this.single = single;
    this.#escape = escape === "no pattern" ? undefined : escape;
    this.#separator = separator;
  }

  get text(): string {
    return this.#text;
  }

  get pattern(): string {
    const ranges = this.#quotedRanges;
    if (ranges === undefined || this.#escape === undefined) return this.#text;
    let pattern = "";
    let done = 0;
    for (let index = 0; index < ranges.length; index += 2) {
      const start = ranges[index] ?? 0;
      const end = ranges[index + 1] ?? 0;
      pattern += this.#text.slice(done, start) + this.#escape(this.#text.slice(start, end));
      done = end;
    }
    return pattern + this.#text.slice(done);
  }

  /** To be drained before text, pattern or the last fields are asked for. */
  get putOff(): boolean {
    return this.#later !== undefined;
  }

  /** The fields since the last call: the caller pays for them. */
  takeFields(): readonly Field[] {
    const taken = this.#fields;
    this.#total += taken.length;
    this.#fields = [];
    return taken;
  }

  /** Works off what was put off; what is given back for each piece is the caller's chance for a turn of others. */
  *drain(): Generator<void> {
    const parts = this.#later ?? [];
    this.#later = undefined;
    for (const part of parts) {
      if (part.kind === "break") this.breakField();
      else if (part.kind === "list") {
        for (let at = 0; at < part.values.length; at += PIECE_ELEMENTS) {
          this.#elements(part.values, at, at + PIECE_ELEMENTS, part.quoted, part.separator);
          if (this.#later) yield* this.drain();
          yield;
        }
      } else if (part.kind === "split") {
        for (let at = 0; at < part.text.length; at += PIECE_LENGTH) {
          this.#split(part.text.slice(at, at + PIECE_LENGTH));
          yield;
        }
      } else this[part.kind](part.text);
    }
  }

  /** The elements of $@ or an array; an unquoted `separator` stands between them, else they are fields of their own. */
  list(values: readonly string[], quoted: boolean, separator: string): void {
    if (this.#later || values.length > PIECE_ELEMENTS) (this.#later ??= []).push({ kind: "list", values: values.slice(), quoted, separator });
    else this.#elements(values, 0, values.length, quoted, separator);
  }

  #elements(values: readonly string[], from: number, to: number, quoted: boolean, separator: string): void {
    const end = Math.min(to, values.length);
    for (let index = from; index < end; index++) {
      if (index > 0) {
        if (separator === "") this.breakField();
        else this.split(separator);
      }
      const item = values[index] ?? "";
      if (quoted) this.quoted(item);
      else this.split(item);
    }
  }

  /** Quoted: never split, never a pattern. An empty text still makes a field. */
  quoted(text: string): void {
    if (this.#later) {
      this.#later.push({ kind: "quoted", text });
      return;
    }
    this.#open = true;
    if (text === "") return;
    if (this.#escape) (this.#quotedRanges ??= []).push(this.#text.length, this.#text.length + text.length);
    this.#text += text;
  }

  /** Unquoted text of the source: a pattern, but not split. */
  literal(text: string): void {
    if (this.#later) {
      this.#later.push({ kind: "literal", text });
      return;
    }
    this.#open = true;
    this.#text += text;
    if (!this.#escape) return;
    if (!this.#globbing && GLOB_HINT.test(text)) this.#globbing = true;
  }

  /** Like literal, but what an expansion gave: kept apart in regular expressions and arithmetic. */
  split(text: string): void {
    if (text === "") return;
    if (this.single) {
      this.literal(text);
      return;
    }
    if (this.#ifs === "") {
      this.literal(text);
      return;
    }
    if (this.#later) this.#later.push({ kind: "split", text });
    else if (text.length > PIECE_LENGTH) this.#later = [{ kind: "split", text }];
    else this.#split(text);
  }

  #split(text: string): void {
    const ifs = this.#ifs;
    let start = 0;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      const blank = unit === 32 || unit === 9 || unit === 10;
      if (!ifs.includes(text.charAt(i))) continue;
      if (i > start) this.literal(text.slice(start, i));
      start = i + 1;
      if (blank) {
        if (this.#open) {
          this.#push();
          this.#after = "blank";
        }
      } else if (this.#open) {
        this.#push();
        this.#after = "delimiter";
      } else if (this.#after === "blank") this.#after = "delimiter";
      else {
        this.#push();
        this.#after = "delimiter";
      }
    }
    if (start < text.length) this.literal(text.slice(start));
  }

  /** Between two elements of $@ or an array. */
  breakField(): void {
    if (this.single) {
      this.quoted(this.#separator);
      return;
    }
    if (this.#later) {
      this.#later.push({ kind: "break" });
      return;
    }
    if (this.#open) {
      this.#push();
      this.#after = "nothing";
    }
  }

  #push(): void {
    if (this.#total + this.#fields.length >= MOST_FIELDS) throw new ExpansionError("xrealloc: cannot allocate 134217728 bytes", "exit");
    this.#fields.push({ text: this.#text, pattern: this.#globbing ? this.pattern : this.#text, globbing: this.#globbing });
    this.#text = "";
    this.#quotedRanges = undefined;
    this.#globbing = false;
    this.#open = false;
  }

  /** The last fields. */
  finish(): readonly Field[] {
    if (this.#open) this.#push();
    return this.takeFields();
  }
}
