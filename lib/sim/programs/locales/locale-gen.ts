// locale-gen: makes the locales that /etc/locale.gen names (locale-gen(8) of Debian).
import { SysError } from "../../kernel/sys.ts";
import { LOCALE_DIRECTORY, localeDirectoryName } from "../kit/locale.ts";
import { flag, type Io, program } from "../kit/program.ts";
import { forgetLocales, makeLocale, SUPPORTED, wantedLocales } from "./_locales.ts";

export default program(
  {
    name: "locale-gen", showsHelp: true, path: "/usr/sbin/locale-gen", manSection: 8, summary: "generate the locales that /etc/locale.gen lists", synopsis: ["[--keep-existing]"], operands: "none",
    options: [flag(["--keep-existing"], "do not remove locales that are there already")],
    description: ["Each line of /etc/locale.gen that does not begin with # is a locale and its character set: fr_FR.UTF-8 UTF-8. dpkg-reconfigure locales edits the file and runs this program."],
    seeAlso: ["locale(1)", "update-locale(8)"],
  },
  function* (sys, argv, io: Io) {
    for (const word of argv.slice(1)) {
      if (word === "--keep-existing") continue;
      if (word.startsWith("-")) {
        yield* io.stderr(`Usage: locale-gen [--keep-existing]\n`);
        return 1;
      }
    }
    try {
      sys.access(LOCALE_DIRECTORY, 2);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.stderr(`rm: cannot remove '${LOCALE_DIRECTORY}/locale-archive': ${error.message}\n`);
      return 1;
    }
    const wanted = yield* wantedLocales(sys);
    if (!argv.includes("--keep-existing")) forgetLocales(sys, new Set(wanted.map((line) => localeDirectoryName(line.split(/\s+/)[0] ?? ""))));
    io.out.put("Generating locales (this might take a while)...\n");
    for (const line of wanted) {
      const [name = "", charset = ""] = line.split(/\s+/);
      io.out.put(`  ${name.replace(/\..*/, "")}.${charset}...`);
      yield* io.out.flush();
      yield* sys.sleep(1_500_000);
      if (!SUPPORTED.includes(`${name} ${charset}`)) {
        io.out.put("\n");
        yield* io.stderr(charset === "" ? `error: Bad entry '${name} '\n` : `cannot open locale definition file \`${name.replace(/\..*/, "")}': No such file or directory\n`);
        return 1;
      }
      makeLocale(sys, name);
      io.out.put(" done\n");
    }
    io.out.put("Generation complete.\n");
    return 0;
  },
);
