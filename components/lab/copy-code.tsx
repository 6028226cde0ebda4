"use client";
import { useState } from "react";
import { useWords } from "../../lib/i18n/use-words.ts";

/** A block of code with a button that copies it. */
export function CopyCode({ text }: { readonly text: string }) {
  const t = useWords();
  const [copied, setCopied] = useState(false);
  const copy = () =>
    void navigator.clipboard?.writeText(text).then(() => {
      setCopied(true);
      setTimeout(() => setCopied(false), 2_000);
    });
  return (
    <div className="relative">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, and must do so by keyboard */}
      <pre tabIndex={0} lang="en" translate="no">
        <code>{text}</code>
      </pre>
      <button type="button" onClick={copy} aria-label={t("lab.copyCommand")} className="absolute end-2 top-2 rounded border border-terminal-line bg-terminal-bar px-2 py-0.5 text-xs text-terminal-ink hover:border-terminal-muted">
        {copied ? t("common.copied") : t("common.copy")}
      </button>
    </div>
  );
}
