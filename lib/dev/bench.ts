// `npm run bench`: how fast the simulation is, as a table; where this machine has the real program, the ratio to it in the same run. Medians, never limits.
import { spawnSync } from "node:child_process";
import { encode } from "../sim/world/text.ts";
import { createWorld, type World } from "../sim/world/world.ts";
import { pageWeights } from "./page-weights.ts";
import { TerminalDriver } from "./terminal-driver.ts";

const epochUs = Date.UTC(2026, 10, 21, 9) * 1000;

function median(times: number, measured: () => number): number {
  const values = Array.from({ length: times }, measured).sort((a, b) => a - b);
  return values[Math.floor(values.length / 2)] ?? 0;
}

function elapsedMs(action: () => void): number {
  const startMs = performance.now();
  action();
  return performance.now() - startMs;
}

const world = (host: string): World => createWorld({ host, seed: 1, epochUs });

function simulate(machine: World, script: string): void {
  const { status, stderr } = machine.runProgram({ argv: ["bash", "-c", script], directory: "/tmp", stdin: encode(""), limitUs: 600_000_000, maxSteps: 1e9 });
  if (status !== 0) throw new Error(`${script}: status ${String(status)}: ${new TextDecoder().decode(stderr)}`);
}

function atPrompt(host: string, user: string): World {
  const machine = world(host);
  new TerminalDriver(machine, { rows: 30, cols: 100, user }).start();
  return machine;
}

interface Row {
  readonly what: string;
  readonly simulatedMs: number;
  readonly realMs: number | undefined;
}

const scripts: readonly (readonly [what: string, script: string])[] = [
  ["20 000 turns of a loop", "i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done"],
  ["300 times /bin/true", "i=0; while [ $i -lt 300 ]; do /bin/true; i=$((i+1)); done"],
  ["200 command substitutions", 'i=0; while [ $i -lt 200 ]; do x=$(echo $i); i=$((i+1)); done'],
  ["seq | sort | uniq | wc, 20 000 lines", "seq 20000 | sort -r | uniq | wc -l > /dev/null"],
  ["grep and sed over 20 000 lines", "seq 20000 | grep 7 | sed 's/7/x/g' > /dev/null"],
  ["awk sums 20 000 lines", "seq 20000 | awk '{ s += $1 } END { print s }' > /dev/null"],
];

const rows: Row[] = [];
world("debian-12");
rows.push({ what: "boot of debian-12", simulatedMs: median(15, () => elapsedMs(() => world("debian-12"))), realMs: undefined });
rows.push({ what: "boot to the first prompt", simulatedMs: median(15, () => elapsedMs(() => atPrompt("debian-12", "student"))), realMs: undefined });
const machine = world("debian-12");
for (const [what, script] of scripts) {
  const real = spawnSync("bash", ["-c", script], { cwd: "/tmp" });
  rows.push({
    what,
    simulatedMs: median(5, () => elapsedMs(() => simulate(machine, script))),
    realMs: real.error ? undefined : median(5, () => elapsedMs(() => spawnSync("bash", ["-c", script], { cwd: "/tmp" }))),
  });
}
const docker = world("debian-12-docker");
docker.step(10_000_000, 1e8);
simulate(docker, "docker info > /dev/null");
rows.push({ what: "docker run --rm alpine true", simulatedMs: median(5, () => elapsedMs(() => simulate(docker, "docker run --rm alpine true"))), realMs: undefined });

console.log(`${"".padEnd(40)}${"simulated".padStart(12)}${"real".padStart(12)}${"ratio".padStart(8)}`);
for (const { what, simulatedMs, realMs } of rows) {
  const real = realMs === undefined ? ["-", "-"] : [`${realMs.toFixed(1)} ms`, (simulatedMs / realMs).toFixed(2)];
  console.log(`${what.padEnd(40)}${`${simulatedMs.toFixed(1)} ms`.padStart(12)}${(real[0] ?? "").padStart(12)}${(real[1] ?? "").padStart(8)}`);
}
if (globalThis.gc) {
  globalThis.gc();
  const before = process.memoryUsage().heapUsed;
  const kept = Array.from({ length: 20 }, () => atPrompt("debian-12", "student"));
  globalThis.gc();
  console.log(`heap of a fresh session at its prompt: ${((process.memoryUsage().heapUsed - before) / kept.length / 1024).toFixed(0)} KiB`);
} else console.log("heap of a fresh session: run with NODE_OPTIONS=--expose-gc");

const weights = pageWeights(process.cwd());
if (!weights) console.log("scripts of the pages: run `node lib/dev/start.mjs --build-only` first");
else {
  const kB = (bytes: number) => (bytes === 0 ? "-" : `${(bytes / 1000).toFixed(1)} kB`).padStart(12);
  console.log(`\n${"scripts of a page, first load".padEnd(52)}${"gzip".padStart(12)}${"as sent".padStart(12)}${"later gzip".padStart(12)}${"as sent".padStart(12)}`);
  for (const { page, gzipBytes, brotliBytes, lazyGzipBytes, lazyBrotliBytes } of weights) console.log(`${page.padEnd(52)}${kB(gzipBytes)}${kB(brotliBytes)}${kB(lazyGzipBytes)}${kB(lazyBrotliBytes)}`);
}
