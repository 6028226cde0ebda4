// str.format() (docs.python.org, "Format String Syntax").

import { getAttribute } from "../vm/attribute.ts";
import { getItem } from "../vm/subscript.ts";
import { ascii, format, repr, str } from "../vm/text-form.ts";
import type { Vm } from "../vm/vm.ts";
import { indexError, keyError, valueError } from "./exception.ts";
import { type Keywords, type Run, settle, type Value } from "./value.ts";

interface Numbering {
  next: number;
  manual: boolean;
}

/** `lookup` serves format_map(); otherwise names come from the keywords. */
export function* formatBraces(vm: Vm, text: string, args: readonly Value[], keywords: Keywords | undefined, lookup?: (name: string) => Run<Value>): Run<string> {
  return yield* fields(vm, text, args, keywords, lookup, { next: 0, manual: false }, 2);
}

function* fields(vm: Vm, text: string, args: readonly Value[], keywords: Keywords | undefined, lookup: ((name: string) => Run<Value>) | undefined, numbering: Numbering, depth: number): Run<string> {
  if (depth < 0) throw valueError("Max string recursion exceeded");
  let result = "";
  for (let i = 0; i < text.length; i++) {
    const c = text[i] as string;
    if (c === "}") {
      if (text[i + 1] !== "}") throw valueError("Single '}' encountered in format string");
      result += c;
      i++;
      continue;
    }
    if (c !== "{") {
      result += c;
      continue;
    }
    if (text[i + 1] === "{") {
      result += c;
      i++;
      continue;
    }
    let level = 1;
    let end = i + 1;
    for (; end < text.length; end++) {
      if (text[end] === "{") level++;
      else if (text[end] === "}" && --level === 0) break;
    }
    if (i + 1 >= text.length) throw valueError("Single '{' encountered in format string");
    if (level > 0) throw valueError("expected '}' before end of string");
    const field = text.slice(i + 1, end);
    i = end;
    const parts = /^([^!:[\]]*(?:\[[^\]]*\][^!:[\]]*)*)(?:!([\s\S]?))?(?::([\s\S]*))?$/.exec(field);
    if (!parts) throw valueError(field.includes("!") ? "expected ':' after conversion specifier" : "unmatched '{' in format spec");
    const [, path = "", conversion, spec = ""] = parts;
    let value = yield* resolve(vm, path, args, keywords, lookup, numbering);
    if (conversion !== undefined) {
      if (conversion === "r") value = yield* settle(repr(vm, value));
      else if (conversion === "s") value = yield* settle(str(vm, value));
      else if (conversion === "a") value = yield* settle(ascii(vm, value));
      else throw valueError(conversion === "" ? "end of string while looking for conversion specifier" : `Unknown conversion specifier '${conversion}'`);
    }
    const expanded = spec.includes("{") ? yield* fields(vm, spec, args, keywords, lookup, numbering, depth - 1) : spec;
    result += yield* settle(format(vm, value, expanded));
  }
  return result;
}

function* resolve(vm: Vm, path: string, args: readonly Value[], keywords: Keywords | undefined, lookup: ((name: string) => Run<Value>) | undefined, numbering: Numbering): Run<Value> {
  const [first = ""] = /^[^.[]*/.exec(path) ?? [""];
  let value: Value;
  if (first === "" || /^\d+$/.test(first)) {
    if (first === "" && numbering.manual) throw valueError("cannot switch from manual field specification to automatic field numbering");
    if (first !== "" && numbering.next > 0) throw valueError("cannot switch from automatic field numbering to manual field specification");
    if (first !== "") numbering.manual = true;
    const index = first === "" ? numbering.next++ : Number(first);
    const found = args[index];
    if (lookup) throw valueError("Format string contains positional fields");
    if (found === undefined) throw indexError(`Replacement index ${index} out of range for positional args tuple`);
    value = found;
  } else if (lookup) value = yield* lookup(first);
  else {
    const found = keywords?.get(first);
    if (found === undefined) throw keyError(first);
    value = found;
  }
  for (const step of path.slice(first.length).matchAll(/\.([^.[]*)|\[([^\]]*)\]/g)) {
    const [, attribute, index] = step;
    if (attribute !== undefined) {
      if (attribute === "") throw valueError("Empty attribute in format string");
      value = yield* settle(getAttribute(vm, value, attribute));
    } else if (index !== undefined) {
      if (index === "") throw valueError("Empty attribute in format string");
      value = yield* settle(getItem(vm, value, /^\d+$/.test(index) ? Number(index) : index));
    }
  }
  return value;
}

