// From the command line to the exit status: what to run, and what becomes of an exception that nobody handled.

import { encode, errnoNumber, S, SIGNALS, type Sys, SysError } from "../../../kernel/sys.ts";
import type { Body } from "../../kit/io.ts";
import { exceptions, PyException, PyRaise } from "../objects/exception.ts";
import { type Namespace, PyBuiltin, PyList, PyModule, type Run, settle, type Value } from "../objects/value.ts";
import { call } from "./call.ts";
import { compileText } from "./compile-source.ts";
import { Frame } from "./frame.ts";
import { load, readSource } from "./import.ts";
import { mainModule, startVm } from "./start.ts";
import { str } from "./text-form.ts";
import { exceptionReport } from "./traceback.ts";
import type { Vm } from "./vm.ts";
import { prompt } from "./prompt.ts";

export interface CommandLine {
  readonly command: string | undefined;
  readonly module: string | undefined;
  /** script and its arguments */
  readonly operands: readonly string[];
  readonly inspect: boolean;
  readonly unbuffered: boolean;
  readonly quiet: boolean;
  readonly writesBytecode: boolean;
  readonly isolated: boolean;
}

export const LIBRARY_PATH: readonly string[] = ["/usr/lib/python311.zip", "/usr/lib/python3.11", "/usr/lib/python3.11/lib-dynload", "/usr/local/lib/python3.11/dist-packages", "/usr/lib/python3/dist-packages"];

export function* runPython(sys: Sys, argv0: string, line: CommandLine, executable: string): Body {
  const [script] = line.operands;
  const fromStdin = line.command === undefined && line.module === undefined && (script === undefined || script === "-");
  const interactive = fromStdin && sys.isatty(0);
  let first = "";
  let argv: readonly string[] = line.operands;
  if (line.command !== undefined) argv = ["-c", ...line.operands];
  else if (line.module !== undefined) argv = ["-m", ...line.operands];
  else if (script === undefined) argv = [""];
  let file = script ?? "";
  if (line.module !== undefined) first = sys.getcwd();
  if (!fromStdin && line.command === undefined && line.module === undefined) {
    const found = yield* findScript(sys, argv0, file);
    if (typeof found === "number") return found;
    ({ file, folder: first } = found);
  }
  const pythonPath = (line.isolated ? "" : (sys.environment.get("PYTHONPATH") ?? "")).split(":").filter((one) => one !== "");
  const vm = yield* startVm(sys, {
    argv, executable, unbuffered: line.unbuffered, interactive: interactive || line.inspect, writesBytecode: line.writesBytecode,
    searchPath: [...(line.isolated ? [] : [first]), ...pythonPath, ...LIBRARY_PATH],
  });
  let status = 0;
  const namespace = mainModule(vm);
  const body = function* (): Run<void> {
    if (line.command !== undefined) yield* runText(vm, `${line.command}\n`, "<string>", namespace, false);
    else if (line.module !== undefined) yield* runModule(vm, line.module, namespace);
    else if (!interactive) {
      const text = fromStdin ? yield* readAllInput(vm) : undefined;
      try {
        if (text === undefined) yield* runScript(vm, file, script ?? file, namespace);
        else yield* runText(vm, text, "<stdin>", namespace, false);
      } catch (error) {
        // a file's output goes before its traceback, that of -c and -m after it (pythonrun.c: _PyRun_SimpleFileObject flushes, PyRun_SimpleStringFlags does not)
        yield* flushQuietly(vm);
        throw error;
      }
    }
  };
  const mainThread = function* (): Run<number> {
    if (interactive) status = yield* prompt(vm, namespace, !line.quiet);
    else {
      status = yield* guarded(vm, body);
      if (line.inspect && status >= 0 && !vm.exited) status = yield* prompt(vm, namespace, false);
    }
    return yield* finish(vm, status);
  };
  return yield* vm.threads.drive(mainThread());
}

function* readAllInput(vm: Vm): Run<string> {
  let text = "";
  for (;;) {
    const part = yield* vm.streams.stdin.readText(vm, -1);
    if (part === "") return text;
    text += part;
  }
}

function* runText(vm: Vm, text: string, filename: string, namespace: Namespace, showLines: boolean): Run<void> {
  const warnings: string[] = [];
  const code = compileText(text, filename, "exec", { showLines }, warnings);
  for (const warning of warnings) yield* vm.streams.writeError(vm, warning);
  vm.spend(text.length >> 1);
  yield* settle(vm.runFrame(new Frame(code, namespace, undefined, [], [])));
}

function* runScript(vm: Vm, file: string, shown: string, namespace: Namespace): Run<void> {
  const text = yield* readSource(vm, file);
  namespace.set("__file__", shown.startsWith("/") ? shown : file);
  namespace.set("__cached__", null);
  yield* runText(vm, text, shown.startsWith("/") ? shown : file, namespace, true);
}

/** The file to run, and its folder for sys.path; or the status after saying what is wrong. */
function* findScript(sys: Sys, argv0: string, script: string): Run<{ readonly file: string; readonly folder: string } | number> {
  const absolute = script.startsWith("/") ? script : `${sys.getcwd()}/${script}`;
  const complain = function* (error: SysError): Run<number> {
    yield* sys.write(2, encode(`${argv0}: can't open file '${absolute}': [Errno ${errnoNumber(error.errno)}] ${error.message}\n`));
    return 2;
  };
  try {
    const stat = sys.stat(script);
    if ((stat.mode & S.IFMT) === S.IFDIR) {
      try {
        sys.stat(`${script}/__main__.py`);
        return { file: `${absolute}/__main__.py`, folder: absolute };
      } catch {
        yield* sys.write(2, encode(`${argv0}: can't find '__main__' module in '${absolute}'\n`));
        return 1;
      }
    }
    sys.access(script, 4, true);
    const folder = absolute.slice(0, absolute.lastIndexOf("/"));
    return { file: absolute, folder: normalise(folder) };
  } catch (error) {
    if (error instanceof SysError) return yield* complain(error);
    throw error;
  }
}

function normalise(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === "..") parts.pop();
    else parts.push(part);
  }
  return `/${parts.join("/")}`;
}

/** `-m name`: as runpy does. */
function* runModule(vm: Vm, name: string, namespace: Namespace): Run<void> {
  let module: Value;
  const folders = [vm.sys.getcwd(), ...LIBRARY_PATH];
  const relative = name.replaceAll(".", "/");
  for (const folder of folders) {
    for (const file of [`${folder}/${relative}/__main__.py`, `${folder}/${relative}.py`]) {
      try {
        if ((vm.sys.stat(file).mode & S.IFMT) !== S.IFREG) continue;
      } catch {
        continue;
      }
      const argv = vm.moduleNamespace("sys")?.get("argv");
      if (argv instanceof PyList) argv.items[0] = file;
      if (file.endsWith("/__main__.py")) yield* load(vm, name);
      namespace.set("__package__", file.endsWith("/__main__.py") ? name : name.split(".").slice(0, -1).join("."));
      return yield* runScript(vm, file, file, namespace);
    }
  }
  try {
    module = yield* load(vm, name);
  } catch (error) {
    if (!(error instanceof PyRaise) || !error.exception.cls.isSubclassOf(exceptions.ModuleNotFoundError) || error.exception.attributes?.get("name") !== name) throw error;
    const text = yield* settle(str(vm, error.exception));
    yield* vm.streams.writeError(vm, `${vm.executable}: ${text}\n`);
    throw new PyRaise(new PyException(exceptions.SystemExit, [1]));
  }
  const main = module instanceof PyModule ? module.namespace.get("__main_function__") : undefined;
  const argv = vm.moduleNamespace("sys")?.get("argv");
  if (argv instanceof PyList) argv.items[0] = `/usr/lib/python3.11/${relative}.py`;
  if (main === undefined) return;
  yield* settle(call(vm, main, [], undefined));
}

/** Runs something of Python's to its exit status; -1 - signal when the program is to end by a signal. */
export function* guarded(vm: Vm, run: () => Run<void>): Run<number> {
  try {
    yield* run();
    return 0;
  } catch (error) {
    return yield* reported(vm, vm.exceptionOf(error));
  }
}

export function* reported(vm: Vm, exception: PyException): Run<number> {
  vm.depth = 0;
  vm.nativeDepth = 0;
  if (exception.cls.isSubclassOf(exceptions.SystemExit)) {
    vm.exited = true;
    const { items } = exception.args;
    const code = items.length > 1 ? exception.args : (items[0] ?? null);
    if (code === null) return 0;
    if (typeof code === "number") return code & 0xff;
    if (typeof code === "boolean") return code ? 1 : 0;
    if (typeof code === "bigint") return 255;
    yield* vm.streams.writeError(vm, `${yield* settle(str(vm, code))}\n`);
    return 1;
  }
  const hook = vm.moduleNamespace("sys")?.get("excepthook");
  if (hook !== undefined && hook !== null && !(hook instanceof PyBuiltin)) {
    try {
      yield* settle(call(vm, hook, [exception.cls, exception, null], undefined));
    } catch (error) {
      yield* vm.streams.writeError(vm, `Error in sys.excepthook:\n${yield* exceptionReport(vm, vm.exceptionOf(error))}\nOriginal exception was:\n${yield* exceptionReport(vm, exception)}`);
    }
  } else yield* vm.streams.writeError(vm, yield* exceptionReport(vm, exception));
  return exception.cls.isSubclassOf(exceptions.KeyboardInterrupt) ? -1 - SIGNALS.INT : 1;
}

function* flushQuietly(vm: Vm): Run<void> {
  try {
    yield* vm.streams.flushOut(vm);
  } catch {
    return;
  }
}

function* finish(vm: Vm, status: number): Run<number> {
  for (const hook of vm.endHooks) yield* guarded(vm, hook);
  for (const hook of vm.exitHooks.reverse()) {
    const failed = yield* guarded(vm, hook);
    if (failed !== 0) status = status === 0 ? 0 : status;
  }
  const failed = yield* vm.streams.finish(vm);
  if (status < 0) {
    const signal = -1 - status;
    vm.sys.sigaction(signal, "default");
    vm.sys.kill(vm.sys.getpid(), signal);
    for (;;) yield* vm.sys.preempt();
  }
  return failed && status === 0 ? 120 : status;
}
