// Signal names as GNU programs take them: "TERM", "SIGTERM", "15", "137" (an exit status), lists with commas.

import { SIGNALS, SIGRTMAX, SIGRTMIN } from "../../kernel/sys.ts";

export function signalNumber(text: string): number | undefined {
  if (/^\d+$/.test(text)) {
    const value = Number(text);
    const number = value > 128 && value < 256 ? value & 127 : value;
    return number <= 64 ? number : undefined;
  }
  const name = text.toUpperCase().replace(/^SIG/, "");
  if (name === "EXIT") return 0;
  for (const [known, number] of Object.entries(SIGNALS)) if (known.replace(/^SIG/, "") === name) return number;
  const realtime = /^RT(MIN|MAX)(?:([+-])(\d+))?$/.exec(name);
  if (realtime) {
    const offset = Number(realtime[3] ?? 0) * (realtime[2] === "-" ? -1 : 1);
    const number = (realtime[1] === "MIN" ? SIGRTMIN : SIGRTMAX) + offset;
    return number >= SIGRTMIN && number <= SIGRTMAX ? number : undefined;
  }
  return undefined;
}

export function signalNumbers(list: string): number[] | undefined {
  const numbers = list.split(",").map(signalNumber);
  return numbers.every((number) => number !== undefined) ? numbers : undefined;
}
