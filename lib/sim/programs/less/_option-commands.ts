// Options changed while less runs: - and _.

import type { Blocking } from "../../kernel/sys.ts";
import { readOptionWord, setFlag, TOGGLES } from "./_options.ts";
import type { Pager } from "./_pager.ts";
import { compilePattern } from "./_searching.ts";

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
    if (key === undefined) return;
  }
  if (key === "-") {
    const name = yield* pager.entry(`${lead}-`);
    if (name === undefined) return;
    const { problems } = readOptionWord(pager.options, `--${name}`, false);
    if (problems[0] !== undefined) yield* pager.message(problems[0].replace(/ \("less.*$/, ""));
    pager.repaintNeeded = true;
    return;
  }
  const texts = TOGGLES.get(key);
  if (!texts) {
    if (toggles && "Pxzj#pbhyoO".includes(key)) {
      const value = yield* pager.entry(`-${key}`);
      if (value !== undefined) readOptionWord(pager.options, `-${key}${value}`, false);
      pager.repaintNeeded = true;
      return;
    }
    yield* pager.message(key === "?" ? 'Use "h" for help' : `There is no ${lead}${key} option`);
    return;
  }
  if (toggles) {
    if (pager.options.has(key) || reset === "+") pager.options.flags.delete(key);
    else setFlag(pager.options, key);
    if ("iI".includes(key) && pager.pattern && pager.patternText !== "") {
      const regex = yield* compilePattern(pager, pager.patternText);
      if (regex) pager.pattern = { ...pager.pattern, regex };
    }
    if ("cnNrRsSuU~".includes(key)) pager.repaintNeeded = true;
  }
  yield* pager.message(texts[pager.options.has(key) ? 1 : 0]);
}
