// The picture of history beside the log (git-log(1), --graph): columns of lines of descent, which merges join and forks divide. The layout follows
// git's own: every commit has its row, after it come the rows that its merge opens and those in which lines move left to where they belong.
import type { ObjectId } from "../store/object-id.ts";

interface Column {
  readonly id: ObjectId;
  readonly color: number;
}

type State = "padding" | "skip" | "pre-commit" | "commit" | "post-merge" | "collapsing";

const COLORS = ["\x1b[31m", "\x1b[32m", "\x1b[33m", "\x1b[34m", "\x1b[35m", "\x1b[36m", "\x1b[1;31m", "\x1b[1;32m", "\x1b[1;33m", "\x1b[1;34m", "\x1b[1;35m", "\x1b[1;36m"];

export class Graph {
  readonly #colored: boolean;
  #id: ObjectId = "";
  #mark = "*";
  #parents: readonly ObjectId[] = [];
  #columns: Column[] = [];
  #newColumns: Column[] = [];
  /** half columns of the screen → the column that the line there leads to */
  #mapping: number[] = [];
  #oldMapping: number[] = [];
  #width = 0;
  #state: State = "padding";
  #previousState: State = "padding";
  #expansionRow = 0;
  #commitIndex = 0;
  #previousCommitIndex = 0;
  /** 0: the first parent lies left of the commit; 1: it does not */
  #mergeLayout = 0;
  #edgesAdded = 0;
  #previousEdgesAdded = 0;
  #color = COLORS.length - 1;
  // The row being made.
  #line = "";
  #lineWidth = 0;

  constructor(colored: boolean) {
    this.#colored = colored;
  }

  /** The next commit. */
  update(id: ObjectId, parents: readonly ObjectId[], mark = "*"): void {
    this.#id = id;
    this.#mark = mark;
    this.#parents = parents;
    this.#previousCommitIndex = this.#commitIndex;
    this.#updateColumns();
    this.#expansionRow = 0;
    if (this.#state !== "padding") this.#state = "skip";
    else this.#state = this.#needsPreCommitRow ? "pre-commit" : "commit";
  }

  get finished(): boolean {
    return this.#state === "padding";
  }

  get #dashedParents(): number {
    return this.#parents.length + this.#mergeLayout - 3;
  }

  get #needsPreCommitRow(): boolean {
    return this.#parents.length >= 3 && this.#commitIndex < this.#columns.length - 1 && this.#expansionRow < this.#dashedParents * 2;
  }

  #updateColumns(): void {
    this.#columns = this.#newColumns;
    this.#newColumns = [];
    this.#mapping = new Array<number>(2 * (this.#columns.length + this.#parents.length)).fill(-1);
    this.#width = 0;
    this.#previousEdgesAdded = this.#edgesAdded;
    this.#edgesAdded = 0;
    let seen = false;
    for (let i = 0; i <= this.#columns.length; i++) {
      const column = this.#columns[i];
      if (!column && seen) break;
      if (column && column.id !== this.#id) {
        this.#insert(column.id, -1);
        continue;
      }
      seen = true;
      this.#commitIndex = i;
      this.#mergeLayout = -1;
      for (const parent of this.#parents) {
        if (this.#parents.length > 1 || !column) this.#color = (this.#color + 1) % COLORS.length;
        this.#insert(parent, i);
      }
      if (this.#parents.length === 0) this.#width += 2;
    }
    while (this.#mapping.length > 1 && (this.#mapping.at(-1) ?? -1) < 0) this.#mapping.pop();
  }

  #insert(id: ObjectId, from: number): void {
    let at = this.#newColumns.findIndex((column) => column.id === id);
    if (at < 0) {
      at = this.#newColumns.length;
      this.#newColumns.push({ id, color: this.#columns.find((column) => column.id === id)?.color ?? this.#color });
    }
    let place: number;
    if (this.#parents.length > 1 && from >= 0 && this.#mergeLayout === -1) {
      const distance = from - at;
      const shift = distance > 1 ? 2 * distance - 3 : 1;
      this.#mergeLayout = distance > 0 ? 0 : 1;
      this.#edgesAdded = this.#parents.length + this.#mergeLayout - 2;
      place = this.#width + (this.#mergeLayout - 1) * shift;
      this.#width += 2 * this.#mergeLayout;
    } else if (this.#edgesAdded > 0 && at === this.#mapping[this.#width - 2]) {
      place = this.#width - 2;
      this.#edgesAdded = -1;
    } else {
      place = this.#width;
      this.#width += 2;
    }
    this.#mapping[place] = at;
  }

  get #mappingCorrect(): boolean {
    return this.#mapping.every((target, i) => target < 0 || target === Math.floor(i / 2));
  }

  #put(text: string): void {
    this.#line += text;
    this.#lineWidth += text.length;
  }

  #column(column: Column | undefined, char: string): void {
    const color = this.#colored && column ? (COLORS[column.color] ?? "") : "";
    this.#line += color === "" ? char : `${color}${char}\x1b[m`;
    this.#lineWidth++;
  }

  #setState(state: State): void {
    this.#previousState = this.#state;
    this.#state = state;
  }

  #take(): string {
    const line = this.#line + " ".repeat(Math.max(0, this.#width - this.#lineWidth));
    this.#line = "";
    this.#lineWidth = 0;
    return line;
  }

  /** The next row, and whether it is the commit's own. */
  next(): { readonly text: string; readonly commit: boolean } {
    let commit = false;
    switch (this.#state) {
      case "padding":
        for (const column of this.#newColumns) {
          this.#column(column, "|");
          this.#put(" ");
        }
        break;
      case "skip":
        this.#put("...");
        this.#setState(this.#needsPreCommitRow ? "pre-commit" : "commit");
        break;
      case "pre-commit": this.#preCommitRow(); break;
      case "commit":
        this.#commitRow();
        commit = true;
        break;
      case "post-merge": this.#postMergeRow(); break;
      case "collapsing": this.#collapsingRow(); break;
    }
    return { text: this.#take(), commit };
  }

  /** A row between two parts of a commit's text. */
  padding(): string {
    if (this.#state !== "commit") return this.next().text;
    for (const column of this.#columns) {
      this.#column(column, "|");
      this.#put(column.id === this.#id && this.#parents.length > 2 ? " ".repeat((this.#parents.length - 2) * 2) : " ");
    }
    this.#previousState = "padding";
    return this.#take();
  }

  #preCommitRow(): void {
    let seen = false;
    for (const [i, column] of this.#columns.entries()) {
      if (column.id === this.#id) {
        seen = true;
        this.#column(column, "|");
        this.#put(" ".repeat(this.#expansionRow));
      } else if (seen && this.#expansionRow === 0) this.#column(column, this.#previousState === "post-merge" && this.#previousCommitIndex < i ? "\\" : "|");
      else this.#column(column, seen ? "\\" : "|");
      this.#put(" ");
    }
    this.#expansionRow++;
    if (!this.#needsPreCommitRow) this.#setState("commit");
  }

  #commitRow(): void {
    let seen = false;
    for (let i = 0; i <= this.#columns.length; i++) {
      const column = this.#columns[i];
      if (!column && seen) break;
      if (!column || column.id === this.#id) {
        seen = true;
        this.#put(this.#mark);
        if (this.#parents.length > 2) this.#octopus();
      } else if (seen && this.#edgesAdded > 1) this.#column(column, "\\");
      else if (seen && this.#edgesAdded === 1) this.#column(column, this.#previousState === "post-merge" && this.#previousEdgesAdded > 0 && this.#previousCommitIndex < i ? "\\" : "|");
      else if (this.#previousState === "collapsing" && this.#oldMapping[2 * i + 1] === i && (this.#mapping[2 * i] ?? -1) < i) this.#column(column, "/");
      else this.#column(column, "|");
      this.#put(" ");
    }
    if (this.#parents.length > 1) this.#setState("post-merge");
    else this.#setState(this.#mappingCorrect ? "padding" : "collapsing");
  }

  #octopus(): void {
    const dashes = this.#dashedParents;
    for (let i = 0; i < dashes; i++) {
      const column = this.#newColumns[this.#mapping[(this.#commitIndex + i + 2) * 2] ?? -1];
      this.#column(column, "-");
      this.#column(column, i === dashes - 1 ? "." : "-");
    }
  }

  #postMergeRow(): void {
    let seen = false;
    let parentColumn: Column | undefined;
    const [first] = this.#parents;
    for (let i = 0; i <= this.#columns.length; i++) {
      const column = this.#columns[i];
      if (!column && seen) break;
      if (!column || column.id === this.#id) {
        seen = true;
        let shape = this.#mergeLayout;
        for (const [n, parent] of this.#parents.entries()) {
          this.#column(this.#newColumns.find((one) => one.id === parent), "/|\\".charAt(shape));
          if (shape === 2) {
            if (this.#edgesAdded > 0 || n < this.#parents.length - 1) this.#put(" ");
          } else shape++;
        }
        if (this.#edgesAdded === 0) this.#put(" ");
      } else if (seen) {
        this.#column(column, this.#edgesAdded > 0 ? "\\" : "|");
        this.#put(" ");
      } else {
        this.#column(column, "|");
        if (this.#mergeLayout !== 0 || i !== this.#commitIndex - 1) {
          if (parentColumn) this.#column(parentColumn, "_");
          else this.#put(" ");
        }
      }
      if ((column?.id ?? this.#id) === first) parentColumn = column;
    }
    this.#setState(this.#mappingCorrect ? "padding" : "collapsing");
  }

  #collapsingRow(): void {
    const old = this.#mapping;
    const mapping = new Array<number>(old.length).fill(-1);
    let edge = -1;
    let edgeTarget = -1;
    let usedEdge = false;
    const reach = (target: number, until: number) => {
      for (let j = target * 2 + 3; j < until; j += 2) mapping[j] = target;
    };
    for (const [i, target] of old.entries()) {
      if (target < 0) continue;
      if (target * 2 === i) mapping[i] = target;
      else if ((mapping[i - 1] ?? -1) < 0) {
        mapping[i - 1] = target;
        if (edge === -1) {
          edge = i;
          edgeTarget = target;
          reach(target, i - 2);
        }
      } else if (mapping[i - 1] !== target) {
        mapping[i - 2] = target;
        if (edge === -1) {
          edgeTarget = target;
          edge = i - 1;
          reach(target, i - 2);
        }
      }
    }
    this.#oldMapping = [...mapping];
    if ((mapping.at(-1) ?? -1) < 0) mapping.pop();
    for (const [i, target] of mapping.entries()) {
      if (target < 0) this.#put(" ");
      else if (target * 2 === i) this.#column(this.#newColumns[target], "|");
      else if (target === edgeTarget && i !== edge - 1) {
        if (i !== target * 2 + 3) mapping[i] = -1;
        usedEdge = true;
        this.#column(this.#newColumns[target], "_");
      } else {
        if (usedEdge && i < edge) mapping[i] = -1;
        this.#column(this.#newColumns[target], "/");
      }
    }
    this.#mapping = mapping;
    if (this.#mappingCorrect) this.#setState("padding");
  }
}
