// What ls, dir and vdir do; they differ in their defaults. Over 400 lines: one listing is one pipeline (options, reading, sorting, printing).

import { type Blocking, S, type Stat, type Sys, SysError } from "../../kernel/sys.ts";
import { Accounts } from "../kit/accounts.ts";
import { canonicalPath } from "../kit/canonical-path.ts";
import { collation } from "../kit/collate.ts";
import { grid, indent } from "../kit/columns.ts";
import type { Command } from "../kit/command.ts";
import { type Io, flag, gnu, longArgument, optionalWord, text, texts, validArguments } from "../kit/gnu.ts";
import { localNumber, localeOf } from "../kit/locale.ts";
import { BadWord, matchWord } from "../kit/option.ts";
import { latin1OfText } from "../kit/latin1.ts";
import { joinPath } from "../kit/paths.ts";
import { type SizeStyle, HUMAN, SI, formatSize, parseBlockSize, unit } from "../kit/sizes.ts";
import { globMatch } from "../kit/glob.ts";
import { civilAtUs, strftime, type TimeLocale, timeLocale } from "../kit/time-format.ts";
import { messageLanguage } from "../kit/messages/translate.ts";
import { textWidth } from "../kit/width.ts";
import { UTC, type Zone, readZone } from "../kit/zones.ts";
import { fileModeText, typeLetter } from "../kit/file-mode.ts";
import { ColorsError, LsColors, isColorTerm } from "../kit/ls-colors.ts";
import { QUOTING_STYLES, type QuotingStyle, quoteAs } from "./_quoting-style.ts";
import { compareVersions } from "../kit/version-order.ts";

type Format = "long" | "one" | "columns" | "across" | "commas";
type SortKey = "none" | "name" | "extension" | "size" | "time" | "version" | "width";
type TimeKey = "mtime" | "ctime" | "atime" | "birth";
type Indicator = "none" | "slash" | "file-type" | "classify";

interface Entry {
  readonly name: string;
  readonly path: string;
  /** What is shown: of the link itself, or of its target under -L. */
  stat: Stat | undefined;
  readonly type: number;
  readonly isLink: boolean;
  target: string | undefined;
  /** null: the link leads nowhere. */
  targetStat: Stat | null | undefined;
  shown: string;
  quoted: boolean;
}

const WHEN = [["always", "yes", "force"], ["never", "no", "none"], ["auto", "tty", "if-tty"]] as const;
const HALF_YEAR_US = (31556952 / 2) * 1e6;

const OPTIONS = {
  all: flag(["-a", "--all"], "all names, those that begin with a dot too"),
  almostAll: flag(["-A", "--almost-all"], "as -a, without . and .."),
  author: flag(["--author"], "with -l, a column for the author, who is the owner here"),
  escape: flag(["-b", "--escape"], "write unprintable characters as escapes of C, such as \\n"),
  blockSize: text(["--block-size"], "SIZE", "with -l, sizes as multiples of SIZE, such as --block-size=M"),
  ignoreBackups: flag(["-B", "--ignore-backups"], "leave out names that end in ~ (backup copies)"),
  ctime: flag(["-c"], "sort by ctime, the time of the last change of the inode; with -l show it, but sort by it only with -t as well"),
  columns: flag(["-C"], "in columns, to be read from top to bottom"),
  color: optionalWord(["--color"], "WHEN", WHEN, "colour names by the kind of file; WHEN is always (if left out), auto (on a terminal) or never"),
  directory: flag(["-d", "--directory"], "show a directory itself instead of its contents"),
  dired: flag(["-D", "--dired"], "add the offsets that the dired mode of Emacs reads"),
  noSort: flag(["-f"], "unsorted and with all names (as -aU), without -l, -s and colours"),
  classify: longArgument(optionalWord(["-F", "--classify"], "WHEN", WHEN, "mark names by the kind of file: * program, / directory, = socket, > door, @ link, | FIFO; WHEN as for --color")),
  fileType: flag(["--file-type"], "as -F, but no mark after programs"),
  format: text(["--format"], "WORD", "WORD for an option: across and horizontal for -x, commas -m, long and verbose -l, single-column -1, vertical -C"),
  fullTime: flag(["--full-time"], "as -l, with date and time down to the nanosecond: -l --time-style=full-iso"),
  noOwner: flag(["-g"], "as -l, without the owner"),
  groupDirectoriesFirst: flag(["--group-directories-first"], "list directories before the other files"),
  noGroup: flag(["-G", "--no-group"], "with -l, without the group"),
  human: flag(["-h", "--human-readable"], "with -l and -s, sizes with a unit, such as 1K, 234M, 2G"),
  si: flag(["--si"], "as -h, with units of a thousand"),
  followArguments: flag(["-H", "--dereference-command-line"], "follow symbolic links that are given as arguments"),
  followArgumentDirectories: flag(["--dereference-command-line-symlink-to-dir"], "as -H, but only links to directories"),
  hide: texts(["--hide"], "PATTERN", "when listing a directory, leave out names that match PATTERN, unless -a or -A is given"),
  hyperlink: optionalWord(["--hyperlink"], "WHEN", WHEN, "make the names hyperlinks to the files; WHEN as for --color"),
  indicatorStyle: text(["--indicator-style"], "WORD", "WORD says which marks come after names: none, slash (as -p), file-type, classify (as -F)"),
  inode: flag(["-i", "--inode"], "the inode number in front"),
  ignore: texts(["-I", "--ignore"], "PATTERN", "when listing a directory, leave out names that match PATTERN"),
  kibibytes: flag(["-k", "--kibibytes"], "count space on the disk in blocks of 1024 bytes (with -s, and in totals)"),
  long: flag(["-l"], "one line per file: type and mode, links, owner, group, size, time, name"),
  dereference: flag(["-L", "--dereference"], "for a symbolic link, show the file that it leads to"),
  commas: flag(["-m"], "names one after the other, separated by commas"),
  numericIds: flag(["-n", "--numeric-uid-gid"], "as -l, with the numbers of owner and group"),
  literal: flag(["-N", "--literal"], "names as they are, without quotes"),
  longNoGroup: flag(["-o"], "as -l, without the group"),
  slash: flag(["-p"], "put a slash after directories"),
  hideControl: flag(["-q", "--hide-control-chars"], "a question mark for each character that cannot be shown"),
  showControl: flag(["--show-control-chars"], "characters that cannot be shown go out unchanged"),
  quoteName: flag(["-Q", "--quote-name"], "names between double quotes"),
  quotingStyle: text(["--quoting-style"], "WORD", "how names are quoted: literal, locale, shell, shell-always, shell-escape, shell-escape-always, c or escape"),
  reverse: flag(["-r", "--reverse"], "the other way round"),
  recursive: flag(["-R", "--recursive"], "also the contents of subdirectories, at every depth"),
  size: flag(["-s", "--size"], "put before each file how many blocks it takes"),
  sortBySize: flag(["-S"], "sort by size, the largest file at the top"),
  sort: text(["--sort"], "WORD", "what decides the order: none (as -U), size (-S), time (-t), version (-v), extension (-X) or width"),
  time: text(["--time"], "WORD", "which time counts: of access (atime, access, use), of status (ctime, status), of birth (birth, creation), else of modification"),
  timeStyle: text(["--time-style"], "TIME_STYLE", "TIME_STYLE of -l: full-iso, long-iso, iso, locale, or +FORMAT in the manner of date"),
  sortByTime: flag(["-t"], "sort by time, the most recent file at the top"),
  tabSize: text(["-T", "--tabsize"], "COLS", "tab stops every COLS columns, not every 8"),
  atime: flag(["-u"], "sort by atime, the time of the last access; with -l show it, but sort by it only with -t as well"),
  unsorted: flag(["-U"], "unsorted, as they come in the directory"),
  versionSort: flag(["-v"], "compare numbers inside names by their value: f2 before f10"),
  width: text(["-w", "--width"], "COLS", "lines of COLS columns; 0: as long as need be"),
  across: flag(["-x"], "in columns, to be read from left to right"),
  extensionSort: flag(["-X"], "sort by extension, the part after the last dot"),
  context: flag(["-Z", "--context"], "add a column with the security context"),
  zero: flag(["--zero"], "finish each line with NUL instead of a newline"),
  one: flag(["-1"], "one name per line"),
} as const;

interface Settings {
  readonly format: Format;
  readonly sort: SortKey;
  readonly reverse: boolean;
  readonly time: TimeKey;
  readonly indicator: Indicator;
  readonly quoting: QuotingStyle;
  readonly hideControl: boolean;
  readonly lineWidth: number;
  readonly tabSize: number;
  readonly colors: LsColors | undefined;
  readonly hyperlink: boolean;
  readonly showOwner: boolean;
  readonly showGroup: boolean;
  readonly showAuthor: boolean;
  readonly numericIds: boolean;
  readonly inode: boolean;
  readonly blocks: boolean;
  readonly context: boolean;
  readonly blockStyle: SizeStyle;
  readonly sizeStyle: SizeStyle;
  readonly recent: string;
  readonly old: string;
  readonly end: string;
  readonly ignoreMode: "hidden" | "dots" | "none";
  readonly ignore: readonly string[];
  readonly hide: readonly string[];
  readonly recursive: boolean;
  readonly directory: boolean;
  readonly directoriesFirst: boolean;
  readonly dereference: "never" | "argument-directories" | "arguments" | "always";
}

export interface ListingDefaults {
  readonly format: "terminal" | "columns" | "long";
  readonly quoting: "terminal" | "escape";
}

export function listingCommand(name: string, defaults: ListingDefaults): Command {
  return gnu({
    name,
    summary: "list directory contents",
    synopsis: ["[OPTION]... [FILE]..."],
    description: ["Shows the FILEs, and of directories the contents; without a FILE, the current directory. Sorted by name unless one of -cftuvSUX or --sort says otherwise."],
    options: OPTIONS,
    parsing: { longOrder: "all escape directory dired full-time group-directories-first human-readable inode kibibytes numeric-uid-gid no-group hide-control-chars reverse size width almost-all ignore-backups classify file-type si dereference-command-line dereference-command-line-symlink-to-dir hide ignore indicator-style dereference literal quote-name quoting-style recursive format show-control-chars sort tabsize time time-style zero color hyperlink block-size context author help version" },
    operands: "files",
    usageStatus: 2,
    badWordStatus: 1,
    failureStatus: 1,
    exitStatuses: [["0", "everything was listed"], ["1", "a small problem, such as a subdirectory that may not be read"], ["2", "a serious problem: a wrong option, or a FILE that cannot be reached"]],
    seeAlso: ["dircolors(1)", "stat(1)"],
    *run({ options, operands, given, sys }, io: Io) {
      const terminal = sys.isatty(1);
      const environment = sys.environment;
      let format: Format = defaults.format === "long" ? "long" : defaults.format === "columns" || terminal ? "columns" : "one";
      let formatOption: Format | undefined;
      let sort: SortKey | undefined;
      let time: TimeKey = "mtime";
      let explicitTime = false;
      let indicator: Indicator = "none";
      let quoting: QuotingStyle | undefined;
      let hideControl: boolean | undefined;
      let ignoreMode: Settings["ignoreMode"] = "hidden";
      let showOwner = true;
      let showGroup = true;
      let numericIds = false;
      let colorWhen: "always" | "never" | "auto" = "never";
      let blockStyle: SizeStyle | undefined;
      let sizeStyle: SizeStyle | undefined;
      let timeStyle: string | undefined;
      let dereference: Settings["dereference"] | undefined;
      let blocks = false;
      let lineWidth: number | undefined;
      const word = (argument: string, option: string, groups: readonly (readonly string[])[]): number => {
        try {
          return matchWord(argument, groups);
        } catch (error) {
          if (!(error instanceof BadWord)) throw error;
          return io.usage(`${error.ambiguous ? "ambiguous" : "invalid"} argument ${io.quote(argument)} for ${io.quote(option)}\n${validArguments(groups, io.utf8)}`, true);
        }
      };
      const long = (): void => { formatOption = "long"; };
      for (const { option, argument } of given) {
        switch (option) {
          case "all": ignoreMode = "none"; break;
          case "almostAll": ignoreMode = "dots"; break;
          case "escape": quoting = "escape"; break;
          case "blockSize": {
            const parsed = parseBlockSize(argument ?? "");
            if (typeof parsed === "string") io.die(`${parsed === "suffix" ? "invalid suffix in --block-size argument" : parsed === "overflow" ? "--block-size argument" : "invalid --block-size argument"} ${parsed === "overflow" ? `'${argument}' too large` : io.quoteName(argument ?? "")}`, 2);
            blockStyle = parsed;
            sizeStyle = parsed;
            break;
          }
          case "ctime": time = "ctime"; explicitTime = true; break;
          case "atime": time = "atime"; explicitTime = true; break;
          case "columns": formatOption = "columns"; break;
          case "color": colorWhen = argument === undefined ? "always" : (["always", "never", "auto"] as const)[matchWord(argument, WHEN)] ?? "never"; break;
          case "noSort":
            ignoreMode = "none";
            sort = "none";
            if (formatOption === "long") formatOption = undefined;
            blocks = false;
            colorWhen = "never";
            break;
          case "classify": {
            const when = argument === undefined ? 0 : matchWord(argument, WHEN);
            if (when === 0 || (when === 2 && terminal)) indicator = "classify";
            break;
          }
          case "fileType": indicator = "file-type"; break;
          case "format": {
            const formats = [["verbose", "long"], ["commas"], ["horizontal", "across"], ["vertical"], ["single-column"]] as const;
            const found = formats[word(argument ?? "", "--format", formats)]?.[0];
            formatOption = found === "verbose" ? "long" : found === "commas" ? "commas" : found === "vertical" ? "columns" : found === "single-column" ? "one" : "across";
            break;
          }
          case "fullTime": long(); timeStyle = "full-iso"; break;
          case "noOwner": long(); showOwner = false; break;
          case "noGroup": showGroup = false; break;
          case "human": blockStyle = HUMAN; sizeStyle = HUMAN; break;
          case "si": blockStyle = SI; sizeStyle = SI; break;
          case "followArguments": dereference = "arguments"; break;
          case "followArgumentDirectories": dereference = "argument-directories"; break;
          case "dereference": dereference = "always"; break;
          case "indicatorStyle": {
            const styles = [["none"], ["slash"], ["file-type"], ["classify"]] as const;
            indicator = styles[word(argument ?? "", "--indicator-style", styles)]?.[0] ?? "none";
            break;
          }
          case "long": long(); break;
          case "commas": formatOption = "commas"; break;
          case "numericIds": long(); numericIds = true; break;
          case "literal": quoting = "literal"; break;
          case "longNoGroup": long(); showGroup = false; break;
          case "slash": indicator = "slash"; break;
          case "hideControl": hideControl = true; break;
          case "showControl": hideControl = false; break;
          case "quoteName": quoting = "c"; break;
          case "quotingStyle": {
            const all = QUOTING_STYLES.map((style) => [style]);
            quoting = (all[word(argument ?? "", "--quoting-style", all)]?.[0] ?? "literal") as QuotingStyle;
            break;
          }
          case "size": blocks = true; break;
          case "sortBySize": sort = "size"; break;
          case "sort": {
            const words = [["none"], ["time"], ["size"], ["extension"], ["version"], ["width"]] as const;
            sort = words[word(argument ?? "", "--sort", words)]?.[0];
            break;
          }
          case "time": {
            const words = [["atime", "access", "use"], ["ctime", "status"], ["birth", "creation"]] as const;
            time = words[word(argument ?? "", "--time", words)]?.[0] ?? "mtime";
            explicitTime = true;
            break;
          }
          case "timeStyle": timeStyle = argument; break;
          case "sortByTime": sort = "time"; break;
          case "unsorted": sort = "none"; break;
          case "versionSort": sort = "version"; break;
          case "extensionSort": sort = "extension"; break;
          case "across": formatOption = "across"; break;
          case "one": if (formatOption !== "long") formatOption = "one"; break;
          case "zero": if (formatOption !== "long") formatOption = "one"; colorWhen = "never"; quoting = "literal"; hideControl = false; break;
          case "width": {
            const columns = lineColumns(argument ?? "");
            if (columns === undefined) io.die(`invalid line width: ${io.quote(argument ?? "")}`, 2);
            lineWidth = columns;
            break;
          }
          case "tabSize": if (!/^\d+$/.test(argument ?? "")) io.die(`invalid tab size: ${io.quote(argument ?? "")}`, 2); break;
          default:
        }
      }
      format = formatOption ?? format;
      if (sort === undefined) sort = format !== "long" && explicitTime ? "time" : "name";
      const useColor = colorWhen === "always" || (colorWhen === "auto" && terminal);
      let colors: LsColors | undefined;
      if (useColor) {
        const spec = environment.get("LS_COLORS");
        try {
          if (spec !== undefined && spec !== "") colors = LsColors.parse(spec);
          else if ((environment.get("COLORTERM") ?? "") !== "" || isColorTerm(environment.get("TERM") ?? "")) colors = LsColors.parse("");
        } catch (error) {
          if (!(error instanceof ColorsError)) throw error;
          for (const message of error.message.split("\n")) yield* io.warn(error.prefix === undefined ? message : `unrecognized prefix: ${io.quote(error.prefix)}`);
          if (error.message.startsWith("unrecognized")) yield* io.warn("unparsable value for LS_COLORS environment variable");
        }
      }
      const hyperlink = options.hyperlink === true || options.hyperlink === "always" || (options.hyperlink === "auto" && terminal);
      if (quoting === undefined) {
        const fromEnvironment = environment.get("QUOTING_STYLE");
        const known = QUOTING_STYLES.find((style) => style === fromEnvironment);
        if (fromEnvironment !== undefined && known === undefined) yield* io.warn(`ignoring invalid value of environment variable QUOTING_STYLE: ${io.quote(fromEnvironment)}`);
        quoting = known ?? (defaults.quoting === "escape" ? "escape" : terminal ? "shell-escape" : "literal");
      }
      hideControl ??= defaults.format === "terminal" && terminal;
      let blockSize = blockStyle;
      if (blockSize === undefined) {
        const spec = environment.get("LS_BLOCK_SIZE") ?? environment.get("BLOCK_SIZE") ?? environment.get("BLOCKSIZE");
        const parsed = spec === undefined ? undefined : parseBlockSize(spec);
        if (parsed !== undefined && typeof parsed !== "string") {
          blockSize = parsed;
          sizeStyle ??= parsed;
        } else blockSize = unit(environment.has("POSIXLY_CORRECT") ? 512 : 1024);
        if (options.kibibytes) blockSize = unit(1024);
      }
      if (options.tabSize === undefined && (format === "columns" || format === "across" || format === "commas")) {
        const given = environment.get("TABSIZE");
        if (given !== undefined && lineColumns(given) === undefined) yield* io.warn(`ignoring invalid tab size in environment variable TABSIZE: ${io.quote(given)}`);
      }
      if (lineWidth === undefined && (format === "columns" || format === "across" || format === "commas")) {
        const given = environment.get("COLUMNS") ?? "";
        if (!terminal && given !== "" && lineColumns(given) === undefined) yield* io.warn(`ignoring invalid width in environment variable COLUMNS: ${io.quote(given)}`);
      }
      // where lines are not filled none is asked for
      if (lineWidth === undefined) lineWidth = format === "long" || format === "one" ? 80 : terminalWidth(sys);
      const [recent, old] = format === "long" ? timeFormats(timeStyle, environment, io) : ["", ""];
      const settings: Settings = {
        format, sort, reverse: options.reverse, time, indicator, quoting, hideControl, lineWidth,
        tabSize: colors || hyperlink ? 0 : options.tabSize !== undefined ? Number(options.tabSize) : Number(environment.get("TABSIZE") ?? 8) || 8,
        colors, hyperlink, showOwner, showGroup, showAuthor: options.author, numericIds, inode: options.inode, blocks, context: options.context,
        blockStyle: blockSize, sizeStyle: sizeStyle ?? unit(1), recent, old, end: options.zero ? "\0" : "\n", ignoreMode,
        ignore: [...options.ignore, ...(options.ignoreBackups ? ["*~", ".*~"] : [])], hide: options.hide, recursive: options.recursive, directory: options.directory,
        directoriesFirst: options.groupDirectoriesFirst,
        dereference: dereference ?? (options.directory || indicator === "classify" || format === "long" ? "never" : "argument-directories"),
      };
      // only the long format shows names and times
      const listing = format === "long" ? new Listing(sys, io, settings, yield* Accounts.read(sys), yield* readZone(sys)) : new Listing(sys, io, settings, new Accounts([], []), UTC);
      yield* listing.run(operands);
    },
  });
}

/** Undefined when the text is no width. */
function lineColumns(text: string): number | undefined {
  return /^(0[xX][0-9a-fA-F]+|\d+)$/.test(text) ? Number(text) : undefined;
}

function terminalWidth(sys: Sys): number {
  try {
    // of what is no terminal the call fails
    const { cols } = sys.getWindowSize(1);
    if (cols > 0) return cols;
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  return lineColumns(sys.environment.get("COLUMNS") ?? "") ?? 80;
}

const STYLES = new Map<string, readonly [recent: string, old: string]>([
  ["full-iso", ["%Y-%m-%d %H:%M:%S.%N %z", "%Y-%m-%d %H:%M:%S.%N %z"]], ["long-iso", ["%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M"]],
  ["iso", ["%m-%d %H:%M", "%Y-%m-%d "]], ["locale", ["%b %e %H:%M", "%b %e  %Y"]],
]);

function timeFormats(option: string | undefined, environment: ReadonlyMap<string, string>, io: Io): readonly [string, string] {
  let style = option ?? environment.get("TIME_STYLE") ?? "locale";
  while (style.startsWith("posix-")) {
    // in the C locale the prefix means the locale's own format; C.UTF-8 is another one
    const locale = localeOf(environment, "LC_TIME");
    style = locale === "" || locale === "C" || locale === "POSIX" ? "locale" : style.slice("posix-".length);
  }
  if (style.startsWith("+")) {
    const [old = "", recent, extra] = style.slice(1).split("\n");
    if (extra !== undefined) io.die(`invalid time style format ${io.quote(style.slice(1))}`, 2);
    return [recent ?? old, old];
  }
  const candidates = [...STYLES.keys()].filter((known) => known.startsWith(style));
  const name = STYLES.has(style) ? style : candidates.length === 1 ? candidates[0] : undefined;
  const found = STYLES.get(name ?? "");
  if (found) return name === "locale" && messageLanguage(io.sys) === "fr" ? ["%e %b %H:%M", "%e %b  %Y"] : found;
  io.usage(`${candidates.length > 1 ? "ambiguous" : "invalid"} argument ${io.quote(style)} for ${io.quote("time style")}\nValid arguments are:\n` +
    [...STYLES.keys()].map((known) => `  - [posix-]${known}\n`).join("") + "  - +FORMAT (e.g., +%H:%M) for a 'date'-style format");
}

/** Bytes that are no characters take a column each. */
function nameWidth(text: string): number {
  return textWidth(text) + (text.match(/[\u{dc80}-\u{dcff}]/gu)?.length ?? 0);
}

class Listing {
  readonly #sys: Sys;
  readonly #io: Io;
  readonly #settings: Settings;
  readonly #accounts: Accounts;
  readonly #zone: Zone;
  readonly #nowUs: number;
  readonly #timeLocale: TimeLocale | undefined;
  #anyOutput = false;
  readonly #ancestors = new Set<string>();

  constructor(sys: Sys, io: Io, settings: Settings, accounts: Accounts, zone: Zone) {
    this.#sys = sys;
    this.#io = io;
    this.#settings = settings;
    this.#accounts = accounts;
    this.#zone = zone;
    this.#nowUs = sys.clockUs("realtime");
    const locale = timeLocale(sys);
    if (locale) {
      // names of months are as wide as the widest one, so that names of files stand in a column
      const width = Math.max(...locale.shortMonths.map(textWidth));
      this.#timeLocale = { ...locale, shortMonths: locale.shortMonths.map((month) => month + " ".repeat(width - textWidth(month))) };
    }
  }

  *run(operands: readonly string[]): Blocking<void> {
    const { directory, recursive } = this.#settings;
    const entries: Entry[] = [];
    for (const name of operands.length === 0 ? ["."] : operands) {
      const entry = yield* this.#entry(name, name, undefined, true);
      if (entry) entries.push(entry);
    }
    this.#sort(entries);
    const isDirectory = (entry: Entry): boolean => !directory && entry.type === S.IFDIR;
    const plain = entries.filter((entry) => !isDirectory(entry));
    const folders = entries.filter(isDirectory);
    if (plain.length > 0) {
      yield* this.#print(plain, entries);
      this.#anyOutput = true;
    }
    const headers = recursive || operands.length > 1;
    for (const folder of folders) yield* this.#folder(folder.name, folder.name, headers, true);
  }

  #failed(serious: boolean): void {
    this.#io.status = Math.max(this.#io.status, serious ? 2 : 1);
  }

  *#complain(serious: boolean, message: string): Blocking<void> {
    this.#failed(serious);
    yield* this.#io.warn(message);
  }

  get #needsStat(): boolean {
    const { format, sort, blocks, inode, colors, indicator } = this.#settings;
    return format === "long" || sort === "size" || sort === "time" || blocks || inode || colors !== undefined || indicator === "classify";
  }

  *#entry(name: string, path: string, type: number | undefined, argument: boolean): Blocking<Entry | undefined> {
    const sys = this.#sys;
    const { dereference, format, colors, indicator, directoriesFirst } = this.#settings;
    let stat: Stat | undefined;
    let kind = type ?? 0;
    if (argument || this.#needsStat || dereference === "always") {
      try {
        const follow = dereference === "always" || (argument && dereference !== "never");
        if (follow) {
          try {
            stat = sys.stat(path);
            if (dereference === "argument-directories" && (stat.mode & S.IFMT) !== S.IFDIR) stat = sys.lstat(path);
          } catch (error) {
            if (!(error instanceof SysError) || dereference === "arguments" && error.errno !== "ENOENT" || dereference === "always") throw error;
            stat = sys.lstat(path);
          }
        } else stat = sys.lstat(path);
        kind = stat.mode & S.IFMT;
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* this.#complain(argument, `cannot access ${this.#io.quoteName(path)}: ${error.message}`);
        if (argument) return undefined;
        kind = type ?? 0;
      }
    }
    const isLink = kind === S.IFLNK;
    let target: string | undefined;
    let targetStat: Stat | null | undefined;
    if (isLink && stat && (format === "long" || colors || indicator === "classify" || directoriesFirst)) {
      if (format === "long") {
        try {
          target = sys.readlink(path);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          yield* this.#complain(argument, `cannot read symbolic link ${this.#io.quoteName(path)}: ${error.message}`);
        }
      }
      try {
        targetStat = sys.stat(path);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        targetStat = null;
      }
    }
    const shown = quoteAs(name, this.#settings.quoting, this.#io.utf8, this.#settings.hideControl);
    return { name, path, stat, type: kind, isLink, target, targetStat, shown, quoted: shown !== name && /^['"]/.test(shown) };
  }

  #ignored(name: string): boolean {
    const { ignoreMode, ignore, hide } = this.#settings;
    if (ignoreMode !== "none" && (name === "." || name === "..")) return true;
    if (ignoreMode === "hidden" && (name.startsWith(".") || hide.some((pattern) => globMatch(pattern, name, { period: true })))) return true;
    return ignore.some((pattern) => globMatch(pattern, name, { period: true }));
  }

  *#folder(path: string, shownName: string, headers: boolean, argument: boolean): Blocking<void> {
    const sys = this.#sys;
    const io: Io = this.#io;
    const { blocks, format, recursive, ignoreMode, blockStyle, end } = this.#settings;
    const entries: Entry[] = [];
    let key = "";
    try {
      const listed = sys.readdir(path === "" ? "." : path);
      if (recursive) {
        const stat = sys.stat(path);
        key = `${stat.dev}:${stat.ino}`;
        if (this.#ancestors.has(key)) {
          yield* this.#complain(true, `${io.quoteFile(path)}: not listing already-listed directory`);
          return;
        }
        this.#ancestors.add(key);
      }
      const names = listed.map(({ name, type }) => [name, type] as const);
      if (ignoreMode === "none") names.unshift([".", S.IFDIR], ["..", S.IFDIR]);
      for (const [name, type] of names) {
        if (this.#ignored(name)) continue;
        const entry = yield* this.#entry(name, joinPath(path, name), type, false);
        if (entry) entries.push(entry);
        if (sys.charge(3)) yield* sys.preempt();
      }
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* this.#complain(argument, `${error.errno === "EACCES" || error.errno === "ENOENT" || error.errno === "ENOTDIR" || error.errno === "ENODEV" ? "cannot open directory" : "reading directory"} ${io.quoteName(path)}: ${error.message}`);
      return;
    }
    this.#sort(entries);
    if (headers) {
      if (this.#anyOutput) io.out.put("\n");
      const quoted = quoteAs(shownName, this.#settings.quoting, io.utf8, this.#settings.hideControl);
      const link = this.#settings.hyperlink ? this.#linked(path, quoted) : quoted;
      io.out.put(`${link}:\n`);
    }
    this.#anyOutput = true;
    if (format === "long" || blocks) {
      const total = entries.reduce((sum, entry) => sum + (entry.stat?.blocks ?? 0), 0);
      io.out.put(`total ${localNumber(io.sys, formatSize(total * 512, blockStyle))}${end}`);
    }
    if (entries.length > 0) yield* this.#print(entries);
    if (io.out.full) yield* io.out.flush();
    if (!recursive) return;
    for (const entry of entries) {
      if (entry.type !== S.IFDIR || entry.name === "." || entry.name === "..") continue;
      yield* this.#folder(joinPath(path, entry.name), joinPath(shownName, entry.name), true, false);
    }
    this.#ancestors.delete(key);
  }

  #timeOf(stat: Stat | undefined): number {
    if (!stat) return Number.NEGATIVE_INFINITY;
    const { time } = this.#settings;
    return time === "mtime" ? stat.mtimeUs : time === "ctime" ? stat.ctimeUs : time === "atime" ? stat.atimeUs : stat.btimeUs;
  }

  #sort(entries: Entry[]): void {
    const { sort, reverse, directoriesFirst } = this.#settings;
    if (sort === "none") return;
    const collate = collation(this.#io.sys);
    const moved = sort === "width" && this.#aligned(entries) ? 1 : 0;
    const widthOf = (entry: Entry): number => nameWidth(entry.shown) + (entry.quoted ? 0 : moved);
    const byName = (a: Entry, b: Entry): number => collate(a.name, b.name);
    const extension = (name: string): string => (name.lastIndexOf(".") >= 0 ? name.slice(name.lastIndexOf(".")) : "");
    const compare = (a: Entry, b: Entry): number => {
      switch (sort) {
        case "size": return (b.stat?.sizeBytes ?? 0) - (a.stat?.sizeBytes ?? 0) || byName(a, b);
        case "time": return this.#timeOf(b.stat) - this.#timeOf(a.stat) || byName(a, b);
        case "extension": return collate(extension(a.name), extension(b.name)) || byName(a, b);
        case "version": return compareVersions(latin1OfText(a.name), latin1OfText(b.name)) || byName(a, b);
        case "width": return widthOf(a) - widthOf(b) || byName(a, b);
        default: return byName(a, b);
      }
    };
    const folder = (entry: Entry): boolean => entry.type === S.IFDIR || ((entry.targetStat?.mode ?? 0) & S.IFMT) === S.IFDIR;
    entries.sort((a, b) => {
      if (directoriesFirst && folder(a) !== folder(b)) return folder(a) ? -1 : 1;
      const order = compare(a, b);
      return reverse ? -order : order;
    });
  }

  #indicator(mode: number, known: boolean): string {
    const { indicator } = this.#settings;
    if (indicator === "none" || !known) return "";
    const type = mode & S.IFMT;
    if (type === S.IFDIR) return "/";
    if (indicator === "slash") return "";
    if (type === S.IFLNK) return "@";
    if (type === S.IFIFO) return "|";
    if (type === S.IFSOCK) return "=";
    return type === S.IFREG && indicator === "classify" && (mode & 0o111) !== 0 ? "*" : "";
  }

  #linked(path: string, shown: string): string {
    let absolute: string;
    try {
      absolute = canonicalPath(this.#sys, path, "missing");
    } catch (error) {
      if (error instanceof SysError) return shown;
      throw error;
    }
    const encoded = Array.from(latin1OfText(absolute), (char) => (/[A-Za-z0-9/._~-]/.test(char) ? char : "%" + char.charCodeAt(0).toString(16).padStart(2, "0"))).join("");
    return `\x1b]8;;file://${this.#sys.uname().nodename}${encoded}\x07${shown}\x1b]8;;\x07`;
  }

  #capable(entry: Entry): boolean {
    if (((entry.stat?.mode ?? 0) & S.IFMT) !== S.IFREG || !this.#settings.colors?.colored("ca")) return false;
    try {
      return this.#sys.listxattr(entry.path, true).includes("security.capability");
    } catch (error) {
      if (error instanceof SysError) return false;
      throw error;
    }
  }

  /** The name as it is printed: quoted, coloured, with its indicator but without padding. */
  #name(entry: Entry): string {
    const { colors, hyperlink } = this.#settings;
    let shown = entry.shown;
    if (hyperlink) shown = this.#linked(entry.path, shown);
    if (colors) shown = colors.paint(colors.valueFor(entry.name, entry.stat, entry.isLink, entry.targetStat, this.#capable(entry)), shown);
    return shown;
  }

  #suffix(entry: Entry): string {
    return this.#indicator(entry.stat?.mode ?? entry.type, true);
  }

  /** When one name of a listing is quoted, the others are moved by one column so that names stand below each other. */
  #aligned(entries: readonly Entry[]): boolean {
    const { format, quoting, lineWidth } = this.#settings;
    return (quoting === "shell" || quoting === "shell-escape" || quoting === "c-maybe") &&
      (format === "long" || ((format === "columns" || format === "across") && lineWidth !== 0)) && entries.some((entry) => entry.quoted);
  }

  /** `measured`: what the columns of a long listing are as wide as; a command line's directories count with its files. */
  *#print(entries: readonly Entry[], measured = entries): Blocking<void> {
    const { format } = this.#settings;
    const pad = this.#aligned(entries);
    switch (format) {
      case "long": return yield* this.#long(entries, measured, pad);
      case "one": return yield* this.#onePerLine(entries);
      case "commas": return yield* this.#commas(entries);
      default: return yield* this.#grid(entries, format === "across", pad);
    }
  }

  #frills(entries: readonly Entry[]): (entry: Entry) => string {
    const { inode, blocks, blockStyle, format, context } = this.#settings;
    const inodeText = (entry: Entry): string => (entry.stat ? String(entry.stat.ino) : "?");
    const blockText = (entry: Entry): string => (entry.stat ? localNumber(this.#io.sys, formatSize(entry.stat.blocks * 512, blockStyle)) : "?");
    const inodeWidth = format === "commas" ? 0 : Math.max(0, ...entries.map((entry) => inodeText(entry).length));
    const blockWidth = format === "commas" ? 0 : Math.max(0, ...entries.map((entry) => blockText(entry).length));
    return (entry) => (inode ? inodeText(entry).padStart(inodeWidth) + " " : "") + (blocks ? blockText(entry).padStart(blockWidth) + " " : "") + (context && format !== "long" ? "? " : "");
  }

  *#onePerLine(entries: readonly Entry[]): Blocking<void> {
    const frills = this.#frills(entries);
    for (const entry of entries) yield* this.#io.out.print(frills(entry) + this.#name(entry) + this.#suffix(entry) + this.#settings.end);
  }

  *#commas(entries: readonly Entry[]): Blocking<void> {
    const { lineWidth, end } = this.#settings;
    const frills = this.#frills(entries);
    let column = 0;
    let out = "";
    for (const [index, entry] of entries.entries()) {
      const width = nameWidth(frills(entry) + entry.shown + this.#suffix(entry));
      if (index > 0) {
        if (lineWidth === 0 || column + width + 2 < lineWidth) {
          out += ", ";
          column += 2;
        } else {
          out += "," + end;
          column = 0;
        }
      }
      out += frills(entry) + this.#name(entry) + this.#suffix(entry);
      column += width;
    }
    yield* this.#io.out.print(out + end);
  }

  *#grid(entries: readonly Entry[], across: boolean, pad: boolean): Blocking<void> {
    const { lineWidth, tabSize, end } = this.#settings;
    const frills = this.#frills(entries);
    if (lineWidth === 0) {
      yield* this.#io.out.print(entries.map((entry) => frills(entry) + this.#name(entry) + this.#suffix(entry)).join("  ") + end);
      return;
    }
    const cells = entries.map((entry) => ({ text: frills(entry) + (pad && !entry.quoted ? " " : "") + this.#name(entry) + this.#suffix(entry), width: nameWidth(frills(entry) + entry.shown + this.#suffix(entry)) + (pad && !entry.quoted ? 1 : 0) }));
    const { columnWidths, rows } = grid(cells.map((cell) => cell.width), lineWidth, across);
    const columns = columnWidths.length;
    for (let row = 0; row < rows; row++) {
      let out = "";
      let position = 0;
      let at = 0;
      for (let column = 0; column < columns; column++) {
        const cell = cells[across ? row * columns + column : column * rows + row];
        if (!cell) break;
        if (column > 0) out += indent(at, position, tabSize);
        out += cell.text;
        at = position + cell.width;
        position += columnWidths[column] ?? 0;
      }
      yield* this.#io.out.print(out + end);
    }
  }

  #extended(entry: Entry): string {
    if (entry.isLink && entry.stat && (entry.stat.mode & S.IFMT) === S.IFLNK) return "";
    try {
      return this.#sys.listxattr(entry.path, true).some((name) => name.startsWith("system.posix_acl")) ? "+" : "";
    } catch (error) {
      if (error instanceof SysError) return "";
      throw error;
    }
  }

  *#long(entries: readonly Entry[], measured: readonly Entry[], pad: boolean): Blocking<void> {
    const { showOwner, showGroup, showAuthor, numericIds, sizeStyle, colors, quoting, hideControl, end } = this.#settings;
    const frills = this.#frills(entries);
    const rowOf = (entry: Entry) => {
      const { stat } = entry;
      const device = stat && ((stat.mode & S.IFMT) === S.IFCHR || (stat.mode & S.IFMT) === S.IFBLK) ? ([String(Math.floor(stat.rdev / 256)), String(stat.rdev % 256)] as const) : undefined;
      return {
        entry, device,
        mode: stat ? fileModeText(stat.mode) + this.#extended(entry) : `${typeLetter(entry.type)}?????????`,
        links: stat ? String(stat.nlink) : "?",
        owner: stat ? (numericIds ? String(stat.uid) : this.#accounts.userName(stat.uid)) : "?",
        group: stat ? (numericIds ? String(stat.gid) : this.#accounts.groupName(stat.gid)) : "?",
        size: stat ? localNumber(this.#io.sys, formatSize(stat.sizeBytes, sizeStyle)) : "?",
        ownerIsNumber: stat !== undefined && (numericIds || this.#accounts.userById(stat.uid) === undefined),
        groupIsNumber: stat !== undefined && (numericIds || this.#accounts.groupById(stat.gid) === undefined),
      };
    };
    const rows = entries.map(rowOf);
    const measuredRows = measured === entries ? rows : measured.map(rowOf);
    const widest = (value: (row: (typeof rows)[number]) => string): number => Math.max(0, ...measuredRows.map((row) => textWidth(value(row))));
    const linksWidth = widest((row) => row.links);
    const ownerWidth = widest((row) => row.owner);
    const groupWidth = widest((row) => row.group);
    const majorWidth = widest((row) => row.device?.[0] ?? "");
    const minorWidth = widest((row) => row.device?.[1] ?? "");
    const sizeWidth = Math.max(widest((row) => (row.device ? "" : row.size)), measuredRows.some((row) => row.device) ? majorWidth + 2 + minorWidth : 0);
    const acl = rows.some((row) => row.mode.length > 10);
    const id = (value: string, width: number, isNumber: boolean): string => (isNumber ? value.padStart(width) : value + " ".repeat(width - textWidth(value)));
    // A time that is not known stands where the times end.
    const timeWidth = textWidth(strftime(this.#settings.old, civilAtUs(this.#zone, 0), this.#timeLocale));
    for (const row of rows) {
      const { entry, device } = row;
      let line = frills(entry) + row.mode + (acl && row.mode.length === 10 ? " " : "") + " " + row.links.padStart(linksWidth) + " ";
      if (showOwner) line += id(row.owner, ownerWidth, row.ownerIsNumber) + " ";
      if (showGroup) line += id(row.group, groupWidth, row.groupIsNumber) + " ";
      if (showAuthor) line += id(row.owner, ownerWidth, row.ownerIsNumber) + " ";
      if (this.#settings.context) line += "? ";
      if (device) line += device[0].padStart(majorWidth + Math.max(0, sizeWidth - (majorWidth + 2 + minorWidth))) + ", " + device[1].padStart(minorWidth) + " ";
      else line += row.size.padStart(sizeWidth) + " ";
      if (entry.stat) {
        const timeUs = this.#timeOf(entry.stat);
        const isRecent = timeUs > this.#nowUs - HALF_YEAR_US && timeUs <= this.#nowUs;
        line += strftime(isRecent ? this.#settings.recent : this.#settings.old, civilAtUs(this.#zone, timeUs), this.#timeLocale) + " ";
      } else line += "?".padStart(timeWidth) + " ";
      line += (pad && !entry.quoted ? " " : "") + this.#name(entry);
      if (entry.isLink && entry.target !== undefined) {
        let shownTarget = quoteAs(entry.target, quoting, this.#io.utf8, hideControl);
        if (colors) {
          // where links lead is looked up only if a colour or a mark depends on it
          const looked = colors.followsLinks(true) || this.#settings.indicator === "file-type" || this.#settings.indicator === "classify";
          const value = entry.targetStat && looked ? colors.valueFor(entry.target, entry.targetStat, false, undefined, false) : (colors.missing() ?? colors.valueFor("", undefined, false, undefined, false));
          shownTarget = colors.paint(value, shownTarget);
        }
        line += ` -> ${shownTarget}${entry.targetStat ? this.#indicator(entry.targetStat.mode, true) : ""}`;
      } else if (!entry.isLink || entry.stat?.mode !== undefined) line += this.#suffix(entry);
      yield* this.#io.out.print(line + end);
      if (this.#sys.charge(5)) yield* this.#sys.preempt();
    }
  }
}
