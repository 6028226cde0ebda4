import { encode } from "../../../kernel/sys.ts";
import { ImageError } from "../../kit/disk-image/disk-image.ts";
import { ImgFailure, parseImg, sizeBytes, type Subcommand } from "./_call.ts";
import { badSize } from "./_create-image.ts";
import { openFor } from "./info.ts";

export const probedWarning = (path: string): string =>
  `WARNING: Image format was not specified for '${path}' and probing guessed raw.\n         Automatically detecting the format is dangerous for raw images, write operations on block 0 will be restricted.\n         Specify the 'raw' format explicitly to remove the restrictions.\n`;

export const resize: Subcommand = {
  name: "resize",
  summary: "make an image larger or smaller",
  *run({ sys, words, out, err }) {
    const parsed = parseImg(words, "f:hq", ["shrink", "preallocation=", "object=", "image-opts"]);
    const sizeText = parsed.operands.at(-1);
    const [path] = parsed.operands;
    if (parsed.operands.length < 2 || sizeText === undefined || path === undefined) throw new ImgFailure("Not enough arguments", { usage: true });
    const relative = sizeText.startsWith("+") ? 1 : sizeText.startsWith("-") ? -1 : 0;
    const size = sizeBytes(relative === 0 ? sizeText : sizeText.slice(1));
    if (size === undefined) throw badSize();
    const opened = yield* openFor(sys, path, { format: parsed.get("f"), writable: true });
    if (opened.probed && opened.image.format === "raw") yield* sys.write(2, encode(probedWarning(path)));
    const old = opened.image.virtualBytes;
    const total = relative === 0 ? size : old + relative * size;
    if (total <= 0) throw new ImgFailure("New image size must be positive");
    if (total < old && !parsed.has("shrink")) {
      yield* err("Use the --shrink option to perform a shrink operation.");
      yield* err("warning: Shrinking an image will delete all data beyond the shrunken image's end. Before performing such an operation, make sure there is no important data there.");
      opened.close();
      return 1;
    }
    try {
      yield* opened.image.resize(total);
    } catch (error) {
      if (!(error instanceof ImageError)) throw error;
      throw new ImgFailure(error.message);
    }
    opened.close();
    if (!parsed.has("q")) yield* out("Image resized.\n");
    return 0;
  },
};
