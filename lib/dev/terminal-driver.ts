// Somebody at a terminal of a world: types commands and waits for their end, or presses keys and looks at the screen. The end of a command is the shell's own
// observation (sys.observe, kind "command"), never a guess from the text.
import { Screen } from "../session/screen.ts";
import { encode } from "../sim/world/text.ts";
import type { TerminalOptions, World, WorldTerminal } from "../sim/world/world.ts";

const sliceSteps = 100_000;
/** Silence after which an interactive program has settled, and after a lone ESC (vi's timeoutlen, readline's keyseq-timeout). */
const silenceUs = 400_000;
const silenceAfterEscapeUs = 1_400_000;
const silenceBetweenLinesUs = 50_000;
const keysLimitUs = 40_000_000;
const runLimitUs = 120_000_000;
const runLimitMs = 20_000;
/** What a person takes between two commands. */
const pauseUs = 100_000;
const outputLimitBytes = 4 * 1024 * 1024;

/** Sequences after which the text cannot be read as lines any more: cursor moves, erasing, a return or a backspace that is followed by text. */
const movesCursor = /\x1b\[[0-9;?]*[ABCDEFGHJKSTXLMPdfsu@]|\x1b[78MDE]|\r(?!\r*\n|$)|\x08/;

export interface ScreenAnswer {
  readonly screen: readonly string[];
  readonly cursor: readonly [number, number];
  readonly hidden: boolean;
  readonly reverse: readonly (readonly [number, number, number])[];
}

export class TerminalDriver {
  readonly #world: World;
  readonly #terminal: WorldTerminal;
  readonly #screen: Screen;
  readonly #rows: number;
  readonly #cols: number;
  #captured: Uint8Array[] = [];
  #capturedBytes = 0;
  #capturing = false;
  /** prompts that shells on this terminal have drawn */
  #prompts = 0;
  /** the innermost shell is about to read a command */
  #atPrompt = false;
  #status = 0;
  #lastOutputUs = 0;

  constructor(world: World, options: TerminalOptions) {
    this.#world = world;
    this.#rows = options.rows;
    this.#cols = options.cols;
    this.#screen = new Screen(options.cols, options.rows);
    let device = "";
    this.#terminal = world.openTerminal({
      ...options,
      onEvent: (event) => {
        if (event.kind === "output") this.#onOutput(event.bytes);
        else if (event.observation.kind === "command" && (event.observation.tty === device || device === "")) this.#onCommand(event.observation.phase, event.observation.status);
      },
    });
    device = this.#terminal.device;
  }

  #onOutput(bytes: Uint8Array): void {
    this.#lastOutputUs = this.#world.nowUs;
    this.#screen.write(bytes);
    if (this.#capturing && this.#capturedBytes < outputLimitBytes) {
      this.#captured.push(bytes.slice());
      this.#capturedBytes += bytes.length;
    }
  }

  #onCommand(phase: "start" | "end", status: number | undefined): void {
    this.#capturing = phase === "start";
    this.#atPrompt = phase === "end";
    if (phase === "end") {
      this.#prompts++;
      this.#status = status ?? 0;
    }
  }

  /** Gives the terminal's answers to queries back to the program. */
  #reply(): void {
    const replies = this.#screen.takeReplies();
    if (replies !== "") this.#terminal.input(encode(replies));
  }

  /** Steps until `done` or a limit; false when a limit came first. */
  #stepUntil(done: () => boolean, limitUs: number, limitMs: number): boolean {
    const world = this.#world;
    const endUs = world.nowUs + limitUs;
    const endMs = Date.now() + limitMs;
    while (!done()) {
      if (world.nowUs >= endUs || Date.now() > endMs || this.#terminal.closed) return done();
      const result = world.step(endUs, sliceSteps, done);
      this.#reply();
      if (result.nextWakeUs === undefined && world.idle) return done();
    }
    return true;
  }

  /** Until the first program waits for keys. */
  start(): void {
    this.#stepUntil(() => this.#terminal.awaitingInput, 30_000_000, runLimitMs);
    this.#settle(silenceUs);
  }

  run(command: string): { output: string; status: number | null } {
    this.#captured = [];
    this.#capturedBytes = 0;
    this.#capturing = false;
    const lines = command.split("\n");
    let answered = true;
    lines.forEach((line, index) => {
      const prompts = this.#prompts;
      this.#atPrompt = false;
      this.#terminal.input(encode(`${line}\r`));
      const last = index === lines.length - 1;
      answered = this.#stepUntil(() => this.#terminal.awaitingInput && (this.#prompts > prompts || !last), last ? runLimitUs : 10_000_000, runLimitMs);
      // a program that passes keys on reads before what is behind it does
      if (!last) this.#settle(silenceBetweenLinesUs);
    });
    if (!answered && !this.#terminal.closed) {
      this.#terminal.input(encode("\x03"));
      this.#stepUntil(() => this.#atPrompt && this.#terminal.awaitingInput, 5_000_000, 2_000);
    }
    const output = this.#text();
    this.#capturing = false;
    this.#world.step(this.#world.nowUs + pauseUs, sliceSteps);
    return { output, status: this.#terminal.closed ? (this.#terminal.exitStatus ?? null) : this.#status };
  }

  /** The captured bytes as lines; where programs moved the cursor, what a terminal of that size shows at the end. */
  #text(): string {
    const text = Buffer.concat(this.#captured).toString("utf8");
    if (!movesCursor.test(text)) return text.replace(/\r+\n/g, "\n").replace(/\r$/, "");
    const screen = new Screen(this.#cols, this.#rows, 100_000);
    screen.write(Buffer.from(text, "utf8"));
    const rows = [...screen.scrollback.map((line) => line.toText()), ...screen.rows()].map((row) => row.replace(/ +$/, ""));
    while (rows.length > 0 && rows[rows.length - 1] === "") rows.pop();
    return rows.length === 0 ? "" : `${rows.join("\n")}\n`;
  }

  /** Runs until nothing is runnable and that long nothing was written. */
  #settle(silence: number): void {
    const startUs = this.#world.nowUs;
    const endUs = startUs + keysLimitUs;
    const endMs = Date.now() + runLimitMs;
    this.#lastOutputUs = startUs;
    while (this.#world.nowUs < endUs && Date.now() < endMs) {
      const quietAtUs = Math.min(this.#lastOutputUs + silence, endUs);
      if (this.#world.nowUs >= quietAtUs && this.#world.idle) return;
      this.#world.step(Math.max(quietAtUs, this.#world.nowUs + 1), sliceSteps);
      this.#reply();
    }
  }

  #answer(): ScreenAnswer {
    return {
      screen: this.#screen.rows(), cursor: [this.#screen.cursor[0], this.#screen.cursor[1]], hidden: this.#screen.cursorHidden, reverse: this.#screen.reverseSpans(),
    };
  }

  keys(text: string): ScreenAnswer {
    this.#terminal.input(encode(text));
    this.#settle(text.endsWith("\x1b") ? silenceAfterEscapeUs : silenceUs);
    return this.#answer();
  }

  resize(rows: number, cols: number): ScreenAnswer {
    this.#screen.resize(cols, rows);
    this.#terminal.resize(rows, cols);
    this.#settle(silenceUs);
    return this.#answer();
  }

  wait(seconds: number): ScreenAnswer {
    const untilUs = this.#world.nowUs + seconds * 1_000_000;
    const endMs = Date.now() + runLimitMs;
    while (this.#world.nowUs < untilUs && Date.now() < endMs) this.#world.step(untilUs, sliceSteps);
    this.#settle(silenceUs);
    return this.#answer();
  }
}
