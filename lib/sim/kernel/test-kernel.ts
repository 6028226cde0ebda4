// For tests of the kernel: a machine with an empty root, whose programs are the generators of the test.

import { decode, encode } from "./bytes.ts";
import { encodeExecutable } from "./executable.ts";
import { createKernel, type Kernel, type KernelOptions } from "./kernel.ts";
import { type Blocking, O, type Program, type Sys, SysError } from "./sys.ts";
import type { OutsideTerminal } from "./tty/terminal-table.ts";
import { parseExecutable } from "./executable.ts";
import { MemoryFileSystem } from "./vfs/memory-file-system.ts";

export interface TestKernel {
  readonly kernel: Kernel;
  readonly programs: Map<string, Program>;
  readonly faults: unknown[];
}

/** pid 1 reaps what it inherits and never ends. */
function* reaper(sys: Sys): Blocking<number> {
  sys.sigaction(17, "catch");
  for (;;) {
    try {
      yield* sys.waitpid(-1);
    } catch {
      sys.takeSignals();
      yield* sys.pause();
      sys.takeSignals();
    }
  }
}

SysError.traced = true;

export function testKernel(options: Partial<KernelOptions> = {}): TestKernel {
  const programs = new Map<string, Program>();
  const faults: unknown[] = [];
  let kernel: Kernel | undefined;
  const root = new MemoryFileSystem({ type: "ext4", device: 0xfe01, host: { nowUs: () => kernel?.realtimeUs() ?? 0, chargeStorage: (delta) => kernel?.vfsHost.chargeStorage(delta) } });
  const made = createKernel({
    seed: 1, bootEpochUs: 1_700_000_000_000_000, root, hostname: "test", memoryBytes: 1 << 30, cpuCount: 1,
    loader: (head) => programs.get(parseExecutable(head)?.program ?? ""), onFault: (fault) => faults.push(fault.error), ...options,
  });
  kernel = made;
  made.spawn({ entry: reaper, argv: ["init"] });
  return { kernel: made, programs, faults };
}

/** Runs `main` as root without a terminal until it ends; what it returned, or -1. */
export function runMain(test: TestKernel, main: (sys: Sys) => Blocking<number>, untilUs = 60_000_000): number {
  let status = -1;
  const process = test.kernel.spawn({
    argv: ["main"],
    entry: function* entry(sys) {
      status = yield* main(sys);
      return status;
    },
  });
  const endUs = test.kernel.nowUs + untilUs;
  while (process.runState !== "zombie" && test.kernel.processes.has(process.pid) && test.kernel.nowUs < endUs) {
    const result = test.kernel.step(endUs, 100_000);
    if (result.reason === "idle") break;
  }
  if (test.faults.length > 0) throw test.faults[0];
  return status;
}

/** Runs `main` on a new terminal; type with the terminal's `input`, look with `takeOutput`. */
export function onTerminal(test: TestKernel, main: (sys: Sys) => Blocking<number>, size = { rows: 24, cols: 80 }): OutsideTerminal {
  const outside = test.kernel.openTerminal(size);
  test.kernel.spawn({ argv: ["shell"], entry: main, terminal: outside.terminal });
  return outside;
}

export function settle(test: TestKernel, forUs = 1_000_000): void {
  test.kernel.step(test.kernel.nowUs + forUs, 1e9);
  if (test.faults.length > 0) throw test.faults[0];
}

export function type(test: TestKernel, terminal: OutsideTerminal, keys: string): string {
  terminal.input(encode(keys));
  settle(test);
  return decode(terminal.takeOutput());
}

export function* writeFile(sys: Sys, path: string, contents: Uint8Array | string, mode = 0o644): Blocking<void> {
  const fd = yield* sys.open(path, O.WRONLY | O.CREAT | O.TRUNC, mode);
  yield* sys.write(fd, typeof contents === "string" ? encode(contents) : contents);
  sys.close(fd);
}

export function* installProgram(sys: Sys, path: string, program: string, more: { interpreter?: string; needed?: readonly string[]; mode?: number } = {}): Blocking<void> {
  yield* writeFile(sys, path, encodeExecutable({ program, kind: "program", interpreter: more.interpreter, needed: more.needed ?? [], sizeBytes: 30_000, residentBytes: 1_000_000, buildId: "00" }), more.mode ?? 0o755);
  sys.chmod(path, more.mode ?? 0o755);
}

export function* readAll(sys: Sys, fd: number): Blocking<string> {
  let text = "";
  for (;;) {
    const bytes = yield* sys.read(fd, 4096);
    if (bytes.length === 0) return text;
    text += decode(bytes);
  }
}
