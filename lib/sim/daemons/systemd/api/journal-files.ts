// Where the journal's files are, which journald writes to, and journald.conf(5).
import { type Blocking, type Sys, SysError } from "../../../kernel/sys.ts";
import { exists, names, tryReadFile } from "./files.ts";
import { machineId } from "./journal.ts";
import { parseTimeSpan } from "./time-span.ts";

export const PERSISTENT_ROOT = "/var/log/journal";
export const VOLATILE_ROOT = "/run/log/journal";

export type JournalSettings = ReadonlyMap<string, string>;

/** The [Journal] section of journald.conf and of the files of journald.conf.d, the later ones over the earlier ones. */
export function* journalSettings(sys: Sys): Blocking<JournalSettings> {
  const parts = new Map<string, string>();
  for (const directory of ["/usr/lib/systemd/journald.conf.d", "/run/systemd/journald.conf.d", "/etc/systemd/journald.conf.d"]) for (const name of names(sys, directory)) if (name.endsWith(".conf")) parts.set(name, `${directory}/${name}`);
  const settings = new Map<string, string>();
  for (const path of ["/etc/systemd/journald.conf", ...[...parts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, path]) => path)]) {
    let section = "";
    for (const line of ((yield* tryReadFile(sys, path)) ?? "").split("\n")) {
      section = /^\s*\[(.*)\]\s*$/.exec(line)?.[1] ?? section;
      const [, key, value = ""] = /^\s*([A-Za-z]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
      if (key !== undefined && section === "Journal") settings.set(key, value);
    }
  }
  return settings;
}

/** A boolean setting (parse_boolean of systemd); `otherwise` for anything else. */
export function settingIsOn(settings: JournalSettings, key: string, otherwise: boolean): boolean {
  const value = settings.get(key) ?? "";
  return /^(?:1|yes|y|true|t|on)$/i.test(value) ? true : /^(?:0|no|n|false|f|off)$/i.test(value) ? false : otherwise;
}

/** "500M" in bytes: units of 1024; undefined when it is no size. */
export function parseSize(text: string): number | undefined {
  const match = /^\s*(\d+(?:\.\d+)?)\s*([BKMGTPE])?\s*$/.exec(text);
  return match === null ? undefined : Math.floor(Number(match[1]) * 1024 ** Math.max(0, "BKMGTPE".indexOf(match[2] ?? "B")));
}

export function sizeSetting(settings: JournalSettings, key: string): number | undefined {
  return parseSize(settings.get(key) ?? "");
}

/** MaxRetentionSec=1week and the like, in microseconds. */
export function spanSetting(settings: JournalSettings, key: string): number | undefined {
  const value = settings.get(key) ?? "";
  return value === "" ? undefined : parseTimeSpan(value);
}

/** The directory that journald writes into; undefined: it keeps nothing. */
export function* writtenDirectory(sys: Sys, settings: JournalSettings): Blocking<string | undefined> {
  const storage = settings.get("Storage") ?? "auto";
  if (storage === "none") return undefined;
  const persistent = storage === "persistent" || (storage !== "volatile" && exists(sys, PERSISTENT_ROOT));
  return `${persistent ? PERSISTENT_ROOT : VOLATILE_ROOT}/${yield* machineId(sys)}`;
}

/** The directories that readers look into. */
export function* journalDirectories(sys: Sys): Blocking<readonly string[]> {
  const id = yield* machineId(sys);
  return [`${PERSISTENT_ROOT}/${id}`, `${VOLATILE_ROOT}/${id}`];
}

/** The files of a directory, the archived ones first, in the order they were begun. */
export function journalFilesIn(sys: Sys, directory: string): readonly string[] {
  const begun = (name: string): string => /@[0-9a-f]{32}-[0-9a-f]{16}-([0-9a-f]{16})\.journal$/.exec(name)?.[1] ?? "g";
  return names(sys, directory).filter((name) => /\.journal~?$/.test(name)).sort((a, b) => (begun(a) < begun(b) ? -1 : begun(a) > begun(b) ? 1 : a < b ? -1 : 1)).map((name) => `${directory}/${name}`);
}

export function* journalFiles(sys: Sys): Blocking<readonly string[]> {
  return (yield* journalDirectories(sys)).flatMap((directory) => journalFilesIn(sys, directory));
}

export interface Vacuum {
  readonly maximumBytes?: number | undefined;
  readonly maximumAgeUs?: number | undefined;
  readonly maximumFiles?: number | undefined;
}

/** Removes archived files, the oldest first, while there is more than is wanted (journal_directory_vacuum): each that went, with its size. */
export function vacuumDirectory(sys: Sys, directory: string, wanted: Vacuum, nowUs: number): readonly { readonly path: string; readonly bytes: number }[] {
  const files = journalFilesIn(sys, directory);
  const archived = files.filter((path) => path.includes("@") || path.endsWith("~"));
  const sizes = new Map(archived.map((path) => [path, sys.stat(path).blocks * 512] as const));
  let left = [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0);
  let count = files.length;
  const gone: { path: string; bytes: number }[] = [];
  for (const [path, bytes] of sizes) {
    const begunUs = Number.parseInt(/-([0-9a-f]{16})\.journal$/.exec(path)?.[1] ?? "0", 16);
    const old = wanted.maximumAgeUs !== undefined && begunUs < nowUs - wanted.maximumAgeUs;
    const tooMuch = wanted.maximumBytes !== undefined && left > wanted.maximumBytes;
    const tooMany = wanted.maximumFiles !== undefined && count > wanted.maximumFiles;
    if (!old && !tooMuch && !tooMany) break;
    try {
      sys.unlink(path);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      continue;
    }
    left -= bytes;
    count--;
    gone.push({ path, bytes });
  }
  return gone;
}
