"use client";
import { useState } from "react";
import { useWords } from "../../lib/i18n/use-words.ts";

/** The code in large, to be read from the back of a room, and the link to copy. */
export function JoinPanel({ code, path }: { readonly code: string; readonly path: string }) {
  const t = useWords();
  const [copied, setCopied] = useState(false);
  const copy = () =>
    void navigator.clipboard?.writeText(`${location.origin}${path}`).then(() => {
      setCopied(true);
      setTimeout(() => setCopied(false), 2_000);
    });
  return (
    <div>
      <p className="text-sm text-muted">{t("teach.joinHow")}</p>
      <p className="mt-2 font-mono text-4xl font-bold tracking-[0.12em]">{code}</p>
      <button type="button" className="button button-small mt-3" onClick={copy}>
        {copied ? t("common.copied") : t("teach.copyLink")}
      </button>
    </div>
  );
}
