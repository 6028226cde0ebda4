import { flag, program } from "../kit/program.ts";
import { DebconfDatabase } from "./_database.ts";

export default program(
  {
    name: "debconf-show", showsHelp: true, summary: "show the answers that debconf keeps", synopsis: ["PACKAGE...", "--listowners"], operands: "packages",
    options: [flag(["--db"], "another database"), flag(["--listowners"], "list the packages that own a question"), flag(["--listdbs"], "list the databases")],
  },
  function* (sys, argv, io) {
    const names = argv.slice(1).filter((word) => !word.startsWith("-"));
    const database = yield* DebconfDatabase.read(sys);
    if (argv.includes("--listdbs")) {
      io.out.put("templatedb\nconfigdb\n");
      return 0;
    }
    if (argv.includes("--listowners")) {
      io.out.put([...new Set([...database.questions.values()].flatMap((one) => one.owners))].sort().map((owner) => `${owner}\n`).join(""));
      return 0;
    }
    if (names.length === 0) {
      yield* io.stderr("Usage: debconf-show packagename [...] [--db=dbname]\n       debconf-show --listowners [--db=dbname]\n       debconf-show --listdbs\n");
      return 1;
    }
    for (const name of names) {
      for (const one of [...database.questions.values()].filter((question) => question.owners.includes(name)).sort((a, b) => (a.name < b.name ? -1 : 1))) {
        const hidden = one.type === "password" ? (database.value(one.name) === "" ? "(password omitted)" : "(password omitted)") : database.value(one.name);
        io.out.put(`${one.seen ? "*" : " "} ${one.name}:${hidden === "" ? "" : ` ${hidden}`}\n`);
      }
    }
    return 0;
  },
);
