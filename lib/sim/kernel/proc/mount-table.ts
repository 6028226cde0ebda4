// /proc/PID/mounts, mountinfo and mountstats (proc(5)).

import type { Caller } from "../vfs/caller.ts";
import type { Mount } from "../vfs/mount.ts";
import { mountOptions, ownOptions, superOptions } from "../vfs/mount-calls.ts";
import { pathName, type Path, rootOf } from "../vfs/path.ts";
import { deviceMajor, deviceMinor } from "../vfs/open.ts";

function escapeField(text: string): string {
  return text.replace(/[ \t\n\\]/g, (character) => `\\${character.charCodeAt(0).toString(8).padStart(3, "0")}`);
}

/** The mounts that a process with that root can reach, with where it sees them. */
function visible(root: Path, mounts: Iterable<Mount>): { readonly mount: Mount; readonly target: string }[] {
  const list: { mount: Mount; target: string }[] = [];
  for (const mount of mounts) {
    if (mount === root.mount && root.node === mount.root) {
      list.push({ mount, target: "/" });
      continue;
    }
    const { mountPoint } = mount;
    if (mountPoint === undefined) continue;
    const target = pathName(root, rootOf(mount));
    if (!target.startsWith("(unreachable)") && isBelow(root, mount)) list.push({ mount, target });
  }
  return list;
}

/** Whether the way up from a mount passes the root of the process. */
function isBelow(root: Path, mount: Mount): boolean {
  for (let at: Mount | undefined = mount; at !== undefined; at = at.parent) if (at === root.mount) return true;
  return false;
}

/** The part of the file system that shows: "/" or the place that was bound. */
function rootInFileSystem(mount: Mount): string {
  const { fs } = mount;
  let text = "";
  let node = mount.root;
  if (fs.type === "nsfs") return fs.lastPlaceOf(node).name;
  for (let depth = 0; node !== fs.root && depth < 4096; depth++) {
    const place = fs.placeOf(node);
    if (place === undefined) return `${text === "" ? `/${fs.lastPlaceOf(node).name}` : text}//deleted`;
    text = `/${place.name}${text}`;
    node = place.parent;
  }
  return text === "" ? "/" : text;
}

export function mountsText(root: Path, mounts: Iterable<Mount>): string {
  return visible(root, mounts).map(({ mount, target }) => `${escapeField(mount.source)} ${escapeField(target)} ${mount.fs.type} ${allOptions(mount)} 0 0\n`).join("");
}

/** Both sets in one, "ro" when either is (show_vfsmnt). */
function allOptions(mount: Mount): string {
  const own = mountOptions(mount).split(",").slice(1);
  const words = [mount.readOnly ? "ro" : "rw", ...own];
  const those = ownOptions(mount.fs);
  if (those !== "") words.push(those);
  return words.join(",");
}

export function mountinfoText(root: Path, mounts: Iterable<Mount>, reader: Caller): string {
  return visible(root, mounts).map(({ mount, target }) => {
    const { device } = mount.fs;
    const tags: string[] = [];
    if (mount.peers !== undefined) tags.push(`shared:${mount.peers.id}`);
    if (mount.master !== undefined) tags.push(`master:${mount.master.id}`);
    if (mount.unbindable) tags.push("unbindable");
    const root = mount.fs.rootFor?.(mount.root, reader) ?? rootInFileSystem(mount);
    return [
      mount.id, mount.parent?.id ?? 1, `${deviceMajor(device)}:${deviceMinor(device)}`, escapeField(root), escapeField(target), mountOptions(mount), ...tags, "-", mount.fs.type, escapeField(mount.source), superOptions(mount),
    ].join(" ") + "\n";
  }).join("");
}

export function mountstatsText(root: Path, mounts: Iterable<Mount>): string {
  return visible(root, mounts).map(({ mount, target }) => `device ${escapeField(mount.source)} mounted on ${escapeField(target)} with fstype ${mount.fs.type}\n`).join("");
}

