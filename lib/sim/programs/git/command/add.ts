// git add (git-add(1)); `stage` is the same.
import { type Blocking, SysError } from "../../../kernel/sys.ts";
import { Die } from "../base/die.ts";
import type { Git } from "../base/git.ts";
import { gitCommand } from "../base/git-command.ts";
import { flag, refused, text } from "../base/options.ts";
import { Refs } from "../store/refs.ts";
import { InsufficientPermission } from "../store/object-store.ts";
import { type Index, plainEntry, statData } from "../store/index-file.ts";
import { EMPTY_BLOB } from "../store/object-id.ts";
import { LINK_MODE, byName } from "../store/tree-object.ts";
import { isBinary } from "../work-tree/attributes.ts";
import { Ignore } from "../work-tree/ignore.ts";
import { pathspec } from "../work-tree/pathspec.ts";
import { findUntracked } from "../work-tree/untracked.ts";
import { WorkFiles } from "../work-tree/work-files.ts";
import { readBytes } from "../store/file-bytes.ts";

/** Puts a file of the work tree into the index. Throws SysError, Die. */
export function* addFile(git: Git, index: Index, files: WorkFiles, path: string): Blocking<void> {
  const stat = files.stat(path);
  if (!stat) throw new SysError("ENOENT");
  const known = index.get(path);
  const mode = files.modeOf(stat, known);
  if ((stat.mode & 0o170000) === 0o040000) {
    const head = (yield* headOfNested(git, path)) ?? undefined;
    if (head === undefined) throw new Die(`adding files failed`, 128, [`error: '${path}/' does not have a commit checked out`]);
    index.replace({ ...plainEntry(path, mode, head), ...statData(stat) });
    return;
  }
  yield* crlfWarning(git, files, path, mode);
  const id = yield* git.objects.write("blob", yield* files.blobOf(path, stat));
  index.replace({ ...plainEntry(path, mode, id), ...statData(stat) });
}

function* headOfNested(git: Git, path: string): Blocking<string | undefined> {
  const nested = new Refs(git.sys, `${path}/.git`, () => git.ident("committer", false), () => false);
  return yield* nested.read("HEAD");
}

function* crlfWarning(git: Git, files: WorkFiles, path: string, mode: number): Blocking<void> {
  if (mode === LINK_MODE) return;
  const auto = git.config.get("core.autocrlf");
  const values = yield* files.attributes.of(path);
  if (auto === undefined && values.get("text") === undefined && values.get("eol") === undefined) return;
  const bytes = yield* readBytes(git.sys, path);
  if (isBinary(bytes)) return;
  const stored = yield* files.attributes.toGit(path, bytes);
  const again = yield* files.attributes.toWorkTree(path, stored);
  if (again.length === bytes.length) return;
  yield* git.warning(again.length < bytes.length ? `in the working copy of '${path}', CRLF will be replaced by LF the next time Git touches it` : `in the working copy of '${path}', LF will be replaced by CRLF the next time Git touches it`);
}

export const EMBEDDED_ADVICE = (name: string): string => `You've added another git repository inside your current repository.
Clones of the outer repository will not contain the contents of
the embedded repository and will not know how to obtain it.
If you meant to add a submodule, use:

	git submodule add <url> ${name}

If you added this path by mistake, you can remove it from the
index with:

	git rm --cached ${name}

See "git help submodule" for more information.`;

const options = {
  dryRun: flag("n dry-run", "only show what would be added"),
  verbose: flag("v verbose", "say what is added"),
  interactive: refused("i interactive", "choose in a menu", "name the files"),
  patch: refused("p patch", "choose hunks", "add whole files"),
  edit: refused("e edit", "edit the difference before it is added", "add whole files"),
  force: flag("f force", "add ignored files too"),
  update: flag("u update", "only files that are tracked already"),
  renormalize: flag("renormalize", "apply line ending rules again"),
  intent: flag("N intent-to-add", "note only that the file will be added"),
  all: flag("A all", "everything that changed, new and deleted files too"),
  ignoreRemoval: flag("ignore-removal", "leave deleted files alone"),
  refresh: flag("refresh", "only renew what is known of files' times"),
  ignoreErrors: flag("ignore-errors", "go on after files that cannot be added"),
  ignoreMissing: flag("ignore-missing", "with -n: files that are not there may be named"),
  chmod: text("chmod", "(+|-)x", "set or clear the executable bit in the index"),
  fromFile: refused("pathspec-from-file", "read names from a file", "name them as arguments", "file"),
};

export const add = gitCommand({
  name: "add", summary: "put contents of files into the index", usage: ["git add [<options>] [--] <pathspec>..."], needs: "work-tree", options,
  *run(git, { options: given, args }) {
    const { sys, repository } = git;
    if (given.all && given.update) throw new Die("options '-A' and '-u' cannot be used together");
    if (given.chmod !== undefined && given.chmod !== "+x" && given.chmod !== "-x") throw new Die(`--chmod param '${given.chmod}' must be either -x or +x`);
    const everything = given.all === true || given.update === true || given.refresh === true;
    if (args.length === 0 && !everything) {
      yield* git.err("Nothing specified, nothing added.\n");
      yield* git.advice("addEmptyPathspec", "Maybe you wanted to say 'git add .'?\nTurn this message off by running\n\"git config advice.addEmptyPathspec false\"");
      return 0;
    }
    const paths = pathspec(git, args.length === 0 ? [":/"] : args);
    yield* repository.lockIndex();
    const index = yield* repository.index();
    const files = new WorkFiles(git);
    const ignore = new Ignore(git);
    const tracked = index.paths.filter((path) => paths.matches(path));
    const found = given.update ? { untracked: [], ignored: [] } : yield* findUntracked(git, index, { mode: "all", ignore, paths });
    const fresh = [...found.untracked];
    const refusedPaths: string[] = [];
    if (!given.update) {
      const known = [...tracked, ...fresh];
      const missing = paths.unmatched(known);
      for (const item of paths.items) {
        if (item.excludes || !missing.includes(item.original)) continue;
        const stat = item.path === "" ? sys.stat(".") : files.stat(item.path);
        if (item.path !== "" && !item.wild && (stat || given.ignoreMissing) && (yield* ignore.ignores(item.path, stat !== undefined && (stat.mode & 0o170000) === 0o040000))) {
          if (given.force && stat) fresh.push(...(yield* everythingBelow(git, item.path)));
          else refusedPaths.push(item.path);
        } else if (!stat && !given.ignoreMissing) throw new Die(`pathspec '${item.original}' did not match any files`);
      }
      if (given.force) for (const path of found.ignored) if (paths.matches(path)) fresh.push(...(yield* everythingBelow(git, path.replace(/\/$/, ""))));
    } else for (const item of paths.unmatched(tracked)) if (args.length > 0) throw new Die(`pathspec '${item}' did not match any files`);
    if (refusedPaths.length > 0 && !given.force) {
      yield* git.err(`The following paths are ignored by one of your .gitignore files:\n${refusedPaths.map((path) => `${path.split("/")[0] !== path && !index.has(path) ? path : path}\n`).join("")}`);
      yield* git.advice("addIgnoredFile", 'Use -f if you really want to add them.\nTurn this message off by running\n"git config advice.addIgnoredFile false"');
    }
    let failed = refusedPaths.length > 0;
    let changed = false;
    if (given.refresh) changed = yield* files.refresh(index);
    else {
      const work = [...new Set([...tracked, ...fresh])].sort(byName);
      for (const raw of work) {
        const path = raw.replace(/\/$/, "");
        const entry = index.stages(path)[0];
        const stat = files.stat(path);
        if (sys.charge(2)) yield* sys.preempt();
        if (entry && (!stat || ((stat.mode & 0o170000) === 0o040000 && entry.mode !== 0o160000))) {
          if (given.ignoreRemoval) continue;
          if (given.verbose || given.dryRun) git.say(`remove '${path}'\n`);
          if (!given.dryRun) index.remove(path);
          changed = true;
          continue;
        }
        if (entry && entry.stage === 0 && !given.renormalize && !entry.intentToAdd && (yield* files.isClean(index, entry))) {
          const renewed = files.stat(path);
          if (renewed && (renewed.mtimeUs !== entry.mtimeUs || renewed.ino !== entry.ino || renewed.ctimeUs !== entry.ctimeUs)) {
            index.set({ ...entry, ...statData(renewed) });
            changed = true;
          }
        } else {
          if (given.verbose || given.dryRun) git.say(`add '${path}'\n`);
          if (!given.dryRun) {
            if (given.intent && !entry) index.replace({ ...plainEntry(path, files.modeOf(stat ?? sys.lstat(path)), EMPTY_BLOB), intentToAdd: true });
            else {
              if (raw.endsWith("/") && !entry) {
                yield* git.warning(`adding embedded git repository: ${path}`);
                yield* git.advice("addEmbeddedRepo", EMBEDDED_ADVICE(path));
              }
              try {
                yield* addFile(git, index, files, path);
              } catch (error) {
                if (error instanceof InsufficientPermission) {
                  yield* git.error(`insufficient permission for adding an object to repository database ${repository.place.shownGitDir}/objects`);
                  yield* git.error(`${path}: failed to insert into database\nerror: unable to index file '${path}'`);
                  throw new Die("adding files failed");
                }
                if (!(error instanceof SysError)) throw error;
                yield* git.error(`open("${path}"): ${error.message}\nerror: unable to index file '${path}'`);
                if (!given.ignoreErrors) throw new Die("adding files failed");
                failed = true;
              }
            }
            changed = true;
          }
        }
        if (given.chmod !== undefined) {
          const now = index.get(path);
          if (now && (now.mode & 0o170000) === 0o100000) {
            index.set({ ...now, mode: given.chmod === "+x" ? 0o100755 : 0o100644 });
            changed = true;
          }
        }
      }
    }
    if (changed && !given.dryRun) yield* repository.writeIndex(index);
    return failed ? 1 : 0;
  },
});

/** All files below a path, ignored or not. */
function* everythingBelow(git: Git, path: string): Blocking<string[]> {
  const { sys } = git;
  if ((sys.lstat(path).mode & 0o170000) !== 0o040000) return [path];
  const found: string[] = [];
  for (const entry of sys.readdir(path)) {
    if (entry.name === ".git") continue;
    if (sys.charge(1)) yield* sys.preempt();
    if (entry.type === 0o040000) found.push(...(yield* everythingBelow(git, `${path}/${entry.name}`)));
    else found.push(`${path}/${entry.name}`);
  }
  return found;
}
