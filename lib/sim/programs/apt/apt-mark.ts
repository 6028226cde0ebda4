import { SysError } from "../../kernel/sys.ts";
import { program } from "../kit/program.ts";
import { DpkgDatabase } from "../kit/debian/dpkg-database.ts";
import { parse } from "./_arguments.ts";
import { automaticPackages, problem, writeAutomatic } from "./_commands.ts";
import { say } from "./_download.ts";

export default program(
  {
    name: "apt-mark", showsHelp: true, summary: "mark packages as held, manual or automatic", synopsis: ["COMMAND [PACKAGE]..."], options: [], operands: "packages",
    subcommands: ["auto", "manual", "hold", "unhold", "showauto", "showmanual", "showhold"].map((name) => ({ name, summary: name, synopsis: ["[PACKAGE]..."], options: [] })),
  },
  function* (sys, argv) {
    const { command, words } = parse(argv.slice(1), false);
    const database = yield* DpkgDatabase.read(sys);
    const automatic = yield* automaticPackages(sys);
    const held = (name: string) => (database.packages.get(name)?.get("Status") ?? "").startsWith("hold ");
    const installed = [...database.packages.keys()].filter((name) => database.version(name) !== undefined).sort();
    const print = (names: readonly string[]) => say(sys, names.map((name) => `${name}\n`).join(""));
    switch (command) {
      case "showauto":
        yield* print(installed.filter((name) => automatic.has(name)));
        return 0;
      case "showmanual":
        yield* print(installed.filter((name) => !automatic.has(name)));
        return 0;
      case "showhold":
        yield* print(installed.filter(held));
        return 0;
      case "hold":
      case "unhold":
      case "auto":
      case "manual":
        break;
      default:
        yield* problem(sys, false, `Invalid operation ${command ?? ""}`);
        return 100;
    }
    const missing = words.find((name) => !database.packages.has(name));
    if (missing !== undefined) {
      yield* problem(sys, false, `Unable to locate package ${missing}`);
      yield* problem(sys, false, "No packages found");
      return 100;
    }
    if (sys.getcred().euid !== 0) {
      yield* sys.write(2, Uint8Array.from("dpkg: error: required read/write access to the dpkg database directory /var/lib/dpkg\nE: Sub-process dpkg --set-selections returned an error code (2)\nE: Executing dpkg failed. Are you root?\n", (character) => character.charCodeAt(0)));
      return 100;
    }
    for (const name of words) {
      const status = database.packages.get(name)?.get("Status") ?? "";
      if (command === "hold" || command === "unhold") {
        const already = held(name) === (command === "hold");
        if (!already) database.setState(name, status.replace(/^\w+/, command === "hold" ? "hold" : "install"));
        yield* say(sys, already ? `${name} was already ${command === "hold" ? "set on hold" : "not on hold"}.\n` : command === "hold" ? `${name} set on hold.\n` : `Canceled hold on ${name}.\n`);
      } else {
        const already = automatic.has(name) === (command === "auto");
        if (command === "auto") automatic.add(name);
        else automatic.delete(name);
        yield* say(sys, already ? `${name} was already set to ${command === "auto" ? "automatically" : "manually"} installed.\n` : `${name} set to ${command === "auto" ? "automatically" : "manually"} installed.\n`);
      }
    }
    try {
      yield* database.write(sys);
      yield* writeAutomatic(sys, automatic);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* problem(sys, false, error.message);
      return 100;
    }
    return 0;
  },
);
