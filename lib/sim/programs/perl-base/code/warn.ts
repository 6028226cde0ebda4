// Warnings about undefined values (perldiag(1)).

import type { NameOf, Vm } from "../vm/vm.ts";

export function warnUninitialized(vm: Vm, name: NameOf | undefined, operation: string): void {
  if (!vm.warns("uninitialized")) return;
  const shown = name?.(vm);
  vm.warn(`Use of uninitialized value${shown === undefined ? "" : ` ${shown}`} in ${operation}`);
}

/** A text between quotes, as diagnostics show it. */
export function keyText(text: string): string {
  let out = "";
  for (const c of text) {
    const code = c.charCodeAt(0);
    out += c === "\n" ? "\\n" : c === "\t" ? "\\t" : c === '"' || c === "\\" ? `\\${c}` : code < 32 || code === 127 ? `\\${code.toString(8)}` : c;
  }
  return out.length > 32 ? `${out.slice(0, 32)}"...` : out;
}
