// The mounted XFS that a path names: its mount point or its device.
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { canonicalPath } from "../kit/canonical-path.ts";
import { type Mount, readMounts } from "../kit/mounts.ts";
import { mountSource } from "../kit/probe-device.ts";

export function* mountedXfs(sys: Sys, path: string): Blocking<Mount | undefined> {
  let bare = path;
  try {
    bare = canonicalPath(sys, path, "existing");
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  const source = yield* mountSource(sys, bare);
  return (yield* readMounts(sys)).findLast((mount) => mount.type === "xfs" && (mount.target === bare || mount.source === source));
}
