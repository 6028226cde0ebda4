// git check-attr (git-check-attr(1)).
import { Die } from "../base/die.ts";
import { gitCommand } from "../base/git-command.ts";
import { flag } from "../base/options.ts";
import { type AttributeValue, Attributes } from "../work-tree/attributes.ts";
import { normalPath } from "../work-tree/pathspec.ts";
import { quotePath } from "../work-tree/quote-path.ts";

const shown = (value: AttributeValue): string => (value === true ? "set" : value === false ? "unset" : (value ?? "unspecified"));

export const checkAttr = gitCommand({
  name: "check-attr", plumbing: true, summary: "attributes of files", needs: "repository", usage: ["git check-attr [-a | --all | <attr>...] [--] <pathname>..."], options: { all: flag("a all", "all that are said of them") },
  *run(git, { options, args, dashes }) {
    const attributes = new Attributes(git);
    const count = options.all ? 0 : dashes === undefined || dashes === args.length ? 1 : dashes;
    const names = args.slice(0, count);
    if (args.length === 0 || (!options.all && args.length <= count)) throw new Die(args.length === 0 ? "No attribute specified" : "No file specified", 129);
    for (const path of args.slice(count)) {
      const values = yield* attributes.of(normalPath(git, path));
      for (const name of options.all ? [...values.keys()].filter((key) => values.get(key) !== undefined) : names) git.put(`${quotePath(path)}: ${name}: ${shown(values.get(name))}\n`);
    }
    return 0;
  },
});
