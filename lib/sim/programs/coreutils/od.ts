// od(1). Over 300 lines: the table of types, their parsing and the dump.

import type { Blocking } from "../../kernel/sys.ts";
import type { Input } from "../kit/input.ts";
import { type Io, flag, gnu, optionalText, reason, text, texts, word } from "../kit/gnu.ts";
import { formatFloat } from "../kit/printf-format.ts";
import { parseScaled } from "../kit/sizes.ts";

interface Format {
  readonly bytes: number;
  /** columns of one value, without the blanks before it */
  readonly width: number;
  readonly show: (view: DataView, at: number) => string;
  /** z: the printable characters at the line's end */
  readonly trailer: boolean;
}

const NAMES = ["nul", "soh", "stx", "etx", "eot", "enq", "ack", "bel", "bs", "ht", "nl", "vt", "ff", "cr", "so", "si", "dle", "dc1", "dc2", "dc3", "dc4", "nak", "syn", "etb", "can", "em", "sub", "esc", "fs", "gs", "rs", "us", "sp"];
const ESCAPES = new Map([[0, "\\0"], [7, "\\a"], [8, "\\b"], [9, "\\t"], [10, "\\n"], [11, "\\v"], [12, "\\f"], [13, "\\r"]]);

export default gnu({
  name: "od",
  summary: "dump files: show their bytes as octal, hexadecimal or decimal numbers, or as text",
  synopsis: ["[OPTION]... [FILE]...", "[-abcdfilosx]... [FILE] [[+]OFFSET[.][b]]", "--traditional [OPTION]... [FILE] [[+]OFFSET[.][b] [+][LABEL][.][b]]"],
  description: ["A TYPE is a letter: a names of characters, c characters with escapes, d decimal, u without sign, o octal, x hexadecimal, f floating point. The last five take a size: bytes, or C, S, I, L (F, D, L for f) for the types of C. A z after it adds the text of each line."],
  options: {
    addressRadix: text(["-A", "--address-radix"], "RADIX", "RADIX of the positions at the start of lines: d, o, x, or n for no positions"),
    endian: word(["--endian"], "WORD", [["little"], ["big"]], "order of the bytes in a number: big or little"),
    skip: text(["-j", "--skip-bytes"], "BYTES", "start after BYTES bytes of input"),
    read: text(["-N", "--read-bytes"], "BYTES", "stop after BYTES bytes of input"),
    stringsOf: text(["-S"], "BYTES", "show only texts: BYTES or more printable characters, then NUL"),
    strings: optionalText(["--strings"], "BYTES", "as -S; without BYTES, 3"),
    format: texts(["-t", "--format"], "TYPE", "TYPE says in which form the bytes are shown"),
    duplicates: flag(["-v", "--output-duplicates"], "print repeated lines in full, not as *"),
    width: optionalText(["-w", "--width"], "BYTES", "BYTES per line (16 without this option, 32 if it has no value)"),
    traditional: flag(["--traditional"], "read arguments as in the third usage line"),
    a: flag(["-a"], "-t a: names of characters"),
    b: flag(["-b"], "-t o1: bytes in octal"),
    c: flag(["-c"], "-t c: characters, with escapes for the others"),
    d: flag(["-d"], "-t u2: two bytes each, decimal, without sign"),
    f: flag(["-f"], "-t fF: floating point numbers (float)"),
    i: flag(["-i"], "-t dI: whole numbers (int)"),
    l: flag(["-l"], "-t dL: whole numbers (long)"),
    o: flag(["-o", "-B"], "-t o2: two bytes each, octal"),
    s: flag(["-s"], "-t d2: two bytes each, decimal"),
    x: flag(["-x", "-h"], "-t x2: two bytes each, hexadecimal"),
    D: flag(["-D"], "-t u4: four bytes each, decimal, without sign"),
    F: flag(["-F", "-e"], "-t fD: floating point numbers (double)"),
    H: flag(["-H", "-X"], "-t x4: four bytes each, hexadecimal"),
    I: flag(["-I", "-L"], "-t dL: whole numbers (long)"),
    O: flag(["-O"], "-t o4: four bytes each, octal"),
  },
  operands: "files",
  seeAlso: ["hexdump(1)", "xxd(1)"],
  *run({ options, operands, given, sys }, io: Io) {
    const littleEndian = options.endian !== "big";
    const short = new Map([["a", "a"], ["b", "o1"], ["c", "c"], ["d", "u2"], ["f", "fF"], ["i", "dI"], ["l", "dL"], ["o", "o2"], ["s", "d2"], ["x", "x2"], ["D", "u4"], ["F", "fD"], ["H", "x4"], ["I", "dL"], ["O", "o4"]]);
    const formats: Format[] = [];
    for (const { option, argument } of given) {
      const spec = option === "format" ? argument : short.get(option);
      if (spec !== undefined) formats.push(...parseFormats(spec, littleEndian, io));
    }
    if (formats.length === 0) formats.push(...parseFormats("oS", littleEndian, io));
    const size = (value: string | undefined, name: string): number | undefined => {
      if (value === undefined) return undefined;
      const bytes = parseSize(value);
      if (bytes === undefined) io.die(`invalid ${name} argument '${value}'`);
      return bytes;
    };
    const radix = options.addressRadix ?? "o";
    if (!/^[doxn]/.test(radix)) io.die(`invalid output address radix '${radix.charAt(0)}'; it must be one character from [doxn]`);
    let skip = size(options.skip, "-j") ?? 0;
    const limit = size(options.read, "-N");
    let names = operands;
    let label: number | undefined;
    if (given.every((one) => short.has(one.option) || one.option === "traditional")) {
      const last = names.at(-1);
      const offset = last !== undefined && (names.length === 2 || last.startsWith("+")) && (names.length === 2 ? /^\+?\d/.test(last) : true) ? oldOffset(last) : undefined;
      if (offset !== undefined && names.length <= 2) {
        skip = offset;
        names = names.slice(0, -1);
      } else if (options.traditional && names.length === 3) {
        const [from, shown] = [oldOffset(names[1] ?? ""), oldOffset(names[2] ?? "")];
        if (from !== undefined && shown !== undefined) {
          skip = from;
          label = shown;
          names = names.slice(0, 1);
        }
      }
      if (options.traditional && names[1] !== undefined) {
        yield* io.warn(`extra operand ${io.quote(names[1])}`);
        yield* io.warn("compatibility mode supports at most one file");
        io.usage();
      }
    }
    const opened = { any: false };
    const source = concatenation(names.length === 0 ? ["-"] : names, io, opened);
    const unitBytes = formats.reduce((common, { bytes }) => (common * bytes) / gcd(common, bytes), 1);
    let perLine = options.width === undefined ? 16 : options.width === true ? 32 : (size(options.width, "-w") ?? 16);
    if (options.width === undefined && unitBytes > 1) perLine = unitBytes * Math.max(1, Math.floor(16 / unitBytes));
    if (perLine === 0 || perLine % unitBytes !== 0) {
      yield* io.warn(`warning: invalid width ${perLine}; using ${unitBytes} instead`);
      perLine = unitBytes;
    }
    let left = limit ?? Number.POSITIVE_INFINITY;
    let skipped = 0;
    while (skipped < skip) {
      const bytes = yield* source(Math.min(65536, skip - skipped));
      if (bytes.length === 0) {
        if (io.status === 0) io.die("cannot skip past end of combined input");
        return;
      }
      skipped += bytes.length;
    }
    const address = (offset: number): string => {
      if (radix.startsWith("n")) return "";
      const base = radix.startsWith("d") ? 10 : radix.startsWith("x") ? 16 : 8;
      const digits = base === 16 ? 6 : 7;
      const shown = offset.toString(base).padStart(digits, "0");
      return label === undefined ? shown : `${shown} (${(label + offset - skip).toString(base).padStart(digits, "0")})`;
    };
    const strings = options.stringsOf ?? options.strings;
    if (strings !== undefined) {
      yield* dumpStrings(source, strings === true ? 3 : (size(strings, "-S") ?? 3), skip, left, address, io);
      return;
    }
    const widths = columnWidths(formats, perLine);
    let offset = skip;
    let previous = "";
    let starred = false;
    for (;;) {
      const block = yield* fill(source, Math.min(perLine, left));
      if (block.length === 0) break;
      left -= block.length;
      const key = block.length === perLine ? block.join() : "";
      if (!options.duplicates && key !== "" && key === previous) {
        if (!starred) io.out.put("*\n");
        starred = true;
      } else {
        starred = false;
        const padded = new Uint8Array(Math.ceil(block.length / unitBytes) * unitBytes);
        padded.set(block);
        const view = new DataView(padded.buffer);
        for (const [index, format] of formats.entries()) {
          let line = index === 0 ? address(offset) : " ".repeat(address(offset).length);
          const count = Math.ceil(block.length / format.bytes);
          const total = perLine / format.bytes;
          const gap = (widths[index] ?? 0) - total * format.width;
          for (let i = 0; i < count; i++) {
            const before = Math.floor((gap * (total - i)) / total) - Math.floor((gap * (total - i - 1)) / total);
            line += " ".repeat(before) + format.show(view, i * format.bytes).padStart(format.width);
          }
          if (format.trailer) {
            const missing = (widths[index] ?? 0) - (line.length - address(offset).length);
            line += " ".repeat(Math.max(0, missing)) + "  >" + Array.from(block, (byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : ".")).join("") + "<";
          }
          io.out.put(line + "\n");
        }
      }
      previous = key;
      offset += block.length;
      if (io.out.full) yield* io.out.flush();
      if (sys.charge(perLine)) yield* sys.preempt();
    }
    if (!radix.startsWith("n") && opened.any) io.out.put(address(offset) + "\n");
  },
});

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

/** All formats take the width of the widest, so that the bytes stand below each other. */
function columnWidths(formats: readonly Format[], perLine: number): number[] {
  const widest = Math.max(...formats.map((format) => (perLine / format.bytes) * (format.width + 1)));
  return formats.map(() => widest);
}

function parseSize(value: string): number | undefined {
  const hex = /^0[xX]([0-9a-fA-F]+)$/.exec(value);
  if (hex) return Number.parseInt(hex[1] ?? "0", 16);
  const octal = /^0([0-7]+)(.*)$/.exec(value);
  const text = octal ? Number.parseInt(octal[1] ?? "0", 8) + (octal[2] ?? "") : value;
  const { value: size, problem } = parseScaled(text, "bEGKkMmPTYZ0");
  return problem === "none" ? Number(size) : undefined;
}

/** [+]OFFSET[.][b]: octal, decimal with a point, hexadecimal with 0x; b counts blocks of 512. */
function oldOffset(value: string): number | undefined {
  // a point would make it decimal, but this version takes the point for a wrong unit
  const match = /^\+?(?:0[xX]([0-9a-fA-F]+)|([0-7]+))([bB]?)$/.exec(value);
  if (!match) return undefined;
  const [, hex, digits = "", blocks] = match;
  const number = hex !== undefined ? Number.parseInt(hex, 16) : Number.parseInt(digits, 8);
  return number * (blocks === "b" ? 512 : blocks === "B" ? 1024 : 1);
}

function parseFormats(spec: string, littleEndian: boolean, io: Io): Format[] {
  const formats: Format[] = [];
  let rest = spec;
  while (rest !== "") {
    const match = /^([acdfoux])(?:([CSILFDHB])|(\d+))?(z?)/.exec(rest);
    if (!match) return io.die(`invalid character '${rest.charAt(0)}' in type string ${io.quote(spec)}`);
    const [whole, type = "", letter, digits, z] = match;
    rest = rest.slice((type === "a" || type === "c") ? 1 : whole.length);
    const trailer = type === "a" || type === "c" ? rest.startsWith("z") : z === "z";
    if ((type === "a" || type === "c") && trailer) rest = rest.slice(1);
    if (type === "a") formats.push({ bytes: 1, width: 3, trailer, show: (view, at) => { const code = view.getUint8(at) & 127; return code === 127 ? "del" : (NAMES[code] ?? String.fromCharCode(code)); } });
    else if (type === "c") formats.push({ bytes: 1, width: 3, trailer, show: (view, at) => { const code = view.getUint8(at); return ESCAPES.get(code) ?? (code >= 32 && code < 127 ? String.fromCharCode(code) : code.toString(8).padStart(3, "0")); } });
    else if (type === "f") {
      const bytes = letter === "F" || letter === undefined && digits === "4" ? 4 : letter === "L" || digits === "16" ? 16 : 8;
      if (digits !== undefined && !["4", "8", "16"].includes(digits)) io.die(`invalid type string ${io.quote(spec)};\nthis system doesn't provide a ${digits}-byte floating point type`);
      formats.push({ bytes, width: bytes === 4 ? 15 : bytes === 8 ? 24 : 29, trailer, show: (view, at) => floatText(bytes === 4 ? view.getFloat32(at, littleEndian) : bytes === 8 ? view.getFloat64(at, littleEndian) : 0, bytes) });
    } else {
      const bytes = digits !== undefined ? Number(digits) : letter === "C" ? 1 : letter === "S" ? 2 : letter === "L" ? 8 : 4;
      if (![1, 2, 4, 8].includes(bytes)) io.die(`invalid type string ${io.quote(spec)};\nthis system doesn't provide a ${digits}-byte integral type`);
      const bits = bytes * 8;
      const widths = type === "o" ? { 1: 3, 2: 6, 4: 11, 8: 22 } : type === "x" ? { 1: 2, 2: 4, 4: 8, 8: 16 } : type === "u" ? { 1: 3, 2: 5, 4: 10, 8: 20 } : { 1: 4, 2: 6, 4: 11, 8: 20 };
      const width = bytes === 1 ? widths[1] : bytes === 2 ? widths[2] : bytes === 4 ? widths[4] : widths[8];
      const raw = (view: DataView, at: number): bigint => {
        if (bytes === 1) return BigInt(view.getUint8(at));
        if (bytes === 2) return BigInt(view.getUint16(at, littleEndian));
        return bytes === 4 ? BigInt(view.getUint32(at, littleEndian)) : view.getBigUint64(at, littleEndian);
      };
      formats.push({
        bytes, width, trailer,
        show: (view, at) => {
          const value = raw(view, at);
          if (type === "d") return BigInt.asIntN(bits, value).toString();
          return type === "u" ? value.toString() : value.toString(type === "o" ? 8 : 16).padStart(width, "0");
        },
      });
    }
  }
  return formats;
}

/** The shortest digits that give the value back. */
function floatText(value: number, bytes: number): string {
  const most = bytes === 4 ? 9 : 17;
  for (let precision = 1; precision < most; precision++) {
    const shown = formatFloat(value, { minus: false, plus: false, space: false, alternate: false, zero: false, width: 0, precision, conversion: "g" });
    if (bytes === 4 ? Math.fround(Number(shown)) === value : Number(shown) === value) return shown;
  }
  return formatFloat(value, { minus: false, plus: false, space: false, alternate: false, zero: false, width: 0, precision: most, conversion: "g" });
}

/** The files one after the other as one input. */
function concatenation(names: readonly string[], io: Io, opened: { any: boolean }): (maxBytes: number) => Blocking<Uint8Array> {
  let index = 0;
  let current: Input | undefined;
  return function* (maxBytes) {
    for (;;) {
      const name = names[index];
      if (name === undefined) return new Uint8Array(0);
      try {
        current ??= yield* io.open(name);
        opened.any = true;
        const bytes = yield* current.chunk(maxBytes);
        if (bytes.length > 0) return bytes;
        io.close(current);
      } catch (error) {
        yield* io.fail(`${io.quoteFile(name)}: ${reason(error)}`);
      }
      current = undefined;
      index++;
    }
  };
}

function* fill(source: (maxBytes: number) => Blocking<Uint8Array>, count: number): Blocking<Uint8Array> {
  const block = new Uint8Array(count);
  let length = 0;
  while (length < count) {
    const bytes = yield* source(count - length);
    if (bytes.length === 0) break;
    block.set(bytes, length);
    length += bytes.length;
  }
  return block.slice(0, length);
}

function* dumpStrings(source: (maxBytes: number) => Blocking<Uint8Array>, least: number, start: number, limit: number, address: (offset: number) => string, io: Io): Blocking<void> {
  let run = "";
  let offset = start;
  let left = limit;
  for (;;) {
    const bytes = yield* source(Math.min(65536, left));
    if (bytes.length === 0) return;
    left -= bytes.length;
    for (const byte of bytes) {
      offset++;
      if (byte >= 32 && byte < 127) run += String.fromCharCode(byte);
      else {
        if (byte === 0 && run.length >= least) io.out.put(`${address(offset - run.length - 1)}${address(0) === "" ? "" : " "}${run}\n`);
        run = "";
      }
    }
    if (io.out.full) yield* io.out.flush();
  }
}
