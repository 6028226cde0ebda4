// The file browser (^T at a file prompt) on the screen.

import { type Blocking, SysError } from "../../kernel/sys.ts";
import { FileBrowser } from "./_browser.ts";
import type { NanoEditor } from "./_editor.ts";
import { keyName } from "./_keys.ts";

/** The path of a file chosen in the browser; undefined when it was closed. */
export function* browseFiles(editor: NanoEditor, typed: string): Blocking<string | undefined> {
  const slash = typed.lastIndexOf("/");
  const start = slash < 0 ? editor.sys.getcwd() : typed.slice(0, slash) || "/";
  let browser: FileBrowser;
  try {
    browser = new FileBrowser(editor.sys, start);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    editor.say(`Cannot open directory: ${error.message}`, true);
    return undefined;
  }
  for (;;) {
    const screen = editor.screen;
    const options = { ...editor.viewOptions, lineNumbers: false };
    const rows = editor.view.textRows(options);
    const columns = screen.columns;
    const perRow = browser.perRow(columns);
    const first = Math.floor(browser.chosen / perRow / rows) * rows;
    screen.fill(0, "7");
    const title = `DIR: ${browser.directory}`;
    screen.put(0, Math.max(0, Math.floor((columns - title.length + 1) / 2)), title, "7");
    for (let row = 0; row < rows; row++) screen.fill(row + 1);
    let end: readonly [number, number] = [1, 0];
    for (let i = first * perRow; i < Math.min(browser.entries.length, (first + rows) * perRow); i++) {
      const row = Math.floor(i / perRow) - first + 1;
      const column = (i % perRow) * (browser.width(columns) + 2);
      const label = browser.label(i, columns);
      screen.put(row, column, label, i === browser.chosen ? "7" : "");
      end = [row, column + label.length];
    }
    editor.view.message(undefined, options);
    editor.view.keys("browser", options, false);
    yield* editor.show(end[0], Math.min(columns - 1, end[1]), true);
    const key = keyName(yield* editor.rawKey());
    switch (key) {
      case "^X":
      case "^C":
      case "Escape":
      case "\u001b":
      case "e":
      case "q":
        return undefined;
      case "Left":
      case "^B":
        browser.move(-1);
        break;
      case "Right":
      case "^F":
        browser.move(1);
        break;
      case "Up":
      case "^P":
        if (browser.chosen >= perRow) browser.move(-perRow);
        break;
      case "Down":
      case "^N":
        if (browser.chosen + perRow < browser.entries.length) browser.move(perRow);
        break;
      case "PageUp":
      case "^Y":
        browser.move(-perRow * rows);
        break;
      case "PageDown":
      case "^V":
      case " ":
        browser.move(perRow * rows);
        break;
      case "Home":
      case "M-\\":
        browser.move(-browser.entries.length);
        break;
      case "End":
      case "M-/":
        browser.move(browser.entries.length);
        break;
      case "Enter":
      case "s": {
        const { path, directory } = browser.choice;
        if (!directory) return path;
        try {
          browser = new FileBrowser(editor.sys, path);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          editor.say(`Error reading ${path}: ${error.message}`, true);
        }
        break;
      }
      default:
    }
  }
}
