import type { Blocking, Sys } from "../../../kernel/sys.ts";
import type { BlockMapImage } from "../../kit/disk-image/block-map-image.ts";
import { type DiskImage, ImageError } from "../../kit/disk-image/disk-image.ts";
import { backingPath, openImage } from "../../kit/disk-image/open-image.ts";
import { Qcow2Image } from "../../kit/disk-image/qcow2.ts";
import { humanSize, ImgFailure, parseImg, type Subcommand } from "./_call.ts";
import { snapshotTable } from "./_snapshot-table.ts";

type Json = string | number | boolean | readonly Json[] | { readonly [key: string]: Json };

/** QEMU's own writer: four spaces, keys in the order of its C structures. */
export function prettyJson(value: Json): string {
  return JSON.stringify(value, undefined, 4);
}

const isBlockMap = (image: DiskImage): image is BlockMapImage => image.format === "vdi" || image.format === "vmdk";

function clusterOf(image: DiskImage): number | undefined {
  return image instanceof Qcow2Image || isBlockMap(image) ? image.clusterBytes : undefined;
}

function human(image: DiskImage, path: string): string {
  const lines = [`image: ${path}`, `file format: ${image.format}`, `virtual size: ${humanSize(image.virtualBytes)} (${image.virtualBytes} bytes)`, `disk size: ${humanSize(image.file.allocatedBytes())}`];
  const cluster = clusterOf(image);
  if (cluster !== undefined) lines.push(`cluster_size: ${cluster}`);
  if (image.backingFile !== undefined) {
    const actual = backingPath(path, image.backingFile);
    lines.push(`backing file: ${image.backingFile}${actual === image.backingFile ? "" : ` (actual path: ${actual})`}`);
    if (image.backingFormat !== undefined) lines.push(`backing file format: ${image.backingFormat}`);
  }
  if (image instanceof Qcow2Image) {
    if (image.snapshots.length > 0) lines.push("Snapshot list:", snapshotTable(image.snapshots).trimEnd());
    lines.push("Format specific information:", `    compat: ${image.version >= 3 ? "1.1" : "0.10"}`, `    compression type: ${image.compression}`);
    if (image.version >= 3) lines.push(`    lazy refcounts: ${image.lazyRefcounts}`);
    lines.push("    refcount bits: 16");
    if (image.version >= 3) lines.push("    corrupt: false", `    extended l2: ${image.extendedL2}`);
  } else if (image.format === "vmdk" && isBlockMap(image)) {
    lines.push("Format specific information:", "    cid: 1512008765", "    parent cid: 4294967295", `    create type: ${image.subformat}`, "    extents:", "        [0]:", `            virtual size: ${image.virtualBytes}`, `            filename: ${path}`, "            cluster size: 65536", "            format: ");
  }
  return `${lines.join("\n")}\n`;
}

function json(image: DiskImage, path: string): Json {
  const cluster = clusterOf(image);
  const data: Record<string, Json> = {};
  if (image instanceof Qcow2Image) {
    data["compat"] = image.version >= 3 ? "1.1" : "0.10";
    data["compression-type"] = image.compression;
    if (image.version >= 3) data["lazy-refcounts"] = image.lazyRefcounts;
    data["refcount-bits"] = 16;
    if (image.version >= 3) {
      data["corrupt"] = false;
      data["extended-l2"] = image.extendedL2;
    }
  }
  return {
    ...(image instanceof Qcow2Image && image.snapshots.length > 0 ? {
      snapshots: image.snapshots.map((one) => ({ "vm-clock-nsec": one.vmClockNs % 1e9, name: one.name, "date-sec": one.seconds, "date-nsec": 0, "vm-clock-sec": Math.floor(one.vmClockNs / 1e9), id: one.id, "vm-state-size": one.vmStateBytes })),
    } : {}),
    ...(image.backingFormat === undefined ? {} : { "backing-filename-format": image.backingFormat }),
    "virtual-size": image.virtualBytes, filename: path, ...(cluster === undefined ? {} : { "cluster-size": cluster }), format: image.format, "actual-size": image.file.allocatedBytes(),
    ...(image instanceof Qcow2Image ? { "format-specific": { type: "qcow2", data } } : {}),
    ...(image.backingFile === undefined ? {} : { "full-backing-filename": backingPath(path, image.backingFile), "backing-filename": image.backingFile }), "dirty-flag": false,
  };
}

interface Opened {
  readonly image: DiskImage;
  readonly probed: boolean;
  close(): void;
}

export function* openFor(sys: Sys, path: string, options: Parameters<typeof openImage>[2], status = 1): Blocking<Opened> {
  try {
    return yield* openImage(sys, path, options);
  } catch (error) {
    if (!(error instanceof ImageError)) throw error;
    throw new ImgFailure(`Could not open '${path}': ${error.message}`, { status });
  }
}

export const info: Subcommand = {
  name: "info",
  summary: "what an image is",
  *run({ sys, words, out }) {
    const parsed = parseImg(words, "hf:U", ["output=", "backing-chain", "force-share", "image-opts", "object=", "format="]);
    const how = parsed.get("output") ?? "human";
    if (how !== "human" && how !== "json") throw new ImgFailure("--output must be used with human or json as argument.");
    const [path, ...more] = parsed.operands;
    if (path === undefined || more.length > 0) throw new ImgFailure("Expecting one image file name", { usage: true });
    const found: { readonly path: string; readonly image: DiskImage; close(): void }[] = [];
    let next: string | undefined = path;
    let format = parsed.get("f") ?? parsed.get("format");
    while (next !== undefined) {
      const opened: Opened = yield* openFor(sys, next, { format, chain: false, forceShare: parsed.has("U") || parsed.has("force-share") || found.length > 0 });
      found.push({ path: next, image: opened.image, close: opened.close });
      const behind: string | undefined = opened.image.backingFile;
      format = opened.image.backingFormat;
      const from: string = next;
      next = parsed.has("backing-chain") && behind !== undefined ? backingPath(from, behind) : undefined;
      if (found.length > 100) throw new ImgFailure(`Backing file '${next}' creates an infinite loop.`);
    }
    if (how === "human") yield* out(found.map((one) => human(one.image, one.path)).join("\n"));
    else {
      const values = found.map((one) => json(one.image, one.path));
      const [only] = values;
      yield* out(`${prettyJson(parsed.has("backing-chain") || only === undefined ? values : only)}\n`);
    }
    for (const one of found) one.close();
    return 0;
  },
};
