// Statements: blocks, loops, conditions, eval, return (perlsyn(1)).
// (More than 400 lines: a case for each statement.)

import { operatorName } from "../syntax/expression-parser.ts";
import type { Block, Node, Statement, SubBody } from "../syntax/tree.ts";
import { int } from "../values/convert.ts";
import { type Glob, PerlArray, PerlError, PerlHash, Plain, Referent, type Scalar } from "../values/value.ts";
import type { Vm } from "../vm/vm.ts";
import { assignList, LocalGlob } from "./assign.ts";
import { defineSub } from "./calls.ts";
import { type Compiler, type Context, D, type Label, type Loop, S, V } from "./compiler.ts";
import { compile, compileTest, rangeValues } from "./expressions.ts";
import { compileAliases, compileArray, resolve, type Slot } from "./variables.ts";

const localHolders = new WeakMap<object, boolean>();

/** Whether leaving the block must bring back what local put aside. */
function containsLocal(node: object): boolean {
  const known = localHolders.get(node);
  if (known !== undefined) return known;
  let found = false;
  if ("k" in node && node.k === "local") found = true;
  else if ("k" in node && (node.k === "anonsub" || node.k === "sub")) found = false;
  else {
    for (const [name, value] of Object.entries(node)) {
      if (name === "pragmas" || typeof value !== "object" || value === null) continue;
      if (Array.isArray(value) ? value.some((one) => typeof one === "object" && one !== null && containsLocal(one)) : containsLocal(value)) {
        found = true;
        break;
      }
    }
  }
  localHolders.set(node, found);
  return found;
}

/** Remembers the height of the put-aside values; the result undoes down to it. */
function guardLocals(c: Compiler, node: object): { readonly slot: number; readonly leave: () => void } {
  if (!containsLocal(node)) return { slot: -1, leave: () => undefined };
  const slot = c.slot();
  c.emit((vm) => {
    vm.pad[slot] = new Plain(vm.locals.length);
  });
  return { slot, leave: () => c.emit((vm) => unwindTo(vm, slot)) };
}

function unwindTo(vm: Vm, slot: number): void {
  vm.unwind(int((vm.pad[slot] as Plain).v));
}

export function compileStatements(c: Compiler, statements: readonly Statement[], context: Context): void {
  let last = statements.length - 1;
  while (last >= 0 && (statements[last]?.k === "nop" || statements[last]?.k === "sub" || statements[last]?.k === "use")) last--;
  statements.forEach((statement, i) => compileStatement(c, statement, i === last ? context : V));
  if (last < 0) empty(c, context);
}

function empty(c: Compiler, context: Context): void {
  if (context === S) c.emit((vm) => vm.push(undefined));
  else if (context === D) {
    c.emit((vm) => {
      if (vm.frame?.want === "scalar") vm.push(undefined);
    });
  }
}

export function compileStatement(c: Compiler, statement: Statement, context: Context): void {
  c.introduce();
  const { file, line, pkg, pragmas } = statement;
  const place = { file, line, pkg, pragmas };
  c.place = place;
  if (statement.k === "nop") {
    c.vm.declaredPackages.add(pkg);
    return;
  }
  if (statement.k !== "sub") {
    // the loop of -n has no line of its own
    const shown = c.vm.loopSwitch && statement.k === "while" && statement.label === "LINE" ? { ...place, line: 0 } : place;
    c.emit((vm) => {
      vm.at = shown;
    });
  }
  switch (statement.k) {
    case "expr":
      if (context === V) warnUseless(c, statement.expr);
      compile(c, statement.expr, context);
      return;
    case "if":
      compileIf(c, statement, context);
      return;
    case "while":
      compileWhile(c, statement);
      break;
    case "for":
      compileFor(c, statement);
      break;
    case "foreach":
      compileForeach(c, statement);
      break;
    case "bare": {
      const loop = openLoop(c, statement.label, -1, true);
      const guard = guardLocals(c, statement.body);
      c.here(loop.redo);
      compileBlock(c, statement.body, context);
      c.here(loop.next);
      guard.leave();
      if (statement.continued) compileBlock(c, statement.continued, V);
      c.here(loop.last);
      guard.leave();
      c.loops.pop();
      return;
    }
    case "sub":
      if (!statement.declared && statement.sub.name !== undefined) defineSub(c, statement.sub, statement.sub.name);
      return;
    case "try":
      compileTry(c, statement, context);
      return;
    default:
      break;
  }
  empty(c, context);
}

function warnUseless(c: Compiler, node: Node): void {
  if (!(c.pragmas.warnings || c.vm.warnSwitch) || c.pragmas.quiet.has("void")) return;
  const say = (what: string) => c.warnLate(`Useless use of ${what} in void context`, 0);
  switch (node.k) {
    case "num":
      if (node.value !== 0 && node.value !== 1) say(`a constant (${node.value})`);
      return;
    case "str":
      if (!node.bare && node.value !== "di" && node.value !== "ds" && node.value !== "ig") say(`a constant ("${node.value}")`);
      return;
    case "var":
      if (c.lookup(`${node.sigil}${node.name}`)) say(`private ${node.sigil === "$" ? "variable" : node.sigil === "@" ? "array" : "hash"}`);
      else say("a variable");
      return;
    case "binary":
      if (!["=~", "isa"].includes(node.op)) say(operatorWords.get(node.op) ?? node.op);
      return;
    case "interp":
      say("string");
      return;
    case "sort":
      say("sort");
      return;
    case "anonarray":
      say("anonymous array ([])");
      return;
    case "anonhash":
      say("anonymous hash ({})");
      return;
    default:
  }
}

const operatorWords = new Map(["+", "-", "*", "/", "%", "**", ".", "x", "==", "!=", "<", ">", "<=", ">=", "<=>", "eq", "ne", "lt", "gt", "le", "ge", "cmp", "&", "|", "^", "<<", ">>"].map((op) => [op, operatorName(op)]));

/** A block of its own scope; its value is left in the context. */
export function compileBlock(c: Compiler, block: Block, context: Context): void {
  c.openScope();
  const { place } = c;
  const guard = guardLocals(c, block);
  compileStatements(c, block.statements, context);
  guard.leave();
  c.closeScope();
  c.place = place;
}

/** do BLOCK, map BLOCK: goes on at the place where it stood. */
export function compileBlockValue(c: Compiler, block: Block, context: Context): void {
  const { place } = c;
  compileBlock(c, block, context);
  c.emit((vm) => {
    vm.at = place;
  });
}

function compileIf(c: Compiler, statement: Extract<Statement, { k: "if" }>, context: Context): void {
  const end: Label = { to: 0 };
  c.openScope();
  for (const [i, branch] of statement.branches.entries()) {
    const no: Label = { to: 0 };
    if (i > 0) {
      const { place } = c;
      const moved = { ...place, line: statement.line };
      c.emit((vm) => {
        vm.at = moved;
      });
    }
    const isLast = i === statement.branches.length - 1 && !statement.otherwise;
    if (isLast && context !== V) {
      // without else, a false condition is the value
      const out: Label = { to: 0 };
      compile(c, branch.test, S);
      c.emit((vm) => {
        if (vm.truth(vm.stack[vm.stack.length - 1]) === branch.negate) vm.pc = no.to;
        else vm.stack.pop();
      });
      compileBlock(c, branch.body, context);
      c.jump(out);
      c.here(no);
      if (context !== S) {
        c.emit((vm) => {
          if (context === D && vm.frame?.want === undefined) vm.stack.pop();
        });
      }
      c.here(out);
      continue;
    }
    compileTest(c, branch.test, no, !branch.negate);
    compileBlock(c, branch.body, context);
    c.jump(end);
    c.here(no);
  }
  if (statement.otherwise) compileBlock(c, statement.otherwise, context);
  c.here(end);
  c.closeScope();
}

// ---- loops

function openLoop(c: Compiler, label: string | undefined, locals: number, isBare: boolean): Loop {
  const loop: Loop = { label, next: { to: 0 }, last: { to: 0 }, redo: { to: 0 }, locals, evals: c.evals.length, isBare };
  c.loops.push(loop);
  return loop;
}

function compileWhile(c: Compiler, statement: Extract<Statement, { k: "while" }>): void {
  c.openScope();
  const guard = guardLocals(c, statement.body);
  const { place } = c;
  const again: Label = { to: 0 };
  if (statement.post) {
    c.here(again);
    compileBlock(c, statement.body, V);
    guard.leave();
    const out: Label = { to: 0 };
    c.emit((vm) => {
      vm.at = place;
    });
    if (statement.test) compileTest(c, statement.test, out, !statement.until);
    c.jump(again);
    c.here(out);
    c.closeScope();
    return;
  }
  const loop = openLoop(c, statement.label, guard.slot, false);
  c.here(again);
  if (!c.vm.loopSwitch || statement.label !== "LINE") {
    c.emit((vm) => {
      vm.at = place;
    });
  }
  if (statement.test) compileTest(c, statement.test, loop.last, !statement.until);
  c.here(loop.redo);
  compileBlock(c, statement.body, V);
  c.here(loop.next);
  guard.leave();
  if (statement.continued) compileBlock(c, statement.continued, V);
  c.jump(again);
  c.here(loop.last);
  guard.leave();
  c.loops.pop();
  c.closeScope();
}

function compileFor(c: Compiler, statement: Extract<Statement, { k: "for" }>): void {
  c.openScope();
  const guard = guardLocals(c, statement.body);
  const { place } = c;
  if (statement.init) compile(c, statement.init, V);
  c.introduce();
  const loop = openLoop(c, statement.label, guard.slot, false);
  const again: Label = { to: 0 };
  c.here(again);
  c.emit((vm) => {
    vm.at = place;
  });
  if (statement.test) compileTest(c, statement.test, loop.last);
  c.here(loop.redo);
  compileBlock(c, statement.body, V);
  c.here(loop.next);
  guard.leave();
  if (statement.step) compile(c, statement.step, V);
  c.jump(again);
  c.here(loop.last);
  guard.leave();
  c.loops.pop();
  c.closeScope();
}

/** What a foreach loop goes over: containers, an array as it is at each step, or a range that is never laid out. */
class Iteration extends Referent {
  at = 0;
  items: Scalar[] = [];
  array: PerlArray | undefined;
  to = -1;
  counts = false;
  saved: Referent | undefined;
  readonly locals: number;
  constructor(locals: number) {
    super();
    this.locals = locals;
  }

  next(): Scalar | undefined {
    if (this.counts) return this.at > this.to ? undefined : new Plain(this.at++);
    if (this.array) return this.at >= this.array.items.length ? undefined : this.array.at(this.at++);
    return this.items[this.at++];
  }
}

function compileForeach(c: Compiler, statement: Extract<Statement, { k: "foreach" }>): void {
  const { target, items } = statement;
  c.openScope();
  const state = c.slot();
  const only = items.k === "list" && items.items.length === 1 && items.items[0] ? items.items[0] : items;
  if (only.k === "range") {
    compile(c, only.left, S);
    compile(c, only.right, S);
    c.emit((vm) => {
      const to = vm.pop();
      const from = vm.pop();
      const iteration = new Iteration(vm.locals.length);
      if (typeof from === "string" && !/^\s*-?\d+(?:\.\d*)?\s*$/.test(from) && from !== "" || (typeof from === "string" && /^0\d/.test(from))) iteration.items = rangeValues(vm, from, to).map((value) => new Plain(value));
      else {
        iteration.counts = true;
        iteration.at = int(from);
        iteration.to = int(to);
      }
      vm.pad[state] = iteration;
    });
  } else if ((only.k === "var" || only.k === "deref") && only.sigil === "@") {
    compileArray(c, only, true);
    c.emit((vm) => {
      const iteration = new Iteration(vm.locals.length);
      iteration.array = vm.pop() as PerlArray;
      vm.pad[state] = iteration;
    });
  } else {
    c.emit((vm) => vm.mark());
    compileAliases(c, items);
    c.emit((vm) => {
      const iteration = new Iteration(vm.locals.length);
      iteration.items = vm.stack.splice(vm.marks.pop() ?? 0) as Scalar[];
      vm.pad[state] = iteration;
    });
  }
  c.introduce();
  const guard = guardLocals(c, statement.body);
  let slots: Slot[];
  if (!target) slots = [{ kind: "global", number: c.vm.globNumber("main::_") }];
  else if (target.k === "my" && target.how !== "our") {
    slots = target.vars.map((variable) => ({ kind: "pad", slot: c.declare("$", variable?.name ?? "", "my").slot }));
    c.introduce();
  } else slots = [resolve(c, target.k === "var" ? target : target.k === "my" && target.vars[0] ? target.vars[0] : { k: "var", sigil: "$", name: "_", line: 0 })];
  const [first] = slots;
  if (first?.kind === "global") {
    const { number } = first;
    c.emit((vm) => void vm.locals.push(new LocalGlob(vm.g[number] as Glob, "scalar")));
  } else if (first && target?.k === "var") {
    const { slot } = first;
    c.emit((vm) => {
      (vm.pad[state] as Iteration).saved = vm.pad[slot];
    });
  }
  const { place } = c;
  const loop = openLoop(c, statement.label, guard.slot, false);
  const again: Label = { to: 0 };
  c.here(again);
  if (first?.kind === "global") {
    const { number } = first;
    c.emit((vm) => {
      vm.at = place;
      const item = (vm.pad[state] as Iteration).next();
      if (item) (vm.g[number] as Glob).scalar = item;
      else vm.pc = loop.last.to;
    });
  } else if (first && slots.length === 1) {
    const { slot } = first;
    c.emit((vm) => {
      vm.at = place;
      const item = (vm.pad[state] as Iteration).next();
      if (item) vm.pad[slot] = item;
      else vm.pc = loop.last.to;
    });
  } else {
    c.emit((vm) => {
      vm.at = place;
      const iteration = vm.pad[state] as Iteration;
      const item = iteration.next();
      if (!item) {
        vm.pc = loop.last.to;
        return;
      }
      slots.forEach((slot, i) => {
        if (slot.kind === "pad") vm.pad[slot.slot] = i === 0 ? item : iteration.next() ?? new Plain();
      });
    });
  }
  c.here(loop.redo);
  compileBlock(c, statement.body, V);
  c.here(loop.next);
  guard.leave();
  if (statement.continued) compileBlock(c, statement.continued, V);
  c.jump(again);
  c.here(loop.last);
  c.emit((vm) => {
    const iteration = vm.pad[state];
    if (!(iteration instanceof Iteration)) return;
    vm.unwind(iteration.locals);
    if (iteration.saved && first?.kind === "pad") vm.pad[first.slot] = iteration.saved;
    vm.pad[state] = undefined;
  });
  c.loops.pop();
  c.closeScope();
}

export function compileJump(c: Compiler, node: Extract<Node, { k: "jump" }>): void {
  const { op, label } = node;
  let loop: Loop | undefined;
  for (let i = c.loops.length - 1; i >= 0; i--) {
    const one = c.loops[i];
    if (!one) continue;
    if (label === undefined || one.label === label) {
      loop = one;
      break;
    }
  }
  if (!loop) {
    c.emit(() => {
      throw new PerlError(label === undefined ? `Can't "${op}" outside a loop block` : `Label not found for "${op} ${label}"`);
    });
    return;
  }
  const found = loop;
  const evals = c.evals.length - found.evals;
  const target = op === "next" ? found.next : op === "last" ? found.last : found.redo;
  c.emit((vm) => {
    for (let i = 0; i < evals; i++) vm.handlers.pop();
    if (found.locals >= 0) unwindTo(vm, found.locals);
    vm.pc = target.to;
  });
}

// ---- subs

export function compileSubBody(c: Compiler, sub: SubBody): void {
  if (sub.signature) compileSignature(c, sub);
  c.introduce();
  compileStatements(c, sub.body.statements, D);
  finishUnit(c);
}

/** The end of a unit: what stands above the frame's base is the result. */
export function finishUnit(c: Compiler): void {
  c.tellLate();
  c.emit((vm) => returnFrom(vm, vm.frame?.stackBase ?? 0));
}

function returnFrom(vm: Vm, from: number): void {
  const { frame, stack } = vm;
  if (!frame) return;
  const base = frame.stackBase;
  if (frame.want === "list") {
    if (from > base) stack.splice(base, from - base);
  } else if (frame.want === "scalar") {
    const value = stack.length > from ? stack[stack.length - 1] : undefined;
    stack.length = base;
    stack.push(value);
  } else stack.length = base;
  vm.leave();
  if (frame.barrier) vm.ended = frame;
}

export function compileReturn(c: Compiler, node: Extract<Node, { k: "return" }>): void {
  const open = c.evals[c.evals.length - 1];
  if (open) {
    const context = open.context;
    c.emit((vm) => vm.mark());
    if (node.value) compile(c, node.value, context);
    else empty(c, context);
    c.emit((vm) => {
      const values = vm.taken();
      const handler = vm.handlers.pop();
      if (handler) {
        vm.stack.length = handler.stack;
        vm.marks.length = handler.marks;
        vm.unwind(handler.locals);
      }
      vm.pushAll(values);
      vm.error.v = "";
      vm.pc = open.end.to;
    });
    return;
  }
  c.emit((vm) => vm.mark());
  if (node.value) compile(c, node.value, D);
  c.emit((vm) => returnFrom(vm, vm.marks.pop() ?? 0));
}

function compileSignature(c: Compiler, sub: SubBody): void {
  const { signature } = sub;
  if (!signature) return;
  const { params, slurpy } = signature;
  const least = params.filter((one) => !one.fallback).length;
  const most = slurpy ? Number.POSITIVE_INFINITY : params.length;
  const place = { ...c.place, line: sub.line };
  const name = sub.name ?? `${c.place.pkg}::__ANON__`;
  c.emit((vm) => {
    const given = vm.frame?.args.items.length ?? 0;
    if (given < least || given > most) {
      vm.at = vm.frame?.at ?? place;
      const many = given > most;
      throw new PerlError(`Too ${many ? "many" : "few"} arguments for subroutine '${name}' (got ${given}; expected ${least === most ? least : many ? `at most ${most}` : `at least ${least}`})`);
    }
    if (slurpy?.sigil === "%" && (given - params.length) % 2 === 1 && given > params.length) throw new PerlError(`Odd name/value argument for subroutine '${name}'`);
  });
  params.forEach((param, i) => {
    if (!param.target) return;
    const { slot } = c.declare("$", param.target.name, "my");
    c.introduce();
    const done: Label = { to: 0 };
    c.emit((vm) => {
      const args = vm.frame?.args.items ?? [];
      const value = args[i]?.v;
      vm.pad[slot] = new Plain(value);
      const there = i < args.length && (param.how === "=" || (param.how === "//=" ? value !== undefined : vm.truth(value)));
      if (there || !param.fallback) vm.pc = done.to;
    });
    if (param.fallback) {
      compile(c, param.fallback, S);
      c.emit((vm) => {
        (vm.pad[slot] as Plain).v = vm.pop();
      });
    }
    c.here(done);
  });
  if (slurpy && slurpy.name !== "") {
    const { slot } = c.declare(slurpy.sigil, slurpy.name, "my");
    c.introduce();
    c.emit((vm) => {
      const made = slurpy.sigil === "@" ? new PerlArray() : new PerlHash();
      vm.pad[slot] = made;
      assignList(vm, [made], (vm.frame?.args.items ?? []).slice(params.length).map((item) => item?.v));
    });
  }
}

// ---- eval

export function compileEvalBlock(c: Compiler, block: Block, context: Context): void {
  const failed: Label = { to: 0 };
  const end: Label = { to: 0 };
  const { place } = c;
  c.emit((vm) => {
    vm.pushHandler(failed.to);
  });
  c.evals.push({ context, end, slot: -1 });
  compileBlock(c, block, context);
  c.evals.pop();
  c.emit((vm) => {
    vm.handlers.pop();
    vm.error.v = "";
    vm.pc = end.to;
  });
  c.here(failed);
  empty(c, context);
  c.here(end);
  c.emit((vm) => {
    vm.at = place;
  });
}

function compileTry(c: Compiler, statement: Extract<Statement, { k: "try" }>, context: Context): void {
  const failed: Label = { to: 0 };
  const end: Label = { to: 0 };
  const kept = c.slot();
  c.emit((vm) => {
    vm.pad[kept] = new Plain(vm.error.v);
    vm.pushHandler(failed.to);
  });
  compileBlock(c, statement.body, context);
  c.emit((vm) => {
    vm.handlers.pop();
    vm.pc = end.to;
  });
  c.here(failed);
  c.openScope();
  if (statement.variable) {
    const { slot } = c.declare("$", statement.variable.name, "my");
    c.introduce();
    c.emit((vm) => {
      vm.pad[slot] = new Plain(vm.error.v);
      vm.error.v = (vm.pad[kept] as Plain).v;
    });
  }
  if (statement.handler) compileBlock(c, statement.handler, context);
  else empty(c, context);
  c.closeScope();
  c.here(end);
  if (statement.last) compileBlock(c, statement.last, V);
}

