/** Sixteen bytes a line; lines like the one before are a star (fdisk's expert commands d and D). */
export function hexDump(base: number, bytes: Uint8Array): string {
  const line = (at: number): string => [...bytes.subarray(at, at + 16)].map((byte, index) => ` ${byte.toString(16).padStart(2, "0")}${index === 7 ? " " : ""}`).join("");
  let out = "";
  for (let at = 0; at < bytes.length; ) {
    const shown = line(at);
    out += `${(base + at).toString(16).padStart(8, "0")} ${shown}\n`;
    let next = at + 16;
    while (next < bytes.length && line(next) === shown) next += 16;
    if (next > at + 16) out += "*\n";
    at = next;
  }
  return out;
}
