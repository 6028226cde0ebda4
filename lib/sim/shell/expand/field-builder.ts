// Collects what the parts of a word expand to: either fields (split at IFS, each with the pattern that pathname expansion needs) or one string.
import { ExpansionError } from "../interp/expansion-error.ts";
import { escapePattern } from "./pattern.ts";

export interface Field {
  readonly text: string;
  /** The text with its quoted characters escaped. */
  readonly pattern: string;
  /** Something unquoted may be a pattern. */
  readonly globbing: boolean;
}

/** More words than any machine's memory here would hold. */
const MOST_FIELDS = 2_000_000;

const GLOB_HINT = /[*?[(\\]/;

export class FieldBuilder {
  readonly fields: Field[] = [];
  readonly single: boolean;
  readonly #ifs: string;
  readonly #escape: (text: string) => string;
  readonly #separator: string;
  #text = "";
  #pattern = "";
  #globbing = false;
  #open = false;
  /** After a field: ended by white space (another delimiter may still belong to it) or by a visible one. */
  #after: "nothing" | "blank" | "delimiter" = "nothing";

  /** `single`: one string, nothing is split; $@ is joined by `separator`. */
  constructor(ifs: string, single: boolean, escape: (text: string) => string = escapePattern, separator = " ") {
    this.#ifs = ifs;
    this.single = single;
    this.#escape = escape;
    this.#separator = separator;
  }

  get text(): string {
    return this.#text;
  }

  get pattern(): string {
    return this.#pattern;
  }

  /** Quoted: never split, never a pattern. An empty text still makes a field. */
  quoted(text: string): void {
    this.#open = true;
    if (text === "") return;
    this.#text += text;
    this.#pattern += this.#escape(text);
  }

  /** Unquoted text of the source: a pattern, but not split. */
  literal(text: string): void {
    this.#open = true;
    this.#text += text;
    this.#pattern += text;
    if (!this.#globbing && GLOB_HINT.test(text)) this.#globbing = true;
  }

  /** Like literal, but what an expansion gave: kept apart in regular expressions and arithmetic. */
  split(text: string): void {
    if (text === "") return;
    if (this.single) {
      this.literal(text);
      return;
    }
    const ifs = this.#ifs;
    if (ifs === "") {
      this.literal(text);
      return;
    }
    let start = 0;
    for (let i = 0; i < text.length; i++) {
      const c = text.charAt(i);
      if (!ifs.includes(c)) continue;
      if (i > start) this.literal(text.slice(start, i));
      start = i + 1;
      const blank = c === " " || c === "\t" || c === "\n";
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
    if (this.#open) {
      this.#push();
      this.#after = "nothing";
    }
  }

  #push(): void {
    if (this.fields.length >= MOST_FIELDS) throw new ExpansionError("xrealloc: cannot allocate 134217728 bytes", "exit");
    this.fields.push({ text: this.#text, pattern: this.#pattern, globbing: this.#globbing });
    this.#text = "";
    this.#pattern = "";
    this.#globbing = false;
    this.#open = false;
  }

  finish(): readonly Field[] {
    if (this.#open) this.#push();
    return this.fields;
  }
}
