// List::Util and Scalar::Util.

import { LocalGlob } from "../code/assign.ts";
import { add, addressOf, compareNumbers, kindOf, looksLikeNumber, multiply, numeric, text } from "../values/convert.ts";
import { Code, Dual, Glob, GlobValue, Magic, PerlArray, PerlError, Plain, Referent, type Run, type Scalar, type Value } from "../values/value.ts";
import { numberOf, stringOf, truthOf } from "../vm/overload.ts";
import type { Vm } from "../vm/vm.ts";
import { declareExports } from "./exporter.ts";
import { defineModule, defineSub } from "./registry.ts";

function codeArgument(args: readonly Scalar[]): Code {
  const value = args[0]?.v;
  if (!(value instanceof Code)) throw new PerlError("Not a subroutine reference");
  return value;
}

/** Calls with $_ set to each; `stop` says when to end. */
function* eachTopic(vm: Vm, args: readonly Scalar[], stop: (truth: boolean, item: Scalar) => boolean): Run<boolean> {
  const code = codeArgument(args);
  const locals = vm.locals.length;
  vm.locals.push(new LocalGlob(vm.topic, "scalar"));
  try {
    for (const item of args.slice(1)) {
      vm.topic.scalar = item;
      const made = truthOf(vm, yield* vm.callScalar(code, []));
      if (stop(typeof made === "boolean" ? made : yield* made, item)) return true;
      if (vm.budget < 0) yield* vm.settle();
    }
    return false;
  } finally {
    vm.unwind(locals);
  }
}

function* reduce(vm: Vm, args: readonly Scalar[], all: boolean): Run<Value[]> {
  const code = codeArgument(args);
  const [first, ...rest] = args.slice(1);
  if (!first) return all ? [] : [undefined];
  const pkg = code.pkg;
  const [globA, globB] = [vm.glob(`${pkg}::a`), vm.glob(`${pkg}::b`)];
  const locals = vm.locals.length;
  vm.locals.push(new LocalGlob(globA, "scalar"), new LocalGlob(globB, "scalar"));
  const results: Value[] = [first.v];
  try {
    let value = first.v;
    for (const item of rest) {
      globA.scalar = new Plain(value);
      globB.scalar = item;
      value = yield* vm.callScalar(code, []);
      results.push(value);
      if (vm.budget < 0) yield* vm.settle();
    }
    return all ? results : [value];
  } finally {
    vm.unwind(locals);
  }
}

function* total(vm: Vm, args: readonly Scalar[], start: number, combine: (a: number | bigint, b: number | bigint) => number | bigint): Run<number | bigint> {
  let sum: number | bigint = start;
  for (const arg of args) {
    const value = arg.v;
    if (value === undefined && vm.warns("uninitialized")) vm.warn("Use of uninitialized value in subroutine entry");
    const made = numberOf(vm, value);
    sum = combine(sum, typeof made === "object" ? yield* made : made);
  }
  return sum;
}

function extreme(args: readonly Scalar[], wins: (a: number | bigint, b: number | bigint) => boolean): Value[] {
  let best: Value;
  for (const arg of args) if (best === undefined || wins(numeric(arg.v), numeric(best))) best = arg.v;
  return [best === undefined ? undefined : numeric(best)];
}

function* unique(vm: Vm, args: readonly Scalar[], key: (value: Value) => string, want: string | undefined): Run<Value[]> {
  const seen = new Set<string>();
  const found: Value[] = [];
  for (const arg of args) {
    let value = key(arg.v);
    if (arg.v instanceof Referent) {
      const made = stringOf(vm, arg.v);
      value = typeof made === "string" ? made : yield* made;
    }
    if (seen.has(value)) continue;
    seen.add(value);
    found.push(arg.v);
  }
  return want === "list" ? found : [found.length];
}

const LIST_UTIL = ["all", "any", "first", "min", "max", "minstr", "maxstr", "none", "notall", "product", "reduce", "reductions", "sum", "sum0", "sample", "shuffle", "uniq", "uniqint", "uniqnum", "uniqstr", "zip", "zip_longest", "zip_shortest", "mesh", "mesh_longest", "mesh_shortest", "head", "tail", "pairs", "unpairs", "pairkeys", "pairvalues", "pairmap", "pairgrep", "pairfirst"];

defineModule({ name: "List::Util", version: "1.62", install: (vm) => {
  declareExports(vm, "List::Util", [], LIST_UTIL);
  const def = (name: string, native: (vm: Vm, args: Scalar[], want: "scalar" | "list" | undefined) => Value[] | Run<Value[]>, prototype?: string) => defineSub(vm, `List::Util::${name}`, native, prototype);
  def("first", function* (inner, args) {
    let found: Value;
    yield* eachTopic(inner, args, (yes, item) => {
      if (yes) found = item.v;
      return yes;
    });
    return [found];
  }, "&@");
  def("any", function* (inner, args) {
    return [(yield* eachTopic(inner, args, (yes) => yes)) ? 1 : ""];
  }, "&@");
  def("none", function* (inner, args) {
    return [(yield* eachTopic(inner, args, (yes) => yes)) ? "" : 1];
  }, "&@");
  def("all", function* (inner, args) {
    return [(yield* eachTopic(inner, args, (yes) => !yes)) ? "" : 1];
  }, "&@");
  def("notall", function* (inner, args) {
    return [(yield* eachTopic(inner, args, (yes) => !yes)) ? 1 : ""];
  }, "&@");
  def("reduce", (inner, args) => reduce(inner, args, false), "&@");
  def("reductions", (inner, args) => reduce(inner, args, true), "&@");
  def("sum", function* (inner, args) {
    return [args.length === 0 ? undefined : yield* total(inner, args, 0, add)];
  });
  def("sum0", function* (inner, args) {
    return [yield* total(inner, args, 0, add)];
  });
  def("product", function* (inner, args) {
    return [yield* total(inner, args, 1, multiply)];
  });
  def("max", (_inner, args) => extreme(args, (a, b) => compareNumbers(a, b) === 1));
  def("min", (_inner, args) => extreme(args, (a, b) => compareNumbers(a, b) === -1));
  def("maxstr", (_inner, args) => [args.length === 0 ? undefined : args.map((arg) => text(arg.v)).sort().at(-1)]);
  def("minstr", (_inner, args) => [args.length === 0 ? undefined : args.map((arg) => text(arg.v)).sort().at(0)]);
  def("shuffle", (inner, args) => {
    const values = args.map((arg) => arg.v);
    for (let i = values.length - 1; i > 0; i--) {
      const j = Math.floor(inner.random() * (i + 1));
      [values[i], values[j]] = [values[j], values[i]];
    }
    return values;
  });
  def("sample", (inner, args) => {
    const values = args.slice(1).map((arg) => arg.v);
    const picked: Value[] = [];
    for (let i = Math.min(Number(numeric(args[0]?.v)), values.length); i > 0; i--) picked.push(...values.splice(Math.floor(inner.random() * values.length), 1));
    return picked;
  });
  def("uniq", (inner, args, want) => unique(inner, args, (value) => (value === undefined ? "\0undef" : text(value)), want));
  def("uniqstr", (inner, args, want) => unique(inner, args, text, want));
  def("uniqnum", (inner, args, want) => unique(inner, args, (value) => text(numeric(value)), want));
  def("uniqint", (inner, args, want) => unique(inner, args.map((arg) => new Plain(Math.trunc(Number(numeric(arg.v))))), text, want));
  def("head", (_inner, args) => {
    const count = Number(numeric(args[0]?.v));
    return args.slice(1).slice(0, count).map((arg) => arg.v);
  });
  def("tail", (_inner, args) => {
    const count = Number(numeric(args[0]?.v));
    const values = args.slice(1).map((arg) => arg.v);
    return count < 0 ? values.slice(-count) : count === 0 ? [] : values.slice(-count);
  });
  const pairs = (args: readonly Scalar[]) => Array.from({ length: Math.ceil(args.length / 2) }, (_, i) => [args[i * 2]?.v, args[i * 2 + 1]?.v] as const);
  def("pairs", (_inner, args) => pairs(args).map(([key, value]) => {
    const pair = new PerlArray([new Plain(key), new Plain(value)]);
    pair.blessed = "List::Util::_Pair";
    return pair;
  }));
  defineSub(vm, "List::Util::_Pair::key", (_inner, args) => [args[0]?.v instanceof PerlArray ? args[0].v.items[0]?.v : undefined]);
  defineSub(vm, "List::Util::_Pair::value", (_inner, args) => [args[0]?.v instanceof PerlArray ? args[0].v.items[1]?.v : undefined]);
  def("unpairs", (_inner, args) => args.flatMap((arg) => (arg.v instanceof PerlArray ? [arg.v.items[0]?.v, arg.v.items[1]?.v] : [])));
  def("pairkeys", (_inner, args) => pairs(args).map(([key]) => key));
  def("pairvalues", (_inner, args) => pairs(args).map(([, value]) => value));
  const paired = (name: string, use: (results: Value[], key: Value, value: Value) => Value[]) => def(name, function* (inner, args, want) {
    const code = codeArgument(args);
    const [globA, globB] = [inner.glob(`${code.pkg}::a`), inner.glob(`${code.pkg}::b`)];
    const locals = inner.locals.length;
    inner.locals.push(new LocalGlob(globA, "scalar"), new LocalGlob(globB, "scalar"));
    const out: Value[] = [];
    for (const [key, value] of pairs(args.slice(1))) {
      globA.scalar = new Plain(key);
      globB.scalar = new Plain(value);
      out.push(...use(yield* inner.call(code, [], name === "pairmap" ? "list" : "scalar"), key, value));
    }
    inner.unwind(locals);
    return want === "list" ? out : [name === "pairgrep" ? out.length / 2 : out.length];
  }, "&@");
  paired("pairmap", (results) => results);
  paired("pairgrep", (results, key, value) => (vm.truth(results[0]) ? [key, value] : []));
  paired("pairfirst", (results, key, value) => (vm.truth(results[0]) ? [key, value] : []));
  const zipped = (name: string, length: (lengths: readonly number[]) => number) => {
    const columns = (args: readonly Scalar[]) => {
      const lists = args.map((arg) => (arg.v instanceof PerlArray ? arg.v.items.map((item) => item?.v) : []));
      const rows = lists.length === 0 ? 0 : length(lists.map((list) => list.length));
      return Array.from({ length: rows }, (_, i) => lists.map((list) => list[i]));
    };
    def(name, (_inner, args) => columns(args).map((row) => new PerlArray(row.map((value) => new Plain(value)))));
    def(name.replace("zip", "mesh"), (_inner, args) => columns(args).flat());
  };
  zipped("zip", (lengths) => Math.max(...lengths));
  zipped("zip_longest", (lengths) => Math.max(...lengths));
  zipped("zip_shortest", (lengths) => Math.min(...lengths));
} });

defineModule({ name: "Scalar::Util", version: "1.62", install: (vm) => {
  declareExports(vm, "Scalar::Util", [], ["blessed", "refaddr", "reftype", "readonly", "set_prototype", "tainted", "dualvar", "isdual", "isvstring", "looks_like_number", "openhandle", "weaken", "unweaken", "isweak"]);
  const def = (name: string, make: (value: Value, args: readonly Scalar[]) => Value) => defineSub(vm, `Scalar::Util::${name}`, (_inner, args) => [make(args[0]?.v, args)], "$");
  def("blessed", (value) => (value instanceof Referent ? value.blessed : undefined));
  def("reftype", (value) => (value instanceof Referent ? kindOf(value) : undefined));
  def("refaddr", (value) => (value instanceof Referent ? addressOf(value) : undefined));
  def("looks_like_number", (value) => (looksLikeNumber(value) ? 1 : ""));
  def("readonly", (_value, args) => (args[0] instanceof Magic ? 1 : 0));
  def("tainted", () => "");
  def("weaken", () => undefined);
  def("unweaken", () => undefined);
  def("isweak", () => "");
  def("isvstring", () => "");
  def("isdual", (value) => (value instanceof Dual ? 1 : ""));
  def("openhandle", (value) => ((value instanceof Glob && value.io?.isOpen) || (value instanceof GlobValue && value.glob.io?.isOpen) ? value : undefined));
  defineSub(vm, "Scalar::Util::dualvar", (_inner, args) => [new Dual(Number(numeric(args[0]?.v)), text(args[1]?.v))]);
  defineSub(vm, "Scalar::Util::set_prototype", (_inner, args) => [args[0]?.v]);
} });
