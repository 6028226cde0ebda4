// Memory, processors, disks and cards of domains.
import { flagAt, numberAt, record, rows, textAt } from "../../../daemons/libvirt/api.ts";
import { pair, scaled, type Verb, verb, type VshCall, VshError } from "../_virsh.ts";

const human = (bytes: number): string => {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  let value = bytes;
  let unit = 0;
  for (; value >= 1024 && unit < units.length - 1; unit++) value /= 1024;
  return `${value.toFixed(3)} ${units[unit]}`;
};

const setmem = verb("setmem", "domain", "change memory allocation", "domain:data size:required config live current", function* (call) {
  const domain = yield* call.domain();
  const bytes = scaled(call.text("size"), 1024);
  if (bytes === undefined) throw new VshError(`Scaled numeric value '${call.text("size")}' for <size> option is malformed or out of range`);
  yield* call.act("domainSetMemory", { domain, kib: Math.ceil(bytes / 1024), ...call.scope });
});

const setmaxmem = verb("setmaxmem", "domain", "change maximum memory limit", "domain:data size:required config live current", function* (call) {
  const domain = yield* call.domain();
  const bytes = scaled(call.text("size"), 1024);
  if (bytes === undefined) throw new VshError(`Scaled numeric value '${call.text("size")}' for <size> option is malformed or out of range`);
  yield* call.act("domainSetMemory", { domain, kib: Math.ceil(bytes / 1024), maximum: true, ...call.scope }, "Unable to change MaxMemorySize");
});

const setvcpus = verb("setvcpus", "domain", "change number of virtual CPUs", "domain:data count:required maximum config live current guest hotpluggable", function* (call) {
  const domain = yield* call.domain();
  if (!/^\d+$/.test(call.text("count"))) throw new VshError(`Numeric value '${call.text("count")}' for <count> option is malformed or out of range`);
  if (Number(call.text("count")) === 0) throw new VshError("Can't set 0 processors for a VM");
  if (call.has("maximum") && !call.has("config")) throw new VshError("Option --config is required by option --maximum");
  yield* call.act("domainSetVcpus", { domain, count: Number(call.text("count")), maximum: call.has("maximum"), ...call.scope });
});

const vcpucount = verb("vcpucount", "domain", "domain vcpu counts", "domain:data maximum active live config current guest", function* (call) {
  const info = record(yield* call.act("domainInfo", { domain: yield* call.domain() }));
  const running = numberAt(info, "id") >= 0;
  if (call.has("guest") && !running) throw new VshError("Requested operation is not valid: domain is not running");
  const wantsAll = !call.has("maximum") && !call.has("active") && !call.has("live") && !call.has("config") && !call.has("current") && !call.has("guest");
  if (!wantsAll) {
    const live = call.has("live") || (!call.has("config") && running);
    if (call.has("live") && !running) throw new VshError("Requested operation is not valid: domain is not running");
    if (call.has("guest")) {
      if (!flagAt(info, "agent")) throw new VshError("argument unsupported: QEMU guest agent is not configured");
      yield* call.print(`${textAt(info, "storedVcpus")}\n`);
      return;
    }
    yield* call.print(`${textAt(info, call.has("maximum") ? (live ? "maximumVcpus" : "storedMaximum") : live ? "vcpus" : "storedVcpus")}\n`);
    return;
  }
  const line = (kind: string, where: string, value: string): string => `${kind.padEnd(12)} ${where.padEnd(12)}${value.padStart(4)}\n`;
  if (flagAt(info, "persistent")) yield* call.print(line("maximum", "config", textAt(info, "storedMaximum")));
  if (running) yield* call.print(line("maximum", "live", textAt(info, "maximumVcpus")));
  if (flagAt(info, "persistent")) yield* call.print(line("current", "config", textAt(info, "storedVcpus")));
  if (running) yield* call.print(line("current", "live", textAt(info, "vcpus")));
});

const vcpuinfo = verb("vcpuinfo", "domain", "detailed domain vcpu information", "domain:data pretty", function* (call) {
  const info = record(yield* call.act("domainInfo", { domain: yield* call.domain() }));
  const node = record(yield* call.act("nodeFacts"));
  const running = numberAt(info, "id") >= 0;
  const affinity = "y".repeat(numberAt(node, "cpus"));
  for (let cpu = 0; cpu < numberAt(info, "vcpus"); cpu++) {
    yield* call.print((cpu > 0 ? "\n" : "") + pair("VCPU", String(cpu)) + pair("CPU", running ? "0" : "N/A") + pair("State", running ? "running" : "N/A") + (running ? pair("CPU time", `${(numberAt(info, "cpuUs") / 1e6 / numberAt(info, "vcpus")).toFixed(1)}s`) : pair("CPU time", "N/A")) + pair("CPU Affinity", affinity));
  }
});

const domblklist = verb("domblklist", "monitor", "list all domain blocks", "domain:data inactive details", function* (call) {
  const disks = rows(yield* call.act("domainBlocks", { domain: yield* call.domain(), inactive: call.has("inactive") }));
  yield* (call.has("details") ? call.table(["Type", "Device", "Target", "Source"], disks.map((disk) => [textAt(disk, "type"), textAt(disk, "device"), textAt(disk, "target"), textAt(disk, "source")])) : call.table(["Target", "Source"], disks.map((disk) => [textAt(disk, "target"), textAt(disk, "source")])));
});

const domiflist = verb("domiflist", "monitor", "list all domain virtual interfaces", "domain:data inactive", function* (call) {
  const cards = rows(yield* call.act("domainInterfaces", { domain: yield* call.domain(), inactive: call.has("inactive") }));
  yield* call.table(["Interface", "Type", "Source", "Model", "MAC"], cards.map((card) => ["target", "type", "source", "model", "mac"].map((key) => textAt(card, key))));
});

const domifaddr = verb("domifaddr", "monitor", "addresses of a domain's network interfaces", "domain:data interface:string full source:string", function* (call) {
  const domain = yield* call.domain();
  const source = call.get("source") ?? "lease";
  if (!["lease", "agent", "arp"].includes(source)) throw new VshError(`Unknown data source '${source}'`);
  const context = "Failed to query for interfaces addresses";
  const found = rows(yield* call.act(source === "agent" ? "agentInterfaces" : "domainAddresses", { domain }, context));
  yield* call.print(` ${"Name".padEnd(10)} ${"MAC address".padEnd(20)} ${"Protocol".padEnd(8)}     Address\n${"-".repeat(79)}\n`);
  for (const card of found) {
    const name = textAt(card, "name");
    const addresses = card.get("addresses");
    if (call.has("interface") && call.text("interface") !== name) continue;
    let first = true;
    if (Array.isArray(addresses) && addresses.length === 0) yield* call.print(` ${name.padEnd(10)} ${textAt(card, "mac").padEnd(17)}    ${"N/A".padEnd(12)} N/A\n`);
    for (const address of Array.isArray(addresses) ? addresses : []) {
      const shown = first || call.has("full");
      yield* call.print(` ${(shown ? name : "-").padEnd(10)} ${(shown ? textAt(card, "mac") : "-").padEnd(17)}    ${(String(address).includes(":") ? "ipv6" : "ipv4").padEnd(12)} ${String(address)}\n`);
      first = false;
    }
  }
});

const domblkinfo = verb("domblkinfo", "monitor", "domain block device size information", "domain:data device:string human all", function* (call) {
  const domain = yield* call.domain();
  const disks = rows(yield* call.act("domainBlocks", { domain }));
  const facts = rows(yield* call.act("domainBlockInfo", { domain }));
  const device = call.get("device");
  const show = (bytes: number): string => (call.has("human") ? human(bytes) : String(bytes));
  const sizes = function* (disk: ReadonlyMap<string, unknown>) {
    const live = facts.find((one) => textAt(one, "id") === textAt(disk, "alias"));
    if (live !== undefined) return [numberAt(live, "virtual"), numberAt(live, "allocated"), numberAt(live, "physical")] as const;
    const stored = record(yield* call.act("imageInfo", { path: textAt(disk, "source") }));
    return [numberAt(stored, "capacity"), numberAt(stored, "allocation"), numberAt(stored, "physical")] as const;
  };
  if (call.has("all")) {
    const lines: string[][] = [];
    for (const disk of disks) lines.push([textAt(disk, "target"), ...(yield* sizes(disk)).map(show)]);
    yield* call.table(["Target", "Capacity", "Allocation", "Physical"], lines);
    return;
  }
  const disk = disks.find((one) => textAt(one, "target") === device || textAt(one, "source") === device);
  if (disk === undefined) throw new VshError(`invalid argument: invalid path ${device ?? ""} not assigned to domain`);
  const [capacity, allocation, physical] = yield* sizes(disk);
  yield* call.print(pair("Capacity", show(capacity)) + pair("Allocation", show(allocation)) + pair("Physical", show(physical)));
});

const domifstat = verb("domifstat", "monitor", "counts of what a network interface received and sent", "domain:data interface:data", function* (call) {
  const domain = yield* call.domain();
  const name = call.text("interface");
  const stats = record(yield* call.act("domainInterfaceStats", { domain, interface: name }, `Failed to get interface stats ${domain} ${name}`));
  const zero = new Map([["rx_bytes", "rxBytes"], ["rx_packets", "rxPackets"], ["rx_errs", ""], ["rx_drop", ""], ["tx_bytes", "txBytes"], ["tx_packets", "txPackets"], ["tx_errs", ""], ["tx_drop", ""]]);
  for (const [label, key] of zero) yield* call.print(`${name} ${label} ${key === "" ? 0 : numberAt(stats, key)}\n`);
});

const linkTarget = function* (call: VshCall, domain: string) {
  const wanted = call.text("interface");
  const cards = rows(yield* call.act("domainInterfaces", { domain, inactive: call.has("config") }));
  const card = cards.find((one) => textAt(one, "target") === wanted || textAt(one, "mac") === wanted);
  if (card === undefined) throw new VshError(/^([0-9a-f]{2}:){5}/i.test(wanted) ? `Interface (mac: ${wanted}) not found.` : `Interface (dev: ${wanted}) not found.`);
  return card;
};

const getlink = verb("domif-getlink", "domain", "tell whether the link of an interface is up", "domain:data interface:data config", function* (call) {
  const card = yield* linkTarget(call, yield* call.domain());
  yield* call.print(`${call.text("interface")} ${flagAt(card, "up") ? "up" : "down"}`);
});

const setlink = verb("domif-setlink", "domain", "plug an interface in, or pull its cable", "domain:data interface:data state:data config print-xml", function* (call) {
  const domain = yield* call.domain();
  const state = call.text("state");
  if (state !== "up" && state !== "down") throw new VshError(`invalid link state '${state}'`);
  yield* linkTarget(call, domain);
  yield* call.act("deviceLink", { domain, interface: call.text("interface"), up: state === "up", config: call.has("config") }, "Failed to update interface link state");
  yield* call.extra("Device updated successfully\n");
});

const attachDisk = verb("attach-disk", "domain", "attach disk device", "domain:data source:data target:data targetbus:string driver:string subdriver:string iothread:string cache:string io:string type:string alias:string mode:string sourcetype:string source-protocol:string serial:string wwn:string shareable rawio address:string multifunction print-xml persistent config live current", function* (call) {
  const domain = yield* call.domain();
  const target = call.text("target");
  const bus = call.get("targetbus") ?? (target.startsWith("vd") ? "virtio" : target.startsWith("hd") ? "ide" : target.startsWith("sd") ? "scsi" : "virtio");
  const source = call.text("source");
  const xml = `<disk type='file' device='${call.get("type") ?? "disk"}'>\n  <driver name='${call.get("driver") ?? "qemu"}'${call.has("subdriver") ? ` type='${call.text("subdriver")}'` : ""}/>\n  <source file='${source}'/>\n  <target dev='${target}' bus='${bus}'/>\n${call.get("mode") === "readonly" ? "  <readonly/>\n" : ""}${call.has("serial") ? `  <serial>${call.text("serial")}</serial>\n` : ""}${call.get("mode") === "shareable" || call.has("shareable") ? "  <shareable/>\n" : ""}</disk>\n`;
  if (call.has("print-xml")) {
    yield* call.print(xml);
    return;
  }
  yield* call.act("deviceAttach", { domain, xml, ...call.scope }, "Failed to attach disk");
  yield* call.extra("Disk attached successfully\n");
});

const detachDisk = verb("detach-disk", "domain", "detach disk device", "domain:data target:data persistent config live current print-xml", function* (call) {
  const domain = yield* call.domainRecord();
  const name = textAt(domain, "name");
  const target = call.text("target");
  const disks = rows(yield* call.act("domainBlocks", { domain: name, inactive: call.has("config") && !call.has("live") }));
  const disk = disks.find((one) => textAt(one, "target") === target || textAt(one, "source") === target);
  if (disk === undefined) throw new VshError(`No disk found whose source path or target is ${target}`);
  yield* call.act("deviceDetach", { domain: name, xml: `<disk><source file='${textAt(disk, "source")}'/><target dev='${textAt(disk, "target")}'/></disk>`, ...call.scope }, "Failed to detach disk");
  yield* call.extra("Disk detached successfully\n");
});

const attachInterface = verb("attach-interface", "domain", "attach network interface", "domain:data type:data source:data target:string mac:string script:string model:string alias:string inbound:string outbound:string persistent config live current print-xml managed source-mode:string", function* (call) {
  const domain = yield* call.domain();
  const type = call.text("type");
  if (type !== "network" && type !== "bridge" && type !== "direct" && type !== "hostdev") throw new VshError(`No support for ${type} in command 'attach-interface'`);
  const xml = `<interface type='${type}'>\n  <source ${type === "network" ? "network" : type === "bridge" ? "bridge" : "dev"}='${call.text("source")}'/>\n${call.has("mac") ? `  <mac address='${call.text("mac")}'/>\n` : ""}${call.has("model") ? `  <model type='${call.text("model")}'/>\n` : ""}</interface>\n`;
  if (call.has("print-xml")) {
    yield* call.print(xml);
    return;
  }
  yield* call.act("deviceAttach", { domain, xml, ...call.scope }, "Failed to attach interface");
  yield* call.extra("Interface attached successfully\n");
});

const detachInterface = verb("detach-interface", "domain", "detach network interface", "domain:data type:data mac:string persistent config live current print-xml", function* (call) {
  const domain = yield* call.domain();
  const type = call.text("type");
  const all = rows(yield* call.act("domainInterfaces", { domain, inactive: call.has("config") && !call.has("live") })).filter((one) => textAt(one, "type") === type);
  const mac = call.get("mac");
  if (all.length === 0) throw new VshError(`No interface found whose type is ${type}`, "Failed to detach interface");
  if (mac === undefined && all.length > 1) throw new VshError(`Domain has ${all.length} interfaces. Please specify which one to detach using --mac`, "Failed to detach interface");
  const card = mac === undefined ? all[0] : all.find((one) => textAt(one, "mac") === mac.toLowerCase());
  if (card === undefined) throw new VshError(`No interface with MAC address ${mac ?? ""} was found`, "Failed to detach interface");
  yield* call.act("deviceDetach", { domain, xml: `<interface type='${type}'><mac address='${textAt(card, "mac")}'/></interface>`, ...call.scope }, "Failed to detach interface");
  yield* call.extra("Interface detached successfully\n");
});

const attachDevice = verb("attach-device", "domain", "attach device from an XML file", "domain:data file:data persistent config live current", function* (call) {
  const domain = yield* call.domain();
  const xml = yield* call.file(call.text("file"));
  yield* call.act("deviceAttach", { domain, xml, ...call.scope }, `Failed to attach device from ${call.text("file")}`);
  yield* call.extra("Device attached successfully\n");
});

const detachDevice = verb("detach-device", "domain", "take away the device that an XML file describes", "domain:data file:data persistent config live current", function* (call) {
  const domain = yield* call.domain();
  const xml = yield* call.file(call.text("file"));
  yield* call.act("deviceDetach", { domain, xml, ...call.scope }, `Failed to detach device from ${call.text("file")}`);
  yield* call.extra("Device detached successfully\n");
});

const blockresize = verb("blockresize", "domain", "resize block device of domain", "domain:data path:data size:required capacity", function* (call) {
  const domain = yield* call.domain();
  const bytes = scaled(call.text("size"), 1024);
  if (bytes === undefined) throw new VshError(`Scaled numeric value '${call.text("size")}' for <size> option is malformed or out of range`);
  yield* call.act("deviceBlockResize", { domain, path: call.text("path"), bytes }, `Failed to resize block device '${call.text("path")}'`);
  yield* call.extra(`Block device '${call.text("path")}' is resized`);
});

const changeMedia = verb("change-media", "domain", "insert, eject or exchange a disc or floppy", "domain:data path:data source:string eject insert update current live config force print-xml block", function* (call) {
  const domain = yield* call.domain();
  if (!call.has("eject") && !call.has("source")) throw new VshError(call.has("insert") ? "No disk source specified for inserting" : "No disk source specified for updating");
  const blocks = rows(yield* call.act("domainBlocks", { domain, inactive: call.has("config") && !call.has("live") }));
  const drive = blocks.find((one) => textAt(one, "target") === call.text("path") || textAt(one, "source") === call.text("path"));
  const holds = drive !== undefined && textAt(drive, "source") !== "-";
  if (call.has("eject") && drive !== undefined && !holds) throw new VshError(`The disk device '${textAt(drive, "target")}' doesn't have media`);
  if (call.has("insert") && holds) throw new VshError(`The disk device '${textAt(drive, "target")}' already has media`);
  yield* call.act("deviceMedia", { domain, path: call.text("path"), source: call.has("eject") ? undefined : call.get("source"), eject: call.has("eject"), ...call.scope });
  yield* call.extra(`Successfully ${call.has("eject") ? "ejected" : call.has("insert") ? "inserted" : "updated"} media.`);
});

const dommemstat = verb("dommemstat", "monitor", "what the memory of a domain is used for", "domain:data period:string config live current", function* (call) {
  const info = record(yield* call.act("domainInfo", { domain: yield* call.domain() }));
  if (numberAt(info, "id") < 0) throw new VshError(`Failed to get memory statistics for domain ${textAt(info, "name")}`, "Requested operation is not valid: domain is not running");
  if (call.has("period")) return;
  const actual = numberAt(info, "currentKib");
  const guest: readonly (readonly [string, number])[] = flagAt(info, "booted") ? [["swap_in", 0], ["swap_out", 0], ["major_fault", 312], ["minor_fault", 98_411], ["unused", Math.floor(actual * 0.62)], ["available", Math.floor(actual * 0.9)], ["usable", Math.floor(actual * 0.68)]] : [];
  const after: readonly (readonly [string, number])[] = flagAt(info, "booted") ? [["disk_caches", Math.floor(actual * 0.2)], ["hugetlb_pgalloc", 0], ["hugetlb_pgfail", 0]] : [];
  for (const [label, value] of [["actual", actual] as const, ...guest, ["last_update", flagAt(info, "booted") ? 1_795_295_400 : 0] as const, ...after, ["rss", numberAt(info, "rssKib")] as const]) yield* call.print(`${label} ${value}\n`);
});

export const domainDevices: readonly Verb[] = [setmem, setmaxmem, setvcpus, vcpucount, vcpuinfo, domblklist, domiflist, domifaddr, domblkinfo, domifstat, getlink, setlink, attachDisk, detachDisk, attachInterface, detachInterface, attachDevice, detachDevice, blockresize, changeMedia, dommemstat];
