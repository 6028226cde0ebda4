// The type of a buffer's text, what follows from it, and the colours of its lines.

import type { VimBuffer } from "./_buffer.ts";
import type { Run } from "./_languages.ts";
import type { Vim } from "./_vim.ts";

/** As :filetype detection finds it, when it is on. */
export function detectFileType(vim: Vim, buffer: VimBuffer): void {
  if (!vim.languages || !vim.fileTypes.detection || buffer.help) return;
  const cwd = vim.sys.getcwd();
  const path = buffer.name === "" ? "" : buffer.name.startsWith("/") ? buffer.name : `${cwd === "/" ? "" : cwd}/${vim.homePath(buffer.name)}`.replace(/^.*\/(?=\/)/, "");
  setFileType(vim, buffer, path === "" ? "" : vim.languages.typeOf(path, buffer.lines.slice(0, 50)));
}

/** 'filetype': settings of the type, and 'syntax' after it. */
export function setFileType(vim: Vim, buffer: VimBuffer, type: string): void {
  buffer.local.clear();
  buffer.local.set("filetype", type);
  const known = vim.languages?.fileType(type);
  if (known && vim.fileTypes.plugin) for (const [name, value] of known.settings) if (name !== "indentexpr" || vim.fileTypes.indent) buffer.local.set(name, value);
  setSyntax(vim, buffer, type);
}

export function setSyntax(vim: Vim, buffer: VimBuffer, syntax: string): void {
  if (vim.colours) buffer.local.set("syntax", syntax);
  else buffer.local.delete("syntax");
  buffer.colouring = vim.colours && syntax !== "" ? vim.languages?.colouring(syntax, buffer.line(0)) : undefined;
  buffer.states = [];
}

/** So many lines above are read at most before the colours of a line are known. */
const MOST_LINES = 4000;
const LINES_BEFORE = 500;

/** The colours of a line of the buffer. */
export function runsOf(vim: Vim, buffer: VimBuffer, line: number): readonly Run[] {
  const { colouring } = buffer;
  if (!colouring) return [];
  if (buffer.states.length === 0 || line < buffer.statesFrom || line - buffer.statesFrom - buffer.states.length > MOST_LINES) {
    buffer.statesFrom = line > MOST_LINES ? line - LINES_BEFORE : 0;
    buffer.states = [colouring.start];
  }
  const { states, statesFrom } = buffer;
  for (let at = statesFrom + states.length - 1; at < line; at++) {
    const text = buffer.line(at);
    vim.colourCost += 1 + (text.length >> 5);
    states.push(colouring.colour(text, states[at - statesFrom] ?? colouring.start).state);
  }
  const text = buffer.line(line);
  vim.colourCost += 1 + (text.length >> 5);
  return colouring.colour(text, states[line - statesFrom] ?? colouring.start).runs;
}

/** The group of the character at an index of the line. */
export function groupAt(runs: readonly Run[], at: number): string {
  return runs.find((run) => at < run.end)?.group ?? "";
}
