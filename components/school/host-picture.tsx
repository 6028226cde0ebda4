import type { Words } from "../../lib/i18n/words.ts";

/** The subject in one look: containers share the host's kernel, a machine brings its own. */
export function HostPicture({ t }: { readonly t: Words }) {
  const box = "rounded-lg border-2 px-3 py-2";
  const kernel = "rounded-md bg-accent px-3 py-1.5 text-center text-sm font-semibold text-on-accent";
  const processes = (count: number) => (
    <div className="mt-2 flex gap-1.5">
      {Array.from({ length: count }, (_, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they never move
        <span key={place} className="size-3 rounded-full bg-copper" />
      ))}
    </div>
  );
  return (
    <figure role="img" aria-label={t("home.pictureLabel")} className="card relative p-5 text-sm sm:p-6">
      <svg viewBox="0 0 300 34" preserveAspectRatio="none" className="absolute inset-x-8 -top-[17px] h-5 w-[calc(100%-4rem)]" aria-hidden="true">
        <path d="M2 33 150 3l148 30" fill="none" stroke="var(--copper)" strokeWidth="4" vectorEffect="non-scaling-stroke" strokeLinecap="round" strokeLinejoin="round" />
      </svg>
      <div aria-hidden="true">
        <p className="mb-3 flex items-baseline justify-between">
          <strong className="text-base">{t("home.pictureHost")}</strong>
          <span className="font-mono text-muted">Debian 12</span>
        </p>
        <div className="grid grid-cols-2 gap-3 sm:grid-cols-[1fr_1fr_1.25fr]">
          <div className={`${box} border-dashed border-line-strong`}>
            <p className="font-semibold">{t("home.pictureContainer")}</p>
            <p className="font-mono text-xs text-muted">web</p>
            {processes(2)}
          </div>
          <div className={`${box} border-dashed border-line-strong`}>
            <p className="font-semibold">{t("home.pictureContainer")}</p>
            <p className="font-mono text-xs text-muted">python-hello</p>
            {processes(1)}
          </div>
          <div className={`${box} col-span-2 border-accent sm:col-span-1`}>
            <p className="font-semibold">{t("home.pictureMachine")}</p>
            {processes(4)}
            <p className={`${kernel} mt-3`}>{t("home.pictureKernel")}</p>
          </div>
        </div>
        <p className={`${kernel} mt-3`}>{t("home.pictureKernel")}</p>
        <p className="mt-3 flex items-center gap-2 text-xs text-muted">
          <span className="size-3 rounded-full bg-copper" /> {t("home.pictureProcess")}
        </p>
      </div>
    </figure>
  );
}
