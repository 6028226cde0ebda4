// A path on a mounted btrfs: the mount that it lies on, requests to its file system, its subvolumes with their paths.
import { type Blocking, O, type Sys, SysError } from "../../kernel/sys.ts";
import { canonicalPath } from "../kit/canonical-path.ts";
import { type Mount, readMounts } from "../kit/mounts.ts";

export interface Subvolume {
  readonly id: number;
  readonly root: number;
  readonly parentId: number;
  readonly uuid: string;
  readonly parentUuid: string;
  readonly generation: number;
  readonly createdUs: number;
  readonly readOnly: boolean;
  /** from the top */
  readonly path: string;
}

export interface Space {
  readonly dataTotal: number;
  readonly dataUsed: number;
  readonly metadataTotal: number;
  readonly metadataUsed: number;
  readonly systemTotal: number;
  readonly systemUsed: number;
  readonly deviceSize: number;
}

export class BtrfsError extends Error {}

/** Errors: BtrfsError. */
export function* mountOf(sys: Sys, path: string): Blocking<Mount> {
  let full: string;
  try {
    full = canonicalPath(sys, path, "existing");
    sys.stat(full);
  } catch (error) {
    if (error instanceof SysError) throw new BtrfsError(`cannot access '${path}': ${error.message}`);
    throw error;
  }
  const found = (yield* readMounts(sys)).filter((mount) => mount.target === "/" || full === mount.target || full.startsWith(`${mount.target}/`)).reduce<Mount | undefined>((best, mount) => (best === undefined || mount.target.length >= best.target.length ? mount : best), undefined);
  if (found?.type !== "btrfs") throw new BtrfsError(`not a btrfs filesystem: ${path}`);
  return found;
}

/** Errors: SysError. */
export function* request(sys: Sys, path: string, name: string, argument?: unknown): Blocking<unknown> {
  const fd = yield* sys.open(path, O.RDONLY);
  try {
    return sys.ioctl(fd, name, argument);
  } finally {
    sys.close(fd);
  }
}

export function* subvolumesOf(sys: Sys, path: string): Blocking<readonly Subvolume[]> {
  return (yield* request(sys, path, "BTRFS_IOC_SUBVOLUMES")) as readonly Subvolume[];
}
