// accessdb(8): what the index of manual pages holds: a line a page.
import { SysError } from "../../kernel/sys.ts";
import { flag, gnu, type Io } from "../kit/gnu.ts";
import { readEntries } from "./_search.ts";

const INDEX = "/var/cache/man/index.db";

export default gnu({
  name: "accessdb", path: "/usr/sbin/accessdb", manSection: 8, versionText: "accessdb 2.11.2\n", versionLetter: "V", helpLetter: "?", tryLine: (argv0) => `Try '${argv0} --help' or '${argv0} --usage' for more information.\n`, summary: "print what the index of the manual pages holds", synopsis: ["[OPTION...] [MAN DATABASE]"], operands: "files",
  options: { debug: flag(["-d", "--debug"], "report every step, to find errors") },
  seeAlso: ["mandb(8)"],
  *run({ operands, sys }, io: Io) {
    const [path = INDEX] = operands;
    if (path !== INDEX) {
      try {
        sys.stat(path);
      } catch (error) {
        if (error instanceof SysError) io.die(`can't open ${path} for reading: ${error.message}`, 2);
        throw error;
      }
      io.die(`can't open ${path} for reading: Invalid argument`, 2);
    }
    io.out.put("$version$ -> \"2.5.0\"\n");
    for (const { name, section, summary } of yield* readEntries(sys, undefined, "C")) io.out.put(`${name} -> "- ${section} ${section} 0 0 A - - gz ${summary}"\n`);
    return 0;
  },
});
