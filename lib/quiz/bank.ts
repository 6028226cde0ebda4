// labs/<module>/questions.yaml: a question bank.
//
//   title: { fr: …, en: … }
//   questions:
//     - id: first-pid
//       type: fill-in
//       objective: containers
//       ask: { fr: …, en: … }          inline Markdown; a text that is the same in both languages may be a plain string
//       accept: ["1"]
//       wrong: [{ answers: ["0"], why: { fr: …, en: … } }]
//       explain: { fr: …, en: … }
//       proof: [{ host: debian-12-docker, run: "docker run --rm alpine sh -c 'echo $$'", prints: "1" }]
//
// The fields of each type stand at the head of its file.
import { parse } from "yaml";
import { z } from "zod";
import { localized } from "./localized.ts";
import { question } from "./question.ts";

const bank = z.strictObject({
  title: localized,
  questions: z
    .array(question)
    .min(1)
    .superRefine((questions, context) => {
      const seen = new Set<string>();
      for (const { id } of questions) {
        if (seen.has(id)) context.addIssue({ code: "custom", message: `two questions have the id ${id}` });
        seen.add(id);
      }
    }),
});
export type Bank = z.output<typeof bank>;

/** Names the file, the question and the field. */
export class BankError extends Error {
  override readonly name = "BankError";
}

/** `file` only names the bank in errors. Errors: BankError. */
export function parseBank(source: string, file: string): Bank {
  let value: unknown;
  try {
    value = parse(source);
  } catch (error) {
    throw new BankError(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
  const parsed = bank.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new BankError(`${file}: ${parsed.error.issues.map((issue) => `${where(value, issue.path)}: ${issue.message}`).join("; ")}`);
}

/** questions.3.choices → question "first-pid", choices */
function where(value: unknown, at: readonly PropertyKey[]): string {
  const index = at[1];
  const list = typeof value === "object" && value !== null && "questions" in value ? value.questions : undefined;
  const found: unknown = at[0] === "questions" && typeof index === "number" && Array.isArray(list) ? list[index] : undefined;
  if (typeof found !== "object" || found === null || !("id" in found)) return at.join(".");
  return `question "${String(found.id)}"${at.length > 2 ? `, ${at.slice(2).join(".")}` : ""}`;
}
