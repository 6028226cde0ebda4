// hostnamectl: the host's names and what it is.
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { tryReadFile, writeFile } from "../../daemons/systemd/api/files.ts";
import { bootId } from "../../daemons/systemd/api/journal.ts";
import { detectContainer, detectVirtualMachine } from "../../daemons/systemd/api/virtualization.ts";
import { flag, type Io, text } from "../kit/gnu.ts";
import { complain, connect, systemdTool } from "./_systemd.ts";

/** hostnamed shows model names with characters outside a safe set replaced. */
const cleaned = (value: string): string => value.trim().replace(/[^A-Za-z0-9 .,+\-_/:@]/g, "_");

const chassisGlyphs: ReadonlyMap<string, string> = new Map([["vm", "🖴"], ["container", "☐"], ["laptop", "💻"], ["desktop", "🖥️"], ["server", "🖳"]]);

function* machineInfo(sys: Sys, key: string): Blocking<string> {
  for (const line of ((yield* tryReadFile(sys, "/etc/machine-info")) ?? "").split("\n")) if (line.startsWith(`${key}=`)) return line.slice(key.length + 1).replace(/^"(.*)"$/, "$1");
  return "";
}

function* status(sys: Sys, io: Io): Blocking<number> {
  const rows: (readonly [string, string])[] = [];
  const fixed = ((yield* tryReadFile(sys, "/etc/hostname")) ?? "").trim();
  const transient = sys.uname().nodename;
  const pretty = yield* machineInfo(sys, "PRETTY_HOSTNAME");
  rows.push(["Static hostname", fixed === "" ? "(unset)" : fixed]);
  if (pretty !== "") rows.push(["Pretty hostname", pretty]);
  if (transient !== fixed) rows.push(["Transient hostname", transient]);
  const container = yield* detectContainer(sys);
  const virtual = container === "none" ? yield* detectVirtualMachine(sys) : container;
  const chassis = (yield* machineInfo(sys, "CHASSIS")) || (container !== "none" ? "container" : virtual === "none" ? "desktop" : "vm");
  rows.push(["Icon name", (yield* machineInfo(sys, "ICON_NAME")) || `computer-${chassis}`]);
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
  const name = /^PRETTY_NAME="?([^"\n]*)"?$/m.exec(release)?.[1];
  if (name !== undefined) rows.push(["Operating System", name]);
  rows.push(["Kernel", `${sys.uname().sysname} ${sys.uname().release}`], ["Architecture", "x86-64"]);
  for (const [file, label] of [["sys_vendor", "Hardware Vendor"], ["product_name", "Hardware Model"], ["bios_version", "Firmware Version"]] as const) {
    const value = yield* tryReadFile(sys, `/sys/class/dmi/id/${file}`);
    if (value !== undefined && value.trim() !== "") rows.push([label, cleaned(value)]);
  }
  const width = Math.max(...rows.map(([label]) => label.length));
  for (const [label, value] of rows) io.out.put(`${label.padStart(width)}: ${value}\n`);
  return 0;
}

function* setName(sys: Sys, io: Io, name: string, which: { readonly fixed: boolean; readonly pretty: boolean; readonly transient: boolean }): Blocking<number> {
  if (sys.getcred().euid !== 0) {
    yield* complain(io, `Could not set static hostname: Access denied`);
    return 1;
  }
  const all = !which.fixed && !which.pretty && !which.transient;
  const plain = name.toLowerCase().replace(/\s+/g, "-").replace(/[^a-z0-9.-]/g, "").replace(/^[.-]+|[.-]+$/g, "");
  try {
    if (all || which.fixed) {
      if (plain === "") {
        yield* complain(io, `Could not set static hostname: Invalid static hostname '${name}'`);
        return 1;
      }
      yield* writeFile(sys, "/etc/hostname", `${plain}\n`);
    }
    if (which.pretty || (all && plain !== name)) yield* writeFile(sys, "/etc/machine-info", `PRETTY_HOSTNAME="${name}"\n`);
    if (all || which.transient || which.fixed) sys.sethostname(plain);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* complain(io, `Could not set static hostname: ${error.message}`);
    return 1;
  }
  return 0;
}

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
    host: text(["-H", "--host"], "HOST", "another host"),
    machine: text(["-M", "--machine"], "CONTAINER", "a container"),
  },
  *run({ options, operands, sys }, io) {
    const [verb = "status", argument, more] = operands;
    const bus = yield* connect(io);
    if (bus === undefined) return 1;
    bus.close();
    switch (verb) {
      case "status":
        if (options.fixed || options.transient || options.pretty) {
          io.out.put(`${options.pretty ? yield* machineInfo(sys, "PRETTY_HOSTNAME") : options.transient ? sys.uname().nodename : ((yield* tryReadFile(sys, "/etc/hostname")) ?? "").trim()}\n`);
          return 0;
        }
        return yield* status(sys, io);
      case "hostname":
      case "set-hostname":
        if (argument === undefined) {
          if (verb === "set-hostname") {
            yield* complain(io, "Too few arguments.");
            return 1;
          }
          io.out.put(`${((yield* tryReadFile(sys, "/etc/hostname")) ?? "").trim() || sys.uname().nodename}\n`);
          return 0;
        }
        if (more !== undefined) {
          yield* complain(io, "Too many arguments.");
          return 1;
        }
        return yield* setName(sys, io, argument, options);
      case "chassis":
      case "icon-name":
      case "deployment":
      case "location": {
        const key = verb === "icon-name" ? "ICON_NAME" : verb.toUpperCase();
        if (argument === undefined) {
          io.out.put(`${yield* machineInfo(sys, key)}\n`);
          return 0;
        }
        if (sys.getcred().euid !== 0) {
          yield* complain(io, `Could not set ${verb}: Access denied`);
          return 1;
        }
        const rest = ((yield* tryReadFile(sys, "/etc/machine-info")) ?? "").split("\n").filter((line) => line !== "" && !line.startsWith(`${key}=`));
        yield* writeFile(sys, "/etc/machine-info", `${[...rest, ...(argument === "" ? [] : [`${key}=${argument}`])].join("\n")}\n`);
        return 0;
      }
      default:
        yield* complain(io, `Unknown command verb ${verb}.`);
        return 1;
    }
  },
});
