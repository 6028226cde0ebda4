// Loop devices (loop(4)): a file as a block device. Requests on /dev/loop-control: LOOP_CTL_GET_FREE → number, LOOP_CTL_ADD and
// LOOP_CTL_REMOVE with a number. On /dev/loopN: LOOP_CONFIGURE with LoopConfiguration, LOOP_GET_STATUS64 → LoopStatus (ENXIO when free),
// LOOP_SET_STATUS64, LOOP_SET_CAPACITY, LOOP_CLR_FD.

import { SysError } from "../errno.ts";
import type { Kernel } from "../kernel.ts";
import type { Actor } from "../open-file-description.ts";
import { O, S } from "../sys.ts";
import { type Path, pathName } from "../vfs/path.ts";
import type { OpenFileDescription } from "../open-file-description.ts";
import { SimpleDevice } from "../core-devices.ts";
import { type BlockDevice, type BlockDevices, blockDevicesOf, type LoopActions } from "./block-device.ts";

const LOOP_MAJOR = 7;
const ALWAYS_THERE = 8;

export interface LoopConfiguration {
  /** of the caller */
  readonly fd: number;
  readonly offset?: number;
  /** 0: to the end of the file */
  readonly sizeLimitBytes?: number;
  readonly readOnly?: boolean;
  /** ends when nobody uses it any more */
  readonly autoclear?: boolean;
  /** partitions get devices */
  readonly partscan?: boolean;
  readonly directIo?: boolean;
}

export interface LoopStatus {
  readonly number: number;
  readonly offset: number;
  readonly sizeLimitBytes: number;
  readonly readOnly: boolean;
  readonly autoclear: boolean;
  readonly partscan: boolean;
  readonly directIo: boolean;
  /** as it was named when it was attached */
  readonly fileName: string;
  readonly dev: number;
  readonly ino: number;
}

interface Binding {
  readonly path: Path;
  readonly fileName: string;
  offset: number;
  sizeLimitBytes: number;
  readonly readOnly: boolean;
  autoclear: boolean;
  partscan: boolean;
  readonly directIo: boolean;
}

export class LoopDevice implements BlockDevice {
  readonly kind = "loop";
  readonly name: string;
  readonly major = LOOP_MAJOR;
  readonly minor: number;
  readonly #kernel: Kernel;
  readonly #devices: BlockDevices;
  #binding: Binding | undefined;

  constructor(kernel: Kernel, devices: BlockDevices, minor: number) {
    this.#kernel = kernel;
    this.#devices = devices;
    this.minor = minor;
    this.name = `loop${minor}`;
  }

  get sizeBytes(): number {
    if (this.#binding === undefined) return 0;
    const { path, offset, sizeLimitBytes } = this.#binding;
    const rest = Math.max(0, path.mount.fs.facts(path.node).sizeBytes - offset);
    const size = sizeLimitBytes === 0 ? rest : Math.min(rest, sizeLimitBytes);
    return size - (size % 512);
  }

  get readOnly(): boolean {
    return this.#binding?.readOnly ?? false;
  }

  get status(): LoopStatus | undefined {
    if (this.#binding === undefined) return undefined;
    const { path, ...rest } = this.#binding;
    return { number: this.minor, ...rest, dev: path.mount.fs.device, ino: path.mount.fs.facts(path.node).ino };
  }

  read(position: number, maxBytes: number): Uint8Array {
    if (this.#binding === undefined) return new Uint8Array(0);
    const { path, offset } = this.#binding;
    return path.mount.fs.read(path.node, offset + position, Math.min(maxBytes, this.sizeBytes - position));
  }

  write(position: number, bytes: Uint8Array): void {
    if (this.#binding === undefined) throw new SysError("EIO");
    const { path, offset } = this.#binding;
    for (let at = 0; at < bytes.length; ) at += path.mount.fs.write(path.node, offset + position + at, bytes.subarray(at));
  }

  fill(position: number, length: number, how: "zero" | "discard"): void {
    if (this.#binding === undefined) throw new SysError("EIO");
    const { path, offset } = this.#binding;
    path.mount.fs.allocate(path.node, offset + position, length, how === "zero" ? "zero-range" : "punch-hole");
  }

  nextData(position: number): number | undefined {
    if (this.#binding === undefined) return undefined;
    const { path, offset } = this.#binding;
    try {
      const next = path.mount.fs.seek(path.node, offset + position, "data");
      return next - offset >= this.sizeBytes ? undefined : next - offset;
    } catch (error) {
      if (error instanceof SysError && error.errno === "ENXIO") return undefined;
      throw error;
    }
  }

  /** Errors: EBUSY (bound), EBADF, EINVAL (neither a file nor a block device). */
  bind(file: OpenFileDescription, configuration: LoopConfiguration, fileName: string): void {
    if (this.#binding !== undefined) throw new SysError("EBUSY");
    const { path } = file;
    if (path === undefined) throw new SysError("EINVAL");
    const { fs } = path.mount;
    if ((fs.facts(path.node).mode & S.IFMT) !== S.IFREG) throw new SysError("EINVAL");
    fs.hold(path.node);
    this.#binding = {
      path, fileName, offset: configuration.offset ?? 0, sizeLimitBytes: configuration.sizeLimitBytes ?? 0, readOnly: configuration.readOnly === true || (file.statusFlags & O.ACCMODE) === O.RDONLY,
      autoclear: configuration.autoclear ?? false, partscan: configuration.partscan ?? false, directIo: configuration.directIo ?? false,
    };
    if (this.#binding.partscan) this.#devices.scan(this);
    this.#devices.changed(this);
  }

  /** A device in use is cleared when it is no longer. Errors: ENXIO. */
  clear(): void {
    if (this.#binding === undefined) throw new SysError("ENXIO");
    if (this.#devices.hasMount(this)) {
      this.#binding.autoclear = true;
      return;
    }
    this.#unbind();
  }

  #unbind(): void {
    const binding = this.#binding;
    if (binding === undefined) return;
    this.#binding = undefined;
    this.#devices.scan(this);
    this.#devices.changed(this);
    binding.path.mount.fs.release(binding.path.node);
  }

  unused(): void {
    if (this.#binding?.autoclear === true) this.#unbind();
  }

  ioctl(actor: Actor, request: string, argument: unknown): unknown {
    switch (request) {
      case "LOOP_CONFIGURE": {
        const process = this.#kernel.processes.get(actor.pid);
        if (process === undefined || !isConfiguration(argument)) throw new SysError("EINVAL");
        const file = process.descriptors.get(argument.fd);
        this.bind(file, argument, file.path === undefined ? "" : pathName(process.root, file.path));
        return 0;
      }
      case "LOOP_GET_STATUS64": {
        const { status } = this;
        if (status === undefined) throw new SysError("ENXIO");
        return status;
      }
      case "LOOP_SET_STATUS64": {
        const binding = this.#binding;
        if (binding === undefined) throw new SysError("ENXIO");
        if (typeof argument !== "object" || argument === null) throw new SysError("EINVAL");
        if ("offset" in argument && typeof argument.offset === "number") binding.offset = argument.offset;
        if ("sizeLimitBytes" in argument && typeof argument.sizeLimitBytes === "number") binding.sizeLimitBytes = argument.sizeLimitBytes;
        if ("autoclear" in argument && typeof argument.autoclear === "boolean") binding.autoclear = argument.autoclear;
        if ("partscan" in argument && argument.partscan === true) {
          binding.partscan = true;
          this.#devices.scan(this);
        }
        return 0;
      }
      case "LOOP_SET_CAPACITY":
        if (this.#binding === undefined) throw new SysError("ENXIO");
        return 0;
      case "LOOP_CLR_FD":
        this.clear();
        return 0;
      default: throw new SysError("ENOTTY");
    }
  }
}

function isConfiguration(argument: unknown): argument is LoopConfiguration {
  return typeof argument === "object" && argument !== null && "fd" in argument && typeof argument.fd === "number";
}

const CONTROL_MINOR = 237;

export function registerLoopControl(kernel: Kernel): void {
  kernel.devices.register("chr", 10, CONTROL_MINOR, 1, {
    open: (context) => {
      const actions = blockDevicesOf(kernel).loops;
      if (actions === undefined) throw new SysError("ENODEV");
      return new LoopControl(context, actions);
    },
  });
}

export function addLoopDevices(kernel: Kernel, devices: BlockDevices): void {
  const loops = new Map<number, LoopDevice>();
  const make = (minor: number): LoopDevice => {
    let loop = loops.get(minor);
    if (loop === undefined) {
      loop = new LoopDevice(kernel, devices, minor);
      loops.set(minor, loop);
      devices.add(loop, false);
    }
    return loop;
  };
  devices.onMissing = (major, minor) => (major === LOOP_MAJOR && minor < ALWAYS_THERE ? make(minor) : undefined);
  devices.onList = () => {
    for (let minor = 0; minor < ALWAYS_THERE; minor++) make(minor);
  };
  devices.loops = {
    free() {
      for (let minor = 0; ; minor++) if (make(minor).status === undefined) return minor;
    },
    add(minor) {
      if (minor < ALWAYS_THERE || loops.has(minor)) throw new SysError("EEXIST");
      make(minor);
      return minor;
    },
    remove(minor) {
      const loop = loops.get(minor);
      if (loop === undefined) throw new SysError("ENODEV");
      if (loop.status !== undefined) throw new SysError("EBUSY");
      loops.delete(minor);
      devices.remove(loop);
      return minor;
    },
  };
}

class LoopControl extends SimpleDevice {
  readonly #actions: LoopActions;

  constructor(context: ConstructorParameters<typeof SimpleDevice>[0], actions: LoopActions) {
    super(context, () => {
      throw new SysError("EINVAL");
    }, () => {
      throw new SysError("EINVAL");
    });
    this.#actions = actions;
  }

  override ioctl(_actor?: Actor, request?: string, argument?: unknown): unknown {
    if (request === "LOOP_CTL_GET_FREE") return this.#actions.free();
    if (typeof argument !== "number") throw new SysError("EINVAL");
    if (request === "LOOP_CTL_ADD") return this.#actions.add(argument);
    if (request === "LOOP_CTL_REMOVE") return this.#actions.remove(argument);
    throw new SysError("ENOTTY");
  }
}
