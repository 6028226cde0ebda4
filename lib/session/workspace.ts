// One attempt's running world, in a worker: inputs become journal entries and go to the world's terminals; what the world shows goes
// out as protocol messages. Everything here happens in virtual time; `tick` maps the wall clock onto it.
//
// A session at which nothing happens rests: the world goes and its journal stays, from which the same world comes back (ADR 0012).
//
// Order that nothing may break: an entry is handed out (takeBatch) together with, and stored before, what it made the world show.
//
// Over 400 lines: the fields that a replay, a tick and an undo share cannot be parted without handing all of them round; making a
// recording (record-session.ts), the codec and the scheduling of worlds (worker.ts) are files of their own.

import type { World, WorldTerminal } from "../sim/world/world.ts";
import type { ActivityPlan } from "./activity-tasks.ts";
import { CommandLog } from "./command-log.ts";
import { FileDesk } from "./file-desk.ts";
import { decodeEntries, type JournalEntry, type NumberedEntry, resolveUndo } from "./journal-codec.ts";
import { type ClientMessage, maxTerminals, type ServerMessage, type StepVerdict, type TerminalState, window as flowWindow } from "./protocol.ts";
import { KeptJournal } from "./kept-journal.ts";
import { MissedMessages } from "./missed-messages.ts";
import { Panels } from "./panels.ts";
import { Screen } from "./screen.ts";

/** A message to the client as it is made here; `seq` is given when it leaves. */
type Unnumbered = ServerMessage extends infer M ? (M extends { seq: number } ? Omit<M, "seq"> : never) : never;

interface Terminal {
  readonly handle: WorldTerminal;
  readonly screen: Screen;
  readonly decoder: TextDecoder;
  /** What it was sent since the last look. */
  shown: Uint8Array[];
  /** The machine it is on, as `open` named it ("" is the first one). */
  readonly machine: string;
  cols: number;
  rows: number;
  open: boolean;
  /** Characters of `output` sent, and drawn, on this connection; a `screen` does not count. */
  sent: number;
  acknowledged: number;
  /** Output was held back: the next thing that the client gets is a whole screen. */
  behind: boolean;
  /** Journal index of the first input since the last prompt. */
  lineFrom: number | undefined;
  /** Where each command's typing began, oldest first: what undo takes back. */
  readonly commandsFrom: number[];
}

/** What is left of a session that rests. */
interface Rest {
  readonly journal: Uint8Array;
  readonly entries: number;
  /** virtual time of the world when it went */
  readonly sinceUs: number;
  /** when something comes of it without an input */
  readonly noticeUs: number;
  readonly digest: string;
  readonly terminals: ReadonlyMap<number, Pick<Terminal, "open" | "sent" | "acknowledged" | "behind">>;
}

/** What leaves the worker in one piece: entries are stored first, then the messages are sent and the rest is observed. */
export interface Batch {
  readonly firstEntry: number;
  readonly entries: readonly JournalEntry[];
  readonly messages: readonly ServerMessage[];
  readonly verdicts: readonly StepVerdict[];
  readonly verdictsAsked: boolean;
  readonly missed: readonly string[];
  readonly digest: string;
}

const STEPS_SETTLED_CHECK_EVERY_US = 150_000;
/** What happens without a word on a terminal is looked at this often. */
const UNSEEN_CHECK_EVERY_US = 3_000_000;
/** A world that cannot keep up with the wall clock slips rather than running ever later bursts. */
const MAX_LAG_US = 200_000;
const MAX_JOURNAL_ENTRIES = 400_000;
/** After so long without anything a session rests, if nothing is to come in the next time and its world is soon back. */
const REST_AFTER_US = 15_000_000;
const SHORTEST_REST_US = 120_000_000;
/** Of the machine's processors: about two hundred commands, which take about a tenth of a second to be played again. */
const MOST_WORK_TO_REST_US = 100_000;
/** Entries that are run again in one turn, if the clock does not end it before. */
const MOST_REPLAYED_A_TURN = 50;

export class Workspace {
  readonly #plan: ActivityPlan;
  readonly #makeWorld: () => World;
  /** Undefined while it rests. */
  #present: World | undefined;
  #rest: Rest | undefined;
  /** What a world that comes back, or goes back behind an undone command, goes through after its entries: until `untilUs` all of it is known. */
  #catchUp: { readonly untilUs: number; readonly rested?: Rest } | undefined;
  /** It came back from its rest to where it was; now it goes on to the present. */
  #restored = false;
  /** When something happened last that more than a daemon's look at its files came of. */
  #activeUs = 0;
  #terminals = new Map<number, Terminal>();
  /** Everything ever journalled, undone inputs included: indexes are places here. */
  #journal: KeptJournal;
  #replay: NumberedEntry[];
  #replayed = 0;
  #stored: number;
  #seq: number;
  readonly #sent = new MissedMessages();
  #outbox: ServerMessage[] = [];
  #attached = false;
  #verdicts = new Map<string, StepVerdict>();
  #changedVerdicts: StepVerdict[] = [];
  #verdictsAsked = false;
  #passed = new Set<string>();
  #missed: string[] = [];
  #wallMs: number | undefined;
  #shownSince = false;
  #dirty = true;
  /** something ran since the last check */
  #unseen = false;
  #checkedAtUs = 0;
  #afterReplay: (() => void)[] = [];
  #commands = new CommandLog();
  /** Where something was typed last: what a shell behind a terminal of its own (docker run -it) observes is a consequence of that. */
  #typedAt: number | undefined;
  /** What its output must come to when the journal has been run again; undefined when that is not known. */
  #expectedDigest: string | undefined;
  #differs = false;
  readonly #panels: Panels;
  readonly #files: FileDesk;
  readonly attempt: string;

  /**
   * `stored`: how many of the entries the store has already. `seqBase`: greater than any seq that an earlier life of this attempt used (the
   * wall clock in ms serves). `expectedDigest`: of the output when the last of them was stored.
   */
  constructor(attempt: string, plan: ActivityPlan, makeWorld: () => World, journal: readonly JournalEntry[], stored: number, seqBase: number, expectedDigest?: string) {
    this.attempt = attempt;
    this.#expectedDigest = expectedDigest;
    this.#plan = plan;
    this.#makeWorld = makeWorld;
    this.#present = makeWorld();
    this.#journal = new KeptJournal(journal);
    this.#stored = stored;
    this.#replay = resolveUndo(journal);
    if (stored === journal.length) this.#journal.settle();
    this.#catchUp = { untilUs: journal.at(-1)?.atUs ?? 0 };
    this.#seq = seqBase;
    const say = (message: ServerMessage) => {
      if (this.#attached) this.#outbox.push(message);
    };
    this.#panels = new Panels(() => this.#world, () => this.#commands, plan.user, say);
    this.#files = new FileDesk(() => this.#world, plan.user, say, (write) => this.#record({ kind: "write", atUs: this.#world.nowUs, machine: "", ...write }));
    for (const entry of journal) if (entry.kind === "write") this.#files.count(entry.bytes.length);
  }

  get replaying(): boolean {
    return this.#replayed < this.#replay.length || this.#catchUp !== undefined;
  }

  get resting(): boolean {
    return this.#rest !== undefined;
  }

  get #world(): World {
    if (this.#present === undefined) throw new Error("the session rests");
    return this.#present;
  }

  get attached(): boolean {
    return this.#attached;
  }

  get journalLength(): number {
    return this.#rest?.entries ?? this.#journal.length;
  }

  // ---- time -----------------------------------------------------------------------------------------------------------------

  /** Runs at most `maxSteps`, and no more once `stop` says so. Returns how long nothing will happen (ms), 0 to be called again at once, undefined for "until an input". */
  tick(wallMs: number, maxSteps: number, stop?: () => boolean): number | undefined {
    if (this.#rest !== undefined) return this.#tickRest(wallMs, this.#rest);
    if (this.replaying) return this.#tickReplay(wallMs, maxSteps, stop);
    const elapsedUs = this.#elapsedUs(wallMs);
    this.#targetUs = Math.min(Math.max(this.#targetUs, this.#world.nowUs) + elapsedUs, this.#world.nowUs + MAX_LAG_US + elapsedUs);
    const result = this.#world.step(Math.floor(this.#targetUs), maxSteps, stop);
    const typed = this.#journal.length !== this.#entriesRun;
    const ran = this.#world.nowUs >= this.#wakesAtUs || typed;
    const { happenings } = this.#world;
    if (typed || happenings !== this.#happenings) this.#activeUs = this.#world.nowUs;
    this.#happenings = happenings;
    this.#entriesRun = this.#journal.length;
    this.#wakesAtUs = this.#world.idle ? (result.nextWakeUs ?? Number.POSITIVE_INFINITY) : 0;
    this.#collect();
    if (this.#files.answerWrites()) this.#shownSince = true;
    const asked = this.#files.serve();
    // a guest that has booted, a service that came up: nothing of it is written to a terminal
    this.#unseen ||= ran;
    if (this.#unseen && this.#world.nowUs - this.#checkedAtUs >= UNSEEN_CHECK_EVERY_US) this.#dirty = true;
    if (this.#world.idle) this.#checkTasks(false);
    const panelsMs = this.#panels.refresh(wallMs, ran);
    if (result.reason === "steps") {
      this.#targetUs = Math.min(this.#targetUs, this.#world.nowUs + MAX_LAG_US);
      return 0;
    }
    if (asked || !this.#world.idle) return 1;
    // What changed right after a check is checked a little later, even if nothing else happens.
    const checkUs = this.#dirty ? this.#checkedAtUs + STEPS_SETTLED_CHECK_EVERY_US : this.#unseen ? this.#checkedAtUs + UNSEEN_CHECK_EVERY_US : undefined;
    const wakeUs = Math.min(result.nextWakeUs ?? Number.POSITIVE_INFINITY, checkUs ?? Number.POSITIVE_INFINITY);
    const restUs = this.#rests();
    if (restUs <= 0) return this.#restMs(this.#goToRest());
    const waitMs = Math.min(wakeUs === Number.POSITIVE_INFINITY ? wakeUs : Math.max(1, (wakeUs - this.#world.nowUs) / 1000), panelsMs ?? Number.POSITIVE_INFINITY, Math.max(1, restUs / 1000));
    return waitMs === Number.POSITIVE_INFINITY ? undefined : waitMs;
  }
  #targetUs = 0;
  /** When the machine has something to do next, as it said at the last tick, what had happened then, and how many entries there were. */
  #wakesAtUs = 0;
  #happenings = 0;
  #entriesRun = 0;

  #elapsedUs(wallMs: number): number {
    const elapsedUs = this.#wallMs === undefined ? 0 : Math.max(0, wallMs - this.#wallMs) * 1000;
    this.#wallMs = wallMs;
    return elapsedUs;
  }

  // ---- rest -----------------------------------------------------------------------------------------------------------------

  /** In how many µs it may go to rest; 0: now, Infinity: not as things are. */
  #rests(): number {
    const world = this.#world;
    if (!world.idle || world.workedUs > MOST_WORK_TO_REST_US || this.#panels.pending || this.#files.pending) return Number.POSITIVE_INFINITY;
    for (const terminal of this.#terminals.values()) if (terminal.behind || terminal.shown.length > 0) return Number.POSITIVE_INFINITY;
    const leftUs = Math.max(0, this.#activeUs + REST_AFTER_US - world.nowUs);
    if (leftUs === 0 && world.nextNoticeUs() - world.nowUs < SHORTEST_REST_US) return Number.POSITIVE_INFINITY;
    // the last check comes before, and what came of it is stored and sent
    return leftUs > 0 || (!this.#dirty && !this.#unseen && !this.#shownSince && this.#stored === this.#journal.length && this.#outbox.length + this.#changedVerdicts.length + this.#missed.length === 0) ? leftUs : STEPS_SETTLED_CHECK_EVERY_US;
  }

  /** Returns when something will come of it. */
  #goToRest(): number {
    const noticeUs = this.#world.nextNoticeUs();
    this.#rest = {
      journal: this.#journal.encode(), entries: this.#journal.length, sinceUs: this.#world.nowUs, noticeUs, digest: this.#world.outputDigest(),
      terminals: new Map([...this.#terminals].map(([number, { open, sent, acknowledged, behind }]) => [number, { open, sent, acknowledged, behind }])),
    };
    this.#present = undefined;
    this.#terminals = new Map();
    this.#commands = new CommandLog();
    this.#journal = new KeptJournal([]);
    this.#replay = [];
    this.#replayed = 0;
    // a client that is there has got all of it; if it has not, it gets whole screens when it comes back
    if (this.#attached) this.#sent.clear();
    return noticeUs;
  }

  #tickRest(wallMs: number, rest: Rest): number | undefined {
    this.#targetUs += this.#elapsedUs(wallMs);
    if (this.#targetUs < rest.noticeUs) return this.#restMs(rest.noticeUs);
    this.#comeBack();
    return 0;
  }

  #restMs(noticeUs: number): number | undefined {
    return noticeUs === Number.POSITIVE_INFINITY ? undefined : Math.max(1, (noticeUs - this.#targetUs) / 1000);
  }

  /** The world is played again in the next ticks; whoever wants something of it waits as for a replay. */
  #comeBack(): void {
    const rest = this.#rest;
    if (rest === undefined) return;
    this.#rest = undefined;
    this.#journal = new KeptJournal(decodeEntries(rest.journal));
    this.#journal.settle();
    this.#catchUp = { untilUs: rest.sinceUs, rested: rest };
    this.#restored = false;
    this.#playAgain();
  }

  #playAgain(): void {
    this.#present = this.#makeWorld();
    this.#terminals = new Map();
    this.#commands = new CommandLog();
    this.#replay = resolveUndo(this.#journal.all());
    this.#replayed = 0;
  }

  #restoreFlow({ terminals, digest }: Rest): void {
    this.#restored = true;
    const same = this.#world.outputDigest() === digest;
    for (const [number, terminal] of this.#terminals) {
      Object.assign(terminal, terminals.get(number));
      if (!same && terminal.open) this.#sendScreen(number, terminal);
    }
    if (!same) this.#push({ type: "notice", code: "differs" });
  }

  /** True when the world is where it has to be. */
  #caughtUp(maxSteps: number, stop?: () => boolean): boolean {
    const catchUp = this.#catchUp;
    if (catchUp === undefined) return true;
    if (this.#world.nowUs < catchUp.untilUs) {
      this.#world.step(catchUp.untilUs, maxSteps, stop);
      this.#absorb();
      if (this.#world.nowUs < catchUp.untilUs) return false;
    }
    const { rested } = catchUp;
    if (rested !== undefined) {
      if (!this.#restored) this.#restoreFlow(rested);
      // the time that has passed meanwhile: nothing was to come of it, but if something does it is shown
      const nowUs = Math.min(Math.floor(this.#targetUs), rested.noticeUs - 1);
      if (this.#world.nowUs < nowUs) {
        this.#world.step(nowUs, maxSteps, stop);
        this.#collect();
        if (this.#world.nowUs < nowUs) return false;
      }
    }
    this.#catchUp = undefined;
    return true;
  }

  /** The clock stands still from here until the next tick after `thaw`. */
  freeze(): void {
    this.#wallMs = undefined;
    if (this.#present !== undefined && this.#catchUp === undefined) this.#targetUs = this.#present.nowUs;
  }

  #tickReplay(wallMs: number, maxSteps: number, stop?: () => boolean): number {
    const rested = this.#catchUp?.rested;
    if (rested !== undefined) this.#targetUs += this.#elapsedUs(wallMs);
    for (let turn = 0; turn < MOST_REPLAYED_A_TURN; turn++) {
      const next = this.#replay[this.#replayed];
      if (next === undefined) break;
      if (next.entry.kind === "begin" || this.#world.step(next.entry.atUs, maxSteps, stop).reason === "time" || this.#world.nowUs >= next.entry.atUs) {
        this.#apply(next);
        this.#replayed++;
      }
      this.#absorb();
      if (stop?.() === true) return 0;
    }
    if (this.#replayed < this.#replay.length || !this.#caughtUp(maxSteps, stop)) return 0;
    this.#replay = [];
    this.#replayed = 0;
    if (this.#expectedDigest !== undefined) this.#differs = this.#world.outputDigest() !== this.#expectedDigest;
    this.#expectedDigest = undefined;
    if (rested === undefined) {
      this.#wallMs = wallMs;
      this.#targetUs = this.#world.nowUs;
      this.#dirty = true;
    }
    this.#entriesRun = this.#journal.length;
    this.#happenings = this.#world.happenings;
    this.#activeUs = this.#world.nowUs;
    this.#checkTasks(false);
    for (const action of this.#afterReplay.splice(0)) action();
    return 0;
  }

  #apply({ index, entry }: NumberedEntry): void {
    switch (entry.kind) {
      case "open":
        this.#openTerminal(entry);
        break;
      case "input":
        this.#typed(entry.terminal, entry.bytes, index);
        break;
      case "resize":
        this.#resizeTerminal(entry.terminal, entry.rows, entry.cols);
        break;
      case "close":
        this.#closeTerminal(entry.terminal);
        break;
      case "passed":
        this.#passed.add(entry.task);
        this.#verdicts.set(entry.task, { task: entry.task, passed: true });
        break;
      case "write":
        this.#world.writeFile(entry);
        break;
      default:
        break;
    }
  }

  #openTerminal(entry: JournalEntry & { kind: "open" }): Terminal {
    const number = entry.terminal;
    let opened: Terminal | undefined;
    const handle = this.#world.openTerminal({
      rows: entry.rows, cols: entry.cols, user: this.#plan.user, ...(entry.machine === "" ? {} : { machine: entry.machine }),
      onEvent: (event) => {
        if (!opened) return;
        if (event.kind === "output") {
          const bytes = event.bytes.slice();
          // here and not when it is collected: the work of drawing is part of the turn that is measured
          opened.screen.write(bytes);
          opened.screen.takeReplies();
          opened.shown.push(bytes);
          this.#commands.output(number, bytes);
        } else if (event.observation.kind === "command" && event.by.terminal === opened.handle.device) this.#commands.observed(number, event.by.pid, event.observation, this.#world.nowUs);
      },
    });
    const terminal: Terminal = {
      handle, screen: new Screen(entry.cols, entry.rows), decoder: new TextDecoder(), shown: [], machine: entry.machine, cols: entry.cols, rows: entry.rows, open: true,
      sent: 0, acknowledged: 0, behind: false, lineFrom: undefined, commandsFrom: [],
    };
    opened = terminal;
    this.#terminals.set(number, terminal);
    this.#commands.openTerminal(number, entry.cols, entry.rows);
    return terminal;
  }

  #typed(number: number, bytes: Uint8Array, index: number): void {
    const terminal = this.#terminals.get(number);
    if (!terminal?.open) return;
    terminal.lineFrom ??= index;
    this.#typedAt = number;
    terminal.handle.input(bytes);
  }

  #resizeTerminal(number: number, rows: number, cols: number): void {
    const terminal = this.#terminals.get(number);
    if (!terminal?.open) return;
    terminal.rows = rows;
    terminal.cols = cols;
    terminal.screen.fit(cols, rows);
    this.#commands.resize(number, cols, rows);
    terminal.handle.resize(rows, cols);
  }

  #closeTerminal(number: number): void {
    const terminal = this.#terminals.get(number);
    if (!terminal?.open) return;
    terminal.open = false;
    terminal.handle.hangup();
    this.#commands.closeTerminal(number, this.#world.nowUs);
  }

  #record(entry: JournalEntry): number {
    this.#journal.push(entry);
    this.#dirty = true;
    return this.#journal.length - 1;
  }

  // ---- output ---------------------------------------------------------------------------------------------------------------

  /** While replaying: nothing is sent. */
  #absorb(): void {
    for (const terminal of this.#terminals.values()) {
      for (const bytes of terminal.shown.splice(0)) terminal.decoder.decode(bytes, { stream: true });
    }
    this.#observe(false);
  }

  #collect(): void {
    for (const [number, terminal] of this.#terminals) {
      const shown = terminal.shown.splice(0);
      if (shown.length > 0) {
        this.#dirty = true;
        this.#shownSince = true;
        let data = "";
        for (const bytes of shown) data += terminal.decoder.decode(bytes, { stream: true });
        // Without a client it is kept all the same: a client that comes back goes on where it stopped.
        if (data !== "") {
          if (terminal.behind || (this.#attached && terminal.sent - terminal.acknowledged > flowWindow)) terminal.behind = true;
          else {
            if (this.#attached) terminal.sent += data.length;
            this.#push({ type: "output", terminal: number, data });
          }
        }
      }
      if (this.#attached && terminal.behind && terminal.sent - terminal.acknowledged < flowWindow / 2) this.#sendScreen(number, terminal);
      if (terminal.open && terminal.handle.closed) {
        terminal.open = false;
        this.#commands.closeTerminal(number, this.#world.nowUs);
        this.#push({ type: "terminal", change: "closed", state: this.#stateOf(number, terminal) });
      }
    }
    this.#observe(true);
  }

  #observe(live: boolean): void {
    for (const { observation, by } of this.#world.takeObservations()) {
      if (observation.kind === "command") {
        if (by.terminal === undefined) continue;
        const terminal = [...this.#terminals.values()].find((candidate) => candidate.handle.device === by.terminal) ?? this.#terminals.get(this.#typedAt ?? 0);
        if (!terminal) continue;
        if (observation.phase === "start" && terminal.lineFrom !== undefined) terminal.commandsFrom.push(terminal.lineFrom);
        terminal.lineFrom = undefined;
      } else if (observation.kind === "unsimulated" && live) {
        const what = observation.detail === "" ? observation.command : `${observation.command}: ${observation.detail}`;
        this.#missed.push(what);
        this.#push({ type: "notice", code: "not-simulated", facts: { what } });
      }
    }
  }

  #push(message: Unnumbered): void {
    const numbered = { ...message, seq: ++this.#seq } as ServerMessage & { readonly seq: number };
    this.#sent.push(numbered);
    if (this.#attached) this.#outbox.push(numbered);
  }

  #sendScreen(number: number, terminal: Terminal): void {
    terminal.behind = false;
    const data = terminal.screen.serialize();
    this.#push({ type: "screen", terminal: number, cols: terminal.cols, rows: terminal.rows, data });
  }

  #stateOf(number: number, terminal: Terminal): TerminalState {
    return { terminal: number, title: terminal.handle.device, machine: terminal.machine === "" ? this.#plan.host : terminal.machine, cols: terminal.cols, rows: terminal.rows };
  }

  /** What must be stored and sent now; undefined when there is nothing. Not in the middle of a replay: its digest says how all of the journal's output ends. */
  takeBatch(): Batch | undefined {
    if (this.replaying || this.#rest !== undefined) return undefined;
    if (this.#shownSince && this.#world.nowUs > (this.#journal.last?.atUs ?? 0)) this.#journal.push({ kind: "advance", atUs: this.#world.nowUs });
    this.#shownSince = false;
    if (this.#stored === this.#journal.length && this.#outbox.length === 0 && this.#changedVerdicts.length === 0 && this.#missed.length === 0) return undefined;
    const batch: Batch = {
      firstEntry: this.#stored,
      entries: this.#journal.from(this.#stored),
      messages: this.#outbox,
      verdicts: this.#changedVerdicts,
      verdictsAsked: this.#verdictsAsked,
      missed: this.#missed,
      digest: this.#world.outputDigest(),
    };
    this.#stored = this.#journal.length;
    this.#journal.settle();
    this.#outbox = [];
    this.#changedVerdicts = [];
    this.#verdictsAsked = false;
    this.#missed = [];
    return batch;
  }

  // ---- checks -----------------------------------------------------------------------------------------------------------------

  #checkTasks(asked: boolean, only?: string): void {
    if (!asked && (!this.#dirty || this.#world.nowUs - this.#checkedAtUs < STEPS_SETTLED_CHECK_EVERY_US)) return;
    this.#dirty = false;
    this.#unseen = false;
    this.#checkedAtUs = this.#world.nowUs;
    const changed: StepVerdict[] = [];
    const view = this.#world.view();
    for (const task of this.#plan.tasks) {
      if (only !== undefined && task.id !== only) continue;
      const known = this.#verdicts.get(task.id);
      let verdict: StepVerdict;
      if (this.#passed.has(task.id)) verdict = { task: task.id, passed: true };
      else {
        const result = this.#plan.evaluate(view, task);
        verdict = result.passed ? { task: task.id, passed: true } : { task: task.id, passed: false, code: result.code, facts: { ...result.facts } };
        if (result.passed) {
          this.#passed.add(task.id);
          this.#record({ kind: "passed", atUs: this.#world.nowUs, task: task.id });
          this.#dirty = false;
        }
      }
      const same = known && known.passed === verdict.passed && known.code === verdict.code && JSON.stringify(known.facts) === JSON.stringify(verdict.facts);
      this.#verdicts.set(task.id, verdict);
      if (!same || asked) changed.push(verdict);
    }
    if (changed.length === 0) return;
    this.#changedVerdicts.push(...changed);
    this.#verdictsAsked ||= asked;
    this.#push({ type: "steps", asked, steps: changed });
  }

  // ---- the client ---------------------------------------------------------------------------------------------------------------

  /** Answers `hello`: at once, or when the replay has ended. */
  attach(hello: Extract<ClientMessage, { type: "hello" }>, notice: "restored" | "frozen" | undefined): void {
    this.#comeBack();
    if (this.replaying) {
      this.#afterReplay.push(() => this.attach(hello, notice));
      return;
    }
    this.#outbox = [];
    this.#attached = true;
    this.#panels.close();
    this.#files.forget();
    if (this.#terminals.size === 0) this.#open(hello.rows, hello.cols, "");
    const missed = hello.lastSeq === null ? undefined : this.#sent.after(hello.lastSeq, this.#seq);
    const resumed = missed !== undefined;
    const terminals = [...this.#terminals].filter(([, terminal]) => terminal.open).map(([number, terminal]) => this.#stateOf(number, terminal));
    this.#outbox.push({ type: "ready", attempt: this.attempt, seq: resumed ? (hello.lastSeq ?? 0) : this.#seq, resumed, terminals });
    for (const terminal of this.#terminals.values()) {
      terminal.sent = 0;
      terminal.acknowledged = 0;
    }
    if (missed !== undefined) {
      for (const message of missed) {
        this.#outbox.push(message);
        if (message.type !== "output") continue;
        const terminal = this.#terminals.get(message.terminal);
        if (terminal) terminal.sent += message.data.length;
      }
      // What was held back from a slow client is not among them.
      for (const [number, terminal] of this.#terminals) if (terminal.open && terminal.behind) this.#sendScreen(number, terminal);
    } else {
      for (const [number, terminal] of this.#terminals) if (terminal.open) this.#sendScreen(number, terminal);
      this.#push({ type: "steps", asked: false, steps: this.#plan.tasks.map((task) => this.#verdicts.get(task.id) ?? { task: task.id, passed: false }) });
    }
    if (notice) this.#push({ type: "notice", code: notice === "restored" && this.#differs ? "differs" : notice });
  }

  detach(): void {
    this.#attached = false;
    this.#panels.close();
    this.#outbox = [];
  }

  #open(rows: number, cols: number, machine: string): void {
    const number = Math.max(0, ...this.#terminals.keys()) + 1;
    const entry = { kind: "open", atUs: this.#world.nowUs, terminal: number, rows, cols, machine } as const;
    this.#record(entry);
    const terminal = this.#openTerminal(entry);
    this.#push({ type: "terminal", change: "opened", state: this.#stateOf(number, terminal) });
  }

  receive(message: ClientMessage): void {
    if (message.type === "ack" && this.#rest !== undefined) return;
    this.#comeBack();
    if (this.replaying) {
      this.#afterReplay.push(() => this.receive(message));
      return;
    }
    const atUs = this.#world.nowUs;
    switch (message.type) {
      case "input": {
        if (this.#journal.length > MAX_JOURNAL_ENTRIES) {
          this.#push({ type: "notice", code: "session-limit" });
          return;
        }
        if (!this.#terminals.get(message.terminal)?.open) return;
        const bytes = new TextEncoder().encode(message.data);
        this.#typed(message.terminal, bytes, this.#record({ kind: "input", atUs, terminal: message.terminal, bytes }));
        break;
      }
      case "resize": {
        const terminal = this.#terminals.get(message.terminal);
        if (!terminal?.open || (terminal.rows === message.rows && terminal.cols === message.cols)) return;
        this.#record({ kind: "resize", atUs, terminal: message.terminal, rows: message.rows, cols: message.cols });
        this.#resizeTerminal(message.terminal, message.rows, message.cols);
        break;
      }
      case "open":
        if ([...this.#terminals.values()].filter((terminal) => terminal.open).length >= maxTerminals) this.#push({ type: "notice", code: "session-limit" });
        else this.#open(message.rows, message.cols, message.machine ?? "");
        break;
      case "close": {
        const terminal = this.#terminals.get(message.terminal);
        if (!terminal?.open) return;
        this.#record({ kind: "close", atUs, terminal: message.terminal });
        this.#closeTerminal(message.terminal);
        this.#push({ type: "terminal", change: "closed", state: this.#stateOf(message.terminal, terminal) });
        break;
      }
      case "ack": {
        const terminal = this.#terminals.get(message.terminal);
        if (terminal) terminal.acknowledged = Math.min(message.chars, terminal.sent);
        break;
      }
      case "undo":
        this.#undo(message.terminal);
        break;
      case "check":
        this.#checkTasks(true, message.task);
        break;
      case "watch":
        this.#panels.watch(message);
        break;
      case "file":
        this.#files.ask(message.request, message.ask);
        break;
      default:
        break;
    }
  }

  /** Runs the journal again without the terminal's last command and what was typed since it began. */
  #undo(number: number): void {
    const terminal = this.#terminals.get(number);
    const from = terminal?.commandsFrom.at(-1);
    if (!terminal?.open || from === undefined) {
      this.#push({ type: "notice", code: "nothing-to-undo" });
      return;
    }
    this.#record({ kind: "undo", atUs: this.#world.nowUs, terminal: number, from });
    this.#catchUp = { untilUs: this.#world.nowUs };
    this.#playAgain();
    this.#afterReplay.unshift(() => {
      this.#panels.anew();
      for (const [opened, state] of this.#terminals) if (state.open) this.#sendScreen(opened, state);
      this.#push({ type: "steps", asked: false, steps: this.#plan.tasks.map((task) => this.#verdicts.get(task.id) ?? { task: task.id, passed: false }) });
      this.#push({ type: "notice", code: "undone" });
    });
  }
}
