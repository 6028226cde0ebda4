import { SysError } from "../../kernel/sys.ts";
import { textOfLatin1 } from "../kit/latin1.ts";
import { type Column, type Row, Table } from "../kit/table.ts";
import { type Io, flag, reason, text, utilLinux } from "../kit/util-linux.ts";
import { textWidth } from "../kit/width.ts";

const TAB = 8;

export default utilLinux({
  name: "column",
  summary: "columnate lists",
  synopsis: ["[options] [<file>...]"],
  options: {
    table: flag(["-t", "--table"], "line the fields up in a table"),
    tableName: text(["-n", "--table-name"], "name", "how -J names the table"),
    order: text(["-O", "--table-order"], "columns", "the columns, from left to right"),
    names: text(["-N", "--table-columns"], "names", "what the columns are called, with commas between"),
    limit: text(["-l", "--table-columns-limit"], "num", "split lines into so many columns at most"),
    noExtreme: text(["-E", "--table-noextreme"], "columns", "a long text here does not widen its column"),
    noHeadings: flag(["-d", "--table-noheadings"], "no heading line"),
    headerRepeat: flag(["-e", "--table-header-repeat"], "the heading again on top of each page"),
    hide: text(["-H", "--table-hide"], "columns", "leave these columns out"),
    right: text(["-R", "--table-right"], "columns", "these columns end flush on the right"),
    truncate: text(["-T", "--table-truncate"], "columns", "cut these columns where the table is too wide"),
    wrap: text(["-W", "--table-wrap"], "columns", "break these columns over several lines"),
    keepEmpty: flag(["-L", "--keep-empty-lines"], "empty lines stay in the output"),
    json: flag(["-J", "--json"], "the table as JSON"),
    tree: text(["-r", "--tree"], "column", "draw a tree in this column"),
    treeId: text(["-i", "--tree-id"], "column", "the column that identifies a line of the tree"),
    treeParent: text(["-p", "--tree-parent"], "column", "the column that names the line above in the tree"),
    width: text(["-c", "--output-width"], "width", "fill this width, in characters"),
    outputSeparator: text(["-o", "--output-separator"], "string", "what stands between columns, two spaces by default"),
    separator: text(["-s", "--separator"], "string", "characters between the fields of the input"),
    fillRows: flag(["-x", "--fillrows"], "entries run across, not down"),
  },
  operands: "files",
  *run({ options, operands, sys }, io: Io) {
    const number = (value: string, what: string): number => {
      if (!/^\d+$/.test(value)) io.die(`${what}: '${value}'`);
      return Number(value);
    };
    let width = Number(sys.environment.get("COLUMNS") ?? Number.NaN);
    if (!(width > 0)) {
      try {
        width = sys.isatty(1) ? sys.getWindowSize(1).cols || 80 : 80;
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        width = 80;
      }
    }
    if (options.width !== undefined) width = options.width === "unlimited" ? 0 : number(options.width, "invalid columns argument");
    const limit = options.limit === undefined ? undefined : number(options.limit, "invalid columns limit argument");
    const names = options.names?.split(",");
    if (options.json && names === undefined) io.die("option --table-columns required for --json");
    if (options.tree !== undefined && (options.treeId === undefined || options.treeParent === undefined)) io.die("options --tree-id and --tree-parent are required for tree formatting");
    const table = options.table || options.json || options.tree !== undefined;
    if (!table && (names ?? options.order ?? options.tableName ?? options.hide ?? options.right ?? options.truncate ?? options.wrap ?? options.noExtreme) !== undefined) io.die("option --table required for all --table-*");
    const lines: string[] = [];
    for (const name of operands.length === 0 ? ["-"] : operands) {
      try {
        const input = yield* io.open(name);
        for (;;) {
          const batch = yield* input.lines();
          if (batch.length === 0) break;
          for (const line of batch) {
            const shown = textOfLatin1(line);
            if (shown.trim() !== "") lines.push(shown);
            else if (options.keepEmpty) lines.push("");
          }
          if (sys.charge(batch.length)) yield* sys.preempt();
        }
        io.close(input);
      } catch (error) {
        yield* io.fail(`${name}: ${reason(error)}`);
      }
    }
    if (table) {
      const rows = lines.map((line) => splitLine(line, options.separator, limit));
      const count = Math.max(names?.length ?? 0, ...rows.map((row) => row.length));
      if (count === 0) return;
      const indexOf = (word: string): number => {
        const named = names?.indexOf(word) ?? -1;
        if (named >= 0) return named;
        const index = /^\d+$/.test(word) ? Number(word) - 1 : -1;
        if (index < 0 || index >= count) io.die(`undefined column name '${word}'`);
        return index;
      };
      const chosen = (list: string | undefined): ReadonlySet<number> => {
        const found = new Set<number>();
        for (const word of list?.split(",") ?? []) {
          if (word === "-") for (let i = names?.length ?? 0; i < count; i++) found.add(i);
          else if (word === "0" || /^\d+-\d+$/.test(word)) {
            const [first = 1, last = count] = word === "0" ? [1, count] : word.split("-").map(Number);
            for (let i = first; i <= last; i++) found.add(i - 1);
          } else found.add(indexOf(word));
        }
        return found;
      };
      const [hidden, right, truncate, wrap, loose] = [chosen(options.hide), chosen(options.right), chosen(options.truncate), chosen(options.wrap), chosen(options.noExtreme)];
      let order = Array.from({ length: count }, (_, index) => index);
      if (options.order !== undefined) {
        const first = [...chosen(options.order)];
        order = [...first, ...order.filter((index) => !first.includes(index))];
      }
      const treeColumn = options.tree === undefined ? undefined : indexOf(options.tree);
      order = order.filter((index) => !hidden.has(index));
      const columns: Column[] = order.map((index) => ({
        name: names?.[index] ?? (options.json ? `COL${index + 1}` : ""), right: right.has(index), truncate: truncate.has(index), wrap: wrap.has(index), noExtremes: loose.has(index), tree: index === treeColumn,
      }));
      const drawn = new Table(columns);
      const cells = (row: readonly string[]): string[] => order.map((index) => row[index] ?? "");
      if (treeColumn !== undefined) {
        const [id, parent] = [indexOf(options.treeId ?? ""), indexOf(options.treeParent ?? "")];
        const made = new Map<string, Row>();
        const pending = [...rows];
        // A child may stand before its parent.
        for (let left = -1; pending.length !== left; ) {
          left = pending.length;
          for (let i = 0; i < pending.length; i++) {
            const row = pending[i] ?? [];
            const above = made.get(row[parent] ?? "");
            const isRoot = !rows.some((other) => other !== row && other[id] === row[parent]);
            if (!above && !isRoot) continue;
            made.set(row[id] ?? "", drawn.row(cells(row), above));
            pending.splice(i--, 1);
          }
          if (pending.length === 0) break;
        }
      } else for (const row of rows) drawn.row(cells(row));
      io.out.put(drawn.text({
        mode: options.json ? "json" : "table", headings: names !== undefined && !options.noHeadings, width: width === 0 ? undefined : width, utf8: io.utf8, jsonName: options.tableName ?? "table",
        separator: options.outputSeparator ?? "  ",
      }));
      return;
    }
    if (lines.length === 0) return;
    const widest = Math.max(...lines.map(textWidth));
    if (widest >= width && width > 0) {
      for (const line of lines) io.out.put(line + "\n");
      return;
    }
    const cell = (widest + TAB) & ~(TAB - 1);
    const columns = width === 0 ? lines.length : Math.max(1, Math.floor(width / cell));
    const rows = Math.ceil(lines.length / columns);
    for (let row = 0; row < rows; row++) {
      let out = "";
      let at = 0;
      let end = cell;
      for (let column = 0; column < columns; column++) {
        const index = options.fillRows ? row * columns + column : column * rows + row;
        const line = lines[index];
        if (line === undefined || (options.fillRows && column >= columns)) break;
        out += line;
        at += textWidth(line);
        const next = options.fillRows ? index + 1 : index + rows;
        if (next >= lines.length || column === columns - 1) break;
        for (let stop = (at + TAB) & ~(TAB - 1); stop <= end; stop = (at + TAB) & ~(TAB - 1)) {
          out += "\t";
          at = stop;
        }
        end += cell;
      }
      io.out.put(out + "\n");
      if (io.out.full) yield* io.out.flush();
    }
  },
});

function splitLine(line: string, separators: string | undefined, limit: number | undefined): string[] {
  let fields: string[];
  if (separators === undefined) {
    fields = line.split(/[ \t]+/).filter((field) => field !== "");
    if (limit !== undefined && fields.length > limit) {
      const head = fields.slice(0, limit - 1);
      let rest = line.trimStart();
      for (const _ of head) rest = rest.replace(/^[^ \t]+[ \t]+/, "");
      fields = [...head, rest];
    }
    return fields;
  }
  fields = [];
  let field = "";
  for (const char of line) {
    if (separators.includes(char) && !(limit !== undefined && fields.length >= limit - 1)) {
      fields.push(field);
      field = "";
    } else field += char;
  }
  return [...fields, field];
}
