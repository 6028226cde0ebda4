// xxd(1) reads its options as words (-ps, -postscript, -cols 8 or -c8), so it parses them itself. Over 250 lines: dump and reverse share the layout.

import { type Blocking, O, SysError, type Sys } from "../../kernel/sys.ts";
import type { Input } from "../kit/input.ts";
import { type Io, flag, program, reason, text } from "../kit/program.ts";
import { Output } from "../kit/output.ts";

const OPTIONS = [
  flag(["-a"], "lines of zeros become one line with a star"), flag(["-b"], "bytes as eight binary digits (not with -ps, -i, -r)"), flag(["-C"], "with -i, names of variables in capitals"),
  text(["-c"], "cols", "bytes on a line: 16, with -i 12, with -ps 30"), flag(["-E"], "show characters in EBCDIC"), flag(["-e"], "groups with the least byte first (not with -ps, -i, -r)"),
  text(["-g"], "bytes", "bytes of a group: 2, with -e 4"), flag(["-h"], "print this summary"), flag(["-i"], "write an array for a C program"),
  text(["-l"], "len", "no more than <len> bytes"), text(["-n"], "name", "with -i, the name of the array"), text(["-o"], "off", "positions are shown <off> larger"),
  flag(["-ps"], "hexadecimal digits and nothing else"), flag(["-r"], "the way back: from a dump to bytes, into an existing file too"), flag(["-d"], "positions in base 10"),
  text(["-s"], "[+][-]seek", "begin at byte <seek>; +: from where standard input is; -: from the end"), flag(["-u"], "digits A to F in capitals"), flag(["-v"], "show version"),
];

const VERSION = "xxd 2022-01-14 by Juergen Weigert et al.";

function usage(name: string): string {
  return `Usage:\n       ${name} [options] [infile [outfile]]\n    or\n       ${name} -r [-s [-]offset] [-c cols] [-ps] [infile [outfile]]\nOptions:\n` +
    OPTIONS.map((option) => `    ${(option.names[0] + (option.argument === undefined ? "" : " " + option.argument)).padEnd(11)} ${option.help}\n`).join("");
}

interface Settings {
  mode: "hex" | "bits" | "plain" | "include" | "little";
  autoskip: boolean;
  capitalize: boolean;
  columns: number | undefined;
  ebcdic: boolean;
  group: number | undefined;
  length: number;
  name: string | undefined;
  displayOffset: number;
  decimal: boolean;
  reverse: boolean;
  seek: number;
  seekRelative: boolean;
  seekFromEnd: boolean;
  upper: boolean;
}

export default program({
  name: "xxd",
  summary: "make a hex dump or do the reverse",
  synopsis: ["[options] [infile [outfile]]", "-r [-s [-]offset] [-c cols] [-ps] [infile [outfile]]"],
  options: OPTIONS,
  operands: "files",
}, function* (sys, argv, io: Io) {
  const name = (argv[0] ?? "xxd").split("/").at(-1) ?? "xxd";
  const settings: Settings = {
    mode: "hex", autoskip: false, capitalize: false, columns: undefined, ebcdic: false, group: undefined, length: Number.POSITIVE_INFINITY, name: undefined, displayOffset: 0, decimal: false,
    reverse: false, seek: 0, seekRelative: false, seekFromEnd: false, upper: false,
  };
  let at = 1;
  for (; at < argv.length; at++) {
    let arg = argv[at] ?? "";
    if (!arg.startsWith("-") || arg === "-") break;
    if (arg === "--") {
      at++;
      break;
    }
    if (arg.startsWith("--")) arg = arg.slice(1);
    // -c8, -c 8, -cols 8
    const value = (word: string): string => {
      const attached = new RegExp(`^-${arg.charAt(1)}(.+)$`).exec(arg)?.[1];
      if (attached !== undefined && !word.startsWith(arg.slice(1))) return attached;
      const next = argv[++at];
      if (next === undefined) throw new UsageWanted();
      return next;
    };
    try {
      if (arg === "-a" || arg === "-autoskip") settings.autoskip = !settings.autoskip;
      else if (arg === "-b" || arg === "-bits") settings.mode = "bits";
      else if (arg === "-e") settings.mode = "little";
      else if (arg === "-u" || arg === "-upper") settings.upper = true;
      else if (arg === "-p" || arg === "-ps" || arg === "-postscript" || arg === "-plain") settings.mode = "plain";
      else if (arg === "-i" || arg === "-include") settings.mode = "include";
      else if (arg === "-C" || arg === "-capitalize") settings.capitalize = true;
      else if (arg === "-d") settings.decimal = true;
      else if (arg === "-r" || arg === "-revert") settings.reverse = true;
      else if (arg === "-E" || arg === "-EBCDIC") settings.ebcdic = true;
      else if (arg === "-v" || arg === "-version") {
        yield* io.stderr(VERSION + "\n");
        return 0;
      } else if (arg.startsWith("-c")) settings.columns = number(value("cols"));
      else if (arg.startsWith("-g")) settings.group = number(value("group"));
      else if (arg.startsWith("-l")) settings.length = number(value("len"));
      else if (arg.startsWith("-n")) settings.name = value("name");
      else if (arg.startsWith("-o")) settings.displayOffset = number(value("offset"));
      else if (arg.startsWith("-s")) {
        const seek = value("seek");
        settings.seekRelative = seek.startsWith("+");
        settings.seekFromEnd = /^\+?-/.test(seek);
        settings.seek = number(seek.replace(/^[-+]+/, ""));
      } else throw new UsageWanted();
    } catch (error) {
      if (!(error instanceof UsageWanted)) throw error;
      yield* io.stderr(usage(name));
      return 1;
    }
  }
  const operands = argv.slice(at);
  if (operands.length > 2) {
    yield* io.stderr(usage(name));
    return 1;
  }
  const { mode } = settings;
  if (settings.columns === 0) settings.columns = undefined;
  settings.columns ??= mode === "plain" ? 30 : mode === "include" ? 12 : mode === "bits" ? 6 : 16;
  if (settings.columns < 1 || (mode !== "plain" && mode !== "include" && settings.columns > 256)) {
    yield* io.stderr(`${name}: invalid number of columns (max. 256).\n`);
    return 1;
  }
  const [inputName = "-", outputName] = operands;
  let input: Input;
  try {
    input = yield* io.open(inputName);
  } catch (error) {
    yield* io.stderr(`${name}: ${inputName}: ${reason(error)}\n`);
    return 2;
  }
  let out = io.out;
  if (outputName !== undefined && outputName !== "-") {
    try {
      out = new Output(sys, yield* sys.open(outputName, O.WRONLY | O.CREAT | (settings.reverse ? 0 : O.TRUNC), 0o666));
    } catch (error) {
      yield* io.stderr(`${name}: ${outputName}: ${reason(error)}\n`);
      return 3;
    }
  }
  if (settings.reverse) yield* revert(input, out, settings, sys);
  else {
    const skipped = yield* seekInput(input, settings, sys);
    if (skipped === undefined) {
      yield* io.stderr(`${name}: sorry cannot seek.\n`);
      return 4;
    }
    if (mode === "include") yield* include(input, out, settings, inputName, sys);
    else if (mode === "plain") yield* plain(input, out, settings, sys);
    else yield* dump(input, out, settings, skipped, sys);
  }
  if (out !== io.out) yield* out.flush();
  return 0;
});

class UsageWanted extends Error {}

function number(value: string): number {
  if (/^0[xX][0-9a-fA-F]+$/.test(value)) return Number.parseInt(value, 16);
  if (/^0[0-7]+$/.test(value)) return Number.parseInt(value, 8);
  return Number.parseInt(value, 10) || 0;
}

/** The file position where the dump begins; undefined when it cannot be reached. */
function* seekInput(input: Input, settings: Settings, sys: Sys): Blocking<number | undefined> {
  const { seek, seekRelative, seekFromEnd } = settings;
  if (seek === 0 && !seekFromEnd) return 0;
  try {
    return sys.lseek(input.fd, seekFromEnd ? -seek : seek, seekRelative ? "current" : seekFromEnd ? "end" : "set");
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    if (seekFromEnd) return undefined;
  }
  for (let left = seek; left > 0; ) {
    const bytes = yield* input.chunk(Math.min(left, 65536));
    if (bytes.length === 0) return undefined;
    left -= bytes.length;
  }
  return seek;
}

function* rows(input: Input, size: number, limit: number, sys: Sys, row: (bytes: Uint8Array, offset: number, last: boolean) => Blocking<void>): Blocking<number> {
  let held = new Uint8Array(0);
  let offset = 0;
  let left = limit;
  for (;;) {
    const bytes = left > 0 ? yield* input.chunk(Math.min(left, 65536)) : new Uint8Array(0);
    left -= bytes.length;
    const joined = new Uint8Array(held.length + bytes.length);
    joined.set(held);
    joined.set(bytes, held.length);
    let at = 0;
    // The last row is known as such only at the end, so one is held back.
    for (; joined.length - at > size; at += size) {
      yield* row(joined.subarray(at, at + size), offset, false);
      offset += size;
    }
    held = joined.slice(at);
    if (sys.charge(1 + (bytes.length >> 4))) yield* sys.preempt();
    if (bytes.length > 0) continue;
    if (held.length > 0) yield* row(held, offset, true);
    return offset + held.length;
  }
}

const hexOf = (byte: number, upper: boolean): string => {
  const hex = byte.toString(16).padStart(2, "0");
  return upper ? hex.toUpperCase() : hex;
};

/** EBCDIC to ASCII from 0x40 on, a point for what does not print. */
const EBCDIC = " ...........<(+|&.........!$*);~-/.........,%_>?.........`:#@'=\".abcdefghi.......jklmnopqr^.......stuvwxyz...[...............]..{ABCDEFGHI......}JKLMNOPQR......\\.STUVWXYZ......0123456789......";

function* dump(input: Input, out: Output, settings: Settings, start: number, sys: Sys): Blocking<void> {
  const { mode, upper, decimal, displayOffset, ebcdic, autoskip } = settings;
  const columns = settings.columns ?? 16;
  let group = settings.group ?? (mode === "little" ? 4 : mode === "bits" ? 1 : 2);
  if (group < 1 || group > columns) group = columns;
  const width = mode === "bits" ? 8 : 2;
  const groups = Math.ceil(columns / group);
  const bodyWidth = columns * width + groups;
  let zeros = 0;
  let held = "";
  yield* rows(input, columns, settings.length, sys, function* (bytes, offset, last) {
    let body = "";
    if (mode === "little") {
      for (let at = 0; at < columns; at += group) {
        let word = "";
        for (let i = group - 1; i >= 0; i--) word += at + i < bytes.length ? hexOf(bytes[at + i] ?? 0, upper) : at + i < columns ? "  " : "";
        body += word + " ";
      }
    } else {
      for (let i = 0; i < bytes.length; i++) {
        body += mode === "bits" ? (bytes[i] ?? 0).toString(2).padStart(8, "0") : hexOf(bytes[i] ?? 0, upper);
        if ((i + 1) % group === 0) body += " ";
      }
    }
    const shown = Array.from(bytes, (byte) => {
      if (ebcdic) return byte < 64 ? "." : EBCDIC.charAt(byte - 64);
      return byte > 31 && byte < 127 ? String.fromCharCode(byte) : ".";
    }).join("");
    const position = start + offset + displayOffset;
    const line = `${decimal ? String(position).padStart(8, "0") : position.toString(16).padStart(8, "0")}: ${body.padEnd(bodyWidth)} ${shown}\n`;
    if (autoskip && bytes.every((byte) => byte === 0)) {
      zeros++;
      if (zeros === 1) out.put(line);
      else if (last) out.put((zeros === 2 ? "" : zeros === 3 ? held : "*\n") + line);
      held = zeros === 2 ? line : held;
    } else {
      if (zeros === 2) out.put(held);
      else if (zeros > 2) out.put("*\n");
      zeros = 0;
      out.put(line);
    }
    if (out.full) yield* out.flush();
  });
}

function* plain(input: Input, out: Output, settings: Settings, sys: Sys): Blocking<void> {
  const columns = settings.columns ?? 30;
  yield* rows(input, columns, settings.length, sys, function* (bytes) {
    out.put(Array.from(bytes, (byte) => hexOf(byte, settings.upper)).join("") + "\n");
    if (out.full) yield* out.flush();
  });
}

function* include(input: Input, out: Output, settings: Settings, inputName: string, sys: Sys): Blocking<void> {
  const named = inputName !== "-" || settings.name !== undefined;
  let name = (settings.name ?? inputName).replace(/[^A-Za-z0-9]/g, "_");
  if (/^\d/.test(name)) name = "__" + name;
  if (settings.capitalize) name = name.toUpperCase();
  if (named) out.put(`unsigned char ${name}[] = {\n`);
  const prefix = settings.upper ? "0X" : "0x";
  const length = yield* rows(input, settings.columns ?? 12, settings.length, sys, function* (bytes, _, last) {
    out.put("  " + Array.from(bytes, (byte) => prefix + hexOf(byte, settings.upper)).join(", ") + (last ? "\n" : ",\n"));
    if (out.full) yield* out.flush();
  });
  if (named) out.put(`};\nunsigned int ${name}_${settings.capitalize ? "LEN" : "len"} = ${length};\n`);
}

function* revert(input: Input, out: Output, settings: Settings, sys: Sys): Blocking<void> {
  const columns = settings.columns ?? 16;
  const base = settings.seekFromEnd ? -settings.seek : settings.seek;
  let position = 0;
  for (;;) {
    const lines = yield* input.lines();
    if (lines.length === 0) return;
    for (const line of lines) {
      if (settings.mode === "plain") {
        const digits = line.replace(/[^0-9a-fA-F]/g, "");
        out.putBytes(Uint8Array.from({ length: digits.length >> 1 }, (_, i) => Number.parseInt(digits.slice(i * 2, i * 2 + 2), 16)));
        continue;
      }
      const head = /^\s*([0-9a-fA-F]+):?\s?(.*)$/.exec(line);
      if (!head) continue;
      const address = Number.parseInt(head[1] ?? "0", 16) + base;
      const bytes: number[] = [];
      let body = head[2] ?? "";
      while (bytes.length < columns) {
        const pair = settings.mode === "bits" ? /^ ?([01]{8})/.exec(body) : /^ ?([0-9a-fA-F]{2})/.exec(body);
        if (!pair) break;
        bytes.push(Number.parseInt(pair[1] ?? "0", settings.mode === "bits" ? 2 : 16));
        body = body.slice(pair[0].length);
      }
      if (address !== position) {
        yield* out.flush();
        try {
          sys.lseek(out.fd, address, "set");
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          // A pipe cannot go back, but the gap can be filled.
          if (address > position) out.putBytes(new Uint8Array(address - position));
        }
        position = address;
      }
      out.putBytes(Uint8Array.from(bytes));
      position += bytes.length;
    }
    if (out.full) yield* out.flush();
    if (sys.charge(lines.length)) yield* sys.preempt();
  }
}
