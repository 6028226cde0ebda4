// Which remote branch a branch follows (git-config(1), branch.NAME.remote and .merge).
import type { Blocking } from "../../../kernel/sys.ts";
import type { Git } from "../base/git.ts";
import { shortRefName } from "../store/ref-name.ts";

export interface Refspec {
  readonly force: boolean;
  readonly from: string;
  readonly to: string;
}

export function parseRefspec(text: string): Refspec {
  const force = text.startsWith("+");
  const rest = force ? text.slice(1) : text;
  const colon = rest.indexOf(":");
  return { force, from: colon < 0 ? rest : rest.slice(0, colon), to: colon < 0 ? "" : rest.slice(colon + 1) };
}

/** What `name` becomes by it: "refs/heads/*:refs/remotes/o/*". */
export function mapRef(spec: Refspec, name: string): string | undefined {
  const star = spec.from.indexOf("*");
  if (star < 0) return spec.from === name ? spec.to : undefined;
  const [before, after] = [spec.from.slice(0, star), spec.from.slice(star + 1)];
  if (!name.startsWith(before) || !name.endsWith(after) || name.length < before.length + after.length) return undefined;
  return spec.to.replace("*", name.slice(before.length, name.length - after.length));
}

export const fetchSpecs = (git: Git, remote: string): readonly Refspec[] => git.config.all(`remote.${remote}.fetch`).map((entry) => parseRefspec(entry.value ?? ""));

export interface Upstream {
  readonly remote: string;
  /** on the other side: refs/heads/x */
  readonly merge: string;
  /** here: refs/remotes/origin/x; undefined when it is not fetched anywhere */
  readonly tracking: string | undefined;
}

/** `branch` is a short name. */
export function upstreamOf(git: Git, branch: string): Upstream | undefined {
  const remote = git.config.get(`branch.${branch}.remote`);
  const merge = git.config.get(`branch.${branch}.merge`);
  if (remote === undefined || merge === undefined) return undefined;
  if (remote === ".") return { remote, merge, tracking: merge };
  for (const spec of fetchSpecs(git, remote)) {
    const tracking = mapRef(spec, merge);
    if (tracking !== undefined) return { remote, merge, tracking };
  }
  return { remote, merge, tracking: undefined };
}

/** The branch that HEAD follows, in short; undefined when it is detached. */
export function* currentBranch(git: Git): Blocking<string | undefined> {
  const target = yield* git.refs.symbolicTarget("HEAD");
  return target === undefined ? undefined : target.startsWith("refs/heads/") ? target.slice(11) : target;
}

/** The name that `branch` has for people. */
export const upstreamName = (upstream: Upstream): string => shortRefName(upstream.tracking ?? upstream.merge);
