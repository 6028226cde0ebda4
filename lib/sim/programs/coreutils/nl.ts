import { type Io, flag, gnu, reason, text } from "../kit/gnu.ts";
import { latin1OfText, textOfLatin1 } from "../kit/latin1.ts";
import { RegexSyntaxError, compileRegex } from "../kit/regex/compile-regex.ts";

export default gnu({
  name: "nl",
  summary: "number lines of files",
  synopsis: ["[OPTION]... [FILE]..."],
  description: ["A text may have pages, each of a header (from a line \\:\\:\\: on), a body (from \\:\\: on) and a footer (from \\: on). A STYLE says which lines get a number: a for all, t for those with text, n for none, pBRE for those that match the basic regular expression BRE."],
  options: {
    body: text(["-b", "--body-numbering"], "STYLE", "STYLE for the body: which lines get a number (t)"),
    delimiter: text(["-d", "--section-delimiter"], "CC", "CC: the two characters that mark header, body and footer (\\:)"),
    footer: text(["-f", "--footer-numbering"], "STYLE", "STYLE for the footer: which lines get a number (n)"),
    header: text(["-h", "--header-numbering"], "STYLE", "STYLE for the header: which lines get a number (n)"),
    increment: text(["-i", "--line-increment"], "NUMBER", "add NUMBER from one line to the next (1)"),
    joinBlank: text(["-l", "--join-blank-lines"], "NUMBER", "of empty lines in a row, number only every NUMBERth (1)"),
    format: text(["-n", "--number-format"], "FORMAT", "where the number is put: ln on the left, rn on the right (the default), rz on the right with zeros in front"),
    noRenumber: flag(["-p", "--no-renumber"], "go on counting from page to page"),
    separator: text(["-s", "--number-separator"], "STRING", "STRING between number and text (a tab)"),
    start: text(["-v", "--starting-line-number"], "NUMBER", "NUMBER of the first line of a page (1)"),
    width: text(["-w", "--number-width"], "NUMBER", "NUMBER of columns that the number takes (6)"),
  },
  parsing: { longOrder: "header-numbering body-numbering footer-numbering starting-line-number line-increment no-renumber join-blank-lines number-separator number-width number-format section-delimiter help version" },
  operands: "files",
  *run({ options, operands, sys }, io: Io) {
    const style = (spec: string, what: string): ((line: string) => boolean) => {
      if (spec === "a") return () => true;
      if (spec === "t") return (line) => line !== "";
      if (spec === "n") return () => false;
      if (!spec.startsWith("p")) return io.usage(`invalid ${what} numbering style: ${io.quote(spec)}`);
      try {
        const regex = compileRegex(spec.slice(1), { syntax: "bre" });
        return (line) => regex.test(textOfLatin1(line));
      } catch (error) {
        if (error instanceof RegexSyntaxError) return io.die(error.message);
        throw error;
      }
    };
    const styles = new Map([["header", style(options.header ?? "n", "header")], ["body", style(options.body ?? "t", "body")], ["footer", style(options.footer ?? "n", "footer")]]);
    const integer = (value: string | undefined, fallback: number, message: string, least = Number.NEGATIVE_INFINITY): number => {
      if (value === undefined) return fallback;
      if (!/^\s*[-+]?\d+$/.test(value)) io.die(`${message}: ${io.quote(value)}`);
      if (Number(value) < least) io.die(`${message}: ${io.quote(value)}: Numerical result out of range`);
      return Number(value);
    };
    const start = integer(options.start, 1, "invalid starting line number");
    const increment = integer(options.increment, 1, "invalid line number increment");
    const joinBlank = integer(options.joinBlank, 1, "invalid line number of blank lines", 1);
    const width = integer(options.width, 6, "invalid line number field width", 1);
    const format = options.format ?? "rn";
    if (!["ln", "rn", "rz"].includes(format)) io.usage(`invalid line numbering format: ${io.quote(format)}`);
    const separator = latin1OfText(options.separator ?? "\t");
    let delimiter = latin1OfText(options.delimiter ?? "\\:");
    if (delimiter.length === 1) delimiter += ":";
    let section = "body";
    let number = start;
    let blanks = 0;
    const blank = " ".repeat(width + separator.length);
    for (const name of operands.length === 0 ? ["-"] : operands) {
      try {
        const input = yield* io.open(name);
        for (;;) {
          const lines = yield* input.lines();
          if (lines.length === 0) break;
          for (const line of lines) {
            const mark = delimiter === "" ? 0 : line === delimiter.repeat(3) ? 3 : line === delimiter.repeat(2) ? 2 : line === delimiter ? 1 : 0;
            if (mark > 0) {
              section = mark === 3 ? "header" : mark === 2 ? "body" : "footer";
              if (!options.noRenumber) number = start;
              blanks = 0;
              io.out.put("\n");
              continue;
            }
            let numbered = styles.get(section)?.(line) ?? false;
            if (line === "" && joinBlank > 1 && numbered) {
              blanks++;
              numbered = blanks === joinBlank;
              if (numbered) blanks = 0;
            } else if (line !== "") blanks = 0;
            if (numbered) {
              io.out.putLatin1(numberText(number, width, format) + separator + line + "\n");
              number += increment;
            } else io.out.putLatin1(blank + line + "\n");
            if (io.out.full) yield* io.out.flush();
          }
          if (io.out.full) yield* io.out.flush();
          if (sys.charge(lines.length)) yield* sys.preempt();
        }
        io.close(input);
      } catch (error) {
        yield* io.fail(`${io.quoteFile(name)}: ${reason(error)}`);
      }
    }
  },
});

function numberText(number: number, width: number, format: string): string {
  if (format === "ln") return String(number).padEnd(width);
  if (format === "rn") return String(number).padStart(width);
  return number < 0 ? "-" + String(-number).padStart(width - 1, "0") : String(number).padStart(width, "0");
}
