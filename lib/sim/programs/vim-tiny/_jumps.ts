// Where Ctrl-O and '' go back to.

import type { Vim } from "./_vim.ts";

/** '' goes back here, and so does Ctrl-O. */
export function markJump(vim: Vim): void {
  const { window } = vim;
  window.previousMark = vim.cursor;
  window.jumps = [...window.jumps.filter((place) => place.line !== window.line), vim.cursor].slice(-100);
  window.jumpAt = window.jumps.length;
}

/** So many entries of the jump list on or back. False: there are not so many. */
export function goJump(vim: Vim, by: number): boolean {
  const { window } = vim;
  let at = window.jumpAt;
  if (at === window.jumps.length && by < 0) {
    // where we are now is the way back
    markJump(vim);
    at = window.jumps.length - 1;
  }
  const place = window.jumps[at + by];
  if (!place) return false;
  window.jumpAt = at + by;
  vim.goTo(place);
  return true;
}
