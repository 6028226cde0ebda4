// The modules that the interpreter brings: in Perl, in our own words, or native. Their files are in perl-base, perl-modules-5.36 and libperl5.36;
// a module is there only when its file is.

import { Code, type Native, type Value } from "../values/value.ts";
import type { Vm } from "../vm/vm.ts";

export interface NativeModule {
  readonly name: string;
  readonly version: string;
  /** in Perl */
  readonly source?: string;
  readonly install?: (vm: Vm) => void;
}

const modules = new Map<string, NativeModule>();

export function defineModule(module: NativeModule): void {
  modules.set(module.name, { ...module, install: (vm) => {
    if (vm.glob(`${module.name}::VERSION`).scalar.v === undefined) vm.glob(`${module.name}::VERSION`).scalar.v = module.version;
    module.install?.(vm);
  } });
}

export function nativeModule(name: string): NativeModule | undefined {
  return modules.get(name);
}

export function defineSub(vm: Vm, fullName: string, native: Native, prototype?: string): Code {
  const cut = fullName.lastIndexOf("::");
  const code = new Code(fullName.slice(0, cut), fullName.slice(cut + 2), undefined, native);
  code.prototype = prototype;
  vm.glob(fullName).code = code;
  return code;
}

export function defineConstant(vm: Vm, fullName: string, ...values: Value[]): void {
  const cut = fullName.lastIndexOf("::");
  const code = new Code(fullName.slice(0, cut), fullName.slice(cut + 2));
  code.constant = values;
  vm.glob(fullName).code = code;
}
