// Server-sent events for a cohort's page: one empty message when something of it changed. What changed, the page asks for itself.
import { learnersOfCohort } from "../../../../../lib/school/cohorts.ts";
import { watch } from "../../../../../lib/school/live.ts";
import { isRefusal } from "../../../../../lib/school/refusal.ts";
import { requireTeacherOf } from "../../../../../lib/school/require.ts";
import { currentViewer } from "../../../../../lib/school/viewer.ts";

const beatMs = 20_000;

export async function GET(request: Request, { params }: { readonly params: Promise<{ readonly cohort: string }> }): Promise<Response> {
  const { cohort } = await params;
  let sid: string;
  try {
    sid = (await requireTeacherOf(await currentViewer(), cohort)).sid;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return new Response(null, { status: error.code === "sign-in" ? 401 : 404 });
  }
  const encoder = new TextEncoder();
  let learners = new Set((await learnersOfCohort(cohort)).map((learner) => learner.id));
  let end = () => {};
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      const send = (text: string) => {
        try {
          controller.enqueue(encoder.encode(text));
        } catch {
          end();
        }
      };
      const stop = await watch((happened) => {
        if (happened.kind === "signed-out") {
          if (happened.sids.includes(sid)) end();
        } else if (happened.kind === "members") {
          if (happened.cohort !== cohort) return;
          void learnersOfCohort(cohort).then((rows) => {
            learners = new Set(rows.map((row) => row.id));
            send("data: \n\n");
          });
        } else if (learners.has(happened.user)) send("data: \n\n");
      });
      const beat = setInterval(() => send(": beat\n\n"), beatMs);
      end = () => {
        end = () => {};
        clearInterval(beat);
        stop();
        try {
          controller.close();
        } catch {
          // closed by the reader
        }
      };
      send(": open\n\n");
    },
    cancel: () => end(),
  });
  request.signal.addEventListener("abort", () => end());
  return new Response(body, { headers: { "Content-Type": "text/event-stream", "Cache-Control": "no-store, no-transform", "X-Accel-Buffering": "no" } });
}
