// What the tools of quota share: file systems that are mounted with quotas, the files aquota.user and aquota.group, requests to the file system.
// A quota file has the kernel's head of version 1 (struct v2_disk_dqheader, v2_disk_dqinfo); its records lie behind it in a row, without the kernel's tree.
import { type Blocking, O, type Sys, SysError } from "../../kernel/sys.ts";
import { Accounts } from "../kit/accounts.ts";
import { canonicalPath } from "../kit/canonical-path.ts";
import { type Mount, readMounts } from "../kit/mounts.ts";
import { mountSource } from "../kit/probe-device.ts";

export type Kind = "user" | "group";
export const KINDS: readonly Kind[] = ["user", "group"];
const MAGIC: Readonly<Record<Kind, number>> = { user: 0xd9c01f11, group: 0xd9c01927 };
const HEAD_BYTES = 1024;
const RECORD_BYTES = 72;

export interface Limits {
  readonly blockSoftKib: number;
  readonly blockHardKib: number;
  readonly inodeSoft: number;
  readonly inodeHard: number;
}

export interface Usage extends Limits {
  readonly id: number;
  readonly usedBytes: number;
  readonly usedInodes: number;
  readonly blockGraceEndsSeconds: number;
  readonly inodeGraceEndsSeconds: number;
}

export interface State {
  readonly enabled: boolean;
  readonly blockGraceSeconds: number;
  readonly inodeGraceSeconds: number;
  readonly entries: readonly Usage[];
}

export class QuotaError extends Error {}

const OPTION: Readonly<Record<Kind, RegExp>> = { user: /^(?:usrquota|usrjquota=.+)$/, group: /^(?:grpquota|grpjquota=.+)$/ };
export const hasQuota = (mount: Mount, kind: Kind): boolean => mount.superOptions.split(",").some((word) => OPTION[kind].test(word));

export function* quotaMounts(sys: Sys): Blocking<readonly Mount[]> {
  return (yield* readMounts(sys)).filter((mount) => KINDS.some((kind) => hasQuota(mount, kind)));
}

/** The mount that a path or a device names. Errors: QuotaError. */
export function* mountNamed(sys: Sys, path: string): Blocking<Mount> {
  let full = path;
  try {
    full = canonicalPath(sys, path, "existing");
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  const source = yield* mountSource(sys, full);
  const found = (yield* quotaMounts(sys)).find((mount) => mount.target === full || mount.source === source);
  if (!found) throw new QuotaError(`Mountpoint (or device) ${path} not found or has no quota enabled.`);
  return found;
}

/** Errors: SysError. */
export function* quotaRequest(sys: Sys, mount: Mount, request: string, argument: object): Blocking<unknown> {
  const fd = yield* sys.open(mount.target, O.RDONLY);
  try {
    return sys.ioctl(fd, request, argument);
  } finally {
    sys.close(fd);
  }
}

export function* stateOf(sys: Sys, mount: Mount, kind: Kind): Blocking<State> {
  return (yield* quotaRequest(sys, mount, "QUOTA_GET", { kind })) as State;
}

export const quotaFile = (mount: Mount, kind: Kind): string => {
  const named = mount.superOptions.split(",").find((word) => word.startsWith(`${kind === "user" ? "usr" : "grp"}jquota=`))?.split("=")[1];
  return `${mount.target === "/" ? "" : mount.target}/${named ?? `aquota.${kind}`}`;
};

/** Undefined: there is none. */
export function* readFile(sys: Sys, mount: Mount, kind: Kind): Blocking<readonly (Limits & { readonly id: number })[] | undefined> {
  let fd: number;
  try {
    fd = yield* sys.open(quotaFile(mount, kind), O.RDONLY);
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
  const size = sys.fstat(fd).sizeBytes;
  const bytes = (yield* sys.pread(fd, size, 0)).slice();
  sys.close(fd);
  const view = new DataView(bytes.buffer);
  if (bytes.length < HEAD_BYTES || view.getUint32(0, true) !== MAGIC[kind]) return undefined;
  const entries: (Limits & { readonly id: number })[] = [];
  for (let at = HEAD_BYTES; at + RECORD_BYTES <= bytes.length; at += RECORD_BYTES) {
    const u64 = (offset: number): number => Number(view.getBigUint64(at + offset, true));
    entries.push({ id: view.getUint32(at, true), inodeHard: u64(8), inodeSoft: u64(16), blockHardKib: u64(32), blockSoftKib: u64(40) });
  }
  return entries;
}

/** Errors: SysError. */
export function* writeFile(sys: Sys, mount: Mount, kind: Kind, state: State): Blocking<void> {
  const kept = state.entries.filter((one) => one.usedInodes > 0 || one.blockHardKib + one.blockSoftKib + one.inodeHard + one.inodeSoft > 0);
  const bytes = new Uint8Array(HEAD_BYTES + kept.length * RECORD_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC[kind], true);
  view.setUint32(4, 1, true);
  view.setUint32(8, state.blockGraceSeconds, true);
  view.setUint32(12, state.inodeGraceSeconds, true);
  kept.forEach((one, index) => {
    const at = HEAD_BYTES + index * RECORD_BYTES;
    view.setUint32(at, one.id, true);
    for (const [offset, value] of [[8, one.inodeHard], [16, one.inodeSoft], [24, one.usedInodes], [32, one.blockHardKib], [40, one.blockSoftKib], [48, one.usedBytes], [56, one.blockGraceEndsSeconds], [64, one.inodeGraceEndsSeconds]] as const) view.setBigUint64(at + offset, BigInt(Math.max(0, Math.floor(value))), true);
  });
  const fd = yield* sys.open(quotaFile(mount, kind), O.WRONLY | O.CREAT | O.TRUNC, 0o600);
  yield* sys.write(fd, bytes);
  sys.close(fd);
}

/** Sets limits in the kernel and in the file. Errors: QuotaError. */
export function* setLimits(sys: Sys, mount: Mount, kind: Kind, id: number, limits: Limits): Blocking<void> {
  try {
    yield* quotaRequest(sys, mount, "QUOTA_SET", { kind, id, limits });
    yield* writeFile(sys, mount, kind, yield* stateOf(sys, mount, kind));
  } catch (error) {
    if (error instanceof SysError) throw new QuotaError(`Cannot set quota for ${kind} ${id} from kernel on ${mount.source}: ${error.message}`);
    throw error;
  }
}

/** Errors: QuotaError. */
export function* idOf(sys: Sys, kind: Kind, word: string): Blocking<number> {
  if (/^\d+$/.test(word)) return Number(word);
  const accounts = yield* Accounts.read(sys);
  const found = kind === "user" ? accounts.users.find((user) => user.name === word)?.uid : accounts.groups.find((group) => group.name === word)?.gid;
  if (found === undefined) throw new QuotaError(`${kind} ${word} does not exist.`);
  return found;
}

export function* namesOf(sys: Sys, kind: Kind): Blocking<(id: number) => string> {
  const accounts = yield* Accounts.read(sys);
  return (id) => (kind === "user" ? accounts.users.find((user) => user.uid === id)?.name : accounts.groups.find((group) => group.gid === id)?.name) ?? `#${id}`;
}

/** "7days", "01:30": a time that is left, or a period. */
export function periodText(seconds: number): string {
  if (seconds >= 86_400) return `${Math.floor((seconds + 43_200) / 86_400)}days`;
  const minutes = Math.floor((seconds + 30) / 60);
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}

export function graceText(sys: Sys, ends: number): string {
  if (ends === 0) return "";
  const left = ends - Math.floor(sys.clockUs("realtime") / 1e6);
  return left <= 0 ? "none" : periodText(left);
}

/** KiB: "20", with -s "20K", "10M". */
export function spaceText(kib: number, human: boolean): string {
  if (!human) return String(kib);
  if (kib === 0) return "0K";
  for (const [unit, factor] of [["T", 2 ** 30], ["G", 2 ** 20], ["M", 1024]] as const) if (kib >= factor * 100 || (kib >= factor && kib % factor === 0)) return `${Math.ceil(kib / factor)}${unit}`;
  return `${kib}K`;
}

/** Blocks of 1 KiB, or a number with K, M, G, T. Undefined: neither. */
export function blocksOf(word: string): number | undefined {
  const match = /^(\d+)([KMGT]?)$/i.exec(word);
  return match ? Number(match[1]) * 1024 ** Math.max(0, "KMGT".indexOf((match[2] || "K").toUpperCase())) : undefined;
}
