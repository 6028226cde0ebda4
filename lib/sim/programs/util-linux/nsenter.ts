import { type Blocking, type NamespaceKind, O, SIGNALS, type Sys, SysError, encode } from "../../kernel/sys.ts";
import { execSearching } from "../kit/exec-path.ts";
import { type Io, flag, optionalText, text, utilLinux } from "../kit/util-linux.ts";

const KINDS: readonly (readonly [key: "user" | "cgroup" | "ipc" | "uts" | "net" | "pid" | "mount" | "time", kind: NamespaceKind])[] = [
  ["user", "user"], ["cgroup", "cgroup"], ["ipc", "ipc"], ["uts", "uts"], ["net", "net"], ["pid", "pid"], ["mount", "mnt"], ["time", "time"],
];

export default utilLinux({
  name: "nsenter", summary: "run a program inside the namespaces of another process", synopsis: ["[options] [<program> [<argument>...]]"],
  options: {
    all: flag(["-a", "--all"], "every namespace of the target"), target: text(["-t", "--target"], "pid", "the process whose namespaces are entered"),
    mount: optionalText(["-m", "--mount"], "file", "the mount namespace"), uts: optionalText(["-u", "--uts"], "file", "the UTS namespace (host name)"), ipc: optionalText(["-i", "--ipc"], "file", "the namespace of System V IPC"),
    net: optionalText(["-n", "--net"], "file", "the network namespace"), pid: optionalText(["-p", "--pid"], "file", "the namespace of process IDs"), cgroup: optionalText(["-C", "--cgroup"], "file", "the cgroup namespace"),
    user: optionalText(["-U", "--user"], "file", "the user namespace"), time: optionalText(["-T", "--time"], "file", "the time namespace"),
    uid: text(["-S", "--setuid"], "uid", "take on this UID inside"), gid: text(["-G", "--setgid"], "gid", "take on this GID inside"), preserve: flag(["--preserve-credentials"], "UIDs and GIDs stay as they are"),
    root: optionalText(["-r", "--root"], "dir", "the root directory, by default the target's"), directory: optionalText(["-w", "--wd"], "dir", "the directory to be in, by default the target's"), wdns: text(["-W", "--wdns"], "dir", "the directory to be in, a path inside the namespace"),
    noFork: flag(["-F", "--no-fork"], "become <program>, without a child process"), context: flag(["-Z", "--follow-context"], "the SELinux context that the target has"),
  },
  parsing: { stopAtOperand: true }, operands: "commands",
  *run({ options, operands, sys }, io: Io) {
    const target = options.target;
    if (target !== undefined && !/^\d+$/.test(target)) io.die(`failed to parse pid: '${target}'`);
    const wanted: { readonly kind: NamespaceKind; readonly fd: number }[] = [];
    const open = function* (path: string): Blocking<number> {
      try {
        return yield* sys.open(path, O.RDONLY | O.CLOEXEC);
      } catch (error) {
        if (error instanceof SysError) io.die(`cannot open ${path}: ${error.message}`);
        throw error;
      }
    };
    for (const [key, kind] of KINDS) {
      const given = options[key];
      if (given === undefined && !options.all) continue;
      if (typeof given === "string") {
        wanted.push({ kind, fd: yield* open(given.startsWith("=") ? given.slice(1) : given) });
        continue;
      }
      if (target === undefined) io.die(options.all && given === undefined ? "no target PID specified for --all" : `neither filename nor target pid supplied for ns/${kind}`);
      const path = `/proc/${target}/ns/${kind}`;
      if (options.all && given === undefined) {
        // entering one's own user namespace is refused by the kernel, so --all leaves out what is the same
        try {
          if (sys.readlink(path) === sys.readlink(`/proc/self/ns/${kind}`)) continue;
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
        }
      }
      wanted.push({ kind, fd: yield* open(path) });
    }
    const rootFd = options.root === undefined ? undefined : yield* open(options.root === true ? `/proc/${target ?? "self"}/root` : options.root);
    const directoryFd = options.directory === undefined ? undefined : yield* open(options.directory === true ? `/proc/${target ?? "self"}/cwd` : options.directory);
    const rootPath = rootFd === undefined ? undefined : options.root === true ? `/proc/${target ?? "self"}/root` : options.root;
    const directoryPath = directoryFd === undefined ? undefined : options.directory === true ? `/proc/${target ?? "self"}/cwd` : options.directory;
    if (typeof rootPath === "string") {
      sys.chroot(rootPath);
      sys.chdir("/");
    }
    for (const { kind, fd } of wanted) {
      try {
        sys.setns(fd, kind);
      } catch (error) {
        if (error instanceof SysError) io.die(`reassociate to namespace 'ns/${kind}' failed: ${error.message}`);
        throw error;
      }
      sys.close(fd);
    }
    if (typeof directoryPath === "string") sys.chdir(directoryPath);
    if (options.wdns !== undefined) sys.chdir(options.wdns);
    const entersUser = wanted.some((one) => one.kind === "user");
    const main = function* (self: Sys): Blocking<number> {
      if ((entersUser || options.uid !== undefined || options.gid !== undefined) && !options.preserve) {
        try {
          self.setgroups([]);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
        }
        self.setgid(Number(options.gid ?? 0));
        self.setuid(Number(options.uid ?? 0));
      }
      const [command, ...rest] = operands;
      const shell = self.environment.get("SHELL") || "/bin/sh";
      const error = command === undefined ? yield* execSearching(self, shell, [`-${shell.split("/").at(-1) ?? "sh"}`]) : yield* execSearching(self, command, [command, ...rest]);
      yield* self.write(2, encode(`${io.argv0}: failed to execute ${command ?? shell}: ${error.message}\n`));
      return error.errno === "ENOENT" ? 127 : 126;
    };
    const forks = wanted.some((one) => one.kind === "pid") && !options.noFork;
    if (!forks) return yield* main(sys);
    const pid = sys.fork(main);
    for (;;) {
      const waited = yield* sys.waitpid(pid, { untraced: true });
      if (!waited) return 1;
      if (waited.status.kind === "stopped") {
        sys.kill(sys.getpid(), SIGNALS.STOP);
        sys.kill(pid, SIGNALS.CONT);
        continue;
      }
      if (waited.status.kind === "exited") return waited.status.status;
      if (waited.status.kind === "signaled") {
        sys.sigaction(waited.status.signal, "default");
        sys.kill(sys.getpid(), waited.status.signal);
        yield* sys.preempt();
        return 128 + waited.status.signal;
      }
    }
  },
});
