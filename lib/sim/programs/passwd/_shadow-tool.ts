// The dialect of the shadow suite (useradd, passwd, chage...): messages "NAME: text", a usage block, exit statuses of its own.
import type { Command } from "../kit/command.ts";
import { type Call, type GnuDeclaration, gnu, type Io } from "../kit/gnu.ts";
import type { Body } from "../kit/io.ts";
import type { Options } from "../kit/option.ts";

export function shadowTool<const O extends Options>(spec: Omit<GnuDeclaration<O>, "project" | "version" | "tryLine" | "run"> & { readonly run: (call: Call<O>, io: Io) => Body }): Command {
  const command = gnu({ ...spec, project: "shadow", version: "4.13", usageStatus: spec.usageStatus ?? 2, tryLine: () => `Usage: ${spec.name} ${spec.synopsis[0] ?? ""}\n` });
  // messages begin with the name without its directory
  return { ...command, program: (sys, argv) => command.program(sys, [(argv[0] ?? spec.name).replace(/^.*\//, ""), ...argv.slice(1)]) };
}

/** "N": none; a date or a number of days, as chage and usermod take it. Undefined when it is neither. */
export function parseDay(text: string): number | "none" | undefined {
  if (text === "" || text === "-1" || text === "never") return "none";
  const date = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (date !== null) {
    const [, year = "0", month = "1", day = "1"] = date;
    const m = Number(month);
    const y = m <= 2 ? Number(year) - 1 : Number(year);
    const era = Math.floor(y / 400);
    const yearOfEra = y - era * 400;
    const dayOfYear = Math.floor((153 * (m + (m > 2 ? -3 : 9)) + 2) / 5) + Number(day) - 1;
    return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468;
  }
  return /^\d+$/.test(text) ? Number(text) : undefined;
}

/** Year, month and day of a count of days since 1970. */
export function dateOfDay(days: number): { readonly year: number; readonly month: number; readonly day: number } {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1 };
}

export const validName = (name: string): boolean => /^[a-z_][a-z0-9_-]*\$?$/.test(name) && name.length <= 32;

