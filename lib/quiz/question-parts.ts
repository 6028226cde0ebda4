// What every type of question has, what its grading answers, and what may leave for the browser before and after.
import { z } from "zod";
import { localized, identifier, type Localized } from "./localized.ts";

/** A command whose output the question claims: run on the simulation by `npm run labs`. */
const proof = z.strictObject({
  host: z.string(),
  run: z.union([z.string().transform((line) => [line]), z.array(z.string()).min(1)]),
  /** the last command's output, trailing spaces aside; or a text it contains */
  prints: z.string().optional(),
  contains: z.string().optional(),
});

export const base = {
  id: identifier,
  /** the course objective that it belongs to */
  objective: z.string().min(1),
  ask: localized,
  /** shown after answering, whatever the answer */
  explain: localized,
  proof: z.array(proof).default([]),
};

/** What grading says. `notes`: one line per part of the answer (a choice, a row), for those that deserve one. */
export interface Grade {
  readonly correct: boolean;
  /** 0 to 1 */
  readonly score: number;
  readonly notes: ReadonlyMap<string, { readonly right: boolean; readonly why?: Localized }>;
  /** an answer that is right, in the form of answers of this type; undefined when it is no secret worth showing */
  readonly solution?: unknown;
}

/** What the page gets before the answer. Texts are of one language. */
export interface PublicPart {
  readonly id: string;
  readonly text: string;
}
