import { gnu, type Io } from "../kit/gnu.ts";
import { echoEscapes } from "./_escapes.ts";
import { DESCRIPTION, OPTIONS, withLongNames } from "./_options.ts";

export default gnu({
  name: "gettext",
  project: "GNU gettext-runtime",
  version: "0.21",
  summary: "translate a message",
  synopsis: ["[OPTION] [[TEXTDOMAIN] MSGID]", "[OPTION] -s [MSGID]..."],
  description: DESCRIPTION,
  options: OPTIONS,
  operands: "none",
  rewrite: withLongNames,
  *run({ options, operands }, io: Io) {
    const shown = (message: string): string => (options.escapes ? echoEscapes(message) : message);
    if (options.shell) {
      io.out.put(operands.map(shown).join(" ") + (options.noNewline ? "" : "\n"));
      return;
    }
    if (operands.length > 2) io.die("too many arguments");
    const message = operands.at(-1);
    if (message === undefined) io.die("missing arguments");
    io.out.put(shown(message));
  },
});
