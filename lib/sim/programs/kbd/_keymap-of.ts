// The keymap that the kernel has: what loadkeys put there, or its own.

import type { Sys } from "../../kernel/sys.ts";
import { type Keymap, layoutKeymap } from "../kit/keyboard/keymap.ts";
import { keyboardLayout } from "../kit/keyboard/layouts.ts";
import { ask } from "./_console.ts";

export function defaultKeymap(): Keymap {
  const us = keyboardLayout("us");
  return us === undefined ? { tables: new Map(), strings: new Map(), composes: [] } : layoutKeymap(us);
}

export function keymapOf(sys: Sys, fd: number): Keymap {
  return (ask(sys, fd, "KDGETKEYMAP") as Keymap | undefined) ?? defaultKeymap();
}
