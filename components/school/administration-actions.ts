"use server";
import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import { wordsOf } from "../../lib/i18n/words.ts";
import { audit } from "../../lib/school/audit.ts";
import { changeRole, disablePerson, invite, person, withdrawInvitation } from "../../lib/school/people.ts";
import { requireAdministrator } from "../../lib/school/require.ts";
import { writeSettings } from "../../lib/school/settings.ts";
import { passwordLink } from "../../lib/school/sign-in.ts";
import { endAllSignIns, endSignIn } from "../../lib/school/sign-ins.ts";
import { siteAddress } from "../../lib/school/site-address.ts";
import { currentViewer } from "../../lib/school/viewer.ts";
import type { FormState } from "../ui/form-state.ts";
import { invalid, localeOfForm, refused } from "../ui/refused.ts";

export async function inviteAction(_state: FormState, form: FormData): Promise<FormState> {
  const locale = localeOfForm(form);
  const typed = z.object({ email: z.email().max(200), role: z.enum(["instructor", "administrator"]) }).safeParse({ email: form.get("email"), role: form.get("role") });
  if (!typed.success) return invalid(typed.error.issues, form);
  try {
    const actor = requireAdministrator(await currentViewer());
    const secret = await invite(actor.id, typed.data.email, typed.data.role);
    refresh();
    return { done: wordsOf(locale)("admin.inviteDone", { email: typed.data.email }), link: `${await siteAddress()}/${locale}/invitation/${secret}` };
  } catch (error) {
    return refused(error, form);
  }
}

/** The buttons of a person's row. */
export async function changePerson(_state: FormState, form: FormData): Promise<FormState> {
  const locale = localeOfForm(form);
  const id = String(form.get("person") ?? "");
  try {
    const actor = requireAdministrator(await currentViewer());
    switch (form.get("do")) {
      case "role":
        await changeRole(actor.id, id, z.enum(["learner", "instructor", "administrator"]).parse(form.get("role")));
        break;
      case "disable":
        await disablePerson(actor.id, id, true);
        break;
      case "enable":
        await disablePerson(actor.id, id, false);
        break;
      case "sign-out":
        await endAllSignIns(id);
        await audit("signed-out-everywhere", actor.id, id);
        break;
      case "password-link": {
        const { name } = await person(id);
        const secret = await passwordLink(actor.id, id);
        return { done: wordsOf(locale)("admin.passwordLinkDone", { name }), link: `${await siteAddress()}/${locale}/new-password/${secret}` };
      }
    }
  } catch (error) {
    return refused(error, form);
  }
  refresh();
  return { done: wordsOf(locale)("admin.saved") };
}

export async function withdrawInvitationAction(form: FormData): Promise<void> {
  const actor = requireAdministrator(await currentViewer());
  await withdrawInvitation(actor.id, String(form.get("invitation") ?? ""));
  redirect(`/${localeOfForm(form)}/administration/people`);
}

export async function endAnySignIn(form: FormData): Promise<void> {
  const actor = requireAdministrator(await currentViewer());
  await endSignIn(String(form.get("sid") ?? ""));
  await audit("signed-out-everywhere", actor.id, String(form.get("person") ?? ""), { one: true });
  redirect(`/${localeOfForm(form)}/administration/sign-ins`);
}

export async function saveSettings(_state: FormState, form: FormData): Promise<FormState> {
  try {
    const actor = requireAdministrator(await currentViewer());
    const next = { schoolName: String(form.get("schoolName") ?? "").trim().slice(0, 60), openSignUp: form.get("openSignUp") === "on", guests: form.get("guests") === "on" };
    await writeSettings(next);
    await audit("settings-changed", actor.id, "", next);
  } catch (error) {
    return refused(error, form);
  }
  refresh();
  return { done: wordsOf(localeOfForm(form))("admin.saved") };
}
