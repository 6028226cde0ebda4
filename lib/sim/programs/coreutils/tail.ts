import { type Blocking, O, S, SIGNALS, type Stat, type Sys, SysError } from "../../kernel/sys.ts";
import type { Input } from "../kit/input.ts";
import { parseDuration } from "../kit/duration.ts";
import { Exit } from "../kit/io.ts";
import { type Io, flag, gnu, optionalWord, reason, text } from "../kit/gnu.ts";
import { WriteError } from "../kit/output.ts";
import { parseScaled } from "../kit/sizes.ts";

export default gnu({
  name: "tail",
  summary: "print the end of files: the last lines or bytes, and what is added later",
  synopsis: ["[OPTION]... [FILE]..."],
  description: ["The last ten lines, if no number is given. With several FILEs, a line with its name stands above each. NUM takes a unit: b 512, kB 1000, K 1024, MB, M and so on."],
  options: {
    bytes: text(["-c", "--bytes"], "[+]NUM", "the last NUM bytes; +NUM means everything from byte NUM on"),
    followShort: flag(["-f"], "keep running and show what is added to the file, as --follow does"),
    follow: optionalWord(["--follow"], "HOW", [["descriptor"], ["name"]], "keep running and show what is added: to the open file, even if it is renamed (descriptor, the default), or to whichever file has the name (name)"),
    followRetry: flag(["-F"], "short for --follow=name --retry"),
    lines: text(["-n", "--lines"], "[+]NUM", "the last NUM lines (10); +NUM means everything from line NUM on"),
    maxUnchangedStats: text(["--max-unchanged-stats"], "N", "with --follow=name, after N checks without a change, see whether the name belongs to another file now (5)"),
    pid: text(["--pid"], "PID", "with -f, stop when the process PID ends"),
    quiet: flag(["-q", "--quiet", "--silent"], "never print the line with the name, even for several files"),
    retry: flag(["--retry"], "if FILE cannot be opened, try again and again"),
    interval: text(["-s", "--sleep-interval"], "N", "with -f, check the files every N seconds (1.0)"),
    verbose: flag(["-v", "--verbose"], "print the line with the name even for a single file"),
    zero: flag(["-z", "--zero-terminated"], "lines end with NUL instead of a newline, in input and output"),
  },
  operands: "files",
  seeAlso: ["head(1)"],
  rewrite: (args) => {
    // The obsolete forms are -NUM, +NUM with [bcl][f].
    const old = /^([-+])(\d+)?([bcl]?)(f?)$/.exec(args[0] ?? "");
    const usable = old && args.length <= 2 && (old[2] !== undefined || old[1] === "+" ? old[0] !== "+" : old[3] !== "" && old[0] !== "-c");
    if (!usable) {
      for (let i = 0; i < args.length && args[i] !== "--"; i++) {
        const arg = args[i] ?? "";
        if (/^-[ncs]$/.test(arg) || /^--(lines|bytes|pid|sleep-interval|max-unchanged-stats)$/.test(arg)) i++;
        else if (/^-[fFqvz]*\d/.test(arg)) throw new Exit(1, `option used in invalid context -- ${/\d/.exec(arg)?.[0]}`);
      }
      return args;
    }
    const [, sign = "", count = "10", unit = "", follow = ""] = old;
    const plus = sign === "+" ? "+" : "";
    const scaled = unit === "b" ? String(Number(count) * 512) : count;
    return [unit === "b" || unit === "c" ? `--bytes=${plus}${scaled}` : `--lines=${plus}${count}`, ...(follow === "f" ? ["--follow"] : []), ...args.slice(1)];
  },
  *run({ options, operands, given, sys }, io: Io) {
    const last = given.findLast((one) => one.option === "bytes" || one.option === "lines");
    const byBytes = last?.option === "bytes";
    const argument = last?.argument ?? "10";
    const fromStart = argument.startsWith("+");
    const digits = argument.replace(/^[-+]/, "");
    const { value, problem } = parseScaled(digits, "bEGKkMPTYZ0");
    if (problem === "overflow") io.die(`invalid number of ${byBytes ? "bytes" : "lines"}: ${io.quote(argument)}: Value too large for defined data type`);
    if (problem !== "none") io.die(`invalid number of ${byBytes ? "bytes" : "lines"}: ${io.quote(argument)}`);
    const count = Number(value);
    const follow = options.followRetry ? "name" : options.follow === true || (options.follow === undefined && options.followShort) ? "descriptor" : options.follow;
    const retry = options.followRetry || options.retry;
    let intervalUs = 1e6;
    if (options.interval !== undefined) {
      const parsed = /[smhd]$/.test(options.interval) ? undefined : parseDuration(options.interval);
      if (parsed === undefined) io.die(`invalid number of seconds: ${io.quote(options.interval)}`);
      intervalUs = Math.max(1000, parsed);
    }
    let pid: number | undefined;
    if (options.pid !== undefined) {
      if (!/^\d+$/.test(options.pid)) io.die(`invalid PID: ${io.quote(options.pid)}`);
      pid = Number(options.pid);
    }
    if (options.maxUnchangedStats !== undefined && !/^\d+$/.test(options.maxUnchangedStats)) io.die(`invalid maximum number of unchanged stats between opens: ${io.quote(options.maxUnchangedStats)}`);
    if (retry && follow === undefined) yield* io.warn("warning: --retry ignored; --retry is useful only when following");
    else if (options.retry && follow === "descriptor") yield* io.warn("warning: --retry only effective for the initial open");
    if (pid !== undefined && follow === undefined) yield* io.warn("warning: PID ignored; --pid=PID is useful only when following");
    const names = operands.length === 0 ? ["-"] : operands;
    if (follow === "name" && names.includes("-")) io.die(`cannot follow ${io.quoteName("-")} by name`);
    const verbosity = given.findLast((one) => one.option === "quiet" || one.option === "verbose")?.option;
    const headers = verbosity === "verbose" || (verbosity === undefined && names.length > 1);
    const delimiter = options.zero ? 0 : 10;
    const follower = new Follower(sys, io, { byName: follow === "name", retry, headers, intervalUs, pid });
    let first = true;
    for (const name of names) {
      const shown = name === "-" ? "standard input" : name;
      let input: Input;
      try {
        input = yield* io.open(name);
      } catch (error) {
        yield* io.fail(`cannot open ${io.quoteName(shown)} for reading: ${reason(error)}`);
        if (follow !== undefined && retry) follower.add(name, undefined);
        continue;
      }
      if (headers) {
        io.out.put(`${first ? "" : "\n"}==> ${shown} <==\n`);
        first = false;
      }
      try {
        if (byBytes) yield* fromStart ? skipBytes(input, Math.max(0, count - 1), io) : lastBytes(input, count, io);
        else yield* fromStart ? skipLines(input, Math.max(0, count - 1), delimiter, io) : lastLines(input, count, delimiter, io);
        follower.lastPrinted = name;
      } catch (error) {
        if (error instanceof WriteError) throw error;
        yield* io.fail(`error reading ${io.quoteName(shown)}: ${reason(error)}`);
        if (follow !== undefined && error instanceof SysError && error.errno === "EISDIR") yield* io.fail(`${io.quoteFile(shown)}: cannot follow end of this type of file; giving up on this name`);
        io.close(input);
        continue;
      }
      if (follow !== undefined && !(name === "-" && (sys.fstat(0).mode & S.IFMT) === S.IFIFO)) follower.add(name, input.fd);
      else io.close(input);
    }
    yield* io.out.flush();
    if (follow !== undefined) yield* follower.run();
  },
});

function* skipBytes(input: Input, count: number, io: Io): Blocking<void> {
  let left = count;
  for (;;) {
    const bytes = yield* input.chunk();
    if (bytes.length === 0) return;
    if (left >= bytes.length) left -= bytes.length;
    else {
      yield* io.out.printBytes(left === 0 ? bytes : bytes.slice(left));
      left = 0;
    }
  }
}

function* skipLines(input: Input, count: number, delimiter: number, io: Io): Blocking<void> {
  let left = count;
  for (;;) {
    const bytes = yield* input.chunk();
    if (bytes.length === 0) return;
    let start = 0;
    while (left > 0 && start < bytes.length) {
      const at = bytes.indexOf(delimiter, start);
      if (at < 0) start = bytes.length;
      else {
        start = at + 1;
        left--;
      }
    }
    if (start < bytes.length) yield* io.out.printBytes(start === 0 ? bytes : bytes.slice(start));
  }
}

/** Regular files are read from their end. */
function seekable(sys: Sys, fd: number): { readonly position: number; readonly sizeBytes: number } | undefined {
  const stat = sys.fstat(fd);
  if ((stat.mode & S.IFMT) !== S.IFREG || stat.sizeBytes === 0) return undefined;
  try {
    return { position: sys.lseek(fd, 0, "current"), sizeBytes: stat.sizeBytes };
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
}

/** /dev/zero gives the same over and over: it is held once. */
function sameAgain(bytes: Uint8Array, last: Uint8Array | undefined): Uint8Array | undefined {
  if (last === undefined || last.length !== bytes.length) return undefined;
  for (let at = 0; at < bytes.length; at++) if (bytes[at] !== last[at]) return undefined;
  return last;
}

function* lastBytes(input: Input, count: number, io: Io): Blocking<void> {
  const where = seekable(io.sys, input.fd);
  if (where) {
    io.sys.lseek(input.fd, Math.max(where.position, where.sizeBytes - count), "set");
    yield* skipBytes(input, 0, io);
    return;
  }
  const held: Uint8Array[] = [];
  let heldBytes = 0;
  let told = 0;
  let repeated = 0;
  for (;;) {
    const bytes = yield* input.chunk();
    if (bytes.length === 0) break;
    const again = sameAgain(bytes, held.at(-1));
    held.push(again ?? bytes);
    heldBytes += bytes.length;
    if (again !== undefined) repeated += bytes.length;
    while (held[0] !== undefined && heldBytes - held[0].length >= count) heldBytes -= held.shift()?.length ?? 0;
    if (heldBytes - told > 1 << 20) {
      io.sys.allocate(heldBytes - told, heldBytes - told - repeated);
      told = heldBytes;
      repeated = 0;
    }
  }
  let skip = heldBytes - count;
  for (const bytes of held) {
    if (skip < bytes.length) yield* io.out.printBytes(skip > 0 ? bytes.slice(skip) : bytes);
    skip = Math.max(0, skip - bytes.length);
  }
}

function* lastLines(input: Input, count: number, delimiter: number, io: Io): Blocking<void> {
  const where = seekable(io.sys, input.fd);
  if (where) {
    let end = where.sizeBytes;
    let start = where.position;
    let left = count;
    let atEnd = true;
    search: while (end > where.position && left > 0) {
      const from = Math.max(where.position, end - 16384);
      const bytes = yield* io.sys.pread(input.fd, end - from, from);
      if (io.sys.charge(1 + (bytes.length >> 8))) yield* io.sys.preempt();
      for (let at = bytes.length - 1; at >= 0; at--) {
        if (bytes[at] !== delimiter) {
          atEnd = false;
          continue;
        }
        // The newline that ends the last line does not begin another one.
        if (atEnd) {
          atEnd = false;
          continue;
        }
        if (--left === 0) {
          start = from + at + 1;
          break search;
        }
      }
      end = from;
    }
    io.sys.lseek(input.fd, count === 0 ? where.sizeBytes : start, "set");
    yield* skipBytes(input, 0, io);
    return;
  }
  const end = String.fromCharCode(delimiter);
  let held: string[] = [];
  for (;;) {
    const lines = yield* input.lines(end);
    if (lines.length === 0) break;
    held = held.length === 0 && lines.length > count ? lines.slice(lines.length - count) : held.concat(lines);
    if (held.length > count) held = held.slice(held.length - count);
  }
  for (const [index, line] of held.entries()) {
    io.out.putLatin1(line + (input.unterminated && index === held.length - 1 ? "" : end));
    if (io.out.full) yield* io.out.flush();
  }
}

interface Followed {
  readonly name: string;
  fd: number | undefined;
  ino: number;
  dev: number;
  sizeBytes: number;
  /** The reason it cannot be opened was told. */
  told: boolean;
}

interface FollowSettings {
  readonly byName: boolean;
  readonly retry: boolean;
  readonly headers: boolean;
  readonly intervalUs: number;
  readonly pid: number | undefined;
}

class Follower {
  readonly #sys: Sys;
  readonly #io: Io;
  readonly #settings: FollowSettings;
  readonly #files: Followed[] = [];
  lastPrinted = "";

  constructor(sys: Sys, io: Io, settings: FollowSettings) {
    this.#sys = sys;
    this.#io = io;
    this.#settings = settings;
  }

  add(name: string, fd: number | undefined): void {
    const stat = fd === undefined ? undefined : this.#sys.fstat(fd);
    this.#files.push({ name, fd, ino: stat?.ino ?? -1, dev: stat?.dev ?? -1, sizeBytes: stat?.sizeBytes ?? 0, told: fd === undefined });
  }

  *run(): Blocking<void> {
    const sys = this.#sys;
    const { pid, byName, retry, intervalUs } = this.#settings;
    if (this.#files.length === 0) {
      this.#io.die("no files remaining");
    }
    const watched = (sys.fstat(1).mode & S.IFMT) === S.IFIFO;
    for (;;) {
      let writerGone = false;
      if (pid !== undefined) {
        try {
          sys.kill(pid, 0);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          writerGone = error.errno === "ESRCH";
        }
      }
      for (const file of this.#files) {
        if (byName || (retry && file.fd === undefined)) yield* this.#check(file);
        if (file.fd !== undefined) yield* this.#copy(file, file.fd);
      }
      yield* this.#io.out.flush();
      if (writerGone) return;
      if (this.#files.every((file) => file.fd === undefined) && !retry) this.#io.die("no files remaining");
      if (!watched) yield* sys.sleep(intervalUs);
      else if ((yield* sys.poll([{ fd: 1, events: 0 }], intervalUs)).length > 0) {
        // nobody reads any more: what another write would bring
        sys.kill(sys.getpid(), SIGNALS.PIPE);
        yield* sys.preempt();
      }
    }
  }

  /** Follows the name: another file may stand there now. */
  *#check(file: Followed): Blocking<void> {
    const io: Io = this.#io;
    const sys = this.#sys;
    let stat: Stat | undefined;
    let why = "";
    try {
      stat = sys.stat(file.name);
    } catch (error) {
      why = reason(error);
    }
    if (stat === undefined) {
      if (file.fd !== undefined) {
        yield* io.fail(`${io.quoteName(file.name)} has become inaccessible: ${why}`);
        sys.close(file.fd);
        file.fd = undefined;
        file.told = true;
      }
      return;
    }
    if (file.fd !== undefined && stat.ino === file.ino && stat.dev === file.dev) return;
    try {
      const fd = yield* sys.open(file.name, O.RDONLY | O.NONBLOCK);
      if (file.fd === undefined) yield* io.warn(`${io.quoteName(file.name)} has appeared;  following new file`);
      else {
        yield* io.warn(`${io.quoteName(file.name)} has been replaced;  following new file`);
        sys.close(file.fd);
      }
      file.fd = fd;
      file.ino = stat.ino;
      file.dev = stat.dev;
      file.sizeBytes = 0;
      file.told = false;
    } catch (error) {
      const text = reason(error);
      if (!file.told) yield* io.fail(`${io.quoteName(file.name)} has become inaccessible: ${text}`);
      file.told = true;
    }
  }

  *#copy(file: Followed, fd: number): Blocking<void> {
    const io: Io = this.#io;
    const stat = this.#sys.fstat(fd);
    if ((stat.mode & S.IFMT) === S.IFREG) {
      const position = this.#sys.lseek(fd, 0, "current");
      if (stat.sizeBytes < position) {
        yield* io.warn(`${io.quoteFile(file.name)}: file truncated`);
        this.#sys.lseek(fd, 0, "set");
      } else if (stat.sizeBytes === position) return;
    }
    for (;;) {
      let bytes: Uint8Array;
      try {
        bytes = yield* this.#sys.read(fd, 65536);
      } catch (error) {
        if (error instanceof SysError && error.errno === "EAGAIN") return;
        throw error;
      }
      if (bytes.length === 0) return;
      if (this.#settings.headers && this.lastPrinted !== file.name) io.out.put(`\n==> ${file.name === "-" ? "standard input" : file.name} <==\n`);
      this.lastPrinted = file.name;
      yield* io.out.printBytes(bytes);
      if (this.#sys.charge(1 + (bytes.length >> 8))) yield* this.#sys.preempt();
    }
  }
}
