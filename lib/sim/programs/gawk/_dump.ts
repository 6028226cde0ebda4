// -d: the program's variables and what they hold at its end, by name.

import { GawkArray } from "./_array.ts";
import type { Runtime } from "./_runtime.ts";
import { typeName } from "./_value.ts";

const ESCAPES = new Map([["\n", "\\n"], ["\t", "\\t"], ['"', '\\"'], ["\\", "\\\\"], ["\u001c", "\\034"]]);

export function variablesText(runtime: Runtime): string {
  let text = "";
  for (const name of [...runtime.globals.keys()].sort()) {
    const held = runtime.globals.get(name)?.value;
    if (held instanceof GawkArray) {
      text += `${name}: array, ${held.size} elements\n`;
      continue;
    }
    const value = runtime.getGlobal(name);
    const kind = typeName(value);
    if (kind === "untyped") text += `${name}: untyped variable\n`;
    else if (kind === "number" || kind === "strnum" || kind === "number|bool") text += `${name}: ${runtime.text(value)}\n`;
    else if (kind === "regexp") text += `${name}: @/${runtime.text(value)}/\n`;
    else text += `${name}: "${runtime.text(value).replace(/[\n\t"\\\u001c]/g, (c) => ESCAPES.get(c) ?? c)}"\n`;
  }
  return text;
}
