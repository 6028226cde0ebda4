// rename of Debian (package rename, File::Rename): names changed by a Perl expression.
import { SysError } from "../../kernel/sys.ts";
import { nameExists } from "../kit/presence.ts";
import { flag, type Io, program, texts } from "../kit/program.ts";
import { BadExpression, type Change, parseExpression, Unsimulated } from "./_expression.ts";

const USAGE = `Usage:
    file-rename [ -h|-m|-V ] [ -v ] [ -0 ] [ -n ] [ -f ] [ -d ] [ -u [enc]]
    [ -e|-E perlexpr]*|perlexpr [ files ]

`;

const LONG = new Map([["--verbose", "v"], ["--null", "0"], ["--nono", "n"], ["--force", "f"], ["--help", "h"], ["--man", "m"], ["--version", "V"], ["--filename", "d"], ["--nopath", "d"], ["--nofullpath", "d"], ["--fullpath", "p"], ["--path", "p"]]);

export default program(
  {
    name: "file-rename", summary: "renames multiple files", operands: "files", synopsis: ["[-v] [-0] [-n] [-f] [-d] [-e perlexpr]...|perlexpr [files]"],
    options: [flag(["-v", "--verbose"], "print names of files renamed"), flag(["-0", "--null"], "names from standard input end with NUL"), flag(["-n", "--nono"], "print what would be renamed"), flag(["-f", "--force"], "overwrite existing files"), flag(["-d", "--filename", "--nopath"], "change the last component only"), texts(["-e"], "expression", "an expression"), flag(["-V", "--version"], "the version"), flag(["-h", "--help"], "help")],
  },
  function* (sys, argv, io: Io) {
    const letters = new Set<string>();
    const expressions: string[] = [];
    const words: string[] = [];
    for (let at = 1; at < argv.length; at++) {
      const word = argv[at] ?? "";
      if (word === "--") {
        words.push(...argv.slice(at + 1));
        break;
      }
      const long = LONG.get(word);
      if (long !== undefined) letters.add(long);
      else if (word === "-e" || word === "-E") expressions.push(word === "-E" ? `${argv[++at] ?? ""};` : (argv[++at] ?? ""));
      else if (/^-[v0nfdhmVpu]$/.test(word)) letters.add(word.slice(1));
      else if (word.startsWith("-") && word !== "-" && words.length === 0) {
        yield* io.stderr(`Unknown option: ${word.replace(/^-+/, "")}\n${USAGE}`);
        return 2;
      } else words.push(word);
    }
    if (letters.has("V")) {
      io.out.put("/usr/bin/rename using File::Rename version 2.01\n\n");
      return 0;
    }
    if (letters.has("h") || letters.has("m")) {
      io.out.put(USAGE);
      return letters.has("h") ? 1 : 0;
    }
    if (expressions.length === 0) {
      const given = words.shift();
      if (given === undefined) {
        yield* io.stderr(USAGE);
        return 2;
      }
      expressions.push(given);
    }
    const source = expressions.join("\n");
    let change: Change;
    try {
      change = parseExpression(source);
    } catch (error) {
      if (error instanceof Unsimulated) {
        sys.observe({ kind: "unsimulated", command: "rename", detail: source });
        yield* io.stderr(`rename: ${error.message} is not simulated here: s///, tr/// and y///, and $_ = lc (uc, ucfirst, lcfirst) are\n`);
        return 2;
      }
      if (!(error instanceof BadExpression)) throw error;
      yield* io.stderr(`${error.message}, in:\n${source}\n`);
      return 2;
    }
    let names: readonly string[] = words;
    if (words.length === 0) {
      if (letters.has("v")) io.out.put("Reading filenames from STDIN\n");
      yield* io.out.flush();
      names = (yield* io.stdin.all()).split(letters.has("0") ? "\0" : "\n").filter((name) => name !== "");
    }
    for (const old of names) {
      if (sys.charge(20)) yield* sys.preempt();
      const slash = letters.has("d") ? old.replace(/\/+$/, "").lastIndexOf("/") + 1 : 0;
      const made = old.slice(0, slash) + change(old.slice(slash));
      if (made === old) continue;
      if (nameExists(sys, made) && !letters.has("f")) {
        yield* io.stderr(/\s/.test(old + made) ? `'${old}' not renamed: '${made}' already exists\n` : `${old} not renamed: ${made} already exists\n`);
        continue;
      }
      if (letters.has("n")) {
        io.out.put(`rename(${old}, ${made})\n`);
        continue;
      }
      try {
        sys.rename(old, made);
        if (letters.has("v")) io.out.put(`${old} renamed as ${made}\n`);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* io.stderr(`Can't rename ${old} ${made}: ${error.message}\n`);
      }
    }
    // the real one ends well whatever went wrong
    return 0;
  },
);
