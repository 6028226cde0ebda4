import type { ReactNode } from "react";
import { type LocaleParams, localeOfPage } from "../../guard.ts";

export default async function Layout({ params, children }: { readonly params: Promise<LocaleParams>; readonly children: ReactNode }) {
  const { t } = localeOfPage(await params);
  return (
    <>
      <div className="grow">{children}</div>
      <footer className="border-t border-line py-5 text-sm text-muted">
        <p className="mx-auto w-[min(72rem,100%-2rem)]">
          Hôte · {t("common.tagline")} · {t("common.licence")}
        </p>
      </footer>
    </>
  );
}
