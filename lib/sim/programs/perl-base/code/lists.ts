// sort, map, grep.

import type { Block, Node } from "../syntax/tree.ts";
import { compareNumbers, numeric, text } from "../values/convert.ts";
import { Code, type Glob, PerlArray, PerlError, Plain, Referent, type Run, type Scalar, type Value } from "../values/value.ts";
import { isOverloaded, truthOf } from "../vm/overload.ts";
import type { Vm } from "../vm/vm.ts";
import { codeOf, compileSub } from "./calls.ts";
import { type Compiler, type Context, L, type Label, newContainer, S, V } from "./compiler.ts";
import { compile } from "./expressions.ts";
import { binaryValue, isRun } from "./operators.ts";
import { compileBlockValue } from "./statements.ts";
import { LocalGlob } from "./assign.ts";
import { compileAliases, hooks, wantsList } from "./variables.ts";

/** Iterates in the pad: a list of containers and a position. */
class Items extends Referent {
  readonly items: Scalar[];
  readonly out: Value[] = [];
  readonly aliases: Scalar[] = [];
  at = 0;
  readonly locals: number;
  constructor(items: Scalar[], locals: number) {
    super();
    this.items = items;
    this.locals = locals;
  }
}

export function compileMapGrep(c: Compiler, node: Extract<Node, { k: "mapgrep" }>, context: Context, aliases: boolean): void {
  const slot = c.slot();
  const { op } = node;
  c.emit((vm) => vm.mark());
  for (const item of node.items) compileAliases(c, item);
  const topic = c.vm.globNumber("main::_");
  c.emit((vm) => {
    const items = vm.stack.splice(vm.marks.pop() ?? 0) as Scalar[];
    vm.pad[slot] = new Items(items, vm.locals.length);
    vm.locals.push(new LocalGlob(vm.g[topic] as Glob, "scalar"));
  });
  const next: Label = { to: 0 };
  const end: Label = { to: 0 };
  c.here(next);
  c.emit((vm) => {
    const state = vm.pad[slot] as Items;
    const item = state.items[state.at++];
    if (!item) {
      vm.pc = end.to;
      return;
    }
    (vm.g[topic] as Glob).scalar = item;
    if (op === "map") vm.marks.push(vm.stack.length);
  });
  body(c, node.body, op === "map" ? L : S);
  if (op === "map") {
    c.emit((vm) => {
      const from = vm.marks.pop() ?? 0;
      const { out } = vm.pad[slot] as Items;
      for (let i = from; i < vm.stack.length; i++) out.push(vm.stack[i]);
      vm.stack.length = from;
      vm.made++;
      vm.pc = next.to;
    });
  } else {
    c.emit((vm) => {
      const value = vm.pop();
      const made = typeof value === "object" ? truthOf(vm, value) : vm.truth(value);
      const keep = (yes: boolean) => {
        const state = vm.pad[slot] as Items;
        const item = state.items[state.at - 1];
        if (yes && item) {
          if (aliases) state.aliases.push(item);
          else state.out.push(item.v);
        }
        vm.pc = next.to;
      };
      if (typeof made === "boolean") {
        keep(made);
        return undefined;
      }
      return (function* (): Run<void> {
        keep(yield* made);
      })();
    });
  }
  c.here(end);
  c.emit((vm) => {
    const state = vm.pad[slot] as Items;
    vm.unwind(state.locals);
    vm.pad[slot] = undefined;
    if (aliases) vm.pushAll(state.aliases);
    else if (wantsList(vm, context)) vm.pushAll(state.out);
    else if (context !== V) vm.push(state.out.length);
  });
}
hooks.mapGrep = compileMapGrep;

function body(c: Compiler, node: Block | Node, context: Context): void {
  if (node.k === "block") compileBlockValue(c, node, context);
  else compile(c, node, context);
}

type Compare = (vm: Vm, a: Value, b: Value) => number | Run<number>;

/** 1 for { $a <=> $b }, -1 for { $b <=> $a }, 0 for anything else. */
function numericDirection(node: Block | Node | undefined): number {
  if (node?.k !== "block") return 0;
  const [only] = node.statements;
  const expression = node.statements.length === 1 && only?.k === "expr" ? only.expr : undefined;
  if (expression?.k !== "binary" || expression.op !== "<=>" || expression.left.k !== "var" || expression.right.k !== "var") return 0;
  return expression.left.name === "a" ? 1 : -1;
}

/** $a <=> $b and the like need no code of the program's. */
function simpleCompare(node: Block | Node | undefined): Compare | undefined {
  if (!node) return (vm, a, b) => (isOverloaded(vm, a) || isOverloaded(vm, b) ? overloadedOrder(vm, "cmp", a, b) : order(text(a), text(b)));
  let expression: Node | undefined;
  if (node.k === "block") {
    const [only] = node.statements;
    if (node.statements.length === 1 && only?.k === "expr") expression = only.expr;
  }
  if (expression?.k !== "binary" || (expression.op !== "<=>" && expression.op !== "cmp")) return undefined;
  const { left, right, op } = expression;
  if (left.k !== "var" || right.k !== "var" || left.sigil !== "$" || right.sigil !== "$") return undefined;
  const reversed = left.name === "b" && right.name === "a";
  if (!reversed && !(left.name === "a" && right.name === "b")) return undefined;
  return (vm, x, y) => {
    const [a, b] = reversed ? [y, x] : [x, y];
    if (isOverloaded(vm, a) || isOverloaded(vm, b)) return overloadedOrder(vm, op, a, b);
    if ((a === undefined || b === undefined) && vm.warns("uninitialized")) vm.warn(`Use of uninitialized value ${a === undefined ? "$a" : "$b"} in sort`.replace(/ \$[ab]/, ""));
    if (op === "cmp") return order(text(a), text(b));
    if (vm.warns("numeric")) {
      vm.checkNumeric(a, "sort");
      vm.checkNumeric(b, "sort");
    }
    return compareNumbers(numeric(a), numeric(b)) ?? 0;
  };
}

function* overloadedOrder(vm: Vm, op: string, a: Value, b: Value): Run<number> {
  const made = binaryValue(vm, op, a, b, [undefined, undefined]);
  return Number(numeric(isRun(made) ? yield* made : made));
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export function compileSort(c: Compiler, node: Extract<Node, { k: "sort" }>, context: Context): void {
  const lexical = c.lookup("$a")?.how === "my" || c.lookup("$b")?.how === "my";
  const simple = lexical && node.compare ? undefined : simpleCompare(node.compare);
  c.emit((vm) => vm.mark());
  for (const item of node.items) compile(c, item, L);
  const direction = simple ? numericDirection(node.compare) : 0;
  let makeCode: ((vm: Vm) => Code) | undefined;
  if (!simple && node.compare) {
    if (node.compare.k === "block") {
      const unit = compileSub(c, { name: undefined, body: node.compare, signature: undefined, line: node.line }, "__ANON__");
      const { pkg } = c.place;
      makeCode = (vm) => {
        const code = new Code(pkg, "__ANON__", unit);
        code.captures = unit.captures.map(({ from, sigil }) => (vm.pad[from] ??= newContainer(sigil)));
        return code;
      };
    } else if (node.compare.k === "str") {
      const number = c.vm.globNumber(c.fullName(node.compare.value));
      const { value } = node.compare;
      makeCode = (vm) => {
        const { code } = vm.g[number] as Glob;
        if (!code) throw new PerlError(`Undefined sort subroutine "${vm.at.pkg}::${value}" called`);
        return code;
      };
    } else {
      compile(c, node.compare, S);
      makeCode = (vm) => codeOf(vm, vm.pop());
    }
  }
  c.emit((vm) => {
    const code = makeCode?.(vm);
    const values = vm.taken();
    const finish = (sorted: Value[]) => {
      if (wantsList(vm, context)) vm.pushAll(sorted);
      else if (context !== V) vm.push(sorted.length);
    };
    vm.spend(values.length * 4);
    if (simple && direction !== 0 && values.every((value) => typeof value === "number" && !Number.isNaN(value))) {
      finish((values as number[]).sort((a, b) => (a - b) * direction));
      return undefined;
    }
    if (simple) {
      if (values.every((value) => typeof value === "number" || typeof value === "string" || value === undefined)) {
        const numbers = values.map((value, i) => [value, i] as const);
        numbers.sort((a, b) => (simple(vm, a[0], b[0]) as number) || a[1] - b[1]);
        finish(numbers.map(([value]) => value));
        return undefined;
      }
      return sortLater(vm, values, (a, b) => simple(vm, a, b), finish);
    }
    if (!code) return undefined;
    const locals = vm.locals.length;
    return sortLater(vm, values, comparing(vm, code), (sorted) => {
      vm.unwind(locals);
      finish(sorted);
    });
  });
}

/** Calls the program's comparison with $a and $b of its package set. */
export function comparing(vm: Vm, code: Code): (a: Value, b: Value) => Run<number> {
  const globA = vm.glob(`${code.pkg === "" ? vm.at.pkg : code.name === "__ANON__" ? code.pkg : vm.at.pkg}::a`);
  const globB = vm.glob(`${globA.pkg}::b`);
  vm.locals.push(new LocalGlob(globA, "scalar"), new LocalGlob(globB, "scalar"));
  const a = new Plain();
  const b = new Plain();
  globA.scalar = a;
  globB.scalar = b;
  const none = new PerlArray();
  return function* (x, y) {
    a.v = x;
    b.v = y;
    if (!code.unit) return Number(numeric(yield* vm.callScalar(code, [])));
    vm.enterUnit(code.unit, code, none, "scalar", true, "sub");
    yield* vm.run();
    return Number(numeric(vm.stack.pop()));
  };
}

function* sortLater(vm: Vm, values: Value[], compare: (a: Value, b: Value) => number | Run<number>, finish: (sorted: Value[]) => void): Run<void> {
  finish(yield* mergeSort(vm, values, compare));
}

/** Stable, as perl's own. */
export function* mergeSort(vm: Vm, values: Value[], compare: (a: Value, b: Value) => number | Run<number>): Run<Value[]> {
  let from = values.slice();
  let into: Value[] = new Array(values.length);
  for (let width = 1; width < values.length; width *= 2) {
    for (let start = 0; start < values.length; start += 2 * width) {
      const middle = Math.min(start + width, values.length);
      const end = Math.min(start + 2 * width, values.length);
      let i = start;
      let j = middle;
      for (let k = start; k < end; k++) {
        let left = j >= end;
        if (!left && i < middle) {
          const made = compare(from[i], from[j]);
          left = (typeof made === "number" ? made : yield* made) <= 0;
        }
        into[k] = left ? from[i++] : from[j++];
      }
    }
    [from, into] = [into, from];
    vm.spend(values.length);
    if (vm.budget < 0) yield* vm.settle();
  }
  return from;
}
