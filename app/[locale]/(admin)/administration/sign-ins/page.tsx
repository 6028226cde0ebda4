import type { Metadata } from "next";
import { endAnySignIn } from "../../../../../components/school/administration-actions.ts";
import { browserName } from "../../../../../components/school/browser-name.ts";
import { dateTime } from "../../../../../components/ui/date-time.ts";
import { requireAdministrator } from "../../../../../lib/school/require.ts";
import { isRole } from "../../../../../lib/school/role.ts";
import { listAllSignIns } from "../../../../../lib/school/sign-ins.ts";
import { allow, type LocaleParams, localeOfPage } from "../../../../guard.ts";

export async function generateMetadata({ params }: { readonly params: Promise<LocaleParams> }): Promise<Metadata> {
  return { title: localeOfPage(await params).t("admin.signIns") };
}

export default async function Page({ params }: { readonly params: Promise<LocaleParams> }) {
  const { locale, t } = localeOfPage(await params);
  const viewer = await allow(locale, requireAdministrator);
  const signIns = await listAllSignIns(200);
  return (
    <>
      <h1>{t("admin.signIns")}</h1>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, and must do so by keyboard */}
      <section className="card scroller mt-6" tabIndex={0} aria-label={t("admin.signIns")}>
        <table className="table table-cards">
          <thead>
            <tr>
              <th scope="col">{t("people.name")}</th>
              <th scope="col">{t("admin.role")}</th>
              <th scope="col">{t("admin.browser")}</th>
              <th scope="col">{t("admin.lastSeen")}</th>
              <th scope="col">{t("admin.actions")}</th>
            </tr>
          </thead>
          <tbody>
            {signIns.map((one) => (
              <tr key={one.id}>
                <td className="font-semibold">{one.name === "" ? t("common.guest") : one.name}</td>
                <td>{isRole(one.role) && t(`common.roles_${one.role}`)}</td>
                <td className="whitespace-nowrap">{browserName(one.userAgent)}</td>
                <td className="whitespace-nowrap text-muted">{dateTime(locale, one.lastSeenAt)}</td>
                <td>
                  {one.id === viewer.sid ? (
                    <span className="badge badge-good">{t("people.thisBrowser")}</span>
                  ) : (
                    <form action={endAnySignIn}>
                      <input type="hidden" name="locale" value={locale} />
                      <input type="hidden" name="sid" value={one.id} />
                      <input type="hidden" name="person" value={one.userId} />
                      <button type="submit" className="button button-small">
                        {t("admin.end")}
                      </button>
                    </form>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}
