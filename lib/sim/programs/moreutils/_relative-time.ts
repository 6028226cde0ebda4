// "1m15s ago": how far a moment is, in its two largest units.

const UNITS = [["y", 31_536_000, Number.POSITIVE_INFINITY], ["d", 86_400, 365], ["h", 3600, 24], ["m", 60, 60], ["s", 1, 60]] as const;

export function relativeTime(secondsAgo: number): string {
  const seconds = Math.floor(Math.abs(secondsAgo));
  if (seconds === 0) return "right now";
  let rest = seconds;
  const counts = UNITS.map(([, size]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return count;
  });
  // what is below the second unit is rounded into it, and may carry
  while (counts.filter((count) => count > 0).length > 2) {
    const least = counts.findLastIndex((count) => count > 0);
    const limit = UNITS[least]?.[2] ?? 1;
    const up = (counts[least] ?? 0) * 2 >= limit;
    counts[least] = 0;
    for (let at = least - 1; up && at >= 0; at--) {
      const count = (counts[at] ?? 0) + 1;
      const over = count >= (UNITS[at]?.[2] ?? 1);
      counts[at] = over ? 0 : count;
      if (!over) break;
    }
  }
  return `${counts.map((count, at) => (count > 0 ? `${count}${UNITS[at]?.[0] ?? ""}` : "")).join("")} ${secondsAgo < 0 ? "from now" : "ago"}`;
}
