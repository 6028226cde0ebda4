// The loop that runs instructions. One long function on purpose: its variables are the registers, and V8 makes a jump table only of literal case
// labels (code/opcode.ts names them). Calls from Python to Python push a frame here and need no JavaScript stack. (More than 400 lines: that function.)

import { PyDict } from "../objects/dictionary.ts";
import { exceptions, failure, memoryError, nameError, type PyException, runtimeError, typeError } from "../objects/exception.ts";
import * as int from "../objects/number.ts";
import type { PySet } from "../objects/set.ts";
import {
  type Eventual, PyBuiltin, PyCell, PyClass, PyFloat, PyInstance, PyIterator, PyList, PyListIterator, PyMethod, PyRangeIterator, PySlice, PyTuple, Suspended, types, type Value,
} from "../objects/value.ts";
import type { PyCode } from "../code/code-object.ts";
import { deleteAttribute, getAttribute, setAttribute } from "./attribute.ts";
import { call, enterFunction, instantiate } from "./call.ts";
import { buildClassFunction } from "./class-statement.ts";
import { compare, contains, isIdentical, truth } from "./compare.ts";
import { BINARY_OPERATORS, COMPARISONS } from "../code/opcode.ts";
import { Frame, PyFunction, PyGenerator, RETURN } from "./frame.ts";
import { dictSet, setAdd } from "./hash.ts";
import { importFrom, importModule, importStar, importSubmodule } from "./import.ts";
import { collect, iterate, next, unpack, unpackStar } from "./iterate.ts";
import { MOST_ITEMS } from "./heap.ts";
import { matchClass, matchKeys, matchRest } from "./match.ts";
import { binary, unary } from "./operator.ts";
import { extendMapping, mergeKeywords } from "./mapping.ts";
import { deleteItem, getItem, lengthOf, setItem } from "./subscript.ts";
import { formatField, nameOfCallable, printExpression } from "./text-form.ts";
import type { Vm } from "./vm.ts";
import { enterWith, exitWith, exitWithException, matchesException, prepareRaise } from "./exception-handling.ts";
import { buildDict, buildSet, extendLater, updateSet } from "./build-container.ts";
import { findMethod } from "./find-method.ts";
import { unbound, unboundCell } from "./unbound-name.ts";
import { Again, handledException, unwind } from "./unwind.ts";
import { awaitable, delegateNext, yieldFromIterator } from "./generator.ts";

export const DONE = 0;
export const PREEMPTED = 1;
export const PENDING = 2;
export type Outcome = typeof DONE | typeof PREEMPTED | typeof PENDING;

/** What to do with the value of a call that had to wait (vm.ts, resumeFrame). */
export const RESUME = {
  push: 0, discard: 1, jumpIfFalse: 2, jumpIfTrue: 3, jumpIfFalseOrPop: 4, jumpIfTrueOrPop: 5, iterate: 6, not: 7, spread: 8, send: 9,
} as const;

const COMPARE_EQUAL = COMPARISONS.indexOf("==");

/** `injected`: what to raise where the frame stands. */
export function execute(vm: Vm, entry: Frame, injected: unknown): Outcome {
  let frame = entry;
  vm.frame = frame;
  let code: PyCode = frame.code;
  let operations = code.operations;
  let operands = code.operands;
  let stack = frame.stack;
  let slots = frame.slots;
  let sp = frame.sp;
  let pc = frame.pc;
  let thrown: unknown = injected;
  for (;;) {
    if (thrown !== undefined) {
      frame.pc = pc;
      const found = unwind(vm, frame, thrown);
      thrown = undefined;
      frame = found;
      vm.frame = frame;
      code = frame.code;
      operations = code.operations;
      operands = code.operands;
      stack = frame.stack;
      slots = frame.slots;
      sp = frame.sp;
      pc = frame.pc;
    }
    try {
      for (;;) {
        const arg = operands[pc] as number;
        let waiting: Eventual<unknown>;
        let resume: number = RESUME.push;
        // A case that breaks out has a result to look at in `waiting`: a value is pushed, a suspension waits. Others continue.
        switch (operations[pc++]) {
          case 1: // POP_TOP
            sp--;
            continue;
          case 2: // DUP_TOP
            stack[sp] = stack[sp - 1] as Value;
            sp++;
            continue;
          case 3: { // ROT_TWO
            const top = stack[sp - 1] as Value;
            stack[sp - 1] = stack[sp - 2] as Value;
            stack[sp - 2] = top;
            continue;
          }
          case 4: { // ROT_THREE
            const top = stack[sp - 1] as Value;
            stack[sp - 1] = stack[sp - 2] as Value;
            stack[sp - 2] = stack[sp - 3] as Value;
            stack[sp - 3] = top;
            continue;
          }
          case 5: // DUP_TOP_TWO
            stack[sp] = stack[sp - 2] as Value;
            stack[sp + 1] = stack[sp - 1] as Value;
            sp += 2;
            continue;
          case 6: // LOAD_CONST
            stack[sp++] = code.constants[arg] as Value;
            continue;
          case 7: { // LOAD_FAST
            const value = slots[arg];
            if (value === undefined) throw unbound(code, arg);
            stack[sp++] = value;
            continue;
          }
          case 8: // STORE_FAST
            slots[arg] = stack[--sp] as Value;
            continue;
          case 9: // DELETE_FAST
            if (slots[arg] === undefined) throw unbound(code, arg);
            slots[arg] = undefined;
            continue;
          case 10: { // LOAD_NAME
            const name = code.names[arg] as string;
            let value = frame.locals?.get(name);
            if (value === undefined) {
              value = frame.globals.get(name) ?? (frame.globals.has(name) ? null : undefined);
              if (value === undefined) value = vm.builtins.get(name);
              if (value === undefined) throw nameError(name);
            }
            stack[sp++] = value;
            continue;
          }
          case 11: { // STORE_NAME
            const name = code.names[arg] as string;
            (frame.locals ?? frame.globals).set(name, stack[--sp] as Value);
            continue;
          }
          case 12: { // DELETE_NAME
            const name = code.names[arg] as string;
            if (!(frame.locals ?? frame.globals).delete(name)) throw nameError(name);
            continue;
          }
          case 13: { // LOAD_GLOBAL
            const name = code.names[arg] as string;
            let value = frame.globals.get(name);
            if (value === undefined) {
              value = vm.builtins.get(name);
              if (value === undefined) throw nameError(name);
            }
            stack[sp++] = value;
            continue;
          }
          case 14: // STORE_GLOBAL
            frame.globals.set(code.names[arg] as string, stack[--sp] as Value);
            continue;
          case 15: { // DELETE_GLOBAL
            const name = code.names[arg] as string;
            if (!frame.globals.delete(name)) throw nameError(name);
            continue;
          }
          case 16: { // LOAD_DEREF
            const value = (frame.cells[arg] as PyCell).content;
            if (value === undefined) throw unboundCell(code, arg);
            stack[sp++] = value;
            continue;
          }
          case 17: // STORE_DEREF
            (frame.cells[arg] as PyCell).content = stack[--sp] as Value;
            continue;
          case 18: { // DELETE_DEREF
            const cell = frame.cells[arg] as PyCell;
            if (cell.content === undefined) throw unboundCell(code, arg);
            cell.content = undefined;
            continue;
          }
          case 19: { // LOAD_CLASSDEREF
            const value = frame.locals?.get(code.facts.cellNames[arg] as string) ?? (frame.cells[arg] as PyCell).content;
            if (value === undefined) throw unboundCell(code, arg);
            stack[sp++] = value;
            continue;
          }
          case 20: // LOAD_CLOSURE
            stack[sp++] = frame.cells[arg] as PyCell;
            continue;
          case 21: { // BINARY_ADD
            const b = stack[--sp] as Value;
            const a = stack[--sp] as Value;
            if (typeof a === "number" && typeof b === "number") {
              const sum = a + b;
              stack[sp++] = Number.isSafeInteger(sum) ? sum : int.add(a, b);
              continue;
            }
            if (a instanceof PyFloat && b instanceof PyFloat) {
              stack[sp++] = new PyFloat(a.value + b.value);
              continue;
            }
            waiting = binary(vm, "+", a, b, arg === 1);
            break;
          }
          case 22: { // BINARY_SUBTRACT
            const b = stack[--sp] as Value;
            const a = stack[--sp] as Value;
            if (typeof a === "number" && typeof b === "number") {
              const difference = a - b;
              stack[sp++] = Number.isSafeInteger(difference) ? difference : int.subtract(a, b);
              continue;
            }
            if (a instanceof PyFloat && b instanceof PyFloat) {
              stack[sp++] = new PyFloat(a.value - b.value);
              continue;
            }
            waiting = binary(vm, "-", a, b, arg === 1);
            break;
          }
          case 23: { // BINARY_MULTIPLY
            const b = stack[--sp] as Value;
            const a = stack[--sp] as Value;
            if (typeof a === "number" && typeof b === "number") {
              const product = a * b;
              stack[sp++] = Number.isSafeInteger(product) ? product + 0 : int.multiply(a, b);
              continue;
            }
            if (a instanceof PyFloat && b instanceof PyFloat) {
              stack[sp++] = new PyFloat(a.value * b.value);
              continue;
            }
            waiting = binary(vm, "*", a, b, arg === 1);
            break;
          }
          case 24: { // BINARY_OTHER
            const b = stack[--sp] as Value;
            const a = stack[--sp] as Value;
            if (typeof a === "number" && typeof b === "number" && b !== 0) {
              const kind = arg & 15;
              if (kind === 4) {
                stack[sp++] = int.floorDivide(a, b);
                continue;
              }
              if (kind === 5) {
                stack[sp++] = int.modulo(a, b);
                continue;
              }
            }
            waiting = binary(vm, BINARY_OPERATORS[arg & 15] as (typeof BINARY_OPERATORS)[number], a, b, arg >= 16);
            break;
          }
          case 25: { // UNARY_NEGATIVE
            const a = stack[--sp] as Value;
            if (typeof a === "number") {
              stack[sp++] = 0 - a;
              continue;
            }
            waiting = unary(vm, "-", a);
            break;
          }
          case 26: // UNARY_POSITIVE
            waiting = unary(vm, "+", stack[--sp] as Value);
            break;
          case 27: // UNARY_INVERT
            waiting = unary(vm, "~", stack[--sp] as Value);
            break;
          case 28: { // UNARY_NOT
            const a = stack[--sp] as Value;
            if (typeof a === "boolean") {
              stack[sp++] = !a;
              continue;
            }
            const result = truth(vm, a);
            if (typeof result === "boolean") {
              stack[sp++] = !result;
              continue;
            }
            waiting = result;
            resume = RESUME.not;
            break;
          }
          case 29: { // COMPARE
            const b = stack[--sp] as Value;
            const a = stack[--sp] as Value;
            if (typeof a === "number" && typeof b === "number") {
              stack[sp++] = arg === 0 ? a < b : arg === 2 ? a === b : arg === 4 ? a > b : arg === 1 ? a <= b : arg === 5 ? a >= b : a !== b;
              continue;
            }
            if (arg === COMPARE_EQUAL && typeof a === "string" && typeof b === "string") {
              stack[sp++] = a === b;
              continue;
            }
            waiting = compare(vm, COMPARISONS[arg] as (typeof COMPARISONS)[number], a, b);
            break;
          }
          case 30: { // IS_OP
            const b = stack[--sp] as Value;
            const a = stack[--sp] as Value;
            stack[sp++] = isIdentical(a, b) !== (arg === 1);
            continue;
          }
          case 31: { // CONTAINS_OP
            const container = stack[--sp] as Value;
            const item = stack[--sp] as Value;
            const result = contains(vm, container, item);
            if (typeof result === "boolean") {
              stack[sp++] = result !== (arg === 1);
              continue;
            }
            waiting = result;
            if (arg === 1) resume = RESUME.not;
            break;
          }
          case 32: // JUMP
            pc = arg;
            continue;
          case 33: // JUMP_BACK
            vm.fuel -= pc - arg;
            pc = arg;
            if (vm.fuel <= 0 && vm.refuel()) {
              frame.pc = pc;
              frame.sp = sp;
              return PREEMPTED;
            }
            continue;
          case 34: { // POP_JUMP_IF_FALSE
            const value = stack[--sp] as Value;
            if (value === true) continue;
            if (value === false || value === null) {
              pc = arg;
              continue;
            }
            const result = truth(vm, value);
            if (result === true) continue;
            if (result === false) {
              pc = arg;
              continue;
            }
            waiting = result;
            resume = RESUME.jumpIfFalse;
            break;
          }
          case 35: { // POP_JUMP_IF_TRUE
            const value = stack[--sp] as Value;
            if (value === false || value === null) continue;
            if (value === true) {
              pc = arg;
              continue;
            }
            const result = truth(vm, value);
            if (result === false) continue;
            if (result === true) {
              pc = arg;
              continue;
            }
            waiting = result;
            resume = RESUME.jumpIfTrue;
            break;
          }
          case 36: { // JUMP_IF_FALSE_OR_POP
            const result = truth(vm, stack[sp - 1] as Value);
            if (result === false) pc = arg;
            else if (result === true) sp--;
            else {
              waiting = result;
              resume = RESUME.jumpIfFalseOrPop;
              break;
            }
            continue;
          }
          case 37: { // JUMP_IF_TRUE_OR_POP
            const result = truth(vm, stack[sp - 1] as Value);
            if (result === true) pc = arg;
            else if (result === false) sp--;
            else {
              waiting = result;
              resume = RESUME.jumpIfTrueOrPop;
              break;
            }
            continue;
          }
          case 38: { // GET_ITER
            const value = stack[--sp] as Value;
            if (value instanceof PyList && value.cls === types.list) {
              stack[sp++] = new PyListIterator(types.listIterator, value);
              continue;
            }
            waiting = iterate(vm, value);
            break;
          }
          case 39: { // FOR_ITER
            const iterator = stack[sp - 1] as Value;
            if (iterator instanceof PyRangeIterator) {
              if (iterator.left > 0) {
                iterator.left--;
                stack[sp++] = iterator.at;
                iterator.at += iterator.step;
              } else {
                sp--;
                pc = arg;
              }
              continue;
            }
            if (iterator instanceof PyListIterator) {
              const item = iterator.source.items[iterator.at];
              if (item !== undefined) {
                iterator.at++;
                stack[sp++] = item;
              } else {
                iterator.at = Number.MAX_SAFE_INTEGER;
                sp--;
                pc = arg;
              }
              continue;
            }
            if (iterator instanceof PyGenerator && (iterator.state === "suspended" || iterator.state === "created")) {
              const inner = iterator.frame;
              if (vm.depth >= vm.recursionLimit) throw failure(exceptions.RecursionError, "maximum recursion depth exceeded");
              if (iterator.state === "suspended") inner.stack[inner.sp++] = null;
              iterator.state = "running";
              vm.depth++;
              inner.returns = RETURN.iterate;
              inner.returnTarget = arg;
              frame.pc = pc;
              frame.sp = sp;
              inner.back = frame;
              frame = inner;
              vm.frame = frame;
              code = frame.code;
              operations = code.operations;
              operands = code.operands;
              stack = frame.stack;
              slots = frame.slots;
              sp = frame.sp;
              pc = frame.pc;
              continue;
            }
            const item = iterator instanceof PyIterator ? iterator.next(vm) : next(vm, iterator);
            if (item === undefined) {
              sp--;
              pc = arg;
              continue;
            }
            waiting = item;
            resume = RESUME.iterate;
            break;
          }
          case 40: // BUILD_TUPLE
            sp -= arg;
            stack[sp] = new PyTuple(stack.slice(sp, sp + arg));
            sp++;
            vm.heap.note(48 + 8 * arg);
            continue;
          case 41: // BUILD_LIST
            sp -= arg;
            stack[sp] = new PyList(arg === 0 ? [] : stack.slice(sp, sp + arg));
            sp++;
            vm.heap.note(64 + 8 * arg);
            continue;
          case 42: { // BUILD_SET
            sp -= arg;
            waiting = buildSet(vm, stack.slice(sp, sp + arg));
            break;
          }
          case 43: { // BUILD_MAP
            sp -= 2 * arg;
            waiting = buildDict(vm, arg === 0 ? [] : stack.slice(sp, sp + 2 * arg));
            break;
          }
          case 44: { // BUILD_STRING
            sp -= arg;
            let text = "";
            for (let i = 0; i < arg; i++) text += stack[sp + i] as string;
            stack[sp++] = text;
            vm.heap.note(text.length);
            continue;
          }
          case 45: { // BUILD_SLICE
            const step = arg === 3 ? (stack[--sp] as Value) : null;
            const stop = stack[--sp] as Value;
            stack[sp - 1] = new PySlice(stack[sp - 1] as Value, stop, step);
            continue;
          }
          case 46: { // LIST_APPEND
            const value = stack[--sp] as Value;
            const { items } = stack[sp - arg] as PyList;
            if (items.length >= MOST_ITEMS) throw memoryError();
            items.push(value);
            vm.heap.note(16);
            continue;
          }
          case 47: { // SET_ADD
            const value = stack[--sp] as Value;
            waiting = setAdd(vm, stack[sp - arg] as PySet, value);
            if (!(waiting instanceof Suspended)) continue;
            resume = RESUME.discard;
            break;
          }
          case 48: { // MAP_ADD
            const value = stack[--sp] as Value;
            const key = stack[--sp] as Value;
            waiting = dictSet(vm, stack[sp - arg] as PyDict, key, value);
            if (!(waiting instanceof Suspended)) continue;
            resume = RESUME.discard;
            break;
          }
          case 49: { // LIST_EXTEND
            const value = stack[--sp] as Value;
            const list = stack[sp - (arg & 255)] as PyList;
            const complaint = arg > 255 ? `${nameOfCallable(stack[sp - 2] as Value)} argument after * must be an iterable, not ` : "Value after * must be an iterable, not ";
            const items = collect(vm, value, complaint);
            if (!(items instanceof Suspended) && items.length < 4096) {
              for (const item of items) list.items.push(item);
              vm.heap.note(8 * items.length);
              continue;
            }
            waiting = extendLater(vm, list, items);
            resume = RESUME.discard;
            break;
          }
          case 50: { // SET_UPDATE
            const value = stack[--sp] as Value;
            waiting = updateSet(vm, stack[sp - arg] as PySet, value);
            if (!(waiting instanceof Suspended)) continue;
            resume = RESUME.discard;
            break;
          }
          case 51: { // DICT_UPDATE
            const value = stack[--sp] as Value;
            waiting = extendMapping(vm, stack[sp - arg] as PyDict, value);
            if (!(waiting instanceof Suspended)) continue;
            resume = RESUME.discard;
            break;
          }
          case 52: { // DICT_MERGE
            const value = stack[--sp] as Value;
            waiting = mergeKeywords(vm, stack[sp - arg] as PyDict, value, stack[sp - arg - 2] as Value);
            if (!(waiting instanceof Suspended)) continue;
            resume = RESUME.discard;
            break;
          }
          case 53: // LIST_TO_TUPLE
            stack[sp - 1] = new PyTuple((stack[sp - 1] as PyList).items);
            continue;
          case 54: { // UNPACK_SEQUENCE
            const value = stack[--sp] as Value;
            if ((value instanceof PyTuple || value instanceof PyList) && value.items.length === arg && !value.cls.heap) {
              const { items } = value;
              for (let i = arg - 1; i >= 0; i--) stack[sp++] = items[i] as Value;
              continue;
            }
            const items = unpack(vm, value, arg);
            if (!(items instanceof Suspended)) {
              for (const item of items) stack[sp++] = item;
              continue;
            }
            waiting = items;
            resume = RESUME.spread;
            break;
          }
          case 55: { // UNPACK_EX
            const items = unpackStar(vm, stack[--sp] as Value, arg & 255, arg >> 8);
            if (!(items instanceof Suspended)) {
              for (const item of items) stack[sp++] = item;
              continue;
            }
            waiting = items;
            resume = RESUME.spread;
            break;
          }
          case 56: { // LOAD_ATTR
            const object = stack[--sp] as Value;
            const name = code.names[arg] as string;
            if (object instanceof PyInstance && object.attributes !== undefined) {
              const own = object.attributes.get(name);
              if (own !== undefined && object.cls.lookup(name) === undefined && object.cls.lookup("__getattribute__") === types.object.members.get("__getattribute__")) {
                stack[sp++] = own;
                continue;
              }
            }
            waiting = getAttribute(vm, object, name);
            break;
          }
          case 57: { // STORE_ATTR
            const object = stack[--sp] as Value;
            const value = stack[--sp] as Value;
            waiting = setAttribute(vm, object, code.names[arg] as string, value);
            if (!(waiting instanceof Suspended)) continue;
            resume = RESUME.discard;
            break;
          }
          case 58: // DELETE_ATTR
            waiting = deleteAttribute(vm, stack[--sp] as Value, code.names[arg] as string);
            if (!(waiting instanceof Suspended)) continue;
            resume = RESUME.discard;
            break;
          case 59: { // BINARY_SUBSCR
            const index = stack[--sp] as Value;
            const container = stack[--sp] as Value;
            if (typeof index === "number" && container instanceof PyList && container.cls === types.list) {
              const item = container.items[index < 0 ? index + container.items.length : index];
              if (item !== undefined) {
                stack[sp++] = item;
                continue;
              }
            }
            waiting = getItem(vm, container, index);
            break;
          }
          case 60: { // STORE_SUBSCR
            const index = stack[--sp] as Value;
            const container = stack[--sp] as Value;
            const value = stack[--sp] as Value;
            if (typeof index === "number" && index >= 0 && container instanceof PyList && index < container.items.length && container.cls === types.list) {
              container.items[index] = value;
              continue;
            }
            waiting = setItem(vm, container, index, value);
            if (!(waiting instanceof Suspended)) continue;
            resume = RESUME.discard;
            break;
          }
          case 61: { // DELETE_SUBSCR
            const index = stack[--sp] as Value;
            waiting = deleteItem(vm, stack[--sp] as Value, index);
            if (!(waiting instanceof Suspended)) continue;
            resume = RESUME.discard;
            break;
          }
          case 62: { // LOAD_METHOD
            const object = stack[sp - 1] as Value;
            const name = code.names[arg] as string;
            const found = findMethod(object, name);
            if (found !== undefined) {
              stack[sp - 1] = found;
              stack[sp++] = object;
              continue;
            }
            sp--;
            // The mark that says: no receiver.
            stack[sp++] = NO_RECEIVER;
            waiting = getAttribute(vm, object, name);
            break;
          }
          case 63: // CALL_METHOD
          case 64: { // CALL
            const isMethod = operations[pc - 1] === 63;
            let count = arg;
            let callee = stack[sp - count - 1] as Value;
            let base = sp - count - 1;
            if (isMethod) {
              const first = stack[sp - count - 2] as Value;
              if (first !== NO_RECEIVER) {
                callee = first;
                count++;
              }
              base = sp - arg - 2;
            } else if (callee instanceof PyMethod && callee.callee instanceof PyFunction) {
              stack[sp - count - 1] = callee.self;
              callee = callee.callee;
              count++;
            }
            vm.fuel -= 6;
            if (callee instanceof PyFunction) {
              const inner = enterFunction(vm, callee, stack, sp - count, count);
              sp = base;
              if (inner.generator) {
                stack[sp++] = inner.generator;
                continue;
              }
              if (vm.depth >= vm.recursionLimit) throw failure(exceptions.RecursionError, "maximum recursion depth exceeded");
              vm.depth++;
              inner.returns = RETURN.push;
              frame.pc = pc;
              frame.sp = sp;
              inner.back = frame;
              frame = inner;
              vm.frame = frame;
              code = frame.code;
              operations = code.operations;
              operands = code.operands;
              stack = frame.stack;
              slots = frame.slots;
              sp = 0;
              pc = 0;
              if (vm.fuel <= 0 && vm.refuel()) {
                frame.pc = pc;
                frame.sp = sp;
                return PREEMPTED;
              }
              continue;
            }
            const values = stack.slice(sp - count, sp);
            sp = base;
            if (callee instanceof PyClass && callee.heap) {
              const made = instantiate(vm, callee, values, undefined);
              if (made instanceof Frame) {
                if (vm.depth >= vm.recursionLimit) throw failure(exceptions.RecursionError, "maximum recursion depth exceeded");
                vm.depth++;
                stack[sp++] = made.slots[0] ?? (made.cells[0] as PyCell).content ?? null;
                made.returns = RETURN.initialise;
                frame.pc = pc;
                frame.sp = sp;
                made.back = frame;
                frame = made;
                vm.frame = frame;
                code = frame.code;
                operations = code.operations;
                operands = code.operands;
                stack = frame.stack;
                slots = frame.slots;
                sp = 0;
                pc = 0;
                continue;
              }
              waiting = made;
              break;
            }
            frame.pc = pc;
            frame.sp = sp;
            waiting = callee instanceof PyBuiltin && callee.owner === undefined ? callee.native(vm, values, undefined) : call(vm, callee, values, undefined);
            break;
          }
          case 65: { // CALL_KEYWORDS
            const names = (stack[--sp] as PyTuple).items as readonly string[];
            const keywords = new Map<string, Value>();
            for (let i = names.length - 1; i >= 0; i--) sp--;
            names.forEach((name, i) => keywords.set(name, stack[sp + i] as Value));
            const count = arg - names.length;
            sp -= count;
            const values = stack.slice(sp, sp + count);
            const callee = stack[--sp] as Value;
            frame.pc = pc;
            frame.sp = sp;
            vm.fuel -= 10;
            waiting = call(vm, callee, values, keywords);
            break;
          }
          case 66: { // CALL_EX
            let keywords: Map<string, Value> | undefined;
            if (arg === 1) {
              keywords = new Map();
              for (const { key, value } of (stack[--sp] as PyDict).values()) {
                if (typeof key !== "string") throw typeError("keywords must be strings");
                keywords.set(key, value);
              }
            }
            const values = (stack[--sp] as PyList).items;
            const callee = stack[--sp] as Value;
            frame.pc = pc;
            frame.sp = sp;
            vm.fuel -= 10;
            waiting = call(vm, callee, values, keywords);
            break;
          }
          case 67: { // MAKE_FUNCTION
            const made = stack[--sp] as PyCode;
            const closure = (arg & 8) !== 0 ? ((stack[--sp] as PyTuple).items as readonly PyCell[]) : [];
            const fn = new PyFunction(made, frame.globals, closure);
            if ((arg & 4) !== 0) fn.annotations = stack[--sp] as Value;
            if ((arg & 2) !== 0) {
              fn.keywordDefaults = new Map();
              for (const { key, value } of (stack[--sp] as PyDict).values()) fn.keywordDefaults.set(key as string, value);
            }
            if ((arg & 1) !== 0) fn.defaults = (stack[--sp] as PyTuple).items;
            stack[sp++] = fn;
            vm.heap.note(160);
            continue;
          }
          case 68: // LOAD_BUILD_CLASS
            stack[sp++] = buildClassFunction;
            continue;
          case 69: { // RETURN_VALUE
            const value = stack[sp - 1] as Value;
            vm.depth--;
            const { generator } = frame;
            if (generator) generator.state = "finished";
            const how = frame.returns;
            if (how === RETURN.leave) {
              vm.result = value;
              vm.frame = frame.back;
              return DONE;
            }
            const { returnTarget } = frame;
            frame = frame.back as Frame;
            vm.frame = frame;
            code = frame.code;
            operations = code.operations;
            operands = code.operands;
            stack = frame.stack;
            slots = frame.slots;
            sp = frame.sp;
            pc = frame.pc;
            if (how === RETURN.push) stack[sp++] = value;
            else if (how === RETURN.initialise) {
              if (value !== null) throw typeError(`__init__() should return None, not '${typeNameOf(value)}'`);
            } else if (how === RETURN.iterate) {
              sp--;
              pc = returnTarget;
            } else if (how === RETURN.delegate) {
              stack[sp - 1] = value;
              pc = returnTarget;
            }
            continue;
          }
          case 70: { // YIELD_VALUE
            const value = stack[--sp] as Value;
            vm.depth--;
            (frame.generator as PyGenerator).state = "suspended";
            frame.pc = pc;
            frame.sp = sp;
            const how = frame.returns;
            const { back } = frame;
            frame.back = undefined;
            if (how === RETURN.leave) {
              vm.result = value;
              vm.frame = back;
              return DONE;
            }
            frame = back as Frame;
            vm.frame = frame;
            code = frame.code;
            operations = code.operations;
            operands = code.operands;
            stack = frame.stack;
            slots = frame.slots;
            sp = frame.sp;
            pc = frame.pc;
            stack[sp++] = value;
            continue;
          }
          case 71: // GET_YIELD_FROM_ITER
            waiting = yieldFromIterator(vm, stack[--sp] as Value);
            break;
          case 72: { // SEND
            const sent = stack[--sp] as Value;
            const iterator = stack[sp - 1] as Value;
            if (iterator instanceof PyGenerator && (iterator.state === "suspended" || (iterator.state === "created" && sent === null))) {
              const inner = iterator.frame;
              if (vm.depth >= vm.recursionLimit) throw failure(exceptions.RecursionError, "maximum recursion depth exceeded");
              if (iterator.state === "suspended") inner.stack[inner.sp++] = sent;
              iterator.state = "running";
              vm.depth++;
              inner.returns = RETURN.delegate;
              inner.returnTarget = arg;
              frame.pc = pc;
              frame.sp = sp;
              inner.back = frame;
              frame = inner;
              vm.frame = frame;
              code = frame.code;
              operations = code.operations;
              operands = code.operands;
              stack = frame.stack;
              slots = frame.slots;
              sp = frame.sp;
              pc = frame.pc;
              continue;
            }
            const turn = delegateNext(vm, iterator, sent);
            if (turn instanceof Suspended) {
              waiting = turn;
              resume = RESUME.send;
              break;
            }
            if ("yielded" in turn) stack[sp++] = turn.yielded;
            else {
              stack[sp - 1] = turn.returned;
              pc = arg;
            }
            continue;
          }
          case 73: { // RAISE
            const cause = arg === 2 ? (stack[--sp] as Value) : undefined;
            const exception = arg >= 1 ? (stack[--sp] as Value) : undefined;
            if (exception === undefined) {
              const handled = handledException(frame);
              if (!handled) throw runtimeError("No active exception to reraise");
              throw new Again(handled);
            }
            waiting = prepareRaise(vm, exception, cause);
            resume = RESUME.discard;
            break;
          }
          case 74: // SETUP_EXCEPT
            (frame.blocks ??= []).push({ handler: arg, level: sp, handled: frame.handled });
            continue;
          case 75: // POP_BLOCK
            frame.blocks?.pop();
            continue;
          case 76: { // PUSH_EXC
            const exception = stack[sp - 1] as PyException;
            stack[sp - 1] = frame.handled;
            stack[sp++] = exception;
            frame.handled = exception;
            continue;
          }
          case 77: // POP_EXC
            frame.handled = stack[--sp] as PyException | null;
            continue;
          case 78: // RERAISE
            throw new Again(stack[--sp] as PyException);
          case 79: { // CHECK_EXC_MATCH
            const type = stack[--sp] as Value;
            stack[sp] = matchesException(stack[sp - 1] as PyException, type);
            sp++;
            continue;
          }
          case 80: { // BEFORE_WITH
            const entered = enterWith(vm, stack[--sp] as Value);
            if (!(entered instanceof Suspended)) {
              for (const one of entered) stack[sp++] = one;
              continue;
            }
            waiting = entered;
            resume = RESUME.spread;
            break;
          }
          case 81: // WITH_EXCEPT_START
            waiting = exitWithException(vm, stack[sp - 3] as Value, stack[sp - 1] as PyException);
            break;
          case 82: // WITH_EXIT
            waiting = exitWith(vm, stack[--sp] as Value);
            if (!(waiting instanceof Suspended)) continue;
            resume = RESUME.discard;
            break;
          case 83: { // IMPORT_NAME
            const names = stack[--sp] as Value;
            const level = stack[--sp] as number;
            frame.pc = pc;
            frame.sp = sp;
            waiting = importModule(vm, code.names[arg] as string, frame.globals, names, level);
            break;
          }
          case 84: // IMPORT_FROM
            waiting = importFrom(vm, stack[sp - 1] as Value, code.names[arg] as string);
            break;
          case 85: // IMPORT_STAR
            waiting = importStar(vm, stack[--sp] as Value, frame.locals ?? frame.globals);
            if (!(waiting instanceof Suspended)) continue;
            resume = RESUME.discard;
            break;
          case 86: { // FORMAT_VALUE
            const spec = (arg & 4) !== 0 ? (stack[--sp] as string) : "";
            waiting = formatField(vm, stack[--sp] as Value, arg & 3, spec);
            break;
          }
          case 87: // PRINT_EXPR
            waiting = printExpression(vm, stack[--sp] as Value);
            if (!(waiting instanceof Suspended)) continue;
            resume = RESUME.discard;
            break;
          case 88: { // SETUP_ANNOTATIONS
            const namespace = frame.locals ?? frame.globals;
            if (!namespace.has("__annotations__")) namespace.set("__annotations__", new PyDict());
            continue;
          }
          case 89: { // MATCH_SEQUENCE
            const subject = stack[sp - 1] as Value;
            stack[sp++] = subject instanceof PyTuple || subject instanceof PyList || (subject !== null && typeof subject === "object" && subject.cls === types.range);
            continue;
          }
          case 90: // MATCH_MAPPING
            stack[sp] = (stack[sp - 1] as Value) instanceof PyDict;
            sp++;
            continue;
          case 91: // MATCH_KEYS
            waiting = matchKeys(vm, stack[sp - 2] as PyDict, stack[sp - 1] as PyTuple);
            break;
          case 92: { // MATCH_CLASS
            const names = stack[--sp] as PyTuple;
            const cls = stack[--sp] as Value;
            waiting = matchClass(vm, stack[--sp] as Value, cls, arg, names);
            break;
          }
          case 93: // GET_LEN
            waiting = lengthOf(vm, stack[sp - 1] as Value);
            break;
          case 94: { // MATCH_REST
            const keys = stack[--sp] as PyTuple;
            waiting = matchRest(vm, stack[--sp] as PyDict, keys);
            break;
          }
          case 95: // LOAD_ASSERTION_ERROR
            stack[sp++] = exceptions.AssertionError;
            continue;
          case 96: // COPY
            stack[sp] = stack[sp - arg] as Value;
            sp++;
            continue;
          case 97: { // SWAP
            const top = stack[sp - 1] as Value;
            stack[sp - 1] = stack[sp - arg] as Value;
            stack[sp - arg] = top;
            continue;
          }
          case 98: // GET_AWAITABLE
            waiting = awaitable(vm, stack[--sp] as Value);
            break;
          case 99: // IMPORT_SUBMODULE
            stack[sp - 1] = importSubmodule(vm, code.names[arg] as string, stack[sp - 1] as Value);
            continue;
          case 100: // SETUP_WITH
            (frame.blocks ??= []).push({ handler: arg, level: sp - 1, handled: frame.handled });
            continue;
          default:
            throw new Error(`no such instruction: ${operations[pc - 1]}`);
        }
        if (waiting instanceof Suspended) {
          frame.pc = pc;
          frame.sp = sp;
          vm.pending = waiting;
          vm.pendingResume = resume;
          vm.pendingTarget = arg;
          return PENDING;
        }
        if (resume !== RESUME.discard) stack[sp++] = waiting as Value;
      }
    } catch (error) {
      frame.sp = sp;
      thrown = error;
      vm.frame = frame;
    }
  }
}

/** Stands below a method's receiver when there is none to pass. */
export const NO_RECEIVER = new PyCell();

function typeNameOf(value: Value): string {
  return value === null ? "NoneType" : typeof value === "object" ? value.cls.name : typeof value === "string" ? "str" : typeof value === "boolean" ? "bool" : "int";
}
