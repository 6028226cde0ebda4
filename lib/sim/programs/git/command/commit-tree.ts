// git commit-tree (git-commit-tree(1)).
import { decode } from "../../../kernel/sys.ts";
import { Die } from "../base/die.ts";
import { gitCommand } from "../base/git-command.ts";
import { texts } from "../base/options.ts";
import { peel } from "../history/commits.ts";
import { writeCommit } from "../history/make-commit.ts";
import { commitOrDie, resolve } from "../history/revision.ts";
import { readAll } from "../store/file-bytes.ts";

export const commitTree = gitCommand({
  name: "commit-tree", plumbing: true, summary: "make a commit object of a tree", needs: "repository", operands: "none", usage: ["git commit-tree <tree> [(-p <parent>)...]", "git commit-tree [(-p <parent>)...] [-S[<keyid>]] [(-m <message>)...]", "                [(-F <file>)...] <tree>"], options: { parents: texts("p", "parent", "a parent"), messages: texts("m", "message", "the message") },
  *run(git, { options, args }) {
    const [word] = args;
    if (word === undefined) throw new Die("must give exactly one tree");
    const id = yield* resolve(git, word);
    const tree = id === undefined ? undefined : yield* peel(git, id, "tree");
    if (tree === undefined) throw new Die(`not a valid object name ${word}`);
    const parents: string[] = [];
    for (const parent of options.parents) parents.push(yield* commitOrDie(git, parent, `not a valid object name ${parent}`));
    const message = options.messages.length > 0 ? options.messages.map((one) => one.replace(/\n*$/, "\n")).join("\n") : decode(yield* readAll(git.sys, 0));
    git.put(`${yield* writeCommit(git, { tree, parents, message, author: yield* git.ident("author") })}\n`);
    return 0;
  },
});
