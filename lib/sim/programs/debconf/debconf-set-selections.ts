import { flag, program } from "../kit/program.ts";
import { readFile } from "../kit/debian/dpkg-database.ts";
import { SysError } from "../../kernel/sys.ts";
import { DebconfDatabase } from "./_database.ts";

const TYPES = ["select", "multiselect", "boolean", "string", "password", "note", "text", "title", "error"];

export default program(
  {
    name: "debconf-set-selections", showsHelp: true, summary: "put answers into debconf before a package asks", synopsis: ["[OPTION]... [FILE]"], operands: "files",
    options: [flag(["-v", "--verbose"], "say what is done"), flag(["-c", "--checkonly"], "only look whether the file is right"), flag(["-u", "--unseen"], "the questions count as not seen")],
    description: ["Each line is: owner, question, type, value. A line that begins with # is a comment, and a \\ at its end joins the next one."],
  },
  function* (sys, argv, io) {
    const flags = new Set(argv.slice(1).filter((word) => word.startsWith("-") && word !== "-"));
    const odd = [...flags].find((word) => !["-v", "--verbose", "-c", "--checkonly", "-u", "--unseen"].includes(word));
    if (odd !== undefined) {
      yield* io.stderr(`Unknown option: ${odd.replace(/^-+/, "")}\nUsage: debconf-set-selections [-vcu] [file]\n`);
      return 1;
    }
    const [file] = argv.slice(1).filter((word) => !word.startsWith("-") || word === "-");
    if (sys.getcred().euid !== 0 && !flags.has("-c")) {
      yield* io.stderr("debconf: DbDriver \"passwords\" warning: could not open /var/cache/debconf/passwords.dat: Permission denied\ndebconf: DbDriver \"config\": could not write /var/cache/debconf/config.dat-new: Permission denied\n");
      return 1;
    }
    let input: string;
    try {
      if (file !== undefined && file !== "-") sys.access(file, 4);
      input = file === undefined || file === "-" ? yield* io.input(0).all() : yield* readFile(sys, file);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.stderr(`error: Cannot open ${file ?? ""}: ${error.message}\n`);
      return 1;
    }
    const database = yield* DebconfDatabase.read(sys);
    let status = 0;
    const lines = input.replace(/\\\n/g, "").split("\n");
    for (const [at, line] of lines.entries()) {
      if (line.trim() === "" || line.startsWith("#")) continue;
      const [, owner, question, type, value = ""] = /^\s*(\S+)\s+(\S+)\s+(\S+)(?:\s(.*))?$/.exec(line) ?? [];
      if (owner === undefined || question === undefined || type === undefined) {
        yield* io.stderr(`error: parse error on line ${at + 1}: '${line}'\n`);
        status = 1;
        continue;
      }
      if (type === "seen") {
        const known = database.questions.get(question);
        if (known) known.seen = value === "true";
        continue;
      }
      if (!TYPES.includes(type)) {
        yield* io.stderr(`warning: Unknown type ${type}, skipping line ${at + 1}\n`);
        continue;
      }
      if (flags.has("-v") || flags.has("--verbose")) yield* io.stderr(`info: Trying to set '${question}' [${type}] to '${value.trim()}'\ninfo: Loading answer for '${question}'\n`);
      if (!flags.has("-c") && !flags.has("--checkonly")) database.set(question, value.trim(), !(flags.has("-u") || flags.has("--unseen")), owner, type);
    }
    if (!flags.has("-c") && !flags.has("--checkonly")) yield* database.write(sys);
    return status;
  },
);
