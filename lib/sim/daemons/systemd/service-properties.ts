// What `systemctl show` says of a service, in the order of systemd's D-Bus interface.
import type { Blocking } from "../../kernel/sys.ts";
import type { Properties } from "./api/protocol.ts";
import { formatTimeSpan, formatTimestamp } from "./api/time-span.ts";
import { formatCommand } from "./command.ts";
import { COMMAND_LISTS, type ServiceUnit } from "./service.ts";

const time = (us: number): string => (us === 0 ? "" : formatTimestamp(us));
const yes = (value: boolean): string => (value ? "yes" : "no");
const amount = (value: number | undefined): string => (value === undefined ? "[not set]" : value === Number.POSITIVE_INFINITY ? "infinity" : String(value));

function* resourceProperties(unit: ServiceUnit): Blocking<Properties> {
  const { cgroup } = unit;
  const live = unit.cgroupPath !== "";
  const quota = unit.setting("CPUQuota");
  const memory = yield* cgroup.number("memory.current");
  const tasks = live ? (yield* cgroup.processes()).length : undefined;
  const limit = function* (file: string, setting: string): Blocking<string> {
    const value = yield* cgroup.number(file);
    return value === undefined ? (unit.setting(setting) ?? "infinity") : amount(value);
  };
  return [
    ["Slice", unit.slicePath.slice(unit.slicePath.lastIndexOf("/") + 1)],
    ["ControlGroup", unit.cgroupPath],
    ["ControlGroupId", "0"],
    ["MemoryCurrent", live ? amount(memory) : "[not set]"],
    ["MemoryAvailable", "infinity"],
    ["CPUUsageNSec", live ? String((yield* cgroup.cpuUs()) * 1000) : unit.lastCpuUs > 0 ? String(unit.lastCpuUs * 1000) : "[not set]"],
    ["EffectiveCPUs", ""],
    ["EffectiveMemoryNodes", ""],
    ["TasksCurrent", live ? String(tasks ?? 0) : "[not set]"],
    ["IPIngressBytes", "[no data]"],
    ["IPIngressPackets", "[no data]"],
    ["IPEgressBytes", "[no data]"],
    ["IPEgressPackets", "[no data]"],
    ["Delegate", yes(unit.text.flag("Service", "Delegate", false))],
    ["CPUAccounting", "yes"],
    ["CPUWeight", unit.setting("CPUWeight") ?? "[not set]"],
    ["CPUQuotaPerSecUSec", quota === undefined ? "infinity" : formatTimeSpan(Number.parseFloat(quota) * 10_000)],
    ["CPUQuotaPeriodUSec", "infinity"],
    ["IOAccounting", "no"],
    ["MemoryAccounting", "yes"],
    ["DefaultMemoryLow", "0"],
    ["DefaultMemoryMin", "0"],
    ["MemoryMin", yield* limit("memory.min", "MemoryMin")],
    ["MemoryLow", yield* limit("memory.low", "MemoryLow")],
    ["MemoryHigh", yield* limit("memory.high", "MemoryHigh")],
    ["MemoryMax", yield* limit("memory.max", "MemoryMax")],
    ["MemorySwapMax", yield* limit("memory.swap.max", "MemorySwapMax")],
    ["DevicePolicy", unit.setting("DevicePolicy") ?? "auto"],
    ["TasksAccounting", "yes"],
    ["TasksMax", yield* limit("pids.max", "TasksMax")],
  ];
}

export function* serviceProperties(unit: ServiceUnit): Blocking<Properties> {
  const exit = unit.mainExit;
  const code = exit === undefined ? "0" : exit.code === "exited" ? "1" : exit.code === "killed" ? "2" : "3";
  const main: [string, string][] = [
    ["Type", unit.serviceType],
    ["Restart", unit.setting("Restart") ?? "no"],
    ["PIDFile", unit.setting("PIDFile") ?? ""],
    ["NotifyAccess", unit.setting("NotifyAccess") ?? (unit.serviceType === "notify" ? "main" : "none")],
    ["RestartUSec", formatTimeSpan(unit.restartUs)],
    ["TimeoutStartUSec", formatTimeSpan(unit.startTimeoutUs)],
    ["TimeoutStopUSec", formatTimeSpan(unit.stopTimeoutUs)],
    ["TimeoutAbortUSec", formatTimeSpan(unit.stopTimeoutUs)],
    ["RuntimeMaxUSec", unit.setting("RuntimeMaxSec") ?? "infinity"],
    ["WatchdogUSec", unit.setting("WatchdogSec") ?? "0"],
    ["RootDirectoryStartOnly", "no"],
    ["RemainAfterExit", yes(unit.remainAfterExit)],
    ["GuessMainPID", "yes"],
    ["MainPID", String(unit.mainPid)],
    ["ControlPID", String(unit.controlPid)],
    ["BusName", unit.setting("BusName") ?? ""],
    ["FileDescriptorStoreMax", "0"],
    ["NFileDescriptorStore", "0"],
    ["StatusText", unit.statusText],
    ["StatusErrno", "0"],
    ["Result", unit.result],
    ["ReloadResult", unit.reloadResult],
    ["CleanResult", "success"],
    ["UID", "[not set]"],
    ["GID", "[not set]"],
    ["NRestarts", String(unit.restarts)],
    ["OOMPolicy", unit.setting("OOMPolicy") ?? "stop"],
    ["ExecMainStartTimestamp", time(unit.mainStartedUs)],
    ["ExecMainStartTimestampMonotonic", String(unit.mainStartedUs === 0 ? 0 : unit.mainStartedUs - unit.supervisor.bootRealtimeUs())],
    ["ExecMainExitTimestamp", time(unit.mainExitedUs)],
    ["ExecMainExitTimestampMonotonic", String(unit.mainExitedUs === 0 ? 0 : unit.mainExitedUs - unit.supervisor.bootRealtimeUs())],
    ["ExecMainPID", String(unit.lastMainPid)],
    ["ExecMainCode", code],
    ["ExecMainStatus", String(exit?.status ?? 0)],
  ];
  for (const list of COMMAND_LISTS) {
    for (const command of unit.commands.get(list) ?? []) main.push([list, formatCommand(command, formatTimestamp)]);
  }
  main.push(...(yield* resourceProperties(unit)).map(([name, value]): [string, string] => [name, value]));
  const environment = unit.text.all("Service", "Environment").join(" ");
  if (environment !== "") main.push(["Environment", environment]);
  main.push(
    ["UMask", (unit.setting("UMask") ?? "0022").padStart(4, "0")],
    ["LimitNOFILE", unit.setting("LimitNOFILE") ?? "524288"],
    ["LimitNPROC", "9721"],
    ["OOMScoreAdjust", unit.setting("OOMScoreAdjust") ?? "0"],
    ["Nice", unit.setting("Nice") ?? "0"],
    ["IgnoreSIGPIPE", yes(unit.text.flag("Service", "IgnoreSIGPIPE", true))],
    ["WorkingDirectory", unit.setting("WorkingDirectory") ?? ""],
    ["StandardInput", unit.setting("StandardInput") ?? "null"],
    ["StandardOutput", unit.setting("StandardOutput") ?? "journal"],
    ["StandardError", unit.setting("StandardError") ?? "inherit"],
    ["User", unit.setting("User") ?? ""],
    ["Group", unit.setting("Group") ?? ""],
    ["DynamicUser", yes(unit.text.flag("Service", "DynamicUser", false))],
    ["PrivateTmp", yes(unit.text.flag("Service", "PrivateTmp", false))],
    ["ProtectSystem", unit.setting("ProtectSystem") ?? "no"],
    ["NoNewPrivileges", yes(unit.text.flag("Service", "NoNewPrivileges", false))],
    ["KillMode", unit.setting("KillMode") ?? "control-group"],
    ["KillSignal", "15"],
    ["RestartKillSignal", "15"],
    ["FinalKillSignal", "9"],
    ["SendSIGKILL", "yes"],
    ["SendSIGHUP", "no"],
  );
  return main;
}
