// /dev/kvm: the right to make guests that run on the processor itself. KVM_GET_API_VERSION answers 12 (Documentation/virt/kvm/api.rst); guests are made by
// sys.createGuest, which wants this descriptor.
import { SysError } from "../errno.ts";
import type { OpenFileDescription } from "../open-file-description.ts";
import { O } from "../sys.ts";
import type { DeviceContext } from "../vfs/file-system.ts";
import type { Path } from "../vfs/path.ts";

export class KvmDescription implements OpenFileDescription {
  statusFlags: number;
  readonly path: Path | undefined;
  readonly label = undefined;
  readonly waiters = undefined;
  references = 1;

  constructor(context: Pick<DeviceContext, "path" | "flags">) {
    this.statusFlags = context.flags & (O.ACCMODE | O.NONBLOCK);
    this.path = context.path;
  }

  read(): never {
    throw new SysError("EINVAL");
  }

  write(): never {
    throw new SysError("EINVAL");
  }

  seek(): never {
    throw new SysError("ESPIPE");
  }

  poll(): number {
    return 0;
  }

  release(): void {}

  ioctl(_actor: unknown, request: string): unknown {
    if (request === "KVM_GET_API_VERSION") return 12;
    throw new SysError("ENOTTY");
  }
}
