// Questions of every type: the schema of questions.yaml, grading, and what may reach the browser. A new type is a file beside
// this one (schema, answer, grade, toPublic), its line in each table below, and components/quiz/<type>.tsx.
import { z } from "zod";
import * as fillIn from "./fill-in.ts";
import type { Locale } from "./localized.ts";
import * as manyChoices from "./many-choices.ts";
import * as match from "./match.ts";
import * as onHost from "./on-host.ts";
import * as oneChoice from "./one-choice.ts";
import * as order from "./order.ts";
import type { Grade } from "./question-parts.ts";

export const question = z.discriminatedUnion("type", [oneChoice.schema, manyChoices.schema, fillIn.schema, match.schema, order.schema, onHost.schema]);
export type Question = z.output<typeof question>;

/** Grades an answer as it came from outside; undefined when it is not an answer to a question of this type. Pure. */
export function grade(asked: Question, given: unknown): Grade | undefined {
  switch (asked.type) {
    case "one-choice":
      return checked(oneChoice.answer, given, (answer) => (Object.hasOwn(asked.choices, answer.choice) ? oneChoice.grade(asked, answer) : undefined));
    case "many-choices":
      return checked(manyChoices.answer, given, (answer) => manyChoices.grade(asked, answer));
    case "fill-in":
      return checked(fillIn.answer, given, (answer) => fillIn.grade(asked, answer));
    case "match":
      return checked(match.answer, given, (answer) => match.grade(asked, answer));
    case "order":
      return checked(order.answer, given, (answer) => order.grade(asked, answer));
    case "on-host":
      return checked(onHost.answer, given, (answer) => onHost.grade(asked, answer));
  }
}

function checked<T>(schema: z.ZodType<T>, given: unknown, then: (answer: T) => Grade | undefined): Grade | undefined {
  const parsed = schema.safeParse(given);
  return parsed.success ? then(parsed.data) : undefined;
}

function publicParts(asked: Question, locale: Locale, seed: number) {
  switch (asked.type) {
    case "one-choice":
      return oneChoice.toPublic(asked, locale, seed);
    case "many-choices":
      return manyChoices.toPublic(asked, locale, seed);
    case "fill-in":
      return fillIn.toPublic(asked, locale, seed);
    case "match":
      return match.toPublic(asked, locale, seed);
    case "order":
      return order.toPublic(asked, locale, seed);
    case "on-host":
      return onHost.toPublic(asked, locale, seed);
  }
}

/** What the page gets before the answer: no key, no explanation, no id that tells. */
export function toPublic(asked: Question, locale: Locale, seed: number) {
  return { id: asked.id, objective: asked.objective, ask: asked.ask[locale], ...publicParts(asked, locale, seed) };
}
export type PublicQuestion = ReturnType<typeof toPublic>;

/** What the page gets once the answer is stored. */
export function toFeedback(asked: Question, graded: Grade, locale: Locale) {
  return {
    correct: graded.correct,
    score: graded.score,
    explanation: asked.explain[locale],
    notes: Object.fromEntries([...graded.notes].map(([part, note]) => [part, { right: note.right, why: note.why?.[locale] ?? "" }])),
    solution: graded.solution,
  };
}
export type Feedback = ReturnType<typeof toFeedback>;
