"use client";
// The learner's side of a lab: the terminals, and above them the panel that is open (picture, files, transcript). A panel that was open
// once stays as it was; on a narrow screen either the panel or the terminals are shown.
import { type KeyboardEvent, lazy, type PointerEvent, type ReactNode, Suspense, useCallback, useEffect, useState } from "react";
import { useWords } from "../../lib/i18n/use-words.ts";
import { TerminalPane } from "../terminal/terminal-pane.tsx";
import type { Workspace } from "../terminal/use-workspace.ts";

// Loaded when they are opened: the lab page opens with its terminal only.
const MachinePanel = lazy(async () => ({ default: (await import("./picture/machine-panel.tsx")).MachinePanel }));
const FilePanel = lazy(async () => ({ default: (await import("./files/file-panel.tsx")).FilePanel }));
const TranscriptPanel = lazy(async () => ({ default: (await import("./transcript/transcript-panel.tsx")).TranscriptPanel }));

export const panels = ["picture", "files", "transcript"] as const;
export type Panel = (typeof panels)[number];

const lowest = 20;
const highest = 85;

function useWide(): boolean {
  const [wide, setWide] = useState(true);
  useEffect(() => {
    const query = window.matchMedia("(min-width: 64rem)");
    const update = () => setWide(query.matches);
    update();
    query.addEventListener("change", update);
    return () => query.removeEventListener("change", update);
  }, []);
  return wide;
}

export interface WorkAreaProps {
  readonly workspace: Workspace;
  readonly panel: Panel | undefined;
  readonly onPanel: (panel: Panel | undefined) => void;
  /** on a narrow screen */
  readonly shown: "words" | "terminal" | "panel";
  readonly leaveTo: string;
  readonly onActive: (terminal: number | undefined) => void;
}

export function WorkArea({ workspace, panel, onPanel, shown, leaveTo, onActive }: WorkAreaProps) {
  const t = useWords();
  const wide = useWide();
  const [share, setShare] = useState(55);
  const [opened, setOpened] = useState<ReadonlySet<Panel>>(new Set());
  const [paths, setPaths] = useState<readonly string[]>([]);
  const visible = wide || shown === "panel" ? panel : undefined;
  const { watch } = workspace;
  const onWatch = useCallback((wanted: readonly string[]) => setPaths(wanted), []);

  useEffect(() => {
    if (panel) setOpened((before) => (before.has(panel) ? before : new Set([...before, panel])));
  }, [panel]);
  // Open files are watched as long as they are open, seen or not: a save must know what it would overwrite.
  useEffect(() => watch({ picture: visible === "picture", commands: visible === "transcript", files: [...paths] }), [watch, visible, paths]);

  const drag = (event: PointerEvent<HTMLDivElement>) => {
    const parent = event.currentTarget.parentElement;
    if (!event.currentTarget.hasPointerCapture(event.pointerId) || !parent) return;
    const { top, height } = parent.getBoundingClientRect();
    setShare(Math.min(highest, Math.max(lowest, ((event.clientY - top) / height) * 100)));
  };
  const nudge = (event: KeyboardEvent) => {
    const by = event.key === "ArrowUp" ? -4 : event.key === "ArrowDown" ? 4 : 0;
    if (by === 0) return;
    event.preventDefault();
    setShare((now) => Math.min(highest, Math.max(lowest, now + by)));
  };
  const content: Record<Panel, ReactNode> = {
    picture: <MachinePanel picture={workspace.picture} />,
    files: <FilePanel workspace={workspace} onWatch={onWatch} />,
    transcript: <TranscriptPanel commands={workspace.commands} />,
  };
  return (
    <div className={`${shown === "words" ? "invisible absolute size-0 overflow-hidden" : "flex"} min-h-0 min-w-0 grow basis-0 flex-col lg:visible lg:static lg:flex lg:size-auto lg:overflow-visible`} style={{ "--share": `${share}%` }}>
      {/* biome-ignore lint/a11y/useSemanticElements: buttons that open and close what is below, not a form's fields */}
      <div role="group" aria-label={t("lab.panels")} className="hidden items-center gap-1 border-b border-line bg-surface px-2 py-1 lg:flex">
        {panels.map((one) => (
          <button key={one} type="button" aria-pressed={panel === one} aria-controls={`panel-${one}`} className="inline-flex items-center gap-2 rounded-md px-3 py-1.5 text-sm font-semibold text-muted hover:text-ink aria-pressed:bg-accent-soft aria-pressed:text-accent-strong" onClick={() => onPanel(panel === one ? undefined : one)}>
            <PanelIcon panel={one} />
            {t(`lab.panel_${one}`)}
          </button>
        ))}
      </div>
      <div className="flex min-h-0 grow flex-col">
        {panels.map((one) => (
          <div key={one} id={`panel-${one}`} hidden={panel !== one} className={`${shown === "panel" ? "" : "max-lg:hidden"} min-h-0 max-lg:grow lg:h-(--share) lg:shrink-0`}>
            {(opened.has(one) || panel === one) && <Suspense fallback={<p className="p-4 text-muted">…</p>}>{content[one]}</Suspense>}
          </div>
        ))}
        {panel !== undefined && (
          // biome-ignore lint/a11y/useSemanticElements: a separator that can be moved is a widget, hr is not
          <div
            role="separator"
            tabIndex={0}
            aria-orientation="horizontal"
            aria-label={t("lab.panelHeight")}
            aria-valuemin={lowest}
            aria-valuemax={highest}
            aria-valuenow={Math.round(share)}
            className="hidden h-2 shrink-0 cursor-row-resize touch-none border-y border-line bg-sunken hover:bg-accent-soft lg:block"
            onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
            onPointerMove={drag}
            onKeyDown={nudge}
          />
        )}
        <div className={`${shown === "panel" ? "max-lg:invisible max-lg:absolute max-lg:size-0 max-lg:overflow-hidden" : ""} min-h-0 min-w-0 grow`}>
          <TerminalPane workspace={workspace} leaveTo={leaveTo} onActive={onActive} />
        </div>
      </div>
    </div>
  );
}

export function PanelIcon({ panel }: { readonly panel: Panel | "words" | "terminal" }) {
  const path = {
    words: "M3 2h10v12H3zM5.5 5h5M5.5 8h5M5.5 11h3",
    terminal: "M1.5 2.5h13v11h-13zM4 6l2.5 2L4 10M8 10.5h4",
    picture: "M2 2h12v5H2zM2 9h5v5H2zM9 9h5v5H9z",
    files: "M1.5 3h4.5l1.5 2h7v8.5h-13z",
    transcript: "M2 3h12M2 6.3h8M2 9.6h12M2 13h6",
  }[panel];
  return (
    <svg width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.5" className="shrink-0" aria-hidden="true">
      <path d={path} />
    </svg>
  );
}
