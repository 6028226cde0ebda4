// The three manners of options of ps(1): -e -f (UNIX), aux (BSD), --forest (GNU). As in procps 4.0.2 words that make no sense in the UNIX manner are read
// once more in the BSD one (`ps -aux`); when that fails too, the first mistake is told.

import { PsUsage, type PsItem, type PsSortKey, chosenFormat, type FormatRequests } from "./_ps-formats.ts";

export type PsSelector = "pid" | "ppid" | "user" | "ruser" | "group" | "rgroup" | "comm" | "tty" | "session" | "pgrp";

export interface PsList {
  readonly by: PsSelector;
  readonly values: readonly (number | string)[];
}

/** What names in lists stand for; undefined where there is no such thing. */
export interface PsLookups {
  readonly userId: (name: string) => number | undefined;
  readonly groupId: (name: string) => number | undefined;
  /** the number in /proc/PID/stat, or why there is none */
  readonly terminal: (name: string) => number | "missing" | "no terminal";
  readonly ownTerminal: number;
  /** $PS_FORMAT */
  readonly environmentFormat: string | undefined;
}

export type PsThreads = "none" | "tasks" | "loose" | "both";

export interface PsOptions {
  readonly lists: readonly PsList[];
  /** the order of a -q list, which no other process joins */
  readonly quick: readonly number[] | undefined;
  readonly everything: boolean;
  /** -a -d and BSD's a x g; those of the table of selections */
  readonly table: PsTable | undefined;
  readonly runningOnly: boolean;
  readonly negate: boolean;
  readonly items: readonly PsItem[];
  readonly sort: readonly PsSortKey[];
  readonly threads: PsThreads;
  readonly forest: "none" | "indented" | "drawn";
  readonly headings: "once" | "none" | "repeated";
  readonly wide: number;
  readonly columns: number | undefined;
  readonly rows: number | undefined;
  /** BSD c, e, n, S */
  readonly nameOnly: boolean;
  readonly environment: boolean;
  readonly numeric: boolean;
  readonly withChildren: boolean;
  readonly warning: string | undefined;
}

/** Which processes the options without lists choose. */
export interface PsTable {
  readonly sameUser: boolean;
  readonly sameTerminal: boolean;
  readonly withTerminal: boolean;
  readonly noLeaders: boolean;
}

export type PsRequest = { readonly show: PsOptions } | { readonly tell: "version" | "info" | "specifiers" } | { readonly help: string | undefined };

type Flag =
  | "everything" | "unixA" | "unixD" | "bsdA" | "bsdX" | "bsdG" | "negate" | "running" | "nameOnly" | "environment" | "numeric" | "withChildren"
  | "L" | "T" | "m" | "bsdM" | "H";

interface Draft {
  readonly flags: Set<Flag>;
  readonly lists: PsList[];
  quick: number[] | undefined;
  readonly formats: FormatRequests;
  forest: PsOptions["forest"];
  headings: PsOptions["headings"] | undefined;
  wide: number;
  columns: number | undefined;
  rows: number | undefined;
  bsd: boolean;
}

class Told extends Error {
  readonly request: PsRequest;
  constructor(request: PsRequest) {
    super("told");
    this.request = request;
  }
}

export function parsePs(args: readonly string[], lookups: PsLookups): PsRequest {
  try {
    return read(args, lookups, false);
  } catch (error) {
    if (error instanceof Told) return error.request;
    if (!(error instanceof PsUsage)) throw error;
    try {
      return read(args, lookups, true);
    } catch (second) {
      if (second instanceof Told) return second.request;
      throw second instanceof PsUsage ? error : second;
    }
  }
}

function read(args: readonly string[], lookups: PsLookups, forcedBsd: boolean): PsRequest {
  const draft: Draft = {
    flags: new Set(), lists: [], quick: undefined, formats: { own: [], styles: new Set(), modifiers: new Set(), forced: forcedBsd }, forest: "none", headings: undefined, wide: 0, columns: undefined,
    rows: undefined, bsd: forcedBsd,
  };
  const reader = new Reader(args, lookups, draft, forcedBsd);
  reader.readAll();
  const { flags, formats } = draft;
  const threads = threadStyle(flags, draft.forest !== "none");
  const threadColumns = { lwp: flags.has("L"), spid: flags.has("T"), needed: (flags.has("L") || flags.has("T")) && threads !== "tasks" };
  const { items, sort, warning } = chosenFormat(formats, { bsd: draft.bsd, forest: draft.forest !== "none", threads: threadColumns, environmentFormat: lookups.environmentFormat });
  const table = draft.lists.length === 0 || TABLE_FLAGS.some((flag) => flags.has(flag)) ? selectionTable(flags, draft.bsd) : undefined;
  return {
    show: {
      lists: draft.lists, quick: draft.quick, everything: flags.has("everything"), table, runningOnly: flags.has("running"), negate: flags.has("negate"), items, sort, threads,
      forest: draft.forest, headings: draft.headings ?? "once", wide: draft.wide, columns: draft.columns, rows: draft.rows, nameOnly: flags.has("nameOnly"), environment: flags.has("environment"),
      numeric: flags.has("numeric"), withChildren: flags.has("withChildren"), warning,
    },
  };
}

/** Does a selection by -a, -d, a, g and x make sense, and what does it mean? */
/** Those that choose among all processes beside lists. */
const TABLE_FLAGS: readonly Flag[] = ["unixA", "unixD", "bsdA", "bsdX", "bsdG"];

function selectionTable(flags: ReadonlySet<Flag>, bsd: boolean): PsTable {
  const [a, d, bsdA, bsdX, bsdG] = [flags.has("unixA"), flags.has("unixD"), flags.has("bsdA"), flags.has("bsdX"), flags.has("bsdG")];
  if (a || d) {
    if (bsdA || bsdX || bsdG) throw new PsUsage("process selection options conflict");
    // -ad together: what either of them would show, those of other terminals without leaders
    return { sameUser: false, sameTerminal: false, withTerminal: !d, noLeaders: !(a && d) };
  }
  if (!bsdA && !bsdX && !bsdG && !bsd) return { sameUser: true, sameTerminal: true, withTerminal: false, noLeaders: false };
  return { sameUser: !bsdA, sameTerminal: false, withTerminal: !bsdX, noLeaders: false };
}

function threadStyle(flags: ReadonlySet<Flag>, forest: boolean): PsThreads {
  const [L, T, m, bsdM, H] = [flags.has("L"), flags.has("T"), flags.has("m"), flags.has("bsdM"), flags.has("H")];
  if (!L && !T && !m && !bsdM && !H) return "none";
  if (forest) throw new PsUsage("thread display conflicts with forest display");
  if (H && (m || bsdM)) throw new PsUsage("thread flags conflict; can't use H with m or -m");
  if (m && bsdM) throw new PsUsage("thread flags conflict; can't use both m and -m");
  if (L && T) throw new PsUsage("thread flags conflict; can't use both -L and -T");
  return H ? "loose" : m || bsdM ? "both" : "tasks";
}

const MISSING: Readonly<Record<string, string>> = {
  "-C": "list of command names must follow -C", "-G": "list of real groups must follow -G", "-U": "list of real users must follow -U", "-p": "list of process IDs must follow -p",
  "-q": "List of process IDs must follow -q.", "-s": "list of session IDs must follow -s", "-t": "list of terminals (pty, tty...) must follow -t", "-u": "list of users must follow -u",
  U: "list of users must follow U", p: "list of process IDs must follow p", q: "List of process IDs must follow q.",
  "--Group": "list of real groups must follow --Group", "--User": "list of real users must follow --User", "--group": "list of effective groups must follow --group",
  "--pid": "list of process IDs must follow --pid", "--quick-pid": "List of process IDs must follow --quick-pid.", "--ppid": "list of process IDs must follow --ppid",
  "--sid": "some sid thing(s) must follow --sid", "--tty": "list of ttys must follow --tty", "--user": "list of effective users must follow --user",
};
const UNIX_LISTS: Readonly<Record<string, PsSelector>> = { C: "comm", G: "rgroup", U: "ruser", p: "pid", q: "pid", s: "session", t: "tty", u: "user" };
const BSD_LISTS: Readonly<Record<string, PsSelector>> = { U: "user", p: "pid", q: "pid" };
const LONG_LISTS: Readonly<Record<string, PsSelector>> = { Group: "rgroup", User: "ruser", group: "group", pid: "pid", "quick-pid": "pid", ppid: "ppid", sid: "session", tty: "tty", user: "user" };
const UNIX_FLAGS: Readonly<Record<string, Flag>> = { A: "everything", e: "everything", a: "unixA", d: "unixD", N: "negate", L: "L", T: "T", m: "m" };
const BSD_FLAGS: Readonly<Record<string, Flag>> = {
  H: "H", M: "bsdM", m: "bsdM", S: "withChildren", a: "bsdA", x: "bsdX", g: "bsdG", c: "nameOnly", e: "environment", n: "numeric", r: "running",
};
const UNIX_MODIFIERS = "FMPcjy";

class Reader {
  private at = 0;
  private readonly args: readonly string[];
  private readonly lookups: PsLookups;
  private readonly draft: Draft;
  private readonly forcedBsd: boolean;

  constructor(args: readonly string[], lookups: PsLookups, draft: Draft, forcedBsd: boolean) {
    this.args = args;
    this.lookups = lookups;
    this.draft = draft;
    this.forcedBsd = forcedBsd;
  }

  readAll(): void {
    for (; this.at < this.args.length; this.at++) {
      const word = this.args[this.at] ?? "";
      if (/^--[a-zA-Z]/.test(word)) this.gnu(word);
      else if (/^-[a-zA-Z]/.test(word) && !this.forcedBsd) this.unix(word.slice(1));
      else if (/^-?[a-zA-Z]/.test(word)) {
        if (this.forcedBsd && !word.startsWith("-")) throw new PsUsage("second chance parse failed, not BSD or SysV");
        this.draft.bsd = true;
        this.bsd(word.replace(/^-/, ""));
      } else if (/^(?:[0-9+]|-[0-9])/.test(word)) this.trailing();
      else throw new PsUsage("garbage option");
    }
  }

  /** What stands behind the letter, or is the next word. */
  private value(rest: string, missing: string): string {
    if (rest !== "") return rest;
    const next = this.args[this.at + 1];
    if (next === undefined || next === "") throw new PsUsage(missing);
    this.at++;
    return next;
  }

  private alone(word: string): void {
    if (this.args.length !== 1 || this.args[0] !== word) throw new PsUsage(`the option is exclusive: ${word}`);
  }

  private unix(letters: string): void {
    const { flags, formats } = this.draft;
    for (let i = 0; i < letters.length; i++) {
      const letter = letters[i] ?? "";
      const rest = letters.slice(i + 1);
      const by = UNIX_LISTS[letter];
      const flag = UNIX_FLAGS[letter];
      if (by !== undefined) return this.list(by, this.value(rest, MISSING[`-${letter}`] ?? ""), letter === "q");
      if (flag !== undefined) flags.add(flag);
      else if (UNIX_MODIFIERS.includes(letter)) {
        formats.modifiers.add(letter);
        if (letter === "F") formats.styles.add("-f");
      } else if (letter === "f" || letter === "l") formats.styles.add(`-${letter}`);
      else if (letter === "Z") formats.modifiers.add("M");
      else if (letter === "H") this.draft.forest = "indented";
      else if (letter === "w") this.draft.wide++;
      else if (letter === "V") {
        this.alone("-V");
        throw new Told({ tell: "version" });
      } else if (letter === "g") return this.leadersOrGroups(this.value(rest, "list of session leaders OR effective group names must follow -g"));
      else if (letter === "O") return void formats.own.push({ from: "-O", text: this.value(rest, "format or sort specification must follow -O") });
      else if (letter === "o") return void formats.own.push({ from: "-o", text: this.value(rest, "format specification must follow -o") });
      else if (letter === "x") throw new PsUsage("must set personality to get -x option");
      else if (letter === "-") throw new PsUsage("embedded '-' among SysV options makes no sense");
      else throw new PsUsage("unsupported SysV option");
    }
  }

  private bsd(letters: string): void {
    const { flags, formats } = this.draft;
    for (let i = 0; i < letters.length; i++) {
      const letter = letters[i] ?? "";
      const rest = letters.slice(i + 1);
      const by = BSD_LISTS[letter];
      const flag = BSD_FLAGS[letter];
      if (/\d/.test(letter)) return this.list("pid", letters.slice(i), false);
      if (by !== undefined) return this.list(by, this.value(rest, MISSING[letter] ?? ""), letter === "q");
      // `-m` read in the BSD manner is the memory format of old
      if (letter === "m" && this.forcedBsd) formats.styles.add("m");
      else if (flag !== undefined) flags.add(flag);
      else if ("Xjlsuv".includes(letter)) formats.styles.add(letter);
      else if (letter === "Z") formats.modifiers.add("M");
      else if (letter === "f") this.draft.forest = "drawn";
      else if (letter === "w") this.draft.wide++;
      else if (letter === "h") this.heading("none");
      else if (letter === "T") this.draft.lists.push({ by: "tty", values: [this.lookups.ownTerminal] });
      else if (letter === "L") {
        this.alone("L");
        throw new Told({ tell: "specifiers" });
      } else if (letter === "V") {
        this.alone("V");
        throw new Told({ tell: "version" });
      } else if (letter === "t") {
        if (rest === "" && (this.args[this.at + 1] ?? "") === "") this.draft.lists.push({ by: "tty", values: [this.lookups.ownTerminal] });
        else this.list("tty", this.value(rest, ""), false);
        return;
      } else if (letter === "O") return void formats.own.push({ from: "O", text: this.value(rest, "format or sort specification must follow O") });
      else if (letter === "o") return void formats.own.push({ from: "o", text: this.value(rest, "format specification must follow o") });
      else if (letter === "k") return void formats.own.push({ from: "sort", text: this.value(rest, "long sort specification must follow 'k'") });
      else if (letter === "W") throw new PsUsage("obsolete W option not supported (you have a /dev/drum?)");
      else if (letter === "-") throw new PsUsage("embedded '-' among BSD options makes no sense");
      else throw new PsUsage("unsupported option (BSD syntax)");
    }
  }

  private gnu(word: string): void {
    const [, name = "", attached = ""] = /^--([^:=]*)(.*)$/s.exec(word) ?? [];
    const { draft } = this;
    const by = LONG_LISTS[name];
    const value = (missing: string): string => {
      if (attached.length === 1) throw new PsUsage(missing);
      return this.value(attached.slice(1), missing);
    };
    const bare = (title = name): void => {
      if (attached !== "") throw new PsUsage(`option --${title} does not take an argument`);
    };
    const count = (missing: string): number => {
      const text = value(missing);
      const number = /^(?:0[xX][\da-fA-F]+|\d+)$/.test(text) ? Number(text) : 0;
      if (number <= 0 || number >= 2e9) throw new PsUsage(missing);
      return number;
    };
    if (by !== undefined) this.list(by, value(MISSING[`--${name}`] ?? ""), name === "quick-pid");
    else if (name === "cols" || name === "columns" || name === "width") draft.columns = count("number of columns must follow --cols, --width, or --columns");
    else if (name === "rows" || name === "lines") draft.rows = count("number of rows must follow --rows or --lines");
    else if (name === "cumulative") {
      bare();
      draft.flags.add("withChildren");
    } else if (name === "deselect") {
      bare();
      draft.flags.add("negate");
    } else if (name === "forest") {
      bare();
      draft.forest = "drawn";
    } else if (/^no-?head(?:er|ing)s?$/.test(name)) {
      bare("no-heading");
      this.heading("none");
    } else if (/^head(?:er|ing)s?$/.test(name)) {
      bare("heading");
      this.heading("repeated");
    } else if (name === "format") draft.formats.own.push({ from: "--format", text: value("format specification must follow --format") });
    else if (name === "sort") draft.formats.own.push({ from: "sort", text: value("long sort specification must follow --sort") });
    else if (name === "context") draft.formats.styles.add("--context");
    else if (name === "info" || name === "version") {
      this.alone(`--${name}`);
      throw new Told({ tell: name });
    } else if (name === "help") throw new Told({ help: attached.length > 1 ? attached.slice(1) : this.args[this.at + 1] });
    else throw new PsUsage("unknown gnu long option");
  }

  private heading(wanted: "none" | "repeated"): void {
    if (this.draft.headings !== undefined) throw new PsUsage("only one heading option may be specified");
    this.draft.headings = wanted;
  }

  /** `ps 1 -5 +7`: processes, process groups and sessions to the end of the line. */
  private trailing(): void {
    this.draft.bsd = true;
    const found: Record<"pid" | "pgrp" | "session", number[]> = { pid: [], pgrp: [], session: [] };
    for (; this.at < this.args.length; this.at++) {
      const word = this.args[this.at] ?? "";
      const by = word.startsWith("-") ? "pgrp" : word.startsWith("+") ? "session" : "pid";
      found[by].push(processNumber(by === "pid" ? word : word.slice(1)));
    }
    for (const by of ["pid", "pgrp", "session"] as const) if (found[by].length > 0) this.draft.lists.push({ by, values: found[by] });
  }

  private leadersOrGroups(text: string): void {
    for (const by of ["session", "group"] as const) {
      try {
        return this.list(by, text, false);
      } catch (error) {
        if (!(error instanceof PsUsage)) throw error;
      }
    }
    throw new PsUsage("list of session leaders OR effective group IDs was invalid");
  }

  private list(by: PsSelector, text: string, quick: boolean): void {
    const words = text.split(/[ ,\t]/);
    if (words.includes("")) throw new PsUsage("improper list");
    const values = words.map((word) => this.listed(by, word));
    this.draft.lists.push({ by, values });
    if (quick) this.draft.quick = [...(this.draft.quick ?? []), ...values.filter((one) => typeof one === "number")];
  }

  private listed(by: PsSelector, word: string): number | string {
    if (by === "comm") return word;
    if (by === "tty") {
      const found = this.lookups.terminal(word);
      if (typeof found === "number") return found;
      throw new PsUsage(found === "missing" ? "TTY could not be found" : "list member was not a TTY");
    }
    if (by === "user" || by === "ruser" || by === "group" || by === "rgroup") {
      const [what, lookup] = by === "user" || by === "ruser" ? ["user", this.lookups.userId] as const : ["group", this.lookups.groupId] as const;
      const id = /^-?\d+$/.test(word) ? Number(word) : lookup(word);
      const negate = this.draft.flags.has("negate");
      if (id === undefined && !negate) throw new PsUsage(`${what} name does not exist`);
      if (id !== undefined && (id < 0 || id > 0xfffffffe) && !negate) throw new PsUsage(`${what} ID out of range`);
      return id ?? -1;
    }
    return processNumber(word);
  }
}

function processNumber(text: string): number {
  if (!/^[+-]?(?:0[xX][\da-fA-F]+|\d+)$/.test(text)) throw new PsUsage("process ID list syntax error");
  const number = /^0[0-7]+$/.test(text) ? Number.parseInt(text, 8) : Number(text);
  if (number < 1 || number > 0x7fffffff) throw new PsUsage("process ID out of range");
  return number;
}
