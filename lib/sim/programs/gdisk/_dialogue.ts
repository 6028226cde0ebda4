// How gdisk asks: numbers in a range, sectors, yes or no (support.cc of GPT fdisk 1.0.9).
import type { Blocking } from "../../kernel/sys.ts";
import type { Io } from "../kit/program.ts";
import type { LabelPartition } from "../kit/disk-label.ts";
import type { GptData } from "./_gpt-data.ts";

/** The end of the input ends gdisk, with status 5. */
export class NoMoreInput extends Error {}

export class Dialogue {
  readonly io: Io;

  constructor(io: Io) {
    this.io = io;
  }

  *ask(prompt: string): Blocking<string> {
    yield* this.io.out.print(prompt);
    const line = yield* this.io.stdin.line();
    if (line === undefined) throw new NoMoreInput();
    return line.replace(/\n$/, "");
  }

  *confirm(question: string): Blocking<boolean> {
    let answer = yield* this.ask(`${question}(Y/N): `);
    while (!/^[YyNn]/.test(answer)) answer = yield* this.ask("Your option? (Y/N): ");
    return /^[Yy]/.test(answer);
  }

  /** GetNumber: the default for what is no number, even where it is out of range; a range of one is not asked for. */
  *number(low: number, high: number, usual: number, prompt: string): Blocking<number> {
    if (low === high) {
      this.io.out.put(`Using ${low}\n`);
      return low;
    }
    for (;;) {
      const digits = /^\s*([+-]?\d+)/.exec(yield* this.ask(prompt))?.[1];
      const value = digits === undefined ? usual : Number(digits);
      if (value >= low && value <= high) return value;
      if (digits !== undefined) this.io.out.put("Value out of range\n");
    }
  }

  *sector(gpt: GptData, low: number, high: number, usual: number, byEnd: boolean, prompt: string): Blocking<number> {
    for (;;) {
      const value = gpt.placing.place(yield* this.ask(prompt), low, high, usual, byEnd);
      if (value >= low && value <= high) return value;
    }
  }

  /** Undefined, and "No partitions", where there is none. A number between that nobody has gives an empty one. */
  *partition(gpt: GptData): Blocking<number | undefined> {
    const numbers = gpt.partitions.map(({ number }) => number);
    if (numbers.length === 0) {
      this.io.out.put("No partitions\n");
      return undefined;
    }
    const low = Math.min(...numbers);
    const high = Math.max(...numbers);
    return yield* this.number(low, high, 0, `Partition number (${low}-${high}): `);
  }

  *mbrType(usual: number): Blocking<number> {
    for (;;) {
      const answer = yield* this.ask(`Enter an MBR hex code (default ${usual.toString(16).toUpperCase().padStart(2, "0")}): `);
      if (answer === "") return usual;
      const value = /^\s*(?:0x)?([0-9A-Fa-f]+)/.exec(answer)?.[1];
      if (value !== undefined && Number.parseInt(value, 16) > 0 && Number.parseInt(value, 16) <= 255) return Number.parseInt(value, 16);
    }
  }
}

/** With high and low byte of each letter exchanged ("b", sgdisk -B). */
export const byteSwapped = ({ name }: Pick<LabelPartition, "name">): string => [...Array(name.length).keys()].map((at) => String.fromCharCode(((name.charCodeAt(at) & 0xff) << 8) | (name.charCodeAt(at) >> 8))).join("");
