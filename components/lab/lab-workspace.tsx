"use client";
// A lab's page: instructions and steps on one side, terminals on the other. On a narrow screen one of the two is shown.
import Link from "next/link";
import { type KeyboardEvent, type PointerEvent, type ReactNode, useCallback, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { useWords } from "../../lib/i18n/use-words.ts";
import { ConnectionBanner } from "../terminal/connection-banner.tsx";
import { useWorkspace } from "../terminal/use-workspace.ts";
import { ResetDialog } from "./reset-dialog.tsx";
import { StepCard, type TaskView } from "./step-card.tsx";
import { type Panel, PanelIcon, panels, WorkArea } from "./work-area.tsx";

/** One thing at a time, as `lg:` says. */
function isNarrow(): boolean {
  return !window.matchMedia("(min-width: 64rem)").matches;
}

function watchWidth(changed: () => void): () => void {
  const wide = window.matchMedia("(min-width: 64rem)");
  wide.addEventListener("change", changed);
  return () => wide.removeEventListener("change", changed);
}

export interface LabWorkspaceProps {
  readonly activity: string;
  readonly title: string;
  readonly minutes: string;
  readonly introduction: ReactNode;
  readonly conclusion: ReactNode;
  readonly tasks: readonly TaskView[];
  /** tasks that this learner passed before, in this attempt or another */
  readonly passedBefore: readonly string[];
  readonly backTo: string;
}

/** A ref that is the same at every render: the end of the lab comes into view when it appears, and may then be scrolled away. */
const showOnce = (element: HTMLElement | null) => element?.scrollIntoView({ block: "nearest" });

const narrowest = 24;
const widest = 65;

export function LabWorkspace({ activity, title, minutes, introduction, conclusion, tasks, passedBefore, backTo }: LabWorkspaceProps) {
  const t = useWords();
  const workspace = useWorkspace(activity);
  const { steps, attempt, checking } = workspace;
  const [shown, setShown] = useState<"words" | "terminal" | "panel">("words");
  const [panel, setPanel] = useState<Panel>();
  const [share, setShare] = useState(38);
  const [active, setActive] = useState<number>();
  const [asking, setAsking] = useState(false);
  const isPassed = (task: TaskView) => steps.get(task.id)?.passed ?? (attempt === "" && passedBefore.includes(task.id));
  const done = tasks.filter(isPassed).length;
  const current = tasks.find((task) => !isPassed(task) && !task.optional) ?? tasks.find((task) => !isPassed(task));
  const [opened, setOpened] = useState<{ readonly id: string | undefined; readonly by: "way" | "learner" }>({ id: undefined, by: "way" });
  const [said, setSaid] = useState("");
  const before = useRef(new Set<string>());

  // The way leads on: when the open step is passed, the next opens; a step opened by hand stays.
  const currentId = current?.id;
  useEffect(() => {
    setOpened((now) => (now.by === "learner" ? now : { id: currentId, by: "way" }));
  }, [currentId]);

  useEffect(() => {
    const now = new Set(tasks.filter((task) => steps.get(task.id)?.passed).map((task) => task.id));
    const fresh = tasks.filter((task) => now.has(task.id) && !before.current.has(task.id)).at(-1);
    const lost = tasks.find((task) => !now.has(task.id) && before.current.has(task.id));
    if (before.current.size > 0 || steps.size > 0) {
      if (fresh) setSaid(t("lab.stepPassed", { number: tasks.indexOf(fresh) + 1, title: fresh.title }));
      else if (lost) setSaid(t("lab.stepLost", { number: tasks.indexOf(lost) + 1, title: lost.title }));
    }
    if (fresh) setOpened((open) => (open.by === "learner" && open.id === fresh.id ? { id: open.id, by: "way" } : open));
    before.current = now;
  }, [steps, tasks, t]);

  const narrow = useSyncExternalStore(watchWidth, isNarrow, () => false);
  const onActive = useCallback((terminal: number | undefined) => setActive(terminal), []);

  const drag = (event: PointerEvent<HTMLDivElement>) => {
    const parent = event.currentTarget.parentElement;
    if (!event.currentTarget.hasPointerCapture(event.pointerId) || !parent) return;
    const { left, width } = parent.getBoundingClientRect();
    setShare(Math.min(widest, Math.max(narrowest, ((event.clientX - left) / width) * 100)));
  };
  const nudge = (event: KeyboardEvent) => {
    const by = event.key === "ArrowLeft" ? -2 : event.key === "ArrowRight" ? 2 : 0;
    if (by === 0) return;
    event.preventDefault();
    setShare((now) => Math.min(widest, Math.max(narrowest, now + by)));
  };

  const show = (next: Panel | undefined) => {
    setPanel(next);
    setShown(next === undefined ? "terminal" : "panel");
  };
  const view = "flex min-w-0 flex-col items-center gap-0.5 px-0.5 py-1.5 text-xs font-semibold text-muted border-b-3 border-transparent aria-pressed:border-accent aria-pressed:text-ink";
  return (
    <div className="flex h-[calc(100dvh-3.55rem)] min-h-[26rem] flex-col">
      {shown !== "words" && <h1 className="sr-only lg:hidden">{title}</h1>}
      {/* biome-ignore lint/a11y/useSemanticElements: buttons that choose what is shown, not a form's fields */}
      <div role="group" aria-label={t("lab.views")} className="grid grid-cols-5 border-b border-line bg-surface lg:hidden">
        <button type="button" className={view} aria-pressed={shown === "words"} onClick={() => setShown("words")}>
          <PanelIcon panel="words" />
          <span className="max-w-full truncate">{t("lab.instructionsTab")}</span>
        </button>
        <button type="button" className={view} aria-pressed={shown === "terminal"} onClick={() => setShown("terminal")}>
          <PanelIcon panel="terminal" />
          <span className="max-w-full truncate">{t("lab.terminalTab")}</span>
        </button>
        {panels.map((one) => (
          <button key={one} type="button" className={view} aria-pressed={shown === "panel" && panel === one} onClick={() => show(one)}>
            <PanelIcon panel={one} />
            <span className="max-w-full truncate">{t(`lab.panel_${one}`)}</span>
          </button>
        ))}
      </div>
      {/* Where one thing is shown at a time, the terminal's own banner is out of sight. */}
      {narrow && shown !== "terminal" && (
        <div className="bg-terminal text-terminal-ink">
          <ConnectionBanner workspace={workspace} />
        </div>
      )}
      <div className="flex min-h-0 grow" style={{ "--share": `${share}%` }}>
        <section aria-label={t("lab.instructions")} className={`${shown === "words" ? "flex" : "hidden"} min-h-0 w-full flex-col lg:flex lg:w-(--share)`}>
          <div className="border-b border-line bg-surface px-5 py-3.5">
            <div className="flex items-start justify-between gap-3">
              <h1 className="text-xl">{title}</h1>
              <span className="badge mt-1">{minutes}</span>
            </div>
            <div className="mt-3 flex items-center gap-3">
              <div className="bar grow" role="progressbar" aria-label={t("lab.steps")} aria-valuemin={0} aria-valuemax={tasks.length} aria-valuenow={done}>
                <span style={{ width: `${tasks.length === 0 ? 0 : (done / tasks.length) * 100}%` }} />
              </div>
              <span className="text-sm font-semibold whitespace-nowrap">{t("lab.progress", { done, total: tasks.length })}</span>
            </div>
          </div>
          <div id="lab-words" tabIndex={-1} className="relative min-h-0 grow overflow-y-auto px-5 py-5 outline-none">
            {introduction}
            <h2 className="mt-6 mb-3 text-base">{t("lab.steps")}</h2>
            <ol className="grid gap-2.5">
              {tasks.map((task, place) => (
                <StepCard
                  key={`${attempt}-${task.id}`}
                  activity={activity}
                  attempt={attempt}
                  number={place + 1}
                  task={task}
                  step={steps.get(task.id)}
                  passed={isPassed(task)}
                  expanded={opened.id === task.id}
                  leads={opened.by === "way" && done > 0}
                  onToggle={() => setOpened((now) => (now.id === task.id ? { id: undefined, by: "learner" } : { id: task.id, by: task.id === currentId ? "way" : "learner" }))}
                  onCheck={() => workspace.check(task.id)}
                  checking={checking}
                  connected={workspace.connection.kind === "open"}
                />
              ))}
            </ol>
            {tasks.length > 0 && done === tasks.length && (
              <div ref={showOnce} className="mt-5 rounded-card border border-good bg-good-soft p-5">
                <h2 className="text-good">{t("lab.done")}</h2>
                <p className="mt-1">{t("lab.doneText")}</p>
                <div className="mt-3">{conclusion}</div>
                <Link href={backTo} className="button button-primary mt-4">
                  {t("lab.backToMap")}
                </Link>
              </div>
            )}
          </div>
          <div className="flex flex-wrap items-center gap-2 border-t border-line bg-surface px-5 py-2.5">
            <button type="button" className="button button-small" onClick={() => workspace.check()} disabled={checking || workspace.connection.kind !== "open"}>
              {t("lab.checkAll")}
            </button>
            <button type="button" className="button button-small" onClick={() => active !== undefined && workspace.undo(active)} disabled={active === undefined || workspace.connection.kind !== "open"} title={t("lab.undo")}>
              {t("lab.undo")}
            </button>
            <button type="button" className="button button-small button-quiet ms-auto" onClick={() => setAsking(true)} disabled={workspace.connection.kind !== "open"}>
              {t("lab.reset")}
            </button>
          </div>
        </section>
        {/* biome-ignore lint/a11y/useSemanticElements: a separator that can be moved is a widget, hr is not */}
        <div
          role="separator"
          tabIndex={0}
          aria-orientation="vertical"
          aria-label={t("lab.resize")}
          aria-valuemin={narrowest}
          aria-valuemax={widest}
          aria-valuenow={Math.round(share)}
          className="hidden w-2 shrink-0 cursor-col-resize touch-none border-x border-line bg-sunken hover:bg-accent-soft lg:block"
          onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
          onPointerMove={drag}
          onKeyDown={nudge}
        />
        <WorkArea workspace={workspace} panel={panel} onPanel={show} shown={shown} leaveTo="lab-words" onActive={onActive} />
      </div>
      <p role="status" className="sr-only">
        {said}
      </p>
      <ResetDialog
        open={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => {
          setOpened({ id: undefined, by: "way" });
          workspace.reset();
        }}
      />
    </div>
  );
}
