// Registers: what they hold, and where deleted and yanked text goes.

import type { Register, Vim } from "./_vim.ts";

export function registerNamed(vim: Vim, name: string): Register | undefined {
  switch (name) {
    case "%":
      return { lines: [vim.buffer.name], kind: "char" };
    case "#":
      return vim.window.alternate && { lines: [vim.window.alternate.name], kind: "char" };
    case ":":
      return { lines: [vim.lastCommand], kind: "char" };
    case "/":
      return vim.search && { lines: [vim.search.pattern], kind: "char" };
    case ".":
      return { lines: vim.lastInserted.split("\n"), kind: "char" };
    case "":
    case '"':
      return vim.registers.get('"');
    default:
      return vim.registers.get(name.toLowerCase());
  }
}

/** Stores deleted or yanked text: in the register named, else "0 or "1 and its followers, or "- for less than a line. */
export function storeText(vim: Vim, name: string, value: Register, deleted: boolean, small: boolean): void {
  if (name === "_") return;
  if (/^[A-Za-z]$/.test(name)) {
    const lower = name.toLowerCase();
    const old = name === lower ? undefined : vim.registers.get(lower);
    const joined: Register = !old ? value
      : old.kind === "line" || value.kind === "line" ? { lines: [...old.lines, ...value.lines], kind: "line" }
      : { lines: [...old.lines.slice(0, -1), (old.lines.at(-1) ?? "") + (value.lines[0] ?? ""), ...value.lines.slice(1)], kind: "char" };
    vim.registers.set(lower, joined);
    vim.registers.set('"', joined);
    return;
  }
  if (!deleted) vim.registers.set("0", value);
  else if (small && name === "") vim.registers.set("-", value);
  else {
    for (let i = 9; i > 1; i--) {
      const before = vim.registers.get(String(i - 1));
      if (before) vim.registers.set(String(i), before);
    }
    vim.registers.set("1", value);
  }
  vim.registers.set('"', value);
}
