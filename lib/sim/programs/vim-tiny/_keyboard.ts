// Keys: from the keyboard, from mappings, from what is run again.

import { type Blocking, SIGNALS } from "../../kernel/sys.ts";
import { drawScreen } from "./_drawing.ts";
import { Failure, Leave } from "./_failure.ts";
import { BRACKET_KEYS } from "./_keys.ts";
import { layout } from "./_layout.ts";
import type { MapMode, Mapping } from "./_mappings.ts";
import { flagSwaps, swapsBehind, writeSwaps } from "./_swap-files.ts";
import type { Vim } from "./_vim.ts";

/** A key, with the cursor in the text. Recorded for "." and macros. */
export function* readKey(vim: Vim): Blocking<string> {
  const queued = vim.queue.shift();
  // what :normal leaves unfinished ends as with Escape
  const key = queued ?? (vim.normalDepth > 0 ? "\u001b" : yield* keyboardKey(vim));
  vim.typed.push(key);
  if (queued === undefined && vim.recording) vim.recording.keys.push(key);
  return key;
}

/** A key where mappings of that mode hold. */
export function* readMappedKey(vim: Vim, mode: MapMode): Blocking<string> {
  for (let round = 0; ; round++) {
    if (vim.mappings.list.length === 0 || vim.plain > 0) {
      vim.plain = Math.max(0, vim.plain - 1);
      return yield* readKey(vim);
    }
    if (round > 1000) throw new Failure("E223: Recursive mapping");
    const keys: string[] = [];
    let mapping: Mapping | undefined;
    for (;;) {
      if (keys.length > 0 && vim.queue.length === 0 && !vim.typedAhead) {
        vim.mappingTimeoutUs = vim.options.number("timeoutlen") * 1000;
        yield* drawScreen(vim);
      }
      const key = yield* readKey(vim);
      vim.mappingTimeoutUs = undefined;
      if (key === "") {
        vim.typed.pop();
        break;
      }
      keys.push(key);
      const found = vim.mappings.find(mode, keys);
      if (found === "more") continue;
      mapping = found;
      break;
    }
    const [first = "", ...rest] = keys;
    if (mapping === undefined) {
      vim.queue.unshift(...rest);
      if (rest.length > 0) vim.typed.splice(-rest.length);
      vim.plain = rest.length;
      return first;
    }
    vim.typed.splice(-keys.length);
    vim.queue.unshift(...mapping.to);
    if (!mapping.remap) vim.plain = mapping.to.length;
  }
}

/** A key while the cursor stands elsewhere. */
export function* readKeyAt(vim: Vim, row: number, column: number): Blocking<string> {
  vim.cursorOverride = { row, column, hidden: false };
  try {
    return yield* readKey(vim);
  } finally {
    vim.cursorOverride = undefined;
  }
}

export function* keyboardKey(vim: Vim): Blocking<string> {
  if (!vim.terminal.pending && vim.split.length === 0) {
    yield* flagSwaps(vim);
    yield* drawScreen(vim);
  }
  return yield* readRawKey(vim);
}

/** From the keyboard itself; arrows and other named keys as <Up>. */
export function* readRawKey(vim: Vim): Blocking<string> {
  for (;;) {
    const split = vim.split.shift();
    if (split !== undefined) return split;
    const escapes = vim.options.on("esckeys") || !vim.inserting;
    vim.terminal.escapeDelayUs = escapes ? vim.options.number("timeoutlen") * 1000 : 0;
    const event = yield* vim.terminal.next(vim.mappingTimeoutUs ?? (swapsBehind(vim) ? vim.options.number("updatetime") * 1000 : null));
    if (!event) {
      if (vim.mappingTimeoutUs !== undefined) return "";
      yield* writeSwaps(vim);
      continue;
    }
    if (event.kind === "end") throw new Leave(1);
    if (event.kind === "resize") {
      vim.screen.resize(vim.terminal.size.rows, vim.terminal.size.cols);
      layout(vim);
      vim.redrawAll();
      if (!vim.isOutside) {
        yield* vim.terminal.write(`\u001b[1;${vim.screen.rows}r\u001b[H\u001b[2J`);
        yield* drawScreen(vim);
      }
      continue;
    }
    if (event.kind === "signal") {
      if (event.signal === SIGNALS.TERM || event.signal === SIGNALS.HUP) {
        yield* writeSwaps(vim);
        throw new Leave(1, event.signal === SIGNALS.TERM ? "TERM" : "HUP");
      }
      continue;
    }
    const { key } = event;
    const every = vim.options.number("updatecount");
    if (every > 0 && ++vim.keysSinceSwap >= every) {
      vim.keysSinceSwap = 0;
      yield* writeSwaps(vim);
    }
    if (!key.startsWith("\u001b") || key === "\u001b") return key === "\n" ? "\u000a" : key;
    if (key === "\u001b[200~") {
      yield* readPaste(vim);
      continue;
    }
    const name = escapes ? BRACKET_KEYS.get(key) : undefined;
    if (name !== undefined) return name;
    // Answers of the terminal and focus events are no keys.
    if (/^\u001b\[[?>][\d;]*c$/.test(key) || key === "\u001b[I" || key === "\u001b[O" || key === "\u001b[201~") continue;
    vim.split.push(..."\u001b", ...key.slice(1));
  }
}

/** A block that the terminal marks as pasted: inserted as it is. */
export function* readPaste(vim: Vim): Blocking<void> {
  let text = "";
  for (;;) {
    const event = yield* vim.terminal.next();
    if (!event) continue;
    if (event.kind === "end") throw new Leave(1);
    if (event.kind !== "key") continue;
    if (event.key === "\u001b[201~") break;
    text += event.key;
  }
  vim.split.push(`<Paste>${text.replaceAll("\r\n", "\n").replaceAll("\r", "\n")}`);
}
