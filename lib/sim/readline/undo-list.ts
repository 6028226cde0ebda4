// What undo knows of a line: insertions and deletions, grouped by markers. A history entry keeps its list while one moves through
// the history, so an edited old entry can still be undone (and is marked in `history`).

type UndoStep =
  | { readonly kind: "insert"; readonly start: number; end: number }
  | { readonly kind: "delete"; readonly start: number; readonly text: string }
  | { readonly kind: "begin" }
  | { readonly kind: "end" };

/** readline joins single typed characters up to this many into one step. */
const MAX_JOINED = 20;

interface UndoResult {
  readonly text: string;
  readonly point: number;
}

export class UndoList {
  readonly #steps: UndoStep[] = [];
  #depth = 0;

  get isEmpty(): boolean {
    return this.#steps.length === 0;
  }

  /** Inside begin/end. */
  get grouping(): boolean {
    return this.#depth > 0;
  }

  begin(): void {
    this.#steps.push({ kind: "begin" });
    this.#depth += 1;
  }

  end(): void {
    if (this.#depth === 0) return;
    this.#depth -= 1;
    if (this.#steps.at(-1)?.kind === "begin") this.#steps.pop();
    else this.#steps.push({ kind: "end" });
  }

  endAll(): void {
    while (this.#depth > 0) this.end();
  }

  /** `typed`: a single character from the keyboard, joined with those just before it. */
  inserted(start: number, end: number, typed: boolean): void {
    const last = this.#steps.at(-1);
    if (typed && end - start === 1 && last?.kind === "insert" && last.end === start && last.end - last.start < MAX_JOINED) last.end = end;
    else this.#steps.push({ kind: "insert", start, end });
  }

  deleted(start: number, text: string): void {
    this.#steps.push({ kind: "delete", start, text });
  }

  /** Takes back one step or one group; undefined when there is nothing left. */
  undo(text: string, point: number): UndoResult | undefined {
    if (this.#steps.length === 0) return undefined;
    let depth = 0;
    do {
      const step = this.#steps.pop();
      if (!step) break;
      if (step.kind === "end") depth += 1;
      else if (step.kind === "begin") depth = Math.max(depth - 1, 0);
      else if (step.kind === "insert") {
        text = text.slice(0, step.start) + text.slice(step.end);
        point = step.start;
      } else {
        text = text.slice(0, step.start) + step.text + text.slice(step.start);
        point = step.start + step.text.length;
      }
    } while (depth > 0);
    return { text, point };
  }
}
