// What each key does.

import type { Blocking } from "../../kernel/sys.ts";
import { before, columnOf } from "./_buffer.ts";
import { copyText, cutText, cutTillEnd, pasteText, removeTo } from "./_cutting.ts";
import type { NanoEditor } from "./_editor.ts";
import { closeBuffer, insertFileCommand, writeOut } from "./_file-commands.ts";
import { keyName } from "./_keys.ts";
import { commentLines, indentLines, justifyText } from "./_line-commands.ts";
import { countWords, goToCommand, moveCursor, MOVES, toBracket } from "./_moving.ts";
import { findText, replaceCommand, searchCommand } from "./_searching.ts";
import { showHelp } from "./_show-help.ts";

export function* runCommand(editor: NanoEditor, raw: string): Blocking<void> {
  const buffer = editor.buffer;
  if (raw === "\u001b[200~") {
    editor.pasting = true;
    return;
  }
  if (raw === "\u001b[201~") {
    editor.pasting = false;
    return;
  }
  if (raw === "resize") {
    editor.wipe();
    return;
  }
  const key = keyName(raw);
  const wasCut = editor.keepCut;
  editor.keepCut = undefined;
  if (editor.options.viewMode && CHANGING.has(key) && !(raw.startsWith("\u001b") && key === raw)) {
    editor.say("Key is invalid in view mode", true);
    return;
  }
  if (!raw.startsWith("\u001b") && ((raw >= " " && raw !== "\u007f") || (editor.pasting && raw === "\t"))) {
    if (editor.options.viewMode) {
      editor.say("Key is invalid in view mode", true);
      return;
    }
    liftSoftMark(editor);
    buffer.change("addition", () => buffer.insert(raw), true);
    editor.follow();
    return;
  }
  if (editor.pasting && (raw === "\r" || raw === "\n")) {
    buffer.change("addition", () => buffer.insert("\n"), true);
    editor.follow();
    return;
  }
  const shifted = /^S-(.*)$/.exec(key);
  const moving = shifted ? (shifted[1] ?? "") : key;
  if (MOVES.has(moving)) {
    if (shifted) {
      if (!buffer.mark) {
        buffer.mark = buffer.cursor;
        buffer.softMark = true;
      }
    } else liftSoftMark(editor);
    buffer.breakGroup();
    moveCursor(editor, moving);
    return;
  }
  switch (key) {
    case "resize":
      return;
    case "^X":
      yield* closeBuffer(editor);
      return;
    case "^G":
    case "F1":
      yield* showHelp(editor, "main");
      return;
    case "^O":
    case "F3":
      yield* writeOut(editor, false);
      return;
    case "^S":
      yield* writeOut(editor, false, true);
      return;
    case "^R":
    case "Insert":
      yield* insertFileCommand(editor, false);
      return;
    case "^T":
      yield* insertFileCommand(editor, true);
      return;
    case "^Z":
      editor.say("To suspend, type ^T^Z", true);
      return;
    case "Enter":
      liftSoftMark(editor);
      buffer.change("line break", () => {
        const indent = editor.options.autoIndent ? (/^[ \t]*/.exec(buffer.line.slice(0, buffer.cursor.at))?.[0] ?? "") : "";
        buffer.insert(`\n${indent}`);
      });
      editor.follow();
      return;
    case "Tab":
      if (buffer.mark && !buffer.softMark) indentLines(editor, 1);
      else {
        const column = columnOf(buffer.line, buffer.cursor.at);
        buffer.change("addition", () => buffer.insert(editor.options.tabsToSpaces ? " ".repeat(8 - (column % 8)) : "\t"), true);
      }
      return;
    case "Backspace": {
      if (deleteZapped(editor)) return;
      liftSoftMark(editor);
      const to = buffer.cursor;
      const from = buffer.previous();
      if (!before(from, to)) return;
      if (from.line !== to.line) {
        // The line break before the last, empty line stays.
        if (to.line === buffer.lines.length - 1 && buffer.line === "") {
          buffer.moveTo(from);
          editor.follow();
          return;
        }
        buffer.change("line join", () => void buffer.remove(from, to));
      } else buffer.change("deletion", () => void buffer.remove(from, to), true);
      editor.follow();
      return;
    }
    case "Delete":
    case "^D": {
      if (deleteZapped(editor)) return;
      liftSoftMark(editor);
      const from = buffer.cursor;
      const to = buffer.next();
      if (!before(from, to) || (to.line !== from.line && to.line === buffer.lines.length - 1 && buffer.lines[to.line] === "")) return;
      buffer.change(to.line === from.line ? "deletion" : "line join", () => void buffer.remove(from, to), to.line === from.line);
      return;
    }
    case "C-Delete":
      removeTo(editor, buffer.nextWord());
      return;
    case "M-Backspace":
    case "C-Backspace":
    case "^H":
      removeTo(editor, buffer.previousWord());
      return;
    case "^K":
    case "F9":
      cutText(editor, wasCut === "cut");
      return;
    case "M-6":
    case "M-^":
      copyText(editor, wasCut === "copy");
      return;
    case "^U":
    case "F10":
      pasteText(editor);
      return;
    case "M-T":
      cutTillEnd(editor);
      return;
    case "M-U": {
      const name = buffer.undo();
      if (name === undefined) editor.say("Nothing to undo", true);
      else editor.say(`Undid ${name}`);
      editor.follow("center");
      return;
    }
    case "M-E": {
      const name = buffer.redo();
      if (name === undefined) editor.say("Nothing to redo", true);
      else editor.say(`Redid ${name}`);
      editor.follow("center");
      return;
    }
    case "M-A":
    case "^^":
      if (buffer.mark) {
        buffer.mark = undefined;
        editor.say("Mark Unset");
      } else {
        buffer.mark = buffer.cursor;
        buffer.softMark = false;
        editor.say("Mark Set");
      }
      return;
    case "M-}":
      indentLines(editor, 1);
      return;
    case "M-{":
    case "S-Tab":
      indentLines(editor, -1);
      return;
    case "M-3":
      commentLines(editor);
      return;
    case "^W":
    case "F6":
      yield* searchCommand(editor, false);
      return;
    case "^Q":
      yield* searchCommand(editor, true);
      return;
    case "M-W":
    case "M-Q":
      editor.options.backwards = key === "M-Q";
      if (editor.last.text === "") editor.say("No current search pattern", true);
      else findText(editor, editor.last.text);
      return;
    case "^\\":
    case "M-R":
      yield* replaceCommand(editor);
      return;
    case "^_":
    case "M-G":
      yield* goToCommand(editor);
      return;
    case "^C":
    case "F11":
      editor.say(editor.position());
      return;
    case "M-D":
      countWords(editor);
      return;
    case "^L":
      editor.follow("middle");
      editor.screen.forget();
      yield* editor.terminal.write("\u001b[H\u001b[2J");
      return;
    case "^J":
      justifyText(editor, false);
      return;
    case "M-J":
      justifyText(editor, true);
      return;
    case "M-]":
      toBracket(editor);
      return;
    case "M-N":
    case "M-#":
      editor.toggle("lineNumbers", "Line numbering");
      return;
    case "M-P":
      editor.toggle("whitespace", "Whitespace display");
      return;
    case "M-S":
    case "M-$":
      editor.toggle("softWrap", "Soft wrapping of overlong lines");
      buffer.topRow = 0;
      editor.follow();
      return;
    case "M-X":
      editor.options.helpLines = !editor.options.helpLines;
      editor.follow();
      editor.say(`Help mode ${editor.options.helpLines ? "enabled" : "disabled"}`);
      return;
    case "M-C":
      editor.options.constantPosition = !editor.options.constantPosition;
      editor.wipe();
      return;
    case "M-I":
      editor.toggle("autoIndent", "Auto indent");
      return;
    case "M-K":
      editor.toggle("cutFromCursor", "Cut to end");
      return;
    case "M-L":
      editor.toggle("hardWrap", "Hard wrapping of overlong lines");
      return;
    case "M-H":
      editor.toggle("smartHome", "Smart home key");
      return;
    case "M-O":
      editor.toggle("tabsToSpaces", "Conversion of typed tabs to spaces");
      return;
    case "M-M":
      editor.say("Mouse support disabled");
      return;
    case "M-Y":
      editor.say("Color syntax highlighting disabled");
      return;
    case "M->":
    case "M-.":
      editor.switchBuffer(1);
      return;
    case "M-<":
    case "M-,":
      editor.switchBuffer(-1);
      return;
    case "M-:":
      if (editor.options.recording) {
        editor.options.recording = false;
        editor.macro.splice(-1);
        editor.say("Stopped recording");
      } else {
        editor.options.recording = true;
        editor.macro = [];
        editor.say("Recording a macro...");
      }
      return;
    case "M-;":
      if (editor.options.recording) {
        editor.say("Cannot run macro while recording", true);
        return;
      }
      if (editor.macro.length === 0) editor.say("Macro is empty", true);
      else editor.pending.push(...editor.macro);
      return;
    case "M-V": {
      editor.say("Verbatim Input");
      yield* editor.draw();
      const next = yield* editor.rawKey();
      buffer.change("addition", () => buffer.insert(next === "\r" ? "\n" : next), true);
      editor.wipe();
      return;
    }
    default:
      if (key === "^[" || key === "^@") return;
      editor.say(raw.startsWith("\u001b") ? (key.startsWith("M-") ? `Unbound key: ${key}` : "Unknown sequence") : `Unbound key: ${key}`, true);
  }
}

export function liftSoftMark(editor: NanoEditor): void {
  const buffer = editor.buffer;
  if (buffer.softMark) {
    buffer.mark = undefined;
    buffer.softMark = false;
  }
}

/** -Z: Backspace and Delete erase the region. */
function deleteZapped(editor: NanoEditor): boolean {
  const buffer = editor.buffer;
  const region = buffer.region();
  if (!editor.options.zap || !region) return false;
  buffer.change("cut", () => void buffer.remove(region[0], region[1]));
  buffer.mark = undefined;
  buffer.softMark = false;
  return true;
}

const CHANGING = new Set(["Enter", "Tab", "Backspace", "Delete", "^D", "^H", "^K", "^U", "^O", "^S", "^R", "^T", "^J", "M-J", "M-T", "M-3", "M-}", "M-{", "^\\", "M-R", "M-U", "M-E", "M-V", "Insert"]);
