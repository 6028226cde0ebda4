// git receive-pack (git-receive-pack(1)): the side that takes, of push.
import { type Blocking, SysError, concatBytes, encode } from "../../../kernel/sys.ts";
import { exists } from "../../kit/presence.ts";
import { waitFor } from "../../kit/shell-command.ts";
import { startChild, statusOf } from "../base/child-process.ts";
import { Die } from "../base/die.ts";
import type { Git } from "../base/git.ts";
import { gitCommand } from "../base/git-command.ts";
import { flag } from "../base/options.ts";
import { commits, peel } from "../history/commits.ts";
import { NULL_ID, type ObjectId } from "../store/object-id.ts";
import { BadPack } from "../store/pack.ts";
import { isValidRefName } from "../store/ref-name.ts";
import { treeFiles } from "../store/tree-files.ts";
import { readAll, writeFd } from "../store/file-bytes.ts";
import { moveTree } from "../work-tree/move-tree.ts";
import { FLUSH, HungUp, PacketReader, packet, send } from "../transport/packet-line.ts";
import { enterNamed } from "./upload-pack.ts";

interface Update {
  readonly old: ObjectId;
  readonly id: ObjectId;
  readonly name: string;
}

const REFUSE_CURRENT = `By default, updating the current branch in a non-bare repository
is denied, because it will make the index and work tree inconsistent
with what you pushed, and will require 'git reset --hard' to match
the work tree to HEAD.

You can set the 'receive.denyCurrentBranch' configuration variable
to 'ignore' or 'warn' in the remote repository to allow pushing into
its current branch; however, this is not recommended unless you
arranged to update its work tree to match what you pushed in some
other way.

To squelch this message and still keep the default behaviour, set
'receive.denyCurrentBranch' configuration variable to 'refuse'.
`;

function refuseCurrent(git: Git, name: string): string {
  return `error: refusing to update checked out branch: ${name}\nerror: ${git.inLanguage(REFUSE_CURRENT)}`;
}

/** The text goes to the pusher's terminal. */
function* tell(git: Git, text: Uint8Array): Blocking<void> {
  for (let at = 0; at < text.length; at += 60000) yield* send(git.sys, 1, packet(concatBytes([Uint8Array.of(2), text.subarray(at, at + 60000)])));
}

function* hook(git: Git, name: string, args: readonly string[], stdin: string): Blocking<number | undefined> {
  const { sys } = git;
  const path = `${git.config.path("core.hookspath") ?? `${git.repository.gitDir}/hooks`}/${name}`;
  if (!exists(sys, path)) return undefined;
  try {
    sys.access(path, 1);
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
  const [read, write] = sys.pipe();
  const [inRead, inWrite] = sys.pipe();
  const saved = sys.dup(2, 10);
  sys.dup2(write, 2);
  const pid = startChild(sys, [path, ...args], { environment: new Map([["GIT_DIR", "."]]), stdin: inRead, stdout: write, close: [read, inWrite, saved] });
  sys.dup2(saved, 2);
  for (const fd of [saved, write, inRead]) sys.close(fd);
  try {
    yield* writeFd(sys, inWrite, encode(stdin));
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  sys.close(inWrite);
  const output = yield* readAll(sys, read);
  sys.close(read);
  yield* tell(git, output);
  return statusOf(yield* waitFor(sys, pid));
}

/** The reason why not; undefined after success. */
function* apply(git: Git, update: Update): Blocking<string | undefined> {
  const { refs, config } = git;
  const { name, id, old } = update;
  if (!name.startsWith("refs/") || !isValidRefName(name)) return "funny refname";
  const current = yield* refs.symbolicTarget("HEAD");
  const checkedOut = git.repository.place.workTree !== undefined && current === name;
  const deletes = id === NULL_ID;
  const setting = config.get("receive.denycurrentbranch") ?? "refuse";
  if (checkedOut && !deletes && setting !== "ignore" && setting !== "warn" && setting !== "false" && setting !== "updateInstead") {
    yield* tell(git, encode(refuseCurrent(git, name)));
    return "branch is currently checked out";
  }
  if (checkedOut && !deletes && (setting === "warn")) yield* tell(git, encode("warning: updating the current branch\n"));
  if (deletes) {
    if (config.boolean("receive.denydeletes", false) && name.startsWith("refs/heads/")) {
      yield* tell(git, encode(`error: denying ref deletion for ${name}\n`));
      return "deletion prohibited";
    }
    if (current === name && (config.get("receive.denydeletecurrent") ?? "refuse") === "refuse") {
      yield* tell(git, encode(`error: By default, deleting the current branch is denied, because the next\n'git clone' won't result in any file checked out, causing confusion.\n\nYou can set 'receive.denyDeleteCurrent' configuration variable to\n'warn' or 'ignore' in the remote repository to allow deleting the\ncurrent branch, with or without a warning message.\n\nTo squelch this message, you can set it to 'refuse'.\nerror: refusing to delete the current branch: ${name}\n`));
      return "deletion of the current branch prohibited";
    }
  }
  if (!deletes && old !== NULL_ID && config.boolean("receive.denynonfastforwards", false) && name.startsWith("refs/heads/")) {
    const [from, to] = [yield* peel(git, old, "commit"), yield* peel(git, id, "commit")];
    if (from !== undefined && to !== undefined && !(yield* commits(git).isAncestor(from, to))) {
      yield* tell(git, encode(`error: denying non-fast-forward ${name} (you should pull first)\n`));
      return "non-fast-forward";
    }
  }
  const checked = yield* hook(git, "update", [name, old, id], "");
  if (checked !== undefined && checked !== 0) {
    yield* tell(git, encode(`error: hook declined to update ${name}\n`));
    return "hook declined";
  }
  try {
    if (checkedOut && !deletes && setting === "updateInstead") {
      const from = yield* treeFiles(git.sys, git.objects, old === NULL_ID ? undefined : (yield* commits(git).get(old)).tree);
      const gitDir = git.sys.getcwd();
      git.sys.chdir(git.repository.place.workTree ?? gitDir);
      yield* moveTree(git, from, yield* treeFiles(git.sys, git.objects, (yield* commits(git).get(id)).tree), "checkout");
      git.sys.chdir(gitDir);
    }
    yield* refs.update(name, { id: deletes ? undefined : id, old, message: "push" });
  } catch (error) {
    if (!(error instanceof Die)) throw error;
    yield* tell(git, encode(`error: ${error.message}\n`));
    return "failed to update ref";
  }
  return undefined;
}

function* serve(git: Git): Blocking<number> {
  const { sys, refs } = git;
  const capabilities = "report-status delete-refs side-band-64k quiet ofs-delta agent=git/2.39.5";
  const lines = (yield* refs.list()).map((ref) => `${ref.id} ${ref.name}`);
  if (lines.length === 0) lines.push(`${NULL_ID} capabilities^{}`);
  try {
    yield* send(sys, 1, ...lines.map((line, i) => packet(`${line}${i === 0 ? `\0${capabilities}` : ""}\n`)), FLUSH);
    const reader = new PacketReader(sys, 0);
    const updates: Update[] = [];
    for (let line = yield* reader.line(); line !== undefined; line = yield* reader.line()) {
      const [old = "", id = "", ...name] = (line.split("\0")[0] ?? "").split(" ");
      updates.push({ old, id, name: name.join(" ") });
    }
    if (updates.length === 0) return 0;
    let unpack = "ok";
    if (updates.some((one) => one.id !== NULL_ID)) {
      const pack = yield* reader.rest();
      try {
        if (pack.length > 0) yield* git.objects.takePack(pack, git.config.integer("receive.unpacklimit", git.config.integer("transfer.unpacklimit", 100)));
      } catch (error) {
        if (!(error instanceof BadPack)) throw error;
        unpack = "unpack-objects abnormal exit";
      }
    }
    const results = new Map<Update, string | undefined>();
    const input = updates.map((one) => `${one.old} ${one.id} ${one.name}\n`).join("");
    const before = yield* hook(git, "pre-receive", [], input);
    for (const update of updates) results.set(update, unpack !== "ok" ? "unpacker error" : before !== undefined && before !== 0 ? "pre-receive hook declined" : yield* apply(git, update));
    const done = updates.filter((one) => results.get(one) === undefined);
    const report = [packet(`unpack ${unpack}\n`), ...updates.map((one) => packet(results.get(one) === undefined ? `ok ${one.name}\n` : `ng ${one.name} ${results.get(one)}\n`)), FLUSH];
    yield* send(sys, 1, packet(concatBytes([Uint8Array.of(1), ...report])));
    if (done.length > 0) {
      yield* hook(git, "post-receive", [], done.map((one) => `${one.old} ${one.id} ${one.name}\n`).join(""));
      yield* hook(git, "post-update", done.map((one) => one.name), "");
    }
    yield* send(sys, 1, FLUSH);
    return 0;
  } catch (error) {
    if (error instanceof HungUp) return 0;
    throw error;
  }
}

export const receivePack = gitCommand({
  name: "receive-pack", plumbing: true, summary: "take objects from a git that pushes", needs: "none", usage: ["git receive-pack <git-dir>"],
  options: { quiet: flag("q quiet", "say less") },
  *run(git, { args }) {
    const [folder] = args;
    if (folder === undefined) throw new Die("You must specify a directory.", 129);
    yield* enterNamed(git, folder);
    return yield* serve(git);
  },
});
