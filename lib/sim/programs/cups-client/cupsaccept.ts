// cupsaccept, cupsreject, cupsenable, cupsdisable: one program that goes by its name (cupsaccept(8), cupsenable(8) of CUPS).
import { CONNECTION, cups, cupsState, tell } from "./_client.ts";

export default cups({
  name: "cupsaccept", path: "/usr/sbin/cupsaccept", links: ["/usr/sbin/cupsreject", "/usr/sbin/cupsenable", "/usr/sbin/cupsdisable", "/usr/sbin/accept", "/usr/sbin/reject"], manSection: 8,
  summary: "let a printer take jobs or refuse them, print or pause", usage: ["[options] destination(s)"],
  options: [["-c", "Cancel the jobs of the queue"], ...CONNECTION, ["-r reason", "Why, for others to see"], ["--hold", "Let the running job end first"], ["--release", "Release jobs that were held"]],
  description: ["cupsreject keeps new jobs out of a queue, cupsaccept lets them in. cupsdisable stops the printer while jobs wait in its queue, cupsenable starts it again."],
  *run({ sys, operands, has, value }, io) {
    const name = io.argv0.slice(io.argv0.lastIndexOf("/") + 1);
    const op = ({ cupsaccept: "accept", accept: "accept", cupsreject: "reject", reject: "reject", cupsenable: "enable", cupsdisable: "disable" } as const)[name as "accept"] ?? "accept";
    const reason = value("r");
    for (const destination of operands) {
      if ((yield* cupsState(sys)) === undefined) {
        yield* io.stderr(`${name}: Operation failed: server-error-service-unavailable\n`);
        return 1;
      }
      const reply = yield* tell(sys, { op, name: destination, ...(reason !== undefined && { reason }) });
      if (reply.error !== undefined) {
        yield* io.stderr(`${name}: Operation failed: ${reply.error}\n`);
        return 1;
      }
      if (has("c")) for (const job of (yield* cupsState(sys))?.jobs ?? []) if (job.printer === destination && job.ended === undefined) yield* tell(sys, { op: "cancel", job: job.id, purge: false });
    }
    return 0;
  },
});
