// git tag (git-tag(1)).
import type { Blocking } from "../../../kernel/sys.ts";
import { Die, Quit } from "../base/die.ts";
import { launchEditor } from "../base/editor.ts";
import { gitCommand } from "../base/git-command.ts";
import { cleanMessage, cleanupMode, stripSpace } from "../base/message.ts";
import { flag, number, optional, optionalNext, refused, text, texts } from "../base/options.ts";
import { startPager } from "../base/pager.ts";
import { abbreviated } from "../diff/diff-output.ts";
import { formatRef, sortRefs } from "../history/ref-format.ts";
import { resolve } from "../history/revision.ts";
import type { Git } from "../base/git.ts";
import { parseCommit, parseTag, serialiseTag, subjectOf } from "../store/commit-object.ts";
import { readText, writeFile } from "../store/file-bytes.ts";
import { NULL_ID } from "../store/object-id.ts";
import { isValidTagName } from "../store/ref-name.ts";
import { wildmatch } from "../work-tree/wildmatch.ts";
import { filterRefs } from "./branch.ts";
import { dateMode, showDate } from "../base/git-date.ts";

function* annotation(git: Git, id: string, lines: number): Blocking<string> {
  const object = yield* git.objects.read(id);
  const message = object.type === "tag" ? parseTag(object.body).message : object.type === "commit" ? parseCommit(object.body).message : "";
  const text = message.replace(/\n+$/, "").split("\n");
  return lines === 1 ? subjectOf(message) : text.slice(0, lines).join("\n    ");
}

export const tag = gitCommand({
  name: "tag", summary: "make, list, remove or verify a tag object", needs: "repository",
  usage: ["git tag [-a | -s | -u <key-id>] [-f] [-m <msg> | -F <file>] [-e]", "               <tagname> [<head>]", "git tag -d <tagname>...", "git tag [-n[<num>]] -l [--contains <commit>] [--no-contains <commit>] [--points-at <object>]", "                [--format=<format>] [--merged <commit>] [--no-merged <commit>] [<pattern>...]", "git tag -v [--format=<format>] <tagname>..."],
  options: {
    list: flag("l list", "list tags"), lines: optional("n", "n", "with that many lines of the message"), delete: flag("d delete", "delete tags"), verify: refused("v verify", "check signatures", "tags are not signed"), annotate: flag("a annotate", "an annotated tag, with a message"), message: texts("m message", "message", "the message"), file: text("F file", "file", "the message is in a file"), edit: flag("e edit", "edit the message"), sign: refused("s sign", "sign the tag", "tags are not signed"), cleanup: text("cleanup", "mode", "how to clean the message"), localUser: refused("u local-user", "sign the tag", "tags are not signed", "key-id"),
    force: flag("f force", "replace the tag"), createReflog: flag("create-reflog", "with a reflog"), column: refused("column", "in columns", "they are listed one a line"), contains: optionalNext("contains", "commit", "only tags with the commit in their history"), noContains: text("no-contains", "commit", "only tags that do not"), merged: optionalNext("merged", "commit", "only merged tags"), noMerged: optionalNext("no-merged", "commit", "only tags that are not merged"), sort: texts("sort", "key", "order of the list"), pointsAt: text("points-at", "object", "only tags of that object"), format: text("format", "format", "how each is shown"), color: optional("color", "when", "use colours"), ignoreCase: flag("i ignore-case", "order and patterns ignore case"), depth: number("depth", "n", "accepted"),
  },
  *run(git, { options: given, args }) {
    const { refs, repository, sys } = git;
    if (given.delete) {
      let failed = false;
      for (const name of args) {
        const id = yield* refs.read(`refs/tags/${name}`);
        if (id === undefined) {
          yield* git.error(`tag '${name}' not found.`);
          failed = true;
          continue;
        }
        yield* refs.update(`refs/tags/${name}`, { id: undefined, message: "" });
        git.say(`Deleted tag '${name}' (was ${yield* abbreviated(git, id)})\n`);
      }
      return failed ? 1 : 0;
    }
    const filters = given.contains !== undefined || given.noContains !== undefined || given.merged !== undefined || given.noMerged !== undefined || given.pointsAt !== undefined || given.lines !== undefined;
    if (given.list || filters || (args.length === 0 && !given.annotate && given.message.length === 0)) {
      let list = yield* filterRefs(git, yield* refs.list("refs/tags/"), { contains: given.contains, noContains: given.noContains, merged: given.merged, noMerged: given.noMerged, pointsAt: given.pointsAt });
      list = list.filter((ref) => args.length === 0 || args.some((pattern) => wildmatch(pattern, ref.name.slice(10), given.ignoreCase ? { ignoreCase: true } : {})));
      list = yield* sortRefs(git, list, given.sort.length > 0 ? given.sort : git.config.all("tag.sort").map((entry) => entry.value ?? ""), given.ignoreCase ?? false);
      yield* startPager(git);
      const lines = given.lines === undefined || given.lines === false ? 0 : given.lines === true ? 1 : Number(given.lines);
      if (Number.isNaN(lines)) throw new Quit(129, "error: switch `n' expects a numerical value");
      for (const ref of list) {
        if (given.format !== undefined) git.put(`${yield* formatRef(git, ref, given.format)}\n`);
        else if (lines > 0) git.put(`${ref.name.slice(10).padEnd(15)} ${yield* annotation(git, ref.id, lines)}\n`);
        else git.put(`${ref.name.slice(10)}\n`);
      }
      return 0;
    }
    const [name = "", start = "HEAD"] = args;
    if (args.length === 0) throw new Die("no tag name given");
    if (args.length > 2) throw new Die("too many arguments");
    const id = yield* resolve(git, start);
    if (id === undefined || !(yield* git.objects.has(id))) throw new Die(`Failed to resolve '${start}' as a valid ref.`);
    if (!isValidTagName(name)) throw new Die(`'${name}' is not a valid tag name.`);
    const full = `refs/tags/${name}`;
    const known = yield* refs.read(full);
    if (known !== undefined && !given.force) throw new Die(`tag '${name}' already exists`);
    let target = id;
    if (given.annotate || given.message.length > 0 || given.file !== undefined) {
      const object = yield* git.objects.read(id);
      if (object.type === "tag") yield* git.advice("nestedTag", `You have created a nested tag. The object referred to by your new tag is\nalready a tag. If you meant to tag the object that it points to, use:\n\n\tgit tag -f ${name} ${start}^{}`);
      let message = given.message.length > 0 ? `${given.message.join("\n\n")}\n` : given.file === undefined ? undefined : yield* readText(sys, given.file.startsWith("/") ? given.file : git.prefix + given.file);
      if (given.file !== undefined && message === undefined) throw new Die(`could not open or read '${given.file}': No such file or directory`);
      const edit = message === undefined || given.edit === true;
      if (edit) {
        const path = `${repository.gitDir}/TAG_EDITMSG`;
        const before = known !== undefined && (yield* git.objects.read(known)).type === "tag" ? parseTag((yield* git.objects.read(known)).body).message : "";
        yield* writeFile(sys, path, `${message ?? (before === "" ? "\n" : before)}#\n# Write a message for tag:\n#   ${name}\n# Lines starting with '#' will be ignored.\n`);
        if (!(yield* launchEditor(git, path))) {
          yield* git.err("Please supply the message using either -m or -F option.\n");
          return 1;
        }
        message = (yield* readText(sys, path)) ?? "";
        sys.unlink(path);
      }
      message = cleanMessage(message ?? "", cleanupMode(given.cleanup), edit || given.cleanup === undefined);
      if (given.message.length === 0 && given.file === undefined && stripSpace(message, false) === "") throw new Die("no tag message?");
      target = yield* git.objects.write("tag", serialiseTag({ object: id, type: object.type, tag: name, tagger: yield* git.ident("committer"), message }));
    }
    const commit = yield* git.objects.read(id);
    const note = commit.type === "commit" ? `tag: tagging ${yield* abbreviated(git, id)} (${subjectOf(parseCommit(commit.body).message)}, ${yield* showDate(git.calendar, parseCommit(commit.body).committer, dateMode("short"))})` : "tag: tagging";
    yield* refs.update(full, { id: target, old: known ?? NULL_ID, message: note, ...(given.createReflog && { forceLog: true }) });
    if (known !== undefined && known !== target) git.say(`Updated tag '${name}' (was ${yield* abbreviated(git, known)})\n`);
    return 0;
  },
});
