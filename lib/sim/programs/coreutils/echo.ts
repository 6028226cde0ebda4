// echo(1) takes --help and --version only as its sole argument; everything else is data.

import { type Sys, encode } from "../../kernel/sys.ts";
import { helpText } from "../kit/help-text.ts";
import { versionText } from "../kit/gnu.ts";
import { bytesOfLatin1, latin1OfText } from "../kit/latin1.ts";
import { flag, program } from "../kit/program.ts";
import { echoEscapes } from "./_escapes.ts";

const spec = {
  name: "echo",
  summary: "print text given as arguments",
  synopsis: ["[SHORT-OPTION]... [STRING]...", "LONG-OPTION"],
  options: [
    flag(["-n"], "print no newline after the text"),
    flag(["-e"], "replace escapes such as \\n, \\t and \\0NNN"),
    flag(["-E"], "backslashes are ordinary text (the default)"),
    flag(["--help"], "show this help"),
    flag(["--version"], "show the version"),
  ],
  seeAlso: ["printf(1)"],
} as const;

export default program(spec, function* (sys: Sys, argv, io) {
  const posix = sys.environment.has("POSIXLY_CORRECT");
  if (argv.length === 2 && !posix) {
    if (argv[1] === "--help") {
      io.out.put(helpText(spec, io.argv0, io.helpDomain));
      return;
    }
    if (argv[1] === "--version") {
      io.out.put(versionText("echo", "GNU coreutils", "9.1", io.helpDomain));
      return;
    }
  }
  let newline = true;
  let escapes = posix;
  let at = 1;
  for (; at < argv.length && !(posix && argv[1] !== "-n"); at++) {
    const arg = argv[at] ?? "";
    if (!/^-[neE]+$/.test(arg)) break;
    for (const letter of arg.slice(1)) {
      if (letter === "n") newline = false;
      else escapes = letter === "e";
    }
  }
  const text = argv.slice(at).join(" ");
  if (!escapes) {
    io.out.putBytes(encode(newline ? text + "\n" : text));
    return;
  }
  const { bytes, stop } = echoEscapes(latin1OfText(text));
  io.out.putBytes(bytesOfLatin1(bytes));
  if (newline && !stop) io.out.put("\n");
});
