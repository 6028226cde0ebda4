// One short text for the whole state of a machine: two replays of the same inputs must give the same. For tests and for a session that moves to another server.
import type { Kernel } from "../kernel/kernel.ts";
import { encode } from "../kernel/sys.ts";
import { Contents } from "../kernel/vfs/contents.ts";
import type { MemoryFileSystem } from "../kernel/vfs/memory-file-system.ts";
import { RollingDigest } from "./rolling-digest.ts";

export function stateDigest(kernel: Kernel, disk: MemoryFileSystem): string {
  const digest = new RollingDigest();
  const line = (text: string): void => digest.add(encode(`${text}\n`));
  line(`${kernel.nowUs} ${kernel.realtimeUs()} ${kernel.forks}`);
  for (const process of kernel.processes.values()) {
    line([process.pid, process.parent?.pid ?? 0, process.processGroup, process.session, process.credentials.euid, process.stateLetter(), process.startTimeUs, process.commandLine.join("\0")].join(" "));
  }
  for (const guest of kernel.guests.running) line(guest.digest());
  for (const [ino, node] of disk.snapshot().nodes) {
    if (node === undefined) {
      line(`${ino} removed`);
      continue;
    }
    line([ino, node.mode, node.uid, node.gid, node.nlink, node.rdev, node.mtimeUs, node.sizeBytes, node.name].join(" "));
    if (node.body instanceof Contents) digest.add(node.body.read(0, Math.min(node.sizeBytes, 1 << 20)));
    else if (typeof node.body === "string") line(node.body);
  }
  return digest.hex();
}
