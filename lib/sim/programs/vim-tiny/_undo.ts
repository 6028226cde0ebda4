// u and Ctrl-R, with what they say.

import type { VimBuffer } from "./_buffer.ts";
import { Failure } from "./_failure.ts";
import type { Vim } from "./_vim.ts";

/** Vi's u takes back its own undo; Vim's goes on into the past. */
export function undo(vim: Vim, times: number): void {
  if (vim.options.vi("u")) {
    travel(vim, !vim.buffer.undone, 1);
    vim.buffer.undone = !vim.buffer.undone;
    return;
  }
  travel(vim, true, times);
}

export function redo(vim: Vim, times: number): void {
  travel(vim, vim.options.vi("u") ? vim.buffer.undone : false, times);
}

function travel(vim: Vim, back: boolean, times: number): void {
  for (let i = 0; i < times; i++) {
    const done = vim.buffer.travel(back);
    if (!done) {
      vim.message(back ? "Already at oldest change" : "Already at newest change");
      return;
    }
    say(vim, done, back, done.fewer, done.lines);
  }
}

type Travelled = NonNullable<ReturnType<VimBuffer["travel"]>>;

function say(vim: Vim, done: Travelled, back: boolean, fewer: number, lines: number): void {
  if (done.step.cursor.line === done.line) vim.goTo({ line: done.line, col: done.step.cursor.col });
  else vim.startOfLine(done.line);
  const number = back ? done.step.number : vim.buffer.numberAfter;
  const what = fewer === -1 ? "1 more line" : fewer < 0 ? `${-fewer} more lines` : fewer === 1 ? "1 line less" : fewer > 1 ? `${fewer} fewer lines` : `${lines} change${lines === 1 ? "" : "s"}`;
  vim.message(`${what}; ${back ? "before" : "after"} #${number}  ${when(vim, done.step.timeUs)}`);
}

function when(vim: Vim, timeUs: number): string {
  const ago = Math.max(0, Math.floor((vim.sys.clockUs("realtime") - timeUs) / 1_000_000));
  return ago < 100 ? `${ago} second${ago === 1 ? "" : "s"} ago` : clock(timeUs);
}

/** g- and g+: texts by the time they were made, whatever branch they are on. */
export function undoByTime(vim: Vim, by: number): void {
  const { buffer } = vim;
  const now = buffer.currentStep?.number ?? 0;
  const wanted = now + by;
  if (wanted < 0 || wanted > buffer.lastNumber) {
    if (now === (wanted < 0 ? 0 : buffer.lastNumber)) {
      const first = buffer.steps[0];
      vim.message(wanted < 0 ? `0 changes; before #${first?.number ?? 0}${first ? `  ${when(vim, first.timeUs)}` : ""}` : "Already at newest change");
      return;
    }
  }
  undoTo(vim, Math.max(0, Math.min(buffer.lastNumber, wanted)), false);
}

/** :undo N. Throws Failure. */
export function undoTo(vim: Vim, number: number, absolute = true): void {
  const { buffer } = vim;
  const target = buffer.stepNumbered(number);
  if (number !== 0 && !target) throw new Failure(`E830: Undo number ${number} not found`);
  const taken = buffer.travelTo(target);
  const last = taken.at(-1);
  if (!last) return;
  const fewer = taken.reduce((sum, { done }) => sum + done.fewer, 0);
  // ":undo N" says behind which change the text is, g- before which
  say(vim, last.done, last.back && (!absolute || target === undefined), fewer, taken.reduce((sum, { done }) => sum + done.lines, 0));
}

/** :earlier and :later with a time ("10m") or a count of writes ("2f"). */
export function undoBySpan(vim: Vim, argument: string, back: boolean): void {
  const found = /^(\d*)([smhdf]?)$/.exec(argument.trim());
  if (!found) throw new Failure(`E475: Invalid argument: ${argument.trim()}`);
  const count = found[1] === "" ? 1 : Number(found[1]);
  const unit = found[2] ?? "";
  const { buffer } = vim;
  if (unit === "") {
    undoByTime(vim, back ? -count : count);
    return;
  }
  const now = buffer.currentStep;
  if (unit === "f") {
    const saved = buffer.steps.filter((step) => step.saved > 0 && (back ? step.number < (now?.number ?? 0) : step.number > (now?.number ?? 0)));
    const target = back ? saved.at(-count) : saved[count - 1];
    undoByTime(vim, (target?.number ?? (back ? 0 : buffer.lastNumber)) - (now?.number ?? 0));
    return;
  }
  const seconds = count * (unit === "s" ? 1 : unit === "m" ? 60 : unit === "h" ? 3600 : 86_400);
  const base = now?.timeUs ?? buffer.steps[0]?.timeUs ?? 0;
  const limit = base + (back ? -1 : 1) * seconds * 1_000_000;
  const target = back ? (buffer.steps.findLast((step) => step.timeUs <= limit)?.number ?? 0) : (buffer.steps.findLast((step) => step.timeUs <= limit)?.number ?? buffer.lastNumber);
  undoByTime(vim, target - (now?.number ?? 0));
}

/** :undolist */
export function undoList(vim: Vim): string[] {
  const rows = vim.buffer.branches.map(({ step, depth }) => `${String(step.number).padStart(6)} ${String(depth).padStart(7)}  ${when(vim, step.timeUs)}`.padEnd(33) + (step.saved > 0 ? String(step.saved).padStart(3) : ""));
  return rows.length === 0 ? [] : ["number changes  when               saved", ...rows.map((row) => row.trimEnd())];
}

function clock(timeUs: number): string {
  const seconds = Math.floor(timeUs / 1_000_000) % 86400;
  const two = (n: number) => String(Math.floor(n)).padStart(2, "0");
  return `${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}`;
}
