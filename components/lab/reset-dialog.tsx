"use client";
import { useEffect, useRef } from "react";
import { useWords } from "../../lib/i18n/use-words.ts";

export function ResetDialog({ open, onClose, onConfirm }: { readonly open: boolean; readonly onClose: () => void; readonly onConfirm: () => void }) {
  const t = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  return (
    <dialog ref={dialog} onClose={onClose} aria-labelledby="reset-title" className="card m-auto w-[min(28rem,100%-2rem)] p-6 text-ink backdrop:bg-black/50">
      <h2 id="reset-title">{t("lab.resetTitle")}</h2>
      <p className="mt-3 text-muted">{t("lab.resetText")}</p>
      <div className="mt-6 flex flex-wrap justify-end gap-3">
        <button type="button" className="button" onClick={onClose}>
          {t("common.cancel")}
        </button>
        <button
          type="button"
          className="button button-danger"
          onClick={() => {
            onConfirm();
            onClose();
          }}
        >
          {t("lab.resetConfirm")}
        </button>
      </div>
    </dialog>
  );
}
