// What GRUB asks about the place of a file: its device, file system, partition table, the drive's name.
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { canonicalPath } from "../kit/canonical-path.ts";
import { readMounts } from "../kit/mounts.ts";
import { probeQuietly } from "../kit/probe-device.ts";

export interface GrubPlace {
  readonly device: string;
  readonly disk: string;
  /** GRUB's word: ext2 for the whole family */
  readonly fileSystem: string;
  readonly uuid: string;
  readonly label: string;
  readonly partmap: string;
  /** hd0,msdos1 */
  readonly hint: string;
  readonly abstraction: string;
}

export function* placeOf(sys: Sys, path: string, isDevice: boolean): Blocking<GrubPlace | undefined> {
  let device = path;
  try {
    const full = canonicalPath(sys, path, "existing");
    sys.stat(full);
    if (!isDevice) {
      const mounts = (yield* readMounts(sys)).filter((mount) => mount.target === "/" || full === mount.target || full.startsWith(`${mount.target}/`));
      device = mounts.reduce((best, mount) => (mount.target.length >= best.target.length ? mount : best), mounts[0] ?? { target: "", source: "" }).source;
    }
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
  if (!device.startsWith("/dev/")) return undefined;
  const match = /^\/dev\/((?:[svh]d[a-z]+)|(?:[a-z]+\d+))(?:p?(\d+))?$/.exec(device);
  const disk = `/dev/${match?.[1] ?? ""}`;
  const probed = yield* probeQuietly(sys, device);
  const table = match?.[2] === undefined ? undefined : (yield* probeQuietly(sys, disk)).tableType;
  const partmap = table === "dos" ? "msdos" : (table ?? "");
  const letter = /[a-z]$/.exec(match?.[1] ?? "")?.[0] ?? "a";
  const drive = `hd${letter.charCodeAt(0) - 97}`;
  return {
    device, disk, fileSystem: probed.type?.startsWith("ext") ? "ext2" : probed.type === "vfat" ? "fat" : (probed.type ?? ""), uuid: probed.uuid ?? "", label: probed.label ?? "", partmap, hint: match?.[2] === undefined ? drive : `${drive},${partmap}${match[2]}`,
    abstraction: device.startsWith("/dev/mapper/") ? "lvm" : "",
  };
}
