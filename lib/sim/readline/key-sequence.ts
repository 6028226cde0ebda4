// Key sequences as inputrc and `bind` write them: "\C-x\e[A" to characters and back (readline(3), "Key Bindings").

const NAMED: ReadonlyMap<string, string> = new Map([
  ["del", "\x7f"], ["rubout", "\x7f"], ["esc", "\x1b"], ["escape", "\x1b"], ["lfd", "\n"], ["newline", "\n"], ["ret", "\r"], ["return", "\r"], ["space", " "], ["spc", " "], ["tab", "\t"],
]);
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ["a", "\x07"], ["b", "\b"], ["d", "\x7f"], ["e", "\x1b"], ["f", "\f"], ["n", "\n"], ["r", "\r"], ["t", "\t"], ["v", "\v"], ["\\", "\\"], ['"', '"'], ["'", "'"],
]);

function control(character: string): string {
  if (character === "?") return "\x7f";
  return String.fromCharCode((character.toUpperCase().codePointAt(0) ?? 0) & 0x1f);
}

/** The inside of a quoted sequence or macro. `\M-x` becomes ESC x, as with convert-meta. */
export function parseKeySequence(text: string): string {
  let result = "";
  for (let i = 0; i < text.length; ) {
    const character = text[i] ?? "";
    if (character !== "\\" || i + 1 >= text.length) {
      result += character;
      i += 1;
      continue;
    }
    let meta = "";
    let rest = text.slice(i);
    let controlled = false;
    for (;;) {
      if (rest.startsWith("\\M-")) meta = "\x1b";
      else if (rest.startsWith("\\C-")) controlled = true;
      else break;
      rest = rest.slice(3);
    }
    let taken = 1;
    let value = rest[0] ?? "";
    if (value === "\\") {
      const octal = /^\\([0-7]{1,3})/.exec(rest);
      const hex = /^\\x([0-9a-fA-F]{1,2})/.exec(rest);
      if (octal) {
        value = String.fromCharCode(Number.parseInt(octal[1] ?? "0", 8) & 0xff);
        taken = octal[0].length;
      } else if (hex) {
        value = String.fromCharCode(Number.parseInt(hex[1] ?? "0", 16));
        taken = hex[0].length;
      } else {
        const escaped = rest[1] ?? "\\";
        value = ESCAPES.get(escaped) ?? escaped;
        taken = 2;
      }
    }
    result += meta + (controlled ? control(value) : value);
    i = text.length - rest.length + taken;
  }
  return result;
}

/** An unquoted key name: Control-u, Meta-Rubout, C-x, ESC, x. */
export function parseKeyName(name: string): string | undefined {
  let controlled = false;
  let meta = false;
  let rest = name;
  for (;;) {
    const match = /^(control-|ctrl-|c-|meta-|m-)(?=.)/i.exec(rest);
    if (!match) break;
    if ((match[1] ?? "").toLowerCase().startsWith("m")) meta = true;
    else controlled = true;
    rest = rest.slice(match[0].length);
  }
  let key = NAMED.get(rest.toLowerCase()) ?? rest.slice(0, 1);
  if (key === "") return undefined;
  if (controlled) key = control(key);
  return meta ? `\x1b${key}` : key;
}

/** As `bind -p` prints it, without the quotes. */
export function formatKeySequence(keys: string): string {
  let result = "";
  for (const character of keys) {
    const code = character.codePointAt(0) ?? 0;
    if (code === 0x1b) result += "\\e";
    else if (code === 0x7f) result += "\\C-?";
    else if (code < 0x20) {
      const letter = String.fromCharCode(code + 0x40).toLowerCase();
      result += `\\C-${letter === "\\" ? "\\\\" : letter}`;
    } else if (character === '"' || character === "\\") result += `\\${character}`;
    else if (code >= 0x80 && code < 0x100) result += `\\${code.toString(8)}`;
    else result += character;
  }
  return result;
}

/** As a macro's text is printed by `bind -s`. */
export function formatMacro(text: string): string {
  return formatKeySequence(text);
}
