import { cookies } from "next/headers";
import Link from "next/link";
import type { Locale } from "../../lib/i18n/locale.ts";
import type { Words } from "../../lib/i18n/words.ts";
import { readSettings } from "../../lib/school/settings.ts";
import type { Viewer } from "../../lib/school/sign-ins.ts";
import { LocaleLink } from "../ui/locale-link.tsx";
import { Logo } from "../ui/logo.tsx";
import { Menu } from "../ui/menu.tsx";
import { isTheme } from "../ui/theme.ts";
import { ThemeSwitch } from "../ui/theme-switch.tsx";
import { signOut } from "./account-actions.ts";
import { NavLink } from "./nav-link.tsx";

function placesOf(viewer: Viewer | undefined, t: Words): { readonly path: string; readonly label: string }[] {
  if (!viewer) return [];
  return [
    { path: "/road-map", label: t("common.roadMap") },
    ...(viewer.role === "instructor" || viewer.role === "administrator" ? [{ path: "/cohorts", label: t("common.cohorts") }] : []),
    ...(viewer.role === "administrator" ? [{ path: "/administration", label: t("common.administration") }] : []),
  ];
}

export async function SiteHeader({ locale, t, viewer }: { readonly locale: Locale; readonly t: Words; readonly viewer: Viewer | undefined }) {
  const saved = (await cookies()).get("theme")?.value;
  const { schoolName } = await readSettings();
  const places = placesOf(viewer, t);
  const guest = viewer?.role === "guest";
  const who = viewer ? (guest ? t("common.guest") : viewer.name) : t("common.menu");
  return (
    <header className="sticky top-0 z-20 border-b border-line bg-surface">
      <div className="mx-auto flex min-h-14 w-[min(90rem,100%-1.5rem)] items-center gap-2 sm:gap-5">
        <Link href={`/${locale}`} className="flex items-center gap-2 py-2 text-lg font-bold tracking-tight">
          <Logo />
          <span>Hôte</span>
          {schoolName !== "" && <span className="hidden border-s border-line ps-3 text-sm font-normal text-muted md:inline">{schoolName}</span>}
        </Link>
        {places.length > 0 && (
          <nav aria-label={t("common.mainNavigation")} className="hidden items-center gap-1 sm:flex">
            {places.map(({ path, label }) => (
              <NavLink key={path} href={`/${locale}${path}`} className="rounded-md px-3 py-1.5 font-medium text-muted hover:text-ink aria-[current]:bg-accent-soft aria-[current]:text-accent-strong">
                {label}
              </NavLink>
            ))}
          </nav>
        )}
        <div className="ms-auto flex items-center gap-2">
          {guest && (
            <Link href={`/${locale}/sign-up`} className="button button-primary button-small">
              {t("common.keepWork")}
            </Link>
          )}
          {!viewer && (
            <Link href={`/${locale}/sign-in`} className="button button-small">
              {t("common.signIn")}
            </Link>
          )}
          <Menu label={<span className="truncate">{who}</span>}>
              {places.map(({ path, label }) => (
                <Link key={path} href={`/${locale}${path}`} className="menu-item sm:hidden">
                  {label}
                </Link>
              ))}
              {viewer && (
                <Link href={`/${locale}/account`} className="menu-item">
                  {t("common.account")}
                </Link>
              )}
              <LocaleLink other={locale === "fr" ? "en" : "fr"} label={t("common.otherLanguage")} title={t("common.otherLanguageLabel")} />
              <ThemeSwitch initial={isTheme(saved) ? saved : "system"} label={t("common.theme")} names={{ system: t("common.themeSystem"), light: t("common.themeLight"), dark: t("common.themeDark") }} />
              {viewer && (
                <form action={signOut} className="mt-1 border-t border-line pt-1">
                  <input type="hidden" name="locale" value={locale} />
                  <button type="submit" className="menu-item">
                    {t("common.signOut")}
                  </button>
                </form>
              )}
          </Menu>
        </div>
      </div>
    </header>
  );
}
