import type { Locale } from "../../lib/i18n/locale.ts";
import { areas, type Words } from "../../lib/i18n/words.ts";
import type { AuditAction, newestAudits } from "../../lib/school/audit.ts";
import { dateTime } from "../ui/date-time.ts";

function isAction(text: string): text is AuditAction {
  return Object.hasOwn(areas.audit, text);
}

function detailText(detail: unknown): string {
  if (typeof detail !== "object" || detail === null) return "";
  return Object.entries(detail)
    .map(([name, value]) => `${name}: ${String(value)}`)
    .join(" · ");
}

export function AuditTable({ locale, t, events }: { readonly locale: Locale; readonly t: Words; readonly events: Awaited<ReturnType<typeof newestAudits>> }) {
  if (events.length === 0) return <p className="card p-6 text-muted">{t("admin.emptyJournal")}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, and must do so by keyboard
    <section className="card scroller" tabIndex={0} aria-label={t("admin.journal")}>
      <table className="table">
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
              <td className="whitespace-nowrap">{event.actor ?? t("admin.system")}</td>
              <td>{isAction(event.action) ? t(`audit.${event.action}`) : event.action}</td>
              <td className="text-sm text-muted">{detailText(event.detail)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
