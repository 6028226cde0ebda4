// git push (git-push(1)).
import { type Blocking, concatBytes, decode } from "../../../kernel/sys.ts";
import { Die, Quit } from "../base/die.ts";
import type { Git } from "../base/git.ts";
import { gitCommand } from "../base/git-command.ts";
import { runHook } from "../base/hooks.ts";
import { flag, optional, refused, text, texts } from "../base/options.ts";
import { abbreviated } from "../diff/diff-output.ts";
import { commits, peel } from "../history/commits.ts";
import { findRef, resolve } from "../history/revision.ts";
import { currentBranch, fetchSpecs, mapRef, parseRefspec, upstreamOf } from "../history/upstream.ts";
import { NULL_ID, type ObjectId } from "../store/object-id.ts";
import { writePack } from "../store/pack.ts";
import { shortRefName } from "../store/ref-name.ts";
import { type Connection, connect } from "../transport/connection.ts";
import { isRemote, placedUrl, remoteUrl, sizeText } from "../transport/fetch-refs.ts";
import { FLUSH, packet, send } from "../transport/packet-line.ts";
import { neededObjects } from "../transport/reachable.ts";
import { setConfig, setUpstream } from "./branch.ts";
import { defaultRemote } from "./fetch.ts";

interface Planned {
  readonly local: string;
  /** NULL_ID deletes */
  readonly id: ObjectId;
  readonly remote: string;
  readonly old: ObjectId;
  readonly force: boolean;
  rejected: string | undefined;
  /** what the other side said */
  refusal: string | undefined;
  forced: boolean;
}

const BEHIND_CURRENT = `Updates were rejected because the tip of your current branch is behind
its remote counterpart. Integrate the remote changes (e.g.
'git pull ...') before pushing again.
See the 'Note about fast-forwards' in 'git push --help' for details.`;
const BEHIND_OTHER = `Updates were rejected because a pushed branch tip is behind its remote
counterpart. Check out this branch and integrate the remote changes
(e.g. 'git pull ...') before pushing again.
See the 'Note about fast-forwards' in 'git push --help' for details.`;
const FETCH_FIRST = `Updates were rejected because the remote contains work that you do
not have locally. This is usually caused by another repository pushing
to the same ref. You may want to first integrate the remote changes
(e.g., 'git pull ...') before pushing again.
See the 'Note about fast-forwards' in 'git push --help' for details.`;
const TAG_EXISTS = "Updates were rejected because the tag already exists in the remote.";

export const push = gitCommand({
  name: "push", summary: "update references of another repository with their objects", usage: ["git push [<options>] [<repository> [<refspec>...]]"], needs: "repository",
  options: {
    verbose: flag("v verbose", "say more"), quiet: flag("q quiet", "say less"), repo: text("repo", "repository", "where to"), all: flag("all", "all branches"), mirror: flag("mirror", "all references"), delete: flag("d delete", "delete references"), tags: flag("tags", "all tags too"), dryRun: flag("n dry-run", "only show what would be done"), porcelain: flag("porcelain", "for scripts"), force: flag("f force", "also what does not go forward"), lease: optional("force-with-lease", "refname>:<expect", "force, but only over what was seen last"), ifIncludes: flag("force-if-includes", "accepted"), recurse: optional("recurse-submodules", "check", "submodules (not here)"), thin: flag("thin", "accepted"), receivePack: text("receive-pack exec", "program", "the program on the other side"), upstream: flag("u set-upstream", "let the branch follow what it is pushed to"), progress: flag("progress", "show progress"), prune: flag("prune", "delete what is not here"), verify: flag("verify", "run pre-push"), followTags: flag("follow-tags", "annotated tags of what is pushed too"), signed: refused("signed", "sign the push", "pushes are not signed"), atomic: flag("atomic", "all or nothing"), option: texts("o push-option", "server-specific", "accepted"),
  },
  *run(git, { options: given, args }) {
    const branch = yield* currentBranch(git);
    let [remote, ...words] = args;
    remote ??= given.repo;
    if (remote === undefined) {
      const chosen = (branch === undefined ? undefined : git.config.get(`branch.${branch}.pushremote`)) ?? git.config.get("remote.pushdefault") ?? (yield* defaultRemote(git));
      if (!isRemote(git, chosen)) throw new Die("No configured push destination.\nEither specify the URL from the command-line or configure a remote repository using\n\n    git remote add <name> <url>\n\nand then push using the remote name\n\n    git push <name>\n");
      remote = chosen;
    }
    if (given.delete && words.length === 0) throw new Die("--delete doesn't make sense without any refs");
    if (given.all && words.length > 0) throw new Die("--all can't be combined with refspecs");
    const url = isRemote(git, remote) ? remoteUrl(git, remote, true) : placedUrl(git, remoteUrl(git, remote, true));
    if (words.length === 0 && !given.all && !given.mirror && !given.tags) words = yield* defaultSpecs(git, remote, branch, given.upstream ?? false);
    const connection = yield* connect(git, url, "git-receive-pack", given.receivePack);
    let plans: Planned[];
    try {
      plans = yield* plan(git, connection, words, { all: given.all ?? false, mirror: given.mirror ?? false, tags: given.tags ?? false, follow: given.followTags ?? git.config.boolean("push.followtags", false), delete: given.delete ?? false, force: given.force ?? false, prune: given.prune ?? false }, url);
    } catch (error) {
      yield* send(git.sys, connection.output, FLUSH);
      yield* connection.close();
      throw error;
    }
    if (plans.length === 0) {
      yield* send(git.sys, connection.output, FLUSH);
      yield* connection.close();
      if (given.all || given.tags || given.mirror) {
        yield* git.err("Everything up-to-date\n");
        return 0;
      }
      yield* git.err(`No refs in common and none specified; doing nothing.\nPerhaps you should specify a branch.\n`);
      return 0;
    }
    for (const one of plans) yield* check(git, one, given.lease, remote);
    if (given.atomic && plans.some((one) => one.rejected !== undefined)) for (const one of plans) one.rejected ??= "atomic push failed";
    const todo = plans.filter((one) => one.rejected === undefined && one.old !== one.id);
    if (given.verify !== false && plans.some((one) => one.old !== one.id || one.rejected !== undefined)) {
      const stdin = todo.map((one) => `${one.id === NULL_ID ? "(delete)" : one.local} ${one.id} ${one.remote} ${one.old}\n`).join("");
      const status = yield* runHook(git, "pre-push", [remote, url], { stdin });
      if (status !== undefined && status !== 0) {
        yield* send(git.sys, connection.output, FLUSH);
        yield* connection.close();
        yield* git.error(`failed to push some refs to '${url}'`);
        return 1;
      }
    }
    if (todo.length === 0 || given.dryRun) {
      yield* send(git.sys, connection.output, FLUSH);
      yield* connection.close();
    } else yield* transfer(git, connection, todo, sysTty(git) && !given.quiet);
    if (!given.dryRun) yield* remember(git, remote, plans);
    const failed = plans.some((one) => one.rejected !== undefined || one.refusal !== undefined);
    yield* report(git, url, plans, { quiet: given.quiet ?? false, porcelain: given.porcelain ?? false, verbose: given.verbose ?? false });
    if (given.upstream && !given.dryRun) for (const one of plans) {
      const local = one.local === "HEAD" && branch !== undefined ? `refs/heads/${branch}` : one.local;
      if (one.rejected !== undefined || one.refusal !== undefined || !local.startsWith("refs/heads/") || !one.remote.startsWith("refs/heads/")) continue;
      const tracking = fetchSpecs(git, remote).map((spec) => mapRef(spec, one.remote)).find((name) => name !== undefined);
      if (tracking !== undefined) yield* setUpstream(git, local.slice(11), tracking, given.quiet ?? false);
      else if (isRemote(git, remote) || remote !== undefined) yield* setUpstreamTo(git, local.slice(11), remote, one.remote, given.quiet ?? false);
    }
    if (failed) {
      yield* git.error(`failed to push some refs to '${url}'`);
      const current = branch === undefined ? undefined : `refs/heads/${branch}`;
      const reasons = plans.filter((one) => one.rejected !== undefined);
      if (reasons.some((one) => one.rejected === "non-fast-forward" && (one.local === current || one.local === "HEAD"))) yield* git.advice("pushNonFFCurrent", BEHIND_CURRENT);
      else if (reasons.some((one) => one.rejected === "non-fast-forward")) yield* git.advice("pushNonFFMatching", BEHIND_OTHER);
      else if (reasons.some((one) => one.rejected === "already exists")) yield* git.advice("pushAlreadyExists", TAG_EXISTS);
      else if (reasons.some((one) => one.rejected === "fetch first")) yield* git.advice("pushFetchFirst", FETCH_FIRST);
      return 1;
    }
    if (!given.quiet && !given.porcelain && plans.every((one) => one.old === one.id)) yield* git.err("Everything up-to-date\n");
    if (given.porcelain) git.put("Done\n");
    return 0;
  },
});

const sysTty = (git: Git): boolean => git.sys.isatty(2);

function* setUpstreamTo(git: Git, branch: string, remote: string, merge: string, quiet: boolean): Blocking<void> {
  yield* setConfig(git, `branch.${branch}.remote`, remote);
  yield* setConfig(git, `branch.${branch}.merge`, merge);
  if (!quiet) git.say(`branch '${branch}' set up to track '${shortRefName(merge)}'.\n`);
}

/** What push.default says. Throws Die. */
function* defaultSpecs(git: Git, remote: string, branch: string | undefined, settingUpstream: boolean): Blocking<string[]> {
  const configured = git.config.all(`remote.${remote}.push`).map((entry) => entry.value ?? "");
  if (configured.length > 0) return configured;
  const how = git.config.get("push.default") ?? "simple";
  if (how === "nothing") throw new Die("You didn't specify any refspecs to push, and push.default is \"nothing\".");
  if (how === "matching") return [":"];
  if (branch === undefined) throw new Die(`You are not currently on a branch.\nTo push the history leading to the current (detached HEAD)\nstate now, use\n\n    git push ${remote} HEAD:<name-of-remote-branch>\n`);
  const upstream = upstreamOf(git, branch);
  const usual = yield* defaultRemote(git);
  const triangular = remote !== (git.config.get(`branch.${branch}.remote`) ?? usual);
  if (how === "current" || (how === "simple" && triangular) || git.config.boolean("push.autosetupremote", false)) return [`refs/heads/${branch}:refs/heads/${branch}`];
  if (!upstream || upstream.remote !== remote) {
    if (settingUpstream) return [`refs/heads/${branch}:refs/heads/${branch}`];
    throw new Die(`The current branch ${branch} has no upstream branch.\nTo push the current branch and set the remote as upstream, use\n\n    git push --set-upstream ${remote} ${branch}\n\nTo have this happen automatically for branches without a tracking\nupstream, see 'push.autoSetupRemote' in 'git help config'.\n`);
  }
  if (how === "simple" && upstream.merge !== `refs/heads/${branch}`) {
    const short = shortRefName(upstream.merge);
    throw new Die(`The upstream branch of your current branch does not match\nthe name of your current branch.  To push to the upstream branch\non the remote, use\n\n    git push ${remote} HEAD:${short}\n\nTo push to the branch of the same name on the remote, use\n\n    git push ${remote} HEAD\n\nTo choose either option permanently, see push.default in 'git help config'.\n\nTo avoid automatically configuring an upstream branch when its name\nwon't match the local branch, see option 'simple' of branch.autoSetupMerge\nin 'git help config'.\n`);
  }
  return [`refs/heads/${branch}:${upstream.merge}`];
}

interface PlanOptions {
  readonly all: boolean;
  readonly mirror: boolean;
  readonly tags: boolean;
  readonly follow: boolean;
  readonly delete: boolean;
  readonly force: boolean;
  readonly prune: boolean;
}

function* plan(git: Git, connection: Connection, words: readonly string[], options: PlanOptions, url: string): Blocking<Planned[]> {
  const { refs } = git;
  const there = new Map(connection.refs.map((ref) => [ref.name, ref.id]));
  const plans: Planned[] = [];
  const add = (local: string, id: ObjectId, remote: string, force: boolean) => {
    if (!plans.some((one) => one.remote === remote)) plans.push({ local, id, remote, old: there.get(remote) ?? NULL_ID, force: force || options.force, rejected: undefined, refusal: undefined, forced: false });
  };
  if (options.all || options.mirror) for (const ref of yield* refs.list(options.mirror ? "refs/" : "refs/heads/")) add(ref.name, ref.id, ref.name, options.mirror);
  if (options.mirror) for (const name of there.keys()) if ((yield* refs.read(name)) === undefined) add("", NULL_ID, name, true);
  const problem = function* (lines: string): Blocking<never> {
    yield* git.error(lines);
    yield* git.error(`failed to push some refs to '${url}'`);
    throw new Quit(1);
  };
  for (const raw of words) {
    const spec = parseRefspec(options.delete ? `:${raw}` : raw === "tag" ? raw : raw);
    if (raw === ":" || raw === "+:") {
      for (const ref of yield* refs.list("refs/heads/")) if (there.has(ref.name)) add(ref.name, ref.id, ref.name, raw === "+:");
      continue;
    }
    if (spec.from.includes("*")) {
      for (const ref of yield* refs.list()) {
        const target = mapRef(spec.to === "" ? { ...spec, to: spec.from } : spec, ref.name);
        if (target !== undefined) add(ref.name, ref.id, target, spec.force);
      }
      continue;
    }
    if (spec.from === "") {
      const name = spec.to.startsWith("refs/") ? spec.to : [`refs/heads/${spec.to}`, `refs/tags/${spec.to}`].find((one) => there.has(one));
      if (name === undefined || !there.has(name)) yield* problem(`unable to delete '${spec.to}': remote ref does not exist`);
      add("", NULL_ID, name ?? "", spec.force);
      continue;
    }
    const ref = spec.from === "HEAD" || spec.from === "@" ? { name: (yield* refs.symbolicTarget("HEAD")) ?? "HEAD", id: (yield* refs.read("HEAD")) ?? NULL_ID } : yield* findRef(git, spec.from);
    const id = ref && ref.id !== NULL_ID ? ref.id : yield* resolve(git, spec.from);
    if (id === undefined || id === NULL_ID) yield* problem(`src refspec ${spec.from} does not match any`);
    let target = spec.to;
    if (target === "") {
      if (!ref || !ref.name.startsWith("refs/")) throw new Die(`The destination you provided is not a full refname (i.e.,\nstarting with "refs/"). We tried to guess what you meant by:\n\n- Looking for a ref that matches '${spec.from}' on the remote side.`);
      target = ref.name;
    } else if (!target.startsWith("refs/")) {
      const known = [`refs/heads/${target}`, `refs/tags/${target}`].find((name) => there.has(name));
      if (known !== undefined) target = known;
      else if (ref?.name.startsWith("refs/tags/")) target = `refs/tags/${target}`;
      else if (ref?.name.startsWith("refs/heads/") || ref?.name.startsWith("refs/remotes/")) target = `refs/heads/${target}`;
      else yield* problem(`The destination you provided is not a full refname (i.e.,\nstarting with "refs/"). We tried to guess what you meant by:\n\n- Looking for a ref that matches '${target}' on the remote side.\n- Checking if the <src> being pushed ('${spec.from}')\n  is a ref in "refs/{heads,tags}/". If so we add a corresponding\n  refs/{heads,tags}/ prefix on the remote side.\n\nNeither worked, so we gave up. You must fully qualify the ref.\nhint: The <src> part of the refspec is a commit object.\nhint: Did you mean to create a new branch by pushing to\nhint: '${spec.from}:refs/heads/${target}'?`);
    }
    add(spec.from === "HEAD" || spec.from === "@" ? "HEAD" : (ref?.name ?? spec.from), id ?? NULL_ID, target, spec.force);
  }
  if (options.tags) for (const ref of yield* refs.list("refs/tags/")) add(ref.name, ref.id, ref.name, false);
  if (options.follow) {
    const tips: ObjectId[] = [];
    for (const one of plans) {
      const commit = one.id === NULL_ID ? undefined : yield* peel(git, one.id, "commit");
      if (commit !== undefined) tips.push(commit);
    }
    const reachable = yield* commits(git).ancestors(tips);
    for (const ref of yield* refs.list("refs/tags/")) {
      const commit = yield* peel(git, ref.id, "commit");
      if (commit !== undefined && commit !== ref.id && reachable.has(commit) && !there.has(ref.name)) add(ref.name, ref.id, ref.name, false);
    }
  }
  return plans;
}

function* check(git: Git, one: Planned, lease: string | boolean | undefined, remote: string): Blocking<void> {
  if (one.old === one.id || one.id === NULL_ID) return;
  if (one.old === NULL_ID) return;
  if (lease !== undefined && lease !== false) {
    const [name, expected] = typeof lease === "string" ? lease.split(":") : [undefined, undefined];
    if (name === undefined || shortRefName(one.remote) === name || one.remote === name) {
      const tracking = fetchSpecs(git, remote).map((spec) => mapRef(spec, one.remote)).find((found) => found !== undefined);
      const seen = expected === undefined ? (tracking === undefined ? undefined : yield* git.refs.read(tracking)) : yield* resolve(git, expected);
      if (seen === one.old) {
        one.forced = !(yield* forward(git, one));
        return;
      }
      one.rejected = "stale info";
      return;
    }
  }
  if (one.remote.startsWith("refs/tags/")) {
    if (!one.force) one.rejected = "already exists";
    else one.forced = true;
    return;
  }
  if (!(yield* git.objects.has(one.old))) {
    if (one.force) one.forced = true;
    else one.rejected = "fetch first";
    return;
  }
  if (yield* forward(git, one)) return;
  if (one.force) one.forced = true;
  else one.rejected = "non-fast-forward";
}

function* forward(git: Git, one: Planned): Blocking<boolean> {
  if (!(yield* git.objects.has(one.old))) return false;
  const [a, b] = [yield* peel(git, one.old, "commit"), yield* peel(git, one.id, "commit")];
  return a !== undefined && b !== undefined && (yield* commits(git).isAncestor(a, b));
}

/** Sends commands and pack, hears what became of them. */
function* transfer(git: Git, connection: Connection, todo: readonly Planned[], progress: boolean): Blocking<void> {
  const { sys } = git;
  yield* send(sys, connection.output, ...todo.map((one, i) => packet(`${one.old} ${one.id} ${one.remote}${i === 0 ? "\0 report-status side-band-64k agent=git/2.39.5" : ""}`)), FLUSH);
  const wants = todo.filter((one) => one.id !== NULL_ID).map((one) => one.id);
  if (wants.length > 0) {
    const needed = yield* neededObjects(git, wants, connection.refs.map((ref) => ref.id));
    const pack = yield* writePack(sys, needed, (id) => git.objects.read(id));
    const count = needed.length;
    if (progress && count > 0) yield* git.err(`Enumerating objects: ${count}, done.\nCounting objects: 100% (${count}/${count}), done.\nWriting objects: 100% (${count}/${count}), ${sizeText(pack.length)} | ${sizeText(pack.length)}/s, done.\nTotal ${count} (delta 0), reused 0 (delta 0), pack-reused 0\n`);
    yield* send(sys, connection.output, pack);
  }
  sys.close(connection.output);
  const answer: Uint8Array[] = [];
  let said = "";
  const suffix = sys.isatty(2) ? "\x1b[K" : "        ";
  for (let data = yield* connection.reader.packet(); data !== undefined; data = yield* connection.reader.packet()) {
    const body = data.subarray(1);
    if (data[0] === 1) answer.push(body);
    else {
      said += decode(body);
      const lines = said.split("\n");
      said = lines.pop() ?? "";
      if (lines.length > 0) yield* git.err(lines.map((line) => `remote: ${line}${line === "" ? "" : suffix}\n`).join(""));
    }
  }
  if (said !== "") yield* git.err(`remote: ${said}${suffix}\n`);
  yield* connection.close();
  const report = decode(concatBytes(answer));
  for (let at = 0; at + 4 <= report.length; ) {
    const length = Number.parseInt(report.slice(at, at + 4), 16);
    if (Number.isNaN(length) || length < 4) break;
    const line = report.slice(at + 4, at + length).replace(/\n$/, "");
    at += length;
    const refusal = /^ng (\S+) (.*)$/.exec(line);
    if (refusal) for (const one of todo) if (one.remote === refusal[1]) one.refusal = refusal[2];
  }
}

/** Remote-tracking branches follow what was pushed. */
function* remember(git: Git, remote: string, plans: readonly Planned[]): Blocking<void> {
  for (const one of plans) {
    if (one.rejected !== undefined || one.refusal !== undefined) continue;
    for (const spec of fetchSpecs(git, remote)) {
      const tracking = mapRef(spec, one.remote);
      if (tracking === undefined) continue;
      const known = yield* git.refs.read(tracking);
      if (one.id === NULL_ID) {
        if (known !== undefined) yield* git.refs.update(tracking, { id: undefined, message: "" });
      } else if (known !== one.id) yield* git.refs.update(tracking, { id: one.id, message: "update by push" });
    }
  }
}

function* report(git: Git, url: string, plans: readonly Planned[], how: { readonly quiet: boolean; readonly porcelain: boolean; readonly verbose: boolean }): Blocking<void> {
  const good: string[] = [];
  const bad: string[] = [];
  const line = (code: string, summary: string, one: Planned, note = "") => {
    const names = one.id === NULL_ID ? shortRefName(one.remote) : `${shortRefName(one.local)} -> ${shortRefName(one.remote)}`;
    if (how.porcelain) return `${code}\t${one.id === NULL_ID ? "" : one.local}:${one.remote}\t${summary}${note === "" ? "" : ` (${note})`}\n`;
    return ` ${code} ${summary.padEnd(17)} ${names}${note === "" ? "" : ` (${note})`}\n`;
  };
  for (const one of plans) {
    if (one.rejected !== undefined) bad.push(line("!", "[rejected]", one, one.rejected));
    else if (one.refusal !== undefined) bad.push(line("!", "[remote rejected]", one, one.refusal));
    else if (one.old === one.id) {
      if (how.verbose || how.porcelain) good.push(line("=", "[up to date]", one));
    } else if (one.id === NULL_ID) good.push(line("-", "[deleted]", one));
    else if (one.old === NULL_ID) good.push(line("*", one.remote.startsWith("refs/tags/") ? "[new tag]" : one.remote.startsWith("refs/heads/") ? "[new branch]" : "[new reference]", one));
    else if (one.forced) good.push(line("+", `${yield* abbreviated(git, one.old)}...${yield* abbreviated(git, one.id)}`, one, "forced update"));
    else good.push(line(" ", `${yield* abbreviated(git, one.old)}..${yield* abbreviated(git, one.id)}`, one));
  }
  const rows = [...(how.quiet ? [] : good), ...bad];
  if (rows.length === 0) return;
  if (how.porcelain) git.put(`To ${url}\n${rows.join("")}`);
  else yield* git.err(`To ${url}\n${rows.join("")}`);
}
