"use client";
import type { Feedback } from "../../lib/quiz/question.ts";
import { Inline } from "../lab/inline.tsx";

/** Why a part of an answer is right or not, under that part. */
export function Note({ note, quiet = false }: { readonly note: Feedback["notes"][string] | undefined; readonly quiet?: boolean }) {
  if (!note || note.why === "") return null;
  return (
    <span className={`mt-1 block text-[0.95rem] font-normal ${quiet ? "text-muted" : note.right ? "text-good" : "text-bad"}`}>
      <Inline text={note.why} />
    </span>
  );
}
