// The history list of a shell: entries with their times, what HISTCONTROL, HISTIGNORE, HISTSIZE and cmdhist make of new lines, and
// the edits that old entries keep while one moves through the list.

import type { HistoryEntry, HistoryList } from "../front-end.ts";
import { joinBy, scanContinuation } from "./command-continuation.ts";
import { matchesHistoryPattern } from "../../readline/history-ignore.ts";
import type { UndoList } from "../../readline/undo-list.ts";

interface HistoryEnvironment {
  getVariable(name: string): string | undefined;
  /** shopt and set -o names: cmdhist, lithist, history */
  option(name: string): boolean;
  nowSeconds(): number;
}

class Entry implements HistoryEntry {
  text: string;
  timestampSeconds: number | undefined;
  /** What undo knows of an edit of this entry that was left in the list. */
  undo: UndoList | undefined;

  constructor(text: string, timestampSeconds: number | undefined) {
    this.text = text;
    this.timestampSeconds = timestampSeconds;
  }

  get modified(): boolean {
    return this.undo !== undefined && !this.undo.isEmpty;
  }
}

export class ShellHistory implements HistoryList {
  readonly #environment: HistoryEnvironment;
  #entries: Entry[] = [];
  #base = 1;
  /** Entries that came in this session, for `history -a` and histappend. */
  #unsaved = 0;
  /** Entries that the history file had when it was last read or written (history -n). */
  fileEntryCount = 0;
  /** The command being typed, with its real newlines; undefined when its first line was not remembered. */
  #command: string | undefined;

  constructor(environment: HistoryEnvironment) {
    this.#environment = environment;
  }

  get base(): number {
    return this.#base;
  }

  get entries(): readonly HistoryEntry[] {
    return this.#entries;
  }

  get unsavedCount(): number {
    return Math.min(this.#unsaved, this.#entries.length);
  }

  markSaved(): void {
    this.#unsaved = 0;
  }

  /** HISTSIZE: undefined when unlimited. */
  #limit(): number | undefined {
    const text = this.#environment.getVariable("HISTSIZE");
    if (text === undefined || !/^\s*[+-]?\d+\s*$/.test(text)) return undefined;
    const size = Number.parseInt(text, 10);
    return size < 0 ? undefined : size;
  }

  /** Drops the oldest entries beyond HISTSIZE. */
  stifle(): void {
    const limit = this.#limit();
    if (limit === undefined || this.#entries.length <= limit) return;
    const excess = this.#entries.length - limit;
    this.#entries.splice(0, excess);
    this.#base += excess;
  }

  /** HISTSIZE was assigned: the numbers begin behind those that are dropped now (history.c, stifle_history). */
  sizeChanged(): void {
    const before = this.#entries.length;
    this.stifle();
    if (this.#entries.length < before) this.#base = before - this.#entries.length;
  }

  add(text: string, timestampSeconds: number | undefined = this.#environment.nowSeconds()): void {
    if (this.#limit() === 0 && this.#entries.length === 0) return;
    this.#entries.push(new Entry(text, timestampSeconds));
    this.#unsaved += 1;
    this.stifle();
  }

  /** From a file; `counted`: as if they were of this session (history -n). What has no time there has that of the reading. */
  load(entries: readonly HistoryEntry[], counted = false): void {
    for (const entry of entries) this.#entries.push(new Entry(entry.text, entry.timestampSeconds ?? this.#environment.nowSeconds()));
    if (counted) this.#unsaved += entries.length;
    this.stifle();
  }

  /** The first line of a command, after history expansion. */
  remember(text: string): void {
    this.#command = undefined;
    if (!this.#wanted(text)) return;
    const control = this.#control();
    if (control.has("erasedups")) {
      const kept = this.#entries.filter((entry) => entry.text !== text);
      this.#unsaved -= Math.min(this.#unsaved, this.#entries.length - kept.length);
      this.#entries = kept;
    }
    this.add(text);
    this.#command = text;
  }

  /** A further line of the command that `remember` began. */
  rememberContinuation(line: string): void {
    const command = this.#command;
    if (command === undefined) return;
    this.#command = `${command}\n${line}`;
    const last = this.#entries.at(-1);
    if (!last) return;
    if (!this.#environment.option("cmdhist")) {
      this.add(line);
      return;
    }
    const state = scanContinuation(command);
    let text = last.text;
    let separator = this.#environment.option("lithist") ? "\n" : joinBy(command);
    if (state.backslash && !state.quoted && state.hereDocument !== "body") {
      text = text.slice(0, -1);
      separator = "";
    } else if (line.trim() === "" && separator !== "\n") return;
    text += separator + line;
    if (scanContinuation(this.#command).hereDocument === "ended") text += "\n";
    this.#entries[this.#entries.length - 1] = new Entry(text, last.timestampSeconds);
  }

  /** The line being executed went into the list. */
  get commandRemembered(): boolean {
    return this.#command !== undefined && this.#entries.length > 0;
  }

  /** Takes the executed line out again (history -s, history -p, fc). */
  forgetCommand(): void {
    if (!this.commandRemembered) return;
    this.#entries.pop();
    this.#unsaved = Math.max(this.#unsaved - 1, 0);
    this.#command = undefined;
  }

  #control(): ReadonlySet<string> {
    const control = new Set((this.#environment.getVariable("HISTCONTROL") ?? "").split(":"));
    if (control.has("ignoreboth")) {
      control.add("ignorespace");
      control.add("ignoredups");
    }
    return control;
  }

  #wanted(text: string): boolean {
    if (text === "" || !this.#environment.option("history")) return false;
    const control = this.#control();
    if (control.has("ignorespace") && (text.startsWith(" ") || text.startsWith("\t"))) return false;
    const previous = this.#entries.at(-1)?.text;
    if (control.has("ignoredups") && previous === text) return false;
    const ignore = this.#environment.getVariable("HISTIGNORE");
    return !(ignore && matchesHistoryPattern(ignore, text, previous));
  }

  #indexOf(number: number): number {
    return number - this.#base;
  }

  replace(number: number, text: string): void {
    const index = this.#indexOf(number);
    const old = this.#entries[index];
    if (old) this.#entries[index] = new Entry(text, old.timestampSeconds);
  }

  remove(number: number): void {
    const index = this.#indexOf(number);
    if (index >= this.#entries.length - this.#unsaved) this.#unsaved -= 1;
    this.#entries.splice(index, 1);
  }

  clear(): void {
    this.#command = undefined;
    this.#entries = [];
    this.#unsaved = 0;
    this.#base = 1;
  }

  // ---- editing in place ------------------------------------------------------------------------------------------------------

  undoOf(index: number): UndoList | undefined {
    return this.#entries[index]?.undo;
  }

  /** Leaves an edit in the list, as moving away from an edited entry does. */
  keepEdit(index: number, text: string, undo: UndoList | undefined): void {
    const entry = this.#entries[index];
    if (!entry) return;
    entry.text = text;
    entry.undo = undo;
  }
}
