// The kernel's inner seam between descriptors (process side) and what they stand for: regular files and directories (vfs), pipes,
// terminals, sockets, devices, pseudo files. Descriptors of several processes share one description (open(2), "open file description").

import type { WaitQueue } from "./wait-queue.ts";
import type { Path } from "./vfs/path.ts";

/** What `read` and `write` answer when the caller must wait on `waiters` and try again. */
export const WOULD_BLOCK = Symbol("would block");
export type WouldBlock = typeof WOULD_BLOCK;

/** Who acts: the few facts of the process that files and devices need. */
export interface Actor {
  /** in the initial pid namespace */
  readonly pid: number;
  /** RLIMIT_FSIZE, soft; Infinity when unlimited */
  readonly fileSizeLimit: number;
  /** In the effective set, counted in the process's own user namespace. */
  capable(capability: number): boolean;
}

export interface OpenFileDescription {
  /** O.ACCMODE | O.APPEND | O.NONBLOCK */
  statusFlags: number;
  /** Where it was opened; undefined for pipes, sockets and other nameless objects. */
  readonly path: Path | undefined;
  /** "pipe:[123]", "socket:[55]", "anon_inode:[eventpoll]" where `path` is undefined. */
  readonly label: string | undefined;
  /** Woken whenever readiness may have changed; undefined when it never blocks. */
  readonly waiters: WaitQueue | undefined;
  /** `position` undefined: at the description's own offset, which moves. Throws SysError. */
  read(actor: Actor, maxBytes: number, position: number | undefined): Uint8Array | WouldBlock;
  /** Bytes accepted (may be fewer than given for pipes: the caller goes on), or WOULD_BLOCK. */
  write(actor: Actor, bytes: Uint8Array, position: number | undefined): number | WouldBlock;
  seek(offset: number, whence: "set" | "current" | "end" | "data" | "hole"): number;
  /** POLL bits that hold now. */
  poll(): number;
  /** Reference counting: `release` runs when the last descriptor is closed. */
  references: number;
  release(): void;
  /** Another open of its path gives the same: for a boot that is kept. */
  readonly opensAgain?: boolean;
  /** How long a read that would block waits before `readExpired` answers (VTIME, SO_RCVTIMEO); undefined: for ever. */
  readTimeoutUs?(): number | undefined;
  readExpired?(actor: Actor, maxBytes: number): Uint8Array;
  /** What a MiB through it costs beside the copying: slow devices. */
  readonly stepsPerMiB?: number;
  /** st_dev of the disk or partition that its bytes are on (kernel.throttles) */
  readonly deviceNumber?: number;
  /** What /proc/PID/ns/KIND stands for: setns(2) enters it. */
  readonly namespace?: unknown;
  /** Driver-specific; throws SysError("ENOTTY") when unknown. */
  ioctl(actor: Actor, request: string, argument: unknown): unknown;
}
