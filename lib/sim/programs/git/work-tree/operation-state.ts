// What the repository is in the middle of: a merge, a rebase, a pick, a revert, a bisection.
import type { Blocking } from "../../../kernel/sys.ts";
import { exists } from "../../kit/presence.ts";
import type { Git } from "../base/git.ts";
import type { ObjectId } from "../store/object-id.ts";

export interface OperationState {
  readonly merge: boolean;
  readonly cherryPick: ObjectId | undefined;
  readonly revert: ObjectId | undefined;
  readonly sequencer: boolean;
  readonly rebase: { readonly branch: string; readonly onto: string; readonly interactive: boolean; readonly apply: boolean } | undefined;
  readonly bisectFrom: string | undefined;
}

export function* operationState(git: Git): Blocking<OperationState> {
  const line = function* (name: string): Blocking<string | undefined> {
    return (yield* git.state(name))?.trim();
  };
  const { sys, repository } = git;
  const at = (name: string) => exists(sys, `${repository.gitDir}/${name}`);
  const rebasing = at("rebase-merge") ? "rebase-merge" : at("rebase-apply") ? "rebase-apply" : undefined;
  return {
    merge: at("MERGE_HEAD"), cherryPick: yield* line("CHERRY_PICK_HEAD"), revert: yield* line("REVERT_HEAD"), sequencer: at("sequencer/todo"),
    rebase: rebasing === undefined ? undefined : { branch: (yield* line(`${rebasing}/head-name`)) ?? "", onto: (yield* line(`${rebasing}/onto`)) ?? "", interactive: at("rebase-merge/interactive"), apply: rebasing === "rebase-apply" },
    bisectFrom: at("BISECT_LOG") ? yield* line("BISECT_START") : undefined,
  };
}
