"use server";
import { redirect } from "next/navigation";
import { z } from "zod";
import { archiveCohort, changeJoinCode, createCohort, openJoin, removeMember, renameCohort } from "../../lib/school/cohorts.ts";
import { requireInstructor, requireTeacherOf } from "../../lib/school/require.ts";
import { currentViewer } from "../../lib/school/viewer.ts";
import type { FormState } from "../ui/form-state.ts";
import { invalid, localeOfForm, refused } from "../ui/refused.ts";

const named = z.object({ name: z.string().trim().min(1).max(80) });

export async function createCohortAction(_state: FormState, form: FormData): Promise<FormState> {
  const typed = named.safeParse({ name: form.get("name") });
  if (!typed.success) return invalid(typed.error.issues, form);
  let id: string;
  try {
    id = await createCohort(requireInstructor(await currentViewer()).id, typed.data.name);
  } catch (error) {
    return refused(error, form);
  }
  redirect(`/${localeOfForm(form)}/cohorts/${id}`);
}

export async function renameCohortAction(_state: FormState, form: FormData): Promise<FormState> {
  const typed = named.safeParse({ name: form.get("name") });
  if (!typed.success) return invalid(typed.error.issues, form);
  const id = String(form.get("cohort") ?? "");
  try {
    await renameCohort((await requireTeacherOf(await currentViewer(), id)).id, id, typed.data.name);
  } catch (error) {
    return refused(error, form);
  }
  redirect(`/${localeOfForm(form)}/cohorts/${id}`);
}

/** The buttons of a cohort's page: what is done is the button's value. */
export async function changeCohort(form: FormData): Promise<void> {
  const id = String(form.get("cohort") ?? "");
  const { id: actor } = await requireTeacherOf(await currentViewer(), id);
  switch (form.get("do")) {
    case "close-join":
      await openJoin(actor, id, false);
      break;
    case "open-join":
      await openJoin(actor, id, true);
      break;
    case "new-code":
      await changeJoinCode(actor, id);
      break;
    case "archive":
      await archiveCohort(actor, id, true);
      break;
    case "unarchive":
      await archiveCohort(actor, id, false);
      break;
    case "remove":
      await removeMember(actor, id, String(form.get("learner") ?? ""));
      break;
  }
  redirect(`/${localeOfForm(form)}/cohorts/${id}`);
}
