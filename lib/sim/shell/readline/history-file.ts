// The history file: a line an entry, preceded by `#SECONDS` when times are kept (history(3), bash(1) HISTFILE).

import { type Blocking, decode, encode, O, SysError, type Sys } from "../../kernel/sys.ts";
import type { HistoryEntry } from "../front-end.ts";
import type { ShellHistory } from "./history-list.ts";

const TIMESTAMP = /^#(\d+)$/;

/** With timestamps in the file, lines up to the next one make one entry. */
export function parseHistoryFile(text: string): HistoryEntry[] {
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  const entries: { text: string; timestampSeconds: number | undefined }[] = [];
  const multiLine = TIMESTAMP.test(lines[0] ?? "");
  let timestamp: number | undefined;
  let fresh = true;
  for (const line of lines) {
    const match = TIMESTAMP.exec(line);
    if (match) {
      timestamp = Number(match[1]);
      fresh = true;
      continue;
    }
    const last = entries.at(-1);
    if (multiLine && !fresh && last) last.text += `\n${line}`;
    else if (line !== "") entries.push({ text: line, timestampSeconds: timestamp });
    if (!multiLine) timestamp = undefined;
    fresh = false;
  }
  return entries;
}

export function formatHistoryFile(entries: readonly HistoryEntry[], withTimestamps: boolean): string {
  let text = "";
  for (const entry of entries) {
    if (withTimestamps && entry.timestampSeconds !== undefined) text += `#${entry.timestampSeconds}\n`;
    text += `${entry.text}\n`;
  }
  return text;
}

export function* readHistoryFile(sys: Sys, path: string): Blocking<string> {
  const fd = yield* sys.open(path, O.RDONLY | O.CLOEXEC);
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const chunk = yield* sys.read(fd, 65536);
    if (chunk.length === 0) break;
    chunks.push(chunk);
    length += chunk.length;
  }
  sys.close(fd);
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return decode(bytes);
}

/** At the start of an interactive shell; a missing file is no error. */
export function* loadHistory(sys: Sys, history: ShellHistory, path: string): Blocking<void> {
  try {
    const entries = parseHistoryFile(yield* readHistoryFile(sys, path));
    history.load(entries);
    history.fileEntryCount = entries.length;
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
}

interface SaveHistoryOptions {
  readonly path: string;
  /** histappend, or more lines new than in the list */
  readonly append: boolean;
  readonly withTimestamps: boolean;
  /** HISTFILESIZE; undefined is unlimited */
  readonly maxEntries: number | undefined;
}

/** At exit: the new entries are appended or the whole list written, then the file is cut to HISTFILESIZE. Errors are the caller's. */
export function* saveHistory(sys: Sys, history: ShellHistory, options: SaveHistoryOptions): Blocking<void> {
  const fresh = history.unsavedCount;
  if (fresh === 0) return;
  const all = history.entries;
  let entries: readonly HistoryEntry[] = all;
  if (options.append) {
    let before: HistoryEntry[] = [];
    try {
      before = parseHistoryFile(yield* readHistoryFile(sys, options.path));
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    entries = [...before, ...all.slice(all.length - fresh)];
  }
  if (options.maxEntries !== undefined) entries = entries.slice(Math.max(entries.length - options.maxEntries, 0));
  const fd = yield* sys.open(options.path, O.WRONLY | O.CREAT | O.TRUNC | O.CLOEXEC, 0o600);
  yield* sys.write(fd, encode(formatHistoryFile(entries, options.withTimestamps)));
  sys.close(fd);
  history.markSaved();
}
