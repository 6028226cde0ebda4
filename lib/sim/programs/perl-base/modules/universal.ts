// UNIVERSAL, Internals, utf8:: and what else is there without a `use`.

import { decode, encode } from "../../../kernel/sys.ts";
import { bytesOfLatin1, latin1 } from "../../kit/latin1.ts";
import { kindOf, text } from "../values/convert.ts";
import { PerlError, PerlRegex, Referent, type Scalar, type Value } from "../values/value.ts";
import { findMethod, isaPackage } from "../vm/method.ts";
import type { Vm } from "../vm/vm.ts";
import { defineSub } from "./registry.ts";

const packageName = (value: Value): string | undefined => (value instanceof Referent ? value.blessed : value === undefined ? undefined : text(value));

export function installUniversal(vm: Vm): void {
  const isa = (_vm: Vm, args: readonly Scalar[]): Value[] => {
    const value = args[0]?.v;
    const wanted = text(args[1]?.v);
    const pkg = packageName(value);
    if (pkg === undefined) return [value instanceof Referent && kindOf(value) === wanted ? 1 : ""];
    return [isaPackage(vm, pkg, wanted) || (value instanceof Referent && kindOf(value) === wanted) ? 1 : ""];
  };
  defineSub(vm, "UNIVERSAL::isa", isa);
  defineSub(vm, "UNIVERSAL::DOES", isa);
  defineSub(vm, "UNIVERSAL::can", (_vm, args) => {
    const value = args[0]?.v;
    const pkg = packageName(value);
    if (pkg === undefined || pkg === "" || (value instanceof Referent && value.blessed === undefined)) return [""];
    if (!(value instanceof Referent) && !vm.packages.has(pkg)) return [""];
    return [findMethod(vm, pkg, text(args[1]?.v)) ?? ""];
  });
  defineSub(vm, "UNIVERSAL::VERSION", (_vm, args) => {
    const pkg = packageName(args[0]?.v) ?? "";
    const has = vm.globs.get(`${pkg}::VERSION`)?.scalar.v;
    if (args.length > 1) {
      const wanted = text(args[1]?.v);
      if (has === undefined) throw new PerlError(`${pkg} does not define $${pkg}::VERSION--version check failed`);
      if (Number(text(has)) < Number(wanted)) throw new PerlError(`${pkg} version ${wanted} required--this is only version ${text(has)}`);
    }
    return [has];
  });
  const change = (name: string, make: (value: string) => [string, Value]) => defineSub(vm, `utf8::${name}`, (_vm, args) => {
    const [scalar] = args;
    if (!scalar) return [undefined];
    const [made, result] = make(text(scalar.v));
    if (scalar.v !== undefined && made !== scalar.v) scalar.v = made;
    return [result];
  });
  change("encode", (value) => [latin1(encode(value)), undefined]);
  change("decode", (value) => {
    if (/[^\0-\xff]/.test(value)) return [value, ""];
    const made = decode(bytesOfLatin1(value));
    return /[\udc80-\udcff]/.test(made.replace(/[\ud800-\udbff][\udc00-\udfff]/g, "")) ? [value, ""] : [made, 1];
  });
  change("upgrade", (value) => [value, value.length]);
  change("downgrade", (value) => [value, /[^\0-\xff]/.test(value) ? "" : 1]);
  defineSub(vm, "utf8::is_utf8", (_vm, args) => [/[^\0-\xff]/.test(text(args[0]?.v)) ? 1 : ""]);
  defineSub(vm, "utf8::valid", () => [1]);
  defineSub(vm, "Internals::SvREADONLY", () => [""]);
  defineSub(vm, "re::is_regexp", (_vm, args) => [args[0]?.v instanceof PerlRegex ? 1 : ""]);
  defineSub(vm, "mro::get_linear_isa", () => [undefined]);
  const builtin = (name: string, make: (value: Value) => Value) => defineSub(vm, `builtin::${name}`, (_vm, args) => [make(args[0]?.v)], "$");
  builtin("true", () => 1);
  builtin("false", () => "");
  builtin("blessed", (value) => (value instanceof Referent ? value.blessed : undefined));
  builtin("reftype", (value) => (value instanceof Referent ? kindOf(value) : undefined));
  builtin("trim", (value) => text(value).replace(/^\s+|\s+$/g, ""));
  builtin("ceil", (value) => Math.ceil(Number(text(value))));
  builtin("floor", (value) => Math.floor(Number(text(value))));
}

