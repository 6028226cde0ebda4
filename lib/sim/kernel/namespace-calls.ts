// Making and entering namespaces (clone(2), unshare(2), setns(2)).

import { FULL } from "./capability.ts";
import { SysError } from "./errno.ts";
import { CgroupNamespace, IpcNamespace, type Namespaces, PidNamespace, TimeNamespace, UserNamespace, UtsNamespace } from "./namespace.ts";
import { NetNamespace } from "./net/net-namespace.ts";
import type { Process } from "./process.ts";
import type { Capabilities, NamespaceKind } from "./sys.ts";
import { CAP } from "./vfs/caller.ts";
import { MountNamespace } from "./vfs/mount-namespace.ts";
import type { Path } from "./vfs/path.ts";

export interface MadeNamespaces {
  readonly namespaces: Namespaces;
  readonly root: Path;
  readonly cwd: Path;
  readonly capabilities: Capabilities;
}

/** For clone and unshare. A new user namespace comes first and owns the others. Errors: EPERM, ENOSPC. */
export function makeNamespaces(process: Process, kinds: readonly NamespaceKind[]): MadeNamespaces {
  const kernel = process.kernel;
  let namespaces = process.namespaces;
  let capabilities = process.capabilities;
  let { root, cwd } = process;
  let user = namespaces.user;
  if (kinds.includes("user")) {
    if (user.level >= 32) throw new SysError("ENOSPC");
    if (process.root.mount !== namespaces.mnt.rootMount || process.root.node !== process.root.mount.root) throw new SysError("EPERM");
    user = new UserNamespace(kernel.nextNamespaceInode(), user, process.credentials.euid, process.credentials.egid);
    capabilities = FULL;
  } else if (kinds.length > 0 && !process.capableIn(user, CAP.SYS_ADMIN)) throw new SysError("EPERM");
  namespaces = { ...namespaces, user };
  for (const kind of kinds) {
    const inode = kind === "user" ? 0 : kernel.nextNamespaceInode();
    switch (kind) {
      case "user": break;
      case "mnt": {
        const mnt = namespaces.mnt.clone(user);
        mnt.inode = inode;
        root = mnt.translate(root);
        cwd = mnt.translate(cwd);
        namespaces = { ...namespaces, mnt };
        break;
      }
      case "pid":
        if (namespaces.pid.level >= 32) throw new SysError("ENOSPC");
        namespaces = { ...namespaces, pidForChildren: new PidNamespace(inode, namespaces.pid, user) };
        break;
      case "net": {
        const net = new NetNamespace(kernel, inode, user);
        kernel.netNamespaces.add(net);
        namespaces = { ...namespaces, net };
        break;
      }
      case "uts": namespaces = { ...namespaces, uts: new UtsNamespace(inode, user, namespaces.uts.hostname, namespaces.uts.domainname) }; break;
      case "ipc": namespaces = { ...namespaces, ipc: new IpcNamespace(inode, user) }; break;
      case "cgroup": namespaces = { ...namespaces, cgroup: new CgroupNamespace(inode, user, process.cgroup) }; break;
      case "time": namespaces = { ...namespaces, timeForChildren: new TimeNamespace(inode, user) }; break;
    }
  }
  return { namespaces, root, cwd, capabilities };
}

export function unshare(process: Process, kinds: readonly NamespaceKind[]): void {
  const made = makeNamespaces(process, kinds);
  const { net } = process.namespaces;
  process.namespaces = made.namespaces;
  if (made.namespaces.net !== net) process.kernel.sweepNamespaces();
  process.root = made.root;
  process.cwd = made.cwd;
  process.capabilities = made.capabilities;
}

/** Errors: EINVAL (no namespace, other kind), EPERM, EUSERS. */
export function setns(process: Process, namespace: unknown, kind: NamespaceKind | undefined): void {
  const found = namespace instanceof UserNamespace || namespace instanceof PidNamespace || namespace instanceof NetNamespace || namespace instanceof UtsNamespace || namespace instanceof IpcNamespace
    || namespace instanceof CgroupNamespace || namespace instanceof TimeNamespace || namespace instanceof MountNamespace ? namespace : undefined;
  if (!found || (kind !== undefined && found.kind !== kind)) throw new SysError("EINVAL");
  const current = process.namespaces;
  if (found.kind === "user") {
    if (found === current.user) throw new SysError("EINVAL");
    if (!process.capableIn(found, CAP.SYS_ADMIN)) throw new SysError("EPERM");
    process.namespaces = { ...current, user: found };
    process.capabilities = FULL;
    return;
  }
  if (!process.capableIn(found.owner, CAP.SYS_ADMIN) || !process.capableIn(current.user, CAP.SYS_ADMIN)) throw new SysError("EPERM");
  switch (found.kind) {
    case "mnt":
      if (!process.capableIn(current.user, CAP.SYS_CHROOT)) throw new SysError("EPERM");
      process.namespaces = { ...current, mnt: found };
      process.root = found.root();
      process.cwd = process.root;
      return;
    case "pid":
      if (!found.isWithin(current.pid)) throw new SysError("EINVAL");
      process.namespaces = { ...current, pidForChildren: found };
      return;
    case "net":
      process.namespaces = { ...current, net: found };
      process.kernel.sweepNamespaces();
      return;
    case "uts": process.namespaces = { ...current, uts: found }; return;
    case "ipc": process.namespaces = { ...current, ipc: found }; return;
    case "cgroup": process.namespaces = { ...current, cgroup: found }; return;
    case "time": process.namespaces = { ...current, time: found, timeForChildren: found }; return;
  }
}
