// `npm run fuzz`: random scripts and random keys, each in a fresh world. Says what threw, hung, cost more steps than allowed or came out differently when run again.
// A case is a world with some scripts one after the other, or with keys at a terminal.
//   npm run fuzz -- --cases 5000 --seed 7      that many cases of that seed (default 1000, 1)
//   npm run fuzz -- --from 2000                from that case on
//   npm run fuzz -- --seed 7 --case 1234       one case, shown with what is wrong
// The cases run in a worker, so that one which never ends is noticed; it is reported and the next one goes on.
import { fileURLToPath } from "node:url";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { type Finding, fuzzInput, inputCount, tryCase } from "./fuzz/fuzz-case.ts";

const hangMs = 40_000;

interface Work {
  readonly seed: number;
  readonly from: number;
  readonly to: number;
  /** the case that is running now */
  readonly current: SharedArrayBuffer;
}

type Message = { readonly caseNumber: number; readonly findings: readonly Finding[] } | { readonly kind: string; readonly inputs: number };

function work({ seed, from, to, current }: Work): void {
  const place = new Int32Array(current);
  for (let caseNumber = from; caseNumber < to; caseNumber++) {
    Atomics.store(place, 0, caseNumber);
    const findings = tryCase(seed, caseNumber);
    if (findings.length > 0) parentPort?.postMessage({ caseNumber, findings } satisfies Message);
    const input = fuzzInput(seed, caseNumber);
    parentPort?.postMessage({ kind: input.kind, inputs: inputCount(input) } satisfies Message);
  }
}

const option = (name: string, otherwise: number): number => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
};

let found = 0;
/** how many inputs there were of each kind */
const counts = new Map<string, number>();

function report(seed: number, caseNumber: number, findings: readonly Finding[]): void {
  found++;
  console.log(JSON.stringify({ seed, case: caseNumber, findings: findings.slice(0, 3).map(({ what, at, detail }) => ({ what, at, detail: detail.split("\n").slice(0, 6).join("\n").slice(0, 900) })), input: fuzzInput(seed, caseNumber) }));
}

/** Runs the cases in one worker; the number of the one that did not end, if there is one. */
function runCases(seed: number, from: number, to: number): Promise<number | undefined> {
  const current = new SharedArrayBuffer(4);
  const place = new Int32Array(current);
  const worker = new Worker(fileURLToPath(import.meta.url), { workerData: { seed, from, to, current } satisfies Work, resourceLimits: { maxOldGenerationSizeMb: 3_000 } });
  return new Promise((resolve) => {
    let seen = -1;
    const watch = setInterval(() => {
      const now = Atomics.load(place, 0);
      if (now === seen) {
        clearInterval(watch);
        report(seed, now, [{ what: "hang", at: -1, detail: `no end within ${hangMs / 1000} s` }]);
        resolve(now);
        void worker.terminate();
      }
      seen = now;
    }, hangMs);
    worker.on("message", (message: Message) => {
      if ("findings" in message) report(seed, message.caseNumber, message.findings);
      else counts.set(message.kind, (counts.get(message.kind) ?? 0) + message.inputs);
    });
    worker.on("exit", () => {
      clearInterval(watch);
      resolve(undefined);
    });
    worker.on("error", (error) => {
      clearInterval(watch);
      const now = Atomics.load(place, 0);
      report(seed, now, [{ what: "worker", at: -1, detail: error.stack ?? error.message }]);
      resolve(now);
    });
  });
}

async function main(): Promise<void> {
  const seed = option("seed", 1);
  const only = option("case", -1);
  const from = only >= 0 ? only : option("from", 0);
  const to = only >= 0 ? only + 1 : from + option("cases", 1_000);
  const startedMs = Date.now();
  if (only >= 0) console.log(JSON.stringify(fuzzInput(seed, only), null, 1));
  // pieces: what a case leaves behind in the process does not grow for hours
  const piece = 1_000;
  for (let next = from; next < to; ) {
    const end = Math.min(to, next + piece);
    const stuck = await runCases(seed, next, end);
    next = stuck === undefined ? end : stuck + 1;
    if (stuck === undefined) console.error(`${next - from} cases (${[...counts].map(([kind, inputs]) => `${inputs} ${kind}`).join(", ")}), ${found} with findings, ${((Date.now() - startedMs) / 1000).toFixed(0)} s`);
  }
  process.exitCode = found > 0 ? 1 : 0;
}

if (isMainThread) await main();
else work(workerData as Work);
