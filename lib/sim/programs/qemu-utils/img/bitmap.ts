import { Qcow2Image } from "../../kit/disk-image/qcow2.ts";
import { ImgFailure, parseImg, type Subcommand } from "./_call.ts";
import { openFor } from "./info.ts";

const actions = ["add", "remove", "clear", "enable", "disable", "merge"];

export const bitmap: Subcommand = {
  name: "bitmap",
  summary: "bitmaps of dirty blocks",
  *run({ sys, words }) {
    const parsed = parseImg(words, "b:f:F:g:h", ["add", "remove", "clear", "enable", "disable", "merge=", "source-file=", "source-format=", "granularity=", "image-opts", "object="]);
    if (!actions.some((action) => parsed.has(action))) throw new ImgFailure("Need at least one of --add, --remove, --clear, --enable, --disable, or --merge", { usage: true });
    const [path, name, ...more] = parsed.operands;
    if (path === undefined || name === undefined || more.length > 0) throw new ImgFailure("Expecting filename and bitmap name", { usage: true });
    const opened = yield* openFor(sys, path, { format: parsed.get("f"), writable: true });
    opened.close();
    if (!(opened.image instanceof Qcow2Image)) throw new ImgFailure(`Operation add on bitmap ${name} failed: Block driver '${opened.image.format}' does not support persistent bitmaps`);
    throw new ImgFailure("bitmaps of dirty blocks are not simulated");
  },
};
