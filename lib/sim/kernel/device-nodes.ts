// What devtmpfs shows: the nodes that drivers announce.

export interface DeviceNode {
  /** below /dev: "sda1", "mapper/control" */
  readonly name: string;
  readonly kind: "chr" | "blk";
  readonly major: number;
  readonly minor: number;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

export class DeviceNodes {
  readonly #nodes = new Map<string, DeviceNode>();
  /** told of nodes that come and go */
  onChange: ((node: DeviceNode, change: "add" | "remove") => void) | undefined;

  add(node: DeviceNode): void {
    this.#nodes.set(node.name, node);
    this.onChange?.(node, "add");
  }

  /** Also of a node that was there before anything was announced. */
  remove(name: string): void {
    const node = this.#nodes.get(name) ?? { name, kind: "chr", major: 0, minor: 0, mode: 0, uid: 0, gid: 0 };
    this.#nodes.delete(name);
    this.onChange?.(node, "remove");
  }

  list(): readonly DeviceNode[] {
    return [...this.#nodes.values()];
  }
}
