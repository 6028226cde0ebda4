// mount(2), umount(2), pivot_root(2), and the option strings of /proc/mounts.

import { SysError } from "../errno.ts";
import { type MountFlags, S } from "../sys.ts";
import { CAP, type Caller } from "./caller.ts";
import type { FileSystem, VfsHost } from "./file-system.ts";
import { isWithin, type Mount, type MountAttributes } from "./mount.ts";
import { type Path, rootOf } from "./path.ts";
import { resolve } from "./resolve.ts";

function requireAdmin(caller: Caller): void {
  if (!caller.capableIn(caller.mountNamespace.owner, CAP.SYS_ADMIN)) throw new SysError("EPERM");
}

/** The mount whose root `path` is, in the caller's namespace. */
function mountOf(caller: Caller, path: Path): Mount {
  if (path.node !== path.mount.root || path.mount.namespace !== caller.mountNamespace) throw new SysError("EINVAL");
  return path.mount;
}

function isDirectory(path: Path): boolean {
  return (path.mount.fs.facts(path.node).mode & S.IFMT) === S.IFDIR;
}

/** Errors: EPERM, ENOENT, ENOTDIR, ENODEV (unknown type), EBUSY, EINVAL, ENOTBLK, ELOOP. */
export function mount(caller: Caller, host: VfsHost, source: string, target: string, type: string, flags: MountFlags, data = ""): void {
  const at = resolve(caller, target);
  requireAdmin(caller);
  if (flags.remount === true) remount(caller, host, at, flags, data);
  else if (flags.bind === true) bind(caller, source, at, flags.recursive ?? false);
  else if (flags.propagation !== undefined) caller.mountNamespace.setPropagation(mountOf(caller, at), flags.propagation, flags.recursive ?? false);
  else if (flags.move === true) move(caller, source, at);
  else mountNew(caller, host, source, target, at, type, flags, data);
}

function mountNew(caller: Caller, host: VfsHost, source: string, target: string, at: Path, type: string, flags: MountFlags, data: string): void {
  const fileSystemType = host.fileSystemTypes.get(type);
  if (fileSystemType === undefined) throw new SysError("ENODEV");
  if (!fileSystemType.userMountable && !caller.capableIn(undefined, CAP.SYS_ADMIN)) throw new SysError("EPERM");
  const readOnly = flags.readOnly ?? false;
  const { fs, root } = fileSystemType.mount({ caller, host, source, target, readOnly, data });
  if (![...caller.mountNamespace.mounts].some((each) => each.fs === fs)) setSuperFlags(fs, flags);
  if (!isDirectory(at)) throw new SysError("ENOTDIR");
  // The same file system twice in the same place (mount(2), EBUSY).
  if (at.node === at.mount.root && at.mount.fs === fs && at.mount.root === (root ?? fs.root)) throw new SysError("EBUSY");
  const userOwned = !caller.capableIn(undefined, CAP.SYS_ADMIN);
  const attributes = attributesOf(flags);
  // In a user namespace no mount makes devices usable (mount_namespaces(7), SB_I_NODEV).
  const made = caller.mountNamespace.newMount(fs, root ?? fs.root, source === "" ? "none" : source, userOwned && type !== "devpts" ? { ...attributes, nodev: true } : attributes);
  caller.mountNamespace.attach(made, at);
}

function attributesOf(flags: MountFlags): MountAttributes {
  return { readOnly: flags.readOnly ?? false, nosuid: flags.nosuid ?? false, nodev: flags.nodev ?? false, noexec: flags.noexec ?? false, atime: flags.atime ?? "relatime", ...(flags.nodiratime === true && { nodiratime: true }), ...(flags.nosymfollow === true && { nosymfollow: true }) };
}

/** The flags of a super block that are the same for every type (SB_SYNCHRONOUS, SB_DIRSYNC, SB_LAZYTIME), as mountinfo writes them. */
const superFlags = new WeakMap<FileSystem, string>();

function setSuperFlags(fs: FileSystem, { synchronous, dirsync, lazytime }: MountFlags): void {
  const words = [...(synchronous === true ? ["sync"] : []), ...(dirsync === true ? ["dirsync"] : []), ...(lazytime === true ? ["lazytime"] : [])];
  if (words.length > 0) superFlags.set(fs, words.join(","));
  else superFlags.delete(fs);
}

function remount(caller: Caller, host: VfsHost, at: Path, flags: MountFlags, data: string): void {
  const found = mountOf(caller, at);
  const attributes = { ...attributesOf(flags), atime: flags.atime ?? found.attributes.atime };
  if (found.locked || !caller.capableIn(undefined, CAP.SYS_ADMIN)) {
    const before = found.attributes;
    const loosens = (before.readOnly && !attributes.readOnly) || (before.nosuid && !attributes.nosuid) || (before.nodev && !attributes.nodev) || (before.noexec && !attributes.noexec);
    if (found.locked && loosens) throw new SysError("EPERM");
  }
  if (flags.bind !== true) {
    if (!attributes.readOnly && found.fs.readOnly && host.fileSystemTypes.get(found.fs.type)?.remount === undefined) throw new SysError("EROFS");
    if (attributes.readOnly && !found.fs.readOnly && host.openForWriting(found.fs)) throw new SysError("EBUSY");
    host.fileSystemTypes.get(found.fs.type)?.remount?.(found.fs, data, attributes.readOnly);
    setSuperFlags(found.fs, flags);
  }
  found.attributes = attributes;
}

function bind(caller: Caller, source: string, at: Path, recursive: boolean): void {
  const from = resolve(caller, source);
  if (from.mount.unbindable) throw new SysError("EINVAL");
  // Files of /proc/PID/ns belong to no namespace's tree and may be bound all the same (ip netns add).
  if (from.mount.namespace !== caller.mountNamespace && from.mount.fs.type !== "nsfs") throw new SysError("EINVAL");
  if (isDirectory(from) !== isDirectory(at)) throw new SysError("ENOTDIR");
  if (!recursive && [...(from.mount.children?.values() ?? [])].some((each) => each.locked && each.mountPoint !== undefined && isWithin(from.mount.fs, from.node, each.mountPoint))) {
    throw new SysError("EINVAL");
  }
  const copy = caller.mountNamespace.copyTree(from.mount, from.node, recursive, new Map(), false);
  copy.locked = false;
  caller.mountNamespace.attach(copy, at);
}

function move(caller: Caller, source: string, at: Path): void {
  const found = mountOf(caller, resolve(caller, source));
  const { mountPoint } = found;
  if (mountPoint === undefined || found.locked || mountPoint.mount.peers !== undefined) throw new SysError("EINVAL");
  if (isDirectory(rootOf(found)) !== isDirectory(at)) throw new SysError("EINVAL");
  for (let above: Mount | undefined = at.mount; above !== undefined; above = above.parent) if (above === found) throw new SysError("ELOOP");
  caller.mountNamespace.unhang(found);
  caller.mountNamespace.attach(found, at);
}

/** Errors: EPERM, EINVAL (no mount point, locked), EBUSY, ENOENT. */
export function umount(caller: Caller, host: VfsHost, target: string, flags: { readonly lazy?: boolean; readonly force?: boolean; readonly nofollow?: boolean } = {}): void {
  const at = resolve(caller, target, { follow: flags.nofollow !== true });
  requireAdmin(caller);
  const found = mountOf(caller, at);
  if (found.locked) throw new SysError("EINVAL");
  if (found === caller.mountNamespace.rootMount) throw new SysError(flags.lazy === true ? "EINVAL" : "EBUSY");
  if (flags.lazy !== true) {
    if ((found.children?.size ?? 0) > 0 || host.mountInUse(rootOf(found))) throw new SysError("EBUSY");
    // What goes at the peers with it must not be in use there either (propagate_mount_busy of Linux).
    for (const twin of caller.mountNamespace.twinsOf(found)) if ((twin.children?.size ?? 0) === 0 && host.mountInUse(rootOf(twin))) throw new SysError("EBUSY");
  }
  caller.mountNamespace.detach(found);
}

/** Errors: EPERM, EBUSY (the current root, or not below it), EINVAL (no mount point, shared), ENOTDIR. */
export function pivotRoot(caller: Caller, host: VfsHost, newRoot: string, putOld: string): void {
  requireAdmin(caller);
  const created = resolve(caller, newRoot, { mustBeDirectory: true });
  const old = resolve(caller, putOld, { mustBeDirectory: true });
  const { root } = caller;
  const namespace = caller.mountNamespace;
  if (old.mount.peers !== undefined || created.mount.parent?.peers !== undefined) throw new SysError("EINVAL");
  if (created.mount.namespace !== namespace || root.mount.namespace !== namespace || created.mount.locked) throw new SysError("EINVAL");
  if (created.mount === root.mount || old.mount === root.mount) throw new SysError("EBUSY");
  if (root.node !== root.mount.root || root.mount !== namespace.rootMount || created.node !== created.mount.root) throw new SysError("EINVAL");
  if (!isBelow(created, old)) throw new SysError("EINVAL");
  const fromRoot = rootOf(root.mount);
  namespace.pivot(created.mount, old);
  host.replaceRoots(fromRoot, rootOf(created.mount));
}

/** Whether `place` lies below `top`, mounts counted. */
function isBelow(top: Path, place: Path): boolean {
  let at: Path | undefined = place;
  while (at !== undefined) {
    if (at.mount === top.mount) return isWithin(at.mount.fs, top.node, at);
    at = at.mount.mountPoint;
  }
  return false;
}

/** The per-mount part of the options ("rw,nosuid,nodev,noexec,relatime"). */
export function mountOptions({ attributes }: Mount): string {
  const words = [attributes.readOnly ? "ro" : "rw"];
  if (attributes.nosuid) words.push("nosuid");
  if (attributes.nodev) words.push("nodev");
  if (attributes.noexec) words.push("noexec");
  if (attributes.atime === "noatime") words.push("noatime");
  if (attributes.nodiratime === true) words.push("nodiratime");
  if (attributes.atime === "relatime") words.push("relatime");
  if (attributes.nosymfollow === true) words.push("nosymfollow");
  return words.join(",");
}

/** The options of the super block, after the dash of mountinfo. */
export function superOptions({ fs }: Mount): string {
  return [fs.readOnly ? "ro" : "rw", ownOptions(fs)].filter((words) => words !== "").join(",");
}

/** Those of the super block without ro and rw. */
export function ownOptions(fs: FileSystem): string {
  return [superFlags.get(fs) ?? "", fs.options].filter((words) => words !== "").join(",");
}

