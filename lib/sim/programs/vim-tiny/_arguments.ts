// The words behind vim, vi, view and ex.

import { flag, text } from "../kit/program.ts";

export const OPTIONS = [
    flag(["-R"], "read-only mode, as view"), flag(["-e"], "Ex mode, as ex"), flag(["-C"], "compatible with Vi"), flag(["-N"], "not compatible with Vi"), flag(["-v"], "Vi mode, as vi"),
    flag(["-n"], "no swap file"), flag(["-m"], "writing files is not allowed"), flag(["-M"], "no changes at all"), flag(["-b"], "binary mode: no effect"), flag(["-o"], "a window for each file"), flag(["-O"], "a window for each file, side by side"), flag(["-p"], "each file in a tab of its own"),
    flag(["-s"], "silent mode, with -e"), flag(["-r", "-L"], "bring back what the swap file holds; without a file, list the swap files"),
    text(["-u"], "VIMRC", "read this file instead of the start files; NONE reads none"), text(["-c"], "COMMAND", "once the first file is there, run the command"), text(["-T"], "TERMINAL", "no effect"), text(["-i"], "VIMINFO", "no effect"),
    flag(["-d"], "show the differences of the files, side by side (not in the small version)"), flag(["-h", "--help"], "show this help and leave"), flag(["--version"], "show the version and leave"),
  ];

export interface Arguments {
  readonly files: string[];
  readonly commands: string[];
  readonly before: string[];
  readOnly: boolean;
  ex: boolean;
  silent: boolean;
  compatible: boolean | undefined;
  vimrc: string | undefined;
  swap: boolean;
  split: "row" | "column" | "tabs" | undefined;
  recover: boolean;
  diff: boolean;
  /** "-": the text comes from standard input */
  stdin: boolean;
  help: boolean;
  version: boolean;
}

/** The name decides too: view, ex, vimdiff. The words of the error when one cannot be understood. */
export function readArguments(name: string, argv: readonly string[], huge: boolean): Arguments | string {
  const given: Arguments = {
    files: [], commands: [], before: [], readOnly: name === "view" || name === "rview", ex: name === "ex", silent: false, compatible: undefined, vimrc: undefined, swap: true, split: undefined, recover: false,
    diff: name === "vimdiff", stdin: false, help: false, version: false,
  };

  for (let i = 1; i < argv.length; i++) {
    const word = argv[i] ?? "";
    if (word === "--") {
      given.files.push(...argv.slice(i + 1));
      break;
    }
    if (word === "-") given.stdin = true;
    else if (word === "--help" || word === "-h" || word === "-?") given.help = true;
    else if (word === "--version") given.version = true;
    else if (word.startsWith("+")) given.commands.push(word === "+" ? "$" : word.slice(1));
    else if (/^-[ucTi]$/.test(word) || word === "--cmd") {
      const value = argv[++i];
      if (value === undefined) return `Argument missing after: "${word}"`;
      if (word === "-u") given.vimrc = value;
      else if (word === "-c") given.commands.push(value);
      else if (word === "--cmd") given.before.push(value);
    } else if (word === "-d" && !huge && i + 1 < argv.length) i++; // without the diff feature it takes a word for a device
    else if (word.startsWith("-")) {
      for (const letter of word.slice(1)) {
        if (letter === "R" || letter === "M" || letter === "m") given.readOnly = true;
        else if (letter === "e") given.ex = true;
        else if (letter === "s") given.silent = true;
        else if (letter === "C") given.compatible = true;
        else if (letter === "N") given.compatible = false;
        else if (letter === "n") given.swap = false;
        else if (letter === "o") given.split = "column";
        else if (letter === "O") given.split = "row";
        else if (letter === "p") given.split = "tabs";
        else if (letter === "r" || letter === "L") given.recover = true;
        else if (letter === "d") given.diff = true;
        else if (letter === "v") given.ex = false;
        else if (!"blyZXfDP0123456789".includes(letter)) return `Unknown option argument: "${word}"`;
      }
    } else given.files.push(word);
  }
  return given;
}
