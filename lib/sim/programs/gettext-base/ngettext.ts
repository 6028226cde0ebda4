import { type Io, flag, gnu, text } from "../kit/gnu.ts";
import { echoEscapes } from "./_escapes.ts";

export default gnu({
  name: "ngettext",
  project: "GNU gettext-runtime",
  version: "0.21",
  summary: "translate a message and choose its plural form",
  synopsis: ["[OPTION] [TEXTDOMAIN] MSGID MSGID-PLURAL COUNT"],
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
    if (operands.length > 4) io.die("too many arguments");
    const [one, many, count] = operands.length === 4 ? operands.slice(1) : operands;
    if (one === undefined || many === undefined || count === undefined) io.die("missing arguments");
    const message = Number(count) === 1 ? one : many;
    io.out.put(options.escapes ? echoEscapes(message) : message);
  },
});
