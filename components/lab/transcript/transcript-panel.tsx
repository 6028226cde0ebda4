"use client";
// The transcript: every command as an article, for screen readers and for copying. The newest is at the end and stays in sight.
import { useEffect, useRef, useState } from "react";
import { useWords } from "../../../lib/i18n/use-words.ts";
import type { CommandRecord } from "../../../lib/session/protocol.ts";
import { CommandArticle, CopyButton, shortLine } from "./command-article.tsx";

function asText(commands: readonly CommandRecord[]): string {
  return commands.map(({ line, output }) => `$ ${line}\n${output === "" ? "" : `${output}\n`}`).join("\n");
}

export function TranscriptPanel({ commands }: { readonly commands: readonly CommandRecord[] | undefined }) {
  const t = useWords();
  const list = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const [said, setSaid] = useState("");
  const words = useRef(t);
  words.current = t;
  const running = useRef(new Set<number>());
  useEffect(() => {
    if (!commands) return;
    const ended = commands.filter((one) => !one.running && running.current.has(one.place)).at(-1);
    running.current = new Set(commands.filter((one) => one.running).map((one) => one.place));
    if (ended?.status !== undefined) setSaid(words.current("transcript.ended", { command: shortLine(ended.line), status: ended.status }));
    if (atEnd.current) list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [commands]);
  const terminals = new Set(commands?.map((one) => one.terminal));
  return (
    <section aria-label={t("transcript.title")} className="flex h-full min-h-0 flex-col bg-surface">
      <div className="flex items-center gap-3 border-b border-line px-4 py-1.5">
        <h2 className="text-base">{t("transcript.title")}</h2>
        <span className="text-sm whitespace-nowrap text-muted max-sm:hidden">{commands && t("transcript.count", { count: commands.length })}</span>
        {commands && commands.length > 0 && (
          <span className="ms-auto whitespace-nowrap">
            <CopyButton text={asText(commands)} label={t("transcript.copyAll")} words={t("transcript.copyAll")} />
          </span>
        )}
      </div>
      <div
        ref={list}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and must do so by keyboard
        tabIndex={0}
        className="min-h-0 grow overflow-y-auto bg-paper p-3 sm:p-4"
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
          atEnd.current = scrollHeight - scrollTop - clientHeight < 40;
        }}
      >
        {commands === undefined && <p className="text-muted">{t("transcript.waiting")}</p>}
        {commands?.length === 0 && <p className="text-muted">{t("transcript.empty")}</p>}
        <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
          {commands?.map((command) => (
            <CommandArticle key={command.place} command={command} showTerminal={terminals.size > 1} />
          ))}
        </div>
      </div>
      <p role="status" className="sr-only">
        {said}
      </p>
    </section>
  );
}
