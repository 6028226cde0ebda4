import { Qcow2Image } from "../../kit/disk-image/qcow2.ts";
import { ImgFailure, parseImg, type Subcommand } from "./_call.ts";
import { openFor, prettyJson } from "./info.ts";

const noChecks = 63;

export const check: Subcommand = {
  name: "check",
  summary: "is an image consistent",
  *run({ sys, words, out }) {
    const parsed = parseImg(words, "hf:r:T:qU", ["output=", "repair=", "image-opts", "force-share", "object="]);
    const [path, ...more] = parsed.operands;
    if (path === undefined || more.length > 0) throw new ImgFailure("Expecting one image file name", { usage: true });
    const opened = yield* openFor(sys, path, { format: parsed.get("f"), forceShare: parsed.has("U") });
    const { image } = opened;
    if (!(image instanceof Qcow2Image) && image.format !== "vdi" && image.format !== "vmdk") {
      opened.close();
      throw new ImgFailure("This image format does not support checks", { status: noChecks });
    }
    let allocated = 0;
    let fragmented = 0;
    let end = image.file.sizeBytes();
    let total = Math.ceil(image.virtualBytes / 65_536);
    if (image instanceof Qcow2Image) {
      ({ allocated, fragmented } = yield* image.allocatedClusters());
      end = image.imageEndOffset;
      total = image.totalClusters;
    }
    if (parsed.get("output") === "json") {
      yield* out(`${prettyJson({
        "image-end-offset": end, "total-clusters": total, "check-errors": 0, ...(allocated > 0 ? { "allocated-clusters": allocated } : {}), ...(fragmented > 0 ? { "fragmented-clusters": fragmented } : {}), filename: path, format: image.format,
      })}\n`);
    } else if (!parsed.has("q")) {
      const share = allocated > 0 ? `${allocated}/${total} = ${((allocated * 100) / total).toFixed(2)}% allocated, ${((fragmented * 100) / allocated).toFixed(2)}% fragmented, 0.00% compressed clusters\n` : "";
      yield* out(`No errors were found on the image.\n${share}${end > 0 ? `Image end offset: ${end}\n` : ""}`);
    }
    opened.close();
    return 0;
  },
};
