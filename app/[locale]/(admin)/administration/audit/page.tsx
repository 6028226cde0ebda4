import type { Metadata } from "next";
import { AuditTable } from "../../../../../components/school/audit-table.tsx";
import { newestAudits } from "../../../../../lib/school/audit.ts";
import { requireAdministrator } from "../../../../../lib/school/require.ts";
import { allow, type LocaleParams, localeOfPage } from "../../../../guard.ts";

export async function generateMetadata({ params }: { readonly params: Promise<LocaleParams> }): Promise<Metadata> {
  return { title: localeOfPage(await params).t("admin.journal") };
}

export default async function Page({ params }: { readonly params: Promise<LocaleParams> }) {
  const { locale, t } = localeOfPage(await params);
  await allow(locale, requireAdministrator);
  return (
    <>
      <h1 className="mb-6">{t("admin.journal")}</h1>
      <AuditTable locale={locale} t={t} events={await newestAudits(300)} />
    </>
  );
}
