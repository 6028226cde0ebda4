"use client";
// One command: its line, what it printed, how it ended.
import { useState } from "react";
import { useWords } from "../../../lib/i18n/use-words.ts";
import type { CommandRecord } from "../../../lib/session/protocol.ts";

const longestLabel = 60;

export function shortLine(line: string): string {
  const first = line.split("\n")[0] ?? "";
  return first.length > longestLabel || first.length < line.length ? `${first.slice(0, longestLabel)}…` : first;
}

export function CommandArticle({ command, showTerminal }: { readonly command: CommandRecord; readonly showTerminal: boolean }) {
  const t = useWords();
  const { place, line, output, status, running } = command;
  const id = `command-${place}`;
  return (
    <article aria-labelledby={id} className="rounded-lg border border-line bg-surface" style={command.depth > 0 ? { marginInlineStart: `${Math.min(command.depth, 4)}rem` } : undefined}>
      <div className="flex items-start gap-2 border-b border-line px-3 py-1.5">
        <h3 id={id} lang="en" translate="no" className="min-w-0 grow self-center font-mono text-sm font-semibold whitespace-pre-wrap [overflow-wrap:anywhere]">
          {line}
        </h3>
        {showTerminal && <span className="badge shrink-0">{t("terminal.label", { number: command.terminal })}</span>}
        <span className={`badge shrink-0 ${running ? "badge-going" : status === 0 ? "badge-good" : status === undefined ? "" : "badge-copper"}`}>
          {running ? t("transcript.running") : status === undefined ? t("transcript.statusUnknown") : t("transcript.status", { status })}
        </span>
        <CopyButton text={line} label={t("transcript.copyCommand")} />
      </div>
      <div className="flex items-start gap-2 px-3 py-2">
        <div className="min-w-0 grow">
          {command.truncated && <p className="text-sm text-muted">{t("transcript.truncated")}</p>}
          {output !== "" && (
            <pre lang="en" translate="no" className="font-mono text-[0.8rem] leading-snug whitespace-pre-wrap [overflow-wrap:anywhere]">
              {output}
            </pre>
          )}
          {output === "" && <p className="text-sm text-muted">{command.fullScreen ? t("transcript.fullScreen") : running ? "…" : t("transcript.noOutput")}</p>}
        </div>
        {output !== "" && <CopyButton text={output} label={t("transcript.copyOutput")} />}
      </div>
    </article>
  );
}

export function CopyButton({ text, label, words }: { readonly text: string; readonly label: string; readonly words?: string }) {
  const t = useWords();
  const [copied, setCopied] = useState(false);
  const copy = () =>
    void navigator.clipboard?.writeText(text).then(() => {
      setCopied(true);
      setTimeout(() => setCopied(false), 2_000);
    });
  return (
    <button type="button" onClick={copy} aria-label={words === undefined ? label : undefined} title={label} className="button button-small button-quiet shrink-0 text-muted">
      {words !== undefined && <span>{copied ? t("common.copied") : words}</span>}
      {words === undefined && (
        <svg width="16" height="16" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.8" aria-hidden="true">
          <path d={copied ? "m5 12 5 5L19 7" : "M9 9h10v10H9zM5 15H4V5h10v1"} />
        </svg>
      )}
      {words === undefined && (
        <span role="status" className="sr-only">
          {copied ? t("common.copied") : ""}
        </span>
      )}
    </button>
  );
}
