// git show-ref (git-show-ref(1)).
import { Die, Quit } from "../base/die.ts";
import { gitCommand } from "../base/git-command.ts";
import { flag, optional } from "../base/options.ts";
import { peel } from "../history/commits.ts";

export const showRef = gitCommand({
  name: "show-ref", plumbing: true, summary: "list references", needs: "repository", operands: "none", usage: ["git show-ref [-q | --quiet] [--verify] [--head] [-d | --dereference]", "             [-s | --hash[=<n>]] [--abbrev[=<n>]] [--tags]", "             [--heads] [--] [<pattern>...]"],
  options: { tags: flag("tags", "only tags"), heads: flag("heads", "only branches"), verify: flag("verify", "the names are whole"), head: flag("head", "HEAD too"), dereference: flag("d dereference", "what tags lead to too"), hash: optional("s hash", "n", "only ids"), abbrev: optional("abbrev", "n", "short ids"), quiet: flag("q quiet", "only the status") },
  *run(git, { options: given, args }) {
    const { refs } = git;
    const digits = typeof given.hash === "string" ? Number(given.hash) : typeof given.abbrev === "string" ? Number(given.abbrev) : given.abbrev === true ? 7 : 40;
    const print = function* (name: string, id: string) {
      if (given.quiet) return;
      const shown = digits === 40 ? id : yield* git.objects.abbreviate(id, digits);
      git.put(given.hash !== undefined ? `${shown}\n` : `${shown} ${name}\n`);
      if (!given.dereference) return;
      const peeled = yield* peel(git, id, "any");
      if (peeled !== undefined && peeled !== id) git.put(`${peeled} ${name}^{}\n`);
    };
    if (given.verify) {
      for (const name of args) {
        const id = name.startsWith("refs/") || name === "HEAD" ? yield* refs.read(name) : undefined;
        if (id === undefined) throw given.quiet ? new Quit(1) : new Die(`'${name}' - not a valid ref`);
        yield* print(name, id);
      }
      return 0;
    }
    let found = false;
    const head = given.head ? yield* refs.read("HEAD") : undefined;
    if (head !== undefined) {
      found = true;
      yield* print("HEAD", head);
    }
    for (const ref of yield* refs.list()) {
      if ((given.tags || given.heads) && !(given.tags && ref.name.startsWith("refs/tags/")) && !(given.heads && ref.name.startsWith("refs/heads/"))) continue;
      if (args.length > 0 && !args.some((pattern) => ref.name === pattern || ref.name.endsWith(`/${pattern}`))) continue;
      found = true;
      yield* print(ref.name, ref.id);
    }
    return found ? 0 : 1;
  },
});
