// dmsetup: devices of the device mapper, made, shown and removed one by one (dmsetup(8)).
import { type Blocking, O, type Sys, SysError, decode } from "../../kernel/sys.ts";
import { type Io, flag, gnu, text } from "../kit/gnu.ts";

interface Mapped {
  readonly name: string;
  readonly uuid: string;
  readonly major: number;
  readonly minor: number;
  readonly openCount: number;
  readonly targets: readonly { readonly startSector: number; readonly sectors: number; readonly type: string; readonly major?: number; readonly minor?: number; readonly offsetSector?: number }[];
}

function* control(sys: Sys, request: string, argument?: unknown): Blocking<unknown> {
  const fd = yield* sys.open("/dev/mapper/control", O.RDWR);
  try {
    return sys.ioctl(fd, request, argument);
  } finally {
    sys.close(fd);
  }
}

export default gnu({
  name: "dmsetup", path: "/sbin/dmsetup", versionText: "Library version:   1.02.185 (2022-05-18)\nDriver version:    4.47.0\n", tryLine: () => "", summary: "low level logical volume management", manSection: 8,
  synopsis: ["ls", "info [DEVICE]", "table [DEVICE]", "status [DEVICE]", "deps [DEVICE]", "create DEVICE [--table TABLE]", "remove DEVICE", "rename DEVICE NEW"],
  description: ["Targets: linear, zero and error. Others are refused by the simulated kernel."],
  options: { table: text(["--table"], "TABLE", "the table, else standard input"), columns: flag(["-c", "-C", "--columns"], "one line a device"), tree: flag(["--tree"], "as a tree"), force: flag(["-f", "--force"], "taken"), uuid: text(["-u", "--uuid"], "UUID", "the new device's uuid") }, operands: "none",
  *run({ options, operands, sys }, io: Io) {
    const [command, name, second] = operands;
    if (command === undefined) {
      yield* io.stderr("Usage:\n\ndmsetup\n        [--version] [-h|--help [-c|-C|--columns]]\n        <command> [<device>...]\n");
      return 1;
    }
    let list: readonly Mapped[];
    try {
      list = (yield* control(sys, "DM_LIST_DEVICES")) as readonly Mapped[];
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
    const params = (one: Mapped["targets"][number]): string => (one.type === "linear" ? ` ${one.major}:${one.minor} ${one.offsetSector}` : "");
    switch (command) {
      case "ls":
        if (list.length === 0) io.out.put("No devices found\n");
        for (const one of list) io.out.put(options.tree ? `${one.name} (${one.major}:${one.minor})\n${one.targets.map((target, index) => ` ${index === one.targets.length - 1 ? "└─" : "├─"} (${target.major}:${target.minor})\n`.replace("─ ", "─")).join("")}` : `${one.name}\t(${one.major}:${one.minor})\n`);
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
        for (const one of chosen) io.out.put(`Name:              ${one.name}\nState:             ACTIVE\nRead Ahead:        256\nTables present:    ${one.targets.length > 0 ? "LIVE" : "None"}\nOpen count:        ${one.openCount}\nEvent number:      0\nMajor, minor:      ${one.major}, ${one.minor}\nNumber of targets: ${one.targets.length}\n${one.uuid === "" ? "" : `UUID: ${one.uuid}\n`}\n`);
        return 0;
      case "table": case "status":
        if (list.length === 0) io.out.put("No devices found\n");
        if (name !== undefined && chosen.length === 0) return yield* missing();
        for (const one of chosen) for (const target of one.targets) io.out.put(`${name === undefined ? `${one.name}: ` : ""}${target.startSector} ${target.sectors} ${target.type}${command === "table" ? params(target) : " "}\n`);
        return 0;
      case "deps":
        for (const one of chosen) {
          const below = [...new Set(one.targets.filter((target) => target.type === "linear").map((target) => `(${target.major}, ${target.minor})`))];
          io.out.put(`${name === undefined ? `${one.name}: ` : ""}${below.length} dependencies\t: ${below.join(" ")}\n`);
        }
        return 0;
      case "create": {
        if (name === undefined) break;
        const words = options.table ?? decode(yield* sys.read(0, 65_536));
        const targets: { startSector: number; sectors: number; type: string; major?: number; minor?: number; offsetSector?: number }[] = [];
        for (const line of words.split("\n")) {
          const [start, sectors, type = "", device, offset] = line.trim().split(/\s+/);
          if (start === undefined || start === "") continue;
          if (type === "linear") {
            let numbers = /^(\d+):(\d+)$/.exec(device ?? "")?.slice(1).map(Number);
            if (!numbers) {
              try {
                const { rdev } = sys.stat(device ?? "");
                numbers = [rdev >> 8, rdev & 0xff];
              } catch (error) {
                if (!(error instanceof SysError)) throw error;
                numbers = [0, 0];
              }
            }
            targets.push({ startSector: Number(start), sectors: Number(sectors), type, major: numbers[0] ?? 0, minor: numbers[1] ?? 0, offsetSector: Number(offset ?? 0) });
          } else targets.push({ startSector: Number(start), sectors: Number(sectors), type });
        }
        try {
          const minor = Number(yield* control(sys, "DM_DEV_CREATE", { name, uuid: options.uuid ?? "" }));
          try {
            yield* control(sys, "DM_TABLE_LOAD", { name, targets });
          } catch (error) {
            if (!(error instanceof SysError)) throw error;
            yield* control(sys, "DM_DEV_REMOVE", { name });
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
          yield* control(sys, "DM_DEV_REMOVE", { name: one.name });
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
        yield* control(sys, "DM_DEV_RENAME", { name: one.name, to: second });
        sys.unlink(`/dev/mapper/${one.name}`);
        sys.symlink(`../dm-${one.minor}`, `/dev/mapper/${second}`);
        return 0;
      }
      case "version":
        io.out.put("Library version:   1.02.185 (2022-05-18)\nDriver version:    4.47.0\n");
        return 0;
      case "targets":
        io.out.put("zero             v1.1.0\nlinear           v1.4.0\nerror            v1.5.0\n");
        return 0;
      default:
    }
    yield* io.stderr("Unknown command\n");
    return 1;
  },
});
