// fc: list, edit and run again commands of the history (bash(1), SHELL BUILTIN COMMANDS).
import { type Blocking, encode, O, SysError, strerror } from "../../kernel/sys.ts";
import type { Shell } from "../interp/shell.ts";
import { type Builtin, parseOptions } from "./builtin.ts";
import { parserFor } from "../syntax/parse.ts";
import { SyntaxProblem } from "../syntax/syntax-error.ts";
import { readHistoryFile } from "../readline/history-file.ts";

const NAME_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
const LISTED = 16;

interface FcOptions {
  readonly editor: string | undefined;
  readonly list: boolean;
  readonly numbers: boolean;
  readonly reverse: boolean;
  readonly operands: readonly string[];
}

/** Commands before the `fc` itself. */
function past(shell: Shell): number {
  return shell.history.entries.length - (shell.history.commandRemembered ? 1 : 0);
}

/** The index that a number, a negative offset or a start of a command names. */
function find(shell: Shell, spec: string, listing: boolean): number | undefined {
  const count = past(shell);
  const { base, entries } = shell.history;
  if (/^-?\d+$/.test(spec)) {
    const number = Number(spec);
    if (number === 0) return listing ? count : count - 1;
    const index = number < 0 ? count + number : number - base;
    return Math.min(Math.max(index, 0), Math.max(count - 1, 0));
  }
  for (let index = count - 1; index >= 0; index--) if (entries[index]?.text.startsWith(spec)) return index;
  return undefined;
}

function* runAgain(shell: Shell, options: FcOptions): Blocking<number> {
  const substitutions: (readonly [string, string])[] = [];
  let operands = options.operands;
  while (operands[0]?.includes("=")) {
    const [text = ""] = operands;
    substitutions.push([text.slice(0, text.indexOf("=")), text.slice(text.indexOf("=") + 1)]);
    operands = operands.slice(1);
  }
  const index = operands[0] === undefined ? past(shell) - 1 : find(shell, operands[0], false);
  let command = index === undefined ? undefined : shell.history.entries[index]?.text;
  if (command === undefined) {
    yield* shell.complain("no command found");
    return 1;
  }
  for (const [old, replacement] of substitutions) if (old !== "") command = command.split(old).join(replacement);
  yield* shell.errorText(`${command}\n`);
  shell.history.forgetCommand();
  shell.history.remember(command);
  return yield* shell.language.runText(shell, command, { inputName: "fc" });
}

/** As the history keeps what is read from the file: one entry for each command. */
function commandsOf(text: string): readonly string[] {
  try {
    const parser = parserFor(text, { extglob: false, posix: false, alias: undefined, firstLine: 1 });
    const commands: string[] = [];
    for (let start = 0; ; start = parser.position) {
      const list = parser.nextCommand();
      if (!list) return commands;
      if (list.items.length > 0) commands.push(text.slice(start, parser.position).trim());
    }
  } catch (error) {
    if (error instanceof SyntaxProblem) return [text];
    throw error;
  }
}

function* editAndRun(shell: Shell, options: FcOptions, texts: readonly string[]): Blocking<number> {
  const { sys } = shell;
  const name = [...sys.random(6)].map((byte) => NAME_LETTERS[byte % NAME_LETTERS.length]).join("");
  const path = `${shell.getVariable("TMPDIR") ?? "/tmp"}/bash-fc.${name}`;
  try {
    const fd = yield* sys.open(path, O.WRONLY | O.CREAT | O.EXCL, 0o600);
    yield* sys.write(fd, encode(texts.map((text) => `${text}\n`).join("")));
    sys.close(fd);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* shell.complain(`${path}: cannot open temp file: ${strerror(error.errno)}`);
    return 1;
  }
  const editor = options.editor === undefined ? '"${FCEDIT:-${EDITOR:-vi}}"' : options.editor;
  shell.history.forgetCommand();
  const status = yield* shell.language.runText(shell, `eval ${editor} ${path}`, { inputName: "fc" });
  if (status !== 0) {
    sys.unlink(path);
    return 1;
  }
  const text = (yield* readHistoryFile(sys, path)).replace(/\n+$/, "");
  sys.unlink(path);
  if (text === "") return 0;
  for (const command of commandsOf(text)) shell.history.remember(command);
  // each line is shown when it is read (fc.def: echo_input_at_read)
  const { verbose } = shell.options;
  shell.options.verbose = true;
  try {
    return yield* shell.language.runText(shell, text, { inputName: "fc" });
  } finally {
    shell.options.verbose = verbose;
  }
}

function* run(shell: Shell, args: readonly string[]): Blocking<number> {
  // a negative number is an operand
  const number = args.findIndex((arg, index) => index > 0 && /^-\d+$/.test(arg));
  const parsed = parseOptions(number < 0 ? args : [...args.slice(0, number), "--", ...args.slice(number)], "lnrse:");
  const options: FcOptions = { editor: parsed.value("e"), list: parsed.has("l"), numbers: !parsed.has("n"), reverse: parsed.has("r"), operands: parsed.rest };
  if (parsed.has("s") || options.editor === "-") return yield* runAgain(shell, options);
  const { entries, base } = shell.history;
  const count = past(shell);
  if (count === 0) {
    if (options.list || entries.length === 0) return 0;
    yield* shell.complain("history specification out of range");
    return 1;
  }
  const [first, last] = options.operands;
  let from = first === undefined ? (options.list ? Math.max(count - LISTED, 0) : count - 1) : find(shell, first, options.list);
  let to = last === undefined ? (first === undefined || options.list ? count - 1 : from) : find(shell, last, options.list);
  if (from === undefined || to === undefined) {
    yield* shell.complain("history specification out of range");
    return 1;
  }
  let reverse = options.reverse;
  if (to < from) {
    [from, to] = [to, from];
    reverse = !reverse;
  }
  const indexes: number[] = [];
  for (let index = from; index <= Math.min(to, entries.length - 1); index++) indexes.push(index);
  if (reverse) indexes.reverse();
  if (!options.list) return yield* editAndRun(shell, options, indexes.map((index) => entries[index]?.text ?? ""));
  let text = "";
  for (const index of indexes) {
    const entry = entries[index];
    text += `${options.numbers ? base + index : ""}\t${entry?.modified ? "*" : " "}${entry?.text ?? ""}\n`;
  }
  return (yield* shell.writeText(1, text)) ? 0 : 1;
}

const fc: Builtin = {
  name: "fc", usage: "fc [-e ename] [-lnr] [first] [last] or fc -s [pat=rep] [command]",
  help: "Commands of the history again: in an editor and then run, or listed with -l (-n without numbers, -r newest first).\n-s runs one at once, with PAT replaced by REP.",
  run,
};
export default fc;
