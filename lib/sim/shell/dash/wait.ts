// wait of dash (jobs.c: waitcmd).
import { SIGNALS, strsignal } from "../../kernel/sys.ts";
import { jobState, jobStatus } from "../interp/jobs.ts";
import { waitUntil } from "../builtins/wait.ts";
import type { Builtin } from "../builtins/builtin.ts";
import { findDashJob } from "./job-spec.ts";
import { wholeNumber } from "./number.ts";
import { dashOptions } from "./options.ts";

export const dashWait: Builtin = {
  name: "wait", usage: "", help: "",
  *run(shell, args) {
    const { rest } = dashOptions(args, "");
    if (rest.length === 0) {
      for (const job of [...shell.jobs.all]) {
        const result = yield* waitUntil(shell, () => (jobState(job) !== "running" ? job : undefined));
        if (result !== "none" && "signal" in result) return 128 + result.signal;
        job.notified = true;
      }
      return 0;
    }
    let status = 127;
    for (const text of rest) {
      const pid = text.startsWith("%") ? undefined : wholeNumber(text);
      const job = pid === undefined ? findDashJob(shell, text) : shell.jobs.all.find((one) => one.processes.at(-1)?.pid === pid);
      if (job === undefined) {
        status = 127;
        continue;
      }
      const wasRunning = jobState(job) === "running";
      const result = yield* waitUntil(shell, () => (jobState(job) !== "running" ? job : undefined));
      if (result !== "none" && "signal" in result) return 128 + result.signal;
      status = jobStatus(job);
      // it stays in the table until `jobs` has shown it or another job needs the place
      job.notified = true;
      const last = job.processes.at(-1)?.status;
      if (wasRunning && last?.kind === "signaled" && last.signal !== SIGNALS.INT && last.signal !== SIGNALS.PIPE) yield* shell.errorText(`${strsignal(last.signal)}${last.coreDumped ? " (core dumped)" : ""}\n`);
    }
    return status;
  },
};
