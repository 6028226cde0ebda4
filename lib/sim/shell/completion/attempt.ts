// What bash offers for the word under the cursor: programmable completion first, then its own: variables, users, hosts, commands, files.

import type { Blocking } from "../../kernel/sys.ts";
import type { CompletionOption, CompletionSpec, ShellFrontEnd } from "../front-end.ts";
import type { ShellEditor } from "../readline/shell-editor.ts";
import { fileNames } from "./file-names.ts";
import { bashCompletion } from "./rules/bash-completion.ts";
import { type CommandLine, commandLine, completionWords, dequote, type WordUnderCursor, WORD_BREAKS } from "./word-under-cursor.ts";

/** What a completion offers, and how it goes into the line. */
export interface Candidates {
  readonly list: readonly string[];
  /** They are names of files: quoted, directories get a slash, lists show the last component. */
  readonly filenames?: boolean;
  /** No blank behind a single one. */
  readonly nospace?: boolean;
  readonly nosort?: boolean;
  readonly noquote?: boolean;
}

export const NOTHING: Candidates = { list: [] };

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

export function* fileCandidates(editor: ShellEditor, text: string, directoriesOnly = false): Blocking<Candidates> {
  const list = yield* fileNames(editor.shell, text, {
    directoriesOnly, ignoreCase: editor.settings.on("completion-ignore-case"), hidden: editor.settings.on("match-hidden-files"),
  });
  return { list, filenames: true };
}

export function* commandCandidates(editor: ShellEditor, word: WordUnderCursor): Blocking<Candidates> {
  if (word.text.includes("/") || word.text.startsWith("~")) return { list: yield* fileNames(editor.shell, word.text, { executablesOnly: true }), filenames: true };
  return { list: editor.shell.complete("command", word.text) };
}

export function* variableCandidates(editor: ShellEditor, word: WordUnderCursor): Blocking<Candidates> {
  const match = /^(\$\{?)?(.*)$/s.exec(word.raw);
  const lead = match?.[1] ?? "";
  const names = editor.shell.complete("variable", match?.[2] ?? "");
  return { list: names.map((name) => lead + name + (lead === "${" ? "}" : "")) };
}

export function* userCandidates(editor: ShellEditor, word: WordUnderCursor): Blocking<Candidates> {
  const tilde = word.text.startsWith("~");
  const names = editor.shell.complete("user", tilde ? word.text.slice(1) : word.text);
  return tilde ? { list: names.map((name) => `~${name}`), filenames: true } : { list: names };
}

export function* hostCandidates(editor: ShellEditor, word: WordUnderCursor): Blocking<Candidates> {
  const sign = word.text.startsWith("@") ? "@" : "";
  return { list: editor.shell.complete("hostname", word.text.slice(sign.length)).map((name) => sign + name) };
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
