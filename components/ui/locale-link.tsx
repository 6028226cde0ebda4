"use client";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { Locale } from "../../lib/i18n/locale.ts";

/** The same page in the other language; the choice is kept in a cookie. */
export function LocaleLink({ other, label, title }: { readonly other: Locale; readonly label: string; readonly title: string }) {
  const here = usePathname();
  const there = `/${other}${here.replace(/^\/(fr|en)(?=\/|$)/, "")}`;
  return (
    <Link
      href={there}
      hrefLang={other}
      lang={other}
      aria-label={title}
      className="menu-item"
      onClick={() => {
        // biome-ignore lint/suspicious/noDocumentCookie: cookieStore is not in every browser
        document.cookie = `locale=${other}; path=/; max-age=31536000; samesite=lax`;
      }}
    >
      {label}
    </Link>
  );
}
