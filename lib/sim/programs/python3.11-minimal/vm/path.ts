// Paths as arguments: str, bytes, path objects; and the file name in the errors of system calls.

import { errnoNumber, SysError, decode } from "../../../kernel/sys.ts";
import { osError, typeError, valueError } from "../objects/exception.ts";
import { PyBytes, type Run, settle, typeOf, unwrap, type Value } from "../objects/value.ts";
import { callSpecial } from "./call.ts";
import type { Vm } from "./vm.ts";

export function* pathText(vm: Vm, value: Value, complaint: string): Run<string> {
  const plain = unwrap(value);
  let path: string | undefined;
  if (typeof plain === "string") path = plain;
  else if (plain instanceof PyBytes) path = decode(plain.bytes);
  else if (typeof value === "object" && value !== null) {
    const made = callSpecial(vm, value, "__fspath__");
    if (made !== undefined) {
      const result = unwrap(yield* settle(made));
      if (typeof result === "string") path = result;
    }
  }
  if (path === undefined) throw typeError(`${complaint}${typeOf(value).name}`);
  if (path.includes("\0")) throw valueError("embedded null byte");
  return path;
}

/** How a path stands in an error: a path object as the text that it gave. */
export function shownPath(path: Value, text: string): Value {
  const plain = unwrap(path);
  return typeof plain === "object" && plain !== null && !(plain instanceof PyBytes) ? text : path;
}

/** Adds the path to what a system call throws. */
export function* withPath<T>(path: Value, run: () => Run<T>, second?: Value): Run<T> {
  try {
    return yield* run();
  } catch (error) {
    if (error instanceof SysError) throw osError(errnoNumber(error.errno), error.message, path, second);
    throw error;
  }
}

/** The same for calls that return at once. */
export function atPath<T>(path: Value, run: () => T, second?: Value): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof SysError) throw osError(errnoNumber(error.errno), error.message, path, second);
    throw error;
  }
}
