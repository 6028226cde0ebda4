// Exporter, and the pragmas that are modules: constant, parent, base, lib, vars, overload, subs, fields.

import { plainReferenceText, text } from "../values/convert.ts";
import { Code, PerlArray, PerlError, PerlHash, Plain, Referent, type Run, type Scalar, type Value } from "../values/value.ts";
import { isOverloaded, overloadOf } from "../vm/overload.ts";
import type { Vm } from "../vm/vm.ts";
import { defineModule, defineSub } from "./registry.ts";

/** Puts what the words name into the package: &sub, $scalar, @array, %hash, *glob, :TAG, !word, /pattern/. */
export function exportNames(vm: Vm, from: string, to: string, words: readonly Value[]): void {
  const names = (list: string) => {
    const glob = vm.globs.get(`${from}::${list}`);
    return glob?.hasArray ? glob.array.items.map((item) => text(item?.v)) : [];
  };
  const defaults = names("EXPORT");
  const allowed = new Set([...defaults, ...names("EXPORT_OK")].map((name) => name.replace(/^&/, "")));
  const tagHash = vm.globs.get(`${from}::EXPORT_TAGS`);
  const tag = (name: string): string[] => {
    const list = tagHash?.hasHash ? tagHash.hash.map.get(name)?.v : undefined;
    if (list instanceof PerlArray) return list.items.map((item) => text(item?.v));
    if (name === "DEFAULT") return defaults;
    throw new PerlError(`"${name}" is not defined in %${from}::EXPORT_TAGS`);
  };
  if (tagHash?.hasHash) for (const list of tagHash.hash.map.values()) if (list.v instanceof PerlArray) for (const item of list.v.items) allowed.add(text(item?.v).replace(/^&/, ""));
  const wanted = words.length === 0 ? defaults : words.map(text).flatMap((word) => (word.startsWith(":") ? tag(word.slice(1)) : [word]));
  for (const word of wanted) {
    const name = word.replace(/^&/, "");
    if (/^[!/]/.test(name)) continue;
    if (/^\d/.test(name)) continue;
    if (!allowed.has(name)) {
      vm.warnText(`"${name}" is not exported by the ${from} module\n`);
      throw new PerlError("Can't continue after import errors");
    }
    share(vm, from, to, name);
  }
}

function share(vm: Vm, from: string, to: string, word: string): void {
  const sigil = /^[$@%*]/.test(word) ? word.charAt(0) : "&";
  const name = word.replace(/^[$@%*&]/, "");
  const source = vm.glob(`${from}::${name}`);
  const target = vm.glob(`${to}::${name}`);
  target.imported = true;
  switch (sigil) {
    case "$":
      target.scalar = source.scalar;
      return;
    case "@":
      target.array = source.array;
      return;
    case "%":
      target.hash = source.hash;
      return;
    case "*":
      target.scalar = source.scalar;
      target.array = source.array;
      target.hash = source.hash;
      target.code = source.code;
      target.io = source.io;
      return;
    default:
      source.code ??= new Code(from, name);
      target.code = source.code;
  }
}

const importer = (vm: Vm, args: readonly Scalar[]): Value[] => {
  exportNames(vm, text(args[0]?.v), vm.at.pkg, args.slice(1).map((arg) => arg.v));
  return [];
};

/** A native module that exports: its names and an import of its own. */
export function declareExports(vm: Vm, name: string, byDefault: readonly string[], onRequest: readonly string[] = []): void {
  const list = (names: readonly string[]) => new PerlArray(names.map((one) => new Plain(one)));
  vm.glob(`${name}::EXPORT`).array = list(byDefault);
  vm.glob(`${name}::EXPORT_OK`).array = list(onRequest);
  defineSub(vm, `${name}::import`, importer);
}

defineModule({ name: "Exporter", version: "5.77", install: (vm) => {
  defineSub(vm, "Exporter::import", (inner, args) => {
    const pkg = text(args[0]?.v);
    // use Exporter 'import'
    if (pkg === "Exporter") {
      for (const arg of args.slice(1)) if (text(arg.v) === "import") inner.glob(`${inner.at.pkg}::import`).code = inner.glob("Exporter::import").code;
      return [];
    }
    return importer(inner, args);
  });
  defineSub(vm, "Exporter::export_to_level", (inner, args) => {
    exportNames(inner, text(args[0]?.v), inner.frame?.back?.at.pkg ?? "main", args.slice(3).map((arg) => arg.v));
    return [];
  });
  const tags = (list: string) => (inner: Vm, args: readonly Scalar[]): Value[] => {
    const { pkg } = inner.at;
    const all = inner.glob(`${pkg}::EXPORT_TAGS`).hash.map;
    const target = inner.glob(`${pkg}::${list}`).array;
    for (const name of args.length > 0 ? args.map((arg) => text(arg.v)) : [...all.keys()]) {
      const found = all.get(name)?.v;
      if (found instanceof PerlArray) target.items.push(...found.items.map((item) => new Plain(item?.v)));
    }
    return [];
  };
  defineSub(vm, "Exporter::export_tags", tags("EXPORT"));
  defineSub(vm, "Exporter::export_ok_tags", tags("EXPORT_OK"));
} });

defineModule({ name: "constant", version: "1.33", install: (vm) => {
  defineSub(vm, "constant::import", (inner, args) => {
    const [, first, ...rest] = args;
    if (!first) return [];
    const { pkg } = inner.at;
    const set = (name: string, values: Value[]) => {
      if (!/^[A-Za-z_]\w*$/.test(name)) throw new PerlError(`Constant name '${name}' has invalid characters`);
      const code = new Code(pkg, name);
      code.constant = values;
      const glob = inner.glob(`${pkg}::${name}`);
      glob.code = code;
      glob.imported = true;
    };
    if (first.v instanceof PerlHash) for (const [name, value] of first.v.map) set(name, [value.v]);
    else set(text(first.v), rest.map((one) => one.v));
    return [];
  });
} });

function* inherit(vm: Vm, words: readonly string[], loads: boolean): Run<Value[]> {
  const { pkg } = vm.at;
  const isa = vm.glob(`${pkg}::ISA`);
  isa.imported = true;
  for (const word of words) {
    if (loads && !(vm.declaredPackages.has(word) && [...vm.globs.values()].some((glob) => glob.pkg === word && glob.code))) {
      const waiting = vm.requireModule(word);
      if (waiting) yield* waiting;
      vm.pop();
    }
    isa.array.items.push(new Plain(word));
  }
  return [];
}
defineModule({ name: "parent", version: "0.238", install: (vm) => {
  defineSub(vm, "parent::import", (inner, args) => {
    const words = args.slice(1).map((arg) => text(arg.v));
    const lazy = words[0] === "-norequire";
    return lazy ? inherit(inner, words.slice(1), false) : inheritParent(inner, words);
  });
} });
function* inheritParent(vm: Vm, words: readonly string[]): Run<Value[]> {
  const { pkg } = vm.at;
  for (const word of words) {
    const waiting = vm.requireModule(word);
    if (waiting) yield* waiting;
    vm.pop();
    vm.glob(`${pkg}::ISA`).array.items.push(new Plain(word));
  }
  return [];
}
defineModule({ name: "base", version: "2.27", install: (vm) => {
  defineSub(vm, "base::import", (inner, args) => inherit(inner, args.slice(1).map((arg) => text(arg.v)), true));
} });
defineModule({ name: "fields", version: "2.24" });
defineModule({ name: "lib", version: "0.65", install: (vm) => {
  defineSub(vm, "lib::import", (inner, args) => {
    const inc = inner.glob("main::INC").array;
    const added = args.slice(1).map((arg) => text(arg.v));
    inc.items = [...added.map((one) => new Plain(one)), ...inc.items.filter((item) => !added.includes(text(item?.v)))];
    return [];
  });
  defineSub(vm, "lib::unimport", (inner, args) => {
    const inc = inner.glob("main::INC").array;
    const gone = args.slice(1).map((arg) => text(arg.v));
    inc.items = inc.items.filter((item) => !gone.includes(text(item?.v)));
    return [];
  });
} });
defineModule({ name: "vars", version: "1.05", install: (vm) => {
  defineSub(vm, "vars::import", (inner, args) => {
    for (const arg of args.slice(1)) inner.glob(`${inner.at.pkg}::${text(arg.v).slice(1)}`).imported = true;
    return [];
  });
} });
defineModule({ name: "subs", version: "1.04", install: (vm) => {
  defineSub(vm, "subs::import", (inner, args) => {
    for (const arg of args.slice(1)) inner.glob(`${inner.at.pkg}::${text(arg.v)}`).code ??= new Code(inner.at.pkg, text(arg.v));
    return [];
  });
} });
defineModule({ name: "overload", version: "1.35", install: (vm) => {
  defineSub(vm, "overload::import", (inner, args) => {
    const { pkg } = inner.at;
    const table = inner.overloads.get(pkg) ?? new Map<string, Value>();
    inner.overloads.set(pkg, table);
    for (let i = 1; i < args.length; i += 2) {
      const value = args[i + 1]?.v;
      const name = text(args[i]?.v);
      table.set(name, value instanceof Code || name === "fallback" ? value : value === undefined ? undefined : `${pkg}::${text(value)}`);
    }
    return [];
  });
  defineSub(vm, "overload::unimport", (inner, args) => {
    for (const arg of args.slice(1)) inner.overloads.get(inner.at.pkg)?.delete(text(arg.v));
    return [];
  });
  defineSub(vm, "overload::StrVal", (_inner, args) => {
    const value = args[0]?.v;
    return [value instanceof Referent ? plainReferenceText(value) : text(value)];
  });
  defineSub(vm, "overload::Overloaded", (inner, args) => [isOverloaded(inner, args[0]?.v) ? 1 : ""]);
  defineSub(vm, "overload::Method", (inner, args) => [overloadOf(inner, args[0]?.v, text(args[1]?.v))]);
} });
for (const [name, version] of [["integer", "1.01"], ["strict", "1.12"], ["warnings", "1.58"], ["utf8", "1.24"], ["feature", "1.72"], ["bytes", "1.08"], ["locale", "1.10"], ["warnings::register", "1.04"], ["overloading", "0.02"], ["re", "0.43"], ["attributes", "0.34"], ["builtin", "0.008"], ["XSLoader", "0.31"], ["DynaLoader", "1.52"], ["AutoLoader", "5.74"], ["Exporter::Heavy", "5.77"], ["Carp::Heavy", "1.52"], ["mro", "1.26"], ["sort", "2.05"], ["less", "0.03"], ["diagnostics", "1.39"], ["filetest", "1.03"], ["if", "0.0610"], ["autouse", "1.11"], ["charnames", "1.50"], ["open", "1.13"], ["experimental", "0.028"]] as const) {
  defineModule({ name, version, install: (vm) => {
    if (name === "builtin") {
      defineSub(vm, "builtin::import", (inner, args) => {
        for (const arg of args.slice(1)) inner.glob(`${inner.at.pkg}::${text(arg.v)}`).code = inner.glob(`builtin::${text(arg.v)}`).code;
        return [];
      });
    } else if (name === "XSLoader") defineSub(vm, "XSLoader::load", () => [1]);
    else if (name === "warnings") {
      defineSub(vm, "warnings::enabled", (inner) => [inner.warns() ? 1 : ""]);
      defineSub(vm, "warnings::warnif", (inner, args) => {
        if (inner.warns()) inner.warn(text(args[args.length - 1]?.v));
        return [];
      });
    }
  } });
}
