import { program } from "../kit/program.ts";
import { DebconfDatabase, templateOf } from "./_database.ts";

export default program(
  { name: "debconf-communicate", showsHelp: true, summary: "speak debconf's protocol with the database", synopsis: ["[-f FRONTEND] [PACKAGE]"], options: [], operands: "packages", description: ["Reads commands such as GET, SET, FGET, FSET, METAGET and RESET from standard input and answers each with a status and a value."] },
  function* (sys, argv, io) {
    const odd = argv.slice(1).find((word) => word.startsWith("-") && !/^(-f|--frontend|-p|--priority|--terse)/.test(word));
    if (odd !== undefined) {
      yield* io.stderr(`Unknown option: ${odd.replace(/^-+/, "")}\nUsage: debconf-communicate [options] [package]\n`);
      return 1;
    }
    const database = yield* DebconfDatabase.read(sys);
    const owner = argv.slice(1).find((word) => !word.startsWith("-"));
    for (const line of (yield* io.input(0).all()).split("\n")) {
      const [command = "", name = "", ...rest] = line.trim().split(/\s+/);
      if (command === "") continue;
      const known = database.questions.get(name);
      const answer = (text: string): void => io.out.put(`${text}\n`);
      switch (command.toUpperCase()) {
        case "GET":
          answer(known || templateOf(name) ? `0 ${database.value(name)}` : `10 ${name} doesn't exist`);
          break;
        case "SET":
          database.set(name, rest.join(" "), known?.seen ?? false, owner);
          answer("0 value set");
          break;
        case "FGET":
          answer(known ? `0 ${known.seen ? "true" : "false"}` : `10 ${name} doesn't exist`);
          break;
        case "FSET":
          if (known) known.seen = rest[1] === "true";
          answer(known ? `0 ${rest[1] ?? ""}` : `10 ${name} doesn't exist`);
          break;
        case "RESET":
          if (known) {
            known.value = undefined;
            known.seen = false;
          }
          answer(known ? "0 " : `10 ${name} doesn't exist`);
          break;
        case "METAGET":
          answer(templateOf(name) ? `0 ${rest[0] === "choices" ? (templateOf(name)?.choices ?? []).join(", ") : (templateOf(name)?.short ?? "")}` : `10 ${name} doesn't exist`);
          break;
        case "VERSION":
          answer("0 2.1");
          break;
        case "STOP":
          break;
        case "PURGE":
          for (const [question, one] of database.questions) if (owner !== undefined && one.owners.includes(owner)) database.questions.delete(question);
          answer("0");
          break;
        default:
          answer(`20 Unsupported command "${command.toLowerCase()}" (full line was "${line}") received from confmodule.`);
          break;
      }
    }
    if (sys.getcred().euid === 0) yield* database.write(sys);
    return 0;
  },
);
