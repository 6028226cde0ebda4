// lpmove: jobs to another queue (lpmove(8) of CUPS).
import { CONNECTION, cups, cupsState, tell } from "./_client.ts";

export default cups({
  name: "lpmove", path: "/usr/sbin/lpmove", manSection: 8, summary: "send waiting jobs to another printer", usage: ["[options] job destination", "[options] source-destination destination"], options: CONNECTION,
  *run({ sys, operands, usage }, io) {
    const [from, to, more] = operands;
    if (from === undefined || to === undefined || more !== undefined) {
      yield* io.stderr(usage());
      return 1;
    }
    const state = yield* cupsState(sys);
    const number = /^(?:.*-)?(\d+)$/.exec(from)?.[1];
    const isQueue = state?.printers.some((one) => one.name === from) === true;
    const reply = yield* tell(sys, !isQueue && number !== undefined ? { op: "move", job: Number(number), to } : { op: "move", from, to });
    if (reply.error === undefined) return 0;
    yield* io.stderr(`lpmove: ${reply.error}\n`);
    return 1;
  },
});
