// lshw: the machine as a tree, from the firmware's tables, /proc and sysfs (lshw(1), B.02.19). The short list and the plain one.
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { type Io, flag, program, text } from "../kit/program.ts";
import { type SmbiosStructure, readSmbios } from "../kit/smbios.ts";

interface Node {
  readonly id: string;
  readonly kind: string;
  readonly path: string;
  readonly device: string;
  readonly product: string;
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly children: Node[];
}

function names(sys: Sys, directory: string): readonly string[] {
  try {
    return sys.readdir(directory).map((entry) => entry.name).sort();
  } catch (error) {
    if (error instanceof SysError) return [];
    throw error;
  }
}

const CLASSES: ReadonlyMap<number, readonly [kind: string, id: string]> = new Map([[0x00, ["generic", "generic"]], [0x01, ["storage", "storage"]], [0x02, ["network", "network"]], [0x03, ["display", "display"]], [0x06, ["bridge", "pci"]], [0x0c, ["bus", "serial"]]]);

/** "12GiB", "2560MiB": the next unit when it is whole, or for more than ten thousand. */
const size = (bytes: number): string => {
  let value = bytes;
  let power = 0;
  while (power < 5 && value > 0 && (value > 10_240 || value % 1024 === 0)) {
    value = Math.floor(value / 1024);
    power++;
  }
  return `${value}${["B", "KiB", "MiB", "GiB", "TiB", "PiB"][power] ?? ""}`;
};

function* build(sys: Sys): Blocking<Node> {
  const dmi = function* (name: string): Blocking<string> {
    return ((yield* readTextFile(sys, `/sys/class/dmi/id/${name}`)) ?? "").trim();
  };
  const ids = new Map<string, string>();
  let vendor = "";
  for (const line of ((yield* readTextFile(sys, "/usr/share/misc/pci.ids")) ?? "").split("\n")) {
    if (/^[0-9a-f]{4} {2}/.test(line)) {
      vendor = line.slice(0, 4);
      ids.set(vendor, line.slice(6));
    } else if (/^\t[0-9a-f]{4} {2}/.test(line)) ids.set(`${vendor}:${line.slice(1, 5)}`, line.slice(7));
  }
  const core: Node = { id: "core", kind: "bus", path: "/0", device: "", product: "Motherboard", facts: [["description", "Motherboard"], ["physical id", "0"]], children: [] };
  let structures: readonly SmbiosStructure[] = [];
  try {
    structures = yield* readSmbios(sys);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  const firmware = structures.find((one) => one.type === 0);
  if (firmware !== undefined) core.children.push({ id: "firmware", kind: "memory", path: "/0/0", device: "", product: "96KiB BIOS", facts: [["description", "BIOS"], ["vendor", firmware.text(4) ?? ""], ["physical id", "0"], ["version", firmware.text(5) ?? ""], ["date", firmware.text(8) ?? ""], ["size", "96KiB"]], children: [] });
  const model = /^model name\s*:\s*(.*)$/m.exec((yield* readTextFile(sys, "/proc/cpuinfo")) ?? "")?.[1] ?? "";
  structures.filter((one) => one.type === 4).forEach((one, index) => core.children.push({ id: structures.filter((each) => each.type === 4).length > 1 ? `cpu:${index}` : "cpu", kind: "processor", path: `/0/${(0x400 + index).toString(16)}`, device: "", product: model, facts: [["description", "CPU"], ["product", model], ["vendor", one.text(7) ?? ""], ["physical id", (0x400 + index).toString(16)], ["bus info", `cpu@${index}`], ["version", one.text(16) ?? ""], ["slot", one.text(4) ?? ""], ["size", `${one.word(22)}MHz`], ["capacity", `${one.word(20)}MHz`], ["width", "64 bits"]], children: [] }));
  const total = Number(/^MemTotal:\s+(\d+)/m.exec((yield* readTextFile(sys, "/proc/meminfo")) ?? "")?.[1] ?? 0) * 1024;
  const bank = structures.find((one) => one.type === 17);
  const bytes = bank === undefined ? total : bank.word(12) * 1024 * 1024;
  core.children.push({ id: "memory", kind: "memory", path: "/0/1000", device: "", product: `${size(bytes)} System Memory`, facts: [["description", "System Memory"], ["physical id", "1000"], ["size", size(bytes)]], children: [{ id: "bank", kind: "memory", path: "/0/1000/0", device: "", product: `${size(bytes)} DIMM RAM`, facts: [["description", "DIMM RAM"], ["physical id", "0"], ["slot", bank?.text(16) ?? ""], ["size", size(bytes)]], children: [] }] });
  const counts = new Map<string, number>();
  for (const slot of names(sys, "/sys/bus/pci/devices")) {
    const base = `/sys/bus/pci/devices/${slot}`;
    const read = function* (name: string): Blocking<string> {
      return ((yield* readTextFile(sys, `${base}/${name}`)) ?? "").trim().replace(/^0x/, "");
    };
    const code = Number.parseInt((yield* read("class")).slice(0, 2), 16);
    const [kind, id] = CLASSES.get(code) ?? ["generic", "generic"];
    const vendorId = yield* read("vendor");
    const product = ids.get(`${vendorId}:${yield* read("device")}`) ?? `[${vendorId}:${yield* read("device")}]`;
    const number = counts.get(id) ?? 0;
    counts.set(id, number + 1);
    const network = names(sys, `${base}/net`)[0] ?? names(sys, base).filter((name) => name.startsWith("virtio")).flatMap((name) => names(sys, `${base}/${name}/net`))[0];
    const disks = names(sys, base).filter((name) => name.startsWith("virtio")).flatMap((name) => names(sys, `${base}/${name}/block`));
    const node: Node = { id: `${id}:${number}`, kind, path: `/0/100/${slot.slice(5).replace(":", ".")}`, device: network ?? "", product, facts: [["product", product], ["vendor", ids.get(vendorId) ?? ""], ["physical id", slot.slice(8)], ["bus info", `pci@${slot}`], ...(network === undefined ? [] : ([["logical name", network]] as const))], children: [] };
    for (const disk of disks) {
      const diskBytes = Number((yield* readTextFile(sys, `/sys/class/block/${disk}/size`)) ?? 0) * 512;
      node.children.push({ id: "virtio", kind: "disk", path: `${node.path}/0`, device: `/dev/${disk}`, product: `${size(diskBytes)} Virtual I/O device`, facts: [["description", "Virtual I/O device"], ["physical id", "0"], ["logical name", `/dev/${disk}`], ["size", size(diskBytes)]], children: [] });
    }
    core.children.push(node);
    if (sys.charge(20)) yield* sys.preempt();
  }
  const product = yield* dmi("product_name");
  return { id: sys.uname().nodename, kind: "system", path: "", device: "", product: product === "" ? "Computer" : product, facts: [["description", "Computer"], ["product", product], ["vendor", yield* dmi("sys_vendor")], ["version", yield* dmi("product_version")], ["width", "64 bits"]], children: [core] };
}

export default program(
  { name: "lshw", path: "/usr/bin/lshw", summary: "list hardware", synopsis: ["[-format] [-options ...]"], options: [flag(["-short"], "output hardware paths"), flag(["-businfo"], "output bus information"), text(["-class", "-C"], "CLASS", "just hardware of this class"), flag(["-version"], "print program version"), flag(["-sanitize"], "sanitize output"), flag(["-numeric"], "output numeric IDs"), flag(["-quiet"], "don't display status")] },
  function* (sys, argv, io: Io) {
    let short = false;
    let bus = false;
    const kinds: string[] = [];
    for (let at = 1; at < argv.length; at++) {
      const word = argv[at] ?? "";
      if (word === "-short") short = true;
      else if (word === "-businfo") bus = true;
      else if (word === "-C" || word === "-c" || word === "-class") kinds.push(argv[++at] ?? "");
      else if (word === "-version") {
        io.out.put("B.02.19\n");
        return 0;
      } else if (word === "-sanitize" || word === "-numeric" || word === "-quiet" || word === "-notime") continue;
      else if (/^-(?:html|xml|json|X)$/.test(word)) {
        sys.observe({ kind: "unsimulated", command: "lshw", detail: word });
        yield* io.stderr(`lshw: ${word} is not simulated here\n`);
        return 1;
      } else {
        yield* io.stderr("Hardware Lister (lshw) - B.02.19\nusage: lshw [-format] [-options ...]\n       lshw -version\n");
        return 1;
      }
    }
    if (sys.getcred().euid !== 0) yield* io.stderr("WARNING: you should run this program as super-user.\n");
    const tree = yield* build(sys);
    const chosen = (node: Node): boolean => kinds.length === 0 || kinds.includes(node.kind);
    const flat: Node[] = [];
    const visit = (node: Node): void => {
      if (chosen(node)) flat.push(node);
      node.children.forEach(visit);
    };
    visit(tree);
    if (short || bus) {
      const first = flat.map((node) => (bus ? (node.facts.find(([name]) => name === "bus info")?.[1] ?? "") : node.path));
      const title = bus ? "Bus info" : "H/W path";
      const widths = [Math.max(title.length, ...first.map((one) => one.length)), Math.max("Device".length, ...flat.map((node) => node.device.length)), Math.max("Class".length, ...flat.map((node) => node.kind.length))];
      const line = (cells: readonly string[]): string => `${cells.map((cell, index) => (index === 3 ? cell : cell.padEnd((widths[index] ?? 0) + 2))).join("")}\n`;
      const heading = line([title, "Device", "Class", "Description"]);
      io.out.put(`${heading}${"=".repeat(Math.max(40, heading.length - 1))}\n${flat.map((node, index) => line([first[index] ?? "", node.device, node.kind, node.product])).join("")}`);
    } else {
      const show = (node: Node, depth: number): void => {
        if (chosen(node)) {
          io.out.put(`${" ".repeat(kinds.length > 0 ? 2 : depth * 2)}${depth === 0 ? "" : "*-"}${node.id}\n`);
          for (const [name, value] of node.facts) if (value !== "") io.out.put(`${" ".repeat((kinds.length > 0 ? 1 : depth) * 2 + (depth === 0 ? 4 : 5))}${name}: ${value}\n`);
        }
        for (const child of node.children) show(child, depth + 1);
      };
      show(tree, 0);
    }
    return 0;
  },
);
