// GET /session/recordings/ATTEMPT: what the replay page plays. For the attempt's learner and whoever teaches them.
import type { IncomingMessage, ServerResponse } from "node:http";
import { attempt } from "../school/attempts.ts";
import { audit } from "../school/audit.ts";
import { spend } from "../school/rate-limit.ts";
import { isRefusal } from "../school/refusal.ts";
import { requireReaderOfAttempt } from "../school/require.ts";
import { sessionPool } from "./session-door.ts";
import { viewerOfRequest } from "./viewer-of-request.ts";

export const recordingsPath = "/session/recordings/";

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "Content-Type": "application/json; charset=utf-8", "Cache-Control": "no-store" });
  response.end(JSON.stringify(body));
}

export async function serveRecording(request: IncomingMessage, response: ServerResponse, id: string): Promise<void> {
  try {
    const viewer = await viewerOfRequest(request);
    if (!viewer) return answer(response, 401, { error: "sign-in" });
    const worked = await attempt(id);
    await requireReaderOfAttempt(viewer, worked);
    await spend(`recording:${viewer.id}`, 60, 60_000);
    if (viewer.id !== worked.user) await audit("recording-watched", viewer.id, worked.user, { attempt: id });
    answer(response, 200, await sessionPool().recording(worked));
  } catch (error) {
    // What exists is not told to those who may not see it.
    if (isRefusal(error)) answer(response, error.code === "too-many" ? 429 : 404, { error: error.code === "too-many" ? "too-many" : "not-found" });
    else throw error;
  }
}
