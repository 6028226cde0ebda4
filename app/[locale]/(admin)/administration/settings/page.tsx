import type { Metadata } from "next";
import { saveSettings } from "../../../../../components/school/administration-actions.ts";
import { ActionForm, Field } from "../../../../../components/ui/action-form.tsx";
import { requireAdministrator } from "../../../../../lib/school/require.ts";
import { readSettings } from "../../../../../lib/school/settings.ts";
import { allow, type LocaleParams, localeOfPage } from "../../../../guard.ts";

export async function generateMetadata({ params }: { readonly params: Promise<LocaleParams> }): Promise<Metadata> {
  return { title: localeOfPage(await params).t("admin.settings") };
}

export default async function Page({ params }: { readonly params: Promise<LocaleParams> }) {
  const { locale, t } = localeOfPage(await params);
  await allow(locale, requireAdministrator);
  const settings = await readSettings();
  const choice = (name: "openSignUp" | "guests", label: string, hint: string) => (
    <label className="flex items-start gap-3">
      <input type="checkbox" name={name} defaultChecked={settings[name]} key={String(settings[name])} className="mt-1 size-4.5 accent-(--accent)" />
      <span>
        <span className="font-semibold">{label}</span>
        <span className="block text-sm text-muted">{hint}</span>
      </span>
    </label>
  );
  return (
    <div className="max-w-xl">
      <h1 className="mb-6">{t("admin.settings")}</h1>
      <div className="card p-6">
        <ActionForm action={saveSettings} locale={locale} submit={t("common.save")} submitClass="button button-primary w-fit">
          <Field name="schoolName" label={t("admin.schoolName")} hint={t("admin.schoolNameHint")} initial={settings.schoolName} required={false} maxLength={60} autoComplete="organization" />
          {choice("openSignUp", t("admin.openSignUp"), t("admin.openSignUpHint"))}
          {choice("guests", t("admin.guests"), t("admin.guestsHint"))}
        </ActionForm>
      </div>
    </div>
  );
}
