// What a stretch of a mapped device does (Documentation/admin-guide/device-mapper): a target is made from the line of its table. Here the plain
// ones: linear, striped, zero, error. Positions and lengths are bytes, counted from the target's beginning.
import { SysError } from "../errno.ts";
import { type BlockDevice, type BlockDevices, fillDevice, SECTOR_BYTES } from "./block-device.ts";

export interface TargetContext {
  readonly devices: BlockDevices;
  readonly sectors: number;
  log(text: string): void;
}

export interface Target {
  /** the devices that it stands on */
  readonly below: readonly BlockDevice[];
  read(position: number, length: number): Uint8Array;
  write(position: number, bytes: Uint8Array): void;
  fill(position: number, length: number, how: "zero" | "discard"): void;
  status(): string;
  /** Errors: EINVAL, EEXIST, ENODATA, ENOSPC. */
  message?(text: string): void;
  /** what it holds back goes to the devices below */
  flush?(): void;
  /** the table is no longer live */
  detach?(): void;
}

export type TargetMaker = (context: TargetContext, words: readonly string[]) => Target;

/** "8:16" of a table. Errors: ENXIO, EINVAL. */
export function deviceOfWord(devices: BlockDevices, word: string | undefined): BlockDevice {
  const match = /^(\d{1,4}):(\d{1,7})$/.exec(word ?? "");
  if (!match) throw new SysError("EINVAL");
  const found = devices.find(Number(match[1]), Number(match[2]));
  if (!found) throw new SysError("ENXIO");
  return found;
}

/** Errors: EINVAL. */
export function numberOfWord(word: string | undefined): number {
  if (!/^\d{1,15}$/.test(word ?? "")) throw new SysError("EINVAL");
  return Number(word);
}

const linear: TargetMaker = ({ devices, sectors }, [word, start]) => {
  const device = deviceOfWord(devices, word);
  const offset = numberOfWord(start) * SECTOR_BYTES;
  if (offset + sectors * SECTOR_BYTES > device.sizeBytes) throw new SysError("EINVAL");
  return {
    below: [device],
    read: (position, length) => device.read(offset + position, length),
    write: (position, bytes) => device.write(offset + position, bytes),
    fill: (position, length, how) => fillDevice(device, offset + position, length, how),
    status: () => "",
    flush: () => device.flush?.(),
  };
};

/** Turns about the stripes, a chunk on each. */
const striped: TargetMaker = ({ devices, sectors }, [count, chunk, ...places]) => {
  const stripes = numberOfWord(count);
  const chunkBytes = numberOfWord(chunk) * SECTOR_BYTES;
  if (stripes < 1 || chunkBytes === 0 || places.length !== stripes * 2 || sectors % stripes !== 0) throw new SysError("EINVAL");
  const parts = Array.from({ length: stripes }, (_, index) => ({ device: deviceOfWord(devices, places[index * 2]), offset: numberOfWord(places[index * 2 + 1]) * SECTOR_BYTES }));
  const walk = (position: number, length: number, visit: (device: BlockDevice, at: number, from: number, count: number) => void): void => {
    for (let done = 0; done < length; ) {
      const at = position + done;
      const chunkIndex = Math.floor(at / chunkBytes);
      const inside = at % chunkBytes;
      const step = Math.min(length - done, chunkBytes - inside);
      const part = parts[chunkIndex % stripes];
      if (part) visit(part.device, part.offset + Math.floor(chunkIndex / stripes) * chunkBytes + inside, done, step);
      done += step;
    }
  };
  return {
    below: parts.map((part) => part.device),
    read(position, length) {
      const bytes = new Uint8Array(length);
      walk(position, length, (device, at, from, step) => bytes.set(device.read(at, step), from));
      return bytes;
    },
    write: (position, bytes) => walk(position, bytes.length, (device, at, from, step) => device.write(at, bytes.subarray(from, from + step))),
    fill: (position, length, how) => walk(position, length, (device, at, _from, step) => fillDevice(device, at, step, how)),
    status: () => `${stripes} ${parts.map(({ device }) => `${device.major}:${device.minor}`).join(" ")} 1 ${"A".repeat(stripes)}`,
  };
};

const zero: TargetMaker = () => ({ below: [], read: (_position, length) => new Uint8Array(length), write: () => {}, fill: () => {}, status: () => "" });

const fails = (): never => {
  throw new SysError("EIO");
};
const error: TargetMaker = () => ({ below: [], read: fails, write: fails, fill: fails, status: () => "" });

export const plainTargets: ReadonlyMap<string, TargetMaker> = new Map([["linear", linear], ["striped", striped], ["zero", zero], ["error", error]]);
