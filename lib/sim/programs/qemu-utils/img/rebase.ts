import { chainData, type DiskImage, ImageError } from "../../kit/disk-image/disk-image.ts";
import { backingPath, openImage } from "../../kit/disk-image/open-image.ts";
import { Qcow2Image } from "../../kit/disk-image/qcow2.ts";
import { ImgFailure, parseImg, type Subcommand } from "./_call.ts";
import { openFor } from "./info.ts";

export const rebase: Subcommand = {
  name: "rebase",
  summary: "give an image another backing file",
  *run({ sys, words }) {
    const parsed = parseImg(words, "hf:F:b:upt:T:qU", ["image-opts", "force-share", "object="]);
    const [path, ...more] = parsed.operands;
    if (path === undefined || more.length > 0) throw new ImgFailure("Expecting one image file name", { usage: true });
    const base = parsed.get("b");
    if (base === undefined) throw new ImgFailure("Use backing file (-b) option to rebase image", { usage: true });
    const unsafe = parsed.has("u");
    const opened = yield* openFor(sys, path, { format: parsed.get("f"), writable: true, chain: !unsafe });
    const { image } = opened;
    if (!(image instanceof Qcow2Image)) throw new ImgFailure(`Could not change the backing file to '${base}': Operation not supported`);
    if (base !== "" && parsed.get("F") === undefined) throw new ImgFailure(`Could not change the backing file to '${base}': backing format must be specified`);
    if (!unsafe) {
      let behind: { readonly image: DiskImage; close(): void } | undefined;
      if (base !== "") {
        try {
          behind = yield* openImage(sys, backingPath(path, base), { format: parsed.get("F"), forceShare: true });
        } catch (error) {
          if (!(error instanceof ImageError)) throw error;
          throw new ImgFailure(`Could not open new backing file '${base}': ${error.message}`);
        }
      }
      // what the old chain said and the new one does not say becomes the image's own
      const own = new Set<number>();
      for (const stretch of yield* image.stretches()) {
        if (stretch.kind !== "absent") for (let at = stretch.start; at < stretch.start + stretch.length; at += image.clusterBytes) own.add(Math.floor(at / image.clusterBytes));
      }
      for (const piece of yield* chainData(image, image.clusterBytes)) {
        const cluster = Math.floor(piece.start / image.clusterBytes);
        if (own.has(cluster)) continue;
        const start = cluster * image.clusterBytes;
        const length = Math.min(image.clusterBytes, image.virtualBytes - start);
        const was = yield* image.read(start, length);
        const inside = behind === undefined ? 0 : Math.max(0, Math.min(length, behind.image.virtualBytes - start));
        const now = behind === undefined || inside === 0 ? new Uint8Array(0) : yield* behind.image.read(start, inside);
        if (was.some((byte, index) => byte !== (now[index] ?? 0))) yield* image.write(start, was);
      }
      behind?.close();
    }
    yield* image.setBacking(base === "" ? undefined : base, base === "" ? undefined : parsed.get("F"));
    opened.close();
    return 0;
  },
};
