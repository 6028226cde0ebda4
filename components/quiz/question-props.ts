import type { Feedback, PublicQuestion } from "../../lib/quiz/question.ts";
import type { Answer } from "./answers.ts";

export interface QuestionProps<Type extends PublicQuestion["type"]> {
  readonly question: Extract<PublicQuestion, { type: Type }>;
  readonly answer: Answer | undefined;
  readonly onAnswer: (answer: Answer | undefined) => void;
  /** once answered: the question can only be read */
  readonly feedback: Feedback | undefined;
}
