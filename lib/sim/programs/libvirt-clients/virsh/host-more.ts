// What else virsh asks of the host, of filters, pools and networks.
import type { Blocking } from "../../../kernel/sys.ts";
import { numberAt, record, rows, textAt } from "../../../daemons/libvirt/api.ts";
import { type Verb, verb, type VshCall, VshError } from "../_virsh.ts";
import { editXml } from "../_virsh-edit.ts";

// ---- processors

interface Cpu {
  readonly model: string;
  readonly features: ReadonlySet<string>;
}

function cpuOf(xml: string): Cpu | undefined {
  const model = /<model[^>]*>([^<]*)<\/model>/.exec(xml)?.[1];
  return !xml.includes("<cpu") || model === undefined ? undefined : { model, features: new Set([...xml.matchAll(/<feature[^>]*name=['"]([^'"]*)['"]/g)].map((match) => match[1] ?? "")) };
}

/** Older models, each one a part of those behind it. */
const lineage = ["486", "pentium", "pentium2", "pentium3", "qemu32", "kvm32", "qemu64", "kvm64", "Conroe", "Penryn", "Nehalem", "Westmere", "SandyBridge", "IvyBridge", "Haswell", "Broadwell", "Skylake-Client", "Skylake-Server", "Cascadelake-Server", "Icelake-Server"];

function* hostCpu(call: VshCall): Blocking<Cpu> {
  return cpuOf(String(yield* call.act("capabilities"))) ?? { model: "qemu64", features: new Set() };
}

const compare = (name: string, help: string, options: string): Verb =>
  verb(name, "host", help, options, function* (call) {
    const file = call.text("file");
    const given = cpuOf(yield* call.file(file));
    const hypervisor = name.startsWith("hypervisor");
    const who = hypervisor ? "CPU provided by hypervisor on host" : "host CPU";
    const Who = hypervisor ? "The CPU provided by hypervisor on host" : "Host CPU";
    const host = yield* hostCpu(call);
    if (given === undefined) throw new VshError(`Failed to compare ${who} with ${file}`, "XML error: missing CPU model name");
    if (!lineage.includes(given.model)) throw new VshError(`Failed to compare ${who} with ${file}`, `internal error: Unknown CPU model ${given.model}`);
    const more = [...given.features].some((feature) => !host.features.has(feature));
    if (given.model === host.model && given.features.size === host.features.size && !more) yield* call.print(`CPU described in ${file} is identical to ${hypervisor ? `the ${who}` : who}\n`);
    else if (lineage.indexOf(given.model) <= lineage.indexOf(host.model) && !more) yield* call.print(`${Who} is a superset of CPU described in ${file}\n`);
    else {
      yield* call.print(`CPU described in ${file} is incompatible with ${hypervisor ? `the ${who}` : who}\n`);
      throw new VshError();
    }
  });

const baseline = (name: string, help: string, options: string): Verb =>
  verb(name, "host", help, options, function* (call) {
    const file = call.text("file");
    const text = yield* call.file(file);
    const cpus = [...text.matchAll(/<cpu[\s>][\s\S]*?<\/cpu>/g)].map((match) => cpuOf(match[0])).filter((cpu) => cpu !== undefined);
    if (cpus.length === 0) throw new VshError(`No host CPU specified in '${file}'`);
    const [least] = [...cpus].sort((a, b) => lineage.indexOf(a.model) - lineage.indexOf(b.model));
    const common = [...(least?.features ?? [])].filter((feature) => cpus.every((cpu) => cpu.features.has(feature)));
    yield* call.act("nodeFacts");
    yield* call.print(`<cpu mode='custom' match='exact'>\n  <model fallback='forbid'>${least?.model ?? "qemu64"}</model>\n${common.map((feature) => `  <feature policy='require' name='${feature}'/>\n`).join("")}</cpu>\n`);
  });

const host: readonly Verb[] = [
  compare("cpu-compare", "does the host offer the CPU of an XML file?", "file:data error validate"), compare("hypervisor-cpu-compare", "can the hypervisor offer the CPU of an XML file?", "file:data virttype:string emulator:string arch:string machine:string error validate"),
  baseline("cpu-baseline", "compute baseline CPU", "file:data features migratable"), baseline("hypervisor-cpu-baseline", "the CPU that several hosts can all offer, by hypervisor", "file:data virttype:string emulator:string arch:string machine:string features migratable model:string"),
  verb("allocpages", "host", "Manipulate pages pool size", "pagesize:data pagecount:data cellno:string add all", function* (call) {
    yield* call.act("nodeFacts");
    throw new VshError(`operation failed: Unable to allocate ${call.text("pagecount")} pages. Allocated only 0`);
  }),
  verb("freepages", "host", "NUMA free pages", "cellno:string pagesize:string all", function* (call) {
    const node = record(yield* call.act("nodeFacts"));
    if (!call.has("all") && !call.has("cellno")) throw new VshError("missing cellno argument");
    yield* call.print(`Node 0:\n4KiB: ${Math.floor(numberAt(node, "freeKib") / 4)}\n${call.has("pagesize") ? "" : "2048KiB: 0\n1048576KiB: 0\n"}\n`);
  }),
  verb("node-memory-tune", "host", "settings of the host for merging memory pages", "shm-pages-to-scan:string shm-sleep-millisecs:string shm-merge-across-nodes:string", function* (call) {
    yield* call.act("nodeFacts");
    if (call.has("shm-pages-to-scan") || call.has("shm-sleep-millisecs") || call.has("shm-merge-across-nodes")) throw new VshError("Unable to change memory parameters", "operation failed: KSM is not simulated");
    yield* call.print(["shm_pages_to_scan 100", "shm_sleep_millisecs 20", "shm_pages_shared 0", "shm_pages_sharing 0", "shm_pages_unshared 0", "shm_pages_volatile 0", "shm_full_scans 0", "shm_merge_across_nodes 1"].map((one) => `\t${one}\n`).reduce((text, one) => text + one, "Shared memory:\n"));
  }),
  verb("nodesevinfo", "host", "Get node SEV information", "", function* (call) {
    yield* call.act("nodeFacts");
    throw new VshError("Unable to get host SEV information", "unsupported configuration: QEMU does not support SEV guest");
  }),
];

// ---- filters

function* filter(call: VshCall): Blocking<string> {
  return String(yield* call.act("filterXml", { filter: call.text("nwfilter") }, `failed to get nwfilter '${call.text("nwfilter")}'`));
}

const filterEdit = verb("nwfilter-edit", "filter", "open the XML of a network filter in an editor", "nwfilter:data", function* (call) {
  const before = yield* filter(call);
  const name = /<filter name='([^']*)'/.exec(before)?.[1] ?? call.text("nwfilter");
  yield* editXml(call, { read: () => filter(call), define: (xml) => call.act("filterDefine", { xml }), unchanged: `Network filter ${name} XML configuration not changed.\n`, edited: `Network filter ${name} XML configuration edited.\n` });
});

const binding = (name: string, help: string, options: string): Verb =>
  verb(name, "filter", help, options, function* (call) {
    if (call.has("file")) yield* call.file(call.text("file"));
    yield* call.act("nodeFacts");
    if (call.has("file")) throw new VshError(`Failed to create network filter from ${call.text("file")}`, "operation failed: bindings are made with the cards of guests here");
    throw new VshError(`failed to get network filter binding '${call.text("binding")}'`, `Network filter binding not found: no nwfilter binding for port dev '${call.text("binding")}'`);
  });

const filters: readonly Verb[] = [
  filterEdit, binding("nwfilter-binding-create", "bind a network filter to a port, as an XML file says", "file:data validate"), binding("nwfilter-binding-delete", "delete a network filter binding", "binding:data"), verb("nwfilter-binding-dumpxml", "filter", "network filter information in XML", "binding:data xpath:string wrap", function* (call) {
    yield* call.print(String(yield* call.act("filterBindingXml", { port: call.text("binding") }, `failed to get network filter binding '${call.text("binding")}'`)));
  }),
  verb("nwfilter-binding-list", "filter", "list network filter bindings", "", function* (call) {
    const found: string[][] = [];
    for (const domain of rows(yield* call.act("listDomains"))) {
      if (numberAt(domain, "id") < 0) continue;
      const xml = String(yield* call.act("domainXml", { domain: textAt(domain, "name") }));
      for (const card of xml.matchAll(/<interface [\s\S]*?<\/interface>/g)) {
        const name = /<filterref filter='([^']*)'/.exec(card[0])?.[1];
        if (name !== undefined) found.push([/<target dev='([^']*)'/.exec(card[0])?.[1] ?? "-", name]);
      }
    }
    yield* call.table(["Port Dev", "Filter"], found);
  }),
];

// ---- pools, volumes, ports of networks, snapshots

const poolEdit = verb("pool-edit", "pool", "open the XML of a storage pool in an editor", "pool:data", function* (call) {
  const pool = yield* call.pool();
  yield* editXml(call, {
    *read() {
      return String(yield* call.act("poolXml", { pool }));
    },
    define: (xml) => call.act("poolDefine", { xml }), unchanged: `Pool ${pool} XML configuration not changed.\n`, edited: `Pool ${pool} XML configuration edited.\n`,
  });
});

function* findSources(call: VshCall): Blocking<void> {
  const type = call.text("type");
  if (call.has("srcSpec")) yield* call.file(call.text("srcSpec"));
  yield* call.act("nodeFacts");
  const unsupported = ["dir", "fs", "disk", "mpath", "rbd", "vstorage", "iscsi-direct"];
  if (unsupported.includes(type)) throw new VshError(`Failed to find any ${type} pool sources`, `this function is not supported by the connection driver: pool type '${type}' does not support source discovery`);
  if (!["logical", "netfs", "iscsi", "scsi", "gluster", "zfs"].includes(type)) throw new VshError(`Failed to find any ${type} pool sources`, `invalid argument: unknown storage pool type ${type}`);
  if (["netfs", "iscsi", "gluster"].includes(type) && !call.has("host")) throw new VshError(`Failed to find any ${type} pool sources`, `invalid argument: hostname must be specified for ${type} sources`);
  yield* call.print("<sources>\n</sources>\n\n");
}

const poolTypes: readonly (readonly [type: string, supported: boolean])[] = [["dir", true], ["fs", true], ["netfs", true], ["logical", true], ["iscsi", true], ["iscsi-direct", true], ["scsi", true], ["mpath", true], ["disk", true], ["rbd", true], ["sheepdog", false], ["gluster", true], ["zfs", true], ["vstorage", false]];

const storage: readonly Verb[] = [
  poolEdit, verb("find-storage-pool-sources-as", "pool", "find potential storage pool sources", "type:data host:string port:string initiator:string", findSources), verb("find-storage-pool-sources", "pool", "discover potential storage pool sources", "type:data srcSpec:string", findSources),
  verb("pool-capabilities", "pool", "storage pool capabilities", "", function* (call) {
    yield* call.act("nodeFacts");
    yield* call.print(`<storagepoolCapabilities>\n${poolTypes.map(([type, supported]) => `  <pool type='${type}' supported='${supported ? "yes" : "no"}'>\n    <volOptions>\n      <defaultFormat type='${type === "disk" ? "none" : "raw"}'/>\n    </volOptions>\n  </pool>\n`).join("")}</storagepoolCapabilities>\n`);
  }),
  verb("vol-create-from", "volume", "make a volume with the contents of another", "pool:data file:data vol:data inputpool:string prealloc-metadata reflink", function* (call) {
    const pool = yield* call.pool();
    const xml = yield* call.file(call.text("file"));
    const source = record(yield* call.act("volumeLookup", { volume: call.text("vol"), pool: call.get("inputpool") }, `failed to get vol '${call.text("vol")}'`));
    const name = /<name>([^<]*)<\/name>/.exec(xml)?.[1] ?? "";
    yield* call.act("volumeClone", { volume: textAt(source, "name"), pool: textAt(source, "pool"), name, into: pool }, `Failed to create vol from ${call.text("file")}`);
    yield* call.extra(`Vol ${name} created from input vol ${textAt(source, "name")}\n`);
  }),
];

function* port(call: VshCall): Blocking<never> {
  yield* call.network();
  if (call.has("file")) {
    yield* call.file(call.text("file"));
    throw new VshError(`Failed to create network port from ${call.text("file")}`, "operation failed: ports are made by the domains that use the network");
  }
  throw new VshError(`failed to get network port '${call.text("port")}'`, `network port not found: no network port with matching uuid '${call.text("port")}'`);
}

const portXml = verb("net-port-dumpxml", "network", "network port information in XML", "network:data port:data xpath:string wrap", function* (call) {
  const network = yield* call.network();
  const ports = yield* call.act("networkPorts", { network });
  if (!Array.isArray(ports) || !ports.includes(call.text("port"))) yield* port(call);
  for (const domain of rows(yield* call.act("listDomains"))) {
    if (numberAt(domain, "id") < 0) continue;
    const name = textAt(domain, "name");
    const xml = String(yield* call.act("domainXml", { domain: name }));
    const card = [...xml.matchAll(/<interface [\s\S]*?<\/interface>/g)].map((match) => match[0]).find((text) => text.includes(`portid='${call.text("port")}'`));
    if (card === undefined) continue;
    yield* call.print(`<networkport>\n  <uuid>${call.text("port")}</uuid>\n  <owner>\n    <name>${name}</name>\n    <uuid>${textAt(domain, "uuid")}</uuid>\n  </owner>\n  <mac address='${/<mac address='([^']*)'/.exec(card)?.[1] ?? ""}'/>\n  <plug type='network' bridge='${/bridge='([^']*)'/.exec(card)?.[1] ?? ""}'/>\n</networkport>\n`);
    return;
  }
});

const snapshotEdit = verb("snapshot-edit", "snapshot", "edit XML for a snapshot", "domain:data snapshotname:string current rename clone", function* (call) {
  const domain = yield* call.domain();
  const name = call.get("snapshotname") ?? (call.has("current") ? String(yield* call.act("snapshotCurrent", { domain })) : undefined);
  if (name === undefined) throw new VshError("--<snapshotname> or --current is required");
  yield* editXml(call, {
    *read() {
      return String(yield* call.act("snapshotXml", { domain, snapshot: name }));
    },
    define: (xml) => call.act("snapshotRedefine", { domain, xml, name, rename: call.has("rename"), clone: call.has("clone") }), unchanged: `Snapshot ${name} XML configuration not changed.\n`, edited: `Snapshot ${name} edited.\n`,
  });
});

export const hostMore: readonly Verb[] = [
  ...host, ...filters, ...storage, verb("net-port-create", "network", "make a port of a network, as an XML file says", "network:data file:data validate", port), verb("net-port-delete", "network", "delete the specified network port", "network:data port:data", port), portXml, snapshotEdit,
];
