// A network namespace (network_namespaces(7)).

import type { Kernel } from "../kernel.ts";
import type { Namespace, UserNamespace } from "../namespace.ts";

export class NetNamespace implements Namespace {
  readonly kind = "net";
  readonly kernel: Kernel;
  readonly inode: number;
  readonly owner: UserNamespace;

  constructor(kernel: Kernel, inode: number, owner: UserNamespace) {
    this.kernel = kernel;
    this.inode = inode;
    this.owner = owner;
  }
}
