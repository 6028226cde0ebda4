// pmap: the memory map of a process, from /proc/PID/smaps (pmap(1) of procps-ng 4.0.2).

import { type Blocking, O, type Sys, SysError, encode } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import type { Command } from "../kit/command.ts";
import { type Io, counted, flag, gnu, text } from "../kit/gnu.ts";
import { type Mapping, detailLines, parseRc, parseSmaps, shownName } from "./_pmap-details.ts";
import { usageOf } from "./_by-expression.ts";
import { RC_TEMPLATE } from "./_pmap-rc.ts";

const NO_SUCH_PROCESS = 42;

const pmap: Command = gnu({
  name: "pmap", project: "procps-ng", version: "4.0.2", versionLetter: "V", helpLetter: "h", versionText: "pmap from procps-ng 4.0.2\n", usageShowsHelp: true, summary: "show the memory areas that a process has",
  synopsis: ["[options] pid [...]"], operands: "pids",
  options: {
    extended: flag(["-x", "--extended"], "show details"), details: counted(["-X"], "more details; twice: everything that the kernel tells"), readRc: flag(["-c", "--read-rc"], "the details that ~/.pmaprc names"),
    readRcFrom: text(["-C", "--read-rc-from"], "file", "the details that this file names"), createRc: flag(["-n", "--create-rc"], "write a ~/.pmaprc to edit"), createRcTo: text(["-N", "--create-rc-to"], "file", "write such a file"),
    device: flag(["-d", "--device"], "with offset and device of the files"), quiet: flag(["-q", "--quiet"], "areas only, without heading and total"), path: flag(["-p", "--show-path"], "whole paths of the files"),
    sunos: flag(["-r"], "accepted, without effect"), range: text(["-A", "--range"], "low[,high]", "only areas between these addresses"),
  },
  *run({ options, operands, sys }, io: Io) {
    const { details } = options;
    const creates = options.createRc || options.createRcTo !== undefined;
    const manners = [options.readRc, options.readRcFrom !== undefined, options.device, options.createRc, options.createRcTo !== undefined, options.extended, details > 0].filter((one) => one).length;
    if (manners > 1) io.die("options -c, -C, -d, -n, -N, -x, -X are mutually exclusive");
    if (creates) {
      if (options.quiet || options.path) io.die("options -p, -q are mutually exclusive with -n, -N");
      if (operands.length > 0) io.die("too many arguments");
      return yield* createRc(sys, io, options.createRcTo);
    }
    if (options.sunos) yield* io.warn("option -r is ignored as SunOS compatibility");
    if (operands.length === 0) io.usage("argument missing");
    const [low, high] = rangeOf(options.range, io);
    const pids: string[] = [];
    for (const word of operands) {
      const pid = /^(?:\/proc\/)?(\d+)$/.exec(word)?.[1];
      if (pid === undefined) {
        yield* io.stderr(usageOf(pmap.declaration));
        return 1;
      }
      pids.push(pid);
    }
    let fields: ReadonlySet<string> | undefined;
    let showPath = options.path;
    if (options.readRc || options.readRcFrom !== undefined) {
      const name = options.readRcFrom ?? `${sys.environment.get("HOME") ?? ""}/.pmaprc`;
      const content = yield* readTextFile(sys, name);
      if (content === undefined) io.die(options.readRc ? "couldn't read ~/.pmaprc" : "couldn't read the rc file");
      const rc = parseRc(content ?? "", (line) => io.die(`syntax error found in the config - line ${line}`));
      fields = rc.fields;
      showPath ||= rc.showPath;
    }
    let status = 0;
    for (const pid of pids) {
      const command = yield* readTextFile(sys, `/proc/${pid}/cmdline`);
      const maps = yield* readTextFile(sys, `/proc/${pid}/smaps`);
      if (command === undefined || maps === undefined) {
        status = NO_SUCH_PROCESS;
        continue;
      }
      const comm = ((yield* readTextFile(sys, `/proc/${pid}/comm`)) ?? "").trim();
      io.out.put(`${pid}:   ${command === "" ? `[${comm}]` : command.split("\0").join(" ").trimEnd()}\n`);
      const mappings = parseSmaps(maps).filter((one) => one.end > low && one.start <= high);
      if (details > 0 || fields) io.out.put(detailLines(mappings, { fields, everything: details > 1, quiet: options.quiet, showPath }));
      else if (options.extended) io.out.put(extended(mappings, options.quiet, showPath));
      else if (options.device) io.out.put(devices(mappings, options.quiet, showPath));
      else io.out.put(plain(mappings, options.quiet, showPath));
    }
    return status;
  },
});

export default pmap;

function rangeOf(range: string | undefined, io: Io): readonly [bigint, bigint] {
  if (range === undefined) return [0n, (1n << 64n) - 1n];
  const [low, high, ...more] = range.split(",");
  const address = (word: string | undefined, missing: bigint): bigint => {
    if (word === undefined || word === "") return missing;
    if (!/^(?:0x)?[\da-f]+$/i.test(word)) io.die(`failed to parse argument: '${range}'`);
    return BigInt(`0x${word.replace(/^0x/i, "")}`);
  };
  if (more.length > 0) io.die(`failed to parse argument: '${range}'`);
  const from = address(low, 0n);
  return [from, high === undefined ? from : address(high, (1n << 64n) - 1n)];
}

function* createRc(sys: Sys, io: Io, name: string | undefined): Blocking<number> {
  try {
    const fd = yield* sys.open(name ?? `${sys.environment.get("HOME") ?? ""}/.pmaprc`, O.WRONLY | O.CREAT | O.EXCL, 0o666);
    yield* sys.write(fd, encode(RC_TEMPLATE));
    sys.close(fd);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    if (error.errno === "EEXIST") yield* io.warn("the file already exists - delete or rename it first");
    io.die(name === undefined ? "couldn't create ~/.pmaprc" : "couldn't create the rc file");
  }
  yield* io.warn(name === undefined ? "~/.pmaprc file successfully created, feel free to edit the content" : "rc file successfully created, feel free to edit the content");
  return 0;
}

const total = (mappings: readonly Mapping[], pick: (one: Mapping) => number): number => mappings.reduce((sum, one) => sum + pick(one), 0);
const address = (one: Mapping): string => one.start.toString(16).padStart(16, "0");
const modeOf = (one: Mapping): string => `${one.mode.slice(0, 3)}${one.mode.endsWith("s") ? "s" : "-"}-`;
const dirty = (one: Mapping): number => (one.kib.get("Shared_Dirty") ?? 0) + (one.kib.get("Private_Dirty") ?? 0);
const column = (value: number): string => String(value).padStart(7);

function extended(mappings: readonly Mapping[], quiet: boolean, showPath: boolean): string {
  const rss = (one: Mapping): number => one.kib.get("Rss") ?? 0;
  const lines = mappings.map((one) => `${address(one)} ${column(one.size)} ${column(rss(one))} ${column(dirty(one))} ${modeOf(one)} ${shownName(one, showPath)}\n`).join("");
  if (quiet) return lines;
  return `Address           Kbytes     RSS   Dirty Mode  Mapping\n${lines}---------------- ------- ------- ------- \ntotal kB         ${column(total(mappings, (one) => one.size))} ${column(total(mappings, rss))} ${column(total(mappings, dirty))}\n`;
}

function devices(mappings: readonly Mapping[], quiet: boolean, showPath: boolean): string {
  const device = (one: Mapping): string => one.device.split(":").map((part, at) => part.padStart(at === 0 ? 3 : 5, "0")).join(":");
  const lines = mappings.map((one) => `${address(one)} ${column(one.size)} ${modeOf(one)} ${one.offset.padStart(16, "0")} ${device(one)} ${shownName(one, showPath)}\n`).join("");
  if (quiet) return lines;
  const shared = total(mappings, (one) => (one.mode.endsWith("s") ? one.size : 0));
  const own = total(mappings, (one) => (one.mode[1] === "w" && !one.mode.endsWith("s") ? one.size : 0));
  return `Address           Kbytes Mode  Offset           Device    Mapping\n${lines}mapped: ${total(mappings, (one) => one.size)}K    writeable/private: ${own}K    shared: ${shared}K\n`;
}

function plain(mappings: readonly Mapping[], quiet: boolean, showPath: boolean): string {
  const lines = mappings.map((one) => `${address(one)} ${String(one.size).padStart(6)}K ${modeOf(one)} ${shownName(one, showPath)}\n`).join("");
  return quiet ? lines : `${lines} total ${String(total(mappings, (one) => one.size)).padStart(16)}K\n`;
}
