// dmsetup: devices of the device mapper, made, shown and removed one by one (dmsetup(8)).
import { type Blocking, type Sys, SysError, decode } from "../../kernel/sys.ts";
import { deviceNumbers, type MappedDevice, mappedDevices, mappedStatus, mapperRequest } from "../kit/device-mapper.ts";
import { type Io, flag, gnu, text } from "../kit/gnu.ts";

const VERSIONS = [["snapshot-merge", "1.5.0"], ["snapshot-origin", "1.9.0"], ["snapshot", "1.16.0"], ["crypt", "1.24.0"], ["thin", "1.23.0"], ["thin-pool", "1.23.0"], ["zero", "1.2.0"], ["striped", "1.6.0"], ["linear", "1.4.0"], ["error", "1.5.0"]] as const;

function numbersOf(sys: Sys, path: string): string {
  try {
    return deviceNumbers(sys, path);
  } catch (error) {
    if (error instanceof SysError) return path;
    throw error;
  }
}

export default gnu({
  name: "dmsetup", path: "/sbin/dmsetup", versionText: "Library version:   1.02.185 (2022-05-18)\nDriver version:    4.47.0\n", tryLine: () => "", summary: "talk to the kernel's device mapper, below LVM", manSection: 8,
  synopsis: ["ls", "info [DEVICE]", "table [DEVICE]", "status [DEVICE]", "deps [DEVICE]", "create DEVICE [--table TABLE]", "remove DEVICE", "rename DEVICE NEW", "message DEVICE SECTOR MESSAGE", "suspend DEVICE", "resume DEVICE", "targets"],
  description: ["Targets: linear, striped, zero, error, snapshot-origin, snapshot, snapshot-merge, thin-pool, thin and crypt. Others are refused by the simulated kernel."],
  options: { table: text(["--table"], "TABLE", "the table, else standard input"), columns: flag(["-c", "-C", "--columns"], "one line a device"), tree: flag(["--tree"], "as a tree"), force: flag(["-f", "--force"], "taken"), uuid: text(["-u", "--uuid"], "UUID", "the new device's uuid") }, operands: "none",
  *run({ options, operands, sys }, io: Io) {
    const [command, name, second] = operands;
    if (command === undefined) {
      yield* io.stderr("Usage:\n\ndmsetup\n        [--version] [-h|--help [-c|-C|--columns]]\n        <command> [<device>...]\n");
      return 1;
    }
    let list: readonly MappedDevice[];
    try {
      list = yield* mappedDevices(sys);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.stderr(`/dev/mapper/control: open failed: ${error.message}\nFailure to communicate with kernel device-mapper driver.\nCommand failed.\n`);
      return 1;
    }
    const chosen = name === undefined ? list : list.filter((one) => one.name === name.replace(/^\/dev\/mapper\//, ""));
    const missing = function* (): Blocking<number> {
      yield* io.stderr(`Device ${name} not found\nCommand failed.\n`);
      return 1;
    };
    switch (command) {
      case "ls":
        if (list.length === 0) io.out.put("No devices found\n");
        for (const one of list) io.out.put(options.tree ? `${one.name} (${one.major}:${one.minor})\n${one.below.map(({ major, minor }, index) => ` ${index === one.below.length - 1 ? "└─" : "├─"}${list.find((each) => each.major === major && each.minor === minor)?.name ?? ""} (${major}:${minor})\n`.replace("─ ", "─")).join("")}` : `${one.name}\t(${one.major}:${one.minor})\n`);
        return 0;
      case "info":
        if (list.length === 0) io.out.put("No devices found\n");
        if (name !== undefined && chosen.length === 0) return yield* missing();
        if (options.columns) {
          const width = Math.max(4, ...chosen.map((one) => one.name.length));
          io.out.put(`${"Name".padEnd(width)} Maj Min Stat Open Targ Event  UUID\n`);
          for (const one of chosen) io.out.put(`${one.name.padEnd(width)} ${String(one.major).padStart(3)} ${String(one.minor).padStart(3)} L--w ${String(one.openCount).padStart(4)} ${String(one.targets.length).padStart(4)} ${"0".padStart(5)}  ${one.uuid}\n`);
          return 0;
        }
        for (const one of chosen) io.out.put(`Name:              ${one.name}\nState:             ${one.suspended ? "SUSPENDED" : "ACTIVE"}\nRead Ahead:        256\nTables present:    ${one.targets.length > 0 ? "LIVE" : "None"}\nOpen count:        ${one.openCount}\nEvent number:      0\nMajor, minor:      ${one.major}, ${one.minor}\nNumber of targets: ${one.targets.length}\n${one.uuid === "" ? "" : `UUID: ${one.uuid}\n`}\n`);
        return 0;
      case "table": case "status":
        if (list.length === 0) io.out.put("No devices found\n");
        if (name !== undefined && chosen.length === 0) return yield* missing();
        for (const one of chosen) {
          const states = command === "status" ? (yield* mappedStatus(sys, one.name)) : [];
          for (const [index, target] of one.targets.entries()) io.out.put(`${name === undefined ? `${one.name}: ` : ""}${target.startSector} ${target.sectors} ${target.type} ${command === "table" ? target.params : (states[index] ?? "")}\n`);
        }
        return 0;
      case "deps":
        for (const one of chosen) io.out.put(`${name === undefined ? `${one.name}: ` : ""}${one.below.length} dependencies\t: ${one.below.map(({ major, minor }) => `(${major}, ${minor})`).join(" ")}\n`);
        return 0;
      case "message": {
        if (name === undefined || chosen.length === 0) return yield* missing();
        try {
          yield* mapperRequest(sys, "DM_TARGET_MSG", { name: chosen[0]?.name ?? "", message: operands.slice(3).join(" ") });
          return 0;
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          yield* io.stderr(`device-mapper: message ioctl on ${name}  failed: ${error.message}\nCommand failed.\n`);
          return 1;
        }
      }
      case "suspend": case "resume":
        if (name === undefined || chosen.length === 0) return yield* missing();
        yield* mapperRequest(sys, "DM_DEV_SUSPEND", { name: chosen[0]?.name ?? "", suspended: command === "suspend" });
        return 0;
      case "create": {
        if (name === undefined) break;
        const words = options.table ?? decode(yield* sys.read(0, 65_536));
        const targets: { startSector: number; sectors: number; type: string; params: string }[] = [];
        for (const line of words.split("\n")) {
          const [start, sectors, type = "", ...params] = line.trim().split(/\s+/);
          if (start === undefined || start === "") continue;
          targets.push({ startSector: Number(start), sectors: Number(sectors), type, params: params.map((word) => (word.startsWith("/dev/") ? numbersOf(sys, word) : word)).join(" ") });
        }
        try {
          const minor = Number(yield* mapperRequest(sys, "DM_DEV_CREATE", { name, uuid: options.uuid ?? "" }));
          try {
            yield* mapperRequest(sys, "DM_TABLE_LOAD", { name, targets });
          } catch (error) {
            if (!(error instanceof SysError)) throw error;
            yield* mapperRequest(sys, "DM_DEV_REMOVE", { name });
            throw new SysError("EINVAL");
          }
          sys.symlink(`../dm-${minor}`, `/dev/mapper/${name}`);
          return 0;
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          yield* io.stderr(`device-mapper: ${error.errno === "EBUSY" ? `create ioctl on ${name} failed: Device or resource busy` : "reload ioctl on " + name + " failed: Invalid argument"}\nCommand failed.\n`);
          return 1;
        }
      }
      case "remove": {
        const [one] = chosen;
        if (name === undefined || !one) return yield* missing();
        try {
          yield* mapperRequest(sys, "DM_DEV_REMOVE", { name: one.name });
          sys.unlink(`/dev/mapper/${one.name}`);
          return 0;
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          yield* io.stderr(`device-mapper: remove ioctl on ${one.name}  failed: ${error.message}\nCommand failed.\n`);
          return 1;
        }
      }
      case "rename": {
        const [one] = chosen;
        if (!one || second === undefined) return yield* missing();
        yield* mapperRequest(sys, "DM_DEV_RENAME", { name: one.name, to: second });
        sys.unlink(`/dev/mapper/${one.name}`);
        sys.symlink(`../dm-${one.minor}`, `/dev/mapper/${second}`);
        return 0;
      }
      case "version":
        io.out.put("Library version:   1.02.185 (2022-05-18)\nDriver version:    4.47.0\n");
        return 0;
      case "targets":
        for (const [type, version] of VERSIONS) io.out.put(`${type.padEnd(16)} v${version}\n`);
        return 0;
      case "remove_all":
        for (const one of [...list].reverse()) {
          if (one.openCount > 0) continue;
          yield* mapperRequest(sys, "DM_DEV_REMOVE", { name: one.name });
          sys.unlink(`/dev/mapper/${one.name}`);
        }
        return 0;
      default:
    }
    yield* io.stderr("Unknown command\n");
    return 1;
  },
});
