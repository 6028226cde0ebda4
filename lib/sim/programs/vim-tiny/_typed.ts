// A count, a register and a key, and what is remembered of them.

import type { Blocking } from "../../kernel/sys.ts";
import { markJump } from "./_jumps.ts";
import { readKey, readMappedKey } from "./_keyboard.ts";
import type { Motion } from "./_motion-keys.ts";
import { nextIndex, previousIndex } from "./_text.ts";
import { Failure } from "./_failure.ts";
import type { Vim } from "./_vim.ts";

export interface Typed {
  readonly key: string;
  readonly count: number | undefined;
  readonly register: string;
}

/** A count and a register, in any order, then the key. */
export function* readTyped(vim: Vim): Blocking<Typed> {
  let digits = "";
  let register = "";
  for (;;) {
    const key = yield* readMappedKey(vim, vim.visual ? "v" : "n");
    if (/^[1-9]$/.test(key) || (key === "0" && digits !== "")) digits += key;
    else if (key === "<Del>" && digits !== "") digits = digits.slice(0, -1);
    else if (key === '"') {
      register = yield* readKey(vim);
      if (!/^[A-Za-z0-9"%:./_-]$/.test(register)) throw new Failure("");
    } else return { key, count: digits === "" ? undefined : Math.min(Number(digits), 99_999_999), register };
  }
}

/** Remembers the command for ".". */
export function changed(vim: Vim): void {
  if (vim.repeating) return;
  vim.lastChange = { keys: [...vim.typed], visual: undefined };
}

export function move(vim: Vim, motion: Motion): void {
  if (motion.jump) markJump(vim);
  if (motion.keepWanted) vim.goToLine(motion.to.line);
  else vim.goTo(motion.to);
  if (motion.wantEnd) {
    vim.window.wanted = Number.POSITIVE_INFINITY;
    if (vim.visual) vim.visual.toEnd = true;
  } else if (vim.visual && !motion.keepWanted) vim.visual.toEnd = false;
}

export function advance(text: string, col: number, times: number): number {
  let at = col;
  for (let i = 0; i < times && at < text.length; i++) at = nextIndex(text, at);
  return at;
}

export function retreat(text: string, col: number, times: number): number {
  let at = col;
  for (let i = 0; i < times && at > 0; i++) at = previousIndex(text, at);
  return at;
}

export function* replacement(vim: Vim): Blocking<string | undefined> {
  const key = yield* readKey(vim);
  if (key === "\u001b" || key === "\u0003" || (key.startsWith("<") && key.length > 1)) return undefined;
  if (key === "\u0016") return yield* readKey(vim);
  return key === "\r" ? "\n" : key;
}
