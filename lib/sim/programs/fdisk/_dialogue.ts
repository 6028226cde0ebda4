// How fdisk asks: lines with editing at a terminal, plain lines else (disk-utils/fdisk.c).
import type { Blocking } from "../../kernel/sys.ts";
import { LineInterrupted } from "../../readline/line-interrupted.ts";
import { ProgramLineReader } from "../../readline/program-line-reader.ts";
import type { Io } from "../kit/util-linux.ts";
import { RED, RESET } from "./_listing.ts";
import { Cancelled, type NumberQuestion, parseSize, type Talk } from "./_talk.ts";

export class Dialogue implements Talk {
  readonly asks = true;
  readonly interactive: boolean;
  listOnly = false;
  readonly #io: Io;
  readonly #colours: boolean;
  readonly #reader: ProgramLineReader | undefined;
  /** one after the other: the first has an empty line before it */
  #infos = 0;

  constructor(io: Io, colours: boolean) {
    this.#io = io;
    this.#colours = colours;
    this.interactive = io.sys.isatty(0);
    if (this.interactive) {
      this.#reader = new ProgramLineReader(io.sys, { application: "fdisk", echoInterrupt: false });
      io.sys.sigaction(2, "catch");
    }
  }

  *info(text: string): Blocking<void> {
    if (!this.listOnly) this.#infos++;
    this.#io.say(`${this.#infos === 1 ? "\n" : ""}${text}\n`);
    yield* [];
  }

  *warn(text: string): Blocking<void> {
    this.#infos = 0;
    yield* this.#io.stderr(this.#colours ? `${RED}${this.#io.word(text)}${RESET}\n` : `${text}\n`);
  }

  /** What was typed, without the blanks before it. Throws Cancelled. */
  *reply(prompt: string): Blocking<string> {
    const io = this.#io;
    if (this.#reader === undefined) {
      io.say(prompt);
      yield* io.out.flush();
      const line = yield* io.stdin.line();
      if (line === undefined) throw new Cancelled();
      return line.trimStart();
    }
    yield* io.out.flush();
    try {
      const line = yield* this.#reader.readLine(io.word(prompt));
      if (line === undefined) throw new Cancelled();
      if (line !== "") this.#reader.addHistory(line);
      return line.trimStart();
    } catch (error) {
      if (error instanceof LineInterrupted) throw new Cancelled();
      throw error;
    }
  }

  *number(query: string, { low, high, fallback, range }: NumberQuestion): Blocking<number> {
    this.#infos = 0;
    const offered = fallback >= low && fallback <= high;
    for (;;) {
      const answer = yield* this.reply(`${this.#io.word(query)} (${range !== undefined && offered ? range : `${low}-${high}`}${offered ? `, default ${fallback}` : ""}): `);
      if (answer === "" && offered) return fallback;
      if (/^\d+$/.test(answer) && Number(answer) >= low && Number(answer) <= high) return Number(answer);
      yield* this.warn("Value out of range.");
    }
  }

  *offset(query: string, { low, high, fallback, base, unitBytes }: NumberQuestion & { readonly base: number; readonly unitBytes: number }): Blocking<{ readonly value: number; readonly relative: boolean }> {
    this.#infos = 0;
    const offered = fallback >= low && fallback <= high;
    for (;;) {
      const answer = yield* this.reply(`${this.#io.word(query)} (${low}-${high}${offered ? `, default ${fallback}` : ""}): `);
      if (answer === "" && offered) return { value: fallback, relative: false };
      const sign = /^[+-]/.exec(answer)?.[0];
      const size = parseSize(sign === undefined ? answer : answer.slice(1));
      if (size === undefined) continue;
      const count = sign !== undefined && size.scaled ? Math.floor((size.value + Math.floor(unitBytes / 2)) / unitBytes) : size.value;
      const value = sign === "+" ? base + count : sign === "-" ? high - count : count;
      if (value >= low && value <= high) return { value, relative: sign !== undefined && size.scaled };
      yield* this.warn("Value out of range.");
    }
  }

  *menu(query: string, fallback: string, items: readonly (readonly [key: string, name: string, description: string])[]): Blocking<string> {
    this.#infos = 0;
    const io = this.#io;
    io.say(`${query}\n`);
    for (;;) {
      for (const [key, name, description] of items) io.out.put(`   ${key}   ${io.word(name)} (${io.word(description)})\n`);
      const answer = yield* this.reply(`Select (default ${fallback}): `);
      if (answer === "") yield* this.info(`Using default response ${fallback}.`);
      const choice = answer === "" ? fallback : answer.charAt(0).toLowerCase();
      if (items.some(([key]) => key === choice)) return choice;
      yield* this.warn("Value out of range.");
    }
  }

  *text(query: string): Blocking<string> {
    this.#infos = 0;
    this.#io.out.put("\n");
    return yield* this.reply(`${this.#io.word(query)}: `);
  }

  *yesNo(query: string): Blocking<boolean> {
    this.#infos = 0;
    this.#io.out.put("\n");
    for (;;) {
      this.#io.say(query);
      const answer = yield* this.reply(" [Y]es/[N]o: ");
      if (/^[yYnNoO]/.test(answer)) return !/^[nN]/.test(answer);
    }
  }
}
