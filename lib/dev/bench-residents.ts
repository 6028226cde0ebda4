// What sessions keep of a worker's memory: whole workspaces, typed into key by key, in use and at rest (ADR 0012).
import type { ActivityPlan } from "../session/activity-tasks.ts";
import { Workspace } from "../session/workspace.ts";
import { createWorld } from "../sim/world/world.ts";

const host = "debian-12";
const user = "student";
const keyEveryMs = 50;
/** Until the next job of cron's, and less than until it rests however the minutes fall. */
const minutesToRest = 4;

/** In a time of its own. */
class Resident {
  readonly #workspace: Workspace;
  #wallMs = 0;

  constructor(epochUs: number) {
    const plan: ActivityPlan = { host, user, tasks: [], evaluate: () => ({ passed: true }) };
    this.#workspace = new Workspace("bench", plan, () => createWorld({ host, seed: 1, epochUs, user }), [{ kind: "begin", atUs: 0, host, user, epochUs, seed: 1 }], 0, 1);
    this.#workspace.attach({ type: "hello", version: 1, ticket: "x".repeat(20), lastSeq: null, cols: 100, rows: 30 }, undefined);
    this.pass(2_000);
  }

  get resting(): boolean {
    return this.#workspace.resting;
  }

  pass(durationMs: number): void {
    const endMs = this.#wallMs + durationMs;
    while (this.#wallMs < endMs || this.#workspace.replaying) {
      const waitMs = this.#workspace.tick(this.#wallMs, 1e6) ?? durationMs;
      this.#workspace.takeBatch();
      this.#wallMs = Math.min(Math.max(endMs, this.#wallMs + 1), this.#wallMs + Math.max(1, waitMs));
    }
  }

  type(text: string): void {
    for (const data of text) {
      this.#workspace.receive({ type: "input", terminal: 1, data });
      this.pass(keyEveryMs);
    }
    this.pass(300);
  }

  change(): void {
    for (let file = 0; file < 20; file++) this.type(`echo change ${file} > file${file}\r`);
  }

  rest(): void {
    this.pass(minutesToRest * 60_000);
    if (!this.resting) throw new Error("the session does not rest");
  }

  /** Until the machine is back that somebody types at. */
  returnMs(): number {
    const startMs = performance.now();
    this.#workspace.receive({ type: "input", terminal: 1, data: "l" });
    while (this.#workspace.replaying) this.#workspace.tick(this.#wallMs, 20_000);
    return performance.now() - startMs;
  }
}

export interface ResidentCosts {
  /** of each, in bytes */
  readonly fresh: number;
  readonly freshAtRest: number;
  readonly changed: number;
  readonly changedAtRest: number;
  readonly returnsMs: readonly number[];
}

export function residentCosts(count: number, epochUs: number, heapBytes: () => number): ResidentCosts {
  for (let warm = 0; warm < 40; warm++) {
    const resident = new Resident(epochUs);
    resident.change();
    resident.rest();
    resident.returnMs();
  }
  const empty = heapBytes();
  const each = () => (heapBytes() - empty) / count;
  const residents = Array.from({ length: count }, () => new Resident(epochUs));
  const fresh = each();
  for (const resident of residents) resident.rest();
  const freshAtRest = each();
  for (const resident of residents) resident.change();
  const changed = each();
  for (const resident of residents) resident.rest();
  return { fresh, freshAtRest, changed, changedAtRest: each(), returnsMs: residents.map((resident) => resident.returnMs()) };
}

/** Somebody logged in and ran one line at each. */
export function residentInstances(count: number, epochUs: number, heapBytes: () => number): { readonly inUse: number; readonly atRest: number; readonly startsMs: readonly number[] } {
  const line = "cd /tmp; echo one > f; ls\r";
  for (let warm = 0; warm < 40; warm++) new Resident(epochUs).type(line);
  const empty = heapBytes();
  const residents: Resident[] = [];
  const startsMs: number[] = [];
  for (let index = 0; index < count; index++) {
    const startMs = performance.now();
    const resident = new Resident(epochUs);
    startsMs.push(performance.now() - startMs);
    resident.type(line);
    residents.push(resident);
  }
  const inUse = (heapBytes() - empty) / count;
  for (const resident of residents) resident.rest();
  return { inUse, atRest: (heapBytes() - empty) / count, startsMs };
}

/** `count` sessions of 20 changes, all there at once; of the memory of the process. Those that nobody types at rest meanwhile, as in a worker. */
export function manyResidents(count: number, epochUs: number, heapBytes: () => number): { readonly grownBytes: number; readonly resting: number } {
  const empty = heapBytes();
  const residents: Resident[] = [];
  for (let index = 0; index < count; index++) {
    const resident = new Resident(epochUs);
    resident.change();
    resident.rest();
    residents.push(resident);
  }
  const grownBytes = heapBytes() - empty;
  return { grownBytes, resting: residents.filter((resident) => resident.resting).length };
}
