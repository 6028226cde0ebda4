// cancel: takes back jobs (cancel(1) of CUPS).
import { Accounts } from "../kit/accounts.ts";
import { CONNECTION, cups, cupsState, isActive, tell } from "./_client.ts";

export default cups({
  name: "cancel", summary: "cancel jobs", usage: ["[options] [id]", "[options] [destination]", "[options] [destination-id]"],
  options: [["-a", "All jobs of the queue, or of all queues"], ...CONNECTION, ["-u owner", "Jobs of this user"], ["-x", "Forget them, with their files"]],
  *run({ sys, operands, has, value }, io) {
    const state = yield* cupsState(sys);
    if (state === undefined) {
      const unknown = operands.find((word) => !/^(?:.*-)?\d+\D*$/.test(word));
      if (unknown !== undefined) yield* io.stderr(`cancel: Error - unknown destination "${unknown}".\n`);
      else if (operands.length > 0) yield* io.stderr("cancel: Unable to connect to server.\n");
      else if (has("a") || value("u") !== undefined) yield* io.stderr("cancel: Unable to contact server.\n");
      else return 0;
      return 1;
    }
    const owner = value("u");
    const me = (yield* Accounts.read(sys)).userById(sys.getcred().ruid)?.name ?? "";
    const wanted: number[] = [];
    if (operands.length === 0 && (has("a") || owner !== undefined)) wanted.push(...state.jobs.filter((job) => isActive(job) && (owner === undefined || job.user === owner)).map((job) => job.id));
    for (const word of operands) {
      const queue = state.printers.find((one) => one.name === word);
      if (queue !== undefined) {
        const own = state.jobs.filter((job) => isActive(job) && job.printer === word && (owner === undefined || job.user === owner));
        wanted.push(...(has("a") ? own : own.filter((job) => job.user === me || me === "root").slice(0, 1)).map((job) => job.id));
        continue;
      }
      const number = /^(?:.*-)?(\d+)\D*$/.exec(word)?.[1];
      if (number === undefined) {
        yield* io.stderr(`cancel: Error - unknown destination "${word}".\n`);
        return 1;
      }
      wanted.push(Number(number));
    }
    for (const job of wanted) {
      const reply = yield* tell(sys, { op: "cancel", job, purge: has("x") });
      if (reply.error === undefined) continue;
      yield* io.stderr(`cancel: cancel-job failed: ${reply.error}\n`);
      return 1;
    }
    return 0;
  },
});
