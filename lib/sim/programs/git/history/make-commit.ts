// Writing a commit and moving the branch to it, and the line that is said about it.
import type { Blocking } from "../../../kernel/sys.ts";
import type { Git } from "../base/git.ts";
import { DEFAULT_DATES, showDate } from "../base/git-date.ts";
import { diffDefaults } from "../diff/diff-options.ts";
import { DiffPrinter, abbreviated } from "../diff/diff-output.ts";
import { treePairs } from "../diff/pairs.ts";
import { type Signature, serialiseCommit, subjectOf } from "../store/commit-object.ts";
import type { ObjectId } from "../store/object-id.ts";
import { commits } from "./commits.ts";
import { currentBranch } from "./upstream.ts";

export interface NewCommit {
  readonly tree: ObjectId;
  readonly parents: readonly ObjectId[];
  readonly message: string;
  readonly author: Signature;
  readonly committer?: Signature;
}

export function* writeCommit(git: Git, commit: NewCommit): Blocking<ObjectId> {
  return yield* git.objects.write("commit", serialiseCommit({ ...commit, committer: commit.committer ?? (yield* git.ident("committer")) }));
}

export interface SummaryOptions {
  /** the author's date says something new: amended, picked, --date */
  readonly dateShown: boolean;
  readonly quiet?: boolean;
}

/** "[master 1234567] subject" and what changed. */
export function* putCommitSummary(git: Git, id: ObjectId, options: SummaryOptions): Blocking<void> {
  const commit = yield* commits(git).get(id);
  const branch = yield* currentBranch(git);
  const root = commit.parents.length === 0;
  git.say(`[${branch ?? "detached HEAD"}${root ? " (root-commit)" : ""} ${yield* abbreviated(git, id)}] ${subjectOf(commit.message)}\n`);
  const { author, committer } = commit;
  if (author.name !== committer.name || author.email !== committer.email) git.put(` Author: ${author.name} <${author.email}>\n`);
  if (options.dateShown) git.put(` Date: ${yield* showDate(git.calendar, author, DEFAULT_DATES)}\n`);
  if (!(yield* git.identIsExplicit("committer"))) {
    git.put(` Committer: ${committer.name} <${committer.email}>\n`);
    if (git.advised("implicitIdentity")) {
      git.say(`Your name and email address were configured automatically based
on your username and hostname. Please check that they are accurate.
You can suppress this message by setting them explicitly. Run the
following command and follow the instructions in your editor to edit
your configuration file:

    git config --global --edit

After doing this, you may fix the identity used for this commit with:

    git commit --amend --reset-author

`);
    }
  }
  if (commit.parents.length > 1) return;
  const parent = commit.parents[0];
  const diff = { ...diffDefaults(git), shortstat: true, summary: true };
  const printer = new DiffPrinter(git, diff);
  yield* printer.print(yield* printer.prepare(yield* treePairs(git, parent === undefined ? undefined : (yield* commits(git).get(parent)).tree, commit.tree)));
}
