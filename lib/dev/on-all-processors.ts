import { availableParallelism } from "node:os";
import { parentPort, Worker } from "node:worker_threads";

/** In the order of the jobs; each thread runs `program`, which calls `serveJobs`, and takes the next job when it is done with one. Rejects when a job throws. */
export async function onAllProcessors<Job, Result>(program: string, jobs: readonly Job[], onResult: (result: Result, place: number) => void): Promise<void> {
  let next = 0;
  const threads = Array.from({ length: Math.min(availableParallelism(), jobs.length) }, () => new Promise<void>((resolve, reject) => {
    const worker = new Worker(program);
    let place = -1;
    const give = (): void => {
      place = next++;
      if (place < jobs.length) worker.postMessage(jobs[place]);
      else void worker.terminate().then(() => resolve());
    };
    worker.on("message", (result: Result) => {
      onResult(result, place);
      give();
    });
    worker.on("error", reject);
    give();
  }));
  await Promise.all(threads);
}

/** False in a program that was not started as one of those threads. */
export function serveJobs<Job, Result>(answer: (job: Job) => Result): boolean {
  const port = parentPort;
  if (port === null) return false;
  port.on("message", (job: Job) => port.postMessage(answer(job)));
  return true;
}
