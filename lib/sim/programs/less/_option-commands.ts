// Options changed while less runs: - and _.

import type { Blocking } from "../../kernel/sys.ts";
import { longOption, setFlag, setValue, TOGGLES, VALUES } from "./_options.ts";
import type { Pager } from "./_pager.ts";
import { compilePattern } from "./_searching.ts";

/** A long name is completed as soon as no other begins so; what is typed behind it is dropped. */
function completeName(text: string): string {
  const before = text.slice(0, -1);
  return longOption(before)?.name === before ? before : (longOption(text)?.name ?? text);
}

export function* optionCommand(pager: Pager, toggles: boolean): Blocking<void> {
  const lead = toggles ? "-" : "_";
  pager.clearPrompt();
  pager.io.out.put(lead);
  let key = yield* pager.key();
  if (key === undefined || key === "\u007f" || key === "\b") return;
  let reset = "";
  if (toggles && (key === "+" || key === "!")) {
    reset = key;
    pager.io.out.put(key);
    key = yield* pager.key();
    if (key === undefined || key === "\u007f" || key === "\b") return;
  }
  if (key === lead) {
    const name = yield* pager.entry(`${lead}${reset}${lead}`, undefined, completeName);
    if (name === undefined) return;
    const found = longOption(name);
    if (!found) {
      yield* pager.message(`There is no --${name} option`);
      return;
    }
    key = found.letter;
  }
  const value = VALUES.get(key);
  const texts = TOGGLES.get(key);
  if (value) {
    if (toggles) {
      const given = yield* pager.entry(value[0]);
      if (given !== undefined) setValue(pager.options, key, given);
      pager.repaintNeeded = true;
    } else yield* pager.message(value[1](pager.options));
    return;
  }
  if (!texts) {
    yield* pager.message(key === "?" ? 'Use "h" for help' : `There is no ${lead}${key} option`);
    return;
  }
  if (toggles) {
    if (reset === "+" || (reset === "" && pager.options.has(key))) pager.options.flags.delete(key);
    else setFlag(pager.options, key);
    if ("iI".includes(key) && pager.pattern && pager.patternText !== "") {
      const regex = yield* compilePattern(pager, pager.patternText, pager.patternPlain);
      if (regex) pager.pattern = { ...pager.pattern, regex };
      yield* pager.paint();
    }
    if ("cJnNrRsSuU~gG".includes(key)) pager.repaintNeeded = true;
  }
  yield* pager.message(texts[pager.options.has(key) ? 1 : 0]);
}
