// Numbers as text, and printf, as gawk's format_tree() does them: whole numbers print in full, the rest by CONVFMT or OFMT.

import { exactDecimal, formatFloat, formatInteger, type Spec } from "../kit/printf-format.ts";
import { toNumber, type Value, withPoint } from "./_value.ts";

/** A run-time error: "fatal:" and where it was are added by the caller. */
export class GawkFatalError extends Error {}

const GENERAL: Omit<Spec, "precision" | "conversion"> = { minus: false, plus: false, space: false, alternate: false, zero: false, width: 0 };

function specialText(value: number): string | undefined {
  // What x86's arithmetic makes has the sign bit.
  if (Number.isNaN(value)) return "-nan";
  if (Number.isFinite(value)) return undefined;
  return value > 0 ? "+inf" : "-inf";
}

const wholeText = (value: number): string => (Math.abs(value) < 1e21 ? BigInt(value).toString() : (value < 0 ? "-" : "") + exactDecimal(Math.abs(value), 0));

export function numberText(value: number, format: string): string {
  if (Number.isInteger(value)) return Math.abs(value) < 1e15 ? String(value === 0 ? 0 : value) : wholeText(value);
  const special = specialText(value);
  if (special !== undefined) return special;
  if (format === "%.6g") return withPoint(formatFloat(value, { ...GENERAL, precision: 6, conversion: "g" }));
  return formatValues(format, [value], { text: () => format, characters: true, thousands: "" });
}

export interface FormatSettings {
  /** a value as text, by CONVFMT */
  readonly text: (value: Value) => string;
  /** %c of 233 is a character, not a byte */
  readonly characters: boolean;
  /** what ' puts between groups of three digits */
  readonly thousands: string;
  /** --posix: too few values are no error */
  readonly posix?: boolean;
}

/** Groups the digits before the point. */
function grouped(text: string, separator: string): string {
  if (separator === "") return text;
  const digits = /\d+/.exec(text);
  if (!digits) return text;
  const [whole] = digits;
  let result = "";
  for (let i = 0; i < whole.length; i++) result += (i > 0 && (whole.length - i) % 3 === 0 ? separator : "") + (whole[i] ?? "");
  return text.slice(0, digits.index) + result + text.slice(digits.index + whole.length);
}

/** Wider fields are more than a process gets memory for. */
const LONGEST_FIELD = 1 << 24;

const DIRECTIVE = /^%(?:(\d+)\$)?([-+ #0']*)(\*|\d+)?(?:(\.)(\*|-?\d+)?)?([hlLjqtz]*)/;

const lengthOf = (text: string): number => (/[\ud800-\udbff]/.test(text) ? Array.from(text).length : text.length);
const padded = (text: string, width: number, minus: boolean): string => {
  const missing = width - lengthOf(text);
  if (missing <= 0) return text;
  return minus ? text + " ".repeat(missing) : " ".repeat(missing) + text;
};

/** Throws GawkFatalError. */
export function formatValues(format: string, args: readonly Value[], settings: FormatSettings): string {
  if (!format.includes("%")) return format;
  let result = "";
  let next = 0;
  for (let at = 0; at < format.length; ) {
    const percent = format.indexOf("%", at);
    if (percent < 0) return result + format.slice(at);
    result += format.slice(at, percent);
    if (format[percent + 1] === "%") {
      result += "%";
      at = percent + 2;
      continue;
    }
    const found = DIRECTIVE.exec(format.slice(percent, percent + 200));
    const [whole = "%", position, flags = "", givenWidth, dot, givenPrecision] = found ?? [];
    const conversion = format[percent + whole.length] ?? "";
    at = percent + whole.length + 1;
    const missing = (): GawkFatalError => new GawkFatalError(`not enough arguments to satisfy format string\n\t\`${format}'\n\t${" ".repeat(at - 1)}^ ran out for this one`);
    const take = (): Value => {
      const index = position === undefined ? next++ : Number(position) - 1;
      if (index >= args.length) {
        if (settings.posix) return undefined;
        throw missing();
      }
      return args[index];
    };
    if (conversion === "%") {
      result += "%";
      continue;
    }
    if (!"cdiouxXeEfFgGaAs".includes(conversion) || conversion === "") {
      result += whole + conversion;
      continue;
    }
    const starWidth = givenWidth === "*" ? Math.trunc(toNumber(take())) : undefined;
    const starPrecision = givenPrecision === "*" ? Math.trunc(toNumber(take())) : undefined;
    const width = Math.abs(starWidth ?? Number(givenWidth ?? "0"));
    const wanted = dot === undefined ? undefined : (starPrecision ?? Number(givenPrecision ?? "0"));
    const precision = wanted === undefined || wanted < 0 ? undefined : wanted;
    if (width > LONGEST_FIELD || (precision ?? 0) > LONGEST_FIELD) throw new GawkFatalError("format_tree: cannot allocate memory");
    const minus = flags.includes("-") || (starWidth ?? 0) < 0;
    const spec: Spec = { minus, plus: flags.includes("+"), space: flags.includes(" "), alternate: flags.includes("#"), zero: flags.includes("0"), width, precision, conversion };
    const separator = flags.includes("'") ? settings.thousands : "";
    if (conversion === "s") {
      const text = settings.text(take());
      result += padded(precision === undefined ? text : Array.from(text).slice(0, precision).join(""), width, minus);
    } else if (conversion === "c") result += padded(characterOf(take(), settings) || "\0", width, minus);
    else result += numeric(toNumber(take()), spec, separator);
  }
  return result;
}

function characterOf(value: Value, settings: FormatSettings): string {
  if (typeof value === "number" || (typeof value === "object" && "number" in value && value.number !== undefined)) {
    const code = Math.trunc(toNumber(value));
    if (!settings.characters) return String.fromCharCode(((code % 256) + 256) % 256);
    if (code < 0 || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return String.fromCharCode((((code % 256) + 256) % 256) > 127 ? 0xdc00 + (((code % 256) + 256) % 256) : ((code % 256) + 256) % 256);
    return String.fromCodePoint(code);
  }
  return Array.from(settings.text(value))[0] ?? "";
}

function numeric(value: number, spec: Spec, separator: string): string {
  const { conversion } = spec;
  const special = specialText(value);
  if (special !== undefined) return padded(spec.plus || special.startsWith("-") ? special : special, spec.width, spec.minus);
  if ("eEfFgGaA".includes(conversion)) {
    const text = withPoint(formatFloat(value, { ...spec, width: separator === "" ? spec.width : 0 }));
    return separator === "" ? text : padded(grouped(text, separator), spec.width, spec.minus);
  }
  const whole = Math.trunc(value);
  if ("di".includes(conversion)) {
    const integer = BigInt(whole);
    if (separator === "") return formatInteger(integer, spec);
    return padded(grouped(formatInteger(integer, { ...spec, width: 0 }), separator), spec.width, spec.minus);
  }
  // Negative values have no unsigned form: as 64 bits of two's complement, others that are too large as %d.
  if (Math.abs(whole) >= 2 ** 64) return formatInteger(BigInt(whole), { ...spec, conversion: "d" });
  return formatInteger(BigInt(whole), spec);
}
