// What a machine inside another one has from its host.
import type { BootedState } from "../kernel/booted-state.ts";
import type { Kernel } from "../kernel/kernel.ts";
import type { Blocking, Sys } from "../kernel/sys.ts";
import type { Contents } from "../kernel/vfs/contents.ts";
import type { Capacity } from "../kernel/vfs/memory-file-system.ts";
import type { FrozenLayer } from "../kernel/vfs/memory-node.ts";

export interface GuestSetup {
  readonly rootTree: FrozenLayer;
  readonly rootSource: string;
  readonly capacity: Capacity;
  /** bytes of the disks by their names */
  readonly disks: ReadonlyMap<string, Contents>;
  /** the processor's speed beside its host's */
  readonly stepsPerUs: number;
  readonly onConsole: (bytes: Uint8Array) => void;
  /** Devices that only the host knows of, before a program runs. */
  readonly onKernel: (kernel: Kernel) => void;
  /** its boot is over already: where it begins, with its own words */
  readonly kept?: { readonly state: BootedState; readonly identity: readonly string[] };
  /** PID 1 in the place of systemd: an initramfs that goes no further */
  readonly init?: (sys: Sys) => Blocking<number>;
  /** the file that it stands for: "/init" */
  readonly initPath?: string;
}
