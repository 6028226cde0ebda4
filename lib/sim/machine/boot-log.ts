// What the kernel says while it boots on this hardware, in the order and with the times of the reference guest: for dmesg and journalctl -k.
import type { KernelLogEntry } from "../kernel/kernel-log.ts";
import type { Hardware } from "./hardware.ts";
import { diskSlot, kernelHardware } from "./kernel-hardware.ts";
import { kernelRelease, kernelVersion } from "./rootfs/kernel-facts.ts";

const logs = new WeakMap<Hardware, readonly KernelLogEntry[]>();

const hypervisorLines: ReadonlyMap<Hardware["hypervisor"], readonly string[]> = new Map([
  ["kvm", ["Hypervisor detected: KVM", "kvm-clock: Using msrs 4b564d01 and 4b564d00"]],
  ["xen", ["Hypervisor detected: Xen HVM", "Xen version 4.17.", "Xen Platform PCI: I/O protocol version 1"]],
  ["vmware", ["Hypervisor detected: VMware", "vmware: hypercall mode: 0x02"]],
  ["microsoft", ["Hypervisor detected: Microsoft Hyper-V"]],
  ["oracle", ["Hypervisor detected: KVM"]],
]);

const mostBytesText = (sizeBytes: number): string => `(${(sizeBytes / 1e9).toFixed(2)} GB/${(sizeBytes / 1024 ** 3).toFixed(2)} GiB)`;

/** What drivers say when they find their devices: cards get their names from udev, disks theirs from the order in which they are found. */
function driverMessages(hardware: Hardware): readonly (readonly [number, string])[] {
  const described = kernelHardware(hardware);
  const lines: (readonly [number, string])[] = [];
  const virtio = (slot: string | undefined): string => `virtio${described.pci.find((device) => device.slot === slot)?.virtio?.index ?? 0}`;
  described.networkCards.forEach(({ name, driver, slot }, index) => {
    const at = 1_900_000 + index * 300;
    if (driver === "virtio_net") {
      lines.push([at, `virtio_net ${virtio(slot)} ${name}: renamed from eth${index}`]);
      return;
    }
    const mac = hardware.networkCards[index]?.mac ?? "";
    if (driver === "e1000") lines.push([1_700_000 + index, "e1000: Intel(R) PRO/1000 Network Driver"], [1_720_000 + index, `e1000 ${slot ?? ""} eth${index}: (PCI:33MHz:32-bit) ${mac}`], [1_720_400 + index, `e1000 ${slot ?? ""} eth${index}: Intel(R) PRO/1000 Network Connection`]);
    else if (driver === "e1000e") lines.push([1_700_000 + index, "e1000e: Intel(R) PRO/1000 Network Driver"], [1_720_000 + index, `e1000e ${slot ?? ""} eth${index}: (PCI Express:2.5GT/s:Width x1) ${mac}`]);
    else lines.push([1_720_000 + index, `8139cp ${slot ?? ""} eth${index}: RTL-8139C+ at 0x(____ptrval____), ${mac}, IRQ 11`]);
    lines.push([at, `${driver} ${slot ?? ""} ${name}: renamed from eth${index}`]);
  });
  const scsi = hardware.disks.filter((disk) => disk.name.startsWith("sd") || disk.name.startsWith("sr"));
  for (const disk of hardware.disks) {
    const port = scsi.indexOf(disk);
    const sectors = disk.sizeBytes / 512;
    if (disk.name.startsWith("vd")) lines.push([1_950_000, `virtio_blk ${virtio(diskSlot(hardware, disk))}: [${disk.name}] ${sectors} 512-byte logical blocks ${mostBytesText(disk.sizeBytes)}`]);
    else if (disk.name.startsWith("sd")) {
      lines.push(
        [1_840_000, `ata${port + 1}.00: ATA-7: QEMU HARDDISK, 2.5+, max UDMA/100`], [1_842_000, `scsi ${port}:0:0:0: Direct-Access     ATA      QEMU HARDDISK    2.5+ PQ: 0 ANSI: 5`],
        [1_950_000, `sd ${port}:0:0:0: [${disk.name}] ${sectors} 512-byte logical blocks: ${mostBytesText(disk.sizeBytes)}`], [1_952_000, `sd ${port}:0:0:0: [${disk.name}] Write Protect is ${disk.readOnly ? "on" : "off"}`],
      );
    } else if (disk.name.startsWith("sr")) lines.push([1_843_000, `scsi ${port}:0:0:0: CD-ROM            QEMU     QEMU DVD-ROM     2.5+ PQ: 0 ANSI: 5`], [1_955_000, `sr ${port}:0:0:0: [${disk.name}] scsi3-mmc drive: 4x/4x cd/rw xa/form2 tray`]);
    if (disk.partitions.length > 0) lines.push([1_960_000, ` ${disk.name}: ${disk.partitions.map((partition) => disk.name + partition.number).join(" ")}`]);
    if (disk.name.startsWith("sd")) lines.push([1_962_000, `sd ${port}:0:0:0: [${disk.name}] Attached SCSI disk`]);
  }
  return lines.sort(([a], [b]) => a - b);
}

/** The disk that the command line's root= means. */
function rootOf(hardware: Hardware): string {
  const [, uuid, device] = / root=(?:UUID=(\S+)|\/dev\/(\S+))/.exec(` ${hardware.kernelCommandLine}`) ?? [];
  if (device !== undefined) return device;
  for (const disk of hardware.disks) for (const partition of disk.partitions) if (partition.uuid === uuid) return disk.name + partition.number;
  return "vda1";
}

export function bootLog(hardware: Hardware): readonly KernelLogEntry[] {
  const known = logs.get(hardware);
  if (known !== undefined) return known;
  const { dmi, cpu, memoryBytes, kernel = { release: kernelRelease, version: kernelVersion } } = hardware;
  const root = rootOf(hardware);
  const kib = Math.floor(memoryBytes / 1024);
  const at0 = [
    `Linux version ${kernel.release} (debian-kernel@lists.debian.org) (gcc-12 (Debian 12.2.0-14+deb12u1) 12.2.0, GNU ld (GNU Binutils for Debian) 2.40) ${kernel.version}`,
    `Command line: ${hardware.kernelCommandLine}`,
    "BIOS-provided physical RAM map:",
    "BIOS-e820: [mem 0x0000000000000000-0x000000000009fbff] usable",
    "BIOS-e820: [mem 0x000000000009fc00-0x000000000009ffff] reserved",
    "BIOS-e820: [mem 0x00000000000f0000-0x00000000000fffff] reserved",
    `BIOS-e820: [mem 0x0000000000100000-0x${(memoryBytes - 0x21000).toString(16).padStart(16, "0")}] usable`,
    "NX (Execute Disable) protection: active",
    "SMBIOS 2.8 present.",
    `DMI: ${dmi.systemVendor} ${dmi.productName}, BIOS ${dmi.biosVersion} ${dmi.biosDate}`,
    ...(hypervisorLines.get(hardware.hypervisor) ?? []),
    `tsc: Detected ${cpu.mhz.toFixed(3)} MHz processor`,
  ];
  const later: readonly (readonly [number, string])[] = [
    [15_000, `last_pfn = 0x${Math.floor(memoryBytes / 4096).toString(16)} max_arch_pfn = 0x400000000`],
    [24_000, "ACPI: Early table checksum verification disabled"],
    [24_300, `ACPI: RSDP 0x00000000000F5950 000014 (v00 BOCHS )`],
    [61_000, "Zone ranges:"],
    [70_000, `Memory: ${kib - 130_000}K/${kib}K available (14342K kernel code, 2343K rwdata, 9084K rodata, 2800K init, 17404K bss, 129744K reserved, 0K cma-reserved)`],
    [72_000, `SLUB: HWalign=64, Order=0-3, MinObjects=0, CPUs=${cpu.count}, Nodes=1`],
    [130_000, "Console: colour VGA+ 80x25"],
    [131_000, "printk: console [tty0] enabled"],
    [132_000, "printk: console [ttyS0] enabled"],
    [240_000, `smpboot: CPU0: ${cpu.vendor === "GenuineIntel" || cpu.model.startsWith("AMD") ? "" : "AMD "}${cpu.model} (family: 0x${cpu.family.toString(16)}, model: 0x${cpu.modelNumber.toString(16)}, stepping: 0x${cpu.stepping.toString(16)})`],
    [260_000, `smp: Brought up 1 node, ${cpu.count} CPU${cpu.count === 1 ? "" : "s"}`],
    [262_000, `smpboot: Total of ${cpu.count} processors activated (${(cpu.bogomips * cpu.count).toFixed(2)} BogoMIPS)`],
    [300_000, "devtmpfs: initialized"],
    [330_000, "NET: Registered PF_NETLINK/PF_ROUTE protocol family"],
    [420_000, "PCI: Using configuration type 1 for base access"],
    [520_000, "SCSI subsystem initialized"],
    [610_000, "NET: Registered PF_INET protocol family"],
    [700_000, "Trying to unpack rootfs image as initramfs..."],
    [1_310_000, "Freeing unused kernel image (initmem) memory: 2800K"],
    [1_320_000, "Run /init as init process"],
    ...driverMessages(hardware),
    [2_300_000, `EXT4-fs (${root}): mounted filesystem with ordered data mode. Quota mode: none.`],
    [2_500_000, "Not activating Mandatory Access Control as /sbin/tomoyo-init does not exist."],
    [2_800_000, `EXT4-fs (${root}): re-mounted. Quota mode: none.`],
  ];
  const systemd = [
    "systemd 252.39-1~deb12u2 running in system mode (+PAM +AUDIT +SELINUX +APPARMOR +IMA +SMACK +SECCOMP +GCRYPT -GNUTLS +OPENSSL +ACL +BLKID +CURL +ELFUTILS +FIDO2 +IDN2 -IDN +IPTC +KMOD +LIBCRYPTSETUP +LIBFDISK +PCRE2 -PWQUALITY +P11KIT +QRENCODE +TPM2 +BZIP2 +LZ4 +XZ +ZLIB +ZSTD -BPF_FRAMEWORK -XKBCOMMON +UTMP +SYSVINIT default-hierarchy=unified)",
    ...(hardware.hypervisor === "none" ? [] : [`Detected virtualization ${hardware.hypervisor}.`]),
    "Detected architecture x86-64.",
    "Hostname set to <debian>.",
    "Queued start job for default target graphical.target.",
  ].map((text, index) => ({ timeUs: 2_810_000 + index * 400, level: 6, facility: 3, text: `systemd[1]: ${text}` }));
  const entriesOfKernel = [...at0.map((text) => [0, text] as const), ...later].map(([timeUs, text], index) => ({ timeUs, level: index === 0 ? 5 : 6, facility: 0, text }));
  const entries = [...entriesOfKernel, ...systemd].map((entry, sequence): KernelLogEntry => ({ sequence, ...entry }));
  logs.set(hardware, entries);
  return entries;
}
