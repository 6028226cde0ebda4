/** The character that Ctrl makes of a key, as a terminal sends it; the key itself when there is none. */
export function withControl(key: string): string {
  if (key.length !== 1) return key;
  const code = key.toUpperCase().charCodeAt(0);
  if (key === " ") return "\0";
  if (key === "?") return "\x7f";
  return code >= 0x40 && code <= 0x5f ? String.fromCharCode(code - 0x40) : key;
}
