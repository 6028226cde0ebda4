import { type Blocking, S, SysError } from "../../kernel/sys.ts";
import { Accounts, readTextFile } from "../kit/accounts.ts";
import { localNumber } from "../kit/locale.ts";
import { type Mount, readMounts } from "../kit/mounts.ts";
import { type Probed, probeQuietly } from "../kit/probe-device.ts";
import { type Column, type Row, Table } from "../kit/table.ts";
import { type Io, flag, optionalText, text, utilLinux, unknownColumn } from "../kit/util-linux.ts";
import { type DiskLabel, labelQuietly, typeName } from "../kit/disk-label.ts";

const COLUMNS: ReadonlyMap<string, Omit<Column, "name">> = new Map<string, Omit<Column, "name">>([
  ["NAME", { tree: true }], ["KNAME", {}], ["PATH", {}], ["MAJ:MIN", {}], ["FSAVAIL", { right: true, minimumWidth: 5 }], ["FSSIZE", { right: true, minimumWidth: 5 }], ["FSTYPE", {}], ["FSUSED", { right: true, minimumWidth: 5 }], ["FSUSE%", { right: true }], ["FSROOTS", { wrapList: true }], ["FSVER", {}],
  ["MOUNTPOINT", {}], ["MOUNTPOINTS", { wrapList: true }], ["LABEL", {}], ["UUID", {}], ["PTUUID", {}], ["PTTYPE", {}], ["PARTTYPE", {}], ["PARTTYPENAME", {}], ["PARTLABEL", {}], ["PARTUUID", {}], ["PARTFLAGS", {}], ["RA", { right: true }],
  ["RO", { right: true, json: "boolean" }], ["RM", { right: true, json: "boolean" }], ["HOTPLUG", { right: true, json: "boolean" }], ["MODEL", {}], ["SERIAL", {}], ["SIZE", { right: true, minimumWidth: 5 }], ["STATE", {}], ["OWNER", {}], ["GROUP", {}], ["MODE", {}],
  ["ALIGNMENT", { right: true, json: "number" }], ["MIN-IO", { right: true, json: "number" }], ["OPT-IO", { right: true, json: "number" }], ["PHY-SEC", { right: true, json: "number" }], ["LOG-SEC", { right: true, json: "number" }], ["ROTA", { right: true, json: "boolean" }],
  ["SCHED", {}], ["RQ-SIZE", { right: true, json: "number" }], ["TYPE", {}], ["DISC-ALN", { right: true }], ["DISC-GRAN", { right: true }], ["DISC-MAX", { right: true }], ["DISC-ZERO", { right: true }], ["WSAME", { right: true }], ["WWN", {}], ["RAND", { right: true }],
  ["PKNAME", {}], ["HCTL", {}], ["TRAN", {}], ["SUBSYSTEMS", {}], ["REV", {}], ["VENDOR", {}], ["ZONED", {}], ["ZONE-SZ", { right: true }], ["ZONE-NR", { right: true }], ["ZONE-AMAX", { right: true }], ["ZONE-OMAX", { right: true }], ["ZONE-APP", { right: true }], ["ZONE-WGRAN", { right: true }], ["DAX", { right: true }], ["START", { right: true, json: "number" }],
]);

interface Device {
  readonly name: string;
  readonly parent: Device | undefined;
  readonly children: Device[];
  readonly sysfs: string;
}

/** "8G", "3.6G", "512B": one digit after the point unless it is 0 (size_to_human_string). */
function shortSize(bytes: number): string {
  if (bytes < 1024) return `${bytes}B`;
  let exponent = 0;
  let value = bytes;
  while (value >= 1024 && exponent < 6) {
    value /= 1024;
    exponent++;
  }
  const tenths = Math.round(value * 10);
  const letter = "BKMGTPE"[exponent] ?? "";
  return tenths % 10 === 0 ? `${tenths / 10}${letter}` : `${(tenths / 10).toFixed(1)}${letter}`;
}

/** lsblk takes the word before the first hyphen of the device mapper's uuid. */
const mappedType = (uuid: string): string => (uuid.startsWith("LVM-") ? "lvm" : uuid.startsWith("CRYPT-") ? "crypt" : "dm");

export default utilLinux({
  name: "lsblk", path: "/bin/lsblk", manSection: 8, summary: "list block devices as a tree", synopsis: ["[options] [<device> ...]"],
  options: {
    dedup: text(["-E", "--dedup"], "column", "one line for each value in <column>"), include: text(["-I", "--include"], "list", "only devices with these major numbers"), json: flag(["-J", "--json"], "write JSON"), merge: flag(["-M", "--merge"], "a device with several parents (RAID, multipath) appears once"),
    outputAll: flag(["-O", "--output-all"], "every column that there is"), pairs: flag(["-P", "--pairs"], "lines of KEY=\"value\" pairs"), scsi: flag(["-S", "--scsi"], "SCSI devices and what concerns them"), noEmpty: flag(["-A", "--noempty"], "no devices without a size"), tree: optionalText(["-T", "--tree"], "column", "a tree, drawn in this column"),
    all: flag(["-a", "--all"], "empty devices too"), bytes: flag(["-b", "--bytes"], "sizes as plain numbers of bytes"), nodeps: flag(["-d", "--nodeps"], "the devices alone, without partitions and what is on them"), exclude: text(["-e", "--exclude"], "list", "no devices with these major numbers"), fs: flag(["-f", "--fs"], "what is on it: filesystem, label, UUID, free space"),
    ascii: flag(["-i", "--ascii"], "branches of ASCII characters"), list: flag(["-l", "--list"], "a list, not a tree"), perms: flag(["-m", "--perms"], "owner, group and mode"), noheadings: flag(["-n", "--noheadings"], "no heading line"), output: text(["-o", "--output"], "list", "the columns that are shown"),
    paths: flag(["-p", "--paths"], "names as full paths"), raw: flag(["-r", "--raw"], "write columns without padding"), inverse: flag(["-s", "--inverse"], "the tree upside down, disks at its ends"), topology: flag(["-t", "--topology"], "alignment, sector sizes and queue"), discard: flag(["-D", "--discard"], "what the device can discard"),
    zoned: flag(["-z", "--zoned"], "how the device is divided into zones"), sort: text(["-x", "--sort"], "column", "in the order of <column>"), width: text(["-w", "--width"], "num", "fill this width, in characters"), shell: flag(["-y", "--shell"], "column names that a shell can use as variables"),
  },
  operands: "files",
  *run({ options, operands, sys }, io: Io) {
    for (const list of [options.exclude, options.include]) if (list !== undefined && !/^\d+(?:,\d+)*$/.test(list)) io.die(`failed to parse list '${list}'`);
    const read = function* (path: string): Blocking<string> {
      return ((yield* readTextFile(sys, path)) ?? "").trim();
    };
    const names = (path: string): readonly string[] => {
      try {
        return sys.readdir(path).map((entry) => entry.name).sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
      } catch (error) {
        if (error instanceof SysError) return [];
        throw error;
      }
    };
    const devices: Device[] = [];
    for (const name of names("/sys/block")) {
      const disk: Device = { name, parent: undefined, children: [], sysfs: `/sys/block/${name}` };
      const number = yield* read(`${disk.sysfs}/dev`);
      const major = number.split(":")[0] ?? "";
      const bytes = Number(yield* read(`${disk.sysfs}/size`)) * 512;
      if (options.noEmpty && bytes === 0) continue;
      if (!options.all && operands.length === 0 && (bytes === 0 || (options.exclude ?? "1").split(",").includes(major))) continue;
      if (options.include !== undefined && !options.include.split(",").includes(major)) continue;
      for (const child of names(disk.sysfs)) if (child.startsWith(name) && child !== name) disk.children.push({ name: child, parent: disk, children: [], sysfs: `${disk.sysfs}/${child}` });
      devices.push(disk);
    }
    // what the device mapper has made stands below what it is made of
    const mappedNames = new Map<string, string>();
    for (const name of names("/sys/block")) {
      const shown = yield* read(`/sys/block/${name}/dm/name`);
      if (shown !== "") mappedNames.set(name, shown);
    }
    const hang = (device: Device): void => {
      for (const child of device.children) hang(child);
      for (const holder of names(`${device.sysfs}/holders`)) {
        const child: Device = { name: holder, parent: device, children: [], sysfs: `/sys/block/${holder}` };
        device.children.push(child);
        hang(child);
      }
    };
    const standsOnOthers = (name: string): boolean => mappedNames.has(name) || /^md\d+$/.test(name);
    if (mappedNames.size > 0 || devices.some((one) => standsOnOthers(one.name))) {
      for (let at = devices.length - 1; at >= 0; at--) if (standsOnOthers(devices[at]?.name ?? "") && operands.length === 0) devices.splice(at, 1);
      for (const device of devices) hang(device);
    }
    let wanted: string[];
    if (options.outputAll) wanted = [...COLUMNS.keys()];
    else if (options.fs) wanted = ["NAME", "FSTYPE", "FSVER", "LABEL", "UUID", "FSAVAIL", "FSUSE%", "MOUNTPOINTS"];
    else if (options.perms) wanted = ["NAME", "SIZE", "OWNER", "GROUP", "MODE"];
    else if (options.topology) wanted = ["NAME", "ALIGNMENT", "MIN-IO", "OPT-IO", "PHY-SEC", "LOG-SEC", "ROTA", "SCHED", "RQ-SIZE", "RA", "WSAME"];
    else if (options.discard) wanted = ["NAME", "DISC-ALN", "DISC-GRAN", "DISC-MAX", "DISC-ZERO"];
    else if (options.scsi) wanted = ["NAME", "HCTL", "TYPE", "VENDOR", "MODEL", "REV", "SERIAL", "TRAN"];
    else if (options.zoned) wanted = ["NAME", "ZONED", "ZONE-SZ", "ZONE-NR", "ZONE-AMAX", "ZONE-OMAX", "ZONE-APP", "ZONE-WGRAN"];
    else wanted = ["NAME", "MAJ:MIN", "RM", "SIZE", "RO", "TYPE", "MOUNTPOINTS"];
    if (options.output !== undefined) {
      const list = options.output.replace(/^\+/, "").toUpperCase().split(",");
      wanted = options.output.startsWith("+") ? [...wanted, ...list] : list;
    }
    const unknown = unknownColumn(options.output ?? "NAME", (name) => COLUMNS.has(name));
    if (unknown !== undefined) io.die(`unknown column: ${unknown}`);
    const sortColumn = options.sort?.toUpperCase();
    for (const name of [options.sort, options.dedup]) if (name !== undefined && !COLUMNS.has(name.toUpperCase())) {
      yield* io.stderr(`${io.argv0}: unknown column: ${name}\nTry '${io.argv0} --help' for more information.\n`);
      return 1;
    }
    const flat = (sortColumn !== undefined && options.tree === undefined) || options.list || options.raw || options.pairs || options.nodeps || options.scsi || (!wanted.includes("NAME") && !options.json);
    const table = new Table(wanted.map((name) => {
      const { tree, ...column } = COLUMNS.get(name) ?? {};
      return { name, ...column, ...(tree && (!flat || options.json) && { tree: true }), ...(options.bytes && name === "SIZE" && { json: "number" as const }) };
    }));
    const mounts = yield* readMounts(sys);
    const accounts = yield* Accounts.read(sys);
    const size = (bytes: number): string => (options.bytes ? String(bytes) : localNumber(sys, shortSize(bytes)));
    const sortKeys = new Map<Row, string>();
    const listed = new Set<string>();
    const whole = (device: Device): readonly Device[] => [device, ...device.children.flatMap(whole)];
    const everyone = options.inverse ? devices.flatMap(whole) : [];
    /** What stands under a device in the tree: what it is made of when the tree is turned round. */
    const below = (device: Device): readonly Device[] => {
      if (!options.inverse) return device.children;
      const parents = everyone.filter((one) => one.name === device.name).flatMap((one) => (one.parent === undefined ? [] : [one.parent]));
      return parents.filter((one, place) => parents.findIndex((other) => other.name === one.name) === place);
    };
    const show = function* (device: Device, parent: Row | undefined): Blocking<void> {
      if (sys.charge(20)) yield* sys.preempt();
      // a list has each device once
      if (flat && !options.json && listed.has(device.name)) return;
      listed.add(device.name);
      const number = yield* read(`${device.sysfs}/dev`);
      const needsProbe = wanted.some((name) => ["FSTYPE", "FSVER", "LABEL", "UUID", "PTTYPE", "PTUUID"].includes(name));
      const probed: Probed | undefined = needsProbe ? yield* probeQuietly(sys, `/dev/${device.name}`) : undefined;
      const own = mounts.filter((mount) => mount.device === number);
      const disk = mappedNames.has(device.name) ? device.sysfs : (device.parent?.sysfs ?? device.sysfs);
      const cells: string[] = [];
      for (const name of wanted) cells.push(yield* cell(name, device, number, disk, own, probed));
      const row = table.row(cells, flat && !options.json ? undefined : parent);
      if (sortColumn !== undefined) sortKeys.set(row, yield* cell(sortColumn, device, number, disk, own, probed));
      if (!options.nodeps) for (const child of below(device)) yield* show(child, row);
    };
    const labels = new Map<string, DiskLabel | undefined>();
    const partitionEntry = function* (disk: string, number: number): Blocking<ReadonlyMap<string, string> | undefined> {
      if (!labels.has(disk)) labels.set(disk, yield* labelQuietly(sys, `/dev/${disk}`));
      const label = labels.get(disk);
      const entry = label?.partitions.find((one) => one.number === number);
      if (label === undefined || entry === undefined) return undefined;
      const dos = label.kind === "dos";
      return new Map([
        ["PARTTYPE", dos ? `0x${entry.type}` : entry.type.toLowerCase()], ["PARTTYPENAME", typeName(label.kind, entry.type)], ["PARTLABEL", entry.name],
        ["PARTUUID", dos ? `${label.id}-${number.toString(16).padStart(2, "0")}` : entry.uuid.toLowerCase()], ["PARTFLAGS", dos && entry.bootable ? "0x80" : ""],
      ]);
    };
    const cell = function* (name: string, device: Device, number: string, disk: string, own: readonly Mount[], probed: Probed | undefined): Blocking<string> {
      const queue = (key: string): Blocking<string> => read(`${disk}/queue/${key}`);
      switch (name) {
        case "NAME": {
          const mappedName = mappedNames.get(device.name);
          return options.paths ? (mappedName === undefined ? `/dev/${device.name}` : `/dev/mapper/${mappedName}`) : (mappedName ?? device.name);
        }
        case "KNAME": return options.paths ? `/dev/${device.name}` : device.name;
        case "PATH": return mappedNames.has(device.name) ? `/dev/mapper/${mappedNames.get(device.name)}` : `/dev/${device.name}`;
        case "PKNAME": return device.parent?.name ?? "";
        case "MAJ:MIN": return `${(number.split(":")[0] ?? "").padStart(3)}:${(number.split(":")[1] ?? "").padEnd(flat || options.json ? 0 : 3)}`.replace(options.json || options.raw || options.pairs ? /^ +| +$/g : /$^/, "");
        case "RM": return (yield* read(`${disk}/removable`)) || "0";
        case "HOTPLUG": return (yield* read(`${disk}/removable`)) || "0";
        case "RO": return (yield* read(`${device.sysfs}/ro`)) || "0";
        case "SIZE": return size(Number(yield* read(`${device.sysfs}/size`)) * 512);
        case "START": return device.parent ? yield* read(`${device.sysfs}/start`) : "";
        case "TYPE": return mappedNames.has(device.name) ? mappedType(yield* read(`${device.sysfs}/dm/uuid`)) : device.name.startsWith("md") && !device.name.includes("p") ? (yield* read(`${device.sysfs}/md/level`)) || "md" : device.parent ? "part" : device.name.startsWith("loop") ? "loop" : device.name.startsWith("sr") ? "rom" : "disk";
        case "MOUNTPOINT": return own[0]?.target ?? "";
        case "MOUNTPOINTS": return own.map((mount) => mount.target).reverse().join("\n");
        case "FSROOTS": return own.map((mount) => mount.root).reverse().join("\n");
        case "FSTYPE": return probed?.type ?? "";
        case "FSVER": return probed?.version ?? "";
        case "LABEL": return probed?.label ?? "";
        case "UUID": return probed?.uuid ?? "";
        case "PTTYPE": return probed?.tableType ?? "";
        case "PTUUID": return probed?.tableUuid ?? "";
        case "PARTTYPE": case "PARTTYPENAME": case "PARTLABEL": case "PARTUUID": case "PARTFLAGS": {
          const entry = device.parent === undefined ? undefined : yield* partitionEntry(device.parent.name, Number(yield* read(`${device.sysfs}/partition`)));
          return entry?.get(name) ?? "";
        }
        case "FSAVAIL": case "FSSIZE": case "FSUSED": case "FSUSE%": {
          const target = own[0]?.target;
          if (target === undefined) return "";
          const stat = sys.statfs(target);
          const used = stat.blocks - stat.blocksFree;
          if (name === "FSUSE%") return `${Math.ceil((used * 100) / Math.max(1, used + stat.blocksAvailable))}%`;
          return size((name === "FSAVAIL" ? stat.blocksAvailable : name === "FSSIZE" ? stat.blocks : used) * stat.blockSizeBytes);
        }
        case "OWNER": case "GROUP": case "MODE": {
          const stat = sys.stat(`/dev/${device.name}`);
          return name === "OWNER" ? accounts.userName(stat.uid) : name === "GROUP" ? accounts.groupName(stat.gid) : `b${[6, 3, 0].map((shift) => `${(stat.mode >> shift) & 4 ? "r" : "-"}${(stat.mode >> shift) & 2 ? "w" : "-"}${(stat.mode >> shift) & 1 ? "x" : "-"}`).join("")}`;
        }
        case "MODEL": return device.parent ? "" : yield* read(`${disk}/device/model`);
        case "VENDOR": return device.parent ? "" : yield* read(`${disk}/device/vendor`);
        case "REV": return device.parent ? "" : yield* read(`${disk}/device/rev`);
        case "SERIAL": return device.parent ? "" : yield* read(`${disk}/serial`);
        case "STATE": return device.parent ? "" : yield* read(`${disk}/device/state`);
        case "TRAN": return "";
        case "SUBSYSTEMS": return /^vd[a-z]/.test(device.name) ? "block:virtio:pci" : /^s[dr]/.test(device.name) ? "block:scsi:pci" : "block";
        case "ALIGNMENT": return "0";
        case "MIN-IO": return yield* queue("minimum_io_size");
        case "OPT-IO": return yield* queue("optimal_io_size");
        case "PHY-SEC": return yield* queue("physical_block_size");
        case "LOG-SEC": return yield* queue("logical_block_size");
        case "ROTA": return yield* queue("rotational");
        case "SCHED": return /\[(.*)\]/.exec(yield* queue("scheduler"))?.[1] ?? "none";
        case "RQ-SIZE": return yield* queue("nr_requests");
        case "RA": return yield* queue("read_ahead_kb");
        case "ZONED": return (yield* queue("zoned")) || "none";
        case "ZONE-SZ": case "ZONE-APP": case "ZONE-WGRAN": return size(0);
        case "ZONE-NR": case "ZONE-AMAX": case "ZONE-OMAX": case "DISC-ALN": case "DISC-ZERO": case "RAND": case "DAX": return "0";
        case "DISC-GRAN": return size(Number(yield* queue("discard_granularity")));
        case "DISC-MAX": return size(Number(yield* queue("discard_max_bytes")));
        case "WSAME": return size(0);
        default: return "";
      }
    };
    let shown = devices;
    if (options.scsi && operands.length === 0) shown = devices.filter((device) => /^s[dr]/.test(device.name));
    if (options.inverse) {
      const leaves = everyone.filter((one, place) => one.children.length === 0 && everyone.findIndex((other) => other.name === one.name) === place);
      const numbers = new Map<Device, number>();
      for (const one of leaves) {
        const [major = 0, minor = 0] = (yield* read(`${one.sysfs}/dev`)).split(":").map(Number);
        numbers.set(one, major * 2 ** 20 + minor);
      }
      shown = [...leaves].sort((a, b) => (numbers.get(a) ?? 0) - (numbers.get(b) ?? 0));
    }
    if (operands.length > 0) {
      shown = [];
      for (const path of operands) {
        let name = path.split("/").at(-1) ?? "";
        try {
          const stat = sys.stat(path);
          if ((stat.mode & S.IFMT) !== S.IFBLK) throw new SysError("ENOTBLK");
          for (const one of devices.flatMap((device) => [device, ...device.children])) if ((yield* read(`${one.sysfs}/dev`)) === `${stat.rdev >> 8}:${stat.rdev & 255}`) name = one.name;
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          yield* io.warn(`${path}: not a block device`);
          io.status = 32;
          continue;
        }
        const device = devices.flatMap((one) => [one, ...one.children]).find((one) => one.name === name);
        if (device) shown.push(device);
      }
      if (shown.length === 0) return 32;
    }
    for (const device of shown) yield* show(device, undefined);
    if (sortColumn !== undefined && flat) {
      const amount = (word: string): number => Number.parseFloat(word) * 1024 ** Math.max(0, "BKMGTPE".indexOf(word.slice(-1)));
      const numeric = /^(.*SIZE|FSAVAIL|FSUSED|FSUSE%|.*-IO|.*-SEC|RA|RO|RM|ROTA|MAJ:MIN|START|DISC-.*)$/.test(sortColumn);
      // lines that are equal come in the other order (scols_sort_table)
      table.rows.reverse();
      table.rows.sort((a, b) => {
        const [left, right] = [sortKeys.get(a) ?? "", sortKeys.get(b) ?? ""];
        return numeric ? amount(left) - amount(right) : left < right ? -1 : left > right ? 1 : 0;
      });
    }
    if (table.rows.length === 0) return io.status;
    const width = options.width === undefined ? (sys.isatty(1) ? Number(sys.environment.get("COLUMNS") ?? 0) || sys.getWindowSize(1).cols || 80 : undefined) : Number(options.width);
    io.out.put(table.text({ mode: options.json ? "json" : options.raw ? "raw" : options.pairs ? "pairs" : "table", headings: !options.noheadings, jsonName: "blockdevices", utf8: io.utf8, ascii: options.ascii, shell: options.shell, ...(width !== undefined && { width }) }));
    return io.status;
  },
});
