import { type Scheduling, SysError } from "../../kernel/sys.ts";
import { execSearching } from "../kit/exec-path.ts";
import { readProcesses } from "../kit/processes.ts";
import { type Io, flag, text, utilLinux } from "../kit/util-linux.ts";

const CLASSES: readonly Scheduling["ioClass"][] = ["none", "realtime", "best-effort", "idle"];

const rankOf = ({ ioClass, ioLevel }: Scheduling): number => (ioClass === "realtime" ? 0 : ioClass === "idle" ? 16 : 8) + ioLevel;

export default utilLinux({
  name: "ionice", summary: "show or set the scheduling class of a process for I/O", synopsis: ["[options] -p <pid>...", "[options] -P <pgid>...", "[options] -u <uid>...", "[options] <command>"], parsing: { stopAtOperand: true }, operands: "commands",
  options: { class: text(["-c", "--class"], "class", "the class by name or number: none 0, realtime 1, best-effort 2, idle 3"), data: text(["-n", "--classdata"], "num", "the rank within realtime or best-effort, 0 (first) to 7"), pid: text(["-p", "--pid"], "pid", "the processes to act on, by ID"), group: text(["-P", "--pgid"], "pgrp", "every process of these groups"), ignore: flag(["-t", "--ignore"], "go on after failures"), user: text(["-u", "--uid"], "uid", "every process of these users") },
  *run({ options, operands, sys, given }, io: Io) {
    const show = (pid: number): void => {
      const { ioClass, ioLevel } = sys.getScheduling(pid);
      io.out.put(ioClass === "idle" ? "idle\n" : `${ioClass}: prio ${ioLevel}\n`);
    };
    let ioClass: Scheduling["ioClass"] | undefined;
    if (options.class !== undefined) {
      ioClass = /^\d+$/.test(options.class) ? CLASSES[Number(options.class)] : CLASSES.find((one) => one === options.class);
      if (ioClass === undefined) {
        if (!/^\d+$/.test(options.class)) io.die(`unknown scheduling class: '${options.class}'`);
        yield* io.stderr(`${io.argv0}: unknown prio class ${options.class}\n`);
        // the kernel looks at three bits (ioprio.h)
        ioClass = CLASSES[Number(options.class) & 7];
      }
    }
    if (options.data !== undefined && !/^\d+$/.test(options.data)) io.die(`invalid class data argument: '${options.data}'`);
    const ioLevel = options.data === undefined ? 4 : Number(options.data);
    if (ioClass === "none" && options.data !== undefined) yield* io.warn("ignoring given class data for none class");
    if (ioClass === "idle" && options.data !== undefined) yield* io.warn("ignoring given class data for idle class");
    const setting = ioClass !== undefined || options.data !== undefined;
    const apply = (pid: number): void => {
      try {
        if (!setting) show(pid);
        else sys.setScheduling({ ioClass: ioClass ?? "best-effort", ioLevel: ioClass === "idle" ? 7 : ioClass === "none" ? 0 : ioLevel }, pid);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        if (!options.ignore) io.die(setting ? `ioprio_set failed: ${error.message}` : `ioprio_get failed: ${error.message}`);
      }
    };
    if (options.pid !== undefined) {
      for (const word of [options.pid, ...operands]) {
        if (!/^\d+$/.test(word)) io.die(`invalid PID argument: '${word}'`);
        apply(Number(word));
      }
      return 0;
    }
    const [kind, first] = options.group !== undefined ? (["process group ID", options.group] as const) : (["user ID", options.user] as const);
    if (first !== undefined) {
      for (const word of [first, ...operands]) {
        if (!/^\d+$/.test(word)) io.die(`invalid ${kind === "user ID" ? "UID" : "PGID"} argument: '${word}'`);
        const members = (yield* readProcesses(sys)).filter((one) => (kind === "user ID" ? one.uids[0] === Number(word) : one.pgrp === Number(word))).map((one) => one.pid);
        if (members.length === 0) io.die(`${setting ? "ioprio_set" : "ioprio_get"} failed: No such process`);
        if (setting) for (const pid of members) apply(pid);
        else {
          // the best of them (ioprio_best)
          const best = members.map((pid) => sys.getScheduling(pid)).reduce((one, other) => (rankOf(other) < rankOf(one) ? other : one));
          io.out.put(best.ioClass === "idle" ? "idle\n" : `${best.ioClass}: prio ${best.ioLevel}\n`);
        }
      }
      return 0;
    }
    if (operands.length === 0) {
      if (given.length > 0) {
        yield* io.stderr(`${io.argv0}: bad usage\nTry '${io.argv0} --help' for more information.\n`);
        return 1;
      }
      show(0);
      return 0;
    }
    apply(0);
    const [command = ""] = operands;
    const failed = yield* execSearching(sys, command, operands);
    yield* io.warn(`failed to execute ${command}: ${failed.message}`);
    return failed.errno === "ENOENT" ? 127 : 126;
  },
});
