// What a machine is made of, as /proc and /sys show it. A description is a value that does not change: machines of one kind share it, and
// plugging something in gives the machine another one.

export interface Processor {
  readonly vendor: "GenuineIntel" | "AuthenticAMD";
  readonly family: number;
  readonly model: number;
  readonly stepping: number;
  readonly modelName: string;
  readonly mhz: number;
  readonly cacheKib: number;
  readonly sockets: number;
  readonly coresPerSocket: number;
  readonly threadsPerCore: number;
  readonly flags: readonly string[];
  readonly bugs: readonly string[];
  readonly bogomips: number;
  readonly physicalAddressBits: number;
  readonly virtualAddressBits: number;
}

/** Fields of /sys/class/dmi/id, by their file names without modalias; absent ones have no file. */
export type DmiFields = ReadonlyMap<string, string>;

export interface PciDevice {
  /** "0000:01:00.0" */
  readonly slot: string;
  readonly vendor: number;
  readonly device: number;
  readonly subsystemVendor: number;
  readonly subsystemDevice: number;
  /** 24 bits: class, subclass, interface */
  readonly class: number;
  readonly revision: number;
  readonly driver?: string;
  /** the module that holds the driver, where its name differs */
  readonly module?: string;
  readonly irq?: number;
  /** the slot of the bridge it is behind; absent on the root bus */
  readonly behind?: string;
  /** buses a bridge leads to */
  readonly secondaryBus?: number;
  /** a virtio device on it: its number, kind (1 network, 2 block, 4 rng, 5 balloon...) and driver */
  readonly virtio?: { readonly index: number; readonly kind: number; readonly driver: string };
}

export interface DiskPartition {
  readonly name: string;
  readonly number: number;
  readonly startSector: number;
  readonly sectors: number;
  readonly major: number;
  readonly minor: number;
}

export interface Disk {
  readonly name: string;
  readonly major: number;
  readonly minor: number;
  readonly sizeBytes: number;
  readonly partitions: readonly DiskPartition[];
  readonly readOnly: boolean;
  readonly removable: boolean;
  readonly rotational: boolean;
  readonly vendor?: string;
  readonly model?: string;
  readonly serial?: string;
  readonly logicalBlockBytes: number;
  /** the PCI device it hangs on */
  readonly slot?: string;
}

export interface NetworkCard {
  readonly name: string;
  readonly driver: string;
  readonly slot?: string;
}

/** What is plugged into the first USB bus. */
export interface UsbDevice {
  readonly vendor: number;
  readonly product: number;
  readonly manufacturer: string;
  readonly name: string;
  /** before the place of its controller and port */
  readonly serial: string;
  /** of its interface, which is one for people: "00" none, "01" keyboard, "02" mouse */
  readonly protocol: "00" | "01" | "02";
}

export interface Hardware {
  readonly processor: Processor;
  readonly dmi: DmiFields;
  readonly efi: boolean;
  readonly pci: readonly PciDevice[];
  readonly disks: readonly Disk[];
  readonly networkCards: readonly NetworkCard[];
  readonly usbDevices?: readonly UsbDevice[];
  /** the processor says that KVM runs it (the hypervisor leaf of CPUID): the kernel takes its clock from there */
  readonly kvm: boolean;
  /** /sys/hypervisor: only Xen fills it */
  readonly xen?: { readonly type: "xen"; readonly uuid: string; readonly capabilities: string; readonly versionMajor: number; readonly versionMinor: number; readonly versionExtra: string };
  /** /proc/cmdline */
  readonly commandLine: string;
  /** what lsmod says of modules, by name; those that are loaded are the kernel's to know */
  readonly moduleSizes: ReadonlyMap<string, number>;
}
