// From a Refusal, or a form that is not filled in right, to what the form shows. Anything else is a failure and goes on up.
import type { z } from "zod";
import { isLocale, type Locale } from "../../lib/i18n/locale.ts";
import { wordsOf } from "../../lib/i18n/words.ts";
import { isRefusal, type RefusalCode } from "../../lib/school/refusal.ts";
import type { FormState } from "./form-state.ts";

export function localeOfForm(form: FormData): Locale {
  const locale = form.get("locale");
  return typeof locale === "string" && isLocale(locale) ? locale : "fr";
}

function kept(form: FormData): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, value] of form) if (typeof value === "string" && !/password|secret|^\$|^locale$/i.test(name)) values[name] = value.slice(0, 500);
  return values;
}

const fields: Partial<Record<RefusalCode, string>> = { "email-taken": "email", "bad-code": "code", "weak-password": "password" };

/** Throws what is no refusal. */
export function refused(error: unknown, form: FormData, ownFields: Partial<Record<RefusalCode, string>> = {}): FormState {
  if (!isRefusal(error)) throw error;
  const field = ownFields[error.code] ?? fields[error.code];
  return { error: wordsOf(localeOfForm(form))(`refusals.${error.code}`), ...(field !== undefined && { field }), values: kept(form) };
}

/** The first field that does not fit. */
export function invalid(issues: readonly z.core.$ZodIssue[], form: FormData): FormState {
  const t = wordsOf(localeOfForm(form));
  const field = String(issues[0]?.path[0] ?? "");
  const error =
    field === "name" ? t("refusals.invalid_name") : field === "email" ? t("refusals.invalid_email") : /password|current/.test(field) ? t("refusals.invalid_password") : field === "code" ? t("refusals.invalid_code") : t("refusals.invalid");
  return { error, field, values: kept(form) };
}
