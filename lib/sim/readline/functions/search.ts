// Searching the history: incremental (Ctrl-R), by a string typed first (Alt-P, vi's /), by what stands before the cursor.

import type { Blocking } from "../../kernel/sys.ts";
import type { Editor, EditorFunction } from "../editor.ts";
import { END_OF_INPUT } from "../editor-terminal.ts";
import { globMatches } from "../history-ignore.ts";
import { lookUpSequence } from "../keymap.ts";
import { forwardWord, previousCharacter } from "../text-motion.ts";
import { readPaste } from "./editing.ts";

interface SearchStep {
  readonly sought: string;
  readonly line: number;
  readonly index: number;
  readonly failed: boolean;
  readonly backward: boolean;
}

/** One look through the lines from a place on; undefined when there is no further hit. */
function find(lines: readonly string[], sought: string, from: { line: number; index: number }, backward: boolean, skip: string | undefined): { line: number; index: number } | undefined {
  let { line, index } = from;
  for (;;) {
    const text = lines[line] ?? "";
    const found = index < 0 || index > text.length ? -1 : backward ? text.lastIndexOf(sought, index) : text.indexOf(sought, index);
    if (found >= 0) return { line, index: found };
    do line += backward ? -1 : 1;
    while (line >= 0 && line < lines.length && (lines[line] === skip || (lines[line]?.length ?? 0) < sought.length));
    if (line < 0 || line >= lines.length) return undefined;
    index = backward ? (lines[line]?.length ?? 0) : 0;
  }
}

function* incrementalSearch(editor: Editor, startBackward: boolean): Blocking<void> {
  const original = { text: editor.text, point: editor.point, mark: editor.mark };
  const startLine = editor.historyIndex;
  const lines = editor.host.history.entries.map((entry) => entry.text);
  lines[startLine] = editor.text;
  if (startLine < lines.length - 1) lines.push("");
  let state: SearchStep = { sought: "", line: startLine, index: editor.point, failed: false, backward: startBackward };
  const stack: SearchStep[] = [];
  let previousHit: string | undefined;
  let lastFound = startLine;

  const show = function* (): Blocking<void> {
    const { failed, backward, sought } = state;
    editor.message = `(${failed && sought !== "" ? "failed " : ""}${backward ? "reverse-" : ""}i-search)\`${sought}': `;
    if (!failed && sought !== "") {
      editor.text = lines[state.line] ?? "";
      editor.point = state.index;
      editor.mark = state.index + sought.length;
      editor.markActive = true;
    } else editor.markActive = false;
    yield* editor.refresh();
  };
  const search = (sought: string, index: number, backward: boolean): void => {
    if (sought === "") {
      state = { ...state, sought, backward, failed: false };
      return;
    }
    const hit = find(lines, sought, { line: state.line, index }, backward, previousHit);
    if (hit) {
      previousHit = lines[hit.line];
      lastFound = hit.line;
      state = { sought, ...hit, failed: false, backward };
    } else {
      editor.bell();
      state = { sought, line: lastFound, index: state.index, failed: true, backward };
    }
  };

  let aborted = false;
  yield* show();
  for (;;) {
    const key = yield* editor.readKey();
    if (key === END_OF_INPUT || key === "\n") break;
    if (key === "\x07") {
      aborted = true;
      break;
    }
    if (key === "\x12" || key === "\x13") {
      const backward = key === "\x12";
      stack.push(state);
      if (state.sought === "") {
        if (editor.lastSearch !== "") search(editor.lastSearch, state.index, backward);
        else state = { ...state, backward };
      } else search(state.sought, state.backward === backward || !state.failed ? state.index + (backward ? -1 : 1) : state.index, backward);
    } else if (key === "\x08" || key === "\x7f") {
      const before = stack.pop();
      if (!before) editor.bell();
      else {
        state = before;
        if (before.sought === "") {
          editor.text = original.text;
          editor.point = original.point;
        } else lastFound = before.line;
      }
    } else if (key === "\x17" || key === "\x19") {
      const from = state.sought === "" ? editor.point : state.index + state.sought.length;
      const text = lines[state.line] ?? "";
      const added = text.slice(from, key === "\x17" ? forwardWord(text, from) : undefined);
      stack.push(state);
      search(state.sought + added, state.index, state.backward);
    } else if (key === "\x11" || key === "\x16") {
      const quoted = yield* editor.readKey();
      stack.push(state);
      search(state.sought + quoted, state.index, state.backward);
    } else if (key === "\x1b") {
      const next = yield* editor.readKeySoon();
      if (next === undefined) break;
      let keys = key + next;
      while (lookUpSequence(editor.keymap, keys)?.kind === "prefix") keys += yield* editor.readKey();
      const binding = lookUpSequence(editor.keymap, keys);
      if (binding?.kind === "function" && binding.name === "bracketed-paste-begin") {
        stack.push(state);
        search(state.sought + (yield* readPaste(editor)), state.index, state.backward);
      } else {
        editor.pushBack(keys);
        break;
      }
    } else if (key < " ") {
      editor.pushBack(key);
      break;
    } else {
      stack.push(state);
      search(state.sought + key, state.index, state.backward);
    }
    yield* show();
  }

  editor.message = undefined;
  editor.markActive = false;
  editor.text = original.text;
  editor.point = original.point;
  editor.mark = original.mark;
  if (state.sought !== "") editor.lastSearch = state.sought;
  if (!aborted && lastFound !== startLine) {
    editor.goToHistory(lastFound);
    editor.point = Math.min(state.index, editor.text.length);
  } else if (!aborted && !state.failed && state.sought !== "") editor.point = Math.min(state.index, editor.text.length);
}

// ---- by a string ----------------------------------------------------------------------------------------------------------------

function matchIn(text: string, sought: string, vi: boolean): number {
  if (!vi) return text.indexOf(sought);
  // vi's search is a pattern, anchored by ^
  const anchored = sought.startsWith("^");
  return globMatches(`${anchored ? "" : "*"}${anchored ? sought.slice(1) : sought}*`, text) ? 0 : -1;
}

function findEntry(editor: Editor, sought: string, backward: boolean): boolean {
  const { entries } = editor.host.history;
  for (let index = editor.historyIndex + (backward ? -1 : 1); index >= 0 && index < entries.length; index += backward ? -1 : 1) {
    const at = matchIn(entries[index]?.text ?? "", sought, editor.mode !== "emacs");
    if (at < 0) continue;
    editor.goToHistory(index);
    editor.point = editor.mode === "emacs" ? at : 0;
    return true;
  }
  editor.bell();
  editor.point = 0;
  return false;
}

/** Reads the string behind the prompt and a sign, then looks for it. */
function stringSearch(backward: boolean | undefined): EditorFunction {
  return function* (editor, _count, key) {
    const towardsPast = backward ?? key === "/";
    const saved = { text: editor.text, point: editor.point };
    const sign = backward === undefined ? key : ":";
    editor.text = "";
    editor.point = 0;
    const prompt = editor.promptWith(sign);
    let sought = "";
    let accepted = false;
    for (;;) {
      editor.message = prompt;
      editor.text = sought;
      editor.point = sought.length;
      yield* editor.refresh();
      const next = yield* editor.readKey();
      if (next === "\r" || next === "\n") {
        accepted = true;
        break;
      }
      if (next === "\x07" || next === END_OF_INPUT || next === "\x1b") break;
      if (next === "\x08" || next === "\x7f") {
        if (sought === "") break;
        sought = sought.slice(0, previousCharacter(sought, sought.length));
      } else if (next === "\x15") sought = "";
      else if (next === "\x17") sought = sought.replace(/\S*\s*$/, "");
      else if (next === "\x16" || next === "\x11") sought += yield* editor.readKey();
      else sought += next;
    }
    editor.message = undefined;
    editor.text = saved.text;
    editor.point = saved.point;
    if (!accepted) return;
    if (sought === "") sought = editor.lastSearch;
    if (sought === "") {
      editor.bell();
      return;
    }
    editor.lastSearch = sought;
    editor.viState.lastSearchBackward = towardsPast;
    findEntry(editor, sought, towardsPast);
  };
}

function searchAgain(backward: boolean | undefined): EditorFunction {
  return (editor, _count, key) => {
    const same = key !== "N";
    const towardsPast = backward ?? (same ? editor.viState.lastSearchBackward : !editor.viState.lastSearchBackward);
    if (editor.lastSearch === "") editor.bell();
    else findEntry(editor, editor.lastSearch, towardsPast);
  };
}

// ---- by what stands before the cursor -----------------------------------------------------------------------------------------------

const PREFIX_SEARCHES = new Set(["history-search-backward", "history-search-forward", "history-substring-search-backward", "history-substring-search-forward"]);
const prefixes = new WeakMap<Editor, { readonly sought: string; readonly bottomText: string }>();

function prefixSearch(backward: boolean, substring: boolean): EditorFunction {
  return (editor) => {
    const again = PREFIX_SEARCHES.has(editor.lastFunction) ? prefixes.get(editor) : undefined;
    const state = again ?? { sought: editor.text.slice(0, editor.point), bottomText: editor.text };
    prefixes.set(editor, state);
    const { sought } = state;
    const { entries } = editor.host.history;
    const step = backward ? -1 : 1;
    for (let index = editor.historyIndex + step; index >= 0 && index <= entries.length; index += step) {
      const text = index === entries.length ? state.bottomText : (entries[index]?.text ?? "");
      const matches = substring ? text.includes(sought) : text.startsWith(sought);
      if (index < entries.length && (!matches || text === editor.text)) continue;
      editor.goToHistory(index);
      editor.point = sought === "" ? editor.text.length : substring ? editor.text.length : Math.min(sought.length, editor.text.length);
      return;
    }
    editor.bell();
  };
}

export const searchFunctions: readonly (readonly [string, EditorFunction])[] = [
  ["reverse-search-history", (editor) => incrementalSearch(editor, true)],
  ["forward-search-history", (editor) => incrementalSearch(editor, false)],
  ["non-incremental-reverse-search-history", stringSearch(true)],
  ["non-incremental-forward-search-history", stringSearch(false)],
  ["non-incremental-reverse-search-history-again", searchAgain(true)],
  ["non-incremental-forward-search-history-again", searchAgain(false)],
  ["vi-search", stringSearch(undefined)],
  ["vi-search-again", searchAgain(undefined)],
  ["history-search-backward", prefixSearch(true, false)],
  ["history-search-forward", prefixSearch(false, false)],
  ["history-substring-search-backward", prefixSearch(true, true)],
  ["history-substring-search-forward", prefixSearch(false, true)],
];
