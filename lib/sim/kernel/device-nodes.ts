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

/** What udev puts beside them. */
export interface DeviceLink {
  readonly name: string;
  readonly kind: "link";
  readonly target: string;
}

const NONE: readonly DeviceNode[] = [];

export class DeviceNodes {
  /** announced before anybody listens */
  #early: readonly DeviceNode[] = NONE;
  #added: ((node: DeviceNode | DeviceLink) => void) | undefined;
  #removed: ((name: string) => void) | undefined;

  /** What was announced before is told at once. */
  listen(added: (node: DeviceNode | DeviceLink) => void, removed: (name: string) => void): void {
    this.#added = added;
    this.#removed = removed;
    for (const node of this.#early) added(node);
    this.#early = NONE;
  }

  /** Before anybody listens, and not to be changed. */
  share(nodes: readonly DeviceNode[]): void {
    this.#early = nodes;
  }

  add(node: DeviceNode): void {
    if (this.#added === undefined) this.#early = [...this.#early, node];
    else this.#added(node);
  }

  /** In place of one of that name. */
  link(name: string, target: string): void {
    this.#removed?.(name);
    this.#added?.({ name, kind: "link", target });
  }

  /** Also of a node that was there before anything was announced. */
  remove(name: string): void {
    this.#removed?.(name);
  }
}
