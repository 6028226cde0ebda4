// Reading the kernel's counters for the activities of sadc (proc(5), sysfs(5)).

import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import type { Activity, Item } from "./_activities.ts";
import { parseCpuTimes } from "./_cpu.ts";
import type { Sample } from "./_data-file.ts";
import { isWholeDisk, ofDisk, parseDisks, requests } from "./_disks.ts";
import { allInterrupts, parseInterrupts } from "./_interrupts.ts";

const item = (numbers: readonly number[], texts: readonly string[] = []): Item => ({ numbers, texts });
const one = (numbers: readonly number[]): Sample => ({ items: [item(numbers)], columns: 1 });
const many = (items: readonly Item[]): Sample => ({ items, columns: 1 });

/** "Name: 12 kB" and "name 12" alike. */
function named(text: string): (name: string) => number {
  const found = new Map(text.split("\n").map((line) => {
    const [name = "", value = "0"] = line.split(/[:\s]+/);
    return [name, Number(value)] as const;
  }));
  return (name) => found.get(name) ?? 0;
}

/** /proc/net/snmp: two lines a protocol, names and numbers. */
function protocol(text: string, name: string): (field: string) => number {
  const [heads, values] = text.split("\n").filter((line) => line.startsWith(`${name}: `)).map((line) => line.split(" ").slice(1));
  return (field) => Number(values?.[heads?.indexOf(field) ?? -1] ?? 0);
}

const SNMP: ReadonlyMap<string, readonly [protocol: string, fields: readonly string[]]> = new Map([
  ["A_NET_IP", ["Ip", ["InReceives", "ForwDatagrams", "InDelivers", "OutRequests", "ReasmReqds", "ReasmOKs", "FragOKs", "FragCreates"]]],
  ["A_NET_EIP", ["Ip", ["InHdrErrors", "InAddrErrors", "InUnknownProtos", "InDiscards", "OutDiscards", "OutNoRoutes", "ReasmFails", "FragFails"]]],
  ["A_NET_ICMP", ["Icmp", ["InMsgs", "OutMsgs", "InEchos", "InEchoReps", "OutEchos", "OutEchoReps", "InTimestamps", "InTimestampReps", "OutTimestamps", "OutTimestampReps", "InAddrMasks", "InAddrMaskReps", "OutAddrMasks", "OutAddrMaskReps"]]],
  ["A_NET_EICMP", ["Icmp", ["InErrors", "OutErrors", "InDestUnreachs", "OutDestUnreachs", "InTimeExcds", "OutTimeExcds", "InParmProbs", "OutParmProbs", "InSrcQuenchs", "OutSrcQuenchs", "InRedirects", "OutRedirects"]]],
  ["A_NET_TCP", ["Tcp", ["ActiveOpens", "PassiveOpens", "InSegs", "OutSegs"]]], ["A_NET_ETCP", ["Tcp", ["AttemptFails", "EstabResets", "RetransSegs", "InErrs", "OutRsts"]]],
  ["A_NET_UDP", ["Udp", ["InDatagrams", "OutDatagrams", "NoPorts", "InErrors"]]],
]);

/** Fields of /proc/net/snmp6, in the order of the activities. */
const SNMP6: ReadonlyMap<string, readonly string[]> = new Map([
  ["A_NET_IP6", ["Ip6InReceives", "Ip6OutForwDatagrams", "Ip6InDelivers", "Ip6OutRequests", "Ip6ReasmReqds", "Ip6ReasmOKs", "Ip6InMcastPkts", "Ip6OutMcastPkts", "Ip6FragOKs", "Ip6FragCreates"]],
  ["A_NET_EIP6", ["Ip6InHdrErrors", "Ip6InAddrErrors", "Ip6InUnknownProtos", "Ip6InTooBigErrors", "Ip6InDiscards", "Ip6OutDiscards", "Ip6InNoRoutes", "Ip6OutNoRoutes", "Ip6ReasmFails", "Ip6FragFails", "Ip6InTruncatedPkts"]],
  ["A_NET_ICMP6", ["Icmp6InMsgs", "Icmp6OutMsgs", "Icmp6InEchos", "Icmp6InEchoReplies", "Icmp6OutEchoReplies", "Icmp6InGroupMembQueries", "Icmp6InGroupMembResponses", "Icmp6OutGroupMembResponses", "Icmp6InGroupMembReductions", "Icmp6OutGroupMembReductions", "Icmp6InRouterSolicits", "Icmp6OutRouterSolicits", "Icmp6InRouterAdvertisements", "Icmp6InNeighborSolicits", "Icmp6OutNeighborSolicits", "Icmp6InNeighborAdvertisements", "Icmp6OutNeighborAdvertisements"]],
  ["A_NET_EICMP6", ["Icmp6InErrors", "Icmp6InDestUnreachs", "Icmp6OutDestUnreachs", "Icmp6InTimeExcds", "Icmp6OutTimeExcds", "Icmp6InParmProblems", "Icmp6OutParmProblems", "Icmp6InRedirects", "Icmp6OutRedirects", "Icmp6InPktTooBigs", "Icmp6OutPktTooBigs"]],
  ["A_NET_UDP6", ["Udp6InDatagrams", "Udp6OutDatagrams", "Udp6NoPorts", "Udp6InErrors"]],
]);

/** Undefined where the machine has nothing of the kind. `partitions`: those of disks, too. */
export function* collect(sys: Sys, activity: Activity, partitions: boolean): Blocking<Sample | undefined> {
  const text = function* (path: string): Blocking<string> {
    return (yield* readTextFile(sys, path)) ?? "";
  };
  switch (activity.name) {
    case "A_CPU": return many(parseCpuTimes(yield* text("/proc/stat")).map((times) => item(times)));
    case "A_PCSW": {
      const value = named(yield* text("/proc/stat"));
      return one([value("ctxt"), value("processes")]);
    }
    case "A_IRQ": return interrupts(yield* text("/proc/stat"), yield* text("/proc/interrupts"));
    case "A_SWAP": {
      const value = named(yield* text("/proc/vmstat"));
      return one([value("pswpin"), value("pswpout")]);
    }
    case "A_PAGE": {
      const content = yield* text("/proc/vmstat");
      const value = named(content);
      const sum = (pattern: RegExp): number => content.split("\n").reduce((total, line) => total + (pattern.test(line) ? Number(line.split(" ")[1]) : 0), 0);
      return one([value("pgpgin"), value("pgpgout"), value("pgfault"), value("pgmajfault"), value("pgfree"), sum(/^pgscan_kswapd/), sum(/^pgscan_direct(?!_throttle)/), sum(/^pgsteal_(?:kswapd|direct)/)]);
    }
    case "A_IO": {
      const disks = parseDisks(yield* text("/proc/diskstats")).filter((disk) => isWholeDisk(sys, disk.name));
      const sum = (field: Parameters<typeof ofDisk>[1]): number => disks.reduce((total, disk) => total + ofDisk(disk, field), 0);
      const [reads, writes, discards] = [sum("reads"), sum("writes"), sum("discards")];
      return one([reads + writes + discards, reads, writes, sum("sectorsRead"), sum("sectorsWritten"), discards, sum("sectorsDiscarded")]);
    }
    case "A_MEMORY": {
      const value = named(yield* text("/proc/meminfo"));
      return one(["MemFree", "Buffers", "Cached", "MemTotal", "SwapFree", "SwapTotal", "SwapCached", "Committed_AS", "Active", "Inactive", "Dirty", "AnonPages", "Slab", "KernelStack", "PageTables", "VmallocUsed", "MemAvailable"].map(value));
    }
    case "A_HUGE": {
      const value = named(yield* text("/proc/meminfo"));
      const size = value("Hugepagesize");
      return one(["HugePages_Free", "HugePages_Total", "HugePages_Rsvd", "HugePages_Surp"].map((name) => value(name) * size));
    }
    case "A_KTABLES": {
      const first = (content: string, place: number): number => Number(content.trim().split(/\s+/)[place] ?? 0);
      const inodes = yield* text("/proc/sys/fs/inode-state");
      return one([first(yield* text("/proc/sys/fs/file-nr"), 0), first(inodes, 0) - first(inodes, 1), first(yield* text("/proc/sys/fs/dentry-state"), 1), first(yield* text("/proc/sys/kernel/pty/nr"), 0)]);
    }
    case "A_QUEUE": {
      const [one1 = "0", one5 = "0", one15 = "0", tasks = "1/1"] = (yield* text("/proc/loadavg")).split(" ");
      const [running = 1, all = 1] = tasks.split("/").map(Number);
      return one([Math.max(0, running - 1), named(yield* text("/proc/stat"))("procs_blocked"), all, ...[one1, one5, one15].map((load) => Math.round(Number(load) * 100))]);
    }
    case "A_SERIAL": return serial(yield* text("/proc/tty/driver/serial"));
    case "A_DISK": {
      const disks = parseDisks(yield* text("/proc/diskstats")).filter((disk) => requests(disk) > 0 && (partitions || isWholeDisk(sys, disk.name)));
      return disks.length === 0 ? undefined : many(disks.map((disk) => item([
        requests(disk), 0, 0, ofDisk(disk, "sectorsRead"), ofDisk(disk, "sectorsWritten"), ofDisk(disk, "sectorsDiscarded"), ofDisk(disk, "readMs"), ofDisk(disk, "writeMs"), ofDisk(disk, "busyMs"), ofDisk(disk, "queueMs"),
        disk.major, disk.minor, ofDisk(disk, "discardMs"), 0,
      ])));
    }
    case "A_NET_DEV": return yield* interfaces(sys, yield* text("/proc/net/dev"));
    case "A_NET_EDEV": {
      // collisions, errors in and out, drops in and out, overruns in and out, frames, carrier
      return many(interfaceLines(yield* text("/proc/net/dev")).map(({ name, numbers }) => item([13, 2, 10, 3, 11, 4, 12, 5, 14].map((field) => numbers[field] ?? 0), [name])));
    }
    case "A_NET_NFS": case "A_NET_NFSD": return one(Array.from({ length: activity.types.length }, () => 0));
    case "A_NET_SOCK": {
      const content = yield* text("/proc/net/sockstat");
      const value = (line: string, name: string): number => Number(new RegExp(`^${line}:.* ${name} (\\d+)`, "m").exec(content)?.[1] ?? 0);
      return one([value("sockets", "used"), value("TCP", "inuse"), value("TCP", "tw"), value("UDP", "inuse"), value("RAW", "inuse"), value("FRAG", "inuse")]);
    }
    case "A_NET_SOCK6": {
      const content = yield* text("/proc/net/sockstat6");
      return one(["TCP6", "UDP6", "RAW6", "FRAG6"].map((line) => Number(new RegExp(`^${line}: inuse (\\d+)`, "m").exec(content)?.[1] ?? 0)));
    }
    case "A_NET_SOFT": {
      const lines = (yield* text("/proc/net/softnet_stat")).trim().split("\n").filter((line) => line !== "").map((line) => line.split(" ").map((word) => Number.parseInt(word, 16)));
      const each = lines.map((words) => [0, 1, 2, 9, 10, 11].map((field) => words[field] ?? 0));
      return each.length === 0 ? undefined : many([[0, 1, 2, 3, 4, 5].map((field) => each.reduce((sum, words) => sum + (words[field] ?? 0), 0)), ...each].map((numbers) => item(numbers)));
    }
    case "A_PWR_CPU": {
      const clocks = [...(yield* text("/proc/cpuinfo")).matchAll(/^cpu MHz\s*:\s*([\d.]+)/gm)].map((match) => Number(match[1]) * 100);
      return clocks.length === 0 ? undefined : many([clocks.reduce((sum, clock) => sum + clock, 0) / clocks.length, ...clocks].map((clock) => item([clock])));
    }
    case "A_FS": return fileSystems(sys, yield* text("/proc/mounts"));
    case "A_PSI_CPU": case "A_PSI_IO": case "A_PSI_MEM": {
      const content = yield* text(`/proc/pressure/${activity.name === "A_PSI_CPU" ? "cpu" : activity.name === "A_PSI_IO" ? "io" : "memory"}`);
      return content === "" ? undefined : pressure(content, activity.name === "A_PSI_CPU" ? ["some"] : ["some", "full"]);
    }
    default: {
      const fields6 = SNMP6.get(activity.name);
      if (fields6 !== undefined) return one(fields6.map(named(yield* text("/proc/net/snmp6"))));
      const [line, fields] = SNMP.get(activity.name) ?? ["", []];
      return one(fields.map(protocol(yield* text("/proc/net/snmp"), line)));
    }
  }
}

/** All processors first; of each the sum and then every interrupt. */
function interrupts(stat: string, table: string): Sample {
  const rows = parseInterrupts(table);
  const processors = rows[0]?.counts.length ?? 0;
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
  const all = [item([allInterrupts(stat)], ["sum"]), ...rows.map((row) => item([sum(row.counts)], [row.name]))];
  const each = Array.from({ length: processors }, (_, at) => [item([sum(rows.map((row) => row.counts[at] ?? 0))], ["sum"]), ...rows.map((row) => item([row.counts[at] ?? 0], [row.name]))]);
  return { items: [all, ...each].flat(), columns: rows.length + 1 };
}

function serial(text: string): Sample | undefined {
  const lines = text.split("\n").flatMap((line) => {
    const match = /^(\d+): .*tx:(\d+) rx:(\d+)(.*)$/.exec(line);
    if (match === null) return [];
    const error = (name: string): number => Number(new RegExp(` ${name}:(\\d+)`).exec(match[4] ?? "")?.[1] ?? 0);
    return [item([Number(match[3]), Number(match[2]), error("fe"), error("pe"), error("brk"), error("oe"), Number(match[1])])];
  });
  return lines.length === 0 ? undefined : many(lines);
}

function interfaceLines(text: string): readonly { readonly name: string; readonly numbers: readonly number[] }[] {
  return text.split("\n").slice(2).flatMap((line) => {
    const colon = line.indexOf(":");
    return colon < 0 ? [] : [{ name: line.slice(0, colon).trim(), numbers: line.slice(colon + 1).trim().split(/\s+/).map(Number) }];
  });
}

function* interfaces(sys: Sys, text: string): Blocking<Sample> {
  const items: Item[] = [];
  for (const { name, numbers } of interfaceLines(text)) {
    const value = (field: number): number => numbers[field] ?? 0;
    const speed = Number((yield* readLink(sys, name, "speed")) ?? 0);
    const duplex = (yield* readLink(sys, name, "duplex"))?.trim();
    items.push(item([value(1), value(9), value(0), value(8), value(6), value(15), value(7), speed > 0 && speed < 10_000_000 ? speed : 0], [name, duplex === "full" ? "\x02" : duplex === "half" ? "\x01" : ""]));
  }
  return many(items);
}

/** The driver of a link that is down refuses to tell (EINVAL). */
function* readLink(sys: Sys, name: string, file: string): Blocking<string | undefined> {
  try {
    return yield* readTextFile(sys, `/sys/class/net/${name}/${file}`);
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
}

function fileSystems(sys: Sys, mounts: string): Sample | undefined {
  const items: Item[] = [];
  const seen = new Set<string>();
  for (const line of mounts.split("\n")) {
    const [device = "", place = ""] = line.split(" ");
    if (!device.startsWith("/") || seen.has(device)) continue;
    seen.add(device);
    try {
      const { blocks, blocksFree, blocksAvailable, blockSizeBytes, files, filesFree } = sys.statfs(place.replaceAll("\\040", " "));
      if (blocks > 0) items.push(item([blocks * blockSizeBytes, blocksFree * blockSizeBytes, blocksAvailable * blockSizeBytes, files, filesFree], [device, place]));
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }
  return items.length === 0 ? undefined : many(items);
}

function pressure(text: string, kinds: readonly string[]): Sample {
  const value = (kind: string, name: string): number => Number(new RegExp(`^${kind} .*${name}=([\\d.]+)`, "m").exec(text)?.[1] ?? 0);
  return one([...kinds.map((kind) => value(kind, "total")), ...kinds.flatMap((kind) => ["avg10", "avg60", "avg300"].map((name) => Math.round(value(kind, name) * 100)))]);
}
