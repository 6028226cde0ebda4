// What somebody typed that is not simulated: "COMMAND: WHAT", where WHAT is an option as typed or a code of the machine.
import type { Words } from "../../lib/i18n/words.ts";

const codes = ["package-programs", "ordinary-user", "module-without-effect", "subscript-substitution"] as const;

export function missedWords(t: Words, what: string): string {
  const code = codes.find((one) => what.endsWith(`: ${one}`));
  return code === undefined ? what : t(`notices.missed_${code}`, { command: what.slice(0, -code.length - 2) });
}
