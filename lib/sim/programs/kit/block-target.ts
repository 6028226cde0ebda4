// What the makers of file systems share: the device or image that they write to, and new UUIDs.
import { type Blocking, O, S, type Sys } from "../../kernel/sys.ts";
import { uuidText } from "./uuid-text.ts";

export interface BlockTarget {
  readonly fd: number;
  readonly sizeBytes: number;
  readonly isDevice: boolean;
}

/** Errors: SysError (ENOENT, EBUSY when it is mounted, EACCES). A directory or a character device has the size 0. */
export function* openBlockTarget(sys: Sys, path: string, writable: boolean): Blocking<BlockTarget> {
  const kind = sys.stat(path).mode & S.IFMT;
  const fd = yield* sys.open(path, (writable ? O.RDWR : O.RDONLY) | (writable && kind === S.IFBLK ? O.EXCL : 0));
  return { fd, isDevice: kind === S.IFBLK, sizeBytes: kind === S.IFBLK ? Number(sys.ioctl(fd, "BLKGETSIZE64")) : kind === S.IFREG ? sys.fstat(fd).sizeBytes : 0 };
}

/** A random one (RFC 4122, version 4). */
export function newUuid(sys: Sys): string {
  const random = sys.random(16).slice();
  random[6] = ((random[6] ?? 0) & 0x0f) | 0x40;
  random[8] = ((random[8] ?? 0) & 0x3f) | 0x80;
  return uuidText(random);
}

export function uuidBytes(uuid: string): Uint8Array {
  const digits = uuid.replaceAll("-", "").padEnd(32, "0");
  return Uint8Array.from({ length: 16 }, (_, index) => Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16));
}

/** "10M", "4k", "1g": bytes. */
export function sizeOfWord(word: string, units: Readonly<Record<string, number>> = {}): number | undefined {
  const match = /^(\d+)([a-zA-Z]?)(?:i?[bB])?$/.exec(word);
  if (!match) return undefined;
  const unit = (match[2] ?? "").toLowerCase();
  const factor = unit === "" ? 1 : (units[unit] ?? ("kmgtpe".includes(unit) ? 1024 ** ("kmgtpe".indexOf(unit) + 1) : undefined));
  return factor === undefined ? undefined : Number(match[1]) * factor;
}
