// What stands before any program runs: a machine's disk as its image has it, and a kernel with the machine's hardware. For machines and for the boots that are kept.
import type { CallRecorder } from "../kernel/call-record.ts";
import { createKernel, type Kernel, type KernelOptions, type Nic } from "../kernel/kernel.ts";
import { MemoryFileSystem } from "../kernel/vfs/memory-file-system.ts";
import { bootLog } from "./boot-log.ts";
import { registerFileSystems } from "./file-systems.ts";
import type { GuestSetup } from "./guest-setup.ts";
import type { HostDescription } from "./host-description.ts";
import { deviceNumber } from "./kernel-hardware.ts";
import { loadProgram } from "./loader.ts";
import { kernelRelease, kernelVersion } from "./rootfs/kernel-facts.ts";
import { rootImage, treeNamed } from "./rootfs/root-image.ts";

export type Frame = Parameters<Nic["receive"]>[0];

/** What firmware and kernel take until PID 1 runs (the last line of the boot log is older). The machine's clock begins then. */
export const kernelBootUs = 2_850_000;
/** ext4 on 8 GiB: what df counts, and what the base stands for. */
const diskBlocks = 2_046_951;
const reservedBlocks = 104_857;
const diskInodes = 524_288;
const sessionStorageBytes = 256 * 1024 * 1024;
const hostRoot = "/dev/vda1";

/** `kernel`: undefined until it is made; realtime is `epochUs` then. */
export function rootDisk(host: HostDescription, guest: GuestSetup | undefined, kernel: () => Kernel | undefined, epochUs: number): MemoryFileSystem {
  const source = guest?.rootSource ?? hostRoot;
  return new MemoryFileSystem({
    type: "ext4", device: deviceNumber(source), options: "errors=remount-ro", lower: guest?.rootTree ?? rootImage(host).layer, unseenBlocks: guest === undefined ? 330_000 : 0,
    capacity: guest?.capacity ?? { blocks: diskBlocks, reservedBlocks, inodes: diskInodes }, stepsPerMiB: host.hardware.disks.find((disk) => guest?.rootSource.startsWith(`/dev/${disk.name}`))?.stepsPerMiB ?? 0,
    host: { nowUs: () => kernel()?.realtimeUs() ?? epochUs, chargeStorage: (deltaBytes) => kernel()?.vfsHost.chargeStorage(deltaBytes) },
  });
}

export interface PowerOn extends Pick<KernelOptions, "observe" | "onFault" | "guests" | "seed" | "bootEpochUs"> {
  readonly host: HostDescription;
  readonly guest: GuestSetup | undefined;
  readonly root: MemoryFileSystem;
  /** what the cards send, by their places; without it the cables are out */
  readonly wire: ((frame: Frame, card: number) => void) | undefined;
  readonly recorder?: CallRecorder;
  /** a boot is played that knows its messages and the addresses of its links */
  readonly played?: boolean;
}

export function switchedOn({ host, guest, root, wire, recorder, guests, played, ...options }: PowerOn): { readonly made: Kernel; readonly cards: readonly Nic[] } {
  const made = createKernel({
    ...options, root, rootSource: guest?.rootSource ?? hostRoot, rootShared: true, loader: loadProgram, hostname: host.hostname,
    ...(host.hardware.kernel ?? { release: kernelRelease, version: kernelVersion }), memoryBytes: host.hardware.memoryBytes, cpuCount: host.hardware.cpu.count, limits: { storageBytes: sessionStorageBytes },
    baseTree: treeNamed, ...(guests === undefined ? {} : { guests }), ...(guest === undefined ? {} : { stepsPerUs: guest.stepsPerUs }), ...(recorder === undefined ? {} : { recorder }), ...(played === undefined ? {} : { loopbackDown: played }),
  });
  made.advanceTo(kernelBootUs);
  if (played !== true) made.log.preload(bootLog(host.hardware));
  const cards = host.hardware.networkCards.map(({ name, mac }, card) => {
    const nic = made.addNic({ name, mac, send: (frame) => wire?.(frame, card) });
    nic.setCarrier(wire !== undefined);
    return nic;
  });
  registerFileSystems(made, host.hardware, guest?.disks);
  guest?.onKernel(made);
  return { made, cards };
}
