// The host as its boot loader leaves it to the kernel.
import { encode } from "../kernel/sys.ts";
import { MemoryFileSystem } from "../kernel/vfs/memory-file-system.ts";
import type { FrozenLayer } from "../kernel/vfs/memory-node.ts";
import { bootChoice, environmentPath, hardwareBooting } from "./boot-loader.ts";
import { filesOfLayer, findNode } from "./disk-files.ts";
import type { HostDescription } from "./host-description.ts";

const ofLayer = new WeakMap<FrozenLayer, HostDescription>();

/** Of a machine's own disk: GRUB keeps what it notes for the next boot. */
export function loadedHost(host: HostDescription, disk: FrozenLayer | MemoryFileSystem): HostDescription {
  const known = disk instanceof MemoryFileSystem ? undefined : ofLayer.get(disk);
  if (known !== undefined) return known;
  const files = disk instanceof MemoryFileSystem ? (ino: number) => (ino === 0 ? undefined : disk.nodeOf(ino)) : filesOfLayer(disk);
  const choice = bootChoice(files, host.hardware.kernelCommandLine);
  const block = choice.environment === undefined ? undefined : findNode(files, environmentPath);
  if (disk instanceof MemoryFileSystem && block !== undefined) disk.write(block.ino, 0, encode(choice.environment ?? ""));
  const hardware = hardwareBooting(host.hardware, choice);
  const loaded = hardware === host.hardware ? host : { ...host, hardware };
  if (!(disk instanceof MemoryFileSystem)) ofLayer.set(disk, loaded);
  return loaded;
}
