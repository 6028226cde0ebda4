// :q, ZZ and Ctrl-Z.

import type { Blocking } from "../../kernel/sys.ts";
import { unsaved, writeBuffer } from "./_buffer-files.ts";
import { Failure, Leave } from "./_failure.ts";
import { suspend } from "./_terminal-modes.ts";
import type { Vim } from "./_vim.ts";
import { closeWindow } from "./_window-layout.ts";

/** :q */
export function quit(vim: Vim, force: boolean, all: boolean): void {
  if (vim.windows.length > 1 && !all) {
    const shared = vim.windows.some((other) => other !== vim.window && other.buffer === vim.buffer);
    if (vim.buffer.modified && !force && !shared && !vim.options.on("hidden")) throw new Failure("E37: No write since last change (add ! to override)");
    closeWindow(vim);
    return;
  }
  if (!force) {
    if (all ? vim.buffers.some((buffer) => buffer.modified) : vim.buffer.modified) throw new Failure(unsaved(vim));
    const hidden = vim.buffers.find((buffer) => buffer.modified);
    if (hidden) throw new Failure(unsaved(vim));
    const more = vim.args.length - vim.argAt - 1;
    if (!all && more > 0 && !vim.quitAsked) {
      vim.quitAsked = true;
      throw new Failure(`E173: ${more} more file${more === 1 ? "" : "s"} to edit`);
    }
  }
  throw new Leave(vim.exitStatus);
}

/** ZZ, :x, :wq */
export function* writeAndQuit(vim: Vim, kind: "x" | "wq", bang: boolean, name: string | undefined): Blocking<void> {
  const { buffer } = vim;
  if (kind === "wq" || buffer.modified || name !== undefined) {
    yield* writeBuffer(vim, buffer, name ?? buffer.name, 0, buffer.lines.length, { bang, append: false, whole: true });
    if (name !== undefined && buffer.name === "") {
      buffer.name = name;
      buffer.modified = false;
    }
  }
  quit(vim, bang, false);
}

export function* stopEditor(vim: Vim): Blocking<void> {
  yield* suspend(vim);
}
