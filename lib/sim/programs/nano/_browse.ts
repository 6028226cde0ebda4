// The file browser (^T at a file prompt) on the screen.

import { type Blocking, SysError } from "../../kernel/sys.ts";
import { FileBrowser } from "./_browser.ts";
import type { NanoEditor } from "./_editor.ts";
import { keyName } from "./_keys.ts";
import { promptFor } from "./_prompts.ts";
import { showHelp } from "./_show-help.ts";

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
  const draw = (): readonly [number, number] => {
    const { screen } = editor;
    const options = { ...editor.viewOptions, lineNumbers: false };
    const rows = editor.view.textRows(options);
    const { columns } = screen;
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
    return [end[0], Math.min(columns - 1, end[1])];
  };
  const enter = (path: string, selected?: string): void => {
    try {
      browser = new FileBrowser(editor.sys, path);
      if (selected !== undefined) browser.select(selected);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      editor.say(`Cannot open directory: ${error.message}`, true);
    }
  };
  let sought = "";
  editor.wipe();
  const search = function* (backwards: boolean, again: boolean): Blocking<void> {
    if (!again || sought === "") {
      const given = yield* promptFor(editor, "browserSearch", () => `Search${backwards ? " [Backwards]" : ""}${sought === "" ? "" : ` [${sought}]`}: `, "", editor.searchHistory, new Set(["^G"]), draw);
      if (given.kind !== "text" || (given.text === "" && sought === "")) {
        editor.say("Cancelled");
        return;
      }
      if (given.text !== "") sought = given.text;
      editor.wipe();
    }
    const found = browser.search(sought, backwards);
    if (found === "none") editor.say(`"${sought}" not found`, true);
    else if (found === "same") editor.say("This is the only occurrence");
    else if (found === "wrapped") editor.say("Search Wrapped");
  };
  for (;;) {
    const options = { ...editor.viewOptions, lineNumbers: false };
    const rows = editor.view.textRows(options);
    const perRow = browser.perRow(editor.screen.columns);
    const [row, column] = draw();
    editor.view.message(editor.message, options);
    editor.view.keys("browser", options, false);
    yield* editor.show(row, column, true);
    const key = keyName(yield* editor.rawKey());
    editor.wipe();
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
        const left = browser.directory.replace(/\/$/, "");
        enter(path, left.startsWith(path) ? left.slice(path.length) : undefined);
        break;
      }
      case "^L":
        enter(browser.directory, browser.entries[browser.chosen]?.name);
        break;
      case "^_":
      case "M-G": {
        const given = yield* promptFor(editor, "browserDirectory", () => "Go To Directory: ", "", undefined, new Set(["^G"]), draw);
        if (given.kind !== "text") editor.say("Cancelled");
        else enter(resolvedDirectory(browser.directory, given.text));
        break;
      }
      case "^W":
      case "^Q":
        yield* search(key === "^Q", false);
        break;
      case "M-W":
      case "M-Q":
        yield* search(key === "M-Q", true);
        break;
      case "^G":
        yield* showHelp(editor, "browser");
        break;
      default:
    }
  }
}

function resolvedDirectory(from: string, typed: string): string {
  const parts: string[] = [];
  for (const part of (typed.startsWith("/") ? typed : from + typed).split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}
