// Guests of this kernel (sys-guest.ts).
import { GuestDescription } from "../guest/guest-description.ts";
import { KvmDescription } from "../guest/kvm-device.ts";
import type { Process } from "../process.ts";
import { SysError } from "../errno.ts";
import type { DiskPiece, GuestDisk, GuestOptions, GuestReply, GuestRequest } from "../sys-guest.ts";
import { zeroRuns } from "../vfs/contents.ts";
import { install } from "./descriptor.ts";

/** Errors: EBADF, ENOTTY (no /dev/kvm behind the descriptor), ENODEV, EINVAL, EMFILE. */
export function createGuest(process: Process, options: GuestOptions): number {
  if (options.accelerator === "kvm") {
    const kvm = options.kvmFd === undefined ? undefined : process.descriptors.get(options.kvmFd);
    if (!(kvm instanceof KvmDescription)) throw new SysError("ENOTTY");
  }
  const { hardware } = options;
  return install(process, new GuestDescription(process.kernel, process, { ...options, hardware: { ...hardware, disks: hardware.disks.map(withoutZeros) } }), true);
}

/** Images give whole clusters, of which a guest would keep every zero. */
function withoutZeros(disk: GuestDisk): GuestDisk {
  const pieces: DiskPiece[] = [];
  for (const { start, bytes } of disk.pieces) {
    for (const [from, to, empty] of zeroRuns(bytes)) if (!empty) pieces.push({ start: start + from, bytes: bytes.slice(from, to) });
  }
  return { ...disk, pieces };
}

export function guest<R extends GuestRequest>(process: Process, fd: number, request: R): GuestReply<R> {
  const file = process.descriptors.get(fd);
  if (!(file instanceof GuestDescription)) throw new SysError("ENOTTY");
  return file.request(process, request);
}
