// Insert and Replace mode.

import type { Blocking } from "../../kernel/sys.ts";
import { readKey, readMappedKey } from "./_keyboard.ts";
import { indentAgain, indentByType, lineStart } from "./_new-line.ts";
import { blanks } from "./_operators.ts";
import { registerNamed } from "./_registers.ts";
import { columnOf, indentOf, nextIndex, type Position, previousIndex } from "./_text.ts";
import { abbreviationAt } from "./_mappings.ts";
import type { Vim } from "./_vim.ts";

export interface InsertRequest {
  readonly count: number;
  readonly replace?: boolean;
  /** lines that the command opened are opened again for each count (o, O) */
  readonly open?: "below" | "above";
  /** Ctrl-O: one command of normal mode */
  readonly once: () => Blocking<void>;
}

/** Ends with Escape; the cursor then stands on the last character put. */
export function* insertMode(vim: Vim, request: InsertRequest): Blocking<void> {
  const session = new InsertSession(vim, request);
  vim.inserting = true;
  vim.mode = request.replace ? "REPLACE" : "INSERT";
  // what stood in the last row makes room for the mode, seen or not
  if (vim.options.on("showmode") && !vim.hasMessage) vim.wipeMessage();
  try {
    yield* session.run();
  } finally {
    vim.inserting = false;
    vim.mode = "";
    vim.dollar = -1;
  }
  vim.lastInserted = session.inserted;
  vim.closeStep();
}

/** A count repeats no more characters than this. */
const LONGEST_REPEATED = 30_000;

class InsertSession {
  readonly #vim: Vim;
  readonly #request: InsertRequest;
  inserted = "";
  /** Backspace stops here, unless 'backspace' says otherwise */
  #start: Position;
  #replaced: string[] = [];
  #autoIndented = false;

  constructor(vim: Vim, request: InsertRequest) {
    this.#vim = vim;
    this.#request = request;
    this.#start = vim.cursor;
    this.#autoIndented = request.open !== undefined && indentOf(vim.line) !== "" && vim.line.trim() === "";
  }

  *run(): Blocking<void> {
    const vim = this.#vim;
    vim.buffer.marks.set("[", vim.cursor);
    for (;;) {
      const key = yield* readMappedKey(vim, "i");
      if (!/^[\w\u0016]$/.test(key)) this.#expand(key);
      if (key === "\u001b" || key === "\u0003") break;
      yield* this.#key(key);
      const reached = vim.dollar >= 0 && columnOf(vim.line, vim.window.col, vim.columns) >= vim.dollar;
      if (reached) vim.dollar = -1;
    }
    vim.dollar = -1;
    for (let i = 1; i < this.#request.count && this.inserted !== "" && this.inserted.length * i < LONGEST_REPEATED; i++) {
      if (this.#request.open !== undefined) this.#put("\n");
      for (const c of this.inserted) this.#put(c);
      if (vim.sys.charge(1 + this.inserted.length + (vim.line.length >> 5))) yield* vim.sys.preempt();
    }
    this.#dropIndent();
    vim.buffer.marks.set("]", vim.cursor);
    vim.buffer.marks.set("^", vim.cursor);
    const { line, col } = vim.cursor;
    vim.inserting = false;
    vim.goTo({ line, col: col > 0 ? previousIndex(vim.line, col) : 0 });
  }

  /** A word that was typed becomes what it is an abbreviation of. */
  #expand(key: string): void {
    const vim = this.#vim;
    if (vim.abbreviations.length === 0 || vim.options.on("paste") || (key.length > 1 && !key.startsWith("<CR")) || key === "\u007f" || key === "\b") return;
    const { line, col } = vim.cursor;
    const found = abbreviationAt(vim.abbreviations, "i", vim.line.slice(line === this.#start.line ? this.#start.col : 0, col));
    if (!found) return;
    vim.setLine(line, vim.line.slice(0, col - found.from.length) + vim.line.slice(col));
    vim.goTo({ line, col: col - found.from.length });
    this.inserted = this.inserted.slice(0, -found.from.length);
    for (const c of found.to) this.#type(c);
  }

  *#key(key: string): Blocking<void> {
    const vim = this.#vim;
    switch (key) {
      case "\r":
      case "\n":
        this.#put("\n");
        this.inserted += "\n";
        return;
      case "\u007f":
      case "\b":
      case "<BS>":
        this.#backspace("character");
        return;
      case "\u0017":
        this.#backspace("word");
        return;
      case "\u0015":
        this.#backspace("line");
        return;
      case "<Del>": {
        const text = vim.line;
        const { line, col } = vim.cursor;
        if (col < text.length) vim.setLine(line, text.slice(0, col) + text.slice(nextIndex(text, col)));
        else if (line < vim.buffer.lastLine && vim.options.backspaceOver("eol")) vim.replaceLines(line, 2, [text + vim.buffer.line(line + 1)]);
        else vim.bell();
        return;
      }
      case "<Left>":
      case "<Right>":
      case "<Up>":
      case "<Down>":
      case "<Home>":
      case "<End>":
      case "<C-Left>":
      case "<C-Right>":
      case "<S-Left>":
      case "<S-Right>":
      case "<PageUp>":
      case "<PageDown>":
        this.#move(key);
        return;
      case "\u0016":
      case "\u0011":
        yield* this.#literal();
        return;
      case "\u0012": {
        const name = yield* readKey(vim);
        const value = registerNamed(vim, name);
        if (value) for (const c of value.lines.join("\n") + (value.kind === "line" ? "\n" : "")) this.#type(c);
        return;
      }
      case "\u000f":
        vim.inserting = false;
        vim.mode = "(insert)";
        yield* this.#request.once();
        vim.inserting = true;
        vim.mode = this.#request.replace ? "REPLACE" : "INSERT";
        this.#start = vim.cursor;
        return;
      case "\u0001":
        for (const c of vim.lastInserted) this.#type(c);
        return;
      case "\u0005":
      case "\u0019": {
        const other = vim.buffer.line(vim.window.line + (key === "\u0005" ? 1 : -1));
        const c = other.slice(vim.window.col, nextIndex(other, vim.window.col));
        if (c === "") vim.bell();
        else this.#type(c);
        return;
      }
      case "\u0014":
      case "\u0004":
        this.#indent(key === "\u0014");
        return;
      case "<Insert>":
        vim.bell();
        return;
      case "\u001a":
        this.#type(key);
        return;
      default:
        if (key.startsWith("<Paste>")) {
          for (const c of key.slice(7)) {
            if (vim.sys.charge(2)) yield* vim.sys.preempt();
            this.#type(c);
          }
        } else if (key === "<" || !key.startsWith("<")) this.#type(key);
    }
  }

  *#literal(): Blocking<void> {
    const vim = this.#vim;
    const key = yield* readKey(vim);
    if (/^\d$/.test(key)) {
      let digits = key;
      while (digits.length < 3) {
        const next = yield* readKey(vim);
        if (!/^\d$/.test(next)) {
          vim.queue.unshift(next);
          break;
        }
        digits += next;
      }
      this.#type(String.fromCodePoint(Number(digits)));
    } else if (key === "u" || key === "x") {
      let digits = "";
      while (digits.length < (key === "u" ? 4 : 2)) {
        const next = yield* readKey(vim);
        if (!/^[0-9a-fA-F]$/.test(next)) {
          vim.queue.unshift(next);
          break;
        }
        digits += next;
      }
      if (digits !== "") this.#type(String.fromCodePoint(Number.parseInt(digits, 16)));
    } else this.#type(key === "\n" ? "\0" : key);
  }

  #type(c: string): void {
    const vim = this.#vim;
    if (c === "\t" && vim.options.on("expandtab")) {
      const stop = vim.options.number("softtabstop") || vim.columns.tabStop;
      const column = columnOf(vim.line, vim.window.col, vim.columns);
      for (let i = stop - (column % stop); i > 0; i--) this.#put(" ");
    } else {
      this.#wrapAt(c);
      this.#put(c);
      if (c !== "\n") indentAgain(vim);
    }
    this.inserted += c;
  }

  /** 'textwidth': a blank before the margin becomes a new line. */
  #wrapAt(c: string): void {
    const vim = this.#vim;
    const width = vim.options.number("textwidth");
    if (width === 0 || c === " " || c === "\n" || vim.options.on("paste")) return;
    if (columnOf(vim.line, vim.window.col, vim.columns) < width) return;
    const head = vim.line.slice(0, vim.window.col);
    const blank = head.trimEnd().lastIndexOf(" ");
    if (blank <= indentOf(head).length) return;
    const { line } = vim.cursor;
    const rest = head.slice(blank + 1);
    vim.replaceLines(line, 1, [head.slice(0, blank).trimEnd(), rest + vim.line.slice(vim.window.col)]);
    vim.goTo({ line: line + 1, col: rest.length });
    this.#start = { line: line + 1, col: 0 };
  }

  #put(c: string): void {
    const vim = this.#vim;
    const { line, col } = vim.cursor;
    const text = vim.line;
    if (c === "\n") {
      const start = lineStart(vim, text.slice(0, col), "r", false);
      const replace = this.#request.replace === true;
      let head = text.slice(0, col);
      if (this.#autoIndented && head.trim() === "") head = "";
      let begin = start.indent.slice(0, col) + start.leader;
      const rest = replace ? "" : begin === "" && vim.options.text("indentexpr") === "" ? text.slice(col) : text.slice(col).replace(/^[ \t]+/, "");
      vim.replaceLines(line, vim.buffer.empty ? 0 : 1, [head, begin + rest]);
      const indent = start.leader === "" ? indentByType(vim, line + 1) : undefined;
      if (indent !== undefined && indent !== begin) {
        begin = indent;
        vim.setLine(line + 1, begin + rest);
      }
      this.#autoIndented = begin !== "" && start.leader === "";
      vim.goTo({ line: line + 1, col: begin.length });
      this.#replaced = [];
      return;
    }
    this.#autoIndented = false;
    if (this.#request.replace) {
      const gone = text.slice(col, nextIndex(text, col));
      this.#replaced.push(gone);
      vim.setLine(line, text.slice(0, col) + c + text.slice(col + gone.length));
    } else vim.setLine(line, text.slice(0, col) + c + text.slice(col));
    vim.goTo({ line, col: col + c.length });
  }

  /** Blanks of 'autoindent' without text behind them go away. */
  #dropIndent(): void {
    const vim = this.#vim;
    if (!this.#autoIndented || vim.line.trim() !== "") return;
    vim.setLine(vim.window.line, "");
    vim.goTo({ line: vim.window.line, col: 0 });
  }

  #backspace(what: "character" | "word" | "line"): void {
    const vim = this.#vim;
    const { line, col } = vim.cursor;
    if (this.#request.replace) {
      const old = this.#replaced.pop();
      if (old === undefined) {
        if (col > 0) vim.goTo({ line, col: previousIndex(vim.line, col) });
        else vim.bell();
        return;
      }
      const from = previousIndex(vim.line, col);
      vim.setLine(line, vim.line.slice(0, from) + old + vim.line.slice(col));
      vim.goTo({ line, col: from });
      this.inserted = this.inserted.slice(0, -1);
      return;
    }
    if (col === 0) {
      if (line === 0 || !vim.options.backspaceOver("eol") || (line === this.#start.line && !vim.options.backspaceOver("start"))) {
        vim.bell();
        return;
      }
      const above = vim.buffer.line(line - 1);
      vim.replaceLines(line - 1, 2, [above + vim.line]);
      vim.goTo({ line: line - 1, col: above.length });
      this.inserted = this.inserted.slice(0, -1);
      return;
    }
    const least = line === this.#start.line && !(vim.options.backspaceOver("start") && (what === "character" || col <= this.#start.col)) ? this.#start.col : 0;
    if (col <= least) {
      vim.bell();
      return;
    }
    const head = vim.line.slice(0, col);
    let from = previousIndex(head, col);
    if (what === "word") from = head.replace(/(?:[A-Za-z0-9_]+|[^A-Za-z0-9_\s]+|)\s*$/, "").length;
    else if (what === "line") from = Math.min(indentOf(head).length, head.trimEnd() === "" ? 0 : indentOf(head).length);
    else if (/^ +$/.test(head) || head.endsWith(" ")) {
      const stop = vim.options.number("softtabstop");
      const column = columnOf(head, head.length, vim.columns);
      if (stop > 0) for (let i = Math.max(0, ((column - 1) % stop)); i > 0 && head[from - 1] === " "; i--) from--;
    }
    from = Math.max(from, least);
    if (vim.options.vi("v") && vim.dollar < 0) vim.dollar = columnOf(vim.line, col, vim.columns);
    vim.setLine(line, head.slice(0, from) + vim.line.slice(col));
    vim.goTo({ line, col: from });
    this.inserted = this.inserted.slice(0, Math.max(0, this.inserted.length - (col - from)));
  }

  #move(key: string): void {
    const vim = this.#vim;
    const { line, col } = vim.cursor;
    const text = vim.line;
    if (key === "<Left>") {
      if (col === 0) vim.bell();
      vim.goTo({ line, col: previousIndex(text, col) });
    } else if (key === "<Right>") {
      if (col >= text.length) vim.bell();
      vim.goTo({ line, col: nextIndex(text, col) });
    } else if (key === "<Home>") vim.goTo({ line, col: 0 });
    else if (key === "<End>") vim.goTo({ line, col: text.length });
    else if (key.endsWith("Left>")) vim.goTo({ line, col: text.slice(0, col).replace(/(?:\w+|[^\w\s]+)?\s*$/, "").length });
    else if (key.endsWith("Right>")) vim.goTo({ line, col: col + (/^(?:\w+|[^\w\s]+)?\s*/.exec(text.slice(col))?.[0].length ?? 0) });
    else if (key === "<PageUp>") vim.goToLine(line - vim.window.height + 2);
    else if (key === "<PageDown>") vim.goToLine(line + vim.window.height - 2);
    else if (key === "<Up>" ? line === 0 : line >= vim.buffer.lastLine) vim.bell();
    else vim.goToLine(line + (key === "<Up>" ? -1 : 1));
    // What is typed from here on is an insertion of its own.
    vim.buffer.closeStep();
    this.#start = vim.cursor;
    this.inserted = "";
  }

  #indent(more: boolean): void {
    const vim = this.#vim;
    const { line, col } = vim.cursor;
    const indent = indentOf(vim.line);
    const step = vim.options.number("shiftwidth") || vim.columns.tabStop;
    const width = columnOf(indent, indent.length, vim.columns);
    if (!more && width === 0) return;
    const next = blanks(vim, Math.max(0, more ? width + step - (width % step) : width - (width % step || step)));
    vim.setLine(line, next + vim.line.slice(indent.length));
    vim.goTo({ line, col: Math.max(0, col + next.length - indent.length) });
    this.#start = { line, col: 0 };
  }
}

