// Shell patterns (bash(1), "Pattern Matching"): `*`, `?`, brackets, and extglob's ?( *( +( @( !(. No JavaScript RegExp is made from a
// pattern: a set of reached positions goes through the nodes one by one, so the cost is bounded by text times pattern, whatever was written.
// (More than 400 lines: the compiler, the matcher and the shortcuts share the nodes and their costs.)

type Node =
  | { readonly kind: "char"; readonly text: string }
  | { readonly kind: "any" }
  | { readonly kind: "star" }
  | { readonly kind: "bracket"; readonly negated: boolean; readonly items: readonly BracketItem[] }
  | { readonly kind: "group"; readonly operator: "?" | "*" | "+" | "@" | "!"; readonly alternatives: readonly (readonly Node[])[] };

type BracketItem =
  | { readonly kind: "range"; readonly from: number; readonly to: number }
  | { readonly kind: "class"; readonly name: string };

export interface PatternOptions {
  readonly extglob: boolean;
  readonly ignoreCase: boolean;
}

/** Work allowed for one match; beyond it the text counts as not matching. */
const STEP_LIMIT = 4_000_000;

const CLASSES = new Map<string, RegExp>([
  ["alpha", /^[\p{L}\p{Nl}]$/u], ["digit", /^[0-9]$/], ["alnum", /^[\p{L}\p{Nl}\p{Nd}]$/u], ["upper", /^\p{Lu}$/u], ["lower", /^\p{Ll}$/u],
  ["space", /^[ \t\n\v\f\r\u1680\u2000-\u2006\u2008-\u200a\u2028\u2029\u205f\u3000]$/], ["blank", /^[ \t\u1680\u2000-\u2006\u2008-\u200a\u205f\u3000]$/],
  ["punct", /^(?:[!-/:-@[-`{-~]|[^\x00-\x7f\p{L}\p{N}\p{C}\p{Z}])$/u], ["print", /^[^\x00-\x1f\x7f\u0080-\u009f\udc80-\udcff]$/u],
  ["graph", /^[^\x00-\x20\x7f\u0080-\u009f\udc80-\udcff\p{Zs}]$/u], ["cntrl", /^[\x00-\x1f\x7f\u0080-\u009f]$/], ["xdigit", /^[0-9A-Fa-f]$/],
  ["ascii", /^[\x00-\x7f]$/], ["word", /^[\p{L}\p{Nd}_]$/u],
]);

function inCharacterClass(name: string, character: string): boolean {
  return CLASSES.get(name)?.test(character) ?? false;
}

/** Holds an unquoted `*`, `?`, `[` or (with extglob) a group: else pathname expansion leaves the word alone. */
export function hasGlobCharacters(pattern: string, extglob: boolean): boolean {
  let bracket = false;
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern.charAt(i);
    if (c === "\\") i++;
    else if (c === "*" || c === "?") return true;
    else if (c === "[") bracket = true;
    else if (c === "]" && bracket) return true;
    else if (extglob && (c === "+" || c === "@" || c === "!") && pattern.charAt(i + 1) === "(") return true;
  }
  return false;
}

export class Pattern {
  readonly #nodes: readonly Node[];
  readonly #ignoreCase: boolean;
  readonly #simple: boolean;
  /** Set when the pattern is a plain string. */
  readonly literal: string | undefined;
  #steps = 0;
  #work = 0;
  /** where searchSuffix goes on */
  tried = 0;

  /** Steps of all matches since the last call: the caller pays for them. */
  takeWork(): number {
    const work = this.#work + this.#steps;
    this.#work = 0;
    this.#steps = 0;
    return work;
  }

  #begin(): void {
    this.#work += this.#steps;
    this.#steps = 0;
  }

  constructor(source: string, options: PatternOptions) {
    const reader = new PatternReader(source, options.extglob);
    this.#nodes = reader.sequence("");
    this.#ignoreCase = options.ignoreCase;
    this.#simple = this.#nodes.every((node) => node.kind !== "group");
    this.literal = !options.ignoreCase && this.#nodes.every((node) => node.kind === "char") ? this.#nodes.map((node) => (node.kind === "char" ? node.text : "")).join("") : undefined;
  }

  /** The whole text. */
  matches(text: string): boolean {
    if (this.literal !== undefined) return this.literal === text;
    this.#begin();
    if (this.#simple) return this.#matchSimple(text);
    return this.#ends(this.#nodes, text, [0]).includes(text.length);
  }

  /** Ends of the shortest and the longest match that starts at `start`; undefined when there is none. */
  endsAt(text: string, start: number): { readonly shortest: number; readonly longest: number } | undefined {
    if (this.literal !== undefined) {
      return text.startsWith(this.literal, start) ? { shortest: start + this.literal.length, longest: start + this.literal.length } : undefined;
    }
    this.#begin();
    const ends = this.#ends(this.#nodes, text, [start]);
    const shortest = ends[0];
    const longest = ends[ends.length - 1];
    return shortest === undefined || longest === undefined ? undefined : { shortest, longest };
  }

  /** Start of the shortest or longest suffix that matches. */
  suffixStart(text: string, longest: boolean): number | undefined {
    const start = this.searchSuffix(text, longest, Number.POSITIVE_INFINITY);
    return start === "later" ? undefined : start;
  }

  /**
   * As suffixStart. "later": so much work was done and none is found yet; to go on, it is called again with what
   * `tried` is then.
   */
  searchSuffix(text: string, longest: boolean, mostWork: number, from?: number): number | undefined | "later" {
    if (this.literal !== undefined) return text.endsWith(this.literal) ? text.length - this.literal.length : undefined;
    const first = this.#nodes[0];
    const fixed = first?.kind === "char" && !this.#ignoreCase ? first.text : undefined;
    // a star at the front takes whatever stands before a suffix that matches
    if (first?.kind === "star" && from === undefined) {
      if (!this.matches(text)) return undefined;
      if (longest) return 0;
    }
    let work = 0;
    for (let at = from ?? (longest ? 0 : text.length); longest ? at <= text.length : at >= 0; at += longest ? 1 : -1) {
      if (work > mostWork) {
        this.tried = at;
        return "later";
      }
      work++;
      if (insidePair(text, at)) continue;
      if (fixed !== undefined && !text.startsWith(fixed, at)) continue;
      if (this.matches(text.slice(at))) return at;
      work += this.#steps;
    }
    return undefined;
  }

  #one(node: Node, text: string, at: number): number {
    // Length of the character matched, 0 for none.
    if (at >= text.length) return 0;
    const unit = text.charCodeAt(at);
    const width = unit >= 0xd800 && unit < 0xdc00 && at + 1 < text.length ? 2 : 1;
    if (node.kind === "any") return width;
    const character = width === 1 ? text.charAt(at) : text.slice(at, at + 2);
    if (node.kind === "char") {
      if (character === node.text) return width;
      return this.#ignoreCase && character.toLowerCase() === node.text.toLowerCase() ? width : 0;
    }
    if (node.kind !== "bracket") return 0;
    let hit = inBracket(node.items, character);
    if (!hit && this.#ignoreCase) hit = inBracket(node.items, character.toLowerCase()) || inBracket(node.items, character.toUpperCase());
    return hit !== node.negated ? width : 0;
  }

  /** The usual two-finger walk: on failure go back to the last star. */
  #matchSimple(text: string): boolean {
    const nodes = this.#nodes;
    let at = 0;
    let index = 0;
    let starIndex = -1;
    let starAt = 0;
    while (at < text.length) {
      if (++this.#steps > STEP_LIMIT) return false;
      const node = nodes[index];
      if (node?.kind === "star") {
        starIndex = index++;
        starAt = at;
        continue;
      }
      const width = node ? this.#one(node, text, at) : 0;
      if (width > 0) {
        at += width;
        index++;
        continue;
      }
      if (starIndex < 0) return false;
      index = starIndex + 1;
      const unit = text.charCodeAt(starAt);
      starAt += unit >= 0xd800 && unit < 0xdc00 ? 2 : 1;
      at = starAt;
    }
    while (nodes[index]?.kind === "star") index++;
    return index === nodes.length;
  }

  /** All positions where a match from one of `starts` can end, ascending. */
  #ends(nodes: readonly Node[], text: string, starts: readonly number[]): readonly number[] {
    let current = starts;
    for (let index = 0; index < nodes.length; index++) {
      const node = nodes[index];
      const next = nodes[index + 1];
      if (current.length === 0 || node === undefined) return current;
      if (this.#steps > STEP_LIMIT) return [];
      if (node.kind === "star" && next?.kind === "char" && !this.#ignoreCase) {
        current = this.#behindEach(next.text, text, current);
        index++;
      } else current = this.#after(node, text, current);
    }
    return current;
  }

  /** A star and a character: wherever that stands. */
  #behindEach(character: string, text: string, starts: readonly number[]): readonly number[] {
    const from = starts[0] ?? 0;
    const all: number[] = [];
    for (let at = text.indexOf(character, from); at >= 0; at = text.indexOf(character, at + 1)) all.push(at + character.length);
    this.#steps += starts.length + all.length + ((text.length - from) >> 3);
    return all;
  }

  #after(node: Node, text: string, starts: readonly number[]): readonly number[] {
    this.#steps += starts.length;
    switch (node.kind) {
      case "star": {
        const from = starts[0] ?? 0;
        const all: number[] = [];
        for (let at = from; at <= text.length; at++) if (!insidePair(text, at)) all.push(at);
        this.#steps += all.length;
        return all;
      }
      case "group": {
        switch (node.operator) {
          case "@":
            return this.#alternatives(node.alternatives, text, starts);
          case "?":
            return union(starts, this.#alternatives(node.alternatives, text, starts));
          case "*":
          case "+": {
            const reached = new Set<number>(node.operator === "*" ? starts : []);
            let fresh: readonly number[] = starts;
            while (fresh.length > 0) {
              if (this.#steps > STEP_LIMIT) return [];
              fresh = this.#alternatives(node.alternatives, text, fresh).filter((position) => !reached.has(position));
              for (const position of fresh) reached.add(position);
            }
            return [...reached].sort((a, b) => a - b);
          }
          default: {
            const out = new Set<number>();
            for (const start of starts) {
              const excluded = new Set(this.#alternatives(node.alternatives, text, [start]));
              this.#steps += text.length - start + 1;
              if (this.#steps > STEP_LIMIT) return [];
              for (let at = start; at <= text.length; at++) if (!excluded.has(at) && !insidePair(text, at)) out.add(at);
            }
            return [...out].sort((a, b) => a - b);
          }
        }
      }
      default: {
        const out: number[] = [];
        for (const start of starts) {
          const width = this.#one(node, text, start);
          if (width > 0) out.push(start + width);
        }
        return out;
      }
    }
  }

  #alternatives(alternatives: readonly (readonly Node[])[], text: string, starts: readonly number[]): readonly number[] {
    let out: readonly number[] = [];
    for (const alternative of alternatives) out = union(out, this.#ends(alternative, text, starts));
    return out;
  }
}

function insidePair(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  if (!(unit >= 0xdc00 && unit <= 0xdfff) || at === 0) return false;
  const before = text.charCodeAt(at - 1);
  return before >= 0xd800 && before < 0xdc00;
}

function union(a: readonly number[], b: readonly number[]): readonly number[] {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  return [...new Set([...a, ...b])].sort((x, y) => x - y);
}

function inBracket(items: readonly BracketItem[], character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  for (const item of items) {
    if (item.kind === "range" ? code >= item.from && code <= item.to : inCharacterClass(item.name, character)) return true;
  }
  return false;
}

class PatternReader {
  readonly #source: string;
  readonly #extglob: boolean;
  #at = 0;

  constructor(source: string, extglob: boolean) {
    this.#source = source;
    this.#extglob = extglob;
  }

  /** Up to the end or one of `stops`, which is left unread. */
  sequence(stops: string): Node[] {
    const source = this.#source;
    const nodes: Node[] = [];
    while (this.#at < source.length) {
      const c = source.charAt(this.#at);
      if (stops !== "" && stops.includes(c)) break;
      if (this.#extglob && "?*+@!".includes(c) && source.charAt(this.#at + 1) === "(") {
        const group = this.#group(c);
        if (group) {
          nodes.push(group);
          continue;
        }
      }
      if (c === "*") {
        this.#at++;
        if (nodes[nodes.length - 1]?.kind !== "star") nodes.push({ kind: "star" });
      } else if (c === "?") {
        this.#at++;
        nodes.push({ kind: "any" });
      } else if (c === "[") {
        const bracket = this.#bracket();
        if (bracket) nodes.push(bracket);
        else {
          nodes.push({ kind: "char", text: "[" });
          this.#at++;
        }
      } else if (c === "\\" && this.#at + 1 < source.length) {
        this.#at++;
        nodes.push({ kind: "char", text: this.#character() });
      } else nodes.push({ kind: "char", text: this.#character() });
    }
    return nodes;
  }

  #character(): string {
    const code = this.#source.codePointAt(this.#at) ?? 0;
    const text = String.fromCodePoint(code);
    this.#at += text.length;
    return text;
  }

  #group(operator: string): Node | undefined {
    const start = this.#at;
    this.#at += 2;
    const alternatives: (readonly Node[])[] = [];
    for (;;) {
      alternatives.push(this.sequence("|)"));
      const c = this.#source.charAt(this.#at);
      if (c === "") {
        this.#at = start;
        return undefined;
      }
      this.#at++;
      if (c === ")") break;
    }
    const op = operator === "?" || operator === "*" || operator === "+" || operator === "!" ? operator : "@";
    return { kind: "group", operator: op, alternatives };
  }

  #bracket(): Node | undefined {
    const source = this.#source;
    const start = this.#at;
    let at = start + 1;
    const negated = source.charAt(at) === "!" || source.charAt(at) === "^";
    if (negated) at++;
    const items: BracketItem[] = [];
    let first = true;
    for (;;) {
      const c = source.charAt(at);
      if (c === "") return undefined;
      if (c === "]" && !first) {
        this.#at = at + 1;
        return { kind: "bracket", negated, items };
      }
      first = false;
      if (c === "[" && source.charAt(at + 1) === ":") {
        // A quoted colon still ends the name.
        const close = /^\[:([a-z]+)\\?:\]/.exec(source.slice(at, at + 20));
        if (close) {
          items.push({ kind: "class", name: close[1] ?? "" });
          at += close[0].length;
          continue;
        }
      }
      const from = bracketCharacter(source, at);
      if (!from) return undefined;
      at = from.next;
      if (source.charAt(at) === "-" && source.charAt(at + 1) !== "]" && source.charAt(at + 1) !== "") {
        const to = bracketCharacter(source, at + 1);
        if (!to) return undefined;
        items.push({ kind: "range", from: from.code, to: to.code });
        at = to.next;
      } else items.push({ kind: "range", from: from.code, to: from.code });
    }
  }
}

function bracketCharacter(source: string, at: number): { code: number; next: number } | undefined {
  let c = source.charAt(at);
  if (c === "[" && (source.charAt(at + 1) === "." || source.charAt(at + 1) === "=")) {
    const end = source.indexOf(`${source.charAt(at + 1)}]`, at + 2);
    if (end > 0) return { code: source.codePointAt(at + 2) ?? 0, next: end + 2 };
  }
  if (c === "\\" && at + 1 < source.length) c = source.charAt(++at);
  const code = source.codePointAt(at);
  if (code === undefined) return undefined;
  return { code, next: at + (code > 0xffff ? 2 : 1) };
}

const cache = new Map<string, Pattern>();

/** Compiled patterns are kept: loops use the same few again and again. */
export function compilePattern(source: string, options: PatternOptions): Pattern {
  const key = `${options.extglob ? "x" : "-"}${options.ignoreCase ? "i" : "-"}${source}`;
  let pattern = cache.get(key);
  if (!pattern) {
    pattern = new Pattern(source, options);
    if (cache.size > 500) cache.clear();
    cache.set(key, pattern);
  }
  return pattern;
}

/** As `matches` of the compiled pattern, by bytes where the locale wants it. */
export function matchesText(source: string, text: string, options: PatternOptions, bytes: ((text: string) => string) | undefined): boolean {
  return bytes ? compilePattern(bytes(source), options).matches(bytes(text)) : compilePattern(source, options).matches(text);
}

/** Makes every character of a quoted text stand for itself in a pattern. */
export function escapePattern(text: string): string {
  return /[\\*?[\]!+@()|^\-:]/.test(text) ? text.replace(/[\\*?[\]!+@()|^\-:]/g, "\\$&") : text;
}
