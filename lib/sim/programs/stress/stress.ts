// stress: load for processors, memory and disks (stress(1), 1.0.7).

import { type Blocking, encode, O, SIGNALS, type Sys, SysError } from "../../kernel/sys.ts";
import { helpText } from "../kit/help-text.ts";
import { flag, type Io, program, text } from "../kit/program.ts";
import { withHelp } from "../kit/program.ts";

/** The numbers that its messages name: lines of its source. */
const COUNTS: ReadonlyMap<string, { readonly key: "cpu" | "io" | "vm" | "hdd"; readonly long: string; readonly missing: number; readonly invalid: number; readonly words: string }> = new Map([
  ["c", { key: "cpu", long: "--cpu", missing: 167, invalid: 171, words: "number of cpu hogs" }], ["i", { key: "io", long: "--io", missing: 177, invalid: 181, words: "number of io hogs" }], ["m", { key: "vm", long: "--vm", missing: 187, invalid: 191, words: "number of vm hogs" }],
  ["d", { key: "hdd", long: "--hdd", missing: 231, invalid: 235, words: "number of hdd hogs" }],
]);
const TIMES = new Map([["s", 1], ["m", 60], ["h", 3600], ["d", 86_400], ["y", 31_556_952]]);
const SIZES = new Map([["b", 1], ["k", 1024], ["m", 1_048_576], ["g", 1_073_741_824]]);

interface Wish {
  readonly hogs: { cpu: number; io: number; vm: number; hdd: number };
  verbosity: number;
  dry: boolean;
  timeout: number | undefined;
  backoffUs: number;
  vmBytes: number;
  vmHang: number | undefined;
  vmKeep: boolean;
  hddBytes: number;
}

class Failure extends Error {
  readonly line: number;
  constructor(line: number, message: string) {
    super(message);
    this.line = line;
  }
}

function amount(word: string, units: ReadonlyMap<string, number>): number {
  const match = /^([+-]?\d*)(.*)$/.exec(word);
  const rest = match?.[2] ?? "";
  const unit = rest === "" ? 1 : units.get(rest.charAt(0).toLowerCase());
  if (unit === undefined || rest.length > 1) throw new Failure(665, `unrecognized suffix: ${rest.charAt(0)}`);
  return Number(match?.[1] === "" ? 0 : match?.[1] ?? 0) * unit;
}

/** Undefined: the help was asked for, or there is nothing to do. */
function parse(words: readonly string[]): Wish | "help" | "version" {
  const wish: Wish = { hogs: { cpu: 0, io: 0, vm: 0, hdd: 0 }, verbosity: 2, dry: false, timeout: undefined, backoffUs: 3000, vmBytes: 268_435_456, vmHang: undefined, vmKeep: false, hddBytes: 1_073_741_824 };
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    const value = (line: number, name: string): string => {
      at++;
      const next = words[at];
      if (next === undefined) throw new Failure(line, `missing argument to option '${name}'`);
      return next;
    };
    const count = [...COUNTS].find(([letter, { long }]) => word === `-${letter}` || word === long)?.[1];
    if (count !== undefined) {
      const given = value(count.missing, count.long);
      const number = amount(given, SIZES);
      if (number <= 0) throw new Failure(count.invalid, `invalid ${count.words}: ${number}`);
      wish.hogs[count.key] = number;
    } else if (word === "--help" || word === "-?") return "help";
    else if (word === "--version") return "version";
    else if (word === "--verbose" || word === "-v") wish.verbosity = 3;
    else if (word === "--quiet" || word === "-q") wish.verbosity = 0;
    else if (word === "--dry-run" || word === "-n") wish.dry = true;
    else if (word === "--timeout" || word === "-t") {
      wish.timeout = amount(value(157, "--timeout"), TIMES);
      if (wish.timeout <= 0) throw new Failure(161, `invalid timeout value: ${wish.timeout}s`);
    } else if (word === "--backoff") {
      wish.backoffUs = amount(value(142, "--backoff"), SIZES);
      if (wish.backoffUs < 0) throw new Failure(150, `invalid backoff factor: ${wish.backoffUs}`);
    } else if (word === "--vm-bytes") {
      wish.vmBytes = amount(value(197, word), SIZES);
      if (wish.vmBytes <= 0) throw new Failure(201, `invalid vm byte value: ${wish.vmBytes}`);
    } else if (word === "--vm-stride") {
      const stride = amount(value(207, word), SIZES);
      if (stride <= 0) throw new Failure(211, `invalid stride value: ${stride}`);
    } else if (word === "--vm-hang") {
      wish.vmHang = amount(value(217, word), TIMES);
      if (wish.vmHang < 0) throw new Failure(221, `invalid value: ${wish.vmHang}`);
    } else if (word === "--vm-keep") wish.vmKeep = true;
    else if (word === "--hdd-bytes") {
      wish.hddBytes = amount(value(241, word), SIZES);
      if (wish.hddBytes <= 0) throw new Failure(245, `invalid hdd byte value: ${wish.hddBytes}`);
    } else throw new Failure(251, `unrecognized option: ${word}`);
  }
  return Object.values(wish.hogs).every((number) => number === 0) ? "help" : wish;
}

const DECLARATION = {
  name: "stress", summary: "put load on processors, memory and disks", synopsis: ["[OPTION]..."], operands: "none" as const, seeAlso: ["nproc(1)", "top(1)", "vmstat(8)"],
  description: ["Numbers may end in s, m, h, d, y for times, in B, K, M, G for sizes."],
  options: [
    flag(["-v", "--verbose"], "tell of each worker"), flag(["-q", "--quiet"], "say nothing"), flag(["-n", "--dry-run"], "only tell what would be done"), text(["-t", "--timeout"], "N", "end after N seconds"), text(["--backoff"], "N", "wait N microseconds for each worker before it begins"),
    text(["-c", "--cpu"], "N", "N workers that compute"), text(["-i", "--io"], "N", "N workers that call sync"), text(["-m", "--vm"], "N", "N workers that take memory and give it back"), text(["--vm-bytes"], "B", "so much memory a worker, 256M unless given"),
    text(["--vm-stride"], "B", "touch a byte every B bytes"), text(["--vm-hang"], "N", "keep the memory for N seconds"), flag(["--vm-keep"], "keep the memory and write to it again"), text(["-d", "--hdd"], "N", "N workers that write files and remove them"), text(["--hdd-bytes"], "B", "so much a file, 1G unless given"),
    flag(["--version"], "show the version"),
  ],
};

export default withHelp(program(DECLARATION, function* (sys, argv, io: Io) {
  const started = sys.clockUs("realtime");
  const pid = sys.getpid();
  let wish: Wish | "help" | "version";
  try {
    wish = parse(argv.slice(1));
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    yield* io.stderr(`stress: FAIL: [${pid}] (${error.line}) ${error.message}\n`);
    return 1;
  }
  if (wish === "version") {
    io.out.put("stress 1.0.7\n");
    return 0;
  }
  if (wish === "help") {
    io.out.put(helpText(DECLARATION, io.argv0, io.helpDomain));
    return 0;
  }
  const { hogs, verbosity, timeout } = wish;
  const say = function* (level: number, kind: string, line: string): Blocking<void> {
    if (verbosity >= level) yield* io.out.print(`stress: ${kind}: [${pid}] ${line}\n`);
  };
  yield* say(2, "info", `dispatching hogs: ${hogs.cpu} cpu, ${hogs.io} io, ${hogs.vm} vm, ${hogs.hdd} hdd`);
  const left = { ...hogs };
  const children = new Set<number>();
  const settings = wish;
  while (left.cpu + left.io + left.vm + left.hdd > 0) {
    const backoff = settings.backoffUs * (left.cpu + left.io + left.vm + left.hdd);
    yield* say(3, "dbug", `using backoff sleep of ${backoff}us`);
    if (timeout !== undefined) yield* say(3, "dbug", `setting timeout to ${timeout}s`);
    for (const key of ["cpu", "io", "vm", "hdd"] as const) {
      if (left[key] === 0) continue;
      const child = sys.fork(function* (own) {
        if (settings.dry) return 0;
        if (timeout !== undefined) own.alarm(timeout * 1e6);
        yield* own.sleep(backoff);
        return yield* hog(own, key, settings);
      });
      children.add(child);
      yield* say(3, "dbug", `--> hog${key} worker ${left[key]} [${child}] forked`);
      left[key]--;
    }
  }
  let failed = false;
  while (children.size > 0) {
    const waited = yield* sys.waitpid(-1);
    if (waited === undefined) break;
    children.delete(waited.pid);
    const { status } = waited;
    if (status.kind === "exited" && status.status === 0) yield* say(3, "dbug", `<-- worker ${waited.pid} returned normally`);
    else if (status.kind === "signaled" && status.signal === SIGNALS.ALRM) yield* say(3, "dbug", `<-- worker ${waited.pid} signalled normally`);
    else {
      yield* io.stderr(status.kind === "signaled" ? `stress: FAIL: [${pid}] (425) <-- worker ${waited.pid} got signal ${status.signal}\n` : `stress: FAIL: [${pid}] (421) <-- worker ${waited.pid} returned error ${status.kind === "exited" ? status.status : 0}\n`);
      if (!failed) yield* io.stderr(`stress: WARN: [${pid}] (427) now reaping child worker processes\n`);
      failed = true;
      for (const child of children) sys.kill(child, SIGNALS.KILL);
      children.clear();
    }
  }
  const seconds = Math.floor(sys.clockUs("realtime") / 1e6) - Math.floor(started / 1e6);
  if (failed) {
    yield* io.stderr(`stress: FAIL: [${pid}] (461) failed run completed in ${seconds}s\n`);
    return 1;
  }
  yield* say(2, "info", `successful run completed in ${seconds}s`);
  return 0;
}));

function* hog(sys: Sys, key: "cpu" | "io" | "vm" | "hdd", wish: Wish): Blocking<number> {
  const block = encode("x".repeat(65_536));
  for (let round = 0; ; round++) {
    if (key === "cpu") {
      if (sys.charge(1000)) yield* sys.preempt();
    } else if (key === "io") yield* sys.sleep(2000);
    else if (key === "vm") {
      if (round === 0 || !wish.vmKeep) {
        try {
          sys.allocate(wish.vmBytes, 0);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          yield* sys.write(2, encode(`stress: FAIL: [${sys.getpid()}] (522) hogvm malloc failed: Cannot allocate memory\n`));
          return 1;
        }
      }
      // a byte of each page is written
      if (sys.charge(Math.ceil(wish.vmBytes / 4096 / 4))) yield* sys.preempt();
      if (wish.vmHang === 0) yield* sys.pause();
      else if (wish.vmHang !== undefined) yield* sys.sleep(wish.vmHang * 1e6);
      if (!wish.vmKeep) sys.allocate(-wish.vmBytes, 0);
    } else {
      const name = `./stress.${Array.from(sys.random(6), (byte) => "abcdefghijklmnopqrstuvwxyzABCDEF"[byte % 32] ?? "a").join("")}`;
      const fd = yield* sys.open(name, O.RDWR | O.CREAT | O.EXCL, 0o600);
      sys.unlink(name);
      try {
        // the blocks of the disk are taken; that they all hold the same is written once
        sys.fallocate(fd, 0, wish.hddBytes, "allocate");
        yield* sys.pwrite(fd, block, 0);
        for (let written = 0; written < wish.hddBytes; written += 1_048_576) if (sys.charge(500)) yield* sys.preempt();
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        return 1;
      }
      sys.close(fd);
    }
  }
}
