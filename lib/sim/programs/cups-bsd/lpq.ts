// lpq: the jobs of a queue and their ranks (lpq(1) of CUPS).
import { CONNECTION, cups, cupsState, defaultDestination, isActive, ordinal } from "../cups-client/_client.ts";

export default cups({
  name: "lpq", summary: "show printer queue status", usage: ["[options] [+interval]"],
  options: [["-a", "The jobs of all queues"], ...CONNECTION, ["-l", "Show more of each"], ["-P destination", "The queue that is meant"]],
  unknown: () => undefined,
  *run({ sys, operands, has, value }, io) {
    const state = yield* cupsState(sys);
    if (state === undefined) {
      yield* io.stderr("lpq: Unable to connect to server.\n");
      return 1;
    }
    const wanted = has("a") ? undefined : value("P") ?? operands.find((word) => state.printers.some((one) => one.name === word)) ?? (yield* defaultDestination(sys, state));
    const printer = state.printers.find((one) => one.name === wanted);
    if (!has("a") && printer === undefined) {
      yield* io.stderr(wanted === undefined ? "lpq: Error - no default destination available.\n" : `lpq: Unknown destination "${wanted}".\n`);
      return 1;
    }
    if (printer !== undefined) io.out.put(`${printer.name} is ${printer.state === "stopped" ? "not ready" : printer.state === "processing" ? "ready and printing" : "ready"}\n`);
    const jobs = state.jobs.filter((job) => isActive(job) && (printer === undefined || job.printer === printer.name));
    if (jobs.length === 0) {
      io.out.put("no entries\n");
      return 0;
    }
    if (!has("l")) io.out.put("Rank    Owner   Job     File(s)                         Total Size\n");
    let rank = 0;
    for (const job of jobs) {
      const place = job.state === "processing" ? "active" : ordinal(++rank);
      if (has("l")) io.out.put(`\n\n${job.user}: ${`${place}`.padEnd(33)} [job ${job.id} localhost]\n        ${job.title.slice(0, 39).padEnd(39)} ${job.kilobytes * 1024} bytes\n`);
      else io.out.put(`${place.padEnd(7)} ${job.user.slice(0, 7).padEnd(7)} ${String(job.id).padEnd(7)} ${job.title.slice(0, 31).padEnd(31)} ${job.kilobytes * 1024} bytes\n`);
    }
    return 0;
  },
});
