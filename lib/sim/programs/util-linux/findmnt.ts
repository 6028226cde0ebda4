import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { localNumber } from "../kit/locale.ts";
import { type FstabEntry, parseFstab } from "../kit/mount-options.ts";
import { type Mount, parseMountInfo } from "../kit/mounts.ts";
import { deviceOfTag, partitionEntry, probeQuietly } from "../kit/probe-device.ts";
import { HUMAN, formatSize } from "../kit/sizes.ts";
import { type Column, type Row, Table } from "../kit/table.ts";
import { type Io, flag, optionalText, text, utilLinux, unknownColumn } from "../kit/util-linux.ts";
import { readMountTable } from "../kit/utab.ts";
import { verifyFstab } from "./_verify-fstab.ts";

const COLUMNS: ReadonlyMap<string, Omit<Column, "name">> = new Map<string, Omit<Column, "name">>([
  ["TARGET", { tree: true, minimumWidth: 0.3 }], ["SOURCE", { minimumWidth: 0.25 }], ["FSTYPE", { minimumWidth: 0.1 }], ["OPTIONS", { minimumWidth: 0.1 }], ["VFS-OPTIONS", {}], ["FS-OPTIONS", {}], ["LABEL", {}], ["UUID", {}], ["PARTLABEL", {}], ["PARTUUID", {}],
  ["MAJ:MIN", {}], ["ACTION", {}], ["OLD-TARGET", {}], ["OLD-OPTIONS", {}], ["SIZE", { right: true }], ["AVAIL", { right: true }], ["USED", { right: true }], ["USE%", { right: true }],
  ["FSROOT", {}], ["TID", { right: true }], ["ID", { right: true }], ["PARENT", { right: true }], ["OPT-FIELDS", {}], ["PROPAGATION", {}], ["FREQ", { right: true }], ["PASSNO", { right: true }], ["SOURCES", {}],
]);

export default utilLinux({
  name: "findmnt", manSection: 8, summary: "show what is mounted (filesystems) and where",
  synopsis: ["[options]", "[options] <device> | <mountpoint>", "[options] <device> <mountpoint>", "[options] [--source <device>] [--target <path> | --mountpoint <dir>]"],
  options: {
    fstab: flag(["-s", "--fstab"], "look into /etc/fstab"), mtab: flag(["-m", "--mtab"], "look into /etc/mtab"), kernel: flag(["-k", "--kernel"], "look into the kernel's table (the default)"),
    all: flag(["-A", "--all"], "every filesystem, nothing filtered out"), ascii: flag(["-a", "--ascii"], "branches of ASCII characters"), bytes: flag(["-b", "--bytes"], "sizes as plain numbers of bytes"),
    df: flag(["-D", "--df"], "the columns of df(1)"), direction: text(["-d", "--direction"], "word", "which end to start at: forward or backward"), evaluate: flag(["-e", "--evaluate"], "device names where fstab has LABEL= or UUID="),
    tabFile: text(["-F", "--tab-file"], "path", "the file that -s, -m or -k reads"), firstOnly: flag(["-f", "--first-only"], "stop at the first one found"), invert: flag(["-i", "--invert"], "what does not match, instead"),
    json: flag(["-J", "--json"], "write JSON"), list: flag(["-l", "--list"], "a list, not a tree"), task: text(["-N", "--task"], "tid", "the mounts that process <tid> sees"),
    noheadings: flag(["-n", "--noheadings"], "no heading line"), testOptions: text(["-O", "--options"], "list", "only what has these mount options"), output: text(["-o", "--output"], "list", "the columns that are shown"),
    outputAll: flag(["--output-all"], "every column that there is"), pairs: flag(["-P", "--pairs"], "lines of KEY=\"value\" pairs"), pseudo: flag(["--pseudo"], "only proc, sysfs and others without a disk"), real: flag(["--real"], "without proc, sysfs and others of their kind"),
    submounts: flag(["-R", "--submounts"], "also what is mounted below"), raw: flag(["-r", "--raw"], "write columns without padding"), source: text(["-S", "--source"], "string", "what is mounted: device, LABEL= or UUID="), target: text(["-T", "--target"], "path", "the filesystem in which this path lies"),
    mountpoint: text(["-M", "--mountpoint"], "dir", "what is mounted just there"), types: text(["-t", "--types"], "list", "only these types, with commas between"), uniq: flag(["-U", "--uniq"], "of several with the same target, only one"),
    noTruncate: flag(["-u", "--notruncate"], "columns are as wide as their text"), noFsroot: flag(["-v", "--nofsroot"], "sources without their [/dir]"), tree: flag(["--tree"], "a tree where there can be one"),
    shell: flag(["-y", "--shell"], "column names that a shell can use as variables"), verbose: flag(["--verbose"], "say more"), vfsAll: flag(["--vfs-all"], "also the mount options that are the default"), noCanonicalizing: flag(["-C", "--nocanonicalize"], "compare paths as they are written"), timeout: text(["-w", "--timeout"], "num", "how many milliseconds --poll waits"),
    poll: optionalText(["-p", "--poll"], "list", "wait, and tell what is mounted and unmounted"), verify: flag(["-x", "--verify"], "look for errors in fstab, or in what -F names"), shadowed: flag(["--shadowed"], "only what a later mount hides"), noCanonicalize: flag(["-c", "--canonicalize"], "resolve links in paths"),
  },
  operands: "files",
  *run({ options, operands, sys }, io: Io) {
    let mounts: readonly Mount[];
    let hierarchy = true;
    const exclusive = ([["--json", options.json], ["--pairs", options.pairs], ["--raw", options.raw], ["--verify", options.verify]] as const).filter(([, on]) => on);
    if (exclusive.length > 1) io.die("mutually exclusive arguments: --json --pairs --raw --verify");
    const action = typeof options.poll === "string" ? options.poll.replace(/^=/, "").split(",").find((word) => !["mount", "umount", "remount", "move"].includes(word)) : undefined;
    if (action !== undefined) io.die(`unknown action: ${action}`);
    if (options.verify) return yield* verifyFstab(sys, io, { path: options.tabFile ?? "/etc/fstab", verbose: options.verbose, only: operands[0] });
    const written = new Map<number, FstabEntry>();
    const named = options.tabFile === undefined ? undefined : yield* readTextFile(sys, options.tabFile);
    // a file has the format of its first line
    if (options.fstab || (named !== undefined && !/^\s*\d+ \d+ \d+:\d+ /.test(named))) {
      hierarchy = false;
      const content = options.tabFile === undefined ? yield* readTextFile(sys, "/etc/fstab") : named;
      if (content === undefined) io.die(`can't read ${options.tabFile ?? "/etc/fstab"}: No such file or directory`);
      const entries = parseFstab(content);
      for (const [index, entry] of entries.entries()) written.set(index, entry);
      mounts = entries.map((entry, index) => ({
        id: index, parentId: -1, device: "", root: "/", target: entry.target, options: entry.options, propagation: [], type: entry.type, source: entry.source, superOptions: "",
      }));
    } else {
      const path = options.tabFile ?? (options.task === undefined ? "/proc/self/mountinfo" : `/proc/${options.task}/mountinfo`);
      const content = yield* readTextFile(sys, path);
      if (content === undefined) io.die(`can't read ${path}: No such file or directory`);
      mounts = options.tabFile === undefined && options.task === undefined ? yield* readMountTable(sys) : parseMountInfo(content);
    }
    const absolute = (path: string): string => (path.startsWith("/") ? path.replace(/(.)\/+$/, "$1") : `${sys.getcwd().replace(/\/$/, "")}/${path}`);
    const wantsPath = options.target;
    const tests: ((one: Mount) => boolean)[] = [];
    if (options.types !== undefined) {
      const negated = options.types.startsWith("no");
      const list = (negated ? options.types.slice(2) : options.types).split(",");
      tests.push((one) => list.includes(one.type) !== negated);
    }
    if (options.testOptions !== undefined) {
      const list = options.testOptions.split(",");
      // "no" before a name asks for what has not that option, "+" takes the rest as it stands (mnt_match_options)
      tests.push((one) => {
        const own = (one.superOptions === "" ? one.options : optionsOf(one)).split(",");
        return list.every((word) => (word.startsWith("+") ? own.includes(word.slice(1)) : word.startsWith("no") ? !own.includes(word.slice(2)) : own.includes(word)));
      });
    }
    const asDevice = function* (spec: string): Blocking<string> {
      return (yield* deviceOfTag(sys, spec)) ?? spec;
    };
    if (options.source !== undefined) {
      const wanted = options.source;
      const device = yield* asDevice(wanted);
      tests.push((one) => one.source === wanted || one.source === device || one.device === wanted);
    }
    if (options.mountpoint !== undefined) tests.push((one) => one.target === absolute(options.mountpoint ?? ""));
    if (wantsPath !== undefined) {
      try {
        const stat = sys.stat(wantsPath);
        const device = `${stat.dev >> 8}:${stat.dev & 255}`;
        const path = absolute(wantsPath);
        const holder = [...mounts].filter((one) => one.device === device && (path === one.target || one.target === "/" || path.startsWith(`${one.target}/`))).sort((a, b) => b.target.length - a.target.length)[0];
        tests.push((one) => one === holder);
      } catch (error) {
        if (error instanceof SysError) return 1;
        throw error;
      }
    }
    const [first, second] = operands;
    const device = first === undefined ? undefined : yield* asDevice(first);
    if (first !== undefined && second !== undefined) tests.push((one) => (one.source === first || one.source === device) && one.target === absolute(second));
    else if (first !== undefined) {
      const byTarget = mounts.some((one) => one.target === absolute(first));
      tests.push((one) => (byTarget ? one.target === absolute(first) : one.source === first || one.source === absolute(first) || one.source === device || one.device === first));
    }
    const PSEUDO = new Set(["proc", "sysfs", "tmpfs", "devtmpfs", "devpts", "cgroup2", "securityfs", "pstore", "bpf", "autofs", "hugetlbfs", "mqueue", "debugfs", "tracefs", "fusectl", "configfs", "binfmt_misc", "ramfs", "nsfs"]);
    // as df: no pseudo file systems but those in memory
    if (options.df && !options.all) tests.push((one) => one.type.includes("tmpfs") || !PSEUDO.has(one.type));
    if (options.real) tests.push((one) => !PSEUDO.has(one.type));
    if (options.pseudo) tests.push((one) => PSEUDO.has(one.type));
    const passes = (one: Mount): boolean => tests.every((test) => test(one)) !== options.invert;
    let kept = mounts.filter(passes);
    if (options.uniq) kept = kept.filter((one, place) => !kept.slice(place + 1).some((later) => later.target === one.target));
    if (options.shadowed) kept = kept.filter((one) => mounts.some((later) => later.parentId === one.id && later.target === one.target));
    if (options.direction === "backward") kept = [...kept].reverse();
    if (options.firstOnly) kept = kept.slice(0, 1);
    const matched = new Set(kept);
    if (options.submounts) {
      const add = (one: Mount): void => {
        for (const child of mounts) if (child.parentId === one.id && !matched.has(child)) {
          matched.add(child);
          add(child);
        }
      };
      for (const one of kept) add(one);
      kept = mounts.filter((one) => matched.has(one));
    }
    // only who asks for one place or device hears that there is none
    if (kept.length === 0) return first !== undefined || options.mountpoint !== undefined || options.target !== undefined || options.source !== undefined || !hierarchy ? 1 : 0;
    const usual = options.df ? "SOURCE,FSTYPE,SIZE,USED,AVAIL,USE%,TARGET" : "TARGET,SOURCE,FSTYPE,OPTIONS";
    const names = (options.output?.startsWith("+") ? `${usual},${options.output.slice(1)}` : (options.output ?? usual)).toUpperCase().split(",");
    const shown = options.outputAll ? [...COLUMNS.keys()] : names;
    const flat = options.list || options.raw || options.pairs || options.df || !hierarchy || (!options.submounts && (first !== undefined || options.mountpoint !== undefined || options.source !== undefined || options.target !== undefined));
    const unknown = unknownColumn(options.output ?? usual, (name) => COLUMNS.has(name));
    if (unknown !== undefined) io.die(`unknown column: ${unknown}`);
    const table = new Table(shown.map((name) => {
      const { tree, ...column } = COLUMNS.get(name) ?? {};
      return { name, ...column, ...(tree && !flat && { tree: true }) };
    }));
    const rows = new Map<number, Row>();
    const places = new Map(ordered(mounts).map((one, place) => [one, place]));
    for (const one of flat ? kept : ordered([...kept].sort((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0)))) {
      const cells: string[] = [];
      for (const name of shown) {
        const line = written.get(one.id);
        if (line !== undefined && ["FREQ", "PASSNO", "ID", "PARENT", "MAJ:MIN", "FSROOT", "PROPAGATION"].includes(name)) cells.push(name === "FREQ" ? line.frequency : name === "PASSNO" ? line.pass : "");
        else if (line !== undefined && options.evaluate && name === "SOURCE") cells.push(yield* asDevice(one.source));
        else cells.push(yield* cell(sys, one, name, options.bytes, options.noFsroot));
      }
      const row = table.row(cells, flat ? undefined : rows.get(one.parentId));
      rows.set(one.id, row);
    }
    const terminal = sys.isatty(1);
    io.out.put(table.text({ mode: options.json ? "json" : options.raw ? "raw" : options.pairs ? "pairs" : flat && options.list ? "table" : "table", headings: !options.noheadings, jsonName: "filesystems", utf8: io.utf8, ascii: options.ascii, shell: options.shell, ...(terminal && { width: Number(sys.environment.get("COLUMNS") ?? 0) || sys.getWindowSize(1).cols || 80 }) }));
    return 0;
  },
});

/** Parents before children, children by their place in the tree. */
function ordered(mounts: readonly Mount[]): readonly Mount[] {
  const ids = new Set(mounts.map((one) => one.id));
  const out: Mount[] = [];
  const visit = (one: Mount): void => {
    out.push(one);
    for (const child of mounts) if (child.parentId === one.id && child !== one) visit(child);
  };
  for (const one of mounts) if (!ids.has(one.parentId) || one.parentId === one.id) visit(one);
  return out;
}

function optionsOf(mount: Mount): string {
  const own = mount.options.split(",");
  return [own[0] === "ro" || mount.superOptions.split(",")[0] === "ro" ? "ro" : (own[0] ?? "rw"), ...own.slice(1), ...mount.superOptions.split(",").filter((word) => word !== "rw" && word !== "ro" && word !== ""), ...((mount.userOptions ?? "") === "" ? [] : [mount.userOptions])].join(",");
}

function* cell(sys: Sys, mount: Mount, name: string, bytes: boolean, noRoot: boolean): Blocking<string> {
  switch (name) {
    case "TARGET": return mount.target;
    case "SOURCE": return mount.root !== "/" && !noRoot && mount.root !== "" ? `${mount.source}[${mount.root}]` : mount.source;
    case "FSTYPE": return mount.type;
    case "OPTIONS": return mount.superOptions === "" ? mount.options : optionsOf(mount);
    case "VFS-OPTIONS": return mount.options;
    case "FS-OPTIONS": return mount.superOptions;
    case "MAJ:MIN": return mount.device;
    case "FSROOT": return mount.root;
    case "ID": return String(mount.id);
    case "PARENT": return String(mount.parentId);
    case "TID": return String(sys.getpid());
    case "SOURCES": return mount.source;
    case "PARTUUID": case "PARTLABEL": {
      const entry = mount.source.startsWith("/dev/") ? yield* partitionEntry(sys, mount.source.slice(5)) : undefined;
      return (name === "PARTUUID" ? entry?.uuid : entry?.label) ?? "";
    }
    case "OPT-FIELDS": return mount.propagation.join(" ");
    case "PROPAGATION": return mount.propagation.map((one) => (one.startsWith("shared") ? "shared" : one.startsWith("master") ? "slave" : one)).join(",") || "private";
    case "UUID": return (yield* probeQuietly(sys, mount.source)).uuid ?? "";
    case "LABEL": return (yield* probeQuietly(sys, mount.source)).label ?? "";
    case "SIZE": case "AVAIL": case "USED": case "USE%": {
      try {
        const stat = sys.statfs(mount.target);
        if (stat.blocks === 0) return name === "USE%" ? "-" : "0";
        const used = stat.blocks - stat.blocksFree;
        if (name === "USE%") return `${Math.ceil((used * 100) / Math.max(1, used + stat.blocksAvailable))}%`;
        const size = (name === "SIZE" ? stat.blocks : name === "USED" ? used : stat.blocksAvailable) * stat.blockSizeBytes;
        return bytes ? String(size) : localNumber(sys, formatSize(size, HUMAN, "nearest").replace(/\.0([KMGTP])/, "$1"));
      } catch (error) {
        if (error instanceof SysError) return "";
        throw error;
      }
    }
    default: return "";
  }
}
