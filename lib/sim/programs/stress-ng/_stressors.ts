// What the workers do. A worker ends at the end of the time, after so many operations, or with SIGALRM or SIGINT. An operation of `cpu` and
// `matrix` takes as long as on the processor that stress-ng 0.15.06 was recorded on.

import { type Blocking, O, SIGNALS, type Sys, SysError } from "../../kernel/sys.ts";

export interface Work {
  readonly instances: number;
  readonly operations: number;
  readonly endUs: number;
  readonly cpuLoad: number;
  readonly vmBytes: number;
  readonly vmKeep: boolean;
  readonly vmHangSeconds: number | undefined;
  readonly oomable: boolean;
  readonly hddBytes: number;
  readonly directory: string;
  readonly debug: (sys: Sys, line: string) => Blocking<void>;
  readonly info: (sys: Sys, line: string) => Blocking<void>;
}

/** What a worker measured, in memory that it shares with its parent. */
export interface Result {
  operations: number;
  wallUs: number;
  userUs: number;
  systemUs: number;
  maxResidentBytes: number;
  readBytes: number;
  readUs: number;
  writtenBytes: number;
  writeUs: number;
}

export type Stressor = (sys: Sys, work: Work, result: Result, instance: number) => Blocking<number>;

const CPU_OPERATION_US = 585;
const MATRIX_OPERATION_US = 200;
const PAGE = 4096;
const BLOCK = 65_536;
const MIB = 1_048_576;

/** Whether the worker goes on. */
function watch(sys: Sys, work: Work, result: Result): () => boolean {
  let told = false;
  return () => {
    if (sys.takeSignals().length > 0) told = true;
    return !told && sys.clockUs("monotonic") < work.endUs && (work.operations === 0 || result.operations < work.operations);
  };
}

function* nap(sys: Sys, us: number): Blocking<void> {
  try {
    yield* sys.sleep(us);
  } catch (error) {
    if (!(error instanceof SysError) || error.errno !== "EINTR") throw error;
  }
}

function computing(operationUs: number): Stressor {
  return function* (sys, work, result) {
    const goesOn = watch(sys, work, result);
    while (goesOn()) {
      const startUs = sys.clockUs("monotonic");
      if (work.cpuLoad > 0 && sys.charge(operationUs)) yield* sys.preempt();
      if (work.cpuLoad === 0) yield* nap(sys, work.endUs - startUs);
      else if (work.cpuLoad < 100) yield* nap(sys, (Math.max(operationUs, sys.clockUs("monotonic") - startUs) * (100 - work.cpuLoad)) / work.cpuLoad);
      result.operations++;
    }
    return 0;
  };
}

function* touchMemory(sys: Sys, work: Work, result: Result): Blocking<number> {
  const size = Math.max(PAGE, Math.floor(work.vmBytes / work.instances / PAGE) * PAGE);
  const goesOn = watch(sys, work, result);
  let held = 0;
  while (goesOn()) {
    // each page is had when it is first written to
    while (held < size) {
      const part = Math.min(MIB, size - held);
      try {
        sys.allocate(part, 0);
        held += part;
        if (sys.charge(Math.ceil(part / PAGE))) yield* sys.preempt();
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* nap(sys, 100_000);
        if (!goesOn()) return 0;
      }
    }
    if (sys.charge(Math.ceil(size / PAGE / 4))) yield* sys.preempt();
    result.operations += Math.ceil(size / PAGE / 64);
    if (work.vmHangSeconds !== undefined) yield* nap(sys, work.vmHangSeconds === 0 ? Math.max(0, work.endUs - sys.clockUs("monotonic")) : work.vmHangSeconds * 1e6);
    if (!work.vmKeep) {
      sys.allocate(-size, 0);
      held = 0;
    }
  }
  return 0;
}

/** The memory is a child's, so that another takes its place when the kernel ends it. */
const vm: Stressor = function* (sys, work, result, instance) {
  sys.setTitle("stress-ng-vm", ["stress-ng-vm [wait]"]);
  const goesOn = watch(sys, work, result);
  while (goesOn()) {
    const child = sys.fork(function* (own) {
      own.setTitle("stress-ng-vm", ["stress-ng-vm [run]"]);
      return yield* touchMemory(own, work, result);
    });
    let ended: number | undefined;
    while (ended === undefined) {
      try {
        const waited = yield* sys.waitpid(child);
        ended = waited?.status.kind === "signaled" ? waited.status.signal : 0;
      } catch (error) {
        if (!(error instanceof SysError) || error.errno !== "EINTR") throw error;
        sys.kill(child, SIGNALS.ALRM);
      }
    }
    if (ended !== SIGNALS.KILL) break;
    yield* work.debug(sys, `vm: assuming killed by OOM killer, ${work.oomable ? "bailing out" : "restarting again"} (instance ${instance})`);
    if (work.oomable) break;
  }
  return 0;
};

const io: Stressor = function* (sys, work, result, instance) {
  if (instance === 0) yield* work.info(sys, "io: this is a legacy I/O sync stressor, consider using iomix instead");
  const goesOn = watch(sys, work, result);
  while (goesOn()) {
    yield* nap(sys, 1750);
    result.operations++;
  }
  return 0;
};

const letters = "abcdefghijklmnopqrstuvwxyzABCDEF";

/** Writes a file that has no name any more, reads it, and begins again. */
const hdd: Stressor = function* (sys, work, result, instance) {
  const directory = `${work.directory}/tmp-stress-ng-hdd-${sys.getpid()}-${instance}`;
  const size = Math.max(MIB, Math.floor(work.hddBytes / work.instances));
  const block = sys.random(1024);
  const goesOn = watch(sys, work, result);
  try {
    sys.mkdir(directory, 0o700);
    while (goesOn()) {
      const name = `${directory}/stress-ng-hdd-${sys.getpid()}-${instance}-${Array.from(sys.random(6), (byte) => letters.charAt(byte % 32)).join("")}`;
      const fd = yield* sys.open(name, O.RDWR | O.CREAT | O.EXCL, 0o600);
      sys.unlink(name);
      const startUs = sys.clockUs("monotonic");
      // the blocks of the disk are taken; that they all hold the same is written once
      sys.fallocate(fd, 0, size, "allocate");
      yield* sys.pwrite(fd, block, 0);
      let written = 0;
      for (; written < size && goesOn(); written += BLOCK) {
        if (sys.charge(35)) yield* sys.preempt();
        result.operations++;
      }
      const middleUs = sys.clockUs("monotonic");
      let read = 0;
      for (; read < written && goesOn(); read += BLOCK) {
        if (sys.charge(12)) yield* sys.preempt();
        result.operations++;
      }
      sys.close(fd);
      result.writtenBytes += written;
      result.writeUs += middleUs - startUs;
      result.readBytes += read;
      result.readUs += sys.clockUs("monotonic") - middleUs;
    }
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* work.info(sys, `hdd: open ${directory} failed, errno: ${error.message}`);
    return 1;
  }
  sys.rmdir(directory);
  return 0;
};

const fork: Stressor = function* (sys, work, result) {
  const goesOn = watch(sys, work, result);
  while (goesOn()) {
    try {
      const child = sys.fork(function* () {
        return 0;
      });
      yield* sys.waitpid(child);
      result.operations++;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* nap(sys, 10_000);
    }
    if (sys.charge(2500)) yield* sys.preempt();
  }
  return 0;
};

export const STRESSORS = { cpu: computing(CPU_OPERATION_US), matrix: computing(MATRIX_OPERATION_US), vm, io, hdd, fork } as const satisfies Record<string, Stressor>;
