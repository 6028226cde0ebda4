// git count-objects (git-count-objects(1)).
import { gitCommand } from "../base/git-command.ts";
import { flag } from "../base/options.ts";

export const countObjects = gitCommand({
  name: "count-objects", plumbing: true, summary: "count objects that are in no pack, and their size on disk", needs: "repository", operands: "none", usage: ["git count-objects [-v] [-H | --human-readable]"], options: { verbose: flag("v verbose", "packs too"), human: flag("H human-readable", "sizes for people") },
  *run(git, { options }) {
    const { objects, sys } = git;
    const ids = objects.looseIds();
    let bytes = 0;
    for (const id of ids) bytes += sys.lstat(`${objects.directory}/${id.slice(0, 2)}/${id.slice(2)}`).blocks * 512;
    const shown = (value: number) => (!options.human ? String(Math.floor(value / 1024)) : value >= 1048576 ? `${(value / 1048576).toFixed(2)} MiB` : value >= 1024 ? `${(value / 1024).toFixed(2)} KiB` : `${value} bytes`);
    if (!options.verbose) {
      git.put(`${ids.length} objects, ${shown(bytes)}${options.human ? "" : " kilobytes"}\n`);
      return 0;
    }
    const packs = yield* objects.packs();
    let packed = 0;
    let packBytes = 0;
    const inPack = new Set<string>();
    for (const pack of packs) {
      packed += pack.index.ids.length;
      for (const id of pack.index.ids) inPack.add(id);
      packBytes += sys.stat(pack.path).sizeBytes + sys.stat(pack.path.replace(/\.pack$/, ".idx")).sizeBytes;
    }
    git.put(`count: ${ids.length}\nsize: ${shown(bytes)}\nin-pack: ${packed}\npacks: ${packs.length}\nsize-pack: ${shown(packBytes)}\nprune-packable: ${ids.filter((id) => inPack.has(id)).length}\ngarbage: 0\nsize-garbage: ${options.human ? "0 bytes" : "0"}\n`);
    return 0;
  },
});
