import { type Blocking, S, type StatFs, type Sys, SysError } from "../../kernel/sys.ts";
import { canonicalPath } from "../kit/canonical-path.ts";
import { type Io, flag, gnu, optionalText, text, texts } from "../kit/gnu.ts";
import { localNumber } from "../kit/locale.ts";
import { type Mount, readMounts } from "../kit/mounts.ts";
import { type SizeStyle, HUMAN, SI, formatSize, parseBlockSize, unit } from "../kit/sizes.ts";
import { padEnd, padStart, textWidth } from "../kit/width.ts";

type Field = "source" | "fstype" | "itotal" | "iused" | "iavail" | "ipcent" | "size" | "used" | "avail" | "pcent" | "file" | "target";

const FIELDS: readonly Field[] = ["source", "fstype", "itotal", "iused", "iavail", "ipcent", "size", "used", "avail", "pcent", "file", "target"];
const LEFT: ReadonlySet<Field> = new Set(["source", "fstype", "file", "target"]);
const LEAST_WIDTH = new Map<Field, number>([["source", 14], ["fstype", 4], ["itotal", 5], ["iused", 5], ["iavail", 5], ["ipcent", 4], ["size", 5], ["used", 5], ["avail", 5], ["pcent", 4], ["file", 0], ["target", 0]]);

/** File systems that hold no files of anybody: left out without -a (mountlist's "dummy"). */
const DUMMY = new Set(["autofs", "proc", "subfs", "debugfs", "devpts", "fusectl", "mqueue", "rpc_pipefs", "sysfs", "devfs", "kernfs", "ignore"]);
const REMOTE = new Set(["cifs", "smb3", "smbfs", "nfs", "nfs4", "afs", "auristorfs", "coda", "fuse.sshfs", "9p"]);

interface Row {
  readonly mount: Mount;
  readonly stat: StatFs | undefined;
  readonly file: string;
}

export default gnu({
  name: "df",
  summary: "show how full file systems are: space used and available",
  synopsis: ["[OPTION]... [FILE]..."],
  description: ["A FILE stands for the file system it is on; without a FILE, all mounted file systems are shown. A FIELD_LIST is made of source, fstype, itotal, iused, iavail, ipcent, size, used, avail, pcent, file and target, separated by commas."],
  options: {
    all: flag(["-a", "--all"], "all file systems, also those of the kernel such as proc and those mounted more than once"),
    blockSize: text(["-B", "--block-size"], "SIZE", "sizes as multiples of SIZE: -BM for mebibytes"),
    human: flag(["-h", "--human-readable"], "sizes with a unit (K, M, G) of 1024"),
    si: flag(["-H", "--si"], "sizes with a unit (k, M, G) of 1000"),
    inodes: flag(["-i", "--inodes"], "inodes in place of blocks: how many are used and free"),
    kilobytes: flag(["-k"], "short for --block-size=1K"),
    megabytes: flag(["-m"], "short for --block-size=1M"),
    local: flag(["-l", "--local"], "without network file systems"),
    noSync: flag(["--no-sync"], "do not sync before counting (the default)"),
    output: optionalText(["--output"], "FIELD_LIST", "choose the columns by FIELD_LIST; without a list all of them"),
    portability: flag(["-P", "--portability"], "columns and headings that POSIX prescribes"),
    sync: flag(["--sync"], "write pending data to the disks (sync) before counting"),
    total: flag(["--total"], "add a line with the totals, and leave out file systems without space of their own"),
    type: texts(["-t", "--type"], "TYPE", "only file systems of this TYPE"),
    printType: flag(["-T", "--print-type"], "add a column with the type of each file system"),
    excludeType: texts(["-x", "--exclude-type"], "TYPE", "all file systems but those of this TYPE"),
    ignored: flag(["-v"], "(ignored)"),
  },
  operands: "files",
  seeAlso: ["du(1)", "findmnt(8)"],
  *run({ options, operands, given, sys }, io: Io) {
    let style: SizeStyle | undefined;
    for (const { option, name, argument } of given) {
      if (option === "human") style = HUMAN;
      else if (option === "si") style = SI;
      else if (option === "kilobytes") style = unit(1024);
      else if (option === "megabytes") style = unit(1048576);
      else if (option === "blockSize") {
        const parsed = parseBlockSize(argument ?? "");
        if (typeof parsed === "string") io.die(parsed === "suffix" ? `invalid suffix in ${name} argument ${io.quoteName(argument ?? "")}` : parsed === "overflow" ? `${name} argument ${io.quoteName(argument ?? "")} too large` : `invalid ${name} argument ${io.quoteName(argument ?? "")}`);
        style = parsed;
      }
    }
    if (style === undefined) {
      const fromEnvironment = sys.environment.get("DF_BLOCK_SIZE") ?? sys.environment.get("BLOCK_SIZE") ?? sys.environment.get("BLOCKSIZE");
      const parsed = fromEnvironment === undefined ? undefined : parseBlockSize(fromEnvironment);
      style = parsed !== undefined && typeof parsed !== "string" ? parsed : unit(sys.environment.has("POSIXLY_CORRECT") ? 512 : 1024);
    }
    if (options.output !== undefined) {
      for (const [name, clash] of [["-i", options.inodes], ["-P", options.portability], ["-T", options.printType]] as const) if (clash) io.usage(`options ${name} and --output are mutually exclusive`);
    }
    const both = options.type.find((name) => options.excludeType.includes(name));
    if (both !== undefined) {
      for (const name of options.type) if (options.excludeType.includes(name)) yield* io.warn(`file system type ${io.quote(name)} both selected and excluded`);
      return 1;
    }
    let fields: Field[];
    if (options.output !== undefined) {
      fields = [];
      for (const name of typeof options.output === "string" ? options.output.split(",") : FIELDS) {
        const field = FIELDS.find((one) => one === name);
        if (!field) io.usage(`option --output: field ${io.quote(name)} unknown`);
        if (fields.includes(field)) io.usage(`option --output: field ${io.quote(name)} used more than once`);
        fields.push(field);
      }
    } else if (options.inodes) fields = ["source", ...(options.printType ? ["fstype" as const] : []), "itotal", "iused", "iavail", "ipcent", "target"];
    else fields = ["source", ...(options.printType ? ["fstype" as const] : []), "size", "used", "avail", "pcent", "target"];

    const mounts = yield* readMounts(sys);
    if (mounts.length === 0) io.die("cannot read table of mounted file systems: No such file or directory");
    const rows: Row[] = [];
    const wanted = (type: string): boolean => (options.type.length === 0 || options.type.includes(type)) && !options.excludeType.includes(type);
    if (operands.length > 0) {
      for (const name of operands) {
        const found = yield* mountOf(name, mounts, sys, io);
        if (!found) continue;
        if (!wanted(found.type) || (options.local && REMOTE.has(found.type))) continue;
        rows.push({ mount: found, stat: statfs(sys, found.target), file: name });
      }
    } else rows.push(...allMounts(mounts, { all: options.all, wanted, local: options.local }, sys));
    if (rows.length === 0) {
      if (io.status === 0) io.die("no file systems processed");
      return io.status;
    }
    const headings = new Map<Field, string>([
      ["source", "Filesystem"], ["fstype", "Type"], ["itotal", "Inodes"], ["iused", "IUsed"], ["iavail", "IFree"], ["ipcent", "IUse%"], ["used", "Used"], ["pcent", options.portability && style.base === undefined ? "Capacity" : "Use%"],
      ["avail", style.base !== undefined ? "Avail" : "Available"], ["file", "File"], ["target", "Mounted on"],
      ["size", sizeHeading(style, options.portability)],
    ]);
    if (options.output !== undefined) headings.set("avail", "Avail");
    if (options.inodes && options.portability) headings.set("pcent", "IUse%");
    const { messages } = io;
    const heading = (english: string): string => messages?.word(english).replace(/^(\d+\w*)-blocks$/, "blocs de $1") ?? english;
    const table: string[][] = [fields.map((field) => heading(headings.get(field) ?? ""))];
    const sum = { blocks: 0, free: 0, available: 0, files: 0, filesFree: 0 };
    for (const { mount, stat, file } of rows) {
      if (stat) {
        sum.blocks += stat.blocks * stat.blockSizeBytes;
        sum.free += stat.blocksFree * stat.blockSizeBytes;
        sum.available += stat.blocksAvailable * stat.blockSizeBytes;
        sum.files += stat.files;
        sum.filesFree += stat.filesFree;
      }
      table.push(fields.map((field) => cell(sys, field, mount, stat, file, style ?? unit(1024))));
    }
    if (options.total) {
      const total: Mount = { id: 0, parentId: 0, device: "", root: "/", target: fields.includes("source") ? "-" : "total", options: "", propagation: [], type: "-", source: "total", superOptions: "" };
      const stat: StatFs = { type: "-", blockSizeBytes: 1, blocks: sum.blocks, blocksFree: sum.free, blocksAvailable: sum.available, files: sum.files, filesFree: sum.filesFree };
      table.push(fields.map((field) => cell(sys, field, total, stat, "-", style ?? unit(1024))));
    }
    const widths = fields.map((field, index) => Math.max(LEAST_WIDTH.get(field) ?? 0, ...table.map((row) => textWidth(row[index] ?? ""))));
    for (const row of table) {
      io.out.put(row.map((value, index) => {
        const field = fields[index];
        const width = widths[index] ?? 0;
        if (field !== undefined && !LEFT.has(field)) return padStart(value, width);
        return index === row.length - 1 ? value : padEnd(value, width);
      }).join(" ") + "\n");
    }
    return io.status;
  },
});

function sizeHeading(style: SizeStyle, portability: boolean): string {
  if (style.base !== undefined) return "Size";
  if (portability) return `${style.unitBytes}-blocks`;
  // As few digits as possible: 1024 is 1K, 1000000 is 1MB.
  let bytes = style.unitBytes;
  let power = 0;
  const base = bytes % 1024 === 0 || bytes % 1000 !== 0 ? 1024 : 1000;
  while (bytes % base === 0 && bytes > 0 && power < 8) {
    bytes /= base;
    power++;
  }
  const letter = power === 0 ? "B" : (base === 1000 && power === 1 ? "k" : "KMGTPEZY".charAt(power - 1)) + (base === 1000 ? "B" : style.suffix.endsWith("iB") ? "iB" : "");
  return `${bytes}${letter}-blocks`;
}

function statfs(sys: Sys, path: string): StatFs | undefined {
  try {
    return sys.statfs(path);
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
}

function allMounts(mounts: readonly Mount[], options: { readonly all: boolean; readonly wanted: (type: string) => boolean; readonly local: boolean }, sys: Sys): Row[] {
  const rows: Row[] = [];
  const byDevice = new Map<number, number>();
  for (const mount of mounts) {
    if (!options.wanted(mount.type) || (options.local && REMOTE.has(mount.type))) continue;
    if (mount.type === "rootfs") continue;
    // Another file system mounted on the same place hides this one.
    const hidden = mounts.findLast((other) => other.target === mount.target) !== mount;
    if (hidden && !options.all) continue;
    const stat = statfs(sys, mount.target);
    if (!options.all) {
      if (DUMMY.has(mount.type) || !stat || stat.blocks === 0) continue;
      let device: number;
      try {
        device = sys.stat(mount.target).dev;
      } catch (error) {
        if (error instanceof SysError) continue;
        throw error;
      }
      const seen = byDevice.get(device);
      if (seen !== undefined) {
        const former = rows[seen];
        // Of several mounts of one device the one nearest to the root is shown.
        const better = former && ((mount.source.startsWith("/") && !former.mount.source.startsWith("/")) || (mount.root.length < former.mount.root.length) ||
          (mount.target.length < former.mount.target.length && mount.root.length <= former.mount.root.length));
        if (better) rows[seen] = { mount, stat, file: "-" };
        continue;
      }
      byDevice.set(device, rows.length);
    }
    rows.push({ mount, stat: hidden ? undefined : stat, file: "-" });
  }
  return rows;
}

function* mountOf(name: string, mounts: readonly Mount[], sys: Sys, io: Io): Blocking<Mount | undefined> {
  let stat: ReturnType<Sys["stat"]>;
  try {
    stat = sys.stat(name);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* io.fail(`${io.quoteFile(name)}: ${error.message}`);
    return undefined;
  }
  if ((stat.mode & S.IFMT) === S.IFBLK) {
    const resolved = canonicalPath(sys, name, "missing");
    const mounted = mounts.findLast((mount) => mount.source.startsWith("/") && canonicalPath(sys, mount.source, "missing") === resolved);
    if (mounted) return mounted;
  }
  // The mount whose directory is the longest beginning of the path.
  let path: string;
  try {
    path = canonicalPath(sys, name, "existing");
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    path = name;
  }
  let best: Mount | undefined;
  for (const mount of mounts) {
    const prefix = mount.target === "/" ? "/" : mount.target + "/";
    if ((path === mount.target || path.startsWith(prefix)) && (!best || mount.target.length >= best.target.length)) best = mount;
  }
  return best;
}

function cell(sys: Sys, field: Field, mount: Mount, stat: StatFs | undefined, file: string, style: SizeStyle): string {
  const size = (blocks: number): string => (stat ? localNumber(sys, formatSize(blocks * stat.blockSizeBytes, style)) : "-");
  const percent = (used: number, available: number): string => {
    const total = used + available;
    return !stat || total === 0 ? "-" : `${Math.ceil((used * 100) / total)}%`;
  };
  // With -h the counts of inodes are shortened too; in fixed units they are plain.
  const count = (value: number): string => (!stat ? "-" : style.base !== undefined ? formatSize(value, style) : String(value));
  const noInodes = !stat || stat.files === 0;
  switch (field) {
    case "source": return mount.source;
    case "fstype": return mount.type;
    case "target": return mount.target.replace(/[\u0000-\u001f\u007f]/g, "?");
    case "file": return file;
    case "size": return size(stat?.blocks ?? 0);
    case "used": return size((stat?.blocks ?? 0) - (stat?.blocksFree ?? 0));
    case "avail": return size(stat?.blocksAvailable ?? 0);
    case "pcent": return percent((stat?.blocks ?? 0) - (stat?.blocksFree ?? 0), stat?.blocksAvailable ?? 0);
    case "itotal": return noInodes && stat ? "0" : count(stat?.files ?? 0);
    case "iused": return noInodes && stat ? "0" : count((stat?.files ?? 0) - (stat?.filesFree ?? 0));
    case "iavail": return noInodes && stat ? "0" : count(stat?.filesFree ?? 0);
    case "ipcent": return noInodes ? "-" : percent((stat?.files ?? 0) - (stat?.filesFree ?? 0), stat?.filesFree ?? 0);
  }
}
