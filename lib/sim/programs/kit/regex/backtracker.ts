// A backtracking matcher with its own stack and a step limit. It serves three ends: the groups of a match whose bounds the automaton has
// found already (then every (instruction, position) is tried once, so it is linear), back-references, and the Perl syntax of grep -P.
// (More than 400 lines: one machine, a case for each kind of node.)

import { type AssertionName, fixedWidth, type Node } from "./ast.ts";
import { type CharSet, foldCase, has, single, wordSet } from "./char-set.ts";
import { REGERROR, RegexLimitError, RegexSyntaxError } from "./regex-syntax-error.ts";

type Instruction =
  | { readonly op: "set"; readonly set: CharSet; readonly ascii: Uint8Array }
  | { op: "split"; first: number; second: number }
  | { op: "jump"; to: number }
  | { readonly op: "save"; readonly slot: number }
  | { readonly op: "assert"; readonly name: AssertionName }
  | { readonly op: "backref"; readonly index: number; readonly ignoreCase: boolean }
  /** remember the position, and fail when nothing was consumed since */
  | { readonly op: "mark"; readonly register: number }
  | { readonly op: "progress"; readonly register: number }
  /** a repeat of one character's set */
  | { readonly op: "run"; readonly set: CharSet; readonly ascii: Uint8Array; readonly min: number; readonly max: number; readonly mode: "greedy" | "lazy" | "possessive" }
  | { op: "look"; readonly behind: readonly number[]; readonly negative: boolean; end: number }
  | { op: "atomic"; end: number }
  | { readonly op: "keep" }
  | { readonly op: "match" };

const INSTRUCTION_LIMIT = 120_000;
const BITMAP_LIMIT_BITS = 1 << 25;
const BACKTRACK_STEP_LIMIT = 3_000_000;

const asciiTables = new WeakMap<CharSet, Uint8Array>();

function asciiTable(set: CharSet): Uint8Array {
  let table = asciiTables.get(set);
  if (!table) {
    table = new Uint8Array(128);
    for (let c = 0; c < 128; c++) table[c] = has(set, c) ? 1 : 0;
    asciiTables.set(set, table);
  }
  return table;
}

export class Backtracker {
  readonly #program: Instruction[] = [];
  readonly #slots: number;
  #registers = 0;
  work = 0;
  #words: CharSet | undefined;

  /** `words`: what \b takes as word characters, where that is not the locale's. */
  constructor(root: Node, groupCount: number, words?: CharSet) {
    this.#words = words;
    this.#slots = 2 * (groupCount + 1);
    this.#emit(root);
    this.#add({ op: "match" });
  }

  #add(instruction: Instruction): number {
    if (this.#program.length >= INSTRUCTION_LIMIT) throw new RegexSyntaxError(REGERROR.ESIZE);
    return this.#program.push(instruction) - 1;
  }

  #here(): number {
    return this.#program.length;
  }

  #emit(node: Node): void {
    switch (node.kind) {
      case "empty":
        return;
      case "set":
        this.#add({ op: "set", set: node.set, ascii: asciiTable(node.set) });
        return;
      case "assert":
        this.#add({ op: "assert", name: node.name });
        return;
      case "backref":
        this.#add({ op: "backref", index: node.index, ignoreCase: node.ignoreCase });
        return;
      case "keep":
        this.#add({ op: "keep" });
        return;
      case "concat":
        for (const item of node.items) this.#emit(item);
        return;
      case "group":
        this.#add({ op: "save", slot: node.index * 2 });
        this.#emit(node.body);
        this.#add({ op: "save", slot: node.index * 2 + 1 });
        return;
      case "alternate": {
        const jumps: { op: "jump"; to: number }[] = [];
        node.branches.forEach((branch, i) => {
          if (i === node.branches.length - 1) {
            this.#emit(branch);
            return;
          }
          const split = { op: "split" as const, first: 0, second: 0 };
          this.#add(split);
          split.first = this.#here();
          this.#emit(branch);
          const jump = { op: "jump" as const, to: 0 };
          this.#add(jump);
          jumps.push(jump);
          split.second = this.#here();
        });
        for (const jump of jumps) jump.to = this.#here();
        return;
      }
      case "look": {
        const widths = node.behind ? lookBehindWidths(node.body) : [];
        const look: Instruction = { op: "look", behind: widths, negative: node.negative, end: 0 };
        this.#add(look);
        this.#emit(node.body);
        this.#add({ op: "match" });
        look.end = this.#here();
        return;
      }
      case "atomic": {
        const atomic: Instruction = { op: "atomic", end: 0 };
        this.#add(atomic);
        this.#emit(node.body);
        this.#add({ op: "match" });
        atomic.end = this.#here();
        return;
      }
      case "repeat":
        this.#emitRepeat(node);
        return;
    }
  }

  #emitRepeat(node: Extract<Node, { kind: "repeat" }>): void {
    if (node.body.kind === "set") {
      this.#add({ op: "run", set: node.body.set, ascii: asciiTable(node.body.set), min: node.min, max: node.max, mode: node.mode });
      return;
    }
    if (node.mode === "possessive") {
      this.#emit({ kind: "atomic", body: { ...node, mode: "greedy" } });
      return;
    }
    for (let i = 0; i < node.min; i++) this.#emit(node.body);
    const order = (split: { op: "split"; first: number; second: number }, body: number, exit: number) => {
      [split.first, split.second] = node.mode === "lazy" ? [exit, body] : [body, exit];
    };
    if (node.max === Number.POSITIVE_INFINITY) {
      const register = this.#registers++;
      const split = { op: "split" as const, first: 0, second: 0 };
      const loop = this.#add(split);
      const body = this.#add({ op: "mark", register });
      this.#emit(node.body);
      this.#add({ op: "progress", register });
      this.#add({ op: "jump", to: loop });
      order(split, body, this.#here());
      return;
    }
    const splits: { split: { op: "split"; first: number; second: number }; body: number }[] = [];
    for (let i = node.min; i < node.max; i++) {
      const register = this.#registers++;
      const split = { op: "split" as const, first: 0, second: 0 };
      this.#add(split);
      splits.push({ split, body: this.#add({ op: "mark", register }) });
      this.#emit(node.body);
      this.#add({ op: "progress", register });
    }
    for (const { split, body } of splits) order(split, body, this.#here());
  }

  /** The first match in Perl's order that begins at `from` and ends at `requiredEnd`; each (instruction, position) once. */
  groupsWithin(text: string, from: number, requiredEnd: number, end: number, notLineStart: boolean): Int32Array | undefined {
    const bits = this.#program.length * (requiredEnd - from + 1);
    const run = new Run(this.#program, this.#slots, this.#registers, text, end, notLineStart, this.#wordSet());
    run.requiredEnd = requiredEnd;
    if (bits <= BITMAP_LIMIT_BITS) run.visitOnce(from, requiredEnd);
    try {
      const found = run.match(0, from);
      this.work += run.steps;
      if (found) return found;
      if (bits > BITMAP_LIMIT_BITS) return undefined;
      const again = new Run(this.#program, this.#slots, this.#registers, text, end, notLineStart, this.#wordSet());
      again.requiredEnd = requiredEnd;
      return again.match(0, from);
    } catch (error) {
      if (error instanceof RegexLimitError) return undefined;
      throw error;
    }
  }

  /** The leftmost match at or after `from`: the first in Perl's order or, with `longest`, the longest. Throws RegexLimitError. */
  search(text: string, from: number, end: number, notLineStart: boolean, longest: boolean): Int32Array | undefined {
    const run = new Run(this.#program, this.#slots, this.#registers, text, end, notLineStart, this.#wordSet());
    run.longest = longest;
    const first = this.#program[0];
    const filter = first?.op === "set" || (first?.op === "run" && first.min > 0) ? first : undefined;
    try {
      for (let start = from; start <= end; start++) {
        const c = text.charCodeAt(start);
        if (filter && (start === end || (c < 128 && !filter.ascii[c]))) continue;
        const groups = run.match(0, start);
        if (groups) return groups;
        if (c >= 0xd800 && (text.codePointAt(start) ?? 0) > 0xffff) start++;
      }
      return undefined;
    } finally {
      this.work += run.steps;
    }
  }

  #wordSet(): CharSet {
    this.#words ??= wordSet();
    return this.#words;
  }
}

function lookBehindWidths(body: Node): number[] {
  const branches = body.kind === "alternate" ? body.branches : [body];
  return branches.map((branch) => {
    const width = fixedWidth(branch);
    if (width === undefined) throw new RegexSyntaxError("lookbehind assertion is not fixed length");
    return width;
  });
}

/** Kinds of entries on the stack; each has five numbers: kind, a, b, start, count. */
const TRY = 0;
const RESTORE_SLOT = 1;
const RESTORE_REGISTER = 2;
const SHRINK = 3;
const GROW = 4;

class Run {
  readonly #program: readonly Instruction[];
  readonly #text: string;
  readonly #end: number;
  readonly #notLineStart: boolean;
  readonly #words: CharSet;
  #slots: Int32Array;
  readonly #registers: Int32Array;
  requiredEnd = -1;
  longest = false;
  readonly limit = BACKTRACK_STEP_LIMIT;
  steps = 0;
  #visited: Uint8Array | undefined;
  #visitedFrom = 0;
  #visitedWidth = 0;

  constructor(program: readonly Instruction[], slots: number, registers: number, text: string, end: number, notLineStart: boolean, words: CharSet) {
    this.#program = program;
    this.#text = text;
    this.#end = end;
    this.#notLineStart = notLineStart;
    this.#words = words;
    this.#slots = new Int32Array(slots).fill(-1);
    this.#registers = new Int32Array(registers);
  }

  visitOnce(from: number, requiredEnd: number): void {
    this.#visitedFrom = from;
    this.#visitedWidth = requiredEnd - from + 1;
    this.#visited = new Uint8Array(((this.#program.length * this.#visitedWidth) >> 3) + 1);
  }

  match(entry: number, from: number): Int32Array | undefined {
    this.#slots.fill(-1);
    this.#slots[0] = from;
    const end = this.#run(entry, from);
    if (end < 0) return undefined;
    this.#slots[1] = end;
    return this.#slots;
  }

  /** Runs from an instruction to a "match"; returns the position there or -1. Slots keep what was saved on the way. */
  #run(entry: number, from: number): number {
    const text = this.#text;
    const stack: number[] = [];
    let pc = entry;
    let at = from;
    let best = -1;
    let bestSlots: Int32Array | undefined;
    for (;;) {
      if (++this.steps > this.limit) {
        if (best < 0 || !bestSlots) throw new RegexLimitError();
        this.#slots = bestSlots;
        return best;
      }
      const instruction = this.#program[pc];
      let failed = false;
      if (this.#visited && instruction && (instruction.op === "split" || instruction.op === "run")) {
        const bit = pc * this.#visitedWidth + (at - this.#visitedFrom);
        const mask = 1 << (bit & 7);
        const byte = this.#visited[bit >> 3] ?? 0;
        if (byte & mask) failed = true;
        else this.#visited[bit >> 3] = byte | mask;
      }
      if (!failed && instruction) {
        switch (instruction.op) {
          case "set": {
            const width = at < this.#limitEnd() ? this.#step(instruction.set, instruction.ascii, at) : 0;
            if (width === 0) failed = true;
            else {
              at += width;
              pc++;
            }
            break;
          }
          case "split":
            stack.push(TRY, instruction.second, at, 0, 0);
            pc = instruction.first;
            break;
          case "jump":
            pc = instruction.to;
            break;
          case "save":
            stack.push(RESTORE_SLOT, instruction.slot, this.#slots[instruction.slot] ?? -1, 0, 0);
            this.#slots[instruction.slot] = at;
            pc++;
            break;
          case "assert":
            if (this.#holds(instruction.name, at)) pc++;
            else failed = true;
            break;
          case "mark":
            stack.push(RESTORE_REGISTER, instruction.register, this.#registers[instruction.register] ?? 0, 0, 0);
            this.#registers[instruction.register] = at;
            pc++;
            break;
          case "progress":
            if (this.#registers[instruction.register] === at) failed = true;
            else pc++;
            break;
          case "backref": {
            const width = this.#backreference(instruction.index, instruction.ignoreCase, at);
            if (width < 0) failed = true;
            else {
              at += width;
              pc++;
            }
            break;
          }
          case "run": {
            let count = 0;
            let position = at;
            const wanted = instruction.mode === "lazy" ? instruction.min : instruction.max;
            const limitEnd = this.#limitEnd();
            while (count < wanted && position < limitEnd) {
              const width = this.#step(instruction.set, instruction.ascii, position);
              if (width === 0) break;
              position += width;
              count++;
            }
            this.steps += count >> 3;
            if (count < instruction.min) failed = true;
            else {
              if (instruction.mode === "greedy" && count > instruction.min) stack.push(SHRINK, pc, position, at, count);
              else if (instruction.mode === "lazy" && count < instruction.max) stack.push(GROW, pc, position, at, count);
              at = position;
              pc++;
            }
            break;
          }
          case "look": {
            const before = this.#slots.slice();
            if (!this.#look(instruction, pc, at)) {
              failed = true;
              break;
            }
            before.forEach((value, slot) => {
              if (value !== this.#slots[slot]) stack.push(RESTORE_SLOT, slot, value, 0, 0);
            });
            pc = instruction.end;
            break;
          }
          case "atomic": {
            const before = this.#slots.slice();
            const to = this.#run(pc + 1, at);
            if (to < 0) {
              this.#slots = before;
              failed = true;
            } else {
              before.forEach((value, slot) => {
                if (value !== this.#slots[slot]) stack.push(RESTORE_SLOT, slot, value, 0, 0);
              });
              at = to;
              pc = instruction.end;
            }
            break;
          }
          case "keep":
            stack.push(RESTORE_SLOT, 0, this.#slots[0] ?? -1, 0, 0);
            this.#slots[0] = at;
            pc++;
            break;
          case "match":
            if (this.requiredEnd >= 0 && at !== this.requiredEnd) failed = true;
            else if (!this.longest || at === this.#end) return at;
            else {
              if (at > best) {
                best = at;
                bestSlots = this.#slots.slice();
              }
              failed = true;
            }
            break;
        }
      }
      if (!failed) continue;
      let resumed = false;
      while (stack.length > 0) {
        const base = stack.length - 5;
        const kind = stack[base] ?? 0;
        const a = stack[base + 1] ?? 0;
        const b = stack[base + 2] ?? 0;
        if (kind === TRY) {
          stack.length = base;
          pc = a;
          at = b;
          resumed = true;
          break;
        }
        if (kind === RESTORE_SLOT) {
          stack.length = base;
          this.#slots[a] = b;
          continue;
        }
        if (kind === RESTORE_REGISTER) {
          stack.length = base;
          this.#registers[a] = b;
          continue;
        }
        const again = this.#program[a];
        const start = stack[base + 3] ?? 0;
        const count = stack[base + 4] ?? 0;
        stack.length = base;
        if (again?.op !== "run") continue;
        if (kind === SHRINK) {
          const previous = text.charCodeAt(b - 1);
          const position = b - (previous >= 0xdc00 && previous <= 0xdfff && b - 2 >= start && (text.codePointAt(b - 2) ?? 0) > 0xffff ? 2 : 1);
          if (count - 1 > again.min) stack.push(SHRINK, a, position, start, count - 1);
          at = position;
        } else {
          const width = b < this.#limitEnd() ? this.#step(again.set, again.ascii, b) : 0;
          if (width === 0) continue;
          if (count + 1 < again.max) stack.push(GROW, a, b + width, start, count + 1);
          at = b + width;
        }
        pc = a + 1;
        resumed = true;
        break;
      }
      if (resumed) continue;
      if (best >= 0 && bestSlots) this.#slots = bestSlots;
      return best;
    }
  }

  #limitEnd(): number {
    return this.requiredEnd >= 0 ? this.requiredEnd : this.#end;
  }

  #step(set: CharSet, ascii: Uint8Array, at: number): number {
    const c = this.#text.charCodeAt(at);
    if (c < 128) return ascii[c] ? 1 : 0;
    const point = this.#text.codePointAt(at) ?? 0;
    return has(set, point) ? (point > 0xffff ? 2 : 1) : 0;
  }

  #look(look: Extract<Instruction, { op: "look" }>, pc: number, at: number): boolean {
    const starts = look.behind.length === 0 ? [at] : [...new Set(look.behind)].map((width) => this.#backBy(at, width));
    const before = this.#slots.slice();
    const [longest, requiredEnd] = [this.longest, this.requiredEnd];
    this.longest = false;
    this.requiredEnd = -1;
    let found = false;
    for (const start of starts) {
      if (start < 0) continue;
      if (look.behind.length > 0) this.requiredEnd = at;
      if (this.#run(pc + 1, start) >= 0) {
        found = true;
        break;
      }
    }
    this.longest = longest;
    this.requiredEnd = requiredEnd;
    if (!found || look.negative) this.#slots = before;
    return found !== look.negative;
  }

  /** The position `width` code points before `at`, or -1. */
  #backBy(at: number, width: number): number {
    let position = at;
    for (let i = 0; i < width; i++) {
      if (position <= 0) return -1;
      position -= position >= 2 && (this.#text.codePointAt(position - 2) ?? 0) > 0xffff ? 2 : 1;
    }
    return position;
  }

  #backreference(index: number, ignoreCase: boolean, at: number): number {
    const start = this.#slots[index * 2] ?? -1;
    const end = this.#slots[index * 2 + 1] ?? -1;
    if (start < 0 || end < start) return -1;
    const width = end - start;
    if (at + width > this.#limitEnd()) return -1;
    this.steps += width >> 3;
    for (let i = 0; i < width; i++) {
      const a = this.#text.charCodeAt(start + i);
      const b = this.#text.charCodeAt(at + i);
      if (a !== b && !(ignoreCase && has(foldCase(single(a)), b))) return -1;
    }
    return width;
  }

  #isWordAt(at: number): boolean {
    if (at < 0 || at >= this.#end) return false;
    return has(this.#words, this.#text.codePointAt(at) ?? 0);
  }

  #isWordBefore(at: number): boolean {
    if (at <= 0) return false;
    return this.#isWordAt(at >= 2 && (this.#text.codePointAt(at - 2) ?? 0) > 0xffff ? at - 2 : at - 1);
  }

  #holds(name: AssertionName, at: number): boolean {
    switch (name) {
      case "text-start":
        return at === 0 && !this.#notLineStart;
      case "line-start":
        return at === 0 ? !this.#notLineStart : this.#text.charCodeAt(at - 1) === 10;
      case "text-end":
        return at === this.#end;
      case "text-end-or-newline":
        return at === this.#end || (at === this.#end - 1 && this.#text.charCodeAt(at) === 10);
      case "line-end":
        return at === this.#end || this.#text.charCodeAt(at) === 10;
      case "word-boundary":
        return this.#isWordBefore(at) !== this.#isWordAt(at);
      case "no-word-boundary":
        return this.#isWordBefore(at) === this.#isWordAt(at);
      case "word-start":
        return !this.#isWordBefore(at) && this.#isWordAt(at);
      case "word-end":
        return this.#isWordBefore(at) && !this.#isWordAt(at);
      case "no-word-before":
        return !this.#isWordBefore(at);
      case "no-word-after":
        return !this.#isWordAt(at);
    }
  }
}
