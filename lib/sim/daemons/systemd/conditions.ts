// Condition...= and Assert...= of [Unit] (systemd.unit(5)): those that the simulation can decide.
import { type Blocking, SysError } from "../../kernel/sys.ts";
import { tryReadFile } from "./api/files.ts";
import { detectVirtualMachine } from "./api/virtualization.ts";
import type { HostContext } from "./host-context.ts";
import type { Unit } from "./unit.ts";

const keys = [
  "ConditionPathExists", "ConditionPathIsDirectory", "ConditionPathIsSymbolicLink", "ConditionPathIsMountPoint", "ConditionFileNotEmpty", "ConditionFileIsExecutable", "ConditionDirectoryNotEmpty", "ConditionVirtualization",
  "ConditionKernelCommandLine", "ConditionHost", "ConditionACPower", "ConditionFirstBoot", "ConditionUser", "ConditionPathIsReadWrite", "ConditionArchitecture", "ConditionNeedsUpdate", "ConditionCapability", "ConditionEnvironment",
] as const;

/** The setting that does not hold, as the journal tells it; undefined when all do. */
export function* unmetCondition(host: HostContext, unit: Unit): Blocking<string | undefined> {
  let triggers = 0;
  let triggered = false;
  for (const key of keys) {
    for (const raw of unit.text.all("Unit", key)) {
      let value = raw;
      const trigger = value.startsWith("|");
      if (trigger) value = value.slice(1);
      const negated = value.startsWith("!");
      if (negated) value = value.slice(1);
      const holds = (yield* one(host, key, host.expand(value.trim(), unit.name))) !== negated;
      if (trigger) {
        triggers++;
        if (holds) triggered = true;
      } else if (!holds) return `${key}=${raw}`;
    }
  }
  return triggers > 0 && !triggered ? "no trigger condition checks were met" : undefined;
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
      return modeOf(host, value) !== undefined && modeOf(host, value)?.dev !== modeOf(host, `${value}/..`)?.dev;
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
    case "ConditionUser":
      return value === "root" || value === "0" || value === "@system";
    case "ConditionFirstBoot":
    case "ConditionNeedsUpdate":
      return false;
    default:
      return true;
  }
}
