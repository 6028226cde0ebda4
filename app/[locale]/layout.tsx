import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { SiteHeader } from "../../components/school/site-header.tsx";
import { isTheme } from "../../components/ui/theme.ts";
import { currentViewer } from "../../lib/school/viewer.ts";
import { type LocaleParams, localeOfPage } from "../guard.ts";
import "../globals.css";

export const metadata: Metadata = { title: { default: "Hôte", template: "%s · Hôte" } };

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  interactiveWidget: "resizes-content",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#fffefb" },
    { media: "(prefers-color-scheme: dark)", color: "#171c21" },
  ],
};

export default async function Layout({ params, children }: { readonly params: Promise<LocaleParams>; readonly children: ReactNode }) {
  const { locale, t } = localeOfPage(await params);
  const theme = (await cookies()).get("theme")?.value;
  return (
    <html lang={locale} {...(isTheme(theme) && theme !== "system" && { "data-theme": theme })}>
      <body>
        <a href="#main" className="skip-link button button-primary">
          {t("common.skip")}
        </a>
        <SiteHeader locale={locale} t={t} viewer={await currentViewer()} />
        <main id="main" tabIndex={-1} className="flex grow flex-col outline-none">
          {children}
        </main>
      </body>
    </html>
  );
}
