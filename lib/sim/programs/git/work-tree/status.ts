// The state of the work tree against the index and the last commit, and its long form (git-status(1)): also in the template of commit messages.
// (More than 400 lines would be two files; short and porcelain forms are in command/status.ts.)
import type { Blocking } from "../../../kernel/sys.ts";
import type { Git } from "../base/git.ts";
import { type FilePair, pathOf } from "../diff/file-pair.ts";
import { indexPairs, workPairs } from "../diff/pairs.ts";
import { DEFAULT_RENAME_SCORE, withRenames } from "../diff/renames.ts";
import { abbreviated } from "../diff/diff-output.ts";
import { commits, peel } from "../history/commits.ts";
import { currentBranch, upstreamName, upstreamOf } from "../history/upstream.ts";
import { subjectOf } from "../store/commit-object.ts";
import type { Index } from "../store/index-file.ts";
import { readText } from "../store/file-bytes.ts";
import { NULL_ID, type ObjectId } from "../store/object-id.ts";
import { shortRefName } from "../store/ref-name.ts";
import { type OperationState, operationState } from "./operation-state.ts";
import type { Pathspec } from "./pathspec.ts";
import { quotePath, relativePath } from "./quote-path.ts";
import { findUntracked } from "./untracked.ts";
import { WorkFiles } from "./work-files.ts";

export interface Conflict {
  readonly path: string;
  /** bit 1 base, 2 ours, 4 theirs */
  readonly stages: number;
}

export interface WorkStatus {
  readonly branch: string | undefined;
  readonly head: ObjectId | undefined;
  readonly staged: readonly FilePair[];
  readonly unstaged: readonly FilePair[];
  readonly conflicts: readonly Conflict[];
  readonly untracked: readonly string[];
  readonly ignored: readonly string[];
  readonly untrackedShown: boolean;
  readonly state: OperationState;
}

export interface StatusOptions {
  readonly untracked: "no" | "normal" | "all";
  readonly ignored: boolean;
  readonly paths?: Pathspec;
  readonly renames?: boolean;
  /** instead of HEAD's (commit --amend) */
  readonly against?: ObjectId;
}

export const CONFLICT_LETTERS: readonly string[] = ["", "DD", "AU", "UD", "UA", "DU", "AA", "UU"];
const CONFLICT_WORDS: readonly string[] = ["", "both deleted:", "added by us:", "deleted by them:", "added by them:", "deleted by us:", "both added:", "both modified:"];

const CHANGE_WORDS = { A: "new file:", D: "deleted:", M: "modified:", R: "renamed:", C: "copied:", T: "typechange:", U: "unmerged:" } as const;

export function* readStatus(git: Git, index: Index, options: StatusOptions): Blocking<WorkStatus> {
  const files = new WorkFiles(git);
  const head = options.against ?? (yield* git.refs.read("HEAD"));
  const tree = head === undefined || head === NULL_ID ? undefined : (yield* commits(git).get(head)).tree;
  const renames = options.renames ?? git.config.get("status.renames") !== "false";
  const find = function* (pairs: readonly FilePair[]): Blocking<FilePair[]> {
    return renames ? yield* withRenames(git, pairs, { minimum: DEFAULT_RENAME_SCORE, copies: false }) : [...pairs];
  };
  const staged = yield* find((yield* indexPairs(git, tree, index, options.paths)).filter((pair) => pair.status !== "U"));
  const unstaged = yield* find((yield* workPairs(index, files, options.paths)).filter((pair) => pair.status !== "U"));
  const conflicts = index.unmerged.filter((path) => options.paths?.matches(path) ?? true).map((path) => ({ path, stages: index.stages(path).reduce((bits, entry) => bits | (1 << (entry.stage - 1)), 0) }));
  const found = options.untracked === "no" ? { untracked: [], ignored: [] } : yield* findUntracked(git, index, { mode: options.untracked, ...(options.paths && { paths: options.paths }) });
  return { branch: yield* currentBranch(git), head: yield* git.refs.read("HEAD"), staged, unstaged, conflicts, untracked: found.untracked, ignored: options.ignored ? found.ignored : [], untrackedShown: options.untracked !== "no", state: yield* operationState(git) };
}

export interface LongOptions {
  /** "# " in the template of a message */
  readonly comment?: string;
  readonly colors?: boolean;
  readonly hints?: boolean;
  readonly amend?: boolean;
  /** not from where the user stands but from the top */
  readonly fromTop?: boolean;
  /** nothing to be committed is said elsewhere */
  readonly template?: boolean;
  /** said by `git commit` */
  readonly committing?: boolean;
}

export class LongStatus {
  readonly #git: Git;
  readonly #status: WorkStatus;
  readonly #options: LongOptions;
  readonly #hints: boolean;
  #out = "";

  constructor(git: Git, status: WorkStatus, options: LongOptions = {}) {
    this.#git = git;
    this.#status = status;
    this.#options = options;
    this.#hints = (options.hints ?? true) && git.advised("statusHints");
  }

  #color(slot: string, text: string): string {
    if (!this.#options.colors) return text;
    const usual = { added: "green", changed: "red", untracked: "red", branch: "", nobranch: "red", unmerged: "red", localbranch: "green", remotebranch: "red" }[slot] ?? "";
    const sequence = this.#git.colorOf("status", slot, usual);
    return sequence === "" ? text : `${sequence}${text}\x1b[m`;
  }

  #line(english = ""): void {
    const { comment } = this.#options;
    const text = english.startsWith("\t") ? english : this.#git.inLanguage(english);
    if (comment === undefined) this.#out += `${text}\n`;
    else this.#out += text === "" ? `${comment}\n` : text.startsWith("\t") ? `${comment}${text}\n` : `${comment} ${text}\n`;
  }

  #path(path: string): string {
    return quotePath(this.#options.fromTop ? path : relativePath(path, this.#git.prefix), this.#git.config.boolean("core.quotepath", true));
  }

  /** The whole text. */
  *text(): Blocking<string> {
    const { branch, head, state } = this.#status;
    yield* this.#where();
    if (branch !== undefined && this.#status.head !== undefined) yield* this.#tracking(branch);
    yield* this.#operation(state);
    if (head === undefined) {
      this.#line();
      this.#line(this.#options.template || this.#options.committing ? "Initial commit" : "No commits yet");
      this.#line();
    }
    this.#changes();
    this.#conclusion();
    return this.#out;
  }

  *#where(): Blocking<void> {
    const { branch, state } = this.#status;
    if (branch !== undefined) this.#line(`${this.#color("branch", "On branch ")}${this.#color("branch", branch)}`);
    else if (state.rebase) {
      const onto = yield* abbreviated(this.#git, state.rebase.onto || NULL_ID);
      this.#line(`${this.#color("nobranch", state.rebase.interactive ? "interactive rebase in progress; onto " : "rebase in progress; onto ")}${onto}`);
    } else {
      const detached = yield* detachedAt(this.#git);
      this.#line(detached === undefined ? this.#color("nobranch", "Not currently on any branch.") : `${this.#color("nobranch", detached.moved ? "HEAD detached from " : "HEAD detached at ")}${detached.name}`);
    }
  }

  *#tracking(branch: string): Blocking<void> {
    const text = yield* trackingText(this.#git, branch, this.#hints);
    if (text === "") return;
    for (const line of this.#git.inLanguage(text.trimEnd()).split("\n")) this.#line(line);
    this.#line();
  }

  /** A label before a path, as wide as the widest of its kind. */
  #label(english: string, kind: readonly string[]): string {
    const width = Math.max(...kind.map((label) => this.#git.inLanguage(label).length)) + 1;
    return this.#git.inLanguage(english).padEnd(width);
  }

  #hint(text: string): void {
    if (this.#hints) this.#line(`  (${text})`);
  }

  *#operation(state: OperationState): Blocking<void> {
    const unmerged = this.#status.conflicts.length > 0;
    if (state.merge) {
      if (unmerged) {
        this.#line("You have unmerged paths.");
        this.#hint('fix conflicts and run "git commit"');
        this.#hint('use "git merge --abort" to abort the merge');
      } else {
        this.#line("All conflicts fixed but you are still merging.");
        this.#hint('use "git commit" to conclude merge');
      }
      this.#line();
    } else if (state.rebase) yield* this.#rebase(state.rebase, unmerged);
    else if (state.cherryPick !== undefined) {
      this.#line(`You are currently cherry-picking commit ${yield* abbreviated(this.#git, state.cherryPick)}.`);
      if (unmerged) this.#hint('fix conflicts and run "git cherry-pick --continue"');
      else this.#hint('all conflicts fixed: run "git cherry-pick --continue"');
      this.#hint('use "git cherry-pick --skip" to skip this patch');
      this.#hint('use "git cherry-pick --abort" to cancel the cherry-pick operation');
      this.#line();
    } else if (state.revert !== undefined) {
      this.#line(`You are currently reverting commit ${yield* abbreviated(this.#git, state.revert)}.`);
      if (unmerged) this.#hint('fix conflicts and run "git revert --continue"');
      else this.#hint('all conflicts fixed: run "git revert --continue"');
      this.#hint('use "git revert --skip" to skip this patch');
      this.#hint('use "git revert --abort" to cancel the revert operation');
      this.#line();
    } else if (state.sequencer) {
      this.#line("Cherry-pick currently in progress.");
      this.#hint('run "git cherry-pick --continue" to continue');
      this.#hint('use "git cherry-pick --skip" to skip this patch');
      this.#hint('use "git cherry-pick --abort" to cancel the cherry-pick operation');
      this.#line();
    }
    if (state.bisectFrom !== undefined) {
      this.#line(`You are currently bisecting, started from branch '${state.bisectFrom}'.`);
      this.#hint('use "git bisect reset" to get back to the original branch');
      this.#line();
    }
  }

  *#rebase(rebase: NonNullable<OperationState["rebase"]>, unmerged: boolean): Blocking<void> {
    const git = this.#git;
    const folder = `${git.repository.gitDir}/rebase-merge`;
    const list = function* (name: string): Blocking<readonly string[]> {
      const lines = ((yield* readText(git.sys, `${folder}/${name}`)) ?? "").split("\n").filter((line) => line.trim() !== "" && !line.startsWith("#"));
      const out: string[] = [];
      for (const line of lines) {
        const match = /^(\w+) ([0-9a-f]{8,40})(.*)$/.exec(line);
        out.push(match ? `${match[1]} ${yield* abbreviated(git, match[2] ?? "")}${match[3]}` : line);
      }
      return out;
    };
    if (rebase.interactive) {
      const done = yield* list("done");
      const todo = yield* list("git-rebase-todo");
      if (done.length === 0) this.#line("No commands done.");
      else {
        this.#line(done.length === 1 ? `Last command done (${done.length} command done):` : `Last commands done (${done.length} commands done):`);
        for (const line of done.slice(-2)) this.#line(`   ${line}`);
        if (done.length > 2) this.#hint(`see more in file .git/rebase-merge/done`);
      }
      if (todo.length === 0) this.#line("No commands remaining.");
      else {
        this.#line(todo.length === 1 ? "Next command to do (1 remaining command):" : `Next commands to do (${todo.length} remaining commands):`);
        for (const line of todo.slice(0, 2)) this.#line(`   ${line}`);
        this.#hint('use "git rebase --edit-todo" to view and edit');
      }
    }
    const branch = rebase.branch === "detached HEAD" ? undefined : shortRefName(rebase.branch);
    const onto = rebase.onto === "" ? "" : yield* abbreviated(git, rebase.onto);
    const stopped = ((yield* readText(git.sys, `${folder}/amend`)) ?? "") !== "";
    const where = branch === undefined ? "" : ` branch '${branch}' on '${onto}'`;
    if (unmerged) {
      this.#line(`You are currently rebasing${where}.`);
      this.#hint('fix conflicts and then run "git rebase --continue"');
      this.#hint('use "git rebase --skip" to skip this patch');
      this.#hint('use "git rebase --abort" to check out the original branch');
    } else if (stopped) {
      this.#line(`You are currently editing a commit while rebasing${where}.`);
      this.#hint('use "git commit --amend" to amend the current commit');
      this.#hint('use "git rebase --continue" once you are satisfied with your changes');
    } else {
      this.#line(`You are currently rebasing${where}.`);
      this.#hint('all conflicts fixed: run "git rebase --continue"');
    }
    this.#line();
  }

  #changes(): void {
    const { staged, unstaged, conflicts, untracked, ignored, head, state } = this.#status;
    if (staged.length > 0) {
      this.#line("Changes to be committed:");
      if (conflicts.length === 0 || !state.merge) {
        if (this.#options.amend) this.#hint('use "git restore --source=HEAD^1 --staged <file>..." to unstage');
        else if (head === undefined) this.#hint('use "git rm --cached <file>..." to unstage');
        else if (!state.merge) this.#hint('use "git restore --staged <file>..." to unstage');
      }
      for (const pair of staged) this.#line(`\t${this.#color("added", this.#change(pair))}`);
      this.#line();
    }
    if (conflicts.length > 0) {
      this.#line("Unmerged paths:");
      if (!state.merge && head !== undefined) this.#hint('use "git restore --staged <file>..." to unstage');
      else if (!state.merge) this.#hint('use "git rm --cached <file>..." to unstage');
      const deleted = conflicts.some((one) => one.stages === 1 || one.stages === 3 || one.stages === 5);
      const both = conflicts.some((one) => one.stages === 1);
      const kept = conflicts.some((one) => one.stages !== 1 && one.stages !== 3 && one.stages !== 5);
      if (!deleted) this.#hint('use "git add <file>..." to mark resolution');
      else if (both && !kept && !conflicts.some((one) => one.stages === 3 || one.stages === 5)) this.#hint('use "git rm <file>..." to mark resolution');
      else this.#hint('use "git add/rm <file>..." as appropriate to mark resolution');
      for (const one of conflicts) this.#line(`\t${this.#color("unmerged", `${this.#label(CONFLICT_WORDS[one.stages] ?? "", CONFLICT_WORDS)}${this.#path(one.path)}`)}`);
      this.#line();
    }
    if (unstaged.length > 0) {
      this.#line("Changes not staged for commit:");
      this.#hint(unstaged.some((pair) => pair.status === "D") ? 'use "git add/rm <file>..." to update what will be committed' : 'use "git add <file>..." to update what will be committed');
      this.#hint('use "git restore <file>..." to discard changes in working directory');
      for (const pair of unstaged) this.#line(`\t${this.#color("changed", this.#change(pair))}`);
      this.#line();
    }
    if (untracked.length > 0) this.#list("Untracked files:", "add", untracked);
    if (ignored.length > 0) this.#list("Ignored files:", "add -f", ignored);
    if (!this.#status.untrackedShown && this.#anything) {
      this.#line(`Untracked files not listed${this.#hints ? " (use -u option to show untracked files)" : ""}`);
    }
  }

  get #anything(): boolean {
    return this.#status.staged.length > 0;
  }

  #list(title: string, how: string, names: readonly string[]): void {
    this.#line(title);
    this.#hint(`use "git ${how} <file>..." to include in what will be committed`);
    for (const name of names) this.#line(`\t${this.#color("untracked", this.#path(name))}`);
    this.#line();
  }

  #change(pair: FilePair): string {
    const name = pair.status === "R" || pair.status === "C" ? `${this.#path(pair.old?.path ?? "")} -> ${this.#path(pair.new?.path ?? "")}` : this.#path(pathOf(pair));
    return `${this.#label(CHANGE_WORDS[pair.status], Object.values(CHANGE_WORDS))}${name}`;
  }

  #conclusion(): void {
    const { staged, unstaged, conflicts, untracked, untrackedShown, head } = this.#status;
    if (staged.length > 0 || this.#options.template) return;
    const hint = (text: string) => (this.#hints ? text : "");
    if (this.#options.amend) this.#line("No changes");
    else if (unstaged.length > 0 || conflicts.length > 0) this.#line(this.#hints ? 'no changes added to commit (use "git add" and/or "git commit -a")' : "no changes added to commit");
    else if (untracked.length > 0) this.#line(`nothing added to commit but untracked files present${hint(' (use "git add" to track)')}`);
    else if (head === undefined) this.#line(`nothing to commit${hint(" (create/copy files and use \"git add\" to track)")}`);
    else if (!untrackedShown) this.#line(`nothing to commit${hint(" (use -u to show untracked files)")}`);
    else this.#line("nothing to commit, working tree clean");
  }
}

/** Where a detached HEAD was put, and whether it moved since. */
export function* detachedAt(git: Git): Blocking<{ readonly name: string; readonly moved: boolean } | undefined> {
  const head = yield* git.refs.read("HEAD");
  for (const entry of (yield* git.refs.readLog("HEAD")).reverse()) {
    const target = /^checkout: moving from \S+ to (\S+)$/.exec(entry.message)?.[1];
    if (target === undefined) continue;
    const short = yield* abbreviated(git, entry.id);
    for (const candidate of [`refs/tags/${target}`, `refs/heads/${target}`, `refs/remotes/${target}`]) {
      const id = yield* git.refs.read(candidate);
      if (id === undefined) continue;
      if ((yield* peel(git, id, "commit")) === entry.id) return { name: target, moved: head !== entry.id };
    }
    return { name: short, moved: head !== entry.id };
  }
  return undefined;
}

/** "Your branch is ahead of 'origin/master' by 1 commit." and its advice; empty without an upstream. */
export function* trackingText(git: Git, branch: string, hints: boolean): Blocking<string> {
  const upstream = upstreamOf(git, branch);
  if (!upstream) return "";
  const name = upstreamName(upstream);
  const mine = yield* git.refs.read(`refs/heads/${branch}`);
  const theirs = upstream.tracking === undefined ? undefined : yield* git.refs.read(upstream.tracking);
  const hint = (text: string) => (hints ? `  (${text})\n` : "");
  if (theirs === undefined) return `Your branch is based on '${name}', but the upstream is gone.\n${hint('use "git branch --unset-upstream" to fixup')}`;
  if (mine === undefined) return "";
  const { ahead, behind } = yield* commits(git).aheadBehind(mine, theirs);
  const count = (n: number) => `${n} commit${n === 1 ? "" : "s"}`;
  if (ahead === 0 && behind === 0) return `Your branch is up to date with '${name}'.\n`;
  if (behind === 0) return `Your branch is ahead of '${name}' by ${count(ahead)}.\n${hint('use "git push" to publish your local commits')}`;
  if (ahead === 0) return `Your branch is behind '${name}' by ${count(behind)}, and can be fast-forwarded.\n${hint('use "git pull" to update your local branch')}`;
  return `Your branch and '${name}' have diverged,\nand have ${ahead} and ${behind} different commits each, respectively.\n${hint('use "git pull" to merge the remote branch into yours')}`;
}

/** What HEAD says of itself in a line: for messages about a commit that was left. */
export function* headLine(git: Git, id: ObjectId): Blocking<string> {
  return `${yield* abbreviated(git, id)} ${subjectOf((yield* commits(git).get(id)).message)}`;
}
