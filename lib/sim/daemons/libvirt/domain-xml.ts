// A domain's XML as libvirt keeps it: what was given, in libvirt's order, with the defaults of QEMU's driver filled in (src/conf/domain_conf.c, src/qemu/qemu_domain.c).
// What it does not know is dropped, as libvirt does without --validate.
import { VirError } from "./error.ts";
import { parseXml, Xml, XmlError } from "./api/xml.ts";

const units = new Map([["b", 1], ["bytes", 1], ["kb", 1000], ["k", 1024], ["kib", 1024], ["mb", 1e6], ["m", 1024 ** 2], ["mib", 1024 ** 2], ["gb", 1e9], ["g", 1024 ** 3], ["gib", 1024 ** 3], ["t", 1024 ** 4], ["tib", 1024 ** 4]]);

function memoryKib(element: Xml | undefined): number | undefined {
  if (element === undefined) return undefined;
  const value = Number(element.text.trim());
  if (!Number.isFinite(value)) throw new VirError("xml", `Invalid value '${element.text}' for element or attribute './${element.name}[1]'`);
  return Math.ceil((value * (units.get((element.get("unit") ?? "KiB").toLowerCase()) ?? 1024)) / 1024);
}

const diskBuses = new Map([["vd", "virtio"], ["hd", "ide"], ["sd", "scsi"], ["fd", "fdc"], ["xv", "xen"]]);

export function isQ35(machine: string): boolean {
  return machine.includes("q35");
}

/** 0 for "vda", 27 for "vdab". */
function targetIndex(target: string): number {
  const letters = target.replace(/^[a-z]d/, "");
  let value = 0;
  for (const letter of letters) value = value * 26 + letter.charCodeAt(0) - 96;
  return Math.max(0, value - 1);
}

const children = (node: Xml, ...names: readonly string[]): Xml[] => names.flatMap((name) => node.all(name).map((child) => child.clone()));

export interface Defaults {
  readonly uuid: () => string;
  readonly mac: () => string;
}

function pciAddress(bus: number, slot: number, fn = 0, multi = false): Xml {
  const hex = (value: number, width: number): string => `0x${value.toString(16).padStart(width, "0")}`;
  return new Xml("address", { type: "pci", domain: "0x0000", bus: hex(bus, 2), slot: hex(slot, 2), function: `0x${fn}`, multifunction: multi ? "on" : undefined });
}

/** In the order of virDomainDiskDefFormatDriver. */
const driverAttributes = ["cache", "error_policy", "rerror_policy", "io", "ioeventfd", "event_idx", "copy_on_read", "discard", "iothread", "detect_zeroes", "queues"];

function normaliseDisk(disk: Xml, q35: boolean): Xml {
  const type = disk.get("type") ?? "file";
  const device = disk.get("device") ?? "disk";
  const target = disk.find("target");
  const dev = target?.get("dev");
  if (dev === undefined) throw new VirError("xml", "missing target information for device");
  let bus = target?.get("bus") ?? diskBuses.get(dev.slice(0, 2)) ?? "ide";
  if (bus === "ide" && q35 && target?.get("bus") === undefined) bus = "sata";
  const given = disk.find("driver");
  const driver = new Xml("driver", { name: given?.get("name") ?? "qemu", type: given?.get("type") ?? "raw" });
  for (const key of driverAttributes) if (given?.get(key) !== undefined) driver.set(key, given.get(key) ?? "");
  for (const [key, value] of given?.attributes ?? []) if (driver.get(key) === undefined) driver.set(key, value);
  const source = disk.find("source")?.clone();
  const index = targetIndex(dev);
  const address = disk.find("address")?.clone() ?? (bus === "ide" ? new Xml("address", { type: "drive", controller: "0", bus: String(Math.floor(index / 2)), target: "0", unit: String(index % 2) })
    : bus === "sata" || bus === "scsi" ? new Xml("address", { type: "drive", controller: "0", bus: "0", target: "0", unit: String(index) }) : bus === "fdc" ? new Xml("address", { type: "drive", controller: "0", bus: "0", target: "0", unit: String(index) }) : undefined);
  const readOnly = disk.find("readonly") !== undefined || device === "cdrom";
  return new Xml("disk", { type, device, snapshot: disk.get("snapshot") }, [
    driver, source, disk.find("backingStore")?.clone(), new Xml("target", { dev, bus }), disk.find("iotune")?.clone(), readOnly ? new Xml("readonly") : undefined, disk.find("shareable")?.clone(), disk.find("serial")?.clone(), disk.find("boot")?.clone(), address,
  ]);
}

function normaliseInterface(card: Xml, defaults: Defaults): Xml {
  const type = card.get("type") ?? "network";
  const mac = card.at("mac", "address")?.toLowerCase() ?? defaults.mac();
  if (!/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/.test(mac)) throw new VirError("xml", `unable to parse mac address '${mac}'`);
  if ((Number.parseInt(mac.slice(0, 2), 16) & 1) !== 0) throw new VirError("xml", `expected unicast mac address, found multicast '${mac}'`);
  return new Xml("interface", { type }, [
    new Xml("mac", { address: mac }), card.find("source")?.clone(), card.find("bandwidth")?.clone(), new Xml("model", { type: card.at("model", "type") ?? "rtl8139" }), card.find("filterref")?.clone(), card.find("link")?.clone(), card.find("boot")?.clone(), card.find("address")?.clone(),
  ]);
}

const needsSlot = (device: Xml): boolean => {
  if (device.find("address") !== undefined) return false;
  switch (device.name) {
    case "interface": case "video": case "sound": case "memballoon": case "rng": case "watchdog": return !(device.name === "watchdog" && device.get("model") === "ib700") && device.get("model") !== "none";
    case "disk": return device.at("target", "bus") === "virtio";
    case "controller": return !["ide", "sata", "fdc", "pci"].includes(device.get("type") ?? "") && !(device.get("type") === "usb" && device.get("model") === "none");
    default: return false;
  }
};

/** Eight ports a slot from 2 up; the port's number is its place on the root bus (qemuDomainPCIAddressAssignDefaults). */
function completePort(controller: Xml, index: number): void {
  if (controller.find("address") !== undefined) return;
  const place = index - 1;
  controller.children = [
    controller.find("model") ?? new Xml("model", { name: "pcie-root-port" }), controller.find("target") ?? new Xml("target", { chassis: String(index), port: `0x${(0x10 + place).toString(16)}` }),
    pciAddress(0, 2 + Math.floor(place / 8), place % 8, place % 8 === 0),
  ];
}

/** Slots in libvirt's order: on an i440FX from 2 up on the root bus; on a Q35 each device behind a root port of its own. */
function assignAddresses(devices: Xml, q35: boolean): void {
  const order = ["interface", "controller", "disk", "sound", "video", "hostdev", "watchdog", "memballoon", "rng"];
  const list = order.flatMap((name) => devices.all(name));
  const usedSlots = new Set<number>();
  const usedBuses = new Set<number>();
  for (const device of devices.children) {
    const address = device.find("address");
    if (address?.get("type") !== "pci") continue;
    const bus = Number(address.get("bus"));
    if (bus === 0) usedSlots.add(Number(address.get("slot")));
    else usedBuses.add(bus);
  }
  for (const device of list) {
    if (!needsSlot(device)) continue;
    const rootDevice = device.name === "video" || device.name === "sound";
    if (q35 && !rootDevice) {
      let bus = 1;
      while (usedBuses.has(bus)) bus++;
      usedBuses.add(bus);
      device.children.push(pciAddress(bus, 0));
    } else {
      let slot = device.name === "video" ? (q35 ? 1 : 2) : q35 ? 0x1b : 2;
      while (usedSlots.has(slot)) slot++;
      usedSlots.add(slot);
      device.children.push(device.get("type") === "usb" && device.name === "controller" && !q35 ? pciAddress(0, 1, 2) : pciAddress(0, slot));
    }
  }
  if (!q35) return;
  const buses = devices.all("controller").filter((one) => one.get("type") === "pci");
  const present = new Map(buses.map((one) => [Number(one.get("index")), one]));
  for (let port = 1; port <= Math.max(0, ...usedBuses, ...present.keys()); port++) {
    let controller = present.get(port);
    if (controller === undefined) {
      controller = new Xml("controller", { type: "pci", index: String(port), model: "pcie-root-port" });
      const before = present.get(port - 1) ?? devices.all("controller").at(-1) ?? devices;
      devices.children.splice(devices.children.indexOf(before) + 1, 0, controller);
      present.set(port, controller);
    }
    if (controller.get("model") === "pcie-root-port") completePort(controller, port);
  }
}

/** In libvirt's order of attributes; who has no index gets the first free one of its kind, root buses come before what hangs on them. */
function controllersOf(source: Xml): Xml[] {
  const made: Xml[] = [];
  const taken = new Map<string, Set<string>>();
  const given = source.all("controller");
  for (const one of given) {
    const index = one.get("index");
    const type = one.get("type") ?? "";
    if (index !== undefined) taken.set(type, (taken.get(type) ?? new Set()).add(index));
  }
  for (const one of given) {
    const type = one.get("type") ?? "";
    const used = taken.get(type) ?? new Set();
    taken.set(type, used);
    let index = one.get("index");
    for (let free = one.get("model")?.endsWith("-root-port") === true ? 1 : 0; index === undefined; free++) if (!used.has(String(free))) index = String(free);
    used.add(index);
    made.push(new Xml("controller", { type, index, model: one.get("model"), ...Object.fromEntries(one.attributes) }, one.children.map((child) => child.clone())));
  }
  return made;
}

function devicesOf(given: Xml, q35: boolean, defaults: Defaults): Xml {
  const source = given.find("devices") ?? new Xml("devices");
  const devices = new Xml("devices");
  devices.children.push(new Xml("emulator", {}, source.textOf("emulator") ?? "/usr/bin/qemu-system-x86_64"));
  const disks = source.all("disk").map((disk) => normaliseDisk(disk, q35));
  const seen = new Map<string, string>();
  for (const disk of disks) {
    const target = disk.at("target", "dev") ?? "";
    const path = disk.at("source", "file") ?? disk.at("source", "dev") ?? "";
    const other = seen.get(target);
    if (other !== undefined) throw new VirError("xml", `target '${target}' duplicated for disk sources '${other}' and '${path}'`);
    seen.set(target, path);
  }
  const placed: Xml[] = [];
  for (const disk of disks) insertDisk(placed, disk);
  devices.children.push(...placed);
  const controllers = controllersOf(source);
  const has = (type: string): boolean => controllers.some((one) => one.get("type") === type);
  if (!has("usb")) controllers.push(new Xml("controller", q35 ? { type: "usb", index: "0", model: "qemu-xhci", ports: "15" } : { type: "usb", index: "0", model: "piix3-uhci" }, q35 ? [] : [pciAddress(0, 1, 2)]));
  if (!has("pci")) controllers.push(new Xml("controller", { type: "pci", index: "0", model: q35 ? "pcie-root" : "pci-root" }));
  const buses = new Set(disks.map((disk) => disk.at("target", "bus")));
  if (buses.has("ide") && !has("ide")) controllers.push(new Xml("controller", { type: "ide", index: "0" }, [pciAddress(0, 1, 1)]));
  if ((buses.has("sata") || q35) && !has("sata")) controllers.push(new Xml("controller", { type: "sata", index: "0" }, q35 ? [pciAddress(0, 0x1f, 2)] : []));
  if (buses.has("scsi") && !has("scsi")) controllers.push(new Xml("controller", { type: "scsi", index: "0", model: "lsilogic" }));
  if (source.all("channel").length > 0 && !has("virtio-serial")) controllers.push(new Xml("controller", { type: "virtio-serial", index: "0" }));
  devices.children.push(...controllers, ...children(source, "filesystem"), ...source.all("interface").map((card) => normaliseInterface(card, defaults)));
  const serials = source.all("serial");
  const consoles = source.all("console");
  if (serials.length === 0 && consoles.length > 0 && (consoles[0]?.at("target", "type") ?? "serial") === "serial") serials.push(consoles[0] ?? new Xml("serial", { type: "pty" }));
  serials.forEach((serial, index) => {
    devices.children.push(new Xml("serial", { type: serial.get("type") ?? "pty" }, [...children(serial, "source", "protocol"), new Xml("target", { type: "isa-serial", port: String(index) }, [new Xml("model", { name: "isa-serial" })])]));
  });
  if (consoles.length === 0 && serials.length > 0) consoles.push(new Xml("console", { type: serials[0]?.get("type") ?? "pty" }));
  consoles.forEach((one, index) => {
    devices.children.push(new Xml("console", { type: one.get("type") ?? "pty" }, [new Xml("target", { type: one.at("target", "type") ?? "serial", port: String(index) })]));
  });
  source.all("channel").forEach((channel, index) => {
    const name = channel.at("target", "name");
    devices.children.push(new Xml("channel", { type: channel.get("type") ?? "unix" }, [...children(channel, "source"), new Xml("target", { type: channel.at("target", "type") ?? "virtio", name }), new Xml("address", { type: "virtio-serial", controller: "0", bus: "0", port: String(index + 1) })]));
  });
  const inputs = source.all("input").map((input, index) => new Xml("input", { type: input.get("type"), bus: input.get("bus") }, [input.find("address")?.clone() ?? (input.get("bus") === "usb" ? new Xml("address", { type: "usb", bus: "0", port: String(index + 1) }) : undefined)]));
  const hasPs2 = (type: string): boolean => inputs.some((one) => one.get("type") === type && one.get("bus") === "ps2");
  if (!hasPs2("mouse")) inputs.push(new Xml("input", { type: "mouse", bus: "ps2" }));
  if (!hasPs2("keyboard")) inputs.push(new Xml("input", { type: "keyboard", bus: "ps2" }));
  devices.children.push(...inputs, ...children(source, "tpm"));
  for (const graphics of source.all("graphics")) {
    const listen = graphics.get("listen") ?? graphics.at("listen", "address") ?? "127.0.0.1";
    const type = graphics.get("type") ?? "vnc";
    const port = graphics.get("port");
    const auto = graphics.get("autoport") === "yes" || port === undefined || port === "-1";
    devices.children.push(new Xml("graphics", { type, port: auto ? (type === "spice" ? undefined : "-1") : port, autoport: auto ? "yes" : "no", listen: graphics.get("listen") }, [new Xml("listen", { type: "address", address: graphics.get("listen") === undefined && graphics.at("listen", "address") === undefined ? undefined : listen }), graphics.find("image")?.clone(), graphics.find("gl")?.clone()]));
  }
  devices.children.push(...children(source, "sound"));
  const audio = source.all("audio");
  if (audio.length > 0) devices.children.push(...audio.map((one) => one.clone()));
  else devices.children.push(new Xml("audio", { id: "1", type: source.all("graphics").some((one) => one.get("type") === "spice") ? "spice" : "none" }));
  const videos = source.all("video");
  if (videos.length === 0 && source.all("graphics").length > 0) videos.push(new Xml("video", {}, [new Xml("model", { type: "cirrus", vram: "16384", heads: "1", primary: "yes" })]));
  devices.children.push(...videos.map((one) => one.clone()), ...children(source, "hostdev", "redirdev", "watchdog"));
  const balloon = source.find("memballoon");
  devices.children.push(balloon === undefined ? new Xml("memballoon", { model: "virtio" }) : balloon.clone(), ...children(source, "rng", "panic"));
  assignAddresses(devices, q35);
  return devices;
}

/** Errors: VirError. */
export function normaliseDomain(text: string, defaults: Defaults): Xml {
  let given: Xml;
  try {
    given = parseXml(text);
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    throw new VirError("plain", `(domain_definition):${error.line}: ${error.message}\n(null)\n^`);
  }
  if (given.name !== "domain") throw new VirError("xml", `unexpected root element <${given.name}>, expecting <domain>`);
  const type = given.get("type");
  if (type === undefined) throw new VirError("xml", "missing domain type attribute");
  if (!["qemu", "kvm", "xen", "lxc", "vz", "test", "hvf", "bhyve"].includes(type)) throw new VirError("xml", `Invalid value for attribute 'type' in element 'domain': '${type}'.`);
  const name = given.textOf("name");
  if (name === undefined || name === "") throw new VirError("xml", "missing element or attribute './name[1]'");
  if (name.includes("/")) throw new VirError("xml", `name ${name} cannot contain '/'`);
  const uuid = given.textOf("uuid");
  if (uuid !== undefined && !/^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i.test(uuid)) throw new VirError("internal", "malformed uuid element");
  const memory = memoryKib(given.find("memory"));
  if (memory === undefined) throw new VirError("xml", "missing element or attribute './memory[1]'");
  if (memory === 0) throw new VirError("xml", "Memory size must be specified via <memory> or in the <numa> configuration");
  const current = memoryKib(given.find("currentMemory")) ?? memory;
  const vcpu = given.find("vcpu");
  const vcpuText = vcpu?.text.trim() ?? "1";
  if (!/^\d+$/.test(vcpuText)) throw new VirError("xml", "maximum vcpus count must be an integer");
  const vcpus = Number(vcpuText);
  if (vcpus === 0) throw new VirError("xml", "invalid maxvcpus count '0'");
  const osType = given.find("os/type");
  if (osType === undefined || osType.text === "") throw new VirError("xml", "an os <type> must be specified");
  if (osType.text !== "hvm") throw new VirError("unsupported", `could not find capabilities for ostype=${osType.text} domaintype=${type} `.trim());
  const arch = osType.get("arch") ?? "x86_64";
  if (arch !== "x86_64" && arch !== "i686") throw new VirError("unsupported", `could not find capabilities for arch=${arch} domaintype=${type} `.trim());
  let machine = osType.get("machine") ?? "pc-i440fx-7.2";
  if (machine === "pc") machine = "pc-i440fx-7.2";
  if (machine === "q35") machine = "pc-q35-7.2";
  if (!/^pc-(?:q35|i440fx)-\d/.test(machine) && machine !== "microvm") throw new VirError("unsupported", `could not find capabilities for machinetype=${machine} `.trim());
  const q35 = isQ35(machine);
  const os = new Xml("os", {}, [new Xml("type", { arch, machine }, "hvm"), ...children(given.find("os") ?? new Xml("os"), "loader", "nvram", "kernel", "initrd", "cmdline", "boot", "bootmenu", "smbios")]);
  if (os.find("boot") === undefined && !(given.find("devices")?.children.some((device) => device.find("boot") !== undefined) ?? false)) os.children.push(new Xml("boot", { dev: "hd" }));
  const cpu = given.find("cpu")?.clone();
  const mode = cpu?.get("mode");
  if (cpu !== undefined && mode === "host-model" && cpu.get("check") === undefined) cpu.set("check", "partial");
  if (cpu !== undefined && mode === "host-passthrough") {
    if (cpu.get("check") === undefined) cpu.set("check", "none");
    if (cpu.get("migratable") === undefined) cpu.set("migratable", "on");
  }
  const describe = (label: string): Xml | undefined => (given.textOf(label) === undefined || given.textOf(label) === "" ? undefined : new Xml(label, {}, given.textOf(label) ?? ""));
  const clock = given.find("clock")?.clone() ?? new Xml("clock", { offset: "utc" });
  const features = given.find("features")?.clone();
  const passed = given.get("xmlns:qemu");
  return new Xml("domain", { type, "xmlns:qemu": passed }, [
    new Xml("name", {}, name), new Xml("uuid", {}, uuid ?? defaults.uuid()), describe("title"), describe("description"), given.find("metadata")?.clone(), new Xml("memory", { unit: "KiB" }, String(memory)), new Xml("currentMemory", { unit: "KiB" }, String(Math.min(current, memory))),
    new Xml("vcpu", { placement: vcpu?.get("placement") ?? "static", cpuset: vcpu?.get("cpuset"), current: vcpu?.get("current") }, String(vcpus)), given.find("iothreads")?.clone(), given.find("cputune")?.clone(), given.find("numatune")?.clone(), os, features,
    cpu ?? new Xml("cpu", { mode: "custom", match: "exact", check: "none" }, [new Xml("model", { fallback: "forbid" }, "qemu64")]), clock, new Xml("on_poweroff", {}, given.textOf("on_poweroff") ?? "destroy"), new Xml("on_reboot", {}, given.textOf("on_reboot") ?? "restart"),
    new Xml("on_crash", {}, given.textOf("on_crash") ?? "destroy"), given.find("pm")?.clone(), devicesOf(given, q35, defaults), ...children(given, "seclabel", ...(passed === undefined ? [] : ["qemu:commandline"])),
  ]);
}

/** One device alone, as attach-device gives it. */
export function normaliseDevice(domain: Xml, device: Xml, defaults: Defaults): Xml {
  const q35 = isQ35(domain.at("os/type", "machine") ?? "");
  const one = device.name === "disk" ? normaliseDisk(device, q35) : device.name === "interface" ? normaliseInterface(device, defaults) : device.clone();
  const devices = domain.find("devices");
  if (devices !== undefined && needsSlot(one)) {
    const probe = new Xml("devices", {}, [...devices.children.map((each) => each.clone()), one]);
    assignAddresses(probe, q35);
  }
  return one;
}

/** Disks of a bus stand together in the order of their names; a bus that is new comes last (virDomainDiskInsert). */
function insertDisk(list: Xml[], disk: Xml): void {
  const bus = (one: Xml): string | undefined => one.at("target", "bus");
  const index = targetIndex(disk.at("target", "dev") ?? "");
  const same = list.filter((one) => bus(one) === bus(disk));
  const later = same.find((one) => targetIndex(one.at("target", "dev") ?? "") > index);
  const last = same.at(-1);
  list.splice(later !== undefined ? list.indexOf(later) : last !== undefined ? list.indexOf(last) + 1 : list.length, 0, disk);
}

/** Where a device of its kind goes among the others. */
export function insertDevice(devices: Xml, device: Xml): void {
  if (device.name === "disk") {
    const disks = devices.all("disk");
    const first = disks[0] === undefined ? devices.children.findIndex((one) => one.name === "emulator") + 1 : devices.children.indexOf(disks[0]);
    devices.children = devices.children.filter((one) => one.name !== "disk");
    insertDisk(disks, device);
    devices.children.splice(first, 0, ...disks);
    return;
  }
  const order = ["emulator", "disk", "controller", "filesystem", "interface", "serial", "parallel", "console", "channel", "input", "tpm", "graphics", "sound", "audio", "video", "hostdev", "redirdev", "watchdog", "memballoon", "rng"];
  const rank = order.indexOf(device.name);
  let at = devices.children.length;
  devices.children.some((one, index) => {
    const later = order.indexOf(one.name) > rank;
    if (later) at = index;
    return later;
  });
  devices.children.splice(at, 0, device);
}

export function memoryOf(domain: Xml): { readonly maximumKib: number; readonly currentKib: number } {
  return { maximumKib: Number(domain.textOf("memory") ?? 0), currentKib: Number(domain.textOf("currentMemory") ?? domain.textOf("memory") ?? 0) };
}

export function vcpusOf(domain: Xml): { readonly maximum: number; readonly current: number } {
  const vcpu = domain.find("vcpu");
  const maximum = Number(vcpu?.text ?? 1);
  return { maximum, current: Number(vcpu?.get("current") ?? maximum) };
}

export function disksOf(domain: Xml): readonly Xml[] {
  return domain.find("devices")?.all("disk") ?? [];
}

export function diskSource(disk: Xml): string | undefined {
  return disk.at("source", "file") ?? disk.at("source", "dev") ?? disk.at("source", "name");
}

export function cardsOf(domain: Xml): readonly Xml[] {
  return domain.find("devices")?.all("interface") ?? [];
}
