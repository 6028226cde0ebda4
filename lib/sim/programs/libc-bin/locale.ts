// locale: what the environment chooses, which locales there are, and a few of their values.
import { type Sys, SysError } from "../../kernel/sys.ts";
import { flag, type Io, program } from "../kit/program.ts";
import { LOCALE_DIRECTORY, localeDirectoryName } from "../kit/locale.ts";

const CATEGORIES = ["LC_CTYPE", "LC_NUMERIC", "LC_TIME", "LC_COLLATE", "LC_MONETARY", "LC_MESSAGES", "LC_PAPER", "LC_NAME", "LC_ADDRESS", "LC_TELEPHONE", "LC_MEASUREMENT", "LC_IDENTIFICATION"] as const;

/** A keyword: its category, and its value in the C locales and in fr_FR (glibc 2.36, localedata/locales). What stands in quotes after -k is a text, the rest are numbers. */
type Keyword = readonly [category: (typeof CATEGORIES)[number], name: string, posix: string | number, french: string | number];

const KEYWORDS: readonly Keyword[] = [
  ["LC_CTYPE", "charmap", "", ""],
  ["LC_NUMERIC", "decimal_point", ".", ","], ["LC_NUMERIC", "thousands_sep", "", "\u202f"], ["LC_NUMERIC", "grouping", -1, 3],
  ["LC_TIME", "abday", "Sun;Mon;Tue;Wed;Thu;Fri;Sat", "dim.;lun.;mar.;mer.;jeu.;ven.;sam."], ["LC_TIME", "day", "Sunday;Monday;Tuesday;Wednesday;Thursday;Friday;Saturday", "dimanche;lundi;mardi;mercredi;jeudi;vendredi;samedi"],
  ["LC_TIME", "abmon", "Jan;Feb;Mar;Apr;May;Jun;Jul;Aug;Sep;Oct;Nov;Dec", "janv.;févr.;mars;avril;mai;juin;juil.;août;sept.;oct.;nov.;déc."],
  ["LC_TIME", "mon", "January;February;March;April;May;June;July;August;September;October;November;December", "janvier;février;mars;avril;mai;juin;juillet;août;septembre;octobre;novembre;décembre"],
  ["LC_TIME", "am_pm", "AM;PM", ";"], ["LC_TIME", "d_t_fmt", "%a %b %e %H:%M:%S %Y", "%a %d %b %Y %T"], ["LC_TIME", "d_fmt", "%m/%d/%y", "%d/%m/%Y"], ["LC_TIME", "t_fmt", "%H:%M:%S", "%T"], ["LC_TIME", "t_fmt_ampm", "%I:%M:%S %p", ""],
  ["LC_TIME", "week-ndays", 7, 7], ["LC_TIME", "week-1stday", 19971130, 19971130], ["LC_TIME", "week-1stweek", 4, 4], ["LC_TIME", "first_weekday", 1, 2], ["LC_TIME", "first_workday", 2, 2],
  ["LC_TIME", "date_fmt", "%a %b %e %H:%M:%S %Z %Y", "%a %d %b %Y %T %Z"],
  ["LC_MONETARY", "int_curr_symbol", "", "EUR "], ["LC_MONETARY", "currency_symbol", "", "€"], ["LC_MONETARY", "mon_decimal_point", "", ","], ["LC_MONETARY", "mon_thousands_sep", "", "\u202f"], ["LC_MONETARY", "positive_sign", "", ""], ["LC_MONETARY", "negative_sign", "", "-"],
  ["LC_MONETARY", "int_frac_digits", -1, 2], ["LC_MONETARY", "frac_digits", -1, 2],
  ["LC_MESSAGES", "yesexpr", "^[yY]", "^[+1oOyY]"], ["LC_MESSAGES", "noexpr", "^[nN]", "^[-0nN]"], ["LC_MESSAGES", "yesstr", "", "oui"], ["LC_MESSAGES", "nostr", "", "non"],
];

function installed(sys: Sys): string[] {
  try {
    return sys.readdir(LOCALE_DIRECTORY).map((entry) => entry.name).filter((name) => name !== "locale-archive");
  } catch (error) {
    if (error instanceof SysError) return [];
    throw error;
  }
}

export default program(
  {
    name: "locale", showsHelp: true, summary: "tell what the locale in use says, and which locales there are", synopsis: ["[OPTION...] NAME", "[OPTION...] [-a|-m]"], operands: "none",
    options: [flag(["-a", "--all-locales"], "list the locales of this system"), flag(["-m", "--charmaps"], "list the character sets known"), flag(["-c", "--category-name"], "write the category before the values"), flag(["-k", "--keyword-name"], "write the keyword before each value"), flag(["-v", "--verbose"], "print more information"), flag(["-?", "--help"], "show this help"), flag(["-V", "--version"], "print program version")],
  },
  function* (sys, argv, io: Io) {
    const words = argv.slice(1);
    const names = words.filter((word) => !word.startsWith("-"));
    const unknown = words.find((word) => /^-(?:-|[^acmkvV?])/.test(word) && !/^--(?:all-locales|charmaps|category-name|keyword-name|verbose|help|usage|version)$/.test(word));
    if (unknown !== undefined) {
      yield* io.stderr(`locale: ${unknown.startsWith("--") ? `unrecognized option '${unknown}'` : `invalid option -- '${unknown.charAt(1)}'`}\nTry \`locale --help' or \`locale --usage' for more information.\n`);
      return 64;
    }
    const has = (...options: readonly string[]) => words.some((word) => options.includes(word) || (/^-[a-z]+$/.test(word) && options.some((option) => option.length === 2 && word.includes(option[1] ?? " "))));
    const available = new Set(["C", "POSIX", ...installed(sys)]);
    const known = (name: string) => name === "" || available.has(name) || available.has(localeDirectoryName(name));
    if (has("-V", "--version")) {
      io.out.put("locale (Debian GLIBC 2.36-9+deb12u14) 2.36\n");
      return 0;
    }
    if (has("-a", "--all-locales")) {
      io.out.put([...available].sort().map((name) => `${name}\n`).join(""));
      return 0;
    }
    if (has("-m", "--charmaps")) {
      io.out.put("ANSI_X3.4-1968\nISO-8859-1\nISO-8859-15\nUTF-8\n");
      return 0;
    }
    const environment = (name: string) => sys.environment.get(name) ?? "";
    const all = environment("LC_ALL");
    const lang = environment("LANG");
    const chosen = (category: string) => (all !== "" ? all : environment(category) !== "" ? environment(category) : lang);
    if (!known(chosen("LC_CTYPE"))) yield* io.stderr("locale: Cannot set LC_CTYPE to default locale: No such file or directory\n");
    if (!known(chosen("LC_MESSAGES"))) yield* io.stderr("locale: Cannot set LC_MESSAGES to default locale: No such file or directory\n");
    if (CATEGORIES.some((category) => !known(chosen(category)))) yield* io.stderr("locale: Cannot set LC_ALL to default locale: No such file or directory\n");
    if (names.length === 0) {
      const rows = CATEGORIES.map((category) => (all === "" && environment(category) !== "" ? `${category}=${environment(category)}` : `${category}="${all !== "" ? all : lang !== "" ? lang : "C"}"`));
      io.out.put(`LANG=${lang}\nLANGUAGE=${environment("LANGUAGE")}\n${rows.join("\n")}\nLC_ALL=${all}\n`);
      return 0;
    }
    const named = has("-k", "--keyword-name");
    const shown = ([category, name, posix, french]: Keyword): string => {
      const value = name === "charmap" ? (/utf-?8/i.test(chosen("LC_CTYPE")) ? "UTF-8" : "ANSI_X3.4-1968") : chosen(category).startsWith("fr") && known(chosen(category)) ? french : posix;
      return named ? `${name}=${typeof value === "number" ? value : `"${value}"`}\n` : `${value}\n`;
    };
    for (const name of names) {
      const found = KEYWORDS.filter((one) => one[0] === name || one[1] === name);
      if (found.length === 0) {
        yield* io.stderr(`locale: unknown name "${name}"\n`);
        io.status = 1;
      } else {
        if (has("-c", "--category-name")) io.out.put(`${found[0]?.[0] ?? ""}\n`);
        io.out.put(found.map(shown).join(""));
      }
    }
    return io.status;
  },
);
