import Link from "next/link";
import { Fragment } from "react";
import type { Locale } from "../../lib/i18n/locale.ts";
import type { Words } from "../../lib/i18n/words.ts";
import type { ColumnGroup } from "../../lib/school/catalogue.ts";
import type { Cell, Progress } from "../../lib/school/progress.ts";
import { dateTime } from "../ui/date-time.ts";

export interface MatrixRow {
  readonly id: string;
  readonly name: string;
  readonly href: string;
  readonly lastSeenAt: number;
  readonly minutes: number;
  readonly progress: Progress | undefined;
}

function say(cell: Cell | undefined, kind: ColumnGroup["kind"], t: Words): string {
  if (!cell) return t("teach.cellOpen");
  if (cell.passed) return t("teach.cellPassed");
  return kind === "quiz" ? t("teach.cellWrong") : t("teach.cellFailed", { count: cell.failures });
}

function Mark({ cell, kind, t }: { readonly cell: Cell | undefined; readonly kind: ColumnGroup["kind"]; readonly t: Words }) {
  const text = say(cell, kind, t);
  if (!cell) return <span className="text-muted"><span aria-hidden="true">·</span><span className="sr-only">{text}</span></span>;
  const tone = cell.passed ? "bg-good-soft text-good" : "bg-copper-soft text-copper";
  return (
    <span title={text} className={`mx-auto grid size-7 place-items-center rounded-md text-sm font-bold ${tone}`}>
      <span aria-hidden="true">{cell.passed ? "✓" : kind === "quiz" ? "✗" : cell.failures}</span>
      <span className="sr-only">{text}</span>
    </span>
  );
}

/** Learners by steps and questions. */
export function CohortMatrix({ locale, t, groups, rows }: { readonly locale: Locale; readonly t: Words; readonly groups: readonly ColumnGroup[]; readonly rows: readonly MatrixRow[] }) {
  const total = groups.reduce((sum, group) => sum + group.columns.length, 0);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, and must do so by keyboard
    <section className="card scroller" tabIndex={0} aria-label={t("teach.matrix")}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col" rowSpan={2} className="sticky start-0 z-10 bg-surface align-bottom!">
              {t("teach.learner")}
            </th>
            <th scope="col" rowSpan={2} className="align-bottom!">
              {t("teach.done")}
            </th>
            <th scope="col" rowSpan={2} className="align-bottom!">
              {t("teach.time")}
            </th>
            {groups.map((group) => (
              <th key={`${group.kind}-${group.id}`} scope="colgroup" colSpan={group.columns.length} className="border-s border-line whitespace-nowrap text-ink!">
                {group.title}
              </th>
            ))}
          </tr>
          <tr>
            {groups.map((group) => (
              <Fragment key={`${group.kind}-${group.id}`}>
                {group.columns.map((column, place) => (
                  <th key={column.key} scope="col" title={column.title.replace(/[`*]/g, "")} className={`w-11 min-w-11 px-1! text-center! font-mono ${place === 0 ? "border-s border-line" : ""}`}>
                    <span aria-hidden="true">{place + 1}</span>
                    <span className="sr-only">{column.title}</span>
                  </th>
                ))}
              </Fragment>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const done = groups.flatMap((group) => group.columns).filter((column) => row.progress?.get(column.key)?.passed).length;
            return (
              <tr key={row.id} className="hover:bg-sunken">
                <th scope="row" className="sticky start-0 z-10 min-w-36 max-w-44 bg-surface text-base! text-ink! sm:max-w-96">
                  <Link href={row.href} className="link [overflow-wrap:anywhere]">
                    {row.name}
                  </Link>
                  <span className="block text-xs font-normal text-muted">
                    {t("teach.lastSeen")} {dateTime(locale, row.lastSeenAt)}
                  </span>
                </th>
                <td className="font-semibold whitespace-nowrap">
                  {done}/{total}
                </td>
                <td className="whitespace-nowrap text-muted">{t("common.minutes", { count: row.minutes })}</td>
                {groups.map((group) => (
                  <Fragment key={`${group.kind}-${group.id}`}>
                    {group.columns.map((column, place) => (
                      <td key={column.key} className={`px-1! text-center ${place === 0 ? "border-s border-line" : ""}`}>
                        <Mark cell={row.progress?.get(column.key)} kind={group.kind} t={t} />
                      </td>
                    ))}
                  </Fragment>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
