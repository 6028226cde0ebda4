import type { Locale } from "../../lib/i18n/locale.ts";

const binary = [["octets", "bytes"], ["Kio", "KiB"], ["Mio", "MiB"], ["Gio", "GiB"], ["Tio", "TiB"]] as const;
const decimal = [["octets", "bytes"], ["ko", "kB"], ["Mo", "MB"], ["Go", "GB"], ["To", "TB"]] as const;

function sized(locale: Locale, bytes: number, step: number, units: typeof binary | typeof decimal): string {
  let value = bytes;
  let unit = 0;
  while (value >= step && unit < units.length - 1) {
    value /= step;
    unit++;
  }
  const number = new Intl.NumberFormat(locale, { maximumSignificantDigits: value >= 1000 ? 4 : 3 }).format(value);
  const name = units[unit]?.[locale === "fr" ? 0 : 1] ?? "";
  return `${number}\u{a0}${unit === 0 && value < 2 && (locale === "fr" || value === 1) ? name.slice(0, -1) : name}`;
}

/** Memory: 512 MiB. */
export function binarySize(locale: Locale, bytes: number): string {
  return sized(locale, bytes, 1024, binary);
}

/** As Docker counts images: 216 MB. */
export function decimalSize(locale: Locale, bytes: number): string {
  return sized(locale, bytes, 1000, decimal);
}
