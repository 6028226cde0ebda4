// Facts of the host, secrets, network filters.
import type { Blocking } from "../../../kernel/sys.ts";
import { exists, makeDirectories, tryReadFile, writeFile } from "../../systemd/api/files.ts";
import { type Call, handlers } from "../call.ts";
import { cardsOf } from "../domain-xml.ts";
import { hostCpu, hostModel } from "../host-cpu.ts";
import { applyFilter, filterBindings } from "../network-filter.ts";
import { VirError } from "../error.ts";
import { kvmUsable } from "../host-cpu.ts";
import { parseXml, Xml, XmlError } from "../api/xml.ts";

const usageOf = (secret: Xml): string => `${secret.at("usage", "type") ?? "unused"} ${secret.textOf("usage/name") ?? secret.textOf("usage/volume") ?? secret.textOf("usage/target") ?? ""}`.trim();

export const unsupported = (procedure: string): VirError => new VirError("plain", `this function is not supported by the connection driver: ${procedure}`);

/** By name or uuid. Errors: VirError. */
function filterNamed(call: Call, wanted: string): readonly [name: string, xml: Xml] {
  const xml = call.engine.nwfilters.get(wanted);
  if (xml !== undefined) return [wanted, xml];
  for (const [name, one] of call.engine.nwfilters) if (one.textOf("uuid") === wanted) return [name, one];
  throw new VirError("no-nwfilter", `no nwfilter with matching name '${wanted}'`);
}

const machinesI440 = ["pc-i440fx-7.2", "pc", "pc-q35-7.2", "q35", "microvm", "isapc"];

function* count(sys: Parameters<typeof tryReadFile>[0]): Blocking<{ readonly cpus: number; readonly mhz: number; readonly memoryKib: number; readonly memory: ReadonlyMap<string, number>; readonly stat: readonly number[] }> {
  const info = (yield* tryReadFile(sys, "/proc/cpuinfo")) ?? "";
  const memory = new Map<string, number>();
  for (const line of ((yield* tryReadFile(sys, "/proc/meminfo")) ?? "").split("\n")) {
    const [name = "", value = ""] = line.split(":");
    memory.set(name, Number.parseInt(value.trim(), 10) || 0);
  }
  const stat = (((yield* tryReadFile(sys, "/proc/stat")) ?? "").split("\n")[0] ?? "").trim().split(/\s+/).slice(1).map(Number);
  return { cpus: (info.match(/^processor/gm) ?? []).length, mhz: Math.floor(Number(/cpu MHz\s*: ([\d.]+)/.exec(info)?.[1] ?? 0)), memoryKib: memory.get("MemTotal") ?? 0, memory, stat };
}

export const nodeHandlers = handlers({
  *connectOpen() {
    return undefined;
  },
  *nodeFacts(call) {
    const facts = yield* count(call.sys);
    return { cpus: facts.cpus, mhz: facts.mhz, memoryKib: facts.memoryKib, freeKib: facts.memory.get("MemFree") ?? 0, buffersKib: facts.memory.get("Buffers") ?? 0, cachedKib: facts.memory.get("Cached") ?? 0, user: facts.stat[0] ?? 0, system: facts.stat[2] ?? 0, idle: facts.stat[3] ?? 0, iowait: facts.stat[4] ?? 0, hostname: call.sys.uname().nodename, kvm: kvmUsable(call.sys) };
  },
  *capabilities(call) {
    const kvm = kvmUsable(call.sys);
    const { cpus, memoryKib } = yield* count(call.sys);
    const machines = machinesI440.map((machine) => new Xml("machine", { maxCpus: machine.startsWith("q35") || machine.includes("q35") ? "288" : "255" }, machine));
    const guest = (arch: string, bits: string): Xml => new Xml("guest", {}, [new Xml("os_type", {}, "hvm"), new Xml("arch", { name: arch }, [new Xml("wordsize", {}, bits), new Xml("emulator", {}, "/usr/bin/qemu-system-x86_64"), ...machines.map((one) => one.clone()), new Xml("domain", { type: "qemu" }), kvm ? new Xml("domain", { type: "kvm" }) : undefined]), new Xml("features", {}, [new Xml("acpi", { default: "on", toggle: "yes" }), new Xml("apic", { default: "on", toggle: "no" }), new Xml("cpuselection"), new Xml("deviceboot"), new Xml("disksnapshot", { default: "on", toggle: "no" })])]);
    const cpu = yield* hostCpu(call.sys);
    const host = new Xml("host", {}, [new Xml("cpu", {}, [new Xml("arch", {}, "x86_64"), new Xml("model", {}, cpu.model), new Xml("vendor", {}, cpu.vendor), new Xml("topology", { sockets: "1", dies: "1", cores: String(cpus), threads: "1" }), ...cpu.features.map((name) => new Xml("feature", { name }))]), new Xml("power_management"), new Xml("iommu", { support: "no" }), new Xml("migration_features", {}, [new Xml("live")]), new Xml("topology", {}, [new Xml("cells", { num: "1" }, [new Xml("cell", { id: "0" }, [new Xml("memory", { unit: "KiB" }, String(memoryKib))])])]), new Xml("secmodel", {}, [new Xml("model", {}, "none"), new Xml("doi", {}, "0")]), new Xml("secmodel", {}, [new Xml("model", {}, "dac"), new Xml("doi", {}, "0")])]);
    return `<capabilities>\n\n${host.format(2)}\n${guest("i686", "32").format(2)}\n${guest("x86_64", "64").format(2)}\n</capabilities>\n`;
  },
  *domainCapabilities(call) {
    const kvm = kvmUsable(call.sys);
    const cpu = yield* hostCpu(call.sys);
    const type = call.optional("virttype") ?? (kvm ? "kvm" : "qemu");
    const machine = call.optional("machine") ?? "pc-i440fx-7.2";
    const arch = call.optional("arch") ?? "x86_64";
    if (arch !== "x86_64" && arch !== "i686") throw new VirError("unsupported", `unable to find any emulator to serve '${arch}' architecture`);
    if (type === "kvm" && !kvm) throw new VirError("argument", "the accel 'kvm' is not supported by '/usr/bin/qemu-system-x86_64' on this host");
    if (!machinesI440.includes(machine)) throw new VirError("argument", `the machine '${machine}' is not supported by emulator '/usr/bin/qemu-system-x86_64'`);
    return new Xml("domainCapabilities", {}, [
      new Xml("path", {}, "/usr/bin/qemu-system-x86_64"), new Xml("domain", {}, type), new Xml("machine", {}, machine === "pc" ? "pc-i440fx-7.2" : machine === "q35" ? "pc-q35-7.2" : machine), new Xml("arch", {}, arch), new Xml("vcpu", { max: machine.includes("q35") ? "288" : "255" }), new Xml("iothreads", { supported: "yes" }),
      new Xml("os", { supported: "yes" }, [new Xml("loader", { supported: "yes" })]),
      new Xml("cpu", {}, [
        new Xml("mode", { name: "host-passthrough", supported: type === "kvm" ? "yes" : "no" }), new Xml("mode", { name: "maximum", supported: "yes" }),
        new Xml("mode", { name: "host-model", supported: "yes" }, [...hostModel(cpu).children.filter((child) => type === "kvm" || child.name !== "feature"), ...(type === "kvm" ? [new Xml("maxphysaddr", { mode: "passthrough", limit: String(cpu.physicalBits) })] : [])]),
        new Xml("mode", { name: "custom", supported: "yes" }, ["qemu64", "qemu32", "kvm64", "kvm32", "Conroe", "Penryn", "Nehalem", "Westmere", "SandyBridge", "IvyBridge", "Haswell", "Broadwell", "Broadwell-IBRS", "Skylake-Client", "Skylake-Server", "EPYC"].map((model) => new Xml("model", { usable: model.startsWith("qemu") || model.startsWith("kvm") || model === cpu.model ? "yes" : "no" }, model))),
      ]),
      new Xml("devices", {}, [new Xml("disk", { supported: "yes" }), new Xml("graphics", { supported: "yes" }), new Xml("video", { supported: "yes" }), new Xml("rng", { supported: "yes" }), new Xml("channel", { supported: "yes" })]),
    ]).format();
  },
  *listSecrets(call) {
    yield* call.sys.preempt();
    if (call.engine.mock) throw unsupported("virConnectNumOfSecrets");
    return [...call.engine.secrets.values()].map((one) => ({ uuid: one.uuid, usage: usageOf(one.xml), ephemeral: one.xml.get("ephemeral") === "yes", private: one.xml.get("private") === "yes" }));
  },
  *secretXml(call) {
    const secret = call.engine.secrets.get(call.text("secret"));
    yield* call.sys.preempt();
    if (secret === undefined) throw new VirError("no-secret", `no secret with matching uuid '${call.text("secret")}'`);
    return secret.xml.format();
  },
  *secretValue(call) {
    const secret = call.engine.secrets.get(call.text("secret"));
    yield* call.sys.preempt();
    if (secret === undefined) throw new VirError("no-secret", `no secret with matching uuid '${call.text("secret")}'`);
    if (secret.xml.get("private") === "yes") throw new VirError("operation-invalid", "secret is private");
    if (secret.value === undefined) throw new VirError("no-secret", `secret '${secret.uuid}' does not have a value`);
    return secret.value;
  },
  *listFilters(call) {
    yield* call.sys.preempt();
    if (call.engine.mock) throw unsupported("virConnectNumOfNWFilters");
    return [...call.engine.nwfilters].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, xml]) => ({ name, uuid: xml.textOf("uuid") ?? "" }));
  },
  *filterBindingXml(call) {
    yield* call.sys.preempt();
    const port = call.text("port");
    const found = filterBindings(call.engine).find(({ tap }) => tap === port);
    if (found === undefined) throw new VirError("plain", `Network filter binding not found: no nwfilter binding for port dev '${port}'`);
    const { card, domain, tap } = found;
    return new Xml("filterbinding", {}, [
      new Xml("owner", {}, [new Xml("name", {}, domain.name), new Xml("uuid", {}, domain.uuid)]), new Xml("portdev", { name: tap }), new Xml("mac", { address: card.at("mac", "address") ?? "" }), card.find("filterref")?.clone(),
    ]).format();
  },
  *filterXml(call) {
    yield* call.sys.preempt();
    return filterNamed(call, call.text("filter"))[1].format();
  },
}, {
  *secretDefine(call) {
    yield* call.sys.preempt();
    let xml: Xml;
    try {
      xml = parseXml(call.text("xml"));
    } catch (error) {
      if (!(error instanceof XmlError)) throw error;
      throw new VirError("plain", `(definition_of_secret):${error.line}: ${error.message}\n(null)\n^`);
    }
    const uuid = xml.textOf("uuid") ?? call.engine.newUuid(call.sys);
    const whole = new Xml("secret", { ephemeral: xml.get("ephemeral") ?? "no", private: xml.get("private") ?? "no" }, [new Xml("uuid", {}, uuid), ...xml.children.filter((child) => child.name !== "uuid")]);
    const usage = usageOf(whole);
    const other = [...call.engine.secrets.values()].find((one) => one.uuid !== uuid && usage !== "" && usageOf(one.xml) === usage);
    if (other !== undefined) throw new VirError("internal", `a secret with UUID ${other.uuid} already defined for use with ${usage.slice(usage.indexOf(" ") + 1)}`);
    call.engine.secrets.set(uuid, { uuid, xml: whole, value: call.engine.secrets.get(uuid)?.value });
    if (whole.get("ephemeral") !== "yes" && !call.engine.mock) {
      makeDirectories(call.sys, call.engine.paths.secrets);
      yield* writeFile(call.sys, `${call.engine.paths.secrets}/${uuid}.xml`, whole.format(), 0o600);
    }
    yield* call.engine.events.tell(call.sys, { about: "secret", kind: "lifecycle", name: uuid, text: "Defined" });
    return uuid;
  },
  *secretSetValue(call) {
    const secret = call.engine.secrets.get(call.text("secret"));
    yield* call.sys.preempt();
    if (secret === undefined) throw new VirError("no-secret", `no secret with matching uuid '${call.text("secret")}'`);
    secret.value = call.text("value");
    if (secret.xml.get("ephemeral") !== "yes" && !call.engine.mock) yield* writeFile(call.sys, `${call.engine.paths.secrets}/${secret.uuid}.base64`, secret.value, 0o600);
    yield* call.engine.events.tell(call.sys, { about: "secret", kind: "value-changed", name: secret.uuid, text: "" });
    return undefined;
  },
  *secretUndefine(call) {
    yield* call.sys.preempt();
    const uuid = call.text("secret");
    if (!call.engine.secrets.delete(uuid)) throw new VirError("no-secret", `no secret with matching uuid '${uuid}'`);
    for (const path of [`${call.engine.paths.secrets}/${uuid}.xml`, `${call.engine.paths.secrets}/${uuid}.base64`]) if (!call.engine.mock && exists(call.sys, path)) call.sys.unlink(path);
    yield* call.engine.events.tell(call.sys, { about: "secret", kind: "lifecycle", name: uuid, text: "Undefined" });
    return undefined;
  },
  *filterDefine(call) {
    yield* call.sys.preempt();
    const xml = parseXml(call.text("xml"));
    const name = xml.get("name") ?? "";
    if (xml.find("uuid") === undefined) xml.children.unshift(new Xml("uuid", {}, call.engine.newUuid(call.sys)));
    if (name === "") throw new VirError("xml", "missing element or attribute './@name'");
    const uuid = xml.textOf("uuid") ?? "";
    const present = call.engine.nwfilters.get(name);
    if (present !== undefined && present.textOf("uuid") !== uuid) throw new VirError("operation-failed", `filter '${name}' already exists with uuid ${present.textOf("uuid") ?? ""}`);
    for (const reference of xml.all("filterref")) {
      const wanted = reference.get("filter") ?? "";
      if (wanted === name) throw new VirError("operation-failed", "filter would introduce a loop");
      if (!call.engine.nwfilters.has(wanted)) throw new VirError("operation-failed", `referenced filter '${wanted}' is missing`);
    }
    if (xml.get("chain") === undefined) xml.set("chain", "root");
    call.engine.nwfilters.set(name, xml);
    yield* call.engine.saveFilter(call.sys, name, xml);
    for (const { card, tap } of filterBindings(call.engine)) applyFilter(call.sys, call.engine, card, tap);
    return name;
  },
  *filterUndefine(call) {
    yield* call.sys.preempt();
    const [name, xml] = filterNamed(call, call.text("filter"));
    const inUse = [...call.engine.nwfilters].some(([other, one]) => other !== name && one.all("filterref").some((reference) => reference.get("filter") === name)) || [...call.engine.domains.values()].some((domain) => domain.live !== undefined && cardsOf(domain.live).some((card) => card.at("filterref", "filter") === name));
    if (inUse) throw new VirError("operation-invalid", "nwfilter is in use");
    call.engine.nwfilters.delete(name);
    if (exists(call.sys, `${call.engine.paths.filters}/${name}.xml`)) call.sys.unlink(`${call.engine.paths.filters}/${name}.xml`);
    return xml.textOf("uuid");
  },
});
