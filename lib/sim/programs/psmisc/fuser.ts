import { type Blocking, S, type Sys, SysError } from "../../kernel/sys.ts";
import { Accounts, readTextFile } from "../kit/accounts.ts";
import { readMounts } from "../kit/mounts.ts";
import { listPids, readProcess } from "../kit/processes.ts";
import { type Io, flag, program, text } from "../kit/program.ts";
import { parseSignal, SIGNAL_NAMES } from "../kit/signal-number.ts";

const USAGE = "Usage: fuser [-fIMuvw] [-a|-s] [-4|-6] [-c|-m|-n SPACE]\n             [-k [-i] [-SIGNAL]] NAME...\n       fuser -l\n       fuser -V\n";

interface Use {
  readonly pid: number;
  readonly access: string;
}

/** Which processes use files that `matches` (device and inode of what a link in /proc leads to). */
function* users(sys: Sys, matches: (path: string) => boolean): Blocking<readonly Use[]> {
  const found: Use[] = [];
  for (const pid of listPids(sys)) {
    if (sys.charge(10)) yield* sys.preempt();
    let access = "";
    const test = (name: string, letter: string): void => {
      try {
        if (matches(`/proc/${pid}/${name}`)) access += letter;
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
    };
    test("cwd", "c");
    test("exe", "e");
    test("root", "r");
    try {
      for (const entry of sys.readdir(`/proc/${pid}/fd`)) {
        const before = access;
        test(`fd/${entry.name}`, "f");
        if (before !== access && (sys.lstat(`/proc/${pid}/fd/${entry.name}`).mode & 0o200) !== 0) access = access.replace(/f$/, "F");
      }
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    const letters = [...new Set(access.replace(/F/g, "f").split(""))].join("");
    if (access !== "") found.push({ pid, access: access.includes("F") ? letters.replace("f", "F") : letters });
  }
  return found;
}

/** A mount point, and any file of its file system with -m, is in use by the kernel (scan_mounts of fuser.c). */
function* usedByKernel(sys: Sys, name: string, device: number, onFileSystem: boolean): Blocking<{ readonly word: string; readonly place: string } | undefined> {
  const inode = sys.stat(name).ino;
  for (const { target } of yield* readMounts(sys)) {
    try {
      const stat = sys.stat(target);
      if (stat.dev === device && (onFileSystem || stat.ino === inode)) return { word: "mount", place: target };
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }
  return undefined;
}

export default program(
  { name: "fuser", path: "/bin/fuser", summary: "find out which processes use a file, file system or port", synopsis: ["[-fIMuvw] [-a|-s] [-4|-6] [-c|-m|-n SPACE] [-k [-i] [-SIGNAL]] NAME..."], options: [flag(["-a"], "show unused files too"), flag(["-k"], "kill processes that access the file"), flag(["-i"], "ask before killing"), flag(["-m"], "every process that uses the file system of NAME"), text(["-n"], "SPACE", "file, tcp or udp"), flag(["-s"], "silent"), flag(["-u"], "show user names"), flag(["-v"], "verbose"), flag(["-V"], "display version")], operands: "files" },
  function* (sys, argv, io: Io) {
    let letters = "";
    let signal = 9;
    let space = "file";
    const names: string[] = [];
    for (let at = 1; at < argv.length; at++) {
      const arg = argv[at] ?? "";
      if (arg === "-n") {
        const asked = argv[++at];
        if (asked === undefined) {
          yield* io.stderr(`${io.word("Namespace option requires an argument.")}\n${USAGE}`);
          return 1;
        }
        space = asked;
        if (!["file", "tcp", "udp"].includes(space)) {
          yield* io.stderr(`Invalid namespace name\n${USAGE}`);
          return 1;
        }
      } else if (/^-[46]$/.test(arg)) letters += arg.slice(1);
      else if (/^-(?:SIG)?[A-Z]{2,}\d*$|^-\d+$|^-[A-HJ-LN-UW-Z]$/.test(arg)) {
        const number = parseSignal(arg.slice(1));
        if (number === undefined) {
          yield* io.stderr(`${arg.slice(1)}: unknown signal; fuser -l lists signals.\n`);
          return 1;
        }
        signal = number;
      } else if (arg.startsWith("--") && arg !== "--version") {
        yield* io.stderr(`${io.argv0}: Invalid option ${arg}\n${USAGE}`);
        return 1;
      } else if (arg === "--version") letters += "V";
      else if (arg.startsWith("-") && arg.length > 1) {
        const wrong = [...arg.slice(1)].find((letter) => !"46acfikIlmMsuvVw".includes(letter));
        if (wrong !== undefined) {
          yield* io.stderr(`${io.argv0}: Invalid option ${wrong}\n${USAGE}`);
          return 1;
        }
        letters += arg.slice(1);
      }
      else names.push(arg);
    }
    if (letters.includes("V")) {
      yield* io.stderr("fuser (PSmisc) 23.6\n");
      return 0;
    }
    if (letters.includes("l")) {
      const signals = SIGNAL_NAMES.flatMap((name, number) => (number >= 1 && number <= 31 ? [name.replace(/^SIG/, "").replace(/^IO$/, "POLL")] : []));
      io.out.put(`${signals.slice(0, 16).join(" ")}\n${signals.slice(16).join(" ")}\n`);
      return 0;
    }
    if (letters.includes("4") && letters.includes("6")) {
      yield* io.stderr(`${io.word("You cannot search for only IPv4 and only IPv6 sockets at the same time")}\n${USAGE}`);
      return 1;
    }
    if (names.length === 0) {
      yield* io.stderr(`No process specification given\n${USAGE}`);
      return 1;
    }
    const verbose = letters.includes("v");
    const silent = letters.includes("s");
    const accounts = yield* Accounts.read(sys);
    let headed = false;
    const services = names.some((name) => /[a-z]/.test(name) && (space !== "file" || name.includes("/"))) ? ((yield* readTextFile(sys, "/etc/services")) ?? "") : "";
    const mountPoints = letters.includes("M") ? (yield* readMounts(sys)).map((mount) => mount.target) : [];
    let status = 1;
    for (const name of names) {
      let found: readonly Use[];
      let kernelUse: { readonly word: string; readonly place: string } | undefined;
      const service = /^([^/,]*)(?:,[^/]*)?\/(tcp|udp)$/.exec(space === "file" ? name : `${name}/${space}`);
      const known = service && !/^\d+$/.test(service[1] ?? "") ? services.split("\n").map((line) => line.split(/\s+/)).find(([one, spec]) => one === service[1] && spec?.endsWith(`/${service[2] ?? ""}`))?.[1]?.split("/")[0] : service?.[1];
      if (service && known === undefined) {
        yield* io.stderr(`Cannot resolve local port ${service[1]}: Servname not supported for ai_socktype\n`);
        return 1;
      }
      const port = service && known !== undefined ? [service[0], known, service[2] ?? ""] : undefined;
      if (!port && letters.includes("M") && !mountPoints.includes(name.replace(/(.)\/$/, "$1"))) {
        let exists = true;
        try {
          sys.stat(name);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          exists = false;
        }
        if (exists) {
          yield* io.stderr(`Specified filename ${name} is not a mountpoint.\n`);
          continue;
        }
      }
      if (port) {
        const inodes = new Set(sys.rtnetlink({ op: "socket-list" }).filter((one) => one.local.family !== "unix" && one.local.port === Number(port[1]) && (one.type === "stream") === (port[2] === "tcp")).map((one) => `socket:[${one.inode}]`));
        found = yield* users(sys, (path) => path.includes("/fd/") && inodes.has(sys.readlink(path)));
      } else {
        let target: { readonly dev: number; readonly ino: number };
        let onFileSystem = letters.includes("m") || letters.includes("c");
        try {
          const stat = sys.stat(name);
          target = stat;
          if ((stat.mode & S.IFMT) === S.IFBLK) {
            const mount = (yield* readMounts(sys)).find((one) => one.source === name);
            if (mount && letters.includes("m")) target = sys.stat(mount.target);
            else onFileSystem = false;
          }
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          yield* io.stderr(`Specified filename ${name} does not exist.\n`);
          continue;
        }
        kernelUse = verbose ? yield* usedByKernel(sys, name, target.dev, onFileSystem) : undefined;
        found = yield* users(sys, (path) => {
          const stat = sys.stat(path);
          return stat.dev === target.dev && (onFileSystem || stat.ino === target.ino);
        });
      }
      if (found.length > 0 || kernelUse !== undefined) status = 0;
      if (silent || (found.length === 0 && kernelUse === undefined && !letters.includes("a"))) continue;
      const full = port || name.startsWith("/") ? name : `${sys.getcwd().replace(/\/$/, "")}/${name}`;
      if (verbose) {
        if (!headed) yield* io.stderr("                     USER        PID ACCESS COMMAND\n");
        headed = true;
        if (found.length === 0 && kernelUse === undefined) yield* io.stderr(`${full}:\n`);
        if (kernelUse !== undefined) yield* io.stderr(`${`${full}:`.padEnd(21)}${"root".padEnd(8)} ${"kernel".padStart(6)} ${kernelUse.word} ${kernelUse.place}\n`);
        for (const [index, use] of found.entries()) {
          const process = yield* readProcess(sys, use.pid);
          yield* io.stderr(`${(index === 0 && kernelUse === undefined ? `${full}:` : "").padEnd(21)}${accounts.userName(process?.uids[1] ?? 0).padEnd(8)} ${String(use.pid).padStart(6)} ${["F", "r", "c", "e", "m"].map((letter) => (use.access.includes(letter) ? letter : use.access.includes("f") && letter === "F" ? "f" : ".")).join("")} ${letters.includes("u") ? `(${accounts.userName(process?.uids[1] ?? 0)})` : ""}${process?.comm ?? ""}\n`);
        }
      } else {
        yield* io.stderr(found.length === 0 ? `${full}:` : `${full}:`.padEnd(20));
        for (const use of found) {
          io.out.put(String(use.pid).padStart(6));
          yield* io.out.flush();
          yield* io.stderr(use.access.replace(/[fF]/g, "") + (letters.includes("u") ? `(${accounts.userName((yield* readProcess(sys, use.pid))?.uids[1] ?? 0)})` : ""));
        }
        yield* io.stderr("\n");
      }
      if (letters.includes("k")) for (const use of found) {
        try {
          if (use.pid !== sys.getpid()) sys.kill(use.pid, signal);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          yield* io.stderr(`Could not kill process ${use.pid}: ${error.message}\n`);
        }
      }
    }
    return status;
  },
);
