// The activities that sadc writes and sar shows: where each is in a data file, and the columns that a report makes of two of its records.
// Sources: sadc(8), sar(1), and data files that sysstat 12.6.1 of Debian 12 wrote.

import type { Unit } from "./_cells.ts";
import { type CpuField, cpuShare } from "./_cpu.ts";

/** A thing that an activity counts: numbers in the order of `types`, and its names. */
export interface Item {
  readonly numbers: readonly number[];
  readonly texts: readonly string[];
}

export type Group = "default" | "int" | "disk" | "xdisk" | "snmp" | "ipv6" | "power";

/** What stands in a column: a rate or amount with decimals, a whole number, or per cent. */
export type Value =
  | { readonly kind: "real"; readonly value: number; readonly unit?: Unit }
  | { readonly kind: "count"; readonly value: number; readonly unit?: Unit }
  | { readonly kind: "percent"; readonly value: number; readonly warns: boolean };

export interface Columns {
  readonly heads: readonly string[];
  /** `interval` in hundredths of a second */
  values(before: Item, now: Item, interval: number): readonly Value[];
  /** JSON: a key for each column, "group.key" where some share an object */
  readonly keys: readonly string[];
  readonly jsonName: string;
}

export interface Activity {
  readonly id: number;
  readonly name: string;
  readonly magic: number;
  readonly group: Group;
  /** Q and L: eight bytes; I: four; a number: text of so many bytes */
  readonly types: readonly ("Q" | "L" | "I" | number)[];
  /** bytes of a record; behind its fields it is padded */
  readonly size: number;
  /** the number of items stands in front of each record */
  readonly counted: boolean;
  /** head of the column with the item's name, and JSON's key of it */
  readonly item?: readonly [head: string, key: string];
  /** the average of the fields from this one on is that of the values, not of the interval */
  readonly gaugeFrom?: number;
  /** "memory" has two tables, "cpu" another one for ALL */
  readonly tables: readonly Columns[];
}

const q = (count: number): "Q"[] => Array.from({ length: count }, () => "Q");
const l = (count: number): "L"[] => Array.from({ length: count }, () => "L");
const u = (count: number): "I"[] => Array.from({ length: count }, () => "I");

const at = (item: Item, field: number): number => item.numbers[field] ?? 0;
const rate = (before: Item, now: Item, field: number, interval: number): number => ((at(now, field) - at(before, field)) / interval) * 100;
const ratio = (above: number, below: number): number => (below === 0 ? 0 : above / below);
const real = (value: number, unit?: Unit): Value => ({ kind: "real", value, ...(unit && { unit }) });
const count = (value: number, unit?: Unit): Value => ({ kind: "count", value, ...(unit && { unit }) });
const percent = (value: number, warns = true): Value => ({ kind: "percent", value, warns });

/** Each column the rate of a field: those named, or all in order. */
function rates(heads: string, jsonName: string, fields?: readonly number[], keys?: string): Columns {
  const names = heads.split(" ");
  return { heads: names, jsonName, keys: keys?.split(" ") ?? names.map((head) => head.replace(/\/s$/, "")), values: (before, now, interval) => names.map((_, column) => real(Math.max(0, rate(before, now, fields?.[column] ?? column, interval)))) };
}

function gauges(heads: string, jsonName: string, values: (now: Item) => readonly Value[], keys?: string): Columns {
  const names = heads.split(" ");
  return { heads: names, jsonName, keys: keys?.split(" ") ?? names, values: (_, now) => values(now) };
}

const CPU_SHORT: readonly (readonly CpuField[])[] = [["user"], ["nice"], ["system", "irq", "soft"], ["iowait"], ["steal"], ["idle"]];
const CPU_LONG: readonly (readonly [readonly CpuField[], readonly CpuField[]])[] = [[["user"], ["guest"]], [["nice"], ["gnice"]], [["system"], []], [["iowait"], []], [["steal"], []], [["irq"], []], [["soft"], []], [["guest"], []], [["gnice"], []], [["idle"], []]];

const memory = (now: Item) => {
  const [free = 0, buffers = 0, cached = 0, total = 0, swapFree = 0, swapTotal = 0, swapCached = 0, committed = 0, active = 0, inactive = 0, dirty = 0, anonymous = 0, slab = 0, stack = 0, tables = 0, vmalloc = 0, available = 0] = now.numbers;
  return { free, buffers, cached, total, swapFree, swapTotal, swapCached, committed, active, inactive, dirty, anonymous, slab, stack, tables, vmalloc, available };
};
const memoryShort = (now: Item): readonly Value[] => {
  const m = memory(now);
  const unused = Math.min(m.total, m.free + m.buffers + m.cached + m.slab);
  return [
    count(m.free, "k"), count(m.available, "k"), count(m.total - unused, "k"), percent(ratio(m.total - unused, m.total) * 100), count(m.buffers, "k"), count(m.cached, "k"), count(m.committed, "k"),
    percent(ratio(m.committed, m.total + m.swapTotal) * 100), count(m.active, "k"), count(m.inactive, "k"), count(m.dirty, "k"),
  ];
};
const MEMORY_HEADS = "kbmemfree kbavail kbmemused %memused kbbuffers kbcached kbcommit %commit kbactive kbinact kbdirty";
const MEMORY_KEYS = "memfree avail memused memused-percent buffers cached commit commit-percent active inactive dirty";

/** Shares of the time in which somebody waited; the last column is of the interval itself. */
const pressure = (names: readonly string[], jsonName: string): Columns => ({
  heads: names.flatMap((name) => ["-10", "-60", "-300", ""].map((span) => `%${name}${span}`)), jsonName,
  keys: names.flatMap((name) => ["10", "60", "300", ""].map((span) => `${name.startsWith("f") ? "full" : "some"}_avg${span}`)),
  values: (before, now, interval) => names.flatMap((_, kind) => {
    const first = names.length + kind * 3;
    return [...[0, 1, 2].map((span) => percent(at(now, first + span) / 100)), percent(Math.max(0, (at(now, kind) - at(before, kind)) / (interval * 100)))];
  }),
});

export const ACTIVITIES: readonly Activity[] = [
  {
    id: 1, name: "A_CPU", magic: 0x8b, group: "default", types: q(10), size: 80, counted: true, item: ["CPU", "cpu"],
    tables: [
      { heads: ["%user", "%nice", "%system", "%iowait", "%steal", "%idle"], keys: ["user", "nice", "system", "iowait", "steal", "idle"], jsonName: "cpu-load", values: (before, now) => CPU_SHORT.map((fields) => percent(cpuShare(before.numbers, now.numbers, fields))) },
      { heads: ["%usr", "%nice", "%sys", "%iowait", "%steal", "%irq", "%soft", "%guest", "%gnice", "%idle"], keys: ["usr", "nice", "sys", "iowait", "steal", "irq", "soft", "guest", "gnice", "idle"], jsonName: "cpu-load", values: (before, now) => CPU_LONG.map(([fields, minus]) => percent(cpuShare(before.numbers, now.numbers, fields, minus))) },
    ],
  },
  { id: 2, name: "A_PCSW", magic: 0x8b, group: "default", types: ["Q", "L"], size: 16, counted: false, tables: [rates("proc/s cswch/s", "process-and-context-switch", [1, 0])] },
  { id: 3, name: "A_IRQ", magic: 0x8c, group: "int", types: ["I", 8], size: 12, counted: true, item: ["INTR", "intr"], tables: [rates("all", "interrupts")] },
  { id: 4, name: "A_SWAP", magic: 0x8a, group: "default", types: l(2), size: 16, counted: false, tables: [rates("pswpin/s pswpout/s", "swap-pages")] },
  {
    id: 5, name: "A_PAGE", magic: 0x8a, group: "default", types: l(8), size: 64, counted: false,
    tables: [{
      ...rates("pgpgin/s pgpgout/s fault/s majflt/s pgfree/s pgscank/s pgscand/s pgsteal/s %vmeff", "paging", undefined, "pgpgin pgpgout fault majflt pgfree pgscank pgscand pgsteal vmeff-percent"),
      values: (before, now, interval) => {
        const scanned = at(now, 5) + at(now, 6) - at(before, 5) - at(before, 6);
        return [...[0, 1, 2, 3, 4, 5, 6, 7].map((field) => real(rate(before, now, field, interval))), percent(ratio(at(now, 7) - at(before, 7), scanned) * 100, false)];
      },
    }],
  },
  { id: 6, name: "A_IO", magic: 0x8b, group: "default", types: q(7), size: 56, counted: false, tables: [rates("tps rtps wtps dtps bread/s bwrtn/s bdscd/s", "io", [0, 1, 2, 5, 3, 4, 6], "tps io-reads.rtps io-writes.wtps io-discard.dtps io-reads.bread io-writes.bwrtn io-discard.bdscd")] },
  {
    id: 7, name: "A_MEMORY", magic: 0x8b, group: "default", types: q(17), size: 136, counted: false, gaugeFrom: 0,
    tables: [
      gauges(MEMORY_HEADS, "memory", memoryShort, MEMORY_KEYS),
      gauges(`${MEMORY_HEADS} kbanonpg kbslab kbkstack kbpgtbl kbvmused`, "memory", (now) => {
        const m = memory(now);
        return [...memoryShort(now), count(m.anonymous, "k"), count(m.slab, "k"), count(m.stack, "k"), count(m.tables, "k"), count(m.vmalloc, "k")];
      }, `${MEMORY_KEYS} anonpg slab kstack pgtbl vmused`),
      gauges("kbswpfree kbswpused %swpused kbswpcad %swpcad", "memory", (now) => {
        const m = memory(now);
        const used = m.swapTotal - m.swapFree;
        return [count(m.swapFree, "k"), count(used, "k"), percent(ratio(used, m.swapTotal) * 100), count(m.swapCached, "k"), percent(ratio(m.swapCached, used) * 100, false)];
      }, "swpfree swpused swpused-percent swpcad swpcad-percent"),
    ],
  },
  {
    id: 34, name: "A_HUGE", magic: 0x8b, group: "default", types: q(4), size: 32, counted: false, gaugeFrom: 0,
    tables: [gauges("kbhugfree kbhugused %hugused kbhugrsvd kbhugsurp", "hugepages", (now) => [count(at(now, 0), "k"), count(at(now, 1) - at(now, 0), "k"), percent(ratio(at(now, 1) - at(now, 0), at(now, 1)) * 100), count(at(now, 2), "k"), count(at(now, 3), "k")], "hugfree hugused hugused-percent hugrsvd hugsurp")],
  },
  { id: 8, name: "A_KTABLES", magic: 0x8b, group: "default", types: q(4), size: 32, counted: false, gaugeFrom: 0, tables: [gauges("dentunusd file-nr inode-nr pty-nr", "kernel", (now) => [2, 0, 1, 3].map((field) => count(at(now, field))))] },
  {
    id: 9, name: "A_QUEUE", magic: 0x8c, group: "default", types: [...q(3), ...u(3)], size: 40, counted: false, gaugeFrom: 0,
    tables: [gauges("runq-sz plist-sz ldavg-1 ldavg-5 ldavg-15 blocked", "queue", (now) => [count(at(now, 0)), count(at(now, 2)), real(at(now, 3) / 100), real(at(now, 4) / 100), real(at(now, 5) / 100), count(at(now, 1))])],
  },
  { id: 10, name: "A_SERIAL", magic: 0x8b, group: "default", types: u(7), size: 28, counted: true, item: ["TTY", "line"], tables: [rates("rcvin/s xmtin/s framerr/s prtyerr/s brk/s ovrun/s", "serial")] },
  {
    id: 11, name: "A_DISK", magic: 0x8c, group: "disk", types: [...q(3), ...l(3), ...u(8)], size: 80, counted: true, item: ["DEV", "disk-device"],
    tables: [{
      heads: ["tps", "rkB/s", "wkB/s", "dkB/s", "areq-sz", "aqu-sz", "await", "%util"], keys: ["tps", "rkB", "wkB", "dkB", "areq-sz", "aqu-sz", "await", "util-percent"], jsonName: "disk",
      values: (before, now, interval) => {
        const change = (field: number): number => at(now, field) - at(before, field);
        const requests = change(0);
        return [
          real(rate(before, now, 0, interval)), real(rate(before, now, 3, interval) / 2, "k"), real(rate(before, now, 4, interval) / 2, "k"), real(rate(before, now, 5, interval) / 2, "k"),
          real(ratio(change(3) + change(4) + change(5), requests) / 2, "k"), real(rate(before, now, 9, interval) / 1000), real(ratio(change(6) + change(7) + change(12), requests)), percent(rate(before, now, 8, interval) / 10),
        ];
      },
    }],
  },
  {
    id: 12, name: "A_NET_DEV", magic: 0x8d, group: "default", types: [...q(7), "I", 16, 1], size: 80, counted: true, item: ["IFACE", "iface"],
    tables: [{
      heads: ["rxpck/s", "txpck/s", "rxkB/s", "txkB/s", "rxcmp/s", "txcmp/s", "rxmcst/s", "%ifutil"], keys: ["rxpck", "txpck", "rxkB", "txkB", "rxcmp", "txcmp", "rxmcst", "ifutil-percent"], jsonName: "network.net-dev",
      values: (before, now, interval) => {
        const [packetsIn = 0, packetsOut = 0, bytesIn = 0, bytesOut = 0, compressedIn = 0, compressedOut = 0, multicast = 0] = [0, 1, 2, 3, 4, 5, 6].map((field) => rate(before, now, field, interval));
        const bits = at(now, 7) * 1e6;
        const most = now.texts[1] === "\x02" ? Math.max(bytesIn, bytesOut) : bytesIn + bytesOut;
        return [real(packetsIn), real(packetsOut), ...[bytesIn, bytesOut].map((bytes): Value => ({ kind: "real", value: bytes / 1024, unit: "B" })), real(compressedIn), real(compressedOut), real(multicast), percent(ratio(most * 800, bits))];
      },
    }],
  },
  { id: 13, name: "A_NET_EDEV", magic: 0x8c, group: "default", types: [...q(9), 16], size: 88, counted: true, item: ["IFACE", "iface"], tables: [rates("rxerr/s txerr/s coll/s rxdrop/s txdrop/s txcarr/s rxfram/s rxfifo/s txfifo/s", "network.net-edev", [1, 2, 0, 3, 4, 8, 7, 5, 6])] },
  { id: 14, name: "A_NET_NFS", magic: 0x8a, group: "default", types: u(6), size: 24, counted: false, tables: [rates("call/s retrans/s read/s write/s access/s getatt/s", "network.net-nfs")] },
  { id: 15, name: "A_NET_NFSD", magic: 0x8a, group: "default", types: u(11), size: 44, counted: false, tables: [rates("scall/s badcall/s packet/s udp/s tcp/s hit/s miss/s sread/s swrite/s saccess/s sgetatt/s", "network.net-nfsd")] },
  { id: 16, name: "A_NET_SOCK", magic: 0x8a, group: "default", types: u(6), size: 24, counted: false, gaugeFrom: 0, tables: [gauges("totsck tcpsck udpsck rawsck ip-frag tcp-tw", "network.net-sock", (now) => [0, 1, 3, 4, 5, 2].map((field) => count(at(now, field))))] },
  { id: 17, name: "A_NET_IP", magic: 0x8c, group: "snmp", types: q(8), size: 64, counted: false, tables: [rates("irec/s fwddgm/s idel/s orq/s asmrq/s asmok/s fragok/s fragcrt/s", "network.net-ip")] },
  { id: 18, name: "A_NET_EIP", magic: 0x8c, group: "snmp", types: q(8), size: 64, counted: false, tables: [rates("ihdrerr/s iadrerr/s iukwnpr/s idisc/s odisc/s onort/s asmf/s fragf/s", "network.net-eip")] },
  { id: 19, name: "A_NET_ICMP", magic: 0x8a, group: "snmp", types: l(14), size: 112, counted: false, tables: [rates("imsg/s omsg/s iech/s iechr/s oech/s oechr/s itm/s itmr/s otm/s otmr/s iadrmk/s iadrmkr/s oadrmk/s oadrmkr/s", "network.net-icmp")] },
  { id: 20, name: "A_NET_EICMP", magic: 0x8a, group: "snmp", types: l(12), size: 96, counted: false, tables: [rates("ierr/s oerr/s idstunr/s odstunr/s itmex/s otmex/s iparmpb/s oparmpb/s isrcq/s osrcq/s iredir/s oredir/s", "network.net-eicmp")] },
  { id: 21, name: "A_NET_TCP", magic: 0x8a, group: "snmp", types: l(4), size: 32, counted: false, tables: [rates("active/s passive/s iseg/s oseg/s", "network.net-tcp")] },
  { id: 22, name: "A_NET_ETCP", magic: 0x8a, group: "snmp", types: l(5), size: 40, counted: false, tables: [rates("atmptf/s estres/s retrans/s isegerr/s orsts/s", "network.net-etcp")] },
  { id: 23, name: "A_NET_UDP", magic: 0x8a, group: "snmp", types: l(4), size: 32, counted: false, tables: [rates("idgm/s odgm/s noport/s idgmerr/s", "network.net-udp")] },
  { id: 24, name: "A_NET_SOCK6", magic: 0x8a, group: "ipv6", types: u(4), size: 16, counted: false, gaugeFrom: 0, tables: [gauges("tcp6sck udp6sck raw6sck ip6-frag", "network.net-sock6", (now) => [0, 1, 2, 3].map((field) => count(at(now, field))))] },
  { id: 25, name: "A_NET_IP6", magic: 0x8c, group: "ipv6", types: q(10), size: 80, counted: false, tables: [rates("irec6/s fwddgm6/s idel6/s orq6/s asmrq6/s asmok6/s imcpck6/s omcpck6/s fragok6/s fragcr6/s", "network.net-ip6")] },
  { id: 26, name: "A_NET_EIP6", magic: 0x8c, group: "ipv6", types: q(11), size: 88, counted: false, tables: [rates("ihdrer6/s iadrer6/s iukwnp6/s i2big6/s idisc6/s odisc6/s inort6/s onort6/s asmf6/s fragf6/s itrpck6/s", "network.net-eip6")] },
  { id: 27, name: "A_NET_ICMP6", magic: 0x8a, group: "ipv6", types: l(17), size: 136, counted: false, tables: [rates("imsg6/s omsg6/s iech6/s iechr6/s oechr6/s igmbq6/s igmbr6/s ogmbr6/s igmbrd6/s ogmbrd6/s irtsol6/s ortsol6/s irtad6/s inbsol6/s onbsol6/s inbad6/s onbad6/s", "network.net-icmp6")] },
  { id: 28, name: "A_NET_EICMP6", magic: 0x8a, group: "ipv6", types: l(11), size: 88, counted: false, tables: [rates("ierr6/s idtunr6/s odtunr6/s itmex6/s otmex6/s iprmpb6/s oprmpb6/s iredir6/s oredir6/s ipck2b6/s opck2b6/s", "network.net-eicmp6")] },
  { id: 29, name: "A_NET_UDP6", magic: 0x8a, group: "ipv6", types: l(4), size: 32, counted: false, tables: [rates("idgm6/s odgm6/s noport6/s idgmer6/s", "network.net-udp6")] },
  {
    id: 39, name: "A_NET_SOFT", magic: 0x8a, group: "default", types: u(6), size: 24, counted: true, item: ["CPU", "cpu"], gaugeFrom: 5,
    tables: [{
      ...rates("total/s dropd/s squeezd/s rx_rps/s flw_lim/s blg_len", "network.softnet"),
      values: (before, now, interval) => [...[0, 1, 2, 3, 4].map((field) => real(rate(before, now, field, interval))), count(at(now, 5))],
    }],
  },
  { id: 30, name: "A_PWR_CPU", magic: 0x8a, group: "power", types: l(1), size: 8, counted: true, item: ["CPU", "number"], gaugeFrom: 0, tables: [gauges("MHz", "power-management.cpu-frequency", (now) => [real(at(now, 0) / 100)], "frequency")] },
  {
    id: 37, name: "A_FS", magic: 0x8b, group: "xdisk", types: [...q(5), 128, 128], size: 296, counted: true, item: ["FILESYSTEM", "filesystem"], gaugeFrom: 0,
    tables: [gauges("MBfsfree MBfsused %fsused %ufsused Ifree Iused %Iused", "filesystems", (now) => {
      const [blocks = 0, free = 0, available = 0, files = 0, filesFree = 0] = now.numbers;
      return [count(Math.round(free / 1_048_576)), count(Math.round((blocks - free) / 1_048_576)), percent(ratio(blocks - free, blocks) * 100), percent(ratio(blocks - available, blocks) * 100), count(filesFree), count(files - filesFree), percent(ratio(files - filesFree, files) * 100)];
    })],
  },
  { id: 40, name: "A_PSI_CPU", magic: 0x8a, group: "default", types: ["Q", ...l(3)], size: 32, counted: false, gaugeFrom: 1, tables: [pressure(["scpu"], "psi.psi-cpu")] },
  { id: 41, name: "A_PSI_IO", magic: 0x8a, group: "default", types: [...q(2), ...l(6)], size: 64, counted: false, gaugeFrom: 2, tables: [pressure(["sio", "fio"], "psi.psi-io")] },
  { id: 42, name: "A_PSI_MEM", magic: 0x8a, group: "default", types: [...q(2), ...l(6)], size: 64, counted: false, gaugeFrom: 2, tables: [pressure(["smem", "fmem"], "psi.psi-mem")] },
];

export const activityNamed = (name: string): Activity | undefined => ACTIVITIES.find((one) => one.name === name);
export const NO_ITEM: Item = { numbers: [], texts: [] };
