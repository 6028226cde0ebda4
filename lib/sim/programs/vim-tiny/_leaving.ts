// :q, ZZ and Ctrl-Z.

import type { Blocking } from "../../kernel/sys.ts";
import { leaveBuffer, unsaved, writeBuffer } from "./_buffer-files.ts";
import { Failure, Leave } from "./_failure.ts";
import { suspend } from "./_terminal-modes.ts";
import type { Vim } from "./_vim.ts";
import { allWindows, closeWindow } from "./_window-layout.ts";

/** :q */
export function quit(vim: Vim, force: boolean, all: boolean): void {
  if ((vim.windows.length > 1 || vim.tabs.length > 1) && !all) {
    closeCurrent(vim, force, false, force);
    return;
  }
  if (!force) {
    if (!all && vim.buffer.modified) throw new Failure(unsaved(vim));
    const changed = vim.buffers.find((buffer) => buffer.modified && (all ? buffer === vim.buffer : true)) ?? vim.buffers.find((buffer) => buffer.modified);
    if (changed) {
      vim.print("E37: No write since last change", vim.look.error);
      vim.print(`E162: No write since last change for buffer "${changed.name === "" ? "[No Name]" : changed.name}"`, vim.look.error);
      if (changed !== vim.buffer) {
        const { window } = vim;
        window.alternate = window.buffer;
        window.buffer = changed;
        window.top = 0;
        vim.goTo(changed.last);
      }
      throw new Failure("");
    }
    const more = vim.args.length - vim.argAt - 1;
    if (!all && more > 0 && !vim.quitAsked && !vim.lastArgumentSeen) {
      vim.quitAsked = true;
      throw new Failure(`E173: ${more} more file${more === 1 ? "" : "s"} to edit`);
    }
  }
  throw new Leave(vim.exitStatus);
}

/** :close: the window goes, its buffer too when nothing else shows it. */
export function closeCurrent(vim: Vim, force: boolean, hide = false, lose = false): void {
  const { window } = vim;
  const hidden = hide || vim.options.on("hidden");
  const shared = allWindows(vim).some((other) => other !== window && other.buffer === window.buffer);
  if (vim.windows.length === 1 && vim.tabs.length === 1) throw new Failure("E444: Cannot close last window");
  if (window.buffer.modified && !force && !hidden && !shared) throw new Failure("E37: No write since last change (add ! to override)");
  window.buffer.last = window.cursor;
  window.buffer.visited = true;
  closeWindow(vim);
  // what was changed and is not written stays, unless it was to be lost
  leaveBuffer(vim, window, hidden || (window.buffer.modified && !lose));
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
