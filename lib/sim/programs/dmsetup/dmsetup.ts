// dmsetup: devices of the device mapper, made, shown and removed one by one (dmsetup(8)).
import { type Blocking, type Sys, SysError, decode } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { deviceNumbers, type MappedDevice, mappedDevices, mappedStatus, mapperRequest, removeLink, replaceLink, type TableLine } from "../kit/device-mapper.ts";
import { counted, flag, gnu, type Io, text, unsimulated } from "../kit/gnu.ts";
import { FIELDS, fieldsOf, report, splitName, STANDARD } from "./_report.ts";

const VERSIONS = [["snapshot-merge", "1.5.0"], ["snapshot-origin", "1.9.0"], ["snapshot", "1.16.0"], ["crypt", "1.24.0"], ["thin", "1.23.0"], ["thin-pool", "1.23.0"], ["zero", "1.2.0"], ["striped", "1.6.0"], ["linear", "1.4.0"], ["error", "1.5.0"]] as const;
const VERSION = "Library version:   1.02.185 (2022-05-18)\nDriver version:    4.47.0\n";
/** how many words behind the command, at least and at most */
const COMMANDS = new Map<string, readonly [number, number]>([
  ["version", [0, 0]], ["targets", [0, 0]], ["ls", [0, 0]], ["remove_all", [0, 0]], ["create", [0, 2]], ["load", [0, 2]], ["reload", [0, 2]], ["rename", [1, 2]], ["message", [2, Number.POSITIVE_INFINITY]], ["splitname", [1, 2]],
  ...["info", "deps", "status", "table", "remove", "suspend", "resume", "clear", "mknodes"].map((name) => [name, [0, Number.POSITIVE_INFINITY]] as const),
]);

function numbersOf(sys: Sys, path: string): string {
  try {
    return deviceNumbers(sys, path);
  } catch (error) {
    if (error instanceof SysError) return path;
    throw error;
  }
}

function blockName(sys: Sys, major: number, minor: number): string {
  try {
    return sys.readlink(`/sys/dev/block/${major}:${minor}`).replace(/^.*\//, "");
  } catch {
    return `${major}:${minor}`;
  }
}

/** The device and what it stands on, below each other. */
function tree(list: readonly MappedDevice[]): string {
  const at = (major: number, minor: number): MappedDevice | undefined => list.find((one) => one.major === major && one.minor === minor);
  const below = (one: MappedDevice, indent: string): string => one.below.map(({ major, minor }, index) => {
    const last = index === one.below.length - 1;
    const mapped = at(major, minor);
    return `${indent}${last ? "└" : "├"}─${mapped?.name ?? ""} (${major}:${minor})\n${mapped === undefined ? "" : below(mapped, `${indent}${last ? " " : "│"}  `)}`;
  }).join("");
  const tops = list.filter((one) => !list.some((other) => other.below.some(({ major, minor }) => major === one.major && minor === one.minor)));
  return tops.map((one) => `${one.name} (${one.major}:${one.minor})\n${below(one, " ")}`).join("");
}

export default gnu({
  name: "dmsetup", path: "/sbin/dmsetup", versionText: VERSION, tryLine: () => "", summary: "talk to the kernel's device mapper, below LVM", manSection: 8,
  synopsis: ["ls [--target TYPE] [--tree]", "info [-c [-o FIELDS]] [DEVICE]...", "table [DEVICE]...", "status [DEVICE]...", "deps [DEVICE]...", "create DEVICE [--table TABLE | --notable]", "reload DEVICE [TABLE-FILE]", "remove DEVICE...", "rename DEVICE NEW", "message DEVICE SECTOR MESSAGE", "suspend DEVICE...", "resume DEVICE...", "clear DEVICE...", "splitname NAME", "targets"],
  description: ["Targets: linear, striped, zero, error, snapshot-origin, snapshot, snapshot-merge, thin-pool, thin and crypt. Others are refused by the simulated kernel."],
  options: {
    table: text(["--table"], "TABLE", "the table, else standard input"), notable: flag(["-n", "--notable"], "make the device without a table"), columns: flag(["-c", "-C", "--columns"], "one line a device"), fields: text(["-o", "--options"], "FIELDS", "these fields, + in front: beside the usual ones; help lists them. For ls and deps: devno, blkdevname, devname"),
    sort: text(["-O", "--sort"], "FIELDS", "sort by these fields, - in front: from the end"), noHeadings: flag(["--noheadings"], "no headings, fields behind colons"), separator: text(["--separator"], "TEXT", "what stands between fields"), prefixes: flag(["--nameprefixes"], "fields as variables of a shell"),
    target: text(["--target"], "TYPE", "only devices with lines of that target"), tree: flag(["--tree"], "as a tree"), force: flag(["-f", "--force"], "taken"), retry: flag(["--retry"], "taken: nothing holds a device open for a moment here"), noFlush: flag(["--noflush", "--nolockfs"], "taken"), verbose: counted(["-v", "--verbose"], "taken"), uuid: text(["-u", "--uuid"], "UUID", "the new device's uuid"),
    deferred: unsimulated(["--deferred"], "remove a device once nobody has it open", "a device that is in use stays here"), concise: unsimulated(["--concise"], "tables of several devices in a line", "one device at a time is made here"), exec: unsimulated(["--exec"], "run a command for each device", "a loop of the shell does it", "COMMAND"), readonly: unsimulated(["-r", "--readonly"], "a device that cannot be written", "mapped devices can be written here"),
  }, operands: "none",
  *run({ options, operands, sys }, io: Io) {
    const [command, ...names] = operands;
    const usage = function* (message = ""): Blocking<number> {
      yield* io.stderr(`${message}Usage:\n\ndmsetup\n        [--version] [-h|--help [-c|-C|--columns]]\n        <command> [<device>...]\n`);
      return 1;
    };
    if (command === undefined) return yield* usage();
    const counts = COMMANDS.get(command);
    if (counts === undefined) return yield* usage("Unknown command.\n");
    if (names.length < counts[0] || names.length > counts[1]) return yield* usage("Incorrect number of arguments.\n");
    if (command === "splitname") {
      const parts = names[1] === undefined || names[1] === "LVM" ? splitName(names[0] ?? "") : [names[0] ?? "", "", ""];
      io.out.put(report([{ id: "vg_name", head: "VG", width: 4, numeric: false }, { id: "lv_name", head: "LV", width: 4, numeric: false }, { id: "lv_layer", head: "LVLayer", width: 7, numeric: false }], [parts], { headings: !options.noHeadings, separator: options.separator ?? (options.noHeadings ? ":" : undefined), prefixed: options.prefixes }));
      return 0;
    }
    let list: readonly MappedDevice[];
    try {
      list = [...(yield* mappedDevices(sys))].sort((a, b) => (a.name < b.name ? -1 : 1));
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.stderr(`/dev/mapper/control: open failed: ${error.message}\nFailure to communicate with kernel device-mapper driver.\nCommand failed.\n`);
      return 1;
    }
    const all = list;
    const find = (name: string): MappedDevice | undefined => list.find((one) => one.name === name.replace(/^\/dev\/mapper\//, "")) ?? list.find((one) => `/dev/dm-${one.minor}` === name);
    const failed = function* (message: string): Blocking<number> {
      yield* io.stderr(`${message}\nCommand failed.\n`);
      return 1;
    };
    const ioctlFailed = (request: string, name: string, reason: string): Blocking<number> => failed(`device-mapper: ${request} ioctl on ${name}  failed: ${reason}`);
    const wanted = (one: MappedDevice): boolean => options.target === undefined || one.targets.some(({ type }) => type === options.target);
    /** Each device that is named, or all. */
    const each = function* (request: string, then: (one: MappedDevice) => Blocking<number>): Blocking<number> {
      let status = 0;
      if (names.length === 0) {
        if (list.length === 0) io.out.put("No devices found\n");
        for (const one of list) if (wanted(one)) status = Math.max(status, yield* then(one));
      }
      for (const name of names) {
        const one = find(name);
        if (one !== undefined) status = Math.max(status, yield* then(one));
        else if (request === "info" || request === "status") {
          if (request === "info") yield* io.out.print("Device does not exist.\n");
          yield* io.stderr("Command failed.\n");
          status = 1;
        } else if (name.includes("/")) status = yield* failed(`Device ${name} not found`);
        else status = yield* ioctlFailed(request, name, "No such device or address");
      }
      return status;
    };
    const request = function* (name: string, what: string, shown: string, argument: object): Blocking<number> {
      try {
        yield* mapperRequest(sys, what, { name, ...argument });
        return 0;
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        return yield* ioctlFailed(shown, name, error.message);
      }
    };
    const needsDevice = (): Blocking<number> | undefined => (names.length === 0 ? failed("No device specified.") : undefined);
    switch (command) {
      case "ls":
        list = list.filter(wanted);
        if (list.length === 0) io.out.put("No devices found\n");
        if (options.tree) io.out.put(tree(list));
        else for (const one of list) io.out.put(`${one.name}\t(${options.fields === "blkdevname" ? `dm-${one.minor}` : options.fields === "devname" ? one.name : `${one.major}:${one.minor}`})\n`);
        return 0;
      case "info": {
        if (!options.columns) {
          return yield* each("info", function* (one) {
            io.out.put(`Name:              ${one.name}\nState:             ${one.suspended ? "SUSPENDED" : "ACTIVE"}\nRead Ahead:        256\nTables present:    ${one.targets.length > 0 ? (one.inactive ? "LIVE & INACTIVE" : "LIVE") : one.inactive ? "INACTIVE" : "None"}\nOpen count:        ${one.openCount}\nEvent number:      0\nMajor, minor:      ${one.major}, ${one.minor}\nNumber of targets: ${one.targets.length}\n${one.uuid === "" ? "" : `UUID: ${one.uuid}\n`}\n`);
            return 0;
          });
        }
        const words = options.fields?.startsWith("+") === true ? `${STANDARD},${options.fields.slice(1)}` : (options.fields ?? STANDARD);
        if (/^(help|\?)$/.test(words)) {
          yield* io.stderr(`Mapped Device Fields\n--------------------\n${FIELDS.map(({ id, words: meaning }) => `  ${id.padEnd(20)} - ${meaning}\n`).join("")}`);
          return 0;
        }
        const fields = fieldsOf(words);
        const keys = (options.sort ?? "").split(",").filter((key) => key !== "").map((key) => ({ from: key.startsWith("-") ? -1 : 1, field: fieldsOf(key.replace(/^[-+]/, "")) }));
        const unknown = typeof fields === "string" ? fields : keys.map(({ field }) => field).find((field) => typeof field === "string");
        if (typeof fields === "string" || unknown !== undefined) return yield* failed(`Unrecognised field: ${String(unknown)}`);
        const chosen: MappedDevice[] = [];
        const status = yield* each("info", function* (one) {
          chosen.push(one);
          return 0;
        });
        const name = (major: number, minor: number): string => blockName(sys, major, minor);
        chosen.sort((a, b) => {
          for (const { from, field } of keys) {
            const [key] = typeof field === "string" ? [] : field;
            if (key === undefined) continue;
            const [left, right] = [key.value(a, all, name), key.value(b, all, name)];
            if (left !== right) return from * (key.numeric ? Number(left) - Number(right) : left < right ? -1 : 1);
          }
          return 0;
        });
        io.out.put(report(fields, chosen.map((one) => fields.map((field) => field.value(one, all, name))), { headings: !options.noHeadings, separator: options.separator ?? (options.noHeadings ? ":" : undefined), prefixed: options.prefixes }));
        return status;
      }
      case "table": case "status":
        return yield* each(command, function* (one) {
          const states = command === "status" ? (yield* mappedStatus(sys, one.name)) : [];
          const front = names.length === 1 ? "" : `${one.name}: `;
          if (one.targets.length === 0) io.out.put(`${front}\n`);
          for (const [index, target] of one.targets.entries()) if (options.target === undefined || target.type === options.target) io.out.put(`${front}${target.startSector} ${target.sectors} ${target.type} ${command === "table" ? target.params : (states[index] ?? "")}\n`);
          return 0;
        });
      case "deps":
        return yield* each(command, function* (one) {
          const shown = one.below.map(({ major, minor }) => (options.fields === "blkdevname" || options.fields === "devname" ? `(${(options.fields === "devname" ? all.find((other) => other.major === major && other.minor === minor)?.name : undefined) ?? blockName(sys, major, minor)})` : `(${major}, ${minor})`));
          io.out.put(`${names.length === 1 ? "" : `${one.name}: `}${one.below.length} dependencies\t: ${shown.join(" ")}\n`);
          return 0;
        });
      case "message":
        return find(names[0] ?? "") === undefined ? yield* ioctlFailed("message", names[0] ?? "", "No such device or address") : yield* request(find(names[0] ?? "")?.name ?? "", "DM_TARGET_MSG", "message", { message: names.slice(2).join(" ") });
      case "suspend": case "resume":
        return yield* (needsDevice() ?? each(command, (one) => request(one.name, "DM_DEV_SUSPEND", command, { suspended: command === "suspend" })));
      case "clear":
        return yield* (needsDevice() ?? each(command, (one) => request(one.name, "DM_TABLE_CLEAR", command, {})));
      case "create": case "load": case "reload": {
        const [name, file] = names;
        if (name === undefined) return yield* failed("No device specified.");
        const targets = options.notable ? [] : yield* readTable(file);
        if (typeof targets === "string") return yield* failed(targets);
        if (command !== "create") return find(name) === undefined ? yield* ioctlFailed("reload", name, "No such device or address") : yield* request(name, "DM_TABLE_LOAD", "reload", { targets, inactive: true });
        let minor: number;
        try {
          minor = Number(yield* mapperRequest(sys, "DM_DEV_CREATE", { name, uuid: options.uuid ?? "" }));
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          return yield* ioctlFailed("create", name, error.message);
        }
        if (!options.notable) {
          try {
            yield* mapperRequest(sys, "DM_TABLE_LOAD", { name, targets });
          } catch (error) {
            if (!(error instanceof SysError)) throw error;
            yield* mapperRequest(sys, "DM_DEV_REMOVE", { name });
            return yield* ioctlFailed("reload", name, error.errno === "EBUSY" ? error.message : "Invalid argument");
          }
        }
        replaceLink(sys, `/dev/mapper/${name}`, `../dm-${minor}`);
        return 0;
      }
      case "remove":
        return yield* (needsDevice() ?? each(command, function* (one) {
          const status = yield* request(one.name, "DM_DEV_REMOVE", command, {});
          if (status === 0) removeLink(sys, `/dev/mapper/${one.name}`);
          return status;
        }));
      case "rename": {
        const [old = "", name] = names;
        const one = find(old);
        if (name === undefined) return yield* usage("Incorrect number of arguments.\n");
        if (one === undefined) return yield* ioctlFailed("rename", old, "No such device or address");
        const status = yield* request(one.name, "DM_DEV_RENAME", "rename", { to: name });
        if (status !== 0) return status;
        removeLink(sys, `/dev/mapper/${one.name}`);
        replaceLink(sys, `/dev/mapper/${name}`, `../dm-${one.minor}`);
        return 0;
      }
      case "mknodes":
        for (const one of list) replaceLink(sys, `/dev/mapper/${one.name}`, `../dm-${one.minor}`);
        return 0;
      case "version":
        io.out.put(VERSION);
        return 0;
      case "targets":
        for (const [type, version] of VERSIONS) io.out.put(`${type.padEnd(16)} v${version}\n`);
        return 0;
      default:
        for (const one of [...list].reverse()) {
          if (one.openCount > 0) continue;
          yield* mapperRequest(sys, "DM_DEV_REMOVE", { name: one.name });
          removeLink(sys, `/dev/mapper/${one.name}`);
        }
        return 0;
    }

    /** Lines of a table, or what is wrong with one. */
    function* readTable(file: string | undefined): Blocking<readonly TableLine[] | string> {
      const words = options.table ?? (file === undefined ? decode(yield* sys.read(0, 65_536)) : yield* readTextFile(sys, file));
      if (words === undefined) return `${file}: fopen failed: No such file or directory`;
      const targets: TableLine[] = [];
      for (const [index, line] of words.split("\n").entries()) {
        const [start = "", sectors = "", type, ...params] = line.trim().split(/\s+/);
        if (start === "" || start.startsWith("#")) continue;
        if (type === undefined || !/^\d+$/.test(start) || !/^\d+$/.test(sectors)) return `Invalid format on line ${index + 1} of table ${options.table === undefined && file !== undefined ? file : "on stdin"}.`;
        targets.push({ startSector: Number(start), sectors: Number(sectors), type, params: params.map((word) => (word.startsWith("/dev/") ? numbersOf(sys, word) : word)).join(" ") });
      }
      return targets;
    }
  },
});
