// How parted asks for words that are missing: a line with editing at a terminal; the line of the question is wiped first (parted's ui.c, 3.5).
import type { Blocking } from "../../kernel/sys.ts";
import { LineInterrupted } from "../../readline/line-interrupted.ts";
import { ProgramLineReader } from "../../readline/program-line-reader.ts";
import type { Io } from "../kit/gnu.ts";
import { textWidth } from "../kit/width.ts";

/** Ctrl-C, or no more input. */
export class NoAnswer extends Error {}

const MARGIN = 6;

export class Prompts {
  readonly #io: Io;
  readonly #reader: ProgramLineReader | undefined;
  readonly interactive: boolean;

  /** lines are as long as they are: in scripts, and with ---pretend-input-tty */
  readonly pretends: boolean;

  constructor(io: Io, pretends: boolean) {
    this.#io = io;
    this.pretends = pretends;
    this.interactive = pretends || io.sys.isatty(0);
    if (io.sys.isatty(0)) this.#reader = new ProgramLineReader(io.sys, { application: "parted", echoInterrupt: false });
  }

  get #columns(): number {
    const { sys } = this.#io;
    return sys.isatty(1) ? sys.getWindowSize(1).cols || 80 : 80;
  }

  /** An empty line where the cursor is. */
  wipe(): void {
    this.#io.out.put(`\r${" ".repeat(Math.max(0, this.#columns - MARGIN))}\r`);
  }

  /** Broken between words, as messages of the dialogue are. */
  wrapped(text: string): string {
    return this.pretends ? text : text.split("\n").map((line) => {
      const rows: string[] = [];
      for (const word of line.split(" ")) {
        const last = rows.at(-1);
        if (last !== undefined && textWidth(last) + 1 + textWidth(word) < this.#columns) rows[rows.length - 1] = `${last} ${word}`;
        else rows.push(word);
      }
      return rows.join("\n");
    }).join("\n");
  }

  /** Throws NoAnswer. */
  *line(prompt: string): Blocking<string> {
    const io = this.#io;
    this.wipe();
    let line: string | undefined;
    if (this.#reader === undefined) {
      io.out.put(prompt);
      line = yield* io.stdin.line();
      if (line !== undefined) io.out.put(`${line}\n`);
    } else {
      yield* io.out.flush();
      try {
        line = yield* this.#reader.readLine(prompt);
      } catch (error) {
        if (!(error instanceof LineInterrupted)) throw error;
        io.out.put("\n");
        throw new NoAnswer();
      }
      io.out.put("\r");
    }
    if (line === undefined) throw new NoAnswer();
    if (line.trim() !== "") this.#reader?.addHistory(line);
    return line;
  }

  /** Until it is one of the choices (their beginnings do), or not empty; an empty answer is the fallback. */
  *ask(question: string, { choices = [], fallback }: { readonly choices?: readonly string[]; readonly fallback?: string } = {}): Blocking<string> {
    const shown = choices.length > 0 ? `  ${choices.map((one) => (one === fallback ? `[${one}]` : one)).join("/")}` : fallback === undefined ? "" : `  [${fallback}]`;
    for (;;) {
      const asked = question === "" ? "" : this.#io.word(`${question}?`);
      const answer = (yield* this.line(question === "" ? `${shown.trimStart()}? ` : shown === "" ? `${asked} ` : `${asked}${shown}? `)).trim();
      if (answer === "") {
        if (fallback !== undefined) return fallback;
        continue;
      }
      if (choices.length === 0) return answer;
      const found = choices.find((one) => one.toLowerCase().startsWith(answer.toLowerCase()));
      if (found !== undefined) return found;
      this.#io.say(`parted: invalid token: ${answer}\n`);
    }
  }
}
