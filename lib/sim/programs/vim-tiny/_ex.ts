// The command line: which command is meant, for which lines, and the commands that run others.

import type { Blocking } from "../../kernel/sys.ts";
import { expandName } from "./_buffer-files.ts";
import { BUFFER_COMMANDS } from "./_ex-buffers.ts";
import type { ExCommand } from "./_ex-command.ts";
import { FILE_COMMANDS } from "./_ex-files.ts";
import { LINE_COMMANDS } from "./_ex-lines.ts";
import { MAPPING_COMMANDS } from "./_ex-mappings.ts";
import { type Range, readRange } from "./_ex-range.ts";
import { SETTING_COMMANDS } from "./_ex-settings.ts";
import { SHELL_COMMANDS } from "./_ex-shell.ts";
import { TEXT_COMMANDS } from "./_ex-text.ts";
import { TAB_COMMANDS } from "./_ex-tabs.ts";
import { WINDOW_COMMANDS } from "./_ex-windows.ts";
import { loadFile } from "./_files.ts";
import { markJump } from "./_jumps.ts";
import { readKeyAt } from "./_keyboard.ts";
import { enterTab, enterWindow } from "./_layout.ts";
import { registerNamed } from "./_registers.ts";
import { runNormal } from "./_repeating.ts";
import { globalCommand } from "./_substitute.ts";
import { Failure } from "./_failure.ts";
import type { Vim } from "./_vim.ts";
import { windowCommand } from "./_window-keys.ts";

/** Runs one line of commands; errors become messages. */
export function* executeCommandLine(vim: Vim, line: string): Blocking<void> {
  try {
    yield* execute(vim, line);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    if (error.message === "") vim.bell();
    else vim.error(error.message);
  }
}

/** Commands of a file (~/.vimrc): errors are told with their line. */
export function* sourceFile(vim: Vim, path: string): Blocking<boolean> {
  const loaded = yield* loadFile(vim.sys, path);
  if (loaded.kind !== "file") return false;
  for (const line of loaded.lines) {
    const text = line.trim();
    if (text === "" || text.startsWith('"')) continue;
    yield* executeCommandLine(vim, text);
  }
  return true;
}

function* execute(vim: Vim, line: string): Blocking<void> {
  let rest = line;
  while (rest.trim() !== "" || rest === line) {
    const text = rest.replace(/^[ \t:|]+/, "");
    if (text === "" || text.startsWith('"')) return;
    const { first, next } = splitBar(text);
    yield* one(vim, first);
    if (next === undefined) return;
    rest = next;
  }
}

/** A "|" ends the command, except of those that take it as theirs. */
function splitBar(text: string): { readonly first: string; readonly next: string | undefined } {
  const name = /^[^a-zA-Z!&<>@=#]*([a-zA-Z]*|!)/.exec(text)?.[1] ?? "";
  if (name === "!" || /^(g|gl|glo|glob|globa|global|v|vglobal|norm|normal|help|h)$/.test(name) || /^r(ead)?\s*!|^w(rite)?\s+!/.test(text.replace(/^[^a-zA-Z]*/, ""))) return { first: text, next: undefined };
  for (let i = 0; i < text.length; i++) {
    if (text[i] === "\\" || text[i] === "\u0016") i++;
    else if (text[i] === "|") return { first: text.slice(0, i), next: text.slice(i + 1) };
  }
  return { first: text, next: undefined };
}

export function* one(vim: Vim, text: string): Blocking<void> {
  const range = yield* readRange(vim, text);
  const { rest } = range;
  if (rest === "") {
    if (range.given === 0) return;
    const line = yield* checkRange(vim, range, "zero");
    markJump(vim);
    vim.startOfLine(Math.max(0, line.last - 1));
    return;
  }
  const found = /^(?:[a-zA-Z]+|[!&<>=@#*~])/.exec(rest);
  if (!found) throw new Failure(`E492: Not an editor command: ${text.trim()}`);
  let name = found[0];
  // k and s take their argument without a blank.
  if (/^k[a-zA-Z]$/.test(name)) name = "k";
  else if (/^s[cegiInpr]+$/.test(name) && !ALL_COMMANDS.some((command) => command.name.startsWith(name) && name.length >= command.least)) name = "s";
  let after = rest.slice(name.length);
  if (/^(d|del|delete|j|join|y|yank)[lp]$/.test(name)) name = name.slice(0, -1);
  const command = ALL_COMMANDS.find((one) => one.name.startsWith(name) && name.length >= one.least);
  if (!command) {
    // what the large version has for scripts, colours and indenting changes nothing that is shown
    if (vim.huge && UNAVAILABLE.some((word) => word.startsWith(name) && name.length >= 2)) return;
    if (UNAVAILABLE.some((word) => word.startsWith(name) && name.length >= 2)) throw new Failure("E319: Sorry, the command is not available in this version");
    // Letters that go on with digits or names ("d5", "t0", "m$") were all taken by the pattern above; anything else is unknown.
    throw new Failure(`E492: Not an editor command: ${text.trim()}`);
  }
  let bang = false;
  if (name !== "!" && after.startsWith("!")) {
    bang = true;
    after = after.slice(1);
  }
  const checked = yield* checkRange(vim, range, command.range);
  const keepsBlanks = command.name === "substitute" || command.name === "&" || command.name === "normal";
  yield* command.run({ vim, range: checked, bang, argument: keepsBlanks ? after : after.replace(/^[ \t]+/, ""), execute: (line) => execute(vim, line) });
  if (!MODIFIERS.some(({ name }) => name === command.name)) vim.modifiers = {};
}

function* checkRange(vim: Vim, range: Range, kind: ExCommand["range"]): Blocking<Range> {
  if (range.given === 0) return range;
  if (kind === undefined) throw new Failure("E481: No range allowed");
  if (kind === "any") return range;
  let { first, last } = range;
  if (first > last) {
    const question = "Backwards range given, OK to swap (y/n)?";
    vim.message(question, vim.look.question);
    const key = yield* readKeyAt(vim, vim.screen.rows - 1, question.length);
    if (key !== "y") {
      if (!key.startsWith("<") && key >= " ") vim.message(question + key);
      throw new Failure("");
    }
    [first, last] = [last, first];
  }
  if (last > vim.lines.length || first < 0) throw new Failure("E16: Invalid range");
  if (first === 0 && kind !== "zero") {
    first = 1;
    if (last === 0) last = 1;
  }
  return { ...range, first, last };
}

const UNAVAILABLE = [
  "augroup", "caddexpr", "call", "cclose", "copen", "cnext", "echomsg", "else", "endif", "execute", "fold", "for", "goto", "function", "grep", "if", "let", "make", "menu", "mksession", "python3", "redir", "scriptnames", "sign", "spellgood", "tselect", "unlet", "vimgrep", "while",
];

const RUNNING_COMMANDS: readonly ExCommand[] = [
  { name: "normal", least: 4, range: "lines", *run({ vim, range, argument }) {
    const keys = argument.trimStart();
    if (keys === "") throw new Failure("E471: Argument required");
    if (vim.normalDepth >= 20) throw new Failure("E192: Recursive use of :normal too deep");
    if (range.given === 0) yield* runNormal(vim, keys);
    for (let line = range.first - 1; range.given > 0 && line < range.last && line <= vim.buffer.lastLine; line++) {
      vim.goTo({ line, col: 0 });
      yield* runNormal(vim, keys);
    }
  } },
  { name: "global", least: 1, range: "lines", *run(ex) {
    const [first, last] = ex.range.given === 0 ? [1, ex.vim.lines.length] : [ex.range.first, ex.range.last];
    yield* globalCommand(ex.vim, ex.argument, first, last, ex.bang, (command) => executeInGlobal(ex.vim, command));
  } },
  { name: "source", least: 2, *run({ vim, argument }) {
    if (!(yield* sourceFile(vim, vim.homePath(expandName(vim, argument))))) throw new Failure(`E484: Can't open file ${argument}`);
  } },
  { name: "vglobal", least: 1, range: "lines", *run(ex) {
    const [first, last] = ex.range.given === 0 ? [1, ex.vim.lines.length] : [ex.range.first, ex.range.last];
    yield* globalCommand(ex.vim, ex.argument, first, last, true, (command) => executeInGlobal(ex.vim, command));
  } },
  { name: "argdo", least: 5, *run(ex) {
    for (let i = 0; i < ex.vim.args.length; i++) {
      if (ex.vim.argAt !== i) yield* execute(ex.vim, `argument ${i + 1}`);
      yield* execute(ex.vim, ex.argument);
    }
  } },
  { name: "bufdo", least: 5, *run({ vim, bang, argument }) {
    for (const buffer of vim.buffers.filter((one) => !one.help)) {
      yield* execute(vim, `buffer${bang ? "!" : ""} ${buffer.number}`);
      yield* execute(vim, argument);
    }
  } },
  { name: "tabdo", least: 4, *run({ vim, argument }) {
    for (const tab of [...vim.tabs]) {
      if (!vim.tabs.includes(tab)) continue;
      enterTab(vim, tab);
      yield* execute(vim, argument);
    }
  } },
  { name: "windo", least: 5, *run({ vim, argument }) {
    for (const window of vim.windows) {
      if (!vim.windows.includes(window)) continue;
      enterWindow(vim, window);
      yield* execute(vim, argument);
    }
  } },
  { name: "wincmd", least: 4, range: "any", *run({ vim, range, argument }) {
    const [key] = argument;
    if (key === undefined) throw new Failure("E471: Argument required");
    vim.queue.unshift(key, ...(key === "g" ? argument.slice(1, 2) : ""));
    yield* windowCommand(vim, range.given > 0 ? range.last : undefined);
  } },
  { name: "@", least: 1, range: "lines", *run({ vim, argument }) {
    const value = argument === ":" || argument === "@" || argument === "" ? { lines: [vim.lastCommand] } : registerNamed(vim, argument);
    for (const line of value?.lines ?? []) yield* execute(vim, line);
  } },
];

/** Words before a command: where its window goes, what it says. */
const MODIFIERS: readonly ExCommand[] = [
  modifier("aboveleft", 3, { place: "before" }), modifier("leftabove", 5, { place: "before" }), modifier("belowright", 3, { place: "after" }), modifier("rightbelow", 6, { place: "after" }),
  modifier("topleft", 2, { place: "first" }), modifier("botright", 2, { place: "last" }), modifier("vertical", 4, { vertical: true }), modifier("tab", 3, { tab: true }),
  modifier("keepjumps", 5, {}), modifier("keepmarks", 3, {}), modifier("keepalt", 5, {}), modifier("lockmarks", 3, {}), modifier("noautocmd", 3, {}), modifier("noswapfile", 3, {}),
  modifier("silent", 3, {}), modifier("unsilent", 3, {}), modifier("verbose", 4, {}), modifier("confirm", 4, {}),
];

function modifier(name: string, least: number, means: Vim["modifiers"]): ExCommand {
  return { name, least, range: "any", *run({ vim, bang, argument }) {
    vim.modifiers = { ...vim.modifiers, ...means };
    if (name !== "silent") {
      yield* execute(vim, argument);
      return;
    }
    // :silent says nothing, :silent! no errors either
    const before = vim.quiet;
    vim.quiet = true;
    try {
      yield* execute(vim, argument);
    } catch (error) {
      if (!(error instanceof Failure) || !bang) throw error;
    } finally {
      vim.quiet = before;
    }
  } };
}

const ALL_COMMANDS: readonly ExCommand[] = [...RUNNING_COMMANDS, ...MODIFIERS, ...TAB_COMMANDS, ...LINE_COMMANDS, ...TEXT_COMMANDS, ...FILE_COMMANDS, ...BUFFER_COMMANDS, ...WINDOW_COMMANDS, ...SHELL_COMMANDS, ...SETTING_COMMANDS, ...MAPPING_COMMANDS];

function* executeInGlobal(vim: Vim, command: string): Blocking<void> {
  try {
    yield* execute(vim, command);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
  }
}
