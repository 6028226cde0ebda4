// btrfs subvolume …: create, delete, list, snapshot, show, get-default, set-default.
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import type { Io } from "../kit/program.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { UTC } from "../kit/zones.ts";
import { BtrfsError, mountOf, request, type Subvolume, subvolumesOf } from "./_mounted.ts";

interface Place {
  readonly directory: string;
  readonly name: string;
}

function placeOf(path: string): Place {
  const bare = path.length > 1 ? path.replace(/\/+$/, "") : path;
  const at = bare.lastIndexOf("/");
  return at < 0 ? { directory: ".", name: bare } : { directory: at === 0 ? "/" : bare.slice(0, at), name: bare.slice(at + 1) };
}

function inodeOf(sys: Sys, path: string): number | undefined {
  try {
    return sys.stat(path).ino;
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
}

const isDirectory = (sys: Sys, path: string): boolean => {
  try {
    return (sys.stat(path).mode & 0o170000) === 0o040000;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
};

/** The inode of the top directory is 2 in every file system of the simulated kernel. */
const TOP_INODE = 2;
const TOP_ID = 5;

/** Errors: BtrfsError when it is no subvolume; undefined for the top. */
function* subvolumeAt(sys: Sys, path: string): Blocking<Subvolume | undefined> {
  yield* mountOf(sys, path);
  const ino = inodeOf(sys, path);
  const found = (yield* subvolumesOf(sys, path)).find((one) => one.root === ino);
  if (!found && ino !== TOP_INODE) throw new BtrfsError("Not a Btrfs subvolume: Invalid argument");
  return found;
}

function options(words: readonly string[], withValue: readonly string[] = []): { readonly flags: ReadonlySet<string>; readonly rest: readonly string[] } {
  const flags = new Set<string>();
  const rest: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (withValue.includes(word)) at++;
    else if (word.startsWith("--")) flags.add(word);
    else if (word.startsWith("-") && word !== "-") for (const letter of word.slice(1)) flags.add(`-${letter}`);
    else rest.push(word);
  }
  return { flags, rest };
}

function exactly(verb: string, rest: readonly string[], count: number): void {
  if (rest.length !== count) throw new BtrfsError(`USAGE btrfs subvolume ${verb}: exactly ${count} argument${count === 1 ? "" : "s"} expected, ${rest.length} given`);
}

const stamp = (us: number): string => strftime("%Y-%m-%d %H:%M:%S %z", civilAtUs(UTC, us));

export function* subvolume(sys: Sys, verb: string, words: readonly string[], io: Io): Blocking<number> {
  const cred = sys.getcred();
  switch (verb) {
    case "create": {
      const { rest } = options(words, ["-i"]);
      exactly(verb, rest, 1);
      const { directory, name } = placeOf(rest[0] ?? "");
      if (inodeOf(sys, rest[0] ?? "") !== undefined) throw new BtrfsError(`target path already exists: ${rest[0]}`);
      yield* mountOf(sys, directory);
      io.out.put(`Create subvolume '${directory === "/" ? "" : directory}/${name}'\n`);
      yield* io.out.flush();
      try {
        yield* request(sys, directory, "BTRFS_IOC_SUBVOL_CREATE", { directory: inodeOf(sys, directory), name, uid: cred.euid, gid: cred.egid });
      } catch (error) {
        if (error instanceof SysError) throw new BtrfsError(`cannot create subvolume: ${error.message}`);
        throw error;
      }
      return 0;
    }
    case "delete": {
      const { flags, rest } = options(words);
      if (rest.length === 0) throw new BtrfsError("USAGE btrfs subvolume delete: at least 1 argument expected, 0 given");
      let status = 0;
      for (const path of rest) {
        const { directory, name } = placeOf(path);
        const found = yield* subvolumeAt(sys, path);
        io.out.put(`Delete subvolume (${flags.has("-c") || flags.has("--commit-after") ? "commit at the end" : flags.has("-C") || flags.has("--commit-each") ? "commit" : "no-commit"}): '${directory === "/" ? "" : directory}/${name}'\n`);
        yield* io.out.flush();
        try {
          if (!found) throw new SysError("EINVAL");
          yield* request(sys, directory, "BTRFS_IOC_SNAP_DESTROY", { directory: inodeOf(sys, directory), name });
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          yield* io.stderr(`ERROR: Could not destroy subvolume/snapshot: ${error.message}\n`);
          if (error.errno === "EPERM") yield* io.stderr("WARNING: deletion failed with EPERM, you don't have permissions or send may be in progress\n");
          status = 1;
        }
      }
      return status;
    }
    case "snapshot": {
      const { flags, rest } = options(words, ["-i"]);
      exactly(verb, rest, 2);
      const [source = "", target = ""] = rest;
      if (!isDirectory(sys, source)) throw new BtrfsError(inodeOf(sys, source) === undefined ? "Not a Btrfs filesystem: No such file or directory" : "Not a Btrfs subvolume: Invalid argument");
      yield* subvolumeAt(sys, source);
      const inside = isDirectory(sys, target);
      const place = inside ? { directory: target.length > 1 ? target.replace(/\/+$/, "") : target, name: placeOf(source).name } : placeOf(target);
      if (!inside && inodeOf(sys, target) !== undefined) throw new BtrfsError(`'${target}' exists and it is not a directory`);
      const from = yield* mountOf(sys, source);
      const to = yield* mountOf(sys, place.directory);
      const readOnly = flags.has("-r");
      io.out.put(`Create a ${readOnly ? "readonly " : ""}snapshot of '${source}' in '${place.directory === "/" ? "" : place.directory}/${place.name}'\n`);
      yield* io.out.flush();
      try {
        if (from.device !== to.device) throw new SysError("EXDEV");
        yield* request(sys, place.directory, "BTRFS_IOC_SNAP_CREATE", { directory: inodeOf(sys, place.directory), name: place.name, source: inodeOf(sys, source), readOnly });
      } catch (error) {
        if (error instanceof SysError) throw new BtrfsError(`cannot snapshot '${source}': ${error.message}`);
        throw error;
      }
      return 0;
    }
    case "list": {
      const { flags, rest } = options(words, ["-G", "-C"]);
      exactly(verb, rest, 1);
      yield* mountOf(sys, rest[0] ?? "");
      const all = yield* subvolumesOf(sys, rest[0] ?? "");
      const shown = all.filter((one) => (!flags.has("-r") || one.readOnly) && (!flags.has("-s") || one.parentUuid !== ""));
      if (flags.has("-t")) {
        io.out.put("ID\tgen\ttop level\tpath\t\n--\t---\t---------\t----\t\n");
        for (const one of shown) io.out.put(`${one.id}\t${one.generation}\t${one.parentId}\t\t${one.path}\n`);
        return 0;
      }
      for (const one of shown) {
        io.out.put(`ID ${one.id} gen ${one.generation}${flags.has("-c") ? ` cgen ${one.generation}` : ""}${flags.has("-p") ? ` parent ${one.parentId}` : ""} top level ${one.parentId}${flags.has("-s") ? ` otime ${stamp(one.createdUs).slice(0, 19)}` : ""}${flags.has("-q") ? ` parent_uuid ${one.parentUuid === "" ? "-".padEnd(36) : one.parentUuid}` : ""}${flags.has("-u") ? ` uuid ${one.uuid}` : ""} path ${flags.has("-a") && one.parentId !== TOP_ID ? "<FS_TREE>/" : ""}${one.path}\n`);
      }
      return 0;
    }
    case "show": {
      const { rest } = options(words, ["-r", "-u"]);
      exactly(verb, rest, 1);
      const path = rest[0] ?? "";
      const found = yield* subvolumeAt(sys, path);
      if (!found) {
        io.out.put(`/\n\tName: \t\t\t<FS_TREE>\n\tUUID: \t\t\t-\n\tParent UUID: \t\t-\n\tReceived UUID: \t\t-\n\tCreation time: \t\t-\n\tSubvolume ID: \t\t5\n\tGeneration: \t\t7\n\tGen at creation: \t0\n\tParent ID: \t\t0\n\tTop level ID: \t\t0\n\tFlags: \t\t\t-\n\tSend transid: \t\t0\n\tSend time: \t\t-\n\tReceive transid: \t0\n\tReceive time: \t\t-\n\tSnapshot(s):\n`);
        return 0;
      }
      io.out.put(`${found.path}\n\tName: \t\t\t${placeOf(found.path).name}\n\tUUID: \t\t\t${found.uuid}\n\tParent UUID: \t\t${found.parentUuid === "" ? "-" : found.parentUuid}\n\tReceived UUID: \t\t-\n\tCreation time: \t\t${stamp(found.createdUs)}\n\tSubvolume ID: \t\t${found.id}\n\tGeneration: \t\t${found.generation}\n\tGen at creation: \t${found.generation}\n\tParent ID: \t\t${found.parentId}\n\tTop level ID: \t\t${found.parentId}\n\tFlags: \t\t\t${found.readOnly ? "readonly" : "-"}\n\tSend transid: \t\t0\n\tSend time: \t\t${stamp(found.createdUs)}\n\tReceive transid: \t0\n\tReceive time: \t\t-\n\tSnapshot(s):\n`);
      for (const one of yield* subvolumesOf(sys, path)) if (one.parentUuid === found.uuid) io.out.put(`\t\t\t\t${one.path}\n`);
      return 0;
    }
    case "get-default": {
      exactly(verb, words, 1);
      yield* mountOf(sys, words[0] ?? "");
      const id = Number(yield* request(sys, words[0] ?? "", "BTRFS_IOC_DEFAULT_SUBVOL"));
      const found = (yield* subvolumesOf(sys, words[0] ?? "")).find((one) => one.id === id);
      io.out.put(found ? `ID ${id} gen ${found.generation} top level ${found.parentId} path ${found.path}\n` : "ID 5 (FS_TREE)\n");
      return 0;
    }
    case "set-default": {
      if (words.length < 1 || words.length > 2) throw new BtrfsError(`USAGE btrfs subvolume set-default: ${words.length < 1 ? "at least 1 argument" : "at most 2 arguments"} expected, ${words.length} given`);
      const path = words.at(-1) ?? "";
      yield* mountOf(sys, path);
      const id = words.length === 2 ? Number(words[0]) : ((yield* subvolumeAt(sys, path))?.id ?? TOP_ID);
      try {
        yield* request(sys, path, "BTRFS_IOC_DEFAULT_SUBVOL", id);
      } catch (error) {
        if (error instanceof SysError) throw new BtrfsError(`unable to set a new default subvolume: ${error.message}`);
        throw error;
      }
      return 0;
    }
    case "sync": {
      yield* mountOf(sys, words[0] ?? "");
      return 0;
    }
    default: throw new BtrfsError(`TOKEN btrfs subvolume: unknown token '${verb}'`);
  }
}

/** btrfs property get|set PATH ro [true|false] */
export function* property(sys: Sys, verb: string, words: readonly string[], io: Io): Blocking<number> {
  const { rest } = options(words, ["-t"]);
  const [path = "", name, value] = rest;
  const found = yield* subvolumeAt(sys, path);
  if (verb === "list") {
    io.out.put("ro                  read-only flag of a subvolume\n");
    return 0;
  }
  if (name !== undefined && name !== "ro") throw new BtrfsError(`object is not compatible with property: ${name}`);
  if (verb === "get") {
    io.out.put(`ro=${found?.readOnly ?? false}\n`);
    return 0;
  }
  if (verb !== "set") throw new BtrfsError(`TOKEN btrfs property: unknown token '${verb}'`);
  if (value !== "true" && value !== "false") throw new BtrfsError(`invalid value for property: ${value ?? ""}`);
  try {
    if (!found) throw new SysError("EINVAL");
    yield* request(sys, path, "BTRFS_IOC_SUBVOL_SETFLAGS", { root: found.root, readOnly: value === "true" });
  } catch (error) {
    if (error instanceof SysError) throw new BtrfsError(`failed to set flags for ${path}: ${error.message}`);
    throw error;
  }
  return 0;
}
