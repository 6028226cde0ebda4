// One call of cloud-init: its log, what its modules may ask, and where their failures are noted.
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import type { Io } from "../kit/program.ts";
import type { YamlMap, YamlValue } from "../kit/yaml/parse-yaml.ts";
import { writeFile } from "./_files.ts";
import { nameExists } from "../kit/presence.ts";
import { isList, isMap, jsonText } from "./_json.ts";
import { calendarTime } from "./_status.ts";

export const VERSION = "22.4.2";
export const LOG = "/var/log/cloud-init.log";
export const OUTPUT_LOG = "/var/log/cloud-init-output.log";
export const CLOUD = "/var/lib/cloud";
export const INSTANCE = `${CLOUD}/instance`;
export const RUN = "/run/cloud-init";

/** A module that could not do its work; `kind` is the Python exception it is reported as. */
export class ModuleError extends Error {
  readonly kind: string;
  constructor(message: string, kind = "RuntimeError") {
    super(message);
    this.kind = kind;
  }
}

export interface Instance {
  readonly id: string;
  /** "DataSourceNoCloud [seed=…][dsmode=net]" */
  readonly source: string;
  readonly subplatform: string;
  readonly metadata: YamlMap;
  readonly userData: string;
  readonly vendorData: string;
}

const admGroup = 4;
const padded = (value: number, width = 2): string => String(value).padStart(width, "0");

export class Run {
  readonly sys: Sys;
  readonly io: Io;
  /** init-local, init-network, modules-config, modules-final, single */
  readonly stage: string;
  configuration: YamlMap = new Map();
  instance: Instance | undefined;
  readonly errors: string[] = [];
  #lines = "";

  constructor(io: Io, stage: string) {
    this.io = io;
    this.sys = io.sys;
    this.stage = stage;
  }

  now(): number {
    return this.sys.clockUs("realtime") / 1e6;
  }

  #stamp(): string {
    const us = this.sys.clockUs("realtime");
    const time = calendarTime(us / 1e6);
    return `${time.year}-${padded(time.month)}-${padded(time.day)} ${padded(time.hour)}:${padded(time.minute)}:${padded(time.second)},${padded(Math.floor(us / 1000) % 1000, 3)}`;
  }

  /** Written with the next `flush`. */
  debug(file: string, message: string, level = "DEBUG"): void {
    this.#lines += `${this.#stamp()} - ${file}[${level}]: ${message}\n`;
  }

  /** In the log and on standard error. */
  *warn(file: string, message: string): Blocking<void> {
    this.debug(file, message, "WARNING");
    yield* this.io.stderr(`${this.#stamp()} - ${file}[WARNING]: ${message}\n`);
  }

  *flush(): Blocking<void> {
    if (this.#lines === "") return;
    const text = this.#lines;
    this.#lines = "";
    try {
      const fresh = !nameExists(this.sys, LOG);
      yield* writeFile(this.sys, LOG, text, 0o644, true);
      if (fresh) this.sys.chown(LOG, 0, admGroup);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }

  start(name: string, what: string): void {
    this.debug("handlers.py", `start: ${name}: ${what}`);
  }

  finish(name: string, result: "SUCCESS" | "FAIL" | "WARN", what: string): void {
    this.debug("handlers.py", `finish: ${name}: ${result}: ${what}`);
  }

  // ---- configuration ----------------------------------------------------------------------------------------------------------------------

  text(key: string): string | undefined {
    const value = this.configuration.get(key);
    return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
  }

  list(key: string): readonly YamlValue[] {
    const value = this.configuration.get(key);
    return isList(value) ? value : [];
  }

  map(key: string): YamlMap | undefined {
    const value = this.configuration.get(key);
    return isMap(value) ? value : undefined;
  }

  /** As util.get_cfg_option_bool: "yes", "true", "on", "1" are true as well. */
  flag(key: string, otherwise: boolean): boolean {
    const value = this.configuration.get(key);
    return value === undefined ? otherwise : isTrue(value);
  }
}

export function isTrue(value: YamlValue | undefined): boolean {
  return value === true || (typeof value === "string" && /^(?:true|1|on|yes)$/i.test(value.trim())) || value === 1;
}

/** Maps of `over` reach into those of `base`; anything else replaces (mergemanydict). */
export function mergeOver(over: YamlMap, base: YamlMap): YamlMap {
  const merged = new Map(over);
  for (const [key, value] of base) {
    const own = merged.get(key);
    if (own === undefined) merged.set(key, value);
    else if (isMap(own) && isMap(value)) merged.set(key, mergeOver(own, value));
  }
  return merged;
}

const STATUS_FILE = `${CLOUD}/data/status.json`;

/** Changes the record of the stages that `cloud-init status` reads. */
export function* noteStatus(sys: Sys, change: (v1: Map<string, YamlValue>) => void, former: YamlMap | undefined): Blocking<YamlMap> {
  const v1 = new Map(former ?? new Map<string, YamlValue>([["datasource", null], ...["init", "init-local", "modules-config", "modules-final"].map((name): [string, YamlValue] => [name, new Map<string, YamlValue>([["errors", []], ["finished", null], ["start", null]])]), ["stage", null]]));
  change(v1);
  yield* writeFile(sys, STATUS_FILE, `${jsonText(new Map([["v1", v1]]))}\n`);
  yield* writeFile(sys, `${RUN}/.keep`, "");
  sys.unlink(`${RUN}/.keep`);
  if (!nameExists(sys, `${RUN}/status.json`)) sys.symlink("../../var/lib/cloud/data/status.json", `${RUN}/status.json`);
  return v1;
}

export function* uptimeSeconds(sys: Sys): Blocking<string> {
  return ((yield* readTextFile(sys, "/proc/uptime")) ?? "0").split(" ")[0] ?? "0";
}
