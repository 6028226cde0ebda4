// type: fill-in
//   accept: [TEXT, …]                          right answers; the first is shown as the answer
//   also: [{ answers: [TEXT, …], why }, …]     right too, with a remark
//   wrong: [{ answers: [TEXT, …], why }, …]    foreseen mistakes, each explained; any other gets `explain` alone
//   exact: true                                 case counts (a command); otherwise neither case, accents, outer spaces nor a final dot do
import { z } from "zod";
import { type Locale, localized } from "./localized.ts";
import { base, type Grade } from "./question-parts.ts";

const group = z.strictObject({ answers: z.array(z.coerce.string().min(1)).min(1), why: localized });

export const schema = z.strictObject({
  type: z.literal("fill-in"),
  ...base,
  accept: z.array(z.coerce.string().min(1)).min(1),
  also: z.array(group).default([]),
  wrong: z.array(group).min(1, "a foreseen mistake, explained, is needed"),
  exact: z.boolean().default(false),
});
export type FillIn = z.output<typeof schema>;

export const answer = z.strictObject({ text: z.string().max(200) });

function normal(text: string, exact: boolean): string {
  const plain = text.normalize("NFC").trim().replace(/\s+/g, " ");
  if (exact) return plain;
  return plain
    .normalize("NFD")
    .replace(/\p{Mn}/gu, "")
    .replace(/’/g, "'")
    .replace(/\.$/, "")
    .toLowerCase();
}

export function grade(question: FillIn, given: z.infer<typeof answer>): Grade {
  const text = normal(given.text, question.exact);
  const isIn = (answers: readonly string[]) => answers.some((one) => normal(one, question.exact) === text);
  const also = question.also.find((one) => isIn(one.answers));
  const correct = isIn(question.accept) || also !== undefined;
  const why = correct ? also?.why : question.wrong.find((one) => isIn(one.answers))?.why;
  return { correct, score: correct ? 1 : 0, notes: new Map([["text", { right: correct, ...(why && { why }) }]]), solution: { text: question.accept[0] } };
}

export function toPublic(question: FillIn, _locale: Locale, _seed: number): { type: "fill-in"; code: boolean } {
  return { type: "fill-in", code: question.exact };
}
