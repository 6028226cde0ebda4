"use client";
import { useRef, useState } from "react";
import { useWords } from "../../lib/i18n/use-words.ts";
import { Inline } from "../lab/inline.tsx";
import { Note } from "./note.tsx";
import type { QuestionProps } from "./question-props.ts";

function solved(solution: unknown): readonly string[] {
  return typeof solution === "object" && solution !== null && "items" in solution && Array.isArray(solution.items) ? solution.items.map(String) : [];
}

/** Buttons and arrow keys; nothing has to be dragged. */
export function Order({ question, answer, onAnswer, feedback }: QuestionProps<"order">) {
  const t = useWords();
  const [said, setSaid] = useState("");
  const list = useRef<HTMLOListElement>(null);
  const order = answer && "items" in answer ? answer.items : question.items.map((item) => item.id);
  const textOf = (id: string) => question.items.find((item) => item.id === id)?.text ?? "";
  const solution = solved(feedback?.solution);

  const move = (id: string, by: 1 | -1, focus: "up" | "down") => {
    const from = order.indexOf(id);
    const to = from + by;
    const other = order[to];
    if (feedback || other === undefined) return;
    const next = [...order];
    next[from] = other;
    next[to] = id;
    onAnswer({ items: next });
    setSaid(t("quiz.moved", { item: textOf(id), place: to + 1, total: order.length }));
    // The row keeps the focus wherever it went; its button may have become useless at an end.
    requestAnimationFrame(() => {
      const row = list.current?.children[to];
      const wanted = row?.querySelector<HTMLButtonElement>(`[data-move=${focus}]`);
      (wanted?.disabled ? row?.querySelector<HTMLButtonElement>("button:not(:disabled)") : wanted)?.focus();
    });
  };

  const arrow = "grid size-9 place-items-center rounded-md border border-line-strong bg-surface hover:border-accent hover:text-accent disabled:border-line disabled:text-muted disabled:opacity-60";
  return (
    <div>
      <p className="mb-3 text-sm text-muted">{t("quiz.orderHelp")}</p>
      <ol ref={list} className="grid gap-2.5">
        {order.map((id, place) => {
          const note = feedback?.notes[id];
          return (
            <li key={id} className={`flex items-center gap-3 rounded-lg border px-4 py-2.5 ${note ? (note.right ? "border-good bg-good-soft" : "border-bad bg-bad-soft") : "border-line"}`}>
              <span className="w-6 shrink-0 text-center font-bold text-muted" aria-hidden="true">
                {place + 1}
              </span>
              <span className="min-w-0 grow">
                <Inline text={textOf(id)} />
                {note && !note.right && <span className="ms-2 text-sm font-bold text-bad">→ {t("quiz.place", { place: solution.indexOf(id) + 1 })}</span>}
                <Note note={note} />
              </span>
              {!feedback && (
                <span className="flex gap-1.5">
                  {([["up", -1, "m2 8 4-4 4 4", t("quiz.moveUp", { item: textOf(id) }), place === 0], ["down", 1, "m2 4 4 4 4-4", t("quiz.moveDown", { item: textOf(id) }), place === order.length - 1]] as const).map(([way, by, path, label, end]) => (
                    <button
                      key={way}
                      type="button"
                      data-move={way}
                      className={arrow}
                      disabled={end}
                      aria-label={label}
                      onClick={() => move(id, by, way)}
                      onKeyDown={(event) => {
                        if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
                        event.preventDefault();
                        move(id, event.key === "ArrowUp" ? -1 : 1, event.key === "ArrowUp" ? "up" : "down");
                      }}
                    >
                      <svg width="12" height="12" viewBox="0 0 12 12" fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">
                        <path d={path} />
                      </svg>
                    </button>
                  ))}
                </span>
              )}
            </li>
          );
        })}
      </ol>
      <p role="status" className="sr-only">
        {said}
      </p>
    </div>
  );
}
