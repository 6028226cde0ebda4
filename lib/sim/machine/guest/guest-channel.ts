// /dev/virtio-ports/NAME of a guest: the inner end of a channel to its host (Documentation/driver-api/virtio, QEMU's virtserialport). A read on it waits; the host is told
// when somebody in the guest opens or closes it.
import type { Kernel } from "../../kernel/kernel.ts";
import { type OpenFileDescription, WOULD_BLOCK, type WouldBlock } from "../../kernel/open-file-description.ts";
import { O, POLL, SysError } from "../../kernel/sys.ts";
import type { Path } from "../../kernel/vfs/path.ts";
import { WaitQueue } from "../../kernel/wait-queue.ts";

const channelMajor = 244;

export interface GuestChannel {
  /** bytes from the host */
  input(bytes: Uint8Array): void;
}

class ChannelDescription implements OpenFileDescription {
  statusFlags: number;
  readonly path: Path;
  readonly label = undefined;
  readonly opensAgain = true;
  readonly waiters: WaitQueue;
  references = 1;
  readonly #queue: Uint8Array[];
  readonly #output: (bytes: Uint8Array) => void;
  readonly #closed: () => void;

  constructor(path: Path, flags: number, waiters: WaitQueue, queue: Uint8Array[], output: (bytes: Uint8Array) => void, closed: () => void) {
    this.path = path;
    this.statusFlags = flags & (O.ACCMODE | O.NONBLOCK);
    this.waiters = waiters;
    this.#queue = queue;
    this.#output = output;
    this.#closed = closed;
  }

  read(_actor: unknown, maxBytes: number): Uint8Array | WouldBlock {
    const [first] = this.#queue;
    if (first === undefined) return WOULD_BLOCK;
    if (first.length <= maxBytes) {
      this.#queue.shift();
      return first;
    }
    this.#queue[0] = first.subarray(maxBytes);
    return first.subarray(0, maxBytes);
  }

  write(_actor: unknown, bytes: Uint8Array): number {
    this.#output(bytes.slice());
    return bytes.length;
  }

  seek(): never {
    throw new SysError("ESPIPE");
  }

  poll(): number {
    return POLL.OUT | (this.#queue.length > 0 ? POLL.IN : 0);
  }

  release(): void {
    this.#closed();
  }

  ioctl(): never {
    throw new SysError("ENOTTY");
  }
}

/** The device node is vportNpM; udev's link by name is made with it. */
export function addChannel(kernel: Kernel, index: number, name: string, output: (bytes: Uint8Array) => void, state: (open: boolean) => void): GuestChannel {
  const queue: Uint8Array[] = [];
  const waiters = new WaitQueue();
  let opens = 0;
  const node = `vport1p${index + 1}`;
  kernel.devices.register("chr", channelMajor, index + 1, 1, {
    open: (context) => {
      if (opens > 0) throw new SysError("EBUSY");
      opens++;
      state(true);
      return new ChannelDescription(context.path, context.flags, waiters, queue, output, () => {
        opens--;
        queue.length = 0;
        state(false);
      });
    },
  });
  kernel.deviceNodes.add({ name: node, kind: "chr", major: channelMajor, minor: index + 1, mode: 0o600, uid: 0, gid: 0 });
  kernel.deviceNodes.add({ name: `virtio-ports/${name}`, kind: "chr", major: channelMajor, minor: index + 1, mode: 0o600, uid: 0, gid: 0 });
  return {
    input: (bytes) => {
      if (opens === 0) return;
      queue.push(bytes);
      waiters.wake();
    },
  };
}
