import { type Io, flag, gnu, text } from "../kit/gnu.ts";
import { manpathWarning, manualPath, readConfig } from "./_pages.ts";

export default gnu({
  name: "manpath", versionText: "manpath 2.11.2\n", tryLine: (argv0) => `Try '${argv0} --help' or '${argv0} --usage' for more information.\n`, summary: "tell in which directories manual pages are searched", synopsis: ["[OPTION...]"], usageStatus: 1,
  options: { catpath: flag(["-c", "--catpath"], "directories of formatted pages"), global: flag(["-g", "--global"], "all directories of the configuration"), debug: flag(["-d", "--debug"], "report every step, to find errors"), quiet: flag(["-q", "--quiet"], "warn less"), systems: text(["-m", "--systems"], "SYSTEM", "manual pages of SYSTEM, installed beside our own"), config: text(["-C", "--config-file"], "FILE", "read these settings instead of the own ones") },
  *run({ options, operands, sys }, io: Io) {
    if (operands.length > 0) io.usage("Too many arguments");
    const { mandatory, maps, kept } = yield* readConfig(sys);
    const given = sys.environment.get("MANPATH");
    if (options.global) {
      io.out.put(`${[...new Set([...mandatory, ...kept.map(([directory]) => directory), ...maps.map(([, directory]) => directory)])].join(":")}\n`);
      return 0;
    }
    if (given !== undefined && given !== "" && !options.quiet) yield* io.stderr(`manpath: ${manpathWarning(given)}\n`);
    const path = yield* manualPath(sys);
    io.out.put(`${path.map((directory) => (options.catpath ? (kept.find(([from]) => from === directory)?.[1] ?? directory) : directory)).join(":")}\n`);
    return 0;
  },
});
