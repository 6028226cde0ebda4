// lscpu: processors as /proc/cpuinfo, sysfs and the firmware's tables describe them (lscpu(1), util-linux 2.38).
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { readSmbios } from "../kit/smbios.ts";
import { localNumber } from "../kit/locale.ts";
import { messageLanguage } from "../kit/messages/translate.ts";
import { Table } from "../kit/table.ts";
import { type Io, flag, optionalText, text, utilLinux, unknownColumn } from "../kit/util-linux.ts";

const CPUS = "/sys/devices/system/cpu";

interface Fact {
  readonly name: string;
  readonly value: string;
  /** how the plain listing names it, where its group's head does not stand above it */
  readonly plain?: string;
  readonly children?: readonly Fact[];
}

function names(sys: Sys, directory: string, pattern: RegExp): readonly string[] {
  try {
    return sys.readdir(directory).map((entry) => entry.name).filter((name) => pattern.test(name)).sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
  } catch (error) {
    if (error instanceof SysError) return [];
    throw error;
  }
}

function* line(sys: Sys, path: string): Blocking<string | undefined> {
  return (yield* readTextFile(sys, path))?.trim();
}

/** "0-3,5" as numbers. */
function members(list: string): readonly number[] {
  return list.split(",").flatMap((part) => {
    const [from, to = from] = part.split("-").map(Number);
    return from === undefined || to === undefined || Number.isNaN(from) ? [] : Array.from({ length: to - from + 1 }, (_, index) => from + index);
  });
}

/** As libsmartcols' cpulist_create: ranges only of three and more. */
function listed(cpus: readonly number[]): string {
  const parts: string[] = [];
  for (let at = 0; at < cpus.length; ) {
    let end = at;
    while (end + 1 < cpus.length && cpus[end + 1] === (cpus[end] ?? 0) + 1) end++;
    if (end - at >= 2) parts.push(`${cpus[at]}-${cpus[end]}`);
    else for (let index = at; index <= end; index++) parts.push(String(cpus[index]));
    at = end + 1;
  }
  return parts.join(",");
}

function cacheSize(kib: number, bytes: boolean): string {
  if (bytes) return String(kib * 1024);
  return kib >= 1024 && kib % 1024 === 0 ? `${kib / 1024} MiB` : kib >= 1024 ? `${(kib / 1024).toFixed(1)} MiB` : `${kib} KiB`;
}

interface Cache {
  readonly name: string;
  readonly kib: number;
  readonly type: string;
  readonly level: string;
  readonly ways: string;
  readonly lineBytes: string;
  instances: number;
}

interface Cpu {
  readonly number: number;
  readonly core: string;
  readonly socket: string;
  readonly node: string;
  readonly caches: string;
}

function* caches(sys: Sys, cpus: readonly string[]): Blocking<readonly Cache[]> {
  const found = new Map<string, Cache>();
  const seen = new Set<string>();
  for (const cpu of cpus) {
    for (const index of names(sys, `${CPUS}/${cpu}/cache`, /^index\d+$/)) {
      const base = `${CPUS}/${cpu}/cache/${index}`;
      const type = (yield* line(sys, `${base}/type`)) ?? "";
      const level = (yield* line(sys, `${base}/level`)) ?? "";
      const name = `L${level}${type === "Data" ? "d" : type === "Instruction" ? "i" : ""}`;
      const key = `${name} ${yield* line(sys, `${base}/shared_cpu_map`)}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const old = found.get(name);
      if (old !== undefined) old.instances++;
      else found.set(name, { name, type, level, kib: Number.parseInt((yield* line(sys, `${base}/size`)) ?? "0", 10), ways: (yield* line(sys, `${base}/ways_of_associativity`)) ?? "", lineBytes: (yield* line(sys, `${base}/coherency_line_size`)) ?? "", instances: 1 });
    }
  }
  return [...found.values()];
}

function* firmware(sys: Sys): Blocking<{ readonly vendor: string | undefined; readonly model: string | undefined; readonly family: string | undefined }> {
  try {
    const one = (yield* readSmbios(sys)).find((structure) => structure.type === 4);
    if (one === undefined) return { vendor: undefined, model: undefined, family: undefined };
    const speed = one.word(22);
    return { vendor: one.text(7), model: `${one.text(16) ?? ""} ${one.text(34) ?? ""} CPU @ ${(speed / 1000).toFixed(1)}GHz`, family: String(one.byte(6) === 0xfe ? one.word(40) : one.byte(6)) };
  } catch (error) {
    if (error instanceof SysError) return { vendor: undefined, model: undefined, family: undefined };
    throw error;
  }
}

function* hypervisor(sys: Sys, flags: readonly string[]): Blocking<string | undefined> {
  if (!flags.includes("hypervisor")) return undefined;
  const vendor = (yield* line(sys, "/sys/class/dmi/id/sys_vendor")) ?? "";
  if ((yield* line(sys, "/sys/hypervisor/type")) === "xen") return "Xen";
  if (vendor.startsWith("VMware")) return "VMware";
  if (vendor.startsWith("innotek") || vendor.startsWith("Oracle")) return "Oracle";
  if (vendor.startsWith("Microsoft")) return "Microsoft";
  // plain emulation (TCG) gives no signature that lscpu knows; KVM's is known here by the clock that only KVM offers
  return ((yield* line(sys, "/sys/devices/system/clocksource/clocksource0/available_clocksource")) ?? "").includes("kvm-clock") ? "KVM" : undefined;
}

/** of -e and -p (lscpu(1)) */
const COLUMNS: ReadonlySet<string> = new Set(["BOGOMIPS", "CPU", "CORE", "SOCKET", "CLUSTER", "NODE", "BOOK", "DRAWER", "CACHE", "POLARIZATION", "ADDRESS", "CONFIGURED", "ONLINE", "MHZ", "SCALMHZ%", "MAXMHZ", "MINMHZ", "MODELNAME"]);

export default utilLinux({
  name: "lscpu", summary: "show the CPU's architecture, caches and features", synopsis: ["[options]"],
  options: {
    all: flag(["-a", "--all"], "with CPUs that are offline (as -e by default)"), online: flag(["-b", "--online"], "without CPUs that are offline (as -p by default)"), bytes: flag(["-B", "--bytes"], "sizes as plain numbers of bytes"), caches: optionalText(["-C", "--caches"], "list", "a table of the caches"), offline: flag(["-c", "--offline"], "only CPUs that are offline"),
    extended: optionalText(["-e", "--extended"], "list", "a table with a line for each CPU"), json: flag(["-J", "--json"], "write JSON"), parse: optionalText(["-p", "--parse"], "list", "lines for programs, with commas between"), root: text(["-s", "--sysroot"], "dir", "this directory counts as /"), hex: flag(["-x", "--hex"], "sets of CPUs as hexadecimal masks"), physical: flag(["-y", "--physical"], "numbers as the hardware gives them"),
    hierarchic: optionalText(["--hierarchic"], "when", "indent what belongs together: auto, never or always"), outputAll: flag(["--output-all"], "with -e, -p or -C, every column"),
  },
  operands: "files",
  *run({ options, operands, sys }, io: Io) {
    if (operands.length > 0) io.usage("bad usage");
    if (Number(options.caches !== undefined) + Number(options.extended !== undefined) + Number(options.parse !== undefined) > 1) io.die("mutually exclusive arguments: --caches --extended --parse");
    if ((options.all || options.online || options.offline) && options.extended === undefined && options.parse === undefined) io.die("options --all, --online and --offline may only be used with options --extended or --parse.");
    const info = (yield* readTextFile(sys, "/proc/cpuinfo")) ?? "";
    const field = (name: string): string | undefined => new Map(info.split("\n").map((row) => [row.slice(0, row.indexOf(":")).trim(), row.slice(row.indexOf(":") + 1).trim()] as const).reverse()).get(name);
    const flags = (field("flags") ?? "").split(" ");
    const online = members((yield* line(sys, `${CPUS}/online`)) ?? "0");
    const present = names(sys, CPUS, /^cpu\d+$/);
    const topology: Cpu[] = [];
    for (const cpu of present) {
      const base = `${CPUS}/${cpu}/topology`;
      const shared: string[] = [];
      for (const index of names(sys, `${CPUS}/${cpu}/cache`, /^index\d+$/)) {
        const owner = members((yield* line(sys, `${CPUS}/${cpu}/cache/${index}/shared_cpu_list`)) ?? "0")[0] ?? 0;
        const size = members((yield* line(sys, `${CPUS}/${cpu}/cache/${index}/shared_cpu_list`)) ?? "0").length;
        shared.push(String(Math.floor(owner / Math.max(1, size))));
      }
      topology.push({ number: Number(cpu.slice(3)), core: (yield* line(sys, `${base}/core_id`)) ?? "0", socket: (yield* line(sys, `${base}/physical_package_id`)) ?? "0", node: names(sys, `${CPUS}/${cpu}`, /^node\d+$/)[0]?.slice(4) ?? "", caches: shared.join(":") });
    }
    const cores = [...new Set(topology.map((cpu) => `${cpu.socket}/${cpu.core}`))];
    const sockets = [...new Set(topology.map((cpu) => cpu.socket))];
    const all = yield* caches(sys, present);
    for (const list of [options.parse, options.extended]) {
      const unknown = typeof list !== "string" ? undefined : unknownColumn(list, (one) => COLUMNS.has(one));
      if (unknown !== undefined) io.die(`unknown column: ${unknown}`);
    }
    if (options.parse !== undefined) {
      const columns = typeof options.parse === "string" ? options.parse.replace(/^=/, "").split(",").map((one) => one.toUpperCase()) : ["CPU", "CORE", "SOCKET", "NODE"];
      io.say("# The following is the parsable format, which can be fed to other\n# programs. Each different item in every column has an unique ID\n# starting usually from zero.\n");
      const plain = options.parse === true;
      io.out.put(`# ${columns.map((one) => (one === "CPU" ? one : one.charAt(0) + one.slice(1).toLowerCase())).join(",").replace(/^Cpu/, "CPU")}${plain ? `,,${all.map((one) => one.name).join(",")}` : ""}\n`);
      for (const cpu of topology.filter((one) => online.includes(one.number))) io.out.put(`${columns.map((name) => (name === "ONLINE" ? (online.includes(cpu.number) ? "Y" : "N") : cell(cpu, name, online))).join(",")}${plain ? `,,${cpu.caches.replaceAll(":", ",")}` : ""}\n`);
      return 0;
    }
    if (options.extended !== undefined) {
      const columns = typeof options.extended === "string" ? options.extended.replace(/^=/, "").split(",").map((one) => one.toUpperCase()) : ["CPU", "NODE", "SOCKET", "CORE", all.map((one) => one.name).join(":"), "ONLINE"];
      const table = new Table(columns.map((name) => ({ name, ...(!name.startsWith("L") && { right: true }), ...(/^(?:CPU|CORE|SOCKET|NODE|BOGOMIPS|M(?:AX|IN)?MHZ)$/.test(name) && { json: "number" as const }), ...(name === "ONLINE" && { json: "boolean" as const }) })));
      for (const cpu of topology) table.row(columns.map((name) => (name.startsWith("L") ? cpu.caches : name === "CACHE" ? cpu.caches : cell(cpu, name, online))));
      io.out.put(table.text({ mode: options.json ? "json" : "table", headings: true, jsonName: "cpus", utf8: io.utf8 }));
      return 0;
    }
    if (options.caches !== undefined) {
      const short = (kib: number): string => (options.bytes ? String(kib * 1024) : kib >= 1024 && kib % 1024 === 0 ? `${kib / 1024}M` : `${kib}K`);
      const cells: Readonly<Record<string, (one: Cache) => string>> = {
        "ALL-SIZE": (one) => short(one.kib * one.instances), LEVEL: (one) => one.level, NAME: (one) => one.name, "ONE-SIZE": (one) => short(one.kib), TYPE: (one) => one.type, WAYS: (one) => one.ways, "ALLOC-POLICY": () => "", "WRITE-POLICY": () => "", "PHY-LINE": () => "1",
        SETS: (one) => String(Math.floor((one.kib * 1024) / (Number(one.ways) || 1) / (Number(one.lineBytes) || 1))), "COHERENCY-SIZE": (one) => one.lineBytes,
      };
      const asked = options.outputAll ? Object.keys(cells) : typeof options.caches === "string" ? options.caches.replace(/^=/, "").split(",") : ["NAME", "ONE-SIZE", "ALL-SIZE", "WAYS", "TYPE", "LEVEL", "SETS", "PHY-LINE", "COHERENCY-SIZE"];
      const unknown = unknownColumn(asked.join(","), (one) => cells[one] !== undefined);
      if (unknown !== undefined) io.die(`unknown column: ${unknown}`);
      const table = new Table(asked.map((one) => ({ name: one.toUpperCase(), ...(!/^(?:NAME|TYPE|.*POLICY)$/i.test(one) && { right: true }), ...(/^(?:WAYS|LEVEL|SETS|PHY-LINE|COHERENCY-SIZE)$/i.test(one) && { json: "number" as const }) })));
      for (const one of all) table.row(asked.map((name) => cells[name.toUpperCase()]?.(one) ?? ""));
      io.out.put(table.text({ mode: options.json ? "json" : "table", headings: true, jsonName: "caches", utf8: io.utf8 }));
      return 0;
    }
    const bios = yield* firmware(sys);
    const perSocket = Math.max(1, Math.floor(cores.length / Math.max(1, sockets.length)));
    const optional = (name: string, value: string | undefined): readonly Fact[] => (value === undefined || value === "" ? [] : [{ name, value }]);
    const facts: Fact[] = [
      { name: "Architecture", value: sys.uname().machine, children: [{ name: "CPU op-mode(s)", value: flags.includes("lm") ? "32-bit, 64-bit" : "32-bit" }, ...optional("Address sizes", field("address sizes")), { name: "Byte Order", value: "Little Endian" }] },
      { name: "CPU(s)", value: String(topology.length), children: [{ name: options.hex ? "On-line CPU(s) mask" : "On-line CPU(s) list", value: options.hex ? online.reduce((mask, cpu) => mask + 2 ** cpu, 0).toString(16) : listed(online) }] },
      {
        name: "Vendor ID", value: field("vendor_id") ?? "", children: [
          ...optional("BIOS Vendor ID", bios.vendor),
          { name: "Model name", value: field("model name") ?? "", children: [
            ...optional("BIOS Model name", bios.model), ...optional("BIOS CPU family", bios.family), ...optional("CPU family", field("cpu family")), ...optional("Model", field("model")), { name: "Thread(s) per core", value: String(Math.max(1, Math.round(topology.length / Math.max(1, cores.length)))) }, { name: "Core(s) per socket", value: String(perSocket) }, { name: "Socket(s)", value: String(sockets.length) },
            ...optional("Stepping", field("stepping")), ...optional("BogoMIPS", field("bogomips")), ...optional("Flags", field("flags")),
          ] },
        ],
      },
    ];
    const feature = flags.includes("svm") ? "AMD-V" : flags.includes("vmx") ? "VT-x" : undefined;
    const vendor = yield* hypervisor(sys, flags);
    const virtual = [...optional("Virtualization", feature), ...(vendor === undefined ? [] : [{ name: "Hypervisor vendor", value: vendor }, { name: "Virtualization type", value: "full" }])];
    if (virtual.length > 0) facts.push({ name: "Virtualization features", value: "", plain: "", children: virtual });
    if (all.length > 0) facts.push({ name: "Caches (sum of all)", value: "", plain: "", children: all.map((one) => ({ name: one.name, plain: `${one.name} cache`, value: options.bytes ? `${cacheSize(one.kib * one.instances, true)} (${one.instances} instance${one.instances === 1 ? "" : "s"})` : `${cacheSize(one.kib * one.instances, false)} (${one.instances} instance${one.instances === 1 ? "" : "s"})` })) });
    const nodes = names(sys, "/sys/devices/system/node", /^node\d+$/);
    if (nodes.length > 0) {
      const children: Fact[] = [{ name: "NUMA node(s)", value: String(nodes.length) }];
      for (const node of nodes) children.push({ name: `NUMA ${node} CPU(s)`, value: listed(members((yield* line(sys, `/sys/devices/system/node/${node}/cpulist`)) ?? "0")) });
      facts.push({ name: "NUMA", value: "", plain: "", children });
    }
    const vulnerabilities: Fact[] = [];
    for (const name of names(sys, `${CPUS}/vulnerabilities`, /./).toSorted()) {
      const words = name.replaceAll("_", " ");
      const title = words.charAt(0).toUpperCase() + words.slice(1);
      vulnerabilities.push({ name: title, plain: `Vulnerability ${title}`, value: ((yield* line(sys, `${CPUS}/vulnerabilities/${name}`)) ?? "").replace(/: /, "; ") });
    }
    if (vulnerabilities.length > 0) facts.push({ name: "Vulnerabilities", value: "", plain: "", children: vulnerabilities });
    const terminal = sys.isatty(1);
    const hierarchic = options.hierarchic === "always" || options.hierarchic === true || (options.hierarchic !== "never" && terminal);
    if (options.json) {
      const object = (fact: Fact, indent: string): string => `${indent}{\n${indent}   "field": ${JSON.stringify(`${fact.name}:`)},\n${indent}   "data": ${fact.value === "" ? "null" : JSON.stringify(fact.value)}${(fact.children ?? []).length === 0 ? "" : `,\n${indent}   "children": [\n${(fact.children ?? []).map((child) => object(child, `${indent}      `)).join(",").replaceAll(/\},\s+\{/g, "},{")}\n${indent}   ]`}\n${indent}}`;
      io.out.put(`{\n   "lscpu": [\n${facts.map((fact) => object(fact, "      ")).join(",").replaceAll(/\},\s+\{/g, "},{")}\n   ]\n}\n`);
      return 0;
    }
    const rows: (readonly [name: string, value: string])[] = [];
    const visit = (fact: Fact, depth: number): void => {
      const name = hierarchic ? fact.name : (fact.plain ?? fact.name);
      if (name !== "") rows.push([`${"  ".repeat(hierarchic ? depth : 0)}${io.word(`${name}:`)}`, name === "BogoMIPS" ? localNumber(sys, fact.value) : name === "Virtualization type" && messageLanguage(sys) === "fr" ? "complet" : fact.value]);
      for (const child of fact.children ?? []) visit(child, depth + 1);
    };
    for (const fact of facts) visit(fact, 0);
    const width = Math.max(...rows.map(([name]) => name.length)) + 1;
    const columns = terminal ? sys.getWindowSize(1).cols : Number.POSITIVE_INFINITY;
    for (const [name, value] of rows) {
      // long values go on below their first line
      let rest = value;
      let head = name.padEnd(width);
      const room = Math.max(20, columns - width);
      do {
        const cut = rest.length <= room ? rest.length : Math.max(1, rest.lastIndexOf(" ", room) + 1 || room);
        io.out.put(`${head}${rest.slice(0, cut)}\n`);
        rest = rest.slice(cut);
        head = " ".repeat(width);
      } while (rest !== "");
    }
    return 0;
  },
});

function cell(cpu: Cpu, name: string, online: readonly number[]): string {
  switch (name) {
    case "CPU": return String(cpu.number);
    case "CORE": return cpu.core;
    case "SOCKET": return cpu.socket;
    case "NODE": return cpu.node;
    case "ONLINE": return online.includes(cpu.number) ? "yes" : "no";
    case "CACHE": return cpu.caches;
    default: return "";
  }
}
