// git cat-file (git-cat-file(1)).
import { Input } from "../../kit/input.ts";
import { Die } from "../base/die.ts";
import type { Git } from "../base/git.ts";
import { gitCommand, usage } from "../base/git-command.ts";
import { flag, optional } from "../base/options.ts";
import { peel } from "../history/commits.ts";
import { resolveWithPath } from "../history/revision.ts";
import { isObjectType } from "../store/object-id.ts";
import type { RawObject } from "../store/pack.ts";
import { modeText, parseTree, typeOfMode } from "../store/tree-object.ts";
import { quotePath } from "../work-tree/quote-path.ts";

export function treeListing(body: Uint8Array): string {
  return parseTree(body).map((entry) => `${modeText(entry.mode)} ${typeOfMode(entry.mode)} ${entry.id}\t${quotePath(entry.name)}\n`).join("");
}

function show(git: Git, object: RawObject): void {
  if (object.type === "tree") git.put(treeListing(object.body));
  else git.out.putBytes(object.body);
}

const options = {
  pretty: flag("p", "print it as is fit for its type"), type: flag("t", "print its type"), size: flag("s", "print its size"), exists: flag("e", "only say by the status whether it is there and sound"),
  batch: optional("batch", "format", "print objects that are named on standard input"), batchCheck: optional("batch-check", "format", "print facts of objects that are named on standard input"), allObjects: flag("batch-all-objects", "with --batch: all objects"),
};
const spec = { usage: ["git cat-file <type> <object>", "git cat-file (-e | -p) <object>", "git cat-file (-t | -s) [--allow-unknown-type] <object>", "git cat-file (--batch | --batch-check | --batch-command) [--batch-all-objects]"], options };

export const catFile = gitCommand({
  ...spec, name: "cat-file", plumbing: true, summary: "print contents, type or size of objects", needs: "repository", operands: "none",
  *run(git, { options: given, args }) {
    if (given.batch || given.batchCheck) {
      const names: string[] = [];
      if (given.allObjects) names.push(...(yield* git.objects.allIds()));
      else {
        const input = new Input(git.sys, 0, git.out);
        for (let line = yield* input.line(); line !== undefined; line = yield* input.line()) names.push(line);
      }
      const format = typeof given.batch === "string" ? given.batch : typeof given.batchCheck === "string" ? given.batchCheck : "%(objectname) %(objecttype) %(objectsize)";
      for (const name of names) {
        const id = (yield* resolveWithPath(git, name, true))?.id;
        const object = id === undefined ? undefined : yield* git.objects.tryRead(id);
        if (!object || id === undefined) {
          git.put(`${name} missing\n`);
          continue;
        }
        git.put(`${format.replaceAll("%(objectname)", id).replaceAll("%(objecttype)", object.type).replaceAll("%(objectsize)", String(object.body.length)).replaceAll("%(rest)", "")}\n`);
        if (given.batch) {
          git.out.putBytes(object.body);
          git.put("\n");
        }
        yield* git.flushIfFull();
      }
      return 0;
    }
    const mode = given.pretty ? "pretty" : given.type ? "type" : given.size ? "size" : given.exists ? "exists" : undefined;
    if (mode === undefined && args.length < 2) throw usage(spec, args.length === 1 ? "fatal: only two arguments allowed in <type> <object> mode, not 1" : undefined);
    if (mode !== undefined && args.length === 0) throw usage(spec, `fatal: <object> required with '-${mode === "pretty" ? "p" : mode === "type" ? "t" : mode === "size" ? "s" : "e"}'`);
    const name = (mode === undefined ? args[1] : args[0]) ?? "";
    const id = (yield* resolveWithPath(git, name))?.id;
    const object = id === undefined ? undefined : yield* git.objects.tryRead(id);
    if (id === undefined) throw new Die(`Not a valid object name ${name}`);
    if (!object) {
      if (mode === "exists") return 1;
      throw new Die(mode === "type" || mode === "size" ? "git cat-file: could not get object info" : `Not a valid object name ${name}`);
    }
    if (mode === "type") git.put(`${object.type}\n`);
    else if (mode === "size") git.put(`${object.body.length}\n`);
    else if (mode === "pretty") show(git, object);
    else if (mode === undefined) {
      const [type = ""] = args;
      if (!isObjectType(type)) throw new Die(`invalid object type "${type}"`);
      const wanted = yield* peel(git, id, type);
      if (wanted === undefined) throw new Die(`git cat-file ${name}: bad file`);
      git.out.putBytes((yield* git.objects.read(wanted)).body);
    }
    return 0;
  },
});

