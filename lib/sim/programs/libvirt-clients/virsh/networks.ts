import { dateTimeText } from "../../../kernel/sys.ts";
import { flagAt, numberAt, record, rows, textAt } from "../../../daemons/libvirt/api.ts";
import { pair, type Verb, verb, VshError } from "../_virsh.ts";
import { editXml } from "../_virsh-edit.ts";

const list = verb("net-list", "network", "list networks", "inactive all persistent transient autostart no-autostart name uuid table", function* (call) {
  const shown = rows(yield* call.act("listNetworks", {}, "Failed to list networks")).filter((one) => (call.has("all") || (call.has("inactive") ? !flagAt(one, "active") : flagAt(one, "active"))) && (!call.has("persistent") || flagAt(one, "persistent")) && (!call.has("transient") || !flagAt(one, "persistent")) && (!call.has("autostart") || flagAt(one, "autostart")) && (!call.has("no-autostart") || !flagAt(one, "autostart")));
  if (call.has("name") || call.has("uuid")) {
    for (const one of shown) yield* call.print(`${[...(call.has("uuid") ? [textAt(one, "uuid")] : []), ...(call.has("name") ? [textAt(one, "name")] : [])].join(" ")}\n`);
    return;
  }
  const word = (value: boolean): string => (value ? "yes" : "no");
  yield* call.table(["Name", "State", "Autostart", "Persistent"], shown.map((one) => [textAt(one, "name"), flagAt(one, "active") ? "active" : "inactive", flagAt(one, "persistent") ? word(flagAt(one, "autostart")) : "no", word(flagAt(one, "persistent"))]));
});

const act = (name: string, help: string, procedure: string, failing: string, done: string): Verb =>
  verb(name, "network", help, "network:data", function* (call) {
    const network = yield* call.network();
    yield* call.act(procedure, { network }, `Failed to ${failing} network ${network}`);
    yield* call.extra(`Network ${network} ${done}\n`);
  });

const fromFile = (name: string, help: string, procedure: string, failing: string, done: string): Verb =>
  verb(name, "network", help, "file:data validate", function* (call) {
    const xml = yield* call.file(call.text("file"));
    const network = yield* call.act(procedure, { xml }, `Failed to ${failing} network from ${call.text("file")}`);
    yield* call.extra(`Network ${String(network)} ${done} from ${call.text("file")}\n`);
  });

const autostart = verb("net-autostart", "network", "autostart a network", "network:data disable", function* (call) {
  const network = yield* call.network();
  const off = call.has("disable");
  yield* call.act("networkAutostart", { network, on: !off }, `failed to ${off ? "unmark" : "mark"} network ${network} as autostarted`);
  yield* call.extra(`Network ${network} ${off ? "unmarked" : "marked"} as autostarted\n`);
});

const info = verb("net-info", "network", "network information", "network:data", function* (call) {
  const one = record(yield* call.act("networkLookup", { network: yield* call.network() }));
  const word = (value: boolean): string => (value ? "yes" : "no");
  yield* call.print(pair("Name", textAt(one, "name")) + pair("UUID", textAt(one, "uuid")) + pair("Active", word(flagAt(one, "active"))) + pair("Persistent", word(flagAt(one, "persistent"))) + pair("Autostart", word(flagAt(one, "autostart"))) + (textAt(one, "bridge") === "" ? "" : pair("Bridge", textAt(one, "bridge"))));
});

const dumpxml = verb("net-dumpxml", "network", "network information in XML", "network:data inactive xpath:string wrap", function* (call) {
  yield* call.print(String(yield* call.act("networkXml", { network: yield* call.network(), inactive: call.has("inactive") })));
});

const name = verb("net-name", "network", "name of a network, from its UUID", "network:data", function* (call) {
  try {
    yield* call.print(`${yield* call.network()}\n`);
  } catch (error) {
    if (error instanceof VshError) throw new VshError(error.lines[0] ?? "");
    throw error;
  }
});

const uuid = verb("net-uuid", "network", "UUID of a network, from its name", "network:data", function* (call) {
  yield* call.print(`${textAt(record(yield* call.act("networkLookup", { network: yield* call.network() })), "uuid")}\n`);
});

const leases = verb("net-dhcp-leases", "network", "addresses that a network's DHCP has given out", "network:data mac:string", function* (call) {
  const found = rows(yield* call.act("networkLeases", { network: yield* call.network() }, "Failed to get leases info for default")).filter((one) => !call.has("mac") || textAt(one, "mac-address") === call.text("mac"));
  const cell = (value: string): string => (value === "" ? "-" : value);
  yield* call.table(["Expiry Time", "MAC address", "Protocol", "IP address", "Hostname", "Client ID or DUID"], found.map((one) => [dateTimeText(numberAt(one, "expiry-time")), textAt(one, "mac-address"), "ipv4", `${textAt(one, "ip-address")}/${textAt(one, "prefix")}`, cell(textAt(one, "hostname")), cell(textAt(one, "client-id"))]));
});

const sections = ["bridge", "domain", "ip", "ip-dhcp-host", "ip-dhcp-range", "forward", "forward-interface", "forward-pf", "portgroup", "dns-host", "dns-txt", "dns-srv"];

const update = verb("net-update", "network", "change one part of a network: a host, a range...", "network:data command:data section:data xml:data parent-index:string config live current", function* (call) {
  const network = yield* call.network();
  const command = call.text("command");
  if (!["add", "add-first", "add-last", "delete", "modify"].includes(command)) throw new VshError(`unrecognized command name '${command}'`);
  if (!sections.includes(call.text("section"))) throw new VshError(`unrecognized section name '${call.text("section")}'`);
  const given = call.text("xml");
  const xml = given.startsWith("<") ? given : yield* call.file(given);
  yield* call.act("networkUpdate", { network, command, section: call.text("section"), xml }, `Failed to update network ${network}`);
  const both = call.has("config") && call.has("live");
  yield* call.extra(`Updated network ${network} ${both ? "persistent config and live state" : call.has("config") ? "persistent config" : "live state"}`);
});

const ports = verb("net-port-list", "network", "list network ports", "network:data uuid table", function* (call) {
  const found = yield* call.act("networkPorts", { network: yield* call.network() });
  yield* call.table(["UUID"], (Array.isArray(found) ? found : []).map((one) => [String(one)]));
});

const edit = verb("net-edit", "network", "open the XML of a network in an editor", "network:data", function* (call) {
  const network = yield* call.network();
  yield* editXml(call, {
    *read() {
      return String(yield* call.act("networkXml", { network, inactive: true }));
    },
    define: (xml) => call.act("networkDefine", { xml }), unchanged: `Network ${network} XML configuration not changed.\n`, edited: `Network ${network} XML configuration edited.\n`,
  });
});

export const networks: readonly Verb[] = [
  autostart, fromFile("net-create", "create a network from an XML file", "networkCreateXml", "create", "created"), fromFile("net-define", "define a network as an XML file says, without starting it", "networkDefine", "define", "defined"), act("net-destroy", "destroy (stop) a network", "networkDestroy", "destroy", "destroyed"),
  leases, dumpxml, edit, info, list, name, act("net-start", "start a network that is defined", "networkStart", "start", "started"), act("net-undefine", "undefine a persistent network", "networkUndefine", "undefine", "has been undefined"), update, uuid, ports,
];
