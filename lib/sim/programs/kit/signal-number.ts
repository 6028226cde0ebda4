// Signals as procps, psmisc, util-linux and busybox take them: "TERM", "SIGTERM", "15".

import { SIGNALS, SIGRTMAX, SIGRTMIN } from "../../kernel/sys.ts";

export function parseSignal(text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text) <= SIGRTMAX ? Number(text) : undefined;
  const name = text.toUpperCase().replace(/^SIG/, "");
  if (name === "EXIT") return 0;
  const known = SIGNAL_NAMES.indexOf(name);
  if (known > 0) return known;
  if (name === "IOT") return 6;
  if (name === "CLD") return 17;
  if (name === "IO") return 29;
  const realtime = /^RT(MIN|MAX)(?:([+-])(\d+))?$/.exec(name);
  if (!realtime) return undefined;
  const offset = Number(realtime[3] ?? 0) * (realtime[2] === "-" ? -1 : 1);
  const number = (realtime[1] === "MIN" ? SIGRTMIN : SIGRTMAX) + offset;
  return number >= SIGRTMIN && number <= SIGRTMAX ? number : undefined;
}

/** By number from 1 to 31, without "SIG"; index 0 is empty (signal(7), x86-64). */
export const SIGNAL_NAMES: readonly string[] = (() => {
  const names = new Array<string>(32).fill("");
  for (const [name, number] of Object.entries(SIGNALS)) if (number >= 1 && number <= 31 && (names[number] ?? "") === "") names[number] = name.replace(/^SIG/, "");
  names[29] = "POLL";
  return names;
})();
