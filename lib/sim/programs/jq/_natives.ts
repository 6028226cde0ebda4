// The builtins of jq that are functions of values, and those that need the machine of filters (path, empty, error, range, assignments).

import { format } from "./_formats.ts";
import { parseJsonTexts, JsonFailure } from "./_json-parser.ts";
import { codePoints, contains, deletePaths, getPath, has, keysOf, setPath, textLength } from "./_paths.ts";
import { DATES } from "./_dates.ts";
import { type Context, Halt, type Native, type Outputs, pathOf, type Special, withValue } from "./_evaluate.ts";
import { matches } from "./_match.ts";
import { MATHEMATICS } from "./_mathematics.ts";
import { splitText } from "./_arithmetic.ts";
import { brief, compare, described, dump, equal, isArray, isObject, JqError, type Json, truthy, typeOf } from "./_value.ts";

function text(value: Json, name: string): string {
  if (typeof value !== "string") throw new JqError(`${name} input must be a string`);
  return value;
}

function array(value: Json, what: string): readonly Json[] {
  if (!isArray(value)) throw new JqError(`${described(value)} cannot be ${what}, as it is not an array`);
  return value;
}

function lengthOf(value: Json): Json {
  if (value === null) return 0;
  if (typeof value === "boolean") throw new JqError(`${described(value)} has no length`);
  if (typeof value === "number") return Math.abs(value);
  if (typeof value === "string") return textLength(value);
  return isArray(value) ? value.length : value.size;
}

function utf8Length(of: string): number {
  let bytes = 0;
  for (const char of of) {
    const code = char.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

function flatten(items: readonly Json[], depth: number, into: Json[]): Json[] {
  for (const item of items) {
    if (isArray(item) && depth > 0) flatten(item, depth - 1, into);
    else into.push(item);
  }
  return into;
}

/** The items with their keys, in the keys' order; equal ones stay as they were. */
function keyed(items: Json, keys: Json, what: string): readonly (readonly [key: Json, item: Json])[] {
  const list = array(items, what);
  return list.map((item, i) => [isArray(keys) ? keys[i] ?? null : null, item] as const).sort((a, b) => compare(a[0], b[0]));
}

function extreme(items: Json, keys: Json, sign: number): Json {
  const list = isArray(items) ? items : undefined;
  if (!list) throw new JqError(`${described(items)} and ${described(keys)} cannot be iterated over`);
  let best: Json = null;
  let bestKey: Json | undefined;
  list.forEach((item, i) => {
    const key = isArray(keys) ? keys[i] ?? null : null;
    const order = bestKey === undefined ? 0 : compare(key, bestKey) * sign;
    if (bestKey === undefined || order < 0 || (order === 0 && sign < 0)) {
      best = item;
      bestKey = key;
    }
  });
  return best;
}

function toNumber(value: Json): Json {
  if (typeof value === "number") return value;
  if (typeof value !== "string") throw new JqError(`${described(value)} cannot be parsed as a number`);
  const parsed = fromJson(value);
  if (typeof parsed !== "number" && parsed !== null) throw new JqError(`${described(value)} cannot be parsed as a number`);
  return parsed;
}

function fromJson(value: Json): Json {
  if (typeof value !== "string") throw new JqError(`${described(value)} only strings can be parsed`);
  try {
    const values = parseJsonTexts(value);
    if (values.length > 1) throw new JqError(`Unexpected extra JSON values (while parsing '${value}')`);
    if (values.length === 0) throw new JqError(`Expected JSON value (while parsing '${value}')`);
    return values[0] ?? null;
  } catch (error) {
    if (error instanceof JsonFailure) throw new JqError(`${error.message} (while parsing '${value}')`);
    throw error;
  }
}

function indices(value: Json, wanted: Json): Json {
  if (value === null) return null;
  if (typeof value === "string" && typeof wanted === "string") {
    if (wanted === "") return null;
    const found: number[] = [];
    // jq 1.6 counts bytes here.
    let bytes = 0;
    let last = 0;
    for (let at = value.indexOf(wanted); at >= 0; at = value.indexOf(wanted, at + 1)) {
      bytes += utf8Length(value.slice(last, at));
      last = at;
      found.push(bytes);
    }
    return found;
  }
  if (isArray(value) && isArray(wanted)) return getPath(value, [wanted]);
  if (isArray(value)) return value.flatMap((item, i) => (equal(item, wanted) ? [i] : []));
  return getPath(value, [wanted]);
}

function splitOn(value: Json, separator: Json): Json {
  if (typeof value !== "string" || typeof separator !== "string") throw new JqError("split input and separator must be strings");
  return splitText(value, separator);
}

function implode(value: Json): Json {
  if (!isArray(value)) throw new JqError("implode input must be an array");
  return value.map((code) => {
    if (typeof code !== "number") throw new JqError("Unicode codepoint must be numeric");
    const whole = Math.trunc(code);
    return whole > 0x10ffff || whole < 0 || (whole >= 0xd800 && whole <= 0xdfff) ? "\ufffd" : String.fromCodePoint(whole);
  }).join("");
}

function binarySearch(value: Json, target: Json): Json {
  const count = lengthOf(value);
  if (count === 0) return -1;
  if (!isArray(value)) throw new JqError(`Cannot index ${typeOf(value)} with number`);
  const items = value;
  let [low, high] = [0, items.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const order = compare(items[middle] ?? null, target);
    if (order === 0) return middle;
    if (order < 0) low = middle + 1;
    else high = middle - 1;
  }
  return -1 - low;
}

export const NATIVES: ReadonlyMap<string, Native> = new Map<string, Native>([
  ...MATHEMATICS, ...DATES,
  ["not/0", (_, value) => !truthy(value)],
  ["length/0", (_, value) => lengthOf(value)],
  ["utf8bytelength/0", (_, value) => {
    if (typeof value !== "string") throw new JqError(`${described(value)} only strings have UTF-8 byte length`);
    return utf8Length(value);
  }],
  ["keys/0", (_, value) => keysOf(value, true)],
  ["keys_unsorted/0", (_, value) => keysOf(value, false)],
  ["has/1", (_, value, [key = null]) => has(value, key)],
  ["contains/1", (_, value, [other = null]) => contains(value, other)],
  ["type/0", (_, value) => typeOf(value)],
  ["tostring/0", (_, value) => (typeof value === "string" ? value : dump(value))],
  ["tojson/0", (_, value) => dump(value)],
  ["fromjson/0", (_, value) => fromJson(value)],
  ["tonumber/0", (_, value) => toNumber(value)],
  ["startswith/1", (_, value, [other = null]) => {
    if (typeof value !== "string" || typeof other !== "string") throw new JqError("startswith() requires string inputs");
    return value.startsWith(other);
  }],
  ["endswith/1", (_, value, [other = null]) => {
    if (typeof value !== "string" || typeof other !== "string") throw new JqError("endswith() requires string inputs");
    return value.endsWith(other);
  }],
  ["ltrimstr/1", (_, value, [other = null]) => (typeof value === "string" && typeof other === "string" && value.startsWith(other) ? value.slice(other.length) : value)],
  ["rtrimstr/1", (_, value, [other = null]) => (typeof value === "string" && typeof other === "string" && value.endsWith(other) ? value.slice(0, value.length - other.length) : value)],
  ["ascii_downcase/0", (_, value) => text(value, "explode").replace(/[A-Z]/g, (char) => char.toLowerCase())],
  ["ascii_upcase/0", (_, value) => text(value, "explode").replace(/[a-z]/g, (char) => char.toUpperCase())],
  ["explode/0", (_, value) => {
    if (typeof value !== "string") throw new JqError("explode input must be a string");
    return codePoints(value).map((char) => char.codePointAt(0) ?? 0);
  }],
  ["implode/0", (_, value) => implode(value)],
  ["split/1", (_, value, [separator = null]) => splitOn(value, separator)],
  ["indices/1", (_, value, [wanted = null]) => indices(value, wanted)],
  ["_match/3", (_, value, [pattern = null, flags = null, test = null]) => matches(value, pattern, flags, test === true)],
  ["reverse/0", (_, value) => {
    if (value === null) return [];
    if (typeof value === "string") {
      if (value === "") return [];
      throw new JqError("Cannot index string with number");
    }
    if (typeof value === "number") {
      if (Math.abs(value) < 1) return [];
      throw new JqError("Cannot index number with number");
    }
    if (typeof value === "boolean") throw new JqError(`${described(value)} has no length`);
    if (isObject(value)) {
      if (value.size === 0) return [];
      throw new JqError("Cannot index object with number");
    }
    return [...value].reverse();
  }],
  ["sort/0", (_, value) => [...array(value, "sorted")].sort(compare)],
  ["_sort_by/1", (_, value, [keys = null]) => keyed(value, keys, "sorted").map(([, item]) => item)],
  ["_group_by/1", (_, value, [keys = null]) => {
    const groups: Json[][] = [];
    let last: Json | undefined;
    for (const [key, item] of keyed(value, keys, "grouped")) {
      const group = groups.at(-1);
      if (group && last !== undefined && equal(last, key)) group.push(item);
      else groups.push([item]);
      last = key;
    }
    return groups;
  }],
  ["min/0", (_, value) => extreme(value, value, 1)],
  ["max/0", (_, value) => extreme(value, value, -1)],
  ["_min_by/1", (_, value, [keys = null]) => extreme(value, keys, 1)],
  ["_max_by/1", (_, value, [keys = null]) => extreme(value, keys, -1)],
  ["_flatten/1", (_, value, [depth = null]) => {
    const items = isArray(value) ? value : isObject(value) ? [...value.values()] : undefined;
    if (!items) throw new JqError(`Cannot iterate over ${typeOf(value)}${value === null ? "" : ` (${brief(value)})`}`);
    return flatten(items, typeof depth === "number" ? depth : 0, []);
  }],
  ["bsearch/1", (_, value, [target = null]) => binarySearch(value, target)],
  ["setpath/2", (_, value, [path = null, item = null]) => setPath(value, path, item)],
  ["delpaths/1", (_, value, [paths = null]) => deletePaths(value, paths)],
  ["format/1", (_, value, [name = null]) => {
    if (typeof name !== "string") throw new JqError(`${described(name)} is not a valid format`);
    return format(name, value);
  }],
  ["input_filename/0", (context) => context.inputName()],
  ["input_line_number/0", (context) => context.inputLine()],
  ["get_search_list/0", (context) => [...context.searchList]],
  ["now/0", (context) => context.nowSeconds()],
  ["debug/0", (context, value) => {
    context.message(`${dump(["DEBUG:", value])}\n`);
    return value;
  }],
  ["stderr/0", (context, value) => {
    context.message(dump(value));
    return value;
  }],
  ["halt/0", () => {
    throw new Halt(0);
  }],
  ["halt_error/1", (_, value, [status = null]) => {
    if (typeof status !== "number") throw new JqError("halt_error/1: number required");
    throw new Halt(status, value);
  }],
]);

function* range(from: Json, upto: Json, by: Json, context: Context): Generator<Json | undefined, void> {
  if (typeof from !== "number" || typeof upto !== "number" || typeof by !== "number") throw new JqError("Range bounds must be numeric");
  for (let at = from; by > 0 ? at < upto : by < 0 ? at > upto : from < upto; at += by) {
    if (context.charge(1)) yield undefined;
    yield at;
  }
}

/** All combinations of the arguments' values, the first one varying slowest. */
function* product(args: readonly (() => Generator<Json | undefined, void>)[], before: readonly Json[] = []): Generator<readonly Json[] | undefined, void> {
  const [first, ...rest] = args;
  if (!first) return yield before;
  for (const value of first()) {
    if (value === undefined) yield undefined;
    else yield* product(rest, [...before, value]);
  }
}

const ranges: Special = function* (evaluator, args, at) {
  const plain = { value: at.value, path: undefined, at: null };
  const lists = args.map((arg) => function* (): Generator<Json | undefined, void> {
    for (const out of arg(plain)) yield out?.value;
  });
  for (const values of product(lists)) {
    if (!values) {
      yield undefined;
      continue;
    }
    const [from = null, upto = null, by = 1] = values;
    for (const value of range(from, upto, by, evaluator.context)) yield value === undefined ? undefined : withValue(at, value);
  }
};

export const SPECIALS: ReadonlyMap<string, Special> = new Map<string, Special>([
  ["empty/0", function* () {}],
  ["error/0", function* (_, _args, at) {
    // Raising null is going back without a message.
    if (at.value === null) return;
    throw new JqError(at.value);
  }],
  ["path/1", function* (evaluator, [filter], at) {
    if (!filter) return;
    for (const out of evaluator.paths(filter, at.value)) yield out && withValue(at, pathOf(out));
  }],
  ["getpath/1", function* (evaluator, [keys], at) {
    if (!keys) return;
    for (const out of keys({ value: at.value, path: undefined, at: null })) {
      if (out) yield* evaluator.getPath(at, out.value);
      else yield undefined;
    }
  }],
  ["range/2", ranges],
  ["range/3", ranges],
  ["last/1", function* (_, [filter], at) {
    if (!filter) return;
    let last: Json | undefined;
    for (const out of filter(at)) {
      if (out) last = out.value;
      else yield undefined;
    }
    yield withValue(at, last ?? null);
  }],
  ["input/0", function* ({ context }, _, at): Outputs {
    const value = yield* context.input();
    if (value === undefined) throw new JqError("break");
    yield withValue(at, value);
  }],
  ["builtins/0", function* (_, _args, at) {
    yield withValue(at, BUILTIN_NAMES);
  }],
  ["_assign/2", function* (evaluator, [left, right], at) {
    if (!left || !right) return;
    for (const out of right({ value: at.value, path: undefined, at: null })) {
      if (!out) {
        yield undefined;
        continue;
      }
      let made = at.value;
      for (const place of evaluator.paths(left, at.value)) {
        if (place) made = setPath(made, pathOf(place), out.value);
        else yield undefined;
      }
      yield withValue(at, made);
    }
  }],
  ["_modify/2", function* (evaluator, [left, update], at) {
    if (!left || !update) return;
    let made = at.value;
    for (const place of evaluator.paths(left, at.value)) {
      if (!place) {
        yield undefined;
        continue;
      }
      const path = pathOf(place);
      let found: Json | undefined;
      for (const out of update({ value: getPath(made, path), path: undefined, at: null })) {
        if (out) {
          found = out.value;
          break;
        }
        yield undefined;
      }
      made = found === undefined ? deletePaths(made, [path]) : setPath(made, path, found);
    }
    yield withValue(at, made);
  }],
]);

/** `builtins` names what jq 1.6 has. */
const BUILTIN_NAMES: readonly string[] = (`IN/1 IN/2 INDEX/1 INDEX/2 JOIN/2 JOIN/3 JOIN/4 acos/0 acosh/0 add/0 all/0 all/1 all/2 any/0 any/1 any/2 arrays/0 ascii_downcase/0 ascii_upcase/0 asin/0 asinh/0 atan/0 atan2/2 atanh/0 booleans/0 bsearch/1 builtins/0 capture/1 capture/2 cbrt/0 ceil/0 combinations/0 combinations/1 contains/1 copysign/2 cos/0 cosh/0 debug/0 del/1 delpaths/1 drem/2 empty/0 endswith/1 env/0 erf/0 erfc/0 error/0 error/1 exp/0 exp10/0 exp2/0 explode/0 expm1/0 fabs/0 fdim/2 finites/0 first/0 first/1 flatten/0 flatten/1 floor/0 fma/3 fmax/2 fmin/2 fmod/2 format/1 frexp/0 from_entries/0 fromdate/0 fromdateiso8601/0 fromjson/0 fromstream/1 gamma/0 get_search_list/0 getpath/1 gmtime/0 group_by/1 gsub/2 gsub/3 halt/0 halt_error/0 halt_error/1 has/1 hypot/2 implode/0 in/1 index/1 indices/1 infinite/0 input/0 input_filename/0 input_line_number/0 inputs/0 inside/1 isempty/1 isfinite/0 isinfinite/0 isnan/0 isnormal/0 iterables/0 join/1 keys/0 keys_unsorted/0 last/0 last/1 ldexp/2 leaf_paths/0 length/0 lgamma/0 lgamma_r/0 limit/2 localtime/0 log/0 log10/0 log1p/0 log2/0 logb/0 ltrimstr/1 map/1 map_values/1 match/1 match/2 max/0 max_by/1 min/0 min_by/1 mktime/0 modf/0 nan/0 nearbyint/0 nextafter/2 nexttoward/2 normals/0 not/0 now/0 nth/1 nth/2 nulls/0 numbers/0 objects/0 path/1 paths/0 paths/1 pow/2 pow10/0 range/1 range/2 range/3 recurse/0 recurse/1 recurse/2 recurse_down/0 repeat/1 reverse/0 rindex/1 rint/0 round/0 rtrimstr/1 scalars/0 scalars_or_empty/0 scalb/2 scalbln/2 scan/1 select/1 setpath/2 significand/0 sin/0 sinh/0 sort/0 sort_by/1 split/1 split/2 splits/1 splits/2 sqrt/0 startswith/1 stderr/0 strflocaltime/1 strftime/1 strings/0 strptime/1 sub/2 sub/3 tan/0 tanh/0 test/1 test/2 tgamma/0 to_entries/0 todate/0 todateiso8601/0 tojson/0 tonumber/0 tostream/0 tostring/0 transpose/0 trunc/0 truncate_stream/1 type/0 unique/0 unique_by/1 until/2 utf8bytelength/0 values/0 walk/1 while/2 with_entries/1`).split(" ");

