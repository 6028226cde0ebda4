import { compileFnmatch } from "../kit/fnmatch.ts";
import { type Io, flag, gnu, text } from "../kit/gnu.ts";
import { compileRegex, RegexSyntaxError } from "../kit/regex/compile-regex.ts";
import { entryLine, lineWidth, readEntries, shownOnce } from "./_search.ts";

export default gnu({
  name: "apropos", versionText: "apropos 2.11.2\n", tryLine: (argv0) => `Try '${argv0} --help' or '${argv0} --usage' for more information.\n`, summary: "find manual pages whose name or summary has a keyword", synopsis: ["[OPTION...] KEYWORD..."],
  options: { debug: flag(["-d", "--debug"], "report every step, to find errors"), verbose: flag(["-v", "--verbose"], "say more about problems"), exact: flag(["-e", "--exact"], "a keyword is a whole name or word"), regex: flag(["-r", "--regex"], "a keyword is a regular expression, as without options"), wildcard: flag(["-w", "--wildcard"], "a keyword is a pattern of the shell"), and: flag(["-a", "--and"], "only pages that match every keyword"), long: flag(["-l", "--long"], "lines are not cut at the terminal's width"), sections: text(["-s", "--sections", "--section"], "LIST", "only in the sections LIST, separated by colons"), config: text(["-C", "--config-file"], "FILE", "read these settings instead of the own ones"), locale: text(["-L", "--locale"], "LOCALE", "pages in the language of LOCALE") },
  *run({ options, operands, sys }, io: Io) {
    if (operands.length === 0) {
      yield* io.stderr("apropos what?\n");
      return 1;
    }
    const tests = operands.map((keyword): ((name: string, summary: string) => boolean) => {
      if (options.exact) return (name, summary) => name.toLowerCase() === keyword.toLowerCase() || summary.toLowerCase().split(/\W+/).includes(keyword.toLowerCase());
      if (options.wildcard) {
        const matches = compileFnmatch(keyword, { ignoreCase: true });
        return (name, summary) => matches(name) || summary.split(/\W+/).some(matches);
      }
      try {
        const pattern = compileRegex(keyword, { syntax: "ere", ignoreCase: true });
        return (name, summary) => pattern.test(name) || pattern.test(summary);
      } catch (error) {
        if (error instanceof RegexSyntaxError) io.die(`fatal: regex \`${keyword}': ${error.message}`, 2);
        throw error;
      }
    });
    const width = options.long ? Number.POSITIVE_INFINITY : lineWidth(sys);
    const all = yield* readEntries(sys, options.sections?.split(/[:,]/), options.locale);
    const used = new Set<number>();
    const wanted = all.filter((entry) => {
      const hits = tests.map((test) => test(entry.name, entry.summary));
      hits.forEach((hit, index) => {
        if (hit) used.add(index);
      });
      return options.and ? hits.every((hit) => hit) : hits.some((hit) => hit);
    });
    for (const entry of shownOnce(wanted)) io.out.put(entryLine(entry, width));
    for (const [index, keyword] of operands.entries()) {
      if (used.has(index)) continue;
      yield* io.stderr(`${keyword}: nothing appropriate.\n`);
      io.status = 16;
    }
    return undefined;
  },
});
