// What gettext and ngettext have in common.
import { flag, text } from "../kit/gnu.ts";

export const OPTIONS = {
  context: text(["-c", "--context"], "CONTEXT", "the context that MSGID stands in"),
  domain: text(["-d", "--domain"], "TEXTDOMAIN", "translations come from TEXTDOMAIN"),
  escapes: flag(["-e"], "escapes such as \\n are read"),
  noEscapes: flag(["-E"], "(ignored for compatibility)"),
  noNewline: flag(["-n"], "suppress trailing newline"),
  shell: flag(["-s"], "behave like the echo program"),
  helpShort: flag(["-h"], "show this help"),
  versionShort: flag(["-V"], "show the version"),
} as const;

export const DESCRIPTION = ["No catalogue of translations is installed on this machine, so messages come out as they are."];

/** The short names of the two that stand alone. */
export const withLongNames = (args: readonly string[]): readonly string[] => args.map((arg) => (arg === "-h" ? "--help" : arg === "-V" ? "--version" : arg));
