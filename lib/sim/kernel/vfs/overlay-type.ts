// mount -t overlay: lowerdir=A:B, upperdir=C, workdir=D.

import { SysError } from "../errno.ts";
import { S } from "../sys.ts";
import type { Caller } from "./caller.ts";
import type { FileSystemType } from "./file-system.ts";
import { isWithin } from "./mount.ts";
import { type LayerNode, OverlayFileSystem } from "./overlay.ts";
import type { Path } from "./path.ts";
import { resolve } from "./resolve.ts";

/** "a:b\:c" is two names; a comma is escaped the same way. */
function splitEscaped(text: string, separator: string): string[] {
  const parts: string[] = [];
  let part = "";
  for (let i = 0; i < text.length; i++) {
    const character = text.charAt(i);
    if (character === "\\" && i + 1 < text.length) {
      part += separator === "," ? character + text.charAt(++i) : text.charAt(++i);
    } else if (character === separator) {
      parts.push(part);
      part = "";
    } else part += character;
  }
  parts.push(part);
  return parts;
}

const FLAGS = new Map<string, readonly string[]>([
  ["index", ["on", "off"]], ["redirect_dir", ["on", "off", "follow", "nofollow"]], ["metacopy", ["on", "off"]], ["xino", ["on", "off", "auto"]], ["nfs_export", ["on", "off"]], ["uuid", ["on", "off"]],
]);

export function overlayType(nextDevice: () => number): FileSystemType {
  return {
    name: "overlay",
    needsDevice: false,
    userMountable: true,
    mount({ caller, readOnly, data }) {
      let lowerdir: string | undefined;
      let upperdir: string | undefined;
      let workdir: string | undefined;
      let userXattr = false;
      for (const word of splitEscaped(data, ",")) {
        if (word === "") continue;
        const at = word.indexOf("=");
        const name = at === -1 ? word : word.slice(0, at);
        const value = at === -1 ? "" : word.slice(at + 1);
        if (name === "lowerdir") lowerdir = value;
        else if (name === "upperdir") upperdir = value;
        else if (name === "workdir") workdir = value;
        else if (name === "userxattr") userXattr = true;
        else if (name !== "default_permissions" && name !== "volatile" && FLAGS.get(name)?.includes(value) !== true) throw new SysError("EINVAL");
      }
      if (lowerdir === undefined || lowerdir === "") throw new SysError("EINVAL");
      if (upperdir !== undefined && workdir === undefined) throw new SysError("EINVAL");
      const lowers = splitEscaped(lowerdir, ":").map((name) => layer(caller, name));
      const options = [`lowerdir=${lowerdir}`];
      let upper: Path | undefined;
      // A work directory alone is ignored.
      if (upperdir !== undefined && workdir !== undefined) {
        upper = directory(caller, upperdir);
        const work = directory(caller, workdir);
        const { fs } = upper.mount;
        if (fs !== work.mount.fs || upper.mount !== work.mount || isWithin(fs, upper.node, work) || isWithin(fs, work.node, upper)) throw new SysError("EINVAL");
        // What cannot hold whiteouts and extended attributes is no upper layer.
        if (fs.type === "overlay" || fs.type === "proc" || fs.type === "sysfs" || fs.type === "vfat") throw new SysError("EINVAL");
        if (upper.mount.readOnly && !readOnly) throw new SysError("EROFS");
        if (!upper.mount.readOnly && fs.lookup(work.node, "work", undefined) === 0) fs.create(work.node, "work", { mode: S.IFDIR, uid: 0, gid: 0 }, caller);
        options.push(`upperdir=${upperdir}`, `workdir=${workdir}`);
      } else if (lowers.length < 2) throw new SysError("EINVAL");
      if (userXattr) options.push("userxattr");
      const top = upper === undefined ? undefined : { fs: upper.mount.fs, node: upper.node };
      return { fs: new OverlayFileSystem(nextDevice(), top, lowers, options.join(","), userXattr) };
    },
    remount() {},
  };
}

function directory(caller: Caller, name: string): Path {
  return resolve(caller, name, { mustBeDirectory: true });
}

function layer(caller: Caller, name: string): LayerNode {
  const path = directory(caller, name);
  return { fs: path.mount.fs, node: path.node };
}
