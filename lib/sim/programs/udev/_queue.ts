// udevadm settle, control, wait, lock: events are over when their trigger returns, so there is never a queue.
import { type Blocking, O, SysError, type Sys } from "../../kernel/sys.ts";
import { flag, type Io, text } from "../kit/gnu.ts";
import { exists } from "../kit/presence.ts";
import { waitFor } from "../kit/shell-command.ts";
import { tell } from "./_event.ts";
import { readRules } from "./_rules.ts";
import { udevadmVerb } from "./_udevadm.ts";

export const settle = udevadmVerb({
  name: "settle", summary: "wait until udev has no events left", synopsis: ["[OPTIONS]"],
  options: { timeout: text(["-t", "--timeout"], "SEC", "most time to wait"), exists: text(["-E", "--exit-if-exists"], "FILE", "stop waiting when the file is there") },
  *run({ options, operands }, io: Io) {
    if (operands.length > 0) {
      yield* io.stderr("Extraneous argument: " + `'${operands[0] ?? ""}'\n`);
      return 1;
    }
    if (options.timeout !== undefined && !/^\d+(\.\d+)?\s*(us|ms|s|sec|min|m|h)?$/.test(options.timeout)) {
      yield* io.stderr(`Failed to parse timeout value '${options.timeout}': Invalid argument\n`);
      return 1;
    }
    return 0;
  },
});

export const control = udevadmVerb({
  name: "control", summary: "tell the daemon of udev: reload, stop, log level...", synopsis: ["OPTION"],
  options: {
    exit: flag(["-e", "--exit"], "tell the daemon to end"), level: text(["-l", "--log-level", "--log-priority"], "LEVEL", "what the daemon logs"), stop: flag(["-s", "--stop-exec-queue"], "hold events back"), start: flag(["-S", "--start-exec-queue"], "let events run"),
    reload: flag(["-R", "--reload", "--reload-rules"], "read rules and settings again"), property: text(["-p", "--property", "--env"], "KEY=VALUE", "a property of all events"), most: text(["-m", "--children-max"], "N", "how many events at once"), ping: flag(["--ping"], "only ask whether the daemon answers"), timeout: text(["-t", "--timeout"], "SECONDS", "how long to wait"),
  },
  *run({ options, operands, given, sys }, io: Io) {
    if (sys.getcred().euid !== 0) {
      yield* io.stderr(given.length === 0 && operands.length === 0 ? "This command expects one or more options.\n" : "This command must be invoked with root privileges.\n");
      return 1;
    }
    if (options.level !== undefined && !/^(emerg|alert|crit|err|warning|notice|info|debug|[0-7])$/.test(options.level)) {
      yield* io.stderr(`Failed to parse log level '${options.level}': Invalid argument\n`);
      return 1;
    }
    if (operands.length > 0) {
      yield* io.stderr(`Extraneous argument: ${operands[0] ?? ""}\n`);
      return 1;
    }
    if (!options.exit && !options.stop && !options.start && !options.reload && !options.ping && options.level === undefined && options.property === undefined && options.most === undefined) {
      yield* io.stderr("This command expects one or more options.\n");
      return 1;
    }
    if (options.reload) for (const { file, line, message } of (yield* readRules(sys)).problems) yield* tell(sys, `${file}:${line} ${message}`);
    return 0;
  },
});

export const wait = udevadmVerb({
  name: "wait", summary: "wait until a device is there", synopsis: ["[OPTIONS] DEVICE [DEVICE…]"],
  options: { timeout: text(["-t", "--timeout"], "SEC", "most time to wait"), initialised: text(["--initialized"], "BOOL", "until udev knows it"), removed: flag(["--removed"], "until it is gone"), settle: flag(["--settle"], "and until the events are over") },
  *run({ options, operands, sys }, io: Io) {
    if (operands.length === 0) {
      yield* io.stderr("Too few arguments, expected at least one device path or device symlink.\n");
      return 1;
    }
    const endUs = options.timeout === undefined ? Number.POSITIVE_INFINITY : sys.clockUs("monotonic") + Number(options.timeout) * 1e6;
    while (!operands.every((path) => exists(sys, path) !== options.removed)) {
      if (sys.clockUs("monotonic") >= endUs) {
        yield* io.stderr("Timed out for waiting devices being initialized.\n");
        return 1;
      }
      yield* sys.sleep(100_000);
    }
    return 0;
  },
});

/** The command runs while the devices' locks are held (BSD locks on the whole disk). */
function* withLocks(sys: Sys, devices: readonly string[], body: () => Blocking<number>): Blocking<number> {
  const held: number[] = [];
  try {
    for (const device of devices) {
      const fd = yield* sys.open(device, O.RDONLY | O.CLOEXEC);
      held.push(fd);
      yield* sys.flock(fd, "exclusive");
    }
    return yield* body();
  } finally {
    for (const fd of held) sys.close(fd);
  }
}

export const lock = udevadmVerb({
  name: "lock", summary: "hold a block device while a command runs", synopsis: ["[OPTIONS…] COMMAND"], parsing: { stopAtOperand: true },
  options: { device: text(["-d", "--device"], "DEVICE", "the device to hold"), backing: text(["-b", "--backing"], "FILE", "the device that holds this file"), timeout: text(["-t", "--timeout"], "SECS", "most time to wait"), print: flag(["-p", "--print"], "only say which devices would be locked") },
  *run({ options, operands, sys }, io: Io) {
    const device = options.device ?? options.backing;
    if (device === undefined) {
      yield* io.stderr(operands.length === 0 ? "Too few arguments, command to execute.\n" : "No devices to lock specified, refusing.\n");
      return 1;
    }
    if (options.print) {
      io.out.put(`${device}\n`);
      return 0;
    }
    if (operands.length === 0) {
      yield* io.stderr("Too few arguments, command to execute.\n");
      return 1;
    }
    return yield* withLocks(sys, [device], function* () {
      const pid = sys.fork(function* (child) {
        for (const directory of operands[0]?.includes("/") === true ? [""] : (child.environment.get("PATH") ?? "/usr/bin:/bin").split(":").map((one) => `${one}/`)) {
          try {
            return yield* child.exec(`${directory}${operands[0] ?? ""}`, operands, child.environment);
          } catch (error) {
            if (!(error instanceof SysError)) throw error;
          }
        }
        yield* io.stderr(`Failed to execute ${operands[0] ?? ""}: No such file or directory\n`);
        return 1;
      });
      const status = yield* waitFor(sys, pid);
      return status.kind === "exited" ? status.status : 1;
    });
  },
});
