// QEMU's "Standard PC (Q35 + ICH9, 2009)" with virtio network, disk, balloon and random source: what the reference guest saw.
import type { Hardware, PciDevice } from "../hardware.ts";

const redHatSubsystem = 0x1af4;
const qemuSubsystem = 0x1100;

const pci = (address: string, classCode: number, vendor: number, device: number, revision: number, driver: string | undefined, modules: readonly string[], subsystemDevice = qemuSubsystem): PciDevice => ({
  address, classCode, vendor, device, subsystemVendor: redHatSubsystem, subsystemDevice, revision, driver, modules,
});

export const qemuQ35: Hardware = {
  dmi: {
    biosVendor: "SeaBIOS", biosVersion: "1.16.2-debian-1.16.2-1", biosDate: "04/01/2014",
    systemVendor: "QEMU", productName: "Standard PC (Q35 + ICH9, 2009)", productVersion: "pc-q35-7.2", productSerial: "", productUuid: "5ce4b4bc-51d8-4d7e-9a6c-2d3f0d1b8a11",
    boardVendor: "", boardName: "", chassisVendor: "QEMU", chassisType: 1, chassisVersion: "pc-q35-7.2",
  },
  cpu: {
    count: 2, vendor: "AuthenticAMD", model: "QEMU Virtual CPU version 2.5+", family: 15, modelNumber: 107, stepping: 1, mhz: 2095.078, cacheKiB: 512, bogomips: 4190.15,
    flags: ("fpu de pse tsc msr pae mce cx8 apic sep mtrr pge mca cmov pat pse36 clflush mmx fxsr sse sse2 ht syscall nx lm rep_good nopl cpuid extd_apicid pni cx16 hypervisor lahf_lm cmp_legacy svm "
      + "3dnowprefetch vmmcall").split(" "),
  },
  memoryBytes: 2560 * 1024 * 1024,
  pci: [
    pci("0000:00:00.0", 0x060000, 0x8086, 0x29c0, 0, undefined, []),
    pci("0000:00:01.0", 0x030000, 0x1234, 0x1111, 2, "bochs-drm", ["bochs"]),
    pci("0000:00:02.0", 0x060400, 0x1b36, 0x000c, 0, "pcieport", [], 0),
    pci("0000:00:02.1", 0x060400, 0x1b36, 0x000c, 0, "pcieport", [], 0),
    pci("0000:00:02.2", 0x060400, 0x1b36, 0x000c, 0, "pcieport", [], 0),
    pci("0000:00:02.3", 0x060400, 0x1b36, 0x000c, 0, "pcieport", [], 0),
    pci("0000:00:1f.0", 0x060100, 0x8086, 0x2918, 2, "lpc_ich", ["lpc_ich"]),
    pci("0000:00:1f.2", 0x010601, 0x8086, 0x2922, 2, "ahci", ["ahci"]),
    pci("0000:00:1f.3", 0x0c0500, 0x8086, 0x2930, 2, "i801_smbus", ["i2c_i801"]),
    pci("0000:01:00.0", 0x020000, 0x1af4, 0x1041, 1, "virtio-pci", ["virtio_pci"]),
    pci("0000:02:00.0", 0x010000, 0x1af4, 0x1042, 1, "virtio-pci", ["virtio_pci"]),
    pci("0000:03:00.0", 0x00ff00, 0x1af4, 0x1045, 1, "virtio-pci", ["virtio_pci"]),
    pci("0000:04:00.0", 0x00ff00, 0x1af4, 0x1044, 1, "virtio-pci", ["virtio_pci"]),
  ],
  disks: [
    {
      name: "vda", sizeBytes: 8 * 1024 ** 3, model: "", serial: "", tableType: "dos", readOnly: false,
      partitions: [{ number: 1, startSector: 2048, sectors: 16_775_168, type: "83", fileSystem: "ext4", uuid: "3f0c9a55-6a1e-4d0f-9d57-6f2f6d1b7c02", label: undefined, partitionUuid: "8e1b2c4d-01" }],
    },
  ],
  networkCards: [{ name: "enp1s0", mac: "52:54:00:12:34:56", driver: "virtio_net" }],
  hypervisor: "qemu",
  kernelCommandLine: "root=/dev/vda1 ro console=tty0 console=ttyS0 quiet",
};
