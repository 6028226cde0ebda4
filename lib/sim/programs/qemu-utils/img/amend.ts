import { Qcow2Image } from "../../kit/disk-image/qcow2.ts";
import { formatOptions, ImgFailure, parseImg, type Subcommand } from "./_call.ts";
import { openFor } from "./info.ts";

export const amend: Subcommand = {
  name: "amend",
  summary: "change the options of an image's format",
  *run({ sys, words }) {
    const parsed = parseImg(words, "ho:f:t:pq", ["object=", "image-opts", "force"]);
    const [path, ...more] = parsed.operands;
    if (!parsed.has("o")) throw new ImgFailure("Must specify options (-o)", { usage: true });
    if (path === undefined || more.length > 0) throw new ImgFailure("Expecting one image file name", { usage: true });
    const opened = yield* openFor(sys, path, { format: parsed.get("f"), writable: true });
    const { image } = opened;
    if (!(image instanceof Qcow2Image)) throw new ImgFailure(`Format driver '${image.format}' does not support option amendment`);
    for (const [name, value] of formatOptions(parsed.all("o"))) {
      if (name === "compat" && (value === "1.1" || value === "v3" || value === "0.10" || value === "v2")) yield* image.amendCompat(value === "1.1" || value === "v3" ? "1.1" : "0.10");
      else if (name === "lazy_refcounts") yield* image.setLazyRefcounts(value === "on");
      else if (name === "size") yield* image.resize(Number(value));
      else throw new ImgFailure(`Invalid parameter '${name}'`);
    }
    opened.close();
    return 0;
  },
};
