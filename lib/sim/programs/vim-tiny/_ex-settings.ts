// Options, registers, marks, jumps: shown and set.

import { type Blocking, SysError } from "../../kernel/sys.ts";
import type { Ex, ExCommand } from "./_ex-command.ts";
import { layout, setWidths } from "./_layout.ts";
import { listRows } from "./_messages.ts";
import { colourCommands, fileTypeChanged } from "./_ex-colours.ts";
import { OptionError } from "./_options.ts";
import { registerNamed } from "./_registers.ts";
import { shown } from "./_text.ts";
import { Failure } from "./_failure.ts";
import type { Vim } from "./_vim.ts";

function* setOptions({ vim, argument }: Ex, here = false): Blocking<void> {
  const words = argument.match(/(?:\\.|\S)+/g) ?? [];
  if (words.length === 0 || (words.length === 1 && words[0] === "all")) {
    const rows = words.length === 0 ? vim.options.changed(vim.compatible) : vim.options.all();
    yield* listRows(vim, ["--- Options ---", ...columnsOf(rows, vim.screen.columns)]);
    return;
  }
  const answers: string[] = [];
  for (const word of words) {
    if (word === "all&") {
      vim.options.setCompatible(vim.compatible);
      vim.redrawAll();
      continue;
    }
    try {
      const before = { readonly: vim.buffer.readOnly };
      vim.options.put("readonly", before.readonly);
      vim.options.put("modified", vim.buffer.modified);
      vim.options.put("fileformat", vim.buffer.format);
      vim.options.put("scroll", vim.window.scroll || Math.floor(vim.window.height / 2));
      const { name, shown } = vim.options.assign(word, here);
      if (shown !== undefined) answers.push(shown);
      vim.buffer.readOnly = vim.options.on("readonly");
      vim.buffer.modified = vim.options.on("modified");
      if (name === "fileformat") {
        const format = vim.options.text("fileformat");
        if (format !== "unix" && format !== "dos") throw new OptionError(`E474: Invalid argument: ${word}`);
        if (format !== vim.buffer.format) vim.buffer.modified = true;
        vim.buffer.format = format;
      }
      if (/[=:&]/.test(word)) {
        if (name === "filetype" || name === "syntax") fileTypeChanged(vim, name);
        else if (name === "background") setBackground(vim, word);
      }
      if (name === "hlsearch") vim.matchesHidden = false;
      if (name === "laststatus") layout(vim);
      if (name === "scroll" && word.includes("=")) vim.window.scroll = vim.options.number("scroll");
    } catch (error) {
      if (!(error instanceof OptionError)) throw error;
      throw new Failure(error.message);
    }
  }
  setWidths(vim);
  if (answers.length > 0) yield* listRows(vim, answers, true);
}

function setBackground(vim: Vim, word: string): void {
  const value = vim.options.text("background");
  if (value !== "light" && value !== "dark") {
    vim.options.put("background", vim.look.background);
    throw new OptionError(`E474: Invalid argument: ${word}`);
  }
  vim.look.background = value;
  vim.look.reset();
  vim.redrawAll();
  vim.wipeMessage();
}

function columnsOf(words: readonly string[], width: number): string[] {
  const short = words.filter((word) => word.length < 19);
  const long = words.filter((word) => word.length >= 19);
  const columns = Math.max(1, Math.floor((width + 3) / 20));
  const rows = Math.ceil(short.length / columns);
  const out: string[] = [];
  for (let row = 0; row < rows; row++) {
    let text = "";
    for (let i = row; i < short.length; i += rows) text = text.padEnd(20 * Math.floor(i / rows)) + (short[i] ?? "");
    out.push(text);
  }
  return [...out, ...long];
}

/** A word of :echo: a text, a number, an option, a register, the file's name. Throws Failure for what only scripts would say. */
function valueOf(vim: Vim, word: string): string {
  const text = /^(['"])(.*)\1$/.exec(word)?.[2];
  if (text !== undefined) return text;
  if (/^-?\d+$/.test(word)) return word;
  const sum = /^(-?\d+)([-+*/%])(-?\d+)$/.exec(word);
  if (sum) {
    const [a, b] = [Number(sum[1]), Number(sum[3])];
    return String(Math.trunc(sum[2] === "+" ? a + b : sum[2] === "-" ? a - b : sum[2] === "*" ? a * b : b === 0 ? 0 : sum[2] === "/" ? a / b : a % b));
  }
  if (word.startsWith("&")) return vim.options.show(word.slice(1)).replace(/^ {2}[a-z]+$/, "1").replace(/^no[a-z]+$/, "0").replace(/^ {2}[a-z]+=/, "");
  if (/^@.$/.test(word)) return registerNamed(vim, word.slice(1))?.lines.join("\n") ?? "";
  if (/^expand\((['"])%\1\)$/.test(word)) return vim.buffer.name;
  throw new Failure(`E121: Undefined variable: ${word}`);
}

export const SETTING_COMMANDS: readonly ExCommand[] = [
  { name: "delmarks", least: 4, *run({ vim, bang, argument }) {
    if (bang) for (const name of [...vim.buffer.marks.keys()]) if (/^[a-z]$/.test(name)) vim.buffer.marks.delete(name);
    if (!bang && argument.trim() === "") throw new Failure("E471: Argument required");
    for (const part of argument.match(/[A-Za-z0-9]-[A-Za-z0-9]|\S/g) ?? []) {
      for (const name of [...vim.buffer.marks.keys()]) if (part.length === 3 ? name >= part.charAt(0) && name <= part.charAt(2) : name === part) vim.buffer.marks.delete(name);
    }
    if (vim.sys.charge(1)) yield* vim.sys.preempt();
  } },
  { name: "jumps", least: 2, *run({ vim }) {
    const { jumps, jumpAt } = vim.window;
    const rows = jumps.map((place, i) => `${i === jumpAt ? ">" : " "}${String(Math.abs(i - jumpAt)).padStart(3)} ${String(place.line + 1).padStart(5)} ${String(place.col).padStart(4)} ${vim.buffer.line(place.line).trimStart()}`);
    yield* listRows(vim, [" jump line  col file/text", ...rows, ...(jumpAt >= jumps.length ? [">"] : [])]);
  } },
  { name: "startinsert", least: 4, *run({ vim, bang }) {
    vim.queue.push(bang ? "A" : "i");
    if (vim.sys.charge(1)) yield* vim.sys.preempt();
  } },
  { name: "cd", least: 2, *run({ vim, argument }) {
    try {
      vim.sys.chdir(vim.homePath(argument.trim() === "" ? "~" : argument.trim()));
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      throw new Failure("E344: Can't find directory \"" + argument.trim() + "\" in cdpath");
    }
    if (vim.sys.charge(1)) yield* vim.sys.preempt();
  } },
  { name: "display", least: 2, run: showRegisters },
  { name: "history", least: 3, *run({ vim }) {
    const rows = vim.history[":"].map((text, i) => `${i + 1 === vim.history[":"].length ? ">" : " "}${String(i + 1).padStart(6)}  ${text}`);
    yield* listRows(vim, ["      #  cmd history", ...rows]);
  } },
  { name: "k", least: 1, range: "lines", *run({ vim, range, argument }) {
    vim.buffer.marks.set(argument.trim().slice(0, 1), { line: range.last - 1, col: 0 });
    if (vim.sys.charge(1)) yield* vim.sys.preempt();
  } },
  { name: "mark", least: 2, range: "lines", *run({ vim, range, argument }) {
    if (!/^[A-Za-z]$/.test(argument.trim())) throw new Failure("E191: Argument must be a letter or forward/backward quote");
    vim.buffer.marks.set(argument.trim(), { line: range.last - 1, col: 0 });
    if (vim.sys.charge(1)) yield* vim.sys.preempt();
  } },
  { name: "echo", least: 2, *run({ vim, argument }) {
    if (!vim.huge) throw new Failure("E319: Sorry, the command is not available in this version");
    vim.message(argument.trim() === "" ? "" : (argument.match(/'[^']*'|"[^"]*"|\S+/g) ?? []).map((word) => valueOf(vim, word)).join(" "));
    if (vim.sys.charge(1)) yield* vim.sys.preempt();
  } },
  { name: "messages", least: 3, *run({ vim }) {
    yield* listRows(vim, [...vim.said], true);
  } },
  { name: "changes", least: 7, *run({ vim }) {
    const { changeList } = vim.buffer;
    const rows = changeList.map((place, i) => `${String(changeList.length - i).padStart(5)} ${String(place.line + 1).padStart(5)} ${String(place.col).padStart(4)} ${vim.buffer.line(place.line).trimStart()}`);
    yield* listRows(vim, ["change line  col text", ...rows, ">"]);
  } },
  { name: "autocmd", least: 2, *run({ vim, argument }) {
    if (argument.trim() !== "") return;
    yield* listRows(vim, ["--- Autocommands ---"]);
  } },
  { name: "command", least: 3, *run({ vim, argument }) {
    if (argument.trim() === "") vim.message("No user-defined commands found");
    else if (vim.sys.charge(1)) yield* vim.sys.preempt();
  } },
  ...colourCommands,
  { name: "digraphs", least: 3, *run({ vim }) {
    if (vim.sys.charge(1)) yield* vim.sys.preempt();
    throw new Failure("E196: No digraphs in this version");
  } },
  { name: "redraw", least: 4, *run({ vim, bang }) {
    vim.redrawAll();
    if (bang) vim.screen.forget();
    if (vim.sys.charge(1)) yield* vim.sys.preempt();
  } },
  { name: "marks", least: 5, *run({ vim }) {
    const rows = [...vim.buffer.marks].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, mark]) => ` ${name} ${String(mark.line + 1).padStart(6)} ${String(mark.col).padStart(4)} ${vim.buffer.line(mark.line).trimStart()}`);
    yield* listRows(vim, ["mark line  col file/text", ...rows]);
  } },
  { name: "pwd", least: 2, *run({ vim }) {
    vim.message(vim.sys.getcwd());
    if (vim.sys.charge(1)) yield* vim.sys.preempt();
  } },
  { name: "registers", least: 3, run: showRegisters },
  { name: "set", least: 2, run: setOptions },
  { name: "setlocal", least: 4, run: (ex) => setOptions(ex, true) },
  { name: "version", least: 2, *run({ vim }) {
    yield* listRows(vim, ["VIM - Vi IMproved 9.0 (2022 Jun 28)", "Included patches: 1-1378, 1499", "Tiny version without GUI.", "Simulated: same keys and messages as the real program, own code."]);
  } },
];

const REGISTER_NAMES = ['"', ..."0123456789abcdefghijklmnopqrstuvwxyz-.:%#/"];

function* showRegisters({ vim, argument }: Ex): Blocking<void> {
  const wanted = argument.replace(/\s/g, "");
  const rows: string[] = [];
  for (const name of REGISTER_NAMES) {
    const value = name === ":" && vim.lastCommand === "" ? undefined : name === "." && vim.lastInserted === "" ? undefined : registerNamed(vim, name);
    // ":reg #" asks for "%" in Vim too (ex_display)
    if (!value || (wanted !== "" && !wanted.includes(name === "#" ? "%" : name)) || (name === "%" && vim.buffer.name === "")) continue;
    const text = value.lines.map((line) => [...line].map((c) => shown(c, 0, { tabStop: 8, list: true })).join("")).join("^J") + (value.kind === "line" ? "^J" : "");
    rows.push(`  ${value.kind === "line" ? "l" : value.kind === "block" ? "b" : "c"}  "${name}   ${text.slice(0, vim.screen.columns - 11)}`);
  }
  yield* listRows(vim, ["Type Name Content", ...rows]);
}
