// udevadm trigger and monitor: who triggers handles the event and tells it to the monitors, which have a socket each below /run/udev/monitor.
import { type Blocking, decode, encode, SIGNALS, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { compileFnmatch } from "../kit/fnmatch.ts";
import { flag, type Io, optionalText, text, texts } from "../kit/gnu.ts";
import { readRecord } from "./_database.ts";
import { type Device, deviceAt, deviceOfNode, propertiesOf } from "./_device.ts";
import { everyDevice, handleEvent, tell } from "./_event.ts";
import { readRules } from "./_rules.ts";
import { udevadmVerb } from "./_udevadm.ts";

const MONITORS = "/run/udev/monitor";
const ACTIONS = ["add", "remove", "change", "move", "online", "offline", "bind", "unbind"];

interface Told {
  readonly source: "KERNEL" | "UDEV";
  readonly atUs: number;
  readonly action: string;
  readonly path: string;
  readonly subsystem: string;
  readonly type: string;
  readonly tags: readonly string[];
  readonly properties: readonly (readonly [string, string])[];
}

function monitorsOf(sys: Sys): readonly string[] {
  try {
    return sys.readdir(MONITORS).map((entry) => `${MONITORS}/${entry.name}`);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    return [];
  }
}

function* announce(sys: Sys, monitors: readonly string[], device: Device, action: string, source: Told["source"]): Blocking<void> {
  const properties = source === "UDEV" ? [...(yield* propertiesOf(sys, device))] : [["DEVPATH", device.path] as const, ["SUBSYSTEM", device.subsystem ?? ""] as const, ...device.uevent];
  const told: Told = { source, atUs: sys.clockUs("monotonic"), action, path: device.path, subsystem: device.subsystem ?? "", type: device.uevent.get("DEVTYPE") ?? "", tags: source === "UDEV" ? (yield* readRecord(sys, device)).tags : [], properties: [["ACTION", action], ...properties] };
  for (const path of monitors) {
    const fd = sys.socket("unix", "dgram");
    try {
      yield* sys.sendto(fd, encode(JSON.stringify(told)), { family: "unix", path });
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    sys.close(fd);
  }
}

export const trigger = udevadmVerb({
  name: "trigger", summary: "have the kernel announce devices again", synopsis: ["[OPTIONS] DEVPATH"],
  options: {
    verbose: flag(["-v", "--verbose"], "print the devices"), dryRun: flag(["-n", "--dry-run"], "make no events"), quiet: flag(["-q", "--quiet"], "no messages of failures"), type: text(["-t", "--type"], "TYPE", "devices, subsystems or all"), action: text(["-c", "--action"], "ACTION|help", "the event's action (change)"),
    subsystem: texts(["-s", "--subsystem-match"], "SUBSYSTEM", "devices of these subsystems"), notSubsystem: texts(["-S", "--subsystem-nomatch"], "SUBSYSTEM", "not those of these"), attribute: texts(["-a", "--attr-match"], "FILE[=VALUE]", "devices with this attribute"), notAttribute: texts(["-A", "--attr-nomatch"], "FILE[=VALUE]", "devices without it"),
    property: texts(["-p", "--property-match"], "KEY=VALUE", "devices with this property"), tag: texts(["-g", "--tag-match"], "TAG", "devices with this tag"), name: texts(["-y", "--sysname-match"], "NAME", "devices with this name below /sys"), node: texts(["--name-match"], "NAME", "the device of this node"), parent: texts(["-b", "--parent-match"], "NAME", "devices below this one"),
    initialised: flag(["--initialized-match"], "devices that udev knows"), notInitialised: flag(["--initialized-nomatch"], "devices that it does not know"), settle: flag(["-w", "--settle"], "wait until the events are over"), daemon: optionalText(["--wait-daemon"], "SECONDS", "wait for the daemon first"), uuid: flag(["--uuid"], "print the event's number"), first: text(["--prioritized-subsystem"], "SUBSYSTEM", "these first"),
  },
  *run({ options, operands, sys }, io: Io) {
    const action = options.action ?? "change";
    if (action === "help") {
      io.out.put(ACTIONS.toSorted().map((one) => `${one}\n`).join(""));
      return 0;
    }
    if (!ACTIONS.includes(action)) {
      yield* io.stderr(`Unknown action '${action}'\n`);
      return 1;
    }
    if (options.type !== undefined && !["devices", "subsystems", "all"].includes(options.type)) {
      yield* io.stderr(`Unknown type --type=${options.type}\n`);
      return 1;
    }
    const monitors = monitorsOf(sys);
    const { rules, problems } = yield* readRules(sys);
    // nothing would be seen of it: the boot asks for all devices
    if (rules.length === 0 && problems.length === 0 && monitors.length === 0 && !options.verbose && operands.length === 0 && options.node.length === 0) return 0;
    for (const { file, line, message } of problems) yield* tell(sys, `${file}:${line} ${message}`);
    const wanted: Device[] = [];
    for (const word of [...operands, ...options.node, ...options.parent]) {
      const device = (word.startsWith("/sys/") ? yield* deviceAt(sys, word) : undefined) ?? (yield* deviceOfNode(sys, word)) ?? (yield* deviceAt(sys, word));
      if (device === undefined) {
        yield* io.stderr(`Failed to open the device '${word}': No such device\n`);
        return 1;
      }
      wanted.push(device);
    }
    const below = options.parent.length > 0;
    const fits = function* (device: Device): Blocking<boolean> {
      if (wanted.length > 0 && !wanted.some((one) => one.path === device.path || (below && device.path.startsWith(`${one.path}/`)))) return false;
      const any = (patterns: readonly string[], value: string): boolean => patterns.some((pattern) => compileFnmatch(pattern)(value));
      if (options.subsystem.length > 0 && !any(options.subsystem, device.subsystem ?? "")) return false;
      if (any(options.notSubsystem, device.subsystem ?? "")) return false;
      if (options.name.length > 0 && !any(options.name, device.name)) return false;
      for (const [list, has] of [[options.attribute, true], [options.notAttribute, false]] as const) {
        for (const one of list) {
          const [name = "", value] = one.split("=");
          const found = (yield* readTextFile(sys, `/sys${device.path}/${name}`))?.trim();
          if ((found !== undefined && (value === undefined || compileFnmatch(value)(found))) !== has) return false;
        }
      }
      if (options.property.length > 0) {
        const properties = yield* propertiesOf(sys, device);
        if (!options.property.some((one) => compileFnmatch(one.slice(one.indexOf("=") + 1))(properties.get(one.slice(0, one.indexOf("="))) ?? ""))) return false;
      }
      if (options.tag.length > 0) {
        const tags = (yield* propertiesOf(sys, device)).get("TAGS")?.split(":") ?? [];
        if (!options.tag.every((tag) => tags.includes(tag))) return false;
      }
      return !options.notInitialised;
    };
    let status = 0;
    const found: Device[] = [];
    yield* everyDevice(sys, function* (device) {
      if (yield* fits(device)) found.push(device);
    });
    if (options.type === "subsystems") return 0;
    for (const device of found) {
      if (options.verbose) io.out.put(`/sys${device.path}\n`);
      if (options.dryRun) continue;
      if (sys.getcred().euid !== 0) {
        status = 1;
        if (!options.quiet) yield* io.stderr(`${device.name}: Failed to write '${action}' to '/sys${device.path}/uevent': Permission denied\n`);
        continue;
      }
      yield* announce(sys, monitors, device, action, "KERNEL");
      if (action !== "remove") yield* handleEvent(sys, device, action, rules, false);
      yield* announce(sys, monitors, device, action, "UDEV");
    }
    return status;
  },
});

export const monitor = udevadmVerb({
  name: "monitor", summary: "print events while they happen", synopsis: ["[OPTIONS]"],
  options: { property: flag(["-p", "--property", "-e", "--environment"], "print the properties"), kernel: flag(["-k", "--kernel"], "the kernel's events"), udev: flag(["-u", "--udev"], "udev's events"), subsystem: texts(["-s", "--subsystem-match"], "SUBSYSTEM[/DEVTYPE]", "of these subsystems only"), tag: texts(["-t", "--tag-match"], "TAG", "with these tags only") },
  *run({ options, sys }, io: Io) {
    const both = !options.kernel && !options.udev;
    const path = `${MONITORS}/${sys.getpid()}`;
    for (const directory of ["/run/udev", MONITORS]) {
      try {
        sys.mkdir(directory, 0o755);
        if (directory === MONITORS) sys.chmod(directory, 0o1777);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
    }
    const fd = sys.socket("unix", "dgram");
    let bound = true;
    try {
      sys.bind(fd, { family: "unix", path });
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      bound = false;
    }
    io.out.put(`monitor will print the received events for:\n${both || options.udev ? "UDEV - the event which udev sends out after rule processing\n" : ""}${both || options.kernel ? "KERNEL - the kernel uevent\n" : ""}\n`);
    yield* io.out.flush();
    for (const signal of [SIGNALS.TERM, SIGNALS.INT]) sys.sigaction(signal, "catch");
    try {
      for (;;) {
        if (!bound) yield* sys.pause();
        const { source, atUs, action, path: device, subsystem, type, tags, properties } = JSON.parse(decode((yield* sys.recvfrom(fd, 65_536)).bytes)) as Told;
        if (!both && !(source === "KERNEL" ? options.kernel : options.udev)) continue;
        if (options.subsystem.length > 0 && !options.subsystem.some((one) => one === subsystem || one === `${subsystem}/${type}`)) continue;
        if (options.tag.length > 0 && !options.tag.some((one) => tags.includes(one))) continue;
        io.out.put(`${source.padEnd(6)}[${Math.floor(atUs / 1e6)}.${String(Math.floor(atUs % 1e6)).padStart(6, "0")}] ${action.padEnd(8)} ${device} (${subsystem})\n`);
        if (options.property) io.out.put(`${properties.map(([name, value]) => `${name}=${value}\n`).join("")}\n`);
        yield* io.out.flush();
      }
    } catch (error) {
      if (!(error instanceof SysError) || error.errno !== "EINTR") throw error;
      sys.takeSignals();
    } finally {
      if (bound) sys.unlink(path);
    }
    return 0;
  },
});
