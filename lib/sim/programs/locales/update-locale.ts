// update-locale: the variables of /etc/default/locale, which logins read (update-locale(8) of Debian).
import { installedLocale, loginLocale } from "../kit/locale.ts";
import { flag, type Io, program, text } from "../kit/program.ts";
import { writeDefaults } from "./_locales.ts";

const NAMES = new Set(["LANG", "LANGUAGE", "LC_ALL", "LC_CTYPE", "LC_NUMERIC", "LC_TIME", "LC_COLLATE", "LC_MONETARY", "LC_MESSAGES", "LC_PAPER", "LC_NAME", "LC_ADDRESS", "LC_TELEPHONE", "LC_MEASUREMENT", "LC_IDENTIFICATION"]);

export default program(
  {
    name: "update-locale", showsHelp: true, path: "/usr/sbin/update-locale", manSection: 8, summary: "modify global locale settings", synopsis: ["[OPTIONS] [VAR=LOCALE | VAR]..."], operands: "none",
    options: [flag(["--reset"], "forget the variables that are not given"), flag(["--no-checks"], "do not look whether the locales exist"), text(["--locale-file"], "FILE", "accepted, /etc/default/locale is written")],
    description: ["VAR=LOCALE sets a variable for every login to come, VAR alone removes it."],
  },
  function* (sys, argv, io: Io) {
    const values = argv.includes("--reset") ? new Map<string, string>() : yield* loginLocale(sys);
    for (const word of argv.slice(1)) {
      if (word === "--reset" || word === "--no-checks" || word.startsWith("--locale-file=")) continue;
      if (word.startsWith("-")) {
        yield* io.stderr(`Unknown option: ${word.replace(/^-+/, "")}\n`);
        return 1;
      }
      const [name = "", value] = word.split(/=(.*)/s);
      if (!NAMES.has(name)) {
        yield* io.stderr(`*** update-locale: Error: Invalid variable name: ${name}\n`);
        return 1;
      }
      if (value === undefined || value === "") values.delete(name);
      else {
        if (name !== "LANGUAGE" && !argv.includes("--no-checks") && !installedLocale(sys, value)) {
          yield* io.stderr("*** update-locale: Error: invalid locale settings:  " + `${name}=${value}\n`);
          return 255;
        }
        values.set(name, value);
      }
    }
    yield* writeDefaults(sys, values);
    return 0;
  },
);
