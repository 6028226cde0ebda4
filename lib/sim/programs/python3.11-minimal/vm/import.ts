// `import`: modules of the machine's own, then files along sys.path.

import { decode, O, S, SysError } from "../../../kernel/sys.ts";
import { exceptions, PyException, PyRaise } from "../objects/exception.ts";
import { begin, type Eventual, type Namespace, PyList, PyModule, PyTuple, type Run, settle, type Value } from "../objects/value.ts";
import { loadBuiltinModule, UNSIMULATED_MODULES } from "../modules/registry.ts";
import { compileText } from "./compile-source.ts";
import { findAttribute } from "./attribute.ts";
import { Frame } from "./frame.ts";
import { collect } from "./iterate.ts";
import type { Vm } from "./vm.ts";

/** In the interpreter itself: no file on sys.path hides them. */
const BUILT_IN: ReadonlySet<string> = new Set(["sys", "builtins", "time", "itertools", "math", "errno", "gc", "signal", "os", "os.path", "posixpath", "io", "abc", "codecs", "stat", "_thread"]);

export function moduleNotFound(name: string, message = `No module named '${name}'`): PyRaise {
  const exception = new PyException(exceptions.ModuleNotFoundError, [message]);
  exception.attributes = new Map<string, Value>([["name", name], ["path", null]]);
  return new PyRaise(exception);
}

export function importModule(vm: Vm, name: string, globals: Namespace, names: Value, level: number): Eventual<Value> {
  return begin((function* (): Run<Value> {
    let full = name;
    if (level > 0) full = resolveRelative(name, globals, level);
    const module = yield* load(vm, full);
    if (names === null) {
      const [top = full] = full.split(".");
      return vm.modules.get(top) ?? module;
    }
    if (names instanceof PyTuple && module instanceof PyModule && module.namespace.has("__path__")) {
      // from package import submodule
      for (const one of names.items) {
        if (typeof one !== "string" || one === "*" || module.namespace.has(one)) continue;
        try {
          yield* load(vm, `${full}.${one}`);
        } catch (error) {
          if (!(error instanceof PyRaise) || error.exception.attributes?.get("name") !== `${full}.${one}`) throw error;
        }
      }
    }
    return module;
  })());
}

function resolveRelative(name: string, globals: Namespace, level: number): string {
  const own = globals.get("__package__") ?? globals.get("__name__");
  if (typeof own !== "string" || own === "" || own === "__main__") throw new PyRaise(new PyException(exceptions.ImportError, ["attempted relative import with no known parent package"]));
  const parts = own.split(".");
  if (level > parts.length) throw new PyRaise(new PyException(exceptions.ImportError, ["attempted relative import beyond top-level package"]));
  const base = parts.slice(0, parts.length - level + 1).join(".");
  return name === "" ? base : `${base}.${name}`;
}

/** importlib.import_module. */
export function* load(vm: Vm, name: string): Run<Value> {
  const known = vm.modules.get(name);
  if (known !== undefined) {
    if (known === null) throw moduleNotFound(name, `import of ${name} halted; None in sys.modules`);
    return known;
  }
  const dot = name.lastIndexOf(".");
  let path: Value | undefined;
  if (dot >= 0) {
    const parentName = name.slice(0, dot);
    const parent = yield* load(vm, parentName);
    const again = vm.modules.get(name);
    if (again !== undefined) return again;
    path = parent instanceof PyModule ? parent.namespace.get("__path__") : undefined;
    const builtin = yield* loadBuiltinModule(vm, name);
    if (builtin) {
      if (parent instanceof PyModule) parent.namespace.set(name.slice(dot + 1), builtin);
      return builtin;
    }
    if (path === undefined) throw moduleNotFound(name, `No module named '${name}'; '${parentName}' is not a package`);
    const module = yield* fromFiles(vm, name, name.slice(dot + 1), path);
    if (!module) throw moduleNotFound(name);
    if (parent instanceof PyModule) parent.namespace.set(name.slice(dot + 1), module);
    return module;
  }
  if (BUILT_IN.has(name)) {
    const module = yield* loadBuiltinModule(vm, name);
    if (module) return module;
  }
  const sys = vm.moduleNamespace("sys");
  const searchPath = sys?.get("path") ?? null;
  const [first, ...rest] = searchPath === null ? [] : yield* settle(collect(vm, searchPath));
  const own = first === undefined ? undefined : yield* fromFiles(vm, name, name, new PyList([first]));
  if (own) return own;
  const builtin = yield* loadBuiltinModule(vm, name);
  if (builtin) return builtin;
  const module = rest.length > 0 ? yield* fromFiles(vm, name, name, new PyList(rest)) : undefined;
  if (module) return module;
  if (UNSIMULATED_MODULES.has(name)) {
    vm.sys.observe({ kind: "unsimulated", command: "python3", detail: `module ${name}` });
    throw moduleNotFound(name, `module '${name}' is part of Python's standard library, but it is not simulated on this machine`);
  }
  throw moduleNotFound(name);
}

function isKind(vm: Vm, path: string, kind: number): boolean {
  try {
    return (vm.sys.stat(path).mode & S.IFMT) === kind;
  } catch {
    return false;
  }
}

function* fromFiles(vm: Vm, name: string, last: string, path: Value): Run<PyModule | undefined> {
  for (const folder of yield* settle(collect(vm, path))) {
    if (typeof folder !== "string") continue;
    const base = folder === "" ? `${vm.sys.getcwd()}/` : folder.endsWith("/") ? folder : `${folder}/`;
    const packageFile = `${base}${last}/__init__.py`;
    if (isKind(vm, packageFile, S.IFREG)) return yield* runFile(vm, name, packageFile, `${base}${last}`);
    const file = `${base}${last}.py`;
    if (isKind(vm, file, S.IFREG)) return yield* runFile(vm, name, file, undefined);
    if (isKind(vm, `${base}${last}`, S.IFDIR)) {
      // A namespace package (PEP 420), unless a later entry has a real one.
      const module = new PyModule(name, new Map<string, Value>([["__name__", name], ["__doc__", null], ["__package__", name], ["__path__", new PyList([`${base}${last}`])]]));
      vm.modules.set(name, module);
      return module;
    }
  }
  return undefined;
}

export function* readSource(vm: Vm, path: string): Run<string> {
  const fd = yield* vm.sys.open(path, O.RDONLY | O.CLOEXEC);
  let text = "";
  const parts: Uint8Array[] = [];
  for (;;) {
    const bytes = yield* vm.retry(() => vm.sys.read(fd, 65536));
    if (bytes.length === 0) break;
    parts.push(bytes);
    vm.spend(bytes.length >> 4);
  }
  vm.sys.close(fd);
  for (const part of parts) text += decode(part);
  return text;
}

function* runFile(vm: Vm, name: string, file: string, folder: string | undefined): Run<PyModule> {
  const text = yield* readSource(vm, file);
  const warnings: string[] = [];
  const code = compileText(text, file, "exec", { showLines: true }, warnings);
  for (const warning of warnings) yield* vm.streams.writeError(vm, warning);
  vm.spend(text.length >> 1);
  const namespace: Namespace = new Map<string, Value>([["__name__", name], ["__doc__", null], ["__package__", folder === undefined ? name.split(".").slice(0, -1).join(".") : name], ["__loader__", null], ["__spec__", null], ["__file__", file], ["__builtins__", vm.modules.get("builtins") ?? null]]);
  if (folder !== undefined) namespace.set("__path__", new PyList([folder]));
  const module = new PyModule(name, namespace);
  vm.modules.set(name, module);
  yield* writeCache(vm, file, text);
  try {
    yield* settle(vm.runFrame(new Frame(code, namespace, undefined, [], [])));
  } catch (error) {
    vm.modules.delete(name);
    throw error;
  }
  return (vm.modules.get(name) as PyModule | undefined) ?? module;
}

/** `__pycache__/NAME.cpython-311.pyc`: its head as in the real one, the rest is for us to forget. */
function* writeCache(vm: Vm, file: string, text: string): Run<void> {
  if (!vm.writesBytecode) return;
  const slash = file.lastIndexOf("/");
  const folder = `${file.slice(0, slash)}/__pycache__`;
  const target = `${folder}/${file.slice(slash + 1, -3)}.cpython-311.pyc`;
  try {
    const { mtimeUs, sizeBytes } = vm.sys.stat(file);
    const head = new Uint8Array(16 + Math.min(4096, text.length));
    const view = new DataView(head.buffer);
    head.set([0xa7, 0x0d, 0x0d, 0x0a]);
    view.setUint32(8, Math.floor(mtimeUs / 1e6), true);
    view.setUint32(12, sizeBytes, true);
    try {
      vm.sys.mkdir(folder);
    } catch (error) {
      if (!(error instanceof SysError) || error.errno !== "EEXIST") throw error;
    }
    const fd = yield* vm.sys.open(target, O.WRONLY | O.CREAT | O.TRUNC, 0o644);
    yield* vm.sys.write(fd, head);
    vm.sys.close(fd);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
}

export function importFrom(vm: Vm, module: Value, name: string): Eventual<Value> {
  return begin((function* (): Run<Value> {
    const found = yield* settle(findAttribute(vm, module, name));
    if (found !== undefined) return found;
    const own = module instanceof PyModule ? module.name : "?";
    const submodule = vm.modules.get(`${own}.${name}`);
    if (submodule !== undefined) return submodule;
    const file = module instanceof PyModule ? module.namespace.get("__file__") : undefined;
    const exception = new PyException(exceptions.ImportError, [`cannot import name '${name}' from '${own}' (${typeof file === "string" ? file : "unknown location"})`]);
    exception.attributes = new Map<string, Value>([["name", own], ["path", file ?? null]]);
    throw new PyRaise(exception);
  })());
}

export function importStar(vm: Vm, module: Value, target: Namespace): Eventual<void> {
  return begin((function* (): Run<void> {
    if (!(module instanceof PyModule)) return;
    const all = module.namespace.get("__all__");
    const names = all === undefined ? [...module.namespace.keys()].filter((name) => !name.startsWith("_")) : (yield* settle(collect(vm, all))).map(String);
    for (const name of names) {
      const value = module.namespace.get(name) ?? (yield* settle(importFrom(vm, module, name)));
      target.set(name, value);
    }
  })());
}

/** `import a.b.c as d`: from a to c. */
export function importSubmodule(vm: Vm, name: string, top: Value): Value {
  return vm.modules.get(name) ?? top;
}

