// Files that somebody else changed while they were in a buffer: looked at after every command of the shell, and by :checktime.

import { type Blocking, SysError } from "../../kernel/sys.ts";
import type { Vim } from "./_vim.ts";

export function* checkTimes(vim: Vim): Blocking<void> {
  for (const buffer of vim.buffers) {
    if (!buffer.loaded || buffer.name === "" || buffer.help || buffer.mtimeUs === undefined) continue;
    if (vim.sys.charge(1)) yield* vim.sys.preempt();
    let now: number | undefined;
    try {
      now = vim.sys.stat(vim.homePath(buffer.name)).mtimeUs;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    if (now === (buffer.seenUs ?? buffer.mtimeUs)) continue;
    if (now === undefined) {
      if (buffer.seenUs === -1) continue;
      buffer.seenUs = -1;
      vim.error(`E211: File "${buffer.name}" no longer available`);
      continue;
    }
    buffer.seenUs = now;
    const [number, what] = buffer.modified ? ["W12", "has changed and the buffer was changed in Vim as well"] : ["W11", "has changed since editing started"];
    vim.print(`${number}: Warning: File "${buffer.name}" ${what}`, vim.look.error);
    vim.print(`See ":help ${number}" for more info.`, vim.look.error);
  }
}
