// ipcs: System V objects of the IPC namespace (ipcs(1)).
import type { Blocking, IpcKind } from "../../kernel/sys.ts";
import { Accounts, readTextFile } from "../kit/accounts.ts";
import { deviceSize } from "../kit/disk-label.ts";
import { civilAt, strftime } from "../kit/time-format.ts";
import { readZone } from "../kit/zones.ts";
import { type Io, flag, text, utilLinux } from "../kit/util-linux.ts";
import { type IpcRow, keyText, readIpc } from "./_ipc.ts";

const TITLES: Readonly<Record<IpcKind, string>> = { msg: "Message Queues", shm: "Shared Memory Segments", sem: "Semaphore Arrays" };
const OWNER_TITLES: typeof TITLES = { msg: "Message Queues Creators/Owners", shm: "Shared Memory Segment Creators/Owners", sem: "Semaphore Arrays Creators/Owners" };
const TIME_TITLES: typeof TITLES = { msg: "Message Queues Send/Recv/Change Times", shm: "Shared Memory Attach/Detach/Change Times", sem: "Semaphore Operation/Change Times" };
const PID_TITLES: typeof TITLES = { msg: "Message Queues PIDs", shm: "Shared Memory Creator/Last-op PIDs", sem: "Semaphore Arrays" };

export default utilLinux({
  name: "ipcs", summary: "list queues of messages, semaphores and shared memory (IPC)", synopsis: ["[resource-option...] [output-option]", "-m|-q|-s -i <id>"],
  options: {
    id: text(["-i", "--id"], "id", "everything about resource <id>"), shm: flag(["-m", "--shmems"], "shared memory segments"), msg: flag(["-q", "--queues"], "message queues"), sem: flag(["-s", "--semaphores"], "semaphores"), all: flag(["-a", "--all"], "all (default)"),
    time: flag(["-t", "--time"], "when it was attached, detached and changed"), pid: flag(["-p", "--pid"], "the processes that made it and used it last"), creator: flag(["-c", "--creator"], "who made it and whose it is"), limits: flag(["-l", "--limits"], "how much of each there may be"), summary: flag(["-u", "--summary"], "totals of what is in use"), human: flag(["--human"], "sizes with a unit"), bytes: flag(["-b", "--bytes"], "sizes as plain numbers of bytes"),
  },
  *run({ options, sys }, io: Io) {
    const accounts = yield* Accounts.read(sys);
    const every = options.all || !(options.shm || options.msg || options.sem);
    const kinds = (["msg", "shm", "sem"] as const).filter((kind) => every || options[kind]);
    const limit = function* (name: string): Blocking<number> {
      return Number(((yield* readTextFile(sys, `/proc/sys/kernel/${name}`)) ?? "0").trim().split(/\s+/)[0]);
    };
    if (options.id !== undefined) {
      const [kind] = kinds;
      if (kinds.length !== 1 || kind === undefined) io.die("when using an ID, a single resource must be specified");
      const one = (yield* readIpc(sys, kind)).find((row) => row.id === Number(options.id));
      if (one === undefined) {
        yield* io.warn(`id ${options.id} not found`);
        return 1;
      }
      io.say(kind === "msg" ? `\nMessage Queue msqid=${one.id}\nuid=${one.uid}\tgid=${one.gid}\tcuid=${one.cuid}\tcgid=${one.cgid}\tmode=0${one.perms.toString(8)}\ncbytes=0\tqbytes=16384\tqnum=0\tlspid=0\tlrpid=0\nsend_time=Not set                   \nrcv_time=Not set                   \n\n` : kind === "shm" ? `\nShared memory Segment shmid=${one.id}\nuid=${one.uid}\tgid=${one.gid}\tcuid=${one.cuid}\tcgid=${one.cgid}\nmode=0${one.perms.toString(8)}\taccess_perms=0${one.perms.toString(8)}\nbytes=${one.size}\tlpid=0\tcpid=${one.creatorPid}\tnattch=${one.attached}\n\n` : `\nSemaphore Array semid=${one.id}\nuid=${one.uid}\t gid=${one.gid}\t cuid=${one.cuid}\t cgid=${one.cgid}\nmode=0${one.perms.toString(8)}, access_perms=0${one.perms.toString(8)}\nnsems = ${one.size}\n\n`);
      return 0;
    }
    const zone = yield* readZone(sys);
    const time = (seconds: number): string => (seconds === 0 ? "Not set" : strftime("%b %e %H:%M:%S", civilAt(zone, seconds)));
    const owner = (uid: number): string => accounts.userName(uid).slice(0, 10).padEnd(10);
    for (const kind of kinds) {
      const rows = yield* readIpc(sys, kind);
      if (options.limits) {
        if (kind === "msg") io.say(`\n------ Messages Limits --------\nmax queues system wide = ${yield* limit("msgmni")}\nmax size of message (bytes) = ${yield* limit("msgmax")}\ndefault max size of queue (bytes) = ${yield* limit("msgmnb")}\n`);
        else if (kind === "shm") io.say(`\n------ Shared Memory Limits --------\nmax number of segments = ${yield* limit("shmmni")}\nmax seg size (${options.bytes ? "bytes) = 18446744073692774399" : "kbytes) = 18014398509465599"}\nmax total shared memory (${options.bytes ? "bytes) = 18446744073709547520" : "kbytes) = 18446744073709551612"}\nmin seg size (bytes) = 1\n`);
        else {
          const [perArray = "0", wide = "0", perCall = "0", arrays = "0"] = ((yield* readTextFile(sys, "/proc/sys/kernel/sem")) ?? "").trim().split(/\s+/);
          io.say(`\n------ Semaphore Limits --------\nmax number of arrays = ${arrays}\nmax semaphores per array = ${perArray}\nmax semaphores system wide = ${wide}\nmax ops per semop call = ${perCall}\nsemaphore max value = 32767\n`);
        }
        continue;
      }
      if (options.summary) {
        if (kind === "msg") io.say(`\n------ Messages Status --------\nallocated queues = ${rows.length}\nused headers = 0\nused space = 0 bytes\n`);
        else if (kind === "shm") {
          const pages = rows.reduce((sum, row) => sum + Math.ceil(row.size / 4096), 0);
          io.say(`\n------ Shared Memory Status --------\nsegments allocated ${rows.length}\npages allocated ${pages}\npages resident  0\npages swapped   0\nSwap performance: 0 attempts\t 0 successes\n`);
        } else io.say(`\n------ Semaphore Status --------\nused arrays = ${rows.length}\nallocated semaphores = ${rows.reduce((sum, row) => sum + row.size, 0)}\n`);
        continue;
      }
      io.say(`\n------ ${options.creator ? OWNER_TITLES[kind] : options.time ? TIME_TITLES[kind] : options.pid ? PID_TITLES[kind] : TITLES[kind]} --------\n`);
      const pad = (values: readonly (string | number)[]): string => `${values.map((value) => String(value).padEnd(10)).join(" ")}\n`;
      const id = kind === "msg" ? "msqid" : kind === "shm" ? "shmid" : "semid";
      if (options.creator) {
        io.out.put(pad([id, "perms", "cuid", "cgid", "uid", "gid"].map((heading) => io.word(heading))));
        for (const row of rows) io.out.put(pad([row.id, row.perms.toString(8), accounts.userName(row.cuid), accounts.groupName(row.cgid), accounts.userName(row.uid), accounts.groupName(row.gid)]));
      } else if (options.time) {
        io.out.put(kind === "shm" ? `${io.word("shmid").padEnd(10)} ${io.word("owner").padEnd(10)} ${io.word("attached").padEnd(20)} ${io.word("detached").padEnd(20)} ${io.word("changed").padEnd(20)}\n` : kind === "msg" ? `${io.word("msqid").padEnd(8)} ${io.word("owner").padEnd(10)} ${io.word("send").padEnd(20)} ${io.word("recv").padEnd(20)} ${io.word("change").padEnd(20)}\n` : `${io.word("semid").padEnd(8)} ${io.word("owner").padEnd(10)} ${io.word("last-op").padEnd(26)} ${io.word("last-changed").padEnd(26)}\n`);
        for (const row of rows) io.out.put(`${String(row.id).padEnd(kind === "shm" ? 10 : 8)} ${owner(row.uid)} ${kind === "sem" ? `${"Not set".padEnd(26)} ${time(row.changedSeconds).padEnd(26)}` : `${"Not set".padEnd(20)} ${"Not set".padEnd(20)} ${time(row.changedSeconds).padEnd(20)}`}\n`);
      } else if (options.pid && kind !== "sem") {
        io.out.put(pad([id, "owner", kind === "shm" ? "cpid" : "lspid", kind === "shm" ? "lpid" : "lrpid"].map((heading) => io.word(heading))));
        for (const row of rows) io.out.put(pad([row.id, accounts.userName(row.uid), row.creatorPid, 0]));
      } else io.out.put(table(kind, rows, accounts, (heading) => io.word(heading), options.human));
    }
    io.out.put("\n");
    return 0;
  },
});

function table(kind: IpcKind, rows: readonly IpcRow[], accounts: Accounts, word: (english: string) => string, human: boolean): string {
  const headings = kind === "msg" ? ["key", "msqid", "owner", "perms", human ? "size" : "used-bytes", "messages"] : kind === "shm" ? ["key", "shmid", "owner", "perms", human ? "size" : "bytes", "nattch", "status"] : ["key", "semid", "owner", "perms", "nsems"];
  const widths = kind === "msg" ? [10, 10, 10, 10, 12, 12] : [10, 10, 10, 10, 10, 10, 12];
  const line = (values: readonly (string | number)[]): string => `${values.map((value, index) => String(value).padEnd(widths[index] ?? 10)).join(" ")}\n`;
  return line(headings.map(word)) + rows.map((row) => line([keyText(row.key), row.id, accounts.userName(row.uid).slice(0, 10), row.perms.toString(8), human && kind !== "sem" ? deviceSize(row.size) : row.size, ...(kind === "msg" ? [row.attached] : kind === "shm" ? [row.attached, ""] : [])])).join("");
}
