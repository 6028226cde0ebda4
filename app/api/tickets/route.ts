// POST { activity }: a one-use ticket for the workspace of the attempt that goes on, which is made when there is none.
import { z } from "zod";
import { openAttempt } from "../../../lib/school/attempts.ts";
import { catalogue } from "../../../lib/school/catalogue.ts";
import { spend } from "../../../lib/school/rate-limit.ts";
import { isRefusal, Refusal } from "../../../lib/school/refusal.ts";
import { requireViewer } from "../../../lib/school/require.ts";
import { issueToken } from "../../../lib/school/tokens.ts";
import { currentViewer } from "../../../lib/school/viewer.ts";

const wanted = z.object({ activity: z.string().max(200) });

function exists(activity: string): boolean {
  const { labs, onHostQuestions } = catalogue();
  return activity.startsWith("lab:") ? labs.has(activity.slice(4)) : activity.startsWith("question:") && onHostQuestions.has(activity.slice(9));
}

export async function POST(request: Request): Promise<Response> {
  try {
    const viewer = requireViewer(await currentViewer());
    const parsed = wanted.safeParse(await request.json().catch(() => undefined));
    if (!parsed.success || !exists(parsed.data.activity)) throw new Refusal("not-found");
    await spend(`ticket:${viewer.id}`, 120, 60_000);
    const { attempt } = await openAttempt(viewer.id, parsed.data.activity);
    return Response.json({ attempt, ticket: await issueToken("ticket", attempt, viewer.id, 30_000) }, { headers: { "Cache-Control": "no-store" } });
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const status = error.code === "sign-in" ? 401 : error.code === "too-many" ? 429 : 404;
    return Response.json({ error: error.code }, { status });
  }
}
