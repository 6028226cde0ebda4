// lsirq(1): the counters of /proc/interrupts or /proc/softirqs, all processors together.
import { readTextFile } from "../kit/accounts.ts";
import { Table } from "../kit/table.ts";
import { flag, type Io, text, utilLinux, unknownColumn } from "../kit/util-linux.ts";

const COLUMNS = ["IRQ", "TOTAL", "NAME"];
const SOFT: ReadonlyMap<string, string> = new Map([["HI", "high priority tasklet softirq"], ["TIMER", "timer softirq"], ["NET_TX", "network transmit softirq"], ["NET_RX", "network receive softirq"], ["BLOCK", "block device softirq"], ["IRQ_POLL", "IO poll softirq"], ["TASKLET", "normal priority tasklet softirq"], ["SCHED", "schedule softirq"], ["HRTIMER", "high resolution timer softirq"], ["RCU", "RCU softirq"]]);

export default utilLinux({
  name: "lsirq", summary: "count the interrupts that reached the kernel", synopsis: ["[options]"], operands: "none",
  lists: [{ heading: "Available output columns:", width: -5, words: [["IRQ", "number or letters of the interrupt"], ["TOTAL", "how often it came"], ["NAME", "what it is for"]] }],
  options: { json: flag(["-J", "--json"], "write JSON"), pairs: flag(["-P", "--pairs"], "lines of KEY=\"value\" pairs"), noheadings: flag(["-n", "--noheadings"], "no heading line"), output: text(["-o", "--output"], "list", "the columns that are shown"), sort: text(["-s", "--sort"], "column", "the column to sort by"), soft: flag(["-S", "--softirq"], "count soft interrupts, not those of devices") },
  *run({ options, sys }, io: Io) {
    const wanted = (options.output ?? COLUMNS.join(",")).toUpperCase().split(",").map((name) => name.replace(/^\+/, ""));
    const unknown = unknownColumn(options.output ?? "IRQ", (name) => COLUMNS.includes(name));
    if (unknown !== undefined) io.die(`unknown column: ${unknown}`);
    const sort = (options.sort ?? "TOTAL").toUpperCase();
    if (!COLUMNS.includes(sort)) io.die(`unsupported column name to sort output`);
    const path = options.soft ? "/proc/softirqs" : "/proc/interrupts";
    const all = yield* readTextFile(sys, path);
    if (all === undefined) io.die(`cannot open ${path}: No such file or directory`);
    const [head = "", ...lines] = all.split("\n");
    const processors = head.trim().split(/\s+/).filter((word) => word.startsWith("CPU")).length;
    const rows = lines.filter((line) => line.includes(":")).map((line) => {
      const [irq = "", rest = ""] = line.trim().split(/:(.*)/s);
      const words = rest.trim().split(/\s+/);
      const counts = words.slice(0, processors).filter((word) => /^\d+$/.test(word));
      return { IRQ: irq, TOTAL: counts.reduce((sum, word) => sum + Number(word), 0), NAME: options.soft ? (SOFT.get(irq) ?? "") : words.slice(counts.length).join(" ") };
    });
    const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
    rows.sort((a, b) => (sort === "TOTAL" ? b.TOTAL - a.TOTAL : sort === "IRQ" ? compare(a.IRQ, b.IRQ) : compare(a.NAME, b.NAME)));
    const table = new Table(wanted.map((name) => ({ name, ...(name !== "NAME" && { right: true }), ...(name === "TOTAL" && { json: "number" as const }) })));
    for (const row of rows) table.row(wanted.map((name) => (name === "IRQ" ? row.IRQ : name === "TOTAL" ? String(row.TOTAL) : row.NAME)));
    io.out.put(table.text({ mode: options.json ? "json" : options.pairs ? "pairs" : "table", headings: !options.noheadings, jsonName: options.soft ? "softirqs" : "interrupts", utf8: io.utf8 }));
    return 0;
  },
});
