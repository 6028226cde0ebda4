// Condition...= and Assert...= of [Unit] (systemd.unit(5)): those that the simulation can decide.
import { type Blocking, SysError } from "../../kernel/sys.ts";
import { tryReadFile } from "./api/files.ts";
import { detectVirtualMachine } from "./api/virtualization.ts";
import type { HostContext } from "./host-context.ts";
import type { Unit } from "./unit.ts";

const keys = [
  "ConditionPathExists", "ConditionPathIsDirectory", "ConditionPathIsSymbolicLink", "ConditionPathIsMountPoint", "ConditionFileNotEmpty", "ConditionFileIsExecutable", "ConditionDirectoryNotEmpty", "ConditionVirtualization",
  "ConditionKernelCommandLine", "ConditionHost", "ConditionACPower", "ConditionFirstBoot", "ConditionUser", "ConditionPathIsReadWrite", "ConditionArchitecture", "ConditionNeedsUpdate", "ConditionCapability", "ConditionEnvironment", "ConditionSecurity",
] as const;

/** `failed`: the settings, as systemctl lists them. `because`: as the journal goes on behind "was skipped because" (systemd 252, unit_log_condition). */
export interface Unmet {
  readonly failed: readonly string[];
  readonly because: string;
}

/** Undefined when all hold: those that are needed, and one of those that begin with | (systemd.unit(5)). */
export function* unmetCondition(host: HostContext, unit: Unit): Blocking<Unmet | undefined> {
  const failed: string[] = [];
  let triggered = false;
  for (const key of keys) {
    for (const raw of unit.text.all("Unit", key)) {
      let value = raw;
      const trigger = value.startsWith("|");
      if (trigger) value = value.slice(1);
      const negated = value.startsWith("!");
      if (negated) value = value.slice(1);
      const holds = (yield* one(host, key, host.expand(value.trim(), unit.name))) !== negated;
      if (holds) triggered ||= trigger;
      else failed.push(`${key}=${raw}`);
      if (!holds && !trigger) return { failed, because: `of an unmet condition check (${key}=${raw})` };
    }
  }
  return failed.length > 0 && !triggered ? { failed, because: "no trigger condition checks were met" } : undefined;
}

function modeOf(host: HostContext, path: string, follow = true): { readonly mode: number; readonly sizeBytes: number; readonly dev: number } | undefined {
  try {
    return follow ? host.sys.stat(path) : host.sys.lstat(path);
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
}

function* one(host: HostContext, key: (typeof keys)[number], value: string): Blocking<boolean> {
  switch (key) {
    case "ConditionPathExists":
      return modeOf(host, value) !== undefined;
    case "ConditionPathIsDirectory":
      return ((modeOf(host, value)?.mode ?? 0) & 0o170000) === 0o040000;
    case "ConditionPathIsSymbolicLink":
      return ((modeOf(host, value, false)?.mode ?? 0) & 0o170000) === 0o120000;
    case "ConditionPathIsMountPoint":
      return modeOf(host, value) !== undefined && modeOf(host, value)?.dev !== modeOf(host, value.replace(/\/[^/]*\/*$/, "") || "/")?.dev;
    case "ConditionFileNotEmpty":
      return (modeOf(host, value)?.sizeBytes ?? 0) > 0;
    case "ConditionFileIsExecutable":
      return ((modeOf(host, value)?.mode ?? 0) & 0o111) !== 0;
    case "ConditionDirectoryNotEmpty":
      try {
        return host.sys.readdir(value).length > 0;
      } catch (error) {
        if (error instanceof SysError) return false;
        throw error;
      }
    case "ConditionPathIsReadWrite":
      return modeOf(host, value) !== undefined;
    case "ConditionVirtualization": {
      const detected = yield* detectVirtualMachine(host.sys);
      if (value === "yes" || value === "vm") return detected !== "none";
      if (value === "no") return detected === "none";
      return value === detected;
    }
    case "ConditionKernelCommandLine":
      return ((yield* tryReadFile(host.sys, "/proc/cmdline")) ?? "").split(/\s+/).some((word) => word === value || word.startsWith(`${value}=`));
    case "ConditionHost":
      return value === host.sys.uname().nodename || value === host.machineId;
    case "ConditionArchitecture":
      return value === "x86-64" || value === "native";
    case "ConditionACPower":
      return value === "true";
    case "ConditionSecurity":
      return value === "audit" || modeOf(host, `/sys/kernel/security/${value}`) !== undefined;
    case "ConditionUser":
      return value === "root" || value === "0" || value === "@system";
    case "ConditionFirstBoot":
    case "ConditionNeedsUpdate":
      return false;
    default:
      return true;
  }
}
