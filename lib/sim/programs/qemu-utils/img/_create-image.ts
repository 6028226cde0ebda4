// Making an image of any format: options with their defaults, the "Formatting" line, the file (bdrv_img_create).
import { type Blocking, O, type Sys, SysError } from "../../../kernel/sys.ts";
import { createBlockMap } from "../../kit/disk-image/block-map-image.ts";
import { type DiskImage, ImageError } from "../../kit/disk-image/disk-image.ts";
import { descriptorFile } from "../../kit/disk-image/image-file.ts";
import { backingPath, knownFormats, openImage } from "../../kit/disk-image/open-image.ts";
import { Qcow2Image } from "../../kit/disk-image/qcow2.ts";
import { openRaw } from "../../kit/disk-image/raw.ts";
import { ImgFailure, sizeBytes, sizeHint } from "./_call.ts";

export interface CreateRequest {
  readonly path: string;
  readonly format: string;
  readonly sizeBytes: number | undefined;
  readonly options: ReadonlyMap<string, string>;
  readonly backingFile?: string | undefined;
  readonly backingFormat?: string | undefined;
  readonly unsafe?: boolean;
  readonly quiet: boolean;
  /** where the line goes */
  readonly say: (text: string) => Blocking<void>;
}

const known = new Map<string, readonly string[]>([
  ["qcow2", ["size", "compat", "backing_file", "backing_fmt", "data_file", "data_file_raw", "extended_l2", "encryption", "encrypt.format", "cluster_size", "preallocation", "lazy_refcounts", "refcount_bits", "compression_type", "nocow"]],
  ["raw", ["size", "preallocation", "nocow", "extent_size_hint"]], ["vmdk", ["size", "adapter_type", "backing_file", "backing_fmt", "compat6", "hwversion", "toolsversion", "subformat", "zeroed_grain"]],
  ["vdi", ["size", "static", "preallocation"]],
]);

function formatting(request: CreateRequest, size: number, options: ReadonlyMap<string, string>): string {
  const on = (name: string, fallback: string): string => options.get(name) ?? fallback;
  const cluster = sizeBytes(on("cluster_size", "65536")) ?? 65_536;
  const words: string[] = [`fmt=${request.format}`];
  if (request.format === "qcow2") {
    words.push(`cluster_size=${cluster}`, `extended_l2=${on("extended_l2", "off")}`);
    if (options.has("preallocation")) words.push(`preallocation=${on("preallocation", "off")}`);
    words.push(`compression_type=${on("compression_type", "zlib")}`, `size=${size}`);
    if (options.has("compat")) words.push(`compat=${on("compat", "1.1")}`);
    if (request.backingFile !== undefined) words.push(`backing_file=${request.backingFile}`, ...(request.backingFormat === undefined ? [] : [`backing_fmt=${request.backingFormat}`]));
    words.push(`lazy_refcounts=${on("lazy_refcounts", "off")}`, `refcount_bits=${on("refcount_bits", "16")}`);
  } else {
    words.push(`size=${size}`);
    if (request.format === "vmdk") words.push(`compat6=${on("compat6", "off")}`, `hwversion=${on("hwversion", "undefined")}`);
    if (request.format === "vdi") words.push(`static=${on("static", "off")}`);
    if (options.has("subformat")) words.push(`subformat=${on("subformat", "")}`);
    if (options.has("preallocation")) words.push(`preallocation=${on("preallocation", "off")}`);
  }
  return `Formatting '${request.path}', ${words.join(" ")}\n`;
}

export function* makeFile(sys: Sys, path: string): Blocking<number> {
  try {
    return yield* sys.open(path, O.RDWR | O.CREAT | O.TRUNC | O.CLOEXEC, 0o644);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    throw new ImgFailure(`${path}: Could not create '${path}': ${error.message}`);
  }
}

/** The image is open for writing; `close` when done. */
export function* createImage(sys: Sys, request: CreateRequest): Blocking<{ readonly image: DiskImage; close(): void }> {
  const { path, format, options } = request;
  if (!knownFormats.includes(format)) throw new ImgFailure(`${path}: Unknown file format '${format}'`);
  const names = known.get(format);
  if (names === undefined) throw new ImgFailure(`${path}: Format driver '${format}' does not support image creation`);
  for (const name of options.keys()) if (!names.includes(name)) throw new ImgFailure(`${path}: Invalid parameter '${name}'`);
  const backingFile = request.backingFile ?? options.get("backing_file");
  const backingFormat = request.backingFormat ?? options.get("backing_fmt");
  let size = request.sizeBytes;
  const asked = options.get("size");
  if (size === undefined && asked !== undefined) size = sizeBytes(asked);
  if (backingFile !== undefined) {
    if (format === "raw") throw new ImgFailure(`${path}: Backing file not supported for file format 'raw'`);
    if (backingFile === path) throw new ImgFailure(`${path}: Error: Trying to create an image with the same filename as the backing file`);
    if (backingFormat !== undefined && !knownFormats.includes(backingFormat)) throw new ImgFailure(`${path}: Unknown backing file format '${backingFormat}'`);
    if (request.unsafe !== true) {
      try {
        const behind = yield* openImage(sys, backingPath(path, backingFile), { format: backingFormat, forceShare: true });
        size ??= behind.image.virtualBytes;
        const detected = behind.image.format;
        behind.close();
        if (backingFormat === undefined) throw new ImgFailure(`${path}: Backing file specified without backing format\nDetected format of ${detected}.`);
      } catch (error) {
        if (!(error instanceof ImageError)) throw error;
        throw new ImgFailure(`${path}: ${error.message}${size === undefined ? "" : "\nCould not open backing image."}`);
      }
    }
  }
  if (size === undefined) throw new ImgFailure(`${path}: Image creation needs a size parameter`);
  const shown: CreateRequest = { ...request, backingFile, backingFormat };
  if (!request.quiet) yield* request.say(formatting(shown, size, options));
  const preallocation = options.get("preallocation") ?? "off";
  const fail = (text: string): never => {
    throw new ImgFailure(`${path}: ${text}`);
  };
  if (format === "qcow2") {
    const clusterBytes = sizeBytes(options.get("cluster_size") ?? "65536") ?? 0;
    const compat = options.get("compat") ?? "1.1";
    const version = compat === "1.1" || compat === "v3" ? "1.1" : compat === "0.10" || compat === "v2" ? "0.10" : fail(`Parameter 'version' does not accept value '${compat}'`);
    const compression = options.get("compression_type") ?? "zlib";
    if (clusterBytes < 512 || clusterBytes > 2 * 1024 * 1024 || (clusterBytes & (clusterBytes - 1)) !== 0) fail("Cluster size must be a power of two between 512 and 2048k");
    const how = preallocation === "off" || preallocation === "metadata" || preallocation === "falloc" || preallocation === "full" ? preallocation : fail(`Parameter 'preallocation' does not accept value '${preallocation}'`);
    const packing = compression === "zlib" || compression === "zstd" ? compression : fail(`Parameter 'compression-type' does not accept value '${compression}'`);
    const fd = yield* makeFile(sys, path);
    const image = yield* Qcow2Image.create(descriptorFile(sys, fd, path), size, {
      clusterBytes, compat: version, lazyRefcounts: options.get("lazy_refcounts") === "on", compression: packing, extendedL2: options.get("extended_l2") === "on", preallocation: how, backingFile, backingFormat,
    });
    return { image, close: () => sys.close(fd) };
  }
  const fd = yield* makeFile(sys, path);
  const file = descriptorFile(sys, fd, path);
  if (format === "raw") {
    if (preallocation !== "off" && preallocation !== "falloc" && preallocation !== "full") {
      if (preallocation === "metadata") fail("Unsupported preallocation mode: metadata");
      fail(`Parameter 'preallocation' does not accept value '${preallocation}'`);
    }
    file.truncate(size);
    // the first block is always there: qemu asks it for the alignment of direct I/O
    try {
      if (size > 0) file.allocate(0, preallocation === "off" ? Math.min(4096, size) : size);
    } catch (error) {
      if (!(error instanceof SysError) || preallocation === "off") throw error;
      // block/file-posix.c: what was there of it goes
      file.truncate(0);
      throw new ImgFailure(`${path}: ${preallocation === "full" ? "Could not write zeros for preallocation" : "Could not preallocate data"}: ${error.message}`);
    }
    return { image: openRaw(file), close: () => sys.close(fd) };
  }
  if (format !== "vdi" && format !== "vmdk") return fail(`Unknown file format '${format}'`);
  return { image: yield* createBlockMap(file, format, size, options.get("subformat") ?? "monolithicSparse"), close: () => sys.close(fd) };
}

export function badSize(name = "size"): ImgFailure {
  return new ImgFailure(`Parameter '${name}' expects a non-negative number below 2^64\n${sizeHint}`);
}
