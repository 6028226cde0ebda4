// git gc, pack-refs, prune, repack in one (git-gc(1)).
import { SysError } from "../../../kernel/sys.ts";
import { toHex } from "../../kit/digest/hasher.ts";
import { gitCommand } from "../base/git-command.ts";
import { flag, optional } from "../base/options.ts";
import { peel } from "../history/commits.ts";
import { connectedObjects, roots } from "../history/connected.ts";
import { packIndexOf, unpackAll, writePack } from "../store/pack.ts";
import { namesIn, writeFile } from "../store/file-bytes.ts";
import type { Git } from "../base/git.ts";
import type { Blocking } from "../../../kernel/sys.ts";

export function* packRefs(git: Git): Blocking<void> {
  const list: { readonly name: string; readonly id: string; readonly peeled: string | undefined }[] = [];
  for (const ref of yield* git.refs.list()) {
    if ((yield* git.refs.symbolicTarget(ref.name)) !== undefined) continue;
    const peeled = yield* peel(git, ref.id, "any");
    list.push({ name: ref.name, id: ref.id, peeled: peeled === ref.id ? undefined : peeled });
  }
  if (list.length === 0) return;
  yield* git.refs.writePacked(list);
  for (const { name } of list) git.refs.dropLoose(name);
}

export const gc = gitCommand({
  name: "gc", plumbing: true, summary: "clean up and pack the repository", needs: "repository", operands: "none", usage: ["git gc [<options>]"],
  options: { quiet: flag("q quiet", "say less"), prune: optional("prune", "date", "remove lost objects that are older"), cruft: flag("cruft", "accepted"), aggressive: flag("aggressive", "accepted"), auto: flag("auto", "only when there is much to do"), force: flag("force", "accepted"), keepLargest: flag("keep-largest-pack", "accepted") },
  *run(git, { options: given }) {
    const { sys, objects } = git;
    if (given.auto && objects.looseIds().length < git.config.integer("gc.auto", 6700)) return 0;
    yield* packRefs(git);
    const keep = [...(yield* connectedObjects(git, yield* roots(git, true)))];
    const old = yield* objects.packs();
    if (keep.length > 0) {
      const pack = yield* writePack(sys, keep, (id) => objects.read(id));
      const path = `${objects.directory}/pack/pack-${toHex(pack.subarray(-20))}`;
      if (sys.isatty(2) && !given.quiet) yield* git.err(`Enumerating objects: ${keep.length}, done.\nCounting objects: 100% (${keep.length}/${keep.length}), done.\nWriting objects: 100% (${keep.length}/${keep.length}), done.\nTotal ${keep.length} (delta 0), reused 0 (delta 0), pack-reused 0\n`);
      yield* writeFile(sys, `${path}.pack`, pack, 0o444);
      yield* writeFile(sys, `${path}.idx`, packIndexOf(pack, yield* unpackAll(sys, pack, (id) => objects.tryRead(id))), 0o444);
      for (const one of old) if (one.path !== `${path}.pack`) for (const suffix of [".pack", ".idx"]) sys.unlink(one.path.replace(/\.pack$/, suffix));
      yield* writeFile(sys, `${objects.directory}/info/packs`, `P pack-${toHex(pack.subarray(-20))}.pack\n\n`);
    }
    const packed = new Set(keep);
    const limit = given.prune === "now" || given.prune === "all" ? Number.POSITIVE_INFINITY : git.calendar.nowSeconds - 14 * 86400;
    for (const id of objects.looseIds()) {
      const path = `${objects.directory}/${id.slice(0, 2)}/${id.slice(2)}`;
      if (packed.has(id) || sys.lstat(path).mtimeUs / 1e6 < limit) sys.unlink(path);
      if (sys.charge(3)) yield* sys.preempt();
    }
    for (const folder of namesIn(sys, objects.directory)) {
      if (!/^[0-9a-f]{2}$/.test(folder)) continue;
      try {
        sys.rmdir(`${objects.directory}/${folder}`);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
    }
    objects.forgetPacks();
    return 0;
  },
});

export const packRefsCommand = gitCommand({
  name: "pack-refs", plumbing: true, summary: "put references into one file", needs: "repository", operands: "none", usage: ["git pack-refs [--all] [--no-prune]"], options: { all: flag("all", "accepted"), prune: flag("prune", "accepted") },
  *run(git) {
    yield* packRefs(git);
    return 0;
  },
});
