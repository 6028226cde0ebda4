// Signals by the words that people use: "SIGTERM", "TERM", "15".
import { SIGNALS } from "../../../kernel/sys.ts";

const byName = new Map<string, number>(Object.entries(SIGNALS));

export function signalNumber(word: string): number | undefined {
  if (/^\d+$/.test(word)) return Number(word);
  return byName.get(word.toUpperCase().replace(/^SIG/, ""));
}
