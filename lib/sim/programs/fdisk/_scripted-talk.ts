// What sfdisk asks and tells: lines of a script, from a file or typed at its prompt (disk-utils/sfdisk.c).
import type { Blocking } from "../../kernel/sys.ts";
import { LineInterrupted } from "../../readline/line-interrupted.ts";
import { ProgramLineReader } from "../../readline/program-line-reader.ts";
import { partitionPath } from "../kit/disk-label.ts";
import type { Io } from "../kit/util-linux.ts";
import type { Context } from "./_context.ts";
import type { Partition } from "./_label.ts";
import { BOLD, fieldText, RED, RESET } from "./_listing.ts";
import { Cancelled, Refused, type Talk } from "./_talk.ts";

export class ScriptedTalk implements Talk {
  readonly asks = false;
  readonly interactive: boolean;
  readonly #io: Io;
  readonly #colours: boolean;
  readonly #quiet: boolean;
  readonly #reader: ProgramLineReader | undefined;

  constructor(io: Io, colours: boolean, quiet: boolean) {
    this.#io = io;
    this.#colours = colours;
    this.#quiet = quiet;
    this.interactive = io.sys.isatty(0);
    if (this.interactive) this.#reader = new ProgramLineReader(io.sys, { application: "sfdisk" });
  }

  *info(text: string): Blocking<void> {
    if (!this.#quiet) this.#io.say(`${text}\n`);
    yield* [];
  }

  *warn(text: string): Blocking<void> {
    yield* this.#io.stderr(this.#colours ? `${RED}${this.#io.word(text)}${RESET}\n` : `${text}\n`);
  }

  /** Undefined at the end of the input. */
  *line(prompt: string): Blocking<string | undefined> {
    yield* this.#io.out.flush();
    if (this.#reader === undefined) return yield* this.#io.stdin.line();
    try {
      const line = yield* this.#reader.readLine(this.#io.word(prompt));
      if (line !== undefined && line !== "") this.#reader.addHistory(line);
      return line;
    } catch (error) {
      if (error instanceof LineInterrupted) return undefined;
      throw error;
    }
  }

  *yesNo(query: string): Blocking<boolean> {
    this.#io.out.put("\n");
    for (;;) {
      this.#io.say(query);
      const answer = (yield* this.line(" [Y]es/[N]o: ")) ?? cancelled();
      if (/^\s*[yYnNoO]/.test(answer)) return !/^\s*[nN]/.test(answer);
    }
  }

  /** The line that answers a typed one. */
  partitionLine(context: Context, one: Partition): string {
    const field = (name: string): string => fieldText(this.#io.sys, context, one, name);
    return `${partitionPath(context.path, one.index + 1).padStart(12)} : ${field("Start").padStart(12)} ${field("End").padStart(12)} (${field("Size")}) ${field("Type")}\n`;
  }

  *number(): Blocking<never> {
    throw new Refused();
  }

  *offset(): Blocking<never> {
    throw new Refused();
  }

  *menu(): Blocking<never> {
    throw new Refused();
  }

  *text(): Blocking<never> {
    throw new Refused();
  }
}

function cancelled(): never {
  throw new Cancelled();
}

/** The help of sfdisk's prompt, in our words. */
export function shellHelp(colours: boolean): string {
  const title = (text: string): string => (colours ? `${BOLD} ${text}\n${RESET}` : ` ${text}\n`);
  return `\nHelp:\n\n${title("Commands:")}   write    write the table and end\n   quit     show the new table and ask before it is written\n   abort    end without writing\n   print    show the table\n   help     show this text\n\n   Ctrl-D   the same as 'quit'\n\n${title("Input format:")}   <start>, <size>, <type>, <bootable>\n\n   <start>  Where the partition begins, in sectors, or in bytes with a letter\n            behind the number: K, M, G, T, P, E, Z or Y.\n            By default the first free space.\n\n   <size>   How large the partition is, in sectors, or in bytes with a letter.\n            By default all the space that is left.\n\n   <type>   The partition's type; by default a Linux data partition.\n            MBR: hexadecimal, or the shortcuts L, S, Ex, X, U, R, V.\n            GPT: a UUID, or the shortcuts L, S, H, U, R, V.\n\n   <bootable>  '*' marks a partition of an MBR as bootable.\n\n${title("Example:")}   , 4G     makes a partition of 4 GiB where space begins.\n\n`;
}
