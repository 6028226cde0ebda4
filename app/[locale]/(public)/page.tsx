import Link from "next/link";
import { HostPicture } from "../../../components/school/host-picture.tsx";
import { TryForm } from "../../../components/school/try-form.tsx";
import { catalogue } from "../../../lib/school/catalogue.ts";
import { readSettings } from "../../../lib/school/settings.ts";
import { currentViewer } from "../../../lib/school/viewer.ts";
import { type LocaleParams, localeOfPage } from "../../guard.ts";

export default async function Page({ params }: { readonly params: Promise<LocaleParams> }) {
  const { locale, t } = localeOfPage(await params);
  const viewer = await currentViewer();
  const { guests } = await readSettings();
  const { modules, labs } = catalogue();
  const first = modules.flatMap((module) => module.labs)[0] ?? "";
  const points = [
    { title: t("home.labs"), text: t("home.labsText") },
    { title: t("home.questions"), text: t("home.questionsText") },
    { title: t("home.follow"), text: t("home.followText") },
  ];
  return (
    <>
      <section className="mx-auto grid w-[min(72rem,100%-2rem)] items-center gap-12 py-12 lg:grid-cols-[1.1fr_1fr] lg:py-20">
        <div>
          <p className="eyebrow">{t("common.tagline")}</p>
          <h1 className="mt-3 text-[clamp(2rem,1.4rem+2.6vw,3.25rem)] leading-[1.08] tracking-[-0.03em]">{t("home.title")}</h1>
          <p className="mt-5 max-w-[36rem] text-lg text-muted">{t("home.lead")}</p>
          <div className="mt-8 flex flex-wrap items-center gap-3">
            {viewer && (
              <Link href={`/${locale}/road-map`} className="button button-primary button-large">
                {t("home.goOn")}
              </Link>
            )}
            {!viewer && guests && first !== "" && <TryForm locale={locale} lab={first} label={t("home.tryNow")} className="button button-primary button-large" />}
            <Link href={`/${locale}/join`} className="button button-large">
              {t("home.haveCode")}
            </Link>
          </div>
          {!viewer && guests && first !== "" && <p className="mt-3 text-sm text-muted">{t("home.tryNote")}</p>}
        </div>
        <HostPicture t={t} />
      </section>
      <section className="border-y border-line bg-surface">
        <ul className="mx-auto grid w-[min(72rem,100%-2rem)] gap-8 py-10 md:grid-cols-3">
          {points.map(({ title, text }) => (
            <li key={title} className="border-s-3 border-copper ps-4">
              <h2 className="text-lg">{title}</h2>
              <p className="mt-1.5 text-muted">{text}</p>
            </li>
          ))}
        </ul>
      </section>
      <section className="page">
        <h2>{t("home.availableLabs")}</h2>
        {labs.size === 0 && <p className="mt-4 text-muted">{t("home.noLabs")}</p>}
        <ul className="mt-5 grid gap-4 md:grid-cols-2">
          {modules.flatMap((module) =>
            module.labs.map((id) => {
              const lab = labs.get(id);
              return (
                lab && (
                  <li key={id} className="card flex flex-wrap items-center gap-4 p-5">
                    <div className="min-w-0 grow basis-60">
                      <p className="text-sm text-muted">{module.title[locale]}</p>
                      <h3 className="mt-0.5">{lab.words[locale].title}</h3>
                      <p className="mt-1 text-sm text-muted">{t("home.labFacts", { minutes: lab.minutes, steps: lab.tasks.length })}</p>
                    </div>
                    {(viewer ?? guests) && <TryForm locale={locale} lab={id} label={viewer ? t("learn.start") : t("home.tryThis")} className="button" />}
                  </li>
                )
              );
            }),
          )}
        </ul>
      </section>
    </>
  );
}
