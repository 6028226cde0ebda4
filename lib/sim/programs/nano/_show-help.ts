// The help text on the screen.

import type { Blocking } from "../../kernel/sys.ts";
import type { NanoEditor } from "./_editor.ts";
import { type HelpName, helpLines, helpTitle } from "./_help.ts";
import { keyName } from "./_keys.ts";

export function* showHelp(editor: NanoEditor, menu: HelpName): Blocking<void> {
  const options = { ...editor.viewOptions, lineNumbers: false, softWrap: false };
  const rows = editor.view.textRows(options);
  let top = 0;
  for (;;) {
    const screen = editor.screen;
    screen.fill(0, "7");
    const translated = (text: string): string => editor.view.translated(text);
    const title = translated(helpTitle(menu));
    const lines = helpLines(menu, screen.columns, translated);
    screen.put(0, Math.max(0, Math.floor((screen.columns - title.length + 1) / 2)), title, "7");
    for (let i = 0; i < rows; i++) {
      screen.fill(i + 1);
      screen.put(i + 1, 0, lines[top + i] ?? "");
    }
    editor.view.message(undefined, options);
    editor.view.keys("help", options, false);
    yield* editor.show(1, 0, true);
    const key = keyName(yield* editor.rawKey());
    const last = Math.max(0, lines.length - rows);
    if (key === "^X" || key === "^C" || key === "q" || key === "^G") break;
    if (key === "Down" || key === "^N") top = Math.min(last, top + 1);
    else if (key === "Up" || key === "^P") top = Math.max(0, top - 1);
    else if (key === "PageDown" || key === "^V" || key === " ") top = Math.min(last, top + rows - 2);
    else if (key === "PageUp" || key === "^Y") top = Math.max(0, top - rows + 2);
    else if (key === "M-\\" || key === "Home" || key === "C-Home") top = 0;
    else if (key === "M-/" || key === "End" || key === "C-End") top = last;
  }
  editor.screen.forget();
  editor.wipe();
}
