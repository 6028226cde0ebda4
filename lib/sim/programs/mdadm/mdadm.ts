// mdadm: arrays of the md driver (mdadm(8), v4.2). The mode is the first option that names one; without one and with a device first, it is --manage.
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { flag, type Io, program, text, unsimulated } from "../kit/program.ts";
import { arrayLine, arrayRequest, detailText, numbers, openArray, runningArrays, statusOf } from "./_array.ts";
import { assembleNamed, assembleScan } from "./_assemble.ts";
import { create, MdadmError } from "./_create.ts";
import { grow } from "./_grow.ts";
import { examineLines, examineText } from "./_examine.ts";
import { allSuperblocks, eraseSuperblock, humanSize, LEVELS, readSuperblock } from "./_superblock.ts";

const VERSION = "mdadm - v4.2 - 2021-12-30 - Debian 4.2-5\n";

type Mode = "create" | "assemble" | "detail" | "examine" | "stop" | "query" | "zero" | "manage" | "monitor" | "wait" | "grow" | "misc" | "refused";

const MODES: ReadonlyMap<string, Mode> = new Map([["-C", "create"], ["--create", "create"], ["-A", "assemble"], ["--assemble", "assemble"], ["-D", "detail"], ["--detail", "detail"], ["-E", "examine"], ["--examine", "examine"], ["-S", "stop"], ["--stop", "stop"], ["-Q", "query"], ["--query", "query"], ["--zero-superblock", "zero"], ["--manage", "manage"], ["-F", "monitor"], ["--monitor", "monitor"], ["--follow", "monitor"], ["-W", "wait"], ["--wait", "wait"], ["-G", "grow"], ["--grow", "grow"], ["--misc", "misc"], ["-B", "refused"], ["--build", "refused"], ["-I", "refused"], ["--incremental", "refused"]]);
const VALUES = new Map([["-l", "level"], ["--level", "level"], ["-n", "disks"], ["--raid-devices", "disks"], ["--raid-disks", "disks"], ["-x", "spares"], ["--spare-devices", "spares"], ["-c", "chunk"], ["--chunk", "chunk"], ["-e", "metadata"], ["--metadata", "metadata"], ["-N", "name"], ["--name", "name"], ["-z", "size"], ["--size", "size"], ["-u", "uuid"], ["--uuid", "uuid"], ["--config", "config"], ["--homehost", "homehost"], ["-b", "bitmap"], ["--bitmap", "bitmap"], ["-p", "layout"], ["--layout", "layout"], ["--parity", "layout"], ["-m", "mail"], ["--mail", "mail"], ["--auto", "auto"], ["--consistency-policy", "policy"], ["-k", "policy"], ["--backup-file", "backup"], ["--array-size", "array-size"], ["-Z", "array-size"]]);
const FLAGS = new Map([["-s", "scan"], ["--scan", "scan"], ["-v", "verbose"], ["--verbose", "verbose"], ["-q", "quiet"], ["--quiet", "quiet"], ["-R", "run"], ["--run", "run"], ["--assume-clean", "clean"], ["-Y", "export"], ["--export", "export"], ["--brief", "brief"], ["-t", "test"], ["--test", "test"], ["-1", "oneshot"], ["--oneshot", "oneshot"], ["--force", "force"], ["--daemonise", "daemon"], ["--syslog", "syslog"], ["-o", "readonly"], ["--readonly", "readonly"], ["-w", "readwrite"], ["--readwrite", "readwrite"]]);
const ACTIONS = new Map([["-a", "add"], ["--add", "add"], ["--add-spare", "add"], ["-r", "remove"], ["--remove", "remove"], ["-f", "fail"], ["--fail", "fail"], ["--set-faulty", "fail"], ["--re-add", "re-add"]]);

interface Parsed {
  mode: Mode | undefined;
  readonly values: Map<string, string>;
  readonly flags: Set<string>;
  readonly devices: string[];
  /** of --manage, in their order */
  readonly actions: { readonly action: string; readonly device: string }[];
}

/** -Cv, -l1, -n 2: letters may stand together. Errors: MdadmError. */
function parse(words: readonly string[]): Parsed {
  const parsed: Parsed = { mode: undefined, values: new Map(), flags: new Set(), devices: [], actions: [] };
  let action: string | undefined;
  const queue = [...words];
  while (queue.length > 0) {
    const word = queue.shift() ?? "";
    if (!word.startsWith("-") || word === "-") {
      if (action !== undefined && parsed.devices.length > 0) parsed.actions.push({ action, device: word });
      else parsed.devices.push(word);
      continue;
    }
    const [name = "", attached] = word.startsWith("--") ? [word.split("=")[0], word.includes("=") ? word.slice(word.indexOf("=") + 1) : undefined] : [word.slice(0, 2), word.length > 2 ? word.slice(2) : undefined];
    const mode = MODES.get(name);
    const value = VALUES.get(name);
    // before a mode -f means --fail, after one --force; -a is --auto while assembling
    const manages = parsed.mode === undefined || parsed.mode === "manage";
    if (mode !== undefined) {
      if (parsed.mode !== undefined && parsed.mode !== "misc" && parsed.mode !== mode && mode !== "zero") throw new MdadmError(`${name} would set mdadm mode to "${mode}", but it is already set to "${parsed.mode}".`);
      parsed.mode = mode;
      if (!name.startsWith("--") && attached !== undefined) queue.unshift(`-${attached}`);
    } else if (value !== undefined) {
      const given = attached ?? queue.shift();
      if (given === undefined) throw new MdadmError(`option '${name}' requires an argument`);
      parsed.values.set(value, given);
    } else if (name === "-f" && !manages) {
      parsed.flags.add("force");
      if (attached !== undefined) queue.unshift(`-${attached}`);
    } else if (FLAGS.has(name)) {
      parsed.flags.add(FLAGS.get(name) ?? "");
      if (!name.startsWith("--") && attached !== undefined) queue.unshift(`-${attached}`);
    } else if (parsed.mode === "grow" && (name === "-a" || name === "--add")) {
      action = "add";
      if (attached !== undefined) parsed.actions.push({ action, device: attached });
    } else if (ACTIONS.has(name) && manages) {
      action = ACTIONS.get(name) ?? "";
      parsed.mode = "manage";
      if (attached !== undefined) queue.unshift(attached);
    } else if (name === "-a") queue.shift();
    else throw new MdadmError(`unrecognized option '${word}'\nUsage: mdadm --help\n  for help`);
  }
  return parsed;
}

function levelOf(word: string | undefined): number | undefined {
  if (word === undefined) return undefined;
  const bare = word.toLowerCase().replace(/^raid/, "");
  const known: ReadonlyMap<string, number> = new Map([["linear", -1], ["0", 0], ["stripe", 0], ["1", 1], ["mirror", 1], ["4", 4], ["5", 5], ["6", 6], ["10", 10]]);
  const level = known.get(bare);
  if (level === undefined) throw new MdadmError(`invalid raid level: ${word}`);
  return level;
}

function* manage(sys: Sys, io: Io, parsed: Parsed): Blocking<number> {
  const [array = ""] = parsed.devices;
  let status = 0;
  try {
    const fd = yield* openArray(sys, array, false);
    sys.close(fd);
    yield* statusOf(sys, array);
  } catch (error) {
    if (error instanceof SysError) throw new MdadmError(error.errno === "ENOENT" ? `error opening ${array}: No such file or directory` : error.errno === "ENOTTY" ? `${array} does not appear to be an md device` : error.errno === "EACCES" ? `error opening ${array}: Permission denied` : `Cannot get array info for ${array}`);
    throw error;
  }
  if (parsed.flags.has("readonly") || parsed.flags.has("readwrite") || parsed.flags.has("run")) return 0;
  for (const { action, device } of parsed.actions) {
    const now = yield* statusOf(sys, array);
    const targets = device === "faulty" || device === "failed" ? now.members.filter((one) => one.state === "faulty").map((one) => `/dev/${one.name}`) : device === "detached" ? [] : [device];
    for (const target of targets) {
      let word: string;
      try {
        word = numbers(sys, target);
      } catch (error) {
        if (error instanceof SysError) throw new MdadmError(`Cannot find ${target}: No such file or directory`);
        throw error;
      }
      const known = now.members.find((one) => one.device === word);
      try {
        if (action === "fail") {
          yield* arrayRequest(sys, array, "SET_DISK_FAULTY", { device: word });
          yield* io.stderr(`mdadm: set ${target} faulty in ${array}\n`);
        } else if (action === "remove") {
          yield* arrayRequest(sys, array, "HOT_REMOVE_DISK", { device: word });
          yield* io.stderr(`mdadm: hot removed ${target} from ${array}\n`);
        } else {
          const old = yield* readSuperblock(sys, target);
          const back = old?.uuid === now.uuid;
          if (known) throw new SysError("EBUSY");
          if (action === "re-add" && !back) throw new MdadmError(`--re-add for ${target} to ${array} is not possible`);
          yield* arrayRequest(sys, array, "HOT_ADD_DISK", { device: word, uuid: back ? old.deviceUuid : [...sys.random(16)].map((byte) => byte.toString(16).padStart(2, "0")).join("") });
          yield* io.stderr(`mdadm: ${action === "re-add" ? "re-added" : "added"} ${target}\n`);
        }
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        const { errno, message } = error;
        if (action === "fail") yield* io.stderr(errno === "ENXIO" ? `mdadm: set device faulty failed for ${target}:  No such device\n` : `mdadm: Cannot remove ${target} from ${array}, array will be failed.\n`);
        else if (action === "remove") yield* io.stderr(`mdadm: hot remove failed for ${target}: ${errno === "ENXIO" ? "No such device or address" : message}\n`);
        else yield* io.stderr(errno === "EBUSY" ? `mdadm: Cannot open ${target}: Device or resource busy\n` : errno === "ENOSPC" ? `mdadm: ${target} not large enough to join array\n` : errno === "EINVAL" ? `mdadm: Cannot add disks to a '${LEVELS.get(now.level)}' array\n` : `mdadm: add new device failed for ${target} as ${now.members.length}: ${message}\n`);
        status = 1;
      }
    }
  }
  return status;
}

function* detail(sys: Sys, io: Io, parsed: Parsed): Blocking<number> {
  const host = sys.uname().nodename;
  if (parsed.devices.length === 0) {
    if (!parsed.flags.has("scan")) throw new MdadmError("No devices given.");
    for (const { path, status } of yield* runningArrays(sys)) {
      if (parsed.flags.has("verbose")) io.out.put(`ARRAY ${path} level=${LEVELS.get(status.level)} num-devices=${status.disks} metadata=1.2 name=${status.setName} UUID=${status.uuid.replace(/^(.{8})(.{8})(.{8})(.{8})$/, "$1:$2:$3:$4")}\n   devices=${status.members.map((one) => `/dev/${one.name}`).join(",")}\n`);
      else io.out.put(arrayLine(path, status.uuid, status.setName, status.members.filter((one) => one.state === "spare" || one.state === "rebuilding").length));
    }
    return 0;
  }
  let result = 0;
  for (const path of parsed.devices) {
    try {
      const status = yield* statusOf(sys, path);
      if (parsed.flags.has("scan") || parsed.flags.has("brief")) io.out.put(arrayLine(path, status.uuid, status.setName, 0));
      else io.out.put(detailText(path, status, host));
      if (parsed.flags.has("test") && status.level > 0 && status.members.filter((one) => one.state === "active").length < status.disks) result = 1;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.out.flush();
      yield* io.stderr(error.errno === "ENOENT" ? `mdadm: cannot open ${path}: No such file or directory\n` : error.errno === "EACCES" ? `mdadm: must be super-user to perform this action\n` : `mdadm: ${path} does not appear to be an md device\n`);
      result = 1;
    }
  }
  return result;
}

function* examine(sys: Sys, io: Io, parsed: Parsed): Blocking<number> {
  const host = sys.uname().nodename;
  if (parsed.devices.length === 0) {
    if (!parsed.flags.has("scan")) throw new MdadmError("No devices to examine");
    io.out.put(examineLines(yield* allSuperblocks(sys)));
    return 0;
  }
  let status = 0;
  for (const path of parsed.devices) {
    const superblock = yield* readSuperblock(sys, path);
    if (superblock) io.out.put(parsed.flags.has("brief") || parsed.flags.has("scan") ? examineLines([superblock]) : examineText(superblock, host));
    else {
      yield* io.out.flush();
      try {
        sys.stat(path);
        yield* io.stderr(`mdadm: No md superblock detected on ${path}.\n`);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* io.stderr(`mdadm: cannot open ${path}: No such file or directory\n`);
      }
      status = 1;
    }
  }
  return status;
}

function* stop(sys: Sys, io: Io, parsed: Parsed): Blocking<number> {
  const paths = parsed.devices.length > 0 ? parsed.devices : parsed.flags.has("scan") ? (yield* runningArrays(sys)).map((one) => one.path) : [];
  if (paths.length === 0 && !parsed.flags.has("scan")) throw new MdadmError("No devices given.");
  let status = 0;
  for (const path of paths) {
    try {
      yield* statusOf(sys, path);
      yield* arrayRequest(sys, path, "STOP_ARRAY");
      if (!parsed.flags.has("quiet")) yield* io.stderr(`mdadm: stopped ${path}\n`);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.stderr(error.errno === "EBUSY" ? `mdadm: Cannot get exclusive access to ${path}:Perhaps a running process, mounted filesystem or active volume group?\n` : error.errno === "ENOENT" ? `mdadm: error opening ${path}: No such file or directory\n` : `mdadm: ${path} does not appear to be an md device\n`);
      status = 1;
    }
  }
  return status;
}

function* query(sys: Sys, io: Io, parsed: Parsed): Blocking<number> {
  for (const path of parsed.devices) {
    try {
      const status = yield* statusOf(sys, path);
      const size = humanSize(status.sizeBytes / 1024).trim().replace(/^\(([\d.]+ \w+).*$/, "$1").replace(" ", "");
      const spares = status.members.filter((one) => one.state === "spare" || one.state === "rebuilding").length;
      io.out.put(`${path}: ${size} ${LEVELS.get(status.level)} ${status.disks} devices, ${spares} spare${spares === 1 ? "" : "s"}. Use mdadm --detail for more detail.\n`);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      io.out.put(`${path}: is not an md array\n`);
      const superblock = yield* readSuperblock(sys, path);
      if (superblock) {
        const running = (yield* runningArrays(sys)).find(({ status }) => status.uuid === superblock.uuid);
        io.out.put(`${path}: device ${superblock.number} in ${superblock.disks} device ${running ? "active" : "inactive"} ${LEVELS.get(superblock.level)} ${running?.path ?? `/dev/md/${superblock.name.replace(/^.*:/, "")}`}.  Use mdadm --examine for more detail.\n`);
      }
    }
  }
  return 0;
}

function* wait(sys: Sys, parsed: Parsed): Blocking<number> {
  let waited = 1;
  for (const path of parsed.devices) {
    for (;;) {
      const status = yield* statusOf(sys, path);
      if (!status.sync) break;
      waited = 0;
      yield* sys.sleep(200_000);
    }
  }
  return waited;
}

function* monitor(sys: Sys, io: Io, parsed: Parsed): Blocking<number> {
  if (!parsed.flags.has("oneshot")) {
    if (parsed.values.get("mail") === undefined) yield* io.stderr("mdadm: No mail address or alert command - not monitoring.\n");
    return 1;
  }
  for (const { path, status } of yield* runningArrays(sys)) {

    if (parsed.flags.has("test")) io.out.put(`mdadm: TestMessage event detected on md device ${path}\n`);
    if (status.level > 0 && status.members.filter((one) => one.state === "active").length < status.disks) io.out.put(`mdadm: DegradedArray event detected on md device ${path}\n`);
  }
  return 0;
}

export default program({
  name: "mdadm", path: "/sbin/mdadm", manSection: 8, summary: "make, watch and change software RAID arrays (MD)", operands: "files", showsHelp: true,
  synopsis: ["--create ARRAY --level=LEVEL --raid-devices=N DEVICE...", "--assemble ARRAY DEVICE...", "--assemble --scan", "--detail ARRAY", "--examine DEVICE...", "ARRAY --fail|--remove|--add DEVICE...", "--stop ARRAY", "--zero-superblock DEVICE...", "--grow ARRAY [--raid-devices=N] [--level=LEVEL] [--size=max] [--bitmap=TYPE] [--add DEVICE...]"],
  description: ["Arrays of the levels 0, 1, 4, 5, 6, 10 and linear with super blocks of version 1.2 are simulated. --grow adds members, makes members larger, turns a mirror of two into RAID 5 and RAID 5 into RAID 6, and sets or removes an internal bitmap; a resync or reshape takes simulated time, its bytes are there at once."],
  options: [
    flag(["-C", "--create"], "make an array"), flag(["-A", "--assemble"], "put an array together again"), flag(["-D", "--detail"], "tell about an array"), flag(["-E", "--examine"], "tell what a member's super block says"), flag(["-S", "--stop"], "stop an array"), flag(["-Q", "--query"], "tell in a line what a device is"), flag(["--zero-superblock"], "erase a member's super block"), flag(["--manage"], "change an array's members"), flag(["-F", "--monitor", "--follow"], "watch arrays (with --oneshot: look once)"), flag(["-W", "--wait"], "wait until a resync has ended"),
    text(["-l", "--level"], "LEVEL", "0, 1, 4, 5, 6, 10, linear"), text(["-n", "--raid-devices"], "N", "active devices"), text(["-x", "--spare-devices"], "N", "spares"), text(["-c", "--chunk"], "KIB", "size of a chunk, 512"), text(["-z", "--size"], "KIB", "how much of each device"), text(["-N", "--name"], "NAME", "the array's name"), text(["-e", "--metadata"], "1.2", "version of the super block"), text(["-u", "--uuid"], "UUID", "assemble that array"), text(["--homehost"], "HOST", "taken"), text(["--config"], "FILE", "not /etc/mdadm/mdadm.conf"),
    flag(["-a", "--add"], "add devices"), flag(["--re-add"], "add one that was there before"), flag(["-r", "--remove"], "remove devices; failed means all that have failed"), flag(["-f", "--fail", "--set-faulty"], "mark devices as faulty; after --create or --assemble: force"), flag(["-s", "--scan"], "all arrays, of the configuration or running"), flag(["-R", "--run"], "start it without asking"), flag(["--assume-clean"], "no first resync"), flag(["--force"], "override checks"), flag(["-v", "--verbose"], "say more"), flag(["-q", "--quiet"], "say less"), flag(["--brief"], "a line for each"), flag(["-t", "--test"], "status 1 for a degraded array; test the monitor"), flag(["-1", "--oneshot"], "look once"), flag(["-V", "--version"], "print the version"),
    flag(["-G", "--grow"], "change an array's shape"), flag(["--misc"], "the mode of --detail, --examine, --stop and the like"), text(["-b", "--bitmap"], "TYPE", "internal or none"), text(["--backup-file"], "FILE", "where a reshape may keep what it moves"), unsimulated(["-B", "--build"], "an array without super blocks", "use --create"), unsimulated(["-I", "--incremental"], "add one device to whatever it belongs to", "use --assemble"),
  ],
}, function* (sys, argv, io: Io) {
  const words = argv.slice(1);
  if (words.length === 0) {
    yield* io.stderr("Usage: mdadm --help\n  for help\n");
    return 2;
  }
  if (words[0] === "--version" || words[0] === "-V") {
    yield* io.stderr(VERSION);
    return 0;
  }
  try {
    const parsed = parse(words);
    const mode = parsed.mode ?? (parsed.devices.length > 0 ? (parsed.actions.length > 0 || parsed.flags.size > 0 ? "manage" : "query") : undefined);
    if (mode === "refused") {
      sys.observe({ kind: "unsimulated", command: "mdadm", detail: words[0] ?? "" });
      throw new MdadmError(`${words.find((word) => MODES.get(word) === "refused") ?? "this"} is not simulated here.`);
    }
    if (![undefined, "1.2", "1", "default", "1.0", "1.1"].includes(parsed.values.get("metadata"))) throw new MdadmError(`metadata of version 1.2 is simulated, not ${parsed.values.get("metadata")}.`);
    if (sys.getcred().euid !== 0) throw new MdadmError("must be super-user to perform this action");
    const options = { run: parsed.flags.has("run"), force: parsed.flags.has("force"), quiet: parsed.flags.has("quiet") };
    const number = (name: string): number | undefined => (parsed.values.has(name) ? Number(parsed.values.get(name)) : undefined);
    switch (mode) {
      case "create": {
        const [array, ...devices] = parsed.devices;
        if (array === undefined) throw new MdadmError("an md device must be given in this mode");
        if (!array.startsWith("/dev/")) throw new MdadmError(`device ${array} exists but is not an md array.`);
        return yield* create(sys, io, array, devices, { level: levelOf(parsed.values.get("level")), disks: number("disks"), spares: number("spares") ?? 0, chunkKib: number("chunk"), name: parsed.values.get("name"), sizeKib: number("size"), ...options, assumeClean: parsed.flags.has("clean"), bitmap: parsed.values.get("bitmap"), verbose: parsed.flags.has("verbose") });
      }
      case "assemble": {
        const [array, ...devices] = parsed.devices;
        if (array === undefined) {
          if (!parsed.flags.has("scan")) throw new MdadmError("an md device must be given in this mode");
          return yield* assembleScan(sys, io, parsed.values.get("config"), options);
        }
        return yield* assembleNamed(sys, io, array, devices, parsed.values.get("config"), parsed.values.get("uuid")?.replace(/[^0-9a-f]/gi, ""), options);
      }
      case "grow": {
        const [array, ...more] = parsed.devices;
        if (array === undefined) throw new MdadmError("an md device must be given in this mode");
        return yield* grow(sys, io, array, { disks: number("disks"), level: levelOf(parsed.values.get("level")), size: parsed.values.get("size"), bitmap: parsed.values.get("bitmap"), added: [...parsed.actions.map((one) => one.device), ...more], force: options.force, backupFile: parsed.values.has("backup") });
      }
      case "detail": return yield* detail(sys, io, parsed);
      case "examine": return yield* examine(sys, io, parsed);
      case "stop": return yield* stop(sys, io, parsed);
      case "query": return yield* query(sys, io, parsed);
      case "wait": return yield* wait(sys, parsed);
      case "monitor": return yield* monitor(sys, io, parsed);
      case "zero": {
        let status = 0;
        for (const path of parsed.devices) {
          try {
            if (!(yield* readSuperblock(sys, path))) {
              if (!options.quiet) yield* io.stderr(`mdadm: Unrecognised md component device - ${path}\n`);
              continue;
            }
            yield* eraseSuperblock(sys, path);
          } catch (error) {
            if (!(error instanceof SysError)) throw error;
            yield* io.stderr(`mdadm: Couldn't open ${path} for write - not zeroing\n`);
            status = 2;
          }
        }
        return status;
      }
      case "manage": return yield* manage(sys, io, parsed);
      default: throw new MdadmError("No devices given.");
    }
  } catch (error) {
    if (!(error instanceof MdadmError)) throw error;
    yield* io.out.flush();
    yield* io.stderr(`mdadm: ${error.message}\n`);
    return error.message.startsWith("unrecognized") ? 2 : 1;
  }
});
