// type: on-host: answered at a terminal, graded by lab checks on the machine's state.
//   host: debian-12-docker
//   user: student
//   checks: [{ container: web, is: running }, …]   the words of lib/lab/check, validated by lib/lab's loader
//   solution: [COMMAND, …]                       one way to do it, typed by `npm run labs`
//   mistakes: [{ run: [COMMAND, …], code: CODE }, …]   what people type instead, and the code that it must give; proved like the solution
//   feedback: { CODE: { fr, en }, … }              what is said when the check answers that code
import { z } from "zod";
import { type Locale, localized } from "./localized.ts";
import { base, type Grade } from "./question-parts.ts";

export const schema = z.strictObject({
  type: z.literal("on-host"),
  ...base,
  host: z.string(),
  user: z.string().default("student"),
  checks: z.array(z.unknown()).min(1),
  solution: z.array(z.string()).default([]),
  mistakes: z.array(z.strictObject({ run: z.array(z.string()), code: z.string() })).default([]),
  feedback: z.record(z.string(), localized).default({}),
});
export type OnHost = z.output<typeof schema>;

/** Filled in by the server from the stored verdict of the attempt; what the browser sends is only which attempt it means. */
export const answer = z.strictObject({ attempt: z.string().max(64), passed: z.boolean().default(false), code: z.string().max(80).default("") });

export function grade(question: OnHost, given: z.infer<typeof answer>): Grade {
  const why = Object.hasOwn(question.feedback, given.code) ? question.feedback[given.code] : undefined;
  return { correct: given.passed, score: given.passed ? 1 : 0, notes: new Map([["host", { right: given.passed, ...(why && { why }) }]]) };
}

export function toPublic(question: OnHost, _locale: Locale, _seed: number): { type: "on-host"; host: string } {
  return { type: "on-host", host: question.host };
}
