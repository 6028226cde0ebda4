// What colours a type of file has: items that are looked for in a line. The words are those of Vim's :help syntax: keywords, matches, regions; items that only stand in others
// (contained), what may stand in them (contains), what may come behind them (next).

/** Names of items, "@all" for every one that stands by itself. */
type Names = readonly string[];

export interface ItemOptions {
  /** only within items that name it */
  readonly contained?: true;
  readonly contains?: Names;
  /** looked for right behind this item, before anything else */
  readonly next?: Names;
  /** blanks may stand before what is next; `overLines`: ends of lines too */
  readonly skipWhite?: true;
  readonly overLines?: true;
  /** shows the colour of what it stands in, and contains the same unless it says otherwise */
  readonly transparent?: true;
}

interface RegionOptions extends ItemOptions {
  /** the colour of start and end, when it is not that of the rest */
  readonly edge?: string;
  readonly skip?: RegExp;
  /** what stands in it ends with it */
  readonly keepEnd?: true;
  /** the end is in the same line, or it is none */
  readonly oneLine?: true;
}

export interface Match extends ItemOptions {
  readonly kind: "match";
  readonly name: string;
  readonly group: string;
  readonly pattern: RegExp;
}

export interface Region extends RegionOptions {
  readonly kind: "region";
  readonly name: string;
  readonly group: string;
  readonly pattern: RegExp;
  readonly end: RegExp | ((start: RegExpExecArray) => RegExp);
}

interface Keywords extends ItemOptions {
  readonly kind: "keywords";
  readonly name: string;
  readonly group: string;
  readonly words: ReadonlySet<string>;
}

export type Item = Match | Region | Keywords;

export interface Grammar {
  readonly items: readonly Item[];
  /** characters of a keyword */
  readonly word: RegExp;
  readonly ignoreCase: boolean;
}

/** The expression with the flags that looking for the next match needs. */
function global(pattern: RegExp): RegExp {
  return pattern.global ? pattern : new RegExp(pattern.source, `${pattern.flags}g`);
}

export function match(name: string, group: string, pattern: RegExp, options: ItemOptions = {}): Item {
  return { ...options, kind: "match", name, group, pattern: global(pattern) };
}

export function region(name: string, group: string, start: RegExp, end: RegExp | ((start: RegExpExecArray) => RegExp), options: RegionOptions = {}): Item {
  return { ...options, kind: "region", name, group, pattern: global(start), end: end instanceof RegExp ? global(end) : end, ...(options.skip && { skip: global(options.skip) }) };
}

export function keywords(name: string, group: string, words: string, options: ItemOptions = {}): Item {
  return { ...options, kind: "keywords", name, group, words: new Set(words.split(/\s+/)) };
}

export function grammar(items: readonly Item[], { word = /[A-Za-z0-9_\u00c0-\u024f]/, ignoreCase = false }: { readonly word?: RegExp; readonly ignoreCase?: boolean } = {}): Grammar {
  return { items, word, ignoreCase };
}
