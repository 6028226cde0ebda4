import { PyBytes, PyComplex, PyFloat, PyTuple, type Value } from "./value.ts";

/** Whether two constants of a body are the same object for `is`: equal, and of the same type. */
export function isSameConstant(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a instanceof PyFloat && b instanceof PyFloat) return Object.is(a.value, b.value);
  if (a instanceof PyComplex && b instanceof PyComplex) return Object.is(a.real, b.real) && Object.is(a.imag, b.imag);
  if (a instanceof PyBytes && b instanceof PyBytes) return a.bytes.length === b.bytes.length && a.bytes.every((byte, i) => byte === b.bytes[i]);
  if (a instanceof PyTuple && b instanceof PyTuple) return a.items.length === b.items.length && a.items.every((item, i) => isSameConstant(item, b.items[i] as Value));
  return false;
}
