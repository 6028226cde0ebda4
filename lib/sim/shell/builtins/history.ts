// history (bash(1), SHELL BUILTIN COMMANDS).
import { type Blocking, encode, O, SysError, strerror } from "../../kernel/sys.ts";
import { strftime } from "../expand/strftime.ts";
import { formatHistoryFile, parseHistoryFile, readHistoryFile } from "../readline/history-file.ts";
import type { Shell } from "../interp/shell.ts";
import { restricted } from "../interp/restricted.ts";
import { type Builtin, parseOptions } from "./builtin.ts";

function* list(shell: Shell, count: number | undefined): Blocking<number> {
  const { entries, base } = shell.history;
  const format = shell.getVariable("HISTTIMEFORMAT");
  const from = count === undefined ? 0 : Math.max(entries.length - count, 0);
  let text = "";
  for (let index = from; index < entries.length; index++) {
    const entry = entries[index];
    if (!entry) continue;
    const time = format === undefined || format === "" ? "" : entry.timestampSeconds === undefined ? "??" : strftime(shell, format, entry.timestampSeconds * 1_000_000);
    text += `${String(base + index).padStart(5)}${entry.modified ? "*" : " "} ${time}${entry.text}\n`;
  }
  return (yield* shell.writeText(1, text)) ? 0 : 1;
}

/** A number of the list; negative ones count from its end. */
function position(shell: Shell, text: string): number | undefined {
  const { entries, base } = shell.history;
  if (!/^[+-]?\d+$/.test(text)) return undefined;
  const number = Number(text);
  const wanted = number < 0 ? base + entries.length + number : number;
  return wanted >= base && wanted < base + entries.length ? wanted : undefined;
}

function* remove(shell: Shell, text: string): Blocking<number> {
  const range = /^(-?\d+)-(-?\d+)$/.exec(text);
  if (range) {
    const from = position(shell, range[1] ?? "");
    const to = position(shell, range[2] ?? "");
    if (from === undefined || to === undefined) {
      yield* shell.complain(`${from === undefined ? range[1] : range[2]}: history position out of range`);
      return 1;
    }
    for (let number = to; number >= from; number--) shell.history.remove(number);
    return 0;
  }
  const number = /^[+-]?\d+$/.test(text) ? position(shell, text) : undefined;
  if (number === undefined) {
    yield* shell.complain(`${text}: history position out of range`);
    return 1;
  }
  shell.history.remove(number);
  return 0;
}

function* expandAndPrint(shell: Shell, args: readonly string[]): Blocking<number> {
  shell.history.forgetCommand();
  let status = 0;
  for (const arg of args) {
    const expansion = shell.lineEditing?.expandHistory(arg) ?? { kind: "unchanged" };
    if (expansion.kind === "error") {
      yield* shell.complain(`${arg}: history expansion failed`);
      status = 1;
    } else yield* shell.writeText(1, `${expansion.kind === "expanded" ? expansion.text : arg}\n`);
  }
  return status;
}

function* file(shell: Shell, action: "a" | "n" | "r" | "w", name: string | undefined): Blocking<number> {
  const path = name ?? shell.getVariable("HISTFILE");
  if (path === undefined || path === "") return 0;
  const { history } = shell;
  const times = shell.getVariable("HISTTIMEFORMAT") !== undefined;
  try {
    if (action === "r" || action === "n") {
      const entries = parseHistoryFile(yield* readHistoryFile(shell.sys, path), times);
      const from = action === "n" ? history.fileEntryCount : 0;
      history.load(entries.slice(from), action === "n");
      history.fileEntryCount = entries.length;
      return 0;
    }
    const fresh = history.unsavedCount;
    const entries = action === "w" ? history.entries : history.entries.slice(history.entries.length - fresh);
    if (action === "a" && fresh === 0) return 0;
    const fd = yield* shell.sys.open(path, O.WRONLY | O.CREAT | (action === "w" ? O.TRUNC : O.APPEND), 0o600);
    yield* shell.sys.write(fd, encode(formatHistoryFile(entries, times)));
    shell.sys.close(fd);
    history.fileEntryCount = action === "w" ? entries.length : history.fileEntryCount + entries.length;
    history.markSaved();
    return 0;
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    // only where the file is made for -a does bash say so
    if (action === "a") yield* shell.complain(`${path}: cannot create: ${strerror(error.errno)}`);
    return 1;
  }
}

function* run(shell: Shell, args: readonly string[]): Blocking<number> {
  const options = parseOptions(args, "acd:npsrw");
  const letters = new Set(options.options.map(([letter]) => letter));
  const offset = options.value("d");
  const operands = options.rest;
  const files = [...letters].filter((letter) => "anrw".includes(letter));
  if (files.length > 1) {
    yield* shell.complain("cannot use more than one of -anrw");
    return 1;
  }
  if (letters.has("c")) {
    shell.history.clear();
    if (files.length === 0 && offset === undefined && operands.length === 0) return 0;
  }
  if (letters.has("s")) {
    if (operands.length > 0) {
      shell.history.forgetCommand();
      shell.history.add(operands.join(" "));
    }
    return 0;
  }
  if (letters.has("p")) return operands.length === 0 ? 0 : yield* expandAndPrint(shell, operands);
  if (offset !== undefined) return yield* remove(shell, offset);
  const action = files[0];
  if (action !== undefined && restricted(shell) && operands[0]?.includes("/")) {
    yield* shell.complain(`${operands[0]}: restricted`);
    return 1;
  }
  if (action === "a" || action === "n" || action === "r" || action === "w") return yield* file(shell, action, operands[0]);
  const [count] = operands;
  if (count !== undefined && !/^\s*[+-]?\d+\s*$/.test(count)) {
    yield* shell.complain(`${count}: numeric argument required`);
    return 1;
  }
  if (operands.length > 1) {
    yield* shell.complain("too many arguments");
    return 1;
  }
  return yield* list(shell, count === undefined ? undefined : Math.abs(Number(count)));
}

const history: Builtin = {
  name: "history", usage: "history [-c] [-d offset] [n] or history -anrw [filename] or history -ps arg [arg...]",
  help: "Lists the commands typed so far, the last N of them; edited entries are marked with an asterisk.\n-c clears the list, -d removes one entry or a range, -a -n -r -w append to, read from or write the\nhistory file, -p expands its arguments without storing them, -s stores them as one entry.",
  run,
};
export default history;
