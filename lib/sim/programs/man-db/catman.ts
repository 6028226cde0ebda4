// catman(8): formats all pages ahead, where a directory for formatted pages is there.
import { SysError } from "../../kernel/sys.ts";
import { flag, gnu, type Io, text } from "../kit/gnu.ts";
import { listPages, manualPath } from "./_pages.ts";

export default gnu({
  name: "catman", path: "/usr/bin/catman", manSection: 8, versionText: "catman 2.11.2\n", versionLetter: "V", helpLetter: "?", tryLine: (argv0) => `Try '${argv0} --help' or '${argv0} --usage' for more information.\n`, summary: "format manual pages in advance (cat pages)", synopsis: ["[OPTION...] [SECTION...]"], operands: "none",
  options: { debug: flag(["-d", "--debug"], "report every step, to find errors"), path: text(["-M", "--manpath"], "PATH", "look for pages in these directories"), config: text(["-C", "--config-file"], "FILE", "read these settings instead of the own ones") },
  description: ["Formatted pages are kept in /var/cache/man/cat*. Where those directories are missing, as on Debian, nothing is written: man formats a page when somebody reads it."],
  seeAlso: ["man(1)", "mandb(8)"],
  *run({ options, operands, sys }, io: Io) {
    const sections = operands.length > 0 ? operands : ["1", "n", "l", "8", "3", "0", "2", "5", "4", "9", "6", "7"];
    for (const directory of options.path?.split(":") ?? (yield* manualPath(sys))) {
      for (const section of sections) {
        const pages = yield* listPages(sys, [directory], [section]);
        const kept = `/var/cache/man/cat${section}`;
        try {
          sys.stat(kept);
        } catch (error) {
          if (error instanceof SysError) continue;
          throw error;
        }
        if (options.debug) io.out.put(`${directory}: ${pages.length} pages of section ${section} belong to ${kept}\n`);
      }
    }
    return 0;
  },
});
