// The readable transcript of a session: which command was entered at which terminal, what it printed, how it ended. Boundaries are the
// shell's own observations (sys.observe, kind "command"), in order with what the terminal was sent; nothing is read off the screen.
//
// Shells within shells (bash, sudo -i, su -) have their commands listed by themselves; what the inner shell's prompt shows belongs to
// nobody. A shell behind another terminal (docker run -it, a console) is one command with the whole dialogue as its output.

import { PlainOutput } from "./plain-output.ts";
import type { CommandRecord } from "./protocol.ts";

const KEPT_COMMANDS = 200;
/** of output, over all commands: the oldest lose theirs first */
const KEPT_CHARS = 150_000;
const MOST_LINE_CHARS = 4_000;

interface Open {
  readonly place: number;
  readonly shellPid: number;
  readonly output: PlainOutput;
}

interface Terminal {
  cols: number;
  rows: number;
  /** commands that run, the innermost last */
  readonly open: Open[];
  /** a shell shows its prompt or reads a line */
  atPrompt: boolean;
}

interface ShellObservation {
  readonly text: string;
  readonly phase: "start" | "end";
  readonly status?: number;
}

export class CommandLog {
  #records = new Map<number, CommandRecord>();
  /** of all outputs; what was forgotten may still be in it */
  #charsAtMost = 0;
  readonly #terminals = new Map<number, Terminal>();
  readonly #changed = new Set<number>();
  #next = 1;

  openTerminal(terminal: number, cols: number, rows: number): void {
    this.#terminals.set(terminal, { cols, rows, open: [], atPrompt: true });
  }

  resize(terminal: number, cols: number, rows: number): void {
    const known = this.#terminals.get(terminal);
    if (!known) return;
    known.cols = cols;
    known.rows = rows;
    for (const { output } of known.open) output.resize(cols, rows);
  }

  closeTerminal(terminal: number, atUs: number): void {
    const known = this.#terminals.get(terminal);
    while (known && known.open.length > 0) this.#end(known, atUs, undefined);
  }

  /** Keeps `bytes`, which must not change any more. */
  output(terminal: number, bytes: Uint8Array): void {
    const known = this.#terminals.get(terminal);
    const innermost = known?.open.at(-1);
    if (!known || !innermost || known.atPrompt) return;
    innermost.output.write(bytes);
    this.#changed.add(innermost.place);
  }

  /** `terminal` is the one that the shell with that pid reads from. */
  observed(terminal: number, shellPid: number, { text, phase, status }: ShellObservation, atUs: number): void {
    const known = this.#terminals.get(terminal);
    if (!known) return;
    const own = known.open.findIndex((command) => command.shellPid === shellPid);
    if (own >= 0) {
      // What inner shells had open ended with them.
      while (known.open.length > own + 1) this.#end(known, atUs, undefined);
      this.#end(known, atUs, phase === "end" ? status : undefined);
    }
    known.atPrompt = phase === "end";
    if (phase === "start") this.#start(terminal, known, shellPid, text, atUs);
  }

  #start(terminal: number, known: Terminal, shellPid: number, text: string, atUs: number): void {
    const place = this.#next++;
    this.#records.set(place, { place, terminal, depth: known.open.length, line: text.slice(0, MOST_LINE_CHARS), output: "", truncated: false, fullScreen: false, running: true, startedMs: Math.round(atUs / 1000) });
    known.open.push({ place, shellPid, output: new PlainOutput(known.cols, known.rows) });
    this.#changed.add(place);
    for (const old of this.#records.keys()) {
      if (this.#records.size <= KEPT_COMMANDS) break;
      this.#records.delete(old);
    }
  }

  #end(known: Terminal, atUs: number, status: number | undefined): void {
    const command = known.open.pop();
    if (!command) return;
    this.#refresh(command);
    const record = this.#records.get(command.place);
    if (record) this.#records.set(command.place, { endedMs: Math.round(atUs / 1000), ...(status === undefined ? {} : { status }), ...record, running: false });
    this.#changed.add(command.place);
    this.#forgetOld();
  }

  #forgetOld(): void {
    // no more than this can have come since all of them were counted
    if (this.#charsAtMost <= KEPT_CHARS) return;
    let chars = 0;
    for (const record of this.#records.values()) chars += record.output.length;
    this.#charsAtMost = chars;
    for (const [place, record] of this.#records) {
      if (chars <= KEPT_CHARS) return;
      if (record.output === "") continue;
      chars -= record.output.length;
      this.#charsAtMost = chars;
      this.#records.set(place, { ...record, output: "", truncated: true });
      this.#changed.add(place);
    }
  }

  #refresh({ place, output }: Open): void {
    const record = this.#records.get(place);
    const text = output.text();
    this.#charsAtMost += text.length;
    if (record) this.#records.set(place, { ...record, output: text, truncated: output.truncated, fullScreen: output.fullScreen });
  }

  get hasChanges(): boolean {
    return this.#changed.size > 0;
  }

  /** Those that began, printed or ended since the last call, oldest first. */
  takeChanged(): readonly CommandRecord[] {
    for (const { open } of this.#terminals.values()) for (const command of open) if (this.#changed.has(command.place)) this.#refresh(command);
    const changed = [...this.#changed].sort((a, b) => a - b).flatMap((place) => this.#records.get(place) ?? []);
    this.#changed.clear();
    return changed;
  }

  all(): readonly CommandRecord[] {
    for (const { open } of this.#terminals.values()) for (const command of open) this.#refresh(command);
    return [...this.#records.values()];
  }
}
