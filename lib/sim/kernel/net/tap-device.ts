// /dev/net/tun (Documentation/networking/tuntap.rst): a link whose other end is a process. Frames pass as plain values:
//   ioctl(fd, "TUNSETIFF", { name, kind })       makes the link or takes an existing one of that kind; answers its name
//   ioctl(fd, "TUNSETPERSIST", boolean)          the link stays when the descriptor is closed
//   ioctl(fd, "TAP_RECEIVER", (frame) => void)   who gets what the stack sends on it
//   ioctl(fd, "TAP_SEND", frame)                 a frame for the stack
// Errors: EPERM, EBUSY, EINVAL, EBADFD is EINVAL here.

import { SysError } from "../errno.ts";
import type { Kernel } from "../kernel.ts";
import { type Actor, type OpenFileDescription, WOULD_BLOCK, type WouldBlock } from "../open-file-description.ts";
import type { Process } from "../process.ts";
import { O } from "../sys.ts";
import { CAP } from "../vfs/caller.ts";
import type { DeviceContext } from "../vfs/file-system.ts";
import type { Path } from "../vfs/path.ts";
import { WaitQueue } from "../wait-queue.ts";
import type { NetLink } from "./link.ts";
import type { Frame } from "./packet.ts";

export class TapDescription implements OpenFileDescription {
  readonly #kernel: Kernel;
  statusFlags: number;
  readonly path: Path | undefined;
  readonly label = undefined;
  readonly waiters = new WaitQueue();
  references = 1;
  link: NetLink | undefined;
  #persistent = false;

  constructor(kernel: Kernel, context: Pick<DeviceContext, "path" | "flags">) {
    this.#kernel = kernel;
    this.statusFlags = context.flags & (O.ACCMODE | O.NONBLOCK);
    this.path = context.path;
  }

  read(): Uint8Array | WouldBlock {
    return WOULD_BLOCK;
  }

  write(): number {
    throw new SysError("EINVAL");
  }

  seek(): number {
    throw new SysError("ESPIPE");
  }

  poll(): number {
    return 0;
  }

  ioctl(actor: Actor, request: string, argument: unknown): unknown {
    switch (request) {
      case "TUNSETIFF": return this.#attach(this.#processOf(actor), argument);
      case "TUNSETPERSIST":
        this.#persistent = argument === true;
        return undefined;
      case "TAP_RECEIVER":
        if (!this.link || typeof argument !== "function") throw new SysError("EINVAL");
        this.link.onTransmit = (frame) => {
          argument(frame);
        };
        return undefined;
      case "TAP_SEND":
        if (!this.link || !isFrame(argument)) throw new SysError("EINVAL");
        this.link.receive(argument);
        return undefined;
      default: throw new SysError("ENOTTY");
    }
  }

  #processOf(actor: Actor): Process {
    const process = this.#kernel.processes.get(actor.pid);
    if (!process) throw new SysError("ESRCH");
    return process;
  }

  #attach(process: Process, argument: unknown): string {
    if (typeof argument !== "object" || argument === null || !("name" in argument) || !("kind" in argument)) throw new SysError("EINVAL");
    const { name, kind } = argument;
    if (typeof name !== "string" || (kind !== "tap" && kind !== "tun") || this.link) throw new SysError("EINVAL");
    const { net } = process.namespaces;
    const existing = net.findLink(name);
    if (existing) {
      if (existing.kind !== kind) throw new SysError("EINVAL");
      if (existing.attached) throw new SysError("EBUSY");
      this.#persistent = true;
      this.link = existing;
    } else {
      if (!process.capableIn(net.owner, CAP.NET_ADMIN)) throw new SysError("EPERM");
      let chosen = name;
      for (let number = 0; chosen === "" || chosen.endsWith("%d"); number++) {
        const candidate = `${name === "" ? kind : name.slice(0, -2)}${number}`;
        if (!net.findLink(candidate)) chosen = candidate;
      }
      const mac = [0xfe, ...this.#kernel.random(5)].map((byte) => byte.toString(16).padStart(2, "0")).join(":");
      this.link = net.addLink(chosen, kind, mac, 1500);
    }
    this.link.attached = true;
    return this.link.name;
  }

  release(): void {
    const { link } = this;
    if (!link) return;
    link.attached = false;
    link.onTransmit = undefined;
    if (!this.#persistent) link.namespace.removeLink(link);
  }
}

function isFrame(value: unknown): value is Frame {
  return typeof value === "object" && value !== null && "source" in value && "destination" in value && "content" in value;
}
