// git clone (git-clone(1)).
import { type Blocking, S, SysError } from "../../../kernel/sys.ts";
import { canonicalPath } from "../../kit/canonical-path.ts";
import { exists } from "../../kit/presence.ts";
import { Die } from "../base/die.ts";
import { Git } from "../base/git.ts";
import { gitCommand, usage } from "../base/git-command.ts";
import { flag, number, optional, refused, text, texts } from "../base/options.ts";
import { isGitDirectory } from "../base/repository.ts";
import { commits, peel } from "../history/commits.ts";
import { detachedAdvice } from "../history/switch-branch.ts";
import { withValue } from "../store/config-file.ts";
import { makeDirectories, namesIn, readBytes, readText, writeFile } from "../store/file-bytes.ts";
import { NULL_ID, type ObjectId } from "../store/object-id.ts";
import { treeFiles } from "../store/tree-files.ts";
import { connect } from "../transport/connection.ts";
import { requestObjects, remoteUrl } from "../transport/fetch-refs.ts";
import { remotePlace } from "../transport/remote-url.ts";
import { forceTree } from "../work-tree/move-tree.ts";
import { runHook } from "../base/hooks.ts";
import { initialBranch, makeRepository } from "./init.ts";

const options = {
  verbose: flag("v verbose", "say more"), quiet: flag("q quiet", "say less"), progress: flag("progress", "show progress"), reject: flag("reject-shallow", "no shallow sources"), noCheckout: flag("n no-checkout", "no work tree files"), bare: flag("bare", "a repository without a work tree"), mirror: flag("mirror", "a bare one with every reference"), local: flag("l local", "link the objects of a local source"), noHardlinks: flag("no-hardlinks", "copy the objects of a local source"), shared: flag("s shared", "use the objects of a local source in place"), recurse: optional("recurse-submodules recursive", "pathspec", "submodules (not here)"), jobs: number("j jobs", "n", "accepted"),
  template: refused("template", "directory of templates", "repositories are made from git's own", "template-directory"), reference: texts("reference", "repo", "borrow objects"), dissociate: flag("dissociate", "with --reference: copy them"), origin: text("o origin", "name", "instead of origin"), branch: text("b branch", "branch", "go to that branch"), uploadPack: text("u upload-pack", "path", "the program on the other side"), depth: text("depth", "depth", "only the last commits"), singleBranch: flag("single-branch", "only one branch"), noTags: flag("no-tags", "no tags"), shallowSubmodules: flag("shallow-submodules", "accepted"), separate: refused("separate-git-dir", "put the repository elsewhere", "it lies in the work tree", "gitdir"), config: texts("c config", "key=value", "set an option in the new repository"), filter: refused("filter", "partial clone", "all objects are copied", "args"), sparse: refused("sparse", "sparse checkout", "all files are checked out"),
};
const usageLines = ["git clone [<options>] [--] <repo> [<dir>]"];

/** The directory that a URL suggests. */
export function humanish(url: string, bare: boolean): string {
  let name = url.replace(/^[a-z][a-z0-9+.-]*:\/\//i, "").replace(/\/+$/, "").replace(/\/\.git$/, "").replace(/\/+$/, "");
  if (!name.includes("/") && /^[^@]*@?[^:]*:\d*$/.test(name)) name = name.replace(/:\d*$/, "");
  name = name.slice(Math.max(name.lastIndexOf("/"), name.includes("/") ? -1 : name.lastIndexOf(":")) + 1).replace(/\.git$/, "").replace(/^.*:/, "");
  if (name === "" ) throw new Die(`No directory name could be guessed.\nPlease specify a directory on the command line`);
  return bare ? `${name}.git` : name;
}

export const clone = gitCommand({
  name: "clone", summary: "copy a repository into a directory of its own", usage: usageLines, needs: "none", options,
  *run(git, { options: given, args }) {
    const { sys } = git;
    const [source, folder] = args;
    if (args.length > 2) throw usage({ usage: usageLines, options }, "fatal: Too many arguments.\n");
    if (source === undefined) throw usage({ usage: usageLines, options }, "fatal: You must specify a repository to clone.\n");
    const bare = Boolean(given.bare || given.mirror);
    if (given.bare && given.origin !== undefined) throw new Die(`options '--bare' and '--origin ${given.origin}' cannot be used together`);
    if (given.depth !== undefined && !/^\+?[1-9]\d*$/.test(given.depth)) throw new Die(`depth ${given.depth} is not a positive number`);
    const written = remoteUrl(git, source);
    let place = remotePlace(written);
    let url = source;
    if (place.kind === "local" && !place.url) {
      const there = [`${place.path}/.git`, place.path, `${place.path}.git/.git`, `${place.path}.git`].find((path) => isGitDirectory(sys, path));
      if (there === undefined && !(exists(sys, place.path) && (sys.stat(place.path).mode & S.IFMT) === S.IFREG)) throw new Die(`repository '${source}' does not exist`);
      if (there !== undefined) {
        url = canonicalPath(sys, there.replace(/\/\.git$/, ""), "missing");
        place = { kind: "local", path: canonicalPath(sys, there, "missing"), url: false };
      }
    }
    const target = (folder ?? humanish(source, bare)).replace(/(?<=.)\/+$/, "");
    const existed = exists(sys, target);
    if (existed && ((sys.stat(target).mode & S.IFMT) !== S.IFDIR || namesIn(sys, target).length > 0)) throw new Die(`destination path '${target}' already exists and is not an empty directory.`);
    if (!given.quiet) yield* git.err(bare ? `Cloning into bare repository '${target}'...\n` : `Cloning into '${target}'...\n`);
    const here = sys.getcwd();
    try {
      makeDirectories(sys, target);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      throw new Die(`could not create work tree dir '${target}': ${error.message}`);
    }
    const top = canonicalPath(sys, target, "missing");
    const gitDir = bare ? top : `${top}/.git`;
    const giveUp = () => {
      sys.chdir(here);
      removeTree(git, gitDir);
      if (!existed && !bare) removeTree(git, top);
    };
    try {
      return yield* fill(git, { ...given, bare, url, place, source, top, gitDir });
    } catch (error) {
      giveUp();
      throw error;
    }
  },
});

function removeTree(git: Git, path: string): void {
  const { sys } = git;
  try {
    for (const entry of sys.readdir(path)) {
      if (entry.type === S.IFDIR) removeTree(git, `${path}/${entry.name}`);
      else sys.unlink(`${path}/${entry.name}`);
    }
    sys.rmdir(path);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
}

interface CloneRequest {
  readonly bare: boolean;
  readonly mirror: boolean | undefined;
  readonly quiet: boolean | undefined;
  readonly noCheckout: boolean | undefined;
  readonly noHardlinks: boolean | undefined;
  readonly shared: boolean | undefined;
  readonly local: boolean | undefined;
  readonly origin: string | undefined;
  readonly branch: string | undefined;
  readonly uploadPack: string | undefined;
  readonly depth: string | undefined;
  readonly singleBranch: boolean | undefined;
  readonly noTags: boolean | undefined;
  readonly config: readonly string[];
  readonly url: string;
  readonly place: ReturnType<typeof remotePlace>;
  readonly source: string;
  readonly top: string;
  readonly gitDir: string;
}

function* fill(git: Git, request: CloneRequest): Blocking<number> {
  const { sys } = git;
  const { bare, gitDir, top, url, place } = request;
  const origin = request.origin ?? git.config.get("clone.defaultremotename") ?? "origin";
  yield* makeRepository(git, gitDir, { bare, branch: "master" });
  let config = (yield* readText(sys, `${gitDir}/config`)) ?? "";
  for (const setting of request.config) {
    const equals = setting.indexOf("=");
    config = withValue(config, equals < 0 ? setting : setting.slice(0, equals), equals < 0 ? "true" : setting.slice(equals + 1), { add: true });
  }
  config = withValue(config, `remote.${origin}.url`, url);
  yield* writeFile(sys, `${gitDir}/config`, config);
  sys.chdir(bare ? gitDir : top);
  const inner = new Git(sys);
  inner.command = "clone";
  yield* inner.enter({ gitDir, workTree: bare ? undefined : top, prefix: "", shownGitDir: bare ? "." : ".git" });
  const { refs } = inner;
  if (request.depth !== undefined && place.kind === "local" && !place.url) yield* git.warning("--depth is ignored in local clones; use file:// instead.");
  const connection = yield* connect(inner, place.kind === "local" && !place.url ? place.path : url, "git-upload-pack", request.uploadPack);
  const available = connection.refs.filter((ref) => !ref.name.endsWith("^{}"));
  const branches = available.filter((ref) => ref.name.startsWith("refs/heads/"));
  const head = available.find((ref) => ref.name === "HEAD");
  const headBranch = connection.headTarget ?? branches.find((ref) => ref.id === head?.id)?.name;
  let chosen = headBranch?.startsWith("refs/heads/") ? headBranch.slice(11) : undefined;
  let tagged: ObjectId | undefined;
  if (request.branch !== undefined) {
    const found = branches.find((ref) => ref.name === `refs/heads/${request.branch}`);
    const tag = available.find((ref) => ref.name === `refs/tags/${request.branch}`);
    if (!found && !tag) {
      yield* connection.close();
      throw new Die(`Remote branch ${request.branch} not found in upstream ${origin}`);
    }
    if (found) chosen = request.branch;
    else tagged = tag?.id;
  }
  const single = request.singleBranch ?? (request.depth !== undefined && !(place.kind === "local" && !place.url));
  const wantedBranches = single ? branches.filter((ref) => ref.name === `refs/heads/${chosen}`) : branches;
  const tags = request.noTags ? [] : available.filter((ref) => ref.name.startsWith("refs/tags/") && (!single || request.depth === undefined));
  const mirrored = request.mirror ? available.filter((ref) => ref.name.startsWith("refs/")) : [];
  const wants = [...wantedBranches, ...tags, ...mirrored, ...(chosen === undefined && head ? [head] : [])].map((ref) => ref.id);
  if (tagged !== undefined) wants.push(tagged);
  if (place.kind === "local" && !place.url && request.local !== false) {
    yield* connection.close();
    yield* copyObjects(inner, `${place.path}/objects`, `${gitDir}/objects`, { link: !request.noHardlinks, shared: request.shared ?? false });
    inner.objects.forgetPacks();
  } else {
    yield* requestObjects(inner, connection, wants, { keep: true, progress: sys.isatty(2) && !request.quiet, ...(request.depth !== undefined && { depth: Number(request.depth) }) });
    yield* connection.close();
  }
  config = (yield* readText(sys, `${gitDir}/config`)) ?? "";
  if (request.mirror) {
    config = withValue(withValue(config, `remote.${origin}.fetch`, "+refs/*:refs/*"), `remote.${origin}.mirror`, "true");
  } else if (!bare) config = withValue(config, `remote.${origin}.fetch`, single && chosen !== undefined ? `+refs/heads/${chosen}:refs/remotes/${origin}/${chosen}` : `+refs/heads/*:refs/remotes/${origin}/*`);
  if (request.noTags) config = withValue(config, `remote.${origin}.tagOpt`, "--no-tags");
  const empty = available.length === 0;
  const packed: { readonly name: string; readonly id: ObjectId; readonly peeled: ObjectId | undefined }[] = [];
  for (const ref of request.mirror ? mirrored : [...wantedBranches, ...tags]) {
    const name = bare || !ref.name.startsWith("refs/heads/") ? ref.name : `refs/remotes/${origin}/${ref.name.slice(11)}`;
    const peeled = name.startsWith("refs/tags/") ? yield* peel(inner, ref.id, "any") : undefined;
    packed.push({ name, id: ref.id, peeled: peeled === ref.id ? undefined : peeled });
  }
  if (packed.length > 0) yield* refs.writePacked(packed);
  const note = `clone: from ${url}`;
  if (empty) {
    yield* git.warning("You appear to have cloned an empty repository.");
    const branch = chosen ?? (yield* initialBranch(git, undefined, true));
    yield* refs.setSymbolic("HEAD", `refs/heads/${branch}`);
    if (!bare) config = withValue(withValue(config, `branch.${branch}.remote`, origin), `branch.${branch}.merge`, `refs/heads/${branch}`);
    yield* writeFile(sys, `${gitDir}/config`, config);
    if (place.kind === "local" && !place.url && !request.quiet) yield* git.err("done.\n");
    return 0;
  }
  const id = tagged ?? branches.find((ref) => ref.name === `refs/heads/${chosen}`)?.id ?? (chosen === undefined ? head?.id : undefined);
  const target = id === undefined ? undefined : yield* peel(inner, id, "commit");
  if (!bare && headBranch?.startsWith("refs/heads/") && (!single || headBranch.slice(11) === chosen)) yield* refs.setSymbolic(`refs/remotes/${origin}/HEAD`, `refs/remotes/${origin}/${headBranch.slice(11)}`, target === undefined ? undefined : { old: NULL_ID, id: head?.id ?? target, text: note });
  if (chosen !== undefined && tagged === undefined) {
    yield* refs.setSymbolic("HEAD", `refs/heads/${chosen}`);
    if (target !== undefined && !bare) {
      yield* refs.update(`refs/heads/${chosen}`, { id: target, message: note });
      config = withValue(withValue(config, `branch.${chosen}.remote`, origin), `branch.${chosen}.merge`, `refs/heads/${chosen}`);
    }
  } else if (target !== undefined) {
    yield* refs.detach(target, NULL_ID, note);
  }
  yield* writeFile(sys, `${gitDir}/config`, config);
  if (place.kind === "local" && !place.url && !request.quiet && request.local !== false) yield* git.err("done.\n");
  if (target === undefined) {
    if (!bare) yield* git.warning("remote HEAD refers to nonexistent ref, unable to checkout");
    return 0;
  }
  if (bare || request.noCheckout) return 0;
  if ((chosen === undefined || tagged !== undefined) && git.advised("detachedHead") && !request.quiet) yield* git.err(detachedAdvice(request.branch ?? target));
  yield* inner.config.load(gitDir);
  yield* forceTree(inner, yield* treeFiles(sys, inner.objects, (yield* commits(inner).get(target)).tree));
  yield* runHook(inner, "post-checkout", [NULL_ID, target, "1"]);
  return 0;
}

function* copyObjects(git: Git, from: string, to: string, how: { readonly link: boolean; readonly shared: boolean }): Blocking<void> {
  const { sys } = git;
  if (how.shared) {
    yield* writeFile(sys, `${to}/info/alternates`, `${from}\n`);
    return;
  }
  const borrowed = yield* readText(sys, `${from}/info/alternates`);
  if (borrowed !== undefined) yield* writeFile(sys, `${to}/info/alternates`, borrowed);
  const copy = function* (path: string): Blocking<void> {
    for (const entry of sys.readdir(`${from}${path}`)) {
      const name = `${path}/${entry.name}`;
      if (sys.charge(5)) yield* sys.preempt();
      if (entry.type === S.IFDIR) {
        makeDirectories(sys, to + name);
        yield* copy(name);
      } else if (name !== "/info/alternates") {
        if (how.link) {
          try {
            sys.link(from + name, to + name);
            continue;
          } catch (error) {
            if (!(error instanceof SysError)) throw error;
          }
        }
        yield* writeFile(sys, to + name, yield* readBytes(sys, from + name), 0o444);
      }
    }
  };
  yield* copy("");
}

