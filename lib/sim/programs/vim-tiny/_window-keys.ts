// Ctrl-W and the keys behind it.

import type { Blocking } from "../../kernel/sys.ts";
import { executeCommandLine } from "./_ex.ts";
import { Failure } from "./_failure.ts";
import { readKey } from "./_keyboard.ts";
import { layout, spread } from "./_layout.ts";
import type { Vim } from "./_vim.ts";

export function* windowCommand(vim: Vim, count: number | undefined): Blocking<void> {
  const key = yield* readKey(vim);
  const at = vim.windows.indexOf(vim.window);
  const go = (to: number) => {
    const target = vim.windows[Math.max(0, Math.min(to, vim.windows.length - 1))];
    if (target) vim.window = target;
  };
  switch (key) {
    case "w":
    case "\u0017":
      go(count === undefined ? (at + 1) % vim.windows.length : count - 1);
      return;
    case "W":
      go((at - 1 + vim.windows.length) % vim.windows.length);
      return;
    case "j":
    case "<Down>":
      go(at + (count ?? 1));
      return;
    case "k":
    case "<Up>":
      go(at - (count ?? 1));
      return;
    case "t":
      go(0);
      return;
    case "b":
      go(vim.windows.length - 1);
      return;
    case "s":
    case "S":
    case "\u0013":
      yield* executeCommandLine(vim, "split");
      return;
    case "n":
      yield* executeCommandLine(vim, "new");
      return;
    case "c":
      yield* executeCommandLine(vim, "close");
      return;
    case "q":
      yield* executeCommandLine(vim, "quit");
      return;
    case "o":
      yield* executeCommandLine(vim, "only");
      return;
    case "=":
      spread(vim);
      return;
    case "+":
    case "-": {
      const other = vim.windows[at + 1] ?? vim.windows[at - 1];
      if (!other) return;
      const by = Math.min(count ?? 1, key === "+" ? other.height - 1 : vim.window.height - 1) * (key === "+" ? 1 : -1);
      vim.window.height += by;
      other.height -= by;
      layout(vim);
      return;
    }
    default:
      throw new Failure("");
  }
}
