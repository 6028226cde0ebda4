"use client";
import { type RefObject, useEffect, useRef, useState } from "react";
import { useWords } from "../../lib/i18n/use-words.ts";
import { TerminalPane } from "../terminal/terminal-pane.tsx";
import { useWorkspace } from "../terminal/use-workspace.ts";
import { Note } from "./note.tsx";
import type { QuestionProps } from "./question-props.ts";

export interface OnHostProps extends QuestionProps<"on-host"> {
  readonly bank: string;
  /** called before the answer leaves: the machine is checked as it is then, not as it was a moment ago */
  readonly settle: RefObject<(() => Promise<void>) | undefined>;
}

const longestCheckMs = 5_000;

/** Answered at a terminal; the machine is made when it is opened. */
export function OnHost(props: OnHostProps) {
  const t = useWords();
  const [open, setOpen] = useState(false);
  if (props.feedback) return <Note note={props.feedback.notes["host"]} />;
  if (open) return <Machine {...props} />;
  return (
    <div>
      <p className="mb-3 text-sm text-muted">{t("quiz.onHostHelp")}</p>
      <button type="button" className="button" onClick={() => setOpen(true)}>
        {t("quiz.onHostOpen")}
      </button>
    </div>
  );
}

function Machine({ bank, question, onAnswer, settle }: OnHostProps) {
  const t = useWords();
  const workspace = useWorkspace(`question:${bank}/${question.id}`);
  const { attempt, steps, checking, check } = workspace;
  const passed = steps.get(question.id)?.passed === true;
  useEffect(() => {
    if (attempt !== "") onAnswer({ attempt });
  }, [attempt, onAnswer]);
  const checked = useRef<(() => void) | undefined>(undefined);
  useEffect(() => {
    if (!checking) checked.current?.();
  }, [checking]);
  useEffect(() => {
    settle.current = () =>
      new Promise((resolve) => {
        checked.current = resolve;
        setTimeout(resolve, longestCheckMs);
        check(question.id);
      });
    return () => {
      settle.current = undefined;
    };
  }, [settle, check, question.id]);
  return (
    <div>
      <p className="mb-3 text-sm text-muted">{t("quiz.onHostHelp")}</p>
      <div className="h-[26rem] overflow-hidden rounded-lg border border-line">
        <TerminalPane workspace={workspace} leaveTo="quiz-submit" />
      </div>
      <p role="status" className={`mt-2 text-sm font-semibold ${passed ? "text-good" : "text-muted"}`}>
        {passed ? t("quiz.onHostReady") : t("quiz.onHostNotYet")}
      </p>
    </div>
  );
}
