// Programs of X11 on a machine without an X server: they take -display or DISPLAY, try to connect, and say that they cannot.
import type { OptionDeclaration } from "./command.ts";
import type { Command } from "./command.ts";
import { type Io, program, text } from "./program.ts";

interface XClient {
  readonly name: string;
  readonly summary: string;
  readonly synopsis: string;
  readonly options?: readonly OptionDeclaration[];
  readonly description?: readonly string[];
  /** what it says of the display's name ("" without one) */
  readonly complaint: (argv0: string, display: string) => string;
  readonly status?: number;
  /** without arguments it only shows its usage, with status 0 */
  readonly usageAlone?: boolean;
}

export function xClient(spec: XClient): Command {
  return program(
    { name: spec.name, summary: spec.summary, synopsis: [spec.synopsis], operands: "none", options: [text(["-display"], "display", "the X server to connect to, instead of DISPLAY"), ...(spec.options ?? [])], description: [...(spec.description ?? []), "This machine has no screen and no X server: the program ends with the message that it gives without one. Over ssh -X, DISPLAY would name the server of the person's own screen."], seeAlso: ["xauth(1)", "ssh(1)"], showsHelp: true },
    function* (sys, argv, io: Io) {
      const at = argv.findIndex((word) => word === "-display" || word === "-d" || word === "--display");
      const display = (at > 0 ? argv[at + 1] : undefined) ?? sys.environment.get("DISPLAY") ?? "";
      const unknown = argv.slice(1).find((word) => word.startsWith("--") && word !== "--display");
      if (unknown !== undefined) {
        yield* io.stderr(`${io.argv0}:  unrecognized argument '${unknown}'\nusage:  ${spec.name} ${spec.synopsis}\n`);
        return 1;
      }
      if (spec.usageAlone && argv.length === 1) {
        io.out.put(`usage:  ${io.argv0} ${spec.synopsis}\n`);
        return 0;
      }
      yield* io.stderr(`${spec.complaint(io.argv0, display)}\n`);
      return spec.status ?? 1;
    },
  );
}
