// For tests of file systems and devices: a kernel with all its file systems, mounted as on a machine, and a PID 1 that runs the test.

import { decode, encode } from "./bytes.ts";
import { SysError } from "./errno.ts";
import { registerFileSystems } from "./file-system-types.ts";
import type { Hardware } from "./hardware.ts";
import { createKernel, type Kernel } from "./kernel.ts";
import { type Blocking, O, type Sys } from "./sys.ts";
import { MemoryFileSystem } from "./vfs/memory-file-system.ts";

const HARDWARE: Hardware = {
  processor: {
    vendor: "GenuineIntel", family: 6, model: 94, stepping: 3, modelName: "Test CPU", mhz: 2000, cacheKib: 4096, sockets: 1, coresPerSocket: 2, threadsPerCore: 1, flags: ["fpu", "vmx"], bugs: ["spectre_v1"], bogomips: 4000,
    physicalAddressBits: 40, virtualAddressBits: 48,
  },
  dmi: new Map([["sys_vendor", "QEMU"], ["product_name", "Standard PC (Q35 + ICH9, 2009)"], ["product_uuid", "x"]]),
  efi: false,
  kvm: false,
  pci: [{ slot: "0000:00:02.0", vendor: 0x1af4, device: 0x1000, subsystemVendor: 0x1af4, subsystemDevice: 1, class: 0x020000, revision: 0, driver: "virtio-pci", virtio: { index: 0, kind: 1, driver: "virtio_net" } }],
  disks: [{ name: "vda", major: 254, minor: 0, sizeBytes: 2 ** 30, partitions: [{ name: "vda1", number: 1, startSector: 2048, sectors: 2095104, major: 254, minor: 1 }], readOnly: false, removable: false, rotational: false, logicalBlockBytes: 512 }],
  networkCards: [],
  commandLine: "root=/dev/vda1 ro quiet",
  moduleSizes: new Map(),
};

const BOOT = 1_700_000_000_000_000;

function boot(): Kernel {
  let kernel: Kernel | undefined;
  const root = new MemoryFileSystem({ type: "ext4", device: 0xfe01, options: "errors=remount-ro", host: { nowUs: () => kernel?.realtimeUs() ?? BOOT, chargeStorage: () => undefined } });
  kernel = createKernel({ seed: 1, bootEpochUs: BOOT, root, rootSource: "/dev/vda1", rootShared: true, loader: () => undefined, hostname: "debian", memoryBytes: 2 ** 31, cpuCount: 2 });
  registerFileSystems(kernel, { hardware: () => HARDWARE });
  return kernel;
}

/** Runs it as PID 1, with /proc, /sys, /dev and cgroup2 mounted. */
export function inMachine(body: (sys: Sys) => Blocking<void>): void {
  const kernel = boot();
  let failure: unknown;
  let done = false;
  kernel.spawn({
    argv: ["/sbin/init"],
    *entry(sys) {
      try {
        for (const [type, target] of [["proc", "/proc"], ["sysfs", "/sys"], ["devtmpfs", "/dev"], ["tmpfs", "/run"], ["devpts", "/dev/pts"], ["cgroup2", "/sys/fs/cgroup"]] as const) {
          if (!["/dev/pts", "/sys/fs/cgroup"].includes(target)) sys.mkdir(target, 0o755);
          sys.mount(type, target, type, { nosuid: true, nodev: type !== "devtmpfs", noexec: true });
        }
        yield* body(sys);
        done = true;
      } catch (error) {
        failure = error;
      }
      for (;;) yield* sys.pause();
    },
  });
  kernel.step(60_000_000, 5_000_000);
  if (failure !== undefined) throw failure;
  if (!done) throw new Error("the test did not come to its end");
}

export function* read(sys: Sys, path: string): Blocking<string> {
  const fd = yield* sys.open(path, O.RDONLY);
  let text = "";
  for (;;) {
    const bytes = yield* sys.read(fd, 4096);
    if (bytes.length === 0) break;
    text += decode(bytes);
  }
  sys.close(fd);
  return text;
}

export function* write(sys: Sys, path: string, text: string): Blocking<string> {
  try {
    const fd = yield* sys.open(path, O.WRONLY | O.TRUNC);
    try {
      yield* sys.write(fd, encode(text));
    } finally {
      sys.close(fd);
    }
    return "ok";
  } catch (error) {
    if (error instanceof SysError) return error.errno;
    throw error;
  }
}
