// u and Ctrl-R, with what they say.

import type { Vim } from "./_vim.ts";

/** Vi's u takes back its own undo; Vim's goes on into the past. */
export function undo(vim: Vim, times: number): void {
  if (vim.options.vi("u")) {
    travel(vim, !vim.buffer.undone, 1);
    vim.buffer.undone = !vim.buffer.undone;
    return;
  }
  travel(vim, true, times);
}

export function redo(vim: Vim, times: number): void {
  travel(vim, vim.options.vi("u") ? vim.buffer.undone : false, times);
}

function travel(vim: Vim, back: boolean, times: number): void {
  for (let i = 0; i < times; i++) {
    const done = vim.buffer.travel(back);
    if (!done) {
      vim.message(back ? "Already at oldest change" : "Already at newest change");
      return;
    }
    if (done.step.cursor.line === done.line) vim.goTo({ line: done.line, col: done.step.cursor.col });
    else vim.startOfLine(done.line);
    const ago = Math.max(0, Math.floor((vim.sys.clockUs("realtime") - done.step.timeUs) / 1_000_000));
    const number = back ? done.step.number : vim.buffer.numberAfter;
    const { fewer, lines } = done;
    const what = fewer === -1 ? "1 more line" : fewer < 0 ? `${-fewer} more lines` : fewer === 1 ? "1 line less" : fewer > 1 ? `${fewer} fewer lines` : `${lines} change${lines === 1 ? "" : "s"}`;
    vim.message(`${what}; ${back ? "before" : "after"} #${number}  ${ago < 100 ? `${ago} second${ago === 1 ? "" : "s"} ago` : clock(done.step.timeUs)}`);
  }
}

function clock(timeUs: number): string {
  const seconds = Math.floor(timeUs / 1_000_000) % 86400;
  const two = (n: number) => String(Math.floor(n)).padStart(2, "0");
  return `${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}`;
}
