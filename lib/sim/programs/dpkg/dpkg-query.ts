import { flag, program, text } from "../kit/program.ts";
import { list, listFiles, search, show, status } from "./_query.ts";

export default program(
  {
    name: "dpkg-query", showsHelp: true,
    summary: "show what the dpkg database knows",
    synopsis: ["[OPTION...] COMMAND"],
    options: [flag(["-l", "--list"], "list packages"), flag(["-s", "--status"], "show a package's record"), flag(["-L", "--listfiles"], "list a package's files"), flag(["-S", "--search"], "find the owner of a file"), flag(["-W", "--show"], "show packages by a format"), text(["-f", "--showformat"], "FORMAT", "format of --show")],
    operands: "packages",
  },
  function* (sys, argv, io) {
    let format = "${binary:Package}\t${Version}\n";
    let action = "";
    const names: string[] = [];
    const words = argv.slice(1);
    for (let index = 0; index < words.length; index++) {
      const word = words[index] ?? "";
      if (word === "-f") format = words[++index] ?? "";
      else if (word.startsWith("-f=") || word.startsWith("--showformat=")) format = word.slice(word.indexOf("=") + 1);
      else if (word.startsWith("-f") && word.length > 2) format = word.slice(2);
      else if (word.startsWith("-")) action = word;
      else names.push(word);
    }
    switch (action) {
      case "-l":
      case "--list":
        return yield* list(sys, names);
      case "-s":
      case "--status":
        return yield* status(sys, names);
      case "-L":
      case "--listfiles":
        return yield* listFiles(sys, names);
      case "-S":
      case "--search":
        return yield* search(sys, names);
      case "-W":
      case "--show":
        return yield* show(sys, names, format);
      default:
        return io.die(action === "" ? "error: need an action option\n\nUse --help for help about querying packages." : `error: unknown option ${action}\n\nUse --help for help about querying packages.`, 2);
    }
  },
);
