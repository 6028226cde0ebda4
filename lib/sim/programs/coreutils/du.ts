import { type Blocking, S, type Stat, type Sys, SysError } from "../../kernel/sys.ts";
import { globMatch } from "../kit/glob.ts";
import { type Io, flag, gnu, optionalWord, reason, text, texts } from "../kit/gnu.ts";
import { textOfLatin1 } from "../kit/latin1.ts";
import { localNumber } from "../kit/locale.ts";
import { joinPath, lastComponent } from "../kit/paths.ts";
import { type SizeStyle, HUMAN, SI, formatSize, parseBlockSize, parseScaled, unit } from "../kit/sizes.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { readZone } from "../kit/zones.ts";

interface Usage {
  bytes: number;
  inodes: number;
  timeUs: number;
}

interface Visited extends Usage {
  readonly directory: boolean;
}

export default gnu({
  name: "du",
  summary: "estimate file space usage",
  synopsis: ["[OPTION]... [FILE]...", "[OPTION]... --files0-from=F"],
  description: ["Shows how much space the FILEs take on the disk; a directory counts with everything below it."],
  options: {
    nullEnd: flag(["-0", "--null"], "finish each line with NUL instead of a newline"),
    all: flag(["-a", "--all"], "print a line for each file too, not only for directories"),
    apparent: flag(["--apparent-size"], "count the lengths of files, not the space they take on the disk"),
    blockSize: text(["-B", "--block-size"], "SIZE", "sizes as multiples of SIZE: -BM for mebibytes"),
    bytes: flag(["-b", "--bytes"], "short for --apparent-size --block-size=1"),
    total: flag(["-c", "--total"], "add a line with the total at the end"),
    followArguments: flag(["-D", "-H", "--dereference-args"], "follow links that are given as arguments, no others"),
    maxDepth: text(["-d", "--max-depth"], "N", "print no line for what lies more than N levels below an argument; it is counted all the same"),
    files0: text(["--files0-from"], "F", "read the names of the FILEs from F, each followed by NUL"),
    human: flag(["-h", "--human-readable"], "sizes with a unit, such as 1K, 234M, 2G"),
    inodes: flag(["--inodes"], "count inodes instead of space"),
    kilobytes: flag(["-k"], "short for --block-size=1K"),
    dereference: flag(["-L", "--dereference"], "follow every link"),
    countLinks: flag(["-l", "--count-links"], "count a file again for each of its names (hard links)"),
    megabytes: flag(["-m"], "short for --block-size=1M"),
    noDereference: flag(["-P", "--no-dereference"], "follow no link (the default)"),
    separateDirs: flag(["-S", "--separate-dirs"], "do not count subdirectories in the size of a directory"),
    si: flag(["--si"], "as -h, with units of 1000 instead of 1024"),
    summarize: flag(["-s", "--summarize"], "print a single line for each argument"),
    threshold: text(["-t", "--threshold"], "SIZE", "leave out what is smaller than SIZE; if SIZE is negative, what is larger"),
    time: optionalWord(["--time"], "WORD", [["atime", "access", "use"], ["ctime", "status"]], "also show the most recent modification in each directory tree; WORD chooses atime or ctime instead"),
    timeStyle: text(["--time-style"], "STYLE", "STYLE of the times: full-iso, long-iso, iso or +FORMAT"),
    excludeFrom: text(["-X", "--exclude-from"], "FILE", "leave out what matches one of the patterns in FILE"),
    exclude: texts(["--exclude"], "PATTERN", "leave out what matches PATTERN"),
    oneFileSystem: flag(["-x", "--one-file-system"], "do not go into other file systems"),
  },
  parsing: { longOrder: "all apparent-size block-size bytes count-links dereference dereference-args exclude exclude-from files0-from human-readable inodes si max-depth null no-dereference one-file-system separate-dirs summarize total threshold time time-style help version" },
  operands: "files",
  seeAlso: ["df(1)"],
  *run({ options, operands, given, sys }, io: Io) {
    let style: SizeStyle | undefined;
    let apparent = options.apparent;
    for (const { option, name, argument } of given) {
      if (option === "human") style = HUMAN;
      else if (option === "si") style = SI;
      else if (option === "kilobytes") style = unit(1024);
      else if (option === "megabytes") style = unit(1048576);
      else if (option === "bytes") {
        style = unit(1);
        apparent = true;
      } else if (option === "blockSize") {
        const parsed = parseBlockSize(argument ?? "");
        if (typeof parsed === "string") io.die(parsed === "suffix" ? `invalid suffix in ${name} argument ${io.quoteName(argument ?? "")}` : parsed === "overflow" ? `${name} argument ${io.quoteName(argument ?? "")} too large` : `invalid ${name} argument ${io.quoteName(argument ?? "")}`);
        style = parsed;
      }
    }
    if (style === undefined) {
      const fromEnvironment = sys.environment.get("DU_BLOCK_SIZE") ?? sys.environment.get("BLOCK_SIZE") ?? sys.environment.get("BLOCKSIZE");
      const parsed = fromEnvironment === undefined ? undefined : parseBlockSize(fromEnvironment);
      style = parsed !== undefined && typeof parsed !== "string" ? parsed : unit(sys.environment.has("POSIXLY_CORRECT") ? 512 : 1024);
    }
    if (options.all && options.summarize) io.usage("cannot both summarize and show all entries");
    let maxDepth = Number.POSITIVE_INFINITY;
    if (options.maxDepth !== undefined) {
      if (!/^\d+$/.test(options.maxDepth) || Number(options.maxDepth) > 2 ** 63) {
        yield* io.warn(`invalid maximum depth ${io.quote(options.maxDepth)}`);
        io.usage();
      }
      maxDepth = Number(options.maxDepth);
    }
    if (options.summarize && options.maxDepth !== undefined) {
      if (maxDepth === 0) yield* io.warn("warning: summarizing is the same as using --max-depth=0");
      else {
        yield* io.warn(`warning: summarizing conflicts with --max-depth=${maxDepth}`);
        io.usage();
      }
    }
    if (options.summarize) maxDepth = 0;
    if (options.inodes && apparent) yield* io.warn("warning: options --apparent-size and -b are ineffective with --inodes");
    let threshold: number | undefined;
    if (options.threshold !== undefined) {
      const negative = options.threshold.startsWith("-");
      const { value, problem } = parseScaled(options.threshold.replace(/^[-+]/, ""), "kKmMGTPEZY0");
      if (problem !== "none" || (negative && value === 0n)) io.die(`${problem === "suffix" ? "invalid suffix in " : problem === "overflow" ? "" : "invalid "}${given.findLast((one) => one.option === "threshold")?.name ?? "--threshold"} argument '${options.threshold}'${problem === "overflow" ? " too large" : ""}`);
      threshold = negative ? -Number(value) : Number(value);
    }
    const exclude = [...options.exclude];
    if (options.excludeFrom !== undefined) {
      try {
        const list = yield* io.open(options.excludeFrom);
        for (const line of (yield* list.all()).split("\n")) if (line !== "") exclude.push(textOfLatin1(line));
        io.close(list);
      } catch (error) {
        io.usage(`${io.quoteFile(options.excludeFrom)}: ${reason(error)}`);
      }
    }
    let names: readonly string[] = operands.length === 0 ? ["."] : operands;
    if (options.files0 !== undefined) {
      if (operands[0] !== undefined) {
        yield* io.warn(`extra operand ${io.quote(operands[0])}`);
        yield* io.stderr("file operands cannot be combined with --files0-from\n");
        io.usage();
      }
      try {
        const list = yield* io.open(options.files0);
        const whole = yield* list.all();
        names = whole === "" ? [] : whole.replace(/\0$/, "").split("\0").map(textOfLatin1);
        io.close(list);
      } catch (error) {
        io.die(`cannot open ${io.quoteName(options.files0)} for reading: ${reason(error)}`);
      }
    }
    const zone = options.time === undefined ? undefined : yield* readZone(sys);
    const timeKind = options.time === true || options.time === undefined ? "mtime" : options.time;
    const chosenStyle = options.timeStyle ?? sys.environment.get("TIME_STYLE") ?? "long-iso";
    if (options.time !== undefined && !/^\+|^(?:full-iso|long-iso|iso)$/.test(chosenStyle)) {
      yield* io.warn(`invalid argument ${io.quote(chosenStyle)} for ${io.quote("time style")}\nValid arguments are:\n${["full-iso", "long-iso", "iso"].map((one) => `  - ${io.quote(one)}`).join("\n")}`);
      io.usage();
    }
    const timeFormat = chosenStyle.startsWith("+") ? chosenStyle.slice(1) : chosenStyle === "full-iso" ? "%Y-%m-%d %H:%M:%S.%N %z" : chosenStyle === "iso" ? "%Y-%m-%d" : "%Y-%m-%d %H:%M";
    const follow = given.findLast((one) => one.option === "dereference" || one.option === "noDereference" || one.option === "followArguments")?.option;
    const end = options.nullEnd ? "\0" : "\n";
    const sizeStyle = style;
    const print = function* (usage: Usage, name: string): Blocking<void> {
      const value = options.inodes ? usage.inodes : usage.bytes;
      if (threshold !== undefined && (threshold < 0 ? value > -threshold : value < threshold)) return;
      const size = options.inodes ? (sizeStyle.base === undefined ? String(usage.inodes) : formatSize(usage.inodes, sizeStyle)) : localNumber(sys, formatSize(usage.bytes, sizeStyle));
      const time = zone === undefined ? "" : `\t${strftime(timeFormat, civilAtUs(zone, usage.timeUs))}`;
      yield* io.out.print(`${size}${time}\t${name}${end}`);
    };
    const walker = new Walker(sys, io, {
      all: options.all, apparent, countLinks: options.countLinks, separateDirs: options.separateDirs, oneFileSystem: options.oneFileSystem, maxDepth, exclude,
      dereference: follow === "dereference" ? "always" : follow === "followArguments" ? "arguments" : "never", timeKind, print,
    });
    const total: Usage = { bytes: 0, inodes: 0, timeUs: Number.NEGATIVE_INFINITY };
    for (const [index, name] of names.entries()) {
      if (name === "-" && options.files0 === "-") {
        yield* io.fail(`when reading file names from stdin, no file name of ${io.quoteName(name)} allowed`);
        continue;
      }
      if (name === "") {
        yield* io.fail(options.files0 === undefined ? "invalid zero-length file name" : `${io.quoteFile(options.files0)}:${index + 1}: invalid zero-length file name`);
        continue;
      }
      const usage = yield* walker.visit(name, 0, undefined, []);
      if (!usage) continue;
      total.bytes += usage.bytes;
      total.inodes += usage.inodes;
      total.timeUs = Math.max(total.timeUs, usage.timeUs);
    }
    if (options.total) yield* print(total, "total");
  },
});

interface Settings {
  readonly all: boolean;
  readonly apparent: boolean;
  readonly countLinks: boolean;
  readonly separateDirs: boolean;
  readonly oneFileSystem: boolean;
  readonly maxDepth: number;
  readonly exclude: readonly string[];
  readonly dereference: "always" | "arguments" | "never";
  readonly timeKind: "atime" | "ctime" | "mtime";
  readonly print: (usage: Usage, name: string) => Blocking<void>;
}

class Walker {
  readonly #sys: Sys;
  readonly #io: Io;
  readonly #settings: Settings;
  /** files with several names count once */
  readonly #seen = new Set<string>();

  constructor(sys: Sys, io: Io, settings: Settings) {
    this.#sys = sys;
    this.#io = io;
    this.#settings = settings;
  }

  #excluded(path: string): boolean {
    return this.#settings.exclude.some((pattern) => globMatch(pattern, path) || globMatch(pattern, lastComponent(path)) ||
      path.split("/").some((_, index, parts) => index > 0 && globMatch(pattern, parts.slice(index).join("/"))));
  }

  /** What a file and all below it take; undefined when it does not count. */
  *visit(path: string, depth: number, device: number | undefined, ancestors: readonly string[]): Blocking<Visited | undefined> {
    const sys = this.#sys;
    const io: Io = this.#io;
    const settings = this.#settings;
    if (sys.charge(3)) yield* sys.preempt();
    if (this.#excluded(path)) return undefined;
    let stat: Stat;
    try {
      stat = settings.dereference === "always" || (settings.dereference === "arguments" && depth === 0) ? sys.stat(path) : sys.lstat(path);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.fail(`cannot access ${io.quoteName(path)}: ${error.message}`);
      return undefined;
    }
    const directory = (stat.mode & S.IFMT) === S.IFDIR;
    if (settings.oneFileSystem && device !== undefined && stat.dev !== device) return undefined;
    const key = `${stat.dev}:${stat.ino}`;
    if (!settings.countLinks && (directory || stat.nlink > 1 || depth === 0 || settings.dereference !== "never")) {
      if (this.#seen.has(key)) return undefined;
      this.#seen.add(key);
    } else if (directory && ancestors.includes(key)) return undefined;
    const timeUs = settings.timeKind === "atime" ? stat.atimeUs : settings.timeKind === "ctime" ? stat.ctimeUs : stat.mtimeUs;
    const countable = ([S.IFDIR, S.IFREG, S.IFLNK] as number[]).includes(stat.mode & S.IFMT);
    const own = settings.apparent ? (countable ? stat.sizeBytes : 0) : stat.blocks * 512;
    const usage: Usage = { bytes: own, inodes: 1, timeUs };
    const shown: Usage = { ...usage };
    if (directory) {
      let names: readonly string[] = [];
      try {
        names = sys.readdir(path).map(({ name }) => name);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* io.fail(`cannot read directory ${io.quoteName(path)}: ${error.message}`);
      }
      for (const name of names) {
        const inner = yield* this.visit(joinPath(path, name), depth + 1, device ?? stat.dev, [...ancestors, key]);
        if (!inner) continue;
        usage.bytes += inner.bytes;
        usage.inodes += inner.inodes;
        usage.timeUs = Math.max(usage.timeUs, inner.timeUs);
        if (!settings.separateDirs || !inner.directory) {
          shown.bytes += inner.bytes;
          shown.inodes += inner.inodes;
          shown.timeUs = Math.max(shown.timeUs, inner.timeUs);
        }
      }
    }
    if (depth <= settings.maxDepth && (directory || settings.all || depth === 0)) yield* settings.print(shown, path);
    return { ...usage, directory };
  }
}
