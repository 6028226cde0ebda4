// A disk as a guest sees it, whatever format its bytes are kept in.
import type { Blocking } from "../../../kernel/sys.ts";
import type { ImageFile } from "./image-file.ts";

export type ImageFormat = "raw" | "qcow2" | "vmdk" | "vdi" | "vpc" | "qed";

/** A stretch of the disk, all of one kind. */
export interface Stretch {
  readonly start: number;
  readonly length: number;
  /** absent: nothing here says anything of it (a backing file may) */
  readonly kind: "data" | "zero" | "absent";
  /** in the file, for data that lies there as it is */
  readonly offset: number | undefined;
}

export interface ImageSnapshot {
  readonly id: string;
  readonly name: string;
  readonly seconds: number;
  readonly vmClockNs: number;
  readonly vmStateBytes: number;
}

export interface DiskImage {
  readonly format: ImageFormat;
  readonly file: ImageFile;
  readonly virtualBytes: number;
  readonly backingFile: string | undefined;
  readonly backingFormat: string | undefined;
  /** set by whoever opens the chain */
  backing: DiskImage | undefined;
  /** What this image alone says, without gaps. */
  stretches(): Blocking<readonly Stretch[]>;
  /** With what the backing file says where this one says nothing. */
  read(at: number, length: number): Blocking<Uint8Array>;
  write(at: number, bytes: Uint8Array): Blocking<void>;
  resize(virtualBytes: number): Blocking<void>;
}

export class ImageError extends Error {}

export function isZero(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; at++) if (bytes[at] !== 0) return false;
  return true;
}

/** Data of the whole chain, in pieces of at most `most` bytes; zeros are left out. */
export function* chainData(image: DiskImage, most = 1 << 20): Blocking<readonly { readonly start: number; readonly length: number }[]> {
  const known: { start: number; length: number }[] = [];
  const visit = function* (level: DiskImage, from: number, to: number): Blocking<void> {
    for (const stretch of yield* level.stretches()) {
      const start = Math.max(from, stretch.start);
      const end = Math.min(to, stretch.start + stretch.length);
      if (end <= start) continue;
      if (stretch.kind === "data") for (let at = start; at < end; at += most) known.push({ start: at, length: Math.min(most, end - at) });
      else if (stretch.kind === "absent" && level.backing !== undefined && start < level.backing.virtualBytes) yield* visit(level.backing, start, Math.min(end, level.backing.virtualBytes));
    }
  };
  yield* visit(image, 0, image.virtualBytes);
  return known.sort((a, b) => a.start - b.start);
}

/** A read that falls through to the backing file. */
export function* readBacking(image: DiskImage, at: number, length: number): Blocking<Uint8Array> {
  const { backing } = image;
  if (backing === undefined || at >= backing.virtualBytes) return new Uint8Array(length);
  const inside = Math.min(length, backing.virtualBytes - at);
  const bytes = yield* backing.read(at, inside);
  if (inside === length) return bytes;
  const whole = new Uint8Array(length);
  whole.set(bytes);
  return whole;
}
