import { chainData } from "../../kit/disk-image/disk-image.ts";
import { ImgFailure, parseImg, type Subcommand } from "./_call.ts";
import { openFor } from "./info.ts";

export const compare: Subcommand = {
  name: "compare",
  summary: "do two images hold the same",
  *run({ sys, words, out }) {
    const parsed = parseImg(words, "hf:F:T:pqsU", ["image-opts", "force-share", "object="]);
    const [first, second, ...more] = parsed.operands;
    if (first === undefined || second === undefined || more.length > 0) throw new ImgFailure("Expecting two image file names", { usage: true });
    const a = yield* openFor(sys, first, { format: parsed.get("f"), forceShare: parsed.has("U") }, 2);
    const b = yield* openFor(sys, second, { format: parsed.get("F"), forceShare: parsed.has("U") }, 2);
    const say = parsed.has("q") ? function* quiet() {} : out;
    try {
      const sizes = a.image.virtualBytes !== b.image.virtualBytes;
      if (sizes && parsed.has("s")) {
        yield* say("Strict mode: Image size mismatch!\n");
        return 1;
      }
      let mismatch: number | undefined;
      for (const [from, other] of [[a.image, b.image], [b.image, a.image]] as const) {
        for (const piece of yield* chainData(from)) {
          if (mismatch !== undefined && piece.start >= mismatch) break;
          const left = yield* from.read(piece.start, Math.min(piece.length, from.virtualBytes - piece.start));
          const inside = Math.max(0, Math.min(left.length, other.virtualBytes - piece.start));
          const right = inside === 0 ? new Uint8Array(0) : yield* other.read(piece.start, inside);
          for (let at = 0; at < left.length; at++) {
            if (left[at] === (right[at] ?? 0)) continue;
            const place = piece.start + at - (at % 512);
            mismatch = Math.min(mismatch ?? place, place);
            break;
          }
          if (sys.charge(left.length / 64)) yield* sys.preempt();
        }
      }
      if (mismatch !== undefined) {
        yield* say(`Content mismatch at offset ${mismatch}!\n`);
        return 1;
      }
      if (sizes) yield* say("Warning: Image size mismatch!\n");
      yield* say("Images are identical.\n");
      return 0;
    } finally {
      a.close();
      b.close();
    }
  },
};
