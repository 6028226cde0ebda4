// Letters put side by side until a line is full, and lines broken between words: what figlet prints.

import { type Font, RULES, joined } from "./_font.ts";

export interface Manner {
  readonly width: number;
  readonly layout: number;
  readonly rightToLeft: boolean;
  /** 0: left, 1: centred, 2: right */
  readonly justification: number;
}

export class Figures {
  readonly #font: Font;
  readonly #manner: Manner;
  readonly #print: (text: string) => void;
  readonly #most: number;
  #rows: string[];
  #typed: number[] = [];
  #previousWidth = 0;
  #width = 0;
  /** -1: blanks are swallowed after a break, 0: none yet, 1: a word, 2: blanks behind a word, 3: a word behind blanks */
  #mode = 0;

  constructor(font: Font, manner: Manner, print: (text: string) => void) {
    this.#font = font;
    this.#manner = manner;
    this.#print = print;
    this.#most = manner.width - 1;
    this.#rows = new Array<string>(font.height).fill("");
  }

  get #length(): number {
    return this.#rows[0]?.length ?? 0;
  }

  /** A character: 10 ends the line, 32 is a blank. */
  put(code: number): void {
    for (let again = true; again; ) {
      again = false;
      if (this.#mode === -1) {
        if (code === 32) return;
        this.#mode = 0;
        if (code === 10) return;
      }
      if (code === 10) {
        this.#flush();
        this.#mode = 0;
      } else if (this.#add(code)) this.#mode = code !== 32 ? (this.#mode >= 2 ? 3 : 1) : this.#mode > 0 ? 2 : 0;
      else if (this.#length === 0) {
        for (const row of this.#letter(code)) this.#line(this.#manner.rightToLeft && this.#manner.width > 1 ? row.slice(Math.max(0, row.length - this.#most)) : row);
        this.#mode = -1;
      } else if (code === 32) {
        if (this.#mode === 2) this.#split();
        else this.#flush();
        this.#mode = -1;
      } else {
        if (this.#mode >= 2) this.#split();
        else this.#flush();
        this.#mode = this.#mode === 3 ? 1 : 0;
        again = true;
      }
    }
  }

  end(): void {
    if (this.#length !== 0) this.#flush();
  }

  #letter(code: number): readonly string[] {
    return this.#font.letters.get(code) ?? this.#font.letters.get(0) ?? [];
  }

  #join(left: string, right: string): string | undefined {
    return joined(left, right, this.#manner.layout, this.#font.hardBlank, this.#manner.rightToLeft, this.#previousWidth >= 2 && this.#width >= 2);
  }

  /** By how many columns the letter goes into the line. */
  #overlap(letter: readonly string[]): number {
    if ((this.#manner.layout & (RULES.smush | RULES.kern)) === 0) return 0;
    let most = this.#width;
    for (const [row, line] of this.#rows.entries()) {
      const figure = letter[row] ?? "";
      const [first, second] = this.#manner.rightToLeft ? [figure, line] : [line, figure];
      let edge = first.length;
      while (edge > 0 && (first[edge] ?? " ") === " ") edge--;
      const left = first[edge];
      let start = 0;
      while (second[start] === " ") start++;
      const right = second[start];
      let amount = this.#manner.rightToLeft ? start + this.#width - 1 - edge : start + this.#length - 1 - edge;
      if (left === undefined || left === " ") amount++;
      else if (right !== undefined && this.#join(left, right) !== undefined) amount++;
      most = Math.min(most, amount);
    }
    return most;
  }

  #add(code: number): boolean {
    const letter = this.#letter(code);
    this.#previousWidth = this.#width;
    this.#width = letter[0]?.length ?? 0;
    const overlap = this.#overlap(letter);
    const length = this.#length;
    if (length + this.#width - overlap > this.#most || this.#typed.length + 1 > this.#manner.width * 4 + 100) return false;
    this.#rows = this.#rows.map((line, row) => {
      const figure = letter[row] ?? "";
      const [first, second] = this.#manner.rightToLeft ? [figure, line] : [line, figure];
      const from = (this.#manner.rightToLeft ? this.#width : length) - overlap;
      const cells = [...first];
      for (let at = 0; at < overlap; at++) {
        // what goes over the beginning of the line piles up in its first column
        const place = Math.max(0, from + at);
        const [left, right] = [cells[place], second[at]];
        // the blanks before the first letter of a line go
        if (left === undefined || right === undefined) cells.length = Math.min(cells.length, place);
        else cells[place] = this.#join(left, right) ?? "";
      }
      return cells.join("") + second.slice(overlap);
    });
    this.#typed.push(code);
    return true;
  }

  #line(text: string): void {
    const { width, justification } = this.#manner;
    let line = text;
    let margin = "";
    if (width > 1) {
      line = line.slice(0, width - 1);
      if (justification > 0) for (let at = 1; (3 - justification) * at + line.length + justification - 2 < width; at++) margin += " ";
    }
    this.#print(`${margin}${line.replaceAll(this.#font.hardBlank, " ")}\n`);
  }

  #flush(): void {
    for (const row of this.#rows) this.#line(row);
    this.#clear();
  }

  #clear(): void {
    this.#rows = new Array<string>(this.#font.height).fill("");
    this.#typed = [];
  }

  /** Breaks the line at its last blanks. */
  #split(): void {
    const typed = this.#typed;
    let last = typed.length - 1;
    while (last >= 0 && typed[last] !== 32) last--;
    const behind = last < 0 ? typed.length : last + 1;
    let end = last;
    while (end >= 0 && typed[end] === 32) end--;
    this.#clear();
    for (const code of typed.slice(0, end + 1)) this.#add(code);
    this.#flush();
    for (const code of typed.slice(behind)) this.#add(code);
  }
}
