// m//, s///, tr///, qr// (perlop(1), "Regexp Quote-Like Operators").

import type { Node } from "../syntax/tree.ts";
import { SyntaxProblem } from "../syntax/scanner.ts";
import { text } from "../values/convert.ts";
import { NO, PerlError, PerlRegex, Referent, type Run, type Scalar, type Value } from "../values/value.ts";
import { isOverloaded, stringOf } from "../vm/overload.ts";
import type { NameOf, Vm } from "../vm/vm.ts";
import { group, type MatchState, patternOf, type PerlPattern } from "../regex/pattern.ts";
import { type Compiler, type Context, type Label, S, V } from "./compiler.ts";
import { compile } from "./expressions.ts";
import { compileLvalue, nameOf, positions, wantsList } from "./variables.ts";
import { warnUninitialized } from "./warn.ts";

type GetPattern = (vm: Vm) => PerlPattern;

/** Emits what makes the pattern's value, if that needs code; the result takes the pattern (off the stack). */
function compilePattern(c: Compiler, node: Node, flags: string, emptyIsLast = true): GetPattern {
  const compileFlags = flags + (c.pragmas.features.has("unicode_strings") || c.pragmas.utf8 ? "u" : "");
  if (node.k === "str") {
    let made: PerlPattern;
    try {
      made = patternOf(node.value, compileFlags);
    } catch (error) {
      if (error instanceof PerlError) throw new SyntaxProblem(`${error.message} at ${c.place.file} line ${node.line}.\n`, true);
      throw error;
    }
    const fixed = made;
    if (node.value === "" && emptyIsLast) return (vm) => vm.lastPattern ?? fixed;
    return () => fixed;
  }
  const names = node.k === "interp" ? node.parts.map((part) => nameOf(c, part)) : [nameOf(c, node)];
  const parts = node.k === "interp" ? node.parts : [node];
  for (const part of parts) compile(c, part, S);
  const count = parts.length;
  // overloaded objects become texts before
  c.emit((vm) => {
    const base = vm.stack.length - count;
    for (let i = 0; i < count; i++) {
      const value = vm.stack[base + i];
      if (value instanceof Referent && !(value instanceof PerlRegex) && isOverloaded(vm, value)) return textsInPlace(vm, base, count);
    }
    return undefined;
  });
  let lastSource: string | undefined;
  let last: PerlPattern | undefined;
  return (vm) => {
    const base = vm.stack.length - count;
    const only = vm.stack[base];
    if (count === 1 && only instanceof PerlRegex && flags.replace(/[gceorpd]/g, "") === "") {
      vm.stack.length = base;
      return only.pattern;
    }
    let source = "";
    for (let i = 0; i < count; i++) {
      const value = vm.stack[base + i];
      if (value === undefined) warnUninitialized(vm, names[i], "regexp compilation");
      source += text(value);
    }
    vm.stack.length = base;
    if (source === lastSource && last) return last;
    last = patternOf(source, compileFlags);
    lastSource = source;
    vm.spend(source.length * 4);
    return last;
  };
}

function* textsInPlace(vm: Vm, base: number, count: number): Run<void> {
  for (let i = base; i < base + count; i++) {
    const made = stringOf(vm, vm.stack[i]);
    vm.stack[i] = typeof made === "string" ? made : yield* made;
  }
}

export function compileQr(c: Compiler, node: Extract<Node, { k: "qr" }>): void {
  const get = compilePattern(c, node.pattern, node.flags, false);
  c.emit((vm) => {
    vm.push(new PerlRegex(get(vm)));
  });
}

const TOPIC: Node = { k: "var", sigil: "$", name: "_", line: 0 };

export function compileMatch(c: Compiler, node: Extract<Node, { k: "match" }>, context: Context): void {
  const target = node.target ?? TOPIC;
  const { flags, negate } = node;
  const global = flags.includes("g");
  if (global) compileLvalue(c, target);
  else compile(c, target, S);
  const name = nameOf(c, target);
  const get = compilePattern(c, node.pattern, flags);
  const keeps = flags.includes("c");
  c.emit((vm) => {
    const pattern = get(vm);
    const held = vm.pop();
    const value = global ? (held as Scalar).v : held;
    if (typeof value === "string") return match(vm, pattern, value, held, context, { global, keeps, negate });
    if (value === undefined) warnUninitialized(vm, name, "pattern match (m//)");
    const subject = stringOf(vm, value);
    if (typeof subject === "string") return match(vm, pattern, subject, held, context, { global, keeps, negate });
    return (function* (): Run<void> {
      match(vm, pattern, yield* subject, held, context, { global, keeps, negate });
    })();
  });
  if (context === V) c.emit((vm) => void (vm.stack.length = vm.marks.pop() ?? vm.stack.length));
}

interface MatchOptions {
  readonly global: boolean;
  readonly keeps: boolean;
  readonly negate: boolean;
}

/** Positions at which the last match was empty: the next one must not be. */
const emptyAt = new WeakMap<Scalar, number>();

function match(vm: Vm, pattern: PerlPattern, subject: string, held: Value, context: Context, { global, keeps, negate }: MatchOptions): void {
  if (context === V) vm.marks.push(vm.stack.length);
  const list = wantsList(vm, context) && !negate;
  if (!global) {
    const offsets = pattern.exec(subject, 0);
    spendWork(vm, pattern);
    if (offsets) remember(vm, { text: subject, offsets, pattern });
    if (!list) vm.push((offsets !== undefined) !== negate ? 1 : NO);
    else if (offsets) pushGroups(vm, true);
    return;
  }
  const scalar = held as Scalar;
  if (list) {
    let from = positions.get(scalar) ?? 0;
    let last: MatchState | undefined;
    const before = vm.stack.length;
    for (;;) {
      const offsets = nextMatch(pattern, subject, from, last && last.offsets[1] === last.offsets[0] ? last.offsets[1] ?? -1 : -1);
      if (!offsets) break;
      last = { text: subject, offsets, pattern };
      vm.match = last;
      from = offsets[1] ?? 0;
      pushGroups(vm, false);
      if (vm.stack.length - before > 1 << 24) throw new PerlError("Out of memory!\n", true);
    }
    spendWork(vm, pattern);
    if (last) remember(vm, last);
    if (keeps && last) positions.set(scalar, from);
    else if (!keeps) positions.delete(scalar);
    return;
  }
  const from = positions.get(scalar) ?? 0;
  const offsets = from > subject.length ? undefined : nextMatch(pattern, subject, from, positions.has(scalar) ? emptyAt.get(scalar) ?? -1 : -1);
  spendWork(vm, pattern);
  if (offsets) {
    const end = offsets[1] ?? 0;
    positions.set(scalar, end);
    if (end === offsets[0]) emptyAt.set(scalar, end);
    else emptyAt.delete(scalar);
    remember(vm, { text: subject, offsets, pattern });
  } else if (!keeps) {
    positions.delete(scalar);
    emptyAt.delete(scalar);
  }
  vm.push((offsets !== undefined) !== negate ? 1 : NO);
}

/** A match that is not empty at `notEmptyAt`. */
export function nextMatch(pattern: PerlPattern, subject: string, from: number, notEmptyAt: number): ArrayLike<number> | undefined {
  const offsets = pattern.exec(subject, from);
  if (!offsets || offsets[1] !== offsets[0] || offsets[0] !== notEmptyAt) return offsets;
  if (pattern.atPosition) return undefined;
  return from + 1 > subject.length ? undefined : pattern.exec(subject, from + 1);
}

function spendWork(vm: Vm, pattern: PerlPattern): void {
  vm.spend(pattern.work);
  pattern.work = 0;
}

export function remember(vm: Vm, state: MatchState): void {
  vm.match = state;
  vm.lastPattern = state.pattern;
}

function pushGroups(vm: Vm, single: boolean): void {
  const { match: state } = vm;
  if (!state) return;
  const count = state.pattern.groupCount;
  if (count === 0) vm.push(single ? 1 : group(state, 0));
  for (let i = 1; i <= count; i++) vm.push(group(state, i));
}

/** s///: what it has made so far. */
class Substitution extends Referent {
  readonly scalar: Scalar;
  readonly subject: string;
  readonly pattern: PerlPattern;
  out: string[] = [];
  from = 0;
  at = 0;
  count = 0;
  emptyAt = -1;
  constructor(scalar: Scalar, subject: string, pattern: PerlPattern) {
    super();
    this.scalar = scalar;
    this.subject = subject;
    this.pattern = pattern;
  }
}

export function compileSubst(c: Compiler, node: Extract<Node, { k: "subst" }>): void {
  const target = node.target ?? TOPIC;
  const { flags, replacement } = node;
  const global = flags.includes("g");
  const returns = flags.includes("r");
  compileLvalue(c, target);
  const name = nameOf(c, target);
  const get = compilePattern(c, node.pattern, flags);
  const slot = c.slot();
  const next: Label = { to: 0 };
  const end: Label = { to: 0 };
  c.emit((vm) => {
    const pattern = get(vm);
    const scalar = vm.pop() as Scalar;
    const value = scalar.v;
    if (value === undefined) warnUninitialized(vm, name, "substitution (s///)");
    const subject = stringOf(vm, value);
    if (typeof subject === "string") {
      vm.pad[slot] = new Substitution(scalar, subject, pattern);
      return undefined;
    }
    return (function* (): Run<void> {
      vm.pad[slot] = new Substitution(scalar, yield* subject, pattern);
    })();
  });
  c.here(next);
  c.emit((vm) => {
    const state = vm.pad[slot] as Substitution;
    const offsets = state.at > state.subject.length ? undefined : nextMatch(state.pattern, state.subject, state.at, state.emptyAt);
    spendWork(vm, state.pattern);
    if (!offsets) {
      vm.pc = end.to;
      return;
    }
    remember(vm, { text: state.subject, offsets, pattern: state.pattern });
    const [start = 0, stop = 0] = [offsets[0], offsets[1]];
    state.out.push(state.subject.slice(state.from, start));
    state.from = stop;
    state.at = stop;
    state.emptyAt = start === stop ? stop : -1;
    state.count++;
  });
  compile(c, replacement, S);
  const replacementName = nameOf(c, replacement);
  c.emit((vm) => {
    const value = vm.pop();
    const state = vm.pad[slot] as Substitution;
    if (value === undefined) warnUninitialized(vm, replacementName, "substitution iterator");
    const made = stringOf(vm, value);
    if (global) vm.pc = next.to;
    if (typeof made === "string") {
      state.out.push(made);
      return undefined;
    }
    return (function* (): Run<void> {
      state.out.push(yield* made);
    })();
  });
  c.here(end);
  c.emit((vm) => {
    const state = vm.pad[slot] as Substitution;
    vm.pad[slot] = undefined;
    if (state.count === 0) {
      vm.push(returns ? state.subject : NO);
      return;
    }
    state.out.push(state.subject.slice(state.from));
    const made = state.out.join("");
    vm.spend(made.length >> 6);
    vm.made += made.length >> 5;
    if (made.length > 1 << 28) throw new PerlError("Out of memory in perl:util:safesysrealloc");
    if (returns) vm.push(made);
    else {
      state.scalar.v = made;
      positions.delete(state.scalar);
      vm.push(state.count);
    }
  });
}

export function compileTrans(c: Compiler, node: Extract<Node, { k: "trans" }>): void {
  const target = node.target ?? TOPIC;
  const { flags } = node;
  const change = transliteration(node.from, node.to, flags);
  const returns = flags.includes("r");
  const counts = node.to === "" && !flags.includes("d") && !flags.includes("s");
  if (counts || returns) compile(c, target, S);
  else compileLvalue(c, target);
  const name: NameOf | undefined = nameOf(c, target);
  c.emit((vm) => {
    const held = vm.pop();
    const value = counts || returns ? held : (held as Scalar).v;
    if (value === undefined) warnUninitialized(vm, name, "transliteration (tr///)");
    const before = text(value);
    vm.spend(before.length >> 3);
    const [after, count] = change(before);
    if (returns) vm.push(after);
    else {
      if (!counts && after !== before) (held as Scalar).v = after;
      vm.push(count);
    }
  });
}

function transliteration(from: string, to: string, flags: string): (text: string) => [string, number] {
  const complements = flags.includes("c");
  const deletes = flags.includes("d");
  const squeezes = flags.includes("s");
  const table = new Map<string, string | undefined>();
  const targets = to === "" && !deletes ? (complements ? "" : from) : to;
  if (!complements) {
    for (let i = 0; i < from.length; i++) {
      const c = from.charAt(i);
      if (table.has(c)) continue;
      table.set(c, i < targets.length ? targets.charAt(i) : deletes ? undefined : targets.charAt(targets.length - 1));
    }
  }
  const known = new Set(from);
  return (input) => {
    let out = "";
    let count = 0;
    let last: string | undefined;
    for (let i = 0; i < input.length; i++) {
      const c = input.charAt(i);
      const hit = complements ? !known.has(c) : table.has(c);
      if (!hit) {
        out += c;
        last = undefined;
        continue;
      }
      count++;
      const made = complements ? (to === "" ? (deletes ? undefined : c) : deletes ? undefined : to.charAt(to.length - 1)) : table.get(c);
      if (made === undefined) continue;
      if (squeezes && made === last) continue;
      out += made;
      last = made;
    }
    return [out, count];
  };
}
