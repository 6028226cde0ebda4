// The files of /proc/PID (proc(5)). Formats are those of Linux 6.1.
// Over 400 lines: one table of files, each a few lines.

import { encode } from "../bytes.ts";
import { SysError } from "../errno.ts";
import { parseExecutable } from "../executable.ts";
import type { Namespace, UserNamespace } from "../namespace.ts";
import type { OpenFileDescription } from "../open-file-description.ts";
import type { Process } from "../process.ts";
import { O, type ResourceLimitKind } from "../sys.ts";
import { CAP, type Caller } from "../vfs/caller.ts";
import { type Path, pathName } from "../vfs/path.ts";
import { PseudoTree } from "../vfs/pseudo-tree.ts";
import { resolve } from "../vfs/resolve.ts";
import { statPath } from "../vfs/stat.ts";
import { addNetFiles } from "./net-files.ts";
import { mountinfoText, mountstatsText, mountsText } from "./mount-table.ts";
import { kib, type ProcessContext, processOf, ticks } from "./proc-context.ts";

const STATES = new Map([["R", "running"], ["S", "sleeping"], ["D", "disk sleep"], ["T", "stopped"], ["Z", "zombie"], ["I", "idle"]]);

/** sched_getaffinity(2): what was asked for, within what the group may use; undefined: all. */
function allowedCpus(process: Process): readonly number[] | undefined {
  const { cpus } = process.scheduling;
  const text = process.cgroup.effectiveCpus();
  const group = text.split(",").flatMap((range) => {
    const [first = 0, last = first] = range.split("-").map(Number);
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  });
  if (group.length >= process.kernel.cpuCount) return cpus;
  const both = cpus?.filter((cpu) => group.includes(cpu)) ?? group;
  return both.length > 0 ? both : group;
}

/** PTRACE_MODE_READ: the same user with no fewer capabilities, or CAP_SYS_PTRACE over the process's user namespace (ptrace(2)). */
export function mayTrace(caller: Caller, process: Process): boolean {
  if (caller.pid === process.pid) return true;
  const { ruid, euid, suid, rgid, egid, sgid } = process.credentials;
  const same = [ruid, euid, suid].every((id) => id === caller.fsuid) && [rgid, egid, sgid].every((id) => id === caller.fsgid);
  const reader = process.kernel.processes.get(caller.pid);
  const noMore = reader === undefined || (process.capabilities.permitted & ~reader.capabilities.permitted) === 0n;
  return (same && noMore) || caller.capableIn(process.namespaces.user, CAP.SYS_PTRACE);
}

function hex64(mask: bigint): string {
  return mask.toString(16).padStart(16, "0");
}

function parentIn({ process, pids }: ProcessContext): number {
  return process.parent?.pidIn(pids) ?? 0;
}

/** Nested numbers from the namespace of the mount down (NSpid:). */
function nested(context: ProcessContext, numbers: readonly number[]): string {
  return numbers.slice(context.pids.level).join("\t");
}

function statusText(context: ProcessContext, reader: Caller): string {
  const { process, pids, kernel } = context;
  const { ruid, euid, suid, rgid, egid, sgid, groups } = process.credentials;
  const shown = processOf(context, reader);
  const uid = (id: number): number => shown?.shownUid(id) ?? id;
  const gid = (id: number): number => shown?.shownGid(id) ?? id;
  const pid = process.pidIn(pids);
  const letter = process.stateLetter();
  const masks = process.signalMasks();
  const { capabilities, identity, group } = process;
  const cpus = kernel.cpuCount;
  const allowed = allowedCpus(process);
  const resident = kib(process.residentBytes);
  const lines = [
    `Name:\t${process.comm.replaceAll("\\", "\\\\").replaceAll("\n", "\\n")}`,
    `Umask:\t${process.umask.toString(8).padStart(4, "0")}`,
    `State:\t${letter} (${STATES.get(letter) ?? "running"})`,
    `Tgid:\t${pid}`, "Ngid:\t0", `Pid:\t${pid}`, `PPid:\t${parentIn(context)}`, `TracerPid:\t${process.tracer?.owner.pidIn(pids) ?? 0}`,
    `Uid:\t${uid(ruid)}\t${uid(euid)}\t${uid(suid)}\t${uid(euid)}`,
    `Gid:\t${gid(rgid)}\t${gid(egid)}\t${gid(sgid)}\t${gid(egid)}`,
    `FDSize:\t${Math.max(64, 2 ** Math.ceil(Math.log2(Math.max(1, process.descriptors.entries().length))))}`,
    `Groups:\t${groups.map((id) => `${gid(id)} `).join("")}`.replace(/\t$/, "\t "),
    `NStgid:\t${nested(context, identity.numbers)}`, `NSpid:\t${nested(context, identity.numbers)}`,
    `NSpgid:\t${nested(context, group.identity.numbers)}`, `NSsid:\t${nested(context, group.session.identity.numbers)}`,
  ];
  if (!process.kernelThread && letter !== "Z") {
    const virtual = kib(process.virtualBytes);
    const row = (name: string, value: number): string => `${name}:\t${`${value}`.padStart(8)} kB`;
    const anonymous = kib(process.anonymousBytes);
    lines.push(
      row("VmPeak", virtual), row("VmSize", virtual), row("VmLck", 0), row("VmPin", 0), row("VmHWM", Math.max(resident, kib(process.peakResidentBytes))), row("VmRSS", resident),
      row("RssAnon", anonymous), row("RssFile", resident - anonymous), row("RssShmem", 0), row("VmData", Math.max(360, anonymous)), row("VmStk", 132), row("VmExe", 620), row("VmLib", 1528), row("VmPTE", 52), row("VmSwap", 0),
      row("HugetlbPages", 0), "CoreDumping:\t0", "THP_enabled:\t1",
    );
  }
  lines.push(
    "Threads:\t1", `SigQ:\t${process.pendingSignals?.length ?? 0}/${process.limits.get("sigpending").soft}`, "SigPnd:\t0000000000000000", `ShdPnd:\t${hex64(masks.pending)}`,
    `SigBlk:\t${hex64(masks.blocked)}`, `SigIgn:\t${hex64(masks.ignored)}`, `SigCgt:\t${hex64(masks.caught)}`,
    `CapInh:\t${hex64(capabilities.inheritable)}`, `CapPrm:\t${hex64(capabilities.permitted)}`, `CapEff:\t${hex64(capabilities.effective)}`, `CapBnd:\t${hex64(capabilities.bounding)}`, `CapAmb:\t${hex64(capabilities.ambient)}`,
    `NoNewPrivs:\t${Number(process.noNewPrivileges)}`, "Seccomp:\t0", "Seccomp_filters:\t0", "Speculation_Store_Bypass:\tvulnerable", "SpeculationIndirectBranch:\talways enabled",
    `Cpus_allowed:\t${(allowed?.reduce((mask, cpu) => mask + 2 ** cpu, 0) ?? 2 ** cpus - 1).toString(16)}`, `Cpus_allowed_list:\t${allowed?.join(",") ?? (cpus === 1 ? "0" : `0-${cpus - 1}`)}`, "Mems_allowed:\t00000000,00000001", "Mems_allowed_list:\t0",
    `voluntary_ctxt_switches:\t${process.voluntarySwitches}`, `nonvoluntary_ctxt_switches:\t${process.involuntarySwitches}`,
  );
  return `${lines.join("\n")}\n`;
}

function statText(context: ProcessContext, reader: Caller): string {
  const { process, pids } = context;
  const { terminal, group } = process;
  const masks = process.signalMasks();
  const traced = mayTrace(reader, process);
  const low32 = (mask: bigint): bigint | 0 => (mask === 0n ? 0 : mask & 0x7fffffffn);
  const exit = process.exitStatus;
  const exitCode = exit?.kind === "exited" ? (exit.status & 255) << 8 : exit?.kind === "signaled" ? exit.signal : 0;
  const fields = [
    process.pidIn(pids), `(${process.comm})`, process.stateLetter(), parentIn(context), group.identity.in(pids), group.session.identity.in(pids),
    terminal === undefined ? 0 : terminal.major * 256 + terminal.minor, terminal?.foreground?.identity.in(pids) ?? -1,
    process.kernelThread ? 2129984 : 4194304, 120, 0, 0, 0, ticks(process.userUs), ticks(process.systemUs), ticks(process.childUserUs), ticks(process.childSystemUs),
    20 + process.nice, process.nice, 1, 0, ticks(process.startTimeUs), process.kernelThread ? 0 : process.virtualBytes, Math.floor(process.residentBytes / 4096), "18446744073709551615",
    traced ? 1 : 0, 1, 0, 0, 0, low32(masks.pending), low32(masks.blocked), low32(masks.ignored), low32(masks.caught), process.stateLetter() === "R" ? 0 : 1, 0, 0, 17, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, traced ? exitCode : 0,
  ];
  return `${fields.join(" ")}\n`;
}

const LIMITS: readonly (readonly [ResourceLimitKind, string, string])[] = [
  ["cpu", "Max cpu time", "seconds"], ["fsize", "Max file size", "bytes"], ["data", "Max data size", "bytes"], ["stack", "Max stack size", "bytes"], ["core", "Max core file size", "bytes"],
  ["rss", "Max resident set", "bytes"], ["nproc", "Max processes", "processes"], ["nofile", "Max open files", "files"], ["memlock", "Max locked memory", "bytes"], ["as", "Max address space", "bytes"],
  ["locks", "Max file locks", "locks"], ["sigpending", "Max pending signals", "signals"], ["msgqueue", "Max msgqueue size", "bytes"], ["nice", "Max nice priority", ""], ["rtprio", "Max realtime priority", ""],
  ["rttime", "Max realtime timeout", "us"],
];

function limitsText({ process }: ProcessContext): string {
  const value = (limit: number): string => (limit === Infinity ? "unlimited" : `${limit}`).padEnd(20);
  const row = (name: string, soft: string, hard: string, unit: string): string => `${name.padEnd(25)} ${soft} ${hard} ${unit.padEnd(10)}\n`;
  let text = row("Limit", "Soft Limit".padEnd(20), "Hard Limit".padEnd(20), "Units");
  for (const [kind, name, unit] of LIMITS) {
    const { soft, hard } = process.limits.get(kind);
    text += unit === "" ? `${name.padEnd(25)} ${value(soft)} ${value(hard)} \n` : row(name, value(soft), value(hard), unit);
  }
  return text;
}

const LIBRARIES = "/usr/lib/x86_64-linux-gnu";

/** What the program's file asks the linker for. */
function neededLibraries({ executable }: Process): readonly string[] {
  if (executable === undefined) return [];
  try {
    return parseExecutable(executable.mount.fs.read(executable.node, 0, 4096))?.needed ?? [];
  } catch (error) {
    if (error instanceof SysError) return [];
    throw error;
  }
}

/** Name, device and inode. A file that was made after the process has begun is not the one that it has mapped: that one is gone. */
function mappedLibrary(process: Process, library: string): readonly [label: string, device: string, ino: number] {
  const path = `${LIBRARIES}/${library}`;
  try {
    const found = resolve(process, path);
    const file = statPath(found);
    const device = `${(file.dev >> 8).toString(16).padStart(2, "0")}:${(file.dev & 255).toString(16).padStart(2, "0")}`;
    const gone = file.btimeUs > process.kernel.bootEpochUs + process.startTimeUs;
    return gone ? [`${path} (deleted)`, device, file.ino - 1] : [path, device, file.ino];
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    return [`${path} (deleted)`, "00:00", 1];
  }
}

/** Addresses are made from the pid, so that they differ between processes and stay the same in a replay. */
function mapsText({ process }: ProcessContext): string {
  if (process.kernelThread || process.executable === undefined) return "";
  const file = statPath(process.executable);
  const name = pathName(process.root, process.executable);
  const device = `${(file.dev >> 8).toString(16).padStart(2, "0")}:${(file.dev & 255).toString(16).padStart(2, "0")}`;
  const base = 0x55d0_0000_0000 + ((process.pid * 2654435761) % 0xffffff) * 4096;
  const libc = 0x7f10_0000_0000 + ((process.pid * 40503) % 0xffffff) * 4096;
  const stack = 0x7ffc_0000_0000 + ((process.pid * 7919) % 0xfffff) * 4096;
  const line = (start: number, pages: number, flags: string, offset: number, label: string, dev = "00:00", ino = 0): string => {
    const head = `${start.toString(16).padStart(12, "0")}-${(start + pages * 4096).toString(16).padStart(12, "0")} ${flags} ${(offset * 4096).toString(16).padStart(8, "0")} ${dev} ${ino} `;
    return `${label === "" ? head : head.padEnd(73) + label}\n`;
  };
  const mapped = (start: number, label: string, dev: string, ino: number, sizes: readonly number[]): string => {
    let text = "";
    let page = 0;
    ["r--p", "r-xp", "r--p", "r--p", "rw-p"].forEach((flags, index) => {
      const pages = sizes[index] ?? 1;
      text += line(start + page * 4096, pages, flags, page, label, dev, ino);
      page += pages;
    });
    return text;
  };
  const libraries = neededLibraries(process).filter((library) => library !== "libc.so.6");
  const heap = Math.max(33, Math.floor(process.anonymousBytes / 4096));
  return (
    mapped(base, name, device, file.ino, [4, 20, 8, 1, 1]) + line(base + 0x200000, heap, "rw-p", 0, "[heap]") +
    mapped(libc, ...mappedLibrary(process, "libc.so.6"), [38, 341, 83, 4, 2]) + line(libc + 468 * 4096, 13, "rw-p", 0, "") +
    // the linker lays each library below the one before it, and stands above them all
    libraries.toReversed().map((library, index) => mapped(libc + 0x200000 + index * 0x20000, ...mappedLibrary(process, library), [4, 12, 4, 1, 1])).join("") +
    mapped(libc + 0x200000 + libraries.length * 0x20000, ...mappedLibrary(process, "ld-linux-x86-64.so.2"), [1, 38, 10, 2, 2]) +
    line(stack, 33, "rw-p", 0, "[stack]") + line(stack + 0x1c7000, 4, "r--p", 0, "[vvar]") + line(stack + 0x1cb000, 2, "r-xp", 0, "[vdso]") +
    // of the kernel, for programs of old: every process has it, and none can read it
    `${"ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0 ".padEnd(73)}[vsyscall]\n`
  );
}

/** maps with what each area holds: the anonymous memory is in heap, stack and other private areas, the rest of what is resident in those of files. */
function smapsText(context: ProcessContext): string {
  const { process } = context;
  const lines = mapsText(context).split("\n").filter((line) => line !== "");
  const areas = lines.map((line) => {
    const [, start = "0", end = "0", mode = "", , , inode = "0"] = /^(\w+)-(\w+) (\S+) (\S+) (\S+) (\d+)/.exec(line) ?? [];
    return { line, size: (Number.parseInt(end, 16) - Number.parseInt(start, 16)) / 1024, mode, ofFile: inode !== "0", special: /\[v\w+\]$/.test(line) };
  });
  let anonymousLeft = Math.min(kib(process.anonymousBytes), kib(process.residentBytes));
  let fileLeft = kib(process.residentBytes) - anonymousLeft;
  const heapLast = [...areas].sort((a, b) => Number(a.line.endsWith("[heap]")) - Number(b.line.endsWith("[heap]")));
  const anonymous = new Map(heapLast.filter((area) => area.mode[1] === "w").map((area) => {
    const taken = Math.min(area.size, anonymousLeft);
    anonymousLeft -= taken;
    return [area, taken] as const;
  }));
  return areas.map((area) => {
    const own = anonymous.get(area) ?? 0;
    const clean = area.ofFile && !area.special ? Math.min(area.size - own, fileLeft) : 0;
    fileLeft -= clean;
    const row = (name: string, value: number): string => `${`${name}:`.padEnd(16)}${`${value}`.padStart(8)} kB\n`;
    const share = Math.floor(clean / 6);
    const flags = `${area.mode[0] === "r" ? "rd " : ""}${area.mode[1] === "w" ? "wr " : ""}${area.mode[2] === "x" ? "ex " : ""}mr mw me ${area.mode[1] === "w" ? "ac " : ""}${area.line.endsWith("[stack]") ? "gd " : ""}sd `;
    return `${area.line}\n${row("Size", area.size)}${row("KernelPageSize", 4)}${row("MMUPageSize", 4)}${row("Rss", own + clean)}${row("Pss", own + share)}${row("Pss_Dirty", own)}${row("Shared_Clean", clean)}${row("Shared_Dirty", 0)}${row("Private_Clean", 0)}${row("Private_Dirty", own)}${row("Referenced", own + clean)}${row("Anonymous", own)}${["LazyFree", "AnonHugePages", "ShmemPmdMapped", "FilePmdMapped", "Shared_Hugetlb", "Private_Hugetlb", "Swap", "SwapPss", "Locked"].map((name) => row(name, 0)).join("")}THPeligible:    0\nVmFlags: ${area.special && area.mode === "--xp" ? "ex " : flags}\n`;
  }).join("");
}

function mapText(namespace: UserNamespace, kind: "uid" | "gid", reader: Process | undefined): string {
  const ranges = kind === "uid" ? namespace.uidMap : namespace.gidMap;
  const viewer = reader?.namespaces.user;
  return ranges.map(({ inside, outside, count }) => {
    // The second column is the id in the reader's namespace, or in the parent for a reader inside (user_namespaces(7)).
    const kernelId = namespace.parent?.toKernel(kind, outside) ?? outside;
    const base = viewer === namespace ? (namespace.parent ?? namespace) : (viewer ?? namespace);
    const seen = base.fromKernel(kind, kernelId);
    return `${`${inside}`.padStart(10)} ${`${seen ?? 4294967295}`.padStart(10)} ${`${count}`.padStart(10)}\n`;
  }).join("");
}

function writeMap(context: ProcessContext, kind: "uid" | "gid", text: string, writer: Caller): void {
  const process = processOf(context, writer);
  if (process === undefined) throw new SysError("EPERM");
  context.process.namespaces.user.setMap(process, kind, text);
}

function integerIn(text: string, minimum: number, maximum: number): number {
  const trimmed = text.trim();
  if (!/^-?\d{1,10}$/.test(trimmed)) throw new SysError("EINVAL");
  const value = Number(trimmed);
  if (value < minimum || value > maximum) throw new SysError("EINVAL");
  return value;
}

function writeOomScore({ process }: ProcessContext, text: string, writer: Caller): void {
  const value = integerIn(text, -1000, 1000);
  if (value < process.oomScoreAdjustment && !writer.capable(CAP.SYS_RESOURCE)) throw new SysError("EACCES");
  process.oomScoreAdjustment = value;
}

/** badness in 0..2000 with 666 for a process that holds nothing (fs/proc/base.c, proc_oom_score). */
function oomScore({ process, kernel }: ProcessContext): number {
  if (process.kernelThread || process.oomScoreAdjustment === -1000) return 0;
  const points = process.oomScoreAdjustment + Math.floor((process.residentBytes * 1000) / kernel.memoryBytes);
  return Math.max(0, Math.floor(((1000 + points) * 2) / 3));
}

function magicPath(path: (context: ProcessContext) => Path | undefined) {
  return {
    link: (context: ProcessContext, reader: Caller): string => {
      const target = path(context);
      if (target === undefined) throw new SysError("ENOENT");
      return pathName(reader.root, target);
    },
    behaviour: {
      guarded: true,
      magic: (context: ProcessContext) => {
        const target = path(context);
        if (target === undefined) throw new SysError("ENOENT");
        return { kind: "path", path: target } as const;
      },
    },
  };
}

function namespaceLink(tree: PseudoTree<ProcessContext>, name: string, find: (process: Process) => Namespace): void {
  tree.link(`ns/${name}`, ({ process }) => `${find(process).kind}:[${find(process).inode}]`, {
    guarded: true,
    magic: ({ process, nsfs }) => ({ kind: "path", path: nsfs.pathOf(find(process)) }),
  });
}

function makeTree(): PseudoTree<ProcessContext> {
  const tree = new PseudoTree<ProcessContext>();
  const empty = (): string => "";
  tree.directory("task");
  tree.directory("fd", 0o500);
  tree.directory("map_files", 0o500);
  tree.directory("fdinfo", 0o555);
  tree.directory("ns", 0o511);
  for (const name of ["cgroup", "ipc", "mnt", "net", "pid", "time", "user", "uts"] as const) namespaceLink(tree, name, (process) => process.namespaces[name]);
  namespaceLink(tree, "pid_for_children", (process) => process.namespaces.pidForChildren);
  namespaceLink(tree, "time_for_children", (process) => process.namespaces.timeForChildren);
  tree.directory("net");
  addNetFiles(tree);
  tree.file("environ", ({ process }) => [...process.environment].map(([name, value]) => `${name}=${value}\0`).join(""), { mode: 0o400, guarded: true });
  tree.file("auxv", empty, { mode: 0o400, guarded: true });
  tree.file("status", statusText);
  tree.file("personality", ({ process }) => `${process.personality.toString(16).padStart(8, "0")}\n`, { mode: 0o400, guarded: true });
  tree.file("limits", limitsText);
  tree.file("sched", ({ process, pids }) => schedText(process, process.pidIn(pids)), { mode: 0o644 });
  tree.file("autogroup", ({ process }) => `/autogroup-${process.session} nice 0\n`, { mode: 0o644 });
  tree.file("timens_offsets", ({ process }) => {
    const { timeForChildren } = process.namespaces;
    const row = (name: string, offsetUs: number): string => `${name.padEnd(10)}${`${Math.floor(offsetUs / 1_000_000)}`.padStart(11)} ${`${(offsetUs % 1_000_000) * 1000}`.padStart(9)}\n`;
    return row("monotonic", timeForChildren.monotonicOffsetUs) + row("boottime", timeForChildren.boottimeOffsetUs);
  }, { mode: 0o644, write: writeTimeOffsets });
  tree.file("comm", ({ process }) => `${process.comm}\n`, {
    mode: 0o644,
    write: ({ process }, text, writer) => {
      if (writer.pid !== process.pid) throw new SysError("EINVAL");
      process.image = { ...process.image, comm: text.replace(/\n$/, "").slice(0, 15) };
    },
  });
  tree.file("syscall", () => "running\n", { mode: 0o400, guarded: true });
  tree.file("cmdline", ({ process }) => process.commandLine.map((word) => `${word}\0`).join(""));
  tree.file("stat", statText);
  tree.file("statm", ({ process }) => {
    const pages = Math.floor(process.virtualBytes / 4096);
    const resident = Math.floor(process.residentBytes / 4096);
    return `${pages} ${resident} ${resident - Math.floor(process.anonymousBytes / 4096)} ${process.kernelThread ? 0 : 155} 0 ${process.kernelThread ? 0 : 90} 0\n`;
  });
  tree.file("maps", mapsText, { guarded: true });
  tree.file("numa_maps", empty, { guarded: true });
  tree.file("mem", () => {
    throw new SysError("EIO");
  }, { mode: 0o600, guarded: true });
  const cwd = magicPath(({ process }) => (process.stateLetter() === "Z" ? undefined : process.cwd));
  tree.link("cwd", cwd.link, cwd.behaviour);
  const root = magicPath(({ process }) => (process.stateLetter() === "Z" ? undefined : process.root));
  tree.link("root", root.link, root.behaviour);
  const executable = magicPath(({ process }) => (process.kernelThread || process.stateLetter() === "Z" ? undefined : process.executable));
  tree.link("exe", executable.link, executable.behaviour);
  tree.file("mounts", ({ process }) => mountsText(process.root, process.namespaces.mnt.mounts));
  tree.file("mountinfo", ({ process }, reader) => mountinfoText(process.root, process.namespaces.mnt.mounts, reader));
  tree.file("mountstats", ({ process }) => mountstatsText(process.root, process.namespaces.mnt.mounts), { mode: 0o400 });
  tree.file("clear_refs", empty, { mode: 0o200, write: () => undefined });
  tree.file("smaps", smapsText, { guarded: true });
  tree.file("smaps_rollup", ({ process }) => smapsRollup(process), { guarded: true });
  tree.file("pagemap", empty, { mode: 0o400, guarded: true });
  tree.directory("attr");
  for (const name of ["current", "exec", "fscreate", "keycreate", "prev", "sockcreate"]) {
    tree.file(`attr/${name}`, () => (name === "current" ? "unconfined\n" : ""), { mode: name === "prev" ? 0o444 : 0o666, ...(name === "prev" ? {} : { write: () => undefined }) });
  }
  tree.file("wchan", ({ process }) => (process.stateLetter() === "R" ? "0" : process.channel === "" ? "0" : process.channel), { guarded: true });
  tree.file("stack", empty, { mode: 0o400, guarded: true });
  tree.file("schedstat", ({ process }) => `${Math.floor((process.userUs + process.systemUs) * 1000)} 0 ${process.voluntarySwitches + process.involuntarySwitches}\n`);
  tree.file("cpuset", ({ process }) => `${process.cgroup.path}\n`);
  tree.file("cgroup", (context, reader) => {
    const base = processOf(context, reader)?.namespaces.cgroup.root ?? context.kernel.cgroups.root;
    return `0::${context.process.cgroup.pathFrom(base)}${context.process.cgroup.removed ? " (deleted)" : ""}\n`;
  });
  tree.file("cpu_resctrl_groups", empty);
  tree.file("oom_score", (context) => `${oomScore(context)}\n`);
  tree.file("oom_adj", ({ process }) => `${process.oomScoreAdjustment === 1000 ? 15 : Math.trunc((process.oomScoreAdjustment * 17) / 1000)}\n`, {
    write: (context, text, writer) => writeOomScore(context, `${Math.trunc((integerIn(text, -17, 15) * 1000) / 17)}`, writer),
  });
  tree.file("oom_score_adj", ({ process }) => `${process.oomScoreAdjustment}\n`, { write: writeOomScore });
  tree.file("loginuid", () => "4294967295", { write: () => undefined });
  tree.file("sessionid", () => "4294967295");
  tree.file("coredump_filter", () => "00000033\n", { mode: 0o644 });
  tree.file("io", () => "rchar: 0\nwchar: 0\nsyscr: 0\nsyscw: 0\nread_bytes: 0\nwrite_bytes: 0\ncancelled_write_bytes: 0\n", { mode: 0o400, guarded: true });
  tree.file("uid_map", (context, reader) => mapText(context.process.namespaces.user, "uid", processOf(context, reader)), { write: (context, text, writer) => writeMap(context, "uid", text, writer) });
  tree.file("gid_map", (context, reader) => mapText(context.process.namespaces.user, "gid", processOf(context, reader)), { write: (context, text, writer) => writeMap(context, "gid", text, writer) });
  tree.file("projid_map", () => "", { mode: 0o644 });
  tree.file("setgroups", ({ process }) => `${process.namespaces.user.setgroups}\n`, { write: ({ process }, text) => writeSetgroups(process.namespaces.user, text) });
  tree.file("timers", empty);
  tree.file("timerslack_ns", () => "50000\n", { mode: 0o666, write: () => undefined });
  tree.file("patch_state", () => "-1\n", { mode: 0o400 });
  tree.file("ksm_merging_pages", () => "0\n", { mode: 0o400 });
  tree.file("ksm_stat", () => "ksm_rmap_items 0\n", { mode: 0o400 });
  tree.file("arch_status", () => "AVX512_elapsed_ms:\t-1\n");
  return tree;
}

function writeSetgroups(namespace: UserNamespace, text: string): void {
  const word = text.trim();
  if (word !== "allow" && word !== "deny") throw new SysError("EINVAL");
  if (word === "allow" && namespace.setgroups === "deny") throw new SysError("EPERM");
  if (word === "deny" && namespace.gidMap.length > 0) throw new SysError("EPERM");
  namespace.setgroups = word;
}

/** "monotonic SECONDS NANOSECONDS" a line (time_namespaces(7)). */
function writeTimeOffsets({ process }: ProcessContext, text: string): void {
  const { timeForChildren } = process.namespaces;
  if (timeForChildren === process.namespaces.time) throw new SysError("EACCES");
  for (const line of text.split("\n")) {
    if (line.trim() === "") continue;
    const match = /^\s*(monotonic|boottime|1|7)\s+(-?\d{1,12})\s+(\d{1,9})\s*$/.exec(line);
    if (match === null) throw new SysError("EINVAL");
    const offsetUs = Number(match[2]) * 1_000_000 + Math.floor(Number(match[3]) / 1000);
    if (match[1] === "monotonic" || match[1] === "1") timeForChildren.monotonicOffsetUs = offsetUs;
    else timeForChildren.boottimeOffsetUs = offsetUs;
  }
}

function schedText(process: Process, pid: number): string {
  const milliseconds = (us: number): string => (us / 1000).toFixed(6);
  const head = `${process.comm} (${pid}, #threads: 1)\n${"-".repeat(67)}\n`;
  const row = (name: string, value: string): string => `${name.padEnd(45)}:${value.padStart(21)}\n`;
  return head + row("se.exec_start", milliseconds(process.kernel.nowUs)) + row("se.vruntime", milliseconds(process.userUs)) + row("se.sum_exec_runtime", milliseconds(process.userUs + process.systemUs)) +
    row("nr_switches", `${process.voluntarySwitches + process.involuntarySwitches}`) + row("nr_voluntary_switches", `${process.voluntarySwitches}`) + row("nr_involuntary_switches", `${process.involuntarySwitches}`) +
    row("policy", "0") + row("prio", `${120 + process.nice}`);
}

function smapsRollup(process: Process): string {
  const resident = kib(process.residentBytes);
  const row = (name: string, value: number): string => `${`${name}:`.padEnd(16)}${`${value}`.padStart(8)} kB\n`;
  const anonymous = kib(process.anonymousBytes);
  return "555555554000-7ffffffff000 ---p 00000000 00:00 0                          [rollup]\n" +
    row("Rss", resident) + row("Pss", anonymous + Math.floor(resident / 6)) + row("Pss_Dirty", anonymous) + row("Pss_Anon", anonymous) + row("Pss_File", Math.floor(resident / 6)) + row("Pss_Shmem", 0) +
    row("Shared_Clean", resident - anonymous) + row("Shared_Dirty", 0) + row("Private_Clean", 0) + row("Private_Dirty", anonymous) + row("Referenced", resident) + row("Anonymous", anonymous) +
    row("LazyFree", 0) + row("AnonHugePages", 0) + row("ShmemPmdMapped", 0) + row("FilePmdMapped", 0) + row("Shared_Hugetlb", 0) + row("Private_Hugetlb", 0) + row("Swap", 0) + row("SwapPss", 0) + row("Locked", 0);
}

/** What readlink of /proc/PID/fd/N says. */
export function descriptionName(file: OpenFileDescription, reader: Caller): string {
  return file.path === undefined ? (file.label ?? "anon_inode:[unknown]") : pathName(reader.root, file.path);
}

/** Permission bits of such a link: what the descriptor may do. */
export function descriptionMode(file: OpenFileDescription): number {
  const access = file.statusFlags & O.ACCMODE;
  if ((file.statusFlags & O.PATH) !== 0) return 0;
  return (access !== O.WRONLY ? 0o500 : 0o100) | (access !== O.RDONLY ? 0o300 : 0o100);
}

export function fdinfoText(file: OpenFileDescription, cloexec: boolean): Uint8Array {
  const position = "offset" in file && typeof file.offset === "number" ? file.offset : 0;
  const flags = 0o100000 | file.statusFlags | (cloexec ? O.CLOEXEC : 0);
  const ino = file.path === undefined ? (/\[(\d+)\]/.exec(file.label ?? "")?.[1] ?? "1") : `${file.path.mount.fs.facts(file.path.node).ino}`;
  return encode(`pos:\t${position}\nflags:\t0${flags.toString(8)}\nmnt_id:\t${file.path?.mount.id ?? 15}\nino:\t${ino}\n`);
}


/** The same for every process of every machine. */
export const PROCESS_TREE = makeTree();
