// The open files of processes, as /proc shows them: current and root directory, the program, mapped files, descriptors.
import { type Blocking, S, type SocketInfo, type Stat, type Sys, SysError } from "../../kernel/sys.ts";
import { type Accounts, readTextFile } from "../kit/accounts.ts";
import { type ProcessInfo, listPids, readProcess } from "../kit/processes.ts";

export interface Row {
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
  /** of /proc/PID/fdinfo */
  readonly offset: number | undefined;
  readonly flags: number | undefined;
  readonly locked: string;
}

/** How names are shown. */
export interface Naming {
  readonly numericUsers: boolean;
  readonly numericPorts: boolean;
  /** numbers of processes that are read even if it is lsof's own */
  readonly pids: ReadonlySet<number>;
}

const major = (dev: number): number => (dev >>> 8) & 0xfff;
const minor = (dev: number): number => (dev & 0xff) | ((dev >>> 12) & 0xfff00);
const device = (dev: number): string => `${major(dev)},${minor(dev)}`;
const KINDS: ReadonlyMap<number, string> = new Map([[S.IFREG, "REG"], [S.IFDIR, "DIR"], [S.IFCHR, "CHR"], [S.IFBLK, "BLK"], [S.IFIFO, "FIFO"], [S.IFSOCK, "unix"], [S.IFLNK, "LINK"]]);

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

export function* openFiles(sys: Sys, wanted: Naming, accounts: Accounts, services: ReadonlyMap<string, string>): Blocking<readonly Row[]> {
  const rows: Row[] = [];
  const sockets = new Map(sys.rtnetlink({ op: "socket-list" }).map((one) => [one.inode, one]));
  const me = sys.getpid();
  for (const pid of listPids(sys)) {
    if (pid === me && !wanted.pids.has(pid)) continue;
    const process = yield* readProcess(sys, pid);
    if (process === undefined) continue;
    const user = wanted.numericUsers ? String(process.uids[1] ?? 0) : accounts.userName(process.uids[1] ?? 0);
    const nothing = { offset: undefined, flags: undefined, locked: "" };
    const add = (fd: string, link: string, more: Pick<Row, "offset" | "flags" | "locked"> = nothing): void => {
      const path = `/proc/${pid}/${link}`;
      let target: string;
      try {
        target = sys.readlink(path);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        if (error.errno === "EACCES") rows.push({ ...more, process, user, fd, type: "unknown", device: "", size: "", node: "", name: `${path} (readlink: ${error.message})`, socket: undefined, stat: undefined });
        return;
      }
      const inode = /^socket:\[(\d+)\]$/.exec(target)?.[1];
      if (inode !== undefined) {
        const socket = sockets.get(Number(inode));
        const internet = socket !== undefined && (socket.family === "inet" || socket.family === "inet6");
        if (socket === undefined) rows.push({ ...more, process, user, fd, type: "sock", device: "0,8", size: "0t0", node: inode, name: "protocol: UNIX", socket, stat: undefined });
        else if (internet) rows.push({ ...more, process, user, fd, type: socket.family === "inet" ? "IPv4" : "IPv6", device: inode, size: "0t0", node: socket.type === "stream" ? "TCP" : socket.type === "dgram" ? "UDP" : "ICMP", name: socketName(socket, services, wanted.numericPorts), socket, stat: undefined });
        else rows.push({ ...more, process, user, fd, type: socket.family === "unix" ? "unix" : socket.family === "packet" ? "pack" : "netlink", device: `0x${Number(inode).toString(16).padStart(16, "0")}`, size: "0t0", node: inode, name: socket.family === "unix" && socket.local.family === "unix" ? `${socket.local.path.startsWith("\0") ? `@${socket.local.path.slice(1)}` : socket.local.path}${socket.local.path === "" ? "" : " "}type=${socket.type.toUpperCase()}${socket.state === "LISTEN" ? " (LISTEN)" : socket.state === "ESTAB" ? " (CONNECTED)" : ""}` : "", socket, stat: undefined });
        return;
      }
      let stat: Stat | undefined;
      try {
        stat = sys.stat(path);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
      if (stat === undefined) {
        rows.push({ ...more, process, user, fd, type: "unknown", device: "", size: "", node: "", name: target, socket: undefined, stat });
        return;
      }
      const kind = stat.mode & S.IFMT;
      const anonymous = /^(anon_inode|pipe):/.test(target);
      const special = kind === S.IFCHR || kind === S.IFBLK;
      rows.push({ ...more,
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
      rows.push({ ...nothing, process, user, fd: "mem", type: "REG", device: `${Number.parseInt(high, 16)},${Number.parseInt(low, 16)}`, size: stat === undefined ? "" : String(stat.sizeBytes), node: ino, name: path, socket: undefined, stat });
    }
    try {
      const numbers = sys.readdir(`/proc/${pid}/fd`).map((entry) => Number(entry.name)).sort((a, b) => a - b);
      for (const number of numbers) {
        const bits = sys.lstat(`/proc/${pid}/fd/${number}`).mode;
        const facts = (yield* readTextFile(sys, `/proc/${pid}/fdinfo/${number}`)) ?? "";
        const lock = /^lock:.* (READ|WRITE) /m.exec(facts)?.[1];
        const more = {
          offset: Number(/^pos:\s*(\d+)/m.exec(facts)?.[1] ?? 0), flags: Number.parseInt(/^flags:\s*([0-7]+)/m.exec(facts)?.[1] ?? "0", 8), locked: lock === undefined ? "" : lock === "READ" ? "R" : "W",
        };
        add(`${number}${(bits & 0o600) === 0o600 ? "u" : (bits & 0o200) !== 0 ? "w" : "r"}`, `fd/${number}`, more);
        if (sys.charge(5)) yield* sys.preempt();
      }
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      rows.push({ ...nothing, process, user, fd: "NOFD", type: "", device: "", size: "", node: "", name: `/proc/${pid}/fd (opendir: ${error.message})`, socket: undefined, stat: undefined });
    }
  }
  return rows;
}
