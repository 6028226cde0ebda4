// Questions in the status bar: a line to type, yes or no.

import { type Blocking, SysError } from "../../kernel/sys.ts";
import type { NanoEditor } from "./_editor.ts";
import { keyName } from "./_keys.ts";
import type { MenuName } from "./_menus.ts";

/** An answer to a prompt: what was typed, or the name of a key that ended it. */
export type Answer = { readonly kind: "text"; readonly text: string } | { readonly kind: "cancel" } | { readonly kind: "key"; readonly key: string; readonly text: string };

/** `background` draws what stands above the question; default: the text. */
export function* promptFor(editor: NanoEditor, menu: MenuName, text: () => string, initial: string, history: string[] | undefined, ends: ReadonlySet<string>, background?: () => void): Blocking<Answer> {
  let answer = initial;
  let at = initial.length;
  let place = history?.length ?? 0;
  let typed = initial;
  for (;;) {
    if (!editor.terminal.pending) {
      const options = editor.viewOptions;
      if (background) background();
      else {
        editor.view.title(editor.buffer, options, editor.index, editor.buffers.length);
        editor.view.text(editor.buffer, options, editor.spotlight);
      }
      editor.view.keys(menu, options, false);
      const column = editor.view.prompt(text(), answer, at, options);
      yield* editor.show(editor.view.statusRow(options), column);
    }
    const raw = yield* editor.rawKey();
    const key = keyName(raw);
    if (ends.has(key)) return { kind: "key", key, text: answer };
    switch (key) {
      case "resize":
        break;
      case "Enter":
        return { kind: "text", text: answer };
      case "^C":
        return { kind: "cancel" };
      case "Left":
      case "^B":
        at = Math.max(0, at - 1);
        break;
      case "Right":
      case "^F":
        at = Math.min(answer.length, at + 1);
        break;
      case "Home":
      case "^A":
        at = 0;
        break;
      case "End":
      case "^E":
        at = answer.length;
        break;
      case "Backspace":
        if (at > 0) {
          answer = answer.slice(0, at - 1) + answer.slice(at);
          at--;
        }
        break;
      case "Delete":
      case "^D":
        answer = answer.slice(0, at) + answer.slice(at + 1);
        break;
      case "^K":
        answer = "";
        at = 0;
        break;
      case "^U":
        answer = answer.slice(0, at) + (editor.cutLines.split("\n")[0] ?? "") + answer.slice(at);
        at += (editor.cutLines.split("\n")[0] ?? "").length;
        break;
      case "Up":
      case "^P":
        if (history && place > 0) {
          if (place === history.length) typed = answer;
          answer = history[--place] ?? "";
          at = answer.length;
        }
        break;
      case "Down":
      case "^N":
        if (history && place < history.length) {
          place++;
          answer = place === history.length ? typed : (history[place] ?? "");
          at = answer.length;
        }
        break;
      case "Tab":
        if (menu === "write" || menu === "insert") {
          const completed = completeName(editor, answer.slice(0, at));
          answer = completed + answer.slice(at);
          at = completed.length;
        }
        break;
      default:
        if (!raw.startsWith("\u001b") && raw >= " " && raw !== "\u007f") {
          answer = answer.slice(0, at) + raw + answer.slice(at);
          at += raw.length;
        }
    }
  }
}

function completeName(editor: NanoEditor, text: string): string {
  const slash = text.lastIndexOf("/") + 1;
  try {
    const names = editor.sys.readdir(slash === 0 ? "." : text.slice(0, slash)).filter((entry) => entry.name.startsWith(text.slice(slash)));
    const first = names[0];
    if (!first) return text;
    let common = first.name;
    for (const { name } of names) while (!name.startsWith(common)) common = common.slice(0, -1);
    return text.slice(0, slash) + common + (names.length === 1 && (first.type & 0o170000) === 0o040000 ? "/" : "");
  } catch (error) {
    if (error instanceof SysError) return text;
    throw error;
  }
}

/** yes, no, all, or undefined for cancel. */
export function* askYesNo(editor: NanoEditor, question: string, withAll = false): Blocking<"yes" | "no" | "all" | undefined> {
  for (;;) {
    const options = editor.viewOptions;
    editor.view.title(editor.buffer, options, editor.index, editor.buffers.length);
    editor.view.text(editor.buffer, options, editor.spotlight);
    editor.view.choices(withAll, options);
    const column = editor.view.prompt(`${question} `, "", 0, options);
    yield* editor.show(editor.view.statusRow(options), withAll ? column - 1 : column, withAll);
    const key = yield* editor.rawKey();
    const answers = editor.view.answers;
    const letter = key.toUpperCase();
    if (letter === "Y" || letter === answers.yes) return "yes";
    if (letter === "N" || letter === answers.no) return "no";
    if (withAll && (letter === "A" || letter === answers.all)) return "all";
    if (key === "\u0003") return undefined;
  }
}
