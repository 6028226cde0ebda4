import { O, S } from "../../kernel/sys.ts";
import { type Io, flag, gnu, optionalWord, reason, text } from "../kit/gnu.ts";
import { directoryOf, joinPath, lastComponent } from "../kit/paths.ts";
import { parseScaled } from "../kit/sizes.ts";

export default gnu({
  name: "shred",
  summary: "destroy the contents of files by writing over them; remove them if wanted",
  synopsis: ["[OPTION]... FILE..."],
  options: {
    force: flag(["-f", "--force"], "change the mode of the file if that is needed to write to it"),
    iterations: text(["-n", "--iterations"], "N", "overwrite the file N times (3)"),
    randomSource: text(["--random-source"], "FILE", "take random bytes from FILE"),
    size: text(["-s", "--size"], "N", "overwrite only the first N bytes; N takes a unit K, M or G"),
    removeShort: flag(["-u"], "remove the file at the end"),
    remove: optionalWord(["--remove"], "HOW", [["unlink"], ["wipe"], ["wipesync"]], "remove it, and HOW: unlink (simply), wipe (after overwriting its name) or wipesync (the same, with a sync for each step; the default)"),
    verbose: flag(["-v", "--verbose"], "show progress"),
    exact: flag(["-x", "--exact"], "write up to the end of the file, not to the end of its last block"),
    zero: flag(["-z", "--zero"], "overwrite once more with zeros, to hide that the file was shredded"),
  },
  operands: "files",
  *run({ options, operands, sys }, io: Io) {
    if (operands.length === 0) io.usage("missing file operand");
    const passes = options.iterations === undefined ? 3 : Number(options.iterations);
    if (options.iterations !== undefined && !/^\d+$/.test(options.iterations)) io.die(`invalid number of passes: ${io.quote(options.iterations)}`);
    if (options.randomSource !== undefined) {
      try {
        sys.close(yield* sys.open(options.randomSource, O.RDONLY));
      } catch (error) {
        io.die(`${io.quoteFile(options.randomSource)}: ${reason(error)}`);
      }
    }
    let sizeBytes: number | undefined;
    if (options.size !== undefined) {
      const { value, problem } = parseScaled(options.size, "cbBkKMGTPEZY0");
      if (problem !== "none") io.die(`invalid file size: ${io.quote(options.size)}`);
      sizeBytes = Number(value);
    }
    for (const name of operands) {
      try {
        let fd: number;
        try {
          fd = name === "-" ? 1 : yield* sys.open(name, O.WRONLY | O.NOCTTY);
        } catch (error) {
          if (!options.force || reason(error) !== "Permission denied") throw error;
          sys.chmod(name, 0o200);
          fd = yield* sys.open(name, O.WRONLY | O.NOCTTY);
        }
        const stat = sys.fstat(fd);
        if (name === "-" && (sys.getStatusFlags(fd) & O.APPEND) !== 0) {
          yield* io.fail(`${io.quoteFile(name)}: cannot shred append-only file descriptor`);
          continue;
        }
        if ((stat.mode & S.IFMT) === S.IFIFO || (stat.mode & S.IFMT) === S.IFSOCK || sys.isatty(fd)) {
          yield* io.fail(`${io.quoteFile(name)}: invalid file type`);
          sys.close(fd);
          continue;
        }
        let length = sizeBytes ?? stat.sizeBytes;
        if (sizeBytes === undefined && !options.exact && (stat.mode & S.IFMT) === S.IFREG && length > 0) length = Math.ceil(length / stat.blockSizeBytes) * stat.blockSizeBytes;
        const total = passes + (options.zero ? 1 : 0);
        for (let pass = 1; pass <= total && length > 0; pass++) {
          const zeros = options.zero && pass === total;
          if (options.verbose) yield* io.warn(`${io.quoteFile(name)}: pass ${pass}/${total} (${zeros ? "000000" : "random"})...`);
          for (let offset = 0; offset < length; ) {
            const bytes = zeros ? new Uint8Array(Math.min(65536, length - offset)) : sys.random(Math.min(65536, length - offset));
            yield* sys.pwrite(fd, bytes, offset);
            offset += bytes.length;
            if (sys.charge(200)) yield* sys.preempt();
          }
        }
        const remove = options.removeShort || options.remove !== undefined;
        if (remove) sys.ftruncate(fd, 0);
        sys.close(fd);
        if (!remove) continue;
        if (options.verbose) yield* io.warn(`${io.quoteFile(name)}: removing`);
        let path = name;
        if (options.remove !== "unlink") {
          const folder = directoryOf(name);
          for (let width = lastComponent(name).length; width > 0; width--) {
            const next = name.includes("/") ? joinPath(folder, "0".repeat(width)) : "0".repeat(width);
            sys.rename(path, next, { noReplace: true });
            if (options.verbose) yield* io.warn(`${io.quoteFile(path)}: renamed to ${next}`);
            path = next;
          }
        }
        sys.unlink(path);
        if (options.verbose) yield* io.warn(`${io.quoteFile(name)}: removed`);
      } catch (error) {
        yield* io.fail(`${io.quoteFile(name)}: failed to open for writing: ${reason(error)}`);
      }
    }
  },
});
