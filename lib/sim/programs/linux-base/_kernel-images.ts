// The kernels in /boot, and the order of their versions (DebianLinux(3perl)).
import { type Sys, SysError } from "../../kernel/sys.ts";

/** Numbers, and the rest broken at hyphens. */
const parts = (version: string): readonly string[] => version.match(/\d+|-[^-\d]*|[^-\d]+/g) ?? [];

const isPreRelease = (part: string | undefined): boolean => part === "-rc" || part === "-trunk";
const isNumber = (part: string): boolean => /^\d/.test(part);

/** Negative, zero, positive. A candidate of a release comes before it, an end before anything else. */
export function compareKernels(left: string, right: string): number {
  const ours = parts(left);
  const theirs = parts(right);
  for (let at = 0; ; at++) {
    const a = ours[at];
    const b = theirs[at];
    if (isPreRelease(a) !== isPreRelease(b)) return isPreRelease(a) ? -1 : 1;
    if (a === undefined || b === undefined) return (a === undefined ? 0 : 1) - (b === undefined ? 0 : 1);
    if (isNumber(a) && isNumber(b)) {
      if (Number(a) !== Number(b)) return Number(a) - Number(b);
    } else if (a !== b) return a < b ? -1 : 1;
  }
}

export interface KernelImage {
  readonly release: string;
  readonly path: string;
}

export function kernelImages(sys: Sys): readonly KernelImage[] {
  try {
    return sys.readdir("/boot").map(({ name }) => name).filter((name) => /^vmlinu[xz]-/.test(name) && !name.endsWith(".sig")).sort((a, b) => (a < b ? -1 : 1)).map((name) => ({ release: name.slice(8), path: `/boot/${name}` }));
  } catch (error) {
    if (error instanceof SysError) return [];
    throw error;
  }
}
