// What a boot made of a kernel, to be set up in other kernels of the same machine without booting them: mounts, control groups, addresses, processes with their
// descriptors. The programs sleep as their records (call-record.ts); files are frozen layers that all share. Only what daemons of a quiet machine hold is known
// here: `keepBoot` says no for anything else, and such a machine boots in full.
import { type CallRecord, type CallRecorder, identify } from "./call-record.ts";
import { SimpleDevice } from "./core-devices.ts";
import type { Cgroup } from "./cgroup.ts";
import type { Kernel } from "./kernel.ts";
import type { KernelLogEntry } from "./kernel-log.ts";
import { mentions, renamedBytes, type Renaming } from "./kept-identity.ts";
import { InetSocket } from "./net/inet-socket.ts";
import { UnixSocket } from "./net/unix-socket.ts";
import type { OpenFileDescription } from "./open-file-description.ts";
import { bootId } from "./proc/sysctl-files.ts";
import type { Process } from "./process.ts";
import type { Terminal } from "./tty/terminal.ts";
import { TerminalDescription } from "./tty/terminal-description.ts";
import { Contents } from "./vfs/contents.ts";
import type { FileSystem } from "./vfs/file-system.ts";
import { MemoryFileSystem, type PlayedLayer } from "./vfs/memory-file-system.ts";
import type { FrozenLayer } from "./vfs/memory-node.ts";
import type { Mount } from "./vfs/mount.ts";
import { type Path, pathName } from "./vfs/path.ts";
import { RegularFile } from "./vfs/regular-file.ts";
import type { WaitQueue } from "./wait-queue.ts";

type Rewritten = PlayedLayer["rewritten"];

interface KeptMount {
  readonly mount: Mount;
  readonly at: string;
  readonly layer: FrozenLayer | undefined;
  readonly rewritten: Rewritten;
}

/** `peer`: the number of the file at the other end. */
export type KeptFile =
  | { readonly kind: "unix"; readonly socket: UnixSocket; peer: number | undefined }
  | { readonly kind: "inet"; readonly socket: InetSocket }
  | { readonly kind: "pseudo-terminal"; readonly file: TerminalDescription; readonly name: string }
  | { readonly kind: "path"; readonly file: OpenFileDescription; readonly name: string; readonly offset: number };

export interface KeptProcess {
  readonly process: Process;
  readonly record: CallRecord;
  /** by their numbers in the state */
  readonly files: readonly { readonly fd: number; readonly file: number; readonly cloexec: boolean }[];
  /** what it waits for: the ends of children, or files */
  readonly waitsFor: readonly ("children" | number)[];
  /** the number of its control group in the state; undefined: the root of all */
  readonly cgroup: number | undefined;
  readonly executable: string | undefined;
  readonly wakesAtUs: number | undefined;
  /** that it controls */
  readonly terminal: Terminal | undefined;
  /** undefined: the root */
  readonly directory: string | undefined;
}

export interface BootedState {
  readonly kernel: Kernel;
  readonly log: readonly KernelLogEntry[];
  readonly root: FrozenLayer;
  readonly rootRewritten: Rewritten;
  readonly mounts: readonly KeptMount[];
  /** `parent`: a number in this list; undefined: the root of all */
  readonly groups: readonly { readonly group: Cgroup; readonly parent: number | undefined }[];
  /** in the order of their making: ss lists them so */
  readonly files: readonly KeptFile[];
  /** the files that bear these names */
  readonly unixSockets: readonly { readonly key: string; readonly file: number }[];
  readonly processes: readonly KeptProcess[];
  /** words in all this that each machine has its own of, beside its boot id; none: all share that too */
  readonly identity: readonly string[];
  /** the lines of the log with such words */
  readonly identifiedLines: ReadonlySet<number>;
}

type Rewriter = (contents: Contents, byUs: number, renaming: Renaming) => Contents;

/** By the names of files: how their contents follow the time of the machine. `renames`: the machine's own words too, which are put there otherwise. */
export type Rewriters = ReadonlyMap<string, { readonly rewrite: Rewriter; readonly renames?: true }>;

const NOTHING: Rewritten = new Map();

/**
 * A reason why the machine's state cannot be kept, or the state. The kernel must not run any more. `recorder` saw all that its programs did. `identity`: words that
 * each machine has its own of. `session`: a process that was forked from outside, for whose program playBoot asks.
 */
export function keepBoot(kernel: Kernel, recorder: CallRecorder, root: MemoryFileSystem, rewriters: Rewriters, identity: readonly string[], session?: Process): BootedState | string {
  const { initialNamespaces: namespaces } = kernel;
  if (kernel.netNamespaces.size > 0 || kernel.fifos.size > 0 || kernel.guests.running.size > 0) return "it has namespaces, pipes or guests";
  const found = new Map<OpenFileDescription, KeptFile>();
  const sleepers: Sleeper[] = [];
  for (const process of kernel.processes.values()) {
    const record = recorder.recordOf(process);
    const who = `${process.comm} (${process.pid})`;
    if (record === undefined || (record.program === undefined && process.pid !== 1 && process !== session)) return `${who} was forked and runs on`;
    if (process.runState !== "sleeping" || process.stoppedBy !== 0 || process.threads.size > 0 || process.threadOf !== undefined || process.alarmTimer !== undefined) return `${who} is not just asleep`;
    if ((process.pendingSignals?.length ?? 0) > 0 || (process.untakenSignals?.length ?? 0) > 0) return `${who} has signals to take`;
    const { terminal } = process;
    if (process.group.session.leader !== process || (terminal !== undefined && (terminal.foreground !== process.group || terminal.discipline.readable))) return `${who} is part of a session`;
    if (Object.values(process.namespaces).some((namespace) => !Object.values(namespaces).includes(namespace))) return `${who} has namespaces of its own`;
    const own: { fd: number; file: OpenFileDescription; cloexec: boolean }[] = [];
    for (const [fd, file] of process.descriptors.entries()) {
      const kept = found.get(file) ?? keepFile(process, file);
      if (kept === undefined) return `${who} has ${file.label ?? "a file"} open`;
      found.set(file, kept);
      own.push({ fd, file, cloexec: process.descriptors.getCloexec(fd) });
    }
    const queues = new Set<WaitQueue | undefined>([...own.map(({ file }) => file.waiters), process.childQueue]);
    if (process.waitingOn.some((queue) => !queues.has(queue))) return `${who} waits for something else`;
    sleepers.push({ process, record, own, terminal });
  }
  for (const link of namespaces.net.links.values()) if (link.kind !== "loopback" && link.kind !== "ether" && link.kind !== "bridge" && link.kind !== "dummy") return `it has a network link ${link.name}`;
  if (namespaces.net.netfilter.tracks) return "its packet filter follows connections";
  for (const socket of namespaces.net.sockets.unix) if (!found.has(socket)) return "a socket waits to be accepted";
  const words = wordsOf(kernel, identity);
  if (words.length > 0) for (const { record } of sleepers) identify(record, words);
  const rootPath = namespaces.mnt.root();
  const mounts: KeptMount[] = [];
  for (const mount of namespaces.mnt.mounts) {
    const { fs, mountPoint } = mount;
    if (mountPoint === undefined) continue;
    const at = pathName(rootPath, { mount, node: mount.root, parent: 0, name: "" });
    mounts.push({ mount, at, layer: fs instanceof MemoryFileSystem ? fs.snapshot() : undefined, rewritten: rewrittenOf(fs, at, rewriters, words) });
  }
  const cgroups = [...kernel.cgroups.root.descendants()].filter((group) => group.parent !== undefined).sort((a, b) => a.inode - b.inode);
  const cgroupNumbers = numbersOf(cgroups);
  const groups = cgroups.map((group) => ({ group, parent: group.parent === undefined ? undefined : cgroupNumbers.get(group.parent) }));
  const entries = [...found].sort(([a], [b]) => madeAt(a) - madeAt(b));
  const numbers = numbersOf(entries.map(([file]) => file));
  const numberOf = (file: OpenFileDescription): number => {
    const number = numbers.get(file);
    if (number === undefined) throw new Error("a file that nobody has open");
    return number;
  };
  for (const [, kept] of entries) if (kept.kind === "unix") kept.peer = kept.socket.peer === undefined ? undefined : numbers.get(kept.socket.peer);
  const unixSockets = [...kernel.unixSockets].flatMap(([key, socket]) => (numbers.has(socket) ? [{ key, file: numberOf(socket) }] : []));
  const processes = sleepers.map(({ process, record, own, terminal }): KeptProcess => ({
    process, record, terminal, cgroup: cgroupNumbers.get(process.cgroup), executable: process.executable === undefined ? undefined : pathName(process.root, process.executable),
    directory: isRoot(process.cwd, rootPath) ? undefined : pathName(process.root, process.cwd), wakesAtUs: record.parked ? kernel.nowUs : process.wakesAtUs, files: own.map(({ fd, file, cloexec }) => ({ fd, cloexec, file: numberOf(file) })),
    waitsFor: process.waitingOn.map((queue) => {
      const file = queue === process.childQueue ? undefined : own.find((one) => one.file.waiters === queue)?.file;
      return file === undefined ? "children" : numberOf(file);
    }),
  }));
  const log = kernel.log.lines();
  const identifiedLines = new Set([...log.keys()].filter((at) => mentions(log[at]?.text, words)));
  return { kernel, identity, identifiedLines, log, root: root.snapshot(), rootRewritten: rewrittenOf(root, "", rewriters, words), mounts, groups, files: entries.map(([, kept]) => kept), unixSockets, processes };
}

function isRoot(path: Path, root: Path): boolean {
  return path.mount === root.mount && path.node === root.node;
}

interface Sleeper extends Pick<KeptProcess, "process" | "record" | "terminal"> {
  readonly own: readonly { readonly fd: number; readonly file: OpenFileDescription; readonly cloexec: boolean }[];
}

function numbersOf<T>(items: readonly T[]): ReadonlyMap<T, number> {
  return new Map(items.map((item, number) => [item, number]));
}

/** A boot id stands in files with hyphens and without. */
export function wordsOf(kernel: Kernel, identity: readonly string[]): readonly string[] {
  const id = bootId(kernel);
  return identity.length === 0 ? [] : [id, id.replaceAll("-", ""), ...identity];
}

function keepFile(process: Process, file: OpenFileDescription): KeptFile | undefined {
  if (file instanceof UnixSocket) return { kind: "unix", socket: file, peer: undefined };
  if (file instanceof InetSocket) return { kind: "inet", socket: file };
  if (file instanceof TerminalDescription && file.terminal.isPseudo && file.path !== undefined) return { kind: "pseudo-terminal", file, name: pathName(process.root, file.path) };
  if (file instanceof RegularFile) return { kind: "path", file, name: pathName(process.root, file.path), offset: file.offset };
  if ((file instanceof SimpleDevice || file instanceof TerminalDescription || file.opensAgain === true) && file.path !== undefined) return { kind: "path", file, name: pathName(process.root, file.path), offset: 0 };
  return undefined;
}

function rewrittenOf(fs: FileSystem, at: string, rewriters: Rewriters, words: readonly string[]): Rewritten {
  if (!(fs instanceof MemoryFileSystem)) return NOTHING;
  const found = new Map<number, Rewriter>();
  if (words.length > 0) for (const [ino, node] of fs.differences().nodes) if (node?.body instanceof Contents && mentions([...node.body.pieces()].map((piece) => piece.data), words)) found.set(ino, renamedContents);
  for (const [name, { rewrite, renames = false }] of rewriters) {
    if (!name.startsWith(`${at}/`)) continue;
    let node = fs.root;
    for (const part of name.slice(at.length + 1).split("/")) node = node === 0 ? 0 : fs.lookup(node, part);
    const hasWords = found.has(node);
    if (node !== 0) found.set(node, hasWords && !renames ? (contents, byUs, renaming) => renamedContents(rewrite(contents, byUs, renaming), byUs, renaming) : rewrite);
  }
  return found;
}

function renamedContents(contents: Contents, _byUs: number, renaming: Renaming): Contents {
  return Contents.fromPieces(contents.sizeBytes, [...contents.pieces()].map((piece) => (typeof piece.data === "string" ? piece : { ...piece, data: renamedBytes(piece.data, renaming) })));
}

function madeAt(file: OpenFileDescription): number {
  return file instanceof UnixSocket || file instanceof InetSocket ? file.inode : 0;
}
