// ed's buffer: lines with marks, and one step of undo that undoes itself.

export interface Line {
  readonly text: string;
}

interface Snapshot {
  readonly lines: readonly Line[];
  readonly current: number;
  readonly isModified: boolean;
}

export class Buffer {
  lines: readonly Line[] = [];
  /** 1 for the first; 0 when there is none */
  current = 0;
  isModified = false;
  readonly marks = new Map<string, Line>();
  #before: Snapshot | undefined;
  #candidate: Snapshot | undefined;

  get last(): number {
    return this.lines.length;
  }

  text(address: number): string {
    return this.lines[address - 1]?.text ?? "";
  }

  /** 0: it is not in the buffer any more. */
  addressOf(line: Line | undefined): number {
    return line === undefined ? 0 : this.lines.indexOf(line) + 1;
  }

  /** Called before a command that may change lines: what `undo` goes back to if it does. */
  begin(): void {
    this.#candidate = { lines: this.lines, current: this.current, isModified: this.isModified };
  }

  #changed(lines: readonly Line[]): void {
    if (this.#candidate !== undefined) {
      this.#before = this.#candidate;
      this.#candidate = undefined;
    }
    this.lines = lines;
    this.isModified = true;
  }

  insert(after: number, lines: readonly Line[]): void {
    if (lines.length === 0) return;
    this.#changed([...this.lines.slice(0, after), ...lines, ...this.lines.slice(after)]);
    this.current = after + lines.length;
  }

  remove(from: number, to: number): void {
    this.#changed([...this.lines.slice(0, from - 1), ...this.lines.slice(to)]);
    this.current = Math.min(from, this.last);
  }

  replace(from: number, to: number, lines: readonly Line[]): void {
    this.#changed([...this.lines.slice(0, from - 1), ...lines, ...this.lines.slice(to)]);
    this.current = from - 1 + lines.length;
  }

  /** `to` is outside of the range. */
  move(from: number, to: number, target: number): void {
    const moved = this.lines.slice(from - 1, to);
    const before = this.lines.slice(0, from - 1);
    const after = this.lines.slice(to);
    const lines = target < from ? [...before.slice(0, target), ...moved, ...before.slice(target), ...after] : [...before, ...after.slice(0, target - to), ...moved, ...after.slice(target - to)];
    this.#changed(lines);
    this.current = target < from ? target + moved.length : target;
  }

  /** A file was read anew: nothing to undo. */
  forget(): void {
    this.#before = undefined;
    this.#candidate = undefined;
  }

  /** False: there is nothing to undo. */
  undo(): boolean {
    const before = this.#before;
    if (before === undefined) return false;
    this.#before = { lines: this.lines, current: this.current, isModified: this.isModified };
    this.lines = before.lines;
    this.current = before.current;
    this.isModified = before.isModified;
    return true;
  }
}
