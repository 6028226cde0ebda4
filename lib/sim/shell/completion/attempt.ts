// What bash offers for the word under the cursor: programmable completion first, then its own: variables, users, hosts, commands, files.

import type { Blocking } from "../../kernel/sys.ts";
import type { CompletionOption, CompletionSpec, ShellFrontEnd } from "../front-end.ts";
import type { ShellEditor } from "../readline/shell-editor.ts";
import { type Candidates, commandCandidates, fileCandidates, hostCandidates, NOTHING, userCandidates, variableCandidates } from "./candidates.ts";
import { fileNames } from "./file-names.ts";
import { bashCompletion } from "./rules/bash-completion.ts";
import { type CommandLine, commandLine, completionWords, dequote, type WordUnderCursor, WORD_BREAKS } from "./word-under-cursor.ts";

export function* attemptCompletion(editor: ShellEditor, word: WordUnderCursor): Blocking<Candidates> {
  const line = commandLine(editor.text, editor.point);
  const { shell } = editor;
  if (shell.option("progcomp") && !editor.options.data) {
    const programmed = yield* programmable(editor, word, line);
    if (programmed) return programmed;
  }
  return yield* bashDefault(editor, word, editor.options.data ? false : line.inCommandPosition);
}

/** bash's own completion, without programs. */
function* bashDefault(editor: ShellEditor, word: WordUnderCursor, inCommandPosition: boolean): Blocking<Candidates> {
  const { shell } = editor;
  const { text } = word;
  if (word.quote !== "'" && /^\$\{?[A-Za-z0-9_]*$/.test(word.raw)) return yield* variableCandidates(editor, word);
  if (word.quote === "" && text.startsWith("~") && !text.includes("/")) {
    const users = yield* userCandidates(editor, word);
    if (users.list.length > 0) return users;
  }
  if (text.startsWith("@") && shell.option("hostcomplete")) {
    const hosts = yield* hostCandidates(editor, word);
    if (hosts.list.length > 0) return hosts;
  }
  if (inCommandPosition) {
    if (text === "" && shell.option("no_empty_cmd_completion")) return NOTHING;
    return yield* commandCandidates(editor, word);
  }
  return yield* fileCandidates(editor, text);
}

// ---- programmable completion ----------------------------------------------------------------------------------------------------

/** The words of bash-completion are active once its start file has been read. */
function hasBashCompletion(shell: ShellFrontEnd): boolean {
  return shell.getVariable("BASH_COMPLETION_VERSINFO") !== undefined;
}

function* programmable(editor: ShellEditor, word: WordUnderCursor, line: CommandLine): Blocking<Candidates | undefined> {
  const { shell } = editor;
  if (line.inCommandPosition) {
    const spec = line.text.trim() === "" ? shell.completionSpec({ special: "empty" }) : shell.completionSpec({ special: "initial" });
    const outcome = spec && (yield* runSpec(editor, spec, word, line));
    return outcome === "retry" ? undefined : outcome;
  }
  const command = dequote(line.words[0] ?? "");
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const own = shell.completionSpec(command);
    const spec = own ?? shell.completionSpec({ special: "default" });
    if (!own && hasBashCompletion(shell)) return yield* bashCompletion(editor, word, line);
    if (!spec) return undefined;
    const outcome = yield* runSpec(editor, spec, word, line);
    if (outcome !== "retry") return outcome;
  }
  return undefined;
}

function* runSpec(editor: ShellEditor, spec: CompletionSpec, word: WordUnderCursor, line: CommandLine): Blocking<Candidates | "retry" | undefined> {
  const { shell } = editor;
  const text = editor.text.slice(line.start);
  const point = editor.point - line.start;
  const { words, index } = completionWords(text, point, shell.getVariable("COMP_WORDBREAKS") ?? WORD_BREAKS);
  const outcome = yield* shell.runCompletion(spec, {
    command: dequote(line.words[0] ?? ""), word: word.raw, previousWord: words[index - 1] ?? "", line: text, point, words, wordIndex: index, type: 9, key: 9,
  });
  if (outcome.retry) return "retry";
  const has = (option: CompletionOption): boolean => outcome.options.has(option);
  const files = spec.actions.has("file") || spec.actions.has("directory") || has("filenames");
  let list = [...outcome.candidates];
  if (list.length === 0 && has("dirnames")) list = yield* fileNames(shell, word.text, { directoriesOnly: true });
  if (has("plusdirs")) list.push(...(yield* fileNames(shell, word.text, { directoriesOnly: true })));
  if (list.length === 0 && has("bashdefault")) {
    const own = yield* bashDefault(editor, word, false);
    if (own.list.length > 0) return own;
  }
  if (list.length === 0 && has("default")) return yield* fileCandidates(editor, word.text);
  return { list, filenames: files || has("dirnames") || has("plusdirs"), nospace: has("nospace"), nosort: has("nosort"), noquote: has("noquote") };
}
