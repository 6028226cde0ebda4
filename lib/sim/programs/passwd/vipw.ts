// vipw, vigr: an editor on a copy of /etc/passwd, /etc/group or their shadows, under their lock.
import { type Blocking, O, type Sys, SysError } from "../../kernel/sys.ts";
import { flag, type Io, text } from "../kit/gnu.ts";
import { runShell } from "../kit/shell-command.ts";
import { shadowTool } from "./_shadow-tool.ts";
import { exists } from "../kit/presence.ts";

export default shadowTool({
  name: "vipw", manSection: 8,
  path: "/usr/sbin/vipw",
  links: ["/usr/sbin/vigr"],
  summary: "edit /etc/passwd, group, shadow or gshadow under a lock",
  synopsis: ["[options]"],
  operands: "none",
  usageStatus: 1,
  options: {
    group: flag(["-g", "--group"], "the file with the groups: group"),
    passwd: flag(["-p", "--passwd"], "the file with the accounts: passwd"),
    quiet: flag(["-q", "--quiet"], "quiet mode"),
    root: text(["-R", "--root"], "CHROOT_DIR", "work inside the root directory CHROOT_DIR"),
    shadow: flag(["-s", "--shadow"], "the file with the passwords: shadow or gshadow"),
  },
  *run({ options, operands, sys, argv0 }, io: Io) {
    if (operands.length > 0) io.usage();
    const groups = options.group || (argv0 === "vigr" && !options.passwd);
    const base = options.root ?? "";
    const file = `${base}/etc/${groups ? (options.shadow ? "gshadow" : "group") : options.shadow ? "shadow" : "passwd"}`;
    const status = yield* edit(sys, io, file);
    if (typeof status !== "string") return status.failed;
    if (status !== "changed" || options.quiet) {
      if (status === "unchanged" && !options.quiet) io.say(`${argv0}: ${file} is unchanged\n`);
      return 0;
    }
    const other = groups ? (options.shadow ? "/etc/group" : "/etc/gshadow") : options.shadow ? "/etc/passwd" : "/etc/shadow";
    const command = `${groups ? "vigr" : "vipw"}${options.shadow ? "" : " -s"}`;
    if (exists(sys, base + other)) io.say(`You have modified ${file}.\nYou may need to modify ${other} for consistency.\nPlease use the command '${command}' to do so.\n`);
    return 0;
  },
});

function* edit(sys: Sys, io: Io, file: string): Blocking<"changed" | "unchanged" | { readonly failed: number }> {
  const copy = `${file}.edit`;
  const lock = `${file}.lock`;
  if (exists(sys, lock)) {
    yield* io.warn(`Couldn't lock file: File exists\n${io.argv0}: ${file} is unchanged`);
    return { failed: 1 };
  }
  try {
    const facts = sys.stat(file);
    sys.close(yield* sys.open(lock, O.WRONLY | O.CREAT | O.EXCL, 0o600));
    yield* copyFile(sys, file, copy, facts.mode & 0o7777);
    sys.chown(copy, facts.uid, facts.gid);
    const before = sys.stat(copy).mtimeUs;
    const editor = sys.environment.get("VISUAL") ?? sys.environment.get("EDITOR") ?? (exists(sys, "/usr/bin/editor") ? "/usr/bin/editor" : "/usr/bin/vi");
    yield* io.out.flush();
    const status = yield* runShell(sys, `${editor} ${copy}`);
    if (status.kind !== "exited" || status.status !== 0) {
      yield* io.warn(`${editor} returned with status ${status.kind === "exited" ? status.status : 1}\n${io.argv0}: ${file} is unchanged`);
      sys.unlink(copy);
      return { failed: status.kind === "exited" ? status.status : 1 };
    }
    if (sys.stat(copy).mtimeUs === before) {
      sys.unlink(copy);
      return "unchanged";
    }
    yield* copyFile(sys, file, `${file}-`, facts.mode & 0o7777);
    sys.rename(copy, file);
    return "changed";
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* io.warn(`${error.errno === "EACCES" ? "Couldn't lock file" : file}: ${error.message}\n${io.argv0}: ${file} is unchanged`);
    return { failed: 1 };
  } finally {
    unlock(sys, lock);
  }
}

function unlock(sys: Sys, lock: string): void {
  try {
    sys.unlink(lock);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
}

function* copyFile(sys: Sys, from: string, to: string, mode: number): Blocking<void> {
  const source = yield* sys.open(from, O.RDONLY | O.CLOEXEC);
  const target = yield* sys.open(to, O.WRONLY | O.CREAT | O.TRUNC | O.CLOEXEC, mode);
  for (;;) {
    const bytes = yield* sys.read(source, 65536);
    if (bytes.length === 0) break;
    yield* sys.write(target, bytes);
    if (sys.charge(1)) yield* sys.preempt();
  }
  sys.close(source);
  sys.close(target);
}
