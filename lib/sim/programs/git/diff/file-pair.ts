// Two versions of a file: what a diff is a list of.
import type { Blocking } from "../../../kernel/sys.ts";
import type { Git } from "../base/git.ts";
import type { ObjectId } from "../store/object-id.ts";
import { SUBMODULE_MODE } from "../store/tree-object.ts";
import { encode } from "../../../kernel/sys.ts";

export interface FileSide {
  readonly path: string;
  readonly mode: number;
  /** Undefined: not known, the contents are in the work tree. */
  readonly id: ObjectId | undefined;
  /** of a file of the work tree */
  readonly content?: Uint8Array;
}

export type PairStatus = "A" | "D" | "M" | "T" | "R" | "C" | "U";

export interface FilePair {
  readonly status: PairStatus;
  readonly old: FileSide | undefined;
  readonly new: FileSide | undefined;
  /** of a rename or copy, in percent */
  readonly score: number;
}

export const pathOf = (pair: FilePair): string => pair.new?.path ?? pair.old?.path ?? "";

export function makePair(old: FileSide | undefined, next: FileSide | undefined): FilePair {
  const status = !old ? "A" : !next ? "D" : (old.mode & 0o170000) !== (next.mode & 0o170000) ? "T" : "M";
  return { status, old, new: next, score: 0 };
}

export function* contentOf(git: Git, side: FileSide | undefined): Blocking<Uint8Array> {
  if (!side) return new Uint8Array(0);
  if (side.content) return side.content;
  if (side.mode === SUBMODULE_MODE) return encode(`Subproject commit ${side.id}\n`);
  return side.id === undefined ? new Uint8Array(0) : (yield* git.objects.read(side.id)).body;
}

export function reversed(pair: FilePair): FilePair {
  const status = pair.status === "A" ? "D" : pair.status === "D" ? "A" : pair.status;
  return { status, old: pair.new, new: pair.old, score: pair.score };
}
