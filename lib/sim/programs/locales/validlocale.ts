// validlocale(8): whether a locale is there; if not, the line of /etc/locale.gen that makes it.
import { installedLocale } from "../kit/locale.ts";
import { type Io, program } from "../kit/program.ts";
import { SUPPORTED } from "./_locales.ts";

export default program(
  {
    name: "validlocale", path: "/usr/sbin/validlocale", manSection: 8, showsHelp: true, summary: "tell whether this system has a locale", synopsis: ["LOCALE"], operands: "none", options: [],
    description: ["What it knows is said on standard error; the line that /etc/locale.gen needs is written to standard output, so that it can be appended there."],
    exitStatuses: [["0", "the locale is there"], ["1", "it is not"]], seeAlso: ["locale-gen(8)", "localedef(1)"],
  },
  function* (sys, argv, io: Io) {
    const [, name] = argv;
    if (name === undefined) {
      io.out.put(`Usage: ${io.argv0} <locale>\n`);
      return 1;
    }
    if (installedLocale(sys, name)) {
      yield* io.stderr(`locale '${name}' valid and available\n`);
      return 0;
    }
    yield* io.stderr(`locale '${name}' not available\n`);
    const [, locale = "", charset, modifier = ""] = /^([^.@]*)(?:\.([^@]*))?(@.*)?$/.exec(name) ?? [];
    const known = SUPPORTED.find((line) => line.startsWith(`${locale}${modifier}`) || line.startsWith(`${locale}.`))?.split(" ")[1];
    io.out.put(`${locale}${charset === undefined ? "" : `.${charset}`}${modifier} ${charset ?? known ?? sys.environment.get("DEFAULTCHARSET") ?? "ISO-8859-1"}\n`);
    return 1;
  },
);
