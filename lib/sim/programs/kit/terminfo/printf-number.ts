/** printf(3)'s %d, %o, %x, %X. */
export function formatOne(value: number, letter: string, flags: string, width: number, precision: number | undefined): string {
  const base = letter === "o" ? 8 : letter === "d" ? 10 : 16;
  let digits = (letter === "d" ? Math.abs(value) : value >>> 0).toString(base);
  if (letter === "X") digits = digits.toUpperCase();
  if (precision !== undefined) digits = digits.padStart(precision, "0");
  const sign = letter === "d" ? (value < 0 ? "-" : flags.includes("+") ? "+" : flags.includes(" ") ? " " : "") : flags.includes("#") && value !== 0 ? (base === 8 ? "0" : `0${letter}`) : "";
  if (flags.includes("-")) return (sign + digits).padEnd(width);
  if (flags.includes("0") && precision === undefined) return sign + digits.padStart(width - sign.length, "0");
  return (sign + digits).padStart(width);
}
