// nroff: groff for terminals (nroff(1), groff 1.22.4). In Debian it is a shell script, which is what its messages show.

import type { Sys } from "../../kernel/sys.ts";
import type { Device } from "../kit/roff/glyphs.ts";
import { flag, type Io, program, text, withHelp } from "../kit/program.ts";
import { Fatal, readDocument, typeset, usualDevice } from "./_typeset.ts";

const DECLARATION = {
  name: "nroff", summary: "set a document for the terminal", synopsis: ["[-chi] [-m NAME] [-r CN] [-T DEVICE] [FILE]..."], operands: "files" as const, seeAlso: ["groff(1)", "man(1)"],
  options: [
    text(["-m"], "NAME", "with the macros NAME: man for manual pages"), text(["-T"], "DEVICE", "for ascii, latin1 or utf8; what the locale says unless given"), text(["-r"], "CN", "register C becomes N; LL=60n is the line of a manual page"), text(["-d"], "CS", "string C becomes S"),
    flag(["-c"], "bold and underlined by overstriking"), flag(["-t"], "set what stands between .TS and .TE as tables"), flag(["-p"], "pictures; they are left out"), flag(["-h"], "tabs in place of spaces; terminals have spaces"), flag(["-i"], "standard input behind the files"), flag(["-C"], "names of two letters only"), flag(["-q"], "no input from the terminal"),
    flag(["-S"], "safe requests only"), flag(["-U"], "all requests"), text(["-n"], "N", "number the first page N"), text(["-o"], "LIST", "these pages"), text(["-w"], "NAME", "a kind of warnings on"), text(["-W"], "NAME", "a kind of warnings off"), flag(["-v", "--version"], "show the version"), flag(["--help"], "show this help"),
  ],
};

function deviceOf(word: string, sys: Sys): Device {
  if (word === "ascii") return "ascii";
  return word === "utf8" ? "utf8" : usualDevice(sys);
}

export default withHelp(program({ ...DECLARATION, path: "/usr/bin/nroff" }, function* (sys, argv, io: Io) {
  const words = argv.slice(1);
  const macros: string[] = [];
  const registers: string[] = [];
  const strings: string[] = [];
  let device = usualDevice(sys);
  let overstrikes = false;
  let tables = false;
  let names: readonly string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (word === "--") {
      names = words.slice(at + 1);
      break;
    }
    if (word === "-" || !word.startsWith("-")) {
      names = words.slice(at);
      break;
    }
    const value = (): string => (word.length > 2 ? word.slice(2) : words[++at] ?? "");
    if (word === "-v" || word === "--version") {
      io.out.put("GNU nroff (groff) version 1.22.4\n");
      return 0;
    }
    if (word === "-c") overstrikes = true;
    else if (word === "-t") tables = true;
    else if (/^-[hiCqpSU]$/.test(word) || /^-[nowW]./.test(word)) continue;
    else if (word.startsWith("-m")) macros.push(value());
    else if (word.startsWith("-T")) device = deviceOf(value(), sys);
    else if (word.startsWith("-r")) registers.push(value());
    else if (word.startsWith("-d")) strings.push(value());
    else {
      yield* io.stderr(`/usr/bin/nroff: invalid option ${word}\n`);
      return 1;
    }
  }
  try {
    const wish = { device, macros, registers, strings, tables, overstrikes };
    const source = yield* readDocument(sys, wish, names);
    if (sys.charge(source.length >> 4)) yield* sys.preempt();
    io.out.put(typeset(source, wish));
    return 0;
  } catch (error) {
    if (!(error instanceof Fatal)) throw error;
    yield* io.stderr(`troff: fatal error: ${error.message}\n`);
    return 1;
  }
}));
