// man-recode(1): manual pages in another encoding. Those here are in UTF-8.
import { type Blocking, encode, O, type Sys, SysError } from "../../kernel/sys.ts";
import { CorruptData } from "../kit/compression/byte-source.ts";
import { NotGzip } from "../kit/compression/gzip-format.ts";
import { flag, gnu, type Io, text } from "../kit/gnu.ts";
import { readPage } from "./_pages.ts";

function* replace(sys: Sys, path: string, bytes: Uint8Array): Blocking<void> {
  const fd = yield* sys.open(path, O.WRONLY | O.CREAT | O.TRUNC, 0o644);
  yield* sys.write(fd, bytes);
  sys.close(fd);
}

export default gnu({
  name: "man-recode", versionText: "man-recode 2.11.2\n", versionLetter: "V", helpLetter: "?", tryLine: (argv0) => `Try '${argv0} --help' or '${argv0} --usage' for more information.\n`, summary: "rewrite manual pages in another character encoding", synopsis: ["-t CODE {--suffix SUFFIX | --in-place} FILENAME..."], operands: "files",
  options: { to: text(["-t", "--to-code"], "CODE", "encoding for output"), suffix: text(["--suffix"], "SUFFIX", "what the names of the new files end in"), inPlace: flag(["--in-place"], "write the result over the file"), debug: flag(["-d", "--debug"], "report every step, to find errors"), quiet: flag(["-q", "--quiet"], "warn less") },
  *run({ options, operands, sys }, io: Io) {
    if (options.to === undefined || operands.length === 0 || (options.suffix === undefined && !options.inPlace)) {
      yield* io.stderr(options.to !== undefined && operands.length > 0 ? `${io.argv0}: must use either --suffix or --in-place\n` : `Usage: ${io.argv0} [OPTION...] -t CODE {--suffix SUFFIX | --in-place} FILENAME...\nTry '${io.argv0} --help' or '${io.argv0} --usage' for more information.\n`);
      return 1;
    }
    const code = options.to.toUpperCase().replace(/\/\/.*/, "");
    if (!/^(?:UTF-?8|ISO-?8859-15?|LATIN-?1|ASCII)$/.test(code)) io.die(`can't convert to encoding ${options.to}`, 2);
    for (const file of operands) {
      try {
        const words = yield* readPage(sys, file);
        const bytes = /^UTF/.test(code) ? encode(words) : Uint8Array.from([...words].map((letter) => (letter.charCodeAt(0) < (code === "ASCII" ? 128 : 256) ? letter.charCodeAt(0) : 63)));
        const base = file.replace(/\.gz$/, "");
        yield* replace(sys, options.suffix === undefined ? base : `${base}${options.suffix}`, bytes);
        if (options.suffix === undefined && base !== file) sys.unlink(file);
      } catch (error) {
        if (error instanceof CorruptData || error instanceof NotGzip) io.die(`can't decompress ${file}`, 2);
        if (error instanceof SysError) io.die(`can't open ${file}: ${error.message}`, 2);
        throw error;
      }
    }
    return 0;
  },
});
