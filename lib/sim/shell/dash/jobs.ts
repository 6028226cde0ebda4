// jobs, fg and bg of dash (jobs.c: jobscmd, fgcmd, bgcmd).
import { SIGNALS } from "../../kernel/sys.ts";
import { waitInForeground } from "../interp/foreground.ts";
import { giveTerminal } from "../interp/job-control.ts";
import { type Job, jobState } from "../interp/jobs.ts";
import type { Shell } from "../interp/shell.ts";
import { type Builtin, print } from "../builtins/builtin.ts";
import { reap } from "../builtins/jobs.ts";
import { dashJobLine } from "./job-line.ts";
import { dashJobs, findDashJob } from "./job-spec.ts";
import { dashOptions } from "./options.ts";

export const dashJobsBuiltin: Builtin = {
  name: "jobs", usage: "", help: "",
  *run(shell, args) {
    const { letters, rest } = dashOptions(args, "lp");
    yield* reap(shell);
    const shown = rest.length > 0 ? rest.map((spec) => findDashJob(shell, spec)) : dashJobs(shell);
    for (const job of shown) {
      yield* print(shell, letters.at(-1) === "p" ? `${job.processes[0]?.pid}\n` : `${dashJobLine(shell, job, letters.at(-1) === "l")}\n`);
      job.notified = true;
    }
    for (const job of shown) if (jobState(job) === "done" && letters.at(-1) !== "p") shell.jobs.remove(job);
    return 0;
  },
};

function wake(shell: Shell, job: Job): void {
  for (const process of job.processes) if (process.status?.kind === "stopped") process.status = undefined;
  shell.sys.kill(-job.pgid, SIGNALS.CONT);
}

export const dashFg: Builtin = {
  name: "fg", usage: "", help: "",
  *run(shell, args) {
    const { rest } = dashOptions(args, "");
    yield* reap(shell);
    let status = 0;
    for (const spec of rest.length > 0 ? rest : [undefined]) {
      const job = findDashJob(shell, spec, true);
      yield* print(shell, `${job.text}\n`);
      if (jobState(job) === "done") continue;
      job.foreground = true;
      job.notified = true;
      shell.jobs.makeCurrent(job);
      yield* giveTerminal(shell, job.pgid);
      wake(shell, job);
      shell.builtinName = "";
      status = yield* waitInForeground(shell, job, true);
    }
    return status;
  },
};

export const dashBg: Builtin = {
  name: "bg", usage: "", help: "",
  *run(shell, args) {
    const { rest } = dashOptions(args, "");
    yield* reap(shell);
    for (const spec of rest.length > 0 ? rest : [undefined]) {
      const job = findDashJob(shell, spec, true);
      yield* print(shell, `[${job.number}] ${job.text}\n`);
      if (jobState(job) === "done") continue;
      job.foreground = false;
      wake(shell, job);
      shell.jobs.makeCurrent(job);
    }
    return 0;
  },
};
