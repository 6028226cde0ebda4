import { flag, program, text } from "../kit/program.ts";
import { controlFiles, queryCalled, show } from "./_query.ts";

export default program(
  {
    name: "dpkg-query", showsHelp: true,
    summary: "show what the dpkg database knows",
    synopsis: ["[OPTION...] COMMAND"],
    options: [flag(["-l", "--list"], "list packages"), flag(["-s", "--status"], "show a package's record"), flag(["-L", "--listfiles"], "list a package's files"), flag(["-S", "--search"], "which package has the file"), flag(["-W", "--show"], "show packages by a format"), flag(["-p", "--print-avail"], "show what is known of a package that can be had"), flag(["-c", "--control-path", "--control-list", "--control-show"], "a package's control files"), text(["-f", "--showformat"], "FORMAT", "format of --show")],
    operands: "packages",
  },
  function* (sys, argv, io) {
    let format = "${binary:Package}\t${Version}\n";
    let action = "";
    const names: string[] = [];
    const words = argv.slice(1);
    for (let index = 0; index < words.length; index++) {
      const word = words[index] ?? "";
      if (word === "-f" && index + 1 >= words.length) io.die("error: -f option takes a value\n\nUse --help for help about querying packages.", 2);
      else if (word === "-f") format = words[++index] ?? "";
      else if (/^--(?:admindir|root|load-avail|no-pager)/.test(word)) continue;
      else if (word.startsWith("-f=") || word.startsWith("--showformat=")) format = word.slice(word.indexOf("=") + 1);
      else if (word.startsWith("-f") && word.length > 2) format = word.slice(2);
      else if (word.startsWith("-")) action = word;
      else names.push(word);
    }
    const query = queryCalled(action);
    if (query !== undefined) return yield* query(sys, names);
    switch (action) {
      case "-c":
      case "--control-path":
        return yield* controlFiles(sys, "path", names);
      case "--control-list":
        return yield* controlFiles(sys, "list", names);
      case "--control-show":
        return yield* controlFiles(sys, "show", names);
      case "--version":
        io.out.put("Debian dpkg-query package management program query tool version 1.21.22 (amd64).\nThis is free software; see the GNU General Public License version 2 or\nlater for copying conditions. There is NO warranty.\n");
        return 0;
      case "-W":
      case "--show":
        if (/\$\{[^}]*$/.test(format)) io.die("error in show format: missing closing brace", 1);
        return yield* show(sys, names, format);
      default:
        return io.die(action === "" ? "error: need an action option\n\nUse --help for help about querying packages." : `error: unknown option ${action}\n\nUse --help for help about querying packages.`, 2);
    }
  },
);
