// compgen: lists what a completion would offer (bash(1), SHELL BUILTIN COMMANDS).
import type { Blocking } from "../../kernel/sys.ts";
import { candidatesOf } from "../interp/completion-spec.ts";
import type { Shell } from "../interp/shell.ts";
import { InteractiveFrontEnd } from "../interp/shell-front-end.ts";
import type { Builtin } from "./builtin.ts";
import { parseSpec } from "./complete.ts";

function* run(shell: Shell, args: readonly string[]): Blocking<number> {
  if (args.length === 1) return 0;
  const { spec, operands } = parseSpec(args, "");
  const frontEnd = new InteractiveFrontEnd(shell);
  const word = operands[0] ?? "";
  if (spec.functionName !== undefined) yield* shell.complain("warning: -F option may not work as you expect");
  if (spec.command !== undefined) yield* shell.complain("warning: -C option may not work as you expect");
  const outcome = yield* candidatesOf(shell, frontEnd, spec, { command: "compgen", word, previousWord: "", line: "", point: 0, words: [], wordIndex: 0, type: 9, key: 9 });
  let list = outcome.candidates;
  if (list.length === 0 && (spec.options.has("bashdefault") || spec.options.has("default"))) list = frontEnd.complete("file", word);
  if (list.length === 0 && spec.options.has("dirnames")) list = frontEnd.complete("directory", word);
  if (spec.options.has("plusdirs")) list = [...list, ...frontEnd.complete("directory", word)];
  if (list.length === 0) return 1;
  return (yield* shell.writeText(1, list.map((candidate) => `${candidate}\n`).join(""))) ? 0 : 1;
}

const compgen: Builtin = {
  name: "compgen", usage: "compgen [-abcdefgjksuv] [-o option] [-A action] [-G globpat] [-W wordlist] [-F function] [-C command] [-X filterpat] [-P prefix] [-S suffix] [word]",
  help: "Lists the completions of WORD that the options describe, as complete does.",
  run,
};
export default compgen;
