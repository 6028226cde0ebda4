// The manner of BIND's tools: single letters, options before operands, "NAME: invalid argument -x" and their usage line.
import type { Sys } from "../../kernel/sys.ts";
import type { Command } from "../kit/command.ts";
import { GetoptError, getopt } from "../kit/getopt.ts";
import type { Body, Io } from "../kit/io.ts";
import type { Option } from "../kit/option.ts";
import { type ProgramDeclaration, program } from "../kit/program.ts";

export const VERSION = "9.18.49-1~deb12u3-Debian";

/** "r.<file>" of a class of letters: what was given, in order. */
export class Given {
  readonly #given: readonly { readonly name: string; readonly argument: string | undefined }[];
  readonly operands: readonly string[];
  constructor(given: readonly { readonly name: string; readonly argument: string | undefined }[], operands: readonly string[]) {
    this.#given = given;
    this.operands = operands;
  }

  has(letter: string): boolean {
    return this.#given.some((one) => one.name === `-${letter}`);
  }

  /** The last one counts. */
  value(letter: string): string | undefined {
    return this.#given.findLast((one) => one.name === `-${letter}`)?.argument;
  }
}

export interface BindDeclaration extends Omit<ProgramDeclaration, "options"> {
  readonly options: readonly Option<unknown>[];
  /** what a usage error shows behind its message */
  readonly usage: (argv0: string) => string;
  /** of a wrong letter; default "NAME: invalid argument -x" */
  readonly wrongLetter?: (argv0: string, letter: string) => string;
  readonly wrongLetterStatus?: number;
}

export function bindProgram({ usage, wrongLetter, wrongLetterStatus = 1, ...spec }: BindDeclaration, run: (sys: Sys, given: Given, io: Io) => Body): Command {
  const table = new Map(spec.options.map((option) => [option.names[0] ?? "", option]));
  return program({ ...spec, showsHelp: true }, function* (sys, argv, io) {
    const name = (argv[0] ?? spec.name).replace(/^.*\//, "");
    try {
      const { given, operands } = getopt(table, argv.slice(1), { stopAtOperand: true });
      return yield* run(sys, new Given(given, operands), io);
    } catch (error) {
      if (!(error instanceof GetoptError)) throw error;
      const letter = /'(.)'/u.exec(error.message)?.[1] ?? "-";
      yield* io.stderr(`${/requires an argument/.test(error.message) ? `${name}: option requires an argument -- ${letter}\n` : (wrongLetter?.(name, letter) ?? `${name}: invalid argument -${letter}\n`)}${usage(name)}`);
      return wrongLetterStatus;
    }
  });
}
