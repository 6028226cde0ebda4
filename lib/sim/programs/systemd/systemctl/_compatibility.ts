// What systemctl does under the names of System V's tools: reboot, poweroff, halt, shutdown, telinit, runlevel.
import { type Blocking, encode, type Program, type Sys } from "../../../kernel/sys.ts";
import { isFailure, type ManagerConnection } from "../../../daemons/systemd/api/protocol.ts";
import { flag, type Io } from "../../kit/gnu.ts";
import { readTextFile } from "../../kit/accounts.ts";
import { civilAtUs, strftime } from "../../kit/time-format.ts";
import { readUtmp, UT } from "../../kit/utmp.ts";
import { readZone } from "../../kit/zones.ts";
import { complain, connect, startAgent, systemdTool } from "../_systemd.ts";
import { noteRunLevel } from "./_run-level.ts";

export type PowerAction = "reboot" | "poweroff" | "halt";

const callNames: Readonly<Record<PowerAction, string>> = { reboot: "Reboot", poweroff: "PowerOff", halt: "Halt" };

/** Over logind, which refuses an ordinary user when nobody can be asked for a password. */
export function* powerNow(io: Io, bus: ManagerConnection, action: PowerAction): Blocking<number> {
  const reply = yield* bus.call({ op: "power", action });
  if (!isFailure(reply)) return 0;
  yield* complain(io, `Failed to set wall message, ignoring: ${reply.error}`);
  yield* complain(io, `Call to ${callNames[action]} failed: ${reply.error}`);
  return 1;
}

const powerTool = (name: PowerAction) => systemdTool({
  name,
  path: `/sbin/${name}`,
  summary: `${name} the machine`,
  synopsis: ["[OPTIONS...]"],
  options: {
    halt: flag(["--halt"], "halt the machine"),
    poweroff: flag(["-p", "--poweroff"], "switch off the machine"),
    reboot: flag(["--reboot"], "reboot the machine"),
    force: flag(["-f", "--force"], "do not go through the manager"),
    wtmpOnly: flag(["-w", "--wtmp-only"], "write a record to wtmp only"),
    noWtmp: flag(["-d", "--no-wtmp"], "write no record to wtmp"),
    noWall: flag(["--no-wall"], "no message to terminals"),
  },
  *run({ options, operands, sys }, io) {
    if (operands.length > 0) {
      yield* complain(io, "Too many arguments.");
      return 1;
    }
    const action = options.halt ? "halt" : options.poweroff ? "poweroff" : options.reboot ? "reboot" : name;
    if (options.wtmpOnly) return 0;
    if (options.force && sys.getcred().euid === 0) {
      sys.reboot(action);
      yield* sys.sleep(1);
      return 0;
    }
    const bus = yield* connect(io);
    if (bus === undefined) return 1;
    yield* startAgent(io);
    return yield* powerNow(io, bus, action);
  },
});

/** "now", "+5", "17:30": the time on the realtime clock; undefined for anything else. */
function parseTime(word: string, nowUs: number, midnightUs: number): number | "now" | undefined {
  if (word === "now" || word === "+0") return "now";
  const minutes = /^\+?(\d+)$/.exec(word)?.[1];
  if (minutes !== undefined) return nowUs + Number(minutes) * 60_000_000;
  const clock = /^(\d{1,2}):(\d{2})$/.exec(word);
  if (clock === null || Number(clock[1]) > 23 || Number(clock[2]) > 59) return undefined;
  const atUs = midnightUs + (Number(clock[1]) * 60 + Number(clock[2])) * 60_000_000;
  return atUs > nowUs ? atUs : atUs + 86_400_000_000;
}

const shutdown = systemdTool({
  name: "shutdown",
  path: "/sbin/shutdown",
  summary: "halt, power off or reboot the machine",
  synopsis: ["[OPTIONS...] [TIME] [WALL...]"],
  options: {
    halt: flag(["-H", "--halt"], "halt the machine"),
    poweroff: flag(["-P", "--poweroff"], "switch off the machine"),
    off: flag(["-h"], "as --poweroff, unless --halt is given"),
    reboot: flag(["-r", "--reboot"], "reboot the machine"),
    warnOnly: flag(["-k"], "do not shut down, only warn"),
    noWall: flag(["--no-wall"], "no message to terminals"),
    cancel: flag(["-c"], "cancel what is planned"),
    show: flag(["--show"], "show what is planned"),
  },
  *run({ options, operands, sys }, io) {
    const bus = yield* connect(io);
    if (bus === undefined) return 1;
    if (options.cancel) {
      const reply = yield* bus.call({ op: "cancel-power" });
      if (isFailure(reply)) yield* complain(io, `Failed to talk to logind, shutdown hasn't been cancelled: ${reply.error}`);
      return isFailure(reply) ? 1 : 0;
    }
    if (options.show) {
      const planned = (yield* readTextFile(sys, "/run/systemd/shutdown/scheduled")) ?? "";
      const whenUs = /^USEC=(\d+)$/m.exec(planned)?.[1];
      const mode = /^MODE=(.*)$/m.exec(planned)?.[1];
      if (whenUs === undefined) {
        yield* complain(io, "No scheduled shutdown.", "info");
        return 1;
      }
      yield* complain(io, `${mode === "reboot" ? "Reboot" : mode === "halt" ? "Halt" : "Shutdown"} scheduled for ${strftime("%a %Y-%m-%d %H:%M:%S %Z", civilAtUs(yield* readZone(sys), Number(whenUs)))}, use 'shutdown -c' to cancel.`, "info");
      return 0;
    }
    const action = options.halt ? "halt" : options.reboot ? "reboot" : "poweroff";
    const nowUs = sys.clockUs("realtime");
    const zone = yield* readZone(sys);
    const civil = civilAtUs(zone, nowUs);
    const atUs = parseTime(operands[0] ?? "+1", nowUs, nowUs - (nowUs % 1_000_000) - (civil.hour * 3600 + civil.minute * 60 + civil.second) * 1_000_000);
    if (atUs === undefined) {
      yield* complain(io, `Failed to parse time specification: ${operands[0] ?? ""}`);
      return 1;
    }
    yield* startAgent(io);
    if (options.warnOnly) return 0;
    if (atUs === "now") return yield* powerNow(io, bus, action);
    const reply = yield* bus.call({ op: "power", action, atUs });
    if (isFailure(reply)) {
      yield* complain(io, `Failed to set wall message, ignoring: ${reply.error}`);
      yield* complain(io, `Failed to schedule shutdown: ${reply.error}`);
      return 1;
    }
    yield* complain(io, `${action === "reboot" ? "Reboot" : "Shutdown"} scheduled for ${strftime("%a %Y-%m-%d %H:%M:%S %Z", civilAtUs(zone, atUs))}, use 'shutdown -c' to cancel.`, "info");
    return 0;
  },
});

const telinit = systemdTool({
  name: "telinit",
  path: "/sbin/telinit",
  summary: "change the runlevel",
  synopsis: ["[OPTIONS...] COMMAND"],
  options: { noWall: flag(["--no-wall"], "no message to terminals") },
  *run({ operands }, io) {
    const [level] = operands;
    if (level === undefined) {
      yield* complain(io, `${io.argv0.replace(/^.*\//, "")}: required argument missing.`);
      return 1;
    }
    const bus = yield* connect(io);
    if (bus === undefined) return 1;
    if (level === "0" || level === "6") return yield* powerNow(io, bus, level === "0" ? "poweroff" : "reboot");
    if (level === "q" || level === "Q" || level === "u" || level === "U") {
      const reply = yield* bus.call({ op: level.toLowerCase() === "q" ? "reload" : "reexec" });
      if (isFailure(reply)) yield* complain(io, `Failed to reload daemon: ${reply.error}`);
      return isFailure(reply) ? 1 : 0;
    }
    const target = level === "1" || level === "s" || level === "S" ? "rescue.target" : /^[2-4]$/.test(level) ? "multi-user.target" : level === "5" ? "graphical.target" : undefined;
    if (target === undefined) {
      yield* complain(io, `Invalid command: ${level}`);
      return 1;
    }
    const reply = yield* bus.call({ op: "isolate", unit: target });
    if (isFailure(reply)) yield* complain(io, `Failed to start ${target}: ${reply.error}`);
    else yield* noteRunLevel(io.sys, target);
    return isFailure(reply) ? 1 : 0;
  },
});

function* runlevel(sys: Sys): Blocking<number> {
  const record = (yield* readUtmp(sys)).findLast((one) => one.type === UT.RUN_LVL);
  if (record === undefined) {
    yield* sys.write(1, encode("unknown\n"));
    return 1;
  }
  const letter = (code: number): string => (code === 0 ? "N" : String.fromCharCode(code));
  yield* sys.write(1, encode(`${letter(record.pid >> 8)} ${letter(record.pid & 255)}\n`));
  return 0;
}

const programs: ReadonlyMap<string, Program> = new Map<string, Program>([
  ["reboot", powerTool("reboot").program], ["poweroff", powerTool("poweroff").program], ["halt", powerTool("halt").program], ["shutdown", shutdown.program], ["telinit", telinit.program], ["init", telinit.program], ["runlevel", (sys) => runlevel(sys)],
]);

export function compatibilityProgram(argv0: string): Program | undefined {
  return programs.get(argv0.slice(argv0.lastIndexOf("/") + 1));
}
