"use client";
import { useWords } from "../../lib/i18n/use-words.ts";
import { Note } from "./note.tsx";
import type { QuestionProps } from "./question-props.ts";

export function FillIn({ question, answer, onAnswer, feedback }: QuestionProps<"fill-in">) {
  const t = useWords();
  const text = answer && "text" in answer ? answer.text : "";
  const expected = feedback?.solution;
  const shown = typeof expected === "object" && expected !== null && "text" in expected ? String(expected.text) : "";
  return (
    <div>
      <label className="grid gap-1.5">
        <span className="text-sm text-muted">{t("quiz.fillIn")}</span>
        <input
          className={`input max-w-96 ${question.code ? "font-mono" : ""} ${feedback ? (feedback.correct ? "border-good bg-good-soft" : "border-bad bg-bad-soft") : ""}`}
          value={text}
          onChange={(event) => onAnswer(event.target.value.trim() === "" ? undefined : { text: event.target.value })}
          readOnly={feedback !== undefined}
          maxLength={200}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
        />
      </label>
      <Note note={feedback?.notes["text"]} />
      {feedback && !feedback.correct && <p className="mt-2 font-semibold">{t("quiz.expectedAnswer", { answer: shown })}</p>}
    </div>
  );
}
