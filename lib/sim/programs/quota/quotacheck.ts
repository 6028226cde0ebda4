import { type Blocking, S, type Sys, SysError } from "../../kernel/sys.ts";
import { counted, flag, gnu, type Io, text } from "../kit/gnu.ts";
import type { Mount } from "../kit/mounts.ts";
import { hasQuota, KINDS, mountNamed, QuotaError, quotaFile, quotaMounts, readFile, stateOf, writeFile } from "./_quota.ts";

function* countTree(sys: Sys, path: string, device: number): Blocking<{ readonly directories: number; readonly files: number }> {
  let directories = 1;
  let files = 0;
  for (const { name } of sys.readdir(path)) {
    const stat = sys.lstat(`${path === "/" ? "" : path}/${name}`);
    if (sys.charge(5)) yield* sys.preempt();
    if ((stat.mode & S.IFMT) !== S.IFDIR) files++;
    else if (stat.dev === device) {
      const inner = yield* countTree(sys, `${path === "/" ? "" : path}/${name}`, device);
      directories += inner.directories;
      files += inner.files;
    }
  }
  return { directories, files };
}

export default gnu({
  name: "quotacheck", path: "/sbin/quotacheck", manSection: 8, project: "quota", version: "4.06", tryLine: () => "", summary: "count what each user has on a file system and write the quota files", synopsis: ["[-gucbfinvdmMR] [-F FORMAT] FILESYSTEM|-a"], operands: "directories", usageStatus: 1,
  options: {
    user: flag(["-u", "--user"], "files of users (usual)"), group: flag(["-g", "--group"], "files of groups"), create: flag(["-c", "--create-files"], "make new quota files"), backup: flag(["-b", "--backup"], "keep copies of the old ones"), force: flag(["-f", "--force"], "even when quotas are on"), interactive: flag(["-i", "--interactive"], "ask about mistakes"), first: flag(["-n", "--use-first-dquot"], "of two records take the first"), verbose: counted(["-v", "--verbose"], "say more"), debug: flag(["-d", "--debug"], "say still more"),
    noRemount: flag(["-m", "--no-remount"], "do not remount read-only meanwhile"), tryRemount: flag(["-M", "--try-remount"], "go on when that fails"), excludeRoot: flag(["-R", "--exclude-root"], "with -a not the root file system"), format: text(["-F", "--format"], "FORMAT", "vfsv1 (accepted)"), all: flag(["-a", "--all"], "all mounted file systems with quotas"),
  },
  *run({ options, operands, sys }, io: Io) {
    const say = (line: string): Blocking<void> => io.stderr(`quotacheck: ${line}\n`);
    if (operands.length === 0 && !options.all) {
      yield* io.stderr("Bad number of arguments.\nUtility for checking and repairing quota files.\nquotacheck [-gucbfinvdmMR] [-F <quota-format>] filesystem|-a\n");
      return 1;
    }
    const kinds = KINDS.filter((kind) => (kind === "user" ? options.user || !options.group : options.group));
    let status = 0;
    let mounts: readonly Mount[];
    try {
      mounts = options.all ? (yield* quotaMounts(sys)).filter((mount) => !options.excludeRoot || mount.target !== "/") : [yield* mountNamed(sys, operands[0] ?? "")];
    } catch (error) {
      if (!(error instanceof QuotaError)) throw error;
      yield* say(error.message);
      yield* say("Cannot find filesystem to check or filesystem not mounted with quota option.");
      return 1;
    }
    if (mounts.length === 0) {
      yield* say("Cannot find filesystem to check or filesystem not mounted with quota option.");
      return 1;
    }
    for (const mount of mounts) {
      const wanted = kinds.filter((kind) => hasQuota(mount, kind));
      try {
        let refused = false;
        for (const kind of wanted) {
          if ((yield* stateOf(sys, mount, kind)).enabled && !options.force) {
            yield* say(`Quota for ${kind}s is enabled on mountpoint ${mount.target} so quotacheck might damage the file.`);
            yield* io.stderr("Please turn quotas off or use -f to force checking.\n");
            refused = true;
          }
        }
        if (refused) {
          status = 1;
          continue;
        }
        const old = new Map<string, boolean>();
        for (const kind of wanted) old.set(kind, (yield* readFile(sys, mount, kind)) !== undefined);
        if (!options.create && [...old.values()].includes(false)) {
          for (const kind of wanted) if (old.get(kind) === false) yield* say(`Cannot open quotafile ${quotaFile(mount, kind)}: No such file or directory`);
          status = 1;
          continue;
        }
        const tree = options.verbose > 0 ? yield* countTree(sys, mount.target, sys.stat(mount.target).dev) : undefined;
        if (tree) {
          yield* say("Your kernel probably supports journaled quota but you are not using it. Consider switching to journaled quota to avoid running quotacheck after an unclean shutdown.");
          yield* say(`Scanning ${mount.source} [${mount.target}] done`);
          for (const kind of wanted) if (old.get(kind) === false) yield* say(`Cannot stat old ${kind} quota file ${quotaFile(mount, kind)}: No such file or directory. Usage will not be subtracted.`);
          yield* say(`Checked ${tree.directories} directories and ${tree.files} files`);
          for (const kind of wanted) if (old.get(kind) === false) yield* say("Old file not found.");
        }
        for (const kind of wanted) {
          const state = yield* stateOf(sys, mount, kind);
          const limits = options.create ? [] : ((yield* readFile(sys, mount, kind)) ?? []);
          yield* writeFile(sys, mount, kind, { ...state, entries: state.entries.map((entry) => ({ ...entry, ...limits.find((one) => one.id === entry.id) })) });
        }
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* say(error.errno === "EACCES" || error.errno === "EPERM" ? `Cannot create new quotafile ${quotaFile(mount, "user")}.new: ${error.message}` : error.message);
        status = 1;
      }
    }
    return status;
  },
});
