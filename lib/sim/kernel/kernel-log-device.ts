// /dev/kmsg (Documentation/ABI/testing/dev-kmsg): a record a read ("6,123,4567,-;text"), a line a write; a read behind the last record waits.

import { decode, encode } from "./bytes.ts";
import { SysError } from "./errno.ts";
import type { Kernel } from "./kernel.ts";
import { type Actor, type OpenFileDescription, WOULD_BLOCK, type WouldBlock } from "./open-file-description.ts";
import { sysctlValue } from "./sysctls.ts";
import { O, POLL } from "./sys.ts";
import { CAP } from "./vfs/caller.ts";
import type { DeviceContext } from "./vfs/file-system.ts";
import type { Path } from "./vfs/path.ts";
import type { WaitQueue } from "./wait-queue.ts";

/** Of a line that says no priority: LOG_USER, and default_message_loglevel. */
const DEFAULT_PRIORITY = 12;
/** LOG_LINE_MAX of Linux 6.1 (1024 - PREFIX_MAX): a longer line is refused. */
const LONGEST_LINE_BYTES = 992;

class KernelLogDescription implements OpenFileDescription {
  statusFlags: number;
  references = 1;
  readonly path: Path | undefined;
  readonly label = undefined;
  readonly waiters: WaitQueue;
  readonly #kernel: Kernel;
  /** sequence number of the record that the next read gives */
  #next: number;

  constructor(kernel: Kernel, context: DeviceContext) {
    this.#kernel = kernel;
    this.statusFlags = context.flags & (O.ACCMODE | O.APPEND | O.NONBLOCK);
    this.path = context.path;
    this.waiters = kernel.log.waiters;
    this.#next = kernel.log.first;
  }

  /** Errors: EAGAIN, EINVAL (the record is longer than `maxBytes`; it stays), EPIPE (records were overwritten). */
  read(_actor: Actor, maxBytes: number): Uint8Array | WouldBlock {
    const { log } = this.#kernel;
    if (this.#next < log.first) {
      this.#next = log.first;
      throw new SysError("EPIPE");
    }
    const entry = log.entry(this.#next);
    if (entry === undefined) {
      if ((this.statusFlags & O.NONBLOCK) !== 0) throw new SysError("EAGAIN");
      return WOULD_BLOCK;
    }
    const bytes = encode(`${entry.level + entry.facility * 8},${entry.sequence},${entry.timeUs},-;${escaped(entry.text)}\n`);
    if (bytes.length > maxBytes) throw new SysError("EINVAL");
    this.#next = entry.sequence + 1;
    return bytes;
  }

  write(_actor: Actor, bytes: Uint8Array): number {
    if (bytes.length > LONGEST_LINE_BYTES) throw new SysError("EINVAL");
    const text = decode(bytes).replace(/\n$/, "");
    const match = /^<(\d{1,3})>/.exec(text);
    const priority = match ? Number(match[1]) : DEFAULT_PRIORITY;
    // devkmsg_write: facility 0 is the kernel's own
    this.#kernel.log.append(match ? text.slice(match[0].length) : text, priority & 7, priority >> 3 || 1);
    return bytes.length;
  }

  seek(offset: number, whence: "set" | "current" | "end" | "data" | "hole"): number {
    const { log } = this.#kernel;
    if (offset !== 0) throw new SysError("ESPIPE");
    if (whence === "set") this.#next = log.first;
    else if (whence === "data") this.#next = Math.max(log.first, log.cleared);
    else if (whence === "end") this.#next = log.end;
    else throw new SysError("EINVAL");
    return 0;
  }

  poll(): number {
    const { log } = this.#kernel;
    if (this.#next < log.first) return POLL.IN | POLL.ERR | POLL.PRI;
    return this.#next < log.end ? POLL.IN : 0;
  }

  release(): void {}

  ioctl(): unknown {
    throw new SysError("ENOTTY");
  }
}

/** msg_add_ext_text: what is not printable ASCII, and the backslash. */
function escaped(text: string): string {
  if (/^[\x20-\x5b\x5d-\x7e]*$/.test(text)) return text;
  return Array.from(encode(text), (byte) => (byte < 0x20 || byte >= 0x7f || byte === 0x5c ? `\\x${byte.toString(16).padStart(2, "0")}` : String.fromCharCode(byte))).join("");
}

export function openKernelLog(kernel: Kernel, context: DeviceContext): OpenFileDescription {
  // check_syslog_permissions: with kernel.dmesg_restrict only who has CAP_SYSLOG may read.
  const reads = (context.flags & O.ACCMODE) !== O.WRONLY;
  if (reads && sysctlValue(kernel, "kernel.dmesg_restrict") !== "0" && !context.caller.capable(CAP.SYSLOG)) throw new SysError("EPERM");
  return new KernelLogDescription(kernel, context);
}
