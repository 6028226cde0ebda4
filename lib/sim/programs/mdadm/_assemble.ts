// mdadm --assemble: members found by their super blocks, the newest count of events decides which of them are up to date.
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import type { Io } from "../kit/program.ts";
import { arrayRequest, numbers, runningArrays } from "./_array.ts";
import { MdadmError } from "./_create.ts";
import { allSuperblocks, readSuperblock, type Superblock } from "./_superblock.ts";

interface ConfigLine {
  readonly path: string;
  readonly uuid: string | undefined;
  readonly name: string | undefined;
}

function* configArrays(sys: Sys, file: string | undefined): Blocking<readonly ConfigLine[]> {
  const text = (yield* readTextFile(sys, file ?? "/etc/mdadm/mdadm.conf")) ?? "";
  return text.split("\n").flatMap((line) => {
    const [keyword, path, ...words] = line.replace(/#.*$/, "").trim().split(/\s+/);
    if (keyword?.toUpperCase() !== "ARRAY" || path === undefined) return [];
    const value = (key: string): string | undefined => words.find((word) => word.toLowerCase().startsWith(`${key}=`))?.slice(key.length + 1);
    return [{ path: path.startsWith("/") ? path : `/dev/md/${path}`, uuid: value("uuid")?.replace(/[^0-9a-f]/gi, ""), name: value("name") }];
  });
}

function* start(sys: Sys, io: Io, path: string, found: readonly Superblock[], options: { readonly run: boolean; readonly force: boolean; readonly quiet: boolean }): Blocking<boolean> {
  const newest = Math.max(...found.map((one) => one.events));
  const current = found.filter((one) => one.role !== "faulty" && (options.force || one.events >= newest - 1));
  const reference = current.find((one) => one.events === newest) ?? current[0];
  if (!reference) throw new MdadmError(`no recogniseable superblock on ${found[0]?.device ?? path}`);
  const slots = current.filter((one) => typeof one.role === "number" && !one.rebuilding);
  const spares = current.filter((one) => one.role === "spare" || one.rebuilding);
  const needed = reference.level === 1 ? 1 : reference.level === 6 ? reference.disks - 2 : reference.level === 4 || reference.level === 5 ? reference.disks - 1 : reference.level === 10 ? Math.ceil(reference.disks / 2) : reference.disks;
  const unusual = slots.length < reference.disks && found.length < reference.roles.filter((role) => role < reference.disks).length;
  if (slots.length < needed) {
    yield* io.stderr(`mdadm: ${path} assembled from ${slots.length} drive${slots.length === 1 ? "" : "s"}${spares.length > 0 ? ` and ${spares.length} spare${spares.length === 1 ? "" : "s"}` : ""} - not enough to start the array.\n`);
    return false;
  }
  if (unusual && !options.run && !options.force) {
    yield* io.stderr(`mdadm: ${path} assembled from ${slots.length} drive${slots.length === 1 ? "" : "s"} - need all ${reference.disks} to start it (use --run to insist).\n`);
    return false;
  }
  try {
    yield* arrayRequest(sys, path, "RUN_ARRAY", {
      level: reference.level, disks: reference.disks, chunkBytes: reference.level === 1 ? 65_536 : reference.chunkSectors * 512, memberBytes: reference.memberSectors * 512, uuid: reference.uuid, name: reference.name, createdSeconds: reference.createdSeconds, events: newest, clean: !reference.resyncing, bitmap: reference.bitmap,
      members: [...slots, ...spares].map((one) => ({ device: numbers(sys, one.device), slot: typeof one.role === "number" && !one.rebuilding ? one.role : undefined, number: one.number, uuid: one.deviceUuid, dataOffsetSectors: one.dataOffset })),
    }, true);
  } catch (error) {
    if (error instanceof SysError) throw new MdadmError(error.errno === "EBUSY" ? `${found[0]?.device} is busy - skipping` : `failed to RUN_ARRAY ${path}: ${error.message}`);
    throw error;
  }
  if (!options.quiet) {
    const out = reference.disks - slots.length;
    yield* io.stderr(`mdadm: ${path} has been started with ${slots.length} drive${slots.length === 1 ? "" : "s"}${out > 0 ? ` (out of ${reference.disks})` : ""}${spares.length > 0 ? ` and ${spares.length} spare${spares.length === 1 ? "" : "s"}` : ""}.\n`);
  }
  return true;
}

export function* assembleScan(sys: Sys, io: Io, config: string | undefined, options: { readonly run: boolean; readonly force: boolean; readonly quiet: boolean }): Blocking<number> {
  const running = new Set((yield* runningArrays(sys)).map(({ status }) => status.uuid));
  const all = (yield* allSuperblocks(sys)).filter((one) => !running.has(one.uuid));
  const listed = yield* configArrays(sys, config);
  const host = sys.uname().nodename;
  const used = new Set((yield* runningArrays(sys)).map(({ path }) => path));
  let started = 0;
  let tried = 0;
  for (const uuid of new Set(all.map((one) => one.uuid))) {
    const members = all.filter((one) => one.uuid === uuid);
    const [first] = members;
    const line = listed.find((one) => one.uuid === uuid || (one.uuid === undefined && one.name === first?.name));
    if (listed.length > 0 && !line) continue;
    let path = line?.path;
    if (path === undefined) {
      // an array of this host keeps the number in its name, another gets one from 127 down
      const short = first?.name.startsWith(`${host}:`) ? first.name.slice(host.length + 1) : undefined;
      const own = short !== undefined && /^\d{1,3}$/.test(short) ? short : undefined;
      let number = own === undefined ? 127 : Number(own);
      while (used.has(`/dev/md${number}`)) number--;
      path = `/dev/md${number}`;
    }
    if (path.startsWith("/dev/md/")) {
      const short = /^\/dev\/md\/(\d+)$/.exec(path)?.[1];
      let number = short === undefined ? 127 : Number(short);
      while (used.has(`/dev/md${number}`)) number--;
      path = `/dev/md${number}`;
    }
    used.add(path);
    tried++;
    if (yield* start(sys, io, path, members, { ...options, run: true })) started++;
  }
  if (tried === 0) {
    if (!options.quiet) yield* io.stderr(`mdadm: No arrays found in config file${listed.length > 0 ? "" : " or automatically"}\n`);
    return running.size > 0 ? 2 : 1;
  }
  return started === tried ? 0 : 1;
}

export function* assembleNamed(sys: Sys, io: Io, path: string, devices: readonly string[], config: string | undefined, uuid: string | undefined, options: { readonly run: boolean; readonly force: boolean; readonly quiet: boolean }): Blocking<number> {
  if ((yield* runningArrays(sys)).some((one) => one.path === path)) throw new MdadmError(`${path} already active, ${devices[0] ?? "no device"} cannot be added to it.`);
  let found: Superblock[] = [];
  if (devices.length === 0) {
    const wanted = uuid ?? (yield* configArrays(sys, config)).find((one) => one.path === path)?.uuid;
    if (wanted === undefined) throw new MdadmError(`${path} not identified in config file.`);
    found = (yield* allSuperblocks(sys)).filter((one) => one.uuid === wanted);
    if (found.length === 0) throw new MdadmError(`No arrays found in config file or automatically`);
  }
  for (const device of devices) {
    const superblock = yield* readSuperblock(sys, device);
    if (!superblock) {
      let there = true;
      try {
        sys.stat(device);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        there = false;
      }
      throw new MdadmError(there ? `no recogniseable superblock on ${device}\nmdadm: ${device} has no superblock - assembly aborted` : `cannot open device ${device}: No such file or directory\nmdadm: ${device} has no superblock - assembly aborted`);
    }
    if (found[0] && found[0].uuid !== superblock.uuid) throw new MdadmError(`superblock on ${device} doesn't match others - assembly aborted`);
    found.push(superblock);
  }
  return (yield* start(sys, io, path, found, options)) ? 0 : 1;
}
