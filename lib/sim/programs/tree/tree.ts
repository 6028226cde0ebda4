// tree(1) takes its options as it likes: letters in clusters, long ones with "=" or as a word of their own. More than 400 lines: one walk, three ways to print.

import { optionHelp } from "../kit/help-text.ts";
import { type Blocking, O, S, type Stat, type Sys, SysError } from "../../kernel/sys.ts";
import { Accounts } from "../kit/accounts.ts";
import { compareBytes } from "../kit/collate.ts";
import { fileModeText } from "../kit/file-mode.ts";
import { globMatch } from "../kit/glob.ts";
import { isUtf8 } from "../kit/locale.ts";
import { ColorsError, LsColors } from "../kit/ls-colors.ts";
import { Output } from "../kit/output.ts";
import { joinPath } from "../kit/paths.ts";
import { type Io, flag, program, reason, text, unsimulated } from "../kit/program.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { compareVersions } from "../kit/version-order.ts";
import { charWidth } from "../kit/width.ts";
import { type Zone, readZone } from "../kit/zones.ts";

const LETTERS: readonly (readonly [letter: string, help: string])[] = [
  ["a", "hidden names too"], ["d", "list directories only"], ["l", "enter directories through symbolic links too"], ["f", "names with their whole path, from the starting point"], ["x", "stay within one file system"],
  ["q", "a question mark for each character that cannot be shown"], ["N", "characters that cannot be shown go out unchanged"], ["Q", "names between double quotes"], ["p", "type and permissions in front"],
  ["u", "owner in front"], ["g", "group in front"], ["s", "size in front, in bytes"], ["h", "size in front, with a unit (4.0K, 20M)"],
  ["D", "date in front: of the contents, with -c of the inode"], ["F", "a mark for the type after the name: / = * @ | or >, as ls -F"], ["v", "compare numbers inside names by their value: f2 before f10"],
  ["t", "by the date of the contents"], ["c", "by the date of the inode"], ["U", "leave files unsorted"], ["r", "the other way round"], ["i", "names without lines in front"],
  ["A", "draw the lines with line graphics of the terminal"], ["S", "draw the lines with characters of code page 437"], ["n", "no colors, unless -C is given"], ["C", "colors, into files and pipes too"],
  ["X", "write the tree in XML"], ["J", "write the tree in JSON"], ["R", "with -L and -o: run again in every directory at the last level"],
];

const WORDS: readonly (readonly [word: string, help: string])[] = [
  ["--ignore-case", "in patterns, capitals equal small letters"], ["--matchdirs", "-P counts for directories too"], ["--metafirst", "what -p, -s, -D... show stands before the lines of the tree"],
  ["--prune", "directories with nothing to show are left out"], ["--noreport", "no count in the last line"], ["--si", "as -h, with units of a thousand"],
  ["--du", "a directory is as large as all that is in it"], ["--inodes", "the inode number in front"], ["--device", "the device number in front"],
  ["--dirsfirst", "directories come first (not with -U)"], ["--filesfirst", "files come first (not with -U)"], ["--nolinks", "HTML without links"], ["--gitignore", "leave out what .gitignore names (accepted, without effect)"],
];

const spec = {
  name: "tree",
  summary: "draw a directory and all below it as a tree",
  synopsis: ["[-acdfghilnpqrstuvxACDFJQNSUX] [-L level] [-P pattern] [-I pattern] [-o filename] [--option...] [--] [directory ...]"],
  options: [
    ...LETTERS.map(([letter, help]) => flag([`-${letter}`], help)), text(["-L"], "level", "no deeper than this level"), text(["-P"], "pattern", "only files whose name matches the pattern"),
    text(["-I"], "pattern", "without files whose name matches the pattern"), text(["-o"], "filename", "the tree goes to this file"), ...WORDS.map(([word, help]) => flag([word], help)),
    text(["--charset"], "X", "character set of names and lines"), text(["--filelimit"], "#", "directories with more files than this are not opened"),
    text(["--timefmt"], "format", "date in front, as strftime writes this format"), text(["--sort"], "name", "what decides the order: name, version, size, mtime or ctime"),
    unsimulated(["-H"], "write the tree in HTML; links begin with this address", "HTML is not written; -J and -X are", "baseHREF"), unsimulated(["--fromfile"], "reads paths from files", "trees are read from directories only"),
    flag(["--version"], "print the version"), flag(["--help"], "show this help"),
  ],
  operands: "directories",
} as const;

const USAGE = `usage: tree [-acdfghilnpqrstuvxACDFJQNSUX] [-L level [-R]] [-H  baseHREF]
	[-T title] [-o filename] [-P pattern] [-I pattern] [--gitignore]
	[--gitfile[=]file] [--matchdirs] [--metafirst] [--ignore-case]
	[--nolinks] [--hintro[=]file] [--houtro[=]file] [--inodes] [--device]
	[--sort[=]<name>] [--dirsfirst] [--filesfirst] [--filelimit #] [--si]
	[--du] [--prune] [--charset[=]X] [--timefmt[=]format] [--fromfile]
	[--fflinks] [--info] [--infofile[=]file] [--noreport] [--version]
	[--help] [--] [directory ...]
`;

interface Settings {
  readonly on: Set<string>;
  level: number;
  readonly include: string[];
  readonly exclude: string[];
  output: string | undefined;
  charset: string | undefined;
  fileLimit: number;
  timeFormat: string | undefined;
  sort: "name" | "version" | "size" | "mtime" | "ctime" | "none";
}

class Failure extends Error {}

export default program(spec, function* (sys, argv, io: Io) {
  const settings: Settings = { on: new Set(), level: Number.POSITIVE_INFINITY, include: [], exclude: [], output: undefined, charset: undefined, fileLimit: 0, timeFormat: undefined, sort: "name" };
  let folders: string[];
  try {
    folders = parse(argv.slice(1), settings);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    if (error.message === "help") {
      io.out.put(USAGE + spec.options.map((option) => `  ${(option.names.join(", ") + (option.argument === undefined ? "" : " " + option.argument)).padEnd(14)}${option.help.charAt(0).toUpperCase()}${optionHelp(option).slice(1)}.\n`).join(""));
      return 0;
    }
    if (error.message === "version") {
      io.out.put("tree v2.1.0 © 1996 - 2022 by Steve Baker, Thomas Moore, Francesc Rocher, Florian Sesser, Kyosuke Tokoro\n");
      return 0;
    }
    const [message, list] = error.message.split("\0");
    yield* io.stderr(message ?? "");
    if (list !== undefined) io.out.put(list);
    return 1;
  }
  let out = io.out;
  if (settings.output !== undefined) {
    try {
      out = new Output(sys, yield* sys.open(settings.output, O.WRONLY | O.CREAT | O.TRUNC, 0o666));
    } catch (error) {
      yield* io.stderr(`tree: invalid filename '${settings.output}'\n`);
      return reason(error) === "" ? 0 : 1;
    }
  }
  const drawing = new Drawing(sys, settings, out, yield* Accounts.read(sys), yield* readZone(sys));
  const status = yield* drawing.run(folders.length === 0 ? ["."] : folders);
  yield* out.flush();
  return status;
});

function parse(args: readonly string[], settings: Settings): string[] {
  const { on } = settings;
  const folders: string[] = [];
  const level = (value: string | undefined): number => {
    if (value === undefined) throw new Failure("tree: Missing argument to -L option.\n");
    if (!/^\d+$/.test(value) || Number(value) < 1) throw new Failure("tree: Invalid level, must be greater than 0.\n");
    return Number(value);
  };
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? "";
    if (arg === "--") {
      folders.push(...args.slice(i + 1));
      break;
    }
    if (!arg.startsWith("-") || arg === "-") {
      folders.push(arg);
      continue;
    }
    if (arg.startsWith("--")) {
      const [word = "", attached] = arg.includes("=") ? [arg.slice(0, arg.indexOf("=")), arg.slice(arg.indexOf("=") + 1)] : [arg, undefined];
      const value = (): string => {
        const given = attached ?? args[++i];
        if (given === undefined) throw new Failure(`tree: Missing argument to ${word}=\n`);
        return given;
      };
      if (word === "--help" || word === "--version") throw new Failure(word.slice(2));
      if (word === "--charset") settings.charset = value();
      else if (word === "--filelimit") settings.fileLimit = Number(value());
      else if (word === "--timefmt") {
        settings.timeFormat = value();
        on.add("D");
      } else if (word === "--sort") {
        const name = value();
        const found = (["name", "version", "size", "mtime", "ctime"] as const).find((one) => one === name);
        if (!found) throw new Failure(`tree: Sort type '${name}' not valid, should be one of: \0name,version,size,mtime,ctime\n`);
        settings.sort = found;
      } else if (WORDS.some(([known]) => known === word)) on.add(word);
      else throw new Failure(`tree: Invalid argument \`${arg}'.\n${USAGE}`);
      continue;
    }
    for (let at = 1; at < arg.length; at++) {
      const letter = arg.charAt(at);
      const next = (missing: string): string => {
        const given = args[++i];
        if (given === undefined) throw new Failure(missing);
        return given;
      };
      if (letter === "L") {
        const attached = /^\d+/.exec(arg.slice(at + 1))?.[0];
        settings.level = level(attached ?? args[++i]);
        at += attached?.length ?? 0;
      } else if (letter === "P") settings.include.push(next("tree: Missing argument to -P option.\n"));
      else if (letter === "I") settings.exclude.push(next("tree: Missing argument to -I option.\n"));
      else if (letter === "o") settings.output = next("tree: Missing argument to -o option.\n");
      else if (letter === "H" || letter === "T") throw new Failure(`tree: option -${letter} is not simulated here: HTML is not written, -J and -X are\n`);
      else if (LETTERS.some(([known]) => known === letter)) {
        on.add(letter);
        if (letter === "v") settings.sort = "version";
        else if (letter === "t") settings.sort = "mtime";
        else if (letter === "c") settings.sort = "ctime";
        else if (letter === "U") settings.sort = "none";
      } else throw new Failure(`tree: Invalid argument -\`${letter}'.\n${USAGE}`);
    }
  }
  return folders;
}

interface Entry {
  readonly name: string;
  readonly path: string;
  readonly stat: Stat;
  readonly target: string | undefined;
  /** of what a link leads to; undefined when to nothing */
  readonly targetStat: Stat | undefined;
  children: Entry[] | undefined;
  problem: string | undefined;
  sizeBytes: number;
}

const isFolder = (stat: Stat | undefined): boolean => stat !== undefined && (stat.mode & S.IFMT) === S.IFDIR;

class Drawing {
  readonly #sys: Sys;
  readonly #settings: Settings;
  readonly #out: Output;
  readonly #accounts: Accounts;
  readonly #zone: Zone;
  readonly #lines: { readonly branch: string; readonly last: string; readonly bar: string };
  readonly #colors: LsColors | undefined;
  readonly #utf8: boolean;
  #folders = 0;
  #files = 0;

  constructor(sys: Sys, settings: Settings, out: Output, accounts: Accounts, zone: Zone) {
    this.#sys = sys;
    this.#settings = settings;
    this.#out = out;
    this.#accounts = accounts;
    this.#zone = zone;
    const { on } = settings;
    this.#utf8 = settings.charset === undefined ? isUtf8(sys.environment) : /utf-?8/i.test(settings.charset);
    this.#lines = on.has("A") ? { branch: "tqq ", last: "mqq ", bar: "x   " }
      : on.has("S") ? { branch: "\u00c3\u00c4\u00c4 ", last: "\u00c0\u00c4\u00c4 ", bar: "\u00b3   " }
      : this.#utf8 ? { branch: "├── ", last: "└── ", bar: "│\u00a0\u00a0 " } : { branch: "|-- ", last: "`-- ", bar: "|   " };
    const spec = sys.environment.get("LS_COLORS") ?? sys.environment.get("TREE_COLORS");
    const term = sys.environment.get("TERM");
    const wanted = term !== undefined && (on.has("C") || (!on.has("n") && sys.isatty(1) && settings.output === undefined && spec !== undefined && spec !== "" && term !== "dumb"));
    if (wanted) {
      try {
        this.#colors = spec === undefined || spec === "" ? LsColors.parse("pi=40;33:so=01;35:bd=40;33;01:cd=40;33;01:or=40;31;01:tw=:ow=:st=:su=:sg=") : LsColors.parse(spec, false);
      } catch (error) {
        if (!(error instanceof ColorsError)) throw error;
      }
    }
  }

  *run(folders: readonly string[]): Blocking<number> {
    const { on } = this.#settings;
    let status = 0;
    const json = on.has("J");
    const xml = on.has("X");
    if (json) this.#out.put("[");
    if (xml) this.#out.put('<?xml version="1.0" encoding="UTF-8"?>\n<tree>\n');
    let totalBytes = 0;
    for (const [index, folder] of folders.entries()) {
      const root = yield* this.#root(folder);
      if (root === undefined || root.problem !== undefined) status = 2;
      if (root) totalBytes += root.sizeBytes;
      if (json) yield* this.#json(folder, root, index);
      else if (xml) yield* this.#xml(folder, root);
      else yield* this.#plain(folder, root);
    }
    if (json) this.#out.put(on.has("--noreport") ? "\n]\n" : `\n,\n  {"type":"report","directories":${this.#folders}${on.has("d") ? "" : `,"files":${this.#files}`}}\n]\n`);
    else if (xml) this.#out.put((on.has("--noreport") ? "" : `  <report>\n    <directories>${this.#folders}</directories>\n${on.has("d") ? "" : `    <files>${this.#files}</files>\n`}  </report>\n`) + "</tree>\n");
    else if (!on.has("--noreport")) {
      const used = on.has("--du") ? ` ${this.#sizeText(totalBytes)} ${on.has("h") || on.has("--si") ? "" : "bytes "}used in ` : "";
      this.#out.put(`\n${used}${this.#folders} director${this.#folders === 1 ? "y" : "ies"}${on.has("d") ? "" : `, ${this.#files} file${this.#files === 1 ? "" : "s"}`}\n`);
    }
    return status;
  }

  *#root(path: string): Blocking<Entry | undefined> {
    let stat: Stat;
    try {
      stat = this.#sys.stat(path);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return undefined;
    }
    const entry: Entry = { name: path, path, stat, target: undefined, targetStat: undefined, children: undefined, problem: undefined, sizeBytes: stat.sizeBytes };
    if (isFolder(stat)) yield* this.#fill(entry, 0, stat.dev, [`${stat.dev}:${stat.ino}`]);
    else entry.problem = "error opening dir";
    return entry;
  }

  *#fill(entry: Entry, depth: number, device: number, ancestors: readonly string[]): Blocking<void> {
    const { on, level, include, exclude, fileLimit } = this.#settings;
    const sys = this.#sys;
    if (depth >= level) return;
    let names: readonly string[];
    try {
      names = sys.readdir(entry.path).map(({ name }) => name);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      entry.problem = "error opening dir";
      return;
    }
    const ignoreCase = on.has("--ignore-case");
    const matches = (pattern: string, name: string): boolean => pattern.split("|").some((part) => globMatch(part.replace(/\/$/, ""), name, { ignoreCase }));
    const children: Entry[] = [];
    for (const name of names) {
      if (name.startsWith(".") && !on.has("a")) continue;
      const path = joinPath(entry.path, name);
      let stat: Stat;
      try {
        stat = sys.lstat(path);
      } catch (error) {
        if (error instanceof SysError) continue;
        throw error;
      }
      if (sys.charge(3)) yield* sys.preempt();
      let target: string | undefined;
      let targetStat: Stat | undefined;
      if ((stat.mode & S.IFMT) === S.IFLNK) {
        try {
          target = sys.readlink(path);
          targetStat = sys.stat(path);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
        }
      }
      const folder = isFolder(stat);
      if (exclude.some((pattern) => matches(pattern, name))) continue;
      if (on.has("d") && !folder && !isFolder(targetStat)) continue;
      if (include.length > 0 && !include.some((pattern) => matches(pattern, name)) && !(folder && !on.has("--matchdirs")) && !(folder && on.has("--matchdirs"))) continue;
      children.push({ name, path, stat, target, targetStat, children: undefined, problem: undefined, sizeBytes: stat.sizeBytes });
    }
    if (fileLimit > 0 && children.length > fileLimit) {
      entry.problem = `${children.length} entries exceeds filelimit, not opening dir`;
      return;
    }
    this.#sort(children);
    entry.children = children;
    for (const child of children) {
      const followed = isFolder(child.stat) ? child.stat : on.has("l") && isFolder(child.targetStat) ? child.targetStat : undefined;
      if (!followed) continue;
      if (on.has("x") && followed.dev !== device) continue;
      const key = `${followed.dev}:${followed.ino}`;
      if (child.target !== undefined && ancestors.includes(key)) {
        child.problem = "recursive, not followed";
        continue;
      }
      // A link into the tree itself would show it twice.
      if (child.target !== undefined && children.some((other) => other !== child && other.stat.ino === followed.ino && other.stat.dev === followed.dev)) {
        child.problem = "recursive, not followed";
        continue;
      }
      yield* this.#fill(child, depth + 1, device, [...ancestors, key]);
    }
    if (on.has("--prune")) {
      entry.children = children.filter((child) => !isFolder(child.stat) || child.problem !== undefined || (child.children?.length ?? 0) > 0 || (on.has("--matchdirs") && include.some((pattern) => matches(pattern, child.name))));
    }
    if (on.has("--du")) for (const child of children) entry.sizeBytes += child.sizeBytes;
  }

  #sort(entries: Entry[]): void {
    const { on, sort } = this.#settings;
    if (sort === "none") return;
    const byName = (a: Entry, b: Entry): number => compareBytes(a.name, b.name);
    const compare = (a: Entry, b: Entry): number => {
      switch (sort) {
        case "version": return compareVersions(a.name, b.name);
        case "size": return b.stat.sizeBytes - a.stat.sizeBytes || byName(a, b);
        case "mtime": return a.stat.mtimeUs - b.stat.mtimeUs || byName(a, b);
        case "ctime": return a.stat.ctimeUs - b.stat.ctimeUs || byName(a, b);
        default: return byName(a, b);
      }
    };
    const folder = (entry: Entry): boolean => isFolder(entry.stat) || isFolder(entry.targetStat);
    const rank = (entry: Entry): number => (on.has("--dirsfirst") ? (folder(entry) ? 0 : 1) : on.has("--filesfirst") ? (folder(entry) ? 1 : 0) : 0);
    entries.sort((a, b) => rank(a) - rank(b) || (on.has("r") ? -compare(a, b) : compare(a, b)));
  }

  #sizeText(bytes: number): string {
    const { on } = this.#settings;
    if (!on.has("h") && !on.has("--si")) return String(bytes).padStart(11);
    const base = on.has("--si") ? 1000 : 1024;
    if (bytes < base) return String(bytes).padStart(4);
    let value = bytes;
    let power = -1;
    while (value >= base && power < 5) {
      value /= base;
      power++;
    }
    const letter = (base === 1000 ? "kMGTPE" : "KMGTPE").charAt(power);
    return ((value < 10 ? value.toFixed(1) : String(Math.floor(value))) + letter).padStart(4);
  }

  #time(stat: Stat): string {
    const { on, timeFormat } = this.#settings;
    const timeUs = on.has("c") || this.#settings.sort === "ctime" ? stat.ctimeUs : stat.mtimeUs;
    const nowUs = this.#sys.clockUs("realtime");
    const recent = timeUs > nowUs - 183 * 86400e6 && timeUs <= nowUs;
    return strftime(timeFormat ?? (recent ? "%b %e %H:%M" : "%b %e  %Y"), civilAtUs(this.#zone, timeUs));
  }

  #meta(entry: Entry): string {
    const { on } = this.#settings;
    const parts: string[] = [];
    if (on.has("--inodes")) parts.push(String(entry.stat.ino).padStart(7));
    if (on.has("--device")) parts.push(String(entry.stat.dev).padStart(3));
    if (on.has("p")) parts.push(fileModeText(entry.stat.mode));
    if (on.has("u")) parts.push(this.#accounts.userName(entry.stat.uid).padEnd(8).slice(0, 32));
    if (on.has("g")) parts.push(this.#accounts.groupName(entry.stat.gid).padEnd(8).slice(0, 32));
    if (on.has("s") || on.has("h") || on.has("--si") || on.has("--du")) parts.push(this.#sizeText(on.has("--du") ? entry.sizeBytes : entry.stat.sizeBytes));
    if (on.has("D")) parts.push(this.#time(entry.stat));
    return parts.length === 0 ? "" : `[${parts.join(" ")}]  `;
  }

  #shown(name: string): string {
    const { on } = this.#settings;
    let out = "";
    for (const char of name) {
      const code = char.codePointAt(0) ?? 0;
      const printable = code >= 32 && code !== 127 && (code < 128 || (this.#utf8 && charWidth(code) >= 0));
      if (on.has("N") || printable) out += on.has("Q") && (char === '"' || char === "\\") ? `\\${char}` : char;
      else if (on.has("q")) out += "?";
      else out += "\\" + code.toString(8).padStart(3, "0");
    }
    return on.has("Q") ? `"${out}"` : out;
  }

  #indicator(stat: Stat | undefined): string {
    if (!this.#settings.on.has("F") || !stat) return "";
    switch (stat.mode & S.IFMT) {
      case S.IFDIR: return "/";
      case S.IFSOCK: return "=";
      case S.IFIFO: return "|";
      case S.IFREG: return (stat.mode & 0o111) !== 0 ? "*" : "";
      default: return "";
    }
  }

  #paint(entry: Entry, shown: string): string {
    if (!this.#colors) return shown;
    const link = (entry.stat.mode & S.IFMT) === S.IFLNK;
    const value = this.#colors.valueFor(entry.name, entry.stat, link, link ? (entry.targetStat ?? null) : undefined, false);
    return value === undefined ? shown : `\x1b[${value}m${shown}\x1b[0m`;
  }

  #label(entry: Entry): string {
    let label = this.#paint(entry, this.#shown(this.#settings.on.has("f") ? entry.path : entry.name));
    if (entry.target === undefined) label += this.#indicator(entry.stat);
    else {
      const target = this.#shown(entry.target);
      const value = entry.targetStat ? this.#colors?.valueFor(entry.target, entry.targetStat, false, undefined, false) : undefined;
      label += ` -> ${value === undefined ? target : `\x1b[${value}m${target}\x1b[0m`}${this.#indicator(entry.targetStat)}`;
    }
    return label + (entry.problem === undefined ? "" : `  [${entry.problem}]`);
  }

  #count(entry: Entry): void {
    if (isFolder(entry.stat) || isFolder(entry.targetStat)) this.#folders++;
    else this.#files++;
  }

  *#plain(path: string, root: Entry | undefined): Blocking<void> {
    if (!root) {
      this.#out.put(`${path}  [error opening dir]\n`);
      return;
    }
    const name = this.#shown(path);
    this.#out.put(this.#meta(root) + this.#paint(root, name) + (root.problem === undefined ? (path.endsWith("/") ? "" : this.#indicator(root.stat)) : `  [${root.problem}]`) + "\n");
    // The top counts when something was listed below it.
    if (isFolder(root.stat) && root.problem !== "error opening dir" && ((root.children?.length ?? 0) > 0 || root.problem !== undefined)) this.#folders++;
    else if (root.problem === "error opening dir") this.#files++;
    yield* this.#below(root, "");
  }

  *#below(entry: Entry, prefix: string): Blocking<void> {
    const { on } = this.#settings;
    const children = entry.children ?? [];
    for (const [index, child] of children.entries()) {
      const last = index === children.length - 1;
      this.#count(child);
      const plain = prefix + (last ? this.#lines.last : this.#lines.branch);
      const branch = on.has("i") ? "" : on.has("A") ? `\x1b(0${plain}\x1b(B` : plain;
      const line = (on.has("--metafirst") ? this.#meta(child) + branch : branch + this.#meta(child)) + this.#label(child) + "\n";
      if (on.has("S")) this.#out.putLatin1(line);
      else this.#out.put(line);
      if (this.#out.full) yield* this.#out.flush();
      yield* this.#below(child, prefix + (last ? "    " : this.#lines.bar));
    }
  }

  #typeName(entry: Entry): string {
    switch (entry.stat.mode & S.IFMT) {
      case S.IFDIR: return "directory";
      case S.IFLNK: return "link";
      case S.IFIFO: return "fifo";
      case S.IFSOCK: return "socket";
      case S.IFBLK: return "block";
      case S.IFCHR: return "char";
      default: return "file";
    }
  }

  #attributes(entry: Entry): readonly (readonly [name: string, value: string | number])[] {
    const { on } = this.#settings;
    const list: (readonly [string, string | number])[] = [];
    if (on.has("--inodes")) list.push(["inode", entry.stat.ino]);
    if (on.has("--device")) list.push(["dev", entry.stat.dev]);
    if (on.has("p")) list.push(["mode", (entry.stat.mode & 0o7777).toString(8).padStart(4, "0")], ["prot", fileModeText(entry.stat.mode)]);
    if (on.has("u")) list.push(["user", this.#accounts.userName(entry.stat.uid)]);
    if (on.has("g")) list.push(["group", this.#accounts.groupName(entry.stat.gid)]);
    if (on.has("s") || on.has("h") || on.has("--si") || on.has("--du")) {
      const bytes = on.has("--du") ? entry.sizeBytes : entry.stat.sizeBytes;
      list.push(["size", on.has("h") || on.has("--si") ? this.#sizeText(bytes).trim() : bytes]);
    }
    if (on.has("D")) list.push(["time", this.#time(entry.stat)]);
    return list;
  }

  *#json(path: string, root: Entry | undefined, index: number): Blocking<void> {
    this.#out.put(index > 0 ? ",\n" : "\n");
    if (!root) {
      this.#out.put(`  {"type":"directory","name":${JSON.stringify(path)},"contents":[{"error": "error opening dir"}\n  ]}`);
      return;
    }
    if ((root.children?.length ?? 0) > 0) this.#folders++;
    yield* this.#jsonEntry(root, "  ", path);
  }

  *#jsonEntry(entry: Entry, indent: string, name: string): Blocking<void> {
    const attributes = this.#attributes(entry).map(([key, value]) => `,"${key}":${JSON.stringify(value)}`).join("");
    const target = entry.target === undefined ? "" : `,"target":${JSON.stringify(entry.target)}`;
    this.#out.put(`${indent}{"type":"${this.#typeName(entry)}","name":${JSON.stringify(name)}${target}${attributes}`);
    const children = entry.children ?? [];
    if (children.length > 0) {
      this.#out.put(',"contents":[\n');
      for (const [index, child] of children.entries()) {
        this.#count(child);
        yield* this.#jsonEntry(child, indent + "  ", this.#settings.on.has("f") ? child.path : child.name);
        this.#out.put(index === children.length - 1 ? "\n" : ",\n");
        if (this.#out.full) yield* this.#out.flush();
      }
      this.#out.put(`${indent}]`);
    }
    this.#out.put("}");
  }

  *#xml(path: string, root: Entry | undefined): Blocking<void> {
    if (!root) {
      this.#out.put(`  <directory name="${escapeXml(path)}">\n    <error>error opening dir</error>\n  </directory>\n`);
      return;
    }
    if ((root.children?.length ?? 0) > 0) this.#folders++;
    yield* this.#xmlEntry(root, "  ", path);
  }

  *#xmlEntry(entry: Entry, indent: string, name: string): Blocking<void> {
    const type = this.#typeName(entry);
    const target = entry.target === undefined ? "" : ` target="${escapeXml(entry.target)}"`;
    const attributes = this.#attributes(entry).map(([key, value]) => ` ${key}="${escapeXml(String(value))}"`).join("");
    this.#out.put(`${indent}<${type} name="${escapeXml(name)}"${target}${attributes}>`);
    if (type !== "directory" || (indent.length > 2 && (entry.children?.length ?? 0) === 0)) {
      this.#out.put(`</${type}>\n`);
      return;
    }
    this.#out.put("\n");
    for (const child of entry.children ?? []) {
      this.#count(child);
      yield* this.#xmlEntry(child, indent + "  ", this.#settings.on.has("f") ? child.path : child.name);
      if (this.#out.full) yield* this.#out.flush();
    }
    this.#out.put(`${indent}</${type}>\n`);
  }
}

function escapeXml(value: string): string {
  return value.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
