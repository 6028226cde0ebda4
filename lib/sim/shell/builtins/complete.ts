// complete: programmable completion (bash(1), SHELL BUILTIN COMMANDS).
import type { Blocking } from "../../kernel/sys.ts";
import type { CompletionAction, CompletionOption, CompletionSpec } from "../front-end.ts";
import { hashOrder } from "../interp/hash-order.ts";
import type { Shell } from "../interp/shell.ts";
import { SPECIAL_KEYS } from "../interp/shell-front-end.ts";
import { type Builtin, BuiltinError, type ParsedOptions, parseOptions } from "./builtin.ts";
import { quoteSingle } from "../syntax/quote.ts";


export const OPTIONS: readonly CompletionOption[] = ["bashdefault", "default", "dirnames", "filenames", "noquote", "nosort", "nospace", "plusdirs"];
const ACTIONS: readonly CompletionAction[] = [
  "alias", "arrayvar", "binding", "builtin", "command", "directory", "disabled", "enabled", "export", "file", "function", "group", "helptopic", "hostname", "job", "keyword", "running", "service",
  "setopt", "shopt", "signal", "stopped", "user", "variable",
];
const ACTION_LETTERS: ReadonlyMap<string, CompletionAction> = new Map([
  ["a", "alias"], ["b", "builtin"], ["c", "command"], ["d", "directory"], ["e", "export"], ["f", "file"], ["g", "group"], ["j", "job"], ["k", "keyword"], ["s", "service"], ["u", "user"], ["v", "variable"],
]);
export const SPECIALS: ReadonlyMap<string, string> = new Map([["D", SPECIAL_KEYS.default], ["E", SPECIAL_KEYS.empty], ["I", SPECIAL_KEYS.initial]]);

export interface Parsed {
  readonly spec: CompletionSpec;
  readonly parsed: ParsedOptions;
  readonly specials: readonly string[];
  readonly operands: readonly string[];
}

/** The options that complete and compgen share. */
export function parseSpec(args: readonly string[], extra: string): Parsed {
  const actions = new Set<CompletionAction>();
  const options = new Set<CompletionOption>();
  const specials: string[] = [];
  const parsed = parseOptions(args, `abcdefgjksuv${extra}o:A:G:W:F:C:X:P:S:`);
  for (const [letter, value] of parsed.options) {
    const action = letter === "A" ? ACTIONS.find((candidate) => candidate === value) : ACTION_LETTERS.get(letter);
    const option = letter === "o" ? OPTIONS.find((candidate) => candidate === value) : undefined;
    const special = SPECIALS.get(letter);
    if (letter === "A" && !action) throw new BuiltinError(`${value}: invalid action name`, 2);
    if (letter === "o" && !option) throw new BuiltinError(`${value}: invalid option name`, 2);
    if (action) actions.add(action);
    if (option) options.add(option);
    if (special !== undefined && extra.includes(letter)) specials.push(special);
  }
  const spec: CompletionSpec = {
    actions, options, globPattern: parsed.value("G"), wordList: parsed.value("W"), functionName: parsed.value("F"), command: parsed.value("C"), filterPattern: parsed.value("X"),
    prefix: parsed.value("P"), suffix: parsed.value("S"),
  };
  return { spec, parsed, specials, operands: parsed.rest };
}

/** As `complete -p` prints it. */
function asCommand(name: string, spec: CompletionSpec): string {
  let text = "complete";
  for (const option of OPTIONS) if (spec.options.has(option)) text += ` -o ${option}`;
  for (const action of ACTIONS) {
    if (!spec.actions.has(action)) continue;
    const letter = [...ACTION_LETTERS].find(([, named]) => named === action)?.[0];
    text += letter === undefined ? ` -A ${action}` : ` -${letter}`;
  }
  const quoted: readonly (readonly [string, string | undefined])[] = [["G", spec.globPattern], ["W", spec.wordList], ["P", spec.prefix], ["S", spec.suffix], ["X", spec.filterPattern], ["C", spec.command]];
  for (const [letter, value] of quoted) if (value !== undefined) text += ` -${letter} ${quoteSingle(value)}`;
  if (spec.functionName !== undefined) text += ` -F ${spec.functionName}`;
  const special = [...SPECIALS].find(([, key]) => key === name)?.[0];
  return `${text} ${special === undefined ? name : `-${special}`}\n`;
}

const COMPLETION_BUCKETS = 512;

function inHashOrder(shell: Shell): readonly (readonly [string, CompletionSpec])[] {
  return hashOrder(shell.completions.keys(), COMPLETION_BUCKETS).flatMap((name) => {
    const spec = shell.completions.get(name);
    return spec === undefined ? [] : [[name, spec] as const];
  });
}

function* run(shell: Shell, args: readonly string[]): Blocking<number> {
  const { spec, parsed, specials, operands } = parseSpec(args, "prDEI");
  const names = specials.length > 0 ? specials : operands;
  if (parsed.has("r")) {
    if (names.length === 0) {
      for (const name of shell.completions.keys()) shell.completions.delete(name);
      return 0;
    }
    // where nothing was ever set, nothing is amiss (pcomplib.c, progcomp_remove)
    if (shell.completions.size === 0) return 0;
    let status = 0;
    for (const name of names) {
      if (shell.completions.delete(name)) continue;
      yield* shell.complain(`${name}: no completion specification`);
      status = 1;
    }
    return status;
  }
  if (parsed.has("p") || args.length === 1) {
    if (names.length === 0) {
      yield* shell.writeText(1, inHashOrder(shell).map(([name, each]) => asCommand(name, each)).join(""));
      return 0;
    }
    let status = 0;
    for (const name of names) {
      const found = shell.completions.get(name);
      if (found) yield* shell.writeText(1, asCommand(name, found));
      else {
        yield* shell.complain(`${name}: no completion specification`);
        status = 1;
      }
    }
    return status;
  }
  if (names.length === 0) {
    yield* shell.errorText(`complete: usage: ${complete.usage}\n`);
    return 2;
  }
  for (const name of names) shell.completions.set(name, { ...spec, options: new Set(spec.options) });
  return 0;
}

const complete: Builtin = {
  name: "complete", usage: "complete [-abcdefgjksuv] [-pr] [-DEI] [-o option] [-A action] [-G globpat] [-W wordlist] [-F function] [-C command] [-X filterpat] [-P prefix] [-S suffix] [name ...]",
  help: "Says how arguments of commands are completed: from kinds of names, words, a function or a command.\n-p shows what is set, -r removes it; -D, -E and -I stand for other commands, an empty line and the first word.",
  run,
};
export default complete;
