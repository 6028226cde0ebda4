// The editor from its start to its end: start files, the files of the command line, what is left behind.

import { type Blocking, encode, O, SIGNALS, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import type { Command } from "../kit/command.ts";
import { helpText } from "../kit/help-text.ts";
import { program } from "../kit/program.ts";
import { RawTerminal } from "../kit/terminal-keys.ts";
import { type Arguments, OPTIONS, readArguments } from "./_arguments.ts";
import { loadBuffer } from "./_buffer-files.ts";
import { joinDiff } from "./_diff.ts";
import { executeCommandLine, sourceFile } from "./_ex.ts";
import { openAll } from "./_ex-windows.ts";
import { Failure, Leave } from "./_failure.ts";
import { waitReturn } from "./_messages.ts";
import { normalCommand } from "./_normal.ts";
import type { Languages } from "./_languages.ts";
import { listSwaps, recoverBuffer } from "./_recover.ts";
import { releaseSwap, releaseSwaps } from "./_swap-files.ts";
import { enterScreen, leaveScreen } from "./_terminal-modes.ts";
import { Vim } from "./_vim.ts";

const TITLE = "VIM - Vi IMproved 9.0 (2022 Jun 28)";

/** The command of a version: vim.tiny, or vim.basic ("huge"). */
export function editor(name: string, languages?: Languages): Command {
  const huge = languages !== undefined;
  const declaration = {
    name,
    summary: huge ? "edit text as vi does, with more features" : "edit text as vi does, with more features (small version)",
    synopsis: ["[arguments] [file ..]", "[arguments] -"],
    description: ["Edits text. Keys are commands until i, a or o begins to insert; Escape ends inserting. :wq saves and leaves, :q! leaves without saving."],
    options: OPTIONS,
    operands: "files",
  } as const;
  return program(declaration, function* (sys, argv, io) {
    const called = (argv[0] ?? name).slice((argv[0] ?? "").lastIndexOf("/") + 1);
    const given = readArguments(called, argv, huge);
    if (typeof given === "string") {
      yield* io.stderr(`${TITLE}\n${given}\nMore info with: "vim -h"\n`);
      return 1;
    }
    if (given.help) {
      io.out.put(helpText(declaration, called));
      return 0;
    }
    if (given.version) {
      io.out.put(`${TITLE}\nIncluded patches: 1-1378, 1499\n${huge ? "Huge" : "Tiny"} version without GUI.  Simulated: same keys and messages, own code.\n`);
      return 0;
    }
    if (given.diff && !huge) {
      yield* io.stderr("This Vim was not compiled with the diff feature.\n");
      return 1;
    }
    if (given.recover && given.files.length === 0) {
      yield* io.stderr(yield* listSwaps(sys));
      return 0;
    }
    let typed: string | undefined;
    if (given.stdin) {
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
    return yield* edit(sys, called, given, typed, languages);
  });
}

function* edit(sys: Sys, name: string, given: Arguments, typed: string | undefined, languages: Languages | undefined): Blocking<number> {
  const huge = languages !== undefined;
  for (const signal of [SIGNALS.WINCH, SIGNALS.TERM, SIGNALS.HUP]) sys.sigaction(signal, "catch");
  if (given.files.length > 1) yield* sys.write(1, encode(`${given.files.length} files to edit\n`));
  const terminal = yield* RawTerminal.open(sys, 1, 1_000_000);
  // vimrc.tiny of Debian: "vi" and "ex" are compatible; the others read vimrc, which has debian.vim set the ruler and Backspace.
  const asVi = !huge && (name === "vi" || name === "ex" || name === "rvi");
  const vim = new Vim(sys, terminal, given.compatible ?? (given.vimrc === undefined ? asVi : given.vimrc === "NONE"), huge, languages);
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
    vim.recovering = given.recover;
    try {
      yield* loadBuffer(vim, vim.buffer, given.recover);
      if (given.recover) yield* recoverBuffer(vim, vim.buffer);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      if (given.recover) {
        if (error.message !== "") vim.error(error.message);
        if (vim.overlay || vim.wroteMessage) yield* waitReturn(vim, true);
        throw new Leave(1);
      }
      // (Q)uit at the question about the swap file
      if (vim.swapRefused) throw new Leave(1);
      vim.buffer.name = "";
      vim.buffer.load([]);
    }
    vim.recovering = false;
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
      vim.lastArgumentSeen = true;
    }
    if (given.diff) {
      if (given.files.length > 1 && given.split === undefined) yield* openAll(vim, given.files, "row");
      for (const window of vim.windows) joinDiff(vim, window);
    }
    if (given.files.length === 0 && typed === undefined && given.commands.length === 0) vim.intro = true;
    if (given.ex) vim.queue.push("Q");
    if (vim.overlay) yield* waitReturn(vim);
    for (;;) yield* normalCommand(vim);
  } catch (error) {
    if (!(error instanceof Leave)) throw error;
    status = error.status;
    if (error.signal !== undefined) {
      yield* leaveAfterSignal(vim, error.signal);
      return status;
    }
  }
  releaseSwaps(vim);
  yield* leaveScreen(vim);
  return status;
}

/** The terminal or the machine goes away: swap files of what is not written stay. */
function* leaveAfterSignal(vim: Vim, signal: string): Blocking<void> {
  yield* leaveScreen(vim);
  const kept = vim.buffers.filter((buffer) => buffer.modified && buffer.swapName !== undefined);
  for (const buffer of vim.buffers) if (!kept.includes(buffer)) releaseSwap(vim, buffer);
  try {
    yield* vim.terminal.write(`Vim: Caught deadly signal ${signal}\r\n${kept.length > 0 ? "Vim: preserving files...\r\n" : ""}Vim: Finished.\r\n`);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
}

function* startFiles(vim: Vim, asVi: boolean, given: Arguments): Blocking<void> {
  const { sys } = vim;
  if (given.vimrc !== undefined) {
    if (given.vimrc === "DEFAULTS" && vim.huge) withColours(vim);
    if (given.vimrc !== "NONE" && given.vimrc !== "DEFAULTS") yield* sourceFile(vim, given.vimrc);
    return;
  }
  if (!asVi || vim.huge) {
    vim.options.put("ruler", true);
    vim.options.put("backspace", "indent,eol,start");
  }
  yield* systemSettings(vim, asVi ? "/etc/vim/vimrc.tiny" : "/etc/vim/vimrc");
  const line = sys.environment.get("VIMINIT");
  const home = sys.environment.get("HOME");
  if (line !== undefined) yield* executeCommandLine(vim, line);
  else if (home !== undefined && !(yield* sourceFile(vim, `${home}/.vimrc`)) && vim.huge) {
    // without a vimrc of its own, defaults.vim
    vim.options.put("showcmd", true);
    vim.options.put("incsearch", true);
    vim.options.put("scrolloff", 5);
    withColours(vim);
  } else if (home !== undefined && !vim.exists(`${home}/.vimrc`)) {
    const exinit = sys.environment.get("EXINIT");
    if (exinit !== undefined) yield* executeCommandLine(vim, exinit);
    else yield* sourceFile(vim, `${home}/.exrc`);
  }
  if (given.compatible !== undefined) vim.options.setCompatible(given.compatible);
}

/** defaults.vim: file types, and colours where the terminal has them. */
function withColours(vim: Vim): void {
  vim.fileTypes = { detection: true, plugin: true, indent: true };
  vim.colours = vim.look.colours > 2;
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
