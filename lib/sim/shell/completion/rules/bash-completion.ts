// The behaviour of bash-completion 2.11 for the commands of a Debian system: which words a command takes at which place. Rules of a
// family of commands lie in the files beside; a command without a rule goes by its declaration, or gets file names.

import type { Blocking } from "../../../kernel/sys.ts";
import type { ShellEditor } from "../../readline/shell-editor.ts";
import { type Candidates, variableCandidates } from "../candidates.ts";
import { type CommandLine, dequote, type WordUnderCursor } from "../word-under-cursor.ts";
import { accountRules } from "./account-rules.ts";
import { builtinRules } from "./builtin-rules.ts";
import { type CompletionContext, type CompletionRule, filedir } from "./completion-context.ts";
import { declared } from "./declared-rule.ts";
import { dockerRules } from "./docker-rules.ts";
import { gitRules } from "./git-rules.ts";
import { fileRules } from "./file-rules.ts";
import { packageRules } from "./package-rules.ts";
import { prefixRules } from "./prefix-rules.ts";
import { systemRules } from "./system-rules.ts";
import { virshRules } from "./virsh-rules.ts";

let table: ReadonlyMap<string, CompletionRule> | undefined;

function rules(): ReadonlyMap<string, CompletionRule> {
  table ??= new Map([...builtinRules, ...fileRules, ...accountRules, ...packageRules, ...systemRules, ...dockerRules, ...gitRules, ...virshRules, ...prefixRules(completeCommand)]);
  return table;
}

function contextOf(editor: ShellEditor, word: WordUnderCursor, words: readonly string[]): CompletionContext {
  const whole = words.at(-1) ?? "";
  const option = /^(--[^=]+)=/.exec(whole)?.[1];
  return { editor, word, words, cur: word.text, whole, prev: option ?? words.at(-2) ?? "" };
}

export function* bashCompletion(editor: ShellEditor, word: WordUnderCursor, line: CommandLine): Blocking<Candidates> {
  const context = contextOf(editor, word, line.words.map((text) => dequote(text)));
  if (line.redirection) return yield* filedir(context);
  if (word.quote === "" && /^\$\{?[A-Za-z0-9_]*$/.test(word.raw)) return yield* variableCandidates(editor, word);
  return yield* completeCommand(context);
}

/** By the command that the first word names. */
function* completeCommand(context: CompletionContext): Blocking<Candidates> {
  const command = context.words[0] ?? "";
  const name = command.slice(command.lastIndexOf("/") + 1);
  const own = yield* context.editor.providers.candidates(context.editor.shell.sys, context.words);
  if (own) {
    const skipped = context.whole.length - context.cur.length;
    return { list: own.filter((candidate) => candidate.startsWith(context.whole)).map((candidate) => candidate.slice(skipped)), nospace: own.length === 1 && (own[0]?.endsWith("=") ?? false) };
  }
  const rule = rules().get(name);
  return rule ? yield* rule(context) : yield* declared(context);
}

