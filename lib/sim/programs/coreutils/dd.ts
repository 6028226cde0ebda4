// dd(1) has words instead of options: if=FILE bs=SIZE… Over 300 lines: operands, conversions and the loop share their counters.
// (More than 400 lines: one program: its operands decide about each other.)

import { type Blocking, O, SIGNALS, type Sys, SysError } from "../../kernel/sys.ts";
import { Exit } from "../kit/io.ts";
import { GetoptError, getopt } from "../kit/getopt.ts";
import { helpText } from "../kit/help-text.ts";
import { versionText } from "../kit/gnu.ts";
import { localNumber } from "../kit/locale.ts";
import { formatFloat } from "../kit/printf-format.ts";
import { type Io, flag, program, text } from "../kit/program.ts";
import { formatSize } from "../kit/sizes.ts";

const spec = {
  name: "dd",
  summary: "copy a file in blocks of given size and number, and convert it if wanted",
  synopsis: ["[OPERAND]...", "OPTION"],
  description: ["N and BYTES take a unit: c 1, w 2, b 512, kB 1000, K 1024, MB, M and so on; 2x3 is a product. An N with B at the end means bytes, not blocks. CONVS and FLAGS are words separated by commas. On SIGUSR1, dd prints how much it has copied."],
  options: [
    text(["bs="], "BYTES", "BYTES in a block, both read and written: sets ibs and obs at once (512)"), text(["cbs="], "BYTES", "BYTES in a record, for conv=block and unblock"),
    text(["conv="], "CONVS", "what is done to the data, or to the output file: block unblock lcase ucase sparse swab sync excl nocreat notrunc noerror fdatasync fsync"), text(["count="], "N", "stop after N blocks of input"),
    text(["ibs="], "BYTES", "BYTES in a block that is read (512)"), text(["if="], "FILE", "the FILE to read, instead of standard input"),
    text(["iflag="], "FLAGS", "how the input is opened and read: direct, fullblock, nonblock, count_bytes, skip_bytes and so on"), text(["obs="], "BYTES", "BYTES in a block that is written (512)"),
    text(["of="], "FILE", "the FILE to write, instead of standard output"), text(["oflag="], "FLAGS", "how the output is opened and written: append, direct, dsync, sync, seek_bytes and so on"),
    text(["seek="], "N", "skip N blocks of obs bytes in the output before writing; oseek= means the same"), text(["skip="], "N", "skip N blocks of ibs bytes in the input before reading; iseek= means the same"),
    text(["status="], "LEVEL", "what dd reports: none (errors only), noxfer (without the last line with bytes and speed) or progress (also while copying)"), flag(["--help"], "show this help"), flag(["--version"], "show the version"),
  ],
  operands: "files",
} as const;

const CONVERSIONS = new Set(["ascii", "ebcdic", "ibm", "block", "unblock", "lcase", "ucase", "sparse", "swab", "sync", "excl", "nocreat", "notrunc", "noerror", "fdatasync", "fsync"]);
const FLAGS = new Set(["append", "direct", "directory", "dsync", "sync", "fullblock", "nonblock", "noatime", "nocache", "noctty", "nofollow", "count_bytes", "skip_bytes", "seek_bytes"]);

interface Settings {
  input: string | undefined;
  output: string | undefined;
  ibs: number;
  obs: number;
  cbs: number;
  skipBlocks: number;
  skipBytes: number;
  seekBlocks: number;
  seekBytes: number;
  count: number;
  countBytes: boolean;
  sameSize: boolean;
  conversions: Set<string>;
  iflags: Set<string>;
  oflags: Set<string>;
  status: "default" | "none" | "noxfer" | "progress";
}

/** The two that dd reads as getopt_long(3) does, wherever they stand. */
const STANDARD = new Map([["help", flag(["--help"], "show this help")], ["version", flag(["--version"], "show the version")]]);

export default program(spec, function* (sys, argv, io: Io) {
  let wanted: string | undefined;
  let operands: readonly string[];
  try {
    operands = getopt(STANDARD, argv.slice(1), {}, ({ option }) => { wanted ??= option; }).operands;
  } catch (error) {
    if (!(error instanceof GetoptError)) throw error;
    if (wanted === undefined) io.usage(error.message);
    operands = [];
  }
  if (wanted === "help") {
    io.out.put(helpText(spec, io.argv0, io.helpDomain));
    return;
  }
  if (wanted === "version") {
    io.out.put(versionText("dd", "coreutils", "9.1", io.helpDomain));
    return;
  }
  const { settings, zeroMultipliers } = parse(operands, io);
  for (let i = 0; i < zeroMultipliers; i++) yield* io.warn(`warning: ${io.quote("0x")} is a zero multiplier; use ${io.quote("00x")} if that is intended`);
  return yield* new Copy(sys, io, settings).run();
});

/** What conv=ebcdic and conv=ibm make of each byte (the tables of POSIX), in hexadecimal. */
const TO_EBCDIC = fromHex("00010203372d2e2f1605250b0c0d0e0f101112133c3d322618193f271c1d1e1f405a7f7b5b6c507d4d5d5c4e6b604b61f0f1f2f3f4f5f6f7f8f97a5e4c7e6e6f7cc1c2c3c4c5c6c7c8c9d1d2d3d4d5d6d7d8d9e2e3e4e5e6e7e8e9ade0bd9a6d79818283848586878889919293949596979899a2a3a4a5a6a7a8a9c04fd05f07202122232415061728292a2b2c090a1b30311a333435360838393a3b04143ee14142434445464748495152535455565758596263646566676869707172737475767778808a8b8c8d8e8f906a9b9c9d9e9fa0aaabac4aaeafb0b1b2b3b4b5b6b7b8b9babbbca1bebfcacbcccdcecfdadbdcdddedfeaebecedeeeffafbfcfdfeff");
const TO_IBM = fromHex("00010203372d2e2f1605250b0c0d0e0f101112133c3d322618193f271c1d1e1f405a7f7b5b6c507d4d5d5c4e6b604b61f0f1f2f3f4f5f6f7f8f97a5e4c7e6e6f7cc1c2c3c4c5c6c7c8c9d1d2d3d4d5d6d7d8d9e2e3e4e5e6e7e8e9ade0bd5f6d79818283848586878889919293949596979899a2a3a4a5a6a7a8a9c04fd0a107202122232415061728292a2b2c090a1b30311a333435360838393a3b04143ee14142434445464748495152535455565758596263646566676869707172737475767778808a8b8c8d8e8f909a9b9c9d9e9fa0aaabacadaeafb0b1b2b3b4b5b6b7b8b9babbbcbdbebfcacbcccdcecfdadbdcdddedfeaebecedeeeffafbfcfdfeff");

function fromHex(digits: string): Uint8Array {
  return Uint8Array.from({ length: digits.length / 2 }, (_, at) => Number.parseInt(digits.slice(2 * at, 2 * at + 2), 16));
}

/** "2x80x18b" */
function parseNumber(value: string): { readonly number: number; readonly bytes: boolean } | "invalid" | "overflow" {
  const parts = value.split("x");
  let number = 1;
  let bytes = false;
  for (const part of parts) {
    const match = /^(\d+)(c|w|b|B|[kK]B?|KiB|[MGTPEZY](?:B|iB)?)?(B?)$/.exec(part);
    if (!match) return "invalid";
    const [, digits = "", suffix = "", tail = ""] = match;
    let factor = 1;
    if (suffix === "B") bytes = true;
    else if (suffix === "w") factor = 2;
    else if (suffix === "b") factor = 512;
    else if (suffix !== "" && suffix !== "c") {
      const power = "KMGTPEZY".indexOf(suffix.charAt(0).toUpperCase()) + 1;
      factor = (suffix.length === 2 ? 1000 : 1024) ** power;
    }
    if (tail === "B") bytes = true;
    number *= Number(digits) * factor;
  }
  return number > Number.MAX_SAFE_INTEGER ? "overflow" : { number, bytes };
}

function parse(args: readonly string[], io: Io): { readonly settings: Settings; readonly zeroMultipliers: number } {
  const settings: Settings = {
    input: undefined, output: undefined, ibs: 0, obs: 0, cbs: 0, skipBlocks: 0, skipBytes: 0, seekBlocks: 0, seekBytes: 0, count: Number.POSITIVE_INFINITY, countBytes: false,
    sameSize: false, conversions: new Set(), iflags: new Set(), oflags: new Set(), status: "default",
  };
  let bs = 0;
  let [skip, seek] = [{ number: 0, bytes: false }, { number: 0, bytes: false }];
  const words = (list: string, known: ReadonlySet<string>, what: string, into: Set<string>): void => {
    for (const one of list.split(",")) {
      if (!known.has(one)) io.usage(`invalid ${what}: ${io.quote(one)}`);
      into.add(one);
    }
  };
  let zeroMultipliers = 0;
  for (const arg of args) {
    const equals = arg.indexOf("=");
    if (equals < 0) io.usage(`unrecognized operand ${io.quote(arg)}`);
    const [name, value] = [arg.slice(0, equals), arg.slice(equals + 1)];
    if (name === "if") settings.input = value;
    else if (name === "of") settings.output = value;
    else if (name === "conv") words(value, CONVERSIONS, "conversion", settings.conversions);
    else if (name === "iflag") words(value, FLAGS, "input flag", settings.iflags);
    else if (name === "oflag") words(value, FLAGS, "output flag", settings.oflags);
    else if (name === "status") {
      if (value !== "none" && value !== "noxfer" && value !== "progress") io.usage(`invalid status level: ${io.quote(value)}`);
      settings.status = value;
    } else if (["bs", "ibs", "obs", "cbs", "count", "skip", "iseek", "seek", "oseek"].includes(name)) {
      const parsed = parseNumber(value);
      if (typeof parsed === "string") io.die(`invalid number: ${io.quote(value)}${parsed === "overflow" ? ": Value too large for defined data type" : ""}`);
      const { number, bytes } = parsed;
      if (value.startsWith("0x")) zeroMultipliers++;
      if (["bs", "ibs", "obs", "cbs"].includes(name) && number === 0) io.die(`invalid number: ${io.quote(value)}`);
      if (number > 2 ** 40 && ["bs", "ibs", "obs"].includes(name)) io.die(`memory exhausted by input buffer of size ${number} bytes (${formatSize(number, { base: 1024, unitBytes: 1, suffix: "" })}iB)`);
      if (name === "bs") bs = number;
      else if (name === "ibs") settings.ibs = number;
      else if (name === "obs") settings.obs = number;
      else if (name === "cbs") settings.cbs = number;
      else if (name === "count") {
        settings.count = number;
        settings.countBytes = bytes;
      } else if (name === "skip" || name === "iseek") skip = { number, bytes };
      else seek = { number, bytes };
    } else io.usage(`unrecognized operand ${io.quote(arg)}`);
  }
  if (bs > 0) {
    settings.ibs = bs;
    settings.obs = bs;
  }
  settings.ibs ||= 512;
  settings.obs ||= 512;
  const { conversions } = settings;
  if (conversions.has("ascii")) conversions.add("unblock");
  if (conversions.has("ebcdic") || conversions.has("ibm")) conversions.add("block");
  if (settings.cbs === 0) for (const one of ["block", "unblock"]) conversions.delete(one);
  if (settings.oflags.has("fullblock")) io.usage(`invalid output flag: ${io.quote("fullblock")}`);
  if (["ascii", "ebcdic", "ibm"].filter((one) => conversions.has(one)).length > 1) io.die("cannot combine any two of {ascii,ebcdic,ibm}");
  if (conversions.has("block") && conversions.has("unblock")) io.die("cannot combine block and unblock");
  if (conversions.has("lcase") && conversions.has("ucase")) io.die("cannot combine lcase and ucase");
  if (conversions.has("excl") && conversions.has("nocreat")) io.die("cannot combine excl and nocreat");
  for (const flags of [settings.iflags, settings.oflags]) if (flags.has("direct") && flags.has("nocache")) io.die("cannot combine direct and nocache");
  if (settings.iflags.has("count_bytes")) settings.countBytes = true;
  if (settings.iflags.has("skip_bytes") || skip.bytes) settings.skipBytes = skip.number;
  else settings.skipBlocks = skip.number;
  if (settings.oflags.has("seek_bytes") || seek.bytes) settings.seekBytes = seek.number;
  else settings.seekBlocks = seek.number;
  // With bs=, each block that is read is written at once, also a short one.
  settings.sameSize = bs > 0 && !["block", "unblock", "swab", "lcase", "ucase", "ascii", "ebcdic", "ibm"].some((one) => conversions.has(one));
  return { settings, zeroMultipliers };
}

/** What is held of a block at a time: one of a gigabyte goes through in pieces. */
const PIECE_BYTES = 1 << 20;

class Copy {
  readonly #sys: Sys;
  readonly #io: Io;
  readonly #settings: Settings;
  #input = 0;
  #output = 1;
  #fullIn = 0;
  #partialIn = 0;
  #fullOut = 0;
  #partialOut = 0;
  #truncated = 0;
  #bytesOut = 0;
  #startUs = 0;
  #pending = new Uint8Array(0);
  /** A hole at the end must become part of the size. */
  #holeAtEnd = false;
  #column = 0;
  #spaces = 0;
  #swabByte: number | undefined;

  constructor(sys: Sys, io: Io, settings: Settings) {
    this.#sys = sys;
    this.#io = io;
    this.#settings = settings;
  }

  *run(): Blocking<number> {
    const sys = this.#sys;
    const io: Io = this.#io;
    const { input, output, conversions, iflags, oflags, obs, ibs } = this.#settings;
    if (input !== undefined) {
      try {
        this.#input = yield* sys.open(input, O.RDONLY | (iflags.has("nonblock") ? O.NONBLOCK : 0) | (iflags.has("nofollow") ? O.NOFOLLOW : 0) | (iflags.has("directory") ? O.DIRECTORY : 0));
      } catch (error) {
        io.die(`failed to open ${io.quoteName(input)}: ${error instanceof SysError ? error.message : ""}`);
      }
    }
    const seekBytes = this.#settings.seekBlocks * obs + this.#settings.seekBytes;
    if (output !== undefined) {
      if (oflags.has("append") && !conversions.has("notrunc")) yield* io.warn("you probably want conv=notrunc with oflag=append");
      const flags = (conversions.has("nocreat") ? 0 : O.CREAT) | (conversions.has("excl") ? O.EXCL : 0) | (oflags.has("append") ? O.APPEND : 0) | (seekBytes > 0 || conversions.has("notrunc") ? 0 : O.TRUNC);
      try {
        try {
          this.#output = yield* sys.open(output, flags | O.RDWR, 0o666);
        } catch (error) {
          if (!(error instanceof SysError) || error.errno === "ENOENT") throw error;
          this.#output = yield* sys.open(output, flags | O.WRONLY, 0o666);
        }
      } catch (error) {
        io.die(`failed to open ${io.quoteName(output)}: ${error instanceof SysError ? error.message : ""}`);
      }
      if (seekBytes > 0 && !conversions.has("notrunc")) {
        try {
          sys.ftruncate(this.#output, seekBytes);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          if ((sys.fstat(this.#output).mode & 0o170000) === 0o100000) io.die(`failed to truncate to ${seekBytes} bytes in output file ${io.quoteName(output)}: ${error.message}`);
        }
      }
    }
    sys.sigaction(SIGNALS.USR1, "catch");
    sys.sigaction(SIGNALS.INT, "catch");
    this.#startUs = sys.clockUs("monotonic");
    let status = 0;
    try {
      yield* this.#skip();
      if (seekBytes > 0) this.#seek(seekBytes);
      status = yield* this.#copy(ibs);
    } finally {
      if (this.#holeAtEnd) sys.ftruncate(this.#output, sys.lseek(this.#output, 0, "current"));
    }
    yield* this.#report(false);
    return status;
  }

  *#skip(): Blocking<void> {
    const io: Io = this.#io;
    const wanted = this.#settings.skipBlocks * this.#settings.ibs + this.#settings.skipBytes;
    if (wanted === 0) return;
    const name = this.#settings.input ?? "standard input";
    try {
      const stat = this.#sys.fstat(this.#input);
      const at = this.#sys.lseek(this.#input, wanted, "current");
      if ((stat.mode & 0o170000) === 0o100000 && at > stat.sizeBytes) {
        yield* io.warn(`${io.quoteFile(name)}: cannot skip to specified offset`);
      }
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      for (let left = wanted; left > 0; ) {
        const bytes = yield* this.#sys.read(this.#input, Math.min(left, this.#settings.ibs));
        if (bytes.length === 0) {
          yield* io.warn(`${io.quoteFile(name)}: cannot skip to specified offset`);
          return;
        }
        left -= bytes.length;
      }
    }
  }

  #seek(bytes: number): void {
    try {
      this.#sys.lseek(this.#output, bytes, "current");
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      this.#io.die(`${this.#io.quoteName(this.#settings.output ?? "standard output")}: cannot seek: ${error.message}`);
    }
  }

  *#signals(): Blocking<boolean> {
    for (const signal of this.#sys.takeSignals()) {
      if (signal === SIGNALS.INT) return true;
      yield* this.#report(false);
    }
    return false;
  }

  *#readBlock(size: number): Blocking<Uint8Array> {
    const chunks: Uint8Array[] = [];
    let length = 0;
    for (;;) {
      try {
        const bytes = yield* this.#sys.read(this.#input, size - length);
        if (bytes.length === 0) break;
        chunks.push(bytes);
        length += bytes.length;
      } catch (error) {
        if (error instanceof SysError && error.errno === "EINTR") {
          if (yield* this.#signals()) throw new Interrupted();
          continue;
        }
        throw error;
      }
      if (length >= size || !this.#settings.iflags.has("fullblock")) break;
    }
    if (chunks.length === 1) return chunks[0] ?? new Uint8Array(0);
    const block = new Uint8Array(length);
    let at = 0;
    for (const chunk of chunks) {
      block.set(chunk, at);
      at += chunk.length;
    }
    return block;
  }

  *#copy(ibs: number): Blocking<number> {
    const io: Io = this.#io;
    const { conversions, count, countBytes, status } = this.#settings;
    const limitBytes = countBytes ? count : Number.POSITIVE_INFINITY;
    let readBytes = 0;
    let lastProgressUs = this.#startUs;
    let result = 0;
    try {
      for (;;) {
        if (!countBytes && this.#fullIn + this.#partialIn >= count) break;
        if (readBytes >= limitBytes) break;
        const wanted = Math.min(ibs, limitBytes - readBytes);
        let block: Uint8Array;
        try {
          block = yield* this.#readBlock(Math.min(wanted, PIECE_BYTES));
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          yield* io.fail(`error reading ${io.quoteName(this.#settings.input ?? "standard input")}: ${error.message}`);
          result = 1;
          if (!conversions.has("noerror")) break;
          yield* this.#report(false);
          this.#partialIn++;
          this.#sys.lseek(this.#input, ibs, "current");
          if (!conversions.has("sync")) continue;
          block = new Uint8Array(ibs);
        }
        if (block.length === 0) break;
        if (block.length === PIECE_BYTES && block.length < wanted) {
          readBytes += yield* this.#large(block, wanted);
          if (this.#sys.charge(1)) {
            yield* this.#sys.preempt();
            if (yield* this.#signals()) throw new Interrupted();
          }
          continue;
        }
        readBytes += block.length;
        if (block.length === ibs) this.#fullIn++;
        else {
          this.#partialIn++;
          if (conversions.has("sync")) {
            const padded = new Uint8Array(ibs).fill(conversions.has("block") || conversions.has("unblock") ? 32 : 0);
            padded.set(block);
            block = padded;
          }
        }
        if (this.#settings.sameSize) yield* this.#writeBlock(block);
        else yield* this.#put(this.#convert(block));
        if (this.#sys.charge(1 + (block.length >> 9))) {
          yield* this.#sys.preempt();
          if (yield* this.#signals()) throw new Interrupted();
        }
        if (status === "progress" && this.#sys.clockUs("monotonic") - lastProgressUs >= 1e6) {
          lastProgressUs = this.#sys.clockUs("monotonic");
          yield* this.#report(true);
        }
      }
      if (this.#swabByte !== undefined) yield* this.#put(Uint8Array.of(this.#swabByte));
      if (conversions.has("block") && this.#column > 0) yield* this.#put(new Uint8Array(Math.max(0, this.#settings.cbs - this.#column)).fill(conversions.has("ebcdic") || conversions.has("ibm") ? 0x40 : 32));
      if (conversions.has("unblock") && this.#column > 0) yield* this.#put(Uint8Array.of(10));
      if (this.#pending.length > 0) {
        const rest = this.#pending;
        this.#pending = new Uint8Array(0);
        yield* this.#writeBlock(rest);
      }
    } catch (error) {
      if (error instanceof Interrupted) {
        yield* this.#report(false);
        this.#sys.sigaction(SIGNALS.INT, "default");
        this.#sys.kill(this.#sys.getpid(), SIGNALS.INT);
        yield* this.#sys.preempt();
        return 130;
      }
      throw error;
    }
    return result;
  }

  /** A block of more than one piece, whose first one was read; how long it became. What gives less than it is asked for ends it. */
  *#large(first: Uint8Array, wanted: number): Blocking<number> {
    const { ibs, obs, sameSize, conversions, iflags } = this.#settings;
    let moved = 0;
    for (let piece = first; piece.length > 0;) {
      moved += piece.length;
      if (sameSize) yield* this.#writeBytes(piece);
      else yield* this.#put(this.#convert(piece));
      if (moved >= wanted || (piece.length < PIECE_BYTES && !iflags.has("fullblock"))) break;
      if (this.#sys.charge(1 + (piece.length >> 9))) yield* this.#sys.preempt();
      try {
        piece = yield* this.#readBlock(Math.min(wanted - moved, PIECE_BYTES));
      } catch (error) {
        // the next block meets it again
        if (!(error instanceof SysError)) throw error;
        break;
      }
    }
    if (moved === ibs) this.#fullIn++;
    else this.#partialIn++;
    let length = moved;
    for (; conversions.has("sync") && length < ibs; length += PIECE_BYTES) {
      const padding = new Uint8Array(Math.min(ibs - length, PIECE_BYTES)).fill(conversions.has("block") || conversions.has("unblock") ? 32 : 0);
      if (sameSize) yield* this.#writeBytes(padding);
      else yield* this.#put(this.#convert(padding));
    }
    if (sameSize) {
      if (Math.min(length, ibs) === obs) this.#fullOut++;
      else this.#partialOut++;
    }
    return moved;
  }

  #convert(block: Uint8Array): Uint8Array {
    const { conversions, cbs } = this.#settings;
    let bytes = block;
    if (conversions.has("ascii")) bytes = bytes.map((byte) => TO_EBCDIC.indexOf(byte));
    if (conversions.has("lcase")) bytes = bytes.map((byte) => (byte >= 65 && byte <= 90 ? byte + 32 : byte));
    if (conversions.has("ucase")) bytes = bytes.map((byte) => (byte >= 97 && byte <= 122 ? byte - 32 : byte));
    const table = conversions.has("ebcdic") ? TO_EBCDIC : conversions.has("ibm") ? TO_IBM : undefined;
    if (table) bytes = bytes.map((byte) => table[byte] ?? 0);
    const newline = table?.[10] ?? 10;
    const space = table?.[32] ?? 32;
    if (conversions.has("swab")) {
      const joined = this.#swabByte === undefined ? bytes.slice() : Uint8Array.of(this.#swabByte, ...bytes);
      this.#swabByte = joined.length % 2 === 1 ? joined.at(-1) : undefined;
      const even = joined.length - (joined.length % 2);
      for (let i = 0; i < even; i += 2) [joined[i], joined[i + 1]] = [joined[i + 1] ?? 0, joined[i] ?? 0];
      bytes = joined.subarray(0, even);
    }
    if (cbs > 0 && conversions.has("block")) {
      const out: number[] = [];
      for (const byte of bytes) {
        if (byte === newline) {
          for (; this.#column < cbs; this.#column++) out.push(space);
          this.#column = 0;
        } else {
          if (this.#column < cbs) out.push(byte);
          else if (this.#column === cbs) this.#truncated++;
          this.#column++;
        }
      }
      return Uint8Array.from(out);
    }
    if (cbs > 0 && conversions.has("unblock")) {
      const out: number[] = [];
      for (const byte of bytes) {
        if (this.#column === cbs) {
          out.push(10);
          this.#column = 0;
          this.#spaces = 0;
        }
        this.#column++;
        if (byte === 32) this.#spaces++;
        else {
          for (; this.#spaces > 0; this.#spaces--) out.push(32);
          out.push(byte);
        }
      }
      return Uint8Array.from(out);
    }
    return bytes;
  }

  *#put(bytes: Uint8Array): Blocking<void> {
    const { obs } = this.#settings;
    const joined = new Uint8Array(this.#pending.length + bytes.length);
    joined.set(this.#pending);
    joined.set(bytes, this.#pending.length);
    let at = 0;
    for (; joined.length - at >= obs; at += obs) yield* this.#writeBlock(joined.slice(at, at + obs));
    this.#pending = joined.slice(at);
  }

  *#writeBlock(block: Uint8Array): Blocking<void> {
    yield* this.#writeBytes(block);
    if (block.length === this.#settings.obs) this.#fullOut++;
    else this.#partialOut++;
  }

  *#writeBytes(block: Uint8Array): Blocking<void> {
    const io: Io = this.#io;
    if (this.#settings.conversions.has("sparse") && block.every((byte) => byte === 0)) {
      try {
        this.#sys.lseek(this.#output, block.length, "current");
        this.#holeAtEnd = true;
        this.#bytesOut += block.length;
        return;
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
    }
    this.#holeAtEnd = false;
    let done = 0;
    while (done < block.length) {
      try {
        const written = yield* this.#sys.write(this.#output, done === 0 ? block : block.subarray(done));
        done += written;
        this.#bytesOut += written;
      } catch (error) {
        if (error instanceof SysError && error.errno === "EINTR") {
          if (yield* this.#signals()) throw new Interrupted();
          continue;
        }
        if (!(error instanceof SysError)) throw error;
        if (done > 0) this.#partialOut++;
        yield* io.warn(`error writing ${io.quoteName(this.#settings.output ?? "standard output")}: ${error.message}`);
        yield* this.#report(false);
        throw new Exit(1);
      }
    }
  }

  *#report(progress: boolean): Blocking<void> {
    const io: Io = this.#io;
    const { status } = this.#settings;
    if (status === "none") return;
    let message = "";
    if (!progress) {
      if (status === "progress" && this.#progressShown) message += "\n";
      message += `${this.#fullIn}+${this.#partialIn} records in\n${this.#fullOut}+${this.#partialOut} records out\n`;
      if (this.#truncated > 0) message += `${this.#truncated} truncated record${this.#truncated === 1 ? "" : "s"}\n`;
      if (status === "noxfer") {
        yield* io.stderr(message);
        return;
      }
    }
    const seconds = Math.max(0, (this.#sys.clockUs("monotonic") - this.#startUs) / 1e6);
    const bytes = this.#bytesOut;
    const si = localNumber(io.sys, human(bytes, 1000));
    const iec = localNumber(io.sys, human(bytes, 1024));
    const speed = seconds > 0 ? `${localNumber(io.sys, rate(bytes / seconds))}/s` : "Infinity B/s";
    const g = formatFloat(seconds, { minus: false, plus: false, space: false, alternate: false, zero: false, width: 0, precision: 6, conversion: "g" });
    const elapsed = progress ? `${Math.round(seconds)} s` : `${localNumber(io.sys, g)} s`;
    const sizes = bytes < 1000 ? (bytes === 1 ? "1 byte" : `${bytes} bytes`) : bytes < 1024 ? `${bytes} bytes (${si})` : `${bytes} bytes (${si}, ${iec})`;
    const line = `${sizes} copied, ${elapsed}, ${speed}`;
    if (progress) {
      this.#progressShown = true;
      yield* io.stderr("\r" + line);
    } else yield* io.stderr(message + line + "\n");
  }

  #progressShown = false;
}

class Interrupted extends Error {}

/** At least in thousands, with a decimal below a hundred. */
function rate(bytesPerSecond: number): string {
  let value = bytesPerSecond / 1000;
  let power = 0;
  while (value >= 1000 && power < 7) {
    value /= 1000;
    power++;
  }
  const shown = value.toFixed(1);
  return `${shown.length > 4 ? Math.round(value) : shown} ${"kMGTPEZY".charAt(power)}B`;
}

function human(bytes: number, base: 1000 | 1024): string {
  const text = formatSize(bytes, { base, unitBytes: 1, suffix: "" }, "nearest");
  const match = /^([\d.]+)([A-Za-z]?)$/.exec(text);
  const unit = match?.[2] ?? "";
  return `${match?.[1] ?? text} ${unit === "" ? "B" : base === 1000 ? `${unit}B` : `${unit}iB`}`;
}
