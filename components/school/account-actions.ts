"use server";
// Coming in and going out: sign-in, sign-up, guests, one-use links, passwords.
import { redirect } from "next/navigation";
import { z } from "zod";
import { acceptInvitation, createAdministrator, createGuest, signUp } from "../../lib/school/accounts.ts";
import { audit } from "../../lib/school/audit.ts";
import { cohortOfCode, joinCohort } from "../../lib/school/cohorts.ts";
import { spend } from "../../lib/school/rate-limit.ts";
import { Refusal } from "../../lib/school/refusal.ts";
import { requireAccount, requireViewer } from "../../lib/school/require.ts";
import { authenticate, changePassword, resetPassword } from "../../lib/school/sign-in.ts";
import { endAllSignIns, endSignIn, listSignIns } from "../../lib/school/sign-ins.ts";
import { clientAddress, currentViewer, signInBrowser, signOutBrowser } from "../../lib/school/viewer.ts";
import { normalJoinCode } from "../../lib/school/secret.ts";
import { wordsOf } from "../../lib/i18n/words.ts";
import { catalogue } from "../../lib/school/catalogue.ts";
import type { FormState } from "../ui/form-state.ts";
import { invalid, localeOfForm, refused } from "../ui/refused.ts";

const hour = 3_600_000;
const name = z.string().trim().min(1).max(80);
const email = z.email().max(200);
const password = z.string().min(1).max(200);
const person = z.object({ name, email, password });
const secret = z.object({ secret: z.string().max(100) });
const fields = (form: FormData) => Object.fromEntries([...form].filter(([key]) => !key.startsWith("$")));

/** Only pages of our own: no address of another site can be smuggled in. */
function ownPage(form: FormData, otherwise: string): string {
  const to = form.get("to");
  return typeof to === "string" && /^\/(fr|en)(\/[A-Za-z0-9/_-]*)?$/.test(to) ? to : otherwise;
}

export async function signIn(_state: FormState, form: FormData): Promise<FormState> {
  const locale = localeOfForm(form);
  const typed = z.object({ email: z.string().min(1).max(200), password }).safeParse(fields(form));
  if (!typed.success) return invalid(typed.error.issues, form);
  try {
    await signInBrowser(await authenticate(typed.data.email, typed.data.password, await clientAddress()));
  } catch (error) {
    return refused(error, form);
  }
  const viewer = await currentViewer();
  redirect(ownPage(form, viewer?.role === "administrator" ? `/${locale}/administration` : viewer?.role === "instructor" ? `/${locale}/cohorts` : `/${locale}/road-map`));
}

export async function signOut(form: FormData): Promise<void> {
  await signOutBrowser();
  redirect(`/${localeOfForm(form)}`);
}

export async function signUpLearner(_state: FormState, form: FormData): Promise<FormState> {
  const locale = localeOfForm(form);
  const typed = person.extend({ code: z.string().max(40).default("") }).safeParse(fields(form));
  if (!typed.success) return invalid(typed.error.issues, form);
  try {
    await spend(`sign-up:${await clientAddress()}`, 100, hour);
    const viewer = await currentViewer();
    await signInBrowser(await signUp({ ...typed.data, locale }, { code: typed.data.code.trim(), guest: viewer?.role === "guest" ? viewer.id : undefined }));
  } catch (error) {
    return refused(error, form);
  }
  redirect(`/${locale}/road-map`);
}

/** From a typed code to the page of its cohort. */
export async function enterCode(_state: FormState, form: FormData): Promise<FormState> {
  const locale = localeOfForm(form);
  const typed = z.object({ code: z.string().trim().min(8).max(40) }).safeParse(fields(form));
  if (!typed.success) return invalid(typed.error.issues, form);
  try {
    await spend(`join:${await clientAddress()}`, 60, hour / 4);
    if (!(await cohortOfCode(typed.data.code))) throw new Refusal("bad-code");
  } catch (error) {
    return refused(error, form);
  }
  redirect(`/${locale}/join/${normalJoinCode(typed.data.code)}`);
}

/** For somebody who has an account and is signed in. */
export async function joinWithAccount(_state: FormState, form: FormData): Promise<FormState> {
  const locale = localeOfForm(form);
  try {
    const viewer = requireAccount(await currentViewer());
    const found = await cohortOfCode(String(form.get("code") ?? ""));
    if (!found) throw new Refusal("bad-code");
    await joinCohort(found.id, viewer.id);
  } catch (error) {
    return refused(error, form);
  }
  redirect(`/${locale}/road-map`);
}

/** "Try a lab now": a guest, unless somebody is signed in already. */
export async function tryLab(form: FormData): Promise<void> {
  const locale = localeOfForm(form);
  const wanted = String(form.get("lab") ?? "");
  const { labs } = catalogue();
  const lab = labs.has(wanted) ? wanted : [...labs.keys()][0];
  if (!(await currentViewer())) {
    await spend(`guest:${await clientAddress()}`, 60, hour);
    await signInBrowser(await createGuest(locale));
  }
  redirect(lab === undefined ? `/${locale}/road-map` : `/${locale}/labs/${lab}`);
}

export async function setUpAdministrator(_state: FormState, form: FormData): Promise<FormState> {
  const locale = localeOfForm(form);
  const typed = person.extend(secret.shape).safeParse(fields(form));
  if (!typed.success) return invalid(typed.error.issues, form);
  try {
    await spend(`set-up:${await clientAddress()}`, 30, hour);
    await signInBrowser(await createAdministrator(typed.data.secret, { ...typed.data, locale }));
  } catch (error) {
    return refused(error, form);
  }
  redirect(`/${locale}/administration`);
}

export async function acceptInvitationAction(_state: FormState, form: FormData): Promise<FormState> {
  const locale = localeOfForm(form);
  const typed = person.extend(secret.shape).safeParse(fields(form));
  if (!typed.success) return invalid(typed.error.issues, form);
  try {
    await spend(`invitation:${await clientAddress()}`, 30, hour);
    await signInBrowser(await acceptInvitation(typed.data.secret, { ...typed.data, locale }));
  } catch (error) {
    return refused(error, form);
  }
  redirect(`/${locale}/cohorts`);
}

export async function resetPasswordAction(_state: FormState, form: FormData): Promise<FormState> {
  const locale = localeOfForm(form);
  const typed = secret.extend({ password }).safeParse(fields(form));
  if (!typed.success) return invalid(typed.error.issues, form);
  try {
    await spend(`reset:${await clientAddress()}`, 30, hour);
    await signInBrowser(await resetPassword(typed.data.secret, typed.data.password));
  } catch (error) {
    return refused(error, form);
  }
  redirect(`/${locale}/road-map`);
}

export async function changePasswordAction(_state: FormState, form: FormData): Promise<FormState> {
  const typed = z.object({ current: password, password }).safeParse(fields(form));
  if (!typed.success) return invalid(typed.error.issues, form);
  try {
    const viewer = requireAccount(await currentViewer());
    await changePassword(viewer.id, viewer.sid, typed.data.current, typed.data.password);
  } catch (error) {
    return refused(error, form, { "wrong-password": "current" });
  }
  return { done: wordsOf(localeOfForm(form))("people.passwordChanged") };
}

/** One of one's own browsers. */
export async function endOwnSignIn(form: FormData): Promise<void> {
  const viewer = requireViewer(await currentViewer());
  const sid = String(form.get("sid") ?? "");
  if ((await listSignIns(viewer.id)).some((one) => one.id === sid)) await endSignIn(sid);
  redirect(`/${localeOfForm(form)}/account`);
}

export async function signOutEverywhere(form: FormData): Promise<void> {
  const viewer = requireViewer(await currentViewer());
  await endAllSignIns(viewer.id);
  await audit("signed-out-everywhere", viewer.id, viewer.id);
  await signOutBrowser();
  redirect(`/${localeOfForm(form)}/sign-in`);
}
