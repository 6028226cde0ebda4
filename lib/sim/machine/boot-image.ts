// A machine that has booted, made once for each host and set up in every session of it: a session begins where the boot ended, and its daemons sleep as records
// until something wakes them (kernel/call-record.ts). A host whose boot cannot be kept like this boots in full.
import { CallRecorder } from "../kernel/call-record.ts";
import { type BootedState, keepBoot, type Rewriters } from "../kernel/booted-state.ts";
import { playBoot } from "../kernel/play-boot.ts";
import { renamedBytes, type Renaming } from "../kernel/kept-identity.ts";
import type { Kernel } from "../kernel/kernel.ts";
import { type Blocking, decode, encode, type Sys } from "../kernel/sys.ts";
import { Contents, LazyBytes } from "../kernel/vfs/contents.ts";
import { MemoryFileSystem } from "../kernel/vfs/memory-file-system.ts";
import { superviseMachine } from "../daemons/systemd/daemon.ts";
import { moveTimes } from "../daemons/docker/api/human.ts";
import { moveJournalTimes } from "../daemons/systemd/api/journal.ts";
import { moveUtmpTimes, UTMP_PATH, WTMP_PATH } from "../daemons/systemd/api/utmp-record.ts";
import type { GuestSetup } from "./guest-setup.ts";
import type { HostDescription } from "./host-description.ts";
import { loginSession, sshListener } from "./login-session.ts";
import { kernelBootUs, rootDisk, switchedOn } from "./switched-on.ts";

/** A machine on the bench. */
interface Bench {
  readonly kernel: Kernel;
  readonly disk: MemoryFileSystem;
  /** what was written to its serial line, and when */
  readonly console: readonly ConsoleOutput[];
  /** it sent something to its network: its boot concerns others */
  readonly wasHeard: boolean;
}

export interface ConsoleOutput {
  /** since boot */
  readonly atUs: number;
  readonly bytes: Uint8Array;
}

export interface BootImage {
  readonly state: BootedState;
  readonly console: readonly ConsoleOutput[];
}

/** What is booted: the description with its own words (kept-identity.ts), of which there are none when all its machines share them. */
export interface BootPlan {
  readonly host: HostDescription;
  readonly guest: GuestSetup | undefined;
  readonly identity: readonly string[];
}

type Init = (sys: Sys) => Blocking<number>;

/**
 * When its process 1 starts: 2037-01-01 00:00:30 UTC. Later than any file of an image and any session, so that realtimes from there on can be told from others, and
 * moved to the time of whoever plays the boot.
 */
const keptEpochUs = 2_114_380_830_000_000;
/** A boot that went otherwise in time, to see which files tell the time. */
const otherEpochUs = keptEpochUs - 86_461_234_567;
/** From the start of process 1 until its daemons have come to rest: cron waits a second before its first look. */
const settledAfterUs = 1_200_000;
const mostSteps = 20_000_000;
/** A shell that has not said its prompt by then waits for something. */
const startFilesUs = 10_000_000;

/** dockerd's networks */
const NETWORKS_PATH = "/var/lib/docker/network/files/local-kv.db";

const benchSeed = 0x686f_7465;
const otherSeed = 0x7365_6564;

const images = new Map<string, BootedState | undefined>();

/** The kept boot of a host; undefined when it boots in full. */
export function bootImage(host: HostDescription): BootedState | undefined {
  if (images.has(host.name)) return images.get(host.name);
  const plan = { host, guest: undefined, identity: [] };
  const made = keptBoot(plan, plan);
  const state = typeof made === "string" ? undefined : made.state;
  images.set(host.name, state);
  return state;
}

/** A machine at whose first terminal somebody has just logged in: the start files have been read, the shell is about to say its first prompt. */
export interface LoginImage {
  readonly state: BootedState;
  /** the pid of what sshd forked for it; its program is loginSession of `terminal` */
  readonly session: number;
  /** below /dev */
  readonly terminal: string;
}

const loginImages = new Map<string, LoginImage | undefined>();

/** Undefined where the boot is not kept, and where the shell does or says more before its prompt than can be kept. */
export function loginImage(host: HostDescription, user: string): LoginImage | undefined {
  const name = `${host.name} ${user}`;
  if (!loginImages.has(name)) loginImages.set(name, bootImage(host) === undefined ? undefined : keptLogin({ host, guest: undefined, identity: [] }, user));
  return loginImages.get(name);
}

function keptLogin(plan: BootPlan, user: string): LoginImage | undefined {
  const recorder = new CallRecorder(false, true);
  const bench = bootOnce(plan, benchSeed, keptEpochUs, recorder);
  const { kernel, disk } = bench;
  let said = false;
  const terminal = kernel.openTerminal({ rows: 24, cols: 80, onOutput: () => {
    said = true;
  } }).name;
  const parent = sshListener(kernel);
  if (parent === undefined) return undefined;
  const session = kernel.spawn({ argv: ["sshd"], parent, entry: loginSession({ user, terminal }) });
  kernel.step(kernel.nowUs + startFilesUs, mostSteps, () => recorder.keptOne);
  if (!recorder.keptOne || said || bench.wasHeard) return undefined;
  const state = keepBoot(kernel, recorder, disk, rewriters(disk), [], session);
  if (typeof state === "string") return undefined;
  const image = { state, session: session.pid, terminal };
  const played = makeBench(plan, otherSeed, otherEpochUs, undefined);
  played.kernel.openTerminal({ rows: 24, cols: 80 });
  try {
    playBoot(state, played.kernel, played.disk, new Map([[1, processOne], [image.session, loginSession({ user, terminal })]]));
  } catch {
    return undefined;
  }
  return image;
}

/** `other`: the same with other words, to try whether the boot can be kept. The reason when it cannot. */
export function keptBoot(plan: BootPlan, other: BootPlan): BootImage | string {
  const ownWords = plan.identity.length > 0;
  const recorder = new CallRecorder(plan.guest !== undefined);
  const first = bootOnce(plan, benchSeed, keptEpochUs, recorder);
  if (first.wasHeard) return "it speaks to its network while it boots";
  const state = keepBoot(first.kernel, recorder, first.disk, rewriters(first.disk), plan.identity);
  if (typeof state === "string") return state;
  try {
    return firstDifference(state, first, other, ownWords ? otherSeed : benchSeed) ?? { state, console: first.console };
  } catch (error) {
    // a daemon that does not run through its own record
    return error instanceof Error ? error.message : "it cannot be played back";
  }
}

function makeBench({ host, guest }: BootPlan, seed: number, epochUs: number, recorder: CallRecorder | undefined): Bench {
  let made: Kernel | undefined;
  const console: ConsoleOutput[] = [];
  const disk = rootDisk(host, guest, () => made, epochUs);
  const state = { wasHeard: false };
  const kernel = switchedOn({
    host, guest, root: disk, seed, bootEpochUs: epochUs - kernelBootUs, wire: () => {
      state.wasHeard = true;
    }, ...(recorder === undefined ? {} : { recorder }),
  }).made;
  made = kernel;
  if (guest !== undefined) kernel.openTerminal({ rows: 24, cols: 80, name: "ttyS0", onOutput: (bytes) => console.push({ atUs: kernel.nowUs, bytes: bytes.slice() }) });
  return {
    kernel, disk, console,
    get wasHeard() {
      return state.wasHeard;
    },
  };
}

function bootOnce(plan: BootPlan, seed: number, epochUs: number, recorder: CallRecorder | undefined): Bench {
  const bench = makeBench(plan, seed, epochUs, recorder);
  const { kernel } = bench;
  const startUs = kernel.nowUs;
  kernel.spawn({ argv: ["/sbin/init"], executable: "/sbin/init", entry: processOne });
  kernel.step(startUs + settledAfterUs, mostSteps);
  return bench;
}

const processOne: Init = (sys) => superviseMachine(sys, () => undefined);

/** Plays it and boots another one at another time: all files must be the same, and every program must find its way through its record. */
function firstDifference(state: BootedState, kept: Bench, plan: BootPlan, seed: number): string | undefined {
  const real = bootOnce(plan, seed, otherEpochUs, plan.guest === undefined ? undefined : new CallRecorder(true));
  const played = makeBench(plan, seed, otherEpochUs, undefined);
  playBoot(state, played.kernel, played.disk, new Map([[1, processOne]]), plan.identity);
  if (real.kernel.realtimeUs() !== played.kernel.realtimeUs()) return "its boot takes longer at another time";
  if (consoleText(real) !== consoleText(kept)) return "its console says something else at another time";
  if (processList(real.kernel) !== processList(played.kernel)) return "it starts other programs at another time";
  for (const process of played.kernel.processes.values()) process.dormant?.lookInto(process);
  const systems: readonly (readonly [MemoryFileSystem, MemoryFileSystem])[] = [[real.disk, played.disk], ...memorySystems(real.kernel, played.kernel)];
  for (const [one, other] of systems) {
    const path = differingFile(one, other, one.root, "");
    if (path !== undefined) return `${path} tells the time in a way that is not known`;
  }
  return undefined;
}

function consoleText(bench: Bench): string {
  return bench.console.map(({ atUs, bytes }) => `${atUs} ${decode(bytes)}`).join("");
}

function processList(kernel: Kernel): string {
  return [...kernel.processes.values()].map((process) => `${process.pid} ${process.commandLine.join(" ")}`).join("\n");
}

function memorySystems(real: Kernel, played: Kernel): readonly (readonly [MemoryFileSystem, MemoryFileSystem])[] {
  const pairs: (readonly [MemoryFileSystem, MemoryFileSystem])[] = [];
  const others = [...played.initialNamespaces.mnt.mounts];
  for (const [at, mount] of [...real.initialNamespaces.mnt.mounts].entries()) {
    const other = others[at]?.fs;
    if (at > 0 && mount.fs instanceof MemoryFileSystem && other instanceof MemoryFileSystem) pairs.push([mount.fs, other]);
  }
  return pairs;
}

/** Only what the boot touched can differ: what neither changed is the same node. */
function differingFile(one: MemoryFileSystem, other: MemoryFileSystem, ino: number, path: string): string | undefined {
  const facts = one.facts(ino);
  const theirs = other.facts(ino);
  if (facts === theirs && one.nodeOf(ino).body === other.nodeOf(ino).body && !one.nodeOf(ino).isDirectory) return undefined;
  if (facts.mode !== theirs.mode || facts.sizeBytes !== theirs.sizeBytes || facts.mtimeUs !== theirs.mtimeUs) return path;
  const body = one.nodeOf(ino).body;
  if (body instanceof Contents) {
    const own = body.read(0, 1 << 16);
    const their = other.contentsOf(ino).read(0, 1 << 16);
    return own.every((byte, at) => byte === their[at]) ? undefined : path;
  }
  if (!one.nodeOf(ino).isDirectory) return undefined;
  for (const { name, ino: child } of one.entries(ino)) {
    if (other.lookup(ino, name) !== child) return `${path}/${name}`;
    const found = differingFile(one, other, child, `${path}/${name}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

function rewriters(disk: MemoryFileSystem): Rewriters {
  const utmp = { rewrite: ofBytes(moveUtmpTimes) };
  const networks = { rewrite: ofBytes((bytes, sinceUs, byUs) => encode(moveTimes(decode(bytes), sinceUs, byUs))) };
  const found = new Map<string, { readonly rewrite: (contents: Contents, byUs: number, renaming: Renaming) => Contents; readonly renames?: true }>([[UTMP_PATH, utmp], [WTMP_PATH, utmp], [NETWORKS_PATH, networks]]);
  let node = disk.root;
  for (const part of ["var", "log", "journal"]) node = node === 0 ? 0 : disk.lookup(node, part);
  if (node !== 0) for (const { name } of disk.entries(node)) found.set(`/var/log/journal/${name}/system.journal`, { rewrite: journalLater, renames: true });
  return found;
}

/** The journal is as long as it was, and few read it. */
function journalLater(contents: Contents, byUs: number, renaming: Renaming): Contents {
  const pieces = [...contents.pieces()].map((piece) => {
    const { start, length, data } = piece;
    return typeof data === "string" ? piece : { start, length, data: new LazyBytes(length, () => renamedBytes(moveJournalTimes(data, keptEpochUs - 60_000_000, byUs), renaming)) };
  });
  return Contents.fromPieces(contents.sizeBytes, pieces);
}

/** Applied to the bytes that were written; holes and allocated space stay what they are. */
function ofBytes(move: (bytes: Uint8Array, sinceUs: number, byUs: number) => Uint8Array): (contents: Contents, byUs: number) => Contents {
  return (contents, byUs) => {
    const pieces = [...contents.pieces()].map((piece) => {
      if (typeof piece.data === "string") return piece;
      const data = move(piece.data, keptEpochUs - 60_000_000, byUs);
      return { start: piece.start, length: data.length, data };
    });
    const last = pieces.at(-1);
    const grown = last === undefined ? 0 : last.length - ([...contents.pieces()].at(-1)?.length ?? 0);
    return Contents.fromPieces(contents.sizeBytes + grown, pieces);
  };
}
