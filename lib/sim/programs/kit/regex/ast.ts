// The tree that the parsers of all syntaxes make and that the matchers are built from.

import type { CharSet } from "./char-set.ts";

/** Zero-width tests on the characters at both sides of a position. */
export type AssertionName =
  | "line-start" | "line-end" | "text-start" | "text-end"
  /** PCRE's \Z and $: at the end or before a final newline */
  | "text-end-or-newline"
  | "word-boundary" | "no-word-boundary" | "word-start" | "word-end"
  /** grep -w: no word character before, none after */
  | "no-word-before" | "no-word-after";

export type Node =
  | { readonly kind: "empty" }
  | { readonly kind: "set"; readonly set: CharSet }
  | { readonly kind: "concat"; readonly items: readonly Node[] }
  | { readonly kind: "alternate"; readonly branches: readonly Node[] }
  | { readonly kind: "group"; readonly index: number; readonly body: Node }
  | { readonly kind: "repeat"; readonly body: Node; readonly min: number; readonly max: number; readonly mode: "greedy" | "lazy" | "possessive" }
  | { readonly kind: "assert"; readonly name: AssertionName }
  | { readonly kind: "backref"; readonly index: number; readonly ignoreCase: boolean }
  | { readonly kind: "look"; readonly behind: boolean; readonly negative: boolean; readonly body: Node }
  | { readonly kind: "atomic"; readonly body: Node }
  | { readonly kind: "keep" };

export interface Parsed {
  readonly root: Node;
  readonly groupCount: number;
  readonly groupNames: ReadonlyMap<string, number>;
  /** What a plain automaton cannot do is in there: back-references, look-around, lazy or possessive repeats. */
  readonly needsBacktracking: boolean;
}

export const EMPTY: Node = { kind: "empty" };

export function concat(items: readonly Node[]): Node {
  const [first] = items;
  if (!first) return EMPTY;
  return items.length === 1 ? first : { kind: "concat", items };
}

export function alternate(branches: readonly Node[]): Node {
  const [first] = branches;
  if (!first) return EMPTY;
  return branches.length === 1 ? first : { kind: "alternate", branches };
}

export function hasGroups(node: Node): boolean {
  switch (node.kind) {
    case "group":
      return true;
    case "concat":
      return node.items.some(hasGroups);
    case "alternate":
      return node.branches.some(hasGroups);
    case "repeat":
    case "atomic":
    case "look":
      return hasGroups(node.body);
    default:
      return false;
  }
}

/** The width in code points of every match of the node, or undefined when it varies. */
export function fixedWidth(node: Node): number | undefined {
  switch (node.kind) {
    case "set":
      return 1;
    case "empty":
    case "assert":
    case "look":
    case "keep":
      return 0;
    case "backref":
      return undefined;
    case "group":
    case "atomic":
      return fixedWidth(node.body);
    case "concat": {
      let total = 0;
      for (const item of node.items) {
        const width = fixedWidth(item);
        if (width === undefined) return undefined;
        total += width;
      }
      return total;
    }
    case "alternate": {
      const widths = node.branches.map(fixedWidth);
      return widths.every((width) => width !== undefined && width === widths[0]) ? widths[0] : undefined;
    }
    case "repeat": {
      const width = fixedWidth(node.body);
      return width !== undefined && (node.min === node.max || width === 0) ? width * node.min : undefined;
    }
  }
}

/** The text that the node matches and nothing else, if it is such a node. */
export function literalText(node: Node): string | undefined {
  switch (node.kind) {
    case "empty":
      return "";
    case "set":
      return node.set.length === 2 && node.set[0] === node.set[1] ? String.fromCodePoint(node.set[0] ?? 0) : undefined;
    case "concat": {
      let text = "";
      for (const item of node.items) {
        const part = literalText(item);
        if (part === undefined) return undefined;
        text += part;
      }
      return text;
    }
    default:
      return undefined;
  }
}

/** The longest text that every match must contain; "" when none is known. */
export function requiredLiteral(node: Node): string {
  let best = "";
  let run = "";
  const endRun = () => {
    if (run.length > best.length) best = run;
    run = "";
  };
  const walk = (at: Node): void => {
    switch (at.kind) {
      case "set": {
        const text = literalText(at);
        if (text === undefined) endRun();
        else run += text;
        return;
      }
      case "concat":
        at.items.forEach(walk);
        return;
      case "group":
      case "atomic":
        walk(at.body);
        return;
      case "repeat":
        if (at.min > 0) walk(at.body);
        endRun();
        return;
      case "assert":
      case "empty":
        return;
      default:
        endRun();
    }
  };
  walk(node);
  endRun();
  return best;
}
