import { type Blocking, encode, type Sys } from "../../kernel/sys.ts";
import { parseRelations } from "../kit/debian/deb822.ts";
import { DpkgDatabase } from "../kit/debian/dpkg-database.ts";
import { type Io, program } from "../kit/program.ts";
import { parse } from "./_arguments.ts";
import { automaticPackages, writeAutomatic } from "./_execute.ts";
import { isHeld, PackageLists } from "./_lists.ts";
import { lockDatabase } from "./_locks.ts";
import { problem, readingSources, say } from "./_say.ts";
import { aptVersion } from "./_version.ts";

export default program(
  {
    name: "apt-mark", manSection: 8, showsHelp: true, summary: "mark packages as held, manual or automatic", synopsis: ["COMMAND [PACKAGE]..."], options: [], operands: "packages",
    subcommands: ["auto", "manual", "hold", "unhold", "showauto", "showmanual", "showhold", "minimize-manual"].map((name) => ({ name, summary: name, synopsis: ["[PACKAGE]..."], options: [] })),
  },
  function* (sys, argv, io) {
    return yield* readingSources(sys, false, () => run(sys, argv, io));
  },
);

function* run(sys: Sys, argv: readonly string[], io: Io): Blocking<number> {
  const { command, words, fault, options } = yield* parse(sys, argv.slice(1), "apt-mark");
  if (fault !== undefined) {
    yield* problem(sys, false, fault);
    return 100;
  }
  const database = yield* DpkgDatabase.read(sys);
  const automatic = yield* automaticPackages(sys);
  const held = (name: string) => isHeld(database, name);
  const installed = [...database.packages.keys()].filter((name) => database.version(name) !== undefined).sort();
  const among = (names: readonly string[]): readonly string[] => (words.length === 0 ? names : names.filter((name) => words.includes(name)));
  const print = (names: readonly string[]) => say(sys, among(names).map((name) => `${name}\n`).join(""));
  switch (command) {
    case "showauto":
      yield* print(installed.filter((name) => automatic.has(name)));
      return 0;
    case "showmanual":
      yield* print(installed.filter((name) => !automatic.has(name)));
      return 0;
    case "showhold":
    case "showholds":
      yield* print([...database.packages.keys()].filter(held).sort());
      return 0;
    case "showinstall":
    case "showremove":
    case "showpurge": {
      const want = { showinstall: "install", showremove: "deinstall", showpurge: "purge" }[command];
      yield* print([...database.packages].filter(([, paragraph]) => (paragraph.get("Status") ?? "").startsWith(`${want} `)).map(([name]) => name).sort());
      return 0;
    }
    case "minimize-manual":
    case "hold":
    case "unhold":
    case "auto":
    case "manual":
      break;
    case undefined:
      io.say(`apt ${yield* aptVersion(sys)} (amd64)\nUsage: apt-mark [options] {auto|manual} pkg1 [pkg2 ...]\n`);
      return 0;
    default:
      yield* problem(sys, false, `Invalid operation ${command}`);
      return 100;
  }
  if (words.length === 0 && command !== "minimize-manual") {
    yield* problem(sys, false, "No packages found");
    return 100;
  }
  const lists = yield* PackageLists.read(sys, undefined);
  const missing = words.find((name) => lists.versions(name).length === 0);
  if (missing !== undefined) {
    yield* problem(sys, false, `Unable to locate package ${missing}`);
    yield* problem(sys, false, "No packages found");
    return 100;
  }
  if (command === "minimize-manual") {
    if (!(yield* lockDatabase(sys, options))) return 100;
    const needed = installed.filter((name) => !automatic.has(name) && installed.some((other) => other !== name && !automatic.has(other) && parseRelations(`${database.packages.get(other)?.get("Depends") ?? ""}`).some((alternatives) => alternatives.some((relation) => relation.name === name)) && /^metapackages$/.test(database.packages.get(other)?.get("Section") ?? "")));
    for (const name of needed) automatic.add(name);
    yield* writeAutomatic(sys, automatic);
    yield* say(sys, needed.map((name) => `${name} set to automatically installed.\n`).join(""));
    return 0;
  }
  const marks = command === "auto" || command === "manual";
  if (marks && !options.simulate && words.some((name) => database.version(name) !== undefined && automatic.has(name) !== (command === "auto")) && !(yield* lockDatabase(sys, options))) return 100;
  const changes = marks ? undefined : words.some((name) => held(name) !== (command === "hold"));
  if (changes === true && !options.simulate && sys.getcred().euid !== 0) {
    yield* sys.write(2, encode("dpkg: error: required read/write access to the dpkg database directory /var/lib/dpkg\nE: Sub-process dpkg --set-selections returned an error code (2)\nE: Executing dpkg failed. Are you root?\n"));
    return 100;
  }
  for (const name of words) {
    const status = database.packages.get(name)?.get("Status") ?? "";
    if (command === "hold" || command === "unhold") {
      const already = held(name) === (command === "hold");
      if (!already && database.packages.has(name)) database.setState(name, status.replace(/^\w+/, command === "hold" ? "hold" : "install"));
      else if (!already) database.packages.set(name, new Map([["Package", name], ["Status", "hold ok not-installed"], ["Architecture", "amd64"]]));
      yield* say(sys, already ? `${name} was already ${command === "hold" ? "set on hold" : "not on hold"}.\n` : command === "hold" ? `${name} set on hold.\n` : `Canceled hold on ${name}.\n`);
    } else {
      if (database.version(name) === undefined) {
        yield* say(sys, `${name} can not be marked as it is not installed.\n`);
        continue;
      }
      const already = automatic.has(name) === (command === "auto");
      if (command === "auto") automatic.add(name);
      else automatic.delete(name);
      yield* say(sys, already ? `${name} was already set to ${command === "auto" ? "automatically" : "manually"} installed.\n` : `${name} set to ${command === "auto" ? "automatically" : "manually"} installed.\n`);
    }
  }
  if (options.simulate || sys.getcred().euid !== 0) return 0;
  yield* database.write(sys);
  yield* writeAutomatic(sys, automatic);
  return 0;
}
