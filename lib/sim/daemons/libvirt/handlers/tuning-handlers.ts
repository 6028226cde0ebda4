// Limits, pinning and IO threads: parts of the XML; of a running domain also of its control group, where it has a file for them.
import type { Blocking } from "../../../kernel/sys.ts";
import { tryWriteFile } from "../../systemd/api/files.ts";
import { Xml } from "../api/xml.ts";
import { type Call, handlers } from "../call.ts";
import { cardsOf, diskSource, disksOf } from "../domain-xml.ts";
import { type Domain, isRunning, shownXml } from "../engine.ts";
import { VirError } from "../error.ts";
import { applyBandwidth } from "../network-filter.ts";
import { setDiskLimits, setProcessorShare } from "../start-domain.ts";
import { affected } from "./domain-handlers.ts";

const order = ["name", "uuid", "title", "description", "metadata", "memory", "currentMemory", "memtune", "blkiotune", "vcpu", "iothreads", "iothreadids", "cputune", "numatune", "os"];
const places = /^(?:memtune|blkiotune|cputune|numatune|iotune|bandwidth|on_(?:poweroff|reboot|crash))(?:\/|$)/;

/** "memtune/hard_limit", "cputune/vcpupin[vcpu=1]/@cpuset". An empty value takes the last part out. */
function put(root: Xml, place: string, value: string): void {
  set(root, place, value);
  // nothing is left of limits that were taken away
  const prune = (at: Xml): void => {
    for (const child of at.children) prune(child);
    at.children = at.children.filter((child) => child.children.length > 0 || child.text !== "" || child.pairs.length > 0);
  };
  const [first = ""] = place.split("/");
  const element = root.find(first);
  if (value !== "" || element === undefined || !["iotune", "bandwidth"].includes(first)) return;
  prune(element);
  if (element.children.length === 0) root.children.splice(root.children.indexOf(element), 1);
}

function set(root: Xml, place: string, value: string): void {
  const words = place.split("/");
  let at = root;
  for (const [index, word] of words.entries()) {
    if (word.startsWith("@")) {
      if (value === "") at.attributes.delete(word.slice(1));
      else at.set(word.slice(1), value);
      return;
    }
    const [, name = word, key, wanted = ""] = /^([a-z_]+)\[([a-z]+)=([^\]]*)\]$/.exec(word) ?? [];
    let child = key === undefined ? at.find(name) : at.all(name).find((one) => one.get(key) === wanted);
    if (child === undefined) {
      if (value === "") return;
      child = new Xml(name, key === undefined ? {} : { [key]: wanted });
      const rank = order.indexOf(name);
      const before = index === 0 && rank >= 0 ? at.children.findIndex((one) => order.indexOf(one.name) > rank || !order.includes(one.name)) : -1;
      at.children.splice(before < 0 ? at.children.length : before, 0, child);
    }
    if (index === words.length - 1) {
      if (value === "") at.children.splice(at.children.indexOf(child), 1);
      else child.text = value;
    }
    at = child;
  }
}

/** What the place is in: the domain, one of its disks or cards. */
function scopeOf(call: Call, xml: Xml): Xml {
  const disk = call.optional("disk");
  const card = call.optional("interface");
  if (disk !== undefined) {
    const found = disksOf(xml).find((one) => one.at("target", "dev") === disk || diskSource(one) === disk);
    if (found === undefined) throw new VirError("argument", `disk '${disk}' not found in domain`);
    return found;
  }
  if (card !== undefined) {
    const found = cardsOf(xml).find((one) => one.at("target", "dev") === card || one.at("mac", "address") === card);
    if (found === undefined) throw new VirError("argument", "Can't find device " + card);
    return found;
  }
  return xml;
}

const groupFiles = new Map([["memtune/hard_limit", "memory.max"], ["memtune/soft_limit", "memory.high"], ["memtune/swap_hard_limit", "memory.swap.max"]]);

function scopePath(domain: Domain): string {
  return `/sys/fs/cgroup/machine.slice/machine-qemu\\x2d${domain.id}\\x2d${domain.name.replaceAll("-", "\\x2d")}.scope`;
}

function* applyToGroup(call: Call, domain: Domain, place: string, value: string): Blocking<void> {
  const file = groupFiles.get(place);
  if (file !== undefined) yield* tryWriteFile(call.sys, `${scopePath(domain)}/${file}`, value === "" ? "max" : String(Number(value) * 1024));
  if (place === "cputune/shares" && value !== "") yield* tryWriteFile(call.sys, `${scopePath(domain)}/cpu.weight`, String(Math.max(1, Math.min(10_000, Math.round(Number(value) / 10.24)))));
}

/** What QEMU or the card's tap is told. */
function* applyToGuest(call: Call, domain: Domain, place: string): Blocking<void> {
  if (!isRunning(domain)) return;
  if (place.startsWith("iotune/")) yield* setDiskLimits(call.sys, domain.monitor, scopeOf(call, domain.live));
  else if (place.startsWith("bandwidth/")) {
    const card = scopeOf(call, domain.live);
    applyBandwidth(call.sys, card, card.at("target", "dev") ?? "");
  } else if (/^cputune\/(?:global_)?(?:quota|period)$/.test(place)) yield* setProcessorShare(call.sys, domain.monitor, domain.live);
}

/** Ids of the IO threads of an XML. */
function threadIds(xml: Xml): readonly number[] {
  const given = xml.find("iothreadids")?.all("iothread").map((one) => Number(one.get("id"))) ?? [];
  const count = Number(xml.textOf("iothreads") ?? given.length);
  const ids = [...given];
  for (let id = 1; ids.length < count; id++) if (!ids.includes(id)) ids.push(id);
  return ids.sort((a, b) => a - b);
}

function setThreads(xml: Xml, ids: readonly number[]): void {
  xml.children = xml.children.filter((child) => child.name !== "iothreads" && child.name !== "iothreadids");
  if (ids.length === 0) return;
  const at = xml.children.findIndex((child) => child.name === "vcpu") + 1;
  xml.children.splice(at, 0, new Xml("iothreads", {}, String(ids.length)), new Xml("iothreadids", {}, ids.map((id) => new Xml("iothread", { id: String(id) }))));
}

export const tuningHandlers = handlers({
  /** Attributes and texts below an element: "hard_limit" → "1024", "inbound@average" → "100". */
  *domainTuning(call) {
    yield* call.sys.preempt();
    const domain = call.engine.domain(call.text("domain"));
    if (call.flag("live") && !isRunning(domain)) throw new VirError("operation-invalid", "domain is not running");
    const found: Record<string, string>[] = [];
    const walk = (node: Xml, prefix: string): void => {
      for (const [key, value] of node.attributes) found.push({ key: `${prefix}@${key}`, value });
      for (const child of node.children) {
        if (child.text !== "") found.push({ key: `${prefix}${prefix === "" ? "" : "/"}${child.name}`, value: child.text });
        walk(child, `${prefix}${prefix === "" ? "" : "/"}${child.name}`);
      }
    };
    const element = scopeOf(call, shownXml(domain, call.flag("config"))).find(call.text("element"));
    if (element !== undefined) walk(element, "");
    return found;
  },
  *ioThreads(call) {
    yield* call.sys.preempt();
    const domain = call.engine.domain(call.text("domain"));
    const { live } = affected(call, domain);
    const xml = live ? shownXml(domain) : shownXml(domain, true);
    return threadIds(xml).map((id) => ({ id, cpus: xml.find("cputune")?.all("iothreadpin").find((one) => one.get("iothread") === String(id))?.get("cpuset") ?? "" }));
  },
}, {
  *domainTune(call) {
    const domain = call.engine.domain(call.text("domain"));
    const { live, config } = affected(call, domain);
    const place = call.text("place");
    if (!places.test(place)) throw new VirError("internal", `no such limit: ${place}`);
    for (const [wanted, xml] of [[live, domain.live], [config, domain.definition]] as const) if (wanted && xml !== undefined) put(scopeOf(call, xml), place, call.text("value"));
    if (live) {
      yield* applyToGroup(call, domain, place, call.text("value"));
      yield* applyToGuest(call, domain, place);
    }
    if (config) yield* call.engine.saveDomain(call.sys, domain);
    return undefined;
  },
  *ioThreadAdd(call) {
    const domain = call.engine.domain(call.text("domain"));
    const { live, config } = affected(call, domain);
    const id = call.number("id");
    for (const [wanted, xml] of [[live, domain.live], [config, domain.definition]] as const) {
      if (!wanted || xml === undefined) continue;
      const ids = threadIds(xml);
      if (ids.includes(id)) throw new VirError("argument", `an IOThread is already using iothread_id '${id}'`);
      setThreads(xml, [...ids, id].sort((a, b) => a - b));
    }
    if (config) yield* call.engine.saveDomain(call.sys, domain);
    return undefined;
  },
  *ioThreadRemove(call) {
    const domain = call.engine.domain(call.text("domain"));
    const { live, config } = affected(call, domain);
    const id = call.number("id");
    for (const [wanted, xml] of [[live, domain.live], [config, domain.definition]] as const) {
      if (!wanted || xml === undefined) continue;
      const ids = threadIds(xml);
      if (!ids.includes(id)) throw new VirError("argument", `cannot find IOThread '${id}' in iothreadids list`);
      const user = disksOf(xml).find((disk) => disk.at("driver", "iothread") === String(id));
      if (user !== undefined) throw new VirError("argument", `cannot remove IOThread '${id}' since it is being used by disk '${user.at("target", "dev") ?? ""}'`);
      setThreads(xml, ids.filter((one) => one !== id));
    }
    if (config) yield* call.engine.saveDomain(call.sys, domain);
    return undefined;
  },
});
