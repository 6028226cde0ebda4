// The options of lsof(8) 4.95.0: letters with + and -, of which many take what follows when it looks like theirs.

export class LsofUsage extends Error {
  /** each becomes a line "lsof: …"; what lsof found wrong before it gives up */
  readonly lines: readonly string[];
  readonly status: number;
  constructor(lines: readonly string[], status = 1) {
    super(lines.join("\n"));
    this.lines = lines;
    this.status = status;
  }
}

/** Numbers or names that are wanted, and those (^) that are not. */
export interface Choice<T> {
  readonly wanted: Set<T>;
  readonly excluded: Set<T>;
}

export interface InternetSpec {
  readonly text: string;
  readonly version: "4" | "6" | undefined;
  readonly protocol: "tcp" | "udp" | undefined;
  readonly addresses: readonly string[] | undefined;
  readonly ports: readonly (readonly [number, number])[];
}

export interface CommandSpec {
  readonly text: string;
  readonly excluded: boolean;
  readonly test: (comm: string) => boolean;
}

export interface LsofOptions {
  and: boolean;
  terse: boolean;
  numericHosts: boolean;
  numericPorts: boolean;
  numericUsers: boolean;
  unix: boolean;
  parents: boolean;
  /** -g without or with groups: the column PGID */
  groupsShown: boolean;
  /** +f g, +f G */
  flags: "names" | "hex" | undefined;
  offsets: "both" | "offset" | "size";
  /** +L: the column NLINK; a number: files with fewer links */
  links: boolean;
  fewerLinks: number | undefined;
  commandWidth: number;
  fields: string | undefined;
  fieldsEndWithNul: boolean;
  verbose: boolean;
  /** -Q: nothing found is no mistake */
  quiet: boolean;
  warnings: boolean;
  readonly states: { readonly protocol: string; readonly wanted: Set<string>; readonly excluded: Set<string> }[];
  pids: Choice<number> | undefined;
  groups: Choice<number> | undefined;
  users: (Choice<number> & { readonly names: Map<number, string> }) | undefined;
  readonly commands: CommandSpec[];
  descriptors: Choice<string> & { readonly ranges: { readonly low: number; readonly high: number; readonly excluded: boolean }[] } | undefined;
  internet: InternetSpec[];
  anyInternet: boolean;
  readonly directories: { readonly path: string; readonly deep: boolean }[];
  readonly names: string[];
  /** warnings about the options themselves */
  readonly told: string[];
  repeat: { readonly seconds: number; readonly untilNone: boolean } | undefined;
}

export interface Lookups {
  readonly userId: (name: string) => number | undefined;
  readonly port: (service: string) => number | undefined;
  readonly addresses: (host: string) => readonly string[] | undefined;
  readonly regexp: (source: string, ignoreCase: boolean) => ((text: string) => boolean) | undefined;
}

export type LsofRequest = { readonly show: LsofOptions } | { readonly tell: "help" | "version" | "fields" };

/** The letters of -F, and what they stand for (lsof -F ?). */
export const FIELD_LETTERS = "acdDfFgGiklLmnNopPrRsStTuzZ0";
export const TCP_STATES = ["CLOSED", "CLOSE_WAIT", "CLOSING", "ESTABLISHED", "FIN_WAIT1", "FIN_WAIT2", "IDLE", "LAST_ACK", "LISTEN", "SYN_RCDV", "SYN_SENT", "TIME_WAIT", "BOUND", "NEW_SYN_RECV", "UNKNOWN"];

export function parseLsof(args: readonly string[], lookups: Lookups): LsofRequest {
  const options: LsofOptions = {
    and: false, terse: false, numericHosts: false, numericPorts: false, numericUsers: false, unix: false, parents: false, groupsShown: false, flags: undefined, offsets: "both", links: false,
    fewerLinks: undefined, commandWidth: 9, fields: undefined, fieldsEndWithNul: false, verbose: false, quiet: false, warnings: true, states: [], pids: undefined, groups: undefined, users: undefined,
    commands: [], descriptors: undefined, internet: [], anyInternet: false, directories: [], names: [], told: [], repeat: undefined,
  };
  const wrong: string[] = [];
  let tell: "help" | "version" | "fields" | undefined;
  let throughLinks = false;
  let at = 0;
  for (; at < args.length; at++) {
    const word = args[at] ?? "";
    if (word === "--") {
      at++;
      break;
    }
    const plus = word.startsWith("+");
    if ((!plus && !word.startsWith("-")) || word.length < 2) break;
    for (let index = 1; index < word.length; index++) {
      const letter = word.charAt(index);
      const rest = word.slice(index + 1);
      /** What follows, in this word or the next; undefined where the next one is an option or there is none. */
      const value = (fits: (text: string) => boolean = () => true): string | undefined => {
        if (rest !== "") {
          if (!fits(rest)) return undefined;
          index = word.length;
          return rest;
        }
        const next = args[at + 1];
        if (next === undefined || /^[-+]./.test(next) || !fits(next)) return undefined;
        index = word.length;
        at++;
        return next;
      };
      switch (letter) {
        case "a": options.and = true; break;
        case "b": case "C": case "N": case "E": case "M": case "O": case "X": break;
        case "c":
          if (plus) {
            const width = value();
            if (width === undefined || !/^\d+$/.test(width)) wrong.push("+c not followed by width number");
            else options.commandWidth = Number(width) === 0 ? 15 : Number(width);
          } else readCommand(value(), options, wrong, lookups);
          break;
        case "d":
          if (plus) readDirectory(value(), false, options, wrong);
          else readDescriptors(value(), options, wrong);
          break;
        case "D":
          if (plus) readDirectory(value(), true, options, wrong);
          else {
            value();
            wrong.push("unsupported option: -D");
          }
          break;
        case "e": {
          const path = value();
          if (path === undefined || !path.startsWith("/")) wrong.push(`-e not followed by a file system path: "${path ?? ""}"`);
          break;
        }
        case "f": {
          const letters = value((text) => !text.startsWith("/") && /^[a-zA-Z]+$/.test(text)) ?? "";
          for (const one of letters) {
            if (one === "g" || one === "G") options.flags = plus ? (one === "g" ? "names" : "hex") : undefined;
            else if (one === "c" || one === "n") wrong.push(`unsupported file struct option: ${one}`);
            else wrong.push(`unknown file struct option: ${one}`);
          }
          break;
        }
        case "F": {
          const letters = value((text) => !text.startsWith("/")) ?? "";
          if (letters === "?") tell ??= "fields";
          for (const one of letters === "?" ? "" : letters) if (!FIELD_LETTERS.includes(one)) wrong.push(`unknown field: ${one}`);
          options.fields = letters.replace("0", "");
          options.fieldsEndWithNul = letters.includes("0");
          break;
        }
        case "g": {
          options.groupsShown = true;
          const list = value((text) => !text.startsWith("/"));
          if (list !== undefined) options.groups = readNumbers(list, options.groups, "process group ID", wrong);
          break;
        }
        case "h": case "?": tell ??= "help"; break;
        case "i": {
          const spec = value((text) => !text.startsWith("/") || text.startsWith("[")) ?? "";
          if (spec === "") options.anyInternet = true;
          else readInternet(spec, options, wrong, lookups);
          break;
        }
        case "K": {
          const mode = value((text) => /^[a-z]$/.test(text));
          if (mode !== undefined && mode !== "i") wrong.push(`-K not followed by i (but by ${mode})`);
          break;
        }
        case "l": options.numericUsers = true; break;
        case "L": {
          const links = value((text) => /^\d+$/.test(text));
          options.links = plus;
          if (links !== undefined && plus) options.fewerLinks = Number(links);
          else if (links !== undefined) wrong.push("no number may follow -L");
          break;
        }
        case "m": if (plus) value((text) => /^m/.test(text)); else {
            value();
            wrong.push("-m not supported");
          }
          break;
        case "n": options.numericHosts = true; break;
        case "o": {
          const digits = value((text) => /^\d+$/.test(text));
          if (digits === undefined) options.offsets = "offset";
          break;
        }
        case "p": {
          const list = value();
          if (list === undefined) wrong.push("no process ID specified");
          else options.pids = readNumbers(list, options.pids, "process ID", wrong);
          break;
        }
        case "P": options.numericPorts = true; break;
        case "Q": options.quiet = true; break;
        case "r": {
          const spec = value((text) => /^\d+|^[cm]\d/.test(text));
          options.repeat = { seconds: spec === undefined ? 15 : Number.parseInt(spec.replace(/^\D+/, ""), 10), untilNone: plus };
          break;
        }
        case "R": options.parents = true; break;
        case "s": {
          const spec = value((text) => /^[A-Za-z]+:/.test(text));
          if (spec === undefined) options.offsets = "size";
          else readStates(spec, options, wrong);
          break;
        }
        case "S": {
          const seconds = value((text) => /^\d+$/.test(text));
          if (seconds !== undefined && Number(seconds) < 2) options.told.push(`WARNING: -S time (${seconds}) changed to 2`);
          break;
        }
        case "t": options.terse = true; break;
        case "T": {
          const letters = value((text) => /^[a-zA-Z]+$/.test(text)) ?? "";
          for (const one of letters) if (!"fqsw".includes(one)) wrong.push(`unsupported TCP/TPI info selection: ${one}`);
          break;
        }
        case "u": readUsers(value(), options, wrong, lookups); break;
        case "U": options.unix = true; break;
        case "v": tell ??= "version"; break;
        case "V": options.verbose = true; break;
        case "w": options.warnings = plus; break;
        case "x": throughLinks = true; value((text) => /^[fl]+$/.test(text)); break;
        case "Z": wrong.push("-Z limited to SELinux"); break;
        default: wrong.push(`illegal option character: ${letter}`);
      }
    }
  }
  options.names.push(...args.slice(at));
  if (tell !== undefined && wrong.length === 0) return { tell };
  if (throughLinks && options.directories.length === 0) wrong.push("-x must accompany +d or +D");
  if (options.terse && options.fields !== undefined) wrong.push("-F and -t are mutually exclusive");
  if (wrong.length > 0) throw new LsofUsage(wrong);
  if (options.and && !selects(options)) throw new LsofUsage(["no select options to AND via -a"]);
  return { show: options };
}

/** Does anything choose files? Otherwise all are shown. */
export function selects(options: LsofOptions): boolean {
  return options.pids !== undefined || options.groups !== undefined || options.users !== undefined || options.commands.length > 0 || options.descriptors !== undefined || options.internet.length > 0 || options.anyInternet
    || options.unix || options.directories.length > 0 || options.names.length > 0 || options.fewerLinks !== undefined;
}

function readNumbers(text: string, before: Choice<number> | undefined, what: string, wrong: string[]): Choice<number> {
  const choice = before ?? { wanted: new Set<number>(), excluded: new Set<number>() };
  for (const one of text.split(",")) {
    const [, not = "", digits = ""] = /^(\^?)(\d*)$/.exec(one) ?? [];
    if (one !== "" && digits === "") {
      wrong.push(`illegal ${what}: ${one}`);
      continue;
    }
    if (digits !== "") (not === "" ? choice.wanted : choice.excluded).add(Number(digits));
  }
  for (const one of choice.wanted) if (choice.excluded.has(one)) wrong.push(`P${what.includes("group") ? "GID" : "ID"} ${one} has been included and excluded.`);
  return choice;
}

function readUsers(text: string | undefined, options: LsofOptions, wrong: string[], lookups: Lookups): void {
  if (text === undefined) {
    wrong.push("no UIDs specified");
    return;
  }
  options.users ??= { wanted: new Set(), excluded: new Set(), names: new Map() };
  for (const one of text.split(",")) {
    const name = one.replace(/^\^/, "");
    const id = /^\d+$/.test(name) ? Number(name) : lookups.userId(name);
    if (id === undefined) {
      wrong.push(`can't get UID for ${name}`);
      continue;
    }
    const [into, other] = one.startsWith("^") ? [options.users.excluded, options.users.wanted] : [options.users.wanted, options.users.excluded];
    if (other.has(id)) wrong.push(`UID ${id} has been included and excluded.`);
    into.add(id);
    options.users.names.set(id, name);
  }
}

function readCommand(text: string | undefined, options: LsofOptions, wrong: string[], lookups: Lookups): void {
  if (text === undefined || text === "") {
    wrong.push("missing -c option value");
    return;
  }
  if (text.startsWith("/")) {
    const end = text.lastIndexOf("/");
    if (end === 0) {
      wrong.push(`regexp doesn't end with '/': ${text}`);
      return;
    }
    const modifiers = text.slice(end + 1);
    for (const one of modifiers) {
      if ("bix".includes(one)) continue;
      wrong.push(`invalid regexp modifier: ${one}`);
      return;
    }
    const test = lookups.regexp(text.slice(1, end), modifiers.includes("i"));
    if (test) options.commands.push({ text, excluded: false, test });
    else wrong.push(`regexp error: ${text}`);
    return;
  }
  const excluded = text.startsWith("^");
  const start = excluded ? text.slice(1) : text;
  if (options.commands.some((one) => one.excluded !== excluded && one.text.replace(/^\^/, "") === start)) wrong.push(`-c^${start} and -c${start} conflict.`);
  options.commands.push({ text, excluded, test: (comm) => comm.startsWith(start) });
}

function readDirectory(path: string | undefined, deep: boolean, options: LsofOptions, wrong: string[]): void {
  if (path === undefined) wrong.push("+d not followed by a directory path");
  else options.directories.push({ path, deep });
}

function readDescriptors(text: string | undefined, options: LsofOptions, wrong: string[]): void {
  if (text === undefined) {
    wrong.push("no file descriptor specified");
    return;
  }
  options.descriptors ??= { wanted: new Set(), excluded: new Set(), ranges: [] };
  for (const one of text.split(",")) {
    const excluded = one.startsWith("^");
    const name = excluded ? one.slice(1) : one;
    const range = /^(\d+)-(\d*)$/.exec(name);
    if (range) {
      const [low, high] = [Number(range[1]), Number(range[2] ?? 0)];
      if (low >= high) wrong.push(`-d FD range's low >= its high: ${one}`);
      options.descriptors.ranges.push({ low, high, excluded });
    } else if (name !== "") (excluded ? options.descriptors.excluded : options.descriptors.wanted).add(name);
    const wanted = options.descriptors.wanted.size > 0 || options.descriptors.ranges.some((each) => !each.excluded);
    if (wanted && (options.descriptors.excluded.size > 0 || options.descriptors.ranges.some((each) => each.excluded))) {
      wrong.push(excluded ? `exclude in an include -d list: ${one.slice(1)}` : `include in an exclude -d list: ${one}`);
      options.descriptors.excluded.clear();
    }
  }
}

/** -s TCP:LISTEN,^CLOSED */
function readStates(spec: string, options: LsofOptions, wrong: string[]): void {
  const [, protocol = "", list = ""] = /^([A-Za-z]+):(.*)$/.exec(spec) ?? [];
  const kind = protocol.toUpperCase();
  if (kind !== "TCP" && kind !== "UDP") {
    wrong.push(`unknown -s protocol: "${protocol}"`);
    return;
  }
  const states = { protocol: kind, wanted: new Set<string>(), excluded: new Set<string>() };
  if (list === "") wrong.push(`no ${kind} state names in: ${spec}`);
  for (const one of list.split(",").filter((each) => each !== "")) {
    const name = one.replace(/^\^/, "").toUpperCase();
    if (kind === "UDP" || !TCP_STATES.includes(name)) wrong.push(kind === "UDP" ? "no UDP state names available: " + spec : `unknown ${kind} state name: ${one.replace(/^\^/, "")}`);
    else (one.startsWith("^") ? states.excluded : states.wanted).add(name);
  }
  options.states.push(states);
}

/** -i [46][protocol][@host][:ports] */
function readInternet(text: string, options: LsofOptions, wrong: string[], lookups: Lookups): void {
  const fail = (what: string): void => void wrong.push(`${what} in: -i ${text}`);
  const [, version, protocol = "", rest = ""] = /^([46])?([^@:]*)(.*)$/s.exec(text) ?? [];
  if (protocol !== "" && !/^(?:tcp|udp|udplite)$/i.test(protocol)) return fail(`unknown protocol name (${protocol})`);
  let tail = rest;
  let addresses: readonly string[] | undefined;
  if (tail.startsWith("@")) {
    const [whole = "", bracketed, plain] = /^@(?:\[([^\]]*)\]|([^:[]*))/.exec(tail) ?? [];
    const host = bracketed ?? plain ?? "";
    if (host === "") return fail("unacceptable Internet address");
    addresses = lookups.addresses(host);
    if (!addresses) return fail(`unknown host name (${host})`);
    tail = tail.slice(whole.length);
  }
  const ports: (readonly [number, number])[] = [];
  if (tail.startsWith(":")) {
    for (const one of tail.slice(1).split(",")) {
      const [, from = "", to] = /^([^-]*)(?:-(.*))?$/.exec(one) ?? [];
      const number = (name: string): number | undefined => (/^\d+$/.test(name) ? Number(name) : lookups.port(name));
      if (!/^\d/.test(from) && lookups.port(one) !== undefined) {
        ports.push([lookups.port(one) ?? 0, lookups.port(one) ?? 0]);
        continue;
      }
      if (from === "") return fail("unacceptable port specification");
      const low = number(from);
      const high = to === undefined ? low : number(to);
      if (low === undefined) return fail(`unknown service ${from}`);
      if (high === undefined) return fail(`unknown service ${to ?? ""}`);
      if (high < low) return fail("unacceptable port specification");
      ports.push([low, high]);
    }
  } else if (tail !== "") return fail("unacceptable port specification");
  options.internet.push({ text, version: version === "4" || version === "6" ? version : undefined, protocol: protocol === "" ? undefined : /^tcp$/i.test(protocol) ? "tcp" : "udp", addresses, ports });
}
