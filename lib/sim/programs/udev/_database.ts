// /run/udev/data: what rules gave a device, one file for each (systemd's udev database).
import { type Blocking, encode, O, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import type { Device } from "./_device.ts";

export const DATABASE = "/run/udev/data";

export interface DeviceRecord {
  readonly links: readonly string[];
  readonly properties: ReadonlyMap<string, string>;
  readonly tags: readonly string[];
}

const EMPTY: DeviceRecord = { links: [], properties: new Map(), tags: [] };

/** "b8:0", "c1:3", "n2", "+pci:0000:00:01.0" */
export function deviceId(device: Device): string {
  const major = device.uevent.get("MAJOR");
  if (major !== undefined) return `${device.subsystem === "block" ? "b" : "c"}${major}:${device.uevent.get("MINOR") ?? ""}`;
  const index = device.uevent.get("IFINDEX");
  return index !== undefined ? `n${index}` : `+${device.subsystem ?? ""}:${device.name}`;
}

export function* readRecord(sys: Sys, device: Device): Blocking<DeviceRecord> {
  const text = yield* readTextFile(sys, `${DATABASE}/${deviceId(device)}`);
  if (text === undefined) return EMPTY;
  const of = (letter: string): readonly string[] => text.split("\n").filter((line) => line.startsWith(`${letter}:`)).map((line) => line.slice(2));
  return { links: of("S"), properties: new Map(of("E").map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)])), tags: of("G") };
}

export function* writeRecord(sys: Sys, device: Device, record: DeviceRecord): Blocking<void> {
  if (record.links.length === 0 && record.properties.size === 0 && record.tags.length === 0) {
    try {
      sys.unlink(`${DATABASE}/${deviceId(device)}`);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    return;
  }
  for (const directory of ["/run/udev", DATABASE]) {
    try {
      sys.mkdir(directory, 0o755);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }
  const fd = yield* sys.open(`${DATABASE}/${deviceId(device)}`, O.WRONLY | O.CREAT | O.TRUNC, 0o644);
  yield* sys.write(fd, encode([...record.links.map((link) => `S:${link}`), `I:${Math.floor(sys.clockUs("monotonic"))}`, ...[...record.properties].map(([name, value]) => `E:${name}=${value}`), ...record.tags.map((tag) => `G:${tag}`), ...record.tags.map((tag) => `Q:${tag}`), "V:1", ""].join("\n")));
  sys.close(fd);
}
