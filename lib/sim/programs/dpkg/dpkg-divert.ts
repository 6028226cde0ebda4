import { type Blocking, S, type Sys, SysError } from "../../kernel/sys.ts";
import { DPKG, DpkgDatabase, infoPath, readFile, writeFile } from "../kit/debian/dpkg-database.ts";
import { compileFnmatch } from "../kit/fnmatch.ts";
import { flag, type Io, program, text } from "../kit/program.ts";
import { type Diversion, readDiversions } from "./_diversions.ts";

const USAGE = "\n\nUse --help for help about diverting files.";

function described(one: Diversion): string {
  return one.by === ":" ? `local diversion of ${one.from} to ${one.to}` : `diversion of ${one.from} to ${one.to} by ${one.by}`;
}

function exists(sys: Sys, path: string): boolean {
  try {
    sys.lstat(path);
    return true;
  } catch {
    return false;
  }
}

function* store(sys: Sys, io: Io, all: readonly Diversion[]): Blocking<boolean> {
  try {
    yield* writeFile(sys, `${DPKG}/diversions`, all.map((one) => `${one.from}\n${one.to}\n${one.by}\n`).join(""));
    return true;
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* io.stderr(`dpkg-divert: error: unable to create new file '${DPKG}/diversions-new': ${error.message}\n`);
    return false;
  }
}

/** Moves a file, unless something else is in the way. */
function* rename(sys: Sys, io: Io, from: string, to: string): Blocking<boolean> {
  if (!exists(sys, from)) return true;
  if (exists(sys, to)) {
    yield* io.stderr(`dpkg-divert: error: rename involves overwriting '${to}' with\n  different file '${from}', not allowed\n`);
    return false;
  }
  try {
    sys.rename(from, to);
    return true;
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* io.stderr(`dpkg-divert: error: error checking '${to}': ${error.message}\n`);
    return false;
  }
}

export default program(
  {
    name: "dpkg-divert", path: "/usr/sbin/dpkg-divert", showsHelp: true, summary: "put a package's file aside", synopsis: ["[OPTION...] COMMAND"], operands: "files",
    options: [
      flag(["--add"], "add a diversion"), flag(["--remove"], "remove a diversion"), flag(["--list"], "list diversions"), flag(["--listpackage"], "who diverts a file"), flag(["--truename"], "the name of a diverted file"),
      text(["--divert"], "NAME", "the other name, else FILE.distrib"), text(["--package"], "PACKAGE", "whose copy stays"), flag(["--local"], "no package's copy stays"), flag(["--rename", "--no-rename"], "move the file too, or not"), flag(["--quiet"], "say nothing"), flag(["--test"], "change nothing"),
    ],
  },
  function* (sys, argv, io) {
    const values = new Map<string, string>();
    const flags = new Set<string>();
    const operands: string[] = [];
    const words = argv.slice(1);
    for (let at = 0; at < words.length; at++) {
      const word = words[at] ?? "";
      const [, name = word, value] = /^(--[a-z]+)=(.*)$/.exec(word) ?? [];
      if (["--divert", "--package", "--admindir", "--root", "--instdir"].includes(name)) values.set(name, value ?? words[++at] ?? "");
      else if (word.startsWith("--")) {
        if (!["--add", "--remove", "--list", "--listpackage", "--truename", "--local", "--rename", "--no-rename", "--quiet", "--test", "--version"].includes(word)) return yield* usage(io, `unknown option ${word}`);
        flags.add(word);
      } else operands.push(word);
    }
    const diversions = yield* readDiversions(sys);
    const [file] = operands;
    if (flags.has("--list")) {
      const tests = (operands.length === 0 ? ["*"] : operands).map((pattern) => compileFnmatch(pattern));
      for (const one of diversions) if (tests.some((test) => test(one.from) || test(one.to) || test(one.by))) io.say(`${described(one)}\n`);
      return 0;
    }
    const command = flags.has("--remove") ? "--remove" : flags.has("--truename") ? "--truename" : flags.has("--listpackage") ? "--listpackage" : "--add";
    if ((command === "--add" || command === "--remove") && !flags.has("--rename") && !flags.has("--no-rename")) yield* io.stderr("dpkg-divert: warning: please specify --no-rename explicitly, the default will change to --rename in 1.20.x\n");
    if (file === undefined || operands.length > 1) return yield* usage(io, `${command} needs a single argument`);
    if (!file.startsWith("/")) return yield* usage(io, `filename "${file}" is not absolute`);
    const known = diversions.find((one) => one.from === file);
    if (command === "--truename") {
      io.out.put(`${known?.to ?? file}\n`);
      return 0;
    }
    if (command === "--listpackage") {
      if (known) io.out.put(`${known.by === ":" ? "LOCAL" : known.by}\n`);
      return 0;
    }
    const quiet = flags.has("--quiet");
    const by = values.get("--package") ?? ":";
    if (command === "--remove") {
      if (!known || (values.has("--divert") && values.get("--divert") !== known.to)) {
        if (!quiet) io.say(`No diversion '${values.has("--package") ? `diversion of ${file} by ${by}` : `any diversion of ${file}`}', none removed.\n`);
        return 0;
      }
      if (values.has("--package") && known.by !== by) {
        yield* io.stderr(`dpkg-divert: error: mismatch on package\n  when removing 'diversion of ${file} by ${by}'\n  found '${described(known)}'\n`);
        return 2;
      }
      if (!quiet) io.say(`Removing '${described(known)}'\n`);
      if (flags.has("--test")) return 0;
      if (flags.has("--rename") && !(yield* rename(sys, io, known.to, known.from))) return 2;
      return (yield* store(sys, io, diversions.filter((one) => one !== known))) ? 0 : 2;
    }
    if (isDirectory(sys, file)) return yield* usage(io, "cannot divert directories");
    const other = values.get("--divert");
    if (other !== undefined && !other.startsWith("/")) return yield* usage(io, `filename "${other}" is not absolute`);
    const made: Diversion = { from: file, to: values.get("--divert") ?? `${file}.distrib`, by };
    if (made.to === made.from) {
      return yield* usage(io, `cannot divert file '${file}' to itself`);
    }
    const clash = diversions.find((one) => one.from === made.from || one.to === made.to || one.from === made.to || one.to === made.from);
    if (clash && clash.from === made.from && clash.to === made.to && clash.by === made.by) {
      if (!quiet) io.say(`Leaving '${described(made)}'\n`);
      return 0;
    }
    if (clash) {
      yield* io.stderr(`dpkg-divert: error: '${described(made)}' clashes with '${described(clash)}'\n`);
      return 2;
    }
    if (!quiet) io.say(`Adding '${described(made)}'\n`);
    if (flags.has("--rename") && (yield* isEssential(sys, file))) yield* io.stderr(`dpkg-divert: warning: diverting file '${file}' from an Essential package with rename is dangerous, use --no-rename\n`);
    if (flags.has("--test")) return 0;
    if (!(yield* store(sys, io, [...diversions, made]))) return 2;
    return flags.has("--rename") && !(yield* rename(sys, io, made.from, made.to)) ? 2 : 0;
  },
);

function isDirectory(sys: Sys, path: string): boolean {
  try {
    return (sys.stat(path).mode & S.IFMT) === S.IFDIR;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}

function* isEssential(sys: Sys, path: string): Blocking<boolean> {
  const database = yield* DpkgDatabase.read(sys);
  for (const [name, paragraph] of database.packages) {
    if (paragraph.get("Essential") === "yes" && (yield* readFile(sys, infoPath(sys, name, "list"))).split("\n").includes(path)) return true;
  }
  return false;
}

function* usage(io: Io, reason: string): Blocking<number> {
  yield* io.stderr(`dpkg-divert: error: ${reason}${USAGE}\n`);
  return 2;
}
