import { SysError } from "../../kernel/sys.ts";
import { Accounts } from "../kit/accounts.ts";
import { readProcesses } from "../kit/processes.ts";
import { type Io, flag, program, text } from "../kit/program.ts";

export default program(
  { name: "renice", showsHelp: true, summary: "change the priority of processes that run already", synopsis: ["[-n|--priority] <priority> [-p|--pid] <pid>...", "[-n|--priority] <priority> -g|--pgrp <pgid>...", "[-n|--priority] <priority> -u|--user <user>..."], options: [text(["-n", "--priority"], "num", "the nice value to set"), flag(["-p", "--pid"], "the numbers are process IDs (the default)"), flag(["-g", "--pgrp"], "the numbers are process group IDs"), flag(["-u", "--user"], "user names or UIDs follow")], operands: "pids" },
  function* (sys, argv, io: Io) {
    const args = argv.slice(1);
    if (args[0] === "-V" || args[0] === "--version") {
      io.say("renice from util-linux 2.38.1\n");
      return 0;
    }
    if (args[0] === "-n" || args[0] === "--priority") args.shift();
    const value = args.shift();
    if (value === undefined || args.length === 0) io.usage("not enough arguments");
    if (!/^[+-]?\d+$/.test(value)) io.usage(`invalid priority '${value}'`);
    let what: "pid" | "pgrp" | "user" = "pid";
    const accounts = yield* Accounts.read(sys);
    const words = { pid: "process ID", pgrp: "process group ID", user: "user ID" };
    for (const arg of args) {
      if (arg === "-p" || arg === "--pid") what = "pid";
      else if (arg === "-g" || arg === "--pgrp") what = "pgrp";
      else if (arg === "-u" || arg === "--user") what = "user";
      else {
        let id = /^\d+$/.test(arg) ? Number(arg) : Number.NaN;
        if (what === "user") id = accounts.userByName(arg)?.uid ?? id;
        if (Number.isNaN(id)) {
          yield* io.fail(what === "user" ? `unknown user ${arg}` : `bad ${words[what]} value: ${arg}`);
          continue;
        }
        const pids = what === "pid" ? [id] : (yield* readProcesses(sys)).filter((process) => (what === "pgrp" ? process.pgrp === id : process.uids[1] === id)).map((process) => process.pid);
        try {
          let before = 0;
          let after = 0;
          if (pids.length === 0) throw new SysError("ESRCH");
          for (const pid of pids) {
            before = sys.getpriority(pid);
            sys.setpriority(Math.max(-20, Math.min(19, Number(value))), pid);
            after = sys.getpriority(pid);
          }
          io.say(`${id} (${words[what]}) old priority ${before}, new priority ${after}\n`);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          yield* io.fail(`failed to ${error.errno === "ESRCH" ? "get" : "set"} priority for ${id} (${words[what]}): ${error.message}`);
        }
      }
    }
    return undefined;
  },
);
