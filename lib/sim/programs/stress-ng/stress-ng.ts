// stress-ng: load for processors, memory and disks, with numbers of what was done (stress-ng(1), 0.15.06).

import { type Blocking, encode, SIGNALS, type Sys, SysError } from "../../kernel/sys.ts";
import { Accounts, readTextFile } from "../kit/accounts.ts";
import { Exit } from "../kit/io.ts";
import { flag, gnu, type Io, partly, text, unsimulated } from "../kit/gnu.ts";
import { type Measured, metricsLines, timesLines } from "./_metrics.ts";
import { bytes, count, longDuration, seconds, shortSize, unsignedCount, within, WrongNumber } from "./_numbers.ts";
import { type Result, STRESSORS, type Work } from "./_stressors.ts";

const CPU_METHODS =
  "all ackermann apery bitops callfunc cdouble cfloat clongdouble collatz correlate crc16 decimal32 decimal64 decimal128 dither div8 div16 div32 div64 div128 double euler explog factorial fibonacci fft fletcher16 float float32 float64 float80 float128 floatconversion gamma gcd gray hamming hanoi hyperbolic idct int128 int64 int32 int16 int8 int128float int128double int128longdouble int128decimal32 int128decimal64 int128decimal128 int64float int64double int64longdouble int32float int32double int32longdouble intconversion ipv4checksum jmp lfsr32 ln2 logmap longdouble loop matrixprod nsqrt omega parity phi pi prime psi queens rand rand48 rgb sieve stats sqrt trig union zeta";

type Name = keyof typeof STRESSORS;

const newResult = (): Result => ({ operations: 0, wallUs: 0, userUs: 0, systemUs: 0, maxResidentBytes: 0, readBytes: 0, readUs: 0, writtenBytes: 0, writeUs: 0 });

function* listed(sys: Sys, file: string): Blocking<number> {
  const ranges = ((yield* readTextFile(sys, `/sys/devices/system/cpu/${file}`)) ?? "0").trim().split(",");
  return ranges.reduce((sum, range) => {
    const [first = 0, last = first] = range.split("-").map(Number);
    return sum + last - first + 1;
  }, 0);
}

function processorsOf(words: string, most: number): readonly number[] {
  return words.split(",").flatMap((range) => {
    const [first = 0, last = first] = range.split("-").map((word) => unsignedCount(word));
    for (const one of [first, last]) if (one >= most) throw new WrongNumber(`taskset: invalid range, ${one} is not allowed, allowed range: 0 to ${most - 1}`);
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  });
}

const notHere = "only cpu, matrix, vm, io, hdd and fork are simulated";

export default gnu({
  name: "stress-ng", summary: "put load on the machine and measure what it bears", synopsis: ["[OPTION [ARG]]..."], seeAlso: ["stress(1)", "nproc(1)", "vmstat(8)"],
  description: ["N workers of each kind do the same work until the time is over; 0 workers means one for each processor that is online, a number below 0 one for each that there is. Times end in s, m, h, d, w, y, sizes in b, k, m, g, or per cent (10%) of the memory. A bogo op is one round of a worker: it compares runs, not machines."],
  versionText: "stress-ng, version 0.15.06 (gcc 12.2.0, x86_64 Linux 6.1.0)\n", versionLetter: "V", helpLetter: "h", operands: "none",
  options: {
    cpu: text(["-c", "--cpu"], "N", "N workers that compute"), cpuLoad: text(["-l", "--cpu-load"], "P", "each keeps its processor busy for P percent of the time"),
    cpuMethod: text(["--cpu-method"], "METHOD", "what is computed; `which` lists the methods"), cpuOps: text(["--cpu-ops"], "N", "end after N operations of cpu"),
    matrix: partly(text(["--matrix"], "N", "N workers that compute with matrices"), "the rates of its methods are not measured"), matrixOps: text(["--matrix-ops"], "N", "end after N operations of matrix"),
    vm: text(["-m", "--vm"], "N", "N workers that take memory and write to it"), vmBytes: text(["--vm-bytes"], "B", "so much memory, divided between them; 256M unless given"),
    vmHang: text(["--vm-hang"], "S", "hold the memory for S seconds before it is given back; 0: to the end"), vmKeep: flag(["--vm-keep"], "keep the memory and write to it again"), vmOps: text(["--vm-ops"], "N", "end after N operations of vm"),
    io: text(["-i", "--io"], "N", "N workers that call sync"), ioOps: text(["--io-ops"], "N", "end after N operations of io"),
    hdd: text(["-d", "--hdd"], "N", "N workers that write files, read them and remove them"), hddBytes: text(["--hdd-bytes"], "B", "so much on the disk, divided between them; 1G unless given"), hddOps: text(["--hdd-ops"], "N", "end after N operations of hdd"),
    fork: text(["-f", "--fork"], "N", "N workers that make children"), forkOps: text(["--fork-ops"], "N", "end after N operations of fork"),
    timeout: text(["-t", "--timeout"], "T", "end after that time; 0: never"), metrics: flag(["-M", "--metrics"], "show what each kind of worker did"), metricsBrief: flag(["--metrics-brief"], "the same, less of it"),
    times: flag(["--times"], "show how much time of the processors was used"), verbose: flag(["-v", "--verbose"], "tell of each worker"), quiet: flag(["-q", "--quiet"], "say nothing"), dryRun: flag(["-n", "--dry-run"], "start no work"),
    logBrief: flag(["--log-brief"], "messages without the program's name and process ID"), backoff: text(["-b", "--backoff"], "N", "wait N microseconds before each worker begins"), taskset: text(["--taskset"], "LIST", "run on these processors only"),
    tempPath: text(["--temp-path"], "PATH", "files of hdd go there, not to the current directory"), oomable: flag(["--oomable"], "a worker that the kernel ended for want of memory is not started again"), stressors: flag(["--stressors"], "list the kinds of workers"),
    all: unsimulated(["-a", "--all"], "N workers of each kind", notHere, "N"), sequential: unsimulated(["--sequential"], "one kind after the other", notHere, "N"), random: unsimulated(["-r", "--random"], "N workers of kinds that chance takes", notHere, "N"),
    class: unsimulated(["--class"], "the kinds of one class", notHere, "NAME"), job: unsimulated(["-j", "--job"], "take the options from a file", "they stand on the command line here", "FILE"), perf: unsimulated(["--perf"], "show counters of the processors", "the processors have no counters"),
    cache: unsimulated(["-C", "--cache"], "N workers that thrash the cache", notHere, "N"), iomix: unsimulated(["--iomix"], "N workers that mix reads and writes", notHere, "N"), malloc: unsimulated(["--malloc"], "N workers that call malloc", notHere, "N"),
    mmap: unsimulated(["--mmap"], "N workers that map memory", notHere, "N"), pipe: unsimulated(["-p", "--pipe"], "N workers that write through pipes", notHere, "N"), sock: unsimulated(["-S", "--sock"], "N workers that talk over sockets", notHere, "N"),
    switches: unsimulated(["-s", "--switch"], "N workers that switch between processes", notHere, "N"), timer: unsimulated(["-T", "--timer"], "N workers that set timers", notHere, "N"), brk: unsimulated(["--brk"], "N workers that move the end of their data", notHere, "N"),
    bigheap: unsimulated(["-B", "--bigheap"], "N workers that let their heap grow", notHere, "N"), memcpy: unsimulated(["--memcpy"], "N workers that copy memory", notHere, "N"), stream: unsimulated(["--stream"], "N workers that measure the memory", notHere, "N"),
    verify: partly(flag(["--verify"], "check the results"), "there is nothing that could go wrong"), aggressive: partly(flag(["--aggressive"], "more load by every means"), "the load is the same"), noRandSeed: flag(["--no-rand-seed"], "the same random numbers each time"), syslog: unsimulated(["--syslog"], "messages go to the log, too", "messages go to standard error only"),
  },
  *run({ options, operands, given, sys }, io: Io) {
    if (operands.length > 0) {
      yield* io.out.print(`Error: unrecognised option: ${operands.join(" ")}\n`);
      return 1;
    }
    if (options.stressors) {
      yield* io.out.print(`${Object.keys(STRESSORS).sort().join(" ")}\n`);
      return 0;
    }
    const pid = sys.getpid();
    const online = yield* listed(sys, "online");
    const configured = yield* listed(sys, "present");
    const memory = (yield* readTextFile(sys, "/proc/meminfo")) ?? "";
    const kib = (key: string): number => Number(new RegExp(`^${key}:\\s*(\\d+)`, "m").exec(memory)?.[1] ?? 0) * 1024;
    const line = function* (kind: string, by: number, words: string): Blocking<void> {
      yield* sys.write(2, encode(options.logBrief ? `${words}\n` : `stress-ng: ${`${kind}:`.padEnd(6)} [${by}] ${words}\n`));
    };
    const info = function* (words: string): Blocking<void> {
      if (!options.quiet || options.verbose) yield* line("info", pid, words);
    };
    const debug = function* (words: string, by = pid): Blocking<void> {
      if (options.verbose) yield* line("debug", by, words);
    };

    const isStressor = (name: string): name is Name => Object.hasOwn(STRESSORS, name);
    const wanted = new Map<Name, number>();
    let timeout: number | undefined;
    let backoffUs = 0;
    let vmBytes = 268_435_456;
    let hddBytes = 1_073_741_824;
    let vmHang: number | undefined;
    let load = 100;
    const operations = new Map<Name, number>();
    try {
      // in the order given: the first wrong one is told
      for (const { option, argument = "" } of given) {
        if (isStressor(option)) {
          const number = count(argument);
          wanted.set(option, number === 0 ? online : number < 0 ? configured : number);
        } else if (option.endsWith("Ops")) {
          const name = option.slice(0, -3);
          if (isStressor(name)) operations.set(name, unsignedCount(argument));
        } else if (option === "timeout") timeout = seconds(argument);
        else if (option === "backoff") backoffUs = unsignedCount(argument);
        else if (option === "vmHang") vmHang = seconds(argument);
        else if (option === "vmBytes") within("vm-bytes", (vmBytes = bytes(argument, kib("MemTotal"))), 4096, 2 ** 48, true);
        else if (option === "hddBytes") within("hdd-bytes", (hddBytes = bytes(argument, kib("MemTotal"))), 1_048_576, 2 ** 63, true);
        else if (option === "cpuLoad") within("cpu-load", (load = count(argument)), 0, 100, false);
        else if (option === "cpuMethod" && !CPU_METHODS.split(" ").includes(argument)) throw new WrongNumber(`cpu-method must be one of: ${CPU_METHODS}`);
        else if (option === "taskset") sys.setScheduling({ cpus: processorsOf(argument, configured) });
      }
      if (options.tempPath !== undefined) {
        try {
          sys.access(options.tempPath, 6);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          throw new WrongNumber(`aborting: temp-path '${options.tempPath}' must be readable and writeable`);
        }
      }
    } catch (error) {
      if (!(error instanceof WrongNumber)) throw error;
      yield* io.stderr(`${error.message}\n`);
      throw new Exit(1);
    }

    const directory = options.tempPath ?? ".";
    if (options.verbose) {
      const { sysname, nodename, release, version, machine } = sys.uname();
      const { ruid } = sys.getcred();
      yield* debug(`invoked with '${["stress-ng", ...sysArguments(yield* readTextFile(sys, "/proc/self/cmdline"))].join(" ")}' by user ${ruid} '${(yield* Accounts.read(sys)).userName(ruid)}'`);
      yield* debug("stress-ng 0.15.06");
      yield* debug(`system: ${sysname} ${nodename} ${release} ${version} ${machine}`);
      yield* debug(`RAM total: ${shortSize(kib("MemTotal"))}, RAM free: ${shortSize(kib("MemFree"))}, swap free: ${shortSize(kib("SwapFree"))}`);
      const type = sys.statfs(directory).type;
      yield* debug(`temporary file path: '${directory}', filesystem type: ${type.startsWith("ext") ? "ext2" : type}`);
      yield* debug(`${online} processor${online === 1 ? "" : "s"} online, ${configured} processor${configured === 1 ? "" : "s"} configured`);
    }
    const total = timeout ?? 86_400;
    yield* info(`${timeout === undefined ? "defaulting" : "setting"} to a ${total} second${longDuration(total)} run per stressor`);
    if (wanted.size === 0) {
      yield* line("error", pid, "No stress workers invoked");
      return 1;
    }
    yield* info(`dispatching hogs: ${[...wanted].map(([name, number]) => `${number} ${name}`).join(", ")}`);
    if (options.verbose) yield* debug(`cache allocate: shared cache buffer size: ${((yield* readTextFile(sys, "/sys/devices/system/cpu/cpu0/cache/index3/size")) ?? "2048K").trim()}`);
    yield* debug("starting stressors");

    const startUs = sys.clockUs("monotonic");
    const measured: Measured[] = [];
    const workers = new Map<number, { readonly name: Name; readonly result: Result }>();
    sys.sigaction(SIGNALS.INT, "catch");
    sys.sigaction(SIGNALS.TERM, "catch");
    sys.sigaction(SIGNALS.ALRM, "catch");
    let failed = false;
    for (const [name, instances] of wanted) {
      const results: Result[] = [];
      measured.push({ name, results });
      const work: Work = {
        instances, operations: operations.get(name) ?? 0, endUs: total === 0 ? Number.POSITIVE_INFINITY : startUs + total * 1e6, cpuLoad: name === "cpu" ? load : 100, vmBytes, vmKeep: options.vmKeep, vmHangSeconds: vmHang, oomable: options.oomable, hddBytes, directory,
        debug: (own, words) => debug(`${words}`, own.getpid()),
        *info(own, words) {
          if (!options.quiet || options.verbose) yield* line("info", own.getpid(), words);
        },
      };
      for (let instance = 0; instance < instances; instance++) {
        const result = newResult();
        results.push(result);
        try {
          const child = sys.fork(function* (own) {
            own.setTitle(`stress-ng-${name}`, [`stress-ng-${name} [run]`]);
            if (total > 0 && total < 1e6) own.alarm(Math.max(1, work.endUs - own.clockUs("monotonic")));
            if (backoffUs > 0) yield* own.sleep(backoffUs * workers.size);
            yield* debug(`${name}: started [${own.getpid()}] (instance ${instance})`, own.getpid());
            const beganUs = own.clockUs("monotonic");
            if ((name === "cpu" || name === "vm") && instance === 0 && !options.dryRun) yield* debug(`${name}: using method '${name === "cpu" ? options.cpuMethod ?? "all" : "all"}'`, own.getpid());
            const status = options.dryRun ? 0 : yield* STRESSORS[name](own, work, result, instance);
            result.wallUs = own.clockUs("monotonic") - beganUs;
            result.maxResidentBytes = Math.max(own.getrusage("self").maxResidentBytes, own.getrusage("children").maxResidentBytes);
            yield* debug(`${name}: exited [${own.getpid()}] (instance ${instance})`, own.getpid());
            return status;
          });
          workers.set(child, { name, result });
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          yield* line("error", pid, `Cannot fork: errno=${error.errno === "ENOMEM" ? "12" : "11"} (${error.message})`);
          failed = true;
        }
      }
    }
    yield* debug(`${workers.size} stressor${workers.size === 1 ? "" : "s"} started`);
    while (workers.size > 0) {
      try {
        const waited = yield* sys.waitpid(-1);
        if (waited === undefined) continue;
        const worker = workers.get(waited.pid);
        if (worker === undefined) continue;
        workers.delete(waited.pid);
        worker.result.userUs = waited.usage.userUs;
        worker.result.systemUs = waited.usage.systemUs;
        if (waited.status.kind === "signaled") {
          yield* debug(`process ${waited.pid} (stress-ng-${worker.name}) terminated on signal: ${waited.status.signal} (${waited.status.signal === SIGNALS.KILL ? "Killed" : "Terminated"})`);
          if (worker.result.wallUs === 0) worker.result.wallUs = sys.clockUs("monotonic") - startUs;
          failed = true;
        } else {
          yield* debug(`process [${waited.pid}] terminated`);
          if (waited.status.kind === "exited" && waited.status.status !== 0) {
            yield* line("error", pid, `process [${waited.pid}] (stress-ng-${worker.name}) terminated with an error, exit status=${waited.status.status} (stressor failed)`);
            failed = true;
          }
        }
      } catch (error) {
        if (!(error instanceof SysError) || error.errno !== "EINTR") throw error;
        if (sys.takeSignals().some((signal) => signal !== SIGNALS.ALRM)) for (const child of workers.keys()) sys.kill(child, SIGNALS.ALRM);
      }
    }
    const wallUs = sys.clockUs("monotonic") - startUs;
    if (options.metrics || options.metricsBrief || options.verbose) {
      for (const words of metricsLines(measured, options.metricsBrief && !options.metrics && !options.verbose)) if (!options.quiet || options.verbose) yield* line("metrc", pid, words);
      yield* debug("metrics-check: all stressor metrics validated and sane");
    }
    if (options.times) {
      const { userUs, systemUs } = sys.getrusage("children");
      const average = ((yield* readTextFile(sys, "/proc/loadavg")) ?? "").split(" ").slice(0, 3).join(" ");
      for (const words of timesLines(wallUs, online, userUs, systemUs, average)) yield* info(words);
    }
    yield* info(`${failed ? "unsuccessful" : "successful"} run completed in ${(wallUs / 1e6).toFixed(2)}s${longDuration(wallUs / 1e6)}`);
    return failed ? 2 : 0;
  },
});

function sysArguments(commandLine: string | undefined): readonly string[] {
  return (commandLine ?? "").split("\0").slice(1, -1);
}
