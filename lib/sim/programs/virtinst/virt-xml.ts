// virt-xml: edits a domain's XML with virt-install's options (virt-xml(1), 4.1).
import { type Blocking, decode, type Sys } from "../../kernel/sys.ts";
import { type LibvirtClient, LibvirtError, record, rows, textAt } from "../../daemons/libvirt/api.ts";
import { parseXml, Xml, XmlError } from "../../daemons/libvirt/api/xml.ts";
import { selected, unifiedDifference } from "./_domain-edit.ts";
import { applyToDevice, applyToDomain, put } from "./_domain-options.ts";
import { domainOption, domainOptions, type DomainOption, suboptionList } from "./_option-table.ts";
import { connect, say, suboptions, VirtinstError } from "./_virtinst.ts";
import { exists } from "../kit/presence.ts";
import { withHelp } from "../kit/program.ts";

const switches = ["--add-device", "--remove-device", "--build-xml", "--print-diff", "--print-xml", "--define", "--no-define", "--update", "--start", "--confirm", "--quiet", "--debug"] as const;
const actions = ["--edit", "--add-device", "--remove-device", "--build-xml"] as const;

interface Request {
  readonly domain: string | undefined;
  readonly actions: readonly (typeof actions)[number][];
  readonly selector: string | undefined;
  readonly changes: readonly { readonly option: DomainOption; readonly text: string }[];
  has(name: (typeof switches)[number]): boolean;
}

class UsageError extends Error {}

function parse(argv: readonly string[]): Request {
  const found = new Set<string>();
  const asked: (typeof actions)[number][] = [];
  const changes: { option: DomainOption; text: string }[] = [];
  const unknown: string[] = [];
  let domain: string | undefined;
  let selector: string | undefined;
  for (let at = 1; at < argv.length; at++) {
    const word = argv[at] ?? "";
    const equals = word.startsWith("--") ? word.indexOf("=") : -1;
    const name = equals > 0 ? word.slice(0, equals) : word;
    const inline = equals > 0 ? word.slice(equals + 1) : undefined;
    const next = (): string | undefined => {
      const value = argv[at + 1];
      if (value === undefined || (value.startsWith("-") && !/^-\d+$/.test(value))) return undefined;
      at++;
      return value;
    };
    const action = actions.find((one) => one === name);
    if (action !== undefined) {
      asked.push(action);
      if (action === "--edit") selector = inline ?? next() ?? "1";
      continue;
    }
    if (name === "--connect" || name === "-c") {
      if (inline === undefined && next() === undefined) throw new UsageError("argument -c/--connect: expected one argument");
      continue;
    }
    if (name === "-q" || name === "-d" || switches.some((one) => one === name)) {
      found.add(name === "-q" ? "--quiet" : name === "-d" ? "--debug" : name);
      continue;
    }
    const option = word.startsWith("-") ? domainOption(name.replace(/^--?/, "")) : undefined;
    if (option !== undefined && (word.startsWith("--") || option.aliases.includes(name.slice(1)))) changes.push({ option, text: inline ?? next() ?? "" });
    else if (word.startsWith("-")) {
      unknown.push(word);
      const value = next();
      if (value !== undefined) unknown.push(value);
    } else if (domain === undefined) domain = word;
    else unknown.push(word);
  }
  if (unknown.length > 0) throw new UsageError(`unrecognized arguments: ${unknown.join(" ")}`);
  return { domain, actions: asked, selector, changes, has: (name) => found.has(name) };
}

const written = (xml: Xml): string => xml.format(0, '"');

/** A free name on the bus: vdb behind vda. */
function nextTarget(domain: Xml, prefix: string): string {
  const used = new Set(domain.find("devices")?.all("disk").map((disk) => disk.at("target", "dev")));
  for (let index = 0; ; index++) {
    const name = `${prefix}${index >= 26 ? String.fromCharCode(96 + Math.floor(index / 26)) : ""}${String.fromCharCode(97 + (index % 26))}`;
    if (!used.has(name)) return name;
  }
}

/** What virtinst fills into a new device by itself (virtinst's set_defaults). */
function* newDevice(client: LibvirtClient | undefined, sys: Sys, domain: Xml, option: DomainOption, text: string): Blocking<Xml> {
  const device = new Xml(option.device ?? "");
  applyToDevice(device, option, text);
  const machine = domain.at("os/type", "machine") ?? "";
  const modern = domain.find("metadata")?.children.some((child) => child.name.startsWith("libosinfo:")) ?? false;
  const need = (key: string, value: string): void => {
    if (device.get(key) === undefined) device.set(key, value);
  };
  switch (option.name) {
    case "disk": {
      const given = suboptions(text, "path");
      const path = device.at("source", "file") ?? device.at("source", "dev");
      const size = given.get("size");
      if (path !== undefined && !exists(sys, path)) {
        if (size === undefined) throw new VirtinstError(`Error: --disk ${text}: Size must be specified for non existent volume '${path.slice(path.lastIndexOf("/") + 1)}'`);
        if (client !== undefined) yield* makeVolume(client, path, Number(size), given);
      }
      const rom = device.get("device") === "cdrom";
      const attributes = [...device.attributes];
      device.attributes.clear();
      for (const [key, value] of [["type", device.at("source", "dev") === undefined ? "file" : "block"], ["device", "disk"], ...attributes] as const) device.set(key, value);
      if (device.at("driver", "name") === undefined) {
        const kept = [...(device.find("driver")?.attributes ?? [])];
        put(device, "driver/@name", "qemu", option.order);
        const driver = device.find("driver");
        driver?.attributes.clear();
        for (const [key, value] of [["name", "qemu"], ...kept] as const) driver?.set(key, value);
      }
      if (device.at("driver", "type") === undefined) put(device, "driver/@type", path !== undefined && exists(sys, path) ? yield* formatOf(sys, path) : rom || path === undefined ? "raw" : (given.get("format") ?? "qcow2"), option.order);
      const bus = device.at("target", "bus") ?? (rom ? (machine.includes("q35") ? "sata" : "ide") : modern ? "virtio" : machine.includes("q35") ? "sata" : "ide");
      const dev = device.at("target", "dev") ?? nextTarget(domain, bus === "virtio" ? "vd" : bus === "ide" ? "hd" : bus === "fdc" ? "fd" : "sd");
      // libvirt's order of both
      device.find("target")?.attributes.delete("bus");
      put(device, "target/@dev", dev, option.order);
      put(device, "target/@bus", bus, option.order);
      if (rom) put(device, "readonly?", "", option.order);
      break;
    }
    case "network": {
      need("type", "network");
      if (device.get("type") === "network" && device.at("source", "network") === undefined) put(device, "source/@network", "default", option.order);
      if (device.at("mac", "address") === undefined) put(device, "mac/@address", `52:54:00:${[...sys.random(3)].map((byte) => byte.toString(16).padStart(2, "0")).join(":")}`, option.order);
      if (device.at("model", "type") === undefined) put(device, "model/@type", modern ? "virtio" : "e1000", option.order);
      break;
    }
    case "graphics":
      need("type", "spice");
      if (device.get("port") === undefined) device.set("port", "-1");
      if (device.get("type") === "spice" && device.get("port") === "-1") {
        need("tlsPort", "-1");
        need("autoport", "yes");
      }
      break;
    case "rng":
      need("model", "virtio");
      break;
    case "channel":
      need("type", "unix");
      if (device.get("type") === "unix" && device.find("source") === undefined) put(device, "source/@mode", "bind", option.order);
      if (device.at("target", "type") === undefined) put(device, "target/@type", "virtio", option.order);
      break;
    case "serial": case "console": case "parallel":
      need("type", "pty");
      break;
    case "watchdog":
      need("model", machine.includes("q35") ? "itco" : "i6300esb");
      need("action", "reset");
      break;
    case "video":
      if (device.at("model", "type") === undefined) put(device, "model/@type", modern ? "virtio" : "qxl", option.order);
      break;
    default:
  }
  return device;
}

function* formatOf(sys: Sys, path: string): Blocking<string> {
  const fd = yield* sys.open(path, 0);
  const head = yield* sys.pread(fd, 4, 0);
  sys.close(fd);
  return head[0] === 0x51 && head[1] === 0x46 && head[2] === 0x49 ? "qcow2" : "raw";
}

function* makeVolume(client: LibvirtClient, path: string, sizeGib: number, given: ReadonlyMap<string, string>): Blocking<void> {
  const slash = path.lastIndexOf("/");
  const pool = rows(yield* client.call("listPools")).find((one) => textAt(one, "path") === path.slice(0, slash));
  if (pool === undefined) throw new VirtinstError(`Error: --disk path=${path}: Could not define storage pool: ${path.slice(0, slash)}`);
  yield* client.call("volumeCreate", { pool: textAt(pool, "name"), name: path.slice(slash + 1), capacity: Math.round(sizeGib * 1024 ** 3), allocation: 0, format: given.get("format") ?? "qcow2" });
}

/** The altered XML, and the devices that were made, changed or taken out. Errors: VirtinstError. */
function* alter(client: LibvirtClient | undefined, sys: Sys, domain: Xml, request: Request, action: (typeof actions)[number]): Blocking<readonly Xml[]> {
  const [change] = request.changes;
  if (change === undefined) throw new VirtinstError("No change specified.");
  const different = new Set(request.changes.map((one) => one.option.name));
  if (different.size > 1) throw new VirtinstError(`Only one change operation may be specified (conflicting options [${[...different].map((name) => `'--${name}'`).join(", ")}])`);
  const { option } = change;
  const devices = domain.find("devices") ?? new Xml("devices");
  if (action === "--edit") {
    if (option.device === undefined) {
      for (const one of request.changes) applyToDomain(domain, option, one.text);
      return [];
    }
    const found = selected(domain, option, request.selector ?? "1", "--edit");
    for (const device of found) for (const one of request.changes) applyToDevice(device, option, one.text);
    return found;
  }
  if (option.device === undefined) throw new VirtinstError(`Cannot use ${action} with --${option.name}`);
  if (action === "--remove-device") {
    const found = request.changes.flatMap((one) => selected(domain, option, one.text === "" ? "1" : one.text, "--remove-device"));
    devices.children = devices.children.filter((device) => !found.includes(device));
    return found;
  }
  const made: Xml[] = [];
  for (const one of request.changes) {
    const device = yield* newDevice(client, sys, domain, option, one.text);
    made.push(device);
    const last = devices.children.findLastIndex((child) => child.name === device.name);
    devices.children.splice(last < 0 ? devices.children.length : last + 1, 0, device);
  }
  return made;
}

function* standardInput(sys: Sys): Blocking<string> {
  let text = "";
  for (;;) {
    const bytes = yield* sys.read(0, 65_536);
    if (bytes.length === 0) return text;
    text += decode(bytes);
  }
}

function parsedDomain(text: string): Xml {
  try {
    return parseXml(text);
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    throw new VirtinstError(`(domain_definition):${error.line}: ${error.message}`);
  }
}

const hotplugWords = { "--add-device": "hotplug", "--remove-device": "hotunplug", "--edit": "update" } as const;

/** --update: the running domain, too. */
function* updateLive(client: LibvirtClient, name: string, action: keyof typeof hotplugWords, devices: readonly Xml[]): Blocking<void> {
  for (const device of devices) {
    try {
      yield* client.call(action === "--add-device" ? "deviceAttach" : action === "--remove-device" ? "deviceDetach" : "deviceUpdate", { domain: name, xml: device.format(), live: true });
    } catch (error) {
      if (!(error instanceof LibvirtError)) throw error;
      throw new VirtinstError(`Error attempting device ${hotplugWords[action]}: ${error.message}`);
    }
  }
}

function* edit(sys: Sys, request: Request): Blocking<number> {
  if (request.actions.length === 0) throw new VirtinstError("One of --edit, --add-device, --remove-device, --build-xml must be specified.");
  const [action, other] = request.actions;
  if (action === undefined || other !== undefined) throw new VirtinstError(`Conflicting options ${[...new Set(request.actions)].join(", ")}`);
  const note = function* (text: string): Blocking<void> {
    if (!request.has("--quiet")) yield* say(sys, 1, text);
  };
  if (action === "--build-xml") {
    const [change] = request.changes;
    if (change === undefined) throw new VirtinstError("No change specified.");
    if (change.option.device === undefined) throw new VirtinstError(`--build-xml not supported for --${change.option.name}`);
    for (const device of yield* alter(undefined, sys, new Xml("domain", {}, [new Xml("devices")]), request, action)) yield* say(sys, 1, `${written(device)}\n`);
    return 0;
  }
  if (request.domain === undefined) {
    if (sys.isatty(0)) throw new VirtinstError("A domain must be specified");
    const before = parsedDomain(yield* standardInput(sys));
    const after = before.clone();
    yield* alter(undefined, sys, after, request, action);
    yield* say(sys, 1, request.has("--print-diff") ? `${yield* unifiedDifference(sys, written(before), written(after))}\n` : `${written(after)}\n`);
    return 0;
  }
  const client = yield* connect(sys);
  let facts: ReadonlyMap<string, unknown>;
  try {
    facts = record(yield* client.call("domainLookup", { domain: request.domain }));
  } catch (error) {
    if (!(error instanceof LibvirtError)) throw error;
    throw new VirtinstError(`Could not find domain '${request.domain}': ${error.message}`);
  }
  const name = textAt(facts, "name");
  const running = Number(facts.get("id")) >= 0;
  const before = parsedDomain(String(yield* client.call("domainXml", { domain: name, inactive: true })));
  const after = before.clone();
  const devices = yield* alter(client, sys, after, request, action);
  const difference = yield* unifiedDifference(sys, written(before), written(after));
  if (request.has("--print-diff")) yield* say(sys, 1, `${difference}\n`);
  if (request.has("--print-xml")) yield* say(sys, 1, `${written(after)}\n`);
  const updates = request.has("--update");
  const defines = request.has("--define") || (!request.has("--no-define") && !request.has("--print-xml") && !request.has("--print-diff") && (!request.has("--start") || true));
  if (request.has("--start") && running) throw new VirtinstError("Cannot use --start on a running VM");
  if (!defines && !updates && !request.has("--start")) return 0;
  if (request.has("--confirm")) {
    yield* say(sys, 1, `${difference}\nDefine '${name}' with the changed XML? (y/n): `);
    if (!/^y(?:es)?$/i.test(decode(yield* sys.read(0, 4096)).trim())) {
      yield* say(sys, 1, `User cancelled, domain '${name}' was not changed.\n`);
      return 0;
    }
  }
  if (updates && running) {
    if (action !== "--edit" || devices.length > 0) yield* updateLive(client, name, action, devices);
    yield* note(`Device ${hotplugWords[action]} successful.\n`);
  } else if (updates) yield* say(sys, 2, "WARNING  The VM is not running, --update is inapplicable.\n");
  if (request.has("--start") && !defines) {
    yield* client.call("domainCreateXml", { xml: written(after) });
    yield* note(`Domain '${name}' started successfully.\n`);
    return 0;
  }
  if (!defines) return 0;
  yield* client.call("domainDefine", { xml: written(after) });
  yield* note(`Domain '${name}' defined successfully.\n`);
  if (request.has("--start")) {
    yield* client.call("domainStart", { domain: name });
    yield* note(`Domain '${name}' started successfully.\n`);
  } else if (running && !updates) yield* note("Changes will take effect after the domain is fully powered off.\n");
  return 0;
}

const flag = (name: string, help: string) => ({ names: [name], argument: undefined, argumentOptional: false, help, support: "simulated" as const });

export default withHelp({
  name: "virt-xml",
  declaration: {
    name: "virt-xml", summary: "change the XML of a virtual machine by options", synopsis: ["DOMAIN XML-ACTION XML-OPTION [OUTPUT-OPTION] [MISC-OPTIONS] ..."],
    options: [
      { names: ["--edit"], argument: "SELECTOR", argumentOptional: true, help: "change a device or the domain", support: "simulated" }, flag("--add-device", "add a device"), flag("--remove-device", "remove a device"), flag("--build-xml", "only print the XML of a device"), flag("--print-diff", "only print what would change"),
      flag("--print-xml", "only print the whole XML"), flag("--define", "define the domain all the same"), flag("--no-define", "leave the stored definition alone"), flag("--update", "change the running domain, too"), flag("--start", "start the domain afterwards"), flag("--confirm", "ask before anything is changed"),
      ...domainOptions.map((one) => ({ names: [`--${one.name}`], argument: one.first === "" ? "OPTIONS" : one.first.toUpperCase(), argumentOptional: false, help: one.device === undefined ? "of the domain as a whole" : `devices of the kind ${one.device}`, support: "simulated" as const })),
    ],
  },
  *program(sys, argv) {
    if (argv.includes("--version")) {
      yield* say(sys, 1, "4.1.0\n");
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
    try {
      return yield* edit(sys, parse(argv));
    } catch (error) {
      if (error instanceof UsageError) {
        yield* say(sys, 2, `usage: virt-xml [options]\nvirt-xml: error: ${error.message}\n`);
        return 2;
      }
      if (!(error instanceof VirtinstError || error instanceof LibvirtError)) throw error;
      yield* say(sys, 2, `ERROR    ${error.message}\n`);
      return 1;
    }
  },
});
