// Home directories: made from /etc/skel, moved, removed; processes of a user.
import { type Blocking, O, S, type Sys } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { nameExists } from "../kit/presence.ts";

export function* copyTree(sys: Sys, from: string, to: string, uid: number, gid: number): Blocking<void> {
  for (const entry of sys.readdir(from)) {
    const source = `${from}/${entry.name}`;
    const target = `${to}/${entry.name}`;
    if (nameExists(sys, target)) continue;
    if (entry.type === S.IFDIR) {
      sys.mkdir(target, sys.stat(source).mode & 0o7777);
      yield* copyTree(sys, source, target, uid, gid);
    } else if (entry.type === S.IFLNK) sys.symlink(sys.readlink(source), target);
    else if (entry.type === S.IFREG) {
      const input = yield* sys.open(source, O.RDONLY);
      const output = yield* sys.open(target, O.WRONLY | O.CREAT | O.EXCL, 0o644);
      for (;;) {
        const bytes = yield* sys.read(input, 65_536);
        if (bytes.length === 0) break;
        yield* sys.write(output, bytes);
      }
      sys.fchmod(output, sys.fstat(input).mode & 0o7777);
      sys.close(input);
      sys.close(output);
    }
    sys.chown(target, uid, gid, false);
  }
}

export function* makeHome(sys: Sys, home: string, skeleton: string, uid: number, gid: number, mode: number): Blocking<void> {
  let path = "";
  for (const part of home.split("/").filter((one) => one !== "")) {
    path += `/${part}`;
    if (!nameExists(sys, path)) sys.mkdir(path, path === home ? mode : 0o755);
  }
  sys.chmod(home, mode);
  if (nameExists(sys, skeleton)) yield* copyTree(sys, skeleton, home, uid, gid);
  sys.chown(home, uid, gid);
}

export function* removeTree(sys: Sys, path: string): Blocking<void> {
  for (const entry of sys.readdir(path)) {
    if (entry.type === S.IFDIR) yield* removeTree(sys, `${path}/${entry.name}`);
    else sys.unlink(`${path}/${entry.name}`);
    if (sys.charge(20)) yield* sys.preempt();
  }
  sys.rmdir(path);
}

/** The first process that runs with that uid. */
export function* processOf(sys: Sys, uid: number): Blocking<number | undefined> {
  for (const entry of sys.readdir("/proc")) {
    if (!/^\d+$/.test(entry.name)) continue;
    const status = (yield* readTextFile(sys, `/proc/${entry.name}/status`)) ?? "";
    const match = /^Uid:\s+(\d+)/m.exec(status);
    if (match !== null && Number(match[1]) === uid) return Number(entry.name);
  }
  return undefined;
}
