// Limits and pinning, shown and set (virsh-domain.c). What is set stands in the domain's XML.
import type { Blocking } from "../../../kernel/sys.ts";
import { numberAt, record, rows, textAt } from "../../../daemons/libvirt/api.ts";
import { scaled, type Verb, verb, type VshCall, VshError } from "../_virsh.ts";
import { numbersOf, ranges } from "./guest-agent.ts";

const scope = "config live current";

function* tuning(call: VshCall, domain: string, element: string, more: Readonly<Record<string, string>> = {}): Blocking<ReadonlyMap<string, string>> {
  return new Map(rows(yield* call.act("domainTuning", { domain, element, config: call.has("config"), live: call.has("live"), ...more })).map((one) => [textAt(one, "key"), textAt(one, "value")]));
}

const line = (key: string, value: string): string => `${key.padEnd(15)}: ${value}\n`;
const noLimitKib = 9_007_199_254_740_988;

const memtune = verb("memtune", "domain", "Get or set memory parameters", `domain:data hard-limit:string soft-limit:string swap-hard-limit:string min-guarantee:string ${scope}`, function* (call) {
  const domain = yield* call.domain();
  const fields = [["hard-limit", "hard_limit"], ["soft-limit", "soft_limit"], ["swap-hard-limit", "swap_hard_limit"]] as const;
  let set = false;
  for (const [option, name] of fields) {
    const text = call.get(option);
    if (text === undefined) continue;
    set = true;
    const bytes = text === "-1" ? noLimitKib * 1024 : scaled(text, 1024);
    if (bytes === undefined) throw new VshError(`Unable to parse ${option} parameter`);
    const kib = Math.ceil(bytes / 1024);
    yield* call.act("domainTune", { domain, place: `memtune/${name}`, value: kib >= noLimitKib ? "" : String(kib), ...call.scope }, "Unable to change memory parameters");
  }
  if (set) return;
  const values = yield* tuning(call, domain, "memtune");
  for (const [, name] of fields) yield* call.print(line(name, values.get(name) ?? "unlimited"));
});

const ioFields = ["total_bytes_sec", "read_bytes_sec", "write_bytes_sec", "total_iops_sec", "read_iops_sec", "write_iops_sec", "total_bytes_sec_max", "read_bytes_sec_max", "write_bytes_sec_max", "total_iops_sec_max", "read_iops_sec_max", "write_iops_sec_max", "size_iops_sec"];

const blkdeviotune = verb("blkdeviotune", "domain", "read or set how much a disk may read and write", `domain:data device:data ${ioFields.map((name) => `${name.replaceAll("_", "-")}:string`).join(" ")} group_name:string ${scope}`, function* (call) {
  const domain = yield* call.domain();
  const disk = call.text("device");
  const given = ioFields.filter((name) => call.has(name.replaceAll("_", "-")));
  for (const kind of ["bytes", "iops"]) if (given.includes(`total_${kind}_sec`) && (given.includes(`read_${kind}_sec`) || given.includes(`write_${kind}_sec`))) throw new VshError("Unable to change block I/O throttle", `invalid argument: total and read/write of ${kind}_sec cannot be set at the same time`);
  for (const name of given) {
    const text = call.text(name.replaceAll("_", "-"));
    const value = scaled(text, 1);
    if (value === undefined) throw new VshError(`Scaled numeric value '${text}' for <${name.replaceAll("_", "-")}> option is malformed or out of range`);
    yield* call.act("domainTune", { domain, disk, place: `iotune/${name}`, value: value === 0 ? "" : String(value), ...call.scope }, "Unable to change block I/O throttle");
  }
  if (given.length > 0) return;
  const values = yield* tuning(call, domain, "iotune", { disk });
  for (const name of ioFields) yield* call.print(line(name, values.get(name) ?? "0"));
  yield* call.print(line("group_name", ""));
});

const blkiotune = verb("blkiotune", "domain", "Get or set blkio parameters", `domain:data weight:string device-weights:string device-read-iops-sec:string device-write-iops-sec:string device-read-bytes-sec:string device-write-bytes-sec:string ${scope}`, function* (call) {
  const domain = yield* call.domain();
  const weight = call.get("weight");
  if (weight !== undefined) {
    if (!/^\d+$/.test(weight) || Number(weight) > 1000) throw new VshError(`Invalid value of ${weight} for I/O weight`);
    yield* call.act("domainTune", { domain, place: "blkiotune/weight", value: weight, ...call.scope }, "Unable to change blkio parameters");
    return;
  }
  const values = yield* tuning(call, domain, "blkiotune");
  yield* call.print(line("weight", values.get("weight") ?? "0") + ["device_weight", "device_read_iops_sec", "device_write_iops_sec", "device_read_bytes_sec", "device_write_bytes_sec"].map((name) => line(name, "")).join(""));
});

const scheduler: readonly (readonly [name: string, place: string, usual: string])[] = [
  ["cpu_shares", "shares", "1024"], ["vcpu_period", "period", "100000"], ["vcpu_quota", "quota", "17592186044415"], ["emulator_period", "emulator_period", "100000"], ["emulator_quota", "emulator_quota", "17592186044415"], ["global_period", "global_period", "100000"], ["global_quota", "global_quota", "17592186044415"], ["iothread_period", "iothread_period", "100000"], ["iothread_quota", "iothread_quota", "17592186044415"],
];

const schedinfo = verb("schedinfo", "domain", "show/set scheduler parameters", "domain:data weight:string cap:string current config live set:rest", function* (call) {
  const domain = yield* call.domain();
  for (const assignment of call.all("set")) {
    const equals = assignment.indexOf("=");
    const field = scheduler.find(([name]) => name === assignment.slice(0, equals));
    if (equals < 0 || field === undefined) throw new VshError(`invalid scheduler option: ${assignment}`);
    if (!/^-?\d+$/.test(assignment.slice(equals + 1))) throw new VshError(`invalid value for '${field[0]}' option: ${assignment.slice(equals + 1)}`);
    yield* call.act("domainTune", { domain, place: `cputune/${field[1]}`, value: assignment.slice(equals + 1), ...call.scope });
  }
  if (call.session.uri.startsWith("test:")) {
    yield* call.print(line("Scheduler", "fair") + line("weight", "50"));
    return;
  }
  const values = yield* tuning(call, domain, "cputune");
  yield* call.print(line("Scheduler", "posix") + scheduler.map(([name, place, usual]) => line(name, values.get(place) ?? usual)).join(""));
});

const numatune = verb("numatune", "domain", "Get or set numa parameters", `domain:data mode:string nodeset:string ${scope}`, function* (call) {
  const domain = yield* call.domain();
  const mode = call.get("mode");
  const nodes = call.get("nodeset");
  if (mode !== undefined && !["strict", "preferred", "interleave", "restrictive", "0", "1", "2", "3"].includes(mode)) throw new VshError(`Invalid mode: ${mode}`);
  if (mode !== undefined) yield* call.act("domainTune", { domain, place: "numatune/memory/@mode", value: ["strict", "preferred", "interleave", "restrictive"][Number(mode)] ?? mode, ...call.scope }, "Unable to change numa parameters");
  if (nodes !== undefined) yield* call.act("domainTune", { domain, place: "numatune/memory/@nodeset", value: nodes, ...call.scope }, "Unable to change numa parameters");
  if (mode !== undefined || nodes !== undefined) return;
  const values = yield* tuning(call, domain, "numatune");
  yield* call.print(line("numa_mode", values.get("memory@mode") ?? "strict") + line("numa_nodeset", values.get("memory@nodeset") ?? ""));
});

const everyCpu = function* (call: VshCall): Blocking<number> {
  return numberAt(record(yield* call.act("nodeFacts")), "cpus");
};
const allOf = (cpus: number): string => (cpus === 1 ? "0" : `0-${cpus - 1}`);

/** A list of processors that the host has. Errors: VshError. */
function* cpuList(call: VshCall, text: string): Blocking<string> {
  const cpus = yield* everyCpu(call);
  if (text === "r") return allOf(cpus);
  const wanted = numbersOf(text);
  if (wanted === undefined) throw new VshError(`invalid argument: Failed to parse bitmap '${text}'`);
  const known = wanted.filter((cpu) => cpu < cpus);
  if (known.length === 0) throw new VshError("Requested operation is not valid: Numerical result out of range");
  return ranges(known);
}

const vcpupin = verb("vcpupin", "domain", "read or set which host CPUs a virtual CPU uses", `domain:data vcpu:string cpulist:string ${scope}`, function* (call) {
  const domain = yield* call.domain();
  const info = record(yield* call.act("domainInfo", { domain }));
  const vcpu = call.get("vcpu");
  if (vcpu !== undefined && !/^\d+$/.test(vcpu)) throw new VshError(`Numeric value '${vcpu}' for <vcpu> option is malformed or out of range`);
  if (vcpu !== undefined && Number(vcpu) >= numberAt(info, "maximumVcpus")) throw new VshError(call.has("cpulist") ? `invalid argument: vcpu ${vcpu} is out of range of ${call.has("config") ? "persistent" : "live"} cpu count ${textAt(info, "maximumVcpus")}` : `vcpu ${vcpu} is out of range of cpu count ${textAt(info, "maximumVcpus")}`);
  const list = call.get("cpulist");
  if (list !== undefined) {
    if (vcpu === undefined) throw new VshError("vcpupin: Missing vCPU number in pin mode.");
    yield* call.act("domainTune", { domain, place: `cputune/vcpupin[vcpu=${vcpu}]/@cpuset`, value: yield* cpuList(call, list), ...call.scope });
    return;
  }
  const xml = String(yield* call.act("domainXml", { domain, inactive: call.has("config") }));
  const pins = new Map([...xml.matchAll(/<vcpupin vcpu='(\d+)' cpuset='([^']*)'\/>/g)].map((match) => [Number(match[1]), match[2] ?? ""]));
  const all = allOf(yield* everyCpu(call));
  const shown = Array.from({ length: numberAt(info, "vcpus") }, (_, cpu) => cpu).filter((cpu) => vcpu === undefined || cpu === Number(vcpu));
  yield* call.table(["VCPU", "CPU Affinity"], shown.map((cpu) => [String(cpu), pins.get(cpu) ?? all]));
});

const emulatorpin = verb("emulatorpin", "domain", "read or set which host CPUs the emulator uses", `domain:data cpulist:string ${scope}`, function* (call) {
  const domain = yield* call.domain();
  const list = call.get("cpulist");
  if (list !== undefined) {
    yield* call.act("domainTune", { domain, place: "cputune/emulatorpin/@cpuset", value: yield* cpuList(call, list), ...call.scope });
    return;
  }
  const values = yield* tuning(call, domain, "cputune");
  yield* call.print(`${"emulator:".padEnd(16)} CPU Affinity\n${"-".repeat(34)}\n       *: ${values.get("emulatorpin@cpuset") ?? allOf(yield* everyCpu(call))}\n`);
});

const domiftune = verb("domiftune", "domain", "read or set how much an interface may send and receive", `domain:data interface:data inbound:string outbound:string ${scope}`, function* (call) {
  const domain = yield* call.domain();
  const card = call.text("interface");
  let set = false;
  for (const way of ["inbound", "outbound"] as const) {
    const text = call.get(way);
    if (text === undefined) continue;
    set = true;
    const parts = text.split(",");
    if (!parts.every((part) => /^\d*$/.test(part)) || parts.length > 4) throw new VshError(`${way} format is incorrect`);
    for (const [index, key] of ["average", "peak", "burst", "floor"].entries()) {
      const value = parts[index];
      if (value !== undefined && value !== "") yield* call.act("domainTune", { domain, interface: card, place: `bandwidth/${way}/@${key}`, value: value === "0" ? "" : value, ...call.scope }, "Unable to set interface parameters");
    }
  }
  if (set) return;
  const values = yield* tuning(call, domain, "bandwidth", { interface: card });
  for (const way of ["inbound", "outbound"]) for (const key of ["average", "peak", "burst", ...(way === "inbound" ? ["floor"] : [])]) yield* call.print(`${`${way}.${key}`.padEnd(15)}: ${values.get(`${way}@${key}`) ?? "0"}\n`);
});

const lifecycle = verb("set-lifecycle-action", "domain", "change lifecycle actions", `domain:data type:data action:data ${scope}`, function* (call) {
  const domain = yield* call.domain();
  const type = call.text("type");
  const action = call.text("action");
  if (!["poweroff", "reboot", "crash"].includes(type)) throw new VshError(`Invalid lifecycle type '${type}'.`);
  if (!["destroy", "restart", "rename-restart", "preserve", "coredump-destroy", "coredump-restart"].includes(action)) throw new VshError(`Invalid lifecycle action '${action}'.`);
  yield* call.act("domainTune", { domain, place: `on_${type}`, value: action, ...call.scope }, "Unable to change lifecycle action.");
  yield* call.extra("Lifecycle action changed.");
});

// ---- IO threads

function threadId(call: VshCall): number {
  const text = call.text("id");
  if (!/^\d+$/.test(text)) throw new VshError(`Numeric value '${text}' for <id> option is malformed or out of range`);
  if (Number(text) <= 0) throw new VshError(`Invalid IOThread id value: '${text}'`);
  return Number(text);
}

const iothreadinfo = verb("iothreadinfo", "domain", "view domain IOThreads", `domain:data ${scope}`, function* (call) {
  const domain = yield* call.domain();
  const found = rows(yield* call.act("ioThreads", { domain, ...call.scope }, "Unable to get domain IOThreads information"));
  if (found.length === 0) {
    yield* call.extra("No IOThreads found for the domain");
    return;
  }
  const all = allOf(yield* everyCpu(call));
  yield* call.table(["IOThread ID", "CPU Affinity"], found.map((one) => [textAt(one, "id"), textAt(one, "cpus") === "" ? all : textAt(one, "cpus")]));
});

const iothreadadd = verb("iothreadadd", "domain", "give a domain one more thread for disks (IOThread)", `domain:data id:data ${scope}`, function* (call) {
  const domain = yield* call.domain();
  yield* call.act("ioThreadAdd", { domain, id: threadId(call), ...call.scope });
});

const iothreaddel = verb("iothreaddel", "domain", "take a thread for disks (IOThread) from a domain", `domain:data id:data ${scope}`, function* (call) {
  const domain = yield* call.domain();
  yield* call.act("ioThreadRemove", { domain, id: threadId(call), ...call.scope });
});

const iothreadpin = verb("iothreadpin", "domain", "control domain IOThread affinity", `domain:data iothread:data cpulist:data ${scope}`, function* (call) {
  const domain = yield* call.domain();
  const id = call.text("iothread");
  if (!/^\d+$/.test(id)) throw new VshError("iothreadpin: Invalid IOThread number.");
  const known = rows(yield* call.act("ioThreads", { domain, ...call.scope })).some((one) => textAt(one, "id") === id);
  if (!known) throw new VshError(`invalid argument: iothread ${id} not found`);
  yield* call.act("domainTune", { domain, place: `cputune/iothreadpin[iothread=${id}]/@cpuset`, value: yield* cpuList(call, call.text("cpulist")), ...call.scope });
});

const iothreadset = verb("iothreadset", "domain", "change a thread for disks (IOThread) of a domain", "domain:data id:data poll-max-ns:string poll-grow:string poll-shrink:string thread-pool-min:string thread-pool-max:string live current", function* (call) {
  const domain = yield* call.domainRecord();
  const id = threadId(call);
  if (!["poll-max-ns", "poll-grow", "poll-shrink", "thread-pool-min", "thread-pool-max"].some((name) => call.has(name))) throw new VshError("Not enough arguments passed, nothing to set");
  if (numberAt(domain, "id") < 0) throw new VshError("Requested operation is not valid: domain is not running");
  const known = rows(yield* call.act("ioThreads", { domain: textAt(domain, "name") })).some((one) => numberAt(one, "id") === id);
  if (!known) throw new VshError(`invalid argument: cannot find IOThread '${id}' in iothreadids list`);
});

export const tuningVerbs: readonly Verb[] = [memtune, blkdeviotune, blkiotune, schedinfo, numatune, vcpupin, emulatorpin, domiftune, lifecycle, iothreadinfo, iothreadadd, iothreaddel, iothreadpin, iothreadset];
