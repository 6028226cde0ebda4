// What the editor needs of the program that it reads lines for: a history, and a few facts. A shell gives more (shell/readline).

import type { UndoList } from "./undo-list.ts";

/** Entry i of `entries` has the number base + i. */
export interface EditorHistory {
  readonly base: number;
  readonly entries: readonly { readonly text: string }[];
  /** What undo knows of an edit that was left in an old entry. */
  undoOf(index: number): UndoList | undefined;
  /** Leaves an edit in the list, as moving away from an edited entry does. */
  keepEdit(index: number, text: string, undo: UndoList | undefined): void;
}

export interface EditorHost {
  readonly history: EditorHistory;
  /** "vi" and "emacs" are asked for; true or false. */
  option(name: string): boolean;
  setOption(name: string, on: boolean): void;
  /** `~`, `~user` at the start of a word; undefined when it names nobody. */
  expandTilde(prefix: string): string | undefined;
}

export interface EditOptions {
  /** Text that already stands in the line. */
  readonly initialText?: string;
  /** Ends the line instead of Enter. */
  readonly delimiter?: string;
  /** So many characters end it too. */
  readonly count?: number;
  /** Keys are read as they are, Enter too (read -N). */
  readonly exact?: boolean;
  /** When to give up (monotonic); the line is then undefined and `timedOut` is set. */
  readonly deadlineUs?: number;
}
