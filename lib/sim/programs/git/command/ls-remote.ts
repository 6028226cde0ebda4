// git ls-remote (git-ls-remote(1)).
import { Quit } from "../base/die.ts";
import { gitCommand } from "../base/git-command.ts";
import { flag, text, texts } from "../base/options.ts";
import { connect } from "../transport/connection.ts";
import { isRemote, placedUrl, remoteUrl } from "../transport/fetch-refs.ts";
import { FLUSH, send } from "../transport/packet-line.ts";
import { wildmatch } from "../work-tree/wildmatch.ts";
import { defaultRemote } from "./fetch.ts";

export const lsRemote = gitCommand({
  name: "ls-remote", plumbing: true, summary: "list the references of another repository", needs: "any", operands: "none", usage: ["git ls-remote [--heads] [--tags] [--refs] [--upload-pack=<exec>]", "              [-q | --quiet] [--exit-code] [--get-url] [--sort=<key>]", "              [--symref] [<repository> [<refs>...]]"],
  options: { quiet: flag("q quiet", "do not say where from"), uploadPack: text("upload-pack exec", "exec", "the program on the other side"), tags: flag("t tags", "only tags"), heads: flag("h heads", "only branches"), refs: flag("refs", "not what tags lead to"), getUrl: flag("get-url", "only print the URL"), sort: texts("sort", "key", "accepted"), exitCode: flag("exit-code", "status 2 when there is none"), symref: flag("symref", "what HEAD follows too") },
  *run(git, { options: given, args }) {
    const [name, ...patterns] = args;
    const remote = name ?? (yield* defaultRemote(git));
    const url = git.maybeRepository ? (isRemote(git, remote) ? remoteUrl(git, remote) : placedUrl(git, remoteUrl(git, remote))) : remote;
    if (given.getUrl) {
      git.put(`${url}\n`);
      return 0;
    }
    if (name === undefined && !given.quiet) yield* git.err(`From ${url}\n`);
    const connection = yield* connect(git, url, "git-upload-pack", given.uploadPack);
    yield* send(git.sys, connection.output, FLUSH);
    yield* connection.close();
    let found = false;
    for (const ref of connection.refs) {
      if (given.refs && (ref.name.endsWith("^{}") || !ref.name.startsWith("refs/"))) continue;
      if ((given.heads || given.tags) && !(given.heads && ref.name.startsWith("refs/heads/")) && !(given.tags && ref.name.startsWith("refs/tags/"))) continue;
      if (patterns.length > 0 && !patterns.some((pattern) => wildmatch(`*/${pattern}`, `/${ref.name}`))) continue;
      found = true;
      if (given.symref && ref.name === "HEAD" && connection.headTarget !== undefined) git.put(`ref: ${connection.headTarget}\tHEAD\n`);
      git.put(`${ref.id}\t${ref.name}\n`);
    }
    if (given.exitCode && !found) throw new Quit(2);
    return 0;
  },
});
