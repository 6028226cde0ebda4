// Condition...= and Assert...= of [Unit] (systemd.unit(5)): those that the simulation can decide.
import { type Blocking, SysError } from "../../kernel/sys.ts";
import { tryReadFile } from "./api/files.ts";
import { detectVirtualMachine } from "./api/virtualization.ts";
import type { Manager } from "./manager.ts";
import type { Unit } from "./unit.ts";

const keys = [
  "ConditionPathExists", "ConditionPathIsDirectory", "ConditionPathIsSymbolicLink", "ConditionPathIsMountPoint", "ConditionFileNotEmpty", "ConditionFileIsExecutable", "ConditionDirectoryNotEmpty", "ConditionVirtualization",
  "ConditionKernelCommandLine", "ConditionHost", "ConditionACPower", "ConditionFirstBoot", "ConditionUser", "ConditionPathIsReadWrite", "ConditionArchitecture", "ConditionNeedsUpdate", "ConditionCapability", "ConditionEnvironment",
] as const;

export function* conditionsHold(manager: Manager, unit: Unit): Blocking<boolean> {
  let triggers = 0;
  let triggered = false;
  for (const key of keys) {
    for (const raw of unit.text.all("Unit", key)) {
      let value = raw;
      const trigger = value.startsWith("|");
      if (trigger) value = value.slice(1);
      const negated = value.startsWith("!");
      if (negated) value = value.slice(1);
      const holds = (yield* one(manager, key, manager.expand(value.trim(), unit.name))) !== negated;
      if (trigger) {
        triggers++;
        if (holds) triggered = true;
      } else if (!holds) {
        manager.unmet = `${key}=${raw}`;
        return false;
      }
    }
  }
  if (triggers > 0 && !triggered) {
    manager.unmet = "no trigger condition checks were met";
    return false;
  }
  return true;
}

function modeOf(manager: Manager, path: string, follow = true): { readonly mode: number; readonly sizeBytes: number; readonly dev: number } | undefined {
  try {
    return follow ? manager.sys.stat(path) : manager.sys.lstat(path);
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
}

function* one(manager: Manager, key: (typeof keys)[number], value: string): Blocking<boolean> {
  switch (key) {
    case "ConditionPathExists":
      return modeOf(manager, value) !== undefined;
    case "ConditionPathIsDirectory":
      return ((modeOf(manager, value)?.mode ?? 0) & 0o170000) === 0o040000;
    case "ConditionPathIsSymbolicLink":
      return ((modeOf(manager, value, false)?.mode ?? 0) & 0o170000) === 0o120000;
    case "ConditionPathIsMountPoint":
      return modeOf(manager, value) !== undefined && modeOf(manager, value)?.dev !== modeOf(manager, `${value}/..`)?.dev;
    case "ConditionFileNotEmpty":
      return (modeOf(manager, value)?.sizeBytes ?? 0) > 0;
    case "ConditionFileIsExecutable":
      return ((modeOf(manager, value)?.mode ?? 0) & 0o111) !== 0;
    case "ConditionDirectoryNotEmpty":
      try {
        return manager.sys.readdir(value).length > 0;
      } catch (error) {
        if (error instanceof SysError) return false;
        throw error;
      }
    case "ConditionPathIsReadWrite":
      return modeOf(manager, value) !== undefined;
    case "ConditionVirtualization": {
      const detected = yield* detectVirtualMachine(manager.sys);
      if (value === "yes" || value === "vm") return detected !== "none";
      if (value === "no") return detected === "none";
      return value === detected;
    }
    case "ConditionKernelCommandLine":
      return ((yield* tryReadFile(manager.sys, "/proc/cmdline")) ?? "").split(/\s+/).some((word) => word === value || word.startsWith(`${value}=`));
    case "ConditionHost":
      return value === manager.sys.uname().nodename || value === manager.machineId;
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
