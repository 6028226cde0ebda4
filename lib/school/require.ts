// Who may do what, as verbs that throw Refusal. Every page and action that shows or changes something of others calls one first.
import { and, eq } from "drizzle-orm";
import { Refusal } from "./refusal.ts";
import type { Viewer } from "./sign-ins.ts";
import { store } from "./store.ts";

export function requireViewer(viewer: Viewer | undefined): Viewer {
  if (!viewer) throw new Refusal("sign-in");
  return viewer;
}

/** A person with an account: not a guest. */
export function requireAccount(viewer: Viewer | undefined): Viewer {
  const own = requireViewer(viewer);
  if (own.role === "guest") throw new Refusal("forbidden");
  return own;
}

export function requireInstructor(viewer: Viewer | undefined): Viewer {
  const own = requireViewer(viewer);
  if (own.role !== "instructor" && own.role !== "administrator") throw new Refusal("forbidden");
  return own;
}

export function requireAdministrator(viewer: Viewer | undefined): Viewer {
  const own = requireViewer(viewer);
  if (own.role !== "administrator") throw new Refusal("forbidden");
  return own;
}

async function membership(cohortId: string, userId: string): Promise<string | undefined> {
  const s = await store();
  const [row] = await s.db
    .select({ role: s.memberships.role })
    .from(s.memberships)
    .where(and(eq(s.memberships.cohortId, cohortId), eq(s.memberships.userId, userId)));
  return row?.role;
}

/** Who teaches this cohort, or an administrator. */
export async function requireTeacherOf(viewer: Viewer | undefined, cohortId: string): Promise<Viewer> {
  const own = requireInstructor(viewer);
  if (own.role !== "administrator" && (await membership(cohortId, own.id)) !== "instructor") throw new Refusal("forbidden");
  return own;
}

/** Who teaches this cohort, and the learner is in it. */
export async function requireTeacherOfLearner(viewer: Viewer | undefined, cohortId: string, learnerId: string): Promise<Viewer> {
  const own = await requireTeacherOf(viewer, cohortId);
  if ((await membership(cohortId, learnerId)) !== "learner") throw new Refusal("not-found");
  return own;
}

/** The attempt's learner, or whoever teaches a cohort that the learner is in. */
export async function requireReaderOfAttempt(viewer: Viewer | undefined, attempt: { readonly user: string }): Promise<Viewer> {
  const own = requireViewer(viewer);
  if (own.id === attempt.user || own.role === "administrator") return own;
  requireInstructor(own);
  const s = await store();
  const learns = await s.db
    .select({ cohortId: s.memberships.cohortId })
    .from(s.memberships)
    .where(and(eq(s.memberships.userId, attempt.user), eq(s.memberships.role, "learner")));
  for (const { cohortId } of learns) if ((await membership(cohortId, own.id)) === "instructor") return own;
  throw new Refusal("forbidden");
}
