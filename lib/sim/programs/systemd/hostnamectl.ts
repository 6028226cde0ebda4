// hostnamectl: the host's names and what it is (hostnamectl(1); what hostnamed takes and refuses is that of systemd 252).
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { tryReadFile, writeFile } from "../../daemons/systemd/api/files.ts";
import { bootId } from "../../daemons/systemd/api/journal.ts";
import { detectContainer, detectVirtualMachine } from "../../daemons/systemd/api/virtualization.ts";
import { JsonNumber, jsonText } from "../kit/dbus/values.ts";
import { flag, type Io, text, unsimulated } from "../kit/gnu.ts";
import { complain, connect, startAgent, systemdTool } from "./_systemd.ts";
import { fitsVerb, type VerbLimits } from "./_verbs.ts";

/** hostnamed shows model names with characters outside a safe set replaced. */
const cleaned = (value: string): string => value.trim().replace(/[^A-Za-z0-9 .,+\-_/:@]/g, "_");

const chassisGlyphs: ReadonlyMap<string, string> = new Map([["vm", "🖴"], ["container", "☐"], ["laptop", "💻"], ["desktop", "🖥️"], ["server", "🖳"]]);

function* machineInfo(sys: Sys, key: string): Blocking<string> {
  for (const line of ((yield* tryReadFile(sys, "/etc/machine-info")) ?? "").split("\n")) if (line.startsWith(`${key}=`)) return line.slice(key.length + 1).replace(/^"(.*)"$/, "$1");
  return "";
}

const fixedName = function* (sys: Sys): Blocking<string> {
  return ((yield* tryReadFile(sys, "/etc/hostname")) ?? "").trim();
};

/** What hostnamed takes the machine for: said in machine-info, else told by the virtualisation. */
function* kindOfMachine(sys: Sys): Blocking<{ readonly chassis: string; readonly icon: string; readonly virtual: string }> {
  const container = yield* detectContainer(sys);
  const virtual = container === "none" ? yield* detectVirtualMachine(sys) : container;
  const chassis = (yield* machineInfo(sys, "CHASSIS")) || (container !== "none" ? "container" : virtual === "none" ? "desktop" : "vm");
  return { chassis, icon: (yield* machineInfo(sys, "ICON_NAME")) || `computer-${chassis}`, virtual };
}

function* hardware(sys: Sys, file: string, override: string): Blocking<string> {
  return (override === "" ? "" : yield* machineInfo(sys, override)) || cleaned((yield* tryReadFile(sys, `/sys/class/dmi/id/${file}`)) ?? "");
}

const releaseOf = (text: string, key: string): string | undefined => new RegExp(`^${key}="?([^"\\n]*)"?$`, "m").exec(text)?.[1];

function* status(sys: Sys, io: Io): Blocking<number> {
  const rows: (readonly [string, string])[] = [];
  const fixed = yield* fixedName(sys);
  const transient = sys.uname().nodename;
  const pretty = yield* machineInfo(sys, "PRETTY_HOSTNAME");
  rows.push(["Static hostname", fixed === "" ? "(unset)" : fixed]);
  if (pretty !== "") rows.push(["Pretty hostname", pretty]);
  if (transient !== fixed) rows.push(["Transient hostname", transient]);
  const { chassis, icon, virtual } = yield* kindOfMachine(sys);
  rows.push(["Icon name", icon]);
  const glyph = chassisGlyphs.get(chassis);
  rows.push(["Chassis", glyph === undefined ? chassis : `${chassis} ${glyph}`]);
  for (const [key, label] of [["DEPLOYMENT", "Deployment"], ["LOCATION", "Location"]] as const) {
    const value = yield* machineInfo(sys, key);
    if (value !== "") rows.push([label, value]);
  }
  const machineId = ((yield* tryReadFile(sys, "/etc/machine-id")) ?? "").trim();
  if (/^[0-9a-f]{32}$/.test(machineId)) rows.push(["Machine ID", machineId]);
  const boot = yield* bootId(sys);
  if (boot !== "") rows.push(["Boot ID", boot]);
  if (virtual !== "none") rows.push(["Virtualization", virtual]);
  const release = (yield* tryReadFile(sys, "/etc/os-release")) ?? "";
  const name = releaseOf(release, "PRETTY_NAME");
  if (name !== undefined) rows.push(["Operating System", name]);
  rows.push(["Kernel", `${sys.uname().sysname} ${sys.uname().release}`], ["Architecture", "x86-64"]);
  for (const [file, label, key] of [["sys_vendor", "Hardware Vendor", "HARDWARE_VENDOR"], ["product_name", "Hardware Model", "HARDWARE_MODEL"], ["bios_version", "Firmware Version", ""]] as const) {
    const value = yield* hardware(sys, file, key);
    if (value !== "") rows.push([label, value]);
  }
  const width = Math.max(...rows.map(([label]) => label.length));
  for (const [label, value] of rows) io.out.put(`${label.padStart(width)}: ${value}\n`);
  return 0;
}

/** hostname1's Describe: what is not known is null; numbers of the firmware are for root alone. */
function* describe(sys: Sys, io: Io, pretty: boolean): Blocking<number> {
  const fixed = yield* fixedName(sys);
  const kernel = sys.uname();
  const { chassis, icon } = yield* kindOfMachine(sys);
  const release = (yield* tryReadFile(sys, "/etc/os-release")) ?? "";
  const root = sys.getcred().euid === 0;
  const serial = root ? ((yield* tryReadFile(sys, "/sys/class/dmi/id/product_serial")) ?? "").trim() : "";
  const uuid = root ? ((yield* tryReadFile(sys, "/sys/class/dmi/id/product_uuid")) ?? "").trim().replaceAll("-", "") : "";
  const facts: readonly (readonly [string, string | undefined])[] = [
    ["Hostname", kernel.nodename], ["StaticHostname", fixed], ["PrettyHostname", yield* machineInfo(sys, "PRETTY_HOSTNAME")], ["DefaultHostname", "localhost"], ["HostnameSource", fixed === kernel.nodename ? "static" : "transient"],
    ["IconName", icon], ["Chassis", chassis], ["Deployment", yield* machineInfo(sys, "DEPLOYMENT")], ["Location", yield* machineInfo(sys, "LOCATION")],
    ["KernelName", kernel.sysname], ["KernelRelease", kernel.release], ["KernelVersion", kernel.version],
    ["OperatingSystemPrettyName", releaseOf(release, "PRETTY_NAME")], ["OperatingSystemCPEName", releaseOf(release, "CPE_NAME")], ["OperatingSystemHomeURL", releaseOf(release, "HOME_URL")],
    ["HardwareVendor", yield* hardware(sys, "sys_vendor", "HARDWARE_VENDOR")], ["HardwareModel", yield* hardware(sys, "product_name", "HARDWARE_MODEL")], ["HardwareSerial", serial],
    ["FirmwareVersion", yield* hardware(sys, "bios_version", "")], ["ProductUUID", uuid],
  ];
  const shown = facts.map(([name, value]): readonly [string, JsonNumber | string] => [name, value === undefined || value === "" ? new JsonNumber("null") : value]);
  io.out.put(`${jsonText(Object.fromEntries(shown), pretty)}\n`);
  return 0;
}

// ---- changes

const isName = (name: string): boolean => name.length <= 64 && /^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*\.?$/.test(name);

/** hostname_cleanup of systemd: what no name may hold is left out. */
function plainName(name: string): string {
  let plain = "";
  for (const letter of name) {
    if (plain.length >= 64) break;
    const last = plain.at(-1) ?? ".";
    if (letter === "." ? last !== "." && last !== "-" : letter === "-" ? last !== "." : /[A-Za-z0-9]/.test(letter)) plain += letter;
  }
  return plain.replace(/[-.]+$/, "");
}

/** A line of machine-info; "" takes it away, and the file with its last one. */
function* setMachineInfo(sys: Sys, key: string, value: string): Blocking<void> {
  const before = ((yield* tryReadFile(sys, "/etc/machine-info")) ?? "").split("\n").filter((line) => line !== "" && !line.startsWith(`${key}=`));
  const lines = value === "" ? before : [...before, `${key}=${/^[A-Za-z0-9_.,:+@%/-]*$/.test(value) ? value : `"${value.replace(/["\\$`]/g, "\\$&")}"`}`];
  if (lines.length > 0) yield* writeFile(sys, "/etc/machine-info", `${lines.join("\n")}\n`);
  else if ((yield* tryReadFile(sys, "/etc/machine-info")) !== undefined) sys.unlink("/etc/machine-info");
}

const CHASSIS = new Set(["vm", "container", "desktop", "laptop", "convertible", "server", "tablet", "handset", "watch", "embedded"]);
const isFileName = (value: string): boolean => value !== "." && value !== ".." && !value.includes("/") && !/\p{Cc}/u.test(value);

interface Property {
  readonly key: string;
  /** as a message names it */
  readonly target: string;
  readonly valid: (value: string) => boolean;
  readonly refused: string;
}
const PROPERTIES: ReadonlyMap<string, Property> = new Map([
  ["icon-name", { key: "ICON_NAME", target: "icon", valid: isFileName, refused: "icon name" }],
  ["chassis", { key: "CHASSIS", target: "chassis", valid: (value) => CHASSIS.has(value), refused: "chassis" }],
  ["deployment", { key: "DEPLOYMENT", target: "deployment", valid: (value) => /^[\x21-\x7e]+$/.test(value), refused: "deployment" }],
  ["location", { key: "LOCATION", target: "location", valid: (value) => !/\p{Cc}/u.test(value), refused: "location" }],
]);

/** One change that hostnamed makes; false: it was refused, and that was said. */
function* change(sys: Sys, io: Io, target: string, problem: string | undefined, make: () => Blocking<void>): Blocking<boolean> {
  yield* startAgent(io);
  let reason = problem;
  if (sys.getcred().euid !== 0) reason = "Access denied";
  try {
    if (reason === undefined) {
      yield* make();
      return true;
    }
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    reason = error.message;
  }
  yield* complain(io, `Could not set ${target}: ${reason}`);
  return false;
}

function* setName(sys: Sys, io: Io, given: string, which: { readonly fixed: boolean; readonly pretty: boolean; readonly transient: boolean }): Blocking<number> {
  const all = !which.fixed && !which.pretty && !which.transient;
  if (which.transient && !which.fixed && (yield* fixedName(sys)) !== "") yield* complain(io, "Hint: static hostname is already set, so the specified transient hostname will not be used.", "info");
  let name = given;
  if (all || which.pretty) {
    const pretty = all && isName(given) ? "" : given;
    if (!(yield* change(sys, io, "pretty hostname", /\p{Cc}/u.test(pretty) ? `Invalid pretty hostname '${pretty}'` : undefined, () => setMachineInfo(sys, "PRETTY_HOSTNAME", pretty)))) return 1;
    if (all) name = isName(given) ? given.replace(/\.$/, "") : plainName(given);
  }
  const wrong = name !== "" && !isName(name);
  if (all || which.fixed) {
    const fixed = yield* change(sys, io, "static hostname", wrong ? `Invalid static hostname '${name}'` : undefined, function* () {
      if (name !== "") yield* writeFile(sys, "/etc/hostname", `${name}\n`);
      else if ((yield* tryReadFile(sys, "/etc/hostname")) !== undefined) sys.unlink("/etc/hostname");
      if (name !== "") sys.sethostname(name);
    });
    if (!fixed) return 1;
  }
  if (all || which.transient) {
    const transient = yield* change(sys, io, "transient hostname", wrong ? `Invalid hostname '${name}'` : undefined, function* () {
      // the name in /etc/hostname goes before
      const kept = yield* fixedName(sys);
      sys.sethostname(kept !== "" ? kept : name !== "" ? name : "localhost");
    });
    if (!transient) return 1;
  }
  return 0;
}

const VERBS: ReadonlyMap<string, VerbLimits> = new Map<string, VerbLimits>([["status", { most: 0 }], ...["hostname", ...PROPERTIES.keys()].flatMap((verb): readonly (readonly [string, VerbLimits])[] => [[verb, { most: 1 }], [`set-${verb}`, { least: 1, most: 1 }]])]);

export default systemdTool({
  name: "hostnamectl",
  path: "/usr/bin/hostnamectl",
  summary: "show and change the names of the host",
  synopsis: ["[OPTIONS...] COMMAND ..."],
  options: {
    fixed: flag(["--static"], "the name in /etc/hostname only"),
    transient: flag(["--transient"], "the kernel's name only"),
    pretty: flag(["--pretty"], "the name for people only"),
    noAsk: flag(["--no-ask-password"], "never ask for a password"),
    json: text(["--json"], "MODE", "JSON"),
    host: unsimulated(["-H", "--host"], "another host", "only this host is asked", "HOST"),
    machine: unsimulated(["-M", "--machine"], "a container", "only this host is asked", "CONTAINER"),
  },
  *run({ options, operands, sys }, io) {
    const { json } = options;
    if (json === "help") {
      io.out.put("pretty\nshort\noff\n");
      return 0;
    }
    if (json !== undefined && !/^(?:pretty|short|off)$/.test(json)) {
      yield* complain(io, `Unknown argument to --json= switch: ${json}`);
      return 1;
    }
    const bus = yield* connect(io);
    if (bus === undefined) return 1;
    bus.close();
    const [verb = "status", argument] = operands;
    if (!(yield* fitsVerb(io, verb, Math.max(0, operands.length - 1), VERBS))) return 1;
    const plain = verb.replace(/^set-/, "");
    const asked = [options.fixed, options.pretty, options.transient].filter(Boolean).length;
    if (verb === "status" || (plain === "hostname" && argument === undefined)) {
      if (asked > 1) {
        yield* complain(io, "Cannot query more than one name type at a time");
        return 1;
      }
      if (verb === "status" && asked === 0) return json === "pretty" || json === "short" ? yield* describe(sys, io, json === "pretty") : yield* status(sys, io);
      io.out.put(`${options.pretty ? yield* machineInfo(sys, "PRETTY_HOSTNAME") : options.fixed ? yield* fixedName(sys) : sys.uname().nodename}\n`);
      return 0;
    }
    if (plain === "hostname") return yield* setName(sys, io, argument ?? "", options);
    const property = PROPERTIES.get(plain);
    if (property === undefined) return 1;
    if (argument === undefined) {
      const { chassis, icon } = yield* kindOfMachine(sys);
      io.out.put(`${plain === "chassis" ? chassis : plain === "icon-name" ? icon : yield* machineInfo(sys, property.key)}\n`);
      return 0;
    }
    const wrong = argument !== "" && !property.valid(argument);
    return (yield* change(sys, io, property.target, wrong ? `Invalid ${property.refused} '${argument}'` : undefined, () => setMachineInfo(sys, property.key, argument))) ? 0 : 1;
  },
});
