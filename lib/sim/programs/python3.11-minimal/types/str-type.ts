// The methods of str.

import { PyDict } from "../objects/dictionary.ts";
import { declareMethods, declareStaticMethods, type Implementation } from "../objects/declare.ts";
import { typeError, valueError } from "../objects/exception.ts";
import { formatBraces } from "../objects/brace-format.ts";
import { formatText } from "../objects/format-spec.ts";
import { codePoints, isAscii, isPlainText, sliceBounds, textLength } from "../objects/text.ts";
import { begin, PyBuiltin, PyBytes, PyInstance, PyList, PyTuple, type Run, settle, types, typeOf, unwrap, type Value } from "../objects/value.ts";
import { contains } from "../vm/compare.ts";
import { decodeBytes, encodeText } from "../vm/codec.ts";
import { dictGet, dictSet, hash } from "../vm/hash.ts";
import { collect, iterate } from "../vm/iterate.ts";
import { asIndex, getItem, lengthOf, needIndex } from "../vm/subscript.ts";
import { reprText, str } from "../vm/text-form.ts";
import type { Vm } from "../vm/vm.ts";
import { declareOperators } from "./operators.ts";

const WHITESPACE = "\\t\\n\\v\\f\\r\\x1c-\\x1f \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const RUN_OF_SPACES = new RegExp(`[${WHITESPACE}]+`);
const SPACES = /[\t\n\v\f\r\x1c-\x1f \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;

function needText(value: Value, what: string): string {
  const text = unwrap(value);
  if (typeof text !== "string") throw typeError(`${what} must be str, not ${value === null ? "None" : typeOf(value).name}`);
  return text;
}

types.str.construct = (vm, cls, args, keywords) => (cls === types.str && args.length === 1 && !keywords ? str(vm, args[0] as Value) : begin((function* (): Run<Value> {
  const object = args[0] ?? keywords?.get("object");
  const encoding = args[1] ?? keywords?.get("encoding");
  const errors = args[2] ?? keywords?.get("errors");
  let text = "";
  if (object !== undefined) {
    if (encoding !== undefined || errors !== undefined) {
      if (!(object instanceof PyBytes)) throw typeError(typeof object === "string" ? "decoding str is not supported" : `decoding to str: need a bytes-like object, ${typeOf(object).name} found`);
      text = decodeBytes(object.bytes, encoding === undefined ? "utf-8" : String(encoding), errors === undefined ? "strict" : String(errors));
    } else text = yield* settle(str(vm, object));
  }
  return cls === types.str ? text : new PyInstance(cls, text);
})()));

/** Both ends, for find, count, startswith and the like: code points to UTF-16 units when all is plain, else on arrays. */
function* range(vm: Vm, text: string, start: Value, end: Value): Run<{ readonly from: number; readonly to: number }> {
  const length = textLength(text);
  const part = function* (value: Value): Run<number | undefined> {
    if (value === null) return undefined;
    const index = yield* settle(asIndex(vm, value));
    if (index === undefined) throw typeError("slice indices must be integers or None or have an __index__ method");
    return Number(index);
  };
  const bounds = sliceBounds(yield* part(start), yield* part(end), 1, length);
  return { from: bounds.start, to: Math.max(bounds.start, bounds.stop) };
}

/** In code points. */
function find(text: string, wanted: string, from: number, to: number, last: boolean): number {
  if (isPlainText(text)) {
    if (from > text.length || to - from < wanted.length) return -1;
    const at = last ? text.lastIndexOf(wanted, to - wanted.length) : text.indexOf(wanted, from);
    return at < from || at + wanted.length > to ? -1 : at;
  }
  const part = codePoints(text).slice(from, to).join("");
  const at = last ? part.lastIndexOf(wanted) : part.indexOf(wanted);
  return at < 0 ? -1 : from + textLength(part.slice(0, at));
}

function finder(last: boolean, raising: boolean, name: string): Implementation {
  return (vm: Vm, self: string, sub: Value, start: Value, end: Value) => begin((function* (): Run<Value> {
    const wanted = needText(sub, `${name}() argument 1`);
    const { from, to } = yield* range(vm, self, start, end);
    vm.spend(self.length >> 4);
    const at = start !== null && Number(start) > textLength(self) ? -1 : find(self, wanted, from, to, last);
    if (at < 0 && raising) throw valueError("substring not found");
    return at;
  })());
}

function affix(atStart: boolean, name: string): Implementation {
  return (vm: Vm, self: string, wanted: Value, start: Value, end: Value) => begin((function* (): Run<Value> {
    const { from, to } = yield* range(vm, self, start, end);
    const part = start === null && end === null ? self : codePoints(self).slice(from, to).join("");
    const test = (one: Value) => {
      const text = unwrap(one);
      if (typeof text !== "string") throw typeError(wanted instanceof PyTuple ? `tuple for ${name} must only contain str, not ${typeOf(one).name}` : `${name} first arg must be str or a tuple of str, not ${typeOf(one).name}`);
      return atStart ? part.startsWith(text) : part.endsWith(text);
    };
    return wanted instanceof PyTuple ? wanted.items.some(test) : test(wanted);
  })());
}

function strip(text: string, characters: Value, left: boolean, right: boolean, name: string): string {
  let has: (c: string) => boolean;
  if (characters === null) has = (c) => SPACES.test(c);
  else {
    const set = unwrap(characters);
    if (typeof set !== "string") throw typeError(`${name} arg must be None or str`);
    const wanted = new Set(codePoints(set));
    has = (c) => wanted.has(c);
  }
  const items: ArrayLike<string> = isPlainText(text) ? text : codePoints(text);
  let from = 0;
  let to = items.length;
  if (left) while (from < to && has(items[from] as string)) from++;
  if (right) while (to > from && has(items[to - 1] as string)) to--;
  return typeof items === "string" ? text.slice(from, to) : Array.from(items).slice(from, to).join("");
}

function split(text: string, separator: Value, most: number, fromRight: boolean): string[] {
  if (separator === null) {
    const trimmed = strip(text, null, true, true, "split");
    if (trimmed === "") return [];
    if (!fromRight) {
      if (most < 0) return trimmed.split(RUN_OF_SPACES);
      const parts: string[] = [];
      let rest = strip(text, null, true, false, "split");
      while (parts.length < most) {
        const found = RUN_OF_SPACES.exec(rest);
        if (!found) break;
        parts.push(rest.slice(0, found.index));
        rest = rest.slice(found.index + found[0].length);
      }
      if (rest !== "") parts.push(parts.length < most ? strip(rest, null, false, true, "split") : rest);
      return parts;
    }
    const all = trimmed.split(RUN_OF_SPACES);
    if (most < 0 || all.length <= most + 1) return all;
    const tail = all.slice(all.length - most);
    let rest = trimmed;
    for (const one of [...tail].reverse()) rest = strip(rest.slice(0, rest.length - one.length), null, false, true, "rsplit");
    return [rest, ...tail];
  }
  const wanted = unwrap(separator);
  if (typeof wanted !== "string") throw typeError(`must be str or None, not ${typeOf(separator).name}`);
  if (wanted === "") throw valueError("empty separator");
  const all = text.split(wanted);
  if (most < 0 || all.length <= most + 1) return all;
  return fromRight ? [all.slice(0, all.length - most).join(wanted), ...all.slice(all.length - most)] : [...all.slice(0, most), all.slice(most).join(wanted)];
}

const lines = (text: string, keep: boolean): string[] => {
  const found = text.match(/[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]*(?:\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]|$)/g) ?? [];
  const all = found.filter((one) => one !== "");
  return keep ? all : all.map((one) => one.replace(/(?:\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029])$/, ""));
};

const every = (pattern: RegExp) => (_vm: Vm, self: string) => self !== "" && pattern.test(self);

function titleCase(text: string): string {
  let before = false;
  let result = "";
  for (const c of text) {
    const letter = /\p{L}/u.test(c);
    result += letter ? (before ? c.toLowerCase() : c.toUpperCase()) : c;
    before = letter;
  }
  return result;
}

function isTitle(text: string): boolean {
  let before = false;
  let any = false;
  for (const c of text) {
    const upper = /[\p{Lu}\p{Lt}]/u.test(c);
    const lower = /\p{Ll}/u.test(c);
    if ((upper && before) || (lower && !before)) return false;
    before = upper || lower;
    any ||= before;
  }
  return any;
}

function* pad(vm: Vm, self: string, width: Value, fill: Value, name: string, side: "<" | ">" | "^"): Run<Value> {
  const size = Number(yield* needIndex(vm, width));
  const filler = unwrap(fill);
  if (typeof filler !== "string") throw typeError(`The fill character must be a unicode character, not ${typeOf(fill).name}`);
  if (textLength(filler) !== 1) throw typeError("The fill character must be exactly one character long");
  void name;
  const room = size - textLength(self);
  if (room <= 0) return self;
  vm.heap.reserve(vm, size);
  if (side === "<") return self + filler.repeat(room);
  if (side === ">") return filler.repeat(room) + self;
  // unicode_center: the odd one goes left when the width is odd.
  const left = Math.floor(room / 2) + (room & size & 1);
  return filler.repeat(left) + self + filler.repeat(room - left);
}

function partition(self: string, separator: Value, last: boolean): Value {
  const wanted = needText(separator, "must be str");
  if (wanted === "") throw valueError("empty separator");
  const at = last ? self.lastIndexOf(wanted) : self.indexOf(wanted);
  if (at < 0) return new PyTuple(last ? ["", "", self] : [self, "", ""]);
  return new PyTuple([self.slice(0, at), wanted, self.slice(at + wanted.length)]);
}

function replace(vm: Vm, self: string, old: string, by: string, count: number): string {
  vm.spend(self.length >> 4);
  if (count < 0) {
    const text = self.replaceAll(old, () => by);
    vm.heap.reserve(vm, text.length);
    return text;
  }
  let text = "";
  let at = 0;
  for (let i = 0; i < count; i++) {
    const found = old === "" ? (at <= self.length && (i === 0 ? 0 : at) <= self.length ? at : -1) : self.indexOf(old, at);
    if (found < 0) break;
    text += self.slice(at, found) + by;
    at = found + old.length;
    if (old === "") {
      if (at >= self.length) return text;
      text += self[at] ?? "";
      at++;
    }
  }
  return text + self.slice(at);
}

function joinTexts(vm: Vm, separator: string, texts: readonly Value[]): string {
  let length = separator.length * texts.length;
  for (const one of texts) length += (one as string).length;
  vm.heap.reserve(vm, length);
  vm.spend(length >> 6);
  return texts.join(separator);
}

declareMethods(types.str, {
  "upper(self, /)": (_vm, self: string) => self.toUpperCase(),
  "lower(self, /)": (_vm, self: string) => self.toLowerCase(),
  "casefold(self, /)": (_vm, self: string) => self.toLowerCase().replaceAll("ß", "ss"),
  "capitalize(self, /)": (_vm, self: string) => {
    const [first = "", ...rest] = codePoints(self);
    return first.toUpperCase() + rest.join("").toLowerCase();
  },
  "title(self, /)": (_vm, self: string) => titleCase(self),
  "swapcase(self, /)": (_vm, self: string) => codePoints(self).map((c) => (c === c.toUpperCase() ? c.toLowerCase() : c.toUpperCase())).join(""),
  "isalpha(self, /)": every(/^\p{L}+$/u),
  "isdigit(self, /)": every(/^[\p{Nd}\u00b2\u00b3\u00b9\u2070\u2074-\u2079\u2080-\u2089]+$/u),
  "isdecimal(self, /)": every(/^\p{Nd}+$/u),
  "isnumeric(self, /)": every(/^\p{N}+$/u),
  "isalnum(self, /)": every(/^[\p{L}\p{N}]+$/u),
  "isspace(self, /)": every(new RegExp(`^[${WHITESPACE}]+$`)),
  "isupper(self, /)": (_vm, self: string) => /\p{Lu}/u.test(self) && !/[\p{Ll}\p{Lt}]/u.test(self),
  "islower(self, /)": (_vm, self: string) => /\p{Ll}/u.test(self) && !/[\p{Lu}\p{Lt}]/u.test(self),
  "istitle(self, /)": (_vm, self: string) => isTitle(self),
  "isascii(self, /)": (_vm, self: string) => isAscii(self),
  "isidentifier(self, /)": (_vm, self: string) => /^[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Mn}\p{Mc}\p{Nd}\p{Pc}_]*$/u.test(self),
  "isprintable(self, /)": (_vm, self: string) => !/[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u.test(self),
  "find(self, sub, start=None, end=None, /)": finder(false, false, "find"),
  "rfind(self, sub, start=None, end=None, /)": finder(true, false, "rfind"),
  "index(self, sub, start=None, end=None, /)": finder(false, true, "index"),
  "rindex(self, sub, start=None, end=None, /)": finder(true, true, "rindex"),
  "count(self, sub, start=None, end=None, /)": (vm, self: string, sub: Value, start: Value, end: Value) => begin((function* (): Run<Value> {
    const wanted = needText(sub, "count() argument 1");
    const { from, to } = yield* range(vm, self, start, end);
    const part = start === null && end === null ? self : codePoints(self).slice(from, to).join("");
    vm.spend(part.length >> 3);
    return wanted === "" ? textLength(part) + 1 : part.split(wanted).length - 1;
  })()),
  "startswith(self, prefix, start=None, end=None, /)": affix(true, "startswith"),
  "endswith(self, suffix, start=None, end=None, /)": affix(false, "endswith"),
  "strip(self, chars=None, /)": (_vm, self: string, chars: Value) => strip(self, chars, true, true, "strip"),
  "lstrip(self, chars=None, /)": (_vm, self: string, chars: Value) => strip(self, chars, true, false, "lstrip"),
  "rstrip(self, chars=None, /)": (_vm, self: string, chars: Value) => strip(self, chars, false, true, "rstrip"),
  "removeprefix(self, prefix, /)": (_vm, self: string, prefix: Value) => {
    const text = needText(prefix, "removeprefix() argument");
    return text !== "" && self.startsWith(text) ? self.slice(text.length) : self;
  },
  "removesuffix(self, suffix, /)": (_vm, self: string, suffix: Value) => {
    const text = needText(suffix, "removesuffix() argument");
    return text !== "" && self.endsWith(text) ? self.slice(0, -text.length) : self;
  },
  "split(self, sep=None, maxsplit=-1)": (vm, self: string, sep: Value, maxsplit: Value) => {
    const cut = (most: number): Value => {
      vm.spend(self.length >> 3);
      const parts = split(self, sep, most, false);
      vm.heap.note(60 * parts.length + self.length);
      return new PyList(parts);
    };
    return typeof maxsplit === "number" ? cut(maxsplit) : begin((function* (): Run<Value> {
      return cut(Number(yield* needIndex(vm, maxsplit)));
    })());
  },
  "rsplit(self, sep=None, maxsplit=-1)": (vm, self: string, sep: Value, maxsplit: Value) => begin((function* (): Run<Value> {
    return new PyList(split(self, sep, Number(yield* needIndex(vm, maxsplit)), true));
  })()),
  "splitlines(self, keepends=False)": (_vm, self: string, keepends: Value) => new PyList(lines(self, keepends === true || keepends === 1)),
  "partition(self, sep, /)": (_vm, self: string, sep: Value) => partition(self, sep, false),
  "rpartition(self, sep, /)": (_vm, self: string, sep: Value) => partition(self, sep, true),
  "join(self, iterable, /)": (vm, self: string, iterable: Value) => (iterable instanceof PyList && iterable.items.every((one) => typeof one === "string") ? joinTexts(vm, self, iterable.items) : begin((function* (): Run<Value> {
    if (iterable === null || typeof iterable === "number" || typeof iterable === "boolean") throw typeError("can only join an iterable");
    const items = yield* settle(collect(vm, iterable));
    const texts: string[] = [];
    for (const [i, item] of items.entries()) {
      const one = typeof item === "string" ? item : unwrap(item);
      if (typeof one !== "string") throw typeError(`sequence item ${i}: expected str instance, ${typeOf(item).name} found`);
      texts.push(one);
    }
    return joinTexts(vm, self, texts);
  })())),
  "replace(self, old, new, count=-1, /)": (vm, self: string, old: Value, by: Value, count: Value) => {
    const [from, to] = [needText(old, "replace() argument 1"), needText(by, "replace() argument 2")];
    return typeof count === "number" ? replace(vm, self, from, to, count) : begin((function* (): Run<Value> {
      return replace(vm, self, from, to, Number(yield* needIndex(vm, count)));
    })());
  },
  "ljust(self, width, fillchar=' ', /)": (vm, self: string, width: Value, fill: Value) => begin(pad(vm, self, width, fill ?? " ", "ljust", "<")),
  "rjust(self, width, fillchar=' ', /)": (vm, self: string, width: Value, fill: Value) => begin(pad(vm, self, width, fill ?? " ", "rjust", ">")),
  "center(self, width, fillchar=' ', /)": (vm, self: string, width: Value, fill: Value) => begin(pad(vm, self, width, fill ?? " ", "center", "^")),
  "zfill(self, width, /)": (vm, self: string, width: Value) => begin((function* (): Run<Value> {
    const room = Number(yield* needIndex(vm, width)) - textLength(self);
    if (room <= 0) return self;
    const sign = /^[+-]/.exec(self)?.[0] ?? "";
    return sign + "0".repeat(room) + self.slice(sign.length);
  })()),
  "expandtabs(self, tabsize=8)": (vm, self: string, tabsize: Value) => begin((function* (): Run<Value> {
    const size = Number(yield* needIndex(vm, tabsize));
    let column = 0;
    let text = "";
    for (const c of codePoints(self)) {
      if (c === "\t") {
        const spaces = size > 0 ? size - (column % size) : 0;
        text += " ".repeat(spaces);
        column += spaces;
      } else {
        text += c;
        column = c === "\n" || c === "\r" ? 0 : column + 1;
      }
    }
    return text;
  })()),
  "encode(self, encoding='utf-8', errors='strict')": (_vm, self: string, encoding: Value, errors: Value) => new PyBytes(encodeText(self, needText(encoding, "encode() argument 'encoding'"), needText(errors, "encode() argument 'errors'"))),
  "translate(self, table, /)": (vm, self: string, table: Value) => begin((function* (): Run<Value> {
    let text = "";
    for (const c of codePoints(self)) {
      const code = c.codePointAt(0) ?? 0;
      let mapped: Value | undefined;
      if (table instanceof PyDict) mapped = yield* settle(dictGet(vm, table, code));
      else {
        try {
          mapped = yield* settle(getItem(vm, table, code));
        } catch {
          mapped = undefined;
        }
      }
      if (mapped === undefined) text += c;
      else if (typeof mapped === "number") text += String.fromCodePoint(mapped);
      else if (mapped !== null) text += String(mapped);
    }
    return text;
  })()),
  "format_map(self, mapping, /)": (vm, self: string, mapping: Value) => begin(formatBraces(vm, self, [], undefined, function* (name) {
    return yield* settle(getItem(vm, mapping, name));
  })),
  "__len__(self, /)": (vm, self: string) => lengthOf(vm, self),
  "__getitem__(self, index, /)": (vm, self: string, index: Value) => getItem(vm, self, index),
  "__contains__(self, item, /)": (vm, self: string, item: Value) => contains(vm, self, item),
  "__iter__(self, /)": (vm, self: string) => iterate(vm, self),
  "__repr__(self, /)": (_vm, self: string) => reprText(self),
  "__str__(self, /)": (_vm, self: string) => self,
  "__format__(self, spec, /)": (_vm, self: string, spec: string) => (spec === "" ? self : formatText(self, spec)),
  "__hash__(self, /)": (vm, self: string) => hash(vm, self),
});
declareOperators(types.str, ["+", "*", "%"]);

types.str.members.set("format", new PyBuiltin(types.methodDescriptor, "format", (vm, args, keywords) => begin(formatBraces(vm, unwrap(args[0] as Value) as string, args.slice(1), keywords)), "str.format", undefined, types.str));

declareStaticMethods(types.str, {
  "maketrans(x, y=..., z=..., /)": (vm, x: Value, y: Value | undefined, z: Value | undefined) => begin((function* (): Run<Value> {
    const table = new PyDict();
    if (y === undefined) {
      if (!(x instanceof PyDict)) throw typeError("if you give only one argument to maketrans it must be a dict");
      for (const { key, value } of x.values()) {
        if (typeof key === "string" && textLength(key) !== 1) throw valueError("string keys in translate table must be of length 1");
        yield* settle(dictSet(vm, table, typeof key === "string" ? (key.codePointAt(0) ?? 0) : key, value));
      }
      return table;
    }
    const [from, to] = [codePoints(needText(x, "first maketrans argument must be a string if there is a second argument")), codePoints(needText(y, "maketrans() argument 2"))];
    if (from.length !== to.length) throw valueError("the first two maketrans arguments must have equal length");
    for (const [i, c] of from.entries()) yield* settle(dictSet(vm, table, c.codePointAt(0) ?? 0, to[i]?.codePointAt(0) ?? 0));
    if (z !== undefined) for (const c of codePoints(needText(z, "maketrans() argument 3"))) yield* settle(dictSet(vm, table, c.codePointAt(0) ?? 0, null));
    return table;
  })()),
});
