// type: many-choices
//   choices: { KEY: { fr, en, why: { fr, en } }, … }   why: every wrong choice has it; a right one may (why it belongs)
//   right: [KEY, …]                                     one at least
import { z } from "zod";
import { identifier, type Locale, localized } from "./localized.ts";
import { base, type Grade, type PublicPart } from "./question-parts.ts";
import { hash, shuffle } from "./shuffle.ts";

const choice = z.strictObject({ fr: z.string(), en: z.string(), why: localized.optional() });

export const schema = z
  .strictObject({ type: z.literal("many-choices"), ...base, choices: z.record(identifier, choice), right: z.array(identifier).min(1) })
  .superRefine((question, context) => {
    for (const id of question.right) if (!(id in question.choices)) context.addIssue({ code: "custom", message: `right: ${id} is none of the choices` });
    for (const [id, { why }] of Object.entries(question.choices)) {
      if (!question.right.includes(id) && !why) context.addIssue({ code: "custom", message: `choices.${id}: a wrong choice needs its why` });
    }
  });
export type ManyChoices = z.output<typeof schema>;

export const answer = z.strictObject({ choices: z.array(identifier).max(20) });

/** Right only when exactly the right choices are taken; the score counts each choice, taken or left, and never rewards taking all. */
export function grade(question: ManyChoices, given: z.infer<typeof answer>): Grade {
  const taken = new Set(given.choices);
  const notes = new Map<string, { right: boolean; why?: { fr: string; en: string } }>();
  let good = 0;
  let bad = 0;
  for (const [id, { why }] of Object.entries(question.choices)) {
    const right = question.right.includes(id);
    if (right && taken.has(id)) good++;
    if (!right && taken.has(id)) bad++;
    // Once answered, every choice is explained, taken or not.
    notes.set(id, { right, ...(why && { why }) });
  }
  const correct = good === question.right.length && bad === 0;
  return { correct, score: correct ? 1 : Math.max(0, (good - bad) / question.right.length), notes, solution: { choices: question.right } };
}

export function toPublic(question: ManyChoices, locale: Locale, seed: number): { type: "many-choices"; choices: PublicPart[] } {
  const choices = Object.entries(question.choices).map(([id, text]) => ({ id, text: text[locale] }));
  return { type: "many-choices", choices: shuffle(choices, seed ^ hash(question.id)) };
}
