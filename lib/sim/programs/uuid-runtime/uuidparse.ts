import { civilAtUs, strftime } from "../kit/time-format.ts";
import { flag, type Io, text, utilLinux } from "../kit/util-linux.ts";
import { Table } from "../kit/table.ts";
import { readZone } from "../kit/zones.ts";
import { uuidFacts } from "./_uuid.ts";

const COLUMNS = ["UUID", "VARIANT", "TYPE", "TIME"] as const;

export default utilLinux({
  name: "uuidparse", summary: "parse unique identifiers", synopsis: ["[options] <uuid ...>"],
  options: { json: flag(["-J", "--json"], "write JSON"), bare: flag(["-n", "--noheadings"], "no heading line"), output: text(["-o", "--output"], "list", "the columns that are shown (UUID, VARIANT, TYPE, TIME)"), raw: flag(["-r", "--raw"], "write columns without padding") },
  *run({ options, operands, sys }, io: Io) {
    const columns: (typeof COLUMNS)[number][] = [];
    for (const name of options.output === undefined ? COLUMNS : options.output.split(",")) {
      const column = COLUMNS.find((one) => one === name.toUpperCase());
      if (column === undefined) io.die(`unknown column: ${name}`);
      else columns.push(column);
    }
    const words = [...operands];
    if (words.length === 0) {
      for (;;) {
        const lines = yield* io.stdin.lines();
        if (lines.length === 0) break;
        words.push(...lines.flatMap((line) => line.split(/\s+/)).filter((word) => word !== ""));
      }
    }
    const zone = yield* readZone(sys, sys.environment.get("TZ"));
    const rows = words.map((word) => {
      const { variant, type, timeUs } = uuidFacts(word);
      const time = timeUs === undefined ? (variant === "invalid" ? "invalid" : undefined) : strftime("%Y-%m-%d %H:%M:%S,", civilAtUs(zone, timeUs)) + String(Math.floor(timeUs % 1e6)).padStart(6, "0") + strftime("%:z", civilAtUs(zone, timeUs));
      return columns.map((column): string | undefined => ({ UUID: word, VARIANT: variant, TYPE: type, TIME: time })[column]);
    });
    const table = new Table(columns.map((name) => ({ name, minimumWidth: { UUID: 37, VARIANT: 9, TYPE: 10, TIME: 31 }[name] })));
    for (const row of rows) table.row(row.map((value) => value ?? ""));
    io.out.put(table.text({ mode: options.json ? "json" : options.raw ? "raw" : "table", headings: !options.bare, jsonName: "uuids" }));
    return 0;
  },
});
