// Answers as the player holds them, and as the server's grading takes them (lib/quiz/<type>.ts).
export type Answer =
  | { readonly choice: string }
  | { readonly choices: readonly string[] }
  | { readonly text: string }
  | { readonly pairs: Readonly<Record<string, string>> }
  | { readonly items: readonly string[] }
  | { readonly attempt: string };

/** What was stored, if it still is an answer. */
export function isAnswer(value: unknown): value is Answer {
  return typeof value === "object" && value !== null && ["choice", "choices", "text", "pairs", "items", "attempt"].some((key) => key in value);
}
