import { chainData } from "../../kit/disk-image/disk-image.ts";
import { knownFormats } from "../../kit/disk-image/open-image.ts";
import { Qcow2Image } from "../../kit/disk-image/qcow2.ts";
import { formatOptions, ImgFailure, parseImg, sizeBytes, type Subcommand } from "./_call.ts";
import { badSize } from "./_create-image.ts";
import { openFor, prettyJson } from "./info.ts";

/** qcow2_calc_prealloc_size: what header, tables and reference counts take for that many clusters. */
function metadataBytes(virtualBytes: number, cluster: number): number {
  const aligned = Math.ceil(virtualBytes / cluster) * cluster;
  const perTable = cluster / 8;
  const l2 = Math.ceil(Math.ceil(aligned / cluster) / perTable) * perTable * 8;
  const l1 = Math.ceil((l2 / cluster) / perTable) * perTable * 8;
  const base = cluster + l2 + l1;
  const perBlock = cluster / 2;
  // reference counts count themselves too
  const clusters = (aligned + base) / cluster;
  let blocks = 0;
  let table = 0;
  for (;;) {
    const nextBlocks = Math.ceil((clusters + table + blocks) / perBlock);
    const nextTable = Math.ceil(nextBlocks / perTable);
    if (nextBlocks === blocks && nextTable === table) break;
    blocks = nextBlocks;
    table = nextTable;
  }
  return base + (blocks + table) * cluster;
}

export const measure: Subcommand = {
  name: "measure",
  summary: "how large an image would be",
  *run({ sys, words, out }) {
    const parsed = parseImg(words, "hf:l:o:O:U", ["size=", "output=", "image-opts", "object=", "force-share"]);
    const format = parsed.get("O") ?? "raw";
    const sizeText = parsed.get("size");
    const [path] = parsed.operands;
    let size = sizeText === undefined ? undefined : sizeBytes(sizeText);
    if (sizeText !== undefined && size === undefined) throw badSize();
    if ((size === undefined) === (path === undefined)) throw new ImgFailure("Either --size N or one filename must be specified.");
    if (!knownFormats.includes(format)) throw new ImgFailure(`Unknown file format '${format}'`);
    const cluster = sizeBytes(formatOptions(parsed.all("o")).get("cluster_size") ?? "64k") ?? 65_536;
    let used = 0;
    let bitmaps = false;
    if (path !== undefined) {
      const opened = yield* openFor(sys, path, { format: parsed.get("f"), forceShare: parsed.has("U") });
      size = opened.image.virtualBytes;
      const clusters = new Set<number>();
      for (const piece of yield* chainData(opened.image)) for (let at = piece.start; at < piece.start + piece.length; at += cluster) clusters.add(Math.floor(at / cluster));
      used = clusters.size * cluster;
      bitmaps = opened.image instanceof Qcow2Image && opened.image.version >= 3;
      opened.close();
    }
    const total = size ?? 0;
    const overhead = format === "qcow2" ? metadataBytes(total, cluster) : 0;
    const required = format === "qcow2" ? overhead + used : total;
    const full = format === "qcow2" ? overhead + Math.ceil(total / cluster) * cluster : total;
    const withBitmaps = bitmaps && format === "qcow2";
    if (parsed.get("output") === "json") yield* out(`${prettyJson({ ...(withBitmaps ? { bitmaps: 0 } : {}), required, "fully-allocated": full })}\n`);
    else yield* out(`required size: ${required}\nfully allocated size: ${full}\n${withBitmaps ? "bitmaps size: 0\n" : ""}`);
    return 0;
  },
};
