// lsof: open files of processes as /proc shows them (lsof(8), 4.95.0).
import { type Blocking, S, type Stat, type Sys, SysError } from "../../kernel/sys.ts";
import { Accounts, readTextFile } from "../kit/accounts.ts";
import { compileRegex, RegexSyntaxError } from "../kit/regex/compile-regex.ts";
import { type Io, flag, program, text } from "../kit/program.ts";
import { type Row, openFiles } from "./_open-files.ts";
import { type Choice, type InternetSpec, type LsofOptions, type LsofRequest, LsofUsage, parseLsof, selects } from "./_options.ts";
import { fieldLines, FIELD_TABLE, table, VERSION } from "./_output.ts";

const ABOUT = `lsof 4.95.0
 latest revision: https://github.com/lsof-org/lsof
 latest FAQ: https://github.com/lsof-org/lsof/blob/master/00FAQ
 latest (non-formatted) man page: https://github.com/lsof-org/lsof/blob/master/Lsof.8
 usage: [-?abhKlnNoOPRtUvVX] [+|-c c] [+|-d s] [+D D] [+|-E] [+|-e s] [+|-f[gG]]
 [-F [f]] [-g [s]] [-i [i]] [+|-L [l]] [+m [m]] [+|-M] [-o [o]] [-p s]
 [+|-r [t]] [-s [p:s]] [-S [t]] [-T [t]] [-u s] [+|-w] [-x [fl]] [--] [names]
Use the \`\`-h'' option to get more help information.
`;

/** Nothing is left to look for: no more rounds. */
const NONE_OF_THE_NAMES = -1;

interface Target {
  readonly name: string;
  readonly stat: Stat;
}

export default program(
  {
    name: "lsof", path: "/usr/bin/lsof", manSection: 8, summary: "list open files", synopsis: ["[-?abhlnNoOPRtUvVX] [-c c] [+d s] [+D D] [-i [i]] [-p s] [-s [p:s]] [-u s] [names]"],
    options: [
      flag(["-a"], "AND the selections"), text(["-c"], "c", "commands that begin with c"), text(["-d"], "s", "these descriptors"), text(["-i"], "[46][protocol][@host][:port]", "Internet sockets"), text(["-p"], "s", "processes"),
      text(["-u"], "s", "users"), text(["-g"], "s", "process groups, with a column of them"), flag(["-t"], "process numbers only"), flag(["-n"], "no host names"), flag(["-P"], "no port names"), flag(["-l"], "user numbers"),
      flag(["-U"], "Unix sockets"), flag(["-R"], "parents"), text(["-F"], "f", "output for programs: these fields"), flag(["-v"], "version"), text(["+D"], "D", "files below a directory"), text(["+d"], "s", "files in a directory"),
      text(["+L"], "l", "link counts, and files with fewer links than l"), flag(["-o"], "offsets"), text(["-s"], "p:s", "sizes, or sockets of protocol p in state s"), text(["+c"], "w", "so many letters of commands"),
      text(["+f"], "gG", "flags of files"), text(["-r"], "t", "again every t seconds"), flag(["-V"], "tell what was not found"), flag(["-Q"], "nothing found is no mistake"), flag(["-w"], "without warnings"),
    ],
    operands: "files",
  },
  function* (sys, argv, io: Io) {
    const accounts = yield* Accounts.read(sys);
    const ports = new Map<string, number>();
    const services = new Map<string, string>();
    for (const line of ((yield* readTextFile(sys, "/etc/services")) ?? "").split("\n")) {
      const [name, spec] = line.replace(/#.*/, "").trim().split(/\s+/);
      if (name === undefined || spec === undefined) continue;
      if (!ports.has(name)) ports.set(name, Number.parseInt(spec, 10));
      if (!services.has(spec)) services.set(spec, name);
    }
    const hosts = new Map<string, string[]>();
    for (const line of ((yield* readTextFile(sys, "/etc/hosts")) ?? "").split("\n")) {
      const [address, ...names] = line.replace(/#.*/, "").trim().split(/\s+/);
      if (address !== undefined && address !== "") for (const name of names) hosts.set(name, [...(hosts.get(name) ?? []), address]);
    }
    let request: LsofRequest;
    try {
      request = parseLsof(argv.slice(1), {
        userId: (name) => accounts.userByName(name)?.uid, port: (service) => ports.get(service), regexp: commandPattern,
        addresses: (host) => (/^[\d.]+$|:/.test(host) ? [host] : hosts.get(host)),
      });
    } catch (error) {
      if (!(error instanceof LsofUsage)) throw error;
      yield* io.stderr(error.lines.map((line) => `lsof: ${line}\n`).join("") + ABOUT);
      return error.status;
    }
    if ("tell" in request) {
      yield* io.stderr(request.tell === "help" ? ABOUT : request.tell === "version" ? VERSION : FIELD_TABLE);
      return 0;
    }
    const options = request.show;
    const { repeat } = options;
    for (const line of options.told) yield* io.stderr(`lsof: ${line}\n`);
    for (;;) {
      const status = yield* once(sys, io, options, accounts, services);
      if (!repeat || status === NONE_OF_THE_NAMES || (repeat.untilNone && status !== 0)) return Math.abs(status);
      io.out.put("=======\n");
      yield* io.out.flush();
      yield* sys.sleep(repeat.seconds * 1e6);
    }
  },
);

function commandPattern(source: string, ignoreCase: boolean): ((text: string) => boolean) | undefined {
  try {
    const regex = compileRegex(source, { syntax: "ere", ignoreCase });
    return (text) => regex.exec(text, 0) !== null;
  } catch (error) {
    if (error instanceof RegexSyntaxError) return undefined;
    throw error;
  }
}

function* once(sys: Sys, io: Io, options: LsofOptions, accounts: Accounts, services: ReadonlyMap<string, string>): Blocking<number> {
  const targets: Target[] = [];
  let missing = false;
  for (const name of options.names) {
    try {
      targets.push({ name, stat: sys.stat(name) });
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.stderr(`lsof: status error on ${name}: ${error.message}\n`);
      missing = true;
    }
  }
  if (options.names.length > 0 && targets.length === 0) return NONE_OF_THE_NAMES;
  const directories: { readonly path: string; readonly deep: boolean }[] = [];
  for (const { path, deep } of options.directories) {
    let problem: string | undefined;
    try {
      if ((sys.stat(path).mode & S.IFMT) !== S.IFDIR) problem = `WARNING: not a directory: ${path}`;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      problem = `WARNING: can't stat(${path}): ${error.message}`;
    }
    if (problem === undefined) directories.push({ path: path.replace(/(.)\/+$/, "$1"), deep });
    else yield* io.stderr(`lsof: ${problem}\n${ABOUT}`);
  }
  if (directories.length < options.directories.length) return 1;
  const mounts = new Set(((yield* readTextFile(sys, "/proc/self/mounts")) ?? "").split("\n").flatMap((line) => line.split(" ").slice(0, 2)));
  const rows = yield* openFiles(sys, { numericUsers: options.numericUsers, numericPorts: options.numericPorts, pids: options.pids?.wanted ?? new Set() }, accounts, services);
  const found = new Set<unknown>();
  const all = !selects(options);
  const shown = rows.filter((row) => (all || matches(row, options, targets, directories, mounts, found)) && !excluded(row, options));
  if (options.terse) io.out.put([...new Set(shown.map((row) => row.process.pid))].map((pid) => `${pid}\n`).join(""));
  else if (options.fields !== undefined) io.out.put(fieldLines(shown, options.fields, options.fieldsEndWithNul, accounts));
  else if (shown.length > 0) io.out.put(table(shown, options));
  const lost = unlocated(options, targets, found);
  if (options.verbose) io.out.put(lost.map((line) => `lsof: ${line}\n`).join(""));
  return !missing && (options.quiet || (shown.length > 0 && lost.length === 0)) ? 0 : 1;
}

const chosen = <T>({ wanted, excluded: not }: Choice<T>, one: T): boolean => !not.has(one) && (wanted.size === 0 || wanted.has(one));

/** What ^ keeps out is out whatever else is asked for. */
function excluded(row: Row, options: LsofOptions): boolean {
  const uid = row.process.uids[1] ?? 0;
  return options.pids?.excluded.has(row.process.pid) === true || options.groups?.excluded.has(row.process.pgrp) === true || options.users?.excluded.has(uid) === true
    || options.commands.some((one) => one.excluded && one.test(row.process.comm));
}

function matches(row: Row, options: LsofOptions, targets: readonly Target[], directories: readonly { readonly path: string; readonly deep: boolean }[], mounts: ReadonlySet<string>, found: Set<unknown>): boolean {
  const results: boolean[] = [];
  const numbers = (choice: Choice<number> | undefined, one: number): void => {
    if (!choice) return;
    // a list of exclusions alone chooses nothing by itself
    if (choice.wanted.size > 0 || options.and) results.push(chosen(choice, one));
    else results.push(!choice.excluded.has(one));
    if (choice.wanted.has(one)) found.add(`${choice === options.pids ? "p" : choice === options.groups ? "g" : "u"}${one}`);
  };
  numbers(options.pids, row.process.pid);
  numbers(options.groups, row.process.pgrp);
  numbers(options.users, row.process.uids[1] ?? 0);
  const commands = options.commands.filter((one) => !one.excluded);
  for (const one of commands) if (one.test(row.process.comm)) found.add(one);
  if (options.commands.length > 0) results.push(commands.length === 0 || commands.some((one) => one.test(row.process.comm)));
  if (options.internet.length > 0 || options.anyInternet) {
    const specs = options.internet.filter((one) => internetMatches(row, one));
    for (const one of specs) found.add(one);
    results.push((specs.length > 0 || (options.anyInternet && isInternet(row))) && stateFits(row, options));
  }
  if (options.unix) results.push(row.socket?.family === "unix");
  if (options.fewerLinks !== undefined) results.push(row.stat !== undefined && row.stat.nlink < options.fewerLinks);
  if (options.descriptors) {
    const { wanted, excluded: not, ranges } = options.descriptors;
    const name = row.fd.replace(/^(\d+)[rwu]$/, "$1");
    const inRange = (range: { readonly low: number; readonly high: number }): boolean => /^\d+$/.test(name) && Number(name) >= range.low && Number(name) <= range.high;
    const inside = wanted.has(name) || (wanted.has("mem") && row.fd === "mem") || ranges.some((range) => !range.excluded && inRange(range));
    const outside = not.has(name) || ranges.some((range) => range.excluded && inRange(range));
    results.push(wanted.size > 0 || ranges.some((range) => !range.excluded) ? inside : !outside);
  }
  if (directories.length > 0) {
    results.push(directories.some(({ path, deep }) => {
      const below = path === "/" ? "/" : `${path}/`;
      return row.name === path || (row.name.startsWith(below) && (deep || !row.name.slice(below.length).includes("/")));
    }));
  }
  if (targets.length > 0) {
    const target = targets.find(({ name, stat }) => row.stat !== undefined && ((row.stat.dev === stat.dev && row.stat.ino === stat.ino) || ((stat.mode & S.IFMT) === S.IFBLK && row.stat.dev === stat.rdev) || (mounts.has(name.replace(/(.)\/$/, "$1")) && (stat.mode & S.IFMT) === S.IFDIR && row.stat.dev === stat.dev)));
    if (target !== undefined) found.add(target);
    results.push(target !== undefined);
  }
  // without -a one of them suffices
  return options.and ? results.every((one) => one) : results.some((one) => one);
}

const isInternet = (row: Row): boolean => row.socket !== undefined && (row.socket.family === "inet" || row.socket.family === "inet6");

function stateFits(row: Row, { states }: LsofOptions): boolean {
  const kind = row.socket?.type === "stream" ? "TCP" : "UDP";
  const mine = states.filter((one) => one.protocol === kind);
  const state = /\((\w+)\)$/.exec(row.name)?.[1] ?? "";
  return mine.every((one) => chosen(one, state));
}

function internetMatches(row: Row, spec: InternetSpec): boolean {
  const { socket } = row;
  if (socket === undefined || (socket.family !== "inet" && socket.family !== "inet6")) return false;
  if (spec.version !== undefined && (spec.version === "4") !== (socket.family === "inet")) return false;
  if (spec.protocol !== undefined && (spec.protocol === "tcp") !== (socket.type === "stream")) return false;
  const ends = [socket.local, socket.remote].filter((one) => one !== undefined && one.family !== "unix");
  return ends.some((one) => (spec.addresses === undefined || spec.addresses.includes(one.address)) && (spec.ports.length === 0 || spec.ports.some(([low, high]) => one.port >= low && one.port <= high)));
}

/** What -V tells: of what was asked for, that which no file was found for. */
function unlocated(options: LsofOptions, targets: readonly Target[], found: ReadonlySet<unknown>): readonly string[] {
  return [
    ...targets.filter((one) => !found.has(one)).map(({ name }) => `no file use located: ${name}`), ...options.commands.filter((one) => !one.excluded && !found.has(one)).map((one) => (one.text.startsWith("/") ? `no command found for regex: ${one.text.slice(1, one.text.lastIndexOf("/"))}` : `command not located: ${one.text}`)),
    ...options.internet.filter((one) => !found.has(one)).map((one) => `Internet address not located: ${one.text}`), ...[...(options.pids?.wanted ?? [])].filter((one) => !found.has(`p${one}`)).map((one) => `process ID not located: ${one}`),
    ...[...(options.groups?.wanted ?? [])].filter((one) => !found.has(`g${one}`)).map((one) => `process group ID not located: ${one}`),
    ...[...(options.users?.wanted ?? [])].filter((one) => !found.has(`u${one}`)).map((one) => `user ID not located: ${options.users?.names.get(one) ?? one}`),
  ];
}
