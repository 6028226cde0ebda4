// What `systemctl show` tells of a unit and of the manager, and what systemd-analyze asks (org.freedesktop.systemd1(5)).
import type { Blocking, Sys } from "../../kernel/sys.ts";
import type { UnitTimes } from "./api/boot-times.ts";
import type { Properties } from "./api/protocol.ts";
import { formatTimeSpan, formatTimestamp } from "./api/time-span.ts";
import { presetOf, readPresets, unitFileState } from "./api/unit-files.ts";
import { detectVirtualMachine } from "./api/virtualization.ts";
import { AutomountUnit } from "./automount-unit.ts";
import { inOrder } from "./boot-journal.ts";
import { PathUnit } from "./path-unit.ts";
import { SocketUnit } from "./socket-unit.ts";
import type { Supervisor } from "./supervisor.ts";
import { TimerUnit } from "./timer-unit.ts";
import type { Unit } from "./unit.ts";

// ---- properties ----------------------------------------------------------------------------------------------------------------------------

const yes = (value: boolean): string => (value ? "yes" : "no");
const stamp = (us: number): string => (us === 0 ? "" : formatTimestamp(us));

export function* unitProperties(sys: Sys, supervisor: Supervisor, unit: Unit): Blocking<Properties> {
  const own = unit.load === "loaded" ? yield* unit.ownProperties() : unit.type === "service" && unit.load === "not-found" ? yield* unit.ownProperties() : [];
  const bootUs = supervisor.bootRealtimeUs();
  const monotonic = (us: number): string => (us === 0 ? "0" : String(Math.max(0, us - bootUs)));
  const list = (kind: Parameters<Supervisor["dependencies"]>[1]): string => supervisor.dependencies(unit, kind).join(" ");
  const state = unit.source === undefined ? undefined : yield* unitFileState(supervisor.paths, unit.name);
  const triggeredBy = [...supervisor.units.values()].filter((other) => (other instanceof TimerUnit || other instanceof SocketUnit || other instanceof AutomountUnit || other instanceof PathUnit) && other.triggers === unit.name).map((other) => other.name).join(" ");
  const triggers = unit instanceof TimerUnit || unit instanceof SocketUnit || unit instanceof AutomountUnit || unit instanceof PathUnit ? unit.triggers : "";
  const properties: [string, string][] = own.map(([name, value]) => [name, value]);
  const defaults = unit.type === "service" && unit.load === "loaded" && unit.text.flag("Unit", "DefaultDependencies", true);
  properties.push(
    ["Id", unit.name],
    ["Names", [unit.name, ...unit.aliases].join(" ")],
    ["Requires", [...supervisor.dependencies(unit, "Requires"), ...(defaults ? ["sysinit.target", "system.slice"] : [])].join(" ")],
    ["Wants", list("Wants")],
    ["WantedBy", [...supervisor.units.values()].filter((other) => other.type === "target" && supervisor.dependencies(other, "Wants").includes(unit.name)).map((other) => other.name).join(" ")],
    ["OnFailure", list("OnFailure")],
    ["Conflicts", [list("Conflicts"), defaults ? "shutdown.target" : ""].filter((text) => text !== "").join(" ")],
    ["Before", [list("Before"), defaults ? "shutdown.target" : ""].filter((text) => text !== "").join(" ")],
    ["After", [list("After"), defaults ? "sysinit.target system.slice systemd-journald.socket basic.target" : ""].filter((text) => text !== "").join(" ")],
    ["Triggers", triggers],
    ["TriggeredBy", triggeredBy],
    ["Documentation", unit.text.all("Unit", "Documentation").join(" ")],
    ["Description", unit.description],
    ["LoadState", unit.load],
    ["ActiveState", unit.active],
    ["FreezerState", unit.isFrozen ? "frozen" : "running"],
    ["SubState", unit.sub],
    ["FragmentPath", unit.source?.fragment.path ?? ""],
    ["SourcePath", unit.sourcePath],
    ["DropInPaths", (unit.source?.dropIns ?? []).join(" ")],
    ["UnitFileState", unit.load === "not-found" ? "" : (state ?? "")],
    ["UnitFilePreset", state === undefined || state === "static" || state === "alias" || state === "generated" || state === "transient" || state === "indirect" ? "enabled" : presetOf(yield* readPresets(sys), unit.name)],
    ["StateChangeTimestamp", stamp(unit.stateChangedUs)],
    ["StateChangeTimestampMonotonic", monotonic(unit.stateChangedUs)],
    ["InactiveExitTimestamp", stamp(unit.inactiveExitUs)],
    ["InactiveExitTimestampMonotonic", monotonic(unit.inactiveExitUs)],
    ["ActiveEnterTimestamp", stamp(unit.activeEnterUs)],
    ["ActiveEnterTimestampMonotonic", monotonic(unit.activeEnterUs)],
    ["ActiveExitTimestamp", stamp(unit.activeExitUs)],
    ["ActiveExitTimestampMonotonic", monotonic(unit.activeExitUs)],
    ["InactiveEnterTimestamp", stamp(unit.inactiveEnterUs)],
    ["InactiveEnterTimestampMonotonic", monotonic(unit.inactiveEnterUs)],
    ["CanStart", yes(unit.load === "loaded" && !unit.text.flag("Unit", "RefuseManualStart", false))],
    ["CanStop", yes(!unit.perpetual && !unit.text.flag("Unit", "RefuseManualStop", false))],
    ["CanReload", yes(unit.canReload)],
    ["CanIsolate", yes(unit.text.flag("Unit", "AllowIsolate", false))],
    ["CanFreeze", yes(unit.type === "service" || unit.type === "scope" || unit.type === "slice")],
    ["StopWhenUnneeded", yes(unit.text.flag("Unit", "StopWhenUnneeded", false))],
    ["RefuseManualStart", yes(unit.text.flag("Unit", "RefuseManualStart", false))],
    ["RefuseManualStop", yes(unit.text.flag("Unit", "RefuseManualStop", false))],
    ["AllowIsolate", yes(unit.text.flag("Unit", "AllowIsolate", false))],
    ["DefaultDependencies", yes(unit.text.flag("Unit", "DefaultDependencies", true))],
    ["NeedDaemonReload", yes(supervisor.needsReload(unit))],
    ["ConditionResult", yes(unit.conditionUs > 0 && unit.conditionResult)],
    ["HoteUnmet", unit.conditionUnmet.join("\n")],
    ["AssertResult", yes(unit.conditionUs > 0 && unit.assertResult)],
    ["ConditionTimestamp", stamp(unit.conditionUs)],
    ["ConditionTimestampMonotonic", monotonic(unit.conditionUs)],
    ["Transient", yes(unit.transient)],
    ["Perpetual", yes(unit.perpetual)],
    ["StartLimitIntervalUSec", "10s"],
    ["StartLimitBurst", "5"],
    ["StartLimitAction", "none"],
    ["FailureAction", "none"],
    ["SuccessAction", "none"],
    ["InvocationID", unit.invocationId],
    ["CollectMode", "inactive"],
  );
  if (unit.load === "not-found") properties.push(["LoadError", `org.freedesktop.systemd1.NoSuchUnit "Unit ${unit.name} not found."`]);
  return properties;
}

export function timesOfUnits(supervisor: Supervisor): readonly UnitTimes[] {
  const bootUs = supervisor.bootRealtimeUs();
  const sinceBoot = (us: number): number => (us === 0 ? 0 : Math.max(0, us - bootUs));
  return inOrder(supervisor, [...supervisor.units.values()].filter((unit) => unit.load === "loaded")).map(({ unit, before }) => ({
    name: unit.name, activating: sinceBoot(unit.inactiveExitUs), activated: sinceBoot(unit.activeEnterUs), deactivating: sinceBoot(unit.activeExitUs), deactivated: sinceBoot(unit.inactiveEnterUs), after: before,
  }));
}

export function* managerProperties(supervisor: Supervisor): Blocking<Properties> {
  const failed = [...supervisor.units.values()].filter((unit) => unit.active === "failed").length;
  const { sys } = supervisor;
  const virtualization = yield* detectVirtualMachine(supervisor.sys);
  const bootUs = supervisor.bootRealtimeUs();
  const finishedUs = supervisor.finishedRealtimeUs;
  return [
    ["Version", "252.39-1~deb12u2"],
    ["Features", "+PAM +AUDIT +SELINUX +APPARMOR +IMA +SMACK +SECCOMP +GCRYPT -GNUTLS +OPENSSL +ACL +BLKID +CURL +ELFUTILS +FIDO2 +IDN2 -IDN +IPTC +KMOD +LIBCRYPTSETUP +LIBFDISK +PCRE2 -PWQUALITY +P11KIT +QRENCODE +TPM2 +BZIP2 +LZ4 +XZ +ZLIB +ZSTD -BPF_FRAMEWORK -XKBCOMMON +UTMP +SYSVINIT default-hierarchy=unified"],
    ["Virtualization", virtualization === "none" ? "" : virtualization],
    ["Architecture", "x86-64"],
    ["Tainted", ""],
    ["FirmwareTimestampMonotonic", "0"],
    ["LoaderTimestampMonotonic", "0"],
    ["KernelTimestamp", formatTimestamp(bootUs)],
    ["KernelTimestampMonotonic", "0"],
    ["UserspaceTimestamp", formatTimestamp(supervisor.startedRealtimeUs)],
    ["UserspaceTimestampMonotonic", String(supervisor.startedRealtimeUs - bootUs)],
    ["FinishTimestamp", finishedUs === 0 ? "" : formatTimestamp(finishedUs)],
    ["FinishTimestampMonotonic", finishedUs === 0 ? "0" : String(finishedUs - bootUs)],
    ["NNames", String(supervisor.units.size)],
    ["NFailedUnits", String(failed)],
    ["NJobs", String(supervisor.jobs.size)],
    ["NInstalledJobs", "0"],
    ["NFailedJobs", "0"],
    ["Progress", "1"],
    ["Environment", "LANG=C.UTF-8 PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"],
    ["ConfirmSpawn", "no"],
    ["ShowStatus", "yes"],
    ["UnitPath", "/etc/systemd/system.control /run/systemd/system.control /run/systemd/transient /run/systemd/generator.early /etc/systemd/system /etc/systemd/system.attached /run/systemd/system /run/systemd/system.attached /run/systemd/generator /usr/local/lib/systemd/system /lib/systemd/system /usr/lib/systemd/system /run/systemd/generator.late"],
    ["DefaultStandardOutput", "journal"],
    ["DefaultStandardError", "inherit"],
    ["DefaultTimeoutStartUSec", formatTimeSpan(90_000_000)],
    ["DefaultTimeoutStopUSec", formatTimeSpan(90_000_000)],
    ["DefaultRestartUSec", "100ms"],
    ["DefaultTasksMax", "2916"],
    ["ControlGroup", ""],
    ["SystemState", supervisor.jobs.size > 0 ? "starting" : failed > 0 ? "degraded" : "running"],
    ["ExitCode", "0"],
    ["HoteHostname", sys.uname().nodename],
    ["HoteStartedUSec", String(supervisor.startedRealtimeUs)],
  ];
}
