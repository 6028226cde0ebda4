// Tab on the command line: command and file names.

import { type Blocking, SysError } from "../../kernel/sys.ts";
import type { Vim } from "./_vim.ts";

const WORDS = ["args", "buffer", "buffers", "bnext", "bprevious", "close", "copy", "delete", "edit", "enew", "exit", "file", "files", "first", "global", "help", "join", "last", "list", "move", "new", "next", "normal", "number", "only", "previous", "print", "put", "quit", "qall", "read", "redo", "registers", "rewind", "set", "shell", "source", "split", "stop", "substitute", "suspend", "undo", "update", "version", "view", "visual", "wall", "wnext", "wq", "wqall", "write", "xall", "xit", "yank"];

/** The text with its last word completed; a single Tab gives the first match. */
export function* completeCommandLine(vim: Vim, text: string): Blocking<string> {
  if (vim.sys.charge(1)) yield* vim.sys.preempt();
  const command = /^[%\d,.$']*([a-z]*)$/.exec(text);
  if (command) {
    const [, word = ""] = command;
    const found = WORDS.find((one) => one.startsWith(word));
    if (found === undefined) vim.bell();
    return found === undefined ? text : text.slice(0, text.length - word.length) + found;
  }
  const word = /\S*$/.exec(text)?.[0] ?? "";
  const slash = word.lastIndexOf("/") + 1;
  const folder = word.slice(0, slash);
  const rest = word.slice(slash);
  try {
    const names = vim.sys.readdir(folder === "" ? "." : vim.homePath(folder)).map((entry) => entry.name).filter((name) => name.startsWith(rest) && (rest.startsWith(".") || !name.startsWith("."))).sort();
    const [first] = names;
    if (first === undefined) {
      vim.bell();
      return text;
    }
    const path = folder + first;
    let directory = false;
    try {
      directory = (vim.sys.stat(vim.homePath(path)).mode & 0o170000) === 0o040000;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    return text.slice(0, text.length - word.length) + path + (directory ? "/" : "");
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    vim.bell();
    return text;
  }
}
