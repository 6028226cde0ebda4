// Looking up methods: @ISA depth first, then UNIVERSAL (perlobj(1)).

import { text } from "../values/convert.ts";
import { type Code, Glob, GlobValue, PerlError, Referent, type Value } from "../values/value.ts";
import type { Vm } from "./vm.ts";

const DEEPEST = 100;

/** The package and those that it inherits from, in the order of the search. */
export function linearIsa(vm: Vm, pkg: string, depth = 0): string[] {
  if (depth > DEEPEST) throw new PerlError(`Recursive inheritance detected in package '${pkg}'`);
  const isa = vm.globs.get(`${pkg}::ISA`);
  if (!isa?.hasArray || isa.array.items.length === 0) return [pkg];
  const found = [pkg];
  for (const item of isa.array.items) for (const one of linearIsa(vm, text(item?.v), depth + 1)) if (!found.includes(one)) found.push(one);
  return found;
}

export function findMethod(vm: Vm, pkg: string, name: string): Code | undefined {
  const direct = vm.globs.get(`${pkg}::${name}`)?.code;
  if (direct && (direct.unit || direct.native || direct.constant)) return direct;
  for (const one of linearIsa(vm, pkg)) {
    const code = vm.globs.get(`${one}::${name}`)?.code;
    if (code && (code.unit || code.native || code.constant)) return code;
  }
  return vm.globs.get(`UNIVERSAL::${name}`)?.code;
}

/** The package that methods of the value are looked for in. */
export function packageOf(vm: Vm, value: Value, method: string): string {
  if (value instanceof Referent && value.blessed !== undefined) return value.blessed;
  if (value instanceof Glob || value instanceof GlobValue) return "IO::File";
  if (value instanceof Referent) throw new PerlError(`Can't call method "${method}" on unblessed reference`);
  if (value === undefined) throw new PerlError(`Can't call method "${method}" on an undefined value`);
  const name = text(value);
  if (name === "") throw new PerlError(`Can't call method "${method}" without a package or object reference`);
  if (!vm.packages.has(name.replace(/^(?:main)?::/, ""))) {
    const handle = vm.globs.get(name.includes("::") ? name : `main::${name}`);
    if (handle?.io) return "IO::File";
  }
  return name.replace(/^::/, "").replace(/^main::(?=.)/, "");
}

export function isaPackage(vm: Vm, pkg: string, wanted: string): boolean {
  return linearIsa(vm, pkg).includes(wanted);
}
