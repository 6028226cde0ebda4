// Searching the history: incremental (Ctrl-R), by a string typed first (Alt-P, vi's /), by what stands before the cursor.

import type { Blocking } from "../../kernel/sys.ts";
import type { Editor, EditorFunction } from "../editor.ts";
import { END_OF_INPUT } from "../editor-terminal.ts";
import { globMatches } from "../history-ignore.ts";
import { lookUpSequence } from "../keymap.ts";
import { forwardWord, previousCharacter } from "../text-motion.ts";
import { readPaste } from "./editing.ts";

function* incrementalSearch(editor: Editor, startBackward: boolean): Blocking<void> {
  const original = { text: editor.text, point: editor.point, mark: editor.mark };
  const startLine = editor.historyIndex;
  const lines = editor.host.history.entries.map((entry) => entry.text);
  lines[startLine] = editor.text;
  if (startLine < lines.length - 1) lines.push("");
  // isearch.c, _rl_search_context: the line that is looked through may be another one than that of the last hit
  let sought = "";
  let backward = startBackward;
  let failed = false;
  let found = false;
  let position = startLine;
  let line = lines[startLine] ?? "";
  let index = editor.point;
  let previousHit: string | undefined;
  let lastFound = startLine;

  const show = function* (): Blocking<void> {
    editor.message = `(${failed ? "failed " : ""}${backward ? "reverse-" : ""}i-search)\`${sought}': `;
    if (found) {
      editor.text = lines[position] ?? "";
      editor.point = index;
      editor.mark = index + sought.length;
    }
    editor.markActive = found;
    yield* editor.refresh();
  };
  /** From where the last look ended; a hit may be the one of before, where the direction or the string has changed. */
  const look = (): void => {
    found = false;
    failed = sought === "";
    while (!failed) {
      const hit = backward ? (index >= 0 ? line.lastIndexOf(sought, index) : -1) : line.indexOf(sought, index);
      if (hit >= 0) {
        index = hit;
        found = true;
        previousHit = lines[position];
        lastFound = position;
        return;
      }
      index = backward ? 0 : Math.max(index, line.length - sought.length + 1);
      do {
        position += backward ? -1 : 1;
        const next = lines[position];
        if (next === undefined) {
          failed = true;
          break;
        }
        line = next;
      } while (line === previousHit || line.length < sought.length);
      if (!failed) index = backward ? line.length - sought.length : 0;
    }
    editor.bell();
    position = lastFound;
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
      if (backward !== (key === "\x12")) backward = !backward;
      else if (sought === "") {
        if (editor.lastSearch === "") continue;
        sought = editor.lastSearch;
      } else if (backward && index >= 0) index--;
      else if (!backward && index !== line.length) index++;
      look();
    } else if (key === "\x08" || key === "\x7f") {
      if (sought === "") editor.bell();
      else sought = [...sought].slice(0, -1).join("");
      look();
    } else if (key === "\x17" || key === "\x19") {
      const from = sought === "" ? editor.point : editor.point + sought.length;
      sought += editor.text.slice(from, key === "\x17" ? forwardWord(editor.text, from) : undefined);
      look();
    } else if (key === "\x11" || key === "\x16") {
      sought += yield* editor.readKey();
      look();
    } else if (key === "\x1b") {
      const next = yield* editor.readKeySoon();
      if (next === undefined) break;
      let keys = key + next;
      while (lookUpSequence(editor.keymap, keys)?.kind === "prefix") keys += yield* editor.readKey();
      const binding = lookUpSequence(editor.keymap, keys);
      if (binding?.kind === "function" && binding.name === "bracketed-paste-begin") {
        sought += yield* readPaste(editor);
        look();
      } else {
        editor.pushBack(keys);
        break;
      }
    } else if (key < " ") {
      editor.pushBack(key);
      break;
    } else {
      sought += key;
      look();
    }
    yield* show();
  }

  editor.message = undefined;
  editor.markActive = false;
  editor.text = original.text;
  editor.point = original.point;
  editor.mark = original.mark;
  if (aborted) return;
  if (sought !== "") editor.lastSearch = sought;
  if (lastFound !== startLine) editor.goToHistory(lastFound);
  if (sought !== "" || lastFound !== startLine) editor.point = Math.min(Math.max(index, 0), editor.text.length);
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
