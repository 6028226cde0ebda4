// Names as git shows them: in quotes with C escapes when they hold something odd (git-config(1), core.quotePath).
import { encode } from "../../../kernel/sys.ts";

const ESCAPES: ReadonlyMap<number, string> = new Map([[7, "\\a"], [8, "\\b"], [9, "\\t"], [10, "\\n"], [11, "\\v"], [12, "\\f"], [13, "\\r"], [34, '\\"'], [92, "\\\\"]]);

export function quotePath(path: string, quoteHigh = true): string {
  if (/^[ !#-[\]-~]*$/.test(path)) return path;
  let out = "";
  let odd = false;
  for (const byte of encode(path)) {
    const escape = ESCAPES.get(byte);
    if (escape !== undefined) out += escape;
    else if (byte < 32 || byte === 127 || (byte > 127 && quoteHigh)) out += `\\${byte.toString(8).padStart(3, "0")}`;
    else {
      out += byte > 127 ? "" : String.fromCharCode(byte);
      continue;
    }
    odd = true;
  }
  return odd ? `"${out}"` : path;
}

/** `path` from the top of the work tree, as seen from `prefix` below it. */
export function relativePath(path: string, prefix: string): string {
  if (prefix === "") return path;
  const from = prefix.replace(/\/$/, "").split("/");
  const to = path.split("/");
  let same = 0;
  while (same < from.length && same < to.length && from[same] === to[same]) same++;
  // a directory named as such keeps its slash
  if (same === to.length) return `${"../".repeat(from.length - same)}` || "./";
  const rest = to.slice(same).join("/");
  return "../".repeat(from.length - same) + rest || "./";
}
