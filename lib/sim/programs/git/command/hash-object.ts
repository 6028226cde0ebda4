// git hash-object (git-hash-object(1)).
import { SysError } from "../../../kernel/sys.ts";
import { Die } from "../base/die.ts";
import { gitCommand } from "../base/git-command.ts";
import { flag, text } from "../base/options.ts";
import { readAll, readBytes } from "../store/file-bytes.ts";
import { hashObject as idOf, isObjectType } from "../store/object-id.ts";
import { Attributes } from "../work-tree/attributes.ts";
import { normalPath } from "../work-tree/pathspec.ts";

export const hashObject = gitCommand({
  name: "hash-object", plumbing: true, summary: "compute the id of an object, and write it if asked to", needs: "any",
  usage: ["git hash-object [-t <type>] [-w] [--path=<file> | --no-filters] [--stdin] [--] <file>...", "git hash-object  --stdin-paths"],
  options: { type: text("t", "type", "kind of object: blob, tree, commit, tag"), write: flag("w", "write it into the object database"), stdin: flag("stdin", "read the contents from standard input"), literally: flag("literally", "do not check it"), noFilters: flag("no-filters", "store contents as they are"), path: text("path", "file", "as if it came from there") },
  *run(git, { options, args }) {
    const type = options.type ?? "blob";
    if (!isObjectType(type)) throw new Die(`invalid object type "${type}"`);
    if (options.write && !git.maybeRepository) throw new Die("not a git repository (or any of the parent directories): .git");
    const put = function* (bytes: Uint8Array) {
      git.put(`${options.write ? yield* git.objects.write(type, bytes) : idOf(type, bytes)}\n`);
    };
    if (options.stdin) yield* put(yield* readAll(git.sys, 0));
    for (const file of args) {
      let bytes: Uint8Array;
      try {
        bytes = yield* readBytes(git.sys, file.startsWith("/") ? file : git.prefix + file);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        throw new Die(error.errno === "EISDIR" ? `Unable to hash ${git.prefix}${file}` : `could not open '${git.prefix}${file}' for reading: ${error.message}`, 128, error.errno === "EISDIR" ? [] : []);
      }
      if (type === "blob" && git.maybeRepository && !options.noFilters && !file.startsWith("/")) bytes = yield* new Attributes(git).toGit(normalPath(git, options.path ?? file), bytes);
      yield* put(bytes);
    }
    return 0;
  },
});
