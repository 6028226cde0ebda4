// lsof: open files of processes as /proc shows them (lsof(8), 4.95.0).
import { type Blocking, S, type SocketInfo, type Stat, type Sys, SysError } from "../../kernel/sys.ts";
import { Accounts, readTextFile } from "../kit/accounts.ts";
import { type Io, flag, program, text } from "../kit/program.ts";
import { type ProcessInfo, listPids, readProcess } from "../kit/processes.ts";

interface Row {
  readonly process: ProcessInfo;
  readonly user: string;
  /** "cwd", "txt", "3u" */
  readonly fd: string;
  readonly type: string;
  readonly device: string;
  readonly size: string;
  readonly node: string;
  readonly name: string;
  readonly socket: SocketInfo | undefined;
  readonly stat: Stat | undefined;
}

const major = (dev: number): number => (dev >>> 8) & 0xfff;
const minor = (dev: number): number => (dev & 0xff) | ((dev >>> 12) & 0xfff00);
const device = (dev: number): string => `${major(dev)},${minor(dev)}`;
const KINDS: ReadonlyMap<number, string> = new Map([[S.IFREG, "REG"], [S.IFDIR, "DIR"], [S.IFCHR, "CHR"], [S.IFBLK, "BLK"], [S.IFIFO, "FIFO"], [S.IFSOCK, "unix"], [S.IFLNK, "LINK"]]);

interface Wanted {
  readonly pids: ReadonlySet<number> | undefined;
  readonly users: ReadonlySet<number> | undefined;
  readonly commands: readonly string[];
  readonly numericUsers: boolean;
  readonly numericPorts: boolean;
}

function socketName(info: SocketInfo, services: ReadonlyMap<string, string>, numeric: boolean): string {
  const kind = info.type === "stream" ? "tcp" : "udp";
  const part = (address: SocketInfo["local"] | undefined): string => {
    if (address === undefined || address.family === "unix") return "";
    const host = address.address === "0.0.0.0" || address.address === "::" || address.address === "" ? "*" : address.address.includes(":") ? `[${address.address}]` : address.address;
    return `${host}:${address.port === 0 ? "*" : numeric ? address.port : (services.get(`${address.port}/${kind}`) ?? address.port)}`;
  };
  const states = new Map([["LISTEN", "LISTEN"], ["ESTAB", "ESTABLISHED"], ["SYN-SENT", "SYN_SENT"], ["TIME-WAIT", "TIME_WAIT"], ["CLOSE-WAIT", "CLOSE_WAIT"]]);
  const remote = info.remote !== undefined && info.state !== "LISTEN" && info.state !== "UNCONN" ? `->${part(info.remote)}` : "";
  return `${part(info.local)}${remote}${kind === "tcp" && states.has(info.state) ? ` (${states.get(info.state)})` : ""}`;
}

function* openFiles(sys: Sys, wanted: Wanted, accounts: Accounts, services: ReadonlyMap<string, string>): Blocking<readonly Row[]> {
  const rows: Row[] = [];
  const sockets = new Map(sys.rtnetlink({ op: "socket-list" }).map((one) => [one.inode, one]));
  const me = sys.getpid();
  for (const pid of listPids(sys)) {
    if (pid === me && wanted.pids?.has(pid) !== true) continue;
    const process = yield* readProcess(sys, pid);
    if (process === undefined || (wanted.pids !== undefined && !wanted.pids.has(pid))) continue;
    if (wanted.users !== undefined && !wanted.users.has(process.uids[1] ?? 0)) continue;
    if (wanted.commands.length > 0 && !wanted.commands.some((one) => process.comm.startsWith(one))) continue;
    const user = wanted.numericUsers ? String(process.uids[1] ?? 0) : accounts.userName(process.uids[1] ?? 0);
    const add = (fd: string, link: string): void => {
      const path = `/proc/${pid}/${link}`;
      let target: string;
      try {
        target = sys.readlink(path);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        if (error.errno === "EACCES") rows.push({ process, user, fd, type: "unknown", device: "", size: "", node: "", name: `${path} (readlink: ${error.message})`, socket: undefined, stat: undefined });
        return;
      }
      const inode = /^socket:\[(\d+)\]$/.exec(target)?.[1];
      if (inode !== undefined) {
        const socket = sockets.get(Number(inode));
        const internet = socket !== undefined && (socket.family === "inet" || socket.family === "inet6");
        if (socket === undefined) rows.push({ process, user, fd, type: "sock", device: "0,8", size: "0t0", node: inode, name: "protocol: UNIX", socket, stat: undefined });
        else if (internet) rows.push({ process, user, fd, type: socket.family === "inet" ? "IPv4" : "IPv6", device: inode, size: "0t0", node: socket.type === "stream" ? "TCP" : socket.type === "dgram" ? "UDP" : "ICMP", name: socketName(socket, services, wanted.numericPorts), socket, stat: undefined });
        else rows.push({ process, user, fd, type: socket.family === "unix" ? "unix" : socket.family === "packet" ? "pack" : "netlink", device: `0x${Number(inode).toString(16).padStart(16, "0")}`, size: "0t0", node: inode, name: socket.family === "unix" && socket.local.family === "unix" ? `${socket.local.path.startsWith("\0") ? `@${socket.local.path.slice(1)}` : socket.local.path}${socket.local.path === "" ? "" : " "}type=${socket.type.toUpperCase()}${socket.state === "LISTEN" ? " (LISTEN)" : socket.state === "ESTAB" ? " (CONNECTED)" : ""}` : "", socket, stat: undefined });
        return;
      }
      let stat: Stat | undefined;
      try {
        stat = sys.stat(path);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
      if (stat === undefined) {
        rows.push({ process, user, fd, type: "unknown", device: "", size: "", node: "", name: target, socket: undefined, stat });
        return;
      }
      const kind = stat.mode & S.IFMT;
      const anonymous = /^(anon_inode|pipe):/.test(target);
      const special = kind === S.IFCHR || kind === S.IFBLK;
      rows.push({
        process, user, fd, type: target.startsWith("anon_inode:") ? "a_inode" : (KINDS.get(kind) ?? "unknown"), device: special ? device(stat.rdev) : anonymous ? (target.startsWith("pipe") ? "0,13" : "0,14") : device(stat.dev),
        size: special || kind === S.IFIFO ? "0t0" : String(stat.sizeBytes), node: anonymous ? (/\d+/.exec(target)?.[0] ?? String(stat.ino)) : String(stat.ino), name: target.startsWith("anon_inode:") ? target.slice(11) : target.startsWith("pipe:") ? "pipe" : target, socket: undefined, stat,
      });
    };
    add("cwd", "cwd");
    add("rtd", "root");
    add("txt", "exe");
    const seen = new Set<string>();
    for (const line of ((yield* readTextFile(sys, `/proc/${pid}/maps`)) ?? "").split("\n")) {
      const [, , , dev = "", ino = "", path = ""] = line.split(/\s+/);
      if (!path.startsWith("/") || seen.has(path)) continue;
      seen.add(path);
      try {
        if (sys.readlink(`/proc/${pid}/exe`) === path) continue;
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
      let stat: Stat | undefined;
      try {
        stat = sys.stat(path);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
      const [high = "0", low = "0"] = dev.split(":");
      rows.push({ process, user, fd: "mem", type: "REG", device: `${Number.parseInt(high, 16)},${Number.parseInt(low, 16)}`, size: stat === undefined ? "" : String(stat.sizeBytes), node: ino, name: path, socket: undefined, stat });
    }
    try {
      const numbers = sys.readdir(`/proc/${pid}/fd`).map((entry) => Number(entry.name)).sort((a, b) => a - b);
      for (const number of numbers) {
        const bits = sys.lstat(`/proc/${pid}/fd/${number}`).mode;
        add(`${number}${(bits & 0o600) === 0o600 ? "u" : (bits & 0o200) !== 0 ? "w" : "r"}`, `fd/${number}`);
        if (sys.charge(5)) yield* sys.preempt();
      }
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      rows.push({ process, user, fd: "NOFD", type: "", device: "", size: "", node: "", name: `/proc/${pid}/fd (opendir: ${error.message})`, socket: undefined, stat: undefined });
    }
  }
  return rows;
}

/** -i [46][protocol][@host][:port] */
function internetTest(spec: string, ports: ReadonlyMap<string, number>): ((socket: SocketInfo) => boolean) | undefined {
  const match = /^([46])?(tcp|udp|TCP|UDP)?(?:@([^:]+))?(?::(.+))?$/.exec(spec);
  if (match === null) return undefined;
  const [, version, protocol, host, portList] = match;
  const ranges = (portList ?? "").split(",").filter((one) => one !== "").map((one) => {
    const [from = "", to] = one.split("-");
    const low = /^\d+$/.test(from) ? Number(from) : ports.get(from);
    return low === undefined ? undefined : ([low, to === undefined ? low : Number(to)] as const);
  });
  if (ranges.includes(undefined)) return undefined;
  return (socket) => {
    if (socket.local.family === "unix") return false;
    if (version !== undefined && (version === "4") !== (socket.family === "inet")) return false;
    if (protocol !== undefined && (protocol.toLowerCase() === "tcp") !== (socket.type === "stream")) return false;
    const ends = [socket.local, socket.remote].filter((one) => one !== undefined && one.family !== "unix");
    if (host !== undefined && !ends.some((one) => one.address === (host === "localhost" ? "127.0.0.1" : host))) return false;
    return ranges.length === 0 || ends.some((one) => ranges.some((range) => range !== undefined && one.port >= range[0] && one.port <= range[1]));
  };
}

export default program(
  {
    name: "lsof", path: "/usr/bin/lsof", manSection: 8, summary: "list open files", synopsis: ["[-?abhlnNoOPRtUvVX] [-c c] [+d s] [+D D] [-i [i]] [-p s] [-s [p:s]] [-u s] [names]"],
    options: [flag(["-a"], "AND the selections"), text(["-c"], "c", "commands that begin with c"), text(["-d"], "s", "these descriptors"), text(["-i"], "[46][protocol][@host][:port]", "Internet sockets"), text(["-p"], "s", "processes"), text(["-u"], "s", "users"), flag(["-t"], "process numbers only"), flag(["-n"], "no host names"), flag(["-P"], "no port names"), flag(["-l"], "user numbers"), flag(["-U"], "Unix sockets"), flag(["-R"], "parents"), flag(["-F"], "output for programs"), flag(["-v"], "version"), text(["+D"], "D", "files below a directory"), text(["+d"], "s", "files in a directory"), flag(["+L1"], "files without a name")],
    operands: "files",
  },
  function* (sys, argv, io: Io) {
    let and = false;
    let terse = false;
    let numericPorts = false;
    let numericUsers = false;
    let unix = false;
    let parents = false;
    let unlinked = false;
    let fields: string | undefined;
    const names: string[] = [];
    const directories: { readonly path: string; readonly deep: boolean }[] = [];
    const commands: string[] = [];
    const descriptors: string[] = [];
    const tests: ((socket: SocketInfo) => boolean)[] = [];
    let protocolState: string | undefined;
    let pids: Set<number> | undefined;
    let users: Set<number> | undefined;
    const accounts = yield* Accounts.read(sys);
    const ports = new Map<string, number>();
    const services = new Map<string, string>();
    for (const line of ((yield* readTextFile(sys, "/etc/services")) ?? "").split("\n")) {
      const [name, spec] = line.replace(/#.*/, "").trim().split(/\s+/);
      if (name === undefined || spec === undefined) continue;
      if (!ports.has(name)) ports.set(name, Number.parseInt(spec, 10));
      if (!services.has(spec)) services.set(spec, name);
    }
    const usage = function* (message: string): Blocking<number> {
      yield* io.stderr(`${message === "" ? "" : `lsof: ${message}\n`}lsof 4.95.0\n latest revision: https://github.com/lsof-org/lsof\n usage: [-?abhKlnNoOPRtUvVX] [+|-c c] [+|-d s] [+D D] [+|-E] [+|-e s] [+|-f[gG]]\n [-F [f]] [-g [s]] [-i [i]] [+|-L [l]] [+m [m]] [+|-M] [-o [o]] [-p s]\n [+|-r [t]] [-s [p:s]] [-S [t]] [-T [t]] [-u s] [+|-w] [-x [fl]] [--] [names]\nUse the \`\`-h'' option to get more help information.\n`);
      return 1;
    };
    for (let at = 1; at < argv.length; at++) {
      const word = argv[at] ?? "";
      if (word === "--") {
        names.push(...argv.slice(at + 1));
        break;
      }
      if (word.startsWith("+D") || word.startsWith("+d")) {
        directories.push({ path: word.length > 2 ? word.slice(2) : (argv[++at] ?? ""), deep: word.startsWith("+D") });
        continue;
      }
      if (/^\+L\d*$/.test(word)) {
        unlinked = true;
        continue;
      }
      if (/^[-+][wf]/.test(word) && word.startsWith("+")) continue;
      if (!word.startsWith("-") || word === "-") {
        names.push(word);
        continue;
      }
      for (let index = 1; index < word.length; index++) {
        const letter = word.charAt(index);
        const argument = (): string => {
          const rest = word.slice(index + 1);
          index = word.length;
          return rest !== "" ? rest : (argv[++at] ?? "");
        };
        const optional = (): string | undefined => {
          const rest = word.slice(index + 1);
          index = word.length;
          if (rest !== "") return rest;
          const next = argv[at + 1];
          if (next === undefined || next.startsWith("-") || next.startsWith("/")) return undefined;
          at++;
          return next;
        };
        switch (letter) {
          case "a": and = true; break;
          case "t": terse = true; break;
          case "P": numericPorts = true; break;
          case "l": numericUsers = true; break;
          case "n": case "N": case "w": case "b": case "O": case "o": case "X": case "K": break;
          case "U": unix = true; break;
          case "R": parents = true; break;
          case "c": commands.push(argument()); break;
          case "d": descriptors.push(...argument().split(",")); break;
          case "F": fields = word.slice(index + 1); index = word.length; break;
          case "s": {
            const spec = optional();
            if (spec !== undefined) protocolState = spec.split(":")[1];
            break;
          }
          case "p":
            pids ??= new Set();
            for (const one of argument().split(",")) {
              if (!/^\^?\d+$/.test(one)) return yield* usage(`illegal process ID: ${one}`);
              pids.add(Number(one));
            }
            break;
          case "u":
            users ??= new Set();
            for (const one of argument().split(",")) {
              const uid = /^\d+$/.test(one) ? Number(one) : accounts.userByName(one)?.uid;
              if (uid === undefined) return yield* usage(`can't get UID for ${one}`);
              users.add(uid);
            }
            break;
          case "i": {
            const spec = optional() ?? "";
            const test = internetTest(spec, ports);
            if (test === undefined) return yield* usage(`unacceptable port specification in: -i ${spec}`);
            tests.push(test);
            break;
          }
          case "v":
            yield* io.stderr("lsof version information:\n    revision: 4.95.0\n");
            return 0;
          case "h": case "?":
            yield* usage("");
            return letter === "h" ? 0 : 1;
          default: return yield* usage(`illegal option character: ${letter}`);
        }
      }
    }
    const targets: { readonly name: string; readonly stat: Stat }[] = [];
    let missing = false;
    for (const name of names) {
      try {
        targets.push({ name, stat: sys.stat(name) });
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* io.stderr(`lsof: status error on ${name}: ${error.message}\n`);
        missing = true;
      }
    }
    if (names.length > 0 && targets.length === 0) {
      if (missing) yield* usage("");
      return 1;
    }
    const mounts = new Set(((yield* readTextFile(sys, "/proc/self/mounts")) ?? "").split("\n").flatMap((line) => line.split(" ").slice(0, 2)));
    const selects = pids !== undefined || users !== undefined || commands.length > 0 || tests.length > 0 || unix || targets.length > 0 || directories.length > 0 || descriptors.length > 0 || unlinked;
    const rows = yield* openFiles(sys, { pids: undefined, users: undefined, commands: [], numericUsers, numericPorts }, accounts, services);
    const found = new Set<string>();
    const matches = (row: Row): boolean => {
      if (!selects) return true;
      const results: boolean[] = [];
      if (pids !== undefined) results.push(pids.has(row.process.pid));
      if (users !== undefined) results.push(users.has(row.process.uids[1] ?? 0));
      if (commands.length > 0) results.push(commands.some((one) => row.process.comm.startsWith(one)));
      if (tests.length > 0) results.push(row.socket !== undefined && tests.some((test) => row.socket !== undefined && test(row.socket)) && (protocolState === undefined || row.name.endsWith(`(${protocolState})`)));
      if (unix) results.push(row.socket?.family === "unix");
      if (unlinked) results.push(row.stat?.nlink === 0);
      if (descriptors.length > 0) results.push(descriptors.some((one) => one === row.fd || one === row.fd.replace(/[rwu]$/, "")));
      if (directories.length > 0) results.push(directories.some(({ path, deep }) => row.name === path || (row.name.startsWith(`${path.replace(/\/$/, "")}/`) && (deep || !row.name.slice(path.replace(/\/$/, "").length + 1).includes("/")))));
      if (targets.length > 0) {
        const target = targets.find(({ name, stat }) => row.stat !== undefined && ((row.stat.dev === stat.dev && row.stat.ino === stat.ino) || ((stat.mode & S.IFMT) === S.IFBLK && row.stat.dev === stat.rdev) || (mounts.has(name.replace(/(.)\/$/, "$1")) && (stat.mode & S.IFMT) === S.IFDIR && row.stat.dev === stat.dev)));
        if (target !== undefined) found.add(target.name);
        results.push(target !== undefined);
      }
      // without -a one of them suffices
      return and ? results.every((one) => one) : results.some((one) => one);
    };
    const shown = rows.filter(matches);
    const status = shown.length === 0 || missing || targets.some(({ name }) => !found.has(name)) ? 1 : 0;
    if (terse) {
      io.out.put([...new Set(shown.map((row) => row.process.pid))].map((pid) => `${pid}\n`).join(""));
      return status;
    }
    if (fields !== undefined) {
      let last = -1;
      for (const row of shown) {
        if (row.process.pid !== last) {
          io.out.put(`p${row.process.pid}\n`);
          if (fields === "" || fields.includes("c")) io.out.put(`c${row.process.comm}\n`);
          if (fields.includes("u")) io.out.put(`u${row.process.uids[1] ?? 0}\n`);
          last = row.process.pid;
        }
        io.out.put(`f${row.fd.replace(/[rwu]$/, "")}\n`);
        if (fields === "" || fields.includes("n")) io.out.put(`n${row.name}\n`);
      }
      return status;
    }
    if (shown.length === 0) return status;
    const headings = ["COMMAND", "PID", ...(parents ? ["PPID"] : []), "USER", "FD", "TYPE", "DEVICE", "SIZE/OFF", "NODE", "NAME"];
    const cells = shown.map((row) => [row.process.comm.slice(0, 9), String(row.process.pid), ...(parents ? [String(row.process.ppid)] : []), row.user.slice(0, 8), row.fd, row.type, row.device, row.size, row.node, row.name]);
    const fdAt = headings.indexOf("FD");
    const widths = headings.map((heading, index) => Math.max(heading.length, ...cells.map((row) => (row[index] ?? "").length)));
    // the descriptor stands to the right, its mode and lock after it
    const descriptor = (value: string): string => (/^\d+[rwu]$/.test(value) ? `${value.slice(0, -1).padStart(4)}${value.slice(-1)} ` : `${value.padStart(4)}  `);
    const line = (row: readonly string[]): string => `${row.map((value, index) => {
      if (index === headings.length - 1) return value;
      if (index === fdAt) return descriptor(value);
      return index === 0 ? value.padEnd(widths[index] ?? 0) : value.padStart(widths[index] ?? 0);
    }).join(" ")}\n`;
    io.out.put(line(headings) + cells.map(line).join(""));
    return status;
  },
);
