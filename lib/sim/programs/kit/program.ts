// A Command from a plain Program, for commands with odd manners (dd, find, test, ip…): the declaration is made by hand and serves --help text,
// man, completion and the support table, while the program reads its own arguments.
//
//   export default program({ name: "test", summary: "…", synopsis: ["EXPRESSION"], options: [flag(["-e"], "FILE exists")] },
//     function* (sys, argv, io) { … return 0; });
//
// `io` is that of kit/gnu.ts; what the body throws (io.die, io.usage, SysError) becomes messages and an exit status as there.

import type { Blocking, Sys } from "../../kernel/sys.ts";
import type { Command, Declaration } from "./command.ts";
import { guard } from "./gnu.ts";
import { helpText } from "./help-text.ts";
import { type Body, Io } from "./io.ts";

export { type Io, reason } from "./io.ts";
export { counted, flag, optionalText, optionalWord, partly, text, texts, unsimulated, word } from "./option.ts";

export interface ProgramDeclaration extends Declaration {
  readonly path?: string;
  readonly links?: readonly string[];
  readonly mode?: number;
  readonly usageStatus?: number;
  readonly failureStatus?: number;
  readonly tryLine?: (argv0: string) => string;
  /** `--help` as the first word prints the declaration's help, whatever `run` does with words. */
  readonly showsHelp?: true;
}

export function program(
  spec: ProgramDeclaration, run: (sys: Sys, argv: readonly string[], io: Io) => Body,
): Command {
  const { path, links, mode, usageStatus = 1, failureStatus = 1, tryLine, showsHelp, ...declaration } = spec;
  const command: Command = {
    name: spec.name,
    ...(path !== undefined && { path }),
    ...(links && { links }),
    ...(mode !== undefined && { mode }),
    declaration,
    *program(sys: Sys, argv: readonly string[]): Blocking<number> {
      const argv0 = argv[0] ?? spec.name;
      const io = new Io(sys, argv0, failureStatus);
      const line = tryLine?.(argv0) ?? `Try '${argv0} --help' for more information.\n`;
      return yield* guard(io, failureStatus, usageStatus, line, () => run(sys, argv, io));
    },
  };
  return showsHelp ? withHelp(command) : command;
}

/** The command with a `--help`, as the first word, that prints what is declared. */
export function withHelp(command: Command): Command {
  return {
    ...command,
    *program(sys: Sys, argv: readonly string[]): Blocking<number> {
      if (argv[1] !== "--help") return yield* command.program(sys, argv);
      const name = (argv[0] ?? command.name).replace(/^.*\//, "");
      const io = new Io(sys, name);
      return yield* guard(io, 1, 1, "", function* () {
        io.out.put(helpText(command.declaration, name, io.helpDomain));
        return 0;
      });
    },
  };
}
