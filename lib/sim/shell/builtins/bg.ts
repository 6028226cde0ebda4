import { SIGNALS } from "../../kernel/sys.ts";
import { jobState } from "../interp/jobs.ts";
import { type Builtin, BuiltinError, noOptions, print } from "./builtin.ts";
import { findJob, reap } from "./jobs.ts";

const bg: Builtin = {
  name: "bg", usage: "bg [job_spec ...]",
  help: "Lets stopped jobs (the current one unless told) go on in the background.",
  *run(shell, args) {
    if (!shell.jobControl) throw new BuiltinError("no job control", 1);
    const specs = noOptions(args);
    yield* reap(shell);
    let status = 0;
    for (const spec of specs.length > 0 ? specs : [undefined]) {
      const job = yield* findJob(shell, spec);
      if (!job) {
        status = 1;
        continue;
      }
      if (jobState(job) === "running") {
        yield* shell.complain(`job ${job.number} already in background`);
        continue;
      }
      if (jobState(job) === "done") {
        yield* shell.complain("job has terminated");
        status = 1;
        continue;
      }
      const mark = shell.jobs.mark(job);
      for (const process of job.processes) if (process.status?.kind === "stopped") process.status = undefined;
      job.foreground = false;
      shell.lastBackground = job.processes[job.processes.length - 1]?.pid;
      yield* print(shell, `[${job.number}]${mark} ${job.text} &\n`);
      shell.sys.kill(-job.pgid, SIGNALS.CONT);
      shell.jobs.chooseCurrent();
    }
    return status;
  },
};
export default bg;
