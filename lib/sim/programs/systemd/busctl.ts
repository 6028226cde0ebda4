// busctl: the system bus: who is there, objects and what they can do, calls, properties, what goes by (busctl(1) of systemd 252).
import { type Blocking, SysError } from "../../kernel/sys.ts";
import { BUS_NAME, type BusConnection, type BusMessage, type DbusValue } from "../../daemons/dbus/api.ts";
import { machineId } from "../../daemons/systemd/api/journal.ts";
import { completeTypes, dumpLines, isVariant, jsonOf, type Json, jsonText, parseWords, ValueError, variant, wordsOf } from "../kit/dbus/values.ts";
import { flag, type Io, optionalText, text, texts } from "../kit/gnu.ts";
import { UTC } from "../kit/zones.ts";
import { callMethod, describe, type ObjectMember, openBus, reach } from "./_bus-call.ts";
import { passesRule } from "./_bus-match.ts";
import { credentials, listPeers } from "./_bus-peers.ts";
import { DbusError, type Outcome } from "./_bus-service.ts";
import { speaksUtf8 } from "./_ellipsize.ts";
import { fullTime } from "./_journal-format.ts";
import { BOLD, columns, complain, GREY, NORMAL, systemdTool, wantsColour, withPager } from "./_systemd.ts";
import { renderTable } from "./_table.ts";

interface BusOptions {
  readonly legend: boolean;
  readonly colour: boolean;
  readonly json: "off" | "short" | "pretty";
  readonly verbose: boolean;
  readonly quiet: boolean;
  readonly list: boolean;
  readonly xml: boolean;
  readonly kinds: ReadonlySet<string>;
  readonly showMachine: boolean;
  readonly replies: boolean;
  readonly matches: readonly string[];
  readonly limit: number;
}

interface Verb {
  readonly least: number;
  readonly most: number;
  run(io: Io, bus: BusConnection, options: BusOptions, operands: readonly string[]): Blocking<number>;
}

const PROPERTIES = "org.freedesktop.DBus.Properties";
const validService = /^(?::\d+(?:\.\d+)+|[A-Za-z_-][\w-]*(?:\.[A-Za-z_-][\w-]*)+)$/;
const validPath = /^\/(?:\w+(?:\/\w+)*)?$/;
const validInterface = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+$/;
const validMember = /^[A-Za-z_]\w*$/;

/** The first word that is not of its form. */
function badWord(service: string, path: string, face?: string, member?: string): string | undefined {
  if (!validService.test(service)) return `Invalid service name: ${service}`;
  if (!validPath.test(path)) return `Invalid object path: ${path}`;
  if (face !== undefined && face !== "" && !validInterface.test(face)) return `Invalid interface name: ${face}`;
  return member !== undefined && !validMember.test(member) ? `Invalid member name: ${member}` : undefined;
}

function* list(io: Io, bus: BusConnection, options: BusOptions): Blocking<number> {
  const peers = (yield* listPeers(bus)).filter((peer) => options.kinds.size === 0 || options.kinds.has(peer.kind));
  const machine = options.showMachine ? yield* machineId(io.sys) : "";
  const rows = peers.map((peer) => [peer.name, peer.pid === undefined ? "" : String(peer.pid), peer.process, peer.user, peer.connection, peer.unit, peer.session, "", ...(options.showMachine ? [peer.pid === undefined ? "" : machine] : [])]);
  const header = ["NAME", "PID", "PROCESS", "USER", "CONNECTION", "UNIT", "SESSION", "DESCRIPTION", ...(options.showMachine ? ["MACHINE"] : [])];
  if (options.json === "off") {
    io.out.put(renderTable(io.sys, {
      header: options.legend ? header : undefined, rows, width: columns(io.sys), colour: options.colour, right: [1], empty: "-", style: (row, column) => (column === 4 && peers[row]?.kind === "activatable" ? { colour: GREY } : undefined),
    }));
    return 0;
  }
  const objects: Json[] = rows.map((row, index) => Object.fromEntries(header.map((name, column) => [name.toLowerCase(), column === 1 ? (peers[index]?.pid ?? "") : (row[column] ?? "")])));
  io.out.put(`${jsonText(objects, options.json === "pretty").replaceAll('""', "null")}\n`);
  return 0;
}

function* status(io: Io, bus: BusConnection, options: BusOptions, [name]: readonly string[]): Blocking<number> {
  const show = (rows: readonly (readonly [string, string])[]): void => {
    for (const [key, value] of rows) io.out.put(`${key}=${options.colour ? `${BOLD}${value}${NORMAL}` : value}\n`);
  };
  let pid: number | undefined;
  let unique = "";
  if (name !== undefined && /^\d+$/.test(name)) pid = Number(name);
  else {
    const peer = (yield* listPeers(bus)).find((one) => one.name === (name ?? BUS_NAME));
    pid = peer?.pid;
    unique = name === undefined ? "" : (peer?.connection ?? "");
    if (name === undefined) show([["BusAddress", "unix:path=/run/dbus/system_bus_socket"], ["BusScope", "system"], ["BusID", bus.busId]]);
  }
  const rows = pid === undefined ? undefined : yield* credentials(io.sys, pid, unique);
  if (rows === undefined) {
    yield* complain(io, `Failed to get credentials: ${name !== undefined && /^\d+$/.test(name) ? "No such process" : "No such device or address"}`);
    return 1;
  }
  show(rows);
  return 0;
}

/** Every path with those above it. */
function nodesOf(paths: readonly string[]): readonly string[] {
  const nodes = new Set<string>(["/"]);
  for (const path of paths) for (let end = path.indexOf("/", 1); ; end = path.indexOf("/", end + 1)) {
    nodes.add(end < 0 ? path : path.slice(0, end));
    if (end < 0) break;
  }
  return [...nodes].sort();
}

function* tree(io: Io, bus: BusConnection, options: BusOptions, services: readonly string[]): Blocking<number> {
  const asked = services.length > 0 ? services : (yield* listPeers(bus)).filter((peer) => (options.kinds.size === 0 ? peer.kind === "acquired" : options.kinds.has(peer.kind))).map((peer) => peer.name);
  let result = 0;
  for (const [index, name] of asked.entries()) {
    if (index > 0) io.out.put("\n");
    if (services.length === 0 || services.length > 1) io.out.put(`Service ${options.colour ? `${BOLD}${name}${NORMAL}` : name}:\n`);
    try {
      const { service } = yield* reach(bus, name);
      const nodes = nodesOf(yield* service.paths(io.sys, bus)).filter((node) => name !== BUS_NAME || node === "/org/freedesktop/DBus");
      if (options.list) io.out.put(nodes.map((node) => `${node}\n`).join(""));
      else if (nodes.length <= 1 && name !== BUS_NAME) io.out.put("No objects discovered.\n");
      else draw(io, nodes.filter((node) => node !== "/"), "/", "");
    } catch (error) {
      if (!(error instanceof DbusError)) throw error;
      yield* complain(io, `Failed to introspect object / of service ${name}: ${error.message}`);
      io.out.put("No objects discovered.\n");
      result = 1;
    }
  }
  return result;
}

function draw(io: Io, nodes: readonly string[], above: string, prefix: string): void {
  const base = above === "/" ? "/" : `${above}/`;
  const inside = nodes.filter((node) => node.startsWith(base));
  const children = inside.filter((node) => !inside.some((other) => node.startsWith(`${other}/`)));
  const [branch, last, bar] = speaksUtf8(io.sys) ? ["├─", "└─", "│ "] : ["|-", "`-", "| "];
  for (const [index, child] of children.entries()) {
    const more = index < children.length - 1;
    io.out.put(`${prefix}${more ? branch : last}${child}\n`);
    draw(io, inside, child, `${prefix}${more ? bar : "  "}`);
  }
}

const kindOrder = ["method", "property", "signal"];

function* introspect(io: Io, bus: BusConnection, options: BusOptions, [name = "", path = "", wanted]: readonly string[]): Blocking<number> {
  const bad = badWord(name, path, wanted);
  if (bad !== undefined) {
    yield* complain(io, bad);
    return 1;
  }
  let faces: ReadonlyMap<string, readonly ObjectMember[]> | undefined;
  try {
    if (options.xml) {
      const xml = yield* callMethod(bus, { destination: name, path, face: "org.freedesktop.DBus.Introspectable", method: "Introspect", signature: "", body: [] });
      io.out.put(String(xml.body[0] ?? ""));
      return 0;
    }
    const { service } = yield* reach(bus, name);
    faces = yield* describe(bus, service, path);
    if (faces === undefined) throw new DbusError("UnknownObject", `Unknown object '${path}'.`);
  } catch (error) {
    if (!(error instanceof DbusError)) throw error;
    yield* complain(io, `Failed to introspect object ${path} of service ${name}: ${error.message}`);
    return 1;
  }
  const dash = (value: string): string => (value === "" ? "-" : value);
  const rows: (readonly [string, string, string, string, string])[] = [];
  for (const [face, members] of [...faces].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (wanted !== undefined && face !== wanted) continue;
    if (wanted === undefined) rows.push([face, "interface", "-", "-", "-"]);
    const sorted = [...members].sort((a, b) => kindOrder.indexOf(a.kind) - kindOrder.indexOf(b.kind) || (a.name < b.name ? -1 : 1));
    for (const member of sorted) {
      const result = member.kind === "method" ? dash(member.result) : member.kind === "signal" || member.value === undefined ? "-" : wordsOf(member.signature, [member.value]);
      rows.push([`.${member.name}`, member.kind, dash(member.signature), result, dash(member.flags)]);
    }
  }
  const all = options.legend ? [["NAME", "TYPE", "SIGNATURE", "RESULT/VALUE", "FLAGS"] as const, ...rows] : rows;
  const shown = all.map(([first, kind, signature, value, flags]) => [first, kind, signature, [...value].length > valueCells ? `${[...value].slice(0, valueCells - 1).join("")}…` : value, flags] as const);
  const widths = [0, 1, 2, 3].map((column) => Math.max(0, ...shown.map((row) => [...(row[column] ?? "")].length)));
  for (const [index, row] of shown.entries()) {
    const text = row.map((cell, column) => (column === 4 ? cell : cell + " ".repeat((widths[column] ?? 0) - [...cell].length))).join(" ");
    const heading = (options.legend && index === 0) || row[1] === "interface";
    io.out.put(heading && options.colour && row[1] === "interface" ? `${BOLD}${text.slice(0, widths[0])}${NORMAL}${text.slice(widths[0])}\n` : `${text}\n`);
  }
  return 0;
}

/** a longer value is cut (print_property of busctl: 100 characters) */
const valueCells = 100;

function show(io: Io, options: BusOptions, outcome: Outcome, unwrapped: boolean): void {
  const { signature, body } = outcome;
  if (options.quiet || (signature === "" && options.json === "off" && !options.verbose)) return;
  if (options.json !== "off") {
    const data = unwrapped ? jsonOf(signature, body[0] ?? "") : completeTypes(signature).map((type, index) => jsonOf(type, body[index] ?? ""));
    io.out.put(`${jsonText({ type: signature, data }, options.json === "pretty")}\n`);
  } else if (options.verbose) {
    const lines = unwrapped ? dumpLines(signature, body, 0) : [`MESSAGE "${signature}" {`, ...dumpLines(signature, body, 1), "};"];
    io.out.put(lines.map((line) => `${line}\n`).join(""));
  } else io.out.put(`${unwrapped || signature !== "" ? `${signature} ${wordsOf(signature, body)}`.trimEnd() : ""}\n`);
}

function* call(io: Io, bus: BusConnection, options: BusOptions, [destination = "", path = "", face = "", method = "", signature = "", ...words]: readonly string[]): Blocking<number> {
  const bad = badWord(destination, path, face, method);
  if (bad !== undefined) {
    yield* complain(io, bad);
    return 1;
  }
  try {
    const body = parseWords(signature, words);
    const done = yield* callMethod(bus, { destination, path, face, method, signature, body, noReply: !options.replies });
    if (options.replies) show(io, options, done, false);
    return 0;
  } catch (error) {
    if (!(error instanceof DbusError) && !(error instanceof ValueError)) throw error;
    if (error instanceof DbusError && !options.replies) return 0;
    yield* complain(io, error instanceof ValueError ? error.message : `Call failed: ${error.message}`);
    return 1;
  }
}

function* getProperty(io: Io, bus: BusConnection, options: BusOptions, [destination = "", path = "", face = "", ...names]: readonly string[]): Blocking<number> {
  const bad = badWord(destination, path, face);
  if (bad !== undefined) {
    yield* complain(io, bad);
    return 1;
  }
  for (const name of names) {
    try {
      const done = yield* callMethod(bus, { destination, path, face: PROPERTIES, method: "Get", signature: "ss", body: [face, name] });
      const [value] = done.body;
      if (value !== undefined && isVariant(value)) show(io, options, { signature: value.signature, body: [value.value] }, true);
    } catch (error) {
      if (!(error instanceof DbusError)) throw error;
      yield* complain(io, `Failed to get property ${name} on interface ${face}: ${error.message}`);
      return 1;
    }
  }
  return 0;
}

function* setProperty(io: Io, bus: BusConnection, _options: BusOptions, [destination = "", path = "", face = "", name = "", signature = "", ...words]: readonly string[]): Blocking<number> {
  try {
    const [value = ""] = parseWords(signature, words);
    yield* callMethod(bus, { destination, path, face: PROPERTIES, method: "Set", signature: "ssv", body: [face, name, variant(signature, value)] });
    return 0;
  } catch (error) {
    if (!(error instanceof DbusError) && !(error instanceof ValueError)) throw error;
    yield* complain(io, error instanceof ValueError ? error.message : `Failed to set property ${name} on interface ${face}: ${error.message}`);
    return 1;
  }
}

function* emit(io: Io, bus: BusConnection, _options: BusOptions, [path = "", face = "", member = "", signature = "", ...words]: readonly string[]): Blocking<number> {
  try {
    yield* bus.ask<"post">({ op: "post", message: { type: "signal", path, interface: face, member, flags: 1, signature, body: parseWords(signature, words) } });
    return 0;
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    yield* complain(io, error.message);
    return 1;
  }
}

function messageText(message: BusMessage, colour: boolean): string {
  const strong = (value: string): string => (colour ? `${BOLD}${value}${NORMAL}` : value);
  const body: readonly DbusValue[] = message.body;
  const first = `‣ Type=${strong(message.type)}  Endian=l  Flags=${message.flags}  Version=1 Cookie=${message.serial}${message.replySerial === undefined ? "" : `  ReplyCookie=${message.replySerial}`}  Timestamp="${fullTime(message.atUs, UTC, true)}"\n`;
  const head: (readonly [string, string | undefined])[] = [["Sender", message.sender], ["Destination", message.destination], ["Path", message.path], ["Interface", message.interface], ["Member", message.member]];
  const second = `  ${head.flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${strong(value)}`])).join("  ")}\n`;
  const error = message.error === undefined ? "" : `  ErrorName=${strong(message.error)}  ErrorMessage=${strong(`"${String(message.body[0] ?? "")}"`)}\n`;
  const unique = message.type === "method_call" ? `  UniqueName=${message.sender}\n` : "";
  return `${first}${second}${error}${unique}  MESSAGE "${message.signature}" {\n${dumpLines(message.signature, body, 0).map((line) => `          ${line}\n`).join("")}  };\n\n`;
}

function* monitor(io: Io, bus: BusConnection, options: BusOptions, services: readonly string[]): Blocking<number> {
  const owners = new Set(services);
  const { peers } = yield* bus.ask<"peers">({ op: "peers" });
  for (const peer of peers) if (peer.names.some((name) => owners.has(name))) owners.add(peer.unique);
  yield* bus.ask<"monitor">({ op: "monitor" });
  yield* io.stderr("Monitoring bus message stream.\n");
  for (let count = 0; count < options.limit; ) {
    const message = yield* bus.next();
    if (message === undefined) return 0;
    if (owners.size > 0 && !owners.has(message.sender) && !owners.has(message.destination ?? "")) continue;
    if (options.matches.length > 0 && !options.matches.some((rule) => passesRule(message, rule))) continue;
    if (options.json === "off") io.out.put(messageText(message, options.colour));
    else {
      const { type, sender, destination, path, interface: face, member, serial, flags, signature, body, atUs } = message;
      const named: Json = { type, endian: "l", flags, version: 1, cookie: serial, "timestamp-realtime": atUs, sender, ...(destination === undefined ? {} : { destination }), ...(path === undefined ? {} : { path }), ...(face === undefined ? {} : { interface: face }), ...(member === undefined ? {} : { member }) };
      io.out.put(`${jsonText({ ...named, payload: { type: signature, data: completeTypes(signature).map((one, index) => jsonOf(one, body[index] ?? "")) } }, options.json === "pretty")}\n`);
    }
    yield* io.out.flush();
    count++;
  }
  return 0;
}

const verbs: ReadonlyMap<string, Verb> = new Map<string, Verb>([
  ["list", { least: 0, most: 0, run: list }], ["status", { least: 0, most: 1, run: status }], ["monitor", { least: 0, most: Number.POSITIVE_INFINITY, run: monitor }], ["tree", { least: 0, most: Number.POSITIVE_INFINITY, run: tree }],
  ["introspect", { least: 2, most: 3, run: introspect }], ["call", { least: 4, most: Number.POSITIVE_INFINITY, run: call }], ["emit", { least: 3, most: Number.POSITIVE_INFINITY, run: emit }],
  ["get-property", { least: 4, most: Number.POSITIVE_INFINITY, run: getProperty }], ["set-property", { least: 5, most: Number.POSITIVE_INFINITY, run: setProperty }],
]);
const paged = new Set(["list", "tree", "introspect", "status"]);

export default systemdTool({
  name: "busctl", path: "/usr/bin/busctl", summary: "look at the system bus and call what is on it", synopsis: ["[OPTIONS...] COMMAND ..."], operands: "none", parsing: { stopAtOperand: false }, seeAlso: ["dbus-daemon(1)", "dbus-send(1)", "dbus-monitor(1)"],
  description: [`Commands: ${[...verbs.keys()].join(", ")}.`],
  options: {
    noPager: flag(["--no-pager"], "do not pipe the output into a pager"),
    noLegend: flag(["--no-legend"], "no headers and hints"),
    full: flag(["-l", "--full"], "do not shorten"),
    system: flag(["--system"], "the bus of the system (default)"),
    user: flag(["--user"], "the bus of the user's session"),
    host: text(["-H", "--host"], "HOST", "another host"),
    machine: text(["-M", "--machine"], "CONTAINER", "a container"),
    address: text(["--address"], "ADDRESS", "the bus at this address"),
    showMachine: flag(["--show-machine"], "list: a column with the machine"),
    unique: flag(["--unique"], "list: unique names only"),
    acquired: flag(["--acquired"], "list: names that somebody has taken only"),
    activatable: flag(["--activatable"], "list: names that would be started only"),
    match: texts(["--match"], "MATCH", "monitor: messages that the rule selects only"),
    size: text(["--size"], "SIZE", "how long captured packets may be"),
    listPaths: flag(["--list"], "tree: paths one below the other"),
    quiet: flag(["-q", "--quiet"], "call: do not show the reply"),
    verbose: flag(["--verbose"], "show values with their types, indented"),
    xml: flag(["--xml-interface"], "introspect: the description as it comes, in XML"),
    json: text(["--json"], "MODE", "JSON: short, pretty or off"),
    shortJson: flag(["-j"], "as --json=pretty on a terminal, else --json=short"),
    expectReply: text(["--expect-reply"], "BOOL", "call: wait for the reply"),
    autoStart: text(["--auto-start"], "BOOL", "call: start the service when it is not running"),
    interactive: text(["--allow-interactive-authorization"], "BOOL", "call: somebody may be asked for a password"),
    timeout: text(["--timeout"], "SECS", "call: how long to wait"),
    augment: text(["--augment-creds"], "BOOL", "status: complete the facts from /proc"),
    watchBind: optionalText(["--watch-bind"], "BOOL", "wait until the bus's socket is there"),
    destination: text(["--destination"], "SERVICE", "emit: to this connection only"),
  },
  *run({ options, operands, sys }, io) {
    if (options.json !== undefined && !["short", "pretty", "off", "help"].includes(options.json)) {
      yield* complain(io, `Unknown JSON output mode: ${options.json}`);
      return 1;
    }
    if (options.json === "help") {
      io.out.put("pretty\nshort\noff\n");
      return 0;
    }
    const [word = "list", ...rest] = operands;
    const verb = verbs.get(word);
    if (verb === undefined || rest.length < verb.least || rest.length > verb.most) {
      yield* complain(io, verb === undefined ? `Unknown command verb ${word}.` : rest.length < verb.least ? "Too few arguments." : "Too many arguments.");
      return 1;
    }
    if (options.user) {
      const reason = sys.environment.has("XDG_RUNTIME_DIR") || sys.environment.has("DBUS_SESSION_BUS_ADDRESS") ? "Failed to connect to bus: No such file or directory" : "Failed to set bus address: $DBUS_SESSION_BUS_ADDRESS and $XDG_RUNTIME_DIR not defined (consider using --machine=<user>@.host --user to connect to bus of other user)";
      yield* complain(io, reason);
      return 1;
    }
    const bus = yield* openBus(sys);
    if (bus instanceof SysError) {
      yield* complain(io, `Failed to connect to bus: ${bus.message}`);
      return 1;
    }
    const chosen: BusOptions = {
      legend: !options.noLegend, colour: wantsColour(sys), json: options.shortJson ? (sys.isatty(1) ? "pretty" : "short") : options.json === "short" || options.json === "pretty" ? options.json : "off", verbose: options.verbose, quiet: options.quiet, list: options.listPaths,
      xml: options.xml, kinds: new Set([...(options.unique ? ["unique"] : []), ...(options.acquired ? ["acquired"] : []), ...(options.activatable ? ["activatable"] : [])]), showMachine: options.showMachine, replies: !/^(?:0|no|n|false|f|off)$/i.test(options.expectReply ?? "yes"), matches: options.match, limit: Number.POSITIVE_INFINITY,
    };
    return yield* withPager(io, paged.has(word) && !options.noPager, () => verb.run(io, bus, chosen, rest));
  },
});
