// Thompson's construction: the tree as a graph of nodes that either test one code point, branch, assert, or accept. Counted repeats are
// unrolled. `reverse` builds the graph that reads the text from right to left.

import type { AssertionName, Node } from "./ast.ts";
import type { CharSet } from "./char-set.ts";
import { REGERROR, RegexSyntaxError } from "./regex-syntax-error.ts";

export const NfaKind = { CHARACTER: 0, SPLIT: 1, ASSERT: 2, MATCH: 3, JUMP: 4 } as const;

export interface Nfa {
  readonly start: number;
  readonly kinds: readonly number[];
  /** CHARACTER: index into `sets`; ASSERT: index into `assertions` */
  readonly operands: readonly number[];
  readonly next: readonly number[];
  /** SPLIT: the other way */
  readonly other: readonly number[];
  readonly sets: readonly CharSet[];
  readonly assertions: readonly AssertionName[];
}

const NFA_LIMIT = 120_000;

export function buildNfa(root: Node, reverse: boolean): Nfa {
  const kinds: number[] = [];
  const operands: number[] = [];
  const next: number[] = [];
  const other: number[] = [];
  const sets: CharSet[] = [];
  const setIds = new Map<string, number>();
  const assertions: AssertionName[] = [];

  const add = (kind: number, operand: number, to: number, otherTo = -1): number => {
    if (kinds.length >= NFA_LIMIT) throw new RegexSyntaxError(REGERROR.ESIZE);
    kinds.push(kind);
    operands.push(operand);
    next.push(to);
    other.push(otherTo);
    return kinds.length - 1;
  };
  const setId = (set: CharSet): number => {
    const key = set.join();
    let id = setIds.get(key);
    if (id === undefined) {
      id = sets.push(set) - 1;
      setIds.set(key, id);
    }
    return id;
  };

  /** Builds the node so that it goes on to `to`; returns its entry. */
  const build = (node: Node, to: number): number => {
    switch (node.kind) {
      case "empty":
      case "keep":
        return to;
      case "set":
        return add(NfaKind.CHARACTER, setId(node.set), to);
      case "assert":
        return add(NfaKind.ASSERT, assertions.push(node.name) - 1, to);
      case "group":
      case "atomic":
        return build(node.body, to);
      case "concat": {
        const items = reverse ? node.items : node.items.toReversed();
        let entry = to;
        for (const item of items) entry = build(item, entry);
        return entry;
      }
      case "alternate": {
        let entry = -1;
        for (const branch of node.branches.toReversed()) {
          const start = build(branch, to);
          entry = entry < 0 ? start : add(NfaKind.SPLIT, 0, start, entry);
        }
        return entry;
      }
      case "repeat": {
        let entry = to;
        if (node.max === Number.POSITIVE_INFINITY) {
          const loop = add(NfaKind.SPLIT, 0, -1, to);
          next[loop] = build(node.body, loop);
          entry = loop;
        } else {
          for (let i = node.min; i < node.max; i++) entry = add(NfaKind.SPLIT, 0, build(node.body, entry), to);
        }
        for (let i = 0; i < node.min; i++) entry = build(node.body, entry);
        return entry;
      }
      case "backref":
      case "look":
        throw new Error("a node that no automaton can hold");
    }
  };
  const match = add(NfaKind.MATCH, 0, -1);
  const start = build(root, match);
  return { start, kinds, operands, next, other, sets, assertions };
}
