// logrotate.conf(5): options for all logs, then sections of logs with their own.

import { type Blocking, S, type Sys, SysError } from "../../kernel/sys.ts";
import { type Accounts, readTextFile } from "../kit/accounts.ts";
import { compileFnmatch } from "../kit/fnmatch.ts";

export type Interval = "hourly" | "daily" | "weekly" | "monthly" | "yearly" | "size";

export interface LogOptions {
  interval: Interval;
  sizeBytes: number;
  minsize: number;
  maxsize: number;
  maxageDays: number;
  rotate: number;
  weekday: number;
  start: number;
  compress: boolean;
  delaycompress: boolean;
  copy: boolean;
  copytruncate: boolean;
  create: { readonly mode: number | undefined; readonly uid: number; readonly gid: number } | undefined;
  dateext: boolean;
  dateformat: string;
  /** a line said so */
  dateformatGiven: boolean;
  ignoreduplicates: boolean;
  dateyesterday: boolean;
  ifempty: boolean;
  missingok: boolean;
  sharedscripts: boolean;
  olddir: string | undefined;
  createolddir: boolean;
  extension: string;
  addextension: string;
  compresscmd: string;
  compressext: string;
  su: { readonly user: string; readonly group: string } | undefined;
  readonly scripts: Map<string, string>;
}

export interface LogSection {
  /** as it stands before the brace */
  readonly pattern: string;
  readonly patterns: readonly string[];
  readonly options: LogOptions;
  /** files that an earlier section has */
  readonly excluded: ReadonlySet<string>;
}

const defaults = (): LogOptions => ({
  interval: "size", sizeBytes: 1_048_576, minsize: 0, maxsize: 0, maxageDays: 0, rotate: 0, weekday: 0, start: 1, compress: false, delaycompress: false, copy: false, copytruncate: false, create: undefined, dateext: false, dateformat: "-%Y%m%d", dateformatGiven: false, ignoreduplicates: false, dateyesterday: false, ifempty: true, missingok: false, sharedscripts: false, olddir: undefined,
  createolddir: false, extension: "", addextension: "", compresscmd: "/bin/gzip", compressext: ".gz", su: undefined, scripts: new Map(),
});

const SCRIPTS = new Set(["prerotate", "postrotate", "firstaction", "lastaction", "preremove"]);
/** Taken, without anything to be seen of them. */
const SILENT = new Set("uncompresscmd compressoptions mail nomail mailfirst maillast shred noshred shredcycles tabooext taboopat minage hourly_ allowhardlink noallowhardlink renamecopy norenamecopy".split(" "));
const TABOO = /(?:\.rpmsave|\.rpmorig|~|\.disabled|\.dpkg-old|\.dpkg-dist|\.dpkg-new|\.dpkg-bak|\.dpkg-del|\.cfsaved|\.ucf-old|\.ucf-dist|\.ucf-new|,v|\.cvsignore|\.swp|\.rpmnew|\.rhn-cfg-tmp-.*)$/;

function sizeOf(text: string): number | undefined {
  const match = /^(\d+)([kKMG]?)$/.exec(text);
  return match === null ? undefined : Number(match[1]) * 1024 ** ["", "K", "M", "G"].indexOf((match[2] ?? "").toUpperCase());
}

export class ConfigurationReader {
  readonly sections: LogSection[] = [];
  readonly #claimed = new Set<string>();
  /** in the order in which they are said; "ignored" is an error that does not count */
  readonly messages: { readonly kind: "error" | "note" | "warning" | "ignored"; readonly text: string }[] = [];
  readonly #sys: Sys;
  readonly #accounts: Accounts;
  readonly #global = defaults();

  constructor(sys: Sys, accounts: Accounts) {
    this.#sys = sys;
    this.#accounts = accounts;
  }

  #say(kind: "error" | "note" | "warning" | "ignored", line: string): void {
    this.messages.push({ kind, text: line });
  }

  /** A file, or all files of a directory. */
  *read(path: string): Blocking<void> {
    let stat: ReturnType<Sys["stat"]>;
    try {
      stat = this.#sys.stat(path);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      this.#say("error", `cannot stat ${path}: ${error.message}`);
      return;
    }
    if ((stat.mode & S.IFMT) === S.IFDIR) {
      this.#say("note", `including ${path}`);
      for (const name of this.#sys.readdir(path).map((entry) => entry.name).sort()) {
        if (name.startsWith(".") || TABOO.test(name)) this.#say("note", `Ignoring ${name}, because of ${name.startsWith(".") ? "." : TABOO.exec(name)?.[0] ?? ""} pattern match`);
        else yield* this.read(`${path}/${name}`);
      }
      return;
    }
    this.#say("note", `reading config file ${path}`);
    if ((stat.mode & 0o022) !== 0) {
      this.#say("warning", `Potentially dangerous mode on ${path}: 0${(stat.mode & 0o7777).toString(8)}`);
      this.#say("ignored", `Ignoring ${path} because it is writable by group or others.`);
      return;
    }
    if (stat.uid !== 0 && stat.uid !== this.#sys.getcred().euid) {
      this.#say("error", `Ignoring ${path} because the file owner is wrong (should be root or user with uid 0).`);
      return;
    }
    yield* this.#lines(path, ((yield* readTextFile(this.#sys, path)) ?? "").split("\n"));
  }

  *#lines(path: string, lines: readonly string[]): Blocking<void> {
    let options = this.#global;
    let pattern: string | undefined;
    let bad = false;
    let pending = "";
    let place = "";
    for (let index = 0; index < lines.length; index++) {
      let line = (lines[index] ?? "").replace(/^\s+|\s+$/g, "");
      if (line === "" || line.startsWith("#")) continue;
      const at = `${path}:${index + 1}`;
      if (pattern === undefined && (/^["/~*]/.test(line) || pending !== "" || line === "{")) {
        const brace = line.indexOf("{");
        if (brace < 0) {
          pending += `${line} `;
          continue;
        }
        pattern = pending + line.slice(0, brace);
        place = at;
        pending = "";
        options = { ...this.#global, scripts: new Map() };
        bad = false;
        line = line.slice(brace + 1).trim();
        if (line === "") continue;
      }
      const closes = pattern !== undefined && /(?:^|\s)\}$/.test(line);
      const text = closes ? line.replace(/\}$/, "").trim() : line;
      if (text !== "") {
        const [, name = "", argument = ""] = /^([A-Za-z]+)\s*=?\s*(.*?)\s*(?:#.*)?$/.exec(text) ?? [];
        if (SCRIPTS.has(name)) {
          const script: string[] = [];
          for (index++; index < lines.length && (lines[index] ?? "").trim() !== "endscript"; index++) script.push(lines[index] ?? "");
          if (index >= lines.length) {
            this.#say("error", `${path}:prerotate, postrotate or preremove without endscript`);
            this.#say("note", "removing last 1 log configs");
            return;
          }
          options.scripts.set(name, `${script.join("\n")}\n`);
          continue;
        }
        // after a mistake the rest of the section is passed over
        if (bad) {
          if (!closes) continue;
        } else if (name === "include") yield* this.read(argument);
        else {
          const problem = this.#option(options, name, argument);
          if (problem?.startsWith("unknown:") === true) this.#say("error", `${at} unknown option '${problem.slice(8)}' -- ignoring line`);
          else if (problem === "unknown") this.#say("error", `${at} unknown option '${name === "" ? text : name}' -- ignoring line`);
          else if (problem !== undefined) {
            this.#say("error", `${at} ${problem}`);
            bad = true;
          }
        }
      }
      if (closes) {
        if (bad) {
          this.#say("error", `found error in ${pattern ?? ""}, skipping`);
          this.#say("note", "removing last 1 log configs");
        } else this.#section(pattern ?? "", options, place);
        pattern = undefined;
        options = this.#global;
      }
    }
    if (pattern !== undefined && !bad) this.#section(pattern, options, place);
  }

  /** A file belongs to the first section that names it. */
  #section(pattern: string, options: LogOptions, place: string): void {
    const patterns = (pattern.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replace(/^"(.*)"$/, "$1"));
    const excluded = new Set<string>();
    for (const file of patterns.flatMap((one) => filesOf(this.#sys, one))) {
      if (!this.#claimed.has(file)) this.#claimed.add(file);
      else if (!excluded.has(file)) {
        excluded.add(file);
        if (!options.ignoreduplicates) this.#say("error", `${place} duplicate log entry for ${file}`);
      }
    }
    this.sections.push({ pattern, patterns, options, excluded });
  }

  #account(name: string, kind: "user" | "group"): number | undefined {
    if (/^\d+$/.test(name)) return Number(name);
    return kind === "user" ? this.#accounts.userByName(name)?.uid : this.#accounts.groupByName(name)?.gid;
  }

  /** The reason why not. */
  #option(options: LogOptions, name: string, argument: string): string | undefined {
    const expected = EXPECTED.get(name);
    if (expected !== undefined && argument === "") return `argument expected after ${expected}`;
    // what stands behind a word without argument is read as the next word
    if (ALONE.has(name) && argument !== "") return `unknown:${argument.split(/\s/)[0] ?? ""}`;
    switch (name) {
      case "hourly": case "daily": case "monthly": case "yearly": options.interval = name; return undefined;
      case "ignoreduplicates": options.ignoreduplicates = true; return undefined;
      case "weekly":
        if (!/^[0-7]?$/.test(argument)) return `bad weekly directive ' ${argument}'`;
        options.interval = "weekly";
        options.weekday = argument === "" ? 0 : Number(argument);
        return undefined;
      case "size": case "minsize": case "maxsize": {
        const bytes = sizeOf(argument);
        if (bytes === undefined) return `unknown unit '${argument.slice(-1)}'`;
        if (name === "size") {
          options.interval = "size";
          options.sizeBytes = bytes;
        } else options[name] = bytes;
        return undefined;
      }
      case "rotate":
        if (!/^-?\d+$/.test(argument)) return `bad rotation count '${argument}'`;
        options.rotate = Number(argument);
        return undefined;
      case "start": case "maxage":
        if (!/^\d+$/.test(argument)) return name === "start" ? `bad start count '${argument}'` : `bad maximum age '${argument}`;
        options[name === "start" ? "start" : "maxageDays"] = Number(argument);
        return undefined;
      case "compress": case "delaycompress": case "copy": case "copytruncate": case "dateext": case "dateyesterday": case "ifempty": case "missingok": case "sharedscripts": options[name] = true; return undefined;
      case "nocompress": case "nodelaycompress": case "nocopy": case "nocopytruncate": case "nodateext": case "nomissingok": case "nosharedscripts": {
        const plain = name.slice(2) as "compress" | "delaycompress" | "copy" | "copytruncate" | "dateext" | "missingok" | "sharedscripts";
        options[plain] = false;
        return undefined;
      }
      case "notifempty": options.ifempty = false; return undefined;
      case "dateformat": options.dateformat = argument; options.dateformatGiven = true; return undefined;
      case "olddir":
        options.olddir = argument;
        this.#say("note", `olddir is now ${argument}`);
        return undefined;
      case "noolddir": options.olddir = undefined; return undefined;
      case "createolddir": options.createolddir = true; return undefined;
      case "nocreateolddir": options.createolddir = false; return undefined;
      case "extension": case "addextension": case "compresscmd": case "compressext": options[name] = argument; return undefined;
      case "nocreate": options.create = undefined; return undefined;
      case "create": {
        const [first = "", ...rest] = argument.split(/\s+/).filter((word) => word !== "");
        const mode = /^[0-7]{3,4}$/.test(first) ? Number.parseInt(first, 8) : undefined;
        const owner = mode === undefined && first !== "" ? [first, ...rest] : rest;
        if (owner.length > 2) return "extra arguments for create";
        const [user, group] = owner;
        const uid = user === undefined ? -1 : this.#account(user, "user");
        const gid = group === undefined ? -1 : this.#account(group, "group");
        if (uid === undefined) return `unknown user '${user ?? ""}'`;
        if (gid === undefined) return `unknown group '${group ?? ""}'`;
        options.create = { mode, uid, gid };
        return undefined;
      }
      case "su": {
        const [user = "", group, ...extra] = argument.split(/\s+/);
        if (group === undefined) return "no group for su";
        if (extra.length > 0) return "extra arguments for su";
        if (this.#account(user, "user") === undefined) return `unknown user '${user}'`;
        if (this.#account(group, "group") === undefined) return `unknown group '${group}'`;
        options.su = { user, group };
        return undefined;
      }
      default: return SILENT.has(name) ? undefined : "unknown";
    }
  }
}

/** Words that need an argument, as the message calls them. */
const EXPECTED: ReadonlyMap<string, string> = new Map([["rotate", "rotate count"], ["size", "size"], ["minsize", "minsize"], ["maxsize", "maxsize"], ["olddir", "olddir"], ["mail", "mail"], ["maxage", "maxage count"], ["start", "start count"], ["compresscmd", "compress"], ["uncompresscmd", "uncompress"], ["extension", "extension name"], ["addextension", "addextension name"], ["dateformat", "dateformat"]]);

const ALONE: ReadonlySet<string> = new Set(["hourly", "daily", "monthly", "yearly", "compress", "delaycompress", "copy", "copytruncate", "dateext", "dateyesterday", "ifempty", "notifempty", "missingok", "nomissingok", "sharedscripts", "nosharedscripts", "nocompress", "nodelaycompress", "nocopy", "nocopytruncate", "nodateext", "nocreate", "noolddir"]);

/** The files of a pattern, in order; a name without wildcards stands for itself. */
export function filesOf(sys: Sys, pattern: string): readonly string[] {
  if (!/[*?[]/.test(pattern)) return [pattern];
  let found: readonly string[] = [""];
  for (const part of pattern.split("/").slice(1)) {
    const matches = compileFnmatch(part, { period: true });
    found = found.flatMap((directory) => {
      if (!/[*?[]/.test(part)) return [`${directory}/${part}`];
      try {
        return sys.readdir(directory === "" ? "/" : directory).map((entry) => entry.name).filter(matches).sort().map((name) => `${directory}/${name}`);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        return [];
      }
    });
  }
  return found.filter((path) => {
    try {
      sys.lstat(path);
      return true;
    } catch {
      return false;
    }
  });
}
