// Facts of the host, secrets, network filters.
import type { Blocking } from "../../../kernel/sys.ts";
import { exists, tryReadFile } from "../../systemd/api/files.ts";
import { handlers } from "../call.ts";
import { VirError } from "../error.ts";
import { parseXml, Xml, XmlError } from "../api/xml.ts";

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
    return { cpus: facts.cpus, mhz: facts.mhz, memoryKib: facts.memoryKib, freeKib: facts.memory.get("MemFree") ?? 0, buffersKib: facts.memory.get("Buffers") ?? 0, cachedKib: facts.memory.get("Cached") ?? 0, user: facts.stat[0] ?? 0, system: facts.stat[2] ?? 0, idle: facts.stat[3] ?? 0, iowait: facts.stat[4] ?? 0, hostname: call.sys.uname().nodename, kvm: exists(call.sys, "/dev/kvm") };
  },
  *capabilities(call) {
    const kvm = exists(call.sys, "/dev/kvm");
    const { cpus, memoryKib } = yield* count(call.sys);
    const machines = machinesI440.map((machine) => new Xml("machine", { maxCpus: machine.startsWith("q35") || machine.includes("q35") ? "288" : "255" }, machine));
    const guest = (arch: string, bits: string): Xml => new Xml("guest", {}, [new Xml("os_type", {}, "hvm"), new Xml("arch", { name: arch }, [new Xml("wordsize", {}, bits), new Xml("emulator", {}, "/usr/bin/qemu-system-x86_64"), ...machines.map((one) => one.clone()), new Xml("domain", { type: "qemu" }), kvm ? new Xml("domain", { type: "kvm" }) : undefined]), new Xml("features", {}, [new Xml("acpi", { default: "on", toggle: "yes" }), new Xml("apic", { default: "on", toggle: "no" }), new Xml("cpuselection"), new Xml("deviceboot"), new Xml("disksnapshot", { default: "on", toggle: "no" })])]);
    const host = new Xml("host", {}, [new Xml("cpu", {}, [new Xml("arch", {}, "x86_64"), new Xml("model", {}, "qemu64"), new Xml("vendor", {}, "AMD"), new Xml("topology", { sockets: "1", dies: "1", cores: String(cpus), threads: "1" })]), new Xml("power_management"), new Xml("iommu", { support: "no" }), new Xml("migration_features", {}, [new Xml("live")]), new Xml("topology", {}, [new Xml("cells", { num: "1" }, [new Xml("cell", { id: "0" }, [new Xml("memory", { unit: "KiB" }, String(memoryKib))])])]), new Xml("secmodel", {}, [new Xml("model", {}, "none"), new Xml("doi", {}, "0")]), new Xml("secmodel", {}, [new Xml("model", {}, "dac"), new Xml("doi", {}, "0")])]);
    return `<capabilities>\n\n${host.format(2)}\n${guest("i686", "32").format(2)}\n${guest("x86_64", "64").format(2)}\n</capabilities>\n`;
  },
  *domainCapabilities(call) {
    const kvm = exists(call.sys, "/dev/kvm");
    yield* call.sys.preempt();
    const type = call.optional("virttype") ?? (kvm ? "kvm" : "qemu");
    const machine = call.optional("machine") ?? "pc-i440fx-7.2";
    const arch = call.optional("arch") ?? "x86_64";
    if (arch !== "x86_64" && arch !== "i686") throw new VirError("unsupported", `unable to find any emulator to serve '${arch}' architecture`);
    if (type === "kvm" && !kvm) throw new VirError("argument", "the accel 'kvm' is not supported by '/usr/bin/qemu-system-x86_64' on this host");
    if (!machinesI440.includes(machine)) throw new VirError("argument", `the machine '${machine}' is not supported by emulator '/usr/bin/qemu-system-x86_64'`);
    return new Xml("domainCapabilities", {}, [
      new Xml("path", {}, "/usr/bin/qemu-system-x86_64"), new Xml("domain", {}, type), new Xml("machine", {}, machine === "pc" ? "pc-i440fx-7.2" : machine === "q35" ? "pc-q35-7.2" : machine), new Xml("arch", {}, arch), new Xml("vcpu", { max: machine.includes("q35") ? "288" : "255" }), new Xml("iothreads", { supported: "yes" }),
      new Xml("os", { supported: "yes" }, [new Xml("loader", { supported: "yes" })]), new Xml("devices", {}, [new Xml("disk", { supported: "yes" }), new Xml("graphics", { supported: "yes" }), new Xml("video", { supported: "yes" }), new Xml("rng", { supported: "yes" }), new Xml("channel", { supported: "yes" })]),
    ]).format();
  },
  *listSecrets(call) {
    yield* call.sys.preempt();
    return [...call.engine.secrets.values()].map((one) => ({ uuid: one.uuid, usage: `${one.xml.at("usage", "type") ?? "unused"} ${one.xml.textOf("usage/name") ?? one.xml.textOf("usage/volume") ?? ""}`.trim() }));
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
    return [...call.engine.nwfilters].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, xml]) => ({ name, uuid: xml.textOf("uuid") ?? "" }));
  },
  *filterXml(call) {
    const filter = call.engine.nwfilters.get(call.text("filter"));
    yield* call.sys.preempt();
    if (filter === undefined) throw new VirError("no-nwfilter", `no nwfilter with matching name '${call.text("filter")}'`);
    return filter.format();
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
    call.engine.secrets.set(uuid, { uuid, xml: whole, value: undefined });
    return uuid;
  },
  *secretSetValue(call) {
    const secret = call.engine.secrets.get(call.text("secret"));
    yield* call.sys.preempt();
    if (secret === undefined) throw new VirError("no-secret", `no secret with matching uuid '${call.text("secret")}'`);
    secret.value = call.text("value");
    return undefined;
  },
  *secretUndefine(call) {
    yield* call.sys.preempt();
    if (!call.engine.secrets.delete(call.text("secret"))) throw new VirError("no-secret", `no secret with matching uuid '${call.text("secret")}'`);
    return undefined;
  },
  *filterDefine(call) {
    yield* call.sys.preempt();
    const xml = parseXml(call.text("xml"));
    const name = xml.get("name") ?? "";
    if (xml.find("uuid") === undefined) xml.children.unshift(new Xml("uuid", {}, call.engine.newUuid(call.sys)));
    call.engine.nwfilters.set(name, xml);
    return name;
  },
  *filterUndefine(call) {
    yield* call.sys.preempt();
    if (!call.engine.nwfilters.delete(call.text("filter"))) throw new VirError("no-nwfilter", `no nwfilter with matching name '${call.text("filter")}'`);
    return undefined;
  },
});
