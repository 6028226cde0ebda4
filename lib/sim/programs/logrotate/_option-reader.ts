// The words of logrotate.conf(5) that have a value.

import type { Accounts } from "../kit/accounts.ts";
import type { Interval, LogOptions, NewFile } from "./_log-options.ts";

/** Only an "error" counts; what is "unusable" is said as one. */
export type Told = "error" | "warning" | "unusable" | "note";

/** Files of a directory that are left out: endings of packages' and editors' leftovers. */
const TABOO = [",v", ".cfsaved", ".disabled", ".dpkg-bak", ".dpkg-del", ".dpkg-dist", ".dpkg-new", ".dpkg-old", ".rhn-cfg-tmp-*", ".rpmnew", ".rpmorig", ".rpmsave", ".swp", ".ucf-dist", ".ucf-new", ".ucf-old", "~"];

const NAMES: ReadonlyMap<string, string> = new Map([["rotate", "rotate count"], ["maxage", "maxage count"], ["minage", "minage count"], ["start", "start count"], ["compresscmd", "compress"], ["uncompresscmd", "uncompress"], ["extension", "extension name"], ["addextension", "addextension name"], ["shredcycles", "shred cycles"]]);

/** A message names what a word needs so. */
export const calledSo = (word: string): string => NAMES.get(word) ?? word;
/** Without their argument they are passed over; without theirs the others spoil the section. */
export const LENIENT = new Set(["size", "minsize", "maxsize", "tabooext", "taboopat"]);
/** Programs whose files have endings of their own. */
const ENDINGS: ReadonlyMap<string, string> = new Map([["gzip", ".gz"], ["bzip2", ".bz2"], ["xz", ".xz"], ["compress", ".Z"], ["zstd", ".zst"], ["zip", "zip"]]);
export const MAY_STAND_ALONE = new Set(["create", "createolddir", "su"]);
export const WITH_VALUE = new Set(["size", "minsize", "maxsize", "rotate", "start", "maxage", "minage", "shredcycles", "mail", "dateformat", "olddir", "extension", "addextension", "compresscmd", "uncompresscmd", "compressoptions", "compressext", "create", "createolddir", "su", "tabooext", "taboopat"]);


export class OptionReader {
  taboo: readonly string[] = TABOO.map((ending) => `*${ending}`);
  /** a line of this file said so, since the last section: another one is worth a note */
  intervalGiven = false;
  readonly #accounts: Accounts;
  readonly #note: (text: string) => void;

  constructor(accounts: Accounts, note: (text: string) => void) {
    this.#accounts = accounts;
    this.#note = note;
  }

  interval(options: LogOptions, interval: Interval): void {
    if (this.intervalGiven && options.interval !== interval) this.#note(`note: '${interval}' overrides previously specified '${options.interval}'`);
    options.interval = interval;
    this.intervalGiven = true;
  }

  /** The reason why not. `rest`: the value and all behind it, which two messages show. */
  take(options: LogOptions, name: string, value: string, rest: string): string | undefined {
    const number = /^\s*-?\d+/.exec(value)?.[0];
    const whole = number !== undefined && number.length === value.length ? Number(number) : undefined;
    switch (name) {
      case "size": case "minsize": case "maxsize": {
        const bytes = sizeOf(value);
        if (bytes === undefined) return `unknown unit '${value.slice(-1)}'`;
        if (name === "size") {
          this.interval(options, "size");
          options.sizeBytes = bytes;
        } else options[name] = bytes;
        return undefined;
      }
      case "rotate":
        options.rotate = Number(number ?? 0);
        return whole === undefined ? `bad rotation count '${value}'` : undefined;
      case "start":
        options.start = Number(number ?? 0);
        return whole === undefined || whole < 0 ? `bad start count '${value}'` : undefined;
      case "maxage": case "minage":
        if (whole === undefined || whole < 0) return `bad ${name === "maxage" ? "maximum" : "minimum"} age '${rest}'`;
        options[name === "maxage" ? "maxageDays" : "minageDays"] = whole;
        return undefined;
      case "shredcycles":
        if (whole === undefined || whole < 0) return `bad shred cycles '${rest}'`;
        options.shredcycles = whole;
        return undefined;
      case "mail":
        if (!/^\S+$/.test(value)) return `bad mail address  ${rest}`;
        options.mail = value;
        return undefined;
      case "dateformat": options.dateformat = value; return undefined;
      case "olddir": options.olddir = value; this.#note(`olddir is now ${value}`); return undefined;
      case "extension": case "addextension": options[name] = value; this.#note(`${name} is now ${value}`); return undefined;
      case "compresscmd": options.compresscmd = value; this.#packer(options, "compress_prog", value); return undefined;
      case "uncompresscmd": options.uncompresscmd = value; this.#note(`uncompress_prog is now ${value}`); return undefined;
      case "compressoptions": options.compressoptions = value; this.#note(`compress_options is now  ${value}`); return undefined;
      case "compressext": options.compressext = value; this.#note(`compress_ext is now ${value}`); return undefined;
      case "create": case "createolddir": {
        const owner = this.#owner(name, value);
        if (typeof owner === "string") return owner;
        options[name] = owner;
        return undefined;
      }
      case "su": {
        const [user = "", group, ...extra] = value.split(/\s+/);
        if (group === undefined) return "no group for su";
        if (extra.length > 0) return "extra arguments for su";
        const uid = this.#account(user, "user");
        const gid = this.#account(group, "group");
        if (uid === undefined) return `unknown user '${user}'`;
        if (gid === undefined) return `unknown group '${group}'`;
        options.su = { uid, gid };
        return undefined;
      }
      case "tabooext": case "taboopat": {
        const words = value.split(/[\s,]+/).filter((word) => word !== "");
        const added = words[0] === "+" ? words.slice(1) : words;
        const patterns = name === "tabooext" ? added.map((ending) => `*${ending}`) : added;
        this.taboo = words[0] === "+" ? [...this.taboo, ...patterns] : patterns;
        return undefined;
      }
      default: return undefined;
    }
  }

  #packer(options: LogOptions, what: string, command: string): void {
    this.#note(`${what} is now ${command}`);
    const ending = ENDINGS.get(command.slice(command.lastIndexOf("/") + 1));
    if (ending === undefined) return;
    options.compressext = ending;
    this.#note(`compress_ext was changed to ${ending}`);
  }

  #account(name: string, kind: "user" | "group"): number | undefined {
    const known = kind === "user" ? this.#accounts.userByName(name)?.uid : this.#accounts.groupByName(name)?.gid;
    if (known !== undefined || !/^\d+$/.test(name)) return known;
    const id = Number(name);
    return (kind === "user" ? this.#accounts.userById(id)?.uid : this.#accounts.groupById(id)?.gid) === undefined ? undefined : id;
  }

  #owner(name: string, value: string): NewFile | string {
    const [first = "", ...rest] = value.split(/\s+/).filter((word) => word !== "");
    const mode = /^[0-7]{3,4}$/.test(first) ? Number.parseInt(first, 8) : undefined;
    const owner = mode === undefined && first !== "" ? [first, ...rest] : rest;
    if (owner.length > 2) return `extra arguments for ${name}`;
    const [user, group] = owner;
    const uid = user === undefined ? -1 : this.#account(user, "user");
    const gid = group === undefined ? -1 : this.#account(group, "group");
    if (uid === undefined) return `unknown user '${user ?? ""}'`;
    if (gid === undefined) return `unknown group '${group ?? ""}'`;
    return { mode, uid, gid };
  }
}

function sizeOf(text: string): number | undefined {
  const match = /^(\d+)([kKMG]?)$/.exec(text);
  return match === null ? undefined : Number(match[1]) * 1024 ** ["", "K", "M", "G"].indexOf((match[2] ?? "").toUpperCase());
}
