import { type Blocking, S, type Stat, type Sys, SysError } from "../../../kernel/sys.ts";
import { Accounts } from "../../kit/accounts.ts";
import { HUMAN, formatSize } from "../../kit/sizes.ts";
import { civilAtUs, strftime } from "../../kit/time-format.ts";
import { textWidth } from "../../kit/width.ts";
import { type Zone, readZone } from "../../kit/zones.ts";
import { type AppletIo, type AppletOptions, applet, appletOptions } from "../_applet.ts";

interface Entry {
  readonly name: string;
  readonly path: string;
  readonly stat: Stat;
}

const HALF_YEAR_US = 15_778_800 * 1e6;

export function modeText(mode: number): string {
  const type = new Map<number, string>([[S.IFDIR, "d"], [S.IFLNK, "l"], [S.IFCHR, "c"], [S.IFBLK, "b"], [S.IFIFO, "p"], [S.IFSOCK, "s"]]).get(mode & S.IFMT) ?? "-";
  const bits = (shift: number, special: boolean, letter: string): string => {
    const part = (mode >> shift) & 7;
    const execute = special ? ((part & 1) !== 0 ? letter : letter.toUpperCase()) : (part & 1) !== 0 ? "x" : "-";
    return `${(part & 4) !== 0 ? "r" : "-"}${(part & 2) !== 0 ? "w" : "-"}${execute}`;
  };
  return type + bits(6, (mode & S.ISUID) !== 0, "s") + bits(3, (mode & S.ISGID) !== 0, "s") + bits(0, (mode & S.ISVTX) !== 0, "t");
}

function classSuffix(mode: number): string {
  switch (mode & S.IFMT) {
    case S.IFDIR: return "/";
    case S.IFLNK: return "@";
    case S.IFIFO: return "|";
    case S.IFSOCK: return "=";
    default: return (mode & 0o111) !== 0 && (mode & S.IFMT) === S.IFREG ? "*" : "";
  }
}

function colored(name: string, mode: number, on: boolean): string {
  if (!on) return name;
  const kind = mode & S.IFMT;
  const code = kind === S.IFDIR ? "1;34" : kind === S.IFLNK ? "1;36" : kind === S.IFCHR || kind === S.IFBLK ? "1;33" : kind === S.IFIFO ? "0;33" : kind === S.IFSOCK ? "1;35" : (mode & 0o111) !== 0 ? "1;32" : "0;0";
  return `\u001b[${code}m${name}\u001b[m`;
}

class Lister {
  readonly #sys: Sys;
  readonly #io: AppletIo;
  readonly #options: AppletOptions;
  readonly #accounts: Accounts;
  readonly #zone: Zone;
  readonly #terminal: boolean;
  readonly #width: number;
  readonly #color: boolean;

  constructor(sys: Sys, io: AppletIo, options: AppletOptions, accounts: Accounts, zone: Zone) {
    this.#sys = sys;
    this.#io = io;
    this.#options = options;
    this.#accounts = accounts;
    this.#zone = zone;
    this.#terminal = sys.isatty(1);
    this.#width = Number(options.value("w") ?? 0) || (this.#terminal ? sys.getWindowSize(1).cols || 80 : 80);
    const choice = options.value("Z");
    this.#color = choice === "always" || (choice === "auto" && this.#terminal);
  }

  sort(entries: readonly Entry[]): Entry[] {
    const { has } = this.#options;
    const time = (stat: Stat): number => (has("c") ? stat.ctimeUs : has("u") ? stat.atimeUs : stat.mtimeUs);
    const order = [...entries].sort((a, b) => {
      if (has("S") && a.stat.sizeBytes !== b.stat.sizeBytes) return b.stat.sizeBytes - a.stat.sizeBytes;
      if (has("t") && time(a.stat) !== time(b.stat)) return time(b.stat) - time(a.stat);
      return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
    });
    return has("r") ? order.reverse() : order;
  }

  *show(entries: readonly Entry[]): Blocking<void> {
    const { has } = this.#options;
    const { out } = this.#io;
    const long = has("l") || has("n");
    const columns = !long && !has("1") && (has("C") || has("x") || this.#terminal);
    const decorate = (entry: Entry): string => (has("i") ? `${String(entry.stat.ino).padStart(7)} ` : "") + (has("s") ? `${String(Math.ceil(entry.stat.blocks / 2)).padStart(6)} ` : "");
    const suffix = (entry: Entry): string => (has("F") ? classSuffix(entry.stat.mode) : has("p") && (entry.stat.mode & S.IFMT) === S.IFDIR ? "/" : "");
    if (!columns) {
      for (const entry of entries) {
        if (this.#sys.charge(3)) yield* this.#sys.preempt();
        yield* out.print(`${decorate(entry)}${long ? this.#long(entry) : ""}${colored(entry.name, entry.stat.mode, this.#color)}${long && (entry.stat.mode & S.IFMT) === S.IFLNK ? this.#target(entry) : suffix(entry)}\n`);
      }
      return;
    }
    const texts = entries.map((entry) => ({ plain: decorate(entry) + entry.name + suffix(entry), shown: decorate(entry) + colored(entry.name, entry.stat.mode, this.#color) + suffix(entry) }));
    const columnWidth = Math.max(0, ...texts.map(({ plain }) => textWidth(plain))) + 2;
    const perRow = Math.max(1, Math.floor(this.#width / columnWidth));
    const rows = Math.ceil(texts.length / perRow);
    for (let row = 0; row < rows; row++) {
      let line = "";
      let pad = 0;
      for (let column = 0; column < perRow; column++) {
        const text = texts[has("x") ? row * perRow + column : column * rows + row];
        if (!text) continue;
        line += " ".repeat(pad) + text.shown;
        pad = columnWidth - textWidth(text.plain);
      }
      yield* out.print(`${line}\n`);
    }
  }

  #target(entry: Entry): string {
    try {
      return ` -> ${this.#sys.readlink(entry.path)}`;
    } catch (error) {
      if (error instanceof SysError) return "";
      throw error;
    }
  }

  #long({ stat }: Entry): string {
    const { has } = this.#options;
    const user = has("n") ? String(stat.uid) : this.#accounts.userName(stat.uid);
    const group = has("n") ? String(stat.gid) : this.#accounts.groupName(stat.gid);
    const kind = stat.mode & S.IFMT;
    const size = kind === S.IFCHR || kind === S.IFBLK ? `${String(stat.rdev >> 8).padStart(4)}, ${String(stat.rdev & 255).padStart(3)} ` : `${(has("h") ? formatSize(stat.sizeBytes, HUMAN, "nearest") : String(stat.sizeBytes)).padStart(9)} `;
    const timeUs = has("c") ? stat.ctimeUs : has("u") ? stat.atimeUs : stat.mtimeUs;
    const civil = civilAtUs(this.#zone, timeUs);
    const now = this.#sys.clockUs("realtime");
    const recent = now - timeUs < HALF_YEAR_US && now - timeUs > -15 * 60 * 1e6;
    return `${modeText(stat.mode)} ${String(stat.nlink).padStart(4)} ${user.padEnd(8).slice(0, Math.max(8, user.length))} ${group.padEnd(8)} ${size}${strftime(recent ? "%b %e %H:%M" : "%b %e  %Y", civil)} `;
  }

  stat(path: string, follow: boolean): Stat {
    return follow ? this.#sys.stat(path) : this.#sys.lstat(path);
  }

  *directory(path: string, title: boolean, first: boolean): Blocking<void> {
    const { has } = this.#options;
    const { out } = this.#io;
    let names: string[];
    try {
      names = this.#sys.readdir(path).map((entry) => entry.name);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* this.#io.fail(`can't open '${path}': ${error.message}`);
      return;
    }
    if (has("a")) names.push(".", "..");
    const entries: Entry[] = [];
    for (const name of names) {
      if (name.startsWith(".") && !has("a") && !has("A")) continue;
      const full = path.endsWith("/") ? path + name : `${path}/${name}`;
      try {
        entries.push({ name, path: full, stat: this.stat(full, has("L")) });
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* this.#io.fail(`${full}: ${error.message}`);
      }
    }
    if (title) yield* out.print(`${first ? "" : "\n"}${path}:\n`);
    if (has("l") || has("n") || has("s")) {
      const blocks = entries.reduce((sum, entry) => sum + entry.stat.blocks, 0);
      yield* out.print(`total ${has("h") ? formatSize(blocks * 512, HUMAN, "nearest") : Math.ceil(blocks / 2)}\n`);
    }
    const ordered = this.sort(entries);
    yield* this.show(ordered);
    if (!has("R")) return;
    for (const entry of ordered) {
      if (entry.name === "." || entry.name === ".." || (entry.stat.mode & S.IFMT) !== S.IFDIR) continue;
      yield* this.directory(entry.path, true, false);
    }
  }
}

export const ls = applet("ls", function* (sys, args, io: AppletIo) {
  const options = appletOptions(args, "1AaCxdLHRFplinshrSXvctuw:Z:", { color: "Z", "full-time": "l", "group-directories-first": "1" });
  const lister = new Lister(sys, io, options, yield* Accounts.read(sys), yield* readZone(sys));
  const operands = options.operands.length > 0 ? options.operands : ["."];
  const files: Entry[] = [];
  const directories: Entry[] = [];
  const follow = !options.has("l") && !options.has("F") && !options.has("d");
  for (const path of operands) {
    try {
      const stat = lister.stat(path, follow || options.has("L") || options.has("H"));
      ((stat.mode & S.IFMT) === S.IFDIR && !options.has("d") ? directories : files).push({ name: path, path, stat });
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.fail(`${path}: ${error.message}`);
    }
  }
  if (files.length > 0) yield* lister.show(lister.sort(files));
  const titles = operands.length > 1 || options.has("R");
  let first = files.length === 0;
  for (const { path } of lister.sort(directories)) {
    yield* lister.directory(path, titles, first);
    first = false;
  }
  return undefined;
});
