import { type Io, flag, gnu, text } from "../kit/gnu.ts";
import { echoEscapes } from "./_escapes.ts";

export default gnu({
  name: "gettext",
  project: "GNU gettext-runtime",
  version: "0.21",
  summary: "translate a message",
  synopsis: ["[OPTION] [[TEXTDOMAIN] MSGID]", "[OPTION] -s [MSGID]..."],
  description: ["No catalogue of translations is installed on this machine, so messages come out as they are."],
  options: {
    context: text(["-c", "--context"], "CONTEXT", "specify context for MSGID"),
    domain: text(["-d", "--domain"], "TEXTDOMAIN", "retrieve translated messages from TEXTDOMAIN"),
    escapes: flag(["-e"], "enable expansion of some escape sequences"),
    noEscapes: flag(["-E"], "(ignored for compatibility)"),
    noNewline: flag(["-n"], "suppress trailing newline"),
    shell: flag(["-s"], "behave like the echo program"),
    helpShort: flag(["-h"], "display this help and exit"),
    versionShort: flag(["-V"], "output version information and exit"),
  },
  operands: "none",
  rewrite: (args) => args.map((arg) => (arg === "-h" ? "--help" : arg === "-V" ? "--version" : arg)),
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
