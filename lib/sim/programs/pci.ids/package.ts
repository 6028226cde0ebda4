import type { DebianPackage } from "../kit/package.ts";

/** The few identifiers that simulated hardware has: vendor, tab device, two tabs subsystem, then classes (pci.ids(5)). */
const ids = `# Names of PCI vendors, devices and classes that machines of this world have.
1af4  Red Hat, Inc.
\t1000  Virtio network device
\t1001  Virtio block device
\t1002  Virtio memory balloon
\t1003  Virtio console
\t1004  Virtio SCSI
\t1005  Virtio RNG
\t1009  Virtio filesystem
\t1041  Virtio 1.0 network device
\t1042  Virtio 1.0 block device
\t1043  Virtio 1.0 console
\t1044  Virtio 1.0 RNG
\t1045  Virtio 1.0 memory balloon
\t1048  Virtio 1.0 SCSI
\t1049  Virtio 1.0 filesystem
\t1050  Virtio 1.0 GPU
\t1052  Virtio 1.0 input
\t1100  QEMU Virtual Machine
1b36  Red Hat, Inc.
\t0001  QEMU PCI-PCI bridge
\t0008  QEMU PCIe Host bridge
\t000c  QEMU PCIe Root port
\t000d  QEMU XHCI Host Controller
\t0010  QEMU NVM Express Controller
\t0100  QXL paravirtual graphic card
8086  Intel Corporation
\t100e  82540EM Gigabit Ethernet Controller
\t10d3  82574L Gigabit Network Connection
\t1237  440FX - 82441FX PMC [Natoma]
\t2918  82801IB (ICH9) LPC Interface Controller
\t2922  82801IR/IO/IH (ICH9R/DO/DH) 6 port SATA Controller [AHCI mode]
\t2930  82801I (ICH9 Family) SMBus Controller
\t29c0  82G33/G31/P35/P31 Express DRAM Controller
\t7000  82371SB PIIX3 ISA [Natoma/Triton II]
\t7010  82371SB PIIX3 IDE [Natoma/Triton II]
\t7113  82371AB/EB/MB PIIX4 ACPI
C 00  Unclassified device
C 01  Mass storage controller
\t00  SCSI storage controller
\t01  IDE interface
\t06  SATA controller
\t08  Non-Volatile memory controller
C 02  Network controller
\t00  Ethernet controller
C 03  Display controller
\t00  VGA compatible controller
C 04  Multimedia controller
\t03  Audio device
C 06  Bridge
\t00  Host bridge
\t01  ISA bridge
\t04  PCI bridge
\t80  Bridge
C 07  Communication controller
\t80  Communication controller
C 0c  Serial bus controller
\t03  USB controller
\t05  SMBus
`;

const pciIds: DebianPackage = { name: "pci.ids", summary: "names of PCI devices", files: [{ path: "/usr/share/misc/pci.ids", text: ids }] };

export default pciIds;
