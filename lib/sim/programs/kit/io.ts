// What every dialect gives a running command beside its options: buffered standard output, messages on standard error in the manner of
// glibc's error(3), quoting in the caller's locale, and the ways to end.

import { type Blocking, O, type Sys, SysError, type Wait, encode } from "../../kernel/sys.ts";
import { Input } from "./input.ts";
import { isUtf8 } from "./locale.ts";
import { helpDomain, programMessages } from "./messages/translate.ts";
import { Output } from "./output.ts";
import { quote, quoteFile, quoteName } from "./quote.ts";

/** The body of a command: an exit status, or nothing for `io.status`. */
// biome-ignore lint/suspicious/noConfusingVoidType: a generator without a return statement returns void.
export type Body = Generator<Wait, number | void>;

/** Thrown to end the command: `text` (when given) goes to standard error after the program's name. */
export class Exit extends Error {
  readonly status: number;
  readonly text: string | undefined;
  constructor(status: number, text?: string) {
    super(text ?? "");
    this.status = status;
    this.text = text;
  }
}

/** Thrown for a usage error: the dialect adds its "Try …" line. */
export class UsageError extends Error {
  readonly text: string | undefined;
  /** a word that is none of an option's (gnulib's argmatch, always 1 in coreutils) */
  readonly badWord: boolean;
  constructor(text?: string, badWord = false) {
    super(text ?? "");
    this.text = text;
    this.badWord = badWord;
  }
}

export class Io {
  readonly sys: Sys;
  /** The name it was called by, which begins every message. */
  readonly argv0: string;
  readonly out: Output;
  readonly utf8: boolean;
  /** The exit status when `run` returns nothing. */
  status = 0;
  readonly #failureStatus: number;
  #stdin: Input | undefined;

  constructor(sys: Sys, argv0: string, failureStatus = 1) {
    this.sys = sys;
    this.argv0 = argv0;
    this.out = new Output(sys, 1);
    this.utf8 = isUtf8(sys.environment);
    this.#failureStatus = failureStatus;
  }

  /** The messages of the environment's language, where that is not English. */
  get messages(): ReturnType<typeof programMessages> {
    return programMessages(this.sys, this.argv0);
  }

  /** Whose headings --help has, where it is not in English. */
  get helpDomain(): ReturnType<typeof helpDomain> {
    return helpDomain(this.sys, this.argv0);
  }

  /** A text of ours on standard output, in the language of the environment. */
  say(text: string): void {
    this.out.put(this.messages?.text(text) ?? text);
  }

  /** `say`, and at once. */
  *tell(text: string): Blocking<void> {
    yield* this.out.print(this.messages?.text(text) ?? text);
  }

  /** A heading, a question, a word of ours in the language of the environment. */
  word(english: string): string {
    return this.messages?.text(english) ?? english;
  }

  /** Standard input; the same buffer at each call. */
  get stdin(): Input {
    this.#stdin ??= new Input(this.sys, 0, this.out);
    return this.#stdin;
  }

  input(fd: number): Input {
    return fd === 0 ? this.stdin : new Input(this.sys, fd, this.out);
  }

  /** Opens a file to read; "-" is standard input. Throws SysError. Close with `close`. */
  *open(name: string): Blocking<Input> {
    if (name === "-") return this.stdin;
    return new Input(this.sys, yield* this.sys.open(name, O.RDONLY), this.out);
  }

  close(input: Input): void {
    if (input.fd !== 0) this.sys.close(input.fd);
  }

  /** Writes text to standard error, after flushing standard output. */
  *stderr(text: string): Blocking<void> {
    yield* this.out.flush();
    yield* this.stderrUnflushed(text);
  }

  *stderrUnflushed(text: string): Blocking<void> {
    try {
      yield* this.sys.write(2, encode(this.messages?.text(text) ?? text));
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }

  /** "name: text" on standard error; the exit status stays. */
  *warn(text: string): Blocking<void> {
    yield* this.stderr(`${this.argv0}: ${text}\n`);
  }

  /** "name: text" on standard error; the command goes on and ends with its failure status. */
  *fail(text: string): Blocking<void> {
    this.status = this.#failureStatus;
    yield* this.warn(text);
  }

  /** Ends the command with "name: text". */
  die(text: string, status = this.#failureStatus): never {
    throw new Exit(status, text);
  }

  /** Ends the command with "name: text" (when given) and "Try 'name --help' for more information." */
  usage(text?: string, badWord = false): never {
    throw new UsageError(text, badWord);
  }

  quote(text: string): string {
    return quote(text, this.utf8);
  }

  quoteName(text: string): string {
    return quoteName(text, this.utf8);
  }

  quoteFile(text: string): string {
    return quoteFile(text, this.utf8);
  }
}

/** The text of a failed system call; other errors are bugs and go on. */
export function reason(error: unknown): string {
  if (error instanceof SysError) return error.message;
  throw error;
}
