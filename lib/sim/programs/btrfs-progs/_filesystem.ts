// btrfs filesystem …: show, df, usage, resize, label, sync, du.
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { openBlockTarget, sizeOfWord } from "../kit/block-target.ts";
import { canonicalPath } from "../kit/canonical-path.ts";
import { readMounts } from "../kit/mounts.ts";
import { mountSource, probeQuietly } from "../kit/probe-device.ts";
import type { Io } from "../kit/program.ts";
import { type BtrfsFacts, prettySize, readSuperblock, writeLabel } from "./_btrfs.ts";
import { BtrfsError, mountOf, request, type Space } from "./_mounted.ts";

const GLOBAL_RESERVE = 3.5 * 2 ** 20;

interface Shown {
  readonly facts: BtrfsFacts;
  readonly used: number;
  readonly allocated: number;
}

function* factsOf(sys: Sys, device: string): Blocking<Shown | undefined> {
  try {
    const target = yield* openBlockTarget(sys, device, false);
    const found = yield* readSuperblock(sys, target.fd);
    sys.close(target.fd);
    return found && { facts: found.facts, used: found.facts.usedBytes, allocated: found.facts.allocatedBytes };
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
}

function* spaceOf(sys: Sys, path: string): Blocking<Space> {
  return (yield* request(sys, path, "BTRFS_IOC_SPACE_INFO")) as Space;
}

const allocatedOf = (space: Space): number => space.dataTotal + 2 * (space.metadataTotal + space.systemTotal);
const usedOf = (space: Space): number => space.dataUsed + space.metadataUsed + space.systemUsed;

function* show(sys: Sys, words: readonly string[], io: Io): Blocking<number> {
  const [given] = words.filter((word) => !word.startsWith("-"));
  let wanted = given;
  try {
    if (given !== undefined) wanted = canonicalPath(sys, given, "existing");
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  const mounts = (yield* readMounts(sys)).filter((mount) => mount.type === "btrfs");
  const devices: string[] = [];
  if (wanted === undefined || !wanted.includes("/")) {
    for (const { name } of sys.readdir("/sys/class/block")) if ((yield* probeQuietly(sys, `/dev/${name}`)).type === "btrfs") devices.push(yield* mountSource(sys, `/dev/${name}`));
  } else {
    const source = yield* mountSource(sys, wanted);
    const mount = mounts.find((one) => one.target === wanted.replace(/(.)\/$/, "$1") || one.source === source);
    devices.push(mount?.source ?? wanted);
  }
  let shown = 0;
  for (const device of devices) {
    const found = yield* factsOf(sys, device);
    if (!found) continue;
    const { facts } = found;
    if (wanted !== undefined && !wanted.includes("/") && facts.uuid !== wanted && facts.label !== wanted) continue;
    const mount = mounts.find((one) => one.source === device);
    const space = mount && (yield* spaceOf(sys, mount.target));
    io.out.put(`Label: ${facts.label === "" ? "none" : `'${facts.label}'`}  uuid: ${facts.uuid}\n\tTotal devices 1 FS bytes used ${prettySize(space ? usedOf(space) : found.used)}\n\tdevid    1 size ${prettySize(facts.totalBytes)} used ${prettySize(space ? allocatedOf(space) : found.allocated)} path ${device}\n\n`);
    shown++;
  }
  if (shown === 0 && wanted !== undefined) throw new BtrfsError(`not a valid btrfs filesystem: ${given}`);
  return 0;
}

function* usage(sys: Sys, path: string, io: Io): Blocking<number> {
  const mount = yield* mountOf(sys, path);
  const space = yield* spaceOf(sys, path);
  const allocated = allocatedOf(space);
  const free = Math.max(0, space.deviceSize - allocated);
  const estimated = free + space.dataTotal - space.dataUsed;
  const { blocksAvailable, blockSizeBytes } = sys.statfs(path);
  const row = (title: string, value: string, more = ""): string => `    ${title}:${title === "Used" || title === "Data ratio" ? "\t\t\t" : "\t\t"}${value.padStart(10)}${more}\n`;
  io.out.put(`Overall:\n${row("Device size", prettySize(space.deviceSize))}${row("Device allocated", prettySize(allocated))}${row("Device unallocated", prettySize(free))}${row("Device missing", "0.00B")}${row("Device slack", "0.00B")}${row("Used", prettySize(space.dataUsed + 2 * (space.metadataUsed + space.systemUsed)))}`);
  io.out.put(`${row("Free (estimated)", prettySize(estimated), `\t(min: ${prettySize(free / 2 + space.dataTotal - space.dataUsed)})`)}${row("Free (statfs, df)", prettySize(blocksAvailable * blockSizeBytes))}${row("Data ratio", "1.00")}${row("Metadata ratio", "2.00")}${row("Global reserve", prettySize(GLOBAL_RESERVE), "\t(used: 0.00B)")}${row("Multiple profiles", "no")}\n`);
  const part = (name: string, total: number, used: number, copies: number): string => `${name}: Size:${prettySize(total)}, Used:${prettySize(used)} (${((used / total) * 100).toFixed(2)}%)\n   ${mount.source}\t${prettySize(total * copies).padStart(10)}\n\n`;
  io.out.put(`${part("Data,single", space.dataTotal, space.dataUsed, 1)}${part("Metadata,DUP", space.metadataTotal, space.metadataUsed, 2)}${part("System,DUP", space.systemTotal, space.systemUsed, 2)}Unallocated:\n   ${mount.source}\t${prettySize(free).padStart(10)}\n`);
  return 0;
}

function* resize(sys: Sys, words: readonly string[], io: Io): Blocking<number> {
  const [sizeWord = "", path] = words.filter((word) => word !== "--enqueue");
  if (path === undefined) throw new BtrfsError(`USAGE btrfs filesystem resize: exactly 2 arguments expected, ${words.length} given`);
  const mount = yield* mountOf(sys, path);
  const space = yield* spaceOf(sys, path);
  const wanted = sizeWord.replace(/^1:/, "");
  const target = yield* openBlockTarget(sys, mount.source, false);
  sys.close(target.fd);
  const amount = wanted === "max" ? target.sizeBytes : sizeOfWord(wanted.replace(/^[+-]/, ""));
  if (amount === undefined) throw new BtrfsError(`unable to resize '${path}': Invalid argument`);
  const bytes = wanted.startsWith("+") ? space.deviceSize + amount : wanted.startsWith("-") ? space.deviceSize - amount : amount;
  const rounded = bytes - (bytes % 4096);
  io.out.put(`Resize device id 1 (${mount.source}) from ${prettySize(space.deviceSize)} to ${wanted === "max" ? "max" : prettySize(rounded)}\n`);
  yield* io.out.flush();
  try {
    yield* request(sys, path, "BTRFS_IOC_RESIZE", rounded);
  } catch (error) {
    if (error instanceof SysError) throw new BtrfsError(`unable to resize '${path}': ${error.message}`);
    throw error;
  }
  return 0;
}

function* label(sys: Sys, words: readonly string[], io: Io): Blocking<number> {
  const [path, value] = words;
  if (path === undefined) throw new BtrfsError("USAGE btrfs filesystem label: at least 1 argument expected, 0 given");
  const source = yield* mountSource(sys, path);
  const mount = (yield* readMounts(sys)).find((one) => one.type === "btrfs" && (one.target === path.replace(/(.)\/$/, "$1") || one.source === source));
  if ((value ?? "").length > 255) throw new BtrfsError(`label is too long (max 255)`);
  const device = mount?.source ?? path;
  try {
    const target = yield* openBlockTarget(sys, device, value !== undefined && !mount);
    let fd = target.fd;
    if (value !== undefined && mount) {
      sys.close(fd);
      fd = yield* sys.open(device, 2);
    }
    const found = yield* readSuperblock(sys, fd);
    if (!found) throw new BtrfsError(`not a btrfs filesystem: ${path}`);
    if (value === undefined) io.out.put(`${found.facts.label}\n`);
    else yield* writeLabel(sys, fd, found.bytes, value);
    sys.close(fd);
    return 0;
  } catch (error) {
    if (error instanceof SysError) throw new BtrfsError(`cannot access '${path}': ${error.message}`);
    throw error;
  }
}

export function* filesystem(sys: Sys, verb: string, words: readonly string[], io: Io): Blocking<number> {
  const [path = ""] = words.filter((word) => !word.startsWith("-"));
  switch (verb) {
    case "show": return yield* show(sys, words, io);
    case "df": {
      yield* mountOf(sys, path);
      const space = yield* spaceOf(sys, path);
      const size = (bytes: number): string => (words.includes("-b") || words.includes("--raw") ? String(bytes) : prettySize(bytes));
      io.out.put(`Data, single: total=${size(space.dataTotal)}, used=${size(space.dataUsed)}\nSystem, DUP: total=${size(space.systemTotal)}, used=${size(space.systemUsed)}\nMetadata, DUP: total=${size(space.metadataTotal)}, used=${size(space.metadataUsed)}\nGlobalReserve, single: total=${size(GLOBAL_RESERVE)}, used=${size(0)}\n`);
      return 0;
    }
    case "usage": return yield* usage(sys, path, io);
    case "resize": return yield* resize(sys, words, io);
    case "label": return yield* label(sys, words, io);
    case "sync":
      yield* mountOf(sys, path);
      return 0;
    case "defragment":
      yield* mountOf(sys, path);
      return 0;
    default: throw new BtrfsError(`TOKEN btrfs filesystem: unknown token '${verb}'`);
  }
}
