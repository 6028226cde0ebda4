// git update-ref (git-update-ref(1)).
import { Die } from "../base/die.ts";
import { gitCommand } from "../base/git-command.ts";
import { flag, text } from "../base/options.ts";
import { resolve } from "../history/revision.ts";
import { NULL_ID } from "../store/object-id.ts";

export const updateRef = gitCommand({
  name: "update-ref", plumbing: true, summary: "change what a reference leads to", needs: "repository", operands: "none", usage: ["git update-ref [<options>] -d <refname> [<old-val>]", "git update-ref [<options>]    <refname> <new-val> [<old-val>]"],
  options: { message: text("m", "reason", "for the reflog"), delete: flag("d", "delete the reference"), noDeref: flag("no-deref", "HEAD itself"), createReflog: flag("create-reflog", "with a reflog") },
  *run(git, { options: given, args }) {
    const [name = "", ...values] = args;
    const id = function* (word: string) {
      if (word === "" || /^0+$/.test(word)) return NULL_ID;
      const found = yield* resolve(git, word);
      if (found === undefined || !(yield* git.objects.has(found))) throw new Die(`${word}: not a valid SHA1`);
      return found;
    };
    if (given.delete) {
      yield* git.refs.update(name, { id: undefined, message: given.message ?? "", ...(values[0] !== undefined && { old: yield* id(values[0]) }) });
      return 0;
    }
    if (values[0] === undefined) throw new Die("usage: git update-ref [<options>] <refname> <new-val> [<old-val>]", 129);
    const next = yield* id(values[0]);
    if (given.noDeref && name === "HEAD") yield* git.refs.detach(next, (yield* git.refs.read("HEAD")) ?? NULL_ID, given.message ?? "");
    else yield* git.refs.update(name, { id: next, message: given.message ?? "", ...(values[1] !== undefined && { old: yield* id(values[1]) }), ...(given.createReflog && { forceLog: true }) });
    return 0;
  },
});
