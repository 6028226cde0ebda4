// `set -x`: PS4 and the command as it will run.
import type { Blocking } from "../../kernel/sys.ts";
import { expandPrompt } from "../expand/prompt.ts";
import { quoteAnsiC, quoteSingle, containsShellMeta, needsAnsiC } from "../syntax/quote.ts";
import type { Shell } from "./shell.ts";

export function quoteTraced(text: string): string {
  if (text === "") return "''";
  if (containsShellMeta(text)) return quoteSingle(text);
  return needsAnsiC(text) ? quoteAnsiC(text) : text;
}

/** The first character of PS4 is repeated for each level of command substitution, eval and the like. */
function* tracePrefix(shell: Shell): Blocking<string> {
  const raw = shell.getVariable("PS4") ?? "";
  shell.options.xtrace = false;
  try {
    let text: string;
    try {
      text = (yield* expandPrompt(shell, raw)).replace(/[\x01\x02]/g, "");
    } catch (error) {
      if (!(error instanceof Error) || error instanceof RangeError) throw error;
      yield* shell.report(error.message);
      text = raw;
    }
    if (text === "") return "";
    if (shell.strict) return text;
    const first = String.fromCodePoint(text.codePointAt(0) ?? 0);
    return first.repeat(Math.max(0, shell.traceLevel)) + text;
  } finally {
    shell.options.xtrace = true;
  }
}

export function* trace(shell: Shell, text: string): Blocking<void> {
  const prefix = yield* tracePrefix(shell);
  const number = Number(shell.getVariable("BASH_XTRACEFD") || "2");
  yield* shell.writeText(Number.isInteger(number) && number >= 0 && shell.sys.descriptors().includes(number) ? number : 2, `${prefix}${text}\n`);
}

export function* traceWords(shell: Shell, words: readonly string[]): Blocking<void> {
  yield* trace(shell, shell.strict ? words.join(" ") : words.map(quoteTraced).join(" "));
}
