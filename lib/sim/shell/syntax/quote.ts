// The ways in which bash writes a string so that it can be read back (lib/sh/shquote.c, as seen in `set`, `declare -p`, `printf %q`, xtrace).

/** 'it'\''s' ; a single quote alone is \' */
export function quoteSingle(text: string): string {
  if (text === "'") return "\\'";
  return `'${text.replaceAll("'", "'\\''")}'`;
}

const SHELL_SPECIAL = /[\s"'\\|&;()<>!{}*[\]?^$`,]/;

function isControl(unit: number): boolean {
  return unit < 32 || unit === 127 || (unit >= 0x80 && unit < 0xa0) || (unit >= 0xdc80 && unit <= 0xdcff);
}

/** Holds a control character or a byte that is no character: bash then writes $'...'. */
export function needsAnsiC(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0xd800 && unit < 0xdc00) {
      i++;
      continue;
    }
    if (isControl(unit)) return true;
  }
  return false;
}

export function quoteAnsiC(text: string): string {
  let out = "$'";
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    switch (unit) {
      case 27: out += "\\E"; break;
      case 7: out += "\\a"; break;
      case 11: out += "\\v"; break;
      case 8: out += "\\b"; break;
      case 12: out += "\\f"; break;
      case 10: out += "\\n"; break;
      case 13: out += "\\r"; break;
      case 9: out += "\\t"; break;
      case 92: out += "\\\\"; break;
      case 39: out += "\\'"; break;
      default:
        if (unit >= 0xd800 && unit < 0xdc00) {
          out += text.slice(i, i + 2);
          i++;
        } else if (unit >= 0xdc80 && unit <= 0xdcff) out += `\\${(unit & 0xff).toString(8).padStart(3, "0")}`;
        else if (unit >= 0x80 && unit < 0xa0) out += `\\302\\${unit.toString(8).padStart(3, "0")}`;
        else if (isControl(unit)) out += `\\${unit.toString(8).padStart(3, "0")}`;
        else out += text.charAt(i);
    }
  }
  return `${out}'`;
}

/** With backslashes, as printf %q, completion and `declare -p` of subscripts do. */
export function quoteBackslash(text: string): string {
  if (text === "") return "''";
  if (needsAnsiC(text)) return quoteAnsiC(text);
  let out = "";
  for (let i = 0; i < text.length; i++) {
    const c = text.charAt(i);
    if (c === "~" && (i === 0 || text.charAt(i - 1) === ":" || text.charAt(i - 1) === "=")) out += "\\~";
    else if (c === "#" && i === 0) out += "\\#";
    else if (SHELL_SPECIAL.test(c) && c.charCodeAt(0) < 128) out += `\\${c}`;
    else out += c;
  }
  return out;
}

/** Between double quotes, as `declare -p` writes values. */
export function quoteDouble(text: string): string {
  return `"${text.replace(/["\\$`]/g, "\\$&")}"`;
}

/** sh_contains_shell_metas */
export function containsShellMeta(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const c = text.charAt(i);
    if (" \t\n'\"\\|&;()<>!{}*[?]^$`".includes(c)) return true;
    if (c === "~" && (i === 0 || "=:".includes(text.charAt(i - 1)))) return true;
    if (c === "#" && (i === 0 || " \t".includes(text.charAt(i - 1)))) return true;
  }
  return false;
}

/** As `set`, `export -p` in posix mode and xtrace write a value: plain, '...' or $'...'. */
export function quoteValue(text: string): string {
  if (needsAnsiC(text)) return quoteAnsiC(text);
  return containsShellMeta(text) ? quoteSingle(text) : text;
}
