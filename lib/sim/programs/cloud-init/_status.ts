// How far cloud-init came, from what its stages leave in /run/cloud-init (cloudinit/cmd/status.py).
import { type Blocking, civilFromSeconds, type Sys } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import type { YamlValue } from "../kit/yaml/parse-yaml.ts";
import { fromJson, isList, isMap } from "./_json.ts";
import { nameExists } from "../kit/presence.ts";

export interface Status {
  readonly status: "not run" | "running" | "done" | "error" | "disabled";
  readonly bootStatusCode: string;
  readonly detail: string;
  readonly errors: readonly string[];
  /** "" when nothing ran */
  readonly lastUpdate: string;
  readonly datasource: string;
}

const two = (value: number): string => String(value).padStart(2, "0");
const dayNames = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const monthNames = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

export interface CalendarTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly weekday: string;
}

/** In UTC. */
export function calendarTime(seconds: number): CalendarTime {
  const time = civilFromSeconds(seconds);
  return { ...time, weekday: dayNames[time.weekday] ?? "" };
}

/** "Sat, 21 Nov 2026 21:15:29 +0000" */
export function mailDate(seconds: number): string {
  const time = calendarTime(seconds);
  return `${time.weekday}, ${two(time.day)} ${monthNames[time.month - 1] ?? ""} ${time.year} ${two(time.hour)}:${two(time.minute)}:${two(time.second)} +0000`;
}

function* bootStatus(sys: Sys): Blocking<readonly [code: string, detail: string]> {
  const words = ((yield* readTextFile(sys, "/proc/cmdline")) ?? "").trim().split(/\s+/);
  if (words.includes("cloud-init=enabled")) return ["enabled-by-kernel-cmdline", "Cloud-init enabled by kernel command line cloud-init=enabled"];
  if (nameExists(sys, "/etc/cloud/cloud-init.disabled")) return ["disabled-by-marker-file", "Cloud-init disabled by /etc/cloud/cloud-init.disabled"];
  if (words.includes("cloud-init=disabled")) return ["disabled-by-kernel-cmdline", "Cloud-init disabled by kernel parameter cloud-init=disabled"];
  if (nameExists(sys, "/run/cloud-init/disabled")) return ["disabled-by-generator", "Cloud-init disabled by cloud-init-generator"];
  if (nameExists(sys, "/run/cloud-init/enabled")) return ["enabled-by-generator", "Cloud-init enabled by systemd cloud-init-generator"];
  return ["unknown", "Systemd generator may not have run yet."];
}

const numberOf = (value: YamlValue | undefined): number => (typeof value === "number" ? value : 0);

export function* readStatus(sys: Sys): Blocking<Status> {
  const [bootStatusCode, reason] = yield* bootStatus(sys);
  let status: Status["status"] = bootStatusCode.startsWith("disabled") ? "disabled" : "not run";
  let detail = reason;
  let datasource = "";
  let latest = 0;
  const errors: string[] = [];
  const text = yield* readTextFile(sys, "/run/cloud-init/status.json");
  const record = text === undefined ? undefined : fromJson(text);
  const v1 = isMap(record) ? record.get("v1") : undefined;
  if (text !== undefined && !nameExists(sys, "/run/cloud-init/result.json")) status = "running";
  if (isMap(v1)) {
    for (const name of [...v1.keys()].sort()) {
      const value = v1.get(name);
      if (name === "stage") {
        if (typeof value === "string") {
          status = "running";
          detail = `Running in stage: ${value}`;
        }
      } else if (name === "datasource") {
        if (typeof value !== "string") continue;
        detail = value;
        datasource = (value.split(" ")[0] ?? "").toLowerCase().replace("datasource", "");
      } else if (isMap(value)) {
        const [start, finished] = [numberOf(value.get("start")), numberOf(value.get("finished"))];
        const own = value.get("errors");
        if (isList(own)) for (const one of own) errors.push(String(one));
        if (finished === 0 && start !== 0) status = "running";
        latest = Math.max(latest, start, finished);
      }
    }
  }
  if (errors.length > 0) {
    status = "error";
    detail = errors.join("\n");
  } else if (status === "not run" && latest > 0) status = "done";
  return { status, bootStatusCode, detail, errors, lastUpdate: latest > 0 ? mailDate(latest) : "", datasource };
}

export function statusRecord(status: Status): YamlValue {
  const own = new Map<string, YamlValue>([["boot_status_code", status.bootStatusCode], ["datasource", status.datasource], ["detail", status.detail], ["errors", status.errors], ["last_update", status.lastUpdate], ["status", status.status]]);
  return new Map<string, YamlValue>([...own, ["_schema_version", "1"], ["schemas", new Map([["1", own]])]]);
}
