// Settings that systemd-run takes with -p, and how they are stored in the transient unit's file.
import { parseTimeSpan } from "./time-span.ts";
import { kindOf } from "./unit-keys.ts";

const unitSettings = new Set(["Description", "Requires", "Wants", "After", "Before", "BindsTo", "PartOf", "Conflicts", "CollectMode", "StartLimitBurst", "StartLimitIntervalSec", "DefaultDependencies", "Documentation", "OnFailure", "OnSuccess"]);
const byteSettings = new Set(["MemoryMin", "MemoryLow", "MemoryHigh", "MemoryMax", "MemorySwapMax", "MemoryLimit"]);
const spanSettings = new Set(["RuntimeMaxSec", "TimeoutStartSec", "TimeoutStopSec", "TimeoutSec", "RestartSec", "WatchdogSec"]);
const serviceSettings = new Set([
  "TasksMax", "CPUQuota", "CPUWeight", "CPUShares", "IOWeight", "AllowedCPUs", "Delegate", "Slice", "DevicePolicy", "DeviceAllow", "IPAddressDeny", "IPAddressAllow", "CPUAccounting", "MemoryAccounting", "TasksAccounting", "IOAccounting", "Type", "Restart",
  "RemainAfterExit", "KillMode", "KillSignal", "User", "Group", "SupplementaryGroups", "WorkingDirectory", "RootDirectory", "Nice", "OOMScoreAdjust", "OOMPolicy", "UMask", "Environment", "EnvironmentFile", "StandardInput", "StandardOutput", "StandardError",
  "SyslogIdentifier", "PrivateTmp", "PrivateNetwork", "PrivateDevices", "PrivateUsers", "PrivateMounts", "ProtectSystem", "ProtectHome", "ProtectKernelTunables", "ProtectHostname", "NoNewPrivileges", "ReadOnlyPaths", "ReadWritePaths", "InaccessiblePaths",
  "CapabilityBoundingSet", "AmbientCapabilities", "DynamicUser", "RuntimeDirectory", "StateDirectory", "LimitNOFILE", "LimitNPROC", "LimitCORE", "LimitAS", "LimitCPU", "LimitFSIZE", "LimitMEMLOCK", "SuccessExitStatus", "ExecStartPre", "ExecStartPost", "ExecStop",
  "ExecStopPost", "ExecReload", "NotifyAccess", "PIDFile", "SendSIGHUP", "SendSIGKILL", "TTYPath", "RootImage", "BindPaths", "BindReadOnlyPaths", "TemporaryFileSystem", "SystemCallFilter", "LogLevelMax", "IgnoreSIGPIPE",
]);

export interface StoredProperty {
  readonly section: "Unit" | "own";
  readonly value: string;
}

function bytes(text: string): string | undefined {
  if (text === "infinity" || text === "max") return "infinity";
  if (/^\d+(?:\.\d+)?%$/.test(text)) return text;
  const match = /^(\d+(?:\.\d+)?)\s*([KMGTPE]?)(?:i?B)?$/.exec(text);
  if (match === null) return undefined;
  return String(Math.floor(Number(match[1]) * 1024 ** (match[2] === "" ? 0 : " KMGTPE".indexOf(match[2] ?? ""))));
}

/** Undefined: no such setting. */
export function storedProperty(name: string, value: string): StoredProperty | "invalid" | undefined {
  if (unitSettings.has(name)) return { section: "Unit", value };
  if (byteSettings.has(name)) {
    const stored = bytes(value);
    return stored === undefined ? "invalid" : { section: "own", value: stored };
  }
  if (spanSettings.has(name)) return parseTimeSpan(value) === undefined ? "invalid" : { section: "own", value };
  if (name === "CPUQuota") return /^\d+(?:\.\d+)?%$/.test(value) || value === "" ? { section: "own", value } : "invalid";
  if (name === "TasksMax") return /^(?:\d+%?|infinity)$/.test(value) ? { section: "own", value } : "invalid";
  return serviceSettings.has(name) || kindOf("Service", name) !== undefined ? { section: "own", value } : undefined;
}
