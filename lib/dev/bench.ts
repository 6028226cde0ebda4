// `npm run bench`: what the simulation costs, against its budgets, as tables; where this machine has the real program, it runs beside ours, and just-bash, too. Figures, never limits.
//   npm run bench                  the simulation itself (half a minute); with names, only these tables: machine session guests programs instances pages
//   npm run bench -- --sessions    also keystroke to echo in real workers, beside hostile sessions and among 500 typists (some minutes)
//   npm run bench -- --many 10000  also that many sessions with 20 changes each, resident
//   npm run bench -- --labs        also the proof of the lab catalogue
//   npm run bench -- --typists     the last of these alone
//   npm run bench -- --charges [PATTERN]  instead: what a step costs, of each of many commands
// Where the pages have been built (npm start), what they load is in the table, too.
import { spawnSync } from "node:child_process";
import { availableParallelism, loadavg } from "node:os";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createActivityPlans } from "../session/activity-tasks.ts";
import type { JournalEntry } from "../session/journal-codec.ts";
import { Workspace } from "../session/workspace.ts";
import { encode } from "../sim/world/text.ts";
import { createWorld, type World } from "../sim/world/world.ts";
import { chargeCosts } from "./bench-charges.ts";
import { guestCosts } from "./bench-guests.ts";
import { manyResidents, residentCosts, residentInstances } from "./bench-residents.ts";
import { elapsedMs, justBashInstances, programCosts, realBashBytes } from "./bench-programs.ts";
import { amongTypists, besideHostile, percentile, prompts } from "./bench-pool.ts";
import { hostileCommands } from "./hostile-commands.ts";
import { pageWeights } from "./page-weights.ts";
import "../session/native-text.ts";

const epochUs = Date.UTC(2026, 10, 21, 9) * 1000;
setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

function samples(times: number, measured: () => number): readonly number[] {
  return Array.from({ length: times }, measured);
}

const median = (values: readonly number[]): number => percentile(values, 0.5);

function heapBytes(): number {
  collectGarbage();
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const world = (host: string): World => createWorld({ host, seed: 1, epochUs });

function bootToPrompt(host: string): World {
  const machine = world(host);
  const terminal = machine.openTerminal({ rows: 30, cols: 100, user: "student" });
  while (!terminal.awaitingInput) machine.step(machine.nowUs + 1_000_000, 1e6, () => terminal.awaitingInput);
  return machine;
}

// ---- tables

const milliseconds = (value: number): string => (value < 10 ? `${value.toFixed(2)} ms` : `${value.toFixed(0)} ms`);
const kibibytes = (bytes: number): string => `${(bytes / 1024).toFixed(0)} KiB`;

interface Row {
  readonly what: string;
  readonly ours: string;
  readonly real?: string;
  readonly ratio?: number;
  /** just-bash, in the same run */
  readonly other?: string;
  readonly budget?: string;
  readonly within?: boolean;
}

function table(title: string, rows: readonly Row[]): void {
  const cells = rows.map(({ what, ours, real, ratio, other, budget, within }) => [what, ours, real ?? "", ratio === undefined ? "" : `${ratio.toFixed(2)} ×`, other ?? "", budget ?? "", within === undefined ? "" : within ? "yes" : "NO"]);
  const heads = [title, "simulated", "real", "ratio", "just-bash", "budget", "kept"];
  const widths = heads.map((head, column) => Math.max(head.length, ...cells.map((row) => row[column]?.length ?? 0)));
  const used = heads.map((_, column) => column === 0 || cells.some((row) => row[column] !== ""));
  const line = (row: readonly string[]): string => row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).filter((_, column) => used[column]).join("  ");
  console.log(line(heads));
  console.log("-".repeat(widths.reduce((sum, width, column) => sum + (used[column] ? width + 2 : 0), -2)));
  for (const row of cells) console.log(line(row));
  console.log("");
}

// ---- the machine

function machineRows(): Row[] {
  // as in a process that has run for a while
  for (let i = 0; i < 200; i++) bootToPrompt("debian-12");
  const boot = samples(60, () => elapsedMs(() => bootToPrompt("debian-12")));
  for (let i = 0; i < 20; i++) bootToPrompt("debian-12-docker");
  const docker = samples(30, () => elapsedMs(() => bootToPrompt("debian-12-docker")));
  const { fresh, freshAtRest, changed, changedAtRest, returnsMs } = residentCosts(60, epochUs, heapBytes);
  return [
    { what: "boot of debian-12 to a prompt, p50", ours: milliseconds(median(boot)), budget: "< 3 ms", within: median(boot) < 3 },
    { what: "  the fastest, p95", ours: `${milliseconds(Math.min(...boot))}, ${milliseconds(percentile(boot, 0.95))}` },
    { what: "boot of debian-12-docker to a prompt, p50", ours: milliseconds(median(docker)) },
    { what: "memory of a fresh session, at rest (in use)", ours: `${kibibytes(freshAtRest)} (${kibibytes(fresh)})`, budget: "< 60 KB", within: freshAtRest < 60_000 },
    { what: "memory of one with 20 changed files, at rest (in use)", ours: `${kibibytes(changedAtRest)} (${kibibytes(changed)})`, budget: "< 100 KB", within: changedAtRest < 100_000 },
    { what: "  back from its rest, p50, p95", ours: `${milliseconds(median(returnsMs))}, ${milliseconds(percentile(returnsMs, 0.95))}` },
    { what: "10,000 of these (from 60)", ours: `${((changedAtRest * 10_000) / 1e9).toFixed(2)} GB`, budget: "< 1.2 GB", within: changedAtRest * 10_000 < 1.2e9 },
  ];
}

// ---- sessions

const typed = ["ls -la", "cd /tmp", "pwd", "echo hello > f", "cat f", "for i in 1 2 3; do echo $i; done", "ps", "grep root /etc/passwd", "mkdir -p d; ls", "seq 100 | wc -l"] as const;

/** The journal of somebody who typed two hundred commands, and how long its replay takes. */
function resumeRows(): Row[] {
  const plan = createActivityPlans("labs")("lab:python-hello");
  if (!plan) throw new Error("the lab python-hello is missing");
  const begin: JournalEntry = { kind: "begin", atUs: 0, host: "debian-12", user: "student", epochUs, seed: 1 };
  const makeWorld = () => createWorld({ host: "debian-12", seed: 1, epochUs, user: "student" });
  const driver = makeWorld();
  const terminal = driver.openTerminal({ rows: 30, cols: 100, user: "student" });
  const journal: JournalEntry[] = [begin, { kind: "open", atUs: 0, terminal: 1, rows: 30, cols: 100, machine: "" }];
  const settle = (): void => {
    do driver.step(driver.nowUs + 200_000, 1e6);
    while (!terminal.awaitingInput);
  };
  settle();
  for (let index = 0; index < 200; index++) {
    const bytes = encode(`${typed[index % typed.length] ?? ""}\r`);
    journal.push({ kind: "input", atUs: driver.nowUs, terminal: 1, bytes });
    terminal.input(bytes);
    settle();
  }
  const replay = (): void => {
    const workspace = new Workspace("bench", { ...plan, tasks: [] }, makeWorld, journal, journal.length, 1);
    while (workspace.replaying) workspace.tick(0, 1e6);
  };
  // the first of a process also pay for the compiler, which is not done before some thirty of them
  const early = samples(10, () => elapsedMs(replay));
  samples(20, () => elapsedMs(replay));
  const warm = samples(15, () => elapsedMs(replay));
  const view = driver.view();
  const checks = plan.tasks.flatMap((task) => samples(20, () => elapsedMs(() => plan.evaluate(view, task))));
  return [
    { what: "resume of a session of 200 commands, warm process, p50", ours: milliseconds(median(warm)), budget: "< 100 ms", within: median(warm) < 100 },
    { what: "  the first ten of a process, p50; the very first", ours: `${milliseconds(median(early))}; ${milliseconds(early[0] ?? Number.NaN)}` },
    { what: "one check of a step, p50", ours: milliseconds(median(checks)), budget: "< 1 ms", within: median(checks) < 1 },
  ];
}

// ---- programs

async function programRows(): Promise<Row[]> {
  const rows = (await programCosts(world("debian-12"))).map(({ what, oursMs, realMs, justBashMs, budget }): Row => {
    const ratio = realMs === undefined ? undefined : oursMs / realMs;
    const kept = (budget === undefined || ratio === undefined || ratio < budget) && (justBashMs === undefined || oursMs < justBashMs);
    return {
      what, ours: milliseconds(oursMs), ...(realMs === undefined ? {} : { real: milliseconds(realMs) }), ...(ratio === undefined ? {} : { ratio }),
      ...(justBashMs === undefined ? {} : { other: milliseconds(justBashMs) }), ...(budget === undefined ? {} : { budget: `< ${budget} ×` }),
      ...(ratio === undefined && justBashMs === undefined ? {} : { within: kept }),
    };
  });
  const docker = world("debian-12-docker");
  docker.step(10_000_000, 1e8);
  const run = (): void => {
    docker.runProgram({ argv: ["docker", "run", "--rm", "alpine", "true"], directory: "/tmp", stdin: encode(""), limitUs: 600_000_000, maxSteps: 1e9 });
  };
  run();
  return [...rows, { what: "docker run --rm alpine true", ours: milliseconds(median(samples(7, () => elapsedMs(run)))) }];
}

/** A whole simulated machine with somebody logged in, beside a bare shell of other make. */
async function instanceRows(): Promise<Row[]> {
  const rows: Row[] = [];
  const realBytes = await realBashBytes();
  for (const count of [40, 1000]) {
    const { inUse, atRest, startsMs } = residentInstances(count, epochUs, heapBytes);
    const { bytesEach, startMs } = await justBashInstances(count, heapBytes);
    rows.push({ what: `memory of each of ${count}, in use`, ours: kibibytes(inUse), ...(realBytes === undefined ? {} : { real: kibibytes(realBytes), ratio: inUse / realBytes }), other: kibibytes(bytesEach), within: inUse < bytesEach });
    rows.push({ what: "  at rest", ours: kibibytes(atRest), other: kibibytes(bytesEach), within: atRest < bytesEach });
    if (count === 1000) rows.push({ what: "start of each", ours: milliseconds(median(startsMs)), other: milliseconds(startMs), within: median(startsMs) < startMs });
  }
  return rows;
}

// ---- machines in the machine

function guestRows(): Row[] {
  const count = 20;
  const { bootMs, bytesEach, idleMs } = guestCosts(count, heapBytes);
  const values = [...bootMs].sort((a, b) => a - b);
  return [
    { what: `boot of each of ${count} guests, virsh start to prompt and address, p50`, ours: milliseconds(median(values)), budget: "< 30 ms", within: median(values) < 30 },
    { what: "  the fastest, p95", ours: `${milliseconds(Math.min(...values))}, ${milliseconds(percentile(values, 0.95))}` },
    { what: "memory of each while it runs", ours: kibibytes(bytesEach), budget: "< 200 KB", within: bytesEach < 200_000 },
    { what: "ten idle seconds of all of them", ours: milliseconds(idleMs) },
  ];
}

// ---- workers

const hostileNeighbours = 4;

const latency = (what: string, values: readonly number[], budgetMs?: number): Row => ({
  what, ours: `${milliseconds(median(values))}, ${milliseconds(percentile(values, 0.99))}`, ...(budgetMs === undefined ? {} : { budget: `< ${budgetMs} ms`, within: percentile(values, 0.99) < budgetMs }),
});

async function workerRows(): Promise<Row[]> {
  const rows: Row[] = [];
  rows.push(latency("a new session: attached to prompt", await prompts(40)));
  rows.push(latency("alone", await besideHostile("true", 0, 40)));
  for (const [what, command] of hostileCommands) rows.push(latency(`beside ${hostileNeighbours}: ${what}`, await besideHostile(command, hostileNeighbours, 40)));
  return rows;
}

async function typistRows(): Promise<Row[]> {
  const { latenciesMs, serverMs, clientMs } = await amongTypists(500, 12);
  return [
    latency("among 500 who type, over WebSockets", latenciesMs, 20),
    { what: "  of a processor for each key: server, client", ours: `${milliseconds(serverMs)}, ${milliseconds(clientMs)}` },
  ];
}

// ---- pages

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(0)} kB`;

function pageRows(): Row[] {
  const weights = pageWeights(process.cwd()) ?? [];
  const lab = weights.find(({ page }) => page.endsWith("/labs/[lab]"));
  const heaviest = weights.find(({ terminalGzipBytes }) => terminalGzipBytes === 0);
  const rows: Row[] = [];
  if (lab) {
    const bytes = lab.gzipBytes + lab.terminalGzipBytes;
    rows.push({ what: "scripts of a lab page: gzip (Brotli, as sent)", ours: `${kilobytes(bytes)} (${kilobytes(lab.brotliBytes + lab.terminalBrotliBytes)})`, budget: "< 260 kB", within: bytes < 260_000 });
    rows.push({ what: "  its panels, when opened", ours: kilobytes(lab.panelsGzipBytes) });
  }
  if (heaviest) {
    rows.push({ what: `heaviest page without a terminal, ${heaviest.page}`, ours: `${kilobytes(heaviest.gzipBytes)} (${kilobytes(heaviest.brotliBytes)})`, budget: "< 130 kB", within: heaviest.gzipBytes < 130_000 });
    rows.push({ what: "  of these Next and React", ours: kilobytes(heaviest.frameworkGzipBytes) });
  }
  return rows;
}

function manyRows(count: number): Row[] {
  const { grownBytes: grown, resting } = manyResidents(count, epochUs, heapBytes);
  return [{ what: `${count} sessions with 20 changes, ${resting} of them at rest`, ours: `${(grown / 1e9).toFixed(2)} GB (${kibibytes(grown / count)} each; process ${(process.memoryUsage().rss / 1e9).toFixed(2)} GB)`, budget: "< 1.2 GB", within: grown < (1.2e9 * count) / 10_000 }];
}

/** As a table of its own, the dearest steps first. */
function showCharges(wanted: string | undefined): void {
  const costs = chargeCosts(new RegExp(wanted ?? ""));
  const middle = median(costs.map(({ stepNs }) => stepNs));
  console.log(`a step: ${middle.toFixed(0)} ns in the middle of ${costs.length} commands\n`);
  console.log("  ratio   ns/step     steps       ms   longest ms  command");
  for (const { command, cpuMs, steps, stepNs, longestMs, failed } of [...costs].sort((a, b) => b.stepNs - a.stepNs)) {
    const ratio = stepNs / middle;
    console.log(`${ratio.toFixed(2).padStart(7)} ${stepNs.toFixed(0).padStart(9)} ${String(steps).padStart(9)} ${cpuMs.toFixed(1).padStart(8)} ${longestMs.toFixed(1).padStart(12)}  ${command.replaceAll("\n", "⏎")}${failed ? "  (failed)" : ""}`);
  }
}

function labRows(): Row[] {
  const took = elapsedMs(() => spawnSync("node", ["lib/dev/run.mjs", "lib/dev/prove-labs.ts"], { stdio: "ignore" }));
  return [{ what: "proof of the lab catalogue", ours: `${(took / 1000).toFixed(1)} s`, budget: "< 30 s", within: took < 30_000 }];
}

const words = process.argv.slice(2);
const named = words.filter((word) => /^[a-z]+$/.test(word));
const charges = words.includes("--charges");
const apart = charges || words.includes("--typists");
const wants = (part: string): boolean => !apart && (named.length === 0 || named.includes(part));
const load = (): string => loadavg().map((value) => value.toFixed(1)).join(" ");
console.log(`${availableParallelism()} processors, load ${load()}\n`);
if (wants("machine")) table("machine", machineRows());
if (wants("session")) table("session", resumeRows());
if (wants("guests")) table("guests", guestRows());
if (wants("programs")) table("programs", await programRows());
if (wants("instances")) table("a machine, a shell", await instanceRows());
const pages = wants("pages") ? pageRows() : [];
if (pages.length > 0) table("first load", pages);
if (words.includes("--labs")) table("labs", labRows());
const many = Number(words[words.indexOf("--many") + 1]);
if (words.includes("--many")) table("memory", manyRows(Number.isInteger(many) ? many : 10_000));
if (charges) showCharges(words[words.indexOf("--charges") + 1]);
if (words.includes("--sessions")) table("key to echo: p50, p99", await workerRows());
if (words.includes("--sessions") || words.includes("--typists")) table("key to echo among many: p50, p99", await typistRows());
console.log(`load ${load()}`);
