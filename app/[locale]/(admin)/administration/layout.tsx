import type { ReactNode } from "react";
import { NavLink } from "../../../../components/school/nav-link.tsx";
import { requireAdministrator } from "../../../../lib/school/require.ts";
import { allow, type LocaleParams, localeOfPage } from "../../../guard.ts";

export default async function Layout({ params, children }: { readonly params: Promise<LocaleParams>; readonly children: ReactNode }) {
  const { locale, t } = localeOfPage(await params);
  await allow(locale, requireAdministrator);
  const places = [
    { path: "", label: t("admin.overview") },
    { path: "/people", label: t("admin.people") },
    { path: "/cohorts", label: t("admin.cohorts") },
    { path: "/sign-ins", label: t("admin.signIns") },
    { path: "/audit", label: t("admin.journal") },
    { path: "/settings", label: t("admin.settings") },
  ];
  return (
    <div className="page">
      <p className="eyebrow">{t("admin.title")}</p>
      <nav aria-label={t("admin.title")} className="mt-2 mb-8 border-b border-line">
        <ul className="flex flex-wrap gap-x-1">
          {places.map(({ path, label }) => (
            <li key={path}>
              <NavLink
                href={`/${locale}/administration${path}`}
                exact={path === ""}
                className="block border-b-3 border-transparent px-3 py-2 font-medium whitespace-nowrap text-muted hover:text-ink aria-[current]:border-accent aria-[current]:text-ink"
              >
                {label}
              </NavLink>
            </li>
          ))}
        </ul>
      </nav>
      {children}
    </div>
  );
}
