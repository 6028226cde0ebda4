// virt-install: makes a machine from its options (virt-install(1), 4.1). What the options mean for the XML follows the operating system that is named.
// (More than 400 lines: the order in which options become a domain and the domain is started is the program.)
import type { Blocking, Sys } from "../../kernel/sys.ts";
import { defaultUri, isOwnSession, LibvirtError, type LibvirtClient, record, rows, textAt } from "../../daemons/libvirt/api.ts";
import type { Command } from "../kit/command.ts";
import { parseXml, type Xml } from "../../daemons/libvirt/api/xml.ts";
import { chooseConsole, followDomain } from "./_after-creation.ts";
import { applyToDevice, applyToDomain, put } from "./_domain-options.ts";
import { operatingSystem, operatingSystems, type OsFacts } from "./_operating-systems.ts";
import { cloudSeed, installerAnswers, makeDisc } from "./_install-media.ts";
import { domainOption, domainOptions, suboptionList } from "./_option-table.ts";
import { connect, say, suboptions, VirtinstError } from "./_virtinst.ts";
import { exists } from "../kit/presence.ts";
import { withHelp } from "../kit/program.ts";

const flags = new Set(["import", "noautoconsole", "quiet", "dry-run", "print-xml", "debug", "pxe", "noreboot", "transient", "hvm", "autostart", "destroy-on-exit", "q", "reinstall"]);
const valued = new Set(["name", "memory", "ram", "vcpus", "disk", "network", "graphics", "os-variant", "osinfo", "virt-type", "cdrom", "location", "boot", "console", "serial", "channel", "cpu", "machine", "connect", "wait", "autoconsole", "description", "title", "uuid", "metadata", "video", "sound", "input", "rng", "memballoon", "controller", "features", "clock", "events", "extra-args", "initrd-inject", "cloud-init", "unattended", "install", "check", "arch", "watchdog", "filesystem", "tpm", "hostdev", "security", "seclabel", "parallel", "redirdev", "panic", "print-step", "paravirt", "accelerate", "iothreads", "cputune", "noautoconsole", "n", "r"]);

interface Options {
  readonly values: ReadonlyMap<string, readonly string[]>;
  get(name: string): string | undefined;
  has(name: string): boolean;
}

function parse(argv: readonly string[]): Options | string {
  const values = new Map<string, string[]>();
  const unknown: string[] = [];
  for (let at = 1; at < argv.length; at++) {
    const word = argv[at] ?? "";
    const equals = word.indexOf("=");
    // its value is optional
    if (word === "--cloud-init" || word === "--unattended" || word === "--install" || word === "--wait") {
      const next = argv[at + 1];
      const value = next === undefined || (next.startsWith("-") && !/^-\d+$/.test(next)) ? "" : next;
      if (value !== "") at++;
      values.set(word.slice(2), [value]);
      continue;
    }
    const raw = word.replace(/^--?/, "");
    const name = word.startsWith("--") && equals > 0 ? word.slice(2, equals) : raw;
    const option = valued.has(name) ? undefined : domainOption(name)?.name;
    const full = option !== undefined ? option : name === "n" ? "name" : name === "r" || name === "ram" ? "memory" : name === "os-variant" ? "osinfo" : name === "q" ? "quiet" : name === "c" ? "cdrom" : name === "l" ? "location" : name === "host-device" ? "hostdev" : name === "soundhw" ? "sound" : name === "w" ? "network" : name;
    if (!word.startsWith("-")) unknown.push(word);
    else if (flags.has(name)) values.set(full, [""]);
    else if (valued.has(name) || domainOption(name) !== undefined || name === "c" || name === "l") {
      const value = equals > 0 && word.startsWith("--") ? word.slice(equals + 1) : argv[++at];
      if (value === undefined) return `argument --${name}: expected one argument`;
      values.set(full, [...(values.get(full) ?? []), value]);
    } else unknown.push(word);
  }
  if (unknown.length > 0) return `unrecognized arguments: ${unknown.join(" ")}`;
  return { values, get: (name) => values.get(name)?.at(-1), has: (name) => values.has(name) };
}

const osRequired = `
--os-variant/--osinfo OS name is required, but no value was
set or detected.

This is now a fatal error. Specifying an OS name is required
for modern, performant, and secure virtual machine defaults.

You can see a full list of possible OS name values with:

   virt-install --osinfo list

If your Linux distro is not listed, try one of generic values
such as: linux2022, linux2020, linux2018, linux2016

If you just need to get the old behavior back, you can use:

  --osinfo detect=on,require=off

Or export VIRTINSTALL_OSINFO_DISABLE_REQUIRE=1
`;
const notInstalled = "Domain installation does not appear to have been successful.\nIf it was, you can restart your domain by running:\n  virsh --connect URI start NAME\notherwise, please restart your installation.\n";
/** osinfo-db's recommendation for current systems */
const RECOMMENDED_GIB = 20;

/** Where images go that say nothing of it (virtinst's default pool). */
const imageDirectoryOf = (sys: Sys, uri: string): string => (isOwnSession(sys, uri) ? `${sys.environment.get("XDG_DATA_HOME") ?? `${sys.environment.get("HOME") ?? ""}/.local/share`}/libvirt/images` : "/var/lib/libvirt/images");

interface DiskPlan {
  readonly path: string | undefined;
  readonly sizeGib: number | undefined;
  readonly format: string;
  readonly device: string;
  readonly bus: string | undefined;
  readonly backing: string | undefined;
  /** what --disk said of it */
  readonly text: string;
}

interface Plan {
  readonly name: string;
  readonly type: string;
  readonly memoryKib: number;
  readonly currentKib: number;
  readonly vcpus: number;
  readonly maxVcpus: number;
  readonly os: OsFacts | undefined;
  readonly disks: readonly DiskPlan[];
  /** without a word of it: "network=default", "user" in a session, which has no bridge */
  readonly network: string;
  readonly options: Options;
}

const attributes = (values: Readonly<Record<string, string | undefined>>): string => Object.entries(values).map(([key, value]) => (value === undefined ? "" : ` ${key}="${value}"`)).join("");

/** Double quotes and two spaces, as virtinst writes. */
function xmlOf(plan: Plan): string {
  const { options, os } = plan;
  const modern = os !== undefined;
  const lines: string[] = [];
  const add = (depth: number, text: string): void => {
    lines.push("  ".repeat(depth) + text);
  };
  add(0, `<domain type="${plan.type}">`);
  add(1, `<name>${plan.name}</name>`);
  if (options.has("uuid")) add(1, `<uuid>${options.get("uuid")}</uuid>`);
  if (os !== undefined) {
    add(1, "<metadata>");
    add(2, '<libosinfo:libosinfo xmlns:libosinfo="http://libosinfo.org/xmlns/libvirt/domain/1.0">');
    add(3, `<libosinfo:os id="${os.url}"/>`);
    add(2, "</libosinfo:libosinfo>");
    add(1, "</metadata>");
  }
  add(1, `<memory>${plan.memoryKib}</memory>`);
  add(1, `<currentMemory>${plan.currentKib}</currentMemory>`);
  add(1, `<vcpu${attributes({ current: plan.vcpus === plan.maxVcpus ? undefined : String(plan.vcpus) })}>${plan.maxVcpus}</vcpu>`);
  const machine = options.get("machine") ?? (modern ? "q35" : "pc-i440fx-7.2");
  add(1, "<os>");
  add(2, `<type arch="x86_64" machine="${machine}">hvm</type>`);
  const boot = options.has("cdrom") || options.has("location") ? ["cdrom", "hd"] : (options.get("boot")?.split(",").filter((word) => /^(?:hd|cdrom|network|fd)$/.test(word)) ?? ["hd"]);
  for (const dev of boot.length > 0 ? boot : ["hd"]) add(2, `<boot dev="${dev}"/>`);
  add(1, "</os>");
  add(1, "<features>");
  add(2, "<acpi/>");
  add(2, "<apic/>");
  add(1, "</features>");
  if (plan.type === "kvm") add(1, '<cpu mode="host-passthrough"/>');
  add(1, '<clock offset="utc">');
  for (const [name, rest] of [["rtc", 'tickpolicy="catchup"'], ["pit", 'tickpolicy="delay"'], ["hpet", 'present="no"']]) add(2, `<timer name="${name}" ${rest}/>`);
  add(1, "</clock>");
  add(1, "<pm>");
  add(2, '<suspend-to-mem enabled="no"/>');
  add(2, '<suspend-to-disk enabled="no"/>');
  add(1, "</pm>");
  add(1, "<devices>");
  add(2, "<emulator>/usr/bin/qemu-system-x86_64</emulator>");
  const letters = new Map<string, number>();
  const q35 = machine.includes("q35");
  for (const disk of plan.disks) {
    const rom = disk.device === "cdrom";
    const bus = disk.bus ?? (rom ? (q35 ? "sata" : "ide") : modern ? "virtio" : q35 ? "sata" : "ide");
    const prefix = bus === "virtio" ? "vd" : bus === "ide" ? "hd" : "sd";
    const index = letters.get(prefix) ?? 0;
    letters.set(prefix, index + 1);
    add(2, `<disk type="file" device="${disk.device}">`);
    add(3, `<driver name="qemu" type="${disk.format}"${rom || disk.format === "raw" ? "" : ' discard="unmap"'}/>`);
    if (disk.path !== undefined) add(3, `<source file="${disk.path}"/>`);
    add(3, `<target dev="${prefix}${String.fromCharCode(97 + index)}" bus="${bus}"/>`);
    if (rom) add(3, "<readonly/>");
    add(2, "</disk>");
  }
  if (q35) {
    add(2, '<controller type="usb" model="qemu-xhci" ports="15"/>');
    add(2, '<controller type="pci" model="pcie-root"/>');
    for (let port = 0; port < 14; port++) add(2, '<controller type="pci" model="pcie-root-port"/>');
  } else add(2, '<controller type="usb" model="ich9-ehci1"/>');
  const networks = options.values.get("network") ?? [plan.network];
  for (const text of networks) {
    if (text === "none") continue;
    const given = suboptions(text, /^(?:user|default|bridge)$/.test(text.split(",")[0] ?? "") ? "type" : "network");
    const first = given.get("type");
    const type = given.has("bridge") || first === "bridge" ? "bridge" : first === "user" ? "user" : "network";
    const network = given.get("network") ?? (first !== undefined && first !== "user" && first !== "bridge" ? first : "default");
    add(2, `<interface type="${type}">`);
    if (type !== "user") add(3, `<source ${type === "bridge" ? `bridge="${given.get("bridge") ?? "virbr0"}"` : `network="${network}"`}/>`);
    if (given.has("mac")) add(3, `<mac address="${given.get("mac")}"/>`);
    add(3, `<model type="${given.get("model") ?? given.get("model.type") ?? (modern ? "virtio" : "e1000")}"/>`);
    add(2, "</interface>");
  }
  add(2, '<console type="pty"/>');
  const graphics = options.get("graphics");
  const headless = graphics === "none";
  if (modern) {
    add(2, '<channel type="unix">');
    add(3, '<source mode="bind"/>');
    add(3, '<target type="virtio" name="org.qemu.guest_agent.0"/>');
    add(2, "</channel>");
  }
  if (!headless) {
    const kind = graphics?.split(",")[0] ?? "spice";
    if (kind === "spice") {
      add(2, '<channel type="spicevmc">');
      add(3, '<target type="virtio" name="com.redhat.spice.0"/>');
      add(2, "</channel>");
    }
    add(2, '<input type="tablet" bus="usb"/>');
    add(2, kind === "spice" ? '<graphics type="spice" port="-1" tlsPort="-1" autoport="yes">' : `<graphics type="${kind}" port="-1"/>`);
    if (kind === "spice") {
      add(3, '<image compression="off"/>');
      add(2, "</graphics>");
    }
    add(2, `<sound model="${q35 ? "ich9" : "ich6"}"/>`);
    add(2, "<video>");
    add(3, `<model type="${modern ? "virtio" : kind === "spice" ? "qxl" : "vga"}"/>`);
    add(2, "</video>");
    if (kind === "spice") for (let index = 0; index < 2; index++) add(2, '<redirdev bus="usb" type="spicevmc"/>');
  }
  if (modern) {
    add(2, '<memballoon model="virtio"/>');
    add(2, '<rng model="virtio">');
    add(3, '<backend model="random">/dev/urandom</backend>');
    add(2, "</rng>");
  }
  add(1, "</devices>");
  add(0, "</domain>");
  return `${lines.join("\n")}\n`;
}

/** What the machine is once it is installed: the disc is out, the disk comes first. */
function afterInstallation(domain: Xml, disc: string): void {
  const os = domain.find("os");
  if (os !== undefined) os.children = [...os.children.filter((child) => child.name !== "boot"), parseXml("<boot dev='hd'/>")];
  for (const disk of domain.find("devices")?.all("disk") ?? []) if (disk.at("source", "file") === disc) disk.children = disk.children.filter((child) => child.name !== "source");
}

/** Drives with discs for the first boot only. */
function addDiscs(domain: Xml, paths: readonly string[]): void {
  const devices = domain.find("devices");
  if (devices === undefined) return;
  const q35 = (domain.at("os/type", "machine") ?? "").includes("q35");
  for (const path of paths) {
    const used = new Set(devices.all("disk").map((disk) => disk.at("target", "dev")));
    const prefix = q35 ? "sd" : "hd";
    const letter = [..."abcdefghijklmnop"].find((one) => !used.has(prefix + one)) ?? "z";
    const at = devices.children.findLastIndex((child) => child.name === "disk");
    devices.children.splice(at + 1, 0, parseXml(`<disk type='file' device='cdrom'><driver name='qemu' type='raw'/><source file='${path}'/><target dev='${prefix}${letter}' bus='${q35 ? "sata" : "ide"}'/><readonly/></disk>`));
  }
}

function newUuid(sys: Sys): string {
  const hex = [...sys.random(16)].map((byte, index) => (index === 6 ? (byte & 15) | 64 : index === 8 ? (byte & 63) | 128 : byte).toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** Both XMLs mean the same cards. */
function copyMacs(sys: Sys, first: Xml, second: Xml): void {
  const others = second.find("devices")?.all("interface") ?? [];
  first.find("devices")?.all("interface").forEach((card, index) => {
    const mac = card.at("mac", "address") ?? `52:54:00:${[...sys.random(3)].map((byte) => byte.toString(16).padStart(2, "0")).join(":")}`;
    for (const one of [card, others[index]]) if (one !== undefined) put(one, "mac/@address", mac, ["mac", "source", "model"]);
  });
}

const replaced = ["video", "sound", "rng", "memballoon"];
const appended = ["watchdog", "tpm", "input", "controller", "channel", "serial", "parallel", "filesystem", "hostdev", "redirdev", "panic", "smartcard", "vsock", "iommu", "memdev", "shmem", "audio"];
const ofDomain = ["memorybacking", "cpu", "metadata", "iothreads", "cputune", "numatune", "memtune", "blkiotune", "features", "clock", "pm", "events", "resource", "seclabel", "sysinfo", "boot"];

/** The options beyond those that shape the machine as a whole, as virt-xml would apply them. Errors: VirtinstError. */
function refine(domain: Xml, plan: Plan): void {
  const { values } = plan.options;
  const devices = domain.find("devices");
  if (devices === undefined) return;
  const option = (name: string) => domainOption(name) ?? failOption(name);
  const newDevice = (name: string, text: string): Xml => {
    const device = parseXml(`<${option(name).device ?? name}/>`);
    applyToDevice(device, option(name), text);
    if (name === "rng" && device.get("model") === undefined) device.set("model", "virtio");
    if (name === "channel" && device.get("type") === undefined) device.set("type", "unix");
    if (name === "channel" && device.get("type") === "unix" && device.find("source") === undefined) device.children.unshift(parseXml("<source mode='bind'/>"));
    if ((name === "serial" || name === "parallel") && device.get("type") === undefined) device.set("type", "pty");
    return device;
  };
  const insert = (device: Xml): void => {
    const last = devices.children.findLastIndex((child) => child.name === device.name);
    devices.children.splice(last < 0 ? devices.children.length : last + 1, 0, device);
  };
  for (const name of ofDomain) for (const text of values.get(name) ?? []) applyToDomain(domain, option(name), text);
  if (plan.options.has("title")) applyToDomain(domain, option("metadata"), `title="${plan.options.get("title")}"`);
  if (plan.options.has("description")) applyToDomain(domain, option("metadata"), `description="${plan.options.get("description")}"`);
  const disks = devices.all("disk");
  plan.disks.forEach((disk, index) => {
    const element = disks[index];
    if (element !== undefined && disk.text !== "" && disk.text !== "none") applyToDevice(element, option("disk"), disk.path === undefined ? disk.text : withoutPath(disk.text));
  });
  const cards = devices.all("interface");
  (values.get("network") ?? []).filter((text) => text !== "none").forEach((text, index) => {
    const card = cards[index];
    if (card !== undefined) applyToDevice(card, option("network"), withoutFirst(text));
  });
  const graphics = devices.find("graphics");
  const graphicsText = plan.options.get("graphics");
  if (graphics !== undefined && graphicsText !== undefined) applyToDevice(graphics, option("graphics"), graphicsText);
  for (const name of replaced) {
    const texts = values.get(name);
    if (texts === undefined) continue;
    devices.children = devices.children.filter((child) => child.name !== name);
    for (const text of texts) {
      if (text !== "none") insert(newDevice(name, text));
      else if (name === "memballoon" || name === "video") insert(name === "video" ? parseXml("<video><model type='none'/></video>") : parseXml("<memballoon model='none'/>"));
    }
  }
  for (const name of appended) for (const text of values.get(name) ?? []) if (text !== "none") insert(newDevice(name, text));
}

function failOption(name: string): never {
  throw new VirtinstError(`unknown option --${name}`);
}

/** The path is in the XML already, completed by the name of the volume. */
function withoutPath(text: string): string {
  return text.split(",").filter((part, index) => !(index === 0 && !part.includes("=")) && !/^(?:path|source\.file|backing_store|backing_format)=/.test(part)).join(",");
}

/** The source of a card is in the XML already. */
function withoutFirst(text: string): string {
  return text.split(",").filter((part, index) => (index > 0 || part.includes("=")) && !/^(?:network|bridge|type|source)=/.test(part)).join(",");
}

function integer(option: string, text: string): number {
  if (!/^-?\d+$/.test(text)) throw new VirtinstError(`Error: --${option} ${text}: invalid literal for int() with base 10: '${text}'`);
  return Number(text);
}

/** `path` is "" where virt-install names the volume. */
function diskPlan(text: string): DiskPlan | undefined {
  if (text === "none") return undefined;
  const given = suboptions(text, "path");
  const path = given.get("path") ?? given.get("source.file");
  const size = given.get("size");
  const format = given.get("format") ?? given.get("driver.type") ?? "qcow2";
  const device = given.get("device") ?? "disk";
  // a drive without a disc
  if ((device === "cdrom" || device === "floppy") && (path ?? "") === "" && size === undefined) return { path: undefined, sizeGib: undefined, format: "raw", device, bus: given.get("bus") ?? given.get("target.bus"), backing: undefined, text };
  return { path: path ?? "", sizeGib: size === undefined ? undefined : Number(size), format, device: given.get("device") ?? "disk", bus: given.get("bus") ?? given.get("target.bus"), backing: given.get("backing_store"), text };
}

function* formatOf(sys: Sys, path: string): Blocking<string> {
  const fd = yield* sys.open(path, 0);
  const head = yield* sys.pread(fd, 4, 0);
  sys.close(fd);
  return head[0] === 0x51 && head[1] === 0x46 && head[2] === 0x49 ? "qcow2" : "raw";
}

/** virtinst makes a pool for a directory that it uses and that has none. */
function* ensurePool(client: LibvirtClient, directory: string, creating: boolean, imageDirectory: string): Blocking<string> {
  const pools = rows(yield* client.call("listPools"));
  const present = pools.find((pool) => textAt(pool, "path") === directory);
  if (present !== undefined) return textAt(present, "name");
  const base = creating && directory === imageDirectory ? "default" : (directory.split("/").pop() ?? "pool");
  const taken = new Set(pools.map((pool) => textAt(pool, "name")));
  let name = base;
  for (let number = 1; taken.has(name); number++) name = `${base}-${number}`;
  yield* client.call("poolDefine", { xml: `<pool type='dir'><name>${name}</name><target><path>${directory}</path></target></pool>` });
  yield* client.call("poolStart", { pool: name, build: creating && directory === imageDirectory });
  yield* client.call("poolAutostart", { pool: name, on: true });
  return name;
}

/** NAME.qcow2, then NAME-1.qcow2. */
function freeVolume(sys: Sys, imageDirectory: string, name: string, format: string, disks: readonly DiskPlan[]): string {
  const suffix = format === "raw" ? "img" : format;
  let path = `${imageDirectory}/${name}.${suffix}`;
  for (let number = 1; exists(sys, path) || disks.some((disk) => disk.path === path); number++) path = `${imageDirectory}/${name}-${number}.${suffix}`;
  return path;
}

/** generatename.py: the name itself, then with a number from 2. */
function* freeName(client: LibvirtClient, base: string): Blocking<string> {
  const taken = new Set(rows(yield* client.call("listDomains")).map((domain) => textAt(domain, "name")));
  let name = base;
  for (let number = 2; taken.has(name); number++) name = `${base}-${number}`;
  return name;
}

function* install(sys: Sys, options: Options): Blocking<number> {
  const quiet = options.has("quiet") || options.has("print-xml");
  const note = function* (text: string): Blocking<void> {
    if (!quiet) yield* say(sys, 1, `${text}\n`);
  };
  const warn = function* (text: string): Blocking<void> {
    if (!quiet) yield* say(sys, 2, `WARNING  ${text}\n`);
  };
  const uri = options.get("connect") ?? defaultUri(sys);
  const imageDirectory = imageDirectoryOf(sys, uri);
  const client = yield* connect(sys, uri);
  const node = record(yield* client.call("nodeFacts"));
  const kvm = node.get("kvm") === true;
  const osText = options.get("osinfo");
  const osName = osText === undefined ? undefined : (suboptions(osText, "name").get("name") ?? suboptions(osText, "name").get("short-id"));
  const os = osName === undefined ? undefined : operatingSystem(osName);
  if (osName !== undefined && osName !== "generic" && os === undefined && !osText?.includes("require=off") && !osText?.includes("detect=")) throw new VirtinstError(`Unknown OS name '${osName}'. See \`--osinfo list\` for valid values.`);
  const wantedType = options.get("virt-type");
  if (wantedType === "kvm" && !kvm) throw new VirtinstError("Host does not support domain type kvm for virtualization type 'hvm' with architecture 'x86_64'");
  if (!kvm && wantedType === undefined) yield* warn("KVM acceleration not available, using 'qemu'");
  if (osText === undefined) throw new VirtinstError(osRequired);
  const complaints: string[] = [];
  const memoryText = options.get("memory");
  if (memoryText === undefined && os === undefined) complaints.push("--memory amount in MiB is required");
  let diskTexts = options.values.get("disk") ?? [];
  if (options.get("name") === undefined) yield* note(`Using default --name ${yield* freeName(client, os?.id ?? "vm")}`);
  if (os !== undefined && memoryText === undefined) yield* note(`Using ${os.id} default --memory ${os.memoryMib}`);
  if (os !== undefined && diskTexts.length === 0 && !options.has("filesystem")) {
    diskTexts = [`size=${RECOMMENDED_GIB}`];
    yield* note(`Using ${os.id} default --disk ${diskTexts[0] ?? ""}`);
  }
  if (diskTexts.length === 0 && !options.has("cloud-init")) complaints.push("--disk storage must be specified (override with --disk none)");
  if (!["import", "cdrom", "location", "pxe", "boot", "install", "cloud-init"].some((one) => options.has(one))) complaints.push("An install method must be specified\n(--location URL, --cdrom CD/ISO, --pxe, --import, --boot hd|cdrom|...)");
  if (complaints.length > 0) throw new VirtinstError(`\n${complaints.join("\n")}`);
  const memory = memoryText === undefined ? undefined : suboptions(memoryText, "memory");
  const memoryMib = memory === undefined ? (os?.memoryMib ?? 1024) : integer("memory", memory.get("memory") ?? memory.get("maxmemory") ?? "0");
  const currentMib = memory?.has("currentMemory") === true ? integer("memory", memory.get("currentMemory") ?? "0") : memoryMib;
  const cpuText = options.get("vcpus");
  const cpus = cpuText === undefined ? undefined : suboptions(cpuText, "vcpus");
  const vcpus = Math.max(1, cpus === undefined ? (os === undefined ? 1 : 2) : integer("vcpus", cpus.get("vcpus") ?? cpus.get("vcpu.current") ?? "1"));
  const maxVcpus = Math.max(vcpus, Number(cpus?.get("maxvcpus") ?? vcpus));
  const name = options.get("name") ?? (yield* freeName(client, os?.id ?? "vm"));
  const disks: DiskPlan[] = [];
  for (const text of diskTexts) {
    const given = diskPlan(text);
    if (given === undefined) continue;
    const plan = given.path === "" ? { ...given, path: freeVolume(sys, imageDirectory, name, given.format, disks) } : given;
    const path = plan.path ?? "";
    if (plan.path === undefined) disks.push(plan);
    else if (exists(sys, path)) {
      const users = yield* client.call("volumeUsers", { path });
      if (Array.isArray(users) && users.length > 0 && plan.device !== "cdrom" && options.get("check") === undefined) throw new VirtinstError(`Disk ${path} is already in use by other guests [${users.map((one) => `'${String(one)}'`).join(", ")}]. (Use --check path_in_use=off or --check all=off to override)`);
      disks.push({ ...plan, sizeGib: undefined, format: suboptions(text, "path").get("format") ?? (yield* formatOf(sys, path)) });
    } else if (plan.sizeGib === undefined && plan.backing === undefined) throw new VirtinstError(`Error: --disk ${text}: Size must be specified for non existent volume '${path.slice(path.lastIndexOf("/") + 1)}'`);
    else disks.push(plan);
  }
  for (const option of ["cdrom", "location"] as const) {
    const path = options.get(option);
    if (path === undefined) continue;
    if (/^(?:https?|ftp):/.test(path)) throw new VirtinstError(`Error validating install location: Could not find an installable distribution at URL '${path}'`);
    if (path.startsWith("/") && !exists(sys, path)) throw new VirtinstError(`Validating install media '${path}' failed: Must specify storage creation parameters for non-existent path '${path}'.`);
    disks.push({ path, sizeGib: undefined, format: "raw", device: "cdrom", bus: undefined, backing: undefined, text: "" });
  }
  if (osName === "generic") yield* warn("Using --osinfo generic, VM performance may suffer. Specify an accurate OS for optimal results.");
  if (os !== undefined && memoryMib < os.memoryMib) yield* warn(`Requested memory ${memoryMib} MiB is less than the recommended ${os.memoryMib} MiB for OS ${os.id}`);
  const plan: Plan = { name, type: wantedType ?? (kvm ? "kvm" : "qemu"), memoryKib: memoryMib * 1024, currentKib: currentMib * 1024, vcpus, maxVcpus, os, disks, network: isOwnSession(sys, uri) ? "user" : "network=default", options };
  const domain = parseXml(xmlOf(plan));
  refine(domain, plan);
  const installer = options.get("cdrom") ?? options.get("location");
  const final = domain.clone();
  if (installer !== undefined) afterInstallation(final, installer);
  if (installer !== undefined) put(domain, "on_reboot", "destroy");
  const xml = domain.format(0, '"');
  if (options.has("print-xml")) {
    yield* say(sys, 1, `${xml}${installer === undefined ? "" : final.format(0, '"')}`);
    return 0;
  }
  if (options.has("dry-run")) {
    yield* say(sys, 1, "Dry run completed successfully\n");
    return 0;
  }
  const created: { readonly pool: string; readonly name: string }[] = [];
  const how = yield* chooseConsole(sys, options, domain, warn);
  if (!quiet) yield* say(sys, 1, "\nStarting install...\n");
  try {
    if (rows(yield* client.call("listDomains")).some((domain) => textAt(domain, "name") === name)) throw new LibvirtError(`Guest name '${name}' is already in use.`);
    for (const text of options.values.get("network") ?? [plan.network]) {
      if (text === "none") continue;
      const network = suboptions(text, "network").get("network");
      if (network !== undefined && network !== "bridge" && network !== "user") yield* client.call("networkLookup", { network });
    }
    for (const disk of disks) {
      if (disk.path === undefined) continue;
      const { path } = disk;
      const directory = path.slice(0, path.lastIndexOf("/"));
      const creating = disk.sizeGib !== undefined || disk.backing !== undefined;
      const pool = yield* ensurePool(client, directory, creating, imageDirectory);
      if (!creating) continue;
      created.push({ pool, name: path.slice(path.lastIndexOf("/") + 1) });
      if (!quiet) yield* say(sys, 1, `${`Allocating '${path.slice(path.lastIndexOf("/") + 1)}'`.padEnd(77)}|    0 B  00:00:00     \n`);
      yield* client.call("volumeCreate", { pool, name: path.slice(path.lastIndexOf("/") + 1), capacity: Math.round((disk.sizeGib ?? 0) * 1024 ** 3), allocation: 0, format: disk.format, backing: disk.backing, backingFormat: disk.backing === undefined ? undefined : yield* formatOf(sys, disk.backing) });
    }
    const media: string[] = [];
    if (options.has("cloud-init")) {
      const seed = yield* cloudSeed(sys, options.get("cloud-init") ?? "");
      media.push(yield* makeDisc(sys, "cidata", seed.files, "cloudinit"));
      if (seed.password !== undefined) {
        yield* say(sys, 1, `Password for first root login is: ${seed.password}\nInstallation will continue in 10 seconds (press Enter to skip)...`);
        yield* sys.poll(sys.isatty(0) ? [{ fd: 0, events: 1 }] : [], 10_000_000);
        yield* say(sys, 1, "\n");
      }
    }
    const answers = installer === undefined ? undefined : yield* installerAnswers(sys, name, options.get("unattended"), options.values.get("initrd-inject") ?? []);
    if (answers !== undefined) media.push(yield* makeDisc(sys, "PRESEED", answers, "preseed"));
    if (options.has("transient")) yield* client.call("domainCreateXml", { xml });
    else if (installer !== undefined || media.length > 0) {
      addDiscs(domain, media);
      put(domain, "uuid", newUuid(sys));
      put(final, "uuid", domain.textOf("uuid") ?? "");
      copyMacs(sys, domain, final);
      yield* client.call("domainCreateXml", { xml: domain.format() });
      yield* client.call("domainDefine", { xml: final.format() });
      if (options.has("autostart")) yield* client.call("domainAutostart", { domain: name, on: true });
    } else {
      yield* client.call("domainDefine", { xml });
      try {
        if (!options.has("noreboot")) yield* client.call("domainStart", { domain: name });
      } catch (error) {
        yield* client.call("domainUndefine", { domain: name });
        throw error;
      }
      if (options.has("autostart")) yield* client.call("domainAutostart", { domain: name, on: true });
    }
  } catch (error) {
    if (!(error instanceof LibvirtError)) throw error;
    for (const volume of created) {
      yield* note(`${`Removing disk '${volume.name}'`.padEnd(77)}|    0 B  00:00:00     `);
      yield* client.call("volumeDelete", { pool: volume.pool, volume: volume.name });
    }
    yield* say(sys, 2, `ERROR    ${error.message}\n`);
    yield* say(sys, 1, notInstalled.replace("URI", uri).replace("NAME", name));
    return 1;
  }
  if (!quiet) yield* say(sys, 1, `${"Creating domain...".padEnd(77)}|    0 B  00:00:00     \n`);
  return yield* followDomain(sys, client, { ...how, uri, name, installs: installer !== undefined || options.has("cloud-init"), transient: options.has("transient"), noReboot: options.has("noreboot"), destroyOnExit: options.has("destroy-on-exit"), quiet });
}

const general: readonly (readonly [name: string, argument: string | undefined, help: string])[] = [
  ["name", "NAME", "name of the machine"], ["osinfo", "OS_VARIANT", "which operating system will be in it; `list` shows them"], ["import", undefined, "boot the disk as it is"], ["cdrom", "CDROM", "install from an ISO image"], ["location", "LOCATION", "install from a tree or an ISO image"], ["pxe", undefined, "boot from the network"],
  ["extra-args", "EXTRA_ARGS", "for the installer's kernel"], ["initrd-inject", "PATH", "a file into the installer's initrd"], ["unattended", "OPTIONS", "install without questions"], ["install", "OPTIONS", "further ways to install"], ["cloud-init", "OPTIONS", "a NoCloud seed for the first boot"], ["virt-type", "VIRT_TYPE", "kvm or qemu"],
  ["arch", "ARCH", "of the processors"], ["machine", "MACHINE", "q35 or pc"], ["autostart", undefined, "start with the host"], ["transient", undefined, "no definition stays"], ["destroy-on-exit", undefined, "ends with the console"], ["wait", "MINUTES", "minutes that the installation may take"], ["autoconsole", "CONSOLE", "text, graphical or none"],
  ["noautoconsole", undefined, "return at once"], ["noreboot", undefined, "stay off after the installation"], ["print-xml", "STEP", "only print the XML"], ["dry-run", undefined, "do everything but the machine"], ["check", "CHECKS", "which checks to leave out"], ["connect", "URI", "which hypervisor"], ["quiet", undefined, "only errors"], ["debug", undefined, "more words"],
];

const command: Command = {
  name: "virt-install",
  declaration: {
    name: "virt-install", summary: "provision new virtual machines", synopsis: ["--name NAME --memory MB STORAGE INSTALL [options]"],
    options: [
      ...general.map(([name, argument, help]) => ({ names: name.length > 1 ? [`--${name}`] : [`-${name}`], argument, argumentOptional: false, help, support: "simulated" as const })),
      ...domainOptions.map((one) => ({ names: [`--${one.name}`], argument: one.first === "" ? "OPTIONS" : one.first.toUpperCase(), argumentOptional: false, help: one.device === undefined ? "of the domain as a whole" : `devices of the kind ${one.device}`, support: "simulated" as const })),
    ],
    operands: "none",
  },
  *program(sys, argv) {
    if (argv.includes("--version")) {
      yield* say(sys, 1, "4.1.0\n");
      return 0;
    }
    const osAt = argv.findIndex((word) => word === "--osinfo" || word === "--os-variant");
    if (osAt >= 0 && argv[osAt + 1] === "list") {
      yield* say(sys, 1, operatingSystems.map((os) => `${[os.id, ...os.aliases].join(", ")}\n`).join(""));
      return 0;
    }
    for (const [index, word] of argv.entries()) {
      const equals = word.indexOf("=");
      const value = equals > 0 ? word.slice(equals + 1) : argv[index + 1];
      const asked = word.startsWith("--") && (value === "?" || value === "help") ? domainOption(equals > 0 ? word.slice(2, equals) : word.slice(2)) : undefined;
      if (asked === undefined) continue;
      yield* say(sys, 1, suboptionList(asked));
      return 0;
    }
    const options = parse(argv);
    if (typeof options === "string") {
      yield* say(sys, 2, `usage: virt-install --name NAME --memory MB STORAGE INSTALL [options]\nvirt-install: error: ${options}\n`);
      return 2;
    }
    try {
      return yield* install(sys, options);
    } catch (error) {
      if (!(error instanceof VirtinstError || error instanceof LibvirtError)) throw error;
      yield* say(sys, 2, `ERROR    ${error.message}\n`);
      return 1;
    }
  },
};

export default withHelp(command);
