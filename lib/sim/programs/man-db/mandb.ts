// mandb: apropos and whatis read the pages themselves here, so there is no index to make; it counts them.
import { type Io, flag, gnu, text } from "../kit/gnu.ts";
import { listPages, manualPath } from "./_pages.ts";

export default gnu({
  name: "mandb", manSection: 8, versionText: "mandb 2.11.2\n", tryLine: (argv0) => `Try '${argv0} --help' or '${argv0} --usage' for more information.\n`, summary: "bring the index of the manual pages up to date", synopsis: ["[OPTION...] [MANPATH]"],
  options: { debug: flag(["-d", "--debug"], "report every step, to find errors"), quiet: flag(["-q", "--quiet"], "only warnings about bad pages"), noStray: flag(["-s", "--no-straycats"], "leave out formatted pages without a source"), noPurge: flag(["-p", "--no-purge"], "keep the entries of pages that are gone"), user: flag(["-u", "--user-db"], "only indexes of the user, none of the system"), create: flag(["-c", "--create"], "begin the indexes anew"), test: flag(["-t", "--test"], "report errors in the pages, write nothing"), file: text(["-f", "--filename"], "FILENAME", "bring the entry of one file up to date"), config: text(["-C", "--config-file"], "FILE", "read these settings instead of the own ones") },
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
