// Backslash escapes that gettext -e expands.

const SIMPLE = new Map([["a", "\x07"], ["b", "\b"], ["f", "\f"], ["n", "\n"], ["r", "\r"], ["t", "\t"], ["v", "\v"], ["\\", "\\"]]);

export function echoEscapes(text: string): string {
  return text.replace(/\\(?:([0-7]{1,3})|(.))/gs, (whole, octal: string | undefined, char: string | undefined) =>
    octal !== undefined ? String.fromCharCode(Number.parseInt(octal, 8) & 255) : (SIMPLE.get(char ?? "") ?? whole));
}
