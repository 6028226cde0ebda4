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
  #shared: ReadonlyMap<string, DeviceNode> = new Map();
  #own: Map<string, DeviceNode> | undefined = undefined;
  /** told of nodes that come and go */
  onChange: ((node: DeviceNode, change: "add" | "remove") => void) | undefined;

  /** What every kernel has: before anybody listens, and not to be changed. */
  share(nodes: ReadonlyMap<string, DeviceNode>): void {
    this.#shared = nodes;
  }

  get #nodes(): ReadonlyMap<string, DeviceNode> {
    return this.#own ?? this.#shared;
  }

  #writable(): Map<string, DeviceNode> {
    return (this.#own ??= new Map(this.#shared));
  }

  add(node: DeviceNode): void {
    this.#writable().set(node.name, node);
    this.onChange?.(node, "add");
  }

  /** Also of a node that was there before anything was announced. */
  remove(name: string): void {
    const node = this.#nodes.get(name) ?? { name, kind: "chr", major: 0, minor: 0, mode: 0, uid: 0, gid: 0 };
    if (this.#nodes.has(name)) this.#writable().delete(name);
    this.onChange?.(node, "remove");
  }

  list(): readonly DeviceNode[] {
    return [...this.#nodes.values()];
  }
}
