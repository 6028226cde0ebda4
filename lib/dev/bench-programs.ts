// What scripts and tools cost, by turns in the simulation, on this machine's own bash and tools, and in just-bash (another bash in JavaScript, a dependency of
// this bench alone). Figures, never limits.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { Bash } from "just-bash";
import { encode } from "../sim/world/text.ts";
import type { World } from "../sim/world/world.ts";

interface ProgramCost {
  readonly what: string;
  readonly oursMs: number;
  readonly realMs?: number;
  readonly justBashMs?: number;
  /** times what the real program takes */
  readonly budget?: number;
}

const scripts: readonly (readonly [what: string, script: string, budget?: number])[] = [
  ["a shell that ends at once", ":"],
  ["for ((i=0;i<100000;i++)); do :; done", "for ((i=0;i<100000;i++)); do :; done", 3],
  ["while [ ] with $(( )), 20 000 turns", "i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done", 3],
  ["texts: ${x#}, ${x//}, ${x:n:m}, 10 000 turns", "x=a/b/c.tar.gz; for ((i=0;i<10000;i++)); do y=${x##*/}; z=${y%%.*}${x//a/bb}; w=${z:1:3}; done", 3],
  ["10 000 calls of a function", "f() { local a=$1; r=$((a+1)); }; for ((i=0;i<10000;i++)); do f $i; done", 3],
  ["arrays, 10 000 turns", "for ((i=0;i<10000;i++)); do a[i]=$i; done; for x in \"${a[@]}\"; do s=$((s+x)); done", 3],
  ["case and [[ ]], 10 000 turns", "for ((i=0;i<10000;i++)); do case $i in *9) n=$((n+1));; esac; [[ $i == *5* ]] && m=1; done; :", 3],
  ["300 times /bin/true", "i=0; while [ $i -lt 300 ]; do /bin/true; i=$((i+1)); done"],
  ["200 command substitutions", "i=0; while [ $i -lt 200 ]; do x=$(echo $i); i=$((i+1)); done"],
  ["1 MB through grep | sort | uniq -c", "grep -v 99 text | sort | uniq -c > /dev/null", 8],
  ["1 MB through sed", "sed 's/7/x/g' text > /dev/null", 8],
  ["1 MB through awk", "awk '{ s += $1; n[$1 % 10]++ } END { print s, n[3] }' text > /dev/null", 8],
  ["1 MB through tr | cut | head", "tr 0-4 a-e < text | cut -c1-3 | head -100000 > /dev/null", 8],
  ["1 MB through wc, md5sum", "wc text > /dev/null; md5sum text > /dev/null", 8],
  ["find / 3000 files", "find /usr/share /etc -maxdepth 3 | head -3000 | wc -l > /dev/null"],
];
/** about a megabyte */
const makeText = "seq 1 148000 > text";
/** Machines other than a simulated Debian have not got the thousands of files. */
const needsDebian = /^find/;
/** Short ones more often. */
const fewestTurns = 5;
const mostTurns = 60;
const enoughMs = 300;
/** A process that is started empties the processor's caches: what is shorter runs so often in a row, each of the three alike. */
const shortMs = 20;
const shortTogether = 5;
/** The compiler takes so long to be done with what runs in a fraction of a millisecond (measured: both get no faster behind it). */
const warmShortMs = 3000;
/** just-bash ends a script at a count of commands that these scripts reach. */
const withoutLimits = { maxCommandCount: Number.POSITIVE_INFINITY, maxLoopIterations: Number.POSITIVE_INFINITY, maxExecutionTimeMs: 600_000 };

export function elapsedMs(work: () => void): number {
  const startMs = performance.now();
  work();
  return performance.now() - startMs;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}

export async function programCosts(machine: World): Promise<readonly ProgramCost[]> {
  machine.step(2_000_000, 1e7);
  const simulate = (script: string): void => {
    const { status, stderr } = machine.runProgram({ argv: ["bash", "-c", script], directory: "/tmp", stdin: encode(""), limitUs: 600_000_000, maxSteps: 1e9 });
    if (status !== 0) throw new Error(`${script}: status ${String(status)}: ${new TextDecoder().decode(stderr)}`);
  };
  const real = (script: string): boolean => spawnSync("bash", ["-c", script], { cwd: "/tmp" }).status === 0;
  const other = new Bash({ cwd: "/tmp", executionLimits: withoutLimits });
  const otherwise = async (script: string): Promise<boolean> => (await other.exec(script)).exitCode === 0;
  simulate(makeText);
  real(makeText);
  await otherwise(makeText);
  const costs: ProgramCost[] = [];
  for (const [what, script, budget] of scripts) {
    const hasReal = real(script);
    const hasOther = !needsDebian.test(script) && (await otherwise(script));
    simulate(script);
    // a server has been running for hours: both have their code compiled
    const firstRunMs = elapsedMs(() => simulate(script));
    const warmMs = firstRunMs < shortMs ? warmShortMs : enoughMs / 3;
    for (const startMs = performance.now(); performance.now() - startMs < warmMs; ) simulate(script);
    for (const startMs = performance.now(); hasOther && performance.now() - startMs < warmMs; ) await otherwise(script);
    const ours: number[] = [];
    const theirs: number[] = [];
    const others: number[] = [];
    // by turns: what else the machine does meets all of them
    const firstMs = performance.now();
    let together = 1;
    for (let turn = 0; turn < fewestTurns || (turn < mostTurns && performance.now() - firstMs < enoughMs); turn++) {
      for (let again = 0; again < together; again++) ours.push(elapsedMs(() => simulate(script)));
      for (let again = 0; hasReal && again < together; again++) theirs.push(elapsedMs(() => real(script)));
      for (let again = 0; hasOther && again < together; again++) {
        const startMs = performance.now();
        await otherwise(script);
        others.push(performance.now() - startMs);
      }
      if (Math.max(...ours) < shortMs) together = shortTogether;
    }
    costs.push({
      what, oursMs: median(ours), ...(hasReal ? { realMs: median(theirs) } : {}), ...(hasOther ? { justBashMs: median(others) } : {}),
      ...(budget === undefined ? {} : { budget }),
    });
  }
  return costs;
}

/** Bytes of each instance that has run a command, and milliseconds to the end of its first one. */
export async function justBashInstances(count: number, heapBytes: () => number): Promise<{ readonly bytesEach: number; readonly startMs: number }> {
  const make = async (): Promise<Bash> => {
    const shell = new Bash();
    await shell.exec("cd /tmp; echo one > f; ls");
    return shell;
  };
  for (let i = 0; i < 5; i++) await make();
  const before = heapBytes();
  const kept: Bash[] = [];
  const startsMs: number[] = [];
  for (let i = 0; i < count; i++) {
    const startMs = performance.now();
    kept.push(await make());
    startsMs.push(performance.now() - startMs);
  }
  const grown = heapBytes() - before;
  return { bytesEach: grown / kept.length, startMs: median(startsMs) };
}

/** What a real interactive bash has in memory for itself alone; undefined where there is no /proc. */
export async function realBashBytes(): Promise<number | undefined> {
  const shell = spawn("bash", ["--norc", "-i"], { stdio: ["pipe", "pipe", "ignore"] });
  shell.stdin.write("echo ready\n");
  try {
    await once(shell.stdout, "data");
    const smaps = readFileSync(`/proc/${String(shell.pid)}/smaps_rollup`, "latin1");
    const own = [...smaps.matchAll(/^Private_(?:Clean|Dirty): +(\d+) kB$/gm)].reduce((sum, [, kibibytes]) => sum + Number(kibibytes), 0);
    return own * 1024;
  } catch {
    return undefined;
  } finally {
    shell.kill("SIGKILL");
  }
}
