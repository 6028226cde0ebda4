// dpkg-preconfigure: asks the questions of packages before they are installed; apt calls it with the archives' names on standard input (dpkg-preconfigure(8)).
import { flag, program, text } from "../kit/program.ts";
import { templates } from "./_templates.ts";

export default program(
  {
    name: "dpkg-preconfigure", path: "/usr/sbin/dpkg-preconfigure", manSection: 8, showsHelp: true, summary: "ask the questions of packages before their installation", synopsis: ["[OPTION]... FILE.deb..."], operands: "files",
    options: [text(["-f", "--frontend"], "TYPE", "how questions are asked"), text(["-p", "--priority"], "VALUE", "the least important questions that are asked"), flag(["--terse"], "say less"), flag(["--apt"], "read the names from standard input")],
  },
  function* (sys, argv, io) {
    const odd = argv.slice(1).find((word) => word.startsWith("-") && !/^(-f|--frontend|-p|--priority|--terse|--apt)/.test(word));
    if (odd !== undefined) {
      yield* io.stderr(`Unknown option: ${odd.replace(/^-+/, "")}\nUsage: dpkg-preconfigure [options] [debs]\n`);
      return 1;
    }
    if (sys.getcred().euid !== 0) {
      yield* io.stderr("/usr/sbin/dpkg-preconfigure must be run as root\n");
      return 1;
    }
    const files = argv.includes("--apt") ? (yield* io.input(0).all()).split("\n") : argv.slice(1).filter((word) => !word.startsWith("-"));
    const names = files.map((file) => /([^/_]+)_[^/]*\.deb$/.exec(file)?.[1] ?? "");
    // the questions of the packages that we know are of a priority that is not asked by itself, or have an answer already
    if (names.some((name) => templates.has(name))) io.out.put("Preconfiguring packages ...\n");
    return 0;
  },
);
