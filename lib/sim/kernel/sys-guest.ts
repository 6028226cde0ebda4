// The waist's part for hypervisors: another machine behind a descriptor. `sys.createGuest(options)` makes it, powered off; `sys.guest(fd, request)` is what a
// device model (qemu) asks of it. Closing the last descriptor pulls the plug. A guest's inputs are device events only, each of them one of these requests.

/** As /sys shows it; the names are those of hardware.ts. */
export interface GuestPciDevice {
  /** "0000:00:02.0" */
  readonly slot: string;
  readonly vendor: number;
  readonly device: number;
  readonly class: number;
  readonly revision: number;
}

export type GuestBus = "virtio" | "ide" | "sata" | "scsi" | "usb" | "fdc";

export interface GuestDisk {
  /** of the device model, for plug, unplug and flush: "virtio-disk0" */
  readonly id: string;
  readonly bus: GuestBus;
  /** place on the bus, in the order of which the guest gives its names */
  readonly index: number;
  readonly sizeBytes: number;
  readonly readOnly: boolean;
  readonly rom: boolean;
  readonly serial: string;
  /** what is not zero of it */
  readonly pieces: readonly DiskPiece[];
  /** 0 is never tried by the firmware, 1 first */
  readonly bootOrder: number;
}

/** A second; what is undefined is not limited. */
export interface IoLimits {
  readonly bytesPerSecond?: number;
  readonly readBytesPerSecond?: number;
  readonly writeBytesPerSecond?: number;
  readonly requestsPerSecond?: number;
  readonly readRequestsPerSecond?: number;
  readonly writeRequestsPerSecond?: number;
}

export interface DiskPiece {
  readonly start: number;
  readonly bytes: Uint8Array;
}

export interface GuestCard {
  readonly id: string;
  readonly model: "virtio" | "e1000" | "e1000e" | "rtl8139";
  readonly mac: string;
  readonly slot: string;
}

export interface GuestHardware {
  /** "pc-q35-7.2" or "pc-i440fx-7.2" */
  readonly machine: string;
  readonly uuid: string;
  readonly cpuCount: number;
  /** how many sockets they are in; 1 when it is not said */
  readonly cpuSockets?: number;
  readonly cpuModel: string;
  /** flags beyond those that every guest has: vmx or svm for a nested hypervisor */
  readonly cpuFlags: readonly string[];
  readonly memoryBytes: number;
  readonly pci: readonly GuestPciDevice[];
  readonly disks: readonly GuestDisk[];
  readonly cards: readonly GuestCard[];
  /** devices on its USB controller, by QEMU's names: usb-tablet, usb-kbd, usb-mouse */
  readonly usb?: readonly string[];
  /** ports of virtio-serial by name: org.qemu.guest_agent.0 */
  readonly channels: readonly string[];
  readonly serialPorts: number;
}

export interface GuestOptions {
  /** kvm needs `kvmFd`, an open /dev/kvm; tcg is emulation, slower in virtual time. */
  readonly accelerator: "kvm" | "tcg";
  readonly kvmFd?: number;
  readonly hardware: GuestHardware;
  /** An answer of the request "save", of this or another host: the guest begins there, paused. Errors: EINVAL when it is none. */
  readonly restore?: Uint8Array;
}

export type GuestState = "off" | "running" | "paused" | "crashed";

export interface UserDatagram {
  readonly source: string;
  readonly sourcePort: number;
  readonly destination: string;
  readonly destinationPort: number;
  readonly bytes: Uint8Array;
}

export interface UserEcho {
  readonly guest: string;
  readonly address: string;
  readonly identifier: number;
  readonly sequence: number;
  readonly bytes: Uint8Array;
}

/** What came out of the guest since it was last taken. */
export type GuestEvent =
  | { readonly kind: "console"; readonly bytes: Uint8Array }
  | { readonly kind: "channel"; readonly name: string; readonly bytes: Uint8Array }
  | { readonly kind: "channel-opened" | "channel-closed"; readonly name: string }
  /** Of a card with a user-mode network: a connection that the guest opens (answer with user-accept or user-refuse), a datagram, an echo request. */
  | { readonly kind: "user-connect"; readonly card: string; readonly id: number; readonly guest: string; readonly address: string; readonly port: number }
  | { readonly kind: "user-datagram"; readonly card: string; readonly datagram: UserDatagram }
  | { readonly kind: "user-echo"; readonly card: string; readonly echo: UserEcho }
  | { readonly kind: "powered-off" | "reset" | "crashed" };

export interface GuestStatus {
  readonly state: GuestState;
  /** of the host's processors */
  readonly cpuUs: number;
  /** memory that the guest has touched */
  readonly residentBytes: number;
  readonly cpuCount: number;
  readonly memoryBytes: number;
  /** bytes read and written, by the disks' ids */
  readonly disks: readonly { readonly id: string; readonly readBytes: number; readonly reads: number; readonly writtenBytes: number; readonly writes: number }[];
  /** what runs is an operating system that answers the power button */
  readonly booted: boolean;
}

export type GuestRequest =
  | { readonly op: "power-on" | "pause" | "resume" | "reset" | "power-button" | "ctrl-alt-delete" | "status" | "take-events" }
  /** What changed on its disks since the last flush. */
  | { readonly op: "flush" }
  | { readonly op: "console-input"; readonly bytes: Uint8Array }
  | { readonly op: "channel-input"; readonly name: string; readonly bytes: Uint8Array }
  /** Joins a card with a tap of the caller's (an open /dev/net/tun after TUNSETIFF). */
  | { readonly op: "attach-tap"; readonly card: string; readonly tapFd: number }
  /** Joins a card with a network that is not there: `addresses` are its own, the gateway's first (libslirp). */
  | { readonly op: "attach-user"; readonly card: string; readonly addresses: readonly string[]; readonly prefixLength: number }
  /** The guest's end of a connection that it opened, of a new one to it: a descriptor of a stream socket in that network. Errors: EINVAL. */
  | { readonly op: "user-accept"; readonly card: string; readonly id: number }
  | { readonly op: "user-socket"; readonly card: string }
  | { readonly op: "user-refuse"; readonly card: string; readonly id: number }
  | { readonly op: "user-send"; readonly card: string; readonly datagram: UserDatagram }
  | { readonly op: "user-echoed"; readonly card: string; readonly echo: UserEcho }
  | { readonly op: "card-link"; readonly card: string; readonly up: boolean }
  | { readonly op: "plug-disk"; readonly disk: GuestDisk }
  | { readonly op: "plug-card"; readonly card: GuestCard }
  | { readonly op: "unplug"; readonly id: string }
  /** undefined: no limits */
  | { readonly op: "throttle"; readonly disk: string; readonly limits: IoLimits | undefined }
  /** how much of each processor's time it gets, 0 to 1 */
  | { readonly op: "share"; readonly fraction: number }
  | { readonly op: "balloon"; readonly memoryBytes: number }
  | { readonly op: "set-cpus"; readonly count: number }
  /** The paused value as bytes, for `restore`. Only while paused. */
  | { readonly op: "save" };

export type GuestReply<R extends GuestRequest> =
  R extends { op: "status" } ? GuestStatus
  : R extends { op: "take-events" } ? readonly GuestEvent[]
  : R extends { op: "flush" } ? readonly { readonly id: string; readonly sizeBytes: number; readonly pieces: readonly DiskPiece[] }[]
  : R extends { op: "save" } ? Uint8Array
  : R extends { op: "user-accept" | "user-socket" } ? number
  : undefined;
