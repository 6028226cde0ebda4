import { Fragment } from "react";
import type { Locale } from "../../lib/i18n/locale.ts";
import type { Words } from "../../lib/i18n/words.ts";
import type { ColumnGroup } from "../../lib/school/catalogue.ts";
import type { Cell, Progress } from "../../lib/school/progress.ts";
import { dateTime } from "../ui/date-time.ts";
import { passedMark } from "./matrix-mark.ts";
import { MatrixRows } from "./matrix-rows.tsx";

export interface MatrixRow {
  readonly id: string;
  readonly name: string;
  readonly href: string;
  readonly lastSeenAt: number;
  readonly minutes: number;
  readonly progress: Progress | undefined;
}

function markOf(cell: Cell | undefined): string {
  return cell === undefined ? "" : cell.passed ? passedMark : String(cell.failures);
}

/** Learners by steps and questions. */
export function CohortMatrix({ locale, t, groups, rows }: { readonly locale: Locale; readonly t: Words; readonly groups: readonly ColumnGroup[]; readonly rows: readonly MatrixRow[] }) {
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
        <MatrixRows
          groups={groups.map(({ kind, columns }) => ({ kind, columns: columns.length }))}
          rows={rows.map(({ id, name, href, lastSeenAt, minutes, progress }) => {
            const cells = groups.flatMap((group) => group.columns.map((column) => progress?.get(column.key)));
            return { id, name, href, seen: dateTime(locale, lastSeenAt), minutes, done: cells.filter((cell) => cell?.passed).length, marks: cells.map(markOf).join(",") };
          })}
        />
      </table>
    </section>
  );
}
