// Text that is cut to a width as systemd cuts it (ellipsize_mem of systemd 252): "…", or "..." where the locale has no UTF-8.
import { type Sys, textWidth } from "../../kernel/sys.ts";
import { isUtf8 } from "../kit/locale.ts";

/** Without any word of the locale in the environment systemd takes UTF-8; LANG=C does without. */
export function speaksUtf8(sys: Sys): boolean {
  return !["LC_ALL", "LC_CTYPE", "LANG"].some((name) => sys.environment.has(name)) || isUtf8(sys.environment);
}

/** `percent` of the room that is left stands before the mark, the rest behind it. */
export function ellipsize(sys: Sys, text: string, width: number, percent: number): string {
  if (textWidth(text) <= width) return text;
  if (width <= 0) return "";
  const utf8 = speaksUtf8(sys);
  if (width === 1) return utf8 ? "…" : ".";
  if (width === 2 && !utf8) return "..";
  const mark = utf8 ? "…" : "...";
  const room = Math.max(0, width - mark.length);
  const characters = [...text];
  // plain ASCII rounds to the nearest, anything else down
  const ascii = characters.every((character) => character < "\x80");
  const front = Math.floor((room * percent + (ascii ? 50 : 0)) / 100);
  let head = "";
  let used = 0;
  for (const character of characters) {
    const cells = textWidth(character);
    if (used + cells > front) break;
    head += character;
    used += cells;
  }
  let tail = "";
  for (const character of characters.reverse()) {
    const cells = textWidth(character);
    if (used + cells > room) break;
    tail = character + tail;
    used += cells;
  }
  return head + mark + tail;
}
