// A running array as mdadm sees it: its node, requests to the driver (kernel/block/md.ts), --detail.
import { type Blocking, O, S, type Sys, SysError } from "../../kernel/sys.ts";
import { deviceNumbers } from "../kit/device-mapper.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { UTC } from "../kit/zones.ts";
import { colons, humanSize, LEVELS } from "./_superblock.ts";

const MD_MAJOR = 9;

export interface ArrayStatus {
  readonly level: number;
  readonly disks: number;
  readonly chunkBytes: number;
  readonly memberBytes: number;
  readonly name: string;
  readonly uuid: string;
  readonly setName: string;
  readonly createdSeconds: number;
  readonly updatedSeconds: number;
  readonly events: number;
  readonly sizeBytes: number;
  readonly failed: boolean;
  readonly bitmap: boolean;
  readonly members: readonly { readonly device: string; readonly name: string; readonly number: number; readonly slot: number | undefined; readonly state: "active" | "spare" | "rebuilding" | "faulty" }[];
  readonly sync: { readonly kind: "resync" | "recovery" | "reshape"; readonly doneKib: number; readonly totalKib: number } | undefined;
}

/** Makes the node when it is not there: opening it makes the array. Errors: SysError. */
export function* openArray(sys: Sys, path: string, make: boolean): Blocking<number> {
  const named = /^\/dev\/md(\d{1,3})$/.exec(path)?.[1];
  if (make && named !== undefined) {
    try {
      sys.stat(path);
    } catch (error) {
      if (!(error instanceof SysError) || error.errno !== "ENOENT") throw error;
      sys.mknod(path, S.IFBLK | 0o660, MD_MAJOR * 256 + Number(named));
    }
  }
  return yield* sys.open(path, O.RDWR);
}

export function* arrayRequest(sys: Sys, path: string, request: string, argument?: unknown, make = false): Blocking<unknown> {
  const fd = yield* openArray(sys, path, make);
  try {
    return sys.ioctl(fd, request, argument);
  } finally {
    sys.close(fd);
  }
}

/** Errors: SysError; ENODEV when it does not run, ENOTTY when it is no array. */
export function* statusOf(sys: Sys, path: string): Blocking<ArrayStatus> {
  const fd = yield* sys.open(path, O.RDONLY);
  try {
    return sys.ioctl(fd, "GET_ARRAY_INFO") as ArrayStatus;
  } finally {
    sys.close(fd);
  }
}

export function* runningArrays(sys: Sys): Blocking<readonly { readonly path: string; readonly status: ArrayStatus }[]> {
  const found: { readonly path: string; readonly status: ArrayStatus }[] = [];
  let names: readonly string[] = [];
  try {
    names = sys.readdir("/sys/class/block").map((entry) => entry.name);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  for (const name of names.filter((one) => /^md\d+$/.test(one)).sort((a, b) => Number(b.slice(2)) - Number(a.slice(2)))) {
    try {
      found.push({ path: `/dev/${name}`, status: yield* statusOf(sys, `/dev/${name}`) });
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }
  return found;
}

const date = (seconds: number): string => strftime("%a %b %e %H:%M:%S %Y", civilAtUs(UTC, seconds * 1e6));

/** --detail of one array. */
export function detailText(path: string, status: ArrayStatus, host: string): string {
  const { members, level } = status;
  const count = (...states: readonly string[]): number => members.filter((one) => states.includes(one.state)).length;
  const active = count("active");
  const row = (title: string, value: string): string => `${title.padStart(18)} : ${value}\n`;
  const size = (bytes: number): string => `${bytes / 1024}${humanSize(bytes / 1024)}`;
  const degraded = level > 0 && active < status.disks;
  const state = [status.failed ? "clean, FAILED" : status.sync?.kind === "resync" ? "clean" : "clean", ...(degraded && !status.failed ? ["degraded"] : []), ...(status.sync ? [status.sync.kind === "resync" ? "resyncing" : status.sync.kind === "reshape" ? "reshaping" : "recovering"] : [])].join(", ");
  let text = `${path}:\n${row("Version", "1.2")}${row("Creation Time", date(status.createdSeconds))}${row("Raid Level", LEVELS.get(level) ?? "")}${row("Array Size", size(status.sizeBytes))}`;
  if (level > 0) text += row("Used Dev Size", size(status.memberBytes));
  text += `${row("Raid Devices", String(status.disks))}${row("Total Devices", String(members.length))}${row("Persistence", "Superblock is persistent")}\n${status.bitmap ? `${row("Intent Bitmap", "Internal")}\n` : ""}`;
  text += `${row("Update Time", date(status.updatedSeconds))}${row("State", `${state} `)}${row("Active Devices", String(active))}${row("Working Devices", String(count("active", "spare", "rebuilding")))}${row("Failed Devices", String(count("faulty")))}${row("Spare Devices", String(count("spare", "rebuilding")))}\n`;
  if (level === 5 || level === 6) text += row("Layout", "left-symmetric");
  if (level === 10) text += row("Layout", "near=2");
  if (level === 0) text += row("Layout", "-unknown-");
  if (level !== 1 && level !== -1) text += row("Chunk Size", `${status.chunkBytes / 1024}K`);
  if (level === -1) text += row("Rounding", "0K");
  text += `${level === 1 || level === -1 ? "" : "\n"}Consistency Policy : ${status.bitmap ? "bitmap" : level > 0 ? "resync" : "none"}\n\n`;
  if (status.sync) text += `${row(status.sync.kind === "resync" ? "Resync Status" : status.sync.kind === "reshape" ? "Reshape Status" : "Rebuild Status", `${Math.floor((status.sync.doneKib / status.sync.totalKib) * 100)}% complete`)}\n`;
  const local = status.setName.startsWith(`${host}:`) ? `  (local to host ${host})` : "";
  text += `${row("Name", `${status.setName}${local}`)}${row("UUID", colons(status.uuid))}${row("Events", String(status.events))}\n    Number   Major   Minor   RaidDevice State\n`;
  const line = (number: string, major: string, minor: string, slot: string, words: string): string => `${number.padStart(8)} ${major.padStart(7)} ${minor.padStart(8)} ${slot.padStart(8)}      ${words}\n`;
  for (let slot = 0; slot < status.disks; slot++) {
    const member = members.find((one) => one.slot === slot && one.state !== "faulty");
    if (!member) text += line("-", "0", "0", String(slot), "removed");
    else {
      const [major = "", minor = ""] = member.device.split(":");
      text += line(String(member.number), major, minor, String(slot), `${member.state === "rebuilding" ? "spare rebuilding" : `active sync${level === 10 ? ` set-${String.fromCharCode(65 + (slot % 2))}` : ""}`}   /dev/${member.name}`);
    }
  }
  const others = members.filter((one) => one.state === "spare" || one.state === "faulty");
  if (others.length > 0) text += "\n";
  for (const member of others) {
    const [major = "", minor = ""] = member.device.split(":");
    text += line(String(member.number), major, minor, "-", `${member.state}   /dev/${member.name}`);
  }
  return text;
}

/** "MAJOR:MINOR" of a path. Errors: SysError. */
export const numbers = deviceNumbers;

/** The line of mdadm.conf. */
export function arrayLine(path: string, uuid: string, name: string, spares: number): string {
  return `ARRAY ${path} metadata=1.2${spares > 0 ? ` spares=${spares}` : ""} name=${name} UUID=${colons(uuid)}\n`;
}
