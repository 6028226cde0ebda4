// A job as dash shows it (jobs.c: showjob, sprint_status48).
import { type Job, describeStatus, jobState } from "../interp/jobs.ts";
import type { Shell } from "../interp/shell.ts";
import { dashJobs } from "./job-spec.ts";

function stateOf(job: Job): string {
  const state = jobState(job);
  if (state === "running") return "Running";
  const status = (state === "stopped" ? job.processes.find((process) => process.status?.kind === "stopped") : job.processes.at(-1))?.status;
  if (status?.kind === "exited") return status.status === 0 ? "Done" : `Done(${status.status})`;
  return describeStatus(status);
}

/** For `jobs` and the notice before a prompt. Without job control dash keeps no texts. */
export function dashJobLine(shell: Shell, job: Job, pids = false): string {
  const [current, previous] = dashJobs(shell);
  const mark = current === job ? "+" : previous === job ? "-" : " ";
  const number = `[${job.number}] ${mark} `;
  const texts = job.processes.map((process) => (job.controlled ? process.text : ""));
  const padded = (text: string) => text + " ".repeat(Math.max(1, 33 - text.length));
  const first = `${padded(`${number}${pids ? `${job.processes[0]?.pid} ` : ""}${stateOf(job)}`)}${texts[0] ?? ""}`;
  if (!pids) return [first, ...texts.slice(1)].join(" | ");
  return [first, ...job.processes.slice(1).map((process, index) => `${padded(`${" ".repeat(number.length)}${process.pid} `)}${texts[index + 1] ?? ""}`)].join(" |\n");
}
