import { type Io, flag, gnu, optionalText, text, word } from "../kit/gnu.ts";
import { latin1OfText, textOfLatin1 } from "../kit/latin1.ts";
import { decimalPoint } from "../kit/locale.ts";
import { type Range, parseRanges } from "./_fields.ts";

const SUFFIXES = "KMGTPEZY";

export default gnu({
  name: "numfmt",
  summary: "write numbers with units (K, M, G), or read such numbers",
  synopsis: ["[OPTION]... [NUMBER]..."],
  description: ["NUMBERs are arguments, or else fields of the lines of standard input. A UNIT is none, auto, si (1000), iec (1024) or iec-i (1024, written Ki); a FORMAT has one %f."],
  options: {
    debug: flag(["--debug"], "report doubtful input on standard error"),
    delimiter: text(["-d", "--delimiter"], "X", "X separates the fields, not blanks"),
    field: text(["--field"], "FIELDS", "FIELDS whose numbers are converted (1)"),
    format: text(["--format"], "FORMAT", "FORMAT of the number, as in printf, such as %8.2f"),
    from: word(["--from"], "UNIT", [["none"], ["auto"], ["si"], ["iec"], ["iec-i"]], "the UNIT of numbers that are read"),
    fromUnit: text(["--from-unit"], "N", "the numbers that are read count units of N (1)"),
    grouping: flag(["--grouping"], "separators between thousands, if the locale has them"),
    header: optionalText(["--header"], "N", "leave N lines at the beginning as they are (1)"),
    invalid: word(["--invalid"], "MODE", [["abort"], ["fail"], ["warn"], ["ignore"]], "MODE says what to do with a wrong number: abort, fail, warn or ignore"),
    padding: text(["--padding"], "N", "at least N characters for each number, aligned to the right; a negative N aligns it to the left"),
    round: word(["--round"], "METHOD", [["up"], ["down"], ["from-zero"], ["towards-zero"], ["nearest"]], "METHOD of rounding: up, down, from-zero, towards-zero or nearest"),
    suffix: text(["--suffix"], "SUFFIX", "put SUFFIX after each number that is written, and accept it after those that are read"),
    to: word(["--to"], "UNIT", [["none"], ["si"], ["iec"], ["iec-i"]], "the UNIT of numbers that are written"),
    toUnit: text(["--to-unit"], "N", "the numbers that are written count units of N (1)"),
    zero: flag(["-z", "--zero-terminated"], "lines end with NUL instead of a newline, in input and output"),
  },
  usageStatus: 1,
  failureStatus: 2,
  parsing: { longOrder: "from from-unit to to-unit round padding suffix grouping delimiter field debug -debug header format invalid zero-terminated help version" },
  operands: "none",
  *run({ options, given, operands, sys }, io: Io) {
    const unit = (value: string | undefined): number => {
      if (value === undefined) return 1;
      const match = /^(\d*)([KMGTPEZY]?)(i?)$/.exec(value);
      const size = match && value !== "" ? Number(match[1] || 1) * (match[2] ? (match[3] ? 1024 : 1000) ** (SUFFIXES.indexOf(match[2]) + 1) : 1) : 0;
      if (size === 0) io.die(`invalid unit size: ${io.quote(value)}`, 1);
      return size;
    };
    const fromUnit = unit(options.fromUnit);
    const toUnit = unit(options.toUnit);
    const from = options.from ?? "none";
    const to = options.to ?? "none";
    let padding = 0;
    if (options.padding !== undefined) {
      if (!/^-?\d+$/.test(options.padding) || Number(options.padding) === 0) io.die(`invalid padding value ${io.quote(options.padding)}`, 1);
      padding = Number(options.padding);
    }
    const headerLines = options.header === undefined ? 0 : options.header === true ? 1 : Number(options.header);
    if (options.header !== undefined && !(headerLines > 0)) io.die(`invalid header value ${io.quote(String(options.header))}`, 1);
    if (given.filter((one) => one.option === "field").length > 1) io.die("multiple field specifications", 1);
    if (options.grouping && options.format !== undefined) io.die("--grouping cannot be combined with --format", 1);
    if (options.grouping && to !== "none") io.die("grouping cannot be combined with --to", 1);
    let [prefix, tail] = ["", ""];
    if (options.debug && options.from === undefined && options.to === undefined && options.padding === undefined && !options.grouping) yield* io.warn("no conversion option specified");
    let precision: number | undefined;
    let zeroPad = 0;
    if (options.format !== undefined) {
      const match = /^((?:[^%]|%%)*)%(['0 -]*)(-?\d*)(?:\.(\d*))?f((?:[^%]|%%)*)$/s.exec(options.format);
      if (!match) {
        if (!options.format.includes("%")) io.die(`format ${io.quote(options.format)} has no % directive`, 1);
        if (/(?:^|[^%])(?:%%)*%$/.test(options.format)) io.die(`format ${io.quote(options.format)} ends in %`, 1);
        if (/%[^%]*%/.test(options.format.replaceAll("%%", ""))) io.die(`format ${io.quote(options.format)} has too many % directives`, 1);
        io.die(`invalid format ${io.quote(options.format)}, directive must be %[0]['][-][N][.][N]f`, 1);
      }
      prefix = (match[1] ?? "").replaceAll("%%", "%");
      tail = (match[5] ?? "").replaceAll("%%", "%");
      const width = Number(match[3] || 0);
      if (match[2]?.includes("0") && width > 0) zeroPad = width;
      else if (width !== 0) padding = match[2]?.includes("-") ? -Math.abs(width) : width;
      if (match[4] !== undefined) precision = Number(match[4] || 0);
    }
    const fields: readonly Range[] | string = options.field === "-" ? [{ low: 1, high: Number.POSITIVE_INFINITY }] : parseRanges(options.field ?? "1", "fields", (item) => io.quote(item));
    if (typeof fields === "string") io.usage(fields);
    const delimiter = options.delimiter === undefined ? undefined : latin1OfText(options.delimiter);
    if (delimiter !== undefined && delimiter.length > 1) io.die("the delimiter must be a single character", 1);
    const mode = options.invalid ?? "abort";
    const selected = (index: number): boolean => fields.some(({ low, high }) => index >= low && index <= high);
    let failed = false;

    const convert = function* (field: string, autoPad: number) {
      const point = decimalPoint(sys);
      const given = textOfLatin1(field);
      const parsed = parseNumber(point === "." ? given : given.replace(/[.,]/, (c) => (c === point ? "." : "\u0001")), from, options.suffix);
      if (typeof parsed === "string") {
        const message = parsed.replace("%s", io.quote(textOfLatin1(field).trim() === "" ? textOfLatin1(field) : textOfLatin1(field).trimStart()));
        if (mode === "abort") io.die(message, 2);
        if (mode !== "ignore") yield* io.warn(message);
        if (mode === "fail") failed = true;
        return field;
      }
      if (to === "none" && Math.abs(parsed.value) > 1e18) {
        const message = `value too large to be printed: '${Number(parsed.value.toPrecision(6)).toExponential().replace(/e\+?/, "e+")}' (consider using --to)`;
        if (mode === "abort") io.die(message, 2);
        if (mode !== "ignore") yield* io.warn(message);
        if (mode === "fail") failed = true;
        return field;
      }
      const scaled = scale((parsed.value * fromUnit) / toUnit, to, options.round ?? "from-zero", precision ?? (to === "none" ? parsed.decimals : undefined));
      let shown = scaled.replace(".", point) + (options.suffix === undefined ? "" : latin1OfText(options.suffix));
      if (zeroPad > 0) shown = shown.startsWith("-") ? "-" + shown.slice(1).padStart(zeroPad - 1, "0") : shown.padStart(zeroPad, "0");
      const width = padding !== 0 ? padding : autoPad;
      shown = width < 0 ? shown.padEnd(-width) : shown.padStart(width);
      return latin1OfText(prefix) + shown + latin1OfText(tail);
    };
    const line = function* (text: string) {
      let out = "";
      if (delimiter !== undefined) {
        for (const [index, field] of text.split(delimiter).entries()) {
          if (index > 0) out += delimiter;
          out += selected(index + 1) ? yield* convert(field, 0) : field;
        }
        return out;
      }
      if (text === "" && selected(1)) return yield* convert("", 0);
      let index = 0;
      for (const match of text.matchAll(/([ \t\n]*)([^ \t\n]*)/g)) {
        const [whole = "", blanks = "", body = ""] = match;
        if (whole === "") continue;
        index++;
        if (!selected(index)) {
          out += whole;
          continue;
        }
        // A field keeps its columns: the blanks before it, less one, are its padding.
        const separator = index > 1 && blanks !== "" ? blanks.charAt(0) : "";
        const width = blanks.length - separator.length > 0 || index === 1 ? whole.length - separator.length : 0;
        out += separator + (yield* convert(body, blanks.length > separator.length ? width : 0));
      }
      return out;
    };
    const end = options.zero ? "\0" : "\n";
    if (operands.length > 0) {
      for (const operand of operands) io.out.putLatin1((yield* line(latin1OfText(operand))) + end);
    } else {
      let number = 0;
      for (;;) {
        const lines = yield* io.stdin.lines(end);
        if (lines.length === 0) break;
        for (const one of lines) {
          number++;
          io.out.putLatin1((number <= headerLines ? one : yield* line(one)) + end);
        }
        if (io.out.full) yield* io.out.flush();
        if (sys.charge(lines.length)) yield* sys.preempt();
      }
    }
    return failed ? 2 : 0;
  },
});

/** A message with %s for the field when it is no number. */
function parseNumber(field: string, from: string, suffix: string | undefined): { readonly value: number; readonly decimals: number } | string {
  let text = field.trimStart();
  if (suffix !== undefined && text.endsWith(suffix) && text !== suffix) text = text.slice(0, -suffix.length);
  const match = /^(-?)(\d*)(?:(\.)(\d*))?\s*(.*)$/s.exec(text);
  const [, sign = "", whole = "", dot, fraction = "", rest = ""] = match ?? [];
  if (whole === "" && fraction === "") return "invalid number: %s";
  if (dot !== undefined && fraction === "") return "invalid number: %s";
  if (whole.length > 33) return "value too large to be converted: %s";
  let value = Number(`${whole || 0}.${fraction || 0}`);
  if (rest !== "") {
    const power = SUFFIXES.indexOf(rest.charAt(0)) + 1;
    if (power === 0) return "invalid suffix in input: %s";
    if (from === "none") return "rejecting suffix in input: %s (consider using --from)";
    let base = from === "si" ? 1000 : 1024;
    let used = 1;
    if (from === "auto") {
      base = rest.charAt(1) === "i" ? 1024 : 1000;
      used = base === 1024 ? 2 : 1;
    } else if (from === "iec-i") {
      if (rest.charAt(1) !== "i") return "missing 'i' suffix in input: %s (e.g Ki/Mi/Gi)";
      used = 2;
    }
    if (rest.length > used) return `invalid suffix in input %s: ${"‘" + rest.slice(used) + "’"}`;
    value *= base ** power;
  }
  // A suffix makes whole numbers of what stands before it.
  return { value: sign === "-" ? -value : value, decimals: rest === "" ? fraction.length : 0 };
}

function roundTo(value: number, method: string): number {
  switch (method) {
    case "up": return Math.ceil(value);
    case "down": return Math.floor(value);
    case "towards-zero": return Math.trunc(value);
    case "nearest": return Math.sign(value) * Math.round(Math.abs(value));
    default: return value < 0 ? Math.floor(value) : Math.ceil(value);
  }
}

/** As printf's %.0f. */
function halfEven(value: number): number {
  const low = Math.floor(value);
  if (value - low !== 0.5) return Math.round(value);
  return low % 2 === 0 ? low : low + 1;
}

function scale(value: number, to: string, method: string, precision: number | undefined): string {
  if (to === "none") {
    const digits = precision ?? 0;
    const factor = 10 ** digits;
    const product = Math.round(value * factor * 1e6) / 1e6;
    return (roundTo(product, method) / factor).toFixed(digits);
  }
  const base = to === "si" ? 1000 : 1024;
  let power = 0;
  let scaled = Math.abs(value);
  while (scaled >= base && power < SUFFIXES.length) {
    scaled /= base;
    power++;
  }
  const sign = value < 0 ? -1 : 1;
  const decimals = precision ?? (scaled < 10 ? 1 : 0);
  const factor = 10 ** decimals;
  let rounded = roundTo(sign * Number((scaled * factor).toPrecision(15)), method) / factor;
  if (Math.abs(rounded) >= base && power < SUFFIXES.length) {
    rounded /= base;
    power++;
  }
  const shownDecimals = precision ?? (power > 0 && Math.abs(rounded) < 10 ? 1 : 0);
  return (shownDecimals === 0 ? String(halfEven(rounded)) : rounded.toFixed(shownDecimals)) + (power > 0 ? SUFFIXES.charAt(power - 1) + (to === "iec-i" ? "i" : "") : "");
}
