// QEMU's command line (qemu-system-x86_64(1)) as the machine it describes. Options that say nothing of what is simulated are read over.
import type { GuestBus } from "../../kernel/sys.ts";

export interface DiskArgument {
  readonly id: string;
  readonly path: string;
  readonly format: string | undefined;
  readonly bus: GuestBus;
  readonly rom: boolean;
  readonly readOnly: boolean;
  readonly bootOrder: number;
  readonly serial: string;
  readonly slot: string;
  /** how errors name it: "-hda x.qcow2" */
  readonly origin?: string;
}

export interface CardArgument {
  readonly id: string;
  readonly model: "virtio" | "e1000" | "e1000e" | "rtl8139";
  readonly mac: string;
  readonly slot: string;
  readonly tapFd: number | undefined;
  readonly tapName: string | undefined;
  /** the properties of a user-mode network, and how they were given */
  readonly user: { readonly given: Properties; readonly text: string } | undefined;
}

export interface MachineArguments {
  name: string;
  machine: string;
  accelerator: "kvm" | "tcg";
  /** -accel said so */
  accelOption: boolean;
  memoryBytes: number;
  cpus: number;
  sockets: number;
  cpuModel: string;
  /** what was said of single ones */
  readonly cpuFeatures: Map<string, boolean>;
  uuid: string;
  paused: boolean;
  nographic: boolean;
  serialPty: boolean;
  serialStdio: boolean;
  /** -monitor stdio, -serial mon:stdio, -nographic */
  monitorStdio: boolean;
  /** -display none, -vnc, -spice: the screen is cared for */
  display: boolean;
  /** -snapshot: what the guest writes is thrown away */
  temporary: boolean;
  noReboot: boolean;
  pidFile: string | undefined;
  /** of -boot: "dc" */
  bootLetters: string;
  monitorPath: string | undefined;
  agentPath: string | undefined;
  channels: string[];
  incoming: string | undefined;
  /** of -loadvm */
  loadSnapshot: string | undefined;
  disks: DiskArgument[];
  cards: CardArgument[];
  /** other devices: driver and slot */
  devices: { readonly driver: string; readonly slot: string }[];
  /** usb-tablet and its kind */
  usb: string[];
  daemonize: boolean;
}

type Properties = ReadonlyMap<string, string>;

/** "tap,fd=33,id=hostnet0" or libvirt's JSON. `first`: the name of a value without a key. */
export function properties(text: string, first: string): Properties {
  const found = new Map<string, string>();
  if (text.startsWith("{")) {
    const parsed: unknown = JSON.parse(text);
    const walk = (value: unknown, prefix: string): void => {
      if (typeof value !== "object" || value === null) return;
      for (const [key, one] of Object.entries(value)) {
        if (typeof one === "object") walk(one, `${prefix}${key}.`);
        else found.set(prefix + key, String(one));
      }
    };
    walk(parsed, "");
    return found;
  }
  text.split(",").forEach((part, index) => {
    const equals = part.indexOf("=");
    if (equals < 0) found.set(index === 0 ? first : part, index === 0 ? part : "on");
    else {
      const key = part.slice(0, equals);
      const value = part.slice(equals + 1);
      // these may be given several times
      found.set(key, (key === "hostfwd" || key === "guestfwd") && found.has(key) ? `${found.get(key)}\n${value}` : value);
    }
  });
  return found;
}

const cardModels = new Map([["virtio-net-pci", "virtio"], ["e1000", "e1000"], ["e1000e", "e1000e"], ["rtl8139", "rtl8139"], ["virtio", "virtio"]] as const);
const diskBuses = new Map<string, readonly [GuestBus, boolean]>([
  ["virtio-blk-pci", ["virtio", false]], ["ide-hd", ["ide", false]], ["ide-cd", ["ide", true]], ["scsi-hd", ["scsi", false]], ["scsi-cd", ["scsi", true]], ["usb-storage", ["usb", false]], ["floppy", ["fdc", false]],
]);

export class ArgumentError extends Error {}

/** Of -nic and -net nic. Errors: ArgumentError. */
function nicModel(name: string, text: string): CardArgument["model"] {
  const found = [...cardModels].find(([model]) => model === name)?.[1];
  if (found === undefined) throw new ArgumentError(`-nic ${text}: Unsupported NIC model: ${name}`);
  return found;
}

const memoryUnits = new Map([["", 1024 ** 2], ["k", 1024], ["m", 1024 ** 2], ["g", 1024 ** 3], ["t", 1024 ** 4]]);

const memory = (text: string): number => {
  const match = /^(\d+)([kKmMgGtT]?)b?$/.exec(text);
  if (match === null) throw new ArgumentError(`Parameter 'size' expects a size\nYou may use k, M, G or T suffixes for kilobytes, megabytes, gigabytes and terabytes.`);
  return Number(match[1]) * (memoryUnits.get((match[2] ?? "").toLowerCase()) ?? 0);
};

/** A slot that is not chosen yet. */
const later = "";

const hex2 = (value: number): string => value.toString(16).padStart(2, "0");

export function parseArguments(argv: readonly string[]): MachineArguments {
  const result: MachineArguments = {
    name: "QEMU", machine: "pc-i440fx-7.2", accelerator: "tcg", accelOption: false, memoryBytes: 128 * 1024 ** 2, cpus: 1, sockets: 1, cpuModel: "qemu64", cpuFeatures: new Map(), uuid: "00000000-0000-0000-0000-000000000000", paused: false, nographic: false, serialPty: false, serialStdio: false, monitorStdio: false, display: true, temporary: false, noReboot: false, pidFile: undefined, bootLetters: "",
    monitorPath: undefined, agentPath: undefined, channels: [], incoming: undefined, loadSnapshot: undefined, disks: [], cards: [], devices: [], usb: [], daemonize: false,
  };
  const nodes = new Map<string, Properties>();
  const drives = new Map<string, Properties>();
  const networks = new Map<string, Properties>();
  const texts = new Map<Properties, string>();
  const characters = new Map<string, Properties>();
  let usualCard = true;
  const devices: Properties[] = [];
  let nextSlot = 3;
  let ideIndex = 0;
  const fileOf = (node: Properties | undefined): { readonly path: string; readonly format: string | undefined; readonly readOnly: boolean } => {
    const behind = nodes.get(node?.get("file") ?? "");
    return { path: behind?.get("filename") ?? node?.get("filename") ?? node?.get("file.filename") ?? "", format: node?.get("driver") === "file" ? undefined : node?.get("driver"), readOnly: node?.get("read-only") === "true" || node?.get("read-only") === "on" };
  };
  const slotOf = (device: Properties): string => {
    const bus = device.get("bus") ?? "";
    const port = /^pci\.(\d+)$/.exec(bus)?.[1];
    const address = Number((device.get("addr") ?? "").split(".")[0]);
    if (Number.isNaN(address) || device.get("addr") === undefined) return `0000:00:${hex2(nextSlot++)}.0`;
    return `0000:${hex2(port === undefined || port === "0" ? 0 : Number(port))}:${hex2(address)}.${Number((device.get("addr") ?? "").split(".")[1] ?? 0) || 0}`;
  };
  const simpleDrive = (path: string, format: string | undefined, bus: GuestBus, rom: boolean, origin: string, readOnly = rom): void => {
    // IDE: two a channel, discs on the second one
    const place = bus === "ide" ? Math.max(rom ? 2 : 0, result.disks.filter((disk) => disk.bus === "ide" && disk.rom === rom).length + (rom ? 2 : 0)) : 0;
    const id = bus === "ide" ? `ide${Math.floor(place / 2)}-${rom ? "cd" : "hd"}${place % 2}` : `${bus}${result.disks.filter((disk) => disk.bus === bus).length}`;
    result.disks.push({ origin, id, path, format, bus, rom, readOnly, bootOrder: rom ? 2 : 1 + result.disks.length, serial: bus === "ide" ? `QM0000${++ideIndex}` : "", slot: bus === "virtio" ? later : "0000:00:01.1" });
  };
  for (let at = 1; at < argv.length; at++) {
    const word = argv[at] ?? "";
    const option = word.replace(/^--?/, "");
    const value = (): string => {
      const next = argv[++at];
      if (next === undefined) throw new ArgumentError(`-${option}: requires an argument`);
      return next;
    };
    if (!word.startsWith("-")) {
      simpleDrive(word, undefined, "ide", false, word);
      continue;
    }
    switch (option) {
      case "name": result.name = properties(value(), "guest").get("guest") ?? result.name; break;
      case "machine":
      case "M": {
        const given = properties(value(), "type");
        const type = given.get("type") ?? "pc";
        result.machine = type === "q35" ? "pc-q35-7.2" : type === "pc" ? "pc-i440fx-7.2" : type;
        if (!/^(?:pc-(?:q35|i440fx)-[\d.]+|microvm|isapc|none)$/.test(result.machine)) throw new ArgumentError(`-${option} ${type}: unsupported machine type\nUse -machine help to list supported machines`);
        const accelerator = given.get("accel");
        if (accelerator !== undefined) result.accelerator = accelerator.startsWith("kvm") ? "kvm" : "tcg";
        break;
      }
      case "accel": {
        const kind = value().split(",")[0] ?? "";
        if (!["kvm", "tcg", "xen", "hax"].includes(kind)) throw new ArgumentError(`-accel ${kind}: invalid accelerator ${kind}`);
        result.accelOption = true;
        result.accelerator = kind === "kvm" ? "kvm" : "tcg";
        break;
      }
      case "enable-kvm": result.accelerator = "kvm"; break;
      case "cpu": {
        const [model = "qemu64", ...features] = value().split(",");
        result.cpuModel = model;
        // "+svm", "-svm", "svm=on", "svm=off"
        for (const feature of features) result.cpuFeatures.set(feature.replace(/^[+-]/, "").replace(/=.*/, ""), !/^-|=off$/.test(feature));
        break;
      }
      case "m": {
        const given = properties(value(), "size");
        result.memoryBytes = memory(given.get("size") ?? "128");
        break;
      }
      case "smp": {
        const given = properties(value(), "cpus");
        result.cpus = Number(given.get("cpus") ?? 1);
        result.sockets = Math.max(1, Math.min(result.cpus, Number(given.get("sockets") ?? 1)));
        if (!(result.cpus > 0)) throw new ArgumentError("Invalid CPU topology: CPU topology parameters must be greater than zero");
        break;
      }
      case "uuid": result.uuid = value(); break;
      case "S": result.paused = true; break;
      case "nographic": result.nographic = true; break;
      case "daemonize": result.daemonize = true; break;
      case "loadvm": result.loadSnapshot = value(); break;
      case "incoming": result.incoming = value(); break;
      case "blockdev": {
        const node = properties(value(), "driver");
        nodes.set(node.get("node-name") ?? "", node);
        break;
      }
      case "netdev": {
        const text = value();
        const net = properties(text, "type");
        networks.set(net.get("id") ?? "", net);
        texts.set(net, text);
        break;
      }
      case "chardev": {
        const character = properties(value(), "backend");
        characters.set(character.get("id") ?? "", character);
        break;
      }
      case "device": devices.push(properties(value(), "driver")); break;
      case "drive": {
        const text = value();
        const drive = properties(text, "file");
        if (drive.get("if") === "none") drives.set(drive.get("id") ?? "", drive);
        else simpleDrive(drive.get("file") ?? "", drive.get("format"), drive.get("if") === "virtio" ? "virtio" : "ide", drive.get("media") === "cdrom", `-drive ${text}`, drive.get("readonly") === "on" || drive.get("media") === "cdrom");
        break;
      }
      case "hda":
      case "hdb":
      case "hdc":
      case "hdd": {
        const path = value();
        simpleDrive(path, undefined, "ide", false, `-${option} ${path}`);
        break;
      }
      case "cdrom": {
        const path = value();
        simpleDrive(path, "raw", "ide", true, `-cdrom ${path}`);
        break;
      }
      case "boot": {
        const given = properties(value(), "order");
        result.bootLetters = given.get("once") ?? given.get("order") ?? "";
        break;
      }
      case "monitor": {
        const target = value();
        const path = /^unix:([^,]+)/.exec(target)?.[1];
        if (target === "stdio") result.monitorStdio = true;
        else if (target !== "none" && path === undefined) throw new ArgumentError(`-monitor ${target}: only stdio and none are simulated`);
        break;
      }
      case "display": {
        const kind = value();
        if (kind.startsWith("gtk") || kind.startsWith("sdl")) throw new ArgumentError(`${kind.split(",")[0] === "gtk" ? "gtk initialization failed" : "Could not initialize SDL(No available video device) - exiting"}`);
        if (!/^(?:none|curses|vnc|egl-headless|spice-app|dbus)/.test(kind)) throw new ArgumentError(`-display ${kind}: Parameter 'type' does not accept value '${kind.split(",")[0]}'`);
        result.display = false;
        break;
      }
      case "vnc": case "spice":
        value();
        result.display = false;
        break;
      case "snapshot": result.temporary = true; break;
      case "no-reboot": result.noReboot = true; break;
      case "pidfile": result.pidFile = value(); break;
      case "kernel": case "initrd": case "append": value(); throw new ArgumentError(`-${option} is not simulated: boot from a disk`);
      case "serial": {
        const target = value();
        if (target === "stdio" || target === "mon:stdio") result.serialStdio = true;
        if (target === "mon:stdio") result.monitorStdio = true;
        else if (target === "pty") result.serialPty = true;
        break;
      }
      case "mon": {
        const chosen = characters.get(properties(value(), "chardev").get("chardev") ?? "");
        if (chosen?.get("backend") === "socket") result.monitorPath = chosen.get("path");
        break;
      }
      case "qmp": result.monitorPath = /^unix:([^,]+)/.exec(value())?.[1]; break;
      case "nic":
      case "net": {
        const text = value();
        const nic = properties(text, "type");
        usualCard = false;
        // -net user,… is what stands behind the card of -net nic
        const last = result.cards.at(-1);
        if (option === "net" && nic.get("type") === "user" && last !== undefined) result.cards[result.cards.length - 1] = { ...last, user: { given: nic, text } };
        else if (nic.get("type") !== "none") result.cards.push({ id: `net${result.cards.length}`, model: nicModel(nic.get("model") ?? (result.machine.includes("q35") ? "e1000e" : "e1000"), text), mac: nic.get("mac") ?? "52:54:00:12:34:56", slot: later, tapFd: undefined, tapName: nic.get("ifname"), user: nic.get("type") === "user" ? { given: nic, text } : undefined });
        break;
      }
      case "nodefaults": usualCard = false; break;
      case "no-user-config": case "no-shutdown": case "no-acpi": case "no-hpet": case "usb": case "nodefconfig": break;
      case "object": case "overcommit": case "rtc": case "msg": case "sandbox": case "audiodev": case "vga": case "k": case "global": case "parallel": case "bios": case "D": case "d": case "L": case "runas": case "chroot": case "usbdevice": case "soundhw": case "smbios": case "add-fd": case "numa": value(); break;
      default: throw new ArgumentError(`${word}: invalid option`);
    }
  }
  if (usualCard && networks.size === 0) result.cards.push({ id: "net0", model: result.machine.includes("q35") ? "e1000e" : "e1000", mac: "52:54:00:12:34:56", slot: later, tapFd: undefined, tapName: undefined, user: { given: new Map(), text: "user" } });
  // the board's own cards come first, then disks of -drive, then -device
  const place = <T extends { readonly slot: string }>(one: T): T => (one.slot === later ? { ...one, slot: `0000:00:${hex2(nextSlot++)}.0` } : one);
  result.cards = result.cards.map(place);
  result.disks = result.disks.map(place);
  devices.forEach((device) => {
    const driver = device.get("driver") ?? "";
    const disk = diskBuses.get(driver);
    const model = [...cardModels].find(([name]) => name === driver)?.[1];
    if (disk !== undefined) {
      const [bus, rom] = disk;
      const source = device.get("drive") ?? "";
      const drive = drives.get(source);
      const file = drive === undefined ? fileOf(nodes.get(source)) : { path: drive.get("file") ?? "", format: drive.get("format"), readOnly: false };
      const realBus = bus === "ide" && result.machine.includes("q35") ? "sata" : bus;
      result.disks.push({ id: device.get("id") ?? `disk${result.disks.length}`, path: file.path, format: file.format, bus: realBus, rom, readOnly: file.readOnly || rom, bootOrder: Number(device.get("bootindex") ?? 0), serial: device.get("serial") ?? "", slot: bus === "virtio" ? slotOf(device) : result.machine.includes("q35") ? "0000:00:1f.2" : "0000:00:01.1" });
    } else if (model !== undefined) {
      const net = networks.get(device.get("netdev") ?? "");
      const fd = net?.get("fd");
      result.cards.push({ id: device.get("id") ?? `net${result.cards.length}`, model, mac: device.get("mac") ?? "52:54:00:12:34:56", slot: slotOf(device), tapFd: fd === undefined ? undefined : Number(fd), tapName: net?.get("ifname"), user: net?.get("type") === "user" ? { given: net, text: texts.get(net) ?? "" } : undefined });
    } else if (/^usb-(?:tablet|kbd|mouse)$/.test(driver)) result.usb.push(driver);
    else if (driver === "isa-serial") {
      if (characters.get(device.get("chardev") ?? "")?.get("backend") === "pty") result.serialPty = true;
    } else if (driver === "virtserialport") {
      const name = device.get("name") ?? "";
      result.channels.push(name);
      const character = characters.get(device.get("chardev") ?? "");
      if (name === "org.qemu.guest_agent.0" && character?.get("backend") === "socket") result.agentPath = character.get("path");
    } else if (/-pci$|^pcie-root-port$|^qemu-xhci$|^VGA$|^qxl-vga$|^cirrus-vga$|^bochs-display$|^piix3-usb-uhci$|^ich9-/.test(driver) || driver.startsWith("virtio-")) result.devices.push({ driver, slot: slotOf(device) });
  });
  if (result.cpuModel === "host" && result.accelerator === "tcg") throw new ArgumentError("CPU model 'host' requires KVM or HVF");
  // c: the disks, d: the discs, in that order
  const first = result.bootLetters[0];
  if (first === "d" || first === "c") result.disks = result.disks.map((disk) => ({ ...disk, bootOrder: disk.rom === (first === "d") ? disk.bootOrder : disk.bootOrder + result.disks.length }));
  if (result.nographic) result.monitorStdio = true;
  // drives without a boot order are tried in the order given when none has one
  if (result.disks.length > 0 && result.disks.every((disk) => disk.bootOrder === 0)) result.disks = result.disks.map((disk, index) => ({ ...disk, bootOrder: index + 1 }));
  return result;
}
