// vmstat: processes, memory, swap, disks and processors in a line for each interval (vmstat(8), procps-ng 4.0.2).
import { type Blocking, SysError, type Sys } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { type Io, flag, gnu, text } from "../kit/gnu.ts";
import { readMemory } from "../kit/processes.ts";
import { civilAt, strftime } from "../kit/time-format.ts";
import { readZone } from "../kit/zones.ts";
import { parseSlabs } from "./_slabs.ts";
import { diskLine, type DiskSample, diskSumLines, parseDisks, parseSample, partitionHead, partitionLine, ratesOf, SLAB_HEAD, slabRow, type SystemSample } from "./_vmstat-tables.ts";

const UNITS: ReadonlyMap<string, { readonly kib: number; readonly name: string }> = new Map([
  ["k", { kib: 1000 / 1024, name: "k" }], ["K", { kib: 1, name: "K" }], ["m", { kib: 1e6 / 1024, name: "m" }], ["M", { kib: 1024, name: "M" }],
]);
const HEADS = {
  narrow: ["procs -----------memory---------- ---swap-- -----io---- -system-- ------cpu-----", " r  b   swpd   free   buff  cache   si   so    bi    bo   in   cs us sy id wa st", " r  b   swpd   free  inact active   si   so    bi    bo   in   cs us sy id wa st"],
  wide: ["--procs-- -----------------------memory---------------------- ---swap-- -----io---- -system-- ----------cpu----------", "   r    b         swpd         free         buff        cache   si   so    bi    bo   in   cs  us  sy  id  wa  st  gu", "   r    b         swpd         free        inact       active   si   so    bi    bo   in   cs  us  sy  id  wa  st  gu"],
} as const;
const DISK_HEADS = {
  narrow: ["disk- ------------reads------------ ------------writes----------- -----IO------", "       total merged sectors      ms  total merged sectors      ms    cur    sec"],
  wide: ["disk- -------------------reads------------------- -------------------writes------------------ ------IO-------", "          total    merged     sectors          ms     total    merged     sectors          ms     cur     sec"],
} as const;
const STAMP_HEAD = " -----timestamp-----";
const STAMP_WIDTH = STAMP_HEAD.length;
const ROWS_UNKNOWN = 24;

interface Rounds {
  readonly seconds: number;
  readonly count: number;
  readonly skipsFirst: boolean;
  /** lines between two headers */
  readonly height: number;
}

export default gnu({
  name: "vmstat", manSection: 8, project: "procps-ng", version: "4.0.2", versionLetter: "V", helpLetter: "h", usageShowsHelp: true, versionText: "vmstat from procps-ng 4.0.2\n", summary: "show processes, virtual memory, disk traffic and CPU as numbers", synopsis: ["[options] [delay [count]]"], seeAlso: ["free(1)", "ps(1)", "top(1)", "slabtop(1)"],
  description: ["The first line is an average since the machine started, each later one of the seconds before it."],
  options: {
    active: flag(["-a", "--active"], "memory used lately, and not lately"), forks: flag(["-f", "--forks"], "how many processes were started since boot"), slabs: flag(["-m", "--slabs"], "the kernel's caches of objects"), oneHeader: flag(["-n", "--one-header"], "the heading once, not on every screen"),
    stats: flag(["-s", "--stats"], "counts since the start, one a line"), disk: flag(["-d", "--disk"], "a line for each disk"), diskSum: flag(["-D", "--disk-sum"], "all disks together"), partition: text(["-p", "--partition"], "dev", "one disk or partition"), unit: text(["-S", "--unit"], "char", "unit of the amounts: k, K, m, M"),
    wide: flag(["-w", "--wide"], "wide output"), timestamp: flag(["-t", "--timestamp"], "show timestamp"), noFirst: flag(["-y", "--no-first"], "leave out the line since boot"),
  },
  *run({ options, operands, sys }, io: Io) {
    const unit = options.unit === undefined ? UNITS.get("K") : UNITS.get(options.unit.charAt(0));
    if (unit === undefined) io.die("-S requires k, K, m or M (default is KiB)");
    if (operands.length > 2) io.usage();
    const [delay, count] = operands.map((word) => (/^[+-]?\d+$/.test(word) ? Number(word) : io.die(`failed to parse argument: '${word}'`)));
    if (delay !== undefined && delay < 1) io.die("delay must be positive integer");
    const rounds: Rounds = {
      seconds: delay ?? 1, count: delay === undefined ? 1 : count === undefined ? Number.POSITIVE_INFINITY : Math.max(1, count), skipsFirst: options.noFirst,
      height: options.oneHeader ? Number.POSITIVE_INFINITY : Math.max(1, (sys.isatty(1) ? sys.getWindowSize(1).rows || ROWS_UNKNOWN : ROWS_UNKNOWN) - 3),
    };
    const stamp = options.timestamp ? yield* stamps(sys) : undefined;
    if (options.forks) io.out.put(`${String((yield* sample(sys)).forks).padStart(13)} ${io.word("forks")}\n`);
    else if (options.stats) yield* showCounters(sys, io, unit);
    else if (options.diskSum) yield* showDiskSum(sys, io);
    else if (options.slabs) yield* showSlabs(sys, io, rounds);
    else if (options.disk) yield* showDisks(sys, io, rounds, options.wide, stamp);
    else if (options.partition !== undefined) yield* showPartition(sys, io, rounds, options.partition.replace(/^\/dev\//, ""));
    else yield* showSystem(sys, io, rounds, { kib: unit.kib, wide: options.wide, active: options.active, stamp });
    return 0;
  },
});

interface Stamp {
  readonly zone: string;
  now(): string;
}

function* stamps(sys: Sys): Blocking<Stamp> {
  const zone = yield* readZone(sys);
  const civil = () => civilAt(zone, Math.floor(sys.clockUs("realtime") / 1e6));
  return { zone: civil().abbreviation, now: () => ` ${strftime("%Y-%m-%d %H:%M:%S", civil())}` };
}

function* sample(sys: Sys): Blocking<SystemSample> {
  return parseSample((yield* readTextFile(sys, "/proc/stat")) ?? "", (yield* readTextFile(sys, "/proc/vmstat")) ?? "");
}

/** Calls `show` once for each interval; `first`: it is of the time since boot. */
function* each(sys: Sys, io: Io, { seconds, count, skipsFirst }: Rounds, show: (shown: number) => Blocking<void>): Blocking<void> {
  for (let round = skipsFirst ? 1 : 0, shown = 0; shown < count; round++, shown++) {
    if (round > 0) {
      yield* io.out.flush();
      yield* sys.sleep(seconds * 1e6);
    }
    yield* show(shown);
  }
}

interface SystemStyle {
  readonly kib: number;
  readonly wide: boolean;
  readonly active: boolean;
  readonly stamp: Stamp | undefined;
}

function* showSystem(sys: Sys, io: Io, rounds: Rounds, { kib, wide, active, stamp }: SystemStyle): Blocking<void> {
  const [groups, buffers, activity] = HEADS[wide ? "wide" : "narrow"];
  const widths = wide ? [4, 4, 12, 12, 12, 12, 4, 4, 5, 5, 4, 4, 3, 3, 3, 3, 3, 3] : [2, 2, 6, 6, 6, 6, 4, 4, 5, 5, 4, 4, 2, 2, 2, 2, 2];
  let before = rounds.skipsFirst ? yield* sample(sys) : undefined;
  yield* each(sys, io, rounds, function* (shown) {
    if (shown % rounds.height === 0) {
      io.out.put(`${io.word(groups)}${stamp === undefined ? "" : io.word(STAMP_HEAD)}\n${io.word(active ? activity : buffers)}${stamp?.zone.padStart(STAMP_WIDTH) ?? ""}\n`);
    }
    const memory = yield* readMemory(sys);
    const get = (key: string): number => Math.floor((memory.get(key) ?? 0) / kib);
    const now = yield* sample(sys);
    const rates = ratesOf(now, before, rounds.seconds);
    before = now;
    const numbers = [
      now.running, now.blocked, get("SwapTotal") - get("SwapFree"), get("MemFree"), active ? get("Inactive") : get("Buffers"), active ? get("Active") : get("Cached") + get("SReclaimable"),
      rates.swapIn, rates.swapOut, rates.blocksIn, rates.blocksOut, rates.interrupts, rates.contextSwitches, ...rates.shares,
    ];
    io.out.put(`${widths.map((width, at) => String(numbers[at]).padStart(width)).join(" ")}${stamp?.now() ?? ""}\n`);
  });
}

function* showCounters(sys: Sys, io: Io, unit: { readonly kib: number; readonly name: string }): Blocking<void> {
  const memory = yield* readMemory(sys);
  const get = (key: string): number => memory.get(key) ?? 0;
  const now = yield* sample(sys);
  const cpu = (at: number): number => now.cpu[at] ?? 0;
  const cached = get("Cached") + get("SReclaimable");
  const amounts: readonly (readonly [number, string])[] = [
    [get("MemTotal"), "total memory"], [get("MemTotal") - get("MemAvailable"), "used memory"], [get("Active"), "active memory"], [get("Inactive"), "inactive memory"], [get("MemFree"), "free memory"],
    [get("Buffers"), "buffer memory"], [cached, "swap cache"], [get("SwapTotal"), "total swap"], [get("SwapTotal") - get("SwapFree"), "used swap"], [get("SwapFree"), "free swap"],
  ];
  const counters: readonly (readonly [number, string])[] = [
    [cpu(0), "non-nice user cpu ticks"], [cpu(1), "nice user cpu ticks"], [cpu(2), "system cpu ticks"], [cpu(3), "idle cpu ticks"], [cpu(4), "IO-wait cpu ticks"], [cpu(5), "IRQ cpu ticks"], [cpu(6), "softirq cpu ticks"],
    [cpu(7), "stolen cpu ticks"], [cpu(8), "non-nice guest cpu ticks"], [cpu(9), "nice guest cpu ticks"], [now.pagedIn, "K paged in"], [now.pagedOut, "K paged out"], [now.swappedIn, "pages swapped in"], [now.swappedOut, "pages swapped out"],
    [now.interrupts, "interrupts"], [now.contextSwitches, "CPU context switches"], [now.bootSeconds, "boot time"], [now.forks, "forks"],
  ];
  for (const [value, what] of amounts) io.out.put(`${String(Math.floor(value / unit.kib)).padStart(13)} ${unit.name} ${io.word(what)}\n`);
  for (const [value, what] of counters) io.out.put(`${String(value).padStart(13)} ${io.word(what)}\n`);
}

function* disks(sys: Sys): Blocking<readonly DiskSample[]> {
  return parseDisks((yield* readTextFile(sys, "/proc/diskstats")) ?? "");
}

/** A whole disk has a directory of its own in /sys/block (sysfs(5)). */
function isWhole(sys: Sys, { name }: DiskSample): boolean {
  try {
    sys.stat(`/sys/block/${name}`);
    return true;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}

function* showDisks(sys: Sys, io: Io, rounds: Rounds, wide: boolean, stamp: Stamp | undefined): Blocking<void> {
  const [groups, columns] = DISK_HEADS[wide ? "wide" : "narrow"];
  let lines = 0;
  yield* each(sys, io, rounds, function* () {
    for (const disk of yield* disks(sys)) {
      if (!isWhole(sys, disk)) continue;
      if (lines % rounds.height === 0) io.out.put(`${io.word(groups)}${stamp === undefined ? "" : io.word(STAMP_HEAD)}\n${io.word(columns)}${stamp?.zone.padStart(STAMP_WIDTH) ?? ""}\n`);
      lines++;
      io.out.put(`${diskLine(disk, wide)}${stamp?.now() ?? ""}\n`);
    }
  });
}

function* showDiskSum(sys: Sys, io: Io): Blocking<void> {
  const all = yield* disks(sys);
  const whole = all.filter((disk) => isWhole(sys, disk));
  io.out.put(`${diskSumLines(whole, all.length - whole.length, (what) => io.word(what)).join("\n")}\n`);
}

function* showPartition(sys: Sys, io: Io, rounds: Rounds, name: string): Blocking<void> {
  yield* each(sys, io, rounds, function* (shown) {
    const found = (yield* disks(sys)).find((disk) => disk.name === name) ?? io.die(`Disk/Partition ${name} not found`);
    if (shown % rounds.height === 0) io.out.put(`${partitionHead(name, (what) => io.word(what))}\n`);
    io.out.put(`${partitionLine(found)}\n`);
  });
}

function* showSlabs(sys: Sys, io: Io, rounds: Rounds): Blocking<void> {
  let lines = 0;
  yield* each(sys, io, rounds, function* () {
    const content = (yield* readTextFile(sys, "/proc/slabinfo")) ?? io.die("Unable to create slabinfo structure");
    for (const slab of parseSlabs(content).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (lines % rounds.height === 0) io.out.put(`${io.word(SLAB_HEAD)}\n`);
      lines++;
      io.out.put(`${slabRow(slab)}\n`);
    }
  });
}
