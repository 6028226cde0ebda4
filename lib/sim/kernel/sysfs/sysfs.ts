// sysfs: the fixed tree of the machine's hardware, with the network links and the loaded modules hung into it. A handle is the index of a fixed
// file, or a number above 2^20 that names a link or a module and the place in its directory.

import { type BlockDevice, blockDevicesOf, Partition } from "../block/block-device.ts";
import { SysError } from "../errno.ts";
import type { Hardware } from "../hardware.ts";
import type { Kernel } from "../kernel.ts";
import { type DirEntry, type Link, O, S } from "../sys.ts";
import type { Caller } from "../vfs/caller.ts";
import type { FileSystemType, OpenContext, Place } from "../vfs/file-system.ts";
import { PseudoFileSystem, type PseudoFacts } from "../vfs/pseudo-file-system.ts";
import type { PseudoTree } from "../vfs/pseudo-tree.ts";
import { type BlockContext, blockTree } from "./block-device-files.ts";
import { blockDirectory, deviceTree, netDirectory } from "./device-tree.ts";
import { MEMORY_BLOCK_TREE, memoryBlocks } from "./memory-block-files.ts";
import { MODULE_TREE, moduleParameters } from "./module-files.ts";
import { NET_DEVICE_TREE, type NetContext, PORTS_DIRECTORY } from "./net-device-files.ts";
import { linksOf, type SysContext } from "./sys-context.ts";

const LINK = 2 ** 20;
/** The link in /sys/class/net, beside the directory it leads to. */
const CLASS_ENTRY = 2 ** 19;
/** In a bridge's directory of its ports: this and the port's index. */
const PORT_ENTRY = 2 ** 18;
/** Memory blocks: the number of the block, and the place in its directory. */
const MEMORY = 2 ** 46;
const MEMORY_SLOTS = 64;
const MODULE = 2 ** 44;
const MODULE_SLOTS = 4096;
const PARAMETER = 1024;
const HOLDER = 2048;

/** Block devices: the key of the device, and the place in its directory or one of the links to it. */
const BLOCK = 2 ** 48;
const BLOCK_SLOTS = 256;
const BLOCK_LINKS: readonly string[] = ["block", "class/block", "dev/block"];
const FIRST_BLOCK_LINK = 200;

const portsIndex = NET_DEVICE_TREE.directory(PORTS_DIRECTORY);

type Spot =
  | { readonly kind: "block"; readonly device: BlockDevice; readonly index: number }
  | { readonly kind: "block-link"; readonly device: BlockDevice; readonly link: number }
  | { readonly kind: "fixed"; readonly index: number }
  | { readonly kind: "class"; readonly link: number }
  | { readonly kind: "port"; readonly link: number; readonly port: number }
  | { readonly kind: "link"; readonly link: number; readonly index: number }
  | { readonly kind: "memory"; readonly block: number; readonly index: number }
  | { readonly kind: "module"; readonly module: number; readonly slot: number };

class SysFileSystem extends PseudoFileSystem {
  readonly type = "sysfs";
  readonly root = 1;
  readonly #kernel: Kernel;
  readonly #hardware: () => Hardware;
  readonly #moduleNames: string[] = [];

  constructor(device: number, kernel: Kernel, hardware: () => Hardware) {
    super(device);
    this.#kernel = kernel;
    this.#hardware = hardware;
  }

  get #tree(): PseudoTree<SysContext> {
    return deviceTree(this.#hardware());
  }

  get #context(): SysContext {
    return { kernel: this.#kernel, hardware: this.#hardware() };
  }

  #spot(handle: number): Spot {
    if (handle >= BLOCK) {
      const key = Math.floor((handle - BLOCK) / BLOCK_SLOTS);
      const slot = (handle - BLOCK) % BLOCK_SLOTS;
      const device = blockDevicesOf(this.#kernel).find(Math.floor(key / 0x100000), key % 0x100000);
      if (device === undefined) throw new SysError("ENODEV");
      return slot >= FIRST_BLOCK_LINK ? { kind: "block-link", device, link: slot - FIRST_BLOCK_LINK } : { kind: "block", device, index: slot };
    }
    if (handle >= MEMORY) return { kind: "memory", block: Math.floor((handle - MEMORY) / MEMORY_SLOTS), index: (handle - MEMORY) % MEMORY_SLOTS };
    if (handle >= MODULE) return { kind: "module", module: Math.floor((handle - MODULE) / MODULE_SLOTS), slot: (handle - MODULE) % MODULE_SLOTS };
    if (handle < LINK) return { kind: "fixed", index: handle - 1 };
    const link = Math.floor(handle / LINK);
    const slot = handle % LINK;
    if (slot === CLASS_ENTRY) return { kind: "class", link };
    return slot >= PORT_ENTRY ? { kind: "port", link, port: slot - PORT_ENTRY } : { kind: "link", link, index: slot };
  }

  static #blockHandle(device: BlockDevice, slot: number): number {
    return BLOCK + (device.major * 0x100000 + device.minor) * BLOCK_SLOTS + slot;
  }

  #blockContext(device: BlockDevice): BlockContext {
    return { device, ...this.#context };
  }

  /** Below /sys, without the slash. */
  #blockPath(device: BlockDevice): string {
    if (device instanceof Partition) return `${this.#blockPath(device.disk)}/${device.name}`;
    return `${blockDirectory(this.#hardware(), device.name)}/${device.name}`;
  }

  #link(index: number, reader: Caller | undefined): Link {
    const link = linksOf(this.#kernel, reader).find((each) => each.index === index);
    if (link === undefined) throw new SysError("ENODEV");
    return link;
  }

  #portsOf(bridge: number, reader: Caller | undefined): readonly Link[] {
    return linksOf(this.#kernel, reader).filter((link) => link.master === bridge);
  }

  #netContext(index: number, reader: Caller | undefined): NetContext {
    return { link: this.#link(index, reader), ...this.#context };
  }

  #moduleName(module: number): string {
    return this.#moduleNames[module] ?? "";
  }

  #moduleNumber(name: string): number {
    const known = this.#moduleNames.indexOf(name);
    return known === -1 ? this.#moduleNames.push(name) - 1 : known;
  }

  #pathOf(index: number): string {
    const node = this.#tree.node(index);
    return index === 0 ? "" : node.parent === 0 ? node.name : `${this.#pathOf(node.parent)}/${node.name}`;
  }

  #indexOf(path: string): number {
    let at = 0;
    for (const part of path.split("/")) at = this.#tree.node(at).children?.get(part) ?? -1;
    return at;
  }

  protected describe(handle: number): PseudoFacts {
    const spot = this.#spot(handle);
    const timeUs = this.#kernel.bootEpochUs;
    const node = (mode: number, nlink: number): PseudoFacts => ({ mode, ino: handle, nlink, timeUs, sizeBytes: (mode & S.IFMT) === S.IFREG ? 4096 : 0 });
    if (spot.kind === "fixed") return node(this.#tree.node(spot.index).mode, this.#tree.nlink(spot.index));
    if (spot.kind === "class" || spot.kind === "block-link" || spot.kind === "port") return node(S.IFLNK | 0o777, 1);
    if (spot.kind === "block") return node(blockTree(spot.device).node(spot.index).mode, blockTree(spot.device).nlink(spot.index));
    if (spot.kind === "link") return node(NET_DEVICE_TREE.node(spot.index).mode, NET_DEVICE_TREE.nlink(spot.index));
    if (spot.kind === "memory") return node(MEMORY_BLOCK_TREE.node(spot.index).mode, MEMORY_BLOCK_TREE.nlink(spot.index));
    if (spot.slot >= HOLDER) return node(S.IFLNK | 0o777, 1);
    if (spot.slot >= PARAMETER) return node(S.IFREG | 0o444, 1);
    return node(MODULE_TREE.node(spot.slot).mode, MODULE_TREE.nlink(spot.slot));
  }

  lookup(directory: number, name: string, caller: Caller | undefined): number {
    const spot = this.#spot(directory);
    if (spot.kind === "fixed") {
      const found = this.#tree.lookup(spot.index, name, this.#context);
      return found !== -1 ? found + 1 : this.#lookupHung(this.#pathOf(spot.index), name, caller);
    }
    if (spot.kind === "link") {
      if (spot.index === portsIndex) {
        const port = this.#portsOf(spot.link, caller).find((each) => each.name === name);
        return port === undefined ? 0 : spot.link * LINK + PORT_ENTRY + port.index;
      }
      const found = NET_DEVICE_TREE.lookup(spot.index, name, this.#netContext(spot.link, caller));
      return found === -1 ? 0 : spot.link * LINK + found;
    }
    if (spot.kind === "class" || spot.kind === "block-link" || spot.kind === "port") return 0;
    if (spot.kind === "block") {
      const found = blockTree(spot.device).lookup(spot.index, name, this.#blockContext(spot.device));
      if (found !== -1) return SysFileSystem.#blockHandle(spot.device, found);
      const partition = spot.index === 0 ? blockDevicesOf(this.#kernel).partitionsOf(spot.device).find((each) => each.name === name) : undefined;
      return partition === undefined ? 0 : SysFileSystem.#blockHandle(partition, 0);
    }
    if (spot.kind === "memory") {
      const found = MEMORY_BLOCK_TREE.lookup(spot.index, name, { block: spot.block, ...this.#context });
      return found === -1 ? 0 : MEMORY + spot.block * MEMORY_SLOTS + found;
    }
    const base = MODULE + spot.module * MODULE_SLOTS;
    const module = this.#moduleName(spot.module);
    if (spot.slot === MODULE_TREE.directory("parameters")) {
      const number = [...this.#parameters(module).keys()].indexOf(name);
      return number === -1 ? 0 : base + PARAMETER + number;
    }
    if (spot.slot === MODULE_TREE.directory("holders")) {
      const number = (this.#kernel.modules.get(module)?.usedBy ?? []).indexOf(name);
      return number === -1 ? 0 : base + HOLDER + number;
    }
    const found = MODULE_TREE.lookup(spot.slot, name, { name: module, ...this.#context });
    return found === -1 ? 0 : base + found;
  }

  /** Names in directories that the machine's state fills: links and modules. */
  #lookupHung(path: string, name: string, caller: Caller | undefined): number {
    if (path === "devices/system/memory") {
      const block = memoryBlocks(this.#context).find((each) => `memory${each}` === name);
      return block === undefined ? 0 : MEMORY + block * MEMORY_SLOTS;
    }
    if (path === "module") return this.#kernel.modules.has(name) ? MODULE + this.#moduleNumber(name) * MODULE_SLOTS : 0;
    const blockLink = BLOCK_LINKS.indexOf(path);
    if (blockLink !== -1 || path.endsWith("/block")) {
      const device = blockDevicesOf(this.#kernel).list().find((each) => (path === "dev/block" ? `${each.major}:${each.minor}` === name : each.name === name));
      if (device === undefined || (path !== "class/block" && path !== "dev/block" && device instanceof Partition)) return 0;
      if (blockLink !== -1) return SysFileSystem.#blockHandle(device, FIRST_BLOCK_LINK + blockLink);
      return blockDirectory(this.#hardware(), name) === path ? SysFileSystem.#blockHandle(device, 0) : 0;
    }
    if (path !== "class/net" && !path.endsWith("/net")) return 0;
    const link = linksOf(this.#kernel, caller).find((each) => each.name === name);
    if (link === undefined) return 0;
    if (path === "class/net") return link.index * LINK + CLASS_ENTRY;
    return netDirectory(this.#hardware(), name) === path ? link.index * LINK : 0;
  }

  #parameters(module: string): ReadonlyMap<string, string> {
    return moduleParameters(module, this.#kernel.modules.get(module)?.parameters ?? "");
  }

  parentOf(directory: number): number {
    return this.placeOf(directory)?.parent ?? this.root;
  }

  placeOf(handle: number): Place | undefined {
    const spot = this.#spot(handle);
    if (spot.kind === "fixed") {
      const node = this.#tree.node(spot.index);
      return spot.index === 0 ? undefined : { parent: node.parent + 1, name: node.name };
    }
    if (spot.kind === "memory") {
      const node = MEMORY_BLOCK_TREE.node(spot.index);
      return spot.index === 0 ? { parent: this.#indexOf("devices/system/memory") + 1, name: `memory${spot.block}` } : { parent: MEMORY + spot.block * MEMORY_SLOTS + node.parent, name: node.name };
    }
    if (spot.kind === "module") {
      const base = MODULE + spot.module * MODULE_SLOTS;
      const name = this.#moduleName(spot.module);
      if (spot.slot === 0) return { parent: this.#indexOf("module") + 1, name };
      if (spot.slot >= HOLDER) return { parent: base + MODULE_TREE.directory("holders"), name: this.#kernel.modules.get(name)?.usedBy[spot.slot - HOLDER] ?? "" };
      if (spot.slot >= PARAMETER) return { parent: base + MODULE_TREE.directory("parameters"), name: [...this.#parameters(name).keys()][spot.slot - PARAMETER] ?? "" };
      const node = MODULE_TREE.node(spot.slot);
      return { parent: base + node.parent, name: node.name };
    }
    if (spot.kind === "block-link") return { parent: this.#indexOf(BLOCK_LINKS[spot.link] ?? "block") + 1, name: spot.link === 2 ? `${spot.device.major}:${spot.device.minor}` : spot.device.name };
    if (spot.kind === "block") {
      const { device } = spot;
      if (spot.index !== 0) {
        const node = blockTree(device).node(spot.index);
        return { parent: SysFileSystem.#blockHandle(device, node.parent), name: node.name };
      }
      if (device instanceof Partition) return { parent: SysFileSystem.#blockHandle(device.disk, 0), name: device.name };
      return { parent: this.#indexOf(blockDirectory(this.#hardware(), device.name)) + 1, name: device.name };
    }
    const link = this.#anyLink(spot.link);
    if (link === undefined) return undefined;
    if (spot.kind === "class") return { parent: this.#indexOf("class/net") + 1, name: link.name };
    if (spot.kind === "port") return { parent: spot.link * LINK + portsIndex, name: this.#anyLink(spot.port)?.name ?? "" };
    if (spot.index === 0) return { parent: this.#indexOf(netDirectory(this.#hardware(), link.name)) + 1, name: link.name };
    const node = NET_DEVICE_TREE.node(spot.index);
    return { parent: spot.link * LINK + node.parent, name: node.name };
  }

  #anyLink(index: number): Link | undefined {
    return linksOf(this.#kernel, undefined).find((each) => each.index === index);
  }

  entries(directory: number, caller: Caller | undefined): readonly DirEntry[] {
    const spot = this.#spot(directory);
    if (spot.kind === "fixed") {
      const list = this.#tree.entries(spot.index, this.#context, (index) => index + 1);
      const path = this.#pathOf(spot.index);
      if (path === "module") {
        for (const name of this.#kernel.modules.keys()) list.push({ name, ino: MODULE + this.#moduleNumber(name) * MODULE_SLOTS, type: S.IFDIR });
      } else if (path === "devices/system/memory") {
        for (const block of memoryBlocks(this.#context)) list.push({ name: `memory${block}`, ino: MEMORY + block * MEMORY_SLOTS, type: S.IFDIR });
      } else if (path === "class/net") {
        for (const link of linksOf(this.#kernel, caller)) list.push({ name: link.name, ino: link.index * LINK + CLASS_ENTRY, type: S.IFLNK });
      } else if (BLOCK_LINKS.includes(path)) {
        const number = BLOCK_LINKS.indexOf(path);
        for (const device of blockDevicesOf(this.#kernel).list()) {
          if (path === "block" && device instanceof Partition) continue;
          list.push({ name: path === "dev/block" ? `${device.major}:${device.minor}` : device.name, ino: SysFileSystem.#blockHandle(device, FIRST_BLOCK_LINK + number), type: S.IFLNK });
        }
      } else if (path.endsWith("/block")) {
        for (const device of blockDevicesOf(this.#kernel).list()) {
          if (!(device instanceof Partition) && blockDirectory(this.#hardware(), device.name) === path) list.push({ name: device.name, ino: SysFileSystem.#blockHandle(device, 0), type: S.IFDIR });
        }
      } else if (path.endsWith("/net")) {
        for (const link of linksOf(this.#kernel, caller)) if (netDirectory(this.#hardware(), link.name) === path) list.push({ name: link.name, ino: link.index * LINK, type: S.IFDIR });
      }
      return list;
    }
    if (spot.kind === "link" && spot.index === portsIndex) return this.#portsOf(spot.link, caller).map(({ name, index }) => ({ name, ino: spot.link * LINK + PORT_ENTRY + index, type: S.IFLNK }));
    if (spot.kind === "link") return NET_DEVICE_TREE.entries(spot.index, this.#netContext(spot.link, caller), (index) => spot.link * LINK + index);
    if (spot.kind === "block") {
      const list = blockTree(spot.device).entries(spot.index, this.#blockContext(spot.device), (index) => SysFileSystem.#blockHandle(spot.device, index));
      if (spot.index === 0) for (const partition of blockDevicesOf(this.#kernel).partitionsOf(spot.device)) list.push({ name: partition.name, ino: SysFileSystem.#blockHandle(partition, 0), type: S.IFDIR });
      return list;
    }
    if (spot.kind === "class" || spot.kind === "block-link" || spot.kind === "port") throw new SysError("ENOTDIR");
    if (spot.kind === "memory") return MEMORY_BLOCK_TREE.entries(spot.index, { block: spot.block, ...this.#context }, (index) => MEMORY + spot.block * MEMORY_SLOTS + index);
    const base = MODULE + spot.module * MODULE_SLOTS;
    const name = this.#moduleName(spot.module);
    if (spot.slot === MODULE_TREE.directory("parameters")) return [...this.#parameters(name).keys()].map((key, index) => ({ name: key, ino: base + PARAMETER + index, type: S.IFREG }));
    if (spot.slot === MODULE_TREE.directory("holders")) return (this.#kernel.modules.get(name)?.usedBy ?? []).map((user, index) => ({ name: user, ino: base + HOLDER + index, type: S.IFLNK }));
    return MODULE_TREE.entries(spot.slot, { name, ...this.#context }, (index) => base + index);
  }

  readlink(handle: number, caller: Caller | undefined): string {
    const spot = this.#spot(handle);
    if (spot.kind === "class") {
      const { name } = this.#link(spot.link, caller);
      return `../../${netDirectory(this.#hardware(), name)}/${name}`;
    }
    if (spot.kind === "port") return `../../${this.#link(spot.port, caller).name}/brport`;
    if (spot.kind === "memory") return MEMORY_BLOCK_TREE.node(spot.index).name === "subsystem" ? "../../../../bus/memory" : "../../node/node0";
    if (spot.kind === "module") return `../../${this.#kernel.modules.get(this.#moduleName(spot.module))?.usedBy[spot.slot - HOLDER] ?? ""}`;
    if (spot.kind === "block-link") return `${"../".repeat((BLOCK_LINKS[spot.link] ?? "").split("/").length)}${this.#blockPath(spot.device)}`;
    if (caller === undefined) throw new SysError("ENOENT");
    if (spot.kind === "block") return blockTree(spot.device).node(spot.index).behaviour.link?.(this.#blockContext(spot.device), caller) ?? "";
    if (spot.kind === "link") return NET_DEVICE_TREE.node(spot.index).behaviour.link?.(this.#netContext(spot.link, caller), caller) ?? "";
    return this.#tree.node(spot.index).behaviour.link?.(this.#context, caller) ?? "";
  }

  /** Bits count even for root (KERNFS_ROOT_EXTRA_OPEN_PERM_CHECK). */
  protected override checkOpen(handle: number, { flags }: OpenContext): void {
    const { mode } = this.facts(handle);
    const access = flags & O.ACCMODE;
    if (access !== O.RDONLY && (mode & 0o222) === 0) throw new SysError("EACCES");
    if (access !== O.WRONLY && (mode & 0o444) === 0) throw new SysError("EACCES");
  }

  protected content(handle: number, reader: Caller): string | Uint8Array {
    const spot = this.#spot(handle);
    if (spot.kind === "fixed") return this.#tree.node(spot.index).behaviour.read?.(this.#context, reader) ?? "";
    if (spot.kind === "link") return NET_DEVICE_TREE.node(spot.index).behaviour.read?.(this.#netContext(spot.link, reader), reader) ?? "";
    if (spot.kind === "block") return blockTree(spot.device).node(spot.index).behaviour.read?.(this.#blockContext(spot.device), reader) ?? "";
    if (spot.kind === "class" || spot.kind === "block-link" || spot.kind === "port") return "";
    if (spot.kind === "memory") return MEMORY_BLOCK_TREE.node(spot.index).behaviour.read?.({ block: spot.block, ...this.#context }, reader) ?? "";
    const name = this.#moduleName(spot.module);
    if (spot.slot >= PARAMETER) return `${[...this.#parameters(name).values()][spot.slot - PARAMETER] ?? ""}\n`;
    return MODULE_TREE.node(spot.slot).behaviour.read?.({ name, ...this.#context }, reader) ?? "";
  }

  protected override store(handle: number, text: string, writer: Caller): void {
    const spot = this.#spot(handle);
    if (spot.kind === "fixed") {
      const { write } = this.#tree.node(spot.index).behaviour;
      if (write === undefined) throw new SysError("EIO");
      write(this.#context, text, writer);
    } else if (spot.kind === "link") {
      const { write } = NET_DEVICE_TREE.node(spot.index).behaviour;
      if (write === undefined) throw new SysError("EIO");
      write(this.#netContext(spot.link, writer), text, writer);
    } else if (spot.kind === "block") {
      const { write } = blockTree(spot.device).node(spot.index).behaviour;
      if (write === undefined) throw new SysError("EIO");
      write(this.#blockContext(spot.device), text, writer);
    } else if (spot.kind === "memory") {
      const { write } = MEMORY_BLOCK_TREE.node(spot.index).behaviour;
      if (write === undefined) throw new SysError("EIO");
      write({ block: spot.block, ...this.#context }, text, writer);
    } else throw new SysError("EIO");
  }

  protected override keepsAttributes(): boolean {
    return true;
  }
}

export function sysfsType(settings: { readonly kernel: Kernel; readonly hardware: () => Hardware }, nextDevice: () => number): FileSystemType {
  return { name: "sysfs", needsDevice: false, userMountable: true, mount: () => ({ fs: new SysFileSystem(nextDevice(), settings.kernel, settings.hardware) }) };
}
