// What a boot made of a kernel, to be set up in other kernels of the same machine without booting them: mounts, control groups, addresses, processes with their
// descriptors. The programs sleep as their records (call-record.ts); files are frozen layers that all share. Only what daemons of a quiet machine hold is known
// here: `keepBoot` says no for anything else, and such a machine boots in full.
import { type CallRecord, type CallRecorder, DormantProgram, identify, type TimeShift } from "./call-record.ts";
import { SimpleDevice } from "./core-devices.ts";
import type { Cgroup } from "./cgroup.ts";
import type { Kernel } from "./kernel.ts";
import type { KernelLogEntry } from "./kernel-log.ts";
import { mentions, renamedBytes, renamedText, type Renaming } from "./kept-identity.ts";
import { ownGroup } from "./lifecycle.ts";
import { linkLocalOf } from "./net/address.ts";
import { InetSocket } from "./net/inet-socket.ts";
import { UnixSocket } from "./net/unix-socket.ts";
import type { OpenFileDescription } from "./open-file-description.ts";
import { bootId, setBootId } from "./proc/sysctl-files.ts";
import { PidIdentity } from "./process-group.ts";
import { Process } from "./process.ts";
import { makeSys } from "./process-sys.ts";
import { type Blocking, O, type Sys } from "./sys.ts";
import { copySysctlValues } from "./sysctls.ts";
import type { Terminal } from "./tty/terminal.ts";
import { TerminalDescription } from "./tty/terminal-description.ts";
import { Contents } from "./vfs/contents.ts";
import type { FileSystem } from "./vfs/file-system.ts";
import { MemoryFileSystem, type PlayedLayer } from "./vfs/memory-file-system.ts";
import type { FrozenLayer } from "./vfs/memory-node.ts";
import type { Mount } from "./vfs/mount.ts";
import { open } from "./vfs/open.ts";
import { pathName } from "./vfs/path.ts";
import { RegularFile } from "./vfs/regular-file.ts";
import { resolve } from "./vfs/resolve.ts";
import type { WaitQueue } from "./wait-queue.ts";

type Rewritten = PlayedLayer["rewritten"];

interface KeptMount {
  readonly mount: Mount;
  readonly at: string;
  readonly layer: FrozenLayer | undefined;
  readonly rewritten: Rewritten;
}

type KeptFile =
  | { readonly kind: "unix"; readonly socket: UnixSocket }
  | { readonly kind: "inet"; readonly socket: InetSocket }
  | { readonly kind: "path"; readonly file: OpenFileDescription; readonly name: string; readonly offset: number };

interface KeptProcess {
  readonly process: Process;
  readonly record: CallRecord;
  readonly files: readonly { readonly fd: number; readonly file: OpenFileDescription; readonly cloexec: boolean }[];
  readonly executable: string | undefined;
  readonly wakesAtUs: number | undefined;
  /** that it controls */
  readonly terminal: Terminal | undefined;
}

export interface BootedState {
  readonly kernel: Kernel;
  readonly log: readonly KernelLogEntry[];
  readonly root: FrozenLayer;
  readonly rootRewritten: Rewritten;
  readonly mounts: readonly KeptMount[];
  readonly groups: readonly Cgroup[];
  readonly files: ReadonlyMap<OpenFileDescription, KeptFile>;
  readonly processes: readonly KeptProcess[];
  /** words in all this that each machine has its own of, beside its boot id; none: all share that too */
  readonly identity: readonly string[];
  /** the lines of the log with such words */
  readonly identifiedLines: ReadonlySet<number>;
}

type Rewriter = (contents: Contents, byUs: number, renaming: Renaming) => Contents;

/** By the names of files: how their contents follow the time of the machine. */
export type Rewriters = ReadonlyMap<string, Rewriter>;

const NOTHING: Rewritten = new Map();
const MINUTE_US = 60_000_000;

/**
 * A reason why the machine's state cannot be kept, or the state. The kernel must not run any more. `recorder` saw all that its programs did. `identity`: words that
 * each machine has its own of.
 */
export function keepBoot(kernel: Kernel, recorder: CallRecorder, root: MemoryFileSystem, rewriters: Rewriters, identity: readonly string[]): BootedState | string {
  const { initialNamespaces: namespaces } = kernel;
  if (kernel.netNamespaces.size > 0 || kernel.fifos.size > 0 || kernel.guests.running.size > 0) return "it has namespaces, pipes or guests";
  const files = new Map<OpenFileDescription, KeptFile>();
  const processes: KeptProcess[] = [];
  for (const process of kernel.processes.values()) {
    const record = recorder.recordOf(process);
    const who = `${process.comm} (${process.pid})`;
    if (record === undefined || (record.program === undefined && process.pid !== 1)) return `${who} was forked and runs on`;
    if (process.runState !== "sleeping" || process.stoppedBy !== 0 || process.threads.size > 0 || process.threadOf !== undefined || process.alarmTimer !== undefined) return `${who} is not just asleep`;
    if ((process.pendingSignals?.length ?? 0) > 0 || (process.untakenSignals?.length ?? 0) > 0) return `${who} has signals to take`;
    const { terminal } = process;
    if (process.group.session.leader !== process || (terminal !== undefined && (terminal.foreground !== process.group || terminal.discipline.readable))) return `${who} is part of a session`;
    if (Object.values(process.namespaces).some((namespace) => !Object.values(namespaces).includes(namespace))) return `${who} has namespaces of its own`;
    const own: { fd: number; file: OpenFileDescription; cloexec: boolean }[] = [];
    for (const [fd, file] of process.descriptors.entries()) {
      const kept = files.get(file) ?? keepFile(process, file);
      if (kept === undefined) return `${who} has ${file.label ?? "a file"} open`;
      files.set(file, kept);
      own.push({ fd, file, cloexec: process.descriptors.getCloexec(fd) });
    }
    const queues = new Set<WaitQueue | undefined>([...own.map(({ file }) => file.waiters), process.childQueue]);
    if (process.waitingOn.some((queue) => !queues.has(queue))) return `${who} waits for something else`;
    processes.push({ process, record, files: own, executable: process.executable === undefined ? undefined : pathName(process.root, process.executable), wakesAtUs: record.parked ? kernel.nowUs : process.wakesAtUs, terminal });
  }
  for (const link of namespaces.net.links.values()) if (link.kind !== "loopback" && link.kind !== "ether" && link.kind !== "bridge" && link.kind !== "dummy") return `it has a network link ${link.name}`;
  if (namespaces.net.netfilter.tracks) return "its packet filter follows connections";
  for (const socket of namespaces.net.sockets.unix) if (!files.has(socket)) return "a socket waits to be accepted";
  const words = wordsOf(kernel, identity);
  if (words.length > 0) for (const { record } of processes) identify(record, words);
  const rootPath = namespaces.mnt.root();
  const mounts: KeptMount[] = [];
  for (const mount of namespaces.mnt.mounts) {
    const { fs, mountPoint } = mount;
    if (mountPoint === undefined) continue;
    const at = pathName(rootPath, { mount, node: mount.root, parent: 0, name: "" });
    mounts.push({ mount, at, layer: fs instanceof MemoryFileSystem ? fs.snapshot() : undefined, rewritten: rewrittenOf(fs, at, rewriters, words) });
  }
  const groups = [...kernel.cgroups.root.descendants()].filter((group) => group.parent !== undefined).sort((a, b) => a.inode - b.inode);
  const log = kernel.log.lines();
  const identifiedLines = new Set([...log.keys()].filter((at) => mentions(log[at]?.text, words)));
  return { kernel, identity, identifiedLines, log, root: root.snapshot(), rootRewritten: rewrittenOf(root, "", rewriters, words), mounts, groups, files, processes };
}

/** A boot id stands in files with hyphens and without. */
function wordsOf(kernel: Kernel, identity: readonly string[]): readonly string[] {
  const id = bootId(kernel);
  return identity.length === 0 ? [] : [id, id.replaceAll("-", ""), ...identity];
}

function keepFile(process: Process, file: OpenFileDescription): KeptFile | undefined {
  if (file instanceof UnixSocket) return { kind: "unix", socket: file };
  if (file instanceof InetSocket) return { kind: "inet", socket: file };
  if (file instanceof RegularFile) return { kind: "path", file, name: pathName(process.root, file.path), offset: file.offset };
  if ((file instanceof SimpleDevice || file instanceof TerminalDescription || file.opensAgain === true) && file.path !== undefined) return { kind: "path", file, name: pathName(process.root, file.path), offset: 0 };
  return undefined;
}

function rewrittenOf(fs: FileSystem, at: string, rewriters: Rewriters, words: readonly string[]): Rewritten {
  if (!(fs instanceof MemoryFileSystem)) return NOTHING;
  const found = new Map<number, Rewriter>();
  if (words.length > 0) for (const [ino, node] of fs.differences().nodes) if (node?.body instanceof Contents && mentions([...node.body.pieces()].map((piece) => piece.data), words)) found.set(ino, renamedContents);
  for (const [name, rewrite] of rewriters) {
    if (!name.startsWith(`${at}/`)) continue;
    let node = fs.root;
    for (const part of name.slice(at.length + 1).split("/")) node = node === 0 ? 0 : fs.lookup(node, part);
    const renames = found.has(node);
    if (node !== 0) found.set(node, renames ? (contents, byUs, renaming) => renamedContents(rewrite(contents, byUs, renaming), byUs, renaming) : rewrite);
  }
  return found;
}

function renamedContents(contents: Contents, _byUs: number, renaming: Renaming): Contents {
  return Contents.fromPieces(contents.sizeBytes, [...contents.pieces()].map((piece) => (typeof piece.data === "string" ? piece : { ...piece, data: renamedBytes(piece.data, renaming) })));
}

/**
 * Sets all of it up in a kernel that was just made for the same machine; `root` is its disk. `init` is the program of process 1. The kernel's clock then stands
 * where the kept one's stood. `identity`: this machine's own words, in the order of the kept ones. Throws when the kernel cannot take it: the two machines differ.
 */
export function playBoot(state: BootedState, kernel: Kernel, root: MemoryFileSystem, init: (sys: Sys) => Blocking<number>, identity: readonly string[] = []): void {
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
  playMounts(state, kernel, first, shift);
  playNetwork(from, kernel);
  const files = playFiles(state, kernel, first);
  kernel.advanceTo(from.nowUs);
  for (const [at, kept] of state.processes.entries()) {
    const process = made[at];
    if (process === undefined) continue;
    if (kept.executable !== undefined) process.image = { ...process.image, executable: resolve(first, kept.executable) };
    for (const { fd, file, cloexec } of kept.files) {
      const own = files.get(file);
      if (own === undefined) continue;
      own.references++;
      process.descriptors.set(fd, own, cloexec);
    }
    if (kept.terminal !== undefined) playTerminal(kept.terminal, process, kernel);
    process.dormant = new DormantProgram(kept.record, shift, process.pid === 1 ? init : undefined);
    process.beAsleep(queuesOf(kept, process, files), wakeTime(kept, from, kernel), kept.process.channel);
  }
  for (const file of files.values()) if (file.references === 0) file.release();
  kernel.openFiles = from.openFiles;
  kernel.numbers = from.numbers;
  kernel.forks = from.forks;
  kernel.storageBytes = from.storageBytes;
  kernel.scheduler.busyUs = from.scheduler.busyUs;
  kernel.scheduler.contextSwitches = from.scheduler.contextSwitches;
  kernel.initialNamespaces.pid.lastPid = from.initialNamespaces.pid.lastPid;
}

function playTerminal(kept: Terminal, process: Process, kernel: Kernel): void {
  const own = kernel.terminals.find(kept.major, kept.minor);
  if (own === undefined) throw new Error(`no terminal ${kept.name}`);
  own.setControllingSession(process.group.session, process.group);
  own.takeOver(kept);
}

function playGroups(state: BootedState, kernel: Kernel): ReadonlyMap<Cgroup, Cgroup> {
  const groups = new Map<Cgroup, Cgroup>([[state.kernel.cgroups.root, kernel.cgroups.root]]);
  for (const kept of state.groups) {
    const parent = kept.parent === undefined ? undefined : groups.get(kept.parent);
    if (parent === undefined) throw new Error(`control group ${kept.path} without its parent`);
    groups.set(kept, parent.create(kept.name));
  }
  for (const [kept, group] of groups) group.takeOver(kept);
  return groups;
}

function playProcess(kept: KeptProcess, kernel: Kernel, groups: ReadonlyMap<Cgroup, Cgroup>, processes: Map<Process, Process>): Process {
  const { process: from } = kept;
  const namespaces = kernel.initialNamespaces;
  const root = namespaces.mnt.root();
  const cgroup = groups.get(from.cgroup) ?? kernel.cgroups.root;
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

function playMounts(state: BootedState, kernel: Kernel, caller: Process, shift: TimeShift): void {
  const { mnt } = kernel.initialNamespaces;
  for (const { mount, at, layer, rewritten } of state.mounts) {
    const type = kernel.fileSystemTypes.get(mount.fs.type);
    if (type === undefined) throw new Error(`no file system ${mount.fs.type}`);
    const { fs, root } = type.mount({ caller, host: kernel.vfsHost, source: mount.source, target: at, readOnly: mount.fs.readOnly, data: mount.fs.options });
    if (fs instanceof MemoryFileSystem && layer !== undefined) fs.playBack(layer, { ...shift, rewritten });
    mnt.attach(mnt.newMount(fs, root ?? fs.root, mount.source, mount.attributes), resolve(caller, at));
  }
}

function playNetwork(from: Kernel, kernel: Kernel): void {
  const kept = from.initialNamespaces.net;
  const { net } = kernel.initialNamespaces;
  net.addresses.length = 0;
  net.routes.entries.length = 0;
  net.netfilter.takeOver(kept.netfilter);
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

function playFiles(state: BootedState, kernel: Kernel, caller: Process): ReadonlyMap<OpenFileDescription, OpenFileDescription> {
  const { net } = kernel.initialNamespaces;
  const files = new Map<OpenFileDescription, OpenFileDescription>();
  const unix = new Map<UnixSocket, UnixSocket>();
  // in the order of their making: ss lists them so
  for (const [file, kept] of [...state.files].sort(([a], [b]) => madeAt(a) - madeAt(b))) {
    const own = kept.kind === "path" ? reopen(kept, kernel, caller) : kept.socket.twin(net);
    if (own === undefined) throw new Error(`${file.label ?? "a file"} is in use`);
    own.references = 0;
    files.set(file, own);
    if (kept.kind === "unix" && own instanceof UnixSocket) unix.set(kept.socket, own);
  }
  for (const [kept, own] of unix) own.peer = kept.peer === undefined ? undefined : unix.get(kept.peer);
  for (const [key, kept] of state.kernel.unixSockets) {
    const own = unix.get(kept);
    if (own === undefined) continue;
    kernel.unixSockets.set(key, own);
    own.boundAs = key;
  }
  return files;
}

function madeAt(file: OpenFileDescription): number {
  return file instanceof UnixSocket || file instanceof InetSocket ? file.inode : 0;
}

function reopen(kept: Extract<KeptFile, { readonly kind: "path" }>, kernel: Kernel, caller: Process): OpenFileDescription | undefined {
  const opened = open(caller, kernel.vfsHost, kept.name, (kept.file.statusFlags & (O.ACCMODE | O.APPEND | O.NONBLOCK)) | O.NOCTTY);
  if (opened.kind !== "description") return undefined;
  if (opened.description instanceof RegularFile) opened.description.seek(kept.offset, "set");
  return opened.description;
}

function queuesOf(kept: KeptProcess, process: Process, files: ReadonlyMap<OpenFileDescription, OpenFileDescription>): readonly WaitQueue[] | undefined {
  const { waitingOn } = kept.process;
  if (waitingOn.length === 0) return undefined;
  const queues: WaitQueue[] = [];
  for (const queue of waitingOn) {
    const file = queue === kept.process.childQueue ? undefined : kept.files.find((one) => one.file.waiters === queue);
    const own = file === undefined ? process.childQueue : files.get(file.file)?.waiters;
    if (own !== undefined) queues.push(own);
  }
  // without the room that pushing leaves behind them
  return queues.slice();
}

/** Since boot. A program that waited for a full minute of the clock waits for that of this machine. */
function wakeTime(kept: KeptProcess, from: Kernel, kernel: Kernel): number | undefined {
  const { wakesAtUs } = kept;
  if (wakesAtUs === undefined || (from.bootEpochUs + wakesAtUs) % MINUTE_US !== 0) return wakesAtUs;
  const nowUs = kernel.realtimeUs();
  return kernel.nowUs + MINUTE_US - (nowUs % MINUTE_US);
}
