"use server";
// What a lab's page asks for while it is open: the reason of a verdict and the next hint, as elements in the reader's language.
import type { ReactNode } from "react";
import { z } from "zod";
import { attempt, openNextHint } from "../../lib/school/attempts.ts";
import { labOf } from "../../lib/school/catalogue.ts";
import { wasTold } from "../../lib/school/observer.ts";
import { Refusal } from "../../lib/school/refusal.ts";
import { requireViewer } from "../../lib/school/require.ts";
import { currentViewer } from "../../lib/school/viewer.ts";
import { Prose } from "./prose.tsx";
import { VerdictWords } from "./verdict-words.tsx";

const locale = z.enum(["fr", "en"]);
const explaining = z.object({
  locale,
  activity: z.string().max(200),
  task: z.string().max(80),
  code: z.string().max(80),
  facts: z.record(z.string().max(40), z.union([z.string().max(2_000), z.number()])),
});
export type Explaining = z.infer<typeof explaining>;

/** A verdict is stored while it is on its way to the page. */
const storedWithinMs = 400;

/** What the code means here, as an element: only of a verdict that this person's machine has given, since it tells what is right. */
export async function explainVerdict(asked: Explaining): Promise<ReactNode> {
  const viewer = requireViewer(await currentViewer());
  const verdict = explaining.parse(asked);
  if (!(await wasTold(viewer.id, verdict))) {
    await new Promise((resolve) => setTimeout(resolve, storedWithinMs));
    if (!(await wasTold(viewer.id, verdict))) throw new Refusal("not-found");
  }
  return <VerdictWords {...verdict} />;
}

const hinting = z.object({ locale, attempt: z.string().max(64), task: z.string().max(80) });

/** Opens the next hint of this attempt and answers it with its number. */
export async function openHint(asked: z.infer<typeof hinting>): Promise<{ readonly number: number; readonly content: ReactNode }> {
  const viewer = requireViewer(await currentViewer());
  const wanted = hinting.parse(asked);
  const worked = await attempt(wanted.attempt);
  const hints = labOf(worked.activity)?.words[wanted.locale].tasks.get(wanted.task)?.hints;
  if (worked.user !== viewer.id || !hints || hints.length === 0) throw new Refusal("not-found");
  const number = await openNextHint(worked.attempt, wanted.task, hints.length);
  return { number, content: <Prose nodes={hints[number - 1] ?? []} /> };
}
