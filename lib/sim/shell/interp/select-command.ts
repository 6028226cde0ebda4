// select: a menu, an answer, the body.
import { type Blocking, decode, SysError, textWidth } from "../../kernel/sys.ts";
import { expandWords } from "../expand/words.ts";
import { type ForCommand, Word } from "../syntax/tree.ts";
import { assignScalar, isName } from "./assign.ts";
import { runDebugTrap } from "./command-end.ts";
import { fail, isExpansionFailure } from "./failure.ts";
import { ShellExit } from "./flow.ts";
import { leavesLoop } from "./loops.ts";
import type { Shell } from "./shell.ts";
import { attend, handleSignals } from "./traps.ts";
import { trace } from "./xtrace.ts";

export function* runSelect(shell: Shell, node: ForCommand): Blocking<number> {
  yield* runDebugTrap(shell, node);
  if (!isName(node.name)) {
    yield* shell.report(`\`${node.name}': not a valid identifier`);
    if (shell.options.posix && !shell.interactive) throw new ShellExit(2);
    shell.lastStatus = 1;
    return 1;
  }
  let values: readonly string[];
  try {
    values = node.words === undefined ? shell.positional : yield* expandWords(shell, node.words);
  } catch (error) {
    if (isExpansionFailure(error)) return yield* fail(shell, error);
    throw error;
  }
  if (shell.options.xtrace) yield* trace(shell, `select ${node.name} in ${node.words === undefined ? '"$@"' : node.words.map((word) => word.text).join(" ")}`);
  if (values.length === 0) return 0;
  let status = 0;
  shell.loopDepth++;
  let show = true;
  try {
    for (;;) {
      if (shell.attention) yield* attend(shell);
      if (show) yield* shell.errorText(selectMenu(values, Number.parseInt(shell.getVariable("COLUMNS") ?? "", 10) || 80));
      yield* shell.errorText((yield* shell.language.expandString(shell, promptWord(shell.getVariable("PS3") ?? "#? "))));
      const line = yield* readSelectLine(shell);
      if (line === undefined) {
        yield* shell.writeText(1, "\n");
        status = 1;
        break;
      }
      assignScalar(shell, "REPLY", line);
      show = line.trim() === "";
      if (show) continue;
      const number = /^\s*[0-9]+\s*$/.test(line) ? Number(line) : 0;
      assignScalar(shell, node.name, values[number - 1] ?? "");
      const outcome = shell.language.run(shell, node.body);
      status = typeof outcome === "number" ? outcome : yield* outcome;
      if (leavesLoop(shell)) break;
      show = (shell.getVariable("REPLY") ?? "") === "";
    }
  } finally {
    shell.loopDepth--;
  }
  if (shell.flow === "none") shell.lastStatus = status;
  return status;
}

function promptWord(text: string): Word {
  return new Word(text, [], "heredoc");
}

function* readSelectLine(shell: Shell): Blocking<string | undefined> {
  const bytes: number[] = [];
  for (;;) {
    let chunk: Uint8Array;
    try {
      chunk = yield* shell.sys.read(0, 1);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      if (error.errno !== "EINTR") return undefined;
      yield* handleSignals(shell);
      continue;
    }
    const byte = chunk[0];
    if (byte === undefined) return bytes.length > 0 ? decodeBytes(bytes) : undefined;
    if (byte === 10) return decodeBytes(bytes);
    bytes.push(byte);
  }
}

function decodeBytes(bytes: readonly number[]): string {
  return decode(Uint8Array.from(bytes));
}

/** Columns that run downwards, as execute_cmd.c: print_select_list lays them out; the first has narrower numbers. */
function selectMenu(values: readonly string[], screenColumns: number): string {
  const digits = String(values.length).length;
  const cell = Math.max(...values.map((value) => textWidth(value))) + digits + 2 + 2;
  let columns = Math.max(1, Math.floor(screenColumns / cell));
  let rows = Math.ceil(values.length / columns);
  columns = Math.ceil(values.length / rows);
  if (rows === 1) {
    rows = columns;
    columns = 1;
  }
  const firstDigits = String(rows).length;
  let out = "";
  for (let row = 0; row < rows; row++) {
    let position = 0;
    for (let index = row; index < values.length; index += rows) {
      const width = position === 0 ? firstDigits : digits;
      const value = values[index] ?? "";
      out += `${String(index + 1).padStart(width)}) ${value}`;
      if (index + rows < values.length) out += blanks(position + width + 2 + textWidth(value), position + cell);
      position += cell;
    }
    out += "\n";
  }
  return out;
}

/** From one column to another with tabs where they reach. */
function blanks(from: number, to: number): string {
  let out = "";
  for (let at = from; at < to; ) {
    if (Math.floor(to / 8) > Math.floor(at / 8)) {
      out += "\t";
      at += 8 - (at % 8);
    } else {
      out += " ";
      at++;
    }
  }
  return out;
}
