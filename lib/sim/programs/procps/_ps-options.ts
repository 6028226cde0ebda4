// The three manners of options of ps(1): -e -f (UNIX), aux (BSD), --forest (GNU), and lists of processes to show.

import { PS_COLUMNS } from "./_ps-columns.ts";

export class PsUsage extends Error {}

export interface PsColumnChoice {
  readonly name: string;
  readonly heading: string | undefined;
  readonly width: number | undefined;
}

export type PsSelector = "pid" | "ppid" | "user" | "ruser" | "group" | "rgroup" | "comm" | "tty" | "session";

export interface PsOptions {
  /** -e, ax: every process; -a, -d, -N */
  everything: boolean;
  exceptLeaders: boolean;
  withTerminal: boolean;
  negate: boolean;
  /** BSD a: of all users; x: without terminal too */
  bsdAll: boolean;
  bsdNoTerminal: boolean;
  bsdStyle: boolean;
  runningOnly: boolean;
  thisTerminal: boolean;
  readonly lists: { readonly by: PsSelector; readonly values: readonly string[] }[];
  columns: PsColumnChoice[] | undefined;
  format: "default" | "full" | "long" | "bsd-user" | "bsd-long" | "bsd-jobs" | "jobs" | "bsd-memory" | "bsd-signal" | "extra-full";
  forest: boolean;
  headings: boolean;
  wide: number;
  columnsWidth: number | undefined;
  sort: { readonly key: string; readonly descending: boolean }[];
  nameOnly: boolean;
  environment: boolean;
  threads: boolean;
  modern: boolean;
  rssTitle: boolean;
  help: string | undefined;
  version: boolean;
  info: boolean;
  securityLabel: boolean;
  numericUsers: boolean;
}

function parseFormat(text: string, into: PsColumnChoice[]): void {
  let rest = text;
  while (rest !== "") {
    const end = rest.search(/[,\s=]/);
    if (end >= 0 && rest[end] === "=") {
      // without a heading the next one may follow, as in user=,args=
      if (rest[end + 1] === ",") {
        into.push(choice(rest.slice(0, end), ""));
        rest = rest.slice(end + 2);
        continue;
      }
      // the heading runs to the end of the argument
      into.push(choice(rest.slice(0, end), rest.slice(end + 1)));
      return;
    }
    const word = end < 0 ? rest : rest.slice(0, end);
    if (word !== "") into.push(choice(word, undefined));
    rest = end < 0 ? "" : rest.slice(end + 1);
  }
}

function choice(spec: string, heading: string | undefined): PsColumnChoice {
  const [name = "", width] = spec.split(":");
  if (!PS_COLUMNS.has(name)) throw new PsUsage(`unknown user-defined format specifier "${name}"`);
  if (width !== undefined && !(Number(width) > 0)) throw new PsUsage(`bad user-defined format width "${width}"`);
  return { name, heading, width: width === undefined ? undefined : Number(width) };
}

function parseSort(text: string, into: PsOptions["sort"]): void {
  for (const one of text.split(",")) {
    const key = one.replace(/^[+-]/, "");
    if (!PS_COLUMNS.has(key)) throw new PsUsage(`unknown sort specifier`);
    into.push({ key, descending: one.startsWith("-") });
  }
}

const words = (text: string): string[] => text.split(/[,\s]+/).filter((word) => word !== "");

function pidList(text: string, what: string): string[] {
  const list = words(text);
  for (const one of list) {
    if (!/^\d+$/.test(one)) throw new PsUsage(`${what} ID list syntax error`.replace("process ID", "process ID"));
    if (Number(one) > 0x7fffffff) throw new PsUsage(`${what} ID out of range`);
  }
  return list;
}

const LONG_LISTS = new Map<string, PsSelector>([["--pid", "pid"], ["--ppid", "ppid"], ["--user", "user"], ["--User", "ruser"], ["--group", "group"], ["--Group", "rgroup"], ["--tty", "tty"], ["--sid", "session"], ["--cmd", "comm"]]);
const UNIX_LISTS = new Map<string, PsSelector>([["p", "pid"], ["q", "pid"], ["u", "user"], ["U", "ruser"], ["G", "rgroup"], ["C", "comm"], ["t", "tty"], ["s", "session"], ["g", "session"]]);

export function parsePs(args: readonly string[], personalityBsd = false): PsOptions {
  const options: PsOptions = {
    everything: false, exceptLeaders: false, withTerminal: false, negate: false, bsdAll: false, bsdNoTerminal: false, bsdStyle: personalityBsd, runningOnly: false,
    thisTerminal: false, lists: [], columns: undefined, format: "default", forest: false, headings: true, wide: 0, columnsWidth: undefined, sort: [], nameOnly: false,
    environment: false, threads: false, modern: true, rssTitle: false, help: undefined, version: false, info: false, securityLabel: false, numericUsers: false,
  };
  let at = 0;
  const next = (attached: string, missing: string): string => {
    if (attached !== "") return attached;
    const value = args[++at];
    if (value === undefined) throw new PsUsage(missing);
    return value;
  };
  const format = (text: string): void => {
    options.columns ??= [];
    parseFormat(text, options.columns);
  };
  const list = (by: PsSelector, text: string): void => {
    const values = by === "pid" || by === "ppid" || by === "session" ? pidList(text, "process") : words(text);
    options.lists.push({ by, values });
  };
  for (; at < args.length; at++) {
    const arg = args[at] ?? "";
    if (arg.startsWith("--") && arg.length > 2) {
      const equals = arg.indexOf("=");
      const name = equals < 0 ? arg : arg.slice(0, equals);
      const attached = equals < 0 ? "" : arg.slice(equals + 1);
      const by = LONG_LISTS.get(name);
      if (by !== undefined) list(by, next(attached, `list of ${by === "pid" || by === "ppid" ? "process IDs" : "users"} must follow ${name}`));
      else if (name === "--format") format(next(attached, "format specification must follow --format"));
      else if (name === "--sort") parseSort(next(attached, "long sort specification must follow 'k'"), options.sort);
      else if (name === "--forest") options.forest = true;
      else if (name === "--no-headings" || name === "--no-headers" || name === "--no-heading" || name === "--noheadings" || name === "--noheaders" || name === "--noheading") options.headings = false;
      else if (name === "--headers" || name === "--heading" || name === "--headings" || name === "--header") options.headings = true;
      else if (name === "--deselect") options.negate = true;
      else if (name === "--cols" || name === "--columns" || name === "--width") options.columnsWidth = Number(next(attached, "number of columns must follow --cols, --width, or --columns"));
      else if (name === "--rows" || name === "--lines") next(attached, "number of rows must follow --rows or --lines");
      else if (name === "--context") options.securityLabel = true;
      else if (name === "--cumulative") continue;
      else if (name === "--info") options.info = true;
      else if (name === "--version") options.version = true;
      else if (name === "--help") options.help = attached !== "" ? attached : (args[++at] ?? "");
      else throw new PsUsage("unknown gnu long option");
      continue;
    }
    if (arg.startsWith("-") && arg.length > 1) {
      parseUnix(arg.slice(1), options, next, list, format);
      continue;
    }
    if (/^\d/.test(arg)) {
      options.bsdStyle = true;
      list("pid", arg);
      continue;
    }
    parseBsd(arg, options, next, list, format);
  }
  return options;
}

type Next = (attached: string, missing: string) => string;
type List = (by: PsSelector, text: string) => void;

function parseUnix(letters: string, options: PsOptions, next: Next, list: List, format: (text: string) => void): void {
  if (/^\d/.test(letters)) {
    list("pid", letters);
    return;
  }
  for (let i = 0; i < letters.length; i++) {
    const letter = letters[i] ?? "";
    const rest = letters.slice(i + 1);
    const by = UNIX_LISTS.get(letter);
    if (by !== undefined) {
      // `ps -aux`: where no such user exists ps takes the letters as BSD options
      if (letter === "u" && rest === "x") {
        parseBsd(letters, options, next, list, format);
        return;
      }
      list(by, next(rest, MISSING.get(letter) ?? "list must follow"));
      return;
    }
    switch (letter) {
      case "e": case "A": options.everything = true; break;
      case "a": options.withTerminal = true; options.exceptLeaders = true; break;
      case "d": options.exceptLeaders = true; break;
      case "N": options.negate = true; break;
      case "f": options.format = "full"; break;
      case "F": options.format = "extra-full"; break;
      case "l": options.format = "long"; break;
      case "j": options.format = "jobs"; break;
      case "y": options.rssTitle = true; break;
      case "w": options.wide++; break;
      case "H": options.forest = true; break;
      case "L": case "T": case "m": options.threads = true; break;
      case "M": case "Z": options.securityLabel = true; break;
      case "c": case "P": case "n": break;
      case "V": options.version = true; break;
      case "o": format(next(rest, "format specification must follow -o")); return;
      case "O": {
        options.columns ??= [];
        format("pid");
        format(next(rest, "format or sort specification must follow -O"));
        format("state,tname,time,command");
        return;
      }
      case "k": parseSort(next(rest, "long sort specification must follow 'k'"), options.sort); return;
      default: throw new PsUsage("unsupported SysV option");
    }
  }
}

const MISSING = new Map([
  ["p", "list of process IDs must follow -p"], ["q", "List of process IDs must follow -q."], ["u", "list of users must follow -u"], ["U", "list of real users must follow -U"],
  ["G", "list of real groups must follow -G"], ["C", "list of command names must follow -C"], ["t", "list of terminals (pty, tty...) must follow -t"],
  ["s", "list of session IDs must follow -s"], ["g", "list of session leaders OR effective group names must follow -g"],
]);

function parseBsd(letters: string, options: PsOptions, next: Next, list: List, format: (text: string) => void): void {
  options.bsdStyle = true;
  for (let i = 0; i < letters.length; i++) {
    const letter = letters[i] ?? "";
    const rest = letters.slice(i + 1);
    switch (letter) {
      case "a": options.bsdAll = true; break;
      case "x": options.bsdNoTerminal = true; break;
      case "u": options.format = "bsd-user"; break;
      case "l": options.format = "bsd-long"; break;
      case "j": options.format = "bsd-jobs"; break;
      case "v": options.format = "bsd-memory"; break;
      case "s": options.format = "bsd-signal"; break;
      case "f": options.forest = true; break;
      case "r": options.runningOnly = true; break;
      case "T": options.thisTerminal = true; break;
      case "c": options.nameOnly = true; break;
      case "e": options.environment = true; break;
      case "w": options.wide++; break;
      case "h": options.headings = false; break;
      case "n": options.numericUsers = true; break;
      case "H": case "m": options.threads = true; break;
      case "g": case "S": break;
      case "V": options.version = true; break;
      case "L": options.info = true; break;
      case "p": list("pid", next(rest, "list of process IDs must follow p")); return;
      case "U": list("user", next(rest, "list of users must follow U")); return;
      case "t": if (rest === "") options.thisTerminal = true; else list("tty", rest); return;
      case "o": format(next(rest, "format specification must follow o")); return;
      case "k": case "O": parseSort(next(rest, "long sort specification must follow 'k'"), options.sort); return;
      default: throw new PsUsage(letters.length > 1 && i === 0 ? "garbage option" : "unsupported option (BSD syntax)");
    }
  }
}
