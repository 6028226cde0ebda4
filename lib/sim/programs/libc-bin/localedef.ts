// localedef(1): makes a locale of its definition, and lists and removes those that were made.
import { SysError } from "../../kernel/sys.ts";
import { flag, gnu, type Io, partly, text } from "../kit/gnu.ts";
import { LOCALE_DIRECTORY, localeDirectoryName } from "../kit/locale.ts";
import { makeLocale, SUPPORTED } from "../locales/_locales.ts";

export default gnu({
  name: "localedef", summary: "compile locale definition files", synopsis: ["[OPTION...] NAME", "[OPTION...] [--add-to-archive|--delete-from-archive] FILE...", "--list-archive [FILE]"], operands: "none", failureStatus: 4, usageStatus: 4,
  project: "Debian GLIBC 2.36-9+deb12u14", version: "2.36", versionLetter: "V", helpLetter: "?", tryLine: () => "Try `localedef --help' or `localedef --usage' for more information.\n",
  options: {
    input: text(["-i", "--inputfile"], "FILE", "the definition of the locale"), charmap: text(["-f", "--charmap"], "FILE", "its character set (UTF-8)"), aliases: partly(text(["-A", "--alias-file"], "FILE", "other names of locales"), "accepted"), repertoire: partly(text(["-u", "--repertoire-map"], "FILE", "symbolic names of characters"), "accepted"),
    force: flag(["-c", "--force"], "write it in spite of warnings"), noArchive: flag(["--no-archive"], "a directory of its own, not the archive"), add: flag(["--add-to-archive"], "add locales to the archive"), remove: flag(["--delete-from-archive"], "remove locales from the archive"), list: flag(["--list-archive"], "list the locales of the archive"),
    replace: flag(["--replace"], "replace what the archive has"), prefix: partly(text(["--prefix"], "PATH", "another root directory"), "accepted"), posix: flag(["--posix"], "strictly by POSIX"), quiet: flag(["--quiet"], "no warnings"), verbose: flag(["-v", "--verbose"], "more messages"),
  },
  description: ["localedef -i fr_FR -f UTF-8 fr_FR.UTF-8 makes what locale-gen makes of its line in /etc/locale.gen. Locales are kept in /usr/lib/locale."],
  seeAlso: ["locale(1)", "locale-gen(8)"],
  *run({ options, operands, sys }, io: Io) {
    const made = (): readonly string[] => {
      try {
        return sys.readdir(LOCALE_DIRECTORY).map(({ name }) => name).filter((name) => name !== "C.utf8" && name !== "locale-archive").sort();
      } catch (error) {
        if (error instanceof SysError) return [];
        throw error;
      }
    };
    if (options.list) {
      io.out.put(made().map((name) => `${name}\n`).join(""));
      return 0;
    }
    if (options.remove) {
      for (const name of operands) {
        const directory = localeDirectoryName(name);
        if (!made().includes(directory)) {
          yield* io.stderr(`locale "${name}" not in archive\n`);
          io.status = 1;
          continue;
        }
        try {
          for (const entry of sys.readdir(`${LOCALE_DIRECTORY}/${directory}`)) sys.unlink(`${LOCALE_DIRECTORY}/${directory}/${entry.name}`);
          sys.rmdir(`${LOCALE_DIRECTORY}/${directory}`);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          yield* io.stderr(`cannot open locale archive "${LOCALE_DIRECTORY}/locale-archive": ${error.message}\n`);
          return 4;
        }
      }
      return io.status;
    }
    const [name] = operands;
    if (name === undefined) io.usage();
    const source = options.input ?? name.replace(/\..*/, "");
    const known = SUPPORTED.some((line) => line.startsWith(`${(source.split("/").at(-1) ?? "").replace(/\..*/, "")}.`));
    if (!known) {
      yield* io.stderr(`[error] cannot open locale definition file \`${source}': No such file or directory\n`);
      return 4;
    }
    if (options.charmap !== undefined && !/^(?:utf-?8|iso-?8859-(?:1|15))$/i.test(options.charmap)) {
      yield* io.stderr(`[error] character map file \`${options.charmap}' not found: No such file or directory\n`);
      return 4;
    }
    const charmap = options.charmap ?? "ANSI_X3.4-1968";
    try {
      yield* sys.sleep(1_500_000);
      if (name.includes("/")) sys.mkdir(name, 0o755);
      else makeLocale(sys, name.includes(".") || !/utf/i.test(charmap) ? name : `${name}.UTF-8`);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.stderr(name.includes("/") ? `[error] cannot write output files to \`${name}': ${error.message}\n` : `cannot create temporary file: ${LOCALE_DIRECTORY}/locale-archive.XXXXXX: ${error.message}\n`);
      return 4;
    }
    return 0;
  },
});
