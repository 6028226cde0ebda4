// The hardware of a machine as the kernel, sysfs, dmidecode, lspci and lsblk show it.
import type { UsbDevice } from "../kernel/hardware.ts";

export interface PciDevice {
  /** 0000:00:1f.2 */
  readonly address: string;
  readonly classCode: number;
  readonly vendor: number;
  readonly device: number;
  readonly subsystemVendor: number;
  readonly subsystemDevice: number;
  readonly revision: number;
  readonly driver: string | undefined;
  readonly modules: readonly string[];
}

export interface DiskPartition {
  readonly number: number;
  readonly startSector: number;
  readonly sectors: number;
  readonly type: string;
  readonly fileSystem: string | undefined;
  readonly uuid: string | undefined;
  readonly label: string | undefined;
  readonly partitionUuid: string;
}

export interface Disk {
  /** vda */
  readonly name: string;
  readonly sizeBytes: number;
  readonly model: string;
  readonly serial: string;
  readonly tableType: "gpt" | "dos" | undefined;
  readonly partitions: readonly DiskPartition[];
  readonly readOnly: boolean;
  /** what its bus costs a guest beside the copying of its bytes; nothing for virtio */
  readonly stepsPerMiB?: number;
  /** how many disks come before it on its controller */
  readonly unit?: number;
}

export interface NetworkCard {
  readonly name: string;
  readonly mac: string;
  readonly driver: string;
  /** of its PCI device, where the order of the cards does not say it */
  readonly slot?: string;
}

export interface Dmi {
  readonly biosVendor: string;
  readonly biosVersion: string;
  readonly biosDate: string;
  readonly systemVendor: string;
  readonly productName: string;
  readonly productVersion: string;
  readonly productSerial: string;
  readonly productUuid: string;
  readonly boardVendor: string;
  readonly boardName: string;
  readonly chassisVendor: string;
  readonly chassisType: number;
  readonly chassisVersion: string;
}

export interface Cpu {
  readonly count: number;
  /** 1 when it is not said */
  readonly sockets?: number;
  readonly vendor: string;
  readonly model: string;
  readonly family: number;
  readonly modelNumber: number;
  readonly stepping: number;
  readonly mhz: number;
  readonly cacheKiB: number;
  readonly flags: readonly string[];
  readonly bogomips: number;
}

export interface Hardware {
  readonly dmi: Dmi;
  readonly cpu: Cpu;
  readonly memoryBytes: number;
  readonly pci: readonly PciDevice[];
  readonly disks: readonly Disk[];
  readonly networkCards: readonly NetworkCard[];
  /** on the first USB controller, by their ports */
  readonly usbDevices?: readonly UsbDevice[];
  /** what systemd-detect-virt says of it: kvm, qemu, oracle, xen, vmware, microsoft or none */
  readonly hypervisor: "kvm" | "qemu" | "oracle" | "xen" | "vmware" | "microsoft" | "none";
  readonly kernelCommandLine: string;
  /** which kernel its loader started, when other than that of the recorded hosts */
  readonly kernel?: { readonly release: string; readonly version: string };
}
