// mandb: apropos and whatis read the pages themselves here, so there is no index to make; it counts them.
import { type Io, flag, gnu, text } from "../kit/gnu.ts";
import { listPages, manualPath } from "./_pages.ts";

export default gnu({
  name: "mandb", manSection: 8, versionText: "mandb 2.11.2\n", tryLine: (argv0) => `Try '${argv0} --help' or '${argv0} --usage' for more information.\n`, summary: "create or update the manual page index caches", synopsis: ["[OPTION...] [MANPATH]"],
  options: { debug: flag(["-d", "--debug"], "emit debugging messages"), quiet: flag(["-q", "--quiet"], "work quietly, except for 'bogus' warning"), noStray: flag(["-s", "--no-straycats"], "don't look for or add stray cats to the dbs"), noPurge: flag(["-p", "--no-purge"], "don't purge obsolete entries from the dbs"), user: flag(["-u", "--user-db"], "produce user databases only"), create: flag(["-c", "--create"], "create dbs from scratch, rather than updating"), test: flag(["-t", "--test"], "check manual pages for correctness"), file: text(["-f", "--filename"], "FILENAME", "update just the entry for this filename"), config: text(["-C", "--config-file"], "FILE", "read these settings instead of the own ones") },
  *run({ options, operands, sys }, io: Io) {
    const path = operands[0]?.split(":") ?? (yield* manualPath(sys));
    let total = 0;
    for (const directory of path) {
      if (!options.quiet) io.say(`Processing manual pages under ${directory}...\n`);
      total += (yield* listPages(sys, [directory])).length;
    }
    if (!options.quiet) io.say(`${options.create ? path.length : 0} man subdirectories contained newer manual pages.\n${options.create ? total : 0} manual pages were added.\n0 stray cats were added.\n0 old database entries were purged.\n`);
    return 0;
  },
});
