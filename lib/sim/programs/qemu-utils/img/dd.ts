import { ImgFailure, parseImg, sizeBytes, type Subcommand } from "./_call.ts";
import { createImage } from "./_create-image.ts";
import { openFor } from "./info.ts";

export const dd: Subcommand = {
  name: "dd",
  summary: "copy blocks of an image",
  *run({ sys, words, out }) {
    const parsed = parseImg(words, "hf:O:U", ["image-opts", "object=", "force-share"]);
    const given = new Map<string, string>();
    for (const word of parsed.operands) {
      const equals = word.indexOf("=");
      const name = word.slice(0, Math.max(0, equals));
      if (equals < 0 || !["if", "of", "bs", "count", "skip"].includes(name)) throw new ImgFailure(`unrecognized operand ${word}`);
      given.set(name, word.slice(equals + 1));
    }
    const source = given.get("if");
    const target = given.get("of");
    if (source === undefined || target === undefined) throw new ImgFailure("Must specify both input and output files");
    const number = (name: string, fallback: number): number => {
      const text = given.get(name);
      if (text === undefined) return fallback;
      const value = sizeBytes(text);
      if (value === undefined) throw new ImgFailure(`invalid number: '${text}'`);
      return value;
    };
    const block = number("bs", 512);
    const skip = number("skip", 0) * block;
    const opened = yield* openFor(sys, source, { format: parsed.get("f"), forceShare: parsed.has("U") });
    const available = Math.max(0, opened.image.virtualBytes - skip);
    const length = Math.min(available, given.has("count") ? number("count", 0) * block : available);
    const made = yield* createImage(sys, { path: target, format: parsed.get("O") ?? "raw", sizeBytes: length, options: new Map(), quiet: true, say: out });
    for (let at = 0; at < length; at += 1 << 20) {
      const bytes = yield* opened.image.read(skip + at, Math.min(1 << 20, length - at));
      if (bytes.some((byte) => byte !== 0)) yield* made.image.write(at, bytes);
      if (sys.charge(1000)) yield* sys.preempt();
    }
    made.close();
    opened.close();
    return 0;
  },
};
