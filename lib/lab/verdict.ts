// What a check answers: a code and facts, never a sentence. The sentence lives with the words (lab.fr.md, lab.en.md, feedback.ts).

export type Facts = Readonly<Record<string, string | number>>;

export type Verdict = { readonly passed: true } | { readonly passed: false; readonly code: string; readonly facts: Facts };

export const yes: Verdict = { passed: true };

export function no(code: string, facts: Facts = {}): Verdict {
  return { passed: false, code, facts };
}
