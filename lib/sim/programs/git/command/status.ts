// git status (git-status(1)).
import type { Blocking } from "../../../kernel/sys.ts";
import { Die } from "../base/die.ts";
import type { Git } from "../base/git.ts";
import { gitCommand } from "../base/git-command.ts";
import { flag, optional, refused } from "../base/options.ts";
import { type FilePair, pathOf } from "../diff/file-pair.ts";
import { commits } from "../history/commits.ts";
import { upstreamName, upstreamOf } from "../history/upstream.ts";
import { diffDefaults } from "../diff/diff-options.ts";
import { DiffPrinter } from "../diff/diff-output.ts";
import { NULL_ID } from "../store/object-id.ts";
import { modeText } from "../store/tree-object.ts";
import { pathspec } from "../work-tree/pathspec.ts";
import { quotePath, relativePath } from "../work-tree/quote-path.ts";
import { CONFLICT_LETTERS, LongStatus, type WorkStatus, readStatus } from "../work-tree/status.ts";
import { WorkFiles } from "../work-tree/work-files.ts";
import { SysError } from "../../../kernel/sys.ts";

export interface ShortOptions {
  readonly branch: boolean;
  readonly nul: boolean;
  readonly colors: boolean;
  readonly fromTop: boolean;
}

const hasSpace = (name: string): string => (name.includes(" ") && !name.startsWith('"') ? `"${name}"` : name);

export function* shortStatus(git: Git, status: WorkStatus, options: ShortOptions): Blocking<void> {
  const color = (slot: string, usual: string, text: string): string => {
    const sequence = options.colors && text !== "" && text !== " " ? git.colorOf("status", slot, usual) : "";
    return sequence === "" ? text : `${sequence}${text}\x1b[m`;
  };
  const end = options.nul ? "\0" : "\n";
  const high = git.config.boolean("core.quotepath", true);
  const shown = (path: string) => (options.nul ? path : hasSpace(quotePath(options.fromTop ? path : relativePath(path, git.prefix), high)));
  if (options.branch) yield* branchLine(git, status, color, end);
  const rows = new Map<string, { x: string; y: string; from?: string }>();
  const row = (pair: FilePair) => {
    const path = pathOf(pair);
    let known = rows.get(path);
    if (!known) rows.set(path, (known = { x: " ", y: " " }));
    return known;
  };
  for (const pair of status.staged) {
    const one = row(pair);
    one.x = pair.status;
    if (pair.status === "R" || pair.status === "C") one.from = pair.old?.path ?? "";
  }
  for (const pair of status.unstaged) {
    const one = row(pair);
    one.y = pair.status;
    if (pair.status === "R" || pair.status === "C") one.from = pair.old?.path ?? "";
  }
  for (const { path, stages } of status.conflicts) {
    const letters = CONFLICT_LETTERS[stages] ?? "UU";
    rows.set(path, { x: letters.charAt(0), y: letters.charAt(1) });
  }
  const conflicted = new Set(status.conflicts.map((one) => one.path));
  for (const [path, { x, y, from }] of [...rows].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const letters = conflicted.has(path) ? color("unmerged", "red", x + y) : color("added", "green", x) + color("changed", "red", y);
    git.put(options.nul ? `${x}${y} ${path}\0${from === undefined ? "" : `${from}\0`}` : `${letters} ${from === undefined ? "" : `${shown(from)} -> `}${shown(path)}\n`);
  }
  for (const path of status.untracked) git.put(`${color("untracked", "red", "??")} ${shown(path)}${end}`);
  for (const path of status.ignored) git.put(`${color("untracked", "red", "!!")} ${shown(path)}${end}`);
}

function* branchLine(git: Git, status: WorkStatus, color: (slot: string, usual: string, text: string) => string, end: string): Blocking<void> {
  const { branch, head } = status;
  let line = color("header", "", "## ");
  if (head === undefined) line += "No commits yet on ";
  if (branch === undefined) {
    git.put(`${line}${color("nobranch", "red", "HEAD (no branch)")}${end}`);
    return;
  }
  line += color("localbranch", "green", branch);
  const upstream = upstreamOf(git, branch);
  if (upstream) {
    const theirs = upstream.tracking === undefined ? undefined : yield* git.refs.read(upstream.tracking);
    line += `...${color("remotebranch", "red", upstreamName(upstream))}`;
    if (theirs === undefined) line += " [gone]";
    else if (head !== undefined) {
      const { ahead, behind } = yield* commits(git).aheadBehind(head, theirs);
      if (ahead > 0 || behind > 0) line += ` [${[...(ahead > 0 ? [`ahead ${color("localbranch", "green", String(ahead))}`] : []), ...(behind > 0 ? [`behind ${color("remotebranch", "red", String(behind))}`] : [])].join(", ")}]`;
    }
  }
  git.put(line + end);
}

function* porcelainV2(git: Git, status: WorkStatus, branchShown: boolean, nul: boolean): Blocking<void> {
  const end = nul ? "\0" : "\n";
  const name = (path: string) => (nul ? path : quotePath(path));
  if (branchShown) {
    git.put(`# branch.oid ${status.head ?? "(initial)"}${end}# branch.head ${status.branch ?? "(detached)"}${end}`);
    const upstream = status.branch === undefined ? undefined : upstreamOf(git, status.branch);
    if (upstream) {
      git.put(`# branch.upstream ${upstreamName(upstream)}${end}`);
      const theirs = upstream.tracking === undefined ? undefined : yield* git.refs.read(upstream.tracking);
      if (theirs !== undefined && status.head !== undefined) {
        const { ahead, behind } = yield* commits(git).aheadBehind(status.head, theirs);
        git.put(`# branch.ab +${ahead} -${behind}${end}`);
      }
    }
  }
  const index = yield* git.repository.index();
  const paths = [...new Set([...status.staged, ...status.unstaged].map(pathOf))].sort();
  for (const path of paths) {
    const staged = status.staged.find((pair) => pathOf(pair) === path);
    const unstaged = status.unstaged.find((pair) => pathOf(pair) === path);
    const entry = index.get(path);
    const [headMode, headId] = staged ? [staged.old?.mode ?? 0, staged.old?.id ?? NULL_ID] : [entry?.mode ?? 0, entry?.id ?? NULL_ID];
    const workMode = unstaged ? (unstaged.new?.mode ?? 0) : (entry?.mode ?? 0);
    const moved = staged?.status === "R" || staged?.status === "C" ? staged : unstaged?.status === "R" || unstaged?.status === "C" ? unstaged : undefined;
    git.put(`${moved ? 2 : 1} ${staged?.status ?? "."}${unstaged?.status ?? "."} N... ${modeText(headMode)} ${modeText(entry?.mode ?? 0)} ${modeText(workMode)} ${headId} ${entry?.id ?? NULL_ID} ${moved ? `${moved.status}${moved.score} ` : ""}${name(path)}${moved ? `${nul ? "\0" : "\t"}${name(moved.old?.path ?? "")}` : ""}${end}`);
  }
  const files = new WorkFiles(git);
  for (const { path, stages } of status.conflicts) {
    const modes = [1, 2, 3].map((stage) => index.get(path, stage));
    const stat = files.stat(path);
    git.put(`u ${CONFLICT_LETTERS[stages]} N... ${modes.map((one) => modeText(one?.mode ?? 0)).join(" ")} ${modeText(stat ? files.modeOf(stat) : 0)} ${modes.map((one) => one?.id ?? NULL_ID).join(" ")} ${name(path)}${end}`);
  }
  for (const path of status.untracked) git.put(`? ${name(path)}${end}`);
  for (const path of status.ignored) git.put(`! ${name(path)}${end}`);
}

const options = {
  verbose: flag("v verbose", "show what is staged as a difference too"), short: flag("s short", "a line a file"), branch: flag("b branch", "the branch, in short form"), showStash: flag("show-stash", "how many stashes there are"),
  aheadBehind: flag("ahead-behind", "compare with the upstream"), porcelain: optional("porcelain", "version", "short form that never changes, for scripts"), long: flag("long", "the long form"), nul: flag("z null", "end names with NUL"), untracked: optional("u untracked-files", "mode", "untracked files: all, normal, no"),
  ignored: optional("ignored", "mode", "ignored files too"), column: refused("column", "untracked files in columns", "they are listed one a line"), noRenames: flag("no-renames", "do not look for renames"), renames: optional("M find-renames", "n", "look for renames"), ignoreSubmodules: optional("ignore-submodules", "when", "leave submodules out"),
};

export const status = gitCommand({
  name: "status", summary: "show the state of the work tree", usage: ["git status [<options>] [--] [<pathspec>...]"], needs: "work-tree", options,
  *run(git, { options: given, args }) {
    const { repository, config } = git;
    const index = yield* repository.index();
    const files = new WorkFiles(git);
    if (yield* files.refresh(index)) {
      // Only to save work later: nobody minds when it cannot be written.
      try {
        yield* repository.writeIndex(index);
      } catch (error) {
        if (!(error instanceof Die) && !(error instanceof SysError)) throw error;
      }
    }
    const mode = given.untracked === true ? "all" : given.untracked === false ? "no" : (given.untracked ?? config.get("status.showuntrackedfiles") ?? "normal");
    if (mode !== "all" && mode !== "normal" && mode !== "no") throw new Die(`Invalid untracked files mode '${mode}'`);
    if (typeof given.ignored === "string" && !["traditional", "matching", "no"].includes(given.ignored)) throw new Die(`Invalid ignored mode '${given.ignored}'`);
    const found = yield* readStatus(git, index, { untracked: mode, ignored: given.ignored !== undefined && given.ignored !== false && given.ignored !== "no", ...(args.length > 0 && { paths: pathspec(git, args) }), ...(given.noRenames && { renames: false }) });
    const relative = config.boolean("status.relativepaths", true);
    if (given.porcelain !== undefined && given.porcelain !== false) {
      if (given.porcelain === "v2" || given.porcelain === "2") yield* porcelainV2(git, found, given.branch ?? false, given.nul ?? false);
      else if (given.porcelain === true || given.porcelain === "v1" || given.porcelain === "1") yield* shortStatus(git, found, { branch: given.branch ?? false, nul: given.nul ?? false, colors: false, fromTop: true });
      else throw new Die(`unsupported porcelain version '${given.porcelain}'`);
      return 0;
    }
    if (given.nul || given.short || (!given.long && given.short !== false && config.boolean("status.short", false))) {
      yield* shortStatus(git, found, { branch: given.branch ?? config.boolean("status.branch", false), nul: given.nul ?? false, colors: git.colors("status") && !given.nul, fromTop: !relative });
      return 0;
    }
    git.put(yield* new LongStatus(git, found, { colors: git.colors("status"), fromTop: !relative }).text());
    if (given.showStash ?? config.boolean("status.showstash", false)) {
      const count = (yield* git.refs.readLog("refs/stash")).length;
      if (count > 0) git.say(`Your stash currently has ${count} ${count === 1 ? "entry" : "entries"}\n`);
    }
    if (given.verbose) {
      yield* new DiffPrinter(git, { ...diffDefaults(git), patch: true }).print(found.staged);
    }
    return 0;
  },
});
