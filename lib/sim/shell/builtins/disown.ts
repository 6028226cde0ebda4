import { jobState } from "../interp/jobs.ts";
import { type Builtin, parseOptions } from "./builtin.ts";
import { findJob } from "./jobs.ts";

const disown: Builtin = {
  name: "disown", usage: "disown [-h] [-ar] [jobspec ... | pid ...]",
  help: "Takes jobs (the current one unless told) out of the shell's table; -h only keeps SIGHUP from them. -a means all, -r all running ones.",
  *run(shell, args) {
    const parsed = parseOptions(args, "har");
    let status = 0;
    let list = [...shell.jobs.all];
    if (parsed.rest.length > 0) {
      list = [];
      for (const spec of parsed.rest) {
        const byPid = /^[0-9]+$/.test(spec) ? shell.jobs.byPid(Number(spec)) : undefined;
        const job = byPid ?? (yield* findJob(shell, spec));
        if (job) list.push(job);
        else status = 1;
      }
    } else if (parsed.has("r")) list = list.filter((job) => jobState(job) === "running");
    else if (!parsed.has("a")) {
      const job = yield* findJob(shell, undefined);
      if (!job) return 1;
      list = [job];
    }
    for (const job of list) {
      if (parsed.has("h")) job.noHangup = true;
      else {
        // jobs.c, delete_job
        if (!shell.dash && jobState(job) === "stopped") {
          const name = shell.builtinName;
          shell.builtinName = "";
          yield* shell.report(`warning: deleting stopped job ${job.number} with process group ${job.pgid}`);
          shell.builtinName = name;
        }
        shell.jobs.remove(job);
      }
    }
    return status;
  },
};
export default disown;
