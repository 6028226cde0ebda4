// lexgrog(1): the NAME line of manual pages, as mandb takes it for the index.
import { SysError } from "../../kernel/sys.ts";
import { CorruptData } from "../kit/compression/byte-source.ts";
import { NotGzip } from "../kit/compression/gzip-format.ts";
import { flag, gnu, type Io, partly, text } from "../kit/gnu.ts";
import { nameLine, readPage } from "./_pages.ts";

export default gnu({
  name: "lexgrog", versionText: "lexgrog 2.11.2\n", versionLetter: "V", helpLetter: "?", tryLine: (argv0) => `Try '${argv0} --help' or '${argv0} --usage' for more information.\n`, summary: "show the names and the summary that a manual page's source gives", synopsis: ["[OPTION...] FILE..."], operands: "files",
  options: { debug: flag(["-d", "--debug"], "report every step, to find errors"), man: flag(["-m", "--man"], "the file is the source of a page"), cat: flag(["-c", "--cat"], "the file is a formatted page"), whatis: flag(["-w", "--whatis"], "show whatis information"), filters: flag(["-f", "--filters"], "say which preprocessors the page seems to need"), encoding: partly(text(["-E", "--encoding"], "ENCODING", "write in this encoding"), "UTF-8 always") },
  exitStatuses: [["0", "all pages have a NAME line"], ["1", "wrong use"], ["2", "a page could not be parsed"]],
  seeAlso: ["apropos(1)", "mandb(8)", "whatis(1)"],
  *run({ options, operands, sys }, io: Io) {
    if (operands.length === 0) {
      yield* io.stderr(`Usage: ${io.argv0} [OPTION...] FILE...\nTry '${io.argv0} --help' or '${io.argv0} --usage' for more information.\n`);
      return 1;
    }
    if (options.man && options.cat) io.die("-m -c: incompatible options", 1);
    let status = 0;
    for (const file of operands) {
      try {
        const source = yield* readPage(sys, file);
        const line = nameLine(source);
        if (line === undefined || line.names.length === 0) {
          io.out.put(`${file}: parse failed\n`);
          status = 2;
          continue;
        }
        const wanted = `${/^\.TS/m.test(source) ? "t" : ""}${/^\.EQ/m.test(source) ? "e" : ""}`;
        const filters = wanted === "" ? "-" : wanted;
        if (options.cat) {
          io.out.put(`${file}: parse failed\n`);
          status = 2;
          continue;
        }
        for (const name of line.names) io.out.put(options.filters && !options.whatis ? `${file} (${filters})\n` : `${file}${options.filters ? ` (${filters})` : ""}: "${name} - ${line.summary}"\n`);
      } catch (error) {
        if (!(error instanceof SysError) && !(error instanceof CorruptData) && !(error instanceof NotGzip)) throw error;
        yield* io.stderr(error instanceof SysError ? `${io.argv0}: can't open ${file}: ${error.message}\n` : `${io.argv0}: can't decompress ${file}\n`);
        io.out.put(`${file}: parse failed\n`);
        status = 2;
      }
    }
    return status;
  },
});
