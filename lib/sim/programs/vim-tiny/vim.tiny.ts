// vim.tiny 9.0, also called vi, view and ex: options and start files. As vi it is Vi-compatible, as Debian's vimrc.tiny says.

import { type Blocking, encode, O, SIGNALS, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { helpText } from "../kit/help-text.ts";
import { flag, program, text, type Io } from "../kit/program.ts";
import { RawTerminal } from "../kit/terminal-keys.ts";
import { loadBuffer } from "./_buffer-files.ts";
import { executeCommandLine, sourceFile } from "./_ex.ts";
import { openAll } from "./_ex-windows.ts";
import { waitReturn } from "./_messages.ts";
import { releaseSwaps } from "./_swap-files.ts";
import { normalCommand } from "./_normal.ts";
import { Failure, Leave } from "./_failure.ts";
import { enterScreen, leaveScreen } from "./_terminal-modes.ts";
import { Vim } from "./_vim.ts";

const declaration = {
  name: "vim.tiny",
  summary: "Vi IMproved, a programmer's text editor (small version)",
  synopsis: ["[arguments] [file ..]", "[arguments] -"],
  description: ["Edits text. Keys are commands until i, a or o begins to insert; Escape ends inserting. :wq saves and leaves, :q! leaves without saving."],
  options: [
    flag(["-R"], "read-only mode, as view"), flag(["-e"], "Ex mode, as ex"), flag(["-C"], "compatible with Vi"), flag(["-N"], "not compatible with Vi"), flag(["-v"], "Vi mode, as vi"),
    flag(["-n"], "no swap file"), flag(["-m"], "writing files is not allowed"), flag(["-M"], "no changes at all"), flag(["-b"], "binary mode: no effect"), flag(["-o"], "a window for each file"), flag(["-O"], "a window for each file, side by side"), flag(["-p"], "a tab page for each file"),
    flag(["-s"], "silent mode, with -e"), flag(["-r"], "no effect: nothing to recover"),
    text(["-u"], "VIMRC", "read this file instead of the start files; NONE reads none"), text(["-c"], "COMMAND", "run the command after loading the first file"), text(["-T"], "TERMINAL", "no effect"), text(["-i"], "VIMINFO", "no effect"),
    flag(["-h", "--help"], "show this help and leave"), flag(["--version"], "show the version and leave"),
  ],
  operands: "files",
} as const;

interface Arguments {
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
}

export default program(declaration, function* (sys, argv, io) {
  const name = (argv[0] ?? "vim.tiny").slice((argv[0] ?? "").lastIndexOf("/") + 1);
  const given: Arguments = { files: [], commands: [], before: [], readOnly: name === "view" || name === "rview", ex: name === "ex", silent: false, compatible: undefined, vimrc: undefined, swap: true, split: undefined };
  let stdinText = false;
  for (let i = 1; i < argv.length; i++) {
    const word = argv[i] ?? "";
    if (word === "--") {
      given.files.push(...argv.slice(i + 1));
      break;
    }
    if (word === "-") stdinText = true;
    else if (word === "--help" || word === "-h" || word === "-?") {
      io.out.put(helpText(declaration, name));
      return 0;
    } else if (word === "--version") {
      io.out.put("VIM - Vi IMproved 9.0 (2022 Jun 28)\nIncluded patches: 1-1378, 1499\nTiny version without GUI.  Simulated: same keys and messages, own code.\n");
      return 0;
    } else if (word.startsWith("+")) given.commands.push(word === "+" ? "$" : word.slice(1));
    else if (/^-[ucTi]$/.test(word) || word === "--cmd") {
      const value = argv[++i];
      if (value === undefined) return yield* badArgument(io, `Argument missing after: "${word}"`);
      if (word === "-u") given.vimrc = value;
      else if (word === "-c") given.commands.push(value);
      else if (word === "--cmd") given.before.push(value);
    } else if (word.startsWith("-")) {
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
        else if (letter === "v") given.ex = false;
        else if (!"blrZXfD0123456789".includes(letter)) return yield* badArgument(io, `Unknown option argument: "${word}"`);
      }
    } else given.files.push(word);
  }
  let typed: string | undefined;
  if (stdinText) {
    typed = yield* io.stdin.all();
    const fd = yield* sys.open("/dev/tty", O.RDWR);
    sys.dup2(fd, 0);
    sys.close(fd);
  }
  if (!sys.isatty(1) && !given.ex) {
    yield* io.stderr("Vim: Warning: Output is not to a terminal\n");
    if (!sys.isatty(0)) return 1;
  }
  if (!sys.isatty(0)) yield* io.stderr("Vim: Warning: Input is not from a terminal\n");
  if (!sys.isatty(1) || !sys.isatty(0)) return 1;
  return yield* edit(sys, name, given, typed);
});

function* badArgument(io: Io, message: string): Blocking<number> {
  yield* io.stderr(`VIM - Vi IMproved 9.0 (2022 Jun 28)\n${message}\nMore info with: "vim -h"\n`);
  return 1;
}

function* edit(sys: Sys, name: string, given: Arguments, typed: string | undefined): Blocking<number> {
  for (const signal of [SIGNALS.WINCH, SIGNALS.TERM, SIGNALS.HUP]) sys.sigaction(signal, "catch");
  if (given.files.length > 1) yield* sys.write(1, encode(`${given.files.length} files to edit\n`));
  const terminal = yield* RawTerminal.open(sys, 1, 1_000_000);
  // vimrc.tiny of Debian: "vi" and "ex" are compatible; the others read vimrc, which has debian.vim set the ruler and Backspace.
  const asVi = name === "vi" || name === "ex" || name === "rvi";
  const vim = new Vim(sys, terminal, given.compatible ?? (given.vimrc === undefined ? asVi : given.vimrc === "NONE"));
  vim.readOnlyMode = given.readOnly;
  if (given.readOnly) vim.options.put("updatecount", 10000);
  if (!given.swap) vim.options.put("updatecount", 0);
  let status = 0;
  yield* enterScreen(vim);
  try {
    for (const command of given.before) yield* executeCommandLine(vim, command);
    yield* startFiles(vim, asVi, given);
    vim.options.put("lines", vim.screen.rows);
    vim.options.put("columns", vim.screen.columns);
    vim.args = given.files;
    vim.buffer.name = given.files[0] ?? "";
    for (const other of given.files.slice(1)) vim.newBuffer(other);
    try {
      yield* loadBuffer(vim, vim.buffer);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      vim.buffer.name = "";
      vim.buffer.load([]);
    }
    if (typed !== undefined) {
      const lines = typed.split("\n");
      if (lines.at(-1) === "") lines.pop();
      vim.buffer.load(lines);
      vim.buffer.empty = false;
      vim.buffer.modified = true;
    }
    vim.startOfLine(0);
    if (vim.options.vi("g")) vim.window.previousMark = { line: 0, col: 0 };
    for (const command of given.commands) {
      if (command.startsWith("/")) vim.goTo({ line: 0, col: -1 });
      yield* executeCommandLine(vim, command);
    }
    if (given.split !== undefined && given.files.length > 1) {
      const direction = given.split;
      if (direction === "tabs") {
        for (const [i, other] of given.files.entries()) if (i > 0) yield* executeCommandLine(vim, `$tabedit ${other}`);
        yield* executeCommandLine(vim, "tabfirst");
      } else yield* openAll(vim, given.files, direction);
    }
    if (given.files.length === 0 && typed === undefined && given.commands.length === 0) vim.intro = true;
    if (given.ex) vim.queue.push("Q");
    if (vim.overlay) yield* waitReturn(vim);
    for (;;) yield* normalCommand(vim);
  } catch (error) {
    if (!(error instanceof Leave)) throw error;
    status = error.status;
  }
  releaseSwaps(vim);
  yield* leaveScreen(vim);
  return status;
}

function* startFiles(vim: Vim, asVi: boolean, given: Arguments): Blocking<void> {
  const { sys } = vim;
  if (given.vimrc !== undefined) {
    if (given.vimrc !== "NONE" && given.vimrc !== "DEFAULTS") yield* sourceFile(vim, given.vimrc);
    return;
  }
  if (!asVi) {
    vim.options.put("ruler", true);
    vim.options.put("backspace", "indent,eol,start");
  }
  yield* systemSettings(vim, asVi ? "/etc/vim/vimrc.tiny" : "/etc/vim/vimrc");
  const line = sys.environment.get("VIMINIT");
  const home = sys.environment.get("HOME");
  if (line !== undefined) yield* executeCommandLine(vim, line);
  else if (home !== undefined && !(yield* sourceFile(vim, `${home}/.vimrc`))) {
    const exinit = sys.environment.get("EXINIT");
    if (exinit !== undefined) yield* executeCommandLine(vim, exinit);
    else yield* sourceFile(vim, `${home}/.exrc`);
  }
  if (given.compatible !== undefined) vim.options.setCompatible(given.compatible);
}

/** The lines `set …` of the system's file; the tiny version skips what stands between if and endif. */
function* systemSettings(vim: Vim, path: string): Blocking<void> {
  try {
    let depth = 0;
    for (const line of ((yield* readTextFile(vim.sys, path)) ?? "").split("\n")) {
      const words = line.trim();
      if (words.startsWith("if")) depth++;
      else if (words.startsWith("endif")) depth--;
      else if (depth === 0 && words.startsWith("set ") && words !== "set compatible") yield* executeCommandLine(vim, words);
    }
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
}
