// What stands behind a descriptor of a guest: another machine, as the machine layer makes it. The kernel knows only this of it.
import type { Frame } from "../net/packet.ts";
import type { DiskPiece, GuestCard, GuestDisk, GuestHardware, GuestStatus, IoLimits } from "../sys-guest.ts";

/** Device events. Guest and moment of all of them make its state: a log of them is a snapshot. */
export type GuestInput =
  | { readonly kind: "power-on" | "reset" | "power-button" | "ctrl-alt-delete" }
  | { readonly kind: "console"; readonly bytes: Uint8Array }
  | { readonly kind: "channel"; readonly name: string; readonly bytes: Uint8Array }
  | { readonly kind: "frame"; readonly card: string; readonly frame: Frame }
  | { readonly kind: "link"; readonly card: string; readonly up: boolean }
  | { readonly kind: "plug-disk"; readonly disk: GuestDisk }
  | { readonly kind: "plug-card"; readonly card: GuestCard }
  | { readonly kind: "unplug"; readonly id: string }
  /** its hardware's clock goes on with the host's while the guest stands still (QEMU's -rtc clock=host) */
  | { readonly kind: "rtc-ahead"; readonly us: number }
  /** what a disk lets through; of the host's processors that fraction */
  | { readonly kind: "throttle"; readonly disk: string; readonly limits: IoLimits | undefined }
  | { readonly kind: "share"; readonly fraction: number }
  | { readonly kind: "memory"; readonly memoryBytes: number }
  | { readonly kind: "cpus"; readonly count: number };

export interface GuestMachine {
  /** Runs to that time of its own clock and says when it wants to go on (now or earlier: at once; Infinity: only an input wakes it). */
  step(untilUs: number): number;
  input(input: GuestInput): void;
  /** Virtual microseconds of processor work so far, of the host's processors. */
  readonly cpuUs: number;
  readonly status: Pick<GuestStatus, "residentBytes" | "cpuCount" | "memoryBytes" | "disks" | "booted">;
  /** Writes what its file systems hold back to the disks and says what changed since the last call. */
  flush(): readonly { readonly id: string; readonly sizeBytes: number; readonly pieces: readonly DiskPiece[] }[];
  digest(): string;
  /** Undefined when it must stay as it is: it would be long in coming back, or what reaches it concerns others too. */
  rest(): GuestRest | undefined;
}

/** What one must know of a guest that idles to have it no longer (guest-description.ts). */
export interface GuestRest {
  /** Nothing of what this would make it do reaches anybody outside. */
  readonly ignores: (input: GuestInput) => boolean;
  /** of this process's work, to bring it back */
  readonly steps: number;
}

export interface GuestHooks {
  console(bytes: Uint8Array): void;
  channel(name: string, bytes: Uint8Array): void;
  channelState(name: string, open: boolean): void;
  frame(card: string, frame: Frame): void;
  power(event: "powered-off" | "reset" | "crashed"): void;
}

export interface GuestPlan {
  readonly accelerator: "kvm" | "tcg";
  readonly hardware: GuestHardware;
  readonly seed: number;
  /** realtime when its clock stands at 0 */
  readonly epochUs: number;
}

/** Injected by the machine layer. */
export type GuestFactory = (plan: GuestPlan, hooks: GuestHooks) => GuestMachine;
