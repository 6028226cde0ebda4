// The mounts that a process sees, from /proc/self/mountinfo (proc(5)).

import { type Blocking, type Sys, decode } from "../../kernel/sys.ts";
import { readTextFile } from "./accounts.ts";
import { bytesOfLatin1, latin1OfText } from "./latin1.ts";

export interface Mount {
  readonly id: number;
  readonly parentId: number;
  /** "254:1" */
  readonly device: string;
  /** the directory of the file system that is mounted */
  readonly root: string;
  readonly target: string;
  readonly options: string;
  /** "shared:1", "master:2"… */
  readonly propagation: readonly string[];
  readonly type: string;
  readonly source: string;
  readonly superOptions: string;
  /** of /run/mount/utab (utab.ts), where that was asked: "user=alice" */
  readonly userOptions?: string;
}

const unescape = (text: string): string => decode(bytesOfLatin1(latin1OfText(text).replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)))));

export function parseMountInfo(text: string): Mount[] {
  const mounts: Mount[] = [];
  for (const line of text.split("\n")) {
    const [left = "", right = ""] = line.split(" - ");
    const [id, parentId, device, root, target, options, ...propagation] = left.split(" ");
    const [type, source, superOptions = ""] = right.split(" ");
    if (id === undefined || target === undefined || type === undefined) continue;
    mounts.push({
      id: Number(id), parentId: Number(parentId), device: device ?? "", root: unescape(root ?? "/"), target: unescape(target), options: options ?? "", propagation,
      type: unescape(type), source: unescape(source ?? "none"), superOptions,
    });
  }
  return mounts;
}

export function* readMounts(sys: Sys, path = "/proc/self/mountinfo"): Blocking<Mount[]> {
  return parseMountInfo((yield* readTextFile(sys, path)) ?? "");
}
