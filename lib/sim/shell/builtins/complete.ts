// complete, compgen, compopt: programmable completion (bash(1), SHELL BUILTIN COMMANDS).
import type { Blocking } from "../../kernel/sys.ts";
import type { CompletionAction, CompletionOption, CompletionSpec, ShellFrontEnd } from "../front-end.ts";
import { candidatesOf } from "../interp/completion-spec.ts";
import type { Shell } from "../interp/shell.ts";
import { SPECIAL_KEYS } from "../interp/shell-front-end.ts";
import { quoteSingle } from "../syntax/quote.ts";

const COMPLETE_USAGE = "complete: usage: complete [-abcdefgjksuv] [-pr] [-DEI] [-o option] [-A action] [-G globpat] [-W wordlist] [-F function] [-C command] [-X filterpat] [-P prefix] [-S suffix] [name ...]\n";
const COMPGEN_USAGE = "compgen: usage: compgen [-abcdefgjksuv] [-o option] [-A action] [-G globpat] [-W wordlist] [-F function] [-C command] [-X filterpat] [-P prefix] [-S suffix] [word]\n";
const COMPOPT_USAGE = "compopt: usage: compopt [-o|+o option] [-DEI] [name ...]\n";

const OPTIONS: readonly CompletionOption[] = ["bashdefault", "default", "dirnames", "filenames", "noquote", "nosort", "nospace", "plusdirs"];
const ACTIONS: readonly CompletionAction[] = [
  "alias", "arrayvar", "binding", "builtin", "command", "directory", "disabled", "enabled", "export", "file", "function", "group", "helptopic", "hostname", "job", "keyword", "running", "service",
  "setopt", "shopt", "signal", "stopped", "user", "variable",
];
const ACTION_LETTERS: ReadonlyMap<string, CompletionAction> = new Map([
  ["a", "alias"], ["b", "builtin"], ["c", "command"], ["d", "directory"], ["e", "export"], ["f", "file"], ["g", "group"], ["j", "job"], ["k", "keyword"], ["s", "service"], ["u", "user"], ["v", "variable"],
]);
const SPECIALS: ReadonlyMap<string, string> = new Map([["D", SPECIAL_KEYS.default], ["E", SPECIAL_KEYS.empty], ["I", SPECIAL_KEYS.initial]]);

interface Parsed {
  readonly spec: CompletionSpec;
  readonly letters: ReadonlySet<string>;
  readonly specials: readonly string[];
  readonly operands: readonly string[];
}

/** The options that complete and compgen share; an error text otherwise. */
function parse(args: readonly string[], extra: string): Parsed | { readonly problem: string; readonly usage: boolean } {
  const actions = new Set<CompletionAction>();
  const options = new Set<CompletionOption>();
  const texts = new Map<string, string>();
  const letters = new Set<string>();
  const specials: string[] = [];
  let index = 0;
  for (; index < args.length; index++) {
    const arg = args[index] ?? "";
    if (arg === "--") {
      index++;
      break;
    }
    if (!arg.startsWith("-") || arg === "-") break;
    for (let at = 1; at < arg.length; at++) {
      const letter = arg.charAt(at);
      const action = ACTION_LETTERS.get(letter);
      if (action) actions.add(action);
      else if (extra.includes(letter)) {
        letters.add(letter);
        const special = SPECIALS.get(letter);
        if (special !== undefined) specials.push(special);
      } else if ("oAGWFCXPS".includes(letter)) {
        const argument = at + 1 < arg.length ? arg.slice(at + 1) : args[++index];
        if (argument === undefined) return { problem: `-${letter}: option requires an argument`, usage: true };
        if (letter === "o") {
          const option = OPTIONS.find((candidate) => candidate === argument);
          if (!option) return { problem: `${argument}: invalid option name`, usage: false };
          options.add(option);
        } else if (letter === "A") {
          const named = ACTIONS.find((candidate) => candidate === argument);
          if (!named) return { problem: `${argument}: invalid action name`, usage: false };
          actions.add(named);
        } else texts.set(letter, argument);
        break;
      } else return { problem: `-${letter}: invalid option`, usage: true };
    }
  }
  const spec: CompletionSpec = {
    actions, options, globPattern: texts.get("G"), wordList: texts.get("W"), functionName: texts.get("F"), command: texts.get("C"), filterPattern: texts.get("X"), prefix: texts.get("P"), suffix: texts.get("S"),
  };
  return { spec, letters, specials, operands: args.slice(index) };
}

/** As `complete -p` prints it. */
function describe(name: string, spec: CompletionSpec): string {
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

export function* complete(shell: Shell, args: readonly string[]): Blocking<number> {
  const parsed = parse(args.slice(1), "prDEI");
  if ("problem" in parsed) {
    yield* shell.complain(parsed.problem);
    if (parsed.usage) yield* shell.errorText(COMPLETE_USAGE);
    return parsed.usage ? 2 : 1;
  }
  const { spec, letters, specials, operands } = parsed;
  const names = specials.length > 0 ? specials : operands;
  if (letters.has("r")) {
    if (names.length === 0) {
      for (const name of shell.completions.keys()) shell.completions.delete(name);
      return 0;
    }
    let status = 0;
    for (const name of names) {
      if (shell.completions.delete(name)) continue;
      yield* shell.complain(`${name}: no completion specification`);
      status = 1;
    }
    return status;
  }
  if (letters.has("p") || args.length === 1) {
    if (names.length === 0) {
      yield* shell.writeText(1, shell.completions.entries().map(([name, each]) => describe(name, each)).join(""));
      return 0;
    }
    let status = 0;
    for (const name of names) {
      const found = shell.completions.get(name);
      if (found) yield* shell.writeText(1, describe(name, found));
      else {
        yield* shell.complain(`${name}: no completion specification`);
        status = 1;
      }
    }
    return status;
  }
  if (names.length === 0) {
    yield* shell.errorText(COMPLETE_USAGE);
    return 2;
  }
  for (const name of names) shell.completions.set(name, { ...spec, options: new Set(spec.options) });
  return 0;
}

/** `frontEnd` lists names of kinds. */
export function* compgen(shell: Shell, args: readonly string[], frontEnd: ShellFrontEnd): Blocking<number> {
  if (args.length === 1) return 0;
  const parsed = parse(args.slice(1), "");
  if ("problem" in parsed) {
    yield* shell.complain(parsed.problem);
    if (parsed.usage) yield* shell.errorText(COMPGEN_USAGE);
    return parsed.usage ? 2 : 1;
  }
  const { spec, operands } = parsed;
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

export function* compopt(shell: Shell, args: readonly string[]): Blocking<number> {
  const on = new Set<CompletionOption>();
  const off = new Set<CompletionOption>();
  const specials: string[] = [];
  let index = 1;
  for (; index < args.length; index++) {
    const arg = args[index] ?? "";
    if (arg === "--") {
      index++;
      break;
    }
    if (!/^[-+]./.test(arg)) break;
    for (let at = 1; at < arg.length; at++) {
      const letter = arg.charAt(at);
      const special = SPECIALS.get(letter);
      if (special !== undefined && arg.startsWith("-")) specials.push(special);
      else if (letter === "o") {
        const argument = at + 1 < arg.length ? arg.slice(at + 1) : args[++index];
        const option = OPTIONS.find((candidate) => candidate === argument);
        if (!option) {
          yield* shell.complain(argument === undefined ? "-o: option requires an argument" : `${argument}: invalid option name`);
          return 1;
        }
        (arg.startsWith("-") ? on : off).add(option);
        break;
      } else {
        yield* shell.complain(`${arg.charAt(0)}${letter}: invalid option`);
        yield* shell.errorText(COMPOPT_USAGE);
        return 2;
      }
    }
  }
  const names = specials.length > 0 ? specials : args.slice(index);
  const apply = (spec: CompletionSpec): void => {
    for (const option of on) spec.options.add(option);
    for (const option of off) spec.options.delete(option);
  };
  const show = (spec: CompletionSpec, name: string): string =>
    `compopt ${OPTIONS.map((option) => `${spec.options.has(option) ? "-o" : "+o"} ${option}`).join(" ")}${name === "" ? "" : ` ${name}`}\n`;
  if (names.length === 0) {
    const active = shell.activeCompletion;
    if (!active) {
      yield* shell.complain("not currently executing completion function");
      return 1;
    }
    if (on.size + off.size === 0) yield* shell.writeText(1, show(active, ""));
    apply(active);
    return 0;
  }
  let status = 0;
  for (const name of names) {
    const spec = shell.completions.get(name);
    if (!spec) {
      yield* shell.complain(`${name}: no completion specification`);
      status = 1;
    } else if (on.size + off.size === 0) yield* shell.writeText(1, show(spec, name));
    else {
      const changed = { ...spec, options: new Set(spec.options) };
      apply(changed);
      shell.completions.set(name, changed);
    }
  }
  return status;
}
