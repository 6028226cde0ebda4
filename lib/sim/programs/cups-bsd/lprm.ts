// lprm: takes jobs back (lprm(1) of CUPS).
import { Accounts } from "../kit/accounts.ts";
import { CONNECTION, cups, cupsState, defaultDestination, isActive, tell } from "../cups-client/_client.ts";

export default cups({
  name: "lprm", summary: "cancel print jobs", usage: ["[options] [id]", "[options] -"], options: [...CONNECTION, ["-P destination", "The queue that is meant"]],
  *run({ sys, operands, value }, io) {
    const state = yield* cupsState(sys);
    const named = value("P");
    if (state === undefined) {
      // queues are looked for first; without a number there is nothing to ask the server
      const unknown = named ?? operands.find((word) => word !== "-" && !/^\d+$/.test(word));
      if (unknown !== undefined) yield* io.stderr(`lprm: Error - unknown destination "${unknown}".\n`);
      else if (operands.length === 0) return 0;
      else yield* io.stderr("lprm: Bad file descriptor\n");
      return 1;
    }
    if (named !== undefined && !state.printers.some((one) => one.name === named)) {
      yield* io.stderr(`lprm: Error - unknown destination "${named}".\n`);
      return 1;
    }
    const queue = named ?? (yield* defaultDestination(sys, state));
    const me = (yield* Accounts.read(sys)).userById(sys.getcred().ruid)?.name ?? "";
    const own = state.jobs.filter((job) => isActive(job) && (queue === undefined || job.printer === queue) && (me === "root" || job.user === me));
    const wanted: number[] = [];
    if (operands.length === 0) wanted.push(...own.slice(0, 1).map((job) => job.id));
    for (const word of operands) {
      if (word === "-") wanted.push(...own.map((job) => job.id));
      else if (/^\d+$/.test(word)) wanted.push(Number(word));
      else if (state.printers.some((one) => one.name === word)) wanted.push(...state.jobs.filter((job) => isActive(job) && job.printer === word).slice(0, 1).map((job) => job.id));
      else {
        yield* io.stderr(`lprm: Error - unknown destination "${word}".\n`);
        return 1;
      }
    }
    for (const job of wanted) {
      const reply = yield* tell(sys, { op: "cancel", job, purge: false });
      if (reply.error === undefined) continue;
      yield* io.stderr(`lprm: ${reply.error}\n`);
      return 1;
    }
    return 0;
  },
});
