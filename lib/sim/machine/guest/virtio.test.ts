// The same guest with IDE and e1000, then with virtio: what it sees, and what happens when its initramfs lacks the driver.
import { expect, test } from "vitest";
import { createWorld } from "../../world/world.ts";
import { guestDisk } from "../images/guest-disk.ts";
import { type Kind, runGuest, shown } from "./test-hypervisor.ts";

const login: readonly (readonly [string, string])[] = [["login: ", "root\n"], ["Password: ", "root\n"]];
const commands = [
  "lspci -nnk -s 3", "lspci -nnk -s 4", "lsmod | cut -d' ' -f1 | grep -E 'virtio|1000|ata|sd_' | xargs", "lsblk -n", "ls /dev/disk/by-path", "ip -br link | cut -c1-6",
  "ls -l /sys/class/net/ens3/device/driver | sed 's/.*-> //'", "dmesg | grep -E 'renamed|e1000|ata1'", "dmesg | grep -E '[sv]da'",
];

function typed(list: readonly string[]): (readonly [string, string])[] {
  return list.map((command) => [":~# ", `${command}\n`] as const);
}

function world() {
  const made = createWorld({ host: "debian-12", seed: 7, epochUs: 1_795_295_310_000_000 });
  made.step(1_000_000, 1e7);
  return made;
}

const GiB = 1024 ** 3;

test("IDE and e1000, then virtio: devices, drivers, modules, names, messages", () => {
  const disk = guestDisk("guest-debian-12", 2 * GiB);
  const machine = world();
  const script = [...login, ...typed(commands), [":~# ", "poweroff\n"], ["Power down", ""]] as const;
  const old = runGuest(machine, { bus: "ide" }, disk, script);
  expect(commands.map((command) => shown(old, command))).toMatchInlineSnapshot(`
    [
      "00:03.0 Ethernet controller [0200]: Intel Corporation 82540EM Gigabit Ethernet Controller [8086:100e] (rev 03)
    	Subsystem: Red Hat, Inc. QEMU Virtual Machine [1af4:1100]
    	Kernel driver in use: e1000
    	Kernel modules: e1000
    ",
      "",
      "sd_mod ata_piix ata_generic libata e1000
    ",
      "sda      8:0    0   2G  0 disk 
    └─sda1   8:1    0   2G  0 part /
    ",
      "pci-0000:00:01.1-ata-1.0  pci-0000:00:01.1-ata-1.0-part1
    ",
      "lo    
    ens3  
    ",
      "../../../bus/pci/drivers/e1000
    ",
      "[    1.700000] e1000: Intel(R) PRO/1000 Network Driver
    [    1.720000] e1000 0000:00:03.0 eth0: (PCI:33MHz:32-bit) 52:54:00:aa:bb:01
    [    1.720400] e1000 0000:00:03.0 eth0: Intel(R) PRO/1000 Network Connection
    [    1.840000] ata1.00: ATA-7: QEMU HARDDISK, 2.5+, max UDMA/100
    [    1.900000] e1000 0000:00:03.0 ens3: renamed from eth0
    ",
      "[    1.950000] sd 0:0:0:0: [sda] 4194304 512-byte logical blocks: (2.15 GB/2.00 GiB)
    [    1.952000] sd 0:0:0:0: [sda] Write Protect is off
    [    1.960000]  sda: sda1
    [    1.962000] sd 0:0:0:0: [sda] Attached SCSI disk
    [    2.300000] EXT4-fs (sda1): mounted filesystem with ordered data mode. Quota mode: none.
    [    2.800000] EXT4-fs (sda1): re-mounted. Quota mode: none.
    ",
    ]
  `);
  const modern = runGuest(machine, { bus: "virtio" }, disk, script);
  expect(commands.map((command) => shown(modern, command))).toMatchInlineSnapshot(`
    [
      "00:03.0 Ethernet controller [0200]: Red Hat, Inc. Virtio network device [1af4:1000]
    	Subsystem: Red Hat, Inc. QEMU Virtual Machine [1af4:1100]
    	Kernel driver in use: virtio-pci
    	Kernel modules: virtio_pci
    ",
      "00:04.0 SCSI storage controller [0100]: Red Hat, Inc. Virtio block device [1af4:1001]
    	Subsystem: Red Hat, Inc. QEMU Virtual Machine [1af4:1100]
    	Kernel driver in use: virtio-pci
    	Kernel modules: virtio_pci
    ",
      "ata_piix ata_generic libata virtio_net virtio_blk virtio_pci virtio_pci_legacy_dev virtio_pci_modern_dev virtio_ring virtio
    ",
      "vda    254:0    0   2G  0 disk 
    └─vda1 254:1    0   2G  0 part /
    ",
      "pci-0000:00:04.0	virtio-pci-0000:00:04.0
    pci-0000:00:04.0-part1	virtio-pci-0000:00:04.0-part1
    ",
      "lo    
    ens3  
    ",
      "../../../../bus/virtio/drivers/virtio_net
    ",
      "[    1.900000] virtio_net virtio0 ens3: renamed from eth0
    ",
      "[    1.950000] virtio_blk virtio1: [vda] 4194304 512-byte logical blocks (2.15 GB/2.00 GiB)
    [    1.960000]  vda: vda1
    [    2.300000] EXT4-fs (vda1): mounted filesystem with ordered data mode. Quota mode: none.
    [    2.800000] EXT4-fs (vda1): re-mounted. Quota mode: none.
    ",
    ]
  `);
});

test("a guest whose initramfs lacks the driver does not find its root, and is repaired", () => {
  const disk = guestDisk("guest-debian-12", 2 * GiB);
  const machine = world();
  const off = [[":~# ", "poweroff\n"], ["Power down", ""]] as const;
  runGuest(machine, { bus: "ide" }, disk, [...login, ...typed(["sed -i s/=most/=dep/ /etc/initramfs-tools/*.conf", "update-initramfs -u"]), ...off]);
  const lost = runGuest(machine, { bus: "virtio" }, disk, [["(initramfs) ", "lsmod | grep -c virtio; ls /dev | grep -c '^[sv]d'\n"], ["(initramfs) ", "modprobe virtio_blk\n"], ["(initramfs) ", "exit\n"], ["(initramfs) ", "poweroff\n"], ["Power down", ""]]);
  expect(lost.slice(lost.indexOf("Begin: Mounting")).replaceAll("\r\n", "\n").replace(/\u001b\[[?\d;]*[a-zA-Z]\r?/g, "")).toMatchInlineSnapshot(`
    "Begin: Mounting root file system ... Begin: Running /scripts/local-top ... done.
    Begin: Running /scripts/local-premount ... done.
    Begin: Waiting for root file system ... Begin: Running /scripts/local-block ... done.
    Begin: Running /scripts/local-block ... done.
    Begin: Running /scripts/local-block ... done.
    Begin: Running /scripts/local-block ... done.
    Begin: Running /scripts/local-block ... done.
    Begin: Running /scripts/local-block ... done.
    Begin: Running /scripts/local-block ... done.
    Begin: Running /scripts/local-block ... done.
    Begin: Running /scripts/local-block ... done.
    Begin: Running /scripts/local-block ... done.
    Begin: Running /scripts/local-block ... done.
    Begin: Running /scripts/local-block ... done.
    Begin: Running /scripts/local-block ... done.
    Begin: Running /scripts/local-block ... done.
    Begin: Running /scripts/local-block ... done.
    Begin: Running /scripts/local-block ... done.
    Begin: Running /scripts/local-block ... done.
    Begin: Running /scripts/local-block ... done.
    Begin: Running /scripts/local-block ... done.
    Begin: Running /scripts/local-block ... done.
    Begin: Running /scripts/local-block ... done.
    Begin: Running /scripts/local-block ... done.
    Begin: Running /scripts/local-block ... done.
    Begin: Running /scripts/local-block ... done.
    Begin: Running /scripts/local-block ... done.
    Begin: Running /scripts/local-block ... done.
    Begin: Running /scripts/local-block ... done.
    Begin: Running /scripts/local-block ... done.
    Begin: Running /scripts/local-block ... done.
    Begin: Running /scripts/local-block ... done.
    done.
    Gave up waiting for root file system device.  Common problems:
     - Boot args (cat /proc/cmdline)
       - Check rootdelay= (did the system wait long enough?)
     - Missing modules (cat /proc/modules; ls /dev)
    ALERT!  UUID=7a2f1c64-0c5b-4b52-9d53-3f2d6c1e8a01 does not exist.  Dropping to a shell!


    BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) built-in shell (ash)
    Enter 'help' for a list of built-in commands.

    (initramfs) lsmod | grep -c virtio; ls /dev | grep -c '^[sv]d'
    0
    0
    (initramfs) modprobe virtio_blk
    modprobe: FATAL: Module virtio_blk not found in directory /lib/modules/6.1.0-56-amd64
    (initramfs) exit
    ALERT!  UUID=7a2f1c64-0c5b-4b52-9d53-3f2d6c1e8a01 does not exist.  Dropping to a shell!


    BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) built-in shell (ash)
    Enter 'help' for a list of built-in commands.

    (initramfs) poweroff
    [   33.868512] reboot: Power down
    "
  `);
  // back on the old bus it boots; with the driver in the image it boots on the new one
  const back = runGuest(machine, { bus: "ide" }, disk, [...login, ...typed(["echo virtio_pci >> /etc/initramfs-tools/modules", "echo virtio_blk >> /etc/initramfs-tools/modules", "update-initramfs -u", "lsinitramfs /initrd.img | grep -c virtio_blk"]), ...off]);
  expect(shown(back, "lsinitramfs /initrd.img | grep -c virtio_blk")).toBe("1\n");
  const repaired = runGuest(machine, { bus: "virtio" }, disk, [...login, ...typed(["findmnt -no SOURCE /"]), ...off]);
  expect(shown(repaired, "findmnt -no SOURCE /")).toBe("/dev/vda1\n");
});

test("the throughput of IDE, virtio and an emulated processor differs in virtual time", () => {
  const rate = (kind: Kind): number => {
    const command = "dd if=/dev/zero of=big bs=1M count=32";
    const console = runGuest(world(), kind, guestDisk("guest-debian-12", 2 * GiB), [...login, ...typed([command]), ["B/s", ""]]);
    const [, number = "0", unit = ""] = /, ([\d.]+) ([kMG])B\/s/.exec(shown(`${console}\r\n`, command)) ?? [];
    return Number(number) * (unit === "G" ? 1000 : unit === "k" ? 0.001 : 1);
  };
  const rates = [rate({ bus: "ide" }), rate({ bus: "virtio" }), rate({ bus: "ide", accelerator: "kvm" }), rate({ bus: "virtio", accelerator: "kvm" })];
  // MB/s, the same on every server
  expect(rates).toMatchInlineSnapshot(`
    [
      12.4,
      42.6,
      49.6,
      171,
    ]
  `);
});
