// lsipc: limits and use of System V IPC, or its objects (lsipc(1)).
import type { Blocking, IpcKind, Sys } from "../../kernel/sys.ts";
import { Accounts, readTextFile } from "../kit/accounts.ts";
import { deviceSize } from "../kit/disk-label.ts";
import { Table } from "../kit/table.ts";
import { flag, type Io, text, utilLinux } from "../kit/util-linux.ts";
import { type IpcRow, keyText, readIpc } from "./_ipc.ts";

function* limits(sys: Sys, name: string): Blocking<readonly string[]> {
  return ((yield* readTextFile(sys, `/proc/sys/kernel/${name}`)) ?? "0").trim().split(/\s+/);
}

const permissions = (bits: number): string => [6, 3, 0].map((shift) => "rwx".split("").map((letter, at) => ((bits >> shift) & (4 >> at) ? letter : "-")).join("")).join("");

export default utilLinux({
  name: "lsipc", path: "/usr/bin/lsipc", summary: "list IPC resources and how many there may be", synopsis: ["[options]"],
  options: {
    shm: flag(["-m", "--shmems"], "shared memory segments"), msg: flag(["-q", "--queues"], "message queues"), sem: flag(["-s", "--semaphores"], "semaphores"), global: flag(["-g", "--global"], "totals and limits of the system (also with -m, -q or -s)"), id: text(["-i", "--id"], "id", "everything about resource <id>"),
    noheadings: flag(["--noheadings"], "no heading line"), bytes: flag(["-b", "--bytes"], "sizes as plain numbers of bytes"), json: flag(["-J", "--json"], "write JSON"), raw: flag(["-r", "--raw"], "write columns without padding"), numeric: flag(["-P", "--numeric-perms"], "permissions as octal numbers"), whole: flag(["--notruncate"], "long texts in full"),
  },
  *run({ options, sys }, io: Io) {
    const chosen = ([["msg", options.msg], ["shm", options.shm], ["sem", options.sem]] as const).filter(([, wanted]) => wanted).map(([kind]): IpcKind => kind);
    if (chosen.length > 1 && !options.global) io.die("mutually exclusive arguments: --queues --semaphores --shmems");
    const style = { mode: options.json ? "json" : options.raw ? "raw" : "table", headings: !options.noheadings, utf8: io.utf8 } as const;
    const size = (bytes: number): string => (options.bytes ? String(bytes) : deviceSize(bytes));
    const [kind] = chosen;
    if (kind === undefined || options.global) {
      const table = new Table([{ name: "RESOURCE" }, { name: "DESCRIPTION" }, { name: "LIMIT", right: true }, { name: "USED", right: true }, { name: "USE%", right: true }]);
      const row = (name: string, words: string, limit: string, used?: number): void => {
        table.row([name, words, limit, used === undefined ? "-" : String(used), used === undefined ? "-" : `${((used / Number(limit)) * 100).toFixed(2)}%`]);
      };
      const wants = (one: IpcKind): boolean => chosen.length === 0 || chosen.includes(one);
      const [semmsl = "0", semmns = "0", semopm = "0", semmni = "0"] = yield* limits(sys, "sem");
      if (wants("msg")) {
        row("MSGMNI", "Number of message queues", (yield* limits(sys, "msgmni"))[0] ?? "0", (yield* readIpc(sys, "msg")).length);
        row("MSGMAX", "Max size of message (bytes)", size(Number((yield* limits(sys, "msgmax"))[0])));
        row("MSGMNB", "Default max size of queue (bytes)", size(Number((yield* limits(sys, "msgmnb"))[0])));
      }
      if (wants("shm")) {
        const all = yield* readIpc(sys, "shm");
        row("SHMMNI", "Shared memory segments", (yield* limits(sys, "shmmni"))[0] ?? "0", all.length);
        row("SHMALL", "Shared memory pages", (yield* limits(sys, "shmall"))[0] ?? "0", all.reduce((sum, one) => sum + Math.ceil(one.size / 4096), 0));
        row("SHMMAX", "Max size of shared memory segment (bytes)", size(Number((yield* limits(sys, "shmmax"))[0])));
        row("SHMMIN", "Min size of shared memory segment (bytes)", size(1));
      }
      if (wants("sem")) {
        const all = yield* readIpc(sys, "sem");
        row("SEMMNI", "Number of semaphore identifiers", semmni, all.length);
        row("SEMMNS", "Total number of semaphores", semmns, all.reduce((sum, one) => sum + one.size, 0));
        row("SEMMSL", "Max semaphores per semaphore set.", semmsl);
        row("SEMOPM", "Max number of operations per semop(2)", semopm);
        row("SEMVMX", "Semaphore max value", "32767");
      }
      io.out.put(table.text({ ...style, jsonName: "ipclimits" }));
      return 0;
    }
    const accounts = yield* Accounts.read(sys);
    const owner = (uid: number): string => accounts.users.find((user) => user.uid === uid)?.name ?? String(uid);
    const rows: readonly IpcRow[] = (yield* readIpc(sys, kind)).filter((one) => options.id === undefined || one.id === Number(options.id));
    if (options.id !== undefined && rows.length === 0) io.die(`id ${options.id} not found`);
    const own = kind === "shm" ? ["SIZE", "NATTCH", "STATUS", "CTIME", "CPID", "LPID", "COMMAND"] : kind === "msg" ? ["USEDBYTES", "MSGS", "LSPID", "LRPID"] : ["NSEMS"];
    const table = new Table(["KEY", "ID", "PERMS", "OWNER", ...own].map((name) => ({ name, ...(!["PERMS", "OWNER", "STATUS", "CTIME", "COMMAND"].includes(name) && { right: true }) })));
    for (const one of rows) {
      const mine = kind === "shm" ? [size(one.size), String(one.attached), "", "", String(one.creatorPid), String(one.creatorPid), ""] : kind === "msg" ? [size(one.size), String(one.attached), "0", "0"] : [String(one.size)];
      table.row([keyText(one.key), String(one.id), options.numeric ? `0${(one.perms & 0o777).toString(8)}` : permissions(one.perms), owner(one.uid), ...mine]);
    }
    io.out.put(table.text({ ...style, jsonName: kind === "shm" ? "sharedmemory" : kind === "msg" ? "messages" : "semaphores" }));
    return 0;
  },
});
