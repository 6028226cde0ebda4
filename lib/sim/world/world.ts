// Several machines and what is around them, driven by their inputs alone: the same description, seed, epoch and inputs at the same virtual times give
// the same bytes. Nothing here reads a clock.
import type { Observation } from "../kernel/sys.ts";
import type { HostDescription } from "../machine/host-description.ts";
import { hosts } from "../machine/hosts/hosts.ts";
import { makeGuestFactory } from "../machine/guest/guest-machine.ts";
import { createMachine, type Machine, type MachineTerminal, type ObservedBy, reportFault, type Run } from "../machine/machine.ts";
import type { FileWrite, FileWriting, PersonFiles } from "../machine/person-files.ts";
import { type MachinePicture, pictureOf } from "../machine/picture.ts";
import { Outside } from "./outside/outside.ts";
import type { View } from "../machine/view.ts";
import { RollingDigest } from "../machine/rolling-digest.ts";
import { SmallSet } from "../kernel/small-set.ts";

export interface WorldOptions {
  readonly host: string;
  /** installed beside the host's own */
  readonly packages?: readonly string[];
  readonly seed: number;
  /** realtime when PID 1 starts */
  readonly epochUs: number;
  /** who logs in at terminals that do not say; default root */
  readonly user?: string;
}

export interface TerminalOptions {
  readonly rows: number;
  readonly cols: number;
  readonly user?: string;
  /** true: as over SSH, whatever `argv` is; false: the user's shell without -l */
  readonly login?: boolean;
  readonly machine?: string;
  /** instead of the user's shell; found by PATH */
  readonly argv?: readonly string[];
  /** beside the ones of a login */
  readonly environment?: ReadonlyMap<string, string>;
  readonly directory?: string;
  /** Told of every write and of what programs of this machine observe, in order. Without it output is kept for takeOutput. */
  readonly onEvent?: (event: TerminalEvent) => void;
}

export type TerminalEvent = { readonly kind: "output"; readonly bytes: Uint8Array } | { readonly kind: "observation"; readonly observation: Observation; readonly by: ObservedBy };

export interface Observed {
  readonly observation: Observation;
  readonly by: ObservedBy;
}

export interface WorldTerminal {
  /** from 1 */
  readonly number: number;
  /** "/dev/pts/0" */
  readonly device: string;
  /** the session's first process has ended */
  readonly closed: boolean;
  readonly exitStatus: number | undefined;
  /** a program waits for input that has not come */
  readonly awaitingInput: boolean;
  input(bytes: Uint8Array): void;
  resize(rows: number, cols: number): void;
  hangup(): void;
  takeOutput(): Uint8Array;
}

export interface StepResult {
  readonly reason: "time" | "steps";
  /** undefined: nothing will happen without input */
  readonly nextWakeUs: number | undefined;
}

export interface ProgramRun {
  readonly stdout: Uint8Array;
  readonly stderr: Uint8Array;
  /** undefined when the limit came first */
  readonly status: number | undefined;
}

export interface World {
  /** virtual, since boot */
  readonly nowUs: number;
  /** nothing is runnable now: all wait for input or a timer */
  readonly idle: boolean;
  /**
   * Before that, nothing that happens without an input comes to anything: daemons that wake, look and sleep again are not counted. Infinity: never. To be
   * asked while the world is idle.
   */
  nextNoticeUs(): number;
  /** Another number when anything ran since, without an input, but such daemons. */
  readonly happenings: number;
  /** How much its machine has worked since it began, in its own time: what playing it again costs is about proportional. */
  readonly workedUs: number;
  /** `stop` is for drivers that wait for something: the clock does not go beyond it. */
  step(untilUs: number, maxSteps: number, stop?: () => boolean): StepResult;
  openTerminal(options: TerminalOptions): WorldTerminal;
  /** Runs a program without a terminal, to its end or a limit. `limits.overrun` is asked between slices. */
  runProgram(request: ProgramRequest): ProgramRun;
  view(machine?: string): View;
  picture(machine?: string): MachinePicture;
  machine(name?: string): Machine;
  /** What a user of the machine sees of its files; undefined when there is no such user. */
  files(user: string, machine?: string): PersonFiles | undefined;
  /** Starts writing: it ends in one of the next steps. */
  writeFile(request: FileWrite, machine?: string): FileWriting;
  takeObservations(): readonly Observed[];
  digest(): string;
  outputDigest(): string;
}

export interface ProgramRequest {
  readonly argv: readonly string[];
  readonly user?: string;
  readonly environment?: ReadonlyMap<string, string>;
  readonly directory?: string;
  readonly stdin?: Uint8Array;
  readonly files?: readonly ProgramFile[];
  readonly limitUs: number;
  readonly maxSteps: number;
  /** Checked between slices of steps; true gives up. */
  readonly overrun?: () => boolean;
}

/** Laid down by root before the program starts. */
export interface ProgramFile {
  readonly path: string;
  readonly bytes?: Uint8Array;
  readonly link?: string;
  readonly directory?: true;
  readonly mode?: number;
}

export function hostNames(): readonly string[] {
  return [...hosts.keys()];
}

/** Frames that one call exchanges with the outside before its caller gets a say. */
const MOST_EXCHANGES = 2_000;
const outputBudgetBytes = 8 * 1024 * 1024;
const sliceSteps = 200_000;

export function createWorld(options: WorldOptions): World {
  const host: HostDescription | undefined = hosts.get(options.host);
  if (host === undefined) throw new Error(`unknown host: ${options.host}`);
  const description = options.packages === undefined ? host : { ...host, name: [host.name, ...options.packages].join("+"), packages: [...host.packages, ...options.packages] };
  const observations: Observed[] = [];
  const listeners = new SmallSet<(event: TerminalEvent) => void>();
  const outside = new Outside({ seed: options.seed, epochUs: options.epochUs, onFault: reportFault });
  const machine = createMachine(description, {
    seed: options.seed,
    epochUs: options.epochUs,
    guests: makeGuestFactory(description),
    onFrame: (frame, atUs) => outside.send(frame, atUs),
    onObservation: (observation, by) => {
      if (observations.length < 1000) observations.push({ observation, by });
      for (const listener of listeners) listener({ kind: "observation", observation, by });
    },
  });
  const digest = new RollingDigest();
  let terminals = 0;

  const step = (untilUs: number, maxSteps: number, stop?: () => boolean): StepResult => {
    // What leaves the machine is answered before its clock goes on, and arrives at its own time: how a caller cuts its steps changes nothing.
    for (let turn = 0; turn < MOST_EXCHANGES; turn++) {
      for (const frame of outside.takeArrived(machine.nowUs)) machine.receive(frame);
      const limitUs = Math.min(untilUs, outside.nextArrivalUs);
      const result = machine.step(limitUs, maxSteps, () => outside.hasWork || stop?.() === true);
      if (outside.hasWork) {
        outside.run();
        if (stop?.() === true) break;
        continue;
      }
      const arrived = outside.nextArrivalUs <= machine.nowUs;
      if (arrived && stop?.() !== true && machine.nowUs < untilUs) continue;
      const wakeUs = Math.min(result.nextWakeUs ?? Number.POSITIVE_INFINITY, outside.nextArrivalUs);
      return { reason: result.reason === "steps" && !arrived ? "steps" : "time", nextWakeUs: wakeUs === Number.POSITIVE_INFINITY ? undefined : wakeUs };
    }
    return { reason: "steps", nextWakeUs: machine.nowUs };
  };

  const openTerminal = (request: TerminalOptions): WorldTerminal => {
    const pending: Uint8Array[] = [];
    const { onEvent } = request;
    if (onEvent !== undefined) listeners.add(onEvent);
    const user = request.user ?? options.user ?? "root";
    const argv = request.argv ?? (request.login === false ? ["bash"] : undefined);
    const { terminal, run } = machine.openSession({ rows: request.rows, cols: request.cols }, (bytes) => {
      digest.add(bytes);
      if (onEvent !== undefined) onEvent({ kind: "output", bytes });
      else pending.push(bytes);
    }, {
      user, ...(argv === undefined ? {} : { argv }), ...(request.environment === undefined ? {} : { environment: request.environment }),
      ...(request.directory === undefined ? {} : { directory: request.directory }), ...(request.login === undefined ? {} : { login: request.login }),
    });
    return new RunningTerminal(++terminals, terminal, run, () => {
      if (onEvent !== undefined) listeners.delete(onEvent);
    }, () => pending.splice(0));
  };

  const runProgram = (request: ProgramRequest): ProgramRun => {
    const stdout: Uint8Array[] = [];
    const stderr: Uint8Array[] = [];
    let size = 0;
    const keep = (list: Uint8Array[]) => (bytes: Uint8Array) => {
      size += bytes.length;
      if (size <= outputBudgetBytes) list.push(bytes);
    };
    const run = machine.run(request, keep(stdout), keep(stderr));
    const deadlineUs = machine.nowUs + request.limitUs;
    let steps = 0;
    while (!run.ended && machine.nowUs < deadlineUs && steps < request.maxSteps && size <= outputBudgetBytes) {
      step(deadlineUs, sliceSteps, () => run.ended);
      steps += sliceSteps;
      if (request.overrun?.() === true) break;
    }
    return { stdout: concatenate(stdout), stderr: concatenate(stderr), status: run.status };
  };

  return new RunningWorld(machine, outside, { step, openTerminal, runProgram, takeObservations: () => observations.splice(0), outputDigest: () => digest.hex() });
}

/** A class, not an object with accessors: V8 keeps those as tables, and every session has one. */
class RunningTerminal implements WorldTerminal {
  readonly number: number;
  readonly device: string;
  readonly #terminal: MachineTerminal;
  readonly #session: Run;
  readonly #forget: () => void;
  readonly #take: () => Uint8Array[];

  /** `take`: what was written and not taken yet. */
  constructor(number: number, terminal: MachineTerminal, session: Run, forget: () => void, take: () => Uint8Array[]) {
    this.number = number;
    this.device = `/dev/${terminal.name}`;
    this.#terminal = terminal;
    this.#session = session;
    this.#forget = forget;
    this.#take = take;
  }

  get closed(): boolean {
    return this.#session.ended;
  }

  get exitStatus(): number | undefined {
    return this.#session.status;
  }

  get awaitingInput(): boolean {
    return this.#terminal.awaitingInput;
  }

  input(bytes: Uint8Array): void {
    this.#terminal.input(bytes);
  }

  resize(rows: number, cols: number): void {
    this.#terminal.resize({ rows, cols });
  }

  hangup(): void {
    this.#forget();
    this.#terminal.hangup();
  }

  takeOutput(): Uint8Array {
    const pending = this.#take();
    return pending.length === 1 ? (pending[0] ?? new Uint8Array(0)) : concatenate(pending);
  }
}

/** As RunningTerminal, of the world. */
class RunningWorld implements World {
  readonly step: World["step"];
  readonly openTerminal: World["openTerminal"];
  readonly runProgram: World["runProgram"];
  readonly takeObservations: World["takeObservations"];
  readonly outputDigest: World["outputDigest"];
  readonly #machine: Machine;
  readonly #outside: Outside;

  constructor(machine: Machine, outside: Outside, calls: Pick<World, "step" | "openTerminal" | "runProgram" | "takeObservations" | "outputDigest">) {
    this.step = calls.step;
    this.openTerminal = calls.openTerminal;
    this.runProgram = calls.runProgram;
    this.takeObservations = calls.takeObservations;
    this.outputDigest = calls.outputDigest;
    this.#machine = machine;
    this.#outside = outside;
  }

  get nowUs(): number {
    return this.#machine.nowUs;
  }

  get idle(): boolean {
    return this.#machine.idle && this.#outside.nextArrivalUs === Number.POSITIVE_INFINITY;
  }

  nextNoticeUs(): number {
    return Math.min(this.#machine.nextNoticeUs(), this.#outside.nextArrivalUs);
  }

  get happenings(): number {
    return this.#machine.happenings() + this.#outside.arrivals;
  }

  get workedUs(): number {
    return this.#machine.workedUs();
  }

  view(): View {
    return this.#machine.view();
  }

  picture(): MachinePicture {
    return pictureOf(this.#machine.view());
  }

  machine(): Machine {
    return this.#machine;
  }

  files(user: string): PersonFiles | undefined {
    return this.#machine.files(user);
  }

  writeFile(request: FileWrite): FileWriting {
    return this.#machine.writeFile(request);
  }

  digest(): string {
    return this.#machine.digest();
  }
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

