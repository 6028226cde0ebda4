// The functions behind Tab, Alt-?, Alt-* and their relatives: find the word, get the candidates, insert or list them.

import { type Blocking, S } from "../../kernel/sys.ts";
import type { EditorFunction } from "../../readline/editor.ts";
import type { ShellEditor } from "../readline/shell-editor.ts";
import { forwardWhile } from "../../readline/text-motion.ts";
import { attemptCompletion } from "./attempt.ts";
import { type Candidates, commandCandidates, hostCandidates, userCandidates, variableCandidates } from "./candidates.ts";
import { fileNames, isDirectoryName, isSymbolicLink } from "./file-names.ts";
import { type ListedMatch, showMatches } from "../../readline/match-list.ts";
import { quoteFilename } from "./quoting.ts";
import { type WordUnderCursor, wordUnderCursor } from "./word-under-cursor.ts";

type Source = (editor: ShellEditor, word: WordUnderCursor) => Blocking<Candidates>;

interface Matches {
  readonly word: WordUnderCursor;
  /** Sorted, without repetition. */
  readonly list: readonly string[];
  /** The longest common start. */
  readonly common: string;
  readonly candidates: Candidates;
}

/** rl_completion's "completion_changed_buffer": whether the last Tab put something into the line. */
const changedBuffer = new WeakMap<ShellEditor, boolean>();

function byCodePoint(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function commonStart(list: readonly string[], ignoreCase: boolean): string {
  const [first = "", ...rest] = list;
  let length = first.length;
  for (const other of rest) {
    let at = 0;
    while (at < length && at < other.length && (first[at] === other[at] || (ignoreCase && first[at]?.toLowerCase() === other[at]?.toLowerCase()))) at += 1;
    length = at;
  }
  return first.slice(0, length);
}

function* findMatches(editor: ShellEditor, source: Source): Blocking<Matches> {
  const word = wordUnderCursor(editor.text, editor.point, editor.shell.getVariable("COMP_WORDBREAKS"));
  const candidates = yield* source(editor, word);
  const unique = [...new Set(candidates.list)];
  const list = candidates.nosort ? unique : unique.sort(byCodePoint);
  const ignoreCase = editor.settings.on("completion-ignore-case");
  let common = commonStart(list, ignoreCase);
  // With case ignored the typed letters stay unless there is one match.
  if (ignoreCase && list.length > 1 && common.length <= word.text.length) common = word.text;
  return { word, list, common, candidates };
}

/** What the word becomes: for file names quoted as the line needs it. */
function replacement(match: string, matches: Matches): string {
  const { word, candidates } = matches;
  if (!candidates.filenames || candidates.noquote) return match;
  const slash = word.raw.lastIndexOf("/");
  const head = word.raw.slice(0, slash + 1);
  // ~user/ and $VAR/ are left for the shell to expand
  const keep = /^(~[^/]*|\$\{?\w+\}?)\//.exec(head)?.[0].length ?? (/^~/.test(word.raw) && match.startsWith("~") ? match.length : 0);
  return quoteFilename(match, word.quote, keep);
}

/** A match with what stands behind it when it is the one: the closing quote, a slash or a blank. */
function* whole(editor: ShellEditor, matches: Matches, text: string): Blocking<string> {
  const { word, candidates } = matches;
  let inserted = replacement(text, matches);
  const directory = candidates.filenames && (yield* isDirectoryName(editor.shell, text));
  if (word.quote !== "") inserted += editor.text[editor.point] === word.quote ? "" : word.quote;
  if (directory) {
    const followed = editor.text[editor.point] === "/" || text.endsWith("/");
    // A link to a directory gets its slash at the next Tab only, unless mark-symlinked-directories is on.
    const later = text !== word.text && !editor.settings.on("mark-symlinked-directories") && (yield* isSymbolicLink(editor.shell, text));
    if (editor.settings.on("mark-directories") && !followed && !later) inserted += "/";
  } else if (!candidates.nospace) inserted += " ";
  return inserted;
}

function* put(editor: ShellEditor, matches: Matches, text: string, single: boolean): Blocking<void> {
  const { word } = matches;
  const inserted = single ? yield* whole(editor, matches, text) : replacement(text, matches);
  const old = editor.text.slice(word.start, editor.point);
  if (inserted !== old) editor.replaceRange(word.start, editor.point, inserted);
}

function* listed(editor: ShellEditor, matches: Matches): Blocking<ListedMatch[]> {
  const result: ListedMatch[] = [];
  for (const match of matches.list) {
    const name = matches.candidates.filenames ? match.slice(match.lastIndexOf("/", match.length - 2) + 1) : match;
    const mark = matches.candidates.filenames && !name.endsWith("/") && editor.settings.on("mark-directories") && (yield* isDirectoryName(editor.shell, match)) ? "/" : "";
    result.push({ name, mark });
  }
  return result;
}

function completing(source: Source): EditorFunction<ShellEditor> {
  return function* (editor) {
    if (editor.settings.on("disable-completion")) {
      editor.insert("\t");
      return;
    }
    const again = editor.lastFunction === editor.thisFunction && changedBuffer.get(editor) === false;
    const matches = yield* findMatches(editor, source);
    const before = editor.text;
    if (matches.list.length === 0) editor.bell();
    else if (again) yield* showMatches(editor, yield* listed(editor, matches));
    else {
      const single = matches.list.length === 1;
      if (matches.common !== "") yield* put(editor, matches, matches.common, single);
      if (!single) {
        const all = editor.settings.on("show-all-if-ambiguous") || (editor.settings.on("show-all-if-unmodified") && editor.text === before);
        if (all) yield* showMatches(editor, yield* listed(editor, matches));
        else editor.bell();
      }
    }
    changedBuffer.set(editor, editor.text !== before);
  };
}

function listing(source: Source): EditorFunction<ShellEditor> {
  return function* (editor) {
    const matches = yield* findMatches(editor, source);
    if (matches.list.length === 0) editor.bell();
    else yield* showMatches(editor, yield* listed(editor, matches));
  };
}

function* insertAll(editor: ShellEditor): Blocking<void> {
  const matches = yield* findMatches(editor, attempt);
  if (matches.list.length === 0) {
    editor.bell();
    return;
  }
  const texts = matches.list.map((match) => replacement(match, matches) + matches.word.quote);
  editor.replaceRange(matches.word.start, editor.point, `${texts.join(` ${matches.word.quote}`)} `);
}

function menu(step: 1 | -1): EditorFunction<ShellEditor> {
  return function* (editor, count) {
    const again = editor.lastFunction === "menu-complete" || editor.lastFunction === "menu-complete-backward";
    let state = again ? editor.menuState : undefined;
    if (!state) {
      const matches = yield* findMatches(editor, attempt);
      editor.menuState = undefined;
      if (matches.list.length === 0) {
        editor.bell();
        return;
      }
      if (matches.list.length === 1) {
        yield* put(editor, matches, matches.list[0] ?? "", true);
        return;
      }
      const { start } = matches.word;
      const typed = editor.text.slice(start, editor.point);
      const texts: string[] = [];
      for (const match of matches.list) texts.push(yield* whole(editor, matches, match));
      state = { matches: [typed, ...texts], index: 0, start, end: editor.point };
      if (editor.settings.on("show-all-if-ambiguous")) yield* showMatches(editor, yield* listed(editor, matches));
      if (editor.settings.on("menu-complete-display-prefix") && matches.common !== "" && replacement(matches.common, matches) !== typed) {
        const prefix = replacement(matches.common, matches);
        editor.replaceRange(start, state.end, prefix);
        editor.menuState = { ...state, end: start + prefix.length };
        return;
      }
    }
    const size = state.matches.length;
    const index = (((state.index + step * Math.max(count, 1)) % size) + size) % size;
    if (index === 0) editor.bell();
    const text = state.matches[index] ?? "";
    editor.point = state.end;
    editor.replaceRange(state.start, state.end, text);
    editor.menuState = { ...state, index, end: state.start + text.length };
  };
}

const attempt: Source = (editor, word) => attemptCompletion(editor, word);

const files: Source = function* (editor, word) {
  return { list: yield* fileNames(editor.shell, word.text, { ignoreCase: editor.settings.on("completion-ignore-case"), mapCase: editor.settings.on("completion-map-case"), hidden: editor.settings.on("match-hidden-files") }), filenames: true };
};

/** Alt-{ : the common start of the names with what follows in braces. */
function* intoBraces(editor: ShellEditor): Blocking<void> {
  const matches = yield* findMatches(editor, files);
  if (matches.list.length === 0) {
    editor.bell();
    return;
  }
  const texts = matches.list.map((match) => replacement(match, matches));
  const common = commonStart(texts, false);
  const text = texts.length === 1 ? (texts[0] ?? "") : `${common}{${texts.map((match) => match.slice(common.length)).join(",")}}`;
  editor.replaceRange(matches.word.start, editor.point, texts.length === 1 ? `${text} ` : text);
}

const fromHistory: Source = function* (editor, word) {
  const words = new Set<string>();
  for (const entry of editor.shell.history.entries) for (const part of entry.text.split(/\s+/)) if (part !== "" && part.startsWith(word.text)) words.add(part);
  return { list: [...words] };
};

/** The words that the pattern under the cursor stands for. */
function* globbed(editor: ShellEditor, word: WordUnderCursor, suffix: string): Blocking<readonly string[]> {
  const expanded = yield* editor.shell.expandText(word.raw + suffix);
  return expanded.length === 1 && expanded[0] === word.raw + suffix ? [] : expanded;
}

function isDirectory(editor: ShellEditor, name: string): boolean {
  try {
    return (editor.shell.sys.stat(name).mode & S.IFMT) === S.IFDIR;
  } catch {
    return false;
  }
}

function globCompletion(suffix: string, action: "complete" | "insert" | "list"): EditorFunction<ShellEditor> {
  return function* (editor) {
    const word = wordUnderCursor(editor.text, editor.point, " \t\n;|&()<>");
    const list = yield* globbed(editor, word, /[*?[]/.test(word.raw) && suffix === "*" ? "*" : suffix);
    if (list.length === 0) editor.bell();
    else if (action === "list") yield* showMatches(editor, list.map((name) => ({ name, mark: "" })));
    else if (action === "complete" && list.length === 1) {
      const [name = ""] = list;
      editor.replaceRange(word.start, editor.point, `${quoteFilename(name, "", 0)}${isDirectory(editor, name) ? "/" : " "}`);
    } else if (action === "insert") editor.replaceRange(word.start, editor.point, `${list.map((name) => quoteFilename(name, "", 0)).join(" ")} `);
    else editor.bell();
  };
}

/** vi's `\`, `*` and `=` in command mode: at the end of the word under the cursor. */
function* viComplete(editor: ShellEditor, _count: number, key: string): Blocking<void> {
  editor.point = forwardWhile(editor.text, editor.point, (character) => !/\s/.test(character));
  editor.mode = "vi-insert";
  if (key === "*") yield* insertAll(editor);
  else {
    const running = (key === "=" ? listing(attempt) : completing(attempt))(editor, 1, key);
    if (running) yield* running;
  }
  if (key === "=") editor.mode = "vi-command";
}

/** bash's own of it: the word as a pattern (bashline.c: bash_vi_complete). */
function* bashViComplete(editor: ShellEditor, _count: number, key: string): Blocking<void> {
  editor.point = forwardWhile(editor.text, editor.point, (character) => !/\s/.test(character));
  editor.mode = "vi-insert";
  const running = globCompletion("*", key === "*" ? "insert" : key === "=" ? "list" : "complete")(editor, 1, key);
  if (running) yield* running;
  if (key === "=") editor.mode = "vi-command";
}

const commands: Source = (editor, word) => commandCandidates(editor, word);
const variables: Source = (editor, word) => variableCandidates(editor, word);
const users: Source = (editor, word) => userCandidates(editor, word);
const hosts: Source = (editor, word) => hostCandidates(editor, word);

export const completionFunctions: readonly (readonly [string, EditorFunction<ShellEditor>])[] = [
  ["complete", completing(attempt)],
  ["possible-completions", listing(attempt)],
  ["insert-completions", insertAll],
  ["menu-complete", menu(1)],
  ["menu-complete-backward", menu(-1)],
  ["complete-filename", completing(files)],
  ["possible-filename-completions", listing(files)],
  ["complete-command", completing(commands)],
  ["possible-command-completions", listing(commands)],
  ["complete-variable", completing(variables)],
  ["possible-variable-completions", listing(variables)],
  ["complete-username", completing(users)],
  ["possible-username-completions", listing(users)],
  ["complete-hostname", completing(hosts)],
  ["possible-hostname-completions", listing(hosts)],
  ["complete-into-braces", intoBraces],
  ["dynamic-complete-history", completing(fromHistory)],
  ["glob-complete-word", globCompletion("*", "complete")],
  ["glob-expand-word", globCompletion("", "insert")],
  ["glob-list-expansions", globCompletion("", "list")],
  ["vi-complete", viComplete], ["bash-vi-complete", bashViComplete],
];
