"use client";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useOwnLocale, useWords } from "../../lib/i18n/use-words.ts";
import type { Step } from "../terminal/use-workspace.ts";
import { Tick } from "../ui/tick.tsx";
import { explainVerdict, openHint } from "./lab-actions.tsx";

/** A task as the page knows it: its words are elements already. */
export interface TaskView {
  readonly id: string;
  readonly title: string;
  readonly optional: boolean;
  readonly body: ReactNode;
  readonly hints: number;
  readonly opened: readonly ReactNode[];
}

export interface StepCardProps {
  readonly activity: string;
  readonly attempt: string;
  readonly number: number;
  readonly task: TaskView;
  readonly step: Step | undefined;
  readonly passed: boolean;
  readonly expanded: boolean;
  /** the way has led here: the words move so that the step is seen */
  readonly leads: boolean;
  readonly onToggle: () => void;
  readonly onCheck: () => void;
  readonly checking: boolean;
  /** the machine can be asked */
  readonly connected: boolean;
}

function StepMark({ passed, number, failing }: { readonly passed: boolean; readonly number: number; readonly failing: boolean }) {
  if (passed) {
    return (
      <span className="grid size-7 shrink-0 place-items-center rounded-full bg-good text-surface" aria-hidden="true">
        <Tick />
      </span>
    );
  }
  return (
    <span className={`grid size-7 shrink-0 place-items-center rounded-full border-2 text-sm font-bold ${failing ? "border-copper text-copper" : "border-line-strong text-muted"}`} aria-hidden="true">
      {number}
    </span>
  );
}

export function StepCard({ activity, attempt, number, task, step, passed, expanded, leads, onToggle, onCheck, checking, connected }: StepCardProps) {
  const t = useWords();
  const card = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (expanded && leads) card.current?.scrollIntoView({ block: "nearest" });
  }, [expanded, leads]);
  const failing = !passed && step?.telling === true && !step.passed;
  return (
    <li ref={card} className={`rounded-card border ${expanded ? "border-line-strong bg-surface shadow-(--shadow)" : "border-line bg-surface"}`}>
      <h3 className="text-base">
        <button type="button" aria-expanded={expanded} aria-controls={`step-${task.id}`} onClick={onToggle} className="flex w-full items-center gap-3 rounded-card px-4 py-3 text-start">
          <StepMark passed={passed} number={number} failing={failing} />
          <span className="min-w-0 grow">
            <span className="sr-only">{t("lab.stepNumber", { number })} </span>
            {task.title}
            {task.optional && <span className="ms-2 text-sm font-normal text-muted">({t("lab.optional")})</span>}
            <span className="sr-only"> · {passed ? t("lab.passed") : failing ? t("lab.failed") : t("lab.open")}</span>
          </span>
          <svg width="12" height="8" viewBox="0 0 10 6" aria-hidden="true" className={`shrink-0 text-muted ${expanded ? "rotate-180" : ""}`}>
            <path d="m1 1 4 4 4-4" stroke="currentColor" strokeWidth="1.6" fill="none" strokeLinecap="round" />
          </svg>
        </button>
      </h3>
      <div id={`step-${task.id}`} hidden={!expanded} className="px-4 pb-4">
        {task.body}
        {failing && step && <Reason activity={activity} step={step} />}
        <Hints attempt={attempt} task={task} />
        {!passed && (
          <button type="button" className="button button-small mt-4" onClick={onCheck} disabled={checking || !connected}>
            {checking ? t("lab.checking") : t("lab.check")}
          </button>
        )}
      </div>
    </li>
  );
}

/** What is missing, in the lab's words, fetched when it changes. */
function Reason({ activity, step }: { readonly activity: string; readonly step: Step }) {
  const t = useWords();
  const locale = useOwnLocale();
  const [content, setContent] = useState<ReactNode>(null);
  const { task, code = "", facts } = step;
  const key = JSON.stringify(facts ?? {});
  useEffect(() => {
    let stale = false;
    const given: Record<string, string | number> = JSON.parse(key);
    explainVerdict({ locale, activity, task, code, facts: given }).then(
      (said) => {
        if (!stale) setContent(said);
      },
      () => {},
    );
    return () => {
      stale = true;
    };
  }, [locale, activity, task, code, key]);
  return (
    <div role="status" className="mt-4 rounded-lg border border-copper border-s-4 bg-copper-soft px-3.5 py-3">
      <p className="text-sm font-bold text-copper">{t("lab.why")}</p>
      <div className="mt-1 text-[0.95rem]">{content}</div>
      {facts?.["found"] !== undefined && facts["expected"] !== undefined && (
        <dl className="mt-2 grid grid-cols-[auto_1fr] gap-x-3 gap-y-1 text-sm">
          <dt className="font-semibold">{t("lab.found")}</dt>
          <dd className="min-w-0 font-mono break-words whitespace-pre-wrap">{facts["found"]}</dd>
          <dt className="font-semibold">{t("lab.expected")}</dt>
          <dd className="min-w-0 font-mono break-words whitespace-pre-wrap">{facts["expected"]}</dd>
        </dl>
      )}
    </div>
  );
}

function Hints({ attempt, task }: { readonly attempt: string; readonly task: TaskView }) {
  const t = useWords();
  const locale = useOwnLocale();
  const [opened, setOpened] = useState(task.opened);
  const [busy, setBusy] = useState(false);
  if (task.hints === 0) return null;
  const next = async () => {
    setBusy(true);
    try {
      const { number, content } = await openHint({ locale, attempt, task: task.id });
      setOpened((before) => (number > before.length ? [...before, content] : before));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="mt-4 grid gap-3">
      {opened.map((content, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: hints only grow, in order
        <div key={place} className="rounded-lg bg-accent-soft px-3.5 py-3">
          <p className="text-sm font-bold text-accent-strong">{t("lab.hintNumber", { number: place + 1, total: task.hints })}</p>
          <div className="mt-1">{content}</div>
        </div>
      ))}
      {opened.length < task.hints && (
        <button type="button" className="link w-fit text-sm font-semibold" disabled={busy || attempt === ""} onClick={() => void next()}>
          {t("lab.openHint", { number: opened.length + 1 })}
        </button>
      )}
    </div>
  );
}
