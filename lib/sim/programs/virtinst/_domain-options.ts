// What the options' texts do to a domain's XML: whole-domain options change it, device options make or change a device.
import { Xml } from "../../daemons/libvirt/api/xml.ts";
import type { DomainOption } from "./_option-table.ts";
import { suboptions, VirtinstError } from "./_virtinst.ts";

const yes = new Set(["yes", "on", "true", "y", "1"]);
const no = new Set(["no", "off", "false", "n", "0"]);

function boolean(given: DomainOption, name: string, value: string): boolean {
  if (yes.has(value.toLowerCase())) return true;
  if (no.has(value.toLowerCase())) return false;
  throw new VirtinstError(`Error: --${given.name} ${name}=${value}: '${name}' must be 'yes' or 'no'`);
}

/** Where a new child goes: before those that come later in the order. */
function insert(parent: Xml, child: Xml, order: readonly string[]): void {
  const rank = order.indexOf(child.name);
  const at = rank < 0 ? -1 : parent.children.findIndex((one) => order.indexOf(one.name) > rank);
  if (at < 0) parent.children.push(child);
  else parent.children.splice(at, 0, child);
}

const domainOrder = ["name", "uuid", "genid", "title", "description", "metadata", "maxMemory", "memory", "currentMemory", "memtune", "memoryBacking", "vcpu", "iothreads", "cputune", "numatune", "blkiotune", "resource", "sysinfo", "os", "features", "cpu", "clock", "on_poweroff", "on_reboot", "on_crash", "pm", "devices", "seclabel"];

export function put(root: Xml, place: string, value: string, order: readonly string[] = domainOrder): void {
  const words = place.split("/");
  let at = root;
  words.forEach((word, index) => {
    if (word.startsWith("@")) {
      if (value === "") at.attributes.delete(word.slice(1));
      else at.set(word.slice(1), value);
      return;
    }
    const name = word.replace("?", "");
    let child = at.find(name);
    if (child === undefined) {
      child = new Xml(name);
      insert(at, child, index === 0 ? order : []);
    }
    at = child;
    if (index === words.length - 1 && !word.endsWith("?")) at.text = value;
  });
}

export function remove(root: Xml, place: string): void {
  const words = place.replace("?", "").split("/");
  const last = words.pop() ?? "";
  const parent = words.length === 0 ? root : root.find(words.join("/"));
  if (parent === undefined) return;
  if (last.startsWith("@")) parent.attributes.delete(last.slice(1));
  else parent.children = parent.children.filter((child) => child.name !== last);
}

function valueAt(root: Xml, place: string): string | undefined {
  if (place.endsWith("?")) return root.find(place.slice(0, -1)) === undefined ? undefined : "yes";
  const slash = place.lastIndexOf("/");
  const last = place.slice(slash + 1);
  const parent = slash < 0 ? root : root.find(place.slice(0, slash));
  return last.startsWith("@") ? parent?.get(last.slice(1)) : parent?.textOf(last);
}

/** Errors: VirtinstError, at names that the option does not have. */
export function parsed(given: DomainOption, text: string): Map<string, string> {
  const found = new Map(suboptions(text, given.first === "" ? "" : given.first));
  const unknown = [...found.keys()].filter((name) => name !== "clearxml" && name !== given.first && !given.properties.has(name) && !(given.name === "boot" && bootWord(name)) && !/^(?:boot|listens|timer|feature|arg|numa\.cell|vcpus\.vcpu)\d+\./.test(name));
  if (unknown.length > 0) throw new VirtinstError(`Error: --${given.name} ${text}: Unknown --${given.name} options: [${unknown.map((name) => `'${name}'`).join(", ")}]`);
  return found;
}

const bootWord = (name: string): boolean => ["hd", "cdrom", "network", "fd", "uefi", "menu", "useserial"].includes(name);

function applyBoot(domain: Xml, found: Map<string, string>): void {
  const os = domain.find("os");
  const devices = [...found].filter(([name, value]) => ["hd", "cdrom", "network", "fd"].includes(name) || (/^boot\d+\.dev$/.test(name) && value !== "")).map(([name, value]) => (name.startsWith("boot") ? value : name));
  if (os !== undefined && devices.length > 0) {
    os.children = os.children.filter((child) => child.name !== "boot");
    const at = os.children.findIndex((child) => child.name === "type") + 1;
    os.children.splice(at, 0, ...devices.map((dev) => new Xml("boot", { dev })));
    for (const device of domain.find("devices")?.children ?? []) device.children = device.children.filter((child) => child.name !== "boot");
  }
  if (found.has("uefi")) os?.set("firmware", "efi");
}

function applyCpu(domain: Xml, found: Map<string, string>): void {
  const model = found.get("model");
  if (model !== undefined) {
    found.delete("model");
    if (model === "none") {
      remove(domain, "cpu");
      return;
    }
    const special = model.startsWith("host-") || model === "maximum" ? model : model === "host" || model === "host-model" ? "host-model" : undefined;
    remove(domain, "cpu/model");
    const cpu = domain.find("cpu");
    for (const name of ["mode", "match", "check"]) cpu?.attributes.delete(name);
    if (special !== undefined) put(domain, "cpu/@mode", special);
    else {
      put(domain, "cpu/@mode", "custom");
      put(domain, "cpu/@match", "exact");
      put(domain, "cpu/model", model);
    }
  }
  for (const name of [...found.keys()]) {
    const policy = ["force", "require", "optional", "disable", "forbid"].includes(name) ? name : undefined;
    const cpu = domain.find("cpu");
    if (policy === undefined || cpu === undefined) continue;
    const feature = found.get(name) ?? "";
    cpu.children = [...cpu.children.filter((child) => child.name !== "feature" || child.get("name") !== feature), new Xml("feature", { policy, name: feature })];
    found.delete(name);
  }
}

function whole(given: DomainOption, name: string, text: string): number {
  if (!/^-?\d+$/.test(text)) throw new VirtinstError(`Error: --${given.name} ${name === given.first ? text : `${name}=${text}`}: invalid literal for int() with base 10: '${text}'`);
  return Number(text);
}

/** One option that speaks of the domain as a whole. Errors: VirtinstError. */
export function applyToDomain(domain: Xml, given: DomainOption, text: string): void {
  const found = parsed(given, text);
  switch (given.name) {
    case "memory": {
      const memory = found.get("memory") ?? found.get("maxmemory");
      const current = found.get("currentMemory") ?? found.get("memory");
      if (memory !== undefined) put(domain, "memory", String(whole(given, "memory", found.get("maxmemory") ?? memory) * 1024));
      if (current !== undefined) put(domain, "currentMemory", String(whole(given, "currentMemory", current) * 1024));
      for (const name of ["memory", "maxmemory", "currentMemory"]) found.delete(name);
      break;
    }
    case "vcpus": {
      const count = found.get("vcpus");
      const most = found.get("maxvcpus");
      if (most !== undefined) {
        put(domain, "vcpu", String(whole(given, "maxvcpus", most)));
        if (count !== undefined) put(domain, "vcpu/@current", count === most ? "" : String(whole(given, "vcpus", count)));
      } else if (count !== undefined) {
        put(domain, "vcpu", String(whole(given, "vcpus", count)));
        remove(domain, "vcpu/@current");
      }
      found.delete("vcpus");
      found.delete("maxvcpus");
      break;
    }
    case "cpu":
      applyCpu(domain, found);
      break;
    case "boot":
      applyBoot(domain, found);
      break;
    default:
  }
  if (found.get("clearxml") === "yes") {
    const [place] = given.properties.values();
    remove(domain, (place ?? "").split("/")[0] ?? "");
  }
  setProperties(domain, given, found, domainOrder);
}

function setProperties(root: Xml, given: DomainOption, found: ReadonlyMap<string, string>, order: readonly string[]): void {
  for (const [name, value] of found) {
    const place = given.properties.get(name);
    if (place === undefined || place === "") continue;
    if (!place.endsWith("?")) put(root, place, value, order);
    else if (boolean(given, name, value)) put(root, place, "", order);
    else remove(root, place);
  }
}

const networkTypes = new Set(["user", "bridge", "network", "direct", "hostdev", "ethernet", "vhostuser", "default", "none"]);

/** "default", "bridge=br0", "user": what the source is, of which type. */
function networkProperties(device: Xml, found: Map<string, string>): void {
  const bare = found.get("network");
  if (bare !== undefined && networkTypes.has(bare) && bare !== "network" && bare !== "default") {
    found.delete("network");
    found.set("type", bare);
  } else if (bare === "bridge") found.delete("network");
  const source = found.get("source");
  if (source !== undefined) {
    found.delete("source");
    const type = found.get("type") ?? device.get("type");
    found.set(type === "bridge" ? "source.bridge" : type === "direct" ? "source.dev" : "source.network", source);
  }
  if (found.has("bridge") || found.has("source.bridge")) found.set("type", "bridge");
  else if (found.has("network") || found.has("source.network")) found.set("type", "network");
  else if (found.has("source.dev") && !found.has("type")) found.set("type", "direct");
  const type = found.get("type");
  const sourceElement = device.find("source");
  if (type !== undefined && sourceElement !== undefined) for (const key of ["network", "bridge", "dev", "portid"]) sourceElement.attributes.delete(key);
  if (type === "user") remove(device, "source");
}

/** Changes a device, or fills a new one. Errors: VirtinstError. */
export function applyToDevice(device: Xml, given: DomainOption, text: string): void {
  const found = parsed(given, text);
  if (found.get("clearxml") === "yes") {
    device.attributes.clear();
    device.children = [];
  }
  if (given.name === "network") networkProperties(device, found);
  if (given.name === "rng") {
    const type = found.get("type");
    if (type?.startsWith("/") === true) {
      found.set("type", "random");
      found.set("backend", type);
    }
  }
  if (given.name === "disk") {
    const path = found.get("path");
    if (path === "") remove(device, "source");
    const device_ = path?.startsWith("/dev/") === true;
    if (device_ && path !== undefined) {
      found.delete("path");
      found.set("type", "block");
      found.set("source.dev", path);
    }
    if (found.get("path") === "") found.delete("path");
  }
  if (given.name === "tpm" && !["emulator", "passthrough"].includes(found.get("type") ?? "emulator")) {
    found.set("path", found.get("type") ?? "");
    found.set("type", "passthrough");
  }
  if (given.name === "graphics" && found.get("type") === "none") throw new VirtinstError("Error: --graphics none: 'none' makes no device");
  setProperties(device, given, found, given.order);
}

/** Does the device have all of these? */
export function matches(device: Xml, given: DomainOption, wanted: ReadonlyMap<string, string>): boolean {
  return [...wanted].every(([name, value]) => {
    const place = given.properties.get(name);
    if (place === undefined || place === "") return false;
    if (name === "path") return [device.at("source", "file"), device.at("source", "dev"), device.at("source", "dir")].includes(value);
    const is = valueAt(device, place);
    return place.endsWith("?") ? (is !== undefined) === yes.has(value.toLowerCase()) : is?.toLowerCase() === value.toLowerCase();
  });
}
