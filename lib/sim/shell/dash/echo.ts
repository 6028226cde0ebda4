// echo of dash: -n as the first word, escapes always (bltin/printf.c: echocmd, conv_escape_str).
import { type Builtin, print } from "../builtins/builtin.ts";
import { unescapeText } from "./escapes.ts";

export const dashEcho: Builtin = {
  name: "echo", usage: "", help: "",
  *run(shell, args) {
    const newline = args[1] !== "-n";
    const { text, stopped } = unescapeText(args.slice(newline ? 1 : 2).join(" "));
    return yield* print(shell, stopped || !newline ? text : `${text}\n`);
  },
};
