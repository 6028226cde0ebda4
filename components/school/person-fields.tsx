import type { Words } from "../../lib/i18n/words.ts";
import { Field, PasswordField } from "../ui/action-form.tsx";

/** Name, e-mail and a new password: wherever an account is made. */
export function PersonFields({ t, email }: { readonly t: Words; readonly email?: string }) {
  return (
    <>
      <Field name="name" label={t("people.name")} hint={t("people.nameHint")} autoComplete="name" maxLength={80} />
      <Field name="email" type="email" label={t("people.email")} autoComplete="email" {...(email !== undefined && { initial: email, readOnly: true })} />
      <PasswordField name="password" label={t("people.password")} hint={t("people.passwordHint")} show={t("people.showPassword")} autoComplete="new-password" />
    </>
  );
}
