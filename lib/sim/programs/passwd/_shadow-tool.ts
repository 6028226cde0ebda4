// The dialect of the shadow suite (useradd, passwd, chage...): messages "NAME: text", a usage block, exit statuses of its own.
import { daysFromCivil } from "../../kernel/sys.ts";
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
    return daysFromCivil(Number(year), Number(month), Number(day));
  }
  return /^\d+$/.test(text) ? Number(text) : undefined;
}

export const validName = (name: string): boolean => /^[a-z_][a-z0-9_-]*\$?$/.test(name) && name.length <= 32;

