import { type Blocking, type NamespaceKind, O, SIGNALS, type Sys, SysError, encode } from "../../kernel/sys.ts";
import { Accounts } from "../kit/accounts.ts";
import { execSearching } from "../kit/exec-path.ts";
import { waitFor } from "../kit/shell-command.ts";
import { idRange, mapFromOutside } from "./_id-ranges.ts";
import { parseSignal } from "../kit/signal-number.ts";
import { type Io, flag, optionalText, text, utilLinux } from "../kit/util-linux.ts";

function* writeFile(sys: Sys, path: string, content: string): Blocking<void> {
  const fd = yield* sys.open(path, O.WRONLY);
  try {
    yield* sys.write(fd, encode(content));
  } finally {
    sys.close(fd);
  }
}

const SHORT: ReadonlyMap<string, string> = new Map([["m", "--mount"], ["u", "--uts"], ["i", "--ipc"], ["n", "--net"], ["p", "--pid"], ["U", "--user"], ["C", "--cgroup"], ["T", "--time"], ["f", "--fork"], ["r", "--map-root-user"], ["c", "--map-current-user"]]);

export default utilLinux({
  name: "unshare", summary: "run a program in namespaces of its own", synopsis: ["[options] [<program> [<argument>...]]"],
  options: {
    mount: optionalText(["-m", "--mount"], "file", "a mount namespace of its own"), uts: optionalText(["-u", "--uts"], "file", "a UTS namespace of its own (host name)"), ipc: optionalText(["-i", "--ipc"], "file", "System V IPC of its own"),
    net: optionalText(["-n", "--net"], "file", "a network namespace of its own"), pid: optionalText(["-p", "--pid"], "file", "process IDs of its own"), user: optionalText(["-U", "--user"], "file", "a user namespace of its own"),
    cgroup: optionalText(["-C", "--cgroup"], "file", "a cgroup namespace of its own"), time: optionalText(["-T", "--time"], "file", "a time namespace of its own"),
    fork: flag(["-f", "--fork"], "<program> runs as a child, which --pid needs"), mapUser: text(["--map-user"], "uid|name", "the caller has this UID inside; implies --user"), mapGroup: text(["--map-group"], "gid|name", "the caller has this GID inside; implies --user"),
    mapRoot: flag(["-r", "--map-root-user"], "the caller is root inside; implies --user"), mapCurrent: flag(["-c", "--map-current-user"], "the caller stays who he is; implies --user"),
    mapUsers: text(["--map-users"], "outeruid,inneruid,count", "map so many user IDs from <outeruid> on to those from <inneruid> on, or auto for the caller's range in /etc/subuid; implies --user"),
    mapGroups: text(["--map-groups"], "outergid,innergid,count", "the same for groups, with /etc/subgid; implies --user"),
    mapAuto: flag(["--map-auto"], "--map-users=auto --map-groups=auto"), killChild: optionalText(["--kill-child"], "signame", "the child ends along with unshare; implies --fork"),
    mountProc: optionalText(["--mount-proc"], "dir", "mount a new proc filesystem, by default on /proc; implies --mount"), propagation: text(["--propagation"], "slave|shared|private|unchanged", "whether mounts pass into the namespace or out of it"),
    setgroups: text(["--setgroups"], "allow|deny", "allow or deny setgroups(2) inside"), keepCaps: flag(["--keep-caps"], "capabilities that the user namespace gives stay with the program"),
    root: text(["-R", "--root"], "dir", "the program sees <dir> as /"), directory: text(["-w", "--wd"], "dir", "the program begins in <dir>"), uid: text(["-S", "--setuid"], "uid", "take on this UID inside"), gid: text(["-G", "--setgid"], "gid", "take on this GID inside"),
    monotonic: text(["--monotonic"], "offset", "shift the clock monotonic by so many seconds"), boottime: text(["--boottime"], "offset", "shift the clock boottime by so many seconds"),
  },
  // the short options take no argument, their long forms may
  rewrite: (args) => {
    const first = args.findIndex((arg, index) => !arg.startsWith("-") && !/^(-[RwSG]|--(map-users?|map-groups?|propagation|setgroups|root|wd|setuid|setgid|monotonic|boottime))$/.test(args[index - 1] ?? ""));
    return args.flatMap((arg, index) => (first >= 0 && index >= first) || !/^-[a-zA-Z]{1,}$/.test(arg) || ![...arg.slice(1)].every((letter) => SHORT.has(letter)) ? [arg] : [...arg.slice(1)].map((letter) => SHORT.get(letter) ?? ""));
  },
  parsing: { stopAtOperand: true }, operands: "commands",
  *run({ options, operands, sys }, io: Io) {
    const kinds: NamespaceKind[] = [];
    const identity = sys.getcred();
    const mapping = options.mapRoot || options.mapCurrent || options.mapUser !== undefined || options.mapGroup !== undefined;
    const mountProc = options.mountProc;
    const userRange = yield* idRange(sys, io, options.mapAuto ? "auto" : options.mapUsers, "/etc/subuid");
    const groupRange = yield* idRange(sys, io, options.mapAuto ? "auto" : options.mapGroups, "/etc/subgid");
    if (options.user !== undefined || mapping || userRange !== undefined || groupRange !== undefined) kinds.push("user");
    if (options.mount !== undefined || mountProc !== undefined) kinds.push("mnt");
    for (const [given, kind] of [[options.uts, "uts"], [options.ipc, "ipc"], [options.net, "net"], [options.pid, "pid"], [options.cgroup, "cgroup"], [options.time, "time"]] as const) if (given !== undefined) kinds.push(kind);
    if (options.monotonic !== undefined || options.boottime !== undefined) if (!kinds.includes("time")) io.die("options --monotonic and --boottime require unsharing of a time namespace (-t)");
    for (const [word, what] of [[options.monotonic, "monotonic"], [options.boottime, "boottime"]] as const) if (word !== undefined && !/^[+-]?\d+$/.test(word)) io.die(`failed to parse ${what} offset: '${word}'`);
    for (const [word, what] of [[options.uid, "uid"], [options.gid, "gid"]] as const) if (word !== undefined && !/^\d+$/.test(word)) io.die(`failed to parse ${what}: '${word}'`);
    if (options.setgroups !== undefined && options.setgroups !== "allow" && options.setgroups !== "deny") io.die(`unsupported --setgroups argument '${options.setgroups}'`);
    if (options.setgroups === "allow" && (options.mapRoot || options.mapCurrent || options.mapGroup !== undefined)) io.die("options --setgroups=allow and --map-group are mutually exclusive");
    const accounts = yield* Accounts.read(sys);
    const userId = options.mapUser === undefined ? undefined : /^\d+$/.test(options.mapUser) ? Number(options.mapUser) : accounts.userByName(options.mapUser)?.uid;
    const groupId = options.mapGroup === undefined ? undefined : /^\d+$/.test(options.mapGroup) ? Number(options.mapGroup) : accounts.groupByName(options.mapGroup)?.gid;
    const insideUser = options.mapRoot ? 0 : options.mapCurrent ? identity.euid : userId;
    const insideGroup = options.mapRoot ? 0 : options.mapCurrent ? identity.egid : groupId;
    // who writes whole ranges stays outside and waits until the namespace is there
    const helper = userRange === undefined && groupRange === undefined ? undefined : mapFromOutside(sys, userRange, groupRange, insideUser, insideGroup);
    try {
      sys.unshare(kinds);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      io.die(`unshare failed: ${error.message}`);
    }
    if (helper !== undefined) {
      sys.close(helper.go);
      const status = yield* waitFor(sys, helper.pid);
      if (status.kind !== "exited" || status.status !== 0) return status.kind === "exited" ? status.status : 1;
    }
    const propagation = options.propagation ?? "private";
    if (propagation !== "unchanged" && propagation !== "private" && propagation !== "slave" && propagation !== "shared") io.die(`unsupported propagation mode: ${propagation}`);
    if (options.monotonic !== undefined) yield* writeFile(sys, "/proc/self/timens_offsets", `monotonic ${options.monotonic} 0`);
    if (options.boottime !== undefined) yield* writeFile(sys, "/proc/self/timens_offsets", `boottime ${options.boottime} 0`);
    const main = function* (self: Sys): Blocking<number> {
      const die = function* (message: string, status = 1): Blocking<number> {
        yield* self.write(2, encode(`${io.argv0}: ${message}\n`));
        return status;
      };
      if (mapping) {
        try {
          if (insideUser !== undefined && userRange === undefined) yield* writeFile(self, "/proc/self/uid_map", `${insideUser} ${identity.euid} 1`);
          if (insideGroup !== undefined && groupRange === undefined) {
            yield* writeFile(self, "/proc/self/setgroups", "deny");
            yield* writeFile(self, "/proc/self/gid_map", `${insideGroup} ${identity.egid} 1`);
          }
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          return yield* die(`write failed /proc/self/uid_map: ${error.message}`);
        }
      } else if (options.setgroups !== undefined) yield* writeFile(self, "/proc/self/setgroups", options.setgroups);
      if (kinds.includes("mnt") && propagation !== "unchanged") {
        try {
          self.mount("none", "/", "", { recursive: true, propagation });
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          return yield* die("cannot change root filesystem propagation");
        }
      }
      if (options.root !== undefined) {
        try {
          self.chroot(options.root);
          self.chdir("/");
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          return yield* die(`cannot change root directory to '${options.root}': ${error.message}`);
        }
      }
      if (options.directory !== undefined) {
        try {
          self.chdir(options.directory);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          return yield* die(`cannot chdir to '${options.directory}': ${error.message}`);
        }
      }
      if (mountProc !== undefined) {
        const target = mountProc === true ? "/proc" : mountProc;
        try {
          try {
            if (options.root !== undefined || propagation !== "private") self.mount("none", target, "", { recursive: true, propagation: "private" });
          } catch (error) {
            // without a proc there nothing is to be made private
            if (!(error instanceof SysError) || error.errno !== "EINVAL") throw error;
          }
          self.mount("proc", target, "proc", { nosuid: true, nodev: true, noexec: true });
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          return yield* die(`mount ${target} failed: ${error.message}`);
        }
      }
      if (options.gid !== undefined) {
        try {
          self.setgroups([]);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          return yield* die(`setgroups failed: ${error.message}`);
        }
        try {
          self.setgid(Number(options.gid));
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          return yield* die(`setgid failed: ${error.message}`);
        }
      }
      try {
        if (options.uid !== undefined) self.setuid(Number(options.uid));
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        return yield* die(`setuid failed: ${error.message}`);
      }
      const [command, ...rest] = operands;
      const shell = self.environment.get("SHELL") || "/bin/sh";
      if (command === undefined) {
        const error = yield* execSearching(self, shell, [`-${shell.split("/").at(-1) ?? "sh"}`]);
        return yield* die(`failed to execute ${shell}: ${error.message}`, 127);
      }
      const error = yield* execSearching(self, command, [command, ...rest]);
      return yield* die(`failed to execute ${command}: ${error.message}`, error.errno === "ENOENT" ? 127 : 126);
    };
    if (!options.fork && options.killChild === undefined) return yield* main(sys);
    const dying = options.killChild === undefined ? 0 : options.killChild === true ? SIGNALS.KILL : (parseSignal(options.killChild) ?? io.die(`unknown signal: ${options.killChild}`));
    sys.sigaction(SIGNALS.INT, "ignore");
    sys.sigaction(SIGNALS.TERM, "ignore");
    let pid: number;
    try {
      pid = sys.fork(function* (child) {
        child.sigaction(SIGNALS.INT, "default");
        child.sigaction(SIGNALS.TERM, "default");
        if (dying > 0) child.prctl("parent-death-signal", dying);
        return yield* main(child);
      });
    } catch (error) {
      if (error instanceof SysError) io.die(`fork failed: ${error.message}`);
      throw error;
    }
    const waited = yield* sys.waitpid(pid);
    if (waited?.status.kind === "exited") return waited.status.status;
    if (waited?.status.kind === "signaled") {
      sys.sigaction(waited.status.signal, "default");
      sys.kill(sys.getpid(), waited.status.signal);
      yield* sys.preempt();
      return 128 + waited.status.signal;
    }
    return 1;
  },
});
