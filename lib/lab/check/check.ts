// A check word: the arguments that lab.yaml may give it, and the look at the machine. One word, one file.

import type { z } from "zod";
import type { View } from "../../sim/machine/view.ts";
import type { Verdict } from "../verdict.ts";

/** Who does the lab, and the functions of the lab's own check.ts. */
export interface CheckContext {
  /** login name of the learner on the machine */
  readonly user: string;
  readonly custom: ReadonlyMap<string, CustomCheck>;
}

export type CustomCheck = (view: View, context: CheckContext) => Verdict;

export interface CheckWord<Schema extends z.ZodType> {
  /** the codes that it can answer: `npm run labs` proves that each has a sentence in both languages */
  readonly codes: readonly string[];
  readonly schema: Schema;
  readonly evaluate: (view: View, args: z.infer<Schema>, context: CheckContext) => Verdict;
}

export function word<Schema extends z.ZodType>(definition: CheckWord<Schema>): CheckWord<Schema> {
  return definition;
}
