// The host's devices and interfaces (virsh-nodedev.c, virsh-interface.c).
import type { Blocking } from "../../../kernel/sys.ts";
import { flagAt, record, rows, textAt } from "../../../daemons/libvirt/api.ts";
import { type Verb, verb, type VshCall, VshError } from "../_virsh.ts";

const capabilities = ["system", "pci", "usb_device", "usb", "net", "scsi_host", "scsi_target", "scsi", "storage", "fc_host", "vports", "scsi_generic", "drm", "mdev_types", "mdev", "ccw", "css", "vdpa", "ap_card", "ap_queue", "ap_matrix", "vpd"];

const list = verb("nodedev-list", "nodedev", "enumerate devices on this host", "tree cap:string inactive all", function* (call) {
  const wanted = call.get("cap")?.split(",");
  if (wanted !== undefined && call.has("tree")) throw new VshError("Options --tree and --cap are incompatible");
  for (const cap of wanted ?? []) if (!capabilities.includes(cap)) throw new VshError("Invalid capability type");
  const found = rows(yield* call.act("listNodeDevices", {}, "Failed to list node devices"));
  if (call.has("inactive")) return;
  if (!call.has("tree")) {
    yield* call.print(found.filter((one) => wanted === undefined || wanted.includes(textAt(one, "capability"))).map((one) => `${textAt(one, "name")}\n`).join(""));
    return;
  }
  const draw = (one: ReadonlyMap<string, unknown>, prefix: string): string => {
    const children = found.filter((other) => textAt(other, "parent") === textAt(one, "name"));
    const inner = children.map((child, index) => {
      const last = index === children.length - 1;
      return `${prefix}  |\n${prefix}  +- ${draw(child, `${prefix}  ${last ? " " : "|"} `)}`;
    });
    return `${textAt(one, "name")}\n${inner.join("")}`;
  };
  yield* call.print(found.filter((one) => textAt(one, "parent") === "").map((one) => draw(one, "")).join("\n"));
});

function* device(call: VshCall): Blocking<string> {
  const wanted = call.text("device");
  return textAt(record(yield* call.act("nodeDeviceLookup", { device: wanted }, `Could not find matching device '${wanted}'`)), "name");
}

const dumpxml = verb("nodedev-dumpxml", "nodedev", "node device details in XML", "device:data xpath:string wrap", function* (call) {
  yield* call.print(String(yield* call.act("nodeDeviceXml", { device: yield* device(call) })));
});

const info = verb("nodedev-info", "nodedev", "node device information", "device:data", function* (call) {
  const one = record(yield* call.act("nodeDeviceLookup", { device: yield* device(call) }));
  yield* call.print(`${"Name:".padEnd(15)}${textAt(one, "name")}\n${"Parent:".padEnd(15)}${textAt(one, "parent")}\n${"Active:".padEnd(15)}yes\n${"Persistent:".padEnd(15)}yes\n${"Autostart:".padEnd(15)}yes\n`);
});

/** Devices cannot be handed over here: there is no IOMMU that would keep a guest's transfers apart. */
const refused = (name: string, help: string, options: string, failing: (name: string) => string): Verb =>
  verb(name, "nodedev", help, options, function* (call) {
    if (!call.has("device")) {
      yield* call.file(call.text("file"));
      throw new VshError(failing(call.text("file")), "operation failed: only mediated devices and virtual HBAs can be made, and this host has neither");
    }
    const found = record(yield* call.act("nodeDeviceLookup", { device: yield* device(call) }));
    if (textAt(found, "capability") !== "pci") throw new VshError(failing(textAt(found, "name")), `internal error: Device ${textAt(found, "name")} is not a PCI device`);
    throw new VshError(failing(textAt(found, "name")), `operation failed: neither VFIO nor KVM device assignment is currently supported on this system`);
  });

// ---- interfaces

function* found(call: VshCall): Blocking<ReadonlyMap<string, unknown>> {
  return record(yield* call.act("interfaceLookup", { interface: call.text("interface") }, `failed to get interface '${call.text("interface")}'`));
}

const ifaceList = verb("iface-list", "interface", "list physical host interfaces", "inactive all", function* (call) {
  const shown = rows(yield* call.act("listInterfaces", {}, "Failed to list interfaces")).filter((one) => call.has("all") || flagAt(one, "up") !== call.has("inactive"));
  yield* call.table(["Name", "State", "MAC Address"], shown.map((one) => [textAt(one, "name"), flagAt(one, "up") ? "active" : "inactive", textAt(one, "mac")]));
});

const ifaceText = (name: string, help: string, key: string): Verb =>
  verb(name, "interface", help, "interface:data", function* (call) {
    yield* call.print(`${textAt(yield* found(call), key)}\n`);
  });

const ifaceDumpxml = verb("iface-dumpxml", "interface", "interface information in XML", "interface:data inactive xpath:string wrap", function* (call) {
  yield* found(call);
  yield* call.print(String(yield* call.act("interfaceXml", { interface: call.text("interface") })));
});

const notSupported = (procedure: string): string => `this function is not supported by the connection driver: ${procedure}`;

const ifaceChange = (name: string, help: string, procedure: string, api: string, failing: string, done: string): Verb =>
  verb(name, "interface", help, "interface:data", function* (call) {
    const one = textAt(yield* found(call), "name");
    if (!call.session.uri.startsWith("test:")) throw new VshError(`Failed to ${failing} interface ${one}`, notSupported(api));
    yield* call.act(procedure, { interface: one }, `Failed to ${failing} interface ${one}`);
    yield* call.extra(`Interface ${one} ${done}\n`);
  });

/** The udev back end only looks; netcf's is not built into Debian's libvirt. */
const ifaceRefused = (name: string, help: string, options: string, api: string, failing: (call: VshCall) => readonly string[] = () => []): Verb =>
  verb(name, "interface", help, options, function* (call) {
    if (call.has("interface")) yield* found(call);
    if (call.has("file")) yield* call.file(call.text("file"));
    yield* call.act("nodeFacts");
    throw new VshError(...failing(call), notSupported(api));
  });

export const nodeDevices: readonly Verb[] = [
  list, dumpxml, info, refused("nodedev-create", "make a device on the host, as an XML file says", "file:data validate", (name) => `Failed to create node device from ${name}`), refused("nodedev-define", "define a device of the host as an XML file says, without starting it", "file:data validate", (name) => `Failed to define node device from '${name}'`),
  refused("nodedev-destroy", "take a device away from the host", "device:data", (name) => `Failed to destroy node device '${name}'`), refused("nodedev-undefine", "Undefine an inactive node device", "device:data", (name) => `Failed to undefine node device '${name}'`), refused("nodedev-start", "Start an inactive node device", "device:data", (name) => `Failed to start device ${name}`),
  refused("nodedev-detach", "release a device of the host, so that a guest can have it", "device:data driver:string", (name) => `Failed to detach device ${name}`), refused("nodedev-reattach", "give a device back to the host", "device:data", (name) => `Failed to re-attach device ${name}`), refused("nodedev-reset", "reset node device", "device:data", (name) => `Failed to reset device ${name}`), refused("nodedev-autostart", "autostart a defined node device", "device:data disable", (name) => `failed to mark device ${name} as autostarted`),
  ifaceList, ifaceDumpxml, ifaceText("iface-mac", "MAC address of an interface, from its name", "mac"), ifaceText("iface-name", "name of an interface, from its MAC address", "name"),
  ifaceChange("iface-start", "bring an interface of the host up", "interfaceStart", "virInterfaceCreate", "start", "started"), ifaceChange("iface-destroy", "take an interface of the host down", "interfaceDestroy", "virInterfaceDestroy", "destroy", "destroyed"),
  ifaceRefused("iface-define", "define an interface of the host as an XML file says, without starting it", "file:data validate", "virInterfaceDefineXML", (call) => [`Failed to define interface from ${call.text("file")}`]), ifaceRefused("iface-undefine", "take an interface out of the host's configuration", "interface:data", "virInterfaceUndefine", (call) => [`Failed to undefine interface ${call.text("interface")}`]),
  ifaceRefused("iface-edit", "open the XML of an interface of the host in an editor", "interface:data", "virInterfaceDefineXML"), ifaceRefused("iface-begin", "note the settings of all interfaces, to keep the changes (iface-commit) or undo them (iface-rollback)", "", "virInterfaceChangeBegin", () => ["Failed to begin network config change transaction"]),
  ifaceRefused("iface-commit", "keep what was changed since iface-begin", "", "virInterfaceChangeCommit", () => ["Failed to commit network config change transaction"]), ifaceRefused("iface-rollback", "undo what was changed since iface-begin", "", "virInterfaceChangeRollback", () => ["Failed to rollback network config change transaction"]),
  ifaceRefused("iface-bridge", "make a bridge with an interface of the host in it", "interface:data bridge:data no-stp delay:string no-start", "virInterfaceDefineXML", (call) => [`Failed to define new bridge interface ${call.text("bridge")}`]), ifaceRefused("iface-unbridge", "remove a bridge, its interface stays", "bridge:data no-start", "virInterfaceUndefine", (call) => [`Failed to undefine bridge interface ${call.text("bridge")}`]),
];
