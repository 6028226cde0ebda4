// debsums 3.0.2.1: the files of installed packages, held against the MD5 sums that came with them (debsums(1)).

import type { Blocking, Sys } from "../../kernel/sys.ts";
import { check } from "../dpkg/_audit.ts";
import { conffileSums } from "../dpkg/_conffiles.ts";
import { DpkgDatabase, infoPath, readFile } from "../kit/debian/dpkg-database.ts";
import { flag, gnu, type Io } from "../kit/gnu.ts";

const NAME_WIDTH = 77;

interface Summed {
  readonly path: string;
  readonly sum: string;
}

function* sumsOf(sys: Sys, database: DpkgDatabase, name: string, which: { readonly files: boolean; readonly configuration: boolean }): Blocking<readonly Summed[] | undefined> {
  const sums: Summed[] = [];
  const own = yield* readFile(sys, infoPath(sys, name, "md5sums"));
  if (which.files) for (const line of own.split("\n")) if (line !== "") sums.push({ sum: line.slice(0, 32), path: `/${line.slice(34)}` });
  if (which.configuration) for (const [path, { sum, obsolete }] of conffileSums(database.packages.get(name)?.get("Conffiles"))) if (!obsolete && sum !== "newconffile") sums.push({ path, sum });
  return own === "" && sums.length === 0 && which.files ? undefined : sums;
}

export default gnu({
  name: "debsums", summary: "compare the files of installed packages with their MD5 sums", synopsis: ["[OPTION]... [PACKAGE]..."], operands: "packages", project: "debsums", version: "3.0.2.1", versionText: "debsums 3.0.2.1\n",
  description: ["Without a package, those of all that are installed are checked. Each file has a line that ends with OK, FAILED or REPLACED; the sums are in /var/lib/dpkg/info/PACKAGE.md5sums."],
  options: {
    all: flag(["-a", "--all"], "check configuration files too"), configuration: flag(["-e", "--config"], "check configuration files only"), changed: flag(["-c", "--changed"], "only list files that changed"), missing: flag(["-l", "--list-missing"], "list packages without sums"), silent: flag(["-s", "--silent"], "only report errors"),
  },
  exitStatuses: [["0", "all is well"], ["1", "a package is not installed, or a wrong option"], ["2", "files changed or are missing"]],
  *run({ options, operands, sys }, io: Io) {
    const database = yield* DpkgDatabase.read(sys);
    const names = operands.length > 0 ? operands.map((name) => name.replace(/:amd64$/, "")) : [...database.packages.keys()].filter((name) => database.version(name) !== undefined).sort();
    let status = 0;
    for (const name of names) {
      if (database.version(name) === undefined) {
        yield* io.warn(`package ${name} is not installed`);
        status |= 1;
        continue;
      }
      const sums = yield* sumsOf(sys, database, name, { files: !options.configuration, configuration: options.configuration || options.all });
      if (options.missing) {
        if (sums === undefined) io.out.put(`${name}\n`);
        continue;
      }
      if (sums === undefined) {
        if (operands.length > 0) yield* io.warn(`no md5sums for ${name}`);
        continue;
      }
      for (const { path, sum } of sums) {
        const found = yield* check(sys, path, sum);
        if (sys.charge(200)) yield* sys.preempt();
        if (found === "missing") {
          yield* io.warn(`missing file ${path} (from ${name} package)`);
          status |= 2;
          continue;
        }
        if (found === "unreadable") {
          yield* io.warn(`can't open ${name} file ${path} (Permission denied)`);
          continue;
        }
        if (found !== "changed") {
          if (!options.silent && !options.changed) io.out.put(`${path.padEnd(NAME_WIDTH)} OK\n`);
          continue;
        }
        status |= 2;
        if (options.changed) io.out.put(`${path}\n`);
        else if (options.silent) yield* io.warn(`changed file ${path} (from ${name} package)`);
        else io.out.put(`${path.padEnd(NAME_WIDTH - 4)} FAILED\n`);
        if (io.out.full) yield* io.out.flush();
      }
    }
    return status;
  },
});
