// git symbolic-ref (git-symbolic-ref(1)).
import { Die, Quit } from "../base/die.ts";
import { gitCommand } from "../base/git-command.ts";
import { flag, text } from "../base/options.ts";
import { shortRefName } from "../store/ref-name.ts";

export const symbolicRef = gitCommand({
  name: "symbolic-ref", plumbing: true, summary: "read or change a symbolic reference", needs: "repository", operands: "none", usage: ["git symbolic-ref [-m <reason>] <name> <ref>", "git symbolic-ref [-q] [--short] [--no-recurse] <name>", "git symbolic-ref --delete [-q] <name>"],
  options: { quiet: flag("q quiet", "no error"), delete: flag("d delete", "delete it"), short: flag("short", "the short name"), message: text("m", "reason", "for the reflog") },
  *run(git, { options: given, args }) {
    const [name = "HEAD", target] = args;
    if (target !== undefined) {
      if (name === "HEAD" && !target.startsWith("refs/")) throw new Die("Refusing to point HEAD outside of refs/");
      yield* git.refs.setSymbolic(name, target);
      return 0;
    }
    const found = yield* git.refs.symbolicTarget(name);
    if (found === undefined) throw given.quiet ? new Quit(1) : new Die(given.delete ? `Cannot delete ${name}, not a symbolic ref` : `ref ${name} is not a symbolic ref`);
    if (given.delete) {
      if (name === "HEAD") throw new Die("deleting 'HEAD' is not allowed");
      yield* git.refs.remove(name);
    } else git.put(`${given.short ? shortRefName(found) : found}\n`);
    return 0;
  },
});
