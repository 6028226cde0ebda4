import { type Io, flag, gnu, reason, text } from "../kit/gnu.ts";
import { latin1OfText } from "../kit/latin1.ts";
import { WriteError } from "../kit/output.ts";
import { type Range, complementRanges, parseRanges } from "./_fields.ts";

export default gnu({
  name: "cut",
  summary: "print chosen parts (bytes, characters or fields) of each line",
  synopsis: ["OPTION... [FILE]..."],
  description: ["Exactly one of -b, -c and -f is needed. A LIST is made of ranges, separated by commas: N, N-, N-M, -M, counted from 1. In whatever order the LIST is written, each part is printed once, in the order of the line."],
  options: {
    bytes: text(["-b", "--bytes"], "LIST", "the bytes at these positions"),
    characters: text(["-c", "--characters"], "LIST", "the characters at these positions; each byte counts as one, as with -b"),
    delimiter: text(["-d", "--delimiter"], "DELIM", "DELIM separates the fields, not a tab"),
    fields: text(["-f", "--fields"], "LIST", "the fields with these numbers; a line without a delimiter is printed whole, except with -s"),
    ignored: flag(["-n"], "(ignored)"),
    complement: flag(["--complement"], "everything except the bytes, characters or fields of the LIST"),
    onlyDelimited: flag(["-s", "--only-delimited"], "leave out lines that have no delimiter"),
    outputDelimiter: text(["--output-delimiter"], "STRING", "put STRING between the parts that are printed"),
    zero: flag(["-z", "--zero-terminated"], "lines end with NUL instead of a newline, in input and output"),
  },
  operands: "files",
  *run({ options, operands, given, sys }, io: Io) {
    const lists = given.filter((one) => one.option === "bytes" || one.option === "characters" || one.option === "fields");
    const [chosen] = lists;
    if (chosen === undefined) io.usage("you must specify a list of bytes, characters, or fields");
    if (lists.length > 1) io.usage("only one list may be specified");
    if (options.delimiter !== undefined && latin1OfText(options.delimiter).length > 1) io.usage("the delimiter must be a single character");
    const byFields = chosen.option === "fields";
    const parsed = parseRanges(chosen.argument ?? "", byFields ? "fields" : "bytes", (word) => io.quote(word));
    if (!byFields && options.delimiter !== undefined) io.usage("an input delimiter may be specified only when operating on fields");
    if (!byFields && options.onlyDelimited) io.usage("suppressing non-delimited lines makes sense\n\tonly when operating on fields");
    if (typeof parsed === "string") io.usage(parsed);
    const ranges = options.complement ? complementRanges(parsed) : parsed;
    const end = options.zero ? "\0" : "\n";
    const delimiter = options.delimiter === undefined ? "\t" : latin1OfText(options.delimiter) || "\0";
    // an empty one is NUL
    const separator = options.outputDelimiter === undefined ? undefined : latin1OfText(options.outputDelimiter) || "\0";
    // when newlines separate the fields, the lines of a file are the fields of one record
    const whole = byFields && delimiter === end;
    const pick = byFields
      ? (line: string) => cutFields(line, ranges, delimiter, separator ?? delimiter, options.onlyDelimited)
      : (line: string) => cutBytes(line, ranges, separator);
    for (const name of operands.length === 0 ? ["-"] : operands) {
      try {
        const input = yield* io.open(name);
        for (;;) {
          if (whole) {
            const record = yield* input.all();
            const kept = record === "" ? undefined : pick(record.endsWith(end) ? record.slice(0, -1) : record);
            if (kept !== undefined) yield* io.out.printLatin1(kept + end);
            break;
          }
          const lines = yield* input.lines(end);
          if (lines.length === 0) break;
          let block = "";
          for (const line of lines) {
            const kept = pick(line);
            if (kept !== undefined) block += kept + end;
          }
          if (sys.charge(lines.length)) yield* sys.preempt();
          yield* io.out.printLatin1(block);
        }
        io.close(input);
      } catch (error) {
        if (error instanceof WriteError) throw error;
        yield* io.fail(`${io.quoteFile(name)}: ${reason(error)}`);
      }
    }
  },
});

function cutBytes(line: string, ranges: readonly Range[], separator: string | undefined): string {
  let out = "";
  let first = true;
  for (const { low, high } of ranges) {
    if (low > line.length) break;
    if (!first && separator !== undefined) out += separator;
    out += line.slice(low - 1, high);
    first = false;
  }
  return out;
}

function cutFields(line: string, ranges: readonly Range[], delimiter: string, separator: string, onlyDelimited: boolean): string | undefined {
  if (!line.includes(delimiter)) return onlyDelimited ? undefined : line;
  const only = ranges.length === 1 ? ranges[0] : undefined;
  if (only && only.low === only.high && only.low < 50) {
    let start = 0;
    for (let field = 1; field < only.low; field++) {
      const at = line.indexOf(delimiter, start);
      if (at < 0) return "";
      start = at + 1;
    }
    const stop = line.indexOf(delimiter, start);
    return stop < 0 ? line.slice(start) : line.slice(start, stop);
  }
  const fields = line.split(delimiter);
  const kept: string[] = [];
  for (const { low, high } of ranges) for (let field = low; field <= high && field <= fields.length; field++) kept.push(fields[field - 1] ?? "");
  return kept.join(separator);
}
