import { parseDuration } from "../kit/duration.ts";
import { type Io, gnu } from "../kit/gnu.ts";
import { decimalPoint } from "../kit/locale.ts";

export default gnu({
  name: "sleep",
  summary: "wait for a time (delay)",
  synopsis: ["NUMBER[SUFFIX]...", "OPTION"],
  description: ["A NUMBER may have a decimal point and a unit: s (seconds, the default), m (minutes), h (hours) or d (days). Several are added up."],
  options: {},
  operands: "none",
  seeAlso: ["sleep(3)"],
  *run({ operands, sys }, io: Io) {
    if (operands.length === 0) io.usage("missing operand");
    let totalUs = 0;
    let bad = false;
    for (const operand of operands) {
      const durationUs = parseDuration(operand, decimalPoint(sys));
      if (durationUs === undefined) {
        yield* io.warn(`invalid time interval ${io.quote(operand)}`);
        bad = true;
      } else totalUs += durationUs;
    }
    if (bad) io.usage();
    const endUs = sys.clockUs("monotonic") + totalUs;
    if (totalUs === Number.POSITIVE_INFINITY) for (;;) yield* sys.pause();
    yield* sys.sleep(Math.max(0, endUs - sys.clockUs("monotonic")));
  },
});
