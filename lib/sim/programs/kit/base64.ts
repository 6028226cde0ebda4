// Base64 without line breaks (RFC 4648 section 4) of bytes in memory.

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const values = new Map([...alphabet].map((character, value) => [character, value]));

export function base64Of(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(at, at + 3);
    const group = (a << 16) | (b << 8) | c;
    text += alphabet.charAt(group >> 18) + alphabet.charAt((group >> 12) & 63);
    text += at + 1 < bytes.length ? alphabet.charAt((group >> 6) & 63) : "=";
    text += at + 2 < bytes.length ? alphabet.charAt(group & 63) : "=";
  }
  return text;
}

/** Undefined when the text is not base64. */
export function bytesOfBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at += 4) {
    const group = [...text.slice(at, at + 4)].reduce((sum, character) => (sum << 6) | (values.get(character) ?? 0), 0);
    bytes.push((group >> 16) & 255, (group >> 8) & 255, group & 255);
  }
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  return Uint8Array.from(bytes.slice(0, bytes.length - padding));
}
