// git branch (git-branch(1)).
import type { Blocking } from "../../../kernel/sys.ts";
import { textWidth } from "../../kit/width.ts";
import { Die, Quit } from "../base/die.ts";
import { launchEditor } from "../base/editor.ts";
import type { Git } from "../base/git.ts";
import { gitCommand } from "../base/git-command.ts";
import { stripSpace } from "../base/message.ts";
import { flag, optional, optionalNext, refused, text, texts } from "../base/options.ts";
import { startPager } from "../base/pager.ts";
import { abbreviated } from "../diff/diff-output.ts";
import { commits, peel } from "../history/commits.ts";
import { formatRef, sortRefs } from "../history/ref-format.ts";
import { commitOrDie, findRef, previousBranch, resolve } from "../history/revision.ts";
import { mapRef, currentBranch, fetchSpecs, upstreamName, upstreamOf } from "../history/upstream.ts";
import { subjectOf } from "../store/commit-object.ts";
import { withSectionRenamed, withValue, withoutEntries } from "../store/config-file.ts";
import { parsedOrDie } from "../store/config.ts";
import { readText, writeFile } from "../store/file-bytes.ts";
import { NULL_ID, type ObjectId } from "../store/object-id.ts";
import { isValidBranchName, shortRefName } from "../store/ref-name.ts";
import type { Ref } from "../store/refs.ts";
import { wildmatch } from "../work-tree/wildmatch.ts";
import { operationState } from "../work-tree/operation-state.ts";
import { detachedAt } from "../work-tree/status.ts";

/** Changes the repository's own configuration. */
export function* editConfig(git: Git, change: (text: string) => string): Blocking<void> {
  const path = `${git.repository.gitDir}/config`;
  const before = (yield* readText(git.sys, path)) ?? "";
  yield* writeFile(git.sys, `${path}.lock`, change(before));
  git.sys.rename(`${path}.lock`, path);
  yield* git.config.load(git.repository.gitDir, git.repository.place.shownGitDir);
}

export const setConfig = (git: Git, key: string, value: string): Blocking<void> => editConfig(git, (text) => withValue(text, key, value));
export const unsetConfig = (git: Git, key: string): Blocking<void> => editConfig(git, (text) => withoutEntries(text, parsedOrDie(text, ".git/config").filter((entry) => entry.key === key)));

/** Lets `branch` follow what `start` names, and says so. `quiet` as --quiet. */
export function* setUpstream(git: Git, branch: string, full: string, quiet: boolean, rebase = false): Blocking<void> {
  let remote = ".";
  let merge = full;
  if (full.startsWith("refs/remotes/")) {
    for (const name of git.config.subsections("remote")) {
      for (const spec of fetchSpecs(git, name)) {
        const star = mapRef({ force: false, from: spec.to, to: spec.from }, full);
        if (star !== undefined) {
          remote = name;
          merge = star;
        }
      }
    }
  }
  if (remote === "." && merge === `refs/heads/${branch}`) {
    yield* git.warning(`not setting branch '${branch}' as its own upstream`);
    return;
  }
  yield* setConfig(git, `branch.${branch}.remote`, remote);
  yield* setConfig(git, `branch.${branch}.merge`, merge);
  const rebasing = rebase || ["always", remote === "." ? "local" : "remote"].includes(git.config.get("branch.autosetuprebase") ?? "");
  if (rebasing) yield* setConfig(git, `branch.${branch}.rebase`, "true");
  if (!quiet) git.say(`branch '${branch}' set up to track '${shortRefName(full)}'${rebasing ? " by rebasing" : ""}.\n`);
}

/** Whether a new branch from that start follows it (branch.autoSetupMerge). */
export const followsByItself = (git: Git, full: string | undefined): boolean => {
  const setting = git.config.get("branch.autosetupmerge") ?? "true";
  return full !== undefined && ((full.startsWith("refs/remotes/") && setting !== "false") || (full.startsWith("refs/heads/") && setting === "always"));
};

/** "@{-1}" and "-" as the name of a branch. */
export function* branchWord(git: Git, word: string): Blocking<string> {
  const back = word === "-" ? 1 : Number(/^@\{-(\d+)\}$/.exec(word)?.[1] ?? 0);
  return back === 0 ? word : ((yield* previousBranch(git, back)) ?? word);
}

const options = {
  verbose: { ...flag("v verbose", "show id and subject; twice: the upstream too"), initial: 0, accept: (before: number, _: string | undefined, negated: boolean) => (negated ? 0 : before + 1) },
  quiet: flag("q quiet", "say less"), track: optional("t track", "mode", "let the new branch follow its start"), upstream: text("u set-upstream-to", "upstream", "change what a branch follows"), unsetUpstream: flag("unset-upstream", "let a branch follow nothing"), color: optional("color", "when", "use colours"), remotes: flag("r remotes", "remote-tracking branches"),
  contains: optionalNext("contains", "commit", "only branches with the commit in their history"), noContains: text("no-contains", "commit", "only branches that do not"), abbrev: optional("abbrev", "n", "digits of ids"), all: flag("a all", "both kinds of branches"), delete: flag("d delete", "delete a merged branch"), forceDelete: flag("D", "delete a branch"), move: flag("m move", "rename a branch"), forceMove: flag("M", "rename a branch even onto another one"),
  copy: flag("c copy", "copy a branch"), forceCopy: flag("C", "copy a branch even onto another one"), list: flag("l list", "list branches"), showCurrent: flag("show-current", "print the current branch"), createReflog: flag("create-reflog", "with a reflog"), editDescription: flag("edit-description", "edit the description of a branch"), force: flag("f force", "even onto an existing one"), merged: optionalNext("merged", "commit", "only merged branches"), noMerged: optionalNext("no-merged", "commit", "only branches with commits that HEAD does not contain"),
  column: refused("column", "in columns", "they are listed one a line"), sort: texts("sort", "key", "order of the list"), pointsAt: text("points-at", "object", "only branches of that object"), ignoreCase: flag("i ignore-case", "order and patterns ignore case"), format: text("format", "format", "how each is shown"),
};

export const branch = gitCommand({
  name: "branch", summary: "list, make or remove branches", needs: "repository", options,
  usage: ["git branch [<options>] [-r | -a] [--merged] [--no-merged]", "git branch [<options>] [-f] [--recurse-submodules] <branch-name> [<start-point>]", "git branch [<options>] [-l] [<pattern>...]", "git branch [<options>] [-r] (-d | -D) <branch-name>...", "git branch [<options>] (-m | -M) [<old-branch>] <new-branch>", "git branch [<options>] (-c | -C) [<old-branch>] <new-branch>", "git branch [<options>] [-r | -a] [--points-at]", "git branch [<options>] [-r | -a] [--format]"],
  *run(git, { options: given, args }) {
    const { refs } = git;
    const current = yield* currentBranch(git);
    if (given.showCurrent) {
      if (current !== undefined) git.put(`${current}\n`);
      return 0;
    }
    if (given.delete || given.forceDelete) return yield* remove(git, args, { force: (given.forceDelete ?? false) || (given.force ?? false), remote: given.remotes ?? false, quiet: given.quiet ?? false });
    if (given.editDescription) {
      const name = args[0] ?? current;
      if (name === undefined) throw new Die("Cannot give description to detached HEAD");
      if ((yield* refs.read(`refs/heads/${name}`)) === undefined) throw new Quit(1, name === current ? `error: No commit on branch '${name}' yet.` : `error: No branch named '${name}'.`);
      const path = `${git.repository.gitDir}/EDIT_DESCRIPTION`;
      yield* writeFile(git.sys, path, `${git.config.get(`branch.${name}.description`) ?? ""}\n# Please edit the description for the branch\n#   ${name}\n# Lines starting with '#' will be stripped.\n`.replace(/^\n/, ""));
      if (!(yield* launchEditor(git, path))) return 1;
      const text = stripSpace((yield* readText(git.sys, path)) ?? "", true);
      if (text === "") yield* unsetConfig(git, `branch.${name}.description`);
      else yield* setConfig(git, `branch.${name}.description`, text);
      return 0;
    }
    if (given.move || given.forceMove || given.copy || given.forceCopy) return yield* rename(git, args, { move: Boolean(given.move || given.forceMove), force: Boolean(given.forceMove || given.forceCopy || given.force) });
    if (given.upstream !== undefined || given.unsetUpstream) {
      const name = args[0] === undefined ? current : yield* branchWord(git, args[0]);
      if (name === undefined) throw new Die(given.unsetUpstream ? "could not unset upstream of HEAD when it does not point to any branch." : `could not set upstream of HEAD to ${given.upstream} when it does not point to any branch.`);
      if (given.unsetUpstream) {
        if (!upstreamOf(git, name)) throw new Die(`Branch '${name}' has no upstream information`);
        yield* unsetConfig(git, `branch.${name}.remote`);
        yield* unsetConfig(git, `branch.${name}.merge`);
        return 0;
      }
      if ((yield* refs.read(`refs/heads/${name}`)) === undefined) throw new Die(args[0] === undefined || name === current ? `no commit on branch '${name}' yet` : `branch '${name}' does not exist`);
      const target = yield* findRef(git, given.upstream ?? "");
      if (!target || !/^refs\/(heads|remotes)\//.test(target.name)) {
        if (target || (yield* resolve(git, given.upstream ?? "")) !== undefined) throw new Die(`cannot set up tracking information; starting point '${given.upstream}' is not a branch`);
        yield* noUpstream(git, given.upstream ?? "");
      }
      if (target) yield* setUpstream(git, name, target.name, given.quiet ?? false);
      return 0;
    }
    const filters = given.contains !== undefined || given.noContains !== undefined || given.merged !== undefined || given.noMerged !== undefined || given.pointsAt !== undefined;
    if (given.list || args.length === 0 || given.all || given.remotes || filters) {
      if (!given.list && args.length > 0 && (given.all || given.remotes) && !filters) throw new Die("The -a, and -r, options to 'git branch' do not take a branch name.\nDid you mean to use: -a|-r --list <pattern>?");
      return yield* listBranches(git, { ...given, patterns: args, current });
    }
    // A new branch.
    const [name = "", startWord] = args;
    if (args.length > 2) throw new Quit(129, "usage: git branch [<options>] [-r | -a] [--merged] [--no-merged]");
    const full = `refs/heads/${name}`;
    if (!isValidBranchName(name)) throw new Die(`'${name}' is not a valid branch name`);
    const existing = yield* refs.read(full);
    if (existing !== undefined && !given.force) throw new Die(`a branch named '${name}' already exists`);
    if (existing !== undefined && current === name) throw new Die(`cannot force update the branch '${name}' checked out at '${git.repository.place.workTree ?? git.repository.gitDir}'`);
    const start = startWord === undefined ? "HEAD" : yield* branchWord(git, startWord);
    const startRef = startWord === undefined ? undefined : yield* findRef(git, start);
    const id = yield* resolve(git, start);
    const target = id === undefined ? undefined : yield* peel(git, id, "commit");
    if (target === undefined) {
      if (id === undefined && given.track) yield* noUpstream(git, start);
      throw new Die(id === undefined ? `not a valid object name: '${startWord ?? current ?? "HEAD"}'` : `not a valid branch point: '${start}'`);
    }
    yield* refs.update(full, { id: target, message: existing === undefined ? `branch: Created from ${startWord === undefined ? (current ?? "HEAD") : startRef?.name.startsWith("refs/heads/") || startRef === undefined ? start : startRef.name}` : `branch: Reset to ${start}` });
    if (given.track === true || given.track === "direct" || (given.track !== false && followsByItself(git, startRef?.name))) {
      if (startRef && /^refs\/(heads|remotes)\//.test(startRef.name)) yield* setUpstream(git, name, startRef.name, given.quiet ?? false);
      else if (given.track) throw new Die("cannot set up tracking information; starting point is not a branch");
    }
    return 0;
  },
});

function* noUpstream(git: Git, name: string): Blocking<never> {
  yield* git.err(`fatal: the requested upstream branch '${name}' does not exist\n`);
  yield* git.advice("setUpstreamFailure", "\nIf you are planning on basing your work on an upstream\nbranch that already exists at the remote, you may need to\nrun \"git fetch\" to retrieve it.\n\nIf you are planning to push out a new local branch that\nwill track its remote counterpart, you may want to use\n\"git push -u\" to set the upstream config as you push.\nDisable this message with \"git config advice.setUpstreamFailure false\"");
  throw new Quit(128);
}

function* remove(git: Git, args: readonly string[], how: { readonly force: boolean; readonly remote: boolean; readonly quiet: boolean }): Blocking<number> {
  const { refs } = git;
  if (args.length === 0) throw new Die("branch name required");
  let failed = false;
  const current = yield* currentBranch(git);
  const head = yield* refs.read("HEAD");
  for (const word of args) {
    const name = yield* branchWord(git, word);
    const full = how.remote ? `refs/remotes/${name}` : `refs/heads/${name}`;
    if (!how.remote && name === current) {
      yield* git.error(`Cannot delete branch '${name}' checked out at '${git.repository.place.workTree ?? git.repository.gitDir}'`);
      failed = true;
      continue;
    }
    const id = yield* refs.read(full);
    const symbolic = yield* refs.symbolicTarget(full);
    if (id === undefined && symbolic === undefined) {
      yield* git.error(how.remote ? `remote-tracking branch '${name}' not found.` : `branch '${name}' not found.`);
      failed = true;
      continue;
    }
    if (!how.force && !how.remote && id !== undefined) {
      const upstream = upstreamOf(git, name);
      const follows = upstream?.tracking === undefined ? undefined : yield* refs.read(upstream.tracking);
      const reference = follows ?? head;
      const merged = reference !== undefined && (yield* commits(git).isAncestor(id, reference));
      if (follows !== undefined && head !== undefined) {
        const inHead = yield* commits(git).isAncestor(id, head);
        if (merged && !inHead) yield* git.warning(`deleting branch '${name}' that has been merged to\n         '${upstream?.tracking}', but not yet merged to HEAD.`.replace(/\n/, "\n"));
        else if (!merged && inHead) yield* git.warning(`not deleting branch '${name}' that is not yet merged to\n         '${upstream?.tracking}', even though it is merged to HEAD.`);
      }
      if (!merged) {
        yield* git.error(`The branch '${name}' is not fully merged.\nIf you are sure you want to delete it, run 'git branch -D ${name}'.`);
        failed = true;
        continue;
      }
    }
    if (symbolic !== undefined) {
      yield* refs.remove(full);
    } else yield* refs.update(full, { id: undefined, message: "" });
    if (!how.remote) yield* editConfig(git, (text) => withSectionRenamed(text, `branch.${name}`, undefined) ?? text);
    if (!how.quiet) git.say(`Deleted ${how.remote ? "remote-tracking " : ""}branch ${name} (was ${symbolic ?? (yield* abbreviated(git, id ?? NULL_ID))}).\n`);
  }
  return failed ? 1 : 0;
}

function* rename(git: Git, args: readonly string[], how: { readonly move: boolean; readonly force: boolean }): Blocking<number> {
  const { refs } = git;
  const current = yield* currentBranch(git);
  if (args.length === 0) throw new Die("branch name required");
  if (args.length > 2) throw new Die(how.move ? "too many arguments for a rename operation" : "too many branches for a copy operation");
  if (args.length === 1 && current === undefined) throw new Die("cannot rename the current branch while not on any.");
  const old = args.length === 1 ? (current ?? "") : yield* branchWord(git, args[0] ?? "");
  const next = args[args.length - 1] ?? "";
  if (!isValidBranchName(next)) throw new Die(`'${next}' is not a valid branch name`);
  const id = yield* refs.read(`refs/heads/${old}`);
  if (id === undefined && old !== current) throw new Die(`No branch named '${old}'.`);
  if (id === undefined && !how.move) throw new Die(`no commit on branch '${old}' yet`);
  if ((yield* refs.read(`refs/heads/${next}`)) !== undefined && next !== old) {
    if (!how.force) throw new Die(`a branch named '${next}' already exists`);
    if (next === current) throw new Die(`cannot force update the branch '${next}' checked out at '${git.repository.place.workTree ?? git.repository.gitDir}'`);
    yield* refs.update(`refs/heads/${next}`, { id: undefined, message: "" });
  }
  if (id !== undefined && old !== next) {
    const clash = yield* refs.conflictWith(`refs/heads/${next}`, how.move ? `refs/heads/${old}` : undefined);
    if (clash !== undefined) throw new Die("branch rename failed", 128, [`error: '${clash}' exists; cannot create 'refs/heads/${next}'`]);
    yield* refs.copy(`refs/heads/${old}`, `refs/heads/${next}`, `Branch: ${how.move ? "renamed" : "copied"} refs/heads/${old} to refs/heads/${next}`, how.move);
  }
  if (how.move && old === current) {
    yield* refs.setSymbolic("HEAD", `refs/heads/${next}`);
    if (id !== undefined) {
      yield* refs.log("HEAD", id, NULL_ID, `Branch: renamed refs/heads/${old} to refs/heads/${next}`);
      yield* refs.log("HEAD", NULL_ID, id, `Branch: renamed refs/heads/${old} to refs/heads/${next}`);
    }
  }
  if (how.move) yield* editConfig(git, (text) => withSectionRenamed(text, `branch.${old}`, `branch.${next}`) ?? text);
  else {
    for (const entry of git.config.entries.filter((one) => one.key.startsWith(`branch.${old}.`))) yield* setConfig(git, `branch.${next}.${entry.key.slice(`branch.${old}.`.length)}`, entry.value ?? "true");
  }
  return 0;
}

interface ListOptions {
  readonly verbose: number;
  readonly remotes: boolean | undefined;
  readonly all: boolean | undefined;
  readonly contains: string | boolean | undefined;
  readonly noContains: string | undefined;
  readonly merged: string | boolean | undefined;
  readonly noMerged: string | boolean | undefined;
  readonly pointsAt: string | undefined;
  readonly sort: readonly string[];
  readonly ignoreCase: boolean | undefined;
  readonly format: string | undefined;
  readonly color: string | boolean | undefined;
  readonly patterns: readonly string[];
  readonly current: string | undefined;
}

/** The references that pass --contains, --merged, --points-at. Throws Die. */
export function* filterRefs(git: Git, list: readonly Ref[], given: Pick<ListOptions, "contains" | "noContains" | "merged" | "noMerged" | "pointsAt">): Blocking<Ref[]> {
  const store = commits(git);
  const idOf = (value: string | boolean): Blocking<ObjectId> => commitOrDie(git, typeof value === "string" ? value : "HEAD", `malformed object name ${typeof value === "string" ? value : "HEAD"}`);
  let kept = [...list];
  const keep = function* (test: (commit: ObjectId, ref: Ref) => Blocking<boolean>): Blocking<void> {
    const next: Ref[] = [];
    for (const ref of kept) {
      const commit = yield* peel(git, ref.id, "commit");
      if (commit !== undefined && (yield* test(commit, ref))) next.push(ref);
    }
    kept = next;
  };
  if (given.contains !== undefined && given.contains !== false) {
    const id = yield* idOf(given.contains);
    yield* keep((commit) => store.isAncestor(id, commit));
  }
  if (given.noContains !== undefined) {
    const id = yield* idOf(given.noContains);
    yield* keep(function* (commit) { return !(yield* store.isAncestor(id, commit)); });
  }
  if (given.merged !== undefined && given.merged !== false) {
    const id = yield* idOf(given.merged);
    yield* keep((commit) => store.isAncestor(commit, id));
  }
  if (given.noMerged !== undefined && given.noMerged !== false) {
    const id = yield* idOf(given.noMerged);
    yield* keep(function* (commit) { return !(yield* store.isAncestor(commit, id)); });
  }
  if (given.pointsAt !== undefined) {
    const id = yield* resolve(git, given.pointsAt);
    if (id === undefined) throw new Die(`malformed object name ${given.pointsAt}`);
    yield* keep(function* (commit, ref) { return commit === id || ref.id === id; });
  }
  return kept;
}

function* listBranches(git: Git, given: ListOptions): Blocking<number> {
  const { refs } = git;
  const local = !given.remotes;
  const remote = given.remotes || given.all;
  let list = [...(local ? yield* refs.list("refs/heads/") : []), ...(remote ? yield* refs.list("refs/remotes/") : [])];
  const shown = (name: string) => (name.startsWith("refs/heads/") ? name.slice(11) : given.remotes && !given.all ? name.slice(13) : name.startsWith("refs/remotes/") ? name.slice(5) : name);
  const matches = (name: string) => given.patterns.length === 0 || given.patterns.some((pattern) => wildmatch(pattern, shortRefName(name), { pathname: false, ...(given.ignoreCase && { ignoreCase: true }) }));
  list = (yield* filterRefs(git, list, given)).filter((ref) => matches(ref.name));
  const keys = given.sort.length > 0 ? given.sort : git.config.all("branch.sort").map((entry) => entry.value ?? "");
  list = yield* sortRefs(git, list, keys, given.ignoreCase ?? false);
  yield* startPager(git);
  if (given.format !== undefined) {
    for (const ref of list) git.put(`${yield* formatRef(git, ref, given.format)}\n`);
    return 0;
  }
  const colored = git.colors("branch", given.color);
  const color = (slot: string, usual: string, text: string) => {
    const sequence = colored ? git.colorOf("branch", slot, usual) : "";
    return sequence === "" ? text : `${sequence}${text}\x1b[m`;
  };
  const rows: { mark: string; name: string; slot: string; usual: string; ref: Ref; symbolic: string | undefined }[] = [];
  const head = yield* refs.read("HEAD");
  if (given.current === undefined && local && head !== undefined && given.patterns.length === 0 && (yield* filterRefs(git, [{ name: "HEAD", id: head }], given)).length > 0) {
    const state = yield* operationState(git);
    const detached = yield* detachedAt(git);
    const name = state.rebase && state.rebase.branch !== "" ? `(no branch, rebasing ${state.rebase.branch.startsWith("refs/") ? shortRefName(state.rebase.branch) : "detached HEAD"})` : state.bisectFrom !== undefined ? `(no branch, bisect started on ${state.bisectFrom})` : detached === undefined ? "(no branch)" : `(HEAD detached ${detached.moved ? "from" : "at"} ${detached.name})`;
    rows.push({ mark: "*", name, slot: "current", usual: "green", ref: { name: "HEAD", id: head }, symbolic: undefined });
  }
  for (const ref of list) {
    const currentOne = ref.name === `refs/heads/${given.current}`;
    const symbolic = yield* refs.symbolicTarget(ref.name);
    rows.push({ mark: currentOne ? "*" : " ", name: shown(ref.name), slot: currentOne ? "current" : ref.name.startsWith("refs/remotes/") ? "remote" : "local", usual: currentOne ? "green" : ref.name.startsWith("refs/remotes/") ? "red" : "", ref, symbolic: symbolic === undefined ? undefined : shortRefName(symbolic) });
  }
  const width = Math.max(0, ...rows.map((row) => textWidth(row.name)));
  for (const row of rows) {
    let line = `${row.mark} `;
    if (given.verbose === 0) {
      line += color(row.slot, row.usual, row.name);
      if (row.symbolic !== undefined) line += ` -> ${row.symbolic}`;
    } else {
      line += color(row.slot, row.usual, row.name + " ".repeat(Math.max(0, width - textWidth(row.name))));
      const commit = yield* peel(git, row.ref.id, "commit");
      const subject = commit === undefined ? "" : subjectOf((yield* commits(git).get(commit)).message);
      line += row.symbolic === undefined ? ` ${yield* abbreviated(git, row.ref.id)} ${yield* trackingNote(git, row.ref, given.verbose > 1, color)}${subject}` : ` -> ${row.symbolic}`;
    }
    git.put(`${line}\n`);
  }
  return 0;
}

function* trackingNote(git: Git, ref: Ref, named: boolean, color: (slot: string, usual: string, text: string) => string): Blocking<string> {
  if (!ref.name.startsWith("refs/heads/")) return "";
  const upstream = upstreamOf(git, ref.name.slice(11));
  if (!upstream) return "";
  const theirs = upstream.tracking === undefined ? undefined : yield* git.refs.read(upstream.tracking);
  const name = color("upstream", "blue", upstreamName(upstream));
  if (theirs === undefined) return named ? `[${name}: ${git.inLanguage("gone")}] ` : `[${git.inLanguage("gone")}] `;
  const { ahead, behind } = yield* commits(git).aheadBehind(ref.id, theirs);
  const counts = [...(ahead > 0 ? [git.inLanguage(`ahead ${ahead}`)] : []), ...(behind > 0 ? [git.inLanguage(`behind ${behind}`)] : [])].join(", ");
  if (named) return `[${name}${counts === "" ? "" : `: ${counts}`}] `;
  return counts === "" ? "" : `[${counts}] `;
}

