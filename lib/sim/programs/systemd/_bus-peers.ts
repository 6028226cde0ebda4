// Who is on the system bus: busctl list and status.
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { linkTarget, tryReadFile } from "../../daemons/systemd/api/files.ts";
import { BUS_NAME, type BusConnection } from "../../daemons/dbus/api.ts";
import { Accounts } from "../kit/accounts.ts";

export interface Peer {
  readonly name: string;
  readonly kind: "unique" | "acquired" | "activatable";
  /** the unique name of the connection; "" for the bus itself */
  readonly connection: string;
  readonly pid: number | undefined;
  readonly process: string;
  readonly user: string;
  readonly unit: string;
  readonly session: string;
}

/** The unit, slice and session that a control group stands for (sd_pid_get_unit(3)). */
export function* groupOf(sys: Sys, pid: number): Blocking<{ readonly path: string; readonly unit: string; readonly slice: string; readonly session: string }> {
  const text = ((yield* tryReadFile(sys, `/proc/${pid}/cgroup`)) ?? "").trim();
  const path = text.slice(text.lastIndexOf("::") + 2) || "/";
  const parts = path.split("/").filter((part) => part !== "");
  const scope = /^session-(.+)\.scope$/.exec(parts.at(-1) ?? "");
  return { path, unit: parts.findLast((part) => /\.(?:service|scope)$/.test(part)) ?? "", slice: parts.findLast((part) => part.endsWith(".slice")) ?? "-.slice", session: scope?.[1] ?? "" };
}

export function* daemonPid(sys: Sys): Blocking<number | undefined> {
  for (const entry of sys.readdir("/proc")) {
    if (!/^\d+$/.test(entry.name)) continue;
    if (((yield* tryReadFile(sys, `/proc/${entry.name}/comm`)) ?? "").trim() === "dbus-daemon" && /--system/.test((yield* tryReadFile(sys, `/proc/${entry.name}/cmdline`)) ?? "")) return Number(entry.name);
  }
  return undefined;
}

export function* listPeers(bus: BusConnection): Blocking<readonly Peer[]> {
  const { sys } = bus;
  const { peers, activatable } = yield* bus.ask<"peers">({ op: "peers" });
  const accounts = yield* Accounts.read(sys);
  const found: Peer[] = [];
  const add = function* (name: string, connection: string, pid: number | undefined, uid: number): Blocking<void> {
    const group = pid === undefined ? undefined : yield* groupOf(sys, pid);
    found.push({
      name, kind: name.startsWith(":") ? "unique" : "acquired", connection, pid, process: pid === undefined ? "" : ((yield* tryReadFile(sys, `/proc/${pid}/comm`)) ?? "").trim(), user: accounts.userName(uid), unit: group?.unit ?? "", session: group?.session ?? "",
    });
  };
  for (const peer of peers) for (const name of [peer.unique, ...peer.names]) yield* add(name, peer.unique, peer.pid, peer.uid);
  const pid = yield* daemonPid(sys);
  yield* add(BUS_NAME, "", pid, pid === undefined ? 0 : (ownerOf(sys, pid) ?? 0));
  for (const name of activatable) if (!found.some((peer) => peer.name === name)) found.push({ name, kind: "activatable", connection: "(activatable)", pid: undefined, process: "", user: "", unit: "", session: "" });
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function ownerOf(sys: Sys, pid: number): number | undefined {
  try {
    return sys.stat(`/proc/${pid}`).uid;
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
}

const capabilityNames = "chown dac_override dac_read_search fowner fsetid kill setgid setuid setpcap linux_immutable net_bind_service net_broadcast net_admin net_raw ipc_lock ipc_owner sys_module sys_rawio sys_chroot sys_ptrace sys_pacct sys_admin sys_boot sys_nice sys_resource sys_time sys_tty_config mknod lease audit_write audit_control setfcap mac_override mac_admin syslog wake_alarm block_suspend audit_read perfmon bpf checkpoint_restore".split(" ");

/** Names of the bits, four a line. */
function capabilityText(hex: string): string {
  const bits = BigInt(`0x${hex === "" ? "0" : hex}`);
  let text = "";
  let count = 0;
  for (const [bit, name] of capabilityNames.entries()) {
    if ((bits & (1n << BigInt(bit))) === 0n) continue;
    text += `${count > 0 ? " " : ""}${count % 4 === 3 ? "\n        " : ""}cap_${name}`;
    count++;
  }
  return text;
}

/** The fields of busctl status; undefined when there is no such process. */
export function* credentials(sys: Sys, pid: number, unique: string): Blocking<readonly (readonly [name: string, value: string])[] | undefined> {
  const text = yield* tryReadFile(sys, `/proc/${pid}/status`);
  if (text === undefined) return undefined;
  const status = new Map(text.split("\n").map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()] as const));
  const get = (name: string): string => status.get(name) ?? "";
  const [uid = "", euid = "", suid = "", fsuid = ""] = get("Uid").split(/\s+/);
  const [gid = "", egid = "", sgid = "", fsgid = ""] = get("Gid").split(/\s+/);
  const group = yield* groupOf(sys, pid);
  const stat = ((yield* tryReadFile(sys, `/proc/${pid}/stat`)) ?? "").replace(/^.*\) /, "").split(" ");
  const terminal = Number(stat[4] ?? 0);
  const tty = terminal === 0 ? "n/a" : terminal >> 8 === 136 ? `pts/${terminal & 255}` : `tty${terminal & 255}`;
  const command = ((yield* tryReadFile(sys, `/proc/${pid}/cmdline`)) ?? "").split("\0").filter((word) => word !== "").join(" ");
  const orNone = (value: string): string => (value === "" ? "n/a" : value);
  const caps = (["CapEff", "CapPrm", "CapInh", "CapBnd"] as const).map((key) => capabilityText(get(key)));
  return [
    ["PID", String(pid)], ["PPID", get("PPid")], ["TTY", tty], ["UID", uid], ["EUID", euid], ["SUID", suid], ["FSUID", fsuid], ["GID", gid], ["EGID", egid], ["SGID", sgid], ["FSGID", fsgid], ["SupplementaryGIDs", get("Groups")],
    ["Comm", get("Name")], ["Exe", orNone(linkTarget(sys, `/proc/${pid}/exe`) ?? "")], ["CommandLine", command], ["CGroup", group.path], ["Unit", orNone(group.unit)], ["Slice", group.slice], ["UserUnit", "n/a"], ["UserSlice", "n/a"], ["Session", orNone(group.session)],
    ["AuditLoginUID", "n/a"], ["AuditSessionID", "n/a"], ...(unique === "" ? [] : [["UniqueName", unique] as const]),
    ["EffectiveCapabilities", caps[0] ?? ""], ["PermittedCapabilities", caps[1] ?? ""], ["InheritableCapabilities", caps[2] ?? ""], ["BoundingCapabilities", caps[3] ?? ""],
  ];
}
