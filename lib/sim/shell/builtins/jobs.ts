import type { Blocking } from "../../kernel/sys.ts";
import { jobLine } from "../interp/foreground.ts";
import { type Job, jobState } from "../interp/jobs.ts";
import { waitAny } from "../interp/process.ts";
import type { Shell } from "../interp/shell.ts";
import { type Builtin, parseOptions, print } from "./builtin.ts";

/** Notes all changes of children that happened so far. */
export function* reap(shell: Shell): Blocking<void> {
  while ((yield* waitAny(shell, true)) === "changed");
}

/** The job that a specification names; complains and gives undefined. */
export function* findJob(shell: Shell, spec: string | undefined): Blocking<Job | undefined> {
  const job = shell.jobs.find(spec ?? "%+");
  if (job === "ambiguous") {
    yield* shell.complain(`${spec?.replace(/^%/, "")}: ambiguous job spec`);
    // jobs.def and disown.def tell of both
    if (shell.builtinName === "jobs" || shell.builtinName === "disown") yield* shell.complain(`${spec}: no such job`);
    return undefined;
  }
  if (!job) yield* shell.complain(`${spec === undefined ? "current" : spec}: no such job`);
  return job;
}

const jobs: Builtin = {
  name: "jobs", usage: "jobs [-lnprs] [jobspec ...] or jobs -x command [args]",
  help: "Lists the jobs of the shell: -l with process numbers, -p only these, -n only those that changed, -r running, -s stopped ones.\n-x runs a command with job specifications turned into process group numbers.",
  *run(shell, args) {
    const parsed = parseOptions(args, "lpnrsx");
    // Who has just seen the jobs may leave without another warning (exit_or_logout).
    shell.exitWarned = true;
    shell.exitWarnedAt = shell.commandNumber;
    if (parsed.has("x")) {
      const words = parsed.rest.map((text) => {
        if (!text.startsWith("%")) return text;
        const job = shell.jobs.find(text, shell.isChild);
        return job && job !== "ambiguous" ? String(job.pgid) : text;
      });
      if (words.length === 0) return 0;
      shell.builtinName = "";
      const outcome = shell.language.invoke(shell, words, {});
      return typeof outcome === "number" ? outcome : yield* outcome;
    }
    yield* reap(shell);
    let shown: readonly Job[] = shell.jobs.all.length > 0 ? shell.jobs.all : shell.isChild ? shell.jobs.inherited : [];
    let status = 0;
    if (parsed.rest.length > 0) {
      const list: Job[] = [];
      for (const spec of parsed.rest) {
        const job = yield* findJob(shell, spec);
        if (job) list.push(job);
        else status = 1;
      }
      shown = list;
    }
    for (const job of [...shown].sort((a, b) => a.number - b.number)) {
      if (job.foreground) continue;
      const state = jobState(job);
      if (parsed.has("r") && state !== "running") continue;
      if (parsed.has("s") && state !== "stopped") continue;
      if (parsed.has("n") && job.notified) continue;
      if (parsed.has("p")) yield* print(shell, `${job.pgid}\n`);
      else yield* print(shell, `${jobLine(shell, job, parsed.has("l") ? "long" : "plain")}\n`);
      job.notified = true;
    }
    for (const job of [...shell.jobs.all]) if (jobState(job) === "done" && job.notified && !parsed.has("p")) shell.jobs.remove(job);
    return status;
  },
};
export default jobs;
