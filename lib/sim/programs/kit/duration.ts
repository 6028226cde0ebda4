// Durations as sleep and timeout take them: a number (strtold: decimal, hexadecimal, inf) with a suffix s, m, h or d.

const UNITS = new Map([["", 1], ["s", 1], ["m", 60], ["h", 3600], ["d", 86400]]);

/** Microseconds, Infinity, or undefined when it is no duration. */
export function parseDuration(given: string, point: "." | "," = "."): number | undefined {
  // the locale's decimal point is taken beside the C locale's (gnulib's cl_strtod)
  const text = point === "." ? given : given.replace(point, ".");
  const match = /^\s*\+?(?:(\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?)|(0[xX][0-9a-fA-F]+)|(inf|infinity))([smhd]?)$/i.exec(text);
  if (!match) return undefined;
  const seconds = match[3] !== undefined ? Number.POSITIVE_INFINITY : Number(match[1] ?? match[2]);
  const unit = UNITS.get(match[4] ?? "");
  return unit === undefined ? undefined : seconds * unit * 1e6;
}
