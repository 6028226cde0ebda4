// How much memory the program would take. CPython frees what nobody refers to at once; so what is charged to the process is what can be reached, with
// the sizes of CPython's objects. It is measured when enough has been allocated since the last time to matter.

import { type Blocking, type Sys, SysError } from "../../../kernel/sys.ts";
import { PyDict } from "../objects/dictionary.ts";
import { memoryError, PyException } from "../objects/exception.ts";
import { PySet } from "../objects/set.ts";
import { PyBytes, PyCell, PyClass, PyFloat, PyInstance, PyIterator, PyList, PyListIterator, PyMethod, PyModule, PyObject, PyTuple, type Value } from "../objects/value.ts";
import { type Frame, PyFunction, PyGenerator } from "./frame.ts";
import type { Vm } from "./vm.ts";

const FIRST_MEASURE_BYTES = 4 << 20;
/** What the server itself can bear for one program, whatever the simulated machine has. */
const MAX_REAL_BYTES = 512 << 20;

/** Longer lists would be copied by the engine in one go when they grow, while others wait. */
export const MOST_ITEMS = 2_000_000;
/** What an object of ours takes beside what it stands for. */
const OWN_OBJECT_BYTES = 96;
/** Objects or eight items of a list looked at between two chances for others. */
const LOOKS_A_TURN = 512;
const ITEMS_A_LOOK = 8;

const SMALLEST_FILL = 1 << 18;
const MOST_FILLS = 4;

/** The last large repetitions ("x" * 10_000_000): who makes one again gets the same bytes, which nobody can change. */
class Fills {
  readonly #texts = new Map<string, string>();
  readonly #bytes = new Map<string, Uint8Array>();

  static #keep<T>(fills: Map<string, T>, key: string, fill: T): T {
    fills.set(key, fill);
    const [oldest] = fills.keys();
    if (fills.size > MOST_FILLS && oldest !== undefined) fills.delete(oldest);
    return fill;
  }

  /** Undefined: not there, or too small to be kept. */
  text(unit: string, times: number): string | undefined {
    return this.#texts.get(`${times} ${unit}`);
  }

  keepText(unit: string, times: number, text: string): string {
    return unit.length > 64 || text.length < SMALLEST_FILL ? text : Fills.#keep(this.#texts, `${times} ${unit}`, text);
  }

  bytes(unit: Uint8Array, times: number): Uint8Array | undefined {
    return unit.length > 64 ? undefined : this.#bytes.get(`${times} ${unit.join()}`);
  }

  keepBytes(unit: Uint8Array, times: number, bytes: Uint8Array): Uint8Array {
    return unit.length > 64 || bytes.length < SMALLEST_FILL ? bytes : Fills.#keep(this.#bytes, `${times} ${unit.join()}`, bytes);
  }

  holdsText(text: string): boolean {
    for (const fill of this.#texts.values()) if (fill.length === text.length && fill === text) return true;
    return false;
  }
}

export class Heap {
  readonly #sys: Sys;
  #sinceMeasure = 0;
  #threshold = FIRST_MEASURE_BYTES;
  #charged = 0;
  #chargedOwn = 0;
  /** of the last measure, with what was allocated since */
  #live = 0;
  /** what of it is not the same bytes again (Fills), nor untouched */
  #liveOwn = 0;
  readonly fills = new Fills();
  /** objects of ours that hold buffers: streams */
  readonly roots: Value[] = [];

  constructor(sys: Sys) {
    this.#sys = sys;
  }

  get due(): boolean {
    return this.#sinceMeasure > this.#threshold;
  }

  /** Small allocations: noted, measured later. */
  note(bytes: number): void {
    this.#sinceMeasure += bytes;
  }

  /** One large allocation: charged before it is made, so that a limit kills where it would. Throws MemoryError. */
  reserve(vm: Vm, bytes: number, own = bytes): void {
    if (bytes < 1 << 18) {
      this.#sinceMeasure += bytes;
      return;
    }
    if (this.#sinceMeasure > this.#threshold || (this.#live + bytes > 1 << 26 && this.#sinceMeasure + bytes > FIRST_MEASURE_BYTES)) this.#measured(measureNow(vm, this.roots));
    this.#live += bytes;
    this.#liveOwn += own;
    this.#sinceMeasure += bytes;
    if (this.#liveOwn > MAX_REAL_BYTES * 4) throw memoryError();
    this.#charge(this.#live, this.#liveOwn);
  }

  /** For a list or tuple of so many items. Throws MemoryError. */
  reserveItems(vm: Vm, count: number): void {
    this.reserve(vm, 8 * count);
    if (count > MOST_ITEMS) throw memoryError();
  }

  #charge(bytes: number, own: number): void {
    const delta = bytes - this.#charged;
    if (delta > 0 && delta < 1 << 17) return;
    try {
      this.#sys.allocate(delta, own - this.#chargedOwn);
      this.#charged = bytes;
      this.#chargedOwn = own;
    } catch (error) {
      if (error instanceof SysError && error.errno === "ENOMEM") throw memoryError();
      throw error;
    }
  }

  /** Others run meanwhile: with much memory it takes long. */
  *measure(vm: Vm): Blocking<void> {
    // not again by those who run meanwhile
    this.#sinceMeasure = 0;
    this.#measured(yield* reachable(vm, this.roots));
  }

  #measured({ bytes, ownBytes }: Reached): void {
    this.#live = bytes;
    this.#liveOwn = ownBytes;
    this.#sinceMeasure = 0;
    this.#threshold = Math.max(FIRST_MEASURE_BYTES, this.#live / 2);
    this.#charge(bytes, ownBytes);
    if (ownBytes > MAX_REAL_BYTES * 4) throw memoryError();
  }
}

interface Reached {
  readonly seen: ObjectSet;
  readonly bytes: number;
  readonly ownBytes: number;
}

/** A large Set grows in one go, while others wait: this is several small ones. */
class ObjectSet {
  #newest = new Set<object>();
  readonly #full: Set<object>[] = [];
  size = 0;

  has(value: object): boolean {
    if (this.#newest.has(value)) return true;
    for (const set of this.#full) if (set.has(value)) return true;
    return false;
  }

  add(value: object): void {
    if (this.#newest.size >= 1 << 17) {
      this.#full.push(this.#newest);
      this.#newest = new Set();
    }
    this.#newest.add(value);
    this.size++;
  }
}

/** Others run meanwhile. */
export function* reachable(vm: Vm, roots: readonly Value[]): Blocking<Reached> {
  const walk = reach(vm, roots);
  for (;;) {
    const turn = walk.next();
    if (turn.done) return turn.value;
    if (vm.sys.charge(LOOKS_A_TURN >> 2)) yield* vm.sys.preempt();
  }
}

function measureNow(vm: Vm, roots: readonly Value[]): Reached {
  const walk = reach(vm, roots);
  for (;;) {
    const turn = walk.next();
    if (turn.done) return turn.value;
  }
}

/** Walks everything that the program can reach; `seen` says what. Gives way now and then. */
function* reach(vm: Vm, roots: readonly Value[]): Generator<void, Reached> {
  const seen = new ObjectSet();
  const open: (Value | undefined)[] = [...roots, ...vm.modules.values(), ...vm.builtins.values()];
  for (const handler of vm.signalHandlers.values()) open.push(handler);
  let bytes = 0;
  /** of what is counted, but costs nothing */
  let free = 0;
  const counted = new Set<object | string>();
  const frameRoots = (frame: Frame) => {
    if (seen.has(frame)) return;
    seen.add(frame);
    bytes += 480;
    open.push(...frame.slots, ...frame.cells, frame.handled, frame.generator);
    for (let i = 0; i < frame.sp; i++) open.push(frame.stack[i]);
    if (frame.locals && !seen.has(frame.locals)) open.push(...frame.locals.values());
    if (!seen.has(frame.globals)) {
      seen.add(frame.globals);
      open.push(...frame.globals.values());
    }
  };
  for (const innermost of [vm.frame, ...vm.threads.waitingFrames()]) for (let frame = innermost; frame; frame = frame.back) frameRoots(frame);
  let looks = 0;
  while (open.length > 0) {
    if (++looks >= LOOKS_A_TURN) {
      looks = 0;
      yield;
    }
    const value = open.pop();
    switch (typeof value) {
      case "string":
        if (value.length > 64) bytes += value.length + 49;
        if (value.length >= SMALLEST_FILL && vm.heap.fills.holdsText(value)) {
          if (counted.has(`${value.length}`)) free += value.length;
          counted.add(`${value.length}`);
        }
        continue;
      case "bigint":
        bytes += 40;
        continue;
      case "object":
        break;
      default:
        continue;
    }
    if (value === null || seen.has(value)) continue;
    seen.add(value);
    if (value.attributes) {
      bytes += 104 + 24 * value.attributes.size;
      for (const one of value.attributes.values()) open.push(one);
    }
    if (value instanceof PyList || value instanceof PyTuple) {
      bytes += (value instanceof PyList ? 56 : 40) + 8 * value.items.length;
      for (let at = 0; at < value.items.length; at += LOOKS_A_TURN) {
        bytes += pushAll(open, value.items, at, at + LOOKS_A_TURN);
        looks += Math.min(LOOKS_A_TURN, value.items.length - at) / ITEMS_A_LOOK;
        if (looks < LOOKS_A_TURN) continue;
        looks = 0;
        yield;
      }
    } else bytes += sizeOf(value, open, frameRoots);
    if (value instanceof PyBytes && value.bytes.length >= SMALLEST_FILL) {
      if (value.untouched === value.bytes || counted.has(value.bytes.buffer)) free += value.bytes.length;
      counted.add(value.bytes.buffer);
    }
  }
  return { seen, bytes, ownBytes: bytes - free + OWN_OBJECT_BYTES * seen.size };
}

function pushAll(open: (Value | undefined)[], items: readonly Value[], from = 0, to = items.length): number {
  let numbers = 0;
  const end = Math.min(to, items.length);
  for (let at = from; at < end; at++) {
    const item = items[at] as Value;
    if (typeof item === "number") numbers += item > 256 || item < -5 ? 28 : 0;
    else if (item instanceof PyFloat) numbers += 24;
    else if (typeof item === "string" && item.length <= 64) numbers += 50 + item.length;
    else if (typeof item !== "boolean" && item !== null) open.push(item);
  }
  return numbers;
}

function sizeOf(value: PyObject, open: (Value | undefined)[], frameRoots: (frame: Frame) => void): number {
  if (value instanceof PyDict) {
    let bytes = 64;
    for (const entry of value.values()) bytes += 100 + pushAll(open, [entry.key, entry.value]);
    return bytes;
  }
  if (value instanceof PySet) return 216 + 60 * value.size + pushAll(open, value.ordered());
  if (value instanceof PyBytes) return 33 + value.bytes.length;
  if (value instanceof PyException) {
    open.push(value.args, value.cause, value.context);
    return 72;
  }
  if (value instanceof PyInstance) {
    open.push(value.base, value.cls);
    return 48;
  }
  if (value instanceof PyClass) {
    if (value.heap) for (const member of value.members.values()) open.push(member);
    return value.heap ? 1064 : 0;
  }
  if (value instanceof PyFunction) {
    open.push(...value.closure, ...value.defaults, ...(value.keywordDefaults?.values() ?? []));
    return 136;
  }
  if (value instanceof PyModule) open.push(...value.namespace.values());
  else if (value instanceof PyCell) open.push(value.content);
  else if (value instanceof PyMethod) open.push(value.self, value.callee);
  else if (value instanceof PyGenerator) frameRoots(value.frame);
  else if (value instanceof PyIterator) open.push(value.holds);
  else if (value instanceof PyListIterator && value.source instanceof PyObject) open.push(value.source);
  return 48;
}
