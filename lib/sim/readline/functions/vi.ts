// vi's command mode: operators with motions, inserting modes, character searches, put, replace, redo.

import type { Blocking } from "../../kernel/sys.ts";
import type { Editor, EditorFunction } from "../editor.ts";
import { END_OF_INPUT } from "../editor-terminal.ts";
import { backwardWhile, forwardWhile, isBlank, isWordCharacter, nextCharacter, previousCharacter } from "../text-motion.ts";

const isViWord = (character: string): boolean => isWordCharacter(character) || character === "_";
const isPunctuation = (character: string): boolean => !isBlank(character) && !isViWord(character);
const isBig = (character: string): boolean => !isBlank(character);

function kind(character: string, big: boolean): (character: string) => boolean {
  return big ? isBig : isViWord(character) ? isViWord : isPunctuation;
}

function nextWord(text: string, at: number, big: boolean): number {
  const here = text.slice(at, nextCharacter(text, at));
  if (here !== "" && !isBlank(here)) at = forwardWhile(text, at, kind(here, big));
  return forwardWhile(text, at, isBlank);
}

function endOfWord(text: string, at: number, big: boolean): number {
  at = forwardWhile(text, nextCharacter(text, at), isBlank);
  const here = text.slice(at, nextCharacter(text, at));
  if (here === "") return Math.max(previousCharacter(text, text.length), 0);
  return previousCharacter(text, forwardWhile(text, at, kind(here, big)));
}

function previousWord(text: string, at: number, big: boolean): number {
  at = backwardWhile(text, at, isBlank);
  if (at === 0) return 0;
  return backwardWhile(text, at, kind(text.slice(previousCharacter(text, at), at), big));
}

function repeated(count: number, at: number, step: (at: number) => number): number {
  for (let left = Math.max(count, 1); left > 0; left -= 1) at = step(at);
  return at;
}

type CharSearch = { readonly kind: "f" | "F" | "t" | "T"; readonly character: string };

function charSearchTarget(text: string, at: number, search: CharSearch, count: number): number | undefined {
  const forward = search.kind === "f" || search.kind === "t";
  let point = at;
  for (let left = Math.max(count, 1); left > 0; left -= 1) {
    const found = forward ? text.indexOf(search.character, nextCharacter(text, point)) : point === 0 ? -1 : text.lastIndexOf(search.character, previousCharacter(text, point));
    if (found < 0) return undefined;
    point = found;
  }
  if (search.kind === "t") return previousCharacter(text, point);
  if (search.kind === "T") return nextCharacter(text, point);
  return point;
}

const OPPOSITE = { f: "F", F: "f", t: "T", T: "t" } as const;

/** Where a motion key leads. `inclusive`: the character there belongs to an operator's range. */
function* motion(editor: Editor, key: string, count: number, changing: boolean): Blocking<{ readonly to: number; readonly inclusive: boolean } | undefined> {
  const { text, point } = editor;
  const exclusive = (to: number): { to: number; inclusive: boolean } => ({ to, inclusive: false });
  switch (key) {
    case "h":
    case "\x08":
    case "\x7f":
      return exclusive(repeated(count, point, (at) => previousCharacter(text, at)));
    case "l":
    case " ":
      return exclusive(repeated(count, point, (at) => nextCharacter(text, at)));
    case "w":
    case "W":
      // cw changes to the end of the word, not the blanks behind it
      if (changing && point < text.length && !isBlank(text.slice(point, point + 1))) {
        const here = text.slice(point, nextCharacter(text, point));
        const end = forwardWhile(text, point, kind(here, key === "W"));
        return exclusive(count > 1 ? nextCharacter(text, repeated(count - 1, previousCharacter(text, end), (at) => endOfWord(text, at, key === "W"))) : end);
      }
      return exclusive(repeated(count, point, (at) => nextWord(text, at, key === "W")));
    case "b":
    case "B":
      return exclusive(repeated(count, point, (at) => previousWord(text, at, key === "B")));
    case "e":
    case "E":
      return { to: repeated(count, point, (at) => endOfWord(text, at, key === "E")), inclusive: true };
    case "0":
      return exclusive(0);
    case "^":
      return exclusive(forwardWhile(text, 0, isBlank));
    case "$":
      return exclusive(text.length);
    case "|":
      return exclusive(Math.min(count - 1, text.length));
    case "%": {
      const to = matchingBracket(text, point);
      return to === undefined ? undefined : { to, inclusive: true };
    }
    case "f":
    case "F":
    case "t":
    case "T":
    case ";":
    case ",": {
      let search = editor.viState.lastCharSearch;
      if (key !== ";" && key !== ",") {
        const character = yield* editor.readKey();
        search = { kind: key, character };
        editor.viState.lastCharSearch = search;
      } else if (search && key === ",") search = { kind: OPPOSITE[search.kind], character: search.character };
      const to = search && charSearchTarget(text, point, search, count);
      return to === undefined || !search ? undefined : { to, inclusive: search.kind === "f" || search.kind === "t" };
    }
    case "`": {
      const to = editor.viState.marks.get(yield* editor.readKey());
      return to === undefined ? undefined : exclusive(Math.min(to, text.length));
    }
    default:
      return undefined;
  }
}

function matchingBracket(text: string, from: number): number | undefined {
  const pairs = "()[]{}";
  let at = from;
  while (at < text.length && !pairs.includes(text[at] ?? "")) at += 1;
  const open = text[at];
  if (open === undefined) return undefined;
  const index = pairs.indexOf(open);
  const forward = index % 2 === 0;
  const other = pairs[forward ? index + 1 : index - 1];
  let depth = 0;
  for (let i = at; i >= 0 && i < text.length; i += forward ? 1 : -1) {
    if (text[i] === open) depth += 1;
    else if (text[i] === other) depth -= 1;
    if (depth === 0) return i;
  }
  return undefined;
}

function startInserting(editor: Editor): void {
  editor.mode = "vi-insert";
  editor.undo.begin();
}

function moves(key: string): EditorFunction {
  return function* (editor, count, typed) {
    const wanted = yield* motion(editor, key === "" ? typed : key, count, false);
    if (!wanted || (wanted.to === editor.point && !"0^|".includes(key === "" ? typed : key))) editor.bell();
    if (wanted) editor.point = wanted.to;
  };
}

/** d, c, y with a motion; doubled: the whole line; D, C, Y: to the end (Y: the whole line). */
function* operateOver(editor: Editor, count: number, key: string, motionKey?: string): Blocking<void> {
  const operator = key.toLowerCase();
  let from = editor.point;
  let to = editor.text.length;
  if (key === operator) {
    let next = motionKey ?? (yield* editor.readKey());
    let digits = "";
    while (/^[1-9]$/.test(next) || (digits !== "" && /^\d$/.test(next))) {
      digits += next;
      next = yield* editor.readKey();
    }
    if (digits !== "") count *= Number(digits.slice(-6));
    if (next === key) from = 0;
    else {
      const wanted = yield* motion(editor, next, count, operator === "c");
      if (!wanted || next === END_OF_INPUT) {
        editor.bell();
        return;
      }
      to = wanted.inclusive && wanted.to >= from ? nextCharacter(editor.text, wanted.to) : wanted.to;
    }
  } else if (key === "Y") from = 0;
  const start = Math.min(from, to);
  const end = Math.max(from, to);
  if (operator === "y") {
    editor.killRing.kill(editor.text.slice(start, end), false);
    if (to < from) editor.point = start;
    return;
  }
  if (operator === "c") {
    editor.undo.begin();
    editor.mode = "vi-insert";
  }
  editor.lastWasKill = false;
  editor.kill(start, end);
  editor.point = start;
  editor.thisWasKill = false;
}

function operate(editor: Editor, count: number, key: string): Blocking<void> {
  return operateOver(editor, count, key);
}

function* changeCharacter(editor: Editor, count: number): Blocking<void> {
  const character = yield* editor.readKey();
  if (character === "\x1b" || character === END_OF_INPUT) return;
  let end = editor.point;
  for (let left = count; left > 0; left -= 1) end = nextCharacter(editor.text, end);
  const { point } = editor;
  editor.replaceRange(point, end, character.repeat(count));
  editor.point = Math.max(previousCharacter(editor.text, editor.point), point);
}

function toggleCase(editor: Editor, count: number): void {
  let end = editor.point;
  for (let left = count; left > 0; left -= 1) end = nextCharacter(editor.text, end);
  const old = editor.text.slice(editor.point, end);
  if (old === "") return;
  editor.replaceRange(editor.point, end, [...old].map((character) => (character === character.toUpperCase() ? character.toLowerCase() : character.toUpperCase())).join(""));
}

function put(editor: Editor, count: number, key: string): void {
  const text = editor.killRing.current();
  if (text === undefined) {
    editor.bell();
    return;
  }
  if (key === "p" && editor.text !== "") editor.point = nextCharacter(editor.text, editor.point);
  editor.insert(text.repeat(Math.max(count, 1)));
  editor.point = previousCharacter(editor.text, editor.point);
}

/** After a put: the kill before the one that was put, in its place. */
function yankPop(editor: Editor): void {
  const current = editor.killRing.current();
  const end = nextCharacter(editor.text, editor.point);
  if ((editor.lastFunction !== "vi-put" && editor.lastFunction !== "vi-yank-pop") || current === undefined || !editor.text.slice(0, end).endsWith(current)) {
    editor.bell();
    return;
  }
  editor.killRing.rotate();
  editor.replaceRange(end - current.length, end, editor.killRing.current() ?? "");
  editor.point = previousCharacter(editor.text, editor.point);
}

function overstrike(editor: Editor, count: number, key: string): void {
  let end = editor.point;
  for (let left = count; left > 0; left -= 1) end = nextCharacter(editor.text, end);
  editor.replaceRange(editor.point, end, key.repeat(count));
}

export const viFunctions: readonly (readonly [string, EditorFunction])[] = [
  ["vi-movement-mode", (editor) => {
    editor.undo.endAll();
    editor.mode = "vi-command";
    editor.viState.replacing = false;
    if (editor.point > 0) editor.point = previousCharacter(editor.text, editor.point);
  }],
  ["vi-insertion-mode", startInserting],
  ["vi-insert-beg", (editor) => {
    editor.point = 0;
    startInserting(editor);
  }],
  ["vi-append-mode", (editor) => {
    editor.point = nextCharacter(editor.text, editor.point);
    startInserting(editor);
  }],
  ["vi-append-eol", (editor) => {
    editor.point = editor.text.length;
    startInserting(editor);
  }],
  ["vi-replace", (editor) => {
    startInserting(editor);
    editor.viState.replacing = true;
  }],
  ["vi-next-word", moves("")], ["vi-prev-word", moves("")], ["vi-end-word", moves("")], ["vi-char-search", moves("")], ["vi-match", moves("%")],
  ["vi-fword", moves("w")], ["vi-forward-word", moves("w")], ["vi-fWord", moves("W")], ["vi-forward-bigword", moves("W")],
  ["vi-bword", moves("b")], ["vi-backward-word", moves("b")], ["vi-bWord", moves("B")], ["vi-backward-bigword", moves("B")],
  ["vi-eword", moves("e")], ["vi-eWord", moves("E")], ["vi-end-bigword", moves("E")],
  ["vi-first-print", moves("^")], ["vi-column", moves("|")], ["vi-goto-mark", moves("`")],
  ["vi-set-mark", function* (editor) { editor.viState.marks.set(yield* editor.readKey(), editor.point); }],
  ["vi-delete-to", operate],
  ["vi-change-to", operate],
  ["vi-yank-to", operate],
  ["vi-subst", (editor, count, key) => operateOver(editor, count, "c", key === "S" ? "c" : "l")],
  ["vi-delete", (editor, count) => {
    if (editor.text === "") editor.bell();
    else return operateOver(editor, count, "d", "l");
  }],
  ["vi-rubout", (editor, count) => operateOver(editor, count, "d", "h")],
  ["vi-change-char", changeCharacter],
  ["vi-change-case", toggleCase],
  ["vi-put", put], ["vi-yank-pop", yankPop],
  ["vi-overstrike", overstrike], ["vi-overstrike-delete", (editor) => { editor.point = previousCharacter(editor.text, editor.point); }],
  ["vi-redo", (editor, count) => {
    const { redo } = editor.viState;
    if (redo === "") editor.bell();
    else editor.pushBack(editor.explicitArgument ? `${count}${redo.replace(/^[1-9][0-9]*/, "")}` : redo);
  }],
  ["vi-eof-maybe", (editor) => { editor.done = true; }],
];
