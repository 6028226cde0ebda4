"use client";
import { useState, useSyncExternalStore } from "react";
import { useWords } from "../../lib/i18n/use-words.ts";
import { QrCode } from "./qr-code.tsx";

const never = () => () => undefined;

/** The code in large, to be read from the back of a room, the link to copy, and the link for the camera of a phone. */
export function JoinPanel({ code, path }: { readonly code: string; readonly path: string }) {
  const t = useWords();
  const [copied, setCopied] = useState(false);
  const origin = useSyncExternalStore(never, () => location.origin, () => "");
  const copy = () =>
    void navigator.clipboard?.writeText(`${location.origin}${path}`).then(() => {
      setCopied(true);
      setTimeout(() => setCopied(false), 2_000);
    });
  return (
    <div className="flex flex-wrap items-start gap-6">
      <div>
        <p className="text-sm text-muted">{t("teach.joinHow")}</p>
        <p className="mt-2 font-mono text-4xl font-bold tracking-[0.12em]">{code}</p>
        <button type="button" className="button button-small mt-3" onClick={copy}>
          {copied ? t("common.copied") : t("teach.copyLink")}
        </button>
      </div>
      {origin === "" ? null : <QrCode text={`${origin}${path}`} label={t("teach.joinPicture")} />}
    </div>
  );
}
