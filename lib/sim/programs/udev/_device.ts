// Devices of sysfs with the properties that udev's rules give them. udevd keeps no database here: the rules are worked out when somebody asks.
import { type Blocking, S, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { canonicalPath } from "../kit/canonical-path.ts";
import { readRecord } from "./_database.ts";
import { exists } from "../kit/presence.ts";

export interface Device {
  /** below /sys: "/devices/pci0000:00/..." */
  readonly path: string;
  readonly name: string;
  readonly subsystem: string | undefined;
  readonly driver: string | undefined;
  readonly uevent: ReadonlyMap<string, string>;
}

function linkName(sys: Sys, path: string): string | undefined {
  try {
    return sys.readlink(path).split("/").pop();
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
}

/** `syspath` may be a link and may leave out "/sys". Undefined when there is no device. */
export function* deviceAt(sys: Sys, syspath: string): Blocking<Device | undefined> {
  const absolute = syspath.startsWith("/sys/") ? syspath : `/sys${syspath.startsWith("/") ? "" : "/"}${syspath}`;
  let real: string;
  try {
    real = canonicalPath(sys, absolute, "existing");
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
  if (!exists(sys, `${real}/uevent`)) return undefined;
  const uevent = new Map<string, string>();
  for (const line of ((yield* readTextFile(sys, `${real}/uevent`)) ?? "").split("\n")) {
    const equals = line.indexOf("=");
    if (equals > 0) uevent.set(line.slice(0, equals), line.slice(equals + 1));
  }
  return { path: real.slice("/sys".length), name: real.slice(real.lastIndexOf("/") + 1), subsystem: linkName(sys, `${real}/subsystem`), driver: linkName(sys, `${real}/driver`), uevent };
}

/** By its node: "/dev/vda" or "vda". */
export function* deviceOfNode(sys: Sys, node: string): Blocking<Device | undefined> {
  const path = node.startsWith("/") ? node : `/dev/${node}`;
  try {
    const facts = sys.stat(path);
    const kind = facts.mode & S.IFMT;
    if (kind !== S.IFBLK && kind !== S.IFCHR) return undefined;
    return yield* deviceAt(sys, `/sys/dev/${kind === S.IFBLK ? "block" : "char"}/${major(facts.rdev)}:${minor(facts.rdev)}`);
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
}

/** As glibc splits a device number. */
const major = (rdev: number): number => (rdev >>> 8) & 0xfff;
const minor = (rdev: number): number => (rdev & 0xff) | ((rdev >>> 12) & 0xfff00);

export function* parentOf(sys: Sys, device: Device): Blocking<Device | undefined> {
  for (let at = device.path.slice(0, device.path.lastIndexOf("/")); at.length > "/devices".length; at = at.slice(0, at.lastIndexOf("/"))) {
    const found = yield* deviceAt(sys, `/sys${at}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Links below /dev that lead to a node, sorted. */
function linksTo(sys: Sys, node: string): readonly string[] {
  const found: string[] = [];
  for (const kind of ["by-diskseq", "by-id", "by-label", "by-partlabel", "by-partuuid", "by-path", "by-uuid"]) {
    let names: readonly string[];
    try {
      names = sys.readdir(`/dev/disk/${kind}`).map((entry) => entry.name);
    } catch (error) {
      if (error instanceof SysError) continue;
      throw error;
    }
    for (const name of names) if (linkName(sys, `/dev/disk/${kind}/${name}`) === node) found.push(`disk/${kind}/${name}`);
  }
  return found.sort();
}

/** Where on the PCI bus: "pci-0000:02:00.0"; a partition adds "-part1". */
function pathId(device: Device): string | undefined {
  const slot = device.path.split("/").findLast((part) => /^[0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]$/.test(part));
  if (slot === undefined) return undefined;
  const part = device.uevent.get("PARTN");
  return `pci-${slot}${part === undefined ? "" : `-part${part}`}`;
}

/** All properties, in the order in which udevadm prints them: the kernel's, then those of the rules. */
export function* propertiesOf(sys: Sys, device: Device): Blocking<ReadonlyMap<string, string>> {
  const properties = new Map<string, string>([["DEVPATH", device.path]]);
  const put = (name: string, value: string | undefined): void => {
    if (value !== undefined && value !== "") properties.set(name, value);
  };
  put("DRIVER", device.uevent.get("DRIVER"));
  const node = device.uevent.get("DEVNAME");
  if (node !== undefined) put("DEVNAME", `/dev/${node}`);
  for (const name of ["DEVTYPE", "DISKSEQ", "PARTN", "PARTNAME", "MAJOR", "MINOR", "INTERFACE", "IFINDEX", "PCI_CLASS", "PCI_ID", "PCI_SUBSYS_ID", "PCI_SLOT_NAME", "MODALIAS"]) put(name, device.uevent.get(name));
  put("SUBSYSTEM", device.subsystem);
  put("USEC_INITIALIZED", String(initializedUs(device)));
  const path = pathId(device);
  if (device.subsystem === "block" && path !== undefined) {
    put("ID_PATH", path.replace(/-part\d+$/, ""));
    put("ID_PATH_TAG", path.replace(/-part\d+$/, "").replace(/[^A-Za-z0-9]+/g, "_"));
    if (device.uevent.get("DEVTYPE") === "partition") {
      const disk = device.path.split("/").at(-2) ?? "";
      put("ID_PART_ENTRY_NUMBER", device.uevent.get("PARTN"));
      put("ID_PART_ENTRY_OFFSET", ((yield* readTextFile(sys, `/sys${device.path}/start`)) ?? "").trim());
      put("ID_PART_ENTRY_SIZE", ((yield* readTextFile(sys, `/sys${device.path}/size`)) ?? "").trim());
      put("ID_PART_ENTRY_DISK", ((yield* readTextFile(sys, `/sys/class/block/${disk}/dev`)) ?? "").trim());
      const partitionUuid = linksTo(sys, node ?? "").find((link) => link.startsWith("disk/by-partuuid/"));
      put("ID_PART_ENTRY_UUID", partitionUuid?.slice("disk/by-partuuid/".length));
      const fileSystem = linksTo(sys, node ?? "").find((link) => link.startsWith("disk/by-uuid/"));
      put("ID_FS_UUID", fileSystem?.slice("disk/by-uuid/".length));
      if (fileSystem !== undefined) put("ID_FS_USAGE", "filesystem");
    }
  }
  if (device.subsystem === "net") yield* networkProperties(sys, device, path, put);
  if (device.subsystem === "pci") {
    put("ID_PATH", path);
    put("ID_PATH_TAG", path?.replace(/[^A-Za-z0-9]+/g, "_"));
  }
  const record = yield* readRecord(sys, device);
  const links = yield* linksOf(sys, device);
  if (links.length > 0) put("DEVLINKS", links.map((link) => `/dev/${link}`).join(" "));
  for (const [name, value] of record.properties) put(name, value);
  const tags = [...new Set([...(device.subsystem === "block" || device.subsystem === "net" || device.subsystem === "tty" ? ["systemd"] : []), ...record.tags])];
  if (tags.length > 0) {
    put("TAGS", `:${tags.join(":")}:`);
    put("CURRENT_TAGS", `:${tags.join(":")}:`);
  }
  return properties;
}

/** Those of the system and those that rules made. */
export function* linksOf(sys: Sys, device: Device): Blocking<readonly string[]> {
  const node = device.uevent.get("DEVNAME");
  if (node === undefined) return [];
  return [...new Set([...linksTo(sys, node), ...(yield* readRecord(sys, device)).links])].sort();
}

/** systemd.net-naming-scheme(7): by the card's slot on the bus. */
function* networkProperties(sys: Sys, device: Device, path: string | undefined, put: (name: string, value: string | undefined) => void): Blocking<void> {
  put("ID_NET_NAMING_SCHEME", "v252");
  const link = "/usr/lib/systemd/network/99-default.link";
  if (path === undefined) {
    put("ID_NET_LINK_FILE", link);
    put("ID_NET_NAME", device.name);
    return;
  }
  const address = ((yield* readTextFile(sys, `/sys${device.path}/address`)) ?? "").trim();
  const [, bus = "0", slot = "0", fn = "0"] = /pci-[0-9a-f]{4}:([0-9a-f]{2}):([0-9a-f]{2})\.([0-7])/.exec(path) ?? [];
  const name = `enp${Number.parseInt(bus, 16)}s${Number.parseInt(slot, 16)}${fn === "0" ? "" : `f${fn}`}`;
  put("ID_NET_NAME_MAC", address === "" ? undefined : `enx${address.replaceAll(":", "")}`);
  put("ID_NET_NAME_PATH", name);
  const card = yield* parentWith(sys, device, "pci");
  if (card !== undefined) {
    const read = function* (file: string): Blocking<string> {
      return ((yield* readTextFile(sys, `/sys${card.path}/${file}`)) ?? "").trim();
    };
    put("ID_BUS", "pci");
    put("ID_VENDOR_ID", yield* read("vendor"));
    put("ID_MODEL_ID", yield* read("device"));
    put("ID_PCI_CLASS_FROM_DATABASE", "Network controller");
    put("ID_PCI_SUBCLASS_FROM_DATABASE", "Ethernet controller");
  }
  put("ID_PATH", path);
  put("ID_PATH_TAG", path.replace(/[^A-Za-z0-9]+/g, "_"));
  put("ID_NET_DRIVER", (yield* parentOf(sys, device))?.driver);
  put("ID_NET_LINK_FILE", link);
  put("ID_NET_NAME", name);
  put("SYSTEMD_ALIAS", `/sys/subsystem/net/devices/${device.name}`);
}

export function* parentWith(sys: Sys, device: Device, subsystem: string): Blocking<Device | undefined> {
  for (let at = yield* parentOf(sys, device); at !== undefined; at = yield* parentOf(sys, at)) if (at.subsystem === subsystem) return at;
  return undefined;
}

/** All devices of the boot were seen in its first seconds. */
function initializedUs(device: Device): number {
  let hash = 0;
  for (let index = 0; index < device.path.length; index++) hash = (hash * 31 + device.path.charCodeAt(index)) >>> 0;
  return 2_100_000 + (hash % 900_000);
}
