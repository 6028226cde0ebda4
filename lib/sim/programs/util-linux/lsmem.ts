// lsmem: which ranges of the physical memory are there and whether they are online (lsmem(1)).
import { deviceSize } from "../kit/disk-label.ts";
import { Table } from "../kit/table.ts";
import { flag, type Io, optionalText, text, utilLinux, unknownColumn } from "../kit/util-linux.ts";
import { addressRange, type MemoryBlock, MEMORY_DIRECTORY, readMemory } from "./_memory-blocks.ts";

const COLUMNS = ["RANGE", "SIZE", "STATE", "REMOVABLE", "BLOCK", "NODE", "ZONES"] as const;
const COLUMN_WORDS: readonly (readonly [name: string, meaning: string])[] = [["RANGE", "first and last address"], ["SIZE", "how large the range is"], ["STATE", "online or offline"], ["REMOVABLE", "whether it may go offline"], ["BLOCK", "numbers of its blocks"], ["NODE", "its NUMA node"], ["ZONES", "zones it may belong to"]];

/** valid_zones names first the zone it is in; util-linux writes "None" for memory of more than one. */
const zonesOf = (block: MemoryBlock): string => (block.zones === "none" ? "None" : block.zones.split(" ").join("/"));

/** What must be equal for blocks to make one range, by the column that says it. */
const SPLITS = new Map<string, (block: MemoryBlock) => string>([
  ["STATE", ({ online }) => String(online)], ["REMOVABLE", ({ removable }) => String(removable)], ["NODE", ({ node }) => node], ["ZONES", zonesOf],
]);

export default utilLinux({
  name: "lsmem", summary: "list memory ranges and which of them are online", synopsis: ["[options]"], operands: "none", lists: [{ heading: "Available output columns:", width: 11, words: COLUMN_WORDS }],
  options: {
    json: flag(["-J", "--json"], "write JSON"), pairs: flag(["-P", "--pairs"], 'lines of KEY="value" pairs'), all: flag(["-a", "--all"], "list each memory block by itself"), bytes: flag(["-b", "--bytes"], "sizes as plain numbers of bytes"),
    noheadings: flag(["-n", "--noheadings"], "no heading line"), output: text(["-o", "--output"], "list", "the columns that are shown"), outputAll: flag(["--output-all"], "every column that there is"), raw: flag(["-r", "--raw"], "write columns without padding"),
    split: text(["-S", "--split"], "list", "columns whose change begins another range"), sysroot: text(["-s", "--sysroot"], "dir", "this directory counts as /"), summary: optionalText(["--summary"], "when", "print the totals: never, always or only"),
  },
  *run({ options, operands, sys }, io: Io) {
    if (operands.length > 0) io.usage("bad usage");
    if (Number(options.json) + Number(options.pairs) + Number(options.raw) > 1) io.die("mutually exclusive arguments: --json --pairs --raw");
    if (options.all && options.split !== undefined) io.die("mutually exclusive arguments: --split --all");
    const summary = options.summary === true ? "only" : (options.summary ?? (options.json || options.pairs || options.raw ? "never" : "always"));
    if (!["never", "always", "only"].includes(summary)) io.die("unsupported --summary argument");
    if (options.summary !== undefined && summary !== "never" && (options.json || options.pairs || options.raw)) io.die("options --{raw,json,pairs} and --summary=only are mutually exclusive");
    const columnsOf = (list: string): string[] => list.split(",").map((name) => COLUMNS.find((column) => column === name.toUpperCase()) ?? io.die(`unknown column: ${unknownColumn(list, (one) => COLUMNS.some((column) => column === one)) ?? name}`));
    const wanted: readonly string[] = options.outputAll ? COLUMNS : columnsOf(options.output ?? "RANGE,SIZE,STATE,REMOVABLE,BLOCK");
    const splitting = (options.split === undefined ? wanted : options.split === "none" ? [] : columnsOf(options.split)).flatMap((name) => SPLITS.get(name) ?? []);
    const memory = yield* readMemory(sys, options.sysroot);
    if (memory === undefined) return io.die(`cannot open ${options.sysroot ?? ""}${MEMORY_DIRECTORY}: No such file or directory`);
    const { blockBytes, blocks } = memory;
    const size = (bytes: number): string => (options.bytes ? String(bytes) : deviceSize(bytes));
    const table = new Table(wanted.map((name) => ({ name, ...(name !== "RANGE" && { right: true }), ...((name === "NODE" || (name === "SIZE" && options.bytes)) && { json: "number" as const }), ...(name === "REMOVABLE" && { json: "boolean" as const }) })));
    for (let at = 0; at < blocks.length; ) {
      const first = blocks[at];
      if (first === undefined) break;
      let last = first;
      for (at++; !options.all; at++) {
        const next = blocks[at];
        if (next === undefined || next.number !== last.number + 1 || splitting.some((fact) => fact(next) !== fact(first))) break;
        last = next;
      }
      const removable = options.json ? String(first.removable) : first.removable ? "yes" : "no";
      const cells = new Map([
        ["RANGE", addressRange(memory, first.number, last.number)], ["SIZE", size((last.number - first.number + 1) * blockBytes)], ["STATE", first.online ? "online" : "offline"], ["REMOVABLE", removable],
        ["BLOCK", first === last ? String(first.number) : `${first.number}-${last.number}`], ["NODE", first.node], ["ZONES", zonesOf(first)],
      ]);
      table.row(wanted.map((name) => cells.get(name) ?? ""));
    }
    const mode = options.json ? "json" : options.pairs ? "pairs" : options.raw ? "raw" : "table";
    if (summary !== "only") io.out.put(table.text({ mode, headings: !options.noheadings, jsonName: "memory", utf8: io.utf8 }));
    if (summary === "never") return 0;
    if (summary === "always") io.out.put("\n");
    const online = blocks.filter((block) => block.online).length;
    const rows = [["Memory block size:", size(blockBytes)], ["Total online memory:", size(online * blockBytes)], ["Total offline memory:", blocks.length === online ? (options.bytes ? "0" : "0B") : size((blocks.length - online) * blockBytes)]] as const;
    const width = options.bytes ? 16 : 6;
    for (const [label, value] of rows) io.out.put(`${label.padEnd(23)}${value.padStart(width)}\n`);
    return 0;
  },
});
