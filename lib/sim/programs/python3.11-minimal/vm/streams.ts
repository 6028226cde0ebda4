// Standard input, output and error, and the files that are open.

import { type Sys, encode } from "../../../kernel/sys.ts";
import { exceptions, PyRaise } from "../objects/exception.ts";
import { type FileOptions, ioTypes, PyFile } from "../objects/file.ts";
import { PyModule, type Run, settle, type Value } from "../objects/value.ts";
import { callMethod } from "./call.ts";
import { reachable } from "./heap.ts";
import type { Vm } from "./vm.ts";

export class Streams {
  readonly stdin: PyFile;
  readonly stdout: PyFile;
  readonly stderr: PyFile;
  readonly open = new Set<PyFile>();

  constructor(sys: Sys, unbuffered: boolean) {
    const make = (fd: number, name: string, mode: "r" | "w", buffering: FileOptions["buffering"]) => new PyFile(ioTypes.text, fd, {
      name, mode, readable: mode === "r", writable: mode === "w", binary: false, encoding: "utf-8", errors: fd === 2 ? "backslashreplace" : "surrogateescape", newline: undefined, buffering, closesDescriptor: false,
    });
    this.stdin = make(0, "<stdin>", "r", "full");
    this.stdout = make(1, "<stdout>", "w", unbuffered ? "none" : sys.isatty(1) ? "line" : "full");
    this.stderr = make(2, "<stderr>", "w", unbuffered ? "none" : "line");
  }

  /** What sys.stdout or sys.stderr is now: programs replace them. */
  current(vm: Vm, name: "stdin" | "stdout" | "stderr"): Value {
    const sys = vm.modules.get("sys");
    return (sys instanceof PyModule ? sys.namespace.get(name) : undefined) ?? this[name];
  }

  *writeTo(vm: Vm, stream: Value, text: string): Run<void> {
    if (stream === null) return;
    if (stream instanceof PyFile && !stream.options.binary) yield* stream.writeText(vm, text);
    else yield* settle(callMethod(vm, stream, "write", [text]));
  }

  *writeOut(vm: Vm, text: string): Run<void> {
    yield* this.writeTo(vm, this.current(vm, "stdout"), text);
  }

  /** To standard error, whatever state it is in; failures are swallowed. */
  *writeError(vm: Vm, text: string): Run<void> {
    try {
      const stream = this.current(vm, "stderr");
      if (stream !== this.stderr) {
        yield* this.writeTo(vm, stream, text);
        return;
      }
      yield* this.stderr.flush(vm);
      yield* vm.sys.write(2, encode(text));
    } catch {
      return;
    }
  }

  *flushOut(vm: Vm): Run<void> {
    const stream = this.current(vm, "stdout");
    if (stream instanceof PyFile) yield* stream.flush(vm);
    else if (stream !== null) yield* settle(callMethod(vm, stream, "flush"));
  }

  /** CPython closes a file when nobody refers to it any more: done here before others could notice. */
  *closeLost(vm: Vm): Run<void> {
    // What only a waiting thread holds on to may not be found: it is not taken for lost.
    if (this.open.size === 0 || vm.threads.several) return;
    const { seen } = yield* reachable(vm, []);
    for (const file of [...this.open]) if (!seen.has(file)) yield* file.close(vm);
  }

  /** At exit. True when standard output could not be flushed. */
  *finish(vm: Vm): Run<boolean> {
    for (const file of [...this.open]) {
      try {
        yield* file.close(vm);
      } catch (error) {
        if (!(error instanceof PyRaise)) vm.exceptionOf(error);
      }
    }
    let failed = false;
    for (const stream of [this.stdout, this.stderr]) {
      try {
        if (!stream.closed) yield* stream.flush(vm);
      } catch (error) {
        const exception = vm.exceptionOf(error);
        stream.discard();
        if (stream !== this.stdout) continue;
        failed = true;
        const text = exception.cls.isSubclassOf(exceptions.OSError) ? `[Errno ${String(exception.args.items[0])}] ${String(exception.args.items[1])}` : String(exception.args.items[0] ?? "");
        yield* this.writeError(vm, `Exception ignored in: <_io.TextIOWrapper name='<stdout>' mode='w' encoding='utf-8'>\n${exception.cls.name}: ${text}\n`);
      }
    }
    return failed;
  }
}
