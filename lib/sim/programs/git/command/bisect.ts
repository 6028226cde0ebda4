// git bisect (git-bisect(1)): halving the commits between a good and a bad one.
import { type Blocking, O } from "../../../kernel/sys.ts";
import { exists } from "../../kit/presence.ts";
import { runChild } from "../base/child-process.ts";
import { Die, Quit } from "../base/die.ts";
import type { Git } from "../base/git.ts";
import { type GitCommand, wordCommand } from "../base/git-command.ts";
import { diffDefaults } from "../diff/diff-options.ts";
import { DiffPrinter } from "../diff/diff-output.ts";
import { treePairs } from "../diff/pairs.ts";
import { commits, peel } from "../history/commits.ts";
import { Pretty } from "../history/pretty.ts";
import { resolve } from "../history/revision.ts";
import { switchTo } from "../history/switch-branch.ts";
import { currentBranch } from "../history/upstream.ts";
import { walk, walkDefaults } from "../history/walk.ts";
import { DEFAULT_DATES } from "../base/git-date.ts";
import { readText, writeFile } from "../store/file-bytes.ts";
import { subjectOf } from "../store/commit-object.ts";
import type { ObjectId } from "../store/object-id.ts";

const at = (git: Git, name: string): string => `${git.repository.gitDir}/${name}`;

function* terms(git: Git): Blocking<{ readonly bad: string; readonly good: string }> {
  const [bad = "bad", good = "good"] = ((yield* readText(git.sys, at(git, "BISECT_TERMS"))) ?? "").split("\n").filter((line) => line !== "");
  return { bad, good };
}

function* note(git: Git, text: string): Blocking<void> {
  yield* writeFile(git.sys, at(git, "BISECT_LOG"), text, 0o666, O.CREAT | O.APPEND);
}

function* marks(git: Git): Blocking<{ readonly bad: ObjectId | undefined; readonly good: readonly ObjectId[]; readonly skip: ReadonlySet<ObjectId> }> {
  const words = yield* terms(git);
  const list = yield* git.refs.list("refs/bisect/");
  return { bad: list.find((ref) => ref.name === `refs/bisect/${words.bad}`)?.id, good: list.filter((ref) => ref.name.startsWith(`refs/bisect/${words.good}-`)).map((ref) => ref.id), skip: new Set(list.filter((ref) => ref.name.startsWith("refs/bisect/skip-")).map((ref) => ref.id)) };
}

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? "" : "s"}`;

/** Halving steps that are left, as git estimates them. */
function steps(all: number): number {
  if (all < 3) return 0;
  const n = 31 - Math.clz32(all);
  const e = 2 ** n;
  return e < 3 * (all - e) ? n : n - 1;
}

function* next(git: Git): Blocking<number> {
  const words = yield* terms(git);
  const { bad, good, skip } = yield* marks(git);
  if (bad === undefined || good.length === 0) {
    const text = bad === undefined && good.length === 0 ? "waiting for both good and bad commits" : bad === undefined ? `waiting for bad commit, ${plural(good.length, "good commit")} known` : "waiting for good commit(s), bad commit known";
    const shown = text.replaceAll("good", words.good).replaceAll("bad", words.bad);
    git.say(`status: ${shown}\n`);
    yield* note(git, `# status: ${shown}\n`);
    return 0;
  }
  const store = commits(git);
  for (const id of good) {
    if (yield* store.isAncestor(bad, id)) {
      yield* git.err(bad === id ? `${bad} was both ${words.good} and ${words.bad}\n` : `Some ${words.good} revs are not ancestors of the ${words.bad} rev.\ngit bisect cannot work properly in this case.\nMaybe you mistook ${words.good} and ${words.bad} revs?\n`);
      return bad === id ? 1 : 3;
    }
  }
  const found = (yield* walk(git, { ...walkDefaults(), starts: [bad], excluded: [...good] })).map((one) => one.id);
  if (found.length <= 1) {
    const commit = yield* store.get(bad);
    const pretty = new Pretty(git, { format: { kind: "medium", format: "", terminator: false }, dates: DEFAULT_DATES, abbrevCommit: false, abbrev: undefined, decorations: undefined, colored: false, expandTabs: true, showParents: false });
    git.put(`${bad} is the first ${words.bad} commit\n${yield* pretty.text(bad, commit.parents)}\n`);
    const printer = new DiffPrinter(git, { ...diffDefaults(git), stat: true, summary: true });
    const parent = commit.parents[0];
    yield* printer.print(yield* printer.prepare(yield* treePairs(git, parent === undefined ? undefined : (yield* store.get(parent)).tree, commit.tree)));
    yield* note(git, `# first ${words.bad} commit: [${bad}] ${subjectOf(commit.message)}\n`);
    return 0;
  }
  // The commit that halves the rest best; the first of those found.
  const set = new Set(found);
  let best: ObjectId | undefined;
  let bestDistance = -1;
  for (const id of [...found].reverse()) {
    if (skip.has(id) || id === bad) continue;
    let reach = 0;
    for (const other of yield* store.ancestors([id])) if (set.has(other)) reach++;
    const distance = Math.min(reach, found.length - reach);
    if (distance > bestDistance) {
      bestDistance = distance;
      best = id;
    }
  }
  if (best === undefined) {
    git.put(`There are only 'skip'ped commits left to test.\nThe first ${words.bad} commit could be any of:\n${found.map((id) => `${id}\n`).join("")}We cannot bisect more!\n`);
    return 2;
  }
  let reached = 0;
  for (const other of yield* store.ancestors([best])) if (set.has(other)) reached++;
  git.say(`Bisecting: ${plural(found.length - reached - 1, "revision")} left to test after this (roughly ${plural(steps(found.length), "step")})\n`);
  yield* writeFile(git.sys, at(git, "BISECT_EXPECTED_REV"), `${best}\n`);
  yield* switchTo(git, { branch: undefined, target: best, word: best, create: "no", force: false, merge: false, quiet: true, track: undefined, startRef: undefined, explicitDetach: true });
  git.say(`[${best}] ${subjectOf((yield* store.get(best)).message)}\n`);
  return 0;
}

function* mark(git: Git, word: string, args: readonly string[]): Blocking<number> {
  const words = yield* terms(git);
  const revisions = args.length > 0 ? args : ["HEAD"];
  if (word === words.bad && revisions.length > 1) throw new Quit(1, `error: 'git bisect ${words.bad}' can take only one argument.`);
  for (const revision of revisions) {
    const id = yield* resolve(git, revision);
    const commit = id === undefined ? undefined : yield* peel(git, id, "commit");
    if (commit === undefined) throw new Quit(1, `error: Bad rev input: ${revision}`);
    const kind = word === "skip" ? "skip" : word;
    yield* git.refs.update(kind === words.bad ? `refs/bisect/${words.bad}` : `refs/bisect/${kind}-${commit}`, { id: commit, message: "" });
    yield* note(git, `# ${kind}: [${commit}] ${subjectOf((yield* commits(git).get(commit)).message)}\ngit bisect ${kind} ${commit}\n`);
  }
  return yield* next(git);
}

function* clear(git: Git): Blocking<void> {
  for (const ref of yield* git.refs.list("refs/bisect/")) yield* git.refs.remove(ref.name);
  for (const name of ["BISECT_LOG", "BISECT_START", "BISECT_TERMS", "BISECT_NAMES", "BISECT_EXPECTED_REV"]) if (exists(git.sys, at(git, name))) git.sys.unlink(at(git, name));
}

function* start(git: Git, args: readonly string[]): Blocking<number> {
  let [bad, good] = ["bad", "good"];
  const revisions: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const word = args[i] ?? "";
    if (word === "--") break;
    if (/^--term-(?:bad|new)/.test(word)) bad = word.includes("=") ? (word.split("=")[1] ?? "") : (args[++i] ?? "");
    else if (/^--term-(?:good|old)/.test(word)) good = word.includes("=") ? (word.split("=")[1] ?? "") : (args[++i] ?? "");
    else if ((yield* resolve(git, word)) !== undefined) revisions.push(word);
    else throw new Die(`'${word}' does not appear to be a valid revision`);
  }
  const before = yield* readText(git.sys, at(git, "BISECT_START"));
  const from = before?.trim() ?? (yield* currentBranch(git)) ?? (yield* git.refs.read("HEAD")) ?? "";
  yield* clear(git);
  yield* writeFile(git.sys, at(git, "BISECT_START"), `${from}\n`);
  yield* writeFile(git.sys, at(git, "BISECT_TERMS"), `${bad}\n${good}\n`);
  yield* writeFile(git.sys, at(git, "BISECT_NAMES"), "\n");
  const heads: string[] = [];
  for (const [n, word] of revisions.entries()) {
    const id = yield* resolve(git, word);
    const commit = id === undefined ? undefined : yield* peel(git, id, "commit");
    if (commit === undefined) continue;
    const kind = n === 0 ? bad : good;
    yield* git.refs.update(n === 0 ? `refs/bisect/${bad}` : `refs/bisect/${good}-${commit}`, { id: commit, message: "" });
    yield* note(git, `# ${kind}: [${commit}] ${subjectOf((yield* commits(git).get(commit)).message)}\n`);
    heads.push(`'${word}'`);
  }
  yield* note(git, `git bisect start${heads.length > 0 ? ` ${heads.join(" ")}` : ""}\n`);
  return yield* next(git);
}

function* reset(git: Git, args: readonly string[]): Blocking<number> {
  const from = (yield* readText(git.sys, at(git, "BISECT_START")))?.trim();
  if (from === undefined) {
    git.say("We are not bisecting.\n");
    return 0;
  }
  const word = args[0] ?? from;
  const branch = (yield* git.refs.read(`refs/heads/${word}`)) === undefined ? undefined : word;
  const id = yield* resolve(git, word);
  if (id === undefined) throw new Quit(1, `error: '${word}' is not a valid commit`);
  const status = yield* switchTo(git, { branch, target: (yield* peel(git, id, "commit")) ?? id, word, create: "no", force: false, merge: false, quiet: false, track: undefined, startRef: undefined, explicitDetach: true });
  if (status === 0) yield* clear(git);
  return status;
}

function* run(git: Git, command: readonly string[]): Blocking<number> {
  if (command.length === 0) throw new Quit(1, "error: bisect run failed: no command provided.");
  const words = yield* terms(git);
  for (;;) {
    git.say(`running ${command.map((word) => ` '${word.replaceAll("'", "'\\''")}'`).join("")}\n`);
    yield* git.out.flush();
    const status = yield* runChild(git.sys, ["sh", "-c", `"$@"`, "sh", ...command]);
    if (status < 0 || status >= 128) throw new Quit(1, `error: bisect run failed: exit code ${status} from ${command.map((word) => ` '${word}'`).join("")} is < 0 or >= 128`);
    git.repository.forgetIndex();
    yield* mark(git, status === 125 ? "skip" : status === 0 ? words.good : words.bad, []);
    const { bad, good } = yield* marks(git);
    if (bad === undefined || good.length === 0) return 2;
    if ((yield* walk(git, { ...walkDefaults(), starts: [bad], excluded: [...good] })).length <= 1) {
      git.say("bisect found first bad commit\n".replace("bad", words.bad));
      return 0;
    }
  }
}

export const bisect: GitCommand = wordCommand({
  name: "bisect", summary: "find the commit that brought a bug by halving", needs: "work-tree", options: [], subcommands: ["start", "bad", "good", "new", "old", "terms", "skip", "reset", "log", "run", "visualize"], operands: "none",
  usage: ["git bisect [help|start|bad|good|new|old|terms|skip|next|reset|visualize|view|replay|log|run]"],
  *run(git, words) {
    const [verb = "help", ...args] = words;
    const { bad, good } = yield* terms(git);
    const running = exists(git.sys, at(git, "BISECT_START"));
    if (verb === "start") return yield* start(git, args);
    if (verb === "reset") return yield* reset(git, args);
    if (verb === "log") {
      if (!running) throw new Quit(1, "error: We are not bisecting.");
      git.put((yield* readText(git.sys, at(git, "BISECT_LOG"))) ?? "");
      return 0;
    }
    if (["bad", "good", "new", "old", "skip", "run", "next", "terms", bad, good].includes(verb) && !running) {
      if (verb !== "terms" && verb !== "run" && verb !== "next") throw new Quit(1, 'You need to start by "git bisect start"', "");
      throw new Quit(1, "error: no terms defined");
    }
    if (verb === "terms") {
      git.say(`Your current terms are ${good} for the old state\nand ${bad} for the new state.\n`);
      return 0;
    }
    if (verb === "next") return yield* next(git);
    if (verb === "run") return yield* run(git, args);
    if (verb === "skip") return yield* mark(git, "skip", args);
    if (verb === bad || verb === good) return yield* mark(git, verb, args);
    if (verb === "new" || verb === "old") {
      if (bad !== "bad" || good !== "good" || (yield* git.refs.list("refs/bisect/")).length === 0) {
        yield* writeFile(git.sys, at(git, "BISECT_TERMS"), "new\nold\n");
        return yield* mark(git, verb, args);
      }
      throw new Quit(1, `error: Invalid command: you're currently in a ${bad}/${good} bisect`);
    }
    throw new Quit(1, "usage: git bisect [help|start|bad|good|new|old|terms|skip|next|reset|visualize|view|replay|log|run]");
  },
});
