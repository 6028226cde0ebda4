// Descriptions of terminals in termcap's way (termcap(5)): names and capabilities between colons, lines joined by a backslash at their end.

import { BOOLEAN_NAMES, type CapabilityName, NUMBER_NAMES, STRING_NAMES } from "./capability-names.ts";
import { emptyEntry, type Entry } from "./entry.ts";
import { unescapeCapability } from "./entry-source.ts";
import { terminfoString } from "./termcap-strings.ts";

/** What termcap's programs took for granted (terminfo(5), "Termcap translation"): a description without these has them all the same. */
const DEFAULTS: readonly (readonly [name: string, value: string])[] = [["bel", "\x07"], ["cr", "\r"], ["cud1", "\n"], ["ht", "\t"], ["ind", "\n"], ["kbs", "\b"], ["kcub1", "\b"], ["kcud1", "\n"], ["nel", "\r\n"]];

const find = (table: readonly CapabilityName[], code: string): string | undefined => table.find(({ termcap }) => termcap === code)?.name;

export function parseTermcap(source: string, withDefaults: boolean): readonly Entry[] {
  const entries: Entry[] = [];
  for (const block of source.replace(/\\\r?\n\s*/g, "").split("\n")) {
    if (block.trim() === "" || block.startsWith("#")) continue;
    const [names = "", ...fields] = block.split(":");
    const entry = emptyEntry(names.trim());
    for (const field of fields.map((one) => one.trim()).filter((one) => one !== "")) {
      const code = field.slice(0, 2);
      const sign = field.charAt(2);
      const name = sign === "#" ? find(NUMBER_NAMES, code) : sign === "=" ? find(STRING_NAMES, code === "rs" ? "r2" : code) : find(BOOLEAN_NAMES, code);
      if (name === undefined) continue;
      if (sign === "#") entry.numbers.set(name, Number.parseInt(field.slice(3), /^0\d/.test(field.slice(3)) ? 8 : 10) || 0);
      else if (sign === "=") entry.strings.set(name, unescapeCapability(terminfoString(field.slice(3), field.includes("%") && !/^(?:key_|acs_)/.test(name))));
      else entry.booleans.set(name, true);
    }
    if (withDefaults) for (const [name, value] of DEFAULTS) if (!entry.strings.has(name)) entry.strings.set(name, value);
    entries.push(entry);
  }
  return entries;
}
