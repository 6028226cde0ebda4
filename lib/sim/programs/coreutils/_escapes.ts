// Backslash escapes of echo and printf, on latin1 strings.

const SIMPLE = new Map([["a", "\x07"], ["b", "\b"], ["e", "\x1b"], ["f", "\f"], ["n", "\n"], ["r", "\r"], ["t", "\t"], ["v", "\v"], ["\\", "\\"]]);

/** echo -e: \0NNN octal, \xHH, \c ends the output. */
export function echoEscapes(text: string): { readonly bytes: string; readonly stop: boolean } {
  let bytes = "";
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i);
    if (char !== "\\" || i + 1 >= text.length) {
      bytes += char;
      continue;
    }
    const next = text.charAt(++i);
    if (next === "c") return { bytes, stop: true };
    const simple = SIMPLE.get(next);
    if (simple !== undefined) {
      bytes += simple;
      continue;
    }
    const rest = text.slice(i);
    const hex = /^x([0-9a-fA-F]{1,2})/.exec(rest);
    const octal = /^0([0-7]{0,3})/.exec(rest) ?? /^([1-7][0-7]{0,2})/.exec(rest);
    if (hex) {
      bytes += String.fromCharCode(Number.parseInt(hex[1] ?? "0", 16));
      i += hex[0].length - 1;
    } else if (octal) {
      bytes += String.fromCharCode(Number.parseInt(octal[1] || "0", 8) & 255);
      i += octal[0].length - 1;
    } else bytes += "\\" + next;
  }
  return { bytes, stop: false };
}

export { SIMPLE as SIMPLE_ESCAPES };
