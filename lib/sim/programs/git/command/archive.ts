// git archive (git-archive(1)): a tar of a tree; other formats through the programs that make them.
import { concatBytes, encode } from "../../../kernel/sys.ts";
import { waitFor } from "../../kit/shell-command.ts";
import { startChild, statusOf } from "../base/child-process.ts";
import { Die } from "../base/die.ts";
import { gitCommand } from "../base/git-command.ts";
import { flag, text } from "../base/options.ts";
import { commits, peel } from "../history/commits.ts";
import { resolve } from "../history/revision.ts";
import { treeEntries } from "../store/tree-files.ts";
import { LINK_MODE, SUBMODULE_MODE, isTreeMode } from "../store/tree-object.ts";
import { writeFd, writeFile } from "../store/file-bytes.ts";
import { pathspec } from "../work-tree/pathspec.ts";
import { Attributes } from "../work-tree/attributes.ts";
import type { Blocking } from "../../../kernel/sys.ts";

function header(name: string, mode: number, size: number, type: string, mtime: number, link = ""): Uint8Array {
  const block = new Uint8Array(512);
  const put = (at: number, value: string) => block.set(encode(value).subarray(0, 155), at);
  const octal = (value: number, width: number) => value.toString(8).padStart(width, "0");
  const bytes = encode(name);
  const slash = bytes.length > 100 ? name.indexOf("/", Math.max(0, name.length - 101)) : -1;
  put(0, slash > 0 ? name.slice(slash + 1) : name);
  put(100, `${octal(mode, 7)}\0`);
  put(108, `${octal(0, 7)}\0`);
  put(116, `${octal(0, 7)}\0`);
  put(124, `${octal(size, 11)}\0`);
  put(136, `${octal(mtime, 11)}\0`);
  put(148, "        ");
  put(156, type);
  put(157, link);
  put(257, "ustar\x0000");
  put(265, "root");
  put(297, "root");
  put(329, `${octal(0, 7)}\0${octal(0, 7)}\0`);
  if (slash > 0) put(345, name.slice(0, slash));
  put(148, `${octal(block.reduce((sum, byte) => sum + byte, 0), 7)}\0`);
  return block;
}

export const archive = gitCommand({
  name: "archive", plumbing: true, summary: "make an archive of a tree", needs: "repository", operands: "none", usage: ["git archive [<options>] <tree-ish> [<path>...]", "git archive --list"],
  options: { format: text("format", "fmt", "tar, tgz, tar.gz"), prefix: text("prefix", "prefix", "before every name"), output: text("o output", "file", "into that file"), list: flag("l list", "list the formats"), verbose: flag("v verbose", "names on standard error") },
  *run(git, { options: given, args }) {
    if (given.list) {
      git.put("tar\ntgz\ntar.gz\nzip\n");
      return 0;
    }
    const [word, ...words] = args;
    if (word === undefined) throw new Die("usage: git archive [<options>] <tree-ish> [<path>...]", 129);
    const format = given.format ?? (/\.(?:tar\.gz|tgz)$/.test(given.output ?? "") ? "tgz" : /\.zip$/.test(given.output ?? "") ? "zip" : "tar");
    if (format === "zip") return yield* git.unsimulated("--format=zip", "use tar or tar.gz");
    if (!["tar", "tgz", "tar.gz"].includes(format)) throw new Die(`Unknown archive format '${format}'`);
    const id = yield* resolve(git, word);
    const tree = id === undefined ? undefined : yield* peel(git, id, "tree");
    if (id === undefined || tree === undefined) throw new Die(`not a valid object name: ${word}`);
    const commit = yield* peel(git, id, "commit");
    const mtime = commit === undefined ? git.calendar.nowSeconds : (yield* commits(git).get(commit)).committer.seconds;
    const paths = pathspec(git, words);
    const attributes = new Attributes(git);
    const parts: Uint8Array[] = [];
    const prefix = given.prefix ?? "";
    if (commit !== undefined) {
      const comment = `52 comment=${commit}\n`;
      const body = new Uint8Array(512);
      body.set(encode(comment));
      parts.push(header("pax_global_header", 0o666, comment.length, "g", mtime), body);
    }
    if (prefix.endsWith("/")) parts.push(header(prefix, 0o775, 0, "5", mtime));
    const matched: string[] = [];
    const take = function* (folder: string, path: string): Blocking<void> {
      for (const entry of yield* treeEntries(git.objects, folder)) {
        const name = path + entry.name;
        if ((yield* attributes.of(name)).get("export-ignore") === true) continue;
        if (isTreeMode(entry.mode)) {
          if (!paths.mayMatchBelow(name)) continue;
          parts.push(header(`${prefix}${name}/`, 0o775, 0, "5", mtime));
          yield* take(entry.id, `${name}/`);
          continue;
        }
        if (!paths.matches(name) || entry.mode === SUBMODULE_MODE) continue;
        matched.push(name);
        if (given.verbose) yield* git.err(`${prefix}${name}\n`);
        const { body } = yield* git.objects.read(entry.id);
        if (entry.mode === LINK_MODE) parts.push(header(prefix + name, 0o777, 0, "2", mtime, String.fromCharCode(...body)));
        else {
          const padded = new Uint8Array(Math.ceil(body.length / 512) * 512);
          padded.set(body);
          parts.push(header(prefix + name, entry.mode & 0o100 ? 0o775 : 0o664, body.length, "0", mtime), padded);
        }
        if (git.sys.charge(5 + (body.length >> 6))) yield* git.sys.preempt();
      }
    };
    yield* take(tree, "");
    for (const missing of paths.unmatched(matched)) throw new Die(`pathspec '${missing}' did not match any files`);
    const length = parts.reduce((sum, part) => sum + part.length, 0) + 1024;
    parts.push(new Uint8Array(1024 + ((10240 - (length % 10240)) % 10240)));
    const whole = concatBytes(parts);
    const path = given.output === undefined ? undefined : given.output.startsWith("/") ? given.output : git.prefix + given.output;
    if (format === "tar") {
      if (path !== undefined) yield* writeFile(git.sys, path, whole);
      else git.out.putBytes(whole);
      return 0;
    }
    const { sys } = git;
    yield* git.out.flush();
    if (path !== undefined) yield* writeFile(sys, path, "");
    const [read, write] = sys.pipe();
    const target = path === undefined ? 1 : yield* sys.open(path, 1);
    const pid = startChild(sys, ["gzip", "-cn"], { stdin: read, stdout: target, close: [write] });
    sys.close(read);
    yield* writeFd(sys, write, whole);
    sys.close(write);
    return statusOf(yield* waitFor(sys, pid));
  },
});
