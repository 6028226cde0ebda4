// Types of GPT partitions as gdisk and sgdisk read and show them, and sizes.
import { CODES } from "./_codes.ts";

export const codeOf = (guid: string): string => CODES.find(([, each]) => each === guid)?.[0].toUpperCase() ?? "FFFF";
export const nameOf = (guid: string): string => CODES.find(([, each]) => each === guid)?.[2] ?? "Unknown";

/** "8300", "8E00", a GUID. Undefined: neither. */
export function typeOf(word: string): string | undefined {
  if (/^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$/.test(word)) return word.toUpperCase();
  const code = word.toLowerCase().padEnd(4, "0");
  return CODES.find(([each]) => each === code)?.[1];
}

/** "20.0 MiB", "1007.0 KiB" */
export function sizeText(sectors: number): string {
  const units = ["bytes", "KiB", "MiB", "GiB", "TiB", "PiB"];
  let size = sectors * 512;
  let unit = 0;
  while (size > 1024 && unit < 5) {
    size /= 1024;
    unit++;
  }
  return `${unit === 0 ? size : size.toFixed(1)} ${units[unit]}`;
}
