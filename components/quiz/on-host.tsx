"use client";
import { useEffect, useState } from "react";
import { useWords } from "../../lib/i18n/use-words.ts";
import { TerminalPane } from "../terminal/terminal-pane.tsx";
import { useWorkspace } from "../terminal/use-workspace.ts";
import { Note } from "./note.tsx";
import type { QuestionProps } from "./question-props.ts";

/** Answered at a terminal; the machine is made when it is opened. */
export function OnHost({ bank, ...props }: QuestionProps<"on-host"> & { readonly bank: string }) {
  const t = useWords();
  const [open, setOpen] = useState(false);
  if (props.feedback) return <Note note={props.feedback.notes["host"]} />;
  if (open) return <Machine bank={bank} {...props} />;
  return (
    <div>
      <p className="mb-3 text-sm text-muted">{t("quiz.onHostHelp")}</p>
      <button type="button" className="button" onClick={() => setOpen(true)}>
        {t("quiz.onHostOpen")}
      </button>
    </div>
  );
}

function Machine({ bank, question, onAnswer }: QuestionProps<"on-host"> & { readonly bank: string }) {
  const t = useWords();
  const workspace = useWorkspace(`question:${bank}/${question.id}`);
  const { attempt, steps } = workspace;
  const passed = steps.get(question.id)?.passed === true;
  useEffect(() => {
    if (attempt !== "") onAnswer({ attempt });
  }, [attempt, onAnswer]);
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
