import type { Blocking } from "../../../kernel/sys.ts";
import type { DiskImage } from "../../kit/disk-image/disk-image.ts";
import { ImgFailure, parseImg, type Subcommand } from "./_call.ts";
import { openFor } from "./info.ts";

interface Mapped {
  start: number;
  length: number;
  readonly depth: number;
  readonly present: boolean;
  readonly zero: boolean;
  readonly data: boolean;
  readonly offset: number | undefined;
  readonly path: string;
}

function* mapOf(image: DiskImage, from: number, to: number, depth: number): Blocking<Mapped[]> {
  const found: Mapped[] = [];
  for (const stretch of yield* image.stretches()) {
    const start = Math.max(from, stretch.start);
    const end = Math.min(to, stretch.start + stretch.length);
    if (end <= start) continue;
    const shared = { start, length: end - start, path: image.file.path };
    if (stretch.kind === "data") found.push({ ...shared, depth, present: true, zero: false, data: true, offset: (stretch.offset ?? 0) + start - stretch.start });
    else if (stretch.kind === "zero") found.push({ ...shared, depth, present: true, zero: true, data: false, offset: stretch.offset });
    else if (image.backing === undefined) found.push({ ...shared, depth, present: false, zero: true, data: false, offset: undefined });
    else {
      const inside = Math.min(end, image.backing.virtualBytes);
      if (inside > start) found.push(...(yield* mapOf(image.backing, start, inside, depth + 1)));
      if (end > inside) found.push({ start: Math.max(start, inside), length: end - Math.max(start, inside), path: image.file.path, depth, present: true, zero: true, data: false, offset: undefined });
    }
  }
  return found;
}

export const map: Subcommand = {
  name: "map",
  summary: "where an image's parts lie",
  *run({ sys, words, out }) {
    const parsed = parseImg(words, "hf:s:l:U", ["output=", "image-opts", "force-share", "object=", "start-offset=", "max-length="]);
    const [path, ...more] = parsed.operands;
    if (path === undefined || more.length > 0) throw new ImgFailure("Expecting one image file name", { usage: true });
    const opened = yield* openFor(sys, path, { format: parsed.get("f"), forceShare: parsed.has("U") });
    const all = yield* mapOf(opened.image, 0, opened.image.virtualBytes, 0);
    const joined: Mapped[] = [];
    for (const one of all) {
      const last = joined.at(-1);
      const follows = last !== undefined && last.depth === one.depth && last.present === one.present && last.zero === one.zero && last.data === one.data && last.path === one.path
        && (last.offset === undefined ? one.offset === undefined : last.offset + last.length === one.offset);
      if (follows && last !== undefined) last.length += one.length;
      else joined.push({ ...one });
    }
    if (parsed.get("output") === "json") {
      const rows = joined.map((one) => `{ "start": ${one.start}, "length": ${one.length}, "depth": ${one.depth}, "present": ${one.present}, "zero": ${one.zero}, "data": ${one.data}${one.offset === undefined ? "" : `, "offset": ${one.offset}`}}`);
      yield* out(`[${rows.join(",\n")}]\n`);
    } else {
      const hex = (value: number): string => (value === 0 ? "0" : `0x${value.toString(16)}`).padEnd(16);
      yield* out(`${"Offset".padEnd(16)}${"Length".padEnd(16)}${"Mapped to".padEnd(16)}File\n${joined.filter((one) => one.data).map((one) => `${hex(one.start)}${hex(one.length)}${hex(one.offset ?? 0)}${one.path}\n`).join("")}`);
    }
    opened.close();
    return 0;
  },
};
