import { describe, expect, test } from "vitest";
import { createWorld } from "../../world/world.ts";
import { decode, encode } from "../../world/text.ts";
import { diskLine, parseDisks, parseSample, partitionHead, partitionLine, ratesOf } from "./_vmstat-tables.ts";

/** 2026-11-21 09:00 UTC */
const epochUs = 1795251600000000;

function run(command: string): { readonly output: string; readonly status: number | undefined } {
  const world = createWorld({ host: "debian-12", seed: 1, epochUs });
  const ran = world.runProgram({ argv: ["bash", "-c", command], directory: "/tmp", stdin: encode(""), limitUs: 60_000_000, maxSteps: 1e8 });
  return { output: decode(ran.stdout) + decode(ran.stderr), status: ran.status };
}

describe("rates", () => {
  const stat = (cpu: string, intr: number, ctxt: number): string => `cpu  ${cpu}\nintr ${intr} 0 0\nctxt ${ctxt}\nbtime 1795302189\nprocesses 1516480\nprocs_running 10\nprocs_blocked 0\n`;
  const pages = (pgin: number, pgout: number): string => `pgpgin ${pgin}\npgpgout ${pgout}\npswpin 0\npswpout 3\n`;
  // what the reference machine counted, and what vmstat made of it
  const boot = parseSample(stat("7356664 631371 927185 3381185 8866 0 4862 15140 0 0", 89758022, 295719390), pages(19328732, 116168928));

  test("since boot a second is what all processors counted as one", () => {
    expect(ratesOf(boot, undefined, 1)).toEqual({ swapIn: 0, swapOut: 0, blocksIn: 157, blocksOut: 943, interrupts: 728, contextSwitches: 2399, shares: [65, 8, 27, 0, 0, 0] });
  });
  test("later lines are of the seconds between", () => {
    const later = parseSample(stat("7356964 631371 927285 3381185 8866 0 4862 15140 0 0", 89765683, 295752746), pages(19328732, 116168951));
    expect(ratesOf(later, boot, 2)).toEqual({ swapIn: 0, swapOut: 0, blocksIn: 0, blocksOut: 12, interrupts: 3831, contextSwitches: 16678, shares: [75, 25, 0, 0, 0, 0] });
  });
});

test("disks, as the real program lays them out", () => {
  const [loop, vda] = parseDisks("   7       0 loop0 242 0 27004 208 12 0 837 27 0 208 235 0 0 0 0 0 0\n 254       0 vda 2046367 137486 38594652 4827973 636199 1676675 232755799 760660 0 362400 5747000 0 0 0 0 0 0\n");
  if (loop === undefined || vda === undefined) throw new Error("two disks");
  expect([diskLine(loop, false), diskLine(vda, false), diskLine(loop, true), diskLine(vda, true), partitionHead("vda", (what) => what), partitionLine({ ...vda, values: [2046367, 0, 38594652, 0, 636320, 0, 232757255] })]).toEqual([
    "loop0    242      0   27004     208     12      0     837      27      0      0",
    "vda   2046367 137486 38594652 4827973 636199 1676675 232755799  760660      0    362",
    "loop0       242         0       27004         208        12         0         837          27       0       0",
    "vda     2046367    137486    38594652     4827973    636199   1676675   232755799      760660       0     362",
    "vda             reads      read sectors      writes  requested writes",
    "              2046367          38594652      636320         232757255",
  ]);
});

describe("the command", () => {
  test("an idle machine, a line each two seconds", () => {
    // one tick in two seconds of two processors is less than half a percent, wherever it falls
    const { output, status } = run("vmstat 2 3 | sed -E 's/^ *([0-9]+ +){5}[0-9]+ /MEMORY /'");
    const lines = output.split("\n");
    expect(status).toBe(0);
    expect(lines.slice(0, 2)).toEqual(["procs -----------memory---------- ---swap-- -----io---- -system-- ------cpu-----", " r  b   swpd   free   buff  cache   si   so    bi    bo   in   cs us sy id wa st"]);
    expect(lines.slice(3)).toEqual(["MEMORY    0    0     0     5  300    1  0  0 100  0  0", "MEMORY    0    0     0     5  300    1  0  0 100  0  0", ""]);
  });
  test.each([
    ["vmstat -S x", "vmstat: -S requires k, K, m or M (default is KiB)\n"],
    ["vmstat 0", "vmstat: delay must be positive integer\n"],
    ["vmstat 1 abc", "vmstat: failed to parse argument: 'abc'\n"],
    ["vmstat -p /dev/nosuch", "vmstat: Disk/Partition nosuch not found\n"],
  ])("%s", (command, output) => {
    expect(run(command)).toEqual({ output, status: 1 });
  });
  test("counters", () => {
    expect(run("vmstat -s | sed 's/^ *[0-9]* //'; vmstat -f | wc -l; vmstat -D | sed -n '1,2p'").output.split("\n")).toEqual([
      ..."total used active inactive free buffer".split(" ").map((kind) => `K ${kind} memory`), "K swap cache", "K total swap", "K used swap", "K free swap",
      ..."non-nice user,nice user,system,idle,IO-wait,IRQ,softirq,stolen,non-nice guest,nice guest".split(",").map((kind) => `${kind} cpu ticks`),
      "K paged in", "K paged out", "pages swapped in", "pages swapped out", "interrupts", "CPU context switches", "boot time", "forks", "1", "            9 disks", "            1 partitions", "",
    ]);
  });
});
