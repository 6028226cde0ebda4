// The kinds of names that bash completes by itself: files, commands, variables, users, hosts.

import type { Blocking } from "../../kernel/sys.ts";
import type { ShellEditor } from "../readline/shell-editor.ts";
import { fileNames } from "./file-names.ts";
import type { WordUnderCursor } from "./word-under-cursor.ts";

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

export function* fileCandidates(editor: ShellEditor, text: string, directoriesOnly = false): Blocking<Candidates> {
  const list = yield* fileNames(editor.shell, text, {
    directoriesOnly, ignoreCase: editor.settings.on("completion-ignore-case"), mapCase: editor.settings.on("completion-map-case"), hidden: editor.settings.on("match-hidden-files"),
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
