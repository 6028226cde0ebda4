"use client";
// The questions of a bank, one at a time: answer, feedback, next. What was answered can be read again, never changed.
import Link from "next/link";
import { lazy, type Ref, type RefObject, Suspense, useCallback, useEffect, useRef, useState } from "react";
import { useOwnLocale, useWords } from "../../lib/i18n/use-words.ts";
import type { Feedback, PublicQuestion } from "../../lib/quiz/question.ts";
import { Inline } from "../lab/inline.tsx";
import type { Answer } from "./answers.ts";
import { ManyChoices, OneChoice } from "./choices.tsx";
import { FillIn } from "./fill-in.tsx";
import { Match } from "./match.tsx";
import { Order } from "./order.tsx";
import { answerAction, startAgain } from "./quiz-actions.ts";

/** The terminal's code, for the questions that need one. */
const OnHost = lazy(async () => ({ default: (await import("./on-host.tsx")).OnHost }));

export interface Item {
  readonly question: PublicQuestion;
  readonly answer: Answer | undefined;
  readonly feedback: Feedback | undefined;
}

export interface QuizPlayerProps {
  readonly bank: string;
  readonly title: string;
  readonly quizAttempt: string;
  readonly items: readonly Item[];
  readonly backTo: string;
}

export function QuizPlayer({ bank, title, quizAttempt, items: initial, backTo }: QuizPlayerProps) {
  const t = useWords();
  const locale = useOwnLocale();
  const [items, setItems] = useState(initial);
  const firstOpen = initial.findIndex((item) => !item.feedback);
  const [at, setAt] = useState(firstOpen === -1 ? initial.length : firstOpen);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState("");
  const since = useRef(0);
  const heading = useRef<HTMLHeadingElement>(null);
  const verdict = useRef<HTMLParagraphElement>(null);
  const settle = useRef<(() => Promise<void>) | undefined>(undefined);
  const item = items[at];
  const right = items.filter((one) => one.feedback?.correct).length;
  const over = items.every((one) => one.feedback);

  const place = useRef<number | undefined>(undefined);
  useEffect(() => {
    if (place.current !== undefined && place.current !== at) heading.current?.focus();
    place.current = at;
    since.current = Date.now();
    setError("");
  }, [at]);

  // The verdict is read out, and the way on is one Tab away.
  const tell = useRef(false);
  useEffect(() => {
    if (tell.current && items[at]?.feedback) verdict.current?.focus();
    tell.current = false;
  }, [items, at]);

  const change = useCallback((place: number, part: Partial<Item>) => setItems((before) => before.map((one, index) => (index === place ? { ...one, ...part } : one))), []);
  const onAnswer = useCallback((answer: Answer | undefined) => change(at, { answer }), [at, change]);

  const submit = async () => {
    if (!item || item.feedback || busy) return;
    const answer = item.answer ?? (item.question.type === "order" ? { items: item.question.items.map((one) => one.id) } : undefined);
    if (!answer) return setError(t("quiz.chooseFirst"));
    setBusy(true);
    setError("");
    try {
      await settle.current?.();
      const got = await answerAction({ locale, bank, quizAttempt, question: item.question.id, answer, seconds: (Date.now() - since.current) / 1_000 });
      if ("error" in got) setError(got.error);
      else {
        tell.current = true;
        change(at, { answer, feedback: got.feedback });
      }
    } finally {
      setBusy(false);
    }
  };

  return (
    <div className="page grid max-w-[64rem] items-start gap-x-10 gap-y-6 lg:grid-cols-[1fr_13rem]">
      <div className="min-w-0">
        <Link href={backTo} className="link text-sm">
          {t("quiz.backToMap")}
        </Link>
        <p className="eyebrow mt-5">{title}</p>
        {item ? (
          <form
            className="mt-2"
            onSubmit={(event) => {
              event.preventDefault();
              void submit();
            }}
          >
            <h1 ref={heading} tabIndex={-1} className="text-2xl leading-snug outline-none">
              <span className="block text-base font-normal tracking-normal text-muted">{t("quiz.number", { number: at + 1, total: items.length })}</span>
              <Inline text={item.question.ask} />
            </h1>
            <div className="card mt-5 p-5 sm:p-6">
              <QuestionBody key={item.question.id} item={item} bank={bank} onAnswer={onAnswer} settle={settle} />
              {error !== "" && (
                <p role="alert" className="alert mt-4">
                  {error}
                </p>
              )}
              {item.feedback && <Told feedback={item.feedback} said={verdict} />}
              <div className="mt-6 flex flex-wrap gap-3">
                {!item.feedback && (
                  <button id="quiz-submit" type="submit" className="button button-primary" disabled={busy}>
                    {busy ? t("quiz.submitting") : t("quiz.submit")}
                  </button>
                )}
                {item.feedback && (
                  <button type="button" className="button button-primary" onClick={() => setAt(nextOf(items, at))}>
                    {t("quiz.next")}
                  </button>
                )}
                {at > 0 && (
                  <button type="button" className="button button-quiet" onClick={() => setAt(at - 1)}>
                    {t("quiz.previous")}
                  </button>
                )}
              </div>
            </div>
          </form>
        ) : (
          <div className="mt-2">
            <h1 ref={heading} tabIndex={-1} className="text-3xl outline-none">
              {t("quiz.resultTitle", { right, total: items.length })}
            </h1>
            <p className="mt-3 text-muted">{right === items.length ? t("quiz.resultAll") : t("quiz.resultText", { right })}</p>
            <div className="mt-6 flex flex-wrap gap-3">
              <button type="button" className="button" onClick={() => setAt(0)}>
                {t("quiz.review")}
              </button>
              <form action={startAgain}>
                <input type="hidden" name="locale" value={locale} />
                <input type="hidden" name="bank" value={bank} />
                <button type="submit" className="button">
                  {t("quiz.again")}
                </button>
              </form>
              <Link href={backTo} className="button button-primary">
                {t("quiz.backToMap")}
              </Link>
            </div>
          </div>
        )}
      </div>
      <nav aria-label={t("quiz.questions")} className="lg:sticky lg:top-20 lg:mt-16">
        <ol className="flex flex-wrap gap-2 lg:grid lg:grid-cols-4">
          {items.map((one, place) => {
            const state = one.feedback ? (one.feedback.correct ? t("quiz.stateRight") : t("quiz.stateWrong")) : t("quiz.stateOpen");
            const tone = one.feedback ? (one.feedback.correct ? "border-good bg-good-soft text-good" : "border-bad bg-bad-soft text-bad") : "border-line-strong bg-surface text-muted";
            return (
              <li key={one.question.id}>
                <button
                  type="button"
                  onClick={() => setAt(place)}
                  aria-current={place === at ? "step" : undefined}
                  aria-label={`${t("quiz.number", { number: place + 1, total: items.length })}, ${state}`}
                  className={`grid size-10 place-items-center rounded-lg border font-bold aria-[current]:outline-3 aria-[current]:outline-offset-2 aria-[current]:outline-accent ${tone}`}
                >
                  {place + 1}
                </button>
              </li>
            );
          })}
          {over && (
            <li>
              <button type="button" onClick={() => setAt(items.length)} className="button h-10 px-3 text-sm">
                {t("quiz.resultTitle", { right, total: items.length })}
              </button>
            </li>
          )}
        </ol>
      </nav>
    </div>
  );
}

/** The next unanswered question after this one, or before it; the result when there is none. */
function nextOf(items: readonly Item[], at: number): number {
  const after = items.findIndex((one, place) => place > at && !one.feedback);
  if (after !== -1) return after;
  const before = items.findIndex((one) => !one.feedback);
  if (before !== -1) return before;
  return at + 1 < items.length && items.some((one, place) => place > at && one.feedback) ? at + 1 : items.length;
}

function Told({ feedback, said }: { readonly feedback: Feedback; readonly said: Ref<HTMLParagraphElement> }) {
  const t = useWords();
  const partly = !feedback.correct && feedback.score > 0;
  return (
    <div className={`mt-5 rounded-lg border border-s-4 px-4 py-3 ${feedback.correct ? "border-good bg-good-soft" : partly ? "border-copper bg-copper-soft" : "border-bad bg-bad-soft"}`}>
      <p ref={said} tabIndex={-1} className={`font-bold outline-none ${feedback.correct ? "text-good" : partly ? "text-copper" : "text-bad"}`}>
        {feedback.correct ? t("quiz.right") : partly ? t("quiz.partly") : t("quiz.wrong")}
      </p>
      <p className="mt-1">
        <span className="sr-only">{t("quiz.explanation")} </span>
        <Inline text={feedback.explanation} />
      </p>
    </div>
  );
}

interface QuestionBodyProps {
  readonly item: Item;
  readonly bank: string;
  readonly onAnswer: (answer: Answer | undefined) => void;
  readonly settle: RefObject<(() => Promise<void>) | undefined>;
}

function QuestionBody({ item, bank, onAnswer, settle }: QuestionBodyProps) {
  const { question, answer, feedback } = item;
  switch (question.type) {
    case "one-choice":
      return <OneChoice question={question} answer={answer} onAnswer={onAnswer} feedback={feedback} />;
    case "many-choices":
      return <ManyChoices question={question} answer={answer} onAnswer={onAnswer} feedback={feedback} />;
    case "fill-in":
      return <FillIn question={question} answer={answer} onAnswer={onAnswer} feedback={feedback} />;
    case "match":
      return <Match question={question} answer={answer} onAnswer={onAnswer} feedback={feedback} />;
    case "order":
      return <Order question={question} answer={answer} onAnswer={onAnswer} feedback={feedback} />;
    case "on-host":
      return (
        <Suspense>
          <OnHost bank={bank} settle={settle} question={question} answer={answer} onAnswer={onAnswer} feedback={feedback} />
        </Suspense>
      );
  }
}
