// The first line of a page: its language, and whether this viewer may see it. Nobody signed in: to the sign-in page. Not allowed: 404,
// so that what exists is not told.
import { notFound, redirect } from "next/navigation";
import { isLocale, type Locale } from "../lib/i18n/locale.ts";
import { type Words, wordsOf } from "../lib/i18n/words.ts";
import { isRefusal } from "../lib/school/refusal.ts";
import { currentViewer } from "../lib/school/viewer.ts";
import type { Viewer } from "../lib/school/sign-ins.ts";

export interface LocaleParams {
  readonly locale: string;
}

export function localeOfPage(params: LocaleParams): { readonly locale: Locale; readonly t: Words } {
  if (!isLocale(params.locale)) notFound();
  return { locale: params.locale, t: wordsOf(params.locale) };
}

/** `check` is a verb of lib/school/require.ts. */
export async function allow<T>(locale: Locale, check: (viewer: Viewer | undefined) => T | Promise<T>): Promise<T> {
  return await orNotFound(locale, async () => await check(await currentViewer()));
}

export async function orNotFound<T>(locale: Locale, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isRefusal(error)) throw error;
    if (error.code === "sign-in") redirect(`/${locale}/sign-in`);
    notFound();
  }
}
