// A zone from its file, with the lines that named logs and named-checkzone prints.
import { type Blocking, type Sys, SysError } from "../../../kernel/sys.ts";
import { undotted } from "./names.ts";
import { CLASS, classText } from "./records.ts";
import { Zone } from "./zone.ts";
import { type CheckNames, loadZoneFile } from "./zone-file.ts";

export interface LoadedZone {
  readonly messages: readonly string[];
  readonly zone: Zone | undefined;
  /** why there is none */
  readonly failure: string | undefined;
}

export interface LoadOptions {
  readonly class?: number;
  readonly checkNames?: CheckNames;
  readonly checkIntegrity?: boolean;
}

export const zoneLabel = (origin: string, class_: number = CLASS.IN): string => `zone ${undotted(origin)}/${classText(class_)}`;

export function* loadZone(sys: Sys, path: string, origin: string, options: LoadOptions = {}): Blocking<LoadedZone> {
  const label = zoneLabel(origin, options.class);
  const refused = (messages: readonly string[], failure: string): LoadedZone => ({ messages: [...messages, `${label}: not loaded due to errors.`], zone: undefined, failure });
  try {
    const { records, problems, failure } = yield* loadZoneFile(sys, path, origin, options);
    if (failure !== undefined) return refused([...problems, `${label}: loading from master file ${path} failed: ${failure}`], failure);
    const zone = new Zone(origin, records);
    const check = zone.check();
    const messages = [...problems, ...(options.checkIntegrity === false && !check.fatal ? [] : check.problems.map((problem) => `${label}: ${problem}`))];
    return check.fatal ? refused(messages, "bad zone") : { messages: [...messages, `${label}: loaded serial ${zone.serial}`], zone, failure: undefined };
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    const why = error.errno === "ENOENT" ? "file not found" : error.message.toLowerCase();
    return refused([`${label}: loading from master file ${path} failed: ${why}`], why);
  }
}
