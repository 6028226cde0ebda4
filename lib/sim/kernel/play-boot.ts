// A kept boot (booted-state.ts) set up in another kernel: its mounts, control groups, addresses, files and processes.
import { DormantProgram, type TimeShift } from "./call-record.ts";
import { type BootedState, type KeptFile, type KeptProcess, wordsOf } from "./booted-state.ts";
import type { Cgroup } from "./cgroup.ts";
import type { Kernel } from "./kernel.ts";
import { type Renaming, renamedText } from "./kept-identity.ts";
import { ownGroup } from "./lifecycle.ts";
import { linkLocalOf } from "./net/address.ts";
import { UnixSocket } from "./net/unix-socket.ts";
import type { OpenFileDescription } from "./open-file-description.ts";
import { setBootId } from "./proc/sysctl-files.ts";
import { PidIdentity } from "./process-group.ts";
import { Process } from "./process.ts";
import { makeSys } from "./process-sys.ts";
import { type Blocking, O, type Sys } from "./sys.ts";
import { copySysctlValues } from "./sysctls.ts";
import type { Terminal } from "./tty/terminal.ts";
import { TerminalDescription } from "./tty/terminal-description.ts";
import { MemoryFileSystem } from "./vfs/memory-file-system.ts";
import type { Mount } from "./vfs/mount.ts";
import { open, openPath } from "./vfs/open.ts";
import type { Path } from "./vfs/path.ts";
import { RegularFile } from "./vfs/regular-file.ts";
import { resolve } from "./vfs/resolve.ts";
import type { WaitQueue } from "./wait-queue.ts";

const MINUTE_US = 60_000_000;

export type Programs = ReadonlyMap<number, (sys: Sys) => Blocking<number>>;

/**
 * Sets all of it up in a kernel that was just made for the same machine; `root` is its disk. `programs`: of processes that no exec started, by pid; 1 is init. The kernel's clock then stands
 * where the kept one's stood. `identity`: this machine's own words, in the order of the kept ones. Throws when the kernel cannot take it: the two machines differ.
 */
export function playBoot(state: BootedState, kernel: Kernel, root: MemoryFileSystem, programs: Programs, identity: readonly string[] = []): void {
  const { kernel: from } = state;
  const words = wordsOf(from, state.identity);
  const own = wordsOf(kernel, identity);
  const renaming: Renaming = words.map((word, at) => [word, own[at] ?? word]);
  const shift: TimeShift = { sinceUs: from.bootEpochUs, byUs: kernel.bootEpochUs - from.bootEpochUs, renaming };
  root.playBack(state.root, { ...shift, rewritten: state.rootRewritten });
  const { uts, net } = kernel.initialNamespaces;
  uts.hostname = from.initialNamespaces.uts.hostname;
  uts.domainname = from.initialNamespaces.uts.domainname;
  copySysctlValues(from, kernel);
  if (own[0] !== undefined) setBootId(kernel, own[0]);
  copySysctlValues(from.initialNamespaces.net, net);
  kernel.modules.share(from.modules.all);
  kernel.log.preload(state.identifiedLines.size === 0 ? state.log : state.log.map((entry, at) => (state.identifiedLines.has(at) ? { ...entry, text: renamedText(entry.text, renaming) } : entry)));
  const groups = playGroups(state, kernel);
  const processes = new Map<Process, Process>();
  const made = state.processes.map((kept) => playProcess(kept, kernel, groups, processes));
  const [first] = made;
  if (first === undefined) throw new Error("a boot without process 1");
  const mounts = playMounts(state, kernel, first, shift);
  playNetwork(from, kernel);
  const files = playFiles(state, kernel, first, mounts);
  kernel.advanceTo(from.nowUs);
  for (const [at, kept] of state.processes.entries()) {
    const process = made[at];
    if (process === undefined) continue;
    const { executable } = kept.process;
    if (executable !== undefined && kept.executable !== undefined) process.image = { ...process.image, executable: ownPlace(executable, mounts) ?? resolve(first, kept.executable) };
    for (const { fd, file, cloexec } of kept.files) {
      const own = files[file];
      if (own === undefined) continue;
      own.references++;
      process.descriptors.set(fd, own, cloexec);
    }
    if (kept.directory !== undefined) process.cwd = ownPlace(kept.process.cwd, mounts) ?? resolve(first, kept.directory);
    if (kept.terminal !== undefined) playTerminal(kept.terminal, process, kernel, shift.byUs);
    if (kept.record.goOn !== undefined) {
      process.entry = kept.record.goOn;
      kernel.scheduler.enqueue(process);
      continue;
    }
    process.dormant = new DormantProgram(kept.record, shift, programs.get(process.pid));
    process.beAsleep(queuesOf(kept, process, files), wakeTime(kept, from, kernel), kept.process.channel);
  }
  for (const file of files) if (file.references === 0) file.release();
  kernel.openFiles = from.openFiles;
  kernel.numbers = from.numbers;
  kernel.forks = from.forks;
  kernel.storageBytes = from.storageBytes;
  kernel.scheduler.busyUs = from.scheduler.busyUs;
  kernel.scheduler.contextSwitches = from.scheduler.contextSwitches;
  kernel.initialNamespaces.pid.lastPid = from.initialNamespaces.pid.lastPid;
}

function playTerminal(kept: Terminal, process: Process, kernel: Kernel, byUs: number): void {
  const own = kernel.terminals.find(kept.major, kept.minor);
  if (own === undefined) throw new Error(`no terminal ${kept.name}`);
  own.setControllingSession(process.group.session, process.group);
  own.takeOver(kept, byUs);
}

function playGroups(state: BootedState, kernel: Kernel): readonly Cgroup[] {
  const { root } = kernel.cgroups;
  const groups: Cgroup[] = [];
  for (const { group, parent } of state.groups) groups.push((parent === undefined ? root : (groups[parent] ?? root)).create(group.name));
  root.takeOver(state.kernel.cgroups.root);
  for (const [at, { group }] of state.groups.entries()) groups[at]?.takeOver(group);
  return groups;
}

function playProcess(kept: KeptProcess, kernel: Kernel, groups: readonly Cgroup[], processes: Map<Process, Process>): Process {
  const { process: from } = kept;
  const namespaces = kernel.initialNamespaces;
  const root = namespaces.mnt.root();
  const cgroup = (kept.cgroup === undefined ? undefined : groups[kept.cgroup]) ?? kernel.cgroups.root;
  const parent = from.parent === undefined ? undefined : processes.get(from.parent);
  const process = new Process(kernel, new PidIdentity(namespaces.pid, [from.pid]), {
    parent, group: undefined, image: from.image, environment: from.environment, credentials: from.credentials, namespaces, descriptors: kernel.newDescriptorTable(), limits: from.limits, cgroup, root, cwd: root,
  }, makeSys, ownGroup);
  processes.set(from, process);
  process.takeOver(from);
  kernel.processes.set(process.pid, process);
  namespaces.pid.enter(process.pid, process);
  if (process.pid === 1) namespaces.pid.init = process;
  parent?.children.add(process);
  process.group.members.add(process);
  kernel.groups.set(process.group.id, process.group);
  cgroup.processes.add(process);
  kernel.countUser(process.credentials.ruid, 1);
  return process;
}

/** By the kept ones. */
type Mounts = ReadonlyMap<Mount, Mount>;

/** The same place of this machine; undefined where the file system numbers its files as they are asked for. */
function ownPlace(kept: Path, mounts: Mounts): Path | undefined {
  const mount = kept.mount.fs instanceof MemoryFileSystem ? mounts.get(kept.mount) : undefined;
  return mount === undefined ? undefined : { mount, node: kept.node, parent: kept.parent, name: kept.name };
}

/** Where something is mounted: no links lead there, and process 1 may go anywhere. */
function ownMountPoint(kept: Mount, at: string, caller: Process, mounts: Mounts): Path {
  const { mountPoint } = kept;
  const mount = mountPoint === undefined ? undefined : mounts.get(mountPoint.mount);
  if (mountPoint === undefined || mount === undefined) throw new Error(`nothing to mount ${at} on`);
  const own = ownPlace(mountPoint, mounts);
  if (own !== undefined) return own;
  let parent = 0;
  let node = mount.root;
  for (const part of namesBelow(mountPoint)) {
    parent = node;
    node = mount.fs.lookup(node, part, caller);
    if (node === 0) throw new Error(`no ${at}`);
  }
  return { mount, node, parent, name: mountPoint.name };
}

/** The names that lead from the root of its mount to a place. */
function namesBelow({ mount, node, parent, name }: Path): readonly string[] {
  if (node === mount.root) return [];
  const names = [name];
  for (let at = parent; at !== mount.root; ) {
    const place = mount.fs.placeOf(at);
    if (place === undefined) throw new Error(`${name} has no name`);
    names.unshift(place.name);
    at = place.parent;
  }
  return names;
}

function playMounts(state: BootedState, kernel: Kernel, caller: Process, shift: TimeShift): Mounts {
  const { mnt } = kernel.initialNamespaces;
  const mounts = new Map<Mount, Mount>([[state.kernel.initialNamespaces.mnt.rootMount, mnt.rootMount]]);
  for (const { mount, at, layer, rewritten } of state.mounts) {
    const type = kernel.fileSystemTypes.get(mount.fs.type);
    if (type === undefined) throw new Error(`no file system ${mount.fs.type}`);
    const { fs, root } = type.mount({ caller, host: kernel.vfsHost, source: mount.source, target: at, readOnly: mount.fs.readOnly, data: mount.fs.options });
    if (fs instanceof MemoryFileSystem && layer !== undefined) fs.playBack(layer, { ...shift, rewritten });
    const own = mnt.newMount(fs, root ?? fs.root, mount.source, mount.attributes);
    mnt.attach(own, ownMountPoint(mount, at, caller, mounts));
    mounts.set(mount, own);
  }
  return mounts;
}

function playNetwork(from: Kernel, kernel: Kernel): void {
  const kept = from.initialNamespaces.net;
  const { net } = kernel.initialNamespaces;
  net.addresses.length = 0;
  net.routes.entries.length = 0;
  net.netfilter.takeOver(kept.netfilter);
  net.statistics.takeOver(kept.statistics);
  for (const [index, link] of kept.links) {
    const own = net.links.get(index) ?? net.addLink(link.name, link.kind, link.mac, link.mtu);
    if (own.index !== index || own.name !== link.name) throw new Error(`no network link ${link.name}`);
    own.queueLength = link.queueLength;
    own.up = link.up;
    own.rxBytes = link.rxBytes;
    own.rxPackets = link.rxPackets;
    own.txBytes = link.txBytes;
    own.txPackets = link.txPackets;
  }
  for (const [index, { master }] of kept.links) {
    const own = net.links.get(index);
    if (own !== undefined && master !== undefined) own.master = net.links.get(master.index);
  }
  for (const address of kept.addresses) {
    const link = net.links.get(address.link.index);
    if (link !== undefined) net.addresses.push({ ...address, link, address: ownAddress(address.address, address.link, link) });
  }
  for (const route of kept.routes.entries) {
    const link = route.link === undefined ? undefined : net.links.get(route.link.index);
    net.routes.entries.push({ ...route, link, ...(route.link === undefined || link === undefined ? {} : { network: ownAddress(route.network, route.link, link) }) });
  }
}

/** IPv6's address of a link is made of its MAC. */
function ownAddress(address: string, kept: { readonly mac: string }, own: { readonly mac: string }): string {
  return kept.mac !== own.mac && address === linkLocalOf(kept.mac) ? linkLocalOf(own.mac) : address;
}

function playFiles(state: BootedState, kernel: Kernel, caller: Process, mounts: Mounts): readonly OpenFileDescription[] {
  const { net } = kernel.initialNamespaces;
  const files: OpenFileDescription[] = [];
  for (const kept of state.files) {
    const own = kept.kind === "path" ? reopen(kept, kernel, caller, mounts) : kept.kind === "pseudo-terminal" ? reopenTerminal(kept, kernel, caller, mounts) : kept.socket.twin(net);
    if (own === undefined) throw new Error(`${"name" in kept ? kept.name : "a socket"} is in use`);
    own.references = 0;
    files.push(own);
  }
  for (const [at, kept] of state.files.entries()) {
    if (kept.kind !== "unix" || kept.peer === undefined) continue;
    const own = files[at];
    const peer = files[kept.peer];
    if (own instanceof UnixSocket && peer instanceof UnixSocket) own.peer = peer;
  }
  for (const { key, file } of state.unixSockets) {
    const own = files[file];
    if (!(own instanceof UnixSocket)) continue;
    kernel.unixSockets.set(key, own);
    own.boundAs = key;
  }
  return files;
}

function reopen(kept: Extract<KeptFile, { readonly kind: "path" }>, kernel: Kernel, caller: Process, mounts: Mounts): OpenFileDescription | undefined {
  const flags = (kept.file.statusFlags & (O.ACCMODE | O.APPEND | O.NONBLOCK)) | O.NOCTTY;
  const place = kept.file.path === undefined ? undefined : ownPlace(kept.file.path, mounts);
  const opened = place === undefined ? open(caller, kernel.vfsHost, kept.name, flags) : openPath(caller, kernel.vfsHost, place, flags);
  if (opened.kind !== "description") return undefined;
  if (opened.description instanceof RegularFile) opened.description.seek(kept.offset, "set");
  return opened.description;
}

/** By what it is and not by its name: /dev/tty means another one for each caller. */
function reopenTerminal({ file, name }: Extract<KeptFile, { readonly kind: "pseudo-terminal" }>, kernel: Kernel, caller: Process, mounts: Mounts): OpenFileDescription | undefined {
  const own = kernel.terminals.find(file.terminal.major, file.terminal.minor);
  const place = file.path === undefined ? undefined : ownPlace(file.path, mounts);
  return own === undefined ? undefined : new TerminalDescription(own, file.statusFlags, place ?? resolve(caller, name));
}

function queuesOf({ waitsFor }: KeptProcess, process: Process, files: readonly OpenFileDescription[]): readonly WaitQueue[] | undefined {
  if (waitsFor.length === 0) return undefined;
  // without the room that pushing leaves behind them
  return waitsFor.map((what) => (what === "children" ? undefined : files[what]?.waiters) ?? process.childQueue);
}

/** Since boot. A program that waited for a full minute of the clock waits for that of this machine. */
function wakeTime(kept: KeptProcess, from: Kernel, kernel: Kernel): number | undefined {
  const { wakesAtUs } = kept;
  if (wakesAtUs === undefined || (from.bootEpochUs + wakesAtUs) % MINUTE_US !== 0) return wakesAtUs;
  const nowUs = kernel.realtimeUs();
  return kernel.nowUs + MINUTE_US - (nowUs % MINUTE_US);
}
