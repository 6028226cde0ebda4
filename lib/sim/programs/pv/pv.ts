// pv 1.6.20: copies like cat and shows how far it is.

import { encode, O, S, SIGNALS, type Stat, SysError } from "../../kernel/sys.ts";
import { counted, flag, gnu, type Io, reason, text, unsimulated } from "../kit/gnu.ts";
import { readZone } from "../kit/zones.ts";
import { FAILED, lengthOf, type Settings, Transfer } from "./_transfer.ts";
import { watchAll, watchOne } from "./_watch.ts";

const FACTORS = new Map([["", 1], ["k", 1024], ["m", 1024 ** 2], ["g", 1024 ** 3], ["t", 1024 ** 4]]);

function integer(io: Io, letter: string, given: string | undefined): number {
  if (given === undefined) return 0;
  const [, digits, suffix = ""] = /^[ \t]*(\d+)[ \t]*([kmgt]?)$/i.exec(given) ?? [];
  if (digits === undefined) io.die(`-${letter}: integer argument expected`, FAILED.options);
  return Number(digits) * (FACTORS.get(suffix.toLowerCase()) ?? 1);
}

function seconds(io: Io, letter: string, given: string | undefined, otherwise: number): number {
  if (given === undefined) return otherwise;
  if (!/^[ \t]*\d*(?:[.,]\d*)?$/.test(given) || given === "") io.die(`-${letter}: numeric argument expected`, FAILED.options);
  return Math.round((Number(given.replace(",", ".")) || 0) * 1e6);
}

export default gnu({
  name: "pv",
  helpLetter: "h",
  versionLetter: "V",
  versionText: "pv 1.6.20 - Copyright 2015 Andrew Wood <andrew.wood@ivarch.com>\n\nWeb site: http://www.ivarch.com/programs/pv.shtml\n",
  summary: "copy files, or standard input, to standard output and show how far it is",
  synopsis: ["[OPTION] [FILE]...", "[-h|-V]"],
  options: {
    progress: flag(["-p", "--progress"], "a bar"),
    timer: flag(["-t", "--timer"], "the time since the start"),
    eta: flag(["-e", "--eta"], "the time that is left, as far as the size is known"),
    fineta: flag(["-I", "--fineta"], "the time of day when it will be done"),
    rate: flag(["-r", "--rate"], "the rate of the last interval"),
    averageRate: flag(["-a", "--average-rate"], "the rate since the start"),
    bytes: flag(["-b", "--bytes"], "how much was copied"),
    bufferPercent: flag(["-T", "--buffer-percent"], "how full the buffer is"),
    lastWritten: text(["-A", "--last-written"], "NUM", "the NUM bytes that were written last"),
    format: text(["-F", "--format"], "FORMAT", "the parts that FORMAT names, each by %% and the letter of its option (%p, %t, %16A, %N for the name)"),
    numeric: flag(["-n", "--numeric"], "a percentage a line, for other programs; with -b bytes, with -l lines, with -t after the seconds"),
    quiet: flag(["-q", "--quiet"], "show nothing: for -L alone"),
    wait: flag(["-W", "--wait"], "nothing before the first byte is through"),
    delayStart: text(["-D", "--delay-start"], "SEC", "nothing before SEC seconds have passed"),
    size: text(["-s", "--size"], "SIZE", "so much will come; k, m, g, t multiply by 1024"),
    lineMode: flag(["-l", "--line-mode"], "count lines"),
    nullLines: flag(["-0", "--null"], "count what ends with a zero byte"),
    interval: text(["-i", "--interval"], "SEC", "the time between two looks, 1 second unless given"),
    width: text(["-w", "--width"], "WIDTH", "columns of the terminal"),
    height: text(["-H", "--height"], "HEIGHT", "rows of the terminal"),
    name: text(["-N", "--name"], "NAME", "a name in front"),
    force: flag(["-f", "--force"], "show it even where standard error is no terminal"),
    cursor: unsimulated(["-c", "--cursor"], "place the line by the cursor, for several pv in a pipeline", "the pv of a pipeline share no memory here"),
    rateLimit: text(["-L", "--rate-limit"], "RATE", "no more than RATE bytes (lines with -l) a second"),
    bufferSize: text(["-B", "--buffer-size"], "BYTES", "the size of the buffer"),
    noSplice: flag(["-C", "--no-splice"], "read and write, never splice(2)"),
    skipErrors: counted(["-E", "--skip-errors"], "zeros in place of what cannot be read; twice: one message a file"),
    stopAtSize: flag(["-S", "--stop-at-size"], "end after as much as --size says"),
    remote: unsimulated(["-R", "--remote"], "give a pv that runs other settings", "message queues of System V carry nothing here", "PID"),
    pidfile: text(["-P", "--pidfile"], "FILE", "keep the process ID in FILE while it runs"),
    watchfd: text(["-d", "--watchfd"], "PID[:FD]", "copy nothing: show how far that process is in the files it has open, or in that one"),
  },
  operands: "files",
  exitStatuses: [["0", "all is copied"], ["1", "the file of -P cannot be written"], ["2", "a file cannot be opened"], ["4", "a file is the output, too"], ["8", "the next file cannot be had"], ["16", "reading or writing failed"], ["32", "a signal ended it"], ["64", "a wrong option"]],
  seeAlso: ["cat(1)", "dialog(1)"],
  usageStatus: FAILED.options,
  tryLine: () => "Try `pv --help' for more information.\n",
  *run({ options, operands, sys }, io: Io) {
    const name = (message: string): string => `pv: ${message}`;
    const lastWritten = integer(io, "A", options.lastWritten);
    const width = integer(io, "w", options.width);
    integer(io, "H", options.height);
    const chosen = options.progress || options.timer || options.eta || options.fineta || options.rate || options.averageRate || options.bytes || options.bufferPercent || options.lastWritten !== undefined;
    const lines = options.lineMode || options.nullLines;
    const watch = options.watchfd === undefined ? undefined : /^\s*(\d+)(?::(\d+))?/.exec(options.watchfd);
    if (watch === null) io.die("-d: process ID or pid:fd pair expected", FAILED.options);
    const base = {
      numeric: options.numeric, numericBytes: options.bytes, numericTime: options.timer, quiet: options.quiet, waits: options.wait, delayUs: seconds(io, "D", options.delayStart, 0), stopAtSize: options.stopAtSize,
      lines, nullLines: options.nullLines, intervalUs: Math.max(100_000, Math.min(600_000_000, seconds(io, "i", options.interval, 1_000_000))), width: width > 0 ? width : 80, widthGiven: width > 0,
      name: options.name, force: options.force, rateLimit: integer(io, "L", options.rateLimit), bufferBytes: integer(io, "B", options.bufferSize), skipErrors: options.skipErrors, size: integer(io, "s", options.size),
    };
    /** What is shown where --format says nothing; a time that is left needs a size. */
    const formatFor = (size: number): string => {
      if (options.format !== undefined) return options.format;
      const wanted = (given: boolean, standard: boolean): boolean => (chosen ? given : standard);
      return [
        options.name !== undefined && "%N", wanted(options.bytes, true) && "%b", options.bufferPercent && "%T", wanted(options.timer, true) && "%t", wanted(options.rate, true) && "%r", options.averageRate && "%a",
        wanted(options.progress, true) && "%p", wanted(options.eta, true) && size > 0 && "%e", options.fineta && "%I", options.lastWritten !== undefined && `%${lastWritten}A`,
      ].filter((part) => part !== false).join(" ");
    };
    const zone = yield* readZone(sys);
    if (options.pidfile !== undefined) {
      try {
        const fd = yield* sys.open(options.pidfile, O.WRONLY | O.CREAT | O.TRUNC | O.CLOEXEC, 0o666);
        yield* sys.write(fd, encode(`${sys.getpid()}\n`));
        sys.close(fd);
      } catch (error) {
        yield* io.stderr(`${name(`${options.pidfile}: ${reason(error)}`)}\n`);
        return 1;
      }
    }
    try {
      if (watch !== undefined) {
        const pid = Number(watch[1]);
        const settings: Settings = { ...base, format: formatFor(1), width: width > 0 ? width : terminalWidth() };
        return watch[2] === undefined ? yield* watchAll(sys, pid, settings, zone, name) : yield* watchOne(sys, pid, Number(watch[2]), settings, zone, name);
      }
      for (const signal of [SIGNALS.INT, SIGNALS.HUP, SIGNALS.TERM]) if (sys.sigaction(signal, "catch") === "ignore") sys.sigaction(signal, "ignore");
      sys.sigaction(SIGNALS.PIPE, "ignore");
      const files = operands.length === 0 ? ["-"] : operands;
      let { size, stopAtSize } = base;
      if (size === 0 && !lines) {
        for (const file of files) {
          const length = yield* sizeOf(file);
          if (length === undefined) continue;
          if (length === 0 && !(yield* isRegular(file))) {
            size = 0;
            break;
          }
          size += length;
        }
        const out = sys.fstat(1);
        if (size === 0 && (out.mode & S.IFMT) === S.IFBLK) {
          size = yield* lengthOf(sys, 1, out);
          stopAtSize = true;
        }
      }
      const transfer = new Transfer(sys, { ...base, size, stopAtSize, format: formatFor(size) }, size, zone, name);
      const output = sys.fstat(1);
      let opened = 0;
      for (const file of files) {
        if (transfer.over) break;
        let fd = 0;
        if (file !== "-") try {
          fd = yield* sys.open(file, O.RDONLY | O.CLOEXEC);
        } catch (error) {
          transfer.status |= FAILED.open;
          yield* io.stderr(`${name(`${file}: ${reason(error)}`)}\n`);
          continue;
        }
        const stat = sys.fstat(fd);
        if (sameFile(stat, output)) {
          transfer.status |= FAILED.same;
          yield* io.stderr(`${name(`input file is output file: ${file === "-" ? "(stdin)" : file}`)}\n`);
          opened++;
          continue;
        }
        opened++;
        yield* transfer.copy(fd, file === "-" ? "(stdin)" : file, stat);
        if (fd !== 0) sys.close(fd);
      }
      if (opened === 0) return transfer.status | FAILED.next;
      return yield* transfer.end();
    } finally {
      if (options.pidfile !== undefined) sys.unlink(options.pidfile);
    }

    function terminalWidth(): number {
      try {
        return sys.getWindowSize(2).cols || 80;
      } catch {
        return 80;
      }
    }
    function sameFile(left: Stat, right: Stat): boolean {
      return (left.mode & S.IFMT) === S.IFREG && left.dev === right.dev && left.ino === right.ino;
    }
    function* isRegular(file: string) {
      return ((file === "-" ? sys.fstat(0) : sys.stat(file)).mode & S.IFMT) === S.IFREG;
    }
    function* sizeOf(file: string) {
      try {
        if (file === "-") return yield* lengthOf(sys, 0, sys.fstat(0));
        const fd = yield* sys.open(file, O.RDONLY | O.CLOEXEC);
        const length = yield* lengthOf(sys, fd, sys.fstat(fd));
        sys.close(fd);
        return length;
      } catch (error) {
        if (error instanceof SysError) return undefined;
        throw error;
      }
    }
  },
});
