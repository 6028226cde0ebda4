import { compileFnmatch } from "../kit/fnmatch.ts";
import { type Io, flag, gnu, text } from "../kit/gnu.ts";
import { compileRegex, RegexSyntaxError } from "../kit/regex/compile-regex.ts";
import { entryLine, lineWidth, readEntries, shownOnce } from "./_search.ts";

export default gnu({
  name: "whatis", versionText: "whatis 2.11.2\n", tryLine: (argv0) => `Try '${argv0} --help' or '${argv0} --usage' for more information.\n`, summary: "show the one line that sums a manual page up", synopsis: ["[OPTION...] KEYWORD..."],
  options: { debug: flag(["-d", "--debug"], "report every step, to find errors"), verbose: flag(["-v", "--verbose"], "say more about problems"), regex: flag(["-r", "--regex"], "a keyword is a regular expression"), wildcard: flag(["-w", "--wildcard"], "a keyword is a pattern of the shell"), long: flag(["-l", "--long"], "lines are not cut at the terminal's width"), sections: text(["-s", "--sections", "--section"], "LIST", "only in the sections LIST, separated by colons"), config: text(["-C", "--config-file"], "FILE", "read these settings instead of the own ones"), locale: text(["-L", "--locale"], "LOCALE", "pages in the language of LOCALE") },
  *run({ options, operands, sys }, io: Io) {
    if (operands.length === 0) {
      yield* io.stderr("whatis what?\n");
      return 1;
    }
    for (const keyword of operands) {
      let matches: (name: string) => boolean;
      try {
        const pattern = options.regex ? compileRegex(keyword, { syntax: "ere", ignoreCase: true }) : undefined;
        matches = pattern !== undefined ? (name) => pattern.test(name) : options.wildcard ? compileFnmatch(keyword, { ignoreCase: true }) : (name) => name.toLowerCase() === keyword.toLowerCase();
      } catch (error) {
        if (error instanceof RegexSyntaxError) io.die(`fatal: regex \`${keyword}': ${error.message}`, 2);
        throw error;
      }
      const found = yield* readEntries(sys, options.sections?.split(/[:,]/), options.locale, matches);
      if (found.length === 0) {
        yield* io.stderr(`${keyword}: nothing appropriate.\n`);
        io.status = 16;
      }
      for (const entry of shownOnce(found)) io.out.put(entryLine(entry, options.long ? Number.POSITIVE_INFINITY : lineWidth(sys)));
    }
    return undefined;
  },
});
