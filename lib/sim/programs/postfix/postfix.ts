// postfix: starts and ends the mail system (postfix(1)).

import { SIGNALS, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { flag, text } from "../kit/option.ts";
import { type Io, program } from "../kit/program.ts";
import { PICKUP_SOCKET, QUEUE } from "./_queue.ts";
import { wakeMaster } from "./_submit.ts";

export default program(
  { name: "postfix", path: "/usr/sbin/postfix", summary: "Postfix control program", synopsis: ["[-Dv] [-c config_dir] command"], operands: "none", options: [flag(["-D"], "with a debugger"), flag(["-v"], "say more"), text(["-c"], "config_dir", "another configuration")], description: ["Commands: check, start, start-fg, stop, abort, flush, reload, status."], seeAlso: ["sendmail(1)", "postconf(1)", "mailq(1)"] },
  function* (sys, argv, io: Io) {
    const verb = argv.slice(1).findLast((word) => !word.startsWith("-"));
    if (verb === undefined) {
      yield* io.stderr("postfix: fatal: usage: postfix [-c config_dir] [-Dv] command\n");
      return 1;
    }
    if (sys.getcred().euid !== 0) {
      yield* io.stderr("postfix: fatal: the postfix command is reserved for the superuser\n");
      return 1;
    }
    const pid = Number((yield* readTextFile(sys, `${QUEUE}/pid/master.pid`))?.trim());
    let runs = false;
    try {
      if (Number.isInteger(pid) && pid > 0) {
        sys.kill(pid, 0);
        runs = true;
      }
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    const say = (message: string) => io.stderr(`postfix/postfix-script: ${message}\n`);
    switch (verb) {
      case "check": return 0;
      case "status":
        yield* say(runs ? `the Postfix mail system is running: PID: ${pid}` : "the Postfix mail system is not running");
        return runs ? 0 : 1;
      case "start": case "start-fg":
        if (runs) {
          yield* say("fatal: the Postfix mail system is already running");
          return 1;
        }
        yield* say("starting the Postfix mail system");
        return yield* sys.exec("/usr/lib/postfix/sbin/master", verb === "start" ? ["/usr/lib/postfix/sbin/master", "-w"] : ["/usr/lib/postfix/sbin/master", "-d"], sys.environment);
      case "stop": case "abort": case "reload": case "flush":
        if (!runs) {
          yield* say(`fatal: the Postfix mail system is not running`);
          return 1;
        }
        if (verb === "flush") return (yield* wakeMaster(sys, "flush")) ? 0 : 1;
        yield* say(verb === "reload" ? "refreshing the Postfix mail system" : `${verb === "stop" ? "stopping" : "aborting"} the Postfix mail system`);
        sys.kill(pid, verb === "reload" ? SIGNALS.HUP : SIGNALS.TERM);
        for (let turn = 0; verb !== "reload" && turn < 100; turn++) {
          try {
            sys.stat(PICKUP_SOCKET);
          } catch {
            break;
          }
          yield* sys.sleep(2_000);
        }
        return 0;
      default:
        yield* say(`error: unknown command: '${verb}'`);
        yield* say("fatal: usage: postfix start (or stop, reload, abort, flush, check, status, set-permissions, upgrade-configuration, logrotate)");
        return 1;
    }
  },
);
