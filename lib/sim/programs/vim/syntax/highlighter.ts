// Finds the colours of lines by a grammar, from the state that the line before has left. Order of precedence as in Vim (:help syn-priority): what comes next behind an item, then
// keywords, then the item that begins first; of those that begin at the same place, the one defined last.

import type { Grammar, Item, Match, Region } from "./grammar.ts";

/** A piece of a line: up to `end`, in the colour of a highlight group ("" none). */
export interface Run {
  readonly end: number;
  readonly group: string;
}

/** The items that may begin in a place. */
interface Contents {
  /** last defined first */
  readonly items: readonly (Match | Region)[];
  readonly words: ReadonlyMap<string, Item>;
}

/** An item that goes on at the end of a line. */
interface Open {
  readonly item: Region;
  readonly end: RegExp;
  readonly group: string;
  readonly contents: Contents;
  readonly outer: Open | undefined;
}

/** What the next line begins in. States that are equal are the same object. */
export interface LineState {
  readonly open: Open | undefined;
  readonly next: Contents | undefined;
  readonly lines: Map<string, Coloured>;
}

export interface Coloured {
  readonly runs: readonly Run[];
  readonly state: LineState;
}

/** An item within the line that is being read. */
interface Frame {
  readonly item: Match | Region;
  readonly group: string;
  readonly contents: Contents;
  readonly outer: Frame | undefined;
  readonly end: RegExp | undefined;
  /** where it ends in this line; undefined: not found out yet; Infinity: not in it */
  from: number | undefined;
  to: number;
  /** its end was read as such, not as a part of something in it */
  ended: boolean;
}

const LONGEST_LINE = 3000;
const KEPT_LINES = 5000;

export class Highlighter {
  readonly #grammar: Grammar;
  readonly #contents = new Map<string, Contents>();
  readonly #byName = new Map<string, Item[]>();
  readonly #states = new Map<string, LineState>();
  readonly #top: Contents;
  readonly start: LineState;
  #kept = 0;

  constructor(grammar: Grammar) {
    this.#grammar = grammar;
    for (const item of grammar.items) {
      const named = this.#byName.get(item.name);
      if (named) named.push(item);
      else this.#byName.set(item.name, [item]);
    }
    this.#top = this.#contentsOf(["@all"]);
    this.start = this.#state(undefined, undefined);
  }

  /** The colours of a line and what the next one begins in. */
  colour(text: string, state: LineState): Coloured {
    let found = state.lines.get(text);
    if (!found) {
      if (this.#kept++ > KEPT_LINES) {
        for (const one of this.#states.values()) one.lines.clear();
        this.#kept = 0;
      }
      found = this.#read(text.length > LONGEST_LINE ? text.slice(0, LONGEST_LINE) : text, state);
      state.lines.set(text, found);
    }
    return found;
  }

  #contentsOf(names: readonly string[]): Contents {
    const key = names.join(" ");
    let found = this.#contents.get(key);
    if (!found) {
      const chosen = this.#grammar.items.filter((item) => names.includes(item.name) || (names.includes("@all") && item.contained !== true));
      const words = new Map<string, Item>();
      for (const item of chosen) if (item.kind === "keywords") for (const word of item.words) words.set(this.#grammar.ignoreCase ? word.toLowerCase() : word, item);
      found = { items: chosen.filter((item) => item.kind !== "keywords").reverse(), words };
      this.#contents.set(key, found);
    }
    return found;
  }

  #state(open: Open | undefined, next: Contents | undefined): LineState {
    let key = next ? `${[...this.#contents.values()].indexOf(next)}:` : "";
    for (let at = open; at; at = at.outer) key += `${this.#grammar.items.indexOf(at.item)} ${at.end.source}\n${at.group}\n`;
    let found = this.#states.get(key);
    if (!found) {
      found = { open, next, lines: new Map() };
      this.#states.set(key, found);
    }
    return found;
  }

  #read(text: string, state: LineState): Coloured {
    const line = new LineReader(text, this.#grammar, this.#top, (names) => this.#contentsOf(names));
    const { frame, next } = line.read(state);
    let open: Open | undefined;
    for (const one of chain(frame)) {
      if (one.item.kind === "region" && one.end && !one.item.oneLine) open = { item: one.item, end: one.end, group: one.group, contents: one.contents, outer: open };
    }
    return { runs: line.runs, state: this.#state(open, next) };
  }
}

/** From the outermost to the innermost. */
function chain(frame: Frame | undefined): Frame[] {
  const all: Frame[] = [];
  for (let at = frame; at; at = at.outer) all.unshift(at);
  return all;
}

function framesOf(open: Open | undefined): Frame | undefined {
  return open && { item: open.item, group: open.group, contents: open.contents, outer: framesOf(open.outer), end: open.end, from: undefined, to: 0, ended: false };
}

class LineReader {
  readonly runs: Run[] = [];
  readonly #text: string;
  readonly #grammar: Grammar;
  readonly #top: Contents;
  readonly #contentsOf: (names: readonly string[]) => Contents;
  readonly #found = new Map<Item, RegExpExecArray | undefined>();
  /** items that began where they matched nothing: not again at the same place */
  readonly #emptyAt = new Map<Item, number>();
  #frame: Frame | undefined;
  #next: Contents | undefined;
  #skipWhite = false;
  #overLines = false;

  constructor(text: string, grammar: Grammar, top: Contents, contentsOf: (names: readonly string[]) => Contents) {
    this.#text = text;
    this.#grammar = grammar;
    this.#top = top;
    this.#contentsOf = contentsOf;
  }

  read(state: LineState): { readonly frame: Frame | undefined; readonly next: Contents | undefined } {
    this.#frame = framesOf(state.open);
    this.#next = state.next;
    this.#skipWhite = true;
    this.#overLines = true;
    const { length } = this.#text;
    let at = 0;
    for (let steps = 0; steps < 4 * length + 40; steps++) {
      if (this.#endsAt(at)) continue;
      if (at >= length && !this.#next) break;
      if (this.#next) {
        const begun = this.#begin(this.#next, at);
        if (begun !== undefined) {
          at = begun;
          continue;
        }
        const c = this.#text[at];
        if (this.#skipWhite && (c === " " || c === "\t")) {
          this.#paint(at + 1);
          at++;
          continue;
        }
        if (at >= length) break;
        this.#next = undefined;
      }
      const begun = this.#begin(this.#frame?.contents ?? this.#top, at);
      at = begun ?? this.#passTo(at);
    }
    this.#paint(length);
    return { frame: this.#frame, next: this.#next && this.#overLines ? this.#next : undefined };
  }

  /** An item of these begins at the place: what has been read up to then. */
  #begin(contents: Contents, at: number): number | undefined {
    const word = this.#wordAt(contents, at);
    if (word) {
      this.#paint(at + word.length, word.item.group);
      this.#follow(word.item);
      return at + word.length;
    }
    for (const item of contents.items) {
      const found = this.#matchFrom(item, at);
      if (found?.index === at) return this.#enter(item, found);
    }
    return undefined;
  }

  #wordAt(contents: Contents, at: number): { readonly item: Item; readonly length: number } | undefined {
    const { word, ignoreCase } = this.#grammar;
    if (contents.words.size === 0 || !word.test(this.#text[at] ?? " ") || (at > 0 && word.test(this.#text[at - 1] ?? " "))) return undefined;
    let end = at + 1;
    while (end < this.#text.length && word.test(this.#text[end] ?? " ")) end++;
    const text = this.#text.slice(at, end);
    const item = contents.words.get(ignoreCase ? text.toLowerCase() : text);
    return item && { item, length: end - at };
  }

  /** The next place where the item begins, from a place on. */
  #matchFrom(item: Match | Region, at: number): RegExpExecArray | undefined {
    let known = this.#found.get(item);
    if (!this.#found.has(item) || (known && known.index < at)) {
      item.pattern.lastIndex = at;
      known = item.pattern.exec(this.#text) ?? undefined;
      this.#found.set(item, known);
    }
    if (known?.index !== at) return known;
    const endless = item.kind === "region" && item.oneLine && this.#endMatch(item, endOf(item, known), at + known[0].length).from === Number.POSITIVE_INFINITY;
    if (!endless && (known[0] !== "" || this.#emptyAt.get(item) !== at)) return known;
    item.pattern.lastIndex = at + 1;
    return item.pattern.exec(this.#text) ?? undefined;
  }

  #enter(item: Match | Region, found: RegExpExecArray): number {
    const at = found.index;
    const behind = at + found[0].length;
    if (found[0] === "") this.#emptyAt.set(item, at);
    const outer = this.#frame;
    const group = item.transparent ? (outer?.group ?? "") : item.group;
    if (item.kind === "match" && !item.contains && !item.transparent) {
      const to = Math.min(behind, this.#limit());
      this.#paint(to, group);
      this.#follow(item);
      return to;
    }
    const contents = item.contains ? this.#contentsOf(item.contains) : item.transparent ? (outer?.contents ?? this.#top) : NOTHING;
    this.#next = undefined;
    const isMatch = item.kind === "match";
    this.#frame = { item, group, contents, outer, end: isMatch ? undefined : endOf(item, found), from: isMatch ? behind : undefined, to: isMatch ? behind : 0, ended: false };
    if (isMatch) return at;
    this.#paint(behind, item.edge ?? group);
    this.#locateEnd(this.#frame, behind);
    return behind;
  }

  #endMatch(item: Region, end: RegExp, at: number): { readonly from: number; readonly to: number } {
    let from = at;
    for (;;) {
      end.lastIndex = from;
      const found = end.exec(this.#text);
      if (!found) return { from: Number.POSITIVE_INFINITY, to: Number.POSITIVE_INFINITY };
      if (item.skip) {
        item.skip.lastIndex = from;
        const skipped = item.skip.exec(this.#text);
        if (skipped && skipped.index <= found.index && skipped[0] !== "") {
          from = skipped.index + skipped[0].length;
          continue;
        }
      }
      return { from: found.index, to: found.index + found[0].length };
    }
  }

  #locateEnd(frame: Frame, at: number): void {
    if (frame.item.kind !== "region" || !frame.end) return;
    const { from, to } = this.#endMatch(frame.item, frame.end, at);
    frame.from = from;
    frame.to = to;
  }

  /** Where an item that keeps its end cuts what stands in it. */
  #limit(): number {
    let limit = Number.POSITIVE_INFINITY;
    for (let at = this.#frame; at; at = at.outer) {
      if (at.item.kind === "region" && at.item.keepEnd) limit = Math.min(limit, at.item.edge === undefined ? at.to : (at.from ?? limit));
    }
    return limit;
  }

  /** Ends the innermost item if its end is reached. */
  #endsAt(at: number): boolean {
    const frame = this.#frame;
    if (!frame) return false;
    if (frame.from === undefined) this.#locateEnd(frame, at);
    for (let outer = frame.outer; outer; outer = outer.outer) {
      if (outer.item.kind !== "region" || !outer.item.keepEnd) continue;
      if (outer.from === undefined) this.#locateEnd(outer, at);
      if (at >= (outer.item.edge === undefined ? outer.to : (outer.from ?? 0))) {
        this.#frame = frame.outer;
        return true;
      }
    }
    if (frame.from !== undefined && frame.from < at && !frame.ended && frame.item.kind === "region" && !frame.item.keepEnd) this.#locateEnd(frame, at);
    if (frame.to > at) return false;
    this.#frame = frame.outer;
    this.#follow(frame.item);
    return true;
  }

  #follow(item: Item): void {
    this.#next = item.next && this.#contentsOf(item.next);
    this.#skipWhite = item.skipWhite === true;
    this.#overLines = item.overLines === true;
  }

  /** Nothing begins here: on to where something may, or to the end of the item. */
  #passTo(at: number): number {
    const frame = this.#frame;
    let stop = Math.min(this.#text.length, this.#limit());
    if (frame && (frame.from ?? 0) === at) {
      // the text of the end itself
      const edge = frame.item.kind === "region" ? frame.item.edge : undefined;
      const to = Math.min(frame.to, this.#text.length);
      this.#paint(to, edge ?? frame.group);
      frame.ended = true;
      return Math.max(to, at);
    }
    if (frame?.from !== undefined && frame.from > at) stop = Math.min(stop, frame.from);
    const contents = frame?.contents ?? this.#top;
    for (const item of contents.items) {
      const found = this.#matchFrom(item, at);
      if (found && found.index > at) stop = Math.min(stop, found.index);
    }
    if (contents.words.size > 0) {
      const { word } = this.#grammar;
      let next = at + 1;
      while (next < stop && !(word.test(this.#text[next] ?? " ") && !word.test(this.#text[next - 1] ?? " "))) next++;
      stop = next;
    }
    const to = Math.max(stop, at + 1);
    this.#paint(to);
    return to;
  }

  #paint(to: number, group = this.#frame?.group ?? ""): void {
    const last = this.runs.at(-1);
    if (to <= (last?.end ?? 0)) return;
    if (last?.group === group) this.runs[this.runs.length - 1] = { end: to, group };
    else this.runs.push({ end: to, group });
  }
}

const NOTHING: Contents = { items: [], words: new Map() };

function endOf(item: Region, start: RegExpExecArray): RegExp {
  return item.end instanceof RegExp ? item.end : item.end(start);
}
