import { SIGNALS } from "../../kernel/sys.ts";
import { waitInForeground } from "../interp/foreground.ts";
import { giveTerminal } from "../interp/job-control.ts";
import { jobState } from "../interp/jobs.ts";
import { type Builtin, BuiltinError, noOptions, print } from "./builtin.ts";
import { findJob, reap } from "./jobs.ts";

const fg: Builtin = {
  name: "fg", usage: "fg [job_spec]",
  help: "Brings a job (the current one unless told) to the foreground and lets it go on.",
  *run(shell, args) {
    if (!shell.jobControl) throw new BuiltinError("no job control", 1);
    const [spec] = noOptions(args);
    yield* reap(shell);
    const job = yield* findJob(shell, spec);
    if (!job) return 1;
    if (jobState(job) === "done") {
      yield* shell.complain("job has terminated");
      return 1;
    }
    if (!job.controlled) throw new BuiltinError(`job ${job.number} started without job control`, 1);
    yield* print(shell, `${job.text}\n`);
    job.foreground = true;
    job.notified = true;
    shell.jobs.makeCurrent(job);
    yield* giveTerminal(shell, job.pgid);
    for (const process of job.processes) if (process.status?.kind === "stopped") process.status = undefined;
    shell.sys.kill(-job.pgid, SIGNALS.CONT);
    shell.builtinName = "";
    return yield* waitInForeground(shell, job, true);
  },
};
export default fg;
