// What gettext and ngettext have in common.
import { flag, text } from "../kit/gnu.ts";

export const OPTIONS = {
  context: text(["-c", "--context"], "CONTEXT", "specify context for MSGID"),
  domain: text(["-d", "--domain"], "TEXTDOMAIN", "retrieve translated messages from TEXTDOMAIN"),
  escapes: flag(["-e"], "enable expansion of some escape sequences"),
  noEscapes: flag(["-E"], "(ignored for compatibility)"),
  noNewline: flag(["-n"], "suppress trailing newline"),
  shell: flag(["-s"], "behave like the echo program"),
  helpShort: flag(["-h"], "display this help and exit"),
  versionShort: flag(["-V"], "output version information and exit"),
} as const;

export const DESCRIPTION = ["No catalogue of translations is installed on this machine, so messages come out as they are."];

/** The short names of the two that stand alone. */
export const withLongNames = (args: readonly string[]): readonly string[] => args.map((arg) => (arg === "-h" ? "--help" : arg === "-V" ? "--version" : arg));
