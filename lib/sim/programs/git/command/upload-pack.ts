// git upload-pack (git-upload-pack(1)): the side that gives, of clone and fetch.
import { type Blocking, SysError } from "../../../kernel/sys.ts";
import { canonicalPath } from "../../kit/canonical-path.ts";
import { exists } from "../../kit/presence.ts";
import { Die } from "../base/die.ts";
import type { Git } from "../base/git.ts";
import { gitCommand } from "../base/git-command.ts";
import { flag, number } from "../base/options.ts";
import { findRepository } from "../base/repository.ts";
import { commits, peel } from "../history/commits.ts";
import { NULL_ID, type ObjectId } from "../store/object-id.ts";
import { writePack } from "../store/pack.ts";
import { FLUSH, HungUp, PacketReader, packet, send } from "../transport/packet-line.ts";
import { neededObjects } from "../transport/reachable.ts";

/** Goes to a repository that another git named. Throws Die. */
export function* enterNamed(git: Git, name: string): Blocking<void> {
  const { sys } = git;
  const home = sys.environment.get("HOME") ?? "";
  const base = name.startsWith("~/") ? home + name.slice(1) : name;
  for (const suffix of ["/.git", "", ".git/.git", ".git"]) {
    const path = base + suffix;
    if (!exists(sys, path)) continue;
    try {
      sys.chdir(path);
    } catch (error) {
      if (error instanceof SysError) continue;
      throw error;
    }
    const place = yield* findRepository(sys);
    if (place && place.gitDir === sys.getcwd()) {
      yield* git.enter({ ...place, workTree: path.endsWith("/.git") ? canonicalPath(sys, "..", "missing") : undefined });
      sys.chdir(place.gitDir);
      return;
    }
  }
  throw new Die(`'${name}' does not appear to be a git repository`);
}

function* serve(git: Git): Blocking<number> {
  const { sys, refs } = git;
  const list = yield* refs.list();
  const head = yield* refs.read("HEAD");
  const target = yield* refs.symbolicTarget("HEAD");
  const capabilities = `multi_ack shallow agent=git/2.39.5${target === undefined ? "" : ` symref=HEAD:${target}`}`;
  const lines: string[] = [];
  if (head !== undefined) lines.push(`${head} HEAD`);
  for (const ref of list) {
    lines.push(`${ref.id} ${ref.name}`);
    const peeled = ref.name.startsWith("refs/tags/") ? yield* peel(git, ref.id, "any") : undefined;
    if (peeled !== undefined && peeled !== ref.id) lines.push(`${peeled} ${ref.name}^{}`);
  }
  if (lines.length === 0) lines.push(`${NULL_ID} capabilities^{}`);
  yield* send(sys, 1, ...lines.map((line, i) => packet(`${line}${i === 0 ? `\0${capabilities}` : ""}\n`)), FLUSH);
  const reader = new PacketReader(sys, 0);
  const wants: ObjectId[] = [];
  const haves: ObjectId[] = [];
  let depth: number | undefined;
  try {
    for (let line = yield* reader.line(); line !== undefined; line = yield* reader.line()) {
      if (line.startsWith("want ")) wants.push(line.slice(5, 45));
      else if (line.startsWith("deepen ")) depth = Number(line.slice(7));
    }
    if (wants.length === 0) return 0;
    const edges = new Set<ObjectId>();
    if (depth !== undefined) {
      let level: ObjectId[] = [];
      for (const id of wants) {
        const commit = yield* peel(git, id, "commit");
        if (commit !== undefined) level.push(commit);
      }
      const seen = new Set<ObjectId>(level);
      for (let n = 1; n <= depth && level.length > 0; n++) {
        const next: ObjectId[] = [];
        for (const id of level) {
          const { parents } = yield* commits(git).get(id);
          if (n === depth && parents.length > 0) edges.add(id);
          for (const parent of parents) if (!seen.has(parent) && n < depth) {
            seen.add(parent);
            next.push(parent);
          }
        }
        level = next;
      }
      yield* send(sys, 1, ...[...edges].map((id) => packet(`shallow ${id}\n`)), FLUSH);
    }
    for (let line = yield* reader.line(); line !== "done"; line = yield* reader.line()) if (line?.startsWith("have ")) haves.push(line.slice(5, 45));
    const common: ObjectId[] = [];
    for (const id of haves) if (yield* git.objects.has(id)) common.push(id);
    yield* send(sys, 1, packet(common.length === 0 ? "NAK\n" : `ACK ${common.at(-1)}\n`));
    yield* send(sys, 1, yield* writePack(sys, yield* neededObjects(git, wants, common, edges), (id) => git.objects.read(id)));
    return 0;
  } catch (error) {
    if (error instanceof HungUp) return 0;
    throw error;
  }
}

export const uploadPack = gitCommand({
  name: "upload-pack", plumbing: true, summary: "send objects to a git that fetches", needs: "none", usage: ["git-upload-pack [--[no-]strict] [--timeout=<n>] [--stateless-rpc]", "                  [--advertise-refs] <directory>"],
  options: { strict: flag("strict", "accepted"), timeout: number("timeout", "n", "accepted"), stateless: flag("stateless-rpc", "accepted"), advertise: flag("advertise-refs", "accepted") },
  *run(git, { args }) {
    const [folder] = args;
    if (folder === undefined) throw new Die("usage: git-upload-pack <directory>", 129);
    yield* enterNamed(git, folder);
    return yield* serve(git);
  },
});
