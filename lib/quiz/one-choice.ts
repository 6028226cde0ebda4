// type: one-choice
//   choices: { KEY: { fr, en, why: { fr, en } }, … }   why: what is wrong with it; every choice but the right one has it
//   right: KEY
import { z } from "zod";
import { identifier, type Locale, localized } from "./localized.ts";
import { base, type Grade, type PublicPart } from "./question-parts.ts";
import { hash, shuffle } from "./shuffle.ts";

const choice = z.strictObject({ fr: z.string(), en: z.string(), why: localized.optional() });

export const schema = z
  .strictObject({ type: z.literal("one-choice"), ...base, choices: z.record(identifier, choice), right: identifier })
  .superRefine((question, context) => {
    if (!(question.right in question.choices)) context.addIssue({ code: "custom", message: `right: ${question.right} is none of the choices` });
    for (const [id, { why }] of Object.entries(question.choices)) {
      if (id !== question.right && !why) context.addIssue({ code: "custom", message: `choices.${id}: a wrong choice needs its why` });
    }
  });
export type OneChoice = z.output<typeof schema>;

export const answer = z.strictObject({ choice: identifier });

export function grade(question: OneChoice, given: z.infer<typeof answer>): Grade {
  const correct = given.choice === question.right;
  // Once answered, every choice is explained, taken or not.
  const notes = new Map(Object.entries(question.choices).map(([id, { why }]) => [id, { right: id === question.right, ...(why && { why }) }]));
  return { correct, score: correct ? 1 : 0, notes, solution: { choice: question.right } };
}

export function toPublic(question: OneChoice, locale: Locale, seed: number): { type: "one-choice"; choices: PublicPart[] } {
  const choices = Object.entries(question.choices).map(([id, text]) => ({ id, text: text[locale] }));
  return { type: "one-choice", choices: shuffle(choices, seed ^ hash(question.id)) };
}
