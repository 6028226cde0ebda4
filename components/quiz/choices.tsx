"use client";
// One choice (radio buttons) and many (check boxes): the same list.
import { useWords } from "../../lib/i18n/use-words.ts";
import { Inline } from "../lab/inline.tsx";
import { Note } from "./note.tsx";
import type { QuestionProps } from "./question-props.ts";

interface ListProps {
  readonly props: QuestionProps<"one-choice"> | QuestionProps<"many-choices">;
  readonly kind: "radio" | "checkbox";
  readonly taken: readonly string[];
  readonly onToggle: (id: string) => void;
  readonly help: string;
}

function ChoiceList({ props, kind, taken, onToggle, help }: ListProps) {
  const t = useWords();
  const { question, feedback } = props;
  return (
    <fieldset disabled={feedback !== undefined}>
      <legend className="mb-3 text-sm text-muted">{help}</legend>
      <div className="grid gap-2.5">
        {question.choices.map(({ id, text }) => {
          const note = feedback?.notes[id];
          const mine = taken.includes(id);
          const tone = !feedback ? (mine ? "border-accent bg-accent-soft" : "border-line hover:border-line-strong") : note?.right ? "border-good bg-good-soft" : mine ? "border-bad bg-bad-soft" : "border-line";
          return (
            <label key={id} className={`flex items-start gap-3 rounded-lg border px-4 py-3 ${tone} ${feedback ? "cursor-default" : ""}`}>
              <input type={kind} name={question.id} checked={mine} onChange={() => onToggle(id)} className="mt-1 size-4.5 shrink-0 accent-(--accent)" />
              <span className="min-w-0 grow">
                <span className={feedback ? "text-ink" : ""}>
                  <Inline text={text} />
                </span>
                {feedback && (note?.right || mine) && (
                  <span className={`ms-2 text-sm font-bold ${note?.right ? "text-good" : "text-bad"}`}>
                    {note?.right ? `✓ ${t("quiz.goodChoice")}` : "✗"} {mine && `(${t("quiz.yourChoice")})`}
                  </span>
                )}
                <Note note={note} quiet={!note?.right && !mine} />
              </span>
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}

export function OneChoice(props: QuestionProps<"one-choice">) {
  const t = useWords();
  const { answer, onAnswer } = props;
  const taken = answer && "choice" in answer ? [answer.choice] : [];
  return <ChoiceList props={props} kind="radio" taken={taken} onToggle={(choice) => onAnswer({ choice })} help={t("quiz.oneChoice")} />;
}

export function ManyChoices(props: QuestionProps<"many-choices">) {
  const t = useWords();
  const { answer, onAnswer } = props;
  const taken = answer && "choices" in answer ? answer.choices : [];
  const toggle = (id: string) => {
    const choices = taken.includes(id) ? taken.filter((one) => one !== id) : [...taken, id];
    onAnswer(choices.length === 0 ? undefined : { choices });
  };
  return <ChoiceList props={props} kind="checkbox" taken={taken} onToggle={toggle} help={t("quiz.manyChoices")} />;
}
