"use client";
// A text area for code: line numbers, Tab indents (Escape, then Tab, leaves), Enter keeps the indentation.
import { type KeyboardEvent, useMemo, useRef, useState } from "react";
import { useWords } from "../../../lib/i18n/use-words.ts";

export interface CodeAreaProps {
  readonly path: string;
  readonly text: string;
  readonly readOnly: boolean;
  readonly onChange: (text: string) => void;
}

/** Through the browser's own editing, so that Ctrl-Z takes it back. */
function insert(area: HTMLTextAreaElement, text: string): void {
  if (!document.execCommand("insertText", false, text)) area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
}

function indentOf(path: string, text: string): string {
  if (/(^|\/)(GNU)?[Mm]akefile$/.test(path) || /^\t/m.test(text)) return "\t";
  return /\.ya?ml$/.test(path) || /^ {2}\S/m.test(text) ? "  " : "    ";
}

export function CodeArea({ path, text, readOnly, onChange }: CodeAreaProps) {
  const t = useWords();
  const gutter = useRef<HTMLPreElement>(null);
  const leaving = useRef(false);
  const [caret, setCaret] = useState(0);
  const lines = useMemo(() => text.split("\n").length, [text]);
  const numbers = useMemo(() => Array.from({ length: lines }, (_, place) => place + 1).join("\n"), [lines]);
  const before = text.slice(0, caret).split("\n");

  const onKey = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const area = event.currentTarget;
    if (event.key === "Escape") {
      leaving.current = true;
      return;
    }
    if (event.key === "Tab" && !leaving.current && !readOnly && !event.ctrlKey && !event.altKey && !event.metaKey) {
      event.preventDefault();
      if (event.shiftKey) outdent(area);
      else if (text.slice(area.selectionStart, area.selectionEnd).includes("\n")) indentLines(area);
      else insert(area, indentOf(path, text));
      return;
    }
    if (event.key === "Enter" && !readOnly && !event.ctrlKey && !event.altKey && !event.metaKey && !event.nativeEvent.isComposing) {
      const line = text.slice(text.lastIndexOf("\n", area.selectionStart - 1) + 1, area.selectionStart);
      const indent = /^[ \t]*/.exec(line)?.[0] ?? "";
      if (indent === "") return;
      event.preventDefault();
      insert(area, `\n${indent}`);
    }
    if (event.key !== "Shift") leaving.current = false;
  };

  /** The whole lines that the selection touches. */
  const selectLines = (area: HTMLTextAreaElement): string => {
    const start = text.lastIndexOf("\n", area.selectionStart - 1) + 1;
    const end = text.indexOf("\n", Math.max(area.selectionStart, area.selectionEnd - 1));
    area.setSelectionRange(start, end === -1 ? text.length : end);
    return text.slice(area.selectionStart, area.selectionEnd);
  };
  const replaceLines = (area: HTMLTextAreaElement, to: (line: string) => string) => {
    const lined = selectLines(area).split("\n").map(to).join("\n");
    const start = area.selectionStart;
    insert(area, lined);
    area.setSelectionRange(start, start + lined.length);
  };
  const indentLines = (area: HTMLTextAreaElement) => replaceLines(area, (line) => (line === "" ? line : indentOf(path, text) + line));
  const outdent = (area: HTMLTextAreaElement) => replaceLines(area, (line) => line.replace(/^(\t| {1,4})/, ""));

  return (
    <div className="flex min-h-0 grow flex-col">
      <div className="flex min-h-0 grow font-mono text-[13px] leading-5">
        <pre ref={gutter} aria-hidden="true" className="shrink-0 overflow-hidden border-e border-line bg-sunken px-2 pt-2 pb-10 text-end text-muted select-none">
          {numbers}
        </pre>
        <textarea
          className="min-h-0 min-w-0 grow resize-none overflow-auto bg-surface p-2 whitespace-pre -outline-offset-3"
          wrap="off"
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          lang="en"
          translate="no"
          aria-label={t("files.text", { path })}
          aria-describedby="file-keys"
          readOnly={readOnly}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
          onKeyDown={onKey}
          onBlur={() => {
            leaving.current = false;
          }}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
          onScroll={(event) => {
            if (gutter.current) gutter.current.scrollTop = event.currentTarget.scrollTop;
          }}
        />
      </div>
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 border-t border-line px-3 py-1 text-xs text-muted">
        <p id="file-keys">{t("files.keys")}</p>
        <p className="tabular-nums">{t("files.position", { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 })}</p>
      </div>
    </div>
  );
}
