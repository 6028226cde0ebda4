// sys.

import { PyDict, PyNamespaceDict } from "../objects/dictionary.ts";
import { declareAttributes, declareFunctions } from "../objects/declare.ts";
import { exceptions, failure, PyException, PyRaise, typeError, valueError } from "../objects/exception.ts";
import { begin, newType, PyBuiltin, type PyClass, PyFloat, PyInstance, PyList, PyTuple, type Run, settle, types, type Value } from "../objects/value.ts";
import { PyFrameObject } from "../vm/frame.ts";
import { handledException } from "../vm/unwind.ts";
import { repr } from "../vm/text-form.ts";
import { collect } from "../vm/iterate.ts";
import { exceptionReport } from "../vm/traceback.ts";
import { PyTraceback } from "../vm/traceback-object.ts";
import type { Vm } from "../vm/vm.ts";
import { builtinModuleNames, registerModule } from "./registry.ts";

export const VERSION = "3.11.2";
/** as Debian's build says it */
export const BUILD = "main, May 12 2026, 05:17:27";
export const COMPILER = "GCC 12.2.0";

/** A tuple whose items have names: sys.version_info, os.stat_result, time.struct_time. */
export function structType(name: string, module: string, fields: readonly string[], shown = fields.length): PyClass {
  const cls: PyClass = newType(name, module, (vm, _cls, args) => begin((function* (): Run<Value> {
    const items = yield* settle(collect(vm, args[0] ?? null));
    if (items.length < shown) throw typeError(`${module}.${name}() takes ${shown === fields.length ? "a" : "an at least"} ${shown}-sequence (${items.length}-sequence given)`);
    return new PyTuple(items, cls);
  })()), types.tuple);
  cls.layout = types.tuple;
  cls.subclassable = false;
  fields.forEach((field, i) => declareAttributes(cls, { [field]: (_vm, self: PyTuple) => self.items[i] ?? null }));
  const shownAs = new PyBuiltin(types.methodDescriptor, "__repr__", (vm, args) => begin((function* (): Run<Value> {
    const parts: string[] = [];
    for (const [i, item] of (args[0] as PyTuple).items.slice(0, shown).entries()) parts.push(`${fields[i]}=${yield* settle(repr(vm, item))}`);
    return `${module === "sys" || module === "os" || module === "time" || module === "posix" || module === "shutil" ? `${module === "posix" ? "os" : module}.` : ""}${name}(${parts.join(", ")})`;
  })()), `${name}.__repr__`, undefined, cls);
  cls.members.set("__repr__", shownAs);
  cls.members.set("__str__", shownAs);
  cls.members.set("__match_args__", new PyTuple(fields));
  return cls;
}

const versionInfo = structType("version_info", "sys", ["major", "minor", "micro", "releaselevel", "serial"]);
const flagsType = structType("flags", "sys", ["debug", "inspect", "interactive", "optimize", "dont_write_bytecode", "no_user_site", "no_site", "ignore_environment", "verbose", "bytes_warning", "quiet", "hash_randomization", "isolated", "dev_mode", "utf8_mode", "safe_path", "int_max_str_digits"]);
const floatInfo = structType("float_info", "sys", ["max", "max_exp", "max_10_exp", "min", "min_exp", "min_10_exp", "dig", "mant_dig", "epsilon", "radix", "rounds"]);
const hashInfo = structType("hash_info", "sys", ["width", "modulus", "inf", "nan", "imag", "algorithm", "hash_bits", "seed_bits", "cutoff"]);
const intInfo = structType("int_info", "sys", ["bits_per_digit", "sizeof_digit", "default_max_str_digits", "str_digits_check_threshold"]);

function namespaceObject(cls: PyClass, fields: Readonly<Record<string, Value>>): Value {
  const object = new PyInstance(cls);
  object.attributes = new Map(Object.entries(fields));
  return object;
}

const implementationType = newType("SimpleNamespace", "types");
implementationType.hasDict = true;

const functions = declareFunctions({
  "exit(status=None, /)": (_vm, status: Value) => {
    throw new PyRaise(new PyException(exceptions.SystemExit, status === null ? [] : [status]));
  },
  "getrecursionlimit()": (vm) => vm.recursionLimit,
  "setrecursionlimit(limit, /)": (vm, limit: Value) => {
    if (typeof limit !== "number") throw typeError(`'${String(limit)}' object cannot be interpreted as an integer`);
    if (limit < 1) throw valueError("recursion limit must be greater or equal than 1");
    if (vm.depth >= limit) throw failure(exceptions.RecursionError, `cannot set the recursion limit to ${limit} at the recursion depth ${vm.depth}: the limit is too low`);
    vm.recursionLimit = Math.min(limit, 50_000);
    return null;
  },
  "getsizeof(object, default=..., /)": (_vm, value: Value) => sizeOf(value),
  "getrefcount(object, /)": () => 2,
  "getdefaultencoding()": () => "utf-8",
  "getfilesystemencoding()": () => "utf-8",
  "intern(string, /)": (_vm, text: Value) => text,
  "set_int_max_str_digits(maxdigits)": () => null,
  "get_int_max_str_digits()": () => 4300,
  "exc_info()": (vm) => {
    const exception = handledException(vm.frame);
    return exception ? new PyTuple([exception.cls, exception, new PyTraceback(exception)]) : new PyTuple([null, null, null]);
  },
  "exception()": (vm) => handledException(vm.frame),
  "_getframe(depth=0, /)": (vm, depth: number) => {
    let { frame } = vm;
    for (let i = 0; i < depth && frame; i++) frame = frame.back;
    if (!frame) throw valueError("call stack is not deep enough");
    return new PyFrameObject(frame);
  },
  "excepthook(type, value, traceback, /)": (vm, _type: Value, value: Value) => begin((function* (): Run<Value> {
    if (value instanceof PyException) yield* vm.streams.writeError(vm, yield* exceptionReport(vm, value));
    return null;
  })()),
  "displayhook(value, /)": (vm, value: Value) => begin((function* (): Run<Value> {
    if (value !== null) yield* vm.streams.writeOut(vm, `${yield* settle(repr(vm, value))}\n`);
    return null;
  })()),
  "settrace(function, /)": () => null,
  "is_finalizing()": () => false,
});

function sizeOf(value: Value): number {
  switch (typeof value) {
    case "number":
    case "bigint": {
      const bits = value === 0 ? 0 : (value < 0 ? -value : value).toString(2).length;
      return value === 0 ? 24 : 24 + 4 * Math.ceil(bits / 30);
    }
    case "boolean": return value ? 28 : 24;
    case "string": return /[^\0-\x7f]/.test(value) ? 74 + 2 * value.length : 49 + value.length;
    default:
  }
  if (value === null) return 16;
  if (value instanceof PyFloat) return 24;
  if (value instanceof PyList) return 56 + 8 * value.items.length;
  if (value instanceof PyTuple) return 40 + 8 * value.items.length;
  if (value instanceof PyDict) return value.size === 0 ? 64 : 184 + 48 * Math.max(0, value.size - 5);
  return 48;
}

registerModule("sys", {
  names: (vm: Vm) => {
    const version = new PyTuple([3, 11, 2, "final", 0], versionInfo);
    const text = `${VERSION} (${BUILD}) [${COMPILER}]`;
    const { machine } = vm.sys.uname();
    return new Map<string, Value>([
      ...functions,
      ["version", text], ["version_info", version], ["hexversion", 0x030b02f0], ["api_version", 1013], ["platform", "linux"], ["byteorder", "little"], ["maxsize", 9223372036854775807n], ["maxunicode", 0x10ffff], ["copyright", "Copyright (c) 2001-2023 Python Software Foundation.\nAll Rights Reserved."],
      ["executable", vm.executable], ["prefix", "/usr"], ["base_prefix", "/usr"], ["exec_prefix", "/usr"], ["base_exec_prefix", "/usr"], ["platlibdir", "lib"], ["path", new PyList([...vm.searchPath])], ["argv", new PyList([...vm.argv])], ["orig_argv", new PyList([...vm.argv])], ["warnoptions", new PyList([])],
      ["modules", modulesDict(vm)], ["stdin", vm.streams.stdin], ["stdout", vm.streams.stdout], ["stderr", vm.streams.stderr], ["__stdin__", vm.streams.stdin], ["__stdout__", vm.streams.stdout], ["__stderr__", vm.streams.stderr],
      ["flags", new PyTuple([0, 0, vm.interactive ? 1 : 0, 0, vm.writesBytecode ? 0 : 1, 0, 0, 0, 0, 0, 0, 1, 0, false, 0, false, 4300], flagsType)],
      ["float_info", new PyTuple([new PyFloat(Number.MAX_VALUE), 1024, 308, new PyFloat(2.2250738585072014e-308), -1021, -307, 15, 53, new PyFloat(Number.EPSILON), 2, 1], floatInfo)],
      ["hash_info", new PyTuple([64, 2305843009213693951n, 314159, 0, 1000003, "siphash13", 64, 128, 0], hashInfo)], ["int_info", new PyTuple([30, 4, 4300, 640], intInfo)],
      ["builtin_module_names", new PyTuple(["_ast", "builtins", "errno", "gc", "itertools", "math", "posix", "sys", "time"])], ["stdlib_module_names", new PyTuple([...builtinModuleNames()])], ["dont_write_bytecode", !vm.writesBytecode],
      ["implementation", namespaceObject(implementationType, { name: "cpython", cache_tag: "cpython-311", version, hexversion: 0x030b02f0, _multiarch: `${machine}-linux-gnu` })], ["ps1", ">>> "], ["ps2", "... "], ["meta_path", new PyList([])], ["path_hooks", new PyList([])], ["pycache_prefix", null],
    ]);
  },
});

/** sys.modules: live, as a dict on the interpreter's own table. */
function modulesDict(vm: Vm): PyDict {
  return new PyNamespaceDict(vm.modules);
}
