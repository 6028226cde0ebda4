import { Qcow2Image } from "../../kit/disk-image/qcow2.ts";
import { backingPath } from "../../kit/disk-image/open-image.ts";
import { ImgFailure, parseImg, type Subcommand } from "./_call.ts";
import { openFor } from "./info.ts";

export const commit: Subcommand = {
  name: "commit",
  summary: "write an image's differences into its backing file",
  *run({ sys, words, out }) {
    const parsed = parseImg(words, "f:ht:b:dpqr:", ["image-opts", "object="]);
    const [path, ...more] = parsed.operands;
    if (path === undefined || more.length > 0) throw new ImgFailure("Expecting one image file name", { usage: true });
    const opened = yield* openFor(sys, path, { format: parsed.get("f"), writable: true });
    const { image } = opened;
    if (image.backingFile === undefined) throw new ImgFailure("Image does not have a backing file");
    const base = yield* openFor(sys, backingPath(path, image.backingFile), { format: image.backingFormat, writable: true });
    if (base.image.virtualBytes < image.virtualBytes) yield* base.image.resize(image.virtualBytes);
    for (const stretch of yield* image.stretches()) {
      if (stretch.kind === "absent") continue;
      for (let at = stretch.start; at < stretch.start + stretch.length; at += 65_536) {
        const length = Math.min(65_536, stretch.start + stretch.length - at);
        yield* base.image.write(at, stretch.kind === "zero" ? new Uint8Array(length) : yield* image.read(at, length));
      }
    }
    if (!parsed.has("d") && image instanceof Qcow2Image) yield* image.empty();
    base.close();
    opened.close();
    if (!parsed.has("q")) yield* out("Image committed.\n");
    return 0;
  },
};
