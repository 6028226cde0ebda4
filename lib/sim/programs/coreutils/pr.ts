// pr(1). Over 300 lines: one page layout.

import type { Blocking, Sys } from "../../kernel/sys.ts";
import { type Io, flag, gnu, optionalText, reason, text } from "../kit/gnu.ts";
import { Exit } from "../kit/io.ts";
import { latin1OfText } from "../kit/latin1.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { readZone } from "../kit/zones.ts";
import { rewriteOptions } from "./_old-numbers.ts";

interface Layout {
  readonly columns: number;
  readonly across: boolean;
  readonly parallel: boolean;
  readonly pageLength: number;
  readonly bodyLines: number;
  readonly extremities: boolean;
  readonly formFeed: boolean;
  readonly width: number;
  readonly truncate: boolean;
  readonly join: boolean;
  readonly separator: string;
  readonly indent: number;
  readonly number: { readonly separator: string; readonly digits: number; readonly first: number } | undefined;
  readonly doubleSpace: boolean;
  readonly expand: { readonly char: string; readonly width: number } | undefined;
  readonly outputTabs: { readonly char: string; readonly width: number } | undefined;
  readonly firstPage: number;
  readonly lastPage: number;
  readonly showControl: boolean;
  readonly showNonprinting: boolean;
}

export default gnu({
  name: "pr",
  summary: "put text files into pages or columns for printing",
  synopsis: ["[OPTION]... [FILE]..."],
  description: ["The FILEs are printed as pages of 66 lines: 5 lines of header, the text, 5 lines of trailer."],
  options: {
    pages: text(["--pages"], "FIRST_PAGE[:LAST_PAGE]", "only the pages from FIRST_PAGE to LAST_PAGE"),
    columns: text(["--columns"], "COLUMN", "COLUMN columns, filled downwards"),
    across: flag(["-a", "--across"], "with -COLUMN, fill the columns across"),
    showControl: flag(["-c", "--show-control-chars"], "write control characters as ^X, bytes above 127 as \\nnn (octal)"),
    doubleSpace: flag(["-d", "--double-space"], "put an empty line after each line"),
    dateFormat: text(["-D", "--date-format"], "FORMAT", "FORMAT of the date in the header, as in date"),
    expandTabs: optionalText(["-e", "--expand-tabs"], "CHAR[WIDTH]", "replace each CHAR (tab) in the input by spaces up to the next multiple of WIDTH (8)"),
    formFeed: flag(["-F", "-f", "--form-feed"], "end pages with a form feed, not with empty lines"),
    header: text(["-h", "--header"], "HEADER", "put HEADER at the top of pages instead of the file's name"),
    outputTabs: optionalText(["-i", "--output-tabs"], "CHAR[WIDTH]", "replace spaces in the output by CHARs (tabs) up to multiples of WIDTH (8)"),
    join: flag(["-J", "--join-lines"], "columns without cutting (-W) and without alignment"),
    length: text(["-l", "--length"], "PAGE_LENGTH", "PAGE_LENGTH in lines (66)"),
    merge: flag(["-m", "--merge"], "files side by side, a column for each"),
    numberLines: optionalText(["-n", "--number-lines"], "SEP[DIGITS]", "number the lines: DIGITS (5) places for the number, then SEP (a tab)"),
    firstLine: text(["-N", "--first-line-number"], "NUMBER", "NUMBER for the first line that is printed"),
    indent: text(["-o", "--indent"], "MARGIN", "put MARGIN spaces before each line (0)"),
    noWarnings: flag(["-r", "--no-file-warnings"], "say nothing of files that cannot be opened"),
    separator: optionalText(["-s", "--separator"], "CHAR", "separate columns by one character, a tab if CHAR is left out"),
    sepString: optionalText(["-S", "--sep-string"], "STRING", "STRING between columns"),
    omitHeader: flag(["-t", "--omit-header"], "pages without header and trailer (pages of 10 lines or fewer never have them)"),
    omitPagination: flag(["-T", "--omit-pagination"], "as -t, and ignore form feeds in the files"),
    showNonprinting: flag(["-v", "--show-nonprinting"], "write unprintable characters as \\nnn (octal)"),
    width: text(["-w", "--width"], "PAGE_WIDTH", "PAGE_WIDTH in characters (72), only for text in several columns"),
    pageWidth: text(["-W", "--page-width"], "PAGE_WIDTH", "PAGE_WIDTH in characters (72), for all text; longer lines are cut"),
  },
  operands: "files",
  rewrite: (args) => {
    let chosen = false;
    return rewriteOptions(args, "DhlNowW", ["--pages", "--columns", "--date-format", "--header", "--length", "--first-line-number", "--indent", "--width", "--page-width"], (arg) => {
      if (/^-\d+$/.test(arg)) return `--columns=${arg.slice(1)}`;
      if (arg.startsWith("--pages")) chosen = true;
      if (chosen || !arg.startsWith("+")) return arg;
      const range = arg.slice(1);
      if (!/^\d/.test(range)) throw new Exit(1, `invalid + argument '${range}'`);
      // pages that make no sense are the name of a file
      const pages = pageRange(range);
      if (!pages) return arg;
      chosen = true;
      return `--pages=${range}`;
    });
  },
  *run({ options, operands, sys }, io: Io) {
    const number = (value: string, name: string, least = 1): number => {
      if (!/^\d+$/.test(value) || Number(value) < least) io.die(`${name}: ${io.quote(value)}${/^-?\d+$/.test(value) ? ": Numerical result out of range" : ""}`);
      return Number(value);
    };
    /** The argument of -e, -i, -n: a character, a number, or both. */
    const charNumber = (value: string, letter: string, char: string, fallback: number): { readonly char: string; readonly width: number } => {
      const text = latin1OfText(value);
      const own = /^\D/.test(text) ? text.charAt(0) : "";
      const digits = text.slice(own.length);
      if (digits !== "" && (!/^\d+$/.test(digits) || Number(digits) === 0 || Number(digits) > 2147483647)) io.usage(`'-${letter}' extra characters or invalid number in the argument: ${io.quote(digits)}${Number(digits) > 2147483647 ? ": Value too large for defined data type" : ""}`);
      return { char: own || char, width: Number(digits || fallback) };
    };
    const charWidth = (value: string | true | undefined, letter: string): { readonly char: string; readonly width: number } | undefined =>
      value === undefined ? undefined : charNumber(value === true ? "" : value, letter, "\t", 8);
    let pages: readonly [number, number] = [1, Number.POSITIVE_INFINITY];
    if (options.pages !== undefined) {
      pages = pageRange(options.pages) ?? io.die(`invalid page range ${io.quote(options.pages)}`);
    }
    const columns = options.columns === undefined ? 1 : number(options.columns, "invalid number of columns");
    if (options.merge && options.columns !== undefined) io.die("cannot specify number of columns when printing in parallel");
    if (options.merge && options.across) io.die("cannot specify both printing across and printing in parallel");
    const pageLength = options.length === undefined ? 66 : number(options.length, "'-l PAGE_LENGTH' invalid number of lines");
    const extremities = !(options.omitHeader || options.omitPagination || pageLength <= 10);
    const names = operands.length === 0 ? ["-"] : operands;
    const columnCount = options.merge ? names.length : columns;
    const multiple = columnCount > 1;
    const truncate = options.pageWidth !== undefined || (multiple && !options.join);
    const width = options.pageWidth !== undefined ? number(options.pageWidth, "'-W PAGE_WIDTH' invalid number of characters") : options.width !== undefined ? number(options.width, "'-w PAGE_WIDTH' invalid number of characters") : 72;
    const givenSeparator = options.sepString !== undefined ? (options.sepString === true ? "" : latin1OfText(options.sepString)) : options.separator !== undefined ? (options.separator === true ? "\t" : latin1OfText(options.separator)) : undefined;
    const numbering = charNumber(typeof options.numberLines === "string" ? options.numberLines : "", "n", "\t", 5);
    if (options.firstLine !== undefined && !/^[-+]?\d+$/.test(options.firstLine)) io.die(`'-N NUMBER' invalid starting line number: ${io.quote(options.firstLine)}`);
    const layout: Layout = {
      columns: columnCount, across: options.across, parallel: options.merge, pageLength, extremities, bodyLines: extremities ? pageLength - 10 : pageLength, formFeed: options.formFeed,
      width, truncate: truncate && !(options.separator !== undefined && options.width === undefined && options.pageWidth === undefined), join: options.join || (options.separator !== undefined && options.width === undefined && options.pageWidth === undefined && multiple),
      separator: givenSeparator ?? (options.join ? "\t" : multiple ? " " : ""), indent: options.indent === undefined ? 0 : number(options.indent, "'-o MARGIN' invalid line offset", 0),
      number: options.numberLines === undefined ? undefined : { separator: numbering.char, digits: numbering.width, first: options.firstLine === undefined ? 1 : Number(options.firstLine) },
      doubleSpace: options.doubleSpace, expand: charWidth(options.expandTabs, "e") ?? (multiple ? { char: "\t", width: 8 } : undefined),
      outputTabs: charWidth(options.outputTabs, "i") ?? (multiple && !options.join && options.separator === undefined ? { char: "\t", width: 8 } : undefined), firstPage: pages[0], lastPage: pages[1],
      showControl: options.showControl, showNonprinting: options.showNonprinting,
    };
    const zone = yield* readZone(sys);
    const dateFormat = options.dateFormat ?? (sys.environment.has("POSIXLY_CORRECT") ? "%b %e %H:%M %Y" : "%Y-%m-%d %H:%M");
    const texts: { readonly name: string; readonly timeUs: number; readonly lines: string[] }[] = [];
    for (const name of names) {
      try {
        const input = yield* io.open(name);
        const stat = sys.fstat(input.fd);
        const whole = yield* input.all();
        io.close(input);
        const lines = (options.omitPagination ? whole.replaceAll("\f", "") : whole).split("\n");
        if (lines.at(-1) === "") lines.pop();
        texts.push({ name: name === "-" ? "" : name, timeUs: name === "-" ? sys.clockUs("realtime") : stat.mtimeUs, lines });
      } catch (error) {
        const why = reason(error);
        io.status = 1;
        if (!options.noWarnings) yield* io.fail(`${io.quoteFile(name)}: ${why}`);
      }
    }
    if (options.merge) {
      if (texts.length > 0) yield* printPages(texts.map(({ lines }) => lines), { date: strftime(dateFormat, civilAtUs(zone, sys.clockUs("realtime"))), title: options.header ?? "" }, layout, sys, io);
      return;
    }
    for (const { name, timeUs, lines } of texts) {
      yield* printPages([lines], { date: strftime(dateFormat, civilAtUs(zone, timeUs)), title: options.header ?? name }, layout, sys, io);
    }
  },
});

/** FIRST_PAGE[:LAST_PAGE]; undefined where no page would come. */
function pageRange(text: string): readonly [number, number] | undefined {
  const match = /^(\d+)(?::(\d+))?$/.exec(text);
  const first = Number(match?.[1] ?? 0);
  const last = match?.[2] === undefined ? Number.POSITIVE_INFINITY : Number(match[2]);
  return first === 0 || last < first ? undefined : [first, last];
}

function prepare(line: string, layout: Layout): string {
  let text = line;
  if (layout.expand) {
    const { char, width } = layout.expand;
    if (text.includes(char) || text.includes("\t")) {
      let out = "";
      for (const one of text) out += one === char ? " ".repeat(width - (out.length % width)) : one === "\t" ? " ".repeat(8 - (out.length % 8)) : one;
      text = out;
    }
  }
  if (layout.showNonprinting || layout.showControl) {
    text = text.replace(/[^ -~\t\f]/g, (char) => {
      const code = char.charCodeAt(0);
      if (layout.showControl && code < 128) return "^" + String.fromCharCode(code ^ 0x40);
      return "\\" + code.toString(8).padStart(3, "0");
    });
  }
  return text;
}

function* printPages(sources: readonly string[][], head: { readonly date: string; readonly title: string }, layout: Layout, sys: Sys, io: Io): Blocking<void> {
  const perPage = layout.doubleSpace ? Math.floor(layout.bodyLines / 2) : layout.bodyLines;
  const cells = layout.parallel ? perPage : perPage * layout.columns;
  const pageCount = Math.ceil(Math.max(0, ...sources.map((lines) => lines.length)) / cells);
  if (pageCount > 0 && layout.firstPage > pageCount) yield* io.warn(`starting page number ${layout.firstPage} exceeds page count ${pageCount}`);
  const longest = Math.max(0, ...sources.map((lines) => lines.length));
  if (longest === 0) return;
  const columnWidth = layout.columns > 1 || layout.parallel ? Math.floor((layout.width - (layout.columns - 1) * layout.separator.length) / layout.columns) : layout.width;
  if (columnWidth < 1 && (layout.columns > 1)) io.die("page width too narrow");
  let lineNumber = layout.number?.first ?? 1;
  const numberText = (index: number): string => {
    if (!layout.number) return "";
    const digits = String(index).slice(-layout.number.digits).padStart(layout.number.digits);
    return digits + (layout.number.separator === "\t" && layout.columns > 1 ? " ".repeat(8 - (digits.length % 8)) : layout.number.separator);
  };
  for (let page = 1, start = 0; start < longest; page++, start += layout.parallel ? perPage : cells) {
    const visible = page >= layout.firstPage && page <= layout.lastPage;
    if (page > layout.lastPage) break;
    const rows: string[] = [];
    const margin = " ".repeat(layout.indent);
    const add = (columns: readonly (string | undefined)[], numbered: number | undefined): void => {
      // what is written between two places where blanks must be out: the margin, each column with its separator
      const parts = [margin];
      const last = layout.parallel ? columns.length - 1 : columns.findLastIndex((text) => text !== undefined);
      for (let i = 0; i <= last; i++) {
        let text = prepare(columns[i] ?? "", layout);
        if (layout.number && !layout.parallel && columns[i] !== undefined) text = numberText((numbered ?? 0) + (layout.across ? i : i * rowsOf)) + text;
        const before = layout.parallel && i === 0 && layout.number ? numberText(numbered ?? 0) : "";
        if (layout.truncate) text = text.slice(0, columnWidth);
        if (layout.columns > 1 && i < last && !layout.join) {
          text = text.padEnd(columnWidth);
        }
        parts.push(before + text + (i < last ? layout.separator : ""));
      }
      rows.push(layout.outputTabs ? tabs(parts, layout.outputTabs) : parts.join(""));
    };
    let rowsOf = perPage;
    if (layout.parallel) {
      for (let i = 0; i < perPage && start + i < longest; i++) add(sources.map((lines) => lines[start + i]), lineNumber + i);
      lineNumber += Math.min(perPage, longest - start);
    } else {
      const lines = sources[0] ?? [];
      const chunk = lines.slice(start, start + cells);
      // The last page's columns are balanced.
      rowsOf = chunk.length < cells ? Math.ceil(chunk.length / layout.columns) : perPage;
      for (let row = 0; row < rowsOf; row++) {
        const columns: (string | undefined)[] = [];
        for (let column = 0; column < layout.columns; column++) columns.push(chunk[layout.across ? row * layout.columns + column : columnStart(chunk.length, layout.columns, column, rowsOf) + row]);
        if (!layout.across) for (let column = 0; column < layout.columns; column++) if (row >= columnHeight(chunk.length, layout.columns, column, rowsOf)) columns[column] = undefined;
        add(columns, lineNumber + (layout.across ? row * layout.columns : row));
      }
      lineNumber += chunk.length;
    }
    if (!visible) continue;
    let out = "";
    if (layout.extremities) {
      const right = `Page ${page}`;
      const available = layout.width - head.date.length - right.length - 2;
      const spaces = Math.max(0, available - head.title.length);
      const left = spaces >> 1;
      out += `${layout.outputTabs ? tabs([margin, ""], layout.outputTabs) : margin}\n\n${margin}${head.date}${" ".repeat(1 + left)}${head.title}${" ".repeat(1 + spaces - left)}${right}\n\n\n`;
    }
    out += rows.map((row) => row + "\n" + (layout.doubleSpace ? "\n" : "")).join("");
    if (layout.extremities) {
      const used = rows.length * (layout.doubleSpace ? 2 : 1);
      out += layout.formFeed ? "\f" : "\n".repeat(layout.bodyLines - used + 5);
    }
    io.out.putLatin1(out);
    if (io.out.full) yield* io.out.flush();
    if (sys.charge(rows.length)) yield* sys.preempt();
  }
}

/** Full pages have columns of equal height; on the last one the lines are spread so that the first columns get one more. */
function columnHeight(total: number, columns: number, column: number, rows: number): number {
  if (total === rows * columns) return rows;
  const least = Math.floor(total / columns);
  return least + (column < total % columns ? 1 : 0);
}

function columnStart(total: number, columns: number, column: number, rows: number): number {
  let start = 0;
  for (let i = 0; i < column; i++) start += columnHeight(total, columns, i, rows);
  return start;
}

/** Runs of blanks that cross a tab stop become tabs, each part for itself; those at the end of the line are not written. */
function tabs(parts: readonly string[], how: { readonly char: string; readonly width: number }): string {
  let out = "";
  let column = 0;
  for (const [at, part] of parts.entries()) {
    const line = at === parts.length - 1 ? part.replace(/ +$/, "") : part;
    for (let i = 0; i < line.length; ) {
      if (line.charAt(i) !== " ") {
        out += line.charAt(i++);
        column++;
        continue;
      }
      let end = i;
      while (line.charAt(end) === " ") end++;
      const target = column + (end - i);
      while (column < target) {
        const stop = column + how.width - (column % how.width);
        if (stop > target || target - column === 1) break;
        out += how.char;
        column = stop;
      }
      out += " ".repeat(target - column);
      column = target;
      i = end;
    }
  }
  return out;
}
