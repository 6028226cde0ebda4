"use client";
// The rows of a cohort's matrix, from one short text a learner: two hundred learners refresh in a few kilobytes.
import Link from "next/link";
import { useWords } from "../../lib/i18n/use-words.ts";
import { passedMark } from "./matrix-mark.ts";

export interface MatrixRowProps {
  readonly id: string;
  readonly name: string;
  readonly href: string;
  readonly seen: string;
  readonly minutes: number;
  readonly done: number;
  /** one a column, with commas between: nothing when not started, `passedMark`, or the number of failures */
  readonly marks: string;
}

interface Group {
  readonly kind: "lab" | "quiz";
  readonly columns: number;
}

export function MatrixRows({ groups, rows }: { readonly groups: readonly Group[]; readonly rows: readonly MatrixRowProps[] }) {
  const t = useWords();
  const columns = groups.flatMap(({ kind, columns }) => Array.from({ length: columns }, (_, place) => ({ kind, first: place === 0 })));
  const cellOf = (mark: string, place: number) => {
    const { kind, first } = columns[place] ?? { kind: "lab", first: false };
    const name = mark === "" ? t("teach.cellOpen") : mark === passedMark ? t("teach.cellPassed") : kind === "quiz" ? t("teach.cellWrong") : t("teach.cellFailed", { count: Number(mark) });
    const shown = mark === "" ? "·" : mark === passedMark ? "✓" : kind === "quiz" ? "✗" : mark;
    return (
      <td key={place} aria-label={name} title={mark === "" ? undefined : name} className={first ? "mark mark-first" : "mark"}>
        {mark === "" ? shown : <span className={mark === passedMark ? "mark-passed" : "mark-failed"}>{shown}</span>}
      </td>
    );
  };
  return (
    <tbody>
      {rows.map((row) => (
        <tr key={row.id} className="hover:bg-sunken">
          <th scope="row" className="sticky start-0 z-10 min-w-36 max-w-44 bg-surface text-base! text-ink! sm:min-w-64 sm:max-w-96">
            <Link href={row.href} className="link [overflow-wrap:anywhere]" prefetch={false}>
              {row.name}
            </Link>
            <span className="block text-xs font-normal text-muted">
              {t("teach.lastSeen")} {row.seen}
            </span>
          </th>
          <td className="font-semibold whitespace-nowrap">
            {row.done}/{columns.length}
          </td>
          <td className="whitespace-nowrap text-muted">{t("common.minutes", { count: row.minutes })}</td>
          {row.marks.split(",").map(cellOf)}
        </tr>
      ))}
    </tbody>
  );
}
