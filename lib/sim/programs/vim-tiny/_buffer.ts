// A text being edited: its lines, its undo list, its marks, and what the screen must know of changes.

import type { Colouring } from "./_languages.ts";
import type { Position } from "./_text.ts";

interface Entry {
  readonly at: number;
  readonly old: readonly string[];
  count: number;
}

export interface UndoStep {
  readonly number: number;
  readonly entries: Entry[];
  readonly cursor: Position;
  readonly timeUs: number;
  /** marks of lines that it deleted */
  readonly lost: Map<string, Position>;
  /** the text that it changed is what this step had made */
  parent: UndoStep | undefined;
  /** the one that Ctrl-R goes on to */
  next: UndoStep | undefined;
  /** the text was written after it: the count of writes */
  saved: number;
}

/** Lines that were replaced since the screen was last drawn: [first, end before, end now). */
interface Change {
  first: number;
  endBefore: number;
  endNow: number;
}

const MOST_STEPS = 1000;

export class VimBuffer {
  readonly number: number;
  name: string;
  lines: string[] = [""];
  /** no line at all, as after :1,$d: `lines` then holds an empty one */
  empty = false;
  readOnly = false;
  /** the warning about changing a file that cannot be written was given */
  warned = false;
  loaded = false;
  notEdited = false;
  isNew = false;
  /** was in a window once */
  visited = false;
  swapName: string | undefined;
  /** the file that it is for, absolute */
  swapPath = "";
  /** what it holds: the count of changes when the text was written to it, and whether it says that there are some */
  swapped = -1;
  swapModified = false;
  /** (R)ecover was chosen when the file was opened */
  recover = false;
  /** goes up with every change of the text */
  changes = 0;
  /** options of this buffer alone */
  readonly local = new Map<string, boolean | number | string>();
  /** finds the colours of the text; what each line that was read begins in, from a line on */
  colouring: Colouring | undefined;
  states: object[] = [];
  statesFrom = 0;
  help = false;
  /** the last line of the file had no newline */
  noEndOfLine = false;
  format: "unix" | "dos" = "unix";
  mtimeUs: number | undefined;
  /** as of the last warning that somebody else changed the file; -1: it was gone */
  seenUs: number | undefined;
  readonly marks = new Map<string, Position>();
  /** where the cursor was when the window left it */
  last: Position = { line: 0, col: 0 };
  change: Change | undefined;
  /** where changes were made, the last one at the end: :changes */
  changeList: Position[] = [];
  /** Vi's u was the last thing done: the next one takes it back */
  undone = false;
  /** all of them, also those that a change after an undo has left aside: a tree */
  #steps: UndoStep[] = [];
  #current: UndoStep | undefined;
  #first: UndoStep | undefined;
  #open: UndoStep | undefined;
  #numbers = 0;
  #writes = 0;

  /** the step after which the text is that of the file; "none" when no step is */
  #written: UndoStep | undefined | "none";
  #modified = false;

  get modified(): boolean {
    return this.#modified;
  }

  set modified(value: boolean) {
    this.#modified = value;
    if (!value) this.#written = this.currentStep;
    else if (this.#written === this.currentStep && !this.#open) this.#written = "none";
  }

  constructor(number: number, name: string) {
    this.number = number;
    this.name = name;
  }

  get lineCount(): number {
    return this.empty ? 0 : this.lines.length;
  }

  get lastLine(): number {
    return this.lines.length - 1;
  }

  line(at: number): string {
    return this.lines[at] ?? "";
  }

  /** New contents without history: what reading a file does. */
  load(lines: string[]): void {
    this.lines = lines.length > 0 ? lines : [""];
    this.empty = lines.length === 0;
    this.#steps = [];
    this.#current = undefined;
    this.#first = undefined;
    this.#open = undefined;
    this.modified = false;
    this.warned = false;
    this.states = [];
    this.change = { first: 0, endBefore: Number.MAX_SAFE_INTEGER, endNow: Number.MAX_SAFE_INTEGER };
  }

  /** Every change goes through here. `cursor`: where it stands before the change, for undo. */
  replace(at: number, count: number, put: readonly string[], cursor: Position, nowUs: number): void {
    if (!this.#open) {
      this.undone = false;
      const step: UndoStep = { number: ++this.#numbers, entries: [], cursor, timeUs: nowUs, lost: new Map(), parent: this.#current, next: undefined, saved: 0 };
      this.#follow(step);
      this.#open = step;
      this.#steps.push(step);
      if (this.#steps.length > MOST_STEPS) this.#forgetOldest();
      const last = this.changeList.at(-1);
      if (last?.line === at) this.changeList.pop();
      this.changeList.push({ line: at, col: cursor.line === at ? cursor.col : 0 });
      if (this.changeList.length > 100) this.changeList.shift();
    }
    const lastEntry = this.#open.entries.at(-1);
    const wasEmpty = this.empty;
    if (lastEntry && lastEntry.at === at && lastEntry.count === count && count > 0 && !wasEmpty) lastEntry.count = put.length;
    else this.#open.entries.push({ at, old: wasEmpty ? [] : this.lines.slice(at, at + count), count: put.length });
    this.#exchange(at, count, put);
    this.#modified = true;
  }

  #exchange(at: number, count: number, put: readonly string[]): void {
    const removed = this.empty ? this.lines.length : count;
    if (put.length === 1 && removed === 1) this.lines[at] = put[0] ?? "";
    else this.lines = this.lines.slice(0, at).concat(put, this.lines.slice(at + removed));
    const grown = put.length - removed;
    this.empty = this.lines.length === 0;
    if (this.empty) this.lines = [""];
    this.states.length = Math.min(this.states.length, Math.max(0, at + 1 - this.statesFrom));
    this.#noteChange(at, removed, put.length);
    this.changes++;
    if (grown === 0) return;
    for (const mark of this.#followed) {
      if (mark.line >= at + removed) mark.line += grown;
      else if (mark.line >= at + put.length) mark.line = -1;
    }
    for (const [name, mark] of this.marks) {
      if (mark.line >= at + removed) this.marks.set(name, { line: mark.line + grown, col: mark.col });
      else if (mark.line >= at + put.length) {
        this.#open?.lost.set(name, mark);
        this.marks.delete(name);
      }
    }
  }

  #noteChange(at: number, removed: number, put: number): void {
    const old = this.change;
    if (!old) {
      this.change = { first: at, endBefore: at + removed, endNow: at + put };
      return;
    }
    // `at` counts in the lines of now: the end of before moves with what was inserted since.
    const shift = old.endBefore - old.endNow;
    old.first = Math.min(old.first, at);
    const endNow = Math.max(old.endNow, at + removed);
    old.endBefore = Math.max(old.endBefore, endNow + shift);
    old.endNow = endNow + put - removed;
  }

  /** These line numbers move with their lines; -1 when the line is deleted. */
  follow(marks: readonly { line: number }[] | undefined): void {
    this.#followed = marks ?? [];
  }

  #followed: readonly { line: number }[] = [];

  /** What comes now is another step of undo. */
  closeStep(): void {
    this.#open = undefined;
  }

  get hasOpenStep(): boolean {
    return this.#open !== undefined;
  }

  get currentStep(): UndoStep | undefined {
    return this.#current;
  }

  /** The last step of each branch: what :undolist shows, with how many steps lie before it. */
  get branches(): readonly { readonly step: UndoStep; readonly depth: number }[] {
    const parents = new Set(this.#steps.map((step) => step.parent));
    return this.#steps.filter((step) => !parents.has(step)).map((step) => {
      let depth = 0;
      for (let at: UndoStep | undefined = step; at; at = at.parent) depth++;
      return { step, depth };
    });
  }

  get lastNumber(): number {
    return this.#numbers;
  }

  stepNumbered(number: number): UndoStep | undefined {
    return this.#steps.find((step) => step.number === number);
  }

  /** The steps by the time they were made. */
  get steps(): readonly UndoStep[] {
    return this.#steps;
  }

  /** The file was written with what the current step made. */
  noteWritten(): void {
    this.#writes++;
    if (this.#current) this.#current.saved = this.#writes;
  }

  #follow(step: UndoStep): void {
    if (this.#current) this.#current.next = step;
    else this.#first = step;
    this.#current = step;
  }

  /** Keeps the memory bounded: the oldest state that can be gone back to is the one after it. */
  #forgetOldest(): void {
    const gone = this.#steps.shift();
    if (!gone) return;
    if (this.#first === gone) this.#first = gone.next;
    for (const step of this.#steps) if (step.parent === gone) step.parent = undefined;
  }

  /** To the text that the step made (undefined: that of the beginning), over the branches of the tree. The steps taken. */
  travelTo(target: UndoStep | undefined): { readonly back: boolean; readonly done: NonNullable<ReturnType<VimBuffer["travel"]>> }[] {
    const path: UndoStep[] = [];
    for (let at = target; at; at = at.parent) path.unshift(at);
    const taken: { back: boolean; done: NonNullable<ReturnType<VimBuffer["travel"]>> }[] = [];
    while (this.#current && !path.includes(this.#current)) {
      const done = this.travel(true);
      if (!done) break;
      taken.push({ back: true, done });
    }
    for (const step of path.slice(this.#current ? path.indexOf(this.#current) + 1 : 0)) {
      if (this.#current) this.#current.next = step;
      else this.#first = step;
      const done = this.travel(false);
      if (done) taken.push({ back: false, done });
    }
    return taken;
  }

  /** Takes back (or makes again) one step. Undefined: there is none. `more`: lines that there are now in addition; `lines`: lines touched. */
  travel(back: boolean): { readonly step: UndoStep; readonly fewer: number; readonly lines: number; readonly line: number } | undefined {
    this.#open = undefined;
    const step = back ? this.#current : this.#current ? this.#current.next : this.#first;
    if (!step) return undefined;
    this.#current = back ? step.parent : step;
    let gone = 0;
    let come = 0;
    let line = Number.MAX_SAFE_INTEGER;
    const entries = [...step.entries];
    if (back) entries.reverse();
    step.entries.length = 0;
    for (const entry of entries) {
      const now = this.empty ? [] : this.lines.slice(entry.at, entry.at + entry.count);
      gone += now.length;
      come += entry.old.length;
      const top = entry.at - 1;
      if (top < line) {
        const cursor = step.cursor.line;
        if (cursor >= top && cursor <= top + entry.old.length + 1) {
          line = cursor;
        } else {
          let i = 0;
          while (i < entry.old.length && i < now.length && entry.old[i] === now[i]) i++;
          if (i < entry.old.length || line === Number.MAX_SAFE_INTEGER) {
            line = entry.at + (i < entry.old.length ? i : 0);
          }
        }
      }
      this.#exchange(entry.at, this.empty ? 0 : entry.count, entry.old);
      const redo: Entry = { at: entry.at, old: now, count: entry.old.length };
      if (back) step.entries.unshift(redo);
      else step.entries.push(redo);
    }
    if (back) for (const [name, mark] of step.lost) if (!this.marks.has(name)) this.marks.set(name, mark);
    this.#modified = this.currentStep !== this.#written;
    return { step, fewer: gone - come, lines: this.empty ? come - 1 : come, line: Math.max(0, Math.min(line, this.lastLine)) };
  }

  /** The step that was made again last: its number stands behind "after". */
  get numberAfter(): number {
    return this.currentStep?.number ?? 0;
  }
}
