// In the C locale bash counts and matches bytes, not characters. Bytes stand in our strings as lone surrogates (kernel/sys.ts), so such a text is
// taken apart into them and put together again.
import { encode } from "../../kernel/sys.ts";
import type { Shell } from "../interp/shell.ts";
import { byteChar, joinBytes } from "../syntax/ansi-c.ts";

/** True when the text holds more than ASCII and the locale has no UTF-8 (LC_ALL, LC_CTYPE, LANG in that order; none is C). dash knows bytes only. */
export function countsBytes(shell: Shell, text: string): boolean {
  if (!/[^\x00-\x7f]/.test(text)) return false;
  if (shell.strict) return true;
  const name = shell.getVariable("LC_ALL") || shell.getVariable("LC_CTYPE") || shell.getVariable("LANG") || "C";
  return !/utf-?8/i.test(name);
}

export function asBytes(text: string): string {
  let out = "";
  for (const byte of encode(text)) out += byteChar(byte);
  return out;
}

export { joinBytes };
