// type: match
//   pairs: [{ left: { fr, en }, right: { fr, en }, why: { fr, en } }, …]   why: what links the two, shown when matched wrongly
//   extra: [{ fr, en }, …]                                                 right-hand sides that belong to no left one
// Two pairs may share a right-hand side (the same text): it is offered once.
import { z } from "zod";
import { type Locale, localized } from "./localized.ts";
import { base, type Grade, type PublicPart } from "./question-parts.ts";
import { hash, opaqueId, shuffle } from "./shuffle.ts";

export const schema = z.strictObject({
  type: z.literal("match"),
  ...base,
  pairs: z.array(z.strictObject({ left: localized, right: localized, why: localized })).min(2),
  extra: z.array(localized).default([]),
});
export type Match = z.output<typeof schema>;

/** left's id → right's id */
export const answer = z.strictObject({ pairs: z.record(z.string().max(20), z.string().max(20)) });

const leftId = (pair: Match["pairs"][number]) => opaqueId(`left ${pair.left.en}`);
const rightId = (right: { en: string }) => opaqueId(`right ${right.en}`);

export function grade(question: Match, given: z.infer<typeof answer>): Grade {
  const chosen = new Map(Object.entries(given.pairs));
  const notes = new Map<string, { right: boolean; why?: { fr: string; en: string } }>();
  let good = 0;
  for (const pair of question.pairs) {
    const right = chosen.get(leftId(pair)) === rightId(pair.right);
    if (right) good++;
    notes.set(leftId(pair), { right, ...(!right && { why: pair.why }) });
  }
  const solution = { pairs: Object.fromEntries(question.pairs.map((pair) => [leftId(pair), rightId(pair.right)])) };
  return { correct: good === question.pairs.length, score: good / question.pairs.length, notes, solution };
}

export function toPublic(question: Match, locale: Locale, seed: number): { type: "match"; lefts: PublicPart[]; rights: PublicPart[] } {
  const rights = new Map([...question.pairs.map((pair) => pair.right), ...question.extra].map((right) => [rightId(right), right[locale]]));
  const lefts = question.pairs.map((pair) => ({ id: leftId(pair), text: pair.left[locale] }));
  const mixed = seed ^ hash(question.id);
  return { type: "match", lefts: shuffle(lefts, mixed), rights: shuffle([...rights].map(([id, text]) => ({ id, text })), mixed + 1) };
}
