// The orders of asort(), asorti() and PROCINFO["sorted_in"]: "@ind_str_asc" and its relatives, or a function of the program.

import type { Blocking } from "../../kernel/sys.ts";
import { GawkArray } from "./_array.ts";
import { GawkFatalError } from "./_format.ts";
import type { Runtime } from "./_runtime.ts";
import { comparable, numberOfText, type Value } from "./_value.ts";

export interface Element {
  readonly key: string;
  readonly value: Value | GawkArray;
}

type Order = (runtime: Runtime, a: Element, b: Element) => number;

const byText: Order = (runtime, a, b) => runtime.compareTexts(a.key, b.key);
const byNumber: Order = (runtime, a, b) => numberOfText(a.key) - numberOfText(b.key) || byText(runtime, a, b);

/** Numbers before texts before arrays. */
function kind(value: Value | GawkArray): number {
  if (value instanceof GawkArray) return 2;
  return comparable(value) === undefined ? 1 : 0;
}

const scalar = (value: Value | GawkArray): Value => (value instanceof GawkArray ? undefined : value);

const byType: Order = (runtime, a, b) => {
  const difference = kind(a.value) - kind(b.value);
  if (difference !== 0) return difference;
  const order = kind(a.value) === 2 ? 0 : runtime.compare(scalar(a.value), scalar(b.value));
  return order || byText(runtime, a, b);
};

const byValueText: Order = (runtime, a, b) => {
  const arrays = Number(a.value instanceof GawkArray) - Number(b.value instanceof GawkArray);
  if (arrays !== 0) return arrays;
  return runtime.compareTexts(runtime.text(scalar(a.value)), runtime.text(scalar(b.value))) || byText(runtime, a, b);
};

const byValueNumber: Order = (runtime, a, b) => {
  const arrays = Number(a.value instanceof GawkArray) - Number(b.value instanceof GawkArray);
  if (arrays !== 0) return arrays;
  const number = (value: Value): number => comparable(value) ?? numberOfText(runtime.text(value));
  const difference = number(scalar(a.value)) - number(scalar(b.value));
  return difference || runtime.compareTexts(runtime.text(scalar(a.value)), runtime.text(scalar(b.value))) || byText(runtime, a, b);
};

const ORDERS = new Map<string, Order>([["ind_str", byText], ["ind_num", byNumber], ["val_type", byType], ["val_str", byValueText], ["val_num", byValueNumber]]);

/** Calls a function of the program. */
export type Caller = (name: string, args: readonly (Value | GawkArray)[]) => Blocking<Value>;

/** The elements in the order that `how` names. Throws GawkFatalError; `from` is who asked. */
export function* sorted(runtime: Runtime, array: GawkArray, how: string, from: string, call: Caller): Blocking<Element[]> {
  const elements = array.keys().map((key): Element => ({ key, value: array.get(key) }));
  runtime.work += elements.length << 5;
  if (how === "" || how === "@unsorted") return elements;
  const found = /^@(ind_str|ind_num|val_type|val_str|val_num)_(asc|desc)$/.exec(how);
  const order = found ? ORDERS.get(found[1] ?? "") : undefined;
  if (order) {
    const sign = found?.[2] === "desc" ? -1 : 1;
    return elements.sort((a, b) => sign * order(runtime, a, b));
  }
  if (how.startsWith("@") || !runtime.program.functions.has(how)) throw new GawkFatalError(how.startsWith("@") || from === "sorted_in" ? `sort comparison function \`${how}' is not defined` : `${from}: \`${how}' is invalid as a function name`);
  return yield* mergeSort(elements, function* (a, b) {
    const result = yield* call(how, [a.key, a.value, b.key, b.value]);
    return comparable(result) ?? numberOfText(runtime.text(result));
  });
}

/** A comparison that may wait cannot be Array.sort's. */
function* mergeSort(list: Element[], order: (a: Element, b: Element) => Blocking<number>): Blocking<Element[]> {
  if (list.length < 2) return list;
  const middle = list.length >> 1;
  const left = yield* mergeSort(list.slice(0, middle), order);
  const right = yield* mergeSort(list.slice(middle), order);
  const merged: Element[] = [];
  let i = 0;
  let j = 0;
  for (;;) {
    const a = left[i];
    const b = right[j];
    if (!a || !b) return merged.concat(left.slice(i), right.slice(j));
    if ((yield* order(a, b)) <= 0) {
      merged.push(a);
      i++;
    } else {
      merged.push(b);
      j++;
    }
  }
}
