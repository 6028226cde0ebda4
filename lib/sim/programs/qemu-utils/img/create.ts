import { formatOptions, ImgFailure, parseImg, sizeBytes, type Subcommand } from "./_call.ts";
import { createImage } from "./_create-image.ts";

export const create: Subcommand = {
  name: "create",
  summary: "make an image",
  *run({ sys, words, out }) {
    const parsed = parseImg(words, "F:b:f:ho:qu", ["object="]);
    const [path, sizeText, ...more] = parsed.operands;
    if (path === undefined) throw new ImgFailure("Expecting image file name", { usage: true });
    if (more.length > 0) throw new ImgFailure(`Unexpected argument: ${parsed.operands.at(-1)}`, { usage: true });
    const size = sizeText === undefined ? undefined : sizeBytes(sizeText);
    if (sizeText !== undefined && size === undefined) throw new ImgFailure(`Invalid image size specified. You may use k, M, G, T, P or E suffixes for \nqemu-img: kilobytes, megabytes, gigabytes, terabytes, petabytes and exabytes.`);
    const made = yield* createImage(sys, {
      path, format: parsed.get("f") ?? "raw", sizeBytes: size, options: formatOptions(parsed.all("o")), backingFile: parsed.get("b"), backingFormat: parsed.get("F"), unsafe: parsed.has("u"), quiet: parsed.has("q"), say: out,
    });
    made.close();
    return 0;
  },
};
