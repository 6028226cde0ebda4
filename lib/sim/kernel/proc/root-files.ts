// The files of /proc itself: memory, processors, statistics of the machine (proc(5)).

import { ipcText } from "../ipc.ts";
import { blockDevicesOf } from "../block/block-device.ts";
import { mdOf } from "../block/md.ts";
import { deviceMajor, deviceMinor } from "../vfs/open.ts";
import { SysError } from "../errno.ts";
import type { Process } from "../process.ts";
import { CAP } from "../vfs/caller.ts";
import type { Caller } from "../vfs/caller.ts";
import { PseudoTree } from "../vfs/pseudo-tree.ts";
import { memory, type ProcContext, processOf, ticks } from "./proc-context.ts";
import { slabInfoText } from "./slab-info.ts";
import { addSysctlFiles } from "./sysctl-files.ts";

function meminfoText({ kernel, swaps }: ProcContext): string {
  const { totalKib, freeKib, cachedKib, buffersKib, anonymousKib, slabKib, sharedKib } = memory(kernel);
  const swapTotal = swaps.areas.reduce((sum, area) => sum + area.sizeKib, 0);
  const swapUsed = swaps.areas.reduce((sum, area) => sum + area.usedKib, 0);
  const reclaimable = Math.floor((slabKib * 5) / 8);
  const rows: [string, number][] = [
    ["MemTotal", totalKib], ["MemFree", freeKib], ["MemAvailable", Math.min(totalKib, freeKib + cachedKib + buffersKib + Math.floor(reclaimable / 2) - sharedKib)], ["Buffers", buffersKib], ["Cached", cachedKib], ["SwapCached", 0],
    ["Active", Math.floor(cachedKib / 3) + 700], ["Inactive", Math.floor((cachedKib * 2) / 3) + anonymousKib], ["Active(anon)", 700], ["Inactive(anon)", anonymousKib], ["Active(file)", Math.floor(cachedKib / 3)], ["Inactive(file)", Math.floor((cachedKib * 2) / 3)],
    ["Unevictable", 0], ["Mlocked", 0], ["SwapTotal", swapTotal], ["SwapFree", swapTotal - swapUsed], ["Zswap", 0], ["Zswapped", 0], ["Dirty", 24], ["Writeback", 0], ["AnonPages", anonymousKib], ["Mapped", 46_000], ["Shmem", sharedKib], ["KReclaimable", reclaimable],
    ["Slab", slabKib], ["SReclaimable", reclaimable], ["SUnreclaim", slabKib - reclaimable], ["KernelStack", kernel.processes.size * 16], ["PageTables", kernel.processes.size * 28], ["NFS_Unstable", 0], ["Bounce", 0], ["WritebackTmp", 0],
    ["CommitLimit", Math.floor(totalKib / 2) + swapTotal], ["Committed_AS", anonymousKib * 3], ["VmallocTotal", 34359738367], ["VmallocUsed", 11_500], ["VmallocChunk", 0], ["Percpu", kernel.cpuCount * 620], ["HardwareCorrupted", 0],
    ["AnonHugePages", 0], ["ShmemHugePages", 0], ["ShmemPmdMapped", 0], ["FileHugePages", 0], ["FilePmdMapped", 0],
  ];
  let text = rows.map(([name, value]) => `${`${name}:`.padEnd(16)}${`${value}`.padStart(8)} kB\n`).join("");
  for (const name of ["Total", "Free", "Rsvd", "Surp"]) text += `${`HugePages_${name}:`.padEnd(16)}${"0".padStart(8)}\n`;
  for (const [name, value] of [["Hugepagesize", 2048], ["Hugetlb", 0], ["DirectMap4k", 102_248], ["DirectMap2M", Math.max(0, totalKib - 8000)]] as const) text += `${`${name}:`.padEnd(16)}${`${value}`.padStart(8)} kB\n`;
  return text;
}

/** What VT-x can do has a line of its own since 5.6 (arch/x86/kernel/cpu/proc.c). */
function vmxFlags(flags: readonly string[]): readonly [string, string][] {
  return flags.includes("vmx") ? [["vmx flags", "vnmi preemption_timer posted_intr invvpid ept_x_only ept_ad flexpriority tsc_offset vtpr mtf vapic ept vpid unrestricted_guest vapic_reg vid shadow_vmcs"]] : [];
}

function cpuinfoText({ kernel, hardware }: ProcContext): string {
  const { processor } = hardware();
  let text = "";
  for (let cpu = 0; cpu < kernel.cpuCount; cpu++) {
    const perSocket = processor.coresPerSocket * processor.threadsPerCore;
    const rows: [string, string | number][] = [
      ["processor", cpu], ["vendor_id", processor.vendor], ["cpu family", processor.family], ["model", processor.model], ["model name", processor.modelName], ["stepping", processor.stepping],
      ["microcode", processor.vendor === "GenuineIntel" ? "0x1" : "0x1000065"], ["cpu MHz", processor.mhz.toFixed(3)], ["cache size", `${processor.cacheKib} KB`], ["physical id", Math.floor(cpu / perSocket)], ["siblings", perSocket],
      ["core id", Math.floor((cpu % perSocket) / processor.threadsPerCore)], ["cpu cores", processor.coresPerSocket], ["apicid", cpu], ["initial apicid", cpu], ["fpu", "yes"], ["fpu_exception", "yes"], ["cpuid level", 13], ["wp", "yes"],
      ["flags", processor.flags.join(" ")], ...vmxFlags(processor.flags), ["bugs", processor.bugs.join(" ")], ["bogomips", processor.bogomips.toFixed(2)], ["TLB size", "1024 4K pages"], ["clflush size", 64], ["cache_alignment", 64],
      ["address sizes", `${processor.physicalAddressBits} bits physical, ${processor.virtualAddressBits} bits virtual`], ["power management", ""],
    ];
    for (const [name, value] of rows) {
      if (name === "TLB size" && processor.vendor === "GenuineIntel") continue;
      const tabs = name.length >= 15 ? "\t" : name.length >= 8 ? "\t" : "\t\t";
      text += `${name}${tabs}:${value === "" ? "" : ` ${value}`}\n`;
    }
    text += "\n";
  }
  return text;
}

function statText({ kernel }: ProcContext): string {
  const uptime = ticks(kernel.nowUs);
  const busy = ticks(kernel.cpuBusyUs);
  const cpus = kernel.cpuCount;
  const row = (name: string, user: number, idle: number): string => `${name} ${Math.floor(user * 0.7)} 0 ${Math.ceil(user * 0.3)} ${idle} ${Math.floor(idle / 900)} 0 ${Math.floor(idle / 5000)} 0 0 0\n`;
  let text = row("cpu ", busy, Math.max(0, uptime * cpus - busy));
  for (let cpu = 0; cpu < cpus; cpu++) text += row(`cpu${cpu}`, cpu === 0 ? busy - Math.floor(busy / cpus) * (cpus - 1) : Math.floor(busy / cpus), Math.max(0, uptime - Math.floor(busy / cpus)));
  const processes = [...kernel.processes.values()];
  const running = processes.filter((process) => process.stateLetter() === "R").length;
  text += `intr ${uptime * 3}\nctxt ${kernel.contextSwitches}\nbtime ${Math.floor(kernel.bootEpochUs / 1_000_000)}\nprocesses ${kernel.forks}\nprocs_running ${Math.max(1, running)}\nprocs_blocked 0\nsoftirq ${uptime} 0 0 0 0 0 0 0 0 0 0\n`;
  return text;
}

function uptimeText({ kernel }: ProcContext): string {
  const idleUs = Math.max(0, kernel.nowUs * kernel.cpuCount - kernel.cpuBusyUs);
  return `${(Math.floor(kernel.nowUs / 10_000) / 100).toFixed(2)} ${(Math.floor(idleUs / 10_000) / 100).toFixed(2)}\n`;
}

function loadavgText({ kernel, pids }: ProcContext): string {
  let running = 0;
  let total = 0;
  for (const process of kernel.processes.values()) {
    total++;
    if (process.stateLetter() === "R") running++;
  }
  return `${kernel.loadAverage().map((load) => load.toFixed(2)).join(" ")} ${Math.max(1, running)}/${total} ${pids.lastPid}\n`;
}

/** They are there when their module is, or when one of them is mounted (request_module). */
const OF_MODULES: ReadonlySet<string> = new Set(["vfat", "msdos", "xfs", "btrfs"]);

/** Locks of flock(2) with the process that has the file open. */
function locksText({ kernel }: ProcContext): string {
  let number = 0;
  let text = "";
  for (const { file, exclusive } of kernel.flocks.list()) {
    const owner = [...kernel.processes.values()].find((process) => process.descriptors.entries().some(([, one]) => one === file));
    const facts = file.path?.mount.fs.facts(file.path.node);
    if (owner === undefined || facts === undefined) continue;
    const device = file.path?.mount.fs.device ?? 0;
    const hex = (value: number): string => value.toString(16).padStart(2, "0");
    text += `${++number}: FLOCK  ADVISORY  ${exclusive ? "WRITE" : "READ "} ${owner.pid} ${hex(deviceMajor(device))}:${hex(deviceMinor(device))}:${facts.ino} 0 EOF\n`;
  }
  return text;
}

function filesystemsText({ kernel }: ProcContext): string {
  const always = ["sysfs", "tmpfs", "bdev", "proc", "cgroup", "cgroup2", "cpuset", "devtmpfs", "configfs", "debugfs", "tracefs", "securityfs", "sockfs", "bpf", "pipefs", "ramfs", "hugetlbfs", "rpc_pipefs", "devpts"];
  const last = ["mqueue", "pstore", "efivarfs", "autofs", "binfmt_misc", "overlay", "fuse", "fusectl"];
  let text = "";
  const known = new Set<string>();
  for (const name of always) if (name !== "rpc_pipefs") text += `nodev\t${name}\n`;
  for (const name of [...always, ...last]) known.add(name);
  for (const type of kernel.fileSystemTypes.list()) if (type.needsDevice && !known.has(type.name) && (!OF_MODULES.has(type.name) || kernel.modules.has(type.name === "msdos" ? "vfat" : type.name))) text += `\t${type.name}\n`;
  for (const name of last) if (kernel.fileSystemTypes.has(name)) text += `nodev\t${name}\n`;
  return text;
}

function partitionsText({ kernel }: ProcContext): string {
  let text = "major minor  #blocks  name\n\n";
  for (const device of blockDevicesOf(kernel).list()) {
    if (device.sizeBytes > 0) text += `${`${device.major}`.padStart(4)}  ${`${device.minor}`.padStart(7)} ${`${Math.floor(device.sizeBytes / 1024)}`.padStart(10)} ${device.name}\n`;
  }
  return text;
}

function diskstatsText({ kernel }: ProcContext): string {
  let text = "";
  for (const { major, minor, name, kind } of blockDevicesOf(kernel).list()) {
    const share = kind === "loop" || kind === "rom" ? 0 : kind === "disk" ? 1 : 0.9;
    const reads = Math.floor(8200 * share);
    const writes = Math.floor((900 + ticks(kernel.nowUs) / 300) * share);
    text += `${`${major}`.padStart(4)} ${`${minor}`.padStart(7)} ${name} ${reads} ${Math.floor(reads / 4)} ${reads * 52} ${reads} ${writes} ${writes} ${writes * 30} ${writes} 0 ${Math.floor(reads / 2)} ${reads + writes} 0 0 0 0 0 0\n`;
  }
  return text;
}

const CHARACTER_MAJORS = "  1 mem\n  4 /dev/vc/0\n  4 tty\n  4 ttyS\n  5 /dev/tty\n  5 /dev/console\n  5 /dev/ptmx\n  7 vcs\n 10 misc\n 13 input\n 21 sg\n 29 fb\n108 ppp\n128 ptm\n136 pts\n180 usb\n189 usb_device\n226 drm\n229 hvc\n";

function devicesText({ hardware }: ProcContext): string {
  const blocks = new Map<number, string>([[7, "loop"], [8, "sd"], [9, "md"], [11, "sr"], [65, "sd"], [253, "device-mapper"], [259, "blkext"]]);
  for (const disk of hardware().disks) if (disk.name.startsWith("vd")) blocks.set(disk.major, "virtblk");
  let text = `Character devices:\n${CHARACTER_MAJORS}\nBlock devices:\n`;
  for (const [major, name] of [...blocks].sort((a, b) => a[0] - b[0])) text += `${`${major}`.padStart(3)} ${name}\n`;
  return text;
}

function modulesText({ kernel, hardware }: ProcContext): string {
  const sizes = hardware().moduleSizes;
  let text = "";
  for (const [name, { usedBy, pinned = 0 }] of [...kernel.modules].reverse()) {
    text += `${name} ${sizes.get(name) ?? 16384} ${usedBy.length + pinned + kernel.guests.holds(name)} ${usedBy.length === 0 ? "-" : `${usedBy.join(",")},`} Live 0x0000000000000000\n`;
  }
  return text;
}

function cgroupsText({ kernel }: ProcContext): string {
  const count = [...kernel.cgroups.root.descendants()].length;
  const names = ["cpuset", "cpu", "cpuacct", "blkio", "memory", "devices", "freezer", "net_cls", "perf_event", "net_prio", "hugetlb", "pids", "rdma", "misc"];
  return `#subsys_name\thierarchy\tnum_cgroups\tenabled\n${names.map((name) => `${name}\t0\t${count}\t1\n`).join("")}`;
}

function interruptsText({ kernel, hardware }: ProcContext): string {
  const cpus = kernel.cpuCount;
  let text = `${" ".repeat(11)}${Array.from({ length: cpus }, (_, cpu) => `CPU${cpu}`.padEnd(11)).join("")}\n`;
  const row = (label: string, counts: number, name: string): string => `${label.padStart(3)}:${Array.from({ length: cpus }, (_, cpu) => `${cpu === 0 ? counts : Math.floor(counts / 9)}`.padStart(11)).join("")}   ${name}\n`;
  const uptime = ticks(kernel.nowUs);
  text += row("0", 36, "IO-APIC   2-edge      timer") + row("1", 9, "IO-APIC   1-edge      i8042") + row("4", 130 + uptime, "IO-APIC   4-edge      ttyS0") + row("8", 1, "IO-APIC   8-edge      rtc0") + row("9", 0, "IO-APIC   9-fasteoi   acpi");
  let irq = 24;
  for (const { virtio } of hardware().pci) {
    if (virtio === undefined) continue;
    text += row(`${irq}`, uptime + irq * 7, `PCI-MSI ${524288 + irq}-edge      virtio${virtio.index}-req.0`);
    irq++;
  }
  return text + row("NMI", 0, "Non-maskable interrupts") + row("LOC", uptime * 2, "Local timer interrupts") + row("RES", Math.floor(uptime / 3), "Rescheduling interrupts") + row("CAL", 900, "Function call interrupts");
}

function versionText({ kernel }: ProcContext): string {
  return `Linux version ${kernel.release} (debian-kernel@lists.debian.org) (gcc-12 (Debian 12.2.0-14+deb12u1) 12.2.0, GNU ld (GNU Binutils for Debian) 2.40) ${kernel.version}\n`;
}

function selfOf(context: ProcContext, reader: Caller): Process {
  const process = processOf(context, reader);
  if (process === undefined || process.pidIn(context.pids) === 0) throw new SysError("ENOENT");
  return process;
}

function makeTree(): PseudoTree<ProcContext> {
  const tree = new PseudoTree<ProcContext>();
  tree.link("self", (context, reader) => `${selfOf(context, reader).pidIn(context.pids)}`);
  tree.link("thread-self", (context, reader) => {
    const pid = selfOf(context, reader).pidIn(context.pids);
    return `${pid}/task/${pid}`;
  });
  tree.link("mounts", "self/mounts");
  tree.link("net", "self/net");
  tree.directory("acpi");
  tree.file("buddyinfo", () => "Node 0, zone      DMA      0      0      0      0      0      0      0      0      1      1      2 \nNode 0, zone    DMA32      4      3      3      4      3      5      4      3      3      3    430 \n");
  tree.directory("bus/pci");
  tree.directory("bus/input");
  tree.file("cgroups", cgroupsText);
  tree.file("cmdline", ({ hardware }) => `${hardware().commandLine}\n`);
  tree.file("consoles", () => "ttyS0                -W- (EC p a)    4:64\ntty0                 -WU (EC  p  )    4:1\n");
  tree.file("cpuinfo", cpuinfoText);
  tree.file("crypto", () => "name         : crc32c\ndriver       : crc32c-generic\nmodule       : kernel\npriority     : 100\nrefcnt       : 2\nselftest     : passed\ninternal     : no\ntype         : shash\nblocksize    : 1\ndigestsize   : 4\n\n");
  tree.file("devices", devicesText);
  tree.file("diskstats", diskstatsText);
  tree.file("mdstat", ({ kernel }) => mdOf(kernel).statusText() ?? "", { exists: ({ kernel }) => mdOf(kernel).statusText() !== undefined });
  tree.file("dma", () => " 4: cascade\n");
  tree.directory("driver");
  tree.directory("dynamic_debug");
  tree.file("execdomains", () => "0-0\tLinux           \t[kernel]\n");
  tree.file("fb", () => "0 bochs-drmdrmfb\n");
  tree.file("filesystems", filesystemsText);
  tree.directory("fs/ext4");
  tree.directory("fs/jbd2");
  tree.file("interrupts", interruptsText);
  tree.file("iomem", () => "00000000-00000000 : Reserved\n", { mode: 0o400 });
  tree.file("ioports", () => "0000-0000 : PCI Bus 0000:00\n", { mode: 0o400 });
  tree.directory("irq");
  tree.file("kallsyms", () => "");
  tree.file("kcore", () => {
    throw new SysError("EPERM");
  }, { mode: 0o400 });
  tree.file("keys", () => "");
  tree.file("key-users", () => "    0:     9 8/8 5/1000000 67/25000000\n");
  tree.file("kmsg", ({ kernel }, reader) => {
    if (!reader.capable(CAP.SYSLOG)) throw new SysError("EPERM");
    return kernel.log.lines().map(({ level, facility, text, timeUs }) => `<${facility * 8 + level}>[${(timeUs / 1_000_000).toFixed(6).padStart(12)}] ${text}\n`).join("");
  }, { mode: 0o400 });
  tree.file("kpagecount", () => "", { mode: 0o400 });
  tree.file("kpageflags", () => "", { mode: 0o400 });
  tree.file("loadavg", loadavgText);
  tree.file("locks", locksText);
  tree.file("meminfo", meminfoText);
  tree.file("misc", () => "126 userfaultfd\n235 autofs\n236 device-mapper\n237 loop-control\n229 fuse\n232 kvm\n 60 vmci\n231 snapshot\n200 tun\n242 rfkill\n144 nvram\n228 hpet\n183 hw_random\n227 mcelog\n");
  tree.file("modules", modulesText);
  tree.file("mtrr", () => "reg00: base=0x0c0000000 ( 3072MB), size= 1024MB, count=1: uncachable\n", { mode: 0o644 });
  tree.file("pagetypeinfo", () => "", { mode: 0o400 });
  tree.file("partitions", partitionsText);
  for (const name of ["cpu", "io", "memory"]) tree.file(`pressure/${name}`, () => "some avg10=0.00 avg60=0.00 avg300=0.00 total=0\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=0\n");
  tree.file("schedstat", () => "version 15\n");
  tree.directory("scsi");
  tree.file("slabinfo", ({ kernel }) => slabInfoText(kernel), { mode: 0o400 });
  tree.file("softirqs", () => "");
  tree.file("stat", statText);
  tree.file("swaps", ({ swaps }) => `Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n${swaps.areas.map((area) => `${area.file.padEnd(40)}${area.kind}${area.kind === "file" ? "\t\t" : "\t"}${area.sizeKib}\t\t${area.usedKib}\t\t${area.priority}\n`).join("")}`);
  addSysctlFiles(tree);
  tree.file("sysrq-trigger", () => "", { mode: 0o200, write: ({ kernel }, text) => {
    const command = text[0];
    kernel.log.append(`sysrq: ${command === "b" ? "Resetting" : command === "o" ? "Power Off" : command === "s" ? "Emergency Sync" : "HELP"}`);
    if (command === "b") kernel.reboot("reboot");
    else if (command === "o") kernel.reboot("poweroff");
    else if (command === "c") kernel.panic("sysrq triggered crash");
  } });
  tree.directory("sysvipc");
  for (const kind of ["msg", "sem", "shm"] as const) tree.file(`sysvipc/${kind}`, ({ kernel }, reader) => ipcText((kernel.processes.get(reader.pid)?.namespaces ?? kernel.initialNamespaces).ipc.objects, kind));
  tree.file("timer_list", () => "", { mode: 0o400 });
  tree.directory("tty/driver");
  tree.file("tty/drivers", () => "/dev/tty             /dev/tty        5       0 system:/dev/tty\n/dev/console         /dev/console    5       1 system:console\n/dev/ptmx            /dev/ptmx       5       2 system\n/dev/vc/0            /dev/vc/0       4       0 system:vtmaster\nserial               /dev/ttyS       4 64-67 serial\npty_slave            /dev/pts      136 0-1048575 pty:slave\npty_master           /dev/ptm      128 0-1048575 pty:master\nunknown              /dev/tty        4 1-63 console\n");
  tree.file("tty/ldiscs", () => "n_tty       0\n");
  tree.file("uptime", uptimeText);
  tree.file("version", versionText);
  tree.file("vmallocinfo", () => "", { mode: 0o400 });
  tree.file("vmstat", ({ kernel }) => {
    const { freeKib, anonymousKib, cachedKib } = memory(kernel);
    const uptime = ticks(kernel.nowUs);
    return `nr_free_pages ${freeKib >> 2}\nnr_zone_inactive_anon ${anonymousKib >> 2}\nnr_inactive_anon ${anonymousKib >> 2}\nnr_active_file ${cachedKib >> 3}\nnr_inactive_file ${cachedKib >> 3}\nnr_dirty 6\nnr_writeback 0\npgpgin 210000\npgpgout ${27_000 + Math.floor(uptime / 20)}\npswpin 0\npswpout 0\npgfault ${kernel.forks * 400}\npgmajfault 900\noom_kill ${kernel.cgroups.root.memoryEvents.oom_kill}\n`;
  });
  tree.file("zoneinfo", () => "Node 0, zone      DMA\n", {});
  return tree;
}

/** The same for every machine. */
export const ROOT_TREE = makeTree();
