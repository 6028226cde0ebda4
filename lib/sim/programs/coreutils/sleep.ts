import { parseDuration } from "../kit/duration.ts";
import { type Io, gnu } from "../kit/gnu.ts";
import { decimalPoint } from "../kit/locale.ts";

export default gnu({
  name: "sleep",
  summary: "delay for a specified amount of time",
  synopsis: ["NUMBER[SUFFIX]...", "OPTION"],
  description: ["SUFFIX is s for seconds (the default), m for minutes, h for hours or d for days. NUMBER may be a decimal fraction. Several arguments are added up."],
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
