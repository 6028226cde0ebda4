// When a package's files were made: dpkg keeps the times of the archive. A few are known from the reference guest; others are set by their version, within the months in which
// Debian 12 was prepared, or, for updates of the stable release, those in which updates came out.
import { daysFromCivil } from "../../kernel/sys.ts";

/** 2026-11-21 20:58:00 UTC: when the reference guest was installed. */
export const installedUs = 1_795_294_680_000_000;

const dayUs = 86_400_000_000;
const known: ReadonlyMap<string, number> = new Map([
  ["1:4.13+dfsg1-1+deb12u2", daysFromCivil(2025, 12, 14)],
  ["2.38.1-5+deb12u3", daysFromCivil(2024, 11, 21)],
  ["1.9.13p3-1+deb12u4", daysFromCivil(2026, 4, 11)],
  ["9.1-1", daysFromCivil(2022, 9, 20)],
]);

const frozen = { first: daysFromCivil(2022, 8, 1), days: 280 };
const updated = { first: daysFromCivil(2024, 1, 10), days: 880 };

export function builtUs(version: string): number {
  let hash = 7;
  for (let index = 0; index < version.length; index++) hash = (hash * 31 + version.charCodeAt(index)) >>> 0;
  const span = version.includes("deb12u") ? updated : frozen;
  const date = known.get(version) ?? span.first + (hash % span.days);
  return date * dayUs + (hash % 86_400) * 1_000_000;
}
