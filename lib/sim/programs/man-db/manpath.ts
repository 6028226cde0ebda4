import { type Io, flag, gnu, text } from "../kit/gnu.ts";
import { manualPath } from "./_pages.ts";

export default gnu({
  name: "manpath", versionText: "manpath 2.11.2\n", tryLine: (argv0) => `Try '${argv0} --help' or '${argv0} --usage' for more information.\n`, summary: "tell in which directories manual pages are searched", synopsis: ["[OPTION...]"],
  options: { catpath: flag(["-c", "--catpath"], "directories of formatted pages"), global: flag(["-g", "--global"], "all directories of the configuration"), debug: flag(["-d", "--debug"], "report every step, to find errors"), quiet: flag(["-q", "--quiet"], "warn less"), systems: text(["-m", "--systems"], "SYSTEM", "manual pages of SYSTEM, installed beside our own"), config: text(["-C", "--config-file"], "FILE", "read these settings instead of the own ones") },
  *run({ sys }, io: Io) {
    if (sys.environment.has("MANPATH")) yield* io.stderr("manpath: warning: $MANPATH set, ignoring /etc/manpath.config\n");
    io.out.put(`${(yield* manualPath(sys)).join(":")}\n`);
    return 0;
  },
});
