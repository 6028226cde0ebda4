import { isLocale } from "../../../../../lib/i18n/locale.ts";
import { wordsOf } from "../../../../../lib/i18n/words.ts";
import { audit } from "../../../../../lib/school/audit.ts";
import { columnGroups } from "../../../../../lib/school/catalogue.ts";
import { cohort } from "../../../../../lib/school/cohorts.ts";
import { isRefusal } from "../../../../../lib/school/refusal.ts";
import { requireTeacherOf } from "../../../../../lib/school/require.ts";
import { resultsCsv } from "../../../../../lib/school/results-csv.ts";
import { currentViewer } from "../../../../../lib/school/viewer.ts";

/** A cohort's results as CSV, its heads in the reader's language. */
export async function GET(request: Request, { params }: { readonly params: Promise<{ readonly cohort: string }> }): Promise<Response> {
  const { cohort: id } = await params;
  const wanted = new URL(request.url).searchParams.get("locale") ?? "fr";
  const locale = isLocale(wanted) ? wanted : "fr";
  const t = wordsOf(locale);
  try {
    const viewer = await requireTeacherOf(await currentViewer(), id);
    const { name } = await cohort(id);
    const csv = await resultsCsv(id, columnGroups(locale), { name: t("teach.csvName"), email: t("teach.csvEmail"), minutes: t("teach.csvMinutes"), lastSeen: t("teach.csvLastSeen") });
    await audit("results-exported", viewer.id, id);
    const file = `${name.normalize("NFD").replace(/[^A-Za-z0-9]+/g, "-").replace(/^-|-$/g, "") || "results"}.csv`;
    return new Response(csv, { headers: { "Content-Type": "text/csv; charset=utf-8", "Content-Disposition": `attachment; filename="${file}"`, "Cache-Control": "no-store" } });
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return new Response(null, { status: error.code === "sign-in" ? 401 : 404 });
  }
}
