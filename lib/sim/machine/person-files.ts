// Files of a machine as one of its users may see and write them, from outside: what a file editor beside the terminal needs. Looking
// follows the permissions and changes nothing; writing is a process of the machine (as sftp's server), so that it fails as programs fail.
import type { Kernel } from "../kernel/kernel.ts";
import { type Blocking, type Errno, O, S, type Sys, SysError } from "../kernel/sys.ts";
import type { Caller } from "../kernel/vfs/caller.ts";
import type { Path } from "../kernel/vfs/path.ts";
import { checkAccess, checkWritable, MAY } from "../kernel/vfs/permission.ts";
import { child, resolve } from "../kernel/vfs/resolve.ts";
import { accountOf, joinSessionGroup } from "./login-session.ts";
import type { UserView } from "./view.ts";

/** `message` is strerror's. */
export interface FileProblem {
  readonly errno: Errno;
  readonly message: string;
}

export type FileAnswer<T> = { readonly done: T } | { readonly problem: FileProblem };

export interface DirectoryEntry {
  readonly name: string;
  /** of what a symbolic link leads to; "symlink" when it leads nowhere */
  readonly kind: "file" | "directory" | "symlink" | "special";
  readonly sizeBytes: number;
}

export interface FileContents {
  /** a directory is refused as EISDIR; devices, pseudo files and their like have no contents here */
  readonly kind: "file" | "special";
  /** empty when the file is larger than what was asked for */
  readonly bytes: Uint8Array;
  readonly sizeBytes: number;
  readonly stamp: string;
  readonly writable: boolean;
}

/** A machine's files with one user's permissions. `path` is absolute. */
export interface PersonFiles {
  readonly home: string;
  list(path: string): FileAnswer<readonly DirectoryEntry[]>;
  read(path: string, mostBytes: number): FileAnswer<FileContents>;
  /** Changes when the file or directory does; undefined when there is none that the user reaches. */
  stamp(path: string): string | undefined;
}

export interface FileWrite {
  readonly user: string;
  readonly path: string;
  readonly bytes: Uint8Array;
  /** the file must not exist yet */
  readonly isNew: boolean;
}

export interface FileWriting {
  readonly ended: boolean;
  readonly problem: FileProblem | undefined;
}

function attempt<T>(action: () => T): FileAnswer<T> {
  try {
    return { done: action() };
  } catch (error) {
    if (error instanceof SysError) return { problem: { errno: error.errno, message: error.message } };
    throw error;
  }
}

function entryKind(mode: number): DirectoryEntry["kind"] {
  switch (mode & S.IFMT) {
    case S.IFREG:
      return "file";
    case S.IFDIR:
      return "directory";
    case S.IFLNK:
      return "symlink";
    default:
      return "special";
  }
}

export function filesOfPerson(kernel: Kernel, user: UserView, gids: readonly number[]): PersonFiles | undefined {
  const init = kernel.initialNamespaces.pid.init;
  if (init === undefined) return undefined;
  const isRoot = user.uid === 0;
  const caller: Caller = {
    pid: init.pid, fileSizeLimit: Number.POSITIVE_INFINITY, fsuid: user.uid, fsgid: gids[0] ?? 0, groups: gids, umask: 0o022, root: init.root, cwd: init.root, mountNamespace: init.mountNamespace,
    capable: (capability) => isRoot && init.capable(capability),
    capableOver: (capability, uid, gid) => isRoot && init.capableOver(capability, uid, gid),
    capableIn: (namespace, capability) => isRoot && init.capableIn(namespace, capability),
  };

  const mayWrite = (place: Path): boolean => "done" in attempt(() => {
    checkAccess(caller, place, MAY.WRITE);
    checkWritable(place);
  });

  const stampOf = ({ mount, node }: Path): string => {
    const { ino, mtimeUs, ctimeUs, sizeBytes } = mount.fs.facts(node);
    return `${mount.fs.device}:${ino}:${mtimeUs}:${ctimeUs}:${sizeBytes}`;
  };

  const entryOf = (directory: Path, path: string, name: string): DirectoryEntry => {
    const found = attempt(() => {
      const own = child(caller, directory, name);
      if (own === undefined) throw new SysError("ENOENT");
      const facts = own.mount.fs.facts(own.node);
      if (entryKind(facts.mode) !== "symlink") return facts;
      const target = attempt(() => resolve(caller, `${path}/${name}`));
      return "done" in target ? target.done.mount.fs.facts(target.done.node) : facts;
    });
    return "done" in found ? { name, kind: entryKind(found.done.mode), sizeBytes: found.done.sizeBytes } : { name, kind: "special", sizeBytes: 0 };
  };

  return {
    home: user.home,
    list: (path) => attempt(() => {
      const directory = resolve(caller, path, { mustBeDirectory: true });
      checkAccess(caller, directory, MAY.READ);
      const names = directory.mount.fs.entries(directory.node, caller).map((entry) => entry.name).filter((name) => name !== "." && name !== "..");
      return names.sort().map((name) => entryOf(directory, path, name));
    }),
    read: (path, mostBytes) => attempt(() => {
      const place = resolve(caller, path);
      const { fs } = place.mount;
      const facts = fs.facts(place.node);
      const kind = entryKind(facts.mode);
      if (kind === "directory") throw new SysError("EISDIR");
      checkAccess(caller, place, MAY.READ);
      // Reading a pseudo file may do something (/proc/kmsg, random/uuid): looking must not.
      const ordinary = kind === "file" && (fs.open === undefined || fs.type === "overlay");
      return { kind: ordinary ? "file" : "special", bytes: ordinary && facts.sizeBytes <= mostBytes ? fs.read(place.node, 0, mostBytes).slice() : new Uint8Array(0), sizeBytes: facts.sizeBytes, stamp: stampOf(place), writable: mayWrite(place) };
    }),
    stamp: (path) => {
      const found = attempt(() => stampOf(resolve(caller, path)));
      return "done" in found ? found.done : undefined;
    },
  };
}

/** The process that writes: a child of sshd that has become the user. Truncates, then writes, as editors do. */
export function writeAsPerson(request: FileWrite, onEnd: (problem: FileProblem | undefined) => void): (sys: Sys) => Blocking<number> {
  return function* write(sys) {
    try {
      const account = yield* accountOf(sys, request.user);
      if (account === undefined) throw new SysError("EACCES");
      yield* joinSessionGroup(sys);
      sys.setTitle("sshd", [`sshd: ${account.name}@internal-sftp`]);
      sys.setgroups(account.groups);
      sys.setresgid(account.gid, account.gid, account.gid);
      sys.setresuid(account.uid, account.uid, account.uid);
      const fd = yield* sys.open(request.path, O.WRONLY | O.CREAT | (request.isNew ? O.EXCL : O.TRUNC), 0o666);
      let at = 0;
      while (at < request.bytes.length) at += yield* sys.write(fd, request.bytes.subarray(at));
      sys.close(fd);
      onEnd(undefined);
      return 0;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      onEnd({ errno: error.errno, message: error.message });
      return 1;
    }
  };
}
