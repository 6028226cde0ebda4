import { type Io, flag, gnu, text } from "../kit/gnu.ts";
import { decimalPoint, localNumber } from "../kit/locale.ts";
import { type Spec, formatFloat } from "../kit/printf-format.ts";

interface Operand {
  readonly value: number;
  /** decimals as written */
  readonly precision: number;
  /** columns as written */
  readonly width: number;
  readonly integer: boolean;
}

export default gnu({
  name: "seq",
  summary: "print numbers from one value to another (a sequence)",
  synopsis: ["[OPTION]... LAST", "[OPTION]... FIRST LAST", "[OPTION]... FIRST INCREMENT LAST"],
  description: ["Without FIRST they begin at 1, without INCREMENT they go up by 1. Decimal points are allowed."],
  options: {
    format: text(["-f", "--format"], "FORMAT", "FORMAT of the number, as in printf, such as %8.2f"),
    separator: text(["-s", "--separator"], "STRING", "STRING between the numbers (a newline)"),
    equalWidth: flag(["-w", "--equal-width"], "put zeros before the numbers, so that all are equally long"),
  },
  parsing: { stopAtOperand: true, negativeNumbers: true },
  operands: "none",
  *run({ options, operands, sys }, io: Io) {
    const [a, b, c, extra] = operands;
    if (a === undefined) io.usage("missing operand");
    if (extra !== undefined) io.usage(`extra operand ${io.quote(extra)}`);
    if (options.format !== undefined && options.equalWidth) io.usage("format string may not be specified when printing equal width strings");
    // the point of the locale, or that of C
    const comma = decimalPoint(sys) === ",";
    const scan = (word: string): Operand => {
      const operand = parseOperand(comma ? word.replace(",", ".") : word);
      if (operand === undefined) io.usage(`invalid floating point argument: ${io.quote(word)}`);
      if (Number.isNaN(operand.value)) io.usage(`invalid ${io.quote("not-a-number")} argument: ${io.quote(word)}`);
      return operand;
    };
    const one: Operand = { value: 1, precision: 0, width: 1, integer: true };
    const format = options.format === undefined ? undefined : parseFormat(options.format, io);
    const first = b === undefined ? one : scan(a);
    const step = c === undefined ? one : scan(b ?? "1");
    const last = scan(c ?? b ?? a);
    if (c !== undefined && step.value === 0) io.usage(`invalid Zero increment value: ${io.quote(b ?? "")}`);
    const separator = options.separator ?? "\n";
    const put = function* (shown: string, isFirst: boolean) {
      if (!isFirst) io.out.put(separator);
      io.out.put(localNumber(sys, shown));
      if (io.out.full) {
        yield* io.out.flush();
        if (sys.charge(2000)) yield* sys.preempt();
      }
    };
    if (format === undefined && first.integer && step.integer && last.integer && [first, step, last].every(({ value }) => Math.abs(value) < 2 ** 52)) {
      let width = 0;
      if (options.equalWidth) width = Math.max(first.width, last.width);
      const up = step.value > 0;
      let any = false;
      for (let value = first.value; up ? value <= last.value : value >= last.value; value += step.value) {
        const shown = width === 0 ? String(value) : value < 0 ? "-" + String(-value).padStart(width - 1, "0") : String(value).padStart(width, "0");
        yield* put(shown, !any);
        any = true;
      }
      if (any) io.out.put("\n");
      return;
    }
    // Whole numbers of any length are counted as digits.
    const digits = [b === undefined ? "1" : a, c === undefined ? "1" : b ?? "1", c ?? b ?? a];
    if (format === undefined && digits.every((word) => /^\d+$/.test(word))) {
      const [from = 0n, by = 1n, to = 0n] = digits.map(BigInt);
      const width = options.equalWidth ? Math.max(first.width, last.width) : 0;
      for (let value = from; value <= to; value += by) {
        yield* put(String(value).padStart(width, "0"), value === from);
        if (sys.charge(1)) yield* sys.preempt();
      }
      if (from <= to) io.out.put("\n");
      return;
    }
    const precision = Math.max(first.precision, step.precision);
    let spec: Spec = { minus: false, plus: false, space: false, alternate: false, zero: false, width: 0, precision, conversion: precision === Number.POSITIVE_INFINITY || last.precision === Number.POSITIVE_INFINITY ? "g" : "f" };
    if (spec.conversion === "g") spec = { ...spec, precision: undefined };
    let [prefix, suffix] = ["", ""];
    if (format) ({ prefix, suffix, spec } = format);
    else if (options.equalWidth && spec.conversion === "f") {
      const dot = (operand: Operand): number => {
        const change = precision - operand.precision;
        return operand.width + (change === 0 ? 0 : operand.precision === 0 ? change + 1 : precision === 0 ? change - 1 : change);
      };
      spec = { ...spec, zero: true, width: Math.max(dot(first), dot(last)) };
    }
    const up = step.value > 0;
    let any = false;
    for (let i = 0; ; i++) {
      const value = first.value + i * step.value;
      const beyond = up ? value > last.value : value < last.value;
      const shown = formatFloat(value, spec);
      if (beyond) {
        // Rounding may have carried the last value past the end: it still counts when it prints as the end does.
        if (!any || Number(shown) !== last.value || shown === formatFloat(value - step.value, spec)) break;
        yield* put(prefix + shown + suffix, !any);
        any = true;
        break;
      }
      yield* put(prefix + shown + suffix, !any);
      any = true;
      if (sys.charge(1)) yield* sys.preempt();
    }
    if (any) io.out.put("\n");
  },
});

function parseOperand(text: string): Operand | undefined {
  const trimmed = text.trimStart().replace(/^\+/, "");
  const decimal = /^(-?)(\d*)(?:(\.)(\d*))?(?:[eE]([-+]?\d+))?$/.exec(trimmed);
  if (decimal && (decimal[2] !== "" || (decimal[4] ?? "") !== "")) {
    const exponent = Number(decimal[5] ?? 0);
    const precision = Math.max(0, (decimal[4]?.length ?? 0) - exponent);
    let width = (decimal[1]?.length ?? 0) + Math.max(1, (decimal[2] || "").length) + (decimal[4] ? 1 + decimal[4].length : 0);
    if (decimal[5] !== undefined) width = (decimal[1]?.length ?? 0) + Math.max(1, (decimal[2] ?? "").length + exponent) + (precision > 0 ? precision + 1 : 0);
    return { value: Number(trimmed), precision, width, integer: decimal[3] === undefined && decimal[5] === undefined };
  }
  const other = /^(-?)(0[xX][0-9a-fA-F]+|inf(?:inity)?|nan)$/i.exec(trimmed);
  if (!other) return undefined;
  const body = other[2] ?? "";
  const magnitude = /^inf/i.test(body) ? Number.POSITIVE_INFINITY : /^nan/i.test(body) ? Number.NaN : Number(body);
  return { value: other[1] === "-" ? -magnitude : magnitude, precision: /^0x/i.test(body) ? 0 : Number.POSITIVE_INFINITY, width: trimmed.length, integer: /^0x/i.test(body) };
}

function parseFormat(format: string, io: Io): { readonly prefix: string; readonly suffix: string; readonly spec: Spec } {
  const match = /^((?:[^%]|%%)*)%([-+ #0']*)(\d*)(?:\.(\d*))?L?(.?)(.*)$/s.exec(format);
  if (!match || !/%/.test(format.replaceAll("%%", ""))) io.die(`format ${io.quote(format)} has no % directive`);
  const [, prefix = "", flags = "", width = "", precision, conversion = "", suffix = ""] = match;
  if (conversion === "") io.die(`format ${io.quote(format)} ends in %`);
  if (!"efgaEFGA".includes(conversion)) io.die(`format ${io.quote(format)} has unknown %${conversion} directive`);
  if (/%(?!%)/.test(suffix.replaceAll("%%", ""))) io.die(`format ${io.quote(format)} has too many % directives`);
  const minus = flags.includes("-");
  const spec: Spec = {
    minus, plus: flags.includes("+"), space: flags.includes(" "), alternate: flags.includes("#"), zero: flags.includes("0") && !minus,
    width: Math.min(Number(width), 100_000), precision: precision === undefined ? undefined : Math.min(Number(precision), 10_000), conversion,
  };
  return { prefix: prefix.replaceAll("%%", "%"), suffix: suffix.replaceAll("%%", "%"), spec };
}
