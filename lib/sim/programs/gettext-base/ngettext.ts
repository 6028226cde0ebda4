import { gnu, type Io } from "../kit/gnu.ts";
import { echoEscapes } from "./_escapes.ts";
import { DESCRIPTION, OPTIONS, withLongNames } from "./_options.ts";

export default gnu({
  name: "ngettext",
  project: "GNU gettext-runtime",
  version: "0.21",
  summary: "translate a message and choose its plural form",
  synopsis: ["[OPTION] [TEXTDOMAIN] MSGID MSGID-PLURAL COUNT"],
  description: DESCRIPTION,
  options: OPTIONS,
  operands: "none",
  rewrite: withLongNames,
  *run({ options, operands }, io: Io) {
    if (operands.length > 4) io.die("too many arguments");
    const [one, many, count] = operands.length === 4 ? operands.slice(1) : operands;
    if (one === undefined || many === undefined || count === undefined) io.die("missing arguments");
    const message = Number(count) === 1 ? one : many;
    io.out.put(options.escapes ? echoEscapes(message) : message);
  },
});
