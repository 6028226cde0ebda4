// One record of /dev/kmsg (Documentation/ABI/testing/dev-kmsg).

import { decode } from "../../kernel/sys.ts";

export interface KernelRingRecord {
  /** facility * 8 + level */
  readonly priority: number;
  readonly sequence: number;
  readonly timeUs: number;
  readonly text: string;
}

/** "6,123,4567,-;text"; lines behind it that begin with a space are for programs. undefined: not a record. */
export function parseKernelRecord(record: Uint8Array): KernelRingRecord | undefined {
  const match = /^(\d+),(\d+),(\d+),[^;]*;([^\n]*)/.exec(decode(record));
  if (!match) return undefined;
  return { priority: Number(match[1]), sequence: Number(match[2]), timeUs: Number(match[3]), text: unescaped(match[4] ?? "") };
}

/** The kernel writes every byte that is not printable ASCII as `\xHH`. */
function unescaped(text: string): string {
  if (!text.includes("\\x")) return text;
  return decode(Uint8Array.from(text.replace(/\\x([0-9a-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))), (character) => character.charCodeAt(0)));
}
