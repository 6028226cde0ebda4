"use client";
// Plays an attempt's terminals again: play, pause, speed, position, and jumps to commands and steps.
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useWords } from "../../lib/i18n/use-words.ts";
import type { Recording } from "../../lib/session/protocol-recording.ts";
import { clock } from "../ui/date-time.ts";
import { CommandArticle } from "../lab/transcript/command-article.tsx";
import { Screen } from "./screen.tsx";
import { between, timelineOf } from "./timeline.ts";
import type { Sink } from "./use-workspace.ts";

const speeds = [0.5, 1, 2, 4, 8] as const;

async function fetchRecording(source: string): Promise<Recording> {
  const answer = await fetch(source);
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

export interface ReplayPlayerProps {
  readonly source: string;
  /** titles of the tasks, by id */
  readonly tasks: Readonly<Record<string, string>>;
}

export function ReplayPlayer({ source, tasks }: ReplayPlayerProps) {
  const t = useWords();
  const [got, setGot] = useState<Recording | "failed">();
  useEffect(() => {
    let stale = false;
    fetchRecording(source).then(
      (recording) => !stale && setGot(recording),
      () => !stale && setGot("failed"),
    );
    return () => {
      stale = true;
    };
  }, [source]);
  if (got === undefined) return <p role="status" className="card p-6 text-muted">{t("replay.loading")}</p>;
  if (got === "failed") return <p role="alert" className="alert">{t("replay.failed")}</p>;
  if (got.events.length === 0) return <p className="card p-6 text-muted">{t("replay.empty")}</p>;
  return <Player recording={got} tasks={tasks} />;
}

interface Size {
  readonly cols: number;
  readonly rows: number;
}

function Player({ recording, tasks }: { readonly recording: Recording; readonly tasks: Readonly<Record<string, string>> }) {
  const t = useWords();
  const [skipIdle, setSkipIdle] = useState(true);
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState<number>(1);
  const [atMs, setAtMs] = useState(0);
  const [shown, setShown] = useState(1);
  const timeline = useMemo(() => timelineOf(recording, skipIdle), [recording, skipIdle]);
  const terminals = useMemo(() => {
    const found = new Map<number, Size>();
    for (const event of recording.events) if ((event.kind === "open" || event.kind === "resize") && !found.has(event.terminal)) found.set(event.terminal, event);
    return [...found];
  }, [recording]);
  const sinks = useRef(new Map<number, Sink>());
  const drawn = useRef(-1);
  // It opens on the first prompt, not on an empty screen.
  const position = useRef(timeline.events.find(({ event }) => event.kind === "output")?.atMs ?? 0);
  const [mounted, setMounted] = useState(0);

  const draw = useCallback(
    (toMs: number) => {
      const { anew, events, last } = between(timeline, drawn.current, toMs);
      if (anew) for (const [terminal, { cols, rows }] of terminals) sinks.current.get(terminal)?.screen(cols, rows, "");
      let front: number | undefined;
      for (const { event } of events) {
        if (event.kind === "output") sinks.current.get(event.terminal)?.output(event.data, () => {});
        else if (event.kind === "resize") sinks.current.get(event.terminal)?.resize?.(event.cols, event.rows);
        if (event.kind === "output" || event.kind === "command") front = event.terminal;
      }
      drawn.current = last;
      if (front !== undefined) setShown(front);
    },
    [timeline, terminals],
  );

  const goTo = useCallback(
    (ms: number) => {
      const to = Math.min(Math.max(ms, 0), timeline.durationMs);
      position.current = to;
      setAtMs(to);
      draw(to);
    },
    [timeline, draw],
  );

  // Screens mount later than this: what belongs to the position is drawn once they are there, and again when the times change.
  useEffect(() => {
    if (mounted < terminals.length) return;
    drawn.current = timeline.events.length;
    goTo(Math.min(position.current, timeline.durationMs));
  }, [mounted, terminals, timeline, goTo]);

  useEffect(() => {
    if (!playing) return;
    let before = performance.now();
    let frame = requestAnimationFrame(function tick(now) {
      const next = position.current + (now - before) * speed;
      before = now;
      goTo(next);
      if (next >= timeline.durationMs) setPlaying(false);
      else frame = requestAnimationFrame(tick);
    });
    return () => cancelAnimationFrame(frame);
  }, [playing, speed, timeline, goTo]);

  const commands = timeline.events.flatMap(({ atMs: ms, event }) => (event.kind === "command" ? [{ ms, line: event.line }] : []));
  const steps = timeline.events.flatMap(({ atMs: ms, event }) => (event.kind === "step" ? [{ ms, verdict: event.verdict }] : []));
  const mark = "flex w-full items-baseline gap-3 rounded-md px-2 py-1 text-start hover:bg-sunken";
  const time = (ms: number) => <span className="w-12 shrink-0 text-sm text-muted tabular-nums">{clock(ms)}</span>;
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[1fr_19rem]">
      <div className="min-w-0 overflow-hidden rounded-card border border-terminal-line bg-terminal">
        {terminals.length > 1 && (
          <div className="flex gap-1 border-b border-terminal-line bg-terminal-bar px-2 pt-1.5">
            {terminals.map(([terminal]) => (
              <button
                key={terminal}
                type="button"
                aria-pressed={terminal === shown}
                onClick={() => setShown(terminal)}
                className="rounded-t-md px-3 py-1.5 text-sm text-terminal-muted focus-visible:outline-terminal-ink aria-pressed:bg-terminal aria-pressed:text-terminal-ink"
              >
                {t("terminal.label", { number: terminal })}
              </button>
            ))}
          </div>
        )}
        <div className="scroller relative h-[min(32rem,60vh)]">
          {terminals.map(([terminal, { cols, rows }]) => (
            <div key={terminal} className={`absolute inset-0 overflow-auto p-3 ${terminal === shown ? "" : "invisible"}`}>
              <Screen
                active={false}
                fontSize={14}
                screenReader={false}
                fixedSize
                words={{ input: t("terminal.label", { number: terminal }), tooMuchOutput: t("terminal.tooMuchOutput") }}
                attach={(sink) => {
                  sinks.current.set(terminal, sink);
                  sink.screen(cols, rows, "");
                  setMounted((count) => count + 1);
                  return () => sinks.current.delete(terminal);
                }}
              />
            </div>
          ))}
        </div>
        <div className="flex flex-wrap items-center gap-3 border-t border-terminal-line bg-terminal-bar px-3 py-2.5 text-terminal-ink">
          <button
            type="button"
            className="grid size-10 shrink-0 place-items-center rounded-full bg-terminal-ink text-terminal focus-visible:outline-terminal-ink"
            aria-label={playing ? t("replay.pause") : t("replay.play")}
            onClick={() => {
              if (!playing && position.current >= timeline.durationMs) goTo(0);
              setPlaying(!playing);
            }}
          >
            <svg width="16" height="16" viewBox="0 0 16 16" fill="currentColor" aria-hidden="true">
              <path d={playing ? "M3 2h3.5v12H3zM9.5 2H13v12H9.5z" : "M4 2v12l10-6z"} />
            </svg>
          </button>
          <input
            type="range"
            className="min-w-24 grow accent-(--terminal-ink)"
            min={0}
            max={Math.ceil(timeline.durationMs)}
            step={100}
            value={atMs}
            aria-label={t("replay.position")}
            aria-valuetext={t("replay.at", { at: clock(atMs), total: clock(timeline.durationMs) })}
            onChange={(event) => goTo(Number(event.target.value))}
          />
          <span className="font-mono text-sm whitespace-nowrap tabular-nums">
            {clock(atMs)} / {clock(timeline.durationMs)}
          </span>
          <label className="flex items-center gap-2 text-sm">
            {t("replay.speed")}
            <select className="rounded border border-terminal-line bg-terminal px-2 py-1" value={speed} onChange={(event) => setSpeed(Number(event.target.value))}>
              {speeds.map((one) => (
                <option key={one} value={one}>
                  {one}×
                </option>
              ))}
            </select>
          </label>
          <label className="flex items-center gap-2 text-sm">
            <input type="checkbox" className="size-4 accent-(--terminal-ink)" checked={skipIdle} onChange={(event) => setSkipIdle(event.target.checked)} />
            {t("replay.skipIdle")}
          </label>
        </div>
        {recording.truncated && <p className="border-t border-terminal-line px-3 py-2 text-sm text-terminal-muted">{t("replay.truncated")}</p>}
      </div>
      <aside className="grid gap-6" aria-label={t("replay.marks")}>
        <section>
          <h2 className="mb-2 text-base">{t("replay.steps")}</h2>
          {steps.length === 0 && <p className="text-sm text-muted">{t("replay.noSteps")}</p>}
          <ol className="grid">
            {steps.map(({ ms, verdict }, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a recording never changes
              <li key={place}>
                <button type="button" className={mark} onClick={() => goTo(ms)}>
                  {time(ms)}
                  <span className="min-w-0">
                    {tasks[verdict.task] ?? verdict.task}{" "}
                    <span className={`text-sm font-semibold ${verdict.passed ? "text-good" : "text-copper"}`}>{verdict.passed ? `✓ ${t("replay.stepPassed")}` : t("replay.stepFailed")}</span>
                  </span>
                </button>
              </li>
            ))}
          </ol>
        </section>
        <section>
          <h2 className="mb-2 text-base">{t("replay.commands")}</h2>
          {commands.length === 0 && <p className="text-sm text-muted">{t("replay.noCommands")}</p>}
          <ol className="grid max-h-80 overflow-y-auto">
            {commands.map(({ ms, line }, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a recording never changes
              <li key={place}>
                <button type="button" className={mark} onClick={() => goTo(ms)}>
                  {time(ms)}
                  <code lang="en" translate="no" className="min-w-0 font-mono text-sm break-words">
                    {line}
                  </code>
                </button>
              </li>
            ))}
          </ol>
        </section>
      </aside>
      <Transcript commands={recording.commands} />
    </div>
  );
}

/** All that was entered and printed, to read and copy. Its articles are made when it is opened. */
function Transcript({ commands }: { readonly commands: Recording["commands"] }) {
  const t = useWords();
  const [open, setOpen] = useState(false);
  const terminals = new Set(commands.map((one) => one.terminal));
  return (
    <details className="card min-w-0 lg:col-span-2" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="px-4 py-3">
        <h2 className="inline text-base">{t("transcript.title")}</h2> <span className="text-sm text-muted">{t("transcript.count", { count: commands.length })}</span>
      </summary>
      {open && (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-3 border-t border-line p-4">
          {commands.map((command) => (
            <CommandArticle key={command.place} command={command} showTerminal={terminals.size > 1} />
          ))}
        </div>
      )}
    </details>
  );
}
