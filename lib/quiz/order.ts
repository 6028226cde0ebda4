// type: order
//   items: [{ fr, en, why: { fr, en } }, …]   in the right order; why: why it stands there, shown when it was put elsewhere
import { z } from "zod";
import { type Locale, localized } from "./localized.ts";
import { base, type Grade, type PublicPart } from "./question-parts.ts";
import { hash, opaqueId, shuffle } from "./shuffle.ts";

export const schema = z.strictObject({ type: z.literal("order"), ...base, items: z.array(z.strictObject({ fr: z.string(), en: z.string(), why: localized })).min(3) });
export type Order = z.output<typeof schema>;

export const answer = z.strictObject({ items: z.array(z.string().max(20)).max(20) });

const itemId = (item: { en: string }) => opaqueId(item.en);

export function grade(question: Order, given: z.infer<typeof answer>): Grade {
  const notes = new Map<string, { right: boolean; why?: { fr: string; en: string } }>();
  let good = 0;
  for (const [place, item] of question.items.entries()) {
    const right = given.items[place] === itemId(item);
    if (right) good++;
    notes.set(itemId(item), { right, ...(!right && { why: item.why }) });
  }
  const correct = good === question.items.length && given.items.length === question.items.length;
  return { correct, score: good / question.items.length, notes, solution: { items: question.items.map(itemId) } };
}

/** Never shows the right order by chance. */
export function toPublic(question: Order, locale: Locale, seed: number): { type: "order"; items: PublicPart[] } {
  const items = question.items.map((item) => ({ id: itemId(item), text: item[locale] }));
  for (let turn = 0; ; turn++) {
    const mixed = shuffle(items, (seed ^ hash(question.id)) + turn);
    if (mixed.some((item, place) => item !== items[place])) return { type: "order", items: mixed };
  }
}
