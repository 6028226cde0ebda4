// From a definition to a process: files made ready, taps on bridges, QEMU's command line, its monitor, and the thread that hears when it ends.
// (More than 400 lines: one start from XML to the running process, in qemu_process.c's order.)
import { type Blocking, O, type Sys, SysError } from "../../kernel/sys.ts";
import { rfc3339 } from "../docker/api/human.ts";
import { backingChain } from "./backing-chain.ts";
import { makeDirectories, names, tryReadFile, tryWriteFile } from "../systemd/api/files.ts";
import { flagAt, rows, textAt } from "./api.ts";
import { cardsOf, diskSource, disksOf, isQ35, memoryOf, vcpusOf } from "./domain-xml.ts";
import { type Domain, type Engine, loadSnapshots } from "./engine.ts";
import { VirError } from "./error.ts";
import { applyBandwidth, applyFilter } from "./network-filter.ts";
import { hostCpu, hostModel, kvmUsable } from "./host-cpu.ts";
import { AGENT_PORT, channelPath } from "./guest-agent.ts";
import { QemuMonitor } from "./qemu-monitor.ts";
import { parseXml, Xml, XmlError } from "./api/xml.ts";

const emulator = "/usr/bin/qemu-system-x86_64";
const firstPassedFd = 33;
const scopeSlice = "/sys/fs/cgroup/machine.slice";

function* accountId(sys: Sys, file: string, name: string): Blocking<number | undefined> {
  const line = ((yield* tryReadFile(sys, file)) ?? "").split("\n").find((one) => one.startsWith(`${name}:`));
  return line === undefined ? undefined : Number(line.split(":")[2]);
}

/** Who guests run as: libvirt-qemu, and its group of the same name for files; those of a person, as that person. */
export function* qemuAccount(sys: Sys): Blocking<{ readonly uid: number; readonly gid: number; readonly kvm: number }> {
  const { euid, egid } = sys.getcred();
  if (euid !== 0) return { uid: euid, gid: egid, kvm: egid };
  return { uid: (yield* accountId(sys, "/etc/passwd", "libvirt-qemu")) ?? 0, gid: (yield* accountId(sys, "/etc/group", "libvirt-qemu")) ?? 0, kvm: (yield* accountId(sys, "/etc/group", "kvm")) ?? 0 };
}

/** Nobody's guest uses it any more; a person's own file stays that person's. */
export function giveBack(sys: Sys, path: string): void {
  if (sys.getcred().euid === 0) sys.chown(path, 0, 0);
}

/** Those that are only read are handed over, too, but not given back: others may use them (virSecurityDACRestoreImageLabel). */
function* chownDisks(sys: Sys, xml: Xml, uid: number, gid: number): Blocking<void> {
  for (const disk of disksOf(xml)) {
    const path = diskSource(disk);
    // what is only read is handed over, too, but not given back: others may use it (virSecurityDACRestoreImageLabel)
    if (path === undefined || (uid === 0 && disk.find("readonly") !== undefined)) continue;
    // those below are read only, and stay with who may read them
    for (const one of [path, ...(uid === 0 ? [] : yield* backingChain(sys, path))]) {
      try {
        sys.chown(one, uid, gid);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
    }
  }
  if (sys.charge(5)) yield* sys.preempt();
}

/** A card's bridge; starting on a network that is down is refused. */
export function bridgeOf(engine: Engine, card: Xml): string | undefined {
  const type = card.get("type");
  if (type === "bridge") return card.at("source", "bridge");
  if (type !== "network") return undefined;
  const name = card.at("source", "network") ?? "";
  const network = engine.network(name);
  if (!network.active) throw new VirError("operation-invalid", `network '${name}' is not active`);
  return network.xml.at("bridge", "name");
}

/** Opens a tap and makes it a port of the bridge. */
function* openTap(sys: Sys, engine: Engine, mac: string, bridge: string): Blocking<{ readonly fd: number; readonly name: string }> {
  const name = `vnet${engine.nextTap++}`;
  const fd = yield* sys.open("/dev/net/tun", O.RDWR);
  sys.ioctl(fd, "TUNSETIFF", { name, kind: "tap" });
  const links = sys.rtnetlink({ op: "link-list" });
  const tap = links.find((link) => link.name === name);
  const master = links.find((link) => link.name === bridge);
  if (tap === undefined || master === undefined) {
    sys.close(fd);
    throw new VirError("plain", `Cannot get interface MTU on '${bridge}': No such device`);
  }
  sys.rtnetlink({ op: "link-set", index: tap.index, mac: `fe:${mac.slice(3)}`, master: master.index, up: true });
  return { fd, name };
}

const hex = (value: number): string => `0x${value.toString(16)}`;

function pciProperties(device: Xml, q35: boolean): Readonly<Record<string, string>> {
  const address = device.find("address");
  const bus = Number(address?.get("bus") ?? 0);
  return { bus: bus === 0 ? (q35 ? "pcie.0" : "pci.0") : `pci.${bus}`, addr: hex(Number(address?.get("slot") ?? 0)) };
}

const cardDrivers = new Map([["virtio", "virtio-net-pci"], ["e1000", "e1000"], ["e1000e", "e1000e"], ["rtl8139", "rtl8139"]]);

function bootIndexes(xml: Xml): ReadonlyMap<Xml, number> {
  const found = new Map<Xml, number>();
  const order = xml.find("os")?.all("boot").map((boot) => boot.get("dev")) ?? [];
  let next = 1;
  for (const device of xml.find("devices")?.children ?? []) {
    const given = device.at("boot", "order");
    if (given !== undefined) found.set(device, Number(given));
  }
  for (const kind of order) {
    const device = disksOf(xml).find((disk) => !found.has(disk) && (kind === "cdrom" ? disk.get("device") === "cdrom" : kind === "hd" && disk.get("device") === "disk"));
    if (device !== undefined) found.set(device, next++);
  }
  return found;
}

/** The host's own processor, or a named model (host-model is one by now); then what the XML says of single features. */
function cpuArgument(xml: Xml): string {
  const cpu = xml.find("cpu");
  const mode = cpu?.get("mode");
  const own = mode === "host-passthrough" || mode === "host-model" || mode === "maximum";
  const model = own ? (xml.get("type") === "kvm" ? "host" : mode === "host-model" ? "qemu64" : "max") : (cpu?.textOf("model") ?? "qemu64");
  const features = cpu?.all("feature").map((feature) => `${feature.get("name") ?? ""}=${["disable", "forbid"].includes(feature.get("policy") ?? "") ? "off" : "on"}`) ?? [];
  return [model, ...features].join(",");
}

/** What the definition says of single features goes before what the host has. */
function withOwnFeatures(model: Xml, given: Xml): Xml {
  const own = given.all("feature");
  const named = new Set(own.map((one) => one.get("name")));
  model.children = [...model.children.filter((child) => child.name !== "feature" || !named.has(child.get("name"))), ...given.all("topology"), ...own];
  return model;
}

function commandLine(domain: Pick<Domain, "name" | "uuid">, id: number, xml: Xml, taps: ReadonlyMap<Xml, number>, directory: string, state: readonly string[]): string[] {
  const machine = xml.at("os/type", "machine") ?? "pc-i440fx-7.2";
  const q35 = isQ35(machine);
  const { maximumKib } = memoryOf(xml);
  const { maximum, current } = vcpusOf(xml);
  const argv = [
    emulator, "-name", `guest=${domain.name},debug-threads=on`, "-S", "-object", JSON.stringify({ "qom-type": "secret", id: "masterKey0", format: "raw", file: `${directory}/master-key.aes` }),
    "-machine", `${machine},usb=off,dump-guest-core=off,memory-backend=pc.ram`, "-accel", xml.get("type") === "kvm" ? "kvm" : "tcg", "-cpu", cpuArgument(xml), "-m", String(Math.ceil(maximumKib / 1024)),
    "-object", JSON.stringify({ "qom-type": "memory-backend-ram", id: "pc.ram", size: maximumKib * 1024 }), "-overcommit", "mem-lock=off", "-smp", current === maximum ? `${maximum},sockets=${maximum},cores=1,threads=1` : `${current},maxcpus=${maximum},sockets=${maximum},cores=1,threads=1`, "-uuid", domain.uuid,
    "-display", "none", "-no-user-config", "-nodefaults", "-chardev", `socket,id=charmonitor,path=${directory}/monitor.sock,server=on,wait=off`, "-mon", "chardev=charmonitor,id=monitor,mode=control", "-rtc", "base=utc", "-no-shutdown", "-boot", "strict=on",
  ];
  if (xml.textOf("on_reboot") === "destroy") argv.push("-no-reboot");
  argv.push(...state);
  const devices = xml.find("devices") ?? new Xml("devices");
  for (const controller of devices.all("controller")) {
    const model = controller.get("model");
    const place = pciProperties(controller, q35);
    if (model === "pcie-root-port") argv.push("-device", JSON.stringify({ driver: "pcie-root-port", port: 16, chassis: Number(controller.get("index")), id: `pci.${controller.get("index")}`, bus: "pcie.0", addr: `${place["addr"]}.${hex(Number(controller.at("address", "function") ?? 0))}` }));
    else if (model === "qemu-xhci") argv.push("-device", JSON.stringify({ driver: "qemu-xhci", p2: 15, p3: 15, id: "usb", ...place }));
    else if (model === "piix3-uhci") argv.push("-device", JSON.stringify({ driver: "piix3-usb-uhci", id: "usb", bus: "pci.0", addr: "0x1.0x2" }));
    else if (controller.get("type") === "virtio-serial") argv.push("-device", JSON.stringify({ driver: "virtio-serial-pci", id: "virtio-serial0", ...place }));
  }
  const boots = bootIndexes(xml);
  disksOf(xml).forEach((disk, index) => {
    const path = diskSource(disk);
    const number = index + 1;
    const bus = disk.at("target", "bus");
    const rom = disk.get("device") === "cdrom";
    const readOnly = disk.find("readonly") !== undefined;
    if (path !== undefined) {
      argv.push("-blockdev", JSON.stringify({ driver: "file", filename: path, "node-name": `libvirt-${number}-storage`, "auto-read-only": true, discard: "unmap" }));
      argv.push("-blockdev", JSON.stringify({ "node-name": `libvirt-${number}-format`, "read-only": readOnly, driver: disk.at("driver", "type") ?? "raw", file: `libvirt-${number}-storage` }));
    }
    const driver = bus === "virtio" ? "virtio-blk-pci" : bus === "scsi" ? (rom ? "scsi-cd" : "scsi-hd") : bus === "usb" ? "usb-storage" : bus === "fdc" ? "floppy" : rom ? "ide-cd" : "ide-hd";
    const boot = boots.get(disk);
    argv.push("-device", JSON.stringify({ driver, ...(bus === "virtio" ? pciProperties(disk, q35) : {}), ...(path === undefined ? {} : { drive: `libvirt-${number}-format` }), id: diskAlias(disk), ...(boot === undefined ? {} : { bootindex: boot }), ...(disk.textOf("serial") === undefined ? {} : { serial: disk.textOf("serial") }) }));
  });
  cardsOf(xml).forEach((card, index) => {
    const fd = taps.get(card);
    argv.push("-netdev", fd === undefined ? `user,id=hostnet${index}` : `tap,fd=${fd},id=hostnet${index}`);
    argv.push("-device", JSON.stringify({ driver: cardDrivers.get(card.at("model", "type") ?? "") ?? "rtl8139", netdev: `hostnet${index}`, id: `net${index}`, mac: card.at("mac", "address"), ...pciProperties(card, q35) }));
  });
  if (devices.all("serial").length > 0) argv.push("-chardev", "pty,id=charserial0", "-device", JSON.stringify({ driver: "isa-serial", chardev: "charserial0", id: "serial0", index: 0 }));
  devices.all("channel").forEach((channel, index) => {
    const name = channel.at("target", "name") ?? "";
    argv.push("-chardev", `socket,id=charchannel${index},path=${channel.at("source", "path") ?? channelPath(id, domain.name, name, directory.slice(0, directory.lastIndexOf("/")))},server=on,wait=off`, "-device", JSON.stringify({ driver: "virtserialport", bus: "virtio-serial0.0", nr: index + 1, chardev: `charchannel${index}`, id: `channel${index}`, name }));
  });
  devices.all("input").forEach((input, index) => {
    const driver = input.get("type") === "keyboard" ? "usb-kbd" : `usb-${input.get("type") ?? ""}`;
    if (input.get("bus") === "usb") argv.push("-device", JSON.stringify({ driver, id: `input${index}`, bus: "usb.0", port: input.at("address", "port") ?? String(index + 1) }));
  });
  devices.all("video").forEach((video) => {
    const model = video.at("model", "type");
    argv.push("-device", JSON.stringify({ driver: model === "qxl" ? "qxl-vga" : model === "cirrus" ? "cirrus-vga" : model === "virtio" ? "virtio-vga" : "VGA", id: "video0", ...pciProperties(video, q35) }));
  });
  if (devices.find("memballoon")?.get("model") === "virtio") argv.push("-device", JSON.stringify({ driver: "virtio-balloon-pci", id: "balloon0", ...pciProperties(devices.find("memballoon") ?? devices, q35) }));
  for (const rng of devices.all("rng")) argv.push("-object", JSON.stringify({ "qom-type": "rng-random", id: "objrng0", filename: rng.textOf("backend") ?? "/dev/urandom" }), "-device", JSON.stringify({ driver: "virtio-rng-pci", rng: "objrng0", id: "rng0", ...pciProperties(rng, q35) }));
  for (const argument of xml.find("qemu:commandline")?.all("qemu:arg") ?? []) argv.push(argument.get("value") ?? "");
  argv.push("-sandbox", "on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny", "-msg", "timestamp=on");
  return argv;
}

/** domxml-to-native: the environment, the program and its options, one a line. */
export function nativeCommand(xml: Xml): string {
  const name = xml.textOf("name") ?? "";
  const directory = `/var/lib/libvirt/qemu/domain--1-${name.slice(0, 20)}`;
  const [program = emulator, ...words] = commandLine({ name, uuid: xml.textOf("uuid") ?? "" }, -1, xml, new Map(), directory, []);
  const lines = ["LC_ALL=C", "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "USER=libvirt-qemu", `HOME=${directory}`, program];
  for (const word of words) {
    const shown = /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
    if (word.startsWith("-") || lines.at(-1)?.startsWith("-") !== true || lines.at(-1)?.includes(" ") === true) lines.push(shown);
    else lines.push(`${lines.pop()} ${shown}`);
  }
  return `${lines.join(" \\\n")}\n`;
}

export function diskAlias(disk: Xml): string {
  const bus = disk.at("target", "bus") ?? "";
  const address = disk.find("address");
  const dev = disk.at("target", "dev") ?? "";
  const index = dev.slice(2).split("").reduce((value, letter) => value * 26 + letter.charCodeAt(0) - 96, 0) - 1;
  if (bus === "virtio" || bus === "usb") return `${bus}-disk${index}`;
  if (bus === "sata") return `sata0-0-${address?.get("unit") ?? index}`;
  return `${bus}${address?.get("controller") ?? 0}-${address?.get("bus") ?? 0}-${address?.get("target") ?? 0}-${address?.get("unit") ?? index}`.replace(/^ide0-(\d)-0-(\d)$/, "ide0-$1-$2");
}

/** What the live XML says beyond the definition. */
function decorate(xml: Xml, taps: ReadonlyMap<Xml, string>, bridges: ReadonlyMap<Xml, string>, ptyPath: string | undefined, path: (port: string) => string, uuid: () => string, agentConnected: boolean): void {
  const devices = xml.find("devices");
  if (devices === undefined) return;
  const alias = (device: Xml, name: string): void => {
    if (device.find("alias") !== undefined) return;
    const address = device.children.findIndex((child) => child.name === "address");
    device.children.splice(address < 0 ? device.children.length : address, 0, new Xml("alias", { name }));
  };
  const counters = new Map<string, number>();
  const next = (kind: string): number => {
    const value = counters.get(kind) ?? 0;
    counters.set(kind, value + 1);
    return value;
  };
  for (const device of devices.children) {
    switch (device.name) {
      case "disk": {
        device.find("source")?.set("index", String(next("disk") + 1));
        const target = device.children.findIndex((child) => child.name === "target");
        if (device.find("backingStore") === undefined && device.get("device") === "disk") device.children.splice(target, 0, new Xml("backingStore"));
        alias(device, diskAlias(device));
        break;
      }
      case "controller": {
        const type = device.get("type") ?? "";
        const index = device.get("index") ?? "0";
        alias(device, type === "usb" ? "usb" : type === "pci" ? (index === "0" ? (device.get("model") === "pcie-root" ? "pcie.0" : "pci.0") : `pci.${index}`) : type === "ide" || type === "sata" ? type : `${type}${index}`);
        break;
      }
      case "interface": {
        const tap = taps.get(device);
        if (tap !== undefined) {
          device.children.splice(2, 0, new Xml("target", { dev: tap }));
          const source = device.find("source");
          if (device.get("type") === "network" && source !== undefined) source.set("portid", uuid()).set("bridge", bridges.get(device) ?? "");
        }
        alias(device, `net${next("net")}`);
        break;
      }
      case "serial":
      case "console":
        if (device.name === "console") device.set("tty", ptyPath ?? "");
        if (ptyPath !== undefined && device.find("source") === undefined) device.children.unshift(new Xml("source", { path: ptyPath }));
        alias(device, "serial0");
        break;
      case "channel":
        if (device.get("type") === "unix") {
          if (device.find("source") === undefined) device.children.unshift(new Xml("source", { mode: "bind" }));
          const source = device.find("source");
          if (source?.get("path") === undefined) source?.set("path", path(device.at("target", "name") ?? ""));
        }
        device.find("target")?.set("state", agentConnected && device.at("target", "name") === AGENT_PORT ? "connected" : "disconnected");
        alias(device, `channel${next("channel")}`);
        break;
      case "input":
        alias(device, `input${next("input")}`);
        break;
      case "video": case "sound": case "rng": case "watchdog":
        alias(device, `${device.name}${next(device.name)}`);
        break;
      case "memballoon":
        alias(device, "balloon0");
        break;
      default:
    }
  }
}

export interface StartOptions {
  readonly paused?: boolean;
  readonly reason?: string;
  /** a saved state: where QEMU's stream begins in which file */
  readonly restore?: { readonly path: string; readonly at: number } | undefined;
  /** the internal snapshot of a running domain to go on from */
  readonly loadSnapshot?: string | undefined;
}

/** `definition`: what to start, not yet decorated. Errors: VirError; nothing is left behind. */
export function* startDomain(sys: Sys, engine: Engine, domain: Domain, definition: Xml, options: StartOptions = {}): Blocking<void> {
  const xml = definition.clone();
  const id = engine.nextDomainId;
  if (engine.mock) {
    engine.nextDomainId++;
    yield* sys.preempt();
    Object.assign(domain, { id, live: xml, state: options.paused === true ? "paused" : "running", reason: options.paused === true ? "user" : (options.reason ?? "booted") });
    domain.monitor = QemuMonitor.mock((reason) => {
      Object.assign(domain, { monitor: undefined, live: undefined, id: undefined, state: "shut off", reason });
      if (domain.definition === undefined) engine.domains.delete(domain.name);
    });
    return;
  }
  const directory = `${engine.paths.state}/domain-${id}-${domain.name.slice(0, 20)}`;
  if (xml.get("type") === "kvm") {
    if (!kvmUsable(sys)) throw new VirError("unsupported", "Emulator '/usr/bin/qemu-system-x86_64' does not support virt type 'kvm'");
  }
  const cpu = xml.find("cpu");
  if (cpu?.get("mode") === "host-model" && xml.get("type") === "kvm") xml.children[xml.children.indexOf(cpu)] = withOwnFeatures(hostModel(yield* hostCpu(sys)), cpu);
  for (const disk of disksOf(xml)) {
    const path = diskSource(disk);
    if (path === undefined) continue;
    try {
      sys.stat(path);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      throw new VirError("plain", `Cannot access storage file '${path}': ${error.message}`);
    }
    for (const other of engine.domains.values()) {
      if (other === domain || other.live === undefined || disk.find("shareable") !== undefined || disk.find("readonly") !== undefined) continue;
      if (disksOf(other.live).some((one) => diskSource(one) === path && one.find("readonly") === undefined)) throw new VirError("internal", `process exited while connecting to monitor: ${logTime(sys)}qemu-system-x86_64: -blockdev {"node-name":"libvirt-1-format","read-only":false,"driver":"${disk.at("driver", "type")}","file":"libvirt-1-storage","backing":null}: Failed to get "write" lock\nIs another process using the image [${path}]?`);
    }
  }
  const tapFds = new Map<Xml, number>();
  const tapNames = new Map<Xml, string>();
  const bridges = new Map<Xml, string>();
  const opened: number[] = [];
  let monitor: QemuMonitor | undefined;
  try {
    for (const card of cardsOf(xml)) {
      const bridge = bridgeOf(engine, card);
      if (bridge === undefined) continue;
      const tap = yield* openTap(sys, engine, card.at("mac", "address") ?? "", bridge);
      opened.push(tap.fd);
      tapFds.set(card, firstPassedFd + tapFds.size);
      tapNames.set(card, tap.name);
      applyFilter(sys, engine, card, tap.name);
      applyBandwidth(sys, card, tap.name);
      bridges.set(card, bridge);
    }
    const { uid, gid, kvm } = yield* qemuAccount(sys);
    const isOwn = sys.getcred().euid !== 0;
    makeDirectories(sys, directory, 0o750);
    sys.chown(directory, uid, gid);
    const channels = channelPath(id, domain.name, "", engine.paths.state).slice(0, -1);
    makeDirectories(sys, channels.slice(0, channels.lastIndexOf("/")), 0o755);
    makeDirectories(sys, channels, 0o750);
    sys.chown(channels, uid, gid);
    makeDirectories(sys, engine.paths.run);
    yield* chownDisks(sys, xml, uid, gid);
    const stateFd = firstPassedFd + opened.length;
    if (options.restore !== undefined) {
      const fd = yield* sys.open(options.restore.path, O.RDONLY);
      sys.lseek(fd, options.restore.at, "set");
      opened.push(fd);
    }
    const argv = commandLine(domain, id, xml, tapFds, directory, [...(options.restore === undefined ? [] : ["-incoming", `fd:${stateFd}`]), ...(options.loadSnapshot === undefined ? [] : ["-loadvm", options.loadSnapshot])]);
    const scope = `${scopeSlice}/machine-qemu\\x2d${id}\\x2d${domain.name.replaceAll("-", "\\x2d")}.scope`;
    let cgroup: string | undefined = scope;
    try {
      makeDirectories(sys, scope);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      cgroup = undefined;
    }
    const log = `${engine.paths.log}/${domain.name}.log`;
    makeDirectories(sys, engine.paths.log);
    const [pidRead, pidWrite] = sys.pipe();
    // twice: the guest's process belongs to PID 1 and outlives this daemon
    const launcher = sys.fork(function* launch(middle) {
      const pid = middle.fork(function* guest(child) {
        child.setsid();
        const logFd = yield* child.open(log, O.WRONLY | O.CREAT | O.APPEND, 0o600);
        const nullFd = yield* child.open("/dev/null", O.RDONLY);
        const moved = opened.map((fd) => child.dup(fd, 100));
        child.dup2(nullFd, 0);
        child.dup2(logFd, 1);
        child.dup2(logFd, 2);
        for (const fd of child.descriptors()) if (fd > 2 && !moved.includes(fd)) child.close(fd);
        moved.forEach((fd, index) => {
          child.dup2(fd, firstPassedFd + index);
          child.close(fd);
        });
        if (!isOwn) {
          child.setgroups([kvm, gid]);
          child.setresgid(gid, gid, gid);
          child.setresuid(uid, uid, uid);
        }
        child.chdir("/");
        return yield* child.exec(emulator, argv, new Map([["LC_ALL", "C"], ["PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"], ["USER", isOwn ? (sys.environment.get("USER") ?? "") : "libvirt-qemu"], ["HOME", isOwn ? (sys.environment.get("HOME") ?? directory) : directory]]));
      }, cgroup === undefined ? {} : { cgroup: cgroup.slice("/sys/fs/cgroup".length) });
      yield* middle.write(pidWrite, new Uint8Array([pid & 255, (pid >> 8) & 255, (pid >> 16) & 255]));
      return 0;
    });
    sys.close(pidWrite);
    const bytes = yield* sys.read(pidRead, 3);
    sys.close(pidRead);
    yield* sys.waitpid(launcher);
    const pid = (bytes[0] ?? 0) + (bytes[1] ?? 0) * 256 + (bytes[2] ?? 0) * 65_536;
    const alive = (): boolean => {
      try {
        sys.kill(pid, 0);
        return true;
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        return false;
      }
    };
    monitor = yield* QemuMonitor.connect(sys, `${directory}/monitor.sock`, alive);
    if (monitor === undefined) {
      const said = ((yield* tryReadFile(sys, log)) ?? "").trim().split("\n").slice(-2).join("\n");
      yield* chownDisks(sys, xml, 0, 0);
      throw new VirError("internal", `process exited while connecting to monitor: ${logTime(sys)}${said}`);
    }
    const connected = monitor;
    engine.nextDomainId++;
    domain.id = id;
    domain.pid = pid;
    domain.monitor = connected;
    domain.live = xml;
    domain.state = "paused";
    domain.ending = undefined;
    domain.agentConnected = false;
    domain.agentBusy = false;
    domain.taps.splice(0, domain.taps.length, ...tapNames.values());
    yield* tryWriteFile(sys, `${domain.paths.run}/${domain.name}.pid`, String(pid));
    watchDomain(engine, domain, connected, xml, directory, cgroup);
    yield* connected.execute(sys, "qmp_capabilities");
    const ptys = yield* connected.execute(sys, "query-chardev");
    domain.agentConnected = agentListens(ptys);
    const ptyPath = rows(ptys).map((one) => textAt(one, "filename")).find((name) => name.startsWith("pty:"))?.slice(4);
    decorate(xml, tapNames, bridges, ptyPath, (port) => channelPath(id, domain.name, port, engine.paths.state), () => engine.newUuid(sys), domain.agentConnected);
    xml.set("id", String(id));
    const namespace = xml.get("xmlns:qemu");
    if (namespace !== undefined) {
      // it stands last
      xml.attributes.delete("xmlns:qemu");
      xml.set("xmlns:qemu", namespace);
    }
    if (xml.find("seclabel") === undefined && !isOwn) xml.children.push(new Xml("seclabel", { type: "dynamic", model: "dac", relabel: "yes" }, [new Xml("label", {}, `+${uid}:+${gid}`), new Xml("imagelabel", {}, `+${uid}:+${gid}`)]));
    xml.trim();
    yield* tryWriteFile(sys, `${domain.paths.run}/${domain.name}.xml`, new Xml("domstatus", { pid: String(pid), directory, cgroup: cgroup ?? "" }, [xml]).format());
    yield* engine.events.domain(sys, domain.name, `Started ${options.restore !== undefined ? "Restored" : options.loadSnapshot !== undefined ? "Snapshot" : "Booted"}`);
    if (options.paused === true) {
      domain.reason = "user";
      yield* engine.events.domain(sys, domain.name, "Suspended Paused");
    } else {
      for (const disk of disksOf(xml)) if (disk.find("iotune") !== undefined) yield* setDiskLimits(sys, connected, disk);
      if (xml.find("cputune") !== undefined) yield* setProcessorShare(sys, connected, xml);
      yield* connected.execute(sys, "cont");
      domain.state = "running";
      domain.reason = options.reason ?? "booted";
    }
    yield* saveStatus(sys, domain);
  } finally {
    for (const fd of opened) sys.close(fd);
  }
}

/** Of query-chardev: somebody in the guest has the channel open (qemuProcessRefreshChannelVirtioState). */
function agentListens(answer: unknown): boolean {
  return rows(answer).some((one) => textAt(one, "label").startsWith("charchannel") && flagAt(one, "frontend-open"));
}

/** <iotune> of a disk, as it is now. */
export function* setDiskLimits(sys: Sys, monitor: QemuMonitor, disk: Xml): Blocking<void> {
  const limits: Record<string, number> = {};
  for (const [name, key] of [["total_bytes_sec", "bps"], ["read_bytes_sec", "bps_rd"], ["write_bytes_sec", "bps_wr"], ["total_iops_sec", "iops"], ["read_iops_sec", "iops_rd"], ["write_iops_sec", "iops_wr"]] as const) limits[key] = Number(disk.textOf(`iotune/${name}`) ?? 0);
  yield* monitor.execute(sys, "block_set_io_throttle", { id: diskAlias(disk), ...limits });
}

/** Quotas of <cputune>: each processor of the guest has a group of its own with that quota, all of them and the emulator one more. */
export function* setProcessorShare(sys: Sys, monitor: QemuMonitor, xml: Xml): Blocking<void> {
  const fraction = (quota: string, period: string, processors: number): number => {
    const value = Number(xml.textOf(`cputune/${quota}`) ?? -1);
    return value > 0 && value < 1e12 ? Math.min(1, value / Number(xml.textOf(`cputune/${period}`) ?? 100_000) / processors) : 1;
  };
  yield* monitor.execute(sys, "x-set-share", { value: Math.min(fraction("quota", "period", 1), fraction("global_quota", "global_period", vcpusOf(xml).current)) });
}

/** A thread that hears what the guest's process says, until it ends. */
function watchDomain(engine: Engine, domain: Domain, monitor: QemuMonitor, xml: Xml, directory: string, cgroup: string | undefined): void {
  engine.main.fork(function* watch(thread) {
    yield* monitor.read(thread, function* heard({ event, data }) {
      if (event === "SHUTDOWN" && data.get("guest") === true) {
        domain.ending = "shutdown";
        yield* engine.events.domain(thread, domain.name, "Shutdown Finished after guest request");
      } else if (event === "RESET") yield* engine.events.domain(thread, domain.name, "", "reboot");
      else if (event === "VSERPORT_CHANGE") {
        domain.agentConnected = data.get("open") === true;
        const port = domain.live?.find("devices")?.all("channel").find((one) => one.at("target", "name") === AGENT_PORT);
        port?.find("target")?.set("state", domain.agentConnected ? "connected" : "disconnected");
        yield* engine.events.domain(thread, domain.name, `state: '${domain.agentConnected ? "connected" : "disconnected"}' reason: 'channel event'`, "agent-lifecycle");
      } else if (event === "GUEST_PANICKED") {
        domain.ending = "crashed";
        if (xml.textOf("on_crash") === "preserve") {
          domain.state = "crashed";
          domain.reason = "panicked";
        } else thread.kill(domain.pid, 15);
      }
      if (thread.charge(1)) yield* thread.preempt();
    });
    yield* ended(thread, engine, domain, monitor, xml, directory, cgroup);
    return 0;
  }, { thread: true });
}

/** After a device came or went, or its state changed: whoever finds the guest again knows it as it is now. */
export function* saveStatus(sys: Sys, domain: Domain): Blocking<void> {
  const path = `${domain.paths.run}/${domain.name}.xml`;
  const text = yield* tryReadFile(sys, path);
  if (text === undefined || domain.live === undefined) return;
  try {
    const { attributes } = parseXml(text);
    yield* tryWriteFile(sys, path, new Xml("domstatus", { ...Object.fromEntries(attributes), state: domain.state, reason: domain.reason }, [domain.live]).format());
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
  }
}

/** Guests that run on while the daemon was away (KillMode=process): their status files say where to find them. */
export function* reconnectDomains(sys: Sys, engine: Engine): Blocking<void> {
  for (const file of names(sys, engine.paths.run)) {
    if (!file.endsWith(".xml")) continue;
    const text = yield* tryReadFile(sys, `${engine.paths.run}/${file}`);
    let status: Xml;
    try {
      status = parseXml(text ?? "");
    } catch {
      continue;
    }
    const xml = status.find("domain");
    const pid = Number(status.get("pid"));
    const directory = status.get("directory") ?? "";
    if (xml === undefined) continue;
    try {
      sys.kill(pid, 0);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      sys.unlink(`${engine.paths.run}/${file}`);
      continue;
    }
    const monitor = yield* QemuMonitor.connect(sys, `${directory}/monitor.sock`, () => true);
    if (monitor === undefined) continue;
    const name = xml.textOf("name") ?? "";
    const known = engine.domains.get(name);
    const domain = known ?? engine.newDomain(name, xml.textOf("uuid") ?? "");
    engine.domains.set(name, domain);
    if (known === undefined) yield* loadSnapshots(sys, domain);
    const id = Number(xml.get("id"));
    Object.assign(domain, { id, pid, monitor, live: xml, state: status.get("state") === "paused" ? "paused" : "running", reason: status.get("reason") ?? "booted", ending: undefined });
    engine.nextDomainId = Math.max(engine.nextDomainId, id + 1);
    for (const card of cardsOf(xml)) {
      const tap = /^vnet(\d+)$/.exec(card.at("target", "dev") ?? "");
      if (tap !== null) engine.nextTap = Math.max(engine.nextTap, Number(tap[1]) + 1);
    }
    const cgroup = status.get("cgroup");
    watchDomain(engine, domain, monitor, xml, directory, cgroup === "" ? undefined : cgroup);
    // one that was stopped (SIGSTOP) answers when it goes on
    if (yield* isStopped(sys, pid)) engine.main.fork(function* later(thread) {
      while (yield* isStopped(thread, pid)) yield* thread.sleep(1_000_000);
      if (!monitor.closed) yield* greet(thread, domain, monitor);
      return 0;
    }, { thread: true });
    else yield* greet(sys, domain, monitor);
  }
}

function* isStopped(sys: Sys, pid: number): Blocking<boolean> {
  return ((yield* tryReadFile(sys, `/proc/${pid}/stat`)) ?? "").includes(") T ");
}

/** What only the process itself knows. */
function* greet(sys: Sys, domain: Domain, monitor: QemuMonitor): Blocking<void> {
  try {
    yield* monitor.execute(sys, "qmp_capabilities");
    domain.agentConnected = agentListens(yield* monitor.execute(sys, "query-chardev"));
    const answer = yield* monitor.execute(sys, "query-status");
    if (typeof answer === "object" && answer !== null && "running" in answer && answer.running === false && domain.state !== "paused") {
      domain.state = "paused";
      domain.reason = "user";
    }
  } catch (error) {
    // it ended meanwhile
    if (!(error instanceof VirError)) throw error;
  }
}

/** How QEMU begins a line of its log (-msg timestamp=on): microseconds, UTC. */
function logTime(sys: Sys): string {
  const epochUs = sys.clockUs("realtime");
  const microseconds = epochUs % 1_000_000;
  return `${rfc3339(epochUs - microseconds).slice(0, -1)}.${String(microseconds).padStart(6, "0")}Z `;
}

const stopWords = new Map([["shutdown", "Shutdown"], ["destroyed", "Destroyed"], ["crashed", "Crashed"], ["saved", "Saved"], ["from snapshot", "Snapshot"], ["migrated", "Migrated"]]);

/** The process is gone, however it went. */
function* ended(sys: Sys, engine: Engine, domain: Domain, monitor: QemuMonitor, xml: Xml, directory: string, cgroup: string | undefined): Blocking<void> {
  // somebody may have started it again already
  if (domain.monitor !== monitor) return;
  domain.monitor = undefined;
  domain.live = undefined;
  domain.id = undefined;
  domain.agentConnected = false;
  domain.state = "shut off";
  domain.reason = domain.ending ?? "crashed";
  domain.pid = 0;
  domain.jobs.clear();
  yield* engine.events.domain(sys, domain.name, `Stopped ${stopWords.get(domain.reason) ?? "Failed"}`);
  domain.taps.splice(0);
  // taps of cards that were plugged in later do not go with their process
  for (const card of cardsOf(xml)) {
    const tap = sys.rtnetlink({ op: "link-list" }).find((link) => link.name === card.at("target", "dev") && link.name.startsWith("vnet"));
    if (tap !== undefined) sys.rtnetlink({ op: "link-delete", index: tap.index });
  }
  yield* chownDisks(sys, xml, 0, 0);
  for (const path of [`${directory}/monitor.sock`, `${domain.paths.run}/${domain.name}.pid`, `${domain.paths.run}/${domain.name}.xml`]) {
    try {
      sys.unlink(path);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }
  if (domain.definition === undefined) yield* engine.forgetDomain(sys, domain);
  // its monitor may be gone before PID 1 has reaped it: until then its group is busy
  for (let tries = 0; cgroup !== undefined && tries < 100; tries++) {
    try {
      sys.rmdir(cgroup);
      break;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      if (error.errno !== "EBUSY") break;
      yield* sys.sleep(10_000);
    }
  }
}

/** Ends the process and waits until it is gone. */
export function* stopDomain(sys: Sys, domain: Domain, reason: string, force = true): Blocking<void> {
  const { pid, monitor } = domain;
  if (monitor?.endMock(reason) === true) return;
  domain.ending = reason;
  const gone = (): boolean => domain.monitor !== monitor;
  try {
    sys.kill(pid, 15);
    for (let waited = 0; waited < 500 && !gone(); waited++) yield* sys.sleep(10_000);
    if (!gone() && force) sys.kill(pid, 9);
    for (let waited = 0; waited < 500 && !gone(); waited++) yield* sys.sleep(10_000);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    for (let waited = 0; waited < 100 && !gone(); waited++) yield* sys.sleep(1000);
  }
}
