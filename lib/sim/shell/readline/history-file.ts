// The history file: a line an entry, preceded by `#SECONDS` when times are kept (history(3), bash(1) HISTFILE).

import { type Blocking, decode, encode, O, SysError, type Sys } from "../../kernel/sys.ts";
import type { HistoryEntry } from "../front-end.ts";
import type { ShellHistory } from "./history-list.ts";

const TIMESTAMP = /^#(\d+)$/;

/** With timestamps in the file and while they are kept (`times`), lines up to the next one make one entry. */
export function parseHistoryFile(text: string, times = true): HistoryEntry[] {
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  const entries: { text: string; timestampSeconds: number | undefined }[] = [];
  const multiLine = times && TIMESTAMP.test(lines[0] ?? "");
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
    if (line === "") continue;
    if (multiLine && !fresh && last) last.text += `\n${line}`;
    else entries.push({ text: line, timestampSeconds: timestamp });
    if (!multiLine) timestamp = undefined;
    fresh = false;
  }
  return entries;
}

/** The last `lines` of a file; what stands above the first of them up to a line that is no time goes with it (histfile.c, history_truncate_file). */
export function lastHistoryLines(text: string, lines: number): string {
  let left = lines;
  let at = text.length - 1;
  const counts = (index: number): boolean => text.charAt(index) === "\n" && !/^#\d/.test(text.slice(index + 1, index + 3));
  for (; left > 0 && at > 0; at--) if (counts(at)) left--;
  for (; at > 0; at--) if (counts(at)) return text.slice(at + 1);
  return text;
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
export function* loadHistory(sys: Sys, history: ShellHistory, path: string, times: boolean): Blocking<void> {
  try {
    const entries = parseHistoryFile(yield* readHistoryFile(sys, path), times);
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
  readonly maxLines: number | undefined;
}

/** At exit: the new entries are appended or the whole list written, then the file is cut to HISTFILESIZE. Errors are the caller's. */
export function* saveHistory(sys: Sys, history: ShellHistory, options: SaveHistoryOptions): Blocking<void> {
  const fresh = history.unsavedCount;
  if (fresh === 0) return;
  const all = history.entries;
  let text = "";
  if (options.append) {
    try {
      text = yield* readHistoryFile(sys, options.path);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    text += formatHistoryFile(all.slice(all.length - fresh), options.withTimestamps);
  } else text = formatHistoryFile(all, options.withTimestamps);
  if (options.maxLines !== undefined) text = lastHistoryLines(text, options.maxLines);
  const fd = yield* sys.open(options.path, O.WRONLY | O.CREAT | O.TRUNC | O.CLOEXEC, 0o600);
  yield* sys.write(fd, encode(text));
  sys.close(fd);
  history.markSaved();
}
