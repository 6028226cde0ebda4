import type { Words } from "../../lib/i18n/words.ts";

export function ProgressBar({ done, total, t }: { readonly done: number; readonly total: number; readonly t: Words }) {
  const percent = total === 0 ? 0 : Math.round((done / total) * 100);
  return (
    <div className="bar" role="progressbar" aria-valuemin={0} aria-valuemax={100} aria-valuenow={percent} aria-label={t("learn.progressLabel", { percent })}>
      <span style={{ width: `${percent}%` }} />
    </div>
  );
}
