// Whole ranges of IDs for unshare --map-users, --map-groups and --map-auto: newuidmap and newgidmap write them, from outside the new namespace (unshare of util-linux 2.38.1).

import type { Blocking, Sys } from "../../kernel/sys.ts";
import { Accounts, readTextFile } from "../kit/accounts.ts";
import type { Io } from "../kit/io.ts";
import { execSearching } from "../kit/exec-path.ts";
import { waitFor } from "../kit/shell-command.ts";

interface IdRange {
  readonly outer: number;
  readonly inner: number;
  readonly count: number;
}

/** "outer,inner,count", or auto: the first range of the caller in `file`. */
export function* idRange(sys: Sys, io: Io, word: string | undefined, file: string): Blocking<IdRange | undefined> {
  if (word === undefined) return undefined;
  if (word === "auto") {
    const uid = sys.getcred().euid;
    const user = (yield* Accounts.read(sys)).userById(uid);
    const line = ((yield* readTextFile(sys, file)) ?? "").split("\n").map((one) => one.split(":")).find(([owner]) => owner === user?.name || owner === String(uid));
    if (line === undefined) io.die(`no line matching user "${user?.name ?? uid}" in ${file}: Success`);
    return { outer: Number(line?.[1]), inner: 0, count: Number(line?.[2]) };
  }
  const parts = word.split(",");
  if (parts.length > 3) io.die(`too many elements for mapping '${word}'`);
  if (parts.length < 3) io.die(`mapping '${word}' contains only ${parts.length} elements`);
  for (const part of parts) if (!/^\d+$/.test(part)) io.die(`could not parse ID: '${part}'`);
  const [outer = 0, inner = 0, count = 0] = parts.map(Number);
  return { outer, inner, count };
}

/** The numbers for newuidmap: the range alone, or the one ID `outer` as `inner` with what is left of the range round it. */
function mapNumbers(range: IdRange, outer: number, inner: number | undefined): readonly number[] {
  if (inner === undefined) return [range.inner, range.outer, range.count];
  const overlaps = (outer >= range.outer && outer <= range.outer + range.count) || (inner >= range.inner && inner <= range.inner + range.count);
  const count = range.count - (overlaps ? 1 : 0);
  const outerOffset = Math.min(Math.max(0, outer - range.outer), count);
  const innerOffset = Math.min(Math.max(0, inner - range.inner), count);
  const step = (at: number, one: number): number => (at === one ? at + 1 : at);
  const low = { outer: range.outer, inner: range.inner, count: Math.min(innerOffset, outerOffset) };
  const middle = { outer: step(low.outer + low.count, outer), inner: step(low.inner + low.count, inner), count: Math.abs(outerOffset - innerOffset) };
  const high = { outer: step(middle.outer + middle.count, outer), inner: step(middle.inner + middle.count, inner), count: count - low.count - middle.count };
  return [inner, outer, 1, ...[low, middle, high].filter((part) => part.count > 0).flatMap((part) => [part.inner, part.outer, part.count])];
}

/** A child outside, which maps the IDs of its parent once `go` is closed, and ends with the status of what failed. */
export function mapFromOutside(sys: Sys, users: IdRange | undefined, groups: IdRange | undefined, innerUser: number | undefined, innerGroup: number | undefined): { readonly pid: number; readonly go: number } {
  const [wait, go] = sys.pipe();
  sys.setCloexec(go, true);
  const parent = sys.getpid();
  const { euid, egid } = sys.getcred();
  const pid = sys.fork(function* (child: Sys) {
    child.close(go);
    yield* child.read(wait, 1);
    child.close(wait);
    for (const [command, range, outer, inner] of [["newuidmap", users, euid, innerUser], ["newgidmap", groups, egid, innerGroup]] as const) {
      if (range === undefined) continue;
      const mapper = child.fork((own: Sys) => execute(own, [command, String(parent), ...mapNumbers(range, outer, inner).map(String)]));
      const status = yield* waitFor(child, mapper);
      if (status.kind !== "exited" || status.status !== 0) return status.kind === "exited" ? status.status : 1;
    }
    return 0;
  });
  sys.close(wait);
  return { pid, go };
}

function* execute(sys: Sys, words: readonly string[]): Blocking<number> {
  const [command = ""] = words;
  const error = yield* execSearching(sys, command, [...words]);
  yield* sys.write(2, new Uint8Array([...`unshare: failed to execute ${command}: ${error.message}\n`].map((letter) => letter.charCodeAt(0))));
  return error.errno === "ENOENT" ? 127 : 126;
}
