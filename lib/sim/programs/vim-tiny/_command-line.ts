// The line at the bottom: commands, searches, filters.

import type { Blocking } from "../../kernel/sys.ts";
import { Failure } from "./_failure.ts";
import { findNext } from "./_find.ts";
import { readKeyAt } from "./_keyboard.ts";
import { registerNamed } from "./_registers.ts";
import { previousIndex, shown, widthOf } from "./_text.ts";
import type { Vim } from "./_vim.ts";
import { completeCommandLine } from "./_complete.ts";

/** What was typed behind the prompt; undefined when it was given up. */
export function* readCommandLine(vim: Vim, prompt: ":" | "/" | "?" | "!", start = ""): Blocking<string | undefined> {
  let text = start;
  let at = text.length;
  const kind = prompt === ":" ? ":" : "/";
  const history = vim.history[kind];
  let past = history.length;
  let own = "";
  vim.wipeMessage();
  const preview = prompt === "/" || prompt === "?" ? new Preview(vim, prompt === "/") : undefined;
  for (;;) {
    yield* preview?.show(text) ?? nothing();
    const { row, column } = draw(vim, prompt, text, at);
    vim.typingLine = true;
    const key = yield* readKeyAt(vim, row, column);
    vim.typingLine = false;
    preview?.end(key === "\r" || key === "\n");
    switch (key) {
      case "\r":
      case "\n":
        return done(vim, prompt, text);
      case "\u001b":
        if (vim.options.vi("x") && !vim.exMode) return done(vim, prompt, text);
        vim.wipeMessage();
        return undefined;
      case "\u0003":
        vim.wipeMessage();
        return undefined;
      case "\u007f":
      case "\b":
        if (at === 0) {
          if (text !== "" || prompt === "!") break;
          vim.wipeMessage();
          return undefined;
        }
        {
          const from = previousIndex(text, at);
          text = text.slice(0, from) + text.slice(at);
          at = from;
        }
        break;
      case "<Del>":
        text = text.slice(0, at) + text.slice(at + (at < text.length ? [...text.slice(at)][0]?.length ?? 1 : 0));
        break;
      case "\u0015":
        text = text.slice(at);
        at = 0;
        break;
      case "\u0017": {
        const kept = text.slice(0, at).replace(/(?:\w+|[^\w\s]+)?\s*$/, "");
        text = kept + text.slice(at);
        at = kept.length;
        break;
      }
      case "\u0002":
      case "<Home>":
        at = 0;
        break;
      case "\u0005":
      case "<End>":
        at = text.length;
        break;
      case "<Left>":
        at = previousIndex(text, at);
        break;
      case "<Right>":
        at = Math.min(text.length, at + ([...text.slice(at)][0]?.length ?? 0));
        break;
      case "<Up>":
      case "\u0010":
      case "<Down>":
      case "\u000e": {
        const back = key === "<Up>" || key === "\u0010";
        if (past === history.length) own = text;
        const prefix = key.startsWith("<") ? own : "";
        let next = past + (back ? -1 : 1);
        while (next >= 0 && next < history.length && !(history[next] ?? "").startsWith(prefix)) next += back ? -1 : 1;
        if (next < 0 || next > history.length || vim.options.number("history") === 0) {
          vim.bell();
          break;
        }
        past = next;
        text = past === history.length ? own : (history[past] ?? "");
        at = text.length;
        break;
      }
      case "\u0016":
      case "\u0011": {
        const literal = yield* readKeyAt(vim, row, column);
        text = text.slice(0, at) + literal + text.slice(at);
        at += literal.length;
        break;
      }
      case "\u0012": {
        const name = yield* readKeyAt(vim, row, column);
        const word = name === "\u0017" ? (/\w+/.exec(vim.line.slice(Math.max(0, vim.line.slice(0, vim.window.col).search(/\w*$/))))?.[0] ?? "") : (registerNamed(vim, name)?.lines.join("\r") ?? "");
        text = text.slice(0, at) + word + text.slice(at);
        at += word.length;
        break;
      }
      case "\t":
      case "\u0004":
        if (prompt !== ":" || vim.compatible) {
          text = `${text.slice(0, at)}${key}${text.slice(at)}`;
          at++;
        } else {
          const done = yield* completeCommandLine(vim, text.slice(0, at));
          text = done + text.slice(at);
          at = done.length;
        }
        break;
      default: {
        const piece = key.startsWith("<Paste>") ? (key.slice(7).split("\n")[0] ?? "") : key.startsWith("<") && key.length > 1 ? "" : key;
        text = text.slice(0, at) + piece + text.slice(at);
        at += piece.length;
      }
    }
  }
}

function* nothing(): Blocking<void> {}

/** 'incsearch': what is typed so far is looked for, and shown, from where the cursor is. */
class Preview {
  readonly #vim: Vim;
  readonly #forward: boolean;
  readonly #line: number;
  readonly #col: number;
  readonly #top: number;

  constructor(vim: Vim, forward: boolean) {
    this.#vim = vim;
    this.#forward = forward;
    this.#line = vim.window.line;
    this.#col = vim.window.col;
    this.#top = vim.window.top;
  }

  *show(text: string): Blocking<void> {
    const vim = this.#vim;
    if (!vim.options.on("incsearch") || text === "" || vim.typedAhead) return;
    try {
      const { place, end } = yield* findNext(vim, text, { line: this.#line, col: this.#col }, this.#forward, 1, true);
      vim.goTo(place);
      vim.spotlight = { line: place.line, from: place.col, to: end };
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
    }
  }

  /** The cursor is where it was; what is shown stays for a search that goes on. */
  end(searches: boolean): void {
    const { window } = this.#vim;
    this.#vim.spotlight = undefined;
    if (!searches) window.top = this.#top;
    window.line = this.#line;
    window.col = this.#col;
  }
}

function done(vim: Vim, prompt: string, text: string): string {
  const history = vim.history[prompt === ":" ? ":" : "/"];
  if (text !== "" && vim.options.number("history") > 0) {
    const known = history.indexOf(text);
    if (known >= 0) history.splice(known, 1);
    history.push(text);
  }
  return text;
}

/** Draws the line; a long one takes more rows. */
function draw(vim: Vim, prompt: string, text: string, at: number): { readonly row: number; readonly column: number } {
  const { screen } = vim;
  const whole = prompt + text;
  const how = { tabStop: 8, list: true };
  let column = 0;
  let cursor = 0;
  let drawn = "";
  let i = 0;
  for (const c of whole) {
    if (i === at + prompt.length) cursor = column;
    drawn += shown(c, column, how);
    column += widthOf(c, column, how);
    i += c.length;
  }
  if (at + prompt.length >= whole.length) cursor = column;
  const rows = Math.min(screen.rows, Math.floor(column / screen.columns) + 1);
  for (let row = 0; row < rows; row++) {
    const to = screen.rows - rows + row;
    screen.fill(to);
    screen.put(to, 0, [...drawn].slice(row * screen.columns, (row + 1) * screen.columns).join(""));
  }
  return { row: screen.rows - rows + Math.min(rows - 1, Math.floor(cursor / screen.columns)), column: cursor % screen.columns };
}
