// When a package's files were made: dpkg keeps the times of the archive. A few are known from the reference guest; others are set by their version, within the months in which
// Debian 12 was prepared, or, for updates of the stable release, those in which updates came out.

/** 2026-11-21 20:58:00 UTC: when the reference guest was installed. */
export const installedUs = 1_795_294_680_000_000;

const dayUs = 86_400_000_000;
const day = (year: number, month: number, dayOfMonth: number): number => {
  const y = month <= 2 ? year - 1 : year;
  return (y * 365 + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + dayOfMonth - 1 - 719_468);
};

const known: ReadonlyMap<string, number> = new Map([
  ["1:4.13+dfsg1-1+deb12u2", day(2025, 12, 14)],
  ["2.38.1-5+deb12u3", day(2024, 11, 21)],
  ["1.9.13p3-1+deb12u4", day(2026, 4, 11)],
  ["9.1-1", day(2022, 9, 20)],
]);

const frozen = { first: day(2022, 8, 1), days: 280 };
const updated = { first: day(2024, 1, 10), days: 880 };

export function builtUs(version: string): number {
  let hash = 7;
  for (let index = 0; index < version.length; index++) hash = (hash * 31 + version.charCodeAt(index)) >>> 0;
  const span = version.includes("deb12u") ? updated : frozen;
  const date = known.get(version) ?? span.first + (hash % span.days);
  return date * dayUs + (hash % 86_400) * 1_000_000;
}
