// What busybox's own applets share: output, messages in busybox's manner, options by getopt32.

import { type Blocking, type Program, type Sys, SysError, encode } from "../../kernel/sys.ts";
import { Output, WriteError } from "../kit/output.ts";
import { usageText } from "./_usage.ts";

/** bb_error_msg_and_die. */
export class AppletExit extends Error {
  readonly status: number;
  readonly text: string | undefined;
  constructor(status: number, text?: string) {
    super(text ?? "");
    this.status = status;
    this.text = text;
  }
}

/** bb_show_usage, after `complaint` when there is one. */
export class AppletUsage extends Error {}

export class AppletIo {
  readonly sys: Sys;
  readonly name: string;
  readonly out: Output;
  status = 0;

  constructor(sys: Sys, name: string) {
    this.sys = sys;
    this.name = name;
    this.out = new Output(sys, 1);
  }

  *stderr(text: string): Blocking<void> {
    yield* this.out.flush();
    try {
      yield* this.sys.write(2, encode(text));
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }

  *warn(text: string): Blocking<void> {
    yield* this.stderr(`${this.name}: ${text}\n`);
  }

  /** bb_error_msg: the applet goes on and ends with 1. */
  *fail(text: string): Blocking<void> {
    this.status = 1;
    yield* this.warn(text);
  }

  die(text: string, status = 1): never {
    throw new AppletExit(status, text);
  }

  usage(complaint = ""): never {
    throw new AppletUsage(complaint);
  }
}

export interface AppletOptions {
  readonly operands: readonly string[];
  has(letter: string): boolean;
  /** of an option with an argument: the last one given */
  value(letter: string): string | undefined;
  values(letter: string): readonly string[];
}

/** getopt32: "lo:" and long names by their letter. Throws AppletUsage. */
export function appletOptions(args: readonly string[], letters: string, long: Readonly<Record<string, string>> = {}, stopAtOperand = false): AppletOptions {
  const takes = new Map<string, boolean>();
  for (const [, letter = "", colon] of letters.matchAll(/(.)(:?)/g)) takes.set(letter, colon === ":");
  const given = new Map<string, string[]>();
  const add = (letter: string, value: string): void => {
    const list = given.get(letter);
    if (list) list.push(value);
    else given.set(letter, [value]);
  };
  const operands: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? "";
    if (arg === "--") {
      operands.push(...args.slice(at + 1));
      break;
    }
    if (!arg.startsWith("-") || arg === "-") {
      if (stopAtOperand) {
        operands.push(...args.slice(at));
        break;
      }
      operands.push(arg);
      continue;
    }
    if (arg.startsWith("--")) {
      const [name = "", ...rest] = arg.slice(2).split("=");
      const letter = Object.entries(long).find(([key]) => key === name)?.[1];
      if (letter === undefined) throw new AppletUsage(`unrecognized option '--${name}'`);
      if (takes.get(letter)) {
        const value = rest.length > 0 ? rest.join("=") : args[++at];
        if (value === undefined) throw new AppletUsage(`option '--${name}' requires an argument`);
        add(letter, value);
      } else add(letter, "");
      continue;
    }
    for (let i = 1; i < arg.length; i++) {
      const letter = arg[i] ?? "";
      const argument = takes.get(letter);
      if (argument === undefined) throw new AppletUsage(`invalid option -- '${letter}'`);
      if (!argument) {
        add(letter, "");
        continue;
      }
      const value = i + 1 < arg.length ? arg.slice(i + 1) : args[++at];
      if (value === undefined) throw new AppletUsage(`option requires an argument -- '${letter}'`);
      add(letter, value);
      break;
    }
  }
  return {
    operands,
    has: (letter) => given.has(letter),
    value: (letter) => given.get(letter)?.at(-1),
    values: (letter) => given.get(letter) ?? [],
  };
}

export type AppletBody = (sys: Sys, args: readonly string[], io: AppletIo) => Blocking<number | undefined>;

export function applet(name: string, body: AppletBody): readonly [string, Program] {
  return [name, function* (sys, argv) {
    const io = new AppletIo(sys, (argv[0] ?? name).split("/").at(-1) ?? name);
    try {
      let status: number;
      try {
        if (argv[1] === "--help") throw new AppletUsage("--help");
        status = (yield* body(sys, argv.slice(1), io)) ?? io.status;
      } catch (error) {
        if (error instanceof AppletExit) {
          if (error.text !== undefined) yield* io.warn(error.text);
          status = error.status;
        } else if (error instanceof AppletUsage) {
          yield* io.stderr(`${error.message === "" || error.message === "--help" ? "" : `${io.name}: ${error.message}\n`}${usageText(io.name)}`);
          status = error.message === "--help" ? 0 : 1;
        } else if (error instanceof SysError) {
          yield* io.warn(error.message);
          status = 1;
        } else throw error;
      }
      yield* io.out.flush();
      return status;
    } catch (error) {
      if (error instanceof WriteError) return 1;
      throw error;
    }
  }];
}
