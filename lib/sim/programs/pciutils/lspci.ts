// lspci: PCI devices from sysfs (lspci(8), pciutils 3.9).
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { counted, flag, gnu, type Io, text } from "../kit/gnu.ts";
import { configuration, hex, IDS_FILE, PciNames, type PciFunction, readDevices, slotName } from "./_pci-bus.ts";

interface Slot {
  readonly domain: number | undefined;
  readonly bus: number | undefined;
  readonly device: number | undefined;
  readonly fn: number | undefined;
}

const isHex = (word: string, most: number): boolean => /^[0-9a-f]+$/i.test(word) && Number.parseInt(word, 16) <= most;

/** "[[[[domain]:]bus]:][device][.[function]]", each may be "*" or empty; a message for anything else. */
function parseSlot(word: string): Slot | string {
  let rest = word;
  const parts: (string | undefined)[] = [];
  const dot = rest.lastIndexOf(".");
  const fn = dot < 0 ? "" : rest.slice(dot + 1);
  if (dot >= 0) rest = rest.slice(0, dot);
  for (const part of rest.split(":").reverse()) parts.push(part);
  const [device = "", bus = "", domain = ""] = parts;
  const any = (value: string): boolean => value === "" || value === "*";
  if (!any(domain) && !isHex(domain, 0x7fffffff)) return "Invalid domain number";
  if (!any(bus) && !isHex(bus, 0xff)) return "Invalid bus number";
  if (!any(device) && !isHex(device, 0x1f)) return "Invalid slot number";
  if (!any(fn) && !isHex(fn, 7)) return "Invalid function number";
  const value = (one: string): number | undefined => (any(one) ? undefined : Number.parseInt(one, 16));
  return { domain: value(domain), bus: value(bus), device: value(device), fn: value(fn) };
}

/** "[vendor]:[device][:class]" */
function parseIds(word: string): { readonly vendor: number | undefined; readonly device: number | undefined; readonly classCode: number | undefined } | string {
  const [vendor = "", device = "", classCode = ""] = word.split(":");
  const any = (value: string): boolean => value === "" || value === "*";
  if (!any(vendor) && !isHex(vendor, 0xffff)) return "Invalid vendor ID";
  if (!any(device) && !isHex(device, 0xffff)) return "Invalid device ID";
  if (!any(classCode) && !isHex(classCode, 0xffff)) return "Invalid class code";
  const value = (one: string): number | undefined => (any(one) ? undefined : Number.parseInt(one, 16));
  return { vendor: value(vendor), device: value(device), classCode: value(classCode) };
}

class Listing {
  readonly #sys: Sys;
  readonly #io: Io;
  readonly #names: PciNames;
  readonly #numeric: number;
  readonly #withDomain: boolean;

  constructor(sys: Sys, io: Io, names: PciNames, numeric: number, withDomain: boolean) {
    this.#sys = sys;
    this.#io = io;
    this.#names = names;
    this.#numeric = numeric;
    this.#withDomain = withDomain;
  }

  slot(one: PciFunction): string {
    return this.#withDomain || one.domain !== 0 ? `${hex(one.domain, 4)}:${slotName(one)}` : slotName(one);
  }

  line(one: PciFunction): string {
    const code = hex(one.classCode >> 8, 4);
    const ids = `${hex(one.vendorId, 4)}:${hex(one.deviceId, 4)}`;
    const revision = one.revision === 0 ? "" : ` (rev ${hex(one.revision, 2)})`;
    if (this.#numeric === 1) return `${this.slot(one)} ${code}: ${ids}${revision}`;
    const kind = this.#numeric >= 2 ? `${this.#names.className(one)} [${code}]` : this.#names.classOf(one);
    const named = this.#names.deviceOf(one.vendorId, one.deviceId);
    const device = this.#numeric < 2 ? named : this.#names.deviceName(one.vendorId, one.deviceId) === undefined && this.#names.vendorName(one.vendorId) === undefined ? `Device [${ids}]` : `${named} [${ids}]`;
    return `${this.slot(one)} ${kind}: ${device}${revision}`;
  }

  *#modules(one: PciFunction): Blocking<readonly string[]> {
    const alias = (yield* readTextFile(this.#sys, `${one.path}/modalias`))?.trim() ?? "";
    const found: string[] = [];
    for (const line of ((yield* readTextFile(this.#sys, `/lib/modules/${this.#sys.uname().release}/modules.alias`)) ?? "").split("\n")) {
      const [word, pattern = "", module = ""] = line.split(" ");
      if (word === "alias" && pattern.startsWith("pci:") && matchesAlias(pattern, alias) && !found.includes(module)) found.push(module);
    }
    return found;
  }

  subsystem(one: PciFunction): string | undefined {
    if (one.subsystemVendor === 0 || (one.classCode >> 8) === 0x0604) return undefined;
    const ids = `${hex(one.subsystemVendor, 4)}:${hex(one.subsystemDevice, 4)}`;
    if (this.#numeric === 1) return ids;
    return this.#names.deviceOf(one.subsystemVendor, one.subsystemDevice) + (this.#numeric >= 2 ? ` [${ids}]` : "");
  }

  *details(one: PciFunction, verbose: number, kernel: boolean): Blocking<void> {
    const { out } = this.#io;
    const subsystem = this.subsystem(one);
    if (subsystem !== undefined) out.put(`\tSubsystem: ${subsystem}\n`);
    if (verbose > 0) {
      const root = this.#sys.getcred().euid === 0;
      if (verbose > 1) out.put(yield* this.#registers(one));
      else out.put(`\tFlags: ${one.driver === undefined ? "fast devsel" : "bus master, fast devsel, latency 0"}${one.irq > 0 ? `, IRQ ${one.irq}` : ""}\n`);
      for (const line of yield* this.#regions(one)) out.put(`\t${line}\n`);
      if (!root) out.put("\tCapabilities: <access denied>\n");
    }
    if (verbose > 0 || kernel) {
      if (one.driver !== undefined) out.put(`\tKernel driver in use: ${one.driver}\n`);
      const modules = yield* this.#modules(one);
      if (modules.length > 0) out.put(`\tKernel modules: ${modules.join(", ")}\n`);
    }
  }

  /** -vv: the command and status registers bit by bit, as the configuration space has them. */
  *#registers(one: PciFunction): Blocking<string> {
    const bytes = yield* configuration(this.#sys, one, 64);
    const word = (at: number): number => (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
    const [command, status] = [word(4), word(6)];
    const bits = (value: number, names: readonly (readonly [name: string, bit: number])[]): string => names.map(([name, bit]) => `${name}${(value >> bit) & 1 ? "+" : "-"}`).join(" ");
    let text = `\tControl: ${bits(command, [["I/O", 0], ["Mem", 1], ["BusMaster", 2], ["SpecCycle", 3], ["MemWINV", 4], ["VGASnoop", 5], ["ParErr", 6], ["Stepping", 7], ["SERR", 8], ["FastB2B", 9], ["DisINTx", 10]])}\n`;
    text += `\tStatus: ${bits(status, [["Cap", 4], ["66MHz", 5], ["UDF", 6], ["FastB2B", 7], ["ParErr", 8]])} DEVSEL=${["fast", "medium", "slow", "??"][(status >> 9) & 3] ?? ""} ${bits(status, [[">TAbort", 11], ["<TAbort", 12], ["<MAbort", 13], [">SERR", 14], ["<PERR", 15], ["INTx", 3]])}\n`;
    if ((command & 4) !== 0) text += `\tLatency: ${bytes[13] ?? 0}\n`;
    const pin = bytes[61] ?? 0;
    if (pin > 0 || one.irq > 0) text += `\tInterrupt: pin ${pin > 0 ? String.fromCharCode(64 + pin) : "?"} routed to IRQ ${one.irq}\n`;
    return text;
  }

  *#regions(one: PciFunction): Blocking<readonly string[]> {
    const lines: string[] = [];
    for (const line of ((yield* readTextFile(this.#sys, `${one.path}/resource`)) ?? "").split("\n")) {
      const [first = "", last = "", bits = ""] = line.trim().split(/\s+/);
      const start = Number(first);
      const flags = Number(bits);
      if (!(start > 0)) continue;
      const bytes = Number(last) - start + 1;
      const size = bytes >= 1 << 20 ? `${bytes >> 20}M` : bytes >= 1024 ? `${bytes >> 10}K` : String(bytes);
      if ((flags & 0x100) !== 0) lines.push(`I/O ports at ${hex(start, 4)} [size=${size}]`);
      else lines.push(`Memory at ${hex(start, 8)} (${(flags & 0x100000) !== 0 ? "64" : "32"}-bit, ${(flags & 0x2000) !== 0 ? "" : "non-"}prefetchable) [size=${size}]`);
    }
    return lines;
  }

  *dump(one: PciFunction, maxBytes: number): Blocking<void> {
    const bytes = yield* configuration(this.#sys, one, maxBytes);
    for (let at = 0; at < Math.min(bytes.length, maxBytes); at += 16) this.#io.out.put(`${hex(at, 2)}: ${[...bytes.slice(at, at + 16)].map((byte) => hex(byte, 2)).join(" ")}\n`);
  }

  /** -m: words in quotes, for scripts; -vmm: "Tag:<tab>value". */
  machine(one: PciFunction, how: number, verbose: boolean): string {
    const code = hex(one.classCode >> 8, 4);
    const numbered = (name: string, id: string): string => (this.#numeric === 1 ? id : this.#numeric >= 2 ? `${name} [${id}]` : name);
    const kind = numbered(this.#names.className(one), code);
    const vendor = numbered(this.#names.vendorName(one.vendorId) ?? "Vendor " + hex(one.vendorId, 4), hex(one.vendorId, 4));
    const device = numbered(this.#names.deviceName(one.vendorId, one.deviceId) ?? "Device " + hex(one.deviceId, 4), hex(one.deviceId, 4));
    const hasSubsystem = one.subsystemVendor !== 0 && (one.classCode >> 8) !== 0x0604;
    const subVendor = hasSubsystem ? numbered(this.#names.vendorName(one.subsystemVendor) ?? "Unknown vendor " + hex(one.subsystemVendor, 4), hex(one.subsystemVendor, 4)) : "";
    const subDevice = hasSubsystem ? numbered(this.#names.deviceName(one.subsystemVendor, one.subsystemDevice) ?? "Device " + hex(one.subsystemDevice, 4), hex(one.subsystemDevice, 4)) : "";
    const interfaceCode = one.classCode & 0xff;
    if (verbose) {
      const rows: (readonly [string, string])[] = [[how >= 2 ? "Slot" : "Device", this.slot(one)], ["Class", kind], ["Vendor", vendor], ["Device", device]];
      if (hasSubsystem) rows.push(["SVendor", subVendor], ["SDevice", subDevice]);
      if (one.revision !== 0) rows.push(["Rev", hex(one.revision, 2)]);
      if (interfaceCode !== 0) rows.push(["ProgIf", hex(interfaceCode, 2)]);
      return `${rows.map(([tag, value]) => `${tag}:\t${value}\n`).join("")}\n`;
    }
    return `${this.slot(one)} "${kind}" "${vendor}" "${device}"${one.revision === 0 ? "" : ` -r${hex(one.revision, 2)}`}${interfaceCode === 0 ? "" : ` -p${hex(interfaceCode, 2)}`} "${subVendor}" "${subDevice}"\n`;
  }
}

/** Patterns of modules.alias have only "*" as a wildcard. */
function matchesAlias(pattern: string, alias: string): boolean {
  const parts = pattern.split("*");
  let at = 0;
  for (const [index, part] of parts.entries()) {
    const found = alias.indexOf(part, at);
    if (found < 0 || (index === 0 && found !== 0)) return false;
    at = found + part.length;
  }
  return parts.at(-1) === "" || at === alias.length;
}

/** -t: buses with their devices, those behind a bridge after it. What stands above a line continues as bars. */
function tree(devices: readonly PciFunction[], label: (one: PciFunction) => string): string {
  let output = "";
  const print = (line: string): string => {
    output += `${line}\n`;
    return line.replace(/[^+|]/g, " ").replaceAll("+", "|");
  };
  const childrenOf = (parent: string | undefined): readonly PciFunction[] => devices.filter((one) => one.parent === parent);
  /** `line` is what stands before; returns what stands before the lines that follow. */
  const bus = (children: readonly PciFunction[], line: string): string => {
    const [only] = children;
    if (only === undefined) return print(line);
    if (children.length === 1) return device(only, `${line}--`);
    let before = line;
    const width = line.length;
    children.forEach((one, index) => {
      before = device(one, `${before.slice(0, width)}${index === children.length - 1 ? "\\-" : "+-"}`);
    });
    return before;
  };
  const device = (one: PciFunction, line: string): string => {
    const text = `${line}${hex(one.device, 2)}.${one.fn}`;
    const below = childrenOf(`${hex(one.domain, 4)}:${slotName(one)}`);
    const [first] = below;
    return first === undefined ? print(text + label(one)) : bus(below, `${text}-[${hex(first.bus, 2)}]--`);
  };
  bus(childrenOf(undefined), "-[0000:00]-");
  return output;
}

export default gnu({
  name: "lspci",
  summary: "list all PCI devices",
  synopsis: ["[<switches>]"],
  project: "pciutils",
  version: "3.9.0",
  options: {
    machine: counted(["-m"], "a form that scripts read"),
    tree: flag(["-t"], "a tree of buses"),
    verbose: counted(["-v"], "more about each device"),
    kernel: flag(["-k"], "drivers and modules of the kernel"),
    dump: counted(["-x"], "the start of the configuration space in hexadecimal"),
    busCentric: flag(["-b"], "addresses as the bus sees them"),
    domains: flag(["-D"], "domain numbers always"),
    numeric: counted(["-n"], "numbers; twice: names and numbers"),
    query: counted(["-q"], "ask the central database by DNS"),
    slot: text(["-s"], "[[[[<domain>]:]<bus>]:][<slot>][.[<func>]]", "only these places"),
    ids: text(["-d"], "[<vendor>]:[<device>]", "only these devices"),
    idsFile: text(["-i"], "<file>", "another list of names"),
    path: flag(["-P", "-PP"], "the path through bridges"),
  },
  *run({ options, sys }, io: Io) {
    const slot = options.slot === undefined ? undefined : parseSlot(options.slot);
    if (typeof slot === "string") io.die(`-s: ${slot}`);
    const ids = options.ids === undefined ? undefined : parseIds(options.ids);
    if (typeof ids === "string") io.die(`-d: ${ids}`);
    const names = yield* PciNames.read(sys, options.idsFile ?? IDS_FILE);
    let devices: readonly PciFunction[] = yield* readDevices(sys);
    if (typeof slot === "object") devices = devices.filter((one) => (slot.domain ?? one.domain) === one.domain && (slot.bus ?? one.bus) === one.bus && (slot.device ?? one.device) === one.device && (slot.fn ?? one.fn) === one.fn);
    if (typeof ids === "object") devices = devices.filter((one) => (ids.vendor ?? one.vendorId) === one.vendorId && (ids.device ?? one.deviceId) === one.deviceId && (ids.classCode ?? one.classCode >> 8) === one.classCode >> 8);
    const listing = new Listing(sys, io, names, options.numeric, options.domains);
    if (options.tree) {
      io.out.put(tree(devices, (one) => (options.verbose === 0 ? "" : `  ${options.numeric === 1 ? `${hex(one.vendorId, 4)}:${hex(one.deviceId, 4)}` : names.deviceOf(one.vendorId, one.deviceId)}`)));
      return 0;
    }
    for (const one of devices) {
      try {
        if (options.machine > 0) {
          io.out.put(listing.machine(one, options.machine, options.verbose > 0));
          continue;
        }
        io.out.put(`${listing.line(one)}${options.verbose > 0 && (one.classCode & 0xff) !== 0 ? ` (prog-if ${hex(one.classCode & 0xff, 2)})` : ""}\n`);
        if (options.verbose > 0 || options.kernel) yield* listing.details(one, options.verbose, options.kernel);
        if (options.dump > 0) yield* listing.dump(one, options.dump === 1 ? 64 : 256);
        if (options.verbose > 0 || options.dump > 0) io.out.put("\n");
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
    }
    return 0;
  },
});
