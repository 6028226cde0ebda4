import { unescape } from "../syntax/ansi-c.ts";
import { type Builtin, print } from "./builtin.ts";

const WORDS_A_TURN = 2048;

const echo: Builtin = {
  name: "echo",
  usage: "echo [-neE] [arg ...]",
  help: "Writes its arguments, separated by blanks and followed by a newline.\n-n leaves the newline out, -e carries out backslash escapes, -E does not (the default unless xpg_echo is set).",
  *run(shell, args) {
    let newline = true;
    let escapes = shell.dash || shell.shopts.xpg_echo;
    let at = 1;
    if (shell.dash) {
      if (args[1] === "-n") {
        newline = false;
        at = 2;
      }
    } else if (!(shell.options.posix && shell.shopts.xpg_echo)) {
      for (; at < args.length; at++) {
        const arg = args[at] ?? "";
        if (!/^-[neE]+$/.test(arg)) break;
        for (const c of arg.slice(1)) {
          if (c === "n") newline = false;
          else escapes = c === "e";
        }
      }
    }
    let text = args.slice(at, at + WORDS_A_TURN).join(" ");
    while ((at += WORDS_A_TURN) < args.length) {
      if (shell.sys.charge(WORDS_A_TURN >> 4)) {
        yield* shell.sys.preempt();
        shell.attention = true;
      }
      text += ` ${args.slice(at, at + WORDS_A_TURN).join(" ")}`;
    }
    if (!escapes) return yield* print(shell, newline ? `${text}\n` : text);
    const result = unescape(text, "echo");
    return yield* print(shell, result.stopped || !newline ? result.text : `${result.text}\n`);
  },
};
export default echo;
