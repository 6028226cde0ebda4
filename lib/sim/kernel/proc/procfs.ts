// procfs: the tree of /proc for one pid namespace. A handle is the index of a fixed file, or pid × 2^20 with the place below /proc/PID; so the
// whole tree costs a session nothing.

import { SysError } from "../errno.ts";
import type { Process } from "../process.ts";
import { type DirEntry, type Link, S } from "../sys.ts";
import { CAP, type Caller } from "../vfs/caller.ts";
import type { FileSystemType, MagicTarget, NewNode, OpenContext, Place } from "../vfs/file-system.ts";
import { PseudoFileSystem, type PseudoFacts } from "../vfs/pseudo-file-system.ts";
import type { PseudoNode } from "../vfs/pseudo-tree.ts";
import { parseMountOptions } from "../vfs/tmpfs.ts";
import { type Family, linksWithSettings, readSetting, settingNames, writeSetting } from "./link-settings.ts";
import type { ProcContext, ProcessContext } from "./proc-context.ts";
import { descriptionMode, descriptionName, fdinfoText, mayTrace, PROCESS_TREE } from "./process-files.ts";
import { ROOT_TREE } from "./root-files.ts";

const PID = 2 ** 20;
/** Settings of links: LINK + index × 128 + 64 for IPv6 + place (0 is the directory). */
const LINK = 2 ** 19;
const FD = 0x10000;
const FDINFO = 0x20000;
const TASK = 0x40000;
const MOST_FDS = 0x10000;

function directoryOf(name: string): number {
  return PROCESS_TREE.node(0).children?.get(name) ?? 0;
}

const FD_DIRECTORY = directoryOf("fd");
const FDINFO_DIRECTORY = directoryOf("fdinfo");
const TASK_DIRECTORY = directoryOf("task");

/** Indices of all that lies below a directory of the fixed tree. */
function below(path: string): ReadonlySet<number> {
  const found = new Set<number>();
  const visit = (index: number): void => {
    found.add(index);
    for (const child of ROOT_TREE.node(index).children?.values() ?? []) visit(child);
  };
  visit(ROOT_TREE.directory(path));
  return found;
}

const CONF_DIRECTORY = new Map<number, Family>([[ROOT_TREE.directory("sys/net/ipv4/conf") + 1, 4], [ROOT_TREE.directory("sys/net/ipv6/conf") + 1, 6]]);

function confDirectory(family: Family): number {
  for (const [handle, each] of CONF_DIRECTORY) if (each === family) return handle;
  return 1;
}

interface LinkSpot {
  readonly link: number;
  readonly family: Family;
  /** undefined for the directory */
  readonly setting: string | undefined;
}

function linkSpot(handle: number): LinkSpot | undefined {
  if (handle < LINK || handle >= PID) return undefined;
  const family = (handle - LINK) % 128 >= 64 ? 6 : 4;
  const place = (handle - LINK) % 64;
  return { link: Math.floor((handle - LINK) / 128), family, setting: place === 0 ? undefined : settingNames(family)[place - 1] };
}

const SYSCTL_NODES = below("sys");
const NET_SYSCTL_NODES = below("sys/net");

/** A handle taken apart. */
interface Spot {
  readonly pid: number;
  readonly task: boolean;
  /** index in PROCESS_TREE, -1 for a descriptor */
  readonly index: number;
  readonly fd: number;
  readonly fdinfo: boolean;
}

class ProcFileSystem extends PseudoFileSystem {
  readonly type = "proc";
  readonly root = 1;
  readonly #context: ProcContext;
  readonly #hidePid: number;
  /** Whoever reads a directory of a process asks for it several times in a row. */
  #lastContext: ProcessContext | undefined;

  constructor(device: number, context: ProcContext, data: string) {
    super(device);
    this.#context = context;
    let hidePid = 0;
    for (const [name, value] of parseMountOptions(data)) {
      if (name === "hidepid") hidePid = ["off", "noaccess", "invisible"].indexOf(value ?? "") === -1 ? Number(value) : ["off", "noaccess", "invisible"].indexOf(value ?? "");
      else if (name !== "gid" && name !== "subset") throw new SysError("EINVAL");
    }
    if (Number.isNaN(hidePid)) throw new SysError("EINVAL");
    this.#hidePid = hidePid;
    this.options = hidePid === 0 ? "" : `hidepid=${["off", "noaccess", "invisible"][hidePid] ?? hidePid}`;
  }

  #spot(handle: number): Spot {
    const pid = Math.floor(handle / PID);
    const slot = handle % PID;
    const within = slot % TASK;
    const isFd = within >= FD;
    return { pid, task: slot >= TASK, index: isFd ? -1 : within, fd: isFd ? within % FD : -1, fdinfo: within >= FDINFO };
  }

  #process(pid: number): Process {
    const process = this.#context.pids.find(pid);
    if (process === undefined) throw new SysError("ESRCH");
    return process;
  }

  #contextOf(process: Process): ProcessContext {
    if (this.#lastContext?.process !== process) this.#lastContext = { process, ...this.#context };
    return this.#lastContext;
  }

  #rootNode(handle: number): PseudoNode<ProcContext> {
    return ROOT_TREE.node(handle - 1);
  }

  protected describe(handle: number): PseudoFacts {
    const { kernel } = this.#context;
    const onLink = linkSpot(handle);
    if (onLink !== undefined) return { mode: onLink.setting === undefined ? S.IFDIR | 0o555 : S.IFREG | 0o644, ino: 4026531840 + handle, timeUs: kernel.bootEpochUs };
    if (handle < PID) {
      const node = this.#rootNode(handle);
      const extra = handle === this.root ? kernel.processes.size : 0;
      return { mode: node.mode, ino: handle === this.root ? 1 : 4026531840 + handle, nlink: ROOT_TREE.nlink(node.index) + extra, timeUs: kernel.bootEpochUs };
    }
    const spot = this.#spot(handle);
    const process = this.#process(spot.pid);
    const { euid: uid, egid: gid } = process.credentials;
    const timeUs = kernel.bootEpochUs + process.startTimeUs;
    if (spot.index >= 0) {
      const node = PROCESS_TREE.node(spot.index);
      return { uid, gid, ino: handle, timeUs, mode: node.mode, nlink: spot.index === 0 ? (spot.task ? 7 : 9) : spot.index === TASK_DIRECTORY ? 3 : PROCESS_TREE.nlink(spot.index) };
    }
    const file = process.descriptors.find(spot.fd);
    if (file === undefined) throw new SysError("ENOENT");
    return { uid, gid, ino: handle, timeUs, mode: spot.fdinfo ? S.IFREG | 0o444 : S.IFLNK | descriptionMode(file), sizeBytes: spot.fdinfo ? 0 : 64 };
  }

  #hidden(process: Process, caller: Caller | undefined): boolean {
    return this.#hidePid >= 2 && caller !== undefined && caller.fsuid !== process.credentials.euid && !caller.capable(CAP.SYS_PTRACE);
  }

  lookup(directory: number, name: string, caller: Caller | undefined): number {
    const onLink = linkSpot(directory);
    if (onLink !== undefined) {
      const place = settingNames(onLink.family).indexOf(name);
      return onLink.setting !== undefined || place === -1 ? 0 : directory + place + 1;
    }
    if (directory < PID) {
      const found = ROOT_TREE.lookup(directory - 1, name, this.#context);
      if (found !== -1) return found + 1;
      const family = CONF_DIRECTORY.get(directory);
      if (family !== undefined) {
        const link = linksWithSettings(this.#context, caller).find((each) => each.name === name);
        return link === undefined ? 0 : LINK + link.index * 128 + (family === 6 ? 64 : 0);
      }
      if (directory !== this.root || !/^[1-9]\d{0,6}$/.test(name)) return 0;
      const process = this.#context.pids.find(Number(name));
      return process === undefined || this.#hidden(process, caller) ? 0 : Number(name) * PID;
    }
    const { pid, task, index } = this.#spot(directory);
    const process = this.#context.pids.find(pid);
    if (process === undefined) return 0;
    const base = pid * PID + (task ? TASK : 0);
    if (index === FD_DIRECTORY || index === FDINFO_DIRECTORY) {
      if (!/^(0|[1-9]\d{0,4})$/.test(name) || Number(name) >= MOST_FDS || process.descriptors.find(Number(name)) === undefined) return 0;
      return base + (index === FD_DIRECTORY ? FD : FDINFO) + Number(name);
    }
    if (index === TASK_DIRECTORY) return !task && name === `${pid}` ? base + TASK : 0;
    if (task && index === 0 && name === "task") return 0;
    const found = PROCESS_TREE.lookup(index, name, this.#contextOf(process));
    return found === -1 ? 0 : base + found;
  }

  parentOf(directory: number): number {
    return this.placeOf(directory)?.parent ?? this.root;
  }

  placeOf(handle: number): Place | undefined {
    const onLink = linkSpot(handle);
    if (onLink !== undefined) {
      if (onLink.setting !== undefined) return { parent: handle - ((handle - LINK) % 64), name: onLink.setting };
      return { parent: confDirectory(onLink.family), name: this.#link(onLink.link, undefined)?.name ?? "" };
    }
    if (handle < PID) {
      const node = this.#rootNode(handle);
      return handle === this.root ? undefined : { parent: node.parent + 1, name: node.name };
    }
    const { pid, task, index, fd, fdinfo } = this.#spot(handle);
    const base = pid * PID + (task ? TASK : 0);
    if (this.#context.pids.find(pid) === undefined) return undefined;
    if (fd >= 0) return { parent: base + (fdinfo ? FDINFO_DIRECTORY : FD_DIRECTORY), name: `${fd}` };
    if (index === 0) return task ? { parent: pid * PID + TASK_DIRECTORY, name: `${pid}` } : { parent: this.root, name: `${pid}` };
    const node = PROCESS_TREE.node(index);
    return { parent: base + node.parent, name: node.name };
  }

  override lastPlaceOf(handle: number): Place {
    if (handle < PID) return this.placeOf(handle) ?? { parent: this.root, name: "" };
    const { pid, index } = this.#spot(handle);
    return { parent: this.root, name: index <= 0 ? `${pid}` : `${pid}/${PROCESS_TREE.node(index).name}` };
  }

  #link(index: number, caller: Caller | undefined): Link | undefined {
    return linksWithSettings(this.#context, caller).find((each) => each.index === index);
  }

  entries(directory: number, caller: Caller | undefined): readonly DirEntry[] {
    const onLink = linkSpot(directory);
    if (onLink !== undefined) return settingNames(onLink.family).map((name, place) => ({ name, ino: 4026531840 + directory + place + 1, type: S.IFREG }));
    if (directory < PID) {
      const list = ROOT_TREE.entries(directory - 1, this.#context, (index) => 4026531841 + index);
      const family = CONF_DIRECTORY.get(directory);
      if (family !== undefined) for (const link of linksWithSettings(this.#context, caller)) list.push({ name: link.name, ino: 4026531840 + LINK + link.index * 128 + (family === 6 ? 64 : 0), type: S.IFDIR });
      if (directory !== this.root) return list;
      const pids: number[] = [];
      for (const process of this.#context.pids.processes()) {
        const pid = process.pidIn(this.#context.pids);
        if (pid > 0 && !this.#hidden(process, caller)) pids.push(pid);
      }
      for (const pid of pids.sort((a, b) => a - b)) list.push({ name: `${pid}`, ino: pid * PID, type: S.IFDIR });
      return list;
    }
    const { pid, task, index } = this.#spot(directory);
    const process = this.#process(pid);
    const base = pid * PID + (task ? TASK : 0);
    if (index === FD_DIRECTORY || index === FDINFO_DIRECTORY) {
      const kind = index === FD_DIRECTORY ? { offset: FD, type: S.IFLNK } : { offset: FDINFO, type: S.IFREG };
      return process.descriptors.entries().map(([fd]) => ({ name: `${fd}`, ino: base + kind.offset + fd, type: kind.type }));
    }
    if (index === TASK_DIRECTORY) return [{ name: `${pid}`, ino: base + TASK, type: S.IFDIR }];
    const list = PROCESS_TREE.entries(index, this.#contextOf(process), (child) => base + child);
    return task && index === 0 ? list.filter((entry) => entry.name !== "task") : list;
  }

  #guard(process: Process, caller: Caller): void {
    if (!mayTrace(caller, process)) throw new SysError("EACCES");
  }

  readlink(handle: number, caller: Caller | undefined): string {
    if (caller === undefined) throw new SysError("ENOENT");
    if (handle < PID) return this.#rootNode(handle).behaviour.link?.(this.#context, caller) ?? "";
    const { pid, index, fd } = this.#spot(handle);
    const process = this.#process(pid);
    if (index < 0) {
      this.#guard(process, caller);
      const file = process.descriptors.find(fd);
      if (file === undefined) throw new SysError("ENOENT");
      return descriptionName(file, caller);
    }
    const { behaviour } = PROCESS_TREE.node(index);
    if (behaviour.guarded === true) this.#guard(process, caller);
    return behaviour.link?.(this.#contextOf(process), caller) ?? "";
  }

  override magicTarget(handle: number, caller: Caller): MagicTarget | undefined {
    if (handle < PID) return undefined;
    const { pid, index, fd } = this.#spot(handle);
    const process = this.#process(pid);
    if (index < 0) {
      this.#guard(process, caller);
      const file = process.descriptors.find(fd);
      if (file === undefined) throw new SysError("ENOENT");
      return file.path === undefined ? { kind: "reopen", description: file } : { kind: "path", path: file.path };
    }
    const { behaviour } = PROCESS_TREE.node(index);
    if (behaviour.magic === undefined) return undefined;
    if (behaviour.guarded === true) this.#guard(process, caller);
    return behaviour.magic(this.#contextOf(process), caller);
  }

  /** Settings below /proc/sys obey their bits even for root; those of net also let in who may administer the network namespace. */
  permits(handle: number, want: number, caller: Caller): boolean | undefined {
    const onLink = linkSpot(handle);
    if (handle >= PID || (onLink === undefined && !SYSCTL_NODES.has(handle - 1))) return undefined;
    const { mode } = onLink === undefined ? this.#rootNode(handle) : this.describe(handle);
    const network = this.#context.kernel.processes.get(caller.pid)?.namespaces.net;
    const asRoot = caller.fsuid === 0 || ((onLink !== undefined || NET_SYSCTL_NODES.has(handle - 1)) && network !== undefined && caller.capableIn(network.owner, CAP.NET_ADMIN));
    const bits = asRoot ? mode >> 6 : caller.fsgid === 0 || caller.groups.includes(0) ? mode >> 3 : mode;
    return (bits & want) === want;
  }

  protected override checkOpen(handle: number, context: OpenContext): void {
    if (handle < PID) return;
    const { pid, index } = this.#spot(handle);
    const process = this.#process(pid);
    if (index >= 0 && PROCESS_TREE.node(index).behaviour.guarded === true) this.#guard(process, context.caller);
  }

  protected content(handle: number, reader: Caller): string | Uint8Array {
    const onLink = linkSpot(handle);
    if (onLink !== undefined) {
      const link = this.#link(onLink.link, reader);
      if (link === undefined) throw new SysError("ENODEV");
      return readSetting(this.#context, onLink.family, link, onLink.setting ?? "", reader);
    }
    if (handle < PID) return this.#rootNode(handle).behaviour.read?.(this.#context, reader) ?? "";
    const { pid, index, fd } = this.#spot(handle);
    const process = this.#process(pid);
    if (index >= 0) return PROCESS_TREE.node(index).behaviour.read?.(this.#contextOf(process), reader) ?? "";
    const file = process.descriptors.find(fd);
    if (file === undefined) throw new SysError("ENOENT");
    return fdinfoText(file, process.descriptors.getCloexec(fd));
  }

  protected override store(handle: number, text: string, writer: Caller): void {
    const onLink = linkSpot(handle);
    if (onLink !== undefined) {
      const link = this.#link(onLink.link, writer);
      if (link === undefined) throw new SysError("ENODEV");
      writeSetting(this.#context, onLink.family, link, onLink.setting ?? "", text, writer);
      return;
    }
    if (handle < PID) {
      const { write } = this.#rootNode(handle).behaviour;
      if (write === undefined) throw new SysError("EIO");
      write(this.#context, text, writer);
      return;
    }
    const { pid, index } = this.#spot(handle);
    const { write } = PROCESS_TREE.node(Math.max(0, index)).behaviour;
    if (write === undefined) throw new SysError("EIO");
    write(this.#contextOf(this.#process(pid)), text, writer);
  }

  /** Names that proc does not know cannot be made: even mkdir and creat say that there is no such file (proc_lookup). */
  override create(_directory: number, _name: string, _node: NewNode): number {
    throw new SysError("ENOENT");
  }
}

export function procfsType(context: Omit<ProcContext, "pids">, nextDevice: () => number): FileSystemType {
  return {
    name: "proc",
    needsDevice: false,
    userMountable: true,
    mount({ caller, data }) {
      const process = context.kernel.processes.get(caller.pid);
      const pids = process?.namespaces.pid ?? context.kernel.initialNamespaces.pid;
      return { fs: new ProcFileSystem(nextDevice(), { ...context, pids }, data) };
    },
  };
}
