// What the editor needs of a terminal: keys in, bytes out. tty-terminal.ts is the real one.

import type { Blocking } from "../kernel/sys.ts";

export interface EditorTerminal {
  /** One character; undefined after the time-out; "eof" when the terminal is gone. Throws LineInterrupted on Ctrl-C. */
  readKey(timeoutUs: number | null): Blocking<string | undefined>;
  /** A key has been typed ahead. */
  pending(): boolean;
  write(text: string): Blocking<void>;
  /** Gives the terminal back to programs while the shell runs something in mid-line, and takes it again. */
  release(): Blocking<void>;
  acquire(): Blocking<void>;
  /** False when the terminal's echo is off: then only the prompt is shown. */
  readonly echoing: boolean;
  /** The monotonic clock, for lines that are given up. */
  nowUs?(): number;
  readonly cols: number;
  readonly rows: number;
}

export const END_OF_INPUT = "eof";
