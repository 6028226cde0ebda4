// fincore(1): how much of a file is in memory. Here every page that a file has is kept, so all of it is.
import { S, SysError } from "../../kernel/sys.ts";
import { deviceSize } from "../kit/disk-label.ts";
import { Table } from "../kit/table.ts";
import { flag, type Io, text, utilLinux, unknownColumn } from "../kit/util-linux.ts";

const COLUMNS = ["PAGES", "SIZE", "FILE", "RES"];
const PAGE_BYTES = 4096;

export default utilLinux({
  name: "fincore", summary: "tell how many pages of a file are in memory (core)", synopsis: ["[options] file..."], operands: "files",
  lists: [{ heading: "Available output columns:", width: 12, words: [["PAGES", "how many of its pages are in memory"], ["SIZE", "how long the file is"], ["FILE", "its name"], ["RES", "how many of its bytes are in memory"]] }],
  options: { json: flag(["-J", "--json"], "write JSON"), bytes: flag(["-b", "--bytes"], "sizes as plain numbers of bytes"), noheadings: flag(["-n", "--noheadings"], "no heading line"), output: text(["-o", "--output"], "list", "the columns that are shown"), raw: flag(["-r", "--raw"], "write columns without padding") },
  *run({ options, operands, sys }, io: Io) {
    if (operands.length === 0) io.usage("no file specified");
    const wanted = (options.output ?? "RES,PAGES,SIZE,FILE").toUpperCase().split(",");
    const unknown = unknownColumn(options.output ?? "RES", (name) => COLUMNS.includes(name));
    if (unknown !== undefined) io.die(`unknown column: ${unknown}`);
    const table = new Table(wanted.map((name) => ({ name, ...(name !== "FILE" && { right: true }), ...(name === "PAGES" || (options.bytes && name !== "FILE") ? { json: "number" as const } : {}) })));
    const size = (bytes: number): string => (options.bytes ? String(bytes) : deviceSize(bytes));
    for (const file of operands) {
      try {
        const fd = yield* sys.open(file, 0);
        const facts = sys.fstat(fd);
        sys.close(fd);
        if ((facts.mode & S.IFMT) === S.IFDIR) throw new SysError("EISDIR");
        // a hole is in no page
        const pages = Math.ceil(Math.min(facts.sizeBytes, Math.max(facts.blocks * 512, facts.blocks === 0 && facts.sizeBytes < 4096 ? facts.sizeBytes : 0)) / PAGE_BYTES);
        table.row(wanted.map((name) => (name === "PAGES" ? String(pages) : name === "SIZE" ? size(facts.sizeBytes) : name === "RES" ? size(pages * PAGE_BYTES) : file)));
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* io.fail(error.errno === "EISDIR" ? `failed to do mincore: ${file}: ${error.message}` : `failed to open: ${file}: ${error.message}`);
      }
    }
    if (table.rows.length > 0) io.out.put(table.text({ mode: options.json ? "json" : options.raw ? "raw" : "table", headings: !options.noheadings, jsonName: "fincore", utf8: io.utf8 }));
    return io.status;
  },
});
