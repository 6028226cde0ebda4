// updatedb of plocate: the list of all files of the machine, less what /etc/updatedb.conf leaves out.
import { type Blocking, O, S, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { flag, gnu, type Io, reason, text, texts } from "../kit/gnu.ts";
import { readMounts } from "../kit/mounts.ts";
import { DATABASE, databaseBytes } from "./_database.ts";

/** NAME="VALUE" lines of /etc/updatedb.conf. */
function* configuration(sys: Sys): Blocking<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const line of ((yield* readTextFile(sys, "/etc/updatedb.conf")) ?? "").split("\n")) {
    const match = /^\s*([A-Z_]+)\s*=\s*"([^"]*)"/.exec(line);
    if (match !== null) found.set(match[1] ?? "", match[2] ?? "");
  }
  return found;
}

const words = (list: string | undefined): readonly string[] => (list ?? "").split(/\s+/).filter((word) => word !== "");
const yes = (word: string): boolean => word === "yes" || word === "1";

export default gnu({
  name: "updatedb.plocate",
  path: "/usr/sbin/updatedb.plocate",
  manSection: 8,
  summary: "bring the database of plocate up to date",
  synopsis: ["[OPTION]..."],
  operands: "none",
  project: "plocate",
  version: "1.1.18",
  versionText: "updatedb (plocate) 1.1.18\n",
  tryLine: () => "",
  options: {
    addFileSystems: texts(["-f", "--add-prunefs"], "FS", "leave out these file systems too"),
    addNames: texts(["-n", "--add-prunenames"], "NAMES", "leave out directories of these names too"),
    addPaths: texts(["-e", "--add-prunepaths"], "PATHS", "leave out these directories too"),
    addPath: texts(["--add-single-prunepath"], "PATH", "leave out this directory too"),
    root: text(["-U", "--database-root"], "PATH", "the directory to begin at (/)"),
    output: text(["-o", "--output"], "FILE", `database to update (default ${DATABASE})`),
    blockSize: text(["-b", "--block-size"], "SIZE", "names packed together in a block (32)"),
    bindMounts: text(["--prune-bind-mounts"], "FLAG", "yes: leave out bind mounts (no)"),
    fileSystems: text(["--prunefs"], "FS", "file systems to leave out"),
    names: text(["--prunenames"], "NAMES", "names of directories to leave out"),
    paths: text(["--prunepaths"], "PATHS", "directories to leave out"),
    visibility: text(["-l", "--require-visibility"], "FLAG", "no: plocate shows a file to those too who may not see it (yes)"),
    verbose: flag(["-v", "--verbose"], "print each path while it is noted"),
  },
  *run({ options, operands, sys }, io: Io) {
    if (operands.length > 0) io.die("unexpected operand on command line");
    const settings = yield* configuration(sys);
    const prunedTypes = new Set([...words(options.fileSystems ?? settings.get("PRUNEFS")), ...options.addFileSystems.flatMap(words)].map((type) => type.toLowerCase()));
    const prunedNames = new Set([...words(options.names ?? settings.get("PRUNENAMES")), ...options.addNames.flatMap(words)]);
    const pruned = new Set([...words(options.paths ?? settings.get("PRUNEPATHS")), ...options.addPaths.flatMap(words), ...options.addPath]);
    const withoutBinds = yes(options.bindMounts ?? settings.get("PRUNE_BIND_MOUNTS") ?? "no");
    for (const mount of yield* readMounts(sys)) if (mount.target !== "/" && (prunedTypes.has(mount.type.toLowerCase()) || (withoutBinds && mount.root !== "/"))) pruned.add(mount.target);
    const root = (options.root ?? "/").replace(/(.)\/+$/, "$1");
    try {
      if ((sys.stat(root).mode & S.IFMT) !== S.IFDIR) throw new SysError("ENOTDIR");
    } catch (error) {
      return io.die(`${reason(error)}: invalid value \`${root}' of --database-root`);
    }
    const found: string[] = [];
    const directories = [root];
    for (let directory = directories.pop(); directory !== undefined; directory = directories.pop()) {
      const below: string[] = [];
      try {
        const entries = [...sys.readdir(directory)].sort((a, b) => (a.name < b.name ? -1 : 1));
        if (sys.charge(10 + entries.length * 2)) yield* sys.preempt();
        for (const { name, type } of entries) {
          const path = directory === "/" ? `/${name}` : `${directory}/${name}`;
          if (type === S.IFDIR && (prunedNames.has(name) || pruned.has(path))) {
            if (pruned.has(path)) found.push(path);
            continue;
          }
          found.push(path);
          if (type === S.IFDIR) below.push(path);
        }
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
      directories.push(...below.reverse());
    }
    if (options.verbose) for (const path of found) io.out.put(`${path}\n`);
    const output = options.output ?? DATABASE;
    try {
      const fd = yield* sys.open(`${output}.new`, O.WRONLY | O.CREAT | O.TRUNC, 0o640);
      const group = ((yield* readTextFile(sys, "/etc/group")) ?? "").split("\n").find((line) => line.startsWith("plocate:"));
      const checkVisibility = yes(options.visibility ?? "yes");
      sys.fchmod(fd, checkVisibility ? 0o640 : 0o644);
      if (group !== undefined && checkVisibility && options.output === undefined) sys.fchown(fd, 0, Number(group.split(":")[2]));
      yield* sys.write(fd, databaseBytes({ checkVisibility, paths: found }));
      sys.close(fd);
      sys.rename(`${output}.new`, output);
    } catch (error) {
      yield* io.stderr(`${output}: ${reason(error)}\n`);
      return 1;
    }
    return 0;
  },
});
