// nsfs: the files that stand for namespaces. /proc/PID/ns/* lead here; a bind mount of one keeps the namespace (ip netns).

import { SysError } from "../errno.ts";
import type { OpenFileDescription } from "../open-file-description.ts";
import { type DirEntry, S } from "../sys.ts";
import type { OpenContext, Place } from "./file-system.ts";
import { DEFAULT_ATTRIBUTES, Mount } from "./mount.ts";
import type { Path } from "./path.ts";
import { PseudoFile, type PseudoFacts, PseudoFileSystem } from "./pseudo-file-system.ts";
import { SmallMap } from "../small-map.ts";

export interface NamespaceObject {
  readonly kind: string;
  readonly inode: number;
}

class NamespaceFile extends PseudoFile {
  readonly namespace: NamespaceObject;

  constructor(context: OpenContext, namespace: NamespaceObject) {
    super(context.path, context.flags, context.caller, {
      read: () => {
        throw new SysError("EINVAL");
      },
      write: () => {
        throw new SysError("EINVAL");
      },
    });
    this.namespace = namespace;
  }
}

export class NamespaceFileSystem extends PseudoFileSystem {
  readonly type = "nsfs";
  readonly root = 1;
  readonly #mount: Mount;
  readonly #objects = new SmallMap<number, NamespaceObject>();

  constructor(device: number) {
    super(device);
    // Attached nowhere, as Linux keeps it (nsfs_mnt).
    this.#mount = new Mount(0, this, this.root, "nsfs", DEFAULT_ATTRIBUTES);
  }

  pathOf(namespace: NamespaceObject): Path {
    this.#objects.set(namespace.inode, namespace);
    return { mount: this.#mount, node: namespace.inode, parent: 0, name: `${namespace.kind}:[${namespace.inode}]` };
  }

  find(node: number): NamespaceObject | undefined {
    return this.#objects.get(node);
  }

  protected describe(node: number): PseudoFacts {
    if (node === this.root) return { mode: S.IFDIR | 0o555, ino: node, timeUs: 0 };
    return { mode: S.IFREG | 0o444, ino: node, timeUs: 0 };
  }

  lookup(): number {
    return 0;
  }

  parentOf(): number {
    return this.root;
  }

  placeOf(): Place | undefined {
    return undefined;
  }

  override lastPlaceOf(node: number): Place {
    const namespace = this.#objects.get(node);
    return { parent: this.root, name: `${namespace?.kind}:[${node}]` };
  }

  entries(): readonly DirEntry[] {
    return [];
  }

  readlink(): string {
    throw new SysError("EINVAL");
  }

  protected content(): string {
    throw new SysError("EINVAL");
  }

  override open(node: number, context: OpenContext): OpenFileDescription {
    const namespace = this.#objects.get(node);
    if (namespace === undefined) throw new SysError("ESTALE");
    return new NamespaceFile(context, namespace);
  }
}
