// git stripspace (git-stripspace(1)).
import { decode } from "../../../kernel/sys.ts";
import { gitCommand } from "../base/git-command.ts";
import { stripSpace } from "../base/message.ts";
import { flag } from "../base/options.ts";
import { readAll } from "../store/file-bytes.ts";

export const stripspace = gitCommand({
  name: "stripspace", plumbing: true, summary: "remove needless white space", needs: "any", operands: "none", usage: ["git stripspace [-s | --strip-comments]", "git stripspace [-c | --comment-lines]"], options: { comments: flag("s strip-comments", "comments too"), comment: flag("c comment-lines", "make comments of the lines") },
  *run(git, { options }) {
    const text = decode(yield* readAll(git.sys, 0));
    git.put(options.comment ? text.split("\n").slice(0, -1).map((line) => (line === "" ? "#\n" : `# ${line}\n`)).join("") : stripSpace(text, options.comments ?? false));
    return 0;
  },
});
