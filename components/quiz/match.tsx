"use client";
import { useWords } from "../../lib/i18n/use-words.ts";
import { Inline } from "../lab/inline.tsx";
import { Note } from "./note.tsx";
import type { QuestionProps } from "./question-props.ts";

function solved(solution: unknown): ReadonlyMap<string, string> {
  if (typeof solution !== "object" || solution === null || !("pairs" in solution) || typeof solution.pairs !== "object" || solution.pairs === null) return new Map();
  return new Map(Object.entries(solution.pairs).map(([left, right]) => [left, String(right)]));
}

export function Match({ question, answer, onAnswer, feedback }: QuestionProps<"match">) {
  const t = useWords();
  const pairs = answer && "pairs" in answer ? answer.pairs : {};
  const solution = solved(feedback?.solution);
  const textOf = (id: string | undefined) => question.rights.find((right) => right.id === id)?.text ?? "";
  const choose = (left: string, right: string) => {
    const { [left]: _before, ...others } = pairs;
    const next = right === "" ? others : { ...others, [left]: right };
    onAnswer(Object.keys(next).length === 0 ? undefined : { pairs: next });
  };
  return (
    <div>
      <p className="mb-3 text-sm text-muted">{t("quiz.matchHelp")}</p>
      <ul className="grid gap-2.5">
        {question.lefts.map(({ id, text }) => {
          const note = feedback?.notes[id];
          return (
            <li key={id} className={`grid items-center gap-x-4 gap-y-2 rounded-lg border px-4 py-3 sm:grid-cols-2 ${note ? (note.right ? "border-good bg-good-soft" : "border-bad bg-bad-soft") : "border-line"}`}>
              <label htmlFor={`match-${id}`}>
                <Inline text={text} />
              </label>
              <select id={`match-${id}`} className="input" value={pairs[id] ?? ""} onChange={(event) => choose(id, event.target.value)} disabled={feedback !== undefined}>
                <option value="">{t("quiz.matchChoose")}</option>
                {question.rights.map((right) => (
                  <option key={right.id} value={right.id}>
                    {right.text.replace(/[`*]/g, "")}
                  </option>
                ))}
              </select>
              {note && !note.right && (
                <p className="font-semibold sm:col-span-2">
                  {t("quiz.goesWith", { answer: textOf(solution.get(id)).replace(/[`*]/g, "") })}
                  <Note note={note} />
                </p>
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
