// One input of the fuzzer run in a world of its own, and what is wrong with what happened: an exception of ours, words that only a bug prints, more steps than were allowed,
// more of this machine's time than so many steps may take, another state when it is run again.
import fc from "fast-check";
import { SysError } from "../../sim/kernel/errno.ts";
import { onFault } from "../../sim/machine/machine.ts";
import { encode } from "../../sim/world/text.ts";
import { createWorld, type World, type WorldTerminal } from "../../sim/world/world.ts";
import { type KeyCase, keyCases } from "./key-arbitrary.ts";
import { scripts } from "./script-arbitrary.ts";
import { fuzzFiles } from "./words.ts";

export type FuzzInput = { readonly kind: "scripts"; readonly host: string; readonly scripts: readonly string[] } | ({ readonly kind: "keys"; readonly host: string } & KeyCase);

export interface Finding {
  /** "errno": a program ended because it did not expect that a call fails; "slow": much of this machine's time, by its clock; the others are never right */
  readonly what: string;
  readonly detail: string;
  /** which of the scripts or keys it was */
  readonly at: number;
}

const epochUs = 1_790_000_000_000_000;
const directory = "/tmp/fuzz";
const scriptLimitUs = 3_000_000;
const scriptSteps = 400_000;
const keySliceSteps = 20_000;
/** for one key */
const keySteps = 200_000;
/** One operation may be begun within the budget and end beyond it. */
const stepMargin = 200_000;
/** far beyond what the steps of one input take: an algorithm of ours that does not charge for its work */
const inputLimitMs = 4_000;
/** One case in so many is run twice. */
const replayedEvery = 20;

SysError.traced = true;
const faults: { readonly what: string; readonly text: string }[] = [];
onFault(({ comm, error }) => {
  const stack = error instanceof Error || error instanceof SysError ? error.stack : undefined;
  faults.push({ what: error instanceof SysError ? "errno" : "exception", text: `${comm}: ${stack ?? String(error)}` });
});

const suspicious = /internal error|\[object Object\]|(?<![\w'"])undefined: |RangeError: Max|Cannot read properties|is not a function\b|is not iterable|\bnull\b reading/;
/** what programs say rightly, or the input said itself */
const innocent = /python|jq:|Traceback|object is not/;

function hostFor(caseNumber: number): string {
  return caseNumber % 10 === 3 ? "debian-12-docker" : caseNumber % 20 === 7 ? "debian-12-virt" : "debian-12";
}

/** The case with that number: always the same. */
export function fuzzInput(seed: number, caseNumber: number): FuzzInput {
  const host = hostFor(caseNumber);
  const [input] = fc.sample<FuzzInput>(
    caseNumber % 3 === 2 ? keyCases(host).map((keys): FuzzInput => ({ kind: "keys", host, ...keys })) : fc.array(scripts, { minLength: 4, maxLength: 8, size: "max" }).map((list): FuzzInput => ({ kind: "scripts", host, scripts: list })),
    { seed: (seed * 1_000_003 + caseNumber) | 0, numRuns: 1 },
  );
  if (input === undefined) throw new Error("fast-check gave nothing");
  return input;
}

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};

class Look {
  readonly findings: Finding[] = [];
  #output = "";
  #startedMs = cpuMs();
  #at = 0;

  #found(what: string, detail: string): void {
    this.findings.push({ what, detail, at: this.#at });
  }

  hear(bytes: Uint8Array): void {
    if (this.#output.length < 200_000) this.#output += new TextDecoder().decode(bytes);
  }

  steps(world: World, busyBefore: number, allowed: number): void {
    const spent = world.machine().kernel.cpuBusyUs - busyBefore;
    if (spent > allowed + stepMargin) this.#found("steps", `${spent} instead of ${allowed}`);
  }

  differs(): void {
    this.#found("replay", "another state");
  }

  /** An input has been worked on: what has come of it. `given` may hold the words itself. */
  end(given: string): void {
    for (const { what, text } of faults.splice(0)) this.#found(what, text);
    const spentMs = cpuMs() - this.#startedMs;
    if (spentMs > inputLimitMs) this.#found("slow", `${spentMs.toFixed(0)} ms`);
    for (const line of this.#output.split("\n")) if (suspicious.test(line) && !innocent.test(line) && !suspicious.test(given)) this.#found("words", line.slice(0, 300));
    this.#output = "";
    this.#startedMs = cpuMs();
    this.#at++;
  }
}

function runScript(world: World, script: string, first: boolean, look: Look): void {
  const busy = world.machine().kernel.cpuBusyUs;
  const startedMs = cpuMs();
  const made = new Set<string>();
  const files = fuzzFiles.flatMap(([name, text]) => {
    const folders = name.split("/").slice(0, -1).map((_, depth, parts) => parts.slice(0, depth + 1).join("/")).filter((folder) => !made.has(folder));
    for (const folder of folders) made.add(folder);
    return [...folders.map((folder) => ({ path: `${directory}/${folder}`, directory: true as const })), { path: `${directory}/${name}`, bytes: encode(text) }];
  });
  const run = world.runProgram({
    argv: ["bash", "-c", script], user: "root", directory, stdin: encode("one\ntwo 2\n\nthree"), files: first ? [{ path: directory, directory: true }, ...files] : [],
    environment: new Map([["HOME", "/root"], ["LANG", "C.UTF-8"], ["PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"], ["TERM", "xterm-256color"]]),
    limitUs: scriptLimitUs, maxSteps: scriptSteps, overrun: () => cpuMs() - startedMs > inputLimitMs,
  });
  // two or three slices, each of which may end beyond its budget
  look.steps(world, busy, scriptSteps + 200_000 + stepMargin);
  look.hear(run.stdout);
  look.hear(run.stderr);
  look.end(script);
}

function pass(world: World, terminal: WorldTerminal, look: Look, forUs: number): void {
  const untilUs = world.nowUs + forUs;
  for (let steps = 0; steps < keySteps && world.nowUs < untilUs; steps += keySliceSteps) {
    const busy = world.machine().kernel.cpuBusyUs;
    world.step(untilUs, keySliceSteps);
    look.steps(world, busy, keySliceSteps);
    look.hear(terminal.takeOutput());
  }
}

function pressKeys(world: World, { program, inputs, rows, cols, user }: KeyCase, look: Look): void {
  const terminal = world.openTerminal({ rows, cols, user });
  world.step(world.nowUs + 5_000_000, 10_000_000, () => terminal.awaitingInput);
  terminal.input(encode("seq 30 > a.txt; echo 'b c' > b.csv; mkdir -p d; truncate -s 8M d/disk; clear\r"));
  pass(world, terminal, look, 300_000);
  terminal.input(encode(`${program}\r`));
  pass(world, terminal, look, 1_000_000);
  for (const input of inputs) {
    if ("keys" in input) terminal.input(encode(input.keys));
    else if ("rows" in input) terminal.resize(input.rows, input.cols);
    pass(world, terminal, look, "waitUs" in input ? input.waitUs : 120_000);
    look.end("");
    if (terminal.closed) break;
  }
}

function runOnce(input: FuzzInput, seed: number, look: Look): World {
  const world = createWorld({ host: input.host, seed, epochUs });
  if (input.kind === "scripts") input.scripts.forEach((script, at) => runScript(world, script, at === 0, look));
  else pressKeys(world, input, look);
  return world;
}

/** Runs it and says what is wrong. `again` runs it a second time and compares. */
export function tryInput(input: FuzzInput, seed: number, again: boolean): readonly Finding[] {
  const look = new Look();
  faults.length = 0;
  try {
    const world = runOnce(input, seed, look);
    if (again && look.findings.length === 0) {
      const second = runOnce(input, seed, new Look());
      if (second.digest() !== world.digest() || second.outputDigest() !== world.outputDigest()) look.differs();
    }
  } catch (error) {
    look.findings.push({ what: "exception outside", detail: error instanceof Error ? (error.stack ?? error.message) : String(error), at: -1 });
  }
  return look.findings;
}

export const inputCount = (input: FuzzInput): number => (input.kind === "scripts" ? input.scripts.length : input.inputs.length);

export function tryCase(seed: number, caseNumber: number): readonly Finding[] {
  return tryInput(fuzzInput(seed, caseNumber), 1 + (caseNumber % 97), caseNumber % replayedEvery === 0);
}
