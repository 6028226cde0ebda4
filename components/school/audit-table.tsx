import type { Locale } from "../../lib/i18n/locale.ts";
import { areas, type Words } from "../../lib/i18n/words.ts";
import type { AuditAction, newestAudits } from "../../lib/school/audit.ts";
import { isRole } from "../../lib/school/role.ts";
import { dateTime } from "../ui/date-time.ts";

function isAction(text: string): text is AuditAction {
  return Object.hasOwn(areas.audit, text);
}

/** Facts that say something to a reader; ids and switches are in the database for who looks closer. */
function detailText(t: Words, about: string | undefined, detail: unknown): string {
  const { name, email, role, from }: Record<string, unknown> = typeof detail === "object" && detail !== null ? { ...detail } : {};
  const said = [about, name === about ? undefined : name, email, typeof role === "string" && isRole(role) ? t(`common.roles_${role}`) : undefined, from];
  return said.filter((one) => typeof one === "string" && one !== "").join(" · ");
}

export function AuditTable({ locale, t, events }: { readonly locale: Locale; readonly t: Words; readonly events: Awaited<ReturnType<typeof newestAudits>> }) {
  if (events.length === 0) return <p className="card p-6 text-muted">{t("admin.emptyJournal")}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, and must do so by keyboard
    <section className="card scroller" tabIndex={0} aria-label={t("admin.journal")}>
      <table className="table table-cards">
        <thead>
          <tr>
            <th scope="col">{t("admin.when")}</th>
            <th scope="col">{t("admin.who")}</th>
            <th scope="col">{t("admin.what")}</th>
            <th scope="col">{t("admin.about")}</th>
          </tr>
        </thead>
        <tbody>
          {events.map((event) => (
            <tr key={event.id}>
              <td className="whitespace-nowrap text-muted">{dateTime(locale, event.at)}</td>
              <td className="min-w-40">{event.actor ?? t("admin.system")}</td>
              <td className="min-w-40">{isAction(event.action) ? t(`audit.${event.action}`) : event.action}</td>
              <td className="min-w-64 text-sm text-muted [overflow-wrap:anywhere]">{detailText(t, event.about, event.detail)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
