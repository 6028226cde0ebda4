// The host's devices as libvirt's udev back end names them (src/node_device/node_device_udev.c), read from sysfs; and the host's network interfaces (interface_backend_udev.c).
import type { Blocking, Sys } from "../../../kernel/sys.ts";
import { SysError } from "../../../kernel/sys.ts";
import { names, tryReadFile } from "../../systemd/api/files.ts";
import { Xml } from "../api/xml.ts";
import { handlers } from "../call.ts";
import { VirError } from "../error.ts";

interface NodeDevice {
  readonly name: string;
  readonly parent: string;
  readonly path: string | undefined;
  readonly capability: string;
  readonly driver: string | undefined;
  readonly details: Xml;
}

function target(sys: Sys, path: string): string | undefined {
  try {
    return sys.readlink(path);
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
}

/** "../../devices/x" as a path below /sys. */
const absolute = (link: string): string => `/sys/${link.replace(/^(?:\.\.\/)+/, "")}`;
const pciName = (slot: string): string => `pci_${slot.replaceAll(/[:.]/g, "_")}`;

function* value(sys: Sys, path: string): Blocking<string> {
  return ((yield* tryReadFile(sys, path)) ?? "").trim();
}

/** The nearest PCI function above a path of sysfs. */
function pciParent(path: string): string {
  const slots = path.split("/").filter((part) => /^[0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]$/.test(part));
  const last = slots.at(-1);
  return last === undefined ? "computer" : pciName(last);
}

function* pciDevice(sys: Sys, slot: string): Blocking<NodeDevice> {
  const directory = `/sys/bus/pci/devices/${slot}`;
  const link = target(sys, directory);
  const path = link === undefined ? directory : absolute(link);
  const driver = target(sys, `${directory}/driver`)?.split("/").pop();
  const parts = /^([0-9a-f]{4}):([0-9a-f]{2}):([0-9a-f]{2})\.([0-7])$/.exec(slot)?.slice(1).map((part) => Number.parseInt(part, 16)) ?? [];
  const above = path.split("/").slice(0, -1).join("/");
  const kind = yield* value(sys, `${directory}/class`);
  return {
    name: pciName(slot), parent: pciParent(above), path, capability: "pci", driver,
    details: new Xml("capability", { type: "pci" }, [
      new Xml("class", {}, kind), ...["domain", "bus", "slot", "function"].map((name, index) => new Xml(name, {}, String(parts[index] ?? 0))), new Xml("product", { id: yield* value(sys, `${directory}/device`) }), new Xml("vendor", { id: yield* value(sys, `${directory}/vendor`) }),
    ]),
  };
}

function* netDevice(sys: Sys, name: string): Blocking<NodeDevice | undefined> {
  const directory = `/sys/class/net/${name}`;
  const link = target(sys, directory);
  const path = link === undefined ? directory : absolute(link);
  const mac = yield* value(sys, `${directory}/address`);
  if (mac === "") return undefined;
  return {
    name: `net_${name}_${mac.replaceAll(":", "_")}`, parent: pciParent(path), path, capability: "net", driver: undefined,
    details: new Xml("capability", { type: "net" }, [new Xml("interface", {}, name), new Xml("address", {}, mac), new Xml("link", { state: (yield* value(sys, `${directory}/operstate`)) || "unknown" }), new Xml("capability", { type: "80203" })]),
  };
}

function* blockDevice(sys: Sys, name: string): Blocking<NodeDevice | undefined> {
  const link = target(sys, `/sys/block/${name}`);
  const sectors = Number(yield* value(sys, `/sys/block/${name}/size`));
  if (link === undefined || sectors === 0) return undefined;
  const path = absolute(link);
  return {
    name: `block_${name}`, parent: pciParent(path), path, capability: "storage", driver: undefined,
    details: new Xml("capability", { type: "storage" }, [new Xml("block", {}, `/dev/${name}`), new Xml("drive_type", {}, name.startsWith("sr") ? "cdrom" : "disk"), new Xml("size", {}, String(sectors * 512)), new Xml("logical_block_size", {}, "512"), new Xml("num_blocks", {}, String(sectors))]),
  };
}

function* computer(sys: Sys): Blocking<NodeDevice> {
  const dmi = (name: string): Blocking<string> => value(sys, `/sys/class/dmi/id/${name}`);
  const text = (name: string, content: string): Xml | undefined => (content === "" ? undefined : new Xml(name, {}, content));
  const hardware = new Xml("hardware", {}, [text("vendor", yield* dmi("sys_vendor")), text("version", yield* dmi("product_version")), text("serial", yield* dmi("product_serial")), text("uuid", yield* dmi("product_uuid"))]);
  const firmware = new Xml("firmware", {}, [text("vendor", yield* dmi("bios_vendor")), text("version", yield* dmi("bios_version")), text("release_date", yield* dmi("bios_date"))]);
  return { name: "computer", parent: "", path: undefined, capability: "system", driver: undefined, details: new Xml("capability", { type: "system" }, [text("product", yield* dmi("product_name")), hardware, firmware]) };
}

function* devices(sys: Sys): Blocking<readonly NodeDevice[]> {
  const found: NodeDevice[] = [yield* computer(sys)];
  for (const slot of names(sys, "/sys/bus/pci/devices")) found.push(yield* pciDevice(sys, slot));
  for (const name of names(sys, "/sys/class/net")) {
    const device = yield* netDevice(sys, name);
    if (device !== undefined) found.push(device);
  }
  for (const name of names(sys, "/sys/block")) {
    const device = yield* blockDevice(sys, name);
    if (device !== undefined) found.push(device);
  }
  if (sys.charge(found.length)) yield* sys.preempt();
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function* named(sys: Sys, wanted: string): Blocking<NodeDevice> {
  const found = (yield* devices(sys)).find((one) => one.name === wanted);
  if (found === undefined) throw new VirError("plain", `Node device not found: no node device with matching name '${wanted}'`);
  return found;
}

interface Interface {
  readonly name: string;
  readonly mac: string;
  readonly up: boolean;
  readonly bridge: boolean;
}

/** Ports of bridges and taps of guests are left out. */
function interfaces(sys: Sys): readonly Interface[] {
  return sys.rtnetlink({ op: "link-list" }).filter((link) => link.master === undefined && link.kind !== "tap").map((link) => ({ name: link.name, mac: link.mac ?? "00:00:00:00:00:00", up: link.up, bridge: link.kind === "bridge" })).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function* interfaceNamed(sys: Sys, wanted: string): Blocking<Interface> {
  yield* sys.preempt();
  const found = interfaces(sys).find((one) => one.name === wanted || one.mac === wanted);
  if (found === undefined) throw new VirError("plain", /^([0-9a-f]{2}:){5}/.test(wanted) ? `Interface not found: couldn't find interface with MAC address '${wanted}'` : `Interface not found: couldn't find interface named '${wanted}'`);
  return found;
}

export const nodeDeviceHandlers = handlers({
  *listNodeDevices(call) {
    return (yield* devices(call.sys)).map(({ name, parent, capability }) => ({ name, parent, capability }));
  },
  *nodeDeviceXml(call) {
    const device = yield* named(call.sys, call.text("device"));
    return new Xml("device", {}, [
      new Xml("name", {}, device.name), device.path === undefined ? undefined : new Xml("path", {}, device.path), device.parent === "" ? undefined : new Xml("parent", {}, device.parent), device.driver === undefined ? undefined : new Xml("driver", {}, [new Xml("name", {}, device.driver)]), device.details,
    ]).format();
  },
  *nodeDeviceLookup(call) {
    const { name, parent, capability } = yield* named(call.sys, call.text("device"));
    return { name, parent, capability };
  },
  *listInterfaces(call) {
    yield* call.sys.preempt();
    return interfaces(call.sys);
  },
  *interfaceLookup(call) {
    return yield* interfaceNamed(call.sys, call.text("interface"));
  },
  *interfaceXml(call) {
    const found = yield* interfaceNamed(call.sys, call.text("interface"));
    const ports = found.bridge ? call.sys.rtnetlink({ op: "link-list" }).filter((link) => link.master === call.sys.rtnetlink({ op: "link-list" }).find((one) => one.name === found.name)?.index) : [];
    return new Xml("interface", { type: found.bridge ? "bridge" : "ethernet", name: found.name }, [
      found.bridge ? new Xml("bridge", { stp: "on", delay: "0.00" }, ports.map((port) => new Xml("interface", { type: "ethernet", name: port.name }, [new Xml("link", { state: port.up ? "up" : "down" }), new Xml("mac", { address: port.mac ?? "" })]))) : new Xml("link", { state: found.up ? "up" : "down" }),
      found.bridge ? undefined : new Xml("mac", { address: found.mac }),
    ]).format();
  },
}, {});
