// A cohort's results as CSV (RFC 4180), with a byte order mark so that spreadsheets read UTF-8.
import type { ColumnGroup } from "./catalogue.ts";
import { learnersOfCohort } from "./cohorts.ts";
import { progressOf, secondsSpent } from "./progress.ts";

/** A cell that starts like a formula is made text: names are typed by learners. */
export function csvCell(value: string | number): string {
  const text = typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",;\n\r]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

export async function resultsCsv(cohortId: string, groups: readonly ColumnGroup[], heads: { readonly name: string; readonly email: string; readonly minutes: string; readonly lastSeen: string }): Promise<string> {
  const learners = await learnersOfCohort(cohortId);
  const ids = learners.map((learner) => learner.id);
  const [progress, spent] = await Promise.all([progressOf(ids), secondsSpent(ids)]);
  const columns = groups.flatMap((group) => group.columns.map((column) => ({ key: column.key, title: `${group.title}: ${column.title}` })));
  const rows: (string | number)[][] = [[heads.name, heads.email, heads.minutes, heads.lastSeen, ...columns.map((column) => column.title)]];
  for (const learner of learners) {
    const cells = progress.get(learner.id);
    rows.push([
      learner.name,
      learner.email ?? "",
      Math.round((spent.get(learner.id) ?? 0) / 60),
      new Date(learner.lastSeenAt).toISOString(),
      ...columns.map(({ key }) => {
        const cell = cells?.get(key);
        return cell ? (cell.passed ? 1 : 0) : "";
      }),
    ]);
  }
  return `\u{feff}${rows.map((row) => row.map(csvCell).join(",")).join("\r\n")}\r\n`;
}
