import { type Sys, SysError } from "../../kernel/sys.ts";
import { Accounts } from "../kit/accounts.ts";
import { type ProcessInfo, readProcesses } from "../kit/processes.ts";
import { type Column, type Row, Table } from "../kit/table.ts";
import { type Io, flag, text, utilLinux, unknownColumn } from "../kit/util-linux.ts";
import { readMounts } from "../kit/mounts.ts";

const COLUMNS: ReadonlyMap<string, Omit<Column, "name">> = new Map<string, Omit<Column, "name">>([
  ["NS", { right: true, json: "number", minimumWidth: 10 }], ["TYPE", {}], ["PATH", {}], ["NPROCS", { right: true, json: "number" }], ["PID", { right: true, json: "number", leastWidth: 5 }], ["PPID", { right: true, json: "number", leastWidth: 5 }],
  ["COMMAND", { tree: true, truncate: true }], ["UID", { right: true, json: "number" }], ["USER", {}], ["NETNSID", {}], ["NSFS", { wrapList: true }], ["PNS", { right: true, json: "number" }], ["ONS", { right: true, json: "number" }],
]);
/** The order in which lsns looks at a process's namespaces; equal numbers keep it (ns_names of lsns.c). */
const TYPES = ["mnt", "net", "pid", "uts", "ipc", "user", "cgroup", "time"] as const;

interface Namespace {
  readonly inode: number;
  readonly type: string;
  readonly processes: ProcessInfo[];
}

const linkOf = (sys: Sys, pid: number, type: string): number | undefined => {
  try {
    const inode = /\[(\d+)\]/.exec(sys.readlink(`/proc/${pid}/ns/${type}`))?.[1];
    return inode === undefined ? undefined : Number(inode);
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
};

export default utilLinux({
  name: "lsns", manSection: 8, summary: "list the namespaces that processes are in", synopsis: ["[options] [<namespace>]"],
  options: {
    json: flag(["-J", "--json"], "write JSON"), list: flag(["-l", "--list"], "a list, not a tree"), noheadings: flag(["-n", "--noheadings"], "no heading line"), output: text(["-o", "--output"], "list", "the columns that are shown"),
    outputAll: flag(["--output-all"], "every column that there is"), task: text(["-p", "--task"], "pid", "only those of this process"), raw: flag(["-r", "--raw"], "write columns without padding"), noTruncate: flag(["-u", "--notruncate"], "columns are as wide as their text"),
    noWrap: flag(["-W", "--nowrap"], "each entry on one line"), type: text(["-t", "--type"], "name", "only those of type mnt, net, ipc, user, pid, uts, cgroup or time"), tree: text(["-T", "--tree"], "rel", "a tree by parent, owner or process"),
  },
  *run({ options, operands, sys }, io: Io) {
    if (options.type !== undefined && !TYPES.some((type) => type === options.type)) io.die(`unknown namespace type: ${options.type}`);
    if (options.task !== undefined && !/^\d+$/.test(options.task)) io.die(`invalid PID argument: '${options.task}'`);
    const processes = yield* readProcesses(sys);
    const accounts = yield* Accounts.read(sys);
    const found = new Map<number, Namespace>();
    for (const process of processes) {
      for (const type of TYPES) {
        const inode = linkOf(sys, process.pid, type);
        if (inode === undefined) continue;
        const known = found.get(inode);
        if (known) known.processes.push(process);
        else found.set(inode, { inode, type, processes: [process] });
      }
    }
    const mine = options.task === undefined ? undefined : new Set(TYPES.map((type) => linkOf(sys, Number(options.task), type)));
    if (mine !== undefined && [...mine].every((inode) => inode === undefined)) return 0;
    let list = [...found.values()].filter((one) => (options.type === undefined || one.type === options.type) && (mine === undefined || mine.has(one.inode)));
    const only = operands[0];
    if (only !== undefined) {
      if (!/^\d+$/.test(only)) io.die(`invalid namespace argument: '${only}'`);
      const one = found.get(Number(only));
      if (!one) io.die(`not found namespace: ${only}`);
      list = [one];
    }
    list.sort((a, b) => a.inode - b.inode);
    const wanted = options.outputAll ? [...COLUMNS.keys()] : (options.output ?? (only !== undefined ? "PID,PPID,USER,COMMAND" : options.type === "net" ? "NS,TYPE,NPROCS,PID,USER,NETNSID,NSFS,COMMAND" : "NS,TYPE,NPROCS,PID,USER,COMMAND")).toUpperCase().split(",");
    const unknown = unknownColumn(options.output ?? "NS", (name) => COLUMNS.has(name));
    if (unknown !== undefined) io.die(`unknown column: ${unknown}`);
    const tree = !options.list && !options.raw;
    const table = new Table(wanted.map((name) => {
      const { tree: branch, ...column } = COLUMNS.get(name) ?? {};
      return { name, ...column, ...(branch && tree && { tree: true }) };
    }));
    const mounts = wanted.includes("NSFS") ? yield* readMounts(sys) : [];
    const rowsByPid = new Map<number, Row>();
    const cells = (one: Namespace, process: ProcessInfo): string[] => wanted.map((name) => {
      switch (name) {
        case "NS": return String(one.inode);
        case "TYPE": return one.type;
        case "PATH": return `/proc/${process.pid}/ns/${one.type}`;
        case "NPROCS": return String(one.processes.length);
        case "PID": return String(process.pid);
        case "PPID": return String(process.ppid);
        case "COMMAND": return process.arguments.length > 0 ? process.arguments.join(" ") : `[${process.comm}]`;
        case "UID": return String(process.uids[1] ?? 0);
        case "USER": return accounts.userName(process.uids[1] ?? 0);
        case "NETNSID": return one.type === "net" ? "unassigned" : "";
        case "NSFS": return mounts.filter((mount) => mount.type === "nsfs" && mount.root === `net:[${one.inode}]`).map((mount) => mount.target).join("\n");
        default: return "";
      }
    });
    if (only !== undefined) {
      const one = list[0];
      for (const process of one?.processes ?? []) {
        const row = table.row(cells(one ?? { inode: 0, type: "", processes: [] }, process), tree ? rowsByPid.get(process.ppid) : undefined);
        rowsByPid.set(process.pid, row);
      }
    } else {
      // a namespace stands below that of the parent of its first process, when that process leads a namespace shown here
      const leaders = list.map((one) => ({ one, leader: [...one.processes].sort((a, b) => a.pid - b.pid)[0] }));
      const rowOfLeader = new Map<number, Row>();
      for (const { one, leader } of leaders) {
        if (!leader) continue;
        const parent = tree && options.tree === undefined ? rowOfLeader.get(leader.ppid) : undefined;
        const row = table.row(cells(one, leader), rowOfLeader.has(leader.pid) ? undefined : parentRow(parent, leader, processes, one));
        if (!rowOfLeader.has(leader.pid)) rowOfLeader.set(leader.pid, row);
      }
    }
    const terminal = sys.isatty(1);
    io.out.put(table.text({ mode: options.json ? "json" : options.raw ? "raw" : "table", headings: !options.noheadings, jsonName: "namespaces", utf8: io.utf8, ...(terminal && !options.noTruncate && { width: Number(sys.environment.get("COLUMNS") ?? 0) || sys.getWindowSize(1).cols || 80 }) }));
    return 0;
  },
});

/** Only the pid namespace of a forked child hangs below its parent's row. */
function parentRow(parent: Row | undefined, leader: ProcessInfo, processes: readonly ProcessInfo[], one: Namespace): Row | undefined {
  if (!parent || leader.ppid === 1) return undefined;
  return processes.some((process) => process.pid === leader.ppid && !one.processes.includes(process)) ? parent : undefined;
}

