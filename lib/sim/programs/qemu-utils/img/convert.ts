import { chainData, isZero } from "../../kit/disk-image/disk-image.ts";
import { Qcow2Image } from "../../kit/disk-image/qcow2.ts";
import { formatOptions, ImgFailure, parseImg, type Subcommand } from "./_call.ts";
import { createImage } from "./_create-image.ts";
import { openFor } from "./info.ts";

const chunkBytes = 65_536;

export const convert: Subcommand = {
  name: "convert",
  summary: "copy an image to another format",
  *run({ sys, words, out }) {
    const parsed = parseImg(words, "hf:O:B:CcF:o:l:S:pt:T:qnm:WUr:", ["image-opts", "target-image-opts", "force-share", "object=", "salvage", "target-is-zero", "bitmaps", "skip-broken-bitmaps"]);
    const target = parsed.operands.at(-1);
    const sources = parsed.operands.slice(0, -1);
    if (target === undefined || sources.length === 0) throw new ImgFailure("Must specify image file name", { usage: true });
    const [source = ""] = sources;
    const opened = yield* openFor(sys, source, { format: parsed.get("f"), forceShare: parsed.has("U") || parsed.has("force-share") });
    const { image } = opened;
    const wanted = parsed.get("l");
    if (wanted !== undefined) {
      const snapshot = image instanceof Qcow2Image ? image.findSnapshot(wanted.replace(/^snapshot\.(?:id|name)=/, "")) : undefined;
      if (snapshot === undefined || !(image instanceof Qcow2Image)) throw new ImgFailure(`Failed to load snapshot: Can't find snapshot`);
    }
    const made = yield* createImage(sys, {
      path: target, format: parsed.get("O") ?? "raw", sizeBytes: image.virtualBytes, options: formatOptions(parsed.all("o")), backingFile: parsed.get("B"), backingFormat: parsed.get("F"), quiet: true, say: out,
    });
    const pieces = yield* chainData(image);
    const total = pieces.reduce((sum, piece) => sum + piece.length, 0);
    let done = 0;
    for (const piece of pieces) {
      const bytes = yield* image.read(piece.start, Math.min(piece.length, image.virtualBytes - piece.start));
      // clusters of zeros are not written: -S 4k is the default
      for (let at = 0; at < bytes.length; at += chunkBytes) {
        const part = bytes.subarray(at, at + chunkBytes);
        if (!isZero(part)) yield* made.image.write(piece.start + at, part);
        if (sys.charge(part.length / 64)) yield* sys.preempt();
      }
      done += piece.length;
      if (parsed.has("p")) yield* out(`    (${((100 * done) / Math.max(1, total)).toFixed(2)}/100%)\r`);
    }
    if (parsed.has("p")) yield* out("    (100.00/100%)\r\n");
    made.close();
    opened.close();
    return 0;
  },
};
