// Job specifications of dash (jobs.c: getjob).
import type { Job } from "../interp/jobs.ts";
import type { Shell } from "../interp/shell.ts";
import { BuiltinError } from "../builtins/builtin.ts";

/** The jobs from the current one back, as dash keeps them in its list. */
export function dashJobs(shell: Shell): readonly Job[] {
  const { current, previous } = shell.jobs;
  const rest = shell.jobs.all.filter((job) => job !== current && job !== previous && !job.foreground).toReversed();
  return [current, previous === current ? undefined : previous, ...rest].filter((job) => job !== undefined);
}

/** Throws what dash says of a job that is not there. `controlled`: for fg and bg. */
export function findDashJob(shell: Shell, spec: string | undefined, controlled = false): Job {
  const jobs = dashJobs(shell);
  const job = lookUp(jobs, spec);
  if (typeof job === "string") throw new BuiltinError(job, 2);
  if (controlled && !job.controlled) throw new BuiltinError(`job ${spec} not created under job control`, 2);
  return job;
}

function lookUp(jobs: readonly Job[], spec: string | undefined): Job | string {
  const missing = `No such job: ${spec ?? ""}`;
  if (spec !== undefined && !spec.startsWith("%")) return missing;
  const name = spec?.slice(1) ?? "";
  if (name === "" || name === "+" || name === "%") return jobs[0] ?? "No current job";
  if (name === "-") return jobs[1] ?? "No previous job";
  if (/^[0-9]+$/.test(name)) return jobs.find((job) => job.number === Number(name)) ?? missing;
  // without job control there are no texts
  const textOf = (job: Job) => (job.controlled ? (job.processes[0]?.text ?? "") : "");
  const matching = jobs.filter((job) => (name.startsWith("?") ? textOf(job).includes(name.slice(1)) : textOf(job).startsWith(name)));
  if (matching.length > 1) return `${spec}: ambiguous`;
  return matching[0] ?? missing;
}
