import { type Blocking, S, SysError } from "../../kernel/sys.ts";
import { type Io, flag, program } from "../kit/program.ts";
import { LETTERS } from "./_attribute-letters.ts";

const USAGE = "Usage: chattr [-RVf] [-+=aAcCdDeijPsStTuFx] [-p project] [-v version] files...\n";

export default program({ name: "chattr", path: "/usr/bin/chattr", summary: "set or clear the attributes of a file that lsattr shows", synopsis: ["[-RVf] [-v version] [-p project] [mode] files..."], options: [flag(["-R"], "directories and their contents"), flag(["-V"], "verbose"), flag(["-f"], "no error messages")], operands: "files" }, function* (sys, argv, io: Io) {
  const files: string[] = [];
  let add = "";
  let remove = "";
  let exactly: string | undefined;
  let recursive = false;
  let silent = false;
  let verbose = false;
  for (let at = 1; at < argv.length; at++) {
    const word = argv[at] ?? "";
    if (files.length > 0 || !/^[-+=]./.test(word)) files.push(word);
    else if (word === "--") continue;
    else if (word === "-v" || word === "-p") at++;
    else {
      const sign = word.charAt(0);
      for (const letter of word.slice(1)) {
        if (sign === "-" && letter === "R") recursive = true;
        else if (sign === "-" && letter === "V") verbose = true;
        else if (sign === "-" && letter === "f") silent = true;
        else if (!LETTERS.includes(letter)) {
          yield* io.stderr(USAGE);
          return 1;
        } else if (sign === "+") add += letter;
        else if (sign === "-") remove += letter;
        else exactly = (exactly ?? "") + letter;
      }
      if (sign === "=") exactly ??= "";
    }
  }
  if (files.length === 0) {
    yield* io.stderr(USAGE);
    return 1;
  }
  if (add === "" && remove === "" && exactly === undefined) {
    yield* io.stderr("Must use '-v', =, - or +\n");
    return 1;
  }
  if (exactly !== undefined && (add !== "" || remove !== "")) {
    yield* io.stderr("= is incompatible with - and +\n");
    return 1;
  }
  const both = [...add].find((letter) => remove.includes(letter));
  if (both !== undefined) {
    yield* io.stderr("Can't both set and unset same flag.\n");
    return 1;
  }
  if (verbose) yield* io.stderr("chattr 1.47.0 (5-Feb-2023)\n");
  const change = function* (path: string): Blocking<void> {
    let reading = true;
    try {
      const kind = sys.lstat(path).mode & S.IFMT;
      if (kind !== S.IFREG && kind !== S.IFDIR) throw new SysError("EOPNOTSUPP");
      const old = sys.getInodeFlags(path);
      reading = false;
      const letters = exactly ?? [...new Set([...old, ...add])].filter((letter) => !remove.includes(letter)).join("");
      if (verbose) io.say(`Flags of ${path} set as ${[...LETTERS].map((letter) => (letters.includes(letter) ? letter : "-")).join("")}\n`);
      sys.setInodeFlags(path, letters);
      if (recursive && kind === S.IFDIR) for (const { name } of sys.readdir(path)) yield* change(`${path.replace(/\/$/, "")}/${name}`);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      if (silent) io.status = 1;
      else yield* io.fail(error.errno === "ENOENT" ? `${error.message} while trying to stat ${path}` : `${error.message} while ${reading ? "reading" : "setting"} flags on ${path}`);
    }
  };
  for (const path of files) yield* change(path);
  return undefined;
});
